//! The table of contents: a field whose prefilled entries carry the printed page numbers.

use budgetdoc_core::document::{Block, Document};

use super::body::{Direct, paragraph};
use super::styles;
use super::text::{field_instruction, field_mark, write_field, write_mark, write_string};
use super::xml::Xml;
use crate::layout::Layout;
use crate::layout::contents::entry_style;

/// The entries, and how Word finds them again when the user updates the field.
pub(super) struct Entries<'a> {
    document: &'a Document,
    layout: &'a Layout,
    /// The highest and lowest outline level of which Word lists every paragraph by itself.
    styles: Option<(u8, u8)>,
    /// Whether other entries are marked with fields of their own.
    marked: bool,
    /// By target.
    headings: Vec<Heading>,
}

/// A heading or the entry above a table, as Word finds it.
struct Heading {
    /// The outline level of its style.
    level: Option<u8>,
    /// Its words, which become the entry's when the field is updated.
    title: String,
}

impl<'a> Entries<'a> {
    /// Sorts out which entries Word can find by the outline level of their style: those of levels that are listed
    /// without exception and stand in the list on their own level. All others need a mark.
    pub(super) fn new(document: &'a Document, layout: &'a Layout) -> Self {
        let mut headings = Vec::new();
        let mut listed = [true; 5];
        let mut used = [false; 5];
        for block in &document.blocks {
            match block {
                Block::Heading(heading) => {
                    let level = heading.level.clamp(1, 4);
                    used[usize::from(level)] = true;
                    listed[usize::from(level)] &= heading.contents == Some(level);
                    headings.push(Heading { level: Some(level), title: heading.text.to_plain() });
                }
                Block::Table(table) => {
                    let Some(heading) = &table.heading else { continue };
                    let level = heading.contents.map(|level| level.clamp(1, 2));
                    level.iter().for_each(|level| used[usize::from(*level)] = true);
                    headings.push(Heading { level, title: heading.entry.clone() });
                }
                _ => {}
            }
        }
        let automatic = |level: &u8| used[usize::from(*level)] && listed[usize::from(*level)];
        // `\o` takes one range: the first.
        let first = (1..=4).find(automatic);
        let styles = first.map(|first| (first, (first..=4).take_while(automatic).last().unwrap_or(first)));
        let mut entries = Entries { document, layout, styles, marked: false, headings };
        entries.marked = layout.contents.iter().any(|entry| !entries.is_automatic(entry.target));
        entries
    }

    fn is_automatic(&self, target: usize) -> bool {
        let level = self.headings.get(target).and_then(|heading| heading.level);
        level.zip(self.styles).is_some_and(|(level, (first, last))| (first..=last).contains(&level))
    }

    fn title(&self, target: usize) -> &str {
        self.headings.get(target).map_or("", |heading| &heading.title)
    }

    /// The instruction that lists the same entries when Word updates the field.
    fn instruction(&self) -> String {
        let mut instruction = "TOC".to_owned();
        if let Some((first, last)) = self.styles {
            instruction += &format!(" \\o \"{first}-{last}\"");
        }
        if self.marked {
            // In this order: after `\l`, `\f` would take entries of all levels.
            instruction += " \\f C \\l \"1-9\"";
        }
        instruction += " \\h \\z";
        if self.styles.is_some() {
            // Of the same levels, styles other than the headings'.
            instruction += " \\u";
        }
        instruction
    }

    /// Writes a heading's text between the ends of its bookmark, and the mark Word lists it by if it needs one.
    pub(super) fn anchor(&self, xml: &mut Xml, target: usize, write: impl FnOnce(&mut Xml)) {
        let entry = self.layout.contents.iter().find(|entry| entry.target == target);
        if entry.is_some() {
            xml.element("w:bookmarkStart").attr("w:id", target).attr("w:name", bookmark(target));
        }
        write(xml);
        if let Some(entry) = entry.filter(|_| !self.is_automatic(target)) {
            write_mark(xml, &format!("TC \"{}\" \\f C \\l {}", quoted(self.title(target)), entry.level));
        }
        if entry.is_some() {
            xml.element("w:bookmarkEnd").attr("w:id", target);
        }
    }

    /// Writes the entry of the table `target`, if it is listed, in a paragraph of no height above the table. In the
    /// table's own rows LibreOffice would not find it, and its words are other than the title's. Says whether it did.
    pub(super) fn above_table(&self, xml: &mut Xml, target: usize, new_page: bool) -> bool {
        if !self.layout.contents.iter().any(|entry| entry.target == target) {
            return false;
        }
        let level = self.headings.get(target).and_then(|heading| heading.level).filter(|_| self.is_automatic(target));
        let direct = Direct { new_page, keep_next: level.is_none(), ..Direct::default() };
        paragraph(xml, level.map_or(styles::SPACER, styles::table_entry), direct, |xml| {
            self.anchor(xml, target, |xml| {
                if level.is_some() {
                    write_string(xml, self.title(target), None);
                }
            });
        });
        true
    }

    /// Writes title and list, as the building block that Word's own tables of contents are.
    pub(super) fn write(&self, xml: &mut Xml, write_title: impl FnOnce(&mut Xml)) {
        xml.element("w:sdt").children(|xml| {
            xml.element("w:sdtPr").children(|xml| {
                xml.element("w:docPartObj").children(|xml| {
                    xml.val("w:docPartGallery", "Table of Contents");
                    xml.element("w:docPartUnique");
                });
            });
            xml.element("w:sdtContent").children(|xml| {
                write_title(xml);
                if self.layout.contents.is_empty() {
                    return;
                }
                for (index, entry) in self.layout.contents.iter().enumerate() {
                    let (name, _) = entry_style(&self.document.styles, entry.level);
                    paragraph(xml, styles::id(name), Direct::default(), |xml| {
                        if index == 0 {
                            field_mark(xml, "begin");
                            field_instruction(xml, &self.instruction());
                            field_mark(xml, "separate");
                        }
                        let name = bookmark(entry.target);
                        xml.element("w:hyperlink").attr("w:anchor", &name).attr("w:history", 1).children(|xml| {
                            write_string(xml, self.title(entry.target), Some(styles::HYPERLINK));
                            xml.element("w:r").children(|xml| xml.flag("w:tab", true));
                            write_field(xml, &format!("PAGEREF {name} \\h"), &entry.number.to_string());
                        });
                    });
                }
                // The field ends after its last entry's paragraph, as Word writes it, so that an update may replace
                // whole paragraphs.
                paragraph(xml, styles::SPACER, Direct::default(), |xml| field_mark(xml, "end"));
            });
        });
    }
}

/// The bookmark of a target.
fn bookmark(target: usize) -> String {
    format!("_Toc{:09}", target + 1)
}

/// Text between the quotes of a field's argument. Word takes curly quotes for quotes there.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '"' | '“' | '”') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted
}
