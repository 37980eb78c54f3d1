//! The outline (bookmarks) of the PDF (ISO 32000-1, 12.3.3).

use pdf_writer::{Ref, TextStr};

use super::file::PdfFile;
use crate::error::RenderError;
use crate::layout::{HeadingPlace, Layout, Page};

/// An entry of the outline.
struct Entry<'a> {
    title: &'a str,
    level: u8,
    place: Option<&'a HeadingPlace>,
    number: Ref,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Returns the distance of a heading from the lower edge of its page, in points.
pub(super) fn height_of(place: &HeadingPlace, pages: &[Page]) -> f32 {
    (pages[place.page].height - place.y).in_pt()
}

/// Writes the headings nested by their levels and returns the number of the outline; a level that is skipped nests no
/// deeper than one step.
///
/// PDF/UA demands an outline, so a document without headings gets its title as the only entry.
pub(super) fn write(layout: &Layout, title: &str, pages: &[Ref], file: &mut PdfFile) -> Result<Ref, RenderError> {
    let root = file.reserve();
    let mut entries: Vec<Entry> = Vec::with_capacity(layout.outline.len());
    let mut open: Vec<usize> = Vec::new();
    for entry in &layout.outline {
        while open.pop_if(|last| entries[*last].level >= entry.level).is_some() {}
        let (parent, index) = (open.last().copied(), entries.len());
        if let Some(parent) = parent {
            entries[parent].children.push(index);
        }
        open.push(index);
        entries.push(Entry {
            title: &entry.title,
            level: entry.level,
            place: Some(&layout.targets[entry.target]),
            number: file.reserve(),
            parent,
            children: Vec::new(),
        });
    }
    if entries.is_empty() {
        entries.push(Entry {
            title,
            level: 1,
            place: None,
            number: file.reserve(),
            parent: None,
            children: Vec::new(),
        });
    }
    let top: Vec<usize> = (0..entries.len()).filter(|index| entries[*index].parent.is_none()).collect();
    for (index, entry) in entries.iter().enumerate() {
        let siblings = entry.parent.map_or(&top, |parent| &entries[parent].children);
        let at = siblings.partition_point(|sibling| *sibling < index);
        let number = |sibling: Option<&usize>| sibling.map(|sibling| entries[*sibling].number);
        file.object(entry.number, |chunk| {
            let mut item = chunk.outline_item(entry.number);
            item.title(TextStr(entry.title)).parent(entry.parent.map_or(root, |parent| entries[parent].number));
            if let Some(previous) = at.checked_sub(1).and_then(|at| number(siblings.get(at))) {
                item.prev(previous);
            }
            if let Some(next) = number(siblings.get(at + 1)) {
                item.next(next);
            }
            if let (Some(first), Some(last)) = (number(entry.children.first()), number(entry.children.last())) {
                let count = shown(&entries, &entry.children);
                item.first(first).last(last).count(if is_open(entry) { count } else { -count });
            }
            match entry.place {
                Some(place) => item.dest().page(pages[place.page]).xyz(0.0, height_of(place, &layout.pages), None),
                None => item.dest().page(pages[0]).xyz(0.0, layout.pages[0].height.in_pt(), None),
            }
        })?;
    }
    file.object(root, |chunk| {
        let mut outline = chunk.outline(root);
        if let (Some(first), Some(last)) = (top.first(), top.last()) {
            outline.first(entries[*first].number).last(entries[*last].number);
        }
        outline.count(shown(&entries, &top));
    })?;
    Ok(root)
}

/// Returns whether a viewer shows what is below an entry: the parts but not the sections.
fn is_open(entry: &Entry) -> bool {
    entry.level == 1
}

/// Returns how many lines entries take that a viewer shows, with those below open ones.
fn shown(entries: &[Entry], of: &[usize]) -> i32 {
    let below = |index: &usize| {
        let entry = &entries[*index];
        if is_open(entry) { shown(entries, &entry.children) } else { 0 }
    };
    of.iter().map(|index| 1 + below(index)).sum()
}
