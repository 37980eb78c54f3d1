//! Lists and last year's amounts that a printed table or sentence needs and the spec lacks, for rule C21.

use std::collections::BTreeSet;

use super::c21_needed_keys::others;
use crate::Severity;
use crate::examiner::Examiner;
use crate::figures::printed_columns::ColumnFilter;
use budgetdoc_core::budget::{Fact, Scope};
use budgetdoc_core::compose::{Origin, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::Account;

/// Reports tables that print a total without any row, as their rows are those of a list that the spec lacks.
pub(super) fn totals_without_rows(examiner: &mut Examiner, printed: &[ColumnFilter]) {
    let budget = examiner.budget;
    for table in printed.chunk_by(|one, other| one.table == other.table) {
        let whole = Scope::default();
        let has_money = |fact: &&Fact| !fact.this.amount.is_zero();
        let facts = table.iter().flat_map(|column| {
            let facts = budget.cube.matching(&column.filter, &whole).filter(has_money);
            facts.map(|fact| (fact, column.list_of_rows(fact)))
        });
        examiner.count_one();
        let lists: Option<Vec<_>> = facts.map(|(fact, list)| Some((fact, list?))).collect();
        let Some((fact, list)) = lists.and_then(|lists| lists.first().copied()) else { continue };
        let (id, table) = (table[0].table, examiner.table_name(table[0].table));
        examiner.report(
            format!("tables.{id}.{list}"),
            Severity::Error,
            fact.this.place,
            Bilingual::new(
                format!("{table}逐项列示，{list} 中没有各行：只有合计，没有各行"),
                format!("{table} prints a total without its rows, which are those of `{list}`"),
            ),
            Bilingual::new(format!("请在 {list} 中逐项填写"), format!("add the rows to `{list}`")),
        );
    }
}

/// Reports sentences that print nothing to compare a figure with, though the spec gives last year's amounts of others.
pub(super) fn comparisons(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let unknown = budget.profile.words.unknown.replace("{last}", &(budget.spec.year.value - 1).to_string());
    if budget.cube.facts.iter().all(|fact| fact.last.is_none()) {
        return;
    }
    if unknown.is_empty() {
        return comparisons_left_out(examiner);
    }
    let mut missing: Vec<(String, String)> = Vec::new();
    // Rule A8 asks for both years of each of the three public expenses; of nothing there need not be a last year.
    let is_asked = |name: &str| {
        let measure = budget.profile.figures.get(name);
        measure.is_some_and(|of| of.accounts != [Account::ThreePublic] && !budget.total(of).or_zero().is_zero())
    };
    for passage in examiner.narrative() {
        let compared = passage.spans.iter().filter_map(|span| match &span.origin {
            Origin::Figure(figure) if matches!(figure.filter, Some("change" | "yoy")) => Some((span, &figure.name)),
            _ => None,
        });
        let is_unknown = |span: &Span| passage.text[span.range.clone()].ends_with(&unknown);
        let names =
            compared.filter(|(span, name)| is_unknown(span) && is_asked(name)).map(|(_, name)| name.to_string());
        missing.extend(names.map(|name| (passage.about.clone(), name)));
    }
    for (about, name) in missing {
        examiner.count_one();
        examiner.report(
            format!("{about}.{name}"),
            Severity::Warning,
            None,
            Bilingual::new(
                format!("{name} 的上年数不全，印成“{unknown}”"),
                format!("last year’s amounts of `{name}` are incomplete, so that “{unknown}” is printed"),
            ),
            Bilingual::new(
                format!("请在有关各行补写 last；各行的上年数没有公布的，写 last_totals: {{ {name}: … }}"),
                format!("add `last` to its rows, or where those were never published `last_totals: {{ {name}: … }}`"),
            ),
        );
    }
}

/// Reports sentences that leave a comparison out, as only some rows of the figure have last year's amounts.
fn comparisons_left_out(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let mut seen = BTreeSet::new();
    for (name, measure) in budget.profile.figures.iter() {
        // Rule A8 asks for both years of each of the three public expenses.
        if measure.accounts == [Account::ThreePublic] || budget.last_of(name).is_some() {
            continue;
        }
        let (filter, whole) = (budget.cube.filter(measure), Scope::default());
        let facts = budget.cube.matching(&filter, &whole);
        let facts = facts.filter(|fact| !fact.this.amount.is_zero() || fact.last.is_some());
        let (known, unknown): (Vec<_>, Vec<_>) = facts.partition(|fact| fact.last.is_some());
        // A carry-over of which no row has a last year is no gap.
        let is_gap = |fact: &&Fact| known.iter().any(|other| other.account == fact.account);
        let places: Vec<_> = unknown.into_iter().filter(is_gap).map(|fact| fact.this.place).collect();
        if places.is_empty() {
            continue;
        }
        let compares = |key: &str| examiner.prose.form_compares(key, name);
        let mut abouts = examiner.narrative().map(|passage| passage.about.as_str());
        let Some(about) = abouts.find(|about| about.strip_prefix("text.").is_some_and(compares)) else { continue };
        examiner.count_one();
        if !seen.insert(places.clone()) {
            continue;
        }
        let (others, lack) = others(places.iter().copied());
        examiner.report(
            format!("{about}.{name}"),
            Severity::Warning,
            places[0],
            Bilingual::new(
                format!("{name} 的上年数不全，文中的增减不印出：{} last", lack.zh),
                format!("last year’s amounts of `{name}` are incomplete, so that its change is left out: {} `last`", lack.en),
            ),
            Bilingual::new(
                format!("请补写 last，上年没有的写 last: 0；各行的上年数没有公布的，写 last_totals: {{ {name}: … }}"),
                format!("add `last`, `last: 0` where there was none, or where it was never published `last_totals: {{ {name}: … }}`"),
            ),
        );
        examiner.see(others);
    }
}

/// Reports lists that the form prints, in a table or a sentence, and that have no row in the spec.
pub(super) fn lists(examiner: &mut Examiner, printed: &[ColumnFilter]) {
    const LISTS: [(Account, &str, &str, &str); 4] = [
        (Account::ThreePublic, "three_public", "“三公”经费", "the three public expenses"),
        (Account::Meetings, "meetings", "会议费、培训费", "meetings and training"),
        (Account::Procurement, "procurement", "政府采购", "procurement"),
        (Account::Reserved, "reserved", "面向中小企业采购", "procurement reserved for small enterprises"),
    ];
    let budget = examiner.budget;
    for (account, list, zh, en) in LISTS {
        examiner.count_one();
        if budget.cube.facts.iter().any(|fact| fact.account == account) {
            continue;
        }
        // A8 asks for each of the three public expenses where there was a last year.
        if account == Account::ThreePublic && budget.cube.facts.iter().any(|fact| fact.last.is_some()) {
            continue;
        }
        let column = printed.iter().find(|column| column.filter.is_of(&[account]));
        let place = column.map(|column| examiner.table_name(column.table));
        let Some(place) = place.or_else(|| sentence(examiner, account)) else { continue };
        examiner.report(
            list,
            Severity::Warning,
            None,
            Bilingual::new(
                format!("版式印出{zh}（{place}），数据中没有 {list}，印成空白或 0"),
                format!("the profile prints {en} ({place}), but the spec has no `{list}`: they are blank or 0"),
            ),
            Bilingual::new(
                format!("请填写 {list}；版式不能缺这一项，确实没有的写 amount: 0"),
                format!("add `{list}`; where there are none write `amount: 0`"),
            ),
        );
    }
}

/// Returns the text that prints a figure of an account.
fn sentence(examiner: &Examiner, account: Account) -> Option<String> {
    let figures = &examiner.budget.profile.figures;
    let is_meant = |name: &str| {
        let name = name.split_once('.').map_or(name, |(figure, _)| figure);
        figures.get(name).is_some_and(|measure| measure.accounts == [account])
    };
    let mut narrative = examiner.narrative();
    let prints = |origin: &Origin| matches!(origin, Origin::Figure(figure) if is_meant(&figure.name));
    let passage = narrative.find(|passage| passage.spans.iter().any(|span| prints(&span.origin)))?;
    Some(passage.about.trim_start_matches("text.").to_owned())
}
