//! Numbers in running text.

use rust_decimal::Decimal;

use crate::money::{Money, Unit};

/// A number in a text.
pub(super) struct Number<'a> {
    pub value: Decimal,
    /// The digits as they stand.
    pub digits: &'a str,
    /// What stands before it in the text.
    pub before: &'a str,
    /// What stands behind it.
    pub after: &'a str,
}

/// The numbers of a text, from left to right. Commas between thousands belong to them.
pub(super) fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let mut list = Vec::new();
    let mut start = 0;
    while let Some(offset) = bytes[start..].iter().position(u8::is_ascii_digit) {
        let first = start + offset;
        let mut end = first;
        while end < bytes.len() {
            let digit_follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            let inside = bytes[end].is_ascii_digit() || (b".,".contains(&bytes[end]) && digit_follows);
            if !inside {
                break;
            }
            end += 1;
        }
        let digits = &text[first..end];
        // 2.1.3 and the like are numbers of sections.
        if let Ok(value) = Decimal::from_str_exact(&digits.replace(',', "")) {
            list.push(Number { value, digits, before: &text[..first], after: &text[end..] });
        }
        start = end;
    }
    list
}

impl<'a> Number<'a> {
    /// The unit of money behind it.
    pub fn unit(&self) -> Option<Unit> {
        [Unit::TenThousandYuan, Unit::HundredMillionYuan, Unit::ThousandYuan, Unit::Yuan]
            .into_iter()
            .find(|unit| self.after.starts_with(unit.name()))
    }

    /// The amount of money it is with its unit; none for other numbers.
    pub fn money(&self) -> Option<Money> {
        self.unit().map(|unit| Money::new(self.value, unit))
    }

    /// Whether it is a percentage.
    pub fn is_percent(&self) -> bool {
        self.after.starts_with(['%', '％'])
    }

    /// The year it is: four digits before 年.
    pub fn year(&self) -> Option<u16> {
        let year = self.digits.parse().ok().filter(|year| (1949..=2107).contains(year));
        year.filter(|_| self.digits.len() == 4 && self.after.starts_with('年'))
    }

    /// The clause it stands in, up to it: what follows the last punctuation before it.
    pub fn clause(&self) -> &'a str {
        last_clause(self.before)
    }

    /// Whether it stands inside a title or the number of a document: 《…》 or 〔…〕.
    pub fn quoted(&self) -> bool {
        [('《', '》'), ('〔', '〕')].iter().any(|(open, close)| {
            let opened = self.before.rfind(*open);
            opened.is_some_and(|at| !self.before[at..].contains(*close) && self.after.contains(*close))
        })
    }
}

/// What stands behind the last punctuation of `text`.
pub(super) fn last_clause(text: &str) -> &str {
    let end = text.rfind(['，', '。', '；', '：', '、', '！', '？', '（', '）', ',', ';']);
    end.map_or(text, |at| {
        let mut rest = text[at..].chars();
        rest.next();
        rest.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_commas_and_decimals() {
        let list = numbers("共1,310.5万元，比2021年增长27%；第2.1.3节");
        let digits: Vec<_> = list.iter().map(|number| number.digits).collect();
        assert_eq!(digits, ["1,310.5", "2021", "27"]);
        assert_eq!(list[0].money(), Some(Money::yuan(13_105_000.into())));
        assert_eq!(list[1].year(), Some(2021));
        assert!(list[2].is_percent());
        assert_eq!(list[1].clause(), "比");
    }

    #[test]
    fn years_in_titles_are_quoted() {
        let quoted = |text| numbers(text)[0].quoted();
        assert!(quoted("《规划（2021-2035年）》"));
        assert!(quoted("深府办规〔2020〕11号"));
        assert!(!quoted("《规划》2021年"));
    }
}
