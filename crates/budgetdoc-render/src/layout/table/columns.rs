//! Widths of columns from their content.

use budgetdoc_document::{ColumnKind, Length, Table};

use super::super::TypeStep;
use super::cells::SetCell;
use super::rows::{RowSection, Rows};
use super::shorten::Shortener;
use super::{CLOSE_PADDING, CLOSER_PADDING, PADDING, TIGHT_PADDING};

/// Characters of a head that fit comfortably on one line.
const HEAD_CHARACTERS: i32 = 6;

/// Widths that a column's content needs, with its padding, in thousandths of a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ColumnNeed {
    /// Smallest width in which its content can be set.
    min_width: i64,
    /// Smallest width that breaks no word.
    least_width: i64,
    /// Width at which no cell of the bodies breaks.
    body: i64,
    /// Width at which the heads are comfortable too.
    pub natural_width: i64,
    pub fixed: bool,
}

/// What becomes of the widths that the profile fixes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fixed {
    /// They are kept, but for a figure that is wider than its column.
    Kept,
    /// The other columns give a wider figure its room, as far as their words allow.
    Yielding,
    /// They are dropped.
    Free,
}

/// A way to fit the columns into their table.
#[derive(Clone, Copy)]
struct Attempt {
    fixed: Fixed,
    padding: Length,
    may_break_words: bool,
}

/// Returns widths that fill `width` exactly, and the padding they were made for.
///
/// Fixed widths are kept, unless a figure is wider: then the other columns give it room, if their words allow. Every
/// column gets the width of its widest word; the rest goes to the content of the bodies, then to columns of figures
/// until they are equal, then to long heads, then to all. Where the words do not fit, the padding shrinks, and then
/// words are broken, but for `label` characters of each. It is closer, too, where no width is fixed and that makes a
/// table shorter by a tenth.
///
/// # Errors
/// The excess width in points, if the content does not fit however it is broken.
pub(super) fn widths(
    table: &Table,
    rows: &Rows<'_>,
    width: Length,
    (step, label): (TypeStep, i32),
) -> Result<(Vec<Length>, Length), i32> {
    let tight = step.reduce(TIGHT_PADDING);
    let total = i64::from(width.in_milli_pt());
    let mut excess = 0;
    let fixed: i64 = table.columns.iter().filter_map(|column| column.width).map(milli).sum();
    let attempts = [
        (Fixed::Kept, PADDING, false),
        (Fixed::Yielding, PADDING, false),
        (Fixed::Kept, CLOSE_PADDING, false),
        (Fixed::Kept, CLOSER_PADDING, false),
        (Fixed::Kept, tight, false),
        (Fixed::Kept, tight, true),
        (Fixed::Free, PADDING, false),
        (Fixed::Free, CLOSE_PADDING, false),
        (Fixed::Free, CLOSER_PADDING, false),
        (Fixed::Free, tight, false),
        (Fixed::Free, tight, true),
    ];
    // Fixed widths that exceed the table on their own are reported: they are an error of the profile.
    let attempts = attempts.into_iter().filter(|(kept, ..)| *kept == Fixed::Kept || fixed <= total);
    for (kept, padding, may_break_words) in attempts {
        let attempt = Attempt { fixed: kept, padding, may_break_words };
        match fit(table, rows, total, label, attempt) {
            Ok((widths, height)) => {
                let paddings = [PADDING, CLOSE_PADDING, CLOSER_PADDING, tight];
                let closer = paddings.into_iter().find(|closer| fixed == 0 && *closer < padding);
                return match closer
                    .map(|padding| (padding, fit(table, rows, total, label, Attempt { padding, ..attempt })))
                {
                    Some((padding, Ok((closer, shorter)))) if shorter * 10 <= height * 9 => Ok((closer, padding)),
                    _ => Ok((widths, padding)),
                };
            }
            Err(width) => excess = width,
        }
    }
    Err(((excess + 999) / 1000) as i32)
}

/// Returns the widths of columns, and the height of the table as [`Shortener`] counts it; or the width they lack.
fn fit(table: &Table, rows: &Rows<'_>, total: i64, label: i32, attempt: Attempt) -> Result<(Vec<Length>, i64), i64> {
    let Attempt { fixed, padding, may_break_words } = attempt;
    let mut needs = needs(table, rows, label, fixed != Fixed::Free, padding, total);
    if fixed == Fixed::Yielding {
        give_way(&mut needs, rows, padding, total);
    }
    let floor = |need: &ColumnNeed| if may_break_words { need.min_width } else { need.least_width };
    let excess = needs.iter().map(floor).sum::<i64>() - total;
    if excess > 0 {
        return Err(excess);
    }
    let amounts = |column: usize| table.columns[column].kind == ColumnKind::Amount;
    let mut floors: Vec<i64> = needs.iter().map(floor).collect();
    let room = total - floors.iter().sum::<i64>();
    keep_words(&needs, &mut floors, room);
    let shortener = Shortener::new(rows, &needs, &floors, padding);
    let shortest = |first: fn(&ColumnNeed) -> i64| {
        let (mut widths, equal) = distribute(&needs, &floors, total, amounts, first);
        (shortener.shorten(&equal, &mut widths), widths)
    };
    let (mut height, mut widths) = shortest(|need| need.body);
    if needs.iter().map(|need| need.natural_width).sum::<i64>() > total {
        // Moving width bit by bit does not always find the way from names on one line to heads of few lines.
        let (shorter, other) = shortest(|need| need.natural_width);
        if shorter < height {
            (height, widths) = (shorter, other);
        }
    }
    Ok((widths.into_iter().map(|width| Length::milli_pt(width as i32)).collect(), height.0))
}

