//! One reading of YAML: a tree in which every key and value knows the bytes it takes up and its place.
//!
//! [`read`] makes the tree from granit-parser's events and tells what is wrong with the file as YAML, at the slip itself
//! (`slips`), and reads on behind it (`recover`). Everything that
//! asks about the file afterwards asks the tree: decoding, merging and rolling over. Where the characters of a value stand, `places` tells.

mod decode;
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

pub(crate) use decode::{Decode, Faults, Fields, Limited, Value, from_tree, from_yaml};
pub(crate) use record::{choice, names, record};
pub(crate) use recover::read;

/// A key or value of a file.
#[derive(Clone, Debug)]
pub(crate) struct YamlNode {
    pub content: Content,
    /// Its own bytes: of a block text the lines, of a list all entries.
    pub range: Range<usize>,
    /// The same with whatever else stands after the key's colon: an anchor, a tag, the sign of a block text.
    pub written: Range<usize>,
    /// Where it begins; for what an alias stands for, the place of the alias.
    pub place: Option<Place>,
    /// Whether it is given a name with `&` or is taken from elsewhere with `*`.
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
        /// Whether it is written in braces.
        flow: bool,
        /// Whether an error of syntax took something away, so that keys of it may be missing.
        cut: bool,
    },
    List(Vec<YamlNode>),
    /// `*name`, with a copy of what it stands for.
    Alias(Box<YamlNode>),
}

/// What a file holds as far as it can be read.
pub(crate) struct YamlTree {
    /// None where the file has no content.
    pub root: Option<YamlNode>,
    /// What is wrong with it as YAML.
    pub problems: Vec<Problem>,
}

impl YamlNode {
    /// Returns the node itself, or what the alias stands for.
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

    /// Returns whether nothing is written: no text at all, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, style: Style::Plain }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Keys and values of a mapping; none of anything else.
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

    /// Returns whether it is a template that lacks its quotes: YAML takes `{{ year }}` for a mapping with a mapping as
    /// its key.
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
