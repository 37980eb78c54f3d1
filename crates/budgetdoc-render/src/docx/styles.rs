//! `word/styles.xml`: all formatting that a style can hold, to keep it off the paragraphs.

use std::collections::BTreeSet;

use budgetdoc_document::{Align, Document, Length, PageStyle, ParagraphStyle, Role, StyleName};

use super::cell_style::CellStyles;
use super::contents::EntryStyle;
use super::families::Families;
use super::style_names::{
    FIRST_NOTE, FOOTER_EVEN, HYPERLINK, PAGE_START, SPACER, TABLE, TABLE_CONTINUED, TABLE_GAP, TABLE_LABEL,
    TABLE_LABEL_NAME, TABLE_LEAD, TABLE_RUNNING, TABLE_RUNNING_NAME, display_name, face_id, face_name, id, next_style,
    outline_level,
};
use super::xml::Xml;
use super::{W, condense, section_properties};
use crate::layout::contents::entry_style;
use crate::layout::table::{AROUND, NOTE_GAP, PADDING, PADDING_ABOVE};

/// Height of a thin paragraph in twips. Word requires a paragraph after a table and at a section's end.
const THIN_LINE: i32 = 20;

/// Returns the value of `w:jc`.
pub(super) const fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    }
}

/// Returns a pitch in twips, rounded down: 22 lines of 28.99 pt fit where 22 of 29 pt do not.
pub(super) const fn pitch(pitch: Length) -> i32 {
    let twips = twips_down(pitch);
    if twips < THIN_LINE { THIN_LINE } else { twips }
}

/// Returns a length in twips, rounded down.
pub(super) const fn twips_down(length: Length) -> i32 {
    length.in_milli_pt() / 50
}

/// Returns the position of the right tab of contents entries and captions, in twips from the left edge of a column.
/// LibreOffice drops single digits at a tab on the very edge.
pub(super) const fn right_tab(width: i32) -> i32 {
    width - 10
}

/// The styles that only some documents use.
pub(super) struct UsedStyles<'a> {
    /// Entry styles of the table of contents.
    pub(super) listed: BTreeSet<EntryStyle>,
    /// Condensed styles, with the twips by which characters are closer.
    pub(super) condensed_by: BTreeSet<(StyleName, u8)>,
    /// Styles of cells.
    pub(super) cells: &'a CellStyles,
}

/// Writes the part.
pub(super) fn write(xml: &mut Xml, document: &Document, families: &Families, used: &UsedStyles<'_>) {
    xml.element("w:styles").attr("xmlns:w", W).children(|xml| {
        defaults(xml, document, families);
        latent_styles(xml);
        normal_style(xml, document);
        default_styles(xml);
        for name in StyleName::ALL {
            paragraph_style(xml, document, families, name);
        }
        derived_styles(xml, document);
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

fn defaults(xml: &mut Xml, document: &Document, families: &Families) {
    let body = document.styles.get(StyleName::Body);
    xml.element("w:docDefaults").children(|xml| {
        xml.element("w:rPrDefault").children(|xml| {
            xml.element("w:rPr").children(|xml| {
                families.write(xml, body.role);
                size(xml, body.size);
                xml.element("w:lang").attr("w:val", "en-US").attr("w:eastAsia", "zh-CN").attr("w:bidi", "ar-SA");
            });
        });
        xml.element("w:pPrDefault");
    });
}

/// Writes which of its own styles Word shows: those of this document.
fn latent_styles(xml: &mut Xml) {
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
                ("footer", 99),
                ("Hyperlink", 99),
                ("TOC Heading", 39),
            ];
            for (name, priority) in display_name {
                xml.element("w:lsdException")
                    .attr("w:name", name)
                    .attr("w:semiHidden", 0)
                    .attr("w:uiPriority", priority)
                    .attr("w:unhideWhenUsed", 0)
                    .attr("w:qFormat", 1);
            }
        });
}

