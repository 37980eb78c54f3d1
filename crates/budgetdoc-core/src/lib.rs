//! The model of a Chinese departmental budget (部门预算公开).

pub mod budget;
mod characters;
pub mod compose;
pub mod diff;
pub mod edit;
pub mod error;
mod in_chinese;
pub mod lang;
pub mod money;
pub mod numerals;
pub mod ordered;
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
mod yaml;
