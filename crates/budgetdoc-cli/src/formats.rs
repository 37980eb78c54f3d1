//! The argument `--format`, and lists of formats for help and messages.

use budgetdoc::lang::Lang;
use budgetdoc::{FORMATS, Format};
use clap::{Arg, ArgMatches};

use crate::args::Say;

/// Returns the argument `--format`.
pub fn argument(say: Say) -> Arg {
    let list_defaults = join(Format::defaults().map(|format| format.extension), ",", ",");
    Arg::new("format").long("format").value_name(list_all("", ",", ",")).value_delimiter(',').value_parser(parse).help(
        match say.0 {
            Lang::Zh => format!("要生成的格式，默认 {list_defaults}"),
            Lang::En => format!("Formats to write, {list_defaults} by default"),
        },
    )
}

fn parse(text: &str) -> Result<Format, String> {
    FORMATS.iter().find(|format| format.extension == text).copied().ok_or_else(|| list_all("", ", ", ", "))
}

/// Returns the chosen formats.
pub fn chosen(matches: &ArgMatches) -> Vec<Format> {
    matches.get_many("format").map_or_else(|| Format::defaults().collect(), |chosen| chosen.copied().collect())
}

/// Lists the extensions of all formats, each behind `prefix`.
pub fn list_all(prefix: &str, between: &str, last: &str) -> String {
    join(FORMATS.iter().map(|format| format!("{prefix}{}", format.extension)), between, last)
}

/// Lists the names of the default formats.
pub fn list_defaults(between: &str, last: &str) -> String {
    join(Format::defaults().map(|format| format.name), between, last)
}

fn join<S: AsRef<str>>(words: impl Iterator<Item = S>, between: &str, last: &str) -> String {
    let words: Vec<S> = words.collect();
    let mut joined = String::new();
    for (index, word) in words.iter().enumerate() {
        joined.push_str(match words.len() - index {
            _ if index == 0 => "",
            1 => last,
            _ => between,
        });
        joined.push_str(word.as_ref());
    }
    joined
}
