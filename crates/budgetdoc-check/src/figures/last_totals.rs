//! Last year's amounts of whole figures (`last_totals`), compared with last year's spec and with this spec's rows.

use crate::ComparedFigure;
use crate::examiner::{Examiner, FigurePair};
use crate::figures::companions::without_places;
use budgetdoc_core::budget::{Budget, Filter, Scope, Total};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure, Profile, YearOf};

/// Compares every line of `last_totals` with the figure of that name in last year's spec. Returns
/// whether all agree.
pub(crate) fn published(examiner: &mut Examiner, before: &Budget) -> bool {
    let budget = examiner.budget;
    let mut all_agree = true;
    for name in budget.spec.last_totals.keys() {
        let (Some(here), Some(measure)) = (budget.last_of(name), budget.profile.figures.get(name)) else { continue };
        // Of a profile that has changed since, the figure of that name may be another.
        let is_same = before.profile.figures.get(name).is_some_and(|theirs| theirs == measure);
        let there = if is_same { before.figure(name).unwrap_or_default() } else { continue };
        all_agree &= examiner.equal(FigurePair {
            about: format!("last_totals.{}", name.value),
            left: ComparedFigure::new(
                format!("“{}”的上年数", name.value),
                format!("last year's `{}`", name.value),
                &here,
            ),
            right: ComparedFigure::new("上年公开的本年数", "the figure published last year", &without_places(there)),
            count: here.terms.len(),
            help: ("请核对 last_totals 与上年的 spec", "compare `last_totals` with last year's spec"),
        });
    }
    all_agree
}

/// Holds the lines of `last_totals` against the wholes they are part of and the parts they have, as far as these are known
/// of last year.
pub(crate) fn nested(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let figures: Vec<_> = budget.profile.figures.iter().collect();
    let is_own = |name: &str| budget.spec.last_totals.iter().any(|(own, _)| own.value == name);
    for (name, measure) in figures.iter().filter(|(name, _)| is_own(name)) {
        let Some(figure) = budget.last_of(name) else { continue };
        let label = |name: &str| (format!("“{name}”的上年数"), format!("last year's `{name}`"));
        let filter = budget.cube.filter(measure);
        // One wrong amount is more than every whole it is part of.
        examiner.as_one(|examiner| {
            for (other, whole) in figures.iter().filter(|(other, _)| other.value != name.value) {
                let of_whole = budget.cube.filter(whole);
                let Some(amount) = budget.last_of(other) else { continue };
                let is_part = is_within(&filter, &of_whole);
                let has_part = is_within(&of_whole, &filter) && !is_own(other);
                let (this, that) = ((label(name), &figure), (label(other), &amount));
                if is_part {
                    within(examiner, name, this, that);
                } else if has_part {
                    within(examiner, name, that, this);
                }
            }
            if let Some(spent) = spending(budget, measure) {
                let words = ("同一来源的上年支出".to_owned(), "last year's expenditure of the same funds".to_owned());
                within(examiner, name, (label(name), &figure), (words, &spent));
            }
        });
    }
}

/// Whether all one filter allows the other allows. Money that moves between units makes a whole less than its parts.
fn is_within(part: &Filter, whole: &Filter) -> bool {
    part != whole && part.and(whole) == *part && !whole.allows_account(Account::Internal)
}

/// Returns last year's expenditure of the rows of a figure, where it is known.
fn spending(budget: &Budget, measure: &Measure) -> Option<Total> {
    let kinds = match measure.accounts.as_slice() {
        [Account::Basic] => vec![budget.profile.kinds[Profile::BASIC].id.clone()],
        [Account::Economic] => measure.kinds.clone(),
        [Account::ThreePublic | Account::Meetings | Account::Procurement | Account::Reserved] => Vec::new(),
        _ => return None,
    };
    let (funds, natures) = (measure.funds.clone(), measure.natures.clone());
    let whole = Measure { accounts: vec![Account::Expenditure], funds, natures, kinds, ..Measure::default() };
    budget.cube.past(&budget.cube.filter(&whole), &Scope::default(), YearOf::Last)
}

type ComparedSide<'a> = ((String, String), &'a Total);

fn within(examiner: &mut Examiner, name: &str, (part, less): ComparedSide, (whole, more): ComparedSide) {
    if more.or_zero() == Money::ZERO && less.or_zero() == Money::ZERO {
        return;
    }
    examiner.within(FigurePair {
        about: format!("last_totals.{name}"),
        count: (less.terms.len() + more.terms.len()).saturating_sub(1),
        left: ComparedFigure::new(part.0, part.1, less),
        right: ComparedFigure::new(whole.0, whole.1, more),
        help: ("请核对 last_totals 与各行的 last", "check `last_totals` and every `last`"),
    });
}
