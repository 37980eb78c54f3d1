//! The table of performance targets: tasks, the year's goal, indicators.

use std::collections::BTreeSet;

use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{Band, PerformanceShow, Profile, TableContent, TaskBand};

use super::form::fill;
use super::names::Names;
use super::remark::{Remark, Weight};
use crate::grid::{Grid, Spot, Value};
use crate::quoted::quoted;
use crate::words::{loose, plain};

/// What the table says.
#[derive(Default)]
pub(super) struct Targets {
    /// The name of its sheet.
    sheet: String,
    supervisor: String,
    basic: String,
    goal: String,
    tasks: Vec<Task>,
    /// First and second level, what is measured, target.
    indicators: Vec<[String; 4]>,
}

/// A task of the year.
struct Task {
    name: String,
    content: String,
    /// The amount of all funds and its cell; none where it holds no number.
    amount: Option<(Money, Spot)>,
    /// Index of the project that pays.
    project: Option<usize>,
}

/// The words of the department's table of targets.
pub(super) struct Labels<'a> {
    supervisor: &'a str,
    goal: &'a str,
    tasks: &'a TaskBand,
    /// Heads of the three levels and of the target.
    heads: [&'a str; 4],
}

impl<'a> Labels<'a> {
    /// Returns the words of a table; none of one without tasks or with targets in several columns.
    fn of(bands: &'a [Band]) -> Option<Labels<'a>> {
        let (mut supervisor, mut goal, mut tasks, mut heads) = ("", "", None, None);
        for band in bands {
            match band {
                Band::Row(cells) => {
                    for pair in cells.windows(2) {
                        let PerformanceShow::Label(words) = &pair[0].show else { continue };
                        if pair[1].show == PerformanceShow::Supervisor {
                            supervisor = words;
                        } else if pair[1].show == PerformanceShow::Goal {
                            goal = words;
                        }
                    }
                }
                Band::Tasks(band) => tasks = Some(band),
                Band::Indicators(band) => {
                    use PerformanceShow as Show;
                    let head = |show: Show| {
                        let column = band.columns.iter().find(|column| column.show == show);
                        column.map(|column| column.head.as_str())
                    };
                    let shows = [Show::Level1, Show::Level2, Show::Level3, Show::Target].map(head);
                    heads = shows.into_iter().collect::<Option<Vec<_>>>().and_then(|heads| heads.try_into().ok());
                }
            }
        }
        Some(Labels { supervisor, goal, tasks: tasks?, heads: heads? })
    }
}

/// Returns the words of a profile's table of targets, if that is what a sheet's name says.
pub(super) fn labels<'a>(profile: &'a Profile, name: &str, year: u16) -> Option<Labels<'a>> {
    profile.tables.iter().find_map(|(_, def)| match &def.content {
        TableContent::Performance(table) => {
            let title = def.title.as_deref().map(|title| loose(&fill(profile, title, year))).unwrap_or_default();
            (!title.is_empty() && loose(name).contains(&title)).then(|| Labels::of(&table.bands))?
        }
        TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Schedule(_) => None,
    })
}

/// Reads the table of targets; none of a sheet without the heads of its tasks or indicators.
pub(super) fn read(grid: &Grid, labels: &Labels, unit: Unit) -> Option<Targets> {
    let find = |words: &str| grid.cells.keys().copied().find(|spot| plain(&grid.text(*spot)) == plain(words));
    let right = |spot: Spot| {
        let last = grid.area(spot).map_or(spot.1, |(_, last)| last.1);
        grid.seen((spot.0, last + 1))
    };
    let mut targets = Targets {
        sheet: grid.name.clone(),
        supervisor: find(labels.supervisor).map(right).unwrap_or_default(),
        goal: find(labels.goal).map(right).unwrap_or_default(),
        ..Targets::default()
    };
    let (task, content) = (find(&labels.tasks.name)?, find(&labels.tasks.content)?);
    let last = |spot: Spot| grid.area(spot).map_or(spot.0, |(_, last)| last.0);
    let rows = grid.size().0;
    let sums = grid.area(content).map_or(content.1, |(_, last)| last.1) + 1;
    let amount = |spot: Spot| match grid.cells.get(&spot)? {
        Value::Number(number) => Some((Money::new(*number, unit), spot)),
        Value::Percent(_) | Value::Text(_) | Value::Date(_) | Value::Error(_) | Value::Uncomputed => None,
    };
    for row in last(task) + 1..rows {
        let (name, content) = (grid.seen((row, task.1)), grid.seen((row, content.1)));
        let is = |words: &Option<String>| words.as_ref().is_some_and(|words| plain(&name) == plain(words));
        if name.is_empty() || is(&labels.tasks.total) {
            break;
        }
        match is(&labels.tasks.basic) {
            true => targets.basic = content,
            false => targets.tasks.push(Task { name, content, amount: amount((row, sums)), project: None }),
        }
    }
    let heads: Vec<Spot> = labels.heads.into_iter().map(find).collect::<Option<_>>()?;
    for row in last(heads[0]) + 1..rows {
        let words: [String; 4] = std::array::from_fn(|index| grid.seen((row, heads[index].1)));
        if words[2].is_empty() {
            break;
        }
        targets.indicators.push(words);
    }
    Some(targets)
}

