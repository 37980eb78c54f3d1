//! Writes Word files: WordprocessingML parts in a zip archive.
//!
//! Styles hold the look, sections the paper, fields the page numbers, and Word repeats the heads of tables. The layout
//! gives what Word cannot know when it opens a file: page numbers of the contents, widths of columns, breaks of titles.
//! [`sections`] cuts the document into sections; [`body`], [`table`] and [`contents`] write them; [`styles`] and
//! [`parts`] write the rest.

mod body;
mod caption;
mod cell;
mod cell_style;
mod chart;
mod condense;
mod contents;
mod families;
mod figures;
mod line_breaks;
mod package;
mod paragraph_styles;
mod parts;
mod properties;
mod section_properties;
mod sections;
mod style_names;
mod styles;
mod table;

mod text;
mod theme;
mod widths;
mod workbook;
mod xml;

use std::cell::RefCell;
use std::io::{Cursor, Seek, Write};

use budgetdoc_document::{Block, Chart, Document, Place, Text};

use crate::RenderError;
use crate::font::FontBook;
use crate::layout::Layout;
use crate::text::TextMeasurer;
use families::Families;
use package::Package;
use widths::Metrics;

/// The namespace of WordprocessingML.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of relationships.
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The prefixes of parts with text.
const NAMESPACES: [(&str, &str); 2] = [("xmlns:w", W), ("xmlns:r", R)];

/// Writes a document as a Word file (DOCX), agreeing with its `layout` in page numbers and widths of columns.
///
/// Word gets the family that the user named for a role, and for all other roles the one of the official look
/// (方正小标宋简体, 黑体, 楷体_GB2312, 仿宋_GB2312, 宋体, Times New Roman), with substitutes where they are
/// missing. The same input gives the same bytes.
///
/// ```
/// use budgetdoc_document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
/// use budgetdoc_render::font::{FontBook, FontSearch};
/// # fn main() -> Result<(), budgetdoc_render::RenderError> {
/// let document = Document {
///     info: Info::default(),
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "正文。".into() })],
/// };
/// let fonts = FontBook::load(&FontSearch::default())?;
/// let layout = budgetdoc_render::layout::layout(&document, &fonts)?;
/// let docx = budgetdoc_render::write_docx(&document, &layout, &fonts)?;
/// assert!(docx.starts_with(b"PK"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// A control character, a table that is no grid, or a layout of another document.
pub fn write_docx(document: &Document, layout: &Layout, fonts: &FontBook) -> Result<Vec<u8>, RenderError> {
    Ok(write_docx_to(document, layout, fonts, Cursor::new(Vec::new()))?.into_inner())
}

