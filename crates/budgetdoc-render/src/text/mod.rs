//! From characters to lines: measuring, break opportunities, choice of breaks, spacing.
//!
//! The rules are those of clreq at the level usual on the mainland (GB/T 15834-2011), in whole thousandths of a point:
//! no floating-point number takes part in the choice of a break.

mod address;
mod break_opportunities;
mod class;
#[cfg(test)]
mod conformance;
mod line;
mod line_breaker;
mod measure;
mod name;
mod quantity;
#[cfg(test)]
mod tests;
mod vertical;

pub(crate) use line::{GlyphLine, Shape};
pub(crate) use measure::{BreakStyle, Measured, TextMeasurer, is_apostrophe};
