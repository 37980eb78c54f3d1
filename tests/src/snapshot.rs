//! Snapshots: texts that a person read and found right, kept as plain files.
//!
//! `SNAPSHOTS=overwrite cargo test NAME` accepts what the tests of that name make. Nothing else writes, and in CI
//! nothing does.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use snapbox::assert::Action;
use snapbox::data::{Data, DataFormat};

/// How a snapshot is accepted, for messages.
pub const ACCEPT: &str = "if that is meant: SNAPSHOTS=overwrite cargo test NAME";

/// Lines of a difference that are shown; one wrong line near the top can shift a whole file.
const SHOWN: usize = 60;

/// What the environment asks for.
pub fn action() -> Action {
    action_of(std::env::var_os("SNAPSHOTS").as_deref(), std::env::var_os("CI").as_deref())
}

/// What the values of `SNAPSHOTS` and `CI` ask for.
pub fn action_of(snapshots: Option<&OsStr>, ci: Option<&OsStr>) -> Action {
    let in_ci = ci.is_some_and(|value| !value.is_empty() && value != "false" && value != "0");
    if snapshots.is_some_and(|value| value == "overwrite") && !in_ci { Action::Overwrite } else { Action::Verify }
}

/// Compares `actual` with the file, or writes it.
///
/// # Errors
///
/// The difference, if there is one and `action` does not accept it.
pub fn compare(file: &Path, actual: &str, action: Action) -> Result<(), String> {
    // Raw: a snapshot is no pattern, dots and brackets in it stand for themselves.
    let expected = Data::read_from(file, Some(DataFormat::Text)).raw();
    snapbox::Assert::new().action(action).try_eq(None, Data::text(actual), expected).map_err(|error| {
        let text = error.to_string();
        let more = text.lines().count().saturating_sub(SHOWN);
        let mut shown: Vec<&str> = text.lines().take(SHOWN).collect();
        let rest = format!("… and {more} more lines");
        shown.extend((more > 0).then_some(rest.as_str()));
        shown.join("\n")
    })
}

/// Compares `actual` with the file.
#[track_caller]
pub fn assert_eq(file: &Path, actual: &str) {
    if let Err(difference) = compare(file, actual, action()) {
        panic!("{difference}\n{ACCEPT}");
    }
}

/// The snapshots of a crate: a folder, and the names of all files in it.
pub struct Snapshots {
    /// The folder.
    pub folder: &'static str,
    /// Every file that a test makes.
    pub names: &'static [&'static str],
}

impl Snapshots {
    /// Compares `actual` with a file of the folder.
    #[track_caller]
    pub fn assert_eq(&self, name: &str, actual: &str) {
        assert!(self.names.contains(&name), "{name} is none of the snapshots of {}", self.folder);
        assert_eq(&Path::new(self.folder).join(name), actual);
    }

    /// Fails if the folder has a file that no test makes.
    #[track_caller]
    pub fn assert_all_alive(&self) {
        let folder = Path::new(self.folder);
        let alive: BTreeSet<PathBuf> = self.names.iter().map(|name| folder.join(name)).collect();
        std::assert_eq!(files(folder), Vec::from_iter(alive), "files and the tests that make them");
    }
}

/// All files below `folder`, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
