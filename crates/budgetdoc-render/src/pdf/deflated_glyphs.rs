//! Glyphs that a face holds deflated, in a table that `fonts/deflate-glyphs.py` adds to it: what a PDF embeds of the face
//! is put together from them, and nothing looks for what repeats in their outlines.

use std::ops::Range;

use libdeflater::{Adler32, Compressor};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::compute_checksum;
use skrifa::raw::tables::loca::Loca;
use skrifa::{FontRef, GlyphId, Tag};

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

/// The number that all words of a font add up to (OpenType 1.9, head).
const SUM: u32 = 0xB1B0_AFBA;

/// A font program that is a part of a face.
pub(super) struct FontProgram {
    /// Its bytes.
    pub length: usize,
    /// The same, deflated as a zlib stream.
    pub deflated: Vec<u8>,
}

/// Returns a TrueType font with `glyphs` of `face`, in their order and without names and characters, which a PDF has no
/// need for (ISO 32000-1, 9.9); none if the face has no deflated glyphs, if a glyph is made of others, or if a table is
/// damaged.
pub(super) fn font_program(face: &FontRef<'_>, glyphs: &[u16], compressor: &mut Compressor) -> Option<FontProgram> {
    let runs = Runs::read(face.table_data(Tag::new(b"DfGl"))?.as_bytes())?;
    let outlines = Outlines::read(face)?;
    let outlines = glyphs.iter().map(|glyph| outlines.glyph(*glyph)).collect::<Option<Vec<_>>>()?;
    let FontTables { directory, glyf_length, others } = font_tables(face, glyphs, &outlines)?;
    let mut made = Bits { bytes: HEAD.to_vec(), waiting: 0, count: 0 };
    let mut adler = Adler32::new();
    made.push(&runs, OPEN)?;
    made.push_bytes(&runs, &directory)?;
    adler.update(&directory);
    for (glyph, outline) in glyphs.iter().zip(outlines) {
        if made.push(&runs, GLYPHS + usize::from(*glyph)).is_none() {
            made.push_bytes(&runs, outline)?;
        }
        let filling = &[0; 3][..outline.len().next_multiple_of(4) - outline.len()];
        made.push_bytes(&runs, filling)?;
        adler.update(outline);
        adler.update(filling);
    }
    made.push(&runs, CLOSE)?;
    // An empty block that is stored ends with a whole byte.
    made.push_bits(0, 3);
    let mut deflated = made.finish();
    deflated.extend([0, 0, 0xFF, 0xFF]);
    let start = deflated.len();
    deflated.resize(start + compressor.deflate_compress_bound(others.len()), 0);
    let length = compressor.deflate_compress(&others, &mut deflated[start..]).ok()?;
    deflated.truncate(start + length);
    adler.update(&others);
    deflated.extend(adler.sum().to_be_bytes());
    Some(FontProgram { length: directory.len() + glyf_length + others.len(), deflated })
}

/// The tables of a font around its outlines, each filled up to whole words.
struct FontTables {
    directory: Vec<u8>,
    /// The bytes of the outlines between the directory and the other tables.
    glyf_length: usize,
    others: Vec<u8>,
}

