//! Meaning of printed figures, from the words of title, heads and label; none if any of them is ambiguous.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::code::Code;
use super::read::{List, PrintedColumn, PrintedRow};
use super::{View, words};

/// Meaning of a figure. Figures of the same meaning are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quantity {
    pub flow: Flow,
    pub fund: PrintedFund,
    pub kind: PrintedKind,
    /// The code of a subject; empty for the whole.
    pub code: Code,
    /// Whether balances carried over from and to other years are counted.
    pub balances: bool,
    pub year: PrintedYear,
}

impl Quantity {
    /// Returns how much of what is eliminated between units this may have in it: transfers are of no appropriation.
    pub fn eliminated(&self, eliminated: Decimal) -> Decimal {
        if self.fund == PrintedFund::All { eliminated } else { Decimal::ZERO }
    }
}

/// The year an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PrintedYear {
    This,
    /// Last year's budget.
    Last,
    /// Last year's outcome.
    Outcome,
}

impl PrintedYear {
    /// Returns last year's budget, or its outcome if words name that.
    pub fn last(words: &str) -> PrintedYear {
        if words::is_outcome(words) { PrintedYear::Outcome } else { PrintedYear::Last }
    }
}

/// Income or expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flow {
    Income,
    Expenditure,
}

/// Fund of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PrintedFund {
    All,
    /// 财政拨款: the three following.
    Appropriation,
    GeneralPublic,
    /// 政府性基金.
    Government,
    StateCapital,
}

/// Kind of expenditure: both, or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PrintedKind {
    All,
    Basic,
    Project,
}

const FUNDS: [(&str, PrintedFund); 6] = [
    ("政府性基金", PrintedFund::Government),
    ("国有资本经营", PrintedFund::StateCapital),
    ("一般公共预算", PrintedFund::GeneralPublic),
    ("公共财政预算", PrintedFund::GeneralPublic),
    ("财政拨款", PrintedFund::Appropriation),
    ("政府预算拨款", PrintedFund::Appropriation),
];

/// Titles of tables with other figures, or some of the figures only.
const OTHER_TABLES: [&str; 9] = ["三公", "采购", "机关运行", "绩效", "购买服务", "债务", "重点", "主要", "明细"];
/// Word in the titles of performance targets.
pub(super) const PERFORMANCE: &str = "绩效";
/// Heads of a column with the meaning of its table.
const PLAIN_HEADS: [&str; 5] = ["金额", "预算数", "预算", "年预算数", "年预算"];
/// Those of a column of last year.
const PLAIN_PAST_HEADS: [&str; 4] = ["预算数", "预算", "执行数", "年初预算数"];

/// Meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ColumnMeaning {
    pub flow: Flow,
    pub fund: PrintedFund,
    pub kind: PrintedKind,
    pub year: PrintedYear,
}

impl ColumnMeaning {
    /// Returns the meaning of the whole column, balances aside.
    pub fn whole(self) -> Quantity {
        let ColumnMeaning { flow, fund, kind, year } = self;
        Quantity { flow, fund, kind, code: Code::default(), balances: false, year }
    }
}

/// Returns whether a head has the meaning of its table, of this year.
pub(super) fn is_plain(head: &str) -> bool {
    PLAIN_HEADS.contains(&head.trim_start_matches(|char: char| char.is_ascii_digit()))
}

/// Returns whether a title is of other figures than income and expenditure, or of some of them only.
pub(super) fn is_of_other_figures(title: &str) -> bool {
    OTHER_TABLES.iter().any(|word| title.contains(word))
}

/// Returns the fund that words name.
pub(super) fn fund_in(words: &str) -> Option<PrintedFund> {
    // 非财政拨款结余 is of none of them.
    let rest = words.contains('非').then(|| words.replace("非财政拨款", ""));
    let words = rest.as_deref().unwrap_or(words);
    FUNDS.iter().find(|(word, _)| words.contains(word)).map(|(_, fund)| *fund)
}

