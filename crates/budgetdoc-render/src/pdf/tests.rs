use budgetdoc_document::{Date, Document, Info, Length, Orientation, PageStyle, StyleSheet};
use skrifa::{FontRef, MetadataProvider};

use super::write_pdf;
use crate::error::RenderError;
use crate::font::{FaceId, FontBook, FontSearch};
use crate::layout::{
    ContentsEntry, Glyph, GlyphRun, HeadingPlace, Item, Layout, Link, Mark, Node, NodeId, OutlineEntry, Page, Path,
    PathSegment, Point, Rectangle, Tag,
};

// The first face compiled in for running text, and the one for letters and figures.
const SONG: FaceId = FaceId(1);
const TIMES: FaceId = FaceId(3);

fn book() -> FontBook {
    FontBook::load(&FontSearch::default()).unwrap()
}

fn document() -> Document {
    Document {
        info: Info {
            title: "某某局2022年部门预算".into(),
            author: "某某局".into(),
            subject: "部门预算公开".into(),
            keywords: vec!["部门预算".into(), "2022".into()],
            date: Date { year: 2022, month: 2, day: 28 },
            source: None,
        },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: Vec::new(),
    }
}

fn pt(points: i32) -> Length {
    Length::pt(points)
}

/// Sets text glyph by glyph without any typography.
fn words(fonts: &FontBook, face: FaceId, size: i32, x: i32, y: i32, text: &str) -> Mark {
    let data = fonts.face(face).data();
    let font = FontRef::from_index(data.as_ref().as_ref(), 0).unwrap();
    let advances = font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    let em = i32::from(
        font.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default()).units_per_em,
    );
    let glyphs = text.chars().map(|character| {
        let id = font.charmap().map(character).unwrap_or_else(|| panic!("no glyph for {character}"));
        let advance = pt(size).scale(advances.advance_width(id).unwrap() as i32, em);
        Glyph { id: id.to_u32() as u16, advance, shift: Length::ZERO, bytes: character.len_utf8() as u8 }
    });
    let glyphs = glyphs.collect();
    Mark::Glyphs(GlyphRun { x: pt(x), y: pt(y), turned: false, face, size: pt(size), text: text.into(), glyphs })
}

fn rule(x: i32, y: i32, width: i32, height: i32) -> Rectangle {
    Rectangle { x: pt(x), y: pt(y), width: pt(width), height: pt(height) }
}

/// The nodes of a layout under construction.
struct Tree(Vec<Node>);

impl Tree {
    fn add(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        self.0.push(Node { tag, children: Vec::new() });
        let id = self.0.len() - 1;
        self.0[parent].children.push(id);
        id
    }
}

