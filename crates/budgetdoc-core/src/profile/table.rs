//! Tables as a profile declares them: a row axis, columns as measures, and what stands around them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits;
use crate::money::AmountFormat;
use crate::source::Located;
use crate::spec::Nature;
use crate::subject::SubjectCode;
use budgetdoc_document::Orientation;

/// What a figure is of. The breakdowns are accounts of their own: basic expenditure is known both by functional item
/// (in [`Account::Expenditure`]) and by category (in [`Account::Basic`]), and a sum must take one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Income (本年收入).
    Income,
    /// Balances brought forward (上年结余、结转).
    BroughtForward,
    /// Expenditure by functional item (本年支出).
    Expenditure,
    /// Balances carried forward (结转下年).
    CarriedForward,
    /// What moves between units, taken off the department's income and expenditure and of no single unit.
    Internal,
    /// Basic expenditure by category.
    Basic,
    /// Expenditure by economic division.
    Economic,
    /// The three public expenses.
    ThreePublic,
    /// Meetings and training.
    Meetings,
    /// Procurement by kind.
    Procurement,
    /// Procurement reserved for small enterprises.
    Reserved,
}

impl Account {
    /// All accounts.
    pub const ALL: [Account; 11] = [
        Account::Income,
        Account::BroughtForward,
        Account::Expenditure,
        Account::CarriedForward,
        Account::Internal,
        Account::Basic,
        Account::Economic,
        Account::ThreePublic,
        Account::Meetings,
        Account::Procurement,
        Account::Reserved,
    ];
}

/// Which year's figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearOf {
    /// This year's.
    This,
    /// Last year's.
    Last,
    /// This year's less last year's.
    Change,
    /// What last year's came to.
    Executed,
    /// This year's less what last year's came to.
    ChangeFromExecuted,
}

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Measure {
    /// The accounts summed.
    pub accounts: Vec<Account>,
    /// Funds or groups of funds.
    pub funds: Vec<Located<String>>,
    /// Kinds of expenditure.
    pub kinds: Vec<Located<String>>,
    /// Categories of the account's breakdown.
    pub categories: Vec<Located<String>>,
    /// Functional subjects, with what stands below them.
    pub subjects: Vec<SubjectCode>,
    /// Economic subjects, with what stands below them.
    pub economic: Vec<SubjectCode>,
    /// What kinds of budget units.
    pub natures: Vec<Nature>,
    /// The year, this one when left out.
    pub year: Option<YearOf>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableDef {
    /// Its title, a template; a table without one has no number and stands in the flow of text.
    #[serde(default)]
    pub title: Option<String>,
    /// What the table of contents calls it, a template, where not by its title.
    #[serde(default)]
    pub entry: Option<String>,
    /// The line above it, left and right, templates, where it is not the profile's.
    #[serde(default)]
    pub caption: Option<[String; 2]>,
    /// What it holds in a sentence, a template, for readers who cannot see it.
    pub summary: String,
    /// How its page is held; a table in the flow has none.
    #[serde(default)]
    #[schemars(with = "Option<crate::schema::document::OrientationSchema>")]
    pub orientation: Option<Orientation>,
    /// How its amounts are printed, where not as in the other tables.
    #[serde(default)]
    pub amounts: Option<AmountFormat>,
    /// What every figure of it is of.
    #[serde(default)]
    pub of: Measure,
    /// Rows and columns.
    pub content: TableContent,
    /// Notes below it, templates.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Notes below it, instead, when every figure in it is zero.
    #[serde(default)]
    pub empty_notes: Vec<String>,
}

/// Rows and columns of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableContent {
    /// Rows along an axis.
    Rows(Box<Tabular>),
    /// Two or more lists side by side that close in the same rows (收支总表).
    Balance(Balance),
    /// The performance targets.
    Performance(Box<PerformanceLabels>),
}

/// Rows along an axis, columns across.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tabular {
    /// The columns.
    pub columns: Vec<ColumnDef>,
    /// The rows.
    pub rows: RowsDef,
    /// A row for all of them.
    #[serde(default)]
    pub total: Option<TotalRow>,
}

/// The row for the whole of a table. Its name takes the columns before the first figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalRow {
    /// Its name, a template.
    pub name: String,
    /// What it is of, where not of all the table is.
    #[serde(default)]
    pub of: Measure,
    /// Where it stands.
    #[serde(default)]
    pub at: TotalAt,
}

/// Where the row for the whole of a table stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TotalAt {
    /// Below the others.
    #[default]
    Bottom,
    /// Above the others.
    Top,
}

/// Lists side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The sides, from left to right.
    pub sides: Vec<Side>,
    /// The rows all sides close in.
    pub closing: Vec<Vec<ClosingLine>>,
    /// Rows above the closing ones at least; where there are fewer, empty ones follow.
    #[serde(default)]
    pub least_rows: u16,
}

/// A line of a closing row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingLine {
    /// Its name, a template.
    pub name: Located<String>,
    /// What it is of.
    #[serde(default)]
    pub of: Measure,
    /// How many sides it takes, one when left out; the figures stand in the last of them.
    #[serde(default = "one", deserialize_with = "limits::sides")]
    pub sides: u8,
}

fn one() -> u8 {
    1
}

