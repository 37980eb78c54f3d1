//! The table of contents: a field whose prefilled entries carry the printed page numbers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use budgetdoc_document::{Block, Document, StyleName, TableHeading};

use super::body::{DirectFormat, SectionEnd, paragraph};
use super::style_names;
use super::text::{field_instruction, field_mark, write_field, write_in};
use super::xml::Xml;
use crate::layout::Layout;
use crate::layout::contents::entry_style;

/// The entries, which Word finds by their styles when the user updates the field.
pub(super) struct TocEntries<'a> {
    document: &'a Document,
    layout: &'a Layout,
    /// Lowest outline level of which Word lists every paragraph; zero for none.
    outline: u8,
    /// Sources of the entries, by target.
    headings: Vec<EntrySource>,
}

/// A heading or a table that may be listed.
struct EntrySource {
    /// Level of a heading; none for a table.
    level: Option<u8>,
    /// Level in the table of contents, if it is listed.
    contents: Option<u8>,
    /// Text of the entry when the field is updated.
    title: String,
}

/// A style whose paragraphs are all listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryStyle {
    /// Headings of a level of which not all are listed on that level: the level, and the one in the table of contents.
    Heading(u8, u8),
    /// Titles of tables, by level in the table of contents.
    Table(u8),
}

impl<'a> TocEntries<'a> {
    /// Finds the outline levels of which every heading is listed on its own level, from the first on, where LibreOffice
    /// begins. Word lists those by outline level, all other entries by a style of their own.
    pub(super) fn new(document: &'a Document, layout: &'a Layout) -> Self {
        let mut headings = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Heading(heading) => headings.push(EntrySource {
                    level: Some(heading.level.clamp(1, 4)),
                    contents: heading.contents.map(|level| level.clamp(1, 3)),
                    title: heading.text.to_plain(),
                }),
                Block::Table(table) if !table.has_rows() => {}
                Block::Table(table) => headings.extend(table.heading.as_ref().map(|heading| EntrySource {
                    level: None,
                    contents: heading.contents.map(|level| level.clamp(1, 3)),
                    title: number_before_title(heading) + &heading.title.to_plain(),
                })),
                Block::Cover(_) | Block::Contents(_) | Block::Paragraph(_) | Block::Chart(_) | Block::PageBreak => {}
            }
        }
        // Blank headings make no entry.
        let listed: BTreeSet<usize> = layout.contents.iter().map(|entry| entry.target).collect();
        for (_, heading) in headings.iter_mut().enumerate().filter(|(target, _)| !listed.contains(target)) {
            heading.contents = None;
        }
        let complete = |level: &u8| {
            let mut own = headings.iter().filter(|heading| heading.level == Some(*level)).peekable();
            own.peek().is_some() && own.all(|heading| heading.contents == Some(*level))
        };
        let outline = (1..=4).take_while(complete).last().unwrap_or(0);
        TocEntries { document, layout, outline, headings }
    }

    /// Returns the entry style of a target; none if it is not listed or found by its outline level.
    fn style(&self, target: usize) -> Option<EntryStyle> {
        let heading = self.headings.get(target)?;
        match (heading.level, heading.contents?) {
            (Some(level), _) if level <= self.outline => None,
            (Some(level), contents) => Some(EntryStyle::Heading(level, contents)),
            (None, contents) => Some(EntryStyle::Table(contents)),
        }
    }

    /// Returns the entry styles of the document.
    pub(super) fn listed(&self) -> BTreeSet<EntryStyle> {
        self.layout.contents.iter().filter_map(|entry| self.style(entry.target)).collect()
    }

    /// Returns whether there are entries of the third level.
    pub(super) fn has_third_level(&self) -> bool {
        self.layout.contents.iter().any(|entry| entry.level > 2)
    }

    /// Returns the paragraph style of the heading `target`.
    pub(super) fn heading_style(&self, target: usize, name: StyleName) -> Cow<'static, str> {
        self.style(target).map_or(Cow::Borrowed(style_names::id(name)), |listed| Cow::Owned(listed.id()))
    }

    /// Returns the words of the table title `target` and the name of its style.
    pub(super) fn title_and_style_name(&self, target: usize) -> (&str, String) {
        let plain = || style_names::display_name(StyleName::TableTitle).to_owned();
        (self.title(target), self.style(target).map_or_else(plain, EntryStyle::name))
    }

    fn title(&self, target: usize) -> &str {
        self.headings.get(target).map_or("", |heading| &heading.title)
    }

    /// Returns the instruction of the field, which lists the same entries when Word updates it.
    fn instruction(&self) -> String {
        let mut instruction = "TOC".to_owned();
        if self.outline > 0 {
            instruction += &format!(" \\o \"1-{}\"", self.outline);
        }
        instruction += " \\h \\z";
        // Titles of tables with one of these outline levels are found by it: LibreOffice would list them twice if they
        // were named as well. All others are named.
        let (outlined, named): (Vec<EntryStyle>, Vec<EntryStyle>) =
            self.listed().into_iter().partition(|listed| listed.contents() <= self.outline && listed.is_table());
        if !outlined.is_empty() {
            instruction += " \\u";
        }
        if !named.is_empty() {
            let pairs: Vec<String> =
                named.iter().map(|listed| format!("{},{}", listed.name(), listed.contents())).collect();
            instruction += &format!(" \\t \"{}\"", pairs.join(","));
        }
        instruction
    }

    /// Writes a heading's text between the ends of its bookmark.
    pub(super) fn anchor(&self, xml: &mut Xml, target: usize, write: impl FnOnce(&mut Xml)) {
        let listed = self.layout.contents.iter().any(|entry| entry.target == target);
        if listed {
            xml.element("w:bookmarkStart").attr("w:id", target).attr("w:name", bookmark(target));
        }
        write(xml);
        if listed {
            xml.element("w:bookmarkEnd").attr("w:id", target);
        }
    }

    /// Writes the title and the entries in the building block that Word uses for tables of contents.
    pub(super) fn write(&self, xml: &mut Xml, end: Option<SectionEnd<'_>>, write_title: impl FnOnce(&mut Xml)) {
        xml.element("w:sdt").children(|xml| {
            xml.element("w:sdtPr").children(|xml| {
                xml.element("w:docPartObj").children(|xml| {
                    xml.val("w:docPartGallery", "Table of Contents");
                    xml.element("w:docPartUnique");
                });
            });
            xml.element("w:sdtContent").children(|xml| {
                write_title(xml);
                for (index, entry) in self.layout.contents.iter().enumerate() {
                    let (name, _) = entry_style(&self.document.styles, entry.level);
                    let role = self.document.styles.get(name).role;
                    let style = if entry.level > 2 { style_names::CONTENTS3 } else { style_names::id(name) };
                    paragraph(xml, style, DirectFormat::default(), |xml| {
                        if index == 0 {
                            field_mark(xml, "begin");
                            field_instruction(xml, &self.instruction());
                            field_mark(xml, "separate");
                        }
                        let name = bookmark(entry.target);
                        xml.element("w:hyperlink").attr("w:anchor", &name).attr("w:history", 1).children(|xml| {
                            // Numbers that only the contents have fall away when the whole field is updated.
                            let title = self.title(entry.target);
                            let words = if entry.title.ends_with(title) { entry.title.as_str() } else { title };
                            write_in(xml, words, role, Some(style_names::HYPERLINK));
                            xml.element("w:r").children(|xml| xml.flag("w:tab", true));
                            write_field(xml, &format!("PAGEREF {name} \\h"), &entry.number.to_string(), role);
                        });
                    });
                }
                // As Word does it, the field ends in a paragraph of its own: an update replaces whole paragraphs.
                paragraph(xml, style_names::SPACER, DirectFormat { end, ..DirectFormat::default() }, |xml| {
                    if !self.layout.contents.is_empty() {
                        field_mark(xml, "end");
                    }
                });
            });
        });
    }
}

/// Returns the number of a table with the blank before its title.
pub(super) fn number_before_title(heading: &TableHeading) -> String {
    if heading.number.is_empty() { String::new() } else { format!("{}\u{3000}", heading.number) }
}

/// Returns the bookmark of a target.
fn bookmark(target: usize) -> String {
    format!("_Toc{:09}", target + 1)
}

impl EntryStyle {
    const fn is_table(self) -> bool {
        matches!(self, EntryStyle::Table(_))
    }

    const fn contents(self) -> u8 {
        match self {
            EntryStyle::Heading(_, contents) | EntryStyle::Table(contents) => contents,
        }
    }

    /// Returns the identifier in Word.
    pub(super) fn id(self) -> String {
        match self {
            EntryStyle::Heading(level, contents) => format!("Heading{level}Entry{contents}"),
            EntryStyle::Table(contents) => format!("TableTitleEntry{contents}"),
        }
    }

    /// Returns the name shown to the user, by which the field finds it; it has no comma, which separates names there.
    pub(super) fn name(self) -> String {
        match self {
            EntryStyle::Heading(level, contents) => format!("标题 {level}（目录 {contents}）"),
            EntryStyle::Table(contents) => format!("表题（目录 {contents}）"),
        }
    }
}
