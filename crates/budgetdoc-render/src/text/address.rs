//! Addresses of the net and of mail, long runs of Latin letters that lines would tear open for.

use super::measure::Char;

/// Price of a break in an address after one of its marks: that of a line whose characters stand a sixth of an em apart.
pub(super) const AFTER_MARK: u32 = 4_000_000;
/// Price of a break between the letters of a long run, where nothing else keeps a line together: half an em.
const INSIDE: u32 = 330_000_000;
/// Letters of a run that lines are torn open for.
const LONG: usize = 10;
/// Letters of a run on either side of a break.
const FEWEST: usize = 3;

/// For each place whether a mark of an address stands before it.
pub(super) fn marks(chars: &[Char]) -> Vec<bool> {
    let mut places = vec![false; chars.len() + 1];
    for (start, run) in runs(chars).filter(|(_, run)| is_address(run)) {
        for at in FEWEST..(run.len() + 1).saturating_sub(FEWEST) {
            let (mark, next) = (run[at - 1].character, run[at].character);
            places[start + at] = matches!(mark, '/' | '.' | '-' | '_' | '?' | '&' | '=' | '@' | '#' | '%')
                && next.is_ascii_alphanumeric();
        }
    }
    places
}

/// Returns the places inside long runs and their price.
pub(super) fn inside_runs(chars: &[Char]) -> impl Iterator<Item = (usize, u32)> {
    let long = runs(chars).filter(|(_, run)| run.len() >= LONG && run.iter().any(is_letter));
    long.flat_map(|(start, run)| {
        let places = FEWEST..=run.len() - FEWEST;
        let letters = move |at: &usize| is_letter(&run[at - 1]) && is_letter(&run[*at]);
        places.filter(letters).map(move |at| (start + at, INSIDE))
    })
}

/// Returns the runs of Latin letters, figures and marks without a blank, each with its place.
fn runs(chars: &[Char]) -> impl Iterator<Item = (usize, &[Char])> {
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
    let has = |word: &str| run.windows(word.len()).any(|part| part.iter().map(|char| char.character).eq(word.chars()));
    run.len() >= LONG && (has("://") || has("www.") || has("@"))
}
