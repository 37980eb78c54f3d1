//! Names of subjects before （类）, （款） and （项）.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::SUBJECTS;
use super::contradiction::{Contradicted, Contradiction};
use super::lexicon::Sense;
use super::token::{Token, TokenKind};
use crate::prose::project_names::likeness;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::subject::{Classification, Level};

/// The functional subjects' names of a budget's year by level, and those of other years.
pub(super) struct SubjectNames<'a> {
    budget: &'a Budget,
    /// Whether the name is one of this year, and if not the present name of the code.
    /// Listed when the first text names a subject so.
    known: OnceCell<HashMap<(Level, String), Option<String>>>,
}

impl<'a> SubjectNames<'a> {
    pub fn of(budget: &'a Budget) -> Self {
        SubjectNames { budget, known: OnceCell::new() }
    }

    fn list(budget: &Budget) -> HashMap<(Level, String), Option<String>> {
        let mut known = HashMap::new();
        let year = budget.spec.year.value;
        let table = &budget.subject_table;
        for line in table.lines().iter().filter(|line| line.classification == Classification::Functional) {
            let key = (line.code.level(), normalized(&line.name));
            let now = table.name(Classification::Functional, line.code, year);
            match (line.years.contains(year), now) {
                (true, _) => drop(known.insert(key, None)),
                // 社会保障和就业支出 lost its code, 医疗卫生与计划生育支出 its name.
                (false, now) => drop(known.entry(key).or_insert_with(|| Some(now.unwrap_or_default().to_owned()))),
            }
        }
        for (code, name) in &budget.subjects {
            known.insert((code.level(), normalized(name)), None);
        }
        known
    }

    /// Returns the names in a text that no subject of the year has.
    pub fn wrong(&self, text: &str, tokens: &[Token]) -> Vec<Contradiction> {
        let levels = tokens.iter().enumerate().filter_map(|(index, token)| {
            let TokenKind::Word(senses) = &token.kind else { return None };
            let level = senses.iter().find_map(|sense| match sense {
                Sense::Level(level) => Some(*level),
                _ => None,
            })?;
            text[token.range.clone()].starts_with(['（', '(']).then_some((index, level))
        });
        levels
            .filter_map(|(index, level)| self.judge(text, &tokens[..index], level, tokens[index].range.start))
            .collect()
    }

    fn judge(&self, text: &str, before: &[Token], level: Level, end: usize) -> Option<Contradiction> {
        let limit = |token: &Token| {
            matches!(&token.kind, TokenKind::Mark(_) | TokenKind::Number(_) | TokenKind::Year(_))
                || matches!(&token.kind, TokenKind::Word(senses) if senses.iter().any(|sense| matches!(sense, Sense::Level(_))))
        };
        let from = before.iter().rposition(limit).map_or(0, |last| last + 1);
        let name = |token: &&Token| match &token.kind {
            TokenKind::Word(senses) => senses.iter().any(|sense| matches!(sense, Sense::Name(_))),
            TokenKind::Other => true,
            TokenKind::Number(_) | TokenKind::Year(_) | TokenKind::Mark(_) => false,
        };
        let start = before[from..].iter().find(name)?.range.start;
        let words = normalized(text.get(start..end)?.trim_start_matches(['．', '.', ' ']));
        let known = self.known.get_or_init(|| Self::list(self.budget));
        let known = |words: &str| known.get(&(level, words.to_owned()));
        let ends = || words.char_indices().map(|(at, _)| &words[at..]);
        // 公共安全（类）支出.
        if ends().any(|end| known(end) == Some(&None) || known(&format!("{end}支出")) == Some(&None)) {
            return None;
        }
        let label = ["类", "款", "项"][usize::from(level.depth())];
        // 农林水事务 is 农林水支出 now.
        let is_now = |name: &String| known(name) == Some(&None);
        let now = ends()
            .find_map(known)
            .cloned()
            .flatten()
            .or_else(|| ends().find_map(|end| Some(format!("{}支出", end.strip_suffix("事务")?)).filter(is_now)));
        let near = || {
            let names = self.budget.subjects.iter().filter(|(code, _)| code.level() == level).map(|(_, name)| name);
            names.filter(|name| likeness(&words, name) >= 60).max_by_key(|name| likeness(&words, name)).cloned()
        };
        let year = self.budget.spec.year.value;
        let right = match now {
            Some(now) if now.is_empty() => String::new(),
            Some(now) => now,
            None => near()?,
        };
        let (zh, en) = match right.as_str() {
            "" => (String::new(), String::new()),
            right => (format!("，应为“{right}”"), format!("; its name is `{right}`")),
        };
        Some(Contradiction {
            rule: SUBJECTS,
            range: start..end,
            of: Contradicted::Text,
            message: Bilingual::new(
                format!("{year}年没有名为“{words}”的{label}级科目{zh}"),
                format!(
                    "no {} of {year} is named `{words}`{en}",
                    ["class", "division", "item"][usize::from(level.depth())]
                ),
            ),
        })
    }
}

/// Returns a name without spaces and quotation marks, its brackets full-width.
fn normalized(name: &str) -> String {
    let same = |character| match character {
        '(' => Some('（'),
        ')' => Some('）'),
        ' ' | '“' | '”' | '"' => None,
        other => Some(other),
    };
    name.chars().filter_map(same).collect()
}
