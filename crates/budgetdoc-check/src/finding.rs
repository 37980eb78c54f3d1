//! What rules find: findings, their severity, the figures they compare.

use budgetdoc_core::budget::{Term, Total};
use budgetdoc_core::lang::{Bilingual, Lang};
use budgetdoc_core::money::Money;
use budgetdoc_document::Place;
use serde::Serialize;

/// How serious a finding is.
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

impl Severity {
    /// Returns its name in `lang`.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Severity::Note, Lang::Zh) => "提示",
            (Severity::Note, Lang::En) => "note",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Error, Lang::En) => "error",
        }
    }
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What it is about, by a name that stays the same from run to run: `text.vehicles`, `projects.training`. A
    /// [`Suppression`](budgetdoc_core::spec::Suppression) names it.
    pub about: String,
    /// What is wrong, with both figures.
    pub message: Bilingual,
    /// The figures compared; none for findings on texts.
    pub figures: Vec<ComparedFigure>,
    /// How far they are apart; none for findings on texts.
    pub difference: Option<Money>,
    /// Whether rounding explains it.
    pub rounding: bool,
    /// Where in the spec.
    pub place: Option<Place>,
    /// The place behind the last of the words it is about, where these are known: then `place` is that of the first, in the
    /// same line.
    pub end: Option<Place>,
    /// Other places that it is about, such as the row that this one repeats. The message does not name them: a place may be
    /// that of a workbook's cell.
    pub others: Vec<Place>,
    /// What to do.
    pub help: Bilingual,
    /// Why it is suppressed, if the spec suppresses it.
    pub suppressed: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedFigure {
    /// What it is.
    pub label: Bilingual,
    /// How much.
    pub amount: Money,
    /// What was added up to it: amounts with their places in the spec.
    pub terms: Vec<(Money, Option<Place>)>,
    /// Whether one of them is unfilled, so that there is nothing to compare yet.
    pub unfilled: bool,
}

impl ComparedFigure {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>, total: &Total) -> Self {
        let terms = total.terms.iter().map(|term: &Term| (term.amount, term.place)).collect();
        ComparedFigure { label: Bilingual::new(zh, en), amount: total.or_zero(), terms, unfilled: total.is_unfilled() }
    }

    /// Returns the first line of the spec that has part in it.
    pub(crate) fn place(&self) -> Option<Place> {
        self.terms.iter().find_map(|(_, place)| *place)
    }
}
