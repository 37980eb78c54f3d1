//! Writes pages as PDF, always archival (PDF/A-2a) and accessible (PDF/UA-1).
//!
//! [`check`] turns what krilla would panic on into errors.

mod check;
mod error;
mod info;
mod outline;
mod pack;
mod paint;
mod tags;
#[cfg(test)]
mod tests;

use budgetdoc_document::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};

use crate::error::RenderError;
use crate::font::FontBook;
use crate::layout::Layout;

/// Writes the pages of `layout` as a tagged PDF that meets PDF/A-2a and PDF/UA-1.
///
/// `document` is the document the layout was made from; its properties become the file's. `fonts` are the faces
/// it was set in. The same input gives the same bytes on every run and every machine.
///
/// # Errors
/// [`RenderError::Write`] if the layout contradicts itself (a link to a page that is not there, a mark of an unknown
/// node) or breaks a rule of the two standards, [`RenderError::Font`] if a face cannot be embedded.
pub fn write_pdf(document: &Document, layout: &Layout, fonts: &FontBook) -> Result<Vec<u8>, RenderError> {
    check::layout(layout, fonts)?;
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| error::write(format!("{error:?}")))?;
    // The pages are deflated when the file is packed.
    let settings = SerializeSettings { configuration, compress_content_streams: false, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let title = info::title(document, layout);
    pdf.set_metadata(info::metadata(document, &title));
    let marks = paint::pages(&mut pdf, layout, fonts)?;
    pdf.set_tag_tree(tags::tree(layout, marks));
    pdf.set_outline(outline::outline(layout, &title));
    let mut file = pdf.finish().map_err(|error| error::from_krilla(&error, fonts))?;
    blank_suspects(&mut file);
    pack::pack(&file).ok_or_else(|| error::write("krilla's file cannot be packed"))
}

/// Replaces the entry by which krilla always says that no tag is suspect, which is the default, by blanks: poppler 22
/// takes `false` for a wrong type. Nothing moves, so offsets stay right.
fn blank_suspects(file: &mut [u8]) {
    const ENTRY: &[u8] = b"/Suspects false";
    const MARKED: &[u8] = b"/MarkInfo";
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).rposition(|window| window == what);
    // Compressed streams may have any bytes: the entry is the one behind the catalog's last key of that name.
    if let Some(marked) = find(file, MARKED)
        && let Some(entry) = find(&file[marked..], ENTRY)
    {
        file[marked + entry..][..ENTRY.len()].fill(b' ');
    }
}
