//! How much a file may hold: more than any publication needs, and little enough for every step to end in seconds. What is
//! beyond it ends the reading.

use budgetdoc_document::Place;

use crate::error::{Problem, ProblemCode};

/// Characters of a text.
const MOST_CHARACTERS: usize = 300_000;

/// Characters of a paragraph. The longest ones published have some thousands.
const MOST_OF_A_PARAGRAPH: usize = 20_000;

/// Entries of a list.
pub(super) const MOST_ROWS: usize = 100_000;

/// Keys of a mapping.
pub(super) const MOST_KEYS: usize = 10_000;

/// Returns what is wrong with a text that is too long, or has too long a paragraph.
pub(super) fn of_text(text: &str, place: Place) -> Option<Problem> {
    // Most texts have fewer bytes.
    if text.len() <= MOST_OF_A_PARAGRAPH {
        return None;
    }
    let problem = |zh: String, en: String| Some(Problem::spec(ProblemCode::TextTooLong, Some(place), zh, en));
    let characters = text.chars().count();
    if characters > MOST_CHARACTERS {
        return problem(
            format!("这处文字有 {characters} 字，最多 {MOST_CHARACTERS} 字"),
            format!("this text has {characters} characters; the limit is {MOST_CHARACTERS}"),
        )
        .map(|problem| problem.help("请检查是否误贴了其他内容", "check whether something is pasted here by mistake"));
    }
    let longest = text.lines().map(|line| line.chars().count()).max().filter(|most| *most > MOST_OF_A_PARAGRAPH)?;
    problem(
        format!("这处文字的一段有 {longest} 字，最多 {MOST_OF_A_PARAGRAPH} 字"),
        format!("a paragraph of this text has {longest} characters; the limit is {MOST_OF_A_PARAGRAPH}"),
    )
    .map(|problem| {
        problem.help(
            "请在“键:”后写“|”，另起一行，分段填写",
            "write `|` after the colon, and each paragraph on its own line",
        )
    })
}

/// The problem of a list of too many entries, at the first beyond.
pub(super) fn too_many_rows(place: Option<Place>) -> Problem {
    Problem::spec(
        ProblemCode::TooMany,
        place,
        format!("这个列表超过 {MOST_ROWS} 项"),
        format!("this list has more than {MOST_ROWS} entries"),
    )
    .help("请合并相同的行，或分成几份文件", "merge rows, or use several files")
}

/// The problem of a mapping of too many keys, at the first beyond.
pub(super) fn too_many_keys(place: Option<Place>) -> Problem {
    Problem::spec(
        ProblemCode::TooMany,
        place,
        format!("这一级超过 {MOST_KEYS} 个键"),
        format!("there are more than {MOST_KEYS} keys at this level"),
    )
    .help("请检查是否误贴了其他内容", "check whether something is pasted here by mistake")
}