/// Writes a Word file to `sink` and returns it; see [`write_docx`]. A table of a hundred thousand rows takes no more
/// memory than one of ten. After an error the sink holds a broken file.
///
/// ```
/// use budgetdoc_document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
/// use budgetdoc_render::font::{FontBook, FontSearch};
/// # fn main() -> Result<(), budgetdoc_render::RenderError> {
/// let document = Document {
///     info: Info::default(),
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: vec![Block::Paragraph(Paragraph { style: StyleName::Body, text: "正文。".into() })],
/// };
/// let fonts = FontBook::load(&FontSearch::default())?;
/// let layout = budgetdoc_render::layout::layout(&document, &fonts)?;
/// let sink = std::io::Cursor::new(Vec::new());
/// let docx = budgetdoc_render::write_docx_to(&document, &layout, &fonts, sink)?.into_inner();
/// assert!(docx.starts_with(b"PK"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// Those of [`write_docx`], and those of the sink.
pub fn write_docx_to<S: Write + Seek>(
    document: &Document,
    layout: &Layout,
    fonts: &FontBook,
    sink: S,
) -> Result<S, RenderError> {
    check_characters(document)?;
    let families = Families::new(|role| fonts.family_for(role));
    let mut sections = sections::plan(document, layout)?;
    let metrics = Metrics::new(fonts);
    condense::condense(document, &metrics, &mut sections);
    let body = body::Body {
        document,
        metrics: &metrics,
        measurer: RefCell::new(TextMeasurer::new(fonts)),
        entries: contents::TocEntries::new(document, layout),
        cell_styles: RefCell::default(),
    };
    let charts: Vec<&Chart> = sections.iter().flat_map(|section| section.charts()).collect();
    let odd = style_names::id(parts::PAGE_NUMBER);
    let mut package = Package::new(sink, document.info.date);
    let headers = parts::headers(&sections);
    package.part("[Content_Types].xml", |xml| parts::content_types(xml, &headers, charts.len()))?;
    package.part("_rels/.rels", parts::package_relationships)?;
    package.part("word/document.xml", |xml| body.write(xml, &sections))?;
    package.part("word/_rels/document.xml.rels", |xml| parts::document_relationships(xml, &headers, charts.len()))?;
    package.part("word/styles.xml", |xml| {
        let used_styles = styles::UsedStyles {
            listed: body.entries.listed(),
            has_third_level: body.entries.has_third_level(),
            condensed_by: condense::used_styles(&sections),
            cells: &body.cell_styles.borrow(),
        };
        styles::write(xml, document, &families, &used_styles);
    })?;
    package.part("word/settings.xml", |xml| parts::settings(xml, document))?;
    package.part("word/fontTable.xml", |xml| families.write_table(xml))?;
    package.part("word/theme/theme1.xml", |xml| theme::write(xml, &families))?;
    package.part("word/footer1.xml", |xml| parts::footer(xml, document, odd, true))?;
    package.part("word/footer2.xml", |xml| parts::footer(xml, document, style_names::FOOTER_EVEN, true))?;
    package.part("word/footer3.xml", |xml| parts::footer(xml, document, style_names::SPACER, false))?;
    for header in &headers {
        let title = header.target.map(|target| body.entries.title_and_style_name(target));
        package.part(&format!("word/{}", header.name), |xml| parts::header(xml, document, header, title))?;
    }
    for (number, chart) in (1..).zip(charts) {
        package.part(&format!("word/charts/chart{number}.xml"), |xml| chart::part(xml, document, &families, chart))?;
        package.part(&format!("word/charts/_rels/chart{number}.xml.rels"), |xml| chart::relationships(xml, number))?;
        let workbook = workbook::workbook(chart, document.info.date)?;
        package.file(&format!("word/embeddings/chart{number}.xlsx"), &workbook)?;
    }
    package.part("docProps/core.xml", |xml| parts::core(xml, document))?;
    package.part("docProps/app.xml", |xml| parts::app(xml, document))?;
    package.part("docProps/custom.xml", |xml| parts::custom(xml, document))?;
    package.finish()
}

/// Checks that no text has a control character.
fn check_characters(document: &Document) -> Result<(), RenderError> {
    for block in &document.blocks {
        match block {
            Block::Cover(cover) => {
                check(&cover.title)?;
                cover.lines.iter().try_for_each(check)?;
            }
            Block::Contents(contents) => check(&contents.title)?,
            Block::Heading(heading) => check(&heading.text)?,
            Block::Paragraph(paragraph) => check(&paragraph.text)?,
            Block::Table(table) => {
                if let Some(heading) = &table.heading {
                    check(&heading.title)?;
                }
                if let Some((left, right)) = &table.caption {
                    check(left)?;
                    check(right)?;
                }
                let rows = table.bodies.iter().flat_map(|body| body.head.iter().chain(&body.rows));
                let cells = table.head.iter().chain(rows).flat_map(|row| &row.cells);
                for cell in cells {
                    cell.content.paragraphs().iter().try_for_each(check)?;
                }
                table.notes.iter().try_for_each(check)?;
            }
            Block::Chart(chart) => {
                check(&chart.caption)?;
                let words = chart.points.iter().map(|point| &point.name).chain(&chart.series);
                words.chain([&chart.unit, &chart.summary]).try_for_each(|words| check_words(words, None))?;
            }
            Block::PageBreak => {}
        }
    }
    Ok(())
}

fn check(text: &Text) -> Result<(), RenderError> {
    text.runs.iter().try_for_each(|run| check_words(&run.text, text.origin))
}

fn check_words(words: &str, place: Option<Place>) -> Result<(), RenderError> {
    match words.chars().find(|character| xml::is_forbidden(*character)) {
        Some(character) => Err(RenderError::ControlCharacter { character, place }),
        None => Ok(()),
    }
}
