//! Where the texts of a spec stand on the pages.

use std::collections::BTreeMap;

use budgetdoc::Layout;
use budgetdoc::document::{Block, CellContent, Document, Length, StyleName, Table, Text};
use budgetdoc::layout::{BlockPart, SetLine};
use serde_json::{Value, json};

/// A text on a page: from its first line there to its last.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Its line in the spec.
    pub line: u32,
    /// Index of the page.
    page: usize,
    left: Length,
    right: Length,
    /// Baselines of the first and the last line.
    first: Length,
    last: Length,
    /// Type size of running text, which is near enough for all others.
    size: Length,
}

impl Spot {
    /// Returns the page and its area there, in points from the top left corner.
    pub fn json(&self) -> Value {
        json!({
            "line": self.line,
            "page": self.page,
            "left": self.left.in_pt(),
            "top": (self.first - self.size).in_pt(),
            "width": (self.right - self.left).in_pt(),
            "height": (self.last - self.first + self.size.scale(5, 4)).in_pt(),
        })
    }
}

/// Returns the texts that have a place in the spec, in the order of the document.
pub fn spots(document: &Document, layout: &Layout) -> Vec<Spot> {
    let size = document.styles.get(StyleName::Body).size;
    let mut spots = Vec::new();
    for (block, set) in document.blocks.iter().zip(&layout.blocks) {
        let mut found: BTreeMap<(BlockPart, usize), Spot> = BTreeMap::new();
        for line in &set.lines {
            let Some(place) = text_of(block, line.part).and_then(|text| text.origin) else { continue };
            let SetLine { page, x, y, width, .. } = *line;
            let spot = Spot { line: place.line, page, left: x, right: x + width, first: y, last: y, size };
            let spot = *found.entry((line.part, page)).and_modify(|spot| spot.extend(line)).or_insert(spot);
            found.insert((line.part, page), spot);
        }
        spots.extend(found.into_values());
    }
    spots
}

impl Spot {
    fn extend(&mut self, line: &SetLine) {
        self.left = self.left.min(line.x);
        self.right = self.right.max(line.x + line.width);
        self.last = line.y;
    }
}

fn text_of(block: &Block, part: BlockPart) -> Option<&Text> {
    match (block, part) {
        (Block::Heading(heading), BlockPart::Text) => Some(&heading.text),
        (Block::Paragraph(paragraph), BlockPart::Text) => Some(&paragraph.text),
        (Block::Table(table), BlockPart::Cell { group, row, cell, paragraph }) => {
            cell_text(table, group, row, cell, paragraph)
        }
        _ => None,
    }
}

fn cell_text(table: &Table, group: usize, row: usize, cell: usize, paragraph: usize) -> Option<&Text> {
    let groups = table.groups();
    match &groups.get(group)?.get(row)?.cells.get(cell)?.content {
        CellContent::Text(texts) => texts.iter().filter(|text| !text.is_empty()).nth(paragraph),
        CellContent::Empty | CellContent::Code(_) | CellContent::Amount(_) | CellContent::Percentage(_) => None,
    }
}
