//! Page numbers.

use budgetdoc_document::{Align, Length, Orientation, Role, StyleName, Text};

use super::typesetter::{Frame, Typesetter};
use super::{Item, Mark};
use crate::RenderError;
use crate::text::{BreakStyle, Shape};

impl Typesetter<'_> {
    /// Prints the numbers of all counted pages (GB/T 9704-2012 7.5): the top of the dash a set distance below the text
    /// block, odd numbers to the right and even ones to the left, one character in.
    ///
    /// On a landscape page the number keeps the place and direction it has on the upright sheet. As the page is read,
    /// it is turned and to the left of the table: at the foot of odd pages and at the head of even ones.
    pub(super) fn number_pages(&mut self) -> Result<(), RenderError> {
        let style = self.document.styles.get(StyleName::PageNumber);
        let settings = &self.document.page.number;
        let (before, after) = &settings.around;
        let dash = before.chars().find(|character| !character.is_whitespace()).unwrap_or('0');
        let above = self.ink_top(style.role, dash, style.size)?;
        for index in 0..self.pages.len() {
            let Some(number) = self.pages[index].number else { continue };
            let text = Text::plain(format!("{before}{number}{after}"));
            let measured = self.measurer.measure(&text, style.role, style.size, BreakStyle::Running)?;
            let sheet = &self.document.page;
            // In a document of wide pages, none of them is a turned upright sheet.
            let turned = self.pages[index].orientation == Orientation::Landscape && sheet.width < sheet.height;
            let held = if turned { Orientation::Portrait } else { self.pages[index].orientation };
            let frame = Frame::of(sheet, held);
            let align = match (settings.outside, number % 2) {
                (false, _) => Align::Center,
                (true, 1) => Align::Right,
                (true, _) => Align::Left,
            };
            let indent = if settings.outside { style.size } else { Length::ZERO };
            let shape = Shape::new(frame.width - indent * 2, align);
            for line in measured.lines(&shape) {
                let y = frame.bottom() + settings.below + above;
                self.pages[index].items.reserve_exact(line.runs.len());
                for mut run in line.runs {
                    let x = run.x + frame.left + indent;
                    // The upright sheet turned a quarter clockwise: its foot comes to the left, its left edge on top.
                    (run.x, run.y) = if turned { (self.document.page.height - y, x) } else { (x, y) };
                    run.turned = turned;
                    self.pages[index].items.push(Item { node: None, mark: Mark::Glyphs(run) });
                }
            }
        }
        Ok(())
    }

    fn ink_top(&mut self, role: Role, character: char, size: Length) -> Result<Length, RenderError> {
        let glyph = self.measurer.glyph(role, character)?;
        let face = self.measurer.book().face(glyph.face);
        Ok(face.ink_top(glyph.id, size).unwrap_or(size.scale(38, 100)))
    }
}
