//! A YAML file read over another value: mappings have their own keys first, then those of the other that they lack.
//!
//! So a file that changes another says only what it changes, while its own values keep their places.

use std::collections::VecDeque;

use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::forward::{forward_deserializer, forward_seed, forward_visitor};

/// What a mapping of the file has from the value below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Below {
    /// Entries the file does not name.
    lacking: VecDeque<(String, Value)>,
    /// Of each entry the file names, in its order, what that has from below.
    named: Vec<Below>,
}

impl Below {
    /// What `own` lacks of `other`. Only mappings are gone through; all else is a value, and the own one holds.
    pub(crate) fn of(own: &Keys, other: &Value) -> Below {
        let (Keys::Of(own), Value::Object(other)) = (own, other) else { return Below::default() };
        let lacking = other.iter().filter(|(key, _)| own.iter().all(|(known, _)| known != *key));
        Below {
            lacking: lacking.map(|(key, value)| (key.clone(), value.clone())).collect(),
            named: own.iter().map(|(key, own)| Below::of(own, other.get(key).unwrap_or(&Value::Null))).collect(),
        }
    }
}

/// The keys of a file, one for every entry: a key that stands there twice is found wrong by others.
#[derive(Debug, Default)]
pub(crate) enum Keys {
    /// A mapping's.
    Of(Vec<(String, Keys)>),
    /// What has none.
    #[default]
    None,
}

impl Keys {
    /// Whether there is a key of this name at the top.
    pub(crate) fn has(&self, name: &str) -> bool {
        matches!(self, Keys::Of(entries) if entries.iter().any(|(key, _)| key == name))
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeysVisitor)
    }
}

struct KeysVisitor;

macro_rules! no_keys {
    ($($name:ident($kind:ty))*) => {$(
        fn $name<E: Error>(self, _: $kind) -> Result<Keys, E> {
            Ok(Keys::None)
        }
    )*};
}

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("anything")
    }

    no_keys! { visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) visit_f64(f64) visit_str(&str) }

    fn visit_unit<E: Error>(self) -> Result<Keys, E> {
        Ok(Keys::None)
    }

    fn visit_none<E: Error>(self) -> Result<Keys, E> {
        Ok(Keys::None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Keys, D::Error> {
        Keys::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Keys, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Keys::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Keys::Of(entries))
    }
}

/// Types that are one value although they are written as mappings: a key left out says something there.
const WHOLE: [&str; 1] = ["Measure"];

/// Something of serde's, over what is below it.
pub(crate) struct Over<X> {
    inner: X,
    below: Below,
}

impl<X> Over<X> {
    pub(crate) fn new(inner: X, below: Below) -> Self {
        Over { inner, below }
    }

    fn around<Y>(self, other: Y) -> (X, Over<Y>) {
        (self.inner, Over::new(other, self.below))
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Over<D> {
    type Error = D::Error;

    forward_deserializer! {}

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let below = if WHOLE.contains(&name) { Below::default() } else { self.below };
        self.inner.deserialize_struct(name, fields, Over::new(visitor, below))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Over<V> {
    type Value = V::Value;

    forward_visitor! {}

    fn visit_str<E: Error>(self, value: &str) -> Result<V::Value, E> {
        self.inner.visit_str(value)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<V::Value, E> {
        self.inner.visit_borrowed_str(value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<V::Value, E> {
        self.inner.visit_string(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(access)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        let Below { lacking, named } = self.below;
        self.inner.visit_map(Entries { access, named: named.into_iter(), lacking, value: None })
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Over<S> {
    type Value = S::Value;

    forward_seed! {}
}

/// The entries of a mapping, then those it lacks.
struct Entries<A> {
    access: A,
    named: std::vec::IntoIter<Below>,
    lacking: VecDeque<(String, Value)>,
    /// The value of the key last read, if that is one the file lacks.
    value: Option<Value>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        // A seed is used up by asking, even where the mapping ends.
        let mut seed = Some(seed);
        let own = self.access.next_key_seed(Lent(&mut seed))?;
        if own.is_some() {
            return Ok(own);
        }
        let (Some(seed), Some((key, value))) = (seed, self.lacking.pop_front()) else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Value::String(key)).map(Some).map_err(A::Error::custom)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.access.next_value_seed(Over::new(seed, self.named.next().unwrap_or_default())),
        }
    }
}

/// A seed that is left where there was nothing to read.
struct Lent<'s, S>(&'s mut Option<S>);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Lent<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        match self.0.take() {
            Some(seed) => seed.deserialize(deserializer),
            None => Err(D::Error::custom("a key is read once")),
        }
    }
}
