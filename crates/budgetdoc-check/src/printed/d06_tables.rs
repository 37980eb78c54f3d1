//! D6: the same figure is the same in every table.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rust_decimal::Decimal;

use super::code::Code;
use super::figure::PrintedSum;
use super::projects::Projects;
use super::quantity::{self, ColumnMeaning, Flow, PrintedFund, PrintedKind, PrintedYear, Quantity};
use super::report::report;
use super::{Prover, Relation, Sides, View, words};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::money::Unit;

pub(crate) const RULE: Rule = Rule {
    id: "D6",
    severity: Severity::Error,
    title: ("同一数在印出的各表中一致", "A figure is the same in every printed table"),
    explanation: (
        "由印出的表格本身核对：不同表格中含义相同的数（同一功能科目或经济科目、同一资金、基本支出或项目支出的本年数，各表合计，收入的各项来源，各项目的金额，绩效目标表逐行列出的各项目的金额，绩效目标表中的基本支出）应当一致，按科目列示的表没有某一类的，按 0 比较；财政拨款等于一般公共预算、政府性基金、国有资本经营预算之和。含义按表名、表头和科目编码判断，有疑问的不比较。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed tables alone: figures of the same meaning in different tables (this year’s amount of a subject by fund and kind, totals, income by fund, projects, also in lists of performance targets, basic expenditure beside tasks) are equal, a class without a row in a list of subjects is zero there, and appropriations are the sum of the general public, government fund and state capital budgets. The meaning follows from titles, heads and codes; where it is not certain, nothing is compared. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "tables:\n  general_public:\n    title: 一般公共预算支出表\n    of: { accounts: [expenditure] }",
    right: "tables:\n  general_public:\n    title: 一般公共预算支出表\n    of: { accounts: [expenditure], funds: [general_public] }",
    checks: &[Check::Figures(|examiner| report(examiner, "D6"))],
};

/// A printed figure in yuan, or the sum of those of several units, and its cell, or the first of them.
#[derive(Clone, Copy)]
pub(super) struct PlacedFigure<'v, 'a> {
    pub view: &'v View<'a>,
    pub table: usize,
    pub row: usize,
    pub column: usize,
    pub sum: PrintedSum,
}

/// What is printed, by what it is of.
#[derive(Default)]
pub(super) struct PlacedFigures<'v, 'a> {
    of: BTreeMap<Quantity, Vec<PlacedFigure<'v, 'a>>>,
    /// Columns of lists of all subjects, what they are of, and their first rows.
    lists: Vec<(Quantity, PlacedFigure<'v, 'a>)>,
    /// Totals of income by subject, with or without balances.
    income_by_subject: Vec<PlacedFigure<'v, 'a>>,
}

impl<'v, 'a> PlacedFigures<'v, 'a> {
    /// Returns the figures of a meaning.
    pub fn get(&self, quantity: &Quantity) -> Option<&[PlacedFigure<'v, 'a>]> {
        self.of.get(quantity).map(Vec::as_slice)
    }
}

/// Compares the figures of every meaning that is printed in several tables.
pub(super) fn compare(places: &PlacedFigures, eliminated: Decimal, prover: &mut Prover) {
    for (quantity, of) in &places.of {
        let Some(first) = first_filled(of) else { continue };
        let eliminated = quantity.eliminated(eliminated);
        // A list without figures has no rows, but it has a whole.
        let has_it = |other: &&PlacedFigure| quantity.code.is_empty() || !other.view.is_blank();
        for other in of.iter().filter(has_it).filter(|other| other.table != first.table) {
            let what = first.view.describe_sides(first.row, first.column, "", "");
            let (zh, en) = (format!("{}“{}”", what.name, what.cell), format!("“{}” of {}", what.cell, what.name));
            compare_two(other, first.sum.with_slack(eliminated), &zh, &en, prover);
        }
        compare_lists_without(places, quantity, first, prover);
        if let Some(sum) = three_budgets(places, quantity) {
            let zh = "各表的一般公共预算、政府性基金、国有资本经营预算之和";
            let en = "the sum of the general public, government fund and state capital budgets";
            compare_two(first, sum, zh, en, prover);
        }
    }
    for total in &places.income_by_subject {
        compare_income(places, total, eliminated, prover);
    }
}

/// Compares a class with the lists of subjects in which it has no row: it is nothing there.
fn compare_lists_without(places: &PlacedFigures, quantity: &Quantity, first: &PlacedFigure, prover: &mut Prover) {
    if quantity.code.len() != 3 {
        return;
    }
    let whole = Quantity { code: Code::default(), ..*quantity };
    let lacks_it = |list: &PlacedFigure| {
        // Functional subjects begin with 2, economic ones with 3.
        let is_of_its_kind = list.view.classes[0].as_bytes().first() == quantity.code.as_bytes().first();
        list.table != first.table && is_of_its_kind && list.view.classes.binary_search(&quantity.code).is_err()
    };
    let lists = places.lists.iter().filter(|(of, list)| *of == whole && lacks_it(list));
    for (_, list) in lists {
        let without = list.view.describe_sides(list.row, list.column, "", "");
        let zh = format!("{}没有这一行，即为 0，该数", without.name);
        let en = format!("{} has no row of it, so that it", without.name);
        compare_two(first, PrintedSum::default(), &zh, &en, prover);
    }
}

/// Compares the total of income by subject with that of all income, with balances or without, whichever is nearer.
fn compare_income(places: &PlacedFigures, total: &PlacedFigure, eliminated: Decimal, prover: &mut Prover) {
    let of = |balances| Quantity {
        flow: Flow::Income,
        fund: PrintedFund::All,
        kind: PrintedKind::All,
        code: Code::default(),
        balances,
        year: PrintedYear::This,
    };
    let figures = [false, true].into_iter().filter_map(|balances| first_filled(places.get(&of(balances))?));
    let others = figures.filter(|figure| figure.table != total.table);
    let Some(other) = others.min_by_key(|other| (other.sum.value - total.sum.value).abs()) else { return };
    let what = other.view.describe_sides(other.row, other.column, "", "");
    let (zh, en) = (format!("{}“{}”", what.name, what.cell), format!("“{}” of {}", what.cell, what.name));
    compare_two(total, other.sum.with_slack(eliminated), &zh, &en, prover);
}

/// Returns the first figure of a list that has any.
pub(super) fn first_filled<'p, 'v, 'a>(of: &'p [PlacedFigure<'v, 'a>]) -> Option<&'p PlacedFigure<'v, 'a>> {
    of.iter().find(|place| !place.view.is_blank())
}

