//! A PDF file in the making: objects in streams of objects, found by a stream of references (ISO 32000-1, 7.5.7 and
//! 7.5.8), all deflated by one compressor.

use std::fmt::Write;
use std::ops::Range;

use libdeflater::{CompressionLvl, Compressor};
use pdf_writer::{Chunk, Ref, Settings};

use super::error;
use crate::error::RenderError;

/// Objects to a stream: to read one, a program inflates all of them.
const OBJECTS: usize = 100;

/// The level of the compressor, its fastest: the usual one, 6, takes twice as long and saves two per cent of the file.
const LEVEL: i32 = 1;

/// The entry of a deflated stream.
const DEFLATED: &str = "/Filter/FlateDecode";

/// The end of an object that is in no stream.
const TAIL: &[u8] = b"\nendobj\n";

/// Most objects of a file that conforms (PDF/A-2, ISO 19005-2, 6.1.13).
const MOST_OBJECTS: usize = 8_388_607;

/// A file in the making.
pub(super) struct PdfFile {
    bytes: Vec<u8>,
    /// The entry of each object in the stream of references, by number; the first is that of no object.
    entries: Vec<[u8; 7]>,
    compressor: Compressor,
    /// Objects for the next stream of objects: their numbers and where each is, and the objects.
    waiting: (Vec<(Ref, Range<usize>)>, Chunk),
}

/// What a stream is.
pub(super) enum StreamKind<'a> {
    /// Entries of the dictionary; the bytes are deflated.
    Deflated(&'a str),
    /// The same, of bytes that are deflated already.
    AlreadyDeflated(&'a str),
    /// The same, and the bytes stay as they are: metadata is left for programs that look for it in files of any format.
    Plain(&'a str),
}

/// Returns an entry of the stream of references: its kind, and a field of four bytes and one of two.
fn entry(kind: u8, first: usize, second: usize) -> Result<[u8; 7], RenderError> {
    let too_large = || error::write("the file is larger than 4 GiB");
    let [a, b, c, d] = u32::try_from(first).map_err(|_| too_large())?.to_be_bytes();
    let [e, f] = u16::try_from(second).map_err(|_| too_large())?.to_be_bytes();
    Ok([kind, a, b, c, d, e, f])
}

impl PdfFile {
    pub fn new() -> Self {
        PdfFile {
            // Bytes beyond ASCII say that the file is no text.
            bytes: b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec(),
            entries: vec![[0; 7]],
            compressor: Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()),
            waiting: (Vec::with_capacity(OBJECTS), empty_chunk()),
        }
    }

    /// Returns the number of an object that is written later.
    pub fn reserve(&mut self) -> Ref {
        self.entries.push([0; 7]);
        reference(self.entries.len() - 1)
    }

    /// Writes the object of a number.
    pub fn object(&mut self, number: Ref, write: impl FnOnce(&mut Chunk)) -> Result<(), RenderError> {
        let (places, objects) = &mut self.waiting;
        let start = objects.len();
        write(objects);
        // The stream has the object alone, without its number and end.
        let object = &objects.as_bytes()[start..];
        let head = object.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if !object[..head].ends_with(b" obj\n") || !object.ends_with(TAIL) {
            return Err(error::write("an object cannot be packed"));
        }
        places.push((number, start + head..objects.len() - TAIL.len()));
        if places.len() == OBJECTS { self.write_waiting() } else { Ok(()) }
    }

    /// Writes a stream with the number.
    pub fn stream(&mut self, number: Ref, kind: &StreamKind, data: &[u8]) -> Result<(), RenderError> {
        self.entries[index(number)] = entry(1, self.bytes.len(), 0)?;
        let deflated;
        let (entries, filter, data) = match kind {
            StreamKind::Plain(entries) => (entries, "", data),
            StreamKind::AlreadyDeflated(entries) => (entries, DEFLATED, data),
            StreamKind::Deflated(entries) => {
                deflated = self.deflate(data)?;
                (entries, DEFLATED, deflated.as_slice())
            }
        };
        let head = format!("{} 0 obj\n<</Length {}{filter}{entries}>>\nstream\n", number.get(), data.len());
        for piece in [head.as_bytes(), data, b"\nendstream\nendobj\n"] {
            self.bytes.extend_from_slice(piece);
        }
        Ok(())
    }

    /// Returns what deflates the file's streams.
    pub fn compressor(&mut self) -> &mut Compressor {
        &mut self.compressor
    }

    fn deflate(&mut self, data: &[u8]) -> Result<Vec<u8>, RenderError> {
        let mut deflated = vec![0; self.compressor.zlib_compress_bound(data.len())];
        let length =
            self.compressor.zlib_compress(data, &mut deflated).map_err(|error| error::write(error.to_string()))?;
        deflated.truncate(length);
        Ok(deflated)
    }

    /// Writes a stream of the objects that wait for one.
    fn write_waiting(&mut self) -> Result<(), RenderError> {
        let places = std::mem::take(&mut self.waiting.0);
        let objects = std::mem::replace(&mut self.waiting.1, empty_chunk());
        let (stream, count) = (self.reserve(), places.len());
        let (mut heads, mut data) = (String::new(), Vec::with_capacity(objects.len()));
        for (place, (number, object)) in places.into_iter().enumerate() {
            self.entries[index(number)] = entry(2, index(stream), place)?;
            let _ = write!(heads, "{} {} ", number.get(), data.len());
            data.extend_from_slice(&objects.as_bytes()[object]);
            data.push(b'\n');
        }
        let entries = format!("/Type/ObjStm/N {}/First {}", count, heads.len());
        self.stream(stream, &StreamKind::Deflated(&entries), &[heads.as_bytes(), &data].concat())
    }

    /// Returns a fingerprint of what was written so far.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&self.bytes)
    }

    /// Writes the stream of references and the end of the file. Both halves of its identifier are in hexadecimal.
    pub fn finish(mut self, catalog: Ref, info: Ref, id: [&str; 2]) -> Result<Vec<u8>, RenderError> {
        self.write_waiting()?;
        if self.entries.len() >= MOST_OBJECTS {
            return Err(error::write("PDF/A-2a forbids it: the document has more than 8388607 objects"));
        }
        let (number, start) = (self.reserve(), self.bytes.len());
        self.entries[index(number)] = entry(1, start, 0)?;
        let entries = format!(
            "/Type/XRef/Size {}/W[1 4 2]/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]",
            self.entries.len(),
            catalog.get(),
            info.get(),
            id[0],
            id[1],
        );
        self.stream(number, &StreamKind::Deflated(&entries), &self.entries.concat())?;
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
        Ok(self.bytes)
    }
}

