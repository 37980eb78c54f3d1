//! A place that does not come along: a profile file and a spec, and nothing else.

use budgetdoc::document::Document;
use budgetdoc::{Budget, Profile, Spec, check, layout, write_docx, write_pdf};

use crate::shapes::text;
use budgetdoc_tests::Golden;

/// The folder of its golden file.
pub const NAME: &str = "vendor";

fn file(name: &str) -> String {
    let path = format!("{}/../examples/vendor/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn budget(spec: &str) -> Budget {
    let profile = Profile::from_yaml(&file("profiles/haiyue/2026.yaml")).unwrap();
    Budget::resolve(Spec::from_yaml(spec).unwrap(), profile).unwrap()
}

fn parts(document: &Document) -> Vec<String> {
    let lines = text(document);
    lines.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

#[test]
fn a_profile_file_makes_the_documents_of_another_place() {
    let budget = budget(&file("spec.yaml"));
    let errors: Vec<_> =
        check(&budget).into_iter().filter(|finding| finding.severity == check::Severity::Error).collect();
    assert_eq!(errors, []);
    let document = budget.compose().unwrap();
    let fonts = crate::fonts();
    let pages = layout(&document, fonts).unwrap();
    let (pdf, docx) = (write_pdf(&document, &pages, fonts), write_docx(&document, &pages, fonts));
    assert!(pdf.unwrap().starts_with(b"%PDF") && docx.unwrap().starts_with(b"PK"));
    Golden::new(NAME).text("document.txt", &text(&document)).finish();
}

#[test]
fn a_part_that_depends_on_a_figure_falls_away_with_it() {
    let spec = file("spec.yaml");
    let lines = spec.lines().filter(|line| !line.contains("fund: government_fund"));
    let without: String = lines.flat_map(|line| [line, "\n"]).collect();
    let (with, without) = (budget(&spec).compose().unwrap(), budget(&without).compose().unwrap());
    assert!(parts(&with).contains(&"四、政府性基金项目".to_owned()), "{:?}", parts(&with));
    assert_eq!(parts(&without).len() + 1, parts(&with).len());
    assert!(parts(&without).contains(&"四、名词解释".to_owned()), "the parts below move up: {:?}", parts(&without));
}

#[test]
fn what_the_outline_leaves_out_of_the_other_profile_is_gone() {
    let profile = Profile::from_yaml(&file("profiles/haiyue/2026.yaml")).unwrap();
    let tables: Vec<_> = profile.tables.keys().map(|id| id.value.as_str()).collect();
    assert!(!tables.contains(&"performance") && tables.contains(&"balance"), "{tables:?}");
    let asks: Vec<_> = profile.asks.keys().map(|key| key.value.as_str()).collect();
    assert!(!asks.contains(&"operating_reason") && asks.contains(&"abroad"), "{asks:?}");
}
