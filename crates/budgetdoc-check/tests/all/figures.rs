//! The rules on figures: what rounding explains and what not, exact amounts, other specs.

use crate::support::{SAMPLE, TWO_UNITS, budget, line_of, replace, resolve};
use budgetdoc_check::Companions;
use budgetdoc_check::Severity::{self, Error, Note};
use budgetdoc_check::{check, examine};
use budgetdoc_core::budget::Budget;

/// A rule, how much its finding weighs, and a piece of the line it points at; no piece where it has no place.
type Expected = (&'static str, Severity, &'static str);

/// The first row of expenditure: sums over all of it point there.
const FIRST_ROW: &str = "item: 2012901, amount";

/// The published subtotal of 22102.
const STATED: &str = "subject: 22102, kind";

/// What the published figures are off by, explained by rounding: 41 + 84 = 125 published as 124.
const AS_PUBLISHED: Expected = ("A5", Note, STATED);

/// Findings by rule, weight and line.
fn findings(budget: &Budget) -> Vec<(String, Severity, Option<u32>)> {
    let of = |finding: budgetdoc_check::Finding| {
        (finding.rule.to_owned(), finding.severity, finding.place.map(|place| place.line))
    };
    let mut list: Vec<_> = check(budget).into_iter().map(of).collect();
    list.sort();
    list
}

/// What is expected of `text`, in the order of [`findings`].
#[track_caller]
fn expected(text: &str, list: impl IntoIterator<Item = Expected>) -> Vec<(String, Severity, Option<u32>)> {
    let line = |piece: &str| {
        let before = text.find(piece).map(|at| text[..at].matches('\n').count() + 1);
        let line = before.unwrap_or_else(|| panic!("{piece:?} is not in the spec"));
        (!piece.is_empty()).then(|| u32::try_from(line).expect("a short text"))
    };
    let mut list: Vec<_> =
        list.into_iter().map(|(rule, severity, piece)| (rule.to_owned(), severity, line(piece))).collect();
    list.sort();
    list
}

/// The reference document without what it lets stand.
fn unexcused() -> &'static str {
    SAMPLE.split("\nsuppress:\n").next().unwrap_or_default()
}

/// Of the findings only those on figures.
fn on_figures(budget: &Budget) -> Vec<(String, Severity, Option<u32>)> {
    let mut list = findings(budget);
    list.retain(|(rule, ..)| rule.starts_with(['A', 'B']) && rule != "B10" && rule != "A7");
    list
}

#[test]
fn the_reference_document_is_off_by_rounding_only() {
    assert_eq!(on_figures(&budget(unexcused())), expected(SAMPLE, [AS_PUBLISHED]));
}

#[test]
fn stated_totals_are_allowed_what_rounding_explains() {
    // Two terms and their total: less than 1.5. Four classes and the total: less than 2.5.
    for (stated, errors, notes) in
        [("123", 1, 0), ("124", 0, 1), ("125", 0, 0), ("126", 0, 1), ("127", 1, 0), ("128", 1, 0)]
    {
        let text = replace(unexcused(), "kind: basic, amount: 124", &format!("kind: basic, amount: {stated}"));
        let found = on_figures(&budget(&text));
        let count = |severity| found.iter().filter(|(_, weight, _)| *weight == severity).count();
        assert_eq!((count(Error), count(Note)), (errors, notes), "stated as {stated}: {found:?}");
        assert!(found.iter().all(|(rule, ..)| rule == "A5"), "{found:?}");
    }
}

#[test]
fn an_item_that_does_not_fit_its_stated_total_is_found_where_it_matters() {
    let text = replace(unexcused(), "item: 2210203, amount: 84", "item: 2210203, amount: 86");
    let list = [
        ("A4", Note, "amount: 1310,"),
        // The sums it is part of are no findings of their own.
        ("A5", Error, STATED),
        ("B3", Note, FIRST_ROW),
    ];
    assert_eq!(on_figures(&budget(&text)), expected(&text, list));
}

