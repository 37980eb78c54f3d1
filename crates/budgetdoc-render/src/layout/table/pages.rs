//! Distributes rows over pages and breaks rows that are too tall for a page.

use std::ops::Range;

use budgetdoc_document::Length;

use super::cells::SetCell;
use super::rows::{RowSection, Rows};

/// Fewest lines of a broken cell on either page.
const MIN_BROKEN_LINES: usize = 3;

/// The rows and lines of a table that are on pages already.
pub(super) struct Progress {
    /// The next row.
    row: usize,
    /// Whether that row began on an earlier page.
    broken: bool,
    /// The number of printed lines of every cell.
    printed: Vec<usize>,
}

/// A row on a page, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct RowPiece {
    pub row: usize,
    pub height: Length,
    /// Whether it repeats a row of an earlier page.
    pub is_repeated: bool,
    /// Whether it is a part of a broken row.
    pub is_part: bool,
    /// The lines of the cells that cover no other row.
    pub shares: Vec<LineShare>,
}

/// The lines a cell prints on a page.
#[derive(Clone, Debug)]
pub(super) struct LineShare {
    pub cell: usize,
    pub lines: Range<usize>,
    /// Whether they repeat those of an earlier page.
    pub is_repeated: bool,
}

/// The rows on a page, below the table's head.
#[derive(Clone, Debug, Default)]
pub(super) struct Fragment {
    pub pieces: Vec<RowPiece>,
    /// The lines of cells over several rows.
    pub spans: Vec<LineShare>,
}

impl Fragment {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl Progress {
    pub fn start(rows: &Rows<'_>) -> Self {
        Progress { row: rows.first_body_row(), broken: false, printed: vec![0; rows.cells.len()] }
    }

    /// Returns the next row and the number of its printed lines. A page that changes neither would be followed by
    /// others without end.
    pub fn mark(&self, rows: &Rows<'_>) -> (usize, usize) {
        let owners = rows.owners_of(self.row);
        (self.row, owners.iter().map(|cell| self.printed[*cell as usize]).sum())
    }

    pub fn is_done(&self, rows: &Rows<'_>) -> bool {
        self.row >= rows.sections.len()
    }
}

/// Fills `room` with the next rows. `full_room` is the room of an empty page, `notes` the height needed below the last
/// row. Returns an empty fragment if nothing fits, which an empty page allows only if not even a line has room.
pub(super) fn fill(
    rows: &Rows<'_>,
    progress: &mut Progress,
    room: Length,
    full_room: Length,
    notes: Length,
    page_is_empty: bool,
) -> Fragment {
    let mut filler = PageFiller { rows, progress, pieces: Vec::new(), room_left: room, full_room };
    filler.repeat_body_head();
    filler.repeat_groups();
    let least_width = filler.pieces.len();
    filler.take_rows(notes, least_width);
    if filler.progress.row < rows.sections.len() {
        filler.end_page(least_width, page_is_empty);
    }
    if filler.pieces.len() == least_width {
        return Fragment::default();
    }
    filler.make_room_for_labels();
    let pieces = filler.pieces;
    let spans = spans(rows, progress, &pieces);
    Fragment { pieces, spans }
}

struct PageFiller<'a> {
    rows: &'a Rows<'a>,
    progress: &'a mut Progress,
    pieces: Vec<RowPiece>,
    room_left: Length,
    full_room: Length,
}

