//! Resolves a spec and a profile to figures.

mod chart;
mod cube;
mod filter;
mod index;
mod resolve;
mod schedule;
mod table;
mod unit;

pub use chart::{ChartGap, ChartPart, ChartPartName};
pub use cube::{Cube, Fact, Scope, Stated, Term, Total};
pub use filter::{Dimension, Filter};
pub use schedule::{ScheduleEntry, ScheduleValue, product_of, sum_of};

pub use table::{CellName, CellValue, CellWords, HeadColumn, RowValue, TableValue, locate, narrowed};

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::money::Money;
use crate::profile::{Measure, Profile, YearOf};
use crate::spec::{BudgetUnit, Glossary, GlossaryTerm, Project, Spec};
use crate::subject::SubjectCode;
use crate::subject_table::SubjectTable;

/// A resolved budget: the facts, and the spec and profile they come from.
///
/// ```no_run
/// # fn main() -> Result<(), budgetdoc_core::error::Error> {
/// use budgetdoc_core::{budget::Budget, profile::Profile, spec::Spec};
/// let spec = Spec::from_yaml(&std::fs::read_to_string("spec.yaml").unwrap())?;
/// let profile = Profile::built_in(&spec.profile)?;
/// let budget = Budget::resolve(spec, profile)?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Budget {
    /// The spec as it was read.
    pub spec: Spec,
    /// The profile.
    pub profile: Profile,
    /// The figures.
    pub cube: Cube,
    /// The rows of the spec's schedules, by id.
    pub schedules: BTreeMap<String, Vec<ScheduleEntry>>,
    /// The names of the functional subjects that have figures.
    pub subjects: BTreeMap<SubjectCode, String>,
    /// The names of the economic subjects that have figures.
    pub economic: BTreeMap<SubjectCode, String>,
    /// The table of subjects that codes are looked up in, where the spec does not name them itself.
    pub subject_table: Cow<'static, SubjectTable>,
}

impl Budget {
    /// Puts every figure of the spec into the cube and looks up every name.
    ///
    /// # Errors
    /// All unknown names, duplicate ids and figures, and implausible amounts, each with its place and a remedy.
    pub fn resolve(spec: Spec, profile: Profile) -> Result<Budget, Error> {
        let subjects = profile.subject_table();
        resolve::resolve(spec, profile, subjects)
    }

    /// Resolves with the user's subjects, which replace the profile's and the built-in lines of the same codes.
    ///
    /// # Errors
    /// As [`Budget::resolve`].
    pub fn resolve_with(spec: Spec, profile: Profile, subjects: SubjectTable) -> Result<Budget, Error> {
        let subjects = profile.subject_table().into_owned().with(subjects);
        resolve::resolve(spec, profile, Cow::Owned(subjects))
    }

    /// Returns a figure of the profile by its name, such as `income`.
    pub fn figure(&self, name: &str) -> Option<Total> {
        self.profile.figures.get(name).map(|measure| self.total(measure))
    }

    /// Returns last year's amount of a figure: the sum of its parts if all are known, else the one the spec gives.
    pub fn last_of(&self, name: &str) -> Option<Total> {
        let of_this_year = |measure: &&Measure| matches!(measure.year, None | Some(YearOf::This));
        let parts = self.profile.figures.get(name).filter(of_this_year).and_then(|measure| {
            let (filter, whole) = (self.cube.filter(measure), Scope::default());
            self.cube.past(&filter, &whole, YearOf::Last)
        });
        parts.or_else(|| {
            let own = self.spec.last_totals.get(name)?;
            let number = own.value.number();
            let amount = Money::new(number.unwrap_or_default(), self.spec.unit);
            let term = Term { amount, unfilled: number.is_none(), place: own.place };
            Some(Total { amount: Some(amount), terms: vec![term] })
        })
    }

    /// Returns the sum of `measure` over the whole department.
    pub fn total(&self, measure: &Measure) -> Total {
        self.cube.total(measure, Scope::default())
    }

    /// Returns the name of the publisher in sentences: the only budget unit, or the department if there are several.
    pub fn publisher(&self) -> &str {
        match self.spec.department.units.as_slice() {
            [unit] => &unit.name,
            _ => &self.spec.department.name,
        }
    }

    /// Returns the terms of the glossary in their order, each with whether it is the spec's own.
    pub fn glossary(&self) -> impl Iterator<Item = (&GlossaryTerm, bool)> {
        let own = self.spec.glossary.terms();
        let replaced = matches!(&self.spec.glossary, Glossary::Replaced(terms) if !terms.is_empty());
        let of_profile = self.profile.glossary.iter().filter(move |_| !replaced);
        of_profile.map(|term| (term, false)).chain(own.iter().map(|term| (term, true)))
    }

    /// Returns the projects of the performance part, as indices into the spec's projects.
    pub fn key_projects(&self) -> Vec<usize> {
        if self.spec.key_projects.is_empty() {
            return (0..self.spec.projects.len()).collect();
        }
        self.spec.key_projects.iter().filter_map(|id| self.project(id)).collect()
    }

    /// Returns the budget unit of a project.
    pub fn project_unit(&self, project: &Project) -> Option<&BudgetUnit> {
        let units = &self.spec.department.units;
        match &project.unit {
            Some(id) => units.iter().find(|unit| unit.id.value == id.value),
            None => units.first(),
        }
    }

    /// Returns the name of a project's category.
    pub fn project_category(&self, project: &Project) -> Option<&str> {
        let id = &project.category.as_ref()?.value;
        let mut categories = self.profile.categories.projects.iter();
        categories.find(|category| category.id.value == *id).map(|category| category.name.as_str())
    }

    /// Returns the name of an economic subject, of departments or of the government.
    pub fn economic_name(&self, code: SubjectCode) -> Option<&String> {
        let of_government = || self.profile.government.iter().find(|subject| subject.code.value == code);
        self.economic.get(&code).or_else(|| of_government().map(|subject| &subject.name))
    }

    /// Returns the index of a project by its id.
    pub fn project(&self, id: &str) -> Option<usize> {
        self.spec.projects.iter().position(|project| project.id.value == id)
    }

    /// Returns the rows of a schedule; none where the spec does not give it.
    pub fn schedule(&self, id: &str) -> &[ScheduleEntry] {
        self.schedules.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Evaluates every table of the profile that is made of figures.
    pub fn tables(&self) -> Vec<TableValue> {
        self.profile.tables.iter().filter_map(|(id, _)| self.table(id)).collect()
    }

    /// Evaluates a table; returns none for an unknown id and for the performance table, which is made of words.
    /// [`Budget::compose_tables`] returns the tables as the document has them.
    pub fn table(&self, id: &str) -> Option<TableValue> {
        table::evaluate(self, id)
    }
}

impl Serialize for Budget {
    /// Serializes the spec and the profile, from which the figures are computed.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut budget = serializer.serialize_struct("Budget", 2)?;
        budget.serialize_field("spec", &self.spec)?;
        budget.serialize_field("profile", &self.profile)?;
        budget.end()
    }
}
