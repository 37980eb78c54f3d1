//! Draws the marks of each page and collects those of each node.

use std::collections::BTreeMap;

use krilla::annotation::{Annotation, LinkAnnotation, Target as LinkTarget};
use krilla::color::luma;
use krilla::destination::Destination;
use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect, Transform};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::tags::Marks;
use super::{error, info, outline};
use crate::error::{FontError, RenderError};
use crate::font::{FaceId, FontBook};
use crate::layout::{GlyphRun, Item, Layout, Link, Mark, NodeId, Path, PathSegment, Point as LayoutPoint, Rectangle};

/// The owner of a sequence of marks.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Node(NodeId),
    Artifact(ArtifactType),
}

/// Draws all pages and returns the marks of each node.
pub(super) fn pages(pdf: &mut krilla::Document, layout: &Layout, fonts: &FontBook) -> Result<Marks, RenderError> {
    let mut faces = BTreeMap::new();
    let mut marks = Marks::new(layout.nodes.len());
    for (page, label) in layout.pages.iter().zip(info::labels(&layout.pages)) {
        let settings = PageSettings::from_wh(page.width.in_pt(), page.height.in_pt())
            .ok_or_else(|| error::write("a page has no size"))?
            .with_page_label(label);
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        // Consecutive marks of one owner, such as the lines of a paragraph, share one sequence.
        let owned: Vec<(Owner, &Item)> = owners(&page.items).into_iter().zip(&page.items).collect();
        for sequence in owned.chunk_by(|(one, _), (next, _)| one == next) {
            match sequence[0].0 {
                Owner::Node(node) => {
                    marks.push(node, surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                }
                Owner::Artifact(kind) => {
                    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
                }
            }
            for (_, item) in sequence {
                match &item.mark {
                    Mark::Glyphs(run) => draw_run(&mut surface, run, face(&mut faces, fonts, run.face)?),
                    Mark::Rule(rule) => draw_rule(&mut surface, rule),
                    Mark::Path(path) => draw_path(&mut surface, path),
                }
            }
            surface.end_tagged();
        }
        surface.finish();
        // Links come after the text: each link's area follows its words in the structure.
        for areas in page.links.chunk_by(|one, next| one.node == next.node && one.target == next.target) {
            if let Some(annotation) = link(layout, areas) {
                marks.push(areas[0].node, sheet.add_tagged_annotation(annotation));
            }
        }
        sheet.finish();
    }
    Ok(marks)
}

/// Returns the owner of each mark.
fn owners(items: &[Item]) -> Vec<Owner> {
    let mut owners = Vec::with_capacity(items.len());
    for line in items.chunk_by(is_same_line) {
        // Words outside the structure are pagination: page numbers and repeated heads. Leaders and rules are layout.
        let words = line.iter().any(|item| match &item.mark {
            Mark::Glyphs(run) => run.text.chars().any(char::is_alphanumeric),
            Mark::Rule(_) | Mark::Path(_) => false,
        });
        let artifact = Owner::Artifact(if words { ArtifactType::PaginationOther } else { ArtifactType::Layout });
        owners.extend(line.iter().map(|item| item.node.map_or(artifact, Owner::Node)));
    }
    owners
}

/// Returns whether two marks outside the structure are of one line. The dashes around a page number may be of another
/// face than the number.
fn is_same_line(one: &Item, next: &Item) -> bool {
    match (one, next) {
        (Item { node: None, mark: Mark::Glyphs(one) }, Item { node: None, mark: Mark::Glyphs(next) }) => {
            one.turned == next.turned && if one.turned { one.x == next.x } else { one.y == next.y }
        }
        _ => false,
    }
}

fn face<'a>(faces: &'a mut BTreeMap<FaceId, Font>, fonts: &FontBook, id: FaceId) -> Result<&'a Font, RenderError> {
    use std::collections::btree_map::Entry;
    match faces.entry(id) {
        Entry::Occupied(known) => Ok(known.into_mut()),
        Entry::Vacant(new) => {
            let face = fonts.face(id);
            let font = Font::new(face.data().into(), face.index()).ok_or_else(|| face.unusable(FontError::NotAFont))?;
            Ok(new.insert(font))
        }
    }
}

