//! One application of all rules to a budget and its result.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Composition;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_document::Place;
use serde::Serialize;

use crate::examiner::Examiner;
use crate::prose::parsed_passage::ParsedPassage;
use crate::{ComparedFigure, Finding};

/// How a comparison came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Both sides are the same to the last digit, or one is within the other where that was asked.
    Agrees,
    /// They differ by what rounding explains.
    Rounding,
    /// They differ.
    Differs,
}

/// Two figures that were compared, whatever the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The rule.
    pub rule: &'static str,
    /// What it is about, as in [`Finding::about`].
    pub about: String,
    /// One side.
    pub left: ComparedFigure,
    /// Their relation: `=`, `≥` or `≤`.
    pub relation: &'static str,
    /// The other side.
    pub right: ComparedFigure,
    /// How it came out.
    pub agreement: Agreement,
}

impl Comparison {
    /// Returns whether no spec can make it differ: both sides are sums of the same entries, or one is part of the other.
    pub fn is_by_construction(&self) -> bool {
        let mut right: Vec<_> = self.right.terms.iter().collect();
        let within = self.left.terms.iter().all(|term| {
            let same = right.iter().position(|other| *other == term);
            same.map(|index| right.swap_remove(index)).is_some()
        });
        match self.relation {
            // Amounts are never negative.
            "≤" => within && right.iter().all(|(amount, _)| *amount >= Money::ZERO),
            _ => within && right.is_empty(),
        }
    }
}

/// Words of a text that are compared with a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedStatement {
    /// What the words are part of, as in [`Finding::about`].
    pub about: String,
    /// Their place in the spec; none for words that a profile prints.
    pub place: Option<Place>,
    /// The words.
    pub words: String,
    /// What the text calls the figure; empty for one that it named before.
    pub name: String,
    /// What the budget says.
    pub value: Bilingual,
    /// Whether the words say the same.
    pub agrees: bool,
}

/// What came of applying every rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Examination {
    /// What does not agree, in the order of the rules; suppressed findings among them.
    pub findings: Vec<Finding>,
    /// What rules suppose that words are meant to say, right less often than a finding must be. They are none of the
    /// findings: whoever wants them (`check --pedantic`) adds them.
    pub guesses: Vec<Finding>,
    /// Every pair of figures compared, in the order of the rules.
    pub comparisons: Vec<Comparison>,
    /// Every statement of a text that is compared with a figure, in the order of the texts.
    pub statements: Vec<ComparedStatement>,
    /// How many typed amounts are those of a figure that their text does not name.
    pub only_amounts: usize,
    /// Typed amounts that no figure is known for.
    pub unbound: Vec<String>,
    /// For every rule how many texts, figures or entries it looked at.
    pub looked_at: Vec<(&'static str, usize)>,
}

/// Other budgets a budget must agree with.
#[derive(Clone, Debug, Default)]
pub struct Companions {
    /// Last year's, as it was published.
    pub last_year: Option<Budget>,
    /// Those of the department's units, each of which publishes its own.
    pub units: Vec<Budget>,
}

/// Applies every rule to a budget and returns what does not agree, in the order of the rules, but for what the spec
/// suppresses.
pub fn check(budget: &Budget) -> Vec<Finding> {
    let mut findings = examine(&budget.compose_with_prose(), &Companions::default()).findings;
    findings.retain(|finding| finding.suppressed.is_none());
    findings
}

/// Applies every rule to a composed budget and returns everything that was compared and found.
pub fn examine(composition: &Composition, companions: &Companions) -> Examination {
    let passages = ParsedPassage::all(&composition.prose);
    Examiner::new(composition, companions, &passages).examine()
}
