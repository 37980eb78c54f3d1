//! Tables: widths of columns, heights of rows, page breaks, and the rules.
//!
//! A table is a list of rows, each with its section. Columns get widths from all cells, cells are broken into lines,
//! lines give rows their heights, rows are distributed over pages as fragments, and each fragment is drawn with the
//! heading lines and head rows above it.

mod cells;
mod columns;
mod draw;
mod heading;
mod pages;
mod rows;
mod rules;
mod shorten;

use budgetdoc_document::{Length, Orientation, StyleName, Table};

use super::block::TextPlace;
use super::typesetter::{Frame, Typesetter};
use super::{BlockPart, NodeId, RowStep, TableMeasures, Tag, TypeStep};
use crate::RenderError;
use crate::text::{BreakStyle, Shape};
pub(crate) use cells::{JUSTIFIED_CHARACTERS, RUNNING_TEXT_CHARACTERS, is_label};
use heading::HeadingLines;
use pages::Progress;
use rows::Rows;

/// Distance between a table in the flow of text and the text above and below it.
pub(crate) const AROUND: Length = Length::pt(8);

/// Distance between a table and its notes.
pub(crate) const NOTE_GAP: Length = Length::pt(3);

/// Blank inside a cell, left and right.
pub(crate) const PADDING: Length = Length::micrometres(1_700);
/// Blank inside a cell, left and right, where the columns would not fit otherwise, or where that makes the table shorter
/// by a tenth.
const CLOSE_PADDING: Length = Length::micrometres(1_200);
/// The same where even that is too much.
const CLOSER_PADDING: Length = Length::micrometres(900);
/// Blank inside a cell, left and right, where the columns would not fit otherwise.
const TIGHT_PADDING: Length = Length::micrometres(700);

/// Room left on a page whose rows are closer, and more in the flow of text: Word rounds the heights of rows, and a title
/// or name may take a line more.
const WORD_ROOM: (Length, Length) = (Length::pt(12), Length::pt(36));

/// Fewest characters to a line of a label.
const LABEL_CHARACTERS: i32 = 3;

/// Least size to which type is reduced so that a table fits: 小五.
const LEAST_TYPE: Length = Length::pt(9);

/// A table ready to be put on pages.
struct SetTable<'t> {
    heading: HeadingLines,
    rows: Rows<'t>,
    widths: Vec<Length>,
    /// Left edge of the table in the text block.
    left: Length,
    notes: Vec<NoteLines>,
    padding: Length,
}

/// A note below the table.
struct NoteLines {
    text: TextPlace,
    lines: Vec<crate::text::GlyphLine>,
}

