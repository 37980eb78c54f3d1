//! Settings of a run: language, message format, and outcome.

use std::io::{self, Write};
use std::sync::OnceLock;

use budgetdoc::lang::{Bilingual, Lang};
use clap::ArgMatches;

/// Outcome of a command; its number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: done.
    Done,
    /// 1: findings of error level.
    Findings,
    /// 2: invalid input or usage.
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

/// Format of messages.
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
    /// The language of messages.
    pub lang: Lang,
    /// The language of what is written into files. A locale does not change their bytes: Chinese, unless `--lang` says
    /// otherwise.
    pub file_lang: Lang,
    pub format: MessageFormat,
}

impl Session {
    pub fn new(lang: Lang, matches: &ArgMatches) -> Self {
        let chosen = matches.subcommand().and_then(|(_, matches)| {
            // Only commands that read specs have the argument.
            matches.try_get_one::<String>("message-format").ok().flatten()
        });
        let format = match chosen.map(String::as_str) {
            Some("json") => MessageFormat::Json,
            Some("sarif") => MessageFormat::Sarif,
            _ => MessageFormat::Text,
        };
        let asked = matches.subcommand().and_then(|(_, matches)| matches.get_one::<String>("lang"));
        Session { lang, file_lang: if asked.is_some() { lang } else { Lang::Zh }, format }
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

/// Why standard output did not take all that was printed; unset where it did.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Prints a line on standard output. A closed pipe, as with `| head`, is no error.
pub fn out(line: &str) {
    match writeln!(io::stdout(), "{line}") {
        // Keep the first reason, which is printed at the end.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => _ = LOST.set(error),
        _ => {}
    }
}

/// Returns why standard output failed, as on a full disk; none where it did not.
pub fn lost() -> Option<&'static io::Error> {
    LOST.get()
}

/// Prints a line on standard error, in colour if enabled.
pub fn err(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
