//! Tests of workbooks.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

mod entry;
mod imported;
mod into;
mod round_trip;
mod written;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

/// Returns the text of a sample.
pub fn spec_text(name: &str) -> String {
    let path = format!("{}/../../specs/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// Returns the budget of a sample.
pub fn budget(name: &str) -> Budget {
    let spec = Spec::from_yaml(&spec_text(name)).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    Budget::resolve(spec, profile).unwrap()
}

/// Returns the names of all samples.
pub fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}
