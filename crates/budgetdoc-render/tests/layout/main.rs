//! Whole documents set on pages: what stands where, and which structure it belongs to.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use budgetdoc_document::{
    Align, Block, Cell, CellContent, Column, ColumnKind, Contents, Cover, Document, Heading, Info, Length, Orientation,
    PageStyle, Paragraph, Role, Row, StyleName, StyleSheet, Table, TableBody, TableHeading,
};
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch};
use budgetdoc_render::layout::{
    BlockPart, GlyphRun, Item, Layout, Mark, NodeId, Page, Rectangle, RowStep, SetLine, Tag, layout,
};
use budgetdoc_tests::amount;
use budgetdoc_tests::chance::{Chance, for_any};
use budgetdoc_tests::specimen;

mod breaks;
mod charts;
mod columns;
mod pages;
mod rows;

fn fonts() -> &'static FontBook {
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    FONTS.get_or_init(|| {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
        FontBook::load(&FontSearch { dirs: vec![fonts], ..FontSearch::default() }).expect("the fonts are there")
    })
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        info: Info::default(),
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks,
    }
}

fn set(blocks: Vec<Block>) -> Layout {
    layout(&document(blocks), fonts()).expect("it can be set")
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { style: StyleName::Body, text: text.into() })
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, text: text.into(), new_page: false, contents: Some(level.min(2)) })
}

fn columns(kinds: &[ColumnKind]) -> Vec<Column> {
    kinds.iter().map(|kind| Column { kind: *kind, width: None }).collect()
}

fn row(cells: Vec<Cell>) -> Row {
    Row::new(cells)
}

fn text(item: &Item) -> &str {
    match &item.mark {
        Mark::Glyphs(run) => &run.text,
        Mark::Rule(_) | Mark::Path(_) => "",
    }
}

fn page_text(page: &Page, artifacts: bool) -> String {
    page.items.iter().filter(|item| item.node.is_none() == artifacts).map(text).collect()
}

fn rules(page: &Page) -> Vec<Rectangle> {
    let rule = |item: &Item| match item.mark {
        Mark::Rule(rule) => Some(rule),
        Mark::Glyphs(_) | Mark::Path(_) => None,
    };
    page.items.iter().filter_map(rule).collect()
}

/// Everything a node says, on whatever pages.
fn node_texts(layout: &Layout) -> BTreeMap<NodeId, String> {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Some(node) = item.node {
            texts.entry(node).or_default().push_str(text(item));
        }
    }
    texts
}

/// Numbered rows under a head, some of them under labels that cover several.
fn long_table(count: usize, label: usize) -> Table {
    let mut rows = Vec::new();
    for index in 0..count {
        let mut cells = Vec::new();
        if index % label == 0 {
            let rows = label.min(count - index) as u16;
            cells.push(Cell::new(format!("标签{}", index / label)).span(1, rows).header());
        }
        cells.push(Cell::new(format!("第{index}行")));
        cells.push(amount(&format!("{}.{:02}", index * 37, index % 100)));
        rows.push(row(cells));
    }
    Table {
        heading: Some(TableHeading {
            number: "表 1".to_owned(),
            title: "收支总表".into(),
            entry: "（一）收支总表".to_owned(),
            level: 2,
            contents: Some(2),
        }),
        caption: Some(("部门名称：某局".into(), "单位：万元".into())),
        summary: "收入与支出".to_owned(),
        orientation: Some(Orientation::Portrait),
        columns: columns(&[ColumnKind::Label, ColumnKind::Text, ColumnKind::Amount]),
        head: vec![
            row(vec![Cell::new("类别").span(1, 2), Cell::new("本年").span(2, 1)]),
            row(vec![Cell::new("项目"), Cell::new("金额")]),
        ],
        bodies: vec![TableBody { head: Vec::new(), rows }],
        notes: vec!["注：本表为测试。".into()],
    }
}

fn check_rules(page: &Page, text_width: Length, left: Length) {
    let rules = rules(page);
    assert!(!rules.is_empty());
    let (start, end) = (
        rules.iter().map(|rule| rule.x).min().expect("there are rules"),
        rules.iter().map(|rule| rule.x + rule.width).max().expect("there are rules"),
    );
    assert_eq!((start, end), (left, left + text_width), "the table fills the text block");
    let overlaps = |a: Length, b: Length, c: Length, d: Length| a < d && c < b;
    for (index, one) in rules.iter().enumerate() {
        for other in &rules[index + 1..] {
            let parallel = (one.width > one.height) == (other.width > other.height);
            let both = overlaps(one.x, one.x + one.width, other.x, other.x + other.width)
                && overlaps(one.y, one.y + one.height, other.y, other.y + other.height);
            assert!(!(parallel && both), "{one:?} doubles {other:?}");
        }
    }
    let style = PageStyle::gb9704();
    let top = rules.iter().map(|rule| rule.y).min().expect("there are rules");
    let bottom = rules.iter().map(|rule| rule.y + rule.height).max().expect("there are rules");
    for side in [start, end - style.outer_rule] {
        let edge = Rectangle { x: side, y: top, width: style.outer_rule, height: bottom - top };
        assert!(rules.contains(&edge), "no closed edge at {side:?}");
    }
    for side in [top, bottom - style.outer_rule] {
        let edge = Rectangle { x: start, y: side, width: text_width, height: style.outer_rule };
        assert!(rules.contains(&edge), "no closed edge at {side:?}");
    }
}