#[test]
fn a_figure_of_no_kind_breaks_the_sum_of_the_kinds() {
    let mut budget = budget(crate::support::SMALL);
    let fact = budget.cube.facts.iter_mut().find(|fact| fact.item.is_some_and(|item| item.as_str() == "2012901"));
    fact.expect("the item is there").kind = None;
    let found = findings(&budget);
    let line = line_of(crate::support::SMALL, "item: 2012901");
    assert!(found.contains(&("A6".to_owned(), Error, Some(line))), "{found:?}");
}

#[test]
fn exact_amounts_state_no_totals() {
    let text = replace(SAMPLE, "precision: rounded", "precision: exact");
    let error = resolve(&text).expect_err("a stated total among exact amounts");
    let lines: Vec<_> = error.problems.iter().map(|problem| problem.place.map(|place| place.line)).collect();
    assert_eq!(lines, [Some(line_of(&text, STATED))]);
    assert!(error.problems[0].message.zh.contains("不能另写"), "{error}");
}

#[test]
fn exact_amounts_allow_no_difference() {
    let exact = crate::support::SMALL;
    for (piece, by, rule, line) in [
        ("amount: 100, last: 80", "amount: 100.000001, last: 80", "A4", "amount: 100.000001"),
        ("category: personnel, amount: 50", "category: personnel, amount: 49.99", "B3", "item: 2012901"),
    ] {
        let text = replace(exact, piece, by);
        let list = expected(&text, [(rule, Error, line)]);
        assert_eq!(on_figures(&budget(&text)), list, "{by}");
    }
    assert_eq!(on_figures(&budget(exact)), []);
}

#[test]
fn what_agrees_as_a_whole_must_agree_for_every_fund() {
    let text = replace(
        crate::support::SMALL,
        "amount: 100, last: 80 }",
        "amount: 90, last: 80 }\n  - { fund: other_income, amount: 10, last: 0 }",
    );
    let list = expected(&text, [("B11", Error, "amount: 90,")]);
    assert_eq!(on_figures(&budget(&text)), list);
    // The same money spent from the fund it comes from.
    let text = replace(&text, "{ item: 2210201, amount: 10 }", "{ fund: other_income, item: 2210201, amount: 10 }");
    let text = replace(
        &text,
        "{ category: personnel, amount: 50 }",
        "{ category: personnel, amount: 40 }\n  - { fund: other_income, category: personnel, amount: 10 }",
    );
    assert_eq!(on_figures(&budget(&text)), []);
}

#[test]
fn rounding_is_measured_by_the_last_digit_of_the_amounts() {
    let rounded = replace(crate::support::SMALL, "precision: exact", "precision: rounded");
    // Four amounts, so less than two steps; the step is one in the first case and a hundredth in the others.
    for (income, severity) in [
        ("101", Some(Note)),
        ("102", Some(Error)),
        ("100.01", Some(Note)),
        ("100.02", Some(Error)),
        ("101.01", Some(Error)),
    ] {
        let text = replace(&rounded, "amount: 100, last: 80", &format!("amount: {income}, last: 80"));
        let piece = format!("amount: {income},");
        let list = severity.map(|severity| ("A4".to_owned(), severity, Some(line_of(&text, &piece))));
        assert_eq!(on_figures(&budget(&text)), Vec::from_iter(list), "{income}");
    }
    // The same amounts in another unit were rounded to the same digit.
    let yuan = replace(&rounded, "unit: 万元", "unit: 元");
    for (income, severity) in [("111", Error), ("110", Note)] {
        let text = replace(&yuan, "amount: 100, last: 80", &format!("amount: {income}, last: 80"));
        let line = line_of(&text, &format!("amount: {income}"));
        assert_eq!(on_figures(&budget(&text)), [("A4".to_owned(), severity, Some(line))], "{income}");
    }
}

