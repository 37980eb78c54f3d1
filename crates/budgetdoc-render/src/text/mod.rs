//! From characters to lines: measuring, break opportunities, choice of breaks, spacing.
//!
//! The rules are those of clreq at the level usual on the mainland (GB/T 15834-2011), in whole thousandths of a point:
//! no floating-point number takes part in the choice of a break.

mod address;
mod breaks;
mod choose;
mod class;
#[cfg(test)]
mod conformance;
mod measure;
mod quantity;
mod set;
mod stacked;
#[cfg(test)]
mod tests;

pub(crate) use measure::{Composer, Measured, Reading};
pub(crate) use set::{Line, Shape};
