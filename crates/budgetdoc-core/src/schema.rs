//! JSON Schemas of the two files, for editors that complete and check while one writes.
//!
//! They are made from the types. Their English descriptions are the first paragraphs of the types' documentation, their
//! Chinese ones are in `in_chinese.txt`. A schema knows keys and kinds of values; what names refer to and whether
//! figures agree, only the checks know.

pub(crate) mod document;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::in_chinese;
use crate::lang::Lang;
use crate::money::Amount;
use crate::ordered::Ordered;
use crate::profile::{LengthNumber, Profile};
use crate::source::Located;
use crate::spec::{Code, Day, Spec, Weight, Written};
use crate::subject::SubjectCode;
use crate::yaml::Decode;

/// Returns the schema of a spec, described in a language.
///
/// ```
/// use budgetdoc_core::lang::Lang;
/// let schema = budgetdoc_core::schema::spec(Lang::Zh);
/// assert_eq!(schema["properties"]["income"]["type"], "array");
/// ```
pub fn spec(lang: Lang) -> Value {
    described(schemars::schema_for!(Spec).to_value(), lang)
}

/// Returns the schema of a profile, described in a language. One that extends another need not have every key; the
/// schema cannot tell such keys in the mappings below the top from those that a whole profile must have, so that only
/// the reader asks for them.
pub fn profile(lang: Lang) -> Value {
    let mut schema = described(schemars::schema_for!(Profile).to_value(), lang);
    let whole = schema["required"].take();
    schema["required"] = serde_json::json!(["budgetdoc_profile", "name"]);
    schema["if"] = serde_json::json!({ "not": { "required": ["extends"] } });
    schema["then"] = serde_json::json!({ "required": whole });
    // What it does not name of a mapping is that of the other.
    let mut collect_merged_types = Vec::new();
    Profile::collect_merged_types(&mut collect_merged_types);
    for name in collect_merged_types {
        if let Some(definition) = schema["$defs"].get_mut(&*name).and_then(Value::as_object_mut) {
            definition.remove("required");
        }
    }
    schema
}

/// Returns a schema with its descriptions in a language. Descriptions from Rust lose their examples, which are for
/// programmers and no help in a spec.
fn described(mut schema: Value, lang: Lang) -> Value {
    let chinese: BTreeMap<_, _> = in_chinese::descriptions().collect();
    descriptions(&mut schema, &mut |name, words| {
        match (lang, chinese.get(name)) {
            (Lang::Zh, Some(chinese)) => *words = (*chinese).to_owned(),
            _ => words.truncate(words.find("\n\n```").unwrap_or(words.len())),
        };
    });
    schema
}

/// Gives every description of a schema to `visit`, with the name of what it describes: `Type` for a type, `Type.key` for
/// a key, `Type=value` for one of several values.
fn descriptions(schema: &mut Value, visit: &mut impl FnMut(&str, &mut String)) {
    let name = schema["title"].as_str().unwrap_or_default().to_owned();
    describe_type(&name, schema, visit);
    for (name, definition) in schema.get_mut("$defs").and_then(Value::as_object_mut).into_iter().flatten() {
        describe_type(name, definition, visit);
    }
}

fn describe_type(name: &str, definition: &mut Value, visit: &mut impl FnMut(&str, &mut String)) {
    let mut describe = |name: &str, value: &mut Value| {
        if let Some(Value::String(words)) = value.get_mut("description") {
            visit(name, words);
        }
    };
    describe(name, definition);
    for (key, property) in definition.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        describe(&format!("{name}.{key}"), property);
    }
    for variant in definition.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        // A variant with content is a mapping of one key.
        let key = variant["properties"].as_object().and_then(|keys| keys.keys().next());
        let value = variant["const"].as_str().or(key.map(String::as_str)).unwrap_or_default().to_owned();
        describe(&format!("{name}={value}"), variant);
    }
}

/// A place is known to the reader; the file holds the value alone.
impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<V: JsonSchema> JsonSchema for Ordered<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Ordered_{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<V>();
        json_schema!({ "type": "object", "additionalProperties": values })
    }
}

/// A scalar that is a text to this library and may look like a number to others.
macro_rules! scalar {
    ($kind:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $kind {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

scalar!(Amount, "Amount", {
    "description": "An amount in the spec's unit: digits and a decimal point, or 待填 while it is not known.",
    "anyOf": [{ "type": "number" }, { "type": "string", "pattern": r"^([+-]?[0-9]+(\.[0-9]+)?|待填)$" }]
});
scalar!(SubjectCode, "SubjectCode", {
    "description": "A subject code: class of 3 digits, division of 5, item of 7.",
    "anyOf": [
        { "type": "integer", "minimum": 100, "maximum": 9_999_999 },
        { "type": "string", "pattern": "^[0-9]{3}([0-9]{2}){0,2}$" }
    ]
});
scalar!(Weight, "Weight", {
    "description": "A weight from 0 to 100.",
    "type": "number", "minimum": 0, "maximum": 100
});
scalar!(Written, "Written", {
    "description": "A text, number or date, as the profile's column reads it.",
    "anyOf": [{ "type": "string" }, { "type": "number" }, { "type": "boolean" }]
});
scalar!(Code, "Code", {
    "description": "A code, printed as written: digits with or without quotes.",
    "type": ["string", "integer"]
});
scalar!(Day, "Day", {
    "description": "A date such as 2022-02-18.",
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
});
scalar!(LengthNumber, "LengthNumber", { "description": "A number, with or without decimals.", "type": "number" });

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lang, descriptions, in_chinese, profile, spec};

    #[test]
    fn every_key_is_described_in_chinese_and_no_other() {
        let mut described = BTreeSet::new();
        for (chinese, english) in [spec, profile].map(|schema| (schema(Lang::Zh), schema(Lang::En))) {
            let [mut zh, mut en] = [Vec::new(), Vec::new()];
            descriptions(&mut chinese.clone(), &mut |name, words| zh.push((name.to_owned(), words.clone())));
            descriptions(&mut english.clone(), &mut |name, words| en.push((name.to_owned(), words.clone())));
            for ((name, chinese), (_, english)) in zh.into_iter().zip(en) {
                assert_ne!(chinese, english, "{name} has no Chinese description");
                described.insert(name);
            }
        }
        for (name, _) in in_chinese::descriptions() {
            assert!(described.contains(name), "{name} is not in a schema");
        }
    }
}
