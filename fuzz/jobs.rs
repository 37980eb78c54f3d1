//! What is done with bytes of any kind. Nothing may panic, and what comes of them is held to what the program promises. The
//! fuzzers call these functions, and so does a test that replays the seeds.

use std::sync::OnceLock;

use budgetdoc::check::{Companions, examine};
use budgetdoc::document::{Block, Document, Info, PageStyle, Paragraph, Place, Role, StyleName, StyleSheet};
use budgetdoc::subject_table::SubjectTable;
use budgetdoc::workbook::{Book, Grid, ImportError, Value, import, read_book};
use budgetdoc::{Budget, Error, FontBook, FontSearch, Profile, Spec, layout, write_docx, write_pdf};

/// A target. Returns whether the bytes could be read: unreadable ones teach a fuzzer little.
pub type Job = fn(&[u8]) -> bool;

/// The targets by name.
pub const JOBS: [(&str, Job); 10] = [
    ("spec", spec),
    ("slips", slips),
    ("fix", fix),
    ("profile", profile),
    ("rollover", rollover),
    ("diff", diff),
    ("document", document),
    ("subjects", subjects),
    ("font", font),
    ("workbook", workbook),
];

/// A spec: read, resolved, checked, composed.
pub fn spec(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let budget = Spec::from_yaml(text).and_then(|spec| {
        let profile = Profile::built_in(&spec.profile)?;
        Budget::resolve(spec, profile)
    });
    let budget = match budget {
        Ok(budget) => budget,
        Err(error) => return is_explained(&error, text),
    };
    for finding in examine(&budget.compose_with_prose(), &Companions::default()).findings {
        assert!(is_within(finding.place, text) && is_within(finding.end, text), "{finding:?}");
    }
    budget.compose().map_or_else(|error| is_explained(&error, text), |_| true)
}

/// A file with slips of typing, each reported at its place.
pub fn slips(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    Spec::from_yaml(text).map_or_else(|error| is_explained(&error, text), |_| true)
}

/// A spec whose typed figures are written as references: it prints the same, and nothing is left to rewrite.
pub fn fix(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Some(budget) = resolve(text) else { return false };
    let Ok(printed) = budget.compose() else { return false };
    let fixed = budgetdoc::check::fix(text, &budget).text;
    let budget = resolve(&fixed).expect("a rewritten spec resolves");
    assert_eq!(budget.compose().expect("a rewritten spec composes").blocks, printed.blocks);
    assert_eq!(budgetdoc::check::fix(&fixed, &budget).text, fixed);
    true
}

fn resolve(text: &str) -> Option<Budget> {
    let spec = Spec::from_yaml(text).ok()?;
    let profile = Profile::built_in(&spec.profile).ok()?;
    Budget::resolve(spec, profile).ok()
}

/// A profile, and the sample composed with it.
pub fn profile(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let profile = match Profile::from_yaml(text) {
        Ok(profile) => profile,
        Err(error) => {
            assert!(!error.problems.is_empty());
            return false;
        }
    };
    let sample = Spec::from_yaml(include_str!("../specs/longgang-womens-federation-2022.yaml"));
    if let Ok(budget) = sample.and_then(|spec| Budget::resolve(spec, profile)) {
        examine(&budget.compose_with_prose(), &Companions::default());
        let _ = budget.compose();
    }
    true
}

/// A spec carried into the next year: what comes of it can be read.
pub fn rollover(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(spec) = Spec::from_yaml(text) else { return false };
    match budgetdoc::rollover::rollover(text, spec.year.value.saturating_add(1)) {
        Ok(next) => {
            let read = Spec::from_yaml(&next.text);
            assert!(read.is_ok(), "{read:?}\n{}", next.text);
            true
        }
        Err(error) => is_explained(&error, text),
    }
}

/// Two specs, with a line of two percent signs between them: none differs from itself.
pub fn diff(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let (old, new) = text.split_once("%%\n").unwrap_or((text, text));
    let (Ok(old), Ok(new)) = (Spec::from_yaml(old), Spec::from_yaml(new)) else { return false };
    budgetdoc::diff::diff(&old, &new);
    let none = budgetdoc::diff::diff(&old, &old);
    assert!(none.is_empty(), "{none:?}");
    true
}

/// A document as JSON: set, and written as PDF and Word.
pub fn document(data: &[u8]) -> bool {
    let Ok(document) = serde_json::from_slice::<Document>(data) else { return false };
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| FontBook::load(&FontSearch::default()).expect("the faces that are compiled in"));
    write(&document, fonts);
    true
}

