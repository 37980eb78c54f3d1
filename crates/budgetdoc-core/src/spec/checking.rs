//! Settings of the checks.

use crate::money::Amount;
use crate::source::Located;
use crate::yaml::{names, record};

names! {
    /// Whether the amounts of a spec are exact.
    #[derive(Default)]
    pub enum Precision {
        /// To the last fen: no sum may be off by anything.
        #[default]
        Exact = "exact",
        /// Each rounded on its own to the digits given: a sum of n terms may be off by less than (n+1)/2 of the last
        /// digit.
        Rounded = "rounded",
    }
}

names! {
    /// Handling of slips of typing in Chinese text.
    #[derive(Default)]
    pub enum Typography {
        /// They are printed as they are, and rule C18 reports them.
        #[default]
        Report = "report",
        /// They are corrected in the document; the spec stays as it is.
        Normalize = "normalize",
    }
}

record! {
    new
    /// A total known from elsewhere: the approval (批复), or the worksheet the figures were taken from. It is compared
    /// with the same cell as computed, and never printed.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Control {
        /// The table, by its id in the profile.
        pub table: Located<String>,
        /// The row: its printed name or its subject's code, `unit/name` where several units have it; the whole table
        /// when left out.
        pub row: Option<Located<String>> = default,
        /// The column: the lowest cell of its head, or all of them joined by `/`; the first with figures when left out.
        pub column: Option<Located<String>> = default,
        /// The amount.
        pub amount: Located<Amount>,
    }
}

record! {
    new
    /// A suppressed finding.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Suppression {
        /// The rule.
        pub rule: Located<String>,
        /// Subject of the finding, as `check` prints it behind the rule: `text.vehicles`; by default every finding of the
        /// rule.
        pub at: Option<Located<String>> = default,
        /// The reason.
        pub reason: Located<String>,
    }
}
