//! Tests of whole documents: what was published, and the golden files.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

mod alike;
mod golden;
mod inert;
mod judges;
mod lines;
mod published;
mod read_back;
mod reference;
mod shapes;
mod vendor;
mod word;

use std::sync::LazyLock;

use budgetdoc::document::Document;
use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

/// The faces that come with the repository; nothing of the machine's.
fn fonts() -> &'static FontBook {
    static FONTS: LazyLock<FontBook> = LazyLock::new(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fonts");
        let book = FontBook::load(&FontSearch { dirs: vec![folder.into()], ..FontSearch::default() }).unwrap();
        assert_eq!(book.warnings(), [], "the repository has all faces");
        book
    });
    &FONTS
}

/// The document a spec in specs/ makes.
fn spec(name: &str) -> Document {
    budget(name).compose().unwrap()
}

/// The budget of a spec in specs/.
fn budget(name: &str) -> Budget {
    let path = format!("{}/../specs/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let yaml = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let spec = Spec::from_yaml(&yaml).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    Budget::resolve(spec, profile).unwrap()
}

#[test]
fn the_reconciliation_sheet_is_set_and_written_like_any_document() {
    let budget = budget("made-up-ministry-2025");
    let sheet = budgetdoc::check::examine(&budget.compose_with_prose(), &budgetdoc::check::Companions::default())
        .sheet(&budget, budgetdoc::lang::Lang::Zh);
    let fonts = fonts();
    let layout = budgetdoc::layout(&sheet, fonts).unwrap();
    let read = budgetdoc_tests::pdf::read(&budgetdoc::write_pdf(&sheet, &layout, fonts).unwrap());
    assert!(read.pages.contains("勾稽关系"));
    let word = budgetdoc_tests::docx::parts(&budgetdoc::write_docx(&sheet, &layout, fonts).unwrap());
    assert!(word.iter().any(|(name, part)| name == "word/document.xml" && part.contains("勾稽关系")));
}
