//! Joints: where words of the form meet those that the office gives.

use std::ops::Range;

use super::JOINTS;
use super::contradiction::{Contradicted, Contradiction};
use super::lexicon::{Lexicon, Sense};
use super::token::tokens;
use budgetdoc_core::compose::{Origin, Passage, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;

/// What may stand behind the last mark of a sentence.
const CLOSING: [char; 4] = ['”', '）', '》', '’'];
/// How many characters of a text a message shows.
const SHOWN: usize = 8;

/// Neighbouring words of the form, or of one text of the office.
struct Piece<'t> {
    range: Range<usize>,
    words: &'t str,
    /// Whether they are the office's own.
    is_own: bool,
}

/// Returns what is wrong where a text of the office is put into a sentence of the form.
pub(super) fn faults(passage: &Passage, lexicon: &Lexicon) -> Vec<Contradiction> {
    let pieces = pieces(passage);
    let mut found = Vec::new();
    for (index, own) in pieces.iter().enumerate().filter(|(_, piece)| piece.is_own) {
        let (before, after) = (index.checked_sub(1).map(|index| &pieces[index]), pieces.get(index + 1));
        let begin = before
            .and_then(|before| begins_wrong(before, own, lexicon).or_else(|| reason_of_nothing(before, own, lexicon)));
        let ends_clause =
            before.is_some_and(|before| before.words.ends_with(is_mark) || ends_with_lead(before.words, lexicon));
        let end = match after {
            Some(after) => two_marks(own, after).or_else(|| open_end(own, Some(after)).filter(|_| ends_clause)),
            None => open_end(own, None).filter(|_| ends_clause && !before.is_some_and(|it| is_entry(it, own, lexicon))),
        };
        found.extend(begin.into_iter().chain(end));
    }
    found
}

/// Returns the words of a passage by what they are part of.
fn pieces(passage: &Passage) -> Vec<Piece<'_>> {
    let spans = passage.spans.iter().filter(|span| !span.range.is_empty()).collect::<Vec<&Span>>();
    let pieces = spans.chunk_by(|one, other| one.part_of == other.part_of).map(|spans| {
        let range = spans[0].range.start..spans[spans.len() - 1].range.end;
        let words = &passage.text[range.clone()];
        // A text that is not filled in yet is nobody's.
        let is_typed = spans.iter().any(|span| span.origin == Origin::Typed);
        let is_gap = words.contains(Amount::GAP.trim_end_matches('】'));
        Piece { words, range, is_own: spans[0].part_of.is_some() && is_typed && !is_gap }
    });
    pieces.collect()
}

/// Returns what is wrong with the beginning of a text behind words of the form.
fn begins_wrong(before: &Piece, own: &Piece, lexicon: &Lexicon) -> Option<Contradiction> {
    let mark = own.words.chars().next().filter(|mark| is_mark(*mark));
    if let Some(mark) = mark.filter(|_| before.words.ends_with(is_mark) || ends_with_lead(before.words, lexicon)) {
        let tail = tail(before.words);
        let range = own.range.start..own.range.start + mark.len_utf8();
        let zh = format!("“{tail}”之后多了标点“{mark}”");
        return Some(fault(range, zh, format!("`{mark}` repeats the mark before it: `{tail}`")));
    }
    let repeated = repeated(before.words, own.words).or_else(|| second_lead(before.words, own.words, lexicon))?;
    let (tail, words) = (tail(before.words), &own.words[..repeated]);
    let zh = format!("版式已写“{tail}”，这里又以“{words}”开头");
    let en = format!("the profile prints `{tail}`, and the text begins with `{words}`");
    Some(fault(own.range.start..own.range.start + repeated, zh, en))
}

/// Returns how many bytes a text begins with that the words before it end with.
fn repeated(before: &str, after: &str) -> Option<usize> {
    let ends = after.char_indices().skip(2).take(12).map(|(at, _)| at).chain([after.len()]);
    let is_word = |words: &str| words.chars().count() > 1 && words.chars().all(is_han);
    ends.filter(|end| before.ends_with(&after[..*end]) && is_word(&after[..*end])).max()
}

/// Returns the bytes of a word that leads to a reason or purpose once more: 主要原因是因为, 主要用于用来, 主要原因是一是.
fn second_lead(before: &str, after: &str, lexicon: &Lexicon) -> Option<usize> {
    let (second, second_senses) = first_word(after, lexicon)?;
    let (first, first_senses) = last_word(before, lexicon)?;
    let gives_reason = first_senses.contains(&Sense::Reason) || first_senses.contains(&Sense::Mainly);
    let again = if gives_reason {
        second_senses.contains(&Sense::Reason) || second_senses.contains(&Sense::Mainly) || second == "一是"
    } else {
        first_senses.contains(&Sense::Purpose) && second_senses.contains(&Sense::Purpose)
    };
    // 主要是由于 is one.
    let is_word = || tokens(&(first.to_owned() + second), lexicon).len() == 1;
    (again && !is_word()).then_some(second.len())
}

