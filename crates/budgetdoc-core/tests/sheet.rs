//! The reconciliation sheet: every rule stands on it, with what it compared and what came of it.

mod support;

use budgetdoc_core::check::{Companions, rules};
use budgetdoc_core::document::{Block, Document, Table};
use budgetdoc_core::lang::Lang;
use support::{SAMPLE, TWO_UNITS, budget, replace};

fn sheet(text: &str, lang: Lang) -> Document {
    let budget = budget(text);
    budget.examine(&Companions::default()).sheet(&budget, lang)
}

fn tables(document: &Document) -> Vec<&Table> {
    let mut tables = Vec::new();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            tables.push(&**table);
        }
    }
    tables
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let cells = |row: &budgetdoc_core::document::Row| {
        row.cells.iter().map(|cell| cell.text.iter().map(|text| text.to_plain()).collect::<String>()).collect()
    };
    table.bodies.iter().flat_map(|body| &body.rows).map(cells).collect()
}

#[test]
fn every_rule_stands_on_the_sheet() {
    for text in [SAMPLE, TWO_UNITS] {
        let document = sheet(text, Lang::Zh);
        let tables = tables(&document);
        let ids: Vec<String> =
            tables[..2].iter().flat_map(|table| rows(table)).map(|mut row| row.swap_remove(0)).collect();
        for rule in rules() {
            assert!(ids.iter().any(|id| id == rule.id), "{} is not on the sheet", rule.id);
        }
    }
}

#[test]
fn figures_stand_with_both_sides_difference_verdict_and_lines() {
    let document = sheet(SAMPLE, Lang::Zh);
    let compared = rows(tables(&document)[0]);
    let row = |start: &str| compared.iter().find(|row| row[1].starts_with(start)).cloned().expect(start);
    let total = row("收入总计 = 支出总计");
    assert_eq!((&total[0], &total[2], &total[3]), (&"A4".to_owned(), &"1310万元".to_owned(), &"1310万元".to_owned()));
    assert_eq!((&total[4], &total[5]), (&"0万元".to_owned(), &"一致".to_owned()));
    let lines: Vec<_> = total[6].split(['、', '等']).collect();
    assert!(lines.len() == 7 && total[6].ends_with('行'), "{}", total[6]);
    let published = row("22102");
    assert_eq!(
        (&*published[2], &*published[3], &*published[4], &*published[5]),
        ("124万元", "125万元", "1万元", "尾差")
    );
}

#[test]
fn rules_that_had_nothing_to_look_at_have_not_passed() {
    let verdict = |text: &str, id: &str| {
        let document = sheet(text, Lang::Zh);
        let texts = rows(tables(&document)[1]);
        texts.into_iter().find(|row| row[0] == id).map(|row| row[4].clone())
    };
    assert_eq!(verdict(SAMPLE, "C18").as_deref(), Some("通过"));
    assert_eq!(verdict(SAMPLE, "C7").as_deref(), Some("说明后保留"));
    assert_eq!(verdict(SAMPLE, "B12").as_deref(), Some("不适用"));
    let residue = replace(SAMPLE, "  goals: |\n", "  goals: |\n    XX。\n");
    assert_eq!(verdict(&residue, "C14").as_deref(), Some("有结果"));
}

#[test]
fn the_sheet_is_signed_and_names_the_spec_in_both_languages() {
    for (lang, signature) in [(Lang::Zh, "复核人（签字）："), (Lang::En, "Reviewed by:")] {
        let document = sheet(SAMPLE, lang);
        let paragraph = |block: &Block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
            _ => None,
        };
        let all: Vec<String> = document.blocks.iter().filter_map(paragraph).collect();
        assert!(all.iter().any(|text| text == signature), "{all:?}");
        assert!(all.iter().any(|text| text.contains("sha256:")), "{all:?}");
    }
}