/// Writes the base of all styles. It turns off hanging marks and gaps between Chinese and digits, which official
/// documents do not have.
fn normal_style(xml: &mut Xml, document: &Document) {
    xml.element("w:style").attr("w:type", "paragraph").attr("w:default", 1).attr("w:styleId", "Normal").children(
        |xml| {
            xml.val("w:name", "Normal");
            xml.element("w:qFormat");
            xml.element("w:pPr").children(|xml| {
                xml.val("w:widowControl", u8::from(document.page.widow_control));
                xml.val("w:overflowPunct", 0);
                xml.val("w:autoSpaceDE", 0);
                xml.val("w:autoSpaceDN", 0);
                // Lines have exact pitches, which a grid would increase.
                xml.val("w:snapToGrid", 0);
                let body = document.styles.get(StyleName::Body);
                xml.element("w:spacing").attr("w:line", pitch(body.pitch)).attr("w:lineRule", "exact");
                xml.val("w:jc", "both");
            });
        },
    );
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

fn paragraph_style(xml: &mut Xml, document: &Document, families: &Families, name: StyleName) {
    let style = document.styles.get(name);
    let own = id(name);
    let custom = (!display_name(name).is_ascii()).then_some(1);
    xml.element("w:style")
        .attr("w:type", "paragraph")
        .attr_opt("w:customStyle", custom)
        .attr("w:styleId", own)
        .children(|xml| {
            xml.val("w:name", display_name(name));
            xml.val("w:basedOn", "Normal");
            if let Some(next_style) = next_style(name) {
                xml.val("w:next", id(next_style));
            }
            xml.element("w:qFormat");
            xml.element("w:pPr").children(|xml| paragraph_properties(xml, document, name, style));
            xml.element("w:rPr").children(|xml| {
                families.write(xml, style.role);
                let spacing = character_spacing(style, document.page.text_width());
                if spacing != 0 {
                    xml.val("w:spacing", spacing);
                }
                size(xml, style.size);
            });
        });
}

/// Writes the children of `w:pPr` in the order of the schema.
fn paragraph_properties(xml: &mut Xml, document: &Document, name: StyleName, style: &ParagraphStyle) {
    let heads_table =
        matches!(name, StyleName::TableNumber | StyleName::TableTitle | StyleName::TableCaption | StyleName::TableHead);
    let is_contents = matches!(name, StyleName::Contents1 | StyleName::Contents2);
    xml.flag("w:keepNext", style.keep_with_next || heads_table);
    xml.flag("w:keepLines", outline_level(name).is_some());
    if is_contents {
        xml.element("w:tabs").children(|xml| {
            xml.element("w:tab")
                .attr("w:val", "right")
                .attr("w:leader", "dot")
                .attr("w:pos", right_tab(section_properties::text_width(&document.page)));
        });
    }
    xml.element("w:spacing")
        .attr("w:before", twips_down(style.before))
        .attr("w:after", twips_down(style.after))
        .attr("w:line", pitch(style.pitch))
        .attr("w:lineRule", "exact");
    if name == StyleName::PageNumber {
        page_number_indent(xml, document, "w:rightChars", "w:right");
    } else if is_contents {
        let (_, characters) = entry_style(&document.styles, u8::from(name == StyleName::Contents2) + 1);
        if characters > 0 {
            indent(xml, style.size, characters, "w:leftChars", "w:left");
        }
    } else if style.indent > 0 {
        indent(xml, style.size, style.indent, "w:firstLineChars", "w:firstLine");
    }
    let centered_in = name == StyleName::PageNumber && !document.page.number.outside;
    xml.val("w:jc", justification(if centered_in { Align::Center } else { style.align }));
    if let Some(level) = outline_level(name) {
        xml.val("w:outlineLvl", level);
    }
}

/// Writes `w:ind` in characters, and in twips for readers that do not support characters.
pub(super) fn indent(xml: &mut Xml, size: Length, characters: u8, by_character: &'static str, by_twip: &'static str) {
    xml.element("w:ind")
        .attr(by_character, u32::from(characters) * 100)
        .attr(by_twip, (size * i32::from(characters)).twips());
}

fn page_number_indent(xml: &mut Xml, document: &Document, by_character: &'static str, by_twip: &'static str) {
    if document.page.number.outside {
        indent(xml, document.styles.get(StyleName::PageNumber).size, 1, by_character, by_twip);
    }
}

/// Returns the character spacing of justified text in twips, at which a whole number of characters fills a line as in
/// the printed pages: 28 of 16 pt in 156 mm are 15.79 pt apart.
pub(super) fn character_spacing(style: &ParagraphStyle, width: Length) -> i32 {
    let (size, width) = (style.size.in_milli_pt().max(1), width.in_milli_pt());
    let count = (width + size / 2) / size;
    if style.align != Align::Justify || count == 0 {
        return 0;
    }
    let spacing = width / count - size;
    if spacing.abs() * 1000 > size * 20 { 0 } else { spacing.div_euclid(50) }
}

pub(super) fn size(xml: &mut Xml, size: Length) {
    xml.val("w:sz", size.half_points());
    xml.val("w:szCs", size.half_points());
}

/// Writes the styles that change one property of another.
fn derived_styles(xml: &mut Xml, document: &Document) {
    let start = |xml: &mut Xml, id: &'static str, name: &str, base: &str, write: &dyn Fn(&mut Xml)| {
        xml.element("w:style").attr("w:type", "paragraph").attr("w:customStyle", 1).attr("w:styleId", id).children(
            |xml| {
                xml.val("w:name", name);
                xml.val("w:basedOn", base);
                write(xml);
            },
        );
    };
    start(xml, TABLE_LABEL, TABLE_LABEL_NAME, id(StyleName::TableText), &|xml| {
        xml.element("w:pPr").children(|xml| xml.val("w:jc", "center"));
    });
    start(xml, TABLE_RUNNING, TABLE_RUNNING_NAME, id(StyleName::TableText), &|xml| {
        xml.element("w:pPr").children(|xml| xml.val("w:jc", "both"));
    });
    start(xml, FIRST_NOTE, "表注（首条）", id(StyleName::TableNote), &|xml| {
        let before = document.styles.get(StyleName::TableNote).before + NOTE_GAP;
        xml.element("w:pPr").children(|xml| drop(xml.element("w:spacing").attr("w:before", twips_down(before))));
    });
    start(xml, FOOTER_EVEN, "页脚（双页）", id(StyleName::PageNumber), &|xml| {
        xml.element("w:pPr").children(|xml| {
            if document.page.number.outside {
                let size = document.styles.get(StyleName::PageNumber).size;
                xml.element("w:ind")
                    .attr("w:leftChars", 100)
                    .attr("w:left", size.twips())
                    .attr("w:rightChars", 0)
                    .attr("w:right", 0);
                xml.val("w:jc", "left");
            }
        });
    });
    start(xml, TABLE_CONTINUED, "续表", id(StyleName::TableTitle), &|_| {});
    let thin_paragraph = |xml: &mut Xml, flag: Option<&'static str>, height: i32| {
        xml.element("w:pPr").children(|xml| {
            if let Some(flag) = flag {
                xml.flag(flag, true);
            }
            xml.element("w:spacing").attr("w:line", height).attr("w:lineRule", "exact");
            xml.val("w:jc", "left");
        });
        xml.element("w:rPr").children(|xml| size(xml, Length::pt(1)));
    };
    start(xml, SPACER, "间隔", "Normal", &|xml| thin_paragraph(xml, None, THIN_LINE));
    start(xml, PAGE_START, "另起页", "Normal", &|xml| thin_paragraph(xml, Some("w:pageBreakBefore"), THIN_LINE));
    start(xml, TABLE_GAP, "表后间距", "Normal", &|xml| thin_paragraph(xml, None, AROUND.twips()));
    start(xml, TABLE_LEAD, "表前间距", "Normal", &|xml| thin_paragraph(xml, Some("w:keepNext"), AROUND.twips()));
    xml.element("w:style").attr("w:type", "character").attr("w:styleId", HYPERLINK).children(|xml| {
        xml.val("w:name", "Hyperlink");
        xml.val("w:basedOn", "DefaultParagraphFont");
        xml.val("w:uiPriority", 99);
        xml.element("w:unhideWhenUsed");
        // Links look like the text around them on paper.
        xml.element("w:rPr").children(|xml| {
            xml.val("w:color", "auto");
            xml.val("w:u", "none");
        });
    });
}

