use serde::{Deserialize, Serialize};

/// The widths of marks and gaps, and how far they give for a line to fill its measure.
///
/// The rules are clreq's. A line is squeezed first, in the order of the fields, and stretched only where that is not
/// enough.
///
/// ```
/// use budgetdoc_document::{PageStyle, Spacing};
/// let page = PageStyle { spacing: Spacing { grid: 0, ..Spacing::default() }, ..PageStyle::gb9704() };
/// assert_ne!(page.spacing, Spacing::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spacing {
    /// Two full-width marks in a row take 1½ em together (clreq 3.1.6.1).
    pub squeeze_adjacent: bool,
    /// A mark at the end of a line gives up its blank half (GB/T 15834-2011 5.1.10).
    pub half_at_end: bool,
    /// An opening mark at the start of a line gives up its blank half, but for the first line of a paragraph.
    pub half_at_start: bool,
    /// Gap between Chinese characters and Latin letters or figures, in hundredths of an em, 0 to 25. There is none at
    /// the edges of a line nor next to marks.
    pub mixed_gap: i32,
    /// The most that squeezing takes from a space between Latin words, in hundredths of the space, 0 to 50.
    pub squeeze_space: i32,
    /// The most it takes from a middle dot, in hundredths of an em, 0 to 50.
    pub squeeze_middle: i32,
    /// The most it takes from a bracket or a pause (，、；：), in hundredths of an em, 0 to 50.
    pub squeeze_mark: i32,
    /// The most it takes from a gap between Chinese and Latin, in hundredths of the gap, 0 to 50.
    pub squeeze_mixed: i32,
    /// The most it takes from the end of a sentence (。？！), in hundredths of an em, 0 to 50.
    pub squeeze_stop: i32,
    /// The most a space between words grows before other gaps do, in hundredths of an em, 0 to 50.
    pub stretch_space: i32,
    /// The most a gap between Chinese and Latin grows before other gaps do, in hundredths of an em, 0 to 50.
    pub stretch_mixed: i32,
    /// The most the width of running text's type changes to fit a grid of whole characters across the measure, in
    /// thousandths, 0 to 50; 0 for no grid. GB/T 9704-2012 5.2.3 asks for 28 characters on a line that holds 27.6.
    pub grid: i32,
    /// The greatest distance between characters in a line that does not count as bad, in thousandths of an em, 1 to
    /// 1000.
    pub fair_stretch: i32,
}

impl Default for Spacing {
    /// Returns the look of official documents: no gap between Chinese and figures, marks at the end of a line half wide.
    fn default() -> Self {
        Spacing {
            squeeze_adjacent: true,
            half_at_end: true,
            half_at_start: true,
            mixed_gap: 0,
            squeeze_space: 40,
            squeeze_middle: 25,
            squeeze_mark: 50,
            squeeze_mixed: 50,
            squeeze_stop: 25,
            stretch_space: 20,
            stretch_mixed: 0,
            grid: 20,
            fair_stretch: 37,
        }
    }
}

impl Spacing {
    /// Returns the first setting outside its limits: name, value, least and greatest.
    pub fn out_of_range(&self) -> Option<(&'static str, i32, i32, i32)> {
        let settings = [
            ("mixed_gap", self.mixed_gap, 0, 25),
            ("squeeze_space", self.squeeze_space, 0, 50),
            ("squeeze_middle", self.squeeze_middle, 0, 50),
            ("squeeze_mark", self.squeeze_mark, 0, 50),
            ("squeeze_mixed", self.squeeze_mixed, 0, 50),
            ("squeeze_stop", self.squeeze_stop, 0, 50),
            ("stretch_space", self.stretch_space, 0, 50),
            ("stretch_mixed", self.stretch_mixed, 0, 50),
            ("grid", self.grid, 0, 50),
            ("fair_stretch", self.fair_stretch, 1, 1000),
        ];
        settings.into_iter().find(|(_, value, least, most)| !(*least..=*most).contains(value))
    }
}
