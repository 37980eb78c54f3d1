//! Messages of the command itself, each with its remedy, in both languages.

mod files;
mod rewriting;
#[cfg(feature = "workbook")]
mod workbook;

use std::io;
use std::path::{Path, PathBuf};

use budgetdoc::Profile;
use budgetdoc::RenderError;
use budgetdoc::check::Severity;
use budgetdoc::error::Error;
use budgetdoc::font::FontWarning;
use budgetdoc::lang::Bilingual;

use crate::report::Message;

use self::files::cause;
pub use self::files::*;
pub use self::rewriting::*;
#[cfg(feature = "workbook")]
pub use self::workbook::*;
fn message(zh: impl Into<String>, en: impl Into<String>, help: Option<(&str, &str)>) -> Box<Message> {
    Box::new(Message::plain(Bilingual::new(zh, en), help.map(|(zh, en)| Bilingual::new(zh, en))))
}

fn note(zh: impl Into<String>, en: impl Into<String>, help: Option<(&str, &str)>) -> Message {
    Message { severity: Severity::Note, ..*message(zh, en, help) }
}

/// The options for messages of the library, which has no options: the code of a problem or id of a rule, the start of a
/// finding's subject, and the option.
const OPTIONS: [(&str, &str, &str); 4] = [
    ("not-the-next-year", "", "--year"),
    ("B12", "units", "--units"),
    ("B13", "last_year", "--last-year"),
    ("C1", "text", "check --fix"),
];

/// Returns the option for a rule or a problem.
pub fn option_of(kind: &str, about: Option<&str>) -> Option<&'static str> {
    let is_about = |start: &str| about.is_none_or(|about| about.starts_with(start));
    OPTIONS.iter().find(|(known, start, _)| *known == kind && is_about(start)).map(|(.., option)| *option)
}

/// Adds the option to a help of the library.
pub fn with_option(help: Bilingual, kind: &str, about: Option<&str>) -> Bilingual {
    match option_of(kind, about) {
        Some(option) => Bilingual::new(format!("{}（{option}）", help.zh), format!("{} ({option})", help.en)),
        None => help,
    }
}

/// Returns the messages of problems that are in no file.
pub fn plain_problems(error: Error) -> Vec<Message> {
    error.problems.into_iter().map(Message::problem).collect()
}

pub fn bad_profile_name(name: &str) -> Box<Message> {
    message(
        format!("版式的名称“{name}”不能用作文件名"),
        format!("`{name}` cannot be a profile's name"),
        Some((
            "请写成“地区/年度”，如 某市/2026，只用文字、数字和 - _",
            "write PLACE/YEAR, such as some-city/2026, of letters, digits, - and _",
        )),
    )
}

/// Returns the message for a profile whose file lies where that of another name would.
pub fn other_profile_name(path: &Path, name: &str, own: &str) -> Box<Message> {
    let path = path.display();
    message(
        format!("版式文件 {path} 中写的名称是“{own}”，按位置应为“{name}”"),
        format!("the profile {path} has the name `{own}`, its place that of `{name}`"),
        Some(("请改文件中的 name，或移动文件", "change `name` in the file, or move the file")),
    )
}

/// Returns the error of profiles that extend each other, the last of these the first.
pub fn profiles_in_circle(files: &[PathBuf]) -> Box<Message> {
    let names =
        |separator: &str| files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(separator);
    message(
        format!("这些版式文件循环沿用：{}", names("、")),
        format!("these profiles extend each other in a circle: {}", names(", ")),
        Some(("请改其中一个的 extends", "change `extends` in one of them")),
    )
}

/// Returns the message for a new profile, with the next steps.
pub fn profile_written(path: &Path, name: &str) -> Bilingual {
    let path = path.display();
    Bilingual::new(
        format!(
            "已写出 {path}。数据文件中写 profile: {name} 就用它；改后用 budgetdoc profile check {name} 检查，用 budgetdoc init --profile {name} 写出空白数据文件"
        ),
        format!(
            "wrote {path}. A spec uses it by `profile: {name}`; check it with budgetdoc profile check {name}, begin a spec with budgetdoc init --profile {name}"
        ),
    )
}

/// Returns the message for a new spec, with the next steps.
pub fn spec_written(path: &Path, profile: &Profile) -> Bilingual {
    let (form, about) = (&profile.name, &profile.about);
    // As it is typed into a shell.
    let name = path.display().to_string();
    let name = if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name };
    Bilingual::new(
        format!(
            "已写出 {name}，版式为 {form}（{about}）；别的地区和年度用 --profile，见 budgetdoc profiles。填写后用 budgetdoc check {name} 核对，用 budgetdoc render {name} 生成；未填完也可加 --force 生成草稿"
        ),
        format!(
            "wrote {name} for the profile {form}; --profile selects another, `budgetdoc profiles` lists them. Fill it in, then run budgetdoc check {name} and budgetdoc render {name}; --force renders a draft"
        ),
    )
}

