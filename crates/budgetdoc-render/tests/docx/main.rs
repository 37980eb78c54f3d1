//! Word files as another program reads them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper is a failed test with a place, too")]

mod charts;
mod fixture;
mod random;

use std::collections::BTreeMap;
use std::io::Cursor;

use budgetdoc_document::Place;
use budgetdoc_document::{
    Align, Block, Cell, Document, Heading, Length, Orientation, Paragraph, StyleName, Table, TableBody,
};
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch};
use budgetdoc_render::layout::{Layout, layout};
use budgetdoc_render::write_docx;
use budgetdoc_tests::word_lint::{W, child, is, lint, parts, text, val};
use budgetdoc_tests::word_reader as reader;
use budgetdoc_tests::{amount, lines};

fn fonts() -> FontBook {
    FontBook::load(&FontSearch::default()).unwrap()
}

fn written(document: &Document) -> (Vec<u8>, Layout) {
    let fonts = fonts();
    let layout = layout(document, &fonts).unwrap();
    (write_docx(document, &layout, &fonts).unwrap(), layout)
}

fn read(document: &Document) -> (BTreeMap<String, String>, Layout) {
    let (docx, layout) = written(document);
    (parts(&docx), layout)
}

fn body(parts: &BTreeMap<String, String>) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(&parts["word/document.xml"]).unwrap()
}

#[test]
fn nothing_is_wrong() {
    assert_eq!(lint(&read(&fixture::document()).0), Vec::<String>::new());
    let empty = Document { blocks: Vec::new(), ..fixture::document() };
    assert_eq!(lint(&read(&empty).0), Vec::<String>::new());
}

/// `BUDGETDOC_DOCX_DIR` is a folder for the files, so that other programs can have a look at them.
#[test]
fn whatever_comes_is_valid() {
    let folder = std::env::var_os("BUDGETDOC_DOCX_DIR").map(std::path::PathBuf::from);
    let fonts = fonts();
    let random = (1..).map(|number| (format!("random-{number:03}"), random::document(number)));
    let set = std::iter::once(("stress".to_owned(), random::stress())).chain(random).filter_map(|(name, document)| {
        match layout(&document, &fonts) {
            Ok(layout) => Some((name, document, layout)),
            // Columns too many for the page, or a head as high as it: refused, and so no file.
            Err(RenderError::TableTooWide { .. } | RenderError::Page { .. }) if name != "stress" => None,
            Err(error) => panic!("{name}: {error}"),
        }
    });
    let mut all = reader::Read::default();
    for (name, document, layout) in set.take(101) {
        let entries: Vec<String> = layout.contents.iter().map(|entry| entry.title.clone()).collect();
        for (block, of) in document.blocks.iter().zip(&layout.blocks) {
            let parts = of.lines.chunk_by(|one, next| one.part == next.part);
            let ranges: Vec<_> = parts.map(|part| part.iter().map(|line| line.range.clone()).collect()).collect();
            lines::compare(&name, block, &entries, &ranges);
        }
        let docx = write_docx(&document, &layout, &fonts).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(lint(&parts(&docx)), Vec::<String>::new(), "{name}");
        let read = reader::compare(&name, &document, &docx);
        all.headings += read.headings;
        all.tables += read.tables;
        all.cells += read.cells;
        all.merged += read.merged;
        all.cut += read.cut;
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(name + ".docx"), docx).unwrap();
        }
    }
    assert!(all.headings > 300 && all.tables > 200 && all.cells > 10_000 && all.merged > 2_000, "{all:?}");
    assert!(all.cut > 10, "{all:?}");
}

#[test]
fn the_lint_finds_what_it_looks_for() {
    let good = read(&fixture::document()).0;
    let document = &good["word/document.xml"];
    let cell = document.find("</w:tcPr><w:p>").unwrap() + "</w:tcPr>".len();
    let content = &document[cell..cell + document[cell..].find("</w:tc>").unwrap()];
    for (from, to, wrong) in [
        (content, "", "a cell that does not end with a paragraph"),
        ("w:val=\"BodyText\"", "w:val=\"Nobody\"", "unknown style Nobody"),
        ("<w:t>样本局</w:t>", "<w:t>样本\u{85}局</w:t>", "control character"),
        ("<w:fldChar w:fldCharType=\"end\"/>", "", "unclosed field"),
        ("<w:fldChar w:fldCharType=\"begin\"/>", "", "out of place"),
        ("w:name=\"_Toc000000001\"", "w:name=\"_Toc000000002\"", "duplicate bookmark name"),
        ("<w:bookmarkStart w:id=\"0\"", "<w:bookmarkStart w:id=\"1\"", "duplicate bookmark id"),
        ("<w:bookmarkEnd w:id=\"0\"/>", "", "bookmark without end"),
        ("w:anchor=\"_Toc000000001\"", "w:anchor=\"_Toc999999999\"", "dangling anchor"),
        ("PAGEREF _Toc000000001", "PAGEREF _Toc999999999", "dangling anchor"),
        ("<w:gridSpan w:val=\"3\"/>", "<w:gridSpan w:val=\"2\"/>", "columns in a table of"),
        ("<w:vMerge w:val=\"restart\"/>", "", "vMerge without restart"),
        ("<w:tblW w:w=\"8844\"", "<w:tblW w:w=\"8900\"", "in a section of"),
        ("r:id=\"rIdFooter1\"", "r:id=\"rIdFooter9\"", "unknown relationship"),
    ] {
        let mut bad = good.clone();
        let text = bad.get_mut("word/document.xml").unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
        let found = lint(&bad);
        assert!(found.iter().any(|found| found.contains(wrong)), "{from}: {found:?}");
    }
}