/// Returns the tables of a font with `glyphs` of `face`, whose outlines are given.
fn font_tables(face: &FontRef<'_>, glyphs: &[u16], outlines: &[&[u8]]) -> Option<FontTables> {
    let (mut places, mut end, mut outline_sum) = (vec![0; 4], 0_u32, 0_u32);
    for outline in outlines {
        end += u32::try_from(outline.len().next_multiple_of(4)).ok()?;
        places.extend(end.to_be_bytes());
        outline_sum = outline_sum.wrapping_add(compute_checksum(outline));
    }
    let count = u16::try_from(glyphs.len()).ok()?.to_be_bytes();
    let table = |name: &[u8; 4]| Some(face.table_data(Tag::new(name))?.as_bytes().to_vec());
    let [mut head, mut hhea, mut maxp] = [table(b"head")?, table(b"hhea")?, table(b"maxp")?];
    // What the whole font lacks to its sum; places of four bytes; how many glyphs there are, with widths of their own.
    head.get_mut(8..12)?.fill(0);
    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    maxp.get_mut(4..6)?.copy_from_slice(&count);
    hhea.get_mut(34..36)?.copy_from_slice(&count);
    let metrics = face.hmtx().ok()?;
    let mut hmtx = Vec::new();
    for glyph in glyphs {
        hmtx.extend(metrics.advance(GlyphId::from(*glyph))?.to_be_bytes());
        hmtx.extend(metrics.side_bearing(GlyphId::from(*glyph))?.to_be_bytes());
    }

    // Six tables, and what a search for one begins with.
    let mut directory: Vec<u8> =
        [0x0001_0000, 6 << 16 | 64, 2 << 16 | 32].into_iter().flat_map(u32::to_be_bytes).collect();
    let mut others = Vec::new();
    let mut place = 12 + 6 * 16;
    let mut enter = |name: &[u8; 4], sum: u32, length: u32| {
        directory.extend(name);
        [sum, place, length].into_iter().for_each(|field| directory.extend(field.to_be_bytes()));
        place += length.next_multiple_of(4);
        sum
    };
    let mut sum = enter(b"glyf", outline_sum, end);
    for (name, table) in [(b"head", head), (b"hhea", hhea), (b"hmtx", hmtx), (b"loca", places), (b"maxp", maxp)] {
        sum = sum.wrapping_add(enter(name, compute_checksum(&table), u32::try_from(table.len()).ok()?));
        others.extend(table);
        others.resize(others.len().next_multiple_of(4), 0);
    }
    let sum = sum.wrapping_add(compute_checksum(&directory));
    // The head is the first of these tables.
    others.get_mut(8..12)?.copy_from_slice(&SUM.wrapping_sub(sum).to_be_bytes());
    Some(FontTables { directory, glyf_length: end as usize, others })
}

/// The outlines of a font's glyphs.
struct Outlines<'a> {
    places: Loca<'a>,
    data: &'a [u8],
}

impl<'a> Outlines<'a> {
    fn read(font: &FontRef<'a>) -> Option<Self> {
        Some(Outlines { places: font.loca(None).ok()?, data: font.table_data(Tag::new(b"glyf"))?.as_bytes() })
    }

    /// Returns the outline of a glyph; none of one that is made of others, whose number of contours is negative: it names
    /// these by the numbers of the face.
    fn glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let place = |index| Some(self.places.get_raw(index)? as usize);
        let outline = self.data.get(place(glyph.into())?..place(usize::from(glyph) + 1)?)?;
        Some(outline).filter(|outline| outline.first().is_none_or(|first| first & 0x80 == 0))
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
    /// The bits after the last whole byte, fewer than eight, and how many they are.
    waiting: u64,
    count: usize,
}

/// How many bits are added at once: a word of eight bytes has them wherever in its first byte they begin.
const AT_ONCE: usize = 56;

impl Bits {
    /// Adds up to 56 bits.
    fn push_bits(&mut self, bits: u64, count: usize) {
        self.waiting |= bits << self.count;
        self.count += count;
        let whole = self.count / 8;
        let length = self.bytes.len() + whole;
        self.bytes.extend_from_slice(&self.waiting.to_le_bytes());
        self.bytes.truncate(length);
        self.waiting >>= 8 * whole;
        self.count %= 8;
    }

    /// Adds a run; none if there is no such run.
    fn push(&mut self, runs: &Runs<'_>, run: usize) -> Option<()> {
        let Range { mut start, end } = runs.range(run)?;
        let bits = runs.bits.get(..end.div_ceil(8))?;
        while start < end {
            let (here, count) = (&bits[start / 8..], (end - start).min(AT_ONCE));
            let word = match here.first_chunk() {
                Some(word) => u64::from_le_bytes(*word),
                None => here.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            };
            self.push_bits(word >> (start % 8) & ((1 << count) - 1), count);
            start += count;
        }
        Some(())
    }

    fn push_bytes(&mut self, runs: &Runs<'_>, bytes: &[u8]) -> Option<()> {
        bytes.iter().try_for_each(|byte| self.push(runs, BYTES + usize::from(*byte)))
    }

