//! C15: each item and project with money is told once.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::figures::measures::{is_nonzero, of_accounts};
use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::project_names::{almost_project, bare, project_before};
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::Scope;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;
use budgetdoc_core::spec::{Project, Spec};
use budgetdoc_core::subject::Level;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C15",
    severity: Severity::Warning,
    title: ("有金额的项和项目在文字中各出现一次", "Each item and project with money is told once"),
    explanation: (
        "文字按项或按项目（名称之后紧接金额，至少半数以上）逐一说明的，有金额的每一项（每个项目）都要说明，而且只说明一次；只提到名称、没有写金额的，不算又说明一次；逐项说明的资金来源以外的项，可以不说明。版式的文字写“所有项目”的，key_projects 应列出全部有金额的项目。",
        "Where the text goes through items or projects (a name with its amount right behind it, more than half of them), each with money is told, and once; to name one without its money is not to tell it again. Items of funds that none of those told has may be left out. Where the profile's text speaks of all projects, `key_projects` lists all that have money.",
    ),
    wrong: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.宣传经费23万元……",
    right: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.培训经费13万元……",
    checks: &[Check::Prose(check)],
};

/// How often a line tells an item: its name with a figure behind it in the same clause, or its name more than once. To
/// speak of an item is not to tell it.
fn told_in(line: &str, words: &str) -> usize {
    let clause = |at: usize| line[at + words.len()..].split(['，', '。', '；', '、']).next().unwrap_or_default();
    let figures = |at: usize| clause(at).contains(|character: char| character.is_ascii_digit());
    let named = line.matches(words).count();
    let told = line.match_indices(words).filter(|(at, _)| figures(*at)).count();
    if named > 1 { named } else { told }
}

fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let passages = examiner.narrative();
    let report = |examiner: &mut ProseReader, about: String, place, name: &str, count: usize| {
        let (zh, en) = if count == 0 {
            ("没有说明".to_owned(), "is not told".to_owned())
        } else {
            (format!("说明了 {count} 次"), format!("is told {count} times"))
        };
        examiner.report(
            about,
            Caution::Warning,
            place,
            Bilingual::new(format!("“{name}”有金额，在文字中{zh}"), format!("`{name}` has money and {en} in the text")),
            Bilingual::new("每一项说明一次，不漏不重", "tell each once"),
        );
    };
    // Items are told by name and level: “行政运行（项）”.
    let by_item = passages.iter().any(|(_, text, _)| text.contains("（项）"));
    let measure = of_accounts(&[Account::Expenditure]);
    let facts_of = |item| budget.cube.select(&measure, Scope { subject: Some(item), ..Scope::default() });
    let words_of = |item| budget.subjects.get(&item).map(|name| format!("{name}（项）"));
    let is_named = |words: &str| passages.iter().any(|(_, text, _)| text.contains(words));
    let items: Vec<_> = budget.cube.subjects(&measure, Scope::default()).into_iter().collect();
    let items = || items.iter().copied().filter(|code| by_item && code.level() == Level::Item);
    // A list goes through the items of some funds, mostly the appropriations; others are not missing from it.
    let listed: BTreeSet<usize> = items()
        .filter(|item| words_of(*item).is_some_and(|words| is_named(&words)))
        .flat_map(|item| facts_of(item).map(|fact| fact.fund))
        .collect();
    for item in items() {
        let total = budget.cube.total(&measure, Scope { subject: Some(item), ..Scope::default() });
        let Some(name) = budget.subjects.get(&item).filter(|_| is_nonzero(&total)) else { continue };
        examiner.count_one();
        let words = format!("{name}（项）");
        if !facts_of(item).any(|fact| listed.contains(&fact.fund)) {
            continue;
        }
        let told = || passages.iter().map(|(_, text, place)| (told_in(text, &words), place));
        let count: usize = told().map(|(count, _)| count).sum();
        let named = count > 0 || is_named(&words);
        let twins =
            budget.subjects.iter().filter(|(code, other)| code.level() == Level::Item && *other == name).count();
        if !named || count > twins {
            // Told once more by a text of the spec, as the profile tells it.
            let typed = told().filter(|(count, _)| *count > 0).filter_map(|(_, place)| *place).next_back();
            let place = typed.or_else(|| total.terms.iter().find_map(|term| term.place));
            report(examiner, format!("items.{item}"), place, &words, count);
        }
    }
    projects_told_once(examiner, &passages);
}

