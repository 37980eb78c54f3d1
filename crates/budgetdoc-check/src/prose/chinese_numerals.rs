//! Numbers written in Chinese numerals.

use rust_decimal::Decimal;

/// The value of a Chinese digit, or the power of ten of a Chinese unit.
pub(crate) enum Numeral {
    Digit(u64),
    Power(u64),
    Great(u64),
    Point,
}

pub(crate) fn numeral(character: char) -> Option<Numeral> {
    Some(match character {
        // Most characters are no numerals; a match decides that without reading any list.
        '零' | '〇' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '贰' | '两' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '十' | '拾' => Numeral::Power(10),
        '百' | '佰' => Numeral::Power(100),
        '千' | '仟' => Numeral::Power(1_000),
        '万' | '萬' => Numeral::Great(10_000),
        '亿' => Numeral::Great(100_000_000),
        '点' => Numeral::Point,
        _ => return None,
    })
}

/// Returns what Chinese numerals come to: 一千三百一十, 三百七十六点五万, 一三〇一.
pub(crate) fn chinese(words: &str) -> Option<Decimal> {
    if let Some((whole, fraction)) = words.split_once('点') {
        let (fraction, great) = match fraction.char_indices().next_back()? {
            (at, last) if matches!(numeral(last), Some(Numeral::Great(_))) => (&fraction[..at], numeral(last)),
            _ => (fraction, None),
        };
        let mut digits = String::new();
        for character in fraction.chars() {
            let Some(Numeral::Digit(value)) = numeral(character) else { return None };
            digits.push_str(&value.to_string());
        }
        let value = Decimal::from_str_exact(&format!("{}.{digits}", chinese(whole)?)).ok()?;
        let Some(Numeral::Great(times)) = great else { return Some(value) };
        return value.checked_mul(Decimal::from(times));
    }
    let numerals: Vec<Numeral> = words.chars().map(numeral).collect::<Option<_>>()?;
    // 一三〇一万.
    if let Some((last, rest)) = numerals.split_last()
        && let Numeral::Great(times) = last
        && rest.len() > 2
        && rest.iter().all(|numeral| matches!(numeral, Numeral::Digit(_)))
    {
        let cut = words.char_indices().next_back().map_or(0, |(at, _)| at);
        return chinese(&words[..cut])?.checked_mul(Decimal::from(*times));
    }
    // 二〇二一: digit by digit.
    if numerals.len() > 2 && numerals.iter().all(|numeral| matches!(numeral, Numeral::Digit(_))) {
        return numerals.iter().try_fold(Decimal::ZERO, |sum, numeral| match numeral {
            Numeral::Digit(value) => sum.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(*value)),
            _ => None,
        });
    }
    let (mut great, mut section, mut ones) = (0_u64, 0_u64, None::<u64>);
    for numeral in numerals {
        match numeral {
            // 三五万元 is between three and five.
            Numeral::Digit(value) if value > 0 && ones.is_some_and(|ones| ones > 0) => return None,
            Numeral::Digit(value) => ones = Some(value),
            Numeral::Power(power) => {
                let times = ones.take().filter(|ones| *ones > 0).unwrap_or(1);
                section = section.checked_add(times.checked_mul(power)?)?;
            }
            Numeral::Great(times) => {
                let small = section.checked_add(ones.take().unwrap_or(0))?;
                // 一万亿 multiplies what is there; 一亿三千万 adds to it.
                great = match (small, great) {
                    (0, great) => great.checked_mul(times)?,
                    (small, great) => great.checked_add(small.checked_mul(times)?)?,
                };
                section = 0;
            }
            Numeral::Point => return None,
        }
    }
    great.checked_add(section)?.checked_add(ones.unwrap_or(0)).map(Decimal::from)
}

/// Returns whether numerals after `before` give no exact number: 几十万元, 第三期.
pub(crate) fn is_vague(before: &str) -> bool {
    before.ends_with(['几', '数', '多', '余', '第', '好'])
}
