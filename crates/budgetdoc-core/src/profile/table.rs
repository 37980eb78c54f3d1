//! Tables as a profile declares them: a row axis, columns as measures, and the words around them.

use schemars::JsonSchema;
use serde::Serialize;

use super::measure::Measure;
use super::performance::PerformanceTable;
use super::schedule::Schedule;
use crate::money::AmountFormat;
use crate::source::Located;
use crate::yaml::{Decode, Fields, Problems, Value, choice, names, record};
use budgetdoc_document::Orientation;

record! {
    /// A table.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct TableDef {
        /// Its title, a template; a table without one has no number and is in the flow of text.
        pub title: Option<String> = default,
        /// Whether its number is below that of the table before it: 表1-1.
        pub subtable: bool = default,
        /// Its entry in the table of contents, a template, if not the title.
        pub entry: Option<String> = default,
        /// The line above it, left and right, templates, if not the profile's.
        pub caption: Option<[String; 2]> = default,
        /// Summary in a sentence, a template, for readers who cannot see it.
        pub summary: String,
        /// Orientation of its page; none of a table in the flow of text.
        #[schemars(with = "Option<crate::schema::document::OrientationSchema>")]
        pub orientation: Option<Orientation> = default,
        /// Format of its amounts, if not that of the other tables.
        pub amounts: Option<AmountFormat> = default,
        /// The measure of all its figures.
        pub of: Measure = default,
        /// Rows and columns.
        pub content: TableContent,
        /// Notes below it, templates; one that comes out empty is left out.
        pub notes: Vec<String> = default,
        /// Words across its only row, a template, when every figure in it is zero: 此表为空.
        pub empty_row: Option<String> = default,
        /// Notes below it, instead, when every figure in it is zero.
        pub empty_notes: Vec<String> = default,
    }
}

choice! {
    /// Rows and columns of a table.
    #[derive(Clone, Debug, PartialEq)]
    pub enum TableContent {
        /// Rows along an axis.
        Rows(Box<Tabular>) = "rows",
        /// Two or more lists side by side that close in the same rows (收支总表).
        Balance(Balance) = "balance",
        /// The rows of a schedule of the spec.
        Schedule(Box<Schedule>) = "schedule",
        /// The performance targets.
        Performance(Box<PerformanceTable>) = "performance",
    }
}

record! {
    /// Rows along an axis, columns across.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Tabular {
        /// The columns.
        pub columns: Vec<ColumnDef>,
        /// The rows.
        pub rows: RowsDef,
        /// A row for all of them.
        pub total: Option<TotalRow> = default,
    }
}

record! {
    /// The total row of a table. Its name covers the columns before the first figure.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct TotalRow {
        /// Its name, a template.
        pub name: String,
        /// Its measure, if not the table's.
        pub of: Measure = default,
        /// Its position.
        pub at: TotalAt = default,
    }
}

names! {
    /// Position of the total row.
    #[derive(Default)]
    pub enum TotalAt {
        /// Below the others.
        #[default]
        Bottom = "bottom",
        /// Above the others.
        Top = "top",
    }
}

record! {
    /// Lists side by side.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Balance {
        /// The sides, from left to right.
        pub sides: Vec<Side>,
        /// The rows all sides close in.
        pub closing: Vec<Vec<ClosingLine>>,
        /// Least number of rows above the closing ones; empty ones fill up.
        pub least_rows: u16 = default,
    }
}

/// A line of a closing row.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ClosingLine {
    /// Its name, a template.
    pub name: Located<String>,
    /// Its measure.
    #[schemars(default)]
    pub of: Measure,
    /// Number of sides it covers, one by default; the figures are in the last of them.
    #[schemars(default = "one")]
    pub sides: u8,
    /// Whether its row is omitted if all of its lines are optional and zero, this year and last.
    #[schemars(default)]
    pub optional: bool,
}

fn one() -> u8 {
    1
}

impl Decode for ClosingLine {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = Fields::of(value, &["name", "of", "sides", "optional"], problems)?;
        let name = fields.required("name", problems);
        let of = fields.optional("of", Measure::default(), problems);
        let sides = fields.optional_within("sides", 1..=255, one(), problems);
        let optional = fields.optional("optional", false, problems);
        Some(ClosingLine { name: name?, of: of?, sides: sides?, optional: optional? })
    }
}

record! {
    /// One side of a balance.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Side {
        /// The measure of its rows, except the closing ones.
        pub of: Measure = default,
        /// Its columns.
        pub columns: Vec<ColumnDef>,
        /// Its rows.
        pub rows: RowsDef,
    }
}

