//! Tables: grid, heads that come again, spans, rules.

use budgetdoc_core::document::{Align, Cell, ColumnKind, Document, Length, Orientation, Row, Slot, StyleName, Text};

use super::body::{Body, Direct, paragraph};
use super::plan::PlannedTable;
use super::text::{write_string, write_text};
use super::xml::Xml;
use super::{printed, styles};

/// Blank inside a cell, left and right, as in the printed pages.
pub(super) const PADDING_X: Length = Length::micrometres(1_700);
/// The same where the columns are too narrow for it.
const TIGHT_PADDING_X: Length = Length::micrometres(700);
/// Blank inside a cell, above and below.
pub(super) const PADDING_Y: Length = Length::micrometres(900);
/// Least height of a row.
const LEAST_ROW: Length = Length::micrometres(7_600);
/// Between a table's last row and its notes.
pub(super) const ABOVE_NOTES: Length = Length::pt(3);
/// Characters from which words in a cell are running text, set to both edges.
const RUNNING: i32 = 24;
/// Characters to a line below which they are not.
const JUSTIFIED: i32 = 12;

/// What a row is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A head that comes again on every page.
    Repeated,
    /// A head that does not.
    Head,
    Body,
}

struct Writer<'a> {
    body: &'a Body<'a>,
    planned: &'a PlannedTable<'a>,
    padding: Length,
    /// Height of the text block, above a third of which a row may break.
    page: Length,
}

/// Writes a table with the heading lines above it.
pub(super) fn write(xml: &mut Xml, body: &Body<'_>, planned: &PlannedTable<'_>, orientation: Orientation) {
    let page = &body.document.page;
    let height = match orientation {
        Orientation::Portrait => page.text_height(),
        Orientation::Landscape => {
            let margins = page.landscape_margins();
            page.width - margins.top - margins.bottom
        }
    };
    let padding = padding(body.document, planned);
    Writer { body, planned, padding, page: height }.table(xml);
}

