use serde::{Deserialize, Serialize};

use super::{Align, Cell, Length, Text};

/// A table: a head that every page repeats, and one or more bodies, each of which may have a head of its own.
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
    /// Number and title above it, repeated on every page; `None` for a table in the flow of text.
    pub heading: Option<TableHeading>,
    /// Line above the table, left and right: `部门名称：…` and `单位：万元`; repeated on every page.
    pub caption: Option<(Text, Text)>,
    /// What the table holds, in a sentence, for readers who cannot see it.
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
    /// Level in the table of contents, 1 to 3; `None` leaves it out.
    pub contents: Option<u8>,
}

/// The orientation of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// As the pages of the text, commonly upright.
    Portrait,
    /// Turned by a quarter, for wide tables.
    Landscape,
    /// Upright and twice as wide, to be folded: A3 among A4, for the widest tables.
    Double,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it holds; sets the style and alignment of its cells.
    pub kind: ColumnKind,
    /// A fixed width; `None` leaves it to the content.
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
    /// Returns the alignment of cells that have none of their own.
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
    /// Head rows of this body; a page that continues it repeats them below the table's head.
    pub head: Vec<Row>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row: its cells from left to right, without the places that spans from above or from the left cover.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The cells that start in this row.
    pub cells: Vec<Cell>,
    /// Whether it sums up other rows (小计、合计). A page never begins with it.
    #[serde(default)]
    pub total: bool,
    /// Its level among the rows, 0 at the top. A page never ends with a row whose next lies deeper.
    #[serde(default)]
    pub level: u8,
    /// Whether a page that continues the deeper rows below it prints its words again.
    #[serde(default)]
    pub recurs: bool,
}

impl Row {
    /// Makes a row of `cells`.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Row { cells: cells.into_iter().collect(), ..Row::default() }
    }

    /// Sets [`Row::level`].
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    /// Sets [`Row::recurs`].
    pub fn recurs(mut self) -> Self {
        self.recurs = true;
        self
    }
}
