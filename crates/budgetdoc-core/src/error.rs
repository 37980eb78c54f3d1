//! What can be wrong with a spec or a profile before any figure is checked.

use std::fmt;

use crate::faults;
use crate::lang::{Bilingual, Lang, nearest};
use crate::over::{Below, Over};
use crate::subject::{self, SubjectCode};
use budgetdoc_document::Place;

/// Everything found wrong in one go. There is at least one problem.
///
/// ```
/// use budgetdoc_core::{lang::Lang, spec::Spec};
/// let error = Spec::from_yaml("budgetdoc: 1\nyear: 2022年\n").unwrap_err();
/// // All that is wrong, each with its place, in two languages.
/// let year = error.problems.iter().find(|problem| problem.place.unwrap().line == 2).unwrap();
/// assert!(year.message.get(Lang::Zh).starts_with("这个值不是有效的整数"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// The problems, in the order of the file.
    pub problems: Vec<Problem>,
}

/// One thing wrong: which file, where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file it stands in.
    pub file: File,
    /// Where in it; none for a spec built in code.
    pub place: Option<Place>,
    /// What is wrong and what was expected.
    pub message: Bilingual,
    /// What to do, where that is not plain from the message.
    pub help: Option<Bilingual>,
}

/// Which of the files of a run a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The department's spec.
    Spec,
    /// The profile of its place and year.
    Profile,
    /// A table of subjects of the user's.
    Subjects,
}

impl fmt::Display for Error {
    /// The English messages, a line each. For Chinese ones take them from [`Error::problems`].
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            if let Some(place) = problem.place {
                write!(formatter, "{}:{}: ", place.line, place.column)?;
            }
            formatter.write_str(problem.message.get(Lang::En))?;
            if let Some(help) = &problem.help {
                write!(formatter, " ({})", help.get(Lang::En))?;
            }
        }
        Ok(())
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error { problems: vec![problem] }
    }
}

impl Error {
    /// `Ok` without problems, else an error of all of them.
    pub(crate) fn unless_empty(mut problems: Vec<Problem>) -> Result<(), Error> {
        problems.sort_by_key(|problem| (problem.file == File::Profile, problem.place));
        if problems.is_empty() { Ok(()) } else { Err(Error { problems }) }
    }
}

impl Problem {
    /// A problem in the spec.
    pub(crate) fn spec(place: Option<Place>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { file: File::Spec, place, message: Bilingual::new(zh, en), help: None }
    }

    /// The same problem with a remedy.
    pub(crate) fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Bilingual::new(zh, en));
        self
    }

    /// The same problem with the codes that were likely meant, where `text` is one that lost zeros or has spaces.
    pub(crate) fn help_with_code(self, text: &str) -> Self {
        let text = text.strip_prefix("string ").unwrap_or(text).trim_matches('"');
        let likely = text.parse::<SubjectCode>().map_or_else(|bad| bad.likely, |_| Vec::new());
        let codes: Vec<_> = likely.iter().map(SubjectCode::to_string).collect();
        if codes.is_empty() {
            return self;
        }
        self.help(
            format!("是否应为 {}？各级编码须写满位数（类 3 位，款、项各 2 位），中间不留空格", codes.join(" 或 ")),
            format!(
                "did you mean {}? Write every level in full (3 digits, then 2 and 2), with nothing between",
                codes.join(" or ")
            ),
        )
    }

    /// The same problem, in another file.
    pub(crate) fn in_file(mut self, file: File) -> Self {
        self.file = file;
        self
    }

    /// A name that stands for nothing: says what there is and which was likely meant.
    pub(crate) fn unknown(place: Option<Place>, what: (&str, &str), name: &str, known: &[&str]) -> Self {
        let (zh, en) = what;
        let problem = Problem::spec(place, format!("没有{zh}“{name}”"), format!("there is no {en} `{name}`"));
        let list = known.join(", ");
        match nearest(name, known.iter().copied()) {
            Some(near) => problem.help(
                format!("是否应为“{near}”？可用的有：{list}"),
                format!("did you mean `{near}`? There are: {list}"),
            ),
            None if known.is_empty() => problem,
            None => problem.help(format!("可用的有：{list}"), format!("there are: {list}")),
        }
    }
}

/// How YAML is read. Comments are passed over unread: the parser would hold those in a row in memory, and refuse a file
/// with a hundred of them.
pub(crate) fn options() -> serde_saphyr::Options {
    serde_saphyr::options! { emit_comments: false }
}

