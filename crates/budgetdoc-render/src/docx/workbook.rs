//! The workbook of a chart: one sheet with the names and values that Word shows when the chart is edited.

use std::io::Cursor;

use budgetdoc_document::{Chart, ChartKind, ChartPoint, Date};

use super::R;
use super::chart::share_format;
use super::package::Package;
use super::parts::{PACKAGE, relationships};
use super::xml::Xml;
use crate::RenderError;

/// The namespace of workbooks.
const X: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHEET: &str = "Sheet1";

/// Returns a cell of the sheet by column and row, from 0: `Sheet1!$B$1`.
pub(super) fn cell(column: usize, row: usize) -> String {
    format!("{SHEET}!{}", absolute(column, row))
}

/// Returns a cell by column and row, from 0, for a range: `$B$1`.
pub(super) fn absolute(column: usize, row: usize) -> String {
    format!("${}${}", letters(column), row + 1)
}

/// Returns the letters of a column, from 0.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// Returns the workbook of a chart: a row for each part, a column for each series.
pub(super) fn workbook(chart: &Chart, date: Date) -> Result<Vec<u8>, RenderError> {
    let mut package = Package::new(Cursor::new(Vec::new()), date);
    package.part("[Content_Types].xml", content_types)?;
    package.part("_rels/.rels", |xml| {
        relationships(xml, [("rId1", format!("{R}/officeDocument"), "xl/workbook.xml")]);
    })?;
    package.part("xl/workbook.xml", |xml| {
        xml.element("workbook").attr("xmlns", X).attr("xmlns:r", R).children(|xml| {
            xml.element("sheets").children(|xml| {
                xml.element("sheet").attr("name", SHEET).attr("sheetId", 1).attr("r:id", "rId1");
            });
        });
    })?;
    package.part("xl/_rels/workbook.xml.rels", |xml| {
        relationships(xml, [("rId1", format!("{R}/worksheet"), "worksheets/sheet1.xml")]);
    })?;
    package.part("xl/worksheets/sheet1.xml", |xml| sheet(xml, chart))?;
    Ok(package.finish()?.into_inner())
}

fn content_types(xml: &mut Xml) {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    xml.element("Types").attr("xmlns", format_args!("{PACKAGE}content-types")).children(|xml| {
        for (extension, kind) in
            [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")]
        {
            xml.element("Default").attr("Extension", extension).attr("ContentType", kind);
        }
        for (name, kind) in [("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet")] {
            xml.element("Override")
                .attr("PartName", format_args!("/xl/{name}.xml"))
                .attr("ContentType", format_args!("{TYPE}{kind}+xml"));
        }
    });
}

fn sheet(xml: &mut Xml, chart: &Chart) {
    xml.element("worksheet").attr("xmlns", X).children(|xml| {
        xml.element("sheetData").children(|xml| {
            xml.element("row").attr("r", 1).children(|xml| {
                (0..chart.series.len()).for_each(|index| words(xml, index + 1, 0, &chart.series_name(index)));
            });
            for (row, point) in (1..).zip(&chart.points) {
                xml.element("row").attr("r", row + 1).children(|xml| {
                    name(xml, chart, row, point);
                    for (column, number) in (1..).zip(&point.values) {
                        let value = number.value.to_string();
                        let place = format!("{}{}", letters(column), row + 1);
                        xml.element("c").attr("r", place).children(|xml| xml.element("v").text(&value));
                    }
                });
            }
        });
    });
}

/// Writes the name of a part. At a ring the legend has its share as well: a formula, so that it follows the values.
fn name(xml: &mut Xml, chart: &Chart, row: usize, point: &ChartPoint) {
    match chart.kind {
        ChartKind::Pie | ChartKind::Columns => words(xml, 0, row, &point.name),
        ChartKind::Ring => {
            let (last, row) = (chart.points.len() + 1, row + 1);
            let (name, format) = (point.name.replace('"', "\"\""), share_format(point).replace('"', "\"\""));
            let formula = format!("\"{name} \"&TEXT(B{row}/SUM(B$2:B${last}),\"{format}\")");
            xml.element("c").attr("r", format_args!("A{row}")).attr("t", "str").children(|xml| {
                xml.element("f").text(&formula);
                xml.element("v").text(&point.label());
            });
        }
    }
}

fn words(xml: &mut Xml, column: usize, row: usize, words: &str) {
    let place = format!("{}{}", letters(column), row + 1);
    xml.element("c").attr("r", place).attr("t", "inlineStr").children(|xml| {
        xml.element("is").children(|xml| xml.element("t").text(words));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_of_spreadsheets() {
        let names: Vec<String> = [0, 25, 26, 701, 702].map(letters).into();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!(cell(1, 0), "Sheet1!$B$1");
    }
}
