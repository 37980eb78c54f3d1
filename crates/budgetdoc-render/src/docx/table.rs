//! Tables: grid, heads that come again, spans, rules.

use budgetdoc_document::{Length, Orientation, Placed, RowGroup, Slot, StyleName};

use super::body::Body;
use super::figures::Decimals;
use super::sections::PlannedTable;
use super::styles;
use super::xml::Xml;
use crate::layout::table::{MIN_ROW_HEIGHT, PADDING};
use crate::layout::{BlockPart, SetBlock, SetLine, landscape_height};

/// Least height of a row: a hair less than the printed one, so that Word's rounding of many rows does not push a
/// table over the end of its page.
const LEAST_ROW: Length = Length::milli_pt(MIN_ROW_HEIGHT.in_milli_pt() - 240);

/// What a row is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A head that comes again on every page.
    Repeated,
    /// A head that does not.
    Head,
    Body,
}

/// The head or a body, as it is written.
pub(super) struct Group<'a> {
    pub(super) rows: RowGroup<'a>,
    /// Whether its head rows come again on every page.
    repeated: bool,
    /// By column: the decimals of its figures.
    pub(super) decimals: Vec<Decimals>,
}

/// Where a cell stands.
pub(super) struct CellPlace<'a> {
    pub(super) group: &'a Group<'a>,
    pub(super) slot: Slot,
    /// Whether it starts in this row; else it goes on from above.
    pub(super) starts: bool,
    pub(super) kind: RowKind,
    /// Whether its row stays with the next.
    pub(super) keep: bool,
}

/// What the rows of a table are written from.
pub(super) struct TableWriter<'w, 'f> {
    pub(super) body: &'w Body<'f>,
    pub(super) planned: &'w PlannedTable<'w>,
    /// What the layout has of the table.
    pub(super) set: &'w SetBlock,
    /// Height of the text block, above two thirds of which a row may break.
    page: Length,
    /// Whether vertical labels are vertical to Word, too.
    pub(super) upright: bool,
}

/// Writes a table with the heading lines above it.
pub(super) fn write(
    xml: &mut Xml,
    body: &Body<'_>,
    planned: &PlannedTable<'_>,
    set: &SetBlock,
    orientation: Orientation,
) {
    let page = &body.document.page;
    let height = match orientation {
        Orientation::Portrait => page.text_height(),
        Orientation::Landscape => landscape_height(page),
    };
    let mut writer = TableWriter { body, planned, set, page: height, upright: true };
    writer.upright = !writer.has_label_beside_tall_row();
    writer.table(xml);
}

