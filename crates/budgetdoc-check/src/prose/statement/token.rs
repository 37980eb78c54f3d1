//! Texts as tokens.

use std::ops::Range;

use rust_decimal::Decimal;

use super::digits::{arabic, digit, plain};
use super::lexicon::{Lexicon, Sense};
use super::shape::FactFilter;
use crate::prose::chinese_numerals::{Numeral, chinese, is_vague, numeral};
use budgetdoc_core::money::Money;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    /// Its bytes.
    pub range: Range<usize>,
    pub kind: TokenKind<'a>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind<'a> {
    Number(NumberToken<'a>),
    /// Four digits before 年.
    Year(u16),
    /// A word of the lexicon or a name of the budget.
    Word(&'a [Sense]),
    /// Punctuation except quotation marks, which enclose names.
    Mark(char),
    /// Unknown words.
    Other,
}

/// A number with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NumberToken<'a> {
    /// Its value, with the decimals that are written.
    pub value: Decimal,
    /// Whether a minus stands before it.
    pub is_negative: bool,
    /// Its digits or numerals as written, without the unit.
    pub digits: &'a str,
    pub of: NumberOf<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NumberOf<'a> {
    /// Money, in units of so many yuan.
    Money(u64),
    Percent,
    Points,
    /// Things, by their counter: 辆.
    Count(&'a str),
    Nothing,
}

impl NumberToken<'_> {
    /// Returns the amount; none for other numbers and for amounts beyond [`Money::LIMIT`].
    pub fn money(&self) -> Option<Money> {
        let NumberOf::Money(yuan) = self.of else { return None };
        let money = Money::yuan(self.value.checked_mul(Decimal::from(yuan))?);
        Some(money).filter(|money| money.abs() <= Money::LIMIT)
    }

    /// Returns half a unit of the last digit: of money in yuan.
    pub fn half(&self) -> Decimal {
        let half = Decimal::try_new(5, self.value.scale() + 1).unwrap_or_default();
        match self.of {
            NumberOf::Money(yuan) => half.checked_mul(Decimal::from(yuan)).unwrap_or_default(),
            NumberOf::Percent | NumberOf::Points | NumberOf::Count(_) | NumberOf::Nothing => half,
        }
    }
}

impl Token<'_> {
    /// Returns whether it is a word of this sense.
    pub fn has_sense(&self, sense: &Sense) -> bool {
        matches!(&self.kind, TokenKind::Word(senses) if senses.contains(sense))
    }

    /// Returns whether it is a year: 2022年.
    pub fn is_year(&self) -> bool {
        matches!(self.kind, TokenKind::Year(_))
    }

    /// Returns whether it is （类）, （款） or （项）.
    pub fn has_level(&self) -> bool {
        matches!(&self.kind, TokenKind::Word(senses) if senses.iter().any(|sense| matches!(sense, Sense::Level(_))))
    }

    /// Returns the readings of a name; none of other tokens.
    pub fn shapes(&self) -> Option<&[FactFilter]> {
        let TokenKind::Word(senses) = &self.kind else { return None };
        senses.iter().find_map(|sense| match sense {
            Sense::Name(shapes) => Some(shapes.as_slice()),
            _ => None,
        })
    }

    pub fn number(&self) -> Option<&NumberToken<'_>> {
        match &self.kind {
            TokenKind::Number(number) => Some(number),
            TokenKind::Year(_) | TokenKind::Word(_) | TokenKind::Mark(_) | TokenKind::Other => None,
        }
    }
}

impl<'a> Token<'a> {
    fn number_mut(&mut self) -> Option<&mut NumberToken<'a>> {
        match &mut self.kind {
            TokenKind::Number(number) => Some(number),
            TokenKind::Year(_) | TokenKind::Word(_) | TokenKind::Mark(_) | TokenKind::Other => None,
        }
    }
}

const MINUS: [&str; 4] = ["-", "－", "−", "–"];

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '（'
            | '）'
            | '('
            | ')'
            | '《'
            | '》'
            | ','
            | ';'
            | ':'
            | '!'
            | '！'
            | '？'
            | '?'
            | '\n'
    )
}

/// Returns whether a mark separates neither names nor numbers and words.
fn is_silent(character: char) -> bool {
    matches!(
        character,
        '“' | '”' | '‘' | '’' | '"' | '「' | '」' | '『' | '』' | ' ' | '\u{3000}' | '\u{a0}' | '.' | '．' | '·'
    )
}

/// Returns the tokens of a text.
pub(crate) fn tokens<'a>(text: &'a str, lexicon: &'a Lexicon) -> Vec<Token<'a>> {
    let mut list = Vec::new();
    let mut from = 0;
    for (range, senses) in lexicon.words(text) {
        // A name is found first: its digits are its own.
        add_between(text, from..range.start, &mut list);
        from = range.end;
        list.push(Token { range, kind: TokenKind::Word(senses) });
    }
    add_between(text, from..text.len(), &mut list);
    complete_units(text, join_units(text, list))
}

