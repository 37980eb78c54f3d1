//! The changes from last year that the texts of a spec explain.
//!
//! A text or a list's `reason` explains the figure that the profile's template compares before it in the same line.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::narrative::Narrator;
use crate::budget::Budget;
use crate::money::{AmountFormat, Money};
use crate::profile::ComparisonWords;
use crate::template::{SegmentKind, segments};

/// This year's and last year's amount of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// This year's.
    pub this: Money,
    /// Last year's.
    pub last: Money,
    /// Direction of the printed change; a change that rounds to zero is none.
    pub way: Ordering,
}

impl Change {
    pub(super) fn new(this: Money, last: Money, words: &ComparisonWords, format: &AmountFormat) -> Self {
        let change = words.change(this, last, format);
        let way = if format.round(change).is_zero() { Ordering::Equal } else { this.cmp(&last) };
        Change { this, last, way }
    }
}

/// The figure that a text explains.
#[derive(Debug, PartialEq)]
enum Explained<'a> {
    /// `{{ text.KEY }}` behind a figure.
    Text { key: &'a str, figure: &'a str, executed: bool },
    /// `{{ item.reason }}` behind an entry of a list, for entries of one level or of all.
    Entry { list: &'a str, level: Option<&'a str>, executed: bool },
}

/// Returns the explained changes by the name of the text: `text.meeting`, `explanations.2010101.reason`.
pub(super) fn explained(budget: &Budget, narrator: &Narrator) -> BTreeMap<String, Vec<Change>> {
    let mut changes: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for (key, template) in budget.profile.texts.iter() {
        let template = budget.spec.text.get(key).unwrap_or(template);
        for explanation in explanations(template) {
            let (name, executed) = match explanation {
                Explained::Text { figure, executed, .. } => (figure, executed),
                Explained::Entry { list, executed, .. } => (list, executed),
            };
            for compared in narrator.compared(name) {
                let about = match &explanation {
                    Explained::Text { key, .. } => format!("text.{key}"),
                    Explained::Entry { level, .. } if level.is_some_and(|level| level != compared.level) => continue,
                    // Reasons of projects explain their change whether or not the profile prints it.
                    Explained::Entry { .. } if compared.code.is_empty() => continue,
                    Explained::Entry { .. } => format!("explanations.{}.reason", compared.code),
                };
                let change = if executed { compared.executed } else { compared.change };
                changes.entry(about).or_default().extend(change);
            }
        }
    }
    changes
}

/// Returns the figures explained by the texts of a template.
fn explanations(template: &str) -> Vec<Explained<'_>> {
    let mut found = Vec::new();
    let mut loops: Vec<(&str, &str, Option<&str>)> = Vec::new();
    // The last figure compared in this line.
    let mut compared: Option<(&str, bool)> = None;
    for segment in segments(template) {
        let code = segment.code;
        if segment.kind == SegmentKind::Words {
            if code.contains('\n') {
                compared = None;
            }
            continue;
        }
        let reason_of = |name: &str| code.split([' ', '|', '(']).any(|word| word.strip_suffix(".reason") == Some(name));
        if let Some((figure, executed)) = compared.filter(|(figure, _)| reason_of(figure)) {
            if let Some((_, list, level)) = loops.iter().rev().find(|(name, ..)| *name == figure) {
                found.push(Explained::Entry { list, level: *level, executed });
                compared = None;
            }
        } else if segment.kind == SegmentKind::Value {
            let (name, filters) = segment.name_and_filters();
            if filters.starts_with("yoy") || filters.starts_with("change") {
                compared = Some((name, filters.contains("executed=true")));
            } else if let Some(key) = name.strip_prefix("text.") {
                if let Some((figure, executed)) = compared.take() {
                    found.push(Explained::Text { key, figure, executed });
                }
            } else if filters.starts_with("amount") && compared.is_some_and(|(figure, _)| figure != name) {
                compared = None;
            }
        } else if let Some((name, list)) = code.strip_prefix("for ").and_then(|code| code.split_once(" in ")) {
            let level = list.split_once(&format!("{name}.level == \"")).and_then(|(_, level)| level.split('"').next());
            loops.push((name, list.split(' ').next().unwrap_or_default(), level));
        } else if code == "endfor" {
            loops.pop();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_explains_what_is_compared_before_it_in_its_line() {
        let template = "甲{{ a | amount }}{{ a | yoy(lead=\"，\") }}。{% if a %}主要原因是{{ text.a_reason }}{% endif %}\n\
                        乙{{ b | change }}，{{ text.b }}丙{{ c | amount }}{{ c | yoy(executed=true) }}，{{ text.c }}{{ text.d }}\n\
                        丁{{ d | change }}，其中戊{{ e | amount }}，{{ text.e }}\n\
                        己{{ f | yoy }}\n{{ text.f }}";
        let text = |key, figure, executed| Explained::Text { key, figure, executed };
        assert_eq!(explanations(template), [text("a_reason", "a", false), text("b", "b", false), text("c", "c", true)]);
    }

    #[test]
    fn a_reason_explains_the_entry_of_its_loop() {
        let template = "{% for item in list if item.level == \"item\" and item.class_code == class.code -%}\n\
                        {{ item.name }}{{ item | amount }}{{ item | yoy }}。{% if item.reason %}主要是{{ item.reason }}{% endif %}\n\
                        {% endfor -%}\n{% for row in all %}{{ row | change }}{{ row.reason }}{% endfor %}";
        let entry = |list, level| Explained::Entry { list, level, executed: false };
        assert_eq!(explanations(template), [entry("list", Some("item")), entry("all", None)]);
    }
}