/// A table of subjects.
pub fn subjects(data: &[u8]) -> bool {
    text(data).is_some_and(|text| SubjectTable::from_csv(text).is_ok())
}

/// A font in the place of Tinos.
pub fn font(data: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("own.ttf"), data).expect("a file");
    let families = vec![(Some(Role::Latin), "Tinos".to_owned())];
    let search = FontSearch { dirs: vec![folder.path().to_owned()], families, ..FontSearch::default() };
    let Ok(fonts) = FontBook::load(&search) else { return false };
    let text = "2022年部门预算（草案）Budget 1,310.00%".into();
    let document = Document {
        info: Info::default(),
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text })],
    };
    write(&document, &fonts);
    true
}

/// A workbook, or a text of its cells: a profile's name, then sheets, each with its name behind `== ` and rows of cells
/// between tabs. A spec made of it can be read, but for what the cells do not tell.
pub fn workbook(data: &[u8]) -> bool {
    let (profile, book) = if data.starts_with(b"PK") {
        match read_book(data) {
            Ok(book) => ("shanghai/2025-unit", book),
            Err(error) => {
                assert!(!error.message.zh.is_empty() && !error.message.en.is_empty(), "{error:?}");
                return false;
            }
        }
    } else {
        let Some((profile, sheets)) = text(data).and_then(|text| text.split_once('\n')) else { return false };
        (profile, Book { grids: grids(sheets), hidden: Vec::new() })
    };
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    let profiles = PROFILES.get_or_init(|| {
        let names = Profile::built_in_names().map(|name| name.to_owned().into());
        names.map(|name| Profile::built_in(&name).expect("a profile of the program")).collect()
    });
    let Some(profile) = profiles.iter().find(|known| known.name == profile) else { return false };
    match import(&book, profile, None, None) {
        Ok(import) if import.is_faulty() || import.text.contains("待填") => true,
        Ok(import) => {
            let read = Spec::from_yaml(&import.text);
            assert!(read.is_ok(), "{read:?}\n{}", import.text);
            true
        }
        Err(ImportError::Budget(error)) => {
            assert!(!error.problems.is_empty());
            false
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// Reads sheets written as text. `<` and `^` join a cell with the one before it or above it, `?` is a formula without its
/// value, `#` begins an error.
fn grids(text: &str) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    let mut row = 0_u32;
    for line in text.split('\n') {
        if let Some(name) = line.strip_prefix("== ") {
            grids.push(Grid { name: name.to_owned(), ..Grid::default() });
            row = 0;
            continue;
        }
        let Some(grid) = grids.last_mut() else { continue };
        for (column, cell) in (0_u32..).zip(line.split('\t')) {
            let spot = (row, column);
            let value = match cell {
                "" => continue,
                "<" => {
                    grid.joined.join((row, column.saturating_sub(1)), spot);
                    continue;
                }
                "^" => {
                    grid.joined.join((row.saturating_sub(1), column), spot);
                    continue;
                }
                "?" => Value::Uncomputed,
                "@" => Value::Date(String::new()),
                cell if cell.starts_with('#') => Value::Error(cell.to_owned()),
                cell => cell.parse().map_or_else(|_| Value::Text(cell.to_owned()), Value::Number),
            };
            grid.cells.insert(spot, value);
        }
        row += 1;
    }
    grids
}

fn write(document: &Document, fonts: &FontBook) {
    let Ok(layout) = layout(document, fonts) else { return };
    if let Ok(pdf) = write_pdf(document, &layout, fonts) {
        assert!(pdf.starts_with(b"%PDF"));
    }
    if let Ok(docx) = write_docx(document, &layout, fonts) {
        assert!(docx.starts_with(b"PK"));
    }
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// Asserts that an error says something, in both languages and at a place of the file.
fn is_explained(error: &Error, text: &str) -> bool {
    assert!(!error.problems.is_empty());
    for problem in &error.problems {
        assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty(), "{problem:?}");
        assert!(is_within(problem.place, text), "{problem:?}");
    }
    false
}

fn is_within(place: Option<Place>, text: &str) -> bool {
    // An error at the end may be behind the last line break.
    place
        .is_none_or(|place| place.line >= 1 && place.column >= 1 && place.line as usize <= text.split('\n').count() + 1)
}
