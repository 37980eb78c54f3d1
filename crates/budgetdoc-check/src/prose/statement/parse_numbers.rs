//! Numbers of a clause as claims.

use rust_decimal::Decimal;

use super::claim::{Claim, Phrase, StatedNumber, StatedTopic, Statement};
use super::clause::{Clause, phrase};
use super::context::is_unit_alone;
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::named_amounts::joins;
use super::parse::{Parser, Region, Turn, is_unit};
use super::token::{NumberOf, Token, TokenKind};

impl<'a> Parser<'a> {
    /// Reads a number with the tokens behind it.
    pub(super) fn number(&mut self, stated: StatedNumber<'a>, rest: &[Token<'a>]) {
        let next = rest.first();
        let ends = next.is_none_or(|next| matches!(next.kind, TokenKind::Mark(mark) if mark != '（' && mark != '('));
        let about = std::mem::take(&mut self.clause.is_rough)
            || next.is_some_and(|next| next.has_sense(&Sense::About) || next.has_sense(&Sense::Purpose));
        match stated.number.of {
            NumberOf::Money(_) if !about => self.money(stated, rest),
            NumberOf::Percent if !about => self.percent(stated, rest),
            NumberOf::Nothing if self.clause.is_share && stated.number.value <= Decimal::ONE_HUNDRED => {
                if ends && !self.clause.has_other {
                    self.push(StatedTopic::Other, Claim::Bare { stated });
                }
            }
            // 项目支出为0.
            NumberOf::Nothing if stated.number.value.is_zero() && ends => self.clause.nothing = Some(stated.range),
            NumberOf::Count(_) => self.clause.has_other |= self.clause.end > 0,
            _ => self.clause.has_other |= about,
        }
    }

    fn money(&mut self, stated: StatedNumber<'a>, rest: &[Token<'a>]) {
        let Some(stated) = self.turn(stated, rest) else { return };
        if self.skips_turns {
            self.push(StatedTopic::Other, Claim::Amount { stated, basis: FigureYear::Unknown, grown: None });
            self.reset_clause();
            return;
        }
        let clause = &self.clause;
        let than = self.than.clone();
        if let Some((rise, verb)) = clause.open_verb() {
            // 增长C%，增加B万元.
            let is_bare = clause.names.is_empty();
            if let Some(Statement { claim: Claim::Change { by: by @ None, percent: Some(_), rise: same, .. }, .. }) =
                self.last()
                && is_bare
                && *same == rise
            {
                *by = Some(stated);
                self.reset_clause();
                return;
            }
            let topic = self.stated_topic();
            self.push(topic, Claim::Change { rise, verb, by: Some(stated), percent: None, than });
            self.reset_clause();
            return;
        }
        let basis = self.basis();
        let compared = than.filter(|_| clause.is_comparison).map(|than| than.basis);
        let grown = clause.to.clone();
        let explicit =
            clause.period.is_some() || clause.is_outcome || clause.goes_on || grown.is_some() || compared.is_some();
        let from = clause.has_from && grown.is_none();
        let mut behind = rest.iter().take_while(|token| !matches!(token.kind, TokenKind::Mark(_)));
        let goes_to = |token: &Token| {
            let TokenKind::Word(senses) = &token.kind else { return false };
            senses.iter().any(|sense| matches!(sense, Sense::ChangeTo(_) | Sense::To))
        };
        let basis = match compared {
            _ if grown.is_some() => FigureYear::This,
            Some(compared) => compared,
            // 2022年支出由900万元增加到1000万元.
            None if from && basis == FigureYear::This && behind.any(goes_to) => FigureYear::Last,
            None => basis,
        };
        let topic = match self.stated_topic() {
            StatedTopic::Same if !explicit && !from => StatedTopic::Other,
            // 占该项目总预算200万元的5%: not the part before 占.
            StatedTopic::Same if self.clause.is_share => StatedTopic::Other,
            StatedTopic::Same if self.is_part && !from && grown.is_none() && compared.is_none() => StatedTopic::Other,
            topic => topic,
        };
        self.push(topic, Claim::Amount { stated, basis, grown });
        if from || compared.is_some() {
            // This is the earlier amount; the later one follows.
            self.clause.names.clear();
            (self.clause.period, self.clause.has_from) = (None, false);
        } else {
            self.reset_clause();
        }
    }

    /// Takes a number that states something of a name before 分别; returns any other. As many numbers as names must follow
    /// each other.
    fn turn(&mut self, stated: StatedNumber<'a>, rest: &[Token<'a>]) -> Option<StatedNumber<'a>> {
        let is_money = stated.number.money().is_some();
        let is_of_list = |token: &Token| match &token.kind {
            TokenKind::Mark(mark) => matches!(mark, '、' | '，'),
            TokenKind::Word(senses) => senses.contains(&Sense::And),
            TokenKind::Number(number) => {
                matches!((number.of, is_money), (NumberOf::Money(_), true) | (NumberOf::Percent, false))
            }
            TokenKind::Year(_) | TokenKind::Other => false,
        };
        let numbers =
            rest.iter().take_while(|token| is_of_list(token)).filter(|token| token.number().is_some()).count();
        let clause = &self.clause;
        match clause.open_verb() {
            Some((rise, verb)) => self.of_each_turn = Turn::Change(rise, verb),
            None if clause.is_share => self.of_each_turn = Turn::Share,
            None => {}
        }
        let is_plain = clause.names.is_empty() && !clause.is_comparison && !clause.has_other;
        let fits =
            is_plain && numbers + 1 == self.turns.len() && (is_money || !matches!(self.of_each_turn, Turn::Amount));
        let Some(name) = self.turns.pop_front().filter(|_| fits) else {
            self.skips_turns |= !std::mem::take(&mut self.turns).is_empty();
            return Some(stated);
        };
        self.has_turned = true;
        let topic = phrase(&[name]).map_or(StatedTopic::Other, StatedTopic::Named);
        let claim = match self.of_each_turn.clone() {
            Turn::Amount => Claim::Amount { stated, basis: self.basis(), grown: None },
            Turn::Change(rise, verb) => {
                let (by, percent) = if is_money { (Some(stated), None) } else { (None, Some(stated)) };
                Claim::Change { rise, verb, by, percent, than: None }
            }
            Turn::Share => Claim::Share { percent: stated, of: None },
        };
        self.push(topic, claim);
        self.reset_clause();
        None
    }

    fn percent(&mut self, stated: StatedNumber<'a>, rest: &[Token<'a>]) {
        let Some(stated) = self.turn(stated, rest) else { return };
        // 占支出总计的60%、40%: of several amounts before.
        let is_percent = |token: &Token| token.number().is_some_and(|number| number.of == NumberOf::Percent);
        self.skips_turns |=
            self.clause.is_share && matches!(rest, [joint, next, ..] if joins(joint) && is_percent(next));
        if self.skips_turns {
            self.reset_clause();
            return;
        }
        if self.clause.is_share {
            let of = self.clause.phrase();
            let parts_measure = self.clause.part.as_deref().is_some_and(|part| self.context.parts_measure(part));
            let vague = self.clause.has_other || parts_measure;
            let topic = match self.clause.part.take().as_deref().and_then(phrase) {
                Some(part) if !vague => StatedTopic::Named(part),
                Some(part) => StatedTopic::Vague(part),
                None => StatedTopic::Same,
            };
            let of = if self.clause.names.is_empty() && self.clause.has_other { Some(Phrase::default()) } else { of };
            self.push(topic, Claim::Share { percent: stated, of });
            self.reset_clause();
            return;
        }
        if self.clause.is_of_last && self.clause.is_plain() {
            let (topic, basis) = (self.stated_topic(), self.basis());
            self.push(topic, Claim::Ratio { percent: stated, basis });
            self.reset_clause();
            return;
        }
        let verb = self.clause.open_verb();
        let goes_on =
            self.clause.names.is_empty() && self.region == Region::Plain && (verb.is_some() || !self.clause.has_other);
        if let Some(Statement { claim: Claim::Change { percent: percent @ None, by: Some(_), rise, .. }, .. }) =
            self.last()
            && goes_on
            && verb.as_ref().is_none_or(|(way, _)| way == rise)
        {
            *percent = Some(stated);
        } else if let Some((rise, verb)) = verb {
            let (topic, than) = (self.stated_topic(), self.than.clone());
            self.push(topic, Claim::Change { rise, verb, by: None, percent: Some(stated), than });
        }
        self.reset_clause();
    }

    /// Returns the year that the clause speaks of.
    fn basis(&self) -> FigureYear {
        match (self.clause.period.or(self.period), self.clause.is_outcome) {
            (Some(FigureYear::Last), true) => FigureYear::Executed,
            (_, true) => FigureYear::Unknown,
            (period, false) => period.unwrap_or(FigureYear::This),
        }
    }

    /// Resets the clause behind a number: the rest of it has another topic.
    fn reset_clause(&mut self) {
        let Clause { period, end, .. } = self.clause;
        self.period = period.or(self.period);
        self.heading = None;
        self.clause = Clause { end, period, ..Clause::default() };
    }

    /// Adds a change for a verb without a number.
    pub(super) fn push_direction(&mut self) {
        let clause = &self.clause;
        // 公务接待费1万元，比上年减少.
        let goes_on = clause.is_comparison && self.region == Region::Plain && self.list.len() > self.sentence;
        let has_topic = !clause.names.is_empty() || goes_on;
        let Some((rise, verb)) = clause.open_verb().filter(|_| has_topic && !clause.has_other) else { return };
        if clause.has_from || clause.to.is_some() || clause.is_share || clause.nothing.is_some() {
            return;
        }
        let (topic, than) = (self.stated_topic(), self.than.clone());
        self.push_of_each(topic, Claim::Change { rise, verb, by: None, percent: None, than });
        self.clause.verb = None;
    }

    /// Adds a claim of nothing for one element of a list.
    pub(super) fn push_nothing(&mut self) {
        let Some(range) = self.clause.nothing.clone() else { return };
        let basis = self.basis();
        let clause = &self.clause;
        let is_plain = clause.is_plain() && self.region == Region::Plain;
        if clause.refers_back && is_plain {
            self.push(StatedTopic::Same, Claim::Nothing { basis, range });
        } else if let Some(phrase) = clause.phrase().filter(|_| is_plain) {
            let range = range.start.min(phrase.range.start)..range.end.max(phrase.range.end);
            // 推广站未安排: of what is said elsewhere.
            let of_unit_alone = is_unit_alone(&clause.names);
            match self.stated_topic() {
                topic @ StatedTopic::Named(_) if !of_unit_alone => self.push(topic, Claim::Nothing { basis, range }),
                _ => {}
            }
        }
        // 推广站没有公务接待费和公务用车.
        self.clause
            .names
            .truncate(usize::from(self.clause.names.first().is_some_and(is_unit) && self.clause.names.len() > 1));
    }
}
