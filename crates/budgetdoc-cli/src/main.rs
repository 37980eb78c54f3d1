//! The budgetdoc command: specs in, documents and findings out.

mod args;
mod batch;
mod command;
#[cfg(feature = "workbook")]
mod entry_book;
mod faces;
mod files;
mod formats;
mod input;
mod interrupt;
mod profile_folders;
mod report;
mod serve;
mod session;
mod starter;
mod usage;
mod words;
mod work;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (lang, colour) = args::language_and_color(std::env::args_os());
    let matches = args::parse(lang, colour);
    let session = session::Session::new(lang, &matches);
    let outcome = match matches.subcommand() {
        Some((name, matches)) => command::run(name, matches, &session),
        // A command is required, so clap has ended the program before this.
        None => session::Outcome::Failed,
    };
    let outcome = match session::lost() {
        Some(error) => {
            let lost = words::cannot_write(Path::new("<stdout>"), error);
            session::err(&report::text::message(&lost, &session));
            session::Outcome::Failed
        }
        None => outcome,
    };
    ExitCode::from(outcome.code())
}
