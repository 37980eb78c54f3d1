//! Whole documents set on pages: what stands where, and which structure it belongs to.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use budgetdoc_core::document::{
    Align, Block, Cell, Column, ColumnKind, Contents, Cover, Document, Heading, Info, Length, Orientation, PageStyle,
    Paragraph, Role, Row, StyleName, StyleSheet, Table, TableBody, TableHeading,
};
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch};
use budgetdoc_render::layout::{GlyphRun, Item, Layout, Mark, NodeId, Page, Rule, Tag, layout};
use random::Random;

#[path = "../../../tests/support/random.rs"]
mod random;

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
        Mark::Rule(_) => "",
    }
}

fn page_text(page: &Page, artifacts: bool) -> String {
    page.items.iter().filter(|item| item.node.is_none() == artifacts).map(text).collect()
}

fn rules(page: &Page) -> Vec<Rule> {
    let rule = |item: &Item| match item.mark {
        Mark::Rule(rule) => Some(rule),
        Mark::Glyphs(_) => None,
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
        cells.push(Cell::new(format!("{}.{:02}", index * 37, index % 100)));
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
        let edge = Rule { x: side, y: top, width: style.outer_rule, height: bottom - top };
        assert!(rules.contains(&edge), "no closed edge at {side:?}");
    }
    for side in [top, bottom - style.outer_rule] {
        let edge = Rule { x: start, y: side, width: text_width, height: style.outer_rule };
        assert!(rules.contains(&edge), "no closed edge at {side:?}");
    }
}

#[test]
fn a_long_table_repeats_heading_head_and_labels() {
    let layout = set(vec![Block::Table(Box::new(long_table(100, 40)))]);
    assert!(layout.pages.len() >= 4);
    let style = PageStyle::gb9704();
    for (index, page) in layout.pages.iter().enumerate() {
        let (own, repeated) = (page_text(page, false), page_text(page, true));
        let heads = if index == 0 { &own } else { &repeated };
        for part in ["表 1", "收支总表", "部门名称：某局", "单位：万元", "类别", "金额"] {
            assert!(heads.contains(part), "page {index} lacks {part}");
        }
        check_rules(page, style.text_width(), style.margins.left);
        assert!(format!("{own}{repeated}").contains("标签"), "page {index} has no label");
    }
    // Everything is said once.
    let texts: Vec<String> = node_texts(&layout).into_values().collect();
    for index in 0..100 {
        assert_eq!(texts.iter().filter(|text| **text == format!("第{index}行")).count(), 1);
    }
    assert_eq!(texts.iter().filter(|text| *text == "标签0").count(), 1);
    let last = &layout.pages[layout.pages.len() - 1];
    assert!(page_text(last, false).contains("第98行") && page_text(last, false).contains("注：本表为测试。"));
    assert_eq!(layout.tables[0].widths.iter().copied().sum::<Length>(), style.text_width());
}

#[test]
fn a_row_taller_than_its_page_breaks_inside_and_repeats_its_labels() {
    let long = "按照工作部署推动各项任务落实，".repeat(160);
    let mut table = long_table(3, 3);
    table.bodies[0]
        .rows
        .insert(0, row(vec![Cell::new("总体目标").header(), Cell::new(long.as_str()), Cell::new("535.00")]));
    let layout = set(vec![Block::Table(Box::new(table))]);
    assert!(layout.pages.len() >= 2);
    let style = PageStyle::gb9704();
    for (index, page) in layout.pages.iter().enumerate() {
        let (own, repeated) = (page_text(page, false), page_text(page, true));
        let labels = if index == 0 { own } else { repeated };
        assert!(labels.contains("总体目标") && labels.contains("535.00"), "page {index}");
        check_rules(page, style.text_width(), style.margins.left);
        let bottom = style.margins.top + style.text_height();
        assert!(rules(page).iter().all(|rule| rule.y + rule.height <= bottom));
    }
    assert!(node_texts(&layout).values().any(|text| *text == long), "the text is one leaf and whole");
}

