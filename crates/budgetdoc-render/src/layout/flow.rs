//! Paragraphs and headings, and the page breaks between their lines.

use budgetdoc_document::{Align, Block, Heading, Length, Orientation, Paragraph, ParagraphStyle, StyleName, Text};

use super::block::TextPlace;
use super::chart::{Drawing, SetChart};
use super::typesetter::{Frame, Typesetter, baseline};
use super::{BlockPart, Point, Rectangle, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Shape};

/// Lines that are too few for a page of their own.
const FEW_LINES: usize = 3;

/// A line of running text that waits for its page.
#[derive(Clone, Debug)]
pub(crate) struct FlowLine {
    /// The line and its text; none for room reserved for what follows.
    pub(super) line: Option<(GlyphLine, TextPlace)>,
    /// A chart in its place.
    pub(super) chart: Option<SetChart>,
    /// Room above, none at the top of a page.
    pub before: Length,
    pub height: Length,
    baseline: Length,
    pub after: Length,
    /// Whether the page may not end after it.
    pub keep_with_next: bool,
    target: Option<usize>,
    /// Whether it is its paragraph's only line, which does not suffice below a heading.
    is_only_line: bool,
    pub style_keeps_next: bool,
    is_centered: bool,
    /// Whether it announces what follows (其中：), and the page does not end after it, unless that costs a page.
    is_lead_in: bool,
}

impl FlowLine {
    /// Creates room of a height.
    pub(crate) fn room(height: Length) -> FlowLine {
        FlowLine {
            line: None,
            chart: None,
            before: Length::ZERO,
            height,
            baseline: Length::ZERO,
            after: Length::ZERO,
            keep_with_next: false,
            target: None,
            is_only_line: false,
            style_keeps_next: false,
            is_centered: false,
            is_lead_in: false,
        }
    }

    /// Creates the line of a chart, which stays with its caption.
    pub(super) fn of_chart(chart: SetChart, before: Length) -> FlowLine {
        let height = chart.drawing.height;
        FlowLine { before, keep_with_next: true, chart: Some(chart), ..FlowLine::room(height) }
    }
}

/// Returns the shape a style gives a paragraph in a column.
pub(super) fn shape(style: &ParagraphStyle, width: Length, grid: i32) -> Shape {
    let mut shape = Shape::new(width, style.align);
    shape.grid = if style.align == Align::Justify { grid } else { 0 };
    shape.with_first_indent(style.size, style.indent)
}

