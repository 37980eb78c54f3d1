//! From the tree to values, in one pass that tells everything wrong.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::Value as Json;

use super::unknown_key::unknown_key;
use super::{Content, Style, YamlNode, syntax};
use crate::error::{Error, File, Problem, ProblemCode};
use crate::in_chinese;
use crate::lang::nearest;
use crate::source::Located;
use budgetdoc_document::Place;

/// What can be read from a file.
pub(crate) trait Decode: Sized {
    /// Whether a mapping of it is read key by key over that of the file below. Else the own one holds as a whole.
    const MERGES: bool = false;

    /// Returns the value; none where something is wrong, which is then told.
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self>;

    /// Names the schemas of the types of which a profile that extends another need not give every key.
    fn merging(_: &mut Vec<Cow<'static, str>>) {}
}

/// What is wrong with a file.
pub(crate) struct Faults(Vec<Problem>);

impl Faults {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }
}

/// Reads `text` as a `T`.
pub(crate) fn from_yaml<T: Decode>(text: &str, file: File) -> Result<T, Error> {
    from_tree(super::read(text), None, file)
}

/// Reads a file as a `T`, over what is below it.
pub(crate) fn from_tree<T: Decode>(tree: super::YamlTree, below: Option<&YamlNode>, file: File) -> Result<T, Error> {
    let mut faults = Faults(tree.problems);
    let found = tree.root.as_ref().and_then(|root| T::decode(Value::new(root).over(below), &mut faults));
    Error::unless_empty(faults.0.into_iter().map(|problem| problem.in_file(file)).collect())?;
    found.ok_or_else(|| syntax::empty(Place { line: 1, column: 1 }).in_file(file).into())
}

/// A value of a file, and what is below it in the profile that is extended.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    pub node: &'a YamlNode,
    below: Option<&'a YamlNode>,
}

impl<'a> Value<'a> {
    pub(crate) fn new(node: &'a YamlNode) -> Self {
        Value { node: node.resolved(), below: None }
    }

    fn over(self, below: Option<&'a YamlNode>) -> Self {
        Value { below, ..self }
    }

    /// Returns the same without what is below it.
    pub(crate) fn alone(self) -> Self {
        self.over(None)
    }

    pub(crate) fn place(self) -> Option<Place> {
        self.node.place
    }

