//! Tables of schedules: lists of the department's own with typed columns.

use serde::Serialize;

use super::Profile;
use super::table::{TableContent, TotalAt};
use crate::error::{Problem, ProblemCode};
use crate::money::AmountFormat;
use crate::source::Located;
use crate::yaml::{choice, names, record};
use budgetdoc_document::Place;

record! {
    /// The rows of a schedule of the spec.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Schedule {
        /// The schedule, a key of the spec's `schedules`. Tables of the same schedule share its rows.
        pub of: Located<String>,
        /// The columns.
        pub columns: Vec<ScheduleColumn>,
        /// Keys of the numbers and amounts that total and subtotals sum.
        pub sums: Vec<Located<String>> = default,
        /// A subtotal for the rows of each value of a key.
        pub subtotals: Option<Subtotals> = default,
        /// A row for all of them.
        pub total: Option<ScheduleTotal> = default,
        /// Figures that its amounts must agree with.
        pub ties: Vec<Tie> = default,
    }
}

record! {
    /// A column of a schedule.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct ScheduleColumn {
        /// Its head from top to bottom, templates. Neighbours with the same upper head share one cell.
        pub head: Vec<String>,
        /// The key of its values; none for running numbers.
        pub key: Option<Located<String>> = default,
        /// What its values are, words by default.
        pub is: ScheduleKind = default,
        /// Whether rows may leave it out.
        pub optional: bool = default,
        /// The keys whose product its amounts are. Where it is optional, an amount left out is computed.
        pub product: Option<Product> = default,
        /// Width in millimetres, if not by content.
        pub width: Option<u16> = default,
        /// Format of its amounts, if not the table's.
        pub amounts: Option<AmountFormat> = default,
    }
}

record! {
    /// An amount that is a quantity times a price.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Product {
        /// The key of the quantity.
        pub quantity: Located<String>,
        /// The key of the price.
        pub price: Located<String>,
    }
}

names! {
    /// What the values of a column are.
    #[derive(Default)]
    pub enum ScheduleKind {
        /// Words.
        #[default]
        Text = "text",
        /// The number of the row, counted from 1; it has no key.
        Number = "number",
        /// A whole number.
        Count = "count",
        /// A number with or without decimals, and a unit behind it if need be: 12台.
        Quantity = "quantity",
        /// An amount in the spec's unit.
        Amount = "amount",
        /// A date such as 2026-03-01.
        Date = "date",
        /// The code of a functional item.
        Subject = "subject",
        /// The name of the functional item whose code the key has.
        SubjectName = "subject_name",
        /// The code of an economic division.
        Economic = "economic",
        /// The name of the economic division whose code the key has.
        EconomicName = "economic_name",
        /// The name of the budget unit whose id the key has.
        Unit = "unit",
        /// The name of the project whose id the key has.
        Project = "project",
    }
}

impl ScheduleKind {
    /// Returns what the key holds: a name is printed for a code.
    pub fn value(self) -> ScheduleKind {
        match self {
            ScheduleKind::SubjectName => ScheduleKind::Subject,
            ScheduleKind::EconomicName => ScheduleKind::Economic,
            ScheduleKind::Text
            | ScheduleKind::Number
            | ScheduleKind::Count
            | ScheduleKind::Quantity
            | ScheduleKind::Amount
            | ScheduleKind::Date
            | ScheduleKind::Subject
            | ScheduleKind::Economic
            | ScheduleKind::Unit
            | ScheduleKind::Project => self,
        }
    }
}

record! {
    /// Subtotals of a schedule. Rows of the same value are put together, in the order of the spec.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Subtotals {
        /// The key whose values group the rows.
        pub by: Located<String>,
        /// Words behind the value, such as 小计.
        pub name: String = default,
        /// Position among the rows it sums.
        pub at: TotalAt = default,
    }
}

record! {
    /// The total row of a schedule.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct ScheduleTotal {
        /// Its name, a template.
        pub name: String,
        /// Its position.
        pub at: TotalAt = default,
    }
}

record! {
    /// A figure that the amounts of a schedule must agree with.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct Tie {
        /// The key of the amounts.
        pub key: Located<String>,
        /// How their sum agrees.
        pub is: TieTo,
        /// A key of units, projects or subjects: the sum for each of them is compared with its part of the figure.
        pub each: Option<Located<String>> = default,
    }
}

choice! {
    /// How a sum agrees with a figure of the profile.
    #[derive(Clone, Debug, PartialEq)]
    pub enum TieTo {
        /// It equals the figure.
        Equals(Located<String>) = "equals",
        /// It does not exceed the figure.
        AtMost(Located<String>) = "at_most",
    }
}

