//! `word/styles.xml`: everything a style can carry stands here and not on the paragraphs.

use std::collections::BTreeSet;

use budgetdoc_document::{Align, Document, Length, PageStyle, ParagraphStyle, Role, StyleName};

use super::cell_style::CellStyles;
use super::contents::EntryStyle;
use super::families::Families;
use super::xml::Xml;
use super::{W, condense, section_properties};
use crate::layout::contents::entry_style;
use crate::layout::table::{AROUND, NOTE_GAP, PADDING, PADDING_ABOVE};

/// A hair's breadth of a line, in twips: Word asks for a paragraph after a table and around a section's end.
const HAIR: i32 = 20;

/// A hair that separates, and carries the end of a section.
pub(super) const SPACER: &str = "Spacer";
/// A hair that starts a new page, before a table that has to.
pub(super) const PAGE_START: &str = "PageStart";
/// The room between a table in the flow of text and the text below, as in the printed pages.
pub(super) const TABLE_GAP: &str = "TableGap";
/// The same above the table, with which it stays.
pub(super) const TABLE_LEAD: &str = "TableLead";
/// Short labels of rows, centred.
pub(super) const TABLE_LABEL: &str = "TableLabel";
/// Its name.
pub(super) const TABLE_LABEL_NAME: &str = "表格标签";
/// Running text in a cell.
pub(super) const TABLE_RUNNING: &str = "TableRunning";
/// Its name.
pub(super) const TABLE_RUNNING_NAME: &str = "表格段落";
/// The first note below a table, which keeps off its last rule.
pub(super) const FIRST_NOTE: &str = "TableNoteFirst";
/// Page numbers of even pages.
pub(super) const FOOTER_EVEN: &str = "FooterEven";
/// Links of the table of contents.
pub(super) const HYPERLINK: &str = "Hyperlink";
/// The rules of all tables.
pub(super) const TABLE: &str = "BudgetTable";

/// Word's identifier for a style of the document. Where Word has a style of that meaning, it is Word's own.
pub(super) const fn id(name: StyleName) -> &'static str {
    match name {
        StyleName::CoverTitle => "Title",
        StyleName::CoverLine => "CoverLine",
        StyleName::ContentsTitle => "TOCHeading",
        StyleName::Contents1 => "TOC1",
        StyleName::Contents2 => "TOC2",
        StyleName::Heading1 => "Heading1",
        StyleName::Heading2 => "Heading2",
        StyleName::Heading3 => "Heading3",
        StyleName::Heading4 => "Heading4",
        StyleName::Body => "BodyText",
        StyleName::Note => "Note",
        StyleName::TableNumber => "TableNumber",
        StyleName::TableTitle => "TableTitle",
        StyleName::TableCaption => "TableCaption",
        StyleName::TableHead => "TableHead",
        StyleName::TableText => "TableText",
        StyleName::TableAmount => "TableAmount",
        StyleName::TableNote => "TableNote",
        StyleName::PageNumber => "Footer",
    }
}

/// Returns the name shown to the user; Word knows its own styles by their English names in every language.
pub(super) const fn shown(name: StyleName) -> &'static str {
    match name {
        StyleName::CoverTitle => "Title",
        StyleName::CoverLine => "封面落款",
        StyleName::ContentsTitle => "TOC Heading",
        StyleName::Contents1 => "toc 1",
        StyleName::Contents2 => "toc 2",
        StyleName::Heading1 => "heading 1",
        StyleName::Heading2 => "heading 2",
        StyleName::Heading3 => "heading 3",
        StyleName::Heading4 => "heading 4",
        StyleName::Body => "Body Text",
        StyleName::Note => "附注",
        StyleName::TableNumber => "表号",
        StyleName::TableTitle => "表题",
        StyleName::TableCaption => "表头说明",
        StyleName::TableHead => "表格栏目",
        StyleName::TableText => "表格文字",
        StyleName::TableAmount => "表格数字",
        StyleName::TableNote => "表注",
        StyleName::PageNumber => "footer",
    }
}

/// Returns the style that follows in Word when the user ends a paragraph; none is the same again.
const fn next(name: StyleName) -> Option<StyleName> {
    match name {
        StyleName::CoverTitle => Some(StyleName::CoverLine),
        StyleName::Heading1 | StyleName::Heading2 | StyleName::Heading3 | StyleName::Heading4 => Some(StyleName::Body),
        StyleName::TableNumber => Some(StyleName::TableTitle),
        StyleName::TableTitle => Some(StyleName::TableCaption),
        _ => None,
    }
}

/// Outline level as Word counts it, from zero.
const fn outline(name: StyleName) -> Option<u8> {
    match name {
        StyleName::Heading1 => Some(0),
        StyleName::Heading2 => Some(1),
        StyleName::Heading3 => Some(2),
        StyleName::Heading4 => Some(3),
        // Not the titles of tables: the list of contents takes in every style with an outline level, and their entries
        // are worded otherwise. They stand above the tables.
        _ => None,
    }
}