impl Typesetter<'_> {
    pub(super) fn heading(&mut self, heading: &Heading) -> Result<(), RenderError> {
        if heading.new_page {
            self.page_break();
        }
        let title = heading.text.to_plain();
        let target = self.target(heading.level, heading.contents, &title);
        let place = self.text(BlockPart::Text, 0, Tag::Heading { level: heading.level, title: title.into() });
        self.flow(StyleName::heading(heading.level), &heading.text, place, Some(target))
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), RenderError> {
        let place = self.text(BlockPart::Text, 0, Tag::Paragraph);
        self.flow(paragraph.style, &paragraph.text, place, None)?;
        if self.is_signature(place.block) && !self.is_signature(place.block + 1) {
            self.place_signature(place.block);
        }
        Ok(())
    }

    /// Returns the text of a block that is a paragraph.
    fn text_of(&self, block: usize) -> Option<&Text> {
        match self.document.blocks.get(block)? {
            Block::Paragraph(paragraph) => Some(&paragraph.text),
            Block::Cover(_)
            | Block::Contents(_)
            | Block::Heading(_)
            | Block::Chart(_)
            | Block::Table(_)
            | Block::PageBreak => None,
        }
    }

    /// Adds the lines of a paragraph to the waiting ones.
    pub(super) fn flow(
        &mut self,
        name: StyleName,
        text: &Text,
        place: TextPlace,
        target: Option<usize>,
    ) -> Result<(), RenderError> {
        let style = self.document.styles.get(name);
        let width = Frame::of(&self.document.page, Orientation::Portrait).width;
        let break_style = if style.align == Align::Center { BreakStyle::Phrases } else { BreakStyle::Running };
        let measured = self.measurer.measure(text, style.role, style.size, break_style)?;
        let lines = measured.lines(&shape(style, width, self.document.page.spacing.grid));
        let count = lines.len();
        let widows = self.document.page.widow_control;
        // A name of a group is a line.
        let is_lead_in = text.announces(self.text_of(place.block + 1).filter(|_| count == 1));
        let flow = |(index, line): (usize, GlyphLine)| {
            let (first, last) = (index == 0, index + 1 == count);
            let is_beside_edge = widows && (first || index + 2 == count);
            FlowLine {
                line: Some((line, place)),
                chart: None,
                before: if first { style.before } else { Length::ZERO },
                height: style.pitch,
                baseline: baseline(style.size, style.pitch),
                after: if last { style.after } else { Length::ZERO },
                keep_with_next: if last { style.keep_with_next } else { is_beside_edge || style.keep_with_next },
                target: target.filter(|_| first),
                is_only_line: count == 1,
                style_keeps_next: style.keep_with_next,
                is_centered: style.align == Align::Center,
                is_lead_in: last && is_lead_in,
            }
        };
        let lines: Vec<FlowLine> = lines.into_iter().enumerate().map(flow).collect();
        // A signature is on no page without text: GB/T 9704-2012, 7.3.5.5.
        if let Some(above) = self.waiting.last_mut().filter(|_| name == StyleName::Signature) {
            above.keep_with_next = true;
        }
        self.waiting.extend(lines);
        Ok(())
    }

    /// Puts all waiting lines on pages. `reserve` is the height that what follows needs on the page of the last line.
    pub(super) fn place_waiting(&mut self, reserve: Length) {
        let mut lines = std::mem::take(&mut self.waiting);
        if reserve > Length::ZERO {
            lines.push(FlowLine::room(reserve));
        }
        // A heading keeps two lines of what follows: a paragraph of one line keeps the next one too.
        for index in 1..lines.len() {
            if lines[index - 1].style_keeps_next && lines[index].is_only_line && index + 1 < lines.len() {
                lines[index].keep_with_next = true;
            }
        }
        // A last paragraph of one line does not get a page of its own.
        if reserve == Length::ZERO
            && self.document.page.widow_control
            && let [.., before, last] = lines.as_mut_slice()
            && last.is_only_line
        {
            before.keep_with_next = true;
        }
        self.shrink_charts(&mut lines);
        let mut ends = self.ends(&lines);
        if reserve == Length::ZERO && has_short_last_page(&ends) {
            ends = self.save_last_page(&mut lines, ends);
        }
        let count = lines.len();
        let mut start = 0;
        for end in ends {
            self.ensure_page();
            for line in &mut lines[start..end] {
                self.place(line);
            }
            start = end;
            if start < count {
                self.page_is_open = false;
            }
        }
    }

    /// Returns for each page the line after its last. Lines that announce others stay with them, as many from the first on
    /// as cost no page of a few lines.
    pub(super) fn ends(&self, lines: &[FlowLine]) -> Vec<usize> {
        let ends = |kept: usize| {
            self.page_ends(lines, |index| lines[index].keep_with_next || lines[index].is_lead_in && index < kept)
        };
        let all = ends(lines.len());
        if !has_short_last_page(&all) {
            return all;
        }
        let leads = (0..lines.len()).rev().filter(|index| lines[*index].is_lead_in);
        leads.map(ends).find(|fewer| fewer.len() < all.len()).unwrap_or(all)
    }

    /// Returns for each page the line after its last, from the open page on.
    fn page_ends(&self, lines: &[FlowLine], keeps: impl Fn(usize) -> bool) -> Vec<usize> {
        let next = Frame::of(&self.document.page, Orientation::Portrait);
        let next = (next.top, next.bottom());
        let page = if self.page_is_open { (self.y, self.frame.bottom()) } else { next };
        page_ends(lines, page, !self.page_is_open || self.page_is_empty, next, keeps)
    }

    /// Puts the waiting lines above a table in the flow of text on pages, except the headings directly before it. Returns
    /// the height left for the table on this page.
    pub(super) fn place_text_above_table(&mut self) -> Length {
        let headings = self.take_headings_at_end();
        self.place_waiting(Length::ZERO);
        let above: Length = headings.iter().map(|line| line.before + line.height + line.after).sum();
        self.waiting = headings;
        let page = Frame::of(&self.document.page, Orientation::Portrait).height;
        if self.page_is_open { self.frame.bottom() - self.y - above } else { page - above }
    }

    /// Puts the headings directly before a table in the flow of text on its page: that of its first rows, which take
    /// `start`, or of all of it, which takes `whole`, where that fits on a page and leaves no more than half of this one
    /// blank.
    pub(super) fn place_above_table(&mut self, start: Length, whole: Length) {
        let page = Frame::of(&self.document.page, Orientation::Portrait).height;
        let rest = if self.page_is_open { self.frame.bottom() - self.y } else { Length::ZERO };
        let above: Length = self.waiting.iter().map(|line| line.before + line.height + line.after).sum();
        self.place_waiting(if above + whole <= page && rest <= page / 2 { whole } else { start });
    }

    /// Takes the headings at the end of the waiting lines.
    fn take_headings_at_end(&mut self) -> Vec<FlowLine> {
        let text = self.waiting.iter().rposition(|line| !line.style_keeps_next).map_or(0, |last| last + 1);
        self.waiting.split_off(text)
    }

    /// Starts a page for a table and puts the headings directly before it on that page.
    pub(super) fn table_page(&mut self, orientation: Orientation) {
        let headings = self.take_headings_at_end();
        self.page_break();
        self.new_page(orientation, true);
        let wider = self.frame.width - Frame::of(&self.document.page, Orientation::Portrait).width;
        for mut heading in headings {
            if let Some((line, _)) = heading.line.as_mut().filter(|_| heading.is_centered) {
                line.move_right(wider / 2);
            }
            self.place(&mut heading);
        }
    }

    /// Keeps the text directly above block `index` on its page.
    pub(super) fn keep_text_above(&mut self, index: usize) {
        let above = index.checked_sub(1).map(|above| &self.document.blocks[above]);
        if let (Some(Block::Paragraph(_)), Some(line)) = (above, self.waiting.last_mut()) {
            line.keep_with_next = true;
        }
    }

    fn place_chart(&mut self, chart: SetChart, before: Length) {
        if !self.page_is_empty {
            self.y += before;
        }
        let (x, y) = (self.frame.left, self.y);
        let Drawing { marks, width, height } = chart.drawing;
        for mark in marks {
            self.draw(Some(chart.node), mark.moved(Point { x, y }));
        }
        let area = Rectangle { x: x + (self.frame.width - width) / 2, y, width, height };
        self.blocks[chart.block].chart = Some(area);
        let page = self.pages.len() - 1;
        if let Tag::Figure { place, .. } = &mut self.nodes[chart.node].tag {
            *place = Some(Box::new((page, area)));
        }
        self.y += height;
    }

    fn place(&mut self, flow: &mut FlowLine) {
        if let Some(chart) = flow.chart.take() {
            return self.place_chart(chart, flow.before);
        }
        let Some((line, text)) = flow.line.take() else { return };
        if !self.page_is_empty {
            self.y += flow.before;
        }
        if let Some(target) = flow.target {
            self.place_target(target, self.y);
        }
        let (x, y) = (self.frame.left, self.y + flow.baseline);
        self.draw_line(Some(text), line, x, y);
        self.page_is_empty = false;
        self.y += flow.height + flow.after;
    }
}

