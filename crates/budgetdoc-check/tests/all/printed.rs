//! The proof of printed tables: budgets made at random have nothing to be found, and faults put into their tables are.

use std::collections::BTreeMap;

use budgetdoc_check::{SentenceFigure, printed_sentences, prove};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_document::{CellContent, Table};
use budgetdoc_tests::chance::{Chance, for_any};
use rust_decimal::Decimal;

use crate::random_budget::{budget, budget_of, profiles, spec};

/// The tables of a budget with their ids.
pub fn tables(budget: &Budget) -> (Vec<String>, Vec<Table>) {
    let composed = budget.compose_tables().unwrap();
    composed.into_iter().map(|(id, table)| (id.to_owned(), table)).unzip()
}

pub fn sentences(budget: &Budget) -> Vec<SentenceFigure> {
    printed_sentences(budget, &Prose::of(budget))
}

fn nothing_is_found(cases: u32) -> usize {
    let mut compared = 0;
    for profile in profiles() {
        for_any(cases, |chance| {
            let text = spec(&profile, chance);
            let budget = budget_of(&text, &profile);
            let (ids, tables) = tables(&budget);
            let proof = prove(&tables, &sentences(&budget));
            let found =
                proof.differences.iter().map(|one| (one.table.map(|table| &ids[table]), one)).collect::<Vec<_>>();
            assert!(found.is_empty(), "{}: {found:#?}\n{text}", profile.name);
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

/// Two units count eight yuan, which print as 0.00万元 and part two totals by a digit.
#[test]
fn what_is_eliminated_may_print_as_nothing() {
    let budget = crate::support::budget(
        "budgetdoc: 1\nprofile: general/2026\nyear: 2026\nunit: 元\n\
         department:\n  name: 某局\n  units:\n\
         \x20   - { id: a, name: 某局第一中心, nature: institution }\n\
         \x20   - { id: b, name: 某局第二中心, nature: institution }\n\
         income:\n\
         \x20 - { unit: a, fund: general_public, amount: 11718 }\n\
         \x20 - { unit: a, fund: other_income, amount: 8 }\n\
         \x20 - { unit: b, fund: general_public, amount: 11718 }\n\
         \x20 - { unit: b, fund: affiliated_units, amount: 8 }\n\
         expenditure:\n\
         \x20 - { unit: a, item: 2012901, amount: 11718 }\n\
         \x20 - { unit: a, fund: other_income, item: 2010399, kind: paid_up, amount: 8 }\n\
         \x20 - { unit: b, item: 2012901, amount: 11718 }\n\
         \x20 - { unit: b, fund: affiliated_units, item: 2012901, amount: 8 }\n\
         economic:\n\
         \x20 - { unit: a, code: 30101, amount: 11718 }\n\
         \x20 - { unit: b, code: 30101, amount: 11718 }\n\
         \x20 - { unit: b, fund: affiliated_units, code: 30101, amount: 8 }\n\
         internal:\n  - { from: a, to: b, fund: affiliated_units, item: 2010399, kind: paid_up, amount: 8 }\n",
    );
    let (_, tables) = tables(&budget);
    let printed: Vec<String> = tables.iter().flat_map(numbers).collect();
    assert!(printed.contains(&"2.34".to_owned()) && printed.contains(&"2.35".to_owned()), "{printed:?}");
    assert_eq!(prove(&tables, &sentences(&budget)).differences, []);
}

/// The printed figures of a table.
fn numbers(table: &Table) -> Vec<String> {
    let rows = table.bodies.iter().flat_map(|body| &body.rows);
    let figures = rows.flat_map(|row| &row.cells).filter_map(|cell| cell.content.number());
    figures.map(ToString::to_string).collect()
}
