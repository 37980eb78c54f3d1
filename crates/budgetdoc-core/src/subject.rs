//! Subjects (科目): the codes that say what money is spent for, and their names.
//!
//! Functional codes (功能分类) have three digits for a class (类), five for a division (款) and seven for an item (项);
//! economic codes (经济分类) have three and five. Which codes there are, and how they are called in which year, is in
//! [`crate::subject_table`].

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::ProblemCode;
use crate::yaml::{Decode, Problems, Value};

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
#[error("{text:?} is not a subject code: a class has 3 digits, a division 5, an item 7")]
pub struct BadCode {
    /// The text.
    pub text: String,
    /// The codes it was likely meant to be, the likeliest first.
    pub likely: Vec<SubjectCode>,
}

impl SubjectCode {
    /// Returns its level, by its width.
    pub fn level(self) -> Level {
        match self.digits {
            [_, _, _, 0, ..] => Level::Class,
            [.., 0, _] => Level::Division,
            _ => Level::Item,
        }
    }

    /// Returns its classification: economic classes and divisions begin with 3, functional codes with 2.
    pub fn classification(self) -> Classification {
        let is_economic = self.level() != Level::Item && self.as_str().starts_with('3');
        if is_economic { Classification::Economic } else { Classification::Functional }
    }

    /// Returns the code of `level` above it, or itself where it is no lower.
    pub fn ancestor(self, level: Level) -> SubjectCode {
        let mut digits = [0; 7];
        let width = level.width().min(self.level().width());
        digits[..width].copy_from_slice(&self.digits[..width]);
        SubjectCode { digits }
    }

    /// Returns the codes it was likely meant to be if a spreadsheet took the leading zeros of its levels away: 20112
    /// for 2010102. None for classes and items, whose width leaves no room for that.
    pub fn with_lost_zeros(self) -> Option<SubjectCode> {
        let digits = self.as_str();
        (digits.len() == 5).then(|| SubjectCode::from_levels(&digits[..3], &[&digits[3..4], &digits[4..]])).flatten()
    }

    fn from_digits(digits: &str) -> Option<SubjectCode> {
        if !matches!(digits.len(), 3 | 5 | 7) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut code = SubjectCode { digits: [0; 7] };
        code.digits[..digits.len()].copy_from_slice(digits.as_bytes());
        Some(code)
    }

    /// Returns a code of the digits above and those of each level below, which get their leading zeros back.
    fn from_levels(above: &str, below: &[&str]) -> Option<SubjectCode> {
        let below: String = below.iter().map(|digits| format!("{digits:0>2}")).collect();
        SubjectCode::from_digits(&format!("{above}{below}"))
    }

    /// Returns whether it is `other` or below it.
    pub fn is_within(self, other: SubjectCode) -> bool {
        // Asked of every fact a sum looks at: no text is made of the digits.
        self.digits.iter().zip(other.digits).all(|(own, above)| above == 0 || *own == above)
    }

    /// Returns its digits.
    pub fn as_str(&self) -> &str {
        let end = self.level().width();
        // Only ASCII digits are ever stored.
        std::str::from_utf8(&self.digits[..end]).unwrap_or_default()
    }
}

impl std::str::FromStr for SubjectCode {
    type Err = BadCode;
    fn from_str(text: &str) -> Result<Self, BadCode> {
        SubjectCode::from_digits(text).ok_or_else(|| BadCode { text: text.to_owned(), likely: likely_codes(text) })
    }
}

/// Returns the codes a text of the wrong form was likely meant to be: levels written apart, leading zeros lost in a
/// spreadsheet, full-width digits, letters that look like digits, a decimal point, digits of a level that is not
/// published.
fn likely_codes(text: &str) -> Vec<SubjectCode> {
    let text: String = text.trim().chars().map(half_width).collect();
    // A letter typed for a digit is read as the digit; next to other letters nothing is known.
    let looks_like_digits = text.chars().all(|letter| letter.is_ascii_digit() || "lIoO".contains(letter));
    let text = if looks_like_digits { text.replace(['l', 'I'], "1").replace(['o', 'O'], "0") } else { text };
    if text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic()) {
        return Vec::new();
    }
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let groups: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let found = match groups.as_slice() {
        [one] => match one.len() {
            4 => vec![SubjectCode::from_levels(&one[..3], &[&one[3..]])],
            6 => vec![
                SubjectCode::from_levels(&one[..5], &[&one[5..]]),
                SubjectCode::from_levels(&one[..3], &[&one[3..4], &one[4..]]),
            ],
            9 => vec![SubjectCode::from_digits(&one[..7])],
            _ => vec![SubjectCode::from_digits(one)],
        },
        [above, below @ ..] if below.iter().all(|level| level.len() <= 2) => {
            vec![SubjectCode::from_levels(above, below)]
        }
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter),
        other => other,
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

impl Decode for SubjectCode {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let text = value.text(problems)?;
        let code = text.parse().ok();
        if code.is_none() {
            let (zh, en) = (" 3、5 或 7 位数字的科目编码", "a subject code of 3, 5 or 7 digits");
            let problem = value.found(ProblemCode::NotACode, (zh, en), &format!("“{text}”"), &format!("\"{text}\""));
            problems.push(problem.help_with_code(text));
        }
        code
    }
}

/// The two classifications of expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// 功能分类: what the money does.
    Functional,
    /// 部门预算支出经济分类: what it is spent on.
    Economic,
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn codes_of_the_wrong_form_say_what_was_likely_meant() {
        let meant = |text: &str| -> Vec<String> {
            let error = text.parse::<SubjectCode>().expect_err("it is no code");
            assert_eq!(error.text, text);
            error.likely.iter().map(SubjectCode::to_string).collect()
        };
        for (text, codes) in [
            ("301|2", vec!["30102"]),
            ("20129 01", vec!["2012901"]),
            ("201 29 1", vec!["2012901"]),
            ("201-1-2", vec!["2010102"]),
            ("3012", vec!["30102"]),
            ("201291", vec!["2012901", "2010291"]),
            ("２０１２９０１", vec!["2012901"]),
            ("2012901.0", vec!["2012901"]),
            ("201290101", vec!["2012901"]),
            (" 20129", vec!["20129"]),
            ("2012901行政运行", vec!["2012901"]),
            ("2012901 amount", vec!["2012901"]),
            ("2O1290l", vec!["2012901"]),
            ("201290x", vec![]),
            ("20", vec![]),
            ("2012 901", vec![]),
            ("行政运行", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(meant(text), codes, "{text:?}");
        }
    }

    #[test]
    fn five_digits_may_be_an_item_without_its_zeros() {
        let with_zeros = |code: &str| code.parse::<SubjectCode>().expect("a code").with_lost_zeros();
        assert_eq!(with_zeros("20112").map(|code| code.to_string()), Some("2010102".to_owned()));
        assert_eq!(with_zeros("201"), None);
        assert_eq!(with_zeros("2010102"), None);
    }
}
