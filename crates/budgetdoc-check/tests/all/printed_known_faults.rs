//! Faults known from forms and programs, put into composed documents one by one.

use budgetdoc_check::prove;
use budgetdoc_core::budget::{Budget, Fact};
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Cell, CellContent, Row};
use rust_decimal::Decimal;

use crate::printed::{sentences, tables};

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
fn income_that_prints_nothing_above_its_items_is_found() {
    let found = found_in(NEW_UNIT, "income", |row| {
        // The third column has the item.
        let is_above = row.cells.len() > 3 && row.cells[2].content.to_string().is_empty();
        if is_above && !row.total {
            row.cells.iter_mut().for_each(|cell| clear(&mut cell.content));
        }
    });
    assert!(found.contains(&"D2"), "{found:?}");
}

#[test]
fn totals_of_no_rows_are_found() {
    let (ids, mut tables) = tables(&crate::support::budget(NEW_UNIT));
    let table = ids.iter().position(|id| id == "income").unwrap();
    tables[table].bodies.iter_mut().for_each(|body| body.rows.retain(|row| row.total));
    let found = prove(&tables, &[]).differences;
    assert!(found.iter().any(|one| one.rule == "D3"), "{found:#?}");
}

/// Returns the rules that find the sentences of one budget among the tables of another, in a form with these parts.
fn found_in_sentences(form: &str, wrong: impl Fn(&mut Budget)) -> Vec<&'static str> {
    let profile = format!("budgetdoc_profile: 1\nname: form/1\nextends: central/2025\n{form}");
    let profile = Profile::from_yaml(&profile).unwrap();
    let spec = Spec::from_yaml(&MINISTRY.replace("profile: central/2025", "profile: form/1")).unwrap();
    let right = Budget::resolve(spec, profile).unwrap();
    let (_, tables) = tables(&right);
    assert_eq!(prove(&tables, &sentences(&right)).differences, []);
    let mut other = right.clone();
    wrong(&mut other);
    prove(&tables, &sentences(&other)).differences.iter().map(|one| one.rule).collect()
}

/// Makes last year's amounts those of this year.
fn forget_last_year(budget: &mut Budget) {
    let this = |fact: &mut Fact| {
        let this = fact.this;
        [&mut fact.last, &mut fact.executed].into_iter().flatten().for_each(|last| *last = this);
    };
    budget.cube.facts.iter_mut().for_each(this);
}

#[test]
fn figures_of_last_year_that_print_this_year_are_found() {
    let form = "figures:\n  before: { accounts: [expenditure], funds: [general_public], year: executed }\n\
                texts:\n  general_public: |\n    {{ last_year }}年一般公共预算支出执行数{{ before | amount }}。\n";
    // Three sentences on the three public expenses say that nothing has changed.
    assert_eq!(found_in_sentences(form, forget_last_year), ["D7"; 4]);
}

#[test]
fn lists_of_last_year_that_print_this_year_are_found() {
    let form = "lists:\n  before: { each: function, of: { accounts: [expenditure], funds: [general_public], year: executed } }\n\
                texts:\n  general_public: |\n    {{ year }}年一般公共预算支出{{ general_public | amount }}。\n    \
                {% for item in before %}{{ item.name }}上年执行数{{ item | amount }}。{% endfor %}\n";
    let found = found_in_sentences(form, forget_last_year);
    assert!(found.len() > 3 && found.iter().all(|rule| *rule == "D7"), "{found:?}");
}

#[test]
fn changes_of_parts_that_leave_more_than_there_was_are_found() {
    let form = "figures:\n  of_basic: { accounts: [expenditure], funds: [general_public], kinds: [basic] }\n\
                texts:\n  general_public: |\n    {{ year }}年一般公共预算支出{{ general_public | amount }}，其中：\
                基本支出{{ of_basic | amount }}{{ of_basic | change(executed=true, base=\"执行数\", lead=\"，\") }}。\n";
    let found = found_in_sentences(form, |budget| {
        let past = budget.cube.facts.iter_mut().filter_map(|fact| fact.executed.as_mut());
        past.for_each(|executed| executed.amount = executed.amount + executed.amount);
    });
    assert_eq!(found, ["D7"]);
}

#[test]
fn no_projects_beside_their_money_are_found() {
    let form = "texts:\n  projects: |\n    绩效目标共{{ projects | length }}个，涉及{{ projects_total | amount }}。\n";
    let found = found_in_sentences(form, |budget| {
        budget.spec.projects.clear();
        budget.cube.facts.iter_mut().for_each(|fact| fact.project = None);
    });
    assert_eq!(found, ["D7"]);
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

#[test]
fn targets_that_list_projects_with_another_amount_are_found() {
    let spec = include_str!("../../../../specs/made-up-mountain-town-2023.yaml");
    let found = found_in(spec, "project_targets", |row| {
        row.cells.iter_mut().for_each(|cell| clear(&mut cell.content));
    });
    assert_eq!(found, ["D6"]);
}