#[test]
fn same_input_same_bytes() {
    let document = fixture::document();
    let (docx, _) = written(&document);
    assert_eq!(docx, written(&document).0);
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    assert_eq!(archive.by_index(0).unwrap().name().unwrap(), "[Content_Types].xml");
    for index in 0..archive.len() {
        let file = archive.by_index(index).unwrap();
        let time = file.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (2030, 3, 15, 0));
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644));
    }
}

#[test]
fn the_contents_are_the_printed_ones() {
    let (parts, layout) = read(&fixture::document());
    let document = body(&parts);
    let links: Vec<(String, String)> = document
        .descendants()
        .filter(|node| is(node, "hyperlink"))
        .map(|link| {
            let texts: Vec<&str> =
                link.descendants().filter(|node| is(node, "t")).filter_map(|node| node.text()).collect();
            let (number, title) = texts.split_last().unwrap();
            (title.concat(), (*number).to_owned())
        })
        .collect();
    // In the words of the headings, as after an update: those of tables have their numbers.
    let printed: Vec<(String, String)> = [
        ("一、文字部分", 1),
        ("第一部分　概况", 1),
        ("二、表格部分", 3),
        ("表 1　收支总表", 3),
        ("表 2　“三公”经费支出表", 5),
        ("表 2　“三公”经费支出表", 6),
        ("表 4　绩效目标表", 7),
    ]
    .map(|(title, number)| (title.to_owned(), number.to_string()))
    .to_vec();
    assert_eq!(links, printed);
    let numbers = layout.contents.iter().map(|entry| entry.number.to_string());
    assert_eq!(numbers.collect::<Vec<_>>(), printed.iter().map(|(_, number)| number.clone()).collect::<Vec<_>>());

    // What the field would collect when updated: all styles of both levels, the tables' entries among them.
    let instructions: Vec<&str> =
        document.descendants().filter(|node| is(node, "instrText")).filter_map(|node| node.text()).collect();
    assert_eq!(instructions[0], " TOC \\o \"1-2\" \\h \\z \\u ");
    assert!(!instructions.iter().any(|text| text.starts_with(" TC ")));
    let listed = |paragraph: &roxmltree::Node<'_, '_>| {
        let style = child(*paragraph, "pPr").and_then(|properties| val(properties, "pStyle"));
        style.is_some_and(|style| ["Heading1", "Heading2", "TableTitleEntry2"].contains(&style))
    };
    let paragraphs = document.descendants().filter(|node| is(node, "p")).filter(listed);
    let titles: Vec<String> = paragraphs.map(text).collect();
    assert_eq!(titles, printed.into_iter().map(|(title, _)| title).collect::<Vec<_>>());
    for entry in document.descendants().filter(|node| is(node, "p")).filter(listed).filter(|node| is_entry(*node)) {
        assert!(is(&entry.next_sibling_element().unwrap(), "tbl"), "an entry stands right above its table");
    }
    assert!(!parts["word/settings.xml"].contains("updateFields") && !parts["word/document.xml"].contains("dirty"));
}

#[test]
fn a_number_that_only_the_contents_have_is_in_their_entry() {
    let mut document = fixture::document();
    for block in &mut document.blocks {
        if let Block::Table(table) = block
            && let Some(heading) = table.heading.as_mut().filter(|heading| heading.number == "表 1")
        {
            (heading.number, heading.entry) = (String::new(), "1．收支总表".to_owned());
        }
    }
    let parts = read(&document).0;
    let document = body(&parts);
    let entry = document.descendants().filter(|node| is(node, "hyperlink")).nth(3).unwrap();
    assert_eq!(text(entry), "1．收支总表3");
    let title = document.descendants().find(|node| is(node, "p") && is_entry(*node)).unwrap();
    assert_eq!(text(title), "收支总表");
}

fn is_entry(paragraph: roxmltree::Node<'_, '_>) -> bool {
    child(paragraph, "pPr").and_then(|properties| val(properties, "pStyle")) == Some("TableTitleEntry2")
}

