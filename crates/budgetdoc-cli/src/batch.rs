//! Processes many specs on all cores and reports them in order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use budgetdoc::check::Severity;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use rayon::prelude::*;
use serde_json::Value;

use crate::args::{self, Say};
use crate::input::{self, Input};
use crate::report::{Message, Report, json, sarif, text};
use crate::session::{MessageFormat, Outcome, Session, err, out};
use crate::{files, interrupt, words};

/// Most messages of one spec that people are shown; programs get all.
const MOST_SHOWN: usize = 500;

/// Returns the arguments of commands that take many specs.
pub fn arguments(say: Say) -> [Arg; 5] {
    [
        Arg::new("jobs")
            .short('j')
            .long("jobs")
            .value_name("N")
            .value_parser(args::number::<NonZeroUsize>("1, 2, 3 …"))
            .help(say.pick(
                "同时处理几份，默认与处理器核数相同",
                "Number of specs processed at once; the number of cores by default",
            )),
        Arg::new("fail-fast")
            .long("fail-fast")
            .action(ArgAction::SetTrue)
            .help(say.pick("有一份出错后不再处理其余的；不写则全部处理完", "Stop after the first spec that fails")),
        Arg::new("report")
            .long("report")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help(say.pick("把结果另存为 JSON 文件", "Write the results to a JSON file as well")),
        Arg::new("deny")
            .long("deny")
            .value_name("WHAT")
            .value_parser(["warnings"])
            .hide_possible_values(true)
            .help(say.pick("--deny warnings：有警告也算不通过", "--deny warnings: treat warnings as errors")),
        args::message_format(say),
    ]
}

/// Runs `job` for every spec and returns the worst outcome. A failing spec does not stop the others.
///
/// Messages below `least` are not shown to people; machine-readable reports have all of them. `problems` are those of
/// finding the specs, `outputs` the files that will be written.
pub fn run(
    matches: &ArgMatches,
    session: &Session,
    least: Severity,
    (inputs, problems): (Vec<Input>, Vec<Message>),
    outputs: &[PathBuf],
    job: impl Fn(&Input) -> Report + Sync,
) -> Outcome {
    let jobs = matches.get_one::<NonZeroUsize>("jobs").map_or(0, |jobs| jobs.get().min(inputs.len()));
    let fail_fast = matches.get_flag("fail-fast");
    let report = matches.get_one::<PathBuf>("report");
    if let Err(message) = input::check_not_overwritten(matches, &inputs, outputs.iter().chain(report)) {
        return refuse(&[*message], session);
    }
    if let Some(report) = report.filter(|report| outputs.contains(report)) {
        return refuse(&[*words::report_over_output(report)], session);
    }
    let mut screen = Screen::new(session, least, inputs.len(), report.cloned());
    screen.profile = matches.try_get_one::<String>("profile").ok().flatten().cloned();
    screen.remove_leftovers(outputs);
    for problem in &problems {
        screen.add_general(problem);
    }
    let stop = AtomicBool::new(fail_fast && !problems.is_empty());
    let interrupted = || inputs.len() > 1 && interrupt::is_pressed();
    let one = |input: &Input| {
        if stop.load(Ordering::Relaxed) || interrupted() {
            return None;
        }
        let report = job(input);
        if fail_fast && report.outcome != Outcome::Done {
            stop.store(true, Ordering::Relaxed);
        }
        Some(report)
    };
    let pool = if inputs.len() > 1 && jobs != 1 {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok()
    } else {
        None
    };
    match pool {
        Some(pool) => pool.in_place_scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let (inputs, one) = (&inputs, &one);
            scope.spawn(move |_| {
                // In order and one at a time: few reports wait for an earlier one.
                inputs.iter().enumerate().par_bridge().for_each_with(sender, |sender, (index, input)| {
                    // The receiver lives until all specs have reported.
                    let _ = sender.send((index, one(input)));
                });
            });
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (index, report) in receiver {
                screen.progress(&inputs[index], report.is_some());
                waiting.insert(index, report);
                while let Some(report) = waiting.remove(&next) {
                    screen.add_spec(&inputs[next], report);
                    next += 1;
                }
            }
        }),
        None => {
            for input in &inputs {
                let report = one(input);
                screen.progress(input, report.is_some());
                screen.add_spec(input, report);
            }
        }
    }
    if interrupted() {
        screen.add_general(&words::interrupted(inputs.len() - screen.begun));
    }
    screen.finish()
}

