//! Forms of one project: labels with words or figures behind them.

use budgetdoc_document::{CellContent, Table};

use super::figure::{PrintedFigure, PrintedSum};
use super::read::{PrintedTable, unit_in_head};
use super::{in_yuan, words};

/// Label of a project's name.
const NAME: &str = "项目名称";

/// What a form says of the one project it is of.
pub(super) struct ProjectForm {
    /// The project's name, without blanks.
    pub project: String,
    /// All of its money, in yuan, and the label.
    pub whole: Option<(String, PrintedSum)>,
    /// Money of one fund or several, in yuan, and the label.
    pub parts: Vec<(String, PrintedSum)>,
}

impl ProjectForm {
    /// Reads a table; none if it is not the form of one project.
    pub fn of(table: &Table, printed: &PrintedTable) -> Option<ProjectForm> {
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
            let is_part = words::is_included(&label) || words::division(&label) == Some(words::Division::Fund);
            if is_part { parts.push((label, sum)) } else { wholes.push((label, sum)) }
        }
        // Of several, as those of several years, none is certain.
        let whole = <[_; 1]>::try_from(wholes).ok().map(|[whole]| whole);
        Some(ProjectForm { project, whole, parts })
    }
}
