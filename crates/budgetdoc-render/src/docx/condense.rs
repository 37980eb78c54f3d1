//! Condenses paragraphs whose page would not end as printed.
//!
//! The printed pages squeeze marks to fit a last character in; Word does not, and LibreOffice adds a gap between Chinese
//! and digits. Where that pushes the last lines of a full page to a page of their own, a style that sets characters up
//! to a twentieth of their size closer makes them fit, as a clerk does by hand. Other paragraphs keep their style.

use std::collections::BTreeSet;

use budgetdoc_document::{Document, Length, Orientation, Paragraph, StyleName, Text};

use super::sections::{BlockContent, PlannedBlock, Section};
use super::widths::{Metrics, Widths, first_piece, gap};
use super::{properties, section_properties, style_names};
use crate::layout::{BlockPart, Layout, RowStep};

/// Step between two condensed styles, in twips.
const STEP: u8 = 2;

/// Most excess lines that are condensed away, and most free lines of a full page. More excess lines, as in texts of a
/// hundred pages, come from LibreOffice's gaps alone, and condensing them would change the look of the whole text.
const MAX_LINES: i32 = 8;

/// Chooses the condensed paragraphs of all sections.
pub(super) fn condense(document: &Document, layout: &Layout, metrics: &Metrics<'_>, sections: &mut [Section<'_>]) {
    let count = sections.len();
    for (index, section) in sections.iter_mut().enumerate() {
        let orientation = section.orientation;
        let foot = document.page.sheet(orientation).margins.bottom;
        let is_table = |piece: &PlannedBlock<'_>| matches!(piece.content, BlockContent::Table(_));
        let mut flows = section.pieces.chunk_by_mut(|_, next| !next.new_page && !is_table(next)).peekable();
        while let Some(flow) = flows.next() {
            // The last pages of the document push nothing to another page.
            if index + 1 == count && flows.peek().is_none() {
                continue;
            }
            let table = flows.peek().map(|next| &next[0]).filter(|next| is_table(next) && !next.starts_page);
            // A table in the flow needs room for its head and two rows; pages above it may end two lines early.
            let needed = RowStep::Full.least_height() * 2 + document.styles.get(StyleName::Body).pitch * 2;
            let (below, needed) = match table {
                Some(table) => (table.set.lines.iter().find(|line| is_body(line.part)), needed),
                None => (flow.last().and_then(|last| last.set.lines_of(BlockPart::Text).last()), Length::ZERO),
            };
            let Some(below) = below else { continue };
            let Some(page) = layout.pages.get(below.page) else { continue };
            condense_flow(document, metrics, orientation, flow, page.height - foot - below.y - needed);
        }
    }
}

/// Returns whether a text stands in a body of a table.
fn is_body(part: BlockPart) -> bool {
    matches!(part, BlockPart::Cell { group: 1.., .. })
}

