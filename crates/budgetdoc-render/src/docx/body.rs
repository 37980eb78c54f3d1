//! `word/document.xml`: sections and paragraphs.

use std::cell::RefCell;

use budgetdoc_document::{
    Align, Cover, Document, Heading, Length, Orientation, Paragraph, ParagraphStyle, StyleName, Table, TableHeading,
    Text,
};

use super::cell_style::CellStyles;
use super::contents::{TocEntries, number_before_title};
use super::line_breaks::{self, Title};
use super::section_properties::{self, Footers, Header};
use super::sections::{BlockContent, PlannedBlock, Section};
use super::text::{is_plain, write_heading_lines, write_in, write_lines, write_text};
use super::widths::Metrics;
use super::xml::Xml;
use super::{NAMESPACES, chart, condense, properties, style_names, table};
use crate::layout::table::AROUND;
use crate::layout::typesetter::Frame;
use crate::layout::{BlockPart, SetBlock, cover};
use crate::text::TextMeasurer;

/// The document and what all parts of the body share.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) metrics: &'a Metrics<'a>,
    /// Finds the words of cells.
    pub(super) measurer: RefCell<TextMeasurer<'a>>,
    pub(super) entries: TocEntries<'a>,
    /// The styles of cells met so far.
    pub(super) cell_styles: RefCell<CellStyles>,
}

/// The end of a section, carried by its last paragraph.
#[derive(Clone, Copy)]
pub(super) struct SectionEnd<'a> {
    document: &'a Document,
    orientation: Orientation,
    footers: Footers,
    header: Header<'a>,
}

/// The neighbours of a paragraph.
#[derive(Clone, Copy)]
struct Neighbours {
    /// Room after the paragraph above, if that has any.
    above: Option<Length>,
    /// Whether the paragraph below has room before it.
    below: bool,
    /// Whether a table in the flow of text is above, and whether one without title is below.
    tables: (bool, bool),
    /// Width of the text block.
    width: Length,
}

/// Formatting of a paragraph that differs from its style.
#[derive(Default)]
pub(super) struct DirectFormat<'a> {
    /// Whether it starts a page.
    pub(super) new_page: bool,
    pub(super) keep_next: bool,
    /// Room before, other than the style's.
    pub(super) before: Option<Length>,
    /// Room after, other than the style's.
    pub(super) after: Option<Length>,
    /// Indent of all lines from the left and the right edge; negative into the blank of a cell.
    pub(super) side_indents: Option<(Length, Length)>,
    /// Further indent of the first line; negative to the left.
    pub(super) first_indent: Length,
    /// Indent of all lines in characters of this size.
    pub(super) indent: Option<(Length, u8)>,
    pub(super) align: Option<Align>,
    /// A right tab, in twips from the left edge.
    pub(super) right_tab: Option<i32>,
    /// The section that ends with it.
    pub(super) end: Option<SectionEnd<'a>>,
}

impl SectionEnd<'_> {
    fn write(&self, xml: &mut Xml) {
        section_properties::write(xml, self.document, self.orientation, self.footers, self.header);
    }
}

