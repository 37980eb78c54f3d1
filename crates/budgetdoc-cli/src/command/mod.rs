//! The commands, one file each.

mod check;
mod completions;
#[cfg(feature = "workbook")]
mod convert;
mod diff;
mod explain;
mod fonts;
#[cfg(feature = "workbook")]
mod import;
mod init;
mod man;
mod profile;
mod profiles;
mod render;
mod rollover;
mod rules;
mod schema;
mod watch;

use clap::{ArgMatches, Command as Clap};

use crate::args::Say;
use crate::session::{Outcome, Session};

/// A command: its name, its arguments with their help, and its function.
pub struct Command {
    pub name: &'static str,
    pub define: fn(Clap, Say) -> Clap,
    pub run: fn(&ArgMatches, &Session) -> Outcome,
}

/// All commands, in the order help lists them. Adding one means a file here and a line in this table.
pub const ALL: &[Command] = &[
    init::COMMAND,
    #[cfg(feature = "workbook")]
    import::COMMAND,
    render::COMMAND,
    check::COMMAND,
    watch::COMMAND,
    #[cfg(feature = "workbook")]
    convert::COMMAND,
    rollover::COMMAND,
    diff::COMMAND,
    rules::COMMAND,
    explain::COMMAND,
    profiles::COMMAND,
    profile::COMMAND,
    fonts::COMMAND,
    schema::COMMAND,
    completions::COMMAND,
    man::COMMAND,
];

/// Runs the command of that name.
pub fn run(name: &str, matches: &ArgMatches, session: &Session) -> Outcome {
    match ALL.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(matches, session),
        None => Outcome::Failed,
    }
}

/// Returns the names of all commands.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|command| command.name).collect()
}
