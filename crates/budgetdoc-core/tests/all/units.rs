//! Blocks printed for each unit of a department, with its figures.

use crate::support::replace;
use budgetdoc_check::check;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::Block;

const SPEC: &str = "\
budgetdoc: 1
profile: form/2026
year: 2026
unit: 元
department: { name: 某局, units: [{ id: bureau, name: 某局本级 }, { id: centre, name: 某中心, nature: institution }] }
income:
  - { unit: bureau, fund: general_public, amount: 70, last: 60 }
  - { unit: centre, fund: general_public, amount: 30, last: 25 }
  - { unit: centre, fund: superior_subsidy, amount: 5, last: 5 }
internal:
  - { from: bureau, to: centre, fund: superior_subsidy, item: 2130302, kind: project, amount: 5, last: 5 }
expenditure:
  - { unit: bureau, item: 2130301, amount: 50, last: 45 }
  - { unit: centre, item: 2130301, amount: 30, last: 25 }
projects:
  - { id: grant, unit: bureau, name: 上级补助, item: 2130302, amount: 5, last: 5 }
  - { id: survey, unit: bureau, name: 勘察, item: 2130304, amount: 15, last: 10 }
  - { id: repair, unit: centre, name: 维修, item: 2130304, amount: 5, last: 5 }
counts: { vehicles: 3 }
text:
  last: 全部门{{ income | amount }}。
";

const PROFILE: &str = "\
budgetdoc_profile: 1
name: form/2026
extends: central/2025
table_amounts: { unit: 元, decimals: 0 }
text_amounts: { unit: 元, decimals: 0 }
numbering: { part: '', section: '{cn}、', table: '表{n}', table_entry: '' }
outline:
  - table: totals
  - units:
      - section: '{{ unit_name }}'
      - text: own
      - table: totals
      - table: by_project
  - section: 说明
  - text: last
texts:
  own: '{{ unit_name }}收入{{ income | amount }}{{ income | change(lead=\"，\") }}，其中{% for project in projects %}{{ project.name }}{{ project | amount }}{% if not loop.last %}、{% endif %}{% endfor %}。'
  last: 说明
tables:
  totals:
    title: '{{ unit_name }}收支总表'
    summary: 收支
    content:
      balance:
        sides:
          - columns: [{ head: [收入], show: { field: name } }, { head: [金额], show: { sum: {} } }]
            rows: { lines: [{ name: 本年收入, of: { accounts: [income, internal] } }] }
          - columns: [{ head: [支出], show: { field: name } }, { head: [金额], show: { sum: {} } }]
            rows: { lines: [{ name: 本年支出, of: { accounts: [expenditure, internal] } }] }
        closing:
          - [{ name: 收入总计, of: { accounts: [income, internal] } }, { name: 支出总计, of: { accounts: [expenditure, internal] } }]
  by_project:
    title: 项目表
    summary: 项目
    of: { accounts: [expenditure], kinds: [project] }
    content:
      rows:
        columns: [{ head: [项目], show: { field: name } }, { head: [金额], show: { sum: {} } }]
        rows: { each: [project] }
        total: { name: 合计, at: top }
";

fn budget(spec: &str) -> Budget {
    Budget::resolve(Spec::from_yaml(spec).unwrap(), Profile::from_yaml(PROFILE).unwrap()).unwrap()
}

/// Headings, paragraphs and the rows of tables, a line each.
fn lines(budget: &Budget) -> Vec<String> {
    let document = budget.compose().unwrap();
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => lines.push(heading.text.to_plain()),
            Block::Paragraph(paragraph) => lines.push(paragraph.text.to_plain()),
            Block::Table(table) => {
                let heading = table.heading.as_ref().unwrap();
                lines.push(format!("[{} {}]", heading.number, heading.title.to_plain()));
                lines.extend(
                    table
                        .bodies
                        .iter()
                        .flat_map(|body| &body.rows)
                        .map(|row| row.cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>().join(" ")),
                );
            }
            Block::Cover(_) | Block::Contents(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    lines
}

#[test]
fn each_unit_has_its_own_figures_and_numbers_go_on() {
    let budget = budget(SPEC);
    let expected = [
        "[表1 某局收支总表]",
        "本年收入 100 本年支出 100",
        "收入总计 100 支出总计 100",
        "一、某局本级",
        "某局本级收入70元，比2025年增加10元，其中上级补助5元、勘察15元。",
        "[表2 某局本级收支总表]",
        "本年收入 70 本年支出 70",
        "收入总计 70 支出总计 70",
        "[表3 项目表]",
        "合计 20",
        "上级补助 5",
        "勘察 15",
        "二、某中心",
        "某中心收入35元，比2025年增加5元，其中维修5元。",
        "[表4 某中心收支总表]",
        "本年收入 35 本年支出 35",
        "收入总计 35 支出总计 35",
        "[表5 项目表]",
        "合计 5",
        "维修 5",
        "三、说明",
        "全部门100元。",
    ];
    assert_eq!(lines(&budget), expected);
    let tables: Vec<_> = budget.compose_tables().unwrap().into_iter().map(|(id, _)| id).collect();
    assert_eq!(tables, ["totals", "totals", "by_project", "totals", "by_project"]);
}

#[test]
fn rules_compare_each_unit_s_tables_with_each_other_and_no_text_of_a_unit_with_the_department() {
    let budget = budget(SPEC);
    let found = check(&budget);
    let wrong: Vec<_> =
        found.iter().filter(|found| found.rule.starts_with('D') || found.about.contains("own")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(Prose::of(&budget).passages.iter().all(|passage| passage.about != "text.own"));
    // A form whose tables of a unit contradict each other.
    let broken =
        replace(PROFILE, "of: { accounts: [expenditure], kinds: [project] }", "of: { accounts: [expenditure] }");
    let broken = replace(
        &broken,
        "total: { name: 合计, at: top }",
        "total: { name: 合计, at: top, of: { kinds: [project, basic] } }",
    );
    let broken = Budget::resolve(Spec::from_yaml(SPEC).unwrap(), Profile::from_yaml(&broken).unwrap()).unwrap();
    let found: Vec<_> =
        check(&broken).into_iter().filter(|found| found.rule == "D3").map(|found| found.about).collect();
    assert_eq!(found.iter().filter(|about| about.starts_with("tables.by_project")).count(), 2, "{found:?}");
}

#[test]
fn what_is_of_the_whole_department_is_not_printed_for_a_unit() {
    let wrong = replace(PROFILE, "      - table: by_project\n", "      - table: performance\n");
    let wrong = replace(
        &wrong,
        "tables:\n",
        "tables:\n  performance: { summary: 目标, content: { performance: { widths: [80], bands: [{ indicators: { columns: [{ head: 指标, show: level3 }] } }] } } }\n",
    );
    let problems = Profile::from_yaml(&wrong).unwrap_err().problems;
    assert_eq!(problems.iter().map(|problem| problem.code.name()).collect::<Vec<_>>(), ["table-of-all-units"]);
    // Counts are of the department: a template that prints one for a unit fails.
    let counted = replace(PROFILE, "own: '{{ unit_name }}", "own: '{{ counts.vehicles }}{{ unit_name }}");
    let counted = Budget::resolve(Spec::from_yaml(SPEC).unwrap(), Profile::from_yaml(&counted).unwrap()).unwrap();
    assert!(counted.compose().unwrap_err().to_string().contains("counts.vehicles"));
}
