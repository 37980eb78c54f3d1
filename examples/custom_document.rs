//! A document that is no budget: the same typesetting for any report of headings, paragraphs and tables.
//!
//! `cargo run --example custom_document -- report.pdf` writes it; without an argument only its size is told.

use budgetdoc::document::{
    Align, Block, Cell, Column, ColumnKind, Contents, Cover, Document, Heading, Info, NumberFormat, PageStyle,
    Paragraph, Row, StyleName, StyleSheet, Table, TableBody,
};
use budgetdoc::{FontBook, FontSearch};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let column = |kind| Column { kind, width: None };
    let number = |number: u32| Cell::amount(number.into(), NumberFormat { thousands: true, ..NumberFormat::default() });
    let row = |name: &str, seats, visits| Row::new([Cell::new(name), number(seats), number(visits)]);
    let table = Table {
        summary: "三处阅览室的座位和到馆人次".to_owned(),
        columns: vec![column(ColumnKind::Text), column(ColumnKind::Amount), column(ColumnKind::Amount)],
        head: vec![Row::new(["阅览室", "座位", "到馆人次"].map(|words| Cell::new(words).header()))],
        bodies: vec![TableBody {
            head: Vec::new(),
            rows: vec![
                row("一楼综合阅览室", 120, 48_310),
                row("二楼少儿阅览室", 86, 35_042),
                row("三楼古籍阅览室", 12, 977),
                Row {
                    cells: vec![Cell::new("合计").align(Align::Center).header(), number(218), number(84_329)],
                    total: true,
                    ..Row::default()
                },
            ],
        }],
        ..Table::default()
    };
    let heading = |level, words: &str| {
        Block::Heading(Heading { level, text: words.into(), new_page: level == 1, contents: Some(level) })
    };
    let document = Document {
        info: Info {
            title: "图书馆年度简报".to_owned(), author: "示例图书馆".to_owned(), ..Info::default()
        },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: vec![
            Block::Cover(Cover { title: "图书馆年度简报".into(), lines: vec!["示例图书馆".into()] }),
            Block::Contents(Contents { title: "目　录".into() }),
            heading(1, "一、到馆情况"),
            Block::Paragraph(Paragraph {
                style: StyleName::Body,
                text: "全年到馆84,329人次，各阅览室的座位与到馆人次见下表。".into(),
            }),
            Block::Table(Box::new(table)),
        ],
    };
    let pdf = budgetdoc::render_pdf(&document, &FontBook::load(&FontSearch::default())?)?;
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::write(path, pdf)?,
        None => println!("{} KiB", pdf.len() / 1024),
    }
    Ok(())
}
