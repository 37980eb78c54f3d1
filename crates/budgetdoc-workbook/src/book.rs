//! Reads the sheets of a workbook. Nothing in it is run or followed: formulas count by the values saved with them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use budgetdoc_core::lang::Bilingual;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use rust_decimal::Decimal;

use crate::grid::{Grid, Joined, Spot, Value, cell_name};

/// The most that the parts of a file may grow to, in bytes.
const MOST_BYTES: u64 = 256 << 20;
/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most rows and columns of a sheet that are read.
const MOST_ROWS: u32 = 20_000;
const MOST_COLUMNS: u32 = 256;
/// The most cells of a workbook, with the rows of its joined areas.
const MOST_CELLS: usize = 2_000_000;

/// A workbook that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// The sheets that are seen.
    pub grids: Vec<Grid>,
    /// The names of hidden sheets, which are left alone.
    pub hidden: Vec<String>,
}

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", message.en)]
pub struct BookError {
    /// What is wrong and what to do.
    pub message: Bilingual,
}

fn error(zh: impl Into<String>, en: impl Into<String>) -> BookError {
    BookError { message: Bilingual::new(zh, en) }
}

/// Reads a workbook in the format of Excel 2007 and later (xlsx, xlsm).
///
/// # Errors
/// A file of another format or with a password, a damaged one, and one that is larger than any budget.
pub fn read_book(bytes: &[u8]) -> Result<Book, BookError> {
    check_size(bytes, MOST_BYTES)?;
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut book = Book::default();
    let mut room = MOST_CELLS;
    for sheet in xlsx.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            book.hidden.push(sheet.name);
            continue;
        }
        let mut joined = Joined::default();
        for area in xlsx.merge_cells_by_sheet_name(&sheet.name).map_err(damaged)? {
            if area.start.0 <= area.end.0 && area.end.0 < MOST_ROWS {
                room = room.checked_sub((area.end.0 - area.start.0) as usize + 1).ok_or_else(too_large)?;
                joined.join(area.start, area.end);
            }
        }
        let mut cells = read_cells(&mut xlsx, &sheet.name)?;
        show_percent(&mut xlsx, &sheet.name, &mut cells)?;
        let grid = Grid { name: sheet.name.clone(), cells, joined };
        room = room.checked_sub(grid.cells.len()).ok_or_else(too_large)?;
        book.grids.push(grid);
    }
    Ok(book)
}

/// Checks that the parts of the file do not grow beyond the limit, whatever the file says of their sizes.
fn check_size(bytes: &[u8], most: u64) -> Result<(), BookError> {
    if bytes.len() > LARGEST_FILE {
        return Err(too_large());
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(error(
            "工作簿有密码，或是旧的 xls 格式；请去掉密码，另存为 xlsx",
            "the workbook has a password or is in the old format xls: remove the password and save it as xlsx",
        ));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| error("不是 Excel 工作簿（xlsx）", "this is no Excel workbook (xlsx)"))?;
    let mut room = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|reason| unreadable(&reason))?;
        let size =
            std::io::copy(&mut part.take(room + 1), &mut std::io::sink()).map_err(|reason| unreadable(&reason))?;
        room = room.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> BookError {
    error(
        "工作簿太大，不像部门预算；请只留下要读取的工作表",
        "the workbook is larger than any budget: keep the sheets that are to be read",
    )
}

fn unreadable(reason: &dyn std::fmt::Display) -> BookError {
    error(
        // The library's reason is English.
        "工作簿已损坏；请用 Excel 打开后另存",
        format!("the workbook is damaged ({reason}): open it in Excel and save it again"),
    )
}

fn damaged(reason: XlsxError) -> BookError {
    match reason {
        XlsxError::Password => error("工作簿有密码；请去掉密码再导入", "the workbook has a password: remove it first"),
        reason => unreadable(&reason),
    }
}

