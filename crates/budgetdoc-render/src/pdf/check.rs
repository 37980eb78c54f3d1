//! Faults of a layout that krilla would answer with a panic, or with a file that no one can read.

use std::collections::BTreeMap;

use skrifa::FontRef;
use skrifa::raw::TableProvider;

use super::error;
use crate::error::{FontFault, RenderError};
use crate::font::{FaceId, FontBook};
use crate::layout::{GlyphRun, Layout, Mark, Page, Tag};

/// Deeper trees than this are no document's, and the writers of trees call themselves.
const DEEPEST: usize = 64;

/// Looks for the first fault.
///
/// # Errors
/// [`RenderError::Write`] with the fault and its page.
pub(super) fn layout(layout: &Layout, fonts: &FontBook) -> Result<(), RenderError> {
    if layout.pages.is_empty() {
        return Err(error::write("the layout has no page"));
    }
    let reached = tree(layout)?;
    targets(layout)?;
    let mut faces = BTreeMap::new();
    for (index, page) in layout.pages.iter().enumerate() {
        let fault = |what: String| error::write(format!("page {}: {what}", index + 1));
        if !has_size(page) {
            return Err(fault("its width or height is not between 3 and 14400 pt".to_owned()));
        }
        for item in &page.items {
            if let Some(node) = item.node
                && (node == 0 || !reached.get(node).copied().unwrap_or(false))
            {
                return Err(fault(format!("a mark belongs to node {node}, which is no node below the document")));
            }
            if let Mark::Glyphs(run) = &item.mark {
                let count = glyph_count(&mut faces, fonts, run.face)?;
                glyph_run(run, count).map_err(|what| fault(format!("the run {:?} {what}", run.text)))?;
            }
        }
        for link in &page.links {
            if !reached.get(link.node).copied().unwrap_or(false) || layout.nodes[link.node].tag != Tag::Link {
                return Err(fault(format!("a link belongs to node {}, which is no link node", link.node)));
            }
            if link.target >= layout.targets.len() {
                return Err(fault(format!("a link leads to target {}, which does not exist", link.target)));
            }
        }
    }
    Ok(())
}

/// Returns whether a page's sides are within the limits of PDF/A-2.
fn has_size(page: &Page) -> bool {
    let fits = |length: f32| (3.0..=14_400.0).contains(&length);
    fits(page.width.in_pt()) && fits(page.height.in_pt())
}

/// Returns which nodes are in the tree; each must be there once.
fn tree(layout: &Layout) -> Result<Vec<bool>, RenderError> {
    let mut reached = vec![false; layout.nodes.len()];
    match layout.nodes.first() {
        Some(root) if root.tag == Tag::Document => reached[0] = true,
        _ => return Err(error::write("node 0 is not the document")),
    }
    let mut open = vec![(0, 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return Err(error::write(format!("the structure is nested deeper than {DEEPEST} levels at node {node}")));
        }
        for &child in &layout.nodes[node].children {
            match reached.get_mut(child) {
                Some(seen @ false) => *seen = true,
                Some(true) => return Err(error::write(format!("node {child} stands twice in the structure"))),
                None => return Err(error::write(format!("node {node} has a child {child}, which there is not"))),
            }
            if layout.nodes[child].tag == Tag::Document {
                return Err(error::write(format!("node {child} is a document inside the document")));
            }
            open.push((child, depth + 1));
        }
    }
    Ok(reached)
}

fn targets(layout: &Layout) -> Result<(), RenderError> {
    for (index, target) in layout.targets.iter().enumerate() {
        if target.page >= layout.pages.len() {
            return Err(error::write(format!(
                "target {index} stands on page {}, the last is {}",
                target.page + 1,
                layout.pages.len()
            )));
        }
    }
    match layout.outline.iter().find(|entry| entry.target >= layout.targets.len()) {
        Some(entry) => Err(error::write(format!(
            "the outline's entry {:?} leads to target {}, which does not exist",
            entry.title, entry.target
        ))),
        None => Ok(()),
    }
}

fn glyph_count(faces: &mut BTreeMap<FaceId, u16>, fonts: &FontBook, id: FaceId) -> Result<u16, RenderError> {
    if let Some(count) = faces.get(&id) {
        return Ok(*count);
    }
    let missing = || error::write(format!("a run is set in face {}, which there is not", id.0));
    let face = fonts.faces().get(id.0).ok_or_else(missing)?;
    let data = face.data();
    let count = FontRef::from_index(data.as_ref().as_ref(), face.index())
        .and_then(|font| font.maxp())
        .map(|maxp| maxp.num_glyphs())
        .map_err(|error| face.unusable(FontFault::NotEmbeddable(error.to_string())))?;
    faces.insert(id, count);
    Ok(count)
}

fn glyph_run(run: &GlyphRun, count: u16) -> Result<(), String> {
    if run.size.in_milli_pt() <= 0 {
        return Err("has no type size".to_owned());
    }
    for glyph in &run.glyphs {
        if glyph.id >= count {
            return Err(format!("uses glyph {}, its face has {count}", glyph.id));
        }
        if glyph.range.is_empty() || run.text.get(glyph.range.clone()).is_none() {
            return Err(format!("has a glyph for the bytes {:?}, which are no characters of it", glyph.range));
        }
    }
    Ok(())
}
