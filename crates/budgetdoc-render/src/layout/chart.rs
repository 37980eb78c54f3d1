//! Charts: flat areas in shades of grey with words outside, above a caption.
//!
//! All places are counted from the upper left corner of the chart until its page is known.

use budgetdoc_document::{Align, Chart, ChartKind, ChartPoint, Length, StyleName, Text};

use super::flow::FlowLine;
use super::path::{Circle, Path, PathSegment, Point, TURN};
use super::table::AROUND;
use super::typesetter::{Frame, Typesetter, baseline};
use super::{BlockPart, Mark, NodeId, Tag};
use crate::RenderError;
use crate::text::{BreakStyle, GlyphLine, Shape};

/// Radius of a pie on a page of ordinary size.
const RADIUS: Length = Length::mm(22);
/// The hole of a ring, in hundredths of its radius.
pub(crate) const HOLE: i32 = 55;
/// How far a leader leads straight out of its sector, and how far its label is from the circle.
const LEADER: (Length, Length) = (Length::pt(5), Length::pt(20));
/// Blank between a label and what it belongs to.
const GAP: Length = Length::pt(4);
/// Height of the tallest column.
const COLUMN_HEIGHT: Length = Length::mm(42);
/// The widest column, and the widest room for those of a part.
const COLUMN_WIDTH: (Length, Length) = (Length::pt(40), Length::pt(120));
/// Width of lines.
const LINE: Length = Length::milli_pt(500);
/// Side of the squares of a legend.
const SQUARE: Length = Length::pt(8);

/// Shades of areas: neighbours differ in print without colour, and the last of as many as a budget has from the first.
pub(crate) const SHADES: [u8; 7] = [0x50, 0xd8, 0x88, 0xf4, 0x68, 0xb8, 0xa0];

/// A chart ready for its page.
#[derive(Clone, Debug)]
pub(super) struct SetChart {
    pub block: usize,
    pub node: NodeId,
    pub drawing: Drawing,
    /// The same at three quarters of its size, where that saves the rest of a page from being blank.
    pub smaller: Option<Box<Drawing>>,
}

/// The marks of a chart, centred in the text block.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub marks: Vec<Mark>,
    pub width: Length,
    pub height: Length,
}

/// Words with their box.
struct Label {
    lines: Vec<GlyphLine>,
    x: Length,
    y: Length,
    width: Length,
    height: Length,
}

impl Label {
    fn text_width(&self) -> Length {
        self.lines.iter().map(|line| line.width).max().unwrap_or_default()
    }

    fn overlaps(&self, other: &Label) -> bool {
        self.is_over(other.x, other.x + other.width)
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    fn is_over(&self, left: Length, right: Length) -> bool {
        self.x < right && left < self.x + self.width
    }
}

impl Typesetter<'_> {
    /// Adds a chart and its caption to the waiting lines. Both stay on the page of the lines above them.
    pub(super) fn chart(&mut self, chart: &Chart, index: usize) -> Result<(), RenderError> {
        let frame = Frame::of(&self.document.page, budgetdoc_document::Orientation::Portrait);
        let node = self.node(0, Tag::Figure { summary: chart.summary.as_str().into(), place: None });
        let drawing = self.drawing(chart, frame, 4)?;
        let smaller = self.drawing(chart, frame, 3)?;
        self.keep_text_above(index);
        let smaller = (smaller.height < drawing.height).then(|| Box::new(smaller));
        let chart_set = SetChart { block: index, node, drawing, smaller };
        self.waiting.push(FlowLine::of_chart(chart_set, AROUND));
        let caption = self.text(BlockPart::Text, node, Tag::Caption);
        self.flow(StyleName::ChartCaption, &chart.caption, caption, None)
    }

    /// Draws a chart at so many quarters of its size.
    fn drawing(&mut self, chart: &Chart, frame: Frame, quarters: i32) -> Result<Drawing, RenderError> {
        match chart.kind {
            ChartKind::Pie | ChartKind::Ring => self.circle(chart, frame, quarters),
            ChartKind::Columns => self.columns(chart, frame, quarters),
        }
    }

