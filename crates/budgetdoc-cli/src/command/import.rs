//! `budgetdoc import`: a spec from the workbook that an office has.

use std::io::Write;
use std::path::{Path, PathBuf};

use budgetdoc::check::Severity;
use budgetdoc::lang::Bilingual;
use budgetdoc::workbook::{Book, Import, ImportError, Remark, Weight, import, read_book};
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::profile_folders::{self, ProfileFolders};
use crate::report::{Message, text};
use crate::session::{Outcome, Session, err, out};
use crate::{batch, files, words};

pub const COMMAND: Command = Command { name: "import", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("由 Excel 工作簿中的预算表生成数据文件", "Make a spec from the tables of an Excel workbook"))
        .arg(
            Arg::new("book")
                .value_name("BOOK")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help(say.pick("装有各张预算表的工作簿（xlsx）", "The workbook (xlsx) with the tables of the budget")),
        )
        .arg(profile_folders::profile(say).required(true).help(say.pick(
            "表的版式：版式的名称（见 budgetdoc profiles）或版式文件",
            "The form of the tables: a profile's name (`budgetdoc profiles` lists them) or file",
        )))
        .arg(profile_folders::argument(say))
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .value_parser(args::number::<u16>("2025, 2026 …"))
                .help(say.pick("预算年度；不写则取表题中的年份", "The fiscal year; that of the titles when left out")),
        )
        .arg(Arg::new("last-year").long("last-year").value_name("BOOK").value_parser(value_parser!(PathBuf)).help(
            say.pick("上年的工作簿，其中的金额作为上年数", "Last year's workbook, whose amounts become last year's"),
        ))
        .arg(Arg::new("output").short('o').long("output").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
            say.pick(
                "输出的文件名，- 为标准输出；不写则与工作簿同名，扩展名为 yaml；已有的文件不会被覆盖",
                "The file to write, - for standard output; beside the workbook when left out. No file is replaced",
            ),
        ))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    make(matches, session).unwrap_or_else(|messages| batch::refuse(&messages, session))
}

fn make(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let book = matches.get_one::<PathBuf>("book").cloned().unwrap_or_default();
    let path = matches.get_one::<PathBuf>("output").cloned().unwrap_or_else(|| book.with_extension("yaml"));
    let given = matches.get_one::<String>("profile").map_or("", String::as_str);
    let profile = ProfileFolders::of(matches).given(given)?.profile;
    let failed = |text: Bilingual| vec![about(&book, &text)];
    let sheets = read(&book)?;
    let last = matches.get_one::<PathBuf>("last-year").map(|last| read(last)).transpose()?;
    let year = matches.get_one::<u16>("year").copied();
    let import = import(&sheets, &profile, year, last.as_ref()).map_err(|error| match error {
        ImportError::NoTables(text) => failed(text),
        ImportError::Budget(error) => words::plain_problems(error),
        other => failed(Bilingual::new(other.to_string(), other.to_string())),
    })?;
    for remark in &import.remarks {
        err(&text::message(&message(remark), session));
    }
    if import.is_faulty() {
        err(session
            .pick("没有生成数据文件：请先改正上面有错误的单元格", "no spec was written: mend the cells above first"));
        return Ok(Outcome::Failed);
    }
    write(&path, &import)?;
    let counts = [Weight::Error, Weight::Warning, Weight::Note]
        .map(|weight| import.remarks.iter().filter(|remark| remark.weight == weight).count());
    let [errors, warnings, notes] = counts;
    let zh = format!("已生成 {}：{errors} 处不符，{warnings} 个提醒，{notes} 个提示", path.display());
    let en = format!("wrote {}: {errors} errors, {warnings} warnings, {notes} notes", path.display());
    let say = if is_stream(&path) { err } else { out };
    say(session.pick(&zh, &en));
    Ok(if errors > 0 { Outcome::Findings } else { Outcome::Done })
}

/// Reads the sheets of a workbook.
fn read(path: &Path) -> Result<Book, Vec<Message>> {
    let bytes = std::fs::read(path).map_err(|error| vec![*words::cannot_read(&path.display().to_string(), &error)])?;
    read_book(&bytes).map_err(|error| vec![about(path, &error.message)])
}

/// Makes the message about a whole workbook.
fn about(path: &Path, text: &Bilingual) -> Message {
    let name = path.display();
    Message::plain(Bilingual::new(format!("{name}：{}", text.zh), format!("{name}: {}", text.en)), None)
}

fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn write(path: &Path, import: &Import) -> Result<(), Vec<Message>> {
    match is_stream(path) {
        true => std::io::stdout()
            .write_all(import.text.as_bytes())
            .map_err(|error| vec![*words::cannot_write(Path::new("<stdout>"), &error)]),
        false => files::write_new(path, import.text.as_bytes()).map_err(|message| vec![*message]),
    }
}

fn message(remark: &Remark) -> Message {
    let Bilingual { zh, en } = &remark.message;
    let text = match &remark.place {
        Some(place) => Bilingual::new(format!("{place}：{zh}"), format!("{place}: {en}")),
        None => remark.message.clone(),
    };
    let severity = match remark.weight {
        Weight::Fault | Weight::Error => Severity::Error,
        Weight::Warning => Severity::Warning,
        Weight::Note => Severity::Note,
    };
    Message { severity, ..Message::plain(text, None) }
}
