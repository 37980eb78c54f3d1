//! The facts of a budget, each figure once, and the sums over them.

use std::collections::BTreeSet;

use super::filter::Filter;
use super::index::Index;
use crate::money::Money;
use crate::profile::{Account, Category, Fund, Kind, Measure, Profile, YearOf};
use crate::spec::Nature;
use crate::subject::{Level, SubjectCode};
use budgetdoc_document::Place;

/// One row of the cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The account it belongs to.
    pub account: Account,
    /// Index of the budget unit in the spec; of a transfer between units the receiver.
    pub unit: usize,
    /// Nature of that unit.
    pub nature: Nature,
    /// Index of the fund in the profile.
    pub fund: usize,
    /// Functional item, for expenditure.
    pub item: Option<SubjectCode>,
    /// Economic division, of the government's classification in its account.
    pub economic: Option<SubjectCode>,
    /// Index of the kind in the profile, for expenditure.
    pub kind: Option<usize>,
    /// Category, for the breakdowns: its index among [`Cube::categories`].
    pub category: Option<usize>,
    /// Index of the project in the spec.
    pub project: Option<usize>,
    /// Index of the row in the spec's `procurement_items`.
    pub entry: Option<usize>,
    /// This year's amount; negative for transfers between units.
    pub this: Term,
    /// Last year's amount; none if unknown.
    pub last: Option<Term>,
    /// Last year's outcome; none if unknown.
    pub executed: Option<Term>,
}

/// An amount and its place in the spec.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The amount; zero while it is unfilled.
    pub amount: Money,
    /// Whether the spec leaves it unfilled.
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

/// A sum and its terms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// The sum; none if no fact has an amount of the year.
    pub amount: Option<Money>,
    /// The terms, with their signs.
    pub terms: Vec<Term>,
}

impl Total {
    /// Returns the sum, or zero if unknown.
    pub fn or_zero(&self) -> Money {
        self.amount.unwrap_or_default()
    }

    /// Returns whether one of its terms is unfilled.
    pub fn is_unfilled(&self) -> bool {
        self.terms.iter().any(|term| term.unfilled)
    }

    /// Adds another sum to this one.
    pub fn add(&mut self, other: Total) {
        if let Some(amount) = other.amount {
            self.amount = Some(self.or_zero() + amount);
        }
        self.terms.extend(other.terms);
    }
}

/// Restricts the facts of a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scope {
    /// One unit only.
    pub unit: Option<usize>,
    /// One functional subject and those below it.
    pub subject: Option<SubjectCode>,
    /// One economic subject and those below it.
    pub economic: Option<SubjectCode>,
    /// One project.
    pub project: Option<usize>,
    /// Rows of the spec's `procurement_items`, from the first to before the second.
    pub entries: Option<(usize, usize)>,
}

/// The facts, with an index and the names used in measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cube {
    /// The facts. Only their amounts may be changed: the index is made from everything else.
    pub facts: Vec<Fact>,
    /// Sums of other facts that the spec also gives, such as procurement by kind next to its lines; not counted in
    /// totals.
    pub given_sums: Vec<Fact>,
    /// Published subtotals.
    pub stated: Vec<Stated>,
    /// The categories of all breakdowns.
    pub categories: Vec<Category>,
    funds: Vec<Fund>,
    kinds: Vec<Kind>,
    index: Index,
}

impl Cube {
    pub(super) fn new(facts: Vec<Fact>, given_sums: Vec<Fact>, stated: Vec<Stated>, profile: &Profile) -> Cube {
        let index = Index::of(&facts);
        let categories = profile.categories.all().cloned().collect();
        Cube {
            facts,
            given_sums,
            stated,
            categories,
            funds: profile.funds.value.clone(),
            kinds: profile.kinds.value.clone(),
            index,
        }
    }

    /// Looks up the names of `measure`, to use it more than once.
    pub fn filter(&self, measure: &Measure) -> Filter {
        Filter::new(measure, &self.funds, &self.kinds, &self.categories)
    }

    /// Returns the sum of `measure` within `scope`.
    ///
    /// The sum of a class or division is its published subtotal, if there is one and no part of the subject is left out;
    /// every other sum is that of the facts.
    pub fn total(&self, measure: &Measure, scope: Scope) -> Total {
        self.total_of(&self.filter(measure), &scope)
    }

