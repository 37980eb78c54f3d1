//! What templates may speak of: names, counts, figures, projects, and lists of subjects.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::{Value, context};

use super::figure::{Figure, Style, Sum};
use crate::budget::{Budget, Filter, Scope, Term, Total};
use crate::money::{Amount, Money};
use crate::profile::{ListAxis, ListDef, YearOf};
use crate::subject::{Level, SubjectCode};

/// Everything templates may speak of but the texts.
pub(super) fn of(budget: &Budget) -> Value {
    let (spec, profile) = (&budget.spec, &budget.profile);
    let style = Arc::new(Style {
        amounts: profile.text_amounts.clone(),
        words: profile.words.clone(),
        last_year: spec.year.saturating_sub(1),
    });
    let mut facts: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, words) in profile.constants.iter() {
        facts.insert(name, Value::from(words.as_str()));
    }
    for (name, measure) in profile.figures.iter() {
        let mut figure = figure(budget, &budget.cube.filter(measure), Scope::default(), BTreeMap::new(), &style);
        figure.last = budget.last_of(name).as_ref().map(sum);
        facts.insert(name, Value::from_object(figure));
    }
    for (name, list) in profile.lists.iter() {
        facts.insert(name, Value::from(subjects(budget, list, &style)));
    }
    let counts: BTreeMap<&str, u64> = spec.counts.iter().map(|(key, count)| (key.as_str(), count.value)).collect();
    let department = &spec.department;
    let supervisor = department.supervisor.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
    let units: Vec<Value> = department.units.iter().map(|unit| Value::from(unit.name.as_str())).collect();
    context! {
        year => spec.year.value,
        last_year => spec.year.saturating_sub(1),
        unit => profile.table_amounts.unit.name(),
        unit_name => budget.publisher(),
        department => context! { name => department.name.value.as_str(), supervisor },
        projects => projects(budget, &style),
        projects_total => Value::from_object(projects_total(budget, &style)),
        units,
        counts,
        ..Value::from(facts)
    }
}

fn figure(
    budget: &Budget,
    filter: &Filter,
    scope: Scope,
    fields: BTreeMap<&'static str, String>,
    style: &Arc<Style>,
) -> Figure {
    let cube = &budget.cube;
    Figure {
        this: sum(&cube.total_of(&filter.of_year(YearOf::This), &scope)),
        last: cube.past(filter, &scope, YearOf::Last).as_ref().map(sum),
        executed: cube.past(filter, &scope, YearOf::Executed).as_ref().map(sum),
        fields,
        style: style.clone(),
    }
}

/// A sum, unless an amount it is made of is unfilled.
fn sum(total: &Total) -> Sum {
    (!total.is_unfilled()).then(|| total.or_zero())
}

/// What all projects spend, without project expenditure that belongs to none of them.
fn projects_total(budget: &Budget, style: &Arc<Style>) -> Figure {
    let facts = || budget.cube.facts.iter().filter(|fact| fact.project.is_some());
    let known = |term: Term| (!term.unfilled).then_some(term.amount);
    let last: Option<Vec<Sum>> = facts().map(|fact| fact.last.map(known)).collect();
    Figure {
        this: facts().map(|fact| known(fact.this)).sum(),
        last: last.map(|last| last.into_iter().sum()),
        executed: None,
        fields: BTreeMap::new(),
        style: style.clone(),
    }
}

fn projects(budget: &Budget, style: &Arc<Style>) -> Vec<Value> {
    let spec = &budget.spec;
    let projects = spec.projects.iter().map(|project| {
        let money = |amount: &Amount| amount.number().map(|number| Money::new(number, spec.unit));
        let text = |text: &str| text.trim().to_owned();
        let fields = BTreeMap::from([
            ("id", text(&project.id)),
            ("name", text(&project.name)),
            ("purpose", text(&project.purpose)),
            ("reason", text(&project.reason)),
            ("goal", text(&project.goal)),
        ]);
        Value::from_object(Figure {
            this: money(&project.amount),
            last: project.last.as_ref().map(|last| money(last)),
            executed: project.executed.as_ref().map(|executed| money(executed)),
            fields,
            style: style.clone(),
        })
    });
    projects.collect()
}

/// The subjects of a list, each with its figure, its names, and what the spec says of it.
fn subjects(budget: &Budget, list: &ListDef, style: &Arc<Style>) -> Vec<Value> {
    let filter = budget.cube.filter(&list.of);
    let whole = Scope::default();
    let (codes, names) = match list.each {
        ListAxis::Function => (budget.cube.subjects_of(&filter, &whole), &budget.subjects),
        ListAxis::Economic => (budget.cube.economic_of(&filter, &whole), &budget.economic),
    };
    let name = |code: SubjectCode| names.get(&code).cloned().unwrap_or_default();
    let subject = |code: SubjectCode| {
        let said = budget.spec.explanations.iter().find(|row| row.subject.value == code);
        let said = said.filter(|_| list.each == ListAxis::Function);
        let level = match code.level() {
            Level::Class => "class",
            Level::Division => "division",
            Level::Item => "item",
        };
        let fields = BTreeMap::from([
            ("code", code.to_string()),
            ("level", level.to_owned()),
            ("name", name(code)),
            ("class_code", code.ancestor(Level::Class).to_string()),
            ("class", name(code.ancestor(Level::Class))),
            ("division", name(code.ancestor(Level::Division))),
            ("purpose", said.map(|row| row.purpose.trim().to_owned()).unwrap_or_default()),
            ("reason", said.map(|row| row.reason.trim().to_owned()).unwrap_or_default()),
        ]);
        let scope = match list.each {
            ListAxis::Function => Scope { subject: Some(code), ..whole },
            ListAxis::Economic => Scope { economic: Some(code), ..whole },
        };
        Value::from_object(figure(budget, &filter, scope, fields, style))
    };
    codes.into_iter().map(subject).collect()
}
