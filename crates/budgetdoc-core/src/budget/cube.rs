//! The facts of a budget, each figure once, and the sums over them.

use std::collections::BTreeSet;

use crate::money::Money;
use crate::profile::{Account, Fund, Measure, Named, YearOf};
use crate::source::Place;
use crate::subject::{Level, SubjectCode};

/// One row of the cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is of.
    pub account: Account,
    /// Index of the budget unit in the spec.
    pub unit: usize,
    /// Index of the fund in the profile.
    pub fund: usize,
    /// Functional item, for expenditure.
    pub item: Option<SubjectCode>,
    /// Index of the kind in the profile, for expenditure.
    pub kind: Option<usize>,
    /// Category, for the breakdowns.
    pub category: Option<String>,
    /// Index of the project in the spec.
    pub project: Option<usize>,
    /// This year's amount.
    pub this: Term,
    /// Last year's; none where it is not known.
    pub last: Option<Term>,
}

/// An amount and where it stands in the spec.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The amount; nothing while it is unfilled.
    pub amount: Money,
    /// Whether the spec leaves it open.
    pub unfilled: bool,
    /// Its place.
    pub place: Option<Place>,
}

/// A published subtotal that takes the place of a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// Class or division.
    pub subject: SubjectCode,
    /// Index of the kind of expenditure.
    pub kind: usize,
    /// The amount as published.
    pub term: Term,
}

/// A sum and how it was reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// The sum; none where the year asked for is not known of any fact.
    pub amount: Option<Money>,
    /// What was added, with the sign it was added with.
    pub terms: Vec<Term>,
}

impl Total {
    /// The sum, nothing where it is not known.
    pub fn or_zero(&self) -> Money {
        self.amount.unwrap_or_default()
    }

    /// Whether one of its terms is left open, so that nobody knows the sum yet.
    pub fn is_unfilled(&self) -> bool {
        self.terms.iter().any(|term| term.unfilled)
    }

    pub(crate) fn add(&mut self, other: Total) {
        if let Some(amount) = other.amount {
            self.amount = Some(self.or_zero() + amount);
        }
        self.terms.extend(other.terms);
    }
}

/// Which facts a sum takes besides what its measure says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scope {
    /// One unit only.
    pub unit: Option<usize>,
    /// One subject and what stands below it.
    pub subject: Option<SubjectCode>,
    /// One project.
    pub project: Option<usize>,
}

/// The facts and what is needed to read the names in measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cube {
    /// The facts, in the order of the spec.
    pub facts: Vec<Fact>,
    /// Published subtotals.
    pub stated: Vec<Stated>,
    /// The profile's funds.
    pub(super) funds: Vec<Fund>,
    /// The profile's kinds of expenditure.
    pub(super) kinds: Vec<Named>,
}

impl Cube {
    /// The sum of `measure` within `scope`.
    ///
    /// A sum over a class or division takes a published subtotal where there is one and nothing of the subject is left
    /// out; every other sum is that of the facts.
    pub fn total(&self, measure: &Measure, scope: Scope) -> Total {
        if measure.year == Some(YearOf::Change) {
            let of = |year| self.total(&Measure { year: Some(year), ..measure.clone() }, scope);
            let (this, last) = (of(YearOf::This), of(YearOf::Last));
            let amount = last.amount.map(|last| this.or_zero() - last);
            let mut terms = this.terms;
            terms.extend(last.terms.iter().map(|term| Term { amount: -term.amount, ..*term }));
            return Total { amount, terms };
        }
        match scope.subject {
            Some(subject) if subject.level() != Level::Item && measure.year != Some(YearOf::Last) => {
                let mut total = Total::default();
                for (index, kind) in self.kinds.iter().enumerate() {
                    if measure.kinds.is_empty() || measure.kinds.contains(&kind.id) {
                        let measure = Measure { kinds: vec![kind.id.clone()], ..measure.clone() };
                        total.add(self.subject_total(&measure, scope, subject, index));
                    }
                }
                total.amount = Some(total.or_zero());
                total
            }
            _ => self.sum(self.select(measure, scope), measure.year),
        }
    }

    /// The sum for one kind below a class or division: as published, or of the subjects next below.
    fn subject_total(&self, measure: &Measure, scope: Scope, subject: SubjectCode, kind: usize) -> Total {
        let stated = self.stated.iter().find(|stated| stated.subject == subject && stated.kind == kind);
        if let Some(stated) = stated {
            let everything =
                Measure { accounts: measure.accounts.clone(), kinds: measure.kinds.clone(), ..Measure::default() };
            let all = self.select(&everything, Scope { subject: Some(subject), ..Scope::default() }).count();
            if self.select(measure, scope).count() == all {
                return Total { amount: Some(stated.term.amount), terms: vec![stated.term] };
            }
        }
        if subject.level() == Level::Item {
            return self.sum(self.select(measure, scope), measure.year);
        }
        let mut total = Total::default();
        for below in self.below(measure, scope, subject) {
            total.add(self.subject_total(measure, Scope { subject: Some(below), ..scope }, below, kind));
        }
        total
    }

    /// The subjects next below `subject` that have facts in `measure` and `scope`.
    pub fn below(&self, measure: &Measure, scope: Scope, subject: SubjectCode) -> BTreeSet<SubjectCode> {
        let level = match subject.level() {
            Level::Class => Level::Division,
            Level::Division | Level::Item => Level::Item,
        };
        let scope = Scope { subject: Some(subject), ..scope };
        self.select(measure, scope).filter_map(|fact| fact.item).map(|item| item.ancestor(level)).collect()
    }

    /// The classes, divisions and items with facts in `measure` and `scope`, as they are printed: each before what
    /// stands below it.
    pub fn subjects(&self, measure: &Measure, scope: Scope) -> BTreeSet<SubjectCode> {
        self.select(measure, scope)
            .filter_map(|fact| fact.item)
            .flat_map(|item| Level::ALL.map(|level| item.ancestor(level)))
            .collect()
    }

    /// The facts `measure` and `scope` allow.
    pub fn select<'a>(&'a self, measure: &'a Measure, scope: Scope) -> impl Iterator<Item = &'a Fact> {
        fn allows(list: &[String], name: Option<&str>) -> bool {
            list.is_empty() || name.is_some_and(|name| list.iter().any(|allowed| allowed == name))
        }
        self.facts.iter().filter(move |fact| {
            let fund = &self.funds[fact.fund];
            measure.accounts.contains(&fact.account)
                && (measure.funds.is_empty()
                    || measure.funds.iter().any(|name| *name == fund.id || *name == fund.group))
                && allows(&measure.kinds, fact.kind.map(|kind| self.kinds[kind].id.as_str()))
                && allows(&measure.categories, fact.category.as_deref())
                && scope.unit.is_none_or(|unit| fact.unit == unit)
                && scope.subject.is_none_or(|subject| fact.item.is_some_and(|item| item.is_within(subject)))
                && scope.project.is_none_or(|project| fact.project == Some(project))
        })
    }

    fn sum<'a>(&self, facts: impl Iterator<Item = &'a Fact>, year: Option<YearOf>) -> Total {
        if year == Some(YearOf::Last) {
            let terms: Vec<Term> = facts.filter_map(|fact| fact.last).collect();
            let amount = (!terms.is_empty()).then(|| terms.iter().map(|term| term.amount).sum());
            Total { amount, terms }
        } else {
            let terms: Vec<Term> = facts.map(|fact| fact.this).collect();
            Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms }
        }
    }
}
