//! Packs the file that krilla makes: objects into streams of objects, found by a stream of references (ISO 32000-1,
//! 7.5.7 and 7.5.8), and what is not deflated yet by one compressor.
//!
//! krilla writes each object by itself, most of a long table's file, and makes a compressor for every page, which takes
//! as long as its work and leaves the memory in pieces.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Objects to a stream: to read one, a program inflates all of them.
const OBJECTS: usize = 100;

/// The level of the compressor: zlib's usual one, 6, takes twice as long and saves two per cent of the file.
const LEVEL: u32 = 2;

/// Returns the file packed; none if it has not the form of krilla's.
pub(super) fn pack(file: &[u8]) -> Option<Vec<u8>> {
    let (table, trailer) = end(file)?;
    let mut offsets = offsets(&file[table..])?;
    offsets.sort_unstable();
    let mut packed = Packed::new(file.get(..offsets.first()?.0)?, offsets.len());
    let mut objects = Vec::new();
    let ends = offsets.iter().skip(1).map(|(offset, _)| *offset).chain([table]);
    for ((start, number), end) in offsets.iter().zip(ends) {
        let object = file.get(*start..end)?.strip_prefix(format!("{number} 0 obj\n").as_bytes())?;
        let object = object.strip_suffix(b"\nendobj\n")?;
        match object.strip_suffix(b"\nendstream") {
            Some(stream) => {
                let (entries, data) = split_stream(stream)?;
                packed.stream(*number, entries, data)?;
            }
            None => objects.push((*number, object)),
        }
    }
    for objects in objects.chunks(OBJECTS) {
        packed.objects(objects)?;
    }
    packed.finish(trailer)
}

/// Returns the offset of the table of references, and the entries of the trailer but the count of objects.
fn end(file: &[u8]) -> Option<(usize, &[u8])> {
    let table = number(file.rsplit(|byte| *byte == b'\n').nth(1)?)?.0;
    let rest = file.get(table..)?;
    let start = find(rest, b"trailer\n<<")?;
    let trailer = &rest[start..start + find(&rest[start..], b">>\nstartxref")?];
    Some((table, &trailer[find(trailer, b"/Root")?..]))
}

/// Returns offset and number of the objects in a table of references: 20 bytes for each, the first for none.
fn offsets(table: &[u8]) -> Option<Vec<(usize, usize)>> {
    let (count, rest) = number(table.strip_prefix(b"xref\n0 ")?)?;
    let entries = rest.strip_prefix(b"\n")?.as_chunks::<20>().0.get(..count)?;
    entries.iter().enumerate().skip(1).map(|(index, entry)| Some((number(entry)?.0, index))).collect()
}

/// Splits a stream into the entries of its dictionary but the length, and its bytes.
fn split_stream(stream: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(stream.strip_prefix(b"<</Length ")?)?;
    let (head, data) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
    Some((head.strip_suffix(b">>\nstream\n")?, data))
}

/// Returns the number at the start of a text, and the rest.
fn number(text: &[u8]) -> Option<(usize, &[u8])> {
    let (digits, rest) = text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count());
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

/// A packed file in the making.
struct Packed {
    file: Vec<u8>,
    /// The entry of each object in the stream of references, by number.
    entries: Vec<[u8; 7]>,
    compressor: ZlibEncoder<Vec<u8>>,
}

/// Returns an entry of the stream of references: its kind, and a field of four bytes and one of two.
fn entry(kind: u8, first: usize, second: usize) -> Option<[u8; 7]> {
    let [a, b, c, d] = u32::try_from(first).ok()?.to_be_bytes();
    let [e, f] = u16::try_from(second).ok()?.to_be_bytes();
    Some([kind, a, b, c, d, e, f])
}

impl Packed {
    /// Begins a file of `count` objects.
    fn new(head: &[u8], count: usize) -> Self {
        // The first entry is that of no object.
        let entries = vec![[0; 7]; count + 1];
        let compressor = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
        Packed { file: head.to_vec(), entries, compressor }
    }

    /// Writes a stream, and deflates it first if it has no filter. Metadata is left for programs that look for it in
    /// files of any format.
    fn stream(&mut self, number: usize, entries: &[u8], data: &[u8]) -> Option<()> {
        self.entries[number] = entry(1, self.file.len(), 0)?;
        write!(self.file, "{number} 0 obj\n<</Length ").ok()?;
        if find(entries, b"/Filter").or(find(entries, b"/Type/Metadata")).is_some() {
            return self.rest_of_stream("", entries, data);
        }
        self.compressor.write_all(data).ok()?;
        let deflated = self.compressor.reset(Vec::new()).ok()?;
        self.rest_of_stream("/Filter/FlateDecode", entries, &deflated)
    }

    fn rest_of_stream(&mut self, filter: &str, entries: &[u8], data: &[u8]) -> Option<()> {
        write!(self.file, "{}{filter}", data.len()).ok()?;
        for piece in [entries, b">>\nstream\n", data, b"\nendstream\nendobj\n"] {
            self.file.extend_from_slice(piece);
        }
        Some(())
    }

    /// Writes a stream of objects.
    fn objects(&mut self, objects: &[(usize, &[u8])]) -> Option<()> {
        let stream = self.entries.len();
        self.entries.push([0; 7]);
        let (mut index, mut bodies) = (Vec::new(), Vec::new());
        for (place, (number, object)) in objects.iter().enumerate() {
            self.entries[*number] = entry(2, stream, place)?;
            write!(index, "{number} {} ", bodies.len()).ok()?;
            bodies.extend_from_slice(object);
            bodies.push(b'\n');
        }
        let head = format!("/Type/ObjStm/N {}/First {}", objects.len(), index.len());
        index.append(&mut bodies);
        self.stream(stream, head.as_bytes(), &index)
    }

    /// Writes the stream of references and the end of the file.
    fn finish(mut self, trailer: &[u8]) -> Option<Vec<u8>> {
        let (number, start) = (self.entries.len(), self.file.len());
        self.entries.push(entry(1, start, 0)?);
        let mut head = format!("/Type/XRef/Size {}/W[1 4 2]", number + 1).into_bytes();
        head.extend_from_slice(trailer);
        let entries = self.entries.concat();
        self.stream(number, &head, &entries)?;
        write!(self.file, "startxref\n{start}\n%%EOF").ok()?;
        Some(self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::pack;

    const FILE: &str = "%PDF-1.7\n\
        1 0 obj\n<</Type/Catalog>>\nendobj\n\
        2 0 obj\n<</Length 2/Type/Metadata>>\nstream\nm\n\nendstream\nendobj\n\
        3 0 obj\n<</Length 9>>\nstream\nendstream\nendstream\nendobj\n\
        xref\n0 4\n0000000000 65535 f\r\n0000000009 00000 n\r\n0000000042 00000 n\r\n0000000105 00000 n\r\n\
        trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n161\n%%EOF";

    #[test]
    fn objects_are_packed_and_metadata_stays_as_it_is() {
        let packed = pack(FILE.as_bytes()).expect("it has the form of krilla's");
        let text = String::from_utf8_lossy(&packed);
        for part in [
            "2 0 obj\n<</Length 2/Type/Metadata>>\nstream\nm\n\nendstream",
            "/Filter/FlateDecode>>",
            "/Type/ObjStm/N 1/First 4",
            "/Type/XRef/Size 6",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn a_file_cut_short_is_not_packed() {
        for length in 0..=FILE.find("\n161").expect("it is there") {
            assert!(pack(&FILE.as_bytes()[..length]).is_none(), "{length}");
        }
    }
}
