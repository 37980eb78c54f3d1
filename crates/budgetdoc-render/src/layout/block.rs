//! Lines of each block of the document.

use std::ops::Range;

use budgetdoc_document::{Length, ParagraphStyle};

use super::{NodeId, Rectangle};

/// A block of the document as set.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SetBlock {
    /// Its lines, text by text in the order of [`BlockPart`], without the repetitions on later pages.
    pub lines: Vec<SetLine>,
    /// Index into [`Layout::targets`](super::Layout::targets) of a heading or a table with a heading.
    pub target: Option<usize>,
    /// Measures of a table's columns and rows.
    pub table: Option<TableMeasures>,
    /// Space before and after a heading or signature, where it is not that of its style.
    pub spaces: Option<(Length, Length)>,
    /// A chart's place on its page.
    pub chart: Option<Rectangle>,
}

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetLine {
    /// The text of the block it belongs to.
    pub part: BlockPart,
    /// Its bytes of that text ([`Text::to_plain`](budgetdoc_document::Text::to_plain)), without blanks at its edges. In
    /// the text of [`BlockPart::Entry`] the bytes of [`ContentsEntry::title`](super::ContentsEntry::title).
    pub range: Range<usize>,
    /// Index of its page.
    pub page: usize,
    /// Left end on the page.
    pub x: Length,
    /// Baseline on the page.
    pub y: Length,
    /// Width of its characters in their faces, without stretching or squeezing.
    pub natural_width: Length,
    /// Width as set.
    pub width: Length,
    /// Whether marks or blanks were squeezed to fit the column.
    pub squeezed: bool,
}

/// A text of a block. The variants are in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BlockPart {
    /// The number of a table.
    Number,
    /// The text of a heading or paragraph, the title of a cover, a table of contents or a table, the caption of a chart.
    Text,
    /// A line at the foot of a cover, by index.
    CoverLine(usize),
    /// An entry of a table of contents: index into [`Layout::contents`](super::Layout::contents).
    Entry(usize),
    /// The left caption of a table.
    CaptionLeft,
    /// The right caption of a table.
    CaptionRight,
    /// A paragraph of a table's cell.
    Cell {
        /// 0 for the table's head, from 1 for its bodies with their heads.
        group: usize,
        /// Index of the row the cell starts in, in its group.
        row: usize,
        /// Index of the cell in [`Row::cells`](budgetdoc_document::Row::cells).
        cell: usize,
        /// Index of the paragraph among those of the cell that are not empty.
        paragraph: usize,
    },
    /// A note below a table, by index.
    Note(usize),
}

/// Measures of a table's columns and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableMeasures {
    /// Width of each column.
    pub widths: Vec<Length>,
    /// Height of each row, first those of the head, on a page that breaks none.
    pub heights: Vec<Length>,
    /// Blank inside a cell, left and right.
    pub padding: Length,
    /// Size of the type in its cells.
    pub type_step: TypeStep,
    /// Blank above and below the text of its cells.
    pub row_step: RowStep,
}

/// How far the type of a table's cells is reduced so that its columns fit on the page: 10.5 pt (五号) to 10 or 9 pt
/// (小五), other sizes in proportion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeStep {
    /// The size of the styles.
    #[default]
    Full,
    /// 20 parts of 21.
    Reduced,
    /// 18 parts of 21.
    Small,
}

impl TypeStep {
    /// All steps, the largest type first.
    pub const ALL: [TypeStep; 3] = [TypeStep::Full, TypeStep::Reduced, TypeStep::Small];

    /// Returns a length in proportion to the type.
    pub fn reduce(self, length: Length) -> Length {
        let parts = match self {
            TypeStep::Full => 21,
            TypeStep::Reduced => 20,
            TypeStep::Small => 18,
        };
        length * parts / 21
    }

    /// Returns a style with its type and pitch reduced.
    pub fn apply(self, style: &ParagraphStyle) -> ParagraphStyle {
        ParagraphStyle { size: self.reduce(style.size), pitch: self.reduce(style.pitch), ..style.clone() }
    }
}

/// How close the rows of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowStep {
    /// Rows of one line are as far apart as those of 五号 in printed forms.
    #[default]
    Full,
    /// They are 80 % of that, which saves a page.
    Close,
}

impl RowStep {
    /// Returns the least height of a row.
    pub const fn least_height(self) -> Length {
        match self {
            RowStep::Full => Length::micrometres(7_600),
            RowStep::Close => Length::micrometres(6_080),
        }
    }

    /// Returns the blank inside a cell, above and below.
    pub const fn padding(self) -> Length {
        match self {
            RowStep::Full => Length::micrometres(1_100),
            RowStep::Close => Length::micrometres(480),
        }
    }
}

impl SetBlock {
    /// Returns the lines of a text of the block, first to last.
    pub fn lines_of(&self, part: BlockPart) -> &[SetLine] {
        let start = self.lines.partition_point(|line| line.part < part);
        let count = self.lines[start..].iter().take_while(|line| line.part == part).count();
        &self.lines[start..start + count]
    }
}

/// Place of a text in the document and in the structure tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPlace {
    pub block: usize,
    pub part: BlockPart,
    pub node: NodeId,
}
