//! The program as a user runs it, for the tests of the command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use budgetdoc_tests::snapshot::Snapshots;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_budgetdoc");
pub const SPEC: &str = "specs/longgang-womens-federation-2022.yaml";

/// The snapshots of this crate; `words.txt` is made beside the words.
pub const SNAPSHOTS: Snapshots = Snapshots {
    folder: concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"),
    names: &["diff.en.txt", "diff.json", "diff.zh.txt", "rollover.en.txt", "rollover.zh.txt", "usage.txt", "words.txt"],
};

#[test]
fn every_snapshot_is_made_by_a_test() {
    SNAPSHOTS.assert_all_alive();
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program with the faces of the repository at hand, wherever it was built.
pub fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    run_with(program, folder, arguments, Some(&root().join("fonts")))
}

pub fn run_with(program: &Path, folder: &Path, arguments: &[&str], fonts: Option<&Path>) -> Run {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_remove("BUDGETDOC_FONT_DIR")
        .envs(fonts.map(|folder| ("BUDGETDOC_FONT_DIR", folder)))
        .envs([("LC_ALL", "zh_CN.UTF-8"), ("NO_COLOR", "1")])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with the reference spec in it, one piece of its text replaced.
pub fn folder_with(from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let yaml = std::fs::read_to_string(root().join(SPEC)).unwrap();
    assert_eq!(yaml.matches(from).count(), 1, "{from}");
    std::fs::write(folder.path().join("budget.yaml"), yaml.replace(from, to)).unwrap();
    folder
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