#[test]
fn numbering_starts_after_the_contents_and_entries_tell_it() {
    let mut blocks = vec![
        Block::Cover(Cover { title: "2022年某市某局部门预算".into(), lines: vec!["2022年3月".into()] }),
        Block::Contents(Contents { title: "目　录".into() }),
    ];
    for part in 1..=30 {
        blocks.push(heading(2, &format!("第{part}部分　情况说明")));
        blocks.push(paragraph(&"预算收支情况说明如下，".repeat(40)));
    }
    let layout = set(blocks);
    let numbers: Vec<Option<u32>> = layout.pages.iter().map(|page| page.number).collect();
    // 30 entries and the title take two pages.
    assert_eq!(&numbers[..5], [None, None, None, Some(1), Some(2)]);
    assert_eq!(layout.contents.len(), 30);
    for entry in &layout.contents {
        let target = &layout.targets[entry.target];
        assert_eq!((target.number, layout.pages[target.page].number), (Some(entry.number), Some(entry.number)));
    }
    let links = layout.pages.iter().flat_map(|page| &page.links).count();
    assert_eq!(links, 30);
    let number = layout.contents[29].number.to_string();
    assert!(page_text(&layout.pages[2], false).ends_with(&number));
    assert_eq!(layout.outline.len(), 30);
}

