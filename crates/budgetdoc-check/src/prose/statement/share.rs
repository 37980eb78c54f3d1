//! Compares stated shares with their parts and wholes.

use rust_decimal::Decimal;

use super::SHARES;
use super::agreed::Agreed;
use super::bind::{Binder, Topic};
use super::change::within;
use super::claim::{Phrase, StatedNumber, StatedTopic, Statement};
use super::shape::FactFilter;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

impl<'b> Binder<'_, 'b> {
    /// Compares a share with the parts and wholes that it may relate.
    pub(super) fn check_share(&mut self, statement: &Statement<'b>, percent: &StatedNumber<'b>, of: Option<&Phrase>) {
        let amount =
            self.said.this.as_ref().and_then(|now| Some((now.number.money()?, Money::yuan(now.number.half()))));
        let named = match &statement.topic {
            StatedTopic::Named(phrase) => self.topic_of(phrase, statement.is_part),
            StatedTopic::Same => self.said.topic.clone().filter(|_| amount.is_some()),
            StatedTopic::Vague(_) | StatedTopic::Other => return,
        };
        let exact =
            named.iter().flat_map(|named| &named.figures).filter_map(|figure| Some((figure.this?, figure.slack)));
        let mut parts: Vec<(Money, Money)> = exact.collect();
        // If the stated amount is wrong, the share may be that of the figure or of the amount.
        if (parts.is_empty() || self.said.is_wrong) && matches!(statement.topic, StatedTopic::Same) {
            parts.extend(amount);
        }
        if of.is_none() {
            self.shares.push(percent.clone());
        }
        let (topics, beside) = self.wholes(named.as_ref(), of);
        let known = topics.iter().flat_map(|topic| &topic.figures);
        let mut wholes: Vec<(Money, Money)> =
            known.filter_map(|figure| Some((figure.this?, figure.slack))).chain(beside).collect();
        wholes.retain(|(whole, _)| !whole.is_zero());
        let part = if self.said.is_wrong { parts.last() } else { parts.first() };
        let (Some((part, _)), Some((whole, _))) = (part.copied(), wholes.first().copied()) else { return };
        let fits = |(part, slack): &(Money, Money), (whole, other): &(Money, Money)| {
            let least = (*part - *slack).percent_of(*whole + *other);
            let most = (*part + *slack).percent_of(*whole - *other);
            let exchanged = part.percent_of(*whole).is_some_and(|share| self.is_exchanged(percent, share));
            !whole.is_zero() && within(percent, least, most) && !exchanged
        };
        let pairs = parts.iter().flat_map(|part| wholes.iter().map(move |whole| (part, whole)));
        let right = pairs.clone().find(|(part, whole)| fits(part, whole));
        let (right_part, right_whole) = right.map_or((part, whole), |((part, _), (whole, _))| (*part, *whole));
        let (right_part, right_whole) = (self.print(right_part), self.print(right_whole));
        let name = named.as_ref().map(|named| named.name.clone()).unwrap_or_default();
        self.record(
            percent.range.clone(),
            &name,
            Bilingual::new(format!("{right_part}，占{right_whole}"), format!("{right_part} of {right_whole}")),
        );
        if right.is_some() {
            if let Some(part) = named {
                self.agreed.push(Agreed::Share { range: percent.range.clone(), part, wholes: topics });
            }
            return;
        }
        self.shares.clear();
        let right = part.percent_of(whole).unwrap_or_default();
        let decimals = percent.number.value.scale().max(2);
        let right = self.budget().profile.text_amounts.rounding.apply(right, decimals).normalize();
        let (words, part, whole) = (self.words(&percent.range), self.print(part), self.print(whole));
        let zh = format!("{part}占{whole}的{right}%，文字写“{words}”");
        self.contradict_figure(SHARES, &percent.range, zh, format!("{part} is {right} % of {whole}, not {words}"));
    }

    /// Reports shares of a text that come near 100 % and miss it. Less than 98 % is taken for an incomplete list.
    pub(super) fn check_sum_of_shares(&mut self) {
        let sum = self.shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.number.value));
        let slack: Decimal = self.shares.iter().map(|share| share.number.half().max(Decimal::new(1, 2))).sum();
        let (Some(sum), [first, .., last]) = (sum, self.shares.as_slice()) else { return };
        if sum < Decimal::from(98) || (sum - Decimal::ONE_HUNDRED).abs() <= slack {
            return;
        }
        let (range, count) = (first.range.start..last.range.end, self.shares.len());
        let zh = format!("本段 {count} 个占比之和为 {}%", sum.normalize());
        let en = format!("the {count} shares of the paragraph add up to {} %", sum.normalize());
        self.contradict_text(SHARES, &range, zh, en);
    }

    /// Returns the wholes of a share: the one it names, else the one that the text divides and the totals; and amounts of
    /// the text, each with its slack.
    fn wholes(&mut self, part: Option<&Topic>, of: Option<&Phrase>) -> (Vec<Topic>, Vec<(Money, Money)>) {
        match of {
            // The words name no known whole.
            Some(phrase) if phrase.shapes.is_empty() => return (Vec::new(), Vec::new()),
            Some(phrase) => return (self.topic_of(phrase, false).into_iter().collect(), Vec::new()),
            None => {}
        }
        let of_account = |account| FactFilter { account: Some(account), ..FactFilter::default() };
        let own = part.and_then(|part| part.shapes.first()).and_then(|shape| shape.account);
        let mut topics: Vec<Topic> = self.said.whole.clone().into_iter().collect();
        for account in own.into_iter().chain([Account::Expenditure, Account::Income]) {
            let shape = of_account(account);
            let figures = self.figures.of(&shape).to_vec();
            topics.push(Topic { name: String::new(), figures, shapes: vec![shape] });
        }
        let beside = self.first_amount.into_iter().chain([self.sum_with_shares]).map(|whole| (whole, Money::ZERO));
        (topics, beside.collect())
    }
}