/// Condenses the paragraphs above a page break or a table, with `free` of the page left in print.
fn condense_flow(
    document: &Document,
    metrics: &Metrics<'_>,
    orientation: Orientation,
    flow: &mut [PlannedBlock<'_>],
    free: Length,
) {
    let mut paragraphs = Vec::new();
    for (index, piece) in flow.iter().enumerate() {
        let BlockContent::Paragraph(paragraph, _) = &piece.content else { continue };
        paragraphs.push((index, *paragraph, piece.set.lines_of(BlockPart::Text)));
    }
    // The free room is known only below a paragraph.
    let Some((_, paragraph, _)) = paragraphs.last().filter(|(index, ..)| index + 1 == flow.len()) else { return };
    let pitch = document.styles.get(paragraph.style).pitch.in_milli_pt().max(1);
    let free_lines = free.in_milli_pt() / pitch;
    if free_lines > MAX_LINES {
        return;
    }
    let width = section_properties::column_width(&document.page, orientation);
    let width = properties::grid_width(width, document.styles.get(StyleName::Body).size);
    let mut longer: Vec<(u8, usize, i32)> = Vec::new();
    let mut excess_lines = -free_lines;
    for (index, paragraph, lines) in paragraphs {
        let measure = TextColumn::of(document, metrics, paragraph, width);
        let extra_lines = measure.lines(&paragraph.text, 0) as i32 - lines.len() as i32;
        excess_lines += extra_lines;
        if extra_lines > 0
            && let Some(step) = measure.steps().find(|step| measure.lines(&paragraph.text, *step) <= lines.len())
        {
            longer.push((step, index, extra_lines));
        }
    }
    if excess_lines > MAX_LINES {
        return;
    }
    // The least condensed first, until the text ends on its page.
    longer.sort_unstable();
    for (step, index, extra_lines) in longer {
        if excess_lines <= 0 {
            return;
        }
        if let BlockContent::Paragraph(_, condensed_by) = &mut flow[index].content {
            *condensed_by = step;
            excess_lines -= extra_lines;
        }
    }
}

/// The column a paragraph is set in.
struct TextColumn<'m, 'f> {
    widths: Widths<'m, 'f>,
    size: Length,
    width: Length,
    indent: Length,
    /// Character spacing of the style.
    spacing: Length,
}

impl<'m, 'f> TextColumn<'m, 'f> {
    fn of(document: &Document, metrics: &'m Metrics<'f>, paragraph: &Paragraph, width: Length) -> Self {
        let style = document.styles.get(paragraph.style);
        let spacing = Length::milli_pt(properties::character_spacing(style, document.page.text_width()) * 50);
        let widths = metrics.of(style.role, style.size);
        TextColumn { widths, size: style.size, width, indent: style.size * i32::from(style.indent), spacing }
    }

    /// Returns the steps of condensing in twips, up to a twentieth of the type size.
    fn steps(&self) -> impl Iterator<Item = u8> + use<'m, 'f> {
        let most = u8::try_from(self.size.scale(5, 100).twips()).unwrap_or(u8::MAX);
        (1..=most / STEP).map(|step| step * STEP)
    }

    /// Returns the number of lines in Word with characters `condensed_by` twips closer.
    fn lines(&self, text: &Text, condensed_by: u8) -> usize {
        let spacing = self.spacing - Length::milli_pt(i32::from(condensed_by) * 50);
        let text = text.to_plain();
        let (mut rest, mut before) = (text.as_str(), None);
        let (mut count, mut room) = (1, self.width - self.indent);
        while !rest.is_empty() {
            let piece = first_piece(rest);
            rest = &rest[piece.len()..];
            let own = self.widths.with_gaps(piece) + spacing * piece.chars().count() as i32;
            let gap = before.zip(piece.chars().next()).map_or(Length::ZERO, |(a, b)| gap(a, b, self.size));
            // A mark at the end of a line loses its blank half in Word and hangs in LibreOffice.
            let blank = if piece.ends_with(['，', '。', '、']) { self.size / 2 } else { Length::ZERO };
            if gap + own - blank <= room {
                room -= gap + own;
            } else {
                count += 1;
                room = self.width - own;
            }
            before = piece.chars().last();
        }
        count
    }
}

/// Returns the identifier of a condensed style.
pub(super) fn style_id(style: StyleName, condensed_by: u8) -> String {
    format!("{}Tight{condensed_by}", style_names::id(style))
}

/// Returns the condensed styles that a document uses.
pub(super) fn used_styles(sections: &[Section<'_>]) -> BTreeSet<(StyleName, u8)> {
    let pieces = sections.iter().flat_map(|section| &section.pieces);
    pieces
        .filter_map(|piece| match &piece.content {
            BlockContent::Paragraph(paragraph, condensed_by) if *condensed_by > 0 => {
                Some((paragraph.style, *condensed_by))
            }
            _ => None,
        })
        .collect()
}
