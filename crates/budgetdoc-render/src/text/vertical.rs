//! Vertical labels of narrow columns (clreq, 直排).

use budgetdoc_document::{Length, Role, Text};

use super::class::Class;
use super::line::GlyphLine;
use super::measure::TextMeasurer;
use crate::RenderError;
use crate::font::FaceGlyph;
use crate::layout::{Glyph, GlyphRun};

/// Most letters or digits set side by side, as in 第12批; those of longer runs are set one below the other.
const MAX_ABREAST: usize = 2;

/// Placement of a character in a vertical line.
enum Placement {
    /// As in a horizontal line.
    Upright,
    /// Turned a quarter clockwise, with the glyph of this character: brackets, dashes and ellipses.
    Turned(char),
    /// In the upper right corner instead of the lower left: commas and full stops.
    Corner,
}

impl Placement {
    fn of(character: char) -> Placement {
        match character {
            // Vertical text has corner brackets for quotation marks (GB/T 15834-2011 5.2.3).
            '“' => Placement::Turned('『'),
            '”' => Placement::Turned('』'),
            '‘' => Placement::Turned('「'),
            '’' => Placement::Turned('」'),
            '、' | '，' | '。' => Placement::Corner,
            '～' | '－' | '(' | ')' => Placement::Turned(character),
            _ if matches!(Class::of(character), Class::Open | Class::Close | Class::Pair) => {
                Placement::Turned(character)
            }
            _ => Placement::Upright,
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
                let abreast = if piece.len() <= MAX_ABREAST { piece.len() } else { 1 };
                for unit in piece.chunks(abreast) {
                    stack.push(self.set_unit(unit, text, role, size)?);
                }
            }
        }
        Ok(stack)
    }

    fn set_unit(
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
            let placement = Placement::of(*character);
            let drawn = if let Placement::Turned(drawn) = placement { drawn } else { *character };
            let glyph = self.glyph_at(role, drawn, text.origin)?;
            let advance = glyph.advance(size);
            let mut run = glyph_run(*character, glyph, size);
            match placement {
                Placement::Upright => run.x = x,
                Placement::Corner => (run.x, run.y) = (x + size / 2, -(size / 2)),
                Placement::Turned(_) => {
                    // The em box, 0.88 above the baseline and 0.12 below, keeps its place, with a half-width bracket in
                    // its middle.
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
        let (natural_width, squeezed, gap_stretch) = (x, false, Length::ZERO);
        Ok(GlyphLine { runs, x: Length::ZERO, width, natural_width, gap_stretch, squeezed, range })
    }
}

fn glyph_run(character: char, glyph: FaceGlyph, size: Length) -> GlyphRun {
    let bytes = character.len_utf8() as u8;
    GlyphRun {
        x: Length::ZERO,
        y: Length::ZERO,
        turned: false,
        face: glyph.face,
        size,
        text: character.to_string().into(),
        glyphs: Box::new([Glyph { id: glyph.id, advance: glyph.advance(size), shift: Length::ZERO, bytes }]),
    }
}