#[test]
fn page_numbers_stand_outside_one_character_in() {
    let layout = set(vec![paragraph(&"预算".repeat(800))]);
    let style = PageStyle::gb9704();
    for page in &layout.pages {
        let runs: Vec<_> = page
            .items
            .iter()
            .filter(|item| item.node.is_none())
            .filter_map(|item| match &item.mark {
                Mark::Glyphs(run) => Some(run),
                Mark::Rule(_) => None,
            })
            .collect();
        let last = runs[runs.len() - 1];
        let end = last.x + last.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
        let number = page.number.unwrap();
        if number % 2 == 1 {
            assert_eq!(end, style.width - style.margins.right - Length::pt(14));
        } else {
            assert_eq!(runs[0].x, style.margins.left + Length::pt(14));
        }
        assert_eq!(page_text(page, true), format!("— {number} —"));
    }
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

#[test]
fn page_numbers_of_landscape_pages_keep_their_place_on_the_sheet() {
    let mut table = long_table(100, 100);
    let upright = set(vec![Block::Table(Box::new(table.clone()))]);
    table.orientation = Some(Orientation::Landscape);
    let turned = set(vec![Block::Table(Box::new(table))]);
    let style = PageStyle::gb9704();
    let number = |page: &Page| -> Vec<GlyphRun> {
        let runs = page.items.iter().rev().map_while(|item| match &item.mark {
            Mark::Glyphs(run) if item.node.is_none() && run.size == Length::pt(14) => Some(run.clone()),
            _ => None,
        });
        runs.collect()
    };
    assert!(upright.pages.len() >= 4 && turned.pages.len() > upright.pages.len());
    for (upright, page) in upright.pages.iter().zip(&turned.pages) {
        assert_eq!((page.width, page.height), (style.height, style.width));
        let (before, after) = (number(upright), number(page));
        assert_eq!(before.len(), after.len());
        for (one, other) in before.iter().zip(&after) {
            assert!(!one.turned && other.turned && one.text == other.text);
            // The sheet turned a quarter clockwise: its left edge is on top, its foot at the left.
            assert_eq!((other.x, other.y), (style.height - one.y, one.x));
        }
        // Beside the table, at the foot of the page on odd pages and at its head on even ones.
        let (x, y) = (after[0].x, after[0].y);
        assert!(x < style.margins.bottom);
        assert_eq!(y > page.height / 2, page.number.is_some_and(|number| number % 2 == 1));
    }
}

#[test]
fn page_numbers_stand_upright_where_the_pages_of_the_text_are_wide() {
    let mut document = document(vec![paragraph("说明。"), Block::Table(Box::new(long_table(3, 3)))]);
    (document.page.width, document.page.height) = (document.page.height, document.page.width);
    document.page.margins = PageStyle::gb9704().landscape_margins();
    for orientation in [Orientation::Portrait, Orientation::Landscape] {
        if let Block::Table(table) = &mut document.blocks[1] {
            table.orientation = Some(orientation);
        }
        let layout = layout(&document, fonts()).expect("it can be set");
        for page in &layout.pages {
            let mut numbers = page.items.iter().filter_map(|item| match &item.mark {
                Mark::Glyphs(run) if run.size == Length::pt(14) => Some(run),
                _ => None,
            });
            assert!(numbers.clone().next().is_some());
            assert!(numbers.all(|run| !run.turned && run.y > page.height - Length::mm(30)));
        }
    }
}

#[test]
fn a_page_with_room_for_a_few_lines_is_filled_all_the_same() {
    let long = "推动各项任务落实，".repeat(20);
    for height in [20, 25, 32, 45] {
        let mut document = document(Vec::new());
        let margin = (document.page.height - Length::mm(height)) / 2;
        (document.page.margins.top, document.page.margins.bottom) = (margin, margin);
        document.styles.get_mut(StyleName::CoverTitle).pitch = Length::pt(40);
        let labels = ["年度绩效指标", "年度绩效指标及其目标值的说明"].map(|label| Cell::new(label).vertical());
        let cells = labels.into_iter().chain([Cell::new("一级、二级、三级指标"), Cell::new(long.as_str())]);
        let table = Table {
            columns: columns(&[ColumnKind::Label, ColumnKind::Label, ColumnKind::Label, ColumnKind::Text]),
            bodies: vec![TableBody { head: Vec::new(), rows: vec![Row::new(cells)] }],
            orientation: Some(Orientation::Portrait),
            ..Table::default()
        };
        document.blocks.push(Block::Table(Box::new(table)));
        let layout = layout(&document, fonts()).expect("it can be set");
        assert!(layout.pages.len() < 40, "{height} mm: {} pages", layout.pages.len());
        assert!(node_texts(&layout).values().any(|text| *text == long));
        assert!(node_texts(&layout).values().any(|text| text == "年度绩效指标"));
    }
}

#[test]
fn no_stranded_headings_and_no_single_lines_at_page_edges() {
    let mut random = Random(5);
    for _ in 0..20 {
        let mut blocks = Vec::new();
        for _ in 0..60 {
            if random.below(4) == 0 {
                blocks.push(heading(3 + random.below(2) as u8, "一、主要情况"));
            }
            blocks.push(paragraph(&"预算收支说明，".repeat(1 + random.below(30))));
        }
        let layout = set(blocks);
        let pages: Vec<_> = layout.pages.iter().map(lines_by_node).collect();
        for pair in pages.windows(2) {
            let ((last, above), (first, below)) = (pair[0][pair[0].len() - 1], pair[1][0]);
            assert!(!matches!(layout.nodes[last].tag, Tag::Heading { .. }), "a heading at the foot of a page");
            if last == first {
                assert!(above >= 2 && below >= 2, "{above} lines above and {below} below");
            }
        }
        for page in &layout.pages {
            let style = PageStyle::gb9704();
            for item in page.items.iter().filter(|item| item.node.is_some()) {
                let Mark::Glyphs(run) = &item.mark else { continue };
                assert!(run.x >= style.margins.left && run.y <= style.margins.top + style.text_height());
            }
        }
    }
}

#[test]
fn a_last_paragraph_of_one_line_has_no_page_to_itself() {
    for count in 20..70 {
        let mut blocks: Vec<Block> = (0..count / 3).map(|_| paragraph(&"预算收支说明，".repeat(9))).collect();
        blocks.extend((0..count % 3).map(|_| paragraph("以上。")));
        blocks.push(paragraph("特此说明。"));
        // Before the end, and before a page break.
        for after in [Vec::new(), vec![Block::PageBreak, paragraph("附件。")]] {
            let layout = set(blocks.iter().cloned().chain(after).collect());
            for page in &layout.pages {
                let own = page_text(page, false);
                assert!(own != "特此说明。", "{count} lines before");
            }
        }
    }
}

#[test]
fn no_page_is_blank() {
    let section = |level, new_page| {
        Block::Heading(Heading { level, text: "一、文字部分".into(), new_page, contents: None })
    };
    let mut table = long_table(3, 3);
    table.orientation = Some(Orientation::Landscape);
    let table = || Block::Table(Box::new(table.clone()));
    let blocks = vec![
        Block::PageBreak,
        Block::Cover(Cover { title: "部门预算".into(), lines: Vec::new() }),
        Block::PageBreak,
        section(1, true),
        section(2, true),
        paragraph("说明。"),
        Block::PageBreak,
        Block::PageBreak,
        table(),
        Block::PageBreak,
        table(),
        section(1, true),
        paragraph("说明。"),
        Block::PageBreak,
    ];
    let layout = set(blocks);
    for (index, page) in layout.pages.iter().enumerate() {
        assert!(!page_text(page, false).is_empty(), "page {} of {}", index + 1, layout.pages.len());
    }
    let numbers: Vec<_> = layout.pages.iter().filter_map(|page| page.number).collect();
    assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>());
}

