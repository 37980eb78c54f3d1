//! Tables of random budgets whose figures agree.

use crate::tables::assert_grids;
use budgetdoc_check::{Severity, check};
use budgetdoc_core::budget::{Budget, CellValue, TableValue};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure, Profile};
use budgetdoc_core::spec::Spec;
use budgetdoc_core::subject::{Level, SubjectCode};
use budgetdoc_document::ColumnKind;
use budgetdoc_tests::chance::{Chance, for_any};

/// An amount in fen: often nothing, sometimes small, sometimes great.
fn fen(chance: &mut Chance) -> u64 {
    match chance.below(8) {
        0 => 0,
        1 => chance.below(100),
        2 => chance.below(100_000_000_000_000),
        _ => chance.below(1_000_000_000),
    }
}

const FUNDS: [&str; 5] = ["general_public", "government_fund", "state_capital", "fiscal_account", "other_income"];
const ITEMS: [&str; 10] =
    ["2010101", "2012901", "2012902", "2040401", "2080501", "2080505", "2101101", "2120399", "2210201", "2210203"];

/// Fen as yuan with two decimals.
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// A random spec in which everything agrees: income is what is spent, and basic expenditure by category is that by
/// subject, for every unit and fund.
fn random_spec(chance: &mut Chance) -> String {
    let units = 1 + chance.below(3);
    let funds = &FUNDS[..1 + chance.below(FUNDS.len())];
    let mut lists: [String; 7] = Default::default();
    let [income, brought, carried, expenditure, basic, projects, three_public] = &mut lists;
    let mut number = 0;
    for unit in 0..units {
        for fund in funds {
            let place = format!("unit: u{unit}, fund: {fund}");
            let mut spent = 0;
            for item in ITEMS {
                if chance.below(4) == 0 {
                    let fen = fen(chance);
                    spent += fen;
                    expenditure.push_str(&format!("  - {{ {place}, item: {item}, amount: {} }}\n", yuan(fen)));
                }
            }
            // Basic expenditure cut in three; a part of nothing may be left out.
            let first = chance.below(spent + 1);
            let second = chance.below(spent - first + 1);
            for (category, fen) in [("personnel", first), ("operating", second), ("allowances", spent - first - second)]
            {
                if fen > 0 || chance.below(2) == 0 {
                    basic.push_str(&format!("  - {{ {place}, category: {category}, amount: {} }}\n", yuan(fen)));
                }
            }
            for _ in 0..chance.below(3) {
                let (fen, item) = (fen(chance), chance.pick(&ITEMS));
                spent += fen;
                number += 1;
                projects.push_str(&format!(
                    "  - {{ id: p{number}, name: 项目{number}, {place}, item: {item}, amount: {} }}\n",
                    yuan(fen)
                ));
            }
            if chance.below(3) == 0 {
                let fen = fen(chance);
                spent += fen;
                carried.push_str(&format!("  - {{ {place}, amount: {} }}\n", yuan(fen)));
            }
            let before = if chance.below(3) == 0 { chance.below(spent + 1) } else { 0 };
            brought.push_str(&format!("  - {{ {place}, amount: {} }}\n", yuan(before)));
            income.push_str(&format!("  - {{ {place}, amount: {} }}\n", yuan(spent - before)));
        }
        for category in ["abroad", "reception", "vehicle_purchase", "vehicle_running"] {
            three_public.push_str(&format!("  - {{ unit: u{unit}, category: {category}, amount: 0, last: 0.01 }}\n"));
        }
    }
    let mut text = String::from(
        "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\nunit: 元\ndepartment:\n  name: 某局\n  units:\n",
    );
    for unit in 0..units {
        text.push_str(&format!("    - {{ id: u{unit}, name: 单位{unit} }}\n"));
    }
    let keys = ["income", "brought_forward", "carried_forward", "expenditure", "basic", "projects", "three_public"];
    for (key, rows) in keys.iter().zip(&lists).filter(|(_, rows)| !rows.is_empty()) {
        text.push_str(&format!("{key}:\n{rows}"));
    }
    text
}

/// The figures of a row.
fn figures(table: &TableValue, row: usize) -> Vec<Money> {
    let cells = table.rows[row].cells.iter();
    cells.filter_map(|cell| if let CellValue::Figure(total) = cell { Some(total.or_zero()) } else { None }).collect()
}

