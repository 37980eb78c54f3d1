//! The workbook that an office fills in instead of writing YAML: a sheet for each list of the spec.
//!
//! Sheets and columns are those of the spec's schema. The first row of a sheet has the keys to its list, the third the
//! keys of its columns; between them is what people read. Columns without a key, and sheets without keys, are remarks.

mod labels;
mod looks;
mod read;
mod sheets;
mod values;
mod write;
mod yaml;

pub use read::{Entries, is_entry_book, read_entries};
pub use write::write_entries;

/// What the first cell of the sheet with single values holds.
const SINGLES: &str = "spec";
/// The key of a column with the keys of a mapping.
const MAPPING_KEY: &str = "key";
/// The key of a column with values that have none of their own.
const VALUE: &str = "values";
/// The row with the labels of the columns, from zero.
const LABEL_ROW: u32 = 1;
/// The row with the keys of the columns.
const KEY_ROW: u32 = 2;
/// The first row to be filled in.
const FIRST_ROW: u32 = 3;
