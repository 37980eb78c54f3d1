//! Units among each other, what moves between them, and the budgets of other years and of the units themselves.

use crate::support::{TWO_UNITS, budget, replace};
use budgetdoc_check::{Companions, Severity};
use budgetdoc_check::{check, examine};
use budgetdoc_core::budget::Budget;

const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");

fn errors(budget: &Budget, companions: &Companions) -> Vec<(&'static str, String)> {
    let findings = examine(&budget.compose_with_prose(), companions).findings;
    let grave = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    grave.map(|finding| (finding.rule, finding.about)).collect()
}

fn alone(text: &str) -> Vec<(&'static str, String)> {
    errors(&budget(text), &Companions::default())
}

fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (piece, by)| replace(&text, piece, by))
}

fn one(rule: &'static str, about: &str) -> Vec<(&'static str, String)> {
    vec![(rule, about.to_owned())]
}

#[test]
fn every_unit_balances_on_its_own() {
    assert_eq!(alone(TWO_UNITS), []);
    let moved = [("{ unit: centre, item: 2012950, amount: 100.5 }", "{ unit: office, item: 2012950, amount: 100.5 }")];
    assert_eq!(alone(&changed(TWO_UNITS, &moved)), one("B11", "units.office.general_public"));
    let moved =
        [("amount: 500.25, last: 450", "amount: 500.35, last: 450"), ("amount: 120.5, last", "amount: 120.4, last")];
    assert_eq!(alone(&changed(TWO_UNITS, &moved)), one("B11", "units.office.general_public"));
    let moved = [
        ("code: 30101, amount: 200 }", "code: 30101, amount: 210 }"),
        ("code: 30101, amount: 90 }", "code: 30101, amount: 80 }"),
    ];
    assert_eq!(alone(&changed(TWO_UNITS, &moved)), one("B3", "basic.office.general_public"));
    // Moved with its income and its economic subjects: nothing to be said.
    let moved = [
        ("unit: office, item: 2080505, amount: 30 }", "unit: office, item: 2080505, amount: 35 }"),
        ("unit: centre, item: 2080505, amount: 10 }", "unit: centre, item: 2080505, amount: 5 }"),
        ("code: 30108, amount: 30 }", "code: 30108, amount: 35 }"),
        ("code: 30108, amount: 10 }", "code: 30108, amount: 5 }"),
        ("amount: 500.25, last: 450", "amount: 505.25, last: 450"),
        ("amount: 120.5, last: 100", "amount: 115.5, last: 100"),
    ];
    assert_eq!(alone(&changed(TWO_UNITS, &moved)), []);
}

#[test]
fn what_moves_between_units_is_part_of_both() {
    assert_eq!(alone(MINISTRY), []);
    let amount = |by: &'static str| [("kind: affiliated, amount: 80, last: 60 }\n  - { from", by)];
    let more = amount("kind: affiliated, amount: 800000, last: 60 }\n  - { from");
    // Too much for both ends is one mistake.
    let both = one("B12", "internal.office.2010302");
    assert_eq!(alone(&changed(MINISTRY, &more)), both);
    let little = amount("kind: affiliated, amount: 80.01, last: 60 }\n  - { from");
    assert_eq!(alone(&changed(MINISTRY, &little)), both);
    // Another receiver, who has no such income.
    let other = [("{ from: office, to: school, fund", "{ from: office, to: centre, fund")];
    assert_eq!(alone(&changed(MINISTRY, &other)), one("B12", "internal.centre.superior_subsidy"));
    // Two rows that together are what one was.
    let parted = amount(
        "kind: affiliated, amount: 50, last: 60 }\n  - { from: office, to: school, fund: superior_subsidy, item: 2010302, kind: affiliated, amount: 30, last: 0 }\n  - { from",
    );
    assert_eq!(alone(&changed(MINISTRY, &parted)), []);
}

/// The ministry's budget of the year before: what the spec says of last year.
fn year_before() -> Budget {
    let mut before = budget(MINISTRY);
    before.spec.year.value -= 1;
    for fact in &mut before.cube.facts {
        if let Some(last) = fact.last {
            fact.this = last;
        }
    }
    before
}

