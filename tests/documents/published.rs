//! Budgets of other places against what they published: every cell of every table, and the amounts in the text.

use std::path::Path;

use budgetdoc::document::{Block, Document};

use crate::reference::rows;

fn data(name: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Words without white space, half-width marks as their full-width twins: the publishers mix them.
fn folded(words: &str) -> String {
    let wide = |character: char| match character {
        '(' | ')' | ':' | ';' => char::from_u32(u32::from(character) + 0xfee0).unwrap_or(character),
        other => other,
    };
    words.chars().filter(|character| !character.is_whitespace()).map(wide).collect()
}

/// The published tables: title, then rows of cells, heads included; places a span covers are empty.
fn published(name: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut tables: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in data(name, "tables.txt").lines().filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("# ") {
            tables.push((title.to_owned(), Vec::new()));
        } else {
            let cells = line.split('|').map(folded).collect();
            tables.last_mut().expect("a row is below the title of its table").1.push(cells);
        }
    }
    tables
}

/// The document's tables with the same heads and cells, without rows of nothing.
fn composed(document: &Document) -> Vec<(String, Vec<Vec<String>>)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.heading.as_ref()?.title.to_plain(), table)),
        _ => None,
    });
    let folded_rows = |table| {
        let rows = rows(table).into_iter().map(|row| row.iter().map(|cell| folded(cell)).collect::<Vec<_>>());
        rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
    };
    tables.map(|(title, table)| (title, folded_rows(table))).collect()
}

fn every_cell_is_as_it_was_published(name: &str, tables: usize) {
    let ours = composed(&crate::spec(name));
    let theirs = published(name);
    assert_eq!(theirs.len(), tables, "{name}: the published tables");
    let titles = |list: &[(String, _)]| list.iter().map(|(title, _)| title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&ours), titles(&theirs), "{name}: the titles in their order");
    for ((title, ours), (_, theirs)) in ours.iter().zip(&theirs) {
        for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            assert_eq!(ours, theirs, "{name}, {title}, row {}", index + 1);
        }
        assert_eq!(ours.len(), theirs.len(), "{name}, {title}: rows");
    }
}

fn every_amount_of_the_text_is_as_it_was_published(name: &str) {
    let document = crate::spec(name);
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(folded(&paragraph.text.to_plain())),
        _ => None,
    });
    let text: String = paragraphs.collect();
    let pieces = data(name, "text.txt");
    let missing: Vec<_> = pieces.lines().filter(|piece| !text.contains(&folded(piece))).collect();
    assert_eq!(missing, [] as [&str; 0], "{name}: not in\n{text}");
}

#[test]
fn putuo_2025() {
    every_cell_is_as_it_was_published("putuo-finance-bureau-2025", 9);
    every_amount_of_the_text_is_as_it_was_published("putuo-finance-bureau-2025");
}

#[test]
fn jiangsu_2019() {
    every_cell_is_as_it_was_published("jiangsu-congress-office-2019", 12);
    every_amount_of_the_text_is_as_it_was_published("jiangsu-congress-office-2019");
}
