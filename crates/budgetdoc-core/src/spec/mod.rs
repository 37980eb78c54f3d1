//! The spec: what a department fills in, each figure once.
//!
//! Every public type here is a piece of the YAML file; `docs/spec.md` lists the keys with their meaning, unit and an
//! example. Amounts are numbers of the spec's [`Unit`].

mod amounts;
mod checking;
mod code;
mod day;
mod department;
mod performance;
mod rows;
mod schedule;
mod words;

use crate::error::{Error, File, Problem, ProblemCode};
use crate::money::{Amount, Unit};
use crate::ordered::Ordered;
use crate::source::{Fingerprint, Located};
use crate::yaml::{from_yaml, record};
use budgetdoc_document::{Date, Role};

pub use amounts::{AmountSetting, AmountSettings};
pub use checking::{Control, Precision, Suppression, Typography};
pub use code::Code;
pub use day::Day;
pub use department::{BudgetUnit, Department, Nature};
pub use performance::{Indicator, Indicators, Performance, Sign, Task, Weight, leaves};
pub use rows::{CategoryRow, EconomicRow, ExpenditureRow, FundRow, InternalRow, ProcurementItem, Project, StatedTotal};
pub use schedule::{ScheduleRow, Written};
pub use words::{AddedTerms, Explanation, Glossary, GlossaryTerm, NamedSubject};

/// The version of the spec format this library reads.
pub const VERSION: u32 = 1;

record! {
    sparse
    /// A department's budget as its finance office gives it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Spec {
        /// Version of the format, 1.
        pub budgetdoc: Located<u32>,
        /// The profile of place and year, such as `shenzhen/2022`.
        pub profile: Located<String>,
        /// The fiscal year, 1980 to 2107: what a Word file can carry as its date.
        pub year: Located<u16>,
        /// Unit of every amount below.
        pub unit: Unit = default,
        /// Whether the amounts are exact.
        pub precision: Precision = default,
        /// How amounts are printed, if different from the profile.
        pub amounts: AmountSettings = default,
        /// Day of publication; the files carry it as theirs. Without one they carry the first day of the fiscal year,
        /// for a clock would make every run another file.
        pub date: Option<Day> = default,
        /// Day the finance office approved the budget (批复日期): publication is due within twenty days of it.
        pub approved: Option<Located<Day>> = default,
        /// Who publishes.
        pub department: Department,
        /// Income by fund (收入).
        pub income: Vec<FundRow> = default,
        /// Balances brought forward from last year (上年结余、结转).
        pub brought_forward: Vec<FundRow> = default,
        /// Balances carried forward to next year (结转下年).
        pub carried_forward: Vec<FundRow> = default,
        /// Transfers between the department's units, which the department's totals exclude (内部往来).
        pub internal: Vec<InternalRow> = default,
        /// Expenditure by functional item (支出，按功能分类), basic where a row says nothing else. What projects spend comes
        /// from the projects.
        pub expenditure: Vec<ExpenditureRow> = default,
        /// The same basic expenditure by category (人员、公用、补助); left out where `economic` gives it.
        pub basic: Vec<CategoryRow> = default,
        /// The same expenditure by economic division (部门预算支出经济分类的款), which the categories are summed from.
        pub economic: Vec<EconomicRow> = default,
        /// Published subtotals that differ from the sum of their rounded parts; only with `precision: rounded`.
        pub stated: Vec<StatedTotal> = default,
        /// Projects (项目支出).
        pub projects: Vec<Project> = default,
        /// The three public expenses (“三公”经费).
        pub three_public: Vec<CategoryRow> = default,
        /// Meetings and training (会议费、培训费), where the profile prints them next to the three public expenses.
        pub meetings: Vec<CategoryRow> = default,
        /// Government procurement by kind (政府采购); where `procurement_items` gives it too, these count and the kinds are
        /// compared with them.
        pub procurement: Vec<CategoryRow> = default,
        /// Purchases line by line (政府采购明细), from which the kinds are summed.
        pub procurement_items: Vec<ProcurementItem> = default,
        /// The part of procurement reserved for small enterprises (面向中小企业).
        pub reserved: Vec<CategoryRow> = default,
        /// Lists of the department's own for tables of the profile (明细), by the names they have there.
        pub schedules: Ordered<Vec<ScheduleRow>> = default,
        /// Counts, such as staff and vehicles, for the texts.
        pub counts: Ordered<Located<u64>> = default,
        /// Last year's amounts of the profile's figures, if those of their parts were never published.
        pub last_totals: Ordered<Located<Amount>> = default,
        /// Purposes and reasons of functional subjects, for the texts.
        pub explanations: Vec<Explanation> = default,
        /// The projects of the performance part, by id and in its order; all by default.
        pub key_projects: Vec<Located<String>> = default,
        /// Performance targets (整体支出绩效目标).
        pub performance: Option<Performance> = default,
        /// Prose the profile has no sentence for, or instead of the profile's. One line is one paragraph.
        pub text: Ordered<Located<String>> = default,
        /// Terms explained (名词解释): a list instead of the profile's, or `{ add: list }` behind them.
        pub glossary: Glossary = default,
        /// Names that titles, heads and labels keep on one line: 妇女联合会.
        pub names: Vec<Located<String>> = default,
        /// Handling of half-width marks, straight quotation marks and stray spaces in Chinese text.
        pub typography: Typography = default,
        /// Font families by role, instead of the built-in faces; `fallback` is for characters that no other face has.
        pub fonts: Ordered<Located<String>> = default,
        /// Subjects that the built-in table does not have, or has under another name.
        pub subjects: Vec<NamedSubject> = default,
        /// Totals known from elsewhere, compared with the computed ones (控制数).
        pub control: Vec<Control> = default,
        /// Suppressed findings, each with its reason.
        pub suppress: Vec<Suppression> = default,
        not read:
        /// Fingerprint of the text the spec was read from; none for a spec built in code. No key of the file.
        pub source: Fingerprint,
    }
}

