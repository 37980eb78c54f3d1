//! Word files as another library reads them (docx-rs): headings, cells and merges against the document.

use std::collections::VecDeque;

use budgetdoc_document::{Block, Document, RowGroup, Slot, Table, Text};
use docx_rs::{
    DocumentChild, Paragraph, ParagraphChild, RunChild, TableCellContent, TableChild, TableRowChild, read_docx,
};

/// A cell: columns, `restart` or `continue` of a vertical merge, and the texts.
type Cell = (u64, Option<String>, Vec<String>);

/// How much of a file was read and found right.
#[derive(Debug, Default)]
pub struct Read {
    pub headings: usize,
    pub tables: usize,
    pub cells: usize,
    pub merged: usize,
    /// Pages that begin within a row.
    pub cut: usize,
}

/// Compares what docx-rs reads with the document the file was made from.
pub fn compare(name: &str, document: &Document, docx: &[u8]) -> Read {
    let read = read_docx(docx).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (mut headings, mut titles, mut captions) = (Vec::new(), Vec::new(), Vec::new());
    let mut read_rows = VecDeque::new();
    for child in &read.document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => {
                let style = paragraph.property.style.as_ref().map(|style| style.val.as_str()).unwrap_or_default();
                if let Some(level) = style.strip_prefix("Heading") {
                    // A style of its own says how it is listed.
                    headings.push((level[..1].parse::<u8>().unwrap(), words(paragraph)));
                } else if style.starts_with("TableTitle") {
                    titles.push(words(paragraph));
                } else if style == "TableCaption" {
                    captions.extend([words(paragraph)]);
                }
            }
            // What has a head of its own is a table of its own, and so may be what is on a page of its own.
            DocumentChild::Table(table) => {
                // A caption that is in the header of later pages, too, is above its table.
                let above = std::mem::take(&mut captions);
                if !above.is_empty() {
                    read_rows.push_back((true, vec![(table.grid.len() as u64, None, above)]));
                }
                read_rows.extend(rows(table).into_iter().enumerate().map(|(index, row)| (index == 0, row)));
            }
            _ => {}
        }
    }
    let wanted: Vec<(u8, String)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some((heading.level, heading.text.to_plain())),
            _ => None,
        })
        .collect();
    assert_eq!(headings, wanted, "{name}");
    let count = headings.len();
    let wanted: Vec<&Table> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.as_ref()),
            _ => None,
        })
        .collect();
    let headings = wanted.iter().filter_map(|table| table.heading.as_ref());
    let wanted_titles = headings.map(|heading| match heading.number.as_str() {
        "" => heading.title.to_plain(),
        number => format!("{number}\u{3000}{}", heading.title.to_plain()),
    });
    assert_eq!(titles, wanted_titles.collect::<Vec<_>>(), "{name}");
    let mut found = Read { headings: count, tables: wanted.len(), ..Read::default() };
    for (index, table) in wanted.into_iter().enumerate() {
        let caption = table.caption.as_ref().map(|(left, right)| left.to_plain() + &right.to_plain());
        let is_caption = |row: &[Cell]| match row {
            [(columns, None, texts)] => {
                *columns == table.columns.len() as u64 && caption.as_ref() == Some(&texts.concat())
            }
            _ => false,
        };
        let first = &read_rows.front().unwrap().1;
        assert!(caption.is_none() || is_caption(first), "{name}: table {index} begins with {first:?}");
        let (groups, grid) = (table.groups(), table.grid().unwrap());
        let head: Vec<_> = (0..groups[0].len()).map(|row| expected(&groups[0], &grid[0], row, false)).collect();
        for (group, slots) in groups.iter().zip(&grid) {
            for row in 0..group.len() {
                let heads = || (0..group.heads()).map(|row| expected(group, slots, row, false));
                let (begins, front) = read_rows.front().unwrap();
                let (is_cut, has_caption) = (*begins && row > 0, *begins && is_caption(front));
                let wanted = expected(group, slots, row, is_cut);
                let mut rows = Vec::new();
                if is_cut || (*begins && group.index > 0 && *front != wanted) {
                    rows.extend(head.iter().cloned());
                }
                if is_cut {
                    rows.extend(heads());
                }
                rows.push(wanted.clone());
                if has_caption {
                    read_rows.pop_front();
                }
                for expected in rows {
                    let (_, mut read) = read_rows.pop_front().unwrap();
                    // Its text may go on on the next page, below the heads.
                    while expected == wanted && read != wanted && read_rows.front().is_some_and(|(begins, _)| *begins) {
                        if is_caption(&read_rows.front().unwrap().1) {
                            read_rows.pop_front();
                        }
                        let above = head.iter().cloned().chain(heads());
                        above.for_each(|head| assert_eq!(read_rows.pop_front().unwrap().1, head, "{name}: {row}"));
                        join(&mut read, read_rows.pop_front().unwrap().1, &wanted);
                        found.cut += 1;
                    }
                    assert_eq!(read, expected, "{name}: table {index}, row {row} of group {}", group.index);
                    found.cells += read.len();
                    found.merged += read.iter().filter(|(columns, merge, _)| *columns > 1 || merge.is_some()).count();
                }
            }
        }
    }
    assert!(read_rows.is_empty(), "{name}: {} rows are in no table", read_rows.len());
    found
}

