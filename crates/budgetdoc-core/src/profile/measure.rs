//! Measures: which facts a figure sums.

use serde::Serialize;

use crate::source::Located;
use crate::spec::Nature;
use crate::subject::SubjectCode;
use crate::yaml::{names, record};

names! {
    /// The breakdown a figure belongs to. Each is an account of its own: basic expenditure is known both by functional
    /// item (in [`Account::Expenditure`]) and by category (in [`Account::Basic`]), and a sum must take one of the two.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Account {
        /// Income (本年收入).
        Income = "income",
        /// Balances brought forward (上年结余、结转).
        BroughtForward = "brought_forward",
        /// Expenditure by functional item (本年支出).
        Expenditure = "expenditure",
        /// Balances carried forward (结转下年).
        CarriedForward = "carried_forward",
        /// Transfers between units, subtracted from the department's income and expenditure; of no single unit.
        Internal = "internal",
        /// Basic expenditure by category.
        Basic = "basic",
        /// Expenditure by economic division.
        Economic = "economic",
        /// The same by division of the government's classification, from [`Profile::government`].
        ///
        /// [`Profile::government`]: super::Profile::government
        Government = "government",
        /// The three public expenses.
        ThreePublic = "three_public",
        /// Meetings and training.
        Meetings = "meetings",
        /// Procurement by kind.
        Procurement = "procurement",
        /// Procurement reserved for small enterprises.
        Reserved = "reserved",
    }
}

names! {
    /// The year of a figure.
    #[derive(Hash)]
    pub enum YearOf {
        /// This year's.
        This = "this",
        /// Last year's.
        Last = "last",
        /// This year's less last year's.
        Change = "change",
        /// Last year's outcome.
        Executed = "executed",
        /// This year's less last year's outcome.
        ChangeFromExecuted = "change_from_executed",
    }
}

record! {
    /// A sum over the facts: those that match every list that is not empty.
    ///
    /// ```
    /// use budgetdoc_core::profile::{Account, Measure};
    /// // Basic expenditure of the general public budget.
    /// let basic = Measure {
    ///     accounts: vec![Account::Expenditure],
    ///     kinds: vec!["basic".to_owned().into()],
    ///     funds: vec!["general_public".to_owned().into()],
    ///     ..Measure::default()
    /// };
    /// assert!(basic.subjects.is_empty(), "of all subjects");
    /// ```
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct Measure: Default, whole {
        /// The accounts summed.
        pub accounts: Vec<Account>,
        /// Funds or groups of funds.
        pub funds: Vec<Located<String>>,
        /// Kinds of expenditure.
        pub kinds: Vec<Located<String>>,
        /// Categories of the account's breakdown.
        pub categories: Vec<Located<String>>,
        /// Functional subjects, with those below them.
        pub subjects: Vec<SubjectCode>,
        /// Economic subjects, with those below them.
        pub economic: Vec<SubjectCode>,
        /// Natures of budget units.
        pub natures: Vec<Nature>,
        /// The year, this one by default.
        pub year: Option<YearOf>,
    }
}
