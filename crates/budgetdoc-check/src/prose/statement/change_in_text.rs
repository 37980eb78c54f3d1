//! Compares stated changes with the amounts stated near them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::CHANGES;
use super::bind::Binder;
use super::change::{ChangeClause, range_of, within};
use super::claim::StatedNumber;
use super::contradiction::Contradicted;
use super::figure::FigureYear;
use budgetdoc_core::money::{Money, Unit};

impl<'b> Binder<'_, 'b> {
    /// Reports a change that cannot hold for any figures. Returns whether it reported one.
    pub(super) fn report_impossible(&mut self, change: &ChangeClause<'_, 'b>, goes_on: bool) -> bool {
        let numbers = || change.by.into_iter().chain(change.percent);
        let compares = change.than.is_some();
        let more = |stated: &&StatedNumber| stated.number.value > Decimal::ONE_HUNDRED && !change.rise && compares;
        let (stated, zh, en) = if let Some(stated) = numbers().find(|stated| stated.number.is_negative) {
            (stated, "动词已说明增减，不写负数", "the verb gives the direction; remove the sign")
        } else if let Some(stated) = numbers().find(|stated| stated.number.value.is_zero()) {
            (stated, "没有变化不写成增减", "a change of zero is neither an increase nor a decrease")
        } else if let Some(stated) = change.percent.filter(more) {
            (stated, "减少不会超过 100%", "a decrease cannot exceed 100 %")
        } else if goes_on
            && self.said.is_same
            && self.said.than == change.than.map_or(FigureYear::Last, |than| than.basis)
        {
            let Some(stated) = numbers().next() else { return false };
            (stated, "前面写的是持平", "the sentence also says that nothing changed")
        } else if goes_on
            && self.said.rise == Some(change.rise)
            && change.percent.is_none()
            && self.is_rate(change.verb)
        {
            let Some(stated) = change.by else { return false };
            (stated, "是否应为百分比", "a percentage is expected")
        } else {
            return false;
        };
        let range = range_of(change.verb, stated);
        let range = if range.start < range.end { range } else { stated.range.clone() };
        let words = self.words(&range);
        self.contradict_text(CHANGES, &range, format!("“{words}”：{zh}"), format!("`{words}`: {en}"));
        true
    }

    /// Returns whether a verb takes a percentage.
    fn is_rate(&self, verb: &Range<usize>) -> bool {
        ["增长", "下降", "增幅", "降幅"].contains(&&self.text[verb.clone()])
    }

    /// Compares the amounts that a text states for a change, where no figure is known.
    pub(super) fn compare_amounts(&mut self, change: &ChangeClause<'_, 'b>) {
        let amount = |stated: Option<&StatedNumber>| {
            stated.and_then(|stated| stated.number.money().map(|money| (money, half(stated))))
        };
        let now = self.said.this.clone();
        let (now, base, by) = (amount(now.as_ref()), amount(self.said.base.as_ref()), amount(change.by));
        let base = match (now, base, by) {
            (Some((now, half)), None, Some((by, other))) => {
                let before = if change.rise { now - by } else { now + by };
                Some((before, half + other))
            }
            (_, base, _) => base,
        };
        if let (Some((base, half)), Some(by), true) = (base, change.by, change.than.is_some())
            && base + half < Money::ZERO
        {
            let words = self.words(&by.range);
            let zh = format!("增加额“{words}”大于本年数");
            self.contradict_text(CHANGES, &by.range, zh, format!("the increase of {words} exceeds this year's amount"));
            return;
        }
        let Some((base, base_half)) = base else {
            change.by.into_iter().for_each(|by| self.bind_by_amount(by));
            return;
        };
        if let (Some((now, half)), Some((by, other)), Some(stated)) = (now, by, change.by) {
            let right = if change.rise { now - base } else { base - now };
            if (right - by).abs() > half + other + base_half {
                let (words, right) = (self.words(&stated.range), self.print(right));
                let zh = format!("按前面的两个金额，增减应为{right}，文字写“{words}”");
                self.contradict_text(
                    CHANGES,
                    &stated.range,
                    zh,
                    format!("the amounts before it differ by {right}, not {words}"),
                );
                return;
            }
        }
        let gap = match (by, now) {
            (Some(by), _) => by,
            (None, Some((now, half))) => ((now - base).abs(), half + base_half),
            (None, None) => return,
        };
        let (Some(percent), true) = (change.percent, base > Money::ZERO) else { return };
        let least = (gap.0 - gap.1).percent_of(base + base_half);
        let most = (gap.0 + gap.1).percent_of((base - base_half).max(Money::yuan(Decimal::ONE)));
        if !within(percent, least, most) {
            self.report_percent(percent, gap.0.percent_of(base).unwrap_or_default(), Contradicted::Text);
        }
    }
}

fn half(stated: &StatedNumber) -> Money {
    Money::new(stated.number.half(), Unit::Yuan)
}
