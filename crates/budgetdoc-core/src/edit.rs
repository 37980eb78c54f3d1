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
