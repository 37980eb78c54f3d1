//! The zip archive around the parts. Same parts, same bytes: fixed order, times and permissions.

use std::fmt::Display;
use std::io::{Seek, Write};

use budgetdoc_document::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;
use crate::RenderError;

/// An archive being written. Parts are compressed as they are written and never held whole.
pub(super) struct Package<S: Write + Seek> {
    archive: ZipWriter<S>,
    options: SimpleFileOptions,
}

impl<S: Write + Seek> Package<S> {
    /// Creates an empty archive whose entries have `date`.
    pub(super) fn new(sink: S, date: Date) -> Self {
        // The default is the first day of a zip archive, in 1980.
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
    /// `[Content_Types].xml` comes first for readers that stream.
    ///
    /// # Errors
    /// See [`Xml::finish`].
    pub(super) fn part(&mut self, name: &str, write: impl FnOnce(&mut Xml<'_>)) -> Result<(), RenderError> {
        self.archive.start_file(name, self.options).map_err(write_error)?;
        let mut xml = Xml::new(&mut self.archive);
        write(&mut xml);
        xml.finish()
    }

    /// Writes a file that is no XML, as it is.
    ///
    /// # Errors
    /// The sink fails.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), RenderError> {
        self.archive.start_file(name, self.options).map_err(write_error)?;
        self.archive.write_all(bytes).map_err(write_error)
    }

    /// Finishes the archive and returns the sink.
    ///
    /// # Errors
    /// The archive cannot be finished.
    pub(super) fn finish(self) -> Result<S, RenderError> {
        self.archive.finish().map_err(write_error)
    }
}

fn write_error(error: impl Display) -> RenderError {
    RenderError::Write { format: "DOCX", detail: error.to_string() }
}