/// Returns the kind of expenditure that words name; none if they name both.
pub(super) fn kind_in(words: &str) -> Option<PrintedKind> {
    match (words.contains("基本支出"), words.contains("项目支出")) {
        (true, false) => Some(PrintedKind::Basic),
        (false, true) => Some(PrintedKind::Project),
        (true, true) | (false, false) => None,
    }
}

/// Returns the meaning of a column.
pub(super) fn of_column(view: &View, column: usize, newest: Option<u16>) -> Option<ColumnMeaning> {
    let title = view.printed.title.as_str();
    if is_of_other_figures(title) || !view.adds_up(column) {
        return None;
    }
    // A table of one part of basic expenditure, or of a fund that no other table has for itself.
    if words::is_of_part_of_basic(title) || (words::names_fund(title) && fund_in(title).is_none()) {
        return None;
    }
    let heads: Vec<&str> = view.list.columns[column].head.iter().map(|(_, words)| words.as_str()).collect();
    let own = heads.last().copied().unwrap_or_default();
    let year = year_of(&heads, newest)?;
    let digits = |char: char| char.is_ascii_digit();
    let undated = own.trim_start_matches(digits).trim_start_matches("上年").trim_start_matches('年');
    let plain = match year {
        PrintedYear::This => PLAIN_HEADS.contains(&undated) || is_plain(own),
        PrintedYear::Last | PrintedYear::Outcome => PLAIN_PAST_HEADS.contains(&undated),
    };
    let (own_fund, own_kind) = (fund_in(own), kind_in(own));
    // 省级财政拨款 is a part of 财政拨款.
    if heads.iter().any(|head| head.contains("级财政") || head.contains("中央财政")) || title.contains("级财政拨款")
    {
        return None;
    }
    if !plain && !words::is_total(own) && own_fund.is_none() && own_kind.is_none() {
        return None;
    }
    // 其中, balances and a title of two natures are ambiguous.
    let is_beside = |head: &str| words::is_beside(head) && !(year == PrintedYear::Outcome && words::is_outcome(head));
    if heads.iter().any(|head| words::is_included(head) || is_beside(head) || words::is_carried(head)) {
        return None;
    }
    let of_heads = heads.iter().rev().find_map(|head| fund_in(head));
    let other_fund = |head: &&str| fund_in(head).is_none() && words::division(head) == Some(words::Division::Fund);
    if heads.iter().any(other_fund) {
        return None;
    }
    let kind = own_kind.or_else(|| heads.iter().rev().find_map(|head| kind_in(head))).or(kind_in(title));
    let fund = of_heads.or(fund_in(title)).unwrap_or(PrintedFund::All);
    let says = |word: &str| heads.iter().any(|head| head.contains(word)) || title.contains(word);
    // A title with both words (收支) leaves it to the head of the side.
    let flow = match heads.first().map(|head| (head.contains("收入"), head.contains("支出"))) {
        Some((true, false)) => Flow::Income,
        Some((false, true)) if !title.contains("收入") => Flow::Expenditure,
        _ => match (says("收入"), says("支出")) {
            (true, false) => Flow::Income,
            (false, true) => Flow::Expenditure,
            (true, true) | (false, false) => return None,
        },
    };
    // What was carried over is not known of another year.
    let is_known = year == PrintedYear::This || (flow, fund) != (Flow::Income, PrintedFund::All);
    is_known.then_some(ColumnMeaning { flow, fund, kind: kind.unwrap_or(PrintedKind::All), year })
}

/// Returns the year of a column; none of one before last year, or an outcome of no year.
fn year_of(heads: &[&str], newest: Option<u16>) -> Option<PrintedYear> {
    let is_outcome = heads.iter().any(|head| words::is_outcome(head));
    let mut years = heads.iter().filter_map(|head| words::year(head));
    let first = years.next();
    if years.any(|year| Some(year) != first) {
        return None;
    }
    let is_last = |year: u16| year == 0 || newest.is_some_and(|newest| year + 1 == newest);
    match first {
        Some(year) if Some(year) != newest => {
            let past = if is_outcome { PrintedYear::Outcome } else { PrintedYear::Last };
            is_last(year).then_some(past)
        }
        Some(_) | None => (!is_outcome).then_some(PrintedYear::This),
    }
}