/// Writes the condensed style of a text.
fn condensed_style(xml: &mut Xml, document: &Document, name: StyleName, condensed_by: u8) {
    let own = character_spacing(document.styles.get(name), document.page.text_width());
    xml.element("w:style")
        .attr("w:type", "paragraph")
        .attr("w:customStyle", 1)
        .attr("w:styleId", condense::style_id(name, condensed_by))
        .children(|xml| {
            // Word's Chinese name of its own style.
            let words = if name == StyleName::Body { "正文文本" } else { display_name(name) };
            xml.val("w:name", format!("{words}（紧缩0.{:02}磅）", u32::from(condensed_by) * 5));
            xml.val("w:basedOn", id(name));
            xml.val("w:next", id(name));
            xml.element("w:rPr").children(|xml| xml.val("w:spacing", own - i32::from(condensed_by)));
        });
}

/// Writes the style of headings or titles of tables that the table of contents lists on a level of its own.
fn contents_entry_style(xml: &mut Xml, listed: EntryStyle) {
    xml.element("w:style")
        .attr("w:type", "paragraph")
        .attr("w:customStyle", 1)
        .attr("w:styleId", listed.id())
        .children(|xml| {
            xml.val("w:name", listed.name());
            match listed {
                EntryStyle::Heading(level, _) => {
                    xml.val("w:basedOn", id(StyleName::heading(level)));
                    xml.val("w:next", id(StyleName::Body));
                    xml.element("w:qFormat");
                }
                EntryStyle::Table(level) => {
                    xml.val("w:basedOn", id(StyleName::TableTitle));
                    xml.val("w:next", id(StyleName::TableCaption));
                    xml.element("w:qFormat");
                    xml.element("w:pPr").children(|xml| xml.val("w:outlineLvl", level.saturating_sub(1)));
                }
            }
        });
}

/// Returns the thickness of a rule in eighths of a point, Word's unit; at least a quarter of a point.
pub(super) fn rule_width(width: Length) -> i32 {
    ((width.in_milli_pt() * 8 + 500) / 1000).clamp(2, 96)
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
                // Word adds the rule to the height of a row, in which the printed pages include it.
                let vertical = PADDING_ABOVE.twips() - page.inner_rule.twips() / 2;
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

/// Writes one edge of a table or cell.
pub(super) fn border(xml: &mut Xml, side: &'static str, eighths: i32) {
    xml.element(side).attr("w:val", "single").attr("w:sz", eighths).attr("w:space", 0).attr("w:color", "auto");
}
