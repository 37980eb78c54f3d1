//! Statements bound to the figures they name, and compared with them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::agreed::Agreed;
use super::figure::{FigureYear, KnownFigure, KnownFigures};
use super::parse::{Claim, Phrase, StatedNumber, Statement, What};
use super::shape::FactFilter;
use super::{AMOUNTS, CHANGES, SHARES};
use crate::prose::numbers::digit;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{AmountFormat, Money};
use budgetdoc_core::subject::Level;

/// What a text says against the figures or against itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contradiction {
    /// The rule it breaks.
    pub rule: &'static str,
    /// The words that say it.
    pub range: Range<usize>,
    /// Whether it is against a figure, and not against the text itself.
    pub is_of_figure: bool,
    pub message: Bilingual,
}

/// Words that were held against a figure.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub range: Range<usize>,
    /// What the text calls the figure; empty for one that it named before.
    pub name: String,
    /// What the budget says.
    pub value: Bilingual,
    /// Whether the words say the same.
    pub agrees: bool,
}

/// What is spoken of.
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
    pub(super) subject: Option<Topic>,
    /// This year's amount as it was told last, and that it is compared with.
    pub(super) now: Option<StatedNumber<'b>>,
    pub(super) base: Option<StatedNumber<'b>>,
    /// Which way it was said to have changed, or that it did not, and from what.
    pub(super) went: Option<bool>,
    pub(super) is_same: bool,
    pub(super) than: FigureYear,
    /// What the parts behind 其中 are parts of; a subject without figures where that is not known.
    pub(super) whole: Option<Topic>,
    /// The same, as it was when the text began.
    around: Option<Topic>,
    /// The first amount of the text.
    pub(super) first: Option<Money>,
    pub(super) shared: Money,
    /// Every amount of the text.
    told: Vec<Money>,
    /// Shares of all there is.
    pub(super) shares: Vec<StatedNumber<'b>>,
    in_part: bool,
    /// Whether the amount told last is not that of its figure.
    pub(super) is_wrong: bool,
    pub found: Vec<Contradiction>,
    /// What was held against a figure, and amounts that could not be; of others some figure has the amount.
    pub held: Vec<Held>,
    pub only_amounts: usize,
    pub unbound: Vec<Range<usize>>,
    /// What agrees with its figure.
    pub agreed: Vec<Agreed>,
}

