//! A line of text with the origin of each word.

use std::ops::Range;
use std::sync::Arc;

use budgetdoc_document::{Place, PlaceRange};
use rust_decimal::Decimal;

/// A line of text as printed, with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Stable name of the text it is part of: `text.vehicles`, `projects.training.reason`.
    pub about: String,
    /// The line, filled in.
    pub text: String,
    /// Spans of its words, which make up the line.
    pub spans: Vec<Span>,
    /// Whether the spec gives its words or the template they come from.
    pub is_own: bool,
    /// Place in the spec; none if the profile gives it.
    pub place: Option<Place>,
    /// The kind of text.
    pub kind: PassageKind,
}

impl Passage {
    /// Returns whether all words at `range` of the text are its own, not quoted from another passage.
    pub fn holds(&self, range: Range<usize>) -> bool {
        self.spans_at(range).all(|span| span.part_of.is_none())
    }

    /// Returns whether all words at `range` of the text are its own and typed in the spec.
    pub fn is_typed(&self, range: Range<usize>) -> bool {
        self.spans_at(range).all(|span| span.part_of.is_none() && span.origin == Origin::Typed)
    }

    /// Returns the place of the words at `range` of the text in the spec, on one line: typed words, and the braces that
    /// print others. None if the spec has none of them.
    pub fn place_of(&self, range: Range<usize>) -> Option<PlaceRange> {
        let places = self.spans_at(range.clone()).filter_map(|span| span.place_of(&self.text, &range)?);
        let mut places = places.filter(|place| place.start.line == place.end.line);
        let first = places.next()?;
        let row = places.take_while(|place| place.start.line == first.start.line && place.start >= first.start);
        Some(PlaceRange { start: first.start, end: row.map(|place| place.end).fold(first.end, Ord::max) })
    }

    /// Returns the spans of the words at `range` of the text.
    pub fn spans_at(&self, range: Range<usize>) -> impl Iterator<Item = &Span> {
        overlapping(&self.spans, &range).iter()
    }
}

/// Kind of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph of the narrative.
    Narrative,
    /// A name of the department, a unit, a project, a task, a subject or a purchase.
    Name,
    /// A purpose or reason of a project or subject, or a project's goal, inside the narrative or a table.
    Project,
    /// Words of the performance table.
    Performance,
    /// A term explained.
    Glossary,
}

/// Words of one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Origin.
    pub origin: Origin,
    /// Place in the spec: the words if they are typed, on one line, else the braces that print them. None for words of
    /// the profile and for a spec built in code.
    pub place: Option<PlaceRange>,
    /// The passage the words are quoted from: `text.meeting`,
    /// `explanations.2010101.reason`.
    pub part_of: Option<Arc<str>>,
}

/// Origin of words.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Typed in the spec.
    Typed,
    /// Typed in the profile.
    Profile,
    /// A figure of the budget.
    Figure(FigureInWords),
    /// Another value of a template: a year, a count, a name.
    Value,
}

/// A figure as a template prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureInWords {
    /// Its name in templates: `income`, `income.last`; of an entry of a list that of the list and the entry's code,
    /// `function_items.2010101`.
    pub name: Arc<str>,
    /// The filter that prints it; none if it is printed as a bare number.
    pub filter: Option<&'static str>,
    /// The amount printed, in yuan: with `change` and `yoy` that of the change, which is below zero for a fall. With
    /// `share` the percentage. Before it is rounded; none if it is unfilled or not known.
    pub value: Option<Decimal>,
}

/// A text and its spans, which cover all of it in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spans {
    pub text: String,
    pub spans: Vec<Span>,
}

impl Spans {
    /// Returns the piece at `range`.
    pub fn piece(&self, range: Range<usize>) -> Spans {
        let spans = overlapping(&self.spans, &range).iter().filter_map(|span| span.cut(&self.text, &range)).collect();
        Spans { text: self.text[range].to_owned(), spans }
    }

    /// Returns the text without blanks around it.
    pub fn trimmed(&self) -> Spans {
        self.piece(trimmed(&self.text, 0..self.text.len()))
    }

    /// Returns its lines without empty ones and without the blanks around them.
    pub fn lines(&self) -> impl Iterator<Item = Spans> {
        lines(&self.text).map(|range| self.piece(range))
    }

    /// Returns the place in the spec of the first words that are not quoted.
    pub fn place(&self) -> Option<Place> {
        let own = self.spans.iter().filter(|span| span.part_of.is_none());
        own.filter_map(|span| span.place).map(|place| place.start).next()
    }
}

impl Span {
    /// Returns the part of the span within `range` of its text, as a span of the piece at `range`.
    fn cut(&self, text: &str, range: &Range<usize>) -> Option<Span> {
        let (start, end) = (self.range.start.max(range.start), self.range.end.min(range.end));
        let place = self.place_of(text, &(start..end))?;
        Some(Span { range: start - range.start..end - range.start, place, ..self.clone() })
    }

    /// Returns the place of the words at `range` of the text, if the span has any of them.
    pub(super) fn place_of(&self, text: &str, range: &Range<usize>) -> Option<Option<PlaceRange>> {
        let (start, end) = (self.range.start.max(range.start), self.range.end.min(range.end));
        let words = text.get(start..end).filter(|words| !words.is_empty())?;
        Some(self.place.map(|place| {
            if self.origin != Origin::Typed {
                return place;
            }
            let right = |place: Place, words: &str| {
                let columns = u32::try_from(words.chars().count()).unwrap_or(0);
                Place { column: place.column + columns, ..place }
            };
            let start = right(place.start, &text[self.range.start..start]);
            let whole = end == self.range.end;
            PlaceRange { start, end: if whole { place.end } else { right(start, words) } }
        }))
    }
}

/// Returns the spans, of those that follow one another, of which a byte is in `range`.
fn overlapping<'a>(spans: &'a [Span], range: &Range<usize>) -> &'a [Span] {
    let first = spans.partition_point(|span| span.range.end <= range.start);
    let behind = spans.partition_point(|span| span.range.start < range.end);
    spans.get(first..behind).unwrap_or_default()
}

/// Returns the bytes of the lines of a text, without empty ones and without the blanks around them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    });
    lines.map(|range| trimmed(text, range)).filter(|range| !range.is_empty())
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let start = range.start + line.len() - line.trim_start().len();
    start..start + line.trim().len()
}
