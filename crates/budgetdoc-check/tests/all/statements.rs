//! What sentences state is compared with the figures: of sentences changed at one place, nearly all are found.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use budgetdoc_check::{Companions, Finding, Severity, check, examine};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::compose::{PassageKind, Prose};
use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{Account, Measure};

use crate::support::budget;

const SPECS: [(&str, &str); 17] = [
    ("longgang", include_str!("../../../../specs/longgang-womens-federation-2022.yaml")),
    ("jiangsu", include_str!("../../../../specs/jiangsu-congress-office-2019.yaml")),
    ("putuo", include_str!("../../../../specs/putuo-finance-bureau-2025.yaml")),
    ("funds", include_str!("../../../../specs/made-up-funds-2025.yaml")),
    ("institution", include_str!("../../../../specs/made-up-institution-2022.yaml")),
    ("ministry", include_str!("../../../../specs/made-up-ministry-2025.yaml")),
    ("township", include_str!("../../../../specs/made-up-township-2025.yaml")),
    ("carry-over", include_str!("../../../../specs/made-up-carry-over-2019.yaml")),
    ("new unit", include_str!("../../../../specs/made-up-new-unit-2025.yaml")),
    ("subdistrict", include_str!("../../../../specs/made-up-subdistrict-2025.yaml")),
    ("town", include_str!("../../../../specs/made-up-town-2026.yaml")),
    ("culture", include_str!("../../../../specs/made-up-culture-bureau-2024.yaml")),
    ("county", include_str!("../../../../specs/made-up-county-2026.yaml")),
    ("congress", include_str!("../../../../specs/made-up-county-congress-2023.yaml")),
    ("agriculture", include_str!("../../../../specs/made-up-agriculture-office-2023.yaml")),
    ("mountain town", include_str!("../../../../specs/made-up-mountain-town-2023.yaml")),
    ("water", include_str!("../../../../specs/made-up-water-office-2025.yaml")),
];

/// A spec with every text typed as it is printed.
struct Typed {
    name: &'static str,
    /// The spec up to its texts, which stand at its end.
    head: String,
    /// The key and the lines of each text.
    texts: Vec<(String, Vec<String>)>,
    budget: Budget,
}

impl Typed {
    fn of(name: &'static str, yaml: &str) -> Typed {
        let mut head = String::new();
        let mut inside = false;
        for line in yaml.lines() {
            let begins_key = line.starts_with(|first: char| first.is_ascii_alphabetic());
            // What is let stand would hide what is changed.
            inside = if begins_key { line.starts_with("text:") || line.starts_with("suppress:") } else { inside };
            if !inside {
                head += &format!("{line}\n");
            }
        }
        let mut texts: Vec<(String, Vec<String>)> = Vec::new();
        for passage in Prose::of(&budget(yaml)).passages {
            let key = passage.about.strip_prefix("text.").filter(|_| passage.kind == PassageKind::Narrative);
            let Some(key) = key else { continue };
            match texts.iter_mut().find(|(known, _)| known == key) {
                Some((_, lines)) => lines.push(passage.text.clone()),
                None => texts.push((key.to_owned(), vec![passage.text.clone()])),
            }
        }
        let mut typed = Typed { name, head, texts, budget: budget(yaml) };
        typed.budget = budget(&typed.yaml(|_, _| None));
        typed
    }

    /// The spec with some lines changed: `change` gives the other words of a line, by its text and number there.
    fn yaml(&self, change: impl Fn(usize, usize) -> Option<String>) -> String {
        let mut yaml = self.head.clone() + "text:\n";
        for (index, (key, lines)) in self.texts.iter().enumerate() {
            let _ = writeln!(yaml, "  {key}: |");
            for (number, line) in lines.iter().enumerate() {
                let _ = writeln!(yaml, "    {}", change(index, number).as_deref().unwrap_or(line));
            }
        }
        yaml
    }