/// Returns a fingerprint of bytes (FNV-1a of 64 bits, eight bytes at a time): the same on every machine.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.chain(rest.iter().map(|byte| u64::from(*byte))).fold(0xCBF2_9CE4_8422_2325, |hash: u64, word| {
        // The last turn brings the upper bits down, where the next words meet them.
        ((hash ^ word).wrapping_mul(0x0000_0100_0000_01B3)).rotate_left(23)
    })
}

fn empty_chunk() -> Chunk {
    Chunk::with_settings(Settings { pretty: false })
}

fn reference(index: usize) -> Ref {
    // There are no more objects than `MOST_OBJECTS` in a file that is returned.
    Ref::new(i32::try_from(index).unwrap_or(i32::MAX))
}

fn index(number: Ref) -> usize {
    usize::try_from(number.get()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{PdfFile, StreamKind};

    #[test]
    fn objects_are_packed_and_metadata_stays_as_it_is() {
        let mut file = PdfFile::new();
        let (catalog, metadata) = (file.reserve(), file.reserve());
        file.stream(metadata, &StreamKind::Plain("/Type/Metadata"), b"m").unwrap();
        file.object(catalog, |chunk| drop(chunk.indirect(catalog).dict())).unwrap();
        let written = file.finish(catalog, catalog, ["AB", "CD"]).unwrap();
        let text = String::from_utf8_lossy(&written);
        for part in [
            "2 0 obj\n<</Length 1/Type/Metadata>>\nstream\nm\nendstream",
            "/Filter/FlateDecode/Type/ObjStm/N 1/First 4",
            "/Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Info 1 0 R/ID[<AB><CD>]",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
