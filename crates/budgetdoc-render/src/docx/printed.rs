//! What the set pages tell about line breaks. Titles and short cells break at words there; Word would fill one line
//! after the other. Indents make it break alike, and leave the text as it is.

use std::cell::RefCell;
use std::collections::BTreeMap;

use budgetdoc_document::{Cover, Length, Slot, Text};

use super::tight::gaps;
use crate::layout::{GlyphRun, Item, Layout, Mark, NodeId, Page, Tag};

/// What a line that fills its room has beside it, for rounding.
const SLACK: Length = Length::milli_pt(300);

/// Where the lines of the texts in all tables' cells stand. Only that, and a page at a time: the texts are the layout's.
pub(super) struct Printed<'a> {
    layout: &'a Layout,
    /// The tables in their order: node and last node below it. They have all between.
    tables: Vec<(NodeId, NodeId)>,
    /// For each page the first and last leaf of a cell on it, where a page without any has the last so far.
    leaves: Vec<(NodeId, NodeId)>,
    /// A page and its marks in cells by their leaves: rows are asked for in order, so it is mostly the page wanted.
    open: RefCell<(usize, Vec<(NodeId, usize)>)>,
}

impl<'a> Printed<'a> {
    /// Finds the cells on the pages.
    pub(super) fn new(layout: &'a Layout) -> Self {
        let is_table = |id: &NodeId| matches!(layout.nodes[*id].tag, Tag::Table { .. });
        let end = |table: NodeId| {
            let mut end = table;
            while let Some(child) = layout.nodes[end].children.last() {
                end = *child;
            }
            end
        };
        let tables = (0..layout.nodes.len()).filter(is_table).map(|table| (table, end(table))).collect();
        let mut printed = Printed { layout, tables, leaves: Vec::new(), open: RefCell::new((usize::MAX, Vec::new())) };
        let mut last = 0;
        for page in &layout.pages {
            let (mut lowest, mut highest) = (NodeId::MAX, last);
            for leaf in page.items.iter().filter_map(|item| printed.leaf_of_cell(item)) {
                lowest = lowest.min(leaf);
                highest = highest.max(leaf);
            }
            printed.leaves.push((lowest, highest));
            last = highest;
        }
        printed
    }

    /// The leaf that a mark belongs to, if that is in a cell.
    fn leaf_of_cell(&self, item: &Item) -> Option<NodeId> {
        let leaf = item.node.filter(|_| matches!(item.mark, Mark::Glyphs(_)))?;
        let (_, end) = *self.tables.get(self.tables.partition_point(|(table, _)| *table < leaf).checked_sub(1)?)?;
        (leaf <= end).then_some(leaf)
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
        let said = text.to_plain();
        let (mut rest, mut found) = (said.as_str(), Vec::new());
        for line in &lines {
            // Blanks at the break stay at the end, where they do not show.
            let after = rest[prefix(rest, line)?..].trim_start();
            found.push(rest[..rest.len() - after.len()].to_owned());
            rest = after;
            if rest.is_empty() {
                return Some(found);
            }
        }
        None
    }

    /// Whether a text is on one line, as nearly all are.
    pub(super) fn is_one_line(&self, table: usize, group: usize, slot: Slot, index: usize) -> bool {
        let Some(leaf) = self.leaf(table, group, slot, index) else { return true };
        let mut first = None;
        self.marks_of(leaf).all(|(page, run)| *first.get_or_insert((page, run.y)) == (page, run.y))
    }

    /// The marks of a leaf, each with its page.
    fn marks_of(&self, leaf: NodeId) -> impl Iterator<Item = (usize, &'a GlyphRun)> {
        // A page's leaves come after those of the page before, but for cells that go on from there.
        let from = self.leaves.partition_point(|(_, last)| *last < leaf);
        let pages = self.leaves[from..].iter().take_while(move |(first, _)| *first <= leaf).count();
        (from..from + pages).flat_map(move |page| self.marks_on(page, leaf))
    }

