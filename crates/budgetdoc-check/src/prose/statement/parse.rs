//! Tokens as statements.

use std::collections::VecDeque;
use std::ops::Range;

use super::claim::{Claim, Compared, Phrase, StatedNumber, StatedTopic, Statement};
use super::clause::{Clause, Name, phrase};
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::shape::FactFilter;
use super::token::{Token, TokenKind};
use budgetdoc_core::profile::Account;

/// The statements of a text.
pub(crate) struct Parsed<'a> {
    pub statements: Vec<Statement<'a>>,
    /// Whether the text ends where the parts of its topic begin (其中：).
    pub goes_on: bool,
}

/// Reads the statements of a text. `year` is the budget's; `is_part` says that the text states the parts of a
/// topic of the text before; `own` returns whether unknown words are short for the department.
pub(crate) fn statements<'a>(
    tokens: &[Token<'a>],
    year: u16,
    region: Region,
    is_part: bool,
    own: &dyn Fn(&Range<usize>) -> bool,
) -> Parsed<'a> {
    let mut parser = Parser { year, region, is_part, ..Parser::default() };
    for (index, token) in tokens.iter().enumerate() {
        parser.read(token, &tokens[index + 1..], own);
    }
    parser.end_clause();
    let ends = |token: &Token| token.has_sense(&Sense::Among) || matches!(token.kind, TokenKind::Mark('：' | ':'));
    let goes_on = tokens.last().is_some_and(ends);
    Parsed { statements: parser.list, goes_on }
}

/// What the next words of a sentence are about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Region {
    #[default]
    Plain,
    /// Why something changed; a topic in it may be a part of anything.
    Reason,
    /// What money is for; as in a reason, except for projects and totals.
    Purpose,
}

#[derive(Default)]
pub(super) struct Parser<'a> {
    year: u16,
    pub(super) list: Vec<Statement<'a>>,
    pub(super) clause: Clause<'a>,
    pub(super) region: Region,
    /// Whether 主要是 began it.
    mainly: bool,
    /// The region goes on behind ； only with a point of a list.
    paused: Option<Region>,
    pub(super) is_part: bool,
    pub(super) period: Option<FigureYear>,
    pub(super) than: Option<Compared>,
    /// Where the statements of this sentence begin.
    pub(super) sentence: usize,
    /// Whether unknown words come before the first statement.
    is_vague: bool,
    /// The names of a clause that makes no claim about them yet.
    pub(super) heading: Option<Vec<Name<'a>>>,
    /// Whether unknown words stand beside these names.
    is_vague_heading: bool,
    /// The unit before ：, which the sentence is about.
    unit: Option<Name<'a>>,
    /// The names before 分别 whose amounts follow, one after the other.
    pub(super) turns: VecDeque<Name<'a>>,
}