#[test]
fn messages_name_what_is_wrong() {
    let fonts = fonts();
    let fail = |blocks| layout(&document(blocks), fonts).unwrap_err();
    // All missing characters at once, each once.
    let RenderError::MissingGlyphs(missing) =
        fail(vec![heading(1, "ก"), paragraph("预\u{1F600}算\u{2A6A5}ก\u{1F600}")])
    else {
        panic!("characters are missing")
    };
    let missing: Vec<(char, Role)> = missing.iter().map(|glyph| (glyph.character, glyph.role)).collect();
    assert_eq!(missing, [('ก', Role::Title), ('\u{1F600}', Role::Body), ('\u{2A6A5}', Role::Body)]);
    let pages = document(vec![heading(1, "ก"), paragraph("预\u{1F600}算\u{2A6A5}ก\u{1F600}")]);
    let known = fonts.missing_glyphs(&pages);
    assert_eq!(known.iter().map(|glyph| (glyph.character, glyph.role)).collect::<Vec<_>>(), missing);
    assert!(matches!(fail(vec![paragraph("预\u{7}算")]), RenderError::ControlCharacter { character: '\u{7}', .. }));
    let mut wide = long_table(1, 1);
    wide.columns = vec![Column { kind: ColumnKind::Amount, width: Some(Length::mm(90)) }; 3];
    assert!(matches!(fail(vec![Block::Table(Box::new(wide))]), RenderError::TableTooWide { excess: 324, .. }));
    let mut torn = long_table(1, 1);
    torn.bodies[0].rows[0].cells.pop();
    assert!(matches!(fail(vec![Block::Table(Box::new(torn))]), RenderError::Grid { .. }));
    let spoil: [fn(&mut Document); 5] = [
        |document| document.page.margins.left = Length::mm(200),
        |document| document.page.margins.left = Length::milli_pt(i32::MIN),
        |document| document.page.outer_rule = Length::milli_pt(i32::MAX),
        |document| document.styles.get_mut(StyleName::Note).before = Length::milli_pt(i32::MAX),
        |document| document.styles.get_mut(StyleName::Note).after = -Length::pt(1),
    ];
    for spoil in spoil {
        let mut page = document(vec![paragraph("预算")]);
        spoil(&mut page);
        assert!(matches!(layout(&page, fonts), Err(RenderError::Page { .. })), "{:?}", page.page);
    }
}

#[test]
fn a_style_sheet_has_every_style() {
    let mut sheet = serde_json::to_value(StyleSheet::gb9704()).unwrap();
    assert!(serde_json::from_value::<StyleSheet>(sheet.clone()).is_ok());
    sheet["styles"].as_array_mut().unwrap().pop();
    assert!(serde_json::from_value::<StyleSheet>(sheet).is_err());
}

/// Puts a character of no face in one text of a document after the other, each time with the same result for its layout
/// and for what is known before.
#[test]
fn missing_characters_are_known_before_layout_wherever_they_stand() {
    let specimen = serde_json::to_string(&specimen::document()).unwrap();
    let texts: Vec<usize> = specimen.match_indices("\"text\":\"").map(|(start, found)| start + found.len()).collect();
    for at in texts.into_iter().step_by(3) {
        let document: Document = serde_json::from_str(&format!("{}ก{}", &specimen[..at], &specimen[at..])).unwrap();
        let Err(RenderError::MissingGlyphs(missing)) = layout(&document, fonts()) else {
            panic!("{}", &specimen[at..])
        };
        assert_eq!(fonts().missing_glyphs(&document), missing);
    }
}

#[test]
fn the_same_document_gives_the_same_pages() {
    let blocks = || vec![paragraph(&"收支（2022年）1310万元，".repeat(50)), Block::Table(Box::new(long_table(60, 7)))];
    assert_eq!(format!("{:?}", set(blocks())), format!("{:?}", set(blocks())));
}

#[test]
fn an_empty_document_has_a_page() {
    assert_eq!(set(Vec::new()).pages.len(), 1);
    assert_eq!(set(vec![paragraph("")]).pages.len(), 1);
    let empty = Table { columns: columns(&[ColumnKind::Text]), ..Table::default() };
    assert_eq!(set(vec![Block::Table(Box::new(empty))]).pages.len(), 1);
}

/// The baselines a page has of each node, in order of the page.
fn lines_by_node(page: &Page) -> Vec<(NodeId, usize)> {
    let mut lines: Vec<(NodeId, Vec<Length>)> = Vec::new();
    for item in &page.items {
        if let (Some(node), Mark::Glyphs(run)) = (item.node, &item.mark) {
            match lines.iter_mut().find(|(known, _)| *known == node) {
                Some((_, ys)) if ys.contains(&run.y) => {}
                Some((_, ys)) => ys.push(run.y),
                None => lines.push((node, vec![run.y])),
            }
        }
    }
    lines.into_iter().map(|(node, ys)| (node, ys.len())).collect()
}