impl Typesetter<'_> {
    /// Sets a table. `index` is that of its block, for messages about tables without a title.
    pub(super) fn table(&mut self, table: &Table, index: usize) -> Result<(), RenderError> {
        let orientation = table.orientation.unwrap_or(Orientation::Portrait);
        let frame = Frame::of(&self.document.page, orientation);
        let mut heading = self.heading_lines(table, frame.width)?;
        let node = self.node(0, Tag::Table { summary: table.summary.as_str().into() });
        let (mut rows, widths, padding, type_step) = self.fitting_rows(table, index, node, frame)?;
        self.compose(&mut rows, &widths, padding)?;
        rows.give_heights(RowStep::Full, frame.height);
        let used: Length = widths.iter().copied().sum();
        let left = (frame.width - used) / 2;
        heading.align_caption(left, used);
        let notes = self.note_lines(table, frame.width)?;
        let mut table_set = SetTable { heading, rows, widths, left, notes, padding };
        if table.orientation.is_some() {
            self.table_page(orientation);
            self.choose_heights(table, &mut table_set, frame, self.frame.bottom() - self.y);
        } else {
            let rest = self.place_text_above_table();
            self.choose_heights(table, &mut table_set, frame, rest - AROUND);
            let whole = table_set.height(self);
            // A short table stays whole; of others the first rows stay together.
            let start = if whole <= frame.height / 2 { whole } else { table_set.start_height(frame.height) };
            self.place_above_table(start + AROUND, whole + AROUND);
            self.ensure_page();
            if !self.page_is_empty {
                self.y += AROUND;
            }
        }
        self.blocks[index].table = Some(TableMeasures {
            widths: table_set.widths.clone(),
            heights: table_set.rows.heights.clone(),
            padding,
            type_step,
            row_step: table_set.rows.step,
        });
        self.set_on_pages(&table_set, orientation)?;
        if table.orientation.is_some() {
            self.page_is_open = false;
        } else {
            self.y += AROUND;
        }
        Ok(())
    }

    /// Sets the rows closer where that saves a page, of which `rest` is left, or a table that takes at most three pages
    /// ends on one less. Tables of one title that follow each other, such as those of projects, are alike.
    fn choose_heights(&mut self, table: &Table, set: &mut SetTable<'_>, page: Frame, rest: Length) {
        let title = table.heading.as_ref().map(|heading| (heading.number.clone(), heading.title.to_plain()));
        let before = self.row_step.take().filter(|(of, _)| title.as_ref() == Some(of)).map(|(_, step)| step);
        let step = before.unwrap_or_else(|| {
            let whole = set.height(self);
            if whole <= rest || whole > page.height * 3 {
                return RowStep::Full;
            }
            let full = set.count_pages(self, page.height, rest);
            set.rows.give_heights(RowStep::Close, page.height);
            let room = if table.orientation.is_some() { WORD_ROOM.0 } else { WORD_ROOM.1 };
            let close = set.count_pages(self, page.height, rest - room);
            if close < full { RowStep::Close } else { RowStep::Full }
        });
        if step != set.rows.step {
            set.rows.give_heights(step, page.height);
        }
        self.row_step = title.map(|title| (title, step));
    }

    /// Returns the rows in the largest type whose columns fit, with the widths of the columns and the padding.
    fn fitting_rows<'t>(
        &mut self,
        table: &'t Table,
        index: usize,
        node: NodeId,
        frame: Frame,
    ) -> Result<(Rows<'t>, Vec<Length>, Length, TypeStep), RenderError> {
        let nodes = self.nodes.len();
        let text = self.document.styles.get(StyleName::TableText);
        let steps: Vec<TypeStep> = TypeStep::ALL
            .into_iter()
            .filter(|step| *step == TypeStep::Full || step.apply(text).size >= LEAST_TYPE)
            .collect();
        // Rather a smaller type than labels of one character a line.
        let last = steps.last().map(|step| (*step, 1));
        let mut excess = 0;
        for (step, label) in steps.into_iter().map(|step| (step, LABEL_CHARACTERS)).chain(last) {
            // The nodes of the rows are created again.
            self.nodes.truncate(nodes);
            self.nodes[node].children.clear();
            let rows = self.rows(table, index, node, step)?;
            match columns::widths(table, &rows, frame.width, (step, label)) {
                Ok((widths, padding)) => return Ok((rows, widths, padding, step)),
                Err(width) => excess = width,
            }
        }
        let turned = frame.width > frame.height;
        Err(RenderError::TableTooWide { table: table_name(table, index), excess, turned })
    }

    fn note_lines(&mut self, table: &Table, width: Length) -> Result<Vec<NoteLines>, RenderError> {
        let style = self.document.styles.get(StyleName::TableNote);
        let mut notes = Vec::new();
        for (index, note) in table.notes.iter().enumerate() {
            let measured = self.measurer.measure(note, style.role, style.size, BreakStyle::Running)?;
            let shape = Shape::new(width, style.align).with_first_indent(style.size, style.indent);
            let text = self.text(BlockPart::Note(index), 0, Tag::Paragraph);
            notes.push(NoteLines { text, lines: measured.lines(&shape) });
        }
        Ok(notes)
    }

    /// Distributes the rows over pages and draws each page's fragment.
    fn set_on_pages(&mut self, table: &SetTable<'_>, orientation: Orientation) -> Result<(), RenderError> {
        let note_style = self.document.styles.get(StyleName::TableNote);
        let note_count: usize = table.notes.iter().map(|note| note.lines.len()).sum();
        let gap = if note_count == 0 { Length::ZERO } else { NOTE_GAP };
        let notes = note_style.before + note_style.pitch * note_count as i32 + gap;
        let mut progress = Progress::start(&table.rows);
        let mut first = true;
        while !progress.is_done(&table.rows) || first {
            if !self.page_is_open {
                self.new_page(orientation, true);
            }
            let heads = table.heading.height + table.rows.head_height();
            let room = self.frame.bottom() - self.y - heads;
            if room < Length::ZERO && !self.page_is_empty {
                self.page_is_open = false;
                continue;
            }
            let full = self.frame.height - heads;
            let mark = progress.mark(&table.rows);
            let fragment = pages::fill(&table.rows, &mut progress, room, full, notes, self.page_is_empty);
            let is_stuck = self.page_is_empty && progress.mark(&table.rows) == mark;
            if (fragment.is_empty() || is_stuck) && !progress.is_done(&table.rows) {
                if self.page_is_empty {
                    return Err(RenderError::Page {
                        zh: "一张表的表头占满一页，放不下任何一行".to_owned(),
                        en: "the head of a table leaves no room for its rows on a page".to_owned(),
                    });
                }
                self.page_is_open = false;
                continue;
            }
            self.draw_heading(&table.heading, first);
            self.draw_fragment(table, &fragment, first)?;
            first = false;
            if !progress.is_done(&table.rows) {
                self.page_is_open = false;
            }
        }
        self.draw_notes(table, note_style.pitch, note_style.size, note_style.before, orientation);
        Ok(())
    }

    fn draw_notes(
        &mut self,
        table: &SetTable<'_>,
        pitch: Length,
        size: Length,
        before: Length,
        orientation: Orientation,
    ) {
        if !table.notes.is_empty() {
            self.y += before + NOTE_GAP;
        }
        for note in &table.notes {
            for line in note.lines.iter().cloned() {
                if self.y + pitch > self.frame.bottom() && !self.page_is_empty {
                    self.new_page(orientation, true);
                }
                let (x, y) = (self.frame.left, self.y + super::typesetter::baseline(size, pitch));
                self.draw_line(Some(note.text), line, x, y);
                self.y += pitch;
            }
        }
    }
}

