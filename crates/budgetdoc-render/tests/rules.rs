//! The rules of tables as they stand on pages: every cell has its four edges, each once, whatever is merged, turned or
//! broken.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use budgetdoc_document::{
    Block, Cell, Column, ColumnKind, Document, Info, Length, Orientation, PageStyle, Row, StyleSheet, Table, TableBody,
    TableHeading,
};
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch};
use budgetdoc_render::layout::{GlyphRun, Layout, Mark, NodeId, Page, Rectangle, Tag, layout};
use budgetdoc_tests::chance::{Chance, for_any};

fn set(table: Table) -> Result<Layout, RenderError> {
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
        FontBook::load(&FontSearch { dirs: vec![fonts], ..FontSearch::default() }).expect("the fonts are there")
    });
    let document = Document {
        info: Info::default(),
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: vec![Block::Table(Box::new(table))],
    };
    layout(&document, fonts)
}

/// The lines a table's rules stand on, and between which of the crossing lines they run.
struct Lines {
    at: Vec<Length>,
    /// For each line and each step of the crossing lines whether a rule covers it.
    covered: Vec<Vec<bool>>,
}

fn rules(page: &Page) -> Vec<Rectangle> {
    page.items.iter().filter_map(|item| if let Mark::Rule(rule) = item.mark { Some(rule) } else { None }).collect()
}

/// Where a rule stands across its length: outer rules lie inside the table's edge, inner ones around theirs.
fn place(start: Length, thickness: Length, first: Length, last: Length, style: &PageStyle) -> Length {
    if start == first {
        assert_eq!(thickness, style.outer_rule, "the first edge");
        start
    } else if start + thickness == last {
        assert_eq!(thickness, style.outer_rule, "the last edge");
        last
    } else {
        assert_eq!(thickness, style.inner_rule, "an inner edge");
        start + thickness / 2
    }
}

/// The regions that rules part a page's table into: for each the places it has, as columns and rows of the finest grid.
struct Regions {
    xs: Vec<Length>,
    ys: Vec<Length>,
    /// For each row and column of the finest grid its region.
    of: Vec<Vec<usize>>,
    count: usize,
}

fn lines(rules: &[(Length, Length, Length)], crossing: &[Length], at: &[Length], what: &str) -> Lines {
    let mut covered = vec![vec![false; crossing.len() - 1]; at.len()];
    for (place, start, end) in rules {
        let line = at.binary_search(place).expect("it is one of them");
        let step = |length: &Length| crossing.binary_search(length);
        let (Ok(start), Ok(end)) = (step(start), step(end)) else {
            panic!("{what}: a rule ends where none crosses it")
        };
        for step in &mut covered[line][start..end] {
            assert!(!*step, "{what}: a doubled edge");
            *step = true;
        }
    }
    Lines { at: at.to_vec(), covered }
}

