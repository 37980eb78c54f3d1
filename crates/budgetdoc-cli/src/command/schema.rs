//! `budgetdoc schema`: JSON Schemas for editors.

use budgetdoc::schema;
use clap::{Arg, ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::session::{Outcome, Session, out};

pub const COMMAND: Command = Command { name: "schema", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("输出 JSON Schema，供编辑器补全和检查", "Print a JSON Schema, for completion in editors"))
        .arg(
            Arg::new("file")
                .value_name("spec|profile")
                .value_parser(["spec", "profile"])
                .hide_possible_values(true)
                .required(true)
                .help(say.pick("哪种文件：spec 数据文件，profile 版式文件", "The kind of file: spec or profile")),
        )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let schema = match matches.get_one::<String>("file").map(String::as_str) {
        Some("profile") => schema::profile(session.lang),
        _ => schema::spec(session.lang),
    };
    out(&format!("{schema:#}"));
    Outcome::Done
}
