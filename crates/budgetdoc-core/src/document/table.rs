use serde::{Deserialize, Serialize};

use super::{Align, Length, Text};

/// A table: a head that comes again on every page, and one or more bodies, each with a head of its own if need be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Number and title above it, repeated on every page; none for a table in the flow of text.
    pub heading: Option<TableHeading>,
    /// Line above the table, left and right: `部门名称：…` and `单位：万元`; repeated on every page.
    pub caption: Option<(Text, Text)>,
    /// What the table holds in a sentence, for readers who cannot see it.
    pub summary: String,
    /// Portrait or landscape page. A table with an orientation starts a new page; one without stays in the flow.
    pub orientation: Option<Orientation>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Head rows.
    pub head: Vec<Row>,
    /// The rows, in bodies. A row span may not leave its body.
    pub bodies: Vec<TableBody>,
    /// Notes below the table's end.
    pub notes: Vec<Text>,
}

/// Number and title of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableHeading {
    /// `表 1`; may be empty.
    pub number: String,
    /// `收支总表`.
    pub title: Text,
    /// The entry in the table of contents and the outline, `（一）收支总表`.
    pub entry: String,
    /// Level of the heading in the outline, 1 to 4.
    pub level: u8,
    /// Level in the table of contents; none leaves it out.
    pub contents: Option<u8>,
}

/// How a page is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// As the text's pages are, commonly upright.
    Portrait,
    /// Turned, for wide tables.
    Landscape,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it holds, which says how its cells are set.
    pub kind: ColumnKind,
    /// A fixed width; without one the content decides.
    pub width: Option<Length>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Short labels of rows, centred.
    Label,
    /// Words, flush left.
    Text,
    /// Codes of subjects, flush left.
    Code,
    /// Figures, flush right.
    Amount,
}

impl ColumnKind {
    /// Where the cells of such a column stand, unless they say otherwise.
    pub const fn align(self) -> Align {
        match self {
            ColumnKind::Label => Align::Center,
            ColumnKind::Text | ColumnKind::Code => Align::Left,
            ColumnKind::Amount => Align::Right,
        }
    }
}

/// Rows that belong together, under a head of their own if they have one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableBody {
    /// Head rows of this body, repeated after the table's head where the body goes on over a page.
    pub head: Vec<Row>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row: its cells from left to right, without the places that spans from above or from the left cover.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The cells that start in this row.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its paragraphs; an empty cell has none.
    pub text: Vec<Text>,
    /// Columns it covers, at least 1.
    pub columns: u16,
    /// Rows it covers, at least 1. The label of a cell that covers rows on several pages is printed on each.
    pub rows: u16,
    /// Other than its column's way.
    pub align: Option<Align>,
    /// Indent in characters, for the levels of subjects.
    pub indent: u8,
    /// Whether it heads its row or, in a head row, its column.
    pub header: bool,
}

impl Cell {
    /// A cell of one row and column.
    pub fn new(text: impl Into<Text>) -> Self {
        let text = text.into();
        let text = if text.is_empty() { Vec::new() } else { vec![text] };
        Cell { text, columns: 1, rows: 1, align: None, indent: 0, header: false }
    }

    /// The same cell covering `columns` × `rows` places.
    pub fn span(mut self, columns: u16, rows: u16) -> Self {
        self.columns = columns;
        self.rows = rows;
        self
    }

    /// The same cell as a header of its row or column.
    pub fn header(mut self) -> Self {
        self.header = true;
        self
    }

    /// The same cell set `align`.
    pub fn align(mut self, align: Align) -> Self {
        self.align = Some(align);
        self
    }

    /// The same cell indented by `characters`.
    pub fn indent(mut self, characters: u8) -> Self {
        self.indent = characters;
        self
    }
}

/// A cell at its place in the grid: row and column counted from zero within its group of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Row of the group.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Index of the cell in its row's list.
    pub cell: usize,
}

