//! The spec: what a department fills in, each figure once.
//!
//! Every public type here is a piece of the YAML file; `docs/spec.md` lists the keys with their meaning, unit and an
//! example. Amounts are numbers of the spec's [`Unit`].

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::document::{Date, Role};
use crate::error::{Error, File, Problem, from_yaml};
use crate::money::{Amount, Unit};
use crate::ordered::Ordered;
use crate::source::{Fingerprint, Located};
use crate::subject::SubjectCode;

/// The version of the spec format this library reads.
pub const VERSION: u32 = 1;

/// A department's budget as its finance office gives it.
///
/// ```
/// use budgetdoc_core::spec::Spec;
/// let spec = Spec::from_yaml(
///     "{ budgetdoc: 1, profile: shenzhen/2022, year: 2022, department: { name: 某局, units: [{ id: self, name: 某局本级 }] } }",
/// )?;
/// assert_eq!(spec.department.units[0].name.value, "某局本级");
/// // What is wrong is told with its line and column.
/// let error = Spec::from_yaml("budgetdoc: 1\nprofil: shenzhen/2022\n").unwrap_err();
/// assert!(error.problems.iter().any(|problem| problem.place.unwrap().line == 2));
/// # Ok::<(), budgetdoc_core::error::Error>(())
/// ```
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

/// Whether the amounts of a spec are exact.
///
/// ```
/// use budgetdoc_core::spec::Precision;
/// assert_eq!((Precision::default(), Precision::Rounded.name()), (Precision::Exact, "rounded"));
/// ```
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
///
/// ```
/// use budgetdoc_core::spec::Typography;
/// assert_eq!((Typography::default(), Typography::Normalize.name()), (Typography::Report, "normalize"));
/// ```
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

/// Who publishes the budget.
///
/// ```
/// use budgetdoc_core::spec::Department;
/// let row: Department = serde_saphyr::from_str("{ name: 某局, units: [{ id: self, name: 某局本级 }] }").unwrap();
/// assert_eq!((row.name.as_str(), row.units.len()), ("某局", 1));
/// ```
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
///
/// ```
/// use budgetdoc_core::spec::BudgetUnit;
/// let row: BudgetUnit = serde_saphyr::from_str("{ id: centre, name: 某中心, nature: institution }").unwrap();
/// assert_eq!(row.nature.name(), "institution");
/// ```
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
///
/// ```
/// use budgetdoc_core::spec::Nature;
/// assert_eq!(Nature::default().name(), "administrative");
/// ```
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

/// An amount of a fund.
///
/// ```
/// use budgetdoc_core::spec::FundRow;
/// let row: FundRow = serde_saphyr::from_str("{ fund: general_public, amount: 120, last: 100 }").unwrap();
/// assert_eq!((row.amount.value, row.executed), (120.into(), None));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund, one of the profile's.
    pub fund: Located<String>,
    /// The functional item, where the form prints it by item, as balances carried forward.
    #[serde(default)]
    pub item: Option<Located<SubjectCode>>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's; none where there was no budget.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// What one unit of the department pays to another (上级补助、附属单位上缴): income of the one and expenditure of the
/// other, and of the department neither.
///
/// ```
/// use budgetdoc_core::spec::InternalRow;
/// let row: InternalRow = serde_saphyr::from_str("{ from: self, to: centre, fund: superior_subsidy, item: 2012950, kind: project, amount: 5 }").unwrap();
/// assert_eq!((row.from.as_str(), row.to.as_str()), ("self", "centre"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InternalRow {
    /// The unit that pays.
    pub from: Located<String>,
    /// The unit that receives.
    pub to: Located<String>,
    /// The fund it is in the receiver's income.
    pub fund: Located<String>,
    /// The functional item it is in the payer's expenditure.
    pub item: Located<SubjectCode>,
    /// The kind of expenditure it is there.
    pub kind: Located<String>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
}

