//! What the tests of the model share.

use std::fmt::Write as _;
use std::path::Path;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::{Error, File};
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

pub use budgetdoc_tests::specs::*;

/// The budget of a spec, or what is wrong with it.
pub fn resolve(yaml: &str) -> Result<Budget, Error> {
    let spec = Spec::from_yaml(yaml)?;
    let profile = Profile::built_in(&spec.profile)?;
    Budget::resolve(spec, profile)
}

/// The budget of a spec that must be right.
#[track_caller]
pub fn budget(yaml: &str) -> Budget {
    resolve(yaml).unwrap_or_else(|error| panic!("the spec does not resolve:\n{error}"))
}

/// Every problem with its place, in both languages.
pub fn show(out: &mut String, error: &Error) {
    for problem in &error.problems {
        let file = match problem.file {
            File::Spec => "spec",
            File::Profile => "profile",
            File::Subjects => "subjects",
        };
        let place =
            problem.place.map_or_else(|| "no place".to_owned(), |place| format!("{}:{}", place.line, place.column));
        let _ = writeln!(out, "{file} {place}");
        let _ = writeln!(out, "    {}", problem.message.zh);
        if let Some(help) = &problem.help {
            let _ = writeln!(out, "    → {}", help.zh);
        }
        let _ = writeln!(out, "    {}", problem.message.en);
        if let Some(help) = &problem.help {
            let _ = writeln!(out, "    → {}", help.en);
        }
    }
}

/// Compares with a file in `snapshots`, or writes it where `UPDATE_GOLDEN` is set.
#[track_caller]
pub fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let (mut old, mut new) = (expected.lines(), actual.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (expected, actual) = (old.next(), new.next());
        assert_eq!(
            expected, actual,
            "{name} differs first in line {line}; if the new message is right, run again with UPDATE_GOLDEN=1"
        );
        if expected.is_none() {
            break;
        }
    }
}
