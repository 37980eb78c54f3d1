//! Numbers in running text.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::prose::chinese_numerals::{Numeral, chinese, is_vague, numeral};
use crate::prose::reader::bytes_of;
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
    /// Its unit of money, and the yuan of that unit.
    pub unit: Option<(&'static str, u64)>,
}

/// Units of money as they are written, the longer ones first.
const UNITS: [(&str, u64); 12] = [
    ("万亿元", 1_000_000_000_000),
    ("千亿元", 100_000_000_000),
    ("百亿元", 10_000_000_000),
    ("十亿元", 1_000_000_000),
    ("千万元", 10_000_000),
    ("百万元", 1_000_000),
    ("十万元", 100_000),
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("千元", 1_000),
    ("百元", 100),
    ("元", 1),
];

/// Words next to which 1301万 is money although 元 is missing.
const MONEY_WORDS: [&str; 9] = ["预算", "收入", "支出", "经费", "资金", "拨款", "费用", "金额", "收支"];

/// Words that count, behind Chinese numerals.
const COUNTERS: [&str; 26] = [
    "个", "家", "辆", "期", "次", "场", "人", "名", "户", "篇", "本", "份", "件", "台", "套", "项", "批", "条", "宗",
    "节", "处", "所", "张", "部", "只", "块",
];

/// Returns the numbers of a text, from left to right, in half-width and full-width digits; in Chinese numerals where
/// they are money. Commas between thousands belong to them.
pub(crate) fn numbers(text: &str) -> Vec<TextNumber<'_>> {
    scan(text, false)
}

/// Returns the numbers of a text including counts in Chinese numerals: 五百人次.
pub(crate) fn numbers_with_counts(text: &str) -> Vec<TextNumber<'_>> {
    scan(text, true)
}

fn scan(text: &str, counts: bool) -> Vec<TextNumber<'_>> {
    // Chinese numerals are money where 元 stands behind them.
    let in_words = counts || text.contains('元');
    let begins = |character| {
        digit(character).is_some()
            || (in_words && matches!(numeral(character), Some(Numeral::Digit(_) | Numeral::Power(10))))
    };
    let mut list = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(begins) {
        let start = from + at;
        let length = arabic(&text[start..]);
        let number = if length > 0 {
            from = start + length;
            plain(&text[start..from]).map(|value| TextNumber::new(text, start, from, value))
        } else if is_vague(&text[..start]) {
            from = start + text[start..].chars().next().map_or(0, char::len_utf8);
            None
        } else {
            let length = text[start..].find(|character| numeral(character).is_none());
            from = length.map_or(text.len(), |length| start + length);
            chinese_number(text, start, from, counts)
        };
        list.extend(number);
    }
    list
}

/// Returns the value of a half-width or full-width digit.
pub(crate) fn digit(character: char) -> Option<u8> {
    let offset = match character {
        '0'..='9' => '0',
        '０'..='９' => '０',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(offset)).ok()
}

fn begins_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|first| digit(first).is_some())
}

/// Returns how many bytes of digits, and of marks between them, a text begins with.
fn arabic(text: &str) -> usize {
    let is_mark = |(at, mark): (usize, char)| {
        [',', '.', '．'].contains(&mark) && begins_with_digit(&text[at + mark.len_utf8()..])
    };
    let mut characters = text.char_indices();
    let behind =
        characters.find(|(at, character)| digit(*character).is_none() && (*at == 0 || !is_mark((*at, *character))));
    let end = behind.map_or(text.len(), |(at, _)| at);
    if end == 0 || text[..end].chars().count() > 3 {
        return end;
    }
    // 1，310万元: a full-width comma parts clauses, unless three digits and a unit of money follow.
    let group = |rest: &str| {
        let digits = rest.strip_prefix('，')?;
        let length = digits.find(|character| digit(character).is_none()).unwrap_or(digits.len());
        (digits[..length].chars().count() == 3).then_some(rest.len() - digits.len() + length)
    };
    let mut thousands = end;
    while let Some(length) = group(&text[thousands..]) {
        thousands += length;
    }
    if UNITS.iter().any(|(name, _)| text[thousands..].starts_with(name)) { thousands } else { end }
}

/// Returns the value of digits with the marks between them, with the decimals that are written.
pub(crate) fn plain(digits: &str) -> Option<Decimal> {
    let mut text = String::with_capacity(digits.len());
    for character in digits.chars() {
        match (digit(character), character) {
            (Some(digit), _) => text.push(char::from(b'0' + digit)),
            (None, '.' | '．') => text.push('.'),
            _ => {}
        }
    }
    // 2.1.3 and the like are numbers of sections.
    Decimal::from_str_exact(&text).ok()
}

/// Returns the number Chinese numerals tell, where it is money or, if asked for, counts something.
fn chinese_number(text: &str, first: usize, last: usize, counts: bool) -> Option<TextNumber<'_>> {
    let words = &text[first..last];
    if text[last..].starts_with('元') {
        let (yuan, great) = (chinese(words)?, words.chars().next_back()?);
        let bare = words.trim_end_matches(great);
        let (cut, unit) = match (great, bare.is_empty()) {
            ('万' | '萬', false) => (last - great.len_utf8(), 10_000_u64),
            ('亿', false) => (last - great.len_utf8(), 100_000_000),
            // 一元 is no sum of money to speak of.
            _ if words.chars().count() < 2 => return None,
            _ => (last, 1),
        };
        let value = yuan.checked_div(Decimal::from(unit))?;
        let mut number = TextNumber::new(text, first, cut, value);
        // 叁佰零壹萬元.
        number.unit = UNITS.iter().copied().find(|(_, yuan)| *yuan == unit);
        return Some(number);
    }
    let counter = counts && COUNTERS.iter().any(|word| text[last..].starts_with(word));
    counter.then(|| chinese(words)).flatten().map(|value| TextNumber::new(text, first, last, value))
}

impl<'a> TextNumber<'a> {
    fn new(text: &'a str, first: usize, last: usize, value: Decimal) -> Self {
        let (before, after) = (text[..first].trim_end(), text[last..].trim_start());
        let mut number = TextNumber { value, digits: &text[first..last], before, after, unit: None };
        number.unit = UNITS.iter().copied().find(|(name, _)| after.starts_with(name)).or_else(|| number.loose_unit());
        number
    }

    /// Returns the unit of amounts without 元: 1301万 as money, and ¥13,010,000.
    fn loose_unit(&self) -> Option<(&'static str, u64)> {
        let ends = |rest: &str| rest.chars().next().is_none_or(|next| "，。；、）)！".contains(next));
        let short = [("万", 10_000), ("亿", 100_000_000)];
        let signed = self.before.ends_with(['¥', '￥']);
        let money = || signed || MONEY_WORDS.iter().any(|word| self.clause().contains(word));
        let short = short.into_iter().find(|(name, _)| self.after.strip_prefix(name).is_some_and(ends) && money());
        short.or(signed.then_some(("元", 1)))
    }

    /// Returns the name of the unit of money behind it as it is written, or nothing.
    pub fn unit_name(&self) -> &'static str {
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
