//! Where faces come from and what happens without them.

use std::path::{Path, PathBuf};

use budgetdoc_document::Role;
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch, Surroundings};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fonts")
        .canonicalize()
        .expect("the repository has a folder of fonts")
}

#[test]
fn the_book_finds_faces_in_subfolders() {
    let book = FontBook::load(&FontSearch { dirs: vec![folder()], ..FontSearch::default() }).unwrap();
    assert!(book.warnings().is_empty());
    let body = book.face(book.first_face(Role::Body));
    assert_eq!((body.family(), body.index()), ("FandolFang", 0));
    assert_eq!(body.file(), Some(folder().join("fandol/FandolFang-Regular.ttf").as_path()));
    assert_eq!(book.face(book.first_face(Role::Title)).file(), None);
}

#[test]
fn stand_ins_are_told_once_for_each_role() {
    let search = FontSearch { dirs: vec![PathBuf::from("/nowhere")], ..FontSearch::default() };
    let book = FontBook::load(&search).unwrap();
    let told: Vec<(Role, &str, &str)> =
        book.warnings().iter().map(|warning| (warning.role, warning.wanted.as_str(), warning.used.as_str())).collect();
    let expected =
        [(Role::Body, "FandolFang", "Noto Serif CJK SC"), (Role::Subheading, "FandolKai", "Noto Sans CJK SC Medium")];
    assert_eq!(told, expected);
    assert!(book.warnings()[0].to_string().contains("/nowhere"));
}

#[test]
fn families_come_from_named_folders() {
    let families = vec![(Role::Body, "FandolKai".to_owned()), (Role::Latin, "Tinos".to_owned())];
    let book = FontBook::load(&FontSearch { dirs: vec![folder()], system: false, families }).unwrap();
    assert_eq!(book.family_for(Role::Body), Some("FandolKai"));
    assert_eq!(book.family_for(Role::Title), None);
    assert!(book.face(book.first_face(Role::Body)).file().unwrap().ends_with("FandolKai-Regular.ttf"));
    assert!(book.face(book.first_face(Role::Latin)).file().unwrap().ends_with("Tinos-Regular.ttf"));

    let families = vec![(Role::Title, "方正小标宋".to_owned())];
    let error = FontBook::load(&FontSearch { dirs: vec![folder()], system: false, families }).unwrap_err();
    assert!(matches!(error, RenderError::UnknownFamily { role: Role::Title, .. }));
}

#[test]
fn folders_are_searched_in_order_and_once() {
    let named = [PathBuf::from("/named")];
    let root = folder().parent().unwrap().to_owned();
    let inside = root.join("crates");
    let variable = std::env::join_paths(["/one", "/two"]).unwrap();
    let search = FontSearch::around(&Surroundings {
        named: &named,
        variable: Some(&variable),
        working_dir: Some(&inside),
        spec_dir: Some(&root),
        executable: Some(Path::new("/opt/budgetdoc/bin/budgetdoc")),
    });
    let fonts = folder();
    let expected = ["/named", "/one", "/two", fonts.to_str().unwrap(), "/opt/budgetdoc/share/budgetdoc/fonts"];
    assert_eq!(search.dirs, expected.map(PathBuf::from));
}