impl TieTo {
    /// Returns the name of the figure.
    pub fn figure(&self) -> &Located<String> {
        match self {
            TieTo::Equals(figure) | TieTo::AtMost(figure) => figure,
        }
    }
}

impl Schedule {
    /// Returns what the values of a key are; none where no column has it.
    pub fn kind_of(&self, key: &str) -> Option<ScheduleKind> {
        let named = |column: &&ScheduleColumn| column.key.as_ref().is_some_and(|own| own.value == key);
        self.columns.iter().find(named).map(|column| column.is.value())
    }

    /// Returns the columns whose amounts are products, with their keys.
    pub fn products(&self) -> impl Iterator<Item = (&ScheduleColumn, &Product)> {
        self.columns.iter().filter_map(|column| Some((column, column.product.as_ref()?)))
    }
}

impl Profile {
    /// Returns the tables of schedules.
    pub fn schedules(&self) -> impl Iterator<Item = &Schedule> {
        self.tables.iter().filter_map(|(_, table)| match &table.content {
            TableContent::Schedule(schedule) => Some(&**schedule),
            TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Performance(_) => None,
        })
    }
}

impl Profile {
    /// Reports columns and ties of a schedule that no rows can fill.
    pub(super) fn validate_schedule(&self, id: &Located<String>, table: &Schedule, problems: &mut Vec<Problem>) {
        let mut report = |place: Option<Place>, zh: String, en: String, help: (&str, &str)| {
            let zh = format!("表“{id}”{zh}");
            let en = format!("table `{id}`: {en}");
            let problem = Problem::spec(ProblemCode::ScheduleColumn, place.or(id.place), zh, en);
            problems.push(problem.help(help.0, help.1));
        };
        for column in &table.columns {
            let head = column.head.join("/");
            match &column.key {
                None if column.is != ScheduleKind::Number => report(
                    None,
                    format!("的“{head}”一栏没有写 key"),
                    format!("the column {head} has no `key`"),
                    ("请写明这一栏取明细的哪个键", "write the key of its values"),
                ),
                Some(key) if column.is == ScheduleKind::Number => report(
                    key.place,
                    format!("的“{head}”一栏是序号，不取明细的键"),
                    format!("the column {head} has running numbers and no key"),
                    ("请删去 key，或改写 is", "delete `key`, or change `is`"),
                ),
                Some(key) => {
                    let other = self.schedules().filter(|other| other.of.value == table.of.value);
                    if other.filter_map(|other| other.kind_of(key)).any(|kind| kind != column.is.value()) {
                        report(
                            key.place,
                            format!("的键“{key}”在别处是另一种内容"),
                            format!("`{key}` is of another kind in another column"),
                            ("同一个键各栏的 is 应当一致", "write the same `is` for each column of a key"),
                        );
                    }
                }
                None => {}
            }
            if let Some(product) = &column.product
                && column.is != ScheduleKind::Amount
            {
                report(
                    product.quantity.place,
                    format!("的“{head}”一栏不是金额，没有 product"),
                    format!("the column {head} has a `product` but no amounts"),
                    ("请改写 is: amount，或删去 product", "write `is: amount`, or delete `product`"),
                );
            }
        }
        use ScheduleKind as K;
        let numbers: (&[K], _, _) = (&[K::Amount, K::Count, K::Quantity], "数或金额", "numbers or amounts");
        let amounts: (&[K], _, _) = (&[K::Amount], "金额", "amounts");
        let each: (&[K], _, _) =
            (&[K::Unit, K::Project, K::Subject, K::Economic], "单位、项目或科目", "units, projects or subjects");
        let quantities: (&[K], _, _) = (&[K::Count, K::Quantity], "数量", "quantities");
        let any: (&[K], _, _) = (&K::ALL, "内容", "values");
        let wanted = table.sums.iter().map(|key| (key, numbers));
        let wanted = wanted.chain(table.subtotals.iter().map(|subtotals| (&subtotals.by, any)));
        let wanted = wanted.chain(table.ties.iter().map(|tie| (&tie.key, amounts)));
        let wanted = wanted.chain(
            table.products().flat_map(|(_, product)| [(&product.quantity, quantities), (&product.price, amounts)]),
        );
        for (key, (kinds, zh, en)) in wanted.chain(table.ties.iter().filter_map(|tie| Some((tie.each.as_ref()?, each))))
        {
            if table.kind_of(key).is_none_or(|kind| !kinds.contains(&kind)) {
                report(
                    key.place,
                    format!("没有键为“{key}”的{zh}栏"),
                    format!("no column of {en} has the key `{key}`"),
                    ("请核对 columns 各栏的 key 与 is", "check `key` and `is` of the columns"),
                );
            }
        }
        for tie in &table.ties {
            self.validate_figure_name(tie.is.figure(), problems);
        }
    }
}
