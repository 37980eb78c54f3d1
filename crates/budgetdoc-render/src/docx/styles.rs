//! `word/styles.xml`: all formatting that a style can hold, to keep it off the paragraphs.

use std::collections::BTreeSet;

use budgetdoc_document::{Document, PageStyle, Role, StyleName};

use super::W;
use super::cell_style::CellStyles;
use super::contents::EntryStyle;
use super::families::Families;
use super::paragraph_styles::{
    condensed_style, contents_entry_style, derived_styles, normal_style, paragraph_style, third_level_style,
};
use super::properties::{border, cell_margin, rule_width};
use super::style_names::{TABLE, face_id, face_name};
use super::xml::Xml;
use crate::layout::RowStep;
use crate::layout::table::PADDING;

/// The styles that only some documents use.
pub(super) struct UsedStyles<'a> {
    /// Entry styles of the table of contents.
    pub(super) listed: BTreeSet<EntryStyle>,
    /// Whether the table of contents has entries of the third level.
    pub(super) has_third_level: bool,
    /// Condensed styles, with the twips by which characters are closer.
    pub(super) condensed_by: BTreeSet<(StyleName, u8)>,
    /// Styles of cells.
    pub(super) cells: &'a CellStyles,
}

/// Writes the part.
pub(super) fn write(xml: &mut Xml, document: &Document, families: &Families, used: &UsedStyles<'_>) {
    xml.element("w:styles").attr("xmlns:w", W).children(|xml| {
        defaults(xml, families);
        latent_styles(xml, used.has_third_level);
        normal_style(xml, document, families);
        default_styles(xml);
        // The number of a table is in the line of its title.
        for name in StyleName::ALL.into_iter().filter(|name| *name != StyleName::TableNumber) {
            paragraph_style(xml, document, families, name);
        }
        derived_styles(xml, document);
        if used.has_third_level {
            third_level_style(xml, document);
        }
        used.listed.iter().for_each(|listed| contents_entry_style(xml, *listed));
        for (name, condensed_by) in &used.condensed_by {
            condensed_style(xml, document, *name, *condensed_by);
        }
        used.cells.write(xml, document);
        for role in Role::ALL {
            xml.element("w:style")
                .attr("w:type", "character")
                .attr("w:customStyle", 1)
                .attr("w:styleId", face_id(role))
                .children(|xml| {
                    xml.val("w:name", face_name(role));
                    xml.val("w:basedOn", "DefaultParagraphFont");
                    xml.element("w:qFormat");
                    xml.element("w:rPr").children(|xml| families.write(xml, role));
                });
        }
        table_style(xml, &document.page);
    });
}

/// Writes what holds for text in no style of the document, as in a table that the user adds.
fn defaults(xml: &mut Xml, families: &Families) {
    xml.element("w:docDefaults").children(|xml| {
        xml.element("w:rPrDefault").children(|xml| {
            xml.element("w:rPr").children(|xml| {
                families.write(xml, Role::Body);
                xml.element("w:lang").attr("w:val", "en-US").attr("w:eastAsia", "zh-CN").attr("w:bidi", "ar-SA");
            });
        });
        xml.element("w:pPrDefault");
    });
}

/// Writes which of its own styles Word shows: those of this document.
fn latent_styles(xml: &mut Xml, has_third_level: bool) {
    xml.element("w:latentStyles")
        .attr("w:defLockedState", 0)
        .attr("w:defUIPriority", 99)
        .attr("w:defSemiHidden", 1)
        .attr("w:defUnhideWhenUsed", 1)
        .attr("w:defQFormat", 0)
        .attr("w:count", 376)
        .children(|xml| {
            let display_name = [
                ("Normal", 0),
                ("heading 1", 9),
                ("heading 2", 9),
                ("heading 3", 9),
                ("heading 4", 9),
                ("toc 1", 39),
                ("toc 2", 39),
                ("Title", 10),
                ("Body Text", 1),
                ("caption", 35),
                ("footer", 99),
                ("Hyperlink", 99),
                ("TOC Heading", 39),
            ];
            let third_level = has_third_level.then_some(("toc 3", 39));
            for (name, priority) in display_name.into_iter().chain(third_level) {
                xml.element("w:lsdException")
                    .attr("w:name", name)
                    .attr("w:semiHidden", 0)
                    .attr("w:uiPriority", priority)
                    .attr("w:unhideWhenUsed", 0)
                    .attr("w:qFormat", 1);
            }
        });
}

/// Writes the styles Word expects in every document.
fn default_styles(xml: &mut Xml) {
    xml.element("w:style")
        .attr("w:type", "character")
        .attr("w:default", 1)
        .attr("w:styleId", "DefaultParagraphFont")
        .children(|xml| {
            xml.val("w:name", "Default Paragraph Font");
            xml.val("w:uiPriority", 1);
            xml.element("w:semiHidden");
            xml.element("w:unhideWhenUsed");
        });
    xml.element("w:style").attr("w:type", "table").attr("w:default", 1).attr("w:styleId", "TableNormal").children(
        |xml| {
            xml.val("w:name", "Normal Table");
            xml.val("w:uiPriority", 99);
            xml.element("w:semiHidden");
            xml.element("w:unhideWhenUsed");
            xml.element("w:tblPr").children(|xml| {
                xml.element("w:tblInd").attr("w:w", 0).attr("w:type", "dxa");
                xml.element("w:tblCellMar").children(|xml| {
                    for (side, width) in [("w:top", 0), ("w:left", 108), ("w:bottom", 0), ("w:right", 108)] {
                        xml.element(side).attr("w:w", width).attr("w:type", "dxa");
                    }
                });
            });
        },
    );
    xml.element("w:style").attr("w:type", "numbering").attr("w:default", 1).attr("w:styleId", "NoList").children(
        |xml| {
            xml.val("w:name", "No List");
            xml.val("w:uiPriority", 99);
            xml.element("w:semiHidden");
            xml.element("w:unhideWhenUsed");
        },
    );
}

fn table_style(xml: &mut Xml, page: &PageStyle) {
    xml.element("w:style").attr("w:type", "table").attr("w:customStyle", 1).attr("w:styleId", TABLE).children(|xml| {
        xml.val("w:name", "预算表");
        xml.val("w:basedOn", "TableNormal");
        xml.val("w:uiPriority", 59);
        xml.element("w:qFormat");
        xml.element("w:tblPr").children(|xml| {
            xml.element("w:tblBorders").children(|xml| {
                let (outer, inner) = (rule_width(page.outer_rule), rule_width(page.inner_rule));
                for (side, width) in [
                    ("w:top", outer),
                    ("w:left", outer),
                    ("w:bottom", outer),
                    ("w:right", outer),
                    ("w:insideH", inner),
                    ("w:insideV", inner),
                ] {
                    border(xml, side, width);
                }
            });
            xml.element("w:tblCellMar").children(|xml| {
                let vertical = cell_margin(RowStep::Full, page.inner_rule);
                let horizontal = PADDING.twips();
                for (side, width) in
                    [("w:top", vertical), ("w:left", horizontal), ("w:bottom", vertical), ("w:right", horizontal)]
                {
                    xml.element(side).attr("w:w", width).attr("w:type", "dxa");
                }
            });
        });
        xml.element("w:tcPr").children(|xml| xml.val("w:vAlign", "center"));
    });
}
