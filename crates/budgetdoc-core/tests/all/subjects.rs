//! The table of subjects where it is used: resolving a spec with subjects of the user's, and what the documentation says.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{SMALL, replace};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_core::subject::Classification::Functional;
use budgetdoc_core::subject_table::SubjectTable;

const OWN: &str = "classification,code,name,first,last\n\
                   functional,2012998,试点,,\n\
                   functional,20129,群团事务,2022,\n";

fn resolve_with(yaml: &str) -> Result<Budget, Error> {
    let spec = Spec::from_yaml(yaml)?;
    let profile = Profile::built_in(&spec.profile)?;
    Budget::resolve_with(spec, profile, SubjectTable::from_csv(OWN)?)
}

#[test]
fn subjects_of_the_users_are_found_and_take_the_place_of_built_in_ones() {
    let spec = replace(SMALL, "    item: 2012902", "    item: 2012998");
    let code = |digits: &str| digits.parse().expect("a code");
    assert!(crate::support::resolve(&spec).is_err(), "the built-in table does not hold the code");
    let budget = resolve_with(&spec).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(budget.subjects[&code("2012998")], "试点");
    assert_eq!(budget.subjects[&code("20129")], "群团事务");
    assert_eq!(budget.subjects[&code("201")], "一般公共服务支出");
    assert_eq!(budget.subject_table.name(Functional, code("2012998"), 2022), Some("试点"));
}

#[test]
fn a_name_in_the_spec_goes_before_every_table() {
    let spec = format!("{SMALL}\nsubjects:\n  - {{ code: 20129, name: 群众团体 }}\n");
    let budget = resolve_with(&spec).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(budget.subjects[&"20129".parse().expect("a code")], "群众团体");
}

#[test]
fn a_profile_names_subjects_of_its_place() {
    let profile = "budgetdoc_profile: 1\nname: own/2022\nextends: shenzhen/2022\nsubjects:\n  \
                   - { code: 2012998, name: 地方试点 }\n  - { code: 20129, name: 群团事务 }\n";
    let spec = replace(SMALL, "    item: 2012902", "    item: 2012998");
    let read = || (Spec::from_yaml(&spec).expect("a spec"), Profile::from_yaml(profile).expect("a profile"));
    let (own, profile) = read();
    let budget = Budget::resolve(own, profile).unwrap_or_else(|error| panic!("{error}"));
    let name = |budget: &Budget, code: &str| budget.subjects[&code.parse().expect("a code")].clone();
    assert_eq!((name(&budget, "2012998"), name(&budget, "20129")), ("地方试点".to_owned(), "群团事务".to_owned()));
    // The user's table goes before it.
    let (own, profile) = read();
    let table = SubjectTable::from_csv(OWN).expect("a table");
    let budget = Budget::resolve_with(own, profile, table).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(name(&budget, "2012998"), "试点");
}

#[test]
fn a_subject_of_a_profile_has_a_name_in_its_years() {
    let profile = "budgetdoc_profile: 1\nname: own/2022\nextends: shenzhen/2022\nsubjects:\n  \
                   - { code: 20129, name: 群团事务, last: 2021 }\n  - { code: 20129, name: 群众团体, first: 2022 }\n  \
                   - { code: 2012902, name: 一般行政, first: 2023 }\n";
    let resolve = |profile: &str| {
        Budget::resolve(Spec::from_yaml(SMALL).expect("a spec"), Profile::from_yaml(profile).expect("a profile"))
    };
    let error = resolve(profile).expect_err("an item of later years");
    assert!(error.problems[0].message.en.contains("2012902"), "{error}");
    let budget = resolve(&replace(profile, "first: 2023", "first: 2022")).unwrap_or_else(|error| panic!("{error}"));
    let name = |code: &str| budget.subjects[&code.parse().expect("a code")].clone();
    assert_eq!((name("20129"), name("2012902")), ("群众团体".to_owned(), "一般行政".to_owned()));
}

#[test]
fn the_documentation_counts_the_lines_by_source() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path| std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (table, docs) = (read("data/subjects.csv"), read("../../docs/subjects.md"));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.lines().filter(|row| !row.starts_with('#')).skip(1) {
        *counts.entry(row.rsplit(',').next().unwrap_or_default()).or_default() += 1;
    }
    for (source, count) in counts {
        let told = docs.lines().find(|line| line.starts_with(&format!("| `{source}` |")));
        assert!(told.is_some_and(|line| line.ends_with(&format!("| {count} |"))), "{count} of {source}: {told:?}");
    }
}
