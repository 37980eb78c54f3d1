//! Charts: DrawingML parts that Word draws, each with the workbook by which it is edited.

use budgetdoc_document::{Chart, ChartKind, ChartPoint, Document, Length, Number, Role, StyleName};

use super::families::Families;
use super::xml::Xml;
use super::{R, workbook};
use crate::layout::Rectangle;
use crate::layout::chart::{HOLE, SHADES};

/// The namespace of drawings.
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The namespace of charts.
const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
/// The namespace of drawings in text.
const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// The relationship of a chart with its workbook.
const WORKBOOK: &str = "rId1";
/// The axes of columns.
const AXES: (u32, u32) = (1, 2);

/// Returns the relationship of the document with a chart, by its number in the document.
pub(super) fn relationship(number: usize) -> String {
    format!("rIdChart{number}")
}

/// Writes a chart in a line of text.
pub(super) fn drawing(xml: &mut Xml, chart: &Chart, number: usize, area: Rectangle) {
    let emu = |length: Length| i64::from(length.in_milli_pt()) * 127 / 10;
    xml.element("w:r").children(|xml| {
        xml.element("w:drawing").children(|xml| {
            let inline = xml.element("wp:inline").attr("xmlns:wp", WP);
            let sides = ["distT", "distB", "distL", "distR"];
            sides.into_iter().fold(inline, |inline, side| inline.attr(side, 0)).children(|xml| {
                // The legend of a ring is at its side.
                let width = if chart.kind == ChartKind::Ring { area.width * 2 / 3 } else { area.width };
                xml.element("wp:extent").attr("cx", emu(width)).attr("cy", emu(area.height));
                xml.element("wp:docPr")
                    .attr("id", number)
                    .attr("name", format_args!("图表 {number}"))
                    .attr("descr", &chart.summary);
                xml.element("wp:cNvGraphicFramePr");
                xml.element("a:graphic").attr("xmlns:a", A).children(|xml| {
                    xml.element("a:graphicData").attr("uri", C).children(|xml| {
                        xml.element("c:chart").attr("xmlns:c", C).attr("r:id", relationship(number));
                    });
                });
            });
        });
    });
}

/// Writes the relationship of a chart with its workbook.
pub(super) fn relationships(xml: &mut Xml, number: usize) {
    super::parts::relationships(
        xml,
        [(WORKBOOK, format!("{R}/package"), format!("../embeddings/chart{number}.xlsx").as_str())],
    );
}

/// Writes the part of a chart.
pub(super) fn part(xml: &mut Xml, document: &Document, families: &Families, chart: &Chart) {
    let root = xml.element("c:chartSpace").attr("xmlns:c", C).attr("xmlns:a", A).attr("xmlns:r", R);
    root.children(|xml| {
        xml.element("c:date1904").attr("val", 0);
        xml.element("c:roundedCorners").attr("val", 0);
        xml.element("c:chart").children(|xml| {
            xml.element("c:autoTitleDeleted").attr("val", 1);
            xml.element("c:plotArea").children(|xml| {
                xml.element("c:layout");
                match chart.kind {
                    ChartKind::Pie => xml.element("c:pieChart").children(|xml| circle(xml, chart)),
                    ChartKind::Ring => xml.element("c:doughnutChart").children(|xml| circle(xml, chart)),
                    ChartKind::Columns => columns(xml, chart),
                }
            });
            let legend = match chart.kind {
                ChartKind::Pie => None,
                // Word has no labels outside a ring.
                ChartKind::Ring => Some("r"),
                ChartKind::Columns => Some("t"),
            };
            if let Some(side) = legend {
                xml.element("c:legend").children(|xml| {
                    xml.element("c:legendPos").attr("val", side);
                    xml.element("c:overlay").attr("val", 0);
                });
            }
            xml.element("c:plotVisOnly").attr("val", 1);
            xml.element("c:dispBlanksAs").attr("val", "gap");
        });
        xml.element("c:spPr").children(|xml| {
            xml.element("a:noFill");
            xml.element("a:ln").children(|xml| drop(xml.element("a:noFill")));
        });
        text_properties(xml, document, families);
        xml.element("c:externalData").attr("r:id", WORKBOOK).children(|xml| {
            xml.element("c:autoUpdate").attr("val", 0);
        });
    });
}

