//! The figures of a budget, found by the amount that a text states.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::{Decimal, RoundingStrategy};

use super::budget_figures::{BudgetFigure, budget_figures};
use super::numbers::TextNumber;
use super::trie::Trie;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::money::{AmountFormat, Money, Unit};
use budgetdoc_core::spec::Precision;

/// The figures of a budget by their amounts and by the words that name them. Indices are those of the list.
pub(crate) struct FigureIndex {
    figures: Vec<BudgetFigure>,
    by_words: Trie<Vec<usize>>,
    by_amount: HashMap<Money, Vec<usize>>,
    /// By the amounts as texts print them.
    by_print: HashMap<Decimal, Vec<usize>>,
    /// By the amounts of rounded data, of so many decimals each.
    by_rounded: BTreeMap<u32, HashMap<Decimal, Vec<usize>>>,
    format: AmountFormat,
    unit: Unit,
}

impl FigureIndex {
    pub fn of(budget: &Budget) -> Self {
        let mut index = FigureIndex {
            figures: budget_figures(budget),
            by_words: Trie::default(),
            by_amount: HashMap::new(),
            by_print: HashMap::new(),
            by_rounded: BTreeMap::new(),
            format: budget.profile.text_amounts.clone(),
            unit: budget.spec.unit,
        };
        for (at, BudgetFigure { words, amount, .. }) in index.figures.iter().enumerate() {
            if !words.is_empty() {
                index.by_words.entry(words.chars()).push(at);
            }
            index.by_amount.entry(*amount).or_default().push(at);
            let print = index.format.rounding.apply(amount.in_unit(index.format.unit), index.format.decimals);
            index.by_print.entry(print).or_default().push(at);
            if budget.spec.precision == Precision::Rounded {
                let rounded = amount.in_unit(index.unit);
                index.by_rounded.entry(rounded.scale()).or_default().entry(rounded).or_default().push(at);
            }
        }
        index
    }

    /// Returns the first of the figures that a typed amount may be, and how many others there are: those its clause names,
    /// else all of that amount; else those that are printed so, or that were rounded to what the data hold.
    pub fn with_amount(&self, number: &TextNumber) -> Option<(&BudgetFigure, usize)> {
        let amount = number.money()?;
        let first_of = |list: &[usize]| Some((&self.figures[*list.first()?], list.len() - 1));
        if let Some(equal) = self.by_amount.get(&amount) {
            let named: Vec<usize> = self.named_in(number.clause()).into_iter().collect();
            let named: Vec<usize> = named.into_iter().filter(|at| self.figures[*at].amount == amount).collect();
            return first_of(&named).or_else(|| first_of(equal));
        }
        let printed = self.by_print.get(&amount.in_unit(self.format.unit));
        printed.and_then(|list| first_of(list)).or_else(|| first_of(&self.rounded(amount, number.clause())))
    }

    /// Returns the rounded figures that an amount typed with more digits agrees with.
    fn rounded(&self, amount: Money, clause: &str) -> Vec<usize> {
        let typed = amount.in_unit(self.unit);
        let rounded = self.by_rounded.range(..typed.scale()).filter_map(|(decimals, figures)| {
            figures.get(&typed.round_dp_with_strategy(*decimals, RoundingStrategy::MidpointAwayFromZero))
        });
        let mut list: Vec<usize> = rounded.flatten().copied().collect();
        // Of a small figure too many amounts are near: 2.08 and 1.7 are not 2.
        if typed.abs() < Decimal::ONE_HUNDRED {
            let named = self.named_in(clause);
            list.retain(|at| self.figures[*at].amount.in_unit(self.unit) >= Decimal::ONE_HUNDRED || named.contains(at));
        }
        list.sort_unstable();
        list
    }

    /// Returns the figures whose words are in a clause.
    fn named_in(&self, clause: &str) -> BTreeSet<usize> {
        let places = clause.char_indices().map(|(at, _)| &clause[at..]);
        places.flat_map(|rest| self.by_words.along(rest.chars())).flatten().copied().collect()
    }
}
