//! Messages with their places, and the report of each spec.

mod excerpt;
pub mod json;
pub mod sarif;
mod source;
mod spots;
pub mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use budgetdoc::check::{Finding, Rewritten, Severity};
use budgetdoc::document::Place;
use budgetdoc::error::{Error, File, Problem};
use budgetdoc::lang::Bilingual;

pub use source::Source;
pub use spots::{Spot, spots};

use crate::session::Outcome;
use crate::words;

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    pub severity: Severity,
    /// The rule of a finding.
    pub rule: Option<&'static str>,
    /// The code of a problem of reading or rendering; none for findings and for messages of the command itself.
    pub code: Option<&'static str>,
    pub text: Bilingual,
    pub help: Option<Bilingual>,
    /// The file.
    pub source: Option<Arc<Source>>,
    /// Its places, the main one first.
    pub labels: Vec<PlaceLabel>,
    /// The finding it was made from.
    pub finding: Option<Box<Finding>>,
}

/// A place with a label.
#[derive(Clone, Debug)]
pub struct PlaceLabel {
    pub place: Place,
    /// The place behind the words; none for the word at the place.
    pub end: Option<Place>,
    /// The label.
    pub text: Option<Bilingual>,
}

/// The report of a spec.
#[derive(Clone, Debug)]
pub struct Report {
    pub name: String,
    pub messages: Vec<Message>,
    /// The files written, in the order of the formats.
    pub written: Vec<PathBuf>,
    pub pages: Option<usize>,
    /// Where its texts stand on the pages.
    pub spots: Vec<Spot>,
    /// What was written as references in its texts; none where that was not asked for.
    pub rewritten: Option<Vec<Rewritten>>,
    /// The lines that would change, where only they were asked for.
    pub diff: Option<String>,
    /// Whether findings kept the files from being written.
    pub withheld: bool,
    pub outcome: Outcome,
}

impl Report {
    /// Creates the report of a spec that was read.
    pub fn new(name: &str, messages: Vec<Message>, outcome: Outcome) -> Self {
        Report {
            name: name.to_owned(),
            messages,
            written: Vec::new(),
            pages: None,
            spots: Vec::new(),
            rewritten: None,
            diff: None,
            withheld: false,
            outcome,
        }
    }

    /// Creates the report of a spec that cannot be processed.
    pub fn failed(name: &str, messages: Vec<Message>) -> Self {
        Report::new(name, messages, Outcome::Failed)
    }

    /// Returns the numbers of errors, warnings and notes that are not suppressed.
    pub fn counts(&self) -> [usize; 3] {
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let counts = |message: &&Message| message.severity == severity && !message.is_suppressed();
            self.messages.iter().filter(counts).count()
        })
    }

    /// Returns the number of suppressed findings.
    pub fn suppressed(&self) -> usize {
        self.messages.iter().filter(|message| message.is_suppressed()).count()
    }
}

impl Message {
    /// Creates an error without a place.
    pub fn plain(text: Bilingual, help: Option<Bilingual>) -> Self {
        let severity = Severity::Error;
        Message { severity, rule: None, code: None, text, help, source: None, labels: Vec::new(), finding: None }
    }

    /// Returns whether the spec suppresses it. Suppressed findings are not shown to people.
    pub fn is_suppressed(&self) -> bool {
        self.finding.as_ref().is_some_and(|finding| finding.suppressed.is_some())
    }

    /// Adds a place of a file.
    pub fn at(self, source: &Arc<Source>, place: Option<Place>) -> Self {
        self.about(source, place)
    }

    /// Adds several places of a file.
    pub fn about(mut self, source: &Arc<Source>, places: impl IntoIterator<Item = Place>) -> Self {
        self.labels = places.into_iter().map(|place| PlaceLabel { place, end: None, text: None }).collect();
        self.source = Some(source.clone());
        self
    }

    /// Creates the message of a problem, without its place.
    pub fn problem(problem: Problem) -> Self {
        let code = problem.code.name();
        let help = problem.help.map(|help| words::with_option(help, code, None));
        Message { code: Some(code), ..Message::plain(problem.message, help) }
    }

    /// Creates the messages of an error's problems.
    pub fn problems(error: Error, spec: &Arc<Source>, profile: Option<&Arc<Source>>) -> Vec<Self> {
        let message = |problem: Problem| {
            let source = match problem.file {
                File::Spec => Some(spec),
                File::Profile => profile,
                File::Subjects => None,
            };
            let places: Vec<Place> = problem.place.into_iter().chain(problem.others.iter().copied()).collect();
            let message = Message::problem(problem);
            match source {
                Some(source) => message.about(source, places),
                None => message,
            }
        };
        error.problems.into_iter().map(message).collect()
    }

    /// Creates the message of a finding.
    pub fn finding(finding: Finding, source: &Arc<Source>) -> Self {
        Message {
            severity: finding.severity,
            rule: Some(finding.rule),
            code: None,
            labels: labels(&finding),
            text: finding.message.clone(),
            help: Some(words::with_option(finding.help.clone(), finding.rule, Some(&finding.about))),
            source: Some(source.clone()),
            finding: Some(Box::new(finding)),
        }
    }
}

/// Returns the places of a finding, each once.
fn labels(finding: &Finding) -> Vec<PlaceLabel> {
    let mut labels: Vec<PlaceLabel> = Vec::new();
    let mut known: BTreeSet<Place> = BTreeSet::new();
    for figure in &finding.figures {
        for (_, place) in &figure.terms {
            if let Some(place) = place.filter(|place| known.insert(*place)) {
                let short = |text: &str| text.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
                let text = Bilingual::new(short(&figure.label.zh), short(&figure.label.en));
                labels.push(PlaceLabel { place, end: None, text: Some(text) });
            }
        }
    }
    if labels.is_empty() {
        labels.extend(finding.place.map(|place| PlaceLabel { place, end: finding.end, text: None }));
        labels.extend(finding.others.iter().map(|place| PlaceLabel { place: *place, end: None, text: None }));
    }
    labels
}
