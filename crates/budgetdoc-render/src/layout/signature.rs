//! The signature of a text: who publishes it, and the date.

use budgetdoc_document::{Align, Block, Length, Orientation, StyleName};

use super::typesetter::{Frame, Typesetter};

/// Blank at the right of a name or date, in characters.
const BLANK: i32 = 2;

impl Typesetter<'_> {
    /// Returns whether a block is a line of a signature.
    pub(super) fn is_signature(&self, block: usize) -> bool {
        let block = self.document.blocks.get(block);
        matches!(block, Some(Block::Paragraph(paragraph)) if paragraph.style == StyleName::Signature)
    }

    /// Places the signature flush right that ends with a block, as GB/T 9704-2012, 7.3.5.3 does without a seal: a line
    /// below the text, its names two characters from the right edge, and the date in the last line begins two characters
    /// right of the first name, or is itself two characters from the edge where it is longer.
    pub(super) fn place_signature(&mut self, last: usize) {
        let first = (0..last).rev().take_while(|block| self.is_signature(*block)).last().unwrap_or(last);
        let style = self.document.styles.get(StyleName::Signature);
        if style.align != Align::Right {
            return;
        }
        let measure = Frame::of(&self.document.page, Orientation::Portrait).width;
        let lines =
            self.waiting.iter_mut().filter_map(|flow| flow.line.as_mut().map(|(line, place)| (line, place.block)));
        let mut lines: Vec<_> = lines.filter(|(_, block)| (first..=last).contains(block)).collect();
        let blank = style.size * BLANK;
        let width = |wanted: usize| {
            lines.iter().find(|(_, block)| *block == wanted).map_or(Length::ZERO, |(line, _)| line.width)
        };
        let (name, date) = (width(first), width(last));
        let (name_blank, date_blank) = match date <= name {
            _ if first == last => (blank, blank),
            true => (blank, name - date),
            false => (date + blank * 2 - name, blank),
        };
        for (line, block) in &mut lines {
            let blank = if *block == last { date_blank } else { name_blank };
            // A long name keeps its line.
            let blank = blank.min(measure - line.width).max(Length::ZERO);
            line.move_right(Length::ZERO - blank);
        }
        if let Some(above) = self.waiting.iter_mut().find(|flow| flow.block() == Some(first)) {
            above.before = style.before + style.pitch;
            self.blocks[first].spaces = Some((above.before, style.after));
        }
    }
}
