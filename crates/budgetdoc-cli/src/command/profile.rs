//! `budgetdoc profile`: shows, checks and begins profiles.

use std::path::Path;

use budgetdoc::font::FontBook;
use budgetdoc::source::Located;
use budgetdoc::{Budget, Profile, Spec};
use clap::{Arg, ArgMatches, Command as Clap};

use super::Command;
use crate::args::Say;
use crate::faces::FaceOptions;
use crate::profile_folders::{self, FoundProfile, ProfileFolders};
use crate::report::{Message, Source};
use crate::session::{Outcome, Session, out};
use crate::starter::Starter;
use crate::{batch, files, words};

pub const COMMAND: Command = Command { name: "profile", define, run };

fn define(command: Clap, say: Say) -> Clap {
    let name = || {
        Arg::new("name").value_name("NAME|FILE").required(true).help(say.pick(
            "版式的名称（见 budgetdoc profiles）或版式文件",
            "The profile's name (`budgetdoc profiles` lists them) or file",
        ))
    };
    let new_name = Arg::new("name").value_name("NAME").required(true).help(
        say.pick("新版式的名称：地区/年度，如 某市/2026", "The new profile's name, PLACE/YEAR, such as some-city/2026"),
    );
    let from =
        Arg::new("from").long("from").value_name("NAME").required(true).help(say.pick(
            "所沿用的版式：没有写的内容都与它一样",
            "The profile that it extends: what it does not say is as there",
        ));
    let inner =
        |name: &'static str, zh, en| Clap::new(name).about(say.pick(zh, en)).arg(profile_folders::argument(say));
    command
        .about(say.pick("查看、检查和新建版式", "Show, check and begin profiles"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(inner("show", "输出一个版式（YAML）", "Print a profile (YAML)").arg(name()))
        .subcommand(
            inner("check", "检查一个版式文件，并用空白数据试排", "Check a profile and compose an empty budget with it")
                .arg(name()),
        )
        .subcommand(
            inner("new", "在 profiles 文件夹中新建一个版式文件", "Begin a profile in the folder profiles")
                .args([new_name, from]),
        )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let done = match matches.subcommand() {
        Some(("check", matches)) => check(matches, session),
        Some(("new", matches)) => begin(matches, session),
        Some((_, matches)) => show(matches),
        None => Ok(()),
    };
    done.map_or_else(|messages| batch::refuse(&messages, session), |()| Outcome::Done)
}

fn name_of(matches: &ArgMatches) -> String {
    matches.get_one::<String>("name").cloned().unwrap_or_default()
}

fn show(matches: &ArgMatches) -> Result<(), Vec<Message>> {
    let name = name_of(matches);
    match ProfileFolders::of(matches).given(&name, &mut Vec::new())? {
        FoundProfile { source: Some(source), .. } => out(source.text.trim_end()),
        FoundProfile { source: None, .. } => {
            out(Profile::built_in_source(&Located::from(name)).map_err(words::plain_problems)?.trim_end());
        }
    }
    Ok(())
}

fn check(matches: &ArgMatches, session: &Session) -> Result<(), Vec<Message>> {
    let FoundProfile { profile, source } = ProfileFolders::of(matches).given(&name_of(matches), &mut Vec::new())?;
    // What `init` writes for it: the templates of every part and table are filled in.
    // It ends with the counts of the form, of which the gaps would stop a template that computes with them.
    let counts: String = profile.count_names().iter().map(|name| format!("  {name}: 0\n")).collect();
    let spec = Source::new(&profile.name, Starter::new(&profile, Path::new(""), session).write() + &counts);
    let (name, tables) = (profile.name.clone(), profile.tables.iter().count());
    let document = Spec::from_yaml(&spec.text)
        .and_then(|spec| Budget::resolve(spec, profile)?.compose())
        .map_err(|error| Message::problems(error, &spec, source.as_ref()))?;
    // A grid wider than its page is found where it is set; a profile may be checked where the fonts are not installed.
    if let Ok(book) = FontBook::load(&FaceOptions::default().search(None, Vec::new())) {
        budgetdoc::layout(&document, &book).map_err(|error| vec![*words::render_error(&error)])?;
    }
    out(session.pick(&format!("{name} 没有错误：{tables} 张表"), &format!("{name} has no errors: {tables} tables")));
    Ok(())
}

fn begin(matches: &ArgMatches, session: &Session) -> Result<(), Vec<Message>> {
    let (name, base) = (name_of(matches), matches.get_one::<String>("from").cloned().unwrap_or_default());
    let base = ProfileFolders::of(matches).given(&base, &mut Vec::new())?.profile;
    let path = profile_folders::new_file(&name).ok_or_else(|| vec![*words::bad_profile_name(&name)])?;
    let about = session.pick("（适用的地区和单位）", "(the place and bodies it is for)");
    let text = format!(
        "budgetdoc_profile: 1\nname: {name}\nabout: {about}\nextends: {base}\n{remark}",
        base = base.name,
        remark = session.pick(
            "\n# 只写与上面版式不同的内容；它的全文见 budgetdoc profile show。\n",
            "\n# Only what differs from it; `budgetdoc profile show` prints it.\n",
        ),
    );
    files::write_new(&path, text.as_bytes()).map_err(|message| vec![*message])?;
    out(session.say(&words::profile_written(&path, &name)));
    Ok(())
}
