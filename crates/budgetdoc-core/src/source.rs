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
    text: String,
    /// Made when it is asked for.
    digest: OnceLock<String>,
    /// Made for the first message.
    tree: OnceLock<Option<YamlNode>>,
}

impl Fingerprint {
    /// Returns the fingerprint of `text`.
    pub fn of(text: &str) -> Self {
        Fingerprint(Some(Arc::new(Read { text: text.to_owned(), digest: OnceLock::new(), tree: OnceLock::new() })))
    }

    /// Returns the fingerprint: `sha256:` and the digest of the bytes in hexadecimal; none if there was no text.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref().map(Read::digest)
    }

    /// Returns the text that was read.
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_ref().map(|read| &*read.text)
    }

    /// Returns the comments that are likely the rest of a text: YAML reads `#` after a space as the start of a comment,
    /// so `防汛 #1 泵站` says 防汛 alone. A remark set off by several blanks, with one behind its `#`, is meant as such.
    pub fn cut_off(&self) -> Vec<CutOff> {
        let mut list = Vec::new();
        if let Some(read) = self.0.as_deref().filter(|read| has_odd_remark(&read.text))
            && let Some(root) = read.tree()
        {
            root.each_scalar(&mut |node, text| list.extend(cut_off(&read.text, node, text)));
        }
        list
    }

    /// Returns the place of the value at the keys of `path`; none if there is none.
    pub(crate) fn place_at(&self, path: &[&str]) -> Option<Place> {
        let root = self.0.as_deref()?.tree()?;
        path.iter().try_fold(root, |node, key| Some(node.entry(key)?.1.resolved()))?.place
    }
}

/// A text and what YAML cut off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutOff {
    /// The text as it was read.
    pub text: String,
    /// The comment after it, with its `#`.
    pub rest: String,
    /// The place of the `#`.
    pub place: Option<Place>,
}

/// Returns whether a text has a `#` with one blank before it, or with more but none behind it. To read the text once more
/// for its places takes long, and most specs have no such remark.
fn has_odd_remark(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| {
        let blanks = at - text[..at].trim_end_matches([' ', '\t']).len();
        blanks == 1 || (blanks > 1 && !text[at..].starts_with("# "))
    })
}

fn cut_off(source: &str, node: &YamlNode, text: &str) -> Option<CutOff> {
    let is_word = |text: &str| text.parse::<f64>().is_err() && !text.is_empty();
    let behind = source.get(node.range.end..)?.lines().next().filter(|_| is_word(text))?;
    let rest = behind.trim_start_matches([' ', '\t']);
    let blanks = behind.len() - rest.len();
    let is_remark = blanks > 1 && rest.starts_with("# ");
    if blanks == 0 || !rest.starts_with('#') || rest.trim_matches('#').trim().is_empty() || is_remark {
        return None;
    }
    let place = yaml::place_of(source, node.range.end + blanks);
    Some(CutOff { text: text.to_owned(), rest: rest.trim_end().to_owned(), place })
}

impl Read {
    fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            let digest = Sha256::digest(self.text.as_bytes());
            let digits = digest.iter().map(|byte| format!("{byte:02x}"));
            format!("sha256:{}", digits.collect::<String>())
        })
    }

    fn tree(&self) -> Option<&YamlNode> {
        self.tree.get_or_init(|| yaml::read(&self.text).root).as_ref()
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
