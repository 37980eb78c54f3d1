//! Cells: their measured texts, lines and widths.

use budgetdoc_document::{Align, Cell, ColumnKind, Length, ParagraphStyle, Role, Text};

use super::super::typesetter::Typesetter;
use super::super::{NodeId, Tag};
use super::rows::RowSection;
use super::shorten::MAX_ROWS;
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
pub(super) struct SetCell<'t> {
    cell: &'t Cell,
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
    /// Its index in its row's list.
    pub index: u32,
    /// Number of its texts that are not empty.
    pub texts: u32,
    /// Number of its lines.
    pub lines: u32,
    pub node: NodeId,
    content: Content,
    widths: Widths,
    /// Whether a text begins or ends with a blank, which no line does.
    has_blank_edge: bool,
    role: Role,
    pub size: Length,
    pub pitch: Length,
    align: Align,
    indent: Length,
    /// Width from the decimal point on of a number set flush right; none for anything else.
    decimals_width: Option<Length>,
    /// Blank to the right of a number with fewer decimals than others of its column.
    trailing_blank: Length,
}

/// What is kept of a cell's texts. The characters and lines of a table without end would take more memory than its
/// pages: of a row far down only lines are kept that took long to find.
enum Content {
    /// Nothing: they are measured again.
    Nothing,
    /// The measured texts.
    Measured(Box<[Measured]>),
    /// The lines, each with the index of its text.
    Lines(Box<[(GlyphLine, u32)]>),
}

/// The greatest widths in the texts of a cell.
#[derive(Clone, Copy, Default)]
struct Widths {
    natural: Length,
    /// Of a piece that should not be broken.
    piece: Length,
    /// Of a character.
    char: Length,
}

impl Widths {
    fn add(&mut self, natural: Length, piece: Length, char: Length) {
        self.natural = self.natural.max(natural);
        self.piece = self.piece.max(piece);
        self.char = self.char.max(char);
    }
}

impl Typesetter<'_> {
    /// Measures the texts of a cell and adds their nodes: a cell of one text is the text's node itself.
    pub(super) fn set_cell<'t>(
        &mut self,
        cell: &'t Cell,
        (kind, section): (ColumnKind, RowSection),
        style: &ParagraphStyle,
        (node, index): (NodeId, usize),
        (row, column): (usize, usize),
    ) -> Result<SetCell<'t>, RenderError> {
        let body = matches!(section, RowSection::Body(_));
        let align = cell.align.unwrap_or(if body { kind.align() } else { style.align });
        let mut set = SetCell {
            cell,
            row,
            rows: usize::from(cell.rows),
            column,
            columns: usize::from(cell.columns),
            index: index as u32,
            texts: 0,
            lines: 0,
            node,
            content: Content::Nothing,
            widths: Widths::default(),
            has_blank_edge: false,
            role: style.role,
            size: style.size,
            pitch: if cell.vertical { style.size * STACKED_PITCH / 100 } else { style.pitch },
            align,
            indent: style.size * i32::from(cell.indent),
            decimals_width: None,
            trailing_blank: Length::ZERO,
        };
        let mut kept = Vec::new();
        for text in cell.content.paragraphs().iter().filter(|text| !text.is_empty()) {
            set.texts += 1;
            if cell.vertical {
                for line in self.measurer.stack(text, style.role, style.size)? {
                    set.widths.add(line.width, line.width, line.width);
                }
                continue;
            }
            let measured = self.measurer.measure(text, style.role, style.size, set.break_style(text))?;
            set.widths.add(measured.natural_width(), measured.widest_piece_width(), measured.widest_char_width());
            set.has_blank_edge |= measured.has_blank_edge();
            if let Some(number) = cell.content.number().filter(|_| align == Align::Right && set.columns == 1) {
                // Words that stand for zero have no decimals.
                set.decimals_width = Some(measured.decimals_width(number.decimals().unwrap_or(0)));
            }
            if row < MAX_ROWS {
                kept.push(measured);
            }
        }
        if !kept.is_empty() {
            set.content = Content::Measured(kept.into());
        }
        for _ in 0..if set.texts > 1 { set.texts } else { 0 } {
            self.node(node, Tag::Paragraph);
        }
        Ok(set)
    }

    /// Breaks the texts of a cell into lines of `width`.
    pub(super) fn compose_cell(&mut self, set: &mut SetCell<'_>, width: Length) -> Result<(), RenderError> {
        if matches!(set.content, Content::Nothing) && set.has_line_for_each_text(width) {
            set.lines = set.texts;
            return Ok(());
        }
        let lines = self.cell_lines(set, width, false)?;
        set.lines = lines.len() as u32;
        set.content = Content::Lines(lines.into());
        Ok(())
    }

    /// Returns some lines of a composed cell, each with the index of its text.
    pub(super) fn lines_of_cell(
        &mut self,
        set: &SetCell<'_>,
        lines: std::ops::Range<usize>,
        width: Length,
    ) -> Result<Vec<(GlyphLine, u32)>, RenderError> {
        match &set.content {
            Content::Lines(kept) => Ok(kept[lines].to_vec()),
            Content::Nothing | Content::Measured(_) => {
                let all = self.cell_lines(set, width, true)?;
                Ok(all.into_iter().skip(lines.start).take(lines.len()).collect())
            }
        }
    }

    /// Returns the lines of a cell. Where each of its texts `fits` on a line, breaks need not be found.
    fn cell_lines(
        &mut self,
        set: &SetCell<'_>,
        width: Length,
        fits: bool,
    ) -> Result<Vec<(GlyphLine, u32)>, RenderError> {
        let mut lines = Vec::with_capacity(set.texts as usize);
        if let Content::Measured(texts) = &set.content {
            for (measured, index) in texts.iter().zip(0..) {
                lines.extend(set.lines_of_text(measured, width).into_iter().map(|line| (line, index)));
            }
            return Ok(lines);
        }
        let texts = set.cell.content.paragraphs();
        for (text, index) in texts.iter().filter(|text| !text.is_empty()).zip(0..) {
            if set.cell.vertical {
                let stack = self.measurer.stack(text, set.role, set.size)?;
                lines.extend(stack.iter().map(|line| (line.centered_in(width), index)));
                continue;
            }
            let style = if fits { BreakStyle::Figure } else { set.break_style(text) };
            let measured = self.measurer.measure(text, set.role, set.size, style)?;
            lines.extend(set.lines_of_text(&measured, width).into_iter().map(|line| (line, index)));
        }
        Ok(lines)
    }
}

