//! Characters with their glyphs and widths.

use budgetdoc_core::document::{Length, Role, Text};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{
    GraphemeClusterSegmenter, GraphemeClusterSegmenterBorrowed, LineSegmenter, LineSegmenterBorrowed, WordSegmenter,
    WordSegmenterBorrowed,
};

use super::breaks::{self, Break};
use super::class::Class;
use super::spacing::Spacing;
use crate::RenderError;
use crate::font::{FaceGlyph, FontBook, GlyphTable};

/// A character of a paragraph. Widths are in thousandths of a point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Char {
    pub character: char,
    pub class: Class,
    pub glyph: FaceGlyph,
    /// Width as set, after squeezing beside another mark.
    pub width: i32,
    /// What was taken from the left half.
    pub cut_left: i32,
    /// What was taken from the right half.
    pub cut_right: i32,
    /// Whether the glyph fills the em, so that it has a half to give.
    pub full: bool,
}

/// A paragraph's characters and the places it may break.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub chars: Vec<Char>,
    pub breaks: Vec<Break>,
    /// Starts of grapheme clusters, for text too long to break anywhere else.
    pub clusters: Vec<bool>,
    pub size: i32,
    pub spacing: Spacing,
}

/// How a text is to be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Running text: anywhere between characters.
    Running,
    /// Names: between words where possible.
    Words,
    /// Titles, heads and labels: between words, and rather where the phrase pauses.
    Phrases,
}

/// Sets texts in the faces of a book.
#[derive(Debug)]
pub(crate) struct Composer<'a> {
    glyphs: GlyphTable<'a>,
    lines: LineSegmenterBorrowed<'static>,
    words: WordSegmenterBorrowed<'static>,
    graphemes: GraphemeClusterSegmenterBorrowed<'static>,
    spacing: Spacing,
}

impl<'a> Composer<'a> {
    pub fn new(book: &'a FontBook) -> Self {
        Composer {
            glyphs: GlyphTable::new(book),
            lines: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()),
            words: WordSegmenter::new_dictionary(icu_segmenter::options::WordBreakInvariantOptions::default()),
            graphemes: GraphemeClusterSegmenter::new(),
            spacing: Spacing::OFFICIAL,
        }
    }

    pub fn book(&self) -> &'a FontBook {
        self.glyphs.book()
    }

    /// The glyph of one character.
    pub fn glyph(&mut self, role: Role, character: char) -> Result<FaceGlyph, RenderError> {
        self.glyphs.glyph(role, character, None)
    }

    /// The characters of `text` in `role` at `size`, and where it may break.
    ///
    /// # Errors
    /// A character no face has.
    pub fn measure(
        &mut self,
        text: &Text,
        role: Role,
        size: Length,
        reading: Reading,
    ) -> Result<Measured, RenderError> {
        let mut plain = String::new();
        let mut chars = Vec::new();
        for run in &text.runs {
            let role = run.role.unwrap_or(role);
            plain.push_str(&run.text);
            for character in run.text.chars() {
                let glyph = self.glyphs.glyph(role, character, text.origin)?;
                chars.push(Char {
                    character,
                    class: Class::of(character),
                    glyph,
                    width: glyph.advance(size).in_milli_pt(),
                    cut_left: 0,
                    cut_right: 0,
                    full: glyph.units == glyph.units_per_em,
                });
            }
        }
        let size = size.in_milli_pt();
        if self.spacing.squeeze_adjacent {
            squeeze_adjacent(&mut chars, size);
        }
        let mut offsets = vec![usize::MAX; plain.len() + 1];
        for (index, (at, _)) in plain.char_indices().enumerate() {
            offsets[at] = index;
        }
        let to_index = |at: usize| offsets[at];
        let inside = |at: &usize| *at > 0 && *at < plain.len();
        let mut may_break = vec![false; chars.len()];
        for at in self.lines.segment_str(&plain).filter(inside) {
            may_break[to_index(at)] = true;
        }
        let mut clusters = vec![false; chars.len()];
        for at in self.graphemes.segment_str(&plain).filter(inside) {
            clusters[to_index(at)] = true;
        }
        let words = (reading != Reading::Running).then(|| {
            let mut starts = vec![false; chars.len()];
            for at in self.words.segment_str(&plain).filter(inside) {
                starts[to_index(at)] = true;
            }
            starts
        });
        let breaks = breaks::find(&chars, &may_break, words.as_deref(), reading == Reading::Phrases);
        Ok(Measured { chars, breaks, clusters, size, spacing: self.spacing })
    }
}

/// Takes half an em from each pair of full-width marks whose blank halves meet.
fn squeeze_adjacent(chars: &mut [Char], size: i32) {
    let half = size / 2;
    for next in 1..chars.len() {
        let (before, after) = (chars[next - 1], chars[next]);
        if !(before.full && after.full && before.class.is_mark() && after.class.is_mark()) {
            continue;
        }
        if before.class.blank_right() {
            chars[next - 1].width -= half;
            chars[next - 1].cut_right = half;
        } else if after.class == Class::Open {
            chars[next].width -= half;
            chars[next].cut_left = half;
        }
    }
}

impl Measured {
    /// Width on one line.
    pub fn natural(&self) -> Length {
        // A paragraph of a hundred thousand characters is wider than a length can say; any page is narrower.
        let width: i64 = self.chars.iter().map(|char| i64::from(char.width)).sum();
        Length::milli_pt(width.min(i64::from(i32::MAX / 4)) as i32)
    }

    /// Width of the widest piece that should not be broken: a word, a number with its unit.
    pub fn widest_piece(&self) -> Length {
        let mut widest = 0;
        let mut start = 0;
        for brk in self.breaks.iter().filter(|brk| brk.is_clean()) {
            widest = widest.max(self.piece(start, brk.at));
            start = brk.at;
        }
        Length::milli_pt(widest)
    }

    /// Whether it is a figure or code: one piece without hanzi.
    pub fn is_figure(&self) -> bool {
        self.chars.iter().all(|char| !matches!(char.class, Class::Han | Class::Blank))
    }

    /// Width of the widest character.
    pub fn widest_char(&self) -> Length {
        Length::milli_pt(self.chars.iter().map(|char| char.width).max().unwrap_or(0))
    }

    fn piece(&self, start: usize, end: usize) -> i32 {
        let mut chars = &self.chars[start..end];
        while let [rest @ .., last] = chars
            && last.class == Class::Blank
        {
            chars = rest;
        }
        chars.iter().map(|char| char.width).sum()
    }
}
