//! D5: changes, percentages and shares follow from their figures.

use super::figure::PrintedSum;
use super::read::{Entry, PrintedRow};
use super::report::report;
use super::{Prover, Relation, View, words};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "D5",
    severity: Severity::Error,
    title: ("印出的增减、百分比与所列数字相符", "Printed changes and percentages follow from the figures next to them"),
    explanation: (
        "由印出的表格本身核对：增减额等于本年数减上年数（或执行数），增减百分比等于增减额除以上年数，占总计的百分比等于该行除以合计行。各年的列和行按名称中的年度判断。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed table alone: a change is this year’s figure minus last year’s (or its outcome), its percentage the change divided by last year’s, a share the row divided by the total row. Years follow from the names of columns and rows. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "columns:\n  - { head: [上年预算数], show: { sum: { year: last } } }\n  - { head: [本年预算数], show: { sum: {} } }\n  - { head: [增减额], show: { sum: { year: change_from_executed } } }",
    right: "columns:\n  - { head: [上年预算数], show: { sum: { year: last } } }\n  - { head: [本年预算数], show: { sum: {} } }\n  - { head: [增减额], show: { sum: { year: change } } }",
    checks: &[Check::Figures(|examiner| report(examiner, "D5"))],
};

/// A column or row of a year.
struct Dated {
    index: usize,
    year: u16,
    is_outcome: bool,
    is_total: bool,
}

/// Compares changes and shares of a list, across its columns and down its rows.
pub(super) fn compare(view: &View, prover: &mut Prover) {
    compare_columns(view, prover);
    compare_rows(view, prover);
    compare_shares(view, prover);
}

/// The two years of a change.
#[derive(Clone, Copy)]
struct ChangeYears {
    this: usize,
    last: usize,
}

/// Returns this year and the base year of a change, if they are unambiguous.
fn years(dated: &[Dated], change: &str) -> Option<ChangeYears> {
    let newest = dated.iter().map(|one| one.year).max()?;
    let this = only_or_total(dated.iter().filter(|one| one.year == newest).collect())?;
    let mut before: Vec<&Dated> = dated.iter().filter(|one| one.year < newest).collect();
    // 本年 next to a year in digits may be before or after it.
    let first = before.first()?.year;
    if before.iter().any(|one| one.year != first) || first == 1 {
        return None;
    }
    let both = before.iter().any(|one| one.is_outcome) && before.iter().any(|one| !one.is_outcome);
    if both {
        before.retain(|one| one.is_outcome == words::is_outcome(change));
    }
    Some(ChangeYears { this: this.index, last: only_or_total(before)?.index })
}

/// Returns the only one of its year, or the only total of several.
fn only_or_total(mut dated: Vec<&Dated>) -> Option<&Dated> {
    if dated.len() > 1 {
        dated.retain(|one| one.is_total);
    }
    (dated.len() == 1).then(|| dated[0])
}

/// Returns the columns of figures of a year.
fn columns(view: &View) -> Vec<Dated> {
    let columns = view.list.columns.iter().enumerate().filter(|(index, _)| view.adds_up(*index));
    columns
        .filter_map(|(index, column)| {
            let year = column.head.iter().find_map(|(_, words)| words::year(words))?;
            let is_outcome = column.head.iter().any(|(_, words)| words::is_outcome(words));
            Some(Dated { index, year, is_outcome, is_total: words::is_total(column.name()) })
        })
        .collect()
}

fn compare_columns(view: &View, prover: &mut Prover) {
    let columns = columns(view);
    for (index, column) in view.list.columns.iter().enumerate() {
        let words = column.words();
        if !words::is_change(&words) {
            continue;
        }
        let Some(years) = years(&columns, &words) else { continue };
        for (row, cells) in view.list.rows.iter().enumerate() {
            let (this, last) = (cells.cells[years.this], cells.cells[years.last]);
            let is_percent = words::is_percentage(&words);
            let change = ChangeCell { row, column: index, this, last, is_percent };
            let names = [years.this, years.last].map(|column| view.column(column));
            change.compare(view, ["同行", "its row’s "], &names, prover);
        }
    }
}

