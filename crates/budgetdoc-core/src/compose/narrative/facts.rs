//! The variables of templates: names, counts, figures, projects, and lists of subjects.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::{Value, context};

use super::figure::{Field, Style, Sum, TemplateFigure, TemplateList};
use super::trace::{Meaning, Trace};
use crate::budget::{Budget, Filter, Scope, Term, Total};
use crate::money::{Amount, Money};
use crate::profile::{ListAxis, ListDef, YearOf};
use crate::source::Located;
use crate::subject::{Level, SubjectCode};

/// Returns the variables of templates, except the texts.
pub(super) fn of(budget: &Budget, trace: &Trace) -> Value {
    let (spec, profile) = (&budget.spec, &budget.profile);
    let style = Arc::new(Style {
        amounts: profile.text_amounts.clone(),
        words: profile.words.clone(),
        last_year: spec.year.saturating_sub(1),
        trace: trace.clone(),
    });
    let mut facts: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, words) in profile.constants.iter() {
        let words = spec.text.get(name).map_or(words.as_str(), |own| own.trim());
        facts.insert(name, Value::from(words));
    }
    for (name, measure) in profile.figures.iter() {
        let filter = budget.cube.filter(measure);
        let mut figure = figure(budget, name.as_str().into(), &filter, Scope::default(), BTreeMap::new(), &style);
        figure.last = budget.last_of(name).as_ref().map(sum);
        facts.insert(name, Value::from_object(figure));
    }
    for (name, list) in profile.lists.iter() {
        facts.insert(name, Value::from_object(subjects(budget, name, list, &style)));
    }
    let missing = profile.counts.iter().map(|(key, ask)| (key.as_str(), profile.words.unfilled(ask).into()));
    let given = spec.counts.iter().map(|(key, count)| (key.as_str(), count.value.into()));
    let counts: BTreeMap<&str, Value> = missing.chain(given).collect();
    let department = &spec.department;
    let supervisor = department.supervisor.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
    let units: Vec<Value> = department.units.iter().map(|unit| Value::from(unit.name.as_str())).collect();
    context! {
        year => spec.year.value,
        last_year => spec.year.saturating_sub(1),
        date => spec.date.map(|day| day.in_words()).unwrap_or_default(),
        unit => profile.table_amounts.unit.name(),
        unit_name => budget.publisher(),
        department => context! { name => department.name.value.as_str(), supervisor },
        projects => Value::from_object(projects(budget, &style)),
        projects_total => Value::from_object(projects_total(budget, &style)),
        units,
        counts,
        ..Value::from(facts)
    }
}

fn figure(
    budget: &Budget,
    name: Arc<str>,
    filter: &Filter,
    scope: Scope,
    fields: BTreeMap<&'static str, Field>,
    style: &Arc<Style>,
) -> TemplateFigure {
    let past = |year| budget.cube.past(filter, &scope, year).as_ref().map(sum);
    let this = budget.cube.total_of(filter, &scope);
    let (this, last, executed) = match filter.year() {
        YearOf::This => (sum(&this), past(YearOf::Last), past(YearOf::Executed)),
        // A figure of another year is not compared. One that some of its rows do not have stays a gap: the sum of the
        // others would be another figure.
        year => (past(year).and(sum(&this)), None, None),
    };
    TemplateFigure { name, this, last, executed, fields, style: style.clone() }
}

/// Returns a sum; none if one of its terms is unfilled.
fn sum(total: &Total) -> Sum {
    (!total.is_unfilled()).then(|| total.or_zero())
}

/// Returns the sum of all projects, without project expenditure that belongs to none.
fn projects_total(budget: &Budget, style: &Arc<Style>) -> TemplateFigure {
    let facts = || budget.cube.facts.iter().filter(|fact| fact.project.is_some());
    let known = |term: Term| (!term.unfilled).then_some(term.amount);
    let last: Option<Vec<Sum>> = facts().map(|fact| fact.last.map(known)).collect();
    TemplateFigure {
        name: "projects_total".into(),
        this: facts().map(|fact| known(fact.this)).sum(),
        last: last.map(|last| last.into_iter().sum()),
        executed: None,
        fields: BTreeMap::new(),
        style: style.clone(),
    }
}

