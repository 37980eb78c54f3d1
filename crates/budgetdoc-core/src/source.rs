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

    /// The place of the byte `offset` of a template whose value begins at `start`; none where it cannot be told.
    ///
    /// Where a value begins says little of the rest: it may be indented, folded or quoted. So the braces the byte is in
    /// are looked for behind `start`, as often as they stand in the template before.
    pub(crate) fn place_in(&self, start: Place, template: &str, offset: usize) -> Option<Place> {
        let text = &*self.0.as_ref()?.text;
        let before = template.get(..offset)?;
        let opening = [before.rfind("{{"), before.rfind("{%")].into_iter().flatten().max();
        // An error may be told of the very braces.
        let opening = opening.or_else(|| template[offset..].starts_with('{').then_some(offset))?;
        let braces = &template[opening..];
        let braces = braces.split_once(['}', '\n']).map_or(braces, |(inside, _)| inside);
        let nth = template[..opening].matches(braces).count();
        let from = byte_of(text, start);
        let (found, _) = text.get(from..)?.match_indices(braces).nth(nth)?;
        // Behind the braces, as for braces that are not closed, the braces are what is to be looked at.
        let inside = Some(offset - opening).filter(|inside| *inside < braces.len()).unwrap_or(0);
        place_of(text, from + found + inside)
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

fn byte_of(text: &str, place: Place) -> usize {
    let lines = usize::try_from(place.line).unwrap_or(1).saturating_sub(1);
    text.split_inclusive('\n').take(lines).map(str::len).sum()
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
