//! Widths of columns from their content.

use budgetdoc_document::{ColumnKind, Length, Table};

use super::cells::SetCell;
use super::rows::{RowSection, Rows};
use super::{PADDING, TIGHT_PADDING, name};
use crate::RenderError;

/// Characters of a head that stand well on one line.
const HEAD_CHARACTERS: i32 = 6;

/// How often width is moved between columns in search of a shorter table.
const TRIALS: usize = 40;

/// What a column's content asks for, paddings included.
#[derive(Clone, Copy, Debug, Default)]
struct Want {
    /// Below this, nothing can be set.
    utmost: i64,
    /// Below this, words are torn.
    least: i64,
    /// At this, no cell of the bodies breaks.
    body: i64,
    /// At this, the heads are at ease too.
    natural: i64,
    fixed: bool,
}

/// Returns widths that fill `width` exactly, and the padding they were made for.
///
/// Fixed widths are kept, unless a figure is wider and nothing else gives room for it. Every column gets what keeps its words whole; what is left goes to the bodies' content, then
/// to columns of figures until they are alike, then to long heads, then to all. Where not even the words fit, padding
/// shrinks, and then words are torn.
///
/// # Errors
/// The content does not fit however it is broken.
pub(super) fn widths(
    table: &Table,
    index: usize,
    rows: &Rows,
    width: Length,
) -> Result<(Vec<Length>, Length), RenderError> {
    let total = i64::from(width.in_milli_pt());
    let mut excess = 0;
    let fixed: i64 = table.columns.iter().filter_map(|column| column.width).map(milli).sum();
    let tries = [
        (true, PADDING, false),
        (true, TIGHT_PADDING, false),
        (true, TIGHT_PADDING, true),
        (false, PADDING, false),
        (false, TIGHT_PADDING, false),
        (false, TIGHT_PADDING, true),
    ];
    // Widths that leave no room of themselves are the profile's fault and said so.
    for (keep, padding, torn) in tries.into_iter().take(if fixed > total { 3 } else { tries.len() }) {
        let wants = wants(table, rows, keep, padding, total);
        let floor = |want: &Want| if torn { want.utmost } else { want.least };
        excess = wants.iter().map(floor).sum::<i64>() - total;
        if excess <= 0 {
            let amounts = |column: usize| table.columns[column].kind == ColumnKind::Amount;
            let balance = |floors: &[i64], widths: &mut [i64]| shorten(rows, &wants, floors, padding, widths);
            return Ok((share(&wants, floor, total, amounts, balance), padding));
        }
    }
    let excess = ((excess + 999) / 1000) as i32;
    Err(RenderError::TableTooWide { table: name(table, index), excess })
}

