//! The zip archive around the parts. Same parts, same bytes: fixed order, times and permissions.

use std::fmt::Display;
use std::io::{Seek, Write};

use budgetdoc_document::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;
use crate::RenderError;

/// The archive while it is written. Parts are compressed as they come, and never held whole.
pub(super) struct Package<S: Write + Seek> {
    archive: ZipWriter<S>,
    options: SimpleFileOptions,
}

impl<S: Write + Seek> Package<S> {
    /// Returns an empty archive on its way to `sink`, whose entries carry `date`.
    pub(super) fn new(sink: S, date: Date) -> Self {
        // A zip archive cannot carry a day before 1980: the default is the first one it can.
        let modified = DateTime::from_date_and_time(date.year, date.month, date.day, 0, 0, 0).unwrap_or_default();
        // Word for Mac warns about entries without attributes, so they are set rather than left to the machine.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(modified)
            .unix_permissions(0o644);
        Package { archive: ZipWriter::new(sink), options }
    }

    /// Writes a part; `name` is its path from the root of the archive, without leading slash.
    /// `[Content_Types].xml` has to be the first, readers stream it.
    ///
    /// # Errors
    /// See [`Xml::finish`].
    pub(super) fn part(&mut self, name: &'static str, write: impl FnOnce(&mut Xml<'_>)) -> Result<(), RenderError> {
        self.archive.start_file(name, self.options).map_err(failed)?;
        let mut xml = Xml::new(&mut self.archive);
        write(&mut xml);
        xml.finish()
    }

    /// Ends the archive and gives the sink back.
    ///
    /// # Errors
    /// The archive cannot be finished.
    pub(super) fn finish(self) -> Result<S, RenderError> {
        self.archive.finish().map_err(failed)
    }
}

fn failed(error: impl Display) -> RenderError {
    RenderError::Write { format: "DOCX", detail: error.to_string() }
}
