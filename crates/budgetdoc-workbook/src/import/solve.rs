//! Finds the amounts of the entries from what the cells show, the most detailed first, and holds every other cell
//! against them.

use budgetdoc_core::money::Money;
use rust_decimal::Decimal;

use super::candidate::YEARS;
use super::equation::Equation;
use super::remark::{Remark, Weight};
use crate::grid::Spot;

/// The amounts found.
pub(super) struct Solution {
    /// The amount of each number; none where the sheets do not tell it.
    pub amounts: Vec<Option<Money>>,
    /// How far an amount may be from the exact one.
    pub slack: Vec<Money>,
    /// The sheet and cell that tell each amount; none of what is nothing because something else is.
    pub cells: Vec<Option<(String, Option<Spot>)>>,
    /// Sums whose parts are unknown.
    pub unsplit: Vec<Unsplit>,
}

/// A sum of several amounts that no sheet separates.
pub(super) struct Unsplit {
    /// The numbers of the amounts.
    pub atoms: Vec<usize>,
    /// Their sum.
    pub amount: Money,
    /// The sheet it is from, and the cell.
    pub sheet: String,
    pub spot: Option<Spot>,
}

/// What is left of an equation.
struct Rest {
    unknown: Vec<(usize, i8)>,
    amount: Money,
    slack: Money,
}

fn times(money: Money, sign: i8) -> Money {
    if sign < 0 { -money } else { money }
}

fn twice(money: Money) -> Money {
    money + money
}

impl Solution {
    /// Solves the equations for `count` amounts.
    ///
    /// `spent` lists amounts that are nothing where those beside them are: what a fund spends where it brings in nothing.
    pub fn of(equations: &mut [Equation], count: usize, spent: &[(Vec<usize>, Vec<usize>)]) -> Solution {
        equations.sort_by_key(|equation| equation.terms.len());
        let mut solution = Solution {
            amounts: vec![None; count],
            slack: vec![Money::ZERO; count],
            cells: vec![None; count],
            unsplit: Vec::new(),
        };
        let mut open: Vec<&Equation> = equations.iter().filter(|equation| !equation.by_nature).collect();
        for exact in [true, false] {
            while solution.pass(&mut open, exact) || solution.spend_nothing(spent) {}
        }
        solution.collect_unsplit(equations);
        solution
    }

    /// Goes through the equations once, the most detailed first, drops those without unknown amounts, and returns whether an
    /// amount was found.
    fn pass(&mut self, open: &mut Vec<&Equation>, exact: bool) -> bool {
        let mut found = false;
        open.retain(|equation| equation.terms.iter().any(|(atom, _)| self.amounts[*atom].is_none()));
        for equation in open.iter() {
            let rest = self.rest(equation);
            let Some((_, sign)) = rest.unknown.first().copied() else { continue };
            let same = rest.unknown.iter().all(|(_, other)| *other == sign);
            let whole = rest.unknown.len() == equation.terms.len();
            let noise = !whole && rest.amount.abs() <= rest.slack;
            if rest.amount.is_zero() && same || (!exact && noise && same) {
                for (atom, _) in rest.unknown {
                    self.set(atom, Money::ZERO, Money::ZERO);
                    self.cells[atom] = Some((equation.sheet.clone(), equation.spot));
                }
                found = true;
            } else if let [(atom, sign)] = rest.unknown[..]
                && !noise
                && times(rest.amount, sign) > Money::ZERO
            {
                self.set(atom, times(rest.amount, sign), rest.slack);
                self.cells[atom] = Some((equation.sheet.clone(), equation.spot));
                found = true;
            }
        }
        found
    }

    /// Sets what is spent of funds that bring in nothing, and returns whether an amount was found.
    fn spend_nothing(&mut self, spent: &[(Vec<usize>, Vec<usize>)]) -> bool {
        let mut found = false;
        for (sources, uses) in spent {
            if !sources.is_empty() && sources.iter().all(|atom| self.amounts[*atom] == Some(Money::ZERO)) {
                for atom in uses {
                    if self.amounts[*atom].is_none() {
                        self.set(*atom, Money::ZERO, Money::ZERO);
                        found = true;
                    }
                }
            }
        }
        found
    }

    fn set(&mut self, atom: usize, amount: Money, slack: Money) {
        self.amounts[atom] = Some(amount);
        self.slack[atom] = slack;
    }

