//! Breaks of names, which are the same in columns of different widths.

use budgetdoc_document::Length;

use super::line::{GlyphLine, Shape};
use super::line_breaker::{LineRange, break_lines};
use super::measure::Measured;

/// The widths tried are multiples of this one.
const STEP: i32 = 250;

impl Measured {
    /// Breaks a name into lines and sets them in `shape`, which is not justified.
    ///
    /// The breaks are those of the least width that needs no more lines: a name that takes as many lines in two columns
    /// breaks at the same places, and its lines are about equal.
    pub fn lines_of_name(&self, shape: &Shape) -> Vec<GlyphLine> {
        let spans = break_lines(self, shape);
        if spans.len() < 2 {
            return self.set_lines(spans, shape);
        }
        let indent = shape.indent + shape.first_indent;
        let least = self.least_width_for(spans.len(), shape.width - indent);
        let narrow = least.map(|least| break_lines(self, &Shape { width: least + indent, ..*shape }));
        let is_as_good =
            |other: &Vec<LineRange>| other.len() == spans.len() && self.penalty(other) <= self.penalty(&spans);
        let spans = narrow.filter(is_as_good).unwrap_or(spans);
        self.set_lines(spans, shape)
    }

    /// Returns the least width that sets the text in `count` lines without breaking a word; none if `most` is too narrow.
    fn least_width_for(&self, count: usize, most: Length) -> Option<Length> {
        let steps = |width: Length| width.in_milli_pt() / STEP;
        let (mut less, mut enough) = (steps(self.widest_piece_width()), steps(most));
        if enough <= less || self.count_lines(Length::milli_pt(enough * STEP)) > count {
            return None;
        }
        while enough - less > 1 {
            let middle = (less + enough) / 2;
            let fits = self.count_lines(Length::milli_pt(middle * STEP)) <= count;
            if fits { enough = middle } else { less = middle }
        }
        Some(Length::milli_pt(enough * STEP))
    }

    /// Returns the sum of the penalties of the breaks between lines.
    fn penalty(&self, spans: &[LineRange]) -> u64 {
        let starts = spans.iter().skip(1).map(|span| span.start);
        let at = |start: usize| self.breaks.iter().rev().find(|brk| brk.at <= start);
        starts.filter_map(at).map(|brk| u64::from(brk.penalty)).sum()
    }
}
