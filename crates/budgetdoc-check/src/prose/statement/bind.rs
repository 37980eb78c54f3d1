//! Statements bound to the figures they name, and compared with them.

use std::ops::Range;

use super::SHARES;
use super::agreed::Agreed;
use super::claim::{Claim, Phrase, StatedNumber, StatedTopic, Statement};
use super::contradiction::Contradiction;
use super::figure::{FigureYear, KnownFigure, KnownFigures};
use super::shape::FactFilter;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{AmountFormat, Money};
use budgetdoc_core::subject::Level;

/// Words compared with a figure.
#[derive(Clone, Debug)]
pub(crate) struct ComparedWords {
    pub range: Range<usize>,
    /// The name of the figure in the text; empty where the text names it earlier.
    pub name: String,
    /// The amount or amounts of the budget.
    pub value: Bilingual,
    /// Whether the words agree with the budget.
    pub agrees: bool,
}

/// The figures that a statement may be about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Topic {
    pub name: String,
    pub figures: Vec<KnownFigure>,
    pub shapes: Vec<FactFilter>,
}

/// What the statements before have said, with which the next goes on.
#[derive(Clone, Default)]
pub(super) struct Said<'b> {
    pub topic: Option<Topic>,
    /// The latest amount stated for this year, and the one it is compared with.
    pub this: Option<StatedNumber<'b>>,
    pub base: Option<StatedNumber<'b>>,
    /// The year of the latest amount of an earlier year.
    pub base_year: FigureYear,
    /// Whether the topic is stated to have risen or fallen, or not to have changed, and since which year.
    pub rise: Option<bool>,
    pub is_same: bool,
    pub than: FigureYear,
    /// The whole that the parts behind 其中 make up; a topic without figures where it is unknown.
    pub whole: Option<Topic>,
    /// Whether the latest statement is of a part.
    pub in_part: bool,
    /// Whether the parts may be those of a change: 增加5万元，其中…
    pub is_of_change: bool,
    /// Whether the latest amount differs from its figure.
    pub is_wrong: bool,
}

/// Binds the statements of one text after the other.
pub(crate) struct Binder<'a, 'b> {
    pub(super) figures: &'b mut KnownFigures<'a>,
    pub(super) text: &'b str,
    spans: &'b [Span],
    pub(super) said: Said<'b>,
    /// What was said before brackets, within them.
    before_aside: Option<Said<'b>>,
    /// Whether the text is about a fund or names one: its income need not be all of it.
    speaks_of_funds: bool,
    /// The whole at the beginning of the text.
    carried: Option<Topic>,
    /// The first amount of the text.
    pub(super) first_amount: Option<Money>,
    pub(super) sum_with_shares: Money,
    /// Every amount of the text.
    pub(super) amounts: Vec<Money>,
    /// Shares that name no whole.
    pub(super) shares: Vec<StatedNumber<'b>>,
    pub found: Vec<Contradiction>,
    /// The words compared with a figure.
    pub compared: Vec<ComparedWords>,
    /// How many amounts equal some figure that the text does not name.
    pub only_amounts: usize,
    /// The amounts that equal no figure.
    pub unbound: Vec<Range<usize>>,
    /// The words that agree with their figure.
    pub agreed: Vec<Agreed>,
}

impl<'a, 'b> Binder<'a, 'b> {
    /// Returns a binder for a passage. `key` names the figure that the passage is about; `whole` is carried over from
    /// the passage before.
    pub fn new(
        figures: &'b mut KnownFigures<'a>,
        passage: &'b Passage,
        key: Option<&str>,
        whole: Option<Topic>,
        speaks_of_funds: bool,
    ) -> Self {
        let shape = key.and_then(|key| figures.shape(key)).cloned();
        let is_of_fund = whole.iter().flat_map(|topic| &topic.shapes).chain(&shape).any(|shape| shape.funds.is_some());
        let topic =
            shape.map(|shape| Topic { name: String::new(), figures: figures.of(&shape).to_vec(), shapes: vec![shape] });
        Binder {
            figures,
            text: &passage.text,
            spans: &passage.spans,
            said: Said { topic, in_part: whole.is_some(), whole: whole.clone(), ..Said::default() },
            before_aside: None,
            shares: Vec::new(),
            speaks_of_funds: speaks_of_funds || is_of_fund,
            carried: whole,
            first_amount: None,
            sum_with_shares: Money::ZERO,
            amounts: Vec::new(),
            found: Vec::new(),
            compared: Vec::new(),
            only_amounts: 0,
            unbound: Vec::new(),
            agreed: Vec::new(),
        }
    }

