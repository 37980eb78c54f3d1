//! Penalties of breaks inside numbers with their units, ordinals, ranges, and after the numbers of items.

use super::class::Class;
use super::measure::Char;

/// Penalty of a break between a number and its unit: that of a line whose characters are 0.08 em apart. A looser line is
/// worse than such a break, a tighter one is better.
const UNIT: u32 = 230_000;
/// Penalty of a break between an ordinal and what it counts (第十三 and 届): a quarter of an em.
const ORDINAL: u32 = 21_000_000;
/// Penalty of a break inside a year or date: half an em (GB/T 9704-2012 5.2.3: 数字、年份不能回行).
const YEAR: u32 = 330_000_000;
/// Penalty of a break inside a unit (万元) or number: two thirds of an em.
const INSIDE_UNIT: u32 = 1_000_000_000;
/// Penalty of a break in a range of quantities, at its mark: a third of an em.
const RANGE: u32 = 63_000_000;
/// Most letters of a word beside a slash that stays with it.
const SHORT_WORD: usize = 4;
/// Penalty of a break between a unit and its 以上, an item and its number, and inside Chinese numerals: a tenth of an em.
const BOUND: u32 = 500_000;

/// Units and counters; of two that begin alike, the longer first.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "个百分点", "个工作日", "个月", "个",
    "平方公里", "平方米", "立方米", "立方", "千瓦时", "千瓦", "千克", "千米", "千元", "千",
    "公里", "公斤", "公顷", "公分", "毫升", "毫米", "厘米",
    "万元", "万", "亿元", "亿", "美元", "欧元", "港元", "港币", "日元", "英镑", "元",
    "人次", "人日", "人天", "人月", "人年", "人", "车次", "车", "台次", "台套", "台", "场次", "场", "班次", "班",
    "家次", "家", "间次", "间", "亩次", "亩", "批次", "批", "期次", "期", "项次", "项", "户次", "户", "件次", "件",
    "例次", "例", "条次", "条", "架次", "架", "艘次", "艘", "辆次", "辆", "头次", "头", "只次", "只", "次",
    "小时", "分钟", "工作日", "课时", "学时", "季度", "季", "年度", "年级", "年代", "年", "月份", "月", "日", "周岁", "周", "天",
    "星级", "级", "星", "度", "岁", "届", "时", "分", "秒", "节", "名", "本", "宗", "篇", "套", "处", "倍", "类", "款", "份",
    "位", "号", "所", "座", "对", "支", "组", "轮", "吨", "克", "斤", "升", "米", "集", "部", "株", "棵", "床", "张", "盏", "点",
    "册", "栋", "幢", "枚", "把", "块", "片", "段", "副", "幅", "口", "根", "卷", "箱", "盒", "袋", "瓶", "桶", "匹", "羽",
    "尾", "平", "站", "县", "乡", "镇", "村", "折", "成", "字", "页", "版", "科", "门", "课",
];

/// Words that may follow a unit and belong to it.
const BOUNDS: &[&str] = &["以上", "以下", "以内", "以前", "以后", "之前", "左右"];

/// Marks between the ends of a range.
pub(super) const RANGES: [char; 5] = ['—', '～', '－', '–', '~'];

/// Returns for each place the penalty of a break there.
pub(super) fn penalties(chars: &[Char]) -> Vec<u32> {
    let mut penalties = vec![0; chars.len() + 1];
    let mut at = 0;
    while at < chars.len() {
        at = match chars[at].class {
            Class::Digit => add_quantity(chars, at, &mut penalties),
            Class::Han if is_numeral(chars[at].character) => add_numeral(chars, at, &mut penalties),
            _ => at + 1,
        };
    }
    add_enumerators(chars, &mut penalties);
    add_slashes(chars, &mut penalties);
    penalties
}

/// Raises the penalties of `places` to at least `penalty`.
fn raise(penalties: &mut [u32], places: std::ops::Range<usize>, penalty: u32) {
    for place in penalties.iter_mut().take(places.end).skip(places.start) {
        *place = penalty.max(*place);
    }
}