fn projects(budget: &Budget, style: &Arc<Style>) -> TemplateList {
    let spec = &budget.spec;
    let projects = spec.projects.iter().map(|project| {
        let money = |amount: &Amount| amount.number().map(|number| Money::new(number, spec.unit));
        let id = project.id.trim();
        let quoted = |field: &str, text: &Located<String>| quoted(format!("projects.{}.{field}", *project.id), text);
        let fields = BTreeMap::from([
            ("id", id.to_owned().into()),
            ("name", project.name.trim().to_owned().into()),
            ("purpose", quoted("purpose", &project.purpose)),
            ("reason", quoted("reason", &project.reason)),
            ("goal", quoted("goal", &project.goal)),
        ]);
        Value::from_object(TemplateFigure {
            name: format!("projects.{id}").into(),
            this: money(&project.amount),
            last: project.last.as_ref().map(|last| money(last)),
            executed: project.executed.as_ref().map(|executed| money(executed)),
            fields,
            style: style.clone(),
        })
    });
    let keys = spec.projects.iter().map(|project| project.id.trim().to_owned()).collect();
    TemplateList::new(keys, projects.collect())
}

/// Creates a value from words of the spec that are a passage of their own.
fn quoted(about: String, text: &Located<String>) -> Field {
    Field { text: text.trim().to_owned(), quotation: Some(Meaning::Quotation(about.into(), text.place)) }
}

/// Returns the subjects of a list, each with its figure, its names and its explanations in the spec.
fn subjects(budget: &Budget, list_name: &str, list: &ListDef, style: &Arc<Style>) -> TemplateList {
    let filter = budget.cube.filter(&list.of);
    let whole = Scope::default();
    let codes = match list.each {
        ListAxis::Function => budget.cube.subjects_of(&filter, &whole),
        ListAxis::Economic => budget.cube.economic_of(&filter, &whole),
    };
    let name = |code: SubjectCode| match list.each {
        ListAxis::Function => budget.subjects.get(&code).cloned().unwrap_or_default(),
        ListAxis::Economic => budget.economic_name(code).cloned().unwrap_or_default(),
    };
    let subject = |code: SubjectCode| {
        let explanation = budget.spec.explanations.iter().find(|row| row.subject.value == code);
        let explanation = explanation.filter(|_| list.each == ListAxis::Function);
        let quoted = |field: &str, text: Option<&Located<String>>| match text {
            Some(text) => quoted(format!("explanations.{code}.{field}"), text),
            None => String::new().into(),
        };
        let level = match code.level() {
            Level::Class => "class",
            Level::Division => "division",
            Level::Item => "item",
        };
        let fields = BTreeMap::from([
            ("code", code.to_string().into()),
            ("level", level.to_owned().into()),
            ("name", name(code).into()),
            ("class_code", code.ancestor(Level::Class).to_string().into()),
            ("class", name(code.ancestor(Level::Class)).into()),
            ("division", name(code.ancestor(Level::Division)).into()),
            ("purpose", quoted("purpose", explanation.map(|row| &row.purpose))),
            ("reason", quoted("reason", explanation.map(|row| &row.reason))),
        ]);
        let scope = match list.each {
            ListAxis::Function => Scope { subject: Some(code), ..whole },
            ListAxis::Economic => Scope { economic: Some(code), ..whole },
        };
        let name = format!("{list_name}.{code}").into();
        Value::from_object(figure(budget, name, &filter, scope, fields, style))
    };
    let keys = codes.iter().map(ToString::to_string).collect();
    TemplateList::new(keys, codes.into_iter().map(subject).collect())
}
