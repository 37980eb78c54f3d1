//! Which rows stand on which page, and where a row too tall for a page is broken.

use std::ops::Range;

use budgetdoc_document::Length;

use super::rows::{LEAST, PADDING_ABOVE, RowSection, Rows};

/// Fewest lines of a broken cell on either page.
const FEWEST: usize = 2;

/// How far a table has been dealt out.
pub(super) struct Progress {
    /// The next row.
    row: usize,
    /// Whether that row has begun on an earlier page.
    broken: bool,
    /// For every cell the lines that are printed.
    printed: Vec<usize>,
}

/// A row on a page, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct RowPiece {
    pub row: usize,
    pub height: Length,
    /// Whether it is a head row printed again.
    pub again: bool,
    /// Whether the row is broken and this is one of its parts.
    pub part: bool,
    /// What the cells of this row alone print here.
    pub shares: Vec<LineShare>,
}

/// The lines a cell prints on a page.
#[derive(Clone, Debug)]
pub(super) struct LineShare {
    pub cell: usize,
    pub lines: Range<usize>,
    /// Whether they were printed on an earlier page: a label that comes again.
    pub again: bool,
}

/// What a page holds of a table, below the table's head.
#[derive(Clone, Debug, Default)]
pub(super) struct Fragment {
    pub pieces: Vec<RowPiece>,
    /// What cells over several rows print here.
    pub spans: Vec<LineShare>,
}

impl Fragment {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl Progress {
    pub fn start(rows: &Rows) -> Self {
        Progress { row: rows.first_body_row(), broken: false, printed: vec![0; rows.cells.len()] }
    }

    /// Returns the next row and how much of its cells is printed. A page that leaves that as it was will be followed by
    /// others without end.
    pub fn mark(&self, rows: &Rows) -> (usize, usize) {
        let printed = |owners: &Vec<usize>| owners.iter().map(|cell| self.printed[*cell]).sum();
        (self.row, rows.owners.get(self.row).map_or(0, printed))
    }

    pub fn done(&self, rows: &Rows) -> bool {
        self.row >= rows.sections.len()
    }
}

/// Fills `room` with the next rows. `full` is the room of an empty page, `notes` what must fit below the last row.
/// Empty if nothing fits; on an empty page (`fresh`) something always does, unless not even a line has room.
pub(super) fn fill(
    rows: &Rows,
    progress: &mut Progress,
    room: Length,
    full: Length,
    notes: Length,
    fresh: bool,
) -> Fragment {
    let mut filler = Filler { rows, progress, pieces: Vec::new(), left: room, full };
    filler.repeat_body_head();
    filler.repeat_groups();
    let least = filler.pieces.len();
    filler.take_rows(notes, least);
    if filler.progress.row < rows.sections.len() {
        filler.end_page(least, fresh);
    }
    if filler.pieces.len() == least {
        return Fragment::default();
    }
    filler.make_room_for_labels();
    let pieces = filler.pieces;
    let spans = spans(rows, progress, &pieces);
    Fragment { pieces, spans }
}

struct Filler<'a> {
    rows: &'a Rows,
    progress: &'a mut Progress,
    pieces: Vec<RowPiece>,
    left: Length,
    full: Length,
}

