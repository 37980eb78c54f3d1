//! Finds the slips behind errors of syntax, each with its own place and remedy.
//!
//! A parser gives the place where it stopped, which may be lines behind the slip; the lines around it are searched.

mod pairs;

use budgetdoc_document::Place;

use crate::error::{Problem, ProblemCode};
use crate::typography::half_width;
use pairs::{brackets, in_quotes, quotes};

/// Lines searched above the one the parser stopped at: a brace left open may be rows and comments above it.
const BEFORE: usize = 6;

/// Most bytes of a line that is searched: the search takes the square of them.
const LONGEST: usize = 10_000;

/// Blanks that YAML does not accept as spaces.
const ODD_BLANKS: [char; 5] = ['\u{3000}', '\u{a0}', '\u{200b}', '\u{feff}', '\u{2003}'];

/// Finds the slip behind the error of syntax at `stop`.
pub(super) fn find(text: &str, stop: Place) -> Option<Problem> {
    let lines: Vec<&str> = text.lines().collect();
    let stop = (stop.line as usize).saturating_sub(1).min(lines.len().checked_sub(1)?);
    let near = stop.saturating_sub(BEFORE)..=(stop + 1).min(lines.len() - 1);
    // A slip within one line is likelier than one between lines, and the line itself likelier than those around it.
    let is_searched = |index: &usize| !is_empty(lines[*index]) && lines[*index].len() <= LONGEST;
    let mut order: Vec<usize> = near.filter(is_searched).collect();
    order.sort_by_key(|index| (stop.abs_diff(*index), *index));
    order.retain(|index| stop.abs_diff(*index) <= 1 || *index < stop);
    let within = order.iter().find_map(|index| in_line(&lines, *index));
    within.or_else(|| between_lines(&lines, stop))
}