    /// Draws a pie or ring with labels in a column at either side.
    fn circle(&mut self, chart: &Chart, frame: Frame, quarters: i32) -> Result<Drawing, RenderError> {
        let radius = RADIUS.min(frame.width / 6).min(frame.height / 4) * quarters / 4;
        let label_width = frame.width / 2 - radius - LEADER.1 - GAP;
        let ends = chart.sector_ends();
        let starts: Vec<u32> = std::iter::once(0).chain(ends.iter().copied()).take(ends.len()).collect();
        let sectors = || starts.iter().copied().zip(ends.iter().copied());
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for ((start, end), point) in sectors().zip(&chart.points) {
            // The leader of the only part leads to the side.
            let middle = if end - start == TURN { TURN / 4 } else { start + (end - start) / 2 };
            let side = if middle < TURN / 2 { &mut right } else { &mut left };
            let align = if middle < TURN / 2 { Align::Left } else { Align::Right };
            side.push((middle, self.label(&point.label(), label_width, align)?));
        }
        // From top to bottom.
        left.reverse();
        let total = |side: &[(u32, Label)]| side.iter().map(|(_, label)| label.height).sum::<Length>();
        let height = (radius * 2 + GAP * 2).max(total(&left)).max(total(&right));
        let circle = Circle { middle: Point { x: frame.width / 2, y: height / 2 }, radius };
        let mut marks: Vec<Mark> = sectors()
            .zip(SHADES.iter().cycle())
            .filter(|((start, end), _)| start < end)
            .map(|(sector, shade)| sector_mark(&circle, chart.kind, sector, *shade))
            .collect();
        for (side, is_left) in [(&mut right, false), (&mut left, true)] {
            spread(side, &circle, height);
            for (turn, label) in side {
                label.x = if is_left { Length::ZERO } else { frame.width - label_width };
                let edge = if is_left { label_width } else { label.x };
                let towards = if is_left { -GAP } else { GAP };
                let first = self.document.styles.get(StyleName::TableText).pitch / 2;
                let knee = Circle { radius: radius + LEADER.0, ..circle }.at(*turn);
                let y = label.y + first;
                let from = if is_left { edge + GAP * 2 } else { edge - GAP * 2 };
                let path = [circle.at(*turn), knee, Point { x: from, y }, Point { x: edge - towards, y }];
                marks.push(line_mark(&path));
                self.add_label(label, &mut marks);
            }
        }
        Ok(Drawing { marks, width: frame.width, height })
    }

    /// Draws columns with their values above and names below them.
    fn columns(&mut self, chart: &Chart, frame: Frame, quarters: i32) -> Result<Drawing, RenderError> {
        let (parts, series) = (chart.points.len() as i32, chart.series.len() as i32);
        let room = (frame.width / parts).min(COLUMN_WIDTH.1);
        let width = (room * 7 / 10 / series).min(COLUMN_WIDTH.0);
        let tallest = COLUMN_HEIGHT.min(frame.height / 4) * quarters / 4;
        let left = (frame.width - room * parts) / 2;
        let pitch = self.document.styles.get(StyleName::TableText).pitch;
        // Columns stand on 0 and reach up to negative places; all is moved down at the end.
        let (mut columns, mut labels): (Vec<(Length, Length, usize)>, Vec<Label>) = (Vec::new(), Vec::new());
        for (index, point) in chart.points.iter().enumerate() {
            let start = left + room * index as i32 + (room - width * series) / 2;
            for (number, height) in chart.column_heights(point).into_iter().enumerate() {
                columns.push((start + width * number as i32, billionths_of(tallest, height), number));
            }
        }
        let values = chart.points.iter().flat_map(|point| &point.values);
        for ((x, height, _), value) in columns.iter().zip(values) {
            let mut label = self.label(&value.to_string(), frame.width, Align::Left)?;
            label.width = label.text_width() + GAP;
            let middle = *x + (width - label.width) / 2;
            label.x = middle.min(left + room * parts - label.width).max(left);
            label.y = -*height - label.height;
            // Above everything it would cover: the labels before it and its neighbour columns.
            while let Some(top) = labels
                .iter()
                .filter(|other| label.overlaps(other))
                .map(|other| other.y)
                .chain(columns.iter().filter(|(left, ..)| label.is_over(*left, *left + width)).map(|(_, top, _)| -*top))
                .filter(|top| label.y + label.height > *top)
                .min()
            {
                label.y = top - label.height;
            }
            labels.push(label);
        }
        let top = labels.iter().map(|label| label.y).min().unwrap_or_default();
        let mut foot = Length::ZERO;
        for (index, ChartPoint { name, .. }) in chart.points.iter().enumerate() {
            let mut label = self.label(name, room - GAP * 2, Align::Center)?;
            (label.x, label.y) = (left + room * index as i32 + GAP, GAP);
            foot = foot.max(label.y + label.height);
            labels.push(label);
        }
        let mut marks = Vec::new();
        for (x, height, number) in &columns {
            let area = [(*x, -*height), (*x + width, -*height), (*x + width, Length::ZERO), (*x, Length::ZERO)];
            marks.push(area_mark(&area, SHADES[number % SHADES.len()]));
        }
        marks.push(line_mark(&[Point { x: left, y: Length::ZERO }, Point { x: left + room * parts, y: Length::ZERO }]));
        labels.iter().for_each(|label| self.add_label(label, &mut marks));
        let head = top - pitch - GAP;
        let legend = self.legend(chart, frame.width, head, &mut marks)?;
        let width = legend.max(room * parts).min(frame.width);
        let down = Point { x: Length::ZERO, y: -head };
        let marks = marks.into_iter().map(|mark| mark.moved(down)).collect();
        Ok(Drawing { marks, width, height: foot - head })
    }

