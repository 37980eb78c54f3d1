//! What the tests of rules share.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
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
