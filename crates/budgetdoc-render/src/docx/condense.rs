//! Condenses paragraphs whose page would not end as printed.
//!
//! The printed pages squeeze marks to fit a last character in; Word does not, and LibreOffice adds a gap between Chinese
//! and digits. Where that pushes the last lines of a full page to a page of their own, a style that sets characters up
//! to a twentieth of their size closer makes them fit, as a clerk does by hand. Other paragraphs keep their style.

use std::collections::BTreeSet;

use budgetdoc_document::{Document, Length, Paragraph, ParagraphStyle, StyleName, Text};

use super::sections::{BlockContent, PlannedBlock, Section};
use super::widths::{Metrics, Widths, first_piece, gap};
use super::{properties, style_names};
use crate::layout::flow::{FlowLine, page_ends};
use crate::layout::table::AROUND;
use crate::layout::typesetter::{Frame, baseline};
use crate::layout::{BlockPart, RowStep, SetLine};

/// Step between two condensed styles, in twips.
const STEP: u8 = 2;

/// Most free lines of a full page.
const MAX_LINES: i32 = 8;
/// Most condensed paragraphs. More excess lines, as in texts of a hundred pages, come from LibreOffice's gaps alone, and
/// condensing them would change the look of the whole text.
const MAX_PARAGRAPHS: usize = 12;

/// Chooses the condensed paragraphs of all sections.
pub(super) fn condense(document: &Document, metrics: &Metrics<'_>, sections: &mut [Section<'_>]) {
    let count = sections.len();
    for (index, section) in sections.iter_mut().enumerate() {
        let orientation = section.orientation;
        let is_table = |piece: &PlannedBlock<'_>| matches!(piece.content, BlockContent::Table(_));
        let mut flows = section.pieces.chunk_by_mut(|_, next| !next.new_page && !is_table(next)).peekable();
        while let Some(flow) = flows.next() {
            // The last pages of the document push nothing to another page.
            if index + 1 == count && flows.peek().is_none() {
                continue;
            }
            let table = flows.peek().map(|next| &next[0]).filter(|next| is_table(next) && !next.starts_page);
            // A table in the flow needs room for its head and two rows.
            let (below, needed) = match table {
                Some(table) => {
                    (table.set.lines.iter().find(|line| is_body(line.part)), RowStep::Full.least_height() * 2)
                }
                None => (flow.last().and_then(|last| last.set.lines_of(BlockPart::Text).last()), Length::ZERO),
            };
            // The table that a flow begins below is no part of it.
            let text = if is_table(&flow[0]) { &mut flow[1..] } else { flow };
            let (Some(first), Some(below)) = (first_line(text), below) else { continue };
            let frame = Frame::of(&document.page, orientation);
            let flow_pages =
                FlowPages { document, metrics, frame, first, below, needed, is_before_table: table.is_some() };
            flow_pages.condense(text);
        }
    }
}

/// Returns whether a text stands in a body of a table.
fn is_body(part: BlockPart) -> bool {
    matches!(part, BlockPart::Cell { group: 1.., .. })
}

fn first_line<'a>(flow: &[PlannedBlock<'a>]) -> Option<&'a SetLine> {
    flow.iter().find_map(|piece| piece.set.lines_of(BlockPart::Text).first())
}

/// The printed pages of the text above a page break or a table.
struct FlowPages<'a, 'f> {
    document: &'a Document,
    metrics: &'a Metrics<'f>,
    frame: Frame,
    /// Its first line, and what it ends with: its last line, or the first row of the table below it.
    first: &'a SetLine,
    below: &'a SetLine,
    /// Room that the end needs below its baseline.
    needed: Length,
    is_before_table: bool,
}

