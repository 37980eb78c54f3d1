//! Cuts the document into sections, where the orientation or the page numbering changes.

use budgetdoc_document::{
    Block, Chart, Contents, Cover, Document, GridError, Heading, Length, Orientation, Paragraph, RowGroup, StyleName,
    Table,
};

use crate::RenderError;
use crate::layout::table::table_name;
use crate::layout::{BlockPart, Layout, Rectangle, SetBlock, SetLine, TypeStep};

/// Pages of one orientation and numbering.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) orientation: Orientation,
    /// Whether page numbers are printed.
    pub(super) numbered: bool,
    /// The table that fills it, if that has a title and goes over several pages.
    pub(super) continued: Option<ContinuedTable>,
    pub(super) pieces: Vec<PlannedBlock<'a>>,
}

impl<'a> Section<'a> {
    /// Returns its charts, in order.
    pub(super) fn charts(&self) -> impl Iterator<Item = &'a Chart> {
        self.pieces.iter().filter_map(|piece| match &piece.content {
            BlockContent::Chart(chart, ..) => Some(*chart),
            BlockContent::Cover(_)
            | BlockContent::Contents(_)
            | BlockContent::Heading(..)
            | BlockContent::Paragraph(..)
            | BlockContent::Table(_) => None,
        })
    }

    /// Returns the table whose caption is in its header.
    pub(super) fn captioned(&self) -> Option<(&PlannedTable<'a>, &'a SetBlock)> {
        self.pieces.iter().find_map(|piece| match &piece.content {
            BlockContent::Table(planned) => planned.has_caption_in_header.then_some((planned, piece.set)),
            BlockContent::Cover(_)
            | BlockContent::Contents(_)
            | BlockContent::Heading(..)
            | BlockContent::Paragraph(..)
            | BlockContent::Chart(..) => None,
        })
    }
}

/// A table whose later pages have its title in their header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContinuedTable {
    /// Index of its heading among the targets.
    pub(super) target: usize,
    /// Whether its first page has an even number.
    pub(super) starts_even: bool,
    /// Whether its caption is in the header, too: above the parts of a table Word repeats rows of the first only.
    pub(super) has_caption: bool,
}

/// A block in its section.
#[derive(Debug)]
pub(super) struct PlannedBlock<'a> {
    pub(super) content: BlockContent<'a>,
    /// The block as set.
    pub(super) set: &'a SetBlock,
    /// Whether it needs a page break; the first block of a section never does.
    pub(super) new_page: bool,
    /// Whether it is at the top of a page, where the space before it is dropped.
    pub(super) starts_page: bool,
}

impl PlannedBlock<'_> {
    fn paragraph(&self) -> Option<&Paragraph> {
        match &self.content {
            BlockContent::Paragraph(paragraph, _) => Some(paragraph),
            BlockContent::Cover(_)
            | BlockContent::Contents(_)
            | BlockContent::Heading(..)
            | BlockContent::Chart(..)
            | BlockContent::Table(_) => None,
        }
    }

    /// Returns whether it announces the next block (其中：) or that is a signature, and is printed on one page with it.
    pub(super) fn is_kept_with(&self, next: &PlannedBlock<'_>) -> bool {
        let belongs = self.paragraph().is_some_and(|paragraph| paragraph.text.announces(None))
            || next.paragraph().is_some_and(|paragraph| paragraph.style == StyleName::Signature);
        let page = |line: Option<&SetLine>| line.map(|line| line.page);
        let text = self.set.lines_of(BlockPart::Text);
        belongs && !next.new_page && page(text.last()) == page(next.set.lines.first())
    }
}

