//! Reconciliation (勾稽关系): what must agree in a budget, and what does not.
//!
//! A rule is an id, a weight, its words in both languages, an example and a function; [`rules`] lists them. Each family
//! has its file with the list of its rules: adding one touches that file and its test. `docs/rules.md` is made from
//! the list.

mod allow;
mod basic;
mod changes;
mod chinese_numbers;
mod claims;
mod codes;
mod complete;
mod control;
mod counts;
mod dates;
mod empty_tables;
mod examiner;
mod figures;
mod known;
mod marks;
mod naming;
mod numbers;
mod operating_funds;
mod parts;
mod performance;
mod placeholders;
mod procurement;
mod reasons;
mod references;
mod residue;
mod shares;
mod sheet;
mod slips;
mod spending;
mod subjects;
mod tables;
mod targets;
mod told_changes;
mod told_once;
mod totals;
mod unfilled;
mod units;
mod wholes;
mod wording;
mod words;
mod year_words;
mod years;

use serde::Serialize;

use budgetdoc_core::budget::{Budget, Term, Total};
use budgetdoc_core::compose::Prose;
use budgetdoc_core::lang::{Bilingual, Lang};
use budgetdoc_core::money::Money;
use budgetdoc_document::Place;
use examiner::Examiner;

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

impl Severity {
    /// Its name in `lang`.
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

/// A rule.
///
/// ```
/// use budgetdoc_core::lang::Lang;
/// let rule = budgetdoc_check::rule("A4").unwrap();
/// assert_eq!((rule.title(Lang::Zh), rule.severity), ("收入总计等于支出总计", budgetdoc_check::Severity::Error));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable id, such as `A5`.
    pub id: &'static str,
    /// What its gravest finding weighs.
    pub severity: Severity,
    /// Its title in Chinese and English.
    pub title: (&'static str, &'static str),
    /// Why it holds and what it compares, in Chinese and English.
    pub explanation: (&'static str, &'static str),
    /// Lines of a spec that break it.
    pub wrong: &'static str,
    /// The same lines as they should be.
    pub right: &'static str,
    check: fn(&mut Examiner),
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
pub fn rules() -> Vec<&'static Rule> {
    let families = [
        totals::RULES,
        subjects::RULES,
        codes::RULES,
        parts::RULES,
        procurement::RULES,
        basic::RULES,
        operating_funds::RULES,
        tables::RULES,
        performance::RULES,
        units::RULES,
        years::RULES,
        figures::RULES,
        changes::RULES,
        shares::RULES,
        reasons::RULES,
        counts::RULES,
        targets::RULES,
        words::RULES,
        year_words::RULES,
        empty_tables::RULES,
        references::RULES,
        told_once::RULES,
        complete::RULES,
        residue::RULES,
        slips::RULES,
        dates::RULES,
        allow::RULES,
    ];
    let mut rules: Vec<&'static Rule> = families.into_iter().flatten().collect();
    let number = |rule: &Rule| rule.id[1..].parse::<u32>().unwrap_or(0);
    rules.sort_by_key(|rule| (rule.id.as_bytes()[0], number(rule)));
    rules
}

/// The rule of that id; none if there is none.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.id == id)
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about, by a name that stays the same from run to run: `text.vehicles`, `projects.training`. A
    /// [`Suppression`](budgetdoc_core::spec::Suppression) names it.
    pub about: String,
    /// What is wrong, with both figures.
    pub message: Bilingual,
    /// The figures compared; none for findings on texts.
    pub figures: Vec<Figure>,
    /// How far they are apart; none for findings on texts.
    pub difference: Option<Money>,
    /// Whether rounding explains it.
    pub rounding: bool,
    /// Where in the spec.
    pub place: Option<Place>,
    /// What to do.
    pub help: Bilingual,
    /// Why it is to stand, if the spec says so.
    pub suppressed: Option<String>,
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

    /// The first line of the spec that has part in it.
    fn place(&self) -> Option<Place> {
        self.terms.iter().find_map(|(_, place)| *place)
    }
}

/// How a comparison came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Both sides are the same to the last digit, or one is within the other where that was asked.
    Agrees,
    /// They differ by what rounding explains.
    Rounding,
    /// They differ.
    Differs,
}

/// Two figures that were compared, whatever came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The rule.
    pub rule: &'static str,
    /// What it is about, as in [`Finding::about`].
    pub about: String,
    /// One side.
    pub left: Figure,
    /// How they must stand to each other: `=`, `≥` or `≤`.
    pub relation: &'static str,
    /// The other side.
    pub right: Figure,
    /// How it came out.
    pub verdict: Verdict,
}

/// What came of applying every rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Examination {
    /// What does not agree, in the order of the rules; suppressed findings among them.
    pub findings: Vec<Finding>,
    /// Every pair of figures compared, in the order of the rules.
    pub comparisons: Vec<Comparison>,
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
    let mut findings = examine(budget, &Companions::default()).findings;
    findings.retain(|finding| finding.suppressed.is_none());
    findings
}

/// Applies every rule to a budget and returns everything that was compared and found.
pub fn examine(budget: &Budget, companions: &Companions) -> Examination {
    Examiner::new(budget, companions, &Prose::of(budget)).examine()
}
