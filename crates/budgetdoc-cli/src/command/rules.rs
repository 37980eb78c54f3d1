//! `budgetdoc rules`: lists the rules.

use budgetdoc::check;
use clap::{ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::session::{Outcome, Session, out};

pub const COMMAND: Command = Command { name: "rules", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.pick("列出全部核对规则", "List all rules"))
}

fn run(_: &ArgMatches, session: &Session) -> Outcome {
    for rule in check::rules() {
        out(&format!("{:<5}{}", rule.id, rule.title(session.lang)));
    }
    Outcome::Done
}
