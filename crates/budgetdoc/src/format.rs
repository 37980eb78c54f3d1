//! The formats that a document is written in, a line each.

use std::path::Path;

use budgetdoc_document::Document;
use budgetdoc_render::font::FontBook;
use budgetdoc_render::layout::Layout;
use budgetdoc_render::{RenderError, write_docx, write_pdf};

/// A format of output. To add one, write its function in a module of its own and a line in [`FORMATS`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Format {
    /// What people call it, in either language.
    pub name: &'static str,
    /// The extension of its files, in small letters, which is also its name on the command line.
    pub extension: &'static str,
    /// Whether it is written where no format is asked for.
    pub by_default: bool,
    /// Makes a file of a document.
    pub writer: Writer,
}

/// The function that makes a file, by what it needs.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    /// Writes the document alone: no font is loaded and nothing is laid out for it. So nothing has refused cells that make
    /// no grid, or control characters, before it.
    Document(fn(&Document) -> Result<Vec<u8>, RenderError>),
    /// Writes the document as it is laid out on pages.
    Layout(fn(&Document, &Layout, &FontBook) -> Result<Vec<u8>, RenderError>),
}

/// All formats, in the order in which they are written.
pub const FORMATS: &[Format] = &[
    Format { name: "PDF", extension: "pdf", by_default: true, writer: Writer::Layout(write_pdf) },
    Format { name: "Word", extension: "docx", by_default: true, writer: Writer::Layout(write_docx) },
    #[cfg(feature = "workbook")]
    Format { name: "Excel", extension: "xlsx", by_default: false, writer: Writer::Document(write_xlsx) },
];

/// Writes the tables of a document as a workbook.
#[cfg(feature = "workbook")]
fn write_xlsx(document: &Document) -> Result<Vec<u8>, RenderError> {
    let failed =
        |error: budgetdoc_workbook::WriteError| RenderError::Write { format: "XLSX", detail: error.to_string() };
    budgetdoc_workbook::write_xlsx(document).map_err(failed)
}

impl Format {
    /// Returns the format of that extension, in letters of any case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        FORMATS.iter().find(|format| format.extension.eq_ignore_ascii_case(extension)).copied()
    }

    /// Returns the format that the name of a file asks for; none where it names no format, as a folder does.
    pub fn of_path(path: &Path) -> Option<Self> {
        Format::of_extension(path.extension()?.to_str()?)
    }

    /// Returns the formats that are written where none is asked for.
    pub fn defaults() -> impl Iterator<Item = Self> {
        FORMATS.iter().filter(|format| format.by_default).copied()
    }
}
