//! Sets documents on pages.

mod block;
pub(crate) mod chart;
pub(crate) mod contents;
pub(crate) mod cover;
pub(crate) mod flow;
mod last_page;
mod number;
mod page;
mod path;
mod signature;
pub(crate) mod table;
pub(crate) mod typesetter;

use budgetdoc_document::{Block, Document, Length, Orientation, StyleName};

pub use block::{BlockPart, RowStep, SetBlock, SetLine, TableMeasures, TypeStep};
pub use page::{
    ContentsEntry, Glyph, GlyphRun, HeadingPlace, Item, Layout, Link, Mark, Node, NodeId, OutlineEntry, Page,
    Rectangle, Tag,
};
pub use path::{Path, PathSegment, Point};

use crate::RenderError;
use crate::font::FontBook;
use typesetter::Typesetter;

/// Sets a document on pages.
///
/// The same document and faces give the same pages on every machine: all positions are whole thousandths of a point.
///
/// # Errors
/// A character without glyph, a table that is no grid or too wide, or a page style without room.
pub fn layout(document: &Document, fonts: &FontBook) -> Result<Layout, RenderError> {
    check_page(document)?;
    let mut setter = Typesetter::new(document, fonts);
    for (index, block) in document.blocks.iter().enumerate() {
        setter.block = index;
        match block {
            Block::Cover(cover) => setter.cover(cover)?,
            Block::Contents(contents) => setter.reserve_contents(contents),
            Block::Heading(heading) => setter.heading(heading)?,
            Block::Paragraph(paragraph) => setter.paragraph(paragraph)?,
            Block::Table(table) if table.has_rows() => setter.table(table, index)?,
            Block::Table(_) => {}
            Block::Chart(chart) if chart.is_drawable() => setter.chart(chart, index)?,
            Block::Chart(_) => {}
            Block::PageBreak => setter.page_break(),
        }
    }
    setter.finish()
}

/// The largest measure of a page: that of Word.
const LARGEST: Length = Length::pt(1584);

/// Checks that the page and every style leave room for text.
fn check_page(document: &Document) -> Result<(), RenderError> {
    let page = &document.page;
    let page_error = |zh: String, en: String| Err(RenderError::Page { zh, en });
    let points = |length: Length| length.in_milli_pt() / 1000;
    for (zh, en, size) in [
        ("页宽", "width", page.width),
        ("页高", "height", page.height),
        ("上边距", "top margin", page.margins.top),
        ("下边距", "bottom margin", page.margins.bottom),
        ("左边距", "left margin", page.margins.left),
        ("右边距", "right margin", page.margins.right),
        ("页码的距离", "distance of page numbers", page.number.below),
        ("外框线", "outer rule", page.outer_rule),
        ("内框线", "inner rule", page.inner_rule),
    ] {
        if !(Length::ZERO..=LARGEST).contains(&size) {
            let size = points(size);
            return page_error(
                format!("{zh}为 {size} 磅，应在 0 到 1584 磅之间"),
                format!("the page's {en} is {size} pt, not between 0 and 1584"),
            );
        }
    }
    let smallest = Length::mm(20);
    let landscape = page.sheet(Orientation::Landscape);
    for (zh, en, size) in [
        ("版心的宽度", "the text block's width", page.text_width()),
        ("版心的高度", "the text block's height", page.text_height()),
        ("横向页面版心的宽度", "the width of a landscape page's text block", landscape.text_width()),
        ("横向页面版心的高度", "the height of a landscape page's text block", landscape.text_height()),
    ] {
        if size < smallest {
            let size = points(size);
            return page_error(
                format!("{zh}为 {size} 磅，不足 20 毫米"),
                format!("{en} is {size} pt, less than 20 mm"),
            );
        }
    }
    if let Some((name, value, least, most)) = page.spacing.out_of_range() {
        return page_error(
            format!("间距 {name} 为 {value}，应在 {least} 到 {most} 之间"),
            format!("the spacing's {name} is {value}, not between {least} and {most}"),
        );
    }
    for name in StyleName::ALL {
        let (style, name) = (document.styles.get(name), name.name());
        if style.size < Length::pt(1) || style.pitch < Length::pt(1) {
            return page_error(
                format!("样式 {name} 的字号或行距不足 1 磅"),
                format!("the style {name} has a type size or a line pitch of less than 1 pt"),
            );
        }
        if style.size > page.text_width() || style.pitch > page.text_height() {
            return page_error(
                format!("样式 {name} 的字号或行距大于版心"),
                format!("the style {name} is larger than the text block"),
            );
        }
        if [style.before, style.after].iter().any(|space| !(Length::ZERO..=LARGEST).contains(space)) {
            return page_error(
                format!("样式 {name} 的段前或段后距不在 0 到 1584 磅之间"),
                format!("the style {name} has a space before or after it beyond 0 to 1584 pt"),
            );
        }
    }
    Ok(())
}