    /// Returns the sum of `filter` within `scope`, as [`Cube::total`] of a measure.
    pub fn total_of(&self, filter: &Filter, scope: &Scope) -> Total {
        let base = match filter.year {
            Some(YearOf::Change) => YearOf::Last,
            Some(YearOf::ChangeFromExecuted) => YearOf::Executed,
            None | Some(YearOf::This | YearOf::Last | YearOf::Executed) => return self.total_of_year(filter, scope),
        };
        let (this, base) = (
            self.total_of_year(&filter.of_year(YearOf::This), scope),
            self.total_of_year(&filter.of_year(base), scope),
        );
        let amount = base.amount.map(|base| this.or_zero() - base);
        let mut terms = this.terms;
        terms.extend(base.terms.iter().map(|term| Term { amount: -term.amount, ..*term }));
        Total { amount, terms }
    }

    /// Returns the sum of a past year, where it is known of all facts: a sum that misses some would make a difference
    /// an increase.
    ///
    /// A missing row is zero this year, and was zero if all other rows of its accounts have an amount of that year.
    pub fn past(&self, filter: &Filter, scope: &Scope, year: YearOf) -> Option<Total> {
        let known = |fact: &Fact| match year {
            YearOf::This => true,
            YearOf::Last | YearOf::Change => fact.last.is_some(),
            YearOf::Executed | YearOf::ChangeFromExecuted => fact.executed.is_some(),
        };
        let mut facts = self.matching(filter, scope).peekable();
        if facts.peek().is_none() {
            let (list, whole) = (filter.whole_accounts(), Scope::default());
            let mut known_facts = self.matching(&list, &whole).map(known).peekable();
            return (known_facts.peek().is_some() && known_facts.all(|is_known| is_known))
                .then(|| Total { amount: Some(Money::ZERO), terms: Vec::new() });
        }
        facts.all(known).then(|| self.total_of(&filter.of_year(year), scope))
    }

    /// Returns whether the sum of `filter` within `scope` has a term that is not zero, or is not known yet.
    pub(super) fn has_money(&self, filter: &Filter, scope: &Scope) -> bool {
        let is_money = |term: &Term| term.unfilled || !term.amount.is_zero();
        if !self.stated.is_empty() {
            return self.total_of(filter, scope).terms.iter().any(is_money);
        }
        let (this, last, executed) = match filter.year() {
            YearOf::This => (true, false, false),
            YearOf::Last => (false, true, false),
            YearOf::Executed => (false, false, true),
            YearOf::Change => (true, true, false),
            YearOf::ChangeFromExecuted => (true, false, true),
        };
        self.matching(filter, scope).any(|fact| {
            (this && is_money(&fact.this))
                || (last && fact.last.as_ref().is_some_and(is_money))
                || (executed && fact.executed.as_ref().is_some_and(is_money))
        })
    }

