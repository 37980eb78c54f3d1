//! Reconciliation (勾稽关系): what must agree in a budget, and what does not.
//!
//! A [`Rule`] is an id, a severity, its words in both languages, an example and functions; [`rules`] lists all of them in
//! the order of ids, and `docs/rules.md` is made from the list. Rules are of three families:
//!
//! * *figures*: exact comparisons of data with data. Both sides, their terms and the terms' places in the spec are kept
//!   as a [`Comparison`], whatever the result. A difference is an error, unless rounding explains it.
//! * *prose*: readings of texts, compared with the data. A reading is a guess, so these give warnings and notes only.
//! * *printed*: the finished tables read as a person reads them, without the budget, and compared with themselves
//!   ([`prove`]). A contradiction is an error.
//!
//! A spec suppresses a finding by naming its rule, its `about` and a reason (`suppress`): the finding is kept with the
//! reason. Figures that disagree or are unfilled cannot be suppressed. [`Examination::sheet`] lays all of it out as a
//! document to be signed (勾稽关系校验表).
//!
//! ```
//! use budgetdoc_check::{Companions, Severity, examine};
//! use budgetdoc_core::lang::Lang;
//!
//! # fn look(budget: &budgetdoc_core::budget::Budget) {
//! let examination = examine(&budget.compose_with_prose(), &Companions::default());
//! for finding in examination.findings.iter().filter(|finding| finding.severity == Severity::Error) {
//!     println!("{} {}: {}", finding.rule, finding.about, finding.message.get(Lang::Zh));
//! }
//! let sheet = examination.sheet(budget, Lang::Zh);
//! # drop(sheet);
//! # }
//! ```
//!
//! Each rule is a file named by its id, `figures/a04_balance.rs`; what rules share is in files next to them without an
//! id. CONTRIBUTING.md describes how to add one.

mod control;
mod examination;
mod examiner;
mod figures;
mod finding;
mod fix;
mod printed;
mod prose;
mod rule;
mod sheet;
mod suppression;

pub use examination::{Agreement, Companions, ComparedStatement, Comparison, Examination, check, examine};
pub use finding::{ComparedFigure, Finding, Severity};
pub use fix::{Fix, LeftTyped, Rewritten, WhyLeft, fix};
pub use printed::{PrintedDifference, Proof, SentenceFigure, printed_sentences, prove};
pub use rule::{Rule, rule, rules};
