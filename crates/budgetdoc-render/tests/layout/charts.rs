//! Charts: their place, their words, and what stays together.

use budgetdoc_document::{Chart, ChartKind, ChartPoint, Number, NumberFormat};

use super::*;

fn number(value: &str) -> Number {
    Number {
        value: value.parse().expect("a decimal"),
        format: NumberFormat { decimals: 2, trim: true, ..NumberFormat::default() },
    }
}

fn chart(kind: ChartKind, parts: &[(&str, &[&str])]) -> Chart {
    let point = |(name, values): &(&str, &[&str])| ChartPoint {
        name: (*name).to_owned(),
        values: values.iter().map(|value| number(value)).collect(),
        share: (kind != ChartKind::Columns).then(|| number("12.5")),
    };
    Chart {
        kind,
        caption: "图1　支出构成".into(),
        summary: "图1　支出构成：见表。".to_owned(),
        unit: "万元".to_owned(),
        series: (2025..).take(parts[0].1.len()).map(|year| format!("{year}年")).collect(),
        points: parts.iter().map(point).collect(),
    }
}

fn block(chart: Chart) -> Block {
    Block::Chart(Box::new(chart))
}

/// The boxes of the words in the figures of a page: left, top, right and bottom.
fn words(layout: &Layout) -> Vec<(String, [i32; 4])> {
    let is_figure = |node: NodeId| matches!(layout.nodes[node].tag, Tag::Figure { .. });
    let runs = layout.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.mark {
        Mark::Glyphs(run) if item.node.is_some_and(is_figure) => Some(run),
        Mark::Glyphs(_) | Mark::Rule(_) | Mark::Path(_) => None,
    });
    runs.map(|run| {
        let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        let (x, y) = (run.x.in_milli_pt(), run.y.in_milli_pt());
        let (above, below) = (run.size.scale(80, 100).in_milli_pt(), run.size.scale(12, 100).in_milli_pt());
        (run.text.to_string(), [x, y - above, x + width.in_milli_pt(), y + below])
    })
    .collect()
}

#[track_caller]
fn assert_apart(words: &[(String, [i32; 4])]) {
    for (index, (one, [left, top, right, bottom])) in words.iter().enumerate() {
        for (other, [start, above, end, below]) in &words[index + 1..] {
            let apart = right <= start || end <= left || bottom <= above || below <= top;
            assert!(apart, "{one} and {other}: {words:#?}");
        }
    }
}

/// Parts whose sizes differ as much as those of budgets do.
fn parts_of(chance: &mut Chance, years: usize) -> Vec<(String, Vec<String>)> {
    let count = 1 + chance.below(7_usize);
    let part = |index: usize, chance: &mut Chance| {
        let name = "一般公共预算安排的其他社会保障和就业支出".chars().take(2 + chance.below(16_usize)).collect();
        let value = |chance: &mut Chance| {
            let scale = 10_u64.pow(chance.below(7_u32));
            (chance.below(1000_u64) * scale + u64::from(index == 0)).to_string()
        };
        (name, (0..years).map(|_| value(chance)).collect())
    };
    (0..count).map(|index| part(index, chance)).collect()
}

#[test]
fn words_of_charts_never_cover_each_other() {
    let mut chance = Chance::seeded(5);
    for _ in 0..150 {
        for (kind, years) in [(ChartKind::Pie, 1), (ChartKind::Ring, 1), (ChartKind::Columns, 2)] {
            let parts = parts_of(&mut chance, years);
            let values: Vec<Vec<&str>> =
                parts.iter().map(|(_, values)| values.iter().map(String::as_str).collect()).collect();
            let parts: Vec<(&str, &[&str])> =
                parts.iter().zip(&values).map(|((name, _), values)| (name.as_str(), values.as_slice())).collect();
            let layout = set(vec![block(chart(kind, &parts))]);
            let words = words(&layout);
            assert!(words.len() >= parts.len());
            assert_apart(&words);
            let area = layout.blocks[0].chart.expect("it is drawn");
            for (text, [left, top, right, bottom]) in &words {
                let (x, y) = (area.x.in_milli_pt(), area.y.in_milli_pt());
                let inside = *left >= x - 1 && *right <= x + area.width.in_milli_pt() + 1;
                let within = *top >= y - 1 && *bottom <= y + area.height.in_milli_pt() + 1;
                assert!(inside && within, "{kind:?}: {text} leaves the chart: {words:#?} {area:?}");
            }
        }
    }
}

