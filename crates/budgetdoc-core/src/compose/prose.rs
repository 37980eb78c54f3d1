//! The texts of a document as passages, for the checks.

use std::collections::BTreeMap;

use super::explained::{Change, explained};
use super::narrative::{Narrator, TextParagraph};
use super::passage::{Passage, PassageKind, Spans};
use crate::budget::Budget;
use crate::lang::Bilingual;
use crate::profile::{OutlineItem, ScheduleKind};
use crate::source::Located;
use crate::template::{SegmentKind, segments};

/// The passages of a document.
pub struct Prose<'a> {
    /// Every printed line, in the order of the texts.
    pub passages: Vec<Passage>,
    /// The changes from last year that texts of the spec explain, by [`Passage::about`], including those of empty texts.
    pub explained: BTreeMap<String, Vec<Change>>,
    narrator: Narrator<'a>,
}

impl<'a> Prose<'a> {
    /// Fills in the texts of a budget, without templates that fail, which composing reports.
    pub fn of(budget: &'a Budget) -> Self {
        Self::new(Narrator::new(budget).0)
    }

    /// Takes the filled-in texts of a narrator.
    pub(super) fn new(narrator: Narrator<'a>) -> Self {
        let budget = narrator.budget();
        let mut passages = Vec::new();
        // What is printed for each unit has the unit's figures, not those that the rules compare with.
        let of_units = budget.texts_of_units();
        for (key, lines) in narrator.texts().filter(|(key, _)| !of_units.contains(key)) {
            passages.extend(lines.into_iter().map(|line| passage(format!("text.{key}"), line, PassageKind::Narrative)));
        }
        of_spec(budget, &narrator, &mut passages);
        let explained = explained(budget, &narrator);
        Prose { passages, explained, narrator }
    }

    /// Returns the change of a figure by its name in templates; none if one of its amounts is unknown.
    pub fn change(&self, name: &str) -> Option<Change> {
        self.narrator.compared(name).into_iter().next()?.change
    }

    /// Returns whether the outline contains the text of a passage.
    pub fn is_in_outline(&self, passage: &Passage) -> bool {
        let key = passage.about.strip_prefix("text.");
        let is_text = |item: &&OutlineItem| matches!(item, OutlineItem::Text(own) if Some(own.as_str()) == key);
        self.narrator.budget().outline().iter().any(is_text)
    }

    /// Returns whether an asked text is printed: the outline or a template contains it, other than one the spec
    /// replaces.
    pub fn prints(&self, key: &str) -> bool {
        let (budget, profile) = (self.narrator.budget(), &self.narrator.budget().profile);
        let about = format!("text.{key}");
        let outline = budget.outline();
        let of_units = budget.texts_of_units();
        let has_place = |text: &str| {
            let is_it = |item: &&OutlineItem| matches!(item, OutlineItem::Text(own) if own.value == text);
            of_units.contains(text) || outline.iter().any(is_it)
        };
        let takes_in = |passage: &Passage| {
            let printed = passage.about.strip_prefix("text.").is_some_and(has_place);
            printed && passage.spans.iter().any(|span| span.part_of.as_deref() == Some(&about))
        };
        // A text that is printed as it is can be found in the passages.
        let blank = budget.spec.text.get(key).is_some_and(|text| text.trim().is_empty());
        let changes = |template: &str| mentions(template, &about, |code| blank || code != about);
        let mut texts = profile.texts.iter().map(|(key, text)| budget.spec.text.get(key).unwrap_or(text));
        has_place(key)
            || self.passages.iter().any(takes_in)
            || texts.any(|text| changes(text))
            || self.titles().any(|(template, _)| mentions(template, &about, |_| true))
    }

    /// Returns the templates of the lines outside texts and tables, each with what it is of.
    fn titles(&self) -> impl Iterator<Item = (&'a str, Bilingual)> {
        let budget = self.narrator.budget();
        let of = |template: &'a str, zh: &str, en: &str| Some((template, Bilingual::new(zh, en)));
        let titles = budget.outline().into_iter().filter_map(move |item| match item {
            OutlineItem::Group(title)
            | OutlineItem::Part(title)
            | OutlineItem::Section(title)
            | OutlineItem::Subsection(title) => of(title, "标题", "a heading"),
            OutlineItem::Lead(words) => of(words, "段首的字", "the lead of a paragraph"),
            OutlineItem::Signature(words) => of(words, "落款", "the signature"),
            OutlineItem::Chart(chart) => of(&chart.caption, "图题", "the caption of a chart"),
            OutlineItem::Text(_)
            | OutlineItem::Table(_)
            | OutlineItem::Glossary
            | OutlineItem::When(_)
            | OutlineItem::Units(_) => None,
        });
        let cover_lines = budget.profile.cover_lines.iter().map(|line| line.as_str());
        let cover = [budget.profile.cover.as_str()].into_iter().chain(cover_lines);
        cover.filter_map(move |line| of(line, "封面", "the cover")).chain(titles)
    }

