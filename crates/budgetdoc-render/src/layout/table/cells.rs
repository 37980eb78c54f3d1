//! Cells: their texts measured, broken into lines for a width, and how narrow they may become.

use budgetdoc_document::{Align, Cell, ColumnKind, Length};

use super::super::block::TextPlace;
use super::super::typesetter::Typesetter;
use super::super::{BlockPart, NodeId, Tag};
use super::rows::{RowSection, Rows};
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Measured, Shape};

/// Characters from which words in a cell are running text rather than a name.
pub(crate) const RUNNING: i32 = 24;
/// Characters to a line from which running text in a cell is set to both edges.
pub(crate) const JUSTIFIED: i32 = 12;
/// Part of an em by which a line of running text in a cell may open; with wider gaps it is set flush left.
const OPEN: i32 = 8;
/// A cell of at most so many lines is a label: printed again where its row goes on over a page.
const LABEL_LINES: usize = 6;
/// The same of characters that stand one below the other.
const LABEL_CHARACTERS: usize = 12;
/// Distance of such characters from baseline to baseline, in hundredths of the type size.
const STACKED_PITCH: i32 = 120;

/// A cell at its place. Rows are counted from the head's first.
pub(super) struct SetCell {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
    paragraphs: Vec<Measured>,
    /// The characters of each paragraph, where they stand one below the other.
    stacks: Vec<Vec<GlyphLine>>,
    texts: Vec<TextPlace>,
    /// The lines, each with the text it belongs to.
    pub lines: Vec<(GlyphLine, TextPlace)>,
    pub size: Length,
    pub pitch: Length,
    align: Align,
    indent: Length,
    /// Blank to the right of a number with fewer decimals than others of its column.
    trail: Length,
    /// Whether it is a number or code, which no line breaks.
    figure: bool,
    /// The decimals of a number, 0 where words stand for zero; none for all else.
    decimals: Option<u32>,
}

impl Typesetter<'_> {
    pub(super) fn set_cell(
        &mut self,
        cell: &Cell,
        kind: ColumnKind,
        section: RowSection,
        (node, part): (NodeId, &dyn Fn(usize) -> BlockPart),
        (row, column): (usize, usize),
    ) -> Result<SetCell, RenderError> {
        let amount = kind == ColumnKind::Amount;
        let style = self.document.styles.get(Rows::style(section, amount));
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
            trail: Length::ZERO,
            figure: cell.content.is_figure(),
            decimals: cell.content.number().map(|number| number.decimals().unwrap_or(0)),
        };
        for text in cell.content.paragraphs().iter().filter(|text| !text.is_empty()) {
            set.texts.push(self.text(part(set.texts.len()), node, Tag::Paragraph));
            if cell.vertical {
                set.stacks.push(self.measurer.stack(text, style.role, style.size)?);
                continue;
            }
            let length: usize = text.runs.iter().map(|run| run.text.chars().count()).sum();
            let reading = match align {
                _ if set.figure => BreakStyle::Figure,
                _ if length as i32 > RUNNING => BreakStyle::Running,
                Align::Center => BreakStyle::Phrases,
                _ => BreakStyle::Words,
            };
            set.paragraphs.push(self.measurer.measure(text, style.role, style.size, reading)?);
        }
        Ok(set)
    }
}

/// Sets the figures of each column with their decimal points one below the other.
pub(super) fn align_points(cells: &mut [SetCell], columns: usize) {
    let mut widest = vec![Length::ZERO; columns];
    for cell in cells.iter() {
        if let Some(tail) = cell.tail() {
            widest[cell.column] = widest[cell.column].max(tail);
        }
    }
    for cell in cells.iter_mut() {
        if let Some(tail) = cell.tail() {
            cell.trail = widest[cell.column] - tail;
        }
    }
}

impl SetCell {
    /// Breaks the texts into lines of `width`.
    pub fn compose(&mut self, width: Length) {
        self.lines.clear();
        for (stack, text) in self.stacks.iter().zip(&self.texts) {
            self.lines.extend(stack.iter().map(|line| (line.centred(width), *text)));
        }
        for (measured, text) in self.paragraphs.iter().zip(&self.texts) {
            let width = width - self.trail;
            let room = width - self.indent;
            let running = measured.natural() > self.size * RUNNING && room >= self.size * JUSTIFIED;
            let align = if running && self.align == Align::Left { Align::Justify } else { self.align };
            let mut shape = Shape::new(width, align);
            shape.indent = self.indent;
            let mut lines = measured.lines(&shape);
            // Few characters to a line leave a justified one at times no good place to break.
            if align == Align::Justify && lines.iter().any(|line| line.opening > self.size / OPEN) {
                shape.align = Align::Left;
                lines = measured.lines(&shape);
            }
            self.lines.extend(lines.into_iter().map(|line| (line, *text)));
        }
    }

    /// Returns the height of the lines.
    pub fn height(&self) -> Length {
        self.pitch * self.lines.len() as i32
    }

    /// Returns whether it is short enough to be printed again on the next page.
    pub fn is_label(&self) -> bool {
        self.lines.len() <= if self.stacks.is_empty() { LABEL_LINES } else { LABEL_CHARACTERS }
    }

    /// Returns whether its characters stand one below the other.
    pub fn is_stacked(&self) -> bool {
        !self.stacks.is_empty()
    }

    /// Returns whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty() && self.stacks.is_empty()
    }

    /// Returns the width that sets every paragraph on one line.
    pub fn natural(&self) -> Length {
        self.indent + self.trail + self.widest(Measured::natural)
    }

    /// Returns the width below which words and figures are torn.
    pub fn least(&self) -> Length {
        self.indent + self.trail + self.widest(Measured::widest_piece)
    }

    /// Returns the width below which nothing can be set.
    pub fn utmost(&self) -> Length {
        if self.figure { self.least() } else { self.indent + self.widest(Measured::widest_char) }
    }

    /// Returns whether it holds words.
    pub fn is_words(&self) -> bool {
        !self.figure && !self.is_empty()
    }

    /// Returns the width from the decimal point on of a number set flush right; none for anything else.
    fn tail(&self) -> Option<Length> {
        match self.paragraphs.as_slice() {
            [number] if self.align == Align::Right && self.columns == 1 => Some(number.tail(self.decimals?)),
            _ => None,
        }
    }

    fn widest(&self, width: impl Fn(&Measured) -> Length) -> Length {
        let stacked = self.stacks.iter().flatten().map(|line| line.width);
        self.paragraphs.iter().map(width).chain(stacked).max().unwrap_or(Length::ZERO)
    }
}
