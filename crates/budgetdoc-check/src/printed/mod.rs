//! The proof of the printed document: tables read as a person reads them, and what they print held against what they
//! print. It knows heads, labels, levels and digits; it knows no budget, no profile and no spec.
//!
//! A relation is claimed only where heads and labels leave no doubt about it: a claim that is not made costs nothing, a
//! wrong one stops a publication. Two figures may differ by what the rounding of their printed digits explains.

mod figure;
mod quantity;
mod read;
mod report;
mod tree;
mod words;

pub(crate) mod d01_columns;
pub(crate) mod d02_levels;
pub(crate) mod d03_totals;
pub(crate) mod d04_sides;
pub(crate) mod d05_changes;
pub(crate) mod d06_tables;

use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Unit;
use budgetdoc_document::Table;
use rust_decimal::Decimal;

use figure::PrintedSum;
use read::{List, PrintedTable};
use tree::RowTree;

/// Returns whether a rule reads the printed document.
pub(crate) fn is_printed(rule: &str) -> bool {
    rule.starts_with('D')
}

/// What came of holding printed figures against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// For every rule how many pairs of figures were compared.
    pub compared: Vec<(&'static str, usize)>,
    /// The pairs that differ by more than rounding explains.
    pub differences: Vec<PrintedDifference>,
}

/// Two printed figures that contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedDifference {
    /// The rule.
    pub rule: &'static str,
    /// Which of the tables.
    pub table: usize,
    /// Its number and title.
    pub name: String,
    /// The row and column, by their words.
    pub cell: String,
    /// The figure printed there.
    pub left: Decimal,
    /// The other, and what it is.
    pub right: (Bilingual, Decimal),
    /// What both are in; none where the table does not say so.
    pub unit: Option<Unit>,
}

/// Holds the printed figures of tables against each other.
///
/// ```
/// use budgetdoc_document::{Cell, Column, ColumnKind, NumberFormat, Row, Table, TableBody};
/// let amount = |value: u32| Cell::amount(value.into(), NumberFormat::default());
/// let row = |name: &str, value| Row::new([Cell::new(name), amount(value)]);
/// let table = Table {
///     columns: [ColumnKind::Text, ColumnKind::Amount].map(|kind| Column { kind, width: None }).to_vec(),
///     head: vec![Row::new(["项目", "金额"].map(|words| Cell::new(words).header()))],
///     bodies: vec![TableBody { head: Vec::new(), rows: vec![row("宣传", 30), row("培训", 50), row("合计", 90)] }],
///     ..Table::default()
/// };
/// let proof = budgetdoc_check::prove(&[table]);
/// assert_eq!(proof.differences[0].rule, "D3");
/// ```
pub fn prove(tables: &[Table]) -> Proof {
    let printed: Vec<PrintedTable> = tables.iter().map(PrintedTable::of).collect();
    let eliminated = eliminated(&printed);
    let mut prover = Prover::default();
    let view = |read| move |list| View::of(read, list, eliminated);
    let tables: Vec<Vec<View>> = printed.iter().map(|read| read.lists.iter().map(view(read)).collect()).collect();
    for (table, views) in tables.iter().enumerate() {
        prover.table = table;
        for view in views {
            d01_columns::compare(view, &mut prover);
            d02_levels::compare(view, &mut prover);
            d03_totals::compare(view, &mut prover);
            d05_changes::compare(view, &mut prover);
        }
        d04_sides::compare(views, &mut prover);
    }
    d06_tables::compare(&tables, eliminated, &mut prover);
    prover.proof
}

/// Returns what is taken off sums because two units count it, in yuan: the rows of some tables have it and those of
/// others have not.
fn eliminated(tables: &[PrintedTable]) -> Decimal {
    let lists = tables.iter().flat_map(|table| table.lists.iter().map(move |list| (table.unit, list)));
    let amounts = lists.flat_map(|(unit, list)| {
        let rows = list.rows.iter().filter(|row| words::is_elimination(&row.label));
        let figures = rows.flat_map(|row| &row.cells).filter_map(|entry| entry.amount());
        figures.map(move |figure| figure.value.abs() * in_yuan(unit))
    });
    amounts.max().unwrap_or_default()
}

