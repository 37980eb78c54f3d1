//! A small document with everything a Word file has to express.

use budgetdoc_document::{
    Align, Block, Cell, Column, ColumnKind, Contents, Cover, Date, Document, Heading, Info, Orientation, PageStyle,
    Paragraph, Role, Row, Run, StyleName, StyleSheet, Table, TableBody, TableHeading, Text,
};
use budgetdoc_tests::amount;

pub fn document() -> Document {
    let blocks = vec![
        Block::Cover(Cover {
            title: "2030年测试市样本局部门预算".into(),
            lines: vec!["样本局".into(), "2030年3月".into()],
        }),
        Block::Contents(Contents { title: "目　录".into() }),
        heading(1, "一、文字部分", Some(1), true),
        heading(2, "第一部分　概况", Some(2), false),
        heading(3, "一、职责", None, false),
        paragraph("本局有“三公”经费0.3万元——与上年持平…café。"),
        heading(4, "（一）机构", None, false),
        Block::Paragraph(Paragraph {
            style: StyleName::Body,
            text: Text {
                runs: vec![
                    Run { text: "基本支出：".into(), role: Some(Role::Heading) },
                    Run { text: "保障机构运转，R&D <除外>。".into(), role: None },
                ],
                origin: None,
            },
        }),
        Block::Table(Box::new(flowing())),
        paragraph("表后文字。"),
        heading(1, "二、表格部分", Some(1), true),
        Block::Table(Box::new(portrait())),
        Block::Table(Box::new(landscape("（二）“三公”经费表"))),
        Block::Table(Box::new(landscape("（三）第二张横表"))),
        Block::Table(Box::new(several_bodies())),
        Block::PageBreak,
        paragraph("末页。"),
    ];
    let info = Info {
        title: "2030年样本局部门预算".into(),
        author: "样本局".into(),
        subject: "部门预算公开".into(),
        keywords: vec!["预算".into(), "公开".into()],
        date: Date { year: 2030, month: 3, day: 15 },
        source: Some("sha256:0123456789abcdef".into()),
    };
    Document { info, page: PageStyle::gb9704(), styles: StyleSheet::gb9704(), names: Vec::new(), blocks }
}

pub fn heading(level: u8, text: &str, contents: Option<u8>, new_page: bool) -> Block {
    Block::Heading(Heading { level, text: text.into(), new_page, contents })
}

pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { style: StyleName::Body, text: text.into() })
}

fn columns(kinds: &[ColumnKind]) -> Vec<Column> {
    kinds.iter().map(|kind| Column { kind: *kind, width: None }).collect()
}

pub fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row::new(cells)
}

pub fn words(texts: &[&str]) -> Row {
    row(texts.iter().map(|text| Cell::new(*text)))
}

fn heads(texts: &[&str]) -> Row {
    row(texts.iter().map(|text| Cell::new(*text).header()))
}

fn caption() -> Option<(Text, Text)> {
    Some(("部门名称：样本局".into(), "单位：万元".into()))
}

fn titled(number: &str, title: &str, entry: &str) -> Option<TableHeading> {
    let (number, entry) = (number.into(), entry.into());
    Some(TableHeading { number, title: title.into(), entry, level: 2, contents: Some(2) })
}

pub fn flowing() -> Table {
    Table {
        summary: "两个项目的预算".into(),
        columns: columns(&[ColumnKind::Label, ColumnKind::Amount, ColumnKind::Text]),
        head: vec![heads(&["项目名称", "预算数（万元）", "绩效目标"])],
        bodies: vec![TableBody {
            rows: vec![
                row([Cell::new("宣传"), amount("23"), Cell::new("推动妇女发展。".repeat(260))]),
                row([Cell::new("培训"), amount("4.5"), Cell::new("略")]),
            ],
            ..TableBody::default()
        }],
        notes: vec!["备注：无".into()],
        ..Table::default()
    }
}

/// Merged heads, spans over rows, an empty cell, indents, more than a page of rows.
fn portrait() -> Table {
    let mut rows = vec![
        row([Cell::new("收入").span(1, 3).header(), Cell::new("一、拨款"), amount("1310")]),
        row([Cell::new("（一）一般公共").indent(1), amount("1310")]),
        row([Cell::new(""), Cell::new("").align(Align::Center)]),
    ];
    rows.extend((1..40).map(|index| row([Cell::new("支出"), Cell::new(format!("第{index}项")), amount("0")])));
    Table {
        heading: titled("表 1", "收支总表", "（一）收支总表"),
        caption: caption(),
        summary: "收入和支出".into(),
        orientation: Some(Orientation::Portrait),
        columns: columns(&[ColumnKind::Label, ColumnKind::Text, ColumnKind::Amount]),
        head: vec![
            row([Cell::new("类别").span(1, 2).header(), Cell::new("2030年").span(2, 1).header()]),
            heads(&["项目", "预算数"]),
        ],
        bodies: vec![TableBody { rows, ..TableBody::default() }],
        notes: vec!["注：尾数可能有误差。".into(), "另注。".into()],
    }
}

pub fn landscape(entry: &str) -> Table {
    let kinds = [[ColumnKind::Text].as_slice(), &[ColumnKind::Amount; 9]].concat();
    Table {
        heading: titled("表 2", "“三公”经费支出表", entry),
        caption: caption(),
        orientation: Some(Orientation::Landscape),
        columns: columns(&kinds),
        head: vec![heads(&["单位", "合计", "一", "二", "三", "四", "五", "六", "七", "八"])],
        bodies: vec![TableBody {
            rows: vec![row(std::iter::once(Cell::new("样本局"))
                .chain(["4.3", "0", "0.3", "4", "0", "0", "0", "0", "0"].map(amount)))],
            ..TableBody::default()
        }],
        ..Table::default()
    }
}

/// No head of the table's own: each body has one.
pub fn several_bodies() -> Table {
    let body = |head: &[&str], rows: &[&[&str]]| TableBody {
        head: vec![heads(head)],
        rows: rows.iter().map(|texts| words(texts)).collect(),
    };
    Table {
        heading: titled("表 4", "绩效目标表", "（四）绩效目标表"),
        caption: Some(("2030年度".into(), Text::default())),
        orientation: Some(Orientation::Portrait),
        columns: columns(&[ColumnKind::Label, ColumnKind::Text, ColumnKind::Text]),
        bodies: vec![
            body(&["任务", "内容", "金额"], &[&["一", "甲", "1"], &["二", "乙", "2"]]),
            body(&["指标", "名称", "值"], &[&["数量", "人次", "≥400"]]),
        ],
        ..Table::default()
    }
}
