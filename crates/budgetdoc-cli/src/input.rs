//! The specs a command works on: files, folders, patterns, lists, standard input.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf, is_separator};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use encoding_rs::Encoding;
use glob::{MatchOptions, Pattern};
use walkdir::{DirEntry, WalkDir};

use crate::args::{self, Say};
use crate::profile_folders;
use crate::report::Message;
use crate::words;

/// A spec to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path; none for standard input.
    pub path: Option<PathBuf>,
    /// The folder it was found in, relative to the one named; output files are put in the same folder.
    pub below: PathBuf,
}

impl Input {
    /// Returns its name in messages.
    pub fn name(&self) -> String {
        self.path.as_ref().map_or("<stdin>".to_owned(), |path| path.display().to_string())
    }

    /// Reads its text. Returns a note if it is not in UTF-8.
    pub fn read(&self) -> Result<(String, Option<Message>), Box<Message>> {
        read(self.path.as_deref(), &self.name())
    }
}

/// Maximum size of a file that is read, in MB: a department with 100,000 lines has six.
const LARGEST: u64 = 32;

/// Reads a file or standard input; adds a note if it is not in UTF-8.
///
/// # Errors
/// It cannot be read or is larger than [`LARGEST`].
pub fn read(path: Option<&Path>, name: &str) -> Result<(String, Option<Message>), Box<Message>> {
    // One byte over the limit shows that the file is larger; a device has no size.
    let most = LARGEST * 1024 * 1024 + 1;
    let mut bytes = Vec::new();
    let length = match path {
        Some(path) => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
        None => io::stdin().take(most).read_to_end(&mut bytes),
    };
    match length {
        Ok(length) if length as u64 == most => return Err(words::too_large(name, LARGEST)),
        Ok(_) => {}
        Err(error) => return Err(words::cannot_read(name, &error)),
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => error.into_bytes(),
    };
    let encoding = encoding(&bytes);
    let (text, encoding, faulty) = encoding.decode(&bytes);
    match faulty {
        true => Err(words::cannot_read(name, &io::ErrorKind::InvalidData.into())),
        false => Ok((text.into_owned(), Some(words::read_in_encoding(name, encoding.name())))),
    }
}

/// Returns the encoding of a text that is not in UTF-8: UTF-16, which 记事本 calls Unicode, or that of Chinese Windows.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // Keys and line ends are ASCII: in UTF-16 every other byte of them is zero.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(1) > bytes.len() / 16, zeros(0) > bytes.len() / 16) {
        (true, _) => encoding_rs::UTF_16LE,
        (_, true) => encoding_rs::UTF_16BE,
        _ => encoding_rs::GB18030,
    }
}

/// Checks that no output overwrites an input: a spec, a profile, another year's spec or a list.
///
/// # Errors
/// The first of `outputs` that is an input.
pub fn check_not_overwritten<'a>(
    matches: &ArgMatches,
    inputs: &[Input],
    outputs: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Box<Message>> {
    let others = ["last-year", "units", "files-from"].into_iter().flat_map(|name| args::paths(matches, name));
    let others: Vec<PathBuf> = others.chain(profile_folders::file_of(matches)).collect();
    let read = inputs.iter().filter_map(|input| input.path.as_ref()).chain(&others);
    let read: HashSet<PathBuf> = read.filter_map(|path| path.canonicalize().ok()).collect();
    let is_read = |output: &&PathBuf| output.canonicalize().is_ok_and(|output| read.contains(&output));
    outputs.into_iter().find(is_read).map_or(Ok(()), |output| Err(words::output_over_input(output)))
}

/// Returns the arguments that name specs.
pub fn arguments(say: Say) -> [Arg; 2] {
    [
        Arg::new("spec")
            .value_name("SPEC")
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required_unless_present("files-from")
            .help(say.pick(
                "预算数据文件（YAML）；也可以是文件夹、带 * 的名称，或用 - 表示标准输入",
                "Spec files (YAML); folders, patterns with * and - for standard input as well",
            )),
        Arg::new("files-from")
            .long("files-from")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .action(ArgAction::Append)
            .help(say.pick(
                "从文件中读取数据文件的名单，每行一个；- 为标准输入",
                "A list of specs, one per line; - for standard input",
            )),
    ]
}

