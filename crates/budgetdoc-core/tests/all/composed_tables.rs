//! Tables with their words filled in, as exporters get them.

use crate::support::{PROFILE, SAMPLE, SMALL, budget, replace};
use budgetdoc_check::check;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Align, Block, Cell, CellContent, Document, Number, NumberFormat, Table};

fn tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&**table),
        _ => None,
    });
    tables.collect()
}

#[test]
fn the_tables_alone_are_those_of_the_document() {
    for spec in [SAMPLE.to_owned(), SMALL.to_owned(), format!("{SAMPLE}typography: normalize\n")] {
        let budget = budget(&spec);
        let document = budget.compose().expect("the budget composes");
        let composed = budget.compose_tables().expect("its tables do");
        assert!(composed.len() > 10);
        assert_eq!(composed.iter().map(|(_, table)| table).collect::<Vec<_>>(), tables(&document));
    }
}

#[test]
fn a_table_stands_where_its_condition_holds_and_is_counted_there() {
    let numbers = |figure: &str| -> Vec<(String, String)> {
        let chosen = format!("  - when: {{ any: [{figure}], then: [{{ table: income }}], otherwise: [] }}\n");
        let profile =
            Profile::from_yaml(&replace(PROFILE, "  - table: income\n", &chosen)).expect("the profile is right");
        let budget = Budget::resolve(Spec::from_yaml(SMALL).expect("the spec is right"), profile).expect("both are");
        let wrong = check(&budget).into_iter().filter(|finding| finding.about.starts_with("tables."));
        assert_eq!(wrong.map(|finding| finding.message.en).collect::<Vec<_>>(), Vec::<String>::new());
        let composed = budget.compose_tables().expect("its tables compose");
        let number = |table: &Table| table.heading.as_ref().map(|heading| heading.number.clone()).unwrap_or_default();
        composed.iter().map(|(id, table)| ((*id).to_owned(), number(table))).skip(2).take(2).collect()
    };
    let named = |id: &str, number: &str| (id.to_owned(), number.to_owned());
    assert_eq!(numbers("income"), [named("income", "表 2"), named("expenditure", "表 3")]);
    assert_eq!(numbers("government_fund"), [named("expenditure", "表 2"), named("basic", "表 3")]);
}

#[test]
fn figures_are_values_with_their_format() {
    let budget = budget(SAMPLE);
    let composed = budget.compose_tables().expect("the tables compose");
    let (_, table) = composed.iter().find(|(id, _)| *id == "expenditure").expect("the profile has it");
    let cells: Vec<&CellContent> = table.bodies[0].rows[0].cells.iter().map(|cell| &cell.content).collect();
    let amount = |value: u32| CellContent::Amount(Number { value: value.into(), format: NumberFormat::default() });
    assert_eq!(cells[1..3], [&amount(1310), &amount(684)]);
    let codes = composed.iter().flat_map(|(_, table)| &table.bodies).flat_map(|body| &body.rows);
    let codes = codes.flat_map(|row| &row.cells).filter(|cell| matches!(&cell.content, CellContent::Code(_)));
    assert!(codes.map(|cell| cell.content.to_string()).any(|code| code == "2012901"));
}

#[test]
fn a_document_is_written_readably_and_read_again() {
    let document = budget(SAMPLE).compose().expect("the budget composes");
    let json = serde_json::to_string(&document).expect("a document can be written");
    assert_eq!(serde_json::from_str::<Document>(&json).expect("and read"), document);
    let amount = CellContent::Amount(Number {
        value: "684.25".parse().expect("a number"),
        format: NumberFormat { decimals: 1, ..NumberFormat::default() },
    });
    assert_eq!(
        serde_json::to_string(&amount).expect("a cell can be written"),
        r#"{"amount":{"value":"684.25","format":{"decimals":1,"trim":false,"thousands":false,"zero":null,"rounding":"half_up"}}}"#
    );
    assert_eq!(
        serde_json::to_string(&CellContent::Code("2012901".to_owned())).expect("it can"),
        r#"{"code":"2012901"}"#
    );
}

#[test]
fn rows_are_totals_by_their_definition_whatever_they_are_called() {
    let renamed =
        PROFILE.replace("本年收入合计", "本年收入").replace("收入总计", "收入全部").replace("name: 二、", "name: 小计");
    let profile = Profile::from_yaml(&renamed).expect("the profile is right");
    let budget = Budget::resolve(Spec::from_yaml(SMALL).expect("the spec is right"), profile).expect("both are");
    let composed = budget.compose_tables().expect("its tables compose");
    let (_, table) = composed.iter().find(|(id, _)| *id == "balance").expect("the profile has it");
    let totals: Vec<bool> = table.bodies[0].rows.iter().rev().map(|row| row.total).collect();
    // From below: the whole, balances brought forward, the year's.
    assert_eq!(totals[..3], [true, false, true]);
    assert!(totals[3..].iter().all(|total| !total));
}

#[test]
fn a_form_may_have_no_contents() {
    let profile = Profile::from_yaml(&replace(PROFILE, "contents: 目　录\n", "contents: \"\"\n")).unwrap();
    let budget = Budget::resolve(Spec::from_yaml(SMALL).unwrap(), profile).unwrap();
    let document = budget.compose().unwrap();
    assert!(!document.blocks.iter().any(|block| matches!(block, Block::Contents(_))));
}

#[test]
fn totals_of_a_balance_are_centred_and_so_are_codes_of_one_width() {
    let cells = |profile: &str| {
        let profile = Profile::from_yaml(profile).expect("the profile is right");
        let budget = Budget::resolve(Spec::from_yaml(SAMPLE).expect("the spec is right"), profile).expect("both are");
        let document = budget.compose().expect("the budget composes");
        let rows = tables(&document).into_iter().flat_map(|table| &table.bodies).flat_map(|body| &body.rows);
        rows.flat_map(|row| row.cells.iter().map(|cell| (row.total, cell.clone()))).collect::<Vec<_>>()
    };
    let of_levels = cells(PROFILE);
    let totals = of_levels.iter().filter(|(total, cell)| *total && matches!(cell.content, CellContent::Text(_)));
    let totals: Vec<_> = totals.map(|(_, cell)| (cell.content.to_string(), cell.align)).collect();
    assert!(totals.iter().any(|(words, _)| words.ends_with("总计")), "{totals:?}");
    assert!(totals.iter().all(|(words, align)| words.is_empty() || *align == Some(Align::Center)), "{totals:?}");
    let aligned = |cells: &[(bool, Cell)], code: &str| {
        let mut codes = cells.iter().filter(|(_, cell)| cell.content == CellContent::Code(code.to_owned()));
        codes.next().map(|(_, cell)| cell.align)
    };
    assert_eq!(aligned(&of_levels, "2012901"), Some(None));
    let of_classes = cells(&replace(PROFILE, "show: { field: code }", "show: { field: class }"));
    assert_eq!(aligned(&of_classes, "201"), Some(Some(Align::Center)));
}