impl<'a, 'b> Binder<'a, 'b> {
    /// `key` is the figure the text is of; `whole` is carried over from the text before.
    pub fn new(
        figures: &'b mut KnownFigures<'a>,
        passage: &'b Passage,
        key: Option<&str>,
        whole: Option<Topic>,
    ) -> Self {
        let shape = key.and_then(|key| figures.shape(key)).cloned();
        let subject =
            shape.map(|shape| Topic { name: String::new(), figures: figures.of(&shape).to_vec(), shapes: vec![shape] });
        Binder {
            figures,
            text: &passage.text,
            spans: &passage.spans,
            subject,
            now: None,
            base: None,
            went: None,
            is_same: false,
            than: FigureYear::Unknown,
            in_part: whole.is_some(),
            is_wrong: false,
            shares: Vec::new(),
            around: whole.clone(),
            whole,
            first: None,
            shared: Money::ZERO,
            told: Vec::new(),
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
        self.shared = self.parts_with_shares(statements);
        self.told = statements.iter().filter_map(Statement::amount).collect();
        for statement in statements {
            if statement.is_part && !self.in_part {
                self.whole = Some(self.subject.clone().unwrap_or_default()).filter(|_| self.first.is_some());
            }
            self.in_part = statement.is_part;
            let (found, held) = (self.found.len(), self.held.len());
            match &statement.claim {
                Claim::Amount { told, basis, grown } => self.amount(statement, told, *basis, grown.as_ref()),
                Claim::Change { .. } => self.change(statement),
                Claim::Same { than, range } => self.same(&statement.what, than.as_ref(), range),
                Claim::Nothing { basis, range } => self.nothing(&statement.what, *basis, range),
                Claim::Bare { told } => {
                    let words = self.words(&told.range);
                    let zh = format!("占比“{words}”没有写“%”");
                    self.says_itself(SHARES, &told.range, zh, format!("the share {words} has no %"));
                }
                Claim::Share { percent, of } => self.share(statement, percent, of.as_ref()),
            }
            let agrees = self.found.len() == found;
            self.held[held..].iter_mut().for_each(|held| held.agrees = agrees);
        }
        self.shares_add_up();
    }

    /// Returns what the texts behind this one tell the parts of, if it ends where they begin.
    pub fn carried(&self, goes_on: bool) -> Option<Topic> {
        let divided = self.first.is_some().then(|| self.subject.clone().unwrap_or_default());
        if goes_on { divided } else { self.around.clone() }
    }

    /// Returns what those parts add up to whose shares are told.
    fn parts_with_shares(&self, statements: &[Statement<'b>]) -> Money {
        let parts = statements.windows(2).filter_map(|pair| match (&pair[0].claim, &pair[1].claim) {
            (Claim::Amount { told, .. }, Claim::Share { .. }) => told.number.money(),
            _ => None,
        });
        parts.sum()
    }

    /// Returns the subject that a phrase names; none where it may be a part of something else.
    pub(super) fn named(&mut self, phrase: &Phrase, is_part: bool) -> Option<Topic> {
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
                // A project is the same whatever it is told among.
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

    /// Returns the figure that a template prints at a place, and which year's.
    fn printed(&mut self, range: &Range<usize>) -> Option<(Topic, FigureYear)> {
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

    /// Tells what the text says against a figure.
    pub(super) fn says(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), is_of_figure: true, message });
    }

    /// Tells what the text says against itself.
    pub(super) fn says_itself(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), is_of_figure: false, message });
    }

    pub(super) fn print(&self, amount: Money) -> String {
        // With every digit, in the unit of the text.
        let unit = self.budget().profile.text_amounts.unit;
        let format = AmountFormat { unit, decimals: 8, trim: true, ..AmountFormat::default() };
        format.print(amount) + unit.name()
    }

    /// Returns whether a told amount is `value`, to its last digit.
    pub(super) fn is(&self, told: &StatedNumber, value: Money, slack: Money) -> bool {
        let Some(amount) = told.number.money() else { return false };
        let rounding = self.budget().profile.text_amounts.rounding;
        let NumberUnit { unit, decimals } = unit(told);
        let rounded = rounding.apply(value.abs().in_unit(budgetdoc_core::money::Unit::Yuan) / unit, decimals);
        let gap = (amount.abs() - value.abs()).abs();
        gap <= Money::yuan(told.number.half()) + slack || rounded == told.number.value.abs()
    }

    fn amount(
        &mut self,
        statement: &Statement<'b>,
        told: &StatedNumber<'b>,
        basis: FigureYear,
        grown: Option<&(bool, Range<usize>)>,
    ) {
        let subject = match &statement.what {
            What::Named(phrase) | What::Vague(phrase) => self.named(phrase, statement.is_part),
            // What a text is of is known by its key; which of its amounts is told is not.
            What::Same => self.subject.clone().filter(|_| self.first.is_some()),
            What::Other => None,
        };
        // A template says what it prints.
        let printed = self.printed(&told.range).filter(|(printed, of)| {
            let broader = |subject: &Topic| {
                let all = subject.shapes.iter().map(|shape| FactFilter { account: None, ..shape.clone() });
                all.eq([FactFilter::default()]) && subject.shapes[0].account == printed.shapes[0].account
            };
            !matches!(statement.what, What::Named(_)) || (*of == basis && subject.as_ref().is_some_and(broader))
        });
        let (subject, basis) = printed.map_or((subject, basis), |(subject, basis)| (Some(subject), basis));
        self.is_wrong = false;
        let sure = matches!(statement.what, What::Named(_) | What::Same) && !statement.in_reason;
        let fits = |binder: &Self, figure: &KnownFigure| {
            figure.of(basis).is_some_and(|value| binder.is(told, value, figure.slack))
        };
        let mut next = subject.clone();
        let mut is_right = false;
        if let Some(subject) = &subject {
            let right: Vec<KnownFigure> = subject.figures.iter().filter(|figure| fits(self, figure)).copied().collect();
            let known = subject.figures.iter().find_map(|figure| figure.of(basis));
            let slip = self.slip(told, subject.figures.iter().filter_map(|figure| figure.of(basis)), 3);
            is_right = !right.is_empty();
            if let Some(value) = right.first().and_then(|figure| figure.of(basis)) {
                self.hold(told.range.clone(), &subject.name, self.amount_of(basis, value));
                let topic = Topic { figures: right, ..subject.clone() };
                // Beside words that are not known a few digits may be the same by chance.
                let digits = self.text[told.range.clone()].chars().filter(|one| digit(*one).is_some()).count();
                if !statement.in_reason && (sure || digits > 2) {
                    let range = told.range.clone();
                    self.agreed.push(Agreed::Amount { range, topic: topic.clone(), year: basis });
                }
                next = Some(topic);
            } else if let Some(value) = slip.or(known.filter(|_| sure)) {
                self.hold(told.range.clone(), &subject.name, self.amount_of(basis, value));
                self.is_wrong = true;
                self.differs(&subject.name, basis, value, told);
            } else {
                self.unbound(told);
                next = next.filter(|_| sure);
            }
        } else {
            self.unbound(told);
        }
        if statement.in_reason {
            // What follows may be of this or of what it is a reason for.
            (self.subject, self.now, self.base) = (next.filter(|_| is_right), None, None);
            return;
        }
        if let (Some((rise, verb)), Some(base)) = (grown, self.base.as_ref()) {
            let opposite = |rise: bool, base: Money, now: Money| if rise { now < base } else { now > base };
            let amounts = base.number.money().zip(told.number.money());
            if let Some((base, now)) = amounts.filter(|(base, now)| opposite(*rise, *base, *now)) {
                let (words, base, now) = (self.words(verb), self.print(base), self.print(now));
                let zh = format!("由{base}到{now}，不是“{words}”");
                self.says_itself(CHANGES, verb, zh, format!("from {base} to {now} is the opposite direction"));
            }
        }
        match (&statement.what, basis) {
            (What::Same, FigureYear::This) => self.now = Some(told.clone()),
            (What::Same, _) => self.base = Some(told.clone()),
            (_, FigureYear::This) => (self.now, self.base) = (Some(told.clone()), None),
            (_, _) => (self.now, self.base) = (None, Some(told.clone())),
        }
        self.first = self.first.or(told.number.money());
        (self.subject, self.went, self.is_same) = (next, None, false);
    }

    /// Notes that words are held against a figure.
    pub(super) fn hold(&mut self, range: Range<usize>, name: &str, value: Bilingual) {
        self.held.push(Held { range, name: name.to_owned(), value, agrees: true });
    }

    /// An amount with its year, for the record.
    pub(super) fn amount_of(&self, year: FigureYear, value: Money) -> Bilingual {
        let value = self.print(value);
        match year {
            FigureYear::Last => Bilingual::new(format!("上年{value}"), format!("last year {value}")),
            FigureYear::Executed => Bilingual::new(format!("上年执行数{value}"), format!("outcome {value}")),
            FigureYear::This | FigureYear::Unknown => Bilingual::new(&value, &value),
        }
    }

    fn differs(&mut self, name: &str, basis: FigureYear, value: Money, told: &StatedNumber) {
        let (value, digits) = (self.print(value), self.words(&told.range));
        let (zh, en) = match basis {
            FigureYear::This => ("", ""),
            FigureYear::Last => ("上年", " last year"),
            FigureYear::Executed => ("上年执行数", ", what last year came to,"),
            FigureYear::Unknown => return,
        };
        let (name_zh, name_en) = called(name);
        let zh = format!("{name_zh}{zh}为{value}，文字写“{digits}”");
        let en = format!("{name_en}{en} is {value}, not {digits}");
        self.says(AMOUNTS, &told.range, zh, en);
    }

    /// Checks an amount without a known name: it may be a figure with two digits exchanged.
    pub(super) fn unbound(&mut self, told: &StatedNumber) {
        let all: Vec<Money> = self.figures.amounts();
        if all.iter().any(|value| self.is(told, *value, Money::ZERO)) {
            self.only_amounts += 1;
        } else if let Some(value) = self.slip(told, all.into_iter(), 5) {
            let (value, digits) = (self.print(value), self.words(&told.range));
            let zh = format!("“{digits}”与预算中的{value}只差两个数字的次序");
            self.says(AMOUNTS, &told.range, zh, format!("{digits} is the budget's {value} with two digits exchanged"));
        } else if let Some(value) = self.slip(told, self.told.iter().copied(), 5) {
            let (value, digits) = (self.print(value), self.words(&told.range));
            let zh = format!("“{digits}”与本段的{value}只差两个数字的次序");
            let en = format!("{digits} is {value}, told beside it, with two digits exchanged");
            self.says_itself(AMOUNTS, &told.range, zh, en);
        } else {
            self.unbound.push(told.range.clone());
        }
    }

    /// Returns the figure whose digits an amount has, two of them exchanged.
    pub(super) fn slip(
        &self,
        told: &StatedNumber,
        values: impl Iterator<Item = Money>,
        digits: usize,
    ) -> Option<Money> {
        let typed: Vec<u8> = self.text[told.range.clone()].chars().filter_map(digit).collect();
        if typed.len() < digits {
            return None;
        }
        let NumberUnit { unit, decimals } = unit(told);
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

    fn nothing(&mut self, what: &What, basis: FigureYear, range: &Range<usize>) {
        let subject = match what {
            What::Named(phrase) => self.named(phrase, false),
            What::Same => self.subject.clone(),
            What::Vague(_) | What::Other => None,
        };
        let Some(subject) = subject else { return };
        // That a fund is there is another rule's to tell.
        let is_fund = |shape: &FactFilter| {
            shape.funds.is_some()
                && (shape.kinds, shape.categories, shape.subject, shape.unit) == (None, None, None, None)
        };
        if basis == FigureYear::This && subject.shapes.iter().all(is_fund) {
            return;
        }
        let values: Vec<Money> = subject.figures.iter().filter_map(|figure| figure.of(basis)).collect();
        let Some(value) = values.first().copied() else { return };
        self.hold(range.clone(), &subject.name, self.amount_of(basis, value));
        if values.iter().all(|value| !value.is_zero()) {
            let (words, value) = (self.words(range), self.print(value));
            let (name_zh, name_en) = called(&subject.name);
            let (zh, en) = if basis == FigureYear::This { ("", "") } else { ("上年", " last year") };
            let zh = format!("文字写“{words}”，而{name_zh}{zh}为{value}");
            self.says(AMOUNTS, range, zh, format!("the text says `{words}`, but {name_en}{en} is {value}"));
        }
    }
}

/// Returns the level that words behind a subject's name give it.
fn level_of(behind: &str) -> Option<Level> {
    let words = behind.strip_prefix(['（', '('])?;
    let levels = [("类", Level::Class), ("款", Level::Division), ("项", Level::Item)];
    levels
        .into_iter()
        .find(|(word, _)| words.strip_prefix(word).is_some_and(|rest| rest.starts_with(['）', ')'])))
        .map(|(_, level)| level)
}

/// Returns what a figure is called in a message; one without a name is the one before.
pub(super) fn called(name: &str) -> (String, String) {
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

fn unit(told: &StatedNumber) -> NumberUnit {
    let unit = match told.number.of {
        super::token::NumberOf::Money(yuan) => Decimal::from(yuan),
        _ => Decimal::ONE,
    };
    NumberUnit { unit, decimals: told.number.value.scale() }
}