#[test]
fn what_is_listed_otherwise_than_its_level_has_a_style_for_it() {
    let mut document = fixture::document();
    document.blocks = vec![
        Block::Contents(budgetdoc_document::Contents { title: "目录".into() }),
        fixture::heading(1, "甲", Some(1), true),
        fixture::heading(2, "乙", None, false),
        fixture::heading(3, "“丙”", Some(2), false),
        Block::Table(Box::new(fixture::landscape("（一）戊"))),
    ];
    let parts = read(&document).0;
    assert_eq!(lint(&parts), Vec::<String>::new());
    let (text, styles) = (&parts["word/document.xml"], &parts["word/styles.xml"]);
    // Tables have the level of a heading that is not listed, so they are found by name.
    assert!(text.contains(" TOC \\o \"1-1\" \\h \\z \\t \"标题 3（目录 2）,2,表题（目录 2）,2\" "));
    for (id, name, base) in
        [("Heading3Entry2", "标题 3（目录 2）", "Heading3"), ("TableTitleEntry2", "表题（目录 2）", "TableTitle")]
    {
        let style = format!("w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{base}\"/>");
        assert!(styles.contains(&style), "{style}");
        assert_eq!(text.matches(&format!("<w:pStyle w:val=\"{id}\"/>")).count(), 1, "{id}");
    }

    // Where a first level is listed in part, none is found by its level.
    document.blocks.insert(2, fixture::heading(1, "丁", None, true));
    let parts = read(&document).0;
    let text = &parts["word/document.xml"];
    assert!(text.contains(" TOC \\h \\z \\t \"标题 1（目录 1）,1,标题 3（目录 2）,2,表题（目录 2）,2\" "));
    assert!(text.contains("<w:pStyle w:val=\"Heading1\"/>") && text.contains("<w:pStyle w:val=\"Heading1Entry1\"/>"));
}

/// A page that the printed text fills has to end there in Word, too, where another begins.
#[test]
fn lines_that_announce_others_stay_with_them() {
    let paragraph = |text: &str| Block::Paragraph(Paragraph { style: StyleName::Body, text: text.into() });
    let blocks = vec![
        paragraph("其中："),
        paragraph("一是基本支出。"),
        paragraph("包括："),
        Block::PageBreak,
        paragraph("附件："),
    ];
    let (parts, _) = read(&Document { blocks, ..fixture::document() });
    let body = body(&parts);
    let keeping = body
        .descendants()
        .filter(|node| is(node, "p"))
        .filter(|paragraph| child(*paragraph, "pPr").and_then(|properties| child(properties, "keepNext")).is_some());
    assert_eq!(keeping.map(text).collect::<Vec<_>>(), ["其中："]);
}

/// Digits of regular weight look faint beside 黑体.
#[test]
fn letters_and_digits_beside_a_heavy_face_are_bold() {
    let heading = |level, words: &str| {
        Block::Heading(Heading { level, text: words.into(), new_page: false, contents: Some(level - 2) })
    };
    let contents = Block::Contents(budgetdoc_document::Contents { title: "目录".into() });
    let blocks = vec![contents, heading(3, "一、2030年“Women’s”概况"), heading(4, "（一）2030年")];
    let parts = read(&Document { blocks, ..fixture::document() }).0;
    let document = body(&parts);
    let runs = document.descendants().filter(|run| is(run, "r") && !text(*run).is_empty());
    let bold = runs.filter(|run| child(*run, "rPr").is_some_and(|format| child(format, "b").is_some()));
    // The entry with its page, and the heading; entries and headings of lower levels are in 楷体.
    assert_eq!(bold.map(text).collect::<Vec<_>>(), ["2030", "Women’s", "1", "2030", "Women’s"]);
}

#[test]
fn headings_are_as_close_to_the_text_as_printed() {
    let heading = |level| Block::Heading(Heading { level, text: "概况".into(), new_page: false, contents: None });
    let paragraph = || Block::Paragraph(Paragraph { style: StyleName::Body, text: "情况说明。".into() });
    let blocks: Vec<Block> =
        (0..4).flat_map(|_| [heading(2), paragraph()]).chain((0..8).map(|_| paragraph())).collect();
    let (parts, layout) = read(&Document { blocks, ..fixture::document() });
    assert_eq!(layout.pages.len(), 1);
    let (before, after) = layout.blocks[2].spaces.unwrap();
    let body = body(&parts);
    let second = body.descendants().filter(|node| is(node, "p") && text(*node) == "概况").nth(1).unwrap();
    let spacing = child(child(second, "pPr").unwrap(), "spacing").unwrap();
    let of = |name: &str| spacing.attribute((W, name)).unwrap().parse::<i32>().unwrap();
    assert!(of("before") <= before.twips() && of("after") <= after.twips(), "{before:?} {after:?}");
    assert!(of("before") > 0);
}

