//! Writes a table on a sheet.

use std::collections::BTreeMap;

use budgetdoc_document::{
    Align, Cell, CellContent, ColumnKind, Document, GridError, Length, NumberFormat, Orientation, Placed, RowGroup,
    Sheet, StyleName, Table,
};
use rust_decimal::Decimal;
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet, XlsxError};

use super::size::Sizes;
use super::sums::{self, At, Figures};

/// The numbers of A3 and A4 among the sizes of paper.
const A3: u8 = 8;
const A4: u8 = 9;
/// The most places a formula may name.
const MOST_TERMS: usize = 200;

/// Why a table cannot be written.
pub(super) enum SheetError {
    /// Its cells do not make a grid.
    Grid(GridError),
    /// The sheet does not hold it.
    Format(XlsxError),
}

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        SheetError::Format(error)
    }
}

/// Writes `table` with its title, caption, head and notes, and sets up how the sheet is printed.
pub(super) fn write(document: &Document, table: &Table, sheet: &mut Worksheet) -> Result<(), SheetError> {
    let groups = table.groups();
    let lines = groups.iter().map(|group| group.lines().collect::<Result<Vec<_>, _>>());
    let lines: Vec<Vec<Vec<Placed<'_>>>> = lines.collect::<Result<_, _>>().map_err(SheetError::Grid)?;
    let text_width = set_page(document, table, sheet);
    let text = document.styles.get(StyleName::TableText);
    let sizes = Sizes::new(table, &lines, text_width, text.size, text.pitch);
    for column in 0..table.columns.len() {
        sheet.set_column_width(narrow(column)?, sizes.width_of(column))?;
    }
    let mut writer = Writer { document, table, sheet, sizes, row: 0 };
    writer.above()?;
    for (group, own) in groups.iter().zip(&lines) {
        writer.group(group, if group.heads() > 0 { &own[..group.heads()] } else { &lines[0] }, own)?;
        if group.index == 0 && writer.row > 0 {
            // The title stands above every page, as in print.
            writer.sheet.set_repeat_rows(0, writer.row - 1)?;
            writer.sheet.set_freeze_panes(writer.row, 0)?;
        }
    }
    for note in &table.notes {
        writer.line(StyleName::TableNote, &[(&note.to_plain(), 0..table.columns.len(), None)])?;
    }
    Ok(())
}

/// Sets paper, margins and page number, and returns the width of the text block.
fn set_page(document: &Document, table: &Table, sheet: &mut Worksheet) -> Length {
    let page = &document.page;
    let orientation = table.orientation.unwrap_or(Orientation::Portrait);
    let Sheet { width, height, margins } = page.sheet(orientation);
    let inches = |length: Length| f64::from(length.in_milli_pt()) / 72_000.0;
    sheet.set_paper_size(if orientation == Orientation::Double { A3 } else { A4 });
    if width > height {
        sheet.set_landscape();
    }
    let below = inches(margins.bottom - page.number.below) - 0.2;
    sheet.set_margins(
        inches(margins.left),
        inches(margins.right),
        inches(margins.top),
        inches(margins.bottom),
        inches(margins.top) / 2.0,
        below.max(0.1),
    );
    let (before, after) = &page.number.around;
    let plain = |text: &str| text.replace('&', "&&");
    sheet.set_footer(format!("&C{}&P{}", plain(before), plain(after)));
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    width - margins.left - margins.right
}

/// Returns the number of a column as workbooks hold it.
fn narrow(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

struct Writer<'a> {
    document: &'a Document,
    table: &'a Table,
    sheet: &'a mut Worksheet,
    sizes: Sizes,
    /// The next free row of the sheet.
    row: u32,
}

