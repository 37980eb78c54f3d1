//! Reading changes out of sentences.

use crate::prose::numbers::{TextNumber, last_clause, numbers};
use crate::prose::reason_words::says_same;

const UP: [&str; 10] = ["增加", "增长", "上升", "提高", "上涨", "增幅", "涨幅", "增速", "增多", "调增"];

const DOWN: [&str; 9] = ["减少", "下降", "降低", "压减", "降幅", "减幅", "下调", "缩减", "调减"];

/// Words between a verb and its number: 增长了, 增长率为, 增加额约.
const BETWEEN: [&str; 8] = ["了", "额", "率", "为", "约", "近", "达", "："];

/// Which way the verb right before a number goes: up is true.
pub(crate) fn direction(number: &TextNumber) -> Option<bool> {
    let mut before = number.before;
    while let Some(rest) = BETWEEN.iter().find_map(|word| before.strip_suffix(word)) {
        before = rest.trim_end();
    }
    let compared = || ["比", "较"].iter().any(|word| last_clause(before).contains(word));
    if UP.iter().any(|verb| before.ends_with(verb)) || (before.ends_with('多') && compared()) {
        Some(true)
    } else if DOWN.iter().any(|verb| before.ends_with(verb)) || (before.ends_with('少') && compared()) {
        Some(false)
    } else {
        None
    }
}

/// Whether an amount is what another is compared with: 比上年的1032万元增加….
fn is_base(number: &TextNumber) -> bool {
    let verbs = UP.iter().chain(&DOWN).chain(&["多", "少"]);
    let mut behind = verbs.filter(|verb| number.behind().trim_start_matches(['，', ' ']).starts_with(*verb));
    behind.next().is_some() && ["比", "较"].iter().any(|word| number.clause().contains(word))
}

/// What two amounts next to each other say wrong of a change, in Chinese and English.
pub(crate) type Wrong = (String, String);

/// 由12万元增加到10万元, and 增加2万元，增长25万元, where a percentage is meant.
pub(crate) fn beside(first: &TextNumber, second: &TextNumber) -> Option<Wrong> {
    let (before, now) = (first.money()?, second.money()?);
    let between = second.before.get(first.before.len()..)?;
    if between.contains(['。', '；']) {
        return None;
    }
    let to = second.before.strip_suffix(['到', '至']);
    let ends = |verbs: &[&str]| to.is_some_and(|to| verbs.iter().any(|verb| to.ends_with(verb)));
    let from = first.clause().contains(['由', '从']);
    let (words, other) = (first.words(), second.words());
    if from && ((ends(&UP) && now < before) || (ends(&DOWN) && now > before)) {
        return Some((
            format!("“由{words}……到{other}”与增减方向相反"),
            format!("from {words} to {other} is the opposite direction"),
        ));
    }
    let bare = ["增长", "下降", "增幅", "降幅"].contains(&second.clause());
    (bare && direction(first).is_some() && direction(first) == direction(second) && first.behind().starts_with('，'))
        .then(|| (format!("“{other}”是否应为百分比"), format!("{other} stands where a percentage is meant")))
}

/// A clause 与上年持平 right beside one that tells a change.
pub(crate) fn same_and_changed(text: &str, last_year: u16) -> Option<&str> {
    if !text.contains("持平") {
        return None;
    }
    let changed = |clause: &str| {
        let list = numbers(clause);
        let other = list.iter().find_map(TextNumber::year).is_some_and(|year| year != last_year);
        let tells = |number: &TextNumber| {
            let alone = ["比", "较", "同比"].iter().any(|word| clause.starts_with(word))
                || UP.iter().chain(&DOWN).any(|verb| clause.starts_with(verb));
            alone && !number.value.is_zero() && direction(number).is_some()
        };
        !other && list.iter().any(tells)
    };
    text.split(['。', '；']).find_map(|sentence| {
        let clauses: Vec<&str> = sentence.split('，').collect();
        let same = |clause: &str| {
            clause.starts_with(['与', '同', '和']) && !clause.contains(['支', '收', '费']) && says_same(clause)
        };
        let at = clauses.iter().position(|clause| same(clause))?;
        let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        near.filter_map(|index| clauses.get(index)).any(|clause| changed(clause)).then(|| clauses[at])
    })
}

/// Whether a reason begins between two numbers: what is told there changed for itself.
fn reason_between(number: &TextNumber, next: &TextNumber) -> bool {
    let between = next.before.get(number.before.len()..).unwrap_or_default();
    ["原因", "主要", "由于", "其中"].iter().any(|word| between.contains(word))
}

