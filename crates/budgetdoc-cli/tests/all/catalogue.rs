//! No message without a snapshot: every sentence that the sources say to users is looked for in the files that people
//! read them in. Who adds a message adds a case that brings it about. (The rules have `docs/rules.md`.)

use std::fs;
use std::path::{Path, PathBuf};

use budgetdoc::error::ProblemCode;

const SNAPSHOTS: &[&str] = &[
    "crates/budgetdoc-core/tests/snapshots/messages.txt",
    "crates/budgetdoc-core/tests/snapshots/messages-rare.txt",
    "crates/budgetdoc-core/tests/snapshots/rollover.txt",
    "crates/budgetdoc-cli/tests/snapshots/words.txt",
    "crates/budgetdoc-cli/tests/snapshots/usage.txt",
];

/// What only a defect brings about.
const UNHEARD: &[&str] = &[
    // The reader takes rows of any length, and the text is UTF-8 before it gets there.
    "科目表不是有效的 CSV：{error}",
    "cannot read the table of subjects as CSV: {error}",
    // A command is missing only where one is required, and there clap prints help instead.
    "缺少命令：{}",
];

/// Calls whose arguments users read.
const SPEAKERS: &[&str] = &["Problem::spec(", "Problem::unknown(", ".help(", "message(", "Bilingual::new(", "format!("];

#[test]
fn every_message_stands_in_a_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let known: Vec<String> = SNAPSHOTS.iter().map(|path| read(&root.join(path))).collect();
    let mut files: Vec<PathBuf> =
        ["words.rs", "usage.rs"].map(|name| root.join("crates/budgetdoc-cli/src").join(name)).into();
    sources(&root.join("crates/budgetdoc-core/src"), &mut files);
    let (mut sentences, mut silent) = (0, Vec::new());
    for file in files {
        let text = read(&file);
        let text = text.split("#[cfg(test)]").next().unwrap();
        if !text.contains("Problem") && !file.starts_with(root.join("crates/budgetdoc-cli")) {
            continue;
        }
        for sentence in said(text) {
            sentences += 1;
            let held = known.iter().flat_map(|text| text.lines()).any(|line| holds(line, &sentence));
            if !held && !UNHEARD.contains(&sentence.as_str()) {
                silent.push(format!("{}: {sentence}", file.strip_prefix(&root).unwrap().display()));
            }
        }
    }
    assert!(sentences > 300, "only {sentences} sentences were found");
    assert!(silent.is_empty(), "no snapshot holds these:\n{}", silent.join("\n"));
}

#[test]
fn every_code_stands_in_a_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let known: String = SNAPSHOTS.iter().map(|path| fs::read_to_string(root.join(path)).unwrap()).collect();
    let raised = |code: &&ProblemCode| known.lines().any(|line| line.ends_with(&format!(" {code}")));
    let silent: Vec<_> = ProblemCode::ALL.iter().filter(|code| !raised(code)).collect();
    // Only a defect brings it about.
    assert_eq!(silent, [&ProblemCode::CsvSyntax]);
}

/// The sources below `folder` that raise errors. The rules are another matter.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("check") {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The literals among the arguments of [`SPEAKERS`] that are sentences or parts of them.
fn said(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    // How deep in parentheses each speaker that has not come to its end began.
    let (mut depth, mut speakers) = (0, Vec::new());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if SPEAKERS.iter().any(|speaker| rest.starts_with(speaker)) {
            speakers.push(depth);
        }
        let mut length = letter.len_utf8();
        match letter {
            '/' if rest.starts_with("//") => length = rest.find('\n').unwrap_or(rest.len()),
            '\'' if rest.starts_with("'\\") => length = 2 + rest[2..].find('\'').unwrap() + 1,
            '\'' if rest.chars().nth(2) == Some('\'') => length = rest.char_indices().nth(3).unwrap().0,
            '"' => {
                let (literal, end) = literal(rest);
                length = end;
                let chinese = literal.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
                if !speakers.is_empty() && (chinese || literal.trim().contains(' ')) {
                    sentences.push(literal);
                }
            }
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                speakers.retain(|began| *began < depth);
            }
            _ => {}
        }
        rest = &rest[length..];
    }
    sentences
}

/// The literal at the beginning of `rest`, and where it ends.
fn literal(rest: &str) -> (String, usize) {
    let mut literal = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return (literal, index + 1),
            '\\' => match letters.next().unwrap().1 {
                'n' => literal.push('\n'),
                '\n' => while letters.next_if(|(_, letter)| letter.is_whitespace()).is_some() {},
                other => literal.push(other),
            },
            _ => literal.push(letter),
        }
    }
    panic!("a literal without end: {rest:.80}");
}

/// Whether a line has everything of the sentence but what stands in braces, in this order.
fn holds(line: &str, sentence: &str) -> bool {
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for letter in sentence.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => {
                parts.last_mut().unwrap().push(letter);
                continue;
            }
            _ => continue,
        }
        parts.push(String::new());
    }
    let mut rest = line;
    parts.iter().all(|part| match rest.find(part.trim_end_matches('\n')) {
        Some(at) => {
            rest = &rest[at + part.trim_end_matches('\n').len()..];
            true
        }
        None => false,
    })
}
