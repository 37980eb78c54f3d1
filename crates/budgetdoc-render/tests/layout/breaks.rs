//! Where tables break over pages.

use super::*;

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
    assert_eq!(layout.blocks[0].table.as_ref().unwrap().widths.iter().copied().sum::<Length>(), style.text_width());
}

#[test]
fn a_row_taller_than_its_page_breaks_inside_and_repeats_its_labels() {
    let long = "按照工作部署推动各项任务落实，".repeat(160);
    let mut table = long_table(3, 3);
    table.bodies[0]
        .rows
        .insert(0, row(vec![Cell::new("总体目标").header(), Cell::new(long.as_str()), amount("535.00")]));
    let layout = set(vec![Block::Table(Box::new(table))]);
    assert!(layout.pages.len() >= 2);
    let style = PageStyle::gb9704();
    for (index, page) in layout.pages.iter().enumerate() {
        let (own, repeated) = (page_text(page, false), page_text(page, true));
        let labels = if index == 0 { own } else { repeated };
        assert!(labels.contains("总体目标"), "page {index}");
        assert_eq!(labels.contains("535.00"), index == 0, "page {index}: an amount is printed once");
        check_rules(page, style.text_width(), style.margins.left);
        let bottom = style.margins.top + style.text_height();
        assert!(rules(page).iter().all(|rule| rule.y + rule.height <= bottom));
    }
    assert!(node_texts(&layout).values().any(|text| *text == long), "the text is one leaf and whole");
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
            .map(|index| row(vec![Cell::new("乙"), Cell::new(format!("任务{index:02}")), amount("7")]))
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
        let mut row = row(vec![Cell::new(name), amount("1310")]);
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
                table.bodies[0].rows.insert(0, row(vec![Cell::new(format!("前{index}")), amount("0")]));
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
fn nested(units: usize, chance: &mut Chance) -> Table {
    let mut rows = Vec::new();
    for unit in 0..units {
        let name = format!("第{unit}小学{}", "附属实验学校".repeat(if unit % 3 == 0 { chance.below(6) } else { 0 }));
        let figure = || amount("1,310");
        rows.push(row(vec![Cell::new(name), Cell::new(""), figure()]).recurs());
        for level in 0..1 + chance.below(20) {
            // A subject of two levels below each, now and then one without items.
            let depth = 1 + [0, 1, 2, 2][level % 4].min(level) as u8;
            let words = "科目".repeat(1 + chance.below(12));
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
    for_any(39, |chance| {
        let table = nested(12, chance);
        let rows = &table.bodies[0].rows;
        // Rows are told by their level: the figures say which they are.
        let mut numbered = table.clone();
        for (index, row) in numbered.bodies[0].rows.iter_mut().enumerate() {
            row.cells[2] = amount(&format!("9{index:04}"));
        }
        let layout = set(vec![Block::Table(Box::new(numbered))]);
        for pair in layout.pages.windows(2) {
            let indices = |page: &Page| -> Vec<usize> {
                let figures = page.items.iter().map(text).filter(|text| text.len() == 5 && text.starts_with('9'));
                figures.map(|text| text[1..].parse().unwrap()).collect()
            };
            let (last, first) = (*indices(&pair[0]).last().unwrap(), indices(&pair[1])[0]);
            assert_eq!(first, last + 1);
            assert!(rows[first].level <= rows[last].level, "row {last} stands alone");
            if rows[first].level > 0 {
                let unit = (0..first).rev().find(|row| rows[*row].level == 0).unwrap();
                let name = rows[unit].cells[0].content.to_string();
                let again: String = pair[1].items.iter().filter(|item| item.node.is_none()).map(text).collect();
                assert!(again.contains(&name), "{name} does not come again");
            }
        }
    });
}

#[test]
fn totals_that_follow_each_other_go_with_the_row_above_the_first() {
    for lines in 0..60 {
        let mut table = totals(2, 2, lines);
        let closing = ["合计", "上年结余", "总计"].map(|name| row(vec![Cell::new(name), amount("0")]));
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
fn a_row_breaks_where_it_would_leave_a_fifth_of_the_page_blank_and_has_three_lines_on_either_side() {
    let style = PageStyle::gb9704();
    let mut broken = 0;
    for lines in 1..110 {
        let mut table = totals(12, 13, 0);
        let row = &mut table.bodies[0].rows[7];
        row.cells[0] = Cell::new("按照工作部署推动各项任务落实，".repeat(lines * 2));
        let layout = set(vec![Block::Table(Box::new(table))]);
        let mut pages: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (node, count) in layout.pages.iter().flat_map(lines_by_node) {
            pages.entry(node).or_default().push(count);
        }
        for counts in pages.into_values().filter(|counts| counts.len() > 1) {
            assert!(counts.iter().all(|count| *count >= 3), "{counts:?} lines on the pages");
            broken += 1;
        }
        let (_, full) = layout.pages.split_last().unwrap();
        for page in full {
            let end = rules(page).iter().map(|rule| rule.y + rule.height).max().unwrap();
            let blank = style.margins.top + style.text_height() - end;
            assert!(blank <= style.text_height() / 5, "{blank:?} of a page is blank with {lines} lines");
        }
    }
    assert!(broken >= 70, "{broken} cells were broken");
}

#[test]
fn a_text_longer_than_the_rows_beside_it_flows_on_over_pages() {
    let mut table = long_table(2, 2);
    table.columns[0].width = Some(Length::mm(16));
    let label = "全面落实各项任务".repeat(62);
    table.bodies[0].rows[0].cells[0] = Cell::new(label.as_str()).span(1, 2);
    let layout = set(vec![Block::Table(Box::new(table))]);
    // Three characters to a line, and 35 lines or more to a page.
    assert!((4..=6).contains(&layout.pages.len()), "{} pages", layout.pages.len());
    assert!(node_texts(&layout).values().any(|text| *text == label), "the text is one leaf and whole");
}

#[test]
fn a_label_down_its_rows_stands_on_every_page_that_has_some_of_them() {
    let long = "推动各项任务落实，".repeat(30);
    for (count, labelled, words) in (0..45).flat_map(|count| [(count, 2, "乙"), (count, 9, "乙"), (count, 3, &*long)])
    {
        let row_of = |label: Option<Cell>, words: &str| row(label.into_iter().chain([Cell::new(words)]).collect());
        let mut rows: Vec<Row> = (0..count).map(|_| row_of(Some(Cell::new("甲")), "丙")).collect();
        let label = Cell::new("年度绩效指标").span(1, labelled).header().vertical();
        rows.push(row_of(Some(label), words));
        rows.extend((1..labelled).map(|_| row_of(None, words)));
        let table = Table {
            orientation: Some(Orientation::Portrait),
            columns: columns(&[ColumnKind::Label, ColumnKind::Text]),
            bodies: vec![TableBody { head: Vec::new(), rows }],
            ..Table::default()
        };
        for page in &set(vec![Block::Table(Box::new(table))]).pages {
            let all = format!("{}{}", page_text(page, false), page_text(page, true));
            let has_rows = all.contains('乙') || all.contains("任务");
            assert_eq!(all.contains("年度绩效指标"), has_rows, "{count} rows before {labelled}: {all}");
        }
    }
}
