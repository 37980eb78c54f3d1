//! The faces of a PDF: each is embedded with the glyphs that are drawn (ISO 32000-1, 9.7).

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Name, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use subsetter::GlyphRemapper;

use super::deflated_glyphs;
use super::error;
use super::file::{PdfFile, StreamKind, fingerprint};
use crate::error::{FontError, RenderError};
use crate::font::{Face, FaceId, FontBook};

const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Bytes of the longest name that conforms (PDF/A-2, ISO 19005-2, 6.1.13).
const LONGEST_NAME: usize = 127;

/// The faces that are drawn in, by [`FaceId`].
pub(super) struct UsedFaces<'a> {
    fonts: &'a FontBook,
    faces: Vec<Option<UsedFace<'a>>>,
}

/// A face and its glyphs that are drawn.
pub(super) struct UsedFace<'a> {
    face: &'a Face,
    /// The widths of its glyphs.
    metrics: Option<GlyphMetrics<'a>>,
    /// The number of the font in the file.
    number: Ref,
    /// The name of the font in the pages.
    pub name: String,
    /// The drawn glyphs in the order of their codes, the first for missing characters.
    glyphs: Vec<DrawnGlyph>,
    /// The code of each glyph of the face; 0 of one that is not drawn.
    codes: Vec<u16>,
}

/// A glyph that is drawn.
struct DrawnGlyph {
    id: u16,
    /// Width in thousandths of an em.
    width: f32,
    /// The characters it stands for.
    text: String,
}

impl<'a> UsedFaces<'a> {
    pub fn new(fonts: &'a FontBook) -> Self {
        UsedFaces { fonts, faces: Vec::new() }
    }

    /// Returns a face to draw in. `check` has seen that it is there.
    pub fn face(&mut self, id: FaceId, file: &mut PdfFile) -> &mut UsedFace<'a> {
        if self.faces.len() <= id.index() {
            self.faces.resize_with(id.index() + 1, || None);
        }
        let fonts = self.fonts;
        self.faces[id.index()].get_or_insert_with(|| {
            let face = fonts.face(id);
            let metrics = |font: FontRef<'a>| GlyphMetrics::new(&font, Size::unscaled(), LocationRef::default());
            let mut used = UsedFace {
                face,
                metrics: face.font().map(metrics),
                number: file.reserve(),
                name: format!("f{}", id.0),
                glyphs: Vec::new(),
                codes: Vec::new(),
            };
            used.draw(0, "");
            used
        })
    }

    /// Returns the names and numbers of the fonts.
    pub fn names(&self) -> impl Iterator<Item = (&str, Ref)> {
        self.faces.iter().flatten().map(|face| (face.name.as_str(), face.number))
    }

    /// Writes the fonts.
    ///
    /// # Errors
    /// [`RenderError::Font`] of a face that cannot be embedded or must not be.
    pub fn write(self, file: &mut PdfFile) -> Result<(), RenderError> {
        self.faces.into_iter().flatten().try_for_each(|face| face.write(file))
    }
}

