//! The sheets and columns of an entry workbook, from the schema of a spec.

use budgetdoc_core::lang::Lang;
use budgetdoc_core::profile::{Profile, ScheduleKind, TableContent};
use budgetdoc_core::schema;
use budgetdoc_core::spec::Spec;
use serde_json::Value as Json;

use super::{VALUE, labels};

/// What a spec has.
pub(super) struct EntryForm {
    /// Single values, each with the keys to it.
    pub singles: Vec<EntryColumn>,
    /// Lists and mappings, in the order of the schema.
    pub sheets: Vec<EntrySheet>,
}

/// A list or mapping of the spec.
pub(super) struct EntrySheet {
    /// The keys to it, joined by points.
    pub path: String,
    /// The name of its sheet.
    pub label: String,
    /// What it is.
    pub about: String,
    /// In how many mappings its values are: 2 where a mapping holds mappings.
    pub mappings: usize,
    /// Whether the values are in a list, within the mappings.
    pub is_list: bool,
    /// The columns, without those of the mappings' keys.
    pub columns: Vec<EntryColumn>,
    /// Whether the profile says what the columns are, of a sheet for each key below the path.
    pub is_open: bool,
    /// The list whose rows it belongs to; its first mapping has their ids.
    pub owner: Option<String>,
}

/// A value.
pub(super) struct EntryColumn {
    /// Its key; [`VALUE`] where it has none.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What it is.
    pub about: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Text,
    /// An amount of money in the unit of the spec.
    Amount,
    /// The code of a subject.
    Code,
    /// A number or a day.
    Plain,
    /// One of several names, each with what it means.
    Choice(Vec<(String, String)>),
}

impl EntrySheet {
    /// Returns whether keys lead to this list, or to one of those that the profile declares below it.
    pub fn is_at(&self, path: &str) -> bool {
        match self.is_open {
            true => {
                path.strip_prefix(&self.path).and_then(|rest| rest.strip_prefix('.')).is_some_and(|key| !key.is_empty())
            }
            false => self.path == path,
        }
    }

    /// Returns what a column holds; none of a key that there is not.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        let known = self.columns.iter().find(|column| column.key == key || self.is_open);
        known.map(|column| &column.kind)
    }
}

impl EntryForm {
    /// Reads the schema of a spec.
    pub fn of_spec() -> EntryForm {
        let schema = schema::spec(Lang::Zh);
        let mut form = EntryForm { singles: Vec::new(), sheets: Vec::new() };
        form.collect(&schema, &schema, "", 0, "");
        form
    }

    fn collect(&mut self, schema: &Json, root: &Json, path: &str, mappings: usize, about: &str) {
        let about = schema["description"].as_str().unwrap_or(about);
        let kinds = alternatives(schema);
        if kinds.len() > 1 {
            kinds.into_iter().for_each(|kind| self.collect(kind, root, path, mappings, about));
            return;
        }
        let whole = resolved(schema, root);
        let sheet = |is_list: bool, mappings: usize, item: &Json| EntrySheet {
            path: path.to_owned(),
            label: labels::sheet(path).unwrap_or(path).to_owned(),
            about: about.to_owned(),
            mappings,
            is_list,
            columns: columns(path, item, root),
            is_open: is_list && resolved(item, root)["additionalProperties"].is_object(),
            owner: None,
        };
        if let Some(properties) = whole["properties"].as_object() {
            for (key, value) in properties {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                self.collect(value, root, &path, mappings, about);
            }
        } else if whole["items"].is_object() {
            let sheet = sheet(true, mappings, &whole["items"]);
            // Each list below an open path has a sheet of its own.
            self.sheets.push(EntrySheet { mappings: if sheet.is_open { 0 } else { mappings }, ..sheet });
            self.owned(&whole["items"], root, path);
        } else if whole["additionalProperties"].is_object() {
            let inner = resolved(&whole["additionalProperties"], root);
            match inner["additionalProperties"].is_object() || inner["items"].is_object() {
                true => self.collect(inner, root, path, mappings + 1, about),
                false => self.sheets.push(sheet(false, mappings + 1, &whole["additionalProperties"])),
            }
        } else {
            let kind = kind(schema, root);
            let label = labels::single(path).unwrap_or(path).to_owned();
            self.singles.push(EntryColumn { key: path.to_owned(), label, about: about.to_owned(), kind });
        }
    }
}

