//! C15: each item and project with money is stated once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rust_decimal::Decimal;

use crate::figures::measures::{is_nonzero, of_accounts};
use crate::prose::numbers::TextNumber;
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::project_names::{ProjectNames, bare, named};
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::Scope;
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;
use budgetdoc_core::spec::{Project, Spec};
use budgetdoc_core::subject::Level;

pub(crate) const RULE: Rule = Rule {
    id: "C15",
    severity: Severity::Warning,
    title: ("有金额的项和项目在文字中各出现一次", "Each item and project with an amount is stated once"),
    explanation: (
        "文字按项或按项目（名称之后紧接金额，至少半数以上）逐一说明的，有金额的每一项（每个项目）都要说明，而且只说明一次；只提到名称、没有写金额的，不算又说明一次；逐项说明的资金来源以外的项，可以不说明。版式的文字写“所有项目”的，key_projects 应列出全部有金额的项目。",
        "Where the text states more than half of the items or projects, each as a name followed by its amount, each item or project with an amount is stated once; a name without its amount does not count. Items of funds that no stated item has may be omitted. Where the profile's text covers all projects, `key_projects` lists all that have an amount.",
    ),
    wrong: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.宣传经费23万元……",
    right: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.培训经费13万元……",
    checks: &[Check::Prose(check)],
};

/// Returns where a passage names an item by name and level, in brackets of either width: 行政运行（项）.
fn places_naming(passage: &Passage, name: &str) -> Vec<Range<usize>> {
    let named = passage.text.match_indices(name).filter_map(|(at, _)| {
        let behind = passage.text[at + name.len()..].trim_start();
        let level = ["（项）", "(项)"].iter().find(|level| behind.starts_with(**level))?;
        Some(at..passage.text.len() - behind.len() + level.len())
    });
    // Words included from another passage are read there.
    named.filter(|range| passage.holds(range.clone())).collect()
}

/// Returns the places where a passage states an item: its name with a figure after it in the same clause, or its name
/// more than once. A name alone states nothing.
fn places_stating(passage: &Passage, name: &str) -> Vec<Range<usize>> {
    let mut named = places_naming(passage, name);
    if named.len() < 2 {
        let clause = |at: usize| passage.text[at..].split(['，', '。', '；', '、']).next().unwrap_or_default();
        named.retain(|range| clause(range.end).contains(|character: char| character.is_ascii_digit()));
    }
    named
}

/// A passage and the words in it that state an item.
type Mention<'a> = (&'a ParsedPassage<'a>, Range<usize>);

fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    // Items are stated by name and level.
    let by_item = examiner.narrative().any(|passage| passage.text.contains("（项）") || passage.text.contains("(项)"));
    let measure = of_accounts(&[Account::Expenditure]);
    let facts_of = |item| budget.cube.select(&measure, Scope { subject: Some(item), ..Scope::default() });
    let passages = examiner.narrative();
    let is_named = |name: &str| passages.clone().any(|passage| !places_naming(passage, name).is_empty());
    let items: Vec<_> = budget.cube.subjects(&measure, Scope::default()).into_iter().collect();
    let items = || items.iter().copied().filter(|code| by_item && code.level() == Level::Item);
    // A list goes through the items of some funds, mostly the appropriations; others are not missing from it. What names
    // less than half of them is no list.
    let (named, unnamed): (Vec<_>, Vec<_>) =
        items().partition(|item| budget.subjects.get(item).is_some_and(|name| is_named(name)));
    let is_list = named.len() > unnamed.len();
    let listed: BTreeSet<usize> = named.iter().flat_map(|item| facts_of(*item).map(|fact| fact.fund)).collect();
    for item in items() {
        let total = budget.cube.total(&measure, Scope { subject: Some(item), ..Scope::default() });
        let Some(name) = budget.subjects.get(&item).filter(|_| is_nonzero(&total)) else { continue };
        examiner.count_one();
        if !facts_of(item).any(|fact| listed.contains(&fact.fund)) {
            continue;
        }
        let mentions: Vec<Mention> = passages
            .clone()
            .flat_map(|passage| places_stating(passage, name).into_iter().map(move |range| (passage, range)))
            .collect();
        let twins =
            budget.subjects.iter().filter(|(code, other)| code.level() == Level::Item && *other == name).count();
        if mentions.len() <= twins && (!is_list || named.contains(&item)) {
            continue;
        }
        let message = match mentions.len() {
            0 => Bilingual::new(
                format!("“{name}（项）”有金额，在文字中没有说明"),
                format!("`{name}（项）` has an amount, but the text does not state it"),
            ),
            count => Bilingual::new(
                format!("“{name}（项）”有金额，在文字中说明了 {count} 次"),
                format!("`{name}（项）` has an amount, which the text states {count} times"),
            ),
        };
        // A text of the spec states it once more, as the profile does.
        let words = mentions.iter().filter_map(|(passage, range)| passage.place_of(range.clone())).next_back();
        let place = words.map(|words| words.start).or_else(|| total.terms.iter().find_map(|term| term.place));
        let help = Bilingual::new("每一项说明一次，不漏不重", "state each item once");
        examiner.report(format!("items.{item}"), Caution::Warning, place, message, help);
        examiner.point_at_words(words);
    }
    check_projects(examiner);
}

