//! Columns that no spec can fill: a mistake of the profile, reported when it is read.

use std::collections::BTreeSet;

use super::{
    Account, Balance, ColumnDef, Measure, Profile, RowAxis, RowFieldName, RowsDef, Show, TableContent, TableDef,
};
use crate::error::{Problem, ProblemCode};
use crate::source::Located;

impl Profile {
    /// Reports columns, and closing lines of a balance, that are blank with any spec.
    pub(super) fn validate_columns(&self, id: &Located<String>, table: &TableDef, problems: &mut Vec<Problem>) {
        match &table.content {
            TableContent::Rows(tabular) => {
                self.columns(id, &[&table.of], (&tabular.columns, &tabular.rows), problems);
            }
            TableContent::Balance(balance) => {
                for side in &balance.sides {
                    self.columns(id, &[&table.of, &side.of], (&side.columns, &side.rows), problems);
                }
                self.closing(id, &table.of, balance, problems);
            }
            TableContent::Performance(table) if self.categories.projects.is_empty() && table.has_project_category() => {
                problems.push(
                    Problem::spec(
                        ProblemCode::BlankColumn,
                        id.place,
                        format!("表“{id}”有永远空白的格：项目类别"),
                        format!("table `{id}` has cells that are always blank: `project_category`"),
                    )
                    .help(NO_PROJECT_CATEGORIES.0, NO_PROJECT_CATEGORIES.1),
                );
            }
            TableContent::Schedule(_) | TableContent::Performance(_) => {}
        }
    }

    fn columns(
        &self,
        id: &Located<String>,
        of: &[&Measure],
        (columns, rows): (&[ColumnDef], &RowsDef),
        problems: &mut Vec<Problem>,
    ) {
        let mut blank: [Vec<String>; 3] = Default::default();
        for column in columns {
            let why = |is_blank: bool, why: usize| is_blank.then_some(why);
            let figure = |measure| {
                let (is_blank, of_nothing) = self.never(of, measure, rows);
                why(is_blank, usize::from(of_nothing))
            };
            let why = match &column.show {
                Show::Field(field) if !has_field(rows, *field) => Some(0),
                Show::Field(field) => {
                    why(*field == RowFieldName::ProjectCategory && self.categories.projects.is_empty(), 2)
                }
                Show::NumberedName => why(!has_field(rows, RowFieldName::Name), 0),
                Show::Sum(measure) => figure(measure),
                Show::Share(share) => figure(&share.of),
            };
            if let Some(why) = why {
                blank[why].push(column.head.join("/"));
            }
        }
        let helps = [
            (
                "这张表的行没有这一项：请核对 rows 与这一栏的 show",
                "the rows of this table have no such value: check `rows` and `show` of the column",
            ),
            (
                "没有写 accounts，不知道是什么的合计：请写在表的 of 或这一栏中",
                "it names no `accounts`, so it sums nothing: write them under `of` of the table or column",
            ),
            NO_PROJECT_CATEGORIES,
        ];
        for (heads, help) in blank.into_iter().zip(helps).filter(|(heads, _)| !heads.is_empty()) {
            let problem = Problem::spec(
                ProblemCode::BlankColumn,
                id.place,
                format!("表“{id}”有永远空白的栏目：{}", heads.join("、")),
                format!("table `{id}` has columns that are always blank: {}", heads.join(", ")),
            );
            problems.push(problem.help(help.0, help.1));
        }
    }

