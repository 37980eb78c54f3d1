use std::fmt;
use std::ops::Index;

use super::{Cell, Row, Table};

/// Where a cell starts in the grid: row and column counted from zero within its group of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Row of the group.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Index of the cell in its row's list.
    pub cell: usize,
}

/// An error in the grid of a table. Rows and columns are counted from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridError {
    /// A row has too many or too few cells.
    Width {
        /// Index of the group of rows; 0 is the table's head.
        group: usize,
        /// The row.
        row: usize,
        /// Columns covered by its cells and the spans from above.
        covered: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// Two cells cover one place.
    Overlap {
        /// Index of the group of rows.
        group: usize,
        /// Row of the later cell.
        row: usize,
        /// Column of the later cell.
        column: usize,
        /// Row of the earlier cell.
        other_row: usize,
        /// Column of the earlier cell.
        other_column: usize,
    },
    /// A span leaves its group of rows.
    Rows {
        /// Index of the group of rows.
        group: usize,
        /// Row of the cell.
        row: usize,
        /// Column of the cell.
        column: usize,
        /// Rows it spans.
        rows: usize,
        /// Rows left in the group.
        left: usize,
    },
    /// A cell covers nothing.
    Empty {
        /// Index of the group of rows.
        group: usize,
        /// Row of the cell.
        row: usize,
        /// Column of the cell.
        column: usize,
    },
}

impl fmt::Display for GridError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |group: usize| if group == 0 { "the table's head".to_owned() } else { format!("body {group}") };
        match *self {
            GridError::Width { group, row, covered, columns } => {
                write!(formatter, "row {row} of {} covers {covered} columns, the table has {columns}", name(group))
            }
            GridError::Overlap { group, row, column, other_row, other_column } => write!(
                formatter,
                "the cells that start in row {other_row}, column {other_column} and in row {row}, column {column} of {} overlap",
                name(group)
            ),
            GridError::Rows { group, row, column, rows, left } => write!(
                formatter,
                "the cell in row {row}, column {column} of {} covers {rows} rows, {left} are left there",
                name(group)
            ),
            GridError::Empty { group, row, column } => {
                write!(
                    formatter,
                    "the cell in row {row}, column {column} of {} covers no row or no column",
                    name(group)
                )
            }
        }
    }
}

impl GridError {
    /// Returns what is wrong in Chinese; `Display` says it in English.
    pub fn in_chinese(&self) -> String {
        let name = |group: usize| if group == 0 { "表头".to_owned() } else { format!("第 {group} 段表体") };
        match *self {
            GridError::Width { group, row, covered, columns } => {
                format!("{}第 {row} 行占 {covered} 栏，表有 {columns} 栏", name(group))
            }
            GridError::Overlap { group, row, column, other_row, other_column } => format!(
                "{}中，从第 {other_row} 行第 {other_column} 栏与从第 {row} 行第 {column} 栏开始的单元格重叠",
                name(group)
            ),
            GridError::Rows { group, row, column, rows, left } => {
                format!("{}第 {row} 行第 {column} 栏的单元格占 {rows} 行，只剩 {left} 行", name(group))
            }
            GridError::Empty { group, row, column } => {
                format!("{}第 {row} 行第 {column} 栏的单元格不占行或不占栏", name(group))
            }
        }
    }
}

impl std::error::Error for GridError {}

/// Rows that make a grid of their own: the head of a table, or a body with its head.
///
/// ```
/// use budgetdoc_document::{Cell, Column, ColumnKind, Row, Table};
/// let table = Table {
///     columns: vec![Column { kind: ColumnKind::Text, width: None }; 2],
///     head: vec![Row::new([Cell::new("项目"), Cell::new("金额")])],
///     ..Table::default()
/// };
/// let group = table.groups()[0];
/// assert_eq!((group.len(), group[0].cells.len()), (1, 2));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RowGroup<'a> {
    /// Its index among the groups; 0 is the table's head.
    pub index: usize,
    columns: usize,
    head: &'a [Row],
    rows: &'a [Row],
}

