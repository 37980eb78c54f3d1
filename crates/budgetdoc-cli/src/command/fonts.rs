//! `budgetdoc fonts`: the face of each role, its origin, and the characters of a spec it sets.

use std::collections::{BTreeMap, BTreeSet};

use budgetdoc::Layout;
use budgetdoc::document::Role;
use budgetdoc::font::{Face, FaceId, FontBook};
use budgetdoc::layout::Mark;
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::Say;
use crate::faces::{self, FaceOptions};
use crate::input::{self, Input};
use crate::report::Message;
use crate::session::{Outcome, Session, out};
use crate::work::Shared;
use crate::{batch, profile_folders, words};

pub const COMMAND: Command = Command { name: "fonts", define, run };

/// Most characters of a face that are listed: a face that sets few mostly replaces one that lacks them.
const NAMED: usize = 60;

fn define(command: Clap, say: Say) -> Clap {
    command
        .about(say.pick("查看各种用途的字体、来源和许可", "Show the face of each role, its file and licence"))
        .arg(Arg::new("spec").value_name("SPEC").value_parser(value_parser!(std::path::PathBuf)).help(
            say.pick("预算数据文件；写了则统计各字体排了多少字", "A spec, to count the characters that each face sets"),
        ))
        .arg(profile_folders::profile(say))
        .arg(profile_folders::argument(say))
        .args(faces::arguments(say))
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    show(matches, session).unwrap_or_else(|messages| batch::refuse(&messages, session))
}

fn show(matches: &ArgMatches, session: &Session) -> Result<Outcome, Vec<Message>> {
    let shared = Shared::load(matches)?;
    let options = FaceOptions::of(matches);
    let Some(path) = matches.get_one::<std::path::PathBuf>("spec") else {
        let book = shared.book(options.search(None, Vec::new())).map_err(|error| vec![*words::render_error(&error)])?;
        print_roles(&book, session);
        return Ok(Outcome::Done);
    };
    let input = input::at(path);
    let checked = shared.check(&input).map_err(|report| report.messages)?;
    let set = shared.set(&checked, &input, &options)?;
    print_roles(&set.book, session);
    out("");
    print_used(&set.book, &set.layout, &input, session);
    Ok(Outcome::Done)
}

/// Prints a line for each role.
fn print_roles(book: &FontBook, session: &Session) {
    for role in Role::ALL {
        let face = book.face(book.first_face(role));
        let lacking = book.warnings().iter().find(|warning| warning.role == role);
        let missing = lacking.map(|warning| match session.lang {
            budgetdoc::lang::Lang::Zh => format!("（没有找到 {}，以此代替）", warning.wanted),
            budgetdoc::lang::Lang::En => format!(" (replaces {}, not found)", warning.wanted),
        });
        out(&format!("{:<11}{}{}", role.name(), face.family(), missing.unwrap_or_default()));
        out(&format!("{:<11}{}，{}", "", origin(face, session), licence(face, session))
            .replace('，', session.pick("，", ", ")));
    }
}

fn origin(face: &Face, session: &Session) -> String {
    face.file().map_or_else(|| session.pick("程序自带", "compiled in").to_owned(), |path| path.display().to_string())
}

fn licence(face: &Face, session: &Session) -> &'static str {
    match face.family() {
        family if family.starts_with("Noto ") || family.starts_with("Tinos") => "SIL OFL 1.1",
        family if family.starts_with("Fandol") => session.pick("GPL 3 附字体例外", "GPL 3 with the font exception"),
        _ => session.pick("许可见该字体自带的说明", "its own licence"),
    }
}

/// Prints what each face sets of a spec's document.
fn print_used(book: &FontBook, layout: &Layout, input: &Input, session: &Session) {
    let mut faces: BTreeMap<FaceId, (usize, BTreeSet<char>)> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Mark::Glyphs(run) = &item.mark {
            let entry = faces.entry(run.face).or_default();
            entry.0 += run.text.chars().count();
            entry.1.extend(run.text.chars());
        }
    }
    out(&format!("{}{}", input.name(), session.pick("：", ":")));
    for (id, (count, characters)) in faces {
        let face = book.face(id);
        let (family, distinct) = (face.family(), characters.len());
        let zh = format!("  {family}：{count} 字，不同的 {distinct} 个");
        let en = format!("  {family}: {count} characters, {distinct} different ones");
        out(session.pick(&zh, &en));
        if distinct <= NAMED {
            out(&format!("    {}", characters.into_iter().collect::<String>()));
        }
    }
}
