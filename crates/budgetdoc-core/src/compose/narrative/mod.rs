//! Fills in templates: sentences with figures of the budget.

mod facts;
mod figure;
mod problem;
mod spans;
mod trace;

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::explained::Change;
use super::passage::{Span, Spans};
use crate::budget::Budget;
use crate::error::{File, Problem};
use crate::money::{Money, Unit};
use crate::places::LineStarts;
use crate::profile::Profile;
use crate::source::Located;
use budgetdoc_document::Place;
use figure::TemplateFigure;
pub(super) use figure::percentage_format;
use spans::Template;
use trace::Trace;

/// Limit of work for one template, in steps or 64 bytes of text. A sentence takes some hundred, a list of ten thousand
/// projects half a million.
const FUEL: u64 = 2_000_000;

/// Fills in templates with the figures and texts of one budget.
pub(super) struct Narrator<'a> {
    budget: &'a Budget,
    environment: Environment<'static>,
    context: Value,
    /// The context with the unit of the table that is being composed.
    table_context: Option<Value>,
    trace: Trace,
    /// The file of the spec; none for one built in code.
    file: Option<LineStarts<'a>>,
    /// The filled-in texts by key.
    texts: BTreeMap<&'a str, FilledText>,
}

/// A filled-in text, and the place of its template if that is the spec's.
#[derive(Default)]
struct FilledText {
    filled: Spans,
    is_own: bool,
    place: Option<Place>,
}

/// A paragraph of a text, and its place if the spec gives it.
pub(super) struct TextParagraph {
    pub filled: Spans,
    /// Whether the spec gives its template.
    pub is_own: bool,
    pub place: Option<Place>,
}

/// Changes of a figure from last year.
pub(super) struct FigureChange {
    /// The subject's code; empty without a subject.
    pub code: String,
    /// The subject's level by its name in templates.
    pub level: String,
    /// Change from last year's budget; none if one of them is unknown.
    pub change: Option<Change>,
    /// Change from last year's outcome.
    pub executed: Option<Change>,
}

impl<'a> Narrator<'a> {
    /// Fills in every text of the budget; returns the narrator and the problems.
    pub(super) fn new(budget: &'a Budget) -> (Self, Vec<Problem>) {
        let trace = Trace::default();
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        figure::add_filters(&mut environment);
        let notes = trace.clone();
        environment.set_formatter(move |output, _, value| {
            let words = value.to_string();
            notes.print(&words);
            Ok(output.write_str(&words)?)
        });
        let context = facts::of(budget, &trace);
        let file = budget.spec.source.text().map(LineStarts::new);
        let mut narrator =
            Narrator { budget, environment, context, table_context: None, trace, file, texts: BTreeMap::new() };
        let mut problems = Vec::new();
        // Asked texts first: the profile's sentences contain them.
        let (asks, texts) = (&budget.profile.asks, &budget.profile.texts);
        for (key, ask) in asks.iter() {
            narrator.text(key, Wanted::Ask(ask), &mut problems);
        }
        let given: BTreeMap<String, String> =
            narrator.texts.iter().map(|(key, text)| ((*key).to_owned(), text.filled.text.clone())).collect();
        narrator.context = context! { text => given, ..narrator.context.clone() };
        for (key, template) in texts.iter() {
            narrator.text(key, Wanted::Default(template), &mut problems);
        }
        (narrator, problems)
    }

