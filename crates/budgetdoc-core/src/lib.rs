//! The model of a Chinese departmental budget (部门预算公开).

pub mod document;
pub mod error;
pub mod lang;
pub mod money;
pub mod ordered;
pub mod source;
pub mod spec;
pub mod subject;
