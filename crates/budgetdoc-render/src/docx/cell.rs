//! The cells of a table.

use budgetdoc_document::{Align, Cell, ColumnKind, Length, StyleName, Text};

use super::body::{Direct, paragraph};
use super::cell_style::{self, CellStyle};
use super::line_breaks::{self, LineMeasure};
use super::table::{CellPlace, RowKind, TableWriter, natural_width};
use super::text::{is_plain, write_lines, write_text};
use super::widths::{Widths, gaps};
use super::xml::Xml;
use crate::layout::SetLine;
use crate::layout::table::{JUSTIFIED_CHARACTERS, RUNNING_TEXT_CHARACTERS};

/// Cells of more lines are left to Word's own breaks.
const MOST_LINES: usize = 6;

/// A paragraph of a cell and how it is set.
struct CellParagraph<'t> {
    text: &'t Text,
    words: &'t str,
    lines: &'t [SetLine],
    /// Its width on one line.
    natural_width: Length,
    room: Length,
    align: Align,
}

/// How a text has to be written to break where the printed one does.
struct Broken<'t> {
    /// How far it stands in from left and right, or out.
    narrower: (Length, Length),
    /// The number of its lines.
    count: usize,
    /// The lines, where no indent makes them.
    lines: Option<Vec<&'t str>>,
}

impl TableWriter<'_, '_> {
    /// Writes a cell, or its continuation where it comes from a row above.
    pub(super) fn cell(&self, xml: &mut Xml, cell: &Cell, place: &CellPlace<'_>) {
        let slot = place.slot;
        let span = usize::from(cell.columns);
        let column = self.planned.table.columns[slot.column].kind;
        let name = match (place.kind, column) {
            (RowKind::Repeated | RowKind::Head, _) => StyleName::TableHead,
            (RowKind::Body, ColumnKind::Amount) => StyleName::TableAmount,
            (RowKind::Body, _) => StyleName::TableText,
        };
        let style = self.body.document.styles.get(name);
        xml.element("w:tc").children(|xml| {
            xml.element("w:tcPr").children(|xml| {
                xml.element("w:tcW").attr("w:w", self.width(slot.column, span)).attr("w:type", "dxa");
                if span > 1 {
                    xml.val("w:gridSpan", span);
                }
                if cell.rows > 1 {
                    xml.val("w:vMerge", if place.starts { "restart" } else { "continue" });
                }
                if cell.vertical && place.starts && self.upright {
                    // The column is hardly wider than the line that goes down in it.
                    xml.element("w:tcMar").children(|xml| {
                        for side in ["w:left", "w:right"] {
                            xml.element(side).attr("w:w", 0).attr("w:type", "dxa");
                        }
                    });
                    xml.val("w:textDirection", "tbRlV");
                }
            });
            let wanted = cell.align.unwrap_or(if place.kind == RowKind::Body { column.align() } else { style.align });
            let paragraphs = cell.content.paragraphs();
            let texts = paragraphs.iter().filter(|text| place.starts && !text.is_empty());
            let mut written = 0;
            for text in texts {
                let lines = self.lines_of(place.group.rows.index, slot, written);
                let room = self.room(slot.column, span) - style.size * i32::from(cell.indent);
                let natural_width = natural_width(lines);
                let runs =
                    natural_width > style.size * RUNNING_TEXT_CHARACTERS && room >= style.size * JUSTIFIED_CHARACTERS;
                let align = if runs && wanted == Align::Left { Align::Justify } else { wanted };
                let words = text.to_plain();
                let set = CellParagraph { text, words: &words, lines, natural_width, room, align };
                let most = if cell.vertical { usize::MAX } else { MOST_LINES };
                let broken = self
                    .as_printed(place, cell, &set, self.body.metrics.of(style.role, style.size))
                    .filter(|broken| broken.count <= most && !(cell.vertical && self.upright));
                let narrower =
                    broken.as_ref().map(|broken| broken.narrower).filter(|sides| *sides != Default::default());
                let indent = (cell.indent > 0 && narrower.is_some()).then_some((style.size, cell.indent));
                let mut own = CellStyle::new(name, style.align, align).level(cell.indent).keep(place.keep);
                if column == ColumnKind::Amount && place.kind == RowKind::Body && narrower.is_none() {
                    own = own.short(self.short(place, cell, &set));
                }
                let id = self.body.cell_styles.borrow_mut().id(own);
                let direct = Direct { indent, narrower, ..Direct::default() };
                paragraph(xml, &id, direct, |xml| match broken.and_then(|broken| broken.lines) {
                    Some(lines) => write_lines(xml, &lines),
                    None => write_text(xml, text, style.role),
                });
                written += 1;
            }
            if written == 0 {
                // A cell without a paragraph is no cell to Word.
                let id =
                    self.body.cell_styles.borrow_mut().id(CellStyle::new(name, style.align, wanted).keep(place.keep));
                paragraph(xml, &id, Direct::default(), |_| {});
            }
        });
    }

    /// Returns how far a figure stands off the right edge, in hundredths of its size, where there is room for that.
    fn short(&self, place: &CellPlace<'_>, cell: &Cell, set: &CellParagraph<'_>) -> u16 {
        let size = self.body.document.styles.get(StyleName::TableAmount).size;
        let column = place.slot.column;
        if set.align != Align::Right || cell.columns > 1 || cell.indent > 0 {
            return 0;
        }
        let short = place.group.decimals[column].short(&cell.content);
        if set.natural_width + cell_style::off(size, short) <= set.room { short } else { 0 }
    }

    /// Returns what makes a text break where the printed one does; nothing where it does so by itself.
    fn as_printed<'t>(
        &self,
        place: &CellPlace<'_>,
        cell: &Cell,
        set: &CellParagraph<'t>,
        widths: Widths<'_, '_>,
    ) -> Option<Broken<'t>> {
        let CellParagraph { text, words, room, align, .. } = *set;
        if align == Align::Justify || (set.lines.len() <= 1 && set.natural_width + gaps(words, widths.size) <= room) {
            return None;
        }
        let lines = line_breaks::split(words, set.lines);
        let (measure, forced) = match line_breaks::measure(&lines, widths, room) {
            LineMeasure::Room => return None,
            LineMeasure::Of(measure) => (measure, false),
            // The words of heads are few and stay; those of other cells are better left to Word.
            LineMeasure::None(least) if is_plain(text) && (place.kind != RowKind::Body || cell.header) => {
                (least.max(room), true)
            }
            LineMeasure::None(_) => return None,
        };
        // Both blanks of the cell are there to be used, and no more.
        let blank = (room - measure).max(-(self.planned.padding * 2));
        let narrower = match align {
            Align::Center => (blank / 2, blank / 2),
            Align::Right => (blank.max(-self.planned.padding), Length::ZERO),
            Align::Left | Align::Justify => (Length::ZERO, blank.max(-self.planned.padding)),
        };
        Some(Broken { narrower, count: lines.len(), lines: forced.then_some(lines) })
    }
}
