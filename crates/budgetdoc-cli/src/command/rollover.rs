//! `budgetdoc rollover`.

use std::io::Write;
use std::path::{Path, PathBuf};

use budgetdoc::rollover::{Rollover, rollover};
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::report::{Message, Source, text};
use crate::session::{Outcome, Session, err, out};
use crate::{batch, files, input, words};

pub const COMMAND: Command = Command { name: "rollover", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("由本年的数据文件生成下一年的", "Make next year's spec from this year's"))
        .arg(
            Arg::new("spec")
                .value_name("SPEC")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help(say.pick("本年的预算数据文件（YAML），- 为标准输入", "This year's spec (YAML), - for standard input")),
        )
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .value_parser(args::year)
                .required(true)
                .help(say.pick("下一年的年份，如 2023", "The next year, such as 2023")),
        )
        .arg(Arg::new("output").short('o').long("output").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
            say.pick(
                "输出的文件名，- 为标准输出；不写则与本年的数据文件在同一文件夹，文件名中的年份改为下一年；已有的文件不会被覆盖",
                "The file to write, - for standard output; next to the spec, with the next year in its name, by default. No file is replaced",
            ),
        ))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let spec = matches.get_one::<PathBuf>("spec").cloned().unwrap_or_default();
    let year = matches.get_one::<u16>("year").copied().unwrap_or_default();
    let path = match matches.get_one::<PathBuf>("output") {
        Some(path) => path.clone(),
        None if is_stream(&spec) => return batch::refuse(&[*words::no_rollover_name()], session),
        None => path_for_year(&spec, year),
    };
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return batch::refuse(&[*words::writes_yaml("rollover", &path)], session);
    }
    match roll(&spec, year, &path) {
        Ok(rolled) => {
            report_result(&path, rolled, session);
            Outcome::Done
        }
        Err(messages) => batch::refuse(&messages, session),
    }
}

/// Returns whether a path means standard input or output.
fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn roll(spec: &Path, year: u16, path: &Path) -> Result<Rollover, Vec<Message>> {
    let source = Source::read(&input::at(spec))?;
    let rolled = rollover(&source.text, year).map_err(|error| Message::problems(error, &source, None))?;
    if is_stream(path) {
        std::io::stdout()
            .write_all(rolled.text.as_bytes())
            .map_err(|error| vec![*words::cannot_write(Path::new("<stdout>"), &error)])?;
    } else {
        files::write_new(path, rolled.text.as_bytes()).map_err(|message| vec![*message])?;
    }
    Ok(rolled)
}

fn report_result(path: &Path, rolled: Rollover, session: &Session) {
    let name = if is_stream(path) { "<stdout>".to_owned() } else { path.display().to_string() };
    let zh = format!("已生成 {name}，请把其中的“待填”换成本年的金额，再用 budgetdoc check 核对");
    let en = format!("wrote {name}; replace each `待填` by this year's amount, then run budgetdoc check");
    let say = if is_stream(path) { err } else { out };
    say(session.pick(&zh, &en));
    let years = rolled.years_kept.iter().map(|kept| kept.place).collect::<Vec<_>>();
    let source = Source::new(&name, rolled.text);
    let kept = [
        (words::reasons_kept(), rolled.reasons_kept),
        (words::statements_kept(), rolled.statements_kept),
        (words::years_kept(), years),
    ];
    for (note, places) in kept {
        if !places.is_empty() {
            err(&text::message(&note.about(&source, places), session));
        }
    }
}

/// Returns the path of the next year's spec: the year in the name is replaced, or added if there is none.
fn path_for_year(spec: &Path, year: u16) -> PathBuf {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let (new, old) = (year.to_string(), year.saturating_sub(1).to_string());
    let stem = if stem.contains(&old) { stem.replace(&old, &new) } else { format!("{stem}-{new}") };
    // What an entry workbook becomes is written as YAML.
    let extension = spec.extension().map(|extension| extension.to_string_lossy()).filter(|name| name != "xlsx");
    let extension = extension.unwrap_or_else(|| "yaml".into());
    spec.with_file_name(format!("{stem}.{extension}"))
}
