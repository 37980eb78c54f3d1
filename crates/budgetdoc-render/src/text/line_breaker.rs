//! The choice of breaks for a whole paragraph at once.
//!
//! After Knuth and Plass: the breaks with the least sum of demerits win. Squeezing a line costs less than stretching it
//! as far, so text is drawn in before it is pushed out (clreq 3.1.4: 先挤进、后推出). All sums are whole numbers.

use budgetdoc_document::Align;

use super::address;
use super::break_opportunities::Break;
use super::class::Class;
use super::line::Shape;
use super::measure::{Char, Measured};

/// Price of a line in ragged text. One line more is cheaper than a broken word.
const LINE: u64 = 50_000;
/// How much dearer a bad break is in ragged text, where it shows more and costs no spacing to avoid.
const RAGGED: u64 = 4;
/// Price of a last line of one character: that of a line whose characters stand a quarter of an em apart.
const ORPHAN: u64 = 21_000_000;
/// Price of breaking where no rule allows it, for text that cannot be broken otherwise.
const EMERGENCY: u32 = 4_000_000_000;
/// No line is worse than this.
const WORST: i64 = 1_000_000;

/// A line's characters, without the blanks at its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineRange {
    pub start: usize,
    pub end: usize,
    /// Whether it is the paragraph's first line, which keeps its opening marks whole.
    pub first: bool,
    /// Whether it is the last line, which is not filled.
    pub last: bool,
}

/// Sums over the characters before a place, so that any line is a few look-ups, and what a line that begins or ends there
/// loses.
#[derive(Clone, Copy, Default)]
struct PrefixSum {
    width: i64,
    squeeze: i64,
    gaps: i64,
    /// Where a line that begins here begins without blanks, and where one that ends here ends without them.
    trimmed: (usize, usize),
    /// What the character after this place loses as the first of a line, and as the last.
    cuts: (i64, i64),
    /// The gap after that character, and what it gives.
    gap: (i64, i64),
}

/// Returns the lines of a paragraph.
pub(crate) fn break_lines(measured: &Measured, shape: &Shape) -> Vec<LineRange> {
    if measured.chars.is_empty() {
        return Vec::new();
    }
    // Most texts in tables are one line, and one line is always cheapest.
    let tracking = i64::from(shape.tracking(measured.size).max(0));
    let most: i64 = measured.chars.iter().map(|char| i64::from(char.width + char.gap) + tracking).sum();
    let blank = |char: Option<&Char>| char.is_none_or(|char| char.class == Class::Blank);
    if most <= i64::from(shape.measure(true)) && !blank(measured.chars.first()) && !blank(measured.chars.last()) {
        return vec![LineRange { start: 0, end: measured.chars.len(), first: true, last: true }];
    }
    let breaker = LineBreaker::new(measured, shape);
    if let Some(spans) = breaker.run(&measured.breaks) {
        // Rather a word in two than a line torn open for it.
        if spans.iter().any(|span| breaker.is_torn_open(*span)) {
            let mut breaks = measured.breaks.clone();
            breaks.extend(address::inside_runs(&measured.chars).map(|(at, penalty)| Break {
                at,
                penalty,
                clean: false,
            }));
            breaks.sort_by_key(|brk| (brk.at, brk.penalty));
            breaks.dedup_by_key(|brk| brk.at);
            return breaker.run(&breaks).unwrap_or(spans);
        }
        return spans;
    }
    // A word wider than its column: better broken in the middle than lost in the next column.
    let clusters = measured.clusters();
    let anywhere: Vec<Break> = (1..=measured.chars.len())
        .filter(|at| *at == measured.chars.len() || clusters[*at])
        .map(|at| {
            let regular = measured.breaks.binary_search_by_key(&at, |brk| brk.at);
            regular.map_or(Break { at, penalty: EMERGENCY, clean: false }, |index| measured.breaks[index])
        })
        .collect();
    breaker.run(&anywhere).unwrap_or_else(|| breaker.one_each(&anywhere))
}

