//! `budgetdoc init`: a new spec with every gap marked.

use std::path::PathBuf;

use budgetdoc::Profile;
use budgetdoc::money::Unit;
use budgetdoc::schema;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::profile_folders::{self, ProfileFolders};
use crate::report::Message;
#[cfg(feature = "workbook")]
use crate::report::Source;
use crate::session::{Outcome, Session, out};
use crate::starter::{SCHEMA, Starter};
use crate::{batch, files, words};

pub const COMMAND: Command = Command { name: "init", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("写出一份带说明的空白数据文件", "Write a new spec with comments"))
        .arg(
            Arg::new("name")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .default_value("budget.yaml")
                .hide_default_value(true)
                .help(say.pick(
                    "要写的文件，默认 budget.yaml；- 为标准输出",
                    "The file to write, budget.yaml by default; - for standard output",
                )),
        )
        .arg(
            Arg::new("profile")
                .long("profile")
                .value_name("NAME|FILE")
                .default_value(Profile::built_in_names().next().unwrap_or_default())
                .help(say.pick(
                    "版式的名称（见 budgetdoc profiles）或版式文件",
                    "A profile's name (`budgetdoc profiles` lists them) or file",
                )),
        )
        .arg(profile_folders::argument(say))
        .arg(
            Arg::new("department")
                .long("name")
                .value_name("NAME")
                .help(say.pick("部门的名称", "The department's name")),
        )
        .arg(Arg::new("year").long("year").value_name("YEAR").value_parser(args::year).help(say.pick(
            "预算年度；不写则取文件名中的年份，再不然取版式的年份",
            "The fiscal year; that in the file's name when left out, else that of the profile",
        )))
        .arg(
            Arg::new("unit")
                .long("unit")
                .value_name("UNIT")
                .value_parser(Unit::ALL.map(Unit::name))
                .hide_possible_values(true)
                .help(say.pick(
                    "数据文件中金额的单位：元、千元、万元或亿元；不写则与表中的一样",
                    "Unit of the spec's amounts, by its Chinese name; that of the tables when left out",
                )),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("yaml|xlsx")
                .value_parser(["yaml", "xlsx"])
                .hide_possible_values(true)
                .help(say.pick(
                    "格式：yaml，或供填报的 Excel 工作簿 xlsx；不写则看文件的扩展名",
                    "The format: yaml, or xlsx for a workbook to fill in; by the file's extension when left out",
                )),
        )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    write(matches, session).unwrap_or_else(|messages| batch::refuse(&messages, session))
}

fn write(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let given = matches.get_one::<String>("profile").map_or("", String::as_str);
    let profile = ProfileFolders::of(matches).given(given, &mut Vec::new())?.profile;
    let written = Session { lang: session.file_lang, ..*session };
    let mut path = matches.get_one::<PathBuf>("name").cloned().unwrap_or_default();
    let is_named_book = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let is_book = match matches.get_one::<String>("format") {
        // The name that a file has by default gives no format.
        Some(format) if matches.value_source("name") == Some(ValueSource::DefaultValue) => format == "xlsx",
        Some(format) if (format == "xlsx") != is_named_book && path.extension().is_some() => {
            return Err(vec![*words::other_format(&path, format)]);
        }
        Some(format) => format == "xlsx",
        None => is_named_book,
    };
    if is_book {
        path.set_extension("xlsx");
    }
    let mut starter = Starter::new(&profile, &path, &written);
    starter.name = matches.get_one::<String>("department").cloned();
    if let Some(year) = matches.get_one::<u16>("year") {
        starter.year = year.to_string();
    }
    if let Some(unit) = matches.get_one::<String>("unit") {
        starter.unit.clone_from(unit);
    }
    let text = starter.write();
    #[cfg(feature = "workbook")]
    if is_book {
        let source = Source::new(&path.display().to_string(), text);
        let spec = budgetdoc::Spec::from_yaml(&source.text).map_err(|error| Message::problems(error, &source, None))?;
        let bytes = super::convert::entry_bytes(&path, &spec, &profile)?;
        files::write_new(&path, &bytes).map_err(|message| vec![*message])?;
        out(session.say(&words::spec_written(&path, &profile)));
        return Ok(Outcome::Done);
    }
    if path.as_os_str() == "-" {
        out(text.trim_end());
        return Ok(Outcome::Done);
    }
    files::write_new(&path, text.as_bytes()).map_err(|message| vec![*message])?;
    // Editors complete from the schema next to it without a network.
    let schema = path.with_file_name(SCHEMA);
    let bytes = format!("{:#}\n", schema::spec(session.file_lang)).into_bytes();
    files::write_all(&[(schema, bytes)]).map_err(|(path, error)| vec![*words::cannot_write(&path, &error)])?;
    out(session.say(&words::spec_written(&path, &profile)));
    Ok(Outcome::Done)
}
