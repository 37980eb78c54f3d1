//! `budgetdoc profiles`: lists the built-in profiles.

use budgetdoc::Profile;
use budgetdoc::lang::Lang;
use budgetdoc::source::Located;
use clap::{ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::batch;
use crate::report::Message;
use crate::session::{Outcome, Session, out};

pub const COMMAND: Command = Command { name: "profiles", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.pick("列出自带的版式", "List the built-in profiles"))
}

fn run(_: &ArgMatches, session: &Session) -> Outcome {
    for name in Profile::built_in_names() {
        let profile = match Profile::built_in(&Located::from(name.to_owned())) {
            Ok(profile) => profile,
            Err(error) => {
                let messages = error.problems.into_iter().map(|problem| Message::plain(problem.message, problem.help));
                return batch::refuse(&messages.collect::<Vec<_>>(), session);
            }
        };
        let tables = profile.tables.iter().count();
        let base = profile.extends.as_ref().map(|base| match session.lang {
            Lang::Zh => format!("，沿用 {}", base.value),
            Lang::En => format!(", extends {}", base.value),
        });
        let base = base.unwrap_or_default();
        out(&match session.lang {
            Lang::Zh => format!("{name}  {}，{tables} 张表{base}", profile.about),
            Lang::En => format!("{name}  {}, {tables} tables{base}", profile.about),
        });
    }
    Outcome::Done
}
