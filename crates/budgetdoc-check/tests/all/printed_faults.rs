//! Faults in the sums that tables are printed from: a table, a column or a row takes other facts than the rest of the
//! document, as if its measure were wrong.

use std::collections::BTreeMap;

use budgetdoc_check::{printed_sentences, prove};
use budgetdoc_core::budget::{Budget, Fact, Term};
use budgetdoc_core::compose::Prose;
use budgetdoc_core::money::{Amount, Money};
use budgetdoc_core::profile::Account;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::ExpenditureRow;
use budgetdoc_document::{Cell, CellContent, Row, Table};
use budgetdoc_tests::chance::Chance;
use rust_decimal::Decimal;

use crate::random_budget::{budget, profiles};

/// The part of a table whose sums are wrong.
#[derive(Clone, Copy, Debug)]
enum Extent {
    Table,
    Column(usize),
    Row(usize),
    /// The rows that have rows below them, as classes and divisions.
    RowsAbove,
}

/// Returns the budget with other amounts for some of its facts, as one that a wrong measure sums up.
fn with_fault(budget: &Budget, chance: &mut Chance) -> Budget {
    let mut faulty = budget.clone();
    let facts = &budget.cube.facts;
    let of = &facts[chance.below(facts.len())];
    let by = chance.below(4);
    let is_meant = |fact: &Fact| {
        fact.account == of.account
            && match by {
                0 => fact == of,
                1 => fact.fund == of.fund,
                2 => fact.kind == of.kind,
                _ => fact.item == of.item && fact.economic == of.economic && fact.category == of.category,
            }
    };
    let how = chance.below(4);
    for fact in faulty.cube.facts.iter_mut().filter(|fact| is_meant(fact)) {
        let this = fact.this.amount;
        let last = fact.last.map_or(Money::ZERO, |last| last.amount);
        let past = [&mut fact.last, &mut fact.executed].into_iter().flatten();
        match how {
            // Left out.
            0 => past.chain([&mut fact.this]).for_each(|term| term.amount = Money::ZERO),
            // Counted twice.
            1 => past.chain([&mut fact.this]).for_each(|term| term.amount = term.amount + term.amount),
            // Of another year.
            2 => fact.this.amount = last,
            _ => past.for_each(|term| term.amount = this),
        }
    }
    faulty
}

fn tables(budget: &Budget) -> (Vec<String>, Vec<Table>) {
    budget.compose_tables().unwrap().into_iter().map(|(id, table)| (id.to_owned(), table)).unzip()
}

fn rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.bodies.iter().flat_map(|body| &body.rows)
}

/// Puts part of a faulty table in the place of that of a right one; none if the tables do not have the same cells.
fn spoil(right: &Table, wrong: &Table, extent: Extent) -> Option<Table> {
    let shape = |table: &Table| rows(table).map(|row| row.cells.len()).collect::<Vec<_>>();
    if let Extent::Table = extent {
        return Some(wrong.clone());
    }
    if shape(right) != shape(wrong) {
        return None;
    }
    let mut spoiled = right.clone();
    let deepest = rows(right).map(|row| row.level).max()?;
    let list = spoiled.bodies.iter_mut().flat_map(|body| &mut body.rows);
    for (index, (row, wrong)) in list.zip(rows(wrong)).enumerate() {
        let is_row = match extent {
            Extent::Table | Extent::Column(_) => true,
            Extent::Row(of) => index == of,
            Extent::RowsAbove => row.level < deepest && !row.total,
        };
        // Total rows have fewer cells before the figures: columns count from the end.
        let count = row.cells.len();
        let is_column = |cell: usize| match extent {
            Extent::Column(of) => count - 1 - cell == of,
            Extent::Table | Extent::Row(_) | Extent::RowsAbove => true,
        };
        let cells = row.cells.iter_mut().zip(&wrong.cells).enumerate();
        cells.filter(|(cell, _)| is_row && is_column(*cell)).for_each(|(_, (cell, wrong))| cell.clone_from(wrong));
    }
    Some(spoiled)
}

/// Returns whether two tables differ by more than rounding may. Where one has other rows than the other, their figures
/// are paired in order: rows that print nothing, or as good as nothing, may come and go.
fn is_visible(right: &Table, wrong: &Table) -> bool {
    // In units of what rounding may explain.
    let amount = |cell: &Cell| match &cell.content {
        CellContent::Amount(number) => Some(number.value / Decimal::new(50, number.format.decimals)),
        _ => None,
    };
    let differ = |(one, other): (Decimal, Decimal)| (one - other).abs() >= Decimal::ONE;
    if rows(right).count() == rows(wrong).count() {
        let mut pairs = rows(right).zip(rows(wrong)).flat_map(|(one, other)| one.cells.iter().zip(&other.cells));
        return pairs.any(|(one, other)| amount(one).zip(amount(other)).is_some_and(differ));
    }
    let [mut one, mut other] =
        [right, wrong].map(|table| rows(table).flat_map(|row| &row.cells).filter_map(amount).collect::<Vec<_>>());
    let count = one.len().max(other.len());
    for figures in [&mut one, &mut other] {
        figures.resize(count, Decimal::ZERO);
        figures.sort_unstable();
    }
    one.into_iter().zip(other).any(differ)
}

/// A visible fault.
struct Fault {
    /// The profile, and the seed of the budget.
    profile: String,
    table: String,
    extent: Extent,
    outcome: Outcome,
    /// The first cells that are wrong: what is printed in them for what.
    cells: String,
}