impl Targets {
    /// Returns the supervisor's name; none where the table has none.
    pub fn supervisor(&self) -> Option<&str> {
        Some(self.supervisor.as_str()).filter(|name| !name.is_empty())
    }

    /// Finds the project of each task: that of its name, else the only one with its amount. `amounts` are those of the
    /// projects.
    pub fn find_projects(&mut self, names: &Names, amounts: &[Option<Money>], unit: Unit, remarks: &mut Vec<Remark>) {
        for Task { name, amount, project, .. } in &mut self.tasks {
            // A project whose amount the sheets lack is not in the spec.
            let is_told = |index: &usize| amounts[*index].is_some_and(|amount| !amount.is_zero());
            let named = names.projects.iter().position(|(known, _)| plain(known) == plain(name)).filter(is_told);
            let Some((amount, spot)) = *amount else {
                *project = named;
                continue;
            };
            let mut alike = (0..amounts.len()).filter(|index| is_told(index) && amounts[*index] == Some(amount));
            let (first, second) = (alike.next(), alike.next());
            *project = named.or(first.filter(|_| second.is_none()));
            let Some((own, of)) = project.and_then(|found| Some((amounts[found]?, &names.projects[found].0))) else {
                continue;
            };
            if own != amount {
                let (printed, own, words) = (amount.in_unit(unit), own.in_unit(unit), unit.name());
                remarks.push(Remark::cell(
                    Weight::Error,
                    &self.sheet,
                    spot,
                    format!("表中为 {printed}{words}，项目“{of}”为 {own}{words}"),
                    format!("the sheet shows {printed} {words}, the project {of} has {own} {words}"),
                ));
            } else if named.is_none() {
                remarks.push(Remark::cell(
                    Weight::Note,
                    &self.sheet,
                    spot,
                    format!("任务“{name}”按金额认作项目“{of}”"),
                    format!("the task {name} is taken for the project {of}, the only one with its amount"),
                ));
            }
        }
    }

    /// Returns the remarks on tasks that no project is named like, nor alone in its amount.
    pub fn gap_remarks(&self) -> Vec<Remark> {
        let remark = |Task { name, amount, .. }: &Task| {
            Remark::at(
                Weight::Warning,
                (&self.sheet, amount.map(|(_, spot)| spot)),
                format!("没有找到任务“{name}”的项目，project 写了“待填”，请补上"),
                format!("no project is that of the task {name}: its `project` is 待填, fill it in"),
            )
        };
        self.tasks.iter().filter(|task| task.project.is_none()).map(remark).collect()
    }

    /// Writes the targets.
    pub fn write(&self, names: &Names, line: &mut dyn FnMut(&str)) {
        line(&format!(
            "\n# 绩效目标\nperformance:\n  basic: {}\n  tasks:{}",
            quoted(&self.basic),
            if self.tasks.is_empty() { " []" } else { "" }
        ));
        for Task { name, content, project, .. } in &self.tasks {
            let id = project.map_or_else(|| "待填".to_owned(), |index| format!("project{}", index + 1));
            line(&format!("    - project: {id}"));
            if project.is_none_or(|index| plain(&names.projects[index].0) != plain(name)) {
                line(&format!("      name: {}", quoted(name)));
            }
            line(&format!("      content: {}", quoted(content)));
        }
        line(&format!(
            "  goal: {}\n  indicators:{}",
            quoted(&self.goal),
            if self.indicators.is_empty() { " {}" } else { "" }
        ));
        let mut written = BTreeSet::new();
        for [first, second, name, target] in &self.indicators {
            if written.insert((first, "")) {
                line(&format!("    {}:", quoted(first)));
            }
            if written.insert((first, second)) {
                line(&format!("      {}:", quoted(second)));
            }
            line(&format!("        - {{ name: {}, target: {} }}", quoted(name), quoted(target)));
        }
    }
}
