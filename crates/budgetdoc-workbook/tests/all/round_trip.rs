//! Specs that were printed as workbooks and imported again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{Account, Profile};
use budgetdoc_core::spec::Spec;
use budgetdoc_workbook::{Import, import, read_book, write_xlsx};

use crate::{budget, samples};

/// Imports the workbook of a budget.
pub fn again(budget: &Budget) -> Import {
    let bytes = write_xlsx(&budget.compose().unwrap()).unwrap();
    import(&read_book(&bytes).unwrap(), &budget.profile, None, None).unwrap()
}

/// Leaves out the rows and projects of which the sheets do not tell everything, and returns how many there are.
fn without_gaps(text: &str) -> (String, usize) {
    let is_gap = |line: &str| line.contains(": 待填") || line.contains("[待填");
    let mut kept: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        match line.starts_with("    ") && !line.starts_with("    - ") {
            true => kept.last_mut().unwrap().push(line),
            false => kept.push(vec![line]),
        }
    }
    let before = kept.len();
    kept.retain(|lines| !lines[0].starts_with("  - ") || !lines.iter().any(|line| is_gap(line)));
    let gaps = before - kept.len();
    // Targets name projects, which may be left out; they have a test of their own.
    let text = kept.concat().join("\n");
    let Some((before, targets)) = text.split_once("# 绩效目标\n") else { return (text, gaps) };
    let behind = targets.find("\n#").map_or("", |at| &targets[at..]);
    (format!("{before}{behind}"), gaps)
}

/// Returns the facts of a budget by their names, with this year's amount, last year's and its outcome.
fn facts(budget: &Budget) -> BTreeMap<String, [Option<Money>; 3]> {
    let profile = &budget.profile;
    let mut list = BTreeMap::new();
    for fact in &budget.cube.facts {
        let mut name = format!("{:?} {}", fact.account, profile.funds[fact.fund].id.value);
        let units = &budget.spec.department.units;
        if units.len() > 1 && fact.account != Account::Internal {
            write!(name, " {}", units[fact.unit].name.value).unwrap();
        }
        let codes = [fact.item, fact.economic].into_iter().flatten().map(|code| code.to_string());
        let kind = fact.kind.map(|kind| profile.kinds[kind].id.value.clone());
        let project = fact.project.map(|project| budget.spec.projects[project].name.value.clone());
        let bought = fact.entry.map(|entry| budget.spec.procurement_items[entry].name.value.clone());
        let category = fact.category.map(|category| format!("category {category}"));
        for part in codes.chain(kind).chain(category).chain(project).chain(bought) {
            write!(name, " {part}").unwrap();
        }
        let amounts =
            [Some(fact.this.amount), fact.last.map(|term| term.amount), fact.executed.map(|term| term.amount)];
        if amounts.iter().flatten().any(|amount| !amount.is_zero()) {
            let sums: &mut [Option<Money>; 3] = list.entry(name).or_default();
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = amount.map(|amount| sum.unwrap_or_default() + amount).or(*sum);
            }
        }
    }
    list
}

#[test]
fn what_the_form_prints_comes_back_and_the_rest_is_named() {
    let mut text = String::new();
    for name in samples() {
        let budget = budget(&name);
        let Import { text: yaml, remarks } = again(&budget);
        let (yaml, gaps) = without_gaps(&yaml);
        let spec = Spec::from_yaml(&yaml).unwrap_or_else(|error| panic!("{name}: {error}\n{yaml}"));
        let profile = Profile::built_in(&spec.profile).unwrap();
        let imported = Budget::resolve(spec, profile).unwrap_or_else(|error| panic!("{name}: {error}\n{yaml}"));
        let (own, other) = (facts(&budget), facts(&imported));
        let same = own.iter().filter(|(fact, amounts)| other.get(*fact).is_some_and(|other| other[0] == amounts[0]));
        writeln!(text, "## {name}\n{} facts, {} of them again, {gaps} entries with 待填", own.len(), same.count())
            .unwrap();
        for (sign, list, others) in [("-", &own, &other), ("+", &other, &own)] {
            for (fact, amounts) in list {
                if others.get(fact).is_none_or(|other| other[0] != amounts[0]) {
                    let amount = amounts[0].unwrap_or_default().in_unit(Unit::Yuan);
                    writeln!(text, "{sign} {fact} {amount}").unwrap();
                }
            }
        }
        for (fact, amounts) in &other {
            for year in [1, 2] {
                if let (Some(amount), Some(own)) = (amounts[year], own.get(fact)) {
                    assert_eq!(own[year], Some(amount), "{name}: {fact}");
                }
            }
        }
        for remark in remarks {
            writeln!(text, "{:?} {}: {}", remark.weight, remark.place.unwrap_or_default(), remark.message.zh).unwrap();
        }
        text.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/round-trip.txt");
    budgetdoc_tests::snapshot::assert_eq(&file, &text);
}
