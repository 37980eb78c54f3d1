//! Reading changes out of sentences.

use super::numbers::{Number, last_clause, numbers};

const UP: [&str; 9] = ["增加", "增长", "上升", "提高", "上涨", "增幅", "涨幅", "增速", "增多"];
const DOWN: [&str; 7] = ["减少", "下降", "降低", "压减", "降幅", "减幅", "下调"];

/// Words between a verb and its number: 增长了, 增长率为, 增加额约.
const BETWEEN: [&str; 8] = ["了", "额", "率", "为", "约", "近", "达", "："];

/// Which way the verb right before a number goes: up is true.
pub(super) fn direction(number: &Number) -> Option<bool> {
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
fn is_base(number: &Number) -> bool {
    let verbs = UP.iter().chain(&DOWN).chain(&["多", "少"]);
    let mut behind = verbs.filter(|verb| number.behind().trim_start_matches(['，', ' ']).starts_with(*verb));
    behind.next().is_some() && ["比", "较"].iter().any(|word| number.clause().contains(word))
}

/// “A万元，比上年增加B万元，增长C%”, in whatever order and with what is missing left out.
pub(super) struct Change<'a> {
    /// The amounts that may have changed: those between the last change and this one, else those before.
    pub now: Vec<Number<'a>>,
    /// Last year's, where it is told.
    pub base: Option<Number<'a>>,
    pub by: Option<(Number<'a>, bool)>,
    pub percent: Option<(Number<'a>, bool)>,
}

/// The changes a text tells, from left to right.
pub(super) fn changes_of(text: &str) -> Vec<Change<'_>> {
    let mut list = Vec::new();
    // The comparison may stand in the sentence after the amount.
    let mut before: Vec<Number> = Vec::new();
    for sentence in text.split(['。', '；', ';']) {
        let figures: Vec<Number> =
            numbers(sentence).into_iter().filter(|number| number.unit.is_some() || number.is_percent()).collect();
        let (mut all, mut since, mut base) = (Vec::new(), Vec::new(), None);
        let mut index = 0;
        while index < figures.len() {
            let (number, next) = (figures[index], figures.get(index + 1).copied());
            index += 1;
            let way = direction(&number);
            let (by, percent) = match (number.unit.is_some(), way, next) {
                (true, None, _) if is_base(&number) => {
                    base = Some(number);
                    continue;
                }
                (true, None, _) => {
                    all.push(number);
                    since.push(number);
                    continue;
                }
                (true, Some(up), next) => {
                    let percent = next.filter(Number::is_percent).and_then(|next| {
                        let inside = number.behind().starts_with(['（', '(']) && next.before.ends_with(['（', '(']);
                        direction(&next).or(inside.then_some(up)).map(|way| (next, way))
                    });
                    (Some((number, up)), percent)
                }
                // 增长C%，增加B万元.
                (false, Some(up), Some(next)) if next.unit.is_some() && direction(&next).is_some() => {
                    (direction(&next).map(|way| (next, way)), Some((number, up)))
                }
                (false, Some(up), _) => (None, Some((number, up))),
                (false, None, _) => continue,
            };
            index += usize::from(by.is_some() && percent.is_some());
            let now = [&since, &all, &before].into_iter().find(|list| !list.is_empty());
            list.push(Change { now: now.cloned().unwrap_or_default(), base, by, percent });
            since.clear();
            base = None;
        }
        before = all;
    }
    list
}
