//! Measures with their names looked up: facts are matched by numbers only.

use crate::profile::{Account, Category, Fund, Kind, Measure, YearOf};
use crate::source::Located;
use crate::subject::SubjectCode;

use super::cube::Fact;

/// A measure whose names are looked up: each list is a set of bits, `None` if the measure does not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    accounts: Option<u32>,
    funds: Option<u128>,
    kinds: Option<u128>,
    categories: Option<u128>,
    subjects: Option<Vec<SubjectCode>>,
    economic: Option<Vec<SubjectCode>>,
    natures: Option<u128>,
    pub(super) year: Option<YearOf>,
}

/// What a fact may say of itself, and need not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// The kind of expenditure.
    Kind,
    /// The category of a breakdown.
    Category,
    /// The functional item.
    Item,
    /// The economic division.
    Economic,
}

impl Filter {
    pub(super) fn new(measure: &Measure, funds: &[Fund], kinds: &[Kind], categories: &[Category]) -> Filter {
        fn bits<T>(names: &[Located<String>], all: &[T], is: impl Fn(&T, &str) -> bool) -> Option<u128> {
            let bit = |(index, entry): (usize, &T)| names.iter().any(|name| is(entry, name)).then(|| bit(index));
            (!names.is_empty()).then(|| all.iter().enumerate().filter_map(bit).fold(0, |all, bit| all | bit))
        }
        let accounts = measure.accounts.iter().fold(0, |all, account| all | 1 << *account as u32);
        let codes = |codes: &[SubjectCode]| (!codes.is_empty()).then(|| codes.to_vec());
        Filter {
            accounts: (!measure.accounts.is_empty()).then_some(accounts),
            funds: bits(&measure.funds, funds, |fund, name| *fund.id == name || *fund.group == name),
            kinds: bits(&measure.kinds, kinds, |kind, name| *kind.id == name),
            categories: bits(&measure.categories, categories, |category, name| *category.id == name),
            subjects: codes(&measure.subjects),
            economic: codes(&measure.economic),
            natures: (!measure.natures.is_empty())
                .then(|| measure.natures.iter().fold(0, |all, nature| all | bit(*nature as usize))),
            year: measure.year,
        }
    }

    /// Returns the intersection of both, for the year of `other` if it has one.
    pub fn and(&self, other: &Filter) -> Filter {
        fn intersection(left: Option<u128>, right: Option<u128>) -> Option<u128> {
            left.map_or(right, |left| Some(left & right.unwrap_or(u128::MAX)))
        }
        fn codes(left: Option<&Vec<SubjectCode>>, right: Option<&Vec<SubjectCode>>) -> Option<Vec<SubjectCode>> {
            let (Some(left), Some(right)) = (left, right) else { return left.or(right).cloned() };
            let narrower = |one: SubjectCode, other: SubjectCode| match (one.is_within(other), other.is_within(one)) {
                (true, _) => Some(one),
                (_, true) => Some(other),
                _ => None,
            };
            Some(left.iter().flat_map(|one| right.iter().filter_map(|other| narrower(*one, *other))).collect())
        }
        let accounts = intersection(self.accounts.map(u128::from), other.accounts.map(u128::from));
        Filter {
            accounts: accounts.and_then(|bits| u32::try_from(bits).ok()),
            funds: intersection(self.funds, other.funds),
            kinds: intersection(self.kinds, other.kinds),
            categories: intersection(self.categories, other.categories),
            subjects: codes(self.subjects.as_ref(), other.subjects.as_ref()),
            economic: codes(self.economic.as_ref(), other.economic.as_ref()),
            natures: intersection(self.natures, other.natures),
            year: other.year.or(self.year),
        }
    }

    /// Replaces the accounts by those of `other`, if it has any.
    pub(super) fn with_accounts_of(mut self, other: &Filter) -> Filter {
        self.accounts = other.accounts.or(self.accounts);
        self
    }

    /// Returns the year, this one by default.
    pub fn year(&self) -> YearOf {
        self.year.unwrap_or(YearOf::This)
    }

    /// Restricts the filter to one year.
    pub fn of_year(&self, year: YearOf) -> Filter {
        Filter { year: Some(year), ..self.clone() }
    }

