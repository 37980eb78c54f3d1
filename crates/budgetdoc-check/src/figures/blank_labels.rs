//! Labels of the form with nothing behind them, for rule C21.

use crate::Severity;
use crate::examiner::Examiner;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Band, PerformanceShow};

/// Reports each value that lines of the form or cells of a performance table print as a blank, once.
pub(super) fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let mut blank = examiner.prose.blank_values();
    if budget.spec.department.supervisor.is_none() {
        let is_it = |band: &Band| match band {
            Band::Row(cells) => cells.iter().any(|cell| cell.show == PerformanceShow::Supervisor),
            Band::Tasks(_) | Band::Indicators(_) => false,
        };
        let shows_it = |id: &&str| {
            let table = budget.profile.tables.get(id).and_then(|table| table.performance());
            table.is_some_and(|table| table.bands.iter().any(is_it))
        };
        let table = budget.table_ids().into_iter().find(shows_it);
        let table = table.map(|id| examiner.table_name(id));
        blank.extend(table.map(|name| ("department.supervisor", Bilingual::new(name.clone(), name))));
    }
    examiner.count_one();
    let mut known: Vec<&str> = Vec::new();
    for (value, Bilingual { zh, en }) in blank {
        if known.contains(&value) {
            continue;
        }
        known.push(value);
        examiner.report(
            value,
            Severity::Warning,
            budget.spec.department.name.place,
            Bilingual::new(
                format!("{zh}有一处印成空白：没有写 {value}"),
                format!("{en} has a blank: there is no `{value}`"),
            ),
            Bilingual::new(format!("请补写 {value}"), format!("add `{value}`")),
        );
    }
}
