//! Judges of the printed pages: what no validator sees, counted over every sample, with bounds.

use std::collections::BTreeMap;

use budgetdoc::document::{Block, StyleName};
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
            Mark::Glyphs(_) | Mark::Rule(_) => {}
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
    assert!(counts["spread over 0.06 em"] <= 4 && worst_spread <= 90, "{counts:?}, at worst {worst_spread}");
}
