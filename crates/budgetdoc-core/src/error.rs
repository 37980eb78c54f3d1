//! What can be wrong with a spec or a profile before any figure is checked.

use std::fmt;

use crate::lang::{Bilingual, Lang, nearest};
use crate::source::Place;

/// Everything found wrong in one go. There is at least one problem.
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

/// Which of the two files of a run a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The department's spec.
    Spec,
    /// The profile of its place and year.
    Profile,
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
    pub(crate) fn unless_empty(problems: Vec<Problem>) -> Result<(), Error> {
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

    /// The same problem, in the profile.
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

/// Parses YAML into `T`, turning the parser's error into a problem in the user's words.
pub(crate) fn from_yaml<T: serde::de::DeserializeOwned>(text: &str, file: File) -> Result<T, Error> {
    serde_saphyr::from_str(text).map_err(|error| Error::from(yaml_problem(&error).in_file(file)))
}

fn yaml_problem(error: &serde_saphyr::Error) -> Problem {
    use serde_saphyr::Error as Yaml;
    let error = error.without_snippet();
    let place = error.location().and_then(Place::from_location);
    match error {
        Yaml::SerdeUnknownField { field, expected, .. } => Problem::unknown(place, ("这个键", "key"), field, expected),
        Yaml::SerdeUnknownVariant { variant, expected, .. } => {
            Problem::unknown(place, ("这个取值", "choice"), variant, expected)
        }
        Yaml::SerdeMissingField { field, .. } => {
            Problem::spec(place, format!("这里缺少必填的键“{field}”"), format!("the key `{field}` is missing here"))
                .help(format!("请补上“{field}: …”"), format!("add `{field}: …`"))
        }
        Yaml::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            Problem::spec(place, format!("键“{key}”重复出现"), format!("the key `{key}` stands here twice"))
                .help("每个键只能写一次，请删去其中一个", "write every key once and delete the other")
        }
        Yaml::SerdeInvalidType { unexpected, expected, .. } | Yaml::SerdeInvalidValue { unexpected, expected, .. } => {
            Problem::spec(
                place,
                format!("这里应为{}，实际是 {unexpected}", expected_in_chinese(expected)),
                format!("expected {expected}, found {unexpected}"),
            )
        }
        Yaml::Unexpected { expected, .. } => {
            Problem::spec(place, format!("这里应为{}", expected_in_chinese(expected)), format!("expected {expected}"))
        }
        Yaml::InvalidScalar { ty, .. } => Problem::spec(
            place,
            format!("这个值不是有效的{}", expected_in_chinese(ty)),
            format!("this is no valid {ty}"),
        ),
        other => {
            let text = other.to_string();
            let text = text.split(" at line ").next().unwrap_or(&text);
            Problem::spec(place, format!("YAML 格式有误：{text}"), format!("the YAML is not well formed: {text}")).help(
                "请检查这一行及上一行的缩进、冒号后的空格和引号",
                "look at the indentation, the space after colons and the quotes of this line and the one before",
            )
        }
    }
}

/// What the deserializer expected, in Chinese; its words are kept where there are none for them.
fn expected_in_chinese(expected: &str) -> String {
    let known = [
        ("an amount such as 1310 or 0.3", "金额，如 1310 或 0.3"),
        ("a subject code of 3, 5 or 7 digits", "3、5 或 7 位数字的科目编码"),
        ("a day such as 2022-02-18", "日期，如 2022-02-18"),
        ("string scalar", "一段文字"),
        ("string", "一段文字"),
        ("a string", "一段文字"),
        ("sequence start", "列表（每行以“- ”开头）"),
        ("a sequence", "列表（每行以“- ”开头）"),
        ("mapping start", "“键: 值”形式的内容"),
        ("a mapping", "“键: 值”形式的内容"),
        ("u16", "整数"),
        ("u32", "整数"),
        ("u64", "整数"),
        ("bool", "true 或 false"),
    ];
    known.iter().find(|(en, _)| *en == expected).map_or_else(|| format!(" {expected}"), |(_, zh)| (*zh).to_owned())
}