/// Returns for each page the line after its last: of the first page, which reaches from one height to another and may be
/// empty, and of the following ones.
pub(crate) fn page_ends(
    lines: &[FlowLine],
    mut page: (Length, Length),
    mut is_empty: bool,
    next: (Length, Length),
    keeps: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let (mut start, mut ends) = (0, Vec::new());
    while start < lines.len() {
        let overflow = first_overflow(&lines[start..], page, is_empty) + start;
        let mut end = overflow;
        while end < lines.len() && end > start && keeps(end - 1) {
            end -= 1;
        }
        if end == start && is_empty {
            // The lines to keep together are taller than a page.
            end = overflow;
        }
        ends.push(end);
        (start, page, is_empty) = (end, next, true);
    }
    ends
}

/// Returns whether the last of several pages has few lines.
fn has_short_last_page(ends: &[usize]) -> bool {
    matches!(ends, [.., before, last] if last - before <= FEW_LINES)
}

/// Returns the first line for which a page has no room from `y` to `bottom`. An empty page takes at least one.
fn first_overflow(lines: &[FlowLine], (mut y, bottom): (Length, Length), is_empty: bool) -> usize {
    for (index, line) in lines.iter().enumerate() {
        let is_top = is_empty && index == 0;
        let need = line.height + if is_top { Length::ZERO } else { line.before };
        if !is_top && y + need > bottom {
            return index;
        }
        y += need + line.after;
    }
    lines.len()
}
