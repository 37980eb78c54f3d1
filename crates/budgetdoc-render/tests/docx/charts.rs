//! Charts in Word files: parts, relationships, values and workbooks.

use budgetdoc_document::{Chart, ChartKind, ChartPoint, Number, NumberFormat, Paragraph, StyleName};

use super::*;

const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

fn number(value: &str, decimals: u32) -> Number {
    Number { value: value.parse().unwrap(), format: NumberFormat { decimals, trim: true, ..NumberFormat::default() } }
}

fn chart(kind: ChartKind) -> Block {
    let years = if kind == ChartKind::Columns { vec!["2025年", "2026年"] } else { vec!["2026年"] };
    let point = |name: &str, value: &str, share: &str| ChartPoint {
        name: name.to_owned(),
        values: vec![number(value, 1); years.len()],
        share: (kind != ChartKind::Columns).then(|| number(share, 2)),
    };
    Block::Chart(Box::new(Chart {
        kind,
        caption: "图1　支出构成".into(),
        summary: "图1　支出构成：基本支出“全部”。".to_owned(),
        unit: "万元".to_owned(),
        points: vec![point("基本支出", "1605.04", "61.179"), point("项目\"支出\"", "1018.5", "38.5")],
        series: years.into_iter().map(str::to_owned).collect(),
    }))
}

fn document(kinds: &[ChartKind]) -> Document {
    let lead = || Block::Paragraph(Paragraph { style: StyleName::Body, text: "支出构成如下：".into() });
    Document { blocks: kinds.iter().flat_map(|kind| [lead(), chart(*kind)]).collect(), ..fixture::document() }
}

/// The values of an attribute of all elements of a name.
fn values(part: &str, name: &str, attribute: &str) -> Vec<String> {
    let part = roxmltree::Document::parse(part).unwrap();
    let elements = part.descendants().filter(|node| node.has_tag_name((C, name)));
    elements.filter_map(|node| node.attribute(attribute).map(str::to_owned)).collect()
}

fn texts(part: &str, name: &str) -> Vec<String> {
    let part = roxmltree::Document::parse(part).unwrap();
    let elements = part.descendants().filter(|node| node.tag_name().name() == name);
    elements.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_chart_has_a_part_with_exact_values_and_a_workbook() {
    let (parts, _) = read(&document(&[ChartKind::Pie, ChartKind::Ring, ChartKind::Columns]));
    assert_eq!(lint(&parts), Vec::<String>::new());
    let pie = &parts["word/charts/chart1.xml"];
    assert_eq!(texts(pie, "v"), ["2026年（万元）", "基本支出", "项目\"支出\"", "1605.04", "1018.5"]);
    assert_eq!(values(pie, "numFmt", "formatCode"), ["0.00%", "0.0%", "0%"], "the decimals that are printed");
    assert_eq!(texts(pie, "f"), ["Sheet1!$B$1", "Sheet1!$A$2:$A$3", "Sheet1!$B$2:$B$3"]);
    let ring = &parts["word/charts/chart2.xml"];
    assert_eq!(texts(ring, "v")[1..3], ["基本支出 61.18%", "项目\"支出\" 38.5%"], "its legend has the shares");
    let columns = &parts["word/charts/chart3.xml"];
    assert_eq!(texts(columns, "f")[3..5], ["Sheet1!$C$1", "Sheet1!$A$2:$A$3"]);
    let sheet = |chart: usize| &parts[&format!("word/embeddings/chart{chart}.xlsx/xl/worksheets/sheet1.xml")];
    assert_eq!(texts(sheet(1), "t"), ["2026年（万元）", "基本支出", "项目\"支出\""]);
    assert_eq!(texts(sheet(1), "v"), ["1605.04", "1018.5"]);
    let formula = "\"项目\"\"支出\"\" \"&TEXT(B3/SUM(B$2:B$3),\"0.0%\")";
    assert_eq!(texts(sheet(2), "f")[1], formula);
    assert_eq!(texts(sheet(3), "v"), ["1605.04", "1605.04", "1018.5", "1018.5"]);
}

#[test]
fn charts_stand_in_lines_of_their_own_height_and_stay_with_their_words() {
    let (parts, layout) = read(&document(&[ChartKind::Pie]));
    let body = body(&parts);
    let paragraphs: Vec<_> = body.descendants().filter(|node| is(node, "p")).collect();
    let style = |index: usize| val(child(paragraphs[index], "pPr").unwrap(), "pStyle").map(str::to_owned);
    assert_eq!([style(0), style(1), style(2)].map(Option::unwrap), ["BodyText", "Figure", "Caption"]);
    assert!(child(child(paragraphs[0], "pPr").unwrap(), "keepNext").is_some());
    let named = |name: &str| body.descendants().find(|node| node.tag_name().name() == name).unwrap();
    assert_eq!(named("docPr").attribute("descr"), Some("图1　支出构成：基本支出“全部”。"));
    let area = layout.blocks[1].chart.unwrap();
    assert_eq!(named("extent").attribute("cy"), Some((area.height.in_milli_pt() * 127 / 10).to_string().as_str()));
    assert!(parts["[Content_Types].xml"].contains("Extension=\"xlsx\""));
    let without = read(&Document { blocks: Vec::new(), ..fixture::document() }).0;
    assert!(!without["[Content_Types].xml"].contains("xlsx"), "no chart, no word of it");
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let document = document(&[ChartKind::Ring, ChartKind::Columns]);
    assert_eq!(written(&document).0, written(&document).0);
}

/// The space above a chart falls away at the top of a page, and is no room that the text below it lacks.
#[test]
fn stragglers_below_a_chart_at_the_top_of_a_page_are_taken_in() {
    let document = |length: usize, margin: Length| {
        let text: String = "比2021年增加3万元，".repeat(8).chars().take(length).collect();
        let mut document = Document { blocks: vec![chart(ChartKind::Columns)], ..fixture::document() };
        document.blocks.extend((0..12).map(|_| fixture::paragraph("预算执行。")));
        document.blocks.extend([fixture::paragraph(&text), fixture::heading(1, "甲", Some(1), true)]);
        document.page.margins.bottom = margin;
        document
    };
    // The text ends half that space above the foot of the page.
    let free = |margin: &Length| {
        let document = document(54, *margin);
        let line = read(&document).1.blocks[13].lines.last().unwrap().clone();
        (line.page, (document.page.height - *margin - line.y).in_milli_pt() / 1_000)
    };
    let margin = (99..150).map(Length::pt).find(|margin| free(margin) == (0, 12)).unwrap();
    let closer = (54..70).filter(|length| {
        let (parts, layout) = read(&document(*length, margin));
        layout.pages.len() == 2 && parts["word/document.xml"].contains("BodyTextTight")
    });
    assert!((1..10).contains(&closer.count()));
}
