//! Places in the user's file, so that every message can point at its cause, and the fingerprint of the whole file.

use std::fmt;
use std::sync::Arc;

use budgetdoc_document::Place;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Turns the parser's location into a place; none where the parser knew none.
pub(crate) fn place_from(location: serde_saphyr::Location) -> Option<Place> {
    let (line, column) = (u32::try_from(location.line()).ok()?, u32::try_from(location.column()).ok()?);
    (line > 0).then_some(Place { line, column: column.max(1) })
}

/// A value and where it stands in the user's file.
///
/// Values built in code have no place: `Located::from(value)`. Two located values are equal when their values are.
///
/// ```
/// use budgetdoc_core::source::Located;
/// let name: Located<String> = "信息化建设".to_owned().into();
/// assert_eq!(name.place, None);
/// assert_eq!(*name, "信息化建设");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands; none for values built in code.
    pub place: Option<Place>,
}

impl<T> From<T> for Located<T> {
    fn from(value: T) -> Self {
        Located { value, place: None }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Located<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: Serialize> Serialize for Located<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<T>::deserialize(deserializer)?;
        Ok(Located { place: place_from(spanned.referenced), value: spanned.value })
    }
}

/// The fingerprint of the text something was read from. Like a place it takes no part in comparing: two specs that say
/// the same are equal, however they are written.
///
/// ```
/// use budgetdoc_core::source::Fingerprint;
/// let digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// assert_eq!(Fingerprint::of("abc").get(), Some(digest));
/// assert_eq!(Fingerprint::default().get(), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fingerprint(Option<Read>);

/// A text that was read: its digest, and the text itself, for places in templates.
#[derive(Clone, Debug)]
struct Read {
    digest: String,
    text: Arc<str>,
}

impl Fingerprint {
    /// The fingerprint of `text`: `sha256:` and the digest of its bytes in hexadecimal.
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().map(|byte| format!("{byte:02x}"));
        let digest = format!("sha256:{}", digits.collect::<String>());
        Fingerprint(Some(Read { digest, text: text.into() }))
    }

    /// The fingerprint; none if there was no text.
    pub fn get(&self) -> Option<&str> {
        self.0.as_ref().map(|read| read.digest.as_str())
    }

    /// The text that was read.
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_ref().map(|read| &*read.text)
    }
}

impl Fingerprint {
    /// The place of the first value of a key of this name; none where there is none or no text.
    pub(crate) fn place_of_key(&self, key: &str) -> Option<Place> {
        let text = &*self.0.as_ref()?.text;
        let value = text.match_indices(key).find_map(|(at, _)| {
            let after = text[at + key.len()..].strip_prefix(": ")?;
            let own_word = !text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
            own_word.then(|| text.len() - after.trim_start_matches(' ').len())
        });
        place_of(text, value?)
    }
}

fn place_of(text: &str, byte: usize) -> Option<Place> {
    let before = text.get(..byte)?;
    let line = u32::try_from(before.matches('\n').count() + 1).ok()?;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Place { line, column: u32::try_from(column).ok()? })
}

impl PartialEq for Fingerprint {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
