//! Writes the tables of a document as a workbook.

mod names;
mod sheet;
mod size;
mod sums;

use budgetdoc_document::{Block, Document, GridError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub(crate) use names::SheetNames;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A table whose cells do not make a grid.
    #[error("table {table}: {source}")]
    Grid {
        /// The name of its sheet.
        table: String,
        /// What is wrong.
        source: GridError,
    },
    /// What the format does not hold, such as a table of more rows than a sheet has.
    #[error("{0}")]
    Format(#[from] XlsxError),
}

/// Writes the tables of `document` as a workbook, a sheet for each in the order of the document: title, unit line and
/// head as printed, figures as numbers in the printed unit, sums as formulas where the sheet has what they sum.
///
/// A number keeps the decimals that its format does not show, so that sums are exact; where the printed number is not
/// what a workbook would show, as one that is cut off, it holds the printed one. A document without tables has one empty
/// sheet.
///
/// # Errors
/// A table whose cells do not make a grid, or that a sheet does not hold.
///
/// ```
/// use budgetdoc_document::{Document, Info, PageStyle, StyleSheet};
/// # fn main() -> Result<(), budgetdoc_workbook::WriteError> {
/// let document = Document {
///     info: Info::default(),
///     page: PageStyle::gb9704(),
///     styles: StyleSheet::gb9704(),
///     names: Vec::new(),
///     blocks: Vec::new(),
/// };
/// assert!(budgetdoc_workbook::write_xlsx(&document)?.starts_with(b"PK"));
/// # Ok(()) }
/// ```
pub fn write_xlsx(document: &Document) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let info = &document.info;
    // A fixed time: the library's clock would make every run another file.
    let date = ExcelDateTime::from_ymd(info.date.year, info.date.month, info.date.day)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&info.title)
            .set_author(&info.author)
            .set_subject(&info.subject)
            .set_creation_datetime(&date),
    );
    let mut names = SheetNames::default();
    // A table in the flow of text has no title of its own: it is known by the heading above it.
    let mut above = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => above = heading.text.to_plain(),
            Block::Table(table) => {
                let title = table.heading.as_ref().map(|heading| heading.title.to_plain());
                let name = names.name(title.as_ref().unwrap_or(&above));
                let sheet = workbook.add_worksheet();
                sheet.set_name(&name)?;
                sheet::write(document, table, sheet).map_err(|error| match error {
                    sheet::SheetError::Grid(source) => WriteError::Grid { table: name, source },
                    sheet::SheetError::Format(source) => WriteError::Format(source),
                })?;
            }
            // The figures of a chart are in the tables.
            Block::Cover(_) | Block::Contents(_) | Block::Paragraph(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    if workbook.worksheets().is_empty() {
        workbook.add_worksheet();
    }
    Ok(workbook.save_to_buffer()?)
}
