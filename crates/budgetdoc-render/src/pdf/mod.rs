//! Writes pages as PDF, always archival (PDF/A-2a) and accessible (PDF/UA-1).
//!
//! [`check`] refuses what the two standards forbid, [`content`] draws the pages, [`fonts`] embeds the glyphs that were
//! drawn, [`structure`] writes the tree of tags, and [`file`] packs the objects of all.

mod check;
mod content;
mod deflated_glyphs;
mod error;
mod file;
mod fonts;
mod info;
mod outline;
mod structure;
#[cfg(test)]
mod tests;

use budgetdoc_document::Document;
use pdf_writer::types::{AnnotationFlags, AnnotationType, Direction, OutputIntentSubtype, TabOrder};
use pdf_writer::writers::{Catalog, Destination, OutputIntent, Resources};
use pdf_writer::{Finish, Name, Rect, Ref, TextStr};

use crate::error::RenderError;
use crate::font::FontBook;
use crate::layout::{Layout, Link};
use file::{PdfFile, StreamKind, fingerprint};

/// The colours of the pages, which are all grey: sGrey-v4.icc of the Compact ICC Profiles (CC0).
const GREY: &[u8] = include_bytes!("grey.icc");

/// Writes the pages of `layout` as a tagged PDF that meets PDF/A-2a and PDF/UA-1.
///
/// `document` is the document the layout was made from; its properties become the file's. `fonts` are the faces
/// it was set in. The same input gives the same bytes on every run and every machine.
///
/// # Errors
/// [`RenderError::Write`] if the layout contradicts itself (a link to a page that is not there, a mark of an unknown
/// node) or breaks a rule of the two standards, [`RenderError::Font`] if a face cannot be embedded.
pub fn write_pdf(document: &Document, layout: &Layout, fonts: &FontBook) -> Result<Vec<u8>, RenderError> {
    let title = info::title(document, layout);
    check::layout(document, &title, layout, fonts)?;
    let mut file = PdfFile::new();
    let [catalog, tree, resources, info, metadata, intent, profile] = std::array::from_fn(|_| file.reserve());
    let pages: Vec<Ref> = layout.pages.iter().map(|_| file.reserve()).collect();
    let mut faces = fonts::UsedFaces::new(fonts);
    let mut marks = structure::Marks::new(layout.pages.len());
    for (index, page) in layout.pages.iter().enumerate() {
        let (content, sequences) = content::draw(page, &mut faces, &mut file);
        marks.add_sequences(index, &sequences);
        let drawn = file.reserve();
        file.stream(drawn, &StreamKind::Deflated(""), &content)?;
        // Links come after the text: each link's area follows its words in the structure.
        let mut links = Vec::new();
        for areas in page.links.chunk_by(|one, next| one.node == next.node && one.target == next.target) {
            links.extend(write_link(layout, index, areas, &pages, &mut marks, &mut file)?);
        }
        file.object(pages[index], |chunk| {
            let mut written = chunk.page(pages[index]);
            written.media_box(Rect::new(0.0, 0.0, page.width.in_pt(), page.height.in_pt()));
            written.parent(tree).contents(drawn).tab_order(TabOrder::StructureOrder);
            written.pair(Name(b"Resources"), resources);
            if !sequences.is_empty() {
                written.struct_parents(i32::try_from(index).unwrap_or(i32::MAX));
            }
            if !links.is_empty() {
                written.annotations(links);
            }
        })?;
    }
    file.object(tree, |chunk| {
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        chunk.pages(tree).kids(pages.iter().copied()).count(count);
    })?;
    file.object(resources, |chunk| {
        let mut resources = chunk.indirect(resources).start::<Resources>();
        let mut written = resources.fonts();
        for (name, number) in faces.names() {
            written.pair(Name(name.as_bytes()), number);
        }
    })?;
    faces.write(&mut file)?;
    let root = structure::write(layout, marks, &pages, &mut file)?;
    let outline = outline::write(layout, &title, &pages, &mut file)?;
    file.object(info, |chunk| info::properties(document, &title, chunk.indirect(info).start()))?;
    file.object(intent, |chunk| {
        let mut intent = chunk.indirect(intent).start::<OutputIntent>();
        intent.subtype(OutputIntentSubtype::PDFA).dest_output_profile(profile);
        intent.output_condition_identifier(TextStr("sGrey")).info(TextStr("sGrey v4"));
    })?;
    file.stream(profile, &StreamKind::Deflated("/N 1"), GREY)?;
    // Editions of one document share the first half of the identifier; the other comes from what is written.
    let date = document.info.date;
    let edition = format!("{title}\n{}\n{}-{}-{}", document.info.author, date.year, date.month, date.day);
    let id = [fingerprint(edition.as_bytes()), file.fingerprint()].map(|half| format!("{half:016X}"));
    let id = [id[0].as_str(), id[1].as_str()];
    let properties = info::metadata(document, &title, layout.pages.len(), id);
    file.stream(metadata, &StreamKind::Plain("/Type/Metadata/Subtype/XML"), properties.as_bytes())?;
    file.object(catalog, |chunk| {
        let mut written = chunk.indirect(catalog).start::<Catalog>();
        written.pages(tree).outlines(outline).metadata(metadata).lang(TextStr(info::LANGUAGE));
        written.pair(Name(b"StructTreeRoot"), root);
        written.mark_info().marked(true);
        written.viewer_preferences().display_doc_title(true).direction(Direction::L2R);
        written.insert(Name(b"OutputIntents")).array().item(intent);
        let mut labels = written.insert(Name(b"PageLabels")).dict();
        let mut numbers = labels.insert(Name(b"Nums")).array();
        for (index, style, number) in info::labels(&layout.pages) {
            numbers.item(i32::try_from(index).unwrap_or(i32::MAX));
            let mut label = numbers.push().start::<pdf_writer::writers::PageLabel>();
            label.style(style);
            if number > 1 {
                label.offset(i32::try_from(number).unwrap_or(i32::MAX));
            }
        }
        numbers.finish();
        labels.finish();
    })?;
    file.finish(catalog, info, id)
}

