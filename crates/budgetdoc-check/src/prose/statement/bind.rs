//! Statements bound to the figures they name, and compared with them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::agreed::Agreed;
use super::digits::digit;
use super::figure::{FigureYear, KnownFigure, KnownFigures};
use super::parse::{Claim, Phrase, StatedNumber, StatedTopic, Statement};
use super::shape::FactFilter;
use super::{AMOUNTS, CHANGES, SHARES};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{AmountFormat, Money};
use budgetdoc_core::subject::Level;

/// A statement that contradicts a figure, or another statement of the same text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contradiction {
    /// The rule it breaks.
    pub rule: &'static str,
    /// The bytes of the words at fault.
    pub range: Range<usize>,
    pub of: Contradicted,
    pub message: Bilingual,
}

/// What a statement contradicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Contradicted {
    /// The text itself.
    Text,
    /// A figure, and by how much where that is an amount.
    Figure(Option<Money>),
}

/// Words compared with a figure.
#[derive(Clone, Debug)]
pub(crate) struct Held {
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

/// Binds the statements of one text after the other.
pub(crate) struct Binder<'a, 'b> {
    pub(super) figures: &'b mut KnownFigures<'a>,
    pub(super) text: &'b str,
    spans: &'b [Span],
    pub(super) topic: Option<Topic>,
    /// The latest amount stated for this year, and the one it is compared with.
    pub(super) this: Option<StatedNumber<'b>>,
    pub(super) base: Option<StatedNumber<'b>>,
    /// Whether the topic is stated to have risen or fallen, or not to have changed, and since which year.
    pub(super) rise: Option<bool>,
    pub(super) is_same: bool,
    pub(super) than: FigureYear,
    /// The whole that the parts behind 其中 make up; a topic without figures where it is unknown.
    pub(super) whole: Option<Topic>,
    /// The whole at the beginning of the text.
    carried: Option<Topic>,
    /// The first amount of the text.
    pub(super) first_amount: Option<Money>,
    pub(super) sum_with_shares: Money,
    /// Every amount of the text.
    amounts: Vec<Money>,
    /// Shares that name no whole.
    pub(super) shares: Vec<StatedNumber<'b>>,
    in_part: bool,
    /// Whether the latest amount differs from its figure.
    pub(super) is_wrong: bool,
    pub found: Vec<Contradiction>,
    /// The words compared with a figure.
    pub held: Vec<Held>,
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
    ) -> Self {
        let shape = key.and_then(|key| figures.shape(key)).cloned();
        let topic =
            shape.map(|shape| Topic { name: String::new(), figures: figures.of(&shape).to_vec(), shapes: vec![shape] });
        Binder {
            figures,
            text: &passage.text,
            spans: &passage.spans,
            topic,
            this: None,
            base: None,
            rise: None,
            is_same: false,
            than: FigureYear::Unknown,
            in_part: whole.is_some(),
            is_wrong: false,
            shares: Vec::new(),
            carried: whole.clone(),
            whole,
            first_amount: None,
            sum_with_shares: Money::ZERO,
            amounts: Vec::new(),
            found: Vec::new(),
            held: Vec::new(),
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
            if statement.is_part && !self.in_part {
                self.whole = Some(self.topic.clone().unwrap_or_default()).filter(|_| self.first_amount.is_some());
            }
            self.in_part = statement.is_part;
            let (found, held) = (self.found.len(), self.held.len());
            match &statement.claim {
                Claim::Amount { stated, basis, grown } => self.check_amount(statement, stated, *basis, grown.as_ref()),
                Claim::Change { .. } => self.check_change(statement),
                Claim::Same { than, range } => self.check_same(&statement.topic, than.as_ref(), range),
                Claim::Nothing { basis, range } => self.check_nothing(&statement.topic, *basis, range),
                Claim::Bare { stated } => {
                    let words = self.words(&stated.range);
                    let zh = format!("占比“{words}”没有写“%”");
                    self.contradict_text(SHARES, &stated.range, zh, format!("the share {words} has no %"));
                }
                Claim::Share { percent, of } => self.check_share(statement, percent, of.as_ref()),
            }
            let agrees = self.found.len() == found;
            self.held[held..].iter_mut().for_each(|held| held.agrees = agrees);
        }
        self.check_sum_of_shares();
    }

