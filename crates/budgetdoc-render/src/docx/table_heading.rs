//! The heading lines of a table: a row without rules at its start, which Word repeats on every page.

use budgetdoc_document::{Align, Length, StyleName, Text};

use super::body::{Direct, paragraph};
use super::printed::Title;
use super::styles;
use super::table::{Writer, natural};
use super::text::{is_plain, write_lines, write_string, write_text};
use super::xml::Xml;

impl Writer<'_> {
    /// Number, title and caption in a row without rules that comes again on every page.
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
                        styles::border(xml, "w:bottom", styles::rule(self.body.document.page.outer_rule));
                        xml.val("w:right", "nil");
                    });
                    xml.element("w:tcMar").children(|xml| {
                        // The last line does not sit on the rule.
                        for (side, blank) in [("w:top", 0), ("w:left", 0), ("w:bottom", 20), ("w:right", 0)] {
                            xml.element(side).attr("w:w", blank).attr("w:type", "dxa");
                        }
                    });
                    xml.val("w:vAlign", "bottom");
                });
                if let Some(heading) = &table.heading {
                    if !heading.number.is_empty() {
                        let style = styles::id(StyleName::TableNumber);
                        paragraph(xml, style, Direct::default(), |xml| write_string(xml, &heading.number, None));
                    }
                    let style = sheet.get(StyleName::TableTitle);
                    let target = self.planned.target.filter(|_| style.align == Align::Center);
                    let title = target.map_or_else(Title::default, |target| {
                        let room = Length::milli_pt(width * 50);
                        Title::new(self.body.layout, target, &heading.title, style.size, room)
                    });
                    let direct = Direct { narrower: title.narrower, ..Direct::default() };
                    paragraph(xml, styles::id(StyleName::TableTitle), direct, |xml| match title.lines {
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
        let (id, role) = (styles::id(name), style.role);
        let fits = natural(left, style.size) + natural(right, style.size) + style.size <= Length::milli_pt(width * 50);
        match (left.is_empty(), right.is_empty()) {
            (false, true) => paragraph(xml, id, Direct::default(), |xml| write_text(xml, left, role)),
            (false, false) if fits => {
                let direct = Direct { right_tab: Some(styles::right_tab(width)), ..Direct::default() };
                paragraph(xml, id, direct, |xml| {
                    write_text(xml, left, role);
                    xml.element("w:r").children(|xml| xml.flag("w:tab", true));
                    write_text(xml, right, role);
                });
            }
            (no_left, _) => {
                if !no_left {
                    paragraph(xml, id, Direct::default(), |xml| write_text(xml, left, role));
                }
                let direct = Direct { align: Some(Align::Right), ..Direct::default() };
                paragraph(xml, id, direct, |xml| write_text(xml, right, role));
            }
        }
    }
}
