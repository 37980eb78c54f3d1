//! Workbooks that were written, read back by another library.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

use budgetdoc_document::{Block, Cell, Column, ColumnKind, Document, Info, NumberFormat, PageStyle, Row, StyleSheet};
use budgetdoc_document::{Table, TableBody};
use budgetdoc_workbook::write_xlsx;
use calamine::{Data, Reader, Xlsx};

use crate::{budget, samples};

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// Writes the cells of a workbook as lines: name, value, formula.
fn cells(bytes: &[u8]) -> String {
    let mut book = open(bytes);
    let mut text = String::new();
    for name in book.sheet_names() {
        writeln!(text, "## {name}").unwrap();
        let mut joined: Vec<String> = book
            .merge_cells_by_sheet_name(&name)
            .unwrap()
            .iter()
            .map(|area| format!("{}:{}", place(area.start), place(area.end)))
            .collect();
        joined.sort();
        writeln!(text, "joined {}", joined.join(" ")).unwrap();
        let formulas = book.worksheet_formula(&name).unwrap();
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            let formula = formulas.get_value(at).filter(|formula| !formula.is_empty());
            let formula = formula.map(|formula| format!(" ={formula}")).unwrap_or_default();
            match value {
                Data::String(words) => writeln!(text, "{} “{}”", place(at), words.chars().take(40).collect::<String>()),
                other => writeln!(text, "{} {other}{formula}", place(at)),
            }
            .unwrap();
        }
    }
    text
}

fn place((row, column): (u32, u32)) -> String {
    let letter = char::from(b'A' + u8::try_from(column).unwrap());
    format!("{letter}{}", row + 1)
}

fn document(tables: Vec<Table>) -> Document {
    Document {
        info: Info::default(),
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: tables.into_iter().map(|table| Block::Table(Box::new(table))).collect(),
    }
}

/// Makes a table of names with their amounts.
fn table(rows: Vec<Row>) -> Table {
    Table {
        columns: [ColumnKind::Text, ColumnKind::Amount].map(|kind| Column { kind, width: None }).to_vec(),
        head: vec![Row::new(["项目", "金额"].map(|words| Cell::new(words).header()))],
        bodies: vec![TableBody { head: Vec::new(), rows }],
        ..Table::default()
    }
}

fn row(name: &str, value: &str, format: NumberFormat) -> Row {
    Row::new([Cell::new(name), Cell::amount(value.parse().unwrap(), format)])
}

#[test]
fn the_reference_document() {
    let document = budget("longgang-womens-federation-2022").compose().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/longgang-womens-federation-2022.txt");
    budgetdoc_tests::snapshot::assert_eq(&file, &cells(&write_xlsx(&document).unwrap()));
}

#[test]
fn every_number_is_the_printed_one_and_every_sum_comes_to_it() {
    for name in samples() {
        let document = budget(&name).compose().unwrap();
        let bytes = write_xlsx(&document).unwrap();
        assert_eq!(bytes, write_xlsx(&document).unwrap(), "{name}: same document, same bytes");
        let mut book = open(&bytes);
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let names = book.sheet_names();
        assert_eq!(names.len(), tables.clone().count());
        for (sheet, table) in names.iter().zip(tables) {
            let range = book.worksheet_range(sheet).unwrap();
            let numbers = range.used_cells().filter_map(|(_, _, value)| match value {
                Data::Float(number) => Some(*number),
                _ => None,
            });
            let rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
            let printed = rows.flat_map(|row| &row.cells).filter_map(|cell| cell.content.number());
            let printed: Vec<String> = printed.map(ToString::to_string).collect();
            let rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
            let formats = rows.flat_map(|row| &row.cells).filter_map(|cell| cell.content.number());
            let shown: Vec<String> = numbers
                .zip(formats)
                .map(|(value, number)| number.format.print(value.to_string().parse().unwrap()))
                .collect();
            assert_eq!(shown, printed, "{name}, {sheet}");
            let formulas = book.worksheet_formula(sheet).unwrap();
            for (row, column, formula) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
                let (top, left) = formulas.start().unwrap();
                let at = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
                let Some(Data::Float(value)) = range.get_value(at) else { panic!("{sheet}!{}: no value", place(at)) };
                let sum = sum(&range, formula);
                assert!(
                    (sum - value).abs() < 1e-6,
                    "{name}, {sheet}!{}: {formula} gives {sum}, not {value}",
                    place(at)
                );
            }
        }
    }
}

/// Computes `SUM(A1:A3,B4)`.
fn sum(range: &calamine::Range<Data>, formula: &str) -> f64 {
    let value = |row: u32, column: u32| match range.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        _ => 0.0,
    };
    let at = |name: &str| {
        let letters = name.chars().take_while(char::is_ascii_uppercase).count();
        let column = name[..letters].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        (name[letters..].parse::<u32>().unwrap() - 1, column)
    };
    let inner = formula.trim_start_matches('=').strip_prefix("SUM(").unwrap().strip_suffix(')').unwrap();
    let ranges = inner.split(',').map(|range| {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let ((top, left), (bottom, right)) = (at(first), at(last));
        (top..=bottom)
            .flat_map(|row| (left..=right).map(move |column| (row, column)))
            .map(|(row, column)| value(row, column))
            .sum::<f64>()
    });
    ranges.sum()
}

#[test]
fn words_that_look_like_formulas_stay_words() {
    let words = ["=1+1", "+86", "-", "@某人", "=HYPERLINK(\"http://a\")"];
    let rows = words.iter().map(|words| row(words, "1", NumberFormat::default())).collect();
    let bytes = write_xlsx(&document(vec![table(rows)])).unwrap();
    let mut book = open(&bytes);
    let sheet = book.sheet_names().remove(0);
    assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0);
    let text = cells(&bytes);
    for words in words {
        assert!(text.contains(&format!("“{words}”")), "{text}");
    }
}

#[test]
fn a_number_that_is_cut_off_holds_what_is_printed() {
    let cut = NumberFormat { decimals: 2, rounding: budgetdoc_document::Rounding::Truncate, ..NumberFormat::default() };
    let rounded = NumberFormat { decimals: 2, ..NumberFormat::default() };
    let rows = vec![row("甲", "229.4372", cut), row("乙", "229.4372", rounded)];
    let text = cells(&write_xlsx(&document(vec![table(rows)])).unwrap());
    assert!(text.contains("B2 229.43\n") && text.contains("B3 229.4372\n"), "{text}");
}

#[test]
fn a_total_is_a_formula_only_where_it_is_the_sum() {
    let plain = NumberFormat::default;
    let total = |value| Row { total: true, ..row("合计", value, plain()) };
    let parts = || vec![row("甲", "1", plain()), row("乙", "2", plain())];
    let right = table(parts().into_iter().chain([total("3")]).collect());
    let wrong = table(parts().into_iter().chain([total("4")]).collect());
    let text = cells(&write_xlsx(&document(vec![right, wrong])).unwrap());
    assert!(text.contains("B4 3 =SUM(B2:B3)\n") && text.contains("B4 4\n"), "{text}");
}
