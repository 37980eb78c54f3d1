//! `budgetdoc explain`: explains a rule.

use budgetdoc::check;
use clap::{Arg, ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::session::{Outcome, Session, out};
use crate::{batch, words};

pub const COMMAND: Command = Command { name: "explain", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.pick("说明一条核对规则", "Explain a rule")).arg(
        Arg::new("rule").value_name("RULE").required(true).help(say.pick(
            "规则编号，如 A5；全部规则见 budgetdoc rules",
            "The rule's id, such as A5; `budgetdoc rules` lists them",
        )),
    )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let id = matches.get_one::<String>("rule").map(String::as_str).unwrap_or_default();
    match check::rule(&id.to_ascii_uppercase()) {
        Some(rule) => {
            let severity = rule.severity.name(session.lang);
            out(&format!("{}  {}  [{severity}]\n", rule.id, rule.title(session.lang)));
            out(rule.explanation(session.lang));
            if let Some(option) = words::option_of(rule.id, None) {
                out(&format!("{}{option}", session.pick("选项：check ", "Option: check ")));
            }
            let examples = [
                (rule.wrong, session.pick("错误的写法：", "Wrong:")),
                (rule.right, session.pick("正确的写法：", "Right:")),
            ];
            for (lines, title) in examples.iter().filter(|(lines, _)| !lines.trim().is_empty()) {
                out(&format!("\n{title}\n"));
                for line in lines.trim_end().lines() {
                    out(&format!("    {line}"));
                }
            }
            Outcome::Done
        }
        None => {
            let known: Vec<&str> = check::rules().iter().map(|rule| rule.id).collect();
            batch::refuse(&[*words::no_such_rule(id, &known)], session)
        }
    }
}