impl<'a> RowGroup<'a> {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.head.len() + self.rows.len()
    }

    /// Returns whether it has no row, as the head of a table without one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of head rows, which come first.
    pub fn heads(&self) -> usize {
        self.head.len()
    }

    /// Returns row `row`, counted from zero.
    pub fn get(&self, row: usize) -> Option<&'a Row> {
        self.head.get(row).or_else(|| self.rows.get(row - self.head.len()))
    }

    /// Returns the grid row by row: the cells that cover each row, from left to right. Holds one row in memory.
    pub fn lines(&self) -> Lines<'a> {
        Lines { group: *self, row: 0, covering: vec![None; self.columns] }
    }
}

impl Index<usize> for RowGroup<'_> {
    type Output = Row;

    fn index(&self, row: usize) -> &Row {
        if row < self.head.len() { &self.head[row] } else { &self.rows[row - self.head.len()] }
    }
}

/// A cell and where it starts.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// Its place.
    pub slot: Slot,
}

impl Placed<'_> {
    fn covers(&self, row: usize) -> bool {
        row < self.slot.row + usize::from(self.cell.rows)
    }
}

/// The rows of a grid; see [`RowGroup::lines`].
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    group: RowGroup<'a>,
    row: usize,
    /// For each column the last cell that covers it.
    covering: Vec<Option<Placed<'a>>>,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Result<Vec<Placed<'a>>, GridError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.line(self.group.get(self.row)?);
        // After an error the places below are unknown.
        self.row = if line.is_ok() { self.row + 1 } else { self.group.len() };
        Some(line)
    }
}

impl<'a> Lines<'a> {
    fn line(&mut self, content: &'a Row) -> Result<Vec<Placed<'a>>, GridError> {
        let (row, width) = (self.row, self.covering.len());
        let group = self.group.index;
        let above = |covering: &[Option<Placed<'a>>], column: usize| {
            covering.get(column).copied().flatten().filter(|placed| placed.covers(row))
        };
        let mut line = Vec::with_capacity(width);
        let mut column = 0;
        for (index, cell) in content.cells.iter().enumerate() {
            while let Some(placed) = above(&self.covering, column) {
                line.push(placed);
                column += usize::from(placed.cell.columns);
            }
            let (columns, rows) = (usize::from(cell.columns), usize::from(cell.rows));
            if columns == 0 || rows == 0 {
                return Err(GridError::Empty { group, row: row + 1, column: column + 1 });
            }
            if column + columns > width {
                return Err(GridError::Width { group, row: row + 1, covered: column + columns, columns: width });
            }
            if row + rows > self.group.len() {
                let left = self.group.len() - row;
                return Err(GridError::Rows { group, row: row + 1, column: column + 1, rows, left });
            }
            if let Some(other) = (column..column + columns).find_map(|column| above(&self.covering, column)) {
                return Err(GridError::Overlap {
                    group,
                    row: row + 1,
                    column: column + 1,
                    other_row: other.slot.row + 1,
                    other_column: other.slot.column + 1,
                });
            }
            let placed = Placed { cell, slot: Slot { row, column, cell: index } };
            self.covering[column..column + columns].fill(Some(placed));
            line.push(placed);
            column += columns;
        }
        let mut covered = column;
        while column < width {
            let placed = above(&self.covering, column);
            let columns = placed.map_or(1, |placed| usize::from(placed.cell.columns));
            covered += if placed.is_some() { columns } else { 0 };
            column += columns;
            line.extend(placed);
        }
        if covered != width {
            return Err(GridError::Width { group, row: row + 1, covered, columns: width });
        }
        Ok(line)
    }
}

impl Table {
    /// Returns the groups of rows: the head, then each body with its head.
    pub fn groups(&self) -> Vec<RowGroup<'_>> {
        let columns = self.columns.len();
        let head = RowGroup { index: 0, columns, head: &self.head, rows: &[] };
        let bodies = (1..).zip(&self.bodies);
        let bodies = bodies.map(|(index, body)| RowGroup { index, columns, head: &body.head, rows: &body.rows });
        std::iter::once(head).chain(bodies).collect()
    }

