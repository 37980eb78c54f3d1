//! Profiles: how one place and year prints its budgets. Data only; `docs/profile.md` describes the file.

mod amounts;
mod blank;
mod changes;
mod chart;
mod counts;
mod look;
mod measure;
mod outline;
mod outline_change;
mod performance;
mod schedule;
mod subject;
mod table;
mod units;
pub(crate) mod validate;

pub use amounts::{AllowedAmounts, AllowedFormats};
pub use chart::{ChartDef, ChartKind, ChartParts};
pub use look::styles;
pub use look::{LengthNumber, PageDef, Paper, StyleDef};
pub use measure::{Account, Measure, YearOf};
pub use outline::{HeadingDef, Headings, OutlineItem, When};
pub use outline_change::{BlockName, OutlineChange};
pub use performance::{
    Band, BandCell, IndicatorBand, IndicatorColumn, PerformanceShow, PerformanceTable, ProjectAxis, ShowOf, TaskBand,
};
pub use schedule::{Product, Schedule, ScheduleColumn, ScheduleKind, ScheduleTotal, Subtotals, Tie, TieTo};
pub use subject::DatedSubject;
pub use table::{
    Balance, ClosingLine, ColumnDef, Line, RowAxis, RowFieldName, RowsDef, Share, Show, Side, TableContent, TableDef,
    Tabular, TotalAt, TotalRow,
};

use serde::Serialize;

use crate::error::{Error, File, Problem, ProblemCode};
use crate::money::{AmountFormat, Money};
use crate::ordered::Ordered;
use crate::source::{Fingerprint, Located};
use crate::spec::{GlossaryTerm, Nature};
use crate::subject::SubjectCode;
use crate::yaml::{self, YamlTree, names, record};

record! {
    /// The form in which one place and year prints its budgets.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Profile {
        /// Version of the profile format, 1.
        pub budgetdoc_profile: Located<u32>,
        /// Its name, `place/year`.
        pub name: String,
        /// The bodies it is for, in a few words, for lists of profiles.
        pub about: String = default,
        /// The profile whose keys apply where this one has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub extends: Option<Located<String>> = default,
        /// The funds, the default one first.
        pub funds: Located<Vec<Fund>>,
        /// Kinds of expenditure, the basic one first.
        pub kinds: Located<Vec<Kind>>,
        /// The categories of each breakdown.
        pub categories: Categories,
        /// Divisions of the government's economic classification (政府预算支出经济分类) and those of departments in them.
        pub government: Vec<GovernmentSubject> = default,
        /// Subjects that the built-in table lacks or names otherwise; a spec's go before them.
        pub subjects: Vec<DatedSubject> = default,
        /// How amounts are printed in tables.
        pub table_amounts: AmountFormat,
        /// How amounts are printed in sentences.
        pub text_amounts: AmountFormat,
        /// Other formats of amounts that a spec may choose.
        pub allowed_amounts: AllowedAmounts = default,
        /// Words of comparisons with last year.
        pub words: ComparisonWords,
        /// How parts, sections and tables are numbered.
        pub numbering: Numbering,
        /// The figures of sentences, by name.
        pub figures: Ordered<Measure>,
        /// Lists of subjects with their figures for sentences, by name.
        pub lists: Ordered<ListDef> = default,
        /// Words that templates name, such as 部门 or 单位.
        pub constants: Ordered<String> = default,
        /// Counts that a spec must give, each with what is counted.
        pub counts: Ordered<String> = default,
        /// The count and the figure of official vehicles, which must agree.
        pub vehicles: Option<Vehicles> = default,
        /// Kind of document, for the files' properties.
        pub subject: String,
        /// Title on the cover, a template.
        pub cover: String,
        /// Whether there is a cover. Without one the title is that of the files only.
        pub cover_page: Option<bool> = default,
        /// Lines at the foot of the cover, templates.
        pub cover_lines: Vec<String> = default,
        /// Title of the table of contents; an empty one for a document without contents.
        pub contents: String,
        /// The line above every numbered table, left and right, templates; a table may have its own.
        pub caption: [String; 2],
        /// Mark at the top right of later pages of a numbered table, `（续表）`; none by default.
        pub continued: Option<String> = default,
        /// Remark below a table whose printed figures do not add up because each was rounded on its own, a template.
        pub rounding_note: Option<String> = default,
        /// Paper and page numbers, if different from GB/T 9704-2012.
        pub page: PageDef = default,
        /// Styles of paragraphs, if different from GB/T 9704-2012, by name.
        pub styles: Ordered<StyleDef> = default,
        /// Levels of headings and what the table of contents lists.
        pub headings: Headings = default,
        /// The parts, in order.
        pub outline: Vec<OutlineItem>,
        /// Changes of the outline, mostly that of the extended profile; none once they are made.
        pub outline_changes: Vec<Located<OutlineChange>> = default,
        /// Default texts by key, templates. One line is one paragraph. A spec's text of the same key replaces it.
        pub texts: Ordered<Located<String>>,
        /// Keys of asked texts, which only the spec can give, each with what should be written.
        pub asks: Ordered<String>,
        /// Default terms.
        pub glossary: Vec<GlossaryTerm>,
        /// The tables, by id.
        pub tables: Ordered<TableDef>,
        not read:
        /// Fingerprint of the text it was read from; none for one built in code. No key of the file.
        #[serde(skip)]
        pub source: Fingerprint,
    }
}

