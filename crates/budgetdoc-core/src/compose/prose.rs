//! What a document says, paragraph by paragraph, for the checks to read.

use std::collections::BTreeMap;

use super::explained::{Change, explained};
use super::narrative::{Line, Narrator};
use super::passage::{Passage, PassageKind};
use crate::budget::Budget;
use crate::source::Located;
use crate::template::{SegmentKind, segments};

/// The passages, and a way to fill in the profile's other templates.
pub struct Prose<'a> {
    /// Every line that is printed, in the order of the texts.
    pub passages: Vec<Passage>,
    /// The changes from last year that texts of the spec stand behind and give the reasons of, by what they are part
    /// of (see [`Passage::about`]); those of subjects and texts that are left empty among them.
    pub explained: BTreeMap<String, Vec<Change>>,
    narrator: Narrator<'a>,
}

impl<'a> Prose<'a> {
    /// Fills in the texts of a budget. Templates that do not work out are left out: composing reports them.
    pub fn of(budget: &'a Budget) -> Self {
        let (narrator, _) = Narrator::new(budget);
        let mut passages = Vec::new();
        for (key, lines) in narrator.texts() {
            let typed = typed_lines(budget, key, lines.len());
            for (index, line) in lines.into_iter().enumerate() {
                let typed = typed.get(index).filter(|_| line.is_own).map(|line| (*line).to_owned());
                passages.push(passage(format!("text.{key}"), line, typed, PassageKind::Narrative));
            }
        }
        of_spec(budget, &narrator, &mut passages);
        let explained = explained(budget, &narrator);
        Prose { passages, explained, narrator }
    }

    /// This year's and last year's figure of a name of the templates; none where one of them is not known.
    pub fn change(&self, name: &str) -> Option<Change> {
        self.narrator.compared(name).into_iter().next()?.change
    }

    /// A template of the profile filled in; as it stands where it does not work out.
    pub fn fill(&self, template: &str) -> String {
        self.narrator.fill(template, None).unwrap_or_else(|_| template.to_owned())
    }
}

/// The lines of the spec that a text of so many lines comes from, if it has as many.
fn typed_lines<'a>(budget: &'a Budget, key: &str, count: usize) -> Vec<&'a str> {
    let raw = budget.spec.text.get(key).map(|own| own.trim().lines()).into_iter().flatten();
    let raw: Vec<&str> = raw.map(str::trim).filter(|line| !line.is_empty()).collect();
    if raw.len() == count { raw } else { Vec::new() }
}

fn passage(about: String, line: Line, typed: Option<String>, kind: PassageKind) -> Passage {
    let Line { filled, is_own, place } = line;
    let plain = typed.as_deref().map(without_templates);
    let (text, spans) = (filled.text, filled.spans);
    let mut rest = String::new();
    let carries = spans.iter().any(|span| span.part_of.is_some());
    for span in spans.iter().filter(|span| span.part_of.is_none()) {
        rest.push_str(&text[span.range.clone()]);
    }
    Passage { about, text, spans, is_own, typed, plain, place, kind, carries, rest: carries.then_some(rest) }
}

fn of_spec(budget: &Budget, narrator: &Narrator, passages: &mut Vec<Passage>) {
    let spec = &budget.spec;
    let mut add = |about: String, text: &Located<String>, kind| {
        for line in narrator.typed_lines(text) {
            let typed = Some(line.filled.text.clone());
            passages.push(passage(about.clone(), line, typed, kind));
        }
    };
    let department = &spec.department;
    add("department.name".to_owned(), &department.name, PassageKind::Name);
    if let Some(name) = &department.supervisor {
        add("department.supervisor".to_owned(), name, PassageKind::Name);
    }
    for unit in &department.units {
        add(format!("units.{}", *unit.id), &unit.name, PassageKind::Name);
    }
    for subject in &spec.subjects {
        add(format!("subjects.{}", *subject.code), &subject.name, PassageKind::Name);
    }
    for project in &spec.projects {
        let about = format!("projects.{}", *project.id);
        add(format!("{about}.name"), &project.name, PassageKind::Name);
        for (field, text) in [("purpose", &project.purpose), ("reason", &project.reason), ("goal", &project.goal)] {
            add(format!("{about}.{field}"), text, PassageKind::Project);
        }
    }
    for row in &spec.explanations {
        let about = format!("explanations.{}", *row.subject);
        for (field, text) in [("purpose", &row.purpose), ("reason", &row.reason)] {
            add(format!("{about}.{field}"), text, PassageKind::Project);
        }
    }
    for row in &spec.procurement_items {
        let about = format!("procurement_items.{}", row.name.trim());
        // The project is one of the projects, or a purpose that has its name only here.
        let known = spec.projects.iter().any(|project| *project.id == *row.project || *project.name == *row.project);
        let project = (!known).then_some(&row.project);
        for text in [Some(&row.name), project, Some(&row.method)].into_iter().flatten() {
            add(about.clone(), text, PassageKind::Name);
        }
    }
    if let Some(performance) = &spec.performance {
        add("performance.basic".to_owned(), &performance.basic, PassageKind::Performance);
        for task in &performance.tasks {
            let about = format!("performance.tasks.{}", *task.project);
            if let Some(name) = &task.name {
                add(about.clone(), name, PassageKind::Name);
            }
            add(about, &task.content, PassageKind::Performance);
        }
        add("performance.goal".to_owned(), &performance.goal, PassageKind::Performance);
        for (first, groups) in performance.indicators.iter() {
            add("performance.indicators".to_owned(), first, PassageKind::Performance);
            for (second, indicators) in groups.iter() {
                add("performance.indicators".to_owned(), second, PassageKind::Performance);
                for indicator in indicators {
                    let about = format!("performance.indicators.{}", *indicator.name);
                    add(about.clone(), &indicator.name, PassageKind::Performance);
                    add(about, &indicator.target, PassageKind::Performance);
                }
            }
        }
    }
    for term in &spec.glossary {
        add(format!("glossary.{}", *term.term), &term.term, PassageKind::Glossary);
        add(format!("glossary.{}", *term.term), &term.meaning, PassageKind::Glossary);
    }
}

/// A typed line without its templates, each of which leaves an object replacement character.
fn without_templates(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for segment in segments(text) {
        match segment.kind {
            SegmentKind::Words => plain.push_str(segment.code),
            _ => plain.push('\u{fffc}'),
        }
    }
    plain
}