record! {
    /// A column.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct ColumnDef {
        /// Its head from top to bottom, templates. Neighbours with the same upper head share one cell.
        pub head: Vec<String>,
        /// Content of its cells.
        pub show: Show,
        /// Width in millimetres, if not by content.
        pub width: Option<u16> = default,
        /// Format of its amounts, if not the table's.
        pub amounts: Option<AmountFormat> = default,
    }
}

choice! {
    /// Content of a column's cells.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Show {
        /// A name of the row.
        Field(RowFieldName) = "field",
        /// The row's name, with classes numbered.
        NumberedName = "numbered_name",
        /// A figure.
        Sum(Measure) = "sum",
        /// A percentage.
        Share(Share) = "share",
    }
}

record! {
    /// Share of one figure in another, in per cent.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Share {
        /// The part.
        pub of: Measure,
        /// The whole; blank if it is zero.
        pub base: Measure,
        /// Whether the whole is that of the table, not of the row.
        pub of_table: bool = default,
    }
}

names! {
    /// Names of a row.
    pub enum RowFieldName {
        /// The budget unit.
        Unit = "unit",
        /// The code of the budget unit.
        UnitCode = "unit_code",
        /// The number of the row, counted from 1.
        Number = "number",
        /// The budget unit of the row's project.
        ProjectUnit = "project_unit",
        /// The code of the project.
        ProjectCode = "project_code",
        /// The category of the project.
        ProjectCategory = "project_category",
        /// The name of the project's functional item, whose code `code` has.
        SubjectName = "subject_name",
        /// The group of lines.
        Group = "group",
        /// The subject's code, 2012901 or 30101.
        Code = "code",
        /// Its first three digits, 201 or 301.
        Class = "class",
        /// The next two, 29 or 01; nothing for a class.
        Division = "division",
        /// The last two, 01; nothing for a class or division.
        Item = "item",
        /// The name of the subject, project, category or line, indented by its level.
        Name = "name",
        /// The same without the indent.
        PlainName = "plain_name",
        /// The project's goal.
        Goal = "goal",
        /// Kind of what is bought, numbered.
        ProcurementCategory = "procurement_category",
        /// The project that pays for what is bought.
        ProcurementProject = "procurement_project",
        /// The name of the economic division it is booked under.
        ProcurementEconomic = "procurement_economic",
        /// What is bought.
        ProcurementName = "procurement_name",
        /// How it is bought.
        ProcurementMethod = "procurement_method",
    }
}

choice! {
    /// Rows of a table.
    #[derive(Clone, Debug, PartialEq)]
    pub enum RowsDef {
        /// A row for each, one axis inside the other.
        Each(Vec<RowAxis>) = "each",
        /// Fixed lines.
        Lines(Vec<Line>) = "lines",
        /// Fixed lines for each budget unit.
        UnitLines(Vec<Line>) = "unit_lines",
    }
}

names! {
    /// Axis of rows.
    pub enum RowAxis {
        /// Budget units.
        Unit = "unit",
        /// Functional subjects with figures in the table, classes, divisions and items.
        Function = "function",
        /// Functional classes with figures in the table.
        FunctionClass = "function_class",
        /// Economic subjects with figures in the table, classes and divisions.
        Economic = "economic",
        /// Categories of the table's account.
        Category = "category",
        /// Projects, in the spec's order.
        Project = "project",
        /// Projects of the performance part, in its order.
        KeyProject = "key_project",
        /// Kinds of procurement, projects that pay, and what is bought.
        Procurement = "procurement",
    }
}

record! {
    /// A fixed line.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Line {
        /// Its name, a template.
        pub name: String,
        /// Whether it is omitted if it is zero, this year and last.
        pub optional: bool = default,
        /// Its group, a template; shared with the lines of the same group above it.
        pub group: Option<String> = default,
        /// Its level, 0 to 2, for the indent.
        pub level: u8 where 0..=2 = default,
        /// Its measure.
        pub of: Measure = default,
    }
}

impl TableDef {
    /// Returns what its columns call their rows.
    pub fn fields(&self) -> impl Iterator<Item = RowFieldName> {
        let lists: Vec<&[ColumnDef]> = match &self.content {
            TableContent::Rows(tabular) => vec![&tabular.columns],
            TableContent::Balance(balance) => balance.sides.iter().map(|side| side.columns.as_slice()).collect(),
            TableContent::Schedule(_) | TableContent::Performance(_) => Vec::new(),
        };
        lists.into_iter().flatten().filter_map(|column| match &column.show {
            Show::Field(field) => Some(*field),
            Show::NumberedName | Show::Sum(_) | Show::Share(_) => None,
        })
    }

    /// Returns every measure in it.
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
            TableContent::Schedule(_) => {}
            TableContent::Performance(table) => list.extend(table.measures()),
        }
        list
    }
}