#[test]
fn a_chart_is_a_figure_with_its_words_place_and_caption() {
    let layout = set(vec![block(chart(ChartKind::Pie, &[("基本支出", &["750"]), ("项目支出", &["250"])]))]);
    let figure = layout.nodes[0].children[0];
    let area = layout.blocks[0].chart.expect("it is drawn");
    let tag = Tag::Figure { summary: "图1　支出构成：见表。".into(), place: Some(Box::new((0, area))) };
    assert_eq!(layout.nodes[figure].tag, tag);
    let caption = layout.nodes[figure].children[0];
    assert_eq!(layout.nodes[caption].tag, Tag::Caption);
    let texts = node_texts(&layout);
    assert_eq!(texts[&caption], "图1　支出构成");
    assert!(texts[&figure].contains("基本支出") && texts[&figure].contains("12.5%"), "{}", texts[&figure]);
    let shades: Vec<u8> = layout.pages[0]
        .items
        .iter()
        .filter_map(|item| match &item.mark {
            Mark::Path(path) => path.fill,
            Mark::Glyphs(_) | Mark::Rule(_) => None,
        })
        .collect();
    assert!(shades.len() == 2 && shades[0] != shades[1], "{shades:?}");
}

#[test]
fn a_chart_stays_with_the_line_above_it_and_its_caption() {
    let parts: &[(&str, &[&str])] = &[("基本支出", &["750"]), ("项目支出", &["250"])];
    for kind in [ChartKind::Pie, ChartKind::Ring, ChartKind::Columns] {
        for lines in 1..24 {
            let mut blocks = vec![paragraph("一。"); lines];
            blocks.push(paragraph("支出构成如下图："));
            blocks.push(block(chart(kind, parts)));
            blocks.push(paragraph("以上。"));
            let layout = set(blocks);
            let (lead, chart) = (&layout.blocks[lines].lines[0], &layout.blocks[lines + 1]);
            let area = chart.chart.expect("it is drawn");
            let caption = &chart.lines[0];
            assert_eq!(lead.page, caption.page, "{lines} lines above");
            assert!(lead.y < area.y && area.y + area.height < caption.y, "{lines} lines above");
            assert!(caption.y < Length::mm(297 - 35), "{lines} lines above");
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_left_out() {
    for values in [&["0"][..], &["-1"], &["1", "2"]] {
        let layout =
            set(vec![paragraph("一。"), block(chart(ChartKind::Pie, &[("基本支出", values)])), paragraph("二。")]);
        assert_eq!(layout.nodes[0].children.len(), 2, "{values:?}");
        assert_eq!(layout.blocks[1].chart, None);
    }
}

#[test]
fn a_chart_is_drawn_smaller_where_that_leaves_less_of_a_page_blank() {
    let parts: &[(&str, &[&str])] = &[("基本支出", &["750"]), ("项目支出", &["250"])];
    for kind in [ChartKind::Pie, ChartKind::Ring, ChartKind::Columns] {
        let (mut full, mut smaller) = (0, 0);
        for lines in 1..22 {
            let mut blocks = vec![paragraph("一。"); lines];
            blocks.push(block(chart(kind, parts)));
            let layout = set(blocks);
            let height = layout.blocks[lines].chart.expect("it is drawn").height;
            let caption = layout.blocks[lines].lines[0].page;
            let tallest = if lines == 1 { height.in_milli_pt() } else { full };
            full = tallest.max(full);
            if height.in_milli_pt() < full {
                smaller += 1;
                assert_eq!(caption, 0, "{lines} lines above");
            }
        }
        assert!((1..=2).contains(&smaller), "{kind:?}: {smaller}");
    }
}

#[test]
fn charts_on_one_page_have_one_size() {
    let parts: &[(&str, &[&str])] = &[("基本支出", &["750"]), ("项目支出", &["250"])];
    let mut smaller = 0;
    for lines in 1..20 {
        let mut blocks = vec![block(chart(ChartKind::Pie, parts))];
        blocks.extend(vec![paragraph("一。"); lines]);
        blocks.push(block(chart(ChartKind::Pie, parts)));
        let layout = set(blocks);
        let place = |block: &budgetdoc_render::layout::SetBlock| {
            (block.lines[0].page, block.chart.expect("it is drawn").height)
        };
        let (first, last) = (place(&layout.blocks[0]), place(&layout.blocks[lines + 1]));
        let alone = set(vec![block(chart(ChartKind::Pie, parts))]);
        assert!(first.0 != last.0 || first.1 == last.1, "{lines} lines between");
        smaller += usize::from(last.0 == 0 && last.1 < place(&alone.blocks[0]).1);
    }
    assert!(smaller > 0);
}