fn draw_run(surface: &mut Surface<'_>, run: &GlyphRun, font: &Font) {
    if run.glyphs.is_empty() {
        return;
    }
    let size = run.size.in_pt();
    let glyphs: Vec<KrillaGlyph> = run
        .glyphs
        .iter()
        .zip(run.ranges())
        .map(|(glyph, range)| {
            let (advance, shift) = (glyph.advance.in_pt() / size, glyph.shift.in_pt() / size);
            KrillaGlyph::new(GlyphId::new(u32::from(glyph.id)), advance, shift, 0.0, 0.0, range, None)
        })
        .collect();
    let (x, y) = (run.x.in_pt(), run.y.in_pt());
    if run.turned {
        surface.push_transform(&Transform::from_row(0.0, 1.0, -1.0, 0.0, x, y));
        surface.draw_glyphs(Point::from_xy(0.0, 0.0), &glyphs, font.clone(), &run.text, size, false);
        surface.pop();
    } else {
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font.clone(), &run.text, size, false);
    }
}

fn draw_rule(surface: &mut Surface<'_>, rule: &Rectangle) {
    let mut path = PathBuilder::new();
    if let Some(area) = rectangle(rule) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw_path(surface: &mut Surface<'_>, path: &Path) {
    let mut builder = PathBuilder::new();
    let at = |point: &LayoutPoint| (point.x.in_pt(), point.y.in_pt());
    for segment in &path.segments {
        match segment {
            PathSegment::Move(end) => {
                let (x, y) = at(end);
                builder.move_to(x, y);
            }
            PathSegment::Line(end) => {
                let (x, y) = at(end);
                builder.line_to(x, y);
            }
            PathSegment::Curve(first, second, end) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(first), at(second), at(end));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathSegment::Close => builder.close(),
        }
    }
    let Some(outline) = builder.finish() else { return };
    surface.set_fill(path.fill.map(|shade| Fill { paint: luma::Color::new(shade).into(), ..Fill::default() }));
    surface.set_stroke(path.stroke.map(|width| Stroke { width: width.in_pt(), ..Stroke::default() }));
    surface.draw_path(&outline);
    surface.set_fill(None);
    surface.set_stroke(None);
}

/// Returns the rectangle in points; none without width or height.
pub(super) fn rectangle(rule: &Rectangle) -> Option<Rect> {
    Rect::from_xywh(rule.x.in_pt(), rule.y.in_pt(), rule.width.in_pt(), rule.height.in_pt())
}

/// Returns one link with all its areas: an entry of two lines is one link.
fn link(layout: &Layout, areas: &[Link]) -> Option<Annotation> {
    let target = LinkTarget::Destination(Destination::Xyz(outline::destination(&layout.targets[areas[0].target])));
    let rectangles: Vec<Rect> = areas.iter().filter_map(|link| rectangle(&link.area)).collect();
    let annotation = match rectangles.as_slice() {
        [] => return None,
        [one] => LinkAnnotation::new(*one, target),
        several => LinkAnnotation::new_with_quad_points(several.iter().map(corners).collect(), target),
    };
    Some(Annotation::new_link(annotation, Some(description(layout, areas[0].target))))
}

fn corners(area: &Rect) -> Quadrilateral {
    let point = Point::from_xy;
    Quadrilateral([
        point(area.left(), area.bottom()),
        point(area.right(), area.bottom()),
        point(area.right(), area.top()),
        point(area.left(), area.top()),
    ])
}

/// Returns the description of a link for screen readers.
fn description(layout: &Layout, target: usize) -> String {
    let contents = layout.contents.iter().find(|entry| entry.target == target).map(|entry| &entry.title);
    let outline = || layout.outline.iter().find(|entry| entry.target == target).map(|entry| &entry.title);
    let title = contents.or_else(outline);
    match (title, layout.targets[target].number) {
        (Some(title), Some(number)) => format!("转到第{number}页：{title}"),
        (Some(title), None) => format!("转到：{title}"),
        (None, Some(number)) => format!("转到第{number}页"),
        (None, None) => format!("转到文件第{}页", layout.targets[target].page + 1),
    }
}