/// Returns whether a line is blank or a comment.
fn is_empty(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Returns how far a line is indented, in blanks.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns the place of the byte `at` of a line.
fn place(index: usize, line: &str, at: usize) -> Place {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { line: number(index + 1), column: number(line[..at].chars().count() + 1) }
}

fn slip(code: ProblemCode, place: Place, zh: String, en: String, help: (&str, &str)) -> Problem {
    Problem::spec(code, Some(place), zh, en).help(help.0, help.1)
}

/// Finds a slip within one line.
fn in_line(lines: &[&str], index: usize) -> Option<Problem> {
    let line = lines[index];
    pasted_row(lines, index)
        .or_else(|| tab(index, line))
        .or_else(|| wrong_blank(index, line))
        .or_else(|| full_width_mark(index, line))
        .or_else(|| no_blank_behind_colon(index, line))
        .or_else(|| dash_for_nothing(index, line))
        .or_else(|| brackets(lines, index))
        .or_else(|| quotes(index, line))
        .or_else(|| mark_at_start(index, line))
        .or_else(|| colon_in_text(index, line))
}

/// Finds a row pasted from a spreadsheet: values separated by tabs.
fn pasted_row(lines: &[&str], index: usize) -> Option<Problem> {
    let line = lines[index];
    let cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let is_row = cells.len() > 1 && cells.iter().all(|cell| !cell.ends_with(':') && !cell.contains(": "));
    if !is_row {
        return None;
    }
    // The rows around it have the keys of the list.
    let mut neighbours =
        lines[..index].iter().rev().filter(|line| !is_empty(line)).take(1).chain(lines[index + 1..].iter().take(1));
    let above = neighbours.find_map(|line| line.trim_start().strip_prefix("- {"));
    let mut keys: Vec<&str> = above
        .map(|row| row.split([',', '{']).filter_map(|entry| Some(entry.split_once(':')?.0.trim())).collect())
        .unwrap_or_else(|| vec!["item"]);
    let amounts = ["amount", "last", "executed"].into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>();
    keys.extend(amounts);
    let entries = entries(&keys, &cells);
    if entries.len() < 2 {
        return None;
    }
    let written = format!("- {{ {} }}", entries.join(", "));
    let at = line.len() - line.trim_start().len();
    Some(slip(
        ProblemCode::PastedRow,
        place(index, line, at),
        "这是从表格中粘贴的一行，值之间是制表符".to_owned(),
        "this row is pasted from a spreadsheet, with tabs between its values".to_owned(),
        (&format!("请按键写出各个值，如 {written}"), &format!("write each value with its key, such as {written}")),
    ))
}

/// Returns cells with their keys, from left to right. A name behind its code has no key, and a code is no unit.
fn entries(keys: &[&str], cells: &[&str]) -> Vec<String> {
    let mut keys = keys.iter().copied().peekable();
    let mut entries = Vec::new();
    for cell in cells {
        let is_word = cell.chars().any(char::is_alphabetic);
        let is_code = cell.len() >= 3 && cell.chars().all(|letter| letter.is_ascii_digit());
        if is_code {
            keys.next_if_eq(&"unit");
        }
        let wants_word = keys.peek().is_some_and(|key| !["code", "item", "amount", "last", "executed"].contains(key));
        if is_word && !wants_word {
            continue;
        }
        let Some(key) = keys.next() else { break };
        entries.push(format!("{key}: {}", cell_value(cell)));
    }
    entries
}

/// Returns a cell of a spreadsheet as a value, without the commas of an amount.
fn cell_value(cell: &str) -> String {
    let is_amount = cell.contains(',') && cell.chars().all(|letter| letter.is_ascii_digit() || ",.-".contains(letter));
    if is_amount { cell.replace(',', "") } else { cell.to_owned() }
}

fn tab(index: usize, line: &str) -> Option<Problem> {
    let at = line.find('\t').filter(|at| !in_quotes(line, *at))?;
    let (zh, en) = match line[..at].trim().is_empty() {
        true => ("行首的缩进中有制表符（Tab）", "there is a tab in the indentation"),
        false => ("这里有制表符（Tab）", "there is a tab here"),
    };
    Some(slip(
        ProblemCode::Tab,
        place(index, line, at),
        zh.to_owned(),
        en.to_owned(),
        ("请改成空格；在编辑器中可用“替换”一次改完", "write spaces instead; an editor can replace all of them"),
    ))
}

/// Finds a full-width or invisible blank where YAML requires a space: before the words of a line or behind a colon.
fn wrong_blank(index: usize, line: &str) -> Option<Problem> {
    let at = line.find(ODD_BLANKS).filter(|at| !in_quotes(line, *at))?;
    let before = &line[..at];
    let is_indentation = before.chars().all(|letter| letter == ' ' || letter == '-');
    if !is_indentation && !before.trim_end_matches(' ').ends_with([':', ',', '{', '[']) {
        return None;
    }
    let code = line[at..].chars().next().map_or(0, u32::from);
    let (zh, en) = match code {
        0x3000 => ("全角空格".to_owned(), "a full-width space".to_owned()),
        0xa0 => ("不换行空格（U+00A0）".to_owned(), "a no-break space (U+00A0)".to_owned()),
        _ => (format!("看不见的字符（U+{code:04X}）"), format!("an invisible character (U+{code:04X})")),
    };
    Some(slip(
        ProblemCode::OddBlank,
        place(index, line, at),
        format!("这里有{zh}"),
        format!("there is {en} here"),
        ("请删去它，改成半角空格", "replace it with an ordinary space"),
    ))
}

/// Finds full-width marks: `amount：80`, `｛ item: … ｝`, and a full-width comma between the entries of a row.
fn full_width_mark(index: usize, line: &str) -> Option<Problem> {
    let is_key = |before: &str| {
        let word = before.trim_end().rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next();
        word.is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_alphabetic()))
    };
    let starts = |before: &str| {
        let before = before.trim_end();
        before.is_empty() || before.ends_with(['-', ':', ',', '[', '{'])
    };
    let in_row = |before: &str| before.contains('{') || before.contains('｛');
    let found = line.char_indices().find(|(at, letter)| {
        let (before, after) = (&line[..*at], &line[at + letter.len_utf8()..]);
        !in_quotes(line, *at)
            && match letter {
                // A key is the first word of its line or row.
                '：' => is_key(before) && !before.contains(": ") || is_key(before) && in_row(before),
                '｛' | '［' => starts(before),
                '｝' | '］' => after.trim().is_empty() || after.trim_start().starts_with([',', '}', '#']),
                '，' => in_row(before) && after.trim_start().starts_with(|letter: char| letter.is_ascii_lowercase()),
                _ => false,
            }
    });
    let (at, letter) = found?;
    let half = half_width(letter);
    let blank = |lang: (&'static str, &'static str)| if half == ':' { lang.0 } else { lang.1 };
    Some(slip(
        ProblemCode::FullWidthMark,
        place(index, line, at),
        format!("“{letter}”是全角符号"),
        format!("`{letter}` is a full-width mark"),
        (
            &format!("请改成半角的“{half}”{}", blank(("，后面空一格", ""))),
            &format!("write `{half}`{}", blank((" and a space after it", ""))),
        ),
    ))
}

