//! Workbooks of departmental budgets.
//!
//! [`write_xlsx`] writes the tables of a document as a workbook, a sheet for each. [`read_book`] reads the sheets of a
//! workbook, and [`import()`] makes a spec of those that hold the tables of a profile. [`Grid`] is all that the import
//! knows of a sheet, so that tables of other files can be imported as well.

mod book;
mod entry;
mod grid;
mod import;
mod quoted;
mod words;
mod write;

pub use book::{Book, BookError, LARGEST_FILE, read_book};
pub use entry::{Entries, is_entry_book, read_entries, write_entries};
pub use grid::{Grid, Joined, Spot, Value, cell_name};
pub use import::{Import, ImportError, Remark, Renewed, Weight, import, import_into};
pub use write::{WriteError, write_xlsx};
