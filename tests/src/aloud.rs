//! The tables of a tagged PDF as a screen reader says them: each cell with the heads that its place gives it.

use std::fmt::Write as _;

/// A cell of a table.
#[derive(Debug)]
pub struct Cell {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
    /// What a head is the head of; none for a cell that is none.
    scope: Option<Scope>,
    /// By what other cells name it.
    id: Option<String>,
    /// The heads it names.
    named: Vec<String>,
    /// Its words, paragraph by paragraph.
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Row,
    Column,
}

/// A table of a PDF.
#[derive(Debug)]
pub struct Table {
    /// The heading before it.
    pub heading: String,
    summary: String,
    rows: usize,
    /// Its cells in reading order.
    pub cells: Vec<Cell>,
}

/// Reads the tables of a structure tree as [`crate::pdf::Read::tags`] describes it.
pub fn tables(tags: &str) -> Vec<Table> {
    let (mut tables, mut heading, mut depth): (Vec<Table>, _, _) = (Vec::new(), String::new(), usize::MAX);
    for line in tags.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let (element, words) = line.trim_start().split_once("  ").unwrap_or((line.trim(), ""));
        let remark = |key: &str| element.split(' ').find_map(|remark| remark.strip_prefix(key)?.strip_prefix('='));
        let span = |key| remark(key).map_or(1, |count| count.parse().unwrap());
        match (element.split(' ').next().unwrap_or_default(), tables.last_mut()) {
            ("H1" | "H2" | "H3" | "H4", _) => words.clone_into(&mut heading),
            ("Table", _) => {
                let summary = remark("Summary").unwrap_or_default().to_owned();
                tables.push(Table { heading: heading.clone(), summary, rows: 0, cells: Vec::new() });
            }
            ("TR", Some(table)) => table.rows += 1,
            (role @ ("TH" | "TD"), Some(table)) => {
                let row = table.rows - 1;
                let column = (0..).find(|column| table.at(row, *column).is_none()).unwrap();
                let scope =
                    (role == "TH").then(|| if remark("Scope") == Some("Row") { Scope::Row } else { Scope::Column });
                let (rows, columns) = (span("RowSpan"), span("ColSpan"));
                let id = remark("ID").map(|id| id.trim_matches(['“', '”']).to_owned());
                let named = remark("Headers").map_or(Vec::new(), |heads| heads.split(',').map(str::to_owned).collect());
                table.cells.push(Cell { row, column, rows, columns, scope, id, named, words: words.to_owned() });
                depth = indent;
            }
            ("P", Some(table)) if indent > depth => table.cells.last_mut().unwrap().words += words,
            _ => depth = usize::MAX,
        }
    }
    tables
}

impl Table {
    fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        let covers = |cell: &&Cell| {
            (cell.row..cell.row + cell.rows).contains(&row)
                && (cell.column..cell.column + cell.columns).contains(&column)
        };
        self.cells.iter().find(covers)
    }

    /// Returns the heads of a cell, those of its row first: the ones it names, or those met from the cell to the left
    /// and up, until the edge of the table or a cell behind a head that is none itself (ISO 32000-2, 14.8.4.8.3).
    pub fn heads(&self, cell: &Cell) -> Vec<&str> {
        if !cell.named.is_empty() {
            let named = || {
                let by_id = |id: &String| self.cells.iter().find(|cell| cell.id.as_ref() == Some(id)).unwrap();
                cell.named.iter().map(by_id)
            };
            let mut heads = nearest(named(), Scope::Row);
            heads.extend(nearest(named(), Scope::Column));
            return heads;
        }
        let left = (0..cell.column).rev().filter_map(|column| self.at(cell.row, column));
        let up = (0..cell.row).rev().filter_map(|row| self.at(row, cell.column));
        let mut heads = nearest(left, Scope::Row);
        heads.extend(nearest(up, Scope::Column));
        heads
    }

    /// Returns the table in words, a line for each row.
    pub fn say(&self) -> String {
        let columns = self.cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or_default();
        let mut out = format!("{}\n表格，{}行{columns}列：{}\n", self.heading, self.rows, self.summary);
        for row in 0..self.rows {
            let _ = write!(out, "第{}行", row + 1);
            for cell in self.cells.iter().filter(|cell| cell.row == row) {
                let heads = if cell.scope.is_none() { self.heads(cell).join("，") } else { String::new() };
                let colon = if heads.is_empty() { "" } else { "：" };
                let _ = write!(out, "｜{heads}{colon}{}", shortened(&cell.words));
            }
            out.push('\n');
        }
        out
    }
}

/// Returns the words of the nearest heads of a scope on a way away from a cell, the farthest first.
fn nearest<'c>(way: impl Iterator<Item = &'c Cell>, scope: Scope) -> Vec<&'c str> {
    let mut heads: Vec<&Cell> = Vec::new();
    for cell in way {
        match cell.scope {
            None if !heads.is_empty() => break,
            // A cell over several places is met at each.
            Some(own) if own == scope && !heads.last().is_some_and(|last| std::ptr::eq(*last, cell)) => {
                heads.push(cell)
            }
            _ => {}
        }
    }
    heads.iter().rev().map(|cell| cell.words.as_str()).collect()
}

/// Returns the beginning of long words, and 空白 for none.
fn shortened(words: &str) -> String {
    match words.chars().count() {
        0 => "空白".to_owned(),
        count if count > 24 => words.chars().take(20).chain("……".chars()).collect(),
        _ => words.to_owned(),
    }
}
