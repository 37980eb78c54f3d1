//! Tables of very many rows.

use super::*;

/// Rows of every kind, over and over.
const KINDS: usize = 7;

fn kind(index: usize) -> Vec<Cell> {
    let words = match index % KINDS {
        0 => Cell::new("一般公共服务支出"),
        1 => Cell::new(" 首尾空格 "),
        2 => Cell::new("对个人和家庭的补助与社会保障缴费（Women’s Federation 2022）及其他各项支出"),
        3 => Cell {
            content: CellContent::Text(vec!["第一段".into(), "".into(), "第二段“引文”".into()]),
            ..Cell::new("")
        },
        4 => Cell { vertical: true, ..Cell::new("竖排三") },
        5 => Cell { indent: 2, align: Some(Align::Center), ..Cell::new("缩进，居中") },
        _ => Cell::new(""),
    };
    vec![
        words,
        Cell::new(CellContent::Code(format!("20{:05}", index % KINDS))),
        amount(["7", "1234.50"][index % KINDS % 2]),
    ]
}

/// Of a row far down little is kept until it is on its page.
#[test]
fn rows_far_down_are_set_as_those_above() {
    let rows = 60 * KINDS;
    let table = Table {
        columns: columns(&[ColumnKind::Text, ColumnKind::Code, ColumnKind::Amount]),
        head: vec![row(vec![Cell::new("名称"), Cell::new("编码"), Cell::new("金额")])],
        bodies: vec![TableBody { head: Vec::new(), rows: (0..rows).map(|index| row(kind(index))).collect() }],
        ..Table::default()
    };
    let layout = set(vec![Block::Table(Box::new(table))]);
    let mut set_rows: Vec<Vec<_>> = vec![Vec::new(); rows];
    for line in &layout.blocks[0].lines {
        if let BlockPart::Cell { group: 1, row, cell, paragraph } = line.part {
            let runs = layout.pages[line.page].items.iter().filter_map(|item| match &item.mark {
                Mark::Glyphs(run) if run.y == line.y && run.x >= line.x && run.x < line.x + line.width => Some(run),
                Mark::Glyphs(_) | Mark::Rule(_) | Mark::Path(_) => None,
            });
            let glyphs: Vec<_> = runs.flat_map(|run| &run.glyphs).map(|glyph| (glyph.id, glyph.advance)).collect();
            assert!(!glyphs.is_empty());
            set_rows[row].push((cell, paragraph, line.range.clone(), line.x, line.width, line.natural_width, glyphs));
        }
    }
    let heights = &layout.blocks[0].table.as_ref().unwrap().heights[1..];
    for index in KINDS..rows - 1 {
        assert_eq!(set_rows[index], set_rows[index % KINDS], "row {index}");
        assert_eq!(heights[index], heights[index % KINDS], "row {index}");
    }
}