/// Why the cells of a table do not make a grid. Rows and columns are counted from one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// A row with too many or too few cells.
    #[error(
        "row {row} of {group} covers {covered} columns, the table has {columns}; add or remove cells, or correct a span"
    )]
    Width {
        /// The group of rows: the table's head or a body.
        group: String,
        /// The row.
        row: usize,
        /// Columns covered by its cells and the spans from above.
        covered: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// Two cells on one place.
    #[error(
        "the cell starting in row {row}, column {column} of {group} overlaps the span of the cell that starts in row {other_row}, column {other_column}"
    )]
    Overlap {
        /// The group of rows.
        group: String,
        /// Row of the later cell.
        row: usize,
        /// Column of the later cell.
        column: usize,
        /// Row of the earlier cell.
        other_row: usize,
        /// Column of the earlier cell.
        other_column: usize,
    },
    /// A span that leaves its group of rows.
    #[error("the cell in row {row}, column {column} of {group} covers {rows} rows, but only {left} are left there")]
    Rows {
        /// The group of rows.
        group: String,
        /// Row of the cell.
        row: usize,
        /// Column of the cell.
        column: usize,
        /// Rows it wants.
        rows: usize,
        /// Rows there are.
        left: usize,
    },
    /// A cell that covers nothing.
    #[error("the cell in row {row}, column {column} of {group} covers no row or no column; a span is at least 1")]
    Empty {
        /// The group of rows.
        group: String,
        /// Row of the cell.
        row: usize,
        /// Column of the cell.
        column: usize,
    },
}

impl Table {
    /// The groups of rows that make grids of their own: the head first, then each body with its head.
    pub fn groups(&self) -> Vec<Vec<&Row>> {
        let mut groups = vec![self.head.iter().collect::<Vec<_>>()];
        groups.extend(self.bodies.iter().map(|body| body.head.iter().chain(&body.rows).collect()));
        groups
    }

    /// The place of every cell, group by group as in [`Table::groups`].
    ///
    /// # Errors
    /// The first row whose cells do not fill the columns exactly, or whose spans collide or leave their group.
    pub fn grid(&self) -> Result<Vec<Vec<Slot>>, GridError> {
        self.groups().iter().enumerate().map(|(index, rows)| self.place(index, rows)).collect()
    }

    fn place(&self, index: usize, rows: &[&Row]) -> Result<Vec<Slot>, GridError> {
        let group = || if index == 0 { "the table's head".to_owned() } else { format!("body {index}") };
        let width = self.columns.len();
        // For each place the slot that covers it.
        let mut covered: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; width]; rows.len()];
        let mut slots = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            let mut column = 0;
            for (cell, content) in cells.cells.iter().enumerate() {
                while column < width && covered[row][column].is_some() {
                    column += 1;
                }
                let (columns, span) = (usize::from(content.columns), usize::from(content.rows));
                if columns == 0 || span == 0 {
                    return Err(GridError::Empty { group: group(), row: row + 1, column: column + 1 });
                }
                if column + columns > width {
                    return Err(GridError::Width {
                        group: group(),
                        row: row + 1,
                        covered: column + columns,
                        columns: width,
                    });
                }
                if row + span > rows.len() {
                    let left = rows.len() - row;
                    return Err(GridError::Rows { group: group(), row: row + 1, column: column + 1, rows: span, left });
                }
                for line in covered.iter_mut().skip(row).take(span) {
                    for place in line.iter_mut().skip(column).take(columns) {
                        if let Some((other_row, other_column)) = *place {
                            return Err(GridError::Overlap {
                                group: group(),
                                row: row + 1,
                                column: column + 1,
                                other_row: other_row + 1,
                                other_column: other_column + 1,
                            });
                        }
                        *place = Some((row, column));
                    }
                }
                slots.push(Slot { row, column, cell });
                column += columns;
            }
            let filled = covered[row].iter().filter(|place| place.is_some()).count();
            if filled != width {
                return Err(GridError::Width { group: group(), row: row + 1, covered: filled, columns: width });
            }
        }
        Ok(slots)
    }
}
