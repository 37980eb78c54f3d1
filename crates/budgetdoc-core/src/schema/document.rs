//! Schemas and reading of the types that a profile shares with the document, which knows neither schemas nor YAML.

use std::borrow::Cow;

use budgetdoc_document::{Align, Orientation, Role, Rounding, Spacing};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::yaml::{Decode, Problems, record};

/// Names of an enum's values, with what each means. The match keeps the list complete.
macro_rules! choices {
    ($schema:ident, $of:ident, $about:literal, { $($choice:ident: $words:literal,)+ }) => {
        pub(crate) struct $schema;

        impl JsonSchema for $schema {
            fn schema_name() -> Cow<'static, str> {
                stringify!($of).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let words = |choice| match choice { $($of::$choice => $words,)+ };
                let choices: Vec<Value> = [$($of::$choice),+]
                    .map(|choice| json!({ "type": "string", "const": choice, "description": words(choice) }))
                    .into();
                json_schema!({ "oneOf": choices, "description": $about })
            }
        }

        impl Decode for $of {
            fn decode(value: crate::yaml::Value<'_>, problems: &mut Problems) -> Option<Self> {
                let choices = [$($of::$choice),+];
                let names = choices.map(|choice| json!(choice).as_str().unwrap_or_default().to_owned());
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                value.name_index(stringify!($of), &names, problems).map(|index| choices[index])
            }
        }
    };
}

choices!(RoleSchema, Role, "What a face is for. Each role has a face; the user may choose another.", {
    Title: "小标宋: the document's and the parts' titles.",
    Heading: "黑体: headings of the first level (一、).",
    Subheading: "楷体: headings of the second level (（一）).",
    Body: "仿宋: running text.",
    Table: "宋体: tables and page numbers.",
    Latin: "Times: Latin letters and figures in all of them.",
});

choices!(AlignSchema, Align, "How lines are aligned in their column.", {
    Left: "Flush left.",
    Center: "Centred.",
    Right: "Flush right.",
    Justify: "Both edges straight, last line flush left.",
});

choices!(OrientationSchema, Orientation, "Orientation of a page.", {
    Portrait: "As the pages of the text, usually upright.",
    Landscape: "Turned, for wide tables.",
    Double: "Upright and twice as wide, to be folded: A3 among A4. For tables only.",
});

choices!(RoundingSchema, Rounding, "How a printed figure is rounded.", {
    HalfUp: "四舍五入: halves away from zero.",
    HalfEven: "四舍六入五成双: halves to the even digit.",
    Truncate: "Further digits are cut off.",
});

pub(crate) struct SpacingSchema;

const SPACING: &[(&str, &str)] = &[
    ("squeeze_adjacent", "Two full-width marks in a row take 1½ em together (clreq 3.1.6.1)."),
    ("half_at_end", "A mark at the end of a line gives up its blank half (GB/T 15834-2011 5.1.10)."),
    (
        "half_at_start",
        "An opening mark at the start of a line gives up its blank half, but for the first line of a paragraph.",
    ),
    (
        "mixed_gap",
        "Gap between Chinese characters and Latin letters or figures, in hundredths of an em, 0 to 25. There is none at the\nedges of a line nor next to marks.",
    ),
    ("squeeze_space", "The most a line takes from a space between Latin words, in hundredths of the space, 0 to 50."),
    ("squeeze_middle", "The most it takes from a middle dot, in hundredths of an em, 0 to 50."),
    ("squeeze_mark", "The most it takes from a bracket or a pause (，、；：), in hundredths of an em, 0 to 50."),
    ("squeeze_mixed", "The most it takes from a gap between Chinese and Latin, in hundredths of the gap, 0 to 50."),
    ("squeeze_stop", "The most it takes from the end of a sentence (。？！), in hundredths of an em, 0 to 50."),
    ("stretch_space", "The most a space between words grows before others do, in hundredths of an em, 0 to 50."),
    (
        "stretch_mixed",
        "The most a gap between Chinese and Latin grows before others do, in hundredths of an em, 0 to 50.",
    ),
    (
        "grid",
        "How far from its own width the type of running text may be set to fit a grid of whole characters across the\nmeasure, in thousandths, 0 to 50. GB/T 9704-2012 5.2.3 asks for 28 characters on a line that holds 27.6.",
    ),
    (
        "fair_stretch",
        "The greatest distance between characters a line may want without being a bad line, in thousandths of an em, 1 to\n1000.",
    ),
];

impl JsonSchema for SpacingSchema {
    fn schema_name() -> Cow<'static, str> {
        "Spacing".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let defaults = json!(Spacing::default());
        let mut properties = Map::new();
        for (name, words) in SPACING {
            let default = &defaults[name];
            let property = if default.is_boolean() {
                json!({ "type": "boolean", "description": words, "default": default })
            } else {
                json!({ "type": "integer", "format": "int32", "description": words, "default": default })
            };
            properties.insert((*name).to_owned(), property);
        }
        json_schema!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
            "description": "Widths of marks and gaps, and how far those of a line give way to fill it.\n\nThe rules are those of clreq; a line is squeezed first, in the order of the fields, and stretched only where that is not enough."
        })
    }
}

record! {
    for Spacing {
        squeeze_adjacent: bool,
        half_at_end: bool,
        half_at_start: bool,
        mixed_gap: i32,
        squeeze_space: i32,
        squeeze_middle: i32,
        squeeze_mark: i32,
        squeeze_mixed: i32,
        squeeze_stop: i32,
        stretch_space: i32,
        stretch_mixed: i32,
        grid: i32,
        fair_stretch: i32,
    }
}
