use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length on paper, in thousandths of a point (1 pt = 1/72 inch).
///
/// An integer, so that a line breaks at the same place on every machine. Sums and products beyond 758 m stay there.
///
/// ```
/// use budgetdoc_document::Length;
/// assert_eq!(Length::mm(210).twips(), 11906);
/// assert_eq!(Length::pt(16) * 2, Length::pt(32));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Length(i32);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);

    /// Makes a length of whole points.
    pub const fn pt(points: i32) -> Self {
        Length(points.saturating_mul(1000))
    }

    /// Makes a length of thousandths of a point.
    pub const fn milli_pt(thousandths: i32) -> Self {
        Length(thousandths)
    }

    /// Makes a length of whole millimetres, rounded to the nearest thousandth of a point.
    pub const fn mm(millimetres: i32) -> Self {
        Length::micrometres(millimetres.saturating_mul(1000))
    }

    /// Makes a length of micrometres, rounded to the nearest thousandth of a point.
    pub const fn micrometres(micrometres: i32) -> Self {
        // 1 mm = 72/25.4 pt, so 1 µm = 360/127 thousandths of a point.
        let scaled = micrometres as i64 * 360;
        let half = if scaled < 0 { -63 } else { 63 };
        Length(((scaled + half) / 127) as i32)
    }

    /// Returns the length in thousandths of a point.
    pub const fn in_milli_pt(self) -> i32 {
        self.0
    }

    /// Returns the length in points, for file formats that take decimals.
    pub fn in_pt(self) -> f32 {
        self.0 as f32 / 1000.0
    }

    /// Returns the length in twips, twentieths of a point (Word's `dxa`), rounded to the nearest.
    pub const fn twips(self) -> i32 {
        self.0.saturating_add(if self.0 < 0 { -25 } else { 25 }) / 50
    }

    /// Returns the length in half points (Word's `w:sz`), rounded to the nearest.
    pub const fn half_points(self) -> i32 {
        self.0.saturating_add(250) / 500
    }

    /// Returns `self × numerator ÷ denominator`, rounded down; the product may exceed an `i32`.
    pub const fn scale(self, numerator: i32, denominator: i32) -> Self {
        Length((self.0 as i64 * numerator as i64).div_euclid(denominator as i64) as i32)
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0.saturating_sub(other.0))
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(self.0.saturating_neg())
    }
}

impl Mul<i32> for Length {
    type Output = Length;
    fn mul(self, factor: i32) -> Length {
        Length(self.0.saturating_mul(factor))
    }
}

impl Div<i32> for Length {
    type Output = Length;
    fn div(self, divisor: i32) -> Length {
        Length(self.0 / divisor)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        *self = *self - other;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}