/// Returns the error of a workbook that is to be rewritten.
pub fn book_not_rewritten(name: &str) -> Box<Message> {
    message(
        format!("工作簿 {name} 不能改写"),
        format!("the workbook {name} cannot be rewritten"),
        Some(("请先用 budgetdoc convert 转为 YAML", "turn it into YAML first, with `budgetdoc convert`")),
    )
}

pub fn several_sheets() -> Box<Message> {
    message(
        "多个数据文件不能共用一份校验表",
        "several specs cannot share one sheet",
        Some(("请逐份核对，每份写各自的 --sheet", "check them one by one, each with its own `--sheet`")),
    )
}

/// Returns the note that messages of a spec were left out.
pub fn not_shown(name: &str, left: usize) -> Message {
    let said = message(
        format!("{name}：另有 {left} 条没有显示"),
        format!("{name}: {left} more messages are not shown"),
        Some((
            "请先改正以上各条；要全部列出，请加 --message-format json",
            "correct these first; --message-format json lists all",
        )),
    );
    Message { severity: Severity::Note, ..*said }
}

/// Returns the error of a run interrupted before all specs were processed.
pub fn interrupted(left: usize) -> Box<Message> {
    message(
        format!("已按 Ctrl+C 中止，{left} 份没有处理"),
        format!("interrupted by Ctrl+C; {left} specs are not processed"),
        Some((
            "已生成的文件是完整的；请再次运行处理其余各份",
            "the written files are complete; run it again for the rest",
        )),
    )
}

pub fn cannot_watch(error: &notify::Error) -> Box<Message> {
    let cause = match &error.kind {
        notify::ErrorKind::Io(error) => cause(error),
        notify::ErrorKind::PathNotFound => cause(&io::ErrorKind::NotFound.into()),
        notify::ErrorKind::MaxFilesWatch => Bilingual::new("系统能监视的文件已达上限", error.to_string()),
        notify::ErrorKind::Generic(_) | notify::ErrorKind::WatchNotFound | notify::ErrorKind::InvalidConfig(_) => {
            Bilingual::new("系统没有说明原因", error.to_string())
        }
    };
    message(
        format!("无法监视文件的变化：{}", cause.zh),
        format!("cannot watch the files: {}", cause.en),
        Some(("请检查文件夹是否存在", "check that their folders exist")),
    )
}

pub fn cannot_serve(error: &io::Error) -> Box<Message> {
    let cause = cause(error);
    message(
        format!("无法在本机打开网页服务：{}", cause.zh),
        format!("cannot serve the page: {}", cause.en),
        Some(("可不写 --serve，直接打开生成的 PDF", "omit --serve and open the PDF")),
    )
}

pub fn no_such_rule(id: &str, known: &[&str]) -> Box<Message> {
    let known = known.join(", ");
    let (zh, en) = (format!("可用的有：{known}"), format!("known rules: {known}"));
    message(format!("没有规则“{id}”"), format!("there is no rule `{id}`"), Some((&zh, &en)))
}

/// Returns the warning on a role set in a stand-in.
pub fn font_warning(warning: &FontWarning) -> Box<Message> {
    let (role, wanted, used) = (warning.role.name(), &warning.wanted, &warning.used);
    let searched = warning.searched.join("、");
    let message = message(
        format!("没有找到 {role} 用的字体 {wanted}，改用 {used}；已查找：{searched}"),
        format!("the face {wanted} for the role {role} is missing; {used} replaces it. Searched: {searched}"),
        Some(("请用 --font-dir 指定字体所在的文件夹", "name the folder of the fonts with --font-dir")),
    );
    Box::new(Message { severity: Severity::Warning, code: Some(FontWarning::CODE.0), ..*message })
}

/// Returns the error of a document that could not be laid out or written, without its place.
pub fn render_error(error: &RenderError) -> Box<Message> {
    let remedy = match error {
        RenderError::MissingGlyphs(_) => (
            "请换一个字，或用 --font fallback=字体名 和 --font-dir 指定含有该字的字体",
            "use another character, or name a font that has it with --font fallback=FAMILY and --font-dir",
        ),
        RenderError::UnknownFamily { .. } => (
            "请用 --font-dir 指定字体所在的文件夹，或加 --system-fonts",
            "name its folder with --font-dir, or add --system-fonts",
        ),
        RenderError::Font { .. } => ("请用 --font-dir 指定另一个字体", "name another font with --font-dir"),
        _ => error.remedy(),
    };
    let message = message(error.in_chinese(), error.to_string(), Some(remedy));
    Box::new(Message { code: Some(error.code()), ..*message })
}

#[cfg(test)]
mod tests;
