//! The heading lines of a table: a row without rules at its start, which Word repeats on every page.

use budgetdoc_document::{Align, Length, StyleName, Text};

use super::body::{DirectFormat, paragraph};
use super::line_breaks::{self, Title};
use super::style_names;
use super::styles;
use super::table::TableWriter;
use super::text::{is_plain, write_lines, write_string, write_text};
use super::xml::Xml;
use crate::layout::BlockPart;

impl TableWriter<'_, '_> {
    /// Writes number, title and caption in a row without rules, repeated on every page.
    pub(super) fn heading_row(&self, xml: &mut Xml) {
        let (table, sheet) = (self.planned.table, &self.body.document.styles);
        if table.heading.is_none() && table.caption.is_none() {
            return;
        }
        let columns = table.columns.len();
        let width = self.width(0, columns);
        xml.element("w:tr").children(|xml| {
            xml.element("w:trPr").children(|xml| {
                xml.element("w:cantSplit");
                xml.element("w:tblHeader");
            });
            xml.element("w:tc").children(|xml| {
                xml.element("w:tcPr").children(|xml| {
                    xml.element("w:tcW").attr("w:w", width).attr("w:type", "dxa");
                    if columns > 1 {
                        xml.val("w:gridSpan", columns);
                    }
                    xml.element("w:tcBorders").children(|xml| {
                        for side in ["w:top", "w:left"] {
                            xml.val(side, "nil");
                        }
                        styles::border(xml, "w:bottom", styles::rule_width(self.body.document.page.outer_rule));
                        xml.val("w:right", "nil");
                    });
                    xml.element("w:tcMar").children(|xml| {
                        // Keeps the last line off the rule.
                        for (side, blank) in [("w:top", 0), ("w:left", 0), ("w:bottom", 20), ("w:right", 0)] {
                            xml.element(side).attr("w:w", blank).attr("w:type", "dxa");
                        }
                    });
                    xml.val("w:vAlign", "bottom");
                });
                if let Some(heading) = &table.heading {
                    if !heading.number.is_empty() {
                        let style = style_names::id(StyleName::TableNumber);
                        paragraph(xml, style, DirectFormat::default(), |xml| write_string(xml, &heading.number, None));
                    }
                    let style = sheet.get(StyleName::TableTitle);
                    let words = heading.title.to_plain();
                    let mut title = Title::default();
                    if style.align == Align::Center {
                        let lines = line_breaks::split(&words, self.set.lines_of(BlockPart::Text));
                        let widths = self.body.metrics.of(style.role, style.size);
                        title = Title::new(lines, widths, Length::milli_pt(width * 50));
                    }
                    let direct = DirectFormat { side_indents: title.side_indents, ..DirectFormat::default() };
                    paragraph(xml, style_names::id(StyleName::TableTitle), direct, |xml| match title.lines {
                        Some(lines) if is_plain(&heading.title) => write_lines(xml, &lines),
                        _ => write_text(xml, &heading.title, style.role),
                    });
                }
                if let Some((left, right)) = &table.caption {
                    self.caption(xml, left, right, width);
                }
            });
        });
    }

    fn caption(&self, xml: &mut Xml, left: &Text, right: &Text, width: i32) {
        let name = StyleName::TableCaption;
        let style = self.body.document.styles.get(name);
        let (id, role) = (style_names::id(name), style.role);
        let place = |part| self.set.lines_of(part).last().map(|line| (line.page, line.y));
        let is_same_line = place(BlockPart::CaptionLeft) == place(BlockPart::CaptionRight);
        match (left.is_empty(), right.is_empty()) {
            (false, true) => paragraph(xml, id, DirectFormat::default(), |xml| write_text(xml, left, role)),
            (false, false) if is_same_line => {
                let direct = DirectFormat { right_tab: Some(styles::right_tab(width)), ..DirectFormat::default() };
                paragraph(xml, id, direct, |xml| {
                    write_text(xml, left, role);
                    xml.element("w:r").children(|xml| xml.flag("w:tab", true));
                    write_text(xml, right, role);
                });
            }
            (no_left, _) => {
                if !no_left {
                    paragraph(xml, id, DirectFormat::default(), |xml| write_text(xml, left, role));
                }
                let direct = DirectFormat { align: Some(Align::Right), ..DirectFormat::default() };
                paragraph(xml, id, direct, |xml| write_text(xml, right, role));
            }
        }
    }
}
