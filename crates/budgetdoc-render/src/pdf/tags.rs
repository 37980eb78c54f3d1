//! The structure tree: what each mark on the pages is.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use crate::layout::{Layout, NodeId, Tag as LayoutTag};

/// For each node of the layout the pieces of content and the link areas that belong to it, in reading order.
pub(super) struct Marks(Vec<Vec<Identifier>>);

impl Marks {
    pub(super) fn new(nodes: usize) -> Self {
        Marks(vec![Vec::new(); nodes])
    }

    pub(super) fn push(&mut self, node: NodeId, identifier: Identifier) {
        self.0[node].push(identifier);
    }
}

/// Returns the tree below the document's node; krilla writes the document's own element.
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
    /// Returns a node's own marks, then the nodes below it. The depth is bounded by the check before.
    fn content(&mut self, id: NodeId) -> Vec<Node> {
        let layout = self.layout;
        let mut content: Vec<Node> = std::mem::take(&mut self.marks.0[id]).into_iter().map(Node::from).collect();
        for &child in &layout.nodes[id].children {
            content.extend(self.group(child).map(Node::from));
        }
        content
    }

    /// Returns the group of a node; none for one without content, unless it is a cell, which its row cannot do without.
    fn group(&mut self, id: NodeId) -> Option<TagGroup> {
        let tag = &self.layout.nodes[id].tag;
        let mut children = self.content(id);
        let cell = matches!(tag, LayoutTag::Cell { .. } | LayoutTag::HeaderCell { .. });
        // The only paragraph of a cell is the cell: an element less for each, which is a third of a large table's file.
        if cell && let [Node::Group(TagGroup { tag: TagKind::P(_), children: words })] = children.as_mut_slice() {
            children = std::mem::take(words);
        }
        (cell || !children.is_empty()).then(|| TagGroup::with_children(self.kind(tag), children))
    }

    fn kind(&mut self, tag: &LayoutTag) -> TagKind {
        match tag {
            // A document inside the document would have no meaning; the check lets none through.
            LayoutTag::Document => Tag::Section.into(),
            LayoutTag::Heading { level, title } => {
                // PDF/UA forbids to skip a level, a document may: its fourth level is a look, not a place.
                self.level = u16::from(*level).clamp(1, self.level + 1);
                let level = NonZeroU16::new(self.level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(title.clone())).into()
            }
            LayoutTag::Paragraph => Tag::P.into(),
            LayoutTag::Contents => Tag::TOC.into(),
            LayoutTag::ContentsItem => Tag::TOCI.into(),
            LayoutTag::Reference => Tag::Reference.into(),
            LayoutTag::Link => Tag::Link.into(),
            LayoutTag::Table { summary } => {
                Tag::Table.with_summary((!summary.is_empty()).then(|| summary.clone())).into()
            }
            LayoutTag::TableHead => Tag::THead.into(),
            LayoutTag::TableBody => Tag::TBody.into(),
            LayoutTag::Row => Tag::TR.into(),
            // With a scope on every head cell the heads of a cell follow from its place; explicit lists of them, which
            // would be most of the file in a long table, are not needed.
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

/// Returns a span worth writing: 1 is what readers assume.
fn span(covered: u16) -> Option<NonZeroU32> {
    NonZeroU32::new(u32::from(covered)).filter(|covered| covered.get() > 1)
}
