//! Arguments and help, in the user's language.

use std::ffi::OsString;
use std::path::PathBuf;

use budgetdoc::document::Role;
use budgetdoc::lang::Lang;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};

/// What the user wants done.
pub enum Command {
    Render(RenderOptions),
    Check(CheckOptions),
    Rollover(crate::rollover::Options),
    Diff(crate::diff::Options),
    Profiles,
    Profile(String),
}

/// `budgetdoc render`.
pub struct RenderOptions {
    pub specs: Vec<PathBuf>,
    pub output: Option<PathBuf>,
    pub formats: Vec<Format>,
    pub profile: Option<PathBuf>,
    pub font_dirs: Vec<PathBuf>,
    pub system_fonts: bool,
    pub fonts: Vec<(Role, String)>,
    pub force: bool,
}

/// `budgetdoc check`.
pub struct CheckOptions {
    pub specs: Vec<PathBuf>,
    pub profile: Option<PathBuf>,
}

/// A kind of file to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Docx,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Pdf, Format::Docx];

    /// The file's extension, which is also its name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
        }
    }
}

/// The language of messages: `--lang`, else English for an English locale, else Chinese.
pub fn language(arguments: impl Iterator<Item = OsString>) -> Lang {
    let words: Vec<String> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let named = words.iter().enumerate().find_map(|(index, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(index + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = variables.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match named.or(locale) {
        Some(name) if name.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// Parses the command line; prints help or what is wrong with it and ends the program where there is nothing to do.
pub fn parse(lang: Lang) -> Command {
    let matches = command(lang).try_get_matches().unwrap_or_else(|error| refuse(&error, lang));
    match matches.subcommand() {
        Some(("render", matches)) => Command::Render(RenderOptions {
            specs: paths(matches, "spec"),
            output: matches.get_one::<PathBuf>("output").cloned(),
            formats: matches.get_many::<Format>("format").map_or(Format::ALL.to_vec(), |list| list.copied().collect()),
            profile: matches.get_one::<PathBuf>("profile").cloned(),
            font_dirs: paths(matches, "font-dir"),
            system_fonts: matches.get_flag("system-fonts"),
            fonts: matches.get_many::<(Role, String)>("font").into_iter().flatten().cloned().collect(),
            force: matches.get_flag("force"),
        }),
        Some(("rollover", matches)) => Command::Rollover(crate::rollover::options(matches)),
        Some(("diff", matches)) => Command::Diff(crate::diff::options(matches)),
        Some(("profiles", _)) => Command::Profiles,
        Some(("profile", matches)) => Command::Profile(crate::profiles::name(matches)),
        Some((_, matches)) => Command::Check(CheckOptions {
            specs: paths(matches, "spec"),
            profile: matches.get_one::<PathBuf>("profile").cloned(),
        }),
        // A subcommand is required, so clap has ended the program before this.
        None => std::process::exit(2),
    }
}

/// Prints help, the version, or what is wrong with the arguments, and ends the program.
fn refuse(error: &clap::Error, lang: Lang) -> ! {
    if lang == Lang::En || !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        error.exit();
    }
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令：render、check、rollover、diff、profiles 或 profile".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后缺少取值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let wanted = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 的取值“{value}”不对；可用的有：{wanted}{}", said(ContextKind::ValidValue))
        }
        ErrorKind::ArgumentConflict => format!("{argument} 只能写一次"),
        _ => error.to_string(),
    };
    eprintln!("错误: {message}\n办法: 用 budgetdoc --help 或 budgetdoc render --help 查看用法");
    std::process::exit(error.exit_code());
}

fn paths(matches: &ArgMatches, name: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect()
}

fn command(lang: Lang) -> Clap {
    let say = move |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let spec = || {
        Arg::new("spec")
            .value_name("SPEC")
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required(true)
            .help(say("预算数据文件（YAML）", "Spec files (YAML)"))
    };
    let profile = || {
        Arg::new("profile").long("profile").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
            "使用自己的版式文件，代替数据文件中写明的版式",
            "A profile file, instead of the one the spec names",
        ))
    };
    let language = Arg::new("lang")
        .long("lang")
        .value_name("LANG")
        .value_parser(["zh", "en"])
        .hide_possible_values(true)
        .global(true)
        .help(say("提示信息的语言：zh 或 en", "Language of messages: zh or en"));
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .global(true)
        .help(say("显示帮助", "Print help"));
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(say("显示版本号", "Print version"));
    let template = say(
        "{about}\n\n用法: {usage}\n\n参数:\n{positionals}\n\n选项:\n{options}",
        "{about}\n\nUsage: {usage}\n\nArguments:\n{positionals}\n\nOptions:\n{options}",
    );
    let render = Clap::new("render")
        .help_template(template)
        .about(say("生成 PDF 和 Word 文件", "Write PDF and Word files"))
        .arg(spec())
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("DIR|FILE")
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "输出文件夹，或以 .pdf、.docx 结尾的文件名；不写则与数据文件在同一文件夹",
                    "Folder, or a file ending in .pdf or .docx; beside the spec when left out",
                )),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("pdf,docx")
                .value_delimiter(',')
                .value_parser(parse_format)
                .help(say("要生成的格式，默认两种都生成", "Formats to write, both by default")),
        )
        .arg(profile())
        .arg(
            Arg::new("font-dir")
                .long("font-dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Append)
                .help(say("查找字体的文件夹，可写多次", "Folder with fonts; may be given more than once")),
        )
        .arg(
            Arg::new("system-fonts")
                .long("system-fonts")
                .action(ArgAction::SetTrue)
                .help(say("允许 --font 使用系统中安装的字体", "Let --font take families installed on the system")),
        )
        .arg(
            Arg::new("font")
                .long("font")
                .value_name("ROLE=FAMILY")
                .value_parser(parse_font)
                .action(ArgAction::Append)
                .help(say(
                    "为某种用途指定字体，如 body=仿宋_GB2312；用途有 title、heading、subheading、body、table、latin",
                    "Family for a role, such as body=仿宋_GB2312; roles: title, heading, subheading, body, table, latin",
                )),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help(say("即使核对发现错误也生成文件", "Write files even where the checks find errors")),
        );
    let check = Clap::new("check")
        .help_template(template)
        .about(say("核对数字和文字", "Check figures and texts"))
        .arg(spec())
        .arg(profile());
    Clap::new("budgetdoc")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "部门预算公开文件：一份数据，生成 PDF 和 Word",
            "Departmental budgets: one spec in, PDF and Word out",
        ))
        .help_template(say(
            "{about}\n\n用法: budgetdoc <命令> [选项]\n\n命令:\n{subcommands}\n\n选项:\n{options}",
            "{about}\n\nUsage: budgetdoc <COMMAND> [OPTIONS]\n\nCommands:\n{subcommands}\n\nOptions:\n{options}",
        ))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(language)
        .arg(help)
        .arg(version)
        .subcommand(render)
        .subcommand(check)
        .subcommand(crate::rollover::command(lang).help_template(template))
        .subcommand(crate::diff::command(lang).help_template(template))
        .subcommands(crate::profiles::commands(lang).map(|command| command.help_template(template)))
}

fn parse_format(text: &str) -> Result<Format, String> {
    Format::ALL.into_iter().find(|format| format.extension() == text).ok_or_else(|| "pdf, docx".to_owned())
}

fn parse_font(text: &str) -> Result<(Role, String), String> {
    let roles = Role::ALL.map(Role::name).join(", ");
    let (role, family) = text.split_once('=').ok_or_else(|| format!("ROLE=FAMILY ({roles})"))?;
    let role = Role::ALL.into_iter().find(|known| known.name() == role).ok_or(roles)?;
    if family.is_empty() {
        return Err("ROLE=FAMILY".to_owned());
    }
    Ok((role, family.to_owned()))
}
