//! Lists of words that rules look for, from the lexicon.

use std::ops::Deref;
use std::sync::OnceLock;

use crate::prose::statement::list;

/// A list of words.
pub(crate) struct WordList {
    /// Its name in the lexicon.
    name: &'static str,
    words: OnceLock<Vec<&'static str>>,
}

impl WordList {
    pub const fn named(name: &'static str) -> Self {
        WordList { name, words: OnceLock::new() }
    }
}

impl Deref for WordList {
    type Target = [&'static str];

    fn deref(&self) -> &[&'static str] {
        self.words.get_or_init(|| list(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_words_of_its_line() {
        assert_eq!(WordList::named("limit limits behind")[..2], ["以上", "以下"]);
        assert!(WordList::named("placeholder errors").contains(&"#REF!"));
    }
}
