//! A PDF as another program reads it: from the bytes of the file, with a reader that shares nothing with the writer.

mod canvas;
mod object;
mod outline;
mod page;
mod tree;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Object};

use super::picture::Picture;

/// What a PDF says.
pub struct Read {
    /// Page by page every line of text and every rule with its place.
    pub pages: String,
    /// The structure tree with the text of its leaves.
    pub tags: String,
    /// Properties, page labels and outline.
    pub outline: String,
}

/// Reads a whole file; a fault in it is a panic that says what is missing.
pub fn read(bytes: &[u8]) -> Read {
    interpret(bytes, false).0
}

/// Reads a whole file and draws a small picture of every page, which takes many times as long.
pub fn read_and_draw(bytes: &[u8]) -> (Read, Vec<Picture>) {
    interpret(bytes, true)
}

/// Returns the bytes of all streams of a file, inflated: those of objects among them.
pub fn inflate(bytes: &[u8]) -> Vec<u8> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap_or_else(|error| panic!("not a PDF: {error:?}"));
    let streams = pdf.objects().into_iter().filter_map(Object::into_stream);
    streams.flat_map(|stream| stream.decoded().expect("a stream inflates").into_owned()).collect()
}

fn interpret(bytes: &[u8], draw: bool) -> (Read, Vec<Picture>) {
    let pdf = Pdf::new(bytes.to_vec()).unwrap_or_else(|error| panic!("not a PDF: {error:?}"));
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("a PDF has a catalog");
    let labels = outline::labels(&catalog, pdf.pages().len());
    let mut tree = tree::Tree::read(&pdf, &catalog);
    let cache = InterpreterCache::new();
    let mut pages = format!("{} pages\n", pdf.pages().len());
    let mut pictures = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let sheet = page::Sheet::read(page, &pdf, &cache, draw);
        pages += &sheet.describe(index, &labels[index], &tree);
        for (mcid, text) in sheet.texts() {
            tree.say(index, mcid, text);
        }
        pictures.extend(sheet.canvas.map(|canvas| canvas.picture()));
    }
    let outline = outline::describe(&pdf, &catalog, &labels);
    (Read { pages, tags: tree.describe(), outline }, pictures)
}
