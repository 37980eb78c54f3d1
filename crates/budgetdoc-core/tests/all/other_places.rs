//! What forms of other places print: the government's classification, units among subjects, numbers below numbers,
//! leads and signatures, documents without a cover.

use crate::support::replace;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Document, Length, Role, StyleName, Table};

const SPEC: &str = "\
budgetdoc: 1
profile: form/2026
year: 2026
date: 2026-02-10
department:
  name: 某局
  units:
    - { id: office, name: 某局本级, code: 820001 }
    - { id: station, name: 某站, code: 820002, nature: institution }
income:
  - { unit: office, fund: general_public, amount: 100, last: 5 }
  - { unit: station, fund: general_public, amount: 30, last: 2.5 }
expenditure:
  - { unit: office, item: 2130301, amount: 60 }
  - { unit: office, item: 2080505, amount: 40 }
  - { unit: station, item: 2130301, amount: 30 }
economic:
  - { unit: office, code: 30101, item: 2130301, amount: 50 }
  - { unit: office, code: 30201, item: 2130301, amount: 10, government: 50205 }
  - { unit: office, code: 30108, item: 2080505, amount: 40 }
  - { unit: station, code: 30101, item: 2130301, amount: 30 }
";

const PROFILE: &str = "\
budgetdoc_profile: 1
name: form/2026
extends: central/2025
page: { paper: A3, orientation: landscape }
table_amounts: { unit: 万元, decimals: 0, thousands: false, zero: '0' }
cover_page: false
contents: \"\"
words: { times_from: 10 }
numbering: { table: '公开{nn}{sub}表' }
government:
  - { code: 501, name: 机关工资福利支出 }
  - { code: 50101, name: 工资奖金津补贴, economic: [30101], natures: [administrative] }
  - { code: 50102, name: 社会保障缴费, economic: [30108], natures: [administrative] }
  - { code: 502, name: 机关商品和服务支出 }
  - { code: 50201, name: 办公经费, economic: [302] }
  - { code: 50205, name: 委托业务费, economic: [30227] }
  - { code: 505, name: 对事业单位经常性补助 }
  - { code: 50501, name: 工资福利支出, economic: [301], natures: [institution] }
outline: [{ lead: （一）收入预算。 }, { text: note }, { signature: '{{ department.name }}\n\n{{ date }}' },
  { table: first }, { table: by_government }, { table: by_unit }]
texts: { note: '收入{{ income | yoy(amount=false, lead=\"，\") }}。' }
tables:
  first: { title: 甲, summary: 甲, of: { accounts: [government] }, content: { rows: { columns: COLUMNS, rows: { each: [function] } } } }
  by_government: { title: 乙, subtable: true, summary: 乙, of: { accounts: [government] }, content: { rows: {
    columns: [{ head: [编码], show: { field: code } }, { head: [名称], show: { field: name } }, { head: [数], show: { sum: {} } }],
    rows: { each: [economic] } } } }
  by_unit: { title: 丙, summary: 丙, of: { accounts: [expenditure] }, content: { rows: {
    columns: [{ head: [编码], show: { field: code } }, { head: [名称], show: { field: name } }, { head: [数], show: { sum: {} } }],
    rows: { each: [unit, function_class] } } } }
";

const COLUMNS: &str = "[{ head: [编码], show: { field: code } }, { head: ['501'], show: { sum: { economic: [501] } } }, \
                       { head: ['502'], show: { sum: { economic: [502] } } }, { head: ['505'], show: { sum: { economic: [505] } } }]";

fn budget(spec: &str) -> Budget {
    let profile = Profile::from_yaml(&replace(PROFILE, "COLUMNS", COLUMNS)).unwrap();
    Budget::resolve(Spec::from_yaml(spec).unwrap(), profile).unwrap()
}

fn tables(document: &Document) -> Vec<&Table> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(&**table),
            Block::Cover(_)
            | Block::Contents(_)
            | Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Chart(_)
            | Block::PageBreak => None,
        })
        .collect()
}

fn rows(table: &Table) -> Vec<String> {
    let cells = |row: &budgetdoc_document::Row| {
        row.cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>().join(" ")
    };
    table.bodies.iter().flat_map(|body| &body.rows).map(cells).collect()
}

