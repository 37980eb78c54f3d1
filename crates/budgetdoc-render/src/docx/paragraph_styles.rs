//! The paragraph styles of `word/styles.xml`. All are based on Normal (正文), which has the face, size and pitch of
//! running text, and say only what differs from it.

use budgetdoc_document::{Align, Document, Length, ParagraphStyle, StyleName};

use super::contents::EntryStyle;
use super::families::Families;
use super::properties::{THIN_LINE, character_spacing, indent, justification, pitch, right_tab, size, twips_down};
use super::style_names::{
    CONTENTS3, FIGURE, FIRST_NOTE, FOOTER_EVEN, HYPERLINK, PAGE_START, SPACER, TABLE_CONTINUED, TABLE_GAP, TABLE_JOINT,
    TABLE_LABEL, TABLE_LABEL_NAME, TABLE_RUNNING, TABLE_RUNNING_NAME, display_name, id, next_style, outline_level,
};
use super::xml::Xml;
use super::{condense, section_properties};
use crate::layout::contents::{TURNOVER, entry_style};
use crate::layout::table::{AROUND, NOTE_GAP};

/// Returns the value of `w:lineRule`: lines grow with what is taller, as a picture, where the faces fit into the pitch.
fn line_rule(style: &ParagraphStyle) -> &'static str {
    if style.pitch * 2 >= style.size * 3 { "atLeast" } else { "exact" }
}

/// Writes the base of all styles. It turns off hanging marks and gaps between Chinese and digits, which official
/// documents do not have.
pub(super) fn normal_style(xml: &mut Xml, document: &Document, families: &Families) {
    let body = document.styles.get(StyleName::Body);
    xml.element("w:style").attr("w:type", "paragraph").attr("w:default", 1).attr("w:styleId", "Normal").children(
        |xml| {
            xml.val("w:name", "Normal");
            xml.element("w:qFormat");
            xml.element("w:pPr").children(|xml| {
                xml.val("w:widowControl", u8::from(document.page.widow_control));
                xml.val("w:overflowPunct", 0);
                xml.val("w:autoSpaceDE", 0);
                xml.val("w:autoSpaceDN", 0);
                // Styles have their own pitches, which a grid would increase.
                xml.val("w:snapToGrid", 0);
                xml.element("w:spacing").attr("w:line", pitch(body.pitch)).attr("w:lineRule", line_rule(body));
                xml.val("w:jc", justification(Align::Justify));
            });
            xml.element("w:rPr").children(|xml| {
                families.write(xml, body.role);
                // Styles have their own distances of characters, too.
                xml.val("w:snapToGrid", 0);
                size(xml, body.size);
            });
        },
    );
}

/// Writes a style of the document.
pub(super) fn paragraph_style(xml: &mut Xml, document: &Document, families: &Families, name: StyleName) {
    let (style, body) = (document.styles.get(name), document.styles.get(StyleName::Body));
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
                if style.role != body.role {
                    families.write_change(xml, body.role, style.role);
                }
                let spacing = character_spacing(style, document.page.text_width());
                if spacing != 0 {
                    xml.val("w:spacing", spacing);
                }
                if style.size != body.size {
                    size(xml, style.size);
                }
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
    let body = document.styles.get(StyleName::Body);
    let room = |room: Length| (room > Length::ZERO).then(|| twips_down(room));
    let (before, after) = (room(style.before), room(style.after));
    let (line, rule) = (pitch(style.pitch), line_rule(style));
    let changed = (line, rule) != (pitch(body.pitch), line_rule(body));
    if changed || before.or(after).is_some() {
        xml.element("w:spacing")
            .attr_opt("w:before", before)
            .attr_opt("w:after", after)
            .attr_opt("w:line", changed.then_some(line))
            .attr_opt("w:lineRule", changed.then_some(rule));
    }
    if name == StyleName::PageNumber {
        page_number_indent(xml, document, "w:rightChars", "w:right");
    } else if is_contents {
        contents_indent(xml, document, u8::from(name == StyleName::Contents2) + 1);
    } else if style.indent > 0 {
        indent(xml, style.size, style.indent, "w:firstLineChars", "w:firstLine");
    }
    let centered_in = name == StyleName::PageNumber && !document.page.number.outside;
    let align = if centered_in { Align::Center } else { style.align };
    if align != Align::Justify {
        xml.val("w:jc", justification(align));
    }
    if let Some(level) = outline_level(name) {
        xml.val("w:outlineLvl", level);
    }
}

/// Writes the indent of entries of a level of the table of contents.
fn contents_indent(xml: &mut Xml, document: &Document, level: u8) {
    let (name, characters) = entry_style(&document.styles, level);
    let (size, left, hanging) = (document.styles.get(name).size, characters + TURNOVER, TURNOVER);
    xml.element("w:ind")
        .attr("w:leftChars", u32::from(left) * 100)
        .attr("w:left", (size * i32::from(left)).twips())
        .attr("w:hangingChars", u32::from(hanging) * 100)
        .attr("w:hanging", (size * i32::from(hanging)).twips());
}

/// Writes the style of entries of the third level of the table of contents, which a profile cannot change: that of the
/// second with more indent.
pub(super) fn third_level_style(xml: &mut Xml, document: &Document) {
    xml.element("w:style").attr("w:type", "paragraph").attr("w:styleId", CONTENTS3).children(|xml| {
        xml.val("w:name", "toc 3");
        xml.val("w:basedOn", id(StyleName::Contents2));
        xml.val("w:next", "Normal");
        xml.val("w:uiPriority", 39);
        xml.element("w:pPr").children(|xml| contents_indent(xml, document, 3));
    });
}

fn page_number_indent(xml: &mut Xml, document: &Document, by_character: &'static str, by_twip: &'static str) {
    if document.page.number.outside {
        indent(xml, document.styles.get(StyleName::PageNumber).size, 1, by_character, by_twip);
    }
}

/// Writes the styles that change one property of another.
pub(super) fn derived_styles(xml: &mut Xml, document: &Document) {
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
    start(xml, FIGURE, "图", "Normal", &|xml| {
        xml.element("w:qFormat");
        xml.element("w:pPr").children(|xml| {
            xml.flag("w:keepNext", true);
            xml.element("w:spacing").attr("w:line", 240).attr("w:lineRule", "auto");
            xml.val("w:jc", justification(Align::Center));
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
    start(xml, TABLE_JOINT, "接表", SPACER, &|xml| {
        // LibreOffice cannot set some hidden ones at the end of a page.
        xml.element("w:pPr").children(|xml| xml.flag("w:keepNext", true));
        // A hidden mark takes no height.
        xml.element("w:rPr").children(|xml| xml.flag("w:vanish", true));
    });
    start(xml, TABLE_GAP, "表间", "Normal", &|xml| thin_paragraph(xml, None, AROUND.twips()));
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
pub(super) fn condensed_style(xml: &mut Xml, document: &Document, name: StyleName, condensed_by: u8) {
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
pub(super) fn contents_entry_style(xml: &mut Xml, listed: EntryStyle) {
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
