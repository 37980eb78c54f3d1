//! `budgetdoc render`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use budgetdoc::Format;
use budgetdoc::check::Severity;
use budgetdoc::lang::Lang;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::Say;
use crate::faces::{self, FaceOptions};
use crate::input::{self, Input};
use crate::report::{Message, Report};
use crate::session::{MessageFormat, Outcome, Session};
use crate::work::{Files, Shared};
use crate::{batch, files, formats, profile_folders, words};

pub const COMMAND: Command = Command { name: "render", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(match say.0 {
            Lang::Zh => format!("生成 {} 文件", formats::list_defaults("、", " 和 ")),
            Lang::En => format!("Write {} files", formats::list_defaults(", ", " and ")),
        })
        .args(input::arguments(say))
        .args(arguments(say))
        .args(batch::arguments(say))
}

/// Returns the arguments of formats and output paths.
pub fn arguments(say: Say) -> Vec<Arg> {
    let mut arguments = vec![
        Arg::new("output").short('o').long("output").value_name("DIR|FILE").value_parser(value_parser!(PathBuf)).help(
            match say.0 {
                Lang::Zh => format!(
                    "输出文件夹，或以 {} 结尾的文件名，- 为标准输出；不写则与数据文件在同一文件夹",
                    formats::list_all(".", "、", "、")
                ),
                Lang::En => format!(
                    "Folder, file ending in {}, or - for standard output; next to the spec by default",
                    formats::list_all(".", ", ", " or ")
                ),
            },
        ),
        formats::argument(say),
        profile_folders::profile(say),
        profile_folders::argument(say),
        Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help(say.pick("即使核对发现错误也生成文件", "Write files even if the checks find errors")),
    ];
    arguments.extend(faces::arguments(say));
    arguments
}

/// Destination of files.
enum Goal {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
    BesideSpec,
}

/// Renders specs, for `render` and `watch`.
pub struct Render {
    shared: Shared,
    faces: FaceOptions,
    formats: Vec<Format>,
    goal: Goal,
    force: bool,
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let render = match Render::of(matches) {
        Ok(render) => render,
        Err(messages) => return batch::refuse(&messages, session),
    };
    let found = input::collect(matches);
    match render.outputs(&found.0, session) {
        Ok(outputs) => batch::run(matches, session, Severity::Warning, found, &outputs, |input| render.process(input)),
        Err(message) => batch::refuse(&[*message], session),
    }
}

impl Render {
    /// Creates it from the arguments.
    ///
    /// # Errors
    /// The problems of the profile file; a file's name of another format than those asked for.
    pub fn of(matches: &ArgMatches) -> Result<Self, Vec<Message>> {
        let shared = Shared::load(matches)?;
        let mut formats = formats::chosen(matches);
        let goal = match matches.get_one::<PathBuf>("output") {
            Some(path) if path.as_os_str() == "-" => Goal::Stdout,
            Some(path) => match Format::of_path(path) {
                Some(format) => {
                    let given: Vec<&str> = formats.iter().map(|format| format.extension).collect();
                    if matches.contains_id("format") && given != [format.extension] {
                        return Err(vec![*words::other_format(path, &given.join(","))]);
                    }
                    formats = vec![format];
                    Goal::File(path.clone())
                }
                None => Goal::Folder(path.clone()),
            },
            None => Goal::BesideSpec,
        };
        Ok(Render { shared, faces: FaceOptions::of(matches), formats, goal, force: matches.get_flag("force") })
    }

    /// Returns the files of the profiles that specs named.
    pub fn profile_files(&self) -> BTreeSet<PathBuf> {
        self.shared.profile_files()
    }

    /// Reads the profile again. After an error the last one stays.
    ///
    /// # Errors
    /// The problems of the profile file.
    pub fn renew(&mut self, matches: &ArgMatches) -> Result<(), Vec<Message>> {
        self.shared.reload(matches)
    }

    /// Returns the files that will be written.
    ///
    /// # Errors
    /// A spec without an output path, or two with the same.
    pub fn outputs(&self, inputs: &[Input], session: &Session) -> Result<Vec<PathBuf>, Box<Message>> {
        match &self.goal {
            Goal::Stdout if inputs.len() > 1 || self.formats.len() != 1 || session.format != MessageFormat::Text => {
                return Err(words::stdout_takes_one());
            }
            Goal::File(_) if inputs.len() > 1 => return Err(words::several_specs_in_one_file()),
            Goal::BesideSpec | Goal::Folder(_) if inputs.iter().any(|input| input.path.is_none()) => {
                return Err(words::no_output_path());
            }
            _ => {}
        }
        let mut taken: BTreeMap<String, &Input> = BTreeMap::new();
        let mut outputs = Vec::new();
        for input in inputs {
            for goal in self.formats.iter().filter_map(|format| self.path(input, format)) {
                // Many file systems ignore case.
                if let Some(first) = taken.insert(goal.to_string_lossy().to_lowercase(), input) {
                    return Err(words::same_output_path(&goal, &first.name(), &input.name()));
                }
                outputs.push(goal);
            }
        }
        Ok(outputs)
    }

    /// Reads, checks, lays out and writes a spec.
    pub fn process(&self, input: &Input) -> Report {
        let checked = match self.shared.check(input) {
            Ok(checked) => checked,
            Err(report) => return *report,
        };
        if checked.is_denied() && !self.force {
            return Report { withheld: true, ..checked.report() };
        }
        self.shared.produce(checked, input, &self.faces, &self.formats, |files| self.write(input, files))
    }

    fn write(&self, input: &Input, files: Files) -> Result<Vec<PathBuf>, Box<Message>> {
        let mut outputs = Vec::new();
        for (format, bytes) in self.formats.iter().zip(files) {
            match self.path(input, format) {
                Some(path) => outputs.push((path, bytes)),
                None => {
                    let mut stdout = std::io::stdout().lock();
                    let written = stdout.write_all(&bytes).and_then(|()| stdout.flush());
                    written.map_err(|error| words::cannot_write(Path::new("<stdout>"), &error))?;
                }
            }
        }
        files::write_all(&outputs).map_err(|(path, error)| words::cannot_write(&path, &error))?;
        Ok(outputs.into_iter().map(|(path, _)| path).collect())
    }

    /// Returns the output path of a format of a spec; none for standard output.
    fn path(&self, input: &Input, format: &Format) -> Option<PathBuf> {
        let spec = input.path.as_deref().unwrap_or(Path::new("budget.yaml"));
        let mut name = spec.file_stem().unwrap_or_default().to_os_string();
        name.push(".");
        name.push(format.extension);
        match &self.goal {
            Goal::Stdout => None,
            Goal::File(path) => Some(path.clone()),
            Goal::Folder(folder) => Some(folder.join(&input.below).join(name)),
            Goal::BesideSpec => Some(spec.with_file_name(name)),
        }
    }
}
