//! Numbers in running text.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::prose::chinese_numerals::numeral;
use crate::prose::reader::bytes_of;
use crate::prose::statement::{Lexicon, NumberOf, Token, TokenKind, digit, tokens};
use budgetdoc_core::money::Money;

/// A number in a text.
#[derive(Clone, Copy)]
pub(crate) struct TextNumber<'a> {
    pub value: Decimal,
    /// The digits as written.
    pub digits: &'a str,
    /// The text before it, without spaces.
    pub before: &'a str,
    /// The text behind it, without spaces.
    pub after: &'a str,
    /// Its unit of money as written, empty for ¥ before it, and the yuan of that unit.
    pub unit: Option<(&'a str, u64)>,
}

/// Returns whether a number is written in digits, half-width or full-width, or is money.
pub(crate) fn is_in_digits(number: &TextNumber) -> bool {
    number.unit.is_some() || number.digits.starts_with(|first| digit(first).is_some())
}

/// Returns the numbers of a text, from left to right, in digits and, where they are money or count something, in Chinese
/// numerals: 五百人次. Commas between thousands belong to them.
pub(crate) fn numbers_with_counts(text: &str) -> Vec<TextNumber<'_>> {
    // Most texts have none, which is quick to see.
    if !text.contains(|character| digit(character).is_some() || numeral(character).is_some()) {
        return Vec::new();
    }
    tokens(text, Lexicon::of_words()).iter().filter_map(|token| TextNumber::of(text, token)).collect()
}

impl<'a> TextNumber<'a> {
    fn of(text: &'a str, token: &Token<'a>) -> Option<Self> {
        let (value, digits, of) = match &token.kind {
            TokenKind::Number(number) => (number.value, number.digits, number.of),
            TokenKind::Year(year) => ((*year).into(), &text[token.range.clone()], NumberOf::Nothing),
            TokenKind::Word(_) | TokenKind::Mark(_) | TokenKind::Other => return None,
        };
        let end = token.range.start + digits.len();
        let unit = match of {
            NumberOf::Money(yuan) => Some((text[end..token.range.end].trim(), yuan)),
            NumberOf::Percent | NumberOf::Points | NumberOf::Count(_) | NumberOf::Nothing => None,
        };
        Some(TextNumber {
            value,
            digits,
            before: text[..token.range.start].trim_end(),
            after: text[end..].trim_start(),
            unit,
        })
    }

    /// Returns the name of the unit of money behind it as it is written, or nothing.
    pub fn unit_name(&self) -> &'a str {
        self.unit.map_or("", |(name, _)| name)
    }

    /// Returns the text behind it and its unit of money.
    pub fn behind(&self) -> &'a str {
        self.after.strip_prefix(self.unit_name()).unwrap_or(self.after)
    }

    /// Returns the amount of money it is with its unit; none for other numbers, and none for absurd ones, which no sum
    /// could hold.
    pub fn money(&self) -> Option<Money> {
        let (_, yuan) = self.unit?;
        let money = Money::yuan(self.value.checked_mul(Decimal::from(yuan))?);
        Some(money).filter(|money| money.abs() <= Money::LIMIT)
    }

    /// Returns the bytes of the number and its unit of money, or its percent sign, in a text that it was read from.
    pub fn range(&self, text: &str) -> Range<usize> {
        let digits = bytes_of(self.digits, text);
        let percent = self.after.chars().next().filter(|_| self.is_percent()).map_or(0, char::len_utf8);
        let unit = self.unit_name().len().max(percent);
        let after = bytes_of(self.after, text);
        digits.start..if unit > 0 { after.start + unit } else { digits.end }
    }

    /// Returns the number and its unit of money as written.
    pub fn words(&self) -> String {
        format!("{}{}", self.digits, self.unit_name())
    }

    /// Returns whether it is a percentage.
    pub fn is_percent(&self) -> bool {
        self.after.starts_with(['%', '％', '﹪'])
    }

    /// Returns the year it is: four digits before 年.
    pub fn year(&self) -> Option<u16> {
        self.four_digits().filter(|_| self.after.starts_with('年'))
    }

    /// Returns its value as a year of four digits, whatever follows.
    pub fn four_digits(&self) -> Option<u16> {
        let four =
            self.value.scale() == 0 && self.digits.chars().filter(|character| digit(*character).is_some()).count() == 4;
        let year = self.value.to_u16().filter(|year| (1949..=2107).contains(year));
        year.filter(|_| four && self.digits.chars().count() == 4)
    }

    /// Returns the clause it stands in, up to it: what follows the last punctuation before it.
    pub fn clause(&self) -> &'a str {
        last_clause(self.before)
    }

    /// Returns whether it is inside a title or the number of a document: 《…》 or 〔…〕.
    pub fn quoted(&self) -> bool {
        [('《', '》'), ('〔', '〕')].iter().any(|(open, close)| {
            let opened = self.before.rfind(*open);
            opened.is_some_and(|at| !self.before[at..].contains(*close) && self.after.contains(*close))
        })
    }
}

/// Returns the text behind the last punctuation of `text`.
pub(crate) fn last_clause(text: &str) -> &str {
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

    fn numbers(text: &str) -> Vec<TextNumber<'_>> {
        numbers_with_counts(text).into_iter().filter(is_in_digits).collect()
    }

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

    #[test]
    fn amounts_are_read_however_they_are_written() {
        for text in [
            "收入1301万元",
            "收入１３０１万元",
            "收入 1301 万元",
            "收入1，301万元",
            "收入1,301万元",
            "收入13.01百万元",
            "预算收入1301万，",
            "收入¥13,010,000。",
            "收入￥1301万元",
            "收入一千三百零一万元",
            "收入壹仟叁佰零壹万元",
            "收入一三〇一万元",
            "收入一千三百零一点零万元",
            "收入一千三百零一万〇元",
        ] {
            let amounts: Vec<_> = numbers(text).iter().map(TextNumber::money).collect();
            assert_eq!(amounts, [Some(Money::yuan(13_010_000.into()))], "{text}");
        }
        let money = |text: &str| numbers(text).iter().filter_map(TextNumber::money).collect::<Vec<_>>();
        assert_eq!(money("一亿三千万元"), [Money::yuan(130_000_000.into())]);
        assert_eq!(money("十万元"), [Money::yuan(100_000.into())]);
        assert_eq!(money("共12.5万，第十余万元、几十万元、三五万元、一元化"), []);
        assert_eq!(numbers("方案3，5万元").len(), 2);
        // Nothing that fits a sum.
        assert_eq!(money("7922816251426433759354395033亿元"), []);
        assert_eq!(money("九九九九九九九九九九九九九九九九九九九九九九亿元"), []);
    }

    #[test]
    fn chinese_numerals_count_before_a_counter() {
        let values = |text| numbers_with_counts(text).iter().map(|number| number.value).collect::<Vec<_>>();
        assert_eq!(values("培训五百人次"), [Decimal::from(500)]);
        assert_eq!(values("四个单位，第三期，一是，十二辆"), [Decimal::from(4), Decimal::from(12)]);
        assert_eq!(numbers("培训五百人次").len(), 0);
    }
}