record! {
    /// What a budget says of official vehicles (公务用车).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Vehicles {
        /// The count of vehicles in the spec.
        pub count: String,
        /// The figure of their running costs.
        pub running: Located<String>,
    }
}

record! {
    /// A fund (资金来源).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Fund {
        /// Its id in specs and tables.
        pub id: Located<String>,
        /// Name as printed.
        pub name: String,
        /// The group it is summed in; measures may use it like a fund.
        pub group: Located<String>,
    }
}

record! {
    /// A kind of expenditure (基本支出、项目支出、单位预留机动经费 …).
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Kind {
        /// Its id in specs and tables.
        pub id: Located<String>,
        /// Name as printed.
        pub name: String,
        /// Whether it is the kind of the spec's projects; true of one.
        pub projects: bool = default,
    }
}

record! {
    /// A category of a breakdown.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Category {
        /// Its id in specs and tables.
        pub id: Located<String>,
        /// Name as printed.
        pub name: String,
        /// Of basic expenditure: the economic subjects it is summed from, if the spec gives them.
        pub economic: Vec<SubjectCode> = default,
    }
}

record! {
    /// A class or division of the government's economic classification.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct GovernmentSubject {
        /// Its code: 501 or 50101.
        pub code: Located<SubjectCode>,
        /// Name as printed.
        pub name: String,
        /// The economic subjects of departments in it; none of a class.
        pub economic: Vec<SubjectCode> = default,
        /// Natures of the units whose expenditure it has; all by default.
        pub natures: Vec<Nature> = default,
    }
}

record! {
    /// The categories of the breakdowns.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Categories {
        /// Of basic expenditure.
        pub basic: Vec<Category>,
        /// Of the three public expenses.
        pub three_public: Vec<Category>,
        /// Of meetings and training.
        pub meetings: Vec<Category> = default,
        /// Of procurement.
        pub procurement: Vec<Category>,
        /// Of procurement reserved for small enterprises, each part of the one before it.
        pub reserved: Vec<Category>,
        /// Of projects (项目类别).
        pub projects: Vec<Category> = default,
    }
}

impl Categories {
    /// Returns the categories of `account`; none for accounts without a breakdown.
    pub fn of(&self, account: Account) -> &[Category] {
        match account {
            Account::Basic => &self.basic,
            Account::ThreePublic => &self.three_public,
            Account::Meetings => &self.meetings,
            Account::Procurement => &self.procurement,
            Account::Reserved => &self.reserved,
            Account::Income
            | Account::BroughtForward
            | Account::Expenditure
            | Account::CarriedForward
            | Account::Internal
            | Account::Economic
            | Account::Government => &[],
        }
    }

    /// Returns all of them, account by account, those of projects last.
    pub fn all(&self) -> impl Iterator<Item = &Category> {
        Account::ALL.iter().flat_map(|account| self.of(*account)).chain(&self.projects)
    }

    /// Returns the number among all of category `index` of projects.
    pub fn number_of_projects(&self, index: usize) -> usize {
        Account::ALL.iter().map(|account| self.of(*account).len()).sum::<usize>() + index
    }

    /// Returns the number among all of category `index` of `account`.
    pub fn number(&self, account: Account, index: usize) -> usize {
        let before = Account::ALL.iter().take_while(|other| **other != account);
        before.map(|other| self.of(*other).len()).sum::<usize>() + index
    }
}

record! {
    /// Subjects that have figures in a measure.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct ListDef {
        /// The subjects.
        pub each: ListAxis,
        /// The measure of their figures.
        pub of: Measure,
    }
}

names! {
    /// The subjects of a list.
    pub enum ListAxis {
        /// Functional classes, divisions and items, each before those below it.
        Function = "function",
        /// Economic classes and divisions.
        Economic = "economic",
    }
}

