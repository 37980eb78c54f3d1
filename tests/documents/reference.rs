//! The reference document against what was published: every cell of its tables, and its text in both files.

use std::path::Path;

use budgetdoc::document::{Block, Document, Table};
use budgetdoc::{FontBook, Layout};

const NAME: &str = "longgang-womens-federation-2022";

fn data(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(NAME).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document() -> Document {
    crate::spec(NAME)
}

fn set() -> (Document, &'static FontBook, Layout) {
    let (document, fonts) = (document(), crate::fonts());
    let layout = budgetdoc::layout(&document, fonts).unwrap();
    (document, fonts, layout)
}

/// Words without white space: the publisher's spaces inside cells are the extraction's.
fn folded(words: &str) -> String {
    words.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The published tables: number, then rows of cells.
fn published() -> Vec<(String, Vec<Vec<String>>)> {
    let mut tables: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in data("tables.txt").lines().filter(|line| !line.is_empty()) {
        if let Some(number) = line.strip_prefix("# ") {
            tables.push((number.to_owned(), Vec::new()));
        } else if !line.starts_with("## ") {
            let cells = line.split('|').map(folded).collect();
            tables.last_mut().expect("a row is below the number of its table").1.push(cells);
        }
    }
    tables
}

/// Every row of a table with a cell for each column; places a span covers are empty.
pub fn rows(table: &Table) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (group, slots) in table.groups().iter().zip(table.grid().unwrap()) {
        let mut grid = vec![vec![String::new(); table.columns.len()]; group.len()];
        for slot in slots {
            let cell = &group[slot.row].cells[slot.cell];
            grid[slot.row][slot.column] =
                cell.content.paragraphs().iter().map(|text| folded(&text.to_plain())).collect();
        }
        all.append(&mut grid);
    }
    all
}

fn tables(document: &Document) -> Vec<(String, &Table)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.heading.as_ref()?.number.clone(), table.as_ref())),
        _ => None,
    });
    tables.collect()
}

#[test]
fn every_cell_is_as_it_was_published() {
    let document = document();
    let ours = tables(&document);
    assert_eq!(ours.len(), 11);
    let published = published();
    let numbers: Vec<_> = published.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(numbers, ["表 1", "表 3", "表 6", "表 7", "表 8", "表 9", "表 10", "表 11"]);
    for (number, theirs) in published {
        let (_, table) = ours.iter().find(|(ours, _)| *ours == number).unwrap();
        let mut rows = rows(table);
        let mut theirs = theirs;
        if number == "表 11" {
            // Its halves have columns of their own and labels at the side: cells are compared in order.
            let labels = ["年度主要任务", "年度总体目标", "年度绩效指标"];
            let compact = |rows: &mut Vec<Vec<String>>| {
                for row in rows.iter_mut() {
                    row.retain(|cell| !cell.is_empty() && !labels.contains(&cell.as_str()));
                }
            };
            compact(&mut rows);
            compact(&mut theirs);
        }
        for (index, (ours, theirs)) in rows.iter().zip(&theirs).enumerate() {
            assert_eq!(ours, theirs, "{number}, row {}", index + 1);
        }
        assert_eq!(rows.len(), theirs.len(), "{number}: rows");
    }
}

#[test]
fn tables_two_four_and_five_hold_what_the_others_say() {
    let document = document();
    let rows = |number: &str| {
        let (_, table) = tables(&document).into_iter().find(|(ours, _)| ours == number).unwrap();
        rows(table)
    };
    let figures =
        |row: &[String], from: usize| row[from..].iter().map(|cell| cell.parse().unwrap()).collect::<Vec<u32>>();
    let nothing = [0; 9];
    let income = rows("表 2");
    assert_eq!(figures(&income[2], 1), [&[1310, 1310, 1310][..], &nothing, &[0]].concat());
    let expected = [("", 684), ("工资福利支出", 609), ("商品和服务支出", 40), ("对个人和家庭的补助", 35)];
    let basic = rows("表 4");
    assert_eq!(basic.len(), 2 + expected.len());
    for (row, (name, amount)) in basic[2..].iter().zip(expected) {
        assert_eq!(row[1], name);
        assert_eq!(figures(row, 2), [&[amount; 3][..], &nothing].concat());
    }
    let projects = rows("表 5");
    let amounts: Vec<u32> = projects[2..].iter().map(|row| row[2].parse().unwrap()).collect();
    assert_eq!(amounts, [626, 9, 23, 4, 7, 35, 13, 535]);
}

/// Text folded for comparison: without white space and the marks of extraction, full-width forms as their ASCII twins.
fn comparable(text: &str) -> String {
    let text = text.replace("<p>", "").replace("</p>", "");
    let furniture = |line: &&str| {
        let inner = line.trim().trim_matches(|character| "—–-".contains(character));
        inner.len() == line.trim().len() || inner.trim().parse::<u32>().is_err()
    };
    let narrow = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '…' => '.',
        other => other,
    };
    let lines: Vec<&str> = text.lines().filter(furniture).collect();
    let kept = |character: &char| !character.is_whitespace() && !"#|>-⏎".contains(*character);
    lines.join("\n").chars().filter(kept).map(narrow).collect()
}

/// The share of the source's five-character pieces that `text` holds.
fn coverage(source: &str, text: &str) -> f64 {
    const PIECE: usize = 5;
    let pieces = |field: &str| {
        let characters: Vec<char> = comparable(field).chars().collect();
        if characters.len() < PIECE {
            return Vec::from_iter((!characters.is_empty()).then(|| characters.iter().collect::<String>()));
        }
        characters.windows(PIECE).map(|window| window.iter().collect::<String>()).collect::<Vec<_>>()
    };
    let text = comparable(text);
    let held: std::collections::HashSet<String> = pieces(&text).into_iter().collect();
    let wanted: Vec<String> = source.split(['\t', '\n']).flat_map(pieces).collect();
    let found =
        wanted.iter().filter(|piece| held.contains(*piece) || (piece.chars().count() < PIECE && text.contains(*piece)));
    found.count() as f64 / wanted.len() as f64
}

#[test]
fn the_pdf_holds_the_published_text() {
    let (document, fonts, layout) = set();
    let pdf = budgetdoc::write_pdf(&document, &layout, fonts).unwrap();
    let share = coverage(&data("source.txt"), &budgetdoc_tests::pdf::read(&pdf).tags);
    assert!(share >= 0.99, "{share:.4} of the published text found");
}

#[test]
fn the_word_file_holds_the_published_text() {
    let (document, fonts, layout) = set();
    let docx = budgetdoc::write_docx(&document, &layout, fonts).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let xml = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let mut text = String::new();
    for node in tree.descendants() {
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "p" => text.push('\n'),
            _ => {}
        }
    }
    let share = coverage(&data("source.txt"), &text);
    assert!(share >= 0.99, "{share:.4} of the published text found");
}
