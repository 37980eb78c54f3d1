//! `budgetdoc profile show`: a profile as written, to read or to copy.

use budgetdoc::Profile;
use budgetdoc::source::Located;
use clap::{Arg, ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::batch;
use crate::report::Message;
use crate::session::{Outcome, Session, out};

pub const COMMAND: Command = Command { name: "profile", define, run };

fn define(command: Clap, say: Say) -> Clap {
    let name = Arg::new("name").value_name("NAME").required(true).help(
        say.pick("版式的名称；全部版式见 budgetdoc profiles", "The profile's name; `budgetdoc profiles` lists them"),
    );
    let about = say.pick("输出一个自带的版式（YAML）", "Print a built-in profile (YAML)");
    command
        .about(say.pick("查看自带的版式", "Show a built-in profile"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Clap::new("show").about(about).arg(name))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let shown = matches.subcommand_matches("show").and_then(|matches| matches.get_one::<String>("name"));
    match Profile::built_in_source(&Located::from(shown.cloned().unwrap_or_default())) {
        Ok(yaml) => {
            out(yaml.trim_end());
            Outcome::Done
        }
        Err(error) => {
            let messages = error.problems.into_iter().map(Message::problem);
            batch::refuse(&messages.collect::<Vec<_>>(), session)
        }
    }
}
