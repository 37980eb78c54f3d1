//! Makes Word break titles and short cells at the words where the printed lines break, if possible by indents alone.

use budgetdoc_document::{Align, Length, Text};

use super::widths::{Widths, first_piece};
use crate::layout::SetLine;
use crate::text::{BreakStyle, Shape, TextMeasurer};

/// Slack of a line that fills its room, for rounding, also to the whole characters of LibreOffice's grid.
const SLACK: Length = Length::milli_pt(1_500);

/// What a line has to spare in a cell, whose edges and blanks are whole twips. LibreOffice takes half a rule for room.
pub(super) const ROUNDING: Length = Length::milli_pt(500);

/// Most blank behind a line of a cell.
const MAX_BLANK: Length = Length::milli_pt(2_000);

/// Splits a text into its lines. Blanks at a break stay at the end of a line, where they are invisible.
pub(super) fn split<'t>(text: &'t str, lines: &[SetLine]) -> Vec<&'t str> {
    split_at(text, lines.iter().map(|line| line.range.start))
}

/// Fills lines of `room` one after the other, as Word does, with the width of pieces from `width_of` and the gap between
/// the characters where two meet from `gap_of`.
pub(super) fn fill(
    text: &str,
    room: Length,
    width_of: impl Fn(&str) -> Length,
    gap_of: impl Fn(char, char) -> Length,
) -> Vec<&str> {
    let (mut starts, mut end, mut before) = (vec![0], 0, None);
    let mut width = Length::ZERO;
    while end < text.len() {
        let piece = first_piece(&text[end..]);
        width += before.zip(piece.chars().next()).map_or(Length::ZERO, |(before, after)| gap_of(before, after));
        // Blanks at the end of a line take no room.
        let (words, blanks) = piece.split_at(piece.trim_end().len());
        let own = width_of(words);
        if end > 0 && !words.is_empty() && width + own > room {
            starts.push(end);
            width = Length::ZERO;
        }
        width += own + width_of(blanks);
        (before, end) = (piece.chars().next_back(), end + piece.len());
    }
    split_at(text, starts.into_iter())
}

fn split_at(text: &str, starts: impl Iterator<Item = usize> + Clone) -> Vec<&str> {
    let ends = starts.clone().skip(1).chain([text.len()]);
    std::iter::once(0).chain(starts.skip(1)).zip(ends).filter_map(|(start, end)| text.get(start..end)).collect()
}

/// Returns the lines of a centred title that is not printed as one text, as number and title of a table, in a column of
/// `width`.
pub(super) fn compose<'t>(
    title: &'t str,
    mut measurer: TextMeasurer<'_>,
    widths: Widths<'_, '_>,
    width: Length,
) -> Vec<&'t str> {
    let room = width - (widths.with_gaps(title) - widths.natural_width(title));
    // Its characters are those of texts that have been set.
    let measured = measurer.measure(&Text::plain(title), widths.role, widths.size, BreakStyle::Phrases).ok();
    let lines = measured.map_or_else(Vec::new, |measured| measured.lines(&Shape::new(room, Align::Center)));
    split_at(title, lines.iter().map(|line| line.range.start))
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
        None if min_width + ROUNDING > room => LineMeasure::Of(min_width + SLACK),
        None => LineMeasure::Room,
        Some(max_width) if min_width >= max_width => LineMeasure::None(min_width + ROUNDING),
        Some(max_width) if min_width + ROUNDING <= room && room + ROUNDING * 2 < max_width => LineMeasure::Room,
        Some(max_width) => LineMeasure::Of((min_width + max_width) / 2),
    }
}

/// Returns the least measure with room for `lines`, and the blank behind each that keeps the next word off it, if all are
/// small and no measure alone makes the lines: of 深圳市龙岗区 / 妇女联合会本级 the first has a character less than the
/// second, and would take in 妇.
pub(super) fn blanks(lines: &[&str], widths: Widths<'_, '_>) -> Option<(Length, Vec<Length>)> {
    blanks_with(lines, widths, |line| widths.with_gaps(line))
        .or_else(|| blanks_with(lines, widths, |line| widths.natural_width(line)))
}

fn blanks_with(
    lines: &[&str],
    widths: Widths<'_, '_>,
    width_of: impl Fn(&str) -> Length,
) -> Option<(Length, Vec<Length>)> {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let measure = lines.iter().map(|line| width_of(line)).max()? + ROUNDING;
    let pairs = lines.iter().zip(lines.iter().skip(1)).map(|(line, next)| {
        let with_next = widths.natural_width(line) + widths.natural_width(first_piece(next));
        let blank = (measure + ROUNDING * 2 - with_next).max(Length::ZERO);
        (blank <= MAX_BLANK && width_of(line) + ROUNDING + blank <= measure).then_some(blank)
    });
    // Nothing follows the last.
    let blanks: Option<Vec<Length>> = pairs.chain([Some(Length::ZERO)]).collect();
    Some((measure, blanks?))
}

#[cfg(test)]
mod tests {
    use budgetdoc_document::{Length, Role};

    use super::{Title, blanks, compose, cover_indent};
    use crate::docx::widths::Metrics;
    use crate::font::{FontBook, FontSearch};
    use crate::text::TextMeasurer;

    #[test]
    fn lines_with_a_character_less_than_the_longest_have_blank_behind_them() {
        let fonts = FontBook::load(&FontSearch::default()).unwrap();
        let (size, metrics) = (Length::pt(10), Metrics::new(&fonts));
        let blanks = |lines: &[&str]| blanks(lines, metrics.of(Role::Table, size));
        let (measure, one, none) = (Length::milli_pt(500), Length::milli_pt(1_500), Length::ZERO);
        assert_eq!(blanks(&["深圳市龙岗区", "妇女联合会本级"]), Some((size * 7 + measure, vec![one, none])));
        assert_eq!(blanks(&["服务", "对象", "满意度"]), Some((size * 3 + measure, vec![one, one, none])));
        assert_eq!(blanks(&["政府性", "基金", "预算"]), Some((size * 3 + measure, vec![none, one, none])));
        // The first line takes in 养 from two characters of room on.
        assert_eq!(blanks(&["农村", "公路养护"]), None);
    }

    #[test]
    fn number_and_title_of_a_table_break_between_words() {
        let fonts = FontBook::load(&FontSearch::default()).unwrap();
        let (size, metrics) = (Length::pt(18), Metrics::new(&fonts));
        let title = "公开07表　一般公共预算“三公”经费、会议费和培训费支出表";
        let lines = compose(title, TextMeasurer::new(&fonts), metrics.of(Role::Title, size), Length::mm(156));
        assert_eq!(lines, ["公开07表　一般公共预算“三公”", "经费、会议费和培训费支出表"]);
    }

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
