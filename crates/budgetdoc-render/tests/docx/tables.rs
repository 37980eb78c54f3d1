//! Tables: heads, labels, names and rows that go on.

use super::*;

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

/// Word sets text beside a text that goes on at the top of its first page only.
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
fn a_table_without_rows_is_left_out() {
    let mut document = fixture::document();
    let wanted = read(&document).0;
    let empty = Table { head: Vec::new(), bodies: Vec::new(), ..fixture::landscape("（五）空表") };
    document.blocks.insert(9, Block::Table(Box::new(empty)));
    assert_eq!(read(&document).0["word/document.xml"], wanted["word/document.xml"]);
}
