//! Performance tables: bands over one grid, of the department or of projects.

use super::{Composer, figure};
use crate::budget::{Budget, Scope, Total};
use crate::profile::{
    Account, Band, BandCell, IndicatorBand, IndicatorColumn, Measure, PerformanceShow, PerformanceTable, ProjectAxis,
    ShowOf, TaskBand,
};
use crate::source::Located;
use crate::spec::{Indicator, Indicators, Project, leaves};
use budgetdoc_document::{
    Align, Cell, CellContent, Column, ColumnKind, Length, NumberFormat, Row, Table, TableBody, Text,
};

/// Whose targets a table or a part of it shows: a project's, by its index, or the department's.
type Subject = Option<usize>;

impl Budget {
    /// Returns the projects of an axis, as indices into the spec's projects.
    pub fn projects_along(&self, axis: ProjectAxis) -> Vec<usize> {
        match axis {
            ProjectAxis::Project => (0..self.spec.projects.len()).collect(),
            ProjectAxis::KeyProject => self.key_projects(),
        }
    }
}

impl Composer<'_> {
    pub(super) fn performance(&mut self, def: &PerformanceTable, subject: Subject, table: &mut Table) {
        let kinds = kinds(def);
        let widths = def.widths.iter().map(|mm| Some(Length::mm(i32::from(*mm))));
        table.columns = kinds.iter().zip(widths).map(|(kind, width)| Column { kind: *kind, width }).collect();
        for band in &def.bands {
            let has_goal = |cells: &[BandCell]| cells.iter().any(|cell| cell.show == PerformanceShow::Goal);
            let lacks_targets = subject.is_none() && self.budget.spec.performance.is_none();
            let body = match band {
                Band::Row(cells) if lacks_targets && has_goal(cells) => None,
                Band::Row(cells) => Some(self.band_row(cells, subject, &kinds)),
                Band::Tasks(tasks) => Some(self.tasks(tasks)),
                Band::Indicators(band) => self.indicators(band, subject, &kinds),
            };
            table.bodies.extend(body);
        }
    }

    fn band_row(&mut self, cells: &[BandCell], subject: Subject, kinds: &[ColumnKind]) -> TableBody {
        let mut row = Row::default();
        let mut column = 0;
        for def in cells {
            let span = def.columns.unwrap_or(1);
            let cell = self.shown(&def.show, subject, None);
            let mut cell = match def.show.of() {
                ShowOf::Form => centred(cell, kinds.get(column).filter(|_| !def.vertical)).header(),
                ShowOf::Department | ShowOf::Subject | ShowOf::Project | ShowOf::Indicator => {
                    Cell { align: alignment(&def.show, Align::Justify), ..cell }
                }
            };
            cell.columns = u16::from(span);
            row.cells.push(if def.vertical { cell.vertical() } else { cell });
            column += usize::from(span);
        }
        TableBody { head: Vec::new(), rows: vec![row] }
    }

    /// Returns a cell without its span and alignment.
    fn shown(&mut self, show: &PerformanceShow, subject: Subject, indicator: Option<&Indicator>) -> Cell {
        let budget = self.budget;
        let spec = &budget.spec;
        let project: Option<&Project> = subject.and_then(|index| spec.projects.get(index));
        let written = |text: &Located<String>| Cell::new(Text::plain(text.trim()).at(text.place));
        let optional = |text: Option<&Located<String>>| text.map_or_else(|| Cell::new(""), written);
        match show {
            PerformanceShow::Label(words) => Cell::new(self.fill(words)),
            PerformanceShow::Department => Cell::new(budget.publisher()),
            PerformanceShow::Supervisor => {
                Cell::new(spec.department.supervisor.as_ref().map_or("", |name| name.value.as_str()))
            }
            PerformanceShow::Project => optional(project.map(|project| &project.name)),
            PerformanceShow::ProjectCode => {
                let code = project.and_then(|project| project.code.as_ref());
                code.map_or_else(|| Cell::new(""), |code| Cell::new(Text::plain(code.to_string()).at(code.place)))
            }
            PerformanceShow::ProjectCategory => {
                Cell::new(project.and_then(|project| budget.project_category(project)).unwrap_or_default())
            }
            PerformanceShow::ProjectUnit => {
                let unit = project.and_then(|project| budget.project_unit(project));
                optional(unit.map(|unit| &unit.name))
            }
            PerformanceShow::Goal => match (project, &spec.performance) {
                (Some(project), _) => paragraphs(&project.goal),
                (None, Some(performance)) => paragraphs(&performance.goal),
                (None, None) => Cell::new(""),
            },
            PerformanceShow::Sum(measure) => {
                let scope = Scope { project: subject, ..Scope::default() };
                let cube = &budget.cube;
                self.figure(&cube.total_of(&cube.filter(measure), &scope))
            }
            PerformanceShow::Level3 => indicator.map_or_else(|| Cell::new(""), |one| paragraphs(&one.name)),
            PerformanceShow::Target => indicator.map_or_else(
                || Cell::new(""),
                |one| paragraphs(&Located { value: one.printed_target(), place: one.written().place }),
            ),
            PerformanceShow::Sign => {
                Cell::new(indicator.and_then(|one| one.sign).map(|sign| sign.name()).unwrap_or_default())
            }
            PerformanceShow::Value => optional(indicator.map(|one| &one.value)),
            PerformanceShow::Unit => optional(indicator.map(|one| &one.unit)),
            PerformanceShow::Direction => optional(indicator.map(|one| &one.direction)),
            PerformanceShow::Weight => match indicator.and_then(|one| one.weight.as_ref()) {
                Some(weight) => {
                    let value = weight.value.0;
                    Cell::amount(value, NumberFormat { decimals: value.scale(), ..NumberFormat::default() })
                }
                None => Cell::new(CellContent::Empty),
            },
            // Cells over several rows are made where the rows are counted.
            PerformanceShow::Level1 | PerformanceShow::Level2 => Cell::new(""),
        }
    }

    fn tasks(&mut self, band: &TaskBand) -> TableBody {
        let budget = self.budget;
        let [label, name, content] = band.columns.map(u16::from);
        let task = |title: Cell, text: Cell, amounts: Vec<Cell>| {
            let mut cells = vec![title.span(name, 1).header(), text.span(content, 1)];
            cells.extend(amounts);
            Row::new(cells)
        };
        let basic = Measure {
            accounts: vec![Account::Expenditure],
            kinds: vec![budget.profile.kinds[0].id.clone()],
            ..Measure::default()
        };
        let performance = budget.spec.performance.as_ref();
        let mut totals = vec![Total::default(); band.sums.len()];
        let mut rows = Vec::new();
        if let Some(words) = &band.basic {
            let text = performance.map_or_else(|| Cell::new(""), |performance| paragraphs(&performance.basic));
            let amounts = self.amounts(band, &basic, Scope::default(), &mut totals);
            rows.push(task(Cell::new(words.as_str()), text, amounts));
        }
        for entry in performance.iter().flat_map(|performance| &performance.tasks) {
            let Some(index) = budget.project(&entry.project) else { continue };
            let title = entry.name.as_ref().unwrap_or(&budget.spec.projects[index].name);
            let title = Cell::new(Text::plain(title.trim()).at(title.place));
            let scope = Scope { project: Some(index), ..Scope::default() };
            let amounts = self.amounts(band, &Measure::default(), scope, &mut totals);
            rows.push(task(title, paragraphs(&entry.content), amounts));
        }
        if let Some(words) = &band.total {
            let mut cells = vec![Cell::new(words.as_str()).span(name + content, 1).align(Align::Center).header()];
            cells.extend(totals.iter().map(|total| self.figure(total)));
            rows.push(Row { cells, total: true, ..Row::default() });
        }
        let upper = vec![
            Cell::new(band.label.as_str()).span(label, width(rows.len() + 2)).header().vertical(),
            Cell::new(band.name.as_str()).span(name, 2).header(),
            Cell::new(band.content.as_str()).span(content, 2).header(),
            Cell::new(band.amount.as_str()).span(width(band.sums.len()), 1).header(),
        ];
        let lower: Vec<Cell> = band.sums.iter().map(|line| Cell::new(self.fill(&line.name)).header()).collect();
        TableBody { head: vec![Row::new(upper), Row::new(lower)], rows }
    }

    fn amounts(&self, band: &TaskBand, of: &Measure, scope: Scope, totals: &mut [Total]) -> Vec<Cell> {
        let sums = band.sums.iter().zip(totals);
        sums.map(|(line, total)| {
            let cube = &self.budget.cube;
            let sum = cube.total_of(&cube.filter(of).and(&cube.filter(&line.of)), &scope);
            let cell = self.figure(&sum);
            total.add(sum);
            cell
        })
        .collect()
    }

    fn figure(&self, total: &Total) -> Cell {
        Cell::new(figure(total, &self.table_amounts))
    }

    /// Makes the rows of indicators; none for a department without targets.
    fn indicators(&mut self, band: &IndicatorBand, subject: Subject, kinds: &[ColumnKind]) -> Option<TableBody> {
        let spec = &self.budget.spec;
        let mut subjects: Vec<Subject> = match band.each {
            Some(axis) => self.budget.projects_along(axis).into_iter().map(Some).collect(),
            None => vec![subject],
        };
        if band.unit_rows {
            subjects.sort_by_key(|subject| self.unit_of(*subject));
        }
        let mut rows = Vec::new();
        let mut above = None;
        for subject in subjects.iter().copied() {
            let unit = self.unit_of(subject).filter(|_| band.unit_rows);
            if let Some(unit) = unit.filter(|_| unit != above) {
                let own: Vec<_> = subjects.iter().copied().filter(|other| self.unit_of(*other) == Some(unit)).collect();
                rows.push(self.unit_row(band, unit, &own));
            }
            above = unit;
            let indicators = match subject {
                Some(index) => &spec.projects[index].indicators,
                None => &spec.performance.as_ref()?.indicators,
            };
            rows.extend(self.indicator_rows(band, subject, indicators, kinds));
        }
        let label = band.label.as_ref().map(|words| Cell::new(words.as_str()).span(1, width(rows.len() + 1)));
        let mut head: Vec<Cell> = label.map(|cell| cell.header().vertical()).into_iter().collect();
        head.extend(
            band.columns.iter().map(|column| Cell::new(self.fill(&column.head)).span(span(column), 1).header()),
        );
        Some(TableBody { head: vec![Row::new(head)], rows })
    }

    /// Returns the index of the unit of a project.
    fn unit_of(&self, subject: Subject) -> Option<usize> {
        let unit = self.budget.project_unit(&self.budget.spec.projects[subject?])?;
        self.budget.spec.department.units.iter().position(|other| other.id == unit.id)
    }

    /// Makes the row of a unit above its projects.
    fn unit_row(&self, band: &IndicatorBand, unit: usize, projects: &[Subject]) -> Row {
        let unit = &self.budget.spec.department.units[unit];
        let code = unit.code.as_ref().map(|code| format!("{}-", code.value)).unwrap_or_default();
        let name = Cell::new(Text::plain(code + unit.name.trim()).at(unit.name.place)).header();
        let cells = band.columns.iter().enumerate().map(|(index, def)| {
            let cell = match def.show.sum() {
                Some(measure) => {
                    let cube = &self.budget.cube;
                    let mut sum = Total::default();
                    for project in projects {
                        let scope = Scope { project: *project, ..Scope::default() };
                        sum.add(cube.total_of(&cube.filter(measure), &scope));
                    }
                    self.figure(&sum).align(Align::Right)
                }
                None if index == 0 => name.clone(),
                None => Cell::new(""),
            };
            Cell { columns: span(def), ..cell }
        });
        Row::new(cells)
    }

    fn indicator_rows(
        &mut self,
        band: &IndicatorBand,
        subject: Subject,
        indicators: &Indicators,
        kinds: &[ColumnKind],
    ) -> Vec<Row> {
        let all: Vec<_> = leaves(indicators).collect();
        let count = |index: usize, level: usize| {
            let path = |at: usize| &all[at].0[..=level];
            let same = |at: usize| path(at).iter().zip(path(index)).all(|(one, other)| std::ptr::eq(*one, *other));
            let starts = index == 0 || !same(index - 1);
            starts.then(|| (index..all.len()).take_while(|at| same(*at)).count())
        };
        let mut rows = Vec::new();
        // A project without indicators has a row all the same.
        for index in 0..all.len().max(1) {
            let leaf = all.get(index);
            let mut column = usize::from(band.label.is_some());
            let mut row = Row::default();
            for def in &band.columns {
                let kind = kinds.get(column);
                column += usize::from(span(def));
                let level = |level: usize| match leaf {
                    None => Some(Cell::new("")),
                    Some((path, _)) => count(index, level).map(|rows| {
                        let name = Text::plain(path[level].value.as_str()).at(path[level].place);
                        centred(Cell::new(name), kind).span(1, width(rows)).header()
                    }),
                };
                let cell = match (&def.show, def.show.of()) {
                    (PerformanceShow::Level1, _) => level(0),
                    (PerformanceShow::Level2, _) => level(1),
                    (show, ShowOf::Indicator) => {
                        let cell = self.shown(show, subject, leaf.map(|(_, indicator)| *indicator));
                        Some(Cell { align: alignment(show, Align::Left), ..cell })
                    }
                    (_, ShowOf::Form | ShowOf::Department | ShowOf::Subject | ShowOf::Project) if index > 0 => None,
                    (show, ShowOf::Form | ShowOf::Department | ShowOf::Subject | ShowOf::Project) => {
                        let cell = self.shown(show, subject, None).span(1, width(all.len().max(1)));
                        // The project is what the figures next to it are of.
                        let header = matches!(show, PerformanceShow::Project);
                        Some(Cell { align: alignment(show, Align::Left), header, ..cell })
                    }
                };
                row.cells.extend(cell.map(|cell| Cell { columns: span(def), ..cell }));
            }
            rows.push(row);
        }
        rows
    }
}

