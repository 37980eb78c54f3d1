//! Properties of the file and labels of its pages.

use budgetdoc_document::{Block, Document};
use pdf_writer::types::NumberingStyle;
use pdf_writer::writers::DocumentInfo;
use pdf_writer::{Date, TextStr};
use xmp_writer::{DateTime, Timezone, XmpWriter};

use crate::layout::{Layout, Page};

/// Producer of the file: the program and its version.
const PRODUCER: &str = concat!("budgetdoc ", env!("CARGO_PKG_VERSION"));

/// Language of every document.
pub(super) const LANGUAGE: &str = "zh-CN";

/// Returns the title of the file: that of the document, its cover or its first heading. PDF/UA demands one.
pub(super) fn title(document: &Document, layout: &Layout) -> String {
    let cover = document.blocks.iter().find_map(|block| match block {
        Block::Cover(cover) => Some(cover.title.to_plain()),
        Block::Contents(_)
        | Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::PageBreak => None,
    });
    let heading = layout.outline.first().map(|entry| entry.title.clone());
    [Some(document.info.title.clone()), cover, heading]
        .into_iter()
        .flatten()
        .find(|title| !title.trim().is_empty())
        .unwrap_or_else(|| "未命名文档".to_owned())
}

/// Writes the properties for programs that know no metadata.
pub(super) fn properties(document: &Document, title: &str, mut info: DocumentInfo) {
    let of = &document.info;
    info.title(TextStr(title)).creator(TextStr(PRODUCER)).producer(TextStr(PRODUCER));
    let keywords = of.keywords.join(", ");
    if !of.author.is_empty() {
        info.author(TextStr(&of.author));
    }
    if !of.subject.is_empty() {
        info.subject(TextStr(&of.subject));
    }
    if !keywords.is_empty() {
        info.keywords(TextStr(&keywords));
    }
    let date = Date::new(of.date.year).month(of.date.month).day(of.date.day).hour(0).minute(0).second(0);
    let date = date.utc_offset_hour(0).utc_offset_minute(0);
    info.creation_date(date).modified_date(date);
}

/// Returns the metadata: the same properties, and the standards the file meets.
pub(super) fn metadata(document: &Document, title: &str, pages: usize, id: [&str; 2]) -> String {
    let info = &document.info;
    let mut xmp = XmpWriter::new();
    xmp.title([(None, title)]).language([xmp_writer::LangId(LANGUAGE)]);
    xmp.creator_tool(PRODUCER).producer(PRODUCER);
    let keywords = info.keywords.join(", ");
    if !info.author.is_empty() {
        xmp.creator([info.author.as_str()]);
    }
    if !info.subject.is_empty() {
        xmp.description([(None, info.subject.as_str())]);
    }
    if !keywords.is_empty() {
        xmp.pdf_keywords(&keywords);
    }
    let (month, day) = (Some(info.date.month), Some(info.date.day));
    let [hour, minute, second] = [Some(0); 3];
    let year = info.date.year;
    let date = DateTime { year, month, day, hour, minute, second, timezone: Some(Timezone::Utc) };
    xmp.create_date(date).modify_date(date);
    // PDF/A wants a description of every property that it does not know itself (ISO 19005-2, 6.6.2.3).
    xmp.extension_schemas().pdfua_id().properties().describe_part();
    xmp.pdfa_part(2).pdfa_conformance("A").pdfua_part(1);
    xmp.format("application/pdf").pdf_version("1.7").num_pages(u32::try_from(pages).unwrap_or(u32::MAX));
    xmp.document_id(id[0]).instance_id(id[1]);
    xmp.finish(None)
}

/// Returns the labels a viewer shows, each with the index of the page from which on pages are counted up: the printed
/// numbers, and small Roman numbers for pages without one.
pub(super) fn labels(pages: &[Page]) -> Vec<(usize, NumberingStyle, u32)> {
    let mut unnumbered = 0;
    let mut labels: Vec<(usize, NumberingStyle, u32)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (style, number) = match page.number {
            Some(number) => (NumberingStyle::Arabic, number),
            None => {
                unnumbered += 1;
                (NumberingStyle::LowerRoman, unnumbered)
            }
        };
        let follows = labels.last().is_some_and(|(from, last, first)| {
            *last == style
                && u32::try_from(index - from).is_ok_and(|distance| first.checked_add(distance) == Some(number))
        });
        if !follows {
            labels.push((index, style, number));
        }
    }
    labels
}