/// Projects are told with their amounts, in a text that tells several; a list of key projects is of all of them.
fn projects_told_once(examiner: &mut ProseReader, passages: &[(&str, &str, Option<Place>)]) {
    let spec = &examiner.budget.spec;
    let with_money = |project: &&Project| project.amount.number().is_some_and(|amount| !amount.is_zero());
    let report = |examiner: &mut ProseReader, about: String, place, name: &str, (zh, en): (String, String)| {
        examiner.report(
            about,
            Caution::Warning,
            place,
            Bilingual::new(format!("项目“{name}”有金额，{zh}"), format!("project `{name}` has money and {en}")),
            Bilingual::new("每个项目说明一次，不漏不重", "tell each project once"),
        );
    };
    for (key, _) in spec.text.iter() {
        let about = format!("text.{}", key.value);
        let own: Vec<_> = passages.iter().filter(|(name, ..)| *name == about).collect();
        let mut told = vec![(0_usize, None); spec.projects.len()];
        for (_, text, place) in &own {
            for number in numbers(text).iter().filter(|number| number.unit.is_some()) {
                let index = project_before(spec, number).or_else(|| almost_project(spec, number));
                // What a project had last year is a comparison.
                let Some(index) = index.filter(|index| !is_last(spec, *index, number)) else { continue };
                told[index] = (told[index].0 + 1, *place);
            }
        }
        let of_money = spec.projects.iter().filter(with_money).count();
        let all = told.iter().filter(|(count, _)| *count > 0).count();
        if all < 2 {
            continue;
        }
        for (project, (count, place)) in spec.projects.iter().zip(&told).filter(|(project, _)| with_money(project)) {
            examiner.count_one();
            // Projects of one name are told as often as there are.
            let twins = spec.projects.iter().filter(|other| bare(&other.name) == bare(&project.name));
            let twins = twins.filter(with_money).count();
            let name = project.name.trim();
            // A text that tells some of many is no list of them.
            if *count == 0 && twins == 1 && all * 2 > of_money {
                let first = own.iter().find_map(|(_, _, place)| *place);
                let words = ("在文字中没有说明".to_owned(), "is not told in the text".to_owned());
                report(examiner, about.clone(), first, name, words);
            } else if *count > twins {
                let words = (format!("在文字中说明了 {count} 次"), format!("is told {count} times in the text"));
                report(examiner, about.clone(), *place, name, words);
            }
        }
    }
    let listed = &spec.key_projects;
    let Some(place) = listed.first().map(|id| id.place) else { return };
    let all = examiner.prose.passages.iter().any(|passage| passage.text.contains("所有项目"));
    for project in spec.projects.iter().filter(with_money).filter(|_| all) {
        examiner.count_one();
        if !listed.iter().any(|id| id.value == project.id.value) {
            let words = (
                "文字写的是所有项目，key_projects 中没有列入".to_owned(),
                "is missing from `key_projects`, though the text claims all projects".to_owned(),
            );
            report(examiner, "key_projects".to_owned(), place, project.name.trim(), words);
        }
    }
}

fn is_last(spec: &Spec, index: usize, number: &TextNumber) -> bool {
    let project = &spec.projects[index];
    let is =
        |amount: Option<Decimal>| amount.is_some_and(|amount| Some(Money::new(amount, spec.unit)) == number.money());
    is(project.last.as_ref().and_then(|last| last.number())) && !is(project.amount.number())
}
