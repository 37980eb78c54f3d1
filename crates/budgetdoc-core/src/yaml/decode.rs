//! Decodes the tree into values in one pass that reports every problem.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::Value as Json;

use super::unknown_key::unknown_key;
use super::{Content, Style, YamlNode, syntax};
use crate::error::{Error, File, Problem, ProblemCode};
use crate::in_chinese;
use crate::lang::nearest;
use crate::money::Amount;
use budgetdoc_document::Place;

/// A type that can be decoded from a file.
pub(crate) trait Decode: Sized {
    /// Whether a mapping is merged key by key with that of the extended profile, or replaces it.
    const MERGES: bool = false;

    /// Decodes the value. Reports every problem and returns none if there is one.
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self>;

    /// Collects the schema names of the types of which an extending profile may omit required keys.
    fn collect_merged_types(_: &mut Vec<Cow<'static, str>>) {}
}

/// The problems of a file.
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }
}

/// Decodes `text` as a `T`.
pub(crate) fn from_yaml<T: Decode>(text: &str, file: File) -> Result<T, Error> {
    from_tree(super::read(text), None, file)
}

/// Decodes a file as a `T`, merged with the base it extends.
pub(crate) fn from_tree<T: Decode>(tree: super::YamlTree, base: Option<&YamlNode>, file: File) -> Result<T, Error> {
    let mut problems = Problems(tree.problems);
    let found = tree.root.as_ref().and_then(|root| T::decode(Value::new(root).with_base(base), &mut problems));
    Error::unless_empty(problems.0.into_iter().map(|problem| problem.in_file(file)).collect())?;
    found.ok_or_else(|| syntax::empty_file(Place { line: 1, column: 1 }).in_file(file).into())
}

/// Decodes a scalar that was read as text, and adds the problems to `problems`.
pub(crate) fn decode_text<T: Decode>(text: &str, place: Option<Place>, problems: &mut Vec<Problem>) -> Option<T> {
    let content = Content::Scalar { text: text.to_owned(), style: Style::DoubleQuoted };
    let node = YamlNode { content, range: 0..0, written: 0..0, place, shared: false };
    let mut found = Problems(Vec::new());
    let value = T::decode(Value::new(&node), &mut found);
    problems.append(&mut found.0);
    value
}

/// A value of a file and the value it is merged with in the extended profile.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    pub node: &'a YamlNode,
    pub(super) base: Option<&'a YamlNode>,
}

impl<'a> Value<'a> {
    pub(crate) fn new(node: &'a YamlNode) -> Self {
        Value { node: node.resolved(), base: None }
    }

    pub(super) fn with_base(self, base: Option<&'a YamlNode>) -> Self {
        Value { base, ..self }
    }

    /// Returns the value without its base.
    pub(crate) fn without_base(self) -> Self {
        self.with_base(None)
    }

    pub(crate) fn place(self) -> Option<Place> {
        self.node.place
    }

