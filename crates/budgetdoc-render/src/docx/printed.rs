//! What the set pages tell about line breaks. Titles and short cells break at words there; Word would fill one line
//! after the other. Indents make it break alike, and leave the text as it is.

use std::collections::BTreeMap;

use budgetdoc_core::document::{Cover, Length, Text};

use crate::layout::{Layout, Mark, NodeId, Page, Tag};

/// The lines of the texts in all tables' cells.
pub(super) struct Printed {
    /// By leaf of the structure.
    lines: BTreeMap<NodeId, Vec<String>>,
    /// By table, group of rows and slot: the leaves of its texts.
    cells: Vec<Vec<Vec<Vec<NodeId>>>>,
}

impl Printed {
    /// Reads the lines from the pages.
    pub(super) fn new(layout: &Layout) -> Self {
        let children = |node: NodeId| layout.nodes.get(node).map_or(&[][..], |node| node.children.as_slice());
        let is_table = |node: &NodeId| matches!(layout.nodes[*node].tag, Tag::Table { .. });
        let slots = |group: &NodeId| -> Vec<Vec<NodeId>> {
            children(*group).iter().flat_map(|row| children(*row)).map(|cell| children(*cell).to_vec()).collect()
        };
        let cells: Vec<Vec<Vec<Vec<NodeId>>>> = (0..layout.nodes.len())
            .filter(is_table)
            .map(|table| {
                let mut groups: Vec<Vec<Vec<NodeId>>> = children(table).iter().map(slots).collect();
                let head = children(table).first().map(|group| &layout.nodes[*group].tag);
                if head != Some(&Tag::TableHead) {
                    // A table without head: its first group is empty and has no node.
                    groups.insert(0, Vec::new());
                }
                groups
            })
            .collect();
        let mut placed: BTreeMap<NodeId, BTreeMap<(usize, i32), String>> =
            cells.iter().flatten().flatten().flatten().map(|leaf| (*leaf, BTreeMap::new())).collect();
        for (number, page) in layout.pages.iter().enumerate() {
            for item in &page.items {
                if let Mark::Glyphs(run) = &item.mark
                    && let Some(lines) = item.node.and_then(|node| placed.get_mut(&node))
                {
                    lines.entry((number, run.y.in_milli_pt())).or_default().push_str(&run.text);
                }
            }
        }
        let lines = placed.into_iter().map(|(leaf, lines)| (leaf, lines.into_values().collect())).collect();
        Printed { lines, cells }
    }

    /// The lines of the text `index` of a cell, if the pages have them.
    pub(super) fn cell(&self, table: usize, group: usize, slot: usize, index: usize, text: &Text) -> Option<&[String]> {
        let leaf = self.cells.get(table)?.get(group)?.get(slot)?.get(index)?;
        let lines = self.lines.get(leaf)?;
        // Head rows come again on later pages, so the lines may say the text more than once.
        let (said, mut rest) = (text.to_plain(), 0);
        for (count, line) in lines.iter().enumerate() {
            rest += prefix(&said[rest..], line)?;
            if said[rest..].trim().is_empty() {
                return Some(&lines[..=count]);
            }
        }
        None
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
