//! `budgetdoc check`.

use std::path::PathBuf;

use budgetdoc::Format;
use budgetdoc::check::Severity;
use budgetdoc::lang::Lang;
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::{self, Say};
use crate::faces::{self, FaceOptions};
use crate::input::Input;
use crate::report::Report;
use crate::session::{Outcome, Session};
use crate::work::{Checked, Shared};
use crate::{batch, files, formats, input, words};

pub const COMMAND: Command = Command { name: "check", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.it("核对数字和文字", "Check figures and texts"))
        .args(input::arguments(say))
        .arg(args::profile(say))
        .args([
            Arg::new("sheet").long("sheet").value_name("FILE").value_parser(value_parser!(PathBuf)).help(match say.0 {
                Lang::Zh => format!("把勾稽关系校验表写到 {} 文件", formats::all(".", "、", " 或 ")),
                Lang::En => format!("Write the reconciliation sheet to a {} file", formats::all(".", ", ", " or ")),
            }),
            Arg::new("last-year")
                .long("last-year")
                .value_name("SPEC")
                .value_parser(value_parser!(PathBuf))
                .help(say.it("上年的数据文件，核对上年数", "Last year's spec, to compare its figures with")),
            Arg::new("units").long("units").value_name("SPEC").value_parser(value_parser!(PathBuf)).num_args(1..).help(
                say.it(
                    "各预算单位自己的数据文件，核对部门汇总数",
                    "The units' own specs, to compare the department's with",
                ),
            ),
        ])
        .args(faces::arguments(say))
        .args(batch::arguments(say))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let mut shared = match Shared::load(matches) {
        Ok(shared) => shared,
        Err(messages) => return batch::refuse(&messages, session),
    };
    let mut reports = Vec::new();
    let mut companion = |path: &PathBuf| match shared.check(&input::named(path)) {
        Ok(checked) => Some(checked.budget),
        Err(report) => {
            reports.extend(report.messages);
            None
        }
    };
    let last_year = matches.get_one::<PathBuf>("last-year").and_then(&mut companion);
    let units = args::paths(matches, "units").iter().filter_map(&mut companion).collect();
    if !reports.is_empty() {
        return batch::refuse(&reports, session);
    }
    shared.companions.last_year = last_year;
    shared.companions.units = units;
    let sheet = match matches.get_one::<PathBuf>("sheet").map(|path| (path, Format::of_path(path))) {
        Some((path, Some(format))) => Some((path.clone(), format)),
        Some((path, None)) => return batch::refuse(&[*words::no_format(path)], session),
        None => None,
    };
    let found = input::collect(matches);
    if sheet.is_some() && found.0.len() > 1 {
        return batch::refuse(&[*words::several_sheets()], session);
    }
    let faces = FaceOptions::of(matches);
    let goals: Vec<PathBuf> = sheet.iter().map(|(path, _)| path.clone()).collect();
    batch::run(matches, session, Severity::Note, found, &goals, |input| match shared.check(input) {
        Ok(checked) => match &sheet {
            Some((path, format)) => with_sheet(&shared, checked, input, &faces, (path, *format), session),
            None => checked.report(),
        },
        Err(report) => *report,
    })
}

/// Writes the reconciliation sheet of a spec.
fn with_sheet(
    shared: &Shared,
    mut checked: Checked,
    input: &Input,
    faces: &FaceOptions,
    (path, format): (&PathBuf, Format),
    session: &Session,
) -> Report {
    checked.document =
        budgetdoc::check::examine(&checked.budget, &shared.companions).sheet(&checked.budget, session.lang);
    shared.produce(checked, input, faces, &[format], |files| {
        let goals: Vec<_> = std::iter::once(path.clone()).zip(files).collect();
        files::write_all(&goals).map_err(|(path, error)| words::cannot_write(&path, &error))?;
        Ok(vec![path.clone()])
    })
}
