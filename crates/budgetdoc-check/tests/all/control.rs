//! Every cell of every table as a control figure: right ones say nothing, and each one that is off is found once, by the
//! rule of its table, at its line.

use crate::support::{TWO_UNITS, resolve};
use budgetdoc_check::check;
use budgetdoc_check::{Finding, Severity};
use budgetdoc_core::budget::{Budget, CellValue, CellWords};
use budgetdoc_core::money::{Amount, AmountFormat, Money, Unit};
use budgetdoc_core::profile::Profile;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::{Control, Spec};
use budgetdoc_document::Place;

/// A cell as a control figure names it, and its amount.
struct Cell {
    table: String,
    row: String,
    column: String,
    amount: String,
}

/// A template with the years filled in, which is all that heads and lines ask for.
fn fill(text: &str) -> String {
    text.replace("{{ year }}", "2022").replace("{{ last_year }}", "2021").trim().to_owned()
}

/// What a row is called: a name of the profile as it stands, a subject without the number its class has.
fn called(words: &CellWords) -> String {
    match words {
        CellWords::Template(text) => fill(text),
        CellWords::Literal(text) => match text.split_once('、') {
            Some((number, name)) if number.chars().all(|digit| "一二三四五六七八九十".contains(digit)) => {
                name.to_owned()
            }
            _ => text.trim().to_owned(),
        },
    }
}

/// Every cell with a figure that its row's name and its column's head tell from all others.
fn cells(budget: &Budget) -> Vec<Cell> {
    let format = AmountFormat { unit: Unit::TenThousandYuan, decimals: 6, trim: true, ..AmountFormat::default() };
    let units: Vec<&str> = budget.spec.department.units.iter().map(|unit| unit.name.trim()).collect();
    let mut list: Vec<Cell> = Vec::new();
    for table in budget.tables() {
        let mut unit = String::new();
        for row in &table.rows {
            let mut name = String::new();
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                match cell {
                    CellValue::Words { text, .. } => {
                        let text = called(text);
                        if units.contains(&text.as_str()) {
                            unit.clone_from(&text);
                            name = text;
                        } else {
                            name = if unit.is_empty() { text } else { format!("{unit}/{text}") };
                        }
                    }
                    CellValue::Figure(total) if !name.is_empty() && total.or_zero() >= Money::ZERO => list.push(Cell {
                        table: table.id.clone(),
                        row: name.clone(),
                        column: column.head.iter().map(|cell| fill(cell)).collect::<Vec<_>>().join("/"),
                        amount: format.print(total.or_zero()),
                    }),
                    _ => {}
                }
            }
        }
    }
    let same =
        |one: &Cell, other: &Cell| one.table == other.table && one.row == other.row && one.column == other.column;
    let alone = |cell: &&Cell| list.iter().filter(|other| same(cell, other)).count() == 1;
    let alone: Vec<bool> = list.iter().map(|cell| alone(&cell)).collect();
    list.into_iter().zip(alone).filter(|(_, alone)| *alone).map(|(cell, _)| cell).collect()
}

/// What is found with these control figures, the first of them in line 1000.
fn findings(base: &(Spec, Profile), cells: &[(&Cell, &str)]) -> Vec<Finding> {
    let located = |text: &str, line| Located { value: text.to_owned(), place: Some(Place { line, column: 1 }) };
    let (mut spec, profile) = base.clone();
    for (line, (cell, amount)) in (1000..).zip(cells) {
        let number: rust_decimal::Decimal = amount.parse().unwrap_or_else(|error| panic!("{amount}: {error}"));
        spec.control.push(Control {
            table: located(&cell.table, line),
            row: Some(located(&cell.row, line)),
            column: Some(located(&cell.column, line)),
            amount: Located { value: Amount::from(number), place: Some(Place { line, column: 1 }) },
        });
    }
    check(&Budget::resolve(spec, profile).unwrap_or_else(|error| panic!("{error}")))
}

