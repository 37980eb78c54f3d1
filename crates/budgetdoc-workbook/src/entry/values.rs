//! The values of a spec, as they stand in cells.

use serde_json::Value as Json;

use super::VALUE;
use super::sheets::{EntryColumn, EntrySheet};

/// Returns the rows of a list or mapping: the keys of its mappings, then a value for each column.
pub(super) fn rows(sheet: &EntrySheet, spec: &Json) -> Vec<Vec<Option<String>>> {
    fn add(sheet: &EntrySheet, value: &Json, keys: &[&str], rows: &mut Vec<Vec<Option<String>>>) {
        let row = |item: &Json| {
            let value = |column: &EntryColumn| scalar(if column.key == VALUE { item } else { &item[&column.key] });
            keys.iter().map(|key| Some((*key).to_owned())).chain(sheet.columns.iter().map(value)).collect()
        };
        if keys.len() < sheet.mappings {
            for (key, value) in value.as_object().into_iter().flatten() {
                add(sheet, value, &[keys, &[key]].concat(), rows);
            }
        } else if sheet.is_list {
            rows.extend(value.as_array().into_iter().flatten().map(row));
        } else if !value.is_null() {
            rows.push(row(value));
        }
    }
    let mut list = Vec::new();
    let Some(owner) = &sheet.owner else {
        add(sheet, at(spec, &sheet.path), &[], &mut list);
        return list;
    };
    let key = sheet.path.strip_prefix(owner).map_or("", |key| key.trim_start_matches('.'));
    for item in at(spec, owner).as_array().into_iter().flatten() {
        add(sheet, &item[key], &[item["id"].as_str().unwrap_or_default()], &mut list);
    }
    list
}

/// Returns the value at keys that are joined by points.
pub(super) fn at<'a>(spec: &'a Json, path: &str) -> &'a Json {
    path.split('.').fold(spec, |value, key| &value[key])
}

/// Returns a scalar as it is written; none of nothing.
pub(super) fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Returns the number that a sheet can hold as it is.
pub(super) fn number(text: &str) -> Option<f64> {
    let number: f64 =
        text.parse().ok().filter(|_| text.starts_with(|first: char| first.is_ascii_digit() || first == '-'))?;
    let exact: rust_decimal::Decimal = text.parse().ok()?;
    // The shortest digits that are read back as the same binary number.
    (number.to_string().parse() == Ok(exact)).then_some(number)
}
