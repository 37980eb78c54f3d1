//! Compares stated changes with the figures, and with the amounts stated near them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::agreed::{Agreed, AgreedChange};
use super::bind::{Binder, Topic};
use super::claim::{Claim, Compared, StatedNumber, StatedTopic, Statement};
use super::contradiction::{Contradicted, Contradiction, quoted_name};
use super::figure::{FigureYear, KnownFigure};
use super::{CHANGES, REASONS, ZERO_BASE};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{Money, Unit};

/// A change as a text states it.
pub(super) struct ChangeClause<'c, 'b> {
    pub rise: bool,
    pub verb: &'c Range<usize>,
    pub by: Option<&'c StatedNumber<'b>>,
    pub percent: Option<&'c StatedNumber<'b>>,
    pub than: Option<&'c Compared>,
}

/// This year's amount, the one it is compared with, and how far each may be off.
#[derive(Clone, Copy)]
pub(super) struct YearPair {
    pub this: Money,
    pub base: Money,
    pub slack: Money,
}

impl YearPair {
    /// Returns by how much one of its amounts would have to be off for a percentage to be right.
    fn needed_for(&self, percent: &StatedNumber, rise: bool) -> Contradicted {
        let yuan = |money: Money| money.in_unit(Unit::Yuan);
        let (this, base) = (yuan(self.this), yuan(self.base));
        let half = percent.number.half();
        let offs = [half, -half].into_iter().flat_map(|half| {
            let rate = percent.number.value.checked_add(half).map(|percent| percent / Decimal::ONE_HUNDRED);
            let factor = rate.and_then(|rate| Decimal::ONE.checked_add(if rise { rate } else { -rate }));
            let of_this = factor.and_then(|factor| base.checked_mul(factor)?.checked_sub(this));
            let of_base = factor.and_then(|factor| this.checked_div(factor)?.checked_sub(base));
            [of_this, of_base]
        });
        let mut offs: Vec<Money> = offs.flatten().map(|off| Money::yuan(off.abs())).collect();
        offs.sort_unstable();
        match offs[..] {
            [least, .., most] => Contradicted::Figure { least, most },
            _ => Contradicted::ANY_FIGURE,
        }
    }
}

