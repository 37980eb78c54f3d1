//! Text that could be read as structure stays text: nothing in a file becomes active, and all of it can be read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use budgetdoc::{Budget, Profile, Spec};
use budgetdoc_tests::pdf;

/// Pieces that mean something to a reader of PDF, Word, HTML, a spreadsheet or a terminal.
const PIECES: [&str; 12] = [
    "<w:p/>",
    "]]>",
    "&amp;",
    "<!--",
    "<script>alert(1)</script>",
    "MERGEFIELD",
    "INCLUDETEXT file",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "=HYPERLINK(1)",
    "@SUM(A1)",
    ") Tj (",
];

/// Names of projects, each of which begins a cell.
const FORMULAS: [&str; 4] = ["=HYPERLINK(1)", "+1+cmd|A1", "-1+1", "@SUM(A1)"];

/// A spec with the pieces in names, texts, purposes and reasons.
fn spec() -> String {
    let all = PIECES.join("、");
    let formulas: Vec<String> = (0..)
        .zip(FORMULAS)
        .map(|(id, name)| format!("  - {{ id: f{id}, name: '{name}', item: 2012902, amount: 1, last: 0 }}"))
        .collect();
    let formulas = formulas.join("\n");
    format!(
        r"budgetdoc: 1
profile: shenzhen/2022
year: 2022
department:
  name: '某局{name}'
  units: [{{ id: self, name: '某局本级{name}' }}]
income: [{{ fund: general_public, amount: 100, last: 80 }}]
expenditure: [{{ item: 2012901, amount: 70, last: 60 }}]
projects:
  - {{ id: p, name: '项目{name}', item: 2012902, amount: 26, last: 20, purpose: '用于{all}。', reason: '{all}' }}
{formulas}
text:
  duties: |
    {all}。
    =1+1
",
        name = PIECES[0]
    )
}

/// The XML parts of a Word file by name.
fn xml_parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            parts.insert(name, text);
        }
    }
    parts
}

#[test]
fn text_never_becomes_structure() {
    let spec = Spec::from_yaml(&spec()).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    let document = Budget::resolve(spec, profile).unwrap().compose().unwrap();
    let fonts = crate::fonts();
    let layout = budgetdoc::layout(&document, fonts).unwrap();

    let word = xml_parts(&budgetdoc::write_docx(&document, &layout, fonts).unwrap());
    let body = roxmltree::Document::parse(&word["word/document.xml"]).unwrap();
    let text: String =
        body.descendants().filter(|node| node.tag_name().name() == "t").filter_map(|node| node.text()).collect();
    for piece in PIECES {
        assert!(text.contains(piece), "{piece} is not in the Word text");
    }
    for (name, part) in &word {
        assert!(!part.contains("TargetMode=\"External\""), "{name} leads out of the file");
        let part = roxmltree::Document::parse(part).unwrap();
        for field in part.descendants().filter(|node| node.tag_name().name() == "instrText") {
            let field = field.text().unwrap_or_default().trim();
            let kind = field.split_whitespace().next().unwrap_or_default();
            assert!(["TOC", "PAGE", "PAGEREF", "STYLEREF", "SECTIONPAGES"].contains(&kind), "{name}: field {field:?}");
        }
    }

    let bytes = budgetdoc::write_pdf(&document, &layout, fonts).unwrap();
    let read = pdf::read(&bytes);
    for piece in PIECES {
        assert!(read.pages.replace('\n', "").contains(piece), "{piece} is not in the PDF's text");
    }
    let active: [&[u8]; 7] =
        [b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile", b"/SubmitForm"];
    let all = [pdf::inflate(&bytes), bytes].concat();
    for name in active {
        assert!(!all.windows(name.len()).any(|window| window == name), "{}", String::from_utf8_lossy(name));
    }
}

#[test]
fn text_is_no_formula_of_a_workbook() {
    let spec = Spec::from_yaml(&spec()).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    let document = Budget::resolve(spec, profile).unwrap().compose().unwrap();
    let parts = xml_parts(&budgetdoc::workbook::write_xlsx(&document).unwrap());
    for name in FORMULAS {
        assert!(parts["xl/sharedStrings.xml"].contains(name), "{name} is not in the workbook's text");
    }
    let mut formulas = 0;
    for (name, part) in &parts {
        assert!(!part.contains("TargetMode=\"External\""), "{name} leads out of the file");
        let part = roxmltree::Document::parse(part).unwrap();
        for formula in part.descendants().filter(|node| node.tag_name().name() == "f") {
            let formula = formula.text().unwrap_or_default();
            let is_sum = |letter: char| letter.is_ascii_digit() || "ABCDEFGHIJKLMNOPQRSTUVWXYZ(),:+-".contains(letter);
            assert!(formula.chars().all(is_sum) && !formula.contains("HYPERLINK"), "{name}: {formula}");
            formulas += 1;
        }
    }
    assert!(formulas > 0);
}
