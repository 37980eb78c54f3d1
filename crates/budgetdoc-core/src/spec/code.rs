//! Codes of units and projects.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::{Problem, ProblemCode};
use crate::source::Located;
use crate::yaml::{Content, Decode, Problems, Style, Value};

/// The code of a unit or project (单位代码, 项目编码), printed as it is written, leading zeros too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code(pub String);

impl Code {
    /// Returns the text of a code and its place.
    pub(crate) fn written(code: &Located<Code>) -> Located<String> {
        Located { value: code.value.0.clone(), place: code.place }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Decode for Code {
    /// Refuses a number without quotes that other programs would write in another way, such as `1e5`.
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let text = value.text(problems)?;
        let is_plain = matches!(value.node.content, Content::Scalar { style: Style::Plain, .. });
        if is_plain && changes_as_number(text) {
            let (zh, en) =
                (format!("编码“{text}”没有加引号，会被当作数"), format!("the code `{text}` is read as a number"));
            let problem = Problem::spec(ProblemCode::CodeAsNumber, value.place(), zh, en);
            problems.push(problem.help(format!("请写成 \"{text}\""), format!("write it in quotes: `\"{text}\"`")));
            return None;
        }
        Some(Code(text.to_owned()))
    }
}

/// Returns whether YAML takes a text for a number other than the digits it shows. Zeros before digits are as clear as
/// any others.
fn changes_as_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let in_base = ["0x", "0o", "0b"].iter().any(|base| {
        text.strip_prefix(base)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    let decimal = || text.parse::<f64>().is_ok_and(|number| number.to_string() != text);
    !digits(text) && (in_base || decimal() || digits(&text.replace('_', "")))
}

#[cfg(test)]
mod tests {
    use super::changes_as_number;

    #[test]
    fn numbers_that_yaml_writes_otherwise_change() {
        for text in ["1e5", "0x1F", "0o17", "1_000", "12.50", "+5", ".5", "12.", "1E+3"] {
            assert!(changes_as_number(text), "{text}");
        }
        for text in ["820001", "0820001", "12.5", "820-1", "51A07", "e5", "0x", "_", ""] {
            assert!(!changes_as_number(text), "{text}");
        }
    }
}
