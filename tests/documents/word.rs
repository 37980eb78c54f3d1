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

/// Word finds a name only if nothing but its characters is in it: no line break, no tab, no end of a paragraph.
#[test]
fn names_are_whole() {
    let (mut count, mut found) = (0, 0);
    for name in crate::shapes::names() {
        let (document, fonts) = (spec(&name), fonts());
        let layout = budgetdoc::layout(&document, fonts).unwrap();
        let parts = lint::parts(&budgetdoc::write_docx(&document, &layout, fonts).unwrap());
        let body = roxmltree::Document::parse(&parts["word/document.xml"]).unwrap();
        let paragraphs = body.descendants().filter(|node| is(node, "p"));
        let texts: Vec<String> = paragraphs.map(searched).collect();
        for project in &crate::budget(&name).spec.projects {
            for text in &texts {
                let is_printed = text.replace(['\n', '\t'], "").contains(project.name.as_str());
                assert!(!is_printed || text.contains(project.name.as_str()), "{name}: {} in {text}", *project.name);
                found += usize::from(is_printed);
            }
        }
        let rows = body.descendants().filter(|node| is(node, "tr"));
        for row in rows.filter(|row| child(child(*row, "trPr").unwrap(), "tblHeader").is_none()) {
            count += 1;
            assert!(!row.descendants().any(|node| is(&node, "br")), "{name}: {}", lint::text(row));
        }
    }
    assert!(count > 500 && found > 200, "{count} rows, {found} names");
}

/// Returns what a search sees of a paragraph.
fn searched(paragraph: roxmltree::Node<'_, '_>) -> String {
    let seen = paragraph.descendants().map(|node| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "br" => "\n",
        "tab" => "\t",
        _ => "",
    });
    seen.collect()
}

/// Where the second line has a character more than the first, the blank that keeps it off the first is behind that.
#[test]
fn the_lines_of_a_cell_begin_at_one_edge() {
    let mut count = 0;
    for name in crate::shapes::names() {
        let (document, fonts) = (spec(&name), fonts());
        let layout = budgetdoc::layout(&document, fonts).unwrap();
        let parts = lint::parts(&budgetdoc::write_docx(&document, &layout, fonts).unwrap());
        let body = roxmltree::Document::parse(&parts["word/document.xml"]).unwrap();
        for cell in body.descendants().filter(|node| is(node, "tc")) {
            for format in cell.children().filter_map(|paragraph| child(paragraph, "pPr")) {
                let style = lint::val(format, "pStyle").unwrap();
                let indent = child(format, "ind");
                let first = |name| indent.and_then(|indent| indent.attribute((lint::W, name)));
                let is_uneven = first("firstLine").is_some();
                // At most a point, so that a centred line is off by half of that.
                assert!(
                    first("hanging").is_none()
                        && first("firstLine").is_none_or(|twips| twips.parse::<u8>().unwrap() <= 20)
                );
                let is_centred = ["TableHead", "TableLabel"].iter().any(|start| style.starts_with(start));
                assert!(!is_uneven || is_centred || style.contains("Center"), "{name}: {style}, {}", lint::text(cell));
            }
            count += cell.descendants().filter(|node| is(node, "rPr") && child(*node, "spacing").is_some()).count();
        }
    }
    assert!(count > 15, "{count} lines");
}
