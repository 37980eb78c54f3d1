//! Reads YAML into a tree with the bytes and the place of every key and value.
//!
//! [`read`] builds the tree from granit-parser's events, reports errors of syntax at the slip that causes them (`slips`)
//! and continues behind it (`recover`). Decoding, merging and rolling over use the tree alone. `places` finds the
//! characters of a value in the file.

mod decode;
mod decode_std;
mod limits;
mod read;
mod record;
mod recover;
mod slips;
mod syntax;
mod unknown_key;

use std::ops::Range;

use crate::error::Problem;
use budgetdoc_document::Place;
pub(crate) use granit_parser::ScalarStyle as Style;

pub(crate) use decode::{Decode, Fields, Limited, Problems, Value, decode_text, from_tree, from_yaml};
pub(crate) use record::{choice, names, record};
pub(crate) use recover::read;

/// A key or value of a file.
#[derive(Clone, Debug)]
pub(crate) struct YamlNode {
    pub content: Content,
    /// Bytes of the value: the lines of a block text, all entries of a list.
    pub range: Range<usize>,
    /// Bytes with everything after the key's colon: an anchor, a tag, the indicator of a block text.
    pub written: Range<usize>,
    /// Its start; of a node copied for an alias, the place of the alias.
    pub place: Option<Place>,
    /// Whether it has an anchor (`&`) or comes from an alias (`*`).
    pub shared: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Scalar {
        text: String,
        style: Style,
    },
    Map {
        /// Keys and values in the order of the file, each key once.
        entries: Vec<(YamlNode, YamlNode)>,
        /// Whether it is written in braces (flow style).
        flow: bool,
        /// Whether an error of syntax removed entries, so that keys may be missing.
        cut: bool,
    },
    List(Vec<YamlNode>),
    /// `*name`, with a copy of its value.
    Alias(Box<YamlNode>),
}

/// The readable part of a file.
pub(crate) struct YamlTree {
    /// The tree; none of a file without content.
    pub root: Option<YamlNode>,
    /// Its errors of syntax.
    pub problems: Vec<Problem>,
}

impl YamlNode {
    /// Returns the node itself, or that of the alias.
    pub(crate) fn resolved(&self) -> &YamlNode {
        match &self.content {
            Content::Alias(target) => target,
            _ => self,
        }
    }

    /// Returns the text of a scalar.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Hands every scalar that is written without quotes to `look`, with its text.
    pub(crate) fn each_scalar<'a>(&'a self, look: &mut dyn FnMut(&'a YamlNode, &'a str)) {
        match &self.content {
            Content::Scalar { text, style: Style::Plain } => look(self, text),
            Content::Map { entries, .. } => entries.iter().for_each(|(_, value)| value.each_scalar(look)),
            Content::List(items) => items.iter().for_each(|item| item.each_scalar(look)),
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
    }

    /// Returns whether it is null: no text, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, style: Style::Plain }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Returns the keys and values of a mapping; none of another node.
    pub(crate) fn entries(&self) -> &[(YamlNode, YamlNode)] {
        match &self.content {
            Content::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// Returns the key `name` and its value, if this is a mapping that has it.
    pub(crate) fn entry(&self, name: &str) -> Option<(&YamlNode, &YamlNode)> {
        self.entries().iter().map(|(key, value)| (key, value)).find(|(key, _)| key.scalar() == Some(name))
    }

    /// Returns whether it is a template without quotes: to YAML `{{ year }}` is a mapping with a mapping as key.
    pub(crate) fn is_bare_template(&self) -> bool {
        matches!(&self.content, Content::Map { entries, flow: true, .. }
            if matches!(entries.first(), Some((YamlNode { content: Content::Map { flow: true, .. }, .. }, _))))
    }
}

/// Returns the place of a byte of a text.
pub(crate) fn place_of(text: &str, byte: usize) -> Option<Place> {
    let before = text.get(..byte)?;
    let line = u32::try_from(before.matches('\n').count() + 1).ok()?;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Place { line, column: u32::try_from(column).ok()? })
}
