//! The table of performance targets (整体支出绩效目标表): tasks and their money, the year's goal, indicators.
//!
//! Its halves have different columns. They share one grid: the label, the first and second level (together the task's
//! name), the third level and a rest (together the task's content), and the sums (with that rest the target).

use super::{Composer, figure};
use crate::budget::{Scope, Total};
use crate::profile::{Account, Measure, PerformanceLabels};
use crate::source::Located;
use budgetdoc_document::{Align, Cell, Column, ColumnKind, Length, Row, Table, TableBody, Text};

impl Composer<'_> {
    pub(super) fn performance(&mut self, labels: &PerformanceLabels, table: &mut Table) {
        let sums = labels.sums.len();
        let kinds = [ColumnKind::Label, ColumnKind::Label, ColumnKind::Label, ColumnKind::Text, ColumnKind::Text]
            .into_iter()
            .chain(std::iter::repeat_n(ColumnKind::Amount, sums));
        let mut widths = labels.widths.iter();
        table.columns =
            kinds.map(|kind| Column { kind, width: widths.next().map(|mm| Length::mm(i32::from(*mm))) }).collect();
        table.bodies = vec![self.names(labels), self.tasks(labels)];
        if let Some(performance) = &self.budget.spec.performance {
            let label = Cell::new(labels.goal.as_str()).header().vertical();
            let goal = Cell { columns: width(4 + sums), ..paragraphs(&performance.goal) }.align(Align::Justify);
            table.bodies.push(TableBody { head: Vec::new(), rows: vec![Row::new([label, goal])] });
            table.bodies.push(self.indicators(labels));
        }
    }

    fn names(&self, labels: &PerformanceLabels) -> TableBody {
        let department = &self.budget.spec.department;
        let supervisor = department.supervisor.as_ref().map_or("", |name| name.value.as_str());
        let name = |name: &str| Cell::new(name).align(Align::Center);
        let cells = vec![
            Cell::new(labels.department.as_str()).span(3, 1).header(),
            name(self.budget.publisher()).span(2, 1),
            Cell::new(labels.supervisor.as_str()).align(Align::Center).header(),
            name(supervisor).span(width(labels.sums.len().saturating_sub(1)), 1),
        ];
        TableBody { head: Vec::new(), rows: vec![Row::new(cells)] }
    }

    fn tasks(&mut self, labels: &PerformanceLabels) -> TableBody {
        let budget = self.budget;
        let basic = Measure {
            accounts: vec![Account::Expenditure],
            kinds: vec![budget.profile.kinds[0].id.clone()],
            ..Measure::default()
        };
        let performance = budget.spec.performance.as_ref();
        let content = performance.map(|performance| paragraphs(&performance.basic)).unwrap_or_else(|| Cell::new(""));
        let mut totals = vec![Total::default(); labels.sums.len()];
        let mut rows = Vec::new();
        let amounts = self.amounts(labels, &basic, Scope::default(), &mut totals);
        rows.push(task(Cell::new(labels.basic.as_str()), content, amounts));
        for entry in performance.iter().flat_map(|performance| &performance.tasks) {
            let Some(index) = budget.project(&entry.project) else { continue };
            let name = entry.name.as_ref().unwrap_or(&budget.spec.projects[index].name);
            let name = Cell::new(Text::plain(name.trim()).at(name.place));
            let scope = Scope { project: Some(index), ..Scope::default() };
            let amounts = self.amounts(labels, &Measure::default(), scope, &mut totals);
            rows.push(task(name, paragraphs(&entry.content), amounts));
        }
        let mut total = vec![Cell::new(labels.total.as_str()).span(4, 1).align(Align::Center).header()];
        total.extend(totals.iter().map(|total| self.figure(total)));
        rows.push(Row { cells: total, total: true, ..Row::default() });

        let mut upper = vec![
            Cell::new(labels.tasks.as_str()).span(1, width(rows.len() + 2)).header().vertical(),
            Cell::new(labels.task.as_str()).span(2, 2).header(),
            Cell::new(labels.content.as_str()).span(2, 2).header(),
        ];
        upper.push(Cell::new(labels.amount.as_str()).span(width(labels.sums.len()), 1).header());
        let lower: Vec<Cell> = labels.sums.iter().map(|line| Cell::new(self.fill(&line.name)).header()).collect();
        TableBody { head: vec![Row::new(upper), Row::new(lower)], rows }
    }

    fn amounts(&self, labels: &PerformanceLabels, of: &Measure, scope: Scope, totals: &mut [Total]) -> Vec<Cell> {
        let sums = labels.sums.iter().zip(totals);
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
        Cell::new(figure(total, &self.budget.profile.table_amounts))
    }

    fn indicators(&self, labels: &PerformanceLabels) -> TableBody {
        let Some(performance) = &self.budget.spec.performance else { return TableBody::default() };
        let target = width(labels.sums.len() + 1);
        let mut rows = Vec::new();
        for (first, groups) in performance.indicators.iter() {
            let mut first = Some((first, groups.iter().map(|(_, indicators)| indicators.len()).sum()));
            for (second, indicators) in groups.iter() {
                let mut second = Some((second, indicators.len()));
                for indicator in indicators {
                    let mut cells = Vec::new();
                    for (name, span) in [first.take(), second.take()].into_iter().flatten() {
                        let name = Text::plain(name.value.as_str()).at(name.place);
                        cells.push(Cell::new(name).span(1, width(span)).header());
                    }
                    cells.push(paragraphs(&indicator.name));
                    cells.push(Cell { columns: target, ..paragraphs(&indicator.target) }.align(Align::Left));
                    rows.push(Row::new(cells));
                }
            }
        }
        let mut head = vec![Cell::new(labels.indicators.as_str()).span(1, width(rows.len() + 1)).header().vertical()];
        for words in [&labels.level1, &labels.level2, &labels.level3] {
            head.push(Cell::new(words.as_str()).header());
        }
        head.push(Cell::new(labels.target.as_str()).span(target, 1).header());
        TableBody { head: vec![Row::new(head)], rows }
    }
}

fn task(name: Cell, content: Cell, amounts: Vec<Cell>) -> Row {
    let mut cells = vec![name.span(2, 1).header(), content.span(2, 1)];
    cells.extend(amounts);
    Row::new(cells)
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