/// Reports why a command cannot start.
pub fn refuse(messages: &[Message], session: &Session) -> Outcome {
    let mut screen = Screen::new(session, Severity::Note, 0, None);
    for message in messages {
        screen.add_general(message);
    }
    screen.finish()
}

/// Shows reports as specs finish and collects them for the end.
pub struct Screen<'a> {
    session: &'a Session,
    least: Severity,
    /// The profile of the command line.
    profile: Option<String>,
    total: usize,
    begun: usize,
    outcome: Outcome,
    progress_bar: Option<ProgressBar>,
    summary: text::Summary,
    /// Messages without a place, each shown once: a missing face is the same for a thousand specs.
    shown: BTreeSet<String>,
    report: Option<PathBuf>,
    specs: Vec<Value>,
    /// Names of specs that were not processed.
    not_begun: Vec<String>,
    /// Messages that belong to no spec, as JSON.
    general: Vec<Value>,
    /// All messages, as SARIF.
    results: Vec<Value>,
}

impl<'a> Screen<'a> {
    pub fn new(session: &'a Session, least: Severity, total: usize, report: Option<PathBuf>) -> Self {
        let progress_bar = (total > 1 && std::io::stderr().is_terminal()).then(|| progress_bar(total, session));
        Screen {
            session,
            least,
            profile: None,
            total,
            begun: 0,
            outcome: Outcome::Done,
            progress_bar,
            summary: text::Summary::new(),
            shown: BTreeSet::new(),
            report,
            specs: Vec::new(),
            not_begun: Vec::new(),
            general: Vec::new(),
            results: Vec::new(),
        }
    }

    /// Advances the progress bar.
    fn progress(&self, input: &Input, done: bool) {
        if let Some(progress_bar) = self.progress_bar.as_ref().filter(|_| done) {
            let name = input.path.as_ref().and_then(|path| path.file_stem()).unwrap_or_default();
            progress_bar.set_message(text::escape_controls(&name.to_string_lossy()).into_owned());
            progress_bar.inc(1);
        }
    }

    /// Adds a message that belongs to no spec.
    pub fn add_general(&mut self, message: &Message) {
        if message.severity == Severity::Error {
            self.outcome = Outcome::Failed;
        }
        self.general.push(json::message(message));
        match self.session.format {
            MessageFormat::Text => self.show(message),
            MessageFormat::Json => {}
            MessageFormat::Sarif => self.results.push(sarif::result(message, self.session)),
        }
    }

    /// Removes temporary files of killed runs from the folders of `outputs`, and warns of files that may be out of date.
    pub fn remove_leftovers(&mut self, outputs: &[PathBuf]) {
        let folders: BTreeSet<&Path> = outputs.iter().filter_map(|goal| goal.parent()).collect();
        for folder in folders {
            let is_goal = |name: &String| outputs.contains(&folder.join(name));
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let names: Vec<String> =
                files::remove_leftovers(folder).into_iter().filter(|name| !is_goal(name)).collect();
            if !names.is_empty() {
                self.add_general(&words::old_files_left(folder, &names.join(self.session.pick("、", ", "))));
            }
        }
    }

