//! Performance tables: bands of cells over one grid of columns.

use serde::Serialize;

use super::measure::Measure;
use super::table::Line;
use super::{Profile, TableContent, TableDef};
use crate::error::{Problem, ProblemCode};
use crate::source::Located;
use crate::yaml::{choice, names, record};

record! {
    /// Goals, tasks and indicators of the department or of projects.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct PerformanceTable {
        /// The projects that have a table each; by default it is one table, of the department.
        pub each: Option<ProjectAxis> = default,
        /// Widths of the grid's columns in millimetres.
        pub widths: Vec<u16>,
        /// The bands, from top to bottom. The cells of each cover all columns of the grid.
        pub bands: Vec<Band>,
    }
}

names! {
    /// Projects, one after the other.
    pub enum ProjectAxis {
        /// All projects, in the spec's order.
        Project = "project",
        /// Projects of the performance part, in its order.
        KeyProject = "key_project",
    }
}

choice! {
    /// A band of a performance table.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Band {
        /// One row of cells.
        Row(Vec<BandCell>) = "row",
        /// The year's tasks and their money.
        Tasks(TaskBand) = "tasks",
        /// Indicators.
        Indicators(IndicatorBand) = "indicators",
    }
}

record! {
    /// A cell of a band.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct BandCell {
        /// What it shows.
        pub show: PerformanceShow,
        /// Columns of the grid it covers, one by default.
        pub columns: Option<u8> where 1..=100 = default,
        /// Whether its characters are one below the other.
        pub vertical: bool = default,
    }
}

choice! {
    /// Content of a cell of a performance table.
    #[derive(Clone, Debug, PartialEq)]
    pub enum PerformanceShow {
        /// Words of the form, a template.
        Label(String) = "label",
        /// The publisher.
        Department = "department",
        /// The supervisor.
        Supervisor = "supervisor",
        /// The name of the project.
        Project = "project",
        /// The code of the project.
        ProjectCode = "project_code",
        /// The category of the project.
        ProjectCategory = "project_category",
        /// The budget unit of the project.
        ProjectUnit = "project_unit",
        /// The goal of the project or department.
        Goal = "goal",
        /// A sum of the project or department.
        Sum(Measure) = "sum",
        /// First level of an indicator.
        Level1 = "level1",
        /// Second level of an indicator.
        Level2 = "level2",
        /// Name of an indicator.
        Level3 = "level3",
        /// Its target: its words, or sign, value and unit.
        Target = "target",
        /// Its sign.
        Sign = "sign",
        /// Its value.
        Value = "value",
        /// The unit of its value.
        Unit = "unit",
        /// Its weight.
        Weight = "weight",
        /// Its direction.
        Direction = "direction",
    }
}

/// What a cell of a performance table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowOf {
    /// Anything: words of the form.
    Form,
    /// The department.
    Department,
    /// A project or the department.
    Subject,
    /// A project.
    Project,
    /// An indicator.
    Indicator,
}

impl PerformanceShow {
    /// Returns its measure.
    pub(crate) fn sum(&self) -> Option<&Measure> {
        if let PerformanceShow::Sum(measure) = self { Some(measure) } else { None }
    }

    /// Returns what it is of.
    pub fn of(&self) -> ShowOf {
        match self {
            PerformanceShow::Label(_) => ShowOf::Form,
            PerformanceShow::Department | PerformanceShow::Supervisor => ShowOf::Department,
            PerformanceShow::Goal | PerformanceShow::Sum(_) => ShowOf::Subject,
            PerformanceShow::Project
            | PerformanceShow::ProjectCode
            | PerformanceShow::ProjectCategory
            | PerformanceShow::ProjectUnit => ShowOf::Project,
            PerformanceShow::Level1
            | PerformanceShow::Level2
            | PerformanceShow::Level3
            | PerformanceShow::Target
            | PerformanceShow::Sign
            | PerformanceShow::Value
            | PerformanceShow::Unit
            | PerformanceShow::Weight
            | PerformanceShow::Direction => ShowOf::Indicator,
        }
    }
}

record! {
    /// Tasks of the department and their money.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct TaskBand {
        /// Label at the left of all rows, 年度主要任务.
        pub label: String,
        /// Head of the names, 任务名称.
        pub name: String,
        /// Head of the contents, 主要内容.
        pub content: String,
        /// Head of the sums, 预算金额（万元）.
        pub amount: String,
        /// Columns of the grid of the label, the names and the contents. Each sum has one.
        pub columns: [u8; 3],
        /// Name and measure of each sum.
        pub sums: Vec<Line>,
        /// Name of the row of basic expenditure, if there is one.
        pub basic: Option<String> = default,
        /// Name of the row of totals, if there is one.
        pub total: Option<String> = default,
    }
}

record! {
    /// Indicators, one a row.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct IndicatorBand {
        /// Label at the left of all rows in a column of its own, if there is one.
        pub label: Option<String> = default,
        /// The projects whose indicators are listed one below the other; by default those of the table.
        pub each: Option<ProjectAxis> = default,
        /// Whether each unit has a row above its projects, with its code and name and the sums of these.
        pub unit_rows: bool = default,
        /// The columns.
        pub columns: Vec<IndicatorColumn>,
    }
}

record! {
    /// A column of indicators.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct IndicatorColumn {
        /// Its head, a template.
        pub head: String,
        /// What its cells show. Those of a project or level cover all its rows.
        pub show: PerformanceShow,
        /// Columns of the grid it covers, one by default.
        pub columns: Option<u8> where 1..=100 = default,
    }
}

