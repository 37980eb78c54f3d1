//! `budgetdoc convert`: a spec as an entry workbook, and back.

use std::path::{Path, PathBuf};

use budgetdoc::Spec;
use budgetdoc::workbook::write_entries;
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::Say;
use crate::report::{Message, Source, text};
use crate::session::{Outcome, Session, err, out};
use crate::work::Shared;
use crate::{batch, entry_book, files, input, profile_folders, words};

pub const COMMAND: Command = Command { name: "convert", define, run };

fn define(command: Clap, say: Say) -> Clap {
    let file = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).value_name(name).value_parser(value_parser!(PathBuf)).required(true).help(help)
    };
    command
        .about(say.pick("YAML 数据文件与填报用的 Excel 工作簿互相转换", "Turn a spec into an entry workbook, and back"))
        .arg(file(
            "spec",
            "SPEC",
            say.pick("数据文件（yaml）或填报工作簿（xlsx）", "The spec (yaml) or entry workbook (xlsx)"),
        ))
        .arg(file(
            "output",
            "FILE",
            say.pick(
                "要写的文件，另一种格式；已有的文件不会被覆盖",
                "The file to write, of the other format. No file is replaced",
            ),
        ))
        .arg(profile_folders::profile(say))
        .arg(profile_folders::argument(say))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    convert(matches, session).unwrap_or_else(|messages| batch::refuse(&messages, session))
}

fn convert(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let path = |id: &str| matches.get_one::<PathBuf>(id).cloned().unwrap_or_default();
    let (from, to) = (path("spec"), path("output"));
    if entry_book::is_book(&from) == entry_book::is_book(&to) {
        return Err(vec![*words::same_format(&from, &to)]);
    }
    let input = input::at(&from);
    let (source, notes) = Source::read_noted(&input)?;
    notes.iter().for_each(|note| err(&text::message(note, session)));
    let bytes = match entry_book::is_book(&to) {
        true => {
            let spec = Spec::from_yaml(&source.text).map_err(|error| Message::problems(error, &source, None))?;
            let profile = Shared::load(matches)?.profile(&spec, &input, &source)?;
            entry_bytes(&to, &spec, &profile)?
        }
        false => source.text.clone().into_bytes(),
    };
    files::write_new(&to, &bytes).map_err(|message| vec![*message])?;
    let name = to.display();
    out(session.pick(&format!("已生成 {name}"), &format!("wrote {name}")));
    Ok(Outcome::Done)
}

/// Returns a spec as an entry workbook.
pub fn entry_bytes(path: &Path, spec: &Spec, profile: &budgetdoc::Profile) -> Result<Vec<u8>, Vec<Message>> {
    write_entries(spec, profile)
        .map_err(|error| vec![*words::cannot_write(path, &std::io::Error::other(error.to_string()))])
}
