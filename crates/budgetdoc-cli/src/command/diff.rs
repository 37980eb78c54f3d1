//! `budgetdoc diff`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use budgetdoc::Spec;
use budgetdoc::diff::{DiffEntry, Difference, GivenAmount, diff};
use budgetdoc::document::Place;
use budgetdoc::lang::Lang;
use budgetdoc::money::Amount;
use clap::{Arg, ArgMatches, Command as Clap, value_parser};

use super::Command;
use crate::args::Say;
use crate::report::{Message, Source};
use crate::session::{Outcome, Session, out};
use crate::{batch, input};

pub const COMMAND: Command = Command { name: "diff", define, run };

fn define(command: Clap, say: Say) -> Clap {
    let spec = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).value_name(name).value_parser(value_parser!(PathBuf)).required(true).help(help)
    };
    command
        .about(say.pick("比较两份数据文件的金额和文字", "Compare two specs"))
        .arg(spec("old", "OLD", say.pick("原来的数据文件", "The old spec")))
        .arg(spec("new", "NEW", say.pick("新的数据文件", "The new spec")))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("text|json")
                .value_parser(["text", "json"])
                .hide_possible_values(true)
                .default_value("text")
                .hide_default_value(true)
                .help(say.pick("输出的格式，默认为 text", "Format of the output, text by default")),
        )
}

fn run(matches: &ArgMatches, session: &Session) -> Outcome {
    let read = |id: &str| -> Result<(Arc<Source>, Spec), Vec<Message>> {
        let path = matches.get_one::<PathBuf>(id).cloned().unwrap_or_default();
        let source = Source::read(&input::at(&path))?;
        match Spec::from_yaml(&source.text) {
            Ok(spec) => Ok((source, spec)),
            Err(error) => Err(Message::problems(error, &source, None)),
        }
    };
    // Both are read before failing, to report the problems of both.
    let ((old, was), (new, is)) = match (read("old"), read("new")) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let messages: Vec<Message> = [old.err(), new.err()].into_iter().flatten().flatten().collect();
            return batch::refuse(&messages, session);
        }
    };
    let changes = diff(&was, &is);
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        match serde_json::to_string_pretty(&changes) {
            Ok(text) => out(&text),
            // Strings, numbers and lists always serialize.
            Err(error) => unreachable!("changes are plain data: {error}"),
        }
    } else {
        out(text(&changes, &old, &new, session.lang).trim_end());
    }
    Outcome::Done
}

/// Returns the differences in words.
pub(super) fn text(changes: &[DiffEntry], old: &Source, new: &Source, lang: Lang) -> String {
    let count = |kind: fn(&Difference) -> bool| changes.iter().filter(|change| kind(&change.difference)).count();
    let figures = count(|difference| !matches!(difference, Difference::Text { .. }));
    let texts = changes.len() - figures;
    let (was, is) = (old, new);
    let (old, new) = (&old.name, &new.name);
    let mut out = match lang {
        Lang::Zh if changes.is_empty() => format!("{old} 与 {new} 没有不同\n"),
        Lang::Zh => format!("{old} → {new}：数字 {figures} 处，文字 {texts} 处\n"),
        Lang::En if changes.is_empty() => format!("{old} and {new} do not differ\n"),
        Lang::En => format!("{old} → {new}: {figures} in figures, {texts} in texts\n"),
    };
    for change in changes {
        let place = |source: &Source, place: Option<Place>| place.map(|place| source.at(place));
        let places: Vec<_> =
            [place(was, change.old_place), place(is, change.new_place)].into_iter().flatten().collect();
        let _ = writeln!(out, "\n{}", change.label.get(lang));
        match &change.difference {
            Difference::Amount { old, new, change, percent } => {
                let _ = write!(out, "  {} → {}", figure(*old, lang), figure(*new, lang));
                if let Some(change) = change {
                    let percent = percent.map(|percent| format!("{:+}%", percent)).unwrap_or_default();
                    out.push_str(&change_in_words(change, &percent, lang));
                }
                out.push('\n');
            }
            Difference::Count { old, new } => {
                let number = |count: &Option<u64>| count.map_or_else(|| no_difference(lang), |count| count.to_string());
                let _ = writeln!(out, "  {} → {}", number(old), number(new));
            }
            Difference::Text { old, new } => {
                let (old, new) = excerpts(old.as_deref(), new.as_deref());
                for (sign, text) in [('-', old), ('+', new)] {
                    if let Some(text) = text {
                        let _ = writeln!(out, "  {sign} {text}");
                    }
                }
            }
        }
        if !places.is_empty() {
            let _ = writeln!(out, "  {}", places.join(" → "));
        }
    }
    out
}

fn no_difference(lang: Lang) -> String {
    match lang {
        Lang::Zh => "（无）",
        Lang::En => "(none)",
    }
    .to_owned()
}

fn figure(figure: Option<GivenAmount>, lang: Lang) -> String {
    match figure {
        None => no_difference(lang),
        Some(GivenAmount { amount: Amount::Given(number), unit }) => format!("{number}{}", unit.name()),
        Some(GivenAmount { amount: Amount::Unfilled, .. }) => Amount::UNFILLED.to_owned(),
    }
}

/// Returns a change in words: 增加90万元（+6.87%）.
fn change_in_words(change: &GivenAmount, percent: &str, lang: Lang) -> String {
    let Some(number) = change.amount.number() else { return String::new() };
    let (amount, unit) = (number.abs(), change.unit.name());
    match (lang, number.is_sign_negative()) {
        (Lang::Zh, false) => format!("，增加{amount}{unit}") + &bracketed(percent, ["（", "）"]),
        (Lang::Zh, true) => format!("，减少{amount}{unit}") + &bracketed(percent, ["（", "）"]),
        (Lang::En, false) => format!(", {amount}{unit} more") + &bracketed(percent, [" (", ")"]),
        (Lang::En, true) => format!(", {amount}{unit} less") + &bracketed(percent, [" (", ")"]),
    }
}

fn bracketed(text: &str, [open, close]: [&str; 2]) -> String {
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}

/// Characters shown on either side of a difference.
const AROUND: usize = 12;
/// Characters shown of a paragraph that only one side has.
const BEGINNING: usize = 60;

/// Returns excerpts of two paragraphs around their difference. Machine-readable output has the whole paragraphs.
fn excerpts(old: Option<&str>, new: Option<&str>) -> (Option<String>, Option<String>) {
    let characters = |text: Option<&str>| text.unwrap_or_default().chars().collect::<Vec<_>>();
    let (was, is) = (characters(old), characters(new));
    let (before, behind) = match (old, new) {
        (Some(_), Some(_)) => {
            let before = was.iter().zip(&is).take_while(|(old, new)| old == new).count();
            let rest = was.len().min(is.len()) - before;
            let same = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
            (before.saturating_sub(AROUND), same.saturating_sub(AROUND))
        }
        _ => (0, was.len().max(is.len()).saturating_sub(BEGINNING)),
    };
    let cut = |text: &[char]| {
        let mut out = String::new();
        out.push_str(if before > 0 { "…" } else { "" });
        out.extend(&text[before..text.len() - behind]);
        out.push_str(if behind > 0 { "…" } else { "" });
        out
    };
    (old.map(|_| cut(&was)), new.map(|_| cut(&is)))
}