impl IndicatorBand {
    /// Returns whether one of its columns shows weights.
    pub fn has_weights(&self) -> bool {
        self.columns.iter().any(|column| column.show == PerformanceShow::Weight)
    }
}

impl PerformanceTable {
    /// Returns its measures.
    pub(super) fn measures(&self) -> Vec<&Measure> {
        let mut list = Vec::new();
        for band in &self.bands {
            match band {
                Band::Row(cells) => list.extend(cells.iter().filter_map(|cell| cell.show.sum())),
                Band::Tasks(tasks) => list.extend(tasks.sums.iter().map(|line| &line.of)),
                Band::Indicators(band) => list.extend(band.columns.iter().filter_map(|column| column.show.sum())),
            }
        }
        list
    }

    /// Returns its tasks.
    pub fn tasks(&self) -> Option<&TaskBand> {
        self.bands.iter().find_map(|band| match band {
            Band::Tasks(tasks) => Some(tasks),
            Band::Row(_) | Band::Indicators(_) => None,
        })
    }

    /// Returns its lists of indicators, each with the projects they are of; none for those of the department.
    pub fn indicators(&self) -> impl Iterator<Item = (&IndicatorBand, Option<ProjectAxis>)> {
        self.bands.iter().filter_map(|band| match band {
            Band::Indicators(band) => Some((band, band.each.or(self.each))),
            Band::Row(_) | Band::Tasks(_) => None,
        })
    }

    /// Returns the projects whose goals it shows.
    pub fn goals(&self) -> Vec<ProjectAxis> {
        let is_goal = |show: &PerformanceShow| *show == PerformanceShow::Goal;
        let of_band = |band: &Band| match band {
            Band::Row(cells) => self.each.filter(|_| cells.iter().any(|cell| is_goal(&cell.show))),
            Band::Tasks(_) => None,
            Band::Indicators(band) => {
                band.each.or(self.each).filter(|_| band.columns.iter().any(|column| is_goal(&column.show)))
            }
        };
        self.bands.iter().filter_map(of_band).collect()
    }

    /// Returns whether it shows the categories of projects.
    pub(super) fn has_project_category(&self) -> bool {
        let is_category = |show: &PerformanceShow| *show == PerformanceShow::ProjectCategory;
        self.bands.iter().any(|band| match band {
            Band::Row(cells) => cells.iter().any(|cell| is_category(&cell.show)),
            Band::Tasks(_) => false,
            Band::Indicators(band) => band.columns.iter().any(|column| is_category(&column.show)),
        })
    }

    /// Returns whether it shows targets of the department.
    pub fn is_of_department(&self) -> bool {
        self.tasks().is_some() || self.indicators().any(|(_, each)| each.is_none())
    }

    /// Returns the columns of the grid that each band covers.
    fn covered(band: &Band) -> usize {
        let wide = |columns: Option<u8>| usize::from(columns.unwrap_or(1));
        match band {
            Band::Row(cells) => cells.iter().map(|cell| wide(cell.columns)).sum(),
            Band::Tasks(tasks) => {
                tasks.columns.iter().map(|columns| usize::from(*columns)).sum::<usize>() + tasks.sums.len()
            }
            Band::Indicators(band) => {
                usize::from(band.label.is_some())
                    + band.columns.iter().map(|column| wide(column.columns)).sum::<usize>()
            }
        }
    }
}

impl Profile {
    /// Returns the performance tables.
    pub fn performance_tables(&self) -> impl Iterator<Item = (&str, &PerformanceTable)> {
        self.tables.iter().filter_map(|(id, table)| Some((id.as_str(), table.performance()?)))
    }
}

impl TableDef {
    /// Returns its content, if that is performance targets.
    pub fn performance(&self) -> Option<&PerformanceTable> {
        match &self.content {
            TableContent::Performance(table) => Some(table),
            TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Schedule(_) => None,
        }
    }
}

/// Reports bands that do not cover the grid and cells that are always blank.
pub(super) fn validate(id: &Located<String>, table: &PerformanceTable, problems: &mut Vec<Problem>) {
    let columns = table.widths.len();
    for (index, band) in table.bands.iter().enumerate() {
        let (number, covered) = (index + 1, PerformanceTable::covered(band));
        if covered != columns {
            problems.push(
                Problem::spec(
                    ProblemCode::IncompleteTable,
                    id.place,
                    format!("表“{id}”的第 {number} 段占 {covered} 列，widths 有 {columns} 列"),
                    format!("band {number} of table `{id}` covers {covered} columns, but there are {columns} `widths`"),
                )
                .help("请核对各格的 columns", "check `columns` of its cells"),
            );
        }
        let (shows, each, in_list): (Vec<&PerformanceShow>, _, _) = match band {
            Band::Row(cells) => (cells.iter().map(|cell| &cell.show).collect(), table.each, false),
            Band::Tasks(_) => continue,
            Band::Indicators(band) => {
                (band.columns.iter().map(|column| &column.show).collect(), band.each.or(table.each), true)
            }
        };
        let is_blank = |show: &&PerformanceShow| match show.of() {
            ShowOf::Form | ShowOf::Department | ShowOf::Subject => false,
            ShowOf::Project => each.is_none(),
            ShowOf::Indicator => !in_list,
        };
        if shows.into_iter().any(|show| is_blank(&show)) {
            problems.push(
                Problem::spec(
                    ProblemCode::BlankColumn,
                    id.place,
                    format!("表“{id}”的第 {number} 段有永远空白的格"),
                    format!("band {number} of table `{id}` has cells that are always blank"),
                )
                .help(
                    "项目的内容要写 each: project，指标的内容要写在 indicators 段中",
                    "what is of projects needs `each: project`, what is of indicators a band `indicators`",
                ),
            );
        }
    }
}
