//! The parts of a Word file as text.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node, NodeType};
use zip::ZipArchive;

/// An element whose text is no longer stays on one line, so that a run or a set of properties is a line.
const WIDTH: usize = 140;

/// Every part in the order of the archive: XML indented, with a list of all parts in front.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("not a zip archive: {error}"));
    let mut list = String::new();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap_or_else(|error| panic!("part {index}: {error}"));
        let name = part.name().unwrap_or_else(|error| panic!("part {index}: {error}")).into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap_or_else(|error| panic!("{name}: {error}"));
        let xml = std::str::from_utf8(&content).ok().filter(|_| name.ends_with(".xml") || name.ends_with(".rels"));
        match xml {
            Some(xml) => {
                let _ = writeln!(list, "{name}");
                parts.push((name.replace(['[', ']'], ""), indented(&name, xml)));
            }
            // The size and checksum of a binary part identify it.
            None => {
                let _ = writeln!(list, "{name}  {} bytes, CRC {:08x}", content.len(), part.crc32());
            }
        }
    }
    parts.insert(0, ("parts.txt".to_owned(), list));
    parts
}

/// XML with one element a line where it is long, and as it is where it is short.
pub fn indented(name: &str, xml: &str) -> String {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut out = String::new();
    element(document.root_element(), 0, &mut out);
    out
}

fn element(node: Node<'_, '_>, depth: usize, out: &mut String) {
    let indent = " ".repeat(depth);
    let line = flat(node);
    // The root is always opened: its attributes, the namespaces, say little.
    if depth > 0 && line.chars().count() <= WIDTH || !node.has_children() {
        let _ = writeln!(out, "{indent}{line}");
        return;
    }
    let _ = writeln!(out, "{indent}{}>", start(node));
    for child in node.children() {
        match child.node_type() {
            NodeType::Element => element(child, depth + 1, out),
            NodeType::Text => {
                // Text on its own line is quoted, to show its spaces.
                let text = child.text().unwrap_or_default();
                if !text.chars().all(|character| character.is_ascii_whitespace()) || node.children().count() == 1 {
                    let _ = writeln!(out, "{indent} {}", escaped(text));
                }
            }
            _ => {}
        }
    }
    let _ = writeln!(out, "{indent}</{}>", qualified(node));
}

/// An element and all it holds on one line.
fn flat(node: Node<'_, '_>) -> String {
    let mut line = start(node);
    if !node.has_children() {
        return line + "/>";
    }
    line.push('>');
    for child in node.children() {
        match child.node_type() {
            NodeType::Element => line += &flat(child),
            NodeType::Text => line += &escaped(child.text().unwrap_or_default()),
            _ => {}
        }
    }
    let _ = write!(line, "</{}>", qualified(node));
    line
}

/// `<w:p w:id="1"`, attributes in the order of the file.
fn start(node: Node<'_, '_>) -> String {
    let mut tag = format!("<{}", qualified(node));
    for attribute in node.attributes() {
        let prefix = attribute.namespace().and_then(|uri| node.lookup_prefix(uri)).unwrap_or_default();
        let colon = if prefix.is_empty() { "" } else { ":" };
        let _ = write!(tag, " {prefix}{colon}{}=\"{}\"", attribute.name(), escaped(attribute.value()));
    }
    tag
}

fn qualified(node: Node<'_, '_>) -> String {
    let prefix = node.tag_name().namespace().and_then(|uri| node.lookup_prefix(uri)).unwrap_or_default();
    let colon = if prefix.is_empty() { "" } else { ":" };
    format!("{prefix}{colon}{}", node.tag_name().name())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}