fn needs(table: &Table, rows: &Rows<'_>, label: i32, keep_fixed: bool, padding: Length, total: i64) -> Vec<ColumnNeed> {
    let padding = milli(padding) * 2;
    let mut needs = vec![
        ColumnNeed {
            min_width: padding,
            least_width: padding,
            body: padding,
            natural_width: padding,
            fixed: false
        };
        table.columns.len()
    ];
    for (need, column) in needs.iter_mut().zip(&table.columns) {
        if let Some(width) = column.width.filter(|_| keep_fixed) {
            let width = milli(width);
            *need = ColumnNeed { min_width: width, least_width: width, body: width, natural_width: width, fixed: true };
        }
    }
    for cell in rows.cells.iter().filter(|cell| cell.columns == 1) {
        let need = &mut needs[cell.column];
        let mut min_width = milli(cell.min_width()) + padding;
        let is_label = matches!(rows.sections[cell.row], RowSection::Body(_)) && cell.is_words() && !cell.is_stacked();
        if is_label && !need.fixed {
            min_width = min_width.max(milli((cell.size * label).min(cell.natural_width())) + padding);
        }
        // A figure that is wider than a fixed width is not broken, nor a word that has room.
        need.min_width = need.min_width.max(min_width);
        need.least_width = need.least_width.max(milli(cell.least_width()) + padding);
        if !need.fixed {
            if matches!(rows.sections[cell.row], RowSection::Body(_)) {
                need.body = need.body.max(milli(cell.natural_width()) + padding).min(total);
            }
            need.natural_width = need.natural_width.max(milli(comfortable_width(rows, cell)) + padding).min(total);
        }
    }
    // A column that holds only vertical labels is as narrow as they are.
    for (column, need) in needs.iter_mut().enumerate() {
        let mut words = rows.cells.iter().filter(|cell| cell.columns == 1 && cell.column == column && !cell.is_empty());
        if words.clone().next().is_some() && words.all(SetCell::is_stacked) && !need.fixed {
            *need = ColumnNeed { body: need.least_width, natural_width: need.least_width, fixed: true, ..*need };
        }
    }
    // A spanning cell widens its columns, those of words first, if it needs more than they have.
    for cell in rows.cells.iter().filter(|cell| cell.columns > 1) {
        let range = cell.column..cell.column + cell.columns;
        let words = |column: usize| matches!(table.columns[column].kind, ColumnKind::Text | ColumnKind::Label);
        let free: Vec<usize> = range.clone().filter(|column| !needs[*column].fixed).collect();
        let wide: Vec<usize> = free.iter().copied().filter(|column| words(*column)).collect();
        let takers = if wide.is_empty() { free } else { wide };
        let widen = |needs: &mut [ColumnNeed], need: Length, field: fn(&mut ColumnNeed) -> &mut i64| {
            let have: i64 = range.clone().map(|column| *field(&mut needs[column])).sum();
            let lack = (milli(need) + padding).min(total) - have;
            if lack > 0 && !takers.is_empty() {
                let each = (lack + takers.len() as i64 - 1) / takers.len() as i64;
                for column in &takers {
                    *field(&mut needs[*column]) += each;
                }
            }
        };
        widen(&mut needs, cell.min_width(), |need| &mut need.min_width);
        widen(&mut needs, cell.least_width(), |need| &mut need.least_width);
        if matches!(rows.sections[cell.row], RowSection::Body(_)) {
            widen(&mut needs, cell.natural_width(), |need| &mut need.body);
        }
        widen(&mut needs, comfortable_width(rows, cell), |need| &mut need.natural_width);
    }
    for need in &mut needs {
        need.least_width = need.least_width.max(need.min_width);
        need.body = need.body.max(need.least_width);
        need.natural_width = need.natural_width.max(need.body);
    }
    needs
}

