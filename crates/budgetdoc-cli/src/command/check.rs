//! `budgetdoc check`.

use budgetdoc::check::Severity;
use clap::{ArgMatches, Command as Clap};

use super::Command;
use crate::args::{self, Say};
use crate::session::{Outcome, Session};
use crate::work::Shared;
use crate::{batch, input};

pub const COMMAND: Command = Command { name: "check", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.it("核对数字和文字", "Check figures and texts"))
        .args(input::arguments(say))
        .arg(args::profile(say))
        .args(batch::arguments(say))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let shared = match Shared::load(matches) {
        Ok(shared) => shared,
        Err(messages) => return batch::refuse(&messages, session),
    };
    let (inputs, problems) = input::collect(matches);
    batch::run(matches, session, Severity::Note, inputs, problems, |input| match shared.check(input) {
        Ok(checked) => checked.report(),
        Err(report) => *report,
    })
}