#[test]
fn twenty_two_lines_fill_a_page() {
    let layout = set(vec![paragraph(&"预算".repeat(28 * 22))]);
    assert_eq!(lines_by_node(&layout.pages[0])[0].1, 22);
}

#[test]
fn headings_before_a_table_stand_on_its_page() {
    let mut table = long_table(5, 5);
    table.orientation = Some(Orientation::Landscape);
    let layout = set(vec![paragraph("说明。"), heading(1, "二、表格部分"), Block::Table(Box::new(table))]);
    assert_eq!(layout.pages.len(), 2);
    let page = &layout.pages[1];
    assert_eq!(page.orientation, Orientation::Landscape);
    assert!(page_text(page, false).starts_with("二、表格部分表 1收支总表"));
    assert_eq!(layout.targets[0].page, 1);
}

#[test]
fn a_table_in_the_flow_stays_with_its_text() {
    let mut table = long_table(4, 4);
    (table.orientation, table.heading, table.caption) = (None, None, None);
    let layout = set(vec![paragraph("如下表："), Block::Table(Box::new(table)), paragraph("以上。")]);
    assert_eq!(layout.pages.len(), 1);
    let text = page_text(&layout.pages[0], false);
    assert!(text.starts_with("如下表：") && text.ends_with("以上。"));
}

#[test]
fn structure_of_a_table() {
    let layout = set(vec![Block::Table(Box::new(long_table(2, 2)))]);
    let children = |node: NodeId| layout.nodes[node].children.clone();
    let tag = |node: NodeId| &layout.nodes[node].tag;
    let top = children(0);
    assert!(matches!(tag(top[0]), Tag::Heading { level: 2, .. }));
    assert_eq!((tag(top[1]), tag(top[2])), (&Tag::Paragraph, &Tag::Paragraph));
    assert_eq!(tag(top[3]), &Tag::Table { summary: "收入与支出".to_owned() });
    let groups = children(top[3]);
    assert_eq!((tag(groups[0]), tag(groups[1])), (&Tag::TableHead, &Tag::TableBody));
    let first = children(children(groups[1])[0]);
    assert_eq!(tag(first[0]), &Tag::HeaderCell { row: true, columns: 1, rows: 2 });
    assert_eq!(tag(first[1]), &Tag::Cell { columns: 1, rows: 1 });
    assert_eq!(tag(children(first[1])[0]), &Tag::Paragraph);
    assert_eq!(tag(top[4]), &Tag::Paragraph, "the note");
}

