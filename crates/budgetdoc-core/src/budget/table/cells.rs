//! The cells of a row.

use super::rows::RowKey;
use super::{CellValue, CellWords, RowValue};
use crate::budget::{Budget, Fact, Filter, Scope};
use crate::profile::{Account, ColumnDef, Measure, RowFieldName, Show, YearOf};
use crate::subject::SubjectCode;
use budgetdoc_document::Place;

/// Makes the cells of rows, for the columns of a table or of one side of it.
pub(super) struct CellMaker<'a> {
    budget: &'a Budget,
    sources: Vec<CellSource>,
    given: GivenAccounts,
}

/// The accounts with rows in the spec, and those with an amount of last year or its outcome in any of them.
#[derive(Default)]
struct GivenAccounts {
    rows: Vec<Account>,
    last: Vec<Account>,
    executed: Vec<Account>,
}

impl GivenAccounts {
    fn of(facts: &[Fact]) -> Self {
        let mut given = GivenAccounts::default();
        let add = |list: &mut Vec<Account>, account| {
            if !list.contains(&account) {
                list.push(account);
            }
        };
        for fact in facts {
            add(&mut given.rows, fact.account);
            if fact.last.is_some() {
                add(&mut given.last, fact.account);
            }
            if fact.executed.is_some() {
                add(&mut given.executed, fact.account);
            }
        }
        given
    }

    /// Returns whether the accounts of a filter have an amount of its year, or of the year it compares with.
    fn has_year_of(&self, filter: &Filter) -> bool {
        let of_year = match filter.year() {
            YearOf::This => &self.rows,
            YearOf::Last | YearOf::Change => &self.last,
            YearOf::Executed | YearOf::ChangeFromExecuted => &self.executed,
        };
        of_year.iter().any(|account| filter.allows_account(*account))
    }
}

/// Source of the cells of a column: [`Show`] with its measures looked up.
enum CellSource {
    Field(RowFieldName),
    NumberedName,
    Sum(Filter),
    Share {
        part: Filter,
        whole: Filter,
        /// Whether the whole is that of the table, not of the row.
        of_table: bool,
    },
}

impl CellSource {
    /// Returns whether the name of a total row may cover the column.
    fn is_words(&self) -> bool {
        match self {
            CellSource::Field(_) | CellSource::NumberedName => true,
            CellSource::Sum(_) | CellSource::Share { .. } => false,
        }
    }
}

/// Returns the filter of a column: the table's, restricted by the column. Accounts of the column replace the table's, as
/// those of balances in a table of income.
pub fn narrowed(budget: &Budget, base: &Filter, column: &Measure) -> Filter {
    let own = budget.cube.filter(column);
    base.and(&own).with_accounts_of(&own)
}

impl<'a> CellMaker<'a> {
    pub(super) fn new(budget: &'a Budget, base: &Filter, columns: &[ColumnDef]) -> Self {
        let narrowed = |measure: &Measure| narrowed(budget, base, measure);
        let source = |column: &ColumnDef| match &column.show {
            Show::Field(field) => CellSource::Field(*field),
            Show::NumberedName => CellSource::NumberedName,
            Show::Sum(measure) => CellSource::Sum(narrowed(measure)),
            Show::Share(share) => {
                CellSource::Share { part: narrowed(&share.of), whole: narrowed(&share.base), of_table: share.of_table }
            }
        };
        let given = GivenAccounts::of(&budget.cube.facts);
        CellMaker { budget, sources: columns.iter().map(source).collect(), given }
    }

    /// Leaves out rows of subjects that have nothing in any column: an item that ended has money last year, which a form
    /// without a column of that year does not show. Renumbers the classes.
    pub(super) fn drop_blank(&self, keys: &mut Vec<RowKey>) {
        let cube = &self.budget.cube;
        let has_money = |filter: &Filter, key: &RowKey| cube.has_money(&filter.and(&key.filter), &key.scope);
        keys.retain(|key| {
            key.code.is_none()
                || self.sources.iter().any(|source| match source {
                    CellSource::Sum(filter) => has_money(filter, key),
                    CellSource::Share { part, .. } => has_money(part, key),
                    CellSource::Field(_) | CellSource::NumberedName => false,
                })
        });
        let mut class = 0;
        for key in keys {
            class = if key.unit_name.is_some() { 0 } else { class };
            if key.ordinal.is_some() {
                class += 1;
                key.ordinal = Some(class);
            }
        }
    }

    pub(super) fn row(&self, key: &RowKey) -> RowValue {
        let figures = self.sources.iter().take_while(|source| source.is_words()).count();
        let cells = self.sources.iter().enumerate().map(|(index, source)| {
            if key.total && index < figures {
                return if index == 0 { key.name_cell() } else { CellValue::Joined };
            }
            self.cell(source, key)
        });
        RowValue {
            cells: cells.collect(),
            subject: key.code,
            level: key.depth + key.level,
            recurs: key.unit_name.is_some() && !key.unit_covered && key.has_rows_below,
            total: key.total,
        }
    }

