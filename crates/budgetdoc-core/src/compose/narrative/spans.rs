//! Filled-in templates with the origin of each word.

use std::ops::Range;

use minijinja::OutputSpanKind;

use super::trace::Meaning;
use super::{Narrator, Span, Spans};
use crate::compose::passage::Origin;
use crate::error::{File, Problem};
use crate::places::{PlacedRun, place_at};
use crate::template::{Segment, segments};
use budgetdoc_document::{Place, PlaceRange};

/// A template and the places of its words.
pub(super) struct Template<'t> {
    template: &'t str,
    origin: Origin,
    runs: Vec<PlacedRun>,
    segments: Vec<Segment<'t>>,
}

impl<'t> Template<'t> {
    /// Creates a template of the profile, without places, which would point into the wrong file.
    pub fn of_profile(template: &'t str) -> Self {
        Template { template, origin: Origin::Profile, runs: Vec::new(), segments: Vec::new() }
    }

    /// Creates a template of the spec.
    pub fn of_spec(template: &'t str, runs: Vec<PlacedRun>) -> Self {
        Template { template, origin: Origin::Typed, runs, segments: segments(template).collect() }
    }

    /// Adds spans for the words at `range`, one for each line of the file; `start` is their first byte in the text.
    pub fn words(&self, range: Range<usize>, start: usize, spans: &mut Vec<Span>) {
        let mut from = range.start;
        while from < range.end {
            let next = self.runs[self.runs.partition_point(|run| run.offset <= from)..].first();
            let to = next.map_or(range.end, |run| run.offset.min(range.end));
            let place = self.place(from..to);
            let at = |byte: usize| start + byte - range.start;
            spans.push(Span { range: at(from)..at(to), origin: self.origin.clone(), place, part_of: None });
            from = to;
        }
    }

    /// Returns the place of the braces around `byte`.
    fn braces(&self, byte: usize) -> Option<PlaceRange> {
        let segment = self.segments.iter().find(|segment| segment.range.contains(&byte))?;
        self.place(segment.range.clone())
    }

    fn place(&self, range: Range<usize>) -> Option<PlaceRange> {
        let at = |offset| place_at(&self.runs, self.template, offset);
        let last = self.template[range.clone()].char_indices().next_back()?.0;
        let end = at(range.start + last)?;
        Some(PlaceRange { start: at(range.start)?, end: Place { column: end.column + 1, ..end } })
    }
}

impl Spans {
    /// Creates a text of the profile's words.
    pub fn profile(text: String) -> Spans {
        let span = Span { range: 0..text.len(), origin: Origin::Profile, place: None, part_of: None };
        Spans { text, spans: vec![span] }
    }
}

impl Narrator<'_> {
    /// Fills in a template without blanks around it.
    pub(super) fn render(&self, template: &Template, place: Option<Place>, file: File) -> Result<Spans, Problem> {
        if let Some(problem) = self.beyond_limits(template.template, place, file) {
            return Err(problem);
        }
        self.trace.clear();
        let parsed = self.environment.template_from_str(template.template);
        let rendered = parsed.and_then(|parsed| parsed.render_with_spans(&self.context));
        let (text, printed) = rendered.map_err(|error| self.problem(&error, template.template, place, file))?;
        let mut spans = Vec::new();
        for span in printed {
            let (output, source) = (span.output_range(), span.source_range());
            match span.kind() {
                OutputSpanKind::Raw => template.words(source, output.start, &mut spans),
                _ => self.value(template, source, &text, output, &mut spans),
            }
        }
        Ok(Spans { text, spans }.trimmed())
    }

    /// Adds spans for the output at `output` of the expression at `source` of a template.
    fn value(
        &self,
        template: &Template,
        source: Range<usize>,
        text: &str,
        output: Range<usize>,
        spans: &mut Vec<Span>,
    ) {
        let words = &text[output.clone()];
        let place = template.braces(source.start);
        let meaning = self.trace.next(words);
        let code = template.template.get(source).unwrap_or_default().trim();
        if let Some((key, taken)) = code.strip_prefix("text.").and_then(|key| self.texts.get_key_value(key))
            && taken.filled.text == words
        {
            let about = format!("text.{key}").into();
            return add_quoted_spans(&taken.filled.spans, output.start, &about, spans);
        }
        let origin = match meaning {
            Some(Meaning::Quotation(about, place)) => {
                let mut quoted = Vec::new();
                self.typed(words, place).words(0..words.len(), 0, &mut quoted);
                return add_quoted_spans(&quoted, output.start, &about, spans);
            }
            Some(Meaning::Figure(figure)) => Origin::Figure(figure),
            None => Origin::Value,
        };
        spans.push(Span { range: output, origin, place, part_of: None });
    }
}

/// Adds the spans of a quoted passage from the byte `start` of a text on.
fn add_quoted_spans(taken: &[Span], start: usize, about: &std::sync::Arc<str>, spans: &mut Vec<Span>) {
    spans.extend(taken.iter().map(|span| Span {
        range: start + span.range.start..start + span.range.end,
        part_of: Some(span.part_of.clone().unwrap_or_else(|| about.clone())),
        ..span.clone()
    }));
}
