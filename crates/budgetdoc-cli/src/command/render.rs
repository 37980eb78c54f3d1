//! `budgetdoc render`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use budgetdoc::check::Severity;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::faces::{self, FaceOptions};
use crate::input::{self, Input};
use crate::report::{Message, Report};
use crate::session::{MessageFormat, Outcome, Session};
use crate::work::{self, Format, Shared};
use crate::{batch, files, words};

pub const COMMAND: Command = Command { name: "render", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.it("生成 PDF 和 Word 文件", "Write PDF and Word files"))
        .args(input::arguments(say))
        .args(arguments(say))
        .args(batch::arguments(say))
}

/// The arguments that say what is written and where.
pub fn arguments(say: Say) -> Vec<Arg> {
    let mut arguments = vec![
        Arg::new("output").short('o').long("output").value_name("DIR|FILE").value_parser(value_parser!(PathBuf)).help(
            say.it(
                "输出文件夹，或以 .pdf、.docx 结尾的文件名，- 为标准输出；不写则与数据文件在同一文件夹",
                "Folder, file ending in .pdf or .docx, or - for standard output; beside the spec when left out",
            ),
        ),
        work::format_argument(say),
        args::profile(say),
        Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help(say.it("即使核对发现错误也生成文件", "Write files even where the checks find errors")),
    ];
    arguments.extend(faces::arguments(say));
    arguments
}

/// Where files go.
enum Goal {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
    BesideSpec,
}

/// What `render` and `watch` do with a spec.
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
    let (inputs, problems) = input::collect(matches);
    if let Err(message) = render.possible(&inputs, session) {
        return batch::refuse(&[*message], session);
    }
    batch::run(matches, session, Severity::Warning, inputs, problems, |input| render.one(input))
}

impl Render {
    /// As the arguments want it.
    ///
    /// # Errors
    /// What is wrong with the profile file.
    pub fn of(matches: &ArgMatches) -> Result<Self, Vec<Message>> {
        let shared = Shared::load(matches)?;
        let mut formats = work::formats(matches);
        let goal = match matches.get_one::<PathBuf>("output") {
            Some(path) if path.as_os_str() == "-" => Goal::Stdout,
            Some(path) => match format_of(path) {
                Some(format) => {
                    formats = vec![format];
                    Goal::File(path.clone())
                }
                None => Goal::Folder(path.clone()),
            },
            None => Goal::BesideSpec,
        };
        Ok(Render { shared, faces: FaceOptions::of(matches), formats, goal, force: matches.get_flag("force") })
    }

    /// Reads the profile file again.
    ///
    /// # Errors
    /// What is wrong with it; the one read before stays.
    pub fn renew(&mut self, matches: &ArgMatches) -> Result<(), Vec<Message>> {
        self.shared.reload(matches)
    }

    /// Whether every spec has a goal of its own.
    pub fn possible(&self, inputs: &[Input], session: &Session) -> Result<(), Box<Message>> {
        match &self.goal {
            Goal::Stdout if inputs.len() > 1 || self.formats.len() != 1 || session.format != MessageFormat::Text => {
                return Err(words::stdout_takes_one());
            }
            Goal::File(_) if inputs.len() > 1 => return Err(words::several_into_one()),
            Goal::BesideSpec | Goal::Folder(_) if inputs.iter().any(|input| input.path.is_none()) => {
                return Err(words::no_goal());
            }
            _ => {}
        }
        let mut taken: BTreeMap<PathBuf, &Input> = BTreeMap::new();
        for input in inputs {
            if let Some(goal) = self.path(input, Format::Pdf)
                && let Some(first) = taken.insert(goal.clone(), input)
            {
                return Err(words::same_goal(&goal, &first.name(), &input.name()));
            }
        }
        Ok(())
    }

    /// Reads, checks, sets and writes a spec.
    pub fn one(&self, input: &Input) -> Report {
        let checked = match self.shared.check(input) {
            Ok(checked) => checked,
            Err(report) => return *report,
        };
        if checked.has_errors() && !self.force {
            return Report { withheld: true, ..checked.report() };
        }
        let mut more = Vec::new();
        let produced = self.shared.produce(&checked, input, &self.faces, &self.formats, &mut more);
        let mut report = checked.report();
        let failed = |mut report: Report, more: Vec<Message>| {
            report.messages.extend(more);
            Report { outcome: Outcome::Failed, ..report }
        };
        let (layout, bytes) = match produced {
            Ok(produced) => produced,
            Err(messages) => return failed(report, messages),
        };
        report.messages.extend(more);
        if let Err(message) = self.write(input, bytes, &mut report) {
            return failed(report, vec![*message]);
        }
        report.pages = Some(layout.pages.len());
        report
    }

    fn write(&self, input: &Input, bytes: Vec<Vec<u8>>, report: &mut Report) -> Result<(), Box<Message>> {
        let mut files = Vec::new();
        for (format, bytes) in self.formats.iter().zip(bytes) {
            match self.path(input, *format) {
                Some(path) => files.push((path, bytes)),
                None => {
                    let mut stdout = std::io::stdout().lock();
                    let written = stdout.write_all(&bytes).and_then(|()| stdout.flush());
                    written.map_err(|error| words::cannot_write(Path::new("<stdout>"), &error))?;
                }
            }
        }
        files::write_all(&files).map_err(|(path, error)| words::cannot_write(&path, &error))?;
        report.written = files.into_iter().map(|(path, _)| path).collect();
        Ok(())
    }

    /// Where a format of a spec is written; none for standard output.
    fn path(&self, input: &Input, format: Format) -> Option<PathBuf> {
        let spec = input.path.as_deref().unwrap_or(Path::new("budget.yaml"));
        let mut name = spec.file_stem().unwrap_or_default().to_os_string();
        name.push(".");
        name.push(format.extension());
        match &self.goal {
            Goal::Stdout => None,
            Goal::File(path) => Some(path.clone()),
            Goal::Folder(folder) => Some(folder.join(&input.below).join(name)),
            Goal::BesideSpec => Some(spec.with_file_name(name)),
        }
    }
}

/// The format a path names, if it names a file.
pub fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?;
    Format::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
}
