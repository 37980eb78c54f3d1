//! Changes to the text of a file at its bytes, so that everything else in it stays as it is.

use std::ops::Range;

use budgetdoc_document::{Place, PlaceRange};

use crate::places::LineStarts;
use crate::yaml::{self, Content, Style, YamlNode, place_of};

/// New text for some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What takes their place.
    pub new: String,
}

/// Returns a text with all edits made, which are in the order of their bytes and do not overlap.
///
/// ```
/// use budgetdoc_core::edit::{Edit, apply};
/// let edits = [Edit { range: 0..4, new: "2023".to_owned() }];
/// assert_eq!(apply("2022年", &edits), "2023年");
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 32 * edits.len());
    let mut done = 0;
    for Edit { range, new } in edits {
        out.push_str(&text[done..range.start]);
        out.push_str(new);
        done = range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Returns the place in the new text of a byte of the old one.
pub(crate) fn moved_place(text: &str, at: usize, edits: &[Edit]) -> Option<Place> {
    let before = edits.iter().take_while(|edit| edit.range.end <= at);
    let (gone, come) = before.fold((0, 0), |(gone, come), edit| (gone + edit.range.len(), come + edit.new.len()));
    place_of(text, at + come - gone)
}

/// The texts of a spec, for writing templates into them.
pub struct SpecTexts<'a> {
    text: &'a str,
    lines: LineStarts<'a>,
    root: Option<YamlNode>,
}

impl<'a> SpecTexts<'a> {
    /// Reads the texts of a spec.
    pub fn new(text: &'a str) -> Self {
        SpecTexts { text, lines: LineStarts::new(text), root: yaml::read(text).root }
    }

    /// Returns the edit that puts a template in the place of words of a text, if that can be written there: the words
    /// stand at the place as they are, and braces mean nothing to YAML in the way the text is quoted.
    pub fn replace(&self, place: PlaceRange, words: &str, template: &str) -> Option<Edit> {
        let range = self.lines.byte_of(place.start)?..self.lines.byte_of(place.end)?;
        if self.text.get(range.clone())? != words {
            return None;
        }
        let (value, in_braces) = scalar_at(self.root.as_ref()?, range.start, false)?;
        let Content::Scalar { style, .. } = &value.content else { return None };
        let new = match style {
            Style::Plain if in_braces || value.range.start == range.start => return None,
            Style::DoubleQuoted => template.replace('"', "'"),
            Style::Plain | Style::SingleQuoted | Style::Literal | Style::Folded => template.to_owned(),
        };
        Some(Edit { range, new })
    }
}

/// The figures and lists of a spec, for bringing others into them.
pub struct SpecRows<'a> {
    text: &'a str,
    lines: LineStarts<'a>,
    root: Option<YamlNode>,
}

/// A row to be added to a list: its keys with their values, as YAML writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// `key: value`, in their order.
    pub fields: Vec<String>,
    /// Whether each is on a line of its own, unless the list is in brackets.
    pub tall: bool,
}

impl<'a> SpecRows<'a> {
    /// Reads the rows of a spec.
    pub fn new(text: &'a str) -> Self {
        SpecRows { text, lines: LineStarts::new(text), root: yaml::read(text).root }
    }

    /// Returns the edit that gives the row whose `amount` is at a place another figure for `key`; none where the row
    /// shares its values with another one by YAML's `&` and `*`.
    pub fn set(&self, amount: Place, key: &str, figure: &str) -> Option<Edit> {
        let row = row_at(self.root.as_ref()?, amount)?;
        let Content::Map { flow, .. } = &row.content else { return None };
        match row.entry(key) {
            Some((_, value)) if value.shared => None,
            Some((_, value)) => Some(Edit { range: value.written.clone(), new: figure.to_owned() }),
            None => {
                let (amount, value) = row.entry("amount")?;
                Some(insert_behind(self.text, (amount, value), *flow, &format!("{key}: {figure}")))
            }
        }
    }

    /// Returns the edit that adds rows below those of a list of the spec, which may not be there yet; none where the
    /// list is shared.
    pub fn add(&self, list: &str, rows: &[NewRow]) -> Option<Edit> {
        let line_break = line_break(self.text);
        let lines = |indent: &str| -> String { rows.iter().map(|row| row.lines(indent, line_break)).collect() };
        let Some((key, value)) = self.root.as_ref()?.entry(list) else {
            let end = self.text.len();
            let gap = if self.text.ends_with('\n') { "" } else { line_break };
            let new = format!("{gap}{line_break}{list}:{}{line_break}", lines("  "));
            return Some(Edit { range: end..end, new });
        };
        match &value.content {
            _ if value.shared => None,
            Content::List(items) => match items.last() {
                Some(last) if self.text[value.range.clone()].starts_with('[') => {
                    let new = rows.iter().map(|row| format!(", {{ {} }}", row.fields.join(", "))).collect();
                    Some(Edit { range: last.written.end..last.written.end, new })
                }
                Some(last) => {
                    let dash = self.text[..items[0].written.start].rfind('-')?;
                    let column = place_of(self.text, dash)?.column.saturating_sub(1);
                    let (end, _) = end_of_line(self.text, last.written.end);
                    Some(Edit { range: end..end, new: lines(&" ".repeat(column as usize)) })
                }
                None => Some(Edit { range: key.range.end..value.range.end, new: format!(":{}", lines("  ")) }),
            },
            Content::Scalar { .. } if value.is_null() => {
                let end = value.range.end.max(key.range.end + 1);
                Some(Edit { range: key.range.end..end, new: format!(":{}", lines("  ")) })
            }
            Content::Scalar { .. } | Content::Map { .. } | Content::Alias(_) => None,
        }
    }

