//! What differs between two specs.

use std::fmt::Write as _;

use crate::support::{SAMPLE, SMALL, SNAPSHOTS, replace};
use budgetdoc_core::diff::{DiffEntry, Difference, GivenAmount, diff};
use budgetdoc_core::lang::Lang;
use budgetdoc_core::money::Amount;
use budgetdoc_core::rollover::rollover;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::Place;
use budgetdoc_tests::chance::{Chance, for_any};

#[track_caller]
fn spec(text: &str) -> Spec {
    Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What differs from [`SMALL`] when a piece of it is replaced.
#[track_caller]
fn changes(piece: &str, by: &str) -> Vec<DiffEntry> {
    diff(&spec(SMALL), &spec(&replace(SMALL, piece, by)))
}

fn shown(difference: &Difference) -> String {
    let figure = |figure: &Option<GivenAmount>| match figure {
        Some(GivenAmount { amount: Amount::Given(number), unit }) => format!("{number}{}", unit.name()),
        Some(GivenAmount { amount: Amount::Unfilled, .. }) => "unfilled".to_owned(),
        None => "none".to_owned(),
    };
    match difference {
        Difference::Amount { old, new, change, percent } => {
            let percent = percent.map_or_else(|| "none".to_owned(), |percent| format!("{percent}%"));
            format!("{} → {}; {}, {percent}", figure(old), figure(new), figure(change))
        }
        Difference::Count { old, new } => format!("{old:?} → {new:?}"),
        Difference::Text { old, new } => format!("{old:?} → {new:?}"),
    }
}

fn show(out: &mut String, changes: &[DiffEntry]) {
    let place =
        |place: Option<Place>| place.map_or_else(|| "-".to_owned(), |place| format!("{}:{}", place.line, place.column));
    for change in changes {
        let _ = writeln!(out, "{}", change.path.join(" / "));
        let _ = writeln!(out, "    {}\n    {}", change.label.get(Lang::Zh), change.label.get(Lang::En));
        let _ = writeln!(out, "    {}", shown(&change.difference));
        let _ = writeln!(out, "    {} → {}", place(change.old_place), place(change.new_place));
    }
}

const CHANGES: &[(&str, &str, &str)] = &[
    ("more income", "amount: 100, last: 80", "amount: 120.5, last: 80"),
    ("less, by a third", "category: operating, amount: 20", "category: operating, amount: 13.3333"),
    ("from nothing", "category: abroad, amount: 0,", "category: abroad, amount: 2,"),
    ("to nothing", "category: reception, amount: 1,", "category: reception, amount: 0,"),
    ("last year's", "last: 25", "last: 26"),
    ("last year's no longer known", "amount: 20, last: 25", "amount: 20"),
    ("unfilled", "amount: 100, last: 80", "amount: 待填, last: 80"),
    ("a row more", "basic:\n", "  - { item: 2080505, amount: 5, last: 4 }\nbasic:\n"),
    ("a row less", "  - { item: 2210201, amount: 10 }\n", ""),
    ("a row of another subject", "{ item: 2210201, amount: 10 }", "{ item: 2210203, amount: 10 }"),
    ("a fund written that was understood", "{ item: 2210201,", "{ fund: government_fund, item: 2210201,"),
    ("a subtotal stated", "projects:\n", "stated:\n  - { subject: 221, kind: basic, amount: 11 }\nprojects:\n"),
    (
        "a project's figures and texts",
        "    amount: 30\n    last: 20\n    purpose: 培训。\n    reason: 人数增加。\n",
        "    amount: 40\n    last: 30\n    purpose: 培训和考核。\n",
    ),
    (
        "a project of another name and subject",
        "    name: 培训经费\n    item: 2012902\n",
        "    name: 培训专项\n    item: 2012999\n",
    ),
    (
        "a project more",
        "key_projects: [training]",
        "  - { id: media, name: 宣传, item: 2012902, amount: 5, goal: 好。 }\nkey_projects: [media, training]",
    ),
    ("what last year's came to", "amount: 100, last: 80", "amount: 100, last: 80, executed: 79"),
    (
        "lists of other forms",
        "counts:\n",
        "economic: [{ code: 30101, amount: 50 }]\nmeetings: [{ category: meeting, amount: 1 }]\nprocurement_items: [{ category: goods, project: 某项目, economic: 30201, name: 纸, method: 集中采购, amount: 1 }]\ncontrol: [{ table: balance, row: 收入总计, amount: 100 }]\nexplanations: [{ subject: 2012901, purpose: 运行。, reason: 人多。 }]\nsuppress: [{ rule: C8, at: text.goals, reason: 已核对。 }]\ncounts:\n",
    ),
    (
        "what moves between units",
        "counts:\n",
        "internal: [{ from: self, to: centre, fund: general_public, item: 2012901, kind: basic, amount: 1, last: 2 }]\ncounts:\n",
    ),
    ("a kind written that was understood", "{ item: 2210201,", "{ kind: basic, item: 2210201,"),
    (
        "a unit of another nature, and a day",
        "department:\n  name: 某局\n  supervisor: 某某局\n  units:\n    - { id: self,",
        "approved: 2022-02-01\ndepartment:\n  name: 某局\n  supervisor: 某某局\n  units:\n    - { id: self, nature: institution,",
    ),
    ("a count", "  vehicles: 2\n", "  vehicles: 3\n  offices: 4\n"),
    (
        "settings",
        "unit: 万元\nprecision: exact\ndate: 2022-02-18",
        "unit: 万元\nprecision: rounded\namounts: { tables: { decimals: 0 } }\ntypography: normalize\nnames: [某某局]",
    ),
    (
        "the department",
        "  name: 某局\n  supervisor: 某某局\n  units:\n    - { id: self, name: 某局本级 }",
        "  name: 某委\n  units:\n    - { id: self, name: 某委本级 }\n    - { id: centre, name: 某中心 }",
    ),
    (
        "a paragraph changed",
        "    二是服务，经费{{ income | amount }}。\n",
        "    二是服务，经费{{ expenditure | amount }}。\n",
    ),
    ("a paragraph put between", "    一是管理。\n", "    一是管理。\n\n    再是协调。\n"),
    ("a paragraph gone", "    一是管理。\n", ""),
    ("a text more and one less", "  organisation: 内设一科。\n", "  other: 无。\n"),
    (
        "tasks and indicators",
        "    - { project: training, content: 培训。 }\n  goal: 做好。\n  indicators:\n    产出:\n      数量:\n        - { name: 培训次数, target: 10次 }\n",
        "    - { project: training, name: 训练, content: 培训两次。 }\n  goal: 做得更好。\n  indicators:\n    产出:\n      数量:\n        - { name: 培训次数, target: 12次 }\n        - { name: 人数, target: 40人 }\n",
    ),
    (
        "terms, fonts and subjects",
        "counts:\n",
        "glossary: [{ term: 某词, meaning: 某义。 }]\nfonts: { body: 某宋 }\nsubjects: [{ code: 299, name: 其他支出 }]\ncounts:\n",
    ),
];

#[test]
fn every_kind_of_change_is_told_in_both_languages() {
    let mut out = String::new();
    for (name, piece, by) in CHANGES {
        let _ = writeln!(out, "## {name}");
        let changes = changes(piece, by);
        assert!(!changes.is_empty(), "{name}");
        show(&mut out, &changes);
        out.push('\n');
    }
    SNAPSHOTS.assert_eq("diff.txt", &out);
}

#[test]
fn the_way_back_tells_the_same_with_the_sides_exchanged() {
    for (name, piece, by) in CHANGES {
        let (old, new) = (spec(SMALL), spec(&replace(SMALL, piece, by)));
        let sides = |changes: Vec<DiffEntry>, exchanged: bool| {
            let mut sides: Vec<_> = changes
                .into_iter()
                .map(|change| {
                    let text = |side: &Option<String>| format!("{side:?}");
                    let (was, is) = match &change.difference {
                        Difference::Amount { old, new, .. } => (format!("{old:?}"), format!("{new:?}")),
                        Difference::Count { old, new } => (format!("{old:?}"), format!("{new:?}")),
                        Difference::Text { old, new } => (text(old), text(new)),
                    };
                    if exchanged { (is, was) } else { (was, is) }
                })
                .collect();
            sides.sort();
            sides
        };
        assert_eq!(sides(diff(&old, &new), false), sides(diff(&new, &old), true), "{name}");
    }
}

#[test]
fn a_spec_does_not_differ_from_itself_nor_from_its_rows_in_another_order() {
    for text in [SAMPLE, SMALL] {
        assert_eq!(diff(&spec(text), &spec(text)), []);
    }
    for_any(50, |chance| {
        let mut shuffled = spec(SAMPLE);
        fn shuffle<T>(list: &mut [T], chance: &mut Chance) {
            for index in (1..list.len()).rev() {
                list.swap(index, chance.below(index + 1));
            }
        }
        shuffle(&mut shuffled.expenditure, chance);
        shuffle(&mut shuffled.basic, chance);
        shuffle(&mut shuffled.projects, chance);
        shuffle(&mut shuffled.three_public, chance);
        shuffle(&mut shuffled.counts.0, chance);
        shuffle(&mut shuffled.text.0, chance);
        assert_eq!(diff(&spec(SAMPLE), &shuffled), []);
        // One amount is another: that one is told, wherever its row went.
        let row = chance.below(7);
        shuffled.expenditure[row].amount = Amount::from(1).into();
        let item = shuffled.expenditure[row].item.value.to_string();
        let changes = diff(&spec(SAMPLE), &shuffled);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(changes[0].path, ["expenditure", item.as_str(), "amount"]);
    });
}

#[test]
fn amounts_are_compared_in_yuan_whatever_their_units() {
    let of = |unit: &str, income: &str, item: &str| {
        spec(&format!(
            "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\nunit: {unit}\n\
             department: {{ name: 某局, units: [{{ id: self, name: 某局本级 }}] }}\n\
             income: [{{ fund: general_public, {income} }}]\nexpenditure: [{{ item: 2012901, amount: {item} }}]\n"
        ))
    };
    let old = of("万元", "amount: 100, last: 80", "60");
    let changes = diff(&old, &of("元", "amount: 1000000, last: 800000.00", "610000"));
    let shown: Vec<_> = changes.iter().map(|change| shown(&change.difference)).collect();
    assert_eq!(shown, ["Some(\"万元\") → Some(\"元\")", "60万元 → 610000元; 10000元, 1.67%"]);
    // The same figures written otherwise do not differ.
    assert_eq!(diff(&old, &of("万元", "amount: 100.00, last: 80.0", "60.")), []);
}

#[test]
fn a_rollover_differs_in_its_figures_reasons_and_years() {
    let rolled = rollover(SAMPLE, 2023).expect("it rolls over").text;
    let changes = diff(&spec(SAMPLE), &spec(&rolled));
    let last = |key: &str| changes.iter().filter(|change| change.path.last().is_some_and(|last| last == key)).count();
    // Each amount and what became last year's, the stated subtotal, the reasons.
    assert_eq!((last("amount"), last("reason")), (28, 7));
    assert!(changes.iter().all(|change| change.label.zh != change.label.en));
}
