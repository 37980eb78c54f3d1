//! Widths of texts in word processors, which squeeze no marks.

use std::cell::RefCell;

use budgetdoc_document::{Length, Role};

use crate::font::{FontBook, GlyphTable};

/// Width of the widest digits in faces for titles, those of Noto Serif CJK, in hundredths of the size.
const WIDEST_DIGIT: i32 = 60;
/// Width of the digits of the Latin faces, in hundredths of the size.
const LATIN_DIGIT: i32 = 50;

/// The metrics of the faces of the pages. The Latin faces have those of Times New Roman.
#[derive(Debug)]
pub(super) struct Metrics<'f>(RefCell<GlyphTable<'f>>);

/// The widths of texts in one role and size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths<'m, 'f> {
    metrics: &'m Metrics<'f>,
    pub(super) role: Role,
    pub(super) size: Length,
}

impl<'f> Metrics<'f> {
    pub(super) fn new(fonts: &'f FontBook) -> Self {
        Metrics(RefCell::new(GlyphTable::new(fonts)))
    }

    /// Returns the widths in `role` at `size`.
    pub(super) fn of(&self, role: Role, size: Length) -> Widths<'_, 'f> {
        Widths { metrics: self, role, size }
    }
}

impl Widths<'_, '_> {
    /// Returns the width on one line.
    pub(super) fn natural_width(self, text: &str) -> Length {
        let mut glyphs = self.metrics.0.borrow_mut();
        let glyph = |character| glyphs.glyph(self.role, character, None).ok();
        text.chars().filter_map(glyph).map(|glyph| glyph.advance(self.size)).sum()
    }

    /// Returns the width on one line with the gaps that LibreOffice adds, and with the widest digits that a face for
    /// titles has.
    pub(super) fn with_gaps(self, text: &str) -> Length {
        let mut glyphs = self.metrics.0.borrow_mut();
        let (mut width, mut before) = (Length::ZERO, None);
        for character in text.chars() {
            width += glyphs.glyph(self.role, character, None).map_or(Length::ZERO, |glyph| glyph.advance(self.size));
            width += before.map_or(Length::ZERO, |before| gap(before, character, self.size));
            if self.role == Role::Title && character.is_ascii_digit() {
                width += self.size.scale(WIDEST_DIGIT - LATIN_DIGIT, 100);
            }
            before = Some(character);
        }
        width
    }
}

/// Returns the gap that LibreOffice adds between Chinese and digits or letters: a fifth of the size.
pub(super) fn gap(before: char, after: char, size: Length) -> Length {
    let has_gap =
        before.is_ascii_alphanumeric() && !after.is_ascii() || !before.is_ascii() && after.is_ascii_alphanumeric();
    if has_gap { size / 5 } else { Length::ZERO }
}

/// Returns the sum of the gaps in a text.
pub(super) fn gaps(text: &str, size: Length) -> Length {
    let mut before = None;
    let pairs = text.chars().filter_map(|after| Some((before.replace(after)?, after)));
    pairs.map(|(before, after)| gap(before, after, size)).sum()
}

/// Returns the first unbreakable piece of `text`: a character with the opening marks before and the closing marks after
/// it. Letters and digits stay together, and quotation marks with those next to them.
pub(super) fn first_piece(text: &str) -> &str {
    let opens = |character| matches!(character, '（' | '《' | '“' | '‘' | '〈' | '【' | '『' | '「' | '〔' | '(' | '[');
    let closes = |character| {
        matches!(
            character,
            '）' | '》'
                | '”'
                | '’'
                | '〉'
                | '】'
                | '』'
                | '」'
                | '〕'
                | ')'
                | ']'
                | '、'
                | '，'
                | '。'
                | '：'
                | '；'
                | '！'
                | '？'
        )
    };
    let word = |character: char| character.is_ascii_graphic();
    let mut before = None;
    for (index, character) in text.char_indices() {
        let joined = |before: char| {
            opens(before)
                || closes(character)
                || character == ' '
                || word(character) && (word(before) || matches!(before, '”' | '’'))
        };
        if before.is_some_and(|before| !joined(before)) {
            return &text[..index];
        }
        before = Some(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::first_piece;

    #[test]
    fn figures_stay_together_and_with_their_quotes() {
        for (text, piece) in [
            ("2025年部门预算", "2025"),
            ("（一）收支", "（一）"),
            ("说明", "说"),
            ("”140.00万元", "”140.00"),
            ("1，2", "1，"),
        ] {
            assert_eq!(first_piece(text), piece);
        }
    }
}
