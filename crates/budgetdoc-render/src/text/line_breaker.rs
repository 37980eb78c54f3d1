//! The choice of breaks for a whole paragraph at once.
//!
//! After Knuth and Plass: the breaks with the least sum of demerits win. Squeezing a line costs less than stretching it
//! by the same width, so characters are drawn in before they are pushed out (clreq 3.1.4: 先挤进、后推出). All sums are
//! integers.

use budgetdoc_document::Align;

use super::address;
use super::break_opportunities::Break;
use super::class::Class;
use super::line::{MANY_MARKS, Shape};
use super::measure::{Char, Measured};

/// Demerits of a line in ragged text: less than those of a broken word.
const LINE_DEMERITS: u64 = 50_000;
/// Factor of penalties in ragged text, where a bad break is easy to see and can be avoided without changing the
/// spacing.
const RAGGED_FACTOR: u64 = 4;
/// Demerits of a last line of one character: those of a line whose characters are a quarter of an em apart.
const ORPHAN_DEMERITS: u64 = 21_000_000;
/// Penalty of a break that no rule allows, in text that cannot be broken otherwise.
const EMERGENCY_PENALTY: u32 = 4_000_000_000;
/// Badness of a line whose characters move together as far as they may: with that of squeezed marks, that of 0.06 em of
/// stretch.
const TIGHTENED_BADNESS: i64 = 160;
/// Badness that few marks which give all they can add to a line: with that of what does not show, that of 0.075 em of
/// stretch.
const DEEP_BADNESS: i64 = 300;
/// Highest badness of a line.
const MAX_BADNESS: i64 = 1_000_000;

/// A line's characters, without the blanks at its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineRange {
    pub start: usize,
    pub end: usize,
    /// Whether it is the paragraph's first line, whose opening marks keep their full width.
    pub first: bool,
    /// Whether it is the last line, which is not filled.
    pub last: bool,
}

/// Sums over the characters before a place, and the widths that a line loses if it begins or ends there.
#[derive(Clone, Copy, Default)]
struct PrefixSum {
    width: i64,
    /// The sums whose difference is the width of a line: where it begins, with what its first character loses; where it
    /// ends, without what its last one loses and the gap behind that.
    edge_widths: (i64, i64),
    /// What characters and gaps give, what they give where few marks share, and the number of marks that give.
    squeeze: i64,
    squeeze_of_few: i64,
    giving_marks: usize,
    tightening: i64,
    gaps: i64,
    /// First character that is no blank from here on, and the end of the last one before here.
    trimmed: (usize, usize),
    /// Widths that the character after this place loses as the first and as the last of a line.
    cuts: (i64, i64),
    /// How far the gap after that character can be squeezed.
    gap_give: i64,
}

/// Returns the lines of a paragraph.
pub(crate) fn break_lines(measured: &Measured, shape: &Shape) -> Vec<LineRange> {
    if measured.chars.is_empty() {
        return Vec::new();
    }
    // Most texts in tables fit on one line, which always has the least demerits.
    let tracking = i64::from(shape.tracking(measured.size).max(0));
    let most = i64::from(measured.natural_width().in_milli_pt()) + tracking * measured.chars.len() as i64;
    if most <= i64::from(shape.measure(true)) && !measured.has_blank_edge() {
        return vec![LineRange { start: 0, end: measured.chars.len(), first: true, last: true }];
    }
    let breaker = LineBreaker::new(measured, shape);
    if let Some(spans) = breaker.best_breaks(&measured.breaks) {
        // A broken word is better than an overstretched line.
        if spans.iter().any(|span| breaker.is_overstretched(*span)) {
            let mut breaks = measured.breaks.clone();
            breaks.extend(address::breaks_inside_runs(&measured.chars).map(|(at, penalty)| Break {
                at,
                penalty,
                clean: false,
            }));
            breaks.sort_by_key(|brk| (brk.at, brk.penalty));
            breaks.dedup_by_key(|brk| brk.at);
            return breaker.best_breaks(&breaks).unwrap_or(spans);
        }
        return spans;
    }
    // A word wider than its column breaks anywhere; it must not run into the next column.
    let clusters = measured.clusters();
    let anywhere: Vec<Break> = (1..=measured.chars.len())
        .filter(|at| *at == measured.chars.len() || clusters[*at])
        .map(|at| {
            let regular = measured.breaks.binary_search_by_key(&at, |brk| brk.at);
            regular.map_or(Break { at, penalty: EMERGENCY_PENALTY, clean: false }, |index| measured.breaks[index])
        })
        .collect();
    breaker.best_breaks(&anywhere).unwrap_or_else(|| breaker.one_cluster_per_line(&anywhere))
}