/// Checks that a text stating several projects with their amounts states each once, and that a list of key projects that
/// claims all of them is complete.
fn check_projects(examiner: &mut ProseReader) {
    let spec = &examiner.budget.spec;
    let with_money = |project: &&Project| project.amount.number().is_some_and(|amount| !amount.is_zero());
    let message = |name: &str, (zh, en): (&str, &str)| {
        Bilingual::new(format!("项目“{name}”有金额，{zh}"), format!("project `{name}` has an amount, {en}"))
    };
    let help = || Bilingual::new("每个项目说明一次，不漏不重", "state each project once");
    let names = ProjectNames::of(spec);
    // Projects of the same name are stated once each.
    let mut twins: HashMap<&str, usize> = HashMap::new();
    for project in spec.projects.iter().filter(with_money) {
        *twins.entry(bare(&project.name)).or_default() += 1;
    }
    for (key, _) in spec.text.iter() {
        let about = format!("text.{}", key.value);
        let own: Vec<&ParsedPassage> = examiner.narrative().filter(|passage| passage.about == about).collect();
        let mut by_project: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
        for passage in &own {
            for number in passage.numbers().filter(|number| number.unit.is_some()) {
                let index = names.before(number).or_else(|| names.almost_before(number));
                // What a project had last year is a comparison.
                let Some(index) = index.filter(|index| !is_last(spec, *index, number)) else { continue };
                let words = bytes_of(named(number), &passage.text).start..number.range(&passage.text).end;
                if passage.holds(words.clone()) {
                    by_project.entry(index).or_default().push((*passage, words));
                }
            }
        }
        let all = by_project.len();
        let Some(first) = own.first().filter(|_| all > 1) else { continue };
        let of_money = spec.projects.iter().filter(with_money).count();
        for (index, project) in spec.projects.iter().enumerate().filter(|(_, project)| with_money(project)) {
            examiner.count_one();
            let twins = twins[bare(&project.name)];
            let name = project.name.trim();
            let mentions = by_project.get(&index).map_or(&[][..], Vec::as_slice);
            match mentions.last() {
                // A text that states some of many is no list of them.
                None if twins == 1 && all * 2 > of_money => {
                    let message = message(name, ("在文字中没有说明", "but the text does not state it"));
                    examiner.report_words(first, 0..first.text.len(), Caution::Warning, message, help());
                }
                Some((passage, words)) if mentions.len() > twins => {
                    let count = mentions.len();
                    let (zh, en) =
                        (format!("在文字中说明了 {count} 次"), format!("which the text states {count} times"));
                    let message = message(name, (&zh, &en));
                    examiner.report_words(passage, words.clone(), Caution::Warning, message, help());
                }
                _ => {}
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
                "文字写的是所有项目，key_projects 中没有列入",
                "but is missing from `key_projects`, and the text covers all projects",
            );
            examiner.report("key_projects", Caution::Warning, place, message(project.name.trim(), words), help());
        }
    }
}

fn is_last(spec: &Spec, index: usize, number: &TextNumber) -> bool {
    let project = &spec.projects[index];
    let is =
        |amount: Option<Decimal>| amount.is_some_and(|amount| Some(Money::new(amount, spec.unit)) == number.money());
    is(project.last.as_ref().and_then(|last| last.number())) && !is(project.amount.number())
}
