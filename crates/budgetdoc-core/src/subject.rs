//! Subjects (科目): the codes that say what money is spent for, and their names.
//!
//! Functional codes (功能分类) have three digits for a class (类), five for a division (款) and seven for an item (项);
//! economic codes (经济分类) have three and five. Names change from year to year, so the table is asked by year.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Level of a subject in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 类.
    Class,
    /// 款.
    Division,
    /// 项.
    Item,
}

impl Level {
    /// All levels, from the top of the tree.
    pub const ALL: [Level; 3] = [Level::Class, Level::Division, Level::Item];

    /// Digits of a code of this level.
    pub const fn width(self) -> usize {
        match self {
            Level::Class => 3,
            Level::Division => 5,
            Level::Item => 7,
        }
    }

    /// Distance from the top of the tree: 0, 1 or 2.
    pub const fn depth(self) -> u8 {
        self as u8
    }
}

/// The code of a subject: 3, 5 or 7 digits.
///
/// ```
/// use budgetdoc_core::subject::{Level, SubjectCode};
/// let item: SubjectCode = "2012901".parse().unwrap();
/// assert_eq!(item.level(), Level::Item);
/// assert_eq!(item.ancestor(Level::Class).to_string(), "201");
/// assert!("20129011".parse::<SubjectCode>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectCode {
    // Digits as ASCII, zeros after the end, so that codes sort as a tree is printed.
    digits: [u8; 7],
}

/// A text that is no subject code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no subject code: a class has 3 digits, a division 5, an item 7")]
pub struct BadCode(pub String);

impl SubjectCode {
    /// Its level, by its width.
    pub fn level(self) -> Level {
        match self.as_str().len() {
            3 => Level::Class,
            5 => Level::Division,
            _ => Level::Item,
        }
    }

    /// The code of `level` above it, or itself where it is no lower.
    pub fn ancestor(self, level: Level) -> SubjectCode {
        let mut digits = [0; 7];
        let width = level.width().min(self.as_str().len());
        digits[..width].copy_from_slice(&self.digits[..width]);
        SubjectCode { digits }
    }

    /// Whether it is `other` or stands below it.
    pub fn is_within(self, other: SubjectCode) -> bool {
        self.as_str().starts_with(other.as_str())
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        let end = self.digits.iter().position(|digit| *digit == 0).unwrap_or(self.digits.len());
        // Only ASCII digits are ever stored.
        std::str::from_utf8(&self.digits[..end]).unwrap_or_default()
    }
}

impl std::str::FromStr for SubjectCode {
    type Err = BadCode;
    fn from_str(text: &str) -> Result<Self, BadCode> {
        if !matches!(text.len(), 3 | 5 | 7) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BadCode(text.to_owned()));
        }
        let mut digits = [0; 7];
        digits[..text.len()].copy_from_slice(text.as_bytes());
        Ok(SubjectCode { digits })
    }
}

impl fmt::Display for SubjectCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for SubjectCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SubjectCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = SubjectCode;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a subject code of 3, 5 or 7 digits")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<SubjectCode, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// The two classifications of expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// 功能分类: what the money does.
    Functional,
    /// 部门预算支出经济分类: what it is spent on.
    Economic,
}

const TABLE: &str = include_str!("../data/subjects.csv");

/// The name of a functional or economic subject in `year`; none where the built-in table does not hold it.
///
/// The table holds the subjects seen in published budgets and is no authority; a spec may name others itself.
///
/// ```
/// use budgetdoc_core::subject::{Classification::Functional, name};
/// let code = "20805".parse().unwrap();
/// assert_eq!(name(Functional, code, 2019), Some("行政事业单位离退休"));
/// assert_eq!(name(Functional, code, 2022), Some("行政事业单位养老支出"));
/// ```
pub fn name(classification: Classification, code: SubjectCode, year: u16) -> Option<&'static str> {
    let wanted = match classification {
        Classification::Functional => "functional",
        Classification::Economic => "economic",
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = line.split(',');
        let (kind, number, name) = (fields.next()?, fields.next()?, fields.next()?);
        let mut limit = |default| fields.next().and_then(|field| field.parse::<u16>().ok()).unwrap_or(default);
        let (first, last) = (limit(0), limit(u16::MAX));
        (kind == wanted && number == code.as_str() && (first..=last).contains(&year)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_subject_with_its_parents() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<_> = line.split(',').collect();
            assert_eq!(fields.len(), 5, "{line}");
            let code: SubjectCode = fields[1].parse().unwrap();
            let kind = if fields[0] == "functional" { Classification::Functional } else { Classification::Economic };
            for level in Level::ALL.into_iter().filter(|level| *level < code.level()) {
                assert!(name(kind, code.ancestor(level), 2022).is_some(), "{line} has no {level:?} above it");
            }
        }
    }

    #[test]
    fn codes_sort_parents_before_children() {
        let mut codes: Vec<SubjectCode> =
            ["2210203", "22102", "2210201", "221"].iter().map(|c| c.parse().unwrap()).collect();
        codes.sort();
        assert_eq!(
            codes.iter().map(SubjectCode::to_string).collect::<Vec<_>>(),
            ["221", "22102", "2210201", "2210203"]
        );
    }
}
