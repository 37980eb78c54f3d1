//! Official Chinese budget documents (部门预算公开) from one YAML spec: PDF/A-2a with PDF/UA-1 tags, and Word.
//!
//! A spec goes in once; every figure in tables and sentences comes from it.
//!
//! ```no_run
//! use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec, check};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let yaml = std::fs::read_to_string("specs/longgang-womens-federation-2022.yaml")?;
//! let spec = Spec::from_yaml(&yaml)?;
//! let profile = Profile::built_in(&spec.profile)?;
//! let budget = Budget::resolve(spec, profile)?;
//! assert!(check(&budget).iter().all(|finding| finding.severity < budgetdoc::check::Severity::Error));
//!
//! let document = budget.compose()?;
//! let fonts = FontBook::load(&FontSearch::default())?;
//! let pdf = budgetdoc::render_pdf(&document, &fonts)?;
//! assert!(pdf.starts_with(b"%PDF"));
//! # Ok(()) }
//! ```
//!
//! # The steps
//!
//! | step | call | gives |
//! |---|---|---|
//! | read | [`Spec::from_yaml`], [`Profile::built_in`] | typed values with their places in the file |
//! | resolve | [`Budget::resolve`] | exact figures |
//! | check | [`check()`], [`check::examine`] | findings |
//! | compose | [`Budget::compose`](budget::Budget::compose) | a [`Document`](document::Document) |
//! | lay out | [`FontBook::load`], [`layout()`] | a [`Layout`]: pages |
//! | write | [`write_pdf`], [`write_docx`], or every format of [`FORMATS`] | bytes |
//!
//! [`render_pdf`] and [`render_docx`] take the last two steps at once. A program may build a [`Spec`] or a
//! [`Document`](document::Document) in code instead of reading one. [`rollover`] makes next year's spec, [`diff`]
//! compares two, [`schema`] describes the files to editors.
//!
//! Errors of the first four steps are [`Error`], those of the last two [`RenderError`].

mod format;

pub use budgetdoc_check as check;
pub use budgetdoc_check::check;
pub use budgetdoc_core::budget::{self, Budget};
pub use budgetdoc_core::error::Error;
pub use budgetdoc_core::profile::{self, Profile};
pub use budgetdoc_core::spec::{self, Spec};
pub use budgetdoc_core::{diff, error, lang, money, ordered, rollover, schema, source, subject, subject_table};
pub use budgetdoc_document as document;
pub use budgetdoc_render::font::{self, FontBook, FontSearch};
pub use budgetdoc_render::layout::{self, Layout, layout};
pub use budgetdoc_render::{FontError, MissingGlyph, RenderError, write_docx, write_docx_to, write_pdf};
#[cfg(feature = "workbook")]
pub use budgetdoc_workbook as workbook;
pub use format::{FORMATS, Format, Writer};

/// Sets `document` and writes it as PDF.
///
/// To write both formats, or to know the number of pages, call [`layout()`] once and [`write_pdf`] and [`write_docx`]
/// with what it returns.
///
/// ```
/// use budgetdoc::document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
/// use budgetdoc::{FontBook, FontSearch};
/// # fn main() -> Result<(), budgetdoc::RenderError> {
/// let document = Document {
///     info: Info::default(),
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "正文。".into() })],
/// };
/// let fonts = FontBook::load(&FontSearch::default())?;
/// assert!(budgetdoc::render_pdf(&document, &fonts)?.starts_with(b"%PDF"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// See [`RenderError`].
pub fn render_pdf(document: &document::Document, fonts: &FontBook) -> Result<Vec<u8>, RenderError> {
    write_pdf(document, &layout(document, fonts)?, fonts)
}

/// Sets `document` and writes it as a Word file, whose table of contents has the page numbers of the setting.
///
/// ```
/// use budgetdoc::document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
/// use budgetdoc::{FontBook, FontSearch};
/// # fn main() -> Result<(), budgetdoc::RenderError> {
/// let document = Document {
///     info: Info::default(),
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "正文。".into() })],
/// };
/// let fonts = FontBook::load(&FontSearch::default())?;
/// assert!(budgetdoc::render_docx(&document, &fonts)?.starts_with(b"PK"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// See [`RenderError`].
pub fn render_docx(document: &document::Document, fonts: &FontBook) -> Result<Vec<u8>, RenderError> {
    write_docx(document, &layout(document, fonts)?, fonts)
}