/// Expenditure for a functional item.
///
/// ```
/// use budgetdoc_core::spec::ExpenditureRow;
/// let row: ExpenditureRow = serde_saphyr::from_str("{ item: 2012901, amount: 60 }").unwrap();
/// assert_eq!((row.item.as_str(), row.kind), ("2012901", None));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpenditureRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The item (项), seven digits.
    pub item: Located<SubjectCode>,
    /// The kind of expenditure, one of the profile's; its first, basic, when left out.
    #[serde(default)]
    pub kind: Option<Located<String>>,
    /// The category of basic expenditure, where the form prints subjects by category.
    #[serde(default)]
    pub category: Option<Located<String>>,
    /// This year's expenditure.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// An amount of one category of a breakdown: of basic expenditure, the three public expenses or procurement.
///
/// ```
/// use budgetdoc_core::spec::CategoryRow;
/// let row: CategoryRow = serde_saphyr::from_str("{ category: personnel, amount: 50 }").unwrap();
/// assert_eq!(row.category.as_str(), "personnel");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The category, one of the profile's.
    pub category: Located<String>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// Expenditure for an economic division.
///
/// ```
/// use budgetdoc_core::spec::EconomicRow;
/// let row: EconomicRow = serde_saphyr::from_str("{ code: 30101, amount: 30.5 }").unwrap();
/// assert_eq!(row.code.as_str(), "30101");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EconomicRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The division (款), five digits.
    pub code: Located<SubjectCode>,
    /// The kind of expenditure, one of the profile's; its first, basic, when left out.
    #[serde(default)]
    pub kind: Option<Located<String>>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// Something bought.
///
/// ```
/// use budgetdoc_core::spec::ProcurementItem;
/// let row: ProcurementItem = serde_saphyr::from_str("{ category: goods, project: 日常公用, economic: 31002, name: 计算机, amount: 2 }").unwrap();
/// assert_eq!(row.name.as_str(), "计算机");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcurementItem {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The kind, one of the profile's categories of procurement.
    pub category: Located<String>,
    /// The project or purpose that pays for it (专项名称).
    pub project: Located<String>,
    /// The economic division it is booked under, five digits.
    pub economic: Located<SubjectCode>,
    /// What is bought (采购物品名称).
    pub name: Located<String>,
    /// How it is bought (采购组织形式).
    #[serde(default)]
    pub method: Located<String>,
    /// This year's amount.
    pub amount: Located<Amount>,
}

/// What is said of a functional subject.
///
/// ```
/// use budgetdoc_core::spec::Explanation;
/// let row: Explanation = serde_saphyr::from_str("{ subject: 208, purpose: 离退休人员经费。 }").unwrap();
/// assert!(row.reason.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// A class, division or item with figures.
    pub subject: Located<SubjectCode>,
    /// What it is for (主要用于…).
    #[serde(default)]
    pub purpose: Located<String>,
    /// Why it changed (主要原因是…).
    #[serde(default)]
    pub reason: Located<String>,
}

/// A published subtotal of a subject's basic or project expenditure.
///
/// ```
/// use budgetdoc_core::spec::StatedTotal;
/// let row: StatedTotal = serde_saphyr::from_str("{ subject: 221, kind: basic, amount: 124 }").unwrap();
/// assert_eq!(row.subject.as_str(), "221");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedTotal {
    /// The class or division.
    pub subject: Located<SubjectCode>,
    /// Which kind of expenditure, one of the profile's.
    pub kind: Located<String>,
    /// The amount as published.
    pub amount: Located<Amount>,
}

/// A project.
///
/// ```
/// use budgetdoc_core::spec::Project;
/// let row: Project = serde_saphyr::from_str("{ id: media, name: 宣传经费, item: 2012902, amount: 30, purpose: 编印刊物。 }").unwrap();
/// assert_eq!((row.id.as_str(), row.name.as_str()), ("media", "宣传经费"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// What other places of the spec call it.
    pub id: Located<String>,
    /// Name as printed.
    pub name: Located<String>,
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The functional item it is booked under.
    pub item: Located<SubjectCode>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
    /// What it is for (主要用于…).
    #[serde(default)]
    pub purpose: Located<String>,
    /// Why it changed (主要原因为…).
    #[serde(default)]
    pub reason: Located<String>,
    /// Its performance goal (绩效目标).
    #[serde(default)]
    pub goal: Located<String>,
}