#[test]
fn subjects_are_divided_by_the_government_s_classes() {
    let document = budget(SPEC).compose().unwrap();
    let tables = tables(&document);
    assert_eq!(
        rows(tables[0]),
        ["208 40 0 0", "20805 40 0 0", "2080505 40 0 0", "213 50 10 30", "21303 50 10 30", "2130301 50 10 30"]
    );
    // A row's own division takes the place of the profile's; the nature of its unit chooses among the profile's.
    let divisions = [
        "501 机关工资福利支出 90",
        "50101 工资奖金津补贴 50",
        "50102 社会保障缴费 40",
        "502 机关商品和服务支出 10",
        "50205 委托业务费 10",
        "505 对事业单位经常性补助 30",
        "50501 工资福利支出 30",
    ];
    assert_eq!(rows(tables[1]), divisions);
}

#[test]
fn sections_have_sections_of_their_own() {
    let outline =
        "outline: [{ section: 甲 }, { subsection: 子 }, { subsection: 丑 }, { section: 乙 }, { subsection: 寅 }, ";
    let profile = replace(&replace(PROFILE, "COLUMNS", COLUMNS), "outline: [", outline);
    let headings = |profile: &str| {
        let profile = Profile::from_yaml(profile).unwrap();
        let document = Budget::resolve(Spec::from_yaml(SPEC).unwrap(), profile).unwrap().compose().unwrap();
        let headings = document.blocks.into_iter().filter_map(|block| match block {
            Block::Heading(heading) => Some((heading.level, heading.text.to_plain(), heading.contents)),
            _ => None,
        });
        headings.collect::<Vec<_>>()
    };
    let heading = |level, text: &str, contents| (level, text.to_owned(), contents);
    let all = ["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅"];
    let levels = [2, 3, 3, 2, 3];
    let expected: Vec<_> = levels.into_iter().zip(all).map(|(level, text)| heading(level, text, None)).collect();
    assert_eq!(headings(&profile), expected);
    let own = replace(&profile, "'公开{nn}{sub}表'", "'公开{nn}{sub}表', subsection: '{n}．'");
    let own = format!("{own}headings: {{ subsection: {{ level: 4, contents: 2 }} }}\n");
    assert_eq!(headings(&own)[1], heading(4, "1．子", Some(2)));
}

#[test]
fn divisions_without_a_place_in_the_government_s_classification_are_reported() {
    for (from, to, words) in [
        ("code: 30108", "code: 30103", "30103 对应"),
        ("government: 50205", "government: 50206", "“50206”"),
        ("government: 50205", "government: 502", "“502”"),
    ] {
        let profile = Profile::from_yaml(&replace(PROFILE, "COLUMNS", COLUMNS)).unwrap();
        let error = Budget::resolve(Spec::from_yaml(&replace(SPEC, from, to)).unwrap(), profile).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{error}");
        assert!(error.problems[0].message.zh.contains(words), "{error}");
    }
}

#[test]
fn units_have_their_rows_among_subjects() {
    let document = budget(SPEC).compose().unwrap();
    let table = tables(&document)[2];
    let units = [
        "820001 某局本级 100",
        "208 社会保障和就业支出 40",
        "213 农林水支出 60",
        "820002 某站 30",
        "213 农林水支出 30",
    ];
    assert_eq!(rows(table), units);
    let levels: Vec<u8> = table.bodies[0].rows.iter().map(|row| row.cells[1].indent).collect();
    assert_eq!(levels, [0, 1, 1, 0, 1]);
}