/// Returns a cover, a table of contents, and a page with a heading, a paragraph that goes on to it, and a table.
fn sample(fonts: &FontBook) -> Layout {
    let mut tree = Tree(vec![Node { tag: Tag::Document, children: Vec::new() }]);
    let page = |number| Page {
        width: Length::mm(210),
        height: Length::mm(297),
        orientation: Orientation::Portrait,
        number,
        items: Vec::new(),
        links: Vec::new(),
    };
    let mut pages = vec![page(None), page(None), page(Some(1))];
    let mut put = |page: usize, node: Option<NodeId>, mark: Mark| pages[page].items.push(Item { node, mark });

    let cover = tree.add(0, Tag::Paragraph);
    put(0, Some(cover), words(fonts, SONG, 26, 140, 200, "某某局二〇二二年部门预算"));

    let contents = tree.add(0, Tag::Contents);
    let entry = tree.add(contents, Tag::ContentsItem);
    let reference = tree.add(entry, Tag::Reference);
    let link = tree.add(reference, Tag::Link);
    put(1, Some(link), words(fonts, SONG, 16, 80, 130, "一、部门概况"));
    put(1, None, words(fonts, SONG, 16, 180, 130, "…………"));
    put(1, Some(link), words(fonts, TIMES, 16, 500, 130, "1"));
    let paragraph = tree.add(0, Tag::Paragraph);
    put(1, Some(paragraph), words(fonts, SONG, 16, 112, 700, "本段从前一页开始，一直写到后一"));
    put(2, Some(paragraph), words(fonts, SONG, 16, 80, 120, "页才写完。增加"));
    put(2, Some(paragraph), words(fonts, TIMES, 16, 192, 120, "1,310.50"));
    put(2, Some(paragraph), words(fonts, SONG, 16, 256, 120, "万元。"));

    let heading = tree.add(0, Tag::Heading { level: 1, title: "一、部门概况".into() });
    put(2, Some(heading), words(fonts, SONG, 16, 112, 160, "一、部门概况"));

    let place = Some(Box::new((2, rule(80, 300, 60, 40))));
    let figure = tree.add(0, Tag::Figure { summary: "图1：全部。".into(), place });
    let at = |x, y| Point { x: pt(x), y: pt(y) };
    let segments = vec![
        PathSegment::Move(at(80, 300)),
        PathSegment::Curve(at(100, 300), at(140, 320), at(140, 340)),
        PathSegment::Line(at(80, 340)),
        PathSegment::Close,
    ];
    put(2, Some(figure), Mark::Path(Path { segments, fill: Some(0x88), stroke: Some(Length::milli_pt(500)) }));
    let caption = tree.add(figure, Tag::Caption);
    put(2, Some(caption), words(fonts, SONG, 12, 80, 360, "图1"));

    let table = tree.add(0, Tag::Table { summary: "收支总表，两列".into() });
    let (head, body) = (tree.add(table, Tag::TableHead), tree.add(table, Tag::TableBody));
    let row = tree.add(head, Tag::Row);
    let cell = tree.add(row, Tag::HeaderCell { row: false, columns: 2, rows: 1 });
    put(2, Some(cell), words(fonts, SONG, 11, 90, 200, "收入"));
    let row = tree.add(head, Tag::Row);
    for (x, text) in [(90, "项目"), (190, "金额")] {
        let cell = tree.add(row, Tag::HeaderCell { row: false, columns: 1, rows: 1 });
        put(2, Some(cell), words(fonts, SONG, 11, x, 215, text));
    }
    for (y, label, figure) in [(230, "一、拨款", "1,310"), (245, "二、其他", "")] {
        let row = tree.add(body, Tag::Row);
        let cell = tree.add(row, Tag::HeaderCell { row: true, columns: 1, rows: 1 });
        put(2, Some(cell), words(fonts, SONG, 11, 90, y, label));
        let cell = tree.add(row, Tag::Cell { columns: 1, rows: 1, heads: Box::default() });
        if !figure.is_empty() {
            put(2, Some(cell), words(fonts, TIMES, 11, 190, y, figure));
        }
        put(2, None, Mark::Rule(Rectangle { height: Length::milli_pt(500), ..rule(85, y + 4, 200, 1) }));
    }
    put(2, None, words(fonts, SONG, 14, 450, 760, "— 1 —"));
    pages[1].links.push(Link { area: rule(80, 116, 430, 18), target: 0, node: link });

    Layout {
        pages,
        nodes: tree.0,
        outline: vec![
            OutlineEntry { level: 1, title: "一、部门概况".into(), target: 0 },
            OutlineEntry { level: 3, title: "（一）职责".into(), target: 0 },
            OutlineEntry { level: 2, title: "二、其他".into(), target: 0 },
            OutlineEntry { level: 1, title: "三、表".into(), target: 0 },
        ],
        contents: vec![ContentsEntry { level: 1, title: "一、部门概况".into(), number: 1, target: 0 }],
        targets: vec![HeadingPlace { page: 2, y: pt(144), number: Some(1) }],
        blocks: Vec::new(),
    }
}

