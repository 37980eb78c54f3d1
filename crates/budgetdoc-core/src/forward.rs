//! What wrappers of serde's deserializers, visitors and seeds pass on as it is.
//!
//! A wrapper has a method `around`: it parts into what it holds and the same wrapping around something else, for what
//! is handed on is to be wrapped as well.

/// The methods of a wrapped deserializer, but for `deserialize_struct`.
macro_rules! forward_deserializer {
    () => {
        $crate::forward::forward_deserializer! { @each
            deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
            deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_f32() deserialize_f64()
            deserialize_char() deserialize_str() deserialize_string() deserialize_bytes() deserialize_byte_buf()
            deserialize_option() deserialize_unit() deserialize_unit_struct(name: &'static str) deserialize_seq()
            deserialize_tuple(len: usize) deserialize_tuple_struct(name: &'static str, len: usize) deserialize_map()
            deserialize_enum(name: &'static str, variants: &'static [&'static str])
            deserialize_identifier() deserialize_ignored_any()
        }

        fn deserialize_newtype_struct<V: Visitor<'de>>(
            self,
            name: &'static str,
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            let (inner, visitor) = self.around(visitor);
            if name.starts_with("__") {
                // A located value. The mapping it is made of is the parser's own and no place to pass anything over.
                return inner.deserialize_newtype_struct(name, visitor.inner);
            }
            inner.deserialize_newtype_struct(name, visitor)
        }
    };
    (@each $($name:ident($($argument:ident: $kind:ty),*))*) => {$(
        fn $name<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, Self::Error> {
            let (inner, visitor) = self.around(visitor);
            inner.$name($($argument,)* visitor)
        }
    )*};
}

/// The methods of a wrapped visitor, but for those of texts, lists and mappings.
macro_rules! forward_visitor {
    () => {
        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.inner.expecting(formatter)
        }

        $crate::forward::forward_visitor! { @each
            visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) visit_f64(f64)
            visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
        }

        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            self.inner.visit_none()
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            self.inner.visit_unit()
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            let (inner, deserializer) = self.around(deserializer);
            inner.visit_some(deserializer)
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            let (inner, deserializer) = self.around(deserializer);
            inner.visit_newtype_struct(deserializer)
        }

        fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
            self.inner.visit_enum(access)
        }
    };
    (@each $($name:ident($kind:ty))*) => {$(
        fn $name<E: Error>(self, value: $kind) -> Result<Self::Value, E> {
            self.inner.$name(value)
        }
    )*};
}

/// The method of a wrapped seed.
macro_rules! forward_seed {
    () => {
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            let (inner, deserializer) = self.around(deserializer);
            inner.deserialize(deserializer)
        }
    };
}

pub(crate) use {forward_deserializer, forward_seed, forward_visitor};
