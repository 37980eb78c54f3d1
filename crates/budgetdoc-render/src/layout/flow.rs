//! Running text: paragraphs and headings, and where pages end between their lines.

use budgetdoc_document::{Align, Heading, Length, Orientation, Paragraph, ParagraphStyle, StyleName, Text};

use super::block::TextPlace;
use super::typesetter::{Frame, Typesetter, baseline};
use super::{BlockPart, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Shape};

/// A line of running text that waits for its page.
#[derive(Clone, Debug)]
pub(super) struct FlowLine {
    /// What is set; none for room that is kept free for what follows.
    line: Option<(GlyphLine, TextPlace)>,
    /// Room above, none at the top of a page.
    before: Length,
    height: Length,
    baseline: Length,
    after: Length,
    /// Whether the page may not end after it.
    keep: bool,
    target: Option<usize>,
    /// Whether a heading before it wants one line more.
    only_line: bool,
    keeps_next: bool,
    centred: bool,
}

/// Returns the shape a style gives a paragraph in a column.
pub(super) fn shape(style: &ParagraphStyle, width: Length, grid: i32) -> Shape {
    let mut shape = Shape::new(width, style.align);
    shape.grid = if style.align == Align::Justify { grid } else { 0 };
    shape.indented(style.size, style.indent)
}

impl Typesetter<'_> {
    pub(super) fn heading(&mut self, heading: &Heading) -> Result<(), RenderError> {
        if heading.new_page {
            self.page_break();
        }
        let title = heading.text.to_plain();
        let target = self.target(heading.level, heading.contents, &title);
        let place = self.text(BlockPart::Text, 0, Tag::Heading { level: heading.level, title });
        self.flow(StyleName::heading(heading.level), &heading.text, place, Some(target))
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), RenderError> {
        let place = self.text(BlockPart::Text, 0, Tag::Paragraph);
        self.flow(paragraph.style, &paragraph.text, place, None)
    }

    /// Adds a paragraph to the lines that wait.
    fn flow(
        &mut self,
        name: StyleName,
        text: &Text,
        place: TextPlace,
        target: Option<usize>,
    ) -> Result<(), RenderError> {
        let style = self.document.styles.get(name);
        let width = Frame::of(&self.document.page, Orientation::Portrait).width;
        let reading = if style.align == Align::Center { BreakStyle::Phrases } else { BreakStyle::Running };
        let measured = self.measurer.measure(text, style.role, style.size, reading)?;
        let lines = measured.lines(&shape(style, width, self.document.page.spacing.grid));
        let count = lines.len();
        let widows = self.document.page.widow_control;
        for (index, line) in lines.into_iter().enumerate() {
            let (first, last) = (index == 0, index + 1 == count);
            let beside_edge = widows && (first || index + 2 == count);
            self.waiting.push(FlowLine {
                line: Some((line, place)),
                before: if first { style.before } else { Length::ZERO },
                height: style.pitch,
                baseline: baseline(style.size, style.pitch),
                after: if last { style.after } else { Length::ZERO },
                keep: if last { style.keep_with_next } else { beside_edge || style.keep_with_next },
                target: target.filter(|_| first),
                only_line: count == 1,
                keeps_next: style.keep_with_next,
                centred: style.align == Align::Center,
            });
        }
        Ok(())
    }

    /// Puts all waiting lines on pages. `reserve` is the room that what follows needs at once: lines that stay with
    /// it move to the next page with it.
    pub(super) fn flush(&mut self, reserve: Length) {
        let mut lines = std::mem::take(&mut self.waiting);
        if reserve > Length::ZERO {
            lines.push(FlowLine {
                line: None,
                before: Length::ZERO,
                height: reserve,
                baseline: Length::ZERO,
                after: Length::ZERO,
                keep: false,
                target: None,
                only_line: false,
                keeps_next: false,
                centred: false,
            });
        }
        // A heading wants two lines of what follows: a paragraph of one line brings the next one along.
        for index in 1..lines.len() {
            if lines[index - 1].keeps_next && lines[index].only_line && index + 1 < lines.len() {
                lines[index].keep = true;
            }
        }
        let count = lines.len();
        // Nor does a last paragraph of one line have a page to itself.
        if reserve == Length::ZERO
            && self.document.page.widow_control
            && let [.., before, last] = lines.as_mut_slice()
            && last.only_line
        {
            before.keep = true;
        }
        let mut start = 0;
        while start < count {
            self.ensure_page();
            let end = self.fitting(&lines, start);
            let mut stop = end;
            if end < count {
                while stop > start && lines[stop - 1].keep {
                    stop -= 1;
                }
                if stop == start && self.fresh {
                    // More than a page wants to stay together: it cannot.
                    stop = end;
                }
            }
            for line in &mut lines[start..stop] {
                self.place(line);
            }
            start = stop;
            if start < count {
                self.open = false;
            }
        }
    }

    /// Starts a page for a table. Headings that wait directly before it stand on that page rather than alone on one of
    /// their own.
    pub(super) fn table_page(&mut self, orientation: Orientation) {
        let text = self.waiting.iter().rposition(|line| !line.keeps_next).map_or(0, |last| last + 1);
        let headings = self.waiting.split_off(text);
        self.page_break();
        self.new_page(orientation, true);
        let wider = self.frame.width - Frame::of(&self.document.page, Orientation::Portrait).width;
        for mut heading in headings {
            if let Some((line, _)) = heading.line.as_mut().filter(|_| heading.centred) {
                line.shift(wider / 2);
            }
            self.place(&mut heading);
        }
    }

    /// Returns the first line from `start` that the open page has no room for.
    fn fitting(&self, lines: &[FlowLine], start: usize) -> usize {
        let mut y = self.y;
        for (index, line) in lines.iter().enumerate().skip(start) {
            let top = self.fresh && index == start;
            let need = line.height + if top { Length::ZERO } else { line.before };
            if !top && y + need > self.frame.bottom() {
                return index;
            }
            y += need + line.after;
        }
        lines.len()
    }

    fn place(&mut self, flow: &mut FlowLine) {
        let Some((line, text)) = flow.line.take() else { return };
        if !self.fresh {
            self.y += flow.before;
        }
        if let Some(target) = flow.target {
            self.place_target(target, self.y);
        }
        let (x, y) = (self.frame.left, self.y + flow.baseline);
        self.draw_line(Some(text), &line, x, y);
        self.fresh = false;
        self.y += flow.height + flow.after;
    }
}
