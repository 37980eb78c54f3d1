//! Proves the printed document: compares the printed figures of tables with each other, and those of the profile's
//! sentences with them. It knows heads, labels, levels and digits, but no cube, and of a profile nothing but what the
//! figures of its sentences are called.
//!
//! Figures are compared only if heads and labels are unambiguous: a missing comparison costs nothing, a wrong one stops
//! a publication. Two figures may differ by the rounding of their printed digits.

mod chart;
mod code;
mod expense;
mod figure;
mod form;
mod projects;
mod quantity;
mod read;
mod report;
mod said;
mod sentence;
mod tree;
mod words;

pub(crate) mod d01_columns;
pub(crate) mod d02_levels;
pub(crate) mod d03_totals;
pub(crate) mod d04_sides;
pub(crate) mod d05_changes;
pub(crate) mod d06_tables;
pub(crate) mod d07_sentences;

use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Unit;
use budgetdoc_document::Table;
use rust_decimal::Decimal;

use code::Code;
use figure::PrintedSum;
use form::ProjectForm;
use projects::Projects;
use read::{List, PrintedColumn, PrintedTable};
use sentence::SentenceMeaning;
pub use sentence::{SentenceFigure, printed_sentences};
use tree::RowTree;

/// Returns whether a rule reads the printed document.
pub(crate) fn is_printed(rule: &str) -> bool {
    rule.starts_with('D')
}

/// Result of comparing printed figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// Number of compared pairs of figures by rule.
    pub compared: Vec<(&'static str, usize)>,
    /// The pairs that differ by more than rounding explains.
    pub differences: Vec<PrintedDifference>,
}

impl Proof {
    /// Adds the proof of other tables, which follow `before` tables.
    pub(crate) fn append(&mut self, other: Proof, before: usize) {
        for (rule, count) in other.compared {
            match self.compared.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, sum)) => *sum += count,
                None => self.compared.push((rule, count)),
            }
        }
        let moved = |one: PrintedDifference| PrintedDifference { table: one.table.map(|table| table + before), ..one };
        self.differences.extend(other.differences.into_iter().map(moved));
    }
}

/// Two printed figures that contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedDifference {
    /// The rule.
    pub rule: &'static str,
    /// Index of the table; none if figures of one sentence contradict each other.
    pub table: Option<usize>,
    /// Its number and title; for an amount of a sentence the text.
    pub name: String,
    /// Row and column in words, or those of the sentence.
    pub cell: String,
    /// The figure printed there.
    pub left: Decimal,
    /// The other figure and its description.
    pub right: (Bilingual, Decimal),
    /// The unit of both; none if the table does not name it.
    pub unit: Option<Unit>,
}

/// Compares the printed figures of tables with each other and with those of sentences.
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
/// let proof = budgetdoc_check::prove(&[table], &[]);
/// assert_eq!(proof.differences[0].rule, "D3");
/// ```
pub fn prove<'a>(tables: impl IntoIterator<Item = &'a Table>, sentences: &[SentenceFigure]) -> Proof {
    let read = |table| {
        let printed = PrintedTable::of(table);
        (ProjectForm::all_of(table, &printed), printed)
    };
    let (forms, printed): (Vec<_>, Vec<_>) = tables.into_iter().map(read).unzip();
    let eliminated = eliminated_amount(&printed);
    let mut prover = Prover::default();
    let view = |read| move |list| View::of(read, list, eliminated);
    let tables: Vec<Vec<View>> = printed.iter().map(|read| read.lists.iter().map(view(read)).collect()).collect();
    for (table, views) in tables.iter().enumerate() {
        prover.table = Some(table);
        for view in views {
            d01_columns::compare(view, &mut prover);
            d02_levels::compare(view, &mut prover);
            d03_totals::compare(view, &mut prover);
            d05_changes::compare(view, &mut prover);
        }
        d04_sides::compare(views, &mut prover);
    }
    let places = d06_tables::places(&tables);
    d06_tables::compare(&places, eliminated, &mut prover);
    let projects = Projects::of(&tables, &forms, &printed);
    d06_tables::compare_projects(&projects, &mut prover);
    let expenses = expense::expenses(&tables);
    let is_carried_over = tables.iter().flatten().any(|view| view.has_filled_balances);
    let printed = Printed { places, expenses, projects, eliminated, is_carried_over };
    d07_sentences::compare(&printed, sentences, &mut prover);
    prover.proof
}

/// Returns the amount eliminated from sums because two units count it, in yuan and at most: it is rounded as well, a small
/// one to nothing. Only some tables have it in their rows.
fn eliminated_amount(tables: &[PrintedTable]) -> Decimal {
    let lists = tables.iter().flat_map(|table| table.lists.iter().map(move |list| (table.unit, list)));
    let amounts = lists.flat_map(|(unit, list)| {
        let rows = list.rows.iter().filter(|row| words::is_elimination(&row.label));
        let figures = rows.flat_map(|row| &row.cells).filter_map(|entry| entry.amount());
        figures.map(move |figure| (figure.value.abs() + PrintedSum::of(figure).slack()) * in_yuan(unit))
    });
    amounts.max().unwrap_or_default()
}

/// Returns the number of yuan in a unit; one if it is unknown.
fn in_yuan(unit: Option<Unit>) -> Decimal {
    unit.map_or(Decimal::ONE, Unit::in_yuan)
}

/// A list of a table with its tree of rows.
struct View<'a> {
    printed: &'a PrintedTable,
    list: &'a List,
    tree: RowTree,
    /// Amount that rows of income and expenditure may have in excess of their total, in the table's unit.
    eliminated: Decimal,
    /// For every column whether its figures are added up.
    added_up: Vec<bool>,
    /// Whether a column or row is for balances carried over, and whether one has an amount.
    has_balances: bool,
    has_filled_balances: bool,
    /// The codes of classes that have a row, in order.
    classes: Vec<Code>,
}

