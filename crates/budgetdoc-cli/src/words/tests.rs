//! Tests of the messages, which list all of them.

use budgetdoc::MissingGlyph;
use budgetdoc::check::WhyLeft;
use budgetdoc::document::{GridError, Role};
use budgetdoc::lang::Lang;

use super::*;

/// Returns every message once.
fn all() -> Vec<Message> {
    let (path, error) = (Path::new("a.yaml"), io::Error::from(io::ErrorKind::NotFound));
    let kinds = [
        io::ErrorKind::NotFound,
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::InvalidData,
        io::ErrorKind::IsADirectory,
        io::ErrorKind::NotADirectory,
        io::ErrorKind::StorageFull,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::AddrInUse,
        io::ErrorKind::DirectoryNotEmpty,
        io::ErrorKind::InvalidFilename,
        io::ErrorKind::ResourceBusy,
        io::ErrorKind::CrossesDevices,
        io::ErrorKind::NetworkUnreachable,
        io::ErrorKind::TimedOut,
        io::ErrorKind::Interrupted,
        io::ErrorKind::UnexpectedEof,
        io::ErrorKind::BrokenPipe,
        io::ErrorKind::OutOfMemory,
        io::ErrorKind::Unsupported,
        io::ErrorKind::AddrNotAvailable,
    ];
    let mut all: Vec<Message> = kinds.map(|kind| *cannot_read("a.yaml", &kind.into())).into();
    all.push(*cannot_write(path, &io::ErrorKind::AlreadyExists.into()));
    all.extend(
        [
            cannot_write(path, &error),
            cannot_write(path, &io::ErrorKind::InvalidInput.into()),
            cannot_write(path, &io::Error::other("nothing is known")),
            exists_already(path),
            profiles_in_circle(&["a/1.yaml".into(), "b/1.yaml".into()]),
            no_spec_in("*.yaml"),
            bad_pattern("[", "invalid range pattern"),
            bad_pattern("a**", "recursive wildcards must form a single path component"),
            bad_pattern("***", "wildcards are either regular `*` or recursive `**`"),
            other_format(path, "docx"),
            writes_yaml("import", Path::new("a.xlsx")),
            several_specs_in_one_file(),
            no_rollover_name(),
            several_sheets(),
            unknown_sheet_format(path),
            same_output_path(path, "a", "b"),
            output_over_input(path),
            report_over_output(path),
            too_large("a", 32),
            interrupted(2),
            no_output_path(),
            stdout_takes_one(),
            cannot_watch(&notify::Error::path_not_found()),
            cannot_watch(&notify::Error::generic("no more watches")),
            cannot_serve(&error),
            no_such_rule("Z1", &["A1"]),
        ]
        .map(|message| *message),
    );
    all.push(read_in_encoding("a", "GB18030"));
    all.push(old_files_left(path, "a.pdf"));
    all.push(not_shown("a", 2));
    all.push(years_kept());
    all.push(reasons_kept());
    all.push(statements_kept());
    all.extend([entries_gone(), *no_entry_book("a.xlsx"), *book_not_rewritten("a.xlsx"), *same_format(path, path)]);
    all.extend([*stream_not_fixed(), *encoding_not_fixed("A"), left_typed(WhyLeft::Unbound, &["1%"])]);
    let role = Role::Body;
    let warning = FontWarning { role, wanted: "A".to_owned(), used: "B".to_owned(), searched: vec!["c".to_owned()] };
    all.push(*font_warning(&warning));
    let family =
        RenderError::UnknownFamily { role: role.name(), family: "A".to_owned(), searched: vec!["c".to_owned()] };
    let control = RenderError::ControlCharacter { character: '\u{7}', place: None };
    let font = RenderError::Font { file: "a.otf".to_owned(), error: budgetdoc::FontError::NotAFont };
    let too_wide = |turned| RenderError::TableTooWide { table: "1".to_owned(), excess: 3, turned };
    let width = GridError::Width { group: 0, row: 1, covered: 2, columns: 3 };
    let grid = RenderError::Grid { table: "1".to_owned(), source: width };
    let page = RenderError::Page { zh: "没有纸".to_owned(), en: "no paper".to_owned() };
    let write = RenderError::Write { format: "PDF", detail: "nothing".to_owned() };
    all.push(*render_error(&family));
    let missing = RenderError::MissingGlyphs(vec![MissingGlyph { character: '龘', role, place: None }]);
    all.extend(
        [missing, control, font, too_wide(false), too_wide(true), grid, page, write]
            .iter()
            .map(|error| *render_error(error)),
    );
    all
}

fn profile() -> Profile {
    Profile::built_in(&"shenzhen/2022".to_owned().into()).unwrap()
}

#[test]
fn every_message_is_there_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for message in all() {
        for text in [Some(&message.text), message.help.as_ref()].into_iter().flatten() {
            assert!(chinese(&text.zh), "{}", text.zh);
            // A character or name of the user's may be Chinese in an English sentence.
            assert!(text.en.chars().filter(|letter| !letter.is_ascii()).count() <= 1, "{}", text.en);
            assert!(text.en.split_whitespace().count() > 2, "{}", text.en);
        }
    }
    let spec_written = spec_written(Path::new("a.yaml"), &profile());
    assert!(chinese(&spec_written.zh) && spec_written.en.is_ascii());
}

#[test]
fn every_message_reads_as_it_did() {
    let mut text = String::from("Every message of the command itself, with its remedy, in both languages.\n");
    for message in all() {
        text.push('\n');
        for lang in [Lang::Zh, Lang::En] {
            text.push_str(&format!("{}\n", message.text.get(lang)));
            if let Some(help) = &message.help {
                text.push_str(&format!("    → {}\n", help.get(lang)));
            }
        }
    }
    let spec_written = spec_written(Path::new("a.yaml"), &profile());
    text.push_str(&format!("\n{}\n{}\n", spec_written.zh, spec_written.en));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/words.txt");
    budgetdoc_tests::snapshot::assert_eq(&path, &text);
}
