//! A page's lines and rules, from its content stream.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, ParamCurve, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::canvas::Canvas;
use super::object::{name, number, string};
use super::tree::Tree;

/// What a stretch of content belongs to.
#[derive(Clone, PartialEq)]
enum Owner {
    /// Content of the structure, by its number on the page.
    Content(i32),
    /// Outside the structure, with its type.
    Artifact(String),
}

/// Something found on a page.
enum Found {
    Line { owner: Option<Owner>, from: Point, to: f64, turned: bool, faces: Vec<String>, text: String },
    Rule { owner: Option<Owner>, area: Rect },
    Shape { bounds: Rect },
}

/// A page as it was read.
pub struct Sheet {
    width: f64,
    height: f64,
    found: Vec<Found>,
    /// The open sequences; the text of the glyphs of the innermost, until it is used.
    open: Vec<(Option<Owner>, Option<String>)>,
    /// What was drawn, where a picture is wanted.
    pub canvas: Option<Canvas>,
}

impl Sheet {
    /// Interprets the page's content.
    pub fn read<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, draw: bool) -> Self {
        let (width, height) = page.base_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let canvas = draw.then(|| Canvas::new(width, height));
        let mut sheet = Sheet { width, height, found: Vec::new(), open: Vec::new(), canvas };
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(transform, area, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut sheet);
        sheet
    }

    /// The page's block of `pages.txt`.
    pub fn describe(&self, index: usize, label: &str, tree: &Tree) -> String {
        let (width, height) = (number(self.width), number(self.height));
        let mut out = format!("\npage {}  label {label}  {width} × {height}\n", index + 1);
        let owner = |owner: &Option<Owner>| match owner {
            Some(Owner::Content(mcid)) => tree.role(index, *mcid),
            Some(Owner::Artifact(kind)) => format!("({kind})"),
            None => "unmarked".to_owned(),
        };
        for found in &self.found {
            let _ = match found {
                Found::Line { owner: by, from, to, turned, faces, text } => {
                    let (x, y, to) = (number(from.x), number(from.y), number(*to));
                    let place = match turned {
                        true => format!("x {x:<7} y {y}–{to} turned"),
                        false => format!("y {y:<7} x {x}–{to}"),
                    };
                    writeln!(out, "  {place}  {}  {}  {text}", owner(by), faces.join(" + "))
                }
                Found::Rule { owner: by, area } => {
                    let (x, y, width) = (number(area.x0), number(area.y0), number(area.width()));
                    writeln!(out, "  y {y:<7} x {x}  rule {width} × {}  {}", number(area.height()), owner(by))
                }
                Found::Shape { bounds } => writeln!(out, "  a shape within {bounds:?}, which no page should have"),
            };
        }
        out
    }

    /// The text of each numbered sequence, its lines joined.
    pub fn texts(&self) -> BTreeMap<i32, String> {
        let mut texts: BTreeMap<i32, String> = BTreeMap::new();
        for found in &self.found {
            if let Found::Line { owner: Some(Owner::Content(mcid)), text, .. } = found {
                let all = texts.entry(*mcid).or_default();
                *all += text;
            }
        }
        texts
    }

    fn owner(&self) -> Option<Owner> {
        self.open.iter().rev().find_map(|(owner, _)| owner.clone())
    }

    /// Adds a glyph to the line it continues, or begins a line with it.
    fn add(&mut self, place: Point, turned: bool, face: String, text: &str) {
        let here = self.owner();
        let along = if turned { place.y } else { place.x };
        if let Some(Found::Line { owner, from, to, turned: is_turned, faces, text: line }) = self.found.last_mut() {
            let off = if turned { from.x - place.x } else { from.y - place.y };
            // Glyphs of a line go on; a squeezed mark may be drawn a little to the left of its place.
            if *owner == here && *is_turned == turned && off.abs() < 0.01 && along > *to - 8.0 {
                *to = along;
                if !faces.contains(&face) {
                    faces.push(face);
                }
                *line += text;
                return;
            }
        }
        self.found.push(Found::Line {
            owner: here,
            from: place,
            to: along,
            turned,
            faces: vec![face],
            text: text.to_owned(),
        });
    }
}

impl<'a> Device<'a> for Sheet {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        let path = props.transform * path.clone();
        if let Some(canvas) = &mut self.canvas {
            canvas.fill(&path);
        }
        let bounds = path.bounding_box();
        let straight = path
            .elements()
            .iter()
            .all(|element| matches!(element, PathEl::MoveTo(_) | PathEl::LineTo(_) | PathEl::ClosePath));
        let upright = path.segments().all(|segment| {
            let (start, end) = (segment.start(), segment.end());
            (start.x - end.x).abs() < 0.001 || (start.y - end.y).abs() < 0.001
        });
        if straight && upright {
            self.found.push(Found::Rule { owner: self.owner(), area: bounds });
        } else {
            self.found.push(Found::Shape { bounds });
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for positioned in run.glyphs() {
            let Glyph::Outline(glyph) = &**positioned else { continue };
            let transform = props.transform * positioned.transform();
            if let Some(canvas) = &mut self.canvas {
                canvas.fill(&(transform * glyph.outline()));
            }
            let coefficients = transform.as_coeffs();
            let size = number(coefficients[0].hypot(coefficients[1]) * 1000.0);
            // A quarter clockwise, as the page is read: what went right goes down.
            let turned = coefficients[0].abs() < coefficients[1].abs();
            let face = glyph.font_data().and_then(|data| data.postscript_name).unwrap_or_default();
            // Six letters and a plus mark a part of a face; they change with the letters used.
            let face = face.split_once('+').map_or(face.as_str(), |(_, face)| face).trim_end_matches("-Identity-H");
            let text = match self.open.last_mut() {
                Some((None, replaced)) => replaced.take().unwrap_or_default(),
                _ => match glyph.as_unicode() {
                    Some(BfString::Char(character)) => character.to_string(),
                    Some(BfString::String(text)) => text,
                    None => char::REPLACEMENT_CHARACTER.to_string(),
                },
            };
            self.add(Point::new(coefficients[4], coefficients[5]), turned, format!("{face} {size}"), &text);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let mcid = properties.and_then(|properties| properties.get::<i32>("MCID"));
        let actual = properties.and_then(|properties| string(properties, "ActualText"));
        let entry = match (tag, mcid, actual) {
            (b"Artifact", _, _) => {
                let kind = properties.and_then(|properties| name(properties, "Type"));
                (Some(Owner::Artifact(kind.unwrap_or_else(|| "Artifact".to_owned()))), None)
            }
            (_, Some(mcid), _) => (Some(Owner::Content(mcid)), None),
            (_, None, actual) => (None, actual),
        };
        self.open.push(entry);
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.found.push(Found::Shape { bounds: Rect::ZERO });
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
