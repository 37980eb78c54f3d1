//! Projects named in running text.

use std::collections::HashMap;

use crate::prose::numbers::{TextNumber, last_clause};
use crate::prose::trie::Trie;
use crate::prose::word_list::WordList;
use budgetdoc_core::money::Money;
use budgetdoc_core::spec::Spec;

/// Returns a name without the bracketed words at its end.
pub(crate) fn bare(name: &str) -> &str {
    let name = name.trim();
    let cut = name.strip_suffix(['）', ')']).and_then(|inside| inside.rfind(['（', '(']));
    cut.map_or(name, |at| name[..at].trim_end())
}

/// Returns the words right before a number, brackets at their end left out: of “其中：宣传经费（通用项目）23万元” 宣传经费.
pub(crate) fn named<'a>(number: &TextNumber<'a>) -> &'a str {
    last_clause(bare(number.before)).trim().trim_start_matches("其中")
}

/// The projects of a spec by their names and by their amounts.
pub(crate) struct ProjectNames<'a> {
    spec: &'a Spec,
    /// The last project of each bare name, by its characters from the last to the first.
    by_name: Trie<Option<usize>>,
    by_amount: HashMap<Money, Vec<usize>>,
}

impl<'a> ProjectNames<'a> {
    pub fn of(spec: &'a Spec) -> Self {
        let mut names = ProjectNames { spec, by_name: Trie::default(), by_amount: HashMap::new() };
        for (index, project) in spec.projects.iter().enumerate() {
            let name = bare(&project.name);
            if name.chars().count() > 1 {
                *names.by_name.entry(name.chars().rev()) = Some(index);
            }
            if let Some(amount) = project.amount.number() {
                names.by_amount.entry(Money::new(amount, spec.unit)).or_default().push(index);
            }
        }
        names
    }

    /// Returns the project whose name ends right before the number; the longest name where several do.
    pub fn before(&self, number: &TextNumber) -> Option<usize> {
        self.by_name.along(named(number).chars().rev()).flatten().last().copied()
    }

    /// Returns the project whose amount it is, where the words before it are almost the project's name but not the name.
    pub fn almost_before(&self, number: &TextNumber) -> Option<usize> {
        if self.before(number).is_some() {
            return None;
        }
        let amount = number.money().filter(|amount| !amount.is_zero())?;
        let words = named(number);
        let mut equal = self.by_amount.get(&amount)?.iter().copied();
        equal.find(|index| almost(words, bare(&self.spec.projects[*index].name)))
    }
}

/// Nouns behind a project's name that make it another.
static SUFFIXES: WordList = WordList::named("project suffixes");

/// Returns whether words are almost a name: the name with a noun more, or most of its characters in the same order.
fn almost(words: &str, name: &str) -> bool {
    if let Some((_, rest)) = words.split_once(name) {
        return SUFFIXES.contains(&rest);
    }
    let (left, right) = (words.chars().count(), name.chars().count());
    // 法律顾问 for 法律顾问服务经费 is short for it.
    let short = words.char_indices().map(|(at, _)| &words[at..]);
    let short = short.filter(|end| end.chars().count() > 3).any(|end| name.contains(end));
    left >= 4 && right >= 4 && !short && left.abs_diff(right) <= 3 && likeness(words, name) >= 60
}

/// Pairs of neighbouring characters both have, in hundredths of what the shorter has.
pub(crate) fn likeness(left: &str, right: &str) -> usize {
    let pairs = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (left, right) = (pairs(left), pairs(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let shared = short.iter().filter(|pair| long.contains(pair)).count();
    if short.is_empty() { 0 } else { shared * 100 / short.len() }
}
