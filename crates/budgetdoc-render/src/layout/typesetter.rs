//! The state of a document being set: pages, structure, targets.

use budgetdoc_document::{Contents, Document, Length, Orientation, PageStyle, Sheet};

use super::block::TextPlace;
use super::flow::FlowLine;
use super::{
    BlockPart, ContentsEntry, GlyphRun, HeadingPlace, Item, Layout, Mark, Node, NodeId, OutlineEntry, Page, RowStep,
    SetBlock, SetLine, Tag,
};
use crate::RenderError;
use crate::font::FontBook;
use crate::text::{GlyphLine, TextMeasurer};

/// The text block of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub left: Length,
    pub top: Length,
    pub width: Length,
    pub height: Length,
}

impl Frame {
    /// Returns the text block of a page in `orientation`.
    pub fn of(page: &PageStyle, orientation: Orientation) -> Frame {
        let sheet = page.sheet(orientation);
        Frame {
            left: sheet.margins.left,
            top: sheet.margins.top,
            width: sheet.text_width(),
            height: sheet.text_height(),
        }
    }

    /// Returns the lower edge of the text block.
    pub fn bottom(&self) -> Length {
        self.top + self.height
    }

    /// Returns the right edge of the text block.
    pub fn right(&self) -> Length {
        self.left + self.width
    }
}

/// A heading that the table of contents lists.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub level: u8,
    pub title: String,
    pub target: usize,
}

/// A table of contents whose pages are set last, when the numbers are known.
#[derive(Clone, Debug)]
pub(super) struct Reserved<'a> {
    pub contents: &'a Contents,
    /// Index of the block.
    pub block: usize,
    /// Index of the page it comes before.
    pub page: usize,
    pub title: NodeId,
    pub node: NodeId,
}

/// Sets the blocks of a document one after the other.
pub(super) struct Typesetter<'a> {
    pub document: &'a Document,
    pub measurer: TextMeasurer<'a>,
    pub pages: Vec<Page>,
    /// For each page whether it is counted.
    pub counted: Vec<bool>,
    pub nodes: Vec<Node>,
    pub targets: Vec<HeadingPlace>,
    pub outline: Vec<OutlineEntry>,
    pub listed: Vec<Listed>,
    pub reserved: Vec<Reserved<'a>>,
    /// The block being set.
    pub block: usize,
    /// What was set of each block.
    pub blocks: Vec<SetBlock>,
    /// Lines not yet put on a page, as what follows decides where it ends.
    pub waiting: Vec<FlowLine>,
    /// Number and title of the last table, and how close its rows are.
    pub row_step: Option<((String, String), RowStep)>,
    /// Whether the last page can be added to.
    pub page_is_open: bool,
    /// Whether the last page is empty.
    pub page_is_empty: bool,
    pub frame: Frame,
    /// Height at which the next item is put on the open page.
    pub y: Length,
}

impl<'a> Typesetter<'a> {
    pub fn new(document: &'a Document, fonts: &'a FontBook) -> Self {
        let frame = Frame::of(&document.page, Orientation::Portrait);
        Typesetter {
            document,
            measurer: TextMeasurer::new(fonts).with_names(&document.names).with_spacing(document.page.spacing),
            pages: Vec::new(),
            counted: Vec::new(),
            nodes: vec![Node { tag: Tag::Document, children: Vec::new() }],
            targets: Vec::new(),
            outline: Vec::new(),
            listed: Vec::new(),
            reserved: Vec::new(),
            block: 0,
            blocks: vec![SetBlock::default(); document.blocks.len()],
            waiting: Vec::new(),
            row_step: None,
            page_is_open: false,
            page_is_empty: false,
            frame,
            y: frame.top,
        }
    }

    /// Adds a node as the last child of `parent`.
    pub fn node(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        self.nodes.push(Node { tag, children: Vec::new() });
        let id = self.nodes.len() - 1;
        self.nodes[parent].children.push(id);
        id
    }

    /// Adds a node below `parent` for a text of the block being set.
    pub fn text(&mut self, part: BlockPart, parent: NodeId, tag: Tag) -> TextPlace {
        TextPlace { block: self.block, part, node: self.node(parent, tag) }
    }

    /// Adds a heading's target, outline entry and line in the table of contents, and returns the target. Its place is
    /// filled in by [`place_target`](Self::place_target).
    pub fn target(&mut self, level: u8, contents: Option<u8>, title: &str) -> usize {
        self.targets.push(HeadingPlace { page: 0, y: Length::ZERO, number: None });
        let target = self.targets.len() - 1;
        self.blocks[self.block].target = Some(target);
        let title = title.replace('\u{3000}', " ");
        if title.trim().is_empty() {
            return target;
        }
        self.outline.push(OutlineEntry { level, title: title.clone(), target });
        if let Some(level) = contents {
            self.listed.push(Listed { level, title, target });
        }
        target
    }