#[test]
fn figures_never_break_and_stand_flush() {
    let mut table = long_table(1, 1);
    table.columns = columns(&[ColumnKind::Text, ColumnKind::Amount, ColumnKind::Amount]);
    table.head.clear();
    let long = "为保障各项工作顺利开展而安排的项目支出".repeat(6);
    table.bodies[0].rows =
        vec![row(vec![Cell::new(long.as_str()), Cell::new("1,234,567.89"), Cell::new("0.5").align(Align::Right)])];
    let layout = set(vec![Block::Table(Box::new(table))]);
    let runs: Vec<&str> = layout.pages[0].items.iter().map(text).collect();
    assert!(runs.contains(&"1,234,567.89"));
}

#[test]
fn messages_name_what_is_wrong() {
    let fonts = fonts();
    let fail = |blocks| layout(&document(blocks), fonts).unwrap_err();
    // All missing characters at once, each once.
    let RenderError::MissingGlyphs(missing) =
        fail(vec![heading(1, "囍"), paragraph("预\u{1F600}算\u{20BB7}囍\u{1F600}")])
    else {
        panic!("characters are missing")
    };
    let missing: Vec<(char, Role)> = missing.iter().map(|glyph| (glyph.character, glyph.role)).collect();
    assert_eq!(missing, [('囍', Role::Title), ('\u{1F600}', Role::Body), ('\u{20BB7}', Role::Body)]);
    assert!(matches!(fail(vec![paragraph("预\u{7}算")]), RenderError::ControlCharacter { character: '\u{7}', .. }));
    let mut wide = long_table(1, 1);
    wide.columns = vec![Column { kind: ColumnKind::Amount, width: Some(Length::mm(90)) }; 3];
    assert!(matches!(fail(vec![Block::Table(Box::new(wide))]), RenderError::TableTooWide { excess: 324, .. }));
    let mut torn = long_table(1, 1);
    torn.bodies[0].rows[0].cells.pop();
    assert!(matches!(fail(vec![Block::Table(Box::new(torn))]), RenderError::Grid { .. }));
    let mut page = document(vec![paragraph("预算")]);
    page.page.margins.left = Length::mm(200);
    assert!(matches!(layout(&page, fonts), Err(RenderError::Page { .. })));
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

#[test]
fn the_head_of_a_body_goes_with_its_first_row() {
    for count in 20..32 {
        let mut table = long_table(count, 1);
        let head = vec![
            row(vec![Cell::new("甲").span(1, 2), Cell::new("任务").span(2, 1)]),
            row(vec![Cell::new("名称"), Cell::new("总额")]),
        ];
        let rows = (0..40)
            .map(|index| row(vec![Cell::new("乙"), Cell::new(format!("任务{index:02}")), Cell::new("7")]))
            .collect();
        table.bodies.push(TableBody { head, rows });
        let layout = set(vec![Block::Table(Box::new(table))]);
        let mut seen = 0;
        for page in &layout.pages {
            let (own, repeated) = (page_text(page, false), page_text(page, true));
            let rows = (0..40).filter(|index| own.contains(&format!("乙任务{index:02}7"))).count();
            seen += rows;
            assert_eq!(format!("{own}{repeated}").contains("总额"), rows > 0, "{count} rows before: {own}");
        }
        assert_eq!(seen, 40);
        let texts: Vec<String> = node_texts(&layout).into_values().collect();
        assert_eq!(texts.iter().filter(|text| *text == "总额").count(), 1);
    }
}

#[test]
fn tables_of_any_shape_keep_their_texts_and_their_page() {
    let mut random = Random(11);
    let words =
        ["行政运行", "机关事业单位基本养老保险缴费支出", "1,310.25", "≥400人次", "推动各项任务落实，", "PDF/A-2a"];
    for round in 0..40 {
        let kinds: Vec<ColumnKind> = (0..2 + random.below(5))
            .map(|_| [ColumnKind::Label, ColumnKind::Text, ColumnKind::Code, ColumnKind::Amount][random.below(4)])
            .collect();
        let mut expected = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        // Blocks of rows under a label that covers them.
        for _ in 0..1 + random.below(8) {
            let span = 1 + random.below(6);
            for index in 0..span {
                let mut cells = Vec::new();
                if index == 0 {
                    let label = format!("标签{}", words[random.below(2)]);
                    cells.push(Cell::new(label.as_str()).span(1, span as u16));
                    expected.push(label);
                }
                for kind in &kinds[1..] {
                    let times =
                        if *kind == ColumnKind::Text && random.below(6) == 0 { 1 + random.below(120) } else { 1 };
                    let text = words[random.below(words.len())].repeat(times);
                    cells.push(Cell::new(text.as_str()));
                    expected.push(text);
                }
                rows.push(row(cells));
            }
        }
        let table = Table {
            orientation: [None, Some(Orientation::Portrait), Some(Orientation::Landscape)][random.below(3)],
            columns: columns(&kinds),
            bodies: vec![TableBody { head: Vec::new(), rows }],
            ..Table::default()
        };
        let layout = match layout(&document(vec![paragraph("说明。"), Block::Table(Box::new(table))]), fonts()) {
            Err(RenderError::TableTooWide { .. }) => continue,
            other => other.expect("it can be set"),
        };
        let mut texts: Vec<String> = node_texts(&layout).into_values().collect();
        texts.retain(|text| text != "说明。");
        texts.sort();
        expected.sort();
        assert_eq!(texts, expected, "round {round}");
        let style = PageStyle::gb9704();
        for page in &layout.pages {
            let margins = match page.orientation {
                Orientation::Portrait => style.margins,
                Orientation::Landscape => style.landscape_margins(),
            };
            let bottom = page.height - margins.bottom;
            for rule in rules(page) {
                assert!(rule.y >= margins.top && rule.y + rule.height <= bottom, "round {round}: {rule:?}");
            }
            for item in page.items.iter().filter(|item| item.node.is_some()) {
                let Mark::Glyphs(run) = &item.mark else { continue };
                assert!(run.y <= bottom, "round {round}: {:?} below the text block", run.text);
                let end = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
                assert!(run.x >= margins.left && end <= page.width - margins.right, "round {round}: {:?}", run.text);
            }
        }
    }
}

#[test]
fn fixed_widths_are_kept_but_figures_not_torn() {
    let mut table = long_table(3, 3);
    table.columns[0].width = Some(Length::mm(30));
    table.columns[2].width = Some(Length::mm(5));
    table.bodies[0].rows[1].cells[1] = Cell::new("1,234,567.89");
    let layout = set(vec![Block::Table(Box::new(table))]);
    let widths = &layout.tables[0].widths;
    assert_eq!(widths[0], Length::mm(30));
    assert!(widths[2] > Length::mm(20));
    assert!(layout.pages[0].items.iter().any(|item| text(item) == "1,234,567.89"));
    assert_eq!(widths.iter().copied().sum::<Length>(), PageStyle::gb9704().text_width());
}

#[test]
fn fixed_widths_give_way_to_a_figure_that_has_no_other_room() {
    let mut table = long_table(3, 3);
    for (column, width) in table.columns.iter_mut().zip([40, 106, 10]) {
        column.width = Some(Length::mm(width));
    }
    assert_eq!(set(vec![Block::Table(Box::new(table.clone()))]).tables[0].widths[1], Length::mm(106));
    table.bodies[0].rows[1].cells[1] = Cell::new("1,234,567.89");
    let layout = set(vec![Block::Table(Box::new(table))]);
    assert!(layout.pages[0].items.iter().any(|item| text(item) == "1,234,567.89"));
}

#[test]
fn figures_stand_with_their_points_one_below_the_other() {
    let figures = ["8.5", "0", "-4.2", "1,310", "12.25"];
    let rows = figures.iter().map(|figure| row(vec![Cell::new("项"), Cell::new(*figure)])).collect();
    let table = Table {
        columns: columns(&[ColumnKind::Text, ColumnKind::Amount]),
        bodies: vec![TableBody { head: Vec::new(), rows }],
        ..Table::default()
    };
    let layout = set(vec![Block::Table(Box::new(table))]);
    let mut points = Vec::new();
    for item in &layout.pages[0].items {
        let Mark::Glyphs(run) = &item.mark else { continue };
        if figures.contains(&run.text.as_str()) {
            let whole = run.text.find('.').unwrap_or(run.text.len());
            points.push(run.x + run.glyphs[..whole].iter().map(|glyph| glyph.advance).sum::<Length>());
        }
    }
    assert_eq!(points.len(), figures.len());
    assert!(points.iter().all(|point| *point == points[0]), "{points:?}");
}

#[test]
fn later_pages_of_a_table_say_so_if_the_page_style_does() {
    let mut document = document(vec![Block::Table(Box::new(long_table(80, 5)))]);
    document.page.continued = Some("（续表）".to_owned());
    let layout = layout(&document, fonts()).expect("it can be set");
    assert!(layout.pages.len() > 2);
    for (index, page) in layout.pages.iter().enumerate() {
        assert_eq!(page_text(page, true).contains("（续表）"), index > 0);
    }
}

#[test]
fn a_last_row_never_stands_alone_on_a_page() {
    for count in 20..60 {
        let layout = set(vec![Block::Table(Box::new(long_table(count, 1)))]);
        let own = page_text(&layout.pages[layout.pages.len() - 1], false);
        let rows = (0..count).filter(|index| own.contains(&format!("第{index}行"))).count();
        assert!(rows >= 2, "{count} rows: {own}");
    }
}

/// Rows with totals among them, a tall row before some of them.
fn totals(count: usize, every: usize, lines: usize) -> Table {
    let mut table = long_table(0, 1);
    table.columns = columns(&[ColumnKind::Text, ColumnKind::Amount]);
    table.head = vec![row(vec![Cell::new("项目"), Cell::new("金额")])];
    for index in 0..count {
        let total = index % every == every - 1;
        let name =
            if total { format!("小计{index}") } else { format!("行{index}{}", "说明文字".repeat(lines * 8)) };
        let mut row = row(vec![Cell::new(name), Cell::new("1310")]);
        row.total = total;
        table.bodies[0].rows.push(row);
    }
    table
}

#[test]
fn no_page_begins_with_a_total() {
    let mut pages = 0;
    for (every, lines) in [(2, 0), (3, 0), (7, 0), (2, 1), (3, 4), (2, 12), (3, 17), (2, 29), (2, 31), (2, 45), (5, 23)]
    {
        for before in 0..24 {
            let mut table = totals(if lines > 8 { 12 } else { 40 }, every, lines);
            table.orientation = [Some(Orientation::Portrait), None, Some(Orientation::Landscape)][before % 3];
            // Moves the page's end from row to row.
            for index in 0..before {
                table.bodies[0].rows.insert(0, row(vec![Cell::new(format!("前{index}")), Cell::new("0")]));
            }
            let layout = set(vec![Block::Table(Box::new(table))]);
            pages += layout.pages.len();
            for page in &layout.pages[1..] {
                let own = page_text(page, false);
                assert!(!own.starts_with("小计"), "every {every}, {lines} lines, {before} before: {own}");
            }
        }
    }
    assert!(pages > 700, "{pages} pages");
}

/// Units of a few subjects and items each, the names of every third over several lines.
fn nested(units: usize, random: &mut Random) -> Table {
    let mut rows = Vec::new();
    for unit in 0..units {
        let name = format!("第{unit}小学{}", "附属实验学校".repeat(if unit % 3 == 0 { random.below(6) } else { 0 }));
        let figure = || Cell::new("1,310");
        rows.push(row(vec![Cell::new(name), Cell::new(""), figure()]).recurs());
        for level in 0..1 + random.below(20) {
            // A subject of two levels below each, now and then one without items.
            let depth = 1 + [0, 1, 2, 2][level % 4].min(level) as u8;
            let words = "科目".repeat(1 + random.below(12));
            rows.push(row(vec![Cell::new(""), Cell::new(words), figure()]).level(depth));
        }
    }
    Table {
        orientation: Some(Orientation::Portrait),
        columns: columns(&[ColumnKind::Text, ColumnKind::Text, ColumnKind::Amount]),
        bodies: vec![TableBody { head: Vec::new(), rows }],
        ..Table::default()
    }
}

#[test]
fn no_page_ends_with_a_row_whose_next_lies_deeper_and_groups_say_their_name_again() {
    for seed in 1..40 {
        let mut random = Random(seed);
        let table = nested(12, &mut random);
        let rows = &table.bodies[0].rows;
        // Rows are told by their level: the figures say which they are.
        let mut numbered = table.clone();
        for (index, row) in numbered.bodies[0].rows.iter_mut().enumerate() {
            row.cells[2] = Cell::new(format!("9{index:04}"));
        }
        let layout = set(vec![Block::Table(Box::new(numbered))]);
        for pair in layout.pages.windows(2) {
            let indices = |page: &Page| -> Vec<usize> {
                let figures = page.items.iter().map(text).filter(|text| text.len() == 5 && text.starts_with('9'));
                figures.map(|text| text[1..].parse().unwrap()).collect()
            };
            let (last, first) = (*indices(&pair[0]).last().unwrap(), indices(&pair[1])[0]);
            assert_eq!(first, last + 1);
            assert!(rows[first].level <= rows[last].level, "seed {seed}: row {last} stands alone");
            if rows[first].level > 0 {
                let unit = (0..first).rev().find(|row| rows[*row].level == 0).unwrap();
                let name = rows[unit].cells[0].text[0].to_plain();
                let again: String = pair[1].items.iter().filter(|item| item.node.is_none()).map(text).collect();
                assert!(again.contains(&name), "seed {seed}: {name} does not come again");
            }
        }
    }
}

#[test]
fn totals_that_follow_each_other_go_with_the_row_above_the_first() {
    for lines in 0..60 {
        let mut table = totals(2, 2, lines);
        let closing = ["合计", "上年结余", "总计"].map(|name| row(vec![Cell::new(name), Cell::new("0")]));
        table.bodies[0].rows.extend(closing);
        table.bodies[0].rows[2..].iter_mut().for_each(|row| row.total = true);
        let layout = set(vec![Block::Table(Box::new(table))]);
        for page in &layout.pages[1..] {
            let own = page_text(page, false);
            assert!(own.contains("说明文字"), "{lines} lines: {own}");
        }
    }
}

#[test]
fn only_a_row_taller_than_a_page_is_broken_and_leaves_no_line_alone() {
    let mut broken = Vec::new();
    let mut tallest = 0;
    for lines in 1..110 {
        let mut table = totals(12, 13, 0);
        let row = &mut table.bodies[0].rows[7];
        row.cells[0] = Cell::new("按照工作部署推动各项任务落实，".repeat(lines * 2));
        let layout = set(vec![Block::Table(Box::new(table))]);
        let mut pages: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (node, count) in layout.pages.iter().flat_map(lines_by_node) {
            pages.entry(node).or_default().push(count);
        }
        for counts in pages.into_values() {
            assert!(counts.len() == 1 || counts.iter().all(|count| *count >= 2), "{counts:?} lines on the pages");
            tallest = counts.iter().copied().fold(tallest, usize::max);
            if counts.len() > 1 {
                broken.push(counts);
            }
        }
    }
    assert!(broken.len() >= 50, "{} cells were broken", broken.len());
    assert!(broken.iter().all(|counts| counts.iter().sum::<usize>() > tallest), "a page holds {tallest}: {broken:?}");
}
