//! A clause of a sentence, up to the token that is read.

use std::ops::Range;

use super::claim::{Compared, Phrase};
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::shape::FactFilter;

/// The senses of a name and its bytes.
pub(super) type Name<'a> = (&'a [Sense], Range<usize>);

/// What a clause says before its claim is complete.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause<'a> {
    pub names: Vec<Name<'a>>,
    /// The names before 占: the part of a share.
    pub part: Option<Vec<Name<'a>>>,
    /// Whether 、 joins several names.
    pub is_list: bool,
    /// How many 、 and 和 stand between its names.
    pub joints: usize,
    /// Whether it is about each of several names (均).
    pub is_of_each: bool,
    /// Whether it has unknown words, which may narrow its names.
    pub has_other: bool,
    pub period: Option<FigureYear>,
    /// Whether it is about an outcome (执行数).
    pub is_outcome: bool,
    /// Whether a word such as 预算 or 安排 lets an amount without a name go on with the topic before.
    pub goes_on: bool,
    /// Whether its verb is a rise, and the bytes of the verb.
    pub verb: Option<(bool, Range<usize>)>,
    /// Whether only filler follows the verb.
    pub is_at_verb: bool,
    /// 增加到 (true) or 减少到.
    pub to: Option<(bool, Range<usize>)>,
    /// Whether 由 begins it: the earlier of two amounts is next.
    pub has_from: bool,
    /// Whether it names the base of a comparison (比).
    pub is_comparison: bool,
    pub is_share: bool,
    /// Whether its number is the sum of others (合计).
    pub is_total: bool,
    /// Whether the next percentage is what this year is of last year (为上年的).
    pub is_of_last: bool,
    pub nothing: Option<Range<usize>>,
    pub same: Option<Range<usize>>,
    /// Whether the next number is a limit or an approximation (约).
    pub is_rough: bool,
    pub names_department: bool,
    /// Whether 该项 refers to the topic before.
    pub refers_back: bool,
    /// The end of the token before.
    pub end: usize,
}

impl Clause<'_> {
    /// Returns the verb that the next number belongs to.
    pub fn open_verb(&self) -> Option<(bool, Range<usize>)> {
        self.verb.clone().filter(|_| self.is_at_verb)
    }

    /// Returns whether a year or 执行数 belongs to the base of its comparison: 比上年, 高于上年.
    pub fn is_at_base(&self, than: &Compared) -> bool {
        self.is_comparison && self.verb.as_ref().is_none_or(|(_, verb)| verb.start == than.range.start)
    }

    /// Returns whether it compares nothing and has no unknown words.
    pub fn is_plain(&self) -> bool {
        self.verb.is_none() && !self.is_comparison && !self.is_share && !self.has_other
    }

    /// Returns the meaning of its names.
    pub fn phrase(&self) -> Option<Phrase> {
        phrase(&self.names)
    }
}

/// Returns the meaning of names next to each other: one shape for every choice of readings that fit together.
pub(super) fn phrase(names: &[Name]) -> Option<Phrase> {
    let mut shapes = vec![FactFilter::default()];
    for (senses, _) in names {
        let readings = senses.iter().find_map(|sense| match sense {
            Sense::Name(shapes) => Some(shapes),
            _ => None,
        })?;
        shapes =
            shapes.iter().flat_map(|shape| readings.iter().filter_map(|other| shape.and(other))).take(24).collect();
    }
    let range = names.first()?.1.start..names.last()?.1.end;
    (!shapes.is_empty()).then_some(Phrase { shapes, narrowed: None, is_in_context: false, range })
}
