//! JSON Schemas of the two files, for editors that complete and check while one writes.
//!
//! They are made from the types, with the words of their documentation. A schema knows keys and kinds of values; what
//! names stand for and whether figures agree, only the checks know.

pub(crate) mod document;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::money::Amount;
use crate::ordered::Ordered;
use crate::profile::{LengthNumber, Profile};
use crate::source::Located;
use crate::spec::{Day, Spec};
use crate::subject::SubjectCode;
use crate::yaml::Decode;

/// Returns the schema of a spec.
///
/// ```
/// let schema = budgetdoc_core::schema::spec();
/// assert_eq!(schema["properties"]["income"]["type"], "array");
/// ```
pub fn spec() -> Value {
    without_examples(schemars::schema_for!(Spec).to_value())
}

/// Returns the schema of a profile. One that extends another need not have every key; the schema cannot tell such keys
/// in the mappings below the top from those that a whole profile must have, so that only the reader asks for them.
pub fn profile() -> Value {
    let mut schema = without_examples(schemars::schema_for!(Profile).to_value());
    let whole = schema["required"].take();
    schema["required"] = serde_json::json!(["budgetdoc_profile", "name"]);
    schema["if"] = serde_json::json!({ "not": { "required": ["extends"] } });
    schema["then"] = serde_json::json!({ "required": whole });
    // What it does not name of a mapping is that of the other.
    let mut merging = Vec::new();
    Profile::merging(&mut merging);
    for name in merging {
        if let Some(definition) = schema["$defs"].get_mut(&*name).and_then(Value::as_object_mut) {
            definition.remove("required");
        }
    }
    schema
}

/// Descriptions without the examples in Rust, which are for programmers and no help in a spec.
fn without_examples(mut schema: Value) -> Value {
    fn cut(value: &mut Value) {
        match value {
            Value::Object(entries) => {
                if let Some(Value::String(words)) = entries.get_mut("description")
                    && let Some(end) = words.find("\n\n```")
                {
                    words.truncate(end);
                }
                entries.values_mut().for_each(cut);
            }
            Value::Array(entries) => entries.iter_mut().for_each(cut),
            _ => {}
        }
    }
    cut(&mut schema);
    schema
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
    "description": "An amount in the spec's unit: digits and a decimal point. 待填 while it is not known.",
    "anyOf": [{ "type": "number" }, { "type": "string", "pattern": r"^([+-]?[0-9]+(\.[0-9]+)?|待填)$" }]
});
scalar!(SubjectCode, "SubjectCode", {
    "description": "A subject code: class of 3 digits, division of 5, item of 7.",
    "anyOf": [
        { "type": "integer", "minimum": 100, "maximum": 9_999_999 },
        { "type": "string", "pattern": "^[0-9]{3}([0-9]{2}){0,2}$" }
    ]
});
scalar!(Day, "Day", {
    "description": "A day such as 2022-02-18.",
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
});
scalar!(LengthNumber, "LengthNumber", { "description": "A number, with decimals if need be.", "type": "number" });
