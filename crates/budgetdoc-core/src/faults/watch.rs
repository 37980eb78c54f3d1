//! Deserializers, visitors and the like that pass everything on and keep count of where they are.

use std::fmt;

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::hole::Hole;
use super::{STAND_IN, Survey};

/// Something of serde's, watched.
pub(super) struct Watched<'s, X> {
    pub(super) inner: X,
    pub(super) survey: &'s Survey,
}

impl<'s, X> Watched<'s, X> {
    fn wrap<Y>(&self, inner: Y) -> Watched<'s, Y> {
        Watched { inner, survey: self.survey }
    }
}

macro_rules! deserialize {
    ($($name:ident($($argument:ident: $kind:ty),*))*) => {$(
        fn $name<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            let visitor = self.wrap(visitor);
            self.inner.$name($($argument,)* visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_f32() deserialize_f64()
        deserialize_char() deserialize_str() deserialize_string() deserialize_bytes() deserialize_byte_buf()
        deserialize_option() deserialize_unit() deserialize_unit_struct(name: &'static str) deserialize_seq()
        deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize) deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier() deserialize_ignored_any()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        if name.starts_with("__") {
            // A located value. The mapping it is made of is the parser's own and no place to pass anything over.
            return self.inner.deserialize_newtype_struct(name, visitor);
        }
        let visitor = self.wrap(visitor);
        self.inner.deserialize_newtype_struct(name, visitor)
    }
}

macro_rules! visit {
    ($($name:ident($kind:ty))*) => {$(
        fn $name<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            self.inner.$name(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    visit! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) visit_f64(f64)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<V::Value, E> {
        value.clone_into(&mut self.survey.word.borrow_mut());
        self.inner.visit_str(value)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<V::Value, E> {
        value.clone_into(&mut self.survey.word.borrow_mut());
        self.inner.visit_borrowed_str(value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<V::Value, E> {
        self.survey.word.borrow_mut().clone_from(&value);
        self.inner.visit_string(value)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.visit_some(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.visit_newtype_struct(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Items { access, survey: self.survey, index: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Entries::new(access, self.survey))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(access)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Watched<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.deserialize(deserializer)
    }
}

/// The items of a list, without those found wrong.
struct Items<'s, A> {
    access: A,
    survey: &'s Survey,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        let survey = self.survey;
        while survey.is_wrong(self.index) {
            survey.within(self.index, || self.access.next_element::<IgnoredAny>())?;
            self.index += 1;
        }
        let seed = Watched { inner: seed, survey };
        let element = survey.within(self.index, || self.access.next_element_seed(seed));
        self.index += 1;
        element
    }
}

/// The entries of a mapping, without those found wrong; before them stand-ins for those found missing.
pub(super) struct Entries<'s, A> {
    access: A,
    survey: &'s Survey,
    index: usize,
    stand_in: usize,
}

impl<'s, A> Entries<'s, A> {
    pub(super) fn new(access: A, survey: &'s Survey) -> Self {
        Entries { access, survey, index: 0, stand_in: 0 }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let survey = self.survey;
        if let Some((field, _)) = survey.stand_in(self.stand_in) {
            return seed.deserialize(StrDeserializer::new(field)).map(Some);
        }
        while survey.is_wrong(self.index) {
            survey.within(self.index, || self.access.next_entry::<IgnoredAny, IgnoredAny>())?;
            self.index += 1;
        }
        survey.word.borrow_mut().clear();
        let seed = Watched { inner: seed, survey };
        let key = survey.within(self.index, || self.access.next_key_seed(seed));
        survey.remember_key(self.index);
        key
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let survey = self.survey;
        if let Some((_, choice)) = survey.stand_in(self.stand_in) {
            let value = survey.within(STAND_IN + self.stand_in, || seed.deserialize(Hole::new(survey, choice)));
            self.stand_in += 1;
            return value;
        }
        let seed = Watched { inner: seed, survey };
        let value = survey.within(self.index, || self.access.next_value_seed(seed));
        self.index += 1;
        value
    }
}
