use crate::{RenderError, font::FontBook, layout::Layout};
use budgetdoc_core::document::Document;
/// stub
pub fn write_docx(_: &Document, _: &Layout, _: &FontBook) -> Result<Vec<u8>, RenderError> {
    Ok(Vec::new())
}