/// Whether the amount of a change stands right behind its percentage: 增长C%，增加B万元.
fn follows(percent: &TextNumber, amount: &TextNumber) -> bool {
    let between = amount.before.get(amount.before.len().min(percent.before.len() + percent.digits.len())..);
    direction(amount).is_some() && between.is_some_and(|between| between.trim().chars().count() <= 7)
}

/// Whether an amount is last year's of the one before it, and the next the change: A万元，上年预算P万元，增加B万元.
fn is_last(now: Option<&TextNumber>, number: &TextNumber, next: Option<&TextNumber>) -> bool {
    let Some((now, next)) = now.zip(next) else { return false };
    let between = next.before.get(number.before.len()..).unwrap_or_default();
    if next.unit.is_none() || direction(next).is_none() || between.contains("其中") || now.clause().contains("上年")
    {
        return false;
    }
    let mut rest = number.clause();
    let year_before = |text: &str| {
        let years = numbers(text);
        years.iter().find_map(TextNumber::year)
    };
    let told = year_before(rest).zip(year_before(now.clause()));
    rest = match told {
        Some((last, this)) if last + 1 == this => rest.split_once('年').map_or(rest, |(_, rest)| rest),
        Some(_) => return false,
        None => match ["上年", "去年"].iter().find_map(|word| rest.strip_prefix(word)) {
            Some(rest) => rest,
            None => return false,
        },
    };
    let mut words = rest.to_owned();
    for word in ["年度", "度", "年初", "预算", "安排", "执行", "支出", "数", "为", "是"] {
        words = words.replace(word, "");
    }
    words.trim().is_empty()
}

/// “A万元，比上年增加B万元，增长C%”, in whatever order and with what is missing left out.
pub(crate) struct ToldChange<'a> {
    /// The amounts that may have changed: those between the last change and this one, else those before.
    pub now: Vec<TextNumber<'a>>,
    /// Last year's, where it is told.
    pub base: Option<TextNumber<'a>>,
    pub by: Option<(TextNumber<'a>, bool)>,
    pub percent: Option<(TextNumber<'a>, bool)>,
}

/// The changes a text tells, from left to right.
pub(crate) fn changes_of(text: &str) -> Vec<ToldChange<'_>> {
    let mut list = Vec::new();
    // The comparison may stand in the sentence after the amount.
    let mut before: Vec<TextNumber> = Vec::new();
    for sentence in text.split(['。', '；', ';']) {
        let figures: Vec<TextNumber> =
            numbers(sentence).into_iter().filter(|number| number.unit.is_some() || number.is_percent()).collect();
        let (mut all, mut since, mut base) = (Vec::new(), Vec::new(), None);
        let mut index = 0;
        while index < figures.len() {
            let (number, next) = (figures[index], figures.get(index + 1).copied());
            index += 1;
            let way = direction(&number);
            let (by, percent) = match (number.unit.is_some(), way, next) {
                (true, None, next) if is_base(&number) || is_last(since.last(), &number, next.as_ref()) => {
                    base = Some(number);
                    continue;
                }
                (true, None, _) => {
                    all.push(number);
                    since.push(number);
                    continue;
                }
                (true, Some(up), next) => {
                    let percent =
                        next.filter(|next| next.is_percent() && !reason_between(&number, next)).and_then(|next| {
                            let inside = number.behind().starts_with(['（', '(']) && next.before.ends_with(['（', '(']);
                            direction(&next).or(inside.then_some(up)).map(|way| (next, way))
                        });
                    (Some((number, up)), percent)
                }
                // 增长C%，增加B万元.
                (false, Some(up), Some(next)) if next.unit.is_some() && follows(&number, &next) => {
                    (direction(&next).map(|way| (next, way)), Some((number, up)))
                }
                // 主要原因是统一压减10% is no change of the amount.
                (false, Some(_), _) if number.before.contains("原因") => continue,
                (false, Some(up), _) => (None, Some((number, up))),
                (false, None, _) => continue,
            };
            index += usize::from(by.is_some() && percent.is_some());
            let now = [&since, &all, &before].into_iter().find(|list| !list.is_empty());
            list.push(ToldChange { now: now.cloned().unwrap_or_default(), base, by, percent });
            since.clear();
            base = None;
        }
        before = all;
    }
    list
}
