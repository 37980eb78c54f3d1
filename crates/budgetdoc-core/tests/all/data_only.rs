//! What a place prints is data: no Rust file names a place, and none that a document is made by names a table or a
//! column. The words of checks and of differences are not printed in the document: they speak of budgets in the terms of
//! the field, which tables use as well.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use budgetdoc_core::profile::{ColumnDef, Profile, TableContent};

/// Names of places whose profiles come along, and of others.
const PLACES: [&str; 10] =
    ["深圳", "龙岗", "上海", "普陀", "江苏", "shenzhen", "shanghai", "jiangsu", "longgang", "putuo"];

/// Every Rust file of the workspace's crates.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Whether a file's words are for the user at the terminal.
fn says(file: &Path) -> bool {
    ["src/check", "src/diff", "budgetdoc-cli"].iter().any(|folder| file.to_string_lossy().contains(folder))
}

/// The code of a file: without its comments and the tests at its end.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Titles of tables and heads of columns, with nothing of theirs to fill in, as long as a name is.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for name in Profile::built_in_names() {
        let profile = Profile::built_in(&name.to_owned().into()).expect("a profile that comes along is right");
        for (_, table) in profile.tables.iter() {
            names.extend(table.title.clone());
            let columns: Vec<&ColumnDef> = match &table.content {
                TableContent::Rows(tabular) => tabular.columns.iter().collect(),
                TableContent::Balance(balance) => balance.sides.iter().flat_map(|side| &side.columns).collect(),
                TableContent::Performance(_) => Vec::new(),
            };
            names.extend(columns.iter().flat_map(|column| column.head.iter().cloned()));
        }
    }
    let plain = names.iter().map(|name| name.split("}}").last().unwrap_or_default().to_owned());
    plain.filter(|name| name.chars().count() > 4).collect()
}

#[test]
fn no_place_table_or_column_is_named_in_rust() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for name in ["budgetdoc", "budgetdoc-cli", "budgetdoc-core", "budgetdoc-render"] {
        sources(&crates.join(name).join("src"), &mut files);
    }
    files.retain(|file| file.file_name().is_none_or(|name| name != "tests.rs"));
    files.sort();
    let names = names();
    assert!(names.len() > 50 && files.len() > 50, "{} names, {} files", names.len(), files.len());
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file is text");
        for (line, words) in code(&text).lines().enumerate().filter(|(_, line)| !line.contains("include_str!")) {
            let printed = names.iter().map(String::as_str).filter(|_| !says(&file));
            let named = printed.chain(PLACES).filter(|name| words.contains(name));
            found.extend(named.map(|name| format!("{}:{}: {name}: {}", file.display(), line + 1, words.trim())));
        }
    }
    assert_eq!(found, Vec::<String>::new(), "\n{}", found.join("\n"));
}
