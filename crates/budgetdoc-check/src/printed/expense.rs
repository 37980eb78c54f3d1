//! Expenses that tables and sentences name alike, beside income and expenditure: 三公, 会议, 采购, 机关运行.

use std::collections::BTreeMap;

use budgetdoc_core::profile::{Account, Measure};

use super::d06_tables::PlacedFigure;
use super::quantity::{self, PrintedKind, PrintedYear};
use super::{View, words};

/// An expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Expense {
    /// All three public expenses.
    ThreePublic,
    Abroad,
    Reception,
    /// Purchase and running of vehicles.
    Vehicles,
    VehiclePurchase,
    VehicleRunning,
    Meetings,
    Training,
    /// 机关运行经费.
    Office,
    Procurement,
}

/// Names of expenses; a name with another one inside comes first.
const NAMES: [(&str, Expense); 14] = [
    ("购置及运行", Expense::Vehicles),
    ("购置和运行", Expense::Vehicles),
    ("购置费", Expense::VehiclePurchase),
    ("车购置", Expense::VehiclePurchase),
    ("运行维护费", Expense::VehicleRunning),
    ("运行费", Expense::VehicleRunning),
    ("机关运行经费", Expense::Office),
    ("因公出国", Expense::Abroad),
    ("公务接待", Expense::Reception),
    ("会议费", Expense::Meetings),
    ("培训费", Expense::Training),
    ("三公", Expense::ThreePublic),
    ("政府采购", Expense::Procurement),
    ("采购预算", Expense::Procurement),
];
/// Words of a part of procurement.
const PARTS_OF_PROCUREMENT: [&str; 5] = ["货物", "工程", "服务", "面向", "预留"];

impl Expense {
    /// Returns the expense that words name; none if they name several.
    pub fn of(words: &str) -> Option<Expense> {
        let vehicles = words.contains("购置及运行") || words.contains("购置和运行");
        let is_part = |expense: Expense| matches!(expense, Expense::VehiclePurchase | Expense::VehicleRunning);
        let named = NAMES.iter().filter(|(name, _)| words.contains(name)).map(|(_, expense)| *expense);
        let mut named: Vec<Expense> = named.filter(|expense| !(vehicles && is_part(*expense))).collect();
        named.dedup();
        let bought_in_part = PARTS_OF_PROCUREMENT.iter().any(|part| words.contains(part));
        match named.as_slice() {
            [Expense::Procurement] if bought_in_part => None,
            [expense] => Some(*expense),
            _ => None,
        }
    }

    /// Returns whether a measure is of this expense.
    pub fn is_of(self, measure: &Measure) -> bool {
        let is = |account: Account| measure.accounts == [account];
        let (one, any) = (!measure.categories.is_empty(), measure.categories.is_empty());
        match self {
            Expense::ThreePublic => is(Account::ThreePublic) && any,
            Expense::Abroad
            | Expense::Reception
            | Expense::Vehicles
            | Expense::VehiclePurchase
            | Expense::VehicleRunning => is(Account::ThreePublic) && one,
            Expense::Meetings | Expense::Training => is(Account::Meetings) && one,
            Expense::Office => (is(Account::Basic) || is(Account::Economic)) && !measure.natures.is_empty(),
            Expense::Procurement => is(Account::Procurement) && any,
        }
    }
}

/// What tables print of expenses.
pub(super) type PlacedExpenses<'v, 'a> = BTreeMap<(Expense, PrintedYear), Vec<PlacedFigure<'v, 'a>>>;

