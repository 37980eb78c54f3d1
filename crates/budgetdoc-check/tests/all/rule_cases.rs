//! The rules case by case: `tests/rules/ID.yaml` lists small changes to specs that are right, `ID.txt` holds what is
//! found then, by any rule, so that one that speaks up where it should not fails here as well.
//!
//! A rule finds every case of `found`; in one of `silent`, which comes close, there is a note at most. Many sentences that
//! stand in the same place are one case, and each of them is held to this.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use budgetdoc_check::{Companions, Finding, Rule, Severity, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Lang;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_tests::snapshot;
use serde::Deserialize;

use crate::support::{PROFILE, SAMPLE, TWO_UNITS, budget, line_of, replace};

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
    /// What is changed in the profile it names.
    #[serde(default)]
    profile: Vec<Change>,
    /// What makes last year's spec of the same base, to be compared with.
    #[serde(default)]
    last_year: Vec<Change>,
    /// What stands for `{}` in the changes, each in a spec of its own.
    #[serde(default)]
    sentences: Vec<String>,
    /// The same, but all in one spec, which is quicker: the last change is within a line, and each makes a line of it.
    #[serde(default)]
    paragraphs: Vec<String>,
    /// Rules that may have something to say though the case is silent.
    #[serde(default)]
    besides: Vec<String>,
}

/// A spec that cases change. What is found in it as it stands is left out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Base {
    /// The reference document: rounded amounts, one unit.
    Sample,
    /// A made-up department: exact amounts, two units.
    TwoUnits,
    /// A made-up ministry: money moves between its units.
    Ministry,
    /// Projects paid from government funds and state capital.
    Funds,
    /// A township: a government and two institutions.
    Township,
    /// An institution, which has no operating costs of an office.
    Institution,
    /// Money carried over, meetings and training.
    CarryOver,
    /// Reasons subject by subject.
    Jiangsu,
    /// Projects told one by one.
    Putuo,
    /// A new unit, in a form that divides basic expenditure by category and subject at once.
    NewUnit,
    /// Two units in the form of Beijing, with lists of purchases and services.
    Culture,
    /// Three units in the general form.
    County,
    /// One unit, whose texts are in yuan.
    Congress,
    /// A township in the form of Chongqing.
    Town,
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
            Base::Ministry => include_str!("../../../../specs/made-up-ministry-2025.yaml"),
            Base::Funds => include_str!("../../../../specs/made-up-funds-2025.yaml"),
            Base::Township => include_str!("../../../../specs/made-up-township-2025.yaml"),
            Base::Institution => include_str!("../../../../specs/made-up-institution-2022.yaml"),
            Base::CarryOver => include_str!("../../../../specs/made-up-carry-over-2019.yaml"),
            Base::Jiangsu => include_str!("../../../../specs/jiangsu-congress-office-2019.yaml"),
            Base::Putuo => include_str!("../../../../specs/putuo-finance-bureau-2025.yaml"),
            Base::NewUnit => include_str!("../../../../specs/made-up-new-unit-2025.yaml"),
            Base::Culture => include_str!("../../../../specs/made-up-culture-bureau-2024.yaml"),
            Base::County => include_str!("../../../../specs/made-up-county-2026.yaml"),
            Base::Congress => include_str!("../../../../specs/made-up-county-congress-2023.yaml"),
            Base::Town => include_str!("../../../../specs/made-up-town-2026.yaml"),
        }
    }

    /// The profile it names.
    fn profile(self) -> &'static str {
        match self {
            Base::Sample | Base::TwoUnits | Base::Institution => PROFILE,
            Base::Ministry => include_str!("../../../budgetdoc-core/profiles/central/2025.yaml"),
            Base::CarryOver | Base::Jiangsu => include_str!("../../../budgetdoc-core/profiles/jiangsu/2019.yaml"),
            Base::NewUnit => include_str!("../../../budgetdoc-core/profiles/shanghai/2025-unit.yaml"),
            Base::Culture => include_str!("../../../budgetdoc-core/profiles/beijing/2024.yaml"),
            Base::County => include_str!("../../../budgetdoc-core/profiles/general/2026.yaml"),
            Base::Congress => include_str!("../../../budgetdoc-core/profiles/guangxi/2023.yaml"),
            Base::Town => include_str!("../../../budgetdoc-core/profiles/chongqing/2026.yaml"),
            Base::Funds | Base::Township | Base::Putuo => {
                include_str!("../../../budgetdoc-core/profiles/shanghai/2025.yaml")
            }
        }
    }

    /// What is found in it as it stands.
    fn findings(self) -> Vec<Finding> {
        static KNOWN: Mutex<BTreeMap<Base, Vec<Finding>>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(self).or_insert_with(|| findings(&budget(self.text()), &Companions::default())).clone()
    }
}

