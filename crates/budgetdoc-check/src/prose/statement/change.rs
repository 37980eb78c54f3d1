//! Changes held against the figures, and against the amounts beside them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::agreed::{Agreed, AgreedChange};
use super::bind::{Binder, Contradiction, Topic, called};
use super::figure::{FigureYear, KnownFigure};
use super::parse::{Claim, Compared, StatedNumber, Statement, What};
use super::{CHANGES, REASONS, ZERO_BASE};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{Money, Unit};

/// A change as it is told.
struct ChangeClause<'c, 'b> {
    rise: bool,
    verb: &'c Range<usize>,
    by: Option<&'c StatedNumber<'b>>,
    percent: Option<&'c StatedNumber<'b>>,
    than: Option<&'c Compared>,
}

/// This year's amount and the one it is compared with.
#[derive(Clone, Copy)]
struct YearPair {
    this: Money,
    base: Money,
    slack: Money,
}

impl<'b> Binder<'_, 'b> {
    pub(super) fn change(&mut self, statement: &Statement<'b>) {
        let Claim::Change { rise, verb, by, percent, than } = &statement.claim else { return };
        let change =
            ChangeClause { rise: *rise, verb, by: by.as_ref(), percent: percent.as_ref(), than: than.as_ref() };
        let named = match &statement.what {
            What::Named(phrase) => self.named(phrase, statement.is_part),
            What::Same => self.subject.clone(),
            What::Vague(_) | What::Other => None,
        };
        if statement.in_reason {
            if let (What::Named(_), None, None) = (&statement.what, by, percent) {
                self.reason(&change, named);
            }
            return;
        }
        let goes_on = matches!(statement.what, What::Same);
        if !goes_on {
            (self.now, self.base) = (None, None);
        }
        if self.impossible(&change, goes_on) {
            return;
        }
        self.went = Some(*rise);
        self.than = than.as_ref().map_or(FigureYear::Last, |than| than.basis);
        let money = |told: Option<&StatedNumber>| told.and_then(|told| told.number.money());
        let all = goes_on && money(change.by).is_some() && money(change.by) == money(self.now.as_ref());
        let zero =
            goes_on && self.base.as_ref().and_then(|base| base.number.money()).is_some_and(Money::is_zero) || all;
        let pairs = named.as_ref().map(|named| pairs(named, change.than)).unwrap_or_default();
        if let Some(percent) = change.percent.filter(|_| zero || pairs_are_new(&pairs)).filter(|_| change.rise) {
            let words = self.words(&(change.verb.start..percent.range.end));
            let zh = format!("“{words}”：上年为零，不写增长率");
            self.says(
                ZERO_BASE,
                &range_of(change.verb, percent),
                zh,
                format!("`{words}`: there is no percentage of nothing"),
            );
        } else if pairs.is_empty() {
            if !self.other_year(&change, named.as_ref()) {
                self.alone(&change);
            }
        } else {
            self.against(&change, &pairs, named.as_ref());
        }
        if !goes_on {
            self.subject = named;
        }
    }

    /// Reports what no change can be, whatever the figures. Returns whether it did.
    fn impossible(&mut self, change: &ChangeClause<'_, 'b>, goes_on: bool) -> bool {
        let numbers = || change.by.into_iter().chain(change.percent);
        let compares = change.than.is_some();
        let more = |told: &&StatedNumber| told.number.value > Decimal::ONE_HUNDRED && !change.rise && compares;
        let (told, zh, en) = if let Some(told) = numbers().find(|told| told.number.is_negative) {
            (told, "动词已说明增减，不写负数", "the verb gives the direction; remove the sign")
        } else if let Some(told) = numbers().find(|told| told.number.value.is_zero()) {
            (told, "没有变化不写成增减", "a change of zero is neither an increase nor a decrease")
        } else if let Some(told) = change.percent.filter(more) {
            (told, "减少不会超过 100%", "none is more than 100 %")
        } else if goes_on && self.is_same && self.than == change.than.map_or(FigureYear::Last, |than| than.basis) {
            let Some(told) = numbers().next() else { return false };
            (told, "前面写的是持平", "it stands beside a statement that nothing changed")
        } else if goes_on && self.went == Some(change.rise) && change.percent.is_none() && self.is_rate(change.verb) {
            let Some(told) = change.by else { return false };
            (told, "是否应为百分比", "it stands where a percentage is meant")
        } else {
            return false;
        };
        let range = range_of(change.verb, told);
        let range = if range.start < range.end { range } else { told.range.clone() };
        let words = self.words(&range);
        self.says_itself(CHANGES, &range, format!("“{words}”：{zh}"), format!("`{words}`: {en}"));
        true
    }

    /// Returns whether a verb is one for percentages.
    fn is_rate(&self, verb: &Range<usize>) -> bool {
        ["增长", "下降", "增幅", "降幅"].contains(&&self.text[verb.clone()])
    }

    /// Tells where a change is that from last year though the text names another; whether it did.
    fn other_year(&mut self, change: &ChangeClause<'_, 'b>, subject: Option<&Topic>) -> bool {
        let (Some(Compared { year: Some(year), range, .. }), Some(subject)) = (change.than, subject) else {
            return false;
        };
        let last = self.budget().spec.year.saturating_sub(1);
        let pairs = pairs(subject, None);
        let fits = |pair: &&YearPair| {
            let by = change.by.is_none_or(|by| self.is(by, (pair.this - pair.base).abs(), pair.slack + pair.slack));
            by && change.percent.is_none_or(|percent| self.makes(percent, pair))
        };
        let told = change.by.is_some() || change.percent.is_some();
        let is_last = *year != last && told && pairs.iter().any(|pair| fits(&pair) && pair.this != pair.base);
        if is_last {
            self.hold(range.clone(), &subject.name, Bilingual::new(format!("{last}年"), last.to_string()));
            let words = self.words(range);
            let zh = format!("增减是与{last}年相比的，文字写“{words}”");
            self.says(CHANGES, range, zh, format!("the change is that from {last}, the text says `{words}`"));
        }
        is_last
    }

    /// Holds a change against the figures.
    fn against(&mut self, change: &ChangeClause<'_, 'b>, pairs: &[YearPair], subject: Option<&Topic>) {
        let name = subject.map(|subject| subject.name.as_str()).unwrap_or_default();
        let last = change.by.into_iter().chain(change.percent).map(|told| told.range.end).max();
        let range = change.verb.start..last.unwrap_or(change.verb.end).max(change.verb.end);
        self.hold(range, name, self.both(&pairs[0], change.than));
        let (name, name_en) = called(name);
        let went = |pair: &YearPair| (pair.this - pair.base) > Money::ZERO;
        let (one, all) = (pairs[0], || pairs.iter());
        let (this, base) = (self.print(one.this), self.print(one.base));
        let open = |pair: &YearPair| !pair.slack.is_zero() && (pair.this - pair.base).abs() <= pair.slack;
        if all().all(|pair| went(pair) != change.rise || pair.this == pair.base) {
            if all().any(open) || (pairs.len() > 1 && one.this == one.base) {
                return;
            }
            let words = self.words(change.verb);
            let zh = format!("{name}本年{this}、上年{base}，文字写“{words}”");
            self.says(CHANGES, change.verb, zh, format!("{name_en} is {this} after {base}; the text says `{words}`"));
            return;
        }
        let gap = |pair: &YearPair| (pair.this - pair.base).abs();
        let mut right: Vec<YearPair> =
            pairs.iter().filter(|pair| went(pair) == change.rise || open(pair)).copied().collect();
        if let Some(by) = change.by {
            let fits: Vec<YearPair> =
                right.iter().filter(|pair| self.is(by, gap(pair), pair.slack + pair.slack)).copied().collect();
            if fits.is_empty() {
                let (value, words) = (self.print(gap(&right[0])), self.words(&by.range));
                let zh = format!("{name}本年{this}、上年{base}，增减{value}，文字写“{words}”");
                self.says(
                    CHANGES,
                    &by.range,
                    zh,
                    format!("{name_en} changed by {value}, from {base} to {this}, not by {words}"),
                );
                return;
            }
            right = fits;
        }
        if let Some(percent) = change.percent
            && !right.iter().any(|pair| self.makes(percent, pair))
        {
            let ratio = gap(&right[0]).percent_of(right[0].base).unwrap_or_default();
            self.wrong_percent(percent, ratio, true);
            if let (Some(subject), Some(_)) = (subject, change.by) {
                self.agrees(&ChangeClause { percent: None, ..*change }, &right, subject);
            }
            return;
        }
        if let Some(subject) = subject {
            self.agrees(change, &right, subject);
        }
    }

    /// The amounts of a change, for the record.
    fn both(&self, pair: &YearPair, than: Option<&Compared>) -> Bilingual {
        let (this, base) = (self.print(pair.this), self.print(pair.base));
        let (zh, en) = match than.map(|than| than.basis) {
            Some(FigureYear::Executed) => ("上年执行数", "outcome"),
            _ => ("上年", "last year"),
        };
        Bilingual::new(format!("本年{this}，{zh}{base}"), format!("this year {this}, {en} {base}"))
    }

    /// Notes a change that is that of its figure.
    fn agrees(&mut self, change: &ChangeClause<'_, 'b>, right: &[YearPair], subject: &Topic) {
        let value = self.both(&right[0], change.than);
        self.held.iter_mut().last().into_iter().for_each(|held| held.value = value.clone());
        let is_right = |figure: &KnownFigure, year: FigureYear| {
            let pair = figure.this.zip(figure.of(year));
            pair.is_some_and(|(this, base)| right.iter().any(|pair| (pair.this, pair.base) == (this, base)))
        };
        for year in bases(change.than) {
            let figures: Vec<KnownFigure> =
                subject.figures.iter().filter(|figure| is_right(figure, year)).copied().collect();
            if !figures.is_empty() {
                let numbers = [change.by, change.percent].map(|told| told.map(|told| &told.range));
                let topic = Topic { figures, ..subject.clone() };
                self.agreed.push(Agreed::Change(AgreedChange::new(change.than, change.verb, numbers, topic, year)));
                return;
            }
        }
    }

    /// Returns whether a percentage is the change of a pair, of the exact or of the printed amounts.
    fn makes(&self, percent: &StatedNumber, pair: &YearPair) -> bool {
        let format = &self.budget().profile.text_amounts;
        let printed = |money: Money| Money::new(format.round(money), format.unit);
        let printed = YearPair { this: printed(pair.this), base: printed(pair.base), slack: pair.slack };
        [*pair, printed].iter().any(|pair| {
            let least = (pair.this - pair.base).abs() - pair.slack - pair.slack;
            let most = (pair.this - pair.base).abs() + pair.slack + pair.slack;
            within(percent, least.percent_of(pair.base + pair.slack), most.percent_of(pair.base - pair.slack))
        })
    }

    /// Holds the amounts of a change against each other, where no figure is known.
    fn alone(&mut self, change: &ChangeClause<'_, 'b>) {
        let amount =
            |told: Option<&StatedNumber>| told.and_then(|told| told.number.money().map(|money| (money, half(told))));
        let now = self.now.clone();
        let (now, base, by) = (amount(now.as_ref()), amount(self.base.as_ref()), amount(change.by));
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
            self.says_itself(CHANGES, &by.range, zh, format!("the rise of {words} is more than this year's amount"));
            return;
        }
        let Some((base, base_half)) = base else {
            change.by.into_iter().for_each(|by| self.unbound(by));
            return;
        };
        if let (Some((now, half)), Some((by, other)), Some(told)) = (now, by, change.by) {
            let right = if change.rise { now - base } else { base - now };
            if (right - by).abs() > half + other + base_half {
                let (words, right) = (self.words(&told.range), self.print(right));
                let zh = format!("按前面的两个金额，增减应为{right}，文字写“{words}”");
                self.says_itself(
                    CHANGES,
                    &told.range,
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
            self.wrong_percent(percent, gap.0.percent_of(base).unwrap_or_default(), false);
        }
    }

    fn wrong_percent(&mut self, percent: &StatedNumber, ratio: Decimal, is_of_figure: bool) {
        let decimals = percent.number.value.scale().max(2);
        let (ratio, words) =
            (self.budget().profile.text_amounts.rounding.apply(ratio, decimals), self.words(&percent.range));
        let zh = format!("应为{}%，文字写“{words}”", ratio.normalize());
        let message = Bilingual::new(zh, format!("it is {} %, the text says {words}", ratio.normalize()));
        self.found.push(Contradiction { rule: CHANGES, range: percent.range.clone(), is_of_figure, message });
    }

    /// A reason that says what changed went the other way.
    fn reason(&mut self, change: &ChangeClause<'_, 'b>, named: Option<Topic>) {
        let (Some(went), Some(subject), Some(named)) = (self.went, &self.subject, named) else { return };
        let same = named.figures.iter().any(|figure| figure.is_known && subject.figures.contains(figure));
        if same && went != change.rise {
            let words = format!("{}…{}", named.name, self.words(change.verb));
            let zh = format!("原因“{words}”与前面所写的增减方向相反");
            self.says(REASONS, change.verb, zh, format!("the reason `{words}` contradicts the change before it"));
        }
    }

    pub(super) fn same(&mut self, what: &What, than: Option<&Compared>, range: &Range<usize>) {
        let subject = match what {
            What::Named(phrase) => self.named(phrase, false),
            What::Same => self.subject.clone(),
            What::Vague(_) | What::Other => None,
        };
        let beside = than.map_or(FigureYear::Last, |than| than.basis);
        if matches!(what, What::Same) && self.went.is_some() && self.than == beside {
            let words = self.words(range);
            let zh = format!("“{words}”与旁边写的增减不符");
            self.says_itself(CHANGES, range, zh, format!("`{words}` contradicts the change told beside it"));
            return;
        }
        (self.is_same, self.than) = (true, beside);
        let (Some(subject), Some(than)) = (subject, than) else { return };
        let pairs = pairs(&subject, Some(than));
        let Some(one) = pairs.first() else { return };
        self.hold(range.clone(), &subject.name, self.both(one, Some(than)));
        let format = &self.budget().profile.text_amounts;
        let changed = |pair: &YearPair| {
            !format.round(pair.this - pair.base).is_zero() && (pair.this - pair.base).abs() > pair.slack
        };
        if pairs.iter().all(changed) && !self.text[range.clone()].contains("基本") {
            let ((name, name_en), words) = (called(&subject.name), self.words(range));
            let (this, base) = (self.print(one.this), self.print(one.base));
            let zh = format!("{name}本年{this}、上年{base}，文字写“{words}”");
            self.says(CHANGES, range, zh, format!("{name_en} is {this} after {base}; the text says `{words}`"));
        } else if pairs.iter().all(|pair| pair.this == pair.base) {
            self.agreed.push(Agreed::Same { range: range.clone(), topic: subject, year: than.basis });
        }
    }
}

