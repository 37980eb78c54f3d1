//! Forms of one project, which are labels with words or figures behind them, and lists with a row of each.

use budgetdoc_document::{CellContent, RowGroup, Table};

use super::figure::{PrintedFigure, PrintedSum};
use super::quantity::PERFORMANCE;
use super::read::{PrintedTable, cell_at, head_of, head_rows, unit_in_head};
use super::{in_yuan, words};

/// Label of a project's name.
const NAME: &str = "项目名称";
/// Words in the head of a column of money, which a list of targets has next to values and weights.
const MONEY: [&str; 3] = ["预算", "金额", "资金"];

/// What a form, or a row of a list, says of the one project it is of.
pub(super) struct ProjectForm {
    /// The project's name, without blanks.
    pub project: String,
    /// All of its money, in yuan, and the label.
    pub whole: Option<(String, PrintedSum)>,
    /// Money of one fund or several, in yuan, and the label.
    pub parts: Vec<(String, PrintedSum)>,
}

impl ProjectForm {
    /// Reads a table: the form of one project, a list of the targets of several, or neither.
    pub fn all_of(table: &Table, printed: &PrintedTable) -> Vec<ProjectForm> {
        ProjectForm::of(table, printed).map_or_else(|| ProjectForm::listed(table, printed), |form| vec![form])
    }

    /// Reads a table; none if it is not the form of one project.
    fn of(table: &Table, printed: &PrintedTable) -> Option<ProjectForm> {
        let words = |content: &CellContent| match content {
            CellContent::Text(_) => Some(words::without_blanks(&content.to_string())).filter(|words| !words.is_empty()),
            CellContent::Code(_) | CellContent::Empty | CellContent::Amount(_) | CellContent::Percentage(_) => None,
        };
        // Bodies with a head of their own are lists.
        let rows = table.bodies.iter().filter(|body| body.head.is_empty()).flat_map(|body| &body.rows);
        let pairs =
            || rows.clone().flat_map(|row| row.cells.windows(2)).map(|pair| (&pair[0].content, &pair[1].content));
        let is_name = |label: &CellContent, value: &CellContent| {
            matches!((label, value), (CellContent::Text(_), CellContent::Text(_)))
                && words(label).is_some_and(|label| label == NAME)
        };
        // Lists of thousands of rows name none.
        let names = pairs().filter(|(label, value)| is_name(label, value)).filter_map(|(_, name)| words(name));
        let [project] = names.collect::<Vec<_>>().try_into().ok()?;
        let (mut wholes, mut parts) = (Vec::new(), Vec::new());
        for (label, value) in pairs() {
            let (CellContent::Amount(number), Some(label)) = (value, words(label)) else { continue };
            let unit = unit_in_head(&label).or(printed.unit);
            let sum = PrintedSum::of(PrintedFigure::of(number)).scaled(in_yuan(unit));
            if is_part(&label) { parts.push((label, sum)) } else { wholes.push((label, sum)) }
        }
        // Of several, as those of several years, none is certain.
        let whole = <[_; 1]>::try_from(wholes).ok().map(|[whole]| whole);
        Some(ProjectForm { project, whole, parts })
    }

    /// Reads the rows of a list of targets that has a column of names and one of all money. Other lists of projects,
    /// as those of purchases, have parts of their money.
    fn listed(table: &Table, printed: &PrintedTable) -> Vec<ProjectForm> {
        if !printed.title.contains(PERFORMANCE) {
            return Vec::new();
        }
        let groups = table.groups();
        let bodies = groups[1..].iter();
        bodies.flat_map(|body| rows_of(table, &groups[0], body, printed).unwrap_or_default()).collect()
    }
}

/// Returns whether a label or head names a part of a project's money.
fn is_part(label: &str) -> bool {
    words::is_included(label) || words::division(label) == Some(words::Division::Fund)
}

/// Returns the projects of a body; none without a column of their names and a certain one of their money.
fn rows_of(
    table: &Table,
    head: &RowGroup<'_>,
    body: &RowGroup<'_>,
    printed: &PrintedTable,
) -> Option<Vec<ProjectForm>> {
    let heads = if body.heads() > 0 { body } else { head };
    let heads: Vec<_> = heads.lines().take(head_rows(heads)).collect::<Result<_, _>>().ok()?;
    let lines: Vec<_> = body.lines().skip(body.heads()).collect::<Result<_, _>>().ok()?;
    let columns = || (0..table.columns.len()).map(|column| (column, head_of(&heads, column)));
    // A cell of several rows counts in the first.
    let own = |line: usize, column: usize| {
        let placed = cell_at(&lines[line], column)?;
        let is_own = (placed.slot.row, placed.slot.column) == (body.heads() + line, column);
        is_own.then_some(&placed.cell.content)
    };
    let amount = |line: usize, column: usize| match own(line, column)? {
        CellContent::Amount(number) => Some(PrintedFigure::of(number)),
        CellContent::Text(_) | CellContent::Code(_) | CellContent::Empty | CellContent::Percentage(_) => None,
    };
    let names = columns().filter(|(_, head)| head.last().is_some_and(|(_, words)| words == NAME));
    let [(name, _)] = <[_; 1]>::try_from(names.collect::<Vec<_>>()).ok()?;
    let is_money = |head: &str| MONEY.iter().any(|word| head.contains(word));
    let wholes = columns().filter(|(column, head)| {
        let words = || head.iter().map(|(_, words)| words.as_str());
        let has_amounts = (0..lines.len()).any(|line| amount(line, *column).is_some());
        has_amounts && words().any(is_money) && !words().any(is_part)
    });
    let [(column, head)] = <[_; 1]>::try_from(wholes.collect::<Vec<_>>()).ok()?;
    let (_, what) = head.into_iter().next_back()?;
    let unit = unit_in_head(&what).or(printed.unit)?;
    let project = |line: usize| {
        let CellContent::Text(_) = own(line, name)? else { return None };
        let project = words::without_blanks(&own(line, name)?.to_string());
        let sum = PrintedSum::of(amount(line, column)?).scaled(unit.in_yuan());
        let is_name = !project.is_empty() && !words::is_total(&project);
        is_name.then(|| ProjectForm { project, whole: Some((what.clone(), sum)), parts: Vec::new() })
    };
    Some((0..lines.len()).filter_map(project).collect())
}