/// Returns a reason at the beginning of a text where the words of the form before it state no change.
fn reason_of_nothing(before: &Piece, own: &Piece, lexicon: &Lexicon) -> Option<Contradiction> {
    let (words, _) = first_word(own.words, lexicon).filter(|(_, senses)| senses.contains(&Sense::Reason))?;
    let compares = |sense: &Sense| {
        matches!(
            sense,
            Sense::Change(_) | Sense::ChangeTo(_) | Sense::Same | Sense::Compared | Sense::Last | Sense::Nothing
        )
    };
    let is_compared = lexicon.words(before.words).any(|(_, senses)| senses.iter().any(compares));
    // A text in a line of its own follows a number at most.
    let has_words = before.words.chars().any(is_han);
    (has_words && !is_compared).then(|| {
        let tail = tail(before.words);
        let range = own.range.start..own.range.start + words.len();
        let zh = format!("“{words}”之前的“{tail}”没有写增减");
        fault(range, zh, format!("`{words}` follows `{tail}`, which states no change"))
    })
}

/// Returns whether words introduce a reason or a purpose, which goes on to the end of the sentence.
fn ends_with_lead(words: &str, lexicon: &Lexicon) -> bool {
    let leads = |sense: &Sense| matches!(sense, Sense::Reason | Sense::Mainly | Sense::Purpose);
    last_word(words, lexicon).is_some_and(|(_, senses)| senses.iter().any(leads))
}

/// Returns the word of the lexicon that a text begins with.
fn first_word<'t>(text: &'t str, lexicon: &'t Lexicon) -> Option<(&'t str, &'t [Sense])> {
    let first = lexicon.words(text).next().filter(|(range, _)| range.start == 0);
    first.map(|(range, senses)| (&text[range], senses))
}

/// Returns the word of the lexicon that a text ends with.
fn last_word<'t>(text: &'t str, lexicon: &'t Lexicon) -> Option<(&'t str, &'t [Sense])> {
    let last = lexicon.words(text).last().filter(|(range, _)| range.end == text.len());
    last.map(|(range, senses)| (&text[range], senses))
}

/// Returns the mark a text ends with before one of the form.
fn two_marks(own: &Piece, after: &Piece) -> Option<Contradiction> {
    let last = own.words.chars().next_back().filter(|mark| is_mark(*mark))?;
    let next = after.words.chars().next().filter(|mark| is_mark(*mark))?;
    let tail = tail(own.words);
    let range = own.range.end - last.len_utf8()..own.range.end;
    let zh = format!("“{tail}”之后版式另有“{next}”，标点相连");
    Some(fault(range, zh, format!("`{tail}` ends with a mark, but the sentence continues with `{next}`")))
}

/// Returns the end of a sentence that lacks its mark, at the end of a paragraph or before the form's next words.
fn open_end(own: &Piece, after: Option<&Piece>) -> Option<Contradiction> {
    let words = own.words.trim_end_matches(CLOSING);
    let goes_on = after.is_some_and(|after| after.words.starts_with(|next| is_mark(next) || next == '（'));
    // A word or two are no sentence: 无, 同上.
    let is_sentence = own.words.chars().count() > 4;
    if words.ends_with(is_mark) || words.ends_with(['.', '…']) || goes_on || !is_sentence {
        return None;
    }
    let tail = tail(own.words);
    let start = own.range.end - tail.len();
    let (zh, en) = match after {
        Some(after) => {
            let head: String = after.words.chars().take(SHOWN).collect();
            (
                format!("“{tail}”没有以句号结尾，接着就是“{head}”"),
                format!("`{tail}` ends without a full stop, and `{head}` follows"),
            )
        }
        None => (format!("“{tail}”没有以句号结尾"), format!("`{tail}` ends without a full stop")),
    };
    Some(fault(start..own.range.end, zh, en))
}

/// Returns whether a text is an entry behind a label of the form, such as 联系电话：, rather than a sentence.
fn is_entry(before: &Piece, own: &Piece, lexicon: &Lexicon) -> bool {
    let label = before.words.strip_suffix(['：', ':']);
    label.is_some_and(|label| !ends_with_lead(label, lexicon)) && !own.words.contains(is_mark)
}

fn fault(range: Range<usize>, zh: String, en: String) -> Contradiction {
    Contradiction { rule: JOINTS, range, of: Contradicted::Text, message: Bilingual::new(zh, en) }
}

/// Returns the last characters of words, up to the beginning of their clause.
fn tail(words: &str) -> &str {
    let start = words.char_indices().rev().take(SHOWN).last().map_or(0, |(at, _)| at);
    let tail = &words[start..];
    let clause = tail.trim_end_matches(is_mark).rfind(is_mark).map_or(tail, |mark| &tail[mark..]);
    clause.trim_start_matches(is_mark)
}

fn is_mark(character: char) -> bool {
    matches!(character, '，' | '。' | '；' | '：' | '、' | '！' | '？')
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}
