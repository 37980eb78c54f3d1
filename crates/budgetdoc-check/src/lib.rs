//! Reconciliation (勾稽关系): what must agree in a budget, and what does not.
//!
//! A rule is an id, a weight, its words in both languages, an example and a function; [`rules`] lists them. Each family
//! is a folder, each rule a file named by its id. `docs/rules.md` is made from the list.

mod control;
mod examination;
mod examiner;
mod figures;
mod finding;
mod prose;
mod rule;
mod sheet;
mod suppression;

pub use examination::{Companions, Comparison, Examination, Verdict, check, examine};
pub use finding::{Figure, Finding, Severity};
pub use rule::{Rule, rule, rules};
