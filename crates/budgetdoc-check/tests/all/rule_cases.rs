//! The rules case by case: `tests/rules/ID.yaml` lists small changes to specs that are right, `ID.txt` holds what is
//! found then, by any rule, so that one that speaks up where it should not fails here as well.
//!
//! A rule finds every case of `found`; in one of `silent`, which comes close, there is a note at most.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use budgetdoc_check::{Companions, Finding, Severity, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Lang;
use budgetdoc_tests::snapshot;
use serde::Deserialize;

use crate::support::{SAMPLE, TWO_UNITS, budget, replace};

const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");

/// The cases of a rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    found: Vec<Case>,
    silent: Vec<Case>,
}

/// A spec and what is changed in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is wrong, or not quite.
    case: String,
    base: Base,
    #[serde(default)]
    change: Vec<Change>,
    /// Lines behind the last one.
    #[serde(default)]
    append: String,
    /// What makes last year's spec of the same base, to be compared with.
    #[serde(default)]
    last_year: Vec<Change>,
}

/// A spec of which no rule has anything to say, but for a note on the names of subjects.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Base {
    /// The reference document: rounded amounts, one unit.
    Sample,
    /// A made-up department: exact amounts, two units.
    TwoUnits,
    /// A made-up ministry: money moves between its units.
    Ministry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// A piece of the spec, which stands in it once.
    replace: String,
    by: String,
}

impl Base {
    fn text(self) -> &'static str {
        match self {
            Base::Sample => SAMPLE,
            Base::TwoUnits => TWO_UNITS,
            Base::Ministry => MINISTRY,
        }
    }
}

impl Case {
    fn spec(&self) -> String {
        apply(&self.change, self.base.text()) + &self.append
    }

    fn findings(&self, spec: &str) -> Vec<Finding> {
        let last_year = (!self.last_year.is_empty()).then(|| budget(&apply(&self.last_year, self.base.text())));
        let companions = Companions { last_year, ..Companions::default() };
        findings(&budget(spec), &companions)
    }
}

fn apply(changes: &[Change], text: &str) -> String {
    changes.iter().fold(text.to_owned(), |text, change| replace(&text, &change.replace, &change.by))
}

fn findings(budget: &Budget, companions: &Companions) -> Vec<Finding> {
    let findings = examine(budget, companions).findings.into_iter();
    findings.filter(|finding| finding.suppressed.is_none()).collect()
}

/// The file of a rule: `a04` of A4.
fn stem(id: &str) -> String {
    format!("{}{:0>2}", id[..1].to_lowercase(), &id[1..])
}

fn folder() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules").into()
}

/// A finding as the snapshot has it: the line of the spec stands for its number, which every line added above changes.
fn show(out: &mut String, finding: &Finding, spec: &str) {
    let (rule, severity, about) = (finding.rule, finding.severity.name(Lang::En), &finding.about);
    let _ = writeln!(out, "{rule} {severity} about {about}");
    if let Some(place) = finding.place {
        let line = spec.lines().nth(place.line as usize - 1).expect("the line is there");
        let (before, rest) =
            line.split_at(line.char_indices().nth(place.column as usize - 1).map_or(line.len(), |(at, _)| at));
        let length = finding.end.map(|end| {
            assert_eq!(end.line, place.line, "words stand in one line: {finding:?}");
            (end.column - place.column) as usize
        });
        let end = length.map(|length| rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at));
        let shown = end.map_or(rest.to_owned(), |end| format!("{}◂{}", &rest[..end], &rest[end..]));
        let _ = writeln!(out, "    | {}▸{shown}", before.trim_start());
    }
    for text in [&finding.message.zh, &finding.message.en] {
        let _ = writeln!(out, "    {text}");
    }
    let texts = [&finding.message.zh, &finding.message.en, &finding.help.zh, &finding.help.en];
    assert!(texts.iter().all(|text| !text.is_empty()) && !about.is_empty(), "{finding:?}");
    assert!(!finding.message.zh.is_ascii() && !finding.help.zh.is_ascii(), "{finding:?}");
}

/// Runs the cases of a rule and compares what is found with its snapshot.
#[track_caller]
fn run(stem: &str) {
    let rule = *budgetdoc_check::rules().iter().find(|rule| self::stem(rule.id) == stem).expect("the rule is there");
    let file = folder().join(stem).with_extension("yaml");
    let yaml = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let cases: Cases = serde_saphyr::from_str(&yaml).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(!cases.found.is_empty() && !cases.silent.is_empty(), "{}: found and silent ones are needed", rule.id);
    let mut out = format!("{} {}\n", rule.id, rule.title(Lang::En));
    for (kind, list) in [("found", &cases.found), ("silent", &cases.silent)] {
        for case in list {
            let spec = case.spec();
            let findings = case.findings(&spec);
            let own = findings.iter().filter(|finding| finding.rule == rule.id).map(|finding| finding.severity).max();
            let gravest = findings.iter().map(|finding| finding.severity).max();
            let right = match kind {
                "found" => own.is_some(),
                _ => gravest <= Some(Severity::Note) && own < Some(rule.severity),
            };
            let wanted = match kind {
                "found" => format!("a finding of {} is needed, and there is none", rule.id),
                _ => format!("notes are allowed, but none of the weight of {}", rule.id),
            };
            assert!(right, "{stem}, {kind}, {}: {wanted}\n{findings:#?}", case.case);
            let _ = writeln!(out, "\n--- {kind}: {}", case.case);
            for finding in &findings {
                show(&mut out, finding, &spec);
            }
        }
    }
    snapshot::assert_eq(&file.with_extension("txt"), &out);
}

/// A test for every rule, so that each can be run and accepted by itself.
macro_rules! rules {
    ($($stem:ident)*) => {
        $(#[test] fn $stem() { run(stringify!($stem)); })*
        const TESTED: &[&str] = &[$(stringify!($stem)),*];
    };
}

rules! {
    a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11
    b01 b02 b03 b04 b05 b06 b07 b08 b09 b10 b11 b12 b13
    c01 c02 c03 c04 c05 c06 c07 c08 c09 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19
    s01
}

#[test]
fn every_rule_has_cases_and_no_file_is_left_over() {
    let rules: Vec<String> = budgetdoc_check::rules().iter().map(|rule| stem(rule.id)).collect();
    assert_eq!(TESTED, rules);
    let files = rules.iter().flat_map(|stem| ["txt", "yaml"].map(|ending| folder().join(stem).with_extension(ending)));
    let (there, wanted): (BTreeSet<_>, BTreeSet<_>) =
        (snapshot::files(&folder()).into_iter().collect(), files.collect());
    assert_eq!(wanted.difference(&there).collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "files are missing");
    assert_eq!(there.difference(&wanted).collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "files are of no rule");
}

#[test]
fn of_the_specs_as_they_stand_nothing_is_found() {
    for base in [Base::Sample, Base::TwoUnits] {
        assert_eq!(findings(&budget(base.text()), &Companions::default()), []);
    }
    // The names of some of its subjects are noted, for no source confirms them.
    let ministry = findings(&budget(MINISTRY), &Companions::default());
    assert!(ministry.iter().all(|finding| finding.severity == Severity::Note), "{ministry:#?}");
}
