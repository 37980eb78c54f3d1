//! What sentences state: claims about topics.

use std::ops::Range;

use super::figure::FigureYear;
use super::shape::FactFilter;
use super::token::NumberToken;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

/// A claim that a sentence makes about a topic.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    pub topic: StatedTopic,
    pub claim: Claim<'a>,
    /// Whether its topic is a part of the one before (其中).
    pub is_part: bool,
    /// Whether it is in brackets, behind which the text goes on with what was said before them.
    pub is_aside: bool,
    /// Whether it is in a reason, where a topic may be a part of anything.
    pub in_reason: bool,
}

impl Statement<'_> {
    /// Returns the amount of a claim of one.
    pub fn amount(&self) -> Option<Money> {
        match &self.claim {
            Claim::Amount { stated, .. } => stated.number.money(),
            Claim::Change { .. }
            | Claim::Same { .. }
            | Claim::Nothing { .. }
            | Claim::Ratio { .. }
            | Claim::Share { .. }
            | Claim::Bare { .. } => None,
        }
    }
}

/// The topic of a statement, as the text names it.
#[derive(Clone, Debug)]
pub(crate) enum StatedTopic {
    /// Known names alone.
    Named(Phrase),
    /// Names together with unknown words, which may narrow them.
    Vague(Phrase),
    /// No name: the topic of the statement before goes on.
    Same,
    /// Unknown words alone.
    Other,
}

/// Names next to each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrase {
    /// Their meaning together: one shape for every reading.
    pub shapes: Vec<FactFilter>,
    /// Their meaning of the unit that is spoken of, or of its measure; none where there is none. Where it is unknown, so is
    /// what the names mean.
    pub narrowed: Option<Vec<FactFilter>>,
    /// Whether its meaning depends on what was said before.
    pub is_in_context: bool,
    /// The bytes from the first name to the last.
    pub range: Range<usize>,
}

impl Phrase {
    /// Returns whether it names a project or a total. A purpose names these only to state their amounts.
    pub(super) fn is_whole(&self) -> bool {
        let Some(shape) = self.shapes.first() else { return false };
        let all = matches!(shape.account, Some(Account::Income | Account::Expenditure)) && shape.subject.is_none();
        shape.project.is_some() || (all && shape.economic.is_none())
    }
}

/// A number of a statement and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatedNumber<'a> {
    pub number: NumberToken<'a>,
    pub range: Range<usize>,
}

/// The base of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compared {
    pub basis: FigureYear,
    /// The year it names.
    pub year: Option<u16>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Claim<'a> {
    Amount {
        stated: StatedNumber<'a>,
        basis: FigureYear,
        grown: Option<(bool, Range<usize>)>,
    },
    Change {
        rise: bool,
        verb: Range<usize>,
        by: Option<StatedNumber<'a>>,
        percent: Option<StatedNumber<'a>>,
        than: Option<Compared>,
    },
    Same {
        than: Option<Compared>,
        range: Range<usize>,
    },
    Nothing {
        basis: FigureYear,
        range: Range<usize>,
    },
    Share {
        percent: StatedNumber<'a>,
        of: Option<Phrase>,
    },
    /// What this year's amount is of the one before: 为上年的105%.
    Ratio {
        percent: StatedNumber<'a>,
        basis: FigureYear,
    },
    /// A share without %.
    Bare {
        stated: StatedNumber<'a>,
    },
}
