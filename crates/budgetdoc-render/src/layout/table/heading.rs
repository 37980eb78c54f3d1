//! The lines above a table: number, title and caption, the same on every page.

use budgetdoc_document::{Align, Length, ParagraphStyle, Role, StyleName, Table, Text};

use super::super::block::TextPlace;
use super::super::typesetter::{Typesetter, baseline};
use super::super::{BlockPart, Glyph, GlyphRun, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Shape};

/// The heading lines of a table with their places below the top of its fragment.
pub(super) struct HeadingLines {
    lines: Vec<(GlyphLine, Length, TextPlace)>,
    pub height: Length,
    /// The mark of continuation pages (续表), on the first line.
    continued: Option<(GlyphLine, Length)>,
    target: Option<usize>,
}

impl Typesetter<'_> {
    pub(super) fn heading_lines(&mut self, table: &Table, width: Length) -> Result<HeadingLines, RenderError> {
        let mut set = HeadingLines { lines: Vec::new(), height: Length::ZERO, continued: None, target: None };
        if let Some(heading) = &table.heading {
            set.target = Some(self.target(heading.level, heading.contents, &heading.entry));
            let title = self.text(
                BlockPart::Text,
                0,
                Tag::Heading { level: heading.level, title: heading.entry.as_str().into() },
            );
            let place = TextPlace { part: BlockPart::Number, ..title };
            let number = Text::plain(heading.number.as_str());
            for (name, text, place) in
                [(StyleName::TableNumber, &number, place), (StyleName::TableTitle, &heading.title, title)]
            {
                let style = self.document.styles.get(name);
                if !text.is_empty() {
                    self.add_lines(&mut set, style, text, width, style.align, place)?;
                }
                if name == StyleName::TableNumber && !heading.title.is_empty() {
                    self.add_blank(&mut set, style)?;
                }
            }
        }
        if let Some((left, right)) = &table.caption {
            self.caption(&mut set, left, right, width)?;
        }
        if let (Some(words), Some((_, y, _))) = (&self.document.page.continued, set.lines.first()) {
            let y = *y;
            let style = self.document.styles.get(StyleName::TableCaption);
            let words = Text::plain(words.as_str());
            let measured = self.measurer.measure(&words, style.role, style.size, BreakStyle::Running)?;
            set.continued = measured.lines(&Shape::new(width, Align::Right)).into_iter().next().map(|line| (line, y));
        }
        if set.height > Length::ZERO {
            // Keeps the caption off the rule.
            set.height += Length::pt(1);
        }
        Ok(set)
    }

    /// Sets both texts on one line, or one below the other if they do not fit.
    fn caption(&mut self, set: &mut HeadingLines, left: &Text, right: &Text, width: Length) -> Result<(), RenderError> {
        let style = self.document.styles.get(StyleName::TableCaption);
        let natural_width = |setter: &mut Self, text: &Text| {
            let measured = setter.measurer.measure(text, style.role, style.size, BreakStyle::Phrases)?;
            Ok::<Length, RenderError>(measured.natural_width())
        };
        let fits = natural_width(self, left)? + natural_width(self, right)? + style.size <= width;
        let top = set.height;
        if !left.is_empty() {
            let place = self.text(BlockPart::CaptionLeft, 0, Tag::Paragraph);
            self.add_lines(set, style, left, width, Align::Left, place)?;
        }
        if !right.is_empty() {
            if fits {
                set.height = top;
            }
            let place = self.text(BlockPart::CaptionRight, 0, Tag::Paragraph);
            self.add_lines(set, style, right, width, Align::Right, place)?;
        }
        Ok(())
    }

    fn add_lines(
        &mut self,
        set: &mut HeadingLines,
        style: &ParagraphStyle,
        text: &Text,
        width: Length,
        align: Align,
        place: TextPlace,
    ) -> Result<(), RenderError> {
        let measured = self.measurer.measure(text, style.role, style.size, BreakStyle::Phrases)?;
        set.height += style.before;
        for line in measured.lines(&Shape::new(width, align)) {
            set.lines.push((line, set.height + baseline(style.size, style.pitch), place));
            set.height += style.pitch;
        }
        set.height += style.after;
        Ok(())
    }

    /// Adds a blank to the end of the last line, so that readers do not take number and title for one word.
    fn add_blank(&mut self, set: &mut HeadingLines, style: &ParagraphStyle) -> Result<(), RenderError> {
        let glyph = self.measurer.glyph(Role::Latin, ' ')?;
        if let Some((line, ..)) = set.lines.last_mut() {
            let blank = Glyph { id: glyph.id, advance: glyph.advance(style.size), shift: Length::ZERO, bytes: 1 };
            line.runs.push(GlyphRun {
                x: line.x + line.width,
                y: Length::ZERO,
                turned: false,
                face: glyph.face,
                size: style.size,
                text: " ".into(),
                glyphs: Box::new([blank]),
            });
        }
        Ok(())
    }

    /// Draws the heading lines; those of later pages are repetitions and belong to no node.
    pub(super) fn draw_heading(&mut self, heading: &HeadingLines, first: bool) {
        if let Some(target) = heading.target.filter(|_| first) {
            self.place_target(target, self.y);
        }
        let (x, top) = (self.frame.left, self.y);
        for (line, y, place) in &heading.lines {
            self.draw_line(first.then_some(*place), line.clone(), x, top + *y);
        }
        if let Some((line, y)) = heading.continued.as_ref().filter(|_| !first) {
            self.draw_line(None, line.clone(), x, top + *y);
        }
        self.y = top + heading.height;
    }
}

impl HeadingLines {
    /// Moves the caption to the edges of a table of `width` that begins at `left`, if it has room there.
    pub fn align_caption(&mut self, left: Length, width: Length) {
        let is_caption = |part| matches!(part, BlockPart::CaptionLeft | BlockPart::CaptionRight);
        let caption = || self.lines.iter().filter(|(_, _, place)| is_caption(place.part));
        let used: Length = caption().map(|(line, ..)| line.width).sum();
        let are_on_one_line = caption().zip(caption().skip(1)).all(|((_, y, _), (_, next, _))| y == next);
        if used > width || !are_on_one_line {
            return;
        }
        for (line, _, place) in &mut self.lines {
            match place.part {
                BlockPart::CaptionLeft => line.move_right(left),
                BlockPart::CaptionRight => line.move_right(Length::ZERO - left),
                BlockPart::Number
                | BlockPart::Text
                | BlockPart::CoverLine(_)
                | BlockPart::Entry(_)
                | BlockPart::Cell { .. }
                | BlockPart::Note(_) => {}
            }
        }
    }
}