/// A spec to be checked, and what is found in it.
struct Trial<'a> {
    /// The sentence that is tried, where a case has many.
    sentence: Option<&'a str>,
    spec: String,
    findings: Vec<Finding>,
}

impl Case {
    fn spec(&self, filling: &str) -> String {
        apply(&self.change, self.base.text(), filling) + &self.append
    }

    /// What is found in the spec and not in its base.
    fn findings(&self, spec: &str) -> Vec<Finding> {
        let last_year = (!self.last_year.is_empty()).then(|| budget(&apply(&self.last_year, self.base.text(), "")));
        let budget = if self.profile.is_empty() {
            budget(spec)
        } else {
            let profile = apply(&self.profile, self.base.profile(), "");
            Budget::resolve(Spec::from_yaml(spec).unwrap(), Profile::from_yaml(&profile).unwrap()).unwrap()
        };
        let mut findings = findings(&budget, &Companions { last_year, ..Companions::default() });
        for known in self.base.findings() {
            let same = |finding: &Finding| finding.rule == known.rule && finding.message == known.message;
            findings.iter().position(same).map(|at| findings.remove(at));
        }
        findings
    }

    fn trials(&self) -> Vec<Trial<'_>> {
        if self.sentences.is_empty() && self.paragraphs.is_empty() {
            let spec = self.spec("");
            return vec![Trial { sentence: None, findings: self.findings(&spec), spec }];
        }
        let alone = self.sentences.iter().map(|sentence| {
            let spec = self.spec(sentence);
            Trial { sentence: Some(sentence), findings: self.findings(&spec), spec }
        });
        alone.chain(self.paragraph_trials()).collect()
    }

    /// Trials of the paragraphs, each with what is found in its line.
    fn paragraph_trials(&self) -> Vec<Trial<'_>> {
        let Some((change, before)) = self.change.split_last().filter(|_| !self.paragraphs.is_empty()) else {
            return Vec::new();
        };
        let first = line_of(&apply(before, self.base.text(), ""), &change.replace);
        let lines: Vec<String> = self.paragraphs.iter().map(|paragraph| change.by.replace("{}", paragraph)).collect();
        let all = Change { replace: change.replace.clone(), by: lines.join("\n") };
        let spec = apply(&[all], &apply(before, self.base.text(), ""), "");
        let mut trials: Vec<Trial> = Vec::new();
        for paragraph in &self.paragraphs {
            trials.push(Trial { sentence: Some(paragraph), spec: spec.clone(), findings: Vec::new() });
        }
        for finding in self.findings(&spec) {
            let line = finding.place.and_then(|place| place.line.checked_sub(first));
            let trial = line.and_then(|line| trials.get_mut(line as usize));
            trial.unwrap_or_else(|| panic!("{}: found elsewhere: {finding:#?}", self.case)).findings.push(finding);
        }
        trials
    }
}

fn apply(changes: &[Change], text: &str, filling: &str) -> String {
    let apply = |text: String, change: &Change| replace(&text, &change.replace, &change.by.replace("{}", filling));
    changes.iter().fold(text.to_owned(), apply)
}

/// Everything that is told of a budget, guesses as well.
fn findings(budget: &Budget, companions: &Companions) -> Vec<Finding> {
    let examination = examine(&budget.compose_with_prose(), companions);
    let findings = examination.findings.into_iter().chain(examination.guesses);
    findings.filter(|finding| finding.suppressed.is_none()).collect()
}

/// The file of a rule: `a04` of A4.
fn stem(id: &str) -> String {
    format!("{}{:0>2}", id[..1].to_lowercase(), &id[1..])
}

fn folder() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules").into()
}

/// What stands in the line before a finding, and from there on, `◂` behind its last word.
fn marked<'a>(finding: &Finding, spec: &'a str) -> Option<(&'a str, String)> {
    let place = finding.place?;
    let line = spec.lines().nth(place.line as usize - 1).expect("the line is there");
    let at = |text: &str, column: u32| text.char_indices().nth(column as usize).map_or(text.len(), |(at, _)| at);
    let (before, rest) = line.split_at(at(line, place.column - 1));
    let Some(end) = finding.end else { return Some((before, rest.to_owned())) };
    assert_eq!(end.line, place.line, "words stand in one line: {finding:?}");
    let (words, behind) = rest.split_at(at(rest, end.column - place.column));
    Some((before, format!("{words}◂{behind}")))
}