#[test]
fn what_other_specs_say_is_compared_line_by_line() {
    let examine = |companions: &Companions| -> Vec<(String, Severity, Option<u32>)> {
        let findings = examine(&budget(TWO_UNITS).compose_with_prose(), companions).findings.into_iter();
        findings
            .map(|finding| (finding.rule.to_owned(), finding.severity, finding.place.map(|place| place.line)))
            .collect()
    };
    // Last year's spec: this year's rows with what they say of last year.
    let rolled = |text: &str| {
        let rows = [
            ("year: 2022", "year: 2021"),
            ("fund: general_public, amount: 500.25, last: 450", "fund: general_public, amount: 450"),
            ("fund: government_fund, amount: 20, last: 20", "fund: government_fund, amount: 20"),
            ("fund: general_public, amount: 120.5, last: 100", "fund: general_public, amount: 100"),
            ("fund: business_income, amount: 30.25, last: 25", "fund: business_income, amount: 25"),
            ("code: 30201, amount: 40.25, last: 44", "code: 30201, amount: 44"),
            ("code: 30217, amount: 2, last: 3", "code: 30217, amount: 3"),
            ("code: 30201, amount: 10.5, last: 8", "code: 30201, amount: 8"),
            ("code: 30201, amount: 10.25, last: 9", "code: 30201, amount: 9"),
            ("    amount: 190\n    last: 150.5", "    amount: 150.5"),
            ("    amount: 20\n    last: 25", "    amount: 25"),
            ("category: reception, amount: 2, last: 3", "category: reception, amount: 3"),
        ];
        rows.iter().fold(text.to_owned(), |text, (piece, by)| replace(&text, piece, by))
    };
    let last = |text: &str| Companions { last_year: Some(budget(text)), ..Companions::default() };
    let right = rolled(TWO_UNITS);
    assert_eq!(examine(&last(&right)), []);
    for (piece, by, line) in [
        (
            "fund: general_public, amount: 450 ",
            "fund: general_public, amount: 540 ",
            "unit: office, fund: general_public, amount: 500.25",
        ),
        (
            "fund: business_income, amount: 25 ",
            "fund: business_income, amount: 25.01 ",
            "fund: business_income, amount: 30.25",
        ),
        ("    amount: 150.5", "    amount: 150.4", "    amount: 190"),
        ("category: reception, amount: 3 ", "category: reception, amount: 3.1 ", "category: reception, amount: 2"),
    ] {
        let found = examine(&last(&replace(&right, piece, by)));
        assert!(found.iter().all(|(rule, severity, _)| rule == "B13" && *severity == Error), "{by}: {found:?}");
        let line = expected(TWO_UNITS, [("B13", Error, line)])[0].2;
        // What is last year's stands in the row of this year's, or in the line below it.
        let near = |found: &Option<u32>| found.zip(line).is_some_and(|(found, line)| found.abs_diff(line) <= 1);
        assert!(found.iter().any(|(.., place)| near(place)), "{by}: {found:?} {line:?}");
    }
    // A unit's own spec: the department's, for it names the same units.
    let unit = |text: &str| Companions { units: vec![budget(text)], ..Companions::default() };
    assert_eq!(examine(&unit(TWO_UNITS)), []);
    for (piece, by) in [
        ("fund: business_income, amount: 30.25", "fund: business_income, amount: 30.52"),
        ("category: goods, amount: 10", "category: goods, amount: 10.01"),
    ] {
        let found = examine(&unit(&replace(TWO_UNITS, piece, by)));
        let rules: Vec<_> = found.iter().map(|(rule, ..)| rule.as_str()).collect();
        assert_eq!(rules, ["B12"], "{by}");
    }
}

#[test]
fn last_years_income_and_expenditure_agree_where_both_are_known() {
    let text =
        replace(crate::support::SMALL, "{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60, last: 52 }");
    let text = replace(&text, "{ item: 2210201, amount: 10 }", "{ item: 2210201, amount: 10, last: 8 }");
    assert_eq!(on_figures(&budget(&text)), []);
    let text = replace(&text, "amount: 10, last: 8 }", "amount: 10, last: 8.01 }");
    assert_eq!(on_figures(&budget(&text)), expected(&text, [("B13", Error, "amount: 100, last: 80")]));
}
