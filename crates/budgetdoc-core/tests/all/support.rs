//! What the tests of the model share.

use std::fmt::Write as _;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::{Error, File};
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_tests::snapshot::Snapshots;

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

/// Every problem with its place and code, in both languages.
pub fn show(out: &mut String, error: &Error) {
    for problem in &error.problems {
        let file = match problem.file {
            File::Spec => "spec",
            File::Profile => "profile",
            File::Subjects => "subjects",
        };
        let place =
            problem.place.map_or_else(|| "no place".to_owned(), |place| format!("{}:{}", place.line, place.column));
        let _ = writeln!(out, "{file} {place} {}", problem.code);
        if !problem.others.is_empty() {
            let others = problem.others.iter().map(|other| format!("{}:{}", other.line, other.column));
            let _ = writeln!(out, "    see {}", others.collect::<Vec<_>>().join(", "));
        }
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

/// The snapshots of this crate.
pub const SNAPSHOTS: Snapshots = Snapshots {
    folder: concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"),
    names: &["diff.txt", "longgang-womens-federation-2023.yaml", "messages-rare.txt", "messages.txt", "rollover.txt"],
};

#[test]
fn every_snapshot_is_made_by_a_test() {
    SNAPSHOTS.assert_all_alive();
}