/// Compares what several tables print of a project, and the parts of its money with all of it.
pub(super) fn compare_projects(projects: &Projects, prover: &mut Prover) {
    for (other, first) in projects.pairs() {
        let what = first.sides("", "");
        let (zh, en) = (format!("{}“{}”", what.name, what.cell), format!("“{}” of {}", what.cell, what.name));
        prover.table = Some(other.table);
        prover.compare(RULE.id, other.sum, Relation::Equal, first.sum, || other.sides(&zh, &en));
    }
    for [part, whole] in &projects.parts {
        prover.table = Some(part.table);
        let what = whole.sides("", "").cell;
        let sides = || part.sides(&format!("“{what}”"), &format!("“{what}”"));
        prover.compare(RULE.id, part.sum, Relation::AtMost, whole.sum, sides);
    }
}

fn compare_two(place: &PlacedFigure, other: PrintedSum, zh: &str, en: &str, prover: &mut Prover) {
    prover.table = Some(place.table);
    prover.compare(RULE.id, place.sum, Relation::Equal, other, || Sides {
        unit: Some(Unit::Yuan),
        ..place.view.describe_sides(place.row, place.column, zh, en)
    });
}

/// Returns what appropriations come to by the tables of their three budgets; none if one of the tables is not there.
fn three_budgets(places: &PlacedFigures, quantity: &Quantity) -> Option<PrintedSum> {
    if (quantity.fund, quantity.flow) != (PrintedFund::Appropriation, Flow::Expenditure) {
        return None;
    }
    let mut sum = PrintedSum::default();
    for fund in [PrintedFund::GeneralPublic, PrintedFund::Government, PrintedFund::StateCapital] {
        let of = |code| places.get(&Quantity { fund, code, ..*quantity });
        let whole = of(Code::default())?;
        match of(quantity.code) {
            Some(of) => sum.join(of.first()?.sum),
            // What is not listed in a table by subjects is nothing.
            None if whole.iter().any(|place| place.view.list.rows.iter().any(|row| !row.code.is_empty())) => {}
            None if whole.iter().all(|place| place.sum.value.is_zero()) => {}
            None => return None,
        }
    }
    Some(sum)
}

