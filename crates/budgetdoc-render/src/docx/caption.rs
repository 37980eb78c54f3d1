//! The caption of a table: a row without rules at its start, which Word repeats on every page, or lines
//! above it and in the header of its later pages.

use budgetdoc_document::{Align, Document, StyleName, Text};

use super::body::{DirectFormat, paragraph};
use super::properties;
use super::style_names;
use super::table::TableWriter;
use super::text::write_text;
use super::xml::Xml;
use crate::layout::{BlockPart, SetBlock};

impl TableWriter<'_, '_> {
    /// Writes the caption in a row without rules, repeated on every page.
    pub(super) fn caption_row(&self, xml: &mut Xml) {
        let table = self.planned.table;
        let Some((left, right)) = &table.caption else { return };
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
                        properties::border(xml, "w:bottom", properties::rule_width(self.body.document.page.outer_rule));
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
                caption(xml, self.body.document, self.set, (left, right), width);
            });
        });
    }
}

/// Writes the paragraphs of a caption above a table of `width`.
pub(super) fn caption(xml: &mut Xml, document: &Document, set: &SetBlock, (left, right): (&Text, &Text), width: i32) {
    let name = StyleName::TableCaption;
    let style = document.styles.get(name);
    let (id, role) = (style_names::id(name), style.role);
    let place = |part| set.lines_of(part).last().map(|line| (line.page, line.y));
    let is_same_line = place(BlockPart::CaptionLeft) == place(BlockPart::CaptionRight);
    match (left.is_empty(), right.is_empty()) {
        (false, true) => paragraph(xml, id, DirectFormat::default(), |xml| write_text(xml, left, role)),
        (false, false) if is_same_line => {
            let direct = DirectFormat { right_tab: Some(properties::right_tab(width)), ..DirectFormat::default() };
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