/// Writes one link with all its areas, as an entry of two lines is one link; none without room.
fn write_link(
    layout: &Layout,
    page: usize,
    areas: &[Link],
    pages: &[Ref],
    marks: &mut structure::Marks,
    file: &mut PdfFile,
) -> Result<Option<Ref>, RenderError> {
    let height = layout.pages[page].height;
    let corners: Vec<[f32; 4]> = areas.iter().filter_map(|link| content::corners(&link.area, height)).collect();
    if corners.is_empty() {
        return Ok(None);
    }
    let number = file.reserve();
    let key = marks.add_link(page, areas[0].node, number);
    file.object(number, |chunk| {
        let mut written = chunk.annotation(number);
        written.subtype(AnnotationType::Link).flags(AnnotationFlags::PRINT).border(0.0, 0.0, 0.0, None);
        written.struct_parent(key).contents(TextStr(&description(layout, areas[0].target)));
        let outer =
            corners.iter().copied().reduce(|[a, b, c, d], [e, f, g, h]| [a.min(e), b.min(f), c.max(g), d.max(h)]);
        let [left, lower, right, upper] = outer.unwrap_or_default();
        written.rect(Rect::new(left, lower, right, upper));
        if corners.len() > 1 {
            let points = |[left, lower, right, upper]: [f32; 4]| [left, lower, right, lower, right, upper, left, upper];
            written.quad_points(corners.iter().copied().flat_map(points));
        }
        let target = &layout.targets[areas[0].target];
        let place = written.insert(Name(b"Dest")).start::<Destination>();
        place.page(pages[target.page]).xyz(0.0, outline::height_of(target, &layout.pages), None);
    })?;
    Ok(Some(number))
}

/// Returns the description of a link for screen readers.
fn description(layout: &Layout, target: usize) -> String {
    let contents = layout.contents.iter().find(|entry| entry.target == target).map(|entry| &entry.title);
    let outline = || layout.outline.iter().find(|entry| entry.target == target).map(|entry| &entry.title);
    let title = contents.or_else(outline);
    match (title, layout.targets[target].number) {
        (Some(title), Some(number)) => format!("转到第{number}页：{title}"),
        (Some(title), None) => format!("转到：{title}"),
        (None, Some(number)) => format!("转到第{number}页"),
        (None, None) => format!("转到文件第{}页", layout.targets[target].page + 1),
    }
}
