//! Texts of sheets without tables.

use budgetdoc_core::profile::{OutlineItem, Profile};

use super::form::fill;
use super::names::is_filled;
use super::remark::{Remark, Weight};
use crate::grid::{Grid, Value};
use crate::quoted::quoted;
use crate::words::loose;

/// What the form has below a heading.
enum Below<'a> {
    Text(&'a str),
    Glossary,
}

/// The texts of a workbook.
#[derive(Default)]
pub(super) struct Texts {
    /// Texts by their key.
    texts: Vec<(String, Vec<String>)>,
    /// Terms with their meanings.
    terms: Vec<(String, String)>,
}

/// Returns the headings of the form, each with what it has below.
fn headings<'a>(profile: &'a Profile, year: u16) -> Vec<(String, Below<'a>)> {
    fn add<'a>(
        profile: &'a Profile,
        year: u16,
        outline: &'a [OutlineItem],
        above: &mut String,
        list: &mut Vec<(String, Below<'a>)>,
    ) {
        for block in outline {
            match block {
                OutlineItem::Group(title)
                | OutlineItem::Part(title)
                | OutlineItem::Section(title)
                | OutlineItem::Subsection(title) => {
                    *above = loose(&fill(profile, title, year));
                }
                OutlineItem::Text(key) => list.push((above.clone(), Below::Text(key.as_str()))),
                OutlineItem::Glossary => list.push((above.clone(), Below::Glossary)),
                OutlineItem::Table(_)
                | OutlineItem::Lead(_)
                | OutlineItem::Signature(_)
                | OutlineItem::Chart(_)
                | OutlineItem::Units(_) => {}
                OutlineItem::When(when) => {
                    add(profile, year, &when.then, above, list);
                    add(profile, year, &when.otherwise, above, list);
                }
            }
        }
    }
    let mut list = Vec::new();
    add(profile, year, &profile.outline, &mut String::new(), &mut list);
    list
}

impl Texts {
    /// Reads a sheet without a table, and returns whether the form has a text of its title.
    pub fn read(&mut self, grid: &Grid, profile: &Profile, year: u16, remarks: &mut Vec<Remark>) -> bool {
        let lines: Vec<String> = grid
            .cells
            .values()
            .flat_map(|value| match value {
                Value::Text(text) => text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>(),
                Value::Number(_) | Value::Percent(_) | Value::Date(_) | Value::Error(_) | Value::Uncomputed => {
                    Vec::new()
                }
            })
            .filter(|line| is_filled(line))
            .collect();
        let Some((title, body)) = lines.split_first() else { return false };
        let headings = headings(profile, year);
        let same = |heading: &str| {
            let agrees = |words: String| !words.is_empty() && (words.contains(heading) || heading.contains(&words));
            !heading.is_empty() && (agrees(loose(title)) || agrees(loose(&grid.name)))
        };
        // A heading with sentences of the form besides says more than the asked text.
        let texts = headings.iter().filter(|(heading, below)| same(heading) && matches!(below, Below::Text(_))).count();
        let asked = |key: &str| texts == 1 && profile.asks.get(key).is_some();
        let mut found = headings.iter().filter(|(heading, _)| same(heading)).peekable();
        if found.peek().is_none() {
            return false;
        }
        let target = found.find(|(_, below)| match below {
            Below::Text(key) => asked(key) && !self.texts.iter().any(|(known, _)| known == key),
            Below::Glossary => true,
        });
        let is_template = body.iter().any(|line| line.contains("{{") || line.contains("{%"));
        match target {
            Some((_, Below::Text(key))) if !is_template => self.texts.push(((*key).to_owned(), body.to_vec())),
            Some((_, Below::Glossary)) => self.glossary(grid, body, remarks),
            Some((_, Below::Text(_))) | None => remarks.push(Remark::sheet(
                Weight::Note,
                &grid.name,
                "这一页的文字由版式的句子写出，没有读取",
                "the form's sentences take the place of this text; it was not read",
            )),
        }
        true
    }

    fn glossary(&mut self, grid: &Grid, body: &[String], remarks: &mut Vec<Remark>) {
        for line in body {
            match line.split_once(['：', ':']) {
                Some((term, meaning)) if !is_filled(term) && !is_filled(meaning.trim_start_matches('指')) => {}
                Some((term, meaning)) if term.chars().count() <= 30 && is_filled(meaning) => {
                    let is_number = |letter: char| {
                        "（）()、.．一二三四五六七八九十".contains(letter)
                            || letter.is_ascii_digit()
                            || letter.is_whitespace()
                    };
                    let numbered = term.trim_start_matches(is_number);
                    let has_mark =
                        term.strip_suffix(numbered).is_some_and(|number| number.contains(['）', ')', '、', '.', '．']));
                    let term = if has_mark { numbered } else { term };
                    self.terms.push((term.trim().to_owned(), meaning.trim().to_owned()));
                }
                Some(_) | None => match self.terms.last_mut() {
                    Some((_, meaning)) => meaning.push_str(line),
                    None => remarks.push(Remark::sheet(
                        Weight::Warning,
                        &grid.name,
                        format!("没有读取：{line}"),
                        format!("not read: {line}"),
                    )),
                },
            }
        }
    }

    /// Writes the asked texts, those that no sheet has as gaps, and the terms.
    pub fn write(&self, profile: &Profile, line: &mut dyn FnMut(&str)) {
        if profile.asks.iter().next().is_some() {
            line("\n# 文字，一行一段\ntext:");
        }
        for (key, ask) in profile.asks.iter() {
            match self.texts.iter().find(|(known, _)| *known == key.value) {
                Some((_, lines)) => {
                    line(&format!("  {}: |", key.value));
                    lines.iter().for_each(|text| line(&format!("    {text}")));
                }
                None => line(&format!("  {}: {}", key.value, quoted(&profile.words.unfilled.replace("{ask}", ask)))),
            }
        }
        if !self.terms.is_empty() {
            line("\nglossary:");
            for (term, meaning) in &self.terms {
                line(&format!("  - {{ term: {}, meaning: {} }}", quoted(term), quoted(meaning)));
            }
        }
    }
}