    /// Adds the next spec; without a report if it was not processed.
    pub fn add_spec(&mut self, input: &Input, report: Option<Report>) {
        let Some(report) = report else {
            self.not_begun.push(input.name());
            return;
        };
        self.begun += 1;
        self.outcome = self.outcome.max(report.outcome);
        if self.report.is_some() || self.session.format == MessageFormat::Json {
            self.specs.push(json::spec(&report));
        }
        match self.session.format {
            MessageFormat::Text => self.text(&report),
            MessageFormat::Json => {}
            MessageFormat::Sarif => self.results.extend(sarif::results(&report, self.session)),
        }
    }

    fn text(&mut self, report: &Report) {
        let least = self.least;
        let is_shown = |message: &&Message| message.severity >= least && !message.is_suppressed();
        let messages = text::fold(report.messages.iter().filter(is_shown));
        for message in messages.iter().take(MOST_SHOWN) {
            self.show(message);
        }
        if let Some(left) = messages.len().checked_sub(MOST_SHOWN).filter(|left| *left > 0) {
            self.show(&words::not_shown(&report.name, left));
        }
        self.summary.add(report, self.session);
        let mut lines = Vec::new();
        if let Some(diff) = &report.diff {
            // Standard output has nothing else, so that it can be kept as a patch.
            lines.extend(Some(diff.trim_end_matches('\n').to_owned()).filter(|diff| !diff.is_empty()));
            err(&text::line(report, self.session));
        } else if self.total > 1 {
            if self.progress_bar.is_none() {
                lines.push(format!("[{}/{}] {}", self.begun, self.total, text::line(report, self.session)));
            }
        } else if report.outcome != Outcome::Failed {
            // `check` shows the counts, `render` the files.
            if self.least == Severity::Note || report.withheld {
                lines.push(text::counts(report, self.session));
            }
            lines.extend(text::written(report, self.session));
        }
        for line in lines {
            out(&line);
        }
        if report.withheld && self.total == 1 {
            err(text::files_withheld(report, self.session));
        }
        if self.least > Severity::Note && self.total == 1 {
            text::hidden_notes(report, self.profile.as_deref(), self.session).iter().for_each(|line| err(line));
        }
    }

    fn show(&mut self, message: &Message) {
        let shown = text::message(message, self.session);
        if message.source.is_none() && !self.shown.insert(shown.clone()) {
            return;
        }
        match &self.progress_bar {
            Some(progress_bar) => progress_bar.suspend(|| err(&shown)),
            None => err(&shown),
        }
    }

    fn finish(mut self) -> Outcome {
        if let Some(progress_bar) = &self.progress_bar {
            progress_bar.finish_and_clear();
        }
        if let Some(path) = self.report.take() {
            let document = json::document(self.outcome, self.specs.clone(), &self.not_begun, self.general.clone());
            let bytes = format!("{document:#}\n").into_bytes();
            if let Err((path, error)) = files::write_all(&[(path, bytes)]) {
                self.add_general(&words::cannot_write(&path, &error));
            }
        }
        match self.session.format {
            MessageFormat::Text if self.total > 1 => {
                let left = self.total - self.begun;
                for line in self.summary.lines(left, self.session) {
                    out(&line);
                }
            }
            MessageFormat::Text => {}
            MessageFormat::Json => {
                out(&format!("{:#}", json::document(self.outcome, self.specs, &self.not_begun, self.general)));
            }
            MessageFormat::Sarif => out(&format!("{:#}", sarif::log(self.outcome, self.results, self.session))),
        }
        self.outcome
    }
}

fn progress_bar(total: usize, session: &Session) -> ProgressBar {
    let progress_bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let template = session.pick(
        "{bar:24} {pos}/{len} 份，每秒 {rate} 份，还需 {eta}  {msg}",
        "{bar:24} {pos}/{len} specs, {rate} per second, {eta} left  {msg}",
    );
    if let Ok(style) = ProgressStyle::with_template(template) {
        progress_bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            // Drawing into memory does not fail.
            let _ = write!(out, "{:.1}", state.per_sec());
        }));
    }
    progress_bar
}
