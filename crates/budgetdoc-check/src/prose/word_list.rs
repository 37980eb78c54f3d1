//! Lists of words that rules look for, from the lexicon, and their places in texts.

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

/// Returns where words are in a text. Most texts have none, which is quicker to see than to look for all places.
pub(crate) fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    text.contains(words).then(|| text.match_indices(words)).into_iter().flatten()
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