    pub(super) fn budget(&self) -> &'a Budget {
        self.figures.budget
    }

    /// Binds every statement of the text.
    pub fn bind(&mut self, statements: &[Statement<'b>]) {
        self.sum_with_shares = self.parts_with_shares(statements);
        self.amounts = statements.iter().filter_map(Statement::amount).collect();
        for statement in statements {
            match (statement.is_aside, self.before_aside.take()) {
                (true, before) => self.before_aside = Some(before.unwrap_or_else(|| self.said.clone())),
                (false, Some(before)) => self.said = before,
                (false, None) => {}
            }
            if statement.is_part && !self.said.in_part {
                self.said.whole =
                    Some(self.said.topic.clone().unwrap_or_default()).filter(|_| self.first_amount.is_some());
                self.said.is_of_change = self.said.rise.is_some();
            }
            self.said.in_part = statement.is_part;
            self.said.is_of_change &= statement.is_part;
            let (found, compared) = (self.found.len(), self.compared.len());
            match &statement.claim {
                Claim::Amount { stated, basis, grown } => self.check_amount(statement, stated, *basis, grown.as_ref()),
                Claim::Change { .. } => self.check_change(statement),
                Claim::Same { than, range } => self.check_same(&statement.topic, than.as_ref(), range),
                Claim::Nothing { basis, range } => self.check_nothing(&statement.topic, *basis, range),
                Claim::Bare { stated } => {
                    let words = self.words(&stated.range);
                    let zh = format!("占比“{words}”没有写“%”");
                    self.contradict_text(SHARES, &stated.range, zh, format!("the share {words} lacks its `%`"));
                }
                Claim::Ratio { percent, basis } => self.check_ratio(&statement.topic, percent, *basis),
                Claim::Share { percent, of } => self.check_share(statement, percent, of.as_ref()),
            }
            let agrees = self.found.len() == found;
            self.compared[compared..].iter_mut().for_each(|compared| compared.agrees = agrees);
        }
        self.check_sum_of_shares();
    }

    /// Returns the whole whose parts the next texts state. With `goes_on` this text ends where they begin.
    pub fn whole_of_next(&self, goes_on: bool) -> Option<Topic> {
        let divided = self.first_amount.is_some().then(|| self.said.topic.clone().unwrap_or_default());
        if goes_on { divided } else { self.carried.clone() }
    }

    /// Returns the sum of the parts that are followed by a share.
    fn parts_with_shares(&self, statements: &[Statement<'b>]) -> Money {
        let parts = statements.windows(2).filter_map(|pair| match (&pair[0].claim, &pair[1].claim) {
            (Claim::Amount { stated, .. }, Claim::Share { .. }) => stated.number.money(),
            _ => None,
        });
        parts.sum()
    }

    /// Returns the topic that a phrase names; none where it may be a part of something unknown.
    pub(super) fn topic_of(&mut self, phrase: &Phrase, is_part: bool) -> Option<Topic> {
        let mut shapes = phrase.shapes.clone();
        let is_in_context = phrase.is_in_context || (is_part && self.said.whole.is_some());
        if !self.speaks_of_funds {
            shapes.iter_mut().filter(|shape| shape.is_all()).for_each(|shape| shape.is_total = true);
        }
        // Subjects of two levels may have the same name: （款） and （项） tell them apart.
        if let Some(level) = level_of(&self.text[phrase.range.end..]) {
            let is_of = |shape: &FactFilter| shape.subject.is_some_and(|code| code.level() == level);
            if shapes.iter().any(is_of) {
                shapes.retain(is_of);
            }
        }
        if let Some(whole) = self.said.whole.as_ref().filter(|_| is_part) {
            let narrow =
                |shape: &FactFilter| shape.subject.is_some() || shape.project.is_some() || shape.unit.is_some();
            let within =
                || whole.shapes.iter().flat_map(|whole| phrase.shapes.iter().filter_map(|part| part.and(whole)));
            if whole.figures.is_empty() {
                // A project is the same in every list.
                shapes.retain(|shape| shape.project.is_some());
            } else if whole.shapes.iter().any(narrow) {
                // The parts of a project or subject by category are not known.
                shapes = within().filter(|shape| shape.account == whole.shapes[0].account).collect();
            } else {
                shapes.extend(within());
            }
        }
        // Economic divisions of an unknown whole may be those of a project.
        if is_part && self.said.whole.is_none() {
            shapes.retain(|shape| shape.economic.is_none());
        }
        if let Some(narrowed) = &phrase.narrowed {
            let is_whole = |figure: &KnownFigure| figure.is_known && figure.this.is_some() && figure.last.is_some();
            if !narrowed.iter().any(|shape| self.figures.of(shape).iter().any(is_whole)) {
                return None;
            }
            shapes.extend(narrowed.iter().cloned());
        }
        let mut figures = Vec::new();
        for shape in &shapes {
            for figure in self.figures.of(shape).iter().filter(|figure| !figures.contains(*figure)).collect::<Vec<_>>()
            {
                figures.push(*figure);
            }
        }
        if figures.iter().any(|figure: &KnownFigure| figure.is_known) {
            // What has no row is nothing: 政府性基金120万元，其中基本支出0万元.
            figures.retain(|figure| figure.is_known || (is_in_context && figure.this == Some(Money::ZERO)));
            figures.sort_by_key(|figure| !figure.is_known);
        } else if shapes.iter().all(|shape| shape.economic.is_some()) {
            // Economic divisions are given of basic expenditure: projects may pay for others.
            return None;
        }
        let name = self.words(&phrase.range);
        (!figures.is_empty()).then_some(Topic { name, figures, shapes })
    }

    /// Returns the topic that a statement names for certain, or goes on with.
    pub(super) fn stated_topic(&mut self, stated: &StatedTopic, is_part: bool) -> Option<Topic> {
        match stated {
            StatedTopic::Named(phrase) => self.topic_of(phrase, is_part),
            StatedTopic::Same => self.said.topic.clone(),
            StatedTopic::Vague(_) | StatedTopic::Other => None,
        }
    }

    /// Returns the figure that a template prints at a range of bytes, and its year.
    pub(super) fn figure_printed_at(&mut self, range: &Range<usize>) -> Option<(Topic, FigureYear)> {
        let span = self.spans.iter().find(|span| span.range.contains(&range.start))?;
        let Origin::Figure(FigureInWords { name, filter: None | Some("amount"), .. }) = &span.origin else {
            return None;
        };
        let (shape, basis) = self.figures.reference(name)?;
        let figures = self.figures.of(&shape).to_vec();
        Some((Topic { name: String::new(), figures, shapes: vec![shape] }, basis))
    }

    /// Returns words of the text without quotation marks, for a message.
    pub(super) fn words(&self, range: &Range<usize>) -> String {
        self.text[range.clone()].chars().filter(|mark| !"“”\"".contains(*mark)).collect()
    }

    /// Returns an amount with every digit, in the unit of the text.
    pub(super) fn print(&self, amount: Money) -> String {
        let unit = self.budget().profile.text_amounts.unit;
        let format = AmountFormat { unit, decimals: 8, trim: true, ..AmountFormat::default() };
        format.print(amount) + unit.name()
    }

    /// Records that words are compared with a figure.
    pub(super) fn record(&mut self, range: Range<usize>, name: &str, value: Bilingual) {
        self.compared.push(ComparedWords { range, name: name.to_owned(), value, agrees: true });
    }

    /// Returns an amount with its year, for the record.
    pub(super) fn amount_of(&self, year: FigureYear, value: Money) -> Bilingual {
        let value = self.print(value);
        match year {
            FigureYear::Last => Bilingual::new(format!("上年{value}"), format!("last year {value}")),
            FigureYear::Executed => Bilingual::new(format!("上年执行数{value}"), format!("outcome {value}")),
            FigureYear::This | FigureYear::Unknown => Bilingual::new(&value, &value),
        }
    }
}

/// Returns the level in brackets at the beginning of the words behind a subject's name.
fn level_of(behind: &str) -> Option<Level> {
    let words = behind.strip_prefix(['（', '('])?;
    let levels = [("类", Level::Class), ("款", Level::Division), ("项", Level::Item)];
    levels
        .into_iter()
        .find(|(word, _)| words.strip_prefix(word).is_some_and(|rest| rest.starts_with(['）', ')'])))
        .map(|(_, level)| level)
}