/// What tables print, by its meaning.
struct Printed<'v, 'a> {
    places: d06_tables::PlacedFigures<'v, 'a>,
    expenses: expense::PlacedExpenses<'v, 'a>,
    projects: Projects<'v>,
    /// Amount eliminated from sums, in yuan.
    eliminated: Decimal,
    /// Whether balances are carried over from or to other years.
    is_carried_over: bool,
}

/// Collects the results of a proof.
#[derive(Default)]
struct Prover {
    proof: Proof,
    table: Option<usize>,
}

/// Required relation of two figures.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Equal,
    AtMost,
}

/// Descriptions of two figures for a message.
struct Sides {
    name: String,
    cell: String,
    right: Bilingual,
    unit: Option<Unit>,
}

impl Prover {
    /// Compares two figures; describes them only if they contradict each other.
    fn compare(
        &mut self,
        rule: &'static str,
        left: PrintedSum,
        relation: Relation,
        right: PrintedSum,
        sides: impl FnOnce() -> Sides,
    ) {
        match self.proof.compared.iter_mut().find(|(id, _)| *id == rule) {
            Some((_, count)) => *count += 1,
            None => self.proof.compared.push((rule, 1)),
        }
        let holds = match relation {
            Relation::Equal => left.agrees(&right),
            Relation::AtMost => left.is_within(&right),
        };
        if !holds {
            let sides = sides();
            self.proof.differences.push(PrintedDifference {
                rule,
                table: self.table,
                name: sides.name,
                cell: sides.cell,
                left: left.value,
                right: (sides.right, right.value),
                unit: sides.unit,
            });
        }
    }
}

impl Printed<'_, '_> {
    /// Returns how much of what is eliminated between units the amount of a sentence may have in it, in yuan.
    fn eliminated_from(&self, sentence: &SentenceFigure) -> Decimal {
        match &sentence.meaning {
            Some(SentenceMeaning::Quantity(quantity)) => quantity.eliminated(self.eliminated),
            Some(SentenceMeaning::Expense(_) | SentenceMeaning::Project(_)) => Decimal::ZERO,
            Some(SentenceMeaning::Projects(_)) | None => self.eliminated,
        }
    }
}

impl<'a> View<'a> {
    fn of(printed: &'a PrintedTable, list: &'a List, eliminated: Decimal) -> Self {
        let shows_it = list.rows.iter().any(|row| words::is_elimination(&row.label));
        let eliminated = if shows_it { Decimal::ZERO } else { eliminated / in_yuan(printed.unit) };
        let added_up = |column: &PrintedColumn| {
            !words::is_share(column.name()) && column.head.iter().all(|(_, words)| words::is_added_up(words))
        };
        let added_up = list.columns.iter().map(added_up).collect();
        let (has_balances, has_filled_balances) = quantity::balances(list);
        let mut classes: Vec<Code> = list.rows.iter().map(|row| row.code).filter(|code| code.len() == 3).collect();
        classes.sort_unstable();
        classes.dedup();
        let tree = RowTree::of(list);
        View { printed, list, tree, eliminated, added_up, has_balances, has_filled_balances, classes }
    }

    /// Returns the amount that the rows of a column may have in excess of their total, in the table's unit.
    fn eliminated(&self, column: usize) -> Decimal {
        let heads = self.list.columns[column].head.iter().map(|(_, words)| words.as_str());
        let names_fund = heads.chain([self.printed.title.as_str()]).any(|words| quantity::fund_in(words).is_some());
        // Transfers are income and expenditure, and of no appropriation.
        let is_whole = !names_fund && !quantity::is_of_other_figures(&self.printed.title);
        if is_whole { self.eliminated } else { Decimal::ZERO }
    }

    /// Returns whether the figures of a column are added up.
    fn adds_up(&self, column: usize) -> bool {
        self.added_up[column]
    }

    /// Returns the name of a row in messages.
    fn row(&self, row: usize) -> String {
        let row = &self.list.rows[row];
        let group = row.group.as_ref().map_or("", |(_, group)| group);
        let words = [group, &*row.code, &row.label].into_iter().filter(|words| !words.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns the name of a column in messages.
    fn column(&self, column: usize) -> String {
        self.list.columns[column].words()
    }

    /// Returns the unit of a column's figures.
    fn unit(&self, column: usize) -> Option<Unit> {
        self.printed.unit_of(&self.list.columns[column])
    }

    /// Returns an amount in yuan.
    fn in_yuan(&self, row: usize, column: usize) -> Option<PrintedSum> {
        Some(self.tree.amount(self.list, row, column)?.scaled(self.unit(column)?.in_yuan()))
    }

    /// Returns whether all printed figures are zero.
    fn is_blank(&self) -> bool {
        let amounts = self.list.rows.iter().flat_map(|row| &row.cells).filter_map(|entry| entry.amount());
        amounts.into_iter().all(|figure| figure.value.is_zero())
    }

    /// Describes the comparison of a cell with a sum of others.
    fn describe_sides(&self, row: usize, column: usize, zh: &str, en: &str) -> Sides {
        let cell = [self.row(row), self.column(column)].into_iter().filter(|words| !words.is_empty());
        Sides {
            name: self.printed.name.clone(),
            cell: cell.collect::<Vec<_>>().join("·"),
            right: Bilingual::new(zh, en),
            unit: self.unit(column),
        }
    }
}
