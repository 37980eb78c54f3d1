//! Which funds the sheets show money of: entries of the others would only make the import slow.

use budgetdoc_core::profile::{Line, Measure, Profile, RowsDef, Show, TableContent};

use super::amount;
use super::form::{Form, FormSide};
use super::names;
use super::sheet::Sheet;
use crate::words::loose;

/// Returns, for each fund of the profile, whether it may have money: some cell of it alone or of its group has, or no cell
/// is of it alone or of its group.
pub(super) fn with_money(sheets: &[Sheet<'_>], forms: &[Form<'_>], profile: &Profile) -> Vec<bool> {
    let mut funds = Funds { profile, told: vec![false; profile.funds.len()], money: vec![false; profile.funds.len()] };
    for sheet in sheets {
        let form = &forms[sheet.form];
        for side in &form.sides {
            funds.read(sheet, form, side);
        }
    }
    funds.told.iter().zip(&funds.money).map(|(told, money)| *money || !told).collect()
}

struct Funds<'a> {
    profile: &'a Profile,
    /// Whether some cell is of the fund.
    told: Vec<bool>,
    /// Whether such a cell shows money.
    money: Vec<bool>,
}

impl Funds<'_> {
    fn read(&mut self, sheet: &Sheet<'_>, form: &Form<'_>, side: &FormSide<'_>) {
        let Some(def) = self.profile.tables.get(form.id) else { return };
        let lines = lines(side);
        let closing: Vec<_> = match &def.content {
            TableContent::Balance(balance) => balance.closing.iter().flatten().collect(),
            TableContent::Rows(_) | TableContent::Schedule(_) | TableContent::Performance(_) => Vec::new(),
        };
        for (row, key) in names::rows(sheet, form, side) {
            let (name, group) = (loose(&key.name), loose(&key.group));
            let is_own = |line: &&Line| {
                loose(&line.name) == name && line.group.as_ref().is_none_or(|other| loose(other) == group)
            };
            let line = lines.iter().find(is_own).map(|line| &line.of);
            let own = line.or_else(|| closing.iter().find(|line| loose(&line.name) == name).map(|line| &line.of));
            for column in side.columns.clone() {
                let (Show::Sum(measure), Some(place)) = (form.columns[column].show, sheet.columns[column]) else {
                    continue;
                };
                let measures = [Some(measure), own, side.of, Some(&def.of)].into_iter().flatten();
                // The one of the fewest funds decides: the others only widen it.
                let of =
                    measures.map(|measure| self.of(measure)).filter(|funds| !funds.is_empty()).min_by_key(Vec::len);
                let amount = amount::read(sheet.grid.cells.get(&(row, place)), sheet.units[column]);
                let is_money = amount.map_or(true, |amount| !amount.money.is_zero());
                for fund in of.unwrap_or_default() {
                    self.told[fund] = true;
                    self.money[fund] |= is_money;
                }
            }
        }
    }

    /// Returns the funds of a measure; none where it takes all.
    fn of(&self, measure: &Measure) -> Vec<usize> {
        let is_named = |fund: &budgetdoc_core::profile::Fund| {
            measure.funds.iter().any(|name| name.value == fund.id.value || name.value == fund.group.value)
        };
        self.profile.funds.iter().enumerate().filter(|(_, fund)| is_named(fund)).map(|(index, _)| index).collect()
    }
}

fn lines<'a>(side: &FormSide<'a>) -> &'a [Line] {
    match side.rows {
        RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => lines,
        RowsDef::Each(_) => &[],
    }
}