    /// Returns whether there is a row, be it a head; a table without rows is left out of the document.
    pub fn has_rows(&self) -> bool {
        self.groups().iter().any(|group| !group.is_empty())
    }

    /// Returns the place of every cell, group by group as in [`Table::groups`].
    ///
    /// # Errors
    /// Returns the first row whose cells do not fill the columns exactly, or whose spans overlap or leave their group.
    pub fn grid(&self) -> Result<Vec<Vec<Slot>>, GridError> {
        self.groups().iter().map(place).collect()
    }
}

fn place(group: &RowGroup<'_>) -> Result<Vec<Slot>, GridError> {
    let mut slots = Vec::new();
    for (row, line) in group.lines().enumerate() {
        slots.extend(line?.into_iter().map(|placed| placed.slot).filter(|slot| slot.row == row));
    }
    Ok(slots)
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, ColumnKind, GridError, Row, Table, TableBody};

    /// Returns a body of rows, each cell by its columns and rows.
    fn table(columns: usize, rows: &[&[(u16, u16)]]) -> Table {
        let row = |cells: &&[(u16, u16)]| Row {
            cells: cells.iter().map(|(columns, rows)| Cell::new("").span(*columns, *rows)).collect(),
            ..Row::default()
        };
        Table {
            columns: vec![Column { kind: ColumnKind::Text, width: None }; columns],
            bodies: vec![TableBody { head: Vec::new(), rows: rows.iter().map(row).collect() }],
            ..Table::default()
        }
    }

    #[test]
    fn every_row_has_the_cells_that_cover_it() {
        let table = table(4, &[&[(1, 3), (2, 1), (1, 2)], &[(1, 1), (1, 2)], &[(1, 1), (1, 1)], &[(4, 1)]]);
        let group = table.groups()[1];
        let lines: Vec<Vec<(usize, usize, usize)>> = group
            .lines()
            .map(|line| line.unwrap().iter().map(|cell| (cell.slot.row, cell.slot.column, cell.slot.cell)).collect())
            .collect();
        let expected: [&[_]; 4] = [
            &[(0, 0, 0), (0, 1, 1), (0, 3, 2)],
            &[(0, 0, 0), (1, 1, 0), (1, 2, 1), (0, 3, 2)],
            &[(0, 0, 0), (2, 1, 0), (1, 2, 1), (2, 3, 1)],
            &[(3, 0, 0)],
        ];
        assert_eq!(lines, expected);
        assert_eq!(table.grid().unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [0, 8]);
    }

    #[test]
    fn what_is_no_grid_is_said_with_its_place() {
        let too_wide = GridError::Width { group: 1, row: 1, covered: 4, columns: 3 };
        assert_eq!(table(3, &[&[(1, 1), (3, 1)]]).grid(), Err(too_wide));
        let too_narrow = GridError::Width { group: 1, row: 2, covered: 2, columns: 3 };
        assert_eq!(table(3, &[&[(2, 1), (1, 2)], &[(1, 1)]]).grid(), Err(too_narrow));
        let overlap = GridError::Overlap { group: 1, row: 2, column: 1, other_row: 1, other_column: 2 };
        assert_eq!(table(2, &[&[(1, 1), (1, 2)], &[(2, 1)]]).grid(), Err(overlap));
        let rows = GridError::Rows { group: 1, row: 1, column: 2, rows: 3, left: 2 };
        assert_eq!(table(2, &[&[(1, 1), (1, 3)], &[(1, 1)]]).grid(), Err(rows));
        let empty = GridError::Empty { group: 1, row: 1, column: 2 };
        assert_eq!(table(2, &[&[(1, 1), (0, 1)]]).grid(), Err(empty));
    }
}
