//! Profiles that extend another: what they change, what stays, and where their errors are.

use budgetdoc_core::error::File;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::source::Located;

const HEAD: &str = "budgetdoc_profile: 1\nname: own/2025\nextends: shanghai/2025\n";

fn base() -> Profile {
    Profile::built_in(&Located::from("shanghai/2025".to_owned())).expect("a profile that comes along is right")
}

fn read(rest: &str) -> Profile {
    Profile::from_yaml(&format!("{HEAD}{rest}")).unwrap_or_else(|error| panic!("{error}"))
}

/// Line and message of every problem.
fn wrong(text: &str) -> Vec<(Option<u32>, String)> {
    let error = Profile::from_yaml(text).expect_err("something is wrong");
    assert!(error.problems.iter().all(|problem| problem.file == File::Profile));
    error.problems.into_iter().map(|problem| (problem.place.map(|place| place.line), problem.message.en)).collect()
}

#[test]
fn what_is_not_named_stays() {
    let (own, base) = (read(""), base());
    assert_eq!(own.name, "own/2025");
    assert_eq!(own.extends, Some("shanghai/2025".to_owned().into()));
    assert_eq!(Profile { name: base.name.clone(), about: base.about.clone(), extends: None, ..own }, base);
}

#[test]
fn mappings_are_merged_by_key_and_lists_are_replaced() {
    let own = read(
        "constants: { body: 单位 }\n\
         figures:\n  income: { accounts: [income] }\n  extra: { accounts: [meetings] }\n\
         categories: { meetings: [{ id: meeting, name: 会议费 }] }\n\
         glossary: []\n\
         styles: { body: { size: 15 }, note: { size: 11 } }\n\
         texts: { duties: 职责。 }\n\
         asks: { items: 支出的主要内容 }\n",
    );
    let base = base();
    assert_eq!(own.constants.get("body").map(String::as_str), Some("单位"));
    assert_eq!(own.constants.get("this_body"), base.constants.get("this_body"));
    assert_eq!(own.figures.iter().count(), base.figures.iter().count() + 1);
    assert_eq!(own.figures.keys().position(|key| key.value == "income"), Some(0), "it keeps its place");
    assert_eq!(own.categories.meetings.len(), 1);
    assert_eq!(own.categories.basic, base.categories.basic);
    assert_eq!((own.glossary.len(), own.tables.iter().count()), (0, 9));
    // A text that is asked for is no default text any more, and the other way round.
    assert!(own.texts.get("items").is_none() && own.asks.get("items").is_some());
    assert!(own.texts.get("duties").is_some() && own.asks.get("duties").is_none());
}

#[test]
fn an_error_of_its_own_has_its_line() {
    assert_eq!(
        wrong(&format!("{HEAD}figures:\n  extra: {{ funds: [publc] }}\n")),
        [(Some(5), "there is no fund `publc`".to_owned())]
    );
    assert_eq!(wrong(&format!("{HEAD}tabels: {{}}\n")), [(Some(4), "there is no key `tabels`".to_owned())]);
    let styles = wrong(&format!("{HEAD}styles: {{ bdy: {{ size: 15 }} }}\n"));
    assert_eq!(styles, [(Some(4), "there is no style `bdy`".to_owned())]);
}

#[test]
fn an_error_in_what_is_taken_over_points_to_where_it_is_taken() {
    // The tables of the other profile name funds that are gone.
    let text = format!("{HEAD}funds:\n  - {{ id: general_public, name: 一般公共预算, group: appropriation }}\n");
    let problems = wrong(&text);
    assert!(!problems.is_empty());
    for (line, message) in problems {
        assert_eq!(line, Some(3), "{message}");
        assert!(message.ends_with("(in `shanghai/2025`, which this profile extends)"), "{message}");
    }
}

#[test]
fn only_profiles_that_come_along_are_extended() {
    assert_eq!(
        wrong("budgetdoc_profile: 1\nname: own/2025\nextends: shangai/2025\n"),
        [(Some(3), "there is no profile `shangai/2025`".to_owned())]
    );
}

#[test]
fn every_profile_that_comes_along_is_right_and_says_what_it_is_for() {
    for name in Profile::built_in_names() {
        let profile = Profile::built_in(&name.to_owned().into()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(profile.name, name);
        assert!(!profile.about.is_empty(), "{name}");
    }
}