/// A finding as the snapshot has it: the line of the spec stands for its number, which every line added above changes.
fn show(out: &mut String, finding: &Finding, spec: &str) {
    let (rule, severity, about) = (finding.rule, finding.severity.name(Lang::En), &finding.about);
    let _ = writeln!(out, "{rule} {severity} about {about}");
    if let Some((before, rest)) = marked(finding, spec) {
        let _ = writeln!(out, "    | {}▸{rest}", before.trim_start());
    }
    for other in &finding.others {
        let line = spec.lines().nth(other.line as usize - 1).expect("the line is there");
        let _ = writeln!(out, "    | {}", line.trim_start());
    }
    for text in [&finding.message.zh, &finding.message.en] {
        let _ = writeln!(out, "    {text}");
    }
}

/// A finding in one of many sentences: which rule, and at which words.
fn show_briefly(out: &mut String, finding: &Finding, spec: &str) {
    let rest = marked(finding, spec).map_or_else(|| finding.about.clone(), |(_, rest)| rest);
    let words = rest.split_inclusive('◂').next().unwrap_or_default();
    let _ = writeln!(out, "    {} {} ▸{words}", finding.rule, finding.severity.name(Lang::En));
}

/// Holds what is found to the kind of case.
fn judge(rule: &Rule, kind: &str, case: &Case, trial: &Trial) {
    let own = trial.findings.iter().filter(|finding| finding.rule == rule.id).map(|finding| finding.severity).max();
    let others = trial.findings.iter().filter(|finding| !case.besides.iter().any(|id| id == finding.rule));
    let gravest = others.map(|finding| finding.severity).max();
    let (right, wanted) = match kind {
        "found" => (own.is_some(), "it finds nothing"),
        _ => {
            (gravest <= Some(Severity::Note) && own < Some(rule.severity), "notes are allowed, none of its own weight")
        }
    };
    let sentence = trial.sentence.unwrap_or_default();
    assert!(right, "{}, {kind}, {}: {sentence}\n{wanted}\n{:#?}", rule.id, case.case, trial.findings);
    for finding in &trial.findings {
        let texts = [&finding.message.zh, &finding.message.en, &finding.help.zh, &finding.help.en];
        assert!(texts.iter().all(|text| !text.is_empty()) && !finding.about.is_empty(), "{finding:?}");
        assert!(!finding.message.zh.is_ascii() && !finding.help.zh.is_ascii(), "{finding:?}");
    }
}

/// Runs the cases of a rule and compares what is found with its snapshot.
#[track_caller]
fn run(stem: &str) {
    let rule = budgetdoc_check::rules().iter().find(|rule| self::stem(rule.id) == stem).expect("the rule is there");
    let file = folder().join(stem).with_extension("yaml");
    let yaml = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let cases: Cases = serde_saphyr::from_str(&yaml).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(!cases.found.is_empty() && !cases.silent.is_empty(), "{}: found and silent ones are needed", rule.id);
    let mut out = format!("{} {}\n", rule.id, rule.title(Lang::En));
    for (kind, list) in [("found", &cases.found), ("silent", &cases.silent)] {
        for case in list {
            let _ = writeln!(out, "\n--- {kind}: {}", case.case);
            for trial in case.trials() {
                judge(rule, kind, case, &trial);
                let show = if trial.sentence.is_some() { show_briefly } else { show };
                trial.sentence.map(|sentence| writeln!(out, "{sentence}"));
                trial.findings.iter().for_each(|finding| show(&mut out, finding, &trial.spec));
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
    a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11 a12 a13 a14
    b01 b02 b03 b04 b05 b06 b07 b08 b09 b10 b11 b12 b13
    c01 c02 c03 c04 c05 c06 c07 c08 c09 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19 c20 c21 c22 c23 c24 c25
    d01 d02 d03 d04 d05 d06 d07
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
        assert_eq!(base.findings(), []);
    }
    // Of others the names of some subjects are noted, for no source confirms them.
    for spec in snapshot::files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs"))) {
        let budget = budget(&std::fs::read_to_string(&spec).unwrap());
        let found = examine(&budget.compose_with_prose(), &Companions::default()).findings;
        let is_loud = |finding: &&Finding| finding.suppressed.is_none() && finding.severity != Severity::Note;
        assert_eq!(found.iter().find(is_loud), None, "{}", spec.display());
    }
}