fn wants(table: &Table, rows: &Rows, keep: bool, padding: Length, total: i64) -> Vec<Want> {
    let padding = milli(padding) * 2;
    let mut wants = vec![
        Want { utmost: padding, least: padding, body: padding, natural: padding, fixed: false };
        table.columns.len()
    ];
    for (want, column) in wants.iter_mut().zip(&table.columns) {
        if let Some(width) = column.width.filter(|_| keep) {
            let width = milli(width);
            *want = Want { utmost: width, least: width, body: width, natural: width, fixed: true };
        }
    }
    for cell in rows.cells.iter().filter(|cell| cell.columns == 1) {
        let want = &mut wants[cell.column];
        let utmost = milli(cell.utmost()) + padding;
        if want.fixed && want.utmost < utmost {
            // A figure is not torn to keep a width.
            *want = Want { utmost, least: utmost, body: utmost, natural: utmost, fixed: true };
        }
        if !want.fixed {
            want.utmost = want.utmost.max(utmost);
            want.least = want.least.max(milli(cell.least()) + padding);
            if matches!(rows.sections[cell.row], RowSection::Body(_)) {
                want.body = want.body.max(milli(cell.natural()) + padding).min(total);
            }
            want.natural = want.natural.max(milli(comfortable(rows, cell)) + padding).min(total);
        }
    }
    // A column of nothing but labels set downwards is as narrow as they are.
    for (column, want) in wants.iter_mut().enumerate() {
        let mut words = rows.cells.iter().filter(|cell| cell.columns == 1 && cell.column == column && !cell.is_empty());
        if words.clone().next().is_some() && words.all(SetCell::is_stacked) && !want.fixed {
            *want = Want { body: want.least, natural: want.least, fixed: true, ..*want };
        }
    }
    // A spanning cell widens its columns where it needs more than they have, words first.
    for cell in rows.cells.iter().filter(|cell| cell.columns > 1) {
        let range = cell.column..cell.column + cell.columns;
        let words = |column: usize| matches!(table.columns[column].kind, ColumnKind::Text | ColumnKind::Label);
        let free: Vec<usize> = range.clone().filter(|column| !wants[*column].fixed).collect();
        let wide: Vec<usize> = free.iter().copied().filter(|column| words(*column)).collect();
        let takers = if wide.is_empty() { free } else { wide };
        let widen = |wants: &mut [Want], need: Length, field: fn(&mut Want) -> &mut i64| {
            let have: i64 = range.clone().map(|column| *field(&mut wants[column])).sum();
            let lack = (milli(need) + padding).min(total) - have;
            if lack > 0 && !takers.is_empty() {
                let each = (lack + takers.len() as i64 - 1) / takers.len() as i64;
                for column in &takers {
                    *field(&mut wants[*column]) += each;
                }
            }
        };
        widen(&mut wants, cell.utmost(), |want| &mut want.utmost);
        widen(&mut wants, cell.least(), |want| &mut want.least);
        if matches!(rows.sections[cell.row], RowSection::Body(_)) {
            widen(&mut wants, cell.natural(), |want| &mut want.body);
        }
        widen(&mut wants, comfortable(rows, cell), |want| &mut want.natural);
    }
    for want in &mut wants {
        want.least = want.least.max(want.utmost);
        want.body = want.body.max(want.least);
        want.natural = want.natural.max(want.body);
    }
    wants
}

fn milli(length: Length) -> i64 {
    i64::from(length.in_milli_pt())
}

/// Returns the width at which a cell is at ease: on one line, but long heads on two or three.
fn comfortable(rows: &Rows, cell: &SetCell) -> Length {
    let natural = cell.natural();
    if matches!(rows.sections[cell.row], RowSection::Body(_)) {
        return natural;
    }
    let lines = (natural.in_milli_pt() / (cell.size * HEAD_CHARACTERS).in_milli_pt().max(1) + 1).min(3);
    if lines == 1 { natural } else { (natural / lines + cell.size).max(cell.least()) }
}

/// Shares `total` among the columns, none below its floor.
fn share(
    wants: &[Want],
    floor: impl Fn(&Want) -> i64,
    total: i64,
    amounts: impl Fn(usize) -> bool,
    balance: impl Fn(&[i64], &mut [i64]),
) -> Vec<Length> {
    let mut widths: Vec<i64> = wants.iter().map(floor).collect();
    let spare = |widths: &[i64]| total - widths.iter().sum::<i64>();
    let room = spare(&widths);
    keep_words(wants, &mut widths, room);
    let floors = widths.clone();
    // In proportion, which gives the texts of a row about the same height; better shares are looked for from there.
    raise(&mut widths, spare, |column, width| wants[column].body - width);
    if spare(&widths) == 0 {
        balance(&floors, &mut widths);
    }
    // Columns of figures become alike where there is room: forms look calmer so.
    let alike: Vec<usize> = (0..wants.len()).filter(|column| amounts(*column) && !wants[*column].fixed).collect();
    let widest = alike.iter().map(|column| widths[*column]).max().unwrap_or(0);
    if alike.iter().map(|column| widest - widths[*column]).sum::<i64>() <= spare(&widths) {
        for column in &alike {
            widths[*column] = widest;
        }
    }
    raise(&mut widths, spare, |column, width| wants[column].natural - width);
    let rest = spare(&widths);
    let all: i64 = widths.iter().zip(wants).filter(|(_, want)| !want.fixed).map(|(width, _)| width).sum();
    if all > 0 {
        // What is left is shared out by width, to the last thousandth of a point.
        let (mut seen, mut given) = (0, 0);
        for (width, _) in widths.iter_mut().zip(wants).filter(|(_, want)| !want.fixed) {
            seen += *width;
            let until = rest * seen / all;
            *width += until - given;
            given = until;
        }
    }
    widths.into_iter().map(|width| Length::milli_pt(width as i32)).collect()
}

