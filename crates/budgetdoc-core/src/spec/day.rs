//! Dates.

use serde::{Serialize, Serializer};

use crate::error::ProblemCode;
use crate::yaml::{Decode, Problems, Value};
use budgetdoc_document::Date;

/// A date written as `2022-02-18`.
///
/// ```
/// use budgetdoc_core::spec::Day;
/// let day = Day::parse("2022-02-18").unwrap();
/// assert_eq!((day.0.month, day.0.day), (2, 18));
/// assert_eq!(Day::parse("2022-02-29"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:04}-{:02}-{:02}", self.0.year, self.0.month, self.0.day))
    }
}

impl Decode for Day {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        value.parse_text(
            problems,
            (ProblemCode::NotADay, ("日期，如 2022-02-18", "a date such as 2022-02-18")),
            Day::parse,
        )
    }
}

impl Day {
    /// Returns the day that is written as `2022-02-18`; none where [`Day::new`] has none.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let day = Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        parts.next().is_none().then_some(day)
    }

    /// Returns a day of the calendar; none where the month has no such day, and before 1980 and after 2107, for zip
    /// archives, and so Word files, know no such year.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let day = Day(Date { year, month, day });
        day.calendar().filter(|_| (1980..=2107).contains(&year)).map(|_| day)
    }

    /// Returns the day as sentences have it: 2022年2月18日.
    pub fn in_words(self) -> String {
        let Date { year, month, day } = self.0;
        format!("{year}年{month}月{day}日")
    }

    /// Counts the days since `earlier`, below zero where that is later; none where one of the two is in no calendar.
    pub fn days_since(self, earlier: Day) -> Option<i64> {
        Some((self.calendar()? - earlier.calendar()?).whole_days())
    }

    fn calendar(self) -> Option<time::Date> {
        let Date { year, month, day } = self.0;
        time::Date::from_calendar_date(i32::from(year), time::Month::try_from(month).ok()?, day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, valid) in [
            ("2022-02-18", true),
            ("2022-2-8", true),
            ("2024-02-29", true),
            ("2022-02-29", false),
            ("2022-00-10", false),
            ("2022-13-01", false),
            ("2022-04-31", false),
            ("1979-12-31", false),
            ("2108-01-01", false),
            ("2022-02", false),
            ("2022-02-18-1", false),
        ] {
            assert_eq!(Day::parse(text).is_some(), valid, "{text}");
        }
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let since = |from: &str, to: &str| Day::parse(to)?.days_since(Day::parse(from)?);
        assert_eq!(since("2022-02-28", "2022-03-01"), Some(1));
        assert_eq!(since("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(since("2022-01-29", "2022-02-18"), Some(20));
        assert_eq!(since("2023-01-01", "2022-01-01"), Some(-365));
    }
}
