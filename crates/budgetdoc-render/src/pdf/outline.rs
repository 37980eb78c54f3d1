//! The outline (bookmarks) of the PDF.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use crate::layout::{HeadingPlace, Layout};

/// Returns the place of a heading, at the left edge so that a viewer shows the whole width of the page.
pub(super) fn destination(target: &HeadingPlace) -> XyzDestination {
    XyzDestination::new(target.page, Point::from_xy(0.0, target.y.in_pt()))
}

/// Returns the headings nested by their levels; a level that is skipped nests no deeper than one step.
///
/// PDF/UA demands an outline, so a document without headings gets its title as the only entry.
pub(super) fn outline(layout: &Layout, title: &str) -> Outline {
    let mut outline = Outline::new();
    let mut open_entries: Vec<(u8, OutlineNode)> = Vec::new();
    for entry in &layout.outline {
        close_entries(&mut outline, &mut open_entries, entry.level);
        let place = destination(&layout.targets[entry.target]);
        // Entries of the first level are open: a viewer shows the parts but not the sections.
        open_entries.push((entry.level, OutlineNode::new(entry.title.clone(), place).with_open(entry.level == 1)));
    }
    close_entries(&mut outline, &mut open_entries, 0);
    if layout.outline.is_empty() {
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    }
    outline
}

/// Adds every open entry of `level` or deeper to its parent.
fn close_entries(outline: &mut Outline, open_entries: &mut Vec<(u8, OutlineNode)>, level: u8) {
    while let Some((_, closed)) = open_entries.pop_if(|(open_level, _)| *open_level >= level) {
        match open_entries.last_mut() {
            Some((_, parent)) => parent.push_child(closed),
            None => outline.push_child(closed),
        }
    }
}
