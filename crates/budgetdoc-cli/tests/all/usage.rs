//! What is said of command lines that cannot be worked with, in both languages, in one file for people to read.

use std::path::Path;

use crate::program::{PROGRAM, SNAPSHOTS, run};

const LINES: &[&str] = &[
    "chek",
    "rendr budget.yaml",
    "help",
    "check",
    "check budget.yaml --formt json",
    "check budget.yaml -q",
    "check budget.yaml --message-format xml",
    "check budget.yaml --message-format",
    "check budget.yaml --message-format text --message-format json",
    "check budget.yaml --fail-fast=yes",
    "--color sometimes check budget.yaml",
    "render budget.yaml --format odt",
    "render budget.yaml --jobs many",
    "render budget.yaml --jobs 0",
    "render budget.yaml --font body",
    "render budget.yaml --font text=宋体",
    "rollover budget.yaml",
    "rollover budget.yaml --year 二〇二三",
    "init budget.yaml --year 二〇二三",
    "init budget.yaml --year 70000",
    "check budget.yaml --fix --sheet a.csv",
    "profile new",
    "diff old.yaml",
    "diff old.yaml new.yaml third.yaml",
    "explain",
    "schema specs",
    "completions tcsh",
    "profile shw",
];

#[test]
fn wrong_command_lines_are_answered_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("Command lines that cannot be worked with, and what is said of them.\n");
    let chinese = |said: &str| said.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for line in LINES {
        let arguments: Vec<&str> = line.split(' ').collect();
        let [zh, en] =
            ["zh", "en"].map(|lang| run(Path::new(PROGRAM), folder.path(), &[&["--lang", lang], &*arguments].concat()));
        for run in [&zh, &en] {
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        }
        // clap's sentences are English; none may be left among the Chinese ones.
        for said in zh.err.lines() {
            assert!(chinese(said), "{line}: {said}");
        }
        text.push_str(&format!("\n$ budgetdoc {line}\n{}{}", zh.err, en.err.replace("\n\n", "\n")));
    }
    SNAPSHOTS.assert_eq("usage.txt", &text);
}

#[test]
fn help_in_chinese_has_no_english_headings() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["", "check", "profiles", "profile", "profile show", "completions"] {
        let arguments: Vec<&str> = line.split_whitespace().chain(["--help", "--lang", "zh"]).collect();
        let help = run(Path::new(PROGRAM), folder.path(), &arguments).out;
        assert!(help.contains("用法: ") && help.contains("选项:"), "{line}: {help}");
        for heading in ["Usage", "Arguments", "Options:", "Commands"] {
            assert!(!help.contains(heading), "{line}: {help}");
        }
    }
}
