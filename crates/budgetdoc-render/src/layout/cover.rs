//! The cover.

use budgetdoc_document::{Align, Cover, Length, Orientation, ParagraphStyle, StyleName, Text};

use super::typesetter::{Typesetter, baseline};
use super::{BlockPart, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, Shape};

/// The middle of a title, in hundredths of the paper's height.
pub(crate) const TITLE_MIDDLE: i32 = 36;
/// Blank lines of the foot's pitch between the foot lines and the lower edge of the text block.
pub(crate) const BLANK_LINES_AT_FOOT: i32 = 2;
/// Ends the label of a line at the foot: 预算单位：….
pub(crate) const COLON: char = '：';

impl Typesetter<'_> {
    /// Returns the cover: its title around the upper third of the paper, its other lines near the foot of the text
    /// block.
    pub(super) fn cover(&mut self, cover: &Cover) -> Result<(), RenderError> {
        self.page_break();
        self.page_is_open = false;
        self.new_page(Orientation::Portrait, false);
        let title = std::slice::from_ref(&cover.title);
        let height = self.cover_height(StyleName::CoverTitle, title)?;
        let middle = self.document.page.height * TITLE_MIDDLE / 100;
        let top = (middle - height / 2).max(self.frame.top);
        self.cover_lines(StyleName::CoverTitle, title, |_| BlockPart::Text, top)?;
        let height = self.cover_height(StyleName::CoverLine, &cover.lines)?;
        let room = self.document.styles.get(StyleName::CoverLine).pitch * BLANK_LINES_AT_FOOT;
        self.cover_lines(
            StyleName::CoverLine,
            &cover.lines,
            BlockPart::CoverLine,
            self.frame.bottom() - room - height,
        )?;
        self.page_is_open = false;
        Ok(())
    }

    fn cover_height(&mut self, name: StyleName, texts: &[Text]) -> Result<Length, RenderError> {
        let style = self.document.styles.get(name);
        let mut count = 0;
        for text in texts {
            let measured = self.measurer.measure(text, style.role, style.size, BreakStyle::Phrases)?;
            count += measured.lines(&Shape::new(self.frame.width, style.align)).len();
        }
        Ok(style.pitch * count as i32)
    }

    fn cover_lines(
        &mut self,
        name: StyleName,
        texts: &[Text],
        part: impl Fn(usize) -> BlockPart,
        top: Length,
    ) -> Result<(), RenderError> {
        let style = self.document.styles.get(name);
        let indents = self.indents_to_colons(style, texts)?;
        let mut y = top + baseline(style.size, style.pitch);
        for (index, (text, indent)) in texts.iter().zip(indents).enumerate() {
            let measured = self.measurer.measure(text, style.role, style.size, BreakStyle::Phrases)?;
            let set = self.text(part(index), 0, Tag::Paragraph);
            let mut shape = Shape::new(self.frame.width, style.align);
            if let Some(indent) = indent {
                (shape.indent, shape.align) = (indent, Align::Left);
            }
            for line in measured.lines(&shape) {
                self.draw_line(Some(set), line, self.frame.left, y);
                y += style.pitch;
            }
        }
        Ok(())
    }

    /// Returns the indents that set the colons of several centred lines one below the other and the lines as a whole in
    /// the middle; none for lines without a colon.
    fn indents_to_colons(
        &mut self,
        style: &ParagraphStyle,
        texts: &[Text],
    ) -> Result<Vec<Option<Length>>, RenderError> {
        let mut widths = Vec::new();
        for text in texts {
            let words = text.to_plain();
            let Some((label, _)) = words.split_once(COLON) else {
                widths.push(None);
                continue;
            };
            let label = Text::plain(format!("{label}{COLON}"));
            let mut width = |text: &Text| -> Result<Length, RenderError> {
                Ok(self.measurer.measure(text, style.role, style.size, BreakStyle::Phrases)?.natural_width())
            };
            let label = width(&label)?;
            widths.push(Some((label, width(text)? - label)));
        }
        let labelled = || widths.iter().flatten();
        let widest = labelled().map(|(label, _)| *label).max().unwrap_or(Length::ZERO);
        let whole = widest + labelled().map(|(_, rest)| *rest).max().unwrap_or(Length::ZERO);
        let aligns = style.align == Align::Center && labelled().count() > 1 && whole <= self.frame.width;
        let left = (self.frame.width - whole) / 2;
        Ok(widths.iter().map(|width| width.filter(|_| aligns).map(|(label, _)| left + widest - label)).collect())
    }
}