impl FlowPages<'_, '_> {
    /// Condenses paragraphs, those first that need it least, until the text takes as many pages as printed.
    fn condense(&self, flow: &mut [PlannedBlock<'_>]) {
        let pitch = self.document.styles.get(StyleName::Body).pitch;
        let free = self.frame.bottom() - self.below.y - self.needed;
        if free > pitch * MAX_LINES || !flow.iter().all(|piece| is_text(&piece.content)) {
            return;
        }
        let width = properties::grid_width(self.frame.width, self.document.styles.get(StyleName::Body).size);
        let mut longer: Vec<(u8, usize, usize)> = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        for (index, piece) in flow.iter().enumerate() {
            let printed = piece.set.lines_of(BlockPart::Text).len();
            let BlockContent::Paragraph(paragraph, _) = &piece.content else {
                counts.push(printed);
                continue;
            };
            let column = TextColumn::of(self.document, self.metrics, paragraph, width);
            counts.push(column.lines(&paragraph.text, 0));
            if counts[index] > printed
                && let Some(step) = column.steps().find(|step| column.lines(&paragraph.text, *step) <= printed)
            {
                longer.push((step, index, printed));
            }
        }
        let printed = self.below.page + 1 - self.first.page;
        longer.sort_unstable();
        let (mut condensed, mut tried) = (Vec::new(), counts);
        for (step, index, lines) in longer {
            if self.pages(flow, &tried) <= printed || condensed.len() >= MAX_PARAGRAPHS {
                break;
            }
            tried[index] = lines;
            condensed.push((step, index));
        }
        if self.pages(flow, &tried) > printed {
            return;
        }
        for (step, index) in condensed {
            if let BlockContent::Paragraph(_, condensed_by) = &mut flow[index].content {
                *condensed_by = step;
            }
        }
    }

    /// Returns the pages that the text takes in Word with so many lines of each block.
    fn pages(&self, flow: &[PlannedBlock<'_>], counts: &[usize]) -> usize {
        let styles = &self.document.styles;
        let mut lines = Vec::new();
        for (index, (piece, count)) in flow.iter().zip(counts).enumerate() {
            let (name, is_lead_in) = match &piece.content {
                BlockContent::Heading(heading, _) => (StyleName::heading(heading.level), false),
                BlockContent::Paragraph(paragraph, _) => {
                    let next = flow.get(index + 1);
                    (paragraph.style, next.is_some_and(|next| piece.is_kept_with(next)))
                }
                BlockContent::Chart(_, _, area) => {
                    let mut chart = FlowLine::room(area.height);
                    (chart.before, chart.keep_with_next) = (AROUND, true);
                    lines.push(chart);
                    (StyleName::ChartCaption, false)
                }
                BlockContent::Cover(_) | BlockContent::Contents(_) | BlockContent::Table(_) => continue,
            };
            let style = styles.get(name);
            let (before, after) = piece.set.spaces.unwrap_or((style.before, style.after));
            for line in 0..*count {
                let (first, last) = (line == 0, line + 1 == *count);
                let mut flow_line = FlowLine::room(style.pitch);
                flow_line.before = if first { before } else { Length::ZERO };
                flow_line.after = if last { after } else { Length::ZERO };
                flow_line.keep_with_next =
                    if last { style.keep_with_next || is_lead_in } else { first || line + 2 == *count };
                lines.push(flow_line);
            }
        }
        if self.is_before_table {
            let last = flow.last().and_then(|last| last.set.lines_of(BlockPart::Text).last());
            let above = last.filter(|last| last.page == self.below.page).map_or(self.frame.top, |last| last.y);
            lines.push(FlowLine::room(self.below.y - above + self.needed));
        }
        let body = styles.get(StyleName::Body);
        let top = |style: &ParagraphStyle| self.first.y - baseline(style.size, style.pitch);
        let start = flow.first().map_or(top(body), |piece| match &piece.content {
            BlockContent::Heading(heading, _) => top(styles.get(StyleName::heading(heading.level))),
            BlockContent::Chart(_, _, area) => area.y - AROUND,
            BlockContent::Paragraph(..)
            | BlockContent::Cover(_)
            | BlockContent::Contents(_)
            | BlockContent::Table(_) => top(body),
        });
        let next = (self.frame.top, self.frame.bottom());
        let is_empty = start <= self.frame.top + body.pitch / 2;
        page_ends(&lines, (start.max(next.0), next.1), is_empty, next, |index| lines[index].keep_with_next).len()
    }
}

/// Returns whether a block is text, or a chart in it.
fn is_text(content: &BlockContent<'_>) -> bool {
    match content {
        BlockContent::Heading(..) | BlockContent::Paragraph(..) | BlockContent::Chart(..) => true,
        BlockContent::Cover(_) | BlockContent::Contents(_) | BlockContent::Table(_) => false,
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
            before = piece.chars().next_back();
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
