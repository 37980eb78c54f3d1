//! Performance tables: a table for each project, typed indicators, and what is wrong in them.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Table};

use crate::support::{PROFILE, SMALL, replace};

const TABLE: &str = "
tables:
  targets:
    title: 项目绩效目标表
    summary: 项目绩效目标
    content:
      performance:
        each: project
        widths: [25, 25, 50, 30, 26]
        bands:
          - row: [{ show: { label: 项目 } }, { show: project, columns: 2 }, { show: { label: 预算数 } }, { show: { sum: { accounts: [expenditure] } } }]
          - row: [{ show: { label: 年度目标 } }, { show: goal, columns: 4 }]
          - indicators:
              columns:
                - { head: 一级指标, show: level1 }
                - { head: 二级指标, show: level2 }
                - { head: 三级指标, show: level3 }
                - { head: 目标值, show: target }
                - { head: 权重, show: weight }
    empty_notes: [注：没有项目。]
";

fn profile(table: &str) -> Result<Profile, Error> {
    let outline = replace(PROFILE, "- table: balance\n", "- table: balance\n  - table: targets\n");
    Profile::from_yaml(&replace(&outline, "\ntables:\n", table))
}

fn budget(indicators: &str) -> Result<Budget, Error> {
    let more = format!("    goal: 办好培训。\n    indicators:\n{indicators}");
    let second = "  - { id: second, name: 第二个项目, item: 2012902, amount: 0 }\n";
    let spec = replace(SMALL, "    goal: 培训十次。\n", &format!("{more}{second}"));
    Budget::resolve(Spec::from_yaml(&spec)?, profile(TABLE)?)
}

fn tables(budget: &Budget) -> Vec<Table> {
    let tables = budget.compose_tables().unwrap().into_iter();
    tables.filter(|(id, _)| *id == "targets").map(|(_, table)| table).collect()
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
    rows.map(|row| row.cells.iter().map(|cell| cell.content.to_string()).collect()).collect()
}

const TWO: &str = "      产出:
        数量:
          - { name: 场次, sign: ≥, value: 10, unit: 场, weight: 62.5 }
          - { name: 人次, target: 不少于去年 }
        质量:
          - { name: 合格率, sign: 定性, value: 良好, weight: 37.5 }
";

#[test]
fn each_project_has_a_table_and_the_contents_the_first() {
    let budget = budget(TWO).unwrap();
    let tables = tables(&budget);
    assert_eq!(tables.len(), 2);
    assert_eq!(
        cells(&tables[0]),
        [
            vec!["项目", "培训经费", "预算数", "30"],
            vec!["年度目标", "办好培训。"],
            vec!["一级指标", "二级指标", "三级指标", "目标值", "权重"],
            vec!["产出", "数量", "场次", "≥10场", "62.5"],
            vec!["人次", "不少于去年", ""],
            vec!["质量", "合格率", "良好", "37.5"],
        ]
    );
    assert_eq!(cells(&tables[1]).last().unwrap(), &["", "", "", "", ""], "a project without indicators has its row");
    let document = budget.compose().unwrap();
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) if table.summary.starts_with("项目绩效目标") => table.heading.as_ref(),
        _ => None,
    });
    let listed: Vec<_> = headings.map(|heading| (heading.number.as_str(), heading.contents)).collect();
    assert_eq!(listed, [("表 2", Some(2)), ("表 2", None)]);
}

#[test]
fn a_target_is_words_or_a_value() {
    for (indicator, code) in [
        ("{ name: 场次 }", "blank-name"),
        ("{ name: 场次, sign: ≥ }", "blank-name"),
        ("{ name: 场次, target: 十场, value: 10 }", "target-twice"),
        ("{ name: 场次, target: 十场, sign: ≥ }", "target-twice"),
        ("{ name: 场次, sign: ≥, value: 10场 }", "not-a-number"),
        ("{ name: 场次, sign: 大于, value: 10 }", "unknown-choice"),
        ("{ name: 场次, value: 10, weight: 10% }", "not-a-number"),
        ("{ name: 场次, value: 10, weight: 101 }", "not-a-number"),
    ] {
        let error = budget(&format!("      产出:\n        数量:\n          - {indicator}\n")).unwrap_err();
        assert_eq!(error.problems[0].code.name(), code, "{indicator}: {:?}", error.problems[0]);
        assert!(error.problems[0].place.is_some(), "{indicator}");
    }
}

#[test]
fn bands_cover_the_grid_and_show_what_there_is() {
    for (piece, by, code) in [
        ("{ show: project, columns: 2 }", "{ show: project }", "incomplete-table"),
        ("        each: project\n", "", "blank-column"),
        ("{ show: goal, columns: 4 }", "{ show: weight, columns: 4 }", "blank-column"),
        ("{ show: goal, columns: 4 }", "{ show: project_category, columns: 4 }", "blank-column"),
    ] {
        let error = profile(&replace(TABLE, piece, by)).unwrap_err();
        assert_eq!(error.problems[0].code.name(), code, "{by}");
        assert!(error.problems[0].place.is_some(), "{by}");
    }
}