fn read_cells<R: Read + std::io::Seek>(xlsx: &mut Xlsx<R>, name: &str) -> Result<BTreeMap<Spot, Value>, BookError> {
    let mut cells = BTreeMap::new();
    let mut reader = xlsx.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
        let value = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Value::Uncomputed,
            DataRef::Empty => continue,
            DataRef::String(text) => Value::Text(text),
            DataRef::SharedString(text) => Value::Text(text.to_owned()),
            DataRef::Int(number) => Value::Number(number.into()),
            DataRef::Float(number) => match decimal(number) {
                Some(number) => Value::Number(number),
                None => Value::Error(number.to_string()),
            },
            DataRef::Bool(truth) => Value::Text(truth.to_string().to_uppercase()),
            DataRef::DateTime(date) => {
                let (year, month, day, ..) = date.to_ymd_hms_milli();
                Value::Date(format!("{year:04}-{month:02}-{day:02}"))
            }
            DataRef::DateTimeIso(date) => Value::Date(date.split('T').next().unwrap_or_default().to_owned()),
            DataRef::DurationIso(_) => Value::Date(String::new()),
            DataRef::Error(fault) => Value::Error(fault.to_string()),
        };
        if matches!(&value, Value::Text(text) if text.trim().is_empty()) {
            continue;
        }
        if cell.pos.0 >= MOST_ROWS || cell.pos.1 >= MOST_COLUMNS {
            let place = cell_name(cell.pos);
            return Err(error(
                format!("{name}!{place} 在第 {MOST_ROWS} 行或第 {MOST_COLUMNS} 栏之外；请删去表格以外的内容"),
                format!(
                    "{name}!{place} lies beyond row {MOST_ROWS} or column {MOST_COLUMNS}: delete what is outside the table"
                ),
            ));
        }
        cells.insert(cell.pos, value);
    }
    Ok(cells)
}

/// Makes percentages of the numbers that a sheet shows in percent: Excel stores 0.9 for a cell in which 90% was typed.
fn show_percent<R: Read + std::io::Seek>(
    xlsx: &mut Xlsx<R>,
    name: &str,
    cells: &mut BTreeMap<Spot, Value>,
) -> Result<(), BookError> {
    let mut reader = xlsx.worksheet_cells_reader(name).map_err(damaged)?;
    let is_percent = |style: &Style| style.number_format.as_ref().is_some_and(|of| shows_percent(&of.format_code));
    let percent: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    if !percent.contains(&true) {
        return Ok(());
    }
    while let Some((row, column, style)) = reader.next_style_id().map_err(damaged)? {
        if percent[style]
            && let Some(value) = cells.get_mut(&(row, column))
            && let Value::Number(number) = value
            && let Some(shown) = number.checked_mul(Decimal::ONE_HUNDRED)
        {
            *value = Value::Percent(shown.normalize());
        }
    }
    Ok(())
}

/// Returns whether a number format multiplies by a hundred: it has a % that is neither quoted nor escaped.
fn shows_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            // The letter behind it is printed, or is as wide as the gap.
            '\\' | '_' | '*' if !quoted => _ = letters.next(),
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// Returns the shortest decimal that is stored as this number.
fn decimal(number: f64) -> Option<Decimal> {
    // `Display` writes the shortest digits that read back as the same number, never an exponent.
    Decimal::from_str_exact(&number.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_grow_beyond_the_limit_are_refused_before_they_are_read() {
        use std::io::Write as _;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&[b' '; 300_000]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 3_000);
        assert_eq!(check_size(&bytes, 300_000), Ok(()));
        assert_eq!(check_size(&bytes, 299_999), Err(too_large()));
    }

    #[test]
    fn a_format_with_percent_is_told_from_one_that_prints_the_sign() {
        for format in ["0%", "0.00%", "0.0%;[Red]-0.0%", "\"约\"0%"] {
            assert!(shows_percent(format), "{format}");
        }
        for format in ["General", "0.00", "0\"%\"", "0\\%", "0_%"] {
            assert!(!shows_percent(format), "{format}");
        }
    }

    #[test]
    fn a_number_is_the_decimal_that_was_typed() {
        let text = |number: f64| decimal(number).map(|number| number.to_string());
        assert_eq!(text(0.3), Some("0.3".to_owned()));
        assert_eq!(text(0.1 + 0.2), Some("0.30000000000000004".to_owned()));
        assert_eq!(text(31_214_205.8), Some("31214205.8".to_owned()));
        assert_eq!(text(f64::NAN), None);
    }
}
