//! Amounts of workbooks brought into specs that exist.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::rollover::rollover;
use budgetdoc_core::spec::Spec;
use budgetdoc_workbook::{Book, ImportError, Renewed, import_into, read_book, write_xlsx};

use crate::{budget, samples, spec_text};

fn book(budget: &Budget) -> Book {
    read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap()
}

fn resolved(text: &str) -> Budget {
    let spec = Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let profile = budgetdoc_core::profile::Profile::built_in(&spec.profile).unwrap();
    Budget::resolve(spec, profile).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn into(book: &Book, text: &str) -> Renewed {
    import_into(book, (text, &resolved(text)), None, None).unwrap()
}

/// Returns the budget of a sample's text with some words changed.
fn altered(name: &str, changes: &[(&str, &str)]) -> Budget {
    let mut spec = spec_text(name);
    for (old, new) in changes {
        assert!(spec.contains(old), "{old}");
        spec = spec.replace(old, new);
    }
    resolved(&spec)
}

/// Returns the lines that differ, with `-` and `+`.
fn changed(old: &str, new: &str) -> Vec<String> {
    let lines = |signs: char, text: &str, other: &str| -> Vec<String> {
        let others: Vec<&str> = other.lines().collect();
        let own = text.lines().filter(|line| !others.contains(line));
        own.map(|line| format!("{signs}{}", line.trim())).collect()
    };
    [lines('-', old, new), lines('+', new, old)].concat()
}

#[test]
fn a_samples_own_workbook_changes_nothing() {
    for name in samples() {
        let own = spec_text(&name);
        let renewed = into(&book(&budget(&name)), &own);
        assert_eq!(changed(&own, &renewed.text), Vec::<String>::new(), "{name}");
        let told: Vec<&str> = renewed.remarks.iter().map(|remark| remark.message.zh.as_str()).collect();
        assert!(!told.iter().any(|words| words.contains("没有更新")), "{name}: {told:#?}");
        assert_eq!(renewed.gone.len(), 0, "{name}: {:?}", renewed.gone);
    }
}

#[test]
fn new_amounts_take_the_place_of_the_old_ones() {
    let name = "putuo-finance-bureau-2025";
    let old = "  - { item: 2080506, amount: 873617.00 }\n";
    let own = spec_text(name).replace(old, "  - item: 2080506   # 职业年金\n    amount: 873617.00   # 批复数\n");
    let new = altered(name, &[("item: 2080506, amount: 873617.00", "item: 2080506, amount: 900000.5")]);
    let renewed = into(&book(&new), &own);
    assert_eq!(changed(&own, &renewed.text), ["-amount: 873617.00   # 批复数", "+amount: 900000.5   # 批复数"]);
}

#[test]
fn entries_that_come_are_added_and_those_that_go_are_named() {
    let name = "made-up-funds-2025";
    let own = spec_text(name);
    let new = altered(
        name,
        &[
            ("  - { item: 2080505, amount: 1400000 }\n", "  - { item: 2080506, amount: 1400000 }\n"),
            ("{ code: 30108, amount: 1400000 }", "{ code: 30109, amount: 1400000 }"),
            ("subject: 2080505", "subject: 2080506"),
        ],
    );
    let renewed = into(&book(&new), &own);
    let added = ["+- { code: 30109, amount: 1400000 }", "+- { item: 2080506, amount: 1400000 }"];
    let mut lines = changed(&own, &renewed.text);
    lines.sort_unstable();
    assert_eq!(lines, added);
    let gone: Vec<&str> =
        renewed.gone.iter().map(|place| renewed.text.lines().nth(place.line as usize - 1).unwrap()).collect();
    assert_eq!(gone, ["  - { item: 2080505, amount: 1400000 }", "  - { code: 30108, amount: 1400000 }"]);
}

#[test]
fn a_spec_that_was_rolled_over_is_filled_in() {
    for name in ["made-up-funds-2025", "longgang-womens-federation-2022"] {
        let this = budget(name);
        let year = this.spec.year.value + 1;
        let mut spec = this.spec.clone();
        spec.year = year.into();
        let next = book(&Budget::resolve(spec, this.profile.clone()).unwrap());
        let rolled = rollover(&spec_text(name), year).unwrap().text;
        let renewed = into(&next, &rolled);
        let told: Vec<&str> = renewed.remarks.iter().map(|remark| remark.message.zh.as_str()).collect();
        let (filled, own) = (resolved(&renewed.text), &this);
        for list in ["income", "expenditure"] {
            let [new, old] = [&filled, own].map(|budget| budget.figure(list).map(|total| total.or_zero()));
            assert_eq!(new, old, "{name} {list}\n{told:#?}\n{}", renewed.text);
        }
    }
}

#[test]
fn a_workbook_of_another_year_is_refused_unless_the_year_is_told() {
    let name = "putuo-finance-bureau-2025";
    let own = spec_text(name);
    let rolled = rollover(&own, 2026).unwrap().text;
    let (book, budget) = (book(&budget(name)), resolved(&rolled));
    let error = import_into(&book, (&rolled, &budget), None, None).unwrap_err();
    assert!(
        matches!(&error, ImportError::OtherYear(words) if words.zh.contains("工作簿是2025年的，数据文件是2026年的"))
    );
    assert!(import_into(&book, (&rolled, &budget), Some(2026), None).is_ok());
}

#[test]
fn a_sum_of_several_entries_is_compared() {
    let name = "putuo-finance-bureau-2025";
    let own = spec_text(name);
    // Of the two amounts of projects the form prints the sum alone.
    let new = altered(name, &[("kind: project, amount: 108514.80", "kind: project, amount: 108515.80")]);
    let renewed = into(&book(&new), &own);
    assert_eq!(changed(&own, &renewed.text), Vec::<String>::new());
    let told: Vec<&str> = renewed.remarks.iter().map(|remark| remark.message.zh.as_str()).collect();
    assert!(
        told.iter().any(|words| words.contains("本年数没有更新：工作簿中为 138515.8元，没有分开；数据文件中合计为 138514.8元")),
        "{told:#?}"
    );
}
