use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Number, Text};

/// A chart of amounts, with a caption below it.
///
/// ```
/// use budgetdoc_document::{Chart, ChartKind, ChartPoint, Number, NumberFormat};
/// let number = |value: u32| Number { value: value.into(), format: NumberFormat::default() };
/// let point = |name: &str, value, share| ChartPoint {
///     name: name.to_owned(),
///     values: vec![number(value)],
///     share: Some(number(share)),
/// };
/// let chart = Chart {
///     kind: ChartKind::Pie,
///     caption: "图1　支出构成".into(),
///     summary: "图1　支出构成：基本支出750万元，75%；项目支出250万元，25%。".to_owned(),
///     unit: "万元".to_owned(),
///     series: vec!["2026年".to_owned()],
///     points: vec![point("基本支出", 750, 75), point("项目支出", 250, 25)],
/// };
/// assert!(chart.is_drawable());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Number and title, below it: 图1　支出构成.
    pub caption: Text,
    /// The figures in words, for readers who cannot see them.
    pub summary: String,
    /// The unit of all values: 万元.
    pub unit: String,
    /// The names of the series, such as years: one for a pie or a ring.
    pub series: Vec<String>,
    /// The parts, in order.
    pub points: Vec<ChartPoint>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// A circle of sectors.
    Pie,
    /// The same with a hole.
    Ring,
    /// Columns, one for each series at each part.
    Columns,
}

/// A part of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPoint {
    /// Its name: 基本支出.
    pub name: String,
    /// Its exact value in each series.
    pub values: Vec<Number>,
    /// Its share of the whole in per cent, of a pie or a ring.
    pub share: Option<Number>,
}

impl ChartPoint {
    /// Returns the words at its sector: the name, and the percentage with its sign.
    pub fn label(&self) -> String {
        self.share.as_ref().map_or_else(|| self.name.clone(), |share| format!("{} {share}%", self.name))
    }
}

impl Chart {
    /// The most parts there are labels for.
    pub const MOST_POINTS: usize = 12;

    /// The most series there is room for.
    pub const MOST_SERIES: usize = 4;

    /// Returns whether there is something to draw: at most [`Chart::MOST_POINTS`] parts with a value in each series,
    /// none below zero, one above it, a single series for a pie or a ring, at most [`Chart::MOST_SERIES`] for columns.
    pub fn is_drawable(&self) -> bool {
        let is_whole = match self.kind {
            ChartKind::Pie | ChartKind::Ring => self.series.len() == 1,
            ChartKind::Columns => self.series.len() <= Chart::MOST_SERIES,
        };
        is_whole
            && self.points.len() <= Chart::MOST_POINTS
            && self.points.iter().all(|point| point.values.len() == self.series.len())
            && self.values().all(|value| value >= Decimal::ZERO)
            && self.largest() > Decimal::ZERO
    }

    /// Returns the name of a series with the unit of its values: 2026年（万元）.
    pub fn series_name(&self, index: usize) -> String {
        format!("{}（{}）", self.series.get(index).map_or("", String::as_str), self.unit)
    }

    /// Returns where the sector of each part ends, in billionths of a turn.
    pub fn sector_ends(&self) -> Vec<u32> {
        let largest = self.largest();
        // Shares of the largest: the sum of values at the limit of decimals would be beyond it.
        let share = |point: &ChartPoint| point.values.first()?.value.checked_div(largest);
        let shares: Vec<Decimal> = self.points.iter().map(|point| share(point).unwrap_or_default()).collect();
        let whole: Decimal = shares.iter().sum();
        let ends = shares.iter().scan(Decimal::ZERO, |end, share| {
            *end += *share;
            Some(*end)
        });
        ends.map(|end| end.checked_div(whole).map_or(0, billionths)).collect()
    }

    /// Returns each value of a part in billionths of the largest.
    pub fn column_heights(&self, point: &ChartPoint) -> Vec<u32> {
        let largest = self.largest();
        let height = |number: &Number| number.value.checked_div(largest).map_or(0, billionths);
        point.values.iter().map(height).collect()
    }

    fn values(&self) -> impl Iterator<Item = Decimal> {
        self.points.iter().flat_map(|point| &point.values).map(|number| number.value)
    }

    fn largest(&self) -> Decimal {
        self.values().max().unwrap_or_default()
    }
}

/// Returns a number from 0 to 1 in billionths.
fn billionths(share: Decimal) -> u32 {
    u32::try_from((share * Decimal::from(1_000_000_000)).round()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NumberFormat;

    fn chart(values: &[Decimal]) -> Chart {
        let number = |value: &Decimal| Number { value: *value, format: NumberFormat::default() };
        let point = |value| ChartPoint { name: "甲".to_owned(), values: vec![number(value)], share: None };
        Chart {
            kind: ChartKind::Pie,
            caption: "图1".into(),
            summary: String::new(),
            unit: "元".to_owned(),
            series: vec!["2026年".to_owned()],
            points: values.iter().map(point).collect(),
        }
    }

    #[test]
    fn sectors_end_at_exact_shares_and_close_the_circle() {
        let thirds = chart(&[Decimal::ONE; 3]);
        assert_eq!(thirds.sector_ends(), [333_333_333, 666_666_667, 1_000_000_000]);
        assert_eq!(chart(&[Decimal::MAX, Decimal::MAX]).sector_ends(), [500_000_000, 1_000_000_000]);
        assert_eq!(thirds.column_heights(&thirds.points[0]), [1_000_000_000]);
    }

    #[test]
    fn charts_of_nothing_and_below_zero_are_not_drawn() {
        assert!(chart(&[Decimal::ONE, Decimal::ZERO]).is_drawable());
        for values in [&[][..], &[Decimal::ZERO], &[Decimal::ONE, Decimal::NEGATIVE_ONE], &[Decimal::ONE; 13]] {
            assert!(!chart(values).is_drawable(), "{values:?}");
        }
        let two_years = Chart { series: vec![String::new(), String::new()], ..chart(&[Decimal::ONE]) };
        assert!(!two_years.is_drawable());
    }
}