/// Describes the first cells in which two tables differ.
fn describe(right: &Table, wrong: &Table) -> String {
    let pairs = rows(right).zip(rows(wrong));
    let cells = pairs.flat_map(|(one, other)| one.cells.iter().zip(&other.cells).map(move |cells| (one, cells)));
    let differ = cells.filter(|(_, (one, other))| one.content != other.content).take(4);
    let name = |row: &Row| row.cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>().join(" ");
    let words = differ.map(|(row, (one, other))| format!("{}: {} for {}", name(row), other.content, one.content));
    words.collect::<Vec<_>>().join("; ")
}

/// What the proof says of a fault.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Found,
    Missed,
    /// Not found, and the document is, cell by cell and word by word, that of a budget with other facts: nothing that is
    /// printed contradicts what is wrong.
    Unprovable,
}

/// Returns the sentences of a document as printed.
fn words(budget: &Budget) -> Vec<String> {
    let prose = Prose::of(budget);
    let printed = prose.passages.iter().filter(|passage| prose.is_in_outline(passage));
    printed.map(|passage| passage.text.clone()).collect()
}

/// Returns what a document prints, table by table and cell by cell.
fn printed_cells(tables: &[Table]) -> Vec<Vec<String>> {
    let print = |table| rows(table).flat_map(|row| &row.cells).map(|cell| cell.content.to_string()).collect();
    tables.iter().map(print).collect()
}

/// Returns the budget whose expenditure is more by what a fault adds, but of this kind; none if it takes something off.
fn with_kind(budget: &Budget, faulty: &Budget, kind: &str) -> Option<Budget> {
    let Budget { spec, profile, .. } = budget;
    let mut spec = spec.clone();
    for (right, wrong) in budget.cube.facts.iter().zip(&faulty.cube.facts).filter(|(right, wrong)| right != wrong) {
        let more = |right: Money, wrong: Money| {
            let more = (wrong - right).in_unit(spec.unit);
            (more >= Decimal::ZERO).then(|| Located::from(Amount::Given(more)))
        };
        let past = |right: Option<Term>, wrong: Option<Term>| match right.zip(wrong) {
            Some((right, wrong)) => more(right.amount, wrong.amount).map(Some),
            None => Some(None),
        };
        let row = ExpenditureRow {
            unit: Some(spec.department.units[right.unit].id.clone()),
            fund: Some(profile.funds[right.fund].id.clone()),
            item: right.item?.into(),
            kind: Some(kind.to_owned().into()),
            category: None,
            amount: more(right.this.amount, wrong.this.amount)?,
            last: past(right.last, wrong.last)?,
            executed: past(right.executed, wrong.executed)?,
        };
        if right.account != Account::Expenditure {
            return None;
        }
        spec.expenditure.push(row);
    }
    Budget::resolve(spec, profile.clone()).ok()
}

/// Puts so many visible faults into budgets made at random, of one profile after the other; unprovable ones come on top.
fn faults(count: usize) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut chance = Chance::seeded(14);
    // In it, each part of basic expenditure by subject stands in a table of its own, of which no other has the figures.
    let profiles: Vec<_> = profiles().into_iter().filter(|profile| profile.name != "hunan/2023").collect();
    let mut provable = 0;
    for (seed, profile) in (0..).zip(profiles.iter().cycle()) {
        let budget = budget(profile, &mut Chance::seeded(seed));
        let (ids, right) = tables(&budget);
        let sentences = printed_sentences(&budget, &Prose::of(&budget));
        for _ in 0..20 {
            if provable == count {
                return faults;
            }
            let faulty = with_fault(&budget, &mut chance);
            let (_, wrong) = tables(&faulty);
            let index = chance.below(right.len());
            let extent = match chance.below(4) {
                0 => Extent::Table,
                1 => Extent::Column(chance.below(right[index].columns.len())),
                2 => Extent::Row(chance.below(rows(&right[index]).count().max(1))),
                _ => Extent::RowsAbove,
            };
            let Some(spoiled) = spoil(&right[index], &wrong[index], extent) else { continue };
            if !is_visible(&right[index], &spoiled) {
                continue;
            }
            let cells = describe(&right[index], &spoiled);
            let mut document = right.clone();
            document[index] = spoiled;
            let is_of = |other: &Budget| {
                printed_cells(&tables(other).1) == printed_cells(&document) && words(other) == words(&budget)
            };
            let kinds = || profile.kinds.iter().filter_map(|kind| with_kind(&budget, &faulty, &kind.id.value));
            let is_of_another = || is_of(&faulty) || kinds().any(|other| is_of(&other));
            let outcome = match prove(&document, &sentences).differences.is_empty() {
                false => Outcome::Found,
                true if is_of_another() => Outcome::Unprovable,
                true => Outcome::Missed,
            };
            provable += usize::from(outcome != Outcome::Unprovable);
            faults.push(Fault {
                profile: format!("{} {seed}", profile.name),
                table: ids[index].clone(),
                extent,
                outcome,
                cells,
            });
        }
    }
    faults
}

/// Asserts that every fault is found that something printed contradicts; prints the others.
fn are_found(faults: &[Fault]) {
    let mut unprovable: BTreeMap<String, usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for Fault { profile, table, extent, outcome, cells } in faults {
        match outcome {
            Outcome::Found => {}
            Outcome::Missed => missed.push(format!("{profile} {table} {extent:?}: {cells}")),
            Outcome::Unprovable => *unprovable.entry(format!("{profile} {table}")).or_default() += 1,
        }
    }
    for (place, count) in &unprovable {
        println!("{count} that nothing printed contradicts, {place}");
    }
    let count = unprovable.values().sum::<usize>();
    println!("{} of {} found", faults.len() - count - missed.len(), faults.len() - count);
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(count * 20 <= faults.len());
}

#[test]
fn faults_in_sums_are_found() {
    are_found(&faults(20));
}

#[test]
#[ignore = "takes minutes"]
fn four_hundred_faults_in_sums_are_found() {
    are_found(&faults(400));
}