impl TableWriter<'_, '_> {
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
            for rows in table.groups() {
                let decimals = decimals(&rows, table.columns.len());
                let group = Group { rows, repeated: rows.index == 0 || lone, decimals };
                self.group(xml, &group, last.is_some_and(|last| last + 1 == rows.index));
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
            if self.planned.padding != PADDING {
                xml.element("w:tblCellMar").children(|xml| {
                    for side in ["w:left", "w:right"] {
                        xml.element(side).attr("w:w", self.planned.padding.twips()).attr("w:type", "dxa");
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
        let (count, heads) = (group.rows.len(), group.rows.heads());
        // A row at a time, whatever their number; the plan has found that all lines are right.
        for (index, line) in group.rows.lines().map_while(Result::ok).enumerate() {
            let kind = match (index < heads, group.repeated) {
                (true, true) => RowKind::Repeated,
                (true, false) => RowKind::Head,
                (false, _) => RowKind::Body,
            };
            // The last row, mostly a total, does not stand alone, and the notes stay with it.
            let left = count - index;
            let ends = keeps_end && (left == 2 || (left == 1 && !self.planned.table.notes.is_empty()));
            let level = |row: usize| group.rows.get(row).map_or(0, |row| row.level);
            let keep = ends || level(index + 1) > level(index);
            xml.element("w:tr").children(|xml| {
                let tall = kind == RowKind::Body && self.is_tall(group.rows.index, &line);
                xml.element("w:trPr").children(|xml| {
                    xml.flag("w:cantSplit", !tall);
                    xml.element("w:trHeight").attr("w:val", LEAST_ROW.twips()).attr("w:hRule", "atLeast");
                    xml.flag("w:tblHeader", kind == RowKind::Repeated);
                });
                for Placed { cell, slot } in &line {
                    let place = CellPlace { group, slot: *slot, starts: slot.row == index, kind, keep };
                    self.cell(xml, cell, &place);
                }
            });
        }
    }

    /// Returns whether a vertical label covers a row that may break. LibreOffice cannot break such a row and cuts off
    /// what is below the page, so the characters of all the table's labels stand one below the other as lines of their
    /// own.
    fn has_label_beside_tall_row(&self) -> bool {
        let table = self.planned.table;
        let mut rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
        rows.any(|row| row.cells.iter().any(|cell| cell.vertical))
            && table.groups().iter().any(|group| {
                let mut lines = group.lines().map_while(Result::ok);
                lines.any(|line| line.iter().any(|placed| placed.cell.vertical) && self.is_tall(group.index, &line))
            })
    }

    /// Returns whether a row is so tall that it had better break than leave a hole at the foot of a page. So may all
    /// rows beside a cell that is: LibreOffice comes to no end with a cell taller than its page over rows that may not
    /// break.
    fn is_tall(&self, group: usize, line: &[Placed<'_>]) -> bool {
        let style = self.body.document.styles.get(StyleName::TableText);
        line.iter().filter(|placed| !placed.cell.vertical).any(|Placed { cell, slot }| {
            let room = self.room(slot.column, usize::from(cell.columns)).max(style.size).in_milli_pt();
            let paragraphs = (0..).map(|paragraph| self.lines_of(group, *slot, paragraph));
            let paragraphs = paragraphs.take_while(|lines| !lines.is_empty());
            let lines: i32 = paragraphs.map(|lines| (natural_width(lines).in_milli_pt() + room - 1) / room).sum();
            // LibreOffice comes to no end with many rows that stay whole beside high cells over several of them.
            let most = if cell.rows > 1 { self.page / 3 } else { self.page * 2 / 3 };
            style.pitch * lines > most
        })
    }

    /// Returns the lines of a paragraph of a cell.
    pub(super) fn lines_of(&self, group: usize, slot: Slot, paragraph: usize) -> &[SetLine] {
        self.set.lines_of(BlockPart::Cell { group, row: slot.row, cell: slot.cell, paragraph })
    }

    /// Twips from the left edge of `column` over `count` columns.
    pub(super) fn width(&self, column: usize, count: usize) -> i32 {
        let edge = |index: usize| index.checked_sub(1).and_then(|index| self.planned.edges.get(index)).copied();
        edge(column + count).unwrap_or(0) - edge(column).unwrap_or(0)
    }

    /// Returns the same without the blank of a cell.
    pub(super) fn room(&self, column: usize, count: usize) -> Length {
        Length::milli_pt(self.width(column, count) * 50) - self.planned.padding * 2
    }
}

/// Returns the decimals in each column of a group. Only numbers that fill one column count.
fn decimals(rows: &RowGroup<'_>, columns: usize) -> Vec<Decimals> {
    let mut decimals = vec![Decimals::default(); columns];
    for (index, line) in rows.lines().map_while(Result::ok).enumerate().skip(rows.heads()) {
        for Placed { cell, slot } in line.iter().filter(|placed| placed.cell.columns == 1 && placed.slot.row == index) {
            decimals[slot.column].add(&cell.content);
        }
    }
    decimals
}

/// Returns the width of lines on one.
pub(super) fn natural_width(lines: &[SetLine]) -> Length {
    lines.iter().map(|line| line.natural_width).sum()
}