/// Finds a colon without a blank behind it: `amount:80`.
fn no_blank_behind_colon(index: usize, line: &str) -> Option<Problem> {
    let starts =
        |before: &str| before.trim_end_matches([' ', '-']).is_empty() || before.trim_end().ends_with(['{', ',']);
    let found = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let key = line[..*at].len()
            - line[..*at].trim_end_matches(|letter: char| letter.is_ascii_lowercase() || letter == '_').len();
        let (before, after) = (&line[..at - key], &line[at + 1..]);
        key > 0
            && starts(before)
            && !in_quotes(line, *at)
            && after.starts_with(|letter: char| !letter.is_whitespace() && letter != '/')
    })?;
    Some(slip(
        ProblemCode::NoBlankBehindColon,
        place(index, line, found),
        "冒号后面缺少一个空格".to_owned(),
        "a space is missing after the colon".to_owned(),
        ("请写成“键: 值”，冒号后面空一格", "write `key: value`, with a space after the colon"),
    ))
}

/// Finds a dash in place of an amount: `amount: -`.
fn dash_for_nothing(index: usize, line: &str) -> Option<Problem> {
    let at = line.match_indices(": -").map(|(at, _)| at + 2).find(|at| {
        let after = line[at + 1..].trim_start();
        !in_quotes(line, *at) && (after.is_empty() || after.starts_with([',', '}', '#', '-']))
    })?;
    Some(slip(
        ProblemCode::DashForNothing,
        place(index, line, at),
        "“-”不能作为值".to_owned(),
        "`-` is not a value".to_owned(),
        ("没有金额请写 0，不填的键请整个删去", "write 0 where there is none, or omit the key"),
    ))
}

/// Returns the value of a line's key and its byte, of a line in block style that has one.
fn value(line: &str) -> Option<(usize, &str)> {
    let word = line.trim_start_matches([' ', '-']);
    let (key, rest) = word.split_once(": ")?;
    let value = rest.trim_start();
    let is_plain = !key.contains([' ', '{', '"']) && !value.starts_with(['"', '\'', '|', '>', '{', '[', '#']);
    is_plain.then(|| (line.len() - value.len(), value))
}

/// Finds a text that begins with a mark reserved in YAML: `rate: %80`.
fn mark_at_start(index: usize, line: &str) -> Option<Problem> {
    let (at, value) = value(line)?;
    let mark = value.chars().next().filter(|mark| "%@`".contains(*mark))?;
    Some(slip(
        ProblemCode::MarkAtStart,
        place(index, line, at),
        format!("文字不能以“{mark}”开头"),
        format!("a text cannot begin with `{mark}`"),
        ("请把整段文字放在一对半角引号中", "put the whole text into quotation marks"),
    ))
}

/// Finds a colon and a blank within a text: `abroad: 说明: 无。`.
fn colon_in_text(index: usize, line: &str) -> Option<Problem> {
    let (at, value) = value(line)?;
    let colon = value.find(": ")?;
    Some(slip(
        ProblemCode::ColonInText,
        place(index, line, at + colon),
        "文字中有“: ”".to_owned(),
        "the text contains a colon and a space".to_owned(),
        ("请改成中文冒号“：”，或把整段文字放在一对半角引号中", "put the whole text into quotation marks"),
    ))
}

/// Finds a slip of the line `stop` relative to those above it.
fn between_lines(lines: &[&str], stop: usize) -> Option<Problem> {
    let line = lines[stop];
    let word = line.trim_start();
    let own = indent(line);
    if is_empty(line) {
        return None;
    }
    let here = place(stop, line, own);
    let above: Vec<&str> = lines[..stop].iter().rev().copied().filter(|line| !is_empty(line)).collect();
    if !begins_with_key(word) && !word.starts_with("- ") {
        return Some(slip(
            ProblemCode::TextAtMargin,
            here,
            "这一行不是“键: 值”".to_owned(),
            "this line is not `key: value`".to_owned(),
            (
                "如果是上面那段文字的下一行，请缩进得比它的键多；否则请写成“键: 值”",
                "indent it deeper than its key if it continues the text above, or write `key: value`",
            ),
        ));
    }
    // It should be indented like the nearest line of the same kind above.
    let is_item = word.starts_with("- ");
    let kin = above
        .iter()
        .copied()
        .take(40)
        .find(|line| line.trim_start().starts_with("- ") == is_item && begins_entry(line));
    let should = indent(kin?);
    (should != own && should.abs_diff(own) <= 3).then(|| {
        slip(
            ProblemCode::UnevenIndentation,
            here,
            format!("这一行缩进 {own} 格，上面同一级的行缩进 {should} 格"),
            format!("this line is indented by {own} spaces, but the lines above by {should}"),
            ("请把同一级的行对齐", "align lines of the same level"),
        )
    })
}

/// Returns whether a line begins an entry of a list or of a mapping.
fn begins_entry(line: &str) -> bool {
    let word = line.trim_start();
    word.starts_with("- ") || begins_with_key(word)
}

/// Returns whether a line begins with a key and its colon.
pub(super) fn begins_with_key(word: &str) -> bool {
    let key = word.split(':').next().unwrap_or_default();
    key.len() < word.len() && !key.is_empty() && !key.contains(' ')
}
