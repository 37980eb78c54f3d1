//! Brackets and quotation marks without their partner.

use super::{begins_with_key, indent, is_empty, place, slip};
use crate::error::{Problem, ProblemCode};

/// Finds a row with unpaired braces or brackets above a line that begins another.
pub(super) fn brackets(lines: &[&str], index: usize) -> Option<Problem> {
    let line = lines[index];
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut remark = None;
    for (at, letter) in line.char_indices().filter(|(at, _)| !in_quotes(line, *at)) {
        match letter {
            '#' if line[..at].ends_with(' ') => {
                remark = Some(at);
                break;
            }
            '{' | '[' => open.push((at, letter)),
            '}' | ']' => {
                let pair = if letter == '}' { '{' } else { '[' };
                if open.pop().is_none_or(|(_, last)| last != pair) && !is_within_brackets(lines, index) {
                    return Some(slip(
                        ProblemCode::ExtraBracket,
                        place(index, line, at),
                        format!("这里多出了“{letter}”"),
                        format!("this `{letter}` has no opening bracket"),
                        ("请删去它，或补上与它成对的括号", "delete it, or add the opening bracket"),
                    ));
                }
            }
            _ => {}
        }
    }
    let (at, letter) = open.pop()?;
    let next = lines[index + 1..].iter().find(|line| !is_empty(line));
    let begins_anew = |next: &&str| {
        let word = next.trim_start();
        word.starts_with("- ") || (indent(next) <= indent(line) && begins_with_key(word))
    };
    if !next.is_none_or(begins_anew) {
        return None;
    }
    let missing = if letter == '{' { '}' } else { ']' };
    if let Some(at) = remark.filter(|at| line[*at..].contains(missing)) {
        return Some(slip(
            ProblemCode::MissingBracket,
            place(index, line, at),
            format!("“#”之后都是备注，后面的“{missing}”也不算"),
            format!("all behind `#` is a comment, and so is the `{missing}`"),
            ("“#”是文字的，请用英文引号括起来，如 name: \"防汛 #1 泵站\"", "put the text that has the `#` in quotes"),
        ));
    }
    Some(slip(
        ProblemCode::MissingBracket,
        place(index, line, at),
        format!("这一行的“{letter}”没有“{missing}”与它成对"),
        format!("the `{letter}` of this line has no closing `{missing}`"),
        (&format!("请在行末补上“{missing}”"), &format!("add `{missing}` at the end of the line")),
    ))
}

/// Returns whether a line is one of several within a pair of brackets.
fn is_within_brackets(lines: &[&str], index: usize) -> bool {
    let count = |mark: [char; 2]| lines[..index].iter().map(|line| line.matches(mark).count()).sum::<usize>();
    count(['{', '[']) > count(['}', ']'])
}

/// Finds an unpaired quotation mark, in a line whose value begins with one.
pub(super) fn quotes(index: usize, line: &str) -> Option<Problem> {
    let (at, _) = line.match_indices('"').find(|(at, _)| {
        let before = line[..*at].trim_end();
        before.ends_with([':', '-', ',', '[', '{'])
    })?;
    let text = &line[at + 1..];
    let mut escaped = false;
    let closed = text.char_indices().find(|(_, letter)| {
        let closes = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        closes
    });
    match closed {
        None => Some(slip(
            ProblemCode::MissingQuote,
            place(index, line, at),
            "这里的引号没有与它成对的另一个".to_owned(),
            "this quotation mark has no partner".to_owned(),
            ("请在文字末尾补上半角的“\"”", "add a `\"` after the text"),
        )),
        Some((end, _)) => {
            let rest = text[end + 1..].trim_start();
            let follows = rest.is_empty() || rest.starts_with([',', '}', ']', '#', ':']);
            (!follows).then(|| {
                slip(
                    ProblemCode::TextBehindQuote,
                    place(index, line, at + 1 + end),
                    "引号后面还有文字".to_owned(),
                    "there is text after the closing quotation mark".to_owned(),
                    (
                        "文字中的引号请用中文的“”，整段文字放在一对半角引号中",
                        "put the whole text in one pair of quotation marks, and use “” within it",
                    ),
                )
            })
        }
    }
}

/// Returns whether the byte `at` of a line is within the quotation marks of a value.
pub(super) fn in_quotes(line: &str, at: usize) -> bool {
    let mut open = None;
    let mut escaped = false;
    for (index, letter) in line.char_indices().take_while(|(index, _)| *index < at) {
        match open {
            Some(mark) => {
                if letter == mark && !escaped {
                    open = None;
                }
                escaped = mark == '"' && letter == '\\' && !escaped;
            }
            None if "\"'".contains(letter) => {
                let before = line[..index].trim_end();
                if before.is_empty() || before.ends_with([':', '-', ',', '[', '{', '(', '|', '=']) {
                    open = Some(letter);
                }
            }
            None => {}
        }
    }
    open.is_some()
}