impl Writer<'_> {
    /// Writes what stands above the head: number, title and caption.
    fn above(&mut self) -> Result<(), XlsxError> {
        let columns = self.table.columns.len();
        if let Some(heading) = &self.table.heading {
            if !heading.number.is_empty() {
                self.line(StyleName::TableNumber, &[(&heading.number, 0..columns, None)])?;
            }
            self.line(StyleName::TableTitle, &[(&heading.title.to_plain(), 0..columns, None)])?;
        }
        if let Some((left, right)) = &self.table.caption {
            let (left, right) = (left.to_plain(), right.to_plain());
            let style = StyleName::TableCaption;
            match columns {
                0 | 1 => self.line(style, &[(&format!("{left}　{right}"), 0..columns, None)])?,
                // The unit is short.
                _ => {
                    let middle = columns - columns.div_ceil(3);
                    let right = (right.as_str(), middle..columns, Some(Align::Right));
                    self.line(style, &[(&left, 0..middle, Some(Align::Left)), right])?;
                }
            }
        }
        Ok(())
    }

    /// Writes texts side by side on a row of their own, each over some columns.
    fn line(
        &mut self,
        style: StyleName,
        texts: &[(&str, std::ops::Range<usize>, Option<Align>)],
    ) -> Result<(), XlsxError> {
        let size = self.document.styles.get(style).size.in_pt();
        let mut height: f64 = 0.0;
        for (text, columns, align) in texts {
            let format = self.format(style, align.unwrap_or(self.document.styles.get(style).align));
            let last = columns.end.max(columns.start + 1) - 1;
            let lines = self.sizes.lines(text, columns.start..(last + 1).min(self.table.columns.len()));
            height = height.max(self.sizes.height(lines).max(f64::from(size) * 1.4));
            self.text(self.row, (columns.start, last, 1), text, &format)?;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a text over the columns `first` to `last` and a number of rows.
    fn text(
        &mut self,
        row: u32,
        (first, last, rows): (usize, usize, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let format = quoted(format, text);
        self.span(row, (first, last, rows), &format)?;
        match text.is_empty() {
            true => self.sheet.write_blank(row, narrow(first)?, &format)?,
            false => self.sheet.write_string_with_format(row, narrow(first)?, text, &format)?,
        };
        Ok(())
    }

    /// Joins the cells of several columns or rows.
    fn span(&mut self, row: u32, (first, last, rows): (usize, usize, u16), format: &Format) -> Result<(), XlsxError> {
        if last > first || rows > 1 {
            let below = row + u32::from(rows) - 1;
            self.sheet.merge_range(row, narrow(first)?, below, narrow(last)?, "", format)?;
        }
        Ok(())
    }

    /// Writes a group of rows whose head is `head`.
    fn group(
        &mut self,
        group: &RowGroup<'_>,
        head: &[Vec<Placed<'_>>],
        lines: &[Vec<Placed<'_>>],
    ) -> Result<(), XlsxError> {
        let start = self.row;
        let mut figures = Figures::new();
        for placed in own(lines) {
            if let Some(value) = sums::stored(&placed.cell.content) {
                figures.insert((placed.slot.row, placed.slot.column), value);
            }
        }
        let sums = sums::sums(self.table, group, head, lines, &figures);
        for placed in own(lines) {
            let is_head = group.index == 0 || placed.slot.row < group.heads();
            let is_total = group.get(placed.slot.row).is_some_and(|row| row.total);
            let words = if is_head { StyleName::TableHead } else { StyleName::of_cell(ColumnKind::Text, is_total) };
            self.cell(start, placed, words, &figures, &sums)?;
        }
        for (row, height) in (start..).zip(self.sizes.heights(lines)) {
            self.sheet.set_row_height(row, height)?;
        }
        self.row += u32::try_from(lines.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        Ok(())
    }

    fn cell(
        &mut self,
        start: u32,
        placed: &Placed<'_>,
        words: StyleName,
        figures: &Figures,
        sums: &BTreeMap<At, Vec<At>>,
    ) -> Result<(), XlsxError> {
        let Placed { cell, slot } = placed;
        let row = start + u32::try_from(slot.row).map_err(|_| XlsxError::RowColumnLimitError)?;
        let span = (slot.column, slot.column + usize::from(cell.columns) - 1, cell.rows);
        let format = self.cell_format(cell, slot.column, words);
        match &cell.content {
            CellContent::Empty => self.text(row, span, "", &format),
            CellContent::Text(_) => self.text(row, span, &cell.content.to_string(), &format),
            CellContent::Code(code) => {
                let column = narrow(slot.column)?;
                // Digits that are no number: without this a workbook marks every code as a mistake.
                self.sheet.ignore_error(row, column, IgnoreError::NumberStoredAsText)?;
                self.text(row, span, code, &format.set_num_format("@"))
            }
            CellContent::Amount(number) | CellContent::Percentage(number) => {
                let at = (slot.row, slot.column);
                let value = figures.get(&at).copied().unwrap_or(number.value);
                let format = format.set_num_format(code_of(&number.format, number.decimals()));
                self.span(row, span, &format)?;
                let column = narrow(slot.column)?;
                match sums.get(&at).filter(|terms| terms.len() <= MOST_TERMS) {
                    Some(terms) => {
                        let formula = Formula::new(sum_of(start, terms)).set_result(value.normalize().to_string());
                        self.sheet.write_formula_with_format(row, column, formula, &format)?;
                    }
                    None => {
                        self.sheet.write_number_with_format(row, column, nearest(value), &format)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Returns the format of a cell in a row whose words are set in the style `words`.
    fn cell_format(&self, cell: &Cell, column: usize, words: StyleName) -> Format {
        let kind = self.table.columns[column].kind;
        let is_head = words == StyleName::TableHead;
        let style = if cell.content.number().is_some() && !is_head { StyleName::TableAmount } else { words };
        let align = cell.align.unwrap_or(if is_head { Align::Center } else { kind.align() });
        let format = self.format(style, align).set_border(FormatBorder::Thin).set_indent(cell.indent);
        // 270 degrees stand for letters one below the other.
        if cell.vertical { format.set_rotation(270) } else { format }
    }

    fn format(&self, style: StyleName, align: Align) -> Format {
        let style = self.document.styles.get(style);
        Format::new()
            .set_font_name(style.role.office_family())
            .set_font_size(f64::from(style.size.half_points()) / 2.0)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_align(match align {
                Align::Left | Align::Justify => FormatAlign::Left,
                Align::Center => FormatAlign::Center,
                Align::Right => FormatAlign::Right,
            })
    }
}

/// Returns the cells of a group of rows, each at the place where it begins.
fn own<'l, 'a>(lines: &'l [Vec<Placed<'a>>]) -> impl Iterator<Item = &'l Placed<'a>> {
    lines.iter().enumerate().flat_map(|(row, line)| line.iter().filter(move |placed| placed.slot.row == row))
}

/// Marks a text that begins as a formula does, so that it stays a text when somebody edits the cell.
fn quoted(format: &Format, text: &str) -> Format {
    match text.starts_with(['=', '+', '-', '@']) {
        true => format.clone().set_quote_prefix(),
        false => format.clone(),
    }
}

/// Returns the code of a number format, with the decimals that are printed.
fn code_of(format: &NumberFormat, decimals: Option<u32>) -> String {
    let mut code = if format.thousands { "#,##0" } else { "0" }.to_owned();
    let decimals = decimals.unwrap_or(if format.trim { 0 } else { format.decimals });
    if decimals > 0 {
        code.push('.');
        code.extend(std::iter::repeat_n('0', usize::try_from(decimals).unwrap_or(0)));
    }
    match format.zero.as_deref() {
        None => code,
        Some("") => format!("{code};-{code};"),
        Some(zero) => format!("{code};-{code};\"{}\"", zero.replace('"', "")),
    }
}

/// Returns the number of a cell: a workbook holds no others than binary ones, and shows this one as the decimal.
fn nearest(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
}

/// Writes the sum of cells, neighbours in a column or row as one range. `start` is the sheet's row of the group's first.
fn sum_of(start: u32, terms: &[At]) -> String {
    let name = |at: &At| {
        let column = u16::try_from(at.1).unwrap_or(u16::MAX);
        format!("{}{}", column_number_to_name(column), at.0 + start as usize + 1)
    };
    let mut ranges: Vec<(At, At)> = Vec::new();
    for term in terms {
        if let Some((first, last)) = ranges.last_mut() {
            let is_below = first.1 == term.1 && last.1 == term.1 && last.0 + 1 == term.0;
            let is_beside = first.0 == term.0 && last.0 == term.0 && last.1 + 1 == term.1;
            if is_below || is_beside {
                *last = *term;
                continue;
            }
        }
        ranges.push((*term, *term));
    }
    let range = |(first, last): &(At, At)| match first == last {
        true => name(first),
        false => format!("{}:{}", name(first), name(last)),
    };
    format!("=SUM({})", ranges.iter().map(range).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_what_is_printed() {
        let format = |decimals, trim, thousands, zero: Option<&str>| NumberFormat {
            decimals,
            trim,
            thousands,
            zero: zero.map(str::to_owned),
            ..NumberFormat::default()
        };
        assert_eq!(code_of(&format(0, false, false, None), Some(0)), "0");
        assert_eq!(code_of(&format(2, false, true, None), Some(2)), "#,##0.00");
        assert_eq!(code_of(&format(2, true, false, None), Some(1)), "0.0");
        assert_eq!(code_of(&format(2, false, false, Some("")), None), "0.00;-0.00;");
        assert_eq!(code_of(&format(2, true, false, Some("—")), None), "0;-0;\"—\"");
    }

    #[test]
    fn a_sum_names_ranges_and_single_cells() {
        assert_eq!(sum_of(4, &[(0, 1), (1, 1), (2, 1), (5, 1)]), "=SUM(B5:B7,B10)");
        assert_eq!(sum_of(0, &[(3, 2), (3, 3), (3, 27)]), "=SUM(C4:D4,AB4)");
    }
}
