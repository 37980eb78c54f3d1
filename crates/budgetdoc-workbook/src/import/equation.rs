//! What the sheets say, as equations: the amounts that a cell sums, and what it shows.

use std::collections::BTreeSet;

use budgetdoc_core::budget::TableValue;
use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{RowAxis, RowsDef};
use budgetdoc_document::{Placed, Rounding, Table};
use rust_decimal::Decimal;

use super::amount::{self, CellAmount, NoAmount};
use super::candidate::atom;
use super::form::{Form, FormColumn, FormSide};
use super::key::{Above, Key};
use super::names::{self, cells_of, is_filled};
use super::remark::{Remark, Weight};
use super::sheet::Sheet;
use crate::grid::{Spot, Value};
use crate::words::plain;

/// A cell as an equation.
pub(super) struct Equation {
    /// The numbers of the amounts, each with its sign.
    pub terms: Vec<(usize, i8)>,
    /// What the cell shows.
    pub amount: Money,
    /// How far the shown amount may be from the exact one.
    pub slack: Money,
    /// The unit it is shown in.
    pub unit: Unit,
    /// How the form rounds it, and to how many decimals.
    pub rounding: (Rounding, u32),
    /// Whether it takes units by their nature, which no sheet has.
    pub by_nature: bool,
    /// The sheet's name.
    pub sheet: String,
    /// The cell; none of a row that the sheet leaves out because it is zero.
    pub spot: Option<Spot>,
}

/// A row of the form: its names and, for each column, the amounts it sums.
struct FormRow {
    key: Key,
    figures: Vec<Option<Vec<(usize, i8)>>>,
}

/// Adds the equations of a sheet. `value` is its table with all candidates, `table` the same with its words.
pub(super) fn add(
    sheet: &Sheet<'_>,
    form: &Form<'_>,
    (value, table): (&TableValue, &Table),
    equations: &mut Vec<Equation>,
    remarks: &mut Vec<Remark>,
) {
    let groups = table.groups();
    let Some(lines) = groups.get(1).and_then(|group| group.lines().collect::<Result<Vec<_>, _>>().ok()) else { return };
    let mut used = BTreeSet::new();
    for side in &form.sides {
        let own = form_rows(form, side, value, &lines);
        let rows = names::rows(sheet, form, side);
        let mut reader = Reader { sheet, form, side, equations, remarks, used: &mut used };
        reader.side(&own, &rows);
    }
    for (column, place) in form.columns.iter().zip(&sheet.columns) {
        if column.is_sum() && place.is_none() {
            let head: Vec<&str> = column.head.iter().map(|words| words.written.as_str()).collect();
            let head = head.join("/");
            remarks.push(Remark::sheet(
                Weight::Warning,
                &sheet.grid.name,
                format!("没有找到“{head}”一栏"),
                format!("the column {head} was not found"),
            ));
        }
    }
}

