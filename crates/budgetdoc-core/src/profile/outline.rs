//! The order of a document: its divisions, and when some of it falls away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits;
use crate::source::Located;

/// A piece of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A great division: its title, a template. Starts a new page.
    Group(Located<String>),
    /// A part: its title, a template.
    Part(Located<String>),
    /// A section: its title, a template.
    Section(Located<String>),
    /// A text by its key.
    Text(Located<String>),
    /// A table by its id.
    Table(Located<String>),
    /// The terms explained.
    Glossary,
    /// Pieces that stand there in some budgets only.
    When(When),
}

/// Pieces that depend on a figure.
///
/// ```
/// use budgetdoc_core::profile::{Block, When};
/// let when = When {
///     any: vec!["government_fund".to_owned().into()],
///     then: vec![Block::Text("government_fund".to_owned().into())],
///     otherwise: Vec::new(),
/// };
/// assert_eq!(when.then.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Names of figures.
    pub any: Vec<Located<String>>,
    /// What stands there when one of them is not zero, this year or last.
    #[serde(default)]
    pub then: Vec<Block>,
    /// What stands there when all are zero.
    #[serde(default)]
    pub otherwise: Vec<Block>,
}

/// Levels of headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Headings {
    /// Great divisions.
    pub group: HeadingDef,
    /// Parts.
    pub part: HeadingDef,
    /// Sections.
    pub section: HeadingDef,
    /// Titles of tables.
    pub table: HeadingDef,
}

impl Default for Headings {
    fn default() -> Self {
        let heading = |level, new_page, contents| HeadingDef { level, new_page, contents };
        Headings {
            group: heading(1, true, Some(1)),
            part: heading(2, false, Some(2)),
            section: heading(3, false, None),
            table: heading(2, false, Some(2)),
        }
    }
}

/// A heading's place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadingDef {
    /// Its level, 1 to 4, in the outline and for its style.
    #[serde(deserialize_with = "limits::level")]
    pub level: u8,
    /// Whether it starts a new page.
    #[serde(default)]
    pub new_page: bool,
    /// Its level in the table of contents, 1 or 2; none leaves it out.
    #[serde(default, deserialize_with = "limits::contents")]
    pub contents: Option<u8>,
}
