//! The paragraph styles of cells. Paragraphs with another alignment or indent than their column have a style of their
//! own, so that all that look alike change together. Only those a document uses are written.

use std::collections::BTreeSet;

use budgetdoc_document::{Align, Document, Length, StyleName};

use super::properties::{self, justification};
use super::style_names;
use super::xml::Xml;
use crate::layout::TypeStep;

/// Style of a paragraph in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellStyle {
    /// The style it is based on: head, text or amount.
    name: StyleName,
    /// Alignment other than the style's: index into [`ALIGNMENTS`].
    align: Option<usize>,
    /// Left indent in characters.
    level: u8,
    /// Right indent that aligns the decimal point of a number, in hundredths of the type size.
    decimals_indent: u16,
    /// Whether its row stays with the next.
    keep_next: bool,
    /// Size of the type.
    type_step: TypeStep,
}

const ALIGNMENTS: [(Align, &str, &str); 4] = [
    (Align::Left, "Left", "居左"),
    (Align::Center, "Center", "居中"),
    (Align::Right, "Right", "居右"),
    (Align::Justify, "Both", "两端对齐"),
];

impl CellStyle {
    /// Creates the style of a paragraph aligned as `align_wanted`, based on `name`, whose alignment is `own`.
    pub(super) fn new(name: StyleName, own: Align, align_wanted: Align) -> Self {
        let align = ALIGNMENTS.iter().position(|(align, ..)| *align == align_wanted).filter(|_| align_wanted != own);
        CellStyle { name, align, level: 0, decimals_indent: 0, keep_next: false, type_step: TypeStep::Full }
    }

    /// Sets the size of the type.
    pub(super) fn with_type_step(self, type_step: TypeStep) -> Self {
        CellStyle { type_step, ..self }
    }

    /// Sets the left indent, in characters.
    pub(super) fn with_level(self, level: u8) -> Self {
        CellStyle { level, ..self }
    }

    /// Sets the right indent, in hundredths of the type size.
    pub(super) fn with_decimals_indent(self, decimals_indent: u16) -> Self {
        CellStyle { decimals_indent, ..self }
    }

    /// Sets whether its row stays with the next; heads always do.
    pub(super) fn with_keep_next(self, keep_next: bool) -> Self {
        CellStyle { keep_next: keep_next && self.name != StyleName::TableHead, ..self }
    }

    /// Returns the style it is based on, unless that is a style of the document.
    fn base(&self) -> Option<Self> {
        if self.keep_next {
            return Some(CellStyle { keep_next: false, ..*self });
        }
        let base = CellStyle { level: 0, decimals_indent: 0, ..*self };
        (base != *self).then_some(base)
    }

    /// Returns the identifier in Word.
    pub(super) fn id(&self) -> String {
        let mut id = self.base_id_and_name().0;
        id += match self.type_step {
            TypeStep::Full => "",
            TypeStep::Reduced => "Reduced",
            TypeStep::Small => "Small",
        };
        if self.level > 0 {
            id += &format!("Level{}", self.level);
        }
        if self.decimals_indent > 0 {
            id += &format!("Short{}", self.decimals_indent);
        }
        if self.keep_next {
            id += "Keep";
        }
        id
    }

    /// Returns whether it is a style that every document has.
    fn is_plain(&self) -> bool {
        let label = self.name == StyleName::TableText && matches!(self.align, Some(1 | 3));
        self.base().is_none() && self.type_step == TypeStep::Full && (self.align.is_none() || label)
    }

    /// Returns the identifier and name without indents.
    fn base_id_and_name(&self) -> (String, String) {
        match (self.name, self.align) {
            (StyleName::TableText, Some(1)) => {
                (style_names::TABLE_LABEL.to_owned(), style_names::TABLE_LABEL_NAME.to_owned())
            }
            (StyleName::TableText, Some(3)) => {
                (style_names::TABLE_RUNNING.to_owned(), style_names::TABLE_RUNNING_NAME.to_owned())
            }
            (name, None) => (style_names::id(name).to_owned(), style_names::display_name(name).to_owned()),
            (name, Some(align)) => {
                let (_, id, words) = ALIGNMENTS[align];
                (format!("{}{id}", style_names::id(name)), format!("{}（{words}）", style_names::display_name(name)))
            }
        }
    }

    fn write(&self, xml: &mut Xml<'_>, document: &Document) {
        let (_, mut name) = self.base_id_and_name();
        name += match self.type_step {
            TypeStep::Full => "",
            TypeStep::Reduced => "（略小）",
            TypeStep::Small => "（小）",
        };
        if self.level > 0 {
            name += &format!("（缩进{}字）", self.level);
        }
        if self.decimals_indent > 0 {
            name += &format!("（距右0.{:02}字）", self.decimals_indent);
        }
        if self.keep_next {
            name += "（与下行同页）";
        }
        let style = self.type_step.apply(document.styles.get(self.name));
        let size = style.size;
        xml.element("w:style")
            .attr("w:type", "paragraph")
            .attr("w:customStyle", 1)
            .attr("w:styleId", self.id())
            .children(|xml| {
                xml.val("w:name", name);
                // Aligned styles are based on the document's, indented ones on the aligned.
                let base = self.base().map(|base| base.id());
                let is_smaller = base.is_none() && self.type_step != TypeStep::Full;
                xml.val("w:basedOn", base.as_deref().unwrap_or(style_names::id(self.name)));
                xml.element("w:pPr").children(|xml| {
                    if self.keep_next {
                        xml.flag("w:keepNext", true);
                        return;
                    }
                    if is_smaller {
                        let line = properties::pitch(style.pitch);
                        xml.element("w:spacing").attr("w:line", line).attr("w:lineRule", "exact");
                    }
                    if self.level > 0 {
                        properties::indent(xml, size, self.level, "w:leftChars", "w:left");
                    } else if self.decimals_indent > 0 {
                        xml.element("w:ind").attr("w:right", hundredths_of(size, self.decimals_indent).twips());
                    }
                    if let Some(align) = self.align.filter(|_| base.is_none()) {
                        xml.val("w:jc", justification(ALIGNMENTS[align].0));
                    }
                });
                if is_smaller {
                    xml.element("w:rPr").children(|xml| properties::size(xml, size));
                }
            });
    }
}

/// Returns `hundredths` of the type size.
pub(super) fn hundredths_of(size: Length, hundredths: u16) -> Length {
    size.scale(i32::from(hundredths), 100)
}

/// The styles that a document's cells use.
#[derive(Debug, Default)]
pub(super) struct CellStyles(BTreeSet<CellStyle>);

impl CellStyles {
    /// Adds a style and those it is based on; returns its identifier.
    pub(super) fn id(&mut self, style: CellStyle) -> String {
        let styles = std::iter::successors(Some(style), CellStyle::base);
        self.0.extend(styles.filter(|style| !style.is_plain()));
        style.id()
    }

    /// Writes the styles that not every document has.
    pub(super) fn write(&self, xml: &mut Xml<'_>, document: &Document) {
        for style in &self.0 {
            style.write(xml, document);
        }
    }
}