#[test]
fn stragglers_at_the_end_of_a_full_page_are_taken_in() {
    let closer = |length: usize, followed: bool| {
        let mut document = fixture::document();
        document.blocks = (0..20).map(|_| fixture::paragraph("预算执行。")).collect();
        let text = "比2021年增加3万元，".repeat(8);
        document.blocks.push(fixture::paragraph(&text.chars().take(length).collect::<String>()));
        if followed {
            document.blocks.push(fixture::heading(1, "甲", Some(1), true));
        }
        let parts = read(&document).0;
        assert_eq!(lint(&parts), Vec::<String>::new());
        parts["word/document.xml"].matches("BodyTextTight").count()
    };
    let (with, without): (Vec<usize>, Vec<usize>) =
        (54..70).map(|length| (closer(length, true), closer(length, false))).unzip();
    assert!(with.contains(&1) && with.contains(&0), "{with:?}");
    assert!(without.iter().all(|count| *count == 0));
}

#[test]
fn heads_come_again_and_rows_stay_whole() {
    let parts = read(&fixture::document()).0;
    let document = body(&parts);
    let repeated: Vec<Vec<String>> = document
        .descendants()
        .filter(|node| is(node, "tbl"))
        .map(|table| {
            let rows = table.children().filter(|node| is(node, "tr"));
            rows.filter(|row| child(child(*row, "trPr").unwrap(), "tblHeader").is_some()).map(text).collect()
        })
        .collect();
    assert_eq!(repeated[0], ["项目名称预算数（万元）绩效目标"]);
    assert_eq!(repeated[1], ["部门名称：样本局单位：万元", "类别2030年", "项目预算数"]);
    // What has a head of its own is a table of its own, so that every head comes again.
    assert_eq!(repeated[4..], [vec!["2030年度", "任务内容金额"], vec!["指标名称值"]]);

    let splits = |row: &roxmltree::Node<'_, '_>| child(child(*row, "trPr").unwrap(), "cantSplit").is_none();
    let split: Vec<String> = document.descendants().filter(|node| is(node, "tr")).filter(splits).map(text).collect();
    assert_eq!(split.len(), 1, "only the row with the long cell may break");
    assert!(split[0].starts_with("宣传"));
}

/// LibreOffice 7.4 does not heighten the rows of a head for a merged cell where it repeats them.
#[test]
fn the_rows_of_a_head_are_as_high_as_printed() {
    let mut table = fixture::flowing();
    let label = Cell::new("事业单位经营支出").span(1, 2).header();
    table.head = vec![
        fixture::row([label, Cell::new("预算").span(2, 1).header()]),
        fixture::row([Cell::new("合计").header(), Cell::new("目标").header()]),
    ];
    table.columns[0].width = Some(Length::mm(12));
    let (parts, layout) = read(&Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() });
    let document = body(&parts);
    let heights = document.descendants().filter(|node| is(node, "trHeight"));
    let heights: Vec<i32> = heights.map(|node| node.attribute((W, "val")).unwrap().parse().unwrap()).collect();
    let printed = &layout.blocks[0].table.as_ref().unwrap().heights;
    // Four lines in two rows; the third is the first of the body. Word rounds each row.
    assert!(printed[0] > Length::mm(9) && heights[2] < 430, "{printed:?}, {heights:?}");
    assert_eq!(heights[..2], [printed[0], printed[1]].map(|height| (height - Length::milli_pt(240)).twips()));
}

/// Parts of a table that have a head of their own are printed as one table: their frame has no gap, and a rule between
/// them is an inner one.
#[test]
fn parts_of_a_table_are_joined() {
    let parts = read(&fixture::document()).0;
    let document = body(&parts);
    let joint = document.descendants().find(|node| style_of(*node) == Some("TableJoint")).unwrap();
    let (above, below) = (joint.prev_sibling_element().unwrap(), joint.next_sibling_element().unwrap());
    let rule = |table, side| {
        let rule = child(child(child(table, "tblPr")?, "tblBorders")?, side)?;
        Some((rule.attribute((W, "val")).unwrap(), rule.attribute((W, "sz"))))
    };
    assert_eq!([rule(above, "top"), rule(above, "bottom")], [None, Some(("nil", None))]);
    assert_eq!([rule(below, "top"), rule(below, "bottom")], [Some(("single", Some("4"))), None]);
    let styles = roxmltree::Document::parse(&parts["word/styles.xml"]).unwrap();
    let mut styles = styles.descendants().filter(|node| is(node, "style"));
    let style = styles.find(|style| style.attribute((W, "styleId")) == Some("TableJoint")).unwrap();
    assert!(child(child(style, "rPr").unwrap(), "vanish").is_some());
}

