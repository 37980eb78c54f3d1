use serde::{Deserialize, Serialize};

use super::{Block, Info, PageStyle, StyleSheet};

/// A whole document: its properties, the look of its pages, and its blocks in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title, author and date, for the properties of the files.
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
