use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use budgetdoc_document::Length;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{BoundingBox, GlyphMetrics};
use skrifa::outline::OutlinePen;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::compute_checksum;
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

use crate::{FontError, RenderError};

/// The font units to the em that OpenType allows.
const UNITS_PER_EM: RangeInclusive<u16> = 16..=16_384;

/// The greatest width of a glyph, in ems: calligraphy of whole sentences has about 20.
const WIDEST: u32 = 32;

/// A face of a font book, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

impl FaceId {
    pub(crate) fn index(self) -> usize {
        self.0.into()
    }
}

/// The tables of a face with the glyphs of characters and their widths.
#[derive(Clone)]
pub(crate) struct FaceGlyphs<'a> {
    map: Charmap<'a>,
    widths: Hmtx<'a>,
    /// How many glyphs the face has.
    count: u16,
    /// The greatest width of a glyph, in font units.
    widest: u32,
}

impl std::fmt::Debug for FaceGlyphs<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FaceGlyphs").finish_non_exhaustive()
    }
}

impl FaceGlyphs<'_> {
    /// Returns the glyph of a character and its width in font units; none if the face has no glyph for it, or if number
    /// or width of the glyph are damaged.
    pub fn glyph(&self, character: char) -> Option<(u16, u16)> {
        let glyph = self.map.map(character)?;
        let id = u16::try_from(glyph.to_u32()).ok().filter(|id| (1..self.count).contains(id))?;
        let width = self.widths.advance(glyph).filter(|width| u32::from(*width) <= self.widest)?;
        Some((id, width))
    }
}

/// The bytes of a font file, shared with the PDF writer.
pub(crate) type FaceData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A face with the bytes of its file.
#[derive(Clone)]
pub struct Face {
    family: String,
    file: Option<PathBuf>,
    data: FaceData,
    index: u32,
    units_per_em: u16,
    /// Whether the tables match their checksums, once that was asked.
    checksums_match: OnceLock<bool>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Face")
            .field("family", &self.family)
            .field("file", &self.file)
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Face {
    /// Creates a face from `data` and checks that it is a font.
    pub(crate) fn new(
        family: impl Into<String>,
        file: Option<PathBuf>,
        data: FaceData,
        index: u32,
    ) -> Result<Self, RenderError> {
        let mut face =
            Face { family: family.into(), file, data, index, units_per_em: 0, checksums_match: OnceLock::new() };
        let units_per_em = face.font().and_then(|font| font.head().ok().map(|head| head.units_per_em()));
        match units_per_em {
            Some(units) if UNITS_PER_EM.contains(&units) => face.units_per_em = units,
            _ => return Err(face.unusable(FontError::NotAFont)),
        }
        Ok(face)
    }

    /// Returns the name of the family, such as `Noto Serif SC`.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Returns the file it was read from; none for a face that is compiled in.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Returns the whole font file.
    pub fn data(&self) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
        Arc::clone(&self.data)
    }

    /// Returns the face's number in a collection, 0 for a file of one face.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Returns the font units to the em.
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// Returns the tables glyphs are looked up in. Finding them takes longer than looking up a glyph.
    pub(crate) fn glyphs(&self) -> Option<FaceGlyphs<'_>> {
        let font = self.font()?;
        let widest = u32::from(self.units_per_em) * WIDEST;
        let count = font.maxp().ok()?.num_glyphs();
        Some(FaceGlyphs { map: font.charmap(), widths: font.hmtx().ok()?, count, widest })
    }

    /// Returns the left and right end of the outline of `glyph`, in font units from the left edge of its box.
    pub(crate) fn ink_sides(&self, glyph: u16) -> Option<(i32, i32)> {
        let bounds = self.ink(glyph)?;
        Some((bounds.x_min.floor() as i32, bounds.x_max.ceil() as i32))
    }

    /// Returns the height of the outline of `glyph` above the baseline at `size`.
    pub(crate) fn ink_top(&self, glyph: u16, size: Length) -> Option<Length> {
        let bounds = self.ink(glyph)?;
        // Unscaled bounds are whole font units, so the conversion is exact.
        Some(size.scale(bounds.y_max as i32, i32::from(self.units_per_em)))
    }

    /// Returns whether the tables that glyphs come from match their checksums, so that their outlines need no test. The
    /// compiled-in faces are tested; other files may be damaged.
    pub(crate) fn is_intact(&self) -> bool {
        let check = |file: &Path| Some(has_valid_checksums(&self.font()?, file).unwrap_or(false));
        *self.checksums_match.get_or_init(|| self.file().is_none_or(|file| check(file).unwrap_or(false)))
    }

    /// Returns whether the outline of `glyph` can be drawn. A reader prints nothing where it cannot.
    pub(crate) fn is_drawable(&self, glyph: u16) -> bool {
        /// A pen that draws nothing.
        struct NullPen;
        impl OutlinePen for NullPen {
            fn move_to(&mut self, _: f32, _: f32) {}
            fn line_to(&mut self, _: f32, _: f32) {}
            fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
            fn close(&mut self) {}
        }
        let drawn = |font: FontRef<'_>| {
            let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
            outline.draw((Size::unscaled(), LocationRef::default()), &mut NullPen).ok()
        };
        self.font().and_then(drawn).is_some()
    }

    fn ink(&self, glyph: u16) -> Option<BoundingBox> {
        let font = self.font()?;
        GlyphMetrics::new(&font, Size::unscaled(), LocationRef::default()).bounds(GlyphId::from(glyph))
    }

    /// Returns its tables; none if they cannot be read.
    pub(crate) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.data).as_ref(), self.index).ok()
    }

    /// Returns the error of a face that cannot be used.
    pub(crate) fn unusable(&self, error: FontError) -> RenderError {
        let file = self.file.as_ref().map_or_else(|| self.family.clone(), |file| file.display().to_string());
        RenderError::Font { file, error }
    }
}

/// Returns whether the tables that glyphs come from add up to their checksums (OpenType 1.9, table directory). Reads the
/// file a piece at a time, as looking through the mapped one would bring all of it into memory.
fn has_valid_checksums(font: &FontRef<'_>, file: &Path) -> io::Result<bool> {
    /// Bytes at a time: whole words of four.
    const PIECE: u32 = 1 << 16;
    let tables = [b"cmap", b"hmtx", b"CFF ", b"glyf", b"loca", b"DfGl"].map(Tag::new);
    let (mut file, mut piece) = (File::open(file)?, Vec::new());
    for record in font.table_directory().table_records().iter().filter(|record| tables.contains(&record.tag())) {
        file.seek(SeekFrom::Start(record.offset().into()))?;
        let (mut sum, mut left) = (0_u32, record.length());
        while left > 0 {
            let length = left.min(PIECE);
            piece.resize(length as usize, 0);
            file.read_exact(&mut piece)?;
            sum = sum.wrapping_add(compute_checksum(&piece));
            left -= length;
        }
        if sum != record.checksum() {
            return Ok(false);
        }
    }
    Ok(true)
}