impl Filler<'_> {
    /// The head of the body that goes on from the page before.
    fn repeat_body_head(&mut self) {
        let row = self.progress.row;
        let Some(RowSection::Body(body)) = self.rows.sections.get(row).copied() else { return };
        let goes_on = self.progress.broken || (row > 0 && self.rows.sections[row - 1] == RowSection::Body(body));
        if !goes_on {
            return;
        }
        for head in self.rows.body_head(body) {
            let height = self.rows.heights[head];
            self.pieces.push(RowPiece {
                row: head,
                height,
                again: true,
                part: false,
                shares: whole(self.rows, head, true),
            });
            self.left -= height;
            self.full -= height;
        }
    }

    /// The words of the rows that name the group which goes on from the page before; their figures stand there.
    fn repeat_groups(&mut self) {
        let row = self.progress.row;
        if row >= self.rows.sections.len() {
            return;
        }
        for group in self.rows.groups_of(row) {
            let named = || alone(self.rows, group).filter(|(_, cell)| cell.is_label() && cell.is_words());
            let lines = named().map(|(_, cell)| cell.height()).max().unwrap_or(Length::ZERO);
            let height = (lines + PADDING_ABOVE * 2).max(LEAST);
            // A name that takes the rows' room helps nobody.
            if lines == Length::ZERO || height > self.full / 4 {
                continue;
            }
            let shares =
                named().map(|(cell, set)| LineShare { cell, lines: 0..set.lines.len(), again: true }).collect();
            self.pieces.push(RowPiece { row: group, height, again: true, part: false, shares });
            self.left -= height;
            self.full -= height;
        }
    }

    /// Takes rows as long as they fit.
    fn take_rows(&mut self, notes: Length, least: usize) {
        let count = self.rows.sections.len();
        while self.progress.row < count {
            let row = self.progress.row;
            let piece = self.rest_of_row(row);
            if piece.height > self.left {
                return;
            }
            // The notes stay with the last row, unless it stands alone already.
            let alone = self.pieces.len() == least;
            if row + 1 == count && !alone && notes <= self.full / 3 && piece.height + notes > self.left {
                return;
            }
            self.push(piece, true);
        }
    }

    /// Returns whether `row` may not end a page.
    fn keeps(&self, row: usize) -> bool {
        matches!(self.rows.sections[row], RowSection::BodyHead(_)) || self.rows.closes(row + 1) || self.rows.opens(row)
    }

    /// Decides where the page ends, after the rows that fit.
    fn end_page(&mut self, least: usize, fresh: bool) {
        let row = self.progress.row;
        // A row that a page can hold, with what cells over several rows still lack, stays whole, whatever that leaves blank.
        let tall = self.rows.heights[row].max(self.span_need(row)) > self.full;
        if self.progress.broken || tall {
            let force = fresh && self.pieces.len() == least;
            if let Some(piece) = self.part_of_row(row, force) {
                self.push(piece, false);
                return;
            }
        }
        let mut back = self.pieces.len();
        while back > least && !self.pieces[back - 1].part && self.keeps(self.pieces[back - 1].row) {
            back -= 1;
        }
        let alone = back == least && fresh;
        if (alone || back == self.pieces.len()) && self.rows.closes(row) && self.share_with_total(row) {
            return;
        }
        if !alone {
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

    /// Leaves the last lines of the row above a total to the page of the total, where the row as a whole cannot go there.
    fn share_with_total(&mut self, mut total: usize) -> bool {
        let (left, printed, pieces) = (self.left, self.progress.printed.clone(), self.pieces.clone());
        // Of totals that follow each other, all go.
        while let Some(piece) = self.pieces.pop_if(|piece| piece.row + 1 == total && !piece.again) {
            for share in piece.shares.iter().filter(|share| !share.again) {
                self.progress.printed[share.cell] = share.lines.start;
            }
            self.left += piece.height;
            if !piece.part && self.rows.closes(piece.row) {
                total = piece.row;
                continue;
            }
            let room = self.left;
            self.left = piece.height - Length::milli_pt(1);
            let part = self.part_of_row(piece.row, false);
            self.left = room;
            if let Some(part) = part {
                self.progress.row = piece.row;
                self.push(part, false);
                return true;
            }
            break;
        }
        (self.left, self.progress.printed, self.pieces) = (left, printed, pieces);
        false
    }

    fn push(&mut self, piece: RowPiece, complete: bool) {
        self.left -= piece.height;
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

    /// Returns what remains of a row, as tall as it must be.
    fn rest_of_row(&self, row: usize) -> RowPiece {
        let broken = self.progress.broken;
        if !broken {
            let height = self.rows.heights[row].max(self.span_need(row));
            return RowPiece { row, height, again: false, part: false, shares: whole(self.rows, row, false) };
        }
        let mut shares = Vec::new();
        let mut height = Length::ZERO;
        for (index, cell) in alone(self.rows, row) {
            let share = self.remaining(index);
            height = height.max(cell.pitch * share.lines.len() as i32);
            shares.push(share);
        }
        let height = (height + PADDING_ABOVE * 2).max(LEAST).max(self.span_need(row));
        RowPiece { row, height, again: false, part: true, shares }
    }

    /// Returns the lines of a cell that are still to be printed; a label that is printed comes again.
    fn remaining(&self, index: usize) -> LineShare {
        let cell = &self.rows.cells[index];
        let (printed, count) = (self.progress.printed[index], cell.lines.len());
        // Where a label fills half a page, the words beside it need the room.
        let short = cell.is_label() && cell.height() + PADDING_ABOVE * 2 <= self.full / 2;
        let again = count > 0 && printed >= count && short;
        LineShare { cell: index, lines: if again { 0..count } else { printed..count }, again }
    }

    /// Returns the height the row needs so that cells over several rows that end in it have room for lines never printed.
    fn span_need(&self, row: usize) -> Length {
        let ending = self.rows.spanning().filter(|(_, cell)| cell.row + cell.rows == row + 1);
        ending
            .map(|(index, cell)| {
                let missing = self.remaining(index).lines.len();
                let here: Length =
                    self.pieces.iter().filter(|piece| piece.row >= cell.row && !piece.again).map(|p| p.height).sum();
                cell.pitch * missing as i32 + if missing > 0 { PADDING_ABOVE * 2 } else { Length::ZERO } - here
            })
            .max()
            .unwrap_or(Length::ZERO)
    }

    /// Makes the last row that a label covers on this page tall enough for the label, if the page has the room.
    fn make_room_for_labels(&mut self) {
        for (_, cell) in self.rows.spanning().filter(|(_, cell)| cell.is_label()) {
            let covers = |piece: &RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
            let have: Length = self.pieces.iter().filter(|piece| covers(piece)).map(|piece| piece.height).sum();
            let lack = cell.height() + PADDING_ABOVE * 2 - have;
            if lack <= Length::ZERO || lack > self.left {
                continue;
            }
            if let Some(last) = self.pieces.iter_mut().rfind(|piece| covers(piece)) {
                last.height += lack;
                self.left -= lack;
            }
        }
    }

    /// As much of a row as the page has room for; none if that is too little. With `force`, at least a line.
    fn part_of_row(&self, row: usize, force: bool) -> Option<RowPiece> {
        let room = self.left - PADDING_ABOVE * 2;
        let mut shares = Vec::new();
        let mut height = Length::ZERO;
        for (index, cell) in alone(self.rows, row) {
            let mut share = self.remaining(index);
            let range = share.lines.clone();
            let fit = (room.in_milli_pt() / cell.pitch.in_milli_pt().max(1)).max(0) as usize;
            let count = if range.len() <= fit {
                range.len()
            } else if share.again {
                // A label comes again whole or not at all.
                share.lines = range.end..range.end;
                shares.push(share);
                continue;
            } else if cell.is_label() && !force {
                return None;
            } else {
                let count = if range.len() - fit < FEWEST { range.len().saturating_sub(FEWEST) } else { fit };
                if count < FEWEST && !force {
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
        Some(RowPiece { row, height: height + PADDING_ABOVE * 2, again: false, part: true, shares })
    }
}

/// Returns the cells of a row that cover no other.
fn alone(rows: &Rows, row: usize) -> impl Iterator<Item = (usize, &super::cells::SetCell)> {
    rows.alone[row].iter().map(|index| (*index, &rows.cells[*index]))
}

pub(super) fn whole(rows: &Rows, row: usize, again: bool) -> Vec<LineShare> {
    alone(rows, row).map(|(cell, set)| LineShare { cell, lines: 0..set.lines.len(), again }).collect()
}

/// Returns the lines that cells over several rows print beside these pieces: all of them where there is room, again on
/// every page for labels; what fits of longer texts.
fn spans(rows: &Rows, progress: &mut Progress, pieces: &[RowPiece]) -> Vec<LineShare> {
    let mut spans = Vec::new();
    for (index, cell) in rows.spanning() {
        let covers = |piece: &&RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
        let Some(first) = pieces.iter().find(covers) else { continue };
        if first.again {
            spans.push(LineShare { cell: index, lines: 0..cell.lines.len(), again: true });
            continue;
        }
        let height: Length = pieces.iter().filter(covers).map(|piece| piece.height).sum();
        let room = ((height - PADDING_ABOVE * 2).in_milli_pt() / cell.pitch.in_milli_pt().max(1)).max(0) as usize;
        let (printed, count) = (progress.printed[index], cell.lines.len());
        if printed >= count {
            if cell.is_label() && count <= room {
                spans.push(LineShare { cell: index, lines: 0..count, again: true });
            }
            continue;
        }
        if cell.is_label() && count > room {
            // A label is printed whole or, where a page has no room for it, on the next.
            continue;
        }
        let end = (printed + room).min(count);
        spans.push(LineShare { cell: index, lines: printed..end, again: false });
        progress.printed[index] = end;
    }
    spans
}
