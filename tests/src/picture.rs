//! Small pictures of pages in four greys: enough to see a line move, small enough for a repository.

use png::{BitDepth, ColorType, Compression, Decoder, Encoder};

/// A picture; each pixel is 0 (black) to 3 (white).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Row by row.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// As a PNG of two bits a pixel.
    pub fn to_png(&self) -> Vec<u8> {
        let pack = |four: &[u8]| {
            let mut byte = 0;
            for place in 0..4 {
                byte = byte << 2 | four.get(place).copied().unwrap_or(0);
            }
            byte
        };
        let rows = self.pixels.chunks(self.width as usize);
        let packed: Vec<u8> = rows.flat_map(|row| row.chunks(4).map(pack)).collect();
        encode(self.width, self.height, ColorType::Grayscale, BitDepth::Two, &packed)
    }

    /// From such a PNG.
    pub fn from_png(bytes: &[u8]) -> Result<Self, String> {
        let mut reader = Decoder::new(std::io::Cursor::new(bytes)).read_info().map_err(|error| error.to_string())?;
        let size = reader.output_buffer_size().ok_or("too large")?;
        let mut packed = vec![0; size];
        let info = reader.next_frame(&mut packed).map_err(|error| error.to_string())?;
        if info.color_type != ColorType::Grayscale || info.bit_depth != BitDepth::Two {
            return Err("not a grey picture of two bits a pixel".to_owned());
        }
        let unpack = |byte: &u8| [byte >> 6 & 3, byte >> 4 & 3, byte >> 2 & 3, byte & 3];
        let rows = packed.chunks(info.line_size).take(info.height as usize);
        let pixels = rows.flat_map(|row| row.iter().flat_map(unpack).take(info.width as usize)).collect();
        Ok(Picture { width: info.width, height: info.height, pixels })
    }

    /// Pixel, white beyond the edges.
    fn at(&self, x: u32, y: u32) -> u8 {
        if x < self.width && y < self.height { self.pixels[(y * self.width + x) as usize] } else { 3 }
    }

    /// How many pixels differ.
    pub fn differing(&self, other: &Picture) -> usize {
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .filter(|&(x, y)| self.at(x, y) != other.at(x, y))
            .count()
    }

    /// A PNG of this picture, the difference and `actual` side by side: red is what is gone, blue what is new.
    pub fn beside(&self, actual: &Picture) -> Vec<u8> {
        const GAP: u32 = 4;
        let (width, height) = (self.width.max(actual.width), self.height.max(actual.height));
        let total = 3 * width + 2 * GAP;
        let grey = |level: u8| [level * 85; 3];
        let mut pixels = Vec::with_capacity((total * height * 3) as usize);
        for y in 0..height {
            for x in 0..total {
                let (panel, x) = (x / (width + GAP), x % (width + GAP));
                let (old, new) = (self.at(x, y), actual.at(x, y));
                pixels.extend(match panel {
                    _ if x >= width => [128; 3],
                    0 => grey(old),
                    1 if old < new => [220, 60, 60],
                    1 if old > new => [50, 80, 230],
                    1 => grey(old).map(|level| 192 + level / 4),
                    _ => grey(new),
                });
            }
        }
        encode(total, height, ColorType::Rgb, BitDepth::Eight, &pixels)
    }
}

fn encode(width: u32, height: u32, color: ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::High);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(data)).expect("a picture fits into memory");
    bytes
}
