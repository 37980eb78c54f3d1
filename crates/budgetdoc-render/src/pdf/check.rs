//! Finds problems of a layout of which no file, or none that meets the standards, can be written.

use std::collections::{BTreeMap, BTreeSet};

use budgetdoc_document::Document;
use skrifa::FontRef;
use skrifa::raw::TableProvider;

use super::error;
use crate::error::{FontError, RenderError};
use crate::font::{Face, FaceId, FontBook};
use crate::layout::{GlyphRun, Layout, Mark, Page, Tag};

/// Bytes of the longest string (PDF/A-2, ISO 19005-2, 6.1.13).
const LONGEST_STRING: usize = 32_767;

/// Maximum depth of the structure tree; the writers recurse.
const MAX_DEPTH: usize = 64;

/// Checks a layout and its fonts.
///
/// # Errors
/// [`RenderError::Write`] with the first problem and its page, [`RenderError::Font`] with the first glyph that cannot be
/// drawn.
pub(super) fn layout(document: &Document, title: &str, layout: &Layout, fonts: &FontBook) -> Result<(), RenderError> {
    if layout.pages.is_empty() {
        return Err(error::write("the layout has no page"));
    }
    let reached = nodes_in_tree(layout)?;
    check_targets(layout)?;
    check_figures(layout)?;
    check_heads(layout, &reached)?;
    let mut broken = BrokenRules::default();
    broken.check_words(document, title, layout);
    let (mut faces, mut drawn) = (BTreeMap::new(), BTreeSet::new());
    for (index, page) in layout.pages.iter().enumerate() {
        let invalid = |what: String| error::write(format!("page {}: {what}", index + 1));
        if !has_allowed_size(page) {
            return Err(invalid("its width or height is not between 3 and 14400 pt".to_owned()));
        }
        for item in &page.items {
            if let Some(node) = item.node
                && (node == 0 || !reached.get(node).copied().unwrap_or(false))
            {
                return Err(invalid(format!("a mark belongs to node {node}, which is no node below the document")));
            }
            if let Mark::Glyphs(run) = &item.mark {
                let count = glyph_count(&mut faces, fonts, run.face)?;
                check_run(run, count).map_err(|what| invalid(format!("the run {:?} {what}", run.text)))?;
                broken.check_run(run);
                draw_run(&mut drawn, run, fonts.face(run.face))?;
            }
        }
        for link in &page.links {
            if !reached.get(link.node).copied().unwrap_or(false) || layout.nodes[link.node].tag != Tag::Link {
                return Err(invalid(format!("a link belongs to node {}, which is no link node", link.node)));
            }
            if link.target >= layout.targets.len() {
                return Err(invalid(format!("a link leads to target {}, which does not exist", link.target)));
            }
        }
    }
    match broken.0.as_slice() {
        [] => Ok(()),
        rules => Err(error::write(format!("PDF/A-2a or PDF/UA-1 forbids it: {}", rules.join("; ")))),
    }
}

/// Rules of the standards that a layout breaks, each once.
#[derive(Default)]
struct BrokenRules(Vec<String>);

impl BrokenRules {
    fn push(&mut self, rule: String) {
        if !self.0.contains(&rule) {
            self.0.push(rule);
        }
    }

    /// Checks the words beyond the pages: properties, titles and descriptions.
    fn check_words(&mut self, document: &Document, title: &str, layout: &Layout) {
        let info = &document.info;
        let keywords = info.keywords.join(", ");
        let mut words = vec![title, &info.author, &info.subject, &keywords];
        words.extend(layout.outline.iter().map(|entry| entry.title.as_str()));
        for node in &layout.nodes {
            match &node.tag {
                Tag::Heading { title, .. } if title.is_empty() => self.push("a heading has no words".to_owned()),
                Tag::Figure { summary, .. } if summary.is_empty() => {
                    self.push("a figure has no description".to_owned())
                }
                Tag::Heading { title: words_of, .. }
                | Tag::Table { summary: words_of }
                | Tag::Figure { summary: words_of, .. } => words.push(words_of),
                Tag::Document
                | Tag::Paragraph
                | Tag::Contents
                | Tag::ContentsItem
                | Tag::Reference
                | Tag::Link
                | Tag::Caption
                | Tag::TableHead
                | Tag::TableBody
                | Tag::Row
                | Tag::HeaderCell { .. }
                | Tag::Cell { .. } => {}
            }
        }
        // Two bytes for each unit of UTF-16, and two that say so.
        if words.iter().any(|words| words.encode_utf16().count() * 2 + 2 > LONGEST_STRING) {
            self.push("a string, such as the title, is longer than 32767 bytes".to_owned());
        }
    }

    /// Checks what the glyphs of a run stand for.
    fn check_run(&mut self, run: &GlyphRun) {
        for (glyph, range) in run.glyphs.iter().zip(run.ranges()) {
            let text = &run.text[range];
            if glyph.id == 0 {
                self.push(format!("{text:?} is set with the glyph for missing characters"));
            }
            let is_private = |character: &char| {
                matches!(
                    character,
                    '\0' | '\u{FEFF}' | '\u{FFFE}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}'
                )
            };
            if let Some(character) = text.chars().find(is_private) {
                let code = u32::from(character);
                self.push(format!("glyph {} stands for U+{code:04X}, a private or reserved character", glyph.id));
            }
        }
    }
}