/// Returns the expenses of all tables, this year's and last year's.
pub(super) fn expenses<'v, 'a>(tables: &'v [Vec<View<'a>>]) -> PlacedExpenses<'v, 'a> {
    let mut expenses = PlacedExpenses::new();
    for (table, views) in tables.iter().enumerate() {
        for view in views {
            let heads = view.list.columns.iter().flat_map(|column| &column.head);
            let newest = heads.filter_map(|(_, words)| words::year(words)).max();
            let columns =
                (0..view.list.columns.len()).filter_map(|column| Some((column, of_column(view, column, newest)?)));
            let columns: Vec<_> = columns.collect();
            let years = if columns.is_empty() { Vec::new() } else { rows_of_years(view) };
            for (year, rows) in years {
                for (column, expense) in columns.iter().copied() {
                    let sums = rows.iter().map(|row| view.in_yuan(*row, column)).collect::<Option<Vec<_>>>();
                    let sum = sums.and_then(|sums| {
                        sums.into_iter().reduce(|mut sum, other| {
                            sum.join(other);
                            sum
                        })
                    });
                    let place = sum.map(|sum| PlacedFigure { view, table, row: rows[0], column, sum });
                    expenses.entry((expense, year)).or_default().extend(place);
                }
            }
        }
    }
    expenses
}

/// Returns the expense of a column of a table whose newest year this is.
fn of_column(view: &View, column: usize, newest: Option<u16>) -> Option<Expense> {
    let heads: Vec<&str> = view.list.columns[column].head.iter().map(|(_, words)| words.as_str()).collect();
    let is_past = |head: &str| words::year(head).is_some_and(|year| year == 0 || Some(year) != newest);
    let is_other = |head: &&str| words::is_included(head) || words::is_outcome(head) || is_past(head);
    if !view.adds_up(column) || heads.iter().any(is_other) {
        return None;
    }
    // What projects spend on it is not in a table of basic expenditure.
    let title = view.printed.title.as_str();
    if quantity::kind_in(title) == Some(PrintedKind::Basic) || words::is_of_part_of_basic(title) {
        return None;
    }
    let (own, above) = heads.split_last()?;
    match above.last() {
        Some(above) if words::is_total(own) => Expense::of(above),
        None if words::is_total(own) || quantity::is_plain(own) => Expense::of(&view.printed.title),
        Some(_) | None => Expense::of(own),
    }
}

/// Returns the rows that make up an amount of the whole list: its total, the rows of each year, or all.
fn rows_of_years(view: &View) -> Vec<(PrintedYear, Vec<usize>)> {
    let rows = &view.list.rows;
    if let [total] = *view.tree.totals.as_slice() {
        return vec![(PrintedYear::This, vec![total])];
    }
    let year = |row: &usize| words::year_of_row(&rows[*row].label);
    let of = |year_of: &dyn Fn(usize) -> bool| (0..rows.len()).filter(|row| year_of(*row)).collect::<Vec<usize>>();
    let Some(newest) = (0..rows.len()).filter_map(|row| year(&row)).max() else {
        let is_plain = view.tree.top.len() == rows.len() && rows.iter().all(|row| row.code.is_empty());
        return if is_plain && !rows.is_empty() { vec![(PrintedYear::This, of(&|_| true))] } else { Vec::new() };
    };
    if !rows.iter().all(|row| words::is_of_years(&row.label)) {
        return Vec::new();
    }
    let is_last = |row: usize| year(&row).is_some_and(|year| year + 1 == newest);
    let past = |of_year: PrintedYear| of(&|row| is_last(row) && PrintedYear::last(&rows[row].label) == of_year);
    let years = [
        (PrintedYear::This, of(&|row| year(&row) == Some(newest))),
        (PrintedYear::Last, past(PrintedYear::Last)),
        (PrintedYear::Outcome, past(PrintedYear::Outcome)),
    ];
    years.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_one_expense_or_none() {
        assert_eq!(Expense::of("公务用车购置及运行费预算支出"), Some(Expense::Vehicles));
        assert_eq!(Expense::of("公务用车购置预算支出"), Some(Expense::VehiclePurchase));
        assert_eq!(Expense::of("（一）因公出国（境）费"), Some(Expense::Abroad));
        assert_eq!(Expense::of("机关运行经费财政拨款预算"), Some(Expense::Office));
        assert_eq!(Expense::of("“三公”经费、会议费、培训费支出预算表"), None);
        assert_eq!(Expense::of("政府采购货物预算"), None);
    }
}
