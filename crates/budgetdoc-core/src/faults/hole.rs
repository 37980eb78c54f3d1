//! What stands in for a value that is missing, so that reading can go on behind it.

use std::marker::PhantomData;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Error, IntoDeserializer, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::Survey;
use super::watch::Watched;

/// How many values are tried where a single value is wanted.
pub(super) const CHOICES: usize = 4;

/// A stand-in.
pub(super) struct Hole<'s, E> {
    survey: &'s Survey,
    choice: usize,
    /// Whether a single value is wanted with its place, which the parser takes for a mapping.
    located: bool,
    error: PhantomData<E>,
}

impl<'s, E> Hole<'s, E> {
    pub(super) fn new(survey: &'s Survey, choice: usize) -> Self {
        Hole { survey, choice, located: false, error: PhantomData }
    }
}

impl<'de, E: Error> Deserializer<'de> for Hole<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        // What the types of specs and profiles are made of: amounts and texts, numbers, subjects, days.
        match self.choice {
            0 => visitor.visit_str("0"),
            1 => visitor.visit_u64(1),
            2 => visitor.visit_str("2012901"),
            3 => visitor.visit_str("2022-01-01"),
            _ => Err(E::custom("nothing fits")),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_bool(false)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_seq(SeqDeserializer::<_, E>::new(std::iter::empty::<u8>()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        // Watched, for keys that are missing in it want stand-ins as well.
        let empty = MapDeserializer::<_, E>::new(std::iter::empty::<(u8, u8)>());
        Watched { inner: visitor, survey: self.survey }.visit_map(empty)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        if self.located { self.deserialize_any(visitor) } else { self.deserialize_map(visitor) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(Hole { located: name.starts_with("__"), ..self })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(variants.first().copied().unwrap_or_default().into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}
