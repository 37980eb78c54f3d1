//! Amounts written as 待填: of the facts, of published subtotals and of control figures, whatever list they stand in.

use std::collections::BTreeSet;

use super::Severity;
use super::examiner::Examiner;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;
use budgetdoc_document::Place;

/// What these findings are about, by the name that stays the same.
pub(super) const ABOUT: &str = "amounts";

/// A finding for each, in the order of the spec.
pub(super) fn amounts(examiner: &mut Examiner) {
    let (cube, spec) = (&examiner.budget.cube, &examiner.budget.spec);
    let mut told = BTreeSet::new();
    for fact in &cube.facts {
        let terms = [
            (Some(fact.this), "本年金额待填", "this year's amount is unfilled"),
            (fact.last, "上年金额待填", "last year's amount is unfilled"),
            (fact.executed, "上年执行数待填", "what last year's came to is unfilled"),
        ];
        let last = fact.last.filter(|last| fact.this.unfilled && !last.unfilled);
        for (term, zh, en) in terms {
            let Some(term) = term.filter(|term| term.unfilled) else { continue };
            // An amount can be two facts: of a breakdown, and of another that is summed from it.
            if term.place.is_some_and(|place| !told.insert(place)) {
                continue;
            }
            let last = last.filter(|_| term == fact.this).map(|last| examiner.print(last.amount.abs()));
            let (zh, en) = match last {
                Some(last) => (format!("{zh}，上年为 {last}"), format!("{en}; last year's is {last}")),
                None => (zh.to_owned(), en.to_owned()),
            };
            report(examiner, term.place, zh, en);
        }
    }
    for stated in cube.stated.iter().filter(|stated| stated.term.unfilled) {
        report(examiner, stated.term.place, "公布的小计待填".to_owned(), "the stated subtotal is unfilled".to_owned());
    }
    for (_, total) in spec.last_totals.iter().filter(|(_, total)| total.value == Amount::Unfilled) {
        report(examiner, total.place, "上年总数待填".to_owned(), "last year's total is unfilled".to_owned());
    }
    for control in spec.control.iter().filter(|control| control.amount.value == Amount::Unfilled) {
        report(examiner, control.amount.place, "控制数待填".to_owned(), "the control figure is unfilled".to_owned());
    }
}

fn report(examiner: &mut Examiner, place: Option<Place>, zh: String, en: String) {
    examiner.report(
        ABOUT,
        Severity::Error,
        place,
        Bilingual::new(zh, en),
        Bilingual::new(
            format!("请把“{}”换成金额；没有的写 0", Amount::UNFILLED),
            format!("write the amount instead of `{}`, 0 where there is none", Amount::UNFILLED),
        ),
    );
}
