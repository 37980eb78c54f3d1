//! Words that agree with a figure, which a reference can replace.

use std::ops::Range;

use super::bind::Topic;
use super::claim::Compared;
use super::figure::FigureYear;

/// Words that agree with a figure.
#[derive(Clone, Debug)]
pub(crate) enum Agreed {
    /// An amount.
    Amount { range: Range<usize>, topic: Topic, year: FigureYear },
    /// A change, as an amount, a percentage or both.
    Change(AgreedChange),
    /// The statement that nothing changed.
    Same { range: Range<usize>, topic: Topic, year: FigureYear },
    /// The percentage that a part is of one of several wholes.
    Share { range: Range<usize>, part: Topic, wholes: Vec<Topic> },
}

/// A change that agrees with a figure.
#[derive(Clone, Debug)]
pub(crate) struct AgreedChange {
    /// The words that name what it is compared with.
    pub than: Option<Range<usize>>,
    pub verb: Range<usize>,
    pub by: Option<Range<usize>>,
    pub percent: Option<Range<usize>>,
    pub topic: Topic,
    /// Last year's budget or its outcome.
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
