//! Draws the marks of a page, in marked sequences of their nodes (ISO 32000-1, 14.6).

use pdf_writer::types::ArtifactType;
use pdf_writer::{Buf, Content, Name, Str, TextStr};

use super::file::PdfFile;
use super::fonts::{UsedFace, UsedFaces};
use crate::font::FaceId;
use crate::layout::{GlyphRun, Item, Mark, NodeId, Page, Path, PathSegment, Point, Rectangle};
use budgetdoc_document::Length;

/// The least distance that is written, in thousandths of an em: glyphs set closer to where they would fall by themselves
/// stay there.
const LEAST: f64 = 0.05;

/// The owner of a sequence of marks.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Node(NodeId),
    /// Words outside the structure: page numbers and repeated heads.
    Pagination,
    /// Leaders and rules.
    Layout,
}

/// Draws a page. Returns its content and the node of each marked sequence, by its number.
pub(super) fn draw(page: &Page, faces: &mut UsedFaces, file: &mut PdfFile) -> (Buf, Vec<NodeId>) {
    let mut sequences = Vec::new();
    let line = ShownLine::default();
    let mut pen = Pen { content: Content::new(), height: page.height, set: None, in_text: false, line };
    // Consecutive marks of one owner, such as the lines of a paragraph, share one sequence.
    let owned: Vec<(Owner, &Item)> = owners(&page.items).into_iter().zip(&page.items).collect();
    for sequence in owned.chunk_by(|(one, _), (next, _)| one == next) {
        let kind = match sequence[0].0 {
            Owner::Node(node) => {
                let mut marked = pen.content.begin_marked_content_with_properties(Name(b"Span"));
                marked.properties().identify(i32::try_from(sequences.len()).unwrap_or(i32::MAX));
                sequences.push(node);
                None
            }
            Owner::Pagination => Some(ArtifactType::Pagination),
            Owner::Layout => Some(ArtifactType::Layout),
        };
        if let Some(kind) = kind {
            let mut marked = pen.content.begin_marked_content_with_properties(Name(b"Artifact"));
            marked.properties().artifact().kind(kind);
        }
        for (_, item) in sequence {
            match &item.mark {
                Mark::Glyphs(run) => pen.run(run, faces.face(run.face, file)),
                Mark::Rule(rule) => pen.rule(rule),
                Mark::Path(path) => pen.path(path),
            }
        }
        pen.end_text();
        pen.content.end_marked_content();
    }
    (pen.content.finish(), sequences)
}

