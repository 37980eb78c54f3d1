//! Golden files: what a document looked like when someone last looked at it and found it right.
//!
//! A document's files are in `tests/golden/<name>/`. A test that finds a difference fails and says where;
//! `SNAPSHOTS=overwrite cargo test NAME` writes what it found instead, and `git diff` shows what changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use snapbox::assert::Action;

use super::picture::Picture;
use super::snapshot::{self, ACCEPT, files};
use super::{aloud, docx, pdf};

/// The largest file, so that a review can read it.
const FILE_CAP: usize = 400 * 1024;
/// The largest document, so that the repository stays small.
const DOCUMENT_CAP: usize = 900 * 1024;

/// The golden files of one document, compared or written one by one, and judged by [`Golden::finish`].
#[must_use = "nothing fails before finish"]
pub struct Golden {
    name: String,
    folder: PathBuf,
    report: PathBuf,
    action: Action,
    seen: BTreeSet<PathBuf>,
    size: usize,
    faults: Vec<String>,
}

impl Golden {
    /// The files of the document `name` in `tests/golden/`.
    pub fn new(name: &str) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        Golden::at(&tests.join("golden"), &tests.join("report"), name, snapshot::action())
    }

    /// The same in other folders, for the tests of this harness.
    pub fn at(root: &Path, report: &Path, name: &str, action: Action) -> Self {
        Golden {
            name: name.to_owned(),
            folder: root.join(name),
            report: report.join(name),
            action,
            seen: BTreeSet::new(),
            size: 0,
            faults: Vec::new(),
        }
    }

    /// Lines, rules, tags, outline, tables read aloud and page pictures of a PDF, as another program reads them.
    pub fn pdf(mut self, bytes: &[u8]) -> Self {
        let (read, pictures) = pdf::read_and_draw(bytes);
        self = self.text("pdf/pages.txt", &read.pages).text("pdf/tags.txt", &read.tags);
        let aloud: Vec<String> = aloud::tables(&read.tags).iter().map(aloud::Table::say).collect();
        self = self.text("pdf/outline.txt", &read.outline).text("pdf/aloud.txt", &aloud.join("\n"));
        for (index, picture) in pictures.iter().enumerate() {
            self = self.picture(&format!("pdf/page-{:03}.png", index + 1), picture);
        }
        self
    }

    /// The parts of a Word file, each as indented XML.
    pub fn docx(mut self, bytes: &[u8]) -> Self {
        for (path, text) in docx::parts(bytes) {
            self = self.text(&format!("docx/{path}"), &text);
        }
        self
    }

    /// A text of any kind.
    pub fn text(mut self, path: &str, actual: &str) -> Self {
        let file = self.file(path, actual.len());
        self.faults.extend(snapshot::compare(&file, actual, self.action).err());
        self
    }

    /// A picture; every pixel counts.
    pub fn picture(mut self, path: &str, actual: &Picture) -> Self {
        let bytes = actual.to_png();
        let file = self.file(path, bytes.len());
        let expected = std::fs::read(&file).map_err(|error| error.to_string()).and_then(|png| Picture::from_png(&png));
        match expected {
            // An unchanged picture keeps its bytes, even if a new PNG encoder would write others.
            Ok(expected) if expected == *actual => {}
            _ if self.action == Action::Overwrite => write(&file, &bytes),
            Ok(expected) => {
                let report = self.report.join(path);
                write(&report, &expected.beside(actual));
                let pixels = expected.differing(actual);
                let look = shown(&report);
                self.faults.push(format!(
                    "{}: {pixels} pixels differ; see expected | difference | actual in {look}",
                    shown(&file)
                ));
            }
            Err(error) => self.faults.push(format!("{}: {error}", shown(&file))),
        }
        self
    }

    /// Fails with every difference found, with every file no one asked for, and if a size cap is passed.
    pub fn finish(self) {
        let name = self.name.clone();
        let faults = self.faults();
        assert!(
            faults.is_empty(),
            "\n{name}: {} differences from its golden files\n\n{}\n\n{ACCEPT}\n",
            faults.len(),
            faults.join("\n\n")
        );
    }

    /// What [`Golden::finish`] fails with.
    pub fn faults(mut self) -> Vec<String> {
        for dead in files(&self.folder).into_iter().filter(|file| !self.seen.contains(file)) {
            if self.action == Action::Overwrite {
                std::fs::remove_file(&dead).unwrap_or_else(|error| panic!("{}: {error}", dead.display()));
            } else {
                self.faults.push(format!("{}: no test makes this file any more", shown(&dead)));
            }
        }
        if self.size > DOCUMENT_CAP {
            let (size, cap) = (self.size / 1024, DOCUMENT_CAP / 1024);
            self.faults.push(format!("{}: its golden files have {size} KB, the cap is {cap}", self.name));
        }
        self.faults
    }

    fn file(&mut self, path: &str, size: usize) -> PathBuf {
        let file = self.folder.join(path);
        assert!(self.seen.insert(file.clone()), "{}: the golden file {path} is made twice", self.name);
        self.size += size;
        if size > FILE_CAP {
            self.faults.push(format!("{}: {} KB, the cap is {}", shown(&file), size / 1024, FILE_CAP / 1024));
        }
        file
    }
}

/// Folders of `root` that belong to none of `names`: documents that are gone and left their files.
pub fn dead_folders(root: &Path, names: &[&str]) -> Vec<String> {
    let entries = std::fs::read_dir(root).map(|entries| entries.flatten().collect()).unwrap_or_else(|_| Vec::new());
    let found = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut dead: Vec<String> = found.filter(|name| !names.contains(&name.as_str())).collect();
    dead.sort();
    dead
}

fn write(file: &Path, bytes: &[u8]) {
    let folder = file.parent().unwrap_or(file);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(file, bytes))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// A path as a developer at the top of the tree writes it.
fn shown(file: &Path) -> String {
    let text = file.to_string_lossy();
    match text.split_once("/../../") {
        Some((_, tail)) => tail.to_owned(),
        None => text.into_owned(),
    }
}
