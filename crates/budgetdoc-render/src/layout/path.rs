//! Vector drawings: straight lines and circular arcs.

use budgetdoc_document::Length;

use super::Mark;

/// A place on the page, from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Length,
    /// Distance from the upper edge.
    pub y: Length,
}

/// A piece of a path, from the end of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Begins a path.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic curve: two control points and its end.
    Curve(Point, Point, Point),
    /// A straight line back to the beginning.
    Close,
}

/// A line that is filled, drawn, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// Its pieces.
    pub segments: Vec<PathSegment>,
    /// Brightness of the inside, from 0 for black to 255 for white; none leaves it blank.
    pub fill: Option<u8>,
    /// Width of a black line along it; none without a line.
    pub stroke: Option<Length>,
}

impl PathSegment {
    fn moved(self, by: Point) -> PathSegment {
        match self {
            PathSegment::Move(end) => PathSegment::Move(end.moved(by)),
            PathSegment::Line(end) => PathSegment::Line(end.moved(by)),
            PathSegment::Curve(first, second, end) => {
                PathSegment::Curve(first.moved(by), second.moved(by), end.moved(by))
            }
            PathSegment::Close => PathSegment::Close,
        }
    }
}

impl Point {
    fn moved(self, by: Point) -> Point {
        Point { x: self.x + by.x, y: self.y + by.y }
    }
}

impl Mark {
    /// Returns the mark further right and down.
    pub(super) fn moved(self, by: Point) -> Mark {
        match self {
            Mark::Glyphs(mut run) => {
                run.x += by.x;
                run.y += by.y;
                Mark::Glyphs(run)
            }
            Mark::Rule(mut rule) => {
                rule.x += by.x;
                rule.y += by.y;
                Mark::Rule(rule)
            }
            Mark::Path(mut path) => {
                path.segments.iter_mut().for_each(|segment| *segment = segment.moved(by));
                Mark::Path(path)
            }
        }
    }
}

/// A circle, by its middle and radius.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circle {
    pub middle: Point,
    pub radius: Length,
}

/// A whole turn in billionths.
pub(super) const TURN: u32 = 1_000_000_000;

impl Circle {
    /// Returns the point at a turn clockwise from the top, in billionths.
    pub fn at(&self, turn: u32) -> Point {
        self.point(turn, 1.0, 0.0)
    }

    /// Returns the point `out` radii from the middle and `along` radii clockwise along the tangent.
    fn point(&self, turn: u32, out: f64, along: f64) -> Point {
        let (sine, cosine) = sine_and_cosine(turn);
        let radius = f64::from(self.radius.in_milli_pt());
        let length = |radii: f64| Length::milli_pt((radii * radius).round() as i32);
        Point {
            x: self.middle.x + length(out * sine + along * cosine),
            y: self.middle.y + length(along * sine - out * cosine),
        }
    }

    /// Adds the arc between two turns, clockwise, or back where the second is the smaller.
    pub fn arc(&self, from: u32, to: u32, segments: &mut Vec<PathSegment>) {
        let pieces = from.abs_diff(to).div_ceil(TURN / 8).max(1);
        let turn = |piece: u32| {
            let (from, to, piece) = (i64::from(from), i64::from(to), i64::from(piece));
            u32::try_from(from + (to - from) * piece / i64::from(pieces)).unwrap_or_default()
        };
        for piece in 0..pieces {
            let (start, end) = (turn(piece), turn(piece + 1));
            // The control points of an arc are at 4/3 of the tangent of a quarter of its angle.
            let (sine, cosine) = sine_and_cosine(start.abs_diff(end) / 4);
            let reach = 4.0 / 3.0 * sine / cosine;
            let reach = if end < start { -reach } else { reach };
            segments.push(PathSegment::Curve(
                self.point(start, 1.0, reach),
                self.point(end, 1.0, -reach),
                self.point(end, 1.0, 0.0),
            ));
        }
    }
}

/// Returns sine and cosine of a turn in billionths. The functions of the standard library may differ in the last digit
/// from machine to machine; additions and multiplications do not.
fn sine_and_cosine(turn: u32) -> (f64, f64) {
    let (quarter, rest) = (turn / (TURN / 4), turn % (TURN / 4));
    let angle = f64::from(rest) / f64::from(TURN) * std::f64::consts::TAU;
    let squared = angle * angle;
    // Taylor series; at a quarter turn the next term is below a billionth.
    let series = |first: f64, start: f64| {
        let (mut term, mut sum, mut factor) = (first, first, start);
        for _ in 0..8 {
            term *= -squared / (factor * (factor + 1.0));
            sum += term;
            factor += 2.0;
        }
        sum
    };
    let (sine, cosine) = (series(angle, 2.0), series(1.0, 1.0));
    match quarter % 4 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_round_and_clockwise_from_the_top() {
        let circle = Circle { middle: Point::default(), radius: Length::pt(100) };
        for (turn, x, y) in [(0, 0, -100), (TURN / 4, 100, 0), (TURN / 2, 0, 100), (TURN / 4 * 3, -100, 0)] {
            assert_eq!(circle.at(turn), Point { x: Length::pt(x), y: Length::pt(y) });
        }
        for turn in (0..TURN).step_by(12_345_678) {
            let (sine, cosine) = sine_and_cosine(turn);
            let angle = f64::from(turn) / f64::from(TURN) * std::f64::consts::TAU;
            assert!((sine - angle.sin()).abs() < 1e-9 && (cosine - angle.cos()).abs() < 1e-9, "{turn}");
        }
    }

    #[test]
    fn arcs_end_where_they_should_both_ways() {
        let circle = Circle { middle: Point::default(), radius: Length::pt(100) };
        for (from, to, pieces) in [(0, TURN, 8), (TURN / 2, 0, 4), (5, 5, 1), (0, TURN / 8, 1)] {
            let mut segments = Vec::new();
            circle.arc(from, to, &mut segments);
            assert_eq!(segments.len(), pieces);
            assert!(matches!(segments.last(), Some(PathSegment::Curve(_, _, end)) if *end == circle.at(to)));
        }
    }
}
