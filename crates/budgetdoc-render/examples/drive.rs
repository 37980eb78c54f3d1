//! Drives the reference text through (not committed).
#![allow(clippy::unwrap_used)]
use budgetdoc_core::document::*;
use budgetdoc_render::font::{FontBook, FontSearch};

fn cells(line: &str) -> Vec<String> {
    line.split('\t').map(|c| c.trim().to_owned()).collect()
}

fn table(
    heading: Option<(String, String)>,
    caption: Option<(String, String)>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
) -> Table {
    let width = rows.iter().map(Vec::len).max().unwrap();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|mut r| {
            r.resize(width, String::new());
            r
        })
        .collect();
    let numeric = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || ".-".contains(c));
    let kinds: Vec<ColumnKind> = (0..width)
        .map(|c| {
            let filled: Vec<&String> = rows.iter().skip(1).map(|r| &r[c]).filter(|s| !s.is_empty()).collect();
            let n = filled.iter().filter(|s| numeric(s)).count();
            if filled.iter().any(|s| s.len() >= 7 && numeric(s)) {
                ColumnKind::Code
            } else if n * 2 > filled.len() {
                ColumnKind::Amount
            } else if c == 0 && width > 4 {
                ColumnKind::Label
            } else {
                ColumnKind::Text
            }
        })
        .collect();
    // head rows: up to first row with a number
    let first = rows.iter().position(|r| r.iter().any(|s| numeric(s))).unwrap_or(1).clamp(1, 3);
    let head: Vec<Row> = rows[..first]
        .iter()
        .map(|r| Row { cells: r.iter().map(|s| Cell::new(s.as_str()).header()).collect() })
        .collect();
    let body = &rows[first..];
    // merge blank column 0 upwards
    let mut out: Vec<Row> = Vec::new();
    let mut top: Option<(usize, u16)> = None;
    for (i, r) in body.iter().enumerate() {
        let mut row = Row::default();
        for (c, s) in r.iter().enumerate() {
            if c == 0 && width > 3 {
                if s.is_empty() && i > 0 {
                    if let Some((t, n)) = &mut top {
                        *n += 1;
                        let n = *n;
                        out[*t].cells[0].rows = n;
                        continue;
                    }
                }
                top = Some((i, 1));
                row.cells.push(Cell::new(s.as_str()).header());
                continue;
            }
            row.cells.push(Cell::new(s.as_str()));
        }
        out.push(row);
    }
    let (number, title) = heading.clone().unwrap_or_default();
    Table {
        heading: heading.map(|_| TableHeading {
            number: number.clone(),
            title: title.clone().into(),
            entry: format!("（{}）{title}", number.trim_start_matches("表 ")),
            level: 2,
            contents: Some(2),
        }),
        caption: caption.map(|(a, b)| (a.into(), b.into())),
        summary: format!("{title}，{width}列"),
        orientation: number.is_empty().then_some(None).unwrap_or(Some(if width > 6 {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        })),
        columns: kinds.into_iter().map(|kind| Column { kind, width: None }).collect(),
        head,
        bodies: vec![TableBody { head: vec![], rows: out }],
        notes: notes.into_iter().map(Text::from).collect(),
    }
}

fn main() {
    let source = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let mut blocks = vec![
        Block::Cover(Cover {
            title: "2022年深圳市龙岗区妇女联合会（本级）部门预算".into(),
            lines: vec!["深圳市龙岗区妇女联合会".into(), "2022年2月".into()],
        }),
        Block::Contents(Contents { title: "目　录".into() }),
    ];
    let start = source.rfind("\n一、文字部分").unwrap();
    let mut lines = source[start..].lines().map(str::trim_end).filter(|l| !l.is_empty()).peekable();
    let mut in_tables = false;
    let mut pending: Option<(String, String)> = None;
    let mut caption: Option<(String, String)> = None;
    let mut seen: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    let heading = |level, text: &str, new_page, contents| {
        Block::Heading(Heading { level, text: text.into(), new_page, contents })
    };
    while let Some(line) = lines.next() {
        if line == "一、文字部分" || line == "二、表格部分" {
            in_tables = line.starts_with('二');
            blocks.push(heading(1, line, true, Some(1)));
        } else if line.contains('\t') {
            let mut rows = vec![cells(line)];
            while lines.peek().is_some_and(|l| l.contains('\t')) {
                rows.push(cells(lines.next().unwrap()));
            }
            let mut notes = Vec::new();
            while lines.peek().is_some_and(|l| l.starts_with("注：") || l.starts_with("备注")) {
                notes.push(lines.next().unwrap().to_owned());
            }
            if let Some((n, _)) = &pending {
                if let Some((last, all)) = seen.last_mut() {
                    if last == n {
                        // continuation of the same table
                        let skip = rows.iter().take_while(|r| all.contains(r)).count();
                        all.extend(rows.split_off(skip));
                        if let Some(Block::Table(t)) = blocks.last_mut() {
                            **t = table(pending.take(), caption.take(), all.clone(), notes);
                        }
                        continue;
                    }
                }
                seen.push((n.clone(), rows.clone()));
            }
            blocks.push(Block::Table(Box::new(table(pending.take(), caption.take(), rows, notes))));
        } else if in_tables && line.starts_with("表 ") {
            pending = Some((line.to_owned(), lines.next().unwrap().to_owned()));
        } else if in_tables && line.starts_with("部门名称") {
            let unit = lines.next().unwrap();
            caption = Some((line.to_owned(), unit.to_owned()));
        } else if line.starts_with('第') && line.contains("部分") && line.chars().count() < 30 {
            blocks.push(heading(2, &line.replace(' ', "　"), false, Some(2)));
        } else if line.chars().count() < 40
            && "一二三四五六七八九".contains(line.chars().next().unwrap())
            && line.contains('、')
            && !line.contains('：')
        {
            blocks.push(heading(3, line, false, None));
        } else if line.starts_with('（') && line.contains("支出") && line.chars().count() < 60 {
            blocks.push(heading(4, line, false, None));
        } else {
            blocks.push(Block::Paragraph(Paragraph {
                style: if line.starts_with("注") || line.starts_with("备注") {
                    StyleName::Note
                } else {
                    StyleName::Body
                },
                text: line.into(),
            }));
        }
    }
    let document = Document {
        info: Info {
            title: "2022年深圳市龙岗区妇女联合会（本级）部门预算".into(),
            author: "深圳市龙岗区妇女联合会".into(),
            subject: "部门预算公开".into(),
            keywords: vec!["部门预算".into()],
            date: Date { year: 2022, month: 2, day: 28 },
        },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        blocks,
    };
    let t = std::time::Instant::now();
    let fonts = FontBook::load(&FontSearch { dirs: vec!["fonts".into()], ..Default::default() }).unwrap();
    let load = t.elapsed();
    let t = std::time::Instant::now();
    let layout = budgetdoc_render::layout::layout(&document, &fonts).unwrap_or_else(|e| panic!("{e}"));
    let set = t.elapsed();
    let t = std::time::Instant::now();
    let bytes = budgetdoc_render::write_pdf(&document, &layout, &fonts).unwrap_or_else(|e| panic!("{e}"));
    println!(
        "{} pages, fonts {load:?}, layout {set:?}, pdf {:?}, {} bytes",
        layout.pages.len(),
        t.elapsed(),
        bytes.len()
    );
    std::fs::write(out, bytes).unwrap();
}
