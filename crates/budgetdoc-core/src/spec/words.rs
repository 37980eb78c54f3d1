//! Names, terms and what is said of subjects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;
use crate::subject::SubjectCode;

/// What is said of a functional subject.
///
/// ```
/// use budgetdoc_core::spec::Explanation;
/// let row: Explanation = serde_saphyr::from_str("{ subject: 208, purpose: 离退休人员经费。 }").unwrap();
/// assert!(row.reason.is_empty());
/// ```
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
///
/// ```
/// use budgetdoc_core::spec::Term;
/// let row: Term = serde_saphyr::from_str("{ term: 基本支出, meaning: 保障机构正常运转的支出。 }").unwrap();
/// assert_eq!(row.term.as_str(), "基本支出");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Located<String>,
    /// What it means.
    pub meaning: Located<String>,
}

/// A functional or economic subject named by the spec.
///
/// ```
/// use budgetdoc_core::spec::NamedSubject;
/// let row: NamedSubject = serde_saphyr::from_str("{ code: 2012998, name: 试点 }").unwrap();
/// assert_eq!(row.name.as_str(), "试点");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSubject {
    /// The code.
    pub code: Located<SubjectCode>,
    /// Its name.
    pub name: Located<String>,
}
