//! The sheets and columns of an entry workbook, from the schema of a spec.

use budgetdoc_core::lang::Lang;
use budgetdoc_core::schema;
use serde_json::Value as Json;

use super::VALUE;

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
    /// What it is.
    pub about: String,
    /// In how many mappings its values are: 2 where a mapping holds mappings.
    pub mappings: usize,
    /// Whether the values are in a list, within the mappings.
    pub is_list: bool,
    /// The columns, without those of the mappings' keys.
    pub columns: Vec<EntryColumn>,
}

/// A value.
pub(super) struct EntryColumn {
    /// Its key; [`VALUE`] where it has none.
    pub key: String,
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
            about: about.to_owned(),
            mappings,
            is_list,
            columns: columns(item, root),
        };
        if let Some(properties) = whole["properties"].as_object() {
            for (key, value) in properties {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                self.collect(value, root, &path, mappings, about);
            }
        } else if whole["items"].is_object() {
            self.sheets.push(sheet(true, mappings, &whole["items"]));
        } else if whole["additionalProperties"].is_object() {
            let inner = resolved(&whole["additionalProperties"], root);
            match inner["additionalProperties"].is_object() || inner["items"].is_object() {
                true => self.collect(inner, root, path, mappings + 1, about),
                false => self.sheets.push(sheet(false, mappings + 1, &whole["additionalProperties"])),
            }
        } else {
            let kind = kind(schema, root);
            self.singles.push(EntryColumn { key: path.to_owned(), about: about.to_owned(), kind });
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

fn columns(item: &Json, root: &Json) -> Vec<EntryColumn> {
    let whole = resolved(item, root);
    let column = |key: &str, schema: &Json| EntryColumn {
        key: key.to_owned(),
        about: schema["description"].as_str().unwrap_or_default().to_owned(),
        kind: kind(schema, root),
    };
    match whole["properties"].as_object() {
        Some(properties) => properties.iter().map(|(key, schema)| column(key, schema)).collect(),
        None => vec![column(VALUE, item)],
    }
}

fn kind(schema: &Json, root: &Json) -> Kind {
    let alone = alternatives(schema)[0];
    let whole = resolved(schema, root);
    match reference(alone) {
        Some("Amount") => Kind::Amount,
        Some("SubjectCode") => Kind::Code,
        Some("Day") => Kind::Plain,
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
    use super::super::labels;
    use super::*;

    #[test]
    fn every_list_and_value_has_a_label() {
        let form = EntryForm::of_spec();
        for single in &form.singles {
            assert!(labels::single(&single.key).is_some(), "{}", single.key);
        }
        for sheet in &form.sheets {
            assert!(labels::sheet(&sheet.path).is_some(), "{}", sheet.path);
            for column in &sheet.columns {
                assert!(labels::column(&column.key).is_some(), "{} {}", sheet.path, column.key);
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
        assert_eq!(kinds("performance.indicators"), [("name", &Kind::Text), ("target", &Kind::Text)]);
        assert_eq!((sheet("performance.indicators").mappings, sheet("performance.indicators").is_list), (2, true));
        assert_eq!(kinds("counts"), [(VALUE, &Kind::Plain)]);
        assert_eq!((sheet("text").mappings, sheet("text").is_list), (1, false));
        assert_eq!(kinds("names"), [(VALUE, &Kind::Text)]);
        let paths: Vec<&str> = form.sheets.iter().map(|sheet| sheet.path.as_str()).collect();
        assert!(paths.contains(&"glossary") && paths.contains(&"glossary.add"), "{paths:?}");
    }
}
