//! Slips that leave no YAML: each is told at its own line, and nothing that follows from it.

use crate::support::{SMALL, replace};
use budgetdoc_core::spec::Spec;

/// Line and code of what is wrong with a spec.
fn told(yaml: &str) -> Vec<(u32, &'static str)> {
    let problems = Spec::from_yaml(yaml).err().into_iter().flat_map(|error| error.problems);
    problems.map(|problem| (problem.place.map_or(0, |place| place.line), problem.code.name())).collect()
}

/// The line of a piece of the small spec.
fn line_of(piece: &str) -> u32 {
    let at = SMALL.find(piece).unwrap_or_else(|| panic!("{piece}"));
    u32::try_from(SMALL[..at].matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// What is replaced, by what, and the code; the slip is in the first line of what is replaced.
const SLIPS: &[(&str, &str, &str)] = &[
    ("    amount: 30", "\tamount: 30", "tab"),
    ("  reception: ", "\treception: ", "tab"),
    ("amount: 30", "amount：30", "full-width-mark"),
    ("  abroad: 无。", "  abroad： 无。", "full-width-mark"),
    ("{ item: 2210201, amount: 10 }", "｛ item: 2210201, amount: 10 ｝", "full-width-mark"),
    ("{ item: 2210201, amount: 10 }", "{ item: 2210201， amount: 10 }", "full-width-mark"),
    ("amount: 30", "amount:30", "no-blank-behind-colon"),
    ("amount: 30", "amount:\u{3000}30", "odd-blank"),
    ("    amount: 30", "\u{3000}\u{3000}amount: 30", "odd-blank"),
    ("    amount: 30", "\u{a0}\u{a0}\u{a0}\u{a0}amount: 30", "odd-blank"),
    ("amount: 30", "amount: -", "dash-for-nothing"),
    ("amount: 10 }", "amount: - }", "dash-for-nothing"),
    ("{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60", "missing-bracket"),
    ("{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60 # 少一个括号", "missing-bracket"),
    ("{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60 }}", "extra-bracket"),
    ("- { item: 2012901, amount: 60 }", "2012901\t60\t55", "pasted-row"),
    ("organisation: 内设一科。", "organisation: \"内设一科。", "missing-quote"),
    ("organisation: 内设一科。", "organisation: \"内设\"一科\"。\"", "text-behind-quote"),
    ("organisation: 内设一科。", "organisation: 内设: 一科。", "colon-in-text"),
    ("organisation: 内设一科。", "organisation: %内设一科。", "mark-at-start"),
    ("organisation: 内设一科。", "organisation: {{ year }}年内设一科。", "bare-template"),
    ("    amount: 30", "   amount: 30", "uneven-indentation"),
    ("    amount: 30", "      amount: 30", "uneven-indentation"),
    ("  - { item: 2210201, amount: 10 }", " - { item: 2210201, amount: 10 }", "uneven-indentation"),
    ("    二是服务，", "二是服务，", "text-at-margin"),
];

#[test]
fn a_slip_is_told_at_its_line_and_nothing_else() {
    for (piece, by, code) in SLIPS {
        assert_eq!(told(&replace(SMALL, piece, by)), [(line_of(piece), *code)], "{by:?}");
    }
}

#[test]
fn one_run_tells_every_slip_of_a_file() {
    let mut yaml = SMALL.to_owned();
    let mut expected = Vec::new();
    for (piece, by, code) in [SLIPS[12], SLIPS[1], SLIPS[7], SLIPS[16]] {
        yaml = replace(&yaml, piece, by);
        expected.push((line_of(piece), code));
    }
    yaml = replace(&yaml, "precision: exact", "precision: round");
    expected.push((line_of("precision: exact"), "unknown-choice"));
    yaml = replace(&yaml, "    item: 2012902", "    itm: 2012902");
    expected.sort_unstable();
    let mut found = told(&yaml);
    found.retain(|(_, code)| *code != "unknown-key");
    assert_eq!(found, expected);
}

#[test]
fn a_pasted_row_is_shown_as_it_is_written() {
    let yaml = replace(SMALL, "- { item: 2012901, amount: 60 }", "2012901\t1,060");
    let error = Spec::from_yaml(&yaml).expect_err("it is pasted");
    let help = error.problems[0].help.as_ref().map(|help| help.en.as_str()).unwrap_or_default();
    assert!(help.ends_with("- { item: 2012901, amount: 1060 }"), "{help}");
}