#[test]
fn units_have_their_rows_above_their_projects() {
    let profile = replace(&replace(PROFILE, "COLUMNS", COLUMNS), "[unit, function_class]", "[unit, project]");
    let projects = "projects:\n  - { id: a, unit: station, name: 防汛, item: 2130301, amount: 7 }\n  \
                    - { id: b, unit: office, name: 抗旱, item: 2130301, amount: 3 }\n";
    let spec = Spec::from_yaml(&format!("{SPEC}{projects}")).unwrap();
    let document = Budget::resolve(spec, Profile::from_yaml(&profile).unwrap()).unwrap().compose().unwrap();
    let table = tables(&document)[2];
    let expected = ["820001 某局本级 103", "2130301 抗旱 3", "820002 某站 37", "2130301 防汛 7"];
    assert_eq!(rows(table), expected);
    let levels: Vec<u8> = table.bodies[0].rows.iter().map(|row| row.cells[1].indent).collect();
    assert_eq!(levels, [0, 1, 0, 1]);
}

#[test]
fn units_have_their_rows_above_the_targets_of_their_projects() {
    let profile = "\
budgetdoc_profile: 1
name: form/2026
extends: central/2025
table_amounts: { unit: 万元, decimals: 0 }
outline: [{ table: targets }]
tables:
  targets:
    title: 项目绩效目标表
    summary: 项目绩效目标
    content:
      performance:
        widths: [40, 40, 40, 36]
        bands:
          - indicators:
              each: project
              unit_rows: true
              columns:
                - { head: 单位, show: project_unit }
                - { head: 项目, show: project }
                - { head: 预算数, show: { sum: { accounts: [expenditure] } } }
                - { head: 指标, show: level3 }
";
    let projects = "projects:\n  - { id: a, unit: station, name: 防汛, item: 2130301, amount: 7 }\n  \
                    - { id: b, unit: office, name: 抗旱, item: 2130301, amount: 3 }\n  \
                    - { id: c, unit: station, name: 打井, item: 2130301, amount: 5 }\n";
    let spec = replace(&format!("{SPEC}{projects}"), "code: 820001", "code: 0820001");
    let spec = replace(&spec, ", government: 50205", "");
    let budget = Budget::resolve(Spec::from_yaml(&spec).unwrap(), Profile::from_yaml(profile).unwrap()).unwrap();
    let document = budget.compose().unwrap();
    let expected = ["0820001-某局本级  3 ", "某局本级 抗旱 3 ", "820002-某站  12 ", "某站 防汛 7 ", "某站 打井 5 "];
    assert_eq!(rows(tables(&document)[0]), expected);
}

#[test]
fn numbers_below_numbers_leads_signatures_and_paper() {
    let document = budget(SPEC).compose().unwrap();
    let numbers: Vec<_> =
        tables(&document).iter().map(|table| table.heading.as_ref().unwrap().number.clone()).collect();
    assert_eq!(numbers, ["公开01表", "公开01-1表", "公开02表"]);
    let Block::Paragraph(first) = &document.blocks[0] else { panic!("{:?}", document.blocks[0]) };
    assert_eq!(first.text.to_plain(), "（一）收入预算。收入，比2025年增长16.33倍。");
    assert_eq!(first.text.runs[0].role, Some(Role::Heading));
    let signature: Vec<_> = document.blocks[1..3]
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => (paragraph.style, paragraph.text.to_plain()),
            other => panic!("{other:?}"),
        })
        .collect();
    let lines = [(StyleName::Signature, "某局".to_owned()), (StyleName::Signature, "2026年2月10日".to_owned())];
    assert_eq!(signature, lines);
    assert_eq!((document.page.width, document.page.height), (Length::mm(420), Length::mm(297)));
    assert_eq!(document.info.title, "某局2026年部门预算");
    // A text that prints nothing has no lead.
    let budget = budget(&format!("{SPEC}text: {{ note: '{{% if not income %}}没有{{% endif %}}' }}\n"));
    assert_eq!(Prose::of(&budget).passages.iter().filter(|passage| passage.about == "text.note").count(), 0);
    assert!(
        matches!(&budget.compose().unwrap().blocks[0], Block::Paragraph(first) if first.style == StyleName::Signature)
    );
}

#[test]
fn a_change_below_the_bound_is_in_per_cent() {
    let spec = replace(SPEC, "amount: 100, last: 5", "amount: 100, last: 50");
    let says = Prose::of(&budget(&spec)).passages.into_iter().find(|passage| passage.about == "text.note").unwrap();
    assert_eq!(says.text, "收入，比2025年增长147.62%。");
}
