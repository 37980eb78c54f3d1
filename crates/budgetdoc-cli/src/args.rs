//! Arguments and help of all commands, in the user's language.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use budgetdoc::lang::Lang;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command as Clap};

use crate::{command, usage};

/// Chooses between the two languages of help.
#[derive(Clone, Copy, Debug)]
pub struct Say(pub Lang);

impl Say {
    /// Returns the text in the user's language.
    pub fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Returns the language and colour, which help needs before the arguments are parsed. Without `--lang` English is the
/// language of English locales and of those that know none (a terminal of C or POSIX may have no Chinese characters),
/// Chinese of all others.
pub fn language_and_color(arguments: impl Iterator<Item = OsString>) -> (Lang, ColorChoice) {
    let words: Vec<String> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let option = |name: &str| {
        words.iter().enumerate().find_map(|(index, word)| match word.strip_prefix(name) {
            Some("") => words.get(index + 1).cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        })
    };
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = variables.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let lang = match option("--lang").or(locale) {
        Some(name)
            if name.starts_with("en") || ["C", "POSIX"].contains(&name.split('.').next().unwrap_or_default()) =>
        {
            Lang::En
        }
        _ => Lang::Zh,
    };
    // Parsing the command line refuses unknown values.
    let colour = option("--color").and_then(|word| word.parse().ok()).unwrap_or_default();
    (lang, colour)
}

/// Parses the command line. Prints help or usage errors and exits if there is nothing to do.
pub fn parse(lang: Lang, colour: ColorChoice) -> ArgMatches {
    match colour {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    program(lang).color(colour).try_get_matches().unwrap_or_else(|error| usage::refuse(&error, lang))
}

/// Returns the command with its help, and that of its own commands, laid out in the language; clap has English headings.
fn with_template(command: Clap, say: Say) -> Clap {
    let form = if command.has_subcommands() {
        say.pick(
            "{about}\n\n用法: {usage}\n\n命令:\n{subcommands}\n\n选项:\n{options}",
            "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}",
        )
    } else if command.get_positionals().next().is_some() {
        say.pick(
            "{about}\n\n用法: {usage}\n\n参数:\n{positionals}\n\n选项:\n{options}",
            "{about}\n\nUsage: {usage}\n\nArguments:\n{positionals}\n\nOptions:\n{options}",
        )
    } else {
        say.pick("{about}\n\n用法: {usage}\n\n选项:\n{options}", "{about}\n\nUsage: {usage}\n\nOptions:\n{options}")
    };
    command.help_template(form).mut_subcommands(|inner| with_template(inner, say))
}

/// Returns the clap command of the program.
pub fn program(lang: Lang) -> Clap {
    let say = Say(lang);
    let commands =
        command::ALL.iter().map(|command| with_template((command.define)(Clap::new(command.name), say), say));
    Clap::new("budgetdoc")
        .version(env!("CARGO_PKG_VERSION"))
        .long_version(long_version(say))
        .about(
            say.pick(
                "部门预算公开文件：一份数据，生成 PDF 和 Word",
                "Departmental budgets: one spec in, PDF and Word out",
            ),
        )
        .help_template(say.pick(
            "{about}\n\n用法: budgetdoc <命令> [选项]\n\n步骤:\n  \
               1. budgetdoc init 2026.yaml           写出空白数据文件；地区和年度用 --profile 选，见 budgetdoc profiles\n  \
               2. budgetdoc watch 2026.yaml --serve  在浏览器里边填边看\n  \
               3. budgetdoc check 2026.yaml          核对数字和文字\n  \
               4. budgetdoc render 2026.yaml         生成 PDF 和 Word\n\n\
             命令:\n{subcommands}\n\n选项:\n{options}",
            "{about}\n\nUsage: budgetdoc <COMMAND> [OPTIONS]\n\nSteps:\n  \
               1. budgetdoc init 2026.yaml           Write an empty spec; --profile takes place and year, see `profiles`\n  \
               2. budgetdoc watch 2026.yaml --serve  Fill it in with a preview in the browser\n  \
               3. budgetdoc check 2026.yaml          Check figures and texts\n  \
               4. budgetdoc render 2026.yaml         Write PDF and Word\n\n\
             Commands:\n{subcommands}\n\nOptions:\n{options}",
        ))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(common(say))
        .subcommands(commands)
}

/// Returns the version, with the formats and profiles this program knows.
fn long_version(say: Say) -> String {
    let profiles: Vec<&str> = budgetdoc::Profile::built_in_names().collect();
    format!(
        "{}\n{} {}\n{} {}\n{} {}",
        env!("CARGO_PKG_VERSION"),
        say.pick("数据文件格式:", "spec format:"),
        budgetdoc::spec::VERSION,
        say.pick("版式文件格式:", "profile format:"),
        budgetdoc::profile::VERSION,
        say.pick("自带版式:", "profiles:"),
        profiles.join(", "),
    )
}

/// Returns the options of every command.
fn common(say: Say) -> [Arg; 4] {
    [
        Arg::new("lang")
            .long("lang")
            .value_name("LANG")
            .value_parser(["zh", "en"])
            .hide_possible_values(true)
            .global(true)
            .help(say.pick("提示信息的语言：zh 或 en", "Language of messages: zh or en")),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(["auto", "always", "never"])
            .hide_possible_values(true)
            .global(true)
            .help(say.pick(
                "何时用颜色：auto（默认，终端上且未设 NO_COLOR 时）、always、never",
                "Colours: auto (the default: on a terminal, unless NO_COLOR is set), always or never",
            )),
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .global(true)
            .help(say.pick("显示帮助", "Print help")),
        Arg::new("version").short('V').long("version").action(ArgAction::Version).help(
            say.pick(
                "显示版本号；--version 还列出自带的版式",
                "Print the version; --version lists the profiles as well",
            ),
        ),
    ]
}

/// Returns the argument `--message-format`.
pub fn message_format(say: Say) -> Arg {
    Arg::new("message-format")
        .long("message-format")
        .value_name("FORMAT")
        .value_parser(["text", "json", "sarif"])
        .hide_possible_values(true)
        .help(say.pick(
            "信息的形式：text（默认）、json 或 sarif（后两种写到标准输出）",
            "Format of messages: text (the default), json or sarif (both on standard output)",
        ))
}

/// Returns a parser of integers, with messages in the user's language, which clap does not have.
pub fn number<T: FromStr>(examples: &'static str) -> impl Fn(&str) -> Result<T, &'static str> + Clone {
    move |text| text.parse().map_err(|_| examples)
}

/// Parses a fiscal year: one that a Word file can carry as its date.
pub fn year(text: &str) -> Result<u16, &'static str> {
    text.parse().ok().filter(|year| (1980..=2107).contains(year)).ok_or("1980 … 2107")
}

/// Returns the paths given for an argument; none where the command has no such argument.
pub fn paths(matches: &ArgMatches, name: &str) -> Vec<PathBuf> {
    matches.try_get_many::<PathBuf>(name).ok().flatten().into_iter().flatten().cloned().collect()
}
