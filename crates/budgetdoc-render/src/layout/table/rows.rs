//! The rows of a table as one list: cells at their places, their nodes, and the heights.

use budgetdoc_document::{ColumnKind, Length, Placed, StyleName, Table};

use super::super::block::TextPlace;
use super::super::typesetter::Typesetter;
use super::super::{BlockPart, Node, NodeId, RowStep, Tag, TypeStep};
use super::cells::{SetCell, align_points};
use super::table_name;
use crate::RenderError;

/// Rows of a table that may not be parted from its head.
const FIRST_ROWS: usize = 3;

/// Section of a table that a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowSection {
    /// The table's head.
    Head,
    /// The head of a body.
    BodyHead(usize),
    /// A body.
    Body(usize),
}

/// All rows of a table, head first.
pub(super) struct Rows<'t> {
    pub sections: Vec<RowSection>,
    /// The first row of each group: the head, and each body with its head.
    groups: Vec<usize>,
    pub heights: Vec<Length>,
    pub step: RowStep,
    /// For each row whether it is a total of those above it.
    pub totals: Vec<bool>,
    /// For each row its level below the rows above it.
    levels: Vec<u8>,
    /// For each row whether its words are repeated where its group continues on another page.
    recurring: Vec<bool>,
    /// The cells in the order of the rows they begin in.
    pub cells: Vec<SetCell<'t>>,
    columns: usize,
    /// The cell that covers each column, row by row.
    owners: Vec<u32>,
    /// For each row the first cell that begins in it or below.
    first_cells: Vec<u32>,
    /// The cells over several rows.
    spanning: Vec<usize>,
}

impl Typesetter<'_> {
    /// Returns the cells of a table with their measured texts and nodes.
    pub(super) fn rows<'t>(
        &mut self,
        table: &'t Table,
        index: usize,
        node: NodeId,
        step: TypeStep,
    ) -> Result<Rows<'t>, RenderError> {
        let mut rows = Rows {
            sections: Vec::new(),
            groups: Vec::new(),
            heights: Vec::new(),
            step: RowStep::Full,
            totals: Vec::new(),
            levels: Vec::new(),
            recurring: Vec::new(),
            cells: Vec::new(),
            columns: table.columns.len(),
            owners: Vec::new(),
            first_cells: Vec::new(),
            spanning: Vec::new(),
        };
        for (group, content) in table.groups().into_iter().enumerate() {
            let first = rows.sections.len();
            rows.groups.push(first);
            if content.is_empty() {
                continue;
            }
            let heads = group.checked_sub(1).map_or(content.len(), |body| table.bodies[body].head.len());
            // The heads of a body above it are not its own, though they stand in its columns.
            let below_other_head =
                group > 0 && heads == 0 && table.bodies[..group - 1].iter().any(|body| !body.head.is_empty());
            let tag = if group == 0 { Tag::TableHead } else { Tag::TableBody };
            let parent = self.node(node, tag);
            let mut row_nodes = Vec::new();
            for row in 0..content.len() {
                row_nodes.push(self.node(parent, Tag::Row));
                rows.sections.push(match group {
                    0 => RowSection::Head,
                    _ if row < heads => RowSection::BodyHead(group - 1),
                    _ => RowSection::Body(group - 1),
                });
                rows.totals.push(content[row].total);
                rows.levels.push(content[row].level);
                rows.recurring.push(content[row].recurs);
            }
            rows.owners.resize(rows.sections.len() * table.columns.len(), u32::MAX);
            let places = content.lines().enumerate().flat_map(|(row, line)| match line {
                Ok(line) => line.into_iter().filter(|placed| placed.slot.row == row).map(Ok).collect(),
                Err(source) => vec![Err(RenderError::Grid { table: table_name(table, index), source })],
            });
            for place in places {
                let Placed { cell, slot } = place?;
                let section = rows.sections[first + slot.row];
                let (columns, spanned) = (cell.columns, cell.rows);
                let tag = match section {
                    RowSection::Body(_) if cell.header => Tag::HeaderCell { row: true, columns, rows: spanned },
                    RowSection::Body(_) => {
                        let heads = if below_other_head {
                            rows.heads_of(first + slot.row, slot.column, &self.nodes)
                        } else {
                            Box::default()
                        };
                        Tag::Cell { columns, rows: spanned, heads }
                    }
                    // One that goes on below the head it begins in is the label of those rows.
                    RowSection::Head | RowSection::BodyHead(_) => {
                        Tag::HeaderCell { row: slot.row + usize::from(spanned) > heads, columns, rows: spanned }
                    }
                };
                let node = self.node(row_nodes[slot.row], tag);
                let kind = table.columns[slot.column].kind;
                let style = step.apply(self.document.styles.get(Rows::style(section, kind, content[slot.row].total)));
                let set =
                    self.set_cell(cell, (kind, section), &style, (node, slot.cell), (first + slot.row, slot.column))?;
                let id = rows.cells.len();
                rows.first_cells.resize(set.row + 1, id as u32);
                for row in set.row..set.row + set.rows {
                    rows.owners[row * rows.columns + set.column..][..set.columns].fill(id as u32);
                }
                if set.rows > 1 {
                    rows.spanning.push(id);
                }
                rows.cells.push(set);
            }
        }
        rows.first_cells.resize(rows.sections.len() + 1, rows.cells.len() as u32);
        align_points(&mut rows.cells, table.columns.len());
        Ok(rows)
    }

    /// Breaks all cells into lines in columns of these widths.
    pub(super) fn compose(
        &mut self,
        rows: &mut Rows<'_>,
        widths: &[Length],
        padding: Length,
    ) -> Result<(), RenderError> {
        rows.cells.iter_mut().try_for_each(|cell| self.compose_cell(cell, cell.room(widths, padding)))
    }
}