    /// Returns the value of `key`, in this mapping or below.
    fn entry(self, key: &str) -> Option<Value<'a>> {
        let value = |node: &'a YamlNode| node.entry(key).map(|(_, value)| value);
        let below = self.below.and_then(value);
        value(self.node).map(|own| Value::new(own).over(below)).or(below.map(Value::new))
    }

    /// Returns a text or number as it is written.
    pub(crate) fn text(self, faults: &mut Faults) -> Option<&'a str> {
        if self.node.is_null() {
            faults.push(nothing_written(self.place()));
            return None;
        }
        let text = self.node.scalar();
        if text.is_none() && self.node.is_bare_template() {
            faults.push(syntax::bare_template(self.place()));
        } else if text.is_none() {
            faults.push(self.expected(ProblemCode::NotAText, syntax::A_TEXT));
        }
        text
    }

    /// Returns a text that `parse` understands.
    pub(crate) fn parsed<T>(
        self,
        faults: &mut Faults,
        (code, expected): (ProblemCode, (&str, &str)),
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(faults)?;
        let parsed = parse(text);
        if parsed.is_none() {
            faults.push(self.found(code, expected, &format!("“{text}”"), &format!("\"{text}\"")));
        }
        parsed
    }

    /// Returns the index among `names`, the values of a type of the schema, of the one that is written.
    pub(crate) fn name_of(self, kind: &str, names: &[&str], faults: &mut Faults) -> Option<usize> {
        let text = self.text(faults)?;
        let index = names.iter().position(|name| *name == text);
        if index.is_none() {
            let known = names.iter().map(|name| (*name, in_chinese::value_name(kind, name).unwrap_or_default()));
            faults.push(Problem::unknown_id(
                ProblemCode::UnknownChoice,
                self.place(),
                ("这个取值", "choice"),
                text,
                &known.collect::<Vec<_>>(),
            ));
        }
        index
    }

    /// Returns one of several things, each a name or a key with its value: the index among `names`, and the value.
    pub(crate) fn alternative(
        self,
        kind: &str,
        names: &[&str],
        faults: &mut Faults,
    ) -> Option<(usize, Option<Value<'a>>)> {
        let Content::Map { entries, .. } = &self.node.content else {
            if self.node.scalar().is_none() {
                faults.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
                return None;
            }
            return Some((self.name_of(kind, names, faults)?, None));
        };
        let Some((key, value)) = entries.first() else {
            faults.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        };
        for (key, _) in &entries[1..] {
            let name = key.scalar().unwrap_or_default();
            faults.push(
                Problem::spec(
                    ProblemCode::UnknownKey,
                    key.place,
                    format!("这里只能有一个键，“{name}”多余"),
                    format!("one key stands here, and `{name}` is one too many"),
                )
                .help("请删去，或另起一行“- ”", "delete it, or begin another line with `- `"),
            );
        }
        let index = Value::new(key).name_of(kind, names, faults)?;
        (entries.len() == 1).then(|| (index, Some(Value::new(value))))
    }

    /// Returns the value of one of several things that needs one.
    pub(crate) fn needed(self, value: Option<Value<'a>>, faults: &mut Faults) -> Option<Value<'a>> {
        if value.is_none() {
            faults.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
        }
        value
    }

    /// Tells that something stands behind a name that needs nothing.
    pub(crate) fn needless(name: &str, value: Option<Value<'_>>, faults: &mut Faults) {
        if let Some(value) = value.filter(|value| !value.node.is_null()) {
            let (zh, en) = (format!("“{name}”后面不写内容"), format!("nothing stands behind `{name}`"));
            faults.push(Problem::spec(ProblemCode::NeedlessValue, value.place(), zh, en));
        }
    }

    /// That something else should stand here.
    fn expected(self, code: ProblemCode, (zh, en): (&str, &str)) -> Problem {
        Problem::spec(code, self.place(), format!("这里应为{zh}"), format!("expected {en}"))
    }

    /// That something else should stand here than is found.
    pub(crate) fn found(self, code: ProblemCode, (zh, en): (&str, &str), found_zh: &str, found_en: &str) -> Problem {
        let zh = format!("这里应为{zh}，实际是{found_zh}");
        Problem::spec(code, self.place(), zh, format!("expected {en}, found {found_en}"))
    }
}

const A_MAPPING: (&str, &str) = ("“键: 值”形式的内容", "lines of the form `key: value`");
const A_LIST: (&str, &str) = ("列表（每行以“- ”开头）", "a list, each line beginning with `- `");

fn nothing_written(place: Option<Place>) -> Problem {
    Problem::spec(ProblemCode::NothingWritten, place, "这里没有填写内容", "nothing is written here")
        .help("请在冒号后填写；没有内容的键可以删去", "write it after the colon, or delete the key")
}

/// The keys of a mapping on their way into a struct.
pub(crate) struct Fields<'a> {
    value: Value<'a>,
    keys: &'static [&'static str],
}

