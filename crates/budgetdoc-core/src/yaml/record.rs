//! Macros that define decodable structs and enums.

/// Defines a struct decoded from a mapping.
///
/// ```text
/// record! {
///     pub struct Line {
///         pub name: String,                         // must be there
///         pub group: Option<String> = default,      // may be left out
///         pub level: u8 where 0..=2 = default,      // a number with limits
///     }
/// }
/// ```
///
/// * `pub struct Line: Default { … }`: every key may be left out, and is then as in the struct's own default.
/// * `pub struct Line: Default, whole { … }`: a mapping of it is never merged with the one below.
/// * `sparse pub struct Line { … }`: optional keys with their default values are not written. Others derive `Serialize`.
/// * `new pub struct Line { … }`: sparse, and `Line::new` takes the values of the keys that must be there.
/// * `not read: pub source: Fingerprint,` at the end: a field that is no key.
/// * `for Line { … }`: a struct of another crate, as with `: Default`.
macro_rules! record {
    (new $(#[$meta:meta])* pub struct $name:ident {
        $($(#[$note:meta])* pub $field:ident: $kind:ty $(= $default:ident)?,)*
    }) => {
        $crate::yaml::record! {
            sparse
            $(#[$meta])*
            pub struct $name { $($(#[$note])* pub $field: $kind $(= $default)?,)* }
        }

        $crate::yaml::record!(@new $name [] [] $($field: $kind $(= $default)?,)*);
    };

    (sparse $(#[$meta:meta])* pub struct $name:ident {
        $($(#[$note:meta])* pub $field:ident: $kind:ty $(= $default:ident)?,)*
        $(not read: $(#[$skipped_note:meta])* pub $skipped:ident: $skipped_kind:ty,)?
    }) => {
        $crate::yaml::record! {
            $(#[$meta])*
            pub struct $name {
                $($(#[$note])* pub $field: $kind $(= $default)?,)*
                $(not read: $(#[$skipped_note])* pub $skipped: $skipped_kind,)?
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $($crate::yaml::record!(@write self, map, $field: $kind $(= $default)?);)*
                map.end()
            }
        }
    };

    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$note:meta])* pub $field:ident: $kind:ty $(where $least:literal ..= $most:literal)? $(= $default:ident)?,)*
        $(not read: $(#[$skipped_note:meta])* pub $skipped:ident: $skipped_kind:ty,)?
    }) => {
        #[derive(schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($(#[$note])* $(#[schemars($default)])? pub $field: $kind,)*
            $($(#[$skipped_note])* #[schemars(skip)] pub $skipped: $skipped_kind,)?
        }

        impl $crate::yaml::Decode for $name {
            const MERGES: bool = true;

            fn decode(value: $crate::yaml::Value<'_>, problems: &mut $crate::yaml::Problems) -> Option<Self> {
                let fields = $crate::yaml::Fields::of(value, &[$(stringify!($field)),*], problems)?;
                $(let $field = $crate::yaml::record!(
                    @read fields, problems, $field: $kind $(where $least ..= $most)? $(= $default)?
                );)*
                Some($name { $($field: $field?,)* $($skipped: Default::default(),)? })
            }

            fn collect_merged_types(names: &mut Vec<std::borrow::Cow<'static, str>>) {
                names.push(<$name as schemars::JsonSchema>::schema_name());
                $(<$kind as $crate::yaml::Decode>::collect_merged_types(names);)*
            }
        }
    };

    ($(#[$meta:meta])* pub struct $name:ident: Default $(, $whole:ident)? {
        $($(#[$note:meta])* pub $field:ident: $kind:ty $(where $least:literal ..= $most:literal)?,)*
    }) => {
        #[derive(schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, default)]
        $(#[$meta])*
        pub struct $name {
            $($(#[$note])* pub $field: $kind,)*
        }

        $crate::yaml::record! {
            for $name $(, $whole)? { $($field: $kind $(where $least ..= $most)?,)* }
        }
    };

    (for $name:ident $(, $whole:ident)? {
        $($field:ident: $kind:ty $(where $least:literal ..= $most:literal)?,)*
    }) => {
        impl $crate::yaml::Decode for $name {
            const MERGES: bool = $crate::yaml::record!(@merges $($whole)?);

            fn decode(value: $crate::yaml::Value<'_>, problems: &mut $crate::yaml::Problems) -> Option<Self> {
                let value = if Self::MERGES { value } else { value.without_base() };
                let fields = $crate::yaml::Fields::of(value, &[$(stringify!($field)),*], problems)?;
                let standard = $name::default();
                $(let $field = $crate::yaml::record!(
                    @read fields, problems, $field: $kind $(where $least ..= $most)? = (standard.$field)
                );)*
                Some($name { $($field: $field?,)* })
            }

            fn collect_merged_types(names: &mut Vec<std::borrow::Cow<'static, str>>) {
                // It has no key that must be there.
                if Self::MERGES {
                    $(<$kind as $crate::yaml::Decode>::collect_merged_types(names);)*
                }
            }
        }
    };

    (@new $name:ident [$($parameter:tt)*] [$($value:tt)*]) => {
        impl $name {
            /// Creates one from the values of the required keys; all others are the defaults.
            pub fn new($($parameter)*) -> Self {
                $name { $($value)* }
            }
        }
    };
    (@new $name:ident [$($parameter:tt)*] [$($value:tt)*] $field:ident: $kind:ty, $($rest:tt)*) => {
        $crate::yaml::record!(@new $name [$($parameter)* $field: $kind,] [$($value)* $field,] $($rest)*);
    };
    (@new $name:ident [$($parameter:tt)*] [$($value:tt)*] $field:ident: $kind:ty = default, $($rest:tt)*) => {
        $crate::yaml::record!(@new $name [$($parameter)*] [$($value)* $field: Default::default(),] $($rest)*);
    };

    (@merges) => { true };
    (@merges whole) => { false };

    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty) => {
        $fields.required::<$kind>(stringify!($field), $problems)
    };
    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty where $least:literal ..= $most:literal) => {
        $fields.required_within::<$kind>(stringify!($field), $least..=$most, $problems)
    };
    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty = default) => {
        $fields.optional::<$kind>(stringify!($field), Default::default(), $problems)
    };
    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty where $least:literal ..= $most:literal = default) => {
        $fields.optional_within::<$kind>(stringify!($field), $least..=$most, Default::default(), $problems)
    };
    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty = ($default:expr)) => {
        $fields.optional::<$kind>(stringify!($field), $default, $problems)
    };
    (@read $fields:ident, $problems:ident, $field:ident: $kind:ty where $least:literal ..= $most:literal = ($default:expr)) => {
        $fields.optional_within::<$kind>(stringify!($field), $least..=$most, $default, $problems)
    };

    (@write $value:ident, $map:ident, $field:ident: $kind:ty) => {
        $map.serialize_entry(stringify!($field), &$value.$field)?
    };
    (@write $value:ident, $map:ident, $field:ident: $kind:ty = default) => {
        if $value.$field != <$kind>::default() {
            $map.serialize_entry(stringify!($field), &$value.$field)?;
        }
    };
}

/// Defines an enum of names.
macro_rules! names {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal,)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        $(#[$meta])*
        pub enum $name { $($(#[$note])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: [$name; [$($text),+].len()] = [$($name::$variant),+];

            /// Returns its name in a file.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl $crate::yaml::Decode for $name {
            fn decode(value: $crate::yaml::Value<'_>, problems: &mut $crate::yaml::Problems) -> Option<Self> {
                value.name_index(stringify!($name), &[$($text),+], problems).map(|index| $name::ALL[index])
            }
        }
    };
}

/// Defines an enum of which some variants hold a value: `text: goals`.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident $(($held:ty))? = $text:literal,)+ }) => {
        #[derive(serde::Serialize, schemars::JsonSchema)]
        $(#[$meta])*
        pub enum $name { $($(#[$note])* #[serde(rename = $text)] $variant $(($held))?,)+ }

        impl $crate::yaml::Decode for $name {
            fn decode(value: $crate::yaml::Value<'_>, problems: &mut $crate::yaml::Problems) -> Option<Self> {
                let names = [$($text),+];
                let (index, held) = value.alternative(stringify!($name), &names, problems)?;
                $(if names[index] == $text {
                    return $crate::yaml::choice!(@read value, problems, held, $text, $name::$variant $(($held))?);
                })+
                None
            }
        }
    };

    (@read $value:ident, $problems:ident, $found:ident, $text:literal, $name:ident::$variant:ident ($held:ty)) => {{
        let held = $value.required_value($found, $problems)?;
        <$held as $crate::yaml::Decode>::decode(held, $problems).map($name::$variant)
    }};
    (@read $value:ident, $problems:ident, $found:ident, $text:literal, $name:ident::$variant:ident) => {{
        $crate::yaml::Value::report_unneeded_value($text, $found, $problems);
        Some($name::$variant)
    }};
}

pub(crate) use {choice, names, record};
