//! Tokens as statements.

use std::ops::Range;

use rust_decimal::Decimal;

use super::figure::FigureYear;
use super::lexicon::Sense;
use super::shape::FactFilter;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

use super::token::{NumberOf, NumberToken, Token, TokenKind};

/// A claim that a sentence makes about a topic.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    pub topic: StatedTopic,
    pub claim: Claim<'a>,
    /// Whether its topic is a part of the one before (其中).
    pub is_part: bool,
    /// Whether it is in a reason, where a topic may be a part of anything.
    pub in_reason: bool,
}

impl Statement<'_> {
    /// Returns the amount of a claim of one.
    pub fn amount(&self) -> Option<Money> {
        match &self.claim {
            Claim::Amount { stated, .. } => stated.number.money(),
            Claim::Change { .. }
            | Claim::Same { .. }
            | Claim::Nothing { .. }
            | Claim::Share { .. }
            | Claim::Bare { .. } => None,
        }
    }
}

/// The topic of a statement, as the text names it.
#[derive(Clone, Debug)]
pub(crate) enum StatedTopic {
    /// Known names alone.
    Named(Phrase),
    /// Names together with unknown words, which may narrow them.
    Vague(Phrase),
    /// No name: the topic of the statement before goes on.
    Same,
    /// Unknown words alone.
    Other,
}

/// Names next to each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrase {
    /// Their meaning together: one shape for every reading.
    pub shapes: Vec<FactFilter>,
    /// The bytes from the first name to the last.
    pub range: Range<usize>,
}

impl Phrase {
    /// Returns whether it names a project or a total. A purpose names these only to state their amounts.
    fn is_whole(&self) -> bool {
        let Some(shape) = self.shapes.first() else { return false };
        let all = matches!(shape.account, Some(Account::Income | Account::Expenditure)) && shape.subject.is_none();
        shape.project.is_some() || (all && shape.economic.is_none())
    }
}

/// A number of a statement and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatedNumber<'a> {
    pub number: NumberToken<'a>,
    pub range: Range<usize>,
}

/// The base of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compared {
    pub basis: FigureYear,
    /// The year it names.
    pub year: Option<u16>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Claim<'a> {
    Amount {
        stated: StatedNumber<'a>,
        basis: FigureYear,
        grown: Option<(bool, Range<usize>)>,
    },
    Change {
        rise: bool,
        verb: Range<usize>,
        by: Option<StatedNumber<'a>>,
        percent: Option<StatedNumber<'a>>,
        than: Option<Compared>,
    },
    Same {
        than: Option<Compared>,
        range: Range<usize>,
    },
    Nothing {
        basis: FigureYear,
        range: Range<usize>,
    },
    Share {
        percent: StatedNumber<'a>,
        of: Option<Phrase>,
    },
    /// A share without %.
    Bare {
        stated: StatedNumber<'a>,
    },
}

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
        parser.read(token, tokens.get(index + 1), own);
    }
    parser.end_clause();
    let ends = |token: &Token| token.has_sense(&Sense::Among) || matches!(token.kind, TokenKind::Mark('：' | ':'));
    let goes_on = tokens.last().is_some_and(ends);
    Parsed { statements: parser.list, goes_on }
}