fn compare_rows(view: &View, prover: &mut Prover) {
    let group = |row: &PrintedRow| row.group.as_ref().map(|(start, _)| *start);
    let dated: Vec<usize> =
        (0..view.list.rows.len()).filter(|row| words::is_of_years(&view.list.rows[*row].label)).collect();
    for rows in dated.chunk_by(|one, other| group(&view.list.rows[*one]) == group(&view.list.rows[*other])) {
        let label = |row: &usize| view.list.rows[*row].label.as_str();
        let of_year = |row: &usize| {
            let year = words::year_of_row(label(row))?;
            Some(Dated { index: *row, year, is_outcome: words::is_outcome(label(row)), is_total: false })
        };
        let of_years: Vec<Dated> = rows.iter().filter_map(of_year).collect();
        for row in rows.iter().filter(|row| words::year_of_row(label(row)).is_none()) {
            let Some(years) = years(&of_years, label(row)) else { continue };
            let names = [years.this, years.last].map(|row| view.row(row));
            for column in 0..view.list.columns.len() {
                let cell = |row: usize| view.list.rows[row].cells[column];
                let (this, last) = (cell(years.this), cell(years.last));
                let is_percent = words::is_percentage(label(row));
                let change = ChangeCell { row: *row, column, this, last, is_percent };
                change.compare(view, ["同列", "its column’s "], &names, prover);
            }
        }
    }
}

/// A cell with a change, and the figures of both years.
struct ChangeCell {
    row: usize,
    column: usize,
    this: Entry,
    last: Entry,
    /// Whether its name is that of a percentage, which is blank if its base is zero.
    is_percent: bool,
}

impl ChangeCell {
    fn compare(&self, view: &View, place: [&str; 2], [this, last]: &[String; 2], prover: &mut Prover) {
        let cell = view.list.rows[self.row].cells[self.column];
        let (Some(new), Some(old)) = (self.this.amount(), self.last.amount()) else { return };
        let difference = PrintedSum::of(new).minus(PrintedSum::of(old));
        let [zh, en] = place;
        match cell {
            // Without a figure for last year the change may be blank.
            Entry::Amount(change) if change.is_blank() && (old.is_blank() || difference.value.is_zero()) => {}
            Entry::Amount(_) if self.is_percent => {}
            Entry::Amount(change) => {
                prover.compare(RULE.id, PrintedSum::of(change), Relation::Equal, difference, || {
                    let (zh, en) = (format!("{zh}“{this}”减“{last}”"), format!("{en}“{this}” less “{last}”"));
                    view.describe_sides(self.row, self.column, &zh, &en)
                });
            }
            Entry::Percentage(percent) if old.value > rust_decimal::Decimal::ZERO => {
                let by_percent = PrintedSum::of(old).percent(PrintedSum::of(percent));
                prover.compare(RULE.id, by_percent, Relation::Equal, difference, || {
                    let (zh, en) = (format!("{zh}“{this}”减“{last}”"), format!("{en}“{this}” less “{last}”"));
                    let mut sides = view.describe_sides(self.row, self.column, &zh, &en);
                    sides.cell += &format!("（{}%）×{last}", percent.value);
                    sides
                });
            }
            Entry::Percentage(_) | Entry::Words => {}
        }
    }
}

/// Compares shares with the total row.
fn compare_shares(view: &View, prover: &mut Prover) {
    let [total] = *view.tree.totals.as_slice() else { return };
    for column in (0..view.list.columns.len()).filter(|column| words::is_share(view.list.columns[*column].name())) {
        let dated = columns(view);
        let newest = dated.iter().map(|one| one.year).max();
        let candidates: Vec<&Dated> = dated.iter().filter(|one| Some(one.year) == newest).collect();
        let amounts: Vec<usize> = (0..view.list.columns.len()).filter(|column| view.adds_up(*column)).collect();
        let of = match amounts.as_slice() {
            [single] => *single,
            _ => match only_or_total(candidates) {
                Some(one) => one.index,
                None => continue,
            },
        };
        let cells = |row: usize| &view.list.rows[row].cells;
        let (Some(whole), Some(all)) = (cells(total)[of].amount(), cells(total)[column].percentage()) else { continue };
        if all.value != rust_decimal::Decimal::ONE_HUNDRED {
            continue;
        }
        for row in (0..view.list.rows.len()).filter(|row| *row != total) {
            let (Some(part), Some(share)) = (cells(row)[of].amount(), cells(row)[column].percentage()) else {
                continue;
            };
            let by_share = PrintedSum::of(whole).percent(PrintedSum::of(share));
            prover.compare(RULE.id, by_share, Relation::Equal, PrintedSum::of(part), || {
                let name = view.column(of);
                let mut sides =
                    view.describe_sides(row, column, &format!("同行“{name}”"), &format!("its row’s “{name}”"));
                sides.cell += &format!("（{}%）×{}", share.value, view.row(total));
                sides
            });
        }
    }
}
