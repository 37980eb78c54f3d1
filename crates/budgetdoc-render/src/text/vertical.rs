//! Labels of narrow columns: characters upright, one below the other.

use budgetdoc_document::{Length, Role, Text};

use super::class::Class;
use super::line::GlyphLine;
use super::measure::TextMeasurer;
use crate::RenderError;
use crate::font::FaceGlyph;
use crate::layout::{Glyph, GlyphRun};

/// Letters and figures that stand side by side in a label, as in 第12批; longer ones stand one below the other.
const ABREAST: usize = 2;

/// How a character stands in a line that goes down (clreq, 直排).
enum Stand {
    /// As in a line that goes right.
    Upright,
    /// A quarter clockwise, drawn by the glyph of this character: brackets, dashes and dots of omission.
    Turned(char),
    /// In the upper right corner instead of the lower left: pauses and full stops.
    Corner,
}

impl Stand {
    fn of(character: char) -> Stand {
        match character {
            // Quotation marks are corner brackets there (GB/T 15834-2011 5.2.3).
            '“' => Stand::Turned('『'),
            '”' => Stand::Turned('』'),
            '‘' => Stand::Turned('「'),
            '’' => Stand::Turned('」'),
            '、' | '，' | '。' => Stand::Corner,
            '～' | '－' | '(' | ')' => Stand::Turned(character),
            _ if matches!(Class::of(character), Class::Open | Class::Close | Class::Pair) => Stand::Turned(character),
            _ => Stand::Upright,
        }
    }
}

impl TextMeasurer<'_> {
    /// Returns the characters of `text` one below the other, each a line that is `size` high and begins at its left
    /// edge.
    ///
    /// # Errors
    /// A control character.
    pub fn stack(&mut self, text: &Text, role: Role, size: Length) -> Result<Vec<GlyphLine>, RenderError> {
        let mut stack = Vec::new();
        let mut before = 0;
        for run in &text.runs {
            let role = run.role.unwrap_or(role);
            let places = run.text.char_indices().map(|(at, character)| (before + at, character));
            let chars: Vec<(usize, char)> =
                places.filter(|(_, character)| Class::of(*character) != Class::Blank).collect();
            before += run.text.len();
            let western = |(_, character): &(usize, char)| Class::of(*character).is_western();
            for piece in chars.chunk_by(|one, next| western(one) && western(next)) {
                let abreast = if piece.len() <= ABREAST { piece.len() } else { 1 };
                for unit in piece.chunks(abreast) {
                    stack.push(self.unit(unit, text, role, size)?);
                }
            }
        }
        Ok(stack)
    }

    fn unit(
        &mut self,
        unit: &[(usize, char)],
        text: &Text,
        role: Role,
        size: Length,
    ) -> Result<GlyphLine, RenderError> {
        let mut runs: Vec<GlyphRun> = Vec::new();
        let (mut x, mut turned) = (Length::ZERO, false);
        let mut range = unit.first().map_or(0, |(start, _)| *start)..0;
        for (at, character) in unit {
            let stand = Stand::of(*character);
            let drawn = if let Stand::Turned(drawn) = stand { drawn } else { *character };
            let glyph = self.glyph_at(role, drawn, text.origin)?;
            let advance = glyph.advance(size);
            let mut run = run(*character, glyph, size);
            match stand {
                Stand::Upright => run.x = x,
                Stand::Corner => (run.x, run.y) = (x + size / 2, -(size / 2)),
                Stand::Turned(_) => {
                    // The em box, 0.88 above the baseline and 0.12 below, keeps its place; a half-width bracket stands
                    // in its middle.
                    (run.x, run.y) = (size.scale(12, 100), (size - advance) / 2 - size.scale(88, 100));
                    run.turned = true;
                    turned = true;
                }
            }
            x += advance;
            range.end = at + character.len_utf8();
            runs.push(run);
        }
        let width = if turned { size } else { x };
        let (natural, squeezed, opening) = (x, false, Length::ZERO);
        Ok(GlyphLine { runs, x: Length::ZERO, width, natural, opening, squeezed, range })
    }
}

fn run(character: char, glyph: FaceGlyph, size: Length) -> GlyphRun {
    let text = character.to_string();
    let range = 0..text.len();
    GlyphRun {
        x: Length::ZERO,
        y: Length::ZERO,
        turned: false,
        face: glyph.face,
        size,
        text,
        glyphs: vec![Glyph { id: glyph.id, advance: glyph.advance(size), shift: Length::ZERO, range }],
    }
}