fn column_sums(rows: &[Vec<Money>], width: usize) -> Vec<Money> {
    (0..width).map(|column| rows.iter().map(|row| row[column]).sum()).collect()
}

/// In each unit's block, the unit is the sum of its classes, a class of its divisions, a division of its items.
#[track_caller]
fn assert_tree(table: &TableValue) {
    let code = |row: usize| table.rows[row].subject;
    let level = |row: usize| code(row).map(SubjectCode::level);
    for row in 0..table.rows.len() {
        let own = figures(table, row);
        let (below, within): (Level, Box<dyn Fn(usize) -> bool>) = match code(row) {
            None => (Level::Class, Box::new(|_| true)),
            Some(parent) if parent.level() == Level::Class => {
                (Level::Division, Box::new(move |other| code(other).is_some_and(|code| code.is_within(parent))))
            }
            Some(parent) if parent.level() == Level::Division => {
                (Level::Item, Box::new(move |other| code(other).is_some_and(|code| code.is_within(parent))))
            }
            Some(_) => continue,
        };
        let block = (row + 1..table.rows.len()).take_while(|other| code(*other).is_some());
        let parts: Vec<_> = block
            .filter(|other| level(*other) == Some(below) && within(*other))
            .map(|other| figures(table, other))
            .collect();
        assert_eq!(own, column_sums(&parts, own.len()), "{} row {}", table.id, row + 1);
    }
}

#[test]
fn any_budget_that_agrees_with_itself_makes_tables_that_do() {
    let mut subjects = 0;
    let profile = Profile::from_yaml(crate::support::PROFILE).expect("the profile is right");
    for_any(150, |chance| {
        let text = random_spec(chance);
        let spec = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let budget = Budget::resolve(spec, profile.clone()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let wrong: Vec<_> = check(&budget)
            .into_iter()
            .filter(|finding| !finding.rule.starts_with('C') && finding.severity > Severity::Note)
            .map(|finding| finding.message.en)
            .collect();
        assert_eq!(wrong, [] as [&str; 0], "{text}");

        let tables = budget.tables();
        let table = |id: &str| tables.iter().find(|table| table.id == id).expect("the table is in the profile");
        for id in ["general_public", "government_fund", "state_capital"] {
            let table = table(id);
            assert_tree(table);
            for row in 0..table.rows.len() {
                let [total, basic, project] = figures(table, row)[..] else { panic!("three figures") };
                assert_eq!(total, basic + project, "{id} row {}:\n{text}", row + 1);
                subjects += 1;
            }
        }
        let whole = |accounts: &[Account]| {
            budget.total(&Measure { accounts: accounts.to_vec(), ..Measure::default() }).or_zero()
        };
        let expenditure = table("expenditure");
        let by_unit: Vec<_> = (0..expenditure.rows.len()).map(|row| figures(expenditure, row)).collect();
        for row in &by_unit {
            assert_eq!(row[0], row[1] + row[2], "expenditure is basic and project");
        }
        assert_eq!(by_unit.iter().map(|row| row[0]).sum::<Money>(), whole(&[Account::Expenditure]));
        // Every table of sources: the total is appropriations, fiscal account and own funds, and those are their parts.
        for id in ["basic", "projects"] {
            let table = table(id);
            for row in 0..table.rows.len() {
                let figures = figures(table, row);
                assert_eq!(figures[0], figures[1] + figures[5] + figures[6], "{id}");
                assert_eq!(figures[1], figures[2..5].iter().copied().sum::<Money>(), "{id}");
                assert_eq!(figures[6], figures[7..].iter().copied().sum::<Money>(), "{id}");
            }
        }
        let income = table("income");
        let totals = (0..income.rows.len()).map(|row| figures(income, row)[0]).sum::<Money>();
        assert_eq!(totals, whole(&[Account::Income, Account::BroughtForward]), "the total of income");
        let balance = table("balance");
        let [left, right] = figures(balance, balance.rows.len() - 1)[..] else { panic!("two figures") };
        assert_eq!(left, right, "income and expenditure");

        for table in &tables {
            let amounts = table.columns.iter().filter(|column| column.kind == ColumnKind::Amount).count();
            assert!(amounts > 0 && table.rows.iter().all(|row| row.cells.len() == table.columns.len()), "{}", table.id);
        }
        assert_grids(&budget.compose().unwrap_or_else(|error| panic!("{error}\n{text}")));
    });
    assert!(subjects > 3000, "too few rows to mean anything: {subjects}");
}
