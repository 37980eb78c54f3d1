//! Lines of placed glyphs.

use std::ops::Range;

use budgetdoc_document::{Align, Length};

use super::class::Class;
use super::line_breaker::{LineRange, break_lines, can_stretch_between, max_stretch};
use super::measure::{Char, Measured, is_script_change};
use crate::layout::{Glyph, GlyphRun};

/// The most that characters of a squeezed line move together, in hundredths of an em.
const MAX_TIGHTENING: i32 = 2;

/// Marks of a line that may give all they can, as so many look alike.
pub(crate) const MANY_MARKS: usize = 4;
/// What a mark gives in a squeezed line with fewer, unless that leaves a wide gap, in hundredths of an em.
const FEW_MARKS_SQUEEZE: i32 = 25;

/// Column a paragraph is set in, with its indents and alignment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Width of the column.
    pub width: Length,
    /// Indent of all lines.
    pub indent: Length,
    /// Further indent of the first line.
    pub first_indent: Length,
    /// Alignment of lines between the edges.
    pub align: Align,
    /// Largest change of a full-width character's width, in thousandths, that puts it on a grid of whole characters
    /// across the column (GB/T 9704-2012 5.2.3: 28 characters a line); 0 for no grid.
    pub grid: i32,
}

/// A line: glyph runs with `x` counted from the column's left edge and `y` from the baseline.
#[derive(Clone, Debug)]
pub(crate) struct GlyphLine {
    pub runs: Vec<GlyphRun>,
    /// Left end of the line in its column.
    pub x: Length,
    /// Width as set.
    pub width: Length,
    /// Width of its characters in their faces, without stretching or squeezing.
    pub natural_width: Length,
    /// Width that each of its gaps gains to fill the column.
    pub gap_stretch: Length,
    /// Whether characters were squeezed to fit the column.
    pub squeezed: bool,
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
}

impl GlyphLine {
    /// Returns the line centered in a column of `width`.
    pub fn centered_in(&self, width: Length) -> GlyphLine {
        let mut line = self.clone();
        line.move_right((width - self.width) / 2 - self.x);
        line
    }

    /// Moves the line to the right.
    pub fn move_right(&mut self, by: Length) {
        self.x += by;
        for run in &mut self.runs {
            run.x += by;
        }
    }
}

impl Shape {
    /// Creates a column of `width` without indents or grid.
    pub fn new(width: Length, align: Align) -> Self {
        Shape { width, indent: Length::ZERO, first_indent: Length::ZERO, align, grid: 0 }
    }

    /// Returns the width for the characters of a line, in thousandths of a point.
    pub fn measure(&self, first: bool) -> i32 {
        let indent = if first { self.indent + self.first_indent } else { self.indent };
        (self.width - indent).in_milli_pt()
    }

    /// Indents the first line by `characters` of `size`, as wide as they are on the grid.
    pub fn with_first_indent(mut self, size: Length, characters: u8) -> Self {
        let character = size.in_milli_pt() + self.tracking(size.in_milli_pt());
        self.first_indent = Length::milli_pt(character) * i32::from(characters);
        self
    }

    /// Returns the width that a full-width character of `size` gains on the grid, in thousandths of a point.
    pub fn tracking(&self, size: i32) -> i32 {
        if self.grid == 0 || size <= 0 {
            return 0;
        }
        let width = self.width.in_milli_pt();
        let count = (width + size / 2) / size;
        if count == 0 {
            return 0;
        }
        let tracking = width / count - size;
        if tracking.abs() <= size * self.grid / 1000 { tracking } else { 0 }
    }
}

impl Measured {
    /// Breaks the paragraph into lines and sets them in `shape`.
    pub fn lines(&self, shape: &Shape) -> Vec<GlyphLine> {
        self.set_lines(break_lines(self, shape), shape)
    }

    /// Sets lines in `shape`.
    pub(super) fn set_lines(&self, spans: Vec<LineRange>, shape: &Shape) -> Vec<GlyphLine> {
        let bytes = |chars: &[Char]| chars.iter().map(|char| char.character.len_utf8()).sum::<usize>();
        let (mut chars, mut lines) = (Vec::new(), Vec::with_capacity(spans.len()));
        let (mut before, mut end) = (0, 0);
        for span in spans {
            let mut line = self.set_line(span, shape, &mut chars);
            let start = end + bytes(&self.chars[before..span.start]);
            (before, end) = (span.end, start + bytes(&self.chars[span.start..span.end]));
            line.range = start..end;
            lines.push(line);
        }
        lines
    }

