//! Makes Word break titles and short cells at the words where the printed lines break, if possible by indents alone.

use budgetdoc_document::Length;

use super::widths::{Widths, first_piece};
use crate::layout::SetLine;

/// Slack of a line that fills its room, for rounding, also to the whole characters of LibreOffice's grid.
const SLACK: Length = Length::milli_pt(1_500);

/// Splits a text into its lines. Blanks at a break stay at the end of a line, where they are invisible.
pub(super) fn split<'t>(text: &'t str, lines: &[SetLine]) -> Vec<&'t str> {
    let starts = std::iter::once(0).chain(lines.iter().skip(1).map(|line| line.range.start));
    let ends = lines.iter().skip(1).map(|line| line.range.start).chain([text.len()]);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).collect()
}

/// Indents or breaks that make a centred title break as printed.
#[derive(Default)]
pub(super) struct Title<'t> {
    /// Indents from both edges of the column; negative outwards.
    pub(super) side_indents: Option<(Length, Length)>,
    /// The lines, if no indent makes them.
    pub(super) lines: Option<Vec<&'t str>>,
}

impl<'t> Title<'t> {
    /// Creates the title of `lines` in a column of `width`.
    pub(super) fn new(lines: Vec<&'t str>, widths: Widths<'_, '_>, width: Length) -> Self {
        let side_indents = |measure| Some(((width - measure) / 2, (width - measure) / 2));
        match measure(&lines, widths, width) {
            LineMeasure::Room => Title::default(),
            LineMeasure::Of(measure) => Title { side_indents: side_indents(measure), lines: None },
            LineMeasure::None(min_width) => Title {
                side_indents: (min_width > width).then(|| side_indents(min_width)).flatten(),
                lines: Some(lines),
            },
        }
    }
}

/// Returns the negative indents that give each line of a cover's title room in a column of `width`; none if it has room.
pub(super) fn cover_indent(lines: &[&str], widths: Widths<'_, '_>, width: Length) -> Option<(Length, Length)> {
    let widest = lines.iter().map(|line| widths.with_gaps(line)).max()? + SLACK;
    (widest > width).then(|| ((width - widest) / 2, (width - widest) / 2))
}

/// The measure at which Word breaks as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineMeasure {
    /// The room there is.
    Room,
    /// Another measure.
    Of(Length),
    /// None: at the width of the longest line, given here, a shorter line would take in the next word.
    None(Length),
}

/// Returns the measure for `lines` in `room`, if possible one that allows for LibreOffice's gaps.
pub(super) fn measure(lines: &[&str], widths: Widths<'_, '_>, room: Length) -> LineMeasure {
    match measure_with(lines, widths, room, |line| widths.with_gaps(line)) {
        LineMeasure::None(min_width) => match measure_with(lines, widths, room, |line| widths.natural_width(line)) {
            LineMeasure::None(_) => LineMeasure::None(min_width),
            found => found,
        },
        found => found,
    }
}

/// Returns the measure for `lines` in `room`, with the width of each from `width_of`.
fn measure_with(
    lines: &[&str],
    widths: Widths<'_, '_>,
    room: Length,
    width_of: impl Fn(&str) -> Length,
) -> LineMeasure {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let min_width = lines.iter().map(|line| width_of(line)).max().unwrap_or_default();
    // From this width on, a line takes in the beginning of the next.
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let max_width = pairs.map(|(line, next)| widths.natural_width(line) + widths.natural_width(first_piece(next)));
    match max_width.min() {
        None if min_width > room => LineMeasure::Of(min_width + SLACK),
        None => LineMeasure::Room,
        Some(max_width) if min_width >= max_width => LineMeasure::None(min_width),
        Some(max_width) if min_width <= room && room < max_width => LineMeasure::Room,
        Some(max_width) => LineMeasure::Of((min_width + max_width) / 2),
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
        let (left, right) = year.side_indents.unwrap_or_default();
        let measure = width - left - right;
        // The second line has eleven characters; with twelve the first would take the year in.
        assert!(year.lines.is_none() && measure > size * 11 && measure < size * 12, "{measure:?}");
        let name = title(&["第二部分", "示例事务部2025年部门预算表及说明"]);
        assert!(name.side_indents.is_none() && name.lines.is_some_and(|lines| lines.len() == 2));
        let short = title(&["部门概况"]);
        assert!(short.side_indents.is_none() && short.lines.is_none());
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