/// Adds the penalties of a number with its sign, its unit and the range it begins; returns its end.
fn add_quantity(chars: &[Char], start: usize, penalties: &mut [u32]) -> usize {
    let mut at = start;
    while at < chars.len() && (chars[at].class == Class::Digit || is_inside_number(chars, at)) {
        at += 1;
    }
    // An ordinal's 第 and a sign before the number.
    match start.checked_sub(1).map(|before| chars[before].character) {
        Some('第' | '-' | '+' | '≥' | '≤' | '约') => raise(penalties, start..start + 1, INSIDE_UNIT),
        Some('近' | '逾') => raise(penalties, start..start + 1, BOUND),
        _ => {}
    }
    raise(penalties, start + 1..at, INSIDE_UNIT);
    let mut end = at;
    if chars.get(end).is_some_and(|char| char.class == Class::Blank) && unit_length(chars, end + 1) > 0 {
        end += 1;
    }
    let length = unit_length(chars, end);
    if length > 0 {
        let year = matches!(chars[end].character, '年' | '月' | '日');
        raise(penalties, at..end + 1, if year { YEAR } else { UNIT });
        raise(penalties, end + 1..end + length, INSIDE_UNIT);
        end += length;
        let bound = match_length(chars, end, BOUNDS);
        raise(penalties, end..end + bound.min(1), BOUND);
        raise(penalties, end + 1..end + bound, INSIDE_UNIT);
        end += bound;
    } else {
        end = at;
        while chars.get(end).is_some_and(|char| char.class == Class::Suffix || char.character == '%') {
            end += 1;
        }
        raise(penalties, at..end, INSIDE_UNIT);
    }
    let digit = |at: usize| chars.get(at).is_some_and(|char| char.class == Class::Digit);
    if chars.get(end).is_some_and(|char| RANGES.contains(&char.character)) && digit(end + 1) {
        raise(penalties, end..end + 2, RANGE);
    }
    end
}

/// Returns the number of characters of the unit that begins at `at`: 元, 万元, 余人, 多万人次, 元/人.
fn unit_length(chars: &[Char], at: usize) -> usize {
    let is = |at: usize, list: &str| chars.get(at).is_some_and(|char| list.contains(char.character));
    let (mut end, mut last) = (at, 0);
    while is(end, "十百千万亿余多来") {
        last = if is(end, "百千万亿") || last > 0 { end + 1 - at } else { 0 };
        end += 1;
    }
    let length = match match_length(chars, end, UNITS) {
        0 => last,
        length => end + length - at,
    };
    // 千瓦时 does not begin with a multiplier.
    let length = if end == at { length } else { length.max(match_length(chars, at, UNITS)) };
    if length > 0 && is(at + length, "/／") {
        let of = match_length(chars, at + length + 1, UNITS);
        return length + if of > 0 { of + 1 } else { 0 };
    }
    length
}

/// Returns the number of characters of the first word of the list that is at `at`.
fn match_length(chars: &[Char], at: usize, list: &[&str]) -> usize {
    // All words are of Hanzi, and most numbers are followed by a mark or nothing.
    if chars.get(at).is_none_or(|char| char.class != Class::Han) {
        return 0;
    }
    let is_there = |word: &str| {
        let mut at = at;
        word.chars().all(|character| {
            at += 1;
            chars.get(at - 1).is_some_and(|char| char.character == character)
        })
    };
    list.iter().find(|word| is_there(word)).map_or(0, |word| word.chars().count())
}

/// Returns a point, comma, colon or the mark of a range between two digits.
fn is_inside_number(chars: &[Char], at: usize) -> bool {
    let character = chars[at].character;
    (matches!(character, '.' | ',' | '-' | '/' | ':' | '：') || RANGES.contains(&character))
        && chars.get(at + 1).is_some_and(|next| next.class == Class::Digit)
        && at > 0
        && chars[at - 1].class == Class::Digit
}

