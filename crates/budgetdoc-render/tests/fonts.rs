//! Where faces come from and what happens without them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use budgetdoc_document::{Block, Date, Document, Info, PageStyle, Paragraph, Role, StyleName, StyleSheet};
use budgetdoc_render::RenderError;
use budgetdoc_render::font::{FontBook, FontSearch, Surroundings};
use budgetdoc_render::layout::layout;
use skrifa::{FontRef, MetadataProvider};

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
    let families = vec![(Some(Role::Body), "FandolKai".to_owned()), (Some(Role::Latin), "Tinos".to_owned())];
    let book = FontBook::load(&FontSearch { dirs: vec![folder()], families, ..FontSearch::default() }).unwrap();
    assert_eq!(book.family_for(Role::Body), Some("FandolKai"));
    assert_eq!(book.family_for(Role::Title), None);
    assert!(book.face(book.first_face(Role::Body)).file().unwrap().ends_with("FandolKai-Regular.ttf"));
    assert!(book.face(book.first_face(Role::Latin)).file().unwrap().ends_with("Tinos-Regular.ttf"));

    let families = vec![(Some(Role::Title), "方正小标宋".to_owned())];
    let error = FontBook::load(&FontSearch { dirs: vec![folder()], families, ..FontSearch::default() }).unwrap_err();
    assert!(matches!(error, RenderError::UnknownFamily { role: "title", .. }));
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

/// A document brings few pages of a mapped file into memory if the glyphs it uses stand together.
#[test]
fn glyphs_of_frequent_characters_come_first() {
    let frequent = include_str!("../../../fonts/characters-frequent.txt");
    let book = FontBook::load(&FontSearch { dirs: vec![folder()], ..FontSearch::default() }).unwrap();
    for role in [Role::Title, Role::Heading, Role::Subheading, Role::Body, Role::Table] {
        let face = book.face(book.first_face(role));
        let data = face.data();
        let map = FontRef::from_index(data.as_ref().as_ref(), face.index()).unwrap().charmap();
        let glyphs: BTreeSet<u32> = frequent.chars().filter_map(|char| Some(map.map(char)?.to_u32())).collect();
        assert!(glyphs.len() > 900, "{} of {}", glyphs.len(), face.family());
        assert_eq!(glyphs.last(), Some(&(glyphs.len() as u32)), "those of {} follow the one for none", face.family());
    }
}

/// Returns the characters of a text that the faces found in a search lack.
fn missing(text: &str, search: &FontSearch) -> String {
    let info = Info { date: Date { year: 2030, month: 3, day: 15 }, ..Info::default() };
    let blocks = vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: text.into() })];
    let (page, styles) = (PageStyle::gb9704(), StyleSheet::gb9704());
    let document = Document { info, page, styles, names: Vec::new(), blocks };
    match layout(&document, &FontBook::load(search).expect("the faces are found")) {
        Ok(_) => String::new(),
        Err(RenderError::MissingGlyphs(missing)) => missing.iter().map(|missing| missing.character).collect(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn characters_beyond_the_general_table_have_a_face() {
    let text = "囧𠮷國臺☑☐";
    assert_eq!(missing(text, &FontSearch { dirs: vec![folder()], ..FontSearch::default() }), "");
    assert_eq!(missing(text, &FontSearch::default()), "囧𠮷國臺");
}

#[test]
fn a_fallback_draws_what_no_other_face_has() {
    let office = tempfile::tempdir().unwrap();
    std::fs::copy(folder().join("wide/NotoSerifSC-Wide.otf"), office.path().join("office.otf")).unwrap();
    let search = |fallbacks: &[&str]| FontSearch {
        dirs: vec![office.path().to_owned()],
        families: fallbacks.iter().map(|family| (None, (*family).to_owned())).collect(),
        ..FontSearch::default()
    };
    assert_eq!(missing("预算囧", &search(&[])), "囧");
    assert_eq!(missing("预算囧", &search(&["Noto Serif SC Wide"])), "");
    let error = FontBook::load(&search(&["没有的字体"])).unwrap_err();
    assert!(matches!(error, RenderError::UnknownFamily { role: "fallback", .. }));
}

#[test]
fn of_faces_of_one_name_the_whole_one_is_taken() {
    let (trimmed, whole) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut face = std::fs::read(folder().join("cff/NotoSansCFF.otf")).unwrap();
    std::fs::write(whole.path().join("a.otf"), &face).unwrap();
    // The first face says it has fewer glyphs.
    let entry = face.windows(4).position(|tag| tag == b"maxp").unwrap();
    let maxp = u32::from_be_bytes(face[entry + 8..entry + 12].try_into().unwrap()) as usize;
    face[maxp + 5] -= 1;
    std::fs::write(trimmed.path().join("a.otf"), &face).unwrap();
    let families = vec![(Some(Role::Heading), "Noto Sans CFF".to_owned())];
    let dirs = vec![trimmed.path().to_owned(), whole.path().to_owned()];
    let book = FontBook::load(&FontSearch { dirs, families, ..FontSearch::default() }).unwrap();
    assert_eq!(book.face(book.first_face(Role::Heading)).file(), Some(whole.path().join("a.otf").as_path()));
}