impl<'a> Fields<'a> {
    /// Tells the keys that are none of `keys`; none where this is no mapping.
    pub(crate) fn of(value: Value<'a>, keys: &'static [&'static str], faults: &mut Faults) -> Option<Self> {
        let fields = Fields { value, keys };
        if !matches!(value.node.content, Content::Map { .. }) && !value.node.is_null() {
            faults.push(value.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        }
        for (key, name) in fields.unknown() {
            faults.push(unknown_key(key.place, name, keys, fields.block_above(key)));
        }
        Some(fields)
    }

    /// Returns the key right above one at the very left whose value is a block: what the one below was perhaps meant for.
    fn block_above(&self, key: &YamlNode) -> Option<&'a str> {
        let entries = self.value.node.entries();
        let index = entries.iter().position(|(other, _)| std::ptr::eq(other, key))?;
        let (above, value) = entries.get(index.checked_sub(1)?)?;
        let is_block = matches!(value.content, Content::Map { .. } | Content::List { .. });
        (is_block && key.place?.column == 1).then(|| above.scalar().unwrap_or_default())
    }

    fn unknown(&self) -> impl Iterator<Item = (&'a YamlNode, &'a str)> {
        let keys = self.keys;
        let entries = self.value.node.entries().iter();
        entries.map(|(key, _)| (key, key.scalar().unwrap_or_default())).filter(|(_, name)| !keys.contains(name))
    }

    /// Returns the value of a key that must be there.
    pub(crate) fn required<T: Decode>(&self, key: &str, faults: &mut Faults) -> Option<T> {
        T::decode(self.needed(key, faults)?, faults)
    }

    /// Returns the same for a number with limits.
    pub(crate) fn required_within<T: Limited>(
        &self,
        key: &str,
        limits: RangeInclusive<u32>,
        faults: &mut Faults,
    ) -> Option<T> {
        T::decode_within(self.needed(key, faults)?, &limits, faults)
    }

    /// Returns the value of a key that may be left out.
    pub(crate) fn optional<T: Decode + Serialize>(&self, key: &str, default: T, faults: &mut Faults) -> Option<T> {
        let Some(value) = self.value.entry(key) else { return Some(default) };
        if T::MERGES && value.below.is_none() {
            // A mapping that names some of its keys only leaves the others as they are without it.
            let below = serde_json::to_value(&default).ok().map(|default| YamlNode::from(&default));
            return T::decode(value.over(below.as_ref()), faults);
        }
        T::decode(value, faults)
    }

    /// Returns the same for a number with limits.
    pub(crate) fn optional_within<T: Limited>(
        &self,
        key: &str,
        limits: RangeInclusive<u32>,
        default: T,
        faults: &mut Faults,
    ) -> Option<T> {
        match self.value.entry(key) {
            Some(value) => T::decode_within(value, &limits, faults),
            None => Some(default),
        }
    }

    fn needed(&self, key: &str, faults: &mut Faults) -> Option<Value<'a>> {
        let value = self.value.entry(key);
        let misspelt = || self.unknown().any(|(_, name)| nearest(name, [key]).is_some());
        let cut = matches!(self.value.node.content, Content::Map { cut: true, .. });
        if value.is_some() || cut || misspelt() {
            return value;
        }
        if self.value.node.is_null() {
            // Told once, and not for every key.
            if faults.0.last().is_none_or(|last| last.place != self.value.place()) {
                faults.push(nothing_written(self.value.place()));
            }
            return None;
        }
        let first = self.value.node.entries().first().and_then(|(key, _)| key.place);
        faults.push(
            Problem::spec(
                ProblemCode::MissingKey,
                first.or(self.value.place()),
                format!("这里缺少必填的键“{key}”"),
                format!("the key `{key}` is missing here"),
            )
            .help(format!("请补上“{key}: …”"), format!("add `{key}: …`")),
        );
        None
    }
}

/// Numbers that have limits in some places.
pub(crate) trait Limited: Sized {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, faults: &mut Faults) -> Option<Self>;
}

impl Value<'_> {
    /// That a number is beyond its limits.
    pub(crate) fn beyond(self, limits: &RangeInclusive<u32>, found_zh: &str, found_en: &str) -> Problem {
        let (least, most) = (limits.start(), limits.end());
        let (zh, en) = (format!(" {least} 到 {most} 的数"), format!("a number from {least} to {most}"));
        self.found(ProblemCode::OutOfRange, (&zh, &en), found_zh, found_en)
    }
}

macro_rules! whole_numbers {
    ($($kind:ty: $zh:literal, $en:literal;)*) => {$(
        impl Decode for $kind {
            fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
                let text = value.text(faults)?;
                let number = text.trim().parse().ok();
                if number.is_none() {
                    let zh = concat!("这个值不是有效的", $zh);
                    faults.push(Problem::spec(ProblemCode::NotAWholeNumber, value.place(), zh, concat!("expected ", $en)));
                }
                number
            }
        }

        impl Limited for $kind {
            fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, faults: &mut Faults) -> Option<Self> {
                let number = u32::decode(value, faults)?;
                let within = <$kind>::try_from(number).ok().filter(|_| limits.contains(&number));
                if within.is_none() {
                    faults.push(value.beyond(limits, &format!(" {number}"), &format!("`{number}`")));
                }
                within
            }
        }
    )*};
}

whole_numbers! {
    u8: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    u16: "整数（不超过 65535，不带单位）", "a whole number of at most 65535, without unit";
    u32: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    u64: "整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit";
    i32: "整数（不带小数和单位）", "a whole number, without decimals or unit";
}

impl Decode for bool {
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        value.parsed(faults, (ProblemCode::NotABoolean, (" true 或 false", "`true` or `false`")), |text| {
            match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some(true),
                "false" | "no" | "off" | "n" => Some(false),
                _ => None,
            }
        })
    }
}

impl Decode for String {
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        value.text(faults).map(str::to_owned)
    }
}

