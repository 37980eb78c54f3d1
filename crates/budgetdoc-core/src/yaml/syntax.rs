//! Problems of syntax.

use granit_parser::{ErrorKind, ScanError};

use super::slips;
use crate::error::{Problem, ProblemCode};
use budgetdoc_document::Place;

/// Returns the problem of an error of syntax: the slip behind it if one is found, else the parser's message.
pub(super) fn syntax_error(error: &ScanError, place: Place, text: &str) -> Problem {
    if let Some(slip) = slips::find(text, place) {
        return slip;
    }
    let en = match error.kind() {
        ErrorKind::UnknownAnchor => "the alias refers to an unknown anchor".to_owned(),
        _ => error.info(),
    };
    let zh = in_chinese(error.kind()).map_or_else(|| en.clone(), str::to_owned);
    Problem::spec(ProblemCode::YamlSyntax, Some(place), format!("YAML 格式有误：{zh}"), format!("the YAML is not well formed: {en}")).help(
        "请检查这一行及前几行：缩进只用空格，冒号用半角且后面空一格，引号和括号成对，以“*”“%”等符号开头或含“: ”的文字加引号",
        "check this line and those before it: indent with spaces only, write a half-width colon and a space after it, close quotes and brackets, put quotes around texts that begin with `*` or `%` or contain a colon and a space",
    )
}

/// Returns the Chinese message of the errors that users make.
fn in_chinese(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => "这里应为“键: 值”",
        ErrorKind::MappingValueNotAllowed => "这里不能再有“: ”（这一行缩进过多，或文字中的“: ”没有加引号）",
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::InvalidIndentation => "这一行的缩进与上面的不一致",
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => "这里有制表符（Tab）",
        ErrorKind::UnclosedQuotedScalar => "引号没有成对",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::MismatchedFlowCollectionEnd { .. } => "括号没有成对",
        ErrorKind::RecursionLimitExceeded => "列表和键套得过深",
        ErrorKind::UnknownAnchor => "“*”后面的名称没有用“&”定义过",
        ErrorKind::UnexpectedCharacter { character: '%' } => "文字不能以“%”开头",
        _ => return None,
    })
}

/// Help where a scalar is expected.
pub(super) const A_TEXT: (&str, &str) =
    ("一个值（文字或数字），不能是列表或“键: 值”", "a text or a number, not a list or `key: value`");

/// Returns the problem of a template without quotes, which is a mapping to YAML.
pub(super) fn bare_template(place: Option<Place>) -> Problem {
    Problem::spec(ProblemCode::BareTemplate, place, format!("这里应为{}", A_TEXT.0), format!("expected {}", A_TEXT.1))
        .help(
            "以“{{”开头的文字要加引号，或写在“|”的下一行",
            "put quotes around a text that begins with `{{`, or write it below a `|`",
        )
}

/// Returns the problem of a key that its mapping has already.
pub(super) fn duplicate_key(place: Option<Place>, key: &str) -> Problem {
    Problem::spec(
        ProblemCode::DuplicateKey,
        place,
        format!("键“{key}”重复出现"),
        format!("the key `{key}` is repeated"),
    )
    .help("每个键只能写一次，请删去其中一个", "write each key once")
}

/// Returns the problem of a second document in the file.
pub(super) fn second_document(place: Place) -> Problem {
    Problem::spec(
        ProblemCode::SecondDocument,
        Some(place),
        "一个文件只能有一份内容，这里用“---”分成了几份",
        "a file has one document, but `---` begins another here",
    )
    .help("请删去“---”这一行", "delete the line `---`")
}

/// Returns the problem of a file without content.
pub(super) fn empty_file(place: Place) -> Problem {
    Problem::spec(ProblemCode::EmptyFile, Some(place), "文件没有内容", "the file is empty")
}

/// Returns the problem of aliases that copy too many nodes.
pub(super) fn too_many_aliases(place: Place) -> Problem {
    Problem::spec(ProblemCode::TooMuchShared, Some(place), "用“*”引用的内容过多", "aliases expand to too much")
        .help("请直接写出各个值", "write the values themselves")
}
