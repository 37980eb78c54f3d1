//! Decoding of numbers, texts, optional values and lists.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::decode::{A_LIST, A_MAPPING, Decode, Limited, Problems, Value};
use super::{Content, YamlNode};
use crate::error::{Problem, ProblemCode};
use crate::source::Located;

macro_rules! whole_numbers {
    ($($kind:ty: $zh:literal, $en:literal;)*) => {$(
        impl Decode for $kind {
            fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
                let text = value.text(problems)?;
                let number = text.trim().parse().ok();
                if number.is_none() {
                    let zh = concat!("这个值不是有效的", $zh);
                    problems.push(Problem::spec(ProblemCode::NotAWholeNumber, value.place(), zh, concat!("expected ", $en)));
                }
                number
            }
        }

        impl Limited for $kind {
            fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self> {
                let number = u32::decode(value, problems)?;
                let within = <$kind>::try_from(number).ok().filter(|_| limits.contains(&number));
                if within.is_none() {
                    problems.push(value.out_of_limits(limits, &format!(" {number}"), &format!("`{number}`")));
                }
                within
            }
        }
    )*};
}

whole_numbers! {
    u8: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    u16: "整数，如 2026（不带单位）", "a whole number such as 2026, without unit";
    u32: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    u64: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    i32: "整数（不带小数和单位）", "a whole number, without decimals or unit";
}

impl Decode for bool {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        value.parse_text(problems, (ProblemCode::NotABoolean, (" true 或 false", "`true` or `false`")), |text| {
            match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some(true),
                "false" | "no" | "off" | "n" => Some(false),
                _ => None,
            }
        })
    }
}

impl Decode for String {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        value.text(problems).map(str::to_owned)
    }
}

impl<T: Decode> Decode for Located<T> {
    const MERGES: bool = T::MERGES;

    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        T::decode(value, problems).map(|inner| Located { value: inner, place: value.place() })
    }

    fn collect_merged_types(names: &mut Vec<Cow<'static, str>>) {
        T::collect_merged_types(names);
    }
}

impl<T: Decode> Decode for Option<T> {
    const MERGES: bool = T::MERGES;

    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        if value.node.is_null() { Some(None) } else { T::decode(value, problems).map(Some) }
    }

    fn collect_merged_types(names: &mut Vec<Cow<'static, str>>) {
        T::collect_merged_types(names);
    }
}

impl<T: Limited> Limited for Option<T> {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self> {
        if value.node.is_null() { Some(None) } else { T::decode_within(value, limits, problems).map(Some) }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        T::decode(value, problems).map(Box::new)
    }
}

/// Decodes every item of a list; returns none if one has a problem.
fn items<T>(
    value: Value<'_>,
    problems: &mut Problems,
    mut decode: impl FnMut(Value<'_>, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    match &value.node.content {
        // Reports the problems of all items.
        Content::List(items) => {
            let found: Vec<_> = items.iter().map(|item| decode(Value::new(item), problems)).collect();
            found.into_iter().collect()
        }
        _ if value.node.is_null() => Some(Vec::new()),
        _ => {
            problems.push(value.expected(ProblemCode::NotAList, A_LIST));
            None
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        items(value, problems, T::decode)
    }
}

/// Converts a list to an array; reports another number of items.
fn array<T, const N: usize>(value: Value<'_>, found: Vec<T>, problems: &mut Problems) -> Option<[T; N]> {
    let array = found.try_into().ok();
    if array.is_none() {
        let (zh, en) = (format!("列表，共 {N} 项"), format!("a list of {N}"));
        problems.push(value.expected(ProblemCode::WrongLength, (&zh, &en)));
    }
    array
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let found = items(value, problems, T::decode)?;
        array(value, found, problems)
    }
}

impl<T: Limited> Limited for Vec<T> {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self> {
        items(value, problems, |item, problems| T::decode_within(item, limits, problems))
    }
}

impl<T: Limited, const N: usize> Limited for [T; N] {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self> {
        let found = items(value, problems, |item, problems| T::decode_within(item, limits, problems))?;
        array(value, found, problems)
    }
}

impl<T: Decode> Decode for crate::ordered::Ordered<T> {
    const MERGES: bool = true;

    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        if !matches!(value.node.content, Content::Map { .. }) && !value.node.is_null() {
            problems.push(value.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        }
        let own = value.node.entries();
        let base = value.base.map(YamlNode::entries).unwrap_or_default();
        let lacking = base.iter().filter(|(key, _)| key.scalar().is_none_or(|name| value.node.entry(name).is_none()));
        let found: Vec<_> = own
            .iter()
            .chain(lacking)
            .map(|(key, node)| {
                let key = Located::<String>::decode(Value::new(key), problems);
                let base = key.as_ref().and_then(|key| value.base?.entry(key)).map(|(_, base)| base);
                let found = T::decode(Value::new(node).with_base(base), problems);
                Some((key?, found?))
            })
            .collect();
        found.into_iter().collect::<Option<_>>().map(crate::ordered::Ordered)
    }

    fn collect_merged_types(names: &mut Vec<Cow<'static, str>>) {
        T::collect_merged_types(names);
    }
}
