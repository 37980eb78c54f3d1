//! Which crate may use which. The picture in docs/architecture.md is the list; Cargo is asked what is so.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

use std::collections::BTreeSet;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Runs `cargo tree` over normal dependencies and returns its lines: the depth, then the name of a package.
fn tree(arguments: &[&str]) -> Vec<(usize, String)> {
    let output = Command::new(env!("CARGO"))
        .current_dir(ROOT)
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "depth", "--format", " {p}"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let mut words = line.split(' ');
        (words.next().unwrap().parse().unwrap(), words.next().unwrap().to_owned())
    };
    text.lines().filter(|line| !line.is_empty()).map(line).collect()
}

/// Returns the crates of the workspace, each with those of the workspace that it depends on.
fn arrows() -> BTreeSet<String> {
    let lines = tree(&["--workspace", "--depth", "1", "--no-dedupe"]);
    let own: BTreeSet<&str> = lines.iter().filter(|(depth, _)| *depth == 0).map(|(_, name)| name.as_str()).collect();
    let mut crate_name = "";
    let mut arrows = BTreeSet::new();
    for (depth, name) in &lines {
        match depth {
            0 => crate_name = name,
            _ if own.contains(name.as_str()) => {
                arrows.insert(format!("{crate_name} --> {name}"));
            }
            _ => {}
        }
    }
    arrows
}

#[test]
fn crates_depend_on_each_other_as_the_picture_shows() {
    let page = std::fs::read_to_string(format!("{ROOT}/docs/architecture.md")).unwrap();
    let picture = page.split("```mermaid").nth(1).unwrap().split("```").next().unwrap();
    let drawn: BTreeSet<String> =
        picture.lines().map(str::trim).filter(|line| line.contains("-->")).map(str::to_owned).collect();
    let built = arrows();
    let more: Vec<_> = built.difference(&drawn).collect();
    let fewer: Vec<_> = drawn.difference(&built).collect();
    assert!(more.is_empty(), "arrows that docs/architecture.md does not have: {more:?}");
    assert!(fewer.is_empty(), "arrows of docs/architecture.md that no Cargo.toml has: {fewer:?}");
}

#[test]
fn the_document_depends_on_two_libraries() {
    let lines = tree(&["--package", "budgetdoc-document", "--depth", "1"]);
    let direct: Vec<&str> = lines.iter().filter(|(depth, _)| *depth == 1).map(|(_, name)| name.as_str()).collect();
    assert_eq!(direct, ["rust_decimal", "serde"]);
}

#[test]
fn the_renderer_reads_no_yaml_templates_or_schemas() {
    let found: BTreeSet<String> = tree(&["--package", "budgetdoc-render"]).into_iter().map(|(_, name)| name).collect();
    for refused in ["budgetdoc-core", "csv", "granit-parser", "minijinja", "schemars", "serde-saphyr", "serde_json"] {
        assert!(!found.contains(refused), "budgetdoc-render compiles {refused}");
    }
}