/// Returns whether a page's sides are within the limits of PDF/A-2.
fn has_allowed_size(page: &Page) -> bool {
    let is_allowed = |length: f32| (3.0..=14_400.0).contains(&length);
    is_allowed(page.width.in_pt()) && is_allowed(page.height.in_pt())
}

/// Returns for each node whether it is in the tree. None may be there twice.
fn nodes_in_tree(layout: &Layout) -> Result<Vec<bool>, RenderError> {
    let mut reached = vec![false; layout.nodes.len()];
    match layout.nodes.first() {
        Some(root) if root.tag == Tag::Document => reached[0] = true,
        _ => return Err(error::write("node 0 is not the document")),
    }
    let mut stack = vec![(0, 0)];
    while let Some((node, depth)) = stack.pop() {
        if depth > MAX_DEPTH {
            return Err(error::write(format!("the structure is nested deeper than {MAX_DEPTH} levels at node {node}")));
        }
        for &child in &layout.nodes[node].children {
            match reached.get_mut(child) {
                Some(seen @ false) => *seen = true,
                Some(true) => return Err(error::write(format!("node {child} is repeated in the structure"))),
                None => return Err(error::write(format!("node {node} has a child {child}, which there is not"))),
            }
            if layout.nodes[child].tag == Tag::Document {
                return Err(error::write(format!("node {child} is a document inside the document")));
            }
            stack.push((child, depth + 1));
        }
    }
    Ok(reached)
}

fn check_figures(layout: &Layout) -> Result<(), RenderError> {
    for node in &layout.nodes {
        if let Tag::Figure { place: Some(place), .. } = &node.tag
            && place.0 >= layout.pages.len()
        {
            return Err(error::write(format!(
                "a figure is on page {}, but the last is {}",
                place.0 + 1,
                layout.pages.len()
            )));
        }
    }
    Ok(())
}

fn check_heads(layout: &Layout, reached: &[bool]) -> Result<(), RenderError> {
    let is_head = |node: usize| {
        reached.get(node).copied().unwrap_or(false) && matches!(layout.nodes[node].tag, Tag::HeaderCell { .. })
    };
    let heads = layout.nodes.iter().filter_map(|node| match &node.tag {
        Tag::Cell { heads, .. } => heads.iter().find(|head| !is_head(**head)),
        _ => None,
    });
    match heads.min() {
        Some(head) => Err(error::write(format!("a cell has node {head} as its head, which is no head cell"))),
        None => Ok(()),
    }
}

fn check_targets(layout: &Layout) -> Result<(), RenderError> {
    for (index, target) in layout.targets.iter().enumerate() {
        if target.page >= layout.pages.len() {
            return Err(error::write(format!(
                "target {index} is on page {}, but the last is {}",
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
    let face = fonts.faces().get(id.index()).ok_or_else(missing)?;
    let data = face.data();
    let unusable = |error: String| face.unusable(FontError::NotEmbeddable(error));
    let font =
        FontRef::from_index(data.as_ref().as_ref(), face.index()).map_err(|error| unusable(error.to_string()))?;
    let count = font.maxp().map_err(|error| unusable(error.to_string()))?.num_glyphs();
    if !has_sound_names(&font) {
        return Err(unusable("its names are damaged".to_owned()));
    }
    faces.insert(id, count);
    Ok(count)
}

/// Returns whether the names of a font lie within 64 KB, each and all, as subsetter adds them up in 16 bits.
fn has_sound_names(font: &FontRef) -> bool {
    let Ok(names) = font.name() else { return true };
    let strings: BTreeSet<(u32, u32)> =
        names.name_record().iter().map(|name| (name.string_offset().to_u32(), name.length().into())).collect();
    let is_short = |length: u32| u16::try_from(length).is_ok();
    strings.iter().all(|(offset, length)| is_short(offset + length))
        && is_short(strings.iter().map(|name| name.1).sum())
}

fn check_run(run: &GlyphRun, count: u16) -> Result<(), String> {
    if run.size.in_milli_pt() <= 0 {
        return Err("has no type size".to_owned());
    }
    for glyph in &run.glyphs {
        if glyph.id >= count {
            return Err(format!("uses glyph {}, its face has {count}", glyph.id));
        }
    }
    if let Some(range) = run.ranges().find(|range| range.is_empty() || run.text.get(range.clone()).is_none()) {
        return Err(format!("has a glyph for the bytes {range:?}, which are no characters of it"));
    }
    Ok(())
}

/// Draws the glyphs of a damaged face, each once.
fn draw_run(drawn: &mut BTreeSet<(FaceId, u16)>, run: &GlyphRun, face: &Face) -> Result<(), RenderError> {
    if face.is_intact() {
        return Ok(());
    }
    for (glyph, range) in run.glyphs.iter().zip(run.ranges()).filter(|(glyph, _)| glyph.id != 0) {
        if drawn.insert((run.face, glyph.id)) && !face.is_drawable(glyph.id) {
            let character = run.text[range].chars().next().unwrap_or_default();
            return Err(face.unusable(FontError::DamagedGlyph(character)));
        }
    }
    Ok(())
}