record! {
    /// Words of comparisons with last year. `{last}` stands for last year's number.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[schemars(rename = "Words")]
    pub struct ComparisonWords {
        /// Before the base of a comparison: `比{last}年`.
        pub compared: String,
        /// Verb of an increase, 增加.
        pub increase: String,
        /// Verb of a decrease, 减少.
        pub decrease: String,
        /// Verb of a percentage up, 增长.
        pub percent_up: String,
        /// Verb of a percentage down, 减少 or 下降.
        pub percent_down: String,
        /// No change: `与{last}年{base}持平`, where `{base}` stands for the words of the base that a template gives.
        pub same: String,
        /// No figure for last year to compare with; empty for no words.
        pub unknown: String,
        /// Zero last year and an amount this year; without it the amount is compared, without a percentage.
        pub zero_base: Option<String> = default,
        /// Amounts that changes are computed from.
        pub change_of: Basis = default,
        /// Amounts that percentages are computed from.
        pub percent_of: Basis = default,
        /// Placeholder for an asked text; `{ask}` is what should be written.
        pub unfilled: String,
        /// From how many times last year's amount on an increase is in times of it (增长16倍); none by default.
        pub times_from: Option<u32> where 1..=1000 = default,
        /// Most decimals of percentages; zeros at their end are omitted.
        // Those of a hundredth of a yuan in 亿元 are the most there can be.
        pub percent_decimals: u32 where 0..=10,
    }
}

impl ComparisonWords {
    /// Returns the placeholder for what is missing, in the words of `ask`.
    pub fn unfilled(&self, ask: &str) -> String {
        self.unfilled.replace("{ask}", ask)
    }

    /// Returns the change from `last` to `this` that sentences tell, their amounts printed in `format`.
    pub fn change(&self, this: Money, last: Money, format: &AmountFormat) -> Money {
        self.change_of.of(this, format) - self.change_of.of(last, format)
    }
}

impl Basis {
    /// Returns the amount a change or percentage is taken of.
    pub fn of(self, amount: Money, format: &AmountFormat) -> Money {
        match self {
            Basis::Exact => amount,
            Basis::Printed => Money::new(format.round(amount), format.unit),
        }
    }
}

names! {
    /// Amounts that a change or percentage is computed from.
    #[derive(Default)]
    pub enum Basis {
        /// Exact amounts.
        #[default]
        Exact = "exact",
        /// Amounts as printed in sentences.
        Printed = "printed",
    }
}

record! {
    /// How parts, sections and tables are numbered: `{cn}` stands for the number in Chinese, `{n}` for it in figures,
    /// `{nn}` for it in at least two figures.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Numbering {
        /// Groups (文字部分、表格部分).
        pub group: String,
        /// Parts, counted through.
        pub part: String,
        /// Sections, counted in each part.
        pub section: String,
        /// Sections within sections, counted in each; `（{cn}）` by default.
        pub subsection: Option<String> = default,
        /// Tables, counted through.
        pub table: String,
        /// Tables in the table of contents.
        pub table_entry: String,
        /// Charts, counted through; `图{n}　` by default.
        pub chart: Option<String> = default,
        /// Terms of the glossary.
        pub term: String,
        /// Classes in tables that number them.
        pub class: String,
    }
}

/// The profiles that come with the library: name and YAML.
const BUILT_IN: [(&str, &str); 13] = [
    ("general/2026", include_str!("../../profiles/general/2026.yaml")),
    ("shenzhen/2022", include_str!("../../profiles/shenzhen/2022.yaml")),
    ("shanghai/2025", include_str!("../../profiles/shanghai/2025.yaml")),
    ("shanghai/2025-unit", include_str!("../../profiles/shanghai/2025-unit.yaml")),
    ("central/2025", include_str!("../../profiles/central/2025.yaml")),
    ("jiangsu/2019", include_str!("../../profiles/jiangsu/2019.yaml")),
    ("beijing/2024", include_str!("../../profiles/beijing/2024.yaml")),
    ("chongqing/2026", include_str!("../../profiles/chongqing/2026.yaml")),
    ("guangxi/2023", include_str!("../../profiles/guangxi/2023.yaml")),
    ("hunan/2023", include_str!("../../profiles/hunan/2023.yaml")),
    ("sichuan/2023", include_str!("../../profiles/sichuan/2023.yaml")),
    ("tianjin/2025", include_str!("../../profiles/tianjin/2025.yaml")),
    ("yunnan/2025", include_str!("../../profiles/yunnan/2025.yaml")),
];

