//! Many specs at once: on all cores, reported in the order they were named.

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

/// Returns the arguments of commands that take many specs.
pub fn arguments(say: Say) -> [Arg; 4] {
    [
        Arg::new("jobs")
            .short('j')
            .long("jobs")
            .value_name("N")
            .value_parser(args::number::<NonZeroUsize>("1, 2, 3 …"))
            .help(say.it(
                "同时处理几份，默认与处理器核数相同",
                "How many specs at once; as many as there are cores by default",
            )),
        Arg::new("fail-fast")
            .long("fail-fast")
            .action(ArgAction::SetTrue)
            .help(say.it("有一份出错后不再处理其余的；不写则全部处理完", "Stop after the first spec that fails")),
        Arg::new("report")
            .long("report")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help(say.it("把结果另存为 JSON 文件", "Write the results to a JSON file as well")),
        args::message_format(say),
    ]
}

/// Does `job` for every spec and returns the worst outcome: one bad spec does not keep the others from being done.
///
/// Messages below `least` are kept from people; programs get all of them. `problems` are those of finding the specs,
/// `goals` the files that will be written.
pub fn run(
    matches: &ArgMatches,
    session: &Session,
    least: Severity,
    (inputs, problems): (Vec<Input>, Vec<Message>),
    goals: &[PathBuf],
    job: impl Fn(&Input) -> Report + Sync,
) -> Outcome {
    let jobs = matches.get_one::<NonZeroUsize>("jobs").map_or(0, |jobs| jobs.get().min(inputs.len()));
    let fail_fast = matches.get_flag("fail-fast");
    let report = matches.get_one::<PathBuf>("report");
    if let Err(message) = input::spare(matches, &inputs, goals.iter().chain(report)) {
        return refuse(&[*message], session);
    }
    if let Some(report) = report.filter(|report| goals.contains(report)) {
        return refuse(&[*words::report_over_output(report)], session);
    }
    let mut screen = Screen::new(session, least, inputs.len(), report.cloned());
    screen.sweep(goals);
    for problem in &problems {
        screen.general(problem);
    }
    let stop = AtomicBool::new(fail_fast && !problems.is_empty());
    let interrupted = || inputs.len() > 1 && interrupt::came();
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
                // Handed out one by one and in order, so that few reports wait for one before them.
                inputs.iter().enumerate().par_bridge().for_each_with(sender, |sender, (index, input)| {
                    // The other end is there until all have reported.
                    let _ = sender.send((index, one(input)));
                });
            });
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (index, report) in receiver {
                screen.progress(&inputs[index], report.is_some());
                waiting.insert(index, report);
                while let Some(report) = waiting.remove(&next) {
                    screen.spec(&inputs[next], report);
                    next += 1;
                }
            }
        }),
        None => {
            for input in &inputs {
                let report = one(input);
                screen.progress(input, report.is_some());
                screen.spec(input, report);
            }
        }
    }
    if interrupted() {
        screen.general(&words::interrupted(inputs.len() - screen.begun));
    }
    screen.finish()
}

/// Says why a command cannot begin at all.
pub fn refuse(messages: &[Message], session: &Session) -> Outcome {
    let mut screen = Screen::new(session, Severity::Note, 0, None);
    for message in messages {
        screen.general(message);
    }
    screen.finish()
}

/// What is shown while specs are worked on, and kept for the end.
pub struct Screen<'a> {
    session: &'a Session,
    least: Severity,
    total: usize,
    begun: usize,
    outcome: Outcome,
    bar: Option<ProgressBar>,
    summary: text::Summary,
    /// Messages that are in no line, each shown once: a missing face is the same for a thousand specs.
    said: BTreeSet<String>,
    report: Option<PathBuf>,
    specs: Vec<Value>,
    /// The names of those that were not begun.
    not_begun: Vec<String>,
    /// What belongs to no spec, as JSON.
    general: Vec<Value>,
    /// Everything, as SARIF.
    results: Vec<Value>,
}

