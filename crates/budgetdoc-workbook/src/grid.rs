//! A grid of cells: what a sheet, or any other table somebody typed, holds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// Row and column of a cell, counted from zero.
pub type Spot = (u32, u32);

/// The cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The name of the sheet.
    pub name: String,
    /// The cells that hold something.
    pub cells: BTreeMap<Spot, Value>,
    /// Joined cells.
    pub joined: Joined,
}

/// Areas of joined cells, the first and the last cell of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// The areas of each row that they cover, so that none is looked for among all.
    rows: BTreeMap<u32, Vec<(Spot, Spot)>>,
}

impl Joined {
    /// Joins the cells from `first` to `last`.
    pub fn join(&mut self, first: Spot, last: Spot) {
        for row in first.0..=last.0 {
            self.rows.entry(row).or_default().push((first, last));
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number: the shortest decimal that is stored as the same binary number.
    Number(Decimal),
    /// A number that the cell shows in percent, as it is shown: 90 where the workbook stores 0.9.
    Percent(Decimal),
    /// A day, such as `2025-02-18`; empty for an hour alone.
    Date(String),
    /// An error, such as `#REF!`.
    Error(String),
    /// A formula that was saved without its value.
    Uncomputed,
}

impl Grid {
    /// Returns the first cell of the joined area of a spot, or the spot.
    pub fn origin(&self, spot: Spot) -> Spot {
        self.area(spot).map_or(spot, |(first, _)| first)
    }

    /// Returns the joined area of a spot.
    pub fn area(&self, (row, column): Spot) -> Option<(Spot, Spot)> {
        let areas = self.joined.rows.get(&row)?;
        areas.iter().find(|((_, left), (_, right))| (*left..=*right).contains(&column)).copied()
    }

    /// Returns the words that start in a cell; empty where it has none.
    pub fn text(&self, spot: Spot) -> String {
        match self.cells.get(&spot) {
            Some(Value::Text(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.normalize().to_string(),
            Some(Value::Percent(number)) => format!("{}%", number.normalize()),
            Some(Value::Date(_) | Value::Error(_) | Value::Uncomputed) | None => String::new(),
        }
    }

    /// Returns the words that are seen at a cell, those of its joined area.
    pub fn seen(&self, spot: Spot) -> String {
        self.text(self.origin(spot))
    }

    /// Returns the number of rows and of columns.
    pub fn size(&self) -> (u32, u32) {
        let rows = self.cells.keys().map(|spot| spot.0 + 1).max().unwrap_or(0);
        let columns = self.cells.keys().map(|spot| spot.1 + 1).max().unwrap_or(0);
        (rows, columns)
    }
}

/// Returns the name of a cell, such as `B5`.
pub fn cell_name((row, column): Spot) -> String {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    format!("{}{}", rust_xlsxwriter::utility::column_number_to_name(column), row + 1)
}