/// The version of the profile format this library reads.
pub const VERSION: u32 = 1;

impl Profile {
    /// Returns the names of the profiles that come with the library.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Returns the YAML of the profile of that name that comes with the library, to read or to start an own one from.
    ///
    /// # Errors
    /// There is none of that name; the message names the nearest and all there are.
    pub fn built_in_source(name: &Located<String>) -> Result<&'static str, Error> {
        match BUILT_IN.iter().find(|(known, _)| *known == name.value) {
            Some((_, yaml)) => Ok(yaml),
            None => Err(Profile::unknown(name, &[]).into()),
        }
    }

    /// Returns the problem of a name that is that of no profile. It lists the built-in ones and those of `own`; of the
    /// built-in ones for the place in `name`, written in Chinese, it says so.
    pub fn unknown(name: &Located<String>, own: &[&str]) -> Problem {
        let place = name.split('/').next().filter(|place| place.chars().nth(1).is_some());
        let serves = |profile: &str| {
            let profile = Profile::built_in(&Located::from(profile.to_owned())).ok()?;
            place.filter(|place| profile.about.contains(place))
        };
        let built_in = Profile::built_in_names().map(|known| (known, serves(known).unwrap_or_default()));
        let known: Vec<_> = built_in.chain(own.iter().map(|known| (*known, ""))).collect();
        Problem::unknown_id(ProblemCode::UnknownProfile, name.place, ("这个地区版式", "profile"), name, &known)
    }

    /// Returns the profile of that name that comes with the library.
    ///
    /// # Errors
    /// There is none of that name; the message names the nearest and all there are.
    ///
    /// ```
    /// use budgetdoc_core::profile::Profile;
    /// let profile = Profile::built_in(&"shenzhen/2022".to_owned().into()).unwrap();
    /// assert_eq!(profile.tables.iter().count(), 12);
    /// ```
    pub fn built_in(name: &Located<String>) -> Result<Profile, Error> {
        Profile::from_yaml(Profile::built_in_source(name)?)
    }

    /// Reads a profile from YAML. One that it extends is built in; [`Profile::extending`] reads one on another base.
    ///
    /// # Errors
    /// As for a spec; besides, a table, text, fund or category that is named but not there.
    pub fn from_yaml(text: &str) -> Result<Profile, Error> {
        let in_profile = |error: Error| Error {
            problems: error.problems.into_iter().map(|problem| problem.in_file(File::Profile)).collect(),
        };
        let tree = yaml::read(text);
        let base = changes::base_name(&tree).map(|name| Profile::built_in(&name).map_err(in_profile)).transpose()?;
        Profile::from_tree(text, tree, base.as_ref())
    }

    /// Reads a profile from YAML that extends `base`, which need not be a built-in one.
    ///
    /// # Errors
    /// As for [`Profile::from_yaml`].
    pub fn extending(text: &str, base: &Profile) -> Result<Profile, Error> {
        Profile::from_tree(text, yaml::read(text), Some(base))
    }

    /// Returns the name of the profile that the one in YAML extends; none if it extends none or cannot be read.
    pub fn base_name(text: &str) -> Option<Located<String>> {
        changes::base_name(&yaml::read(text))
    }

    fn from_tree(text: &str, tree: YamlTree, base: Option<&Profile>) -> Result<Profile, Error> {
        let mut problems = Vec::new();
        let mut profile = changes::read(tree, base, &mut problems)?;
        profile.source = Fingerprint::of(text);
        profile.validate(&mut problems);
        let problems = problems.into_iter().map(|problem| profile.placed(problem.in_file(File::Profile)));
        Error::unless_empty(problems.collect())?;
        Ok(profile)
    }

    /// Returns a problem in this profile; a value of the profile it extends has no place.
    pub(crate) fn placed(&self, problem: Problem) -> Problem {
        match (&self.extends, problem.place) {
            (Some(base), None) => changes::in_base(problem, base),
            _ => problem,
        }
    }

    /// Returns the ids a measure's `funds` may hold: funds, then groups.
    pub fn fund_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.funds.iter().map(|fund| fund.id.as_str()).collect();
        for fund in self.funds.iter() {
            if !names.contains(&fund.group.as_str()) {
                names.push(&fund.group);
            }
        }
        names
    }

    /// The index of the kind of basic expenditure, which rows of a spec mean that name none.
    pub const BASIC: usize = 0;

    /// Returns the index of the kind that the spec's projects are of.
    pub fn project_kind(&self) -> usize {
        self.kinds.iter().position(|kind| kind.projects).unwrap_or(Profile::BASIC)
    }
}