/// Parses YAML into `T`, turning all that the parser finds wrong into problems in the user's words.
pub(crate) fn from_yaml<T: serde::de::DeserializeOwned>(text: &str, file: File) -> Result<T, Error> {
    from_yaml_over(text, file, &Below::default())
}

/// The same, with what the file does not name taken from `below`.
pub(crate) fn from_yaml_over<T: serde::de::DeserializeOwned>(
    text: &str,
    file: File,
    below: &Below,
) -> Result<T, Error> {
    let reading = serde_saphyr::with_deserializer_from_str_with_options(text, options(), |deserializer| {
        T::deserialize(Over::new(deserializer, below.clone()))
    });
    reading.map_err(|error| {
        let mut faults = faults::all::<T>(text, below);
        if faults.is_empty() {
            faults.push(error);
        }
        let mut problems: Vec<Problem> = faults.iter().map(|fault| yaml_problem(fault, text).in_file(file)).collect();
        problems.sort_by_key(|problem| problem.place);
        Error { problems }
    })
}

fn yaml_problem(error: &serde_saphyr::Error, text: &str) -> Problem {
    use serde_saphyr::Error as Yaml;
    let error = error.without_snippet();
    let place = error.location().and_then(crate::source::place_from);
    match error {
        Yaml::SerdeUnknownField { field, .. } if field.chars().all(|digit| digit.is_ascii_digit()) => {
            Problem::spec(place, format!("这里多出了“{field}”"), format!("`{field}` is one too many here")).help(
                "金额中不要写千分位的逗号，如 1310 不写成 1,310",
                "write amounts without commas between thousands, 1310 and not 1,310",
            )
        }
        Yaml::SerdeUnknownField { field, expected, .. } => Problem::unknown(place, ("这个键", "key"), field, expected),
        Yaml::SerdeUnknownVariant { variant, expected, .. } => {
            Problem::unknown(place, ("这个取值", "choice"), variant, expected)
        }
        Yaml::SerdeMissingField { field, .. } => Problem::spec(
            place.map(|place| first_key(text, place)),
            format!("这里缺少必填的键“{field}”"),
            format!("the key `{field}` is missing here"),
        )
        .help(format!("请补上“{field}: …”"), format!("add `{field}: …`")),
        Yaml::DuplicateMappingKey { key, .. } => twice(place, key.as_deref().unwrap_or("?")),
        Yaml::Message { msg, .. } if msg.starts_with("duplicate field `") => {
            twice(place, msg.split('`').nth(1).unwrap_or("?"))
        }
        Yaml::SerdeInvalidType { unexpected, expected, .. } | Yaml::SerdeInvalidValue { unexpected, expected, .. } => {
            let words = Bilingual::expected(expected);
            let problem = Problem::spec(
                place.map(|place| value_of_key(text, place)),
                format!("这里应为{}，实际是{}", words.zh, found_in_chinese(unexpected)),
                format!(
                    "expected {}, found {}",
                    words.en,
                    unexpected.trim_start_matches("string ").trim_start_matches("integer ")
                ),
            );
            if *expected == subject::EXPECTED { problem.help_with_code(unexpected) } else { problem }
        }
        Yaml::SerdeInvalidLength { expected, .. } => {
            let expected = Bilingual::expected(expected);
            Problem::spec(place, format!("这里应为{}", expected.zh), format!("expected {}", expected.en))
        }
        Yaml::InvalidScalar { ty, .. } => {
            let expected = Bilingual::expected(ty);
            let zh = format!("这个值不是有效的{}", expected.zh);
            Problem::spec(place, zh, format!("expected {}", expected.en))
        }
        Yaml::Unexpected { expected, .. } => {
            let expected = Bilingual::expected(expected);
            let problem = Problem::spec(place, format!("这里应为{}", expected.zh), format!("expected {}", expected.en));
            if place.is_some_and(|place| rest_of_line(text, place).starts_with("{{")) {
                return problem.help(
                    "以“{{”开头的文字要加引号，或写在“|”的下一行",
                    "put quotes around a text that begins with `{{`, or write it below a `|`",
                );
            }
            problem
        }
        Yaml::NullIntoString { .. } => Problem::spec(place, "这里没有填写内容", "nothing is written here")
            .help("请在冒号后填写；没有内容的键可以删去", "write it after the colon, or delete the key"),
        Yaml::Eof { .. } if text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#')) => {
            Problem::spec(place, "文件没有内容", "the file is empty")
        }
        Yaml::MultipleDocuments { .. } => Problem::spec(
            place,
            "一个文件只能有一份内容，这里用“---”分成了几份",
            "a file holds one document, and here `---` begins another",
        )
        .help("请删去“---”这一行", "delete the line `---`"),
        other => {
            let text = other.to_string();
            let text = text.split(" at line ").next().unwrap_or(&text);
            Problem::spec(place, format!("YAML 格式有误：{text}"), format!("the YAML is not well formed: {text}")).help(
                "请检查这一行及前几行：缩进只用空格，冒号用半角且后面空一格，引号和括号成对，以“*”“%”等符号开头或含“: ”的文字加引号",
                "look at this line and those before it: indent with spaces only, write a half-width colon and a space after it, close quotes and brackets, put quotes around texts that begin with `*` or `%` or hold a colon and a space",
            )
        }
    }
}

