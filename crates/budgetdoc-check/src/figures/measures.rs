//! Measures that rules ask for.

use budgetdoc_core::budget::Total;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure};

/// Returns the measure of all rows of some accounts.
pub(crate) fn of_accounts(accounts: &[Account]) -> Measure {
    Measure { accounts: accounts.to_vec(), ..Measure::default() }
}

/// Returns whether an amount is anything.
pub(crate) fn is_nonzero(total: &Total) -> bool {
    total.or_zero() != Money::ZERO
}
