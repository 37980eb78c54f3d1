//! References of rows and texts: projects, texts, subjects and their names.

use std::collections::{BTreeMap, HashSet};

use super::{Resolver, report_duplicates};
use crate::budget::cube::{Cube, Scope};
use crate::error::{Problem, ProblemCode};
use crate::profile::{Profile, YearOf};
use crate::source::Located;
use crate::spec::Spec;
use crate::subject::{Classification, Level, SubjectCode};

/// Returns the problems of `last_totals`: unknown figures, and figures whose parts give last year's amount.
pub(super) fn last_totals(spec: &Spec, profile: &Profile, cube: &Cube) -> Vec<Problem> {
    let figures: Vec<_> = profile.figures.keys().map(|key| key.as_str()).collect();
    let mut problems = Vec::new();
    for (name, _) in spec.last_totals.iter() {
        match profile.figures.get(name) {
            None => {
                let kind = ("这个数字", "figure");
                problems.push(Problem::unknown(ProblemCode::UnknownFigure, name.place, kind, name, &figures));
            }
            Some(measure) => {
                let (filter, whole) = (cube.filter(measure), Scope::default());
                if cube.matching(&filter, &whole).next().is_some() && cube.past(&filter, &whole, YearOf::Last).is_some()
                {
                    problems.push(
                        Problem::spec(
                            ProblemCode::GivenTwice,
                            name.place,
                            format!("“{}”的上年数已由各行的 last 给出", name.value),
                            format!("the rows of `{}` already give last year's amount", name.value),
                        )
                        .help("每个数字只写一次，请删去这一行", "delete this line"),
                    );
                }
            }
        }
    }
    problems
}

impl Resolver<'_> {
    pub(super) fn references(&mut self) {
        let spec = self.spec;
        let projects = spec.projects.iter().map(|project| (project.id.as_str(), project.name.as_str()));
        let tasks = spec.performance.iter().flat_map(|performance| &performance.tasks).map(|task| &task.project);
        let ids: HashSet<&str> = projects.clone().map(|(id, _)| id).collect();
        for id in spec.key_projects.iter().chain(tasks).filter(|id| !ids.contains(id.as_str())) {
            self.find_id(id, projects.clone(), ProblemCode::UnknownProject, ("这个项目", "project"));
        }
        let tasks = spec.performance.iter().flat_map(|performance| &performance.tasks).map(|task| &task.project);
        // A duplicate project would be printed and added up twice.
        report_duplicates(spec.key_projects.iter(), ("key_projects 中的项目", "key project"), &mut self.problems);
        report_duplicates(tasks, ("任务的项目", "project of a task"), &mut self.problems);
        let tables: Vec<_> = self.profile.tables.keys().map(|key| key.as_str()).collect();
        for control in &spec.control {
            let table = &control.table;
            if !tables.contains(&table.as_str()) {
                let kind = ("这张表", "table");
                self.problems.push(Problem::unknown(ProblemCode::UnknownTable, table.place, kind, table, &tables));
            }
            self.amount(&control.amount);
        }
        for entry in &spec.suppress {
            if entry.reason.trim().is_empty() {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::NoReason,
                        entry.reason.place,
                        "suppress 中的一条没有写理由",
                        "a suppression has no reason",
                    )
                    .help("请在 reason 后写明为什么放行", "give a `reason` for suppressing the finding"),
                );
            }
        }
        for (_, amount) in spec.last_totals.iter() {
            self.amount(amount);
        }
        let Profile { texts, asks, constants, .. } = self.profile;
        let texts: Vec<_> = texts.keys().chain(asks.keys()).chain(constants.keys()).map(|key| key.as_str()).collect();
        for key in spec.text.keys().filter(|key| !texts.contains(&key.as_str())) {
            let kind = ("这段文字", "text");
            self.problems.push(Problem::unknown(ProblemCode::UnknownText, key.place, kind, key, &texts));
        }
    }

    /// Returns the names of the functional and of the economic subjects that have figures.
    pub(super) fn subject_names(&mut self) -> (BTreeMap<SubjectCode, String>, BTreeMap<SubjectCode, String>) {
        let spec = self.spec;
        let funds = spec.income.iter().chain(&spec.brought_forward).chain(&spec.carried_forward);
        let items = spec.expenditure.iter().map(|row| &row.item);
        let items = items.chain(spec.projects.iter().map(|project| &project.item));
        let items = items.chain(funds.filter_map(|row| row.item.as_ref()));
        let items = items.chain(spec.internal.iter().map(|row| &row.item));
        let items = items.chain(spec.economic.iter().filter_map(|row| row.item.as_ref()));
        let (own_items, own_divisions) =
            (std::mem::take(&mut self.schedule_items), std::mem::take(&mut self.schedule_divisions));
        let items = items.chain(&own_items);
        let functional = self.names_of(Classification::Functional, Level::Item, items);
        let divisions = spec.economic.iter().map(|row| &row.code);
        let divisions = divisions.chain(spec.procurement_items.iter().map(|item| &item.economic));
        let divisions = divisions.chain(&own_divisions);
        let economic = self.names_of(Classification::Economic, Level::Division, divisions);
        let mut explained = BTreeMap::new();
        for explanation in &spec.explanations {
            let subject = &explanation.subject;
            if let Some(first) = explained.insert(subject.value, subject.place) {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::ExplainedTwice,
                        subject.place,
                        format!("科目 {} 说明了两次", subject.value),
                        format!("subject {} is explained twice", subject.value),
                    )
                    .see(first)
                    .help("请合并成一行", "merge the rows"),
                );
            }
            if !functional.contains_key(&subject.value) {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::NothingToExplain,
                        subject.place,
                        format!("科目 {} 没有任何数字，不必说明", subject.value),
                        format!("subject {} has no figure to explain", subject.value),
                    )
                    .help("请检查编码，或删去这一行", "check the code, or delete the row"),
                );
            }
        }
        (functional, economic)
    }

    fn names_of<'s>(
        &mut self,
        classification: Classification,
        lowest: Level,
        codes: impl Iterator<Item = &'s Located<SubjectCode>>,
    ) -> BTreeMap<SubjectCode, String> {
        let own: BTreeMap<SubjectCode, &str> =
            self.spec.subjects.iter().map(|subject| (subject.code.value, subject.name.as_str())).collect();
        let mut names = BTreeMap::new();
        for item in codes.filter(|item| item.value.level() == lowest) {
            let mut missing = Vec::new();
            for code in Level::ALL.into_iter().filter(|level| *level <= lowest).map(|level| item.value.ancestor(level))
            {
                if names.contains_key(&code) {
                    continue;
                }
                let known =
                    own.get(&code).copied().or_else(|| self.table.name(classification, code, self.spec.year.value));
                if known.is_none() {
                    missing.push(code);
                }
                names.insert(code, known.unwrap_or_default().to_owned());
            }
            if let Some(code) = missing.last() {
                let absent = self.table.explain_absence(classification, &missing);
                self.problems.push(
                    Problem::spec(ProblemCode::UnknownSubject, item.place, absent.zh, absent.en).help(
                        format!("请检查编码；如编码无误，请在 subjects 下为每个编码写一行，如“- {{ code: {code}, name: 科目名称 }}”"),
                        format!("check the code; if it is right, add a row for each under subjects, such as `- {{ code: {code}, name: … }}`"),
                    ),
                );
            }
        }
        names
    }
}
