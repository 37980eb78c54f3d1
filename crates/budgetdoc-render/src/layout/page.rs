//! Pages as they are printed: runs of placed glyphs and rules, and the structure they belong to.
//!
//! Coordinates count from the upper left corner of the page to the right and down.

use std::ops::Range;

use budgetdoc_document::{Length, Orientation};

use super::{Path, SetBlock};
use crate::font::FaceId;

/// A document set on pages, with its structure tree and the lines of each block.
///
/// ```
/// # use budgetdoc_document::*;
/// # use budgetdoc_render::font::{FontBook, FontSearch};
/// # use budgetdoc_render::layout::*;
/// # let heading = Heading { level: 1, text: "收入".into(), new_page: false, contents: Some(1) };
/// # let text = Paragraph { style: StyleName::Body, text: "本年收入1310万元。".into() };
/// # let blocks = vec![Block::Contents(Contents { title: "目　录".into() }), Block::Heading(heading),
/// Block::Paragraph(text)];
/// # let document = Document { info: Info::default(), page: PageStyle::gb9704(), styles: StyleSheet::gb9704(), names:
/// Vec::new(), blocks };
/// # let layout = layout(&document, &FontBook::load(&FontSearch::default()).unwrap()).unwrap();
/// assert_eq!((layout.pages.len(), layout.targets.len()), (2, 1));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Layout {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The structure tree; node 0 is the document.
    pub nodes: Vec<Node>,
    /// The outline in reading order, each entry with its level.
    pub outline: Vec<OutlineEntry>,
    /// The lines of the table of contents.
    pub contents: Vec<ContentsEntry>,
    /// The place of every heading and table heading, in the order of the blocks.
    pub targets: Vec<HeadingPlace>,
    /// The lines and measures of every block, in order.
    pub blocks: Vec<SetBlock>,
}

/// A page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page {
    /// Width of the paper as held.
    pub width: Length,
    /// Height of the paper as held.
    pub height: Length,
    /// Orientation in which it is read.
    pub orientation: Orientation,
    /// The number printed on it; none on cover pages.
    pub number: Option<u32>,
    /// Marks in reading order.
    pub items: Vec<Item>,
    /// Clickable areas.
    pub links: Vec<Link>,
}

/// A mark on a page and the node it belongs to; without a node it is an artifact (page numbers, rules, repeated heads).
#[derive(Clone, Debug)]
pub struct Item {
    /// The leaf of the structure the mark belongs to.
    pub node: Option<NodeId>,
    /// The mark.
    pub mark: Mark,
}

/// Something drawn.
///
/// ```
/// # use budgetdoc_document::*;
/// # use budgetdoc_render::font::{FontBook, FontSearch};
/// # use budgetdoc_render::layout::*;
/// # let heading = Heading { level: 1, text: "收入".into(), new_page: false, contents: Some(1) };
/// # let text = Paragraph { style: StyleName::Body, text: "本年收入1310万元。".into() };
/// # let blocks = vec![Block::Contents(Contents { title: "目　录".into() }), Block::Heading(heading),
/// Block::Paragraph(text)];
/// # let document = Document { info: Info::default(), page: PageStyle::gb9704(), styles: StyleSheet::gb9704(), names:
/// Vec::new(), blocks };
/// # let layout = layout(&document, &FontBook::load(&FontSearch::default()).unwrap()).unwrap();
/// let drawn = |item: &Item| matches!(item.mark, Mark::Glyphs(_) | Mark::Rule(_));
/// assert!(layout.pages[1].items.iter().all(drawn));
/// ```
#[derive(Clone, Debug)]
pub enum Mark {
    /// Glyphs of one face and size on one baseline.
    Glyphs(GlyphRun),
    /// A black rectangle.
    Rule(Rectangle),
    /// A part of a drawing.
    Path(Path),
}

/// Glyphs of one face and size on one baseline.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// Left end of the baseline; of a turned run the baseline itself.
    pub x: Length,
    /// The baseline; of a turned run its upper end.
    pub y: Length,
    /// Whether the run is turned a quarter clockwise, with its baseline down the page.
    pub turned: bool,
    /// The face.
    pub face: FaceId,
    /// Type size.
    pub size: Length,
    /// The characters.
    pub text: Box<str>,
    /// Their glyphs, along the baseline.
    pub glyphs: Box<[Glyph]>,
}

impl GlyphRun {
    /// Returns for each glyph the bytes of the run's text that it represents.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.glyphs.iter().map(move |glyph| {
            let start = end;
            end += usize::from(glyph.bytes);
            start..end
        })
    }
}

/// A glyph in a run.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// Number of the glyph in its face.
    pub id: u16,
    /// Distance to the origin of the next glyph, as set on the line.
    pub advance: Length,
    /// Shift of the outline from the origin; negative if the left half of a mark is cut.
    pub shift: Length,
    /// Number of bytes of the run's text that it represents, behind those of the glyphs before it.
    pub bytes: u8,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rectangle {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// A clickable area.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The clickable area.
    pub area: Rectangle,
    /// Where it leads: an index into [`Layout::targets`].
    pub target: usize,
    /// The [`Tag::Link`] node it belongs to.
    pub node: NodeId,
}

/// A heading's place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeadingPlace {
    /// Index of the page.
    pub page: usize,
    /// Upper edge of its line.
    pub y: Length,
    /// The page number printed there.
    pub number: Option<u32>,
}

/// A line of the outline.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OutlineEntry {
    /// Level, 1 to 4.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// Index into [`Layout::targets`].
    pub target: usize,
}

/// A line of the table of contents.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ContentsEntry {
    /// Level, 1 or 2.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The page number printed on its page.
    pub number: u32,
    /// Index into [`Layout::targets`].
    pub target: usize,
}

/// A node of the structure tree, by its index in [`Layout::nodes`].
pub type NodeId = usize;

/// A node of the structure tree. Leaves are those that items belong to; a leaf may have marks on several pages.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// The nodes below it, in reading order.
    pub children: Vec<NodeId>,
}

/// What a node is, in the terms of tagged PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tag {
    /// The whole.
    Document,
    /// A heading: level and words.
    Heading {
        /// Level, 1 to 4.
        level: u8,
        /// Its words, for the outline of readers.
        title: Box<str>,
    },
    /// A paragraph.
    Paragraph,
    /// The table of contents.
    Contents,
    /// An entry of it.
    ContentsItem,
    /// A reference inside an entry, around its link.
    Reference,
    /// A link.
    Link,
    /// A table with a summary.
    Table {
        /// What the table holds, for readers who cannot see it.
        summary: Box<str>,
    },
    /// A drawing with its words; the caption is below it.
    Figure {
        /// What it shows, for readers who cannot see it.
        summary: Box<str>,
        /// Index of its page, and its place there; none before it has one.
        place: Option<Box<(usize, Rectangle)>>,
    },
    /// The caption of a drawing.
    Caption,
    /// The head rows of a table.
    TableHead,
    /// The rows of a body.
    TableBody,
    /// A row.
    Row,
    /// A head cell. As in any cell, a single text is in the cell itself, several are paragraphs in it.
    HeaderCell {
        /// Whether it heads a row rather than a column.
        row: bool,
        /// Columns it covers.
        columns: u16,
        /// Rows it covers.
        rows: u16,
    },
    /// A cell.
    Cell {
        /// Columns it covers.
        columns: u16,
        /// Rows it covers.
        rows: u16,
        /// Its head cells, those of its row first, the nearest first, where its place gives it others; else none.
        heads: Box<[NodeId]>,
    },
}