/// Writes the type of all words: that of the cells of tables.
fn text_properties(xml: &mut Xml, document: &Document, families: &Families) {
    let size = document.styles.get(StyleName::TableText).size.in_milli_pt() / 10;
    xml.element("c:txPr").children(|xml| {
        xml.element("a:bodyPr");
        xml.element("a:lstStyle");
        xml.element("a:p").children(|xml| {
            xml.element("a:pPr").children(|xml| {
                xml.element("a:defRPr").attr("sz", size).attr("b", 0).children(|xml| {
                    fill(xml, 0);
                    xml.element("a:latin").attr("typeface", families.family(Role::Latin));
                    xml.element("a:ea").attr("typeface", families.family(Role::Table));
                });
            });
            xml.element("a:endParaRPr").attr("lang", "zh-CN");
        });
    });
}

/// Writes the children of a pie or ring.
fn circle(xml: &mut Xml, chart: &Chart) {
    xml.element("c:varyColors").attr("val", 1);
    xml.element("c:ser").children(|xml| {
        series_start(xml, chart, 0);
        for (index, shade) in (0..chart.points.len()).zip(SHADES.iter().cycle()) {
            xml.element("c:dPt").children(|xml| {
                xml.element("c:idx").attr("val", index);
                xml.element("c:bubble3D").attr("val", 0);
                shape(xml, *shade);
            });
        }
        if chart.kind == ChartKind::Pie {
            xml.element("c:dLbls").children(|xml| {
                for (index, point) in chart.points.iter().enumerate() {
                    xml.element("c:dLbl").children(|xml| {
                        xml.element("c:idx").attr("val", index);
                        label(xml, chart.kind, &share_format(point));
                    });
                }
                label(xml, chart.kind, "0%");
                xml.element("c:showLeaderLines").attr("val", 1);
            });
        }
        series_end(xml, chart, 0);
    });
    xml.element("c:firstSliceAng").attr("val", 0);
    if chart.kind == ChartKind::Ring {
        xml.element("c:holeSize").attr("val", HOLE);
    }
}

/// Writes columns and their axes. Values are at the columns, so that the axis of values is not shown.
fn columns(xml: &mut Xml, chart: &Chart) {
    xml.element("c:barChart").children(|xml| {
        xml.element("c:barDir").attr("val", "col");
        xml.element("c:grouping").attr("val", "clustered");
        xml.element("c:varyColors").attr("val", 0);
        for (index, shade) in (0..chart.series.len()).zip(SHADES.iter().cycle()) {
            xml.element("c:ser").children(|xml| {
                series_start(xml, chart, index);
                shape(xml, *shade);
                xml.element("c:invertIfNegative").attr("val", 0);
                xml.element("c:dLbls").children(|xml| {
                    for (number, point) in chart.points.iter().enumerate() {
                        xml.element("c:dLbl").children(|xml| {
                            xml.element("c:idx").attr("val", number);
                            label(xml, chart.kind, &number_format(&point.values[index]));
                        });
                    }
                    label(xml, chart.kind, "General");
                });
                series_end(xml, chart, index);
            });
        }
        xml.element("c:gapWidth").attr("val", 43);
        for axis in [AXES.0, AXES.1] {
            xml.element("c:axId").attr("val", axis);
        }
    });
    axis(xml, "c:catAx", AXES, "b", |xml| {
        xml.element("c:auto").attr("val", 1);
        xml.element("c:lblAlgn").attr("val", "ctr");
        xml.element("c:lblOffset").attr("val", 100);
        xml.element("c:noMultiLvlLbl").attr("val", 1);
    });
    axis(xml, "c:valAx", (AXES.1, AXES.0), "l", |xml| {
        xml.element("c:crossBetween").attr("val", "between");
    });
}

fn axis(xml: &mut Xml, name: &'static str, (own, other): (u32, u32), side: &str, end: impl FnOnce(&mut Xml)) {
    let is_of_values = name == "c:valAx";
    xml.element(name).children(|xml| {
        xml.element("c:axId").attr("val", own);
        xml.element("c:scaling").children(|xml| {
            xml.element("c:orientation").attr("val", "minMax");
            if is_of_values {
                xml.element("c:min").attr("val", 0);
            }
        });
        xml.element("c:delete").attr("val", u8::from(is_of_values));
        xml.element("c:axPos").attr("val", side);
        xml.element("c:numFmt").attr("formatCode", "General").attr("sourceLinked", 0);
        for mark in ["c:majorTickMark", "c:minorTickMark"] {
            xml.element(mark).attr("val", "none");
        }
        xml.element("c:tickLblPos").attr("val", "nextTo");
        xml.element("c:spPr").children(line);
        xml.element("c:crossAx").attr("val", other);
        xml.element("c:crosses").attr("val", "autoZero");
        end(xml);
    });
}

