//! Words of a clause as what they say of it.

use super::claim::{Claim, Compared, Statement};
use super::clause::Clause;
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::parse::{Parser, Region, Turn};
use super::shape::FactFilter;
use super::token::Token;
use budgetdoc_core::profile::Account;

impl<'a> Parser<'a> {
    /// Reads a word with the token behind it.
    pub(super) fn word(&mut self, senses: &'a [Sense], token: &Token<'a>, next: Option<&Token<'a>>) {
        let range = token.range.clone();
        let mut is_filler = false;
        for sense in senses {
            match sense {
                // 比上年减少支出5万元.
                Sense::Name(shapes) if self.clause.is_at_verb && is_all_expenditure(shapes) => return,
                // 比上年支出853万元增加40万元.
                Sense::Name(shapes) if self.is_behind_base() && is_all_expenditure(shapes) => return,
                Sense::Name(_) => {
                    // 增加住房公积金: the topic of a change comes before the verb.
                    self.clause.has_other |= self.clause.verb.is_some();
                    self.clause.names.push((senses, range.clone()));
                    (self.clause.is_at_verb, self.clause.goes_on, self.clause.is_of_last) = (false, false, false);
                    return;
                }
                // 分别为5万元和3万元.
                Sense::And | Sense::Compared if !self.turns.is_empty() => {}
                Sense::ByTurns => self.begin_turns(),
                // 无国有资本经营预算和政府性基金预算支出.
                Sense::And if self.clause.nothing.is_some() && !self.clause.names.is_empty() => {
                    self.push_nothing();
                    return;
                }
                Sense::And => {
                    self.clause.joints += 1;
                    self.clause.has_other |= !senses.contains(&Sense::Compared);
                }
                Sense::Compared => {
                    self.clause.is_comparison = true;
                    self.than = Some(Compared { basis: FigureYear::Unknown, year: None, range: range.clone() });
                }
                // 高于上年30万元.
                Sense::Above(rise) if next.is_some_and(|next| next.is_year() || next.has_sense(&Sense::Last)) => {
                    self.clause.is_comparison = true;
                    self.than = Some(Compared { basis: FigureYear::Unknown, year: None, range: range.clone() });
                    self.clause.verb = Some((*rise, range.clone()));
                    self.clause.is_at_verb = true;
                    return;
                }
                Sense::Last => {
                    self.set_period(FigureYear::Last, None, &range);
                    is_filler = true;
                }
                Sense::This => self.set_period(FigureYear::This, None, &range),
                Sense::Executed | Sense::Adjusted => {
                    let adjusted = *sense == Sense::Adjusted;
                    match &mut self.than {
                        Some(than) if self.clause.is_at_base(than) => {
                            let known = than.basis == FigureYear::Last && !adjusted;
                            than.basis = if known { FigureYear::Executed } else { FigureYear::Unknown };
                            than.range.end = range.end;
                            is_filler = true;
                        }
                        _ => self.clause.is_outcome = true,
                    }
                    self.clause.has_other |= adjusted;
                }
                Sense::Change(rise) => {
                    self.clause.verb = Some((*rise, range.clone()));
                    self.clause.is_at_verb = true;
                    self.end_purpose();
                    return;
                }
                // 比上年多5万元, but 5万多元.
                Sense::More(rise) if self.clause.is_comparison => {
                    self.clause.verb = Some((*rise, range.clone()));
                    self.clause.is_at_verb = true;
                    return;
                }
                Sense::More(_) => self.clause.is_rough = true,
                Sense::ChangeBy(rise) => match next {
                    Some(next) if next.number().is_some() => {
                        self.clause.verb = Some((*rise, range.clone()));
                        self.clause.is_at_verb = true;
                        return;
                    }
                    _ => self.clause.has_other = true,
                },
                Sense::ChangeTo(rise) => {
                    self.clause.to = Some((*rise, range.clone()));
                    return;
                }
                Sense::Same => self.clause.same = Some(range.clone()),
                Sense::Alike => match &self.than {
                    Some(than) if self.clause.is_comparison && than.basis != FigureYear::Unknown => {
                        self.clause.same = Some(range.clone());
                    }
                    _ => self.clause.has_other = true,
                },
                Sense::Nothing => {
                    self.clause.nothing.get_or_insert(range.clone());
                }
                Sense::From => self.clause.has_from = true,
                Sense::Share => {
                    // 占支出总额的比例为5%: the part comes before 占.
                    if !std::mem::replace(&mut self.clause.is_share, true) {
                        self.clause.part = Some(std::mem::take(&mut self.clause.names));
                    }
                }
                Sense::Among => {
                    self.is_part = true;
                    // 2025年支出900万元。其中：基本支出…
                    if self.list.len() == self.sentence {
                        self.period = self.period.or(self.last_period);
                    }
                }
                Sense::Reason => self.reason(),
                Sense::Mainly => {
                    let changed =
                        self.list[self.sentence..].iter().any(|stated| matches!(stated.claim, Claim::Change { .. }));
                    self.mainly = changed;
                    self.region = if changed { Region::Reason } else { Region::Purpose };
                }
                Sense::Purpose if self.region == Region::Plain => self.region = Region::Purpose,
                Sense::About => self.clause.is_rough = true,
                // 其余会议费压减 is not about all of them.
                Sense::Rest => (self.clause.has_other, self.clause.is_rough) = (true, true),
                Sense::Plan => (self.clause.goes_on, is_filler) = (true, true),
                Sense::SameOne => (self.clause.goes_on, self.clause.refers_back) = (true, true),
                // 由12万元压减到10万元.
                Sense::To if self.clause.open_verb().is_some_and(|(_, verb)| verb.end == range.start) => {
                    self.clause.to = self.clause.verb.take().map(|(rise, verb)| (rise, verb.start..range.end));
                    return;
                }
                Sense::To => {
                    // 由上年247万元调整为250万元.
                    let is_earlier = |last: &Statement| {
                        matches!(last.claim, Claim::Amount { basis: FigureYear::Last | FigureYear::Executed, .. })
                    };
                    let follows = self.list[self.sentence..].last().is_some_and(is_earlier);
                    self.clause.goes_on |= follows && self.clause.names.is_empty();
                    is_filler = true;
                }
                Sense::Each => {
                    let count = self.clause.names.len();
                    self.clause.is_of_each = count > 1 && count == self.clause.joints + 1;
                }
                Sense::Of => self.clause.is_of_last = self.clause.period == Some(FigureYear::Last),
                Sense::Total => self.clause.is_total = true,
                Sense::Filler | Sense::EndOfComparison => is_filler = true,
                Sense::Own => self.clause.names_department = true,
                Sense::Other => {
                    self.clause.has_other = true;
                    self.clause.is_at_verb = false;
                    return;
                }
                Sense::Not | Sense::Points | Sense::Percent | Sense::Above(_) | Sense::Extreme(_) => {
                    self.clause.has_other = true
                }
                Sense::Purpose | Sense::Point | Sense::Level(_) | Sense::Unit(_) | Sense::Counter | Sense::Money => {}
            }
        }
        self.clause.is_at_verb &= is_filler;
    }