    fn total_of_year(&self, filter: &Filter, scope: &Scope) -> Total {
        let this_year = match filter.year {
            None | Some(YearOf::This | YearOf::Change | YearOf::ChangeFromExecuted) => true,
            Some(YearOf::Last | YearOf::Executed) => false,
        };
        match scope.subject {
            // Only expenditure has stated subtotals, by whatever it is divided.
            Some(subject)
                if subject.level() != Level::Item
                    && this_year
                    && !self.stated.is_empty()
                    && [Account::Expenditure, Account::Economic, Account::Government]
                        .iter()
                        .any(|account| filter.allows_account(*account)) =>
            {
                // Facts without a kind, such as balances carried forward, have no stated subtotal.
                let kindless = self.matching(filter, scope).filter(|fact| fact.kind.is_none());
                let terms: Vec<Term> = kindless.map(|fact| fact.this).collect();
                let mut total = Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms };
                for kind in (0..self.kinds.len()).filter(|kind| filter.allows_kind(*kind)) {
                    total.add(self.subject_total(&filter.of_kind(kind), scope, subject, kind));
                }
                total
            }
            Some(_) | None => self.sum(filter, scope),
        }
    }

    /// Returns the sum of one kind of a class or division: as published, or of the subjects one level below.
    fn subject_total(&self, filter: &Filter, scope: &Scope, subject: SubjectCode, kind: usize) -> Total {
        let stated = self.stated.iter().find(|stated| stated.subject == subject && stated.kind == kind);
        if let Some(stated) = stated {
            let all = self.matching(&filter.widened(), &Scope { subject: Some(subject), ..Scope::default() }).count();
            if self.matching(filter, scope).count() == all {
                return Total { amount: Some(stated.term.amount), terms: vec![stated.term] };
            }
        }
        if subject.level() == Level::Item {
            return self.sum(filter, scope);
        }
        let mut total = Total::default();
        for below in self.subjects_below(filter, scope, subject) {
            let scope = Scope { subject: Some(below), ..*scope };
            total.add(self.subject_total(filter, &scope, below, kind));
        }
        total
    }

    /// Returns the subjects one level below `subject` that have facts in `measure` and `scope`.
    pub fn below(&self, measure: &Measure, scope: Scope, subject: SubjectCode) -> BTreeSet<SubjectCode> {
        self.subjects_below(&self.filter(measure), &scope, subject)
    }

    fn subjects_below(&self, filter: &Filter, scope: &Scope, subject: SubjectCode) -> BTreeSet<SubjectCode> {
        let level = match subject.level() {
            Level::Class => Level::Division,
            Level::Division | Level::Item => Level::Item,
        };
        let scope = Scope { subject: Some(subject), ..*scope };
        self.matching(filter, &scope).filter_map(|fact| fact.item).map(|item| item.ancestor(level)).collect()
    }

    /// Returns the classes, divisions and items with facts in `measure` and `scope`, each before those below it.
    pub fn subjects(&self, measure: &Measure, scope: Scope) -> BTreeSet<SubjectCode> {
        self.subjects_of(&self.filter(measure), &scope)
    }

    /// Returns the subjects of `filter` within `scope`, as [`Cube::subjects`] of a measure.
    pub fn subjects_of(&self, filter: &Filter, scope: &Scope) -> BTreeSet<SubjectCode> {
        let items: BTreeSet<SubjectCode> = self.matching(filter, scope).filter_map(|fact| fact.item).collect();
        items.into_iter().flat_map(|item| Level::ALL.map(|level| item.ancestor(level))).collect()
    }

    /// Returns the economic classes and divisions with facts in `filter` and `scope`.
    pub fn economic_of(&self, filter: &Filter, scope: &Scope) -> BTreeSet<SubjectCode> {
        let divisions: BTreeSet<SubjectCode> = self.matching(filter, scope).filter_map(|fact| fact.economic).collect();
        divisions.into_iter().flat_map(|code| [code.ancestor(Level::Class), code]).collect()
    }

    /// Returns the funds that have a fact, by their index in the profile.
    pub fn funds_used(&self) -> BTreeSet<usize> {
        self.facts.iter().map(|fact| fact.fund).collect()
    }

    /// Returns the facts of `measure` within `scope`.
    pub fn select(&self, measure: &Measure, scope: Scope) -> impl Iterator<Item = &Fact> {
        let filter = self.filter(measure);
        let lists = self.index.lists(&self.facts, &filter, &scope);
        let facts = lists.into_iter().flatten().map(|index| &self.facts[*index as usize]);
        facts.filter(move |fact| filter.allows(fact) && scope.allows(fact))
    }

    /// Returns the facts of `filter` within `scope`.
    pub fn matching<'a>(&'a self, filter: &'a Filter, scope: &'a Scope) -> impl Iterator<Item = &'a Fact> {
        let lists = self.index.lists(&self.facts, filter, scope);
        let facts = lists.into_iter().flatten().map(|index| &self.facts[*index as usize]);
        // The lists are those of the accounts.
        let are_all = *scope == Scope::default() && filter.is_of_whole_accounts();
        facts.filter(move |fact| are_all || filter.allows(fact) && scope.allows(fact))
    }

    fn sum(&self, filter: &Filter, scope: &Scope) -> Total {
        let facts = self.matching(filter, scope);
        let known = |terms: Vec<Term>| Total {
            amount: (!terms.is_empty()).then(|| terms.iter().map(|term| term.amount).sum()),
            terms,
        };
        match filter.year {
            Some(YearOf::Last) => known(facts.filter_map(|fact| fact.last).collect()),
            Some(YearOf::Executed) => known(facts.filter_map(|fact| fact.executed).collect()),
            None | Some(YearOf::This | YearOf::Change | YearOf::ChangeFromExecuted) => {
                let terms: Vec<Term> = facts.map(|fact| fact.this).collect();
                Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms }
            }
        }
    }
}

impl Scope {
    fn allows(&self, fact: &Fact) -> bool {
        // Transfers between units belong to no single unit.
        self.unit.is_none_or(|unit| fact.unit == unit && fact.account != Account::Internal)
            && self.subject.is_none_or(|subject| fact.item.is_some_and(|item| item.is_within(subject)))
            && self.economic.is_none_or(|subject| fact.economic.is_some_and(|code| code.is_within(subject)))
            && self.project.is_none_or(|project| fact.project == Some(project))
            && self.entries.is_none_or(|(first, end)| fact.entry.is_some_and(|entry| (first..end).contains(&entry)))
    }
}