impl<T: Decode> Decode for Located<T> {
    const MERGES: bool = T::MERGES;

    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        T::decode(value, faults).map(|inner| Located { value: inner, place: value.place() })
    }

    fn merging(names: &mut Vec<Cow<'static, str>>) {
        T::merging(names);
    }
}

impl<T: Decode> Decode for Option<T> {
    const MERGES: bool = T::MERGES;

    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        if value.node.is_null() { Some(None) } else { T::decode(value, faults).map(Some) }
    }

    fn merging(names: &mut Vec<Cow<'static, str>>) {
        T::merging(names);
    }
}

impl<T: Limited> Limited for Option<T> {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, faults: &mut Faults) -> Option<Self> {
        if value.node.is_null() { Some(None) } else { T::decode_within(value, limits, faults).map(Some) }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        T::decode(value, faults).map(Box::new)
    }
}

/// Returns every item that `decode` can read; none if there is one that it cannot.
fn items<T>(
    value: Value<'_>,
    faults: &mut Faults,
    mut decode: impl FnMut(Value<'_>, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    match &value.node.content {
        // Every item is looked at, also behind one that is wrong.
        Content::List(items) => {
            let found: Vec<_> = items.iter().map(|item| decode(Value::new(item), faults)).collect();
            found.into_iter().collect()
        }
        _ if value.node.is_null() => Some(Vec::new()),
        _ => {
            faults.push(value.expected(ProblemCode::NotAList, A_LIST));
            None
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        items(value, faults, T::decode)
    }
}

/// Returns a list of as many as there must be.
fn array<T, const N: usize>(value: Value<'_>, found: Vec<T>, faults: &mut Faults) -> Option<[T; N]> {
    let array = found.try_into().ok();
    if array.is_none() {
        let (zh, en) = (format!("列表，共 {N} 项"), format!("a list of {N}"));
        faults.push(value.expected(ProblemCode::WrongLength, (&zh, &en)));
    }
    array
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        let found = items(value, faults, T::decode)?;
        array(value, found, faults)
    }
}

impl<T: Limited, const N: usize> Limited for [T; N] {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, faults: &mut Faults) -> Option<Self> {
        let found = items(value, faults, |item, faults| T::decode_within(item, limits, faults))?;
        array(value, found, faults)
    }
}

impl<T: Decode> Decode for crate::ordered::Ordered<T> {
    const MERGES: bool = true;

    fn decode(value: Value<'_>, faults: &mut Faults) -> Option<Self> {
        if !matches!(value.node.content, Content::Map { .. }) && !value.node.is_null() {
            faults.push(value.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        }
        let own = value.node.entries();
        let below = value.below.map(YamlNode::entries).unwrap_or_default();
        let lacking = below.iter().filter(|(key, _)| key.scalar().is_none_or(|name| value.node.entry(name).is_none()));
        let found: Vec<_> = own
            .iter()
            .chain(lacking)
            .map(|(key, node)| {
                let key = Located::<String>::decode(Value::new(key), faults);
                let below = key.as_ref().and_then(|key| value.below?.entry(key)).map(|(_, below)| below);
                let found = T::decode(Value::new(node).over(below), faults);
                Some((key?, found?))
            })
            .collect();
        found.into_iter().collect::<Option<_>>().map(crate::ordered::Ordered)
    }

    fn merging(names: &mut Vec<Cow<'static, str>>) {
        T::merging(names);
    }
}

/// A value that stands in no file the user has: it has no place.
impl From<&Json> for YamlNode {
    fn from(value: &Json) -> YamlNode {
        let plain = |text: String| Content::Scalar { text, style: Style::Plain };
        let content = match value {
            Json::Null => plain(String::new()),
            Json::Bool(value) => plain(value.to_string()),
            Json::Number(number) => plain(number.to_string()),
            Json::String(text) => Content::Scalar { text: text.clone(), style: Style::DoubleQuoted },
            Json::Array(items) => Content::List(items.iter().map(YamlNode::from).collect()),
            Json::Object(entries) => {
                let key = |key: &String| YamlNode::from(&Json::String(key.clone()));
                let entries = entries.iter().map(|(name, value)| (key(name), YamlNode::from(value))).collect();
                Content::Map { entries, flow: false, cut: false }
            }
        };
        YamlNode { content, range: 0..0, written: 0..0, place: None, shared: false }
    }
}
