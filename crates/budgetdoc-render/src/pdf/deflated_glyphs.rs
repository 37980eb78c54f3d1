//! Glyphs that a face holds deflated, in a table that `fonts/deflate-glyphs.py` adds to it: what a PDF embeds of the face
//! is put together from them, and nothing looks for what repeats in their outlines.

use std::ops::Range;

use libdeflater::{Compressor, adler32};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::loca::Loca;
use skrifa::{FontRef, Tag};

/// The name of the table of deflated glyphs.
const DEFLATED: Tag = Tag::new(b"DfGl");

/// The name of the table of outlines.
const GLYF: Tag = Tag::new(b"glyf");

/// The run that opens a block (RFC 1951).
const OPEN: usize = 0;

/// The run that closes it.
const CLOSE: usize = 1;

/// The run of the byte 0; those of the others follow.
const BYTES: usize = 2;

/// The run of the face's first glyph; those of the others follow.
const GLYPHS: usize = 258;

/// The head of a zlib stream (RFC 1950).
const HEAD: [u8; 2] = [0x78, 0x01];

/// Returns a subset of `face` with `glyphs`, in their order, deflated as a zlib stream; none if the face has no deflated
/// glyphs, or if a table is damaged.
pub(super) fn deflate(
    face: &FontRef<'_>,
    subset: &[u8],
    glyphs: impl Iterator<Item = u16>,
    compressor: &mut Compressor,
) -> Option<Vec<u8>> {
    let runs = Runs::read(face.table_data(DEFLATED)?.as_bytes())?;
    let (whole, taken) = (Outlines::read(face)?, FontRef::new(subset).ok()?);
    let record = taken.table_directory().table_records().iter().find(|record| record.tag() == GLYF)?;
    let (start, taken) = (record.offset() as usize, Outlines::read(&taken)?);

    let mut made = Bits { bytes: HEAD.to_vec(), waiting: 0, count: 0 };
    made.bytes.reserve(subset.len());
    made.push(&runs, OPEN)?;
    made.push_bytes(&runs, subset.get(..start)?)?;
    let mut end = start;
    for (place, glyph) in glyphs.map(usize::from).enumerate() {
        let outline = taken.glyph(place)?;
        end += outline.len();
        // A glyph of other glyphs names them by the subset's numbers, and a byte may fill it up to an even length.
        let rest = match whole.glyph(glyph).and_then(|whole| outline.strip_prefix(whole)) {
            Some(rest) if made.push(&runs, GLYPHS + glyph).is_some() => rest,
            _ => outline,
        };
        made.push_bytes(&runs, rest)?;
    }
    made.push(&runs, CLOSE)?;
    let rest = subset.get(end..)?;
    let mut deflated = vec![0; compressor.deflate_compress_bound(rest.len())];
    let length = compressor.deflate_compress(rest, &mut deflated).ok()?;
    // An empty block that is stored ends with a whole byte.
    made.push_bits(0, 3);
    let mut bytes = made.finish();
    for piece in [&[0, 0, 0xFF, 0xFF], &deflated[..length], &adler32(subset).to_be_bytes()] {
        bytes.extend_from_slice(piece);
    }
    Some(bytes)
}

/// The outlines of a font's glyphs.
struct Outlines<'a> {
    places: Loca<'a>,
    data: &'a [u8],
}

impl<'a> Outlines<'a> {
    fn read(font: &FontRef<'a>) -> Option<Self> {
        Some(Outlines { places: font.loca(None).ok()?, data: font.table_data(GLYF)?.as_bytes() })
    }

    fn glyph(&self, glyph: usize) -> Option<&'a [u8]> {
        let place = |index| Some(self.places.get_raw(index)? as usize);
        self.data.get(place(glyph)?..place(glyph + 1)?)
    }
}

/// The runs of bits of the table.
struct Runs<'a> {
    starts: &'a [[u8; 4]],
    bits: &'a [u8],
}

impl<'a> Runs<'a> {
    fn read(table: &'a [u8]) -> Option<Self> {
        let (count, rest) = table.split_first_chunk()?;
        let (starts, _) = rest.as_chunks();
        let starts = starts.get(..=u32::from_be_bytes(*count) as usize)?;
        Some(Runs { starts, bits: &rest[starts.as_flattened().len()..] })
    }

    /// Returns where a run is, in bits.
    fn range(&self, run: usize) -> Option<Range<usize>> {
        let start = |index| Some(u32::from_be_bytes(*self.starts.get(index)?) as usize);
        Some(start(run)?..start(run + 1)?)
    }
}