impl SetTable<'_> {
    /// Returns the height of the table with its heading and notes.
    fn height(&self, setter: &Typesetter<'_>) -> Length {
        let style = setter.document.styles.get(StyleName::TableNote);
        let notes: usize = self.notes.iter().map(|note| note.lines.len()).sum();
        let gap = if notes == 0 { Length::ZERO } else { style.before + NOTE_GAP };
        self.heading.height + self.rows.head_height() + self.rows.body_height() + style.pitch * notes as i32 + gap
    }

    /// Returns the number of pages it takes from a place with `rest` below it; a page on which it cannot begin counts.
    fn count_pages(&self, setter: &Typesetter<'_>, page: Length, rest: Length) -> usize {
        let heads = self.heading.height + self.rows.head_height();
        let notes = self.height(setter) - heads - self.rows.body_height();
        let begins_here = self.start_height(page) <= rest;
        let mut progress = Progress::start(&self.rows);
        let (mut room, mut count) = (if begins_here { rest } else { page }, usize::from(!begins_here));
        while !progress.is_done(&self.rows) {
            let mark = progress.mark(&self.rows);
            pages::fill(&self.rows, &mut progress, room - heads, page - heads, notes, room == page);
            count += 1;
            if room == page && progress.mark(&self.rows) == mark {
                return usize::MAX;
            }
            room = page;
        }
        count
    }

    /// Returns the height of the table's heading, head and first rows, which stay on one page.
    fn start_height(&self, page: Length) -> Length {
        (self.heading.height + self.rows.head_height() + self.rows.first_rows_height()).min(page)
    }
}

/// Returns the name of a table in messages.
pub(crate) fn table_name(table: &Table, index: usize) -> String {
    match &table.heading {
        Some(heading) => format!("{} {}", heading.number, heading.title.to_plain()).trim().to_owned(),
        None => format!("in block {}", index + 1),
    }
}