fn regions(page: &Page, what: &str) -> Regions {
    let (style, rules) = (PageStyle::gb9704(), rules(page));
    let least = |of: fn(&Rectangle) -> Length| rules.iter().map(of).min().expect("there are rules");
    let most = |of: fn(&Rectangle) -> Length| rules.iter().map(of).max().expect("there are rules");
    let (left, top) = (least(|rule| rule.x), least(|rule| rule.y));
    let (right, bottom) = (most(|rule| rule.x + rule.width), most(|rule| rule.y + rule.height));
    let (level, upright): (Vec<Rectangle>, Vec<Rectangle>) = rules.iter().partition(|rule| rule.width > rule.height);
    let level: Vec<_> = level
        .iter()
        .map(|rule| (place(rule.y, rule.height, top, bottom, &style), rule.x, rule.x + rule.width))
        .collect();
    let upright: Vec<_> = upright
        .iter()
        .map(|rule| (place(rule.x, rule.width, left, right, &style), rule.y, rule.y + rule.height))
        .collect();
    let places = |rules: &[(Length, Length, Length)]| -> Vec<Length> {
        rules.iter().map(|rule| rule.0).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (ys, xs) = (places(&level), places(&upright));
    for pair in ys.windows(2).chain(xs.windows(2)) {
        assert!(pair[1] - pair[0] > Length::pt(3), "{what}: two rules side by side");
    }
    let (level, upright) = (lines(&level, &xs, &ys, what), lines(&upright, &ys, &xs, what));
    for lines in [&level, &upright] {
        for edge in [0, lines.at.len() - 1] {
            assert!(lines.covered[edge].iter().all(|covered| *covered), "{what}: an open edge of the table");
        }
    }
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let mut of = vec![vec![usize::MAX; columns]; rows];
    let mut count = 0;
    for start in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        if of[start.0][start.1] != usize::MAX {
            continue;
        }
        let (mut open, mut found) = (vec![start], Vec::new());
        of[start.0][start.1] = count;
        while let Some((row, column)) = open.pop() {
            found.push((row, column));
            let mut go = |row: usize, column: usize, closed: bool| {
                if !closed && of[row][column] == usize::MAX {
                    of[row][column] = count;
                    open.push((row, column));
                }
            };
            if row + 1 < rows {
                go(row + 1, column, level.covered[row + 1][column]);
            }
            if row > 0 {
                go(row - 1, column, level.covered[row][column]);
            }
            if column + 1 < columns {
                go(row, column + 1, upright.covered[column + 1][row]);
            }
            if column > 0 {
                go(row, column - 1, upright.covered[column][row]);
            }
        }
        let bounds = |of: fn(&(usize, usize)) -> usize| {
            let ends = (found.iter().map(of).min(), found.iter().map(of).max());
            ends.1.zip(ends.0).map_or(0, |(last, first)| last - first + 1)
        };
        let area = bounds(|place| place.0) * bounds(|place| place.1);
        assert_eq!(area, found.len(), "{what}: a missing edge: what rules enclose is no rectangle");
        count += 1;
    }
    Regions { xs, ys, of, count }
}

/// The cell each leaf belongs to; a cell of one text is a leaf itself.
fn cells(layout: &Layout) -> BTreeMap<NodeId, NodeId> {
    let nodes = layout.nodes.iter().enumerate();
    let cells = nodes.filter(|(_, node)| matches!(node.tag, Tag::Cell { .. } | Tag::HeaderCell { .. }));
    cells.flat_map(|(id, node)| node.children.iter().copied().chain([id]).map(move |leaf| (leaf, id))).collect()
}

/// Checks a page's table; with `filled`, no cell may be without words.
fn check(layout: &Layout, page: &Page, filled: bool, what: &str) {
    let regions = regions(page, what);
    let cells = cells(layout);
    let mut words: BTreeMap<usize, BTreeSet<Option<NodeId>>> = BTreeMap::new();
    let mut places: BTreeMap<NodeId, BTreeSet<usize>> = BTreeMap::new();
    let runs = page.items.iter().filter_map(|item| match &item.mark {
        Mark::Glyphs(run) => Some((item.node, run)),
        Mark::Rule(_) | Mark::Path(_) => None,
    });
    for (node, run) in runs.filter(|(_, run)| run.size == Length::milli_pt(10_500)) {
        let GlyphRun { x, y, .. } = *run;
        let inside = |at: Length, list: &[Length]| list.partition_point(|edge| *edge <= at).checked_sub(1);
        let (Some(row), Some(column)) = (inside(y, &regions.ys), inside(x, &regions.xs)) else { continue };
        if row + 1 >= regions.ys.len() || column + 1 >= regions.xs.len() {
            continue;
        }
        let region = regions.of[row][column];
        let end = x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
        let last = inside(end, &regions.xs).expect("it is right of the first");
        assert!(regions.of[row].get(last) == Some(&region), "{what}: {:?} crosses a rule", run.text);
        let cell = node.and_then(|leaf| cells.get(&leaf)).copied();
        words.entry(region).or_default().insert(cell);
        if let Some(cell) = cell {
            places.entry(cell).or_default().insert(region);
        }
    }
    for (region, cells) in &words {
        assert_eq!(cells.len(), 1, "{what}: several cells in region {region}");
    }
    for (cell, regions) in &places {
        assert_eq!(regions.len(), 1, "{what}: cell {cell} lies in several regions");
    }
    if filled {
        assert_eq!(words.len(), regions.count, "{what}: a rule through a cell");
    }
}

