//! The figures a name may mean, with their amounts.

use std::collections::HashMap;
use std::rc::Rc;

use super::shape::FactFilter;
use budgetdoc_core::budget::{Budget, Filter, ScheduleValue, Scope, Term, Total};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, ListAxis, Measure, YearOf};
use budgetdoc_core::spec::Precision;
use rust_decimal::Decimal;

/// A figure of the budget: its amounts this year and last year, and last year's outcome. `None` where unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownFigure {
    pub this: Option<Money>,
    pub last: Option<Money>,
    pub executed: Option<Money>,
    /// How far the sum of rounded amounts may be off; zero where the amounts of the spec are exact.
    pub slack: Money,
    /// Whether the spec has any row of it.
    pub is_known: bool,
}

/// Which year of a figure is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FigureYear {
    This,
    Last,
    Executed,
    /// A year or a budget without known amounts.
    #[default]
    Unknown,
}

impl KnownFigure {
    pub fn of(&self, basis: FigureYear) -> Option<Money> {
        match basis {
            FigureYear::This => self.this,
            FigureYear::Last => self.last,
            FigureYear::Executed => self.executed,
            FigureYear::Unknown => None,
        }
    }
}

/// The figures of a budget, each computed once.
pub(crate) struct KnownFigures<'a> {
    pub budget: &'a Budget,
    /// The profile's figures by their shapes.
    named: Vec<(FactFilter, &'a str, Measure)>,
    known: HashMap<FactFilter, Rc<[KnownFigure]>>,
    all: Option<Rc<[Money]>>,
    /// The projects by their ids.
    projects: HashMap<&'a str, usize>,
}

impl<'a> KnownFigures<'a> {
    pub fn new(budget: &'a Budget) -> Self {
        let named = budget.profile.figures.iter();
        let named = named.filter_map(|(name, measure)| {
            Some((FactFilter::of(measure, budget)?, name.value.as_str(), measure.clone()))
        });
        let projects =
            budget.spec.projects.iter().enumerate().rev().map(|(index, project)| (project.id.as_str(), index));
        KnownFigures { budget, named: named.collect(), known: HashMap::new(), all: None, projects: projects.collect() }
    }

    /// Returns the shape of a figure of the profile.
    pub fn shape(&self, name: &str) -> Option<&FactFilter> {
        self.named.iter().find(|(_, known, _)| *known == name).map(|(shape, ..)| shape)
    }

    /// Returns the shape and year of a figure that a template names:
    /// `income.last`, `projects.training`, `function_items.2010101`.
    pub fn reference(&self, name: &str) -> Option<(FactFilter, FigureYear)> {
        let (name, basis) = match name.rsplit_once('.') {
            Some((name, "last")) => (name, FigureYear::Last),
            Some((name, "executed")) => (name, FigureYear::Executed),
            Some((_, "change")) => return None,
            Some((name, "this")) => (name, FigureYear::This),
            _ => (name, FigureYear::This),
        };
        if let Some(shape) = self.shape(name) {
            return Some((shape.clone(), basis));
        }
        let (list, entry) = name.split_once('.')?;
        let shape = if list == "projects" {
            let project = Some(*self.projects.get(entry)?);
            FactFilter { project, account: Some(Account::Expenditure), ..FactFilter::default() }
        } else {
            let (list, code) = (self.budget.profile.lists.get(list)?, entry.parse().ok()?);
            let shape = FactFilter::of(&list.of, self.budget)?;
            match list.each {
                ListAxis::Function => FactFilter { subject: Some(code), ..shape },
                ListAxis::Economic => FactFilter { economic: Some(vec![code]), ..shape },
            }
        };
        Some((shape, basis))
    }

