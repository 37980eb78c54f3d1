//! The Chinese reference of the keys of both files, made from the schemas as the command prints them.

use std::collections::BTreeSet;
use std::fmt::Write;

use budgetdoc_tests::snapshot;
use serde_json::Value;

use crate::program::root;
use crate::tools::go;

#[test]
fn the_chinese_references_are_those_of_the_schemas() {
    for file in ["spec", "profile"] {
        let schema: Value = serde_json::from_str(&go(&root(), &["schema", file]).out).unwrap();
        let head = root().join(format!("crates/budgetdoc-cli/tests/data/{file}-head.zh-CN.md"));
        let mut page = std::fs::read_to_string(head).unwrap();
        let _ = write!(page, "\n## 顶层\n\n{}", type_section(&schema, &schema));
        for name in in_order(&schema) {
            let definition = &schema["$defs"][&name];
            if definition.get("properties").is_some() || definition.get("oneOf").is_some() {
                let _ = write!(page, "\n## {}\n\n", title(definition));
                // A description that says no more than the heading does is not repeated.
                if words(definition).trim_end_matches('。') != title(definition) {
                    let _ = write!(page, "{}\n\n", words(definition));
                }
                page.push_str(&type_section(definition, &schema));
            }
        }
        snapshot::assert_eq(&root().join(format!("docs/{file}.zh-CN.md")), page.trim_end());
    }
}

/// Returns the names of a schema's types, each where it is first referred to.
fn in_order(schema: &Value) -> Vec<String> {
    fn visit(value: &Value, schema: &Value, seen: &mut BTreeSet<String>, order: &mut Vec<String>) {
        if let Some(name) = value["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"))
            && seen.insert(name.to_owned())
        {
            order.push(name.to_owned());
            visit(&schema["$defs"][name], schema, seen, order);
        }
        match value {
            Value::Object(entries) => {
                let below = entries.iter().filter(|(key, _)| *key != "$defs");
                below.for_each(|(_, value)| visit(value, schema, seen, order));
            }
            Value::Array(entries) => entries.iter().for_each(|value| visit(value, schema, seen, order)),
            _ => {}
        }
    }
    let mut order = Vec::new();
    visit(schema, schema, &mut BTreeSet::new(), &mut order);
    order
}

/// Returns the table of a type's keys, or that of its values.
fn type_section(definition: &Value, schema: &Value) -> String {
    let mut table = String::new();
    if let Some(properties) = definition["properties"].as_object() {
        table.push_str("| 键 | 填写 | 必填 | 说明 |\n|---|---|---|---|\n");
        let required = definition["required"].as_array().or(definition["then"]["required"].as_array());
        for (key, property) in properties {
            let needed = required.is_some_and(|keys| keys.iter().any(|name| name == key));
            let needed = if needed { "是" } else { "" };
            let _ = writeln!(table, "| `{key}` | {} | {needed} | {} |", kind(property, schema), words(property));
        }
    } else {
        table.push_str("| 值 | 说明 |\n|---|---|\n");
        for variant in definition["oneOf"].as_array().unwrap() {
            let value = match variant["properties"].as_object() {
                Some(keys) => keys.iter().map(|(key, value)| format!("`{key}:` {}", kind(value, schema))).collect(),
                None => format!("`{}`", variant["const"].as_str().unwrap()),
            };
            let _ = writeln!(table, "| {value} | {} |", words(variant));
        }
    }
    table
}

/// Returns what a type is called: its description up to the first mark.
fn title(definition: &Value) -> &str {
    definition["description"].as_str().unwrap().split(['。', '，', '：', '；', '（']).next().unwrap()
}

fn words(value: &Value) -> String {
    value["description"].as_str().unwrap().replace('|', "\\|")
}

/// Returns what is to be written for a key.
fn kind(property: &Value, schema: &Value) -> String {
    if let Some(name) = property["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return match name {
            "Amount" => "金额".to_owned(),
            "SubjectCode" => "科目编码".to_owned(),
            "Code" => "编码".to_owned(),
            "Day" => "日期".to_owned(),
            "Written" => "文字、数字或日期".to_owned(),
            "LengthNumber" => "数字".to_owned(),
            _ => format!("[{0}](#{0})", title(&schema["$defs"][name])),
        };
    }
    if let Some(kinds) = property["anyOf"].as_array() {
        return kind(&kinds[0], schema);
    }
    let name = property["type"].as_str().or_else(|| property["type"][0].as_str()).unwrap();
    match name {
        "array" => format!("{}的列表", kind(&property["items"], schema)),
        "object" => format!("名称 → {}", kind(&property["additionalProperties"], schema)),
        "integer" => "整数".to_owned(),
        "number" => "数字".to_owned(),
        "boolean" => "`true` 或 `false`".to_owned(),
        "string" => "文字".to_owned(),
        other => panic!("a kind without a Chinese name: {other}"),
    }
}