fn twice(place: Option<Place>, key: &str) -> Problem {
    Problem::spec(place, format!("键“{key}”重复出现"), format!("the key `{key}` stands here twice"))
        .help("每个键只能写一次，请删去其中一个", "write every key once and delete the other")
}

impl Bilingual {
    /// What the deserializer expected, in the user's words; its own are kept where there are none for them.
    fn expected(expected: &str) -> Bilingual {
        if let Some((least, most)) = expected.strip_prefix("a number from ").and_then(|rest| rest.split_once(" to ")) {
            return Bilingual::new(format!(" {least} 到 {most} 的数"), expected);
        }
        if let Some(count) = expected.strip_prefix("an array of length ") {
            return Bilingual::new(format!("列表，共 {count} 项"), format!("a list of {count}"));
        }
        let (zh, en) = match expected {
            "an amount such as 1310 or 0.3" => ("金额，如 1310 或 0.3（不带单位和千分位逗号）", expected),
            subject::EXPECTED => (" 3、5 或 7 位数字的科目编码", expected),
            "a day such as 2022-02-18" => ("日期，如 2022-02-18", expected),
            "a number such as 16 or 10.5" => ("数，如 16 或 10.5（不带单位）", expected),
            "string scalar" | "string" | "a string" => {
                ("一个值（文字或数字），不能是列表或“键: 值”", "a text or a number, not a list or `key: value`")
            }
            "sequence start" | "a sequence" => ("列表（每行以“- ”开头）", "a list, each line beginning with `- `"),
            "mapping start" | "a mapping" => ("“键: 值”形式的内容", "lines of the form `key: value`"),
            "u16" => ("整数（不超过 65535，不带单位）", "a whole number of at most 65535, without unit"),
            "u32" | "u64" => ("整数（不带正负号、小数和单位）", "a whole number, without sign, decimals or unit"),
            other => return Bilingual::new(format!(" {other}"), other),
        };
        Bilingual::new(zh, en)
    }
}

/// What the deserializer found, in Chinese: it says `string "30万元"`.
fn found_in_chinese(found: &str) -> String {
    match found.strip_prefix("string \"").and_then(|rest| rest.strip_suffix('"')) {
        Some(text) => format!("“{text}”"),
        None => format!(" {}", found.trim_start_matches("integer ").trim_matches('`')),
    }
}

fn rest_of_line(text: &str, place: Place) -> &str {
    let line = text.lines().nth(place.line as usize - 1).unwrap_or_default();
    let start = line.char_indices().nth(place.column as usize - 1).map_or(line.len(), |(index, _)| index);
    &line[start..]
}

/// The place of the value where `place` is that of its key: the parser knows no better for values it read as text.
fn value_of_key(text: &str, place: Place) -> Place {
    let rest = rest_of_line(text, place);
    let name = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').count();
    let Some(after) = rest[name..].strip_prefix(": ").filter(|_| name > 0) else { return place };
    let spaces = after.chars().take_while(|letter| *letter == ' ').count();
    if after[spaces..].is_empty() {
        return place;
    }
    let columns = u32::try_from(name + 2 + spaces).unwrap_or(0);
    Place { column: place.column + columns, ..place }
}

/// The first key of the mapping that has the key at `place`: the parser misses a key only at the mapping's end.
fn first_key(text: &str, place: Place) -> Place {
    let lines: Vec<&str> = text.lines().take(place.line as usize).collect();
    let mut first = place;
    for (index, line) in lines.iter().enumerate().rev() {
        let dashes = line.len() - line.trim_start_matches([' ', '-']).len();
        let indent = line.len() - line.trim_start().len();
        let content = &line[dashes..];
        let column = dashes + 1;
        if content.is_empty() || content.starts_with('#') || column > place.column as usize {
            continue;
        }
        if column < place.column as usize {
            break;
        }
        first.line = u32::try_from(index + 1).unwrap_or(place.line);
        if indent < dashes {
            break;
        }
    }
    first
}
