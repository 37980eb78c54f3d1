//! Breaks inside web and mail addresses and other long runs of Latin letters.

use super::measure::Char;

/// Penalty of a break after a mark of an address: that of a line whose characters are a sixth of an em apart.
pub(super) const AFTER_MARK: u32 = 4_000_000;
/// Penalty of a break between the letters of a long run, the last resort before a line is overstretched: half an em.
const INSIDE_RUN: u32 = 330_000_000;
/// Fewest characters of a long run.
const LONG_RUN: usize = 10;
/// Fewest letters of a run on either side of a break.
const FEWEST_LETTERS: usize = 3;

/// Returns for each place whether a mark of an address is before it.
pub(super) fn follows_mark(chars: &[Char]) -> Vec<bool> {
    let mut places = vec![false; chars.len() + 1];
    for (start, run) in western_runs(chars).filter(|(_, run)| is_address(run)) {
        for at in FEWEST_LETTERS..(run.len() + 1).saturating_sub(FEWEST_LETTERS) {
            let (mark, next) = (run[at - 1].character, run[at].character);
            places[start + at] = matches!(mark, '/' | '.' | '-' | '_' | '?' | '&' | '=' | '@' | '#' | '%')
                && next.is_ascii_alphanumeric();
        }
    }
    places
}

/// Returns the places inside long runs with their penalties.
pub(super) fn breaks_inside_runs(chars: &[Char]) -> impl Iterator<Item = (usize, u32)> {
    let long = western_runs(chars).filter(|(_, run)| run.len() >= LONG_RUN && run.iter().any(is_letter));
    long.flat_map(|(start, run)| {
        let places = FEWEST_LETTERS..=run.len() - FEWEST_LETTERS;
        let letters = move |at: &usize| is_letter(&run[at - 1]) && is_letter(&run[*at]);
        places.filter(letters).map(move |at| (start + at, INSIDE_RUN))
    })
}

/// Returns the runs of Latin letters, digits and marks without a blank, each with its place.
fn western_runs(chars: &[Char]) -> impl Iterator<Item = (usize, &[Char])> {
    let mut end = 0;
    let pieces = chars.chunk_by(|one, next| one.class.is_western() == next.class.is_western());
    let placed = pieces.map(move |run| {
        end += run.len();
        (end - run.len(), run)
    });
    placed.filter(|(_, run)| run[0].class.is_western())
}

fn is_letter(char: &Char) -> bool {
    char.character.is_alphabetic()
}

fn is_address(run: &[Char]) -> bool {
    let contains =
        |word: &str| run.windows(word.len()).any(|part| part.iter().map(|char| char.character).eq(word.chars()));
    run.len() >= LONG_RUN && (contains("://") || contains("www.") || contains("@"))
}
