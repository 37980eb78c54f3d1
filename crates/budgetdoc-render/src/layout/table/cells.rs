//! Cells: their measured texts, lines and widths.

use budgetdoc_document::{Align, Cell, ColumnKind, Length, ParagraphStyle};

use super::super::block::TextPlace;
use super::super::typesetter::Typesetter;
use super::super::{BlockPart, NodeId, Tag};
use super::rows::RowSection;
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Measured, Shape};

/// Most characters of a name in a cell; longer words are running text.
pub(crate) const RUNNING_TEXT_CHARACTERS: i32 = 24;
/// Fewest characters to a line of running text in a cell that is justified.
pub(crate) const JUSTIFIED_CHARACTERS: i32 = 12;
/// Fraction of an em that gaps of running text in a cell may gain; with wider ones it is set flush left.
const MAX_STRETCH_FRACTION: i32 = 8;
/// Most lines of a label, which is repeated where its row continues on another page.
const LABEL_LINES: usize = 6;
/// Most characters of a vertical label.
const LABEL_CHARACTERS: usize = 12;
/// Distance of the baselines of a vertical label, in hundredths of the type size.
const STACKED_PITCH: i32 = 120;

/// A cell of a table as set. Rows are counted from the first head row.
pub(super) struct SetCell {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
    paragraphs: Vec<Measured>,
    /// The characters of each paragraph of a vertical label.
    stacks: Vec<Vec<GlyphLine>>,
    texts: Vec<TextPlace>,
    /// The lines, each with the text it belongs to.
    pub lines: Vec<(GlyphLine, TextPlace)>,
    pub size: Length,
    pub pitch: Length,
    align: Align,
    indent: Length,
    /// Blank to the right of a number with fewer decimals than others of its column.
    trailing_blank: Length,
    /// Whether it is a number or code, which no line breaks.
    is_figure: bool,
    /// The decimals of a number, 0 where words stand for zero; none for all else.
    decimals: Option<u32>,
}

impl Typesetter<'_> {
    pub(super) fn set_cell(
        &mut self,
        cell: &Cell,
        (kind, section): (ColumnKind, RowSection),
        style: &ParagraphStyle,
        (node, part): (NodeId, &dyn Fn(usize) -> BlockPart),
        (row, column): (usize, usize),
    ) -> Result<SetCell, RenderError> {
        let body = matches!(section, RowSection::Body(_));
        let align = cell.align.unwrap_or(if body { kind.align() } else { style.align });
        let mut set = SetCell {
            row,
            rows: usize::from(cell.rows),
            column,
            columns: usize::from(cell.columns),
            paragraphs: Vec::new(),
            stacks: Vec::new(),
            texts: Vec::new(),
            lines: Vec::new(),
            size: style.size,
            pitch: if cell.vertical { style.size * STACKED_PITCH / 100 } else { style.pitch },
            align,
            indent: style.size * i32::from(cell.indent),
            trailing_blank: Length::ZERO,
            is_figure: cell.content.is_figure(),
            decimals: cell.content.number().map(|number| number.decimals().unwrap_or(0)),
        };
        let texts = cell.content.paragraphs();
        set.texts.reserve_exact(texts.len());
        if !cell.vertical {
            set.paragraphs.reserve_exact(texts.len());
        }
        for text in texts.iter().filter(|text| !text.is_empty()) {
            set.texts.push(self.text(part(set.texts.len()), node, Tag::Paragraph));
            if cell.vertical {
                set.stacks.push(self.measurer.stack(text, style.role, style.size)?);
                continue;
            }
            let length: usize = text.runs.iter().map(|run| run.text.chars().count()).sum();
            let break_style = match align {
                _ if set.is_figure => BreakStyle::Figure,
                _ if length as i32 > RUNNING_TEXT_CHARACTERS => BreakStyle::Running,
                Align::Center => BreakStyle::Phrases,
                _ => BreakStyle::Words,
            };
            set.paragraphs.push(self.measurer.measure(text, style.role, style.size, break_style)?);
        }
        Ok(set)
    }
}

