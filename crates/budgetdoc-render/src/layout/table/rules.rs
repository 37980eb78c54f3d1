//! The rules of a fragment: one rectangle for each longest straight segment.

use budgetdoc_document::{Length, PageStyle};

use super::super::Rectangle;
use super::pages::RowPiece;
use super::rows::Rows;

/// Returns the rules around and between the cells of `pieces`, whose edges are `tops`. The outer rules lie inside the
/// table's edges, the inner ones on the edges between cells.
pub(super) fn rules(
    page: &PageStyle,
    rows: &Rows<'_>,
    pieces: &[RowPiece],
    widths: &[Length],
    left: Length,
    tops: &[Length],
) -> Vec<Rectangle> {
    let mut lefts = vec![left];
    for width in widths {
        lefts.push(lefts[lefts.len() - 1] + *width);
    }
    let (columns, count) = (widths.len(), pieces.len());
    let owner = |piece: usize, column: usize| rows.owners_of(pieces[piece].row)[column];
    let mut rules = Vec::new();
    for (edge, top) in tops.iter().enumerate() {
        let outer = edge == 0 || edge == count;
        let has_rule = |column: usize| outer || owner(edge - 1, column) != owner(edge, column);
        let (y, height) = position(edge, count, *top, page);
        for (start, end) in segments(columns, has_rule) {
            rules.push(Rectangle { x: lefts[start], y, width: lefts[end] - lefts[start], height });
        }
    }
    for (edge, left) in lefts.iter().enumerate() {
        let outer = edge == 0 || edge == columns;
        let has_rule = |piece: usize| outer || owner(piece, edge - 1) != owner(piece, edge);
        let (x, width) = position(edge, columns, *left, page);
        for (start, end) in segments(count, has_rule) {
            rules.push(Rectangle { x, y: tops[start], width, height: tops[end] - tops[start] });
        }
    }
    rules
}

/// Returns the position of a rule on the edge at `at`, across its length, and its thickness.
fn position(edge: usize, last: usize, at: Length, page: &PageStyle) -> (Length, Length) {
    match edge {
        0 => (at, page.outer_rule),
        _ if edge == last => (at - page.outer_rule, page.outer_rule),
        _ => (at - page.inner_rule / 2, page.inner_rule),
    }
}

/// Returns the longest runs of `0..count` that have a rule.
fn segments(count: usize, has_rule: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut segments: Vec<(usize, usize)> = Vec::new();
    for index in (0..count).filter(|index| has_rule(*index)) {
        match segments.last_mut() {
            Some((_, end)) if *end == index => *end = index + 1,
            _ => segments.push((index, index + 1)),
        }
    }
    segments
}
