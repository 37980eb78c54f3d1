//! Files that hold more than any publication: refused with a message, and what is just below is read.

use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

use crate::support::{SMALL, resolve};

/// The codes of what is wrong with the small spec and `more` behind it.
fn codes(more: &str) -> Vec<&'static str> {
    let read = resolve(&format!("{SMALL}\n{more}"));
    read.err().into_iter().flat_map(|error| error.problems).map(|problem| problem.code.name()).collect()
}

#[test]
fn a_text_has_a_limit_and_so_has_its_paragraph() {
    let names = |text: &str| codes(&format!("names: [\"{text}\"]"));
    assert_eq!(names(&"预".repeat(20_001)), ["text-too-long"]);
    assert_eq!(names(&"预".repeat(20_000)), [""; 0]);
    let lines = |count: usize| names(&"预算公开。\\n".repeat(count));
    assert_eq!(lines(50_001), ["text-too-long"]);
    assert_eq!(lines(40_000), [""; 0]);
}

#[test]
fn lists_and_mappings_have_limits() {
    let names = |count: usize| codes(&format!("names: [{}]", "x, ".repeat(count)));
    assert_eq!(names(100_001), ["too-many"]);
    assert_eq!(names(100_000), [""; 0]);
    let keys: String = (0..=10_000).map(|number| format!("unknown{number}: x\n")).collect();
    assert_eq!(codes(&keys), ["too-many"]);
}

#[test]
fn projects_and_units_have_limits() {
    let mut spec = Spec::from_yaml(SMALL).expect("the small spec");
    let project = spec.projects[0].clone();
    spec.projects.extend((0..10_000).map(|number| {
        let mut project = project.clone();
        project.id.value = format!("p{number}");
        project
    }));
    let profile = Profile::built_in(&spec.profile).expect("its profile");
    let resolved = budgetdoc_core::budget::Budget::resolve(spec, profile);
    let problems = resolved.expect_err("more than the limit").problems;
    assert_eq!(problems.iter().map(|problem| problem.code.name()).collect::<Vec<_>>(), ["too-many"]);
}

#[test]
fn tens_of_thousands_of_rows_are_read() {
    let row = "  - { item: 2012901, amount: 1 }\n";
    let rows = SMALL.replacen("expenditure:\n", &format!("expenditure:\n{}", row.repeat(40_000)), 1);
    assert!(rows.len() > 1_000_000, "the small spec has expenditure");
    assert_eq!(Spec::from_yaml(&rows).expect("it is read").expenditure.len() / 40_000, 1);
}

#[test]
fn a_message_lists_some_of_many_ids() {
    let units: String = (0..500).map(|number| format!("{{ id: u{number}, name: 单位{number} }}, ")).collect();
    let spec = format!(
        "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\ndepartment: {{ name: 某局, units: [{units}] }}\n\
         income: [{{ fund: general_public, unit: nobody, amount: 1 }}]\n"
    );
    let problem = resolve(&spec).expect_err("no such unit").problems.remove(0);
    let help = problem.help.expect("what there is");
    assert!(help.zh.ends_with("u59 单位59, …"), "{}", help.zh);
}