fn refusal(change: impl FnOnce(&mut Layout)) -> String {
    let fonts = book();
    let mut layout = sample(&fonts);
    change(&mut layout);
    match write_pdf(&document(), &layout, &fonts) {
        Err(RenderError::Write { format: "PDF", detail }) => detail,
        other => panic!("expected a refusal, got {:?}", other.map(|bytes| bytes.len())),
    }
}

fn run(layout: &mut Layout) -> &mut GlyphRun {
    match &mut layout.pages[0].items[0].mark {
        Mark::Glyphs(run) => run,
        Mark::Rule(_) | Mark::Path(_) => panic!("the first mark of the sample is a run"),
    }
}

#[test]
fn a_document_becomes_the_same_bytes_each_time() {
    let fonts = book();
    let layout = sample(&fonts);
    let bytes = write_pdf(&document(), &layout, &fonts).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(bytes, write_pdf(&document(), &sample(&book()), &book()).unwrap());
}

#[test]
fn a_document_without_title_and_headings_still_has_a_title_and_an_outline() {
    let fonts = book();
    let mut layout = sample(&fonts);
    layout.outline.clear();
    let mut document = document();
    document.info = Info::default();
    write_pdf(&document, &layout, &fonts).unwrap();
}

#[test]
fn a_link_over_two_lines_is_one_link() {
    let fonts = book();
    let mut layout = sample(&fonts);
    let first = layout.pages[1].links[0];
    layout.pages[1].links.push(Link { area: rule(80, 145, 100, 18), ..first });
    let bytes = budgetdoc_tests::pdf::inflate(&write_pdf(&document(), &layout, &fonts).unwrap());
    let count = bytes.windows(13).filter(|window| window == b"/Subtype/Link").count();
    assert_eq!(count, 1);
}

#[test]
fn faults_of_a_layout_are_errors_and_not_panics() {
    assert!(refusal(|layout| layout.pages.clear()).contains("no page"));
    assert!(refusal(|layout| layout.pages[1].width = Length::ZERO).starts_with("page 2: its width"));
    assert!(refusal(|layout| layout.targets[0].page = 3).contains("is on page 4, but the last is 3"));
    assert!(refusal(|layout| layout.outline[0].target = 1).contains("\"一、部门概况\" leads to target 1"));
    assert!(refusal(|layout| layout.pages[1].links[0].target = 9).starts_with("page 2: a link leads to target 9"));
    assert!(refusal(|layout| layout.pages[1].links[0].node = 1).contains("no link node"));
    assert!(refusal(|layout| layout.pages[0].items[0].node = Some(999)).contains("node 999"));
    assert!(refusal(|layout| layout.nodes[0].children.push(1)).contains("node 1 is repeated"));
    assert!(refusal(|layout| layout.nodes[1].children.push(0)).contains("node 0 is repeated"));
    assert!(refusal(|layout| layout.nodes[0].children.push(999)).contains("child 999"));
    assert!(refusal(|layout| layout.nodes[0].children.truncate(0)).contains("belongs to node 1"));
    assert!(refusal(|layout| run(layout).size = Length::ZERO).contains("no type size"));
    assert!(refusal(|layout| run(layout).face = FaceId(99)).contains("face 99"));
    assert!(refusal(|layout| run(layout).glyphs[0].id = 65_535).contains("glyph 65535"));
    assert!(refusal(|layout| run(layout).glyphs[0].bytes = 1).contains("no characters of it"));
}

#[test]
fn broken_rules_of_the_standards_are_spelled_out() {
    let missing = refusal(|layout| run(layout).glyphs[0].id = 0);
    assert!(missing.contains("\"某\" is set with the glyph for missing characters"), "{missing}");
    let private = refusal(|layout| run(layout).text = run(layout).text.replacen('某', "\u{E000}", 1).into());
    assert!(private.contains("U+E000"), "{private}");
}

