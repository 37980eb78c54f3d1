//! Compares statements that an amount is that of last year, or a percentage of it.

use std::ops::Range;

use super::CHANGES;
use super::agreed::Agreed;
use super::bind::Binder;
use super::change::{YearPair, pairs, within};
use super::claim::{Compared, StatedNumber, StatedTopic};
use super::contradiction::{Contradicted, quoted_name};
use super::figure::FigureYear;
use budgetdoc_core::lang::Bilingual;

impl<'b> Binder<'_, 'b> {
    /// Compares the percentage that this year's amount is said to be of the one before.
    pub(super) fn check_ratio(&mut self, stated: &StatedTopic, percent: &StatedNumber<'b>, basis: FigureYear) {
        let Some(topic) = self.stated_topic(stated, false) else { return };
        let than = Compared { basis, year: None, range: percent.range.clone() };
        let pairs: Vec<YearPair> = pairs(&topic, Some(&than)).into_iter().filter(|pair| !pair.base.is_zero()).collect();
        let Some(one) = pairs.first() else { return };
        self.record(percent.range.clone(), &topic.name, self.amounts_of(one, Some(&than)));
        let fits = |pair: &YearPair| {
            let (least, most) = (pair.this - pair.slack, pair.this + pair.slack);
            within(percent, least.percent_of(pair.base + pair.slack), most.percent_of(pair.base - pair.slack))
                && !pair.this.percent_of(pair.base).is_some_and(|exact| self.is_exchanged(percent, exact))
        };
        if !pairs.iter().any(fits) {
            let ratio = one.this.percent_of(one.base).unwrap_or_default();
            self.report_percent(percent, ratio, Contradicted::ANY_FIGURE);
        }
    }

    /// Compares a statement that nothing changed with the figures of its topic.
    pub(super) fn check_same(&mut self, stated: &StatedTopic, than: Option<&Compared>, range: &Range<usize>) {
        let topic = self.stated_topic(stated, false);
        let beside = than.map_or(FigureYear::Last, |than| than.basis);
        if matches!(stated, StatedTopic::Same) && self.said.rise.is_some() && self.said.than == beside {
            let words = self.words(range);
            let zh = format!("“{words}”与旁边写的增减不符");
            self.contradict_text(CHANGES, range, zh, format!("`{words}` contradicts the change stated next to it"));
            return;
        }
        (self.said.is_same, self.said.than) = (true, beside);
        let (Some(topic), Some(than)) = (topic, than) else { return };
        let pairs = pairs(&topic, Some(than));
        let Some(one) = pairs.first() else { return };
        self.record(range.clone(), &topic.name, self.amounts_of(one, Some(than)));
        let format = &self.budget().profile.text_amounts;
        let changed = |pair: &YearPair| {
            !format.round(pair.this - pair.base).is_zero() && (pair.this - pair.base).abs() > pair.slack
        };
        if pairs.iter().all(changed) && !self.text[range.clone()].contains("基本") {
            let ((name, name_en), words) = (quoted_name(&topic.name), self.words(range));
            let amounts = self.amounts_of(one, Some(than));
            let zh = format!("{name}{}，文字写“{words}”", amounts.zh);
            let en = format!("{name_en}: {}, but the text says `{words}`", amounts.en);
            self.contradict_amount(CHANGES, range, Some(one.this - one.base), Bilingual::new(zh, en));
        } else if pairs.iter().all(|pair| pair.this == pair.base) {
            self.agreed.push(Agreed::Same { range: range.clone(), topic, year: than.basis });
        }
    }
}
