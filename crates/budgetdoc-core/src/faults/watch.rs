//! Deserializers, visitors and the like that pass everything on and keep count of where they are.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::hole::Hole;
use super::{STAND_IN, Survey};
use crate::forward::{forward_deserializer, forward_seed, forward_visitor};

/// Something of serde's, watched.
pub(super) struct Watched<'s, X> {
    pub(super) inner: X,
    pub(super) survey: &'s Survey,
}

impl<'s, X> Watched<'s, X> {
    fn around<Y>(self, other: Y) -> (X, Watched<'s, Y>) {
        (self.inner, Watched { inner: other, survey: self.survey })
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    forward_deserializer! {}

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.around(visitor);
        inner.deserialize_struct(name, fields, visitor)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    forward_visitor! {}

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

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Items { access, survey: self.survey, index: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Entries::new(access, self.survey))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Watched<'_, S> {
    type Value = S::Value;

    forward_seed! {}
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
