//! `budgetdoc check`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use budgetdoc::check::{Fix, LeftTyped, Severity, WhyLeft, fix};
use budgetdoc::lang::Lang;
use budgetdoc::{Budget, Format};
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};
use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;

use super::Command;
use crate::args::{self, Say};
use crate::faces::{self, FaceOptions};
use crate::input::Input;
use crate::report::{Message, Report, Source};
use crate::session::{Outcome, Session};
use crate::work::{Checked, Shared};
use crate::{batch, files, formats, input, profile_folders, words};

pub const COMMAND: Command = Command { name: "check", define, run };

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("核对数字和文字", "Check figures and texts"))
        .args(input::arguments(say))
        .arg(profile_folders::profile(say))
        .arg(profile_folders::argument(say))
        .args([
            Arg::new("fix")
                .long("fix")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["diff", "sheet"])
                .help(say.pick(
                "把文字中与数据一致的手写金额、增减和百分比改写为引用，直接改写数据文件",
                "Replace typed amounts, changes and percentages that agree with the data by references, in the specs",
            )),
            Arg::new("diff").long("diff").action(ArgAction::SetTrue).conflicts_with("sheet").help(say.pick(
                "只显示 --fix 会改写的各行，不改写数据文件",
                "Show the lines that --fix would change, without writing",
            )),
            Arg::new("pedantic").long("pedantic").action(ArgAction::SetTrue).help(say.pick(
                "也给出对文意的猜测：可能是名称、年份、个数写错，也可能本来如此",
                "Tell guesses at what words mean as well: names, years and counts that may be wrong, or may be meant",
            )),
            Arg::new("sheet").long("sheet").value_name("FILE").value_parser(value_parser!(PathBuf)).help(match say.0 {
                Lang::Zh => format!("把勾稽关系校验表写到 {} 文件", formats::list_all(".", "、", " 或 ")),
                Lang::En => {
                    format!("Write the reconciliation sheet to a {} file", formats::list_all(".", ", ", " or "))
                }
            }),
            Arg::new("last-year")
                .long("last-year")
                .value_name("SPEC")
                .value_parser(value_parser!(PathBuf))
                .help(say.pick("上年的数据文件，核对上年数", "Last year's spec, for comparison")),
            Arg::new("units").long("units").value_name("SPEC").value_parser(value_parser!(PathBuf)).num_args(1..).help(
                say.pick(
                    "各预算单位自己的数据文件，核对部门汇总数",
                    "The units' own specs, for comparison with the department's",
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
    let mut read = |budget: Result<Budget, Vec<Message>>| budget.map_err(|messages| reports.extend(messages)).ok();
    let last_year = matches.get_one::<PathBuf>("last-year").and_then(|path| read(shared.last_year(path)));
    let units = args::paths(matches, "units").iter().filter_map(|path| read(shared.unit(path))).collect();
    if !reports.is_empty() {
        return batch::refuse(&reports, session);
    }
    shared.companions.last_year = last_year;
    shared.companions.units = units;
    let sheet = match matches.get_one::<PathBuf>("sheet").map(|path| (path, Format::of_path(path))) {
        Some((path, Some(format))) => Some((path.clone(), format)),
        Some((path, None)) => return batch::refuse(&[*words::unknown_sheet_format(path)], session),
        None => None,
    };
    let found = input::collect(matches);
    if sheet.is_some() && found.0.len() > 1 {
        return batch::refuse(&[*words::several_sheets()], session);
    }
    let faces = FaceOptions::of(matches);
    let outputs: Vec<PathBuf> = sheet.iter().map(|(path, _)| path.clone()).collect();
    let (fixes, shows) = (matches.get_flag("fix"), matches.get_flag("diff"));
    batch::run(matches, session, Severity::Note, found, &outputs, |input| match shared.check(input) {
        Ok(checked) => {
            let missing = shared.missing_glyphs(&checked, input, &faces);
            let report = match &sheet {
                _ if fixes => fixed(&shared, checked, input),
                _ if shows => shown(checked),
                Some((path, format)) => with_sheet(&shared, checked, input, &faces, (path, *format), session),
                None => checked.report(),
            };
            let outcome = if missing.is_empty() { report.outcome } else { report.outcome.max(Outcome::Findings) };
            Report { outcome, messages: report.messages.into_iter().chain(missing).collect(), ..report }
        }
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
    let examination = budgetdoc::check::examine(&checked.budget.compose_with_prose(), &shared.companions);
    checked.document = examination.sheet(&checked.budget, session.file_lang);
    shared.produce(checked, input, faces, &[format], |files| {
        let outputs: Vec<_> = std::iter::once(path.clone()).zip(files).collect();
        files::write_all(&outputs).map_err(|(path, error)| words::cannot_write(&path, &error))?;
        Ok(vec![path.clone()])
    })
}

/// Writes typed figures of a spec as references, and reports on the spec as it is then.
fn fixed(shared: &Shared, checked: Checked, input: &Input) -> Report {
    let Checked { source, budget, notes, .. } = &checked;
    let refusal = match &input.path {
        None => Some(words::stream_not_fixed()),
        Some(_) if source.is_book() => Some(words::book_not_rewritten(&source.name)),
        // Written in another encoding, every line of the file would change.
        Some(_) if !notes.is_empty() => Some(words::encoding_not_fixed(&source.name)),
        Some(_) => None,
    };
    if let Some(refusal) = refusal {
        return Report::failed(&source.name, vec![*refusal]);
    }
    let Fix { text, written, .. } = fix(&source.text, budget);
    if let Some(path) = input.path.as_ref().filter(|_| !written.is_empty())
        && let Err((path, error)) = files::write_all(&[(path.clone(), text.clone().into_bytes())])
    {
        return Report::failed(&source.name, vec![*words::cannot_write(&path, &error)]);
    }
    match shared.check_source(input, Source::new(&input.name(), text)) {
        Ok(checked) => {
            let left = fix(&checked.source.text, &checked.budget).left;
            report(checked, written, &left)
        }
        Err(report) => *report,
    }
}

/// Shows what would be written as references.
fn shown(checked: Checked) -> Report {
    let Fix { text, written, left } = fix(&checked.source.text, &checked.budget);
    let (name, old) = (checked.source.name.clone(), checked.source.text.clone());
    Report { diff: Some(patch(&name, &old, &text)), ..report(checked, written, &left) }
}

/// Returns the changes of a file as a patch, nothing without any.
fn patch(name: &str, old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    // `TextDiff` brings all algorithms, half a megabyte of code.
    let mut changes = Compact::new(Replace::new(Capture::new()), &old, &new);
    let Ok(()) = myers::diff(&mut changes, &old, 0..old.len(), &new, 0..new.len());
    let mut patch = String::new();
    for hunk in changes.into_inner().into_inner().into_grouped_ops(3).iter().filter(|hunk| !hunk.is_empty()) {
        if patch.is_empty() {
            patch = format!("--- {name}\n+++ {name}\n");
        }
        patch += &format!("{}\n", UnifiedHunkHeader::new(hunk));
        for change in hunk.iter().flat_map(|change| change.iter_changes(&old, &new)) {
            patch += &format!("{}{}", change.tag(), change.value());
            if !change.value().ends_with('\n') {
                patch += "\n\\ No newline at end of file\n";
            }
        }
    }
    patch
}

/// Returns the report of a spec, with the typed figures that stay: a message for each reason.
fn report(checked: Checked, written: Vec<budgetdoc::check::Rewritten>, left: &[LeftTyped]) -> Report {
    let mut reasons: BTreeMap<WhyLeft, Vec<&LeftTyped>> = BTreeMap::new();
    for typed in left {
        reasons.entry(typed.why).or_default().push(typed);
    }
    let said = |(why, typed): (WhyLeft, Vec<&LeftTyped>)| -> Message {
        let figures: Vec<&str> = typed.iter().map(|typed| typed.words.as_str()).collect();
        words::left_typed(why, &figures).about(&checked.source, typed.iter().map(|typed| typed.place))
    };
    let left: Vec<Message> = reasons.into_iter().map(said).collect();
    let mut report = checked.report();
    report.messages.extend(left);
    Report { rewritten: Some(written), ..report }
}
