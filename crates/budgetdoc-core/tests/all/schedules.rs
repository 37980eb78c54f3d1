//! Schedules: typed values, order, sums, and what is wrong in a row.

use budgetdoc_core::budget::{Budget, CellValue, CellWords};
use budgetdoc_core::diff::diff;
use budgetdoc_core::error::Error;
use budgetdoc_core::money::Unit;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

use crate::support::{PROFILE, SMALL, replace};

const TABLE: &str = "
tables:
  assets:
    title: 新增资产
    summary: 新增资产
    content:
      schedule:
        of: assets
        columns:
          - { head: [序号], is: number }
          - { head: [单位], key: unit, is: unit }
          - { head: [类别], key: kind }
          - { head: [数量], key: quantity, is: quantity }
          - { head: [日期], key: on, is: date, optional: true }
          - { head: [科目], key: item, is: subject, optional: true }
          - { head: [科目名称], key: item, is: subject_name, optional: true }
          - { head: [单价], key: price, is: amount, optional: true }
          - { head: [金额], key: amount, is: amount, optional: true, product: { quantity: quantity, price: price } }
        sums: [quantity, amount]
        subtotals: { by: kind, name: 小计 }
        total: { name: 合计 }
    empty_row: 此表为空
    empty_notes: [注：没有新增资产。]
";

fn spec(rows: &str) -> String {
    replace(SMALL, "projects:\n  - id", &format!("schedules:\n  assets:\n{rows}projects:\n  - id"))
}

fn budget(rows: &str) -> Result<Budget, Error> {
    let outline = replace(PROFILE, "- table: balance\n", "- table: balance\n  - table: assets\n");
    let profile = Profile::from_yaml(&replace(&outline, "\ntables:\n", TABLE))?;
    Budget::resolve(Spec::from_yaml(&spec(rows))?, profile)
}

