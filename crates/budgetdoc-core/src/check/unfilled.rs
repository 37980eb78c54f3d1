//! Amounts written as 待填: of the facts and of the published subtotals, whatever list they stand in.

use super::{Finding, Severity};
use crate::budget::{Budget, Term};
use crate::lang::Bilingual;
use crate::money::Amount;

/// A finding for each, in the order of the spec.
pub(super) fn amounts(budget: &Budget, findings: &mut Vec<Finding>) {
    for fact in &budget.cube.facts {
        if fact.this.unfilled {
            let (zh, en) = match fact.last.filter(|last| !last.unfilled) {
                Some(last) => {
                    let last = budget.print(last.amount);
                    (format!("，上年为 {last}"), format!("; last year's is {last}"))
                }
                None => Default::default(),
            };
            let message = Bilingual::new(format!("本年金额待填{zh}"), format!("this year's amount is unfilled{en}"));
            findings.push(finding(fact.this, message));
        }
        if let Some(last) = fact.last.filter(|last| last.unfilled) {
            findings.push(finding(last, Bilingual::new("上年金额待填", "last year's amount is unfilled")));
        }
    }
    for stated in budget.cube.stated.iter().filter(|stated| stated.term.unfilled) {
        findings.push(finding(stated.term, Bilingual::new("公布的合计待填", "the stated subtotal is unfilled")));
    }
}

fn finding(term: Term, message: Bilingual) -> Finding {
    Finding {
        rule: "C14",
        severity: Severity::Error,
        message,
        figures: Vec::new(),
        place: term.place,
        help: Bilingual::new(
            format!("请把“{}”换成金额；没有的写 0", Amount::UNFILLED),
            format!("write the amount instead of `{}`, 0 where there is none", Amount::UNFILLED),
        ),
    }
}