    fn cell(&self, source: &CellSource, key: &RowKey) -> CellValue {
        let cube = &self.budget.cube;
        match source {
            CellSource::Field(field) => field_cell(*field, key),
            CellSource::NumberedName => self.numbered(key),
            CellSource::Sum(filter) => self.figure(&filter.and(&key.filter), &key.scope),
            CellSource::Share { part, whole, of_table } => {
                let of_row = |filter: &Filter| cube.total_of(&filter.and(&key.filter), &key.scope).amount;
                let whole = if *of_table { cube.total_of(whole, &Scope::default()).amount } else { of_row(whole) };
                CellValue::Share(of_row(part).zip(whole).and_then(|(part, whole)| part.percent_of(whole)))
            }
        }
    }

    /// Returns whether the spec gives any amount of the filter's accounts, or may leave them out to say that there are none.
    fn is_given(&self, filter: &Filter) -> bool {
        const LISTS: [Account; 4] = [Account::ThreePublic, Account::Meetings, Account::Procurement, Account::Reserved];
        let is_of_lists = Account::ALL.iter().all(|of| !filter.allows_account(*of) || LISTS.contains(of));
        !is_of_lists || self.given.rows.iter().any(|account| filter.allows_account(*account))
    }

    /// Returns a sum; blank if it is of lists that the spec does not have. One of a past year, or a change from it, is blank if no row of its accounts has an amount of that
    /// year; if others have, a row without one counts as zero.
    fn figure(&self, filter: &Filter, scope: &Scope) -> CellValue {
        let cube = &self.budget.cube;
        if !self.is_given(filter) {
            return CellValue::Blank;
        }
        let total = cube.total_of(filter, scope);
        if total.amount.is_some() || filter.year() == YearOf::This {
            return CellValue::Figure(total);
        }
        match filter.year() {
            _ if !self.given.has_year_of(filter) => CellValue::Blank,
            YearOf::Change | YearOf::ChangeFromExecuted => {
                CellValue::Figure(cube.total_of(&filter.of_year(YearOf::This), scope))
            }
            YearOf::This | YearOf::Last | YearOf::Executed => CellValue::Figure(total),
        }
    }

    fn numbered(&self, key: &RowKey) -> CellValue {
        match (key.ordinal, &key.name) {
            (Some(ordinal), Some((CellWords::Literal(name), place))) => {
                let label = crate::numerals::label(&self.budget.profile.numbering.class, ordinal);
                CellValue::Words { text: CellWords::Literal(label + name), level: key.level, place: *place }
            }
            (None, _) | (_, None | Some((CellWords::Template(_), _))) => key.name_cell(),
        }
    }
}

/// Returns a cell with a name of the row.
fn field_cell(field: RowFieldName, key: &RowKey) -> CellValue {
    let literal = |text: &Option<(String, Option<Place>)>| match text {
        Some((text, place)) => CellValue::Words { text: CellWords::Literal(text.clone()), level: 0, place: *place },
        None => CellValue::Blank,
    };
    let code = |digits: Option<&str>| digits.map_or(CellValue::Blank, |digits| CellValue::Code(digits.to_owned()));
    let subject = key.code.as_ref().or(key.project_item.as_ref().map(|(item, _)| item));
    let digits = |range: std::ops::Range<usize>| code(subject.and_then(|code| code.as_str().get(range)));
    let words = |text: Option<&String>| match text {
        Some(text) => CellValue::Words { text: CellWords::Literal(text.clone()), level: 0, place: None },
        None => CellValue::Blank,
    };
    match field {
        RowFieldName::Unit if key.unit_covered => CellValue::Covered,
        RowFieldName::Unit => literal(&key.unit_name),
        RowFieldName::UnitCode if key.unit_covered => CellValue::Covered,
        RowFieldName::UnitCode => literal(&key.unit_code),
        RowFieldName::Number => key.number.map_or(CellValue::Blank, |number| CellValue::Count(number.into())),
        RowFieldName::ProjectUnit => literal(&key.project_unit),
        RowFieldName::ProjectCode => literal(&key.project_code),
        RowFieldName::ProjectCategory => words(key.project_category.as_ref()),
        RowFieldName::SubjectName => words(key.project_item.as_ref().map(|(_, name)| name)),
        RowFieldName::Group if key.group_covered => CellValue::Covered,
        RowFieldName::Group => match &key.group {
            Some(group) => CellValue::Words { text: CellWords::Template(group.clone()), level: 0, place: None },
            None => CellValue::Blank,
        },
        RowFieldName::Code if key.code_of_unit.is_some() => literal(&key.code_of_unit),
        RowFieldName::Code => code(subject.map(SubjectCode::as_str)),
        RowFieldName::Class => digits(0..3),
        RowFieldName::Division => digits(3..5),
        RowFieldName::Item => digits(5..7),
        RowFieldName::Name => key.name_cell(),
        RowFieldName::PlainName => RowKey { level: 0, ..key.clone() }.name_cell(),
        RowFieldName::Goal => literal(&key.goal),
        RowFieldName::ProcurementCategory => literal(&key.bought.category),
        RowFieldName::ProcurementProject => literal(&key.bought.project),
        RowFieldName::ProcurementEconomic => literal(&key.bought.economic),
        RowFieldName::ProcurementName => literal(&key.bought.name),
        RowFieldName::ProcurementMethod => literal(&key.bought.method),
    }
}
