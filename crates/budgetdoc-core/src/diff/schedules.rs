//! Compares the schedules of a spec, row by row.

use super::{Differ, Label, pairs};
use crate::source::Located;
use crate::spec::{ScheduleRow, Spec};

impl Differ {
    pub(super) fn schedules(&mut self, old: &Spec, new: &Spec) {
        for (was, is) in pairs(&old.schedules.0, &new.schedules.0, &[|old, new| old.0.value == new.0.value]) {
            let Some((id, _)) = is.or(was) else { continue };
            let rows = |schedule: Option<&(Located<String>, Vec<ScheduleRow>)>| {
                schedule.iter().flat_map(|(_, rows)| rows).map(words).collect::<Vec<_>>()
            };
            let label = Label::new("schedules", "明细", "schedule").key(id, id, id);
            let same_first = |old: &RowWords, new: &RowWords| old.first == new.first;
            for (was, is) in pairs(&rows(was), &rows(is), &[|old, new| old == new, same_first]) {
                let Some(row) = is.or(was) else { continue };
                let label = label.key(&row.first, &row.first, &row.first);
                self.whole(label, was.map(|row| &row.whole), is.map(|row| &row.whole));
            }
        }
    }
}

/// A row in words.
#[derive(PartialEq)]
struct RowWords {
    /// Its first value, which commonly names it.
    first: String,
    /// All keys and values.
    whole: Located<String>,
}

fn words(row: &ScheduleRow) -> RowWords {
    let first = row.iter().next();
    let whole: Vec<_> = row.iter().map(|(key, value)| format!("{}: {}", key.value, value.value.0.trim())).collect();
    RowWords {
        first: first.map(|(_, value)| value.value.0.trim().to_owned()).unwrap_or_default(),
        whole: Located { value: whole.join(", "), place: first.and_then(|(key, _)| key.place) },
    }
}
