//! Tables: grid, heads that come again, spans, rules.

use budgetdoc_core::document::{Cell, ColumnKind, Document, Length, Orientation, Row, Slot, StyleName, Text};

use super::body::Body;
use super::figures::Decimals;
use super::plan::PlannedTable;
use super::xml::Xml;
use super::{printed, styles};

/// Blank inside a cell, left and right, as in the printed pages.
pub(super) const PADDING_X: Length = Length::micrometres(1_700);
/// The same where the columns are too narrow for it.
const TIGHT_PADDING_X: Length = Length::micrometres(700);
/// Blank inside a cell, above and below.
pub(super) const PADDING_Y: Length = Length::micrometres(1_100);
/// Least height of a row: a hair less than the printed one, so that Word's rounding of many rows does not push a
/// table over the end of its page.
const LEAST_ROW: Length = Length::milli_pt(21_300);
/// Between a table in the flow of text and the text above and below it.
pub(super) const AROUND: Length = Length::pt(8);
/// Between a table's last row and its notes.
pub(super) const ABOVE_NOTES: Length = Length::pt(3);

/// What a row is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A head that comes again on every page.
    Repeated,
    /// A head that does not.
    Head,
    Body,
}

/// The head or a body: rows that make a grid of their own.
pub(super) struct Group<'a> {
    /// Its place among the groups, the head's being 0.
    pub(super) index: usize,
    pub(super) slots: &'a [Slot],
    rows: Vec<&'a Row>,
    /// How many of the rows are head rows.
    heads: usize,
    /// Whether these come again on every page.
    repeated: bool,
    /// By column: the decimals of its figures.
    pub(super) decimals: Vec<Decimals>,
}

impl<'a> Group<'a> {
    fn cell(&self, slot: &Slot) -> Option<&'a Cell> {
        self.rows.get(slot.row)?.cells.get(slot.cell)
    }
}

/// Where a cell stands.
pub(super) struct Place<'a> {
    pub(super) group: &'a Group<'a>,
    /// Index of its slot in the group.
    pub(super) slot: usize,
    /// Whether it starts in this row; else it goes on from above.
    pub(super) starts: bool,
    pub(super) kind: Kind,
    /// Whether its row stays with the next.
    pub(super) keep: bool,
}

/// What the rows of a table are written from.
pub(super) struct Writer<'a> {
    pub(super) body: &'a Body<'a>,
    pub(super) planned: &'a PlannedTable<'a>,
    pub(super) padding: Length,
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
                let mut group = Group { index, slots, rows, heads, repeated: index == 0 || lone, decimals: Vec::new() };
                group.decimals = decimals(&group, table.columns.len());
                self.group(xml, &group, last.is_some_and(|last| last + 1 == index));
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

    /// Writes the rows of a group and says how each belongs.
    fn group(&self, xml: &mut Xml, group: &Group<'_>, keeps_end: bool) {
        let columns = self.planned.table.columns.len();
        // For each place the slot that covers it: looking for it in the list would take the square of the rows.
        let mut owners = vec![vec![usize::MAX; columns]; group.rows.len()];
        for (index, slot) in group.slots.iter().enumerate() {
            let Some(cell) = group.cell(slot) else { continue };
            for row in owners.iter_mut().skip(slot.row).take(usize::from(cell.rows)) {
                for place in row.iter_mut().skip(slot.column).take(usize::from(cell.columns)) {
                    *place = index;
                }
            }
        }
        for (index, owners) in owners.iter().enumerate() {
            let kind = match (index < group.heads, group.repeated) {
                (true, true) => Kind::Repeated,
                (true, false) => Kind::Head,
                (false, _) => Kind::Body,
            };
            // The last row, mostly a total, does not stand alone, and the notes stay with it.
            let left = group.rows.len() - index;
            let keep = keeps_end && (left == 2 || (left == 1 && !self.planned.table.notes.is_empty()));
            xml.element("w:tr").children(|xml| {
                let tall = kind == Kind::Body && self.is_tall(group, index, owners);
                xml.element("w:trPr").children(|xml| {
                    xml.flag("w:cantSplit", !tall);
                    xml.element("w:trHeight").attr("w:val", LEAST_ROW.twips()).attr("w:hRule", "atLeast");
                    xml.flag("w:tblHeader", kind == Kind::Repeated);
                });
                let mut column = 0;
                while let Some(slot) = owners.get(column) {
                    let Some(cell) = group.slots.get(*slot).and_then(|slot| group.cell(slot)) else { break };
                    let place = Place { group, slot: *slot, starts: group.slots[*slot].row == index, kind, keep };
                    self.cell(xml, cell, &place);
                    column += usize::from(cell.columns);
                }
            });
        }
    }

    /// Whether a row is so tall that it had better break than leave a hole at the foot of a page.
    fn is_tall(&self, group: &Group<'_>, row: usize, owners: &[usize]) -> bool {
        let style = self.body.document.styles.get(StyleName::TableText);
        owners.iter().filter_map(|owner| group.slots.get(*owner)).any(|slot| {
            let Some(cell) = group.cell(slot).filter(|cell| cell.rows == 1 && slot.row == row) else { return false };
            let room = self.room(slot.column, usize::from(cell.columns)).max(style.size).in_milli_pt();
            let lines: i32 =
                cell.text.iter().map(|text| (natural(text, style.size).in_milli_pt() + room - 1) / room).sum();
            style.pitch * lines > self.page / 3
        })
    }

    /// Twips from the left edge of `column` over `count` columns.
    pub(super) fn width(&self, column: usize, count: usize) -> i32 {
        let edge = |index: usize| index.checked_sub(1).and_then(|index| self.planned.edges.get(index)).copied();
        edge(column + count).unwrap_or(0) - edge(column).unwrap_or(0)
    }

    /// The same without the blank of a cell.
    pub(super) fn room(&self, column: usize, count: usize) -> Length {
        Length::milli_pt(self.width(column, count) * 50) - self.padding * 2
    }
}

/// The decimals in each column of a group. Only figures that fill one column count.
fn decimals(group: &Group<'_>, columns: usize) -> Vec<Decimals> {
    let mut decimals = vec![Decimals::default(); columns];
    for slot in group.slots.iter().filter(|slot| slot.row >= group.heads) {
        if let Some(cell) = group.cell(slot).filter(|cell| cell.columns == 1)
            && let [text] = cell.text.as_slice()
        {
            match text.runs.as_slice() {
                [run] => decimals[slot.column].add(&run.text),
                _ => decimals[slot.column].add(&text.to_plain()),
            }
        }
    }
    decimals
}

/// About how wide a text is on one line.
pub(super) fn natural(text: &Text, size: Length) -> Length {
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
