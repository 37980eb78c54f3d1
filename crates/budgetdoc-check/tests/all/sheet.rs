//! The reconciliation sheet: every rule stands on it, with what it compared and what came of it.

use crate::support::{SAMPLE, TWO_UNITS, budget, replace};
use budgetdoc_check::examine;
use budgetdoc_check::{Agreement, Companions, rules};
use budgetdoc_core::lang::Lang;
use budgetdoc_document::{Block, Document, Orientation, Table};

fn sheet(text: &str, lang: Lang) -> Document {
    let budget = budget(text);
    examine(&budget.compose_with_prose(), &Companions::default()).sheet(&budget, lang)
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
    let cells = |row: &budgetdoc_document::Row| row.cells.iter().map(|cell| cell.content.to_string()).collect();
    table.bodies.iter().flat_map(|body| &body.rows).map(cells).collect()
}

#[test]
fn every_rule_stands_on_the_sheet() {
    for text in [SAMPLE, TWO_UNITS] {
        let document = sheet(text, Lang::Zh);
        let tables = tables(&document);
        let firsts: Vec<String> =
            [tables[1], tables[3]].iter().flat_map(|table| rows(table)).map(|mut row| row.swap_remove(0)).collect();
        for rule in rules() {
            // Over its comparisons with its title, or in the row of its own.
            let heads = format!("{}　{}", rule.id, rule.title(Lang::Zh));
            assert!(firsts.iter().any(|first| first == rule.id || *first == heads), "{} is not on the sheet", rule.id);
        }
    }
}

#[test]
fn figures_stand_with_both_sides_difference_verdict_and_lines() {
    let document = sheet(SAMPLE, Lang::Zh);
    let compared = rows(tables(&document)[1]);
    let at = |start: &str| {
        let starts = |row: &Vec<String>| row.len() == 7 && row[1].starts_with(start);
        compared.iter().position(starts).expect(start)
    };
    let total = at("收入总计 = 支出总计");
    assert_eq!(compared[total - 1], ["A4　收入总计等于支出总计"]);
    // The unit stands above the table, once.
    assert_eq!(compared[total][2..6], ["1,310", "1,310", "0", "一致"]);
    // Lines that follow one another are one span; many are cut short.
    assert!(compared[total][6].starts_with("36, 40–46, "), "{}", compared[total][6]);
    assert!(compared[total][6].ends_with(" 等15行"), "{}", compared[total][6]);
    assert_eq!(compared[at("22102")][2..6], ["124", "125", "1", "尾差"]);
}

#[test]
fn the_first_page_says_what_came_of_it_and_is_signed_in_both_languages() {
    let wrong = replace(SAMPLE, "{ item: 2012901, amount: 487 }", "{ item: 2012901, amount: 478 }");
    let open = replace(SAMPLE, "rule: C7,", "rule: C12,");
    for (text, lang, verdict) in [
        (SAMPLE, Lang::Zh, "通过。"),
        (SAMPLE, Lang::En, "Passed."),
        (&*wrong, Lang::Zh, "未通过，须改正错误后重新核对，见表 4。"),
        (&*wrong, Lang::En, "Not passed; correct the errors and check again, see Table 4."),
        (&*open, Lang::Zh, "未通过，警告须改正或说明理由，见表 4。"),
        (&*open, Lang::En, "Not passed; correct the warnings or give reasons, see Table 4."),
    ] {
        let document = sheet(text, lang);
        assert!(matches!(&document.blocks[..2], [Block::Heading(heading), Block::Table(_)] if heading.level == 1));
        let facts = rows(tables(&document)[0]);
        let found = facts.iter().find(|row| ["结论", "Verdict"].contains(&&*row[0])).unwrap();
        assert_eq!(found[1], verdict, "{facts:?}");
        let is = |start: &str| facts.iter().any(|row| row[0].starts_with(start));
        assert!(["编制人（签字）", "Prepared by"].iter().any(|words| is(words)), "{facts:?}");
        assert!(["复核人（签字）", "Reviewed by"].iter().any(|words| is(words)), "{facts:?}");
        assert!(facts.iter().any(|row| row[1].starts_with("sha256:")), "{facts:?}");
    }
}

#[test]
fn the_tables_stand_on_wide_pages_whatever_the_texts_pages_are() {
    let wide = budget(include_str!("../../../../specs/putuo-finance-bureau-2025.yaml"));
    let orientations = |document: &Document| tables(document)[1..].iter().map(|table| table.orientation).collect();
    let own: Vec<_> = orientations(&examine(&wide.compose_with_prose(), &Companions::default()).sheet(&wide, Lang::Zh));
    // Nothing is found in it, so it has no table of findings.
    assert_eq!(own, vec![Some(Orientation::Portrait); 3]);
    let turned: Vec<_> = orientations(&sheet(SAMPLE, Lang::Zh));
    assert_eq!(turned, vec![Some(Orientation::Landscape); 4]);
}