/// Bits one after the other, from the lowest of each byte.
struct Bits {
    bytes: Vec<u8>,
    /// The bits after the last whole byte, fewer than 32, and how many they are.
    waiting: u64,
    count: usize,
}

impl Bits {
    /// Adds up to 32 bits.
    fn push_bits(&mut self, bits: u64, count: usize) {
        self.waiting |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend((self.waiting as u32).to_le_bytes());
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    /// Adds a run; none if there is no such run.
    fn push(&mut self, runs: &Runs<'_>, run: usize) -> Option<()> {
        let mut left = runs.range(run)?;
        let bits = runs.bits.get(..left.end.div_ceil(8))?;
        while !left.is_empty() {
            let (here, count) = (&bits[left.start / 8..], left.len().min(32));
            let word = match here.first_chunk() {
                Some(word) => u64::from_le_bytes(*word),
                None => here.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            };
            self.push_bits(word >> (left.start % 8) & ((1 << count) - 1), count);
            left.start += count;
        }
        Some(())
    }

    fn push_bytes(&mut self, runs: &Runs<'_>, bytes: &[u8]) -> Option<()> {
        bytes.iter().try_for_each(|byte| self.push(runs, BYTES + usize::from(*byte)))
    }

    /// Returns the bytes, the last one filled up.
    fn finish(mut self) -> Vec<u8> {
        let last = self.waiting.to_le_bytes();
        self.bytes.extend_from_slice(&last[..self.count.div_ceil(8)]);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use libdeflater::{CompressionLvl, Compressor, Decompressor};
    use skrifa::raw::TableProvider;
    use subsetter::GlyphRemapper;

    use super::{DEFLATED, deflate};
    use crate::font::{Face, FontBook, FontSearch};

    /// Returns a subset of a face with `glyphs`, and that subset deflated.
    fn subset(face: &Face, glyphs: impl Iterator<Item = u16> + Clone) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut remapper = GlyphRemapper::new();
        for glyph in glyphs.clone() {
            remapper.remap(glyph);
        }
        let (data, font) = (face.data(), face.font().unwrap());
        let subset = subsetter::subset(data.as_ref().as_ref(), face.index(), &remapper).unwrap();
        let deflated = deflate(&font, &subset, glyphs, &mut Compressor::new(CompressionLvl::fastest()));
        (subset, deflated)
    }

    #[test]
    fn what_is_put_together_inflates_to_the_subset() {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
        let book = FontBook::load(&FontSearch { dirs: vec![fonts], ..FontSearch::default() }).unwrap();
        let has_table = |face: &&Face| face.font().unwrap().table_data(DEFLATED).is_some();
        let families: Vec<_> = book.faces().iter().filter(has_table).map(Face::family).collect();
        let noto = ["Noto Serif CJK SC Bold", "Noto Serif CJK SC", "Noto Sans CJK SC Medium"];
        assert_eq!(families, [&noto[..], &["Tinos", "Tinos Bold", "FandolFang", "FandolKai"]].concat());
        for face in book.faces().iter().filter(has_table) {
            // The first glyphs are in the table and the last ones are not; some of Tinos are made of others.
            let count = face.font().unwrap().maxp().unwrap().num_glyphs();
            let is_taken = |glyph: &u16| *glyph < 1250 || *glyph + 10 > count;
            let glyphs = std::iter::once(0).chain((1..count).rev().filter(is_taken));
            for glyphs in [glyphs.clone().collect::<Vec<_>>(), glyphs.step_by(97).collect(), vec![0]] {
                let (subset, deflated) = subset(face, glyphs.into_iter());
                let (deflated, mut inflated) = (deflated.unwrap(), vec![0; subset.len()]);
                assert_eq!(Decompressor::new().zlib_decompress(&deflated, &mut inflated), Ok(subset.len()));
                assert!(inflated == subset, "{} inflates to something else", face.family());
                assert!(deflated.len() < subset.len() || subset.len() < 10_000, "{} grows", face.family());
            }
        }
    }

    #[test]
    fn a_face_without_the_table_is_left_to_the_compressor() {
        let book = FontBook::load(&FontSearch::default()).unwrap();
        let symbols = book.faces().iter().find(|face| face.family().contains("Symbols")).unwrap();
        assert_eq!(subset(symbols, [0, 1].into_iter()).1, None);
    }
}
