//! Projects by name: the table of projects, the forms of each, the tasks, the key projects.

use std::collections::BTreeMap;

use budgetdoc_core::money::Unit;

use super::figure::PrintedSum;
use super::form::ProjectForm;
use super::read::PrintedTable;
use super::{Sides, View};

/// What is printed of projects.
pub(super) struct Projects<'v> {
    /// The amounts of every project by its name, those of the table of projects first.
    named: BTreeMap<&'v str, Vec<ProjectAmount<'v>>>,
    /// The amounts of all forms, and of the rows of lists of targets.
    pub forms: Vec<ProjectAmount<'v>>,
    /// Parts of a project's money with the whole that has them.
    pub parts: Vec<[ProjectAmount<'v>; 2]>,
}

/// All or a part of a project's money, in yuan.
#[derive(Clone)]
pub(super) struct ProjectAmount<'v> {
    pub table: usize,
    pub sum: PrintedSum,
    printed: &'v PrintedTable,
    project: &'v str,
    /// Its column or label.
    what: String,
}

impl ProjectAmount<'_> {
    /// Describes its cell, and what it is compared with.
    pub fn sides(&self, zh: &str, en: &str) -> Sides {
        Sides {
            name: self.printed.name.clone(),
            cell: format!("{}·{}", self.project, self.what),
            right: budgetdoc_core::lang::Bilingual::new(zh, en),
            unit: Some(Unit::Yuan),
        }
    }
}

impl<'v> Projects<'v> {
    /// Finds the amounts of projects. All of a project's money is in the first column of figures.
    pub fn of(tables: &'v [Vec<View<'_>>], forms: &'v [Vec<ProjectForm>], printed: &'v [PrintedTable]) -> Self {
        let title = |table: usize| printed[table].title.as_str();
        let is_of_targets = |table: usize| title(table).contains("绩效");
        let all = (0..tables.len()).find(|table| title(*table).contains("项目支出") && !is_of_targets(*table));
        let mut projects = Projects { named: BTreeMap::new(), forms: Vec::new(), parts: Vec::new() };
        for (table, form) in (0..).zip(forms).flat_map(|(table, forms)| forms.iter().map(move |form| (table, form))) {
            let amount = |(label, sum): &(String, PrintedSum)| ProjectAmount {
                table,
                sum: *sum,
                printed: &printed[table],
                project: &form.project,
                what: label.clone(),
            };
            let Some(whole) = form.whole.as_ref().map(amount) else { continue };
            projects.parts.extend(form.parts.iter().map(|part| [amount(part), whole.clone()]));
            projects.forms.push(whole);
        }
        let listed = all.map(|table| rows_of(&tables[table], table)).unwrap_or_default();
        projects.add(listed, |_| true);
        projects.add(projects.forms.clone(), |_| true);
        // 基本支出 and what else has a name of its own is no project.
        let known: Vec<&str> = projects.named.keys().copied().collect();
        let others = (0..tables.len()).filter(|table| title(*table).is_empty() || is_of_targets(*table));
        for other in others.filter(|other| Some(*other) != all) {
            projects.add(rows_of(&tables[other], other), |name| known.binary_search(&name).is_ok());
        }
        projects
    }

    /// Adds the amounts of a source, without names that it has twice.
    fn add(&mut self, amounts: Vec<ProjectAmount<'v>>, is_project: impl Fn(&str) -> bool) {
        let mut once: BTreeMap<&str, Option<ProjectAmount>> = BTreeMap::new();
        for amount in amounts.into_iter().filter(|amount| is_project(amount.project)) {
            once.entry(amount.project).and_modify(|known| *known = None).or_insert(Some(amount));
        }
        for (name, amount) in once {
            self.named.entry(name).or_default().extend(amount);
        }
    }

    /// Returns the first amount of a project.
    pub fn get(&self, name: &str) -> Option<&ProjectAmount<'v>> {
        self.named.get(name)?.first()
    }

    /// Returns the sum of all projects, if each of so many has a form, and the first form.
    pub fn all(&self, count: Option<usize>) -> Option<(PrintedSum, &ProjectAmount<'v>)> {
        let first = self.forms.first()?;
        let mut sum = PrintedSum::default();
        self.forms.iter().for_each(|form| sum.join(form.sum));
        (count == Some(self.forms.len())).then_some((sum, first))
    }

    /// Returns every amount after a project's first, with the first.
    pub fn pairs(&self) -> impl Iterator<Item = (&ProjectAmount<'v>, &ProjectAmount<'v>)> {
        let split = self.named.values().filter_map(|amounts| amounts.split_first());
        split.flat_map(|(first, others)| others.iter().map(move |other| (other, first)))
    }
}

/// Returns the rows of a table that may be projects.
fn rows_of<'v>(views: &'v [View<'_>], table: usize) -> Vec<ProjectAmount<'v>> {
    let mut found = Vec::new();
    for view in views.iter().filter(|view| view.adds_up(0)) {
        for (row, printed) in view.list.rows.iter().enumerate() {
            let is_name = printed.code.is_empty() && !view.tree.totals.contains(&row) && !printed.label.is_empty();
            let Some(sum) = view.in_yuan(row, 0).filter(|_| is_name) else { continue };
            let (printed, project, what) = (view.printed, printed.label.as_str(), view.column(0));
            found.push(ProjectAmount { table, sum, printed, project, what });
        }
    }
    found
}
