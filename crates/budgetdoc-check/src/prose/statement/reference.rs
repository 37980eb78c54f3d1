//! The names of the figures of a budget in templates.

use std::collections::{BTreeSet, HashMap};

use super::bind::Topic;
use super::figure::{KnownFigure, KnownFigures};
use super::shape::FactFilter;
use budgetdoc_core::budget::Scope;
use budgetdoc_core::compose::Prose;
use budgetdoc_core::profile::{Account, ListAxis, YearOf};

/// A figure that a template can name.
#[derive(Debug)]
pub(crate) struct Reference {
    /// As a template writes it: `income`, `projects.training`, `spending["2010101"]`.
    pub written: String,
    /// The figure or list of the profile.
    name: String,
    shape: FactFilter,
    figure: KnownFigure,
}

/// Why there is no reference for a figure.
#[derive(Debug)]
pub(crate) enum NoReference {
    /// No template can name it.
    Unnamed,
    /// Several named figures have the same amounts.
    Several,
}

/// Every figure that a template can name.
pub(crate) struct References {
    list: Vec<Reference>,
    /// Their indices by what they are of.
    by_place: HashMap<FactFilter, Vec<usize>>,
}

impl References {
    pub fn of(figures: &KnownFigures) -> Self {
        let (budget, profile) = (figures.budget, &figures.budget.profile);
        let mut list = Vec::new();
        for (name, measure) in profile.figures.iter() {
            // A figure of another year has no years of its own.
            if measure.year.is_none_or(|year| year == YearOf::This)
                && let Some(shape) = FactFilter::of(measure, budget)
            {
                let shape = FactFilter { of_offices: !measure.natures.is_empty(), ..shape };
                let (written, figure) = (name.value.clone(), figures.figure(measure, &Scope::default()));
                list.push(Reference { name: written.clone(), written, shape, figure });
            }
        }
        for (name, def) in profile.lists.iter() {
            let filter = budget.cube.filter(&def.of);
            let codes = match def.each {
                ListAxis::Function => budget.cube.subjects_of(&filter, &Scope::default()),
                ListAxis::Economic => budget.cube.economic_of(&filter, &Scope::default()),
            };
            for code in codes {
                let Some((shape, _)) = figures.reference(&format!("{}.{code}", name.value)) else { continue };
                let scope = match def.each {
                    ListAxis::Function => Scope { subject: Some(code), ..Scope::default() },
                    ListAxis::Economic => Scope { economic: Some(code), ..Scope::default() },
                };
                let figure = figures.figure(&def.of, &scope);
                let written = format!("{}[\"{code}\"]", name.value);
                list.push(Reference { name: name.value.clone(), written, shape, figure });
            }
        }
        for project in &budget.spec.projects {
            let id = project.id.trim();
            let Some((shape, _)) = figures.reference(&format!("projects.{id}")) else { continue };
            let scope = Scope { project: shape.project, ..Scope::default() };
            let figure = figures.figure(&shape.measure(&[Account::Expenditure], budget), &scope);
            let written = of_project(id);
            list.push(Reference { name: "projects".to_owned(), written, shape, figure });
        }
        let mut by_place: HashMap<FactFilter, Vec<usize>> = HashMap::new();
        for (index, reference) in list.iter().enumerate() {
            by_place.entry(place(&reference.shape)).or_default().push(index);
        }
        References { list, by_place }
    }

    /// Returns the reference to a topic: one with the same meaning before one with the same amounts in this budget, and one
    /// that the profile's own sentences use in the place of the text, `about`, before others.
    pub fn find(&self, topic: &Topic, about: &str, prose: &Prose) -> Result<&str, NoReference> {
        let key = about.strip_prefix("text.").unwrap_or_default();
        let same = |figure: &KnownFigure, other: &KnownFigure| {
            (figure.this, figure.last, figure.executed) == (other.this, other.last, other.executed)
        };
        let rank = |reference: &Reference| {
            topic.figures.iter().find(|figure| same(figure, &reference.figure))?;
            let shapes = topic.shapes.iter().enumerate();
            let near = shapes.filter_map(|(index, shape)| Some((distance(shape, &reference.shape)?, index))).min()?;
            Some((near, !prose.form_uses(key, &reference.name)))
        };
        let near: BTreeSet<usize> =
            topic.shapes.iter().filter_map(|shape| self.by_place.get(&place(shape))).flatten().copied().collect();
        let near = near.into_iter().map(|index| &self.list[index]);
        let ranked: Vec<_> = near.filter_map(|one| Some((rank(one)?, &one.written))).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min().ok_or(NoReference::Unnamed)?;
        let names: BTreeSet<&str> =
            ranked.iter().filter(|(rank, _)| *rank == best).map(|(_, written)| written.as_str()).collect();
        match names.len() {
            1 => names.into_iter().next().ok_or(NoReference::Unnamed),
            _ => Err(NoReference::Several),
        }
    }
}

/// Returns what a figure is of, whatever its account and funds.
fn place(shape: &FactFilter) -> FactFilter {
    // All of the categories is basic expenditure.
    let kinds = shape.kinds.filter(|_| shape.account != Some(Account::Basic));
    FactFilter { account: None, funds: None, kinds, is_total: false, ..shape.clone() }
}

/// Returns how far a figure is from the meaning of words: 0 for the same facts, more where another account has the same
/// money or one of both is of some funds only; `None` for another topic.
fn distance(words: &FactFilter, figure: &FactFilter) -> Option<u8> {
    use Account::*;
    if place(words) != place(figure) {
        return None;
    }
    // Income equals expenditure, and basic expenditure is broken down in two ways.
    let account = match (words.account, figure.account) {
        (one, other) if one == other => 0,
        (None, _) | (Some(Income | Expenditure), Some(Income | Expenditure)) => 1,
        (Some(Expenditure), Some(Basic | Economic)) if words.kinds == figure.kinds => 1,
        _ => return None,
    };
    match (words.funds, figure.funds) {
        (one, other) if one == other => Some(account),
        (None, Some(_)) => Some(account + 2),
        // Breakdowns are mostly of the funds they are published for, and their figures need not say so.
        (Some(_), None) if matches!(figure.account, Some(ThreePublic | Meetings | Procurement | Reserved)) => {
            Some(account + 2)
        }
        _ => None,
    }
}

/// Returns a project as a template names it: `projects.training`, `projects["1"]`.
pub(crate) fn of_project(id: &str) -> String {
    let is_word = |id: &str| id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let is_plain = is_word(id) && !id.starts_with(|first: char| first.is_ascii_digit());
    if is_plain { format!("projects.{id}") } else { format!("projects[\"{id}\"]") }
}