impl Spec {
    /// Returns a spec without figures, to be filled in code.
    pub fn new(profile: Located<String>, year: u16, department: Department) -> Spec {
        Spec {
            budgetdoc: VERSION.into(),
            profile,
            year: year.into(),
            unit: Unit::default(),
            precision: Precision::default(),
            amounts: AmountSettings::default(),
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
            schedules: Ordered::default(),
            counts: Ordered::default(),
            last_totals: Ordered::default(),
            explanations: Vec::new(),
            key_projects: Vec::new(),
            performance: None,
            text: Ordered::default(),
            glossary: Glossary::default(),
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
    /// // All problems are reported at once: `year` and `department` are missing as well.
    /// assert_eq!(error.problems.len(), 3);
    /// let problem = error.problems.iter().find(|problem| problem.place.is_some_and(|place| place.line == 2)).unwrap();
    /// assert!(problem.help.as_ref().unwrap().en.contains("`profile`"));
    /// ```
    pub fn from_yaml(text: &str) -> Result<Spec, Error> {
        let mut spec: Spec = from_yaml(text, File::Spec)?;
        if spec.budgetdoc.value != VERSION {
            let found = spec.budgetdoc.value;
            return Err(Problem::spec(
                ProblemCode::UnknownVersion,
                spec.budgetdoc.place,
                format!("不认识第 {found} 版的格式"),
                format!("unknown format version {found}; expected {VERSION}"),
            )
            .help(format!("请写“budgetdoc: {VERSION}”"), format!("write `budgetdoc: {VERSION}`"))
            .into());
        }
        spec.source = Fingerprint::of(text);
        Ok(spec)
    }

    /// Returns the date the files carry.
    pub fn date(&self) -> Date {
        self.date.map_or(Date { year: self.year.value, month: 1, day: 1 }, |day| day.0)
    }

    /// Returns the families the spec names for roles, and without a role the one for characters that no other face has.
    ///
    /// # Errors
    /// A key of `fonts` that is no role.
    pub fn font_families(&self) -> Result<Vec<(Option<Role>, String)>, Error> {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).chain([Role::FALLBACK]).collect();
        let mut families = Vec::new();
        let mut problems = Vec::new();
        for (key, family) in self.fonts.iter() {
            match Role::ALL.iter().find(|role| role.name() == key.value) {
                Some(role) => families.push((Some(*role), family.value.clone())),
                None if key.value == Role::FALLBACK => families.push((None, family.value.clone())),
                None => problems.push(Problem::unknown(
                    ProblemCode::UnknownFontRole,
                    key.place,
                    ("这种字体用途", "font role"),
                    key,
                    &names,
                )),
            }
        }
        Error::unless_empty(problems)?;
        Ok(families)
    }
}