    /// Returns every amount and change that a text may state, the smallest first: of the figures of the profile, projects,
    /// subjects and schedules.
    pub fn amounts(&mut self) -> Rc<[Money]> {
        if self.all.is_none() {
            let expenditure = |shape: FactFilter| FactFilter { account: Some(Account::Expenditure), ..shape };
            let mut shapes: Vec<FactFilter> = self.named.iter().map(|(shape, ..)| shape.clone()).collect();
            let subjects = self.budget.subjects.keys();
            shapes
                .extend(subjects.map(|code| expenditure(FactFilter { subject: Some(*code), ..FactFilter::default() })));
            let projects = 0..self.budget.spec.projects.len();
            shapes.extend(
                projects.map(|project| expenditure(FactFilter { project: Some(project), ..FactFilter::default() })),
            );
            let figures = shapes.iter().flat_map(|shape| self.of(shape).to_vec()).collect::<Vec<_>>();
            let both = |this: Option<Money>, base: Option<Money>| Some(this? - base?);
            let amounts = figures.iter().flat_map(|KnownFigure { this, last, executed, .. }| {
                [*this, *last, *executed, both(*this, *last), both(*this, *executed)]
            });
            let schedules = self.budget.spec.schedules.iter();
            let entries = schedules.flat_map(|(id, _)| self.budget.schedule(&id.value)).flat_map(|entry| &entry.values);
            let listed = entries.filter_map(|(_, value)| match &value.value {
                ScheduleValue::Amount(term) => Some(term.amount),
                ScheduleValue::Words(_)
                | ScheduleValue::Number(_)
                | ScheduleValue::Subject(_)
                | ScheduleValue::Economic(_)
                | ScheduleValue::Unit(_)
                | ScheduleValue::Project(_) => None,
            });
            let amounts = amounts.flatten().chain(listed);
            let mut amounts: Vec<Money> = amounts.map(Money::abs).filter(|money| !money.is_zero()).collect();
            amounts.sort_unstable();
            amounts.dedup();
            self.all = Some(amounts.into());
        }
        self.all.clone().unwrap_or_default()
    }

    /// Returns the figures that a shape may mean, the likelier first.
    pub fn of(&mut self, shape: &FactFilter) -> Rc<[KnownFigure]> {
        if let Some(known) = self.known.get(shape) {
            return Rc::clone(known);
        }
        let mut list = Vec::new();
        self.add(shape, &mut list);
        // A figure without rows is zero only if no other reading of the name has rows.
        if list.iter().any(|figure| figure.is_known) {
            list.retain(|figure| figure.is_known);
        }
        let list: Rc<[KnownFigure]> = list.into();
        self.known.insert(shape.clone(), Rc::clone(&list));
        list
    }

    fn add(&self, shape: &FactFilter, list: &mut Vec<KnownFigure>) {
        let scope = Scope { unit: shape.unit, subject: shape.subject, project: shape.project, ..Scope::default() };
        let add = |measure: &Measure, list: &mut Vec<KnownFigure>| {
            let figure = self.figure(measure, &scope);
            if !list.contains(&figure) {
                list.push(figure);
            }
        };
        let narrow = shape.subject.is_some() || shape.project.is_some() || shape.kinds.is_some();
        let families = self.accounts_of(shape, narrow);
        for accounts in &families {
            add(&shape.measure(accounts, self.budget), list);
        }
        if shape.of_offices {
            // No office has none of it, whatever institutions spend.
            list.iter_mut().for_each(|figure| figure.is_known = true);
        }
        // A form's own figures may be of some funds or units only: the sentence need not say so.
        if !narrow || shape.kinds.is_some() {
            let same = |one: &Option<u128>, other: &Option<u128>| one.is_none() || one == other;
            for (named, _, measure) in &self.named {
                let is_of = families.iter().any(|accounts| named.account == accounts.first().copied());
                let fits = same(&shape.funds, &named.funds)
                    && !(shape.is_total && shape.funds != named.funds)
                    && shape.kinds == named.kinds
                    && shape.categories == named.categories
                    && (shape.subject, &shape.economic) == (named.subject, &named.economic);
                if is_of && fits && shape.project.is_none() {
                    add(measure, list);
                }
            }
        }
        for (_, axis) in self.budget.profile.lists.iter() {
            let of_axis = match axis.each {
                ListAxis::Function => shape.subject.is_some(),
                ListAxis::Economic => shape.economic.is_some(),
            };
            if of_axis && shape.funds.is_none() {
                let economic = shape.economic.clone().unwrap_or_default();
                add(&Measure { economic, ..axis.of.clone() }, list);
            }
        }
        if shape.funds.is_some()
            && matches!(families[..], [[account]] if !self.budget.profile.categories.of(*account).is_empty())
        {
            self.add(&FactFilter { funds: None, ..shape.clone() }, list);
        }
    }

