//! Continues reading behind errors of syntax, to report all errors of a file in one run.

use std::ops::Range;

use super::read::{YamlReading, read_once};
use super::slips::begins_with_key;
use super::{Content, YamlNode, YamlTree};
use crate::error::{Problem, ProblemCode};
use budgetdoc_document::Place;

/// Most errors of syntax reported of one file.
const MOST: usize = 50;

/// Bytes that are read again for them at most.
const READ_AGAIN: usize = 50_000_000;

/// Reads `text`. Reports and removes each entry that cannot be read; keys missing for that reason are not reported.
pub(crate) fn read(text: &str) -> YamlTree {
    let most = MOST.min(1 + READ_AGAIN / text.len().max(1));
    let mut masked = text.to_owned();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut slips: Vec<Problem> = Vec::new();
    loop {
        let YamlReading { mut root, mut problems, stop } = read_once(&masked);
        let Some(stop) = stop else {
            if let Some(root) = root.as_mut().filter(|_| !taken.is_empty()) {
                root.mark_incomplete(0..text.len(), &taken);
            }
            // A file in which nothing is left is not an empty file.
            problems.retain(|_| slips.is_empty() || root.is_some());
            slips.append(&mut problems);
            slips.sort_by_key(|problem| problem.place);
            return YamlTree { root, problems: slips };
        };
        let slip = problems.pop();
        let is_stray = slip.as_ref().is_some_and(|slip| slip.code == ProblemCode::TextAtMargin);
        let reported = slip.as_ref().and_then(|slip| slip.place).unwrap_or(stop);
        let line = |place: Place| (place.line as usize).saturating_sub(1);
        let (reported, stop) = (line(reported), line(stop));
        let (first, last) = (reported.min(stop), reported.max(stop));
        // Errors that follow from removed entries are not reported.
        let follows = taken.iter().any(|range| line_of(text, range.start) <= last && first <= line_of(text, range.end));
        slips.extend(slip.filter(|_| !follows));
        // Text pasted at the margin: the lines themselves, so that the block around them stays.
        let stray = if is_stray { stray_lines(&masked, reported) } else { 0..0 };
        let ranges =
            [stray, entry(&masked, reported, reported), entry(&masked, first, last), section(&masked, first, last)];
        match ranges.into_iter().find(|range| !masked[range.clone()].trim().is_empty()) {
            Some(range) if slips.len() < most => {
                let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
                let blanks: String = masked[range.clone()].bytes().map(blank).collect();
                masked.replace_range(range.clone(), &blanks);
                taken.push(range);
            }
            _ => return YamlTree { root: None, problems: slips },
        }
    }
}

/// Returns the line, from 0, that the byte `at` of a text is in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// Returns the bytes of the lines from `first` on that stand at the margin and are no key, with blank ones between them.
fn stray_lines(text: &str, first: usize) -> Range<usize> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let is_stray = |start: &usize| {
        let line = text[*start..].lines().next().unwrap_or_default();
        line.trim().is_empty() || !(line.starts_with([' ', '-', '#']) || begins_with_key(line))
    };
    let count = starts.iter().skip(first).take_while(|start| is_stray(start)).count();
    let at = |index: usize| starts.get(index).copied().unwrap_or(text.len());
    at(first)..at(first + count)
}

/// Returns the bytes of the entry of a list or mapping around the lines `first` to `last`.
fn entry(text: &str, first: usize, last: usize) -> Range<usize> {
    let begins = |line: &str| {
        let word = line.trim_start();
        word.starts_with("- ") || word.split([' ', '#']).next().is_some_and(|key| key.ends_with(':') && key.len() > 1)
    };
    block(text, first, last, begins)
}

/// Returns the bytes from one key at the margin to the next around the lines `first` to `last`.
fn section(text: &str, first: usize, last: usize) -> Range<usize> {
    block(text, first, last, |line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()) && line.contains(':'))
}

/// Returns the bytes from the last line up to `first` that `begins` accepts to the next line behind `last` that is not
/// deeper.
fn block(text: &str, first: usize, last: usize, begins: impl Fn(&str) -> bool) -> Range<usize> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let line = |index: usize| text[starts[index]..].lines().next().unwrap_or_default();
    let indent = |index: usize| line(index).len() - line(index).trim_start().len();
    let first = first.min(starts.len() - 1);
    let start = (0..=first).rev().find(|index| begins(line(*index))).unwrap_or(first);
    let is_behind = |index: &usize| {
        let word = line(*index).trim_start();
        !word.is_empty() && !word.starts_with('#') && indent(*index) <= indent(start)
    };
    let end = (last + 1..starts.len()).find(is_behind).map_or(text.len(), |index| starts[index]);
    starts[start]..end
}

impl YamlNode {
    /// Marks the mappings within the bytes that have lost entries as incomplete, and drops keys without their value.
    fn mark_incomplete(&mut self, within: Range<usize>, taken: &[Range<usize>]) {
        let is_hit = |start: usize, end: usize| taken.iter().any(|range| start <= range.start && range.start < end);
        let end = within.end;
        if !is_hit(within.start, end) {
            return;
        }
        match &mut self.content {
            Content::Map { entries, cut, .. } => {
                *cut = true;
                let mut ends = ends(entries.iter().map(|(key, _)| key), end).into_iter();
                entries.retain(|(key, value)| {
                    let end = ends.next().unwrap_or(end);
                    !(value.is_null() && is_hit(key.range.end, end))
                });
                let ends = self::ends(entries.iter().map(|(key, _)| key), end);
                for ((_, value), end) in entries.iter_mut().zip(ends) {
                    value.mark_incomplete(value.range.start..end, taken);
                }
            }
            Content::List(items) => {
                let ends = ends(items.iter(), end);
                for (item, end) in items.iter_mut().zip(ends) {
                    item.mark_incomplete(item.range.start..end, taken);
                }
            }
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
    }
}

/// Returns the end of each node: before the next one, that of the last at `end`.
fn ends<'a>(nodes: impl Iterator<Item = &'a YamlNode>, end: usize) -> Vec<usize> {
    nodes.skip(1).map(|node| node.range.start).chain([end]).collect()
}
