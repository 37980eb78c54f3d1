//! What compose tells the setter of pages: where parts begin, which rows are totals, which names stay whole.

use crate::support::{PROFILE, SAMPLE, budget, replace};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Cell, Document, PageStyle, Spacing, Table};

fn composed(page: &str) -> Document {
    let profile = replace(PROFILE, "\noutline:\n", &format!("\n{page}outline:\n"));
    let spec = Spec::from_yaml(SAMPLE).expect("the spec is sound");
    let profile = Profile::from_yaml(&profile).expect("the profile is sound");
    Budget::resolve(spec, profile).and_then(|budget| budget.compose()).expect("it can be composed")
}

fn parts_on_new_pages(document: &Document) -> Vec<bool> {
    let parts = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level == 2 => Some(heading.new_page),
        _ => None,
    });
    parts.collect()
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(&**table) } else { None })
}

fn cells(table: &Table) -> impl Iterator<Item = &Cell> {
    let bodies = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
    table.head.iter().chain(bodies).flat_map(|row| &row.cells)
}

#[test]
fn parts_begin_pages_where_the_profile_says_so() {
    let plain = composed("");
    assert_eq!(parts_on_new_pages(&plain), [false; 9]);
    assert_eq!(plain.page, PageStyle::gb9704());
    let document = composed(
        "headings:\n  part: { level: 2, new_page: true, contents: 2 }\npage:\n  widow_control: false\n  spacing: { mixed_gap: 25 }\n",
    );
    // The first stays with 一、文字部分 above it.
    assert_eq!(parts_on_new_pages(&document), [false, true, true, true, true, true, true, true, true]);
    let spacing = Spacing { mixed_gap: 25, ..Spacing::default() };
    assert_eq!(document.page, PageStyle { widow_control: false, spacing, ..PageStyle::gb9704() });
}

#[test]
fn totals_are_known_by_their_names() {
    let document = composed("");
    let totals: Vec<String> = tables(&document)
        .flat_map(|table| table.bodies.iter().flat_map(|body| &body.rows))
        .filter(|row| row.total)
        .map(|row| row.cells[0].content.to_string())
        .collect();
    assert_eq!(totals, ["本年收入合计", "收入总计", "本年收入合计", "收入总计", "金额合计"]);
}

#[test]
fn labels_of_the_performance_table_go_downwards() {
    let document = composed("");
    let labels: Vec<String> =
        tables(&document).flat_map(cells).filter(|cell| cell.vertical).map(|cell| cell.content.to_string()).collect();
    assert_eq!(labels, ["年度主要任务", "年度总体目标", "年度绩效指标"]);
}

#[test]
fn names_of_the_department_and_its_units_come_by_themselves() {
    let document = budget(SAMPLE).compose().expect("it can be composed");
    assert_eq!(
        document.names,
        [
            "深圳市龙岗区妇女联合会（本级）",
            "深圳市龙岗区妇女联合会",
            "妇女联合会（本级）",
            "妇女联合会",
            "深圳市龙岗区妇女联合会本级",
            "妇女联合会本级",
        ]
    );
}
