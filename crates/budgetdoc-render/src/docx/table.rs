//! Writes tables: grid, repeated heads, spans, rules.

use std::ops::Range;

use budgetdoc_document::{Length, Lines, Orientation, ParagraphStyle, Placed, RowGroup, Slot, StyleName};

use super::body::{Body, DirectFormat, paragraph, thin_paragraph};
use super::caption::caption;
use super::figures::Decimals;
use super::parts::continued_title;
use super::properties;
use super::sections::{PlannedTable, has_parts, is_one};
use super::style_names;
use super::xml::Xml;
use crate::layout::table::{PADDING, is_label};
use crate::layout::{BlockPart, RowStep, SetBlock, SetLine};

/// How much less than printed the least height of a row is: Word's rounding of many rows would push a table over the end
/// of its page.
const ROUNDING: Length = Length::milli_pt(240);
/// How much of the blank at either side of a cell goes to rules and rounding.
const RULE_ROOM: Length = Length::milli_pt(250);
/// Section of a table that a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A head repeated on every page.
    Repeated,
    /// A head that is not repeated.
    Head,
    Body,
}

/// Rows of a group that are together on a printed page, or over pages that may end elsewhere in Word.
struct Piece<'a> {
    group: RowGroup<'a>,
    rows: Range<usize>,
    /// The grid from the first of them on.
    lines: Lines<'a>,
    starts_page: bool,
    cuts: RowCuts,
}

/// The printed pages at which a piece begins and ends within a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowCuts {
    /// The page on which its first row goes on.
    pub(super) from: Option<usize>,
    /// The page on which its last row goes on below it.
    pub(super) until: Option<usize>,
}

/// A head or body being written.
pub(super) struct Group<'a> {
    pub(super) rows: RowGroup<'a>,
    /// Number of the table's rows above it.
    pub(super) first_row: usize,
    /// Whether its head rows are repeated on every page.
    repeated: bool,
    /// The decimals of its numbers, by column.
    pub(super) decimals: &'a [Decimals],
}

/// Place of a cell.
pub(super) struct CellPlace<'a> {
    pub(super) group: &'a Group<'a>,
    pub(super) slot: Slot,
    /// Whether it starts in this row, else in one above.
    pub(super) starts: bool,
    pub(super) kind: RowKind,
    /// Whether its row stays with the next.
    pub(super) keep_next: bool,
    /// Where its row is cut.
    pub(super) cuts: RowCuts,
}

/// Writes the rows of a table.
pub(super) struct TableWriter<'w, 'f> {
    pub(super) body: &'w Body<'f>,
    pub(super) planned: &'w PlannedTable<'w>,
    /// The table as set.
    pub(super) set: &'w SetBlock,
    /// Height of the text block; a row taller than two thirds of it may break.
    page_height: Length,
    /// Whether vertical labels are written as vertical text.
    pub(super) vertical_labels: bool,
}

/// Writes a table with its caption.
pub(super) fn write(
    xml: &mut Xml,
    body: &Body<'_>,
    planned: &PlannedTable<'_>,
    set: &SetBlock,
    orientation: Orientation,
) {
    let page = &body.document.page;
    let height = page.sheet(orientation).text_height();
    let mut writer = TableWriter { body, planned, set, page_height: height, vertical_labels: true };
    writer.vertical_labels = !writer.has_label_beside_tall_row();
    let groups = planned.table.groups();
    let decimals: Vec<_> = groups.iter().map(|group| decimals(group, planned.table.columns.len())).collect();
    let parts = writer.parts(&groups);
    if let Some((left, right)) = planned.table.caption.as_ref().filter(|_| planned.has_caption_in_header) {
        caption(xml, body.document, set, (left, right), planned.width());
    }
    let is_joined = |index: usize| parts.get(index).is_some_and(|part| !starts_page(part));
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && is_joined(index) {
            thin_paragraph(xml, style_names::TABLE_JOINT, None);
        } else if index > 0 {
            writer.page_start(xml);
        }
        writer.table(xml, part, &decimals, (index > 0 && is_joined(index), is_joined(index + 1)));
    }
}

