//! Sets a [`Document`](budgetdoc_document::Document) on pages and writes it as PDF and as a Word file.
//!
//! The work has four phases, each with a public result:
//!
//! 1. **Fonts.** [`FontBook::load`](font::FontBook::load) gives every role of the document a chain of faces: those
//!    compiled in, and those of the folders that a [`FontSearch`](font::FontSearch) names.
//! 2. **Lines.** Texts are measured in these faces and broken into lines by the rules of Chinese composition (clreq,
//!    GB/T 15834-2011), a paragraph as a whole.
//! 3. **Pages.** [`layout()`](layout::layout) gives tables their columns and rows, distributes lines and rows over
//!    pages and numbers them. A [`Layout`](layout::Layout) holds the marks of the pages, their structure tree, and the
//!    lines of every block of the document.
//! 4. **Files.** [`write_pdf`] paints the pages as tagged PDF (PDF/A-2a, PDF/UA-1). [`write_docx`] writes the document as
//!    WordprocessingML and takes from the layout what Word cannot know when it opens a file.
//!
//! All positions are whole thousandths of a point. The same document and faces give the same bytes on every machine;
//! nothing here reads the environment, the clock or a file other than fonts in the folders named.
//!
//! | module | what it holds |
//! |---|---|
//! | [`font`] | faces, the search for them, the choice of a face for each character |
//! | [`mod@layout`] | pages, their structure, the lines of each block |
//!
//! # Example
//!
//! ```
//! use budgetdoc_document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
//! use budgetdoc_render::font::{FontBook, FontSearch};
//! use budgetdoc_render::layout::{BlockPart, layout};
//! use budgetdoc_render::{write_docx, write_pdf};
//!
//! # fn main() -> Result<(), budgetdoc_render::RenderError> {
//! let document = Document {
//!     info: Info { title: "说明".to_owned(), ..Info::default() },
//!     page: PageStyle::gb9704(),
//!     styles: StyleSheet::gb9704(),
//!     names: Vec::new(),
//!     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "本年收入1310万元。".into() })],
//! };
//! let fonts = FontBook::load(&FontSearch::default())?;
//! let pages = layout(&document, &fonts)?;
//! assert_eq!(pages.blocks[0].lines_of(BlockPart::Text).len(), 1);
//! assert!(write_pdf(&document, &pages, &fonts)?.starts_with(b"%PDF"));
//! assert!(write_docx(&document, &pages, &fonts)?.starts_with(b"PK"));
//! # Ok(()) }
//! ```

mod docx;
mod error;
pub mod font;
pub mod layout;
mod pdf;
mod text;

pub use docx::{write_docx, write_docx_to};
pub use error::{FontError, MissingGlyph, RenderError};
pub use pdf::write_pdf;
