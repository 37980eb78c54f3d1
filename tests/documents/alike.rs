//! Judges of words that a document prints in several tables: they look the same wherever they have the same room.

use std::collections::BTreeMap;

use budgetdoc::document::{Align, Block, Document, StyleName, Table};
use budgetdoc::layout;
use budgetdoc::layout::{BlockPart, SetBlock, TypeStep};

use crate::{fonts, spec};

/// Most characters of a name; longer words are running text.
const NAME_CHARACTERS: usize = 24;

/// The words of a cell as set.
struct SetWords {
    words: String,
    /// The head of its column; none for a head and for a cell that labels several rows or columns.
    head: Option<String>,
    title: String,
    align: Align,
    /// Room for each line, in thousandths of a point.
    room: i32,
    lines: Vec<String>,
}

/// Returns the words of a table's cells, without figures.
fn words(document: &Document, table: &Table, set: &SetBlock) -> Vec<SetWords> {
    let mut found = Vec::new();
    let measures = set.table.as_ref().unwrap();
    let title = table.heading.as_ref().map_or_else(String::new, |heading| heading.title.to_plain().to_string());
    let head_align = document.styles.get(StyleName::TableHead).align;
    let mut heads = vec![String::new(); table.columns.len()];
    for group in table.groups() {
        for (row, line) in group.lines().enumerate() {
            let is_head = group.index == 0 || row < group.heads();
            for placed in line.unwrap() {
                let (cell, slot) = (placed.cell, placed.slot);
                let columns = slot.column..slot.column + usize::from(cell.columns);
                if slot.row != row || cell.content.is_figure() || cell.vertical {
                    continue;
                }
                let column = table.columns[slot.column].kind;
                let align = cell.align.unwrap_or(if is_head { head_align } else { column.align() });
                let width: i32 = measures.widths[columns.clone()].iter().map(|width| width.in_milli_pt()).sum();
                let indent = document.styles.get(StyleName::TableText).size * i32::from(cell.indent);
                let paragraphs = cell.content.paragraphs();
                for (paragraph, text) in paragraphs.iter().filter(|text| !text.is_empty()).enumerate() {
                    let words = text.to_plain().to_string();
                    let part = BlockPart::Cell { group: group.index, row, cell: slot.cell, paragraph };
                    let lines = set.lines_of(part).iter().map(|line| words[line.range.clone()].to_owned()).collect();
                    if is_head {
                        heads[columns.clone()].fill(words.clone());
                    }
                    let head = (!is_head && cell.columns == 1 && cell.rows == 1).then(|| heads[slot.column].clone());
                    let room = width - (measures.padding * 2 + measures.type_step.reduce(indent)).in_milli_pt();
                    found.push(SetWords { words, head, title: title.clone(), align, room, lines });
                }
            }
        }
    }
    found
}

/// A name breaks at the same places wherever it takes as many lines, takes no more lines in more room, and has the same
/// alignment below the same head; the tables of one title have type of one size.
#[test]
fn the_same_words_look_alike() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in crate::shapes::names() {
        let document = spec(&name);
        let set = layout(&document, fonts()).unwrap();
        let mut all: BTreeMap<String, Vec<SetWords>> = BTreeMap::new();
        let mut sizes: BTreeMap<String, Vec<TypeStep>> = BTreeMap::new();
        for (block, of) in document.blocks.iter().zip(&set.blocks) {
            let Block::Table(table) = block else { continue };
            for found in words(&document, table, of) {
                sizes.entry(found.title.clone()).or_default().push(of.table.as_ref().unwrap().type_step);
                all.entry(found.words.clone()).or_default().push(found);
            }
        }
        let mut add = |what, found: bool| *counts.entry(what).or_default() += usize::from(found);
        for sizes in sizes.values() {
            add("titles", true);
            add("titles in two sizes", sizes.iter().any(|size| *size != sizes[0]));
        }
        for (_, all) in all.iter().filter(|(words, _)| words.chars().count() <= NAME_CHARACTERS) {
            add("names in several cells", all.len() > 1);
            let mut add_pair = |what, test: fn(&SetWords, &SetWords) -> bool| {
                let found = all.iter().any(|one| all.iter().any(|other| test(one, other)));
                add(what, found);
            };
            add_pair("broken at other places", |one, other| {
                one.lines.len() == other.lines.len() && one.lines != other.lines
            });
            add_pair("more lines in more room", |one, other| {
                one.room >= other.room && one.lines.len() > other.lines.len()
            });
            add_pair("aligned otherwise", |one, other| {
                one.head.is_some() && one.head == other.head && one.align != other.align
            });
        }
    }
    assert!(counts["names in several cells"] > 900 && counts["titles"] > 150, "{counts:?}");
    let faults = ["titles in two sizes", "broken at other places", "more lines in more room"].map(|what| counts[what]);
    assert_eq!(faults, [0; 3], "{counts:?}");
    // One form has levels of indicators centred in one table, and flush left in another that lists what a spec gives.
    assert!(counts["aligned otherwise"] * 100 <= counts["names in several cells"], "{counts:?}");
}