/// Returns the lines chosen by the full algorithm and by the search over all lines alone.
#[cfg(test)]
pub(super) fn chosen_and_exhaustive(
    measured: &Measured,
    shape: &Shape,
) -> (Option<Vec<LineRange>>, Option<Vec<LineRange>>) {
    let breaker = LineBreaker::new(measured, shape);
    (breaker.best_breaks(&measured.breaks), breaker.search(&measured.breaks, None))
}

struct LineBreaker<'a> {
    measured: &'a Measured,
    shape: &'a Shape,
    sums: Vec<PrefixSum>,
}

#[derive(Clone, Copy)]
struct BestStart {
    demerits: u64,
    from: usize,
}

impl<'a> LineBreaker<'a> {
    fn new(measured: &'a Measured, shape: &'a Shape) -> Self {
        let tracking = shape.tracking(measured.size);
        let chars = &measured.chars;
        let length = chars.len();
        let mut sums = Vec::with_capacity(length + 1);
        let mut sum = PrefixSum::default();
        for (index, char) in chars.iter().enumerate() {
            let gap = index + 1 < length && can_stretch_between(char, &chars[index + 1]);
            let (give, gap_give) = (measured.max_squeeze(char), measured.max_gap_squeeze(char));
            let give_of_few = measured.max_squeeze_of_few(char);
            sum.trimmed.0 = index;
            sum.cuts = (i64::from(measured.cut_at_start(char)), i64::from(measured.cut_at_end(char)));
            sum.gap_give = i64::from(gap_give);
            sum.edge_widths.0 = sum.width + sum.cuts.0;
            sums.push(sum);
            sum.width += i64::from(char.width + char.gap + if char.full { tracking } else { 0 });
            sum.edge_widths.1 = sum.width - i64::from(char.gap) - sum.cuts.1;
            sum.squeeze += i64::from(give + gap_give);
            sum.squeeze_of_few += i64::from(give_of_few + gap_give);
            sum.giving_marks += usize::from(char.class.is_mark() && give > 0);
            sum.gaps += i64::from(gap);
            let next = chars.get(index + 1);
            sum.tightening += next.map_or(0, |next| i64::from(measured.max_tightening(char, next)));
            if char.class != Class::Blank {
                sum.trimmed.1 = index + 1;
            }
        }
        sums.push(PrefixSum { trimmed: (length, sum.trimmed.1), cuts: (0, 0), gap_give: 0, ..sum });
        for index in (0..length).rev().filter(|index| chars[*index].class == Class::Blank) {
            sums[index].trimmed.0 = sums[index + 1].trimmed.0;
        }
        LineBreaker { measured, shape, sums }
    }

    /// Returns the lines with the least demerits; none if a piece is wider than the measure.
    fn best_breaks(&self, breaks: &[Break]) -> Option<Vec<LineRange>> {
        let full = (self.shape.align == Align::Justify)
            .then(|| self.search(breaks, Some(self.min_demerits_of_short_line())))
            .flatten();
        full.or_else(|| self.search(breaks, None))
    }

    /// Returns the least demerits of a justified line whose characters fill no more than two thirds of the measure. It
    /// has at most four gaps an em, for of two characters next to a gap one is wide.
    fn min_demerits_of_short_line(&self) -> u64 {
        let measure = i64::from(self.shape.measure(false).min(self.shape.measure(true))).max(1);
        let size = i64::from(self.measured.size.max(1));
        let gaps = (measure * 2 / 3 * 4 / size).max(1);
        let badness = self.stretch_badness(measure / 3, gaps);
        ((10 + badness) * (10 + badness)) as u64
    }

