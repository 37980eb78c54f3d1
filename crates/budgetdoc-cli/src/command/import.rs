//! `budgetdoc import`: a spec from the workbook that an office has.

use std::io::Write;
use std::path::{Path, PathBuf};

use budgetdoc::Spec;
use budgetdoc::diff::diff as changes;
use budgetdoc::lang::Bilingual;
use budgetdoc::workbook::{Book, ImportError, Remark, Weight, import, import_into};
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::{Command, diff};
use crate::args::{self, Say};
use crate::profile_folders::{self, ProfileFolders};
use crate::report::{Message, Source, text};
use crate::session::{Outcome, Session, err, out};
use crate::work::Shared;
use crate::{batch, entry_book, files, input, words};

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
        .arg(profile_folders::profile(say).required_unless_present("into").help(say.pick(
            "表的版式：版式的名称（见 budgetdoc profiles）或版式文件；有 --into 时不写则用数据文件中的版式",
            "The form of the tables: a profile's name (`budgetdoc profiles` lists them) or file; with --into the spec's when left out",
        )))
        .arg(profile_folders::argument(say))
        .arg(Arg::new("into").long("into").value_name("SPEC").value_parser(value_parser!(PathBuf)).help(say.pick(
            "把工作簿的金额写入已有的数据文件，其中的说明、文字和次序不变，并列出改动",
            "Bring the amounts into a spec that exists, whose comments, texts and order stay, and list the changes",
        )))
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .value_parser(args::year)
                .help(say.pick("预算年度；不写则取表题中的年份", "The fiscal year; that of the titles when left out")),
        )
        .arg(Arg::new("last-year").long("last-year").value_name("BOOK").value_parser(value_parser!(PathBuf)).help(
            say.pick("上年的工作簿，其中的金额作为上年数", "Last year's workbook, whose amounts become last year's"),
        ))
        .arg(Arg::new("output").short('o').long("output").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
            say.pick(
                "输出的文件名，- 为标准输出；不写则与工作簿同名，扩展名为 yaml，有 --into 时则改写原文件；其他已有的文件不会被覆盖",
                "The file to write, - for standard output; beside the workbook when left out, or with --into the spec itself. No other file is replaced",
            ),
        ))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    if let Some(path) = matches.get_one::<PathBuf>("output").filter(|path| entry_book::is_book(path)) {
        return batch::refuse(&[*words::writes_yaml("import", path)], session);
    }
    let done = match matches.get_one::<PathBuf>("into") {
        Some(spec) => renew(spec, matches, session),
        None => make(matches, session),
    };
    done.unwrap_or_else(|messages| batch::refuse(&messages, session))
}

/// The workbooks of the command line.
struct Books {
    path: PathBuf,
    book: Book,
    last: Option<Book>,
    year: Option<u16>,
}

impl Books {
    fn read(matches: &ArgMatches) -> Result<Books, Vec<Message>> {
        let path = matches.get_one::<PathBuf>("book").cloned().unwrap_or_default();
        let book = entry_book::sheets(&path)?;
        let last = matches.get_one::<PathBuf>("last-year").map(|last| entry_book::sheets(last)).transpose()?;
        Ok(Books { path, book, last, year: matches.get_one::<u16>("year").copied() })
    }

    /// Returns the messages of a workbook that could not be imported.
    fn failed(&self, error: ImportError) -> Vec<Message> {
        match error {
            ImportError::NoTables(text) | ImportError::OtherYear(text) => vec![entry_book::about(&self.path, &text)],
            ImportError::Budget(error) => words::plain_problems(error),
            other => vec![entry_book::about(&self.path, &Bilingual::new(other.to_string(), other.to_string()))],
        }
    }
}

/// Makes a new spec.
fn make(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let given = matches.get_one::<String>("profile").map_or("", String::as_str);
    let profile = ProfileFolders::of(matches).given(given, &mut Vec::new())?.profile;
    let books = Books::read(matches)?;
    let path = matches.get_one::<PathBuf>("output").cloned().unwrap_or_else(|| books.path.with_extension("yaml"));
    let import = import(&books.book, &profile, books.year, books.last.as_ref()).map_err(|error| books.failed(error))?;
    if !tell(&import.remarks, session) {
        return Ok(Outcome::Failed);
    }
    write_new(&path, &import.text)?;
    Ok(report("已生成", "wrote", &path, &import.remarks, session))
}

/// Brings the amounts into a spec.
fn renew(spec: &Path, matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let input = input::at(spec);
    let source = Source::read(&input)?;
    if source.is_book() {
        return Err(vec![*words::book_not_rewritten(&source.name)]);
    }
    let (budget, _) = Shared::load(matches)?.resolve(&source, &input, |_| true)?;
    let books = Books::read(matches)?;
    let renewed = import_into(&books.book, (&source.text, &budget), books.year, books.last.as_ref())
        .map_err(|error| books.failed(error))?;
    if !tell(&renewed.remarks, session) {
        return Ok(Outcome::Failed);
    }
    let path = matches.get_one::<PathBuf>("output").map_or(spec, PathBuf::as_path);
    match path == spec && !is_stream(spec) {
        true => files::write_all(&[(path.to_owned(), renewed.text.clone().into_bytes())])
            .map_err(|(path, error)| vec![*words::cannot_write(&path, &error)])?,
        false => write_new(path, &renewed.text)?,
    }
    let name = if is_stream(path) { "<stdout>".to_owned() } else { path.display().to_string() };
    let written = Source::new(&name, renewed.text);
    if !renewed.gone.is_empty() {
        err(&text::message(&words::entries_gone().about(&written, renewed.gone), session));
    }
    // An entry with 待填 for what the workbook lacks makes no spec yet.
    if let Ok(is) = Spec::from_yaml(&written.text) {
        let say = if is_stream(path) { err } else { out };
        say(diff::text(&changes(&budget.spec, &is), &source, &written, session.lang).trim_end());
    }
    Ok(report("已更新", "renewed", path, &renewed.remarks, session))
}

/// Shows the remarks, and returns whether a spec may be written.
fn tell(remarks: &[Remark], session: &Session) -> bool {
    for remark in remarks {
        err(&text::message(&entry_book::message(remark), session));
    }
    let may = remarks.iter().all(|remark| remark.weight < Weight::Fault);
    if !may {
        err(session
            .pick("没有写入数据文件：请先改正上面有错误的单元格", "no spec was written: mend the cells above first"));
    }
    may
}

/// Says what was written and how many remarks there are.
fn report(zh: &str, en: &str, path: &Path, remarks: &[Remark], session: &Session) -> Outcome {
    let [errors, warnings, notes] = [Weight::Error, Weight::Warning, Weight::Note]
        .map(|weight| remarks.iter().filter(|remark| remark.weight == weight).count());
    let zh = format!("{zh} {}：{errors} 处不符，{warnings} 个提醒，{notes} 个提示", path.display());
    let en = format!("{en} {}: {errors} errors, {warnings} warnings, {notes} notes", path.display());
    let say = if is_stream(path) { err } else { out };
    say(session.pick(&zh, &en));
    if errors > 0 { Outcome::Findings } else { Outcome::Done }
}

fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn write_new(path: &Path, text: &str) -> Result<(), Vec<Message>> {
    match is_stream(path) {
        true => std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(|error| vec![*words::cannot_write(Path::new("<stdout>"), &error)]),
        false => files::write_new(path, text.as_bytes()).map_err(|message| vec![*message]),
    }
}