/// Writes what a label shows, behind its index: name and share of a sector, the value of a column.
fn label(xml: &mut Xml, kind: ChartKind, format: &str) {
    let is_column = kind == ChartKind::Columns;
    xml.element("c:numFmt").attr("formatCode", format).attr("sourceLinked", 0);
    xml.element("c:spPr").children(|xml| drop(xml.element("a:noFill")));
    xml.element("c:dLblPos").attr("val", "outEnd");
    for (name, shown) in [
        ("c:showLegendKey", false),
        ("c:showVal", is_column),
        ("c:showCatName", !is_column),
        ("c:showSerName", false),
        ("c:showPercent", !is_column),
        ("c:showBubbleSize", false),
    ] {
        xml.element(name).attr("val", u8::from(shown));
    }
    xml.element("c:separator").text(" ");
}

fn series_start(xml: &mut Xml, chart: &Chart, index: usize) {
    xml.element("c:idx").attr("val", index);
    xml.element("c:order").attr("val", index);
    xml.element("c:tx").children(|xml| {
        strings(xml, &workbook::cell(index + 1, 0), &[chart.series_name(index).as_str()]);
    });
}

/// Writes names and values of a series, which Word shows without opening the workbook.
fn series_end(xml: &mut Xml, chart: &Chart, index: usize) {
    let count = chart.points.len();
    let range = |column: usize| format!("{}:{}", workbook::cell(column, 1), workbook::absolute(column, count));
    let names: Vec<String> = chart
        .points
        .iter()
        .map(|point| match chart.kind {
            ChartKind::Ring => point.label(),
            ChartKind::Pie | ChartKind::Columns => point.name.clone(),
        })
        .collect();
    xml.element("c:cat").children(|xml| strings(xml, &range(0), &names));
    xml.element("c:val").children(|xml| {
        xml.element("c:numRef").children(|xml| {
            xml.element("c:f").text(&range(index + 1));
            xml.element("c:numCache").children(|xml| {
                xml.element("c:formatCode").text("General");
                let values = chart.points.iter().map(|point| point.values[index].value.to_string());
                points(xml, &values.collect::<Vec<_>>());
            });
        });
    });
}

fn strings(xml: &mut Xml, range: &str, words: &[impl AsRef<str>]) {
    xml.element("c:strRef").children(|xml| {
        xml.element("c:f").text(range);
        xml.element("c:strCache").children(|xml| points(xml, words));
    });
}

fn points(xml: &mut Xml, values: &[impl AsRef<str>]) {
    xml.element("c:ptCount").attr("val", values.len());
    for (index, value) in values.iter().enumerate() {
        xml.element("c:pt").attr("idx", index).children(|xml| {
            // Blanks survive in it without a mark, which the schema forbids.
            xml.element("c:v").children(|xml| xml.text(value.as_ref()));
        });
    }
}

/// Writes a flat area with a line around it.
fn shape(xml: &mut Xml, shade: u8) {
    xml.element("c:spPr").children(|xml| {
        fill(xml, shade);
        line(xml);
    });
}

fn line(xml: &mut Xml) {
    xml.element("a:ln").attr("w", 6350).children(|xml| fill(xml, 0));
}

fn fill(xml: &mut Xml, shade: u8) {
    xml.element("a:solidFill").children(|xml| {
        xml.element("a:srgbClr").attr("val", format_args!("{shade:02X}{shade:02X}{shade:02X}"));
    });
}

/// Returns the format of a share with the very decimals that are printed.
pub(super) fn share_format(point: &ChartPoint) -> String {
    point.share.as_ref().map_or_else(String::new, |share| format!("{}%", number_format(share)))
}

/// Returns the format of spreadsheets with the very decimals that are printed.
fn number_format(number: &Number) -> String {
    let Some(decimals) = number.decimals() else { return format!("\"{number}\"") };
    let whole = if number.format.thousands { "#,##0" } else { "0" };
    match decimals {
        0 => whole.to_owned(),
        _ => format!("{whole}.{}", "0".repeat(decimals as usize)),
    }
}
