//! The spec: what a department fills in, each figure once.
//!
//! Every public type here is a piece of the YAML file; `docs/spec.md` lists the keys with their meaning, unit and an
//! example. Amounts are numbers of the spec's [`Unit`].

mod checking;
mod day;
mod department;
mod performance;
mod rows;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, File, Problem, from_yaml};
use crate::money::{Amount, Unit};
use crate::ordered::Ordered;
use crate::source::{Fingerprint, Located};
use budgetdoc_document::{Date, Role};

pub use checking::{Control, Precision, Suppression, Typography};
pub use day::Day;
pub use department::{BudgetUnit, Department, Nature};
pub use performance::{Indicator, Performance, Task};
pub use rows::{CategoryRow, EconomicRow, ExpenditureRow, FundRow, InternalRow, ProcurementItem, Project, StatedTotal};
pub use words::{Explanation, NamedSubject, Term};

/// The version of the spec format this library reads.
pub const VERSION: u32 = 1;

/// A department's budget as its finance office gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Version of the format, 1.
    pub budgetdoc: Located<u32>,
    /// The profile of place and year, such as `shenzhen/2022`.
    pub profile: Located<String>,
    /// The fiscal year, 1980 to 2107: what a Word file can carry as its date.
    pub year: Located<u16>,
    /// Unit of every amount below.
    #[serde(default)]
    pub unit: Unit,
    /// Whether the amounts are exact.
    #[serde(default)]
    pub precision: Precision,
    /// Day of publication; the files carry it as theirs. Without one they carry the first day of the fiscal year, for a
    /// clock would make every run another file.
    #[serde(default)]
    pub date: Option<Day>,
    /// Day the finance office approved the budget (批复日期): publication is due within twenty days of it.
    #[serde(default)]
    pub approved: Option<Located<Day>>,
    /// Who publishes.
    pub department: Department,
    /// Income by fund (收入).
    #[serde(default)]
    pub income: Vec<FundRow>,
    /// Balances brought forward from last year (上年结余、结转).
    #[serde(default)]
    pub brought_forward: Vec<FundRow>,
    /// Balances carried forward to next year (结转下年).
    #[serde(default)]
    pub carried_forward: Vec<FundRow>,
    /// What moves between the department's own units, which the department's totals leave out (内部往来).
    #[serde(default)]
    pub internal: Vec<InternalRow>,
    /// Expenditure by functional item (支出，按功能分类), basic where a row says nothing else. What projects spend comes
    /// from the projects.
    #[serde(default)]
    pub expenditure: Vec<ExpenditureRow>,
    /// The same basic expenditure by category (人员、公用、补助); left out where `economic` gives it.
    #[serde(default)]
    pub basic: Vec<CategoryRow>,
    /// The same expenditure by economic division (部门预算支出经济分类的款), which the categories are summed from.
    #[serde(default)]
    pub economic: Vec<EconomicRow>,
    /// Published subtotals that differ from the sum of their rounded parts; only with `precision: rounded`.
    #[serde(default)]
    pub stated: Vec<StatedTotal>,
    /// Projects (项目支出).
    #[serde(default)]
    pub projects: Vec<Project>,
    /// The three public expenses (“三公”经费).
    #[serde(default)]
    pub three_public: Vec<CategoryRow>,
    /// Meetings and training (会议费、培训费), where the form prints them beside the three public expenses.
    #[serde(default)]
    pub meetings: Vec<CategoryRow>,
    /// Government procurement by kind (政府采购); left out where `procurement_items` gives it.
    #[serde(default)]
    pub procurement: Vec<CategoryRow>,
    /// What is bought, line by line (政府采购明细), which the kinds are summed from.
    #[serde(default)]
    pub procurement_items: Vec<ProcurementItem>,
    /// The part of procurement reserved for small enterprises (面向中小企业).
    #[serde(default)]
    pub reserved: Vec<CategoryRow>,
    /// Numbers that are no money (staff, vehicles), for the texts.
    #[serde(default)]
    pub counts: Ordered<Located<u64>>,
    /// Last year's amounts of the profile's figures, where those of their parts were never published.
    #[serde(default)]
    pub last_totals: Ordered<Located<Amount>>,
    /// What functional subjects are for and why they changed, for the texts.
    #[serde(default)]
    pub explanations: Vec<Explanation>,
    /// The projects of the performance part, by id and in its order; all of them when left out.
    #[serde(default)]
    pub key_projects: Vec<Located<String>>,
    /// Performance targets (整体支出绩效目标).
    #[serde(default)]
    pub performance: Option<Performance>,
    /// Prose the profile has no sentence for, or instead of the profile's. One line is one paragraph.
    #[serde(default)]
    pub text: Ordered<Located<String>>,
    /// Terms explained (名词解释), instead of the profile's.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// Names that titles, heads and labels keep whole: 妇女联合会.
    #[serde(default)]
    pub names: Vec<Located<String>>,
    /// What becomes of half-width marks, straight quotation marks and stray spaces in Chinese text.
    #[serde(default)]
    pub typography: Typography,
    /// Families the user has, by role, instead of the faces that come with the program.
    #[serde(default)]
    pub fonts: Ordered<Located<String>>,
    /// Subjects the built-in table does not hold, or holds under another name.
    #[serde(default)]
    pub subjects: Vec<NamedSubject>,
    /// Totals known from elsewhere, to be compared with what is computed (控制数).
    #[serde(default)]
    pub control: Vec<Control>,
    /// Findings the department has looked into and lets stand, each with its reason.
    #[serde(default)]
    pub suppress: Vec<Suppression>,
    /// Fingerprint of the text the spec was read from; none for a spec built in code. No key of the file.
    #[serde(skip)]
    pub source: Fingerprint,
}

