//! The lines that a layout keeps for each block.

use budgetdoc::layout::{BlockPart, Layout};
use budgetdoc::{layout, write_docx};
use budgetdoc_tests::lines;

use crate::{fonts, spec};

#[test]
fn all_texts_of_all_specs_are_found_in_their_lines() {
    let fonts = fonts();
    for name in crate::shapes::names() {
        let document = spec(&name);
        let set = layout(&document, fonts).unwrap();
        let entries: Vec<String> = set.contents.iter().map(|entry| entry.title.clone()).collect();
        assert_eq!(set.blocks.len(), document.blocks.len());
        for (block, of) in document.blocks.iter().zip(&set.blocks) {
            let parts = of.lines.chunk_by(|one, next| one.part == next.part);
            let ranges: Vec<_> = parts.map(|part| part.iter().map(|line| line.range.clone()).collect()).collect();
            lines::compare(&name, block, &entries, &ranges);
            for pair in of.lines.windows(2).filter(|pair| pair[0].part == pair[1].part) {
                assert!((pair[0].page, pair[0].y) < (pair[1].page, pair[1].y), "{name}: {pair:?}");
            }
        }
    }
}

#[test]
fn a_line_that_begins_elsewhere_makes_another_word_file() {
    let (fonts, document) = (fonts(), spec("longgang-womens-federation-2022"));
    let sound = layout(&document, fonts).unwrap();
    let written = |layout: &Layout| write_docx(&document, layout, fonts).unwrap();
    let mut shifted = sound.clone();
    let title = shifted.blocks[0].lines.iter_mut().filter(|line| line.part == BlockPart::Text).nth(1).unwrap();
    title.range.start += "部".len();
    assert!(written(&sound) != written(&shifted));
}
