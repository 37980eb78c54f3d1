//! The document a renderer sets: blocks of text and tables with a style sheet, and nothing of budgets.
//!
//! A [`Document`] is made by `compose` from a budget, or by hand by any program that wants the same typesetting.
//! Everything a renderer needs stands here; it reads no file. A figure in a table is a [`Number`] with its format, and
//! [`NumberFormat::print`] prints all numbers, those in sentences too.

mod cell;
mod grid;
mod length;
mod number;
mod place;
mod spacing;
mod style;
mod table;

pub use cell::{Cell, CellContent};
pub use grid::{GridError, Lines, Placed, RowGroup, Slot};
pub use length::Length;
pub use number::{Number, NumberFormat, Rounding};
pub use place::Place;
pub use spacing::Spacing;
pub use style::{Align, Margins, PageNumberStyle, PageStyle, ParagraphStyle, Role, StyleName, StyleSheet};
pub use table::{Column, ColumnKind, Orientation, Row, Table, TableBody, TableHeading};

use serde::{Deserialize, Serialize};

/// A whole document: what it is called, how its pages look, and its blocks in reading order.
///
/// ```
/// use budgetdoc_document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
/// let document = Document {
///     info: Info { title: "说明".to_owned(), ..Info::default() },
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "正文。".into() })],
/// };
/// assert_eq!(document.blocks.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title, author and dates for the files' properties.
    pub info: Info,
    /// Paper, margins, grid and page numbers.
    pub page: PageStyle,
    /// The look of each kind of paragraph.
    pub styles: StyleSheet,
    /// Names that titles, heads and labels keep on one line where they fit: 妇女联合会.
    #[serde(default)]
    pub names: Vec<String>,
    /// Cover, contents, headings, paragraphs and tables.
    pub blocks: Vec<Block>,
}

/// What the files say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// Title of the document, shown by viewers in the window's title.
    pub title: String,
    /// The body that publishes it.
    pub author: String,
    /// What it is about, in a few words.
    pub subject: String,
    /// Search words.
    pub keywords: Vec<String>,
    /// Date of the document as year, month, day. Files carry this date and never the clock's.
    pub date: Date,
    /// Fingerprint of what the document was made from, such as `sha256:` and the digest of the spec's text, by which an
    /// office can tell which version of the spec a file belongs to. None where there was no text, as for a spec built in
    /// code.
    #[serde(default)]
    pub source: Option<String>,
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// Year, such as 2022.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Default for Date {
    /// The first of January 1980, the earliest date a zip archive can carry.
    fn default() -> Self {
        Date { year: 1980, month: 1, day: 1 }
    }
}

/// One piece of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The cover: a page of its own, without page number.
    Cover(Cover),
    /// The table of contents: on a page of its own.
    Contents(Contents),
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Box<Table>),
    /// Whatever follows starts on a new page.
    PageBreak,
}

/// The cover page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// The title, style [`StyleName::CoverTitle`]; broken into balanced lines when it needs more than one.
    pub title: Text,
    /// Lines at the foot of the cover (body, date), style [`StyleName::CoverLine`].
    pub lines: Vec<Text>,
}

/// The table of contents: lists every heading and table heading with a contents level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// Its title (目　录), style [`StyleName::ContentsTitle`].
    pub title: Text,
}

/// A heading. Its level is its place in the outline, in PDF tags and in Word's heading styles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Level 1 to 4: [`StyleName::Heading1`] to [`StyleName::Heading4`].
    pub level: u8,
    /// The words, with their number.
    pub text: Text,
    /// Whether the heading starts a new page.
    pub new_page: bool,
    /// Level in the table of contents, 1 or 2; none leaves it out.
    pub contents: Option<u8>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Which look it takes: [`StyleName::Body`] or [`StyleName::Note`] in the flow of text.
    pub style: StyleName,
    /// The words.
    pub text: Text,
}

/// Words with at most a change of face inside, and where they came from.
///
/// ```
/// use budgetdoc_document::{Role, Run, Text};
/// let lead = Run { text: "一是".to_owned(), role: Some(Role::Subheading) };
/// let text = Text { runs: vec![lead, Run { text: "管理。".to_owned(), role: None }], origin: None };
/// assert_eq!(text.to_plain(), "一是管理。");
/// assert_eq!(Text::plain("管理。"), "管理。".into());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The runs, in order. A run holds no line break.
    pub runs: Vec<Run>,
    /// Where in the user's file the words stand, for messages.
    pub origin: Option<Place>,
}

/// A piece of text in one face.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// A role other than the paragraph style's, such as a lead in 楷体.
    pub role: Option<Role>,
}

impl Text {
    /// Text of one run in its paragraph's face.
    pub fn plain(text: impl Into<String>) -> Self {
        Text { runs: vec![Run { text: text.into(), role: None }], origin: None }
    }

    /// The same text, said to come from `origin`.
    pub fn at(mut self, origin: Option<Place>) -> Self {
        self.origin = origin;
        self
    }

    /// All characters, without regard to runs.
    pub fn to_plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::plain(text)
    }
}