/// Returns the amounts of a subject that a change may be between.
fn pairs(subject: &Topic, than: Option<&Compared>) -> Vec<YearPair> {
    let bases = bases(than);
    let pair = |figure: &KnownFigure, basis: FigureYear| {
        Some(YearPair { this: figure.this?, base: figure.of(basis)?, slack: figure.slack })
    };
    bases.iter().flat_map(|basis| subject.figures.iter().filter_map(|figure| pair(figure, *basis))).collect()
}

/// Returns what a change may be compared with.
fn bases(than: Option<&Compared>) -> Vec<FigureYear> {
    match than.map(|than| than.basis) {
        Some(basis) => vec![basis],
        None => vec![FigureYear::Last, FigureYear::Executed],
    }
}

/// Returns whether there was nothing before.
fn pairs_are_new(pairs: &[YearPair]) -> bool {
    !pairs.is_empty() && pairs.iter().all(|pair| pair.base.is_zero() && !pair.this.is_zero())
}

fn half(told: &StatedNumber) -> Money {
    Money::new(told.number.half(), Unit::Yuan)
}

/// Returns whether a percentage is one of those between two, to its last digit.
pub(super) fn within(percent: &StatedNumber, least: Option<Decimal>, most: Option<Decimal>) -> bool {
    let (Some(least), Some(most)) = (least, most) else { return true };
    let (value, half) = (percent.number.value, percent.number.half());
    let from = least.checked_sub(half).is_none_or(|least| least <= value);
    from && most.checked_add(half).is_none_or(|most| value <= most)
}

fn range_of(verb: &Range<usize>, told: &StatedNumber) -> Range<usize> {
    verb.start..told.range.end
}