/// Word repeats no label over several rows, and nothing above a second head: where a page ends in such a table, what the
/// next page repeats in print is written again.
#[test]
fn labels_and_captions_come_again_where_a_table_of_several_heads_goes_on() {
    let label = Cell::new("产出指标").span(1, 40).header();
    let mut rows: Vec<_> = (2..=40).map(|number| fixture::words(&[&format!("指标{number}"), "≥95%"])).collect();
    rows.insert(0, fixture::row([label, Cell::new("指标1"), Cell::new("≥95%")]));
    let written = |orientation| {
        let mut table = Table { orientation, ..fixture::several_bodies() };
        table.bodies[1].rows = rows.clone();
        let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
        let parts = read(&document).0;
        assert_eq!(lint(&parts), Vec::<String>::new());
        let document = body(&parts);
        let last = document.descendants().rfind(|node| is(node, "tbl")).unwrap();
        let above = last.prev_sibling_element().unwrap();
        let direct = child(above, "pPr").and_then(|format| child(format, "pageBreakBefore")).is_some();
        let rows: Vec<String> = last.children().filter(|node| is(node, "tr")).map(text).collect();
        let joints = document.descendants().filter(|node| style_of(*node) == Some("TableJoint")).count();
        let bottoms = document.descendants().filter(|node| val(*node, "bottom") == Some("nil")).count();
        assert_eq!((joints, bottoms), (1, 1), "only the rule at the joint is the next part's");
        let header =
            parts.get("word/header1.xml").map(|header| text(roxmltree::Document::parse(header).unwrap().root()));
        (style_of(above).map(str::to_owned), text(above), direct, rows, header)
    };
    let (style, title, breaks, rows, header) = written(None);
    assert_eq!(header, None);
    assert_eq!((style.as_deref(), title.as_str(), breaks), (Some("TableContinued"), "表 4　绩效目标表", true));
    assert_eq!(rows[..2], ["2030年度", "指标名称值"]);
    assert!(rows[2].starts_with("产出指标指标") && !rows[3].contains("产出"), "{rows:?}");
    // Title and caption are in the header of the section that the table fills.
    let (style, title, _, rows, header) = written(Some(Orientation::Portrait));
    assert_eq!((style.as_deref(), title.as_str()), (Some("PageStart"), ""));
    assert_eq!(header.as_deref(), Some("表 4　绩效目标表2030年度"));
    assert!(rows[0] == "指标名称值" && rows[1].starts_with("产出指标指标"), "{rows:?}");
}

/// Word sets what stands beside a text that goes on at the top of its first page only.
#[test]
fn a_row_that_goes_on_is_cut_and_its_name_comes_again() {
    let content = "开展妇女（儿童）工作。".repeat(200);
    let long = fixture::row([Cell::new("妇女儿童事务"), Cell::new(content.clone()), amount("535")]);
    let mut table = fixture::several_bodies();
    table.columns[1].width = Some(Length::mm(50));
    table.bodies[0].rows = vec![long, fixture::words(&["培训", "乙", "2"])];
    let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
    let (parts, layout) = read(&document);
    assert_eq!(lint(&parts), Vec::<String>::new());
    let body = body(&parts);
    let rows: Vec<Vec<String>> = body
        .descendants()
        .filter(|node| is(node, "tr"))
        .map(|row| row.children().filter(|cell| is(cell, "tc")).map(text).collect())
        .filter(|cells: &Vec<String>| cells[0].starts_with("妇女"))
        .collect();
    assert_eq!(rows.len(), layout.pages.len());
    assert!(rows.iter().all(|cells| cells[0] == "妇女儿童事务"));
    // Who adds up the rows would count it twice.
    assert!(rows[0][2] == "535" && rows[1..].iter().all(|cells| cells[2].is_empty()));
    assert_eq!(rows.iter().map(|cells| cells[1].as_str()).collect::<String>(), content);
    // A page of Word has as many lines as the printed one, each of at most twelve characters, as it squeezes no marks.
    for (page, cells) in rows[..rows.len() - 1].iter().enumerate() {
        let lines = layout.blocks[0].lines.iter().filter(|line| line.natural_width > Length::mm(40));
        let (count, printed) = (cells[1].chars().count(), lines.filter(|line| line.page == page).count());
        assert!((printed * 11..=printed * 12).contains(&count), "{count} characters in {printed} lines");
    }
}

/// Returns the style of a paragraph.
fn style_of<'a>(node: roxmltree::Node<'a, '_>) -> Option<&'a str> {
    val(child(node, "pPr").filter(|_| is(&node, "p"))?, "pStyle")
}