/// The state of reading a clause.
#[derive(Clone, Debug, Default)]
struct Clause<'a> {
    names: Vec<(&'a [Sense], Range<usize>)>,
    /// The names before 占: the part of a share.
    part: Option<Vec<(&'a [Sense], Range<usize>)>>,
    /// Whether 、 joins several names.
    is_list: bool,
    has_other: bool,
    period: Option<FigureYear>,
    executed: bool,
    /// Whether a word such as 预算 or 安排 lets an amount without a name go on with the topic before.
    goes_on: bool,
    is_sum: bool,
    verb: Option<(bool, Range<usize>)>,
    /// Whether only filler follows the verb.
    at_verb: bool,
    to: Option<(bool, Range<usize>)>,
    from: bool,
    compares: bool,
    share: bool,
    nothing: Option<Range<usize>>,
    same: Option<Range<usize>>,
    about: bool,
    own: bool,
    /// Whether it says 这项: the topic before.
    same_one: bool,
    last: usize,
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
struct Parser<'a> {
    year: u16,
    list: Vec<Statement<'a>>,
    clause: Clause<'a>,
    region: Region,
    /// Whether 主要是 began it.
    mainly: bool,
    /// The region goes on behind ； only with a point of a list.
    paused: Option<Region>,
    is_part: bool,
    period: Option<FigureYear>,
    than: Option<Compared>,
    /// Where the statements of this sentence begin.
    sentence: usize,
    /// Whether unknown words come before the first statement.
    is_vague: bool,
    /// The names of a clause that makes no claim about them yet.
    heading: Option<Vec<(&'a [Sense], Range<usize>)>>,
}

impl<'a> Parser<'a> {
    fn read(&mut self, token: &Token<'a>, next: Option<&Token<'a>>, own: &dyn Fn(&Range<usize>) -> bool) {
        if let Some(region) = self.paused.take().filter(|_| token.has_sense(&Sense::Point)) {
            self.region = region;
        }
        match &token.kind {
            TokenKind::Mark(mark) => self.mark(*mark),
            TokenKind::Year(year) => self.year(*year, &token.range),
            TokenKind::Number(number) => {
                let stated = StatedNumber { number: *number, range: token.range.clone() };
                self.number(stated, next);
            }
            TokenKind::Word(senses) => self.word(senses, token),
            TokenKind::Other => {
                self.clause.has_other |= !own(&token.range);
                self.clause.at_verb = false;
            }
        }
        self.clause.last = token.range.end;
    }

    fn mark(&mut self, mark: char) {
        match mark {
            '、' if self.clause.nothing.is_some() => self.push_nothing(),
            '、' if !self.clause.names.is_empty() => self.clause.is_list = true,
            '、' => self.end_clause(),
            '。' | '！' | '？' | '!' | '?' | '\n' => {
                self.end_clause();
                self.end_sentence();
                (self.region, self.is_part) = (Region::Plain, false);
            }
            '；' | ';' => {
                self.end_clause();
                self.end_sentence();
                self.paused = Some(self.region);
                self.region = Region::Plain;
            }
            _ => self.end_clause(),
        }
    }

    fn end_sentence(&mut self) {
        (self.period, self.than) = (None, None);
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
        if self.clause.compares
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
        self.clause.at_verb = false;
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
                    (self.clause.at_verb, self.clause.goes_on) = (false, false);
                    return;
                }
                Sense::Compared => {
                    self.clause.compares = true;
                    self.than = Some(Compared { basis: FigureYear::Unknown, year: None, range: range.clone() });
                }
                Sense::Last => self.set_period(FigureYear::Last, None, &range),
                Sense::This => self.set_period(FigureYear::This, None, &range),
                Sense::Executed | Sense::Adjusted => {
                    let adjusted = *sense == Sense::Adjusted;
                    match &mut self.than {
                        Some(than) if self.clause.compares && self.clause.verb.is_none() => {
                            let known = than.basis == FigureYear::Last && !adjusted;
                            than.basis = if known { FigureYear::Executed } else { FigureYear::Unknown };
                            than.range.end = range.end;
                        }
                        _ => self.clause.executed = true,
                    }
                    self.clause.has_other |= adjusted;
                }
                Sense::Change(rise) => {
                    self.clause.verb = Some((*rise, range.clone()));
                    self.clause.at_verb = true;
                    self.end_purpose();
                    return;
                }
                Sense::ChangeTo(rise) => {
                    self.clause.to = Some((*rise, range.clone()));
                    return;
                }
                Sense::Same => self.clause.same = Some(range.clone()),
                Sense::Nothing => {
                    self.clause.nothing.get_or_insert(range.clone());
                }
                Sense::From => self.clause.from = true,
                Sense::Share => {
                    self.clause.share = true;
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
                Sense::About => self.clause.about = true,
                Sense::Plan => (self.clause.goes_on, is_filler) = (true, true),
                Sense::SameOne => (self.clause.goes_on, self.clause.same_one) = (true, true),
                Sense::Filler | Sense::EndOfComparison | Sense::To => is_filler = true,
                Sense::Own => self.clause.own = true,
                Sense::ByTurns | Sense::Not | Sense::Points | Sense::Percent => self.clause.has_other = true,
                Sense::Purpose | Sense::Point | Sense::Level(_) | Sense::Unit(_) | Sense::Counter | Sense::Money => {}
            }
        }
        self.clause.at_verb &= is_filler;
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

    fn stated_topic(&mut self) -> StatedTopic {
        let clause = &self.clause;
        let names = match (&clause.part, clause.names.is_empty()) {
            (Some(part), _) => part,
            (None, false) => &clause.names,
            (None, true) if !clause.has_other && !clause.is_sum && self.heading.is_some() => {
                self.heading.as_ref().unwrap_or(&clause.names)
            }
            (None, true) => &clause.names,
        };
        let phrase = phrase(names);
        match phrase {
            // 本部门预算1310万元.
            None if clause.own && clause.goes_on && !clause.has_other && self.list.is_empty() => {
                let all = [Some(Account::Income), Some(Account::Expenditure)];
                let shapes = all.map(|account| FactFilter { account, ..FactFilter::default() }).to_vec();
                StatedTopic::Named(Phrase { shapes, range: clause.last..clause.last })
            }
            None if clause.has_other || clause.is_list => StatedTopic::Other,
            None if !names.is_empty() || self.is_vague => StatedTopic::Other,
            None => StatedTopic::Same,
            Some(phrase) if clause.has_other || clause.is_list => StatedTopic::Vague(phrase),
            Some(phrase) => StatedTopic::Named(phrase),
        }
    }

    fn push(&mut self, topic: StatedTopic, claim: Claim<'a>) {
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

    fn number(&mut self, stated: StatedNumber<'a>, next: Option<&Token<'a>>) {
        let about = std::mem::take(&mut self.clause.about)
            || next.is_some_and(|next| next.has_sense(&Sense::About) || next.has_sense(&Sense::Purpose));
        match stated.number.of {
            NumberOf::Money(_) if !about => self.money(stated),
            NumberOf::Percent if !about => self.percent(stated),
            NumberOf::Nothing if self.clause.share && stated.number.value <= Decimal::ONE_HUNDRED => {
                let ends =
                    next.is_none_or(|next| matches!(next.kind, TokenKind::Mark(mark) if mark != '（' && mark != '('));
                if ends && !self.clause.has_other {
                    self.push(StatedTopic::Other, Claim::Bare { stated });
                }
            }
            NumberOf::Count(_) => self.clause.has_other |= self.clause.last > 0,
            _ => self.clause.has_other |= about,
        }
    }

    fn money(&mut self, stated: StatedNumber<'a>) {
        let clause = &self.clause;
        let than = self.than.clone();
        if let Some((rise, verb)) = clause.verb.clone().filter(|_| clause.at_verb) {
            // 增长C%，增加B万元.
            if let Some(Statement { claim: Claim::Change { by: by @ None, percent: Some(_), rise: same, .. }, .. }) =
                self.list.get_mut(self.sentence..).and_then(<[_]>::last_mut)
                && clause.names.is_empty()
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
        let basis = match (clause.period.or(self.period), clause.executed) {
            (Some(FigureYear::Last), true) => FigureYear::Executed,
            (_, true) => FigureYear::Unknown,
            (period, false) => period.unwrap_or(FigureYear::This),
        };
        let compared = than.filter(|_| clause.compares).map(|than| than.basis);
        let grown = clause.to.clone();
        let explicit =
            clause.period.is_some() || clause.executed || clause.goes_on || grown.is_some() || compared.is_some();
        let basis = if grown.is_some() { FigureYear::This } else { compared.unwrap_or(basis) };
        let from = clause.from && grown.is_none();
        let topic = match self.stated_topic() {
            StatedTopic::Same if !explicit && !from => StatedTopic::Other,
            StatedTopic::Same if self.is_part && !from && grown.is_none() && compared.is_none() => StatedTopic::Other,
            topic => topic,
        };
        self.push(topic, Claim::Amount { stated, basis, grown });
        if from || compared.is_some() {
            // This is the earlier amount; the later one follows.
            self.clause.names.clear();
            (self.clause.period, self.clause.from) = (None, false);
        } else {
            self.reset_clause();
        }
    }

    fn percent(&mut self, stated: StatedNumber<'a>) {
        if self.clause.share {
            let of = phrase(&self.clause.names);
            let vague = self.clause.has_other;
            let topic = match self.clause.part.take().as_deref().and_then(phrase) {
                Some(part) if !vague => StatedTopic::Named(part),
                Some(part) => StatedTopic::Vague(part),
                None => StatedTopic::Same,
            };
            let of = if self.clause.names.is_empty() && vague { Some(Phrase::default()) } else { of };
            self.push(topic, Claim::Share { percent: stated, of });
            self.reset_clause();
            return;
        }
        let verb = self.clause.verb.clone().filter(|_| self.clause.at_verb);
        let last = self.list.get_mut(self.sentence..).and_then(<[_]>::last_mut);
        if let Some(Statement { claim: Claim::Change { percent: percent @ None, by: Some(_), rise, .. }, .. }) = last
            && self.clause.names.is_empty()
            && self.region == Region::Plain
            && verb.as_ref().is_none_or(|(way, _)| way == rise)
            && (verb.is_some() || !self.clause.has_other)
        {
            *percent = Some(stated);
        } else if let Some((rise, verb)) = verb {
            let (topic, than) = (self.stated_topic(), self.than.clone());
            self.push(topic, Claim::Change { rise, verb, by: None, percent: Some(stated), than });
        }
        self.reset_clause();
    }

    /// Resets the clause behind a number: the rest of it has another topic.
    fn reset_clause(&mut self) {
        let Clause { period, last, .. } = self.clause;
        self.period = period.or(self.period);
        self.heading = None;
        self.clause = Clause { last, period, has_other: false, ..Clause::default() };
    }

    /// Adds a change for a verb without a number.
    fn push_direction(&mut self) {
        let clause = &self.clause;
        let Some((rise, verb)) = clause.verb.clone().filter(|_| !clause.names.is_empty() && !clause.has_other) else {
            return;
        };
        if clause.from || clause.to.is_some() || clause.share || clause.nothing.is_some() || !clause.at_verb {
            return;
        }
        let (topic, than) = (self.stated_topic(), self.than.clone());
        self.push(topic, Claim::Change { rise, verb, by: None, percent: None, than });
        self.clause.verb = None;
    }

    /// Adds a claim of nothing for one element of a list.
    fn push_nothing(&mut self) {
        let Some(range) = self.clause.nothing.clone() else { return };
        let basis = match (self.clause.period.or(self.period), self.clause.executed) {
            (period, false) => period.unwrap_or(FigureYear::This),
            (_, true) => FigureYear::Unknown,
        };
        let clause = &self.clause;
        let plain = clause.verb.is_none() && !clause.compares && !clause.share && !clause.has_other;
        if clause.same_one && plain && self.region == Region::Plain {
            self.push(StatedTopic::Same, Claim::Nothing { basis, range });
        } else if let Some(phrase) = phrase(&clause.names).filter(|_| plain && self.region == Region::Plain) {
            let range = range.start.min(phrase.range.start)..range.end.max(phrase.range.end);
            self.push(StatedTopic::Named(phrase), Claim::Nothing { basis, range });
        }
        self.clause.names.clear();
    }

    fn end_clause(&mut self) {
        if self.clause.nothing.is_some() {
            self.push_nothing();
        } else if let Some(range) = self.clause.same.clone() {
            let start =
                self.than.as_ref().filter(|_| self.clause.compares).map_or(range.start, |than| than.range.start);
            let (topic, than) = (self.stated_topic(), self.than.clone());
            // A reason about another topic is no statement; 主要是…，与上年持平 is one about the topic that changed.
            let goes_on = self.mainly && self.clause.compares && matches!(topic, StatedTopic::Same);
            if self.region != Region::Reason || goes_on {
                self.push(topic, Claim::Same { than, range: start..range.end });
            }
        } else {
            self.push_direction();
        }
        let clause = std::mem::take(&mut self.clause);
        self.period = clause.period.or(self.period);
        let plain = !clause.has_other && !clause.is_list && clause.verb.is_none() && self.region == Region::Plain;
        if !clause.names.is_empty() {
            self.heading = (plain && !clause.share && clause.nothing.is_none()).then_some(clause.names);
        } else if clause.has_other {
            self.heading = None;
        }
        self.is_vague |= clause.has_other && self.list.is_empty() && self.region == Region::Plain;
    }
}

/// Returns the shapes that names mean together: one for every choice of readings that can stand together.
fn phrase(names: &[(&[Sense], Range<usize>)]) -> Option<Phrase> {
    let mut shapes = vec![FactFilter::default()];
    for (senses, _) in names {
        let readings = senses.iter().find_map(|sense| match sense {
            Sense::Name(shapes) => Some(shapes),
            _ => None,
        })?;
        shapes =
            shapes.iter().flat_map(|shape| readings.iter().filter_map(|other| shape.and(other))).take(24).collect();
    }
    let range = names.first()?.1.start..names.last()?.1.end;
    (!shapes.is_empty()).then_some(Phrase { shapes, range })
}
