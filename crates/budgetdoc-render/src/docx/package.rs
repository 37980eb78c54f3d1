//! The zip archive around the parts. Same parts, same bytes: fixed order, times and permissions.

use std::io::{Cursor, Write};

use budgetdoc_core::document::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::RenderError;

/// A file of the package: its name in the archive and its text.
pub(super) struct Part {
    /// Path from the root of the archive, without leading slash.
    pub(super) name: &'static str,
    /// XML.
    pub(super) text: String,
}

/// Zips `parts` in their order; `[Content_Types].xml` has to be the first, readers stream it.
pub(super) fn zip(parts: &[Part], date: Date) -> Result<Vec<u8>, RenderError> {
    let failed = |error: &dyn std::fmt::Display| RenderError::Write { format: "DOCX", detail: error.to_string() };
    // A zip archive cannot carry a day before 1980: the default is the first one it can.
    let modified = DateTime::from_date_and_time(date.year, date.month, date.day, 0, 0, 0).unwrap_or_default();
    // Word for Mac warns about entries without attributes, so they are set rather than left to the machine.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(modified)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        archive.start_file(part.name, options).map_err(|error| failed(&error))?;
        archive.write_all(part.text.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(archive.finish().map_err(|error| failed(&error))?.into_inner())
}
