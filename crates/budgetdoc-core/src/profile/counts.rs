//! The counts that a form prints.

use std::collections::BTreeSet;

use minijinja::Environment;
use serde_json::Value;

use super::Profile;

impl Profile {
    /// Returns the names of all counts that the form requires or its templates name.
    pub fn count_names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.counts.keys().map(|key| key.value.clone()).collect();
        let environment = Environment::new();
        each_text(&serde_json::to_value(self).unwrap_or_default(), &mut |text| {
            // Reading the profile or composing with it reports templates with errors.
            let Ok(template) = environment.template_from_str(text) else { return };
            let named = template.undeclared_variables(true).into_iter();
            names.extend(named.filter_map(|path| Some(path.strip_prefix("counts.")?.split('.').next()?.to_owned())));
        });
        names
    }
}

fn each_text(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) if text.contains("{{") || text.contains("{%") => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Object(entries) => entries.values().for_each(|item| each_text(item, visit)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