    /// Returns the widths that the first and the last character of a line lose to be flush with the edges.
    pub fn edge_cuts(&self, span: LineRange) -> (i32, i32) {
        let chars = &self.chars[span.start..span.end];
        let before = chars.first().filter(|_| !span.first).map_or(0, |char| self.cut_at_start(char));
        (before, chars.last().map_or(0, |char| self.cut_at_end(char)))
    }

    /// Returns the width a character loses at the start of any line but the paragraph's first.
    pub fn cut_at_start(&self, char: &Char) -> i32 {
        let gives = self.spacing.half_at_start && char.full && char.class == Class::Open && char.cut_left == 0;
        if gives { char.blank } else { 0 }
    }

    /// Returns the width a character loses at the end of a line.
    pub fn cut_at_end(&self, char: &Char) -> i32 {
        let gives = self.spacing.half_at_end && char.full && char.class.has_blank_right() && char.cut_right == 0;
        if gives { char.blank } else { 0 }
    }

    /// Returns the most width a character loses in a squeezed line.
    pub fn max_squeeze(&self, char: &Char) -> i32 {
        let spacing = &self.spacing;
        let hundredths = match char.class {
            _ if char.rigid => return 0,
            Class::Blank if char.character == ' ' => return char.width * spacing.squeeze_space / 100,
            _ if !char.full || char.cut_left + char.cut_right > 0 => 0,
            Class::Open | Class::Middle if char.follows_blank => 0,
            Class::Open | Class::Close | Class::Pause => spacing.squeeze_mark,
            Class::Stop => spacing.squeeze_stop,
            Class::Middle => spacing.squeeze_middle,
            _ => 0,
        };
        (self.size * hundredths / 100).min(char.blank)
    }

    /// Returns the same in a line in which fewer than [`MANY_MARKS`] marks give; more shows.
    pub fn max_squeeze_of_few(&self, char: &Char) -> i32 {
        let most = self.max_squeeze(char);
        if char.class.is_mark() { most.min(self.size * FEW_MARKS_SQUEEZE / 100) } else { most }
    }

    /// Returns the most width that the gap between two characters of a squeezed line loses when marks have given all.
    pub fn max_tightening(&self, before: &Char, after: &Char) -> i32 {
        let gives =
            can_stretch_between(before, after) && !(before.rigid || before.class.is_mark() || after.class.is_mark());
        if gives { self.size * MAX_TIGHTENING / 100 } else { 0 }
    }

    /// Sets one line; `chars` is a buffer to reuse.
    fn set_line(&self, span: LineRange, shape: &Shape, chars: &mut Vec<Char>) -> GlyphLine {
        let tracking = shape.tracking(self.size);
        chars.clear();
        chars.extend_from_slice(&self.chars[span.start..span.end]);
        for char in chars.iter_mut().filter(|char| char.full) {
            char.width += tracking;
        }
        if let [inner @ .., _] = chars.as_mut_slice() {
            for char in inner {
                char.width += char.gap;
            }
        }
        let (before, after) = self.edge_cuts(span);
        if let Some(first) = chars.first_mut() {
            first.width -= before;
            first.cut_left += before;
        }
        if let Some(last) = chars.last_mut() {
            last.width -= after;
            last.cut_right += after;
        }
        let measure = shape.measure(span.first);
        let width = |chars: &[Char]| chars.iter().map(|char| char.width).sum::<i32>();
        let (mut gap_stretch, mut squeezed) = (0, false);
        if shape.align == Align::Justify {
            let rest = measure - width(chars);
            if rest < 0 {
                squeezed = true;
                let from = usize::from(span.first);
                self.squeeze(&mut chars[from..], -rest);
            } else if !span.last {
                gap_stretch = self.stretch(chars, rest);
            }
        }
        let set = width(chars);
        let indent = shape.width.in_milli_pt() - measure;
        let x = match shape.align {
            Align::Left | Align::Justify => indent,
            Align::Center => indent + (measure - set) / 2,
            Align::Right => indent + measure - set,
        };
        let size = Length::milli_pt(self.size);
        self.draw_no_glyph_far_back(chars);
        let own = &self.chars[span.start..span.end];
        let natural_width = own.iter().map(|char| char.width + char.cut_left + char.cut_right).sum();
        GlyphLine {
            runs: glyph_runs(chars, size, x),
            x: Length::milli_pt(x),
            width: Length::milli_pt(set),
            natural_width: Length::milli_pt(natural_width),
            gap_stretch: Length::milli_pt(gap_stretch),
            squeezed,
            range: 0..0,
        }
    }