fn starts_page(part: &[Piece<'_>]) -> bool {
    part.iter().any(|piece| piece.starts_page)
}

impl<'w> TableWriter<'w, '_> {
    /// Returns the parts that are tables of their own in Word, which repeats rows at the start of a table only: what has
    /// a head of its own. It repeats no label over several rows, and no caption above a second head, so that such a
    /// table is also cut where a printed page ends between rows.
    fn parts(&self, groups: &[RowGroup<'w>]) -> Vec<Vec<Piece<'w>>> {
        let is_cut = has_parts(groups);
        let mut parts: Vec<Vec<Piece<'_>>> = Vec::new();
        let mut last_page = None;
        for (index, group) in groups.iter().enumerate() {
            let pieces = if is_cut { self.pieces(*group, &mut last_page) } else { vec![Piece::whole(*group)] };
            for piece in pieces {
                let is_below = index > 0 && !piece.starts_page && is_one(&groups[index - 1], group);
                match parts.last_mut().filter(|_| is_below) {
                    Some(part) => part.push(piece),
                    None => {
                        let head = piece.starts_page.then(|| Piece::whole(groups[0]));
                        parts.push(head.into_iter().chain([piece]).collect());
                    }
                }
            }
        }
        parts
    }

    /// Returns the pieces of a group. A printed page that begins within a text over several rows begins none.
    fn pieces(&self, group: RowGroup<'w>, last_page: &mut Option<usize>) -> Vec<Piece<'w>> {
        let (mut pieces, mut piece) = (Vec::new(), Piece::whole(group));
        let mut lines = group.lines();
        for row in 0..group.len() {
            let rest = lines.clone();
            let Some(Ok(line)) = lines.next() else { break };
            let pages = self.printed_pages(group.index, &line);
            let is_cut = last_page.zip(pages).is_some_and(|(last, (first, _))| last < first);
            let has_labels_where = |is_open: &dyn Fn(&Placed<'_>) -> bool| {
                line.iter().filter(|placed| is_open(placed)).all(|placed| self.is_label(group.index, placed))
            };
            if is_cut && has_labels_where(&|placed| placed.slot.row < row) {
                if row > 0 {
                    let below = piece.cut(row, rest.clone());
                    pieces.push(std::mem::replace(&mut piece, below));
                }
                piece.starts_page = true;
            }
            *last_page = pages.map(|(_, last)| last);
            let breaks = pages.filter(|_| row >= group.heads() && has_labels_where(&|placed| placed.cell.rows > 1));
            for page in breaks.into_iter().flat_map(|(first, last)| first + 1..=last) {
                let mut below = piece.cut(row, rest.clone());
                piece.rows.end = row + 1;
                piece.cuts.until = Some(page);
                (below.starts_page, below.cuts.from) = (true, Some(page));
                pieces.push(std::mem::replace(&mut piece, below));
            }
        }
        pieces.push(piece);
        pieces
    }

    /// Writes what starts a page on which a table goes on. The title is in the header of sections that a table fills.
    fn page_start(&self, xml: &mut Xml) {
        let title = self.planned.target.filter(|_| self.planned.table.orientation.is_none());
        match title {
            Some(target) => {
                let title = self.body.entries.title_and_style_name(target);
                let direct = DirectFormat { new_page: true, before: Some(Length::ZERO), ..DirectFormat::default() };
                paragraph(xml, style_names::TABLE_CONTINUED, direct, |xml| {
                    continued_title(xml, self.body.document, title);
                });
            }
            None => thin_paragraph(xml, style_names::PAGE_START, None),
        }
    }

    /// Writes a part as a table that may be joined to those above and below.
    fn table(&self, xml: &mut Xml, part: &[Piece<'_>], decimals: &[Vec<Decimals>], joined: (bool, bool)) {
        let table = self.planned.table;
        xml.element("w:tbl").children(|xml| {
            self.properties(xml, joined);
            xml.element("w:tblGrid").children(|xml| {
                for column in 0..table.columns.len() {
                    xml.element("w:gridCol").attr("w:w", self.width(column, 1));
                }
            });
            if !joined.0 && !self.planned.has_caption_in_header {
                self.caption_row(xml);
            }
            let last = table.bodies.iter().rposition(|body| !body.rows.is_empty());
            for (index, piece) in part.iter().enumerate() {
                let above = table.groups().into_iter().take(piece.group.index);
                let group = Group {
                    rows: piece.group,
                    first_row: above.map(|above| above.len()).sum(),
                    repeated: index == 0 || part[index - 1].group.index == 0,
                    decimals: &decimals[piece.group.index],
                };
                self.group(xml, &group, piece, last.is_some_and(|last| last + 1 == piece.group.index));
            }
        });
    }

    fn properties(&self, xml: &mut Xml, joined: (bool, bool)) {
        let table = self.planned.table;
        xml.element("w:tblPr").children(|xml| {
            xml.val("w:tblStyle", style_names::TABLE);
            xml.element("w:tblW").attr("w:w", self.width(0, table.columns.len())).attr("w:type", "dxa");
            xml.val("w:jc", "center");
            if joined.0 || joined.1 {
                // The upper rule of the next part is the lower one of this.
                xml.element("w:tblBorders").children(|xml| {
                    if joined.0 {
                        properties::border(xml, "w:top", properties::rule_width(self.body.document.page.inner_rule));
                    }
                    if joined.1 {
                        xml.val("w:bottom", "nil");
                    }
                });
            }
            xml.val_type("w:tblLayout", "fixed");
            let (padding, row_step) = (self.planned.padding, self.row_step());
            // Where columns are as narrow as their figures, the rules and rounding would break these.
            let side = (padding - RULE_ROOM).twips();
            let vertical = properties::cell_margin(row_step, self.body.document.page.inner_rule);
            let sides = [
                ("w:top", vertical, row_step == RowStep::Full),
                ("w:left", side, padding == PADDING),
                ("w:bottom", vertical, row_step == RowStep::Full),
                ("w:right", side, padding == PADDING),
            ];
            if sides.iter().any(|(_, _, is_default)| !is_default) {
                xml.element("w:tblCellMar").children(|xml| {
                    for (side, width, _) in sides.into_iter().filter(|(_, _, is_default)| !is_default) {
                        xml.element(side).attr("w:w", width).attr("w:type", "dxa");
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

    /// Writes the rows of a piece of a group below the group's heads.
    fn group(&self, xml: &mut Xml, group: &Group<'_>, piece: &Piece<'_>, keeps_end: bool) {
        let (count, heads) = (group.rows.len(), group.rows.heads());
        let repeated = group.rows.lines().enumerate().take(if piece.rows.start > 0 { heads } else { 0 });
        let lines = repeated.chain(piece.rows.clone().zip(piece.lines.clone()));
        // `sections` has checked the grid.
        for (index, line) in lines.map_while(|(index, line)| Some((index, line.ok()?))) {
            let kind = match (index < heads, group.repeated) {
                (true, true) => RowKind::Repeated,
                (true, false) => RowKind::Head,
                (false, _) => RowKind::Body,
            };
            // The last row, mostly a total, stays with the one before it and the notes.
            let rows_left = count - index;
            let keeps_end_here =
                keeps_end && (rows_left == 2 || (rows_left == 1 && !self.planned.table.notes.is_empty()));
            let level = |row: usize| group.rows.get(row).map_or(0, |row| row.level);
            let is_last = index + 1 == piece.rows.end;
            let cuts = RowCuts {
                from: piece.cuts.from.filter(|_| index == piece.rows.start),
                until: piece.cuts.until.filter(|_| is_last),
            };
            let ends_page = is_last && (piece.rows.end < count || cuts.until.is_some());
            let keep_next = !ends_page
                && (keeps_end_here || level(index + 1) > level(index) || self.has_label_to_keep(group, index, &line));
            xml.element("w:tr").children(|xml| {
                let may_break = kind == RowKind::Body
                    && (self.is_tall(group.rows.index, &line)
                        || self.printed_pages(group.rows.index, &line).is_some_and(|(first, last)| first < last));
                xml.element("w:trPr").children(|xml| {
                    xml.flag("w:cantSplit", !may_break);
                    let height = match cuts {
                        RowCuts { from: None, until: None } => self.least_height(group, index, &line),
                        _ => self.row_step().least_height() - ROUNDING,
                    };
                    xml.element("w:trHeight").attr("w:val", height.twips()).attr("w:hRule", "atLeast");
                    xml.flag("w:tblHeader", kind == RowKind::Repeated);
                });
                for Placed { cell, slot } in &line {
                    // A label goes on below its own heads, and begins again where only its rows go on.
                    let starts = slot.row == index || (index == piece.rows.start && slot.row >= heads);
                    let place = CellPlace { group, slot: *slot, starts, kind, keep_next, cuts };
                    self.cell(xml, cell, &place);
                }
            });
        }
    }

    /// Returns whether a vertical label goes on in the next row and its rows take at most a third of a page, so that they
    /// stay together.
    fn has_label_to_keep(&self, group: &Group<'_>, row: usize, line: &[Placed<'_>]) -> bool {
        let heights = self.set.table.as_ref().map_or(&[][..], |measures| &measures.heights);
        self.vertical_labels
            && line.iter().filter(|placed| placed.cell.vertical).any(|Placed { cell, slot }| {
                let end = slot.row + usize::from(cell.rows);
                let rows = heights.get(group.first_row + slot.row..group.first_row + end).unwrap_or_default();
                row + 1 < end && rows.iter().copied().sum::<Length>() <= self.page_height / 3
            })
    }

    /// Returns the least height of a row: next to a vertical label, to which Word gives no room, and in a head of several
    /// rows, which LibreOffice does not heighten where it repeats it, the printed one.
    fn least_height(&self, group: &Group<'_>, row: usize, line: &[Placed<'_>]) -> Length {
        let is_beside_label = self.vertical_labels && line.iter().any(|placed| placed.cell.vertical);
        let is_of_head = row < group.rows.heads() && line.iter().any(|placed| placed.cell.rows > 1);
        let least = self.row_step().least_height() - ROUNDING;
        let Some(measures) = self.set.table.as_ref().filter(|_| is_beside_label || is_of_head) else { return least };
        measures.heights.get(group.first_row + row).map_or(least, |height| *height - ROUNDING)
    }

    /// Returns the number of lines that a row as high as printed has room for.
    pub(super) fn lines_in_row(&self, group: &Group<'_>, row: usize, pitch: Length) -> usize {
        let Some(measures) = &self.set.table else { return 0 };
        let height = measures.heights.get(group.first_row + row).copied().unwrap_or_default();
        let room = height - self.row_step().padding() * 2;
        (room.in_milli_pt() / pitch.in_milli_pt().max(1)).max(0) as usize
    }

    /// Returns whether a vertical label covers a row that may break. LibreOffice cuts off such a row at the end of the
    /// page, so all labels of the table are written with a line for each character.
    fn has_label_beside_tall_row(&self) -> bool {
        let table = self.planned.table;
        let mut rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
        rows.any(|row| row.cells.iter().any(|cell| cell.vertical))
            && table.groups().iter().any(|group| {
                let mut lines = group.lines().map_while(Result::ok);
                lines.any(|line| line.iter().any(|placed| placed.cell.vertical) && self.is_tall(group.index, &line))
            })
    }

    /// Returns whether a row is so tall that it may break, as may all rows next to such a cell: LibreOffice does not
    /// terminate on a cell taller than its page over rows that may not break.
    fn is_tall(&self, group: usize, line: &[Placed<'_>]) -> bool {
        let style = self.style(StyleName::TableText);
        line.iter().filter(|placed| !placed.cell.vertical).any(|Placed { cell, slot }| {
            let room = self.room(slot.column, usize::from(cell.columns)).max(style.size).in_milli_pt();
            let paragraphs = self.lines_of_cell(group, *slot).chunk_by(|one, next| one.part == next.part);
            let lines: i32 = paragraphs.map(|lines| (natural_width(lines).in_milli_pt() + room - 1) / room).sum();
            // LibreOffice does not terminate on many unbreakable rows next to tall cells over several of them.
            let max_height = if cell.rows > 1 { self.page_height / 3 } else { self.page_height * 2 / 3 };
            style.pitch * lines > max_height
        })
    }

    /// Returns the first and the last page of a row in print; none of a row without text.
    fn printed_pages(&self, group: usize, line: &[Placed<'_>]) -> Option<(usize, usize)> {
        let own = line.iter().filter(|placed| placed.cell.rows == 1);
        let pages = own.flat_map(|placed| self.lines_of_cell(group, placed.slot)).map(|line| (line.page, line.page));
        pages.reduce(|(first, last), (page, _)| (first.min(page), last.max(page)))
    }

    /// Returns whether a cell is short enough to be printed again where its rows go on.
    pub(super) fn is_label(&self, group: usize, placed: &Placed<'_>) -> bool {
        is_label(self.lines_of_cell(group, placed.slot).len(), placed.cell.vertical)
    }

    /// Returns how close its rows are.
    fn row_step(&self) -> RowStep {
        self.set.table.as_ref().map_or(RowStep::Full, |measures| measures.row_step)
    }

    /// Returns the style of its cells, in the size that fits.
    pub(super) fn style(&self, name: StyleName) -> ParagraphStyle {
        self.planned.type_step.apply(self.body.document.styles.get(name))
    }

    /// Returns the lines of a paragraph of a cell.
    pub(super) fn lines_of(&self, group: usize, slot: Slot, paragraph: usize) -> &[SetLine] {
        self.set.lines_of(BlockPart::Cell { group, row: slot.row, cell: slot.cell, paragraph })
    }

    /// Returns the lines of all paragraphs of a cell.
    fn lines_of_cell(&self, group: usize, slot: Slot) -> &[SetLine] {
        let part = |paragraph| BlockPart::Cell { group, row: slot.row, cell: slot.cell, paragraph };
        let start = self.set.lines.partition_point(|line| line.part < part(0));
        let lines = &self.set.lines[start..];
        &lines[..lines.iter().take_while(|line| line.part <= part(usize::MAX)).count()]
    }

    /// Returns the width of `count` columns from `column` on, in twips.
    pub(super) fn width(&self, column: usize, count: usize) -> i32 {
        let edge = |index: usize| index.checked_sub(1).and_then(|index| self.planned.column_edges.get(index)).copied();
        edge(column + count).unwrap_or(0) - edge(column).unwrap_or(0)
    }

    /// Returns the width of `count` columns from `column` on, without the padding of a cell.
    pub(super) fn room(&self, column: usize, count: usize) -> Length {
        Length::milli_pt(self.width(column, count) * 50) - self.planned.padding * 2
    }
}

impl<'a> Piece<'a> {
    fn whole(group: RowGroup<'a>) -> Self {
        let (lines, cuts) = (group.lines(), RowCuts::default());
        Piece { group, rows: 0..group.len(), lines, starts_page: false, cuts }
    }

    /// Cuts off the rows from `row` on, whose grid is `lines`.
    fn cut(&mut self, row: usize, lines: Lines<'a>) -> Self {
        let rows = row..std::mem::replace(&mut self.rows.end, row);
        Piece { group: self.group, rows, lines, starts_page: false, cuts: RowCuts::default() }
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

/// Returns the width of `lines` set on one line.
pub(super) fn natural_width(lines: &[SetLine]) -> Length {
    lines.iter().map(|line| line.natural_width).sum()
}