/// Adds the texts of a row that goes on. Those that are printed again are in both parts.
fn join(above: &mut [Cell], below: Vec<Cell>, wanted: &[Cell]) {
    for (((_, merge, above), (.., mut below)), (.., wanted)) in above.iter_mut().zip(below).zip(wanted) {
        if above == wanted {
            // A label over several rows is written whole.
            assert!(merge.is_some() || below.is_empty() || below == *wanted, "{below:?}");
            continue;
        }
        if let (Some(last), Some(first)) = (above.last_mut(), below.first())
            && wanted.iter().any(|text| text.contains(&format!("{last}{first}")))
        {
            last.push_str(&below.remove(0));
        }
        above.append(&mut below);
    }
}

fn rows(table: &docx_rs::Table) -> Vec<Vec<Cell>> {
    let rows = table.rows.iter().map(|TableChild::TableRow(row)| row);
    rows.map(|row| row.cells.iter().map(|TableRowChild::TableCell(cell)| read(cell)).collect()).collect()
}

fn read(cell: &docx_rs::TableCell) -> Cell {
    // The fields of the properties are private; how they are written is not.
    let property = serde_json::to_value(&cell.property).unwrap();
    let texts = cell.children.iter().filter_map(|content| match content {
        TableCellContent::Paragraph(paragraph) => Some(words(paragraph)),
        _ => None,
    });
    (
        property["gridSpan"].as_u64().unwrap_or(1),
        property["verticalMerge"].as_str().map(str::to_owned),
        texts.filter(|text| !text.is_empty()).collect(),
    )
}

fn words(paragraph: &Paragraph) -> String {
    let runs = paragraph.children.iter().filter_map(|child| match child {
        ParagraphChild::Run(run) => Some(run),
        _ => None,
    });
    let texts = runs.flat_map(|run| &run.children).filter_map(|child| match child {
        RunChild::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// A row as it should be read: the cell that covers each place, from left to right. A label from rows above begins again
/// where the row `is_cut` from them.
fn expected(group: &RowGroup<'_>, slots: &[Slot], row: usize, is_cut: bool) -> Vec<Cell> {
    let mut covering: Vec<(usize, Cell)> = Vec::new();
    for slot in slots {
        let cell = &group[slot.row].cells[slot.cell];
        if (slot.row..slot.row + usize::from(cell.rows)).contains(&row) {
            let begins = slot.row == row || (is_cut && slot.row >= group.heads());
            let merge = (cell.rows > 1).then(|| if begins { "restart" } else { "continue" }.to_owned());
            let texts = cell.content.paragraphs();
            let texts = texts.iter().map(Text::to_plain).filter(|text| begins && !text.is_empty());
            covering.push((slot.column, (cell.columns.into(), merge, texts.collect())));
        }
    }
    covering.sort_by_key(|(column, _)| *column);
    covering.into_iter().map(|(_, cell)| cell).collect()
}
