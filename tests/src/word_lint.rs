//! What validators miss in a Word file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts of a package by name; those of a workbook in it behind its own.
pub fn parts(docx: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut all = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".xlsx") {
            all.extend(parts(&bytes).into_iter().map(|(part, text)| (format!("{name}/{part}"), text)));
        } else {
            all.insert(name, String::from_utf8(bytes).unwrap());
        }
    }
    all
}

pub fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(child, name))
}

pub fn val<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.attribute((W, "val"))
}

pub fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(|node| is(node, "t")).filter_map(|node| node.text()).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> i32 {
    node.attribute((W, name)).unwrap().parse().unwrap()
}

/// Everything wrong with the package; empty if nothing is.
pub fn lint(parts: &BTreeMap<String, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let xml: BTreeMap<&str, Document<'_>> =
        parts.iter().map(|(name, text)| (name.as_str(), Document::parse(text).unwrap())).collect();
    let styles: BTreeSet<&str> = xml["word/styles.xml"]
        .descendants()
        .filter(|node| is(node, "style"))
        .filter_map(|node| node.attribute((W, "styleId")))
        .collect();
    let parts_with_text = xml.iter().filter(|(name, _)| name.starts_with("word/") && !name.ends_with(".rels"));
    for (name, part) in parts_with_text {
        for node in part.descendants() {
            let refers = ["pStyle", "rStyle", "tblStyle", "basedOn", "next"].iter().any(|tag| is(&node, tag));
            if let Some(style) = node.attribute((W, "val")).filter(|style| refers && !styles.contains(style)) {
                wrong.push(format!("{name}: unknown style {style}"));
            }
            if node.text().is_some_and(|text| text.chars().any(|c| c.is_control() && c != '\n')) {
                wrong.push(format!("{name}: control character"));
            }
        }
        fields(name, part, &mut wrong);
    }
    let document = &xml["word/document.xml"];
    bookmarks(document, &mut wrong);
    let ids: BTreeSet<&str> =
        xml["word/_rels/document.xml.rels"].descendants().filter_map(|node| node.attribute("Id")).collect();
    for node in document.descendants() {
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        if let Some(id) = node.attribute((relations, "id")).filter(|id| !ids.contains(id)) {
            wrong.push(format!("unknown relationship {id}"));
        }
    }
    for table in document.descendants().filter(|node| is(node, "tbl")) {
        grid(table, &mut wrong);
    }
    sections(document, &mut wrong);
    wrong
}

fn fields(name: &str, part: &Document<'_>, wrong: &mut Vec<String>) {
    let mut open: Vec<bool> = Vec::new();
    for node in part.descendants().filter(|node| is(node, "fldChar")) {
        match (node.attribute((W, "fldCharType")), open.last_mut()) {
            (Some("begin"), _) => open.push(false),
            (Some("separate"), Some(separated)) if !*separated => *separated = true,
            (Some("end"), Some(_)) => drop(open.pop()),
            (kind, _) => wrong.push(format!("{name}: field mark {kind:?} out of place")),
        }
    }
    if !open.is_empty() {
        wrong.push(format!("{name}: unclosed field"));
    }
}

fn bookmarks(document: &Document<'_>, wrong: &mut Vec<String>) {
    let (mut names, mut ids, mut ended) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for node in document.descendants() {
        if is(&node, "bookmarkStart") {
            if !names.insert(node.attribute((W, "name")).unwrap()) {
                wrong.push("duplicate bookmark name".into());
            }
            if !ids.insert(node.attribute((W, "id")).unwrap()) {
                wrong.push("duplicate bookmark id".into());
            }
        }
        if is(&node, "bookmarkEnd") && !ended.insert(node.attribute((W, "id")).unwrap()) {
            wrong.push("bookmark ended twice".into());
        }
    }
    if ids != ended {
        wrong.push("bookmark without end".into());
    }
    for node in document.descendants() {
        let anchor = node.attribute((W, "anchor")).filter(|_| is(&node, "hyperlink"));
        let reference = node.text().filter(|_| is(&node, "instrText")).and_then(|text| {
            let mut words = text.split_whitespace();
            (words.next() == Some("PAGEREF")).then(|| words.next().unwrap())
        });
        for target in anchor.into_iter().chain(reference).filter(|target| !names.contains(target)) {
            wrong.push(format!("dangling anchor {target}"));
        }
    }
}

fn grid(table: Node<'_, '_>, wrong: &mut Vec<String>) {
    let widths: Vec<i32> = child(table, "tblGrid")
        .unwrap()
        .children()
        .filter(Node::is_element)
        .map(|column| number(column, "w"))
        .collect();
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    let mut heads_over = false;
    for row in table.children().filter(|node| is(node, "tr")) {
        let repeated = child(row, "trPr").is_some_and(|properties| child(properties, "tblHeader").is_some());
        if repeated && heads_over {
            wrong.push("a repeated row that is not at the start".into());
        }
        heads_over |= !repeated;
        let mut column = 0;
        let mut merged = BTreeMap::new();
        for cell in row.children().filter(|node| is(node, "tc")) {
            let properties = child(cell, "tcPr").unwrap();
            let span = val(properties, "gridSpan").map_or(1, |span| span.parse::<usize>().unwrap());
            let width = widths.get(column..column + span).map(|widths| widths.iter().sum::<i32>());
            if width != child(properties, "tcW").map(|width| number(width, "w")) {
                wrong.push(format!("a cell at column {column} is not as wide as its columns"));
            }
            match val(properties, "vMerge") {
                Some("restart") => drop(merged.insert(column, span)),
                Some(_) if above.get(&column) == Some(&span) => drop(merged.insert(column, span)),
                Some(_) => wrong.push("vMerge without restart".into()),
                None => {}
            }
            if !cell.children().rfind(Node::is_element).is_some_and(|last| is(&last, "p")) {
                wrong.push("a cell that does not end with a paragraph".into());
            }
            column += span;
        }
        if column != widths.len() {
            wrong.push(format!("a row of {column} columns in a table of {}", widths.len()));
        }
        above = merged;
    }
}

/// Tables against the width of their section, and against what follows them.
fn sections(document: &Document<'_>, wrong: &mut Vec<String>) {
    let body = document.descendants().find(|node| is(node, "body")).unwrap();
    let mut tables: Vec<i32> = Vec::new();
    let mut after_table = false;
    for block in body.children().filter(Node::is_element) {
        let is_table = is(&block, "tbl");
        if after_table && !is(&block, "p") {
            wrong.push("a table without a paragraph after it".into());
        }
        after_table = is_table;
        if is_table {
            tables.push(number(child(child(block, "tblPr").unwrap(), "tblW").unwrap(), "w"));
        }
        for section in block.descendants().filter(|node| is(node, "sectPr")) {
            let (size, margins) = (child(section, "pgSz").unwrap(), child(section, "pgMar").unwrap());
            let width = number(size, "w") - number(margins, "left") - number(margins, "right");
            for table in tables.drain(..).filter(|table| *table > width) {
                wrong.push(format!("a table of {table} in a section of {width}"));
            }
        }
    }
    if !tables.is_empty() {
        wrong.push("a table in no section".into());
    }
}