    /// Returns the accounts a shape may be summed over.
    fn accounts_of(&self, shape: &FactFilter, narrow: bool) -> Vec<&'static [Account]> {
        use Account::*;
        const INCOME: [&[Account]; 4] =
            [&[Income], &[Income, BroughtForward], &[Income, Internal], &[Income, BroughtForward, Internal]];
        const EXPENDITURE: [&[Account]; 4] = [
            &[Expenditure],
            &[Expenditure, CarriedForward],
            &[Expenditure, Internal],
            &[Expenditure, CarriedForward, Internal],
        ];
        match shape.account {
            Some(Income) => INCOME.to_vec(),
            Some(Expenditure) if narrow || shape.unit.is_some() => {
                let mut list = vec![EXPENDITURE[0]];
                if shape.kinds == Some(1) && shape.subject.is_none() && shape.project.is_none() {
                    list.extend([&[Basic][..], &[Economic][..]]);
                }
                list
            }
            // Income equals expenditure, and last year's amount may be known for one of them only.
            Some(Expenditure) => EXPENDITURE.into_iter().chain(INCOME).collect(),
            None if narrow => vec![EXPENDITURE[0]],
            None => INCOME.into_iter().chain(EXPENDITURE).collect(),
            Some(BroughtForward) => vec![&[BroughtForward]],
            Some(CarriedForward) => vec![&[CarriedForward]],
            Some(Internal) => vec![&[Internal]],
            Some(Basic) => vec![&[Basic]],
            Some(Economic) => vec![&[Economic]],
            Some(Government) => vec![&[Government]],
            Some(ThreePublic) => vec![&[ThreePublic]],
            Some(Meetings) => vec![&[Meetings]],
            Some(Procurement) => vec![&[Procurement]],
            Some(Reserved) => vec![&[Reserved]],
        }
    }

    /// Returns a figure with its amounts from the cube.
    pub fn figure(&self, measure: &Measure, scope: &Scope) -> KnownFigure {
        let cube = &self.budget.cube;
        let filter = cube.filter(measure);
        // The amounts of a breakdown that the spec does not give are unknown.
        let is_given = cube.matching(&filter.whole_accounts(), &Scope::default()).next().is_some();
        let amount = |total: Total| (is_given && !total.is_unfilled()).then(|| total.or_zero());
        let this = cube.total_of(&filter.of_year(YearOf::This), scope);
        let own = || if *scope == Scope::default() { self.given_last(&filter) } else { None };
        KnownFigure {
            slack: self.slack(&this.terms),
            is_known: cube.matching(&filter, scope).next().is_some(),
            this: amount(this),
            last: cube.past(&filter, scope, YearOf::Last).or_else(own).and_then(amount),
            executed: cube.past(&filter, scope, YearOf::Executed).and_then(amount),
        }
    }

    /// Returns how far a sum may be off if each of its amounts was rounded to its last digit.
    fn slack(&self, terms: &[Term]) -> Money {
        let spec = &self.budget.spec;
        if spec.precision == Precision::Exact {
            return Money::ZERO;
        }
        let decimals = terms.iter().map(|term| term.amount.in_unit(spec.unit).scale()).max().unwrap_or(0);
        let half = Money::new(Decimal::new(5, decimals + 1), spec.unit);
        (0..terms.len().clamp(1, 10_000)).map(|_| half).sum()
    }

    /// Returns last year's amount that the spec gives for a figure of the profile.
    fn given_last(&self, filter: &Filter) -> Option<Total> {
        let same = |(_, name, measure): &&(FactFilter, &str, Measure)| {
            self.budget.spec.last_totals.get(name).is_some() && self.budget.cube.filter(measure) == *filter
        };
        self.budget.last_of(self.named.iter().find(same)?.1)
    }
}