    /// Returns whether the profile's sentences of two texts, `text.KEY`, have a line of the same words: the form
    /// repeats itself.
    pub fn form_repeats(&self, about: &str, other: &str) -> bool {
        let lines = |about: &str| {
            let key = about.strip_prefix("text.").unwrap_or_default();
            let template = self.narrator.budget().profile.texts.get(key).map_or("", |text| text.as_str());
            let words = |line| segments(line).filter(|segment| segment.kind == SegmentKind::Words);
            let lines = template.lines().map(|line| words(line).map(|segment| segment.code.trim()).collect::<String>());
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        };
        let others = lines(other);
        lines(about).iter().any(|line| others.contains(line))
    }

    /// Returns whether the profile's sentence of a text names a figure or list.
    pub fn form_uses(&self, key: &str, name: &str) -> bool {
        let template = self.narrator.budget().profile.texts.get(key);
        template.is_some_and(|template| mentions_part(template, name))
    }

    /// Returns whether the profile's sentence of a text compares a figure with last year's.
    pub fn form_compares(&self, key: &str, name: &str) -> bool {
        let compares = |code: &str| ["yoy", "change"].iter().any(|filter| code.contains(&format!("| {filter}")));
        self.narrator.budget().profile.texts.get(key).is_some_and(|template| mentions(template, name, compares))
    }

    /// Returns the names of values that cover, headings, leads, signatures and captions print as blanks, such as
    /// `department.supervisor`, each with what it is missing from. A line with statements may leave out what is blank.
    pub fn blank_values(&self) -> Vec<(&'a str, Bilingual)> {
        let has_statement = |template: &str| segments(template).any(|piece| piece.kind == SegmentKind::Statement);
        let mut blank = Vec::new();
        for (template, what) in self.titles().filter(|(template, _)| !has_statement(template)) {
            let values = segments(template).filter(|piece| piece.kind == SegmentKind::Value);
            let values = values.filter(|piece| self.fill(&template[piece.range.clone()]).trim().is_empty());
            blank.extend(values.map(|piece| (piece.name_and_filters().0, what.clone())));
        }
        blank
    }

    /// Fills in a template of the profile; returns it unchanged if it fails.
    pub fn fill(&self, template: &str) -> String {
        self.narrator.fill(template, None).unwrap_or_else(|_| template.to_owned())
    }
}

/// Returns whether an expression of a template names a text and satisfies `wanted`.
pub(crate) fn mentions(template: &str, name: &str, wanted: impl Fn(&str) -> bool) -> bool {
    let part = |character: char| character.is_ascii_alphanumeric() || ['_', '.'].contains(&character);
    let names = |code: &str| code.split(|character| !part(character)).any(|word| word == name);
    segments(template).any(|segment| segment.kind != SegmentKind::Words && names(segment.code) && wanted(segment.code))
}

/// Returns whether a template names a figure or list, itself or a field of it.
fn mentions_part(template: &str, name: &str) -> bool {
    let word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let names = |code: &str| code.split(|character| !word(character)).any(|word| word == name);
    segments(template).any(|segment| segment.kind != SegmentKind::Words && names(segment.code))
}

fn passage(about: String, line: TextParagraph, kind: PassageKind) -> Passage {
    let TextParagraph { filled: Spans { text, spans }, is_own, place } = line;
    Passage { about, text, spans, is_own, place, kind }
}

fn of_spec(budget: &Budget, narrator: &Narrator, passages: &mut Vec<Passage>) {
    let spec = &budget.spec;
    let mut add = |about: String, text: &Located<String>, kind| {
        let lines = narrator.typed_lines(text).into_iter();
        passages.extend(lines.map(|line| passage(about.clone(), line, kind)));
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
    for (id, rows) in spec.schedules.iter() {
        for (key, value) in rows.iter().flat_map(|row| row.iter()) {
            let mut tables = budget.profile.schedules().filter(|table| table.of.value == id.value);
            if tables.any(|table| table.kind_of(key) == Some(ScheduleKind::Text)) {
                let text = Located { value: value.value.0.clone(), place: value.place };
                add(format!("schedules.{}.{}", id.value, key.value), &text, PassageKind::Name);
            }
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
    }
    let of_department = spec.performance.iter().map(|performance| ("performance".to_owned(), &performance.indicators));
    let of_projects = spec.projects.iter().map(|project| (format!("projects.{}", *project.id), &project.indicators));
    for (of, indicators) in of_department.chain(of_projects) {
        for (first, groups) in indicators.iter() {
            add(format!("{of}.indicators"), first, PassageKind::Performance);
            for (second, indicators) in groups.iter() {
                add(format!("{of}.indicators"), second, PassageKind::Performance);
                for indicator in indicators {
                    let about = format!("{of}.indicators.{}", *indicator.name);
                    add(about.clone(), &indicator.name, PassageKind::Performance);
                    add(about, indicator.written(), PassageKind::Performance);
                }
            }
        }
    }
    for term in spec.glossary.terms() {
        add(format!("glossary.{}", *term.term), &term.term, PassageKind::Glossary);
        add(format!("glossary.{}", *term.term), &term.meaning, PassageKind::Glossary);
    }
}