    /// Returns the value of `key` in this mapping or its base.
    fn entry(self, key: &str) -> Option<Value<'a>> {
        let value = |node: &'a YamlNode| node.entry(key).map(|(_, value)| value);
        let base = self.base.and_then(value);
        value(self.node).map(|own| Value::new(own).with_base(base)).or(base.map(Value::new))
    }

    /// Returns the text of a scalar as written.
    pub(crate) fn text(self, problems: &mut Problems) -> Option<&'a str> {
        if self.node.is_null() {
            problems.push(empty_value(self.place()));
            return None;
        }
        let text = self.node.scalar();
        if text.is_none() && self.node.is_bare_template() {
            problems.push(syntax::bare_template(self.place()));
        } else if text.is_none() {
            problems.push(self.expected(ProblemCode::NotAText, syntax::A_TEXT));
        }
        text
    }

    /// Parses the text of a scalar.
    pub(crate) fn parse_text<T>(
        self,
        problems: &mut Problems,
        (code, expected): (ProblemCode, (&str, &str)),
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(problems)?;
        let parse_text = parse(text);
        if parse_text.is_none() {
            problems.push(self.found(code, expected, &format!("“{text}”"), &format!("\"{text}\"")));
        }
        parse_text
    }

    /// Returns the index of the scalar among `names`, the values of a type of the schema.
    pub(crate) fn name_index(self, kind: &str, names: &[&str], problems: &mut Problems) -> Option<usize> {
        let text = self.text(problems)?;
        let index = names.iter().position(|name| *name == text);
        if index.is_none() {
            let known = names.iter().map(|name| (*name, in_chinese::value_name(kind, name).unwrap_or_default()));
            problems.push(Problem::unknown_id(
                ProblemCode::UnknownChoice,
                self.place(),
                ("这个取值", "choice"),
                text,
                &known.collect::<Vec<_>>(),
            ));
        }
        index
    }

    /// Reads one of several alternatives, each a name or a key with a value: its index among `names`, and the value.
    pub(crate) fn alternative(
        self,
        kind: &str,
        names: &[&str],
        problems: &mut Problems,
    ) -> Option<(usize, Option<Value<'a>>)> {
        let Content::Map { entries, .. } = &self.node.content else {
            if self.node.scalar().is_none() {
                problems.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
                return None;
            }
            return Some((self.name_index(kind, names, problems)?, None));
        };
        let Some((key, value)) = entries.first() else {
            problems.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        };
        for (key, _) in &entries[1..] {
            let name = key.scalar().unwrap_or_default();
            problems.push(
                Problem::spec(
                    ProblemCode::UnknownKey,
                    key.place,
                    format!("这里只能有一个键，“{name}”多余"),
                    format!("only one key is allowed here, and `{name}` is another"),
                )
                .help("请删去，或另起一行“- ”", "delete it, or start a new line with `- `"),
            );
        }
        let index = Value::new(key).name_index(kind, names, problems)?;
        (entries.len() == 1).then(|| (index, Some(Value::new(value))))
    }

    /// Returns the value of an alternative that requires one.
    pub(crate) fn required_value(self, value: Option<Value<'a>>, problems: &mut Problems) -> Option<Value<'a>> {
        if value.is_none() {
            problems.push(self.expected(ProblemCode::NotAMapping, A_MAPPING));
        }
        value
    }

    /// Reports a value of an alternative that takes none.
    pub(crate) fn report_unneeded_value(name: &str, value: Option<Value<'_>>, problems: &mut Problems) {
        if let Some(value) = value.filter(|value| !value.node.is_null()) {
            let (zh, en) = (format!("“{name}”后面不写内容"), format!("`{name}` has no value"));
            problems.push(Problem::spec(ProblemCode::NeedlessValue, value.place(), zh, en));
        }
    }

    /// Returns the problem of a value of the wrong type.
    pub(super) fn expected(self, code: ProblemCode, (zh, en): (&str, &str)) -> Problem {
        Problem::spec(code, self.place(), format!("这里应为{zh}"), format!("expected {en}"))
    }

    /// Returns the problem of a value of the wrong type, with what is found.
    pub(crate) fn found(self, code: ProblemCode, (zh, en): (&str, &str), found_zh: &str, found_en: &str) -> Problem {
        let (found_zh, found_en) = match self.node.scalar() {
            Some(Amount::UNFILLED) => ("还没有填写".to_owned(), "but it is still to be filled in".to_owned()),
            _ => (format!("实际是{found_zh}"), format!("found {found_en}")),
        };
        Problem::spec(code, self.place(), format!("这里应为{zh}，{found_zh}"), format!("expected {en}, {found_en}"))
    }
}

pub(super) const A_MAPPING: (&str, &str) = ("“键: 值”形式的内容", "lines of the form `key: value`");
pub(super) const A_LIST: (&str, &str) = ("列表（每行以“- ”开头）", "a list, each line beginning with `- `");

fn empty_value(place: Option<Place>) -> Problem {
    Problem::spec(ProblemCode::NothingWritten, place, "这里没有填写内容", "the value is missing")
        .help("请在冒号后填写；没有内容的键可以删去", "write it after the colon, or delete the key")
}

/// The keys of a mapping that is decoded as a struct.
pub(crate) struct Fields<'a> {
    value: Value<'a>,
    keys: &'static [&'static str],
}