impl Writer<'_> {
    fn table(&self, xml: &mut Xml) {
        let table = self.planned.table;
        xml.element("w:tbl").children(|xml| {
            self.properties(xml);
            xml.element("w:tblGrid").children(|xml| {
                for column in 0..table.columns.len() {
                    xml.element("w:gridCol").attr("w:w", self.width(column, 1));
                }
            });
            self.heading_row(xml);
            // Word repeats the rows at the very start of a table. Without a head of the table's own, a single body's
            // head is one; the heads of several bodies cannot be.
            let lone = table.head.is_empty() && table.bodies.len() == 1;
            let last = table.bodies.iter().rposition(|body| !body.rows.is_empty());
            for (index, slots) in self.planned.grid.iter().enumerate() {
                let body = index.checked_sub(1).and_then(|index| table.bodies.get(index));
                let (rows, heads): (Vec<&Row>, usize) = match body {
                    None => (table.head.iter().collect(), table.head.len()),
                    Some(body) => (body.head.iter().chain(&body.rows).collect(), body.head.len()),
                };
                let repeated = index == 0 || lone;
                let is_last = last.is_some_and(|last| last + 1 == index);
                for (row, content) in rows.iter().enumerate() {
                    let kind = match (row < heads, repeated) {
                        (true, true) => Kind::Repeated,
                        (true, false) => Kind::Head,
                        (false, _) => Kind::Body,
                    };
                    // The last row, mostly a total, does not stand alone, and the notes stay with it.
                    let left = rows.len() - row;
                    let keep = is_last && (left == 2 || (left == 1 && !table.notes.is_empty()));
                    self.row(xml, content, row, slots, &rows, kind, keep);
                }
            }
        });
    }

    fn properties(&self, xml: &mut Xml) {
        let table = self.planned.table;
        xml.element("w:tblPr").children(|xml| {
            xml.val("w:tblStyle", styles::TABLE);
            xml.element("w:tblW").attr("w:w", self.width(0, table.columns.len())).attr("w:type", "dxa");
            xml.val("w:jc", "center");
            xml.val_type("w:tblLayout", "fixed");
            if self.padding != PADDING_X {
                xml.element("w:tblCellMar").children(|xml| {
                    for side in ["w:left", "w:right"] {
                        xml.element(side).attr("w:w", self.padding.twips()).attr("w:type", "dxa");
                    }
                });
            }
            xml.element("w:tblLook")
                .attr("w:val", "0420")
                .attr("w:firstRow", 1)
                .attr("w:lastRow", 0)
                .attr("w:firstColumn", 0)
                .attr("w:lastColumn", 0)
                .attr("w:noHBand", 0)
                .attr("w:noVBand", 1);
            if let Some(heading) = &table.heading {
                xml.val("w:tblCaption", heading.entry.trim());
            }
            if !table.summary.is_empty() {
                xml.val("w:tblDescription", &table.summary);
            }
        });
    }

    /// Number, title and caption in a row without rules that comes again on every page.
    fn heading_row(&self, xml: &mut Xml) {
        let (table, sheet) = (self.planned.table, &self.body.document.styles);
        if table.heading.is_none() && table.caption.is_none() {
            return;
        }
        let columns = table.columns.len();
        let width = self.width(0, columns);
        xml.element("w:tr").children(|xml| {
            xml.element("w:trPr").children(|xml| {
                xml.element("w:cantSplit");
                xml.element("w:tblHeader");
            });
            xml.element("w:tc").children(|xml| {
                xml.element("w:tcPr").children(|xml| {
                    xml.element("w:tcW").attr("w:w", width).attr("w:type", "dxa");
                    if columns > 1 {
                        xml.val("w:gridSpan", columns);
                    }
                    xml.element("w:tcBorders").children(|xml| {
                        for side in ["w:top", "w:left"] {
                            xml.val(side, "nil");
                        }
                        styles::border(xml, "w:bottom", styles::rule(self.body.document.page.outer_rule));
                        xml.val("w:right", "nil");
                    });
                    xml.element("w:tcMar").children(|xml| {
                        // The last line does not sit on the rule.
                        for (side, blank) in [("w:top", 0), ("w:left", 0), ("w:bottom", 20), ("w:right", 0)] {
                            xml.element(side).attr("w:w", blank).attr("w:type", "dxa");
                        }
                    });
                    xml.val("w:vAlign", "bottom");
                });
                if let Some(heading) = &table.heading {
                    if !heading.number.is_empty() {
                        let style = styles::id(StyleName::TableNumber);
                        paragraph(xml, style, Direct::default(), |xml| write_string(xml, &heading.number, None));
                    }
                    let style = sheet.get(StyleName::TableTitle);
                    let narrower = self.planned.target.filter(|_| style.align == Align::Center).and_then(|target| {
                        let room = Length::milli_pt(width * 50);
                        printed::title_indent(self.body.layout, target, &heading.title, style.size, room)
                    });
                    let direct = Direct { narrower, ..Direct::default() };
                    paragraph(xml, styles::id(StyleName::TableTitle), direct, |xml| {
                        let role = style.role;
                        let title = |xml: &mut Xml| write_text(xml, &heading.title, role);
                        match self.planned.target {
                            Some(target) => self.body.entries.anchor(xml, target, title),
                            None => title(xml),
                        }
                    });
                }
                if let Some((left, right)) = &table.caption {
                    self.caption(xml, left, right, width);
                }
            });
        });
    }

    fn caption(&self, xml: &mut Xml, left: &Text, right: &Text, width: i32) {
        let name = StyleName::TableCaption;
        let style = self.body.document.styles.get(name);
        let (id, role) = (styles::id(name), style.role);
        let fits = natural(left, style.size) + natural(right, style.size) + style.size <= Length::milli_pt(width * 50);
        match (left.is_empty(), right.is_empty()) {
            (false, true) => paragraph(xml, id, Direct::default(), |xml| write_text(xml, left, role)),
            (false, false) if fits => {
                let direct = Direct { right_tab: Some(styles::right_tab(width)), ..Direct::default() };
                paragraph(xml, id, direct, |xml| {
                    write_text(xml, left, role);
                    xml.element("w:r").children(|xml| xml.flag("w:tab", true));
                    write_text(xml, right, role);
                });
            }
            (no_left, _) => {
                if !no_left {
                    paragraph(xml, id, Direct::default(), |xml| write_text(xml, left, role));
                }
                let direct = Direct { align: Some(Align::Right), ..Direct::default() };
                paragraph(xml, id, direct, |xml| write_text(xml, right, role));
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a row is its cells and its place in the grid")]
    fn row(&self, xml: &mut Xml, row: &Row, index: usize, slots: &[Slot], rows: &[&Row], kind: Kind, keep: bool) {
        xml.element("w:tr").children(|xml| {
            xml.element("w:trPr").children(|xml| {
                xml.flag("w:cantSplit", kind != Kind::Body || !self.is_tall(row, index, slots));
                xml.element("w:trHeight").attr("w:val", LEAST_ROW.twips()).attr("w:hRule", "atLeast");
                xml.flag("w:tblHeader", kind == Kind::Repeated);
            });
            let mut column = 0;
            while column < self.planned.table.columns.len() {
                // The cell that covers this place: it starts here or in a row above.
                let found = slots.iter().find_map(|slot| {
                    let cell = rows.get(slot.row)?.cells.get(slot.cell)?;
                    let down = slot.row <= index && index < slot.row + usize::from(cell.rows);
                    (down && slot.column == column).then_some((slot, cell))
                });
                let Some((slot, cell)) = found else { break };
                self.cell(xml, cell, slot, slot.row == index, kind, keep);
                column += usize::from(cell.columns).max(1);
            }
        });
    }

    fn cell(&self, xml: &mut Xml, cell: &Cell, slot: &Slot, starts: bool, kind: Kind, keep: bool) {
        let span = usize::from(cell.columns);
        let width = self.width(slot.column, span);
        let column = self.planned.table.columns[slot.column].kind;
        let name = match (kind, column) {
            (Kind::Repeated | Kind::Head, _) => StyleName::TableHead,
            (Kind::Body, ColumnKind::Amount) => StyleName::TableAmount,
            (Kind::Body, _) => StyleName::TableText,
        };
        let style = self.body.document.styles.get(name);
        xml.element("w:tc").children(|xml| {
            xml.element("w:tcPr").children(|xml| {
                xml.element("w:tcW").attr("w:w", width).attr("w:type", "dxa");
                if span > 1 {
                    xml.val("w:gridSpan", span);
                }
                if cell.rows > 1 {
                    xml.val("w:vMerge", if starts { "restart" } else { "continue" });
                }
                xml.val("w:vAlign", "center");
            });
            let wanted = cell.align.unwrap_or(if kind == Kind::Body { column.align() } else { style.align });
            let mut texts = cell.text.iter().filter(|text| starts && !text.is_empty()).peekable();
            let (id, align) = self.cell_style(name, style.align, wanted, None, Length::ZERO, style.size);
            if texts.peek().is_none() {
                // A cell without a paragraph is no cell to Word.
                paragraph(xml, id, Direct { keep_next: keep, align, ..Direct::default() }, |_| {});
            }
            for text in texts {
                let room = Length::milli_pt(width * 50) - self.padding * 2;
                let (id, align) = self.cell_style(name, style.align, wanted, Some(text), room, style.size);
                let indent = (cell.indent > 0).then_some((style.size, cell.indent));
                let direct = Direct { keep_next: keep, align, indent, ..Direct::default() };
                paragraph(xml, id, direct, |xml| write_text(xml, text, style.role));
            }
        });
    }

    /// The style that comes nearest to how a cell stands, and what remains to be said.
    fn cell_style(
        &self,
        name: StyleName,
        own: Align,
        wanted: Align,
        text: Option<&Text>,
        room: Length,
        size: Length,
    ) -> (&'static str, Option<Align>) {
        let runs = text.is_some_and(|text| natural(text, size) > size * RUNNING) && room >= size * JUSTIFIED;
        let wanted = if runs && wanted == Align::Left { Align::Justify } else { wanted };
        match (name, wanted) {
            _ if wanted == own => (styles::id(name), None),
            (StyleName::TableText, Align::Center) => (styles::TABLE_LABEL, None),
            (StyleName::TableText, Align::Justify) => (styles::TABLE_RUNNING, None),
            _ => (styles::id(name), Some(wanted)),
        }
    }

    /// Whether a row is so tall that it had better break than leave a hole at the foot of a page.
    fn is_tall(&self, row: &Row, index: usize, slots: &[Slot]) -> bool {
        let style = self.body.document.styles.get(StyleName::TableText);
        slots.iter().filter(|slot| slot.row == index).any(|slot| {
            let Some(cell) = row.cells.get(slot.cell) else { return false };
            let room = self.width(slot.column, usize::from(cell.columns)) * 50 - (self.padding * 2).in_milli_pt();
            let room = room.max(style.size.in_milli_pt());
            let lines: i32 =
                cell.text.iter().map(|text| (natural(text, style.size).in_milli_pt() + room - 1) / room).sum();
            cell.rows == 1 && style.pitch * lines > self.page / 3
        })
    }

    /// Twips from the left edge of `column` over `count` columns.
    fn width(&self, column: usize, count: usize) -> i32 {
        let edge = |index: usize| index.checked_sub(1).and_then(|index| self.planned.edges.get(index)).copied();
        edge(column + count).unwrap_or(0) - edge(column).unwrap_or(0)
    }
}

/// About how wide a text is on one line.
fn natural(text: &Text, size: Length) -> Length {
    text.runs.iter().map(|run| printed::natural(&run.text, size)).sum()
}

/// The blank the layout has left in the cells: the usual one, or less where a figure or code would not have fitted.
fn padding(document: &Document, planned: &PlannedTable<'_>) -> Length {
    let table = planned.table;
    let style = document.styles.get(StyleName::TableAmount);
    let starts: Vec<i32> = std::iter::once(0).chain(planned.edges.iter().copied()).collect();
    let tight = table.bodies.iter().zip(planned.grid.iter().skip(1)).any(|(body, slots)| {
        slots.iter().filter(|slot| slot.row >= body.head.len()).any(|slot| {
            let Some(cell) = body.rows.get(slot.row - body.head.len()).and_then(|row| row.cells.get(slot.cell)) else {
                return false;
            };
            let whole = matches!(table.columns[slot.column].kind, ColumnKind::Amount | ColumnKind::Code);
            let room = Length::milli_pt((starts[slot.column + 1] - starts[slot.column]) * 50) - PADDING_X * 2;
            whole && cell.columns == 1 && cell.text.iter().any(|text| natural(text, style.size) > room + Length::pt(1))
        })
    });
    if tight { TIGHT_PADDING_X } else { PADDING_X }
}
