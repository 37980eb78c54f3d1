//! Remarks, however many, wherever they stand.

use crate::support::{PROFILE, SMALL, line_of};
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

/// `text` with 500 lines of remarks before the line that begins with `line`.
fn remarked(text: &str, line: &str) -> String {
    let remarks = "  # 备注：以下数字已与国库核对\n".repeat(500);
    let at = if text.starts_with(line) { 0 } else { text.find(&format!("\n{line}")).expect("the line is there") + 1 };
    format!("{}{remarks}{}", &text[..at], &text[at..])
}

#[test]
fn five_hundred_remarks_keep_no_spec_from_being_read() {
    let plain = Spec::from_yaml(SMALL).expect("the small spec is right");
    for line in [
        "budgetdoc:",
        "income:",
        "  - { fund:",
        "  - { item: 2210201",
        "    name: 培训经费",
        "  organisation:",
        "performance:",
    ] {
        let text = remarked(SMALL, line);
        let spec = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("before {line}: {error}"));
        assert_eq!(spec, plain, "before {line}");
    }
    let spec = Spec::from_yaml(&format!("{SMALL}{}", "# 完\n".repeat(500))).expect("remarks at the end");
    assert_eq!(spec, plain);
}

#[test]
fn five_hundred_remarks_keep_no_profile_from_being_read() {
    let plain = Profile::from_yaml(PROFILE).expect("the profile is right");
    for line in ["budgetdoc_profile:", "funds:", "  - { id: general_public", "figures:", "tables:", "  balance:"] {
        let text = remarked(PROFILE, line);
        let profile = Profile::from_yaml(&text).unwrap_or_else(|error| panic!("before {line}: {error}"));
        assert_eq!(profile, plain, "before {line}");
    }
    let text = "budgetdoc_profile: 1\nname: own/2025\nextends: shanghai/2025\nwords:\n  same: 一样\n";
    let own = Profile::from_yaml(&remarked(text, "  same:")).expect("a profile that extends another");
    assert_eq!(own.words.same, "一样");
}

#[test]
fn a_fault_below_five_hundred_remarks_has_its_line() {
    let text = remarked(&SMALL.replace("amount: 60", "ammount: 60"), "income:");
    let error = Spec::from_yaml(&text).expect_err("a key is misspelt");
    let lines: Vec<_> = error.problems.iter().filter_map(|problem| problem.place).map(|place| place.line).collect();
    assert_eq!(lines, [line_of(SMALL, "amount: 60") + 500]);
}
