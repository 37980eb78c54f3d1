//! `budgetdoc completions`: completion scripts of shells.

use clap::{Arg, ArgMatches, Command as Clap, value_parser};
use clap_complete::Shell;

use super::Command;
use crate::args::{self, Say};
use crate::session::{Outcome, Session};

pub const COMMAND: Command = Command { name: "completions", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.pick("输出命令行补全脚本", "Print a completion script for a shell")).arg(
        Arg::new("shell")
            .value_name("SHELL")
            .value_parser(value_parser!(Shell))
            .hide_possible_values(true)
            .required(true)
            .help(say.pick("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish")),
    )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut args::program(session.lang), "budgetdoc", &mut script);
        crate::session::out(String::from_utf8_lossy(&script).trim_end());
    }
    Outcome::Done
}