/// No measure makes 示例区 / 文化和旅游局, as printed: the first line has room for more. At the width of the cell Word would
/// break 旅游局.
#[test]
fn a_name_that_cannot_break_as_printed_breaks_no_word() {
    let rows = vec![fixture::row([Cell::new("示例区文化和旅游局"), amount("1"), Cell::new("略")])];
    let mut table = Table { bodies: vec![TableBody { rows, ..TableBody::default() }], ..fixture::flowing() };
    table.columns[0].width = Some(Length::mm(36));
    let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
    let parts = read(&document).0;
    let document = body(&parts);
    let cell = document.descendants().find(|node| is(node, "tc") && text(*node).starts_with("示例区")).unwrap();
    let indent = cell.descendants().find(|node| is(node, "ind")).unwrap();
    let twips = |side| indent.attribute((W, side)).unwrap().parse::<i32>().unwrap();
    // 36 mm less the padding, by characters of 10.5 pt.
    let measure = 2041 - 2 * 96 - twips("left") - twips("right");
    assert!((5 * 210..6 * 210).contains(&measure), "示例区文化 / 和旅游局, not {measure} twips");
}

/// Each line but the longest would take in a character of the next.
#[test]
fn a_centred_name_with_one_line_longer_than_the_others_breaks_no_word() {
    let name = Cell { align: Some(Align::Center), ..Cell::new("服务对象满意度") };
    let rows = vec![fixture::row([name, amount("1"), Cell::new("略")])];
    let mut table = Table { bodies: vec![TableBody { rows, ..TableBody::default() }], ..fixture::flowing() };
    table.columns[0].width = Some(Length::mm(15));
    let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
    let parts = read(&document).0;
    let document = body(&parts);
    let cell = document.descendants().find(|node| is(node, "tc") && text(*node).starts_with("服务")).unwrap();
    let blank = |run| child(child(run, "rPr")?, "spacing")?.attribute((W, "val"));
    let spaced = cell.descendants().filter(|node| is(node, "r")).filter_map(|run| Some((text(run), blank(run)?)));
    assert_eq!(spaced.collect::<Vec<_>>(), [("务".to_owned(), "15"), ("象".to_owned(), "30")]);
    let indent = cell.descendants().find(|node| is(node, "ind")).unwrap();
    let twips = |side| indent.attribute((W, side)).unwrap().parse::<i32>().unwrap();
    // Half the blank of the first line is before it, and a quarter of the others' at their left.
    assert_eq!((twips("firstLine"), twips("left") - twips("right")), (15, 15));
}

/// LibreOffice 7.4 came to no end with a cell taller than its page over rows that had to stay whole.
#[test]
fn rows_beside_a_cell_taller_than_the_page_may_break() {
    let long = "推动妇女发展。".repeat(200);
    let rows = vec![
        fixture::words(&["宣传", "1", "略"]),
        fixture::row([Cell::new("培训"), amount("2"), Cell::new(long.as_str()).span(1, 3)]),
        fixture::words(&["会议", "3"]),
        fixture::words(&["调研", "4"]),
        fixture::words(&["合计", "10", "略"]),
    ];
    let bodies = vec![TableBody { rows, ..TableBody::default() }];
    let table = Table { bodies, ..fixture::flowing() };
    let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
    let parts = read(&document).0;
    let document = body(&parts);
    let whole = |row: roxmltree::Node<'_, '_>| child(child(row, "trPr").unwrap(), "cantSplit").is_some();
    let rows: Vec<bool> = document.descendants().filter(|node| is(node, "tr")).map(whole).collect();
    assert_eq!(rows, [true, true, false, false, false, true]);
}

/// LibreOffice cannot break a row with a vertical cell, so beside rows that may break there is none.
#[test]
fn labels_are_vertical_where_no_row_beside_them_may_break() {
    let label = || Cell::new("年度绩效指标").span(1, 2).header().vertical();
    let written = |content: &str| {
        let rows = vec![fixture::row([label(), Cell::new("1"), Cell::new(content)]), fixture::words(&["2", "略"])];
        let bodies = vec![TableBody { rows, ..TableBody::default() }];
        let mut table = Table { bodies, ..fixture::flowing() };
        table.columns[0].width = Some(Length::mm(8));
        let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
        let parts = read(&document).0;
        assert_eq!(lint(&parts), Vec::<String>::new());
        parts["word/document.xml"].matches("<w:textDirection w:val=\"tbRlV\"/>").count()
    };
    assert_eq!(written("略"), 1);
    assert_eq!(written(&"推动妇女发展。".repeat(200)), 0);
}

#[test]
fn sections_follow_the_paper_and_the_numbers() {
    let parts = read(&fixture::document()).0;
    let document = body(&parts);
    let sections: Vec<(Option<&str>, usize, Option<&str>)> = document
        .descendants()
        .filter(|node| is(node, "sectPr"))
        .map(|section| {
            let orientation = child(section, "pgSz").unwrap().attribute((W, "orient"));
            let footers = section.children().filter(|node| is(node, "footerReference")).count();
            (orientation, footers, child(section, "pgNumType").unwrap().attribute((W, "start")))
        })
        .collect();
    let turned = Some("landscape");
    // Cover, contents, text, the portrait table on two pages, two landscape tables, the rest.
    let (none, first) = ((None, 0, None), (None, 1, None));
    assert_eq!(sections, [none, none, (None, 2, Some("1")), first, (turned, 0, None), none]);
    // LibreOffice centres the whole characters of a grid, so that notes would stand off the edge of a turned table.
    let grids = document.descendants().filter(|node| is(node, "docGrid")).map(|grid| grid.attribute((W, "type")));
    let (text, tables) = (Some("linesAndChars"), Some("lines"));
    assert_eq!(grids.collect::<Vec<_>>(), [text, text, text, text, tables, text]);
    // Each table that has its pages to itself starts one: by its section, by the heading it follows or by its entry.
    let entries = document.descendants().filter(|node| is(node, "p") && is_entry(*node));
    let breaks = entries.filter(|entry| child(child(*entry, "pPr").unwrap(), "pageBreakBefore").is_some());
    assert_eq!(breaks.count(), 1);
}

