//! Who publishes the budget.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

/// Who publishes the budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Name as printed on the cover and above the tables.
    pub name: Located<String>,
    /// The body above it (主管部门).
    #[serde(default)]
    pub supervisor: Option<Located<String>>,
    /// Its budget units (预算单位), at least one.
    pub units: Vec<BudgetUnit>,
}

/// A budget unit (预算单位).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetUnit {
    /// What the rows of the spec call it.
    pub id: Located<String>,
    /// Name as printed.
    pub name: Located<String>,
    /// What kind of body it is; an administrative one when left out.
    #[serde(default)]
    pub nature: Nature,
}

/// What kind of body a budget unit is (单位性质).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// An administrative unit (行政单位).
    #[default]
    Administrative,
    /// An institution run by the civil service law (参照公务员法管理的事业单位).
    CivilServiceLaw,
    /// An institution (事业单位): it has no operating funds of an office (机关运行经费).
    Institution,
}

impl Nature {
    /// What it is called in a spec.
    pub const fn name(self) -> &'static str {
        match self {
            Nature::Administrative => "administrative",
            Nature::CivilServiceLaw => "civil_service_law",
            Nature::Institution => "institution",
        }
    }
}
