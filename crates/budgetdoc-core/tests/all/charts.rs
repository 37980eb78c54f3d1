//! Charts: their parts, exact shares, and what stands in their place.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Chart, ChartKind, Document};

use crate::support::{PROFILE, SMALL, replace};

/// The document of a spec with charts in the outline.
fn document(spec: &str, charts: &str) -> Document {
    let profile = replace(PROFILE, "  - text: breakdown\n", &format!("  - text: breakdown\n{charts}"));
    let profile = Profile::from_yaml(&profile).unwrap_or_else(|error| panic!("{error}"));
    let budget = Budget::resolve(Spec::from_yaml(spec).unwrap(), profile).unwrap();
    budget.compose().unwrap_or_else(|error| panic!("{error}"))
}

fn charts(document: &Document) -> Vec<&Chart> {
    let charts = document.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(&**chart),
        _ => None,
    });
    charts.collect()
}

fn says(document: &Document, words: &str) -> bool {
    let is = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.text.to_plain() == words);
    document.blocks.iter().any(is)
}

const KINDS: &str = "  - chart: { kind: pie, caption: \"{{ year }}年支出构成\", of: { figures: { basic: 基本支出, project: 项目支出, government_fund: 政府性基金 } } }\n";

#[test]
fn parts_have_exact_values_and_shares_and_zeros_are_left_out() {
    let document = document(SMALL, KINDS);
    let [chart] = charts(&document)[..] else { panic!("{:?}", charts(&document)) };
    assert_eq!((chart.kind, chart.series.as_slice()), (ChartKind::Pie, &["2022年".to_owned()][..]));
    let parts: Vec<_> = chart.points.iter().map(|point| (point.label(), point.values[0].to_string())).collect();
    assert_eq!(parts, [("基本支出 70%".to_owned(), "70".to_owned()), ("项目支出 30%".to_owned(), "30".to_owned())]);
    assert_eq!(chart.summary, "图1　2022年支出构成：基本支出70万元，70%；项目支出30万元，30%。");
}

#[test]
fn shares_are_rounded_as_the_profile_rounds() {
    let thirds = replace(SMALL, "item: 2012901, amount: 60", "item: 2012901, amount: 5");
    let chart = document(&thirds, KINDS);
    let shares: Vec<_> = charts(&chart)[0].points.iter().map(|point| point.share.clone().unwrap()).collect();
    let printed: Vec<String> = shares.iter().map(ToString::to_string).collect();
    assert_eq!(printed, ["33.33", "66.67"]);
    assert!(shares[0].value.to_string().starts_with("33.333333333"), "{}", shares[0].value);
}

#[test]
fn the_largest_six_have_names_and_the_rest_none() {
    let items = ["2050803", "2060101", "2070101", "2080505", "2101101", "2120101", "2130101"];
    let rows = items.iter().zip(1..).map(|(item, amount)| format!("  - {{ item: {item}, amount: {amount} }}\n"));
    let spec = replace(SMALL, "basic:\n", &(rows.collect::<String>() + "basic:\n"));
    let list = "lists:\n  spending: { each: function, of: { accounts: [expenditure] } }\n";
    let ring = "  - chart: { kind: ring, caption: 支出, of: { classes: spending } }\n";
    let profile = replace(PROFILE, "  - text: breakdown\n", &format!("  - text: breakdown\n{ring}"));
    let profile = if profile.contains("\nlists:\n") {
        replace(&profile, "\nlists:\n", &format!("\n{list}"))
    } else {
        profile + list
    };
    let budget = Budget::resolve(Spec::from_yaml(&spec).unwrap(), Profile::from_yaml(&profile).unwrap()).unwrap();
    let document = budget.compose().unwrap();
    let labels: Vec<String> = charts(&document)[0].points.iter().map(|point| point.label()).collect();
    let codes =
        ["一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "城乡社区支出", "农林水支出", "住房保障支出"];
    assert_eq!(labels.len(), 7, "{labels:?}");
    assert!(codes.iter().zip(&labels).all(|(code, label)| label.starts_with(code)), "{labels:?}");
    assert_eq!(labels[6], "其他 4.69%", "1, 2 and 3 of 128");
}

#[test]
fn columns_show_last_year_first() {
    let columns = "  - chart: { kind: columns, caption: 比较, of: { figures: { income: 收入 } } }\n";
    let document = document(SMALL, &format!("{columns}{KINDS}"));
    let [first, second] = charts(&document)[..] else { panic!("{:?}", charts(&document)) };
    assert_eq!(first.summary, "图1　比较：收入2021年80万元，2022年100万元。");
    assert!(second.summary.starts_with("图2　"), "{}", second.summary);
}

#[test]
fn a_sentence_or_a_gap_takes_the_place_of_a_chart_without_figures() {
    let none = "  - chart: { kind: pie, caption: 基金, of: { figures: { government_fund: 基金 } }, empty: \"{{ year }}年没有基金。\" }\n";
    let empty = document(SMALL, none);
    assert!(charts(&empty).is_empty() && says(&empty, "2022年没有基金。"));
    let unfilled = replace(SMALL, "item: 2012901, amount: 60", "item: 2012901, amount: 待填");
    let gap = document(&unfilled, KINDS);
    assert!(charts(&gap).is_empty() && says(&gap, "【待填】"));
}
