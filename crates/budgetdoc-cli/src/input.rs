//! Which specs a command is to work on: files, folders, patterns, lists, standard input.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::args::{self, Say};
use crate::report::Message;
use crate::words;

/// A spec to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// The folder it was found in, seen from the folder that was named: written files keep to it.
    pub below: PathBuf,
}

impl Input {
    /// What messages call it.
    pub fn name(&self) -> String {
        self.path.as_ref().map_or("<stdin>".to_owned(), |path| path.display().to_string())
    }

    /// Whether `path` is the same file, however it is written.
    pub fn is(&self, path: &Path) -> bool {
        let whole = |path: &Path| std::fs::canonicalize(path).ok();
        self.path.as_deref().and_then(whole).is_some_and(|own| whole(path) == Some(own))
    }

    /// Its text.
    pub fn read(&self) -> Result<String, Box<Message>> {
        read(self.path.as_deref(), &self.name())
    }
}

/// Reads a file, or standard input.
pub fn read(path: Option<&Path>, name: &str) -> Result<String, Box<Message>> {
    let text = match path {
        Some(path) => std::fs::read_to_string(path),
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
    };
    text.map_err(|error| words::cannot_read(name, &error))
}

/// The arguments that name specs.
pub fn arguments(say: Say) -> [Arg; 2] {
    [
        Arg::new("spec")
            .value_name("SPEC")
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required_unless_present("files-from")
            .help(say.it(
                "预算数据文件（YAML）；也可以是文件夹、带 * 的名称，或用 - 表示标准输入",
                "Spec files (YAML); folders, patterns with * and - for standard input as well",
            )),
        Arg::new("files-from")
            .long("files-from")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .action(ArgAction::Append)
            .help(say.it(
                "从文件中读取数据文件的名单，每行一个；- 为标准输入",
                "A list of specs, one a line; - for standard input",
            )),
    ]
}

/// The spec at `path`; `-` is standard input.
pub fn named(path: &Path) -> Input {
    let path = (path.as_os_str() != "-").then(|| path.to_owned());
    Input { path, below: PathBuf::new() }
}

/// The specs that were named, each once, and what could not be found.
pub fn collect(matches: &ArgMatches) -> (Vec<Input>, Vec<Message>) {
    let (mut named, mut problems) = (args::paths(matches, "spec"), Vec::new());
    for list in args::paths(matches, "files-from") {
        let (path, name) = match list.as_os_str() == "-" {
            true => (None, "<stdin>".to_owned()),
            false => (Some(list.as_path()), list.display().to_string()),
        };
        match read(path, &name) {
            Ok(text) => named.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from)),
            Err(problem) => problems.push(*problem),
        }
    }
    let mut inputs = Vec::new();
    for path in named {
        match expand(&path) {
            Ok(found) => inputs.extend(found),
            Err(problem) => problems.push(*problem),
        }
    }
    // The same file twice would be written twice, at the same time.
    let mut seen = BTreeSet::new();
    inputs.retain(|input| seen.insert(input.path.clone()));
    (inputs, problems)
}

fn expand(path: &Path) -> Result<Vec<Input>, Box<Message>> {
    let text = path.to_string_lossy();
    if text == "-" {
        return Ok(vec![named(path)]);
    }
    if path.is_dir() {
        let mut found = Vec::new();
        walk(path, Path::new(""), &mut found)?;
        return if found.is_empty() { Err(words::nothing_in(&text)) } else { Ok(found) };
    }
    if !path.exists() && text.contains(['*', '?', '[']) {
        // As in a shell: hidden files have to be named.
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let paths = glob::glob_with(&text, options).map_err(|error| words::bad_pattern(&text, error.msg))?;
        let found: Vec<Input> =
            paths.filter_map(Result::ok).filter(|path| path.is_file()).map(|path| named(&path)).collect();
        return if found.is_empty() { Err(words::nothing_in(&text)) } else { Ok(found) };
    }
    Ok(vec![named(path)])
}

/// Every spec in a folder and the folders in it, by name. Hidden files and profiles are passed over.
fn walk(folder: &Path, below: &Path, found: &mut Vec<Input>) -> Result<(), Box<Message>> {
    let unreadable = |error| words::cannot_read(&folder.display().to_string(), &error);
    let mut entries =
        std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()).map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        // Links to folders are not followed, for they may lead in circles.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, &below.join(&name), found)?;
        } else if is_yaml(&path) && !is_profile(&path) {
            found.push(Input { path: Some(path), below: below.to_owned() });
        }
    }
    Ok(())
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn is_profile(path: &Path) -> bool {
    let text = std::fs::read(path).unwrap_or_default();
    text.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"budgetdoc_profile:"))
}
