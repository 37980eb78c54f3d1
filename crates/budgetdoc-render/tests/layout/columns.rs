//! Widths and contents of tables.

use super::*;

#[test]
fn structure_of_a_table() {
    let layout = set(vec![Block::Table(Box::new(long_table(2, 2)))]);
    let children = |node: NodeId| layout.nodes[node].children.clone();
    let tag = |node: NodeId| &layout.nodes[node].tag;
    let top = children(0);
    assert!(matches!(tag(top[0]), Tag::Heading { level: 2, .. }));
    assert_eq!((tag(top[1]), tag(top[2])), (&Tag::Paragraph, &Tag::Paragraph));
    assert_eq!(tag(top[3]), &Tag::Table { summary: "收入与支出".into() });
    let groups = children(top[3]);
    assert_eq!((tag(groups[0]), tag(groups[1])), (&Tag::TableHead, &Tag::TableBody));
    let first = children(children(groups[1])[0]);
    assert_eq!(tag(first[0]), &Tag::HeaderCell { row: true, columns: 1, rows: 2 });
    assert_eq!(tag(first[1]), &Tag::Cell { columns: 1, rows: 1, heads: Box::default() });
    assert!(children(first[1]).is_empty(), "a single text is in its cell itself");
    assert_eq!(tag(top[4]), &Tag::Paragraph, "the note");
}

