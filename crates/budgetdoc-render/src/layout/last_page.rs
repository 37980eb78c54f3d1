//! Saves pages: the last one of a text, if it has few lines, and the one that a chart begins.

use budgetdoc_document::{Align, Block, Orientation};

use super::BlockPart;
use super::flow::{FEW_LINES, FlowLine, shape};
use super::typesetter::{Frame, Typesetter};
use crate::text::BreakStyle;

/// Parts of four of the space beside headings that are left, in the order tried.
const CLOSED_SPACES: [i32; 2] = [3, 2];

/// Lines above the last page that are looked at: those of its neighbours.
const NEAR_LINES: usize = 90;

impl Typesetter<'_> {
    /// Makes room for the few lines of the last page on the page before it, and returns the new ends: with less space
    /// beside headings, then with paragraphs in a line less. Changes nothing if that is not enough.
    pub(super) fn save_last_page(&mut self, lines: &mut Vec<FlowLine>, ends: Vec<usize>) -> Vec<usize> {
        let mut closed = lines.clone();
        for part in CLOSED_SPACES {
            for (line, full) in closed.iter_mut().zip(&*lines).filter(|(line, _)| line.style_keeps_next) {
                line.before = full.before * part / 4;
                line.after = full.after * part / 4;
            }
            let closed_ends = self.ends(&closed);
            if closed_ends.len() < ends.len() {
                self.keep_spaces(&closed, lines);
                *lines = closed;
                return closed_ends;
            }
        }
        for mut tried in [lines.clone(), closed] {
            if let Some(shorter) = self.shorten_paragraphs(&mut tried, ends.len()) {
                self.keep_spaces(&tried, lines);
                *lines = tried;
                return shorter;
            }
        }
        ends
    }

    /// Keeps the spaces of headings that differ from those of their style for the Word file.
    fn keep_spaces(&mut self, closed: &[FlowLine], full: &[FlowLine]) {
        let is_less =
            |line: &FlowLine| full.iter().any(|full| full.block() == line.block() && line.is_closer_than(full));
        for line in closed.iter().filter(|line| line.style_keeps_next) {
            if let Some(block) = line.block().filter(|_| is_less(line)) {
                let (before, after) = self.blocks[block].spaces.unwrap_or_default();
                self.blocks[block].spaces = Some((before.max(line.before), after.max(line.after)));
            }
        }
    }

    /// Sets paragraphs in a line less, the last first, until there are fewer than `count` pages; returns their ends.
    fn shorten_paragraphs(&mut self, lines: &mut Vec<FlowLine>, count: usize) -> Option<Vec<usize>> {
        let (mut end, first) = (lines.len(), lines.len().saturating_sub(NEAR_LINES));
        let mut shortened = 0;
        while end > first && shortened < FEW_LINES {
            let block = lines[end - 1].block();
            let start = lines[..end].iter().rposition(|line| line.block() != block).map_or(0, |above| above + 1);
            if let Some(shorter) = block.and_then(|block| self.shorter(block, &lines[start..end])) {
                lines.splice(start..end, shorter);
                shortened += 1;
                let ends = self.ends(lines);
                if ends.len() < count {
                    return Some(ends);
                }
            }
            end = start;
        }
        None
    }

    /// Returns the lines of a paragraph set in fewer, if it can be.
    fn shorter(&mut self, block: usize, lines: &[FlowLine]) -> Option<Vec<FlowLine>> {
        let Block::Paragraph(paragraph) = &self.document.blocks[block] else { return None };
        let style = self.document.styles.get(paragraph.style);
        let (_, place) = lines.first()?.line.as_ref()?;
        if style.align != Align::Justify || place.part != BlockPart::Text || lines.len() < 2 {
            return None;
        }
        let place = *place;
        let width = Frame::of(&self.document.page, Orientation::Portrait).width;
        let measured = self.measurer.measure(&paragraph.text, style.role, style.size, BreakStyle::Running).ok()?;
        let shorter = measured.fewer_lines(&shape(style, width, self.document.page.spacing.grid), lines.len())?;
        Some(self.flow_lines(style, shorter, place, None, paragraph.text.is_lead_in()))
    }

    /// Draws charts smaller that otherwise begin a page.
    pub(super) fn shrink_charts(&self, lines: &mut [FlowLine]) {
        for index in 0..lines.len() {
            let page = |lines: &[FlowLine]| self.ends(lines).partition_point(|end| *end <= index);
            let full = lines[index].clone();
            let Some(smaller) = full.chart.as_ref().and_then(|chart| chart.smaller.clone()) else { continue };
            let before = page(lines);
            if before == 0 {
                continue;
            }
            lines[index].height = smaller.height;
            if let Some(chart) = &mut lines[index].chart {
                chart.drawing = *smaller;
            }
            if page(lines) == before {
                lines[index] = full;
            }
        }
    }
}

impl FlowLine {
    /// Returns the block it belongs to.
    fn block(&self) -> Option<usize> {
        self.line.as_ref().map(|(_, place)| place.block)
    }

    fn is_closer_than(&self, full: &FlowLine) -> bool {
        self.before < full.before || self.after < full.after
    }
}
