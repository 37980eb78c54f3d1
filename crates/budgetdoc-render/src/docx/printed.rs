//! What the set pages tell about the breaks of titles, which read well there and would not if Word broke them.

use std::collections::BTreeMap;

use budgetdoc_core::document::{Cover, Length, Text};

use crate::layout::{Layout, Mark, Page};

/// The lines of a cover's title as they are printed; the whole as one line where the pages do not tell.
pub(super) fn cover_lines(layout: &Layout, cover: &Cover) -> Vec<String> {
    let title = cover.title.to_plain();
    let covers = layout.pages.iter().filter(|page| page.number.is_none());
    covers.map(|page| lines_on(page, Length::ZERO, &title)).find_map(|lines| lines).unwrap_or(vec![title])
}

/// How far a centred title has to stand in from both edges of a column of `width`, so that Word, which fills one line
/// after the other, breaks it where the printed page does. None where it breaks so by itself or cannot.
pub(super) fn title_indent(layout: &Layout, target: usize, text: &Text, size: Length, width: Length) -> Option<Length> {
    let target = layout.targets.get(target)?;
    let lines = lines_on(layout.pages.get(target.page)?, target.y, &text.to_plain())?;
    let widths: Vec<Length> = lines.iter().map(|line| natural(line, size)).collect();
    let least = widths.iter().copied().max()?;
    // A measure below which the next line's first character does not fit on any line before it.
    let most = lines
        .iter()
        .zip(&widths)
        .zip(lines.iter().skip(1))
        .map(|((_, width), next)| *width + natural(&next.chars().take(1).collect::<String>(), size))
        .min()?;
    let indent = (width - (least + most) / 2) / 2;
    (least < most && indent > Length::ZERO).then_some(indent)
}

/// About how wide a text is on one line: Chinese characters are as wide as they are high, others half that.
pub(super) fn natural(text: &str, size: Length) -> Length {
    let halves: i32 = text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum();
    size * halves / 2
}

/// The lines on `page` from `top` down that together make up `text`.
fn lines_on(page: &Page, top: Length, text: &str) -> Option<Vec<String>> {
    let mut lines: BTreeMap<i32, String> = BTreeMap::new();
    for item in &page.items {
        if let Mark::Glyphs(run) = &item.mark
            && run.y >= top
        {
            lines.entry(run.y.in_milli_pt()).or_default().push_str(&run.text);
        }
    }
    let mut found = Vec::new();
    let mut rest = text.trim();
    for line in lines.into_values() {
        let line = line.trim();
        match rest.strip_prefix(line) {
            Some(after) if !line.is_empty() => {
                rest = after.trim_start();
                found.push(line.to_owned());
            }
            // A line above the title, such as the number of a table.
            _ if found.is_empty() => {}
            _ => return None,
        }
        if rest.is_empty() {
            return Some(found);
        }
    }
    None
}
