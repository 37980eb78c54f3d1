//! Characters with their glyphs and widths.

use std::collections::HashMap;

use budgetdoc_document::Place;
use budgetdoc_document::{Length, Role, Spacing, Text};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{
    GraphemeClusterSegmenter, LineSegmenter, LineSegmenterBorrowed, WordSegmenter, WordSegmenterBorrowed,
};

use super::break_opportunities::{self, Break, WordBounds};
use super::class::Class;
use super::quantity;
use crate::RenderError;
use crate::font::{FaceGlyph, FontBook, GlyphTable};

/// A character of a paragraph. Widths are in thousandths of a point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Char {
    pub character: char,
    pub class: Class,
    pub glyph: FaceGlyph,
    /// Width as set, after squeezing next to another mark.
    pub width: i32,
    /// Width taken from the left half.
    pub cut_left: i32,
    /// Width taken from the right half.
    pub cut_right: i32,
    /// Gap to the next character if that is of the other script, Chinese or Latin; dropped at the end of a line.
    pub gap: i32,
    /// Whether the glyph is as wide as the em, so that half of a mark can be cut.
    pub full: bool,
    /// Distance a mark's glyph is moved to put its ink in the half it belongs in.
    pub moved: i32,
    /// Blank that can be cut from a mark without touching its ink nor moving the next glyph back by more than half an em.
    pub blank: i32,
    /// Whether a mark that gives its right half stands before it: it keeps its left half, for the same reason.
    pub follows_blank: bool,
    /// Whether it keeps its width in every line, as the number of an item does.
    pub rigid: bool,
    /// Widths and gaps of the characters before it, on one line.
    pub before: i64,
}

impl Char {
    /// Creates a character of `size` at its full width.
    pub fn new(character: char, glyph: FaceGlyph, size: Length) -> Self {
        let class = Class::of(character);
        let full = glyph.units == glyph.units_per_em;
        let (moved, blank) = if full { shift_and_blank(class, glyph) } else { (0, 0) };
        let scaled = |units: i32| match units {
            // Most characters are no marks.
            0 => 0,
            units => size.scale(units, i32::from(glyph.units_per_em)).in_milli_pt(),
        };
        Char {
            character,
            class,
            glyph,
            width: glyph.advance(size).in_milli_pt(),
            cut_left: 0,
            cut_right: 0,
            gap: 0,
            full,
            moved: scaled(moved),
            blank: scaled(blank),
            follows_blank: false,
            rigid: false,
            before: 0,
        }
    }
}

/// Returns how far a mark's glyph is moved and what it can give up, in font units. Some faces draw ？ in the middle of
/// its em: it goes to the left, where GB/T 15834-2011 has it and the other marks of the face are.
fn shift_and_blank(class: Class, glyph: FaceGlyph) -> (i32, i32) {
    let (em, (left, right)) = (i32::from(glyph.units_per_em), glyph.ink);
    let half = em / 2;
    // The blank before the ink in the middle of its half.
    let margin = (half - (right - left)) / 2;
    let (moved, blank) = match class {
        Class::Open if left < half && margin >= 0 => (half + margin - left, half),
        Class::Open => (0, left),
        _ if class.has_blank_right() && right > half && margin >= 0 => (margin - left, half),
        _ if class.has_blank_right() => (0, em - right),
        // Either side gives the same.
        Class::Middle => (0, left.min(em - right) * 2),
        _ => (0, 0),
    };
    (moved, blank.clamp(0, half))
}

/// A paragraph's characters and the places it may break.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub chars: Vec<Char>,
    pub breaks: Vec<Break>,
    pub size: i32,
    pub spacing: Spacing,
}

/// How to break a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BreakStyle {
    /// Running text: anywhere between characters.
    Running,
    /// Names: between words where possible.
    Words,
    /// Titles, heads and labels: between words, and rather where the phrase pauses.
    Phrases,
    /// Numbers and codes: nowhere.
    Figure,
}

/// Most texts whose breaks are remembered: more than a document repeats.
const MAX_KNOWN: usize = 4_096;

/// Sets texts in the faces of a book.
#[derive(Debug)]
pub(crate) struct TextMeasurer<'a> {
    glyphs: GlyphTable<'a>,
    lines: LineSegmenterBorrowed<'static>,
    words: WordSegmenterBorrowed<'static>,
    spacing: Spacing,
    /// Breaks of titles and names by text: the same recur in table after table.
    known: HashMap<(BreakStyle, String), Vec<Break>>,
    /// Names that titles keep on one line.
    names: Vec<Vec<char>>,
}

impl<'a> TextMeasurer<'a> {
    pub fn new(book: &'a FontBook) -> Self {
        TextMeasurer {
            glyphs: GlyphTable::new(book),
            lines: line_segmenter(),
            words: WordSegmenter::new_dictionary(icu_segmenter::options::WordBreakInvariantOptions::default()),
            spacing: Spacing::default(),
            known: HashMap::new(),
            names: Vec::new(),
        }
    }

