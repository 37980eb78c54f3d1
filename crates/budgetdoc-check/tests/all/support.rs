//! What the tests of rules share.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

pub use budgetdoc_tests::specs::*;

/// The profile that a spec names; each is read once.
fn profile(spec: &Spec) -> Result<Profile, Error> {
    static READ: Mutex<BTreeMap<String, Profile>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(profile) = read.get(&spec.profile.value) {
        return Ok(profile.clone());
    }
    let profile = Profile::built_in(&spec.profile)?;
    read.insert(spec.profile.value.clone(), profile.clone());
    Ok(profile)
}

/// The budget of a spec, or what is wrong with it.
pub fn resolve(yaml: &str) -> Result<Budget, Error> {
    let spec = Spec::from_yaml(yaml)?;
    let profile = profile(&spec)?;
    Budget::resolve(spec, profile)
}

/// The budget of a spec that must be right.
#[track_caller]
pub fn budget(yaml: &str) -> Budget {
    resolve(yaml).unwrap_or_else(|error| panic!("the spec does not resolve:\n{error}"))
}