/// A block.
#[derive(Debug)]
pub(super) enum BlockContent<'a> {
    Cover(&'a Cover),
    Contents(&'a Contents),
    /// A heading and its index among the targets.
    Heading(&'a Heading, usize),
    /// A paragraph, and the twips by which its characters are set closer than in its style.
    Paragraph(&'a Paragraph, u8),
    Table(PlannedTable<'a>),
    /// A chart, its number in the document, and its place on its page.
    Chart(&'a Chart, usize, Rectangle),
}

/// A table with its measures from the layout.
#[derive(Debug)]
pub(super) struct PlannedTable<'a> {
    pub(super) table: &'a Table,
    /// Index of its heading among the targets.
    pub(super) target: Option<usize>,
    /// Right edges of its columns from its left edge, in twips, each rounded on its own: widths then add up exactly.
    pub(super) column_edges: Vec<i32>,
    /// Blank inside a cell, left and right.
    pub(super) padding: Length,
    /// Size of the type in its cells.
    pub(super) type_step: TypeStep,
    /// Whether its caption is in the header of its later pages.
    pub(super) has_caption_in_header: bool,
}

impl PlannedTable<'_> {
    /// Returns its width in twips.
    pub(super) fn width(&self) -> i32 {
        self.column_edges.last().copied().unwrap_or(0)
    }
}

/// Returns whether a group of rows is in one table with the group above it, in Word. What has a head of its own is not.
pub(super) fn is_one(above: &RowGroup<'_>, below: &RowGroup<'_>) -> bool {
    above.index == 0 || above.heads() + below.heads() == 0
}

/// Returns whether a table is several tables in Word.
pub(super) fn has_parts(groups: &[RowGroup<'_>]) -> bool {
    groups.windows(2).any(|pair| !is_one(&pair[0], &pair[1]))
}

/// A block and its pages, before sections are cut.
struct LooseBlock<'a> {
    content: BlockContent<'a>,
    set: &'a SetBlock,
    orientation: Orientation,
    numbered: bool,
    continued: Option<ContinuedTable>,
    new_page: bool,
}

/// Cuts a document into sections.
///
/// # Errors
/// A table that is no grid, or a layout of another document.
pub(super) fn plan<'a>(document: &'a Document, layout: &'a Layout) -> Result<Vec<Section<'a>>, RenderError> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    for loose in loose_blocks(document, layout)? {
        let LooseBlock { content, set, orientation, numbered, continued, new_page } = loose;
        // A cover and a table of contents have a section of their own.
        let is_continued = sections.last().is_some_and(|last| {
            last.numbered && numbered && last.orientation == orientation && last.continued == continued
        });
        let piece =
            PlannedBlock { content, set, new_page: is_continued && new_page, starts_page: !is_continued || new_page };
        match sections.last_mut() {
            Some(last) if is_continued => last.pieces.push(piece),
            _ => sections.push(Section { orientation, numbered, continued, pieces: vec![piece] }),
        }
    }
    if sections.is_empty() {
        let orientation = Orientation::Portrait;
        sections.push(Section { orientation, numbered: true, continued: None, pieces: Vec::new() });
    }
    Ok(sections)
}

/// Returns the blocks with their pages.
fn loose_blocks<'a>(document: &'a Document, layout: &'a Layout) -> Result<Vec<LooseBlock<'a>>, RenderError> {
    if layout.blocks.len() != document.blocks.len() {
        return Err(other_document_error(&format!(
            "it has {} blocks, the document {}",
            layout.blocks.len(),
            document.blocks.len()
        )));
    }
    let mut pieces: Vec<LooseBlock<'a>> = Vec::new();
    let (mut broken, mut charts) = (false, 0);
    for (index, (block, set)) in document.blocks.iter().zip(&layout.blocks).enumerate() {
        let mut continued = None;
        let target = || set.target.ok_or_else(|| other_document_error(&format!("block {} has no heading", index + 1)));
        let (content, new_page, numbered) = match block {
            Block::PageBreak => {
                broken = true;
                continue;
            }
            Block::Cover(cover) => (BlockContent::Cover(cover), true, false),
            Block::Contents(contents) => (BlockContent::Contents(contents), true, false),
            Block::Heading(heading) => (BlockContent::Heading(heading, target()?), heading.new_page, true),
            Block::Paragraph(paragraph) => (BlockContent::Paragraph(paragraph, 0), false, true),
            Block::Chart(chart) if !chart.is_drawable() => continue,
            Block::Chart(chart) => {
                charts += 1;
                let area =
                    set.chart.ok_or_else(|| other_document_error(&format!("block {} has no chart", index + 1)))?;
                (BlockContent::Chart(chart, charts, area), false, true)
            }
            Block::Table(table) if !table.has_rows() => continue,
            Block::Table(table) => {
                let target = table.heading.as_ref().map(|_| target()).transpose()?;
                let measures = set.table.as_ref().filter(|measures| measures.widths.len() == table.columns.len());
                let measures = measures
                    .ok_or_else(|| other_document_error(&format!("block {} has no widths of columns", index + 1)))?;
                check_grid(table).map_err(|source| RenderError::Grid { table: table_name(table, index), source })?;
                let column_edges = column_edges(&measures.widths);
                continued = table.orientation.and_then(|_| continued_table(table, set, layout));
                let planned = PlannedTable {
                    table,
                    target,
                    column_edges,
                    padding: measures.padding,
                    type_step: measures.type_step,
                    has_caption_in_header: continued.as_ref().is_some_and(|continued| continued.has_caption),
                };
                (BlockContent::Table(planned), false, true)
            }
        };
        let new_page = std::mem::take(&mut broken) || new_page;
        let orientation = Orientation::Portrait;
        let mut loose = LooseBlock { content, set, orientation, numbered, continued, new_page };
        if let Block::Table(table) = block {
            // The table starts a page together with the headings directly before it.
            let kept = if new_page { 0 } else { count_kept_headings(document, &pieces) };
            let start = pieces.len() - kept;
            let above = start.checked_sub(1).map(|above| &pieces[above]);
            if table.orientation.is_some() || above.is_some_and(|above| starts_page_below(&loose, above)) {
                match pieces.get_mut(start) {
                    Some(first) => first.new_page = true,
                    None => loose.new_page = true,
                }
            }
            if let Some(orientation) = table.orientation {
                loose.orientation = orientation;
                for heading in &mut pieces[start..] {
                    heading.orientation = orientation;
                    heading.continued = loose.continued.clone();
                }
                broken = true;
            }
        }
        pieces.push(loose);
    }
    Ok(pieces)
}

/// Returns what the section of a table with a title needs, if the table is printed on several pages.
fn continued_table(table: &Table, set: &SetBlock, layout: &Layout) -> Option<ContinuedTable> {
    let target = set.target?;
    let first = set.lines.iter().map(|line| line.page).min()?;
    let last = set.lines.iter().map(|line| line.page).max()?;
    let number = layout.pages.get(first)?.number.unwrap_or(1);
    let has_caption = table.caption.is_some() && has_parts(&table.groups());
    (first < last).then_some(ContinuedTable { target, starts_even: number.is_multiple_of(2), has_caption })
}

/// Returns whether a table in the flow of text is set on a page after that of the block above it. Word would fill the
/// page with its first rows.
fn starts_page_below(table: &LooseBlock<'_>, above: &LooseBlock<'_>) -> bool {
    let first = table.set.lines.iter().map(|line| line.page).min();
    let last = above.set.lines.iter().map(|line| line.page).max();
    last < first && last.is_some()
}

/// Returns the number of blocks at the end that stay with the next, back to the first that starts a page.
fn count_kept_headings(document: &Document, pieces: &[LooseBlock<'_>]) -> usize {
    let mut count = 0;
    for piece in pieces.iter().rev() {
        let style = match &piece.content {
            BlockContent::Heading(heading, _) => StyleName::heading(heading.level),
            BlockContent::Paragraph(paragraph, _) => paragraph.style,
            BlockContent::Cover(_) | BlockContent::Contents(_) | BlockContent::Table(_) | BlockContent::Chart(..) => {
                break;
            }
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

fn other_document_error(detail: &str) -> RenderError {
    RenderError::Write { format: "DOCX", detail: format!("the layout is not of this document: {detail}") }
}

/// Checks the grid before anything is written.
fn check_grid(table: &Table) -> Result<(), GridError> {
    // Row by row: the places of all cells of a long table would take megabytes.
    table.groups().iter().try_for_each(|group| group.lines().try_for_each(|line| line.map(drop)))
}

fn column_edges(widths: &[Length]) -> Vec<i32> {
    widths
        .iter()
        .scan(Length::ZERO, |edge, width| {
            *edge += *width;
            Some(edge.twips())
        })
        .collect()
}