/// One side of a balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// What its rows are of, but for the closing ones.
    #[serde(default)]
    pub of: Measure,
    /// Its columns.
    pub columns: Vec<ColumnDef>,
    /// Its rows.
    pub rows: RowsDef,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnDef {
    /// Its head from top to bottom, templates. Neighbours with the same upper head share one cell.
    pub head: Vec<String>,
    /// What its cells show.
    pub show: Show,
    /// Width in millimetres, where content should not decide.
    #[serde(default)]
    pub width: Option<u16>,
    /// How its amounts are printed, where not as the table's.
    #[serde(default)]
    pub amounts: Option<AmountFormat>,
}

/// What the cells of a column show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Something the row is called.
    Field(RowFieldName),
    /// The row's name, with classes numbered.
    NumberedName,
    /// A figure.
    Sum(Measure),
    /// A percentage.
    Share(Share),
}

/// What one figure is of another, in per cent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The part.
    pub of: Measure,
    /// The whole; nothing is printed where it is zero.
    pub base: Measure,
    /// Whether the whole is that of the table, and not of the row.
    #[serde(default)]
    pub of_table: bool,
}

/// What a row is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowFieldName {
    /// The budget unit.
    Unit,
    /// The budget unit of the row's project.
    ProjectUnit,
    /// What lines belong to together.
    Group,
    /// The subject's code, 2012901 or 30101.
    Code,
    /// Its first three digits, 201 or 301.
    Class,
    /// The next two, 29 or 01; nothing for a class.
    Division,
    /// The last two, 01; nothing for a class or division.
    Item,
    /// The name of the subject, project, category or line, indented by its level.
    Name,
    /// The same without the indent.
    PlainName,
    /// The project's goal.
    Goal,
    /// Kind of what is bought, numbered.
    ProcurementCategory,
    /// The project that pays for what is bought.
    ProcurementProject,
    /// The name of the economic division it is booked under.
    ProcurementEconomic,
    /// What is bought.
    ProcurementName,
    /// How it is bought.
    ProcurementMethod,
}

/// Which rows a table has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowsDef {
    /// A row for each, one axis inside the other.
    Each(Vec<RowAxis>),
    /// Fixed lines.
    Lines(Vec<Line>),
    /// Fixed lines for each budget unit.
    UnitLines(Vec<Line>),
}

/// Something a table has a row for each of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowAxis {
    /// Budget units.
    Unit,
    /// Functional subjects with figures in the table, classes, divisions and items.
    Function,
    /// Functional classes with figures in the table.
    FunctionClass,
    /// Economic subjects with figures in the table, classes and divisions.
    Economic,
    /// Categories of the table's account.
    Category,
    /// Projects, in the spec's order.
    Project,
    /// Projects of the performance part, in its order.
    KeyProject,
    /// Kinds of procurement, projects that pay, and what is bought.
    Procurement,
}

/// A fixed line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its name, a template.
    pub name: String,
    /// Whether it is left out where it is zero, this year and last.
    #[serde(default)]
    pub optional: bool,
    /// What it belongs to, a template; shared with the lines of the same above it.
    #[serde(default)]
    pub group: Option<String>,
    /// Its level, 0 to 2, for the indent.
    #[serde(default, deserialize_with = "limits::indent")]
    pub level: u8,
    /// What it is of.
    #[serde(default)]
    pub of: Measure,
}

/// The words of the performance table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PerformanceLabels {
    /// Widths of the columns in millimetres: the label, the first and second level, the third level, what the target
    /// has beyond the sums, and the sums.
    pub widths: Vec<u16>,
    /// 部门名称.
    pub department: String,
    /// 主管部门.
    pub supervisor: String,
    /// 年度主要任务.
    pub tasks: String,
    /// 任务名称.
    pub task: String,
    /// 主要内容.
    pub content: String,
    /// 预算金额（万元）.
    pub amount: String,
    /// 总额, 其中：财政拨款, 其中：其他资金: name and measure of each.
    pub sums: Vec<Line>,
    /// 基本支出.
    pub basic: String,
    /// 金额合计.
    pub total: String,
    /// 年度总体目标.
    pub goal: String,
    /// 年度绩效指标.
    pub indicators: String,
    /// 一级指标.
    pub level1: String,
    /// 二级指标.
    pub level2: String,
    /// 三级指标.
    pub level3: String,
    /// 目标值.
    pub target: String,
}

impl TableDef {
    /// Every measure in it.
    pub fn measures(&self) -> Vec<&Measure> {
        fn of_columns<'a>(columns: &'a [ColumnDef], list: &mut Vec<&'a Measure>) {
            for column in columns {
                match &column.show {
                    Show::Sum(measure) => list.push(measure),
                    Show::Share(share) => list.extend([&share.of, &share.base]),
                    Show::Field(_) | Show::NumberedName => {}
                }
            }
        }
        fn of_rows<'a>(rows: &'a RowsDef, list: &mut Vec<&'a Measure>) {
            match rows {
                RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => list.extend(lines.iter().map(|line| &line.of)),
                RowsDef::Each(_) => {}
            }
        }
        let mut list = vec![&self.of];
        match &self.content {
            TableContent::Rows(tabular) => {
                list.extend(tabular.total.iter().map(|total| &total.of));
                of_columns(&tabular.columns, &mut list);
                of_rows(&tabular.rows, &mut list);
            }
            TableContent::Balance(balance) => {
                for side in &balance.sides {
                    list.push(&side.of);
                    of_columns(&side.columns, &mut list);
                    of_rows(&side.rows, &mut list);
                }
                list.extend(balance.closing.iter().flatten().map(|line| &line.of));
            }
            TableContent::Performance(labels) => list.extend(labels.sums.iter().map(|line| &line.of)),
        }
        list
    }
}
