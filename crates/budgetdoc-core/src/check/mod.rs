//! Reconciliation (勾稽关系): what must agree in a budget, and what does not.
//!
//! A rule is an id, a severity, its words in both languages and a function; [`rules`] lists them. Adding one means
//! adding it to the list of its family.

mod between;
mod sums;
mod texts;
mod unfilled;

use serde::Serialize;

use crate::budget::{Budget, Term, Total};
use crate::lang::{Bilingual, Lang};
use crate::money::{AmountFormat, Money};
use crate::source::Place;
use crate::spec::Precision;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely wrong.
    Warning,
    /// Wrong: the document may not go out.
    Error,
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable id, such as `A5`.
    pub id: &'static str,
    /// Its title in Chinese and English.
    pub title: (&'static str, &'static str),
    /// Why it holds and what it compares, in Chinese and English.
    pub explanation: (&'static str, &'static str),
    check: fn(&Budget, &mut Vec<Finding>),
}

impl Rule {
    /// Its title in `lang`.
    pub fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.title.0,
            Lang::En => self.title.1,
        }
    }

    /// Its explanation in `lang`.
    pub fn explanation(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.explanation.0,
            Lang::En => self.explanation.1,
        }
    }
}

/// Every rule, in the order of their ids.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    sums::RULES.iter().chain(between::RULES).chain(texts::RULES)
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, with both figures.
    pub message: Bilingual,
    /// The figures compared; none for findings on texts.
    pub figures: Vec<Figure>,
    /// Where in the spec.
    pub place: Option<Place>,
    /// What to do.
    pub help: Bilingual,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is.
    pub label: Bilingual,
    /// How much.
    pub amount: Money,
    /// What was added up to it: amounts with their places in the spec.
    pub terms: Vec<(Money, Option<Place>)>,
    /// Whether one of them is unfilled, so that there is nothing to compare yet.
    pub unfilled: bool,
}

impl Figure {
    fn new(zh: impl Into<String>, en: impl Into<String>, total: &Total) -> Self {
        let terms = total.terms.iter().map(|term: &Term| (term.amount, term.place)).collect();
        Figure { label: Bilingual::new(zh, en), amount: total.or_zero(), terms, unfilled: total.is_unfilled() }
    }
}

impl Budget {
    /// Applies every rule. Findings come in the order of the rules.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in rules() {
            (rule.check)(self, &mut findings);
        }
        findings
    }

    /// An amount as it is printed in tables, with its unit, for messages.
    pub(crate) fn print(&self, amount: Money) -> String {
        let unit = self.spec.unit;
        // All digits the spec gives: a message that rounds cannot show what differs.
        let format = AmountFormat { unit, decimals: 8, trim: true, ..AmountFormat::default() };
        format.print(amount) + unit.name()
    }

    /// Whether `count` amounts, each rounded on its own, can be off by `difference` together: by less than half a unit
    /// of the last digit each. The last digit is the last any term of `figures` gives in the spec's unit.
    fn rounding_explains(&self, difference: Money, count: usize, figures: &[&Figure]) -> bool {
        if self.spec.precision == Precision::Exact {
            return false;
        }
        let terms = figures.iter().flat_map(|figure| &figure.terms);
        let decimals = terms.map(|(amount, _)| amount.in_unit(self.spec.unit).scale()).max().unwrap_or(0);
        let step = Money::new(rust_decimal::Decimal::new(1, decimals), self.spec.unit);
        let envelope = (0..count.min(10_000)).map(|_| step).sum::<Money>();
        difference + difference < envelope
    }

    /// Compares a total with the sum of its `count` parts.
    ///
    /// Exact amounts must agree to the last digit. A difference that rounding explains is a note.
    fn compare(
        &self,
        rule: &'static str,
        total: Figure,
        sum: Figure,
        count: usize,
        help: Bilingual,
    ) -> Option<Finding> {
        let difference = (total.amount - sum.amount).abs();
        if difference.is_zero() || total.unfilled || sum.unfilled {
            return None;
        }
        let rounding = self.rounding_explains(difference, count + 1, &[&total, &sum]);
        let (left, right) = (self.print(total.amount), self.print(sum.amount));
        let gap = self.print(difference);
        let message = if rounding {
            Bilingual::new(
                format!("{}为 {left}，{}为 {right}，相差 {gap}，属四舍五入的尾差", total.label.zh, sum.label.zh),
                format!(
                    "{} is {left}, {} is {right}: {gap} apart, which rounding explains",
                    total.label.en, sum.label.en
                ),
            )
        } else {
            Bilingual::new(
                format!("{}为 {left}，{}为 {right}，相差 {gap}", total.label.zh, sum.label.zh),
                format!("{} is {left}, {} is {right}: {gap} apart", total.label.en, sum.label.en),
            )
        };
        let severity = if rounding { Severity::Note } else { Severity::Error };
        let place = [&total, &sum].iter().flat_map(|figure| &figure.terms).find_map(|(_, place)| *place);
        Some(Finding { rule, severity, message, figures: vec![total, sum], place, help })
    }
}