/// Returns the tokens with the units of amounts that lack 元: 预算1301万 at the end of a clause, ¥13,010,000.
fn complete_units<'a>(text: &str, mut list: Vec<Token<'a>>) -> Vec<Token<'a>> {
    let mut is_of_money = false;
    for token in &mut list {
        match &token.kind {
            TokenKind::Mark(_) => is_of_money = false,
            TokenKind::Word(senses) => {
                is_of_money |= senses.iter().any(|sense| matches!(sense, Sense::Name(_) | Sense::Plan | Sense::Money));
            }
            TokenKind::Number(_) | TokenKind::Year(_) | TokenKind::Other => {}
        }
        let Range { start, end } = token.range;
        let Some(number) = token.number_mut().filter(|number| number.of == NumberOf::Nothing) else { continue };
        let is_signed = text[..start].trim_end().ends_with(['¥', '￥']);
        let behind = text[end..].trim_start();
        let ends = |rest: &str| rest.chars().next().is_none_or(|next| is_mark(next) && next != '（');
        let units = [("万", 10_000), ("亿", 100_000_000)].into_iter();
        let unit =
            units.filter(|_| is_signed || is_of_money).find(|(unit, _)| behind.strip_prefix(unit).is_some_and(ends));
        match unit {
            Some((unit, yuan)) => {
                number.of = NumberOf::Money(yuan);
                token.range.end = text.len() - behind.len() + unit.len();
            }
            None if is_signed => number.of = NumberOf::Money(1),
            None => {}
        }
    }
    let mut end = 0;
    list.retain(|token| {
        let is_apart = token.range.start >= end;
        end = end.max(token.range.end);
        is_apart
    });
    list
}

/// Adds the tokens between two words: numbers, marks and unknown words.
fn add_between<'a>(text: &'a str, range: Range<usize>, list: &mut Vec<Token<'a>>) {
    let mut at = range.start;
    let mut other: Option<usize> = None;
    let close = |other: &mut Option<usize>, end: usize, list: &mut Vec<Token<'a>>| {
        if let Some(start) = other.take() {
            list.push(Token { range: start..end, kind: TokenKind::Other });
        }
    };
    while let Some(character) = text[at..range.end].chars().next() {
        let end = at + character.len_utf8();
        // Most are Hanzi, which need no comparison with digits and marks.
        if ('\u{4e00}'..='\u{9fff}').contains(&character) {
            other.get_or_insert(at);
            at = end;
            continue;
        }
        if digit(character).is_some() {
            // 减少-5万元, but not 2021-2022 and A-1.
            let minus = other.is_some_and(|start| MINUS.contains(&&text[start..at]));
            if minus {
                other = None;
            }
            close(&mut other, at, list);
            let end = (at + arabic(&text[at..])).min(range.end);
            if let Some(value) = plain(&text[at..end]) {
                let is_negative = minus && !matches!(list.last(), Some(Token { kind: TokenKind::Number(_), .. }));
                let number = NumberToken { value, is_negative, digits: &text[at..end], of: NumberOf::Nothing };
                list.push(Token { range: at..end, kind: TokenKind::Number(number) });
            } else {
                list.push(Token { range: at..end, kind: TokenKind::Other });
            }
            at = end;
            continue;
        }
        if is_mark(character) {
            close(&mut other, at, list);
            list.push(Token { range: at..end, kind: TokenKind::Mark(character) });
        } else if is_silent(character) {
            close(&mut other, at, list);
        } else {
            other.get_or_insert(at);
        }
        at = end;
    }
    close(&mut other, range.end, list);
}

/// Returns the tokens with numbers joined to their units, and years to 年.
fn join_units<'a>(text: &'a str, list: Vec<Token<'a>>) -> Vec<Token<'a>> {
    let mut joined: Vec<Token<'a>> = Vec::with_capacity(list.len());
    for token in list {
        let near = |last: &Token| text[last.range.end..token.range.start].chars().all(char::is_whitespace);
        let TokenKind::Word(senses) = &token.kind else {
            joined.push(token);
            continue;
        };
        // 2022年, 2022年度, 2022年初预算.
        let word = &text[token.range.clone()];
        if let Some(last) = joined.last_mut().filter(|last| near(last) && word.starts_with('年'))
            && let Some(year) = last.number().and_then(|number| year(number, &text[last.range.clone()]))
        {
            last.kind = TokenKind::Year(year);
            if word != "年" {
                joined.push(token);
            }
            continue;
        }
        let of = senses.iter().find_map(|sense| match sense {
            Sense::Unit(yuan) => Some(NumberOf::Money(*yuan)),
            Sense::Percent => Some(NumberOf::Percent),
            Sense::Points => Some(NumberOf::Points),
            Sense::Counter => Some(NumberOf::Count(&text[token.range.clone()])),
            _ => None,
        });
        let Some(of) = of else {
            joined.push(token);
            continue;
        };
        let last = joined.last_mut().filter(|last| near(last));
        if let Some(Token { range, kind: TokenKind::Number(number) }) = last
            && number.of == NumberOf::Nothing
        {
            (number.of, range.end) = (of, token.range.end);
            continue;
        }
        let floor = match last {
            Some(Token { range, kind: TokenKind::Other }) => range.start,
            _ => token.range.start,
        };
        match in_words(text, floor, &token.range, of) {
            Some((start, number)) => {
                if let Some(last) = joined.last_mut().filter(|last| last.range.end > start) {
                    last.range.end = start;
                }
                joined.pop_if(|last| last.range.is_empty());
                joined.push(Token { range: start..token.range.end, kind: TokenKind::Number(number) });
            }
            None => joined.push(token),
        }
    }
    joined
}

