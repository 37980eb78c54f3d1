//! The table of contents.

use budgetdoc_document::{Align, Contents, Length, Orientation, StyleName, StyleSheet, Text};

use super::block::TextPlace;
use super::typesetter::{Reserved, Typesetter, baseline};
use super::{BlockPart, ContentsEntry, Glyph, GlyphRun, Link, Mark, Rectangle, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, Shape};

/// Distance of the leaders' dots, in hundredths of the type size of the second level.
const DOT: i32 = 30;

/// Characters by which the later lines of an entry are indented from its first: the width of its number.
pub(crate) const TURNOVER: u8 = 2;

/// Returns the style of entries of a level and their indent in characters: two on the second level, unless its style
/// has an indent, and two more on the third, which has the style of the second.
pub(crate) fn entry_style(styles: &StyleSheet, level: u8) -> (StyleName, u8) {
    let name = if level <= 1 { StyleName::Contents1 } else { StyleName::Contents2 };
    let indent = styles.get(name).indent;
    let indent = if indent == 0 && name == StyleName::Contents2 { 2 } else { indent };
    (name, if level > 2 { indent + 2 } else { indent })
}

impl Typesetter<'_> {
    pub(super) fn page_for_contents(&mut self) {
        self.new_page(Orientation::Portrait, false);
    }
}

impl<'a> Typesetter<'a> {
    /// Reserves the place of the table of contents. Its pages are not counted, so its length does not change the
    /// numbers.
    pub(super) fn reserve_contents(&mut self, contents: &'a Contents) {
        self.page_break();
        if self.page_is_open && self.page_is_empty {
            // An empty page is dropped.
            self.pages.pop();
            self.counted.pop();
        }
        self.page_is_open = false;
        let title = self.node(0, Tag::Heading { level: 1, title: contents.title.to_plain().into() });
        let node = self.node(0, Tag::Contents);
        self.reserved.push(Reserved { contents, block: self.block, page: self.pages.len(), title, node });
    }

    /// Sets the pages of a table of contents and inserts them in their place.
    pub(super) fn set_contents(
        &mut self,
        reserved: &Reserved<'_>,
        entries: &[ContentsEntry],
    ) -> Result<(), RenderError> {
        let rest = self.pages.split_off(reserved.page);
        self.page_for_contents();
        let style = self.document.styles.get(StyleName::ContentsTitle);
        let title = &reserved.contents.title;
        let text = TextPlace { block: reserved.block, part: BlockPart::Text, node: reserved.title };
        let measured = self.measurer.measure(title, style.role, style.size, BreakStyle::Phrases)?;
        for line in measured.lines(&Shape::new(self.frame.width, style.align)) {
            let y = self.y + baseline(style.size, style.pitch);
            self.draw_line(Some(text), line, self.frame.left, y);
            self.y += style.pitch;
        }
        self.y += style.after;
        for (index, entry) in entries.iter().enumerate() {
            self.set_entry(reserved, index, entry)?;
        }
        let added = self.pages.len() - reserved.page;
        for target in self.targets.iter_mut().filter(|target| target.page >= reserved.page) {
            target.page += added;
        }
        let others = self.blocks.iter_mut().enumerate().filter(|(block, _)| *block != reserved.block);
        for line in others.flat_map(|(_, block)| &mut block.lines).filter(|line| line.page >= reserved.page) {
            line.page += added;
        }
        self.pages.extend(rest);
        Ok(())
    }

    fn set_entry(&mut self, reserved: &Reserved<'_>, index: usize, entry: &ContentsEntry) -> Result<(), RenderError> {
        let (name, characters) = entry_style(&self.document.styles, entry.level);
        let style = self.document.styles.get(name);
        let indent = style.size * i32::from(characters);
        let number = Text::plain(entry.number.to_string());
        let number = self.measurer.measure(&number, style.role, style.size, BreakStyle::Running)?;
        let title = Text::plain(entry.title.as_str());
        let title = self.measurer.measure(&title, style.role, style.size, BreakStyle::Phrases)?;
        let mut shape = Shape::new(self.frame.width - number.natural_width() - style.size * 2, Align::Left);
        let turnover = style.size * i32::from(TURNOVER);
        (shape.indent, shape.first_indent) = (indent + turnover, -turnover);
        let lines = title.lines(&shape);
        if self.y + style.pitch * lines.len() as i32 > self.frame.bottom() && !self.page_is_empty {
            self.page_for_contents();
        }
        let item = self.node(reserved.node, Tag::ContentsItem);
        let reference = self.node(item, Tag::Reference);
        let node = self.node(reference, Tag::Link);
        let text = TextPlace { block: reserved.block, part: BlockPart::Entry(index), node };
        let count = lines.len();
        for (index, line) in lines.iter().enumerate() {
            let (left, top) = (self.frame.left, self.y);
            let y = top + baseline(style.size, style.pitch);
            self.draw_line(Some(text), line.clone(), left, y);
            let mut area = Rectangle { x: left + line.x, y: top, width: line.width, height: style.pitch };
            if index + 1 == count {
                let right = self.frame.right() - number.natural_width();
                let gap = style.size / 2;
                self.leader(left + line.x + line.width + gap, right - gap, y)?;
                for set in number.lines(&Shape::new(self.frame.width, Align::Right)) {
                    self.draw_runs(Some(node), set.runs, left, y);
                }
                area.width = self.frame.right() - area.x;
            }
            if let Some(page) = self.pages.last_mut() {
                page.links.push(Link { area, target: entry.target, node });
            }
            self.y += style.pitch;
        }
        Ok(())
    }

    /// Draws dots from `start` to `end`, the same on all levels, on a grid counted from the right edge, so that the dots
    /// of all lines align.
    fn leader(&mut self, start: Length, end: Length, y: Length) -> Result<(), RenderError> {
        let style = self.document.styles.get(StyleName::Contents2);
        let glyph = self.measurer.glyph(style.role, '.')?;
        let step = style.size.scale(DOT, 100);
        if step <= Length::ZERO {
            return Ok(());
        }
        let right = self.frame.right();
        let places = |from: Length| (right - from).in_milli_pt().max(0);
        let first = places(start) / step.in_milli_pt();
        let last = (places(end) + step.in_milli_pt() - 1) / step.in_milli_pt();
        if first < last {
            return Ok(());
        }
        let count = first - last + 1;
        let dot = Glyph { id: glyph.id, advance: step, shift: Length::ZERO, bytes: 1 };
        let run = GlyphRun {
            x: right - step * first,
            y,
            turned: false,
            face: glyph.face,
            size: style.size,
            text: ".".repeat(count as usize).into(),
            glyphs: vec![dot; count as usize].into(),
        };
        self.draw(None, Mark::Glyphs(run));
        Ok(())
    }
}
