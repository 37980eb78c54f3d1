//! The model of a Chinese departmental budget (部门预算公开).

pub mod document;
pub mod source;
