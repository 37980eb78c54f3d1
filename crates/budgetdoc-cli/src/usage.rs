//! Usage errors in Chinese; clap has them in English.

use budgetdoc::lang::Lang;
use clap::error::{ContextKind, ErrorKind};

use crate::command;
use crate::session::err;

/// Prints help, the version, or the usage error, and exits.
pub fn refuse(error: &clap::Error, lang: Lang) -> ! {
    if lang == Lang::En || !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        error.exit();
    }
    let names = command::names();
    let used = std::env::args().skip(1).find(|word| names.contains(&word.as_str()));
    let help = used.map_or("budgetdoc --help".to_owned(), |name| format!("budgetdoc {name} --help"));
    err(&format!("错误: {}", in_chinese(error)));
    err(&format!("办法: 用 {help} 查看用法"));
    std::process::exit(error.exit_code());
}

fn in_chinese(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("多写了“{argument}”"),
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", argument.replace(", ", "、")),
        ErrorKind::MissingSubcommand => format!("缺少命令：{}", command::names().join("、")),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后缺少取值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let wanted = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 的取值“{value}”不对；可用的有：{wanted}{}", said(ContextKind::ValidValue))
        }
        ErrorKind::TooManyValues => format!("{argument} 后多写了“{value}”"),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => format!("{argument} 只能写一次"),
            other => format!("{argument} 不能与 {other} 同时写"),
        },
        ErrorKind::InvalidUtf8 => "有一个参数不是 UTF-8 编码的文字".to_owned(),
        ErrorKind::NoEquals => format!("{argument} 和取值之间要写等号"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 后的取值个数不对"),
        // What is left is no fault of the command line. clap's sentences are English.
        _ => "命令行不能处理".to_owned(),
    };
    let likely = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(said).concat().replace(", ", " 或 ");
    if likely.is_empty() { message } else { format!("{message}；是否应为 {likely}？") }
}