    /// The line of the spec that a line of a text is.
    fn line(&self, text: usize, number: usize) -> u32 {
        let before: usize = self.texts[..text].iter().map(|(_, lines)| lines.len() + 1).sum();
        u32::try_from(self.head.lines().count() + 1 + before + 1 + number + 1).expect("a spec is no longer")
    }
}

/// The lines with warnings of texts.
fn warnings(budget: &Budget) -> BTreeSet<u32> {
    let is_told = |finding: &Finding| finding.severity == Severity::Warning && finding.rule.starts_with('C');
    check(budget).into_iter().filter(is_told).filter_map(|finding| Some(finding.place?.line)).collect()
}

#[test]
fn what_the_profiles_write_is_right_when_it_is_typed() {
    let mut wrong = Vec::new();
    for (name, yaml) in SPECS {
        // What the spec lets stand is no news.
        let before = examine(&budget(yaml).compose_with_prose(), &Companions::default()).findings;
        let known = |finding: &Finding| before.iter().any(|known| known.message == finding.message);
        // Gaps that the form prints are residue once they are typed, and what it repeats is pasted.
        let told = check(&Typed::of(name, yaml).budget).into_iter().filter(|one| !["C14", "C19"].contains(&one.rule));
        let anew = told.filter(|finding| finding.severity == Severity::Warning && !known(finding));
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

/// Every way to put one word for another, once. What a reason says cannot be proved, and stays.
fn replaced(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let reason = text.find("主要原因").unwrap_or(text.len());
    // Nothing is nothing in every unit, and a threshold is no figure.
    let stays = |at: usize| {
        let before = text[..at].trim_end_matches(|digit: char| digit.is_ascii_digit() || digit == '.');
        let is_nothing = text[before.len()..at].chars().all(|digit| "0.".contains(digit));
        before.ends_with("单价") || (before.len() < at && is_nothing)
    };
    let one = |(word, other): &(&str, &str)| {
        let places = text.match_indices(word).map(|(at, _)| at).filter(|at| *at < reason && !stays(*at));
        places.map(|at| format!("{}{other}{}", &text[..at], &text[at + word.len()..])).collect::<Vec<_>>()
    };
    pairs.iter().flat_map(one).collect()
}

/// The figures that the sentences of a budget name before their amounts, with the amounts: of each kind in turn.
fn named_figures(budget: &Budget) -> Vec<Vec<(String, Money)>> {
    let total = |measure: &Measure, scope| budget.cube.total(measure, scope).or_zero();
    let of = |account| Measure { accounts: vec![account], ..Measure::default() };
    let whole = of(Account::Expenditure);
    let projects = budget.spec.projects.iter().enumerate();
    let projects = projects.map(|(index, project)| {
        (project.name.trim().to_owned(), total(&whole, Scope { project: Some(index), ..Scope::default() }))
    });
    let kinds = budget.profile.kinds.iter().map(|kind| {
        (kind.name.clone(), total(&Measure { kinds: vec![kind.id.clone()], ..whole.clone() }, Scope::default()))
    });
    let mut lists = vec![projects.collect(), kinds.collect::<Vec<_>>()];
    for account in [Account::Basic, Account::ThreePublic, Account::Procurement] {
        let categories = budget.profile.categories.of(account).iter().map(|category| {
            let measure = Measure { categories: vec![category.id.clone()], ..of(account) };
            (category.name.clone(), total(&measure, Scope::default()))
        });
        lists.push(categories.collect());
    }
    for level in 0..3 {
        let subjects = budget.cube.subjects(&whole, Scope::default()).into_iter();
        let subjects = subjects.filter(|code| code.level().depth() == level).map(|code| {
            (budget.subjects[&code].clone(), total(&whole, Scope { subject: Some(code), ..Scope::default() }))
        });
        lists.push(subjects.collect());
    }
    lists
}

/// Every way to put another figure's name before an amount.
fn renamed(text: &str, lists: &[Vec<(String, Money)>]) -> Vec<String> {
    let reason = text.find("主要原因").unwrap_or(text.len());
    let states_amount = |behind: &str| {
        let clause = behind.split(['，', '。', '；', '、', '（', '：']).next().unwrap_or_default();
        numbers(clause).first().is_some_and(|range| clause[range.end..].starts_with("万元"))
    };
    let mut changed = Vec::new();
    for list in lists {
        for (index, (name, amount)) in list.iter().enumerate() {
            let longer = |at: usize| {
                list.iter().any(|(other, _)| {
                    other.len() > name.len()
                        && other.contains(name.as_str())
                        && text[..at + name.len()].ends_with(other.as_str())
                })
            };
            let others = list.iter().cycle().skip(index + 1).take(list.len() - 1);
            let Some((other, _)) = others.clone().find(|(other, money)| money != amount && other != name) else {
                continue;
            };
            for (at, _) in text.match_indices(name.as_str()).filter(|(at, _)| *at < reason && !longer(*at)) {
                if states_amount(&text[at + name.len()..]) {
                    changed.push(format!("{}{other}{}", &text[..at], &text[at + name.len()..]));
                }
            }
        }
    }
    changed
}

/// How many changed sentences there are, and those that no warning is told of. What a text on reasons says cannot be
/// proved.
fn missed(change: impl Fn(&str, &Typed) -> Vec<String>) -> (usize, Vec<String>) {
    let (mut all, mut missed) = (0, Vec::new());
    for (name, yaml) in SPECS {
        let typed = Typed::of(name, yaml);
        let before = warnings(&typed.budget);
        let changes: Vec<Vec<Vec<String>>> = typed
            .texts
            .iter()
            .map(|(key, lines)| {
                let is_reason = key.ends_with("reason") || key.ends_with("reasons");
                lines.iter().map(|line| if is_reason { Vec::new() } else { change(line, &typed) }).collect()
            })
            .collect();
        // A change of every line is checked together with one of each of the others.
        for round in 0..changes.iter().flatten().map(Vec::len).max().unwrap_or(0) {
            let changed = |text: usize, line: usize| changes[text][line].get(round).cloned();
            let after = warnings(&budget(&typed.yaml(changed)));
            for (text, (key, lines)) in typed.texts.iter().enumerate() {
                for (number, _) in lines.iter().enumerate() {
                    let (Some(words), line) = (changed(text, number), typed.line(text, number)) else { continue };
                    // A sentence that is wrong as it stands shows nothing.
                    if before.contains(&line) {
                        continue;
                    }
                    all += 1;
                    if !after.contains(&line) {
                        missed.push(format!("{} {key}: {words}", typed.name));
                    }
                }
            }
        }
    }
    (all, missed)
}

#[track_caller]
fn at_least(share: usize, (all, missed): (usize, Vec<String>)) {
    let found = all - missed.len();
    println!("{found} of {all}");
    assert!(all > 20 && found * 100 >= all * share, "{found} of {all}; missed:\n{}", missed.join("\n"));
}

#[test]
fn digits_that_changed_places_are_found() {
    at_least(95, missed(|text, _| exchanged(text)));
}

#[test]
fn changed_directions_are_found() {
    let directions = [("增加", "减少"), ("减少", "增加"), ("增长", "下降"), ("下降", "增长")];
    at_least(95, missed(|text, _| replaced(text, &directions)));
}

#[test]
fn changed_years_are_found() {
    let years = |typed: &Typed| [1, 2].map(|ago| format!("比{}年", typed.budget.spec.year.value - ago));
    at_least(95, missed(|text, typed| replaced(text, &[years(typed).each_ref().map(String::as_str).into()])));
}

#[test]
fn changed_units_are_found() {
    let units = |typed: &Typed| match typed.budget.profile.text_amounts.unit {
        Unit::Yuan => ("元", "万元"),
        _ => ("万元", "元"),
    };
    at_least(95, missed(|text, typed| replaced(text, &[units(typed)])));
}

#[test]
fn another_figure_before_an_amount_is_found() {
    at_least(90, missed(|text, typed| renamed(text, &named_figures(&typed.budget))));
}