    fn marks_on(&self, page: usize, leaf: NodeId) -> Vec<(usize, &'a GlyphRun)> {
        let items = &self.layout.pages[page].items;
        let mut open = self.open.borrow_mut();
        if open.0 != page {
            open.0 = page;
            open.1.clear();
            let marks = items.iter().enumerate();
            open.1.extend(marks.filter_map(|(index, item)| Some((self.leaf_of_cell(item)?, index))));
            open.1.sort_unstable();
        }
        let marks = &open.1[open.1.partition_point(|(other, _)| *other < leaf)..];
        let marks = marks.iter().take_while(|(other, _)| *other == leaf);
        marks
            .filter_map(|(_, index)| match &items[*index].mark {
                Mark::Glyphs(run) => Some((page, run)),
                Mark::Rule(_) => None,
            })
            .collect()
    }

    /// The leaf of a text.
    fn leaf(&self, table: usize, group: usize, slot: Slot, index: usize) -> Option<NodeId> {
        let children = |node: NodeId| self.layout.nodes.get(node).map_or(&[][..], |node| node.children.as_slice());
        let groups = children(self.tables.get(table)?.0);
        // The first group of a table without head is empty and has no node.
        let headless = groups.first().is_none_or(|first| self.layout.nodes[*first].tag != Tag::TableHead);
        let row = *children(*groups.get(group.checked_sub(usize::from(headless))?)?).get(slot.row)?;
        children(*children(row).get(slot.cell)?).get(index).copied()
    }

    /// The lines of a leaf from its first page to its last, each from top to bottom.
    fn lines(&self, leaf: NodeId) -> Vec<String> {
        let mut lines: BTreeMap<(usize, i32), String> = BTreeMap::new();
        for (page, run) in self.marks_of(leaf) {
            lines.entry((page, run.y.in_milli_pt())).or_default().push_str(&run.text);
        }
        lines.into_values().collect()
    }
}

/// The lines of a cover's title as they are printed; the whole as one line where the pages do not tell.
pub(super) fn cover_lines(layout: &Layout, cover: &Cover) -> Vec<String> {
    let title = cover.title.to_plain();
    let covers = layout.pages.iter().filter(|page| page.number.is_none());
    let lines = covers.map(|page| lines_on(page, Length::ZERO, &title)).find_map(|lines| lines);
    lines.unwrap_or(vec![title]).into_iter().map(|line| line.trim().to_owned()).collect()
}

/// How a centred title has to be written to break as printed.
#[derive(Default)]
pub(super) struct Title {
    /// How far it stands in from both edges of its column, or out.
    pub(super) narrower: Option<(Length, Length)>,
    /// Its lines, where no indent makes them.
    pub(super) lines: Option<Vec<String>>,
}

impl Title {
    /// The title `text` of `target` in a column of `width`.
    pub(super) fn new(layout: &Layout, target: usize, text: &Text, size: Length, width: Length) -> Title {
        let target = layout.targets.get(target);
        let page = target.and_then(|target| Some((layout.pages.get(target.page)?, target.y)));
        let lines = page.and_then(|(page, top)| lines_on(page, top, &text.to_plain()));
        lines.map_or_else(Title::default, |lines| Title::of(lines, size, width))
    }

    fn of(lines: Vec<String>, size: Length, width: Length) -> Title {
        let narrower = |measure| Some(((width - measure) / 2, (width - measure) / 2));
        match measure(&lines, size, width) {
            Measure::Room => Title::default(),
            Measure::Of(measure) => Title { narrower: narrower(measure), lines: None },
            Measure::None(least) => {
                Title { narrower: (least > width).then(|| narrower(least)).flatten(), lines: Some(lines) }
            }
        }
    }
}

/// How far lines of a cover's title have to stand out of a column of `width` for each to be one line.
pub(super) fn cover_indent(lines: &[String], size: Length, width: Length) -> Option<(Length, Length)> {
    let widest = lines.iter().map(|line| natural(line, size) + gaps(line, size)).max()? + SLACK;
    (widest > width).then(|| ((width - widest) / 2, (width - widest) / 2))
}

/// The measure in which Word, filling one line after the other, breaks where the printed lines do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// The room there is.
    Room,
    /// Another one.
    Of(Length),
    /// None: the longest line, of this width, has room for more than a line that was ended early.
    None(Length),
}