fn form_rows(form: &Form<'_>, side: &FormSide<'_>, value: &TableValue, lines: &[Vec<Placed<'_>>]) -> Vec<FormRow> {
    let mut above = Above::default();
    let mut rows: Vec<FormRow> = Vec::new();
    // A project that several items could pay for is a row for each of them here, and one on the sheet.
    let merges = side.axes().iter().any(|axis| matches!(axis, RowAxis::Project | RowAxis::KeyProject));
    for (index, (line, row)) in lines.iter().zip(&value.rows).enumerate() {
        let term = |term: &budgetdoc_core::budget::Term| {
            Some((atom(term.place)?, if term.amount < Money::ZERO { -1 } else { 1 }))
        };
        let figure = |column: usize| {
            let total = row.cells.get(column)?.figure()?;
            Some(total.terms.iter().filter_map(term).collect::<Vec<_>>())
        };
        let figures: Vec<_> = side.columns.clone().map(figure).collect();
        if figures.iter().all(Option::is_none) {
            continue;
        }
        let at = |column: usize| {
            let placed = line.iter().take_while(|placed| placed.slot.column <= column).last()?;
            let start = u32::try_from(placed.slot.column).ok()?;
            (placed.slot.row == index).then(|| (start, placed.cell.content.to_string()))
        };
        let key = Key::of(form, side.columns.clone(), at, &mut above);
        match rows.last_mut().filter(|last| merges && last.key == key && !key.name.is_empty()) {
            Some(last) => {
                for (have, more) in last.figures.iter_mut().zip(figures) {
                    if let Some(more) = more {
                        have.get_or_insert_default().extend(more);
                    }
                }
            }
            None => rows.push(FormRow { key, figures }),
        }
    }
    rows
}

struct Reader<'r, 'a> {
    sheet: &'r Sheet<'a>,
    form: &'r Form<'a>,
    side: &'r FormSide<'a>,
    equations: &'r mut Vec<Equation>,
    remarks: &'r mut Vec<Remark>,
    used: &'r mut BTreeSet<Spot>,
}

impl Reader<'_, '_> {
    fn side(&mut self, own: &[FormRow], rows: &[(u32, Key)]) {
        let slack = self.slack(rows);
        let mut taken = vec![false; own.len()];
        let mut next = 0;
        let mut is_whole = true;
        for (row, key) in rows {
            let has_amounts = self.has_amounts(*row);
            if key.is_empty() && !has_amounts {
                continue;
            }
            let find = |same: &dyn Fn(&Key) -> bool, taken: &[bool]| {
                let free = |index: &usize| !taken[*index] && same(&own[*index].key);
                (next..own.len()).find(free).or_else(|| (0..next).find(free))
            };
            let found = find(&|other| other.is(key), &taken).or_else(|| find(&|other| other.is_like(key), &taken));
            let found = found.or_else(|| self.longer_or_shorter((*row, key), (own, &taken), rows));
            match found {
                Some(index) => {
                    taken[index] = true;
                    next = index + 1;
                    self.row(*row, &own[index], &slack);
                }
                None if has_amounts => {
                    is_whole = false;
                    self.unknown_row(*row, key);
                }
                None => {}
            }
        }
        if is_whole {
            self.left_out(own, &taken, &slack);
        }
    }

    /// Returns the only fixed line whose name is the beginning of a row's, or the other way round, as 一般公共预算 is of
    /// 一般公共预算资金, and which no row is called.
    fn longer_or_shorter(
        &mut self,
        (row, key): (u32, &Key),
        (own, taken): (&[FormRow], &[bool]),
        rows: &[(u32, Key)],
    ) -> Option<usize> {
        match self.side.rows {
            RowsDef::Lines(_) | RowsDef::UnitLines(_) => {}
            RowsDef::Each(_) => return None,
        }
        let is_open = |index: &usize| !taken[*index] && !rows.iter().any(|(_, other)| own[*index].key.is_like(other));
        let mut alike = (0..own.len()).filter(|index| own[*index].key.begins_like(key)).filter(is_open);
        let (found, second) = (alike.next()?, alike.next());
        if second.is_some() || !self.has_amounts(row) {
            return None;
        }
        let (name, taken_for) = (&key.name, &own[found].key.name);
        self.remarks.push(Remark::sheet(
            Weight::Note,
            &self.sheet.grid.name,
            format!("第 {} 行（{name}）认作版式的“{taken_for}”", row + 1),
            format!("row {} ({name}) is taken for the line {taken_for}", row + 1),
        ));
        Some(found)
    }

    /// Adds that rows are zero which a form prints only where they are not.
    fn left_out(&mut self, own: &[FormRow], taken: &[bool], slack: &[Money]) {
        let optional: Vec<String> = match self.side.rows {
            RowsDef::Each(_) => Vec::new(),
            RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
                lines.iter().filter(|line| line.optional).map(|line| plain(&line.name)).collect()
            }
        };
        let by_name = self.side.axes().iter().any(|axis| match axis {
            RowAxis::Function | RowAxis::FunctionClass | RowAxis::Economic | RowAxis::Project | RowAxis::KeyProject => {
                true
            }
            RowAxis::Unit | RowAxis::Category | RowAxis::Procurement => false,
        });
        for (row, _) in own.iter().zip(taken).filter(|(_, taken)| !**taken) {
            let is_subject = by_name && !row.key.names_unit && !self.is_total(&row.key);
            if !is_subject && !optional.contains(&plain(&row.key.name)) {
                continue;
            }
            for (index, column) in self.side.columns.clone().enumerate() {
                if let Some(terms) = &row.figures[index]
                    && self.sheet.columns[column].is_some()
                {
                    self.equations.push(Equation {
                        terms: terms.clone(),
                        amount: Money::ZERO,
                        slack: slack[index],
                        unit: self.sheet.units[column],
                        rounding: self.rounding(column),
                        by_nature: self.form.columns[column].by_nature,
                        sheet: self.sheet.grid.name.clone(),
                        spot: None,
                    });
                }
            }
        }
    }

    fn is_total(&self, key: &Key) -> bool {
        let name = if key.names_unit { &key.unit } else { &key.name };
        self.form.total.is_some_and(|total| plain(total) == plain(name))
    }

    /// Reads the amounts of a row.
    fn row(&mut self, row: u32, own: &FormRow, slack: &[Money]) {
        for (index, column) in self.side.columns.clone().enumerate() {
            let Some(terms) = &own.figures[index] else { continue };
            let Some(place) = self.sheet.columns[column] else { continue };
            let Some((spot, value)) = self.value(row, place, !own.key.bought.is_empty()) else { continue };
            self.used.insert(spot);
            let unit = self.sheet.units[column];
            if let Some(amount) = self.amount(spot, value.as_ref(), unit) {
                let (amount, slack) = (amount.money, slack[index]);
                let sheet = self.sheet.grid.name.clone();
                let by_nature = self.form.columns[column].by_nature;
                let terms = terms.clone();
                let rounding = self.rounding(column);
                let spot = Some(spot);
                self.equations.push(Equation { terms, amount, slack, unit, rounding, by_nature, sheet, spot });
            }
        }
    }

    /// Returns the cell of a row in a column with what it holds; none for the part of a label that covers it.
    fn value(&mut self, row: u32, place: u32, moves: bool) -> Option<(Spot, Option<Value>)> {
        let spot = (row, place);
        let grid = self.sheet.grid;
        if grid.origin(spot) != spot {
            return None;
        }
        let value = grid.cells.get(&spot).cloned();
        if value.is_none() && moves {
            // Exported tables lose empty cells: the last number of the row is its amount.
            let number = cells_of(grid, row).filter(|(_, value)| matches!(value, Value::Number(_))).last();
            if let Some((column, value)) = number {
                let (zh, en) = (
                    "金额不在“总计”所在的一栏，已按该行的金额读取",
                    "the amount is not in its column; it was read as that of its row",
                );
                self.remarks.push(Remark::cell(Weight::Note, &grid.name, (row, column), zh, en));
                return Some(((row, column), Some(value.clone())));
            }
        }
        Some((spot, value))
    }

    fn amount(&mut self, spot: Spot, value: Option<&Value>, unit: Unit) -> Option<CellAmount> {
        let sheet = &self.sheet.grid.name;
        let (zh, en) = match amount::read(value, unit) {
            Ok(amount) => {
                if amount.rounded {
                    let kept = amount.money.in_unit(unit);
                    let zh = format!("金额有不到一分的尾数，按 {kept}{} 读取", unit.name());
                    let en = format!("the amount has parts of a fen; it was read as {kept} {}", unit.name());
                    self.remarks.push(Remark::cell(Weight::Note, sheet, spot, zh, en));
                }
                return Some(amount);
            }
            Err(NoAmount::Words(words)) => (format!("“{words}”不是金额"), format!("“{words}” is no amount")),
            Err(NoAmount::Date) => {
                ("金额的格子里是日期；请改为数字格式".to_owned(), "a date stands where an amount belongs".to_owned())
            }
            Err(NoAmount::Error(fault)) => {
                (format!("公式出错（{fault}）"), format!("the formula has the error {fault}"))
            }
            Err(NoAmount::Uncomputed) => (
                "公式没有保存结果；请用 Excel 打开后另存".to_owned(),
                "the formula was saved without its value: open the workbook in Excel and save it".to_owned(),
            ),
        };
        self.remarks.push(Remark::cell(Weight::Fault, sheet, spot, zh, en));
        None
    }

    fn rounding(&self, column: usize) -> (Rounding, u32) {
        let amounts = self.form.columns[column].amounts;
        (amounts.rounding, amounts.decimals)
    }

    fn has_amounts(&self, row: u32) -> bool {
        let columns = self.side.columns.clone().filter(|column| self.form.columns[*column].is_sum());
        let mut places = columns.filter_map(|column| self.sheet.columns[column]);
        places.any(|place| self.sheet.grid.cells.contains_key(&(row, place)))
    }

    fn unknown_row(&mut self, row: u32, key: &Key) {
        let name = [&key.unit, &key.code, &key.name].into_iter().filter(|words| is_filled(words));
        let name: Vec<&str> = name.map(String::as_str).chain(key.bought.iter().map(String::as_str)).collect();
        let name = name.join(" ");
        let columns = self.side.columns.clone().filter(|column| self.form.columns[*column].is_sum());
        let place = columns.filter_map(|column| self.sheet.columns[column]).next().unwrap_or(0);
        self.remarks.push(Remark::cell(
            Weight::Warning,
            &self.sheet.grid.name,
            (row, place),
            format!("这一行（{name}）的金额没有读取：版式的这张表没有这一行"),
            format!("the amounts of this row ({name}) were not read: the form's table has no such row"),
        ));
    }

    /// Returns, for each column of the side, how far a printed amount may be from the exact one.
    fn slack(&self, rows: &[(u32, Key)]) -> Vec<Money> {
        let sums = || self.side.columns.clone().filter(|column| self.form.columns[*column].is_sum());
        // The decimals that the sheet has anywhere: it may hold more than the form prints.
        let places: Vec<_> = sums().filter_map(|column| Some((self.sheet.columns[column]?, column))).collect();
        let read = |row: u32, (place, column): (u32, usize)| {
            amount::read(self.sheet.grid.cells.get(&(row, place)), self.sheet.units[column]).ok()
        };
        let all = rows.iter().flat_map(|(row, _)| places.iter().filter_map(|place| read(*row, *place)));
        let most = all.map(|amount| amount.decimals).max().unwrap_or(0);
        let of_column = |column: usize| {
            let FormColumn { amounts, .. } = &self.form.columns[column];
            let unit = self.sheet.units[column];
            let decimals = if amounts.unit == unit { amounts.decimals.max(most) } else { most };
            let step = Money::new(Decimal::new(1, decimals.min(12)), unit);
            let is_exact = step.in_unit(Unit::Yuan) <= Decimal::new(1, 2);
            let half = match amounts.rounding {
                Rounding::HalfUp | Rounding::HalfEven => step.in_unit(Unit::Yuan) / Decimal::TWO,
                Rounding::Truncate => step.in_unit(Unit::Yuan),
            };
            if is_exact { Money::ZERO } else { Money::yuan(half) }
        };
        self.side.columns.clone().map(of_column).collect()
    }
}
