//! What a document says, paragraph by paragraph, for the checks to read.

use std::collections::BTreeMap;

use super::explained::{Change, explained};
use super::narrative::{Narrator, Written};
use crate::budget::Budget;
use crate::source::Located;
use budgetdoc_document::Place;

/// A line of text as it is printed, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// What it is part of, by a name that stays the same: `text.vehicles`, `projects.training.reason`.
    pub about: String,
    /// The line, filled in.
    pub text: String,
    /// The line as it was typed, where it is known to be this one and the spec gives it.
    pub typed: Option<String>,
    /// The same without its templates.
    pub plain: Option<String>,
    /// Where it stands in the spec; none if the profile gives it.
    pub place: Option<Place>,
    /// Which piece of the document it is.
    pub kind: PassageKind,
    /// Whether it is a line of the profile's that only carries what is a passage of its own.
    pub carries: bool,
    /// Its words without those it carries: where each is to be read once. None if it carries nothing.
    rest: Option<String>,
}

impl Passage {
    fn new(about: String, text: String, typed: Option<String>, place: Option<Place>, kind: PassageKind) -> Self {
        let plain = typed.as_deref().map(without_templates);
        Passage { about, text, typed, plain, place, kind, carries: false, rest: None }
    }

    /// Whether the spec gives its words.
    pub fn is_own(&self) -> bool {
        self.typed.is_some() || self.place.is_some()
    }

    /// Its words without those that are a passage of their own.
    pub fn bare(&self) -> &str {
        self.rest.as_deref().unwrap_or(&self.text)
    }
}

/// Which piece of a document a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph of the narrative.
    Narrative,
    /// A name: of the department, a unit, a project, a task, a subject or something bought.
    Name,
    /// What a project or subject is for, why it changed, a project's goal: inside the narrative or a table.
    Project,
    /// Words of the performance table.
    Performance,
    /// A term explained.
    Glossary,
}

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
    /// A text shorter than this stands in other lines by chance: 无。
    const TELLING: usize = 4;

    /// Fills in the texts of a budget. Templates that do not work out are left out: composing reports them.
    pub fn of(budget: &'a Budget) -> Self {
        let (narrator, _) = Narrator::new(budget);
        let mut passages = Vec::new();
        for (key, written) in narrator.written() {
            narrative(key, &written, &mut passages);
        }
        of_spec(budget, &mut passages);
        let mut own: Vec<String> = passages
            .iter()
            .filter(|passage| passage.is_own() && carried(passage.kind))
            .map(|passage| passage.text.clone())
            .filter(|text| text.chars().count() >= Self::TELLING)
            .collect();
        // A text may be a piece of another: the longer first.
        own.sort_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        own.dedup();
        for passage in passages.iter_mut().filter(|passage| !passage.is_own()) {
            for text in &own {
                if passage.bare().contains(text.as_str()) {
                    passage.rest = Some(passage.bare().replace(text.as_str(), ""));
                }
            }
            passage.carries = passage.rest.is_some();
        }
        let explained = explained(budget, &narrator);
        Prose { passages, explained, narrator }
    }

    /// This year's and last year's figure of a name of the templates; none where one of them is not known.
    pub fn change(&self, name: &str) -> Option<Change> {
        self.narrator.known(name).into_iter().next()?.change
    }

    /// A template of the profile filled in; as it stands where it does not work out.
    pub fn fill(&self, template: &str) -> String {
        self.narrator.fill(template, None).unwrap_or_else(|_| template.to_owned())
    }
}

/// Whether the profile's paragraphs take in texts of this kind.
fn carried(kind: PassageKind) -> bool {
    matches!(kind, PassageKind::Narrative | PassageKind::Project)
}

fn narrative(key: &str, written: &Written, passages: &mut Vec<Passage>) {
    for (index, line) in written.lines.iter().enumerate() {
        let typed = written.typed.get(index).map(|line| (*line).to_owned());
        let place = written.place.map(|place| match typed {
            Some(_) => below(place, index),
            None => place,
        });
        passages.push(Passage::new(format!("text.{key}"), line.clone(), typed, place, PassageKind::Narrative));
    }
}

fn of_spec(budget: &Budget, passages: &mut Vec<Passage>) {
    let spec = &budget.spec;
    let mut add = |about: String, text: &Located<String>, kind| {
        for (index, line) in text.value.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = text.place.map(|place| below(place, index));
            let line = line.trim().to_owned();
            passages.push(Passage::new(about.clone(), line.clone(), Some(line), place, kind));
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
    let mut rest = text;
    while let Some(start) = next_template(rest) {
        plain.push_str(&rest[..start]);
        plain.push('\u{fffc}');
        let end = rest[start..].find("}}").into_iter().chain(rest[start..].find("%}")).min();
        rest = end.map_or("", |end| &rest[start + end + 2..]);
    }
    plain + rest
}

/// Where the next `{{` or `{%` of a text begins.
pub(super) fn next_template(text: &str) -> Option<usize> {
    let mut braces = text.match_indices('{').map(|(at, _)| at);
    braces.find(|at| text[at + 1..].starts_with(['{', '%']))
}

fn below(place: Place, lines: usize) -> Place {
    Place { line: place.line + u32::try_from(lines).unwrap_or(0), ..place }
}
