//! What holds for a whole run: language, the form of messages, and how it ended.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use budgetdoc::lang::{Bilingual, Lang};
use clap::ArgMatches;

/// How a command ended; its number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: done.
    Done,
    /// 1: findings of error level.
    Findings,
    /// 2: input or usage that cannot be worked with.
    Failed,
}

impl Outcome {
    /// Returns the exit code.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Returns its name in machine-readable reports.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Findings => "findings",
            Outcome::Failed => "failed",
        }
    }
}

/// The form of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people, on standard error.
    Text,
    /// One JSON document on standard output.
    Json,
    /// One SARIF 2.1.0 log on standard output.
    Sarif,
}

/// The settings every command has.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    pub lang: Lang,
    pub format: MessageFormat,
}

impl Session {
    pub fn new(lang: Lang, matches: &ArgMatches) -> Self {
        let chosen = matches.subcommand().and_then(|(_, matches)| {
            // Only commands that read specs have it.
            matches.try_get_one::<String>("message-format").ok().flatten()
        });
        let format = match chosen.map(String::as_str) {
            Some("json") => MessageFormat::Json,
            Some("sarif") => MessageFormat::Sarif,
            _ => MessageFormat::Text,
        };
        Session { lang, format }
    }

    /// Returns the words of `text` in the user's language.
    pub fn say<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.get(self.lang)
    }

    /// Returns one of two texts, the one in the user's language.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Whether standard output did not take all that was printed.
static LOST: AtomicBool = AtomicBool::new(false);

/// Prints a line on standard output. A reader that has gone away, as in `| head`, is no fault.
pub fn out(line: &str) {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !LOST.swap(true, Ordering::Relaxed) => {
            err(&format!("stdout: {error}"));
        }
        _ => {}
    }
}

/// Returns how the run ended: failed where standard output, as a full disk, did not take what was printed.
pub fn or_lost(outcome: Outcome) -> Outcome {
    if LOST.load(Ordering::Relaxed) { Outcome::Failed } else { outcome }
}

/// Prints a line on standard error, without its colours where they are not wanted.
pub fn err(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
