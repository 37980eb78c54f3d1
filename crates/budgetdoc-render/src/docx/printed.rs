//! What the set pages tell about line breaks. Titles and short cells break at words there; Word would fill one line
//! after the other. Indents make it break alike, and leave the text as it is.

use std::collections::BTreeMap;

use budgetdoc_core::document::{Cover, Length, Slot, Text};

use crate::layout::{Layout, Mark, NodeId, Page, Tag};

/// Where the lines of the texts in all tables' cells stand. Only that: the texts are the layout's.
pub(super) struct Printed<'a> {
    layout: &'a Layout,
    /// The tables in their order.
    tables: Vec<NodeId>,
    /// Leaf, page and item of every mark in a cell, sorted.
    marks: Vec<(u32, u32, u32)>,
}

impl<'a> Printed<'a> {
    /// Finds the marks on the pages.
    pub(super) fn new(layout: &'a Layout) -> Self {
        let mut tables = Vec::new();
        let mut in_cell = vec![false; layout.nodes.len()];
        for (id, node) in layout.nodes.iter().enumerate() {
            match node.tag {
                Tag::Table { .. } => tables.push(id),
                Tag::Cell { .. } | Tag::HeaderCell { .. } => {
                    node.children.iter().for_each(|leaf| in_cell[*leaf] = true)
                }
                _ => {}
            }
        }
        let mut marks = Vec::new();
        for (number, page) in (0..).zip(&layout.pages) {
            for (index, item) in (0..).zip(&page.items) {
                if let Mark::Glyphs(_) = item.mark
                    && let Some(node) = item.node.filter(|node| in_cell[*node])
                    && let Ok(leaf) = u32::try_from(node)
                {
                    marks.push((leaf, number, index));
                }
            }
        }
        marks.sort_unstable();
        Printed { layout, tables, marks }
    }

    /// The lines of the text `index` of a cell, if the pages have them.
    pub(super) fn cell(
        &self,
        table: usize,
        group: usize,
        slot: Slot,
        index: usize,
        text: &Text,
    ) -> Option<Vec<String>> {
        let lines = self.lines(self.leaf(table, group, slot, index)?);
        // Head rows come again on later pages, so the lines may say the text more than once.
        let (said, mut rest) = (text.to_plain(), 0);
        for (count, line) in lines.iter().enumerate() {
            rest += prefix(&said[rest..], line)?;
            if said[rest..].trim().is_empty() {
                return Some(lines.into_iter().take(count + 1).collect());
            }
        }
        None
    }

    /// Whether a text is on one line, as nearly all are.
    pub(super) fn is_one_line(&self, table: usize, group: usize, slot: Slot, index: usize) -> bool {
        let Some(leaf) = self.leaf(table, group, slot, index) else { return true };
        let mut places = self.marks_of(leaf).filter_map(|(_, page, item)| {
            match &self.layout.pages[*page as usize].items[*item as usize].mark {
                Mark::Glyphs(run) => Some((*page, run.y)),
                _ => None,
            }
        });
        let first = places.next();
        places.all(|place| Some(place) == first)
    }

    /// The marks of a leaf.
    fn marks_of(&self, leaf: NodeId) -> impl Iterator<Item = &(u32, u32, u32)> {
        let leaf = u32::try_from(leaf).unwrap_or(u32::MAX);
        let from = self.marks.partition_point(|(other, ..)| *other < leaf);
        self.marks[from..].iter().take_while(move |(other, ..)| *other == leaf)
    }

    /// The leaf of a text.
    fn leaf(&self, table: usize, group: usize, slot: Slot, index: usize) -> Option<NodeId> {
        let children = |node: NodeId| self.layout.nodes.get(node).map_or(&[][..], |node| node.children.as_slice());
        let groups = children(*self.tables.get(table)?);
        // The first group of a table without head is empty and has no node.
        let headless = groups.first().is_none_or(|first| self.layout.nodes[*first].tag != Tag::TableHead);
        let row = *children(*groups.get(group.checked_sub(usize::from(headless))?)?).get(slot.row)?;
        children(*children(row).get(slot.cell)?).get(index).copied()
    }

    /// The lines of a leaf from its first page to its last, each from top to bottom.
    fn lines(&self, leaf: NodeId) -> Vec<String> {
        let mut lines: BTreeMap<(u32, i32), String> = BTreeMap::new();
        for (_, page, item) in self.marks_of(leaf) {
            if let Mark::Glyphs(run) = &self.layout.pages[*page as usize].items[*item as usize].mark {
                lines.entry((*page, run.y.in_milli_pt())).or_default().push_str(&run.text);
            }
        }
        lines.into_values().collect()
    }
}

