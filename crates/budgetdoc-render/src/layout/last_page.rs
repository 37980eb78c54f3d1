//! Saves pages: the last one of a text, if it has few lines, and the one that a chart begins.

use super::flow::FlowLine;
use super::typesetter::Typesetter;

/// Parts of four of the space beside headings that are left, in the order tried.
const CLOSED_SPACES: [i32; 2] = [3, 2];

impl Typesetter<'_> {
    /// Makes room for the few lines of the last page on the page before it, and returns the new ends: with less space
    /// beside headings. Changes nothing if that is not enough.
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

    /// Draws charts smaller that otherwise begin a page, and those that come to stand on one page with them.
    pub(super) fn shrink_charts(&self, lines: &mut [FlowLine]) {
        let charts: Vec<usize> = (0..lines.len()).filter(|index| lines[*index].can_shrink()).collect();
        let page = |lines: &[FlowLine], index: usize| self.ends(lines).partition_point(|end| *end <= index);
        let mut shrunk: Vec<usize> = Vec::new();
        for (count, index) in charts.iter().enumerate() {
            let before = page(lines, *index);
            let full = lines[*index].clone();
            lines[*index].shrink();
            let after = page(lines, *index);
            let is_beside_smaller = shrunk.iter().any(|other| page(lines, *other) == before);
            if after == before && !is_beside_smaller {
                lines[*index] = full;
                continue;
            }
            shrunk.push(*index);
            for other in &charts[..count] {
                if !shrunk.contains(other) && page(lines, *other) == after {
                    lines[*other].shrink();
                    shrunk.push(*other);
                }
            }
        }
    }
}

impl FlowLine {
    fn can_shrink(&self) -> bool {
        self.chart.as_ref().is_some_and(|chart| chart.smaller.is_some())
    }

    /// Draws its chart smaller.
    fn shrink(&mut self) {
        if let Some(chart) = &mut self.chart
            && let Some(smaller) = chart.smaller.take()
        {
            self.height = smaller.height;
            chart.drawing = *smaller;
        }
    }

    /// Returns the block it belongs to.
    pub(super) fn block(&self) -> Option<usize> {
        self.line.as_ref().map(|(_, place)| place.block)
    }

    fn is_closer_than(&self, full: &FlowLine) -> bool {
        self.before < full.before || self.after < full.after
    }
}
