//! Paragraphs whose characters have to stand a little closer together for their page to end where the printed one does.
//!
//! The printed pages squeeze marks to take a last character in; Word fills lines as they come, and LibreOffice sets a gap
//! between Chinese and figures besides. Where that would push the end of a full page over to a page of its own, a style
//! with characters up to a twentieth of their size closer takes the straggler in, as an office would do by hand. Other
//! paragraphs are left alone.

use std::collections::{BTreeMap, BTreeSet};

use budgetdoc_document::{Document, Length, Orientation, Paragraph, StyleName, Text};

use super::plan::{Content, Piece, Section};
use super::printed::{first_piece, natural};
use super::{section, styles};
use crate::layout::{Layout, Mark, NodeId, Tag};

/// Twips by which the characters of a style stand closer than those of the one before.
const STEP: u8 = 2;

/// Lines that go over at most, or are free on a page that is full. Where more go over, as in texts of a hundred pages,
/// setting them closer would change the look of the whole for the sake of gaps that Word does not have.
const MOST: i32 = 8;

/// A paragraph of the text as it is printed.
#[derive(Default)]
struct Printed {
    /// Without blanks, which pages do not draw.
    text: String,
    lines: usize,
    page: usize,
    /// The last baseline.
    y: Length,
}

/// Sets closer what has to be.
pub(super) fn tighten(document: &Document, layout: &Layout, sections: &mut [Section<'_>]) {
    let printed = paragraphs(layout);
    let mut printed = printed.values();
    let count = sections.len();
    for (index, section) in sections.iter_mut().enumerate() {
        let orientation = section.orientation;
        let mut flows = section.pieces.chunk_by_mut(|_, next| !next.new_page).peekable();
        while let Some(flow) = flows.next() {
            // What the document ends with moves nothing else.
            if index + 1 < count || flows.peek().is_some() {
                tighten_flow(document, layout, orientation, flow, &mut printed);
            }
        }
    }
}

/// What stands on pages between two that begin anew.
fn tighten_flow<'p>(
    document: &Document,
    layout: &Layout,
    orientation: Orientation,
    flow: &mut [Piece<'_>],
    printed: &mut impl Iterator<Item = &'p Printed>,
) {
    let mut paragraphs = Vec::new();
    for (index, piece) in flow.iter().enumerate() {
        let Content::Paragraph(paragraph, _) = &piece.content else { continue };
        let said: String = paragraph.text.to_plain().split_whitespace().collect();
        let Some(printed) = printed.by_ref().find(|printed| printed.text == said) else { return };
        paragraphs.push((index, *paragraph, printed));
    }
    // Where it does not end with a paragraph, there is no telling.
    let Some((_, paragraph, last)) = paragraphs.last().filter(|(index, ..)| index + 1 == flow.len()) else { return };
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
    let width = section::column_width(&document.page, orientation);
    let mut longer: Vec<(u8, usize, i32)> = Vec::new();
    let mut over = -room;
    for (index, paragraph, printed) in paragraphs {
        let measure = Measure::of(document, paragraph, width);
        let more = measure.lines(&paragraph.text, 0) as i32 - printed.lines as i32;
        over += more;
        if more > 0
            && let Some(step) = measure.steps().find(|step| measure.lines(&paragraph.text, *step) <= printed.lines)
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
        if let Content::Paragraph(_, closer) = &mut flow[index].content {
            *closer = step;
            over -= more;
        }
    }
}

/// The paragraphs on the pages in their order.
fn paragraphs(layout: &Layout) -> BTreeMap<NodeId, Printed> {
    let mut paragraphs: BTreeMap<NodeId, Printed> = BTreeMap::new();
    let top = layout.nodes.first().map_or(&[][..], |document| document.children.as_slice());
    paragraphs.extend(
        top.iter().filter(|node| layout.nodes[**node].tag == Tag::Paragraph).map(|node| (*node, Printed::default())),
    );
    for (number, page) in layout.pages.iter().enumerate() {
        for item in &page.items {
            if let Mark::Glyphs(run) = &item.mark
                && let Some(paragraph) = item.node.and_then(|node| paragraphs.get_mut(&node))
            {
                paragraph.text.extend(run.text.chars().filter(|character| !character.is_whitespace()));
                if paragraph.lines == 0 || (paragraph.page, paragraph.y) != (number, run.y) {
                    paragraph.lines += 1;
                }
                (paragraph.page, paragraph.y) = (number, run.y);
            }
        }
    }
    paragraphs
}

/// What a paragraph is set in.
struct Measure {
    size: Length,
    width: Length,
    indent: Length,
    /// By which the style sets characters apart.
    apart: Length,
}

impl Measure {
    fn of(document: &Document, paragraph: &Paragraph, width: Length) -> Measure {
        let style = document.styles.get(paragraph.style);
        let apart = Length::milli_pt(styles::character_spacing(style, document.page.text_width()) * 50);
        Measure { size: style.size, width, indent: style.size * i32::from(style.indent), apart }
    }

    /// How much closer characters may stand: a twentieth of their size.
    fn steps(&self) -> impl Iterator<Item = u8> + use<> {
        let most = u8::try_from(self.size.scale(5, 100).twips()).unwrap_or(u8::MAX);
        (1..=most / STEP).map(|step| step * STEP)
    }

    /// How many lines it takes when they are filled as they come, characters `closer` twips closer.
    fn lines(&self, text: &Text, closer: u8) -> usize {
        let apart = self.apart - Length::milli_pt(i32::from(closer) * 50);
        let text = text.to_plain();
        let (mut rest, mut before) = (text.as_str(), None);
        let (mut count, mut room) = (1, self.width - self.indent);
        while !rest.is_empty() {
            let piece = first_piece(rest);
            rest = &rest[piece.len()..];
            let own = natural(piece, self.size) + gaps(piece, self.size) + apart * piece.chars().count() as i32;
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

/// What LibreOffice puts between Chinese and figures: a fifth of the size.
fn gap(before: char, after: char, size: Length) -> Length {
    let parted =
        before.is_ascii_alphanumeric() && !after.is_ascii() || !before.is_ascii() && after.is_ascii_alphanumeric();
    if parted { size / 5 } else { Length::ZERO }
}

/// All of them in a text.
pub(super) fn gaps(text: &str, size: Length) -> Length {
    text.chars().zip(text.chars().skip(1)).map(|(before, after)| gap(before, after, size)).sum()
}

/// The styles of paragraphs set closer.
pub(super) fn id(style: StyleName, closer: u8) -> String {
    format!("{}Tight{closer}", styles::id(style))
}

/// Those that a document uses.
pub(super) fn used(sections: &[Section<'_>]) -> BTreeSet<(StyleName, u8)> {
    let pieces = sections.iter().flat_map(|section| &section.pieces);
    pieces
        .filter_map(|piece| match &piece.content {
            Content::Paragraph(paragraph, closer) if *closer > 0 => Some((paragraph.style, *closer)),
            _ => None,
        })
        .collect()
}
