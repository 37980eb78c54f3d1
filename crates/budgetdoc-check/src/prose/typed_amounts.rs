//! Amounts that somebody typed into a text.

use crate::examiner::Examiner;
use crate::prose::budget_figures::{BudgetFigure, figures_told};
use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::project_names::{bare, named, project_before};
use budgetdoc_core::money::Money;

/// Words around an amount that make it a limit or a rate rather than a figure of the budget.
const LIMITS_BEHIND: [&str; 7] = ["以上", "以下", "以内", "（含", "及以上", "起", "/"];

const LIMITS_BEFORE: [&str; 10] = ["单价", "每", "人均", "不超过", "限额", "标准", "最低", "最高", "租金", "定额"];

/// Amounts of a text that are figures of the budget or pretend to be: no limits, no rates.
pub(crate) fn amounts(text: &str) -> impl Iterator<Item = TextNumber<'_>> {
    let is_limit = |number: &TextNumber| {
        let (behind, clause) = (number.behind(), number.clause());
        behind.starts_with('每')
            || LIMITS_BEHIND.iter().any(|word| behind.starts_with(word))
            || LIMITS_BEFORE.iter().any(|word| clause.contains(word))
    };
    numbers(text).into_iter().filter(move |number| number.unit.is_some() && !number.quoted() && !is_limit(number))
}

/// The project whose name stands right before an amount that is none of its own, and what it has.
pub(crate) fn contradicted(
    examiner: &Examiner,
    number: &TextNumber,
    known: &[BudgetFigure],
) -> Option<(String, String)> {
    let spec = &examiner.budget.spec;
    let name = bare(&spec.projects[project_before(spec, number)?].name);
    // What is short is a common word, and what has come or gone is told apart.
    let change = ["增加", "减少", "追加", "调减"].iter().any(|word| named(number).contains(word));
    let own: Vec<Money> = known.iter().filter(|known| known.words == name).map(|known| known.amount).collect();
    let amount = number.money()?;
    let right = figures_told(examiner, known, number).iter().any(|known| known.words == name) || own.contains(&amount);
    if right || change || own.is_empty() || name.chars().count() < 4 {
        return None;
    }
    Some((name.to_owned(), examiner.print(own[0])))
}