/// Word gives a vertical label no room: its rows have their printed height, and stay together.
#[test]
fn rows_of_a_vertical_label_are_as_tall_as_printed() {
    let label = Cell::new("年度绩效指标").span(1, 2).header().vertical();
    let rows = vec![
        fixture::row([label, Cell::new("1"), Cell::new("略")]),
        fixture::words(&["2", "略"]),
        fixture::words(&["合计", "3", "略"]),
    ];
    let table = Table { bodies: vec![TableBody { rows, ..TableBody::default() }], ..fixture::flowing() };
    let document = Document { blocks: vec![Block::Table(Box::new(table))], ..fixture::document() };
    let parts = read(&document).0;
    let document = body(&parts);
    let height = |row| child(child(row, "trPr")?, "trHeight")?.attribute((W, "val"))?.parse::<i32>().ok();
    let heights: Vec<i32> = document.descendants().filter(|node| is(node, "tr")).filter_map(height).collect();
    let [.., first, second, total] = heights[..] else { panic!("{heights:?}") };
    // Six characters of 五号 with a fifth of a character between them.
    assert!(first == second && first + second >= 6 * 21 * 10 * 12 / 10 && total < first, "{heights:?}");
}

/// The pages of a table after the first have its title in their header, where Word finds it by its style.
#[test]
fn the_title_of_a_table_stands_on_all_its_pages() {
    let mut document = fixture::document();
    document.page.continued = Some("（续表）".to_owned());
    let parts = read(&document).0;
    assert_eq!(lint(&parts), Vec::<String>::new());
    let header = roxmltree::Document::parse(&parts["word/header1.xml"]).unwrap();
    assert_eq!(text(header.root()), "表 1　收支总表（续表）");
    assert!(parts["word/header1.xml"].contains(" STYLEREF \"表题（目录 2）\" "));
    assert_eq!(text(roxmltree::Document::parse(&parts["word/header2.xml"]).unwrap().root()), "");
    let document = body(&parts);
    let sections = document.descendants().filter(|node| is(node, "sectPr"));
    let headers: Vec<(usize, bool)> = sections
        .map(|section| {
            let count = section.children().filter(|node| is(node, "headerReference")).count();
            (count, child(section, "titlePg").is_some())
        })
        .collect();
    let (none, blank) = ((0, false), (2, false));
    assert_eq!(headers, [none, none, none, (2, true), blank, blank]);
}

#[test]
fn styles_carry_the_look() {
    let parts = read(&fixture::document()).0;
    let styles = roxmltree::Document::parse(&parts["word/styles.xml"]).unwrap();
    let style = |id: &str| {
        styles.descendants().find(|node| is(node, "style") && node.attribute((W, "styleId")) == Some(id)).unwrap()
    };
    assert_eq!(style("Normal").attribute((W, "default")), Some("1"));
    let heading = style("Heading1");
    assert_eq!(val(heading, "name"), Some("heading 1"));
    assert_eq!(val(child(heading, "pPr").unwrap(), "outlineLvl"), Some("0"));
    let text = child(style("BodyText"), "pPr").unwrap();
    assert_eq!(child(text, "ind").unwrap().attribute((W, "firstLineChars")), Some("200"));
    // Normal governs: its face, size and pitch are those of the text, and the text's own style repeats none of them.
    assert!(child(text, "spacing").is_none() && child(text, "jc").is_none());
    let own = child(style("BodyText"), "rPr").unwrap();
    assert!(child(own, "rFonts").is_none() && child(own, "sz").is_none());
    let spacing = child(child(style("Normal"), "pPr").unwrap(), "spacing").unwrap();
    // 22 lines of 579 twips fit into 225 mm; 22 of 580 do not. A line with a picture is as tall as that.
    assert_eq!((spacing.attribute((W, "line")), spacing.attribute((W, "lineRule"))), (Some("579"), Some("atLeast")));
    let fonts = |id: &str| child(child(style(id), "rPr").unwrap(), "rFonts").unwrap();
    let attributes = |id: &str| ["asciiTheme", "eastAsiaTheme", "eastAsia"].map(|name| fonts(id).attribute((W, name)));
    assert_eq!(attributes("Normal"), [Some("minorHAnsi"), Some("minorEastAsia"), None]);
    assert_eq!(attributes("Title"), [Some("majorHAnsi"), Some("majorEastAsia"), None]);
    assert_eq!(attributes("Heading3"), [None, None, Some("黑体")]);
    let theme = &parts["word/theme/theme1.xml"];
    for face in
        ["latin typeface=\"Times New Roman\"", "ea typeface=\"仿宋_GB2312\"", "latin typeface=\"方正小标宋简体\""]
    {
        assert!(theme.contains(face), "{face}");
    }
    let figure = child(child(style("Figure"), "pPr").unwrap(), "spacing").unwrap();
    assert_eq!(figure.attribute((W, "lineRule")), Some("auto"));
    // 22 lines of 28 characters, as the page setup shows them.
    assert!(parts["word/document.xml"].contains("w:type=\"linesAndChars\" w:linePitch=\"579\" w:charSpace=\"-847\""));
    // Only titles that the table of contents lists have an outline level.
    assert_eq!(val(child(style("TableTitle"), "pPr").unwrap(), "outlineLvl"), None);
    assert_eq!(val(child(style("TableTitleEntry2"), "pPr").unwrap(), "outlineLvl"), Some("1"));
}