/// Two of the digits exchanged, or one more where they are all the same; and a hundredth more.
fn mistakes(amount: &str) -> [String; 2] {
    let mut digits: Vec<char> = amount.chars().collect();
    let differ = (1..digits.len()).find(|index| {
        digits[*index] != digits[index - 1] && digits[*index].is_ascii_digit() && digits[index - 1].is_ascii_digit()
    });
    match differ {
        Some(index) => digits.swap(index, index - 1),
        None => digits.insert(0, '1'),
    }
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let cents: i64 = format!("{whole}{fraction:0<2}").parse().expect("digits");
    let more = cents + 1;
    [digits.into_iter().collect(), format!("{}.{:02}", more / 100, more % 100)]
}

/// The rules that speak of a table's cells.
fn rules(table: &str) -> &'static [&'static str] {
    match table {
        "balance" => &["A1", "A2", "A3", "A5", "B6"],
        "income" => &["B1"],
        "expenditure" => &["B2", "A6", "A7"],
        "basic" => &["B3", "A9"],
        "projects" | "key_projects" => &["B3"],
        "appropriation_balance" => &["B4"],
        "three_public" => &["A8"],
        _ => &["A5", "B5", "B6", "B7"],
    }
}

#[test]
fn right_control_figures_say_nothing_and_each_wrong_one_is_found_once() {
    let budget = resolve(TWO_UNITS).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(check(&budget), []);
    let cells = cells(&budget);
    assert!(cells.len() > 200, "{} cells", cells.len());
    let base = (budget.spec.clone(), budget.profile.clone());
    let right: Vec<_> = cells.iter().map(|cell| (cell, cell.amount.as_str())).collect();
    assert_eq!(findings(&base, &right), [], "the tables' own figures");

    for kind in 0..2 {
        let amounts: Vec<String> = cells.iter().map(|cell| mistakes(&cell.amount)[kind].clone()).collect();
        let wrong: Vec<_> = cells.iter().zip(amounts.iter().map(String::as_str)).collect();
        let mut findings = findings(&base, &wrong);
        findings.sort_by_key(|finding| finding.place);
        let lines: Vec<_> = findings.iter().filter_map(|finding| finding.place).map(|place| place.line).collect();
        assert_eq!(lines, (1000..).take(cells.len()).collect::<Vec<_>>(), "a finding at the line of each");
        for ((cell, mistake), finding) in wrong.iter().zip(&findings) {
            let what = format!("{} {} {}: {} for {}", cell.table, cell.row, cell.column, mistake, cell.amount);
            assert_eq!(finding.severity, Severity::Error, "{what}");
            assert!(rules(&cell.table).contains(&finding.rule), "{what}: {}", finding.rule);
            assert!(finding.figures.len() == 2 && finding.difference.is_some(), "{what}");
        }
    }
}

#[test]
fn a_control_figure_of_no_cell_is_an_error_of_its_own() {
    for (row, column) in [("收入合计数", "2022年预算数"), ("收入总计", "预算数")] {
        let text =
            format!("{TWO_UNITS}control:\n  - {{ table: balance, row: {row}, column: {column}, amount: 681 }}\n");
        let findings = check(&resolve(&text).unwrap_or_else(|error| panic!("{error}")));
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["S1"], "{row} {column}");
    }
}

#[test]
fn a_suppression_of_no_rule_is_an_error_at_its_line() {
    let text = format!("{TWO_UNITS}suppress: [{{ rule: A99, reason: 已核实。 }}]\n");
    let budget = resolve(&text).unwrap_or_else(|error| panic!("{error}"));
    let findings = check(&budget);
    let [finding] = &*findings else { panic!("{findings:?}") };
    assert_eq!((finding.rule, finding.severity, finding.about.as_str()), ("S1", Severity::Error, "suppress.A99"));
    assert_eq!(finding.message.en, "there is no rule `A99`");
    assert_eq!(finding.place.map(|place| place.line), Some(text.lines().count() as u32));
}
