use budgetdoc_document::{Cell, NumberFormat};

/// Returns the cell of an amount that is printed like this; what is no number is zero.
pub fn amount(printed: &str) -> Cell {
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32);
    let format = NumberFormat { decimals, thousands: printed.contains(','), ..NumberFormat::default() };
    match printed.replace(',', "").parse() {
        Ok(value) => Cell::amount(value, format),
        Err(_) => Cell::amount(0.into(), NumberFormat { zero: Some(printed.to_owned()), ..format }),
    }
}
