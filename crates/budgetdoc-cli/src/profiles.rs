//! `budgetdoc profiles` and `budgetdoc profile show`.

use budgetdoc::Profile;
use budgetdoc::lang::Lang;
use budgetdoc::source::Located;
use clap::{Arg, ArgMatches, Command};

use crate::report::{self, Source};
use crate::run::Outcome;

/// The commands' arguments and help.
pub fn commands(lang: Lang) -> [Command; 2] {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let name = Arg::new("name").value_name("NAME").required(true).help(say("版式的名称", "Name of the profile"));
    let show = Command::new("show").about(say("输出一个自带的版式（YAML）", "Print a profile that comes along (YAML)"));
    [
        Command::new("profiles").about(say("列出自带的版式", "List the profiles that come along")),
        Command::new("profile")
            .about(say("查看自带的版式", "Look at a profile that comes along"))
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(show.arg(name)),
    ]
}

/// The profile that `profile show` names.
pub fn name(matches: &ArgMatches) -> String {
    let shown = matches.subcommand_matches("show");
    shown.and_then(|matches| matches.get_one::<String>("name")).cloned().unwrap_or_default()
}

/// Lists every profile: name, what it is for, and what it extends.
pub fn list(lang: Lang) -> Outcome {
    for name in Profile::built_in_names() {
        match Profile::built_in(&Located::from(name.to_owned())) {
            Ok(profile) => {
                let tables = profile.tables.iter().count();
                let base = profile.extends.as_ref().map(|base| match lang {
                    Lang::Zh => format!("，沿用 {}", base.value),
                    Lang::En => format!(", extends {}", base.value),
                });
                let base = base.unwrap_or_default();
                match lang {
                    Lang::Zh => println!("{name}  {}，{tables} 张表{base}", profile.about),
                    Lang::En => println!("{name}  {}, {tables} tables{base}", profile.about),
                }
            }
            Err(error) => return failed(&error, lang),
        }
    }
    Outcome::Done
}

/// Prints the YAML of one.
pub fn show(name: &str, lang: Lang) -> Outcome {
    match Profile::built_in_source(&Located::from(name.to_owned())) {
        Ok(yaml) => {
            print!("{yaml}");
            Outcome::Done
        }
        Err(error) => failed(&error, lang),
    }
}

fn failed(error: &budgetdoc::Error, lang: Lang) -> Outcome {
    let none = Source { name: String::new(), text: String::new() };
    report::error(error, &none, None, lang);
    Outcome::Failed
}