/// Returns the character style of a role, for runs that leave their paragraph's face.
pub(super) const fn face_id(role: Role) -> &'static str {
    match role {
        Role::Title => "FaceTitle",
        Role::Heading => "FaceHeading",
        Role::Subheading => "FaceSubheading",
        Role::Body => "FaceBody",
        Role::Table => "FaceTable",
        Role::Latin => "FaceLatin",
    }
}

const fn face_name(role: Role) -> &'static str {
    match role {
        Role::Title => "字体－标题",
        Role::Heading => "字体－黑体",
        Role::Subheading => "字体－楷体",
        Role::Body => "字体－正文",
        Role::Table => "字体－表格",
        Role::Latin => "字体－西文",
    }
}

/// Word's `w:jc`.
pub(super) const fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    }
}

/// Returns a pitch in twips, rounded down: 22 lines of 28.99 pt have to fit where 22 of 29 pt do not.
pub(super) const fn pitch(pitch: Length) -> i32 {
    let twips = down(pitch);
    if twips < HAIR { HAIR } else { twips }
}

/// Twips, rounded down.
pub(super) const fn down(length: Length) -> i32 {
    length.in_milli_pt() / 50
}

/// Distance of the right tab of contents entries and captions from the left edge of a column, in twips. LibreOffice
/// loses single figures at a tab on the very edge.
pub(super) const fn right_tab(width: i32) -> i32 {
    width - 10
}

/// The styles that only some documents use.
pub(super) struct Used<'a> {
    /// Those by which entries of the list of contents are found.
    pub(super) listed: BTreeSet<EntryStyle>,
    /// Those of text set closer, and by how many twips.
    pub(super) closer: BTreeSet<(StyleName, u8)>,
    /// Those of cells.
    pub(super) cells: &'a CellStyles,
}