/// Returns what the columns of the grid hold: labels and names of tasks or levels, sums, or words.
fn kinds(def: &PerformanceTable) -> Vec<ColumnKind> {
    let mut kinds = vec![ColumnKind::Text; def.widths.len()];
    if let Some(tasks) = def.tasks() {
        let [label, name, _] = tasks.columns.map(usize::from);
        kinds.iter_mut().take(label + name).for_each(|kind| *kind = ColumnKind::Label);
        kinds.iter_mut().rev().take(tasks.sums.len()).for_each(|kind| *kind = ColumnKind::Amount);
    }
    kinds
}

/// Returns the alignment of a cell; none for that of its column.
fn alignment(show: &PerformanceShow, goal: Align) -> Option<Align> {
    match show {
        PerformanceShow::Goal => Some(goal),
        PerformanceShow::Sum(_) => Some(Align::Right),
        PerformanceShow::Level3 => None,
        PerformanceShow::Target => Some(Align::Left),
        PerformanceShow::Label(_)
        | PerformanceShow::Department
        | PerformanceShow::Supervisor
        | PerformanceShow::Project
        | PerformanceShow::ProjectCode
        | PerformanceShow::ProjectCategory
        | PerformanceShow::ProjectUnit
        | PerformanceShow::Level1
        | PerformanceShow::Level2
        | PerformanceShow::Sign
        | PerformanceShow::Value
        | PerformanceShow::Unit
        | PerformanceShow::Weight
        | PerformanceShow::Direction => Some(Align::Center),
    }
}

/// Centres a cell whose column does not.
fn centred(cell: Cell, kind: Option<&ColumnKind>) -> Cell {
    match kind {
        Some(ColumnKind::Text | ColumnKind::Code | ColumnKind::Amount) => cell.align(Align::Center),
        Some(ColumnKind::Label) | None => cell,
    }
}

fn span(column: &IndicatorColumn) -> u16 {
    u16::from(column.columns.unwrap_or(1))
}

/// Makes a cell with a paragraph for each line.
fn paragraphs(text: &Located<String>) -> Cell {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let text: Vec<Text> = lines.map(|line| Text::plain(line).at(text.place)).collect();
    Cell::new(text)
}

fn width(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