/// Returns whether a schema is a list or a mapping.
fn is_nested(schema: &Json, root: &Json) -> bool {
    let whole = resolved(schema, root);
    whole["items"].is_object() || whole["additionalProperties"].is_object() || whole["properties"].is_object()
}

/// Returns the sheets of the schedules that a profile declares or a spec has: their columns are those of the profile, then
/// those of the rows.
pub(super) fn schedules(open: &EntrySheet, spec: &Spec, profile: &Profile) -> Vec<EntrySheet> {
    let mut sheets: Vec<EntrySheet> = Vec::new();
    let mut add = |name: &str, keys: &mut dyn Iterator<Item = (&str, String, Kind)>| {
        let path = format!("{}.{name}", open.path);
        let index = sheets.iter().position(|sheet| sheet.path == path).unwrap_or_else(|| {
            let (label, about) = (format!("{} {name}", open.label), open.about.clone());
            let (mappings, is_list, columns, is_open, owner) = (0, true, Vec::new(), false, None);
            sheets.push(EntrySheet { path, label, about, mappings, is_list, columns, is_open, owner });
            sheets.len() - 1
        });
        let columns = &mut sheets[index].columns;
        for (key, label, kind) in keys {
            if !columns.iter().any(|column| column.key == key) {
                columns.push(EntryColumn { key: key.to_owned(), label, about: String::new(), kind });
            }
        }
    };
    for (_, table) in profile.tables.iter() {
        match &table.content {
            TableContent::Schedule(schedule) => {
                let columns = schedule.columns.iter().filter_map(|column| {
                    Some((column.key.as_ref()?.as_str(), column.head.join(" "), Kind::of_schedule(column.is)))
                });
                add(&schedule.of, &mut { columns });
            }
            TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Performance(_) => {}
        }
    }
    for (name, rows) in spec.schedules.iter() {
        let keys = rows.iter().flat_map(|row| row.keys()).map(|key| (key.as_str(), key.value.clone(), Kind::Text));
        add(name, &mut { keys });
    }
    sheets
}

impl Kind {
    fn of_schedule(kind: ScheduleKind) -> Kind {
        match kind {
            ScheduleKind::Subject | ScheduleKind::Economic => Kind::Code,
            // Its digits are kept as they are written.
            ScheduleKind::Amount | ScheduleKind::Count => Kind::Plain,
            ScheduleKind::Text
            | ScheduleKind::Number
            | ScheduleKind::Quantity
            | ScheduleKind::Date
            | ScheduleKind::SubjectName
            | ScheduleKind::EconomicName
            | ScheduleKind::Unit
            | ScheduleKind::Project => Kind::Text,
        }
    }
}

impl EntryForm {
    /// Adds the lists and mappings that each row of a list has of its own.
    fn owned(&mut self, item: &Json, root: &Json, path: &str) {
        let properties = resolved(item, root)["properties"].as_object().into_iter().flatten();
        for (key, value) in properties.filter(|(_, value)| is_nested(value, root)) {
            let known = self.sheets.len();
            self.collect(value, root, &format!("{path}.{key}"), 1, "");
            self.sheets[known..].iter_mut().for_each(|sheet| sheet.owner = Some(path.to_owned()));
        }
    }
}

/// Returns the alternatives of a schema, without null; the schema itself where it has none.
fn alternatives(schema: &Json) -> Vec<&Json> {
    match schema["anyOf"].as_array() {
        Some(kinds) => kinds.iter().filter(|kind| kind["type"] != "null").collect(),
        None => vec![schema],
    }
}

