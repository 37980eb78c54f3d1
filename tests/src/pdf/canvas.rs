//! A rasteriser that gives the same pixels on every machine.
//!
//! Ready-made PDF rasterisers choose their arithmetic by the processor they find; this one adds coverage in plain
//! floating point, which is slow and the same everywhere. It knows black only, and budget documents are black.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use hayro_interpret::kurbo::{BezPath, PathEl, Shape};

use crate::picture::Picture;

/// Pixels a point: 36 dpi.
pub const SCALE: f64 = 0.5;

/// How much of each pixel is black.
pub struct Canvas {
    width: usize,
    height: usize,
    coverage: Vec<f32>,
}

impl Canvas {
    /// A white page of so many points.
    pub fn new(width: f64, height: f64) -> Self {
        let (width, height) = ((width * SCALE).ceil() as usize, (height * SCALE).ceil() as usize);
        Canvas { width, height, coverage: vec![0.0; width * height] }
    }

    /// Blackens the inside of a path given in points.
    pub fn fill(&mut self, path: &BezPath) {
        let bounds = path.bounding_box();
        let (left, top) = ((bounds.x0 * SCALE).floor().max(0.0), (bounds.y0 * SCALE).floor().max(0.0));
        let right = (bounds.x1 * SCALE).ceil().min(self.width as f64);
        let bottom = (bounds.y1 * SCALE).ceil().min(self.height as f64);
        if right <= left || bottom <= top {
            return;
        }
        let (left, top) = (left as usize, top as usize);
        // One more on each side: the rasteriser wants room beyond the last pixel.
        let (width, height) = (right as usize - left + 1, bottom as usize - top + 1);
        let mut raster = Rasterizer::new(width, height);
        let place = |p: hayro_interpret::kurbo::Point| -> Point {
            point((p.x * SCALE - left as f64) as f32, (p.y * SCALE - top as f64) as f32)
        };
        let (mut start, mut last) = (point(0.0, 0.0), point(0.0, 0.0));
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    raster.draw_line(last, start);
                    start = place(to);
                    last = start;
                }
                PathEl::LineTo(to) => {
                    raster.draw_line(last, place(to));
                    last = place(to);
                }
                PathEl::QuadTo(by, to) => {
                    raster.draw_quad(last, place(by), place(to));
                    last = place(to);
                }
                PathEl::CurveTo(one, two, to) => {
                    raster.draw_cubic(last, place(one), place(two), place(to));
                    last = place(to);
                }
                PathEl::ClosePath => {
                    raster.draw_line(last, start);
                    last = start;
                }
            }
        }
        raster.draw_line(last, start);
        let (columns, rows) = (self.width, self.height);
        raster.for_each_pixel_2d(|x, y, coverage| {
            let (x, y) = (x as usize + left, y as usize + top);
            if x < columns && y < rows {
                self.coverage[y * columns + x] += coverage.min(1.0);
            }
        });
    }

    /// The page in four greys.
    pub fn picture(&self) -> Picture {
        let pixels = self.coverage.iter().map(|covered| 3 - (covered.min(1.0) * 3.0).round() as u8).collect();
        Picture { width: self.width as u32, height: self.height as u32, pixels }
    }
}