fn cells(budget: &Budget) -> Vec<String> {
    let print = |cell: &CellValue| match cell {
        CellValue::Words { text: CellWords::Literal(text) | CellWords::Template(text), .. } => text.clone(),
        CellValue::Code(code) => code.clone(),
        CellValue::Figure(total) => total.or_zero().in_unit(Unit::TenThousandYuan).normalize().to_string(),
        CellValue::Count(number) => number.to_string(),
        CellValue::Joined => "<".to_owned(),
        CellValue::Blank | CellValue::Covered | CellValue::Share(_) => ".".to_owned(),
    };
    let rows = budget.table("assets").unwrap().rows;
    rows.iter().map(|row| row.cells.iter().map(print).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn rows_of_a_value_are_together_with_their_sum() {
    let rows = "    - { unit: self, kind: 家具, quantity: 2, price: 0.1, amount: 0.2 }
    - { unit: self, kind: 设备, quantity: 3台, on: 2022-03-01, item: 2012901, amount: 0.7 }
    - { unit: self, kind: 家具, quantity: 1.5, amount: 0.1 }\n";
    let budget = budget(rows).unwrap();
    assert_eq!(
        cells(&budget),
        [
            "1 某局本级 家具 2 . . . 0.1 0.2",
            "2 某局本级 家具 1.5 . . . . 0.1",
            "家具小计 < < 3.5 . . . . 0.3",
            "3 某局本级 设备 3台 2022年3月1日 2012901 行政运行 . 0.7",
            "设备小计 < < . . . . . 0.7",
            "合计 < < . . . . . 1",
        ]
    );
}

#[test]
fn a_wrong_row_is_reported_with_its_place_and_remedy() {
    for (row, line, words) in [
        ("{ unit: other, kind: 家具, quantity: 2, amount: 1 }", "unknown-unit", "self"),
        ("{ unit: self, kind: 家具, quantity: 两台, amount: 1 }", "not-a-number", "12台"),
        ("{ unit: self, kind: 家具, quantity: 2, amount: \"1,000\" }", "not-an-amount", "1000"),
        ("{ unit: self, kind: 家具, quantity: 2, amount: 一 }", "not-an-amount", ""),
        ("{ unit: self, kind: 家具, quantity: 2, amount: -1 }", "negative-amount", ""),
        ("{ unit: self, kind: 家具, quantity: 2, amount: 1, on: 3月 }", "not-a-day", ""),
        ("{ unit: self, kind: 家具, quantity: 2, amount: 1, item: 201 }", "not-an-item", ""),
        ("{ unit: self, kind: 家具, quantity: 2, amonut: 1, amount: 1 }", "unknown-key", "amount"),
        ("{ unit: self, kind: 家具, amount: 2 }", "missing-key", "quantity: …"),
        ("{ unit: self, kind: 家具, quantity: 1000000000000台, amount: 1 }", "not-a-number", "12台"),
        ("{ unit: self, kind: 家具, quantity: 0.5, price: 0.000001 }", "amount-too-fine", "decimals"),
        ("{ unit: self, kind: 家具, quantity: 10000, price: 99999999999 }", "amount-too-great", "digits"),
        ("{ unit: self, kind: \"\", quantity: 2, amount: 1 }", "blank-name", "待填"),
    ] {
        let error = budget(&format!("    - {row}\n")).unwrap_err();
        let problem = &error.problems[0];
        assert_eq!(problem.code.name(), line, "{row}: {problem:?}");
        assert!(problem.place.is_some(), "{row}");
        let help = problem.help.as_ref().map(|help| help.en.as_str()).unwrap_or_default();
        assert!(help.contains(words), "{row}: {help}");
    }
}

#[test]
fn an_amount_left_out_is_quantity_times_price() {
    let rows = "    - { unit: self, kind: 家具, quantity: 2.5, price: 0.1 }
    - { unit: self, kind: 设备, quantity: 3台, price: 0.7 }
    - { unit: self, kind: 设备, quantity: 3台 }
    - { unit: self, kind: 设备, quantity: 1, price: 0.7, amount: 0.7 }\n";
    assert_eq!(
        cells(&budget(rows).unwrap()),
        [
            "1 某局本级 家具 2.5 . . . 0.1 0.25",
            "家具小计 < < 2.5 . . . . 0.25",
            "2 某局本级 设备 3台 . . . 0.7 2.1",
            "3 某局本级 设备 3台 . . . . .",
            "4 某局本级 设备 1 . . . 0.7 0.7",
            "设备小计 < < . . . . . 2.8",
            "合计 < < . . . . . 3.05",
        ]
    );
}

#[test]
fn an_amount_without_its_price_or_quantity_is_unfilled() {
    for row in ["quantity: 2, price: 待填", "quantity: 待填, price: 2"] {
        let budget = budget(&format!("    - {{ unit: self, kind: 家具, {row} }}\n")).unwrap();
        let CellValue::Figure(total) = &budget.table("assets").unwrap().rows[0].cells[8] else { panic!("{row}") };
        assert!(total.is_unfilled(), "{row}");
    }
}

#[test]
fn a_schedule_without_rows_has_the_note() {
    let budget = budget("    []\n").unwrap();
    let tables = budget.compose_tables().unwrap();
    let table = &tables.iter().find(|(id, _)| *id == "assets").unwrap().1;
    assert_eq!(table.notes[0].to_plain(), "注：没有新增资产。");
    let rows = &table.bodies[0].rows;
    assert_eq!((rows.len(), rows[0].cells.len(), rows[0].cells[0].columns), (1, 1, 9));
    assert_eq!(rows[0].cells[0].content.to_string(), "此表为空");
}

#[test]
fn differences_name_the_row() {
    let row = |amount: u8| format!("    - {{ kind: 家具, unit: self, quantity: 2, amount: {amount} }}\n");
    let read = |amount| Spec::from_yaml(&spec(&row(amount))).unwrap();
    let changes = diff(&read(1), &read(2));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].path, ["schedules", "assets", "家具"]);
}
