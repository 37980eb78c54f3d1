use budgetdoc_document::Place;
use budgetdoc_document::{Length, Role};

use super::face::FaceGlyphs;
use super::{Face, FaceId, FontBook};
use crate::{MissingGlyph, RenderError};

/// The glyph of a character, its width and its ink, in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FaceGlyph {
    pub face: FaceId,
    pub id: u16,
    pub units: u16,
    pub units_per_em: u16,
    /// Left and right edge of a punctuation mark's outline; any other glyph counts as filling its width.
    pub ink: (i32, i32),
}

impl FaceGlyph {
    /// Returns the width at `size`, rounded down to a thousandth of a point.
    pub fn advance(self, size: Length) -> Length {
        size.scale(i32::from(self.units), i32::from(self.units_per_em))
    }
}

/// Characters to a block. Hanzi are scattered: clearing larger blocks, mostly empty, takes longer than the look-ups.
const BLOCK: usize = 32;
type GlyphBlock = Box<[Option<FaceGlyph>; BLOCK]>;

/// Glyphs already looked up, a block of characters at a time.
///
/// A character map is a binary search in a file of megabytes, and a document repeats the same two thousand characters
/// thirty thousand times.
#[derive(Debug)]
pub(crate) struct GlyphTable<'a> {
    book: &'a FontBook,
    /// The tables of each face of the book; none of a face that cannot be read.
    faces: Vec<Option<FaceGlyphs<'a>>>,
    roles: Vec<Vec<Option<GlyphBlock>>>,
    missing: Vec<MissingGlyph>,
}

impl<'a> GlyphTable<'a> {
    pub fn new(book: &'a FontBook) -> Self {
        let faces = book.faces().iter().map(Face::glyphs).collect();
        GlyphTable { book, faces, roles: vec![Vec::new(); Role::ALL.len()], missing: Vec::new() }
    }

    pub fn book(&self) -> &'a FontBook {
        self.book
    }

    /// Checks that the faces have every character looked up.
    ///
    /// # Errors
    /// The characters that no face has.
    pub fn check_missing(&mut self) -> Result<(), RenderError> {
        let missing = std::mem::take(&mut self.missing);
        if missing.is_empty() { Ok(()) } else { Err(RenderError::MissingGlyphs(missing)) }
    }

    /// Returns the characters looked up that no face has.
    pub fn into_missing(self) -> Vec<MissingGlyph> {
        self.missing
    }

    /// Returns the glyph that sets `character` in `role`; glyph 0 if no face of the role's chain has it, which
    /// [`GlyphTable::check_missing`] reports.
    ///
    /// # Errors
    /// A control character.
    pub fn glyph(&mut self, role: Role, character: char, place: Option<Place>) -> Result<FaceGlyph, RenderError> {
        let (block, index) = (character as usize / BLOCK, character as usize % BLOCK);
        let blocks = &mut self.roles[role as usize];
        if blocks.len() <= block {
            blocks.resize(block + 1, None);
        }
        let entries = blocks[block].get_or_insert_with(|| Box::new([None; BLOCK]));
        if let Some(glyph) = entries[index] {
            return Ok(glyph);
        }
        if character.is_control() {
            return Err(RenderError::ControlCharacter { character, place });
        }
        let glyph = self.book.look_up(&self.faces, role, character).unwrap_or_else(|| {
            if self.missing.iter().all(|missing| missing.character != character) {
                self.missing.push(MissingGlyph { character, role, place });
            }
            FaceGlyph { face: self.book.first_face(role), id: 0, units: 1, units_per_em: 1, ink: (0, 1) }
        });
        entries[index] = Some(glyph);
        Ok(glyph)
    }
}