#[test]
fn cells_below_the_head_of_another_body_name_their_own_heads() {
    let head = row(vec![Cell::new("总体目标").header(), Cell::new("名称"), Cell::new("金额")]);
    let mut table = long_table(1, 1);
    table.columns = columns(&[ColumnKind::Label, ColumnKind::Text, ColumnKind::Amount]);
    table.head.clear();
    let goal = row(vec![Cell::new("年度目标").header(), Cell::new("完成全年任务。").span(2, 1)]);
    let rows = vec![row(vec![Cell::new("任务").header(), Cell::new("培训"), amount("13")])];
    table.bodies = vec![TableBody { head: vec![head], rows }, TableBody { head: Vec::new(), rows: vec![goal] }];
    let layout = set(vec![Block::Table(Box::new(table))]);
    let cells = layout.nodes.iter().filter_map(|node| match &node.tag {
        Tag::Cell { heads, .. } => Some(heads.iter().map(|head| node_texts(&layout)[head].clone()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(cells.collect::<Vec<_>>(), [vec![], vec![], vec!["年度目标".to_owned()]]);
}

#[test]
fn figures_never_break_and_stand_flush() {
    let mut table = long_table(1, 1);
    table.columns = columns(&[ColumnKind::Text, ColumnKind::Amount, ColumnKind::Amount]);
    table.head.clear();
    let long = "为保障各项工作顺利开展而安排的项目支出".repeat(6);
    table.bodies[0].rows =
        vec![row(vec![Cell::new(long.as_str()), amount("1,234,567.89"), amount("0.5").align(Align::Right)])];
    let layout = set(vec![Block::Table(Box::new(table))]);
    let runs: Vec<&str> = layout.pages[0].items.iter().map(text).collect();
    assert!(runs.contains(&"1,234,567.89"));
}

#[test]
fn tables_of_any_shape_keep_their_texts_and_their_page() {
    let words =
        ["行政运行", "机关事业单位基本养老保险缴费支出", "1,310.25", "≥400人次", "推动各项任务落实，", "PDF/A-2a"];
    for_any(40, |chance| {
        let kinds: Vec<ColumnKind> = (0..2 + chance.below(5))
            .map(|_| [ColumnKind::Label, ColumnKind::Text, ColumnKind::Code, ColumnKind::Amount][chance.below(4)])
            .collect();
        let mut expected = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        // Blocks of rows under a label that covers them.
        for _ in 0..1 + chance.below(8) {
            let span = 1 + chance.below(6);
            for index in 0..span {
                let mut cells = Vec::new();
                if index == 0 {
                    let label = format!("标签{}", words[chance.below(2)]);
                    cells.push(Cell::new(label.as_str()).span(1, span as u16));
                    expected.push(label);
                }
                for kind in &kinds[1..] {
                    let times =
                        if *kind == ColumnKind::Text && chance.below(6) == 0 { 1 + chance.below(120) } else { 1 };
                    let text = words[chance.below(words.len())].repeat(times);
                    cells.push(Cell::new(text.as_str()));
                    expected.push(text);
                }
                rows.push(row(cells));
            }
        }
        let table = Table {
            orientation: [None, Some(Orientation::Portrait), Some(Orientation::Landscape), Some(Orientation::Double)]
                [chance.below(4)],
            columns: columns(&kinds),
            bodies: vec![TableBody { head: Vec::new(), rows }],
            ..Table::default()
        };
        let layout = match layout(&document(vec![paragraph("说明。"), Block::Table(Box::new(table))]), fonts()) {
            Err(RenderError::TableTooWide { .. }) => return,
            other => other.expect("it can be set"),
        };
        let mut texts: Vec<String> = node_texts(&layout).into_values().collect();
        texts.retain(|text| text != "说明。");
        texts.sort();
        expected.sort();
        assert_eq!(texts, expected);
        let style = PageStyle::gb9704();
        for page in &layout.pages {
            let margins = style.sheet(page.orientation).margins;
            let bottom = page.height - margins.bottom;
            for rule in rules(page) {
                assert!(rule.y >= margins.top && rule.y + rule.height <= bottom, "{rule:?}");
            }
            for item in page.items.iter().filter(|item| item.node.is_some()) {
                let Mark::Glyphs(run) = &item.mark else { continue };
                assert!(run.y <= bottom, "{:?} below the text block", run.text);
                let end = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
                assert!(run.x >= margins.left && end <= page.width - margins.right, "{:?}", run.text);
            }
        }
    });
}

#[test]
fn fixed_widths_are_kept_but_figures_not_torn() {
    let mut table = long_table(3, 3);
    table.columns[0].width = Some(Length::mm(30));
    table.columns[2].width = Some(Length::mm(5));
    table.bodies[0].rows[1].cells[1] = amount("1,234,567.89");
    let layout = set(vec![Block::Table(Box::new(table))]);
    let widths = &layout.blocks[0].table.as_ref().unwrap().widths;
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
    // The others give what it lacks, the wide one most of it; the blank beside all cells stays.
    for figure in ["74.02", "1,234.56", "1,234,567.89"] {
        table.bodies[0].rows[1].cells[1] = amount(figure);
        let layout = set(vec![Block::Table(Box::new(table.clone()))]);
        let measures = layout.blocks[0].table.as_ref().unwrap();
        let lack = measures.widths[2] - Length::mm(10);
        assert!(lack > Length::ZERO && measures.padding == Length::micrometres(1_700), "{figure}");
        let given = [40, 106].map(Length::mm).into_iter().zip(&measures.widths).map(|(fixed, width)| fixed - *width);
        let given: Vec<Length> = given.collect();
        // But for the rounding of millimetres.
        let rest = (given[0] + given[1] - lack).in_milli_pt().abs();
        assert!(rest < 10 && given[1] > given[0] * 2, "{figure}: {given:?}");
        assert!(layout.pages[0].items.iter().any(|item| text(item) == figure));
    }
}

#[test]
fn fixed_widths_give_way_to_words() {
    let mut table = long_table(3, 3);
    for (column, width) in table.columns.iter_mut().zip([12, 132, 12]) {
        column.width = Some(Length::mm(width));
    }
    table.bodies[0].rows[1].cells[0] = Cell::new("满意度");
    let layout = set(vec![Block::Table(Box::new(table))]);
    let lines = layout.blocks[0].lines_of(BlockPart::Cell { group: 1, row: 1, cell: 0, paragraph: 0 });
    assert_eq!(lines.len(), 1);
}

#[test]
fn figures_stand_with_their_points_one_below_the_other() {
    let figures = ["8.5", "0", "-4.2", "1,310", "12.25"];
    let rows = figures.iter().map(|figure| row(vec![Cell::new("项"), amount(figure)])).collect();
    let table = Table {
        columns: columns(&[ColumnKind::Text, ColumnKind::Amount]),
        bodies: vec![TableBody { head: Vec::new(), rows }],
        ..Table::default()
    };
    let layout = set(vec![Block::Table(Box::new(table))]);
    let mut points = Vec::new();
    for item in &layout.pages[0].items {
        let Mark::Glyphs(run) = &item.mark else { continue };
        if figures.contains(&&*run.text) {
            let whole = run.text.find('.').unwrap_or(run.text.len());
            points.push(run.x + run.glyphs[..whole].iter().map(|glyph| glyph.advance).sum::<Length>());
        }
    }
    assert_eq!(points.len(), figures.len());
    assert!(points.iter().all(|point| *point == points[0]), "{points:?}");
}

/// A table of `count` columns of a figure, below a column of names.
fn figures(count: usize, figure: &str, orientation: Orientation) -> Table {
    let kinds: Vec<ColumnKind> =
        std::iter::once(ColumnKind::Text).chain(std::iter::repeat_n(ColumnKind::Amount, count)).collect();
    let cells = |name: &str, figure: &dyn Fn() -> Cell| {
        row(std::iter::once(Cell::new(name)).chain((0..count).map(|_| figure())).collect())
    };
    Table {
        orientation: Some(orientation),
        columns: columns(&kinds),
        head: vec![cells("单位", &|| Cell::new("金额"))],
        bodies: vec![TableBody { head: Vec::new(), rows: vec![cells("事务部本级", &|| amount(figure))] }],
        ..Table::default()
    }
}

#[test]
fn type_becomes_smaller_by_steps_where_columns_would_not_fit() {
    let sizes = |table: Table| {
        let layout = set(vec![Block::Table(Box::new(table))]);
        let items = layout.pages.iter().flat_map(|page| &page.items).filter(|item| item.node.is_some());
        let runs = items.filter_map(|item| match &item.mark {
            Mark::Glyphs(run) => Some(run.size),
            Mark::Rule(_) | Mark::Path(_) => None,
        });
        let mut sizes: Vec<Length> = runs.collect();
        sizes.dedup();
        let tables = layout.nodes.iter().filter(|node| node.tag == Tag::TableBody);
        assert_eq!(tables.count(), 1, "no rows are left of the larger type");
        sizes
    };
    let set_in = |count, figure: &str, orientation| sizes(figures(count, figure, orientation));
    assert_eq!(set_in(5, "123.45", Orientation::Portrait), [Length::milli_pt(10_500)]);
    assert_eq!(set_in(22, "123.45", Orientation::Landscape), [Length::pt(9)]);
    assert_eq!(set_in(7, "12345678.90", Orientation::Portrait), [Length::pt(10)]);
    assert_eq!(set_in(8, "1234567.89", Orientation::Portrait), [Length::pt(9)]);
    let fail = |table| layout(&document(vec![Block::Table(Box::new(table))]), fonts()).expect_err("it is too wide");
    let remedy = |orientation| fail(figures(60, "123.45", orientation)).remedy().1;
    assert!(remedy(Orientation::Portrait).contains("make it landscape"));
    assert!(!remedy(Orientation::Landscape).contains("make it landscape"));
}

#[test]
fn names_of_many_rows_take_one_line_where_another_column_has_room() {
    let form = "分散自行组织实施采购";
    let rows = (0..12).map(|index| {
        let name = if index == 0 { "第十三届人民代表大会第二次会议经费" } else { "会议费" };
        row(vec![Cell::new(name), Cell::new("会议服务和设备的租用"), Cell::new(form), amount("1035.00")])
    });
    let table = Table {
        orientation: Some(Orientation::Portrait),
        columns: columns(&[ColumnKind::Text, ColumnKind::Text, ColumnKind::Text, ColumnKind::Amount]),
        head: vec![row(["专项名称", "采购物品名称", "采购组织形式", "总计"].map(Cell::new).into())],
        bodies: vec![TableBody { head: Vec::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let mut document = document(vec![Block::Table(Box::new(table))]);
    document.page.margins.right += Length::mm(20);
    let layout = layout(&document, fonts()).expect("it can be set");
    let lines = |cell: usize, row: usize| {
        layout.blocks[0].lines_of(BlockPart::Cell { group: 1, row, cell, paragraph: 0 }).len()
    };
    assert_eq!((lines(0, 0), lines(1, 0), lines(2, 0)), (2, 1, 1));
}

#[test]
fn rows_are_closer_where_that_saves_a_page_and_alike_in_tables_of_one_title() {
    let steps = |counts: &[usize]| -> Vec<_> {
        let blocks = counts.iter().map(|count| Block::Table(Box::new(long_table(*count, 3)))).collect();
        let layout = set(blocks);
        let steps = layout.blocks.iter().map(|block| block.table.as_ref().unwrap().row_step).collect();
        assert!(layout.blocks[0].lines.iter().all(|line| line.page == 0) || steps == [RowStep::Full]);
        steps
    };
    assert_eq!(steps(&[20]), [RowStep::Full], "it fits");
    assert_eq!(steps(&[26]), [RowStep::Close], "closer rows fit");
    assert_eq!(steps(&[40]), [RowStep::Full], "two pages either way");
    assert_eq!(steps(&[26, 5]), [RowStep::Close, RowStep::Close]);
}

#[test]
fn the_caption_of_a_narrow_table_stands_at_its_edges() {
    let fixed = |mm| Column { kind: ColumnKind::Text, width: Some(Length::mm(mm)) };
    let table = Table {
        caption: Some(("编制部门：某局".into(), "单位：元".into())),
        columns: vec![fixed(40), fixed(60)],
        bodies: vec![TableBody { head: Vec::new(), rows: vec![row(vec![Cell::new("一"), Cell::new("二")])] }],
        ..Table::default()
    };
    let layout = set(vec![Block::Table(Box::new(table))]);
    let line = |part| layout.blocks[0].lines_of(part)[0].clone();
    let (left, right) = (line(BlockPart::CaptionLeft), line(BlockPart::CaptionRight));
    assert_eq!(right.x + right.width - left.x, Length::mm(100));
}

#[test]
fn a_name_breaks_alike_wherever_it_takes_as_many_lines() {
    let lines = |mm| {
        let table = Table {
            columns: vec![Column { kind: ColumnKind::Text, width: Some(Length::mm(mm)) }],
            bodies: vec![TableBody {
                head: Vec::new(), rows: vec![row(vec![Cell::new("行政事业单位养老支出")])]
            }],
            ..Table::default()
        };
        let layout = set(vec![Block::Table(Box::new(table))]);
        let part = BlockPart::Cell { group: 1, row: 0, cell: 0, paragraph: 0 };
        layout.blocks[0].lines_of(part).iter().map(|line| line.range.len() / 3).collect::<Vec<_>>()
    };
    assert_eq!([27, 30, 34, 36].map(lines), [const { [6, 4] }; 4].map(Vec::from));
    assert_eq!(lines(45), [10]);
}

#[test]
fn a_closer_padding_makes_a_table_with_broken_names_shorter() {
    let rows = |name: &str| {
        (0..9).map(|_| row([&[name], &["1234.56"; 9][..]].concat().into_iter().map(Cell::new).collect())).collect()
    };
    let padding = |name: &str| {
        let table = Table {
            columns: columns(&[&[ColumnKind::Text], &[ColumnKind::Amount; 9][..]].concat()),
            bodies: vec![TableBody { head: Vec::new(), rows: rows(name) }],
            ..Table::default()
        };
        set(vec![Block::Table(Box::new(table))]).blocks[0].table.as_ref().unwrap().padding
    };
    assert_eq!(padding("养老"), Length::micrometres(1_700));
    assert!(padding("行政事业单位养老支出") < Length::micrometres(1_700));
}

#[test]
fn columns_of_figures_are_as_equal_as_the_room_allows() {
    let widths = |heads: [&str; 5], figures: [&str; 5], name: &str| {
        let kinds = [&[ColumnKind::Text], &[ColumnKind::Amount; 5][..]].concat();
        let table = Table {
            columns: columns(&kinds),
            head: vec![row(std::iter::once(Cell::new("单位")).chain(heads.map(Cell::new)).collect())],
            bodies: vec![TableBody {
                head: Vec::new(),
                rows: vec![row(std::iter::once(Cell::new(name)).chain(figures.map(amount)).collect())],
            }],
            ..Table::default()
        };
        let measures = set(vec![Block::Table(Box::new(table))]).blocks[0].table.clone().unwrap();
        measures.widths[1..].to_vec()
    };
    // But for thousandths of a point.
    let all_equal = |widths: &[Length]| widths.iter().all(|width| (*width - widths[0]).in_milli_pt().abs() < 10);
    assert!(all_equal(&widths(["小计"; 5], ["1.00", "22.00", "333.00", "4.00", "5.00"], "某局")));
    // The first figure has no room to make all others as wide.
    let widths = widths(["小计"; 5], ["123456789012.00", "22.00", "333.00", "4.00", "5.00"], &"事务中心".repeat(4));
    assert!(all_equal(&widths[1..]) && widths[0] > widths[1], "{widths:?}");
}