impl PageFiller<'_> {
    /// Repeats the head of a body that continues from the page before.
    fn repeat_body_head(&mut self) {
        let row = self.progress.row;
        let Some(RowSection::Body(body)) = self.rows.sections.get(row).copied() else { return };
        let is_continued = self.progress.broken || (row > 0 && self.rows.sections[row - 1] == RowSection::Body(body));
        if !is_continued {
            return;
        }
        for head in self.rows.body_head(body) {
            let height = self.rows.heights[head];
            self.pieces.push(RowPiece {
                row: head,
                height,
                is_repeated: true,
                is_part: false,
                shares: whole_cells(self.rows, head, true),
            });
            self.room_left -= height;
            self.full_room -= height;
        }
    }

    /// Repeats the labels of the rows whose group continues from the page before, without their figures.
    fn repeat_groups(&mut self) {
        let row = self.progress.row;
        if row >= self.rows.sections.len() {
            return;
        }
        for group in self.rows.groups_of(row) {
            let labels = || own_cells(self.rows, group).filter(|(_, cell)| cell.is_label() && cell.is_words());
            let lines = labels().map(|(_, cell)| cell.height()).max().unwrap_or(Length::ZERO);
            let height = (lines + self.rows.padding()).max(self.rows.step.least_height());
            // A tall label would take the room of the rows.
            if lines == Length::ZERO || height > self.full_room / 4 {
                continue;
            }
            let shares = labels()
                .map(|(cell, set)| LineShare { cell, lines: 0..set.lines as usize, is_repeated: true })
                .collect();
            self.pieces.push(RowPiece { row: group, height, is_repeated: true, is_part: false, shares });
            self.room_left -= height;
            self.full_room -= height;
        }
    }

    /// Adds rows as long as they fit.
    fn take_rows(&mut self, notes: Length, least_width: usize) {
        let count = self.rows.sections.len();
        while self.progress.row < count {
            let row = self.progress.row;
            let piece = self.rest_of_row(row);
            if piece.height > self.room_left {
                return;
            }
            // The notes stay with the last row, unless it is the only one.
            let is_alone = self.pieces.len() == least_width;
            if row + 1 == count && !is_alone && notes <= self.full_room / 3 && piece.height + notes > self.room_left {
                return;
            }
            self.push(piece, true);
        }
    }

    /// Returns whether the page may not end below `row`.
    fn keeps_with_next_row(&self, row: usize) -> bool {
        matches!(self.rows.sections[row], RowSection::BodyHead(_))
            || self.rows.stays_with_row_above(row + 1)
            || self.rows.opens_group(row)
    }

    /// Returns whether the page would end above piece `end` within the rows of a label for which it has no room.
    fn cuts_label(&self, end: usize) -> bool {
        let last = self.pieces[end - 1].row;
        let mut cells = self.rows.spanning().map(|(_, cell)| cell);
        cells.any(|cell| {
            let covers = |piece: &&RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
            let have: Length = self.pieces.iter().filter(covers).map(|piece| piece.height).sum();
            let goes_on = (cell.row..cell.row + cell.rows - 1).contains(&last);
            goes_on && cell.is_label() && cell.height() + self.rows.padding() > have + self.room_left
        })
    }

    /// Chooses the end of the page among the rows that fit, or breaks the next one.
    fn end_page(&mut self, least_width: usize, page_is_empty: bool) {
        let row = self.progress.row;
        // A row that fits on a page, with what cells over several rows still lack, is not broken, unless that leaves more
        // than a fifth of the page blank.
        let tall = self.rows.heights[row].max(self.height_for_spans(row)) > self.full_room;
        let leaves_blank = self.room_left > self.full_room / 5
            && own_cells(self.rows, row).any(|(_, cell)| cell.height() + self.rows.padding() > self.room_left);
        if self.progress.broken || tall || leaves_blank {
            let force = page_is_empty && self.pieces.len() == least_width;
            if let Some(piece) = self.part_of_row(row, force) {
                self.push(piece, false);
                return;
            }
        }
        let mut back = self.pieces.len();
        while back > least_width
            && !self.pieces[back - 1].is_part
            && (self.keeps_with_next_row(self.pieces[back - 1].row) || self.cuts_label(back))
        {
            back -= 1;
        }
        let is_alone = back == least_width && page_is_empty;
        if (is_alone || back == self.pieces.len())
            && self.rows.stays_with_row_above(row)
            && self.move_lines_to_total(row)
        {
            return;
        }
        if !is_alone {
            if let Some(first) = self.pieces.get(back) {
                self.progress.row = first.row;
            }
            for piece in self.pieces.drain(back..) {
                for share in &piece.shares {
                    self.progress.printed[share.cell] = share.lines.start;
                }
            }
        }
    }

    /// Moves the last lines of the row above a total to the total's page, where the whole row cannot go there.
    fn move_lines_to_total(&mut self, mut total: usize) -> bool {
        let (room_left, printed, pieces) = (self.room_left, self.progress.printed.clone(), self.pieces.clone());
        // Consecutive totals move together.
        while let Some(piece) = self.pieces.pop_if(|piece| piece.row + 1 == total && !piece.is_repeated) {
            for share in piece.shares.iter().filter(|share| !share.is_repeated) {
                self.progress.printed[share.cell] = share.lines.start;
            }
            self.room_left += piece.height;
            if !piece.is_part && self.rows.stays_with_row_above(piece.row) {
                total = piece.row;
                continue;
            }
            let room = self.room_left;
            self.room_left = piece.height - Length::milli_pt(1);
            let is_part = self.part_of_row(piece.row, false);
            self.room_left = room;
            if let Some(is_part) = is_part {
                self.progress.row = piece.row;
                self.push(is_part, false);
                return true;
            }
            break;
        }
        (self.room_left, self.progress.printed, self.pieces) = (room_left, printed, pieces);
        false
    }

    fn push(&mut self, piece: RowPiece, complete: bool) {
        self.room_left -= piece.height;
        for share in &piece.shares {
            let printed = &mut self.progress.printed[share.cell];
            *printed = share.lines.end.max(*printed);
        }
        self.progress.broken = !complete;
        if complete {
            self.progress.row += 1;
        }
        self.pieces.push(piece);
    }

    /// Returns the rest of a row at its least height.
    fn rest_of_row(&self, row: usize) -> RowPiece {
        let broken = self.progress.broken;
        if !broken {
            let height = self.rows.heights[row].max(self.height_for_spans(row));
            return RowPiece {
                row,
                height,
                is_repeated: false,
                is_part: false,
                shares: whole_cells(self.rows, row, false),
            };
        }
        let mut shares = Vec::new();
        let mut height = Length::ZERO;
        for (index, cell) in own_cells(self.rows, row) {
            let share = self.remaining_lines(index);
            height = height.max(cell.pitch * share.lines.len() as i32);
            shares.push(share);
        }
        let height = (height + self.rows.padding()).max(self.rows.step.least_height()).max(self.height_for_spans(row));
        RowPiece { row, height, is_repeated: false, is_part: true, shares }
    }

    /// Returns the lines of a cell that are not printed yet; a printed label is repeated. A number is not: who adds up
    /// the rows would count it twice.
    fn remaining_lines(&self, index: usize) -> LineShare {
        let cell = &self.rows.cells[index];
        let (printed, count) = (self.progress.printed[index], cell.lines as usize);
        // A label that fills half a page would take the room of the cells next to it.
        let short = cell.is_label() && cell.height() + self.rows.padding() <= self.full_room / 2;
        let is_repeated = count > 0 && printed >= count && short && !cell.is_number();
        LineShare { cell: index, lines: if is_repeated { 0..count } else { printed..count }, is_repeated }
    }

    /// Returns the height that the remaining lines of cells over several rows need in `row`, their last one.
    fn height_for_spans(&self, row: usize) -> Length {
        let ending = self.rows.spanning().filter(|(_, cell)| cell.row + cell.rows == row + 1);
        ending
            .map(|(index, cell)| {
                let missing = self.remaining_lines(index).lines.len();
                let present: Length = self
                    .pieces
                    .iter()
                    .filter(|piece| piece.row >= cell.row && !piece.is_repeated)
                    .map(|p| p.height)
                    .sum();
                cell.pitch * missing as i32 + if missing > 0 { self.rows.padding() } else { Length::ZERO } - present
            })
            .max()
            .unwrap_or(Length::ZERO)
    }

    /// Heightens the last row that a label covers on this page to fit the label, if the page has room.
    fn make_room_for_labels(&mut self) {
        for (_, cell) in self.rows.spanning().filter(|(_, cell)| cell.is_label()) {
            let covers = |piece: &RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
            let have: Length = self.pieces.iter().filter(|piece| covers(piece)).map(|piece| piece.height).sum();
            let lack = cell.height() + self.rows.padding() - have;
            if lack <= Length::ZERO || lack > self.room_left {
                continue;
            }
            if let Some(last) = self.pieces.iter_mut().rfind(|piece| covers(piece)) {
                last.height += lack;
                self.room_left -= lack;
            }
        }
    }

    /// Returns the part of a row that fits on the page; none if that is too little. With `force`, at least a line.
    fn part_of_row(&self, row: usize, force: bool) -> Option<RowPiece> {
        let room = self.room_left - self.rows.padding();
        let mut shares = Vec::new();
        let mut height = Length::ZERO;
        for (index, cell) in own_cells(self.rows, row) {
            let mut share = self.remaining_lines(index);
            let range = share.lines.clone();
            let fit = (room.in_milli_pt() / cell.pitch.in_milli_pt().max(1)).max(0) as usize;
            let count = if range.len() <= fit {
                range.len()
            } else if share.is_repeated {
                // A label is repeated whole or not at all.
                share.lines = range.end..range.end;
                shares.push(share);
                continue;
            } else if cell.is_label() && !force {
                return None;
            } else {
                let count = if range.len() - fit < MIN_BROKEN_LINES {
                    range.len().saturating_sub(MIN_BROKEN_LINES)
                } else {
                    fit
                };
                if count < MIN_BROKEN_LINES && !force {
                    return None;
                }
                if force { count.max(1).min(fit) } else { count }
            };
            if count == 0 && !range.is_empty() {
                return None;
            }
            height = height.max(cell.pitch * count as i32);
            share.lines.end = range.start + count;
            shares.push(share);
        }
        // A text over several rows that is longer than they are flows on below the last of them.
        let height = (height + self.rows.padding()).max(self.height_for_spans(row).min(self.room_left));
        Some(RowPiece { row, height, is_repeated: false, is_part: true, shares })
    }
}

