//! The outline (bookmarks) viewers show beside the pages.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use crate::layout::{HeadingPlace, Layout};

/// Returns where a heading stands, at the left edge so that a viewer shows the whole width of the page.
pub(super) fn destination(target: &HeadingPlace) -> XyzDestination {
    XyzDestination::new(target.page, Point::from_xy(0.0, target.y.in_pt()))
}

/// Returns the headings nested by their levels; a level that is skipped nests no deeper than one step.
///
/// PDF/UA demands an outline, so a document without headings gets its title as the only entry.
pub(super) fn outline(layout: &Layout, title: &str) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    for entry in &layout.outline {
        close(&mut outline, &mut open, entry.level);
        let place = destination(&layout.targets[entry.target]);
        // The great divisions stand open, so that the parts are seen at a glance and the details are not.
        open.push((entry.level, OutlineNode::new(entry.title.clone(), place).with_open(entry.level == 1)));
    }
    close(&mut outline, &mut open, 0);
    if layout.outline.is_empty() {
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    }
    outline
}

/// Hands every open entry of `level` or deeper to the entry above it.
fn close(outline: &mut Outline, open: &mut Vec<(u8, OutlineNode)>, level: u8) {
    while let Some((_, done)) = open.pop_if(|(open_level, _)| *open_level >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(done),
            None => outline.push_child(done),
        }
    }
}
