//! Judges of the printed pages: what no validator sees, counted over every sample, with bounds.

use std::collections::BTreeMap;

use budgetdoc::document::{Block, CellContent, Document, Length, Orientation, StyleName};
use budgetdoc::layout;
use budgetdoc::layout::{GlyphRun, Layout, Mark, Page, SetLine};

use crate::{fonts, spec};

/// A gap between two characters of a line, in thousandths of an em beyond their widths.
struct Gap {
    before: char,
    after: char,
    width: i32,
}

impl Gap {
    fn is_between_han(&self) -> bool {
        is_han(self.before) && is_han(self.after)
    }

    fn is_beside_digit(&self) -> bool {
        (is_han(self.before) && self.after.is_ascii_digit()) || (self.before.is_ascii_digit() && is_han(self.after))
    }
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Returns the runs of a line in reading order.
fn runs<'a>(page: &'a Page, line: &SetLine) -> Vec<&'a GlyphRun> {
    let mut runs: Vec<&GlyphRun> = Vec::new();
    for item in page.items.iter().filter(|item| item.node.is_some()) {
        match &item.mark {
            Mark::Glyphs(run) if run.y == line.y && !run.turned => runs.push(run),
            Mark::Glyphs(_) | Mark::Rule(_) | Mark::Path(_) => {}
        }
    }
    runs
}

/// Returns the gaps of a line whose widths are known without the face: after hanzi and figures.
fn gaps(layout: &Layout, line: &SetLine) -> Vec<Gap> {
    let mut chars = Vec::new();
    for run in runs(&layout.pages[line.page], line) {
        for glyph in &run.glyphs {
            let character = run.text[glyph.range.clone()].chars().next().unwrap();
            chars.push((character, i64::from(glyph.advance.in_milli_pt()) * 1000 / i64::from(run.size.in_milli_pt())));
        }
    }
    let pairs = chars.windows(2).filter_map(|pair| {
        let ((before, advance), (after, _)) = (pair[0], pair[1]);
        let natural = match before {
            _ if is_han(before) => 1000,
            _ if before.is_ascii_digit() => 500,
            _ => return None,
        };
        Some(Gap { before, after, width: (advance - natural) as i32 })
    });
    pairs.collect()
}

/// Whether the lines of running text are even: no hole between characters, and the same gap beside figures throughout a
/// paragraph.
#[test]
fn running_text_is_even() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut worst_spread = 0;
    for name in crate::shapes::names() {
        let document = spec(&name);
        let set = layout(&document, fonts()).unwrap();
        for (block, of) in document.blocks.iter().zip(&set.blocks) {
            let Block::Paragraph(paragraph) = block else { continue };
            if paragraph.style != StyleName::Body {
                continue;
            }
            let count = of.lines.len();
            let full = of.lines.iter().take(count.saturating_sub(1));
            let lines: Vec<Vec<Gap>> = full.map(|line| gaps(&set, line)).collect();
            let mut add = |what, found: bool| *counts.entry(what).or_default() += usize::from(found);
            for line in &lines {
                add("lines", true);
                let widest = |of: fn(&Gap) -> bool| line.iter().filter(|gap| of(gap)).map(|gap| gap.width).max();
                add("over 0.12 em between hanzi", widest(Gap::is_between_han) > Some(120));
                add("over 0.2 em", widest(|_| true) > Some(200));
            }
            let beside: Vec<i32> =
                lines.iter().flatten().filter(|gap| gap.is_beside_digit()).map(|gap| gap.width).collect();
            if let (Some(least), Some(most)) = (beside.iter().min(), beside.iter().max()) {
                worst_spread = worst_spread.max(most - least);
                add("paragraphs", true);
                add("spread over 0.06 em", most - least > 60);
            }
        }
    }
    assert!(counts["lines"] > 400 && counts["paragraphs"] > 150, "{counts:?}");
    assert_eq!((counts["over 0.12 em between hanzi"], counts["over 0.2 em"]), (0, 0));
    // One paragraph in thirty has a tightened line and a stretched one.
    let uneven = counts["spread over 0.06 em"] * 30;
    assert!(uneven <= counts["paragraphs"] && worst_spread <= 90, "{counts:?}, at worst {worst_spread}");
}

/// Of few pages less than a third is filled: the last of a part, and tables that the form prints on pages of their own.
#[test]
fn pages_are_filled() {
    let mut short: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for name in crate::shapes::names() {
        let document = spec(&name);
        let set = layout(&document, fonts()).unwrap();
        let mut lowest = vec![None; set.pages.len()];
        for line in set.blocks.iter().flat_map(|block| &block.lines) {
            lowest[line.page] = lowest[line.page].max(Some(line.y));
        }
        let pages = set.pages.iter().zip(lowest).filter(|(page, _)| page.number.is_some());
        let count = pages.clone().count();
        let is_short = |(page, lowest): &(&Page, Option<Length>)| {
            let (top, bottom) = edges(&document, page);
            lowest.is_none_or(|lowest| (lowest - top) * 3 < bottom - top)
        };
        short.insert(name, (pages.filter(is_short).count(), count));
    }
    let (found, all) = short.values().fold((0, 0), |(found, all), (short, count)| (found + short, all + count));
    assert!(all > 150 && found * 100 <= all * 15, "{short:?}");
}

/// Returns the upper and lower edge of the text block.
fn edges(document: &Document, page: &Page) -> (Length, Length) {
    let margins = match page.orientation {
        Orientation::Portrait => document.page.margins,
        Orientation::Landscape => document.page.landscape_margins(),
    };
    (margins.top, page.height - margins.bottom)
}

/// A screen reader announces an amount with the heads of its row: the nearest at its left has to be its label.
#[test]
fn every_amount_has_a_label_beside_it() {
    let mut count = 0;
    for name in crate::shapes::names() {
        let document = spec(&name);
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        for table in tables {
            for group in table.groups() {
                for line in group.lines().skip(group.heads()) {
                    let line = line.unwrap();
                    let amounts = line.iter().filter(|placed| matches!(placed.cell.content, CellContent::Amount(_)));
                    for amount in amounts {
                        let left = line.iter().rev().filter(|placed| placed.slot.column < amount.slot.column);
                        let label = left.clone().find(|placed| placed.cell.header);
                        let words =
                            label.map(|label| label.cell.content.paragraphs().iter().any(|text| !text.is_empty()));
                        count += 1;
                        // Some forms have a row of figures without words.
                        let has_words = left.clone().any(|placed| {
                            placed.cell.content.number().is_none()
                                && placed.cell.content.paragraphs().iter().any(|text| !text.is_empty())
                        });
                        if has_words {
                            assert_eq!(words, Some(true), "{name}: {}, row {}", table.summary, amount.slot.row);
                        }
                    }
                }
            }
        }
    }
    assert!(count > 2_000, "{count} amounts");
}