    /// Restricts the filter to one kind of expenditure.
    pub fn of_kind(&self, kind: usize) -> Filter {
        Filter { kinds: Some(bit(kind)), ..self.clone() }
    }

    /// Restricts the filter to one category, by its number among all.
    pub(super) fn of_category(&self, category: usize) -> Filter {
        Filter { categories: Some(bit(category)), ..self.clone() }
    }

    /// Keeps the restrictions to accounts and kinds only.
    pub(super) fn widened(&self) -> Filter {
        Filter { accounts: self.accounts, kinds: self.kinds, ..Filter::default() }
    }

    /// Returns whether the filter is restricted to exactly these accounts.
    pub fn is_of(&self, accounts: &[Account]) -> bool {
        Account::ALL.iter().all(|account| self.allows_account(*account) == accounts.contains(account))
    }

    /// Returns whether the filter allows a fund.
    pub fn allows_fund(&self, fund: usize) -> bool {
        self.funds.is_none_or(|funds| funds & bit(fund) != 0)
    }

    /// Restricts the filter to one fund.
    pub fn of_fund(&self, fund: usize) -> Filter {
        Filter { funds: Some(bit(fund)), ..self.clone() }
    }

    /// Returns whether the filter restricts funds.
    pub fn narrows_funds(&self) -> bool {
        self.funds.is_some()
    }

    /// Returns whether the filter restricts kinds of expenditure.
    pub fn narrows_kinds(&self) -> bool {
        self.kinds.is_some()
    }

    /// Returns whether the filter restricts categories.
    pub fn narrows_categories(&self) -> bool {
        self.categories.is_some()
    }

    /// Returns whether the filter restricts nothing but accounts.
    pub(super) fn is_of_whole_accounts(&self) -> bool {
        *self == Filter { year: self.year, ..self.whole_accounts() }
    }

    /// Keeps the restriction to accounts only.
    pub fn whole_accounts(&self) -> Filter {
        Filter { accounts: self.accounts, ..Filter::default() }
    }

    pub(super) fn allows_kind(&self, kind: usize) -> bool {
        self.kinds.is_none_or(|kinds| kinds & bit(kind) != 0)
    }

    /// Returns whether the filter allows facts of `account`; one without accounts allows none.
    pub fn allows_account(&self, account: Account) -> bool {
        self.accounts.is_some_and(|accounts| accounts & 1 << account as u32 != 0)
    }

    /// Returns what a fact does not say that it would be taken by: it is as meant in everything it says.
    pub fn lacking(&self, fact: &Fact) -> Option<Dimension> {
        let open = [
            (Dimension::Kind, self.kinds.is_some() && fact.kind.is_none()),
            (Dimension::Category, self.categories.is_some() && fact.category.is_none()),
            (Dimension::Item, self.subjects.is_some() && fact.item.is_none()),
            (Dimension::Economic, self.economic.is_some() && fact.economic.is_none()),
        ];
        let (dimension, _) = open.into_iter().find(|(_, open)| *open)?;
        self.admits(fact, true).then_some(dimension)
    }

    /// Returns whether a fact is meant.
    pub fn allows(&self, fact: &Fact) -> bool {
        self.admits(fact, false)
    }

    /// Returns whether a fact is as meant in everything it says. What it does not say is as meant if it `may_be_silent`.
    fn admits(&self, fact: &Fact, may_be_silent: bool) -> bool {
        let one = |bits: Option<u128>, index: Option<usize>| {
            bits.is_none_or(|bits| index.map_or(may_be_silent, |index| bits & bit(index) != 0))
        };
        let below = |codes: Option<&Vec<SubjectCode>>, code: Option<SubjectCode>| {
            let is_within =
                |code: SubjectCode| codes.is_none_or(|codes| codes.iter().any(|above| code.is_within(*above)));
            codes.is_none() || code.map_or(may_be_silent, is_within)
        };
        self.allows_account(fact.account)
            && one(self.funds, Some(fact.fund))
            && one(self.natures, Some(fact.nature as usize))
            && one(self.kinds, fact.kind)
            && one(self.categories, fact.category)
            && below(self.subjects.as_ref(), fact.item)
            && below(self.economic.as_ref(), fact.economic)
    }
}

/// Returns the bit of an index. Validation of the profile limits the number of entries.
fn bit(index: usize) -> u128 {
    u32::try_from(index).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or(0)
}