/// Returns the spec at `path`; `-` is standard input.
pub fn at(path: &Path) -> Input {
    let path = (path.as_os_str() != "-").then(|| path.to_owned());
    Input { path, below: PathBuf::new() }
}

/// Returns the specs named, each once, and messages for those not found.
pub fn collect(matches: &ArgMatches) -> (Vec<Input>, Vec<Message>) {
    let (mut at, mut problems) = (args::paths(matches, "spec"), Vec::new());
    for list in args::paths(matches, "files-from") {
        let (path, name) = match list.as_os_str() == "-" {
            true => (None, "<stdin>".to_owned()),
            false => (Some(list.as_path()), list.display().to_string()),
        };
        match read(path, &name) {
            Ok((text, _)) => at.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from)),
            Err(problem) => problems.push(*problem),
        }
    }
    let mut inputs = Vec::new();
    for path in at {
        match expand(&path) {
            Ok(found) => inputs.extend(found),
            Err(problem) => problems.push(*problem),
        }
    }
    // A duplicate would be written twice at the same time.
    let mut seen = BTreeSet::new();
    inputs.retain(|input| seen.insert(input.path.clone()));
    (inputs, problems)
}

/// Characters of a pattern.
const WILD: [char; 3] = ['*', '?', '['];

fn expand(path: &Path) -> Result<Vec<Input>, Box<Message>> {
    let text = path.to_string_lossy();
    let found = if path.is_dir() {
        find_in_folder(path)?
    } else if text.contains(WILD) && !path.exists() {
        find_by_pattern(&text)?
    } else {
        return Ok(vec![at(path)]);
    };
    if found.is_empty() { Err(words::no_spec_in(&text)) } else { Ok(found) }
}

/// Returns the specs in a folder and its subfolders, sorted by name, without hidden files and profiles.
fn find_in_folder(folder: &Path) -> Result<Vec<Input>, Box<Message>> {
    let hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut found = Vec::new();
    // Links to folders are not followed: they may be circular.
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry)) {
        let path = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => entry.into_path(),
            Err(error) => {
                let name = error.path().unwrap_or(folder).display().to_string();
                return Err(words::cannot_read(&name, &error.into_io_error().unwrap_or(io::ErrorKind::Other.into())));
            }
        };
        // A pipe would be waited for.
        if is_yaml(&path) && path.is_file() && !is_profile(&path) {
            let below = path.parent().and_then(|parent| parent.strip_prefix(folder).ok()).map(Path::to_owned);
            found.push(Input { path: Some(path), below: below.unwrap_or_default() });
        }
    }
    Ok(found)
}

/// Returns the files that match a pattern, sorted by name, without hidden files, as in a shell.
fn find_by_pattern(text: &str) -> Result<Vec<Input>, Box<Message>> {
    let options =
        MatchOptions { require_literal_separator: true, require_literal_leading_dot: true, ..MatchOptions::default() };
    let text = text.strip_prefix("./").unwrap_or(text);
    let pattern = Pattern::new(text).map_err(|error| words::bad_pattern(text, error.msg))?;
    // The common folder of all matches, and their depth below it.
    let fixed = text.find(WILD).and_then(|wild| text[..wild].rfind(is_separator)).map_or(0, |last| last + 1);
    let (folder, rest) = text.split_at(fixed);
    let deep = rest.contains("**");
    let depth = if deep { usize::MAX } else { rest.split(is_separator).count() };
    let walk = WalkDir::new(if folder.is_empty() { "." } else { folder }).max_depth(depth).follow_links(!deep);
    // The walk of `glob` panics on names that are not UTF-8.
    let fits = |path: &PathBuf| path.is_file() && pattern.matches_with(&path.to_string_lossy(), options);
    let paths = walk.sort_by_file_name().into_iter().filter_map(Result::ok).map(DirEntry::into_path);
    let paths = paths.map(|path| path.strip_prefix("./").map(Path::to_owned).unwrap_or(path));
    Ok(paths.filter(fits).map(|path| at(&path)).collect())
}

pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn is_profile(path: &Path) -> bool {
    let mut text = Vec::new();
    // A file that cannot be read, or that is too large, is reported as a spec.
    let _ = File::open(path).and_then(|file| file.take(LARGEST * 1024 * 1024).read_to_end(&mut text));
    text.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"budgetdoc_profile:"))
}