    /// Returns the budget whose texts it fills in.
    pub(super) fn budget(&self) -> &'a Budget {
        self.budget
    }

    fn text(&mut self, key: &'a Located<String>, otherwise: Wanted<'a>, problems: &mut Vec<Problem>) {
        let own = self.budget.spec.text.get(key);
        let filled = match (own, otherwise) {
            (Some(own), _) => self.fill_own(own),
            (None, Wanted::Ask(ask)) => Ok(Spans::profile(self.budget.profile.words.unfilled(ask))),
            (None, Wanted::Default(template)) => {
                self.render(&Template::of_profile(template), template.place, File::Profile)
            }
        };
        // A text that fails is empty, to not report the sentences that contain it as well.
        let text = match filled {
            Ok(filled) => FilledText { filled, is_own: own.is_some(), place: own.and_then(|own| own.place) },
            Err(problem) => {
                problems.push(problem);
                FilledText::default()
            }
        };
        self.texts.insert(key.as_str(), text);
    }

    fn fill_own(&self, template: &Located<String>) -> Result<Spans, Problem> {
        self.render(&self.typed(template, template.place), template.place, File::Spec)
    }

    /// Returns a value of the spec as a template with the places of its characters.
    fn typed<'t>(&self, value: &'t str, place: Option<Place>) -> Template<'t> {
        let runs = place.zip(self.file.as_ref()).map(|(place, file)| file.runs(place, value));
        Template::of_spec(value, runs.unwrap_or_default())
    }

    /// Returns the lines of a value of the spec that is no template, each with its place.
    pub(super) fn typed_lines(&self, value: &Located<String>) -> Vec<TextParagraph> {
        let template = self.typed(value, value.place);
        let mut spans = Vec::new();
        template.words(0..value.len(), 0, &mut spans);
        let whole = Spans { text: value.value.clone(), spans };
        lines(&whole, true, value.place)
    }

    /// Returns every text by its key, and its paragraphs.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, Vec<TextParagraph>)> {
        self.texts.keys().map(|key| (*key, self.lines(key)))
    }

    /// Returns the paragraphs of a text.
    pub(super) fn lines(&self, key: &str) -> Vec<TextParagraph> {
        let Some(text) = self.texts.get(key) else { return Vec::new() };
        lines(&text.filled, text.is_own, text.place)
    }

    /// Returns the changes of a figure or of the entries of a list; none for other names.
    pub(super) fn compared(&self, name: &str) -> Vec<FigureChange> {
        let Ok(value) = self.context.get_attr(name) else { return Vec::new() };
        let Profile { text_amounts, words, .. } = &self.budget.profile;
        let compared = |figure: &TemplateFigure| {
            let change = |last: Option<Option<Money>>| Some(Change::new(figure.this?, last??, words, text_amounts));
            let field = |name| figure.fields.get(name).map(|field| field.text.clone()).unwrap_or_default();
            let (change, executed) = (change(figure.last), change(figure.executed));
            FigureChange { code: field("code"), level: field("level"), change, executed }
        };
        match value.downcast_object_ref::<TemplateFigure>() {
            Some(figure) => vec![compared(figure)],
            None => value
                .try_iter()
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.downcast_object_ref::<TemplateFigure>().map(compared))
                .collect(),
        }
    }

    /// Sets the unit that following templates print: that of a table's amounts, none behind it.
    pub(super) fn set_unit(&mut self, unit: Option<Unit>) {
        self.table_context = unit.map(|unit| context! { unit => unit.name(), ..self.context.clone() });
    }

    /// Fills in a template of the profile.
    pub(super) fn fill(&self, template: &str, place: Option<Place>) -> Result<String, Problem> {
        if !template.contains('{') {
            return Ok(template.to_owned());
        }
        if let Some(problem) = self.beyond_limits(template, place, File::Profile) {
            return Err(problem);
        }
        let rendered = self.environment.render_str(template, self.table_context.as_ref().unwrap_or(&self.context));
        rendered
            .map(|text| text.trim().to_owned())
            .map_err(|error| self.problem(&error, template, place, File::Profile))
    }
}

/// Returns the lines of a text. One of the spec begins at `start`.
fn lines(text: &Spans, is_own: bool, start: Option<Place>) -> Vec<TextParagraph> {
    let line = |filled: Spans| {
        let place = filled.place().or(start).filter(|_| is_own);
        TextParagraph { filled, is_own, place }
    };
    text.lines().map(line).collect()
}

/// Source of a text that the spec does not give.
enum Wanted<'a> {
    /// Missing: what should be written.
    Ask(&'a str),
    /// The profile's text.
    Default(&'a Located<String>),
}