impl<'a> Parser<'a> {
    fn read(&mut self, token: &Token<'a>, rest: &[Token<'a>], own: &dyn Fn(&Range<usize>) -> bool) {
        if let Some(region) = self.paused.take().filter(|_| token.has_sense(&Sense::Point)) {
            self.region = region;
        }
        match &token.kind {
            TokenKind::Mark(mark) => self.mark(*mark),
            TokenKind::Year(year) => self.year(*year, &token.range),
            TokenKind::Number(number) => {
                let stated = StatedNumber { number: *number, range: token.range.clone() };
                self.number(stated, rest);
            }
            TokenKind::Word(senses) => self.word(senses, token),
            TokenKind::Other => {
                self.clause.has_other |= !own(&token.range);
                self.clause.is_at_verb = false;
            }
        }
        self.clause.end = token.range.end;
    }

    fn mark(&mut self, mark: char) {
        match mark {
            '、' if self.clause.nothing.is_some() => self.push_nothing(),
            '、' if !self.clause.names.is_empty() => self.clause.is_list = true,
            '、' => self.end_clause(),
            '。' | '！' | '？' | '!' | '?' | '\n' => {
                self.end_clause();
                self.end_sentence();
                (self.region, self.is_part, self.unit) = (Region::Plain, false, None);
            }
            '；' | ';' => {
                self.end_clause();
                self.end_sentence();
                self.paused = Some(self.region);
                self.region = Region::Plain;
            }
            '：' | ':' => {
                self.end_clause();
                let is_unit =
                    |shapes: &[FactFilter]| !shapes.is_empty() && shapes.iter().all(|shape| shape.unit.is_some());
                let names = self.heading.as_deref().filter(|_| !self.is_vague_heading);
                self.unit = match names {
                    Some([name]) if phrase(std::slice::from_ref(name)).is_some_and(|name| is_unit(&name.shapes)) => {
                        Some(name.clone())
                    }
                    _ => self.unit.take(),
                };
            }
            _ => self.end_clause(),
        }
    }

    fn end_sentence(&mut self) {
        (self.period, self.than) = (None, None);
        self.turns.clear();
        // 公务接待费。2022年预算数3万元…
        self.heading.take_if(|_| self.list.len() > self.sentence);
        self.sentence = self.list.len();
    }

    fn year(&mut self, year: u16, range: &Range<usize>) {
        let basis = match self.year.checked_sub(year) {
            Some(0) => FigureYear::This,
            Some(1) => FigureYear::Last,
            _ => FigureYear::Unknown,
        };
        self.set_period(basis, Some(year), range);
    }

    fn set_period(&mut self, basis: FigureYear, year: Option<u16>, range: &Range<usize>) {
        if self.clause.is_comparison
            && let Some(than) = &mut self.than
            && self.clause.verb.is_none()
        {
            if than.year.is_none() {
                (than.basis, than.year) = (basis, year);
            }
            than.range.end = range.end;
        } else if year.is_some() || self.clause.period.is_none() {
            self.clause.period = Some(basis);
        }
        self.clause.is_at_verb = false;
    }

    fn word(&mut self, senses: &'a [Sense], token: &Token<'a>) {
        let range = token.range.clone();
        let mut is_filler = false;
        for sense in senses {
            match sense {
                Sense::Name(_) => {
                    // 增加住房公积金: the topic of a change comes before the verb.
                    self.clause.has_other |= self.clause.verb.is_some();
                    self.clause.names.push((senses, range.clone()));
                    (self.clause.is_at_verb, self.clause.goes_on) = (false, false);
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
                Sense::And => self.clause.has_other |= !senses.contains(&Sense::Compared),
                Sense::Compared => {
                    self.clause.is_comparison = true;
                    self.than = Some(Compared { basis: FigureYear::Unknown, year: None, range: range.clone() });
                }
                Sense::Last => self.set_period(FigureYear::Last, None, &range),
                Sense::This => self.set_period(FigureYear::This, None, &range),
                Sense::Executed | Sense::Adjusted => {
                    let adjusted = *sense == Sense::Adjusted;
                    match &mut self.than {
                        Some(than) if self.clause.is_comparison && self.clause.verb.is_none() => {
                            let known = than.basis == FigureYear::Last && !adjusted;
                            than.basis = if known { FigureYear::Executed } else { FigureYear::Unknown };
                            than.range.end = range.end;
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
                Sense::ChangeTo(rise) => {
                    self.clause.to = Some((*rise, range.clone()));
                    return;
                }
                Sense::Same => self.clause.same = Some(range.clone()),
                Sense::Nothing => {
                    self.clause.nothing.get_or_insert(range.clone());
                }
                Sense::From => self.clause.has_from = true,
                Sense::Share => {
                    self.clause.is_share = true;
                    self.clause.part = Some(std::mem::take(&mut self.clause.names));
                }
                Sense::Among => self.is_part = true,
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
                Sense::To => {
                    // 由上年247万元调整为250万元.
                    let is_earlier = |last: &Statement| {
                        matches!(last.claim, Claim::Amount { basis: FigureYear::Last | FigureYear::Executed, .. })
                    };
                    let follows = self.list[self.sentence..].last().is_some_and(is_earlier);
                    self.clause.goes_on |= follows && self.clause.names.is_empty();
                    is_filler = true;
                }
                Sense::Filler | Sense::EndOfComparison => is_filler = true,
                Sense::Own => self.clause.names_department = true,
                Sense::Other => {
                    self.clause.has_other = true;
                    self.clause.is_at_verb = false;
                    return;
                }
                Sense::Not | Sense::Points | Sense::Percent => self.clause.has_other = true,
                Sense::Purpose | Sense::Point | Sense::Level(_) | Sense::Unit(_) | Sense::Counter | Sense::Money => {}
            }
        }
        self.clause.is_at_verb &= is_filler;
    }

    /// Takes the names of the clause for the amounts behind 分别. Of names without anything between them, the first may
    /// narrow them all.
    fn begin_turns(&mut self) {
        let names = std::mem::take(&mut self.clause.names);
        let are_apart = names.windows(2).all(|pair| pair[0].1.end < pair[1].1.start);
        if names.len() > 1 && are_apart && !self.clause.has_other && self.clause.verb.is_none() {
            (self.clause.is_list, self.clause.is_comparison, self.than) = (false, false, None);
            self.turns = names.into();
        } else {
            self.clause.names = names;
            self.clause.has_other = true;
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

    pub(super) fn stated_topic(&mut self) -> StatedTopic {
        let clause = &self.clause;
        let names = match (&clause.part, clause.names.is_empty()) {
            (Some(part), _) => part,
            (None, false) => &clause.names,
            // 项目支出纳入绩效管理，涉及预算资金266万元.
            (None, true) if if self.is_vague_heading { clause.goes_on } else { !clause.has_other } => {
                self.heading.as_ref().unwrap_or(&clause.names)
            }
            (None, true) => &clause.names,
        };
        let is_vague = clause.has_other || (self.is_vague_heading && clause.names.is_empty() && !names.is_empty());
        let within = self.unit.iter().chain(names).cloned().collect::<Vec<_>>();
        let phrase = phrase(names).map(|named| match phrase(&within) {
            Some(of_unit) if self.unit.is_some() => Phrase { range: named.range, ..of_unit },
            _ => named,
        });
        match phrase {
            // 本部门预算1310万元.
            None if clause.names_department && clause.goes_on && !clause.has_other && self.list.is_empty() => {
                let all = [Some(Account::Income), Some(Account::Expenditure)];
                let shapes = all.map(|account| FactFilter { account, ..FactFilter::default() }).to_vec();
                StatedTopic::Named(Phrase { shapes, range: clause.end..clause.end })
            }
            None if clause.has_other || clause.is_list => StatedTopic::Other,
            None if !names.is_empty() || self.is_vague => StatedTopic::Other,
            None => StatedTopic::Same,
            Some(phrase) if is_vague || clause.is_list => StatedTopic::Vague(phrase),
            Some(phrase) => StatedTopic::Named(phrase),
        }
    }

    pub(super) fn push(&mut self, topic: StatedTopic, claim: Claim<'a>) {
        let in_reason = match (self.region, &topic) {
            (Region::Plain, _) => false,
            (Region::Purpose, StatedTopic::Named(phrase)) => !phrase.is_whole(),
            (Region::Purpose, StatedTopic::Same) => {
                self.list.last().is_some_and(|last| last.in_reason) || self.list.is_empty()
            }
            (Region::Reason | Region::Purpose, _) => true,
        };
        self.is_vague = false;
        self.list.push(Statement { topic, claim, is_part: self.is_part, in_reason });
    }

    fn end_clause(&mut self) {
        if self.clause.nothing.is_some() {
            self.push_nothing();
        } else if let Some(range) = self.clause.same.clone() {
            let start =
                self.than.as_ref().filter(|_| self.clause.is_comparison).map_or(range.start, |than| than.range.start);
            let (topic, than) = (self.stated_topic(), self.than.clone());
            // A reason about another topic is no statement; 主要是…，与上年持平 is one about the topic that changed.
            let goes_on = self.mainly && self.clause.is_comparison && matches!(topic, StatedTopic::Same);
            if self.region != Region::Reason || goes_on {
                self.push(topic, Claim::Same { than, range: start..range.end });
            }
        } else {
            self.push_direction();
        }
        let clause = std::mem::take(&mut self.clause);
        self.period = clause.period.or(self.period);
        let plain = !clause.is_list && clause.verb.is_none() && self.region == Region::Plain;
        if !clause.names.is_empty() {
            self.heading = (plain && !clause.is_share && clause.nothing.is_none()).then_some(clause.names);
            self.is_vague_heading = clause.has_other;
        } else if clause.has_other {
            self.heading = None;
        }
        self.is_vague |= clause.has_other && self.list.is_empty() && self.region == Region::Plain;
    }
}
