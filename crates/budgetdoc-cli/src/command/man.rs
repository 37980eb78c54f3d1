//! `budgetdoc man`: manual pages.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::session::{Outcome, Session, out};
use crate::{batch, files, words};

pub const COMMAND: Command = Command { name: "man", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command.about(say.pick("生成 man 手册页", "Write manual pages")).arg(
        Arg::new("folder")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .required(true)
            .help(say.pick("写入的文件夹，如 share/man/man1", "The folder for them, such as share/man/man1")),
    )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    let mut program = args::program(session.lang);
    program.build();
    let mut pages = vec![("budgetdoc.1".to_owned(), program.clone())];
    for command in program.get_subcommands() {
        let name = format!("budgetdoc-{}", command.get_name());
        pages.push((format!("{name}.1"), command.clone().name(name)));
    }
    let mut written = Vec::new();
    for (name, command) in pages {
        // No date: the same program always writes the same pages.
        let page = clap_mangen::Man::new(command).date("");
        let mut bytes = Vec::new();
        // Writing into memory does not fail.
        if page.render(&mut bytes).is_ok() {
            written.push((folder.join(name), bytes));
        }
    }
    if let Err((path, error)) = files::write_all(&written) {
        return batch::refuse(&[*words::cannot_write(&path, &error)], session);
    }
    for (path, _) in &written {
        out(&path.display().to_string());
    }
    Outcome::Done
}