    /// Places a target at `y` of the open page.
    pub fn place_target(&mut self, target: usize, y: Length) {
        self.targets[target].page = self.pages.len() - 1;
        self.targets[target].y = y;
    }

    /// Starts a page.
    pub fn new_page(&mut self, orientation: Orientation, counted: bool) {
        // A long document has thousands of pages, each with hundreds of marks.
        if let Some(page) = self.pages.last_mut() {
            page.items.shrink_to_fit();
        }
        let style = &self.document.page;
        let Sheet { width, height, .. } = style.sheet(orientation);
        self.pages.push(Page { width, height, orientation, number: None, items: Vec::new(), links: Vec::new() });
        self.counted.push(counted);
        self.frame = Frame::of(style, orientation);
        self.y = self.frame.top;
        self.page_is_open = true;
        self.page_is_empty = true;
    }

    /// Starts a page for running text unless one is open.
    pub fn ensure_page(&mut self) {
        if !self.page_is_open {
            self.new_page(Orientation::Portrait, true);
        }
    }

    /// Ends the page, unless it is empty.
    pub fn page_break(&mut self) {
        self.place_waiting(Length::ZERO);
        self.page_is_open = self.page_is_open && self.page_is_empty;
    }

    /// Puts a mark on the last page.
    pub fn draw(&mut self, node: Option<NodeId>, mark: Mark) {
        self.page_is_empty = false;
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { node, mark });
        }
    }

    /// Puts a line on the last page, its column's left edge at `x` and its baseline at `y`. A line without a text
    /// repeats one of an earlier page.
    pub fn draw_line(&mut self, text: Option<TextPlace>, line: GlyphLine, x: Length, y: Length) {
        if let Some(text) = text {
            self.blocks[text.block].lines.push(SetLine {
                part: text.part,
                range: line.range,
                page: self.pages.len() - 1,
                x: x + line.x,
                y,
                natural_width: line.natural_width,
                width: line.width,
                squeezed: line.squeezed,
            });
        }
        self.draw_runs(text.map(|text| text.node), line.runs, x, y);
    }

    /// Puts runs on the last page, counted from `x` and `y`.
    pub fn draw_runs(&mut self, node: Option<NodeId>, runs: impl IntoIterator<Item = GlyphRun>, x: Length, y: Length) {
        for mut run in runs {
            run.x += x;
            run.y += y;
            self.draw(node, Mark::Glyphs(run));
        }
    }

    /// Puts the remaining lines on pages, numbers the pages and sets the table of contents.
    pub fn finish(mut self) -> Result<Layout, RenderError> {
        self.place_waiting(Length::ZERO);
        if self.pages.is_empty() && self.reserved.is_empty() {
            // PDF and Word both need a page.
            self.ensure_page();
        }
        let mut number = 0;
        for (page, counted) in self.pages.iter_mut().zip(&self.counted) {
            if *counted {
                number += 1;
                page.number = Some(number);
            }
        }
        for target in &mut self.targets {
            target.number = self.pages.get(target.page).and_then(|page| page.number);
        }
        self.number_pages()?;
        let contents = self.contents_entries();
        for reserved in std::mem::take(&mut self.reserved).iter().rev() {
            self.set_contents(reserved, &contents)?;
        }
        for block in &mut self.blocks {
            // Those of most blocks are in order, and sorting takes half their memory again.
            let place = |line: &SetLine| (line.part, line.range.start);
            if !block.lines.is_sorted_by_key(place) {
                block.lines.sort_by_key(place);
            }
        }
        self.measurer.check_missing()?;
        Ok(Layout {
            pages: self.pages,
            nodes: self.nodes,
            outline: self.outline,
            contents,
            targets: self.targets,
            blocks: self.blocks,
        })
    }

    fn contents_entries(&self) -> Vec<ContentsEntry> {
        self.listed
            .iter()
            .map(|listed| ContentsEntry {
                level: listed.level,
                title: listed.title.clone(),
                number: self.targets[listed.target].number.unwrap_or(0),
                target: listed.target,
            })
            .collect()
    }
}

/// Returns the distance from the top of a line's box to its baseline. The em box (0.88 above, 0.12 below the baseline)
/// is centered in the pitch: the faces' own heights differ and would move the lines.
pub(crate) fn baseline(size: Length, pitch: Length) -> Length {
    (pitch - size) / 2 + size.scale(88, 100)
}