    /// Returns whether the cells of a column have no figure with any spec, and whether that is for lack of accounts.
    fn never(&self, of: &[&Measure], column: &Measure, rows: &RowsDef) -> (bool, bool) {
        let lines: Vec<_> = match rows {
            RowsDef::Each(_) => vec![cells(of, column, None)],
            RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
                lines.iter().map(|line| cells(of, column, Some(&line.of))).collect()
            }
        };
        // Rows of a further axis lie below those of the first, whose figures are wider.
        let axis = match rows {
            RowsDef::Each(axes) => axes.first(),
            RowsDef::Lines(_) | RowsDef::UnitLines(_) => None,
        };
        let some = |(measures, accounts): &(Vec<&Measure>, Vec<Account>)| {
            accounts.iter().any(|account| self.may_have(*account, measures, axis))
        };
        (!lines.iter().any(some), lines.iter().all(|(_, accounts)| accounts.is_empty()))
    }

    /// Returns whether rows of an account may be meant by all of some measures, in rows along an axis.
    fn may_have(&self, account: Account, measures: &[&Measure], axis: Option<&RowAxis>) -> bool {
        use Account as A;
        let funds = |measure: &&Measure| !measure.funds.is_empty();
        let is_meant = |fund: &super::Fund| {
            let names = |measure: &&Measure| {
                measure.funds.iter().any(|name| name.value == fund.id.value || name.value == fund.group.value)
            };
            measures.iter().filter(|measure| funds(measure)).all(names)
        };
        let ids = |of: fn(&Measure) -> &Vec<Located<String>>, known: &mut dyn Iterator<Item = &str>| {
            let lists: Vec<_> = measures.iter().map(|measure| of(measure)).filter(|list| !list.is_empty()).collect();
            let known: BTreeSet<&str> = known.collect();
            lists.is_empty()
                || known.iter().any(|id| lists.iter().all(|list| list.iter().any(|name| name.value == *id)))
        };
        let asks = |of: fn(&Measure) -> bool| measures.iter().any(|measure| of(measure));
        let has_kind = matches!(account, A::Expenditure | A::Internal | A::Economic | A::Government);
        let has_item = has_kind || matches!(account, A::Income | A::BroughtForward | A::CarriedForward);
        let has_economic = matches!(account, A::Economic | A::Government | A::Procurement);
        // Rows of expenditure may name the category of basic expenditure.
        let categories = self.categories.of(if account == A::Expenditure { A::Basic } else { account });
        let of_projects = if account == A::Expenditure { self.categories.projects.as_slice() } else { &[] };
        let mut categories = categories.iter().chain(of_projects).map(|category| category.id.as_str());
        let in_rows = match axis {
            None | Some(RowAxis::Unit) => true,
            Some(RowAxis::Function | RowAxis::FunctionClass) => has_item,
            Some(RowAxis::Economic) => has_economic,
            Some(RowAxis::Category) => !self.categories.of(account).is_empty(),
            Some(RowAxis::Project | RowAxis::KeyProject) => account == A::Expenditure,
            Some(RowAxis::Procurement) => account == A::Procurement,
        };
        in_rows
            && self.funds.iter().any(is_meant)
            && (has_kind || !asks(|measure| !measure.kinds.is_empty()))
            && (has_item || !asks(|measure| !measure.subjects.is_empty()))
            && (has_economic || !asks(|measure| !measure.economic.is_empty()))
            && ids(|measure| &measure.kinds, &mut self.kinds.iter().map(|kind| kind.id.as_str()))
            && ids(|measure| &measure.categories, &mut categories)
    }

    fn closing(&self, id: &Located<String>, of: &Measure, balance: &Balance, problems: &mut Vec<Problem>) {
        let has_own = |column: &ColumnDef| match &column.show {
            Show::Sum(measure) => !measure.accounts.is_empty(),
            Show::Field(_) | Show::NumberedName | Show::Share(_) => false,
        };
        if !of.accounts.is_empty() || balance.sides.iter().flat_map(|side| &side.columns).any(has_own) {
            return;
        }
        for line in balance.closing.iter().flatten().filter(|line| !line.name.is_empty() && line.of.accounts.is_empty())
        {
            problems.push(
                Problem::spec(
                    ProblemCode::BlankColumn,
                    line.name.place.or(id.place),
                    format!("表“{id}”的“{}”一行永远是空白", line.name),
                    format!("the row {} of table `{id}` is always blank", line.name),
                )
                .help("请在这一行的 of 中写 accounts", "write `accounts` in its `of`"),
            );
        }
    }
}

/// The remedy where project categories are shown and the profile has none.
const NO_PROJECT_CATEGORIES: (&str, &str) =
    ("请在 categories.projects 中列出项目类别", "list the categories of projects under `categories.projects`");

/// Returns what narrows the cells of a column, in a line or in any row, and the accounts they are of: the column's own
/// take the place of the table's.
fn cells<'a>(of: &[&'a Measure], column: &'a Measure, line: Option<&'a Measure>) -> (Vec<&'a Measure>, Vec<Account>) {
    let own = (!column.accounts.is_empty()).then(|| vec![column]);
    let bases = own.unwrap_or_else(|| of.to_vec()).into_iter().chain(line);
    let named: Vec<_> = bases.map(|measure| &measure.accounts).filter(|accounts| !accounts.is_empty()).collect();
    let is_meant = |account: &&Account| !named.is_empty() && named.iter().all(|list| list.contains(account));
    let measures = of.iter().copied().chain([column]).chain(line).collect();
    (measures, Account::ALL.iter().filter(is_meant).copied().collect())
}

/// Returns whether rows are called what a column shows.
fn has_field(rows: &RowsDef, field: RowFieldName) -> bool {
    use RowFieldName as F;
    let axes: &[RowAxis] = match rows {
        RowsDef::Each(axes) => axes,
        RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
            return match field {
                F::Name | F::PlainName => true,
                F::Group => lines.iter().any(|line| line.group.is_some()),
                F::Unit => matches!(rows, RowsDef::UnitLines(_)),
                F::ProjectUnit | F::Code | F::Class | F::Division | F::Item | F::Goal => false,
                F::UnitCode => matches!(rows, RowsDef::UnitLines(_)),
                F::Number => true,
                F::ProjectCode | F::ProjectCategory | F::SubjectName => false,
                F::ProcurementCategory
                | F::ProcurementProject
                | F::ProcurementEconomic
                | F::ProcurementName
                | F::ProcurementMethod => false,
            };
        }
    };
    field == F::Number
        || axes.iter().any(|axis| match axis {
            RowAxis::Unit => matches!(field, F::Unit | F::UnitCode | F::Code | F::Name | F::PlainName),
            RowAxis::Function => {
                matches!(field, F::Code | F::Class | F::Division | F::Item | F::Name | F::PlainName)
            }
            RowAxis::FunctionClass => matches!(field, F::Code | F::Class | F::Name | F::PlainName),
            RowAxis::Economic => matches!(field, F::Code | F::Class | F::Division | F::Name | F::PlainName),
            RowAxis::Category => matches!(field, F::Name | F::PlainName),
            RowAxis::Project | RowAxis::KeyProject => matches!(
                field,
                F::ProjectUnit
                    | F::ProjectCode
                    | F::ProjectCategory
                    | F::Code
                    | F::Class
                    | F::Division
                    | F::Item
                    | F::SubjectName
                    | F::Name
                    | F::PlainName
                    | F::Goal
            ),
            RowAxis::Procurement => matches!(
                field,
                F::ProcurementCategory
                    | F::ProcurementProject
                    | F::ProcurementEconomic
                    | F::ProcurementName
                    | F::ProcurementMethod
            ),
        })
}