    /// Draws a glyph that would begin more than half an em before the end of the last one as little to the right as the
    /// grid took from a mark that gave its half.
    fn draw_no_glyph_far_back(&self, chars: &mut [Char]) {
        for next in 1..chars.len() {
            let (before, after) = (chars[next - 1], &mut chars[next]);
            let end = before.shift() + if before.full { self.size } else { before.width };
            let back = end - before.width - after.shift();
            after.moved += (back - self.size / 2).max(0);
        }
    }

    /// Returns the most width the gap after a character loses in a squeezed line.
    pub fn max_gap_squeeze(&self, char: &Char) -> i32 {
        char.gap * self.spacing.squeeze_mixed / 100
    }

    /// Takes `need` from a line in the order of clreq 3.2.3: spaces between words, middle dots, brackets, pauses, gaps
    /// between Chinese and Latin, ends of sentences. Two rounds of half the width each keep neighbouring marks alike.
    fn squeeze(&self, chars: &mut [Char], need: i32) {
        let order: [Option<ClassTest>; 6] = [
            Some(|class| class == Class::Blank),
            Some(|class| class == Class::Middle),
            Some(|class| matches!(class, Class::Open | Class::Close)),
            Some(|class| class == Class::Pause),
            None,
            Some(|class| class == Class::Stop),
        ];
        // The breaker counted on these widths; the gap after the last character is gone already.
        let givers = chars.iter().filter(|char| char.class.is_mark() && self.max_squeeze(char) > 0).count();
        let inner_gaps: i32 = chars.iter().rev().skip(1).map(|char| self.max_gap_squeeze(char)).sum();
        let of_few: i32 = chars.iter().map(|char| self.max_squeeze_of_few(char)).sum();
        let are_few = givers < MANY_MARKS && need <= of_few + inner_gaps;
        let most = |char: &Char| if are_few { self.max_squeeze_of_few(char) } else { self.max_squeeze(char) };
        let gives: Vec<(i32, i32)> = chars.iter().map(|char| (most(char), self.max_gap_squeeze(char))).collect();
        let inner = chars.len().saturating_sub(1);
        let mut need = need;
        for (group, round) in order.iter().map(|group| (group, 0)).chain(order.iter().map(|group| (group, 1))) {
            let half = |give: i32| if round == 0 { give / 2 } else { give - give / 2 };
            let room: Vec<(usize, i32)> = match group {
                Some(belongs) => chars
                    .iter()
                    .zip(&gives)
                    .enumerate()
                    .filter(|(_, (char, _))| belongs(char.class))
                    .map(|(index, (_, (give, _)))| (index, half(*give)))
                    .filter(|(_, room)| *room > 0)
                    .collect(),
                None => {
                    let gaps = gives[..inner].iter().map(|(_, gap)| half(*gap));
                    gaps.enumerate().filter(|(_, room)| *room > 0).collect()
                }
            };
            let total: i32 = room.iter().map(|(_, room)| room).sum();
            let take = need.min(total);
            for (index, part) in split_in_proportion(take, &room) {
                let char = &mut chars[index];
                char.width -= part;
                match (group, char.class) {
                    (None, _) => {}
                    (_, Class::Open) => char.cut_left += part,
                    (_, Class::Middle) => char.cut_left += part / 2,
                    _ => char.cut_right += part,
                }
            }
            need -= take;
            if need == 0 {
                return;
            }
        }
        // The last resort: all characters, by little.
        let room: Vec<(usize, i32)> =
            (0..inner).map(|index| (index, self.max_tightening(&chars[index], &chars[index + 1]))).collect();
        for (index, part) in split_in_proportion(need, &room) {
            chars[index].width -= part;
        }
    }

