//! The structure tree of the PDF (ISO 32000-1, 14.7 and 14.8).

use std::collections::BTreeMap;

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::writers::{StructElement, StructTreeRoot};
use pdf_writer::{Finish, Name, Rect, Ref, Str, TextStr};

use super::content::corners;
use super::file::PdfFile;
use crate::error::RenderError;
use crate::layout::{Layout, NodeId, Tag};

/// What a node holds itself.
#[derive(Clone, Copy)]
pub(super) enum Held {
    /// A marked sequence of a page: the index of the page and the sequence's number there.
    Sequence(usize, usize),
    /// A link on a page: the index of the page, the number of the annotation and its key in the tree of parents.
    Link(usize, Ref, i32),
}

/// What the nodes of a layout hold.
pub(super) struct Marks {
    /// In the order of nodes once all are known, and of drawing for each.
    held: Vec<(NodeId, Held)>,
    /// How many sequences each page has.
    sequences: Vec<usize>,
    links: i32,
}

impl Marks {
    pub fn new(pages: usize) -> Self {
        Marks { held: Vec::new(), sequences: vec![0; pages], links: i32::try_from(pages).unwrap_or(i32::MAX) }
    }

    /// Adds the sequences of a page.
    pub fn add_sequences(&mut self, page: usize, nodes: &[NodeId]) {
        let sequences = nodes.iter().enumerate();
        self.held.extend(sequences.map(|(number, node)| (*node, Held::Sequence(page, number))));
        self.sequences[page] = nodes.len();
    }

    /// Adds a link and returns its key in the tree of parents: those of pages are their indices.
    pub fn add_link(&mut self, page: usize, node: NodeId, number: Ref) -> i32 {
        let key = self.links;
        self.held.push((node, Held::Link(page, number, key)));
        self.links += 1;
        key
    }
}

/// Writes the tree and returns the number of its root.
pub(super) fn write(layout: &Layout, mut marks: Marks, pages: &[Ref], file: &mut PdfFile) -> Result<Ref, RenderError> {
    marks.held.sort_by_key(|(node, _)| *node);
    let root = file.reserve();
    let parents = marks.sequences.iter().map(|count| vec![root; *count]).collect();
    let kept = kept(layout, &marks.held);
    let heads = named_heads(layout);
    let mut writer =
        Writer { layout, marks: &marks.held, pages, file, level: 0, kept, heads, parents, links: Vec::new() };
    let document = writer.element(0, root)?;
    let Writer { parents, links, heads, .. } = writer;
    let mut pages_of = Vec::new();
    for (page, parents) in (0..).zip(parents).filter(|(_, parents)| !parents.is_empty()) {
        let number = file.reserve();
        file.object(number, |chunk| {
            chunk.indirect(number).array().items(parents);
        })?;
        pages_of.push((page, number));
    }
    file.object(root, |chunk| {
        let mut tree = chunk.indirect(root).start::<StructTreeRoot>();
        tree.child(document);
        let mut parents = tree.parent_tree();
        let mut entries = parents.nums();
        for (key, number) in pages_of.into_iter().chain(links) {
            entries.insert(key, number);
        }
        entries.finish();
        parents.finish();
        tree.parent_tree_next_key(marks.links);
        if !heads.is_empty() {
            let mut ids = tree.id_tree();
            let mut names = ids.names();
            for (node, number) in &heads {
                names.insert(Str(identifier(*node).as_bytes()), *number);
            }
        }
    })?;
    Ok(root)
}

/// Returns for each node whether it is written: it or a node below it holds something, or it is a cell.
fn kept(layout: &Layout, held: &[(NodeId, Held)]) -> Vec<bool> {
    let mut kept: Vec<bool> = layout.nodes.iter().map(|node| is_cell(&node.tag)).collect();
    held.iter().for_each(|(node, _)| kept[*node] = true);
    // `super::check` limits the depth.
    fn visit(layout: &Layout, node: NodeId, kept: &mut [bool]) -> bool {
        for child in &layout.nodes[node].children {
            kept[node] |= visit(layout, *child, kept);
        }
        kept[node]
    }
    visit(layout, 0, &mut kept);
    kept
}

/// Returns the head cells that cells name as theirs; their numbers are not yet known.
fn named_heads(layout: &Layout) -> BTreeMap<NodeId, Ref> {
    let named = layout.nodes.iter().filter_map(|node| match &node.tag {
        Tag::Cell { heads, .. } => Some(heads),
        _ => None,
    });
    named.flatten().map(|head| (*head, Ref::new(1))).collect()
}

/// Returns the identifier of the element of a head cell: identifiers are in the order of nodes.
fn identifier(head: NodeId) -> String {
    format!("{head:010}")
}

fn is_cell(tag: &Tag) -> bool {
    matches!(tag, Tag::Cell { .. } | Tag::HeaderCell { .. })
}

struct Writer<'a> {
    layout: &'a Layout,
    marks: &'a [(NodeId, Held)],
    pages: &'a [Ref],
    file: &'a mut PdfFile,
    /// Level of the last heading.
    level: u16,
    kept: Vec<bool>,
    /// The elements of head cells that cells name as theirs.
    heads: BTreeMap<NodeId, Ref>,
    /// The element of each sequence, by page.
    parents: Vec<Vec<Ref>>,
    /// The element of each link, by its key.
    links: Vec<(i32, Ref)>,
}

