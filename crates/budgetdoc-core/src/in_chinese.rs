//! The keys and values of both files in Chinese, for schemas and messages.

/// Returns all descriptions with the names of what they describe: `Type` for a type of the schemas, `Type.key` for a key,
/// `Type=value` for one of several values.
pub(crate) fn descriptions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("in_chinese.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

/// Returns what one of several values is called: its description up to the first mark.
pub(crate) fn value_name(kind: &str, value: &str) -> Option<&'static str> {
    let of_value = |name: &str| name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('=')) == Some(value);
    let (_, words) = descriptions().find(|(name, _)| of_value(name))?;
    words.split(['。', '，', '：', '；', '（']).next()
}