/// Performance targets of the whole department.
///
/// ```
/// use budgetdoc_core::spec::Performance;
/// let row: Performance = serde_saphyr::from_str("{ basic: 工资, goal: 做好, tasks: [], indicators: { 产出: { 数量: [{ name: 培训, target: 10次 }] } } }").unwrap();
/// assert_eq!(row.indicators.get("产出").unwrap().get("数量").unwrap().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// What basic expenditure is for.
    pub basic: Located<String>,
    /// The year's tasks, one a project, in the order of the table.
    pub tasks: Vec<Task>,
    /// The year's goal as a whole. One line is one paragraph.
    pub goal: Located<String>,
    /// Indicators of the first level, of the second, and their targets.
    pub indicators: Ordered<Ordered<Vec<Indicator>>>,
}

/// A task of the year.
///
/// ```
/// use budgetdoc_core::spec::Task;
/// let row: Task = serde_saphyr::from_str("{ project: media, content: 编印刊物四期。 }").unwrap();
/// assert_eq!((row.project.as_str(), row.name), ("media", None));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The project that pays for it, by id; its amount is the project's.
    pub project: Located<String>,
    /// Name in the table, where it is not the project's.
    #[serde(default)]
    pub name: Option<Located<String>>,
    /// What is done. One line is one paragraph.
    pub content: Located<String>,
}

/// A target.
///
/// ```
/// use budgetdoc_core::spec::Indicator;
/// let row: Indicator = serde_saphyr::from_str("{ name: 培训次数, target: 10次 }").unwrap();
/// assert_eq!(row.target.as_str(), "10次");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is measured.
    pub name: Located<String>,
    /// What is to be reached.
    pub target: Located<String>,
}

/// A term and its meaning.
///
/// ```
/// use budgetdoc_core::spec::Term;
/// let row: Term = serde_saphyr::from_str("{ term: 基本支出, meaning: 保障机构正常运转的支出。 }").unwrap();
/// assert_eq!(row.term.as_str(), "基本支出");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Located<String>,
    /// What it means.
    pub meaning: Located<String>,
}

/// A total known from elsewhere: the approval (批复), or the worksheet the figures were taken from. It is compared with
/// the same cell as computed, and never printed.
///
/// ```
/// use budgetdoc_core::spec::Control;
/// let row: Control = serde_saphyr::from_str("{ table: income, row: 合计, amount: 1310 }").unwrap();
/// assert_eq!((row.table.as_str(), row.column), ("income", None));
/// ```
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
///
/// ```
/// use budgetdoc_core::spec::Suppression;
/// let row: Suppression = serde_saphyr::from_str("{ rule: C5, at: text.vehicles, reason: 车辆已在年初报废。 }").unwrap();
/// assert_eq!(row.rule.as_str(), "C5");
/// ```
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

/// A functional or economic subject named by the spec.
///
/// ```
/// use budgetdoc_core::spec::NamedSubject;
/// let row: NamedSubject = serde_saphyr::from_str("{ code: 2012998, name: 试点 }").unwrap();
/// assert_eq!(row.name.as_str(), "试点");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSubject {
    /// The code.
    pub code: Located<SubjectCode>,
    /// Its name.
    pub name: Located<String>,
}

/// A date written as `2022-02-18`.
///
/// ```
/// use budgetdoc_core::spec::Day;
/// let day: Day = serde_saphyr::from_str("2022-02-18").unwrap();
/// assert_eq!((day.0.month, day.0.day), (2, 18));
/// assert!(serde_saphyr::from_str::<Day>("2022-02-29").is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:04}-{:02}-{:02}", self.0.year, self.0.month, self.0.day))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Day;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a day such as 2022-02-18")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                parse_day(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

fn parse_day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    // Zip archives, and so Word files, know no year before 1980 and none after 2107.
    let valid = parts.next().is_none()
        && (1980..=2107).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days).contains(&day);
    valid.then_some(Day(Date { year, month, day }))
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
