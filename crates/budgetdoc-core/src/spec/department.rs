//! Who publishes the budget.

use super::Code;
use crate::source::Located;
use crate::yaml::{names, record};

record! {
    new
    /// Who publishes the budget.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Department {
        /// Name as printed on the cover and above the tables.
        pub name: Located<String>,
        /// The supervisor (主管部门).
        pub supervisor: Option<Located<String>> = default,
        /// Its budget units (预算单位), at least one.
        pub units: Vec<BudgetUnit>,
    }
}

record! {
    new
    /// A budget unit (预算单位).
    #[derive(Clone, Debug, PartialEq)]
    pub struct BudgetUnit {
        /// Its id in the rows of the spec.
        pub id: Located<String>,
        /// Name as printed.
        pub name: Located<String>,
        /// Its code (单位代码), where the form prints it.
        pub code: Option<Located<Code>> = default,
        /// Its nature; an administrative unit by default.
        pub nature: Nature = default,
    }
}

names! {
    /// Nature of a budget unit (单位性质).
    #[derive(Default, Hash)]
    pub enum Nature {
        /// An administrative unit (行政单位).
        #[default]
        Administrative = "administrative",
        /// An institution run by the civil service law (参照公务员法管理的事业单位).
        CivilServiceLaw = "civil_service_law",
        /// An institution (事业单位): it has no operating funds of an office (机关运行经费).
        Institution = "institution",
    }
}
