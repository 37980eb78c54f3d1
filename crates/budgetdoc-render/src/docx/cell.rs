//! Writes the cells of tables.

use std::ops::Range;

use budgetdoc_document::{Align, Cell, ColumnKind, Length, ParagraphStyle, Placed, StyleName, Text};

use super::body::{DirectFormat, paragraph};
use super::cell_style::{self, CellStyle};
use super::line_breaks::{self, LineMeasure};
use super::table::{CellPlace, RowCuts, RowKind, TableWriter, natural_width};
use super::text::{is_plain, write_lines, write_part, write_spaced_lines};
use super::widths::{Widths, gap, gaps};
use super::xml::Xml;
use crate::layout::SetLine;
use crate::layout::table::{JUSTIFIED_CHARACTERS, RUNNING_TEXT_CHARACTERS};
use crate::text::BreakStyle;

/// Most lines of a cell that breaks as printed.
const MAX_BROKEN_LINES: usize = 6;

/// A paragraph of a cell as set.
struct CellParagraph<'t> {
    text: &'t Text,
    words: &'t str,
    lines: &'t [SetLine],
    /// Its width on one line.
    natural_width: Length,
    room: Length,
    align: Align,
    /// Most lines that do not heighten its row.
    max_lines: usize,
}

/// Indents or breaks that make a text break as printed.
struct PrintedBreaks<'t> {
    /// Indent from left and right; negative outwards.
    side_indents: (Length, Length),
    /// Further indent of the first line.
    first_indent: Length,
    lines: Vec<&'t str>,
    ends: LineEnds,
}

/// What ends lines beside the indents.
enum LineEnds {
    Nothing,
    /// A break at each of them.
    Breaks,
    /// Blank behind the last character of each, so that no more fits on it.
    Blanks(Vec<Length>),
}

impl TableWriter<'_, '_> {
    /// Writes a cell, or the continuation of one that starts in a row above.
    pub(super) fn cell(&self, xml: &mut Xml, cell: &Cell, place: &CellPlace<'_>) {
        let slot = place.slot;
        let span = usize::from(cell.columns);
        let column = self.planned.table.columns[slot.column].kind;
        let name = match (place.kind, column) {
            (RowKind::Repeated | RowKind::Head, _) => StyleName::TableHead,
            (RowKind::Body, kind) => {
                StyleName::of_cell(kind, place.group.rows.get(slot.row).is_some_and(|row| row.total))
            }
        };
        let style = self.style(name);
        xml.element("w:tc").children(|xml| {
            xml.element("w:tcPr").children(|xml| {
                xml.element("w:tcW").attr("w:w", self.width(slot.column, span)).attr("w:type", "dxa");
                if span > 1 {
                    xml.val("w:gridSpan", span);
                }
                if cell.rows > 1 {
                    xml.val("w:vMerge", if place.starts { "restart" } else { "continue" });
                }
                if cell.vertical && place.starts && self.vertical_labels {
                    // The column is hardly wider than the vertical line in it.
                    xml.element("w:tcMar").children(|xml| {
                        for side in ["w:left", "w:right"] {
                            xml.element(side).attr("w:w", 0).attr("w:type", "dxa");
                        }
                    });
                    xml.val("w:textDirection", "tbRlV");
                }
            });
            let align_wanted =
                cell.align.unwrap_or(if place.kind == RowKind::Body { column.align() } else { style.align });
            let paragraphs = cell.content.paragraphs();
            let texts = paragraphs.iter().filter(|text| place.starts && !text.is_empty());
            let part = self.part(place, cell, &style);
            let mut is_written = false;
            for (index, text) in texts.enumerate() {
                let start = if index > part.start.0 { 0 } else { part.start.1 };
                let end = if index < part.end.0 { usize::MAX } else { part.end.1 };
                if index < part.start.0 || index > part.end.0 || end == 0 {
                    continue;
                }
                is_written = true;
                let lines = self.lines_of(place.group.rows.index, slot, index);
                let room = self.room(slot.column, span) - style.size * i32::from(cell.indent);
                let natural_width = natural_width(lines);
                let is_running =
                    natural_width > style.size * RUNNING_TEXT_CHARACTERS && room >= style.size * JUSTIFIED_CHARACTERS;
                let align = if is_running && align_wanted == Align::Left { Align::Justify } else { align_wanted };
                let words = text.to_plain();
                let max_lines = if cell.rows == 1 && paragraphs.len() == 1 {
                    lines.len().max(self.lines_in_row(place.group, slot.row, style.pitch))
                } else {
                    lines.len()
                };
                let set = CellParagraph { text, words: &words, lines, natural_width, room, align, max_lines };
                let most = if cell.vertical { usize::MAX } else { MAX_BROKEN_LINES };
                let broken = self
                    .printed_breaks(place, &set, self.body.metrics.of(style.role, style.size))
                    .filter(|broken| broken.lines.len() <= most && !(cell.vertical && self.vertical_labels))
                    .filter(|_| (start, end) == (0, usize::MAX));
                let side_indents = broken
                    .as_ref()
                    .filter(|broken| broken.side_indents != Default::default() || broken.first_indent != Length::ZERO)
                    .map(|broken| broken.side_indents);
                let indent = (cell.indent > 0 && side_indents.is_some()).then_some((style.size, cell.indent));
                let mut own = CellStyle::new(name, style.align, align)
                    .with_type_step(self.planned.type_step)
                    .with_level(cell.indent)
                    .with_keep_next(place.keep_next);
                if column == ColumnKind::Amount && place.kind == RowKind::Body && side_indents.is_none() {
                    own = own.with_decimals_indent(self.decimals_indent(place, cell, &set));
                }
                let id = self.body.cell_styles.borrow_mut().id(own);
                let first_indent = broken.as_ref().map_or(Length::ZERO, |broken| broken.first_indent);
                let direct = DirectFormat { indent, side_indents, first_indent, ..DirectFormat::default() };
                paragraph(xml, &id, direct, |xml| match broken {
                    Some(PrintedBreaks { lines, ends: LineEnds::Breaks, .. }) => write_lines(xml, &lines, style.role),
                    Some(PrintedBreaks { lines, ends: LineEnds::Blanks(blanks), .. }) => {
                        write_spaced_lines(xml, &lines, &blanks);
                    }
                    Some(PrintedBreaks { ends: LineEnds::Nothing, .. }) | None => {
                        write_part(xml, text, start..end, style.role);
                    }
                });
            }
            if !is_written {
                // Word requires a paragraph in every cell.
                let own = CellStyle::new(name, style.align, align_wanted)
                    .with_type_step(self.planned.type_step)
                    .with_keep_next(place.keep_next);
                let id = self.body.cell_styles.borrow_mut().id(own);
                paragraph(xml, &id, DirectFormat::default(), |_| {});
            }
        });
    }

