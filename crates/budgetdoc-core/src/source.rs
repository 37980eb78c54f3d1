//! Places in the user's file, for messages, and the fingerprint of the file.

use std::fmt;
use std::sync::{Arc, OnceLock};

use budgetdoc_document::Place;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::yaml::{self, YamlNode};

/// A value and its place in the user's file.
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
    /// Its place; none for values built in code.
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

/// The fingerprint of the text a value was read from. Like places, it is ignored in comparisons.
///
/// ```
/// use budgetdoc_core::source::Fingerprint;
/// let digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// assert_eq!(Fingerprint::of("abc").get(), Some(digest));
/// assert_eq!(Fingerprint::default().get(), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fingerprint(Option<Arc<Read>>);

/// A text and its digest. The text is kept for places in templates.
#[derive(Debug)]
struct Read {
    digest: String,
    text: String,
    /// Made for the first message.
    tree: OnceLock<Option<YamlNode>>,
}

impl Fingerprint {
    /// Returns the fingerprint of `text`: `sha256:` and the digest of its bytes in hexadecimal.
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().map(|byte| format!("{byte:02x}"));
        let digest = format!("sha256:{}", digits.collect::<String>());
        Fingerprint(Some(Arc::new(Read { digest, text: text.to_owned(), tree: OnceLock::new() })))
    }

    /// Returns the fingerprint; none if there was no text.
    pub fn get(&self) -> Option<&str> {
        self.0.as_ref().map(|read| read.digest.as_str())
    }

    /// Returns the text that was read.
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_ref().map(|read| &*read.text)
    }

    /// Returns the place of the value at the keys of `path`; none if there is none.
    pub(crate) fn place_at(&self, path: &[&str]) -> Option<Place> {
        let root = self.0.as_deref()?.tree()?;
        path.iter().try_fold(root, |node, key| Some(node.entry(key)?.1.resolved()))?.place
    }
}

impl Read {
    fn tree(&self) -> Option<&YamlNode> {
        self.tree.get_or_init(|| yaml::read(&self.text).root).as_ref()
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