impl<'a> Fields<'a> {
    /// Reads a mapping and reports the keys that are not in `keys`; returns none if this is no mapping.
    pub(crate) fn of(value: Value<'a>, keys: &'static [&'static str], problems: &mut Problems) -> Option<Self> {
        let fields = Fields { value, keys };
        if !matches!(value.node.content, Content::Map { .. }) && !value.node.is_null() {
            problems.push(value.expected(ProblemCode::NotAMapping, A_MAPPING));
            return None;
        }
        for (key, name) in fields.unknown_keys() {
            problems.push(unknown_key(key.place, name, keys, fields.block_above(key)));
        }
        Some(fields)
    }

    /// Returns the key above an unindented one, if its value is a block: the key may be meant to continue that block.
    fn block_above(&self, key: &YamlNode) -> Option<&'a str> {
        let entries = self.value.node.entries();
        let index = entries.iter().position(|(other, _)| std::ptr::eq(other, key))?;
        let (above, value) = entries.get(index.checked_sub(1)?)?;
        let is_block = matches!(value.content, Content::Map { .. } | Content::List { .. });
        (is_block && key.place?.column == 1).then(|| above.scalar().unwrap_or_default())
    }

    fn unknown_keys(&self) -> impl Iterator<Item = (&'a YamlNode, &'a str)> {
        let keys = self.keys;
        let entries = self.value.node.entries().iter();
        entries.map(|(key, _)| (key, key.scalar().unwrap_or_default())).filter(|(_, name)| !keys.contains(name))
    }

    /// Decodes the value of a required key.
    pub(crate) fn required<T: Decode>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        T::decode(self.required_value(key, problems)?, problems)
    }

    /// Decodes a number within limits.
    pub(crate) fn required_within<T: Limited>(
        &self,
        key: &str,
        limits: RangeInclusive<u32>,
        problems: &mut Problems,
    ) -> Option<T> {
        T::decode_within(self.required_value(key, problems)?, &limits, problems)
    }

    /// Decodes the value of an optional key.
    pub(crate) fn optional<T: Decode + Serialize>(&self, key: &str, default: T, problems: &mut Problems) -> Option<T> {
        let Some(value) = self.value.entry(key) else { return Some(default) };
        if T::MERGES && value.base.is_none() {
            // A mapping with some keys keeps the defaults of the others.
            let base = serde_json::to_value(&default).ok().map(|default| YamlNode::from(&default));
            return T::decode(value.with_base(base.as_ref()), problems);
        }
        T::decode(value, problems)
    }

    /// Decodes a number within limits.
    pub(crate) fn optional_within<T: Limited>(
        &self,
        key: &str,
        limits: RangeInclusive<u32>,
        default: T,
        problems: &mut Problems,
    ) -> Option<T> {
        match self.value.entry(key) {
            Some(value) => T::decode_within(value, &limits, problems),
            None => Some(default),
        }
    }

    fn required_value(&self, key: &str, problems: &mut Problems) -> Option<Value<'a>> {
        let value = self.value.entry(key);
        let misspelt = || self.unknown_keys().any(|(_, name)| nearest(name, [key]).is_some());
        let cut = matches!(self.value.node.content, Content::Map { cut: true, .. });
        if value.is_some() || cut || misspelt() {
            return value;
        }
        if self.value.node.is_null() {
            // Reported once, not for every key.
            if problems.0.last().is_none_or(|last| last.place != self.value.place()) {
                problems.push(empty_value(self.value.place()));
            }
            return None;
        }
        let first = self.value.node.entries().first().and_then(|(key, _)| key.place);
        problems.push(
            Problem::spec(
                ProblemCode::MissingKey,
                first.or(self.value.place()),
                format!("这里缺少必填的键“{key}”"),
                format!("the key `{key}` is missing"),
            )
            .help(format!("请补上“{key}: …”"), format!("add `{key}: …`")),
        );
        None
    }
}

/// Numbers that some keys limit.
pub(crate) trait Limited: Sized {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self>;
}

impl Value<'_> {
    /// Returns the problem of a number out of its limits.
    pub(crate) fn out_of_limits(self, limits: &RangeInclusive<u32>, found_zh: &str, found_en: &str) -> Problem {
        let (least, most) = (limits.start(), limits.end());
        let (zh, en) = (format!(" {least} 到 {most} 的数"), format!("a number from {least} to {most}"));
        self.found(ProblemCode::OutOfRange, (&zh, &en), found_zh, found_en)
    }
}

/// Creates a node without a place, for a value of no file.
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