    /// Returns whether the year that a comparison is with comes before: 比上年.
    fn is_behind_base(&self) -> bool {
        let is_known = |than: &Compared| than.basis != FigureYear::Unknown && self.clause.is_at_base(than);
        self.clause.verb.is_none() && self.than.as_ref().is_some_and(is_known)
    }

    /// Takes the names of the clause for the amounts behind 分别. Of names without anything between them, the first may
    /// narrow them all.
    fn begin_turns(&mut self) {
        let names = std::mem::take(&mut self.clause.names);
        let are_apart = names.windows(2).all(|pair| pair[0].1.end < pair[1].1.start);
        if names.len() > 1 && are_apart && !self.clause.has_other && self.clause.verb.is_none() {
            (self.clause.is_list, self.clause.is_comparison, self.than) = (false, false, None);
            (self.turns, self.of_each_turn, self.has_turned) = (names.into(), Turn::Amount, false);
        } else {
            self.clause.names = names;
            self.clause.has_other = true;
            self.skips_turns = true;
        }
    }

    /// Ends a purpose at a comparison.
    fn end_purpose(&mut self) {
        if self.region == Region::Purpose && self.than.as_ref().is_some_and(|than| than.basis != FigureYear::Unknown) {
            self.region = Region::Plain;
            self.clause.has_other = false;
            self.clause.names.clear();
        }
    }

    fn reason(&mut self) {
        // 收支增加的主要原因是…
        if self.region == Region::Plain {
            self.push_direction();
        }
        (self.region, self.mainly) = (Region::Reason, false);
        self.clause = Clause::default();
    }
}

/// Returns whether a name means all expenditure.
fn is_all_expenditure(shapes: &[FactFilter]) -> bool {
    matches!(shapes, [shape] if shape.account == Some(Account::Expenditure) && shape.is_all())
}