/// Follows a schema that is a reference, or a reference or null.
fn resolved<'a>(schema: &'a Json, root: &'a Json) -> &'a Json {
    let alone = match alternatives(schema)[..] {
        [alone] => alone,
        _ => return schema,
    };
    match reference(alone) {
        Some(name) => &root["$defs"][name],
        None => alone,
    }
}

fn reference(schema: &Json) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/$defs/")
}

fn columns(path: &str, item: &Json, root: &Json) -> Vec<EntryColumn> {
    let whole = resolved(item, root);
    let column = |key: &str, schema: &Json| EntryColumn {
        key: key.to_owned(),
        label: labels::column(path, key).unwrap_or(key).to_owned(),
        about: schema["description"].as_str().unwrap_or_default().to_owned(),
        kind: kind(schema, root),
    };
    match whole["properties"].as_object() {
        Some(properties) => {
            let scalars = properties.iter().filter(|(_, schema)| !is_nested(schema, root));
            scalars.map(|(key, schema)| column(key, schema)).collect()
        }
        None => vec![column(VALUE, item)],
    }
}

fn kind(schema: &Json, root: &Json) -> Kind {
    let alone = alternatives(schema)[0];
    let whole = resolved(schema, root);
    match reference(alone) {
        Some("Amount") => Kind::Amount,
        Some("SubjectCode") => Kind::Code,
        Some("Day" | "Written") => Kind::Plain,
        _ if whole["oneOf"].is_array() => {
            let names = whole["oneOf"].as_array().into_iter().flatten();
            let word = |name: &Json, key: &str| name[key].as_str().unwrap_or_default().to_owned();
            Kind::Choice(names.map(|name| (word(name, "const"), word(name, "description"))).collect())
        }
        _ if whole["type"] == "string" || whole["type"][0] == "string" => Kind::Text,
        _ => Kind::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_and_value_has_a_label() {
        let form = EntryForm::of_spec();
        for single in &form.singles {
            assert!(labels::single(&single.key).is_some(), "{}", single.key);
        }
        for sheet in &form.sheets {
            assert!(labels::sheet(&sheet.path).is_some(), "{}", sheet.path);
            for column in sheet.columns.iter().filter(|_| !sheet.is_open) {
                assert!(labels::column(&sheet.path, &column.key).is_some(), "{} {}", sheet.path, column.key);
            }
        }
    }

    #[test]
    fn sheets_are_the_lists_of_the_schema() {
        let form = EntryForm::of_spec();
        let sheet = |path: &str| form.sheets.iter().find(|sheet| sheet.path == path).unwrap();
        let kinds = |path: &str| -> Vec<(&str, &Kind)> {
            sheet(path).columns.iter().map(|column| (column.key.as_str(), &column.kind)).collect()
        };
        assert_eq!(kinds("economic")[2], ("code", &Kind::Code));
        assert_eq!(kinds("income")[3], ("amount", &Kind::Amount));
        assert_eq!(kinds("performance.indicators")[..2], [("name", &Kind::Text), ("target", &Kind::Text)]);
        assert_eq!(
            (sheet("projects.indicators").mappings, sheet("projects.indicators").owner.as_deref()),
            (3, Some("projects"))
        );
        assert_eq!((sheet("performance.indicators").mappings, sheet("performance.indicators").is_list), (2, true));
        assert_eq!(kinds("counts"), [(VALUE, &Kind::Plain)]);
        assert_eq!((sheet("text").mappings, sheet("text").is_list), (1, false));
        assert_eq!(kinds("names"), [(VALUE, &Kind::Text)]);
        let paths: Vec<&str> = form.sheets.iter().map(|sheet| sheet.path.as_str()).collect();
        assert!(paths.contains(&"glossary") && paths.contains(&"glossary.add"), "{paths:?}");
    }
}
