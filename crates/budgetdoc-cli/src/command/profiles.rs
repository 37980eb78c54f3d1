//! `budgetdoc profiles`: lists the profiles.

use std::path::Path;

use budgetdoc::Profile;
use budgetdoc::lang::Lang;
use budgetdoc::source::Located;
use clap::{ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::profile_folders::{self, ProfileFolders};
use crate::session::{Outcome, Session, out};
use crate::{batch, words};

pub const COMMAND: Command = Command { name: "profiles", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(
            say.pick("列出版式：自带的，和 profiles 文件夹中的", "List profiles: built-in ones and those of folders"),
        )
        .arg(profile_folders::argument(say))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    for name in Profile::built_in_names() {
        match Profile::built_in(&Located::from(name.to_owned())) {
            Ok(profile) => list(name, &profile, None, session),
            Err(error) => return batch::refuse(&words::plain_problems(error), session),
        }
    }
    let mut outcome = Outcome::Done;
    let folders = ProfileFolders::of(matches);
    for (name, file) in folders.files(None) {
        match folders.given(&name, &mut Vec::new()) {
            Ok(found) => list(&name, &found.profile, Some(&file), session),
            // The others can be used.
            Err(messages) => outcome = batch::refuse(&messages, session),
        }
    }
    outcome
}

fn list(name: &str, profile: &Profile, file: Option<&Path>, session: &Session) {
    let tables = profile.tables.iter().count();
    let base = profile.extends.as_ref().map(|base| match session.lang {
        Lang::Zh => format!("，沿用 {}", base.value),
        Lang::En => format!(", extends {}", base.value),
    });
    let base = base.unwrap_or_default();
    let file = file.map(|file| format!("  {}", file.display())).unwrap_or_default();
    out(&match session.lang {
        Lang::Zh => format!("{name}  {}，{tables} 张表{base}{file}", profile.about),
        Lang::En => format!("{name}  {}, {tables} tables{base}{file}", profile.about),
    });
}