/// Finds the measure for `lines` that have `room`: with LibreOffice's gaps in them if there is one.
pub(super) fn measure(lines: &[String], size: Length, room: Length) -> Measure {
    match measure_with(lines, size, room, |line| natural(line, size) + gaps(line, size)) {
        Measure::None(least) => match measure_with(lines, size, room, |line| natural(line, size)) {
            Measure::None(_) => Measure::None(least),
            found => found,
        },
        found => found,
    }
}

/// The same where a line wants a room of its own.
fn measure_with(lines: &[String], size: Length, room: Length, wanted: impl Fn(&str) -> Length) -> Measure {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let widths: Vec<Length> = lines.iter().map(|line| natural(line, size)).collect();
    let least = lines.iter().map(|line| wanted(line)).max().unwrap_or_default();
    // Below this, the beginning of a line does not fit on the line before.
    let most = lines.iter().skip(1).zip(&widths).map(|(next, width)| *width + natural(first_piece(next), size));
    match most.min() {
        None if least > room => Measure::Of(least + SLACK),
        None => Measure::Room,
        Some(most) if least >= most => Measure::None(least),
        Some(most) if least <= room && room < most => Measure::Room,
        Some(most) => Measure::Of((least + most) / 2),
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
            // Blanks at the break stay at the end, where they do not show.
            let after = rest[length..].trim_start();
            found.push(rest[..rest.len() - after.len()].to_owned());
            rest = after;
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
/// the marks that close. Letters and figures stay together, and quotes with those beside them.
pub(super) fn first_piece(text: &str) -> &str {
    let opens = |character| matches!(character, '（' | '《' | '“' | '‘' | '〈' | '【' | '『' | '「' | '〔' | '(' | '[');
    let closes = |character| {
        matches!(
            character,
            '）' | '》'
                | '”'
                | '’'
                | '〉'
                | '】'
                | '』'
                | '」'
                | '〕'
                | ')'
                | ']'
                | '、'
                | '，'
                | '。'
                | '：'
                | '；'
                | '！'
                | '？'
        )
    };
    let word = |character: char| character.is_ascii_graphic();
    let mut before = None;
    for (index, character) in text.char_indices() {
        let joined = |before: char| {
            opens(before)
                || closes(character)
                || character == ' '
                || word(character) && (word(before) || matches!(before, '”' | '’'))
        };
        if before.is_some_and(|before| !joined(before)) {
            return &text[..index];
        }
        before = Some(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use budgetdoc_document::Length;

    use super::{Title, cover_indent, first_piece};

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn figures_stay_together_and_with_their_quotes() {
        for (text, piece) in [
            ("2025年部门预算", "2025"),
            ("（一）收支", "（一）"),
            ("说明", "说"),
            ("”140.00万元", "”140.00"),
            ("1，2", "1，"),
        ] {
            assert_eq!(first_piece(text), piece);
        }
    }

    #[test]
    fn a_title_breaks_by_its_indents_where_they_can_make_it() {
        let (size, width) = (Length::pt(22), Length::mm(156));
        let title = Title::of(lines(&["第二部分　示例事务部", "2025年部门预算表及说明"]), size, width);
        let (left, right) = title.narrower.unwrap_or_default();
        let measure = width - left - right;
        // The second line has eleven characters; with twelve the first would take the year in.
        assert!(title.lines.is_none() && measure > size * 11 && measure < size * 12, "{measure:?}");
        let title = Title::of(lines(&["第二部分", "示例事务部2025年部门预算表及说明"]), size, width);
        assert!(title.narrower.is_none() && title.lines.is_some_and(|lines| lines.len() == 2));
        let title = Title::of(lines(&["部门概况"]), size, width);
        assert!(title.narrower.is_none() && title.lines.is_none());
    }

    #[test]
    fn a_cover_title_that_fills_its_line_has_room_for_gaps() {
        let (size, width) = (Length::pt(36), Length::mm(156));
        assert!(
            cover_indent(&lines(&["示例事务部2025年部门预算"]), size, width)
                .is_some_and(|(left, _)| left < Length::ZERO)
        );
        assert_eq!(cover_indent(&lines(&["示例事务部", "2025年部门预算"]), size, width), None);
    }
}
