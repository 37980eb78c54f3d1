//! Compares stated amounts with the figures.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use super::agreed::Agreed;
use super::bind::{Binder, Topic};
use super::claim::{StatedNumber, StatedTopic, Statement};
use super::contradiction::quoted_name;
use super::digits::digit;
use super::figure::{FigureYear, KnownFigure};
use super::shape::FactFilter;
use super::token::{NumberOf, NumberToken};
use super::{AMOUNTS, CHANGES, EMPTY};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{Money, Unit};

impl<'b> Binder<'_, 'b> {
    /// Compares a stated amount with the figures of its topic.
    pub(super) fn check_amount(
        &mut self,
        statement: &Statement<'b>,
        stated: &StatedNumber<'b>,
        basis: FigureYear,
        grown: Option<&(bool, Range<usize>)>,
    ) {
        let topic = match &statement.topic {
            StatedTopic::Named(phrase) | StatedTopic::Vague(phrase) => self.topic_of(phrase, statement.is_part),
            // The key of a text gives its topic, but not which of its amounts a number is.
            StatedTopic::Same => self.said.topic.clone().filter(|_| self.first_amount.is_some()),
            StatedTopic::Other => None,
        };
        // A template names the figure it prints.
        let printed = self.figure_printed_at(&stated.range).filter(|(printed, of)| {
            let broader = |topic: &Topic| {
                matches!(&topic.shapes[..], [whole] if whole.is_all() && whole.account == printed.shapes[0].account)
            };
            !matches!(statement.topic, StatedTopic::Named(_)) || (*of == basis && topic.as_ref().is_some_and(broader))
        });
        let (topic, basis) = printed.map_or((topic, basis), |(topic, basis)| (Some(topic), basis));
        self.said.is_wrong = false;
        let sure = matches!(statement.topic, StatedTopic::Named(_) | StatedTopic::Same) && !statement.in_reason;
        let fits = |binder: &Self, figure: &KnownFigure| {
            figure.of(basis).is_some_and(|value| binder.agrees_with(stated, value, figure.slack))
        };
        let is_change = |binder: &Self, figure: &KnownFigure| {
            let change = figure.this.zip(figure.last).map(|(this, last)| this - last);
            change.is_some_and(|change| binder.agrees_with(stated, change, figure.slack))
        };
        let mut next = topic.clone();
        let mut is_right = false;
        if let Some(topic) = &topic {
            let right: Vec<KnownFigure> = topic.figures.iter().filter(|figure| fits(self, figure)).copied().collect();
            let known = topic.figures.iter().find_map(|figure| figure.of(basis));
            let slip = self.transposed(stated, topic.figures.iter().filter_map(|figure| figure.of(basis)), 3);
            // Words that narrow a name may make it another figure.
            let slip = slip.filter(|_| sure || !self.is_known_amount(stated));
            is_right = !right.is_empty();
            if let Some(value) = right.first().and_then(|figure| figure.of(basis)) {
                self.record(stated.range.clone(), &topic.name, self.amount_of(basis, value));
                let topic = Topic { figures: right, ..topic.clone() };
                // With unknown words nearby, a few digits may agree by chance.
                let digits = self.text[stated.range.clone()].chars().filter(|one| digit(*one).is_some()).count();
                if !statement.in_reason && (sure || digits > 2) {
                    let range = stated.range.clone();
                    self.agreed.push(Agreed::Amount { range, topic: topic.clone(), year: basis });
                }
                next = Some(topic);
            } else if self.said.is_of_change && topic.figures.iter().any(|figure| is_change(self, figure)) {
                // 比上年增加80万元，其中基本支出20万元.
                self.only_amounts += 1;
            } else if let Some(value) = slip.or(known.filter(|_| sure)) {
                self.record(stated.range.clone(), &topic.name, self.amount_of(basis, value));
                self.said.is_wrong = true;
                self.report_amount(&topic.name, basis, value, stated);
            } else {
                self.bind_by_amount(stated);
                next = next.filter(|_| sure);
            }
        } else {
            self.bind_by_amount(stated);
        }
        if statement.in_reason {
            // The next statement may be about this topic or about the one it gives a reason for.
            (self.said.topic, self.said.this, self.said.base) = (next.filter(|_| is_right), None, None);
            return;
        }
        if let (Some((rise, verb)), Some(base)) = (grown, self.said.base.as_ref()) {
            let opposite = |rise: bool, base: Money, now: Money| if rise { now < base } else { now > base };
            let amounts = base.number.money().zip(stated.number.money());
            if let Some((base, now)) = amounts.filter(|(base, now)| opposite(*rise, *base, *now)) {
                let (words, base, now) = (self.words(verb), self.print(base), self.print(now));
                let zh = format!("由{base}到{now}，不是“{words}”");
                self.contradict_text(
                    CHANGES,
                    verb,
                    zh,
                    format!("`{words}` contradicts the amounts: {base}, then {now}"),
                );
            }
        }
        if basis != FigureYear::This {
            self.said.base_year = basis;
        }
        match (&statement.topic, basis) {
            (StatedTopic::Same, FigureYear::This) => self.said.this = Some(stated.clone()),
            (StatedTopic::Same, _) => self.said.base = Some(stated.clone()),
            (_, FigureYear::This) => (self.said.this, self.said.base) = (Some(stated.clone()), None),
            (_, _) => (self.said.this, self.said.base) = (None, Some(stated.clone())),
        }
        self.first_amount = self.first_amount.or(stated.number.money());
        (self.said.topic, self.said.rise, self.said.is_same) = (next, None, false);
    }

    /// Reports an amount that differs from its figure.
    fn report_amount(&mut self, name: &str, basis: FigureYear, value: Money, stated: &StatedNumber) {
        let by = stated.number.money().map(|money| value - money);
        let (value, digits) = (self.print(value), self.words(&stated.range));
        let (zh, en) = match basis {
            FigureYear::This => ("", ""),
            FigureYear::Last => ("上年", " last year"),
            FigureYear::Executed => ("上年执行数", "'s outcome of last year"),
            FigureYear::Unknown => return,
        };
        let (name_zh, name_en) = quoted_name(name);
        let zh = format!("{name_zh}{zh}为{value}，文字写“{digits}”");
        let en = format!("{name_en}{en} is {value}, not {digits}");
        self.contradict_amount(AMOUNTS, &stated.range, by, Bilingual::new(zh, en));
    }

    /// Binds an amount without a known name to a figure that equals it, or that has two of its digits exchanged.
    pub(super) fn bind_by_amount(&mut self, stated: &StatedNumber) {
        let all = self.figures.amounts();
        let exchanged = with_two_exchanged(&self.text[stated.range.clone()], stated);
        let near = |value: Decimal| near(&all, stated, value).iter().copied();
        if stated.number.value.is_zero() || self.is_known_amount(stated) {
            self.only_amounts += 1;
        } else if let Some(value) = self.transposed(stated, exchanged.into_iter().flat_map(near), 5) {
            let (value, digits) = (self.print(value), self.words(&stated.range));
            let zh = format!("“{digits}”与预算中的{value}只差两个数字的次序");
            self.contradict_figure(
                AMOUNTS,
                &stated.range,
                zh,
                format!("{digits} is the budget's {value} with two digits exchanged"),
            );
        } else if let Some(value) = self.transposed(stated, self.amounts.iter().copied(), 5) {
            let (value, digits) = (self.print(value), self.words(&stated.range));
            let zh = format!("“{digits}”与本段的{value}只差两个数字的次序");
            let en = format!("{digits} is the {value} of the same paragraph with two digits exchanged");
            self.contradict_text(AMOUNTS, &stated.range, zh, en);
        } else {
            self.unbound.push(stated.range.clone());
        }
    }

    /// Returns whether some figure of the budget has a stated amount.
    fn is_known_amount(&mut self, stated: &StatedNumber) -> bool {
        let all = self.figures.amounts();
        near(&all, stated, stated.number.value).iter().any(|value| self.agrees_with(stated, *value, Money::ZERO))
    }

    /// Returns the value that a stated amount becomes once two of its digits are exchanged. Amounts of fewer than
    /// `digits` digits have none.
    pub(super) fn transposed(
        &self,
        stated: &StatedNumber,
        values: impl Iterator<Item = Money>,
        digits: usize,
    ) -> Option<Money> {
        let typed: Vec<u8> = self.text[stated.range.clone()].chars().filter_map(digit).collect();
        if typed.len() < digits {
            return None;
        }
        let decimals = stated.number.value.scale();
        values.into_iter().find(|value| {
            let number = in_unit_of(stated, *value);
            let mut printed = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
            printed.rescale(decimals);
            let printed = format!("{:0>width$}", printed.mantissa(), width = decimals as usize + 1);
            are_exchanged(&typed, &printed)
        })
    }

    /// Returns whether a stated percentage is another one with two of its digits exchanged. Sums of rounded amounts leave
    /// room for many percentages, but hardly for this one.
    pub(super) fn is_exchanged(&self, stated: &StatedNumber, ratio: Decimal) -> bool {
        let typed: Vec<u8> = self.text[stated.range.clone()].chars().filter_map(digit).collect();
        let decimals = stated.number.value.scale();
        let mut right = self.budget().profile.text_amounts.rounding.apply(ratio, decimals);
        right.rescale(decimals);
        typed.len() > 2 && are_exchanged(&typed, &right.to_string())
    }

    /// Compares a statement that there is nothing with the figures of its topic.
    pub(super) fn check_nothing(&mut self, stated: &StatedTopic, basis: FigureYear, range: &Range<usize>) {
        let Some(topic) = self.stated_topic(stated, false) else { return };
        // A fund without money has a sentence of its own.
        let is_fund = |shape: &FactFilter| {
            shape.funds.is_some()
                && (shape.kinds, shape.categories, shape.subject, shape.unit) == (None, None, None, None)
        };
        let is_empty = basis == FigureYear::This && topic.shapes.iter().all(is_fund);
        let rule = if is_empty { EMPTY } else { AMOUNTS };
        let values: Vec<Money> = topic.figures.iter().filter_map(|figure| figure.of(basis)).collect();
        let Some(value) = values.first().copied() else { return };
        self.record(range.clone(), &topic.name, self.amount_of(basis, value));
        if values.iter().all(|value| !value.is_zero()) {
            let (words, amount) = (self.words(range), self.print(value));
            let (name_zh, name_en) = quoted_name(&topic.name);
            let (zh, en) = if basis == FigureYear::This { ("", "") } else { ("上年", " last year") };
            let zh = format!("文字写“{words}”，而{name_zh}{zh}为{amount}");
            let en = format!("the text says `{words}`, but {name_en}{en} is {amount}");
            self.contradict_amount(rule, range, Some(value), Bilingual::new(zh, en));
        }
        // 上年无公务用车购置费，本年增加5万元.
        let none = NumberToken { value: Decimal::ZERO, is_negative: false, digits: "", of: NumberOf::Money(1) };
        let none = StatedNumber { number: none, range: range.clone() };
        (self.said.this, self.said.base) =
            if basis == FigureYear::This { (Some(none), None) } else { (None, Some(none)) };
        (self.said.topic, self.said.base_year) = (Some(topic), basis);
    }

    /// Returns whether a stated amount is `value` to its last digit, give or take `slack`.
    pub(super) fn agrees_with(&self, stated: &StatedNumber, value: Money, slack: Money) -> bool {
        let Some(amount) = stated.number.money() else { return false };
        let format = &self.budget().profile.text_amounts;
        // Little is more than nothing.
        if amount.is_zero() {
            return format.round(value).is_zero() || value.abs() <= slack;
        }
        let rounded = self.round_as(stated, value);
        let gap = (amount.abs() - value.abs()).abs();
        gap <= Money::yuan(stated.number.half()) + slack || rounded == stated.number.value.abs()
    }

    /// Returns the size of an amount in the unit and with the digits of a stated one.
    pub(super) fn round_as(&self, stated: &StatedNumber, value: Money) -> Decimal {
        let rounding = self.budget().profile.text_amounts.rounding;
        rounding.apply(in_unit_of(stated, value), stated.number.value.scale())
    }
}

