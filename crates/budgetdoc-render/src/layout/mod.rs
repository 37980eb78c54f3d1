//! From document to pages.

mod page;

pub use page::{
    ContentsEntry, Glyph, GlyphRun, Item, Layout, Link, Mark, Node, NodeId, OutlineEntry, Page, Rule, Tag, Target,
};