    fn rest(&self, equation: &Equation) -> Rest {
        let mut rest = Rest { unknown: Vec::new(), amount: equation.amount, slack: equation.slack };
        for (atom, sign) in &equation.terms {
            match self.amounts[*atom] {
                Some(amount) => {
                    rest.amount = rest.amount - times(amount, *sign);
                    rest.slack = rest.slack + self.slack[*atom];
                }
                None => rest.unknown.push((*atom, *sign)),
            }
        }
        rest
    }

    /// Collects the sums whose parts are unknown, each amount in one of them at most.
    fn collect_unsplit(&mut self, equations: &[Equation]) {
        let mut taken = vec![false; self.amounts.len()];
        for equation in equations.iter().filter(|equation| !equation.by_nature) {
            let rest = self.rest(equation);
            let all = rest.unknown.iter().all(|(atom, sign)| *sign > 0 && !taken[*atom]);
            if rest.unknown.is_empty() || !all || rest.amount <= rest.slack {
                continue;
            }
            rest.unknown.iter().for_each(|(atom, _)| taken[*atom] = true);
            let atoms = rest.unknown.iter().map(|(atom, _)| *atom).collect();
            let (sheet, spot) = (equation.sheet.clone(), equation.spot);
            self.unsplit.push(Unsplit { atoms, amount: rest.amount, sheet, spot });
        }
    }

    /// Returns the sheet, and the cell if it has one, that tells a sum of entries for a year; none where no sheet does.
    pub fn place(&self, entries: &[usize], year: usize) -> Option<(&str, Option<Spot>)> {
        let atoms = || entries.iter().map(|entry| entry * YEARS + year);
        let sum = self.unsplit.iter().find(|sum| sum.atoms.iter().copied().eq(atoms()));
        match (sum, entries) {
            (Some(sum), _) => Some((sum.sheet.as_str(), sum.spot)),
            (None, [entry]) => self.cells[entry * YEARS + year].as_ref().map(|(sheet, spot)| (sheet.as_str(), *spot)),
            (None, _) => None,
        }
    }

    /// Compares every cell with the sum of its amounts.
    pub fn compare(&self, equations: &[Equation], remarks: &mut Vec<Remark>) {
        let mut compared = Vec::new();
        for equation in equations {
            let rest = self.rest(equation);
            // Where parts are unknown, only more than the whole is wrong.
            let exceeds = rest.amount < Money::ZERO && rest.unknown.iter().all(|(_, sign)| *sign > 0);
            if rest.amount.is_zero() || !(rest.unknown.is_empty() || exceeds) {
                continue;
            }
            let unit = equation.unit;
            let sum = equation.amount - rest.amount;
            let (printed, sum) = (equation.amount.in_unit(unit), sum.in_unit(unit));
            let (rounding, decimals) = equation.rounding;
            if rounding.apply(sum, decimals) == printed {
                continue;
            }
            let difference = (printed - sum).normalize();
            let name = unit.name();
            // A truncated sum of rounded parts may be off by twice as much.
            let is_rounding = rest.amount.abs() <= twice(rest.slack);
            let (weight, zh, en) = match is_rounding {
                false if equation.by_nature => (
                    Weight::Warning,
                    "；这一格只计某种性质的单位，表中看不出，请在 units 下写明 nature",
                    "; it counts units of some nature, which no sheet tells: write `nature` below `units`",
                ),
                true => (Weight::Note, "，在四舍五入的范围内", ", which rounding explains"),
                false => (Weight::Error, "", ""),
            };
            let zh = format!("表中为 {printed}{name}，按明细合计为 {sum}{name}，相差 {}{name}{zh}", difference.abs());
            let en = format!(
                "the sheet shows {printed} {name}, its parts sum to {sum} {name}, a difference of {}{en}",
                difference.abs()
            );
            let remark = match equation.spot {
                Some(spot) => Remark::cell(weight, &equation.sheet, spot, zh, en),
                None if rest.amount.in_unit(unit) == Decimal::ZERO => continue,
                None => Remark::sheet(
                    weight,
                    &equation.sheet,
                    format!("没有印出的一行：{zh}"),
                    format!("a row that is not there: {en}"),
                ),
            };
            compared.push(((&equation.sheet, equation.spot), remark));
        }
        compared.sort_by(|one, other| one.0.cmp(&other.0));
        remarks.extend(compared.into_iter().map(|(_, remark)| remark));
    }
}
