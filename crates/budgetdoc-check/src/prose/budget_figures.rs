//! The figures of a budget that a text may tell.

use rust_decimal::Decimal;

use crate::figures::measures::of_accounts;
use crate::prose::project_names::bare;
use crate::prose::statement::of_project;
use budgetdoc_core::budget::{Budget, Scope, Total};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure, YearOf};

/// A figure of the budget.
pub(crate) struct BudgetFigure {
    /// What a template calls it, or, of a subject or unit, its name.
    pub name: String,
    /// Whether a template can refer to it.
    pub reference: bool,
    /// The words that name it in a text, where it has such.
    pub words: String,
    pub amount: Money,
}

/// Totals, projects, categories, subjects and units: this year's, last year's, what that came to, and the change.
pub(crate) fn budget_figures(budget: &Budget) -> Vec<BudgetFigure> {
    let mut list = Vec::new();
    let mut add = |name: String, reference: bool, words: &str, amount: Option<Money>| {
        if let Some(amount) = amount.map(Money::abs).filter(|amount| !amount.is_zero()) {
            list.push(BudgetFigure { name, reference, words: words.to_owned(), amount });
        }
    };
    for (name, measure) in budget.profile.figures.iter() {
        let filter = budget.cube.filter(measure);
        let total = |year| budget.cube.total_of(&filter.of_year(year), &Scope::default()).amount;
        add(name.value.clone(), true, "", total(filter.year()));
        if measure.year.is_some_and(|year| year != YearOf::This) {
            continue;
        }
        let last = total(YearOf::Last).or_else(|| budget.last_of(name).and_then(|total| total.amount));
        add(format!("{}.last", name.value), true, "", last);
        for (year, field) in [(YearOf::Change, "change"), (YearOf::Executed, "executed")] {
            add(format!("{}.{field}", name.value), true, "", total(year));
        }
    }
    for project in &budget.spec.projects {
        let name = of_project(&project.id);
        let words = bare(&project.name);
        let money = |amount: Decimal| Money::new(amount, budget.spec.unit);
        let this = project.amount.number().map(money);
        let last = project.last.as_ref().and_then(|last| last.number()).map(money);
        let executed = project.executed.as_ref().and_then(|executed| executed.number()).map(money);
        add(name.clone(), true, words, this);
        add(format!("{name}.last"), true, words, last);
        add(format!("{name}.executed"), true, words, executed);
        add(format!("{name}.change"), true, words, this.zip(last).map(|(this, last)| this - last));
    }
    let whole = of_accounts(&[Account::Expenditure]);
    let mut rows = |name: String, words: &str, measure: &Measure, scope: Scope| {
        let filter = budget.cube.filter(measure);
        let total = |year| budget.cube.total_of(&filter.of_year(year), &scope);
        let amount = |total: Total| (!total.is_unfilled()).then_some(total.amount).flatten();
        add(name.clone(), false, words, amount(total(YearOf::This)));
        add(format!("{name}（上年）"), false, words, amount(total(YearOf::Last)));
        add(format!("{name}（增减）"), false, words, amount(total(YearOf::Change)));
        add(format!("{name}（上年执行数）"), false, words, amount(total(YearOf::Executed)));
    };
    for account in Account::ALL {
        for category in budget.profile.categories.of(account) {
            let measure = Measure { categories: vec![category.id.clone()], ..of_accounts(&[account]) };
            rows(category.name.clone(), &category.name, &measure, Scope::default());
        }
    }
    for code in budget.cube.subjects(&whole, Scope::default()) {
        let words = budget.subjects.get(&code).cloned().unwrap_or_default();
        rows(format!("{code} {words}"), &words, &whole, Scope { subject: Some(code), ..Scope::default() });
    }
    let economic = of_accounts(&[Account::Economic]);
    let codes = budget.cube.economic_of(&budget.cube.filter(&economic), &Scope::default());
    for code in codes {
        let words = budget.economic.get(&code).cloned().unwrap_or_default();
        rows(format!("{code} {words}"), &words, &economic, Scope { economic: Some(code), ..Scope::default() });
    }
    if budget.spec.department.units.len() > 1 {
        for (index, unit) in budget.spec.department.units.iter().enumerate() {
            let scope = Scope { unit: Some(index), ..Scope::default() };
            for (account, name) in [(Account::Income, "收入"), (Account::Expenditure, "支出")] {
                rows(format!("{}{name}", unit.name.trim()), unit.name.trim(), &of_accounts(&[account]), scope);
            }
        }
    }
    list
}
