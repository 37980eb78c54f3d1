//! Figures with different decimals in one column, decimal point under decimal point.
//!
//! A figure with fewer decimals than its column has stands off the right edge by the room of those it lacks. Word and
//! LibreOffice do that alike with an indent, and columns of whole numbers stay at the edge. (Word's decimal tabs need
//! their place in every paragraph, as it depends on the column's width, and LibreOffice wraps where they do not fit.)

/// The room of a figure's decimals in hundredths of the type size, as in Times: a point is a quarter, a digit a half.
/// None where the text is no figure.
fn decimals(text: &str) -> Option<u16> {
    let unsigned = text.strip_prefix(['-', '－', '−', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole.replace(',', "")) || !fraction.is_none_or(digits) {
        return None;
    }
    let count = u16::try_from(fraction.map_or(0, str::len)).ok()?;
    Some(if count == 0 { 0 } else { 25 + 50 * count })
}

/// The decimals of a column's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimals(u16);

impl Decimals {
    /// Takes in another figure of the column.
    pub(super) fn add(&mut self, text: &str) {
        self.0 = self.0.max(decimals(text).unwrap_or(0));
    }

    /// How far off the right edge a figure stands.
    pub(super) fn short(self, text: &str) -> u16 {
        decimals(text).map_or(0, |own| self.0.saturating_sub(own))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimals;

    #[test]
    fn figures_stand_off_by_the_decimals_they_lack() {
        let mut column = Decimals::default();
        for text in ["8.5", "0", "-4.2", "1,204.55", "第1.234节", "49.4%"] {
            column.add(text);
        }
        let short = ["8.5", "0", "-4.2", "1,204.55", "49.4%", "—", ""].map(|text| column.short(text));
        assert_eq!(short, [50, 125, 50, 0, 0, 0, 0]);
        let mut whole = Decimals::default();
        whole.add("12");
        assert_eq!(whole.short("1,000"), 0);
    }
}
