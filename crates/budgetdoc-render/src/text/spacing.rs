/// How far the spaces of a line may give, in fractions of an em where not said otherwise.
///
/// The values are clreq's, set for the look of official documents: no gap between Chinese and figures, marks at the
/// end of a line half wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spacing {
    /// Two full-width marks in a row take 1½ em together (clreq 3.1.6.1).
    pub squeeze_adjacent: bool,
    /// A mark at the end of a line gives up its blank half (GB/T 15834-2011 5.1.10).
    pub half_at_end: bool,
    /// An opening mark at the start of a line gives up its blank half, but for the first line of a paragraph.
    pub half_at_start: bool,
    /// The most a line takes from a bracket or a pause, in hundredths of an em.
    pub squeeze_mark: i32,
    /// The most it takes from the end of a sentence.
    pub squeeze_stop: i32,
    /// The most it takes from a middle dot.
    pub squeeze_middle: i32,
    /// The most it takes from a space between Latin words, in hundredths of the space.
    pub squeeze_space: i32,
    /// The most a space between words grows before others do, in hundredths of an em.
    pub stretch_space: i32,
    /// The most a gap between Chinese and Latin grows before others do, in hundredths of an em.
    pub stretch_mixed: i32,
    /// How far from its own width the type may be set to stand on the measure's grid, in thousandths.
    pub grid: i32,
    /// The greatest distance between characters a line may want without being a bad line, in thousandths of an em.
    pub fair_stretch: i64,
}

impl Spacing {
    /// The values of this crate.
    pub const OFFICIAL: Spacing = Spacing {
        squeeze_adjacent: true,
        half_at_end: true,
        half_at_start: true,
        squeeze_mark: 50,
        squeeze_stop: 25,
        squeeze_middle: 25,
        squeeze_space: 40,
        stretch_space: 25,
        stretch_mixed: 12,
        grid: 20,
        fair_stretch: 37,
    };
}