/// Returns the cells of a row that cover no other.
fn own_cells<'a>(rows: &'a Rows<'_>, row: usize) -> impl Iterator<Item = (usize, &'a SetCell<'a>)> {
    rows.cells_from(row).map(|index| (index, &rows.cells[index])).filter(|(_, cell)| cell.rows == 1)
}

pub(super) fn whole_cells(rows: &Rows<'_>, row: usize, is_repeated: bool) -> Vec<LineShare> {
    own_cells(rows, row).map(|(cell, set)| LineShare { cell, lines: 0..set.lines as usize, is_repeated }).collect()
}

/// Returns the lines that cells over several rows print next to these pieces: labels whole on every page that has room,
/// of longer texts the lines that fit.
fn spans(rows: &Rows<'_>, progress: &mut Progress, pieces: &[RowPiece]) -> Vec<LineShare> {
    let mut spans = Vec::new();
    for (index, cell) in rows.spanning() {
        let covers = |piece: &&RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
        let Some(first) = pieces.iter().find(covers) else { continue };
        if first.is_repeated {
            spans.push(LineShare { cell: index, lines: 0..cell.lines as usize, is_repeated: true });
            continue;
        }
        let height: Length = pieces.iter().filter(covers).map(|piece| piece.height).sum();
        let room = ((height - rows.padding()).in_milli_pt() / cell.pitch.in_milli_pt().max(1)).max(0) as usize;
        let (printed, count) = (progress.printed[index], cell.lines as usize);
        if printed >= count {
            if cell.is_label() && count <= room {
                spans.push(LineShare { cell: index, lines: 0..count, is_repeated: true });
            }
            continue;
        }
        if cell.is_label() && count > room {
            // A label is printed whole, if necessary on the next page.
            continue;
        }
        let end = (printed + room).min(count);
        spans.push(LineShare { cell: index, lines: printed..end, is_repeated: false });
        progress.printed[index] = end;
    }
    spans
}
