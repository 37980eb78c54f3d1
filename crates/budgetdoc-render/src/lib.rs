//! Sets a [`Document`](budgetdoc_document::Document) on pages and writes it as PDF and as a Word file.

mod docx;
mod error;
pub mod font;
pub mod layout;
mod pdf;
mod text;

pub use docx::{write_docx, write_docx_to};
pub use error::{MissingGlyph, RenderError};
pub use pdf::write_pdf;