/// Returns how many yuan one of a unit is; one where it is not known.
fn in_yuan(unit: Option<Unit>) -> Decimal {
    unit.map_or(Decimal::ONE, Unit::in_yuan)
}

/// A list of a table, read.
struct View<'a> {
    printed: &'a PrintedTable,
    list: &'a List,
    tree: RowTree,
    /// What the rows may have that their total has not, in the table's unit.
    eliminated: Decimal,
}

/// The proof in the making.
#[derive(Default)]
struct Prover {
    proof: Proof,
    table: usize,
}

/// How two figures must stand to each other.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Equal,
    AtMost,
}

/// What two figures are, for a message.
struct Sides {
    name: String,
    cell: String,
    right: Bilingual,
    unit: Option<Unit>,
}

impl Prover {
    /// Compares two figures, and finds words for them only if they contradict each other.
    fn compare(
        &mut self,
        rule: &'static str,
        left: PrintedSum,
        relation: Relation,
        right: PrintedSum,
        said: impl FnOnce() -> Sides,
    ) {
        match self.proof.compared.iter_mut().find(|(id, _)| *id == rule) {
            Some((_, count)) => *count += 1,
            None => self.proof.compared.push((rule, 1)),
        }
        let stands = match relation {
            Relation::Equal => left.agrees(&right),
            Relation::AtMost => left.is_within(&right),
        };
        if !stands {
            let said = said();
            self.proof.differences.push(PrintedDifference {
                rule,
                table: self.table,
                name: said.name,
                cell: said.cell,
                left: left.value,
                right: (said.right, right.value),
                unit: said.unit,
            });
        }
    }
}

impl<'a> View<'a> {
    fn of(printed: &'a PrintedTable, list: &'a List, eliminated: Decimal) -> Self {
        let shows_it = list.rows.iter().any(|row| words::is_elimination(&row.label));
        let eliminated = if shows_it { Decimal::ZERO } else { eliminated / in_yuan(printed.unit) };
        View { printed, list, tree: RowTree::of(list), eliminated }
    }

    /// Returns whether the figures of a column are added up.
    fn adds_up(&self, column: usize) -> bool {
        let column = &self.list.columns[column];
        !words::is_share(column.name()) && column.head.iter().all(|(_, words)| words::is_added_up(words))
    }

    /// Returns a row as a message names it.
    fn row(&self, row: usize) -> String {
        let row = &self.list.rows[row];
        let group = row.group.as_ref().map_or("", |(_, group)| group);
        let words = [group, &row.code, &row.label].into_iter().filter(|words| !words.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns a column as a message names it.
    fn column(&self, column: usize) -> String {
        self.list.columns[column].words()
    }

    /// Returns what figures of a column are in.
    fn unit(&self, column: usize) -> Option<Unit> {
        self.printed.unit_of(&self.list.columns[column])
    }

    /// Returns an amount in yuan.
    fn in_yuan(&self, row: usize, column: usize) -> Option<PrintedSum> {
        Some(self.tree.amount(self.list, row, column)?.scaled(self.unit(column)?.in_yuan()))
    }

    /// Returns whether no figure is printed but nothing.
    fn is_blank(&self) -> bool {
        let amounts = self.list.rows.iter().flat_map(|row| &row.cells).filter_map(|entry| entry.amount());
        amounts.into_iter().all(|figure| figure.value.is_zero())
    }

    /// Returns a cell held against a sum of others, in words.
    fn said(&self, row: usize, column: usize, zh: &str, en: &str) -> Sides {
        let cell = [self.row(row), self.column(column)].into_iter().filter(|words| !words.is_empty());
        Sides {
            name: self.printed.name.clone(),
            cell: cell.collect::<Vec<_>>().join("·"),
            right: Bilingual::new(zh, en),
            unit: self.unit(column),
        }
    }
}
