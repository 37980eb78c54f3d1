//! The structure tree of the PDF.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{BBox, Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::paint::rectangle;
use crate::layout::{Layout, NodeId, Tag as LayoutTag};

/// The sequences of content and the link areas of each node of the layout, in reading order.
pub(super) struct Marks(Vec<Vec<Identifier>>);

impl Marks {
    pub(super) fn new(nodes: usize) -> Self {
        Marks(vec![Vec::new(); nodes])
    }

    pub(super) fn push(&mut self, node: NodeId, identifier: Identifier) {
        self.0[node].push(identifier);
    }
}

/// Returns the tree below the document's node; krilla writes the element of the document.
pub(super) fn tree(layout: &Layout, marks: Marks) -> TagTree {
    TagTree::from(Builder { layout, marks, level: 0 }.content(0))
}

struct Builder<'a> {
    layout: &'a Layout,
    marks: Marks,
    /// Level of the last heading.
    level: u16,
}

impl Builder<'_> {
    /// Returns a node's own marks, then the nodes below it. [`super::check`] limits the depth.
    fn content(&mut self, id: NodeId) -> Vec<Node> {
        let layout = self.layout;
        let mut content: Vec<Node> = std::mem::take(&mut self.marks.0[id]).into_iter().map(Node::from).collect();
        for &child in &layout.nodes[id].children {
            content.extend(self.group(child).map(Node::from));
        }
        content
    }

    /// Returns the group of a node; none of one without content, unless it is a cell.
    fn group(&mut self, id: NodeId) -> Option<TagGroup> {
        let tag = &self.layout.nodes[id].tag;
        let mut children = self.content(id);
        let cell = matches!(tag, LayoutTag::Cell { .. } | LayoutTag::HeaderCell { .. });
        // A cell with one paragraph holds its content itself: a third less of a large table's file.
        if cell && let [Node::Group(TagGroup { tag: TagKind::P(_), children: words })] = children.as_mut_slice() {
            children = std::mem::take(words);
        }
        (cell || !children.is_empty()).then(|| TagGroup::with_children(self.kind(tag), children))
    }

    fn kind(&mut self, tag: &LayoutTag) -> TagKind {
        match tag {
            // `check` refuses a document inside the document.
            LayoutTag::Document => Tag::Section.into(),
            LayoutTag::Heading { level, title } => {
                // PDF/UA forbids skipping a level, which a document may do: its levels are styles.
                self.level = u16::from(*level).clamp(1, self.level + 1);
                let level = NonZeroU16::new(self.level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(title.to_string())).into()
            }
            LayoutTag::Paragraph => Tag::P.into(),
            LayoutTag::Contents => Tag::TOC.into(),
            LayoutTag::ContentsItem => Tag::TOCI.into(),
            LayoutTag::Reference => Tag::Reference.into(),
            LayoutTag::Link => Tag::Link.into(),
            LayoutTag::Table { summary } => {
                Tag::Table.with_summary((!summary.is_empty()).then(|| summary.to_string())).into()
            }
            LayoutTag::Figure { summary, place } => {
                let place = place.as_deref().and_then(|(page, area)| Some(BBox::new(*page, rectangle(area)?)));
                Tag::Figure(Some(summary.to_string())).with_bbox(place).into()
            }
            LayoutTag::Caption => Tag::Caption.into(),
            LayoutTag::TableHead => Tag::THead.into(),
            LayoutTag::TableBody => Tag::TBody.into(),
            LayoutTag::Row => Tag::TR.into(),
            // With a scope on every head cell, the heads of a cell follow from its place; explicit lists of them would
            // be most of a long table's file.
            LayoutTag::HeaderCell { row, columns, rows } => {
                let scope = if *row { TableHeaderScope::Row } else { TableHeaderScope::Column };
                Tag::TH(scope).with_col_span(span(*columns)).with_row_span(span(*rows)).into()
            }
            LayoutTag::Cell { columns, rows } => {
                Tag::TD.with_col_span(span(*columns)).with_row_span(span(*rows)).into()
            }
        }
    }
}

/// Returns a span; none for 1, the default.
fn span(covered: u16) -> Option<NonZeroU32> {
    NonZeroU32::new(u32::from(covered)).filter(|covered| covered.get() > 1)
}