/// What a style can carry no paragraph says: then a change of the style is a change of the document.
#[test]
fn paragraphs_say_nothing_a_style_could() {
    let parts = read(&fixture::document()).0;
    let document = body(&parts);
    for properties in document.descendants().filter(|node| is(node, "pPr")) {
        let style = val(properties, "pStyle").unwrap();
        for property in properties.children() {
            let name = property.tag_name().name();
            // Where lines and pages end is no matter of style, nor how wide a table is or where its page begins.
            let pages = ["pStyle", "pageBreakBefore", "sectPr", "spacing"].contains(&name)
                || (name == "keepNext" && style.starts_with("TableNote"));
            let breaks =
                name == "ind" && ["TableTitle", "TableHead", "TableLabel"].contains(&style.trim_end_matches("Keep"));
            assert!(pages || breaks || (name == "tabs" && style == "TableCaption"), "{style}: {name}");
        }
    }
    for properties in document.descendants().filter(|node| is(node, "rPr")) {
        for property in properties.children() {
            assert!(["rStyle", "rFonts", "b"].contains(&property.tag_name().name()));
            assert!(!is(&property, "rFonts") || property.attributes().all(|attribute| attribute.name() == "hint"));
        }
    }
    // Three kinds of figures in one column: each kind a style of its own.
    let styles = &parts["word/styles.xml"];
    for style in ["TableTextLevel1", "TableNoteFirst", "TableAmountShort75Keep", "TableTextKeep"] {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
        assert!(parts["word/document.xml"].contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
    }
}

#[test]
fn a_table_without_rows_is_left_out() {
    let mut document = fixture::document();
    let wanted = read(&document).0;
    let empty = Table { head: Vec::new(), bodies: Vec::new(), ..fixture::landscape("（五）空表") };
    document.blocks.insert(9, Block::Table(Box::new(empty)));
    assert_eq!(read(&document).0["word/document.xml"], wanted["word/document.xml"]);
}

#[test]
fn properties_say_what_it_is() {
    let parts = read(&fixture::document()).0;
    let core = &parts["docProps/core.xml"];
    for part in ["2030年样本局部门预算", "预算, 公开", "2030-03-15T00:00:00Z", "<dc:language>zh-CN<"] {
        assert!(core.contains(part), "{part}");
    }
    let custom = &parts["docProps/custom.xml"];
    assert!(custom.contains(env!("CARGO_PKG_VERSION")) && custom.contains("sha256:0123456789abcdef"));
    assert!(parts["word/document.xml"].contains("<w:tblDescription w:val=\"收入和支出\"/>"));
}

#[test]
fn control_characters_are_refused_with_their_place() {
    let mut document = fixture::document();
    let (_, layout) = written(&document);
    let place = Some(Place { line: 7, column: 3 });
    document.blocks.push(fixture::paragraph("a\u{b}b"));
    if let Some(Block::Paragraph(paragraph)) = document.blocks.last_mut() {
        paragraph.text.origin = place;
    }
    match write_docx(&document, &layout, &fonts()) {
        Err(RenderError::ControlCharacter { character: '\u{b}', place: found }) => assert_eq!(found, place),
        other => panic!("{:?}", other.map(|docx| docx.len())),
    }
}

#[test]
fn a_layout_of_another_document_is_refused() {
    let mut document = fixture::document();
    let (_, layout) = written(&document);
    document.blocks.push(fixture::heading(1, "三、又一部分", Some(1), true));
    assert!(matches!(write_docx(&document, &layout, &fonts()), Err(RenderError::Write { format: "DOCX", .. })));
}