impl Body<'_> {
    /// Writes the part.
    pub(super) fn write(&self, xml: &mut Xml, sections: &[Section<'_>]) {
        let mut root = xml.element("w:document");
        for (prefix, address) in NAMESPACES {
            root = root.attr(prefix, address);
        }
        root.children(|xml| {
            xml.element("w:body").children(|xml| {
                let (mut begun, mut has_header) = (false, false);
                for (index, section) in sections.iter().enumerate() {
                    let footers = match (section.numbered, begun) {
                        (true, false) => Footers::Begin,
                        (true, true) => Footers::Inherit,
                        (false, false) => Footers::None,
                        (false, true) => Footers::Blank,
                    };
                    begun |= section.numbered;
                    let header = match &section.continued {
                        Some(table) => Header::Continued(table),
                        None if has_header => Header::Blank,
                        None => Header::None,
                    };
                    has_header |= section.continued.is_some();
                    let end = SectionEnd { document: self.document, orientation: section.orientation, footers, header };
                    let last = index + 1 == sections.len();
                    self.section(xml, section, (!last).then_some(end));
                    if last {
                        end.write(xml);
                    }
                }
            });
        });
    }

    fn section(&self, xml: &mut Xml, section: &Section<'_>, end: Option<SectionEnd<'_>>) {
        let count = section.pieces.len();
        for (index, piece) in section.pieces.iter().enumerate() {
            let end = end.filter(|_| index + 1 == count);
            let above = index.checked_sub(1).and_then(|above| self.spaces(&section.pieces[above]));
            let below =
                section.pieces.get(index + 1).filter(|below| !below.starts_page).and_then(|below| self.spaces(below));
            let neighbours = Neighbours {
                above: above.map(|(_, after)| after).filter(|after| *after > Length::ZERO),
                below: below.is_some_and(|(before, _)| before > Length::ZERO),
                tables: (
                    index > 0
                        && !piece.starts_page
                        && matches!(section.pieces[index - 1].content, BlockContent::Table(_)),
                    section.pieces.get(index + 1).is_some_and(is_untitled_table_below),
                ),
                width: section_properties::column_width(&self.document.page, section.orientation),
            };
            match &piece.content {
                BlockContent::Cover(cover) => self.cover(xml, cover, piece.set, end),
                BlockContent::Contents(contents) => self.contents(xml, contents, end),
                BlockContent::Heading(heading, target) => self.heading(xml, heading, *target, piece, neighbours, end),
                BlockContent::Paragraph(content, condensed_by) => {
                    let next = section.pieces.get(index + 1);
                    let leads_to_chart = next.is_some_and(|next| matches!(next.content, BlockContent::Chart(..)));
                    let keep_next = leads_to_chart || next.is_some_and(|next| piece.is_kept_with(next));
                    self.paragraph(xml, content, (*condensed_by, keep_next), piece, neighbours, end)
                }
                BlockContent::Chart(chart, number, area) => {
                    let before = Some(if piece.starts_page { Length::ZERO } else { AROUND });
                    let direct = DirectFormat { new_page: piece.new_page, before, ..DirectFormat::default() };
                    paragraph(xml, style_names::FIGURE, direct, |xml| chart::drawing(xml, chart, *number, *area));
                    let (name, above) = (StyleName::ChartCaption, Neighbours { above: None, ..neighbours });
                    let direct = DirectFormat { new_page: false, ..self.direct_format(name, piece, above, end) };
                    let role = self.document.styles.get(name).role;
                    paragraph(xml, style_names::id(name), direct, |xml| write_text(xml, &chart.caption, role));
                }
                BlockContent::Table(planned) => {
                    match planned.target.zip(planned.table.heading.as_ref()) {
                        Some((target, heading)) => self.table_heading(
                            xml,
                            heading,
                            target,
                            planned.table.orientation.is_none(),
                            piece,
                            neighbours,
                        ),
                        None if piece.new_page => thin_paragraph(xml, style_names::PAGE_START, None),
                        None => {}
                    }
                    table::write(xml, self, planned, piece.set, section.orientation);
                    let next = section.pieces.get(index + 1);
                    let separator = match next {
                        None => Some(style_names::SPACER),
                        Some(next) => is_untitled_table_below(next).then_some(style_names::TABLE_GAP),
                    };
                    self.after_table(xml, planned.table, separator, end);
                }
            }
        }
        if count == 0 {
            thin_paragraph(xml, style_names::SPACER, end);
        }
    }

    /// Writes the notes of a table, or a paragraph that separates it from a table or a section's end below.
    fn after_table(&self, xml: &mut Xml, table: &Table, separator: Option<&'static str>, end: Option<SectionEnd<'_>>) {
        let style = self.document.styles.get(StyleName::TableNote);
        for (index, note) in table.notes.iter().enumerate() {
            let closes = index + 1 == table.notes.len();
            let id = if index == 0 { style_names::FIRST_NOTE } else { style_names::id(StyleName::TableNote) };
            let direct = DirectFormat {
                keep_next: !closes,
                after: (closes && separator == Some(style_names::TABLE_GAP)).then_some(AROUND),
                end: end.filter(|_| closes),
                ..DirectFormat::default()
            };
            paragraph(xml, id, direct, |xml| write_text(xml, note, style.role));
        }
        if let Some(separator) = separator.filter(|_| table.notes.is_empty()) {
            thin_paragraph(xml, separator, end);
        }
    }

    fn cover(&self, xml: &mut Xml, cover: &Cover, set: &SetBlock, end: Option<SectionEnd<'_>>) {
        let (page, sheet) = (&self.document.page, &self.document.styles);
        let (title, line) = (sheet.get(StyleName::CoverTitle), sheet.get(StyleName::CoverLine));
        let words = cover.title.to_plain();
        let lines = line_breaks::split(&words, set.lines_of(BlockPart::Text));
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        // As on the printed page: see `layout::cover`.
        let title_height = title.pitch * lines.len().max(1) as i32;
        let above = (page.height * cover::TITLE_MIDDLE / 100 - title_height / 2 - page.margins.top).max(Length::ZERO);
        let foot = page.text_height() - line.pitch * (cover.lines.len() as i32 + cover::BLANK_LINES_AT_FOOT);
        let between = (foot - above - title_height).max(Length::ZERO);
        let widths = self.metrics.of(title.role, title.size);
        let side_indents = line_breaks::cover_indent(&lines, widths, page.text_width());
        let direct = DirectFormat { before: Some(above), side_indents, ..DirectFormat::default() };
        paragraph(xml, style_names::id(StyleName::CoverTitle), direct, |xml| {
            if lines.len() > 1 && cover.title.runs.len() == 1 {
                write_lines(xml, &lines, title.role);
            } else {
                write_text(xml, &cover.title, title.role);
            }
        });
        let has_colon = |text: &Text| text.to_plain().contains(cover::COLON);
        let aligns = line.align == Align::Center && cover.lines.iter().filter(|text| has_colon(text)).count() > 1;
        for (index, text) in cover.lines.iter().enumerate() {
            let mut direct = DirectFormat { before: (index == 0).then_some(between), ..DirectFormat::default() };
            if let [set] = set.lines_of(BlockPart::CoverLine(index))
                && aligns
                && has_colon(text)
            {
                direct.align = Some(Align::Left);
                direct.side_indents = Some((set.x - page.margins.left, Length::ZERO));
            }
            paragraph(xml, style_names::id(StyleName::CoverLine), direct, |xml| write_text(xml, text, line.role));
        }
        if end.is_some() {
            thin_paragraph(xml, style_names::SPACER, end);
        }
    }

    fn heading(
        &self,
        xml: &mut Xml,
        heading: &Heading,
        target: usize,
        piece: &PlannedBlock<'_>,
        neighbours: Neighbours,
        end: Option<SectionEnd<'_>>,
    ) {
        let name = StyleName::heading(heading.level);
        let style = self.document.styles.get(name);
        let mut direct = self.direct_format(name, piece, neighbours, end);
        let words = heading.text.to_plain();
        let mut title = Title::default();
        if style.align == Align::Center {
            let lines = line_breaks::split(&words, piece.set.lines_of(BlockPart::Text));
            title = Title::new(lines, self.metrics.of(style.role, style.size), neighbours.width);
            direct.side_indents = title.side_indents;
        }
        paragraph(xml, &self.entries.heading_style(target, name), direct, |xml| {
            let role = style.role;
            self.entries.anchor(xml, target, |xml| match title.lines {
                Some(lines) if is_plain(&heading.text) => write_heading_lines(xml, &lines, role),
                _ => write_text(xml, &heading.text, role),
            });
        });
    }

    /// Writes number and title of a table as one heading, which the table of contents and the navigation pane show.
    fn table_heading(
        &self,
        xml: &mut Xml,
        heading: &TableHeading,
        target: usize,
        is_flowing: bool,
        piece: &PlannedBlock<'_>,
        neighbours: Neighbours,
    ) {
        let name = StyleName::TableTitle;
        let style = self.document.styles.get(name);
        let mut direct = self.direct_format(name, piece, neighbours, None);
        let widths = self.metrics.of(style.role, style.size);
        let whole = number_before_title(heading) + &heading.title.to_plain();
        let is_one_line = widths.with_gaps(&whole) <= neighbours.width;
        // The room of the number's line in print, so that pages hold the same tables and rows.
        let number = self.document.styles.get(StyleName::TableNumber);
        let line = match is_one_line && !heading.number.is_empty() {
            true => number.before + number.pitch + number.after,
            false => Length::ZERO,
        };
        if is_flowing && !piece.starts_page {
            direct.before = Some(direct.before.unwrap_or(style.before) + AROUND + line);
        } else if line > Length::ZERO {
            direct.before = Some(line);
        }
        let mut title = Title::default();
        if style.align == Align::Center {
            let lines = match heading.number.is_empty() {
                true => line_breaks::split(&whole, piece.set.lines_of(BlockPart::Text)),
                false if is_one_line => Vec::new(),
                false => {
                    let measurer = TextMeasurer::new(self.measurer.borrow().book()).with_names(&self.document.names);
                    line_breaks::compose(&whole, measurer, widths, neighbours.width)
                }
            };
            title = Title::new(lines, widths, neighbours.width);
            direct.side_indents = title.side_indents;
        }
        paragraph(xml, &self.entries.heading_style(target, name), direct, |xml| {
            self.entries.anchor(xml, target, |xml| match title.lines {
                Some(lines) if is_plain(&heading.title) => write_heading_lines(xml, &lines, style.role),
                _ => {
                    write_in(xml, &number_before_title(heading), style.role, None);
                    write_text(xml, &heading.title, style.role);
                }
            });
        });
    }

    fn paragraph(
        &self,
        xml: &mut Xml,
        content: &Paragraph,
        (condensed_by, keep_next): (u8, bool),
        piece: &PlannedBlock<'_>,
        neighbours: Neighbours,
        end: Option<SectionEnd<'_>>,
    ) {
        // A signature stands off the right edge.
        let style = self.document.styles.get(content.style);
        let is_flush_right = content.style == StyleName::Signature && style.align == Align::Right;
        let line = piece.set.lines.first().filter(|_| is_flush_right);
        let right = Frame::of(&self.document.page, Orientation::Portrait).right();
        let side_indents = line.map(|line| (Length::ZERO, right - line.x - line.width));
        let direct =
            DirectFormat { keep_next, side_indents, ..self.direct_format(content.style, piece, neighbours, end) };
        let role = style.role;
        let id = if condensed_by > 0 {
            condense::style_id(content.style, condensed_by)
        } else {
            style_names::id(content.style).to_owned()
        };
        paragraph(xml, &id, direct, |xml| write_text(xml, &content.text, role));
    }

    fn direct_format<'e>(
        &self,
        name: StyleName,
        piece: &PlannedBlock<'_>,
        neighbours: Neighbours,
        end: Option<SectionEnd<'e>>,
    ) -> DirectFormat<'e> {
        let style = self.document.styles.get(name);
        let closed = piece.set.spaces;
        let (own_before, own_after) = closed.unwrap_or((style.before, style.after));
        // Word keeps the space before a paragraph at the top of a page after a break; the printed page does not.
        let dropped = (piece.starts_page && own_before > Length::ZERO).then_some(Length::ZERO);
        // Of the space after a paragraph and the space before the next Word takes the greater, the printed page both:
        // the next paragraph has their sum before it.
        let before = match neighbours.above {
            _ if neighbours.tables.0 => Some(AROUND + own_before),
            Some(above) if !piece.starts_page && own_before > Length::ZERO => Some(above + own_before),
            _ => dropped,
        };
        let after = if neighbours.tables.1 {
            Some(own_after + AROUND)
        } else {
            (own_after > Length::ZERO && neighbours.below).then_some(Length::ZERO)
        };
        let (before, after) = (before.or(closed.map(|(before, _)| before)), after.or(closed.map(|(_, after)| after)));
        DirectFormat { new_page: piece.new_page, before, after, end, ..DirectFormat::default() }
    }

    /// Returns the space before and after a heading or paragraph.
    fn spaces(&self, piece: &PlannedBlock<'_>) -> Option<(Length, Length)> {
        piece.set.spaces.or_else(|| self.text_style(piece).map(|style| (style.before, style.after)))
    }

    /// Returns the style of a heading or paragraph.
    fn text_style(&self, piece: &PlannedBlock<'_>) -> Option<&ParagraphStyle> {
        match &piece.content {
            BlockContent::Heading(heading, _) => Some(self.document.styles.get(StyleName::heading(heading.level))),
            BlockContent::Paragraph(paragraph, _) => Some(self.document.styles.get(paragraph.style)),
            BlockContent::Chart(..) => Some(self.document.styles.get(StyleName::ChartCaption)),
            BlockContent::Cover(_) | BlockContent::Contents(_) | BlockContent::Table(_) => None,
        }
    }

    fn contents(&self, xml: &mut Xml, contents: &budgetdoc_document::Contents, end: Option<SectionEnd<'_>>) {
        self.entries.write(xml, end, |xml| self.title_of_contents(xml, &contents.title));
    }

    fn title_of_contents(&self, xml: &mut Xml, title: &Text) {
        let name = StyleName::ContentsTitle;
        let role = self.document.styles.get(name).role;
        paragraph(xml, style_names::id(name), DirectFormat::default(), |xml| write_text(xml, title, role));
    }
}

