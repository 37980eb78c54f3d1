//! Word files as another program reads them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper is a failed test with a place, too")]

mod charts;
mod fixture;
mod random;
mod tables;

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

/// Returns the style of a paragraph.
fn style_of<'a>(node: roxmltree::Node<'a, '_>) -> Option<&'a str> {
    val(child(node, "pPr").filter(|_| is(&node, "p"))?, "pStyle")
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