/// Rows of cells that cover each other's places at random.
fn merged(chance: &mut Chance, count: usize, columns: usize, tall: bool) -> Vec<Row> {
    let mut covered = vec![vec![false; columns]; count];
    let mut rows = Vec::new();
    for row in 0..count {
        let mut cells = Vec::new();
        for column in 0..columns {
            if covered[row][column] {
                continue;
            }
            let free = covered[row][column..].iter().take_while(|covered| !**covered).count();
            let width = if chance.below(4) == 0 { 1 + chance.below(free) } else { 1 };
            // A row that is broken stands beside labels; words over several rows are labels.
            let height = if chance.below(4) == 0 { 1 + chance.below((count - row).min(6)) } else { 1 };
            for line in &mut covered[row..row + height] {
                line[column..column + width].fill(true);
            }
            let text = match chance.below(12) {
                0 if tall && height == 1 => "推动各项任务落实，".repeat(20 + chance.below(160)),
                1 => format!("{}.{:02}", chance.below(9_999), chance.below(100)),
                _ => chance.pick(&["甲", "行政运行", "本年预算数"]).to_owned(),
            };
            cells.push(Cell::new(text).span(width as u16, height as u16));
        }
        rows.push(Row::new(cells));
    }
    rows
}

fn table(chance: &mut Chance, tall: bool) -> Table {
    let columns = 2 + chance.below(5);
    let bodies = (0..1 + chance.below(3))
        .map(|body| TableBody {
            head: if body == 1 { merged(chance, 2, columns, false) } else { Vec::new() },
            rows: {
                let count = 8 + chance.below(30);
                merged(chance, count, columns, tall)
            },
        })
        .collect();
    Table {
        heading: Some(TableHeading { number: "表 1".into(), title: "收支总表".into(), ..TableHeading::default() }),
        orientation: [None, Some(Orientation::Portrait), Some(Orientation::Landscape)][chance.below(3)],
        columns: vec![Column { kind: ColumnKind::Text, width: None }; columns],
        head: merged(chance, 2, columns, false),
        bodies,
        ..Table::default()
    }
}

#[test]
fn merged_cells_have_their_edges_on_every_page() {
    let (mut pages, mut landscape) = (0, 0);
    for_any(100, |chance| {
        let layout = set(table(chance, false)).expect("it can be set");
        for (index, page) in layout.pages.iter().enumerate() {
            check(&layout, page, true, &format!("page {}", index + 1));
            pages += 1;
            landscape += usize::from(page.orientation == Orientation::Landscape);
        }
    });
    assert!(pages > 200 && landscape > 50, "{landscape} of {pages} pages are landscape");
}

#[test]
fn broken_rows_have_their_edges_on_every_page() {
    let mut pages = 0;
    for_any(60, |chance| {
        let layout = match set(table(chance, true)) {
            Err(RenderError::TableTooWide { .. }) => return,
            other => other.expect("it can be set"),
        };
        for (index, page) in layout.pages.iter().enumerate() {
            check(&layout, page, false, &format!("page {}", index + 1));
            pages += 1;
        }
    });
    assert!(pages > 300, "{pages} pages");
}

#[test]
fn labels_set_downwards_keep_to_their_cells() {
    let rows = |label: &str| {
        let mut rows: Vec<Row> = (0..40).map(|index| Row::new([Cell::new(format!("第{index}行"))])).collect();
        rows[0].cells.insert(0, Cell::new(label).span(1, 40).header().vertical());
        rows
    };
    for label in ["年度绩效指标", "二〇二二年“三公”经费（含）", "第12批2022年PDF——预算"]
    {
        let table = Table {
            orientation: Some(Orientation::Portrait),
            columns: [ColumnKind::Label, ColumnKind::Text].map(|kind| Column { kind, width: None }).into(),
            bodies: vec![TableBody { head: Vec::new(), rows: rows(label) }],
            ..Table::default()
        };
        let layout = set(table).expect("it can be set");
        let mut said = String::new();
        for page in &layout.pages {
            check(&layout, page, label.chars().count() <= 12, label);
            let own = page.items.iter().filter(|item| item.node.is_some());
            said.extend(own.filter_map(|item| match &item.mark {
                Mark::Glyphs(run) => Some(&*run.text),
                Mark::Rule(_) | Mark::Path(_) => None,
            }));
        }
        assert!(said.contains(label), "{label} in {said}");
        assert!(
            layout.blocks[0].table.as_ref().unwrap().widths[0] < Length::pt(23),
            "the label's column is as narrow as a character"
        );
    }
}
