//! Messages as a SARIF 2.1.0 log.

use std::path::Path;

use budgetdoc::RenderError;
use budgetdoc::check::{self, Severity};
use budgetdoc::error::ProblemCode;
use budgetdoc::font::FontWarning;
use budgetdoc::lang::Lang;
use serde_json::{Value, json};

use super::{Message, PlaceLabel, Report, Source};
use crate::session::{Outcome, Session};

/// The rule of messages that have neither rule nor code, for SARIF requires one.
const INPUT: (&str, &str, &str) = ("input", "命令行或文件的问题", "a problem of the command line or of a file");

/// Returns the codes of problems and of messages of the command, each with its meaning in Chinese and English.
fn codes() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let problems = ProblemCode::ALL.iter().map(|code| {
        let (zh, en) = code.meaning();
        (code.name(), zh, en)
    });
    problems.chain(RenderError::CODES).chain([FontWarning::CODE, INPUT])
}

/// Returns the whole log; the results are made by [`results`].
pub fn log(outcome: Outcome, results: Vec<Value>, session: &Session) -> Value {
    let lang = session.lang;
    let rule = |id: &str, title: &str, explanation: &str| {
        json!({
            "id": id,
            "shortDescription": { "text": title },
            "fullDescription": { "text": explanation },
        })
    };
    let mut rules: Vec<Value> =
        check::rules().iter().map(|known| rule(known.id, known.title(lang), known.explanation(lang))).collect();
    rules.extend(codes().map(|(code, zh, en)| rule(code, session.pick(zh, en), session.pick(zh, en))));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "budgetdoc",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "language": match lang { Lang::Zh => "zh-CN", Lang::En => "en-US" },
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": outcome != Outcome::Failed,
                "exitCode": outcome.code(),
            }],
            "results": results,
        }],
    })
}

/// Returns the messages of a spec.
pub fn results(report: &Report, session: &Session) -> Vec<Value> {
    report.messages.iter().map(|message| result(message, session)).collect()
}

/// Returns a message.
pub fn result(message: &Message, session: &Session) -> Value {
    let id = message.rule.or(message.code).unwrap_or(INPUT.0);
    let mut text = session.say(&message.text).to_owned();
    if let Some(help) = &message.help {
        text = format!("{text}\n{}{}", session.pick("办法：", "help: "), session.say(help));
    }
    let level = match message.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut result = json!({ "ruleId": id, "level": level, "message": { "text": text } });
    if let Some(reason) = message.finding.as_ref().and_then(|finding| finding.suppressed.as_ref()) {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    // Index among the rules of the driver.
    let mut ids = check::rules().iter().map(|rule| rule.id).chain(codes().map(|(code, ..)| code));
    if let Some(index) = ids.position(|known| known == id) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(source) = &message.source {
        let first = message.labels.first().map(|label| PlaceLabel { text: None, ..label.clone() });
        result["locations"] = json!([location(source, first.as_ref(), session)]);
        let related: Vec<Value> = message
            .labels
            .iter()
            .zip(1..)
            .map(|(label, id): (_, u32)| {
                let mut related = location(source, Some(label), session);
                related["id"] = json!(id);
                related
            })
            .collect();
        if related.len() > 1 {
            result["relatedLocations"] = json!(related);
        }
    }
    result
}

fn location(source: &Source, label: Option<&PlaceLabel>, session: &Session) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&source.name) } } });
    if let Some(cell) = label.and_then(|label| source.cell(label.place)) {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": cell }]);
    } else if let Some(PlaceLabel { place, end, .. }) = label {
        location["physicalLocation"]["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": source.end_column(*place, *end),
        });
    }
    if let Some(text) = label.and_then(|label| label.text.as_ref()) {
        location["message"] = json!({ "text": session.say(text) });
    }
    location
}

/// Returns a path as a percent-encoded URI. Relative paths stay relative, a Windows drive keeps its colon, and a network
/// share is the host.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let (mut uri, rest) = match path.as_bytes() {
        [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic() => {
            (format!("file:///{}:", char::from(*drive)), &path[2..])
        }
        [b'\\', b'\\', ..] => ("file:".to_owned(), path),
        _ if Path::new(path).is_absolute() => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    for byte in rest.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            byte if plain(byte) => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use std::path::Path;

    use super::{codes, uri};

    #[test]
    fn the_page_of_codes_lists_each_of_them() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md");
        let mut page = include_str!("../../tests/data/codes-head.md").to_owned();
        for (code, zh, en) in codes() {
            let _ = writeln!(page, "| `{code}` | {en} | {zh} |");
        }
        budgetdoc_tests::snapshot::assert_eq(&path, &page);
    }

    #[test]
    fn paths_of_every_system_are_uris() {
        for (path, expected) in [
            ("2022/预算 1.yaml", "2022/%E9%A2%84%E7%AE%97%201.yaml"),
            (r"C:\budgets\2022.yaml", "file:///C:/budgets/2022.yaml"),
            (r"\\server\share\2022.yaml", "file://server/share/2022.yaml"),
            (r"folder\2022.yaml", "folder/2022.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