    /// Returns the place in the new text of one in this.
    pub fn moved(&self, place: Place, edits: &[Edit]) -> Option<Place> {
        moved_place(&apply(self.text, edits), self.lines.byte_of(place)?, edits)
    }
}

impl NewRow {
    fn lines(&self, indent: &str, line_break: &str) -> String {
        match self.tall {
            true => format!("{line_break}{indent}- {}", self.fields.join(&format!("{line_break}{indent}  "))),
            false => format!("{line_break}{indent}- {{ {} }}", self.fields.join(", ")),
        }
    }
}

/// Returns the row whose `amount` is at a place.
fn row_at(node: &YamlNode, amount: Place) -> Option<&YamlNode> {
    match &node.content {
        Content::Map { .. } if node.entry("amount").is_some_and(|(_, value)| value.place == Some(amount)) => Some(node),
        Content::Map { entries, .. } => entries.iter().find_map(|(_, value)| row_at(value, amount)),
        Content::List(items) => items.iter().find_map(|item| row_at(item, amount)),
        Content::Scalar { .. } | Content::Alias(_) => None,
    }
}

/// Returns the edit that inserts `entry` behind a key and its value: behind it within braces, else on a line of its own.
pub(crate) fn insert_behind(text: &str, (key, value): (&YamlNode, &YamlNode), flow: bool, entry: &str) -> Edit {
    if flow {
        return Edit { range: value.written.end..value.written.end, new: format!(", {entry}") };
    }
    let (end, line_break) = end_of_line(text, value.written.end);
    let indent = " ".repeat(key.place.map_or(0, |place| place.column.saturating_sub(1)) as usize);
    Edit { range: end..end, new: format!("{line_break}{indent}{entry}") }
}

/// Returns the end of the line of the byte `at`, and the line ending of the file.
fn end_of_line(text: &str, at: usize) -> (usize, &'static str) {
    let rest = &text[at..];
    let end = at + rest.find('\n').unwrap_or(rest.len());
    (end - usize::from(text[at..end].ends_with('\r')), line_break(text))
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Returns the text that a byte belongs to, and whether it is in braces or brackets. A text that is in several
/// places has none of its own.
fn scalar_at(node: &YamlNode, byte: usize, in_braces: bool) -> Option<(&YamlNode, bool)> {
    if !node.range.contains(&byte) || node.shared {
        return None;
    }
    match &node.content {
        Content::Scalar { .. } => Some((node, in_braces)),
        Content::Map { entries, flow, .. } => {
            entries.iter().find_map(|(_, value)| scalar_at(value, byte, in_braces || *flow))
        }
        Content::List(items) => items.iter().find_map(|item| scalar_at(item, byte, in_braces)),
        Content::Alias(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &str) -> Option<String> {
        let rows = [NewRow { fields: vec!["a: 3".to_owned(), "b: 4".to_owned()], tall: false }];
        SpecRows::new(text).add("list", &rows).map(|edit| apply(text, &[edit]))
    }

    #[test]
    fn rows_are_added_however_the_list_is_written() {
        for (old, new) in [
            ("list:\n  - { a: 1 }  # one\nz: 1\n", "list:\n  - { a: 1 }  # one\n  - { a: 3, b: 4 }\nz: 1\n"),
            ("list:\n- a: 1\n  b: 2\nz: 1\n", "list:\n- a: 1\n  b: 2\n- { a: 3, b: 4 }\nz: 1\n"),
            ("list: [{ a: 1 }]  # one\n", "list: [{ a: 1 }, { a: 3, b: 4 }]  # one\n"),
            ("list: []\nz: 1\n", "list:\n  - { a: 3, b: 4 }\nz: 1\n"),
            ("list:\nz: 1\n", "list:\n  - { a: 3, b: 4 }\nz: 1\n"),
            ("z: 1\n", "z: 1\n\nlist:\n  - { a: 3, b: 4 }\n"),
            ("z: 1", "z: 1\n\nlist:\n  - { a: 3, b: 4 }\n"),
            ("list:\r\n  - { a: 1 }\r\nz: 1\r\n", "list:\r\n  - { a: 1 }\r\n  - { a: 3, b: 4 }\r\nz: 1\r\n"),
        ] {
            assert_eq!(add(old).as_deref(), Some(new), "{old}");
        }
        assert_eq!(add("z: &x [{ a: 1 }]\nlist: *x\n"), None);
    }
}
