//! What a name narrows a figure to.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::{Account, Category, Measure};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Nature;
use budgetdoc_core::subject::SubjectCode;

/// Which facts words mean: each field narrows, one that is `None` says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct FactFilter {
    pub account: Option<Account>,
    /// Bits of the profile's funds.
    pub funds: Option<u128>,
    /// Bits of the profile's kinds.
    pub kinds: Option<u128>,
    /// Bits of the categories of `account`.
    pub categories: Option<u128>,
    pub subject: Option<SubjectCode>,
    pub economic: Option<Vec<SubjectCode>>,
    pub unit: Option<usize>,
    pub project: Option<usize>,
    /// Of offices only, not of institutions.
    pub of_offices: bool,
    /// Of all funds, unless some are named: 收入总计.
    pub is_total: bool,
}

impl FactFilter {
    /// Reads the shape a line of the lexicon gives: `category=basic/personnel`. None where the profile has nothing of it.
    pub fn read(text: &str, budget: &Budget) -> Option<FactFilter> {
        let profile = &budget.profile;
        let (key, names) = text.trim().split_once('=')?;
        let account = |name: &str| Account::ALL.iter().copied().find(|account| account.name() == name);
        let mut shape = FactFilter::default();
        match key {
            "account" | "total" => {
                shape.account = Some(account(names)?);
                shape.is_total = key == "total";
            }
            "fund" => {
                let is = |fund: &budgetdoc_core::profile::Fund| {
                    names.split(',').any(|name| *fund.id == name || *fund.group == name)
                };
                shape.funds = Some(bits(&profile.funds, is)?);
                // Income that is named after its source is no expenditure.
                shape.account = names.ends_with("_income").then_some(Account::Income);
            }
            "kind" => {
                shape.kinds = Some(bits(&profile.kinds, |kind| *kind.id == names)?);
                shape.account = Some(Account::Expenditure);
            }
            "category" | "offices" => {
                shape.of_offices = key == "offices";
                let (of, ids) = names.split_once('/')?;
                let of = account(of)?;
                let is = |category: &Category| ids.split(',').any(|id| *category.id == id);
                shape.categories = Some(bits(profile.categories.of(of), is)?);
                shape.account = Some(of);
            }
            "economic" => {
                shape.economic = Some(names.split(',').filter_map(|code| code.parse().ok()).collect());
                shape.account = Some(Account::Economic);
            }
            _ => return None,
        }
        Some(shape)
    }

    /// Returns the meaning of two names in one phrase, if they can be combined.
    pub fn and(&self, other: &FactFilter) -> Option<FactFilter> {
        let account = match (self.account, other.account) {
            (Some(one), Some(two)) if one == two => Some(one),
            (Some(one), Some(two)) => Some(narrower(one, two)?),
            (one, two) => one.or(two),
        };
        let both = |one: Option<u128>, two: Option<u128>| match (one, two) {
            (Some(one), Some(two)) => (one & two != 0).then_some(Some(one & two)),
            (one, two) => Some(one.or(two)),
        };
        let same = |one: Option<usize>, two: Option<usize>| match (one, two) {
            (Some(one), Some(two)) => (one == two).then_some(Some(one)),
            (one, two) => Some(one.or(two)),
        };
        let categories = match (self.account == other.account, account) {
            (true, _) => both(self.categories, other.categories)?,
            (false, account) if account == self.account => self.categories,
            (false, _) => other.categories,
        };
        let subject = match (self.subject, other.subject) {
            (Some(one), Some(two)) if one.is_within(two) => Some(one),
            (Some(one), Some(two)) => Some(two.is_within(one).then_some(two)?),
            (one, two) => one.or(two),
        };
        Some(FactFilter {
            account,
            funds: both(self.funds, other.funds)?,
            kinds: both(self.kinds, other.kinds)?,
            categories,
            subject,
            economic: self.economic.clone().or_else(|| other.economic.clone()),
            unit: same(self.unit, other.unit)?,
            project: same(self.project, other.project)?,
            of_offices: self.of_offices || other.of_offices,
            is_total: self.is_total || other.is_total,
        })
    }

    /// Returns whether it narrows nothing but the account.
    pub fn is_all(&self) -> bool {
        FactFilter { account: None, is_total: false, ..self.clone() } == FactFilter::default()
    }

    /// Returns the measure of the shape's facts, of `accounts`.
    pub fn measure(&self, accounts: &[Account], budget: &Budget) -> Measure {
        let profile = &budget.profile;
        let ids = |bits: Option<u128>, ids: Vec<&Located<String>>| -> Vec<Located<String>> {
            let chosen = |(index, _): &(usize, &Located<String>)| bits.is_some_and(|bits| bits & bit(*index) != 0);
            ids.into_iter().enumerate().filter(chosen).map(|(_, id)| id.clone()).collect()
        };
        let categories = self.account.map_or(&[][..], |account| profile.categories.of(account));
        Measure {
            accounts: accounts.to_vec(),
            funds: ids(self.funds, profile.funds.iter().map(|fund| &fund.id).collect()),
            kinds: ids(self.kinds, profile.kinds.iter().map(|kind| &kind.id).collect()),
            categories: ids(self.categories, categories.iter().map(|category| &category.id).collect()),
            economic: self.economic.clone().unwrap_or_default(),
            natures: if self.of_offices { vec![Nature::Administrative, Nature::CivilServiceLaw] } else { Vec::new() },
            ..Measure::default()
        }
    }

    /// Returns the shape of a measure of the profile, if it has a single account.
    pub fn of(measure: &Measure, budget: &Budget) -> Option<FactFilter> {
        let profile = &budget.profile;
        let account = *measure.accounts.first()?;
        let named = |names: &[Located<String>], id: &str| names.iter().any(|name| name.value == id);
        let some = |bits: Option<u128>, names: &[Located<String>]| bits.filter(|_| !names.is_empty());
        let funds = bits(&profile.funds, |fund| named(&measure.funds, &fund.id) || named(&measure.funds, &fund.group));
        let kinds = bits(&profile.kinds, |kind| named(&measure.kinds, &kind.id));
        let categories = bits(profile.categories.of(account), |category| named(&measure.categories, &category.id));
        Some(FactFilter {
            account: Some(account),
            funds: some(funds, &measure.funds),
            kinds: some(kinds, &measure.kinds),
            categories: some(categories, &measure.categories),
            subject: measure.subjects.first().copied(),
            economic: (!measure.economic.is_empty()).then(|| measure.economic.clone()),
            ..FactFilter::default()
        })
    }
}

/// Returns the account two words of one phrase mean: a breakdown is narrower than the whole it is a part of.
fn narrower(one: Account, two: Account) -> Option<Account> {
    use Account::*;
    let rank = |account: Account| match account {
        Income | Expenditure => 0,
        Internal | BroughtForward | CarriedForward => 1,
        Basic | Economic | Government | ThreePublic | Meetings | Procurement => 2,
        Reserved => 3,
    };
    match rank(one).cmp(&rank(two)) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(one),
        std::cmp::Ordering::Less => Some(two),
    }
}

/// Returns the bits of those meant, if any is.
fn bits<T>(all: &[T], is: impl Fn(&T) -> bool) -> Option<u128> {
    let bits = all.iter().enumerate().filter(|(_, one)| is(one)).fold(0, |bits, (index, _)| bits | bit(index));
    (bits != 0).then_some(bits)
}

pub(super) fn bit(index: usize) -> u128 {
    u32::try_from(index).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or(0)
}
