//! What stands in which section: the document's blocks, cut where the paper or the page numbers change.

use budgetdoc_document::{
    Block, Contents, Cover, Document, GridError, Heading, Length, Orientation, Paragraph, StyleName, Table,
};

use crate::RenderError;
use crate::layout::{Layout, SetBlock};

/// Pages of one kind.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) orientation: Orientation,
    /// Whether page numbers are printed.
    pub(super) numbered: bool,
    pub(super) pieces: Vec<PlannedBlock<'a>>,
}

/// A block with what Word has to be told about it.
#[derive(Debug)]
pub(super) struct PlannedBlock<'a> {
    pub(super) content: BlockContent<'a>,
    /// What the layout has of it.
    pub(super) set: &'a SetBlock,
    /// Whether it has to be moved to a new page; the first piece of a section never has to.
    pub(super) new_page: bool,
    /// Whether it stands at the top of a page, where the room before it is dropped.
    pub(super) top: bool,
}

/// A block.
#[derive(Debug)]
pub(super) enum BlockContent<'a> {
    Cover(&'a Cover),
    Contents(&'a Contents),
    /// A heading and its index among the targets.
    Heading(&'a Heading, usize),
    /// A paragraph, and by how many twips its characters stand closer than its style says.
    Paragraph(&'a Paragraph, u8),
    Table(PlannedTable<'a>),
}

/// A table with what the layout knows of it.
#[derive(Debug)]
pub(super) struct PlannedTable<'a> {
    pub(super) table: &'a Table,
    /// Index of its heading among the targets.
    pub(super) target: Option<usize>,
    /// Right edges of its columns from its left edge, in twips: each rounded by itself, so that they sum up exactly.
    pub(super) edges: Vec<i32>,
    /// Blank inside a cell, left and right.
    pub(super) padding: Length,
}

/// A piece and the pages it wants, before sections are cut.
struct LooseBlock<'a> {
    content: BlockContent<'a>,
    set: &'a SetBlock,
    orientation: Orientation,
    numbered: bool,
    new_page: bool,
}

/// Cuts a document into sections.
///
/// # Errors
/// A table that is no grid, or a layout that is of another document.
pub(super) fn plan<'a>(document: &'a Document, layout: &'a Layout) -> Result<Vec<Section<'a>>, RenderError> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    for loose in loose_pieces(document, layout)? {
        let LooseBlock { content, set, orientation, numbered, new_page } = loose;
        // A cover and a table of contents have a section each: nothing else stands on their pages.
        let goes_on = sections.last().is_some_and(|last| last.numbered && numbered && last.orientation == orientation);
        let piece = PlannedBlock { content, set, new_page: goes_on && new_page, top: !goes_on || new_page };
        match sections.last_mut() {
            Some(last) if goes_on => last.pieces.push(piece),
            _ => sections.push(Section { orientation, numbered, pieces: vec![piece] }),
        }
    }
    if sections.is_empty() {
        sections.push(Section { orientation: Orientation::Portrait, numbered: true, pieces: Vec::new() });
    }
    Ok(sections)
}

/// Returns the blocks with the pages they want.
fn loose_pieces<'a>(document: &'a Document, layout: &'a Layout) -> Result<Vec<LooseBlock<'a>>, RenderError> {
    if layout.blocks.len() != document.blocks.len() {
        return Err(foreign(&format!("it has {} blocks, the document {}", layout.blocks.len(), document.blocks.len())));
    }
    let mut pieces: Vec<LooseBlock<'a>> = Vec::new();
    let mut broken = false;
    for (index, (block, set)) in document.blocks.iter().zip(&layout.blocks).enumerate() {
        let target = || set.target.ok_or_else(|| foreign(&format!("block {} has no heading", index + 1)));
        let (content, new_page, numbered) = match block {
            Block::PageBreak => {
                broken = true;
                continue;
            }
            Block::Cover(cover) => (BlockContent::Cover(cover), true, false),
            Block::Contents(contents) => (BlockContent::Contents(contents), true, false),
            Block::Heading(heading) => (BlockContent::Heading(heading, target()?), heading.new_page, true),
            Block::Paragraph(paragraph) => (BlockContent::Paragraph(paragraph, 0), false, true),
            Block::Table(table) => {
                let target = table.heading.as_ref().map(|_| target()).transpose()?;
                let measures = set.table.as_ref().filter(|measures| measures.widths.len() == table.columns.len());
                let measures =
                    measures.ok_or_else(|| foreign(&format!("block {} has no widths of columns", index + 1)))?;
                check_grid(table).map_err(|source| RenderError::Grid { table: name(table, index), source })?;
                let edges = edges(&measures.widths);
                let planned = PlannedTable { table, target, edges, padding: measures.padding };
                (BlockContent::Table(planned), false, true)
            }
        };
        let new_page = std::mem::take(&mut broken) || new_page;
        let mut loose = LooseBlock { content, set, orientation: Orientation::Portrait, numbered, new_page };
        if let Block::Table(table) = block
            && let Some(orientation) = table.orientation
        {
            loose.orientation = orientation;
            // The table starts a page and has it to itself; headings right before it come along.
            let along = if new_page { 0 } else { headings_along(document, &pieces) };
            let start = pieces.len() - along;
            for heading in &mut pieces[start..] {
                heading.orientation = orientation;
            }
            match pieces.get_mut(start) {
                Some(first) => first.new_page = true,
                None => loose.new_page = true,
            }
            broken = true;
        }
        pieces.push(loose);
    }
    Ok(pieces)
}

/// Returns how many pieces at the end stay with what follows: back to the first that starts a page.
fn headings_along(document: &Document, pieces: &[LooseBlock<'_>]) -> usize {
    let mut count = 0;
    for piece in pieces.iter().rev() {
        let style = match &piece.content {
            BlockContent::Heading(heading, _) => StyleName::heading(heading.level),
            BlockContent::Paragraph(paragraph, _) => paragraph.style,
            BlockContent::Cover(_) | BlockContent::Contents(_) | BlockContent::Table(_) => break,
        };
        if !document.styles.get(style).keep_with_next {
            break;
        }
        count += 1;
        if piece.new_page {
            break;
        }
    }
    count
}

fn foreign(detail: &str) -> RenderError {
    RenderError::Write { format: "DOCX", detail: format!("the layout is not of this document: {detail}") }
}

fn name(table: &Table, index: usize) -> String {
    match &table.heading {
        Some(heading) => format!("{} {}", heading.number, heading.title.to_plain()).trim().to_owned(),
        None => format!("in block {}", index + 1),
    }
}

/// Goes over the grid once, so that no file is begun that cannot be ended.
fn check_grid(table: &Table) -> Result<(), GridError> {
    table.groups().iter().try_for_each(|group| group.lines().try_for_each(|line| line.map(drop)))
}

fn edges(widths: &[Length]) -> Vec<i32> {
    widths
        .iter()
        .scan(Length::ZERO, |edge, width| {
            *edge += *width;
            Some(edge.twips())
        })
        .collect()
}
