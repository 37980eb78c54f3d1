//! Profiles by name: the built-in ones, and files in folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use budgetdoc::Profile;
use budgetdoc::error::Error;
use budgetdoc::lang::Bilingual;
use budgetdoc::source::Located;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use walkdir::WalkDir;

use crate::args::{self, Say};
use crate::input;
use crate::report::{Message, Source};
use crate::words;

/// The folder of profiles next to a spec, in the working directory or above it, or next to the program.
const FOLDER: &str = "profiles";
/// The variable that names more folders.
const VARIABLE: &str = "BUDGETDOC_PROFILE_DIR";

/// The folders that the command line names.
#[derive(Clone, Debug, Default)]
pub struct ProfileFolders(Vec<PathBuf>);

/// A profile and the file it is from; none of a built-in one.
#[derive(Clone, Debug)]
pub struct FoundProfile {
    pub profile: Profile,
    pub source: Option<Arc<Source>>,
}

/// Returns the argument `--profile NAME|FILE`.
pub fn profile(say: Say) -> Arg {
    Arg::new("profile").long("profile").value_name("NAME|FILE").help(say.pick(
        "版式的名称（见 budgetdoc profiles）或版式文件，代替数据文件中写明的版式",
        "A profile's name (`budgetdoc profiles` lists them) or file, instead of the one the spec names",
    ))
}

/// Returns the argument `--profile-dir`.
pub fn argument(say: Say) -> Arg {
    Arg::new("profile-dir")
        .long("profile-dir")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .action(ArgAction::Append)
        .help(say.pick(
            "按名称查找版式的文件夹，先于 profiles 文件夹；可多次使用",
            "A folder to look for named profiles in, before the folders called profiles; repeatable",
        ))
}

/// Returns the file that `--profile` names; none where it is a name or is not there.
pub fn file_of(matches: &ArgMatches) -> Option<PathBuf> {
    let given = matches.try_get_one::<String>("profile").ok().flatten()?;
    is_file(given).then(|| PathBuf::from(given))
}

/// Returns whether a profile is given by its file: it is there, or ends as one.
fn is_file(given: &str) -> bool {
    let path = Path::new(given);
    input::is_yaml(path) || path.is_file()
}

/// Returns the path of a name below a folder; none for what could lead out of it, such as `../a` or `/a`.
fn path_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let is_plain = |part: &str| {
        let allowed = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        !part.is_empty() && part.chars().all(allowed)
    };
    name.split('/').all(is_plain).then(|| folder.join(format!("{name}.yaml")))
}

/// Returns the file of a name below a folder.
fn file_in(folder: &Path, name: &str) -> Option<PathBuf> {
    path_in(folder, name).filter(|file| file.is_file())
}

/// Returns where a new profile is written; none for a name that is no file's, or that of a built-in profile.
pub fn new_file(name: &str) -> Option<PathBuf> {
    path_in(Path::new(FOLDER), name).filter(|_| Profile::built_in_names().all(|known| known != name))
}

impl ProfileFolders {
    pub fn of(matches: &ArgMatches) -> Self {
        ProfileFolders(args::paths(matches, "profile-dir"))
    }

    /// Returns the folders to look in for the profile of the spec at `spec`, in order.
    fn all(&self, spec: Option<&Path>) -> Vec<PathBuf> {
        let beside = spec.map(|spec| spec.with_file_name(FOLDER));
        let working = std::env::current_dir().unwrap_or_default();
        let above = working.ancestors().map(|folder| folder.join(FOLDER));
        let variable = std::env::var_os(VARIABLE).unwrap_or_default();
        let of_variable: Vec<_> = std::env::split_paths(&variable).filter(|path| path.is_absolute()).collect();
        let program = std::env::current_exe().ok().map(|program| program.with_file_name(FOLDER));
        self.0.iter().cloned().chain(beside).chain(above).chain(of_variable).chain(program).collect()
    }

