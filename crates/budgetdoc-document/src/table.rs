use serde::{Deserialize, Serialize};

use super::{Align, Cell, Length, Text};

/// A table: a head that comes again on every page, and one or more bodies, each with a head of its own if need be.
///
/// ```
/// use budgetdoc_document::{Cell, Column, ColumnKind, NumberFormat, Row, Table, TableBody};
/// let amount = |value: u32| Cell::amount(value.into(), NumberFormat::default());
/// let table = Table {
///     columns: [ColumnKind::Text, ColumnKind::Amount].map(|kind| Column { kind, width: None }).to_vec(),
///     head: vec![Row::new(["项目", "金额"].map(|words| Cell::new(words).header()))],
///     bodies: vec![TableBody { head: Vec::new(), rows: vec![Row::new([Cell::new("宣传"), amount(30)])] }],
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
