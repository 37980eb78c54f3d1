//! Tests of damaged fonts.

use std::fs;

use budgetdoc_document::{
    Block, Date, Document, Heading, Info, PageStyle, Paragraph, Role, StyleName, StyleSheet, Text,
};
use budgetdoc_fonts::{NOTO_SANS, TINOS};

use super::{FontBook, FontSearch};
use crate::layout::layout;
use crate::{FontError, RenderError};

/// Returns a document in Chinese and in figures, set in the family of a font file with these bytes.
fn print_with(role: Role, family: &str, bytes: &[u8]) -> Result<Vec<u8>, RenderError> {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    fs::write(folder.path().join("own.otf"), bytes).expect("it is written");
    let families = vec![(Some(role), family.to_owned())];
    let fonts =
        FontBook::load(&FontSearch { dirs: vec![folder.path().to_owned()], families, ..FontSearch::default() })?;
    let date = Date { year: 2022, month: 2, day: 28 };
    let (author, subject) = ("某局".into(), "部门预算公开".into());
    let text = Text::plain("预算收入合计 1,234.56 万元 abc");
    let heading = Heading { level: 1, text: text.clone(), new_page: false, contents: None };
    let document = Document {
        info: Info { title: "预算".into(), author, subject, keywords: Vec::new(), date, source: None },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: vec![Block::Heading(heading), Block::Paragraph(Paragraph { style: StyleName::Body, text })],
    };
    crate::write_pdf(&document, &layout(&document, &fonts)?, &fonts)
}

/// Returns a face whose outlines have the form of CFF; those compiled in have TrueType's.
fn cff() -> Vec<u8> {
    fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fonts/cff/NotoSansCFF.otf")).expect("the repository has it")
}