impl UsedFace<'_> {
    /// Returns the code of a glyph that stands for `text`, its width in thousandths of an em, and whether the code stands
    /// for other characters as well.
    pub fn code(&mut self, glyph: u16, text: &str) -> (u16, f32, bool) {
        let index = usize::from(glyph);
        if self.codes.len() <= index {
            self.codes.resize(index + 1, 0);
        }
        if self.codes[index] == 0 {
            // A face has no more glyphs than a code has values.
            self.codes[index] = u16::try_from(self.glyphs.len()).unwrap_or_default();
            self.draw(glyph, text);
        }
        let code = self.codes[index];
        let drawn = &self.glyphs[usize::from(code)];
        (code, drawn.width, drawn.text != text)
    }

    /// Adds a glyph to those that are drawn.
    fn draw(&mut self, glyph: u16, text: &str) {
        let width = self.metrics.as_ref().and_then(|metrics| metrics.advance_width(GlyphId::from(glyph)));
        let width = width.unwrap_or_default() / f32::from(self.face.units_per_em()) * 1000.0;
        self.glyphs.push(DrawnGlyph { id: glyph, width, text: text.to_owned() });
    }

    fn write(self, file: &mut PdfFile) -> Result<(), RenderError> {
        let unusable = |error: String| self.face.unusable(FontError::NotEmbeddable(error));
        let data = self.face.data();
        let data = data.as_ref().as_ref();
        let font = FontRef::from_index(data, self.face.index()).map_err(|error| unusable(error.to_string()))?;
        // Bit 1 alone forbids embedding (OpenType 1.9, OS/2, fsType).
        if font.os2().is_ok_and(|os2| os2.fs_type() & 0xF == 2) {
            return Err(self.face.unusable(FontError::Restricted));
        }
        let is_cff = font.cff().is_ok();
        let glyphs: Vec<u16> = self.glyphs.iter().map(|glyph| glyph.id).collect();
        let ready = match self.face.is_intact() {
            true => deflated_glyphs::font_program(&font, &glyphs, file.compressor()),
            false => None,
        };
        let (bytes, length) = match ready {
            Some(program) => (program.deflated, Some(program.length)),
            None => {
                let mut remapper = GlyphRemapper::new();
                for glyph in glyphs {
                    remapper.remap(glyph);
                }
                let subset = subsetter::subset(data, self.face.index(), &remapper);
                (subset.map_err(|error| unusable(error.to_string()))?, None)
            }
        };
        let name = self.base_name(&font, &bytes)?;
        let [descendant, descriptor, characters, program] = std::array::from_fn(|_| file.reserve());
        file.object(self.number, |chunk| {
            // A font of CFF outlines has the name of its encoding as well (ISO 32000-1, 9.7.6.2).
            let name = if is_cff { format!("{name}-Identity-H") } else { name.clone() };
            let mut font = chunk.type0_font(self.number);
            font.base_font(Name(name.as_bytes())).encoding_predefined(Name(b"Identity-H"));
            font.descendant_font(descendant).to_unicode(characters);
        })?;
        file.object(descendant, |chunk| {
            let mut font = chunk.cid_font(descendant);
            font.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
            font.base_font(Name(name.as_bytes())).system_info(SYSTEM).font_descriptor(descriptor).default_width(0.0);
            if !is_cff {
                font.cid_to_gid_map_predefined(Name(b"Identity"));
            }
            let mut widths = font.widths();
            let mut first = 0;
            for same in self.glyphs.chunk_by(|one, next| one.width == next.width) {
                let last = first + (same.len() - 1) as u16;
                widths.same(first, last, same[0].width);
                first = last.saturating_add(1);
            }
        })?;
        file.object(descriptor, |chunk| {
            let metrics = Metrics::new(&font, Size::unscaled(), LocationRef::default());
            let em = f32::from(self.face.units_per_em());
            let scaled = |value: f32| value / em * 1000.0;
            let bounds = metrics.bounds.unwrap_or_default();
            let mut flags = FontFlags::SYMBOLIC;
            flags.set(FontFlags::FIXED_PITCH, metrics.is_monospace);
            flags.set(FontFlags::ITALIC, metrics.italic_angle != 0.0);
            let mut written = chunk.font_descriptor(descriptor);
            written.name(Name(name.as_bytes())).flags(flags);
            let [x1, y1, x2, y2] = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled);
            written.bbox(Rect::new(x1, y1, x2, y2)).italic_angle(metrics.italic_angle);
            // Typographic measures are those of the characters; the others are distances of lines.
            let typographic = font.os2().map(|os2| [os2.s_typo_ascender(), os2.s_typo_descender()].map(f32::from));
            let [ascent, descent] = typographic.unwrap_or([metrics.ascent, metrics.descent]);
            written.ascent(scaled(ascent)).descent(scaled(descent));
            written.cap_height(scaled(metrics.cap_height.unwrap_or(ascent)));
            // The usual reckoning of stems from the weight, which no table gives.
            written.stem_v(10.0 + 0.244 * (font.attributes().weight.value() - 50.0));
            match is_cff {
                true => written.font_file3(program),
                false => written.font_file2(program),
            };
        })?;
        let mut map = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (code, glyph) in (0_u16..).zip(&self.glyphs).skip(1) {
            map.pair_with_multiple(code, glyph.text.chars());
        }
        file.stream(characters, &StreamKind::Deflated(""), &map.finish())?;
        if let Some(length) = length {
            return file.stream(program, &StreamKind::AlreadyDeflated(&format!("/Length1 {length}")), &bytes);
        }
        if !is_cff {
            return file.stream(program, &StreamKind::Deflated(&format!("/Length1 {}", bytes.len())), &bytes);
        }
        // The outlines alone: a reader takes the rest from the dictionaries.
        let subset = FontRef::new(&bytes).map_err(|error| unusable(error.to_string()))?;
        let outlines = subset.table_data(Tag::new(b"CFF ")).ok_or_else(|| unusable("no outlines".to_owned()))?;
        file.stream(program, &StreamKind::Deflated("/Subtype/CIDFontType0C"), outlines.as_bytes())
    }

    /// Returns the name of the font, which begins with a tag of its own for each subset (ISO 32000-1, 9.6.4).
    fn base_name(&self, font: &FontRef, program: &[u8]) -> Result<String, RenderError> {
        let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
        let name = name.map_or_else(|| self.face.family().to_owned(), |name| name.to_string());
        let mut rest = fingerprint(program);
        let tag = std::iter::repeat_with(|| {
            let letter = char::from(b'A' + (rest % 26) as u8);
            rest /= 26;
            letter
        });
        let name = tag.take(6).chain(['+']).chain(name.chars()).collect::<String>();
        match name.len() + "-Identity-H".len() > LONGEST_NAME {
            true => Err(error::write("PDF/A-2a forbids it: a font's name is longer than 127 bytes")),
            false => Ok(name),
        }
    }
}
