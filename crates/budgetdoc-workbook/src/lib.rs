//! Workbooks of departmental budgets.
//!
//! [`write_xlsx`] writes the tables of a document as a workbook, a sheet for each.

mod write;

pub use write::{WriteError, write_xlsx};