/// Returns the figures of all tables whose meaning is plain.
pub(super) fn places<'v, 'a>(tables: &'v [Vec<View<'a>>]) -> PlacedFigures<'v, 'a> {
    let views = || tables.iter().flatten();
    let heads = views().flat_map(|view| view.list.columns.iter().flat_map(|column| &column.head));
    let newest = heads.filter_map(|(_, words)| words::year(words)).max();
    let names = quantity::names(views());
    let is_carried_over = views().any(|view| view.has_filled_balances);
    let mut places = PlacedFigures::default();
    for (table, views) in tables.iter().enumerate() {
        for view in views {
            let has_sides = views.iter().filter(|other| other.list.body == view.list.body).count() > 1;
            // Income may have balances in it.
            let mixes = is_carried_over && !has_sides && !view.has_balances;
            let codes = quantity::codes(view, &names);
            for column in 0..view.list.columns.len() {
                let basic = quantity::of_basic_beside_tasks(view, column);
                let Some(meaning) = basic.or_else(|| quantity::of_column(view, column, newest)) else { continue };
                let at = |row| Some(PlacedFigure { view, table, row, column, sum: view.in_yuan(row, column)? });
                if let [total] = view.tree.totals.as_slice()
                    && (meaning.flow, meaning.fund) == (Flow::Income, PrintedFund::All)
                    && codes.iter().any(|code| !code.is_empty())
                {
                    places.income_by_subject.extend(at(*total));
                }
                if view.printed.unit_of(&view.list.columns[column]).is_none() || (mixes && meaning.flow == Flow::Income)
                {
                    continue;
                }
                let mut found: BTreeMap<Quantity, Option<PlacedFigure>> = BTreeMap::new();
                let rows = match basic {
                    Some(_) => rows_of_basic(view, meaning),
                    None => rows(view, &codes, meaning, (has_sides, is_carried_over)),
                };
                if let Some(class) = view.list.rows.iter().position(|row| row.code.len() == 3)
                    && meaning.flow == Flow::Expenditure
                {
                    places.lists.extend(at(class).map(|class| (meaning.whole(), class)));
                }
                for (row, quantity, may_repeat) in rows {
                    // An unfilled amount, which is in words, leaves the sum of several rows open.
                    let place = at(row);
                    match found.entry(quantity) {
                        Entry::Vacant(entry) => drop(entry.insert(place)),
                        Entry::Occupied(mut entry) => match (entry.get_mut(), place) {
                            (Some(before), Some(place)) if may_repeat => before.sum.join(place.sum),
                            (unclear, _) => *unclear = None,
                        },
                    }
                }
                for (quantity, place) in found {
                    places.of.entry(quantity).or_default().extend(place);
                }
            }
        }
    }
    places
}

/// Returns the row of basic expenditure among tasks.
fn rows_of_basic(view: &View, meaning: ColumnMeaning) -> Vec<(usize, Quantity, bool)> {
    let rows = view.list.rows.iter().enumerate();
    let of_basic = rows.filter(|(_, row)| quantity::kind_of_line(&row.label) == Some(PrintedKind::Basic));
    of_basic.map(|(row, _)| (row, meaning.whole(), false)).collect()
}

/// Returns the rows whose meaning is plain, what they are of, and whether units have a row of it each.
fn rows(
    view: &View,
    codes: &[Code],
    meaning: ColumnMeaning,
    (has_sides, is_carried_over): (bool, bool),
) -> Vec<(usize, Quantity, bool)> {
    let ColumnMeaning { flow, fund, kind, year } = meaning;
    let of = |fund, kind, code| Quantity { flow, fund, kind, code, balances: false, year };
    // Without balances, the total with them is that of the year.
    let is_this_year = year == PrintedYear::This;
    let with_balances = || Quantity { balances: is_carried_over && is_this_year, ..of(fund, kind, Code::default()) };
    let rows = &view.list.rows;
    let (top, totals) = (&view.tree.top, &view.tree.totals);
    let mut found = Vec::new();
    let is_coded = codes.iter().any(|code| !code.is_empty());
    let by_unit = is_coded && top.iter().all(|row| codes[*row].is_empty());
    for (row, code) in codes.iter().enumerate().filter(|(_, code)| !code.is_empty()) {
        if flow == Flow::Expenditure {
            found.push((row, of(fund, kind, *code), by_unit));
        }
    }
    // Lines of income by fund, of expenditure by kind.
    for row in (0..rows.len()).filter(|row| codes[*row].is_empty() && !totals.contains(row)) {
        let label = match &rows[row].group {
            Some((_, group)) if words::is_total(&rows[row].label) => group,
            Some(_) => continue,
            None => &rows[row].label,
        };
        let line = match flow {
            Flow::Income => quantity::fund_of_line(label).map(|fund| of(fund, PrintedKind::All, Code::default())),
            Flow::Expenditure if has_sides => quantity::kind_of_line(label).map(|kind| of(fund, kind, Code::default())),
            Flow::Expenditure => None,
        };
        found.extend(line.map(|line| (row, line, false)));
    }
    if has_sides {
        let of_year = totals.iter().filter(|row| quantity::is_of_the_year(&rows[**row].label));
        found.extend(of_year.map(|row| (*row, of(fund, kind, Code::default()), false)));
        let last = totals.last().filter(|row| !quantity::is_of_the_year(&rows[**row].label));
        found.extend(last.map(|row| (*row, with_balances(), false)));
        return found;
    }
    // The whole of a list: its only total, or its units. That of income has balances in it, and so has that of
    // expenditure which has a column for them.
    let whole = match flow {
        Flow::Income if fund == PrintedFund::All => with_balances(),
        Flow::Income if is_coded => return found,
        Flow::Expenditure if kind == PrintedKind::All && view.has_balances => with_balances(),
        Flow::Income | Flow::Expenditure => of(fund, kind, Code::default()),
    };
    match totals.as_slice() {
        [total] => found.push((*total, whole, false)),
        [] if !is_coded || by_unit => found.extend(top.iter().map(|row| (*row, whole, true))),
        _ => {}
    }
    found
}
