use serde::{Deserialize, Serialize};

use super::{Align, Length, Text};

/// A table: a head that comes again on every page, and one or more bodies, each with a head of its own if need be.
///
/// ```
/// use budgetdoc_document::{Cell, Column, ColumnKind, Row, Table, TableBody};
/// let table = Table {
///     columns: [ColumnKind::Text, ColumnKind::Amount].map(|kind| Column { kind, width: None }).to_vec(),
///     head: vec![Row::new(["项目", "金额"].map(|words| Cell::new(words).header()))],
///     bodies: vec![TableBody { head: Vec::new(), rows: vec![Row::new(["宣传", "30"].map(Cell::new))] }],
///     ..Table::default()
/// };
/// assert_eq!(table.bodies[0].rows.len(), 1);
/// ```
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
    /// Whether it sums up rows above it (小计、合计). It begins no page without one of them.
    #[serde(default)]
    pub total: bool,
    /// How deep it lies below the rows above it, 0 at the top. A row ends no page if the next lies deeper.
    #[serde(default)]
    pub level: u8,
    /// Whether its words are printed again where the deeper rows below it go on over a page.
    #[serde(default)]
    pub recurs: bool,
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Row { cells: cells.into_iter().collect(), ..Row::default() }
    }

    /// The same row at this level below the rows above it.
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    /// The same row, whose words come again where the deeper rows below it go on over a page.
    pub fn recurs(mut self) -> Self {
        self.recurs = true;
        self
    }
}

/// A cell.
///
/// ```
/// use budgetdoc_document::Cell;
/// let cell = Cell::new("收入").header();
/// assert_eq!((cell.columns, cell.rows, cell.header), (1, 1, true));
/// assert!(Cell::new("").text.is_empty());
/// ```
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
    /// Whether its characters stand upright one below the other, as labels of narrow columns do.
    #[serde(default)]
    pub vertical: bool,
}

impl Cell {
    /// A cell of one row and column.
    pub fn new(text: impl Into<Text>) -> Self {
        let text = text.into();
        let text = if text.is_empty() { Vec::new() } else { vec![text] };
        Cell { text, columns: 1, rows: 1, align: None, indent: 0, header: false, vertical: false }
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

    /// The same cell with its characters one below the other.
    pub fn vertical(mut self) -> Self {
        self.vertical = true;
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