impl<'b> Binder<'_, 'b> {
    /// Compares a change with the figures of its topic, or else with the amounts of its text.
    pub(super) fn check_change(&mut self, statement: &Statement<'b>) {
        let Claim::Change { rise, verb, by, percent, than } = &statement.claim else { return };
        // 上年执行数为0万元，增加5万元: the change is from the outcome.
        let goes_on = matches!(statement.topic, StatedTopic::Same);
        let outcome = self.said.base.as_ref().filter(|_| goes_on && self.said.base_year == FigureYear::Executed);
        let outcome =
            outcome.map(|base| Compared { basis: FigureYear::Executed, year: None, range: base.range.clone() });
        let than = than.as_ref().or(outcome.as_ref());
        let change = ChangeClause { rise: *rise, verb, by: by.as_ref(), percent: percent.as_ref(), than };
        let named = self.stated_topic(&statement.topic, statement.is_part);
        if statement.in_reason {
            if let (StatedTopic::Named(_), None, None) = (&statement.topic, by, percent) {
                self.check_reason(&change, named);
            }
            return;
        }
        if !goes_on {
            (self.said.this, self.said.base) = (None, None);
        }
        if self.report_impossible(&change, goes_on) {
            return;
        }
        let earlier = (self.said.rise, self.said.than);
        self.said.rise = Some(*rise);
        self.said.than = than.map_or(FigureYear::Last, |than| than.basis);
        let money = |stated: Option<&StatedNumber>| stated.and_then(|stated| stated.number.money());
        let all = goes_on && money(change.by).is_some() && money(change.by) == money(self.said.this.as_ref());
        let zero =
            goes_on && self.said.base.as_ref().and_then(|base| base.number.money()).is_some_and(Money::is_zero) || all;
        // 接待费3万元，其中外宾接待1万元，比上年减少1万元: behind the parts the change may be that of their whole.
        let whole = self.said.whole.clone().filter(|_| goes_on && statement.is_part);
        let fits = |topic: &Option<Topic>| {
            let mut pairs = topic.iter().flat_map(|topic| pairs(topic, change.than));
            pairs.any(|pair| (pair.this > pair.base) == change.rise && self.fits(&change, &pair))
        };
        let named = if fits(&whole) && !fits(&named) { whole } else { named };
        let pairs = named.as_ref().map(|named| pairs(named, change.than)).unwrap_or_default();
        if let Some(percent) = change.percent.filter(|_| zero || are_all_new(&pairs)).filter(|_| change.rise) {
            let words = self.words(&(change.verb.start..percent.range.end));
            let zh = format!("“{words}”：上年为零，不写增长率");
            self.contradict_figure(
                ZERO_BASE,
                &range_of(change.verb, percent),
                zh,
                format!("`{words}`: last year is zero, so there is no percentage"),
            );
        } else if pairs.is_empty() && goes_on && by.is_none() && earlier == (Some(!*rise), self.said.than) {
            // 减少240万元，增长6%.
            let words = self.words(verb);
            let zh = format!("“{words}”与旁边写的增减方向相反");
            self.contradict_text(CHANGES, verb, zh, format!("`{words}` contradicts the change stated next to it"));
        } else if pairs.is_empty() {
            if !self.report_other_year(&change, named.as_ref()) {
                self.compare_amounts(&change);
            }
        } else {
            self.compare_with_figures(&change, &pairs, named.as_ref());
        }
        if !goes_on {
            self.said.topic = named;
        }
    }

    /// Returns whether the numbers of a change are those of a pair.
    fn fits(&self, change: &ChangeClause<'_, 'b>, pair: &YearPair) -> bool {
        let by =
            change.by.is_none_or(|by| self.agrees_with(by, (pair.this - pair.base).abs(), pair.slack + pair.slack));
        by && change.percent.is_none_or(|percent| self.agrees_with_change(percent, pair))
    }

    /// Reports a change from last year for which the text names another year. Returns whether it reported one.
    fn report_other_year(&mut self, change: &ChangeClause<'_, 'b>, topic: Option<&Topic>) -> bool {
        let (Some(Compared { year: Some(year), range, .. }), Some(topic)) = (change.than, topic) else {
            return false;
        };
        let last = self.budget().spec.year.saturating_sub(1);
        let pairs = pairs(topic, None);
        let stated = change.by.is_some() || change.percent.is_some();
        let is_last =
            *year != last && stated && pairs.iter().any(|pair| self.fits(change, pair) && pair.this != pair.base);
        if is_last {
            self.record(range.clone(), &topic.name, Bilingual::new(format!("{last}年"), last.to_string()));
            let words = self.words(range);
            let zh = format!("增减是与{last}年相比的，文字写“{words}”");
            self.contradict_figure(
                CHANGES,
                range,
                zh,
                format!("the change is from {last}, but the text says `{words}`"),
            );
        }
        is_last
    }

    /// Compares a change with the figures of its topic.
    fn compare_with_figures(&mut self, change: &ChangeClause<'_, 'b>, pairs: &[YearPair], topic: Option<&Topic>) {
        let name = topic.map(|topic| topic.name.as_str()).unwrap_or_default();
        let last = change.by.into_iter().chain(change.percent).map(|stated| stated.range.end).max();
        let range = change.verb.start..last.unwrap_or(change.verb.end).max(change.verb.end);
        self.record(range, name, self.amounts_of(&pairs[0], change.than));
        let (name, name_en) = quoted_name(name);
        let went = |pair: &YearPair| (pair.this - pair.base) > Money::ZERO;
        let (one, all) = (pairs[0], || pairs.iter());
        let open = |pair: &YearPair| !pair.slack.is_zero() && (pair.this - pair.base).abs() <= pair.slack;
        if all().all(|pair| went(pair) != change.rise || pair.this == pair.base) {
            if all().any(open) {
                return;
            }
            let (words, amounts) = (self.words(change.verb), self.amounts_of(&one, change.than));
            let zh = format!("{name}{}，文字写“{words}”", amounts.zh);
            let en = format!("{name_en}: {}, but the text says `{words}`", amounts.en);
            match change.percent {
                // One wrong figure would have to explain the percentage as well.
                Some(percent) => {
                    let (of, message) = (one.needed_for(percent, change.rise), Bilingual::new(zh, en));
                    self.found.push(Contradiction { rule: CHANGES, range: change.verb.clone(), of, message });
                }
                None => self.contradict_direction(change.verb, one.this - one.base, Bilingual::new(zh, en)),
            }
            return;
        }
        let gap = |pair: &YearPair| (pair.this - pair.base).abs();
        let mut right: Vec<YearPair> =
            pairs.iter().filter(|pair| went(pair) == change.rise || open(pair)).copied().collect();
        if let Some(by) = change.by {
            let fits: Vec<YearPair> =
                right.iter().filter(|pair| self.agrees_with(by, gap(pair), pair.slack + pair.slack)).copied().collect();
            if fits.is_empty() {
                // The amount is right the other way.
                if let Some(pair) = all().find(|pair| self.agrees_with(by, gap(pair), pair.slack + pair.slack)) {
                    let (words, amounts) = (self.words(change.verb), self.amounts_of(pair, change.than));
                    let zh = format!("{name}{}，文字写“{words}”", amounts.zh);
                    let en = format!("{name_en}: {}, but the text says `{words}`", amounts.en);
                    self.contradict_direction(change.verb, pair.this - pair.base, Bilingual::new(zh, en));
                    return;
                }
                let (value, words) = (self.print(gap(&right[0])), self.words(&by.range));
                let (this, base) = (self.print(right[0].this), self.print(right[0].base));
                let zh = format!("{name}本年{this}、上年{base}，增减{value}，文字写“{words}”");
                let en = format!("{name_en} changed by {value}, from {base} to {this}, not by {words}");
                let off = by.number.money().map(|money| gap(&right[0]) - money);
                self.contradict_amount(CHANGES, &by.range, off, Bilingual::new(zh, en));
                return;
            }
            right = fits;
        }
        if let Some(percent) = change.percent
            && !right.iter().any(|pair| self.agrees_with_change(percent, pair))
        {
            let ratio = gap(&right[0]).percent_of(right[0].base).unwrap_or_default();
            self.report_percent(percent, ratio, right[0].needed_for(percent, change.rise));
            if let (Some(topic), Some(_)) = (topic, change.by) {
                self.record_agreed(&ChangeClause { percent: None, ..*change }, &right, topic);
            }
            return;
        }
        if let Some(topic) = topic {
            self.record_agreed(change, &right, topic);
        }
    }

    /// Returns the amounts of a change, for the record.
    pub(super) fn amounts_of(&self, pair: &YearPair, than: Option<&Compared>) -> Bilingual {
        let (this, base) = (self.print(pair.this), self.print(pair.base));
        let (zh, en) = match than.map(|than| than.basis) {
            Some(FigureYear::Executed) => ("上年执行数", "outcome"),
            _ => ("上年", "last year"),
        };
        Bilingual::new(format!("本年{this}，{zh}{base}"), format!("this year {this}, {en} {base}"))
    }

    /// Records a change that agrees with its figure.
    fn record_agreed(&mut self, change: &ChangeClause<'_, 'b>, right: &[YearPair], topic: &Topic) {
        let value = self.amounts_of(&right[0], change.than);
        self.compared.iter_mut().last().into_iter().for_each(|compared| compared.value = value.clone());
        let is_right = |figure: &KnownFigure, year: FigureYear| {
            let pair = figure.this.zip(figure.of(year));
            pair.is_some_and(|(this, base)| right.iter().any(|pair| (pair.this, pair.base) == (this, base)))
        };
        for year in bases(change.than) {
            let figures: Vec<KnownFigure> =
                topic.figures.iter().filter(|figure| is_right(figure, year)).copied().collect();
            if !figures.is_empty() {
                let numbers = [change.by, change.percent].map(|stated| stated.map(|stated| &stated.range));
                let topic = Topic { figures, ..topic.clone() };
                self.agreed.push(Agreed::Change(AgreedChange::new(change.than, change.verb, numbers, topic, year)));
                return;
            }
        }
    }

    /// Returns whether a percentage is the change of a pair, of its exact or its printed amounts.
    fn agrees_with_change(&self, percent: &StatedNumber, pair: &YearPair) -> bool {
        let format = &self.budget().profile.text_amounts;
        let printed = |money: Money| Money::new(format.round(money), format.unit);
        let printed = YearPair { this: printed(pair.this), base: printed(pair.base), slack: pair.slack };
        [*pair, printed].iter().any(|pair| {
            let least = (pair.this - pair.base).abs() - pair.slack - pair.slack;
            let most = (pair.this - pair.base).abs() + pair.slack + pair.slack;
            let exact = (pair.this - pair.base).abs().percent_of(pair.base);
            within(percent, least.percent_of(pair.base + pair.slack), most.percent_of(pair.base - pair.slack))
                && !exact.is_some_and(|exact| self.is_exchanged(percent, exact))
        })
    }

    /// Reports a percentage; `ratio` is the right one.
    pub(super) fn report_percent(&mut self, percent: &StatedNumber, ratio: Decimal, of: Contradicted) {
        let decimals = percent.number.value.scale().max(2);
        let (ratio, words) =
            (self.budget().profile.text_amounts.rounding.apply(ratio, decimals), self.words(&percent.range));
        let zh = format!("应为{}%，文字写“{words}”", ratio.normalize());
        let message = Bilingual::new(zh, format!("the percentage is {} %, not {words}", ratio.normalize()));
        self.found.push(Contradiction { rule: CHANGES, range: percent.range.clone(), of, message });
    }

    /// Reports a reason that gives its topic the opposite direction.
    fn check_reason(&mut self, change: &ChangeClause<'_, 'b>, named: Option<Topic>) {
        let (Some(went), Some(topic), Some(named)) = (self.said.rise, &self.said.topic, named) else { return };
        let same = named.figures.iter().any(|figure| figure.is_known && topic.figures.contains(figure));
        if same && went != change.rise {
            let words = format!("{}…{}", named.name, self.words(change.verb));
            let zh = format!("原因“{words}”与前面所写的增减方向相反");
            self.contradict_figure(
                REASONS,
                change.verb,
                zh,
                format!("the reason `{words}` contradicts the change before it"),
            );
        }
    }
}

