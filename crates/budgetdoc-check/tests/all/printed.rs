//! The proof of printed tables: budgets made at random have nothing to be found, and faults put into their tables are.

use std::collections::BTreeMap;

use budgetdoc_check::{SentenceFigure, printed_sentences, prove};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_document::{Cell, CellContent, Row, Table};
use budgetdoc_tests::chance::{Chance, for_any};
use rust_decimal::Decimal;

use crate::random_budget::{budget, profiles};

/// The tables of a budget with their ids.
fn tables(budget: &Budget) -> (Vec<String>, Vec<Table>) {
    let composed = budget.compose_tables().unwrap();
    composed.into_iter().map(|(id, table)| (id.to_owned(), table)).unzip()
}

fn sentences(budget: &Budget) -> Vec<SentenceFigure> {
    printed_sentences(budget, &Prose::of(budget))
}

fn nothing_is_found(cases: u32) -> usize {
    let mut compared = 0;
    for profile in profiles() {
        for_any(cases, |chance| {
            let budget = budget(&profile, chance);
            let (ids, tables) = tables(&budget);
            let proof = prove(&tables, &sentences(&budget));
            let found =
                proof.differences.iter().map(|one| (one.table.map(|table| &ids[table]), one)).collect::<Vec<_>>();
            assert!(found.is_empty(), "{}: {found:#?}", profile.name);
            compared += proof.compared.iter().map(|(_, count)| count).sum::<usize>();
        });
    }
    compared
}

#[test]
fn budgets_made_at_random_print_nothing_that_contradicts_itself() {
    assert!(nothing_is_found(6) > 1000);
}

#[test]
#[ignore = "a thousand budgets of every profile take minutes"]
fn a_thousand_budgets_of_every_profile_contradict_nothing() {
    println!("{} pairs of figures", nothing_is_found(1000));
}

/// The places of all figures of a table: body, row, cell.
fn figures(table: &Table) -> Vec<(usize, usize, usize)> {
    let mut places = Vec::new();
    for (body, rows) in table.bodies.iter().enumerate() {
        for (row, cells) in rows.rows.iter().enumerate() {
            let is_figure = |cell: &usize| cells.cells[*cell].content.number().is_some();
            places.extend((0..cells.cells.len()).filter(is_figure).map(|cell| (body, row, cell)));
        }
    }
    places
}

/// Changes a figure by more than rounding could: it is nothing, twice itself, or another.
fn spoil(content: &mut CellContent, chance: &mut Chance) {
    let (CellContent::Amount(number) | CellContent::Percentage(number)) = content else { return };
    let step = Decimal::new(1, number.format.decimals);
    let other = number.value + step * Decimal::from(50 + chance.below(5000));
    number.value = match chance.below(3) {
        0 if number.value.abs() > step * Decimal::from(50) => Decimal::ZERO,
        1 if number.value.abs() > step * Decimal::from(50) => number.value * Decimal::TWO,
        _ => other,
    };
}

/// Spoils figures one by one, each of which is found or not; `every` one of so many. Returns how many of how many were
/// found by table.
fn spoiled(seeds: std::ops::Range<u64>, every: u64) -> BTreeMap<String, (usize, usize)> {
    let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut chance = Chance::seeded(7);
    for profile in profiles() {
        let name = profile.name.clone();
        for seed in seeds.clone() {
            let budget = budget(&profile, &mut Chance::seeded(seed));
            let (sentences, (ids, mut tables)) = (sentences(&budget), tables(&budget));
            for index in 0..tables.len() {
                for (body, row, cell) in figures(&tables[index]) {
                    if !chance.of(every) {
                        continue;
                    }
                    let right = tables[index].bodies[body].rows[row].cells[cell].content.clone();
                    spoil(&mut tables[index].bodies[body].rows[row].cells[cell].content, &mut chance);
                    let told = !prove(&tables, &sentences).differences.is_empty();
                    tables[index].bodies[body].rows[row].cells[cell].content = right;
                    let count = found.entry(format!("{name} {}", ids[index])).or_default();
                    count.0 += usize::from(told);
                    count.1 += 1;
                }
            }
        }
    }
    found
}