/// The same pseudo-random numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn length(&mut self) -> Length {
        let lengths = [0, 1, -1, 500, 16_000, -16_000, 595_000, i32::MAX, i32::MIN];
        Length::milli_pt(lengths[self.below(lengths.len())])
    }
}

/// A rectangle without room.
const NOWHERE: Rectangle =
    Rectangle { x: Length::ZERO, y: Length::ZERO, width: Length::milli_pt(-1), height: Length::ZERO };

fn disturb_path(path: &mut Path, length: Length, dice: &mut Dice) {
    let end = Point { x: length, y: dice.length() };
    match dice.below(4) {
        0 => path.stroke = Some(length),
        1 => path.segments.push(PathSegment::Curve(end, Point::default(), end)),
        2 => path.segments.insert(0, PathSegment::Close),
        _ => path.segments.clear(),
    }
}

/// Puts one thing out of order.
fn disturb(layout: &mut Layout, dice: &mut Dice) {
    let (page, node) = (dice.below(layout.pages.len()), dice.below(layout.nodes.len()));
    let (pages, nodes) = (layout.pages.len(), layout.nodes.len());
    let length = dice.length();
    let item = dice.below(layout.pages[page].items.len());
    match dice.below(14) {
        0 => layout.pages[page].width = length,
        1 => layout.pages[page].height = length,
        2 => layout.pages[page].number = Some(dice.below(3) as u32),
        3 => layout.targets[0].page = dice.below(pages + 2),
        4 => layout.targets[0].y = length,
        5 => layout.outline.truncate(dice.below(4)),
        6 => layout.outline.iter_mut().for_each(|entry| entry.level = dice.below(300) as u8),
        7 => layout.nodes[node].children.clear(),
        8 => layout.nodes[node].children.push(dice.below(nodes + 2)),
        9 => {
            let tags = [
                Tag::Document,
                Tag::Heading { level: 200, title: "".into() },
                Tag::Link,
                Tag::Row,
                Tag::HeaderCell { row: true, columns: 0, rows: u16::MAX },
                Tag::Cell { columns: 1, rows: 1, heads: [dice.below(nodes + 2)].into() },
                Tag::Table { summary: "".into() },
                Tag::Figure { summary: "".into(), place: Some(Box::new((dice.below(pages + 2), NOWHERE))) },
                Tag::Caption,
            ];
            layout.nodes[node].tag = tags[dice.below(tags.len())].clone();
        }
        10 => layout.pages[page].items[item].node = Some(dice.below(nodes + 2)),
        11 => layout.pages[1].links[0].area.height = length,
        12 => layout.pages[1].links[0].node = dice.below(nodes + 2),
        _ => match &mut layout.pages[page].items[item].mark {
            Mark::Rule(rule) => rule.width = length,
            Mark::Path(path) => disturb_path(path, length, dice),
            Mark::Glyphs(run) => {
                let (bytes, glyph) = (dice.below(run.text.len() + 2) as u8, dice.below(run.glyphs.len()));
                match dice.below(7) {
                    0 => run.size = length,
                    1 => run.x = length,
                    2 => run.glyphs[glyph].advance = length,
                    3 => run.glyphs[glyph].shift = length,
                    4 => run.glyphs[glyph].bytes = bytes,
                    5 => run.glyphs[glyph].id = dice.below(65_536) as u16,
                    _ => run.text = run.text.replace('一', "\u{2F00}\u{FEFF}").into(),
                }
            }
        },
    }
}

#[test]
fn a_disturbed_layout_never_panics() {
    let fonts = book();
    let sound = sample(&fonts);
    let mut dice = Dice(2022);
    let mut refused = 0;
    for _ in 0..400 {
        let mut layout = sound.clone();
        for _ in 0..=dice.below(3) {
            disturb(&mut layout, &mut dice);
        }
        refused += usize::from(write_pdf(&document(), &layout, &fonts).is_err());
    }
    assert!((50..350).contains(&refused), "both outcomes are met: {refused} of 400 refused");
}