/// Returns whether a block is a table in the flow of text, without title, below another block of its page.
fn is_untitled_table_below(piece: &PlannedBlock<'_>) -> bool {
    matches!(&piece.content, BlockContent::Table(planned) if planned.target.is_none()) && !piece.starts_page
}

/// Writes an empty paragraph one point high.
pub(super) fn thin_paragraph(xml: &mut Xml, style: &'static str, end: Option<SectionEnd<'_>>) {
    paragraph(xml, style, DirectFormat { end, ..DirectFormat::default() }, |_| {});
}

/// Writes a paragraph.
pub(super) fn paragraph(xml: &mut Xml, style: &str, direct: DirectFormat<'_>, write: impl FnOnce(&mut Xml)) {
    xml.element("w:p").children(|xml| {
        xml.element("w:pPr").children(|xml| {
            xml.val("w:pStyle", style);
            xml.flag("w:keepNext", direct.keep_next);
            xml.flag("w:pageBreakBefore", direct.new_page);
            if let Some(position) = direct.right_tab {
                xml.element("w:tabs").children(|xml| {
                    xml.element("w:tab").attr("w:val", "right").attr("w:pos", position);
                });
            }
            if direct.before.is_some() || direct.after.is_some() {
                xml.element("w:spacing")
                    .attr_opt("w:before", direct.before.map(properties::twips_down))
                    .attr_opt("w:after", direct.after.map(properties::twips_down));
            }
            if direct.side_indents.is_some() || direct.indent.is_some() {
                indent(xml, direct.side_indents.unwrap_or_default(), direct.first_indent, direct.indent);
            }
            if let Some(align) = direct.align {
                xml.val("w:jc", properties::justification(align));
            }
            if let Some(end) = direct.end {
                end.write(xml);
            }
        });
        write(xml);
    });
}

/// Writes `w:ind`: in characters, which grow with the type, unless there is an indent in twips.
fn indent(xml: &mut Xml, (left, right): (Length, Length), first: Length, characters: Option<(Length, u8)>) {
    let own = characters.map_or(Length::ZERO, |(size, characters)| size * i32::from(characters));
    let by_character = characters.filter(|_| left == Length::ZERO).map(|(_, characters)| u32::from(characters) * 100);
    let right = (by_character.is_none() || right != Length::ZERO).then_some(right.twips());
    xml.element("w:ind")
        .attr_opt("w:leftChars", by_character)
        .attr("w:left", (own + left).twips())
        .attr_opt("w:right", right)
        .attr_opt("w:firstLine", (first > Length::ZERO).then_some(first.twips()))
        .attr_opt("w:hanging", (first < Length::ZERO).then_some(-first.twips()));
}