/// Returns whether a cell of so many lines is short enough to be repeated on the next page.
pub(crate) fn is_label(lines: usize, vertical: bool) -> bool {
    lines <= if vertical { LABEL_CHARACTERS } else { LABEL_LINES }
}

/// Aligns the decimal points of the numbers of each column.
pub(super) fn align_points(cells: &mut [SetCell<'_>], columns: usize) {
    let mut widest = vec![Length::ZERO; columns];
    for cell in cells.iter() {
        if let Some(decimals_width) = cell.decimals_width {
            widest[cell.column] = widest[cell.column].max(decimals_width);
        }
    }
    for cell in cells.iter_mut() {
        if let Some(decimals_width) = cell.decimals_width {
            cell.trailing_blank = widest[cell.column] - decimals_width;
        }
    }
}

impl SetCell<'_> {
    fn break_style(&self, text: &Text) -> BreakStyle {
        let length: usize = text.runs.iter().map(|run| run.text.chars().count()).sum();
        match self.align {
            _ if self.is_figure() => BreakStyle::Figure,
            _ if length as i32 > RUNNING_TEXT_CHARACTERS => BreakStyle::Running,
            Align::Center => BreakStyle::Phrases,
            _ => BreakStyle::Words,
        }
    }

    fn lines_of_text(&self, measured: &Measured, width: Length) -> Vec<GlyphLine> {
        let width = width - self.trailing_blank;
        let room = width - self.indent;
        let running = measured.natural_width() > self.size * RUNNING_TEXT_CHARACTERS;
        let justified = running && self.align == Align::Left && room >= self.size * JUSTIFIED_CHARACTERS;
        let mut shape = Shape::new(width, if justified { Align::Justify } else { self.align });
        shape.indent = self.indent;
        if !running && self.align != Align::Justify {
            return measured.lines_of_name(&shape);
        }
        let lines = measured.lines(&shape);
        // With few characters to a line, justifying may take gaps that are too wide.
        let max_stretch = self.size / MAX_STRETCH_FRACTION;
        if shape.align == Align::Justify && lines.iter().any(|line| line.gap_stretch > max_stretch) {
            shape.align = Align::Left;
            return measured.lines(&shape);
        }
        lines
    }

    /// Returns whether each text is a line of a composed cell of `width`.
    fn has_line_for_each_text(&self, width: Length) -> bool {
        !self.is_stacked() && !self.has_blank_edge && self.natural_width() <= width
    }

    /// Returns the room for its texts in columns of these widths.
    pub fn room(&self, widths: &[Length], padding: Length) -> Length {
        widths[self.column..self.column + self.columns].iter().copied().sum::<Length>() - padding * 2
    }

    /// Returns the height of the lines.
    pub fn height(&self) -> Length {
        self.pitch * self.lines as i32
    }

    /// Returns whether it is short enough to be repeated on the next page.
    pub fn is_label(&self) -> bool {
        is_label(self.lines as usize, self.is_stacked())
    }

    /// Returns whether it is a number, as amounts are.
    pub fn is_number(&self) -> bool {
        self.cell.content.number().is_some()
    }

    /// Returns whether it is a vertical label.
    pub fn is_stacked(&self) -> bool {
        self.cell.vertical && !self.is_empty()
    }

    /// Returns whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.texts == 0
    }

    /// Returns the width that sets every paragraph on one line.
    pub fn natural_width(&self) -> Length {
        self.indent + self.trailing_blank + self.widths.natural
    }

    /// Returns whether it is running text.
    pub fn is_running(&self) -> bool {
        !self.is_stacked() && self.widths.natural > self.size * RUNNING_TEXT_CHARACTERS
    }

    /// Returns the least number of lines in a room of `width` that break no word, of one of the first [`MAX_ROWS`] rows.
    pub fn count_lines(&self, width: Length) -> usize {
        let room = width - self.trailing_blank - self.indent;
        match &self.content {
            Content::Measured(texts) => texts.iter().map(|measured| measured.count_lines(room)).sum(),
            Content::Nothing | Content::Lines(_) => 0,
        }
    }

    /// Returns the width below which words and figures are torn.
    pub fn least_width(&self) -> Length {
        self.indent + self.trailing_blank + self.widths.piece
    }

    /// Returns the width below which nothing can be set.
    pub fn min_width(&self) -> Length {
        if self.is_figure() { self.least_width() } else { self.indent + self.widths.char }
    }

    /// Returns whether it holds words.
    pub fn is_words(&self) -> bool {
        !self.is_figure() && !self.is_empty()
    }

    /// Returns whether it is a number or code, which no line breaks.
    fn is_figure(&self) -> bool {
        self.cell.content.is_figure()
    }
}