/// Returns the lines as they are chosen, and as the whole search alone chooses them.
#[cfg(test)]
pub(super) fn both(measured: &Measured, shape: &Shape) -> (Option<Vec<LineRange>>, Option<Vec<LineRange>>) {
    let breaker = LineBreaker::new(measured, shape);
    let whole = breaker.search(&measured.breaks, false);
    (breaker.run(&measured.breaks), whole.map(|(spans, _)| spans))
}

struct LineBreaker<'a> {
    measured: &'a Measured,
    shape: &'a Shape,
    sums: Vec<PrefixSum>,
}

#[derive(Clone, Copy)]
struct Best {
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
            let gap = index + 1 < length && has_gap(char, &chars[index + 1]);
            let (give, gap_give) = (measured.squeezable(char), measured.squeezable_gap(char));
            sum.trimmed.0 = index;
            sum.cuts = (i64::from(measured.cut_at_start(char)), i64::from(measured.cut_at_end(char)));
            sum.gap = (i64::from(char.gap), i64::from(gap_give));
            sums.push(sum);
            sum.width += i64::from(char.width + char.gap + if char.full { tracking } else { 0 });
            sum.squeeze += i64::from(give + gap_give);
            sum.gaps += i64::from(gap);
            if char.class != Class::Blank {
                sum.trimmed.1 = index + 1;
            }
        }
        sums.push(PrefixSum { trimmed: (length, sum.trimmed.1), cuts: (0, 0), gap: (0, 0), ..sum });
        for index in (0..length).rev().filter(|index| chars[*index].class == Class::Blank) {
            sums[index].trimmed.0 = sums[index + 1].trimmed.0;
        }
        LineBreaker { measured, shape, sums }
    }

    /// Returns the best breaks, or none if some piece is wider than the measure.
    fn run(&self, breaks: &[Break]) -> Option<Vec<LineRange>> {
        if self.shape.align == Align::Justify
            && let Some((spans, demerits)) = self.search(breaks, true)
            && demerits < self.least_of_short()
        {
            return Some(spans);
        }
        self.search(breaks, false).map(|(spans, _)| spans)
    }

    /// Returns the least demerits of a justified line whose characters fill no more than two thirds of the measure. It has
    /// at most four gaps an em, for of two characters beside a gap one is wide.
    fn least_of_short(&self) -> u64 {
        let measure = i64::from(self.shape.measure(false).min(self.shape.measure(true))).max(1);
        let size = i64::from(self.measured.size.max(1));
        let gaps = (measure * 2 / 3 * 4 / size).max(1);
        let badness = self.stretching(measure / 3, gaps);
        ((10 + badness) * (10 + badness)) as u64
    }

    /// Returns the best breaks and their demerits. With `full`, only lines that fill two thirds of the measure are
    /// tried: most others are far too short, and trying them takes most of the time.
    fn search(&self, breaks: &[Break], full: bool) -> Option<(Vec<LineRange>, u64)> {
        // Node 0 is the paragraph's start, node n the break n-1.
        let mut best: Vec<Option<Best>> = vec![None; breaks.len() + 1];
        best[0] = Some(Best { demerits: 0, from: 0 });
        let dearer = if self.shape.align == Align::Justify { 1 } else { RAGGED };
        let at = |node: usize| if node == 0 { 0 } else { breaks[node - 1].at };
        let least = i64::from(self.shape.measure(false).min(self.shape.measure(true))) * 2 / 3;
        let mut nearest = 1;
        for from in 0..breaks.len() {
            let Some(start) = best[from] else { continue };
            nearest = nearest.max(from + 1);
            while full && nearest < breaks.len() && self.sums[at(nearest)].width - self.sums[at(from)].width <= least {
                nearest += 1;
            }
            for to in nearest..=breaks.len() {
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
        let demerits = best[breaks.len()]?.demerits;
        let mut spans = Vec::new();
        let mut node = breaks.len();
        while node > 0 {
            let from = best[node]?.from;
            spans.push(self.span(at(from), at(node), from == 0, node == breaks.len()));
            node = from;
        }
        spans.reverse();
        Some((spans, demerits))
    }

    /// Returns one cluster to a line: the column is narrower than a character.
    fn one_each(&self, breaks: &[Break]) -> Vec<LineRange> {
        let mut start = 0;
        let mut spans = Vec::new();
        for (index, brk) in breaks.iter().enumerate() {
            spans.push(self.span(start, brk.at, index == 0, index + 1 == breaks.len()));
            start = brk.at;
        }
        spans
    }

    /// Blanks at the edges of a line vanish, but not those a paragraph begins with.
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

    /// Returns what the first and the last character lose to stand flush with the edges; see [`Measured::edge_cuts`].
    fn cuts(&self, span: LineRange) -> (i64, i64) {
        if span.start == span.end {
            return (0, 0);
        }
        let before = if span.first { 0 } else { self.sums[span.start].cuts.0 };
        (before, self.sums[span.end - 1].cuts.1)
    }

    fn width(&self, span: LineRange) -> i64 {
        let (before, after) = self.cuts(span);
        self.sums[span.end].width - self.sums[span.start].width - before - after - self.gap_after(span)
    }

    /// Returns the gap after a line's last character, which is none of the line's.
    fn gap_after(&self, span: LineRange) -> i64 {
        if span.start == span.end { 0 } else { self.sums[span.end - 1].gap.0 }
    }

    fn squeeze(&self, span: LineRange) -> i64 {
        if self.shape.align != Align::Justify || span.end == span.start {
            return 0;
        }
        // What stands at the edges has given its half already, and paragraphs that begin with （一） stay in line.
        let of = |start: usize, end: usize| self.sums[end].squeeze - self.sums[start].squeeze;
        let (before, after) = self.cuts(span);
        let mut squeeze = of(span.start, span.end);
        if before > 0 || span.first {
            squeeze -= of(span.start, span.start + 1);
        }
        if after > 0 {
            squeeze -= of(span.end - 1, span.end);
        } else if span.end - span.start > 1 || !(before > 0 || span.first) {
            squeeze -= self.sums[span.end - 1].gap.1;
        }
        squeeze
    }

    /// Returns how bad it is to share `rest` among so many gaps.
    fn stretching(&self, rest: i64, gaps: i64) -> i64 {
        let stretch = rest * 1000 / (gaps * i64::from(self.measured.size.max(1)));
        let fair = i64::from(self.measured.spacing.fair_stretch);
        (100 * stretch * stretch / (fair * fair)).min(WORST)
    }

    /// Returns whether a line has to be filled by gaps wider than any line may have.
    fn is_torn_open(&self, span: LineRange) -> bool {
        let rest = self.measure(span) - self.width(span);
        let most = i64::from(most_stretch(self.measured.size)) * self.gaps(span);
        self.shape.align == Align::Justify && !span.last && rest > most
    }

    /// Returns the gaps of a line that open; between all letters where it is one long word.
    fn gaps(&self, span: LineRange) -> i64 {
        match self.sums[span.end.saturating_sub(1)].gaps - self.sums[span.start].gaps {
            0 => (span.end - span.start).saturating_sub(1).max(1) as i64,
            gaps => gaps,
        }
    }

    /// Returns the price of a line; none if it does not fit.
    fn demerits(&self, span: LineRange) -> Option<u64> {
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
            self.stretching(rest, self.gaps(span))
        };
        Some(((10 + badness) * (10 + badness)) as u64 + orphan)
    }

    /// Returns whether a line holds one character, marks not counted (孤字).
    fn is_orphan(&self, span: LineRange) -> bool {
        let chars = &self.measured.chars[span.start..span.end];
        chars.iter().filter(|char| !char.class.is_mark()).take(2).count() < 2
    }
}

/// Returns the most that a gap of a justified line opens; a line that would need more ends short of the edge.
pub(crate) fn most_stretch(size: i32) -> i32 {
    size / 2
}

/// Returns whether space may be put between two characters of a stretched line: not inside numbers and words (clreq
/// 3.2.4), nor inside —— and ……, nor between a number and its sign.
pub(crate) fn has_gap(before: &Char, after: &Char) -> bool {
    let western = before.class.is_western() && after.class.is_western();
    let pair = before.class == Class::Pair && after.class == Class::Pair;
    let suffix = after.class == Class::Suffix && before.class == Class::Digit;
    !(western || pair || suffix)
}
