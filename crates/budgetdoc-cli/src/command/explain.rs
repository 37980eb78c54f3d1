//! `budgetdoc explain`: what a rule asks for.

use budgetdoc::check;
use clap::{Arg, ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::session::{Outcome, Session, out};
use crate::{batch, words};

pub const COMMAND: Command = Command { name: "explain", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.it("说明一条核对规则", "Explain a rule")).arg(
        Arg::new("rule").value_name("RULE").required(true).help(say.it(
            "规则编号，如 A5；全部规则见 budgetdoc rules",
            "The rule's id, such as A5; `budgetdoc rules` lists them",
        )),
    )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let id = matches.get_one::<String>("rule").map(String::as_str).unwrap_or_default();
    match check::rules().find(|rule| rule.id.eq_ignore_ascii_case(id)) {
        Some(rule) => {
            out(&format!("{}  {}\n\n{}", rule.id, rule.title(session.lang), rule.explanation(session.lang)));
            Outcome::Done
        }
        None => {
            let known: Vec<&str> = check::rules().map(|rule| rule.id).collect();
            batch::refuse(&[*words::no_such_rule(id, &known)], session)
        }
    }
}
