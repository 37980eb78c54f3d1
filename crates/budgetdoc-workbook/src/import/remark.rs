//! Remarks of an import on the workbook.

use budgetdoc_core::lang::Bilingual;

use crate::grid::{Spot, cell_name};

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something to know, such as a difference by rounding.
    Note,
    /// Something that was not read or is not on the sheets.
    Warning,
    /// Figures that disagree.
    Error,
    /// A cell that holds no amount where one belongs.
    Fault,
}

/// A remark about a cell or a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How much it matters.
    pub weight: Weight,
    /// The sheet and, where one cell is meant, the cell: `收支总表!B24`; none where the whole book is meant.
    pub place: Option<String>,
    /// What is to be said.
    pub message: Bilingual,
}

impl Remark {
    /// Makes a remark about a cell.
    pub(crate) fn cell(
        weight: Weight,
        sheet: &str,
        spot: Spot,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Remark {
        Remark { weight, place: Some(format!("{sheet}!{}", cell_name(spot))), message: Bilingual::new(zh, en) }
    }

    /// Makes a remark about a cell, or about the sheet where one is not known.
    pub(crate) fn at(
        weight: Weight,
        (sheet, spot): (&str, Option<Spot>),
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Remark {
        match spot {
            Some(spot) => Remark::cell(weight, sheet, spot, zh, en),
            None => Remark::sheet(weight, sheet, zh, en),
        }
    }

    /// Makes a remark about a sheet.
    pub(crate) fn sheet(weight: Weight, sheet: &str, zh: impl Into<String>, en: impl Into<String>) -> Remark {
        Remark { weight, place: Some(sheet.to_owned()), message: Bilingual::new(zh, en) }
    }
}
