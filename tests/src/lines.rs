//! Whether the lines of a layout are those of the document.

use std::ops::Range;

use budgetdoc_document::{Block, Text};

/// Fails unless the lines of a block hold each of its texts in reading order, whole but for the blanks at breaks. `set`
/// has for each text the byte ranges of its lines, `entries` are those of a table of contents.
pub fn compare(name: &str, block: &Block, entries: &[String], set: &[Vec<Range<usize>>]) {
    let mut texts = texts(block, entries);
    texts.retain(|text| !text.trim().is_empty());
    let set: Vec<_> = set.iter().filter(|lines| lines.iter().any(|line| !line.is_empty())).collect();
    assert_eq!(texts.len(), set.len(), "{name}: {texts:?}");
    for (text, lines) in texts.iter().zip(set) {
        let mut end = 0;
        for line in lines {
            let between = text.get(end..line.start).unwrap_or_else(|| panic!("{name}: {text}: {lines:?}"));
            assert!(between.trim().is_empty() && text.is_char_boundary(line.end), "{name}: {text}: {lines:?}");
            end = line.end;
        }
        assert!(text[end..].trim().is_empty(), "{name}: {text}: {lines:?}");
    }
}

/// The texts of a block in reading order.
fn texts(block: &Block, entries: &[String]) -> Vec<String> {
    let plain = |texts: &[Text]| texts.iter().map(Text::to_plain).collect::<Vec<_>>();
    match block {
        Block::Cover(cover) => [vec![cover.title.to_plain()], plain(&cover.lines)].concat(),
        Block::Contents(contents) => [vec![contents.title.to_plain()], entries.to_vec()].concat(),
        Block::Heading(heading) => vec![heading.text.to_plain()],
        Block::Paragraph(paragraph) => vec![paragraph.text.to_plain()],
        Block::Table(table) => {
            let heading = table.heading.iter().flat_map(|heading| [heading.number.clone(), heading.title.to_plain()]);
            let caption = table.caption.iter().flat_map(|(left, right)| [left.to_plain(), right.to_plain()]);
            let rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
            let cells = table.head.iter().chain(rows).flat_map(|row| &row.cells);
            let cells = cells.flat_map(|cell| plain(&cell.content.paragraphs()));
            heading.chain(caption).chain(cells).chain(plain(&table.notes)).collect()
        }
        Block::Chart(chart) => vec![chart.caption.to_plain()],
        Block::PageBreak => Vec::new(),
    }
}