#[test]
fn rules_that_had_nothing_to_look_at_have_not_passed() {
    let verdict = |text: &str, id: &str| {
        let document = sheet(text, Lang::Zh);
        let texts = rows(tables(&document)[3]);
        texts.into_iter().find(|row| row[0] == id).map(|row| row[4].clone())
    };
    assert_eq!(verdict(SAMPLE, "C18").as_deref(), Some("通过"));
    assert_eq!(verdict(SAMPLE, "C7").as_deref(), Some("说明后保留"));
    assert_eq!(verdict(SAMPLE, "B12").as_deref(), Some("不适用"));
    let residue = replace(SAMPLE, "  goals: |\n", "  goals: |\n    XX。\n");
    assert_eq!(verdict(&residue, "C14").as_deref(), Some("有结果"));
}

#[test]
fn the_gaps_of_a_draft_are_one_row_of_the_findings() {
    let draft = replace(SAMPLE, "{ item: 2012901, amount: 487 }", "{ item: 2012901, amount: 待填 }");
    let draft = replace(&draft, "{ item: 2080501, amount: 21 }", "{ item: 2080501, amount: 待填 }");
    for (lang, said) in [(Lang::Zh, "有金额待填（2 处）"), (Lang::En, "amounts are unfilled (2 places)")] {
        let found = rows(tables(&sheet(&draft, lang))[4]);
        let gaps: Vec<_> = found.iter().filter(|row| row[0] == "C14").collect();
        assert_eq!(gaps.len(), 1, "{found:?}");
        assert_eq!((gaps[0][2].as_str(), gaps[0][4].as_str()), (said, "40–41"));
        assert!(found.len() > 10, "{found:?}");
    }
    // No rule has passed before the amounts are there, and a table without rows says so.
    let mut texts = rows(tables(&sheet(&draft, Lang::Zh))[3]);
    texts.retain(|row| *row != ["由印出的表格本身证明"]);
    assert!(texts.iter().all(|row| row[4] != "通过"), "{texts:?}");
    assert!(texts.iter().any(|row| row[4] == "填齐后再核"), "{texts:?}");
    let unit = include_str!("../../../../specs/made-up-new-unit-2025.yaml");
    let lines = unit.lines().map(|line| match line.split_once("amount: ") {
        Some((before, amount)) => {
            let digits = amount.trim_start_matches(|next: char| next.is_ascii_digit() || next == '.');
            format!("{before}amount: 待填{digits}\n")
        }
        None => format!("{line}\n"),
    });
    let compared = rows(tables(&sheet(&lines.collect::<String>(), Lang::Zh))[1]);
    assert_eq!(compared, [["没有可以比较的数字。"]]);
}

#[test]
fn pairs_of_the_same_entries_are_counted_apart() {
    let budget = budget(SAMPLE);
    let examination = examine(&budget.compose_with_prose(), &Companions::default());
    let same = examination.comparisons.iter().filter(|one| one.is_by_construction());
    assert!(same.clone().count() > 0 && same.clone().all(|one| one.agreement == Agreement::Agrees));
    let compared = rows(tables(&examination.sheet(&budget, Lang::Zh))[1]);
    let numbered = compared.iter().filter(|row| row.len() == 7).count();
    assert_eq!(numbered, examination.comparisons.len() - same.count());
    let front = rows(tables(&examination.sheet(&budget, Lang::Zh))[0]);
    let figures = front.iter().find(|row| row[0] == "数据中的数字").unwrap();
    assert!(figures[1].starts_with(&format!("{numbered} 组：")), "{figures:?}");
}

#[test]
fn sentences_stand_beside_the_figures_they_were_held_against() {
    let typed = "  overview_reasons: |\n    2022年收入1310万元，比2021年减少333万元。某处另支8.7654万元。\n";
    let text = replace(SAMPLE, "  overview_reasons: |\n", typed);
    let document = sheet(&text, Lang::Zh);
    let held = rows(tables(&document)[2]);
    let of = |words: &str| held.iter().find(|row| row.len() == 6 && row[1] == words).expect(words);
    assert_eq!(of("1310万元")[2..5], ["收入", "1310万元", "一致"]);
    assert_eq!(of("减少333万元")[3..5], ["本年1310万元，上年1032万元", "不符"]);
    assert!(held.last().unwrap()[0].contains("8.7654万元"), "{held:?}");
    let front = rows(tables(&document)[0]);
    let open = front.iter().find(|row| row[0] == "须改正").unwrap();
    assert!(open[1].contains("文字写“减少”"), "{open:?}");
}

#[test]
fn notes_of_a_rule_are_one_row_and_only_figures_have_a_unit_above_them() {
    let typed = "  overview_reasons: |\n    2022年收入1310万元。\n    2022年支出1310万元，比2021年增加278万元。\n";
    let document = sheet(&replace(SAMPLE, "  overview_reasons: |\n", typed), Lang::Zh);
    let notes: Vec<_> = rows(tables(&document)[4]).into_iter().filter(|row| row[0] == "C1").collect();
    // The other one is let stand, with a reason of its own.
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0][2].ends_with("同类的另有 2 处"), "{notes:?}");
    let tables = tables(&document);
    let captions = tables[1..].iter().filter_map(|table| table.caption.as_ref());
    let units: Vec<bool> = captions.map(|(_, unit)| !unit.is_empty()).collect();
    assert_eq!(units, [true, false, false, false]);
}
