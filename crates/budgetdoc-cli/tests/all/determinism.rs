//! The command writes the same bytes in every surrounding.

use std::path::Path;

/// Renders the reference document to `output` in several surroundings.
fn render(output: &str) {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let (spec, fonts) = (format!("{top}/specs/longgang-womens-federation-2022.yaml"), format!("{top}/fonts"));
    let arguments = ["render", spec.as_str(), "--output", "{out}", "--font-dir", fonts.as_str()];
    let bytes =
        budgetdoc_tests::surroundings::same_bytes(Path::new(env!("CARGO_BIN_EXE_budgetdoc")), &arguments, output);
    assert!(!bytes.unwrap_or_else(|what| panic!("{what}")).is_empty());
}

#[test]
fn a_pdf_is_the_same_everywhere() {
    render("budget.pdf");
}

#[test]
fn a_word_file_is_the_same_everywhere() {
    render("budget.docx");
}

#[test]
fn a_workbook_is_the_same_everywhere() {
    render("budget.xlsx");
}