    /// Sets the names that titles, heads and labels keep on one line where they fit.
    pub fn with_names(mut self, names: &[String]) -> Self {
        self.names = names.iter().map(|name| name.chars().collect()).collect();
        self
    }

    /// Sets the widths of marks and gaps.
    pub fn with_spacing(mut self, spacing: Spacing) -> Self {
        self.spacing = spacing;
        self
    }

    pub fn book(&self) -> &'a FontBook {
        self.glyphs.book()
    }

    /// Checks that the faces have every character measured.
    ///
    /// # Errors
    /// The characters that no face has.
    pub fn check_missing(&mut self) -> Result<(), RenderError> {
        self.glyphs.check_missing()
    }

    /// Returns the glyph of one character.
    pub fn glyph(&mut self, role: Role, character: char) -> Result<FaceGlyph, RenderError> {
        self.glyphs.glyph(role, character, None)
    }

    /// Returns the same for a text of the user's, whose place errors name.
    pub fn glyph_at(&mut self, role: Role, character: char, origin: Option<Place>) -> Result<FaceGlyph, RenderError> {
        self.glyphs.glyph(role, character, origin)
    }

    /// Returns the characters of `text` in `role` at `size`, and where it may break.
    ///
    /// # Errors
    /// A control character.
    pub fn measure(
        &mut self,
        text: &Text,
        role: Role,
        size: Length,
        style: BreakStyle,
    ) -> Result<Measured, RenderError> {
        let mut plain = String::new();
        // Tables have many cells: what each keeps is of its size.
        let mut chars = Vec::with_capacity(text.runs.iter().map(|run| run.text.chars().count()).sum());
        for run in &text.runs {
            let role = run.role.unwrap_or(role);
            plain.push_str(&run.text);
            let mut rest = run.text.chars();
            let mut before = None;
            while let Some(character) = rest.next() {
                let is_latin = is_apostrophe(before, character, || rest.clone().next());
                let glyph = self.glyphs.glyph(if is_latin { Role::Latin } else { role }, character, text.origin)?;
                let mut char = Char::new(character, glyph, size);
                if is_latin {
                    char.class = Class::Latin;
                }
                chars.push(char);
                before = Some(character);
            }
        }
        let size = size.in_milli_pt();
        limit_blanks(&mut chars, size / 2);
        if self.spacing.squeeze_adjacent {
            squeeze_adjacent(&mut chars);
        }
        if self.spacing.mixed_gap > 0 {
            add_script_gaps(&mut chars, size * self.spacing.mixed_gap / 100);
        }
        // A paragraph of a hundred thousand characters would overflow a `Length`.
        let mut before = 0;
        for char in &mut chars {
            char.before = before;
            before += i64::from(char.width + char.gap);
        }
        if style == BreakStyle::Figure {
            // Half of all texts are figures in tables.
            let breaks = vec![Break::clean(chars.len())];
            return Ok(Measured { chars, breaks, size, spacing: self.spacing });
        }
        let enumerator = quantity::leading_enumerator(&chars);
        chars[..enumerator].iter_mut().for_each(|char| char.rigid = true);
        // Running text is seldom repeated, and a ’ where runs meet is no apostrophe.
        if style == BreakStyle::Running || text.runs.len() > 1 {
            let breaks = self.find_breaks(&plain, &chars, style);
            return Ok(Measured { chars, breaks, size, spacing: self.spacing });
        }
        let key = (style, plain);
        let breaks = match self.known.get(&key) {
            Some(known) => known.clone(),
            None => {
                let breaks = self.find_breaks(&key.1, &chars, style);
                if self.known.len() == MAX_KNOWN {
                    self.known.clear();
                }
                self.known.insert(key, breaks.clone());
                breaks
            }
        };
        Ok(Measured { chars, breaks, size, spacing: self.spacing })
    }

    fn find_breaks(&self, plain: &str, chars: &[Char], style: BreakStyle) -> Vec<Break> {
        let words = (style != BreakStyle::Running).then(|| WordBounds {
            starts: segment_starts(plain, chars.len(), self.words.segment_str(plain)),
            names: break_opportunities::locate_names(chars, &self.names),
            phrases: style == BreakStyle::Phrases,
        });
        let may_break = segment_starts(plain, chars.len(), self.lines.segment_str(plain));
        break_opportunities::find_breaks(chars, &may_break, words.as_ref())
    }
}

/// Returns whether a ’ belongs to a Latin word (Women’s), for it is a Chinese quotation mark elsewhere.
pub(crate) fn is_apostrophe(before: Option<char>, character: char, after: impl FnOnce() -> Option<char>) -> bool {
    let letter =
        |beside: Option<char>| beside.is_some_and(|beside| Class::of(beside) == Class::Latin && beside.is_alphabetic());
    character == '’' && letter(before) && letter(after())
}

