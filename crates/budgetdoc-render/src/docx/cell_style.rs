//! The paragraph styles of cells. One that stands aside from its column's, at another edge or a level in, has a style
//! of its own, so that whoever changes a style changes all that look alike. Only those a document uses are written.

use std::collections::BTreeSet;

use budgetdoc_document::{Align, Document, Length, StyleName};

use super::styles::{self, justification};
use super::xml::Xml;

/// How a paragraph in a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellStyle {
    /// What it is: head, text or amount.
    name: StyleName,
    /// Where it stands, other than its style says: place in [`ALIGNED`].
    align: Option<usize>,
    /// Levels in, of a character each.
    level: u8,
    /// How far a figure stands off the right edge for its decimal point to stand under the others, in hundredths of the
    /// type size.
    short: u16,
    /// Whether its row stays with the next.
    keep: bool,
}

const ALIGNED: [(Align, &str, &str); 4] = [
    (Align::Left, "Left", "居左"),
    (Align::Center, "Center", "居中"),
    (Align::Right, "Right", "居右"),
    (Align::Justify, "Both", "两端对齐"),
];

impl CellStyle {
    /// Returns the style of a paragraph that stands `wanted` where its style `name` says `own`.
    pub(super) fn new(name: StyleName, own: Align, wanted: Align) -> Self {
        let align = ALIGNED.iter().position(|(align, ..)| *align == wanted).filter(|_| wanted != own);
        CellStyle { name, align, level: 0, short: 0, keep: false }
    }

    /// Returns the same, `level` characters in.
    pub(super) fn level(self, level: u8) -> Self {
        CellStyle { level, ..self }
    }

    /// Returns the same, off the right edge.
    pub(super) fn short(self, short: u16) -> Self {
        CellStyle { short, ..self }
    }

    /// Returns the same in a row that stays with the next, unless its style says so anyway.
    pub(super) fn keep(self, keep: bool) -> Self {
        CellStyle { keep: keep && self.name != StyleName::TableHead, ..self }
    }

    /// Returns the one it has one thing more than.
    fn base(&self) -> Option<Self> {
        if self.keep {
            return Some(CellStyle { keep: false, ..*self });
        }
        let base = CellStyle { level: 0, short: 0, ..*self };
        (base != *self).then_some(base)
    }

    /// Word's identifier.
    pub(super) fn id(&self) -> String {
        let mut id = self.aligned().0;
        if self.level > 0 {
            id += &format!("Level{}", self.level);
        }
        if self.short > 0 {
            id += &format!("Short{}", self.short);
        }
        if self.keep {
            id += "Keep";
        }
        id
    }

    /// Returns whether it is no more than a style that every document has.
    fn is_plain(&self) -> bool {
        let label = self.name == StyleName::TableText && matches!(self.align, Some(1 | 3));
        self.base().is_none() && (self.align.is_none() || label)
    }

    /// Identifier and name of the style without level.
    fn aligned(&self) -> (String, String) {
        match (self.name, self.align) {
            (StyleName::TableText, Some(1)) => (styles::TABLE_LABEL.to_owned(), styles::TABLE_LABEL_NAME.to_owned()),
            (StyleName::TableText, Some(3)) => {
                (styles::TABLE_RUNNING.to_owned(), styles::TABLE_RUNNING_NAME.to_owned())
            }
            (name, None) => (styles::id(name).to_owned(), styles::shown(name).to_owned()),
            (name, Some(align)) => {
                let (_, id, words) = ALIGNED[align];
                (format!("{}{id}", styles::id(name)), format!("{}（{words}）", styles::shown(name)))
            }
        }
    }

    fn write(&self, xml: &mut Xml<'_>, document: &Document) {
        let (_, mut name) = self.aligned();
        if self.level > 0 {
            name += &format!("（缩进{}字）", self.level);
        }
        if self.short > 0 {
            name += &format!("（距右0.{:02}字）", self.short);
        }
        if self.keep {
            name += "（与下行同页）";
        }
        let size = document.styles.get(self.name).size;
        xml.element("w:style")
            .attr("w:type", "paragraph")
            .attr("w:customStyle", 1)
            .attr("w:styleId", self.id())
            .children(|xml| {
                xml.val("w:name", name);
                // What stands at another edge follows the style it is taken from; what is further in follows that.
                let base = self.base().map(|base| base.id());
                xml.val("w:basedOn", base.as_deref().unwrap_or(styles::id(self.name)));
                xml.element("w:pPr").children(|xml| {
                    if self.keep {
                        xml.flag("w:keepNext", true);
                        return;
                    }
                    if self.level > 0 {
                        styles::indent(xml, size, self.level, "w:leftChars", "w:left");
                    } else if self.short > 0 {
                        xml.element("w:ind").attr("w:right", off(size, self.short).twips());
                    }
                    if let Some(align) = self.align.filter(|_| base.is_none()) {
                        xml.val("w:jc", justification(ALIGNED[align].0));
                    }
                });
            });
    }
}

/// Returns a part of the type size.
pub(super) fn off(size: Length, hundredths: u16) -> Length {
    size.scale(i32::from(hundredths), 100)
}

/// The styles that a document's cells use.
#[derive(Debug, Default)]
pub(super) struct CellStyles(BTreeSet<CellStyle>);

impl CellStyles {
    /// Takes note of a style; returns its identifier.
    pub(super) fn id(&mut self, style: CellStyle) -> String {
        // The styles it is based on come along.
        let styles = std::iter::successors(Some(style), CellStyle::base);
        self.0.extend(styles.filter(|style| !style.is_plain()));
        style.id()
    }

    /// Writes those that no document has from the start.
    pub(super) fn write(&self, xml: &mut Xml<'_>, document: &Document) {
        for style in &self.0 {
            style.write(xml, document);
        }
    }
}