/// Returns four digits as a year.
fn year(number: &NumberToken, digits: &str) -> Option<u16> {
    let year = u16::try_from(number.value.trunc().mantissa()).ok().filter(|year| (1949..=2107).contains(year));
    year.filter(|_| number.value.scale() == 0 && number.of == NumberOf::Nothing && digits.chars().count() == 4)
}

/// Returns the number in Chinese numerals before a unit, and where it begins, at `floor` or behind: 三百万元, 两辆.
fn in_words<'a>(
    text: &'a str,
    floor: usize,
    unit: &Range<usize>,
    of: NumberOf<'a>,
) -> Option<(usize, NumberToken<'a>)> {
    let is_numeral = |character: &char| numeral(*character).is_some();
    // 千万 of 一亿三千万元 are numerals as well.
    let inside = text[unit.clone()].chars().take_while(is_numeral).map(char::len_utf8).sum::<usize>();
    let end = unit.start + if matches!(of, NumberOf::Money(_)) { inside } else { 0 };
    let start = end - text[floor..end].chars().rev().take_while(is_numeral).map(char::len_utf8).sum::<usize>();
    let words = &text[start..end];
    let begins = words
        .chars()
        .next()
        .is_some_and(|first| matches!(numeral(first), Some(Numeral::Digit(_) | Numeral::Power(10))));
    if !begins || is_vague(&text[..start]) {
        return None;
    }
    let value = chinese(words)?;
    let last = words.chars().next_back()?;
    let (of, value, digits) = match of {
        // 一元 is no sum of money to speak of.
        NumberOf::Money(_) if words.chars().count() < 2 => return None,
        NumberOf::Money(_) => {
            let yuan = match last {
                '万' | '萬' => 10_000,
                '亿' => 100_000_000,
                _ => 1,
            };
            let digits = if yuan > 1 { words.trim_end_matches(last) } else { words };
            (NumberOf::Money(yuan), value.checked_div(Decimal::from(yuan))?, digits)
        }
        NumberOf::Count(_) => (of, value, words),
        NumberOf::Percent | NumberOf::Points | NumberOf::Nothing => return None,
    };
    Some((start, NumberToken { value, is_negative: false, digits, of }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use budgetdoc_core::profile::Profile;
    use budgetdoc_core::spec::Spec;

    fn lexicon() -> Lexicon {
        let profile = Profile::built_in(&"shenzhen/2022".to_owned().into()).unwrap();
        let yaml = "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\ndepartment:\n  name: 示例区档案馆\n  \
                    units: [{ id: self, name: 示例区档案馆 }]\n";
        let spec = Spec::from_yaml(yaml).unwrap();
        Lexicon::of(&budgetdoc_core::budget::Budget::resolve(spec, profile).unwrap())
    }

    /// Tokens as words: numbers with what they count.
    fn read(text: &str) -> String {
        let lexicon = lexicon();
        let word = |token: &Token| match &token.kind {
            TokenKind::Number(NumberToken { value, of, .. }) => match of {
                NumberOf::Money(yuan) => format!("{value}×{yuan}"),
                NumberOf::Percent => format!("{value}%"),
                NumberOf::Points => format!("{value}点"),
                NumberOf::Count(counter) => format!("{value}#{counter}"),
                NumberOf::Nothing => value.to_string(),
            },
            TokenKind::Year(year) => format!("@{year}"),
            TokenKind::Word(_) => text[token.range.clone()].to_owned(),
            TokenKind::Mark(mark) => mark.to_string(),
            TokenKind::Other => format!("?{}", &text[token.range.clone()]),
        };
        tokens(text, &lexicon).iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_have_their_units() {
        assert_eq!(read("24,169.74万元"), "24169.74×10000");
        assert_eq!(read("1，310 万元，占１２．5 %"), "1310×10000 ， 占 12.5%");
        assert_eq!(read("三百七十六点五万元、两辆"), "376.5×10000 、 2#辆");
        assert_eq!(read("上升2个百分点，几十万元"), "上升 2点 ， ?几 十万元");
        assert_eq!(read("1．2022年度3台（套）"), "1 @2022 年度 3#台（套）");
    }

    #[test]
    fn the_longest_words_win() {
        assert_eq!(read("比上年预算执行数增加到"), "比 上年 预算执行数 增加到");
        assert_eq!(read("示例区档案馆“三公”经费"), "示例区档案馆 “三公”经费");
        assert_eq!(read("因公出国(境)费用"), "因公出国(境)费用");
    }
}