    /// Returns the part of a cell that its row has: from which paragraph, and byte in it, to which. A label is repeated; a
    /// number is not, as who adds up the rows would count it twice.
    fn part(&self, place: &CellPlace<'_>, cell: &Cell, style: &ParagraphStyle) -> Range<(usize, usize)> {
        let (all, none) = ((0, 0)..(usize::MAX, 0), (0, 0)..(0, 0));
        let RowCuts { from, until } = place.cuts;
        if cell.rows > 1 || self.is_label(place.group.rows.index, &Placed { cell, slot: place.slot }) {
            return if from.is_some() && cell.content.number().is_some() { none } else { all };
        }
        let start_on = |page| self.start_on(place, cell, style, page);
        from.map_or(all.start, start_on)..until.map_or(all.end, start_on)
    }

    /// Returns the paragraph of a cell, and the byte in it, with which a page begins in Word: as printed, or earlier where
    /// Word needs as many lines for less.
    fn start_on(&self, place: &CellPlace<'_>, cell: &Cell, style: &ParagraphStyle, page: usize) -> (usize, usize) {
        let slot = place.slot;
        let widths = self.body.metrics.of(style.role, style.size);
        let room = self.room(slot.column, usize::from(cell.columns)) - style.size * i32::from(cell.indent);
        let texts: Vec<String> =
            cell.content.paragraphs().iter().filter(|text| !text.is_empty()).map(Text::to_plain).collect();
        let lines_of = |index| self.lines_of(place.group.rows.index, slot, index).iter().map(move |line| (index, line));
        let printed = || (0..texts.len()).flat_map(lines_of);
        let first = printed().map(|(_, line)| line.page).min().unwrap_or(page);
        (first..page).fold((0, 0), |start, page| {
            let next = printed().find(|(_, line)| line.page > page).map(|(index, line)| (index, line.range.start));
            let mut lines_left = printed().filter(|(_, line)| line.page == page).count();
            let overflow = texts.iter().enumerate().skip(start.0).find_map(|(index, words)| {
                let skipped = if index == start.0 { start.1 } else { 0 };
                let rest = words.get(skipped..)?;
                let lines = line_breaks::fill(
                    rest,
                    room - line_breaks::ROUNDING,
                    |piece| widths.with_gaps(piece),
                    |before, after| gap(before, after, widths.size),
                );
                let end = skipped + lines.iter().take(lines_left).map(|line| line.len()).sum::<usize>();
                let is_over = lines.len() > lines_left;
                lines_left = lines_left.saturating_sub(lines.len());
                is_over.then_some((index, end))
            });
            let end = (texts.len(), 0);
            next.unwrap_or(end).min(overflow.unwrap_or(end))
        })
    }