    /// Returns the files of profiles by name, without those of built-in names, which are always the built-in ones.
    pub fn files(&self, spec: Option<&Path>) -> BTreeMap<String, PathBuf> {
        let mut files = BTreeMap::new();
        for folder in self.all(spec) {
            // A name has two parts, and a folder that holds much else is not searched through.
            for entry in WalkDir::new(&folder).max_depth(2).sort_by_file_name().into_iter().filter_map(Result::ok) {
                let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path()).with_extension("");
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                let name = parts.join("/");
                let is_new = !Profile::built_in_names().any(|known| known == name) && !files.contains_key(&name);
                if let Some(file) = file_in(&folder, &name).filter(|file| is_new && file == entry.path()) {
                    files.insert(name, file);
                }
            }
        }
        files
    }

    /// Returns the file of a named profile; none of a built-in one.
    ///
    /// # Errors
    /// There is none of that name; the message names the nearest, and where others may lie.
    pub fn file(&self, name: &Located<String>, spec: Option<&Path>) -> Result<Option<PathBuf>, Error> {
        if Profile::built_in_names().any(|known| known == name.value) {
            return Ok(None);
        }
        if let Some(file) = self.all(spec).iter().find_map(|folder| file_in(folder, &name.value)) {
            return Ok(Some(file));
        }
        let files = self.files(spec);
        let own: Vec<&str> = files.keys().map(String::as_str).collect();
        let mut problem = Profile::unknown(name, &own);
        let general = Profile::built_in_names().next().unwrap_or_default();
        problem.help = problem.help.map(|Bilingual { zh, en }| {
            Bilingual::new(
                format!(
                    "{zh}。没有所在地区的，用 {general}；自己的版式放在数据文件旁的 {FOLDER} 文件夹中，或用 --profile 写明文件"
                ),
                format!(
                    "{en}. {general} serves any place; your own lies in the folder {FOLDER} beside the spec, or --profile names its file"
                ),
            )
        });
        Err(problem.into())
    }

    /// Returns the profile that `--profile` gives by name or file, for commands without a spec. Files that are read are
    /// added to `files`.
    ///
    /// # Errors
    /// There is none, or the problems of its file.
    pub fn given(&self, given: &str, files: &mut Vec<PathBuf>) -> Result<FoundProfile, Vec<Message>> {
        match is_file(given) {
            true => self.load(Path::new(given), files),
            false => self.named(&Located::from(given.to_owned()), None, files, words::plain_problems),
        }
    }

    /// Returns the profile of a name that stands in the file at `from`, whose problem it is if there is none. Files
    /// that are read are added to `files`.
    ///
    /// # Errors
    /// There is none, or the problems of its file, such as another name.
    pub fn named(
        &self,
        name: &Located<String>,
        from: Option<&Path>,
        files: &mut Vec<PathBuf>,
        problems: impl Fn(Error) -> Vec<Message>,
    ) -> Result<FoundProfile, Vec<Message>> {
        let Some(file) = self.file(name, from).map_err(&problems)? else {
            return Ok(FoundProfile { profile: Profile::built_in(name).map_err(problems)?, source: None });
        };
        let found = self.load(&file, files)?;
        match found.profile.name == name.value {
            true => Ok(found),
            false => Err(vec![*words::other_profile_name(&file, name, &found.profile.name)]),
        }
    }

    /// Reads a profile's file and those it extends, and adds them to `files`.
    ///
    /// # Errors
    /// The problems of the files; one extends itself.
    fn load(&self, path: &Path, files: &mut Vec<PathBuf>) -> Result<FoundProfile, Vec<Message>> {
        if files.iter().any(|file| file == path) {
            return Err(vec![*words::profiles_in_circle(files)]);
        }
        files.push(path.to_owned());
        let source = Source::read(&input::at(path))?;
        let problems = |error| Message::problems(error, &source, Some(&source));
        // Profiles of one folder extend each other, wherever it is.
        let folders = path.ancestors().skip(1).take(2).map(Path::to_owned).chain(self.0.iter().cloned());
        let folders = ProfileFolders(folders.collect());
        let base = Profile::base_name(&source.text).map(|name| folders.named(&name, None, files, problems));
        let read = match base.transpose()? {
            Some(base) => Profile::extending(&source.text, &base.profile),
            None => Profile::from_yaml(&source.text),
        };
        let profile = read.map_err(problems)?;
        Ok(FoundProfile { profile, source: Some(source) })
    }
}
