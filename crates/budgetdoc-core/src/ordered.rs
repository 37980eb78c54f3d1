//! Mappings that keep the order of the file.

use serde::{Serialize, Serializer};

use crate::source::Located;

/// A mapping in the order it was written, each key with its place.
///
/// ```
/// use budgetdoc_core::ordered::Ordered;
/// let counts = Ordered(vec![("vehicles".to_owned().into(), 2), ("people".to_owned().into(), 30)]);
/// assert_eq!(counts.get("people"), Some(&30));
/// let keys: Vec<&str> = counts.keys().map(|key| key.as_str()).collect();
/// assert_eq!(keys, ["vehicles", "people"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<V>(pub Vec<(Located<String>, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Ordered(Vec::new())
    }
}

impl<V> Ordered<V> {
    /// Returns the value of `key`.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Located<String>> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Located<String>, V)> {
        self.0.iter()
    }
}

impl<V: Serialize> Serialize for Ordered<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