/// Returns the owner of each mark.
fn owners(items: &[Item]) -> Vec<Owner> {
    let mut owners = Vec::with_capacity(items.len());
    for line in items.chunk_by(is_same_line) {
        let words = line.iter().any(|item| match &item.mark {
            Mark::Glyphs(run) => run.text.chars().any(char::is_alphanumeric),
            Mark::Rule(_) | Mark::Path(_) => false,
        });
        let artifact = if words { Owner::Pagination } else { Owner::Layout };
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

/// Draws on a page, whose coordinates count from its lower left corner upwards.
struct Pen {
    content: Content,
    /// Height of the page.
    height: Length,
    /// The face and size that are set.
    set: Option<(FaceId, Length)>,
    /// Whether text is being drawn.
    in_text: bool,
    line: ShownLine,
}

impl Pen {
    fn point(&self, x: Length, y: Length) -> (f32, f32) {
        (x.in_pt(), (self.height - y).in_pt())
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.content.end_text();
        }
    }

    fn run(&mut self, run: &GlyphRun, face: &mut UsedFace) {
        if run.glyphs.is_empty() {
            return;
        }
        if !std::mem::replace(&mut self.in_text, true) {
            self.content.begin_text();
        }
        if self.set.replace((run.face, run.size)) != Some((run.face, run.size)) {
            self.content.set_font(Name(face.name.as_bytes()), run.size.in_pt());
        }
        let (x, y) = self.point(run.x, run.y);
        self.content.set_text_matrix(if run.turned { [0.0, -1.0, 1.0, 0.0, x, y] } else { [1.0, 0.0, 0.0, 1.0, x, y] });
        (self.line.reached, self.line.scale) = (0.0, 1e3 / f64::from(run.size.in_milli_pt()));
        let mut origin = Length::ZERO;
        for (glyph, range) in run.glyphs.iter().zip(run.ranges()) {
            let text = &run.text[range];
            let (code, width, is_other) = face.code(glyph.id, text);
            if is_other {
                self.line.show(&mut self.content);
                let mut marked = self.content.begin_marked_content_with_properties(Name(b"Span"));
                marked.properties().actual_text(TextStr(text));
            }
            self.line.place(origin + glyph.shift, code, width);
            origin += glyph.advance;
            if is_other {
                self.line.show(&mut self.content);
                self.content.end_marked_content();
            }
        }
        self.line.show(&mut self.content);
    }

    fn rule(&mut self, rule: &Rectangle) {
        self.end_text();
        if rule.width > Length::ZERO && rule.height > Length::ZERO {
            let (left, lower) = self.point(rule.x, rule.y + rule.height);
            self.content.rect(left, lower, rule.width.in_pt(), rule.height.in_pt());
            self.content.fill_nonzero();
        }
    }

    fn path(&mut self, path: &Path) {
        // A path begins with a move; one of a point or without paint draws nothing.
        let begins = matches!(path.segments.first(), Some(PathSegment::Move(_)));
        let stroke = path.stroke.filter(|width| *width > Length::ZERO);
        if !begins || path.segments.len() < 2 || (path.fill.is_none() && stroke.is_none()) {
            return;
        }
        self.end_text();
        self.content.save_state();
        if let Some(shade) = path.fill {
            self.content.set_fill_gray(f32::from(shade) / 255.0);
        }
        if let Some(width) = stroke {
            self.content.set_line_width(width.in_pt());
        }
        for segment in &path.segments {
            let at = |point: &Point| self.point(point.x, point.y);
            match segment {
                PathSegment::Move(end) => {
                    let (x, y) = at(end);
                    self.content.move_to(x, y);
                }
                PathSegment::Line(end) => {
                    let (x, y) = at(end);
                    self.content.line_to(x, y);
                }
                PathSegment::Curve(first, second, end) => {
                    let ((x1, y1), (x2, y2), (x, y)) = (at(first), at(second), at(end));
                    self.content.cubic_to(x1, y1, x2, y2, x, y);
                }
                PathSegment::Close => drop(self.content.close_path()),
            }
        }
        match (path.fill, stroke) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            (None, _) => self.content.stroke(),
        };
        self.content.restore_state();
    }
}

/// Glyphs of a run that are not shown yet.
#[derive(Default)]
struct ShownLine {
    codes: Vec<u8>,
    /// The distances between groups of codes, each with the place of the codes after it.
    pieces: Vec<(f32, usize)>,
    /// Where the next glyph falls by itself, in thousandths of an em.
    reached: f64,
    /// Thousandths of an em to a thousandth of a point.
    scale: f64,
}

impl ShownLine {
    /// Places a glyph at a distance from the beginning of the run.
    fn place(&mut self, at: Length, code: u16, width: f32) {
        let distance = f64::from(at.in_milli_pt()) * self.scale - self.reached;
        if distance.abs() >= LEAST || self.pieces.is_empty() {
            // A tenth of a thousandth is finer than any printer, and leaves half an em no more than that.
            let distance = if distance.abs() >= LEAST { (distance * 10.0).round() / 10.0 } else { 0.0 };
            self.reached += distance;
            self.pieces.push((distance as f32, self.codes.len()));
        }
        self.codes.extend_from_slice(&code.to_be_bytes());
        self.reached += f64::from(width);
    }

    fn show(&mut self, content: &mut Content) {
        match self.pieces.as_slice() {
            [] => {}
            [(0.0, _)] => drop(content.show(Str(&self.codes))),
            pieces => {
                let mut shown = content.show_positioned();
                let mut items = shown.items();
                let ends = pieces[1..].iter().map(|(_, start)| *start).chain([self.codes.len()]);
                for ((distance, start), end) in pieces.iter().zip(ends) {
                    if *distance != 0.0 {
                        items.adjust(-distance);
                    }
                    items.show(Str(&self.codes[*start..end]));
                }
            }
        }
        self.pieces.clear();
        self.codes.clear();
    }
}

/// Returns left, lower, right and upper edge of a rectangle on a page, in points; none without width or height.
pub(super) fn corners(area: &Rectangle, height: Length) -> Option<[f32; 4]> {
    let (right, lower) = (area.x + area.width, area.y + area.height);
    let has_room = area.width > Length::ZERO && area.height > Length::ZERO;
    has_room.then(|| [area.x.in_pt(), (height - lower).in_pt(), right.in_pt(), (height - area.y).in_pt()])
}