#[test]
fn last_years_figures_are_compared_row_by_row() {
    let before = Companions { last_year: Some(year_before()), ..Companions::default() };
    let against = |changes: &[(&str, &str)]| {
        let findings = examine(&budget(&changed(MINISTRY, changes)).compose_with_prose(), &before).findings;
        let of_rule = findings.into_iter().filter(|finding| finding.rule == "B13");
        of_rule.map(|finding| finding.about).collect::<Vec<_>>()
    };
    assert_eq!(against(&[]), Vec::<String>::new());
    // Two items, then two funds, exchanged: no sum over all of them changes.
    let items = [
        ("amount: 780, last: 760, executed: 759", "amount: 780, last: 920, executed: 759"),
        ("amount: 940, last: 920, executed", "amount: 940, last: 760, executed"),
    ];
    assert_eq!(against(&items), ["items.2080505", "items.2210201"]);
    let funds = [
        ("fund: business_income, amount: 1250, last: 1100", "fund: business_income, amount: 1250, last: 280"),
        ("fund: operating_income, amount: 300, last: 280 }", "fund: operating_income, amount: 300, last: 1100 }"),
    ];
    assert_eq!(against(&funds), ["income.business_income", "income.operating_income"]);
    let carried = [("item: 2010302, amount: 110.25, last: 90", "item: 2010302, amount: 110.25, last: 91")];
    assert_eq!(against(&carried), ["carried_forward.general_public"]);
    // One row without its year leaves the others compared.
    let one_left_out = [
        (
            "{ unit: service, fund: other_income, amount: 60.5, last: 55 }",
            "{ unit: service, fund: other_income, amount: 60.5 }",
        ),
        ("fund: business_income, amount: 1250, last: 1100", "fund: business_income, amount: 1250, last: 1101"),
    ];
    assert_eq!(against(&one_left_out), ["income.business_income"]);
}

#[test]
fn last_years_spec_is_of_last_year_and_of_the_department() {
    let mut other_year = year_before();
    other_year.spec.year.value -= 1;
    let companions = Companions { last_year: Some(other_year), ..Companions::default() };
    assert_eq!(errors(&budget(MINISTRY), &companions), one("B13", "last_year"));
    let mut renamed = year_before();
    renamed.spec.department.name.value = "示例事务局".to_owned();
    let companions = Companions { last_year: Some(renamed), ..Companions::default() };
    let findings = examine(&budget(MINISTRY).compose_with_prose(), &companions).findings;
    let found: Vec<_> = findings.iter().filter(|finding| finding.rule == "B13").collect();
    assert!(matches!(found.as_slice(), [one] if one.severity == Severity::Warning), "{found:?}");
}

#[test]
fn specs_of_units_that_match_none_are_named() {
    let companions = |text: &str| Companions { units: vec![budget(text)], ..Companions::default() };
    assert_eq!(errors(&budget(TWO_UNITS), &companions(MINISTRY)), one("B12", "units.示例事务部"));
    let last_years = replace(TWO_UNITS, "year: 2022", "year: 2021");
    assert_eq!(errors(&budget(TWO_UNITS), &companions(&last_years)), one("B12", "units.示例区档案局"));
    // Of one unit there is a spec, of the other none.
    let mut office = budget(TWO_UNITS);
    office.spec.department.units[1].name.value = "示例区档案中心（筹）".to_owned();
    let findings =
        examine(&budget(TWO_UNITS).compose_with_prose(), &Companions { units: vec![office], ..Companions::default() })
            .findings;
    let found: Vec<_> = findings.iter().filter(|finding| finding.rule == "B12").collect();
    assert!(matches!(found.as_slice(), [one] if one.message.zh.contains("示例区档案中心")), "{found:?}");
}

#[test]
fn errors_are_let_stand_by_their_place_only() {
    let missing = replace(TWO_UNITS, "  goals: 做好档案数字化工作。\n", "");
    let suppress = |at: &str| format!("{missing}suppress:\n  - {{ rule: C14, {at}reason: 另行公开 }}\n");
    assert_eq!(alone(&missing), one("C14", "text.goals"));
    assert_eq!(alone(&suppress("")), [("C14", "text.goals".to_owned()), ("S1", "suppress.C14".to_owned())]);
    let findings = check(&budget(&suppress("at: text.goals, ")));
    assert!(findings.iter().all(|finding| finding.rule != "C14" && finding.rule != "S1"), "{findings:?}");
}

#[test]
fn wholes_of_last_year_are_the_figures_of_last_years_spec() {
    const CARRY_OVER: &str = include_str!("../../../../specs/made-up-carry-over-2019.yaml");
    let told = |operating: &str| {
        let last_year = changed(CARRY_OVER, &[("\nyear: 2019", "\nyear: 2018")]);
        let companions = Companions { last_year: Some(budget(&last_year)), ..Companions::default() };
        let text = replace(CARRY_OVER, "operating: 310", operating);
        let found = errors(&budget(&text), &companions);
        found.contains(&("B13", "last_totals.operating".to_owned()))
    };
    // 30201, 30211 and 30231 of that year.
    assert!(!told("operating: 300"));
    assert!(told("operating: 310"));
    assert!(told("operating: 30"));
}
