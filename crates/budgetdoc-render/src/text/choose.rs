//! The choice of breaks for a whole paragraph at once.
//!
//! After Knuth and Plass: the breaks with the least sum of demerits win. Squeezing a line costs less than stretching it
//! as far, so text is drawn in before it is pushed out (clreq 3.1.4: 先挤进、后推出). All sums are whole numbers.

use budgetdoc_core::document::Align;

use super::breaks::Break;
use super::class::Class;
use super::measure::{Char, Measured};
use super::set::Shape;

/// Price of a line in ragged text. One line more is cheaper than a broken word.
const LINE: u64 = 50_000;
/// How much dearer a bad break is in ragged text, where it shows more and costs no spacing to avoid.
const RAGGED: u64 = 4;
/// Price of a last line of one character.
const ORPHAN: u64 = 400_000;
/// Price of breaking where no rule allows it, for text that cannot be broken otherwise.
const EMERGENCY: u32 = 10_000_000;
/// No line is worse than this.
const WORST: i64 = 1_000_000;

/// A line's characters, without the blanks at its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
    /// Whether it is the paragraph's first line, which keeps its opening marks whole.
    pub first: bool,
    /// Whether it is the last line, which is not filled.
    pub last: bool,
}

/// Sums over the characters from the paragraph's start, so that any line is two look-ups.
struct Sums {
    width: Vec<i64>,
    squeeze: Vec<i64>,
    gaps: Vec<i64>,
}

/// The lines of a paragraph.
pub(crate) fn choose(measured: &Measured, shape: &Shape) -> Vec<Span> {
    if measured.chars.is_empty() {
        return Vec::new();
    }
    let chooser = Chooser::new(measured, shape);
    if let Some(spans) = chooser.run(&measured.breaks) {
        return spans;
    }
    // A word wider than its column: better broken in the middle than lost in the next column.
    let anywhere: Vec<Break> = (1..=measured.chars.len())
        .filter(|at| *at == measured.chars.len() || measured.clusters[*at])
        .map(|at| {
            let regular = measured.breaks.binary_search_by_key(&at, |brk| brk.at);
            regular.map_or(Break { at, penalty: EMERGENCY }, |index| measured.breaks[index])
        })
        .collect();
    chooser.run(&anywhere).unwrap_or_else(|| chooser.one_each(&anywhere))
}

struct Chooser<'a> {
    measured: &'a Measured,
    shape: &'a Shape,
    sums: Sums,
}

#[derive(Clone, Copy)]
struct Best {
    demerits: u64,
    from: usize,
}

impl<'a> Chooser<'a> {
    fn new(measured: &'a Measured, shape: &'a Shape) -> Self {
        let tracking = shape.tracking(measured.size);
        let length = measured.chars.len();
        let mut sums = Sums { width: vec![0; length + 1], squeeze: vec![0; length + 1], gaps: vec![0; length + 1] };
        for (index, char) in measured.chars.iter().enumerate() {
            let gap = index + 1 < length && has_gap(char, &measured.chars[index + 1]);
            sums.width[index + 1] = sums.width[index] + i64::from(char.width + if char.full { tracking } else { 0 });
            sums.squeeze[index + 1] = sums.squeeze[index] + i64::from(measured.squeezable(char));
            sums.gaps[index + 1] = sums.gaps[index] + i64::from(gap);
        }
        Chooser { measured, shape, sums }
    }

    /// The best breaks, or none if some piece is wider than the measure.
    fn run(&self, breaks: &[Break]) -> Option<Vec<Span>> {
        // Node 0 is the paragraph's start, node n the break n-1.
        let mut best: Vec<Option<Best>> = vec![None; breaks.len() + 1];
        best[0] = Some(Best { demerits: 0, from: 0 });
        let dearer = if self.shape.align == Align::Justify { 1 } else { RAGGED };
        let at = |node: usize| if node == 0 { 0 } else { breaks[node - 1].at };
        for from in 0..breaks.len() {
            let Some(start) = best[from] else { continue };
            for to in from + 1..=breaks.len() {
                let span = self.span(at(from), at(to), from == 0, to == breaks.len());
                let Some(cost) = self.demerits(span) else {
                    if self.width(span) > self.measure(span) + self.squeeze(span) {
                        break;
                    }
                    continue;
                };
                let demerits = start.demerits + cost + u64::from(breaks[to - 1].penalty) * dearer;
                if best[to].is_none_or(|known| demerits < known.demerits) {
                    best[to] = Some(Best { demerits, from });
                }
            }
        }
        let mut spans = Vec::new();
        let mut node = breaks.len();
        while node > 0 {
            let from = best[node]?.from;
            spans.push(self.span(at(from), at(node), from == 0, node == breaks.len()));
            node = from;
        }
        spans.reverse();
        Some(spans)
    }

