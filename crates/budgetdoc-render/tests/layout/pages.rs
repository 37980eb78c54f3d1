//! What stands on which page.

use super::*;

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
fn a_blank_heading_has_no_entry_and_a_table_without_rows_is_left_out() {
    let layout = set(vec![heading(1, "一"), heading(1, ""), heading(2, "\u{3000}"), paragraph("正文。")]);
    assert_eq!((layout.contents.len(), layout.outline.len(), layout.targets.len()), (1, 1, 3));
    let title = TableHeading { title: "收支总表".into(), entry: "收支总表".into(), ..TableHeading::default() };
    let empty = Table { heading: Some(title), orientation: Some(Orientation::Landscape), ..Table::default() };
    let layout = set(vec![paragraph("一。"), Block::Table(Box::new(empty)), paragraph("二。")]);
    assert_eq!((layout.pages.len(), layout.outline.len()), (1, 0));
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
                Mark::Rule(_) | Mark::Path(_) => None,
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

#[test]
fn double_pages_have_the_height_of_others_and_twice_their_width() {
    let mut table = long_table(100, 100);
    table.orientation = Some(Orientation::Double);
    let layout = set(vec![Block::Table(Box::new(table))]);
    let style = PageStyle::gb9704();
    for page in &layout.pages {
        assert_eq!((page.width, page.height), (style.width * 2, style.height));
        let number = page.items.iter().rev().find_map(|item| match &item.mark {
            Mark::Glyphs(run) if item.node.is_none() => Some(run),
            _ => None,
        });
        let number = number.expect("a page number");
        assert!(!number.turned && number.y > page.height - style.margins.bottom);
    }
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
    for_any(20, |chance| {
        let mut blocks = Vec::new();
        for _ in 0..60 {
            if chance.below(4) == 0 {
                blocks.push(heading(3 + chance.below(2), "一、主要情况"));
            }
            blocks.push(paragraph(&"预算收支说明，".repeat(1 + chance.below(30))));
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
    });
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
    assert!(page_text(page, false).starts_with("二、表格部分表 1 收支总表"));
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
fn a_table_in_the_flow_begins_below_the_text_unless_that_leaves_little_blank() {
    let mut table = long_table(14, 14);
    table.orientation = None;
    // Of 22 lines on a page the text takes so many, the heading one more.
    let pages = |lines: usize| {
        let text = paragraph(&"预算".repeat(14 * lines - 1));
        let layout = set(vec![text, heading(3, "一、收支总表"), Block::Table(Box::new(table.clone()))]);
        let table_pages = layout.blocks[2].lines.iter().map(|line| line.page);
        let heading_page = layout.blocks[1].lines[0].page;
        assert_eq!(table_pages.clone().min(), Some(heading_page), "the heading stays with its table");
        (heading_page, table_pages.max().unwrap() + 1)
    };
    assert_eq!(pages(2), (0, 1), "it fits below the text");
    assert_eq!(pages(9), (0, 2), "more than half a page is not left blank");
    assert_eq!(pages(12), (1, 2), "less than half a page is left blank and the table is whole");
}

#[test]
fn a_long_table_begins_with_three_rows_or_on_the_next_page() {
    let mut table = long_table(60, 1);
    table.orientation = None;
    let mut bands = table.clone();
    let body = TableBody { head: std::mem::take(&mut bands.head), rows: bands.bodies[0].rows.split_off(1) };
    bands.bodies.push(body);
    for (table, lines) in [&table, &bands].into_iter().flat_map(|table| (1..=22).map(move |lines| (table, lines))) {
        let text = paragraph(&"预算".repeat(14 * lines - 1));
        let layout = set(vec![text, Block::Table(Box::new(table.clone()))]);
        let first = layout.blocks[1].lines[0].page;
        let rows = page_text(&layout.pages[first], false).matches('第').count();
        assert!(rows >= 3, "{rows} rows below {lines} lines");
    }
}

#[test]
fn a_page_does_not_end_with_what_announces_the_next_unless_that_costs_a_page() {
    let ends = |above: usize, below: usize| {
        let pages = ["支出总计10万元，其中：", "（一）教育支出（类）"].map(|lead_in| {
            let mut blocks = vec![paragraph(&"预算".repeat(14 * above - 1)), paragraph(lead_in)];
            blocks.extend((0..below).map(|_| paragraph(&"基本支出，".repeat(9))));
            let layout = set(blocks);
            (layout.blocks[1].lines[0].page, layout.blocks[2].lines[0].page, layout.pages.len())
        });
        assert_eq!(pages[0], pages[1]);
        pages[0]
    };
    // 22 lines on a page, two for each paragraph below.
    assert_eq!(ends(19, 4), (0, 0, 2), "there is room for both");
    assert_eq!(ends(21, 4), (1, 1, 2), "both go to the next page");
    assert_eq!(ends(21, 11), (0, 1, 2), "one line more would need a third page");
    // The first of two stays with what it announces, though the second would need a page more.
    let lead_in = || paragraph("支出总计10万元，其中：");
    let text = |count: usize| (0..count).map(|_| paragraph(&"基本支出，".repeat(9)));
    let mut blocks = vec![paragraph(&"预算".repeat(14 * 21 - 1)), lead_in()];
    blocks.extend(text(10).chain([lead_in()]).chain(text(11)));
    let layout = set(blocks);
    let page = |block: usize| layout.blocks[block].lines[0].page;
    assert_eq!((page(1), page(12), page(13), layout.pages.len()), (1, 1, 2, 3));
}

#[test]
fn a_signature_takes_two_lines_of_text_to_its_page() {
    let sign = |text: &str| Block::Paragraph(Paragraph { style: StyleName::Signature, text: text.into() });
    let layout = set(vec![paragraph(&"预算".repeat(14 * 22 - 1)), sign("某局"), sign("2026年2月10日")]);
    // 22 lines on a page.
    let pages: Vec<usize> = layout.blocks[0].lines.iter().map(|line| line.page).collect();
    assert_eq!(pages.iter().filter(|page| **page == 1).count(), 2, "{pages:?}");
    assert_eq!((layout.blocks[1].lines[0].page, layout.blocks[2].lines[0].page, layout.pages.len()), (1, 1, 2));
}

#[test]
fn a_signature_stands_a_line_below_the_text_and_its_date_two_characters_right_of_the_name() {
    let em = Length::pt(16);
    let signature = |lines: &[&str]| {
        let style = StyleName::Signature;
        let line = |text: &&str| Block::Paragraph(Paragraph { style, text: (*text).into() });
        let blocks = std::iter::once(paragraph("以上。")).chain(lines.iter().map(line)).collect();
        let layout = set(blocks);
        let pitch = layout.blocks[1].lines[0].y - layout.blocks[0].lines[0].y;
        assert_eq!(pitch, document(Vec::new()).styles.get(StyleName::Body).pitch * 2, "a line is blank");
        layout.blocks[1..].iter().map(|block| block.lines[0].clone()).collect::<Vec<_>>()
    };
    let page = PageStyle::gb9704();
    let right = page.margins.left + page.text_width();
    let blank = |line: &SetLine| right - line.x - line.width;
    let short_date = signature(&["示例区云岭镇人民政府", "2026年2月10日"]);
    assert_eq!(blank(&short_date[0]), em * 2);
    assert_eq!(short_date[1].x - short_date[0].x, em * 2);
    let long_date = signature(&["某镇", "2026年12月10日"]);
    assert_eq!(blank(&long_date[1]), em * 2);
    assert_eq!(long_date[1].x - long_date[0].x, em * 2);
    assert_eq!(blank(&signature(&["示例区云岭镇人民政府"])[0]), em * 2);
}

#[test]
fn later_lines_of_an_entry_are_indented_and_all_leaders_are_alike() {
    let long = "二、一般公共预算财政拨款“三公”经费、会议费、培训费及机关运行经费支出情况表的说明";
    let contents = Block::Contents(Contents { title: "目　录".into() });
    let layout = set(vec![contents, heading(1, "第一部分　概况"), paragraph("略。"), heading(2, long)]);
    let lines = &layout.blocks[0].lines;
    let entry: Vec<_> = lines.iter().filter(|line| line.part == BlockPart::Entry(1)).collect();
    assert_eq!((entry.len(), entry[1].x - entry[0].x), (2, Length::pt(32)));
    let dots: Vec<_> = (layout.pages[0].items.iter())
        .filter_map(|item| match &item.mark {
            Mark::Glyphs(run) if run.text.starts_with("..") => Some((run.face, run.size, run.glyphs[0].advance)),
            Mark::Glyphs(_) | Mark::Rule(_) | Mark::Path(_) => None,
        })
        .collect();
    assert!(dots.len() == 2 && dots[0] == dots[1], "{dots:?}");
}

#[test]
fn colons_on_the_cover_stand_one_below_the_other() {
    let lines = ["主管部门：某市数据局", "预算单位：某市数据局公共数据服务中心", "联系：办公室", "2026年1月"];
    let cover = Cover { title: "部门预算".into(), lines: lines.into_iter().map(Into::into).collect() };
    let layout = set(vec![Block::Cover(cover)]);
    let x = |index| layout.blocks[0].lines.iter().find(|line| line.part == BlockPart::CoverLine(index)).unwrap().x;
    let size = StyleSheet::gb9704().get(StyleName::CoverLine).size;
    assert_eq!((x(1) - x(0), x(2) - x(0)), (Length::ZERO, size * 2));
    // The lines as a whole, and the one without a colon, stand in the middle of the page.
    let whole = |from: Length, characters: i32| from + size * characters / 2;
    let style = PageStyle::gb9704();
    let middle = style.margins.left + style.text_width() / 2;
    assert!((whole(x(1), 18) - middle).in_milli_pt().abs() < 10 && x(3) > x(2));
}

#[test]
fn a_last_page_of_few_lines_is_saved_by_less_space_beside_headings() {
    // Four headings with three lines each but for the first, and one line of text below each, fill 15 lines of 22.
    let set_lines = |more: usize| {
        let mut blocks: Vec<Block> =
            (0..4).flat_map(|_| [heading(2, "第一部分　概况"), paragraph("情况说明。")]).collect();
        blocks.extend((0..more).map(|_| paragraph("情况说明。")));
        set(blocks)
    };
    let pages = |layout: &Layout| layout.pages.len();
    assert_eq!((7..=12).map(|more| pages(&set_lines(more))).collect::<Vec<_>>(), [1, 1, 1, 1, 2, 2]);
    let spaces = |more: usize| set_lines(more).blocks[2].spaces;
    let pitch = PageStyle::gb9704().line_pitch();
    assert_eq!(spaces(7), None);
    assert_eq!(spaces(8), Some((pitch * 3 / 4, pitch * 3 / 4)));
    assert_eq!(spaces(10), Some((pitch / 2, pitch / 2)));
    assert_eq!(spaces(12), None, "too many lines for that");
}