/// Returns for each of `count` characters whether a segment starts before it; `segments` are ascending bytes of `text`.
fn segment_starts(text: &str, count: usize, segments: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut segment_starts = vec![false; count];
    let (mut index, mut byte) = (0, 0);
    for at in segments.filter(|at| *at > 0 && *at < text.len()) {
        index += text[byte..at].chars().count();
        byte = at;
        segment_starts[index] = true;
    }
    segment_starts
}

/// Creates the segmenter of UAX #14.
pub(crate) fn line_segmenter() -> LineSegmenterBorrowed<'static> {
    LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default())
}

/// Keeps each glyph from being moved back by more than `most`, with its own ink and with what both sides of it give:
/// readers of PDF take it for the start of another line.
fn limit_blanks(chars: &mut [Char], most: i32) {
    for next in 1..chars.len() {
        let moved_back = -chars[next].moved.min(0);
        let before = &mut chars[next - 1];
        before.blank = before.blank.min(most - moved_back);
        chars[next].follows_blank = before.full && before.class.has_blank_right();
    }
}

/// Cuts half an em, or the blank there is, from each pair of full-width marks whose blank halves meet.
fn squeeze_adjacent(chars: &mut [Char]) {
    for next in 1..chars.len() {
        let (before, after) = (chars[next - 1], chars[next]);
        if !(before.full && after.full && before.class.is_mark() && after.class.is_mark()) {
            continue;
        }
        if before.class.has_blank_right() {
            chars[next - 1].width -= before.blank;
            chars[next - 1].cut_right = before.blank;
        } else if after.class == Class::Open {
            chars[next].width -= after.blank;
            chars[next].cut_left = after.blank;
        }
    }
}

/// Sets the gap of the characters before a change of script.
fn add_script_gaps(chars: &mut [Char], gap: i32) {
    for next in 1..chars.len() {
        if is_script_change(&chars[next - 1], &chars[next]) {
            chars[next - 1].gap = gap;
        }
    }
}

/// Returns whether a Chinese character and a letter or digit meet here; not next to brackets and points (clreq 3.2.2).
pub(crate) fn is_script_change(before: &Char, after: &Char) -> bool {
    let letter = |char: &Char| char.class.is_western() && (char.character.is_alphanumeric() || char.character == '%');
    (before.class == Class::Han && letter(after)) || (letter(before) && after.class == Class::Han)
}

impl Measured {
    /// Returns for each character whether a grapheme cluster starts before it.
    pub fn clusters(&self) -> Vec<bool> {
        let plain: String = self.chars.iter().map(|char| char.character).collect();
        segment_starts(&plain, self.chars.len(), GraphemeClusterSegmenter::new().segment_str(&plain))
    }

    /// Returns whether it begins or ends with a blank.
    pub fn has_blank_edge(&self) -> bool {
        let edges = [self.chars.first(), self.chars.last()];
        edges.iter().flatten().any(|char| char.class == Class::Blank)
    }

    /// Returns the width on one line.
    pub fn natural_width(&self) -> Length {
        let width = self.chars.last().map_or(0, |last| last.before + i64::from(last.width + last.gap));
        // Any page is narrower.
        Length::milli_pt(width.min(i64::from(i32::MAX / 4)) as i32)
    }

    /// Returns the least number of lines of `width` that break no piece that should not be broken.
    pub fn count_lines(&self, width: Length) -> usize {
        let (mut count, mut start, mut last) = (1, 0, 0);
        for brk in self.breaks.iter().filter(|brk| brk.clean) {
            if self.piece_width(start, brk.at) > width.in_milli_pt() && last > start {
                count += 1;
                start = last;
            }
            last = brk.at;
        }
        count
    }

    /// Returns the width of the widest piece that should not be broken: a word, a number with its unit.
    pub fn widest_piece_width(&self) -> Length {
        let mut widest = 0;
        let mut start = 0;
        // A line of one character at the end (货物A) is avoided.
        let orphan = |at: usize| at + 1 == self.chars.len();
        for brk in self.breaks.iter().filter(|brk| brk.clean && !orphan(brk.at)) {
            widest = widest.max(self.piece_width(start, brk.at));
            start = brk.at;
        }
        Length::milli_pt(widest)
    }

    /// Returns the width of a number's `decimals` with their point.
    pub fn decimals_width(&self, decimals: u32) -> Length {
        let decimals_width = if decimals == 0 { 0 } else { decimals as usize + 1 };
        let start = self.chars.len().saturating_sub(decimals_width);
        Length::milli_pt(self.chars[start..].iter().map(|char| char.width).sum())
    }

    /// Returns the width of the widest character.
    pub fn widest_char_width(&self) -> Length {
        Length::milli_pt(self.chars.iter().map(|char| char.width).max().unwrap_or(0))
    }

    fn piece_width(&self, start: usize, end: usize) -> i32 {
        let chars = &self.chars[start..end];
        let Some(last) = chars.iter().rfind(|char| char.class != Class::Blank) else { return 0 };
        let cut_at_start = if start > 0 { self.cut_at_start(&chars[0]) } else { 0 };
        (last.before - chars[0].before) as i32 + last.width - cut_at_start - self.cut_at_end(last)
    }
}