impl Rows<'_> {
    /// Returns the cells that cover the columns of a row; none of a row behind the last.
    pub fn owners_of(&self, row: usize) -> &[u32] {
        self.owners.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default()
    }

    /// Returns the head cells left of a place, and above it in the table's head, the nearest first.
    fn heads_of(&self, row: usize, column: usize, nodes: &[Node]) -> Box<[NodeId]> {
        let left = self.owners_of(row)[..column].iter().rev();
        let above = (0..self.first_body_row()).rev().map(|row| &self.owners_of(row)[column]);
        let cells = left.chain(above).filter_map(|owner| self.cells.get(*owner as usize));
        let is_head = |node: &NodeId| matches!(nodes[*node].tag, Tag::HeaderCell { .. });
        let mut heads: Vec<NodeId> = cells.map(|cell| cell.node).filter(is_head).collect();
        // A cell over several columns or rows is met in each.
        heads.dedup();
        heads.into()
    }

    /// Returns the indices of the cells that begin in a row.
    pub fn cells_from(&self, row: usize) -> std::ops::Range<usize> {
        self.first_cells[row] as usize..self.first_cells[row + 1] as usize
    }

    /// Returns the place of a text of a cell, by its index among those that are not empty.
    pub fn text_place(&self, block: usize, cell: &SetCell<'_>, text: u32) -> TextPlace {
        let group = match self.sections[cell.row] {
            RowSection::Head => 0,
            RowSection::BodyHead(body) | RowSection::Body(body) => body + 1,
        };
        let (row, paragraph) = (cell.row - self.groups[group], text as usize);
        let node = if cell.texts == 1 { cell.node } else { cell.node + 1 + paragraph };
        TextPlace { block, part: BlockPart::Cell { group, row, cell: cell.index as usize, paragraph }, node }
    }

    /// Gives the rows of composed cells their heights. `page` is the height of a page.
    pub fn give_heights(&mut self, step: RowStep, page: Length) {
        self.step = step;
        self.heights = vec![step.least_height(); self.sections.len()];
        for cell in self.cells.iter().filter(|cell| cell.rows == 1) {
            let height = cell.height() + step.padding() * 2;
            self.heights[cell.row] = self.heights[cell.row].max(height);
        }
        // The height a spanning cell lacks is distributed among its rows; a text longer than most of a page flows on below
        // them.
        for index in &self.spanning {
            let cell = &self.cells[*index];
            if cell.height() > page * 2 / 3 {
                continue;
            }
            let covered = &mut self.heights[cell.row..cell.row + cell.rows];
            let have: Length = covered.iter().copied().sum();
            let lack = cell.height() + step.padding() * 2 - have;
            if lack > Length::ZERO {
                let each = lack / cell.rows as i32;
                for height in covered.iter_mut() {
                    *height += each;
                }
                if let Some(last) = covered.last_mut() {
                    *last += lack - each * cell.rows as i32;
                }
            }
        }
    }

    /// Returns the blank above and below the text of a cell.
    pub fn padding(&self) -> Length {
        self.step.padding() * 2
    }

    /// Returns the index of the first row after the table's head.
    pub fn first_body_row(&self) -> usize {
        self.sections.iter().position(|section| *section != RowSection::Head).unwrap_or(self.sections.len())
    }

    /// Returns the height of the table's head.
    pub fn head_height(&self) -> Length {
        self.heights[..self.first_body_row()].iter().copied().sum()
    }

    /// Returns the height of everything below the table's head.
    pub fn body_height(&self) -> Length {
        self.heights[self.first_body_row()..].iter().copied().sum()
    }

    /// Returns the height of the first rows, which stay on one page, with the heads of their bodies. A tall row may break:
    /// a few lines of it suffice.
    pub fn first_rows_height(&self) -> Length {
        let (mut height, mut count) = (Length::ZERO, 0);
        for row in self.first_body_row()..self.sections.len() {
            let is_body = matches!(self.sections[row], RowSection::Body(_));
            let few_lines = self.step.least_height() * 4;
            if is_body && self.heights[row] > few_lines {
                return height + few_lines;
            }
            height += self.heights[row];
            count += usize::from(is_body);
            if count >= FIRST_ROWS && is_body && !self.opens_group(row) {
                break;
            }
        }
        height
    }

    /// Returns whether `row` may not be the first of a page: a total, and a short last row, which mostly is one.
    pub fn stays_with_row_above(&self, row: usize) -> bool {
        let last = self.sections.len() - 1;
        row <= last && (self.totals[row] || (row == last && self.heights[last] < self.step.least_height() * 3))
    }

    /// Returns whether `row` begins a group: the next row is of its body and lies deeper.
    pub fn opens_group(&self, row: usize) -> bool {
        row + 1 < self.sections.len()
            && self.sections[row + 1] == self.sections[row]
            && self.levels[row + 1] > self.levels[row]
    }

    /// Returns the rows above `row` that head its groups and whose words are repeated, from the outermost.
    pub fn groups_of(&self, row: usize) -> Vec<usize> {
        let (mut level, mut groups) = (self.levels[row], Vec::new());
        for above in (0..row).rev().take_while(|above| self.sections[*above] == self.sections[row]) {
            if level == 0 {
                break;
            }
            if self.levels[above] < level {
                level = self.levels[above];
                groups.extend(self.recurring[above].then_some(above));
            }
        }
        groups.reverse();
        groups
    }

    /// Returns the head rows of a body.
    pub fn body_head(&self, body: usize) -> impl Iterator<Item = usize> + '_ {
        let head = RowSection::BodyHead(body);
        let start = self.groups[body + 1];
        (start..self.sections.len()).take_while(move |row| self.sections[*row] == head)
    }

    /// Returns the cells over several rows, with their indices.
    pub fn spanning(&self) -> impl Iterator<Item = (usize, &SetCell<'_>)> {
        self.spanning.iter().map(|index| (*index, &self.cells[*index]))
    }

    /// Returns the style of cells of a section and column, in a total if `total`.
    pub fn style(section: RowSection, kind: ColumnKind, total: bool) -> StyleName {
        match section {
            RowSection::Head | RowSection::BodyHead(_) => StyleName::TableHead,
            RowSection::Body(_) => StyleName::of_cell(kind, total),
        }
    }
}
