//! Dates.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use budgetdoc_document::Date;

/// A date written as `2022-02-18`.
///
/// ```
/// use budgetdoc_core::spec::Day;
/// let day: Day = serde_saphyr::from_str("2022-02-18").unwrap();
/// assert_eq!((day.0.month, day.0.day), (2, 18));
/// assert!(serde_saphyr::from_str::<Day>("2022-02-29").is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:04}-{:02}-{:02}", self.0.year, self.0.month, self.0.day))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Day;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a day such as 2022-02-18")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                parse_day(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

fn parse_day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    // Zip archives, and so Word files, know no year before 1980 and none after 2107.
    let valid = parts.next().is_none()
        && (1980..=2107).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days).contains(&day);
    valid.then_some(Day(Date { year, month, day }))
}