/// The lines of a cover's title as they are printed; the whole as one line where the pages do not tell.
pub(super) fn cover_lines(layout: &Layout, cover: &Cover) -> Vec<String> {
    let title = cover.title.to_plain();
    let covers = layout.pages.iter().filter(|page| page.number.is_none());
    covers.map(|page| lines_on(page, Length::ZERO, &title)).find_map(|lines| lines).unwrap_or(vec![title])
}

/// How far a centred title has to stand in from both edges of a column of `width` to break as printed.
pub(super) fn title_indent(
    layout: &Layout,
    target: usize,
    text: &Text,
    size: Length,
    width: Length,
) -> Option<(Length, Length)> {
    let target = layout.targets.get(target)?;
    let lines = lines_on(layout.pages.get(target.page)?, target.y, &text.to_plain())?;
    let indent = (width - measure(&lines, size, width)?) / 2;
    Some((indent, indent))
}

/// The measure in which Word, filling one line after the other, breaks where these lines do. None if it does so in
/// `room` by itself, or in no measure.
pub(super) fn measure(lines: &[String], size: Length, room: Length) -> Option<Length> {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let widths: Vec<Length> = lines.iter().map(|line| natural(line, size)).collect();
    let least = widths.iter().copied().max()?;
    // Below this, the beginning of a line does not fit on the line before.
    let most = lines.iter().skip(1).zip(&widths).map(|(next, width)| *width + natural(first_piece(next), size));
    match most.min() {
        None => (least > room).then_some(least + Length::milli_pt(300)),
        Some(most) if least >= most || (least <= room && room < most) => None,
        Some(most) => Some((least + most) / 2),
    }
}

/// About how wide a text is on one line: Chinese characters are as wide as they are high, others as in Times.
pub(super) fn natural(text: &str, size: Length) -> Length {
    let hundredths: i32 = text
        .chars()
        .map(|character| match character {
            ' ' | '.' | ',' | ':' | ';' | '/' => 25,
            '(' | ')' | '-' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' => 33,
            '%' | 'M' | 'W' | 'm' => 83,
            'A'..='Z' => 69,
            _ if character.is_ascii() => 50,
            _ => 100,
        })
        .sum();
    size.scale(hundredths, 100)
}

/// The lines on `page` from `top` down that together make up `text`.
fn lines_on(page: &Page, top: Length, text: &str) -> Option<Vec<String>> {
    let mut lines: BTreeMap<i32, String> = BTreeMap::new();
    for item in &page.items {
        if let Mark::Glyphs(run) = &item.mark
            && run.y >= top
        {
            lines.entry(run.y.in_milli_pt()).or_default().push_str(&run.text);
        }
    }
    let mut found = Vec::new();
    let mut rest = text.trim();
    for line in lines.into_values() {
        if !line.trim().is_empty()
            && let Some(length) = prefix(rest, &line)
        {
            found.push(rest[..length].trim().to_owned());
            rest = rest[length..].trim_start();
        } else if !found.is_empty() {
            return None;
        }
        // Lines before the first are above the title, such as the number of a table.
        if rest.is_empty() {
            return Some(found);
        }
    }
    None
}

/// Bytes of `text` that say the same as `line`. Blanks are compared nowhere: a page draws no glyph for them.
fn prefix(text: &str, line: &str) -> Option<usize> {
    let mut said = line.chars().filter(|character| !character.is_whitespace()).peekable();
    for (index, character) in text.char_indices() {
        if said.peek().is_none() {
            return Some(index);
        }
        if !character.is_whitespace() && said.next() != Some(character) {
            return None;
        }
    }
    said.peek().is_none().then_some(text.len())
}

/// What a line has to have room for to begin with `text`: marks that open take the next character along, and that one
/// the marks that close.
fn first_piece(text: &str) -> &str {
    let opens = |character: char| "（《“‘〈【『「〔([".contains(character);
    let closes = |character: char| "）》”’〉】』」〕)]、，。：；！？".contains(character);
    let mut begun = false;
    for (index, character) in text.char_indices() {
        if begun && !closes(character) {
            return &text[..index];
        }
        begun |= !opens(character);
    }
    text
}
