//! Properties of the file and labels of its pages.

use std::num::NonZeroU32;

use budgetdoc_document::{Block, Document};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::page::{NumberingStyle, PageLabel};

use crate::layout::{Layout, Page};

/// Producer of the file: the program and its version.
const PRODUCER: &str = concat!("budgetdoc ", env!("CARGO_PKG_VERSION"));

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

pub(super) fn metadata(document: &Document, title: &str) -> Metadata {
    let info = &document.info;
    let date = info.date;
    let authors = if info.author.is_empty() { Vec::new() } else { vec![info.author.clone()] };
    let moment = DateTime::new(date.year).month(date.month).day(date.day).hour(0).minute(0).second(0);
    Metadata::new()
        .title(title.to_owned())
        .authors(authors)
        .description(info.subject.clone())
        .keywords(info.keywords.clone())
        .language("zh-CN".to_owned())
        .text_direction(TextDirection::LeftToRight)
        .creator(PRODUCER.to_owned())
        .producer(PRODUCER.to_owned())
        .creation_date(moment.utc_offset_hour(0).utc_offset_minute(0))
        // Editions of one document share this identifier; the other half of the file's ID comes from its bytes.
        .document_id(format!("{title}\n{}\n{}-{}-{}", info.author, date.year, date.month, date.day))
}

/// Returns the label a viewer shows for each page: the printed number, and small Roman numbers for pages without one.
pub(super) fn labels(pages: &[Page]) -> Vec<PageLabel> {
    let mut unnumbered = 0;
    pages
        .iter()
        .map(|page| {
            let (style, number) = match page.number {
                Some(number) => (NumberingStyle::Arabic, number),
                None => {
                    unnumbered += 1;
                    (NumberingStyle::LowerRoman, unnumbered)
                }
            };
            PageLabel::new(Some(style), None, NonZeroU32::new(number))
        })
        .collect()
}
