//! What the texts say and the figures say as well: the words that a reference can take the place of.

use std::ops::Range;

use super::bind::Topic;
use super::figure::FigureYear;
use super::parse::Compared;

/// Words that agree with a figure.
#[derive(Clone, Debug)]
pub(crate) enum Agreed {
    /// An amount.
    Amount { range: Range<usize>, topic: Topic, year: FigureYear },
    /// A change, told by an amount, a percentage or both.
    Change(AgreedChange),
    /// That nothing changed.
    Same { range: Range<usize>, topic: Topic, year: FigureYear },
    /// What it is of one of several wholes, in percent.
    Share { range: Range<usize>, part: Topic, wholes: Vec<Topic> },
}

/// A change that agrees with a figure.
#[derive(Clone, Debug)]
pub(crate) struct AgreedChange {
    /// What it is compared with, in the words of the text.
    pub than: Option<Range<usize>>,
    pub verb: Range<usize>,
    pub by: Option<Range<usize>>,
    pub percent: Option<Range<usize>>,
    pub topic: Topic,
    /// Last year's budget or what it came to.
    pub year: FigureYear,
}

impl AgreedChange {
    pub fn new(
        than: Option<&Compared>,
        verb: &Range<usize>,
        numbers: [Option<&Range<usize>>; 2],
        topic: Topic,
        year: FigureYear,
    ) -> Self {
        let [by, percent] = numbers.map(Option::<&Range<usize>>::cloned);
        AgreedChange { than: than.map(|than| than.range.clone()), verb: verb.clone(), by, percent, topic, year }
    }
}