    /// One cluster to a line: the column is narrower than a character.
    fn one_each(&self, breaks: &[Break]) -> Vec<Span> {
        let mut start = 0;
        let mut spans = Vec::new();
        for (index, brk) in breaks.iter().enumerate() {
            spans.push(self.span(start, brk.at, index == 0, index + 1 == breaks.len()));
            start = brk.at;
        }
        spans
    }

    /// Blanks at the edges of a line vanish, but not those a paragraph begins with.
    fn span(&self, start: usize, end: usize, first: bool, last: bool) -> Span {
        let blank = |index: usize| self.measured.chars[index].class == Class::Blank;
        let (mut start, mut end) = (start, end);
        while end > start && blank(end - 1) {
            end -= 1;
        }
        while !first && start < end && blank(start) {
            start += 1;
        }
        while first && start < end && self.measured.chars[start].character == ' ' {
            start += 1;
        }
        Span { start, end, first, last }
    }

    fn measure(&self, span: Span) -> i64 {
        i64::from(self.shape.measure(span.first))
    }

    fn width(&self, span: Span) -> i64 {
        let (before, after) = self.measured.edge_cuts(span);
        self.sums.width[span.end] - self.sums.width[span.start] - i64::from(before) - i64::from(after)
    }

    fn squeeze(&self, span: Span) -> i64 {
        if self.shape.align != Align::Justify || span.end == span.start {
            return 0;
        }
        // What stands at the edges has given its half already, and paragraphs that begin with （一） stay in line.
        let chars = &self.measured.chars;
        let (before, after) = self.measured.edge_cuts(span);
        let mut squeeze = self.sums.squeeze[span.end] - self.sums.squeeze[span.start];
        if before > 0 || span.first {
            squeeze -= i64::from(self.measured.squeezable(&chars[span.start]));
        }
        if after > 0 {
            squeeze -= i64::from(self.measured.squeezable(&chars[span.end - 1]));
        }
        squeeze
    }

    /// The price of a line; none if it does not fit.
    fn demerits(&self, span: Span) -> Option<u64> {
        if span.start == span.end {
            return Some(if span.first && span.last { 0 } else { LINE });
        }
        let (width, measure) = (self.width(span), self.measure(span));
        let rest = measure - width;
        let orphan = if span.last && !span.first && self.is_orphan(span) { ORPHAN } else { 0 };
        if self.shape.align != Align::Justify {
            if rest < 0 {
                return None;
            }
            // Titles want lines of one length; flush text lets the last line be short.
            let counts = self.shape.align == Align::Center || !span.last;
            let ragged = if counts { (rest * 200 / measure.max(1)).pow(2) as u64 } else { 0 };
            return Some(LINE + ragged + orphan);
        }
        let badness = if rest < 0 {
            let squeeze = self.squeeze(span);
            if -rest > squeeze {
                return None;
            }
            100 * rest * rest / (squeeze * squeeze)
        } else if span.last {
            0
        } else {
            let gaps = (self.sums.gaps[span.end - 1] - self.sums.gaps[span.start]).max(1);
            let stretch = rest * 1000 / (gaps * i64::from(self.measured.size.max(1)));
            let fair = self.measured.spacing.fair_stretch;
            (100 * stretch * stretch / (fair * fair)).min(WORST)
        };
        Some(((10 + badness) * (10 + badness)) as u64 + orphan)
    }

    /// Whether a line holds one character, marks not counted (孤字).
    fn is_orphan(&self, span: Span) -> bool {
        let chars = &self.measured.chars[span.start..span.end];
        chars.iter().filter(|char| !char.class.is_mark()).take(2).count() < 2
    }
}

/// Whether space may be put between two characters of a stretched line: not inside numbers and words (clreq 3.2.4),
/// nor inside —— and ……, nor between a number and its sign.
pub(crate) fn has_gap(before: &Char, after: &Char) -> bool {
    let western = before.class.is_western() && after.class.is_western();
    let pair = before.class == Class::Pair && after.class == Class::Pair;
    let suffix = after.class == Class::Suffix && before.class == Class::Digit;
    !(western || pair || suffix)
}
