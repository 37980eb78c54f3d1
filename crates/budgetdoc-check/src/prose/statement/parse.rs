//! Tokens as statements.

use std::collections::VecDeque;
use std::ops::Range;

use super::claim::{Claim, Compared, Phrase, StatedNumber, StatedTopic, Statement};
use super::clause::{Clause, Name, phrase};
use super::context::Context;
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
/// topic of the text before; `heading` has the names of the heading above it; `own` returns whether unknown words are
/// short for the department.
pub(crate) fn statements<'a>(
    tokens: &[Token<'a>],
    year: u16,
    region: Region,
    is_part: bool,
    heading: Vec<Name<'a>>,
    own: &dyn Fn(&Range<usize>) -> bool,
) -> Parsed<'a> {
    let context = Context::of_heading(heading);
    let mut parser = Parser { year, region, is_part, context, ..Parser::default() };
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

/// What a number behind 分别 states.
#[derive(Clone, Debug, Default)]
pub(super) enum Turn {
    #[default]
    Amount,
    /// A rise (true) or a fall, with the bytes of its verb.
    Change(bool, Range<usize>),
    Share,
}

#[derive(Default)]
pub(super) struct Parser<'a> {
    year: u16,
    pub(super) list: Vec<Statement<'a>>,
    pub(super) clause: Clause<'a>,
    pub(super) region: Region,
    /// Whether 主要是 began it.
    pub(super) mainly: bool,
    /// The region goes on behind ； only with a point of a list.
    paused: Option<Region>,
    pub(super) is_part: bool,
    /// Within brackets, what was read before them: the region, and whether the text states parts.
    aside: Option<(Region, bool)>,
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
    /// The latest such names of the sentence, to which what follows may be limited: 项目支出中，政府性基金120万元.
    frame: Vec<Name<'a>>,
    /// The unit before ：, which the sentence is about.
    unit: Option<Name<'a>>,
    /// The names before 分别 whose numbers follow, one after the other.
    pub(super) turns: VecDeque<Name<'a>>,
    /// Whether one of these numbers was read.
    pub(super) has_turned: bool,
    /// What the first of these numbers states of its name, and each of the others of its own.
    pub(super) of_each_turn: Turn,
    /// Whether numbers follow 分别 whose names are not certain, up to the end of their list.
    pub(super) skips_turns: bool,
    pub(super) context: Context<'a>,
    /// The period of the sentence before.
    pub(super) last_period: Option<FigureYear>,
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
            TokenKind::Word(senses) => self.word(senses, token, rest.first()),
            TokenKind::Other => {
                self.clause.has_other = self.clause.has_other || !own(&token.range);
                self.clause.is_at_verb = false;
            }
        }
        self.clause.end = token.range.end;
    }

    fn mark(&mut self, mark: char) {
        self.read_mark(mark);
        self.skips_turns &= mark == '、';
        if mark != '、' && !self.has_turned {
            self.turns.clear();
        }
    }

    fn read_mark(&mut self, mark: char) {
        match mark {
            '、' if self.clause.nothing.is_some() => self.push_nothing(),
            '、' if !self.clause.names.is_empty() => {
                self.clause.is_list = true;
                self.clause.joints += 1;
            }
            '、' => self.end_clause(),
            '。' | '！' | '？' | '!' | '?' | '\n' => {
                self.end_clause();
                let is_heading = self.list.len() == self.sentence;
                self.last_period = self.period;
                self.end_sentence();
                (self.region, self.is_part, self.unit) = (Region::Plain, false, None);
                self.frame.clear();
                self.context.end_sentence(is_heading);
            }
            '；' | ';' => {
                self.end_clause();
                self.end_sentence();
                self.paused = Some(self.region);
                self.region = Region::Plain;
            }
            '（' | '(' => {
                self.end_clause();
                self.aside.get_or_insert((self.region, self.is_part));
            }
            '）' | ')' => {
                self.end_clause();
                (self.region, self.is_part) = self.aside.take().unwrap_or((self.region, self.is_part));
            }
            '：' | ':' => {
                self.end_clause();
                let names = self.heading.as_deref().filter(|_| !self.is_vague_heading);
                self.unit = match names {
                    Some([name]) if is_unit(name) => Some(name.clone()),
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

    pub(super) fn set_period(&mut self, basis: FigureYear, year: Option<u16>, range: &Range<usize>) {
        if let Some(than) = self.than.as_mut().filter(|than| self.clause.is_at_base(than)) {
            if than.year.is_none() {
                (than.basis, than.year) = (basis, year);
            }
            than.range.end = range.end;
            return;
        }
        if year.is_some() || self.clause.period.is_none() {
            self.clause.period = Some(basis);
        }
        self.clause.is_at_verb = false;
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
        let mut is_vague = clause.has_other || (self.is_vague_heading && clause.names.is_empty() && !names.is_empty());
        is_vague |= self.context.is_vague_for(names);
        let within = self.unit.iter().chain(names).cloned().collect::<Vec<_>>();
        let phrase = phrase(names).map(|named| match phrase(&within) {
            Some(of_unit) if self.unit.is_some() => Phrase { range: named.range, ..of_unit },
            _ => named,
        });
        let is_framed = !clause.names.is_empty() && !self.frame.is_empty();
        let framed = || self::phrase(&[self.frame.as_slice(), names].concat());
        let phrase = phrase.map(|mut named| {
            named.shapes.extend(is_framed.then(framed).flatten().into_iter().flat_map(|framed| framed.shapes));
            let others = self.context.other_readings(names);
            named.narrowed = self.context.narrowed(names);
            named.is_in_context = !others.is_empty() || named.narrowed.is_some();
            named.shapes.extend(others);
            named
        });
        self.context.add(clause);
        match phrase {
            // 本部门预算1310万元.
            None if clause.names_department && clause.goes_on && !clause.has_other && self.list.is_empty() => {
                let all = [Some(Account::Income), Some(Account::Expenditure)];
                let shapes = all.map(|account| FactFilter { account, ..FactFilter::default() }).to_vec();
                StatedTopic::Named(Phrase { shapes, range: clause.end..clause.end, ..Phrase::default() })
            }
            None if clause.has_other || clause.is_list || clause.is_total => StatedTopic::Other,
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
        let is_aside = self.aside.is_some();
        self.list.push(Statement { topic, claim, is_part: self.is_part, is_aside, in_reason });
    }

    /// Returns the last statement of the sentence, behind brackets the last before them.
    pub(super) fn last(&mut self) -> Option<&mut Statement<'a>> {
        let is_aside = self.aside.is_some();
        self.list.get_mut(self.sentence..)?.iter_mut().rfind(|statement| is_aside || !statement.is_aside)
    }

    /// Adds a claim about a topic, or about each of the names before 均.
    pub(super) fn push_of_each(&mut self, topic: StatedTopic, claim: Claim<'a>) {
        if !self.clause.is_of_each || self.clause.has_other {
            self.push(topic, claim);
            return;
        }
        for name in std::mem::take(&mut self.clause.names) {
            let topic = phrase(&[name]).map_or(StatedTopic::Other, StatedTopic::Named);
            self.push(topic, claim.clone());
        }
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
            if (self.region != Region::Reason || goes_on) && !self.skips_turns {
                self.push_of_each(topic, Claim::Same { than, range: start..range.end });
            }
        } else {
            self.push_direction();
        }
        let clause = std::mem::take(&mut self.clause);
        self.context.add(&clause);
        self.period = clause.period.or(self.period);
        let plain = !clause.is_list && clause.verb.is_none() && self.region == Region::Plain;
        if !clause.names.is_empty() {
            self.heading = (plain && !clause.is_share && clause.nothing.is_none()).then_some(clause.names);
            self.is_vague_heading = clause.has_other;
            self.frame = self.heading.clone().unwrap_or_default();
        } else if clause.has_other {
            self.heading = None;
        }
        self.is_vague |= clause.has_other && self.list.is_empty() && self.region == Region::Plain;
    }
}

/// Returns whether a name is that of a unit.
pub(super) fn is_unit(name: &Name) -> bool {
    let named = phrase(std::slice::from_ref(name));
    named.is_some_and(|named| named.shapes.iter().all(|shape| shape.unit.is_some()))
}
