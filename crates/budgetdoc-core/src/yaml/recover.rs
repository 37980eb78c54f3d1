//! Reading on behind an error of syntax, so that one run tells what is wrong in the whole file.

use std::ops::Range;

use super::read::{Reading, read_once};
use super::{Content, YamlNode, YamlTree};
use crate::error::Problem;
use budgetdoc_document::Place;

/// Errors of syntax that are told of one file.
const MOST: usize = 50;

/// Reads `text`. An entry that cannot be read is told, and taken away; whatever may be missing for that reason is not
/// missed.
pub(crate) fn read(text: &str) -> YamlTree {
    let mut masked = text.to_owned();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut slips: Vec<Problem> = Vec::new();
    loop {
        let Reading { mut root, mut problems, stop } = read_once(&masked);
        let Some(stop) = stop else {
            if let Some(root) = root.as_mut().filter(|_| !taken.is_empty()) {
                root.miss(text.len(), &taken);
            }
            // A file in which nothing is left was not empty.
            problems.retain(|_| slips.is_empty() || root.is_some());
            slips.append(&mut problems);
            slips.sort_by_key(|problem| problem.place);
            return YamlTree { root, problems: slips };
        };
        let slip = problems.pop();
        let told = slip.as_ref().and_then(|slip| slip.place).unwrap_or(stop);
        let line = |place: Place| (place.line as usize).saturating_sub(1);
        let (told, stop) = (line(told), line(stop));
        let (first, last) = (told.min(stop), told.max(stop));
        // What follows from what was taken away is no slip of its own.
        let follows = taken.iter().any(|range| line_of(text, range.start) <= last && first <= line_of(text, range.end));
        slips.extend(slip.filter(|_| !follows));
        let ranges = [entry(&masked, told, told), entry(&masked, first, last), section(&masked, first, last)];
        match ranges.into_iter().find(|range| !masked[range.clone()].trim().is_empty()) {
            Some(range) if slips.len() < MOST => {
                let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
                let blanks: String = masked[range.clone()].bytes().map(blank).collect();
                masked.replace_range(range.clone(), &blanks);
                taken.push(range);
            }
            _ => return YamlTree { root: None, problems: slips },
        }
    }
}

/// The line, from 0, that the byte `at` of a text is in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// The bytes of the entry of a list or mapping that the lines `first` to `last` are in.
fn entry(text: &str, first: usize, last: usize) -> Range<usize> {
    let begins = |line: &str| {
        let word = line.trim_start();
        word.starts_with("- ") || word.split([' ', '#']).next().is_some_and(|key| key.ends_with(':') && key.len() > 1)
    };
    block(text, first, last, begins)
}

/// The bytes from one key at the margin to the next around the lines `first` to `last`.
fn section(text: &str, first: usize, last: usize) -> Range<usize> {
    block(text, first, last, |line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()) && line.contains(':'))
}

/// The bytes from the last line up to `first` that begins something to the next behind `last` that is not deeper.
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
    /// Notes in each mapping that something was taken away from between its start and `end`, and drops the keys that have
    /// lost their value.
    fn miss(&mut self, end: usize, taken: &[Range<usize>]) {
        let is_hit = |start: usize, end: usize| taken.iter().any(|range| start <= range.start && range.start < end);
        if !is_hit(self.range.start, end) {
            return;
        }
        match &mut self.content {
            Content::Map { entries, cut, .. } => {
                *cut = true;
                let starts: Vec<usize> = entries.iter().skip(1).map(|(key, _)| key.range.start).chain([end]).collect();
                let mut ends = starts.iter();
                entries.retain(|(key, value)| {
                    let end = ends.next().copied().unwrap_or(end);
                    !(value.is_null() && is_hit(key.range.end, end))
                });
                let starts: Vec<usize> = entries.iter().skip(1).map(|(key, _)| key.range.start).chain([end]).collect();
                for ((_, value), end) in entries.iter_mut().zip(starts) {
                    value.miss(end, taken);
                }
            }
            Content::List(items) => {
                let starts: Vec<usize> = items.iter().skip(1).map(|item| item.range.start).chain([end]).collect();
                for (item, end) in items.iter_mut().zip(starts) {
                    item.miss(end, taken);
                }
            }
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
    }
}