impl Spec {
    /// A spec without figures, to be filled in code.
    pub fn new(profile: Located<String>, year: u16, department: Department) -> Spec {
        Spec {
            budgetdoc: VERSION.into(),
            profile,
            year: year.into(),
            unit: Unit::default(),
            precision: Precision::default(),
            date: None,
            approved: None,
            department,
            income: Vec::new(),
            brought_forward: Vec::new(),
            carried_forward: Vec::new(),
            internal: Vec::new(),
            expenditure: Vec::new(),
            basic: Vec::new(),
            economic: Vec::new(),
            stated: Vec::new(),
            projects: Vec::new(),
            three_public: Vec::new(),
            meetings: Vec::new(),
            procurement: Vec::new(),
            procurement_items: Vec::new(),
            reserved: Vec::new(),
            counts: Ordered::default(),
            last_totals: Ordered::default(),
            explanations: Vec::new(),
            key_projects: Vec::new(),
            performance: None,
            text: Ordered::default(),
            glossary: Vec::new(),
            names: Vec::new(),
            typography: Typography::default(),
            fonts: Ordered::default(),
            subjects: Vec::new(),
            control: Vec::new(),
            suppress: Vec::new(),
            source: Fingerprint::default(),
        }
    }

    /// Reads a spec from YAML.
    ///
    /// # Errors
    /// YAML that is not well formed, keys that do not exist or are missing, and values of the wrong kind, all of them:
    /// with line and column, what was expected and, for a misspelt key, the nearest one.
    ///
    /// ```
    /// use budgetdoc_core::spec::Spec;
    /// let error = Spec::from_yaml("budgetdoc: 1\nprofil: shenzhen/2022\n").unwrap_err();
    /// // All that is wrong is told at once: `year` and `department` are missing as well.
    /// assert_eq!(error.problems.len(), 3);
    /// let problem = error.problems.iter().find(|problem| problem.place.is_some_and(|place| place.line == 2)).unwrap();
    /// assert!(problem.help.as_ref().unwrap().en.contains("`profile`"));
    /// ```
    pub fn from_yaml(text: &str) -> Result<Spec, Error> {
        let mut spec: Spec = from_yaml(text, File::Spec)?;
        if spec.budgetdoc.value != VERSION {
            let found = spec.budgetdoc.value;
            return Err(Problem::spec(
                spec.budgetdoc.place,
                format!("不认识第 {found} 版的格式"),
                format!("version {found} of the format is not known"),
            )
            .help(format!("请写“budgetdoc: {VERSION}”"), format!("write `budgetdoc: {VERSION}`"))
            .into());
        }
        spec.source = Fingerprint::of(text);
        Ok(spec)
    }

    /// The date the files carry.
    pub fn date(&self) -> Date {
        self.date.map_or(Date { year: self.year.value, month: 1, day: 1 }, |day| day.0)
    }

    /// The families the spec names for roles.
    ///
    /// # Errors
    /// A key of `fonts` that is no role.
    pub fn font_families(&self) -> Result<Vec<(Role, String)>, Error> {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        let mut families = Vec::new();
        let mut problems = Vec::new();
        for (key, family) in self.fonts.iter() {
            match Role::ALL.iter().find(|role| role.name() == key.value) {
                Some(role) => families.push((*role, family.value.clone())),
                None => problems.push(Problem::unknown(key.place, ("这种字体用途", "font role"), key, &names)),
            }
        }
        Error::unless_empty(problems)?;
        Ok(families)
    }
}
