//! The Word file of the reference document, as a lint and another library see it.

use budgetdoc_tests::word_lint::{child, is};
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

/// Word finds a name only if no line break is in it.
#[test]
fn names_in_tables_are_whole() {
    let mut count = 0;
    for name in crate::shapes::names() {
        let (document, fonts) = (spec(&name), fonts());
        let layout = budgetdoc::layout(&document, fonts).unwrap();
        let parts = lint::parts(&budgetdoc::write_docx(&document, &layout, fonts).unwrap());
        let body = roxmltree::Document::parse(&parts["word/document.xml"]).unwrap();
        let rows = body.descendants().filter(|node| is(node, "tr"));
        for row in rows.filter(|row| child(child(*row, "trPr").unwrap(), "tblHeader").is_none()) {
            count += 1;
            assert!(!row.descendants().any(|node| is(&node, "br")), "{name}: {}", lint::text(row));
        }
    }
    assert!(count > 500, "{count} rows");
}