/// Returns the meaning of a column of performance targets in the row of basic expenditure among tasks.
pub(super) fn of_basic_beside_tasks(view: &View, column: usize) -> Option<ColumnMeaning> {
    if !view.printed.title.contains(PERFORMANCE) {
        return None;
    }
    let head = &view.list.columns[column];
    let own = words::without_included(head.name());
    let fund = if words::is_total(own) { Some(PrintedFund::All) } else { fund_in(own) };
    Some(ColumnMeaning { flow: Flow::Expenditure, fund: fund?, kind: PrintedKind::Basic, year: PrintedYear::This })
}

/// Functional subjects by the code above them and their name.
pub(super) type Names<'v> = BTreeMap<(&'v str, &'v str), Code>;

/// Returns the codes of the rows of a list: their own, or those of the subjects that have their names.
pub(super) fn codes(view: &View, names: &Names) -> Vec<Code> {
    let rows = &view.list.rows;
    let mut codes: Vec<Code> = rows.iter().map(|row| row.code).collect();
    if codes.iter().any(|code| !code.is_empty()) {
        return codes;
    }
    let mut open: Vec<(usize, Code)> = view.tree.top.iter().map(|row| (*row, Code::default())).collect();
    while let Some((row, above)) = open.pop() {
        let label = words::list_number(&rows[row].label).map_or(rows[row].label.as_str(), |(_, rest)| rest);
        if let Some(code) = names.get(&(&*above, label)) {
            codes[row] = *code;
            open.extend(view.tree.below[row].iter().map(|part| (*part, *code)));
        }
    }
    codes
}

/// Returns the codes of functional subjects by the code above them and their name; those of two codes are left out.
pub(super) fn names<'v>(views: impl Iterator<Item = &'v View<'v>>) -> Names<'v> {
    let mut names: BTreeMap<(&str, &str), Option<Code>> = BTreeMap::new();
    for row in views.flat_map(|view| &view.list.rows).filter(|row| row.code.starts_with('2')) {
        let above = if row.code.len() == 3 { "" } else { &row.code[..row.code.len() - 2] };
        let known = names.entry((above, &row.label)).or_insert(Some(row.code));
        *known = known.filter(|code| *code == row.code);
    }
    names.into_iter().filter_map(|(key, code)| Some((key, code?))).collect()
}

/// Returns whether a list has a column or row for balances carried over, and whether one has an amount.
pub(super) fn balances(list: &List) -> (bool, bool) {
    let has = |row: &PrintedRow, column: usize| row.cells[column].amount().is_some_and(|figure| !figure.is_nothing());
    let is_column = |column: &PrintedColumn| column.head.iter().any(|(_, words)| words::is_carried(words));
    let columns: Vec<usize> = (0..list.columns.len()).filter(|column| is_column(&list.columns[*column])).collect();
    let (mut any, mut filled) = (!columns.is_empty(), false);
    for row in &list.rows {
        let group = row.group.as_ref().map_or("", |(_, group)| group);
        let is_row = words::is_carried(&row.label) || words::is_carried(group);
        any |= is_row;
        filled |= columns.iter().any(|column| has(row, *column));
        filled |= is_row && (0..list.columns.len()).any(|column| has(row, column));
    }
    (any, filled)
}

/// Returns whether a total is of the year alone, without what is carried over.
pub(super) fn is_of_the_year(label: &str) -> bool {
    label.starts_with("本年") || label.starts_with("当年")
}

/// Returns the kind of a line of expenditure from its label.
pub(super) fn kind_of_line(label: &str) -> Option<PrintedKind> {
    match words::list_number(label).map_or(label, |(_, rest)| rest) {
        "基本支出" => Some(PrintedKind::Basic),
        "项目支出" => Some(PrintedKind::Project),
        _ => None,
    }
}

/// Returns the fund of a line of income from its label.
pub(super) fn fund_of_line(label: &str) -> Option<PrintedFund> {
    let label = words::list_number(label).map_or(label, |(_, rest)| rest);
    fund_in(label).filter(|_| !words::is_carried(label) && !words::is_included(label))
}