    /// Returns the bytes, the last one filled up.
    fn finish(mut self) -> Vec<u8> {
        self.push_bits(0, (8 - self.count) % 8);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use libdeflater::{CompressionLvl, Compressor, Decompressor};
    use skrifa::raw::TableProvider;
    use skrifa::raw::tables::compute_checksum;
    use skrifa::{FontRef, GlyphId, Tag};

    use super::{Outlines, SUM, font_program};
    use crate::font::{Face, FontBook, FontSearch};

    /// Returns a font with glyphs of a face.
    fn part(face: &Face, glyphs: &[u16]) -> Option<Vec<u8>> {
        let program = font_program(&face.font()?, glyphs, &mut Compressor::new(CompressionLvl::fastest()))?;
        let mut inflated = vec![0; program.length];
        let length = Decompressor::new().zlib_decompress(&program.deflated, &mut inflated).expect("a zlib stream");
        assert_eq!(length, program.length);
        assert!(program.deflated.len() < length || length < 10_000, "{} grows", face.family());
        Some(inflated)
    }

    #[test]
    fn what_is_put_together_is_a_font_with_the_glyphs() {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
        let book = FontBook::load(&FontSearch { dirs: vec![fonts], ..FontSearch::default() }).unwrap();
        let has_table = |face: &&Face| face.font().unwrap().table_data(Tag::new(b"DfGl")).is_some();
        let families: Vec<_> = book.faces().iter().filter(has_table).map(Face::family).collect();
        let noto = ["Noto Serif CJK SC Bold", "Noto Serif CJK SC", "Noto Sans CJK SC Medium"];
        assert_eq!(families, [&noto[..], &["Tinos", "Tinos Bold", "FandolFang", "FandolKai"]].concat());
        for face in book.faces().iter().filter(has_table) {
            let whole = face.font().unwrap();
            let outlines = Outlines::read(&whole).unwrap();
            // The first glyphs are in the table and the last ones are not; some of Tinos are made of others.
            let count = whole.maxp().unwrap().num_glyphs();
            let is_taken = |glyph: &u16| (*glyph < 1250 || *glyph + 10 > count) && outlines.glyph(*glyph).is_some();
            let glyphs: Vec<u16> = std::iter::once(0).chain((1..count).rev().filter(is_taken)).collect();
            let few = glyphs.iter().copied().step_by(97).collect();
            for glyphs in [glyphs, few, vec![0]] {
                let data = part(face, &glyphs).unwrap();
                assert_eq!(compute_checksum(&data), SUM);
                let font = FontRef::new(&data).unwrap();
                for record in font.table_directory().table_records() {
                    let mut table = font.table_data(record.tag()).unwrap().as_bytes().to_vec();
                    if record.tag() == *b"head" {
                        table[8..12].fill(0);
                    }
                    assert_eq!(compute_checksum(&table), record.checksum(), "{}", record.tag());
                }
                assert_eq!(usize::from(font.maxp().unwrap().num_glyphs()), glyphs.len());
                let taken = Outlines::read(&font).unwrap();
                for (place, glyph) in (0..).zip(&glyphs) {
                    let (outline, whole_outline) = (taken.glyph(place).unwrap(), outlines.glyph(*glyph).unwrap());
                    let filling = outline.strip_prefix(whole_outline).expect("the same outline");
                    assert!(filling.len() < 4 && filling.iter().all(|byte| *byte == 0));
                    let metrics = |font: &FontRef, glyph: u16| {
                        let (hmtx, glyph) = (font.hmtx().unwrap(), GlyphId::from(glyph));
                        (hmtx.advance(glyph), hmtx.side_bearing(glyph))
                    };
                    assert_eq!(metrics(&font, place), metrics(&whole, *glyph));
                }
            }
        }
    }

    #[test]
    fn other_faces_and_glyphs_are_left_to_the_compressor() {
        let book = FontBook::load(&FontSearch::default()).unwrap();
        let face = |family: &str| book.faces().iter().find(|face| face.family().contains(family)).unwrap();
        assert_eq!(part(face("Symbols"), &[0, 1]), None);
        let tinos = face("Tinos");
        let (accented, _) = tinos.glyphs().unwrap().glyph('é').unwrap();
        let (plain, _) = tinos.glyphs().unwrap().glyph('e').unwrap();
        assert_eq!(part(tinos, &[0, accented]), None);
        assert!(part(tinos, &[0, plain]).is_some());
    }
}
