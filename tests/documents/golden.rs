//! Whole documents against their golden files.

use budgetdoc::document::Document;
use budgetdoc::{layout, write_docx, write_pdf};

use crate::{fonts, spec};
use budgetdoc_tests::picture::Picture;
use budgetdoc_tests::{Golden, golden, snapshot, specimen, surroundings};
use snapbox::assert::Action::{Overwrite, Verify};

/// Documents with a folder in tests/golden/. A folder of no document is an error, like a file of no test.
const DOCUMENTS: [&str; 2] = ["longgang-womens-federation-2022", "specimen"];

/// Sets a document, writes it and compares the output with the golden files of `name`.
fn compare(name: &str, document: &Document) {
    let fonts = fonts();
    let pages = layout(document, fonts).unwrap();
    let pdf = write_pdf(document, &pages, fonts).unwrap();
    let docx = write_docx(document, &pages, fonts).unwrap();
    Golden::new(name).pdf(&pdf).docx(&docx).finish();
}

#[test]
fn the_specimen_of_the_typesetter() {
    compare("specimen", &specimen::document());
}

#[test]
fn the_reference_document() {
    compare("longgang-womens-federation-2022", &spec("longgang-womens-federation-2022"));
}

#[test]
fn no_folder_is_left_of_a_document_that_is_gone() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let names: Vec<&str> = DOCUMENTS.into_iter().chain(crate::shapes::SHAPES).chain([crate::vendor::NAME]).collect();
    assert_eq!(golden::dead_folders(&root, &names), Vec::<String>::new());
}

/// The harness itself.
mod harness {
    use super::*;

    fn folders() -> (tempfile::TempDir, std::path::PathBuf, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (root, report) = (folder.path().join("golden"), folder.path().join("report"));
        (folder, root, report)
    }

    fn picture(level: u8) -> Picture {
        Picture { width: 5, height: 2, pixels: vec![3, 3, 3, 3, level, 0, 0, 0, 0, 0] }
    }

    #[test]
    fn what_was_written_is_found_again() {
        let (_keep, root, report) = folders();
        let make =
            |action| Golden::at(&root, &report, "a", action).text("x.txt", "1\n2\n").picture("p.png", &picture(1));
        assert_eq!(make(Overwrite).faults(), Vec::<String>::new());
        assert_eq!(make(Verify).faults(), Vec::<String>::new());
    }