/// Returns the pairs of amounts of a topic that a change may compare.
pub(super) fn pairs(topic: &Topic, than: Option<&Compared>) -> Vec<YearPair> {
    let bases = bases(than);
    let pair = |figure: &KnownFigure, basis: FigureYear| {
        Some(YearPair { this: figure.this?, base: figure.of(basis)?, slack: figure.slack })
    };
    bases.iter().flat_map(|basis| topic.figures.iter().filter_map(|figure| pair(figure, *basis))).collect()
}

/// Returns the years that a change may compare with.
fn bases(than: Option<&Compared>) -> Vec<FigureYear> {
    match than.map(|than| than.basis) {
        Some(basis) => vec![basis],
        None => vec![FigureYear::Last, FigureYear::Executed],
    }
}

/// Returns whether every pair begins with zero and ends with money.
fn are_all_new(pairs: &[YearPair]) -> bool {
    !pairs.is_empty() && pairs.iter().all(|pair| pair.base.is_zero() && !pair.this.is_zero())
}

/// Returns whether a percentage lies between `least` and `most`, to its last digit. A bound that is unknown holds.
pub(super) fn within(percent: &StatedNumber, least: Option<Decimal>, most: Option<Decimal>) -> bool {
    let (Some(least), Some(most)) = (least, most) else { return true };
    let (value, half) = (percent.number.value, percent.number.half());
    let from = least.checked_sub(half).is_none_or(|least| least <= value);
    from && most.checked_add(half).is_none_or(|most| value <= most)
}

/// Returns the bytes from the verb to the end of the number.
pub(super) fn range_of(verb: &Range<usize>, stated: &StatedNumber) -> Range<usize> {
    verb.start..stated.range.end
}
