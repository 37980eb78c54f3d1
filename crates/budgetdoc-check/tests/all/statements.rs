//! What sentences state is held against the figures: of sentences changed at one place, nearly all are found.

use std::ops::Range;

use budgetdoc_check::{Companions, Finding, Severity, check, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{PassageKind, Prose};
use budgetdoc_core::ordered::Ordered;

use crate::support::budget;

const SPECS: [(&str, &str); 7] = [
    ("longgang", include_str!("../../../../specs/longgang-womens-federation-2022.yaml")),
    ("jiangsu", include_str!("../../../../specs/jiangsu-congress-office-2019.yaml")),
    ("putuo", include_str!("../../../../specs/putuo-finance-bureau-2025.yaml")),
    ("funds", include_str!("../../../../specs/made-up-funds-2025.yaml")),
    ("institution", include_str!("../../../../specs/made-up-institution-2022.yaml")),
    ("ministry", include_str!("../../../../specs/made-up-ministry-2025.yaml")),
    ("township", include_str!("../../../../specs/made-up-township-2025.yaml")),
];

/// The rules that hold sentences against figures.
const RULES: [&str; 5] = ["C1", "C2", "C3", "C5", "C20"];

/// The budget with every text typed as it is printed.
fn typed(yaml: &str) -> (Budget, Vec<(String, String)>) {
    let budget = budget(yaml);
    let mut texts: Vec<(String, String)> = Vec::new();
    for passage in Prose::of(&budget).passages {
        let Some(key) = passage.about.strip_prefix("text.").filter(|_| passage.kind == PassageKind::Narrative) else {
            continue;
        };
        match texts.iter_mut().find(|(known, _)| known == key) {
            Some((_, text)) => *text += &format!("\n{}", passage.text),
            None => texts.push((key.to_owned(), passage.text.clone())),
        }
    }
    let whole = with(&budget, &texts);
    (whole, texts)
}

fn with(budget: &Budget, texts: &[(String, String)]) -> Budget {
    let mut spec = budget.spec.clone();
    spec.text = Ordered(texts.iter().map(|(key, text)| (key.clone().into(), text.clone().into())).collect());
    Budget::resolve(spec, budget.profile.clone()).expect("only its texts are others")
}

/// What is told of texts, as warnings.
fn told(budget: &Budget) -> Vec<Finding> {
    let told = |finding: &Finding| finding.severity == Severity::Warning && RULES.contains(&finding.rule);
    check(budget).into_iter().filter(told).collect()
}

#[test]
fn what_the_profiles_write_is_right_when_it_is_typed() {
    let mut wrong = Vec::new();
    for (name, yaml) in SPECS {
        // What the spec lets stand is no news.
        let before = examine(&budget(yaml), &Companions::default()).findings;
        let known = |finding: &Finding| before.iter().any(|known| known.message == finding.message);
        let anew = told(&typed(yaml).0).into_iter().filter(|finding| !known(finding));
        wrong.extend(anew.map(|Finding { rule, about, message, .. }| format!("{name}: {rule} {about}: {message:?}")));
    }
    // The profile has expenditure rise as income does, and this spec brings a balance forward.
    wrong.retain(|finding| !finding.starts_with("institution: C2 text.overview"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The digits of amounts and percentages in a text.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|first: char| first.is_ascii_digit()) {
        let start = from + at;
        let length = text[start..].find(|next: char| !next.is_ascii_digit() && next != '.' && next != ',');
        let end = length.map_or(text.len(), |length| start + length);
        if ["万元", "元", "%"].iter().any(|unit| text[end..].starts_with(unit)) {
            found.push(start..end);
        }
        from = end;
    }
    found
}

/// One of so many changes is tried.
const EVERY: usize = 7;

/// Every way to exchange two neighbouring digits of a text's amounts and percentages.
fn exchanged(text: &str) -> Vec<String> {
    let mut changed = Vec::new();
    for range in numbers(text) {
        let digits: Vec<usize> = range.filter(|at| text.as_bytes()[*at].is_ascii_digit()).collect();
        for pair in digits.windows(2) {
            let mut bytes = text.as_bytes().to_vec();
            bytes.swap(pair[0], pair[1]);
            changed.extend(String::from_utf8(bytes).ok().filter(|other| other != text));
        }
    }
    changed
}

/// Every way to put one word for another, once.
fn replaced(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let one = |(word, other): &(&str, &str)| {
        // Nothing is nothing in every unit.
        let nothing = |at: &usize| {
            text[..*at].ends_with("0")
                && text[..*at].trim_end_matches(['0', '.']).ends_with(|last: char| !last.is_ascii_digit())
        };
        let places: Vec<usize> = text.match_indices(word).map(|(at, _)| at).filter(|at| !nothing(at)).collect();
        let change = |at: usize| format!("{}{other}{}", &text[..at], &text[at + word.len()..]);
        places.into_iter().map(change).collect::<Vec<_>>()
    };
    pairs.iter().flat_map(one).collect()
}

/// The share of changed texts, in hundredths, that are told.
fn share(change: impl Fn(&str) -> Vec<String>) -> (usize, usize, Vec<String>) {
    let (mut all, mut missed, mut count) = (0, Vec::new(), 0);
    for (name, yaml) in SPECS {
        let (budget, texts) = typed(yaml);
        let of = |findings: &[Finding], key: &str| {
            findings.iter().filter(|finding| finding.about.strip_prefix("text.") == Some(key)).count()
        };
        let before = told(&budget);
        let mut changes = |text: &str| -> Vec<(String, String)> {
            let whole = |line: &str, other: String| (text.replacen(line, &other, 1), other);
            let all = text.lines().flat_map(|line| change(line).into_iter().map(move |other| whole(line, other)));
            let mut tried = || {
                count += 1;
                count % EVERY == 0
            };
            all.filter(|_| tried()).collect()
        };
        let changes: Vec<_> = texts.iter().map(|(_, text)| changes(text)).collect();
        // A change of every text is checked together with one of each of the others.
        for round in 0..changes.iter().map(Vec::len).max().unwrap_or(0) {
            let mut texts = texts.clone();
            for ((_, text), changes) in texts.iter_mut().zip(&changes) {
                if let Some((whole, _)) = changes.get(round) {
                    text.clone_from(whole);
                }
            }
            let after = told(&with(&budget, &texts));
            for ((key, _), changes) in texts.iter().zip(&changes) {
                let Some((_, line)) = changes.get(round) else { continue };
                all += 1;
                if of(&after, key) <= of(&before, key) {
                    missed.push(format!("{name} {key}: {line}"));
                }
            }
        }
    }
    (all, all - missed.len(), missed)
}

#[test]
fn digits_that_changed_places_are_found() {
    let (all, found, missed) = share(exchanged);
    assert!(found * 100 >= all * 95, "{found} of {all}; missed:\n{}", missed.join("\n"));
}

#[test]
fn changed_words_are_found() {
    let year_of = [("比2021年", "比2020年"), ("比2024年", "比2023年"), ("万元", "元")];
    let directions = [("增加", "减少"), ("减少", "增加"), ("增长", "下降"), ("下降", "增长")];
    for (name, pairs) in [("directions", &directions[..]), ("years and units", &year_of)] {
        // What a reason says cannot be proved.
        let (all, found, missed) = share(|text| {
            let (statement, reason) = text.split_at(text.find("主要原因").unwrap_or(text.len()));
            replaced(statement, pairs).into_iter().map(|changed| changed + reason).collect()
        });
        assert!(found * 100 >= all * 90, "{name}: {found} of {all}; missed:\n{}", missed.join("\n"));
    }
}