/// Returns a copy with a piece of one table overwritten, cut off or turned into noise.
fn damage(font: &[u8], number: u64) -> Vec<u8> {
    let mut bytes = font.to_vec();
    let noise = |index: u64| {
        (number.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(index)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 29
    };
    let at = |index: u64, most: usize| usize::try_from(noise(index)).unwrap_or(0) % most;
    if number.is_multiple_of(8) {
        bytes.truncate(at(1, font.len()));
        return bytes;
    }
    // Half of them near the head, where the tables are listed.
    let most = if number.is_multiple_of(2) { 1_000 } else { font.len() - 64 };
    let start = at(2, most);
    for (index, byte) in bytes[start..start + 1 + at(3, 63)].iter_mut().enumerate() {
        *byte = (noise(4 + index as u64) & 0xff) as u8;
    }
    bytes
}

#[test]
fn a_damaged_font_is_printed_right_or_named() {
    let mut refused = 0;
    for (role, family, font) in [(Role::Latin, "Tinos", TINOS.to_vec()), (Role::Body, "Noto Sans CFF", cff())] {
        for number in 0..100 {
            match print_with(role, family, &damage(&font, number)) {
                Ok(pdf) => assert!(pdf.starts_with(b"%PDF")),
                Err(RenderError::Font { file, .. }) => {
                    refused += 1;
                    assert!(file.ends_with("own.otf"), "{family} {number}: {file}");
                }
                // Its names are damaged, or it has lost its characters.
                Err(RenderError::UnknownFamily { .. } | RenderError::MissingGlyphs(_)) => refused += 1,
                Err(error) => panic!("{family} {number}: {error}"),
            }
        }
    }
    assert!(refused > 0, "some are cut off");
}

#[test]
fn outlines_that_cannot_be_drawn_are_errors() {
    let mut bytes = cff();
    let start = table(&bytes, b"CFF ");
    bytes[start + 2_000..start + 4_000].fill(0xff);
    let error = print_with(Role::Body, "Noto Sans CFF", &bytes).expect_err("nothing can be drawn");
    assert!(matches!(error, RenderError::Font { error: FontError::DamagedGlyph(_), .. }), "{error}");
}

/// Returns the offset of a table in a font file.
fn table(font: &[u8], tag: &[u8; 4]) -> usize {
    let font = skrifa::FontRef::new(font).expect("it is a font");
    let mut records = font.table_directory().table_records().iter();
    let record = records.find(|record| record.tag() == skrifa::Tag::new(tag)).expect("it has the table");
    record.offset() as usize
}

#[test]
fn measures_beyond_any_font_are_damage() {
    let mut bytes = TINOS.to_vec();
    let units = table(TINOS, b"head") + 18;
    bytes[units..units + 2].copy_from_slice(&1_u16.to_be_bytes());
    let error = print_with(Role::Latin, "Tinos", &bytes).expect_err("no font has one unit to the em");
    assert!(matches!(error, RenderError::Font { error: FontError::NotAFont, .. }), "{error}");
    // The smallest em that is allowed, and glyphs of 65,535 units.
    bytes[units..units + 2].copy_from_slice(&16_u16.to_be_bytes());
    let font = skrifa::FontRef::new(TINOS).expect("it is a font");
    let widths = font.table_data(skrifa::Tag::new(b"hmtx")).expect("it has widths").len();
    bytes[table(TINOS, b"hmtx")..][..widths].fill(0xff);
    let pdf = print_with(Role::Latin, "Tinos", &bytes).expect("the face of the Chinese text has the letters");
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn names_beyond_their_table_are_damage() {
    let mut bytes = TINOS.to_vec();
    let names = table(TINOS, b"name");
    // The last name, as the family is looked for among those before one that cannot be read.
    let records = usize::from(u16::from_be_bytes([bytes[names + 2], bytes[names + 3]]));
    let last = names + 6 + 12 * (records - 1);
    bytes[last + 8..last + 12].fill(0xff);
    let error = print_with(Role::Latin, "Tinos", &bytes).expect_err("it cannot be embedded");
    assert!(matches!(error, RenderError::Font { error: FontError::NotEmbeddable(_), .. }), "{error}");
}

#[test]
fn a_font_whose_licence_forbids_embedding_is_named() {
    let mut bytes = TINOS.to_vec();
    // fsType is the fifth field of OS/2, behind four of two bytes; 2 is Restricted License embedding.
    let fs_type = table(TINOS, b"OS/2") + 8;
    bytes[fs_type..fs_type + 2].copy_from_slice(&2_u16.to_be_bytes());
    let error = print_with(Role::Latin, "Tinos", &bytes).expect_err("it must not be embedded");
    assert!(
        matches!(&error, RenderError::Font { file, error: FontError::Restricted } if file.ends_with("own.otf")),
        "{error}"
    );
}

#[test]
fn a_face_is_taken_out_of_its_collection() {
    const NAME: &[u8] = b"NotoSansCJKsc";
    // Two fonts behind one head, the offsets of their tables counted from the start of the file.
    let head = 12 + 2 * 4;
    let moved = |font: &[u8], by: usize| {
        let mut font = font.to_vec();
        let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for record in 0..count {
            let at = 12 + 16 * record + 8;
            let offset = u32::from_be_bytes([font[at], font[at + 1], font[at + 2], font[at + 3]]);
            let offset = offset + u32::try_from(by).expect("a font is small");
            font[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        font
    };
    let mut bytes = b"ttcf\0\x01\0\0\0\0\0\x02".to_vec();
    let starts = [head, head + TINOS.len().next_multiple_of(4)];
    for start in starts {
        bytes.extend(u32::try_from(start).expect("a font is small").to_be_bytes());
    }
    bytes.extend(moved(TINOS, starts[0]));
    bytes.resize(starts[1], 0);
    bytes.extend(moved(NOTO_SANS, starts[1]));
    let pdf = print_with(Role::Body, "Noto Sans CJK SC", &bytes).expect("the second face is found");
    let pdf = budgetdoc_tests::pdf::inflate(&pdf);
    assert!(pdf.windows(NAME.len()).any(|window| window == NAME), "it is embedded");
}