impl<'a> Screen<'a> {
    pub fn new(session: &'a Session, least: Severity, total: usize, report: Option<PathBuf>) -> Self {
        let bar = (total > 1 && std::io::stderr().is_terminal()).then(|| bar(total, session));
        Screen {
            session,
            least,
            total,
            begun: 0,
            outcome: Outcome::Done,
            bar,
            summary: text::Summary::new(),
            said: BTreeSet::new(),
            report,
            specs: Vec::new(),
            not_begun: Vec::new(),
            general: Vec::new(),
            results: Vec::new(),
        }
    }

    /// Moves the bar on.
    fn progress(&self, input: &Input, done: bool) {
        if let Some(bar) = self.bar.as_ref().filter(|_| done) {
            let name = input.path.as_ref().and_then(|path| path.file_stem()).unwrap_or_default();
            bar.set_message(text::visible(&name.to_string_lossy()).into_owned());
            bar.inc(1);
        }
    }

    /// A message that belongs to no spec.
    pub fn general(&mut self, message: &Message) {
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

    /// Removes what runs that were killed have left where `goals` will be, and says which files may be old though this run
    /// does not make them.
    pub fn sweep(&mut self, goals: &[PathBuf]) {
        let folders: BTreeSet<&Path> = goals.iter().filter_map(|goal| goal.parent()).collect();
        for folder in folders {
            let is_goal = |name: &String| goals.contains(&folder.join(name));
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let names: Vec<String> = files::sweep(folder).into_iter().filter(|name| !is_goal(name)).collect();
            if !names.is_empty() {
                self.general(&words::left_behind(folder, &names.join(self.session.pick("、", ", "))));
            }
        }
    }

    /// The next spec; without a report if it was not begun.
    pub fn spec(&mut self, input: &Input, report: Option<Report>) {
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
        let heard = |message: &&Message| message.severity >= least && !message.is_suppressed();
        for message in text::folded(report.messages.iter().filter(heard)) {
            self.show(&message);
        }
        self.summary.add(report, self.session);
        let mut lines = Vec::new();
        if let Some(diff) = &report.diff {
            // Nothing else stands on standard output, which may be kept as a patch.
            lines.extend(Some(diff.trim_end_matches('\n').to_owned()).filter(|diff| !diff.is_empty()));
            err(&text::line(report, self.session));
        } else if self.total > 1 {
            if self.bar.is_none() {
                lines.push(format!("[{}/{}] {}", self.begun, self.total, text::line(report, self.session)));
            }
        } else if report.outcome != Outcome::Failed {
            // Who checks wants the numbers; who renders, the files.
            if self.least == Severity::Note || report.withheld {
                lines.push(text::counts(report, self.session));
            }
            lines.extend(text::written(report, self.session));
        }
        for line in lines {
            out(&line);
        }
        if report.withheld && self.total == 1 {
            err(text::withheld(self.session));
        }
    }

    fn show(&mut self, message: &Message) {
        let shown = text::message(message, self.session);
        if message.source.is_none() && !self.said.insert(shown.clone()) {
            return;
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| err(&shown)),
            None => err(&shown),
        }
    }

    fn finish(mut self) -> Outcome {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(path) = self.report.take() {
            let document = json::document(self.outcome, self.specs.clone(), &self.not_begun, self.general.clone());
            let bytes = format!("{document:#}\n").into_bytes();
            if let Err((path, error)) = files::write_all(&[(path, bytes)]) {
                self.general(&words::cannot_write(&path, &error));
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

fn bar(total: usize, session: &Session) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let template = session.pick(
        "{bar:24} {pos}/{len} 份，每秒 {rate} 份，还需 {eta}  {msg}",
        "{bar:24} {pos}/{len} specs, {rate} a second, {eta} left  {msg}",
    );
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            // The bar is drawn into memory.
            let _ = write!(out, "{:.1}", state.per_sec());
        }));
    }
    bar
}