/// Aligns the decimal points of the numbers of each column.
pub(super) fn align_points(cells: &mut [SetCell], columns: usize) {
    let mut widest = vec![Length::ZERO; columns];
    for cell in cells.iter() {
        if let Some(decimals_width) = cell.decimals_width() {
            widest[cell.column] = widest[cell.column].max(decimals_width);
        }
    }
    for cell in cells.iter_mut() {
        if let Some(decimals_width) = cell.decimals_width() {
            cell.trailing_blank = widest[cell.column] - decimals_width;
        }
    }
}

impl SetCell {
    /// Breaks the texts into lines of `width`.
    pub fn compose(&mut self, width: Length) {
        self.lines.clear();
        for (stack, text) in self.stacks.iter().zip(&self.texts) {
            self.lines.extend(stack.iter().map(|line| (line.centered_in(width), *text)));
        }
        for (measured, text) in self.paragraphs.iter().zip(&self.texts) {
            let width = width - self.trailing_blank;
            let room = width - self.indent;
            let running = measured.natural_width() > self.size * RUNNING_TEXT_CHARACTERS
                && room >= self.size * JUSTIFIED_CHARACTERS;
            let align = if running && self.align == Align::Left { Align::Justify } else { self.align };
            let mut shape = Shape::new(width, align);
            shape.indent = self.indent;
            let mut lines = measured.lines(&shape);
            // With few characters to a line, justifying may take gaps that are too wide.
            if align == Align::Justify && lines.iter().any(|line| line.gap_stretch > self.size / MAX_STRETCH_FRACTION) {
                shape.align = Align::Left;
                lines = measured.lines(&shape);
            }
            self.lines.reserve_exact(lines.len());
            self.lines.extend(lines.into_iter().map(|line| (line, *text)));
        }
    }

    /// Returns the height of the lines.
    pub fn height(&self) -> Length {
        self.pitch * self.lines.len() as i32
    }

    /// Returns whether it is short enough to be repeated on the next page.
    pub fn is_label(&self) -> bool {
        self.lines.len() <= if self.stacks.is_empty() { LABEL_LINES } else { LABEL_CHARACTERS }
    }

    /// Returns whether it is a vertical label.
    pub fn is_stacked(&self) -> bool {
        !self.stacks.is_empty()
    }

    /// Returns whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty() && self.stacks.is_empty()
    }

    /// Returns the width that sets every paragraph on one line.
    pub fn natural_width(&self) -> Length {
        self.indent + self.trailing_blank + self.widest(Measured::natural_width)
    }

    /// Returns whether it is running text.
    pub fn is_running(&self) -> bool {
        self.paragraphs.iter().any(|measured| measured.natural_width() > self.size * RUNNING_TEXT_CHARACTERS)
    }

    /// Returns the least number of lines in a room of `width` that break no word.
    pub fn count_lines(&self, width: Length) -> usize {
        let room = width - self.trailing_blank - self.indent;
        self.paragraphs.iter().map(|measured| measured.count_lines(room)).sum()
    }

    /// Returns the width below which words and figures are torn.
    pub fn least_width(&self) -> Length {
        self.indent + self.trailing_blank + self.widest(Measured::widest_piece_width)
    }

    /// Returns the width below which nothing can be set.
    pub fn min_width(&self) -> Length {
        if self.is_figure { self.least_width() } else { self.indent + self.widest(Measured::widest_char_width) }
    }

    /// Returns whether it holds words.
    pub fn is_words(&self) -> bool {
        !self.is_figure && !self.is_empty()
    }

    /// Returns the width from the decimal point on of a number set flush right; none for anything else.
    fn decimals_width(&self) -> Option<Length> {
        match self.paragraphs.as_slice() {
            [number] if self.align == Align::Right && self.columns == 1 => Some(number.decimals_width(self.decimals?)),
            _ => None,
        }
    }

    fn widest(&self, width: impl Fn(&Measured) -> Length) -> Length {
        let stacked = self.stacks.iter().flatten().map(|line| line.width);
        self.paragraphs.iter().map(width).chain(stacked).max().unwrap_or(Length::ZERO)
    }
}