impl<'a> Writer<'a> {
    /// Writes the element of a node and those below it, in reading order.
    fn element(&mut self, node: NodeId, parent: Ref) -> Result<Ref, RenderError> {
        let layout = self.layout;
        let (number, tag) = (self.file.reserve(), &layout.nodes[node].tag);
        if let Tag::Heading { level, .. } = tag {
            // PDF/UA forbids skipping a level, which a document may do: its levels are styles.
            self.level = u16::from(*level).clamp(1, self.level + 1);
        }
        let level = self.level;
        let held = self.held(node);
        for (_, held) in held {
            match held {
                Held::Sequence(page, sequence) => self.parents[*page][*sequence] = number,
                Held::Link(_, _, key) => self.links.push((*key, number)),
            }
        }
        let mut children = Vec::new();
        for &child in &layout.nodes[node].children {
            if self.kept[child] {
                children.push(self.element(child, number)?);
            }
        }
        let head = self.heads.get_mut(&node).map(|head| *head = number);
        let pages = self.pages;
        self.file.object(number, |chunk| {
            let mut element = chunk.struct_element(number);
            element.parent(parent);
            describe(&mut element, tag, level, layout);
            if head.is_some() {
                element.id(Str(identifier(node).as_bytes()));
            }
            let page = held.first().map(|(_, held)| match held {
                Held::Sequence(page, _) | Held::Link(page, ..) => *page,
            });
            if let Some(page) = page {
                element.page(pages[page]);
            }
            let mut content = element.children();
            for (_, held) in held {
                match held {
                    Held::Sequence(on, sequence) => {
                        let sequence = i32::try_from(*sequence).unwrap_or(i32::MAX);
                        if page == Some(*on) {
                            content.marked_content_id(sequence);
                        } else {
                            content.marked_content_ref().page(pages[*on]).marked_content_id(sequence);
                        }
                    }
                    Held::Link(on, annotation, _) => drop(content.object_ref().page(pages[*on]).object(*annotation)),
                }
            }
            for child in children {
                content.struct_element(child);
            }
        })?;
        Ok(number)
    }

    /// Returns what a node holds itself.
    fn held(&self, node: NodeId) -> &'a [(NodeId, Held)] {
        let start = self.marks.partition_point(|(of, _)| *of < node);
        let rest = &self.marks[start..];
        &rest[..rest.partition_point(|(of, _)| *of == node)]
    }
}

/// Writes what a tag says of its element.
fn describe(element: &mut StructElement, tag: &Tag, level: u16, layout: &Layout) {
    match tag {
        Tag::Document => drop(element.kind(StructRole::Document)),
        Tag::Heading { title, .. } => {
            element.custom_kind(Name(format!("H{level}").as_bytes())).title(TextStr(title));
        }
        Tag::Paragraph => drop(element.kind(StructRole::P)),
        Tag::Contents => drop(element.kind(StructRole::TOC)),
        Tag::ContentsItem => drop(element.kind(StructRole::TOCI)),
        Tag::Reference => drop(element.kind(StructRole::Reference)),
        Tag::Link => drop(element.kind(StructRole::Link)),
        Tag::Table { summary } => {
            element.kind(StructRole::Table);
            if !summary.is_empty() {
                element.attributes().push().table().summary(TextStr(summary));
            }
        }
        Tag::Figure { summary, place } => {
            element.kind(StructRole::Figure).alt(TextStr(summary));
            let area = place.as_deref().and_then(|(page, area)| corners(area, layout.pages[*page].height));
            if let Some([left, lower, right, upper]) = area {
                element.attributes().push().layout().bbox(Rect::new(left, lower, right, upper));
            }
        }
        Tag::Caption => drop(element.kind(StructRole::Caption)),
        Tag::TableHead => drop(element.kind(StructRole::THead)),
        Tag::TableBody => drop(element.kind(StructRole::TBody)),
        Tag::Row => drop(element.kind(StructRole::TR)),
        // With a scope on every head cell, the heads of most cells follow from their places (ISO 32000-2, 14.8.4.8.3);
        // explicit lists for all would be most of a long table's file.
        Tag::HeaderCell { row, columns, rows } => {
            element.kind(StructRole::TH);
            let scope = if *row { TableHeaderScope::Row } else { TableHeaderScope::Column };
            cell(element, Some(scope), (*columns, *rows), &[]);
        }
        Tag::Cell { columns, rows, heads } => {
            element.kind(StructRole::TD);
            cell(element, None, (*columns, *rows), heads);
        }
    }
}

/// Writes what is said of a cell; a span of 1 is the default.
fn cell(element: &mut StructElement, scope: Option<TableHeaderScope>, (columns, rows): (u16, u16), heads: &[NodeId]) {
    if scope.is_none() && columns <= 1 && rows <= 1 && heads.is_empty() {
        return;
    }
    let mut attributes = element.attributes();
    let mut attributes = attributes.push().table();
    if let Some(scope) = scope {
        attributes.scope(scope);
    }
    if columns > 1 {
        attributes.col_span(columns.into());
    }
    if rows > 1 {
        attributes.row_span(rows.into());
    }
    if !heads.is_empty() {
        let identifiers: Vec<String> = heads.iter().copied().map(identifier).collect();
        attributes.headers().items(identifiers.iter().map(|head| Str(head.as_bytes())));
    }
}