/// Narrows columns of fixed width, in proportion to what their words leave, until all columns fit into `total`.
fn give_way(needs: &mut [ColumnNeed], rows: &Rows<'_>, padding: Length, total: i64) {
    let excess = needs.iter().map(|need| need.least_width).sum::<i64>() - total;
    let slack = |(column, need): (usize, &ColumnNeed)| {
        let own = rows.cells.iter().filter(|cell| need.fixed && cell.columns == 1 && cell.column == column);
        own.map(|cell| need.body - milli(cell.least_width()) - milli(padding) * 2).min().unwrap_or(0).max(0)
    };
    let slacks: Vec<i64> = needs.iter().enumerate().map(slack).collect();
    let whole: i64 = slacks.iter().sum();
    if excess <= 0 || excess > whole {
        return;
    }
    let mut seen = 0;
    for (need, slack) in needs.iter_mut().zip(slacks) {
        let given = excess * (seen + slack) / whole - excess * seen / whole;
        seen += slack;
        let width = need.body - given;
        if slack > 0 {
            *need = ColumnNeed { min_width: width, least_width: width, body: width, natural_width: width, fixed: true };
        }
    }
}

pub(super) fn milli(length: Length) -> i64 {
    i64::from(length.in_milli_pt())
}

/// Returns the comfortable width of a cell: on one line, of long heads on two or three.
fn comfortable_width(rows: &Rows<'_>, cell: &SetCell<'_>) -> Length {
    let natural_width = cell.natural_width();
    if matches!(rows.sections[cell.row], RowSection::Body(_)) {
        return natural_width;
    }
    let lines = (natural_width.in_milli_pt() / (cell.size * HEAD_CHARACTERS).in_milli_pt().max(1) + 1).min(3);
    if lines == 1 { natural_width } else { (natural_width / lines + cell.size).max(cell.least_width()) }
}

/// Distributes `total` among the columns, none below its floor: to what they need `first`, then to all. Returns their
/// widths, and the columns of figures that are equally wide.
fn distribute(
    needs: &[ColumnNeed],
    floors: &[i64],
    total: i64,
    amounts: impl Fn(usize) -> bool,
    first: fn(&ColumnNeed) -> i64,
) -> (Vec<i64>, Vec<usize>) {
    let spare = |widths: &[i64]| total - widths.iter().sum::<i64>();
    let mut widths = floors.to_vec();
    // Proportional widths give the texts of a row about the same height; the [`Shortener`] improves on them.
    fill_lacks(&mut widths, spare, |column, width| first(&needs[column]) - width);
    // Columns of figures become equally wide, as far as there is room, as in printed forms: first up to their heads.
    let mut equal: Vec<usize> = (0..needs.len()).filter(|column| amounts(*column) && !needs[*column].fixed).collect();
    let room = spare(&widths);
    raise(&mut widths, &equal, room, |column| needs[column].natural_width);
    let (room, widest) = (spare(&widths), equal.iter().map(|column| widths[*column]).max().unwrap_or(0));
    raise(&mut widths, &equal, room, |_| widest);
    let narrowest = equal.iter().map(|column| widths[*column]).min().unwrap_or(0);
    equal.retain(|column| widths[*column] == narrowest);
    fill_lacks(&mut widths, spare, |column, width| needs[column].natural_width - width);
    let rest = spare(&widths);
    let all: i64 = widths.iter().zip(needs).filter(|(_, need)| !need.fixed).map(|(width, _)| width).sum();
    if all > 0 {
        // The rest is distributed by width, to the last thousandth of a point.
        let (mut seen, mut given) = (0, 0);
        for (width, _) in widths.iter_mut().zip(needs).filter(|(_, need)| !need.fixed) {
            seen += *width;
            let until = rest * seen / all;
            *width += until - given;
            given = until;
        }
    }
    (widths, equal)
}

/// Widens columns to their widest word, those that lack least first, to break the words of as few columns as possible.
fn keep_words(needs: &[ColumnNeed], widths: &mut [i64], mut spare: i64) {
    let mut lacking: Vec<(i64, usize)> = needs
        .iter()
        .zip(&*widths)
        .map(|(need, width)| need.least_width - width)
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

/// Widens `columns` to one width, but none above its `most` or by more than there is `room` for.
fn raise(widths: &mut [i64], columns: &[usize], room: i64, most: impl Fn(usize) -> i64) {
    let raised = |widths: &[i64], column: usize, level: i64| level.min(most(column)).max(widths[column]);
    let needed =
        |level: i64| columns.iter().map(|column| raised(widths, *column, level) - widths[*column]).sum::<i64>();
    let (mut enough, mut over) = (0, columns.iter().map(|column| most(*column)).max().unwrap_or(0) + 1);
    while over - enough > 1 {
        let middle = (enough + over) / 2;
        if needed(middle) <= room.max(0) { enough = middle } else { over = middle }
    }
    for column in columns {
        widths[*column] = raised(widths, *column, enough);
    }
}

/// Gives every column the width it lacks, or the same fraction of it if there is too little.
fn fill_lacks(widths: &mut [i64], spare: impl Fn(&[i64]) -> i64, lack: impl Fn(usize, i64) -> i64) {
    let lacks: Vec<i64> = widths.iter().enumerate().map(|(column, width)| lack(column, *width).max(0)).collect();
    let (room, all) = (spare(widths).max(0), lacks.iter().sum::<i64>());
    for (width, lack) in widths.iter_mut().zip(lacks) {
        *width += if all <= room { lack } else { room * lack / all };
    }
}