/// Returns whether digits are those of a printed number with two of them exchanged.
fn are_exchanged(typed: &[u8], printed: &str) -> bool {
    let right: Vec<u8> = printed.chars().filter_map(digit).collect();
    let apart: Vec<usize> = (0..typed.len()).filter(|index| right.get(*index) != typed.get(*index)).collect();
    right.len() == typed.len()
        && matches!(apart[..], [one, two] if typed[one] == right[two] && typed[two] == right[one])
}

/// Returns the values that a stated number becomes once two of its digits are exchanged, the smallest first.
fn with_two_exchanged(words: &str, stated: &StatedNumber) -> Vec<Decimal> {
    let digits: Vec<u8> = words.chars().filter_map(digit).collect();
    let pairs = (0..digits.len()).flat_map(|one| (one + 1..digits.len()).map(move |two| (one, two)));
    let mut values: Vec<Decimal> = pairs
        .filter_map(|(one, two)| {
            let mut digits = digits.clone();
            digits.swap(one, two);
            let number = digits.iter().try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add((*digit).into()));
            Decimal::try_from_i128_with_scale(number?, stated.number.value.scale()).ok()
        })
        .collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Returns the amounts, of some in order, that differ from a value in the unit of a stated one by less than two of its last
/// digit.
fn near<'m>(amounts: &'m [Money], stated: &StatedNumber, value: Decimal) -> &'m [Money] {
    let NumberOf::Money(unit) = stated.number.of else { return &[] };
    let Some(value) = value.checked_mul(Decimal::from(unit)) else { return &[] };
    let reach = Decimal::from(4) * stated.number.half();
    let Some((least, most)) = value.checked_sub(reach).zip(value.checked_add(reach)) else { return &[] };
    let (least, most) = (Money::yuan(least), Money::yuan(most));
    let start = amounts.partition_point(|amount| *amount < least);
    let count = amounts[start..].partition_point(|amount| *amount <= most);
    &amounts[start..start + count]
}

/// Returns the size of an amount in the unit of a stated one.
fn in_unit_of(stated: &StatedNumber, amount: Money) -> Decimal {
    let yuan = amount.abs().in_unit(Unit::Yuan);
    match stated.number.of {
        NumberOf::Money(unit) => yuan / Decimal::from(unit),
        NumberOf::Percent | NumberOf::Points | NumberOf::Count(_) | NumberOf::Nothing => yuan,
    }
}