/// Asserts that nearly every figure that was spoiled is found. Others are in no relation: projects of a table without a
/// total, procurement beside expenditure, operating costs beside public expenses.
fn nearly_all_are_found(found: BTreeMap<String, (usize, usize)>) {
    for (table, (found, all)) in &found {
        println!("{table}: {found} of {all}");
    }
    let (found, all) = found.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{found} of {all}");
    assert!(all > 0 && found * 100 >= all * 95, "{found} of {all}");
}

#[test]
fn spoiled_figures_are_found() {
    nearly_all_are_found(spoiled(0..1, 20));
}

#[test]
#[ignore = "takes a minute"]
fn figures_spoiled_one_by_one_are_found() {
    nearly_all_are_found(spoiled(0..3, 2));
}

/// Changes a table of a spec that is right, cell by cell, and returns the rules that find it.
fn found_in(spec: &str, id: &str, change: impl Fn(&mut Row)) -> Vec<&'static str> {
    let (ids, mut tables) = tables(&crate::support::budget(spec));
    assert_eq!(prove(&tables, &[]).differences, []);
    let table = ids.iter().position(|other| other == id).unwrap();
    tables[table].bodies.iter_mut().flat_map(|body| &mut body.rows).for_each(change);
    let mut rules: Vec<_> = prove(&tables, &[]).differences.iter().map(|one| one.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");
const NEW_UNIT: &str = include_str!("../../../../specs/made-up-new-unit-2025.yaml");

fn clear(cell: &mut CellContent) {
    if let CellContent::Amount(number) = cell {
        number.value = Decimal::ZERO;
    }
}

#[test]
fn classes_and_divisions_that_print_nothing_above_their_items_are_found() {
    let found = found_in(MINISTRY, "expenditure", |row| {
        let is_above = matches!(&row.cells[0].content, CellContent::Code(code) if code.len() < 7);
        if is_above {
            row.cells.iter_mut().for_each(|cell| clear(&mut cell.content));
        }
    });
    assert_eq!(found, ["D2", "D3", "D6"]);
}

#[test]
fn parts_that_print_nothing_beside_their_total_are_found() {
    let empty = |cell: &mut Cell| cell.content = CellContent::Empty;
    for change in [empty, |cell: &mut Cell| clear(&mut cell.content)] {
        let found = found_in(NEW_UNIT, "balance", |row| row.cells[4..6].iter_mut().for_each(change));
        assert!(found.contains(&"D1"), "{found:?}");
    }
}

#[test]
fn this_year_printed_as_last_year_and_years_exchanged_are_found() {
    // Behind code and name: the outcome, and this year's total. A total row has one cell for both.
    let exchanged = |row: &mut Row| {
        let first = row.cells.len() - 6;
        row.cells.swap(first, first + 1);
    };
    let found = found_in(MINISTRY, "general_public", exchanged);
    assert!(found.contains(&"D1") && found.contains(&"D5"), "{found:?}");
    let repeated = |row: &mut Row| {
        let first = row.cells.len() - 6;
        row.cells[first] = row.cells[first + 1].clone();
    };
    assert_eq!(found_in(MINISTRY, "general_public", repeated), ["D5"]);
}

#[test]
fn sentences_that_print_last_year_as_this_are_found() {
    let right = crate::support::budget(MINISTRY);
    let (_, tables) = tables(&right);
    assert_eq!(prove(&tables, &sentences(&right)).differences, []);
    let mut wrong = right.clone();
    for fact in &mut wrong.cube.facts {
        fact.this = fact.last.unwrap_or(fact.this);
    }
    let found = prove(&tables, &sentences(&wrong)).differences;
    assert!(found.len() > 5 && found.iter().all(|one| one.rule == "D7"), "{found:#?}");
}

#[test]
fn rows_without_last_year_print_a_change_that_adds_up() {
    let sample = crate::support::SAMPLE;
    let without = crate::support::replace(sample, "amount: 0.3, last: 0.5 }", "amount: 0.3 }");
    let (_, tables) = tables(&crate::support::budget(&without));
    assert_eq!(prove(&tables, &[]).differences, []);
}

#[test]
fn projects_that_print_another_amount_elsewhere_are_found() {
    let found = found_in(crate::support::SAMPLE, "key_projects", |row| {
        row.cells.iter_mut().for_each(|cell| clear(&mut cell.content));
    });
    assert_eq!(found, ["D6"]);
}
