//! `budgetdoc rollover`.

use std::path::{Path, PathBuf};

use budgetdoc::lang::Lang;
use budgetdoc::rollover::{Rollover, rollover};
use budgetdoc::source::Place;
use clap::{Arg, ArgMatches, Command, value_parser};

use crate::files;
use crate::report::{self, Source};
use crate::run::{self, Outcome};

/// What the user wants done.
pub struct Options {
    spec: PathBuf,
    year: u16,
    output: Option<PathBuf>,
}

/// The command's arguments and help.
pub fn command(lang: Lang) -> Command {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Command::new("rollover")
        .about(say("由本年的数据文件生成下一年的", "Make next year's spec from this year's"))
        .arg(
            Arg::new("spec")
                .value_name("SPEC")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help(say("本年的预算数据文件（YAML）", "This year's spec (YAML)")),
        )
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .value_parser(value_parser!(u16))
                .required(true)
                .help(say("下一年的年份，如 2023", "The next year, such as 2023")),
        )
        .arg(Arg::new("output").short('o').long("output").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
            say(
                "输出的文件名；不写则与本年的数据文件在同一文件夹，文件名中的年份改为下一年；已有的文件不会被覆盖",
                "The file to write; beside the spec with the next year in its name when left out. No file is replaced",
            ),
        ))
}

/// The options of a command line that has been accepted.
pub fn options(matches: &ArgMatches) -> Options {
    Options {
        spec: matches.get_one::<PathBuf>("spec").cloned().unwrap_or_default(),
        year: matches.get_one::<u16>("year").copied().unwrap_or_default(),
        output: matches.get_one::<PathBuf>("output").cloned(),
    }
}

pub fn run(options: &Options, lang: Lang) -> Outcome {
    let Some(source) = run::read(&options.spec, lang) else { return Outcome::Failed };
    let rolled = match rollover(&source.text, options.year) {
        Ok(rolled) => rolled,
        Err(error) => {
            report::error(&error, &source, None, lang);
            return Outcome::Failed;
        }
    };
    let path = options.output.clone().unwrap_or_else(|| named_for(&options.spec, options.year));
    if path.exists() {
        let name = path.display();
        report::plain(
            lang,
            &format!("{name} 已经存在，没有改动"),
            &format!("{name} exists already and was left alone"),
            "请用 -o 写另一个文件名，或先移走该文件",
            "name another file with -o, or move this one away",
        );
        return Outcome::Failed;
    }
    if let Err((path, error)) = files::write_all(&[(path.clone(), rolled.text.clone().into_bytes())]) {
        report::not_written(&path, &error, lang);
        return Outcome::Failed;
    }
    done(&path, rolled, lang);
    Outcome::Done
}

fn done(path: &Path, rolled: Rollover, lang: Lang) {
    let name = path.display().to_string();
    match lang {
        Lang::Zh => println!("已生成 {name}，请把其中的“待填”换成本年的金额，再用 budgetdoc check 核对"),
        Lang::En => println!("wrote {name}; write this year's amounts instead of `待填`, then run budgetdoc check"),
    }
    let places: Vec<Place> = rolled.years_kept.iter().map(|kept| kept.place).collect();
    if !places.is_empty() {
        report::note(
            &Source { name, text: rolled.text },
            &places,
            lang,
            "文字中的这些年份没有改动",
            "these years in the texts were left as they are",
            ("请看是否应随预算年度后移", "see whether they are to move on with the budget"),
        );
    }
}

/// The spec's path with the next year in its name: instead of the year before, or behind it.
fn named_for(spec: &Path, year: u16) -> PathBuf {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let (new, old) = (year.to_string(), year.saturating_sub(1).to_string());
    let stem = if stem.contains(&old) { stem.replace(&old, &new) } else { format!("{stem}-{new}") };
    let extension = spec.extension().map_or_else(|| "yaml".into(), |extension| extension.to_string_lossy());
    spec.with_file_name(format!("{stem}.{extension}"))
}
