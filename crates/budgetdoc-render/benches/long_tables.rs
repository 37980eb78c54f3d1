//! Time and memory that tables of very many rows take to be written as a Word file, and to be set and written as a PDF.
//!
//! `cargo bench -p budgetdoc-render --bench long_tables`; each case runs in a process of its own, so that none finds the
//! memory another has given back. Both are what Linux counts: processor time, which other programs do not disturb much,
//! and the greatest resident size, above that before, when the document and, for Word, the layout are there.

use std::io::Seek;
use std::process::Command;

use budgetdoc_document::{
    Block, Cell, CellContent, Column, ColumnKind, Document, Info, Length, PageStyle, Row, StyleSheet, Table, TableBody,
};
use budgetdoc_render::font::{FontBook, FontSearch};
use budgetdoc_render::layout::{self, Layout, SetBlock, TableMeasures};
use budgetdoc_render::{write_docx_to, write_pdf};
use budgetdoc_tests::amount;

const COLUMNS: usize = 7;
const RUNS: usize = 5;

const CASES: [(&str, &str); 6] = [
    ("5000", "Word, by hand"),
    ("20000", "Word, by hand"),
    ("80000", "Word, by hand"),
    ("20000", "Word, set"),
    ("20000", "PDF"),
    ("100000", "PDF"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, case, rows, kind] = arguments.as_slice()
        && case == "case"
    {
        return measure(rows.parse()?, kind);
    }
    println!("{COLUMNS} columns; median of {RUNS} runs, memory of the first");
    println!("{:>8}  {:<14}{:>12}{:>14}{:>12}", "rows", "file", "time", "peak memory", "size");
    let program = std::env::current_exe()?;
    for (rows, kind) in CASES {
        Command::new(&program).args(["case", rows, kind]).status()?;
    }
    Ok(())
}

fn measure(rows: usize, kind: &str) -> Result<(), Box<dyn std::error::Error>> {
    let document = document(rows);
    let fonts = FontBook::load(&FontSearch::default())?;
    let layout = if kind == "Word, set" { layout::layout(&document, &fonts)? } else { by_hand() };
    let write = || -> Result<u64, Box<dyn std::error::Error>> {
        if kind == "PDF" {
            return Ok(write_pdf(&document, &layout::layout(&document, &fonts)?, &fonts)?.len() as u64);
        }
        Ok(write_docx_to(&document, &layout, &fonts, tempfile::tempfile()?)?.stream_position()?)
    };
    let before = memory("VmRSS:")?;
    // Sets the greatest resident size back to the present one.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let mut size = 0;
    let mut peak = 0;
    let mut times = Vec::new();
    for run in 0..RUNS {
        let start = processor_time()?;
        size = write()?;
        times.push(processor_time()? - start);
        if run == 0 {
            peak = memory("VmHWM:")?.saturating_sub(before);
        }
    }
    times.sort();
    println!(
        "{rows:>8}  {kind:<14}{:>9.1} ms{:>10.1} MiB{:>8} KiB",
        times[RUNS / 2] as f64 / 1e6,
        peak as f64 / 1024.0,
        size / 1024
    );
    Ok(())
}

/// Nanoseconds that this thread, the only one, has had a processor.
fn processor_time() -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(status.split_whitespace().next().ok_or("no figure")?.parse()?)
}

/// A line of `/proc/self/status` in KiB.
fn memory(name: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no figure")?.parse()?)
}

/// What the writer needs at least: widths. Setting 50,000 rows would take longer than all else.
fn by_hand() -> Layout {
    let (mut layout, mut block) = (Layout::default(), SetBlock::default());
    block.table = Some(TableMeasures {
        widths: vec![Length::mm(22); COLUMNS],
        padding: Length::mm(1),
        ..TableMeasures::default()
    });
    layout.blocks.push(block);
    layout
}

fn document(rows: usize) -> Document {
    let kinds = [ColumnKind::Code, ColumnKind::Text].into_iter().chain([ColumnKind::Amount; COLUMNS - 2]);
    let row = |index: usize| {
        let code = CellContent::Code(format!("{:07}", 2_010_101 + index));
        let words = [Cell::new(code), Cell::new(format!("第{index}项支出"))];
        let figures = (0..COLUMNS - 2)
            .map(|column| amount(&format!("{}.{}", (index * 7919 + column * 104_729) % 100_000, column)));
        Row::new(words.into_iter().chain(figures))
    };
    let table = Table {
        summary: "科目和金额".to_owned(),
        columns: kinds.map(|kind| Column { kind, width: None }).collect(),
        head: vec![Row::new((1..=COLUMNS).map(|index| Cell::new(format!("栏{index}")).header()))],
        bodies: vec![TableBody { head: Vec::new(), rows: (0..rows).map(row).collect() }],
        ..Table::default()
    };
    Document {
        info: Info { title: "长表".to_owned(), ..Info::default() },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: vec![Block::Table(Box::new(table))],
    }
}
