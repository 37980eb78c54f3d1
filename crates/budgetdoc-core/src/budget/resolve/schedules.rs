//! The spec's schedules, read as the profile's columns declare them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Resolver;
use crate::budget::schedule::{ScheduleEntry, ScheduleValue, product_of, split_quantity};
use crate::error::{Problem, ProblemCode};
use crate::money::Amount;
use crate::profile::{Product, Schedule, ScheduleKind};
use crate::source::Located;
use crate::spec::{Day, ScheduleRow, Written};
use crate::subject::SubjectCode;
use crate::yaml::decode_text;

/// A key of a schedule: what its values are, and whether a row may leave it out.
struct Key<'a> {
    name: &'a str,
    head: String,
    kind: ScheduleKind,
    optional: bool,
}

impl Resolver<'_> {
    pub(super) fn schedules(&mut self) -> BTreeMap<String, Vec<ScheduleEntry>> {
        let spec = self.spec;
        let tables: Vec<&Schedule> = self.profile.schedules().collect();
        let mut ids: Vec<&str> = tables.iter().map(|table| table.of.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found = BTreeMap::new();
        for (id, rows) in spec.schedules.iter() {
            if !ids.contains(&id.as_str()) {
                let what = ("这份明细", "schedule");
                let problem = Problem::unknown(ProblemCode::UnknownSchedule, id.place, what, id, &ids);
                self.problems.push(match ids.is_empty() {
                    true => {
                        problem.help("这个版式没有明细表，请删去", "this profile has no tables of schedules; delete it")
                    }
                    false => problem,
                });
                continue;
            }
            let own = || tables.iter().filter(|table| table.of.value == id.value);
            let keys = keys(own());
            let mut rows: Vec<_> = rows.iter().map(|row| self.schedule_row(row, &keys, id)).collect();
            for (column, product) in own().flat_map(|table| table.products()) {
                let Some(key) = &column.key else { continue };
                rows.iter_mut().for_each(|row| self.fill_product(row, key, product));
            }
            found.insert(id.value.clone(), rows);
        }
        found
    }

    fn schedule_row(&mut self, row: &ScheduleRow, keys: &[Key], schedule: &Located<String>) -> ScheduleEntry {
        let place = row.keys().next().and_then(|key| key.place).or(schedule.place);
        let known: Vec<(&str, &str)> = keys.iter().map(|key| (key.name, key.head.as_str())).collect();
        for key in row.keys().filter(|key| !keys.iter().any(|known| known.name == key.value)) {
            let what = ("这一栏", "column");
            self.problems.push(Problem::unknown_id(ProblemCode::UnknownKey, key.place, what, key, &known));
        }
        let mut values = Vec::new();
        for key in keys {
            match row.get(key.name) {
                Some(written) if !key.optional && written.value.0.trim().is_empty() => self.problems.push(
                    Problem::spec(
                        ProblemCode::BlankName,
                        written.place,
                        format!("明细“{schedule}”的“{}”（{}）是空的", key.name, key.head),
                        format!("`{}` ({}) of the schedule `{schedule}` is blank", key.name, key.head),
                    )
                    .help("请写明；还不知道的写“待填”", "write it, or 待填 if it is not known yet"),
                ),
                Some(written) => {
                    let value = self.schedule_value(written, key.kind);
                    values.extend(value.map(|value| (key.name.to_owned(), Located { value, place: written.place })));
                }
                None if key.optional => {}
                None => self.problems.push(
                    Problem::spec(
                        ProblemCode::MissingKey,
                        place,
                        format!("明细“{schedule}”的这一行缺少“{}”（{}）", key.name, key.head),
                        format!("this row of the schedule `{schedule}` lacks `{}` ({})", key.name, key.head),
                    )
                    .help(format!("请补上“{}: …”", key.name), format!("add `{}: …`", key.name)),
                ),
            }
        }
        ScheduleEntry { place, values }
    }

    /// Adds the amount that a row leaves out, where it is a product of what it has.
    fn fill_product(&mut self, row: &mut ScheduleEntry, key: &str, product: &Product) {
        if row.get(key).is_some() {
            return;
        }
        let Some((term, _)) = product_of(row, product) else { return };
        let term = match term.unfilled {
            true => term,
            false => {
                let value = Amount::Given(term.amount.in_unit(self.spec.unit));
                self.amount(&Located { value, place: term.place })
            }
        };
        row.values.push((key.to_owned(), Located { value: ScheduleValue::Amount(term), place: term.place }));
    }

    fn schedule_value(&mut self, written: &Located<Written>, kind: ScheduleKind) -> Option<ScheduleValue> {
        let text = written.value.0.trim();
        let words = |text: &str| Some(ScheduleValue::Words(text.to_owned()));
        let id = || Located { value: text.to_owned(), place: written.place };
        if text == Amount::UNFILLED && kind != ScheduleKind::Amount {
            return words(Amount::GAP);
        }
        match kind {
            ScheduleKind::Text | ScheduleKind::Number => words(text),
            ScheduleKind::Count => {
                self.decoded::<u32>(written).map(|count| ScheduleValue::Number(Decimal::from(count)))
            }
            ScheduleKind::Quantity => match split_quantity(text) {
                Some((number, "")) => Some(ScheduleValue::Number(number)),
                Some(_) => words(text),
                None => {
                    self.problems.push(
                        Problem::spec(
                            ProblemCode::NotANumber,
                            written.place,
                            format!("这里应为数量，实际是“{text}”"),
                            format!("expected a quantity, found \"{text}\""),
                        )
                        .help("数字写在前，计量单位写在后，如 12台", "write the number before its unit: 12台"),
                    );
                    None
                }
            },
            ScheduleKind::Amount => {
                let value = self.decoded::<Amount>(written)?;
                Some(ScheduleValue::Amount(self.amount(&Located { value, place: written.place })))
            }
            ScheduleKind::Date => {
                let day: Day = self.decoded(written)?;
                Some(ScheduleValue::Words(day.in_words()))
            }
            ScheduleKind::Subject | ScheduleKind::SubjectName => {
                let code = Located { value: self.decoded::<SubjectCode>(written)?, place: written.place };
                let item = self.item(&code)?;
                self.schedule_items.push(code);
                Some(ScheduleValue::Subject(item))
            }
            ScheduleKind::Economic | ScheduleKind::EconomicName => {
                let code = Located { value: self.decoded::<SubjectCode>(written)?, place: written.place };
                let division = self.division(&code)?;
                self.schedule_divisions.push(code);
                Some(ScheduleValue::Economic(division))
            }
            ScheduleKind::Unit => self.unit(Some(&id()), None).map(ScheduleValue::Unit),
            ScheduleKind::Project => {
                let spec = self.spec;
                let projects = spec.projects.iter().map(|project| (project.id.as_str(), project.name.as_str()));
                let index = self.find_id(&id(), projects, ProblemCode::UnknownProject, ("这个项目", "project"));
                index.map(ScheduleValue::Project)
            }
        }
    }

    fn decoded<T: crate::yaml::Decode>(&mut self, written: &Located<Written>) -> Option<T> {
        decode_text(&written.value.0, written.place, &mut self.problems)
    }
}

/// Returns the keys of a schedule. One is optional if it is so in every column.
fn keys<'a>(tables: impl Iterator<Item = &'a &'a Schedule>) -> Vec<Key<'a>> {
    let mut keys: Vec<Key> = Vec::new();
    for column in tables.flat_map(|table| &table.columns) {
        let Some(name) = &column.key else { continue };
        match keys.iter_mut().find(|key| key.name == name.value) {
            Some(known) => known.optional &= column.optional,
            None => {
                keys.push(Key { name, head: column.head.join("/"), kind: column.is.value(), optional: column.optional })
            }
        }
    }
    keys
}
