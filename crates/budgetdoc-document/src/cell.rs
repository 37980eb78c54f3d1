use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Align, Number, NumberFormat, Text};

/// A cell.
///
/// ```
/// use budgetdoc_document::{Cell, CellContent};
/// let cell = Cell::new("收入").header();
/// assert_eq!((cell.columns, cell.rows, cell.header), (1, 1, true));
/// assert_eq!(Cell::new("").content, CellContent::Empty);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What it holds.
    pub content: CellContent,
    /// Columns it covers, at least 1.
    pub columns: u16,
    /// Rows it covers, at least 1. The label of a cell that covers rows on several pages is printed on each.
    pub rows: u16,
    /// Its alignment; `None` takes the column's.
    pub align: Option<Align>,
    /// Indent in characters, for the levels of subjects.
    pub indent: u8,
    /// Whether it heads its row or, in a head row, its column.
    pub header: bool,
    /// Whether its characters are upright, one below the other, as labels of narrow columns do.
    #[serde(default)]
    pub vertical: bool,
}

impl Cell {
    /// Makes a cell that covers one row and one column.
    pub fn new(content: impl Into<CellContent>) -> Self {
        let content = content.into();
        Cell { content, columns: 1, rows: 1, align: None, indent: 0, header: false, vertical: false }
    }

    /// Makes a cell that holds an amount.
    pub fn amount(value: Decimal, format: NumberFormat) -> Self {
        Cell::new(CellContent::Amount(Number { value, format }))
    }

    /// Covers `columns` × `rows` places.
    pub fn span(mut self, columns: u16, rows: u16) -> Self {
        self.columns = columns;
        self.rows = rows;
        self
    }

    /// Makes it head its row or column.
    pub fn header(mut self) -> Self {
        self.header = true;
        self
    }

    /// Stacks its characters one below the other.
    pub fn vertical(mut self) -> Self {
        self.vertical = true;
        self
    }

    /// Sets its alignment.
    pub fn align(mut self, align: Align) -> Self {
        self.align = Some(align);
        self
    }

    /// Indents it by `characters`.
    pub fn indent(mut self, characters: u8) -> Self {
        self.indent = characters;
        self
    }
}

/// What a cell holds. `Display` writes it as it is printed, a line for each paragraph.
///
/// ```
/// use budgetdoc_document::{CellContent, Number, NumberFormat};
/// let format = NumberFormat { decimals: 1, ..NumberFormat::default() };
/// let amount = CellContent::Amount(Number { value: 684.into(), format });
/// assert_eq!(amount.to_string(), "684.0");
/// assert!(amount.is_figure() && !CellContent::from("684.0").is_figure());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellContent {
    /// Nothing.
    #[default]
    Empty,
    /// Words, paragraph by paragraph.
    Text(Vec<Text>),
    /// Digits that are a name and not a number, such as a subject's code 2012901.
    Code(String),
    /// An amount, of money or of anything that is counted.
    Amount(Number),
    /// A percentage.
    Percentage(Number),
}

impl CellContent {
    /// Returns the paragraphs as they are printed; none for an empty cell.
    pub fn paragraphs(&self) -> Cow<'_, [Text]> {
        let line = |text: String| match text.is_empty() {
            true => Cow::Borrowed([].as_slice()),
            false => Cow::Owned(vec![Text::plain(text)]),
        };
        match self {
            CellContent::Empty => Cow::Borrowed(&[]),
            CellContent::Text(paragraphs) => Cow::Borrowed(paragraphs),
            CellContent::Code(code) => line(code.clone()),
            CellContent::Amount(number) | CellContent::Percentage(number) => line(number.to_string()),
        }
    }

    /// Returns the number of an amount or percentage.
    pub fn number(&self) -> Option<&Number> {
        match self {
            CellContent::Amount(number) | CellContent::Percentage(number) => Some(number),
            CellContent::Empty | CellContent::Text(_) | CellContent::Code(_) => None,
        }
    }

    /// Returns whether it is a number or a code, which no line break divides.
    pub fn is_figure(&self) -> bool {
        match self {
            CellContent::Code(_) | CellContent::Amount(_) | CellContent::Percentage(_) => true,
            CellContent::Empty | CellContent::Text(_) => false,
        }
    }
}

impl fmt::Display for CellContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.paragraphs().iter().map(Text::to_plain).collect();
        formatter.write_str(&lines.join("\n"))
    }
}

impl From<Vec<Text>> for CellContent {
    fn from(paragraphs: Vec<Text>) -> Self {
        if paragraphs.is_empty() { CellContent::Empty } else { CellContent::Text(paragraphs) }
    }
}

impl From<Text> for CellContent {
    fn from(text: Text) -> Self {
        if text.is_empty() { CellContent::Empty } else { CellContent::Text(vec![text]) }
    }
}

impl From<String> for CellContent {
    fn from(text: String) -> Self {
        Text::from(text).into()
    }
}

impl From<&str> for CellContent {
    fn from(text: &str) -> Self {
        Text::from(text).into()
    }
}