fn is_numeral(character: char) -> bool {
    matches!(character, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

/// Adds the penalties of Chinese numerals (十三五, 第十三届) and returns their end.
fn add_numeral(chars: &[Char], start: usize, penalties: &mut [u32]) -> usize {
    let count = chars[start..].iter().take_while(|char| is_numeral(char.character)).count();
    let end = start + count;
    let ordinal = start > 0 && chars[start - 1].character == '第';
    if ordinal {
        raise(penalties, start..end, INSIDE_UNIT);
        let unit = match_length(chars, end, UNITS);
        raise(penalties, end..end + unit, ORDINAL);
    } else if count > 1 {
        raise(penalties, start + 1..end, BOUND);
        let unit = match_length(chars, end, UNITS);
        raise(penalties, end..end + unit, BOUND);
    }
    end
}

/// Adds the penalties after the number of an item, which should not end a line: 11. 2、 一、 （一） ①. At the start of a
/// paragraph two characters stay with it.
fn add_enumerators(chars: &[Char], penalties: &mut [u32]) {
    let blank = |at: usize| chars.get(at).is_some_and(|char| char.class == Class::Blank);
    let starts = |at: usize| at == 0 || matches!(chars[at - 1].class, Class::Stop | Class::Pause | Class::Blank);
    let mut at = 0;
    while at < chars.len() {
        let length = if starts(at) { enumerator_length(&chars[at..]) } else { 0 };
        if length == 0 {
            at += 1;
            continue;
        }
        let mut end = at + length;
        while blank(end) {
            end += 1;
        }
        let by = if chars[..at].iter().all(|char| char.class == Class::Blank) { 2 } else { 1 };
        raise(penalties, at + 1..(end + by).min(chars.len()), BOUND);
        at = end;
    }
}

/// Adds the penalties after the slash of a unit or a pair of short words: km/h, A/B.
fn add_slashes(chars: &[Char], penalties: &mut [u32]) {
    let letter = |char: &&Char| char.character.is_alphanumeric() && char.class.is_western();
    for at in (1..chars.len()).filter(|at| chars[*at - 1].character == '/') {
        let before = chars[..at - 1].iter().rev().take_while(letter).count();
        let after = chars[at..].iter().take_while(letter).count();
        if (1..=SHORT_WORD).contains(&before) && (1..=SHORT_WORD).contains(&after) {
            raise(penalties, at..at + 1, INSIDE_UNIT);
        }
    }
}

/// Returns the number of characters of the number of an item that a paragraph begins with, with the blank behind it.
pub(super) fn leading_enumerator(chars: &[Char]) -> usize {
    let is_blank = |char: &&Char| char.class == Class::Blank;
    let start = chars.iter().take_while(is_blank).count();
    match enumerator_length(&chars[start..]) {
        0 => 0,
        length => start + length + chars[start + length..].iter().take_while(is_blank).count(),
    }
}

/// Returns the number of characters of the number of an item that the text begins with.
fn enumerator_length(chars: &[Char]) -> usize {
    let at = |index: usize| chars.get(index).map(|char| char.character);
    if at(0).is_some_and(|first| matches!(first, '①'..='⓿' | '❶'..='➓')) {
        return 1;
    }
    let open = at(0).is_some_and(|first| matches!(first, '（' | '('));
    let number = usize::from(open);
    let rest = chars.get(number..).unwrap_or_default();
    let digits = rest.iter().take_while(|char| char.class == Class::Digit).count();
    let count = match digits {
        0 => rest.iter().take_while(|char| is_numeral(char.character)).count(),
        _ => digits,
    };
    let end = number + count;
    let closed = match (open, digits) {
        (true, _) => at(end).is_some_and(|mark| matches!(mark, '）' | ')')),
        (false, 0) => at(end) == Some('、'),
        // 1.5 is a number.
        (false, _) => {
            at(end).is_some_and(|mark| matches!(mark, '.' | '．' | '、'))
                && chars.get(end + 1).is_none_or(|next| next.class != Class::Digit)
        }
    };
    if closed && (1..=3).contains(&count) && digits <= 2 { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::UNITS;

    /// The first unit that fits is taken.
    #[test]
    fn no_unit_hides_a_longer_one() {
        for (index, unit) in UNITS.iter().enumerate() {
            let hidden = UNITS[index + 1..].iter().find(|later| later.starts_with(unit));
            assert_eq!(hidden, None, "{unit} comes first");
        }
    }
}
