//! The Word file of the reference document, as a lint and another library see it.

use budgetdoc_tests::{word_lint as lint, word_reader as reader};

use crate::{fonts, spec};

const NAME: &str = "longgang-womens-federation-2022";

#[test]
fn nothing_is_wrong_and_every_heading_cell_and_merge_is_read() {
    let (document, fonts) = (spec(NAME), fonts());
    let layout = budgetdoc::layout(&document, fonts).unwrap();
    let docx = budgetdoc::write_docx(&document, &layout, fonts).unwrap();
    assert_eq!(lint::lint(&lint::parts(&docx)), Vec::<String>::new());
    let read = reader::compare(NAME, &document, &docx);
    assert_eq!((read.headings, read.tables), (19, 12));
    assert!(read.cells > 900 && read.merged > 250, "{} cells, {} merged", read.cells, read.merged);
}
