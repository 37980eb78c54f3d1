//! Errors of the writer.

use crate::error::RenderError;

/// Returns the error of a PDF that fails for the reason in `detail`.
pub(super) fn write(detail: impl Into<String>) -> RenderError {
    RenderError::Write { format: "PDF", detail: detail.into() }
}