    #[test]
    fn a_changed_line_is_shown_with_its_number() {
        let (_keep, root, report) = folders();
        let _ = Golden::at(&root, &report, "a", Overwrite).text("x.txt", "1\n2\n3\n").faults();
        let faults = Golden::at(&root, &report, "a", Verify).text("x.txt", "1\nzwei\n3\n").faults();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("a/x.txt"), "{}", faults[0]);
        let lines: Vec<String> = faults[0].lines().map(|line| line.replace(' ', "")).collect();
        assert!(lines.contains(&"2-2".into()) && lines.contains(&"2+zwei".into()), "{lines:?}");
    }

    #[test]
    fn dots_and_brackets_are_no_patterns() {
        let (_keep, root, report) = folders();
        let _ = Golden::at(&root, &report, "a", Overwrite).text("x.txt", "1\n...\n[..]\n").faults();
        let faults = Golden::at(&root, &report, "a", Verify).text("x.txt", "1\n2\n3\n").faults();
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn only_one_word_writes_and_in_ci_none() {
        let action = |snapshots: &str, ci: &str| snapshot::action_of(Some(snapshots.as_ref()), Some(ci.as_ref()));
        assert_eq!(snapshot::action_of(None, None), Verify);
        assert_eq!(snapshot::action_of(Some("overwrite".as_ref()), None), Overwrite);
        assert_eq!(action("overwrite", "true"), Verify);
        for (snapshots, ci) in [("0", ""), ("1", ""), ("skip", ""), ("ignore", "false")] {
            assert_eq!(action(snapshots, ci), Verify, "{snapshots}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_a_fault() {
        let (_keep, root, report) = folders();
        let faults =
            Golden::at(&root, &report, "a", Verify).text("x.txt", "1\n").picture("p.png", &picture(0)).faults();
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn an_update_rewrites_and_removes() {
        let (_keep, root, report) = folders();
        let _ = Golden::at(&root, &report, "a", Overwrite).text("x.txt", "1\n").text("old.txt", "1\n").faults();
        let _ = Golden::at(&root, &report, "a", Overwrite).text("x.txt", "2\n").faults();
        assert_eq!(std::fs::read_to_string(root.join("a/x.txt")).unwrap(), "2\n");
        assert!(!root.join("a/old.txt").exists());
    }

    #[test]
    fn a_dead_file_is_found() {
        let (_keep, root, report) = folders();
        let _ = Golden::at(&root, &report, "a", Overwrite).text("x.txt", "1\n").text("old.txt", "1\n").faults();
        let faults = Golden::at(&root, &report, "a", Verify).text("x.txt", "1\n").faults();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].ends_with("a/old.txt: no test makes this file any more"), "{}", faults[0]);
        assert_eq!(golden::dead_folders(&root, &["b"]), ["a"]);
    }

    #[test]
    fn a_changed_pixel_is_reported_with_a_picture() {
        let (_keep, root, report) = folders();
        let _ = Golden::at(&root, &report, "a", Overwrite).picture("p.png", &picture(1)).faults();
        let faults = Golden::at(&root, &report, "a", Verify).picture("p.png", &picture(3)).faults();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("a/p.png: 1 pixels differ"), "{}", faults[0]);
        assert!(std::fs::read(report.join("a/p.png")).unwrap().starts_with(b"\x89PNG"));
    }

    #[test]
    fn pictures_keep_their_pixels() {
        assert_eq!(Picture::from_png(&picture(2).to_png()).unwrap(), picture(2));
        assert!(Picture::from_png(b"no picture").is_err());
    }

    #[test]
    fn a_file_beyond_the_cap_is_a_fault() {
        let (_keep, root, report) = folders();
        // There already: what is written anew is printed as well.
        let long = "long\n".repeat(200_000);
        std::fs::create_dir_all(root.join("a")).and_then(|()| std::fs::write(root.join("a/x.txt"), &long)).unwrap();
        let faults = Golden::at(&root, &report, "a", Overwrite).text("x.txt", &long).faults();
        assert_eq!(faults.len(), 2, "the file and the document: {faults:?}");
    }

    #[test]
    fn xml_is_indented_where_it_is_long() {
        let long = "字".repeat(150);
        let xml =
            format!("<w:p xmlns:w=\"u\"><w:r w:id=\"1\"><w:t>a &amp; b</w:t></w:r><w:r><w:t> {long}</w:t></w:r></w:p>");
        let text = budgetdoc_tests::docx::indented("x", &xml);
        let expected = format!(
            "<w:p>\n <w:r w:id=\"1\"><w:t>a &amp; b</w:t></w:r>\n <w:r>\n  <w:t>\n    {long}\n  </w:t>\n </w:r>\n</w:p>\n"
        );
        assert_eq!(text, expected);
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_change_with_the_surroundings_are_found() {
        let shell = std::path::Path::new("/bin/sh");
        let same = surroundings::same_bytes(shell, &["-c", "echo 1 > {out}"], "a.txt");
        assert_eq!(same.unwrap(), b"1\n");
        let zone = surroundings::same_bytes(shell, &["-c", "echo \"<$TZ>\" > {out}"], "a.txt").unwrap_err();
        assert!(zone.starts_with("on the other side of the date line: byte 1 differs"), "{zone}");
        let place = surroundings::same_bytes(shell, &["-c", "pwd > {out}"], "a.txt").unwrap_err();
        assert!(place.starts_with("again: byte "), "{place}");
        let failed = surroundings::same_bytes(shell, &["-c", "echo why >&2; exit 2"], "a.txt").unwrap_err();
        assert!(failed.contains("why"), "{failed}");
    }

    /// A zip archive of two parts, one of them not text.
    fn archive(xml: &str) -> Vec<u8> {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in [("[Content_Types].xml", xml.as_bytes()), ("media/a.bin", &[0xFF, 0])] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_word_file_is_compared_part_by_part() {
        let (_keep, root, report) = folders();
        let golden = |action| Golden::at(&root, &report, "a", action);
        let _ = golden(Overwrite).docx(&archive("<a><b/></a>")).faults();
        let list = std::fs::read_to_string(root.join("a/docx/parts.txt")).unwrap();
        assert_eq!(list, "[Content_Types].xml\nmedia/a.bin  2 bytes, CRC d2fdef8d\n");
        assert_eq!(golden(Verify).docx(&archive("<a>\n<b />\n</a>")).faults(), Vec::<String>::new());
        let faults = golden(Verify).docx(&archive("<a><c/></a>")).faults();
        assert!(faults.len() == 1 && faults[0].contains("Content_Types.xml"), "{faults:?}");
    }
}