    /// Returns the right indent that aligns a number's decimal point, in hundredths of its size, if there is room for
    /// it.
    fn decimals_indent(&self, place: &CellPlace<'_>, cell: &Cell, set: &CellParagraph<'_>) -> u16 {
        let size = self.style(StyleName::TableAmount).size;
        let column = place.slot.column;
        if set.align != Align::Right || cell.columns > 1 || cell.indent > 0 {
            return 0;
        }
        let decimals_indent = place.group.decimals[column].decimals_indent(&cell.content);
        if set.natural_width + cell_style::hundredths_of(size, decimals_indent) <= set.room {
            decimals_indent
        } else {
            0
        }
    }

    /// Returns what makes a text break as printed; none if it does so by itself.
    fn printed_breaks<'t>(
        &self,
        place: &CellPlace<'_>,
        set: &CellParagraph<'t>,
        widths: Widths<'_, '_>,
    ) -> Option<PrintedBreaks<'t>> {
        let CellParagraph { text, words, room, align, .. } = *set;
        if align == Align::Justify
            || (set.lines.len() <= 1 && set.natural_width + gaps(words, widths.size) + line_breaks::ROUNDING <= room)
        {
            return None;
        }
        let mut lines = line_breaks::split(words, set.lines);
        let mut shift = Length::ZERO;
        let blanks = || line_breaks::blanks(&lines, widths).filter(|_| align != Align::Right && is_plain(text));
        let (measure, first_indent, ends) = match line_breaks::measure(&lines, widths, room) {
            LineMeasure::Room => return None,
            LineMeasure::Of(measure) => (measure, Length::ZERO, LineEnds::Nothing),
            LineMeasure::None(min_width) => match blanks() {
                Some((measure, mut blanks)) => {
                    let mut first_indent = Length::ZERO;
                    if let ([first, others @ ..], Align::Center) = (&mut blanks[..], align) {
                        // Half the blank before a centred first line; other lines are off by half of theirs, to either side.
                        *first = *first / 2;
                        first_indent = *first;
                        shift = others.iter().copied().max().unwrap_or_default() / 4;
                    }
                    (measure, first_indent, LineEnds::Blanks(blanks))
                }
                // Column heads get line breaks; other cells may be edited, and names in them are searched for.
                None if is_plain(text) && place.kind != RowKind::Body => {
                    (min_width.max(room), Length::ZERO, LineEnds::Breaks)
                }
                None => {
                    let (other, measure) = self.whole_words(set, widths)?;
                    lines = other;
                    (measure, Length::ZERO, LineEnds::Nothing)
                }
            },
        };
        // A negative indent uses at most the blanks of the cell.
        let blank = (room - measure).max(-(self.planned.padding * 2));
        let side_indents = match align {
            Align::Center => (blank / 2 + shift, blank / 2 - shift),
            Align::Right => (blank.max(-self.planned.padding), Length::ZERO),
            Align::Left | Align::Justify => (Length::ZERO, blank.max(-self.planned.padding)),
        };
        Some(PrintedBreaks { side_indents, first_indent, lines, ends })
    }

    /// Returns lines that break no word, and the measure that makes them, where no measure makes the printed ones and the
    /// room breaks a word: those of the widest measure, if they do not heighten the row.
    fn whole_words<'t>(&self, set: &CellParagraph<'t>, widths: Widths<'_, '_>) -> Option<(Vec<&'t str>, Length)> {
        let mut measurer = self.body.measurer.borrow_mut();
        let measured = measurer.measure(set.text, widths.role, widths.size, BreakStyle::Words).ok()?;
        let lines_in = |room| {
            let lines = line_breaks::fill(set.words, room, |piece| widths.natural_width(piece), |_, _| Length::ZERO);
            let ends = lines.iter().scan(0, |end, line| {
                *end += line.chars().count();
                Some(*end)
            });
            let is_whole =
                ends.take(lines.len() - 1).all(|end| measured.breaks.iter().any(|at| at.clean && at.at == end));
            (is_whole && lines.len() <= set.max_lines).then_some(lines)
        };
        let rooms = (0..).map(|step| set.room - widths.size * step / 2).take_while(|room| *room >= widths.size * 2);
        let lines = rooms.filter_map(lines_in).next()?;
        match line_breaks::measure(&lines, widths, set.room) {
            LineMeasure::Of(measure) => Some((lines, measure)),
            LineMeasure::Room | LineMeasure::None(_) => None,
        }
    }
}