    /// Returns the lines with the least demerits. With `below`, the least of a line that does not fill two thirds of the
    /// measure, only others are tried, and only ways with less in all: most lines are far too short, and trying them
    /// takes most of the time.
    fn search(&self, breaks: &[Break], below: Option<u64>) -> Option<Vec<LineRange>> {
        let (full, below) = (below.is_some(), below.unwrap_or(u64::MAX));
        // Node 0 is the paragraph's start, node n the break n-1.
        let mut best: Vec<Option<BestStart>> = vec![None; breaks.len() + 1];
        best[0] = Some(BestStart { demerits: 0, from: 0 });
        let penalty_factor = if self.shape.align == Align::Justify { 1 } else { RAGGED_FACTOR };
        let at = |node: usize| if node == 0 { 0 } else { breaks[node - 1].at };
        let fill = i64::from(self.shape.measure(false).min(self.shape.measure(true))) * 2 / 3;
        let mut nearest = 1;
        for from in 0..breaks.len() {
            let Some(start) = best[from] else { continue };
            let (begin, measure) = (at(from), i64::from(self.shape.measure(from == 0)));
            let width_to = |to: usize| self.sums[to].width - self.sums[begin].width;
            nearest = nearest.max(from + 1);
            while full && nearest < breaks.len() && width_to(at(nearest)) <= fill {
                nearest += 1;
            }
            for ((to, brk), best) in (nearest..).zip(&breaks[nearest - 1..]).zip(&mut best[nearest..]) {
                let known = best.map_or(below, |known| known.demerits);
                let least = start.demerits + u64::from(brk.penalty) * penalty_factor;
                // A line that fits, even with the blanks at its edges, only adds to the demerits of its start.
                if least >= known && width_to(brk.at) <= measure {
                    continue;
                }
                let span = self.span(begin, brk.at, from == 0, to == breaks.len());
                // A longer line does not fit either.
                let Some(cost) = self.demerits(span) else { break };
                let demerits = least + cost;
                if demerits < known {
                    *best = Some(BestStart { demerits, from });
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

    /// Returns one cluster to a line: the column is narrower than a character.
    fn one_cluster_per_line(&self, breaks: &[Break]) -> Vec<LineRange> {
        let mut start = 0;
        let mut spans = Vec::new();
        for (index, brk) in breaks.iter().enumerate() {
            spans.push(self.span(start, brk.at, index == 0, index + 1 == breaks.len()));
            start = brk.at;
        }
        spans
    }

    /// Returns a line without the blanks at its edges.
    fn span(&self, start: usize, end: usize, first: bool, last: bool) -> LineRange {
        let end = self.sums[end].trimmed.1.max(start);
        let mut start = if first { start } else { self.sums[start].trimmed.0.min(end) };
        while first && start < end && self.measured.chars[start].character == ' ' {
            start += 1;
        }
        LineRange { start, end, first, last }
    }

    fn measure(&self, span: LineRange) -> i64 {
        i64::from(self.shape.measure(span.first))
    }

    /// Returns what the first and the last character lose to be flush with the edges; see [`Measured::edge_cuts`].
    fn cuts(&self, span: LineRange) -> (i64, i64) {
        if span.start == span.end {
            return (0, 0);
        }
        let before = if span.first { 0 } else { self.sums[span.start].cuts.0 };
        (before, self.sums[span.end - 1].cuts.1)
    }

    fn width(&self, span: LineRange) -> i64 {
        if span.start == span.end {
            return 0;
        }
        let start = &self.sums[span.start];
        self.sums[span.end].edge_widths.1 - if span.first { start.width } else { start.edge_widths.0 }
    }

    /// Returns what the characters of a line give without showing, and the most they give.
    fn squeeze(&self, span: LineRange) -> (i64, i64) {
        if self.shape.align != Align::Justify || span.end == span.start {
            return (0, 0);
        }
        // Marks at the edges have lost their half already, and （一） keeps its width at the start of paragraphs.
        let (before, after) = self.cuts(span);
        let (start, end) = (span.start + usize::from(before > 0 || span.first), span.end - usize::from(after > 0));
        if start >= end {
            return (0, 0);
        }
        let (from, to) = (&self.sums[start], &self.sums[end]);
        // The gap after the last character is no part of the line.
        let gap = if after > 0 { 0 } else { self.sums[end - 1].gap_give };
        let most = to.squeeze - from.squeeze - gap;
        let are_few = to.giving_marks - from.giving_marks < MANY_MARKS;
        (if are_few { to.squeeze_of_few - from.squeeze_of_few - gap } else { most }, most)
    }

    /// Returns the most that characters of a line move together when marks have given all.
    fn tightening(&self, span: LineRange) -> i64 {
        if self.shape.align != Align::Justify || span.end == span.start {
            return 0;
        }
        // In a paragraph's first line marks give nothing at its start.
        let start = if span.first { (span.start + 1).min(span.end - 1) } else { span.start };
        self.sums[span.end - 1].tightening - self.sums[start].tightening
    }

    /// Returns the badness of distributing `rest` over `gaps`.
    fn stretch_badness(&self, rest: i64, gaps: i64) -> i64 {
        let stretch = rest * 1000 / (gaps * i64::from(self.measured.size.max(1)));
        let fair = i64::from(self.measured.spacing.fair_stretch);
        (100 * stretch * stretch / (fair * fair)).min(MAX_BADNESS)
    }

    /// Returns whether filling a line takes gaps wider than [`max_stretch`].
    fn is_overstretched(&self, span: LineRange) -> bool {
        let rest = self.measure(span) - self.width(span);
        let most = i64::from(max_stretch(self.measured.size)) * self.gaps(span);
        self.shape.align == Align::Justify && !span.last && rest > most
    }

    /// Returns the number of gaps that stretch; those between all letters if the line is one long word.
    fn gaps(&self, span: LineRange) -> i64 {
        match self.sums[span.end.saturating_sub(1)].gaps - self.sums[span.start].gaps {
            0 => (span.end - span.start).saturating_sub(1).max(1) as i64,
            gaps => gaps,
        }
    }

    /// Returns the demerits of a line; none if it does not fit.
    fn demerits(&self, span: LineRange) -> Option<u64> {
        if span.start == span.end {
            return Some(if span.first && span.last { 0 } else { LINE_DEMERITS });
        }
        let (width, measure) = (self.width(span), self.measure(span));
        let rest = measure - width;
        let orphan = if span.last && !span.first && self.is_orphan(span) { ORPHAN_DEMERITS } else { 0 };
        if self.shape.align != Align::Justify {
            if rest < 0 {
                return None;
            }
            // Lines of titles should be equally long; the last line of flush text may be short.
            let counts = self.shape.align == Align::Center || !span.last;
            let ragged = if counts { (rest * 200 / measure.max(1)).pow(2) as u64 } else { 0 };
            return Some(LINE_DEMERITS + ragged + orphan);
        }
        let badness = if rest < 0 {
            let ((even, most), tightening) = (self.squeeze(span), self.tightening(span));
            let part = |over: i64, whole: i64| over * over * 100 / (whole * whole);
            match -rest {
                need if need <= even => part(need, even),
                need if need <= most => 100 + DEEP_BADNESS * part(need - even, most - even) / 100,
                need if need <= most + tightening => {
                    let deep = if most > even { DEEP_BADNESS } else { 0 };
                    100 + deep + TIGHTENED_BADNESS * part(need - most, tightening) / 100
                }
                _ => return None,
            }
        } else if span.last {
            0
        } else {
            self.stretch_badness(rest, self.gaps(span))
        };
        Some(((10 + badness) * (10 + badness)) as u64 + orphan)
    }

    /// Returns whether a line holds one character, marks not counted (孤字).
    fn is_orphan(&self, span: LineRange) -> bool {
        let chars = &self.measured.chars[span.start..span.end];
        chars.iter().filter(|char| !char.class.is_mark()).take(2).count() < 2
    }
}

/// Returns the most width a gap of a justified line gains; a line that needs more stays short of the edge.
pub(crate) fn max_stretch(size: i32) -> i32 {
    size / 2
}

/// Returns whether space may be put between two characters of a stretched line: not inside numbers and words (clreq
/// 3.2.4), nor inside —— and ……, nor between a number and its sign.
pub(crate) fn can_stretch_between(before: &Char, after: &Char) -> bool {
    let western = before.class.is_western() && after.class.is_western();
    let pair = before.class == Class::Pair && after.class == Class::Pair;
    let suffix = after.class == Class::Suffix && before.class == Class::Digit;
    !(western || pair || suffix)
}
