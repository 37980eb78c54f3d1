//! The languages of messages.

use serde::{Deserialize, Serialize};

/// The language of findings and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, the users' language.
    #[default]
    Zh,
    /// English.
    En,
}

/// A sentence in both languages.
///
/// ```
/// use budgetdoc_core::lang::{Bilingual, Lang};
/// let both = Bilingual::new("合计", "total");
/// assert_eq!((both.get(Lang::Zh), both.get(Lang::En)), ("合计", "total"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// Returns the sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Bilingual { zh: zh.into(), en: en.into() }
    }

    /// Returns the sentence in one of them.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Returns the candidate most like `word`, if any is near enough to be meant: one that begins with it, else one that
/// differs from it in few letters and not in all.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(2).min(length.saturating_sub(1));
    candidates
        .into_iter()
        // Words of other lengths cannot be near enough, and need not be compared.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit || candidate.starts_with(word))
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit || (length > 0 && candidate.starts_with(word)))
        .min_by_key(|(distance, candidate)| (!candidate.starts_with(word), *distance))
        .map(|(_, candidate)| candidate)
}
