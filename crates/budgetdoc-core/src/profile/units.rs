//! Blocks that are printed for each budget unit.

use super::{OutlineItem, Profile, ProjectAxis, RowAxis, RowsDef, TableContent, TableDef};
use crate::error::{Problem, ProblemCode};

impl Profile {
    /// Validates that tables printed for each unit have rows of the unit: schedules, goals of the department and the
    /// order of its key projects are of all units.
    pub(super) fn validate_units(&self, outline: &[OutlineItem], problems: &mut Vec<Problem>) {
        for block in outline {
            match block {
                OutlineItem::Table(id) if self.tables.get(id).is_some_and(is_of_all_units) => problems.push(
                    Problem::spec(
                        ProblemCode::TableOfAllUnits,
                        id.place,
                        format!("表“{id}”的内容属于整个部门，不能按单位分别印"),
                        format!("table `{id}` is of the whole department and cannot be printed for each unit"),
                    )
                    .help("请把它移到 units 之外", "move it out of `units`"),
                ),
                OutlineItem::When(when) => {
                    self.validate_units(&when.then, problems);
                    self.validate_units(&when.otherwise, problems);
                }
                OutlineItem::Table(_)
                | OutlineItem::Units(_)
                | OutlineItem::Group(_)
                | OutlineItem::Part(_)
                | OutlineItem::Section(_)
                | OutlineItem::Subsection(_)
                | OutlineItem::Text(_)
                | OutlineItem::Lead(_)
                | OutlineItem::Signature(_)
                | OutlineItem::Chart(_)
                | OutlineItem::Glossary => {}
            }
        }
    }
}

/// Returns whether a table shows what the spec gives for all units together.
fn is_of_all_units(table: &TableDef) -> bool {
    let by_key_project = |rows: &RowsDef| matches!(rows, RowsDef::Each(axes) if axes.contains(&RowAxis::KeyProject));
    match &table.content {
        TableContent::Rows(tabular) => by_key_project(&tabular.rows),
        TableContent::Balance(balance) => balance.sides.iter().any(|side| by_key_project(&side.rows)),
        TableContent::Schedule(_) => true,
        TableContent::Performance(performance) => {
            let mut axes = performance.indicators().filter_map(|(_, each)| each).chain(performance.each);
            performance.is_of_department() || axes.any(|axis| axis == ProjectAxis::KeyProject)
        }
    }
}
