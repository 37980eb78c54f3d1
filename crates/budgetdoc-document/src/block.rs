use serde::{Deserialize, Serialize};

use super::{Chart, StyleName, Table, Text};

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
    /// A chart.
    Chart(Box<Chart>),
    /// Starts a new page.
    PageBreak,
}

/// The cover page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// The title, in [`StyleName::CoverTitle`]; broken into balanced lines where it needs more than one.
    pub title: Text,
    /// Lines at the foot of the cover (body, date), in [`StyleName::CoverLine`].
    pub lines: Vec<Text>,
}

/// The table of contents: lists every heading and table heading that has a contents level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// Its title (目　录), in [`StyleName::ContentsTitle`].
    pub title: Text,
}

/// A heading. Its level sets its place in the outline, its PDF tag and its heading style in Word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Level 1 to 4: [`StyleName::Heading1`] to [`StyleName::Heading4`].
    pub level: u8,
    /// The words, with their number.
    pub text: Text,
    /// Whether the heading starts a new page.
    pub new_page: bool,
    /// Level in the table of contents, 1 to 3; `None` leaves it out.
    pub contents: Option<u8>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its style: [`StyleName::Body`] or [`StyleName::Note`] in the flow of text.
    pub style: StyleName,
    /// The words.
    pub text: Text,
}
