//! What the checks are told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Amount;
use crate::source::Located;

/// Whether the amounts of a spec are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the last fen: no sum may be off by anything.
    #[default]
    Exact,
    /// Each rounded on its own to the digits given: a sum of n terms may be off by less than (n+1)/2 of the last digit.
    Rounded,
}

impl Precision {
    /// What it is called in a spec.
    pub const fn name(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::Rounded => "rounded",
        }
    }
}

/// What becomes of slips of typing in Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Typography {
    /// They are printed as they are, and rule C18 names them.
    #[default]
    Report,
    /// They are set right in the document; the spec stays as it is.
    Normalize,
}

impl Typography {
    /// What it is called in a spec.
    pub const fn name(self) -> &'static str {
        match self {
            Typography::Report => "report",
            Typography::Normalize => "normalize",
        }
    }
}

/// A total known from elsewhere: the approval (批复), or the worksheet the figures were taken from. It is compared with
/// the same cell as computed, and never printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The table, by its id in the profile.
    pub table: Located<String>,
    /// The row: its printed name or its subject's code, `unit/name` where several units have it; the whole table when
    /// left out.
    #[serde(default)]
    pub row: Option<Located<String>>,
    /// The column: the lowest cell of its head, or all of them joined by `/`; the first with figures when left out.
    #[serde(default)]
    pub column: Option<Located<String>>,
    /// The amount it must be.
    pub amount: Located<Amount>,
}

/// A finding that is to stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule.
    pub rule: Located<String>,
    /// What the finding is about, as `check` prints it behind the rule: `text.vehicles`; every finding of the rule when
    /// left out.
    #[serde(default)]
    pub at: Option<Located<String>>,
    /// Why it stands.
    pub reason: Located<String>,
}
