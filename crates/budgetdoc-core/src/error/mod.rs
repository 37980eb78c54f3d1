//! Problems of specs and profiles found before figures are checked.

mod code;

use std::fmt;

use crate::lang::{Bilingual, Lang, nearest};
use crate::money::Amount;
use crate::subject::SubjectCode;
use budgetdoc_document::Place;

pub use code::ProblemCode;

/// All problems found in one step, at least one.
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

/// A problem of a file, with its place and a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file.
    pub file: File,
    /// The place in the file; none for a spec built in code.
    pub place: Option<Place>,
    /// Other places of the same file that it concerns, such as the row that another one repeats. The message does not
    /// name them: a place may be that of a workbook's cell.
    pub others: Vec<Place>,
    /// Its code.
    pub code: ProblemCode,
    /// The message: what is wrong and what was expected.
    pub message: Bilingual,
    /// The remedy, if the message does not imply it.
    pub help: Option<Bilingual>,
}

/// The file of a place.
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
    /// Writes the English messages, one a line. [`Error::problems`] has them in Chinese.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            if let Some(place) = problem.place {
                write!(formatter, "{}:{}: ", place.line, place.column)?;
            }
            formatter.write_str(problem.message.get(Lang::En))?;
            for (index, place) in problem.others.iter().enumerate() {
                write!(formatter, "{}{}:{}", if index == 0 { ", see " } else { ", " }, place.line, place.column)?;
            }
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
    /// Returns a problem in the spec.
    pub(crate) fn spec(code: ProblemCode, place: Option<Place>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { file: File::Spec, place, others: Vec::new(), code, message: Bilingual::new(zh, en), help: None }
    }

    /// Adds a remedy.
    pub(crate) fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Bilingual::new(zh, en));
        self
    }

    /// Returns the same problem with the codes that were likely meant, where `text` is one that lost zeros or has
    /// spaces.
    pub(crate) fn help_with_code(self, text: &str) -> Self {
        let likely = text.parse::<SubjectCode>().map_or_else(|bad| bad.likely, |_| Vec::new());
        let codes: Vec<_> = likely.iter().map(SubjectCode::to_string).collect();
        if codes.is_empty() {
            return self;
        }
        self.help(
            format!("是否应为 {}？各级编码须写满位数（类 3 位，款、项各 2 位），中间不留空格", codes.join(" 或 ")),
            format!(
                "did you mean {}? Write each level in full (3 digits, then 2 and 2), without separators",
                codes.join(" or ")
            ),
        )
    }

    /// Adds other places that it concerns.
    pub(crate) fn see(mut self, others: impl IntoIterator<Item = Place>) -> Self {
        self.others.extend(others);
        self
    }

    /// Sets the file.
    pub(crate) fn in_file(mut self, file: File) -> Self {
        self.file = file;
        self
    }

    /// Returns the problem of an unknown name, with the known ones and the likeliest.
    pub fn unknown(code: ProblemCode, place: Option<Place>, what: (&str, &str), name: &str, known: &[&str]) -> Self {
        let known: Vec<_> = known.iter().map(|id| (*id, "")).collect();
        Self::unknown_id(code, place, what, name, &known)
    }

    /// Returns the problem of an unknown id, with the known ones, each with its name in Chinese, and the likeliest.
    /// A name written in place of its id is known.
    pub(crate) fn unknown_id(
        code: ProblemCode,
        place: Option<Place>,
        what: (&str, &str),
        name: &str,
        known: &[(&str, &str)],
    ) -> Self {
        let (zh, en) = what;
        let said = match name {
            Amount::UNFILLED => {
                (format!("这里还没有填写，写的是“{name}”"), format!("the {en} is still to be filled in: `{name}`"))
            }
            _ => (format!("没有{zh}“{name}”"), format!("there is no {en} `{name}`")),
        };
        let problem = Problem::spec(code, place, said.0, said.1);
        let listed = known.iter().take(MOST_LISTED).map(|(id, chinese)| match chinese.is_empty() || chinese == id {
            true => (*id).to_owned(),
            false => format!("{id} {chinese}"),
        });
        let more = (known.len() > MOST_LISTED).then(|| "…".to_owned());
        let list = listed.chain(more).collect::<Vec<_>>().join(", ");
        match nearest(name, known.iter().map(|(id, _)| *id)).or_else(|| id_of_name(name, known)) {
            Some(near) => problem.help(
                format!("是否应为“{near}”？可用的有：{list}"),
                format!("did you mean `{near}`? There are: {list}"),
            ),
            None if known.is_empty() => problem,
            None => problem.help(format!("可用的有：{list}"), format!("there are: {list}")),
        }
    }
}

/// Ids that a message lists; of more, only these.
const MOST_LISTED: usize = 60;

/// Returns the id of a Chinese name: of the same one, or of the only one that has it as a part or is a part of it.
fn id_of_name<'a>(name: &str, known: &[(&'a str, &str)]) -> Option<&'a str> {
    if let Some((id, _)) = known.iter().find(|(_, chinese)| *chinese == name) {
        return Some(id);
    }
    let alike = |chinese: &str| !chinese.is_empty() && (chinese.contains(name) || name.contains(chinese));
    let mut near = known.iter().filter(|(_, chinese)| alike(chinese));
    let (id, _) = near.next()?;
    (near.next().is_none() && name.chars().nth(1).is_some()).then_some(id)
}
