//! Messages as JSON in both languages; `docs/messages.md` describes the format.

use budgetdoc::check::{ComparedFigure, Rewritten};
use budgetdoc::document::Place;
use budgetdoc::lang::Bilingual;
use serde_json::{Value, json};

use super::{Message, Report, Source, Spot};
use crate::session::Outcome;

/// Version of the format. It changes when a reader of the old one could fail.
pub const VERSION: u32 = 1;

/// Returns the document: the specs, each made by [`spec`], the names of those not processed, and the messages that
/// belong to none, each made by [`message`].
pub fn document(outcome: Outcome, specs: Vec<Value>, not_begun: &[String], messages: Vec<Value>) -> Value {
    json!({
        "version": VERSION,
        "program": concat!("budgetdoc ", env!("CARGO_PKG_VERSION")),
        "outcome": outcome.name(),
        "specs": specs,
        "not_begun": not_begun,
        "messages": messages,
    })
}

/// Returns a spec with its messages.
pub fn spec(report: &Report) -> Value {
    let [errors, warnings, notes] = report.counts();
    let mut spec = json!({
        "spec": report.name,
        "outcome": report.outcome.name(),
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
        "suppressed": report.suppressed(),
        "pages": report.pages,
        "written": report.written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        "messages": report.messages.iter().map(message).collect::<Vec<_>>(),
    });
    if let Some(rewritten) = &report.rewritten {
        spec["rewritten"] = rewritten.iter().map(reference).collect();
    }
    spec
}

/// Returns a spec for the page that shows it: with where its texts stand in the PDF, and each message with its line.
pub fn watched(report: &Report) -> Value {
    let mut spec = spec(report);
    let messages = spec["messages"].as_array_mut().into_iter().flatten();
    for (message, json) in report.messages.iter().zip(messages) {
        let line = message.labels.first().zip(message.source.as_ref());
        let line = line.and_then(|(label, source)| source.text.lines().nth(label.place.line as usize - 1));
        json["text"] = line.map(str::trim).into();
    }
    // Only those that a message asks for.
    let is_asked =
        |line: u32| report.messages.iter().any(|message| message.labels.iter().any(|label| label.place.line == line));
    spec["spots"] = report.spots.iter().filter(|spot| is_asked(spot.line)).map(Spot::json).collect();
    spec
}

/// Returns words that became a reference, at the place they had.
fn reference(rewritten: &Rewritten) -> Value {
    let Rewritten { place, words, template, figures } = rewritten;
    json!({
        "line": place.start.line,
        "column": place.start.column,
        "end_column": place.end.column,
        "words": words,
        "template": template,
        "figures": figures,
    })
}

/// Returns a message.
pub fn message(message: &Message) -> Value {
    let source = message.source.as_deref();
    let places = message.labels.iter().map(|label| {
        let label_text = label.text.as_ref().map(bilingual);
        if let Some(cell) = source.and_then(|source| source.cell(label.place)) {
            return json!({ "cell": cell, "label": label_text });
        }
        let end = source.map(|source| source.end_column(label.place, label.end));
        json!({
            "line": label.place.line,
            "column": label.place.column,
            "end_column": end,
            "label": label_text,
        })
    });
    let finding = message.finding.as_deref();
    json!({
        "severity": message.severity,
        "rule": message.rule,
        "code": message.code,
        "message": bilingual(&message.text),
        "help": message.help.as_ref().map(bilingual),
        "file": message.source.as_ref().map(|source| source.name.as_str()),
        "places": places.collect::<Vec<_>>(),
        "figures": finding.map_or(&[][..], |finding| &finding.figures).iter().map(|one| figure(one, source)).collect::<Vec<_>>(),
        "difference": finding.and_then(|finding| finding.difference),
        "rounding": finding.is_some_and(|finding| finding.rounding),
        "about": finding.map(|finding| finding.about.as_str()),
        "suppressed": finding.and_then(|finding| finding.suppressed.as_deref()),
    })
}

fn figure(figure: &ComparedFigure, source: Option<&Source>) -> Value {
    let term = |(amount, place): &(budgetdoc::money::Money, Option<Place>)| {
        if let Some(cell) = source.zip(*place).and_then(|(source, place)| source.cell(place)) {
            return json!({ "amount": amount, "cell": cell });
        }
        json!({
            "amount": amount,
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
        })
    };
    json!({
        "label": bilingual(&figure.label),
        "amount": figure.amount,
        "terms": figure.terms.iter().map(term).collect::<Vec<_>>(),
    })
}

fn bilingual(text: &Bilingual) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}