    /// Gives `rest` to the gaps of a line in the order of clreq 3.2.4: spaces between words, gaps between Chinese and
    /// Latin, then all. Returns the width that each of all the gaps gains.
    fn stretch(&self, chars: &mut [Char], rest: i32) -> i32 {
        let gaps = chars.len().saturating_sub(1);
        let spacing = &self.spacing;
        let mut rest = rest;
        let groups: [(GapTest, i32); 2] =
            [(follows_space, spacing.stretch_space), (is_script_change, spacing.stretch_mixed)];
        for (belongs, hundredths) in groups {
            let room: Vec<(usize, i32)> = (0..gaps)
                .filter(|index| belongs(&chars[*index], &chars[*index + 1]))
                .map(|index| (index, self.size * hundredths / 100))
                .collect();
            let give = rest.min(room.iter().map(|(_, room)| room).sum());
            for (index, part) in split_in_proportion(give, &room) {
                chars[index].width += part;
            }
            rest -= give;
        }
        let all: Vec<(usize, i32)> = (0..gaps)
            .filter(|index| can_stretch_between(&chars[*index], &chars[index + 1]))
            .map(|index| (index, 1))
            .collect();
        // A line of one long word stretches between its letters, to keep the edge straight.
        let all = if all.is_empty() { (0..gaps).map(|index| (index, 1)).collect() } else { all };
        if rest > max_stretch(self.size) * all.len() as i32 {
            return 0;
        }
        for (index, part) in split_in_proportion(rest, &all) {
            chars[index].width += part;
        }
        rest / (all.len() as i32).max(1)
    }
}

/// Returns whether a character belongs to a group.
type ClassTest = fn(Class) -> bool;

/// Returns whether the gap between two characters belongs to a group.
type GapTest = fn(&Char, &Char) -> bool;

fn follows_space(before: &Char, _after: &Char) -> bool {
    before.character == ' ' && !before.rigid
}

/// Splits `total` in proportion to the weights; the parts add up to it exactly.
fn split_in_proportion(total: i32, weights: &[(usize, i32)]) -> Vec<(usize, i32)> {
    let sum: i64 = weights.iter().map(|(_, weight)| i64::from(*weight)).sum();
    if sum == 0 {
        return Vec::new();
    }
    let (mut seen, mut given) = (0, 0);
    weights
        .iter()
        .map(|(index, weight)| {
            seen += i64::from(*weight);
            let until = i64::from(total) * seen / sum;
            let part = (until - given) as i32;
            given = until;
            (*index, part)
        })
        .collect()
}

fn text_of(chars: &[Char]) -> Box<str> {
    let mut text = String::with_capacity(chars.iter().map(|char| char.character.len_utf8()).sum());
    text.extend(chars.iter().map(|char| char.character));
    text.into_boxed_str()
}

impl Char {
    /// Returns the distance from where it stands to where its glyph is drawn.
    fn shift(&self) -> i32 {
        self.moved - self.cut_left
    }

    /// Returns its glyph as it is set.
    fn placed(&self) -> Glyph {
        Glyph {
            id: self.glyph.id,
            advance: Length::milli_pt(self.width),
            shift: Length::milli_pt(self.shift()),
            bytes: self.character.len_utf8() as u8,
        }
    }
}

/// Returns the glyph runs, a new one where the face changes.
fn glyph_runs(chars: &[Char], size: Length, x: i32) -> Vec<GlyphRun> {
    let mut x = x;
    let same_face = |before: &Char, after: &Char| before.glyph.face == after.glyph.face;
    let pieces = chars.chunk_by(same_face);
    // Pages keep them: no more room than they take.
    let mut runs = Vec::with_capacity(pieces.clone().count());
    runs.extend(pieces.map(|chars| {
        let run = GlyphRun {
            x: Length::milli_pt(x),
            y: Length::ZERO,
            turned: false,
            face: chars[0].glyph.face,
            size,
            text: text_of(chars),
            glyphs: chars.iter().map(Char::placed).collect(),
        };
        x += chars.iter().map(|char| char.width).sum::<i32>();
        run
    }));
    runs
}
