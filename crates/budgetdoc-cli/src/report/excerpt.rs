//! The lines of a file that a message shows.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{PlaceLabel, Source};

/// Lines kept above and below those of a message: what the renderer may show of them.
const AROUND: u32 = 3;

/// From the first line of a message to the last, with empty lines for those far from any of its own: a message costs as
/// much as its lines, however long the file is.
pub struct Excerpt<'a> {
    source: &'a Source,
    /// The number of the first line.
    pub first: u32,
    pub text: String,
    /// The byte each line begins at.
    starts: Vec<usize>,
}

impl<'a> Excerpt<'a> {
    /// Returns the lines around `labels`, of which there is one at least.
    pub fn of(source: &'a Source, labels: &[PlaceLabel]) -> Self {
        let lines = labels.iter().flat_map(|label| [Some(label.place), label.end]).flatten();
        let lines: BTreeSet<u32> = lines.map(|place| place.line.clamp(1, source.lines())).collect();
        let around = |line: u32| line.saturating_sub(AROUND).max(1)..=line.saturating_add(AROUND).min(source.lines());
        let first = lines.first().map_or(1, |line| *around(*line).start());
        let last = lines.last().map_or(1, |line| *around(*line).end());
        let mut excerpt = Excerpt { source, first, text: String::new(), starts: Vec::new() };
        for line in first..=last {
            excerpt.starts.push(excerpt.text.len());
            match lines.range(around(line)).next() {
                Some(_) => excerpt.text.push_str(&source.text[source.start(line)..source.start(line + 1)]),
                None => excerpt.text.push('\n'),
            }
        }
        excerpt
    }

    /// Returns the bytes of what a label is at.
    pub fn span(&self, label: &PlaceLabel) -> Range<usize> {
        let (start, length) = self.source.span(label.place, label.end);
        let line = |line: u32| line.clamp(1, self.source.lines());
        let at = |byte: usize, line: u32| {
            self.starts[(line - self.first) as usize] + byte.saturating_sub(self.source.start(line))
        };
        let first = line(label.place.line);
        let last = label.end.filter(|_| length > 0).map_or(first, |end| line(end.line).max(first));
        at(start, first)..at(start + length, last)
    }
}
