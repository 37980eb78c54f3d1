//! Names, terms and what is said of subjects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;
use crate::subject::SubjectCode;

/// What is said of a functional subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// A class, division or item with figures.
    pub subject: Located<SubjectCode>,
    /// What it is for (主要用于…).
    #[serde(default)]
    pub purpose: Located<String>,
    /// Why it changed (主要原因是…).
    #[serde(default)]
    pub reason: Located<String>,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Located<String>,
    /// What it means.
    pub meaning: Located<String>,
}

/// A functional or economic subject named by the spec.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSubject {
    /// The code.
    pub code: Located<SubjectCode>,
    /// Its name.
    pub name: Located<String>,
}
