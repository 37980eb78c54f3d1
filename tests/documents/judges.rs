//! Judges of the printed pages: what no validator sees, counted over every sample, with bounds.

use std::collections::BTreeMap;

use budgetdoc::document::{Block, CellContent, Document, Length, StyleName};
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

/// Returns the characters of a line with their widths, in thousandths of an em.
fn characters(layout: &Layout, line: &SetLine) -> Vec<(char, i64)> {
    let mut chars = Vec::new();
    for run in runs(&layout.pages[line.page], line) {
        for (glyph, range) in run.glyphs.iter().zip(run.ranges()) {
            let character = run.text[range].chars().next().unwrap();
            chars.push((character, i64::from(glyph.advance.in_milli_pt()) * 1000 / i64::from(run.size.in_milli_pt())));
        }
    }
    chars
}

/// Returns the width of a hanzi of running text on the grid of whole characters, in thousandths of an em.
fn width_on_grid(document: &Document) -> i64 {
    let size = i64::from(document.styles.get(StyleName::Body).size.in_milli_pt());
    let width = i64::from(document.page.text_width().in_milli_pt());
    let on_grid = width * 1000 / ((width + size / 2) / size * size);
    if (on_grid - 1000).abs() <= i64::from(document.page.spacing.grid) { on_grid } else { 1000 }
}

/// Returns the gaps of a line whose widths are known without the face: after hanzi, which are `han` wide, and figures.
fn gaps(chars: &[(char, i64)], han: i64) -> Vec<Gap> {
    let pairs = chars.windows(2).filter_map(|pair| {
        let ((before, advance), (after, _)) = (pair[0], pair[1]);
        let natural = match before {
            _ if is_han(before) => han,
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
            let han = width_on_grid(&document);
            let lines: Vec<_> = full.map(|line| characters(&set, line)).collect();
            let mut add = |what, found: bool| *counts.entry(what).or_default() += usize::from(found);
            lines.iter().for_each(|line| add("few marks squeezed", has_few_squeezed_marks(line)));
            let lines: Vec<Vec<Gap>> = lines.iter().map(|line| gaps(line, han)).collect();
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
    // One paragraph in fifty has a tightened line and a stretched one, as a number is not parted from its unit.
    let uneven = counts["spread over 0.06 em"] * 50;
    assert!(uneven <= counts["paragraphs"] && worst_spread <= 85, "{counts:?}, at worst {worst_spread}");
    assert!(counts["few marks squeezed"] * 25 <= counts["lines"], "{counts:?}");
}

/// Returns whether a line has fewer than four marks that may give, and one of them gives more than a quarter of an em.
fn has_few_squeezed_marks(line: &[(char, i64)]) -> bool {
    let is_mark = |character: char| "，、；：（）“”《》。".contains(character);
    let alone = line.windows(3).filter(|three| is_mark(three[1].0) && !is_mark(three[0].0) && !is_mark(three[2].0));
    let widths: Vec<i64> = alone.map(|three| three[1].1).collect();
    widths.len() < 4 && widths.iter().any(|width| *width < 735)
}

/// Readers of PDF take a glyph that is moved back by more than half an em for the start of another line.
#[test]
fn no_glyph_is_moved_back_by_more_than_half_an_em() {
    let mut count = 0;
    for name in crate::shapes::names() {
        let set = layout(&spec(&name), fonts()).unwrap();
        for item in set.pages.iter().flat_map(|page| &page.items) {
            let Mark::Glyphs(run) = &item.mark else { continue };
            let most = run.size / 2 + Length::milli_pt(1);
            let glyphs = run.glyphs.iter().zip(run.text.chars());
            for ((glyph, before), (next, after)) in glyphs.clone().zip(glyphs.skip(1)) {
                // Hanzi and marks are as wide as the em in every face, Latin letters narrower.
                let back =
                    if before.is_ascii() { Length::ZERO } else { run.size - glyph.advance } + glyph.shift - next.shift;
                assert!(back <= most, "{name}: {before}{after} in {:?}: {back:?} of {:?}", run.text, run.size);
                count += usize::from(back > run.size / 4);
            }
        }
    }
    assert!(count > 300, "{count}");
}

/// Lines of running text break where they may: never in a number, after an opening mark or before a closing one, and
/// seldom between a number and its unit or before one last character.
#[test]
fn running_text_breaks_where_it_may() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in crate::shapes::names() {
        let document = spec(&name);
        let set = layout(&document, fonts()).unwrap();
        for (block, of) in document.blocks.iter().zip(&set.blocks) {
            let Block::Paragraph(paragraph) = block else { continue };
            let text = paragraph.text.to_plain();
            let lines: Vec<&str> = of.lines.iter().map(|line| &text[line.range.clone()]).collect();
            for pair in lines.windows(2) {
                let (before, after) = (pair[0].chars().next_back().unwrap(), pair[1].chars().next().unwrap());
                let mut add = |what, found: bool| *counts.entry(what).or_default() += usize::from(found);
                let in_number = |character: char| character.is_ascii_digit() || character == '.';
                add("breaks", true);
                add("in a number", in_number(before) && in_number(after));
                add("a mark at an edge", "（《“‘".contains(before) || "，。、；：！？）》”’%％…".contains(after));
                let has_unit = ["万元", "亿元", "元", "个", "人", "辆", "次", "年", "月"];
                let is_parted = has_unit.iter().any(|unit| pair[1].starts_with(unit));
                add("number and unit parted", before.is_ascii_digit() && is_parted);
            }
            if let [.., _, last] = lines.as_slice() {
                let alone = last.chars().filter(|character| is_han(*character) || character.is_ascii_digit()).count();
                *counts.entry("one character alone").or_default() += usize::from(alone < 2);
            }
        }
    }
    assert!(counts["breaks"] > 500, "{counts:?}");
    assert_eq!((counts["in a number"], counts["a mark at an edge"]), (0, 0), "{counts:?}");
    assert!(counts["number and unit parted"] * 25 <= counts["breaks"], "{counts:?}");
    assert!(counts["one character alone"] * 100 <= counts["breaks"], "{counts:?}");
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
    let margins = document.page.sheet(page.orientation).margins;
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
