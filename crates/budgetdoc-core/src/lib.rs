//! The model of a Chinese departmental budget (部门预算公开).
//!
//! A budget goes through four steps; each returns all its errors at once, with place and remedy.
//!
//! 1. [`Spec::from_yaml`](spec::Spec::from_yaml) reads what a department writes,
//!    [`Profile::built_in`](profile::Profile::built_in) or [`Profile::from_yaml`](profile::Profile::from_yaml) how its
//!    place and year prints it.
//! 2. [`Budget::resolve`](budget::Budget::resolve) looks every name up and makes each amount a fact of the
//!    [cube](budget), in exact yuan. Every later figure is a sum of facts and keeps its terms.
//! 3. `budgetdoc-check` compares the sums.
//! 4. [`Budget::compose`](budget::Budget::compose) fills in templates and tables and returns a
//!    [`Document`](budgetdoc_document::Document).
//!
//! [`rollover`] makes next year's spec from the text of this year's, [`diff`] compares two specs, [`subject_table`] knows
//! subjects by code and year. Messages are [`Bilingual`](lang::Bilingual). The crate knows no font, page, file or terminal.

pub mod budget;
pub mod compose;
pub mod diff;
pub mod error;
mod faults;
mod forward;
pub mod lang;
pub mod money;
pub mod numerals;
pub mod ordered;
mod over;
mod places;
pub mod profile;
pub mod rollover;
pub mod schema;
pub mod source;
pub mod spec;
pub mod subject;
pub mod subject_table;
mod template;
pub mod typography;