    /// Adds a centred line with the shade and name of each series, at `y`, and returns its width.
    fn legend(
        &mut self,
        chart: &Chart,
        width: Length,
        y: Length,
        marks: &mut Vec<Mark>,
    ) -> Result<Length, RenderError> {
        let mut entries = Vec::new();
        for index in 0..chart.series.len() {
            let label = self.label(&chart.series_name(index), width, Align::Left)?;
            entries.push((SHADES[index % SHADES.len()], Label { y, width: label.text_width(), ..label }));
        }
        let used: Length = entries.iter().map(|(_, label)| SQUARE + GAP + label.width + SQUARE * 2).sum();
        let mut x = (width - used) / 2 + SQUARE;
        for (shade, mut label) in entries {
            let top = y + (label.height - SQUARE) / 2;
            let area = [(x, top), (x + SQUARE, top), (x + SQUARE, top + SQUARE), (x, top + SQUARE)];
            marks.push(area_mark(&area, shade));
            label.x = x + SQUARE + GAP;
            self.add_label(&label, marks);
            x = label.x + label.width + SQUARE * 2;
        }
        Ok(used)
    }

    /// Sets words in a column of `width`.
    fn label(&mut self, words: &str, width: Length, align: Align) -> Result<Label, RenderError> {
        let style = self.document.styles.get(StyleName::TableText);
        let measured = self.measurer.measure(&Text::plain(words), style.role, style.size, BreakStyle::Phrases)?;
        let lines = measured.lines(&Shape::new(width, align));
        let height = style.pitch * lines.len() as i32;
        Ok(Label { lines, x: Length::ZERO, y: Length::ZERO, width, height })
    }

    fn add_label(&self, label: &Label, marks: &mut Vec<Mark>) {
        let style = self.document.styles.get(StyleName::TableText);
        for (index, line) in label.lines.iter().enumerate() {
            let y = label.y + style.pitch * index as i32 + baseline(style.size, style.pitch);
            let at = Point { x: label.x, y };
            marks.extend(line.runs.iter().map(|run| Mark::Glyphs(run.clone()).moved(at)));
        }
    }
}

/// Places the labels of a side, from top to bottom, each as near to the middle of its sector as the others permit.
fn spread(labels: &mut [(u32, Label)], circle: &Circle, height: Length) {
    let mut free = Length::ZERO;
    for (turn, label) in labels.iter_mut() {
        label.y = (circle.at(*turn).y - label.height / 2).max(free);
        free = label.y + label.height;
    }
    let mut end = height;
    for (_, label) in labels.iter_mut().rev() {
        label.y = label.y.min(end - label.height);
        end = label.y;
    }
}

fn sector_mark(circle: &Circle, kind: ChartKind, (start, end): (u32, u32), shade: u8) -> Mark {
    let is_whole = end - start == TURN;
    let mut segments = vec![PathSegment::Move(circle.at(start))];
    circle.arc(start, end, &mut segments);
    match kind {
        ChartKind::Ring => {
            let hole = Circle { radius: circle.radius.scale(HOLE, 100), ..*circle };
            if is_whole {
                segments.push(PathSegment::Close);
                segments.push(PathSegment::Move(hole.at(end)));
            } else {
                segments.push(PathSegment::Line(hole.at(end)));
            }
            hole.arc(end, start, &mut segments);
        }
        ChartKind::Pie if !is_whole => segments.push(PathSegment::Line(circle.middle)),
        ChartKind::Pie | ChartKind::Columns => {}
    }
    segments.push(PathSegment::Close);
    Mark::Path(Path { segments, fill: Some(shade), stroke: Some(LINE) })
}

fn area_mark(corners: &[(Length, Length)], shade: u8) -> Mark {
    let points: Vec<Point> = corners.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
    let mut segments = open_path(&points);
    segments.push(PathSegment::Close);
    Mark::Path(Path { segments, fill: Some(shade), stroke: Some(LINE) })
}

fn line_mark(points: &[Point]) -> Mark {
    Mark::Path(Path { segments: open_path(points), fill: None, stroke: Some(LINE) })
}

fn open_path(points: &[Point]) -> Vec<PathSegment> {
    let (first, rest) = points.split_at(1.min(points.len()));
    let first = first.iter().map(|point| PathSegment::Move(*point));
    first.chain(rest.iter().map(|point| PathSegment::Line(*point))).collect()
}

fn billionths_of(length: Length, share: u32) -> Length {
    let scaled = i64::from(length.in_milli_pt()) * i64::from(share) / i64::from(TURN);
    Length::milli_pt(i32::try_from(scaled).unwrap_or_default())
}
