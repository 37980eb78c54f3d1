//! Line breaks as printed. Titles and short cells break at words on the page; Word would fill one line after the other.
//! Indents make it break alike, and leave the text as it is.

use budgetdoc_document::Length;

use super::widths::{Widths, first_piece};
use crate::layout::SetLine;

/// What a line that fills its room has beside it, for rounding.
const SLACK: Length = Length::milli_pt(300);

/// Cuts a text where its lines begin. Blanks at a break stay at the end of a line, where they do not show.
pub(super) fn split<'t>(text: &'t str, lines: &[SetLine]) -> Vec<&'t str> {
    let starts = std::iter::once(0).chain(lines.iter().skip(1).map(|line| line.range.start));
    let ends = lines.iter().skip(1).map(|line| line.range.start).chain([text.len()]);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).collect()
}

/// How a centred title has to be written to break as printed.
#[derive(Default)]
pub(super) struct Title<'t> {
    /// How far it stands in from both edges of its column, or out.
    pub(super) narrower: Option<(Length, Length)>,
    /// Its lines, where no indent makes them.
    pub(super) lines: Option<Vec<&'t str>>,
}

impl<'t> Title<'t> {
    /// Returns the title of these `lines` in a column of `width`.
    pub(super) fn new(lines: Vec<&'t str>, widths: Widths<'_, '_>, width: Length) -> Self {
        let narrower = |measure| Some(((width - measure) / 2, (width - measure) / 2));
        match measure(&lines, widths, width) {
            LineMeasure::Room => Title::default(),
            LineMeasure::Of(measure) => Title { narrower: narrower(measure), lines: None },
            LineMeasure::None(least) => {
                Title { narrower: (least > width).then(|| narrower(least)).flatten(), lines: Some(lines) }
            }
        }
    }
}

/// Returns how far lines of a cover's title have to stand out of a column of `width` for each to be one line.
pub(super) fn cover_indent(lines: &[&str], widths: Widths<'_, '_>, width: Length) -> Option<(Length, Length)> {
    let widest = lines.iter().map(|line| widths.with_gaps(line)).max()? + SLACK;
    (widest > width).then(|| ((width - widest) / 2, (width - widest) / 2))
}

/// The measure in which Word, filling one line after the other, breaks where the printed lines do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineMeasure {
    /// The room there is.
    Room,
    /// Another one.
    Of(Length),
    /// None: the longest line, of this width, has room for more than a line that was ended early.
    None(Length),
}

/// Finds the measure for `lines` that have `room`: with LibreOffice's gaps in them if there is one.
pub(super) fn measure(lines: &[&str], widths: Widths<'_, '_>, room: Length) -> LineMeasure {
    match measure_with(lines, widths, room, |line| widths.with_gaps(line)) {
        LineMeasure::None(least) => match measure_with(lines, widths, room, |line| widths.natural_width(line)) {
            LineMeasure::None(_) => LineMeasure::None(least),
            found => found,
        },
        found => found,
    }
}

/// Returns the same where a line wants a room of its own.
fn measure_with(lines: &[&str], widths: Widths<'_, '_>, room: Length, wanted: impl Fn(&str) -> Length) -> LineMeasure {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let least = lines.iter().map(|line| wanted(line)).max().unwrap_or_default();
    // Below this, the beginning of a line does not fit on the line before.
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let most = pairs.map(|(line, next)| widths.natural_width(line) + widths.natural_width(first_piece(next)));
    match most.min() {
        None if least > room => LineMeasure::Of(least + SLACK),
        None => LineMeasure::Room,
        Some(most) if least >= most => LineMeasure::None(least),
        Some(most) if least <= room && room < most => LineMeasure::Room,
        Some(most) => LineMeasure::Of((least + most) / 2),
    }
}

#[cfg(test)]
mod tests {
    use budgetdoc_document::{Length, Role};

    use super::{Title, cover_indent};
    use crate::docx::widths::Metrics;
    use crate::font::{FontBook, FontSearch};

    #[test]
    fn a_title_breaks_by_its_indents_where_they_can_make_it() {
        let fonts = FontBook::load(&FontSearch::default()).unwrap();
        let (size, width, metrics) = (Length::pt(22), Length::mm(156), Metrics::new(&fonts));
        let title = |lines: &[&'static str]| Title::new(lines.to_vec(), metrics.of(Role::Title, size), width);
        let year = title(&["第二部分　示例事务部", "2025年部门预算表及说明"]);
        let (left, right) = year.narrower.unwrap_or_default();
        let measure = width - left - right;
        // The second line has eleven characters; with twelve the first would take the year in.
        assert!(year.lines.is_none() && measure > size * 11 && measure < size * 12, "{measure:?}");
        let name = title(&["第二部分", "示例事务部2025年部门预算表及说明"]);
        assert!(name.narrower.is_none() && name.lines.is_some_and(|lines| lines.len() == 2));
        let short = title(&["部门概况"]);
        assert!(short.narrower.is_none() && short.lines.is_none());
    }

    #[test]
    fn a_cover_title_that_fills_its_line_has_room_for_gaps() {
        let fonts = FontBook::load(&FontSearch::default()).unwrap();
        let (width, metrics) = (Length::mm(156), Metrics::new(&fonts));
        let indent = |lines: &[&str]| cover_indent(lines, metrics.of(Role::Title, Length::pt(36)), width);
        assert!(indent(&["示例事务部2025年部门预算"]).is_some_and(|(left, _)| left < Length::ZERO));
        assert_eq!(indent(&["示例事务部", "2025年部门预算"]), None);
    }
}