    /// Returns the whole whose parts the next texts state. With `goes_on` this text ends where they begin.
    pub fn whole_of_next(&self, goes_on: bool) -> Option<Topic> {
        let divided = self.first_amount.is_some().then(|| self.topic.clone().unwrap_or_default());
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
        // Subjects of two levels may have the same name: （款） and （项） tell them apart.
        if let Some(level) = level_of(&self.text[phrase.range.end..]) {
            let is_of = |shape: &FactFilter| shape.subject.is_some_and(|code| code.level() == level);
            if shapes.iter().any(is_of) {
                shapes.retain(is_of);
            }
        }
        if let Some(whole) = self.whole.as_ref().filter(|_| is_part) {
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
        let mut figures = Vec::new();
        for shape in &shapes {
            for figure in self.figures.of(shape).iter().filter(|figure| !figures.contains(*figure)).collect::<Vec<_>>()
            {
                figures.push(*figure);
            }
        }
        if figures.iter().any(|figure: &KnownFigure| figure.is_known) {
            figures.retain(|figure| figure.is_known);
        }
        let name = self.words(&phrase.range);
        (!figures.is_empty()).then_some(Topic { name, figures, shapes })
    }

    /// Returns the topic that a statement names for certain, or goes on with.
    pub(super) fn stated_topic(&mut self, stated: &StatedTopic, is_part: bool) -> Option<Topic> {
        match stated {
            StatedTopic::Named(phrase) => self.topic_of(phrase, is_part),
            StatedTopic::Same => self.topic.clone(),
            StatedTopic::Vague(_) | StatedTopic::Other => None,
        }
    }

    /// Returns the figure that a template prints at a range of bytes, and its year.
    fn figure_printed_at(&mut self, range: &Range<usize>) -> Option<(Topic, FigureYear)> {
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

    /// Adds a contradiction of a figure.
    pub(super) fn contradict_figure(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), of: Contradicted::Figure(None), message });
    }

    /// Adds a contradiction of a figure by an amount; none where that is too large to be known.
    pub(super) fn contradict_amount(
        &mut self,
        rule: &'static str,
        range: &Range<usize>,
        by: Option<Money>,
        words: Bilingual,
    ) {
        let of = Contradicted::Figure(by.map(Money::abs));
        self.found.push(Contradiction { rule, range: range.clone(), of, message: words });
    }

    /// Adds a contradiction within the text.
    pub(super) fn contradict_text(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), of: Contradicted::Text, message });
    }

    /// Returns an amount with every digit, in the unit of the text.
    pub(super) fn print(&self, amount: Money) -> String {
        let unit = self.budget().profile.text_amounts.unit;
        let format = AmountFormat { unit, decimals: 8, trim: true, ..AmountFormat::default() };
        format.print(amount) + unit.name()
    }

    /// Returns whether a stated amount is `value` to its last digit, give or take `slack`.
    pub(super) fn agrees_with(&self, stated: &StatedNumber, value: Money, slack: Money) -> bool {
        let Some(amount) = stated.number.money() else { return false };
        let rounding = self.budget().profile.text_amounts.rounding;
        let NumberUnit { unit, decimals } = unit(stated);
        let rounded = rounding.apply(value.abs().in_unit(budgetdoc_core::money::Unit::Yuan) / unit, decimals);
        let gap = (amount.abs() - value.abs()).abs();
        gap <= Money::yuan(stated.number.half()) + slack || rounded == stated.number.value.abs()
    }

    /// Compares a stated amount with the figures of its topic.
    fn check_amount(
        &mut self,
        statement: &Statement<'b>,
        stated: &StatedNumber<'b>,
        basis: FigureYear,
        grown: Option<&(bool, Range<usize>)>,
    ) {
        let topic = match &statement.topic {
            StatedTopic::Named(phrase) | StatedTopic::Vague(phrase) => self.topic_of(phrase, statement.is_part),
            // The key of a text gives its topic, but not which of its amounts a number is.
            StatedTopic::Same => self.topic.clone().filter(|_| self.first_amount.is_some()),
            StatedTopic::Other => None,
        };
        // A template names the figure it prints.
        let printed = self.figure_printed_at(&stated.range).filter(|(printed, of)| {
            let broader = |topic: &Topic| {
                let all = topic.shapes.iter().map(|shape| FactFilter { account: None, ..shape.clone() });
                all.eq([FactFilter::default()]) && topic.shapes[0].account == printed.shapes[0].account
            };
            !matches!(statement.topic, StatedTopic::Named(_)) || (*of == basis && topic.as_ref().is_some_and(broader))
        });
        let (topic, basis) = printed.map_or((topic, basis), |(topic, basis)| (Some(topic), basis));
        self.is_wrong = false;
        let sure = matches!(statement.topic, StatedTopic::Named(_) | StatedTopic::Same) && !statement.in_reason;
        let fits = |binder: &Self, figure: &KnownFigure| {
            figure.of(basis).is_some_and(|value| binder.agrees_with(stated, value, figure.slack))
        };
        let mut next = topic.clone();
        let mut is_right = false;
        if let Some(topic) = &topic {
            let right: Vec<KnownFigure> = topic.figures.iter().filter(|figure| fits(self, figure)).copied().collect();
            let known = topic.figures.iter().find_map(|figure| figure.of(basis));
            let slip = self.transposed(stated, topic.figures.iter().filter_map(|figure| figure.of(basis)), 3);
            is_right = !right.is_empty();
            if let Some(value) = right.first().and_then(|figure| figure.of(basis)) {
                self.record(stated.range.clone(), &topic.name, self.amount_of(basis, value));
                let topic = Topic { figures: right, ..topic.clone() };
                // With unknown words nearby, a few digits may agree by chance.
                let digits = self.text[stated.range.clone()].chars().filter(|one| digit(*one).is_some()).count();
                if !statement.in_reason && (sure || digits > 2) {
                    let range = stated.range.clone();
                    self.agreed.push(Agreed::Amount { range, topic: topic.clone(), year: basis });
                }
                next = Some(topic);
            } else if let Some(value) = slip.or(known.filter(|_| sure)) {
                self.record(stated.range.clone(), &topic.name, self.amount_of(basis, value));
                self.is_wrong = true;
                self.report_amount(&topic.name, basis, value, stated);
            } else {
                self.bind_by_amount(stated);
                next = next.filter(|_| sure);
            }
        } else {
            self.bind_by_amount(stated);
        }
        if statement.in_reason {
            // The next statement may be about this topic or about the one it gives a reason for.
            (self.topic, self.this, self.base) = (next.filter(|_| is_right), None, None);
            return;
        }
        if let (Some((rise, verb)), Some(base)) = (grown, self.base.as_ref()) {
            let opposite = |rise: bool, base: Money, now: Money| if rise { now < base } else { now > base };
            let amounts = base.number.money().zip(stated.number.money());
            if let Some((base, now)) = amounts.filter(|(base, now)| opposite(*rise, *base, *now)) {
                let (words, base, now) = (self.words(verb), self.print(base), self.print(now));
                let zh = format!("由{base}到{now}，不是“{words}”");
                self.contradict_text(CHANGES, verb, zh, format!("from {base} to {now} is the opposite direction"));
            }
        }
        match (&statement.topic, basis) {
            (StatedTopic::Same, FigureYear::This) => self.this = Some(stated.clone()),
            (StatedTopic::Same, _) => self.base = Some(stated.clone()),
            (_, FigureYear::This) => (self.this, self.base) = (Some(stated.clone()), None),
            (_, _) => (self.this, self.base) = (None, Some(stated.clone())),
        }
        self.first_amount = self.first_amount.or(stated.number.money());
        (self.topic, self.rise, self.is_same) = (next, None, false);
    }

    /// Records that words are compared with a figure.
    pub(super) fn record(&mut self, range: Range<usize>, name: &str, value: Bilingual) {
        self.held.push(Held { range, name: name.to_owned(), value, agrees: true });
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

    /// Reports an amount that differs from its figure.
    fn report_amount(&mut self, name: &str, basis: FigureYear, value: Money, stated: &StatedNumber) {
        let by = stated.number.money().map(|money| value - money);
        let (value, digits) = (self.print(value), self.words(&stated.range));
        let (zh, en) = match basis {
            FigureYear::This => ("", ""),
            FigureYear::Last => ("上年", " last year"),
            FigureYear::Executed => ("上年执行数", ", what last year came to,"),
            FigureYear::Unknown => return,
        };
        let (name_zh, name_en) = quoted_name(name);
        let zh = format!("{name_zh}{zh}为{value}，文字写“{digits}”");
        let en = format!("{name_en}{en} is {value}, not {digits}");
        self.contradict_amount(AMOUNTS, &stated.range, by, Bilingual::new(zh, en));
    }

    /// Binds an amount without a known name to a figure that equals it, or that has two of its digits exchanged.
    pub(super) fn bind_by_amount(&mut self, stated: &StatedNumber) {
        let all: Vec<Money> = self.figures.amounts();
        if all.iter().any(|value| self.agrees_with(stated, *value, Money::ZERO)) {
            self.only_amounts += 1;
        } else if let Some(value) = self.transposed(stated, all.into_iter(), 5) {
            let (value, digits) = (self.print(value), self.words(&stated.range));
            let zh = format!("“{digits}”与预算中的{value}只差两个数字的次序");
            self.contradict_figure(
                AMOUNTS,
                &stated.range,
                zh,
                format!("{digits} is the budget's {value} with two digits exchanged"),
            );
        } else if let Some(value) = self.transposed(stated, self.amounts.iter().copied(), 5) {
            let (value, digits) = (self.print(value), self.words(&stated.range));
            let zh = format!("“{digits}”与本段的{value}只差两个数字的次序");
            let en = format!("{digits} is {value}, told beside it, with two digits exchanged");
            self.contradict_text(AMOUNTS, &stated.range, zh, en);
        } else {
            self.unbound.push(stated.range.clone());
        }
    }

    /// Returns the value that a stated amount becomes once two of its digits are exchanged. Amounts of fewer than
    /// `digits` digits have none.
    pub(super) fn transposed(
        &self,
        stated: &StatedNumber,
        values: impl Iterator<Item = Money>,
        digits: usize,
    ) -> Option<Money> {
        let typed: Vec<u8> = self.text[stated.range.clone()].chars().filter_map(digit).collect();
        if typed.len() < digits {
            return None;
        }
        let NumberUnit { unit, decimals } = unit(stated);
        values.into_iter().find(|value| {
            let number = value.abs().in_unit(budgetdoc_core::money::Unit::Yuan) / unit;
            let mut printed = number.round_dp_with_strategy(decimals, HALF_UP);
            printed.rescale(decimals);
            let printed = format!("{:0>width$}", printed.mantissa(), width = decimals as usize + 1);
            let right: Vec<u8> = printed.chars().filter_map(digit).collect();
            let apart: Vec<usize> = (0..typed.len()).filter(|index| right.get(*index) != typed.get(*index)).collect();
            right.len() == typed.len()
                && matches!(apart[..], [one, two] if typed[one] == right[two] && typed[two] == right[one])
        })
    }

    /// Compares a statement that there is nothing with the figures of its topic.
    fn check_nothing(&mut self, stated: &StatedTopic, basis: FigureYear, range: &Range<usize>) {
        let Some(topic) = self.stated_topic(stated, false) else { return };
        // Another rule reports funds.
        let is_fund = |shape: &FactFilter| {
            shape.funds.is_some()
                && (shape.kinds, shape.categories, shape.subject, shape.unit) == (None, None, None, None)
        };
        if basis == FigureYear::This && topic.shapes.iter().all(is_fund) {
            return;
        }
        let values: Vec<Money> = topic.figures.iter().filter_map(|figure| figure.of(basis)).collect();
        let Some(value) = values.first().copied() else { return };
        self.record(range.clone(), &topic.name, self.amount_of(basis, value));
        if values.iter().all(|value| !value.is_zero()) {
            let (words, amount) = (self.words(range), self.print(value));
            let (name_zh, name_en) = quoted_name(&topic.name);
            let (zh, en) = if basis == FigureYear::This { ("", "") } else { ("上年", " last year") };
            let zh = format!("文字写“{words}”，而{name_zh}{zh}为{amount}");
            let en = format!("the text says `{words}`, but {name_en}{en} is {amount}");
            self.contradict_amount(AMOUNTS, range, Some(value), Bilingual::new(zh, en));
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

/// Returns the name of a figure in quotes, in Chinese and English; without a name it is the figure named earlier.
pub(super) fn quoted_name(name: &str) -> (String, String) {
    match name {
        "" => ("该数".to_owned(), "the figure".to_owned()),
        name => (format!("“{name}”"), format!("`{name}`")),
    }
}

const HALF_UP: rust_decimal::RoundingStrategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;

struct NumberUnit {
    /// In yuan.
    unit: Decimal,
    decimals: u32,
}

fn unit(stated: &StatedNumber) -> NumberUnit {
    let unit = match stated.number.of {
        super::token::NumberOf::Money(yuan) => Decimal::from(yuan),
        _ => Decimal::ONE,
    };
    NumberUnit { unit, decimals: stated.number.value.scale() }
}
