//! `budgetdoc watch`: renders a spec again whenever it is saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use budgetdoc::check::Severity;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Command;
use super::render::{self, Render};
use crate::args::Say;
use crate::batch::{self, Screen};
use crate::input::{self, Input};
use crate::report::{Message, Source, json};
use crate::serve::Server;
use crate::session::{Outcome, Session, out};
use crate::{profile_folders, words};

pub const COMMAND: Command = Command { name: "watch", define, run };

/// Time within which events are one save: editors save in several steps.
const SETTLE: Duration = Duration::from_millis(30);

/// Time within which events are one save, after a file was closed or replaced.
const SETTLE_WHOLE: Duration = Duration::from_millis(3);

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("保存数据文件后自动重新生成", "Render a spec again whenever it is saved"))
        .arg(
            Arg::new("spec")
                .value_name("SPEC")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help(say.pick("预算数据文件（YAML）", "The spec (YAML)")),
        )
        .args(render::arguments(say))
        .arg(Arg::new("serve").long("serve").action(ArgAction::SetTrue).help(say.pick(
            "在浏览器中查看：打开本机的一个网页，显示 PDF 和核对结果",
            "Show PDF and findings in the browser, on a local page",
        )))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    watch(matches, session).unwrap_or_else(|messages| batch::refuse(&messages, session))
}

fn watch(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let input = input::at(&matches.get_one::<PathBuf>("spec").cloned().unwrap_or_default());
    let mut render = Render::of(matches)?;
    let inputs = std::slice::from_ref(&input);
    let outputs = render.outputs(inputs, session).map_err(|message| vec![*message])?;
    input::check_not_overwritten(matches, inputs, &outputs).map_err(|message| vec![*message])?;
    // A spec missing at the start is an error; one missing later is being saved.
    Source::read(&input)?;
    let (mut watched, mut watcher, events) = start_watching(matches, &input)?;
    let server = match matches.get_flag("serve") {
        true => Some(Server::start(session).map_err(|error| vec![*words::cannot_serve(&error)])?),
        false => None,
    };
    if let Some(server) = &server {
        out(&server.address());
    }
    let mut screen = Screen::new(session, Severity::Warning, 1, None);
    screen.remove_leftovers(&outputs);
    loop {
        let mut seen = contents(&watched);
        let report = render.process(&input);
        for file in render.profile_files() {
            if let Ok(file) = std::path::absolute(file)
                && !watched.contains(&file)
            {
                watch_file(&mut watcher, &file)?;
                watched.push(file);
                seen = None;
            }
        }
        if let Some(server) = &server {
            let pdf = report.written.iter().find(|path| path.extension().is_some_and(|extension| extension == "pdf"));
            server.show(json::watched(&report), pdf.and_then(|path| std::fs::read(path).ok()));
        }
        let kept = report.written.is_empty();
        screen.add_spec(&input, Some(report));
        if kept {
            // The next save may succeed, even with the same text.
            seen = None;
            out(session.pick("没有生成，仍保留上一次的文件", "nothing written; the last files are unchanged"));
        }
        out(session.pick("等待修改，按 Ctrl+C 结束", "waiting for changes; press Ctrl+C to end"));
        loop {
            if !wait_for_change(&events, &watched) {
                return Ok(Outcome::Done);
            }
            if seen.is_none() || contents(&watched) != seen {
                break;
            }
        }
        if let Err(messages) = render.renew(matches) {
            // The profile is being edited as well: report and wait for its next save.
            for message in &messages {
                screen.add_general(message);
            }
        }
    }
}

type Begun = (Vec<PathBuf>, RecommendedWatcher, Receiver<notify::Result<notify::Event>>);

/// Watches the folders of the files: editors save by replacing the file.
fn start_watching(matches: &ArgMatches, input: &Input) -> Result<Begun, Vec<Message>> {
    let files = input.path.iter().cloned().chain(profile_folders::file_of(matches));
    let watched: Vec<PathBuf> = files.filter_map(|path| std::path::absolute(path).ok()).collect();
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(cannot_watch)?;
    for file in &watched {
        watch_file(&mut watcher, file)?;
    }
    Ok((watched, watcher, events))
}

fn watch_file(watcher: &mut RecommendedWatcher, file: &Path) -> Result<(), Vec<Message>> {
    file.parent().map_or(Ok(()), |folder| watcher.watch(folder, RecursiveMode::NonRecursive)).map_err(cannot_watch)
}

fn cannot_watch(error: notify::Error) -> Vec<Message> {
    vec![*words::cannot_watch(&error)]
}

/// Returns the contents of the files; none if one of them cannot be read.
fn contents(watched: &[PathBuf]) -> Option<Vec<Vec<u8>>> {
    watched.iter().map(|path| std::fs::read(path).ok()).collect()
}

/// Waits until one of the files was saved; returns false if the watcher has ended.
fn wait_for_change(events: &Receiver<notify::Result<notify::Event>>, watched: &[PathBuf]) -> bool {
    let kind = |event: notify::Result<notify::Event>| {
        event.ok().filter(|event| event.paths.iter().any(|path| watched.contains(path))).map(|event| event.kind)
    };
    let mut settle = None;
    loop {
        let event = match settle {
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(time) => events.recv_timeout(time),
        };
        match event.map(kind) {
            Ok(Some(
                EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Modify(ModifyKind::Name(_)),
            )) => {
                settle = Some(SETTLE_WHOLE);
            }
            Ok(Some(kind)) if !kind.is_access() => settle = Some(SETTLE),
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