/// The whole part.
pub(super) fn write(xml: &mut Xml, document: &Document, families: &Families, used: &Used<'_>) {
    xml.element("w:styles").attr("xmlns:w", W).children(|xml| {
        defaults(xml, document, families);
        latent(xml);
        normal(xml, document);
        bare(xml);
        for name in StyleName::ALL {
            paragraph_style(xml, document, families, name);
        }
        derived(xml, document);
        used.listed.iter().for_each(|listed| entry(xml, *listed));
        for (name, closer) in &used.closer {
            closer_style(xml, document, *name, *closer);
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

/// What Word shows of its own styles: only those of this document.
fn latent(xml: &mut Xml) {
    xml.element("w:latentStyles")
        .attr("w:defLockedState", 0)
        .attr("w:defUIPriority", 99)
        .attr("w:defSemiHidden", 1)
        .attr("w:defUnhideWhenUsed", 1)
        .attr("w:defQFormat", 0)
        .attr("w:count", 376)
        .children(|xml| {
            let shown = [
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
            for (name, priority) in shown {
                xml.element("w:lsdException")
                    .attr("w:name", name)
                    .attr("w:semiHidden", 0)
                    .attr("w:uiPriority", priority)
                    .attr("w:unhideWhenUsed", 0)
                    .attr("w:qFormat", 1);
            }
        });
}

/// The base of all others. It stops what Word adds on its own and official documents do not have: marks hanging over
/// the edge and gaps between Chinese and figures.
fn normal(xml: &mut Xml, document: &Document) {
    xml.element("w:style").attr("w:type", "paragraph").attr("w:default", 1).attr("w:styleId", "Normal").children(
        |xml| {
            xml.val("w:name", "Normal");
            xml.element("w:qFormat");
            xml.element("w:pPr").children(|xml| {
                xml.val("w:widowControl", u8::from(document.page.widow_control));
                xml.val("w:overflowPunct", 0);
                xml.val("w:autoSpaceDE", 0);
                xml.val("w:autoSpaceDN", 0);
                // Lines are set at exact pitches; a grid would only add to them.
                xml.val("w:snapToGrid", 0);
                let body = document.styles.get(StyleName::Body);
                xml.element("w:spacing").attr("w:line", pitch(body.pitch)).attr("w:lineRule", "exact");
                xml.val("w:jc", "both");
            });
        },
    );
}

/// The styles Word expects in every document.
fn bare(xml: &mut Xml) {
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
    let custom = (!shown(name).is_ascii()).then_some(1);
    xml.element("w:style").attr("w:type", "paragraph").maybe("w:customStyle", custom).attr("w:styleId", own).children(
        |xml| {
            xml.val("w:name", shown(name));
            xml.val("w:basedOn", "Normal");
            if let Some(next) = next(name) {
                xml.val("w:next", id(next));
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
        },
    );
}

/// The children of `w:pPr` in the order of the schema.
fn paragraph_properties(xml: &mut Xml, document: &Document, name: StyleName, style: &ParagraphStyle) {
    let heads_table =
        matches!(name, StyleName::TableNumber | StyleName::TableTitle | StyleName::TableCaption | StyleName::TableHead);
    let is_contents = matches!(name, StyleName::Contents1 | StyleName::Contents2);
    xml.flag("w:keepNext", style.keep_with_next || heads_table);
    xml.flag("w:keepLines", outline(name).is_some());
    if is_contents {
        xml.element("w:tabs").children(|xml| {
            xml.element("w:tab")
                .attr("w:val", "right")
                .attr("w:leader", "dot")
                .attr("w:pos", right_tab(section_properties::text_width(&document.page)));
        });
    }
    xml.element("w:spacing")
        .attr("w:before", down(style.before))
        .attr("w:after", down(style.after))
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
    if let Some(level) = outline(name) {
        xml.val("w:outlineLvl", level);
    }
}

/// `w:ind` by characters, with the same in twips for readers that do not count characters.
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

/// Twips by which the characters of justified text are set apart, so that a whole number of them fills a line as in
/// the printed pages: 28 of 16 pt in 156 mm want 15.79 pt each.
pub(super) fn character_spacing(style: &ParagraphStyle, width: Length) -> i32 {
    let (size, width) = (style.size.in_milli_pt().max(1), width.in_milli_pt());
    let count = (width + size / 2) / size;
    if style.align != Align::Justify || count == 0 {
        return 0;
    }
    let apart = width / count - size;
    if apart.abs() * 1000 > size * 20 { 0 } else { apart.div_euclid(50) }
}

fn size(xml: &mut Xml, size: Length) {
    xml.val("w:sz", size.half_points());
    xml.val("w:szCs", size.half_points());
}

/// Styles that are another with one thing changed.
fn derived(xml: &mut Xml, document: &Document) {
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
        xml.element("w:pPr").children(|xml| drop(xml.element("w:spacing").attr("w:before", down(before))));
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
    let hair = |xml: &mut Xml, flag: Option<&'static str>, height: i32| {
        xml.element("w:pPr").children(|xml| {
            if let Some(flag) = flag {
                xml.flag(flag, true);
            }
            xml.element("w:spacing").attr("w:line", height).attr("w:lineRule", "exact");
            xml.val("w:jc", "left");
        });
        xml.element("w:rPr").children(|xml| size(xml, Length::pt(1)));
    };
    start(xml, SPACER, "间隔", "Normal", &|xml| hair(xml, None, HAIR));
    start(xml, PAGE_START, "另起页", "Normal", &|xml| hair(xml, Some("w:pageBreakBefore"), HAIR));
    start(xml, TABLE_GAP, "表后间距", "Normal", &|xml| hair(xml, None, AROUND.twips()));
    start(xml, TABLE_LEAD, "表前间距", "Normal", &|xml| hair(xml, Some("w:keepNext"), AROUND.twips()));
    xml.element("w:style").attr("w:type", "character").attr("w:styleId", HYPERLINK).children(|xml| {
        xml.val("w:name", "Hyperlink");
        xml.val("w:basedOn", "DefaultParagraphFont");
        xml.val("w:uiPriority", 99);
        xml.element("w:unhideWhenUsed");
        // Links are for the screen; on paper they look like their surroundings.
        xml.element("w:rPr").children(|xml| {
            xml.val("w:color", "auto");
            xml.val("w:u", "none");
        });
    });
}

/// Text whose characters stand closer.
fn closer_style(xml: &mut Xml, document: &Document, name: StyleName, closer: u8) {
    let own = character_spacing(document.styles.get(name), document.page.text_width());
    xml.element("w:style")
        .attr("w:type", "paragraph")
        .attr("w:customStyle", 1)
        .attr("w:styleId", condense::id(name, closer))
        .children(|xml| {
            // As Word calls its own style in Chinese.
            let words = if name == StyleName::Body { "正文文本" } else { shown(name) };
            xml.val("w:name", format!("{words}（紧缩0.{:02}磅）", u32::from(closer) * 5));
            xml.val("w:basedOn", id(name));
            xml.val("w:next", id(name));
            xml.element("w:rPr").children(|xml| xml.val("w:spacing", own - i32::from(closer)));
        });
}

/// The styles that entries of the list of contents are found by. Those of tables stand above them, too small and too
/// pale to be seen.
fn entry(xml: &mut Xml, listed: EntryStyle) {
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
                    xml.val("w:basedOn", "Normal");
                    xml.element("w:pPr").children(|xml| {
                        xml.flag("w:keepNext", true);
                        xml.element("w:spacing").attr("w:line", HAIR).attr("w:lineRule", "exact");
                        xml.val("w:jc", "left");
                        xml.val("w:outlineLvl", level.saturating_sub(1));
                    });
                    xml.element("w:rPr").children(|xml| {
                        xml.val("w:color", "FFFFFF");
                        size(xml, Length::pt(1));
                    });
                }
            }
        });
}

/// Eighths of a point, Word's measure of rules; at least a quarter of a point.
pub(super) fn rule(width: Length) -> i32 {
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
                let (outer, inner) = (rule(page.outer_rule), rule(page.inner_rule));
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
                // A row is as high as its text and these, and the rule above it, which the printed one has inside.
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

/// One edge of a table or cell.
pub(super) fn border(xml: &mut Xml, side: &'static str, eighths: i32) {
    xml.element(side).attr("w:val", "single").attr("w:sz", eighths).attr("w:space", 0).attr("w:color", "auto");
}
