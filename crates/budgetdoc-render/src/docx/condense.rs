//! Paragraphs whose characters have to stand a little closer together for their page to end where the printed one does.
//!
//! The printed pages squeeze marks to take a last character in; Word fills lines as they come, and LibreOffice sets a
//! gap between Chinese and figures besides. Where that would push the end of a full page over to a page of its own, a
//! style with characters up to a twentieth of their size closer takes the straggler in, as an office would do by hand.
//! Other paragraphs are left alone.

use std::collections::BTreeSet;

use budgetdoc_document::{Document, Length, Orientation, Paragraph, StyleName, Text};

use super::sections::{BlockContent, PlannedBlock, Section};
use super::widths::{Metrics, Widths, first_piece, gap};
use super::{section_properties, styles};
use crate::layout::{BlockPart, Layout};

/// Twips by which the characters of a style stand closer than those of the one before.
const STEP: u8 = 2;

/// Lines that go over at most, or are free on a page that is full. Where more go over, as in texts of a hundred pages,
/// setting them closer would change the look of the whole for the sake of gaps that Word does not have.
const MOST: i32 = 8;

/// Sets closer what has to be.
pub(super) fn condense(document: &Document, layout: &Layout, metrics: &Metrics<'_>, sections: &mut [Section<'_>]) {
    let count = sections.len();
    for (index, section) in sections.iter_mut().enumerate() {
        let orientation = section.orientation;
        let mut flows = section.pieces.chunk_by_mut(|_, next| !next.new_page).peekable();
        while let Some(flow) = flows.next() {
            // What the document ends with moves nothing else.
            if index + 1 < count || flows.peek().is_some() {
                condense_flow(document, layout, metrics, orientation, flow);
            }
        }
    }
}

/// What stands on pages between two that begin anew.
fn condense_flow(
    document: &Document,
    layout: &Layout,
    metrics: &Metrics<'_>,
    orientation: Orientation,
    flow: &mut [PlannedBlock<'_>],
) {
    let mut paragraphs = Vec::new();
    for (index, piece) in flow.iter().enumerate() {
        let BlockContent::Paragraph(paragraph, _) = &piece.content else { continue };
        paragraphs.push((index, *paragraph, piece.set.lines_of(BlockPart::Text)));
    }
    // Where it does not end with a paragraph, there is no telling.
    let Some((_, paragraph, lines)) = paragraphs.last().filter(|(index, ..)| index + 1 == flow.len()) else { return };
    let Some(last) = lines.last() else { return };
    let Some(page) = layout.pages.get(last.page) else { return };
    let foot = match orientation {
        Orientation::Portrait => document.page.margins.bottom,
        Orientation::Landscape => document.page.landscape_margins().bottom,
    };
    let pitch = document.styles.get(paragraph.style).pitch.in_milli_pt().max(1);
    let room = (page.height - foot - last.y).in_milli_pt() / pitch;
    if room > MOST {
        return;
    }
    let width = section_properties::column_width(&document.page, orientation);
    let mut longer: Vec<(u8, usize, i32)> = Vec::new();
    let mut over = -room;
    for (index, paragraph, lines) in paragraphs {
        let measure = TextColumn::of(document, metrics, paragraph, width);
        let more = measure.lines(&paragraph.text, 0) as i32 - lines.len() as i32;
        over += more;
        if more > 0
            && let Some(step) = measure.steps().find(|step| measure.lines(&paragraph.text, *step) <= lines.len())
        {
            longer.push((step, index, more));
        }
    }
    if over > MOST {
        return;
    }
    // The least first, until the text ends on its page.
    longer.sort_unstable();
    for (step, index, more) in longer {
        if over <= 0 {
            return;
        }
        if let BlockContent::Paragraph(_, closer) = &mut flow[index].content {
            *closer = step;
            over -= more;
        }
    }
}

/// What a paragraph is set in.
struct TextColumn<'m, 'f> {
    widths: Widths<'m, 'f>,
    size: Length,
    width: Length,
    indent: Length,
    /// By which the style sets characters apart.
    apart: Length,
}

impl<'m, 'f> TextColumn<'m, 'f> {
    fn of(document: &Document, metrics: &'m Metrics<'f>, paragraph: &Paragraph, width: Length) -> Self {
        let style = document.styles.get(paragraph.style);
        let apart = Length::milli_pt(styles::character_spacing(style, document.page.text_width()) * 50);
        let widths = metrics.of(style.role, style.size);
        TextColumn { widths, size: style.size, width, indent: style.size * i32::from(style.indent), apart }
    }

    /// Returns how much closer characters may stand: a twentieth of their size.
    fn steps(&self) -> impl Iterator<Item = u8> + use<'m, 'f> {
        let most = u8::try_from(self.size.scale(5, 100).twips()).unwrap_or(u8::MAX);
        (1..=most / STEP).map(|step| step * STEP)
    }

    /// Returns how many lines it takes when they are filled as they come, characters `closer` twips closer.
    fn lines(&self, text: &Text, closer: u8) -> usize {
        let apart = self.apart - Length::milli_pt(i32::from(closer) * 50);
        let text = text.to_plain();
        let (mut rest, mut before) = (text.as_str(), None);
        let (mut count, mut room) = (1, self.width - self.indent);
        while !rest.is_empty() {
            let piece = first_piece(rest);
            rest = &rest[piece.len()..];
            let own = self.widths.with_gaps(piece) + apart * piece.chars().count() as i32;
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

/// Returns the styles of paragraphs set closer.
pub(super) fn id(style: StyleName, closer: u8) -> String {
    format!("{}Tight{closer}", styles::id(style))
}

/// Returns those that a document uses.
pub(super) fn used(sections: &[Section<'_>]) -> BTreeSet<(StyleName, u8)> {
    let pieces = sections.iter().flat_map(|section| &section.pieces);
    pieces
        .filter_map(|piece| match &piece.content {
            BlockContent::Paragraph(paragraph, closer) if *closer > 0 => Some((paragraph.style, *closer)),
            _ => None,
        })
        .collect()
}