/// Where not all words have room, those that need least room stay whole, and few columns tear theirs.
fn keep_words(wants: &[Want], widths: &mut [i64], mut spare: i64) {
    let mut lacking: Vec<(i64, usize)> = wants
        .iter()
        .zip(&*widths)
        .map(|(want, width)| want.least - width)
        .zip(0..)
        .filter(|(lack, _)| *lack > 0)
        .collect();
    lacking.sort_unstable();
    for (lack, column) in lacking {
        let given = lack.min(spare);
        widths[column] += given;
        spare -= given;
    }
}

/// Gives every column what it lacks, or the same part of it where there is too little.
fn raise(widths: &mut [i64], spare: impl Fn(&[i64]) -> i64, lack: impl Fn(usize, i64) -> i64) {
    let lacks: Vec<i64> = widths.iter().enumerate().map(|(column, width)| lack(column, *width).max(0)).collect();
    let (room, all) = (spare(widths).max(0), lacks.iter().sum::<i64>());
    for (width, lack) in widths.iter_mut().zip(lacks) {
        *width += if all <= room { lack } else { room * lack / all };
    }
}

/// Moves width between columns as long as that makes the table shorter. Heights are estimated from areas: to break every
/// cell for every trial would cost more than setting the document.
fn shorten(rows: &Rows, wants: &[Want], floors: &[i64], padding: Length, widths: &mut [i64]) {
    // Row, columns and area of the cells that may take more than a line.
    let mut cells: Vec<(usize, usize, usize, i64, i64)> = Vec::new();
    let mut step = 0;
    for cell in rows.cells.iter().filter(|cell| cell.rows == 1) {
        let end = cell.column + cell.columns;
        let least: i64 = floors[cell.column..end].iter().sum();
        if milli(cell.natural()) + milli(padding) * 2 > least {
            cells.push((cell.row, cell.column, end, milli(cell.natural()), milli(cell.pitch)));
            step = step.max(milli(cell.size));
        }
    }
    cells.sort_unstable();
    let height = |widths: &[i64]| {
        let (mut sum, mut row, mut tallest) = (0, usize::MAX, 0);
        for (of, start, end, natural, pitch) in &cells {
            if *of != row {
                sum += tallest;
                (row, tallest) = (*of, 0);
            }
            let room = (widths[*start..*end].iter().sum::<i64>() - milli(padding) * 2).max(1);
            // A little more than the area: lines end short of the edge.
            tallest = tallest.max(((natural * 102 / 100 + room - 1) / room) * pitch);
        }
        sum + tallest
    };
    let mut best = height(widths);
    for _ in 0..TRIALS {
        let mut better = None;
        for from in 0..widths.len() {
            if wants[from].fixed || widths[from] - step < floors[from] {
                continue;
            }
            for to in 0..widths.len() {
                if to == from || wants[to].fixed || widths[to] >= wants[to].natural {
                    continue;
                }
                widths[from] -= step;
                widths[to] += step;
                let tried = height(widths);
                widths[from] += step;
                widths[to] -= step;
                if tried < best {
                    best = tried;
                    better = Some((from, to));
                }
            }
        }
        let Some((from, to)) = better else { return };
        widths[from] -= step;
        widths[to] += step;
    }
}
