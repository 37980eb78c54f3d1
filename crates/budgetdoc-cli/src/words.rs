//! Messages of the command itself, each with its remedy, in both languages.

use std::io;
use std::path::Path;

use budgetdoc::Profile;
use budgetdoc::RenderError;
use budgetdoc::check::{Severity, WhyLeft};
use budgetdoc::error::Error;
use budgetdoc::font::FontWarning;
use budgetdoc::lang::Bilingual;

use crate::formats;
use crate::report::Message;

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

/// Returns the cause of a system error.
fn cause(error: &io::Error) -> Bilingual {
    let zh = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::InvalidData => "内容不是 UTF-8 编码的文本",
        io::ErrorKind::IsADirectory => "这是一个文件夹",
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        io::ErrorKind::StorageFull => "磁盘已满",
        io::ErrorKind::QuotaExceeded => "磁盘配额已用完",
        io::ErrorKind::FileTooLarge => "超过了文件大小的限制",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘只能读",
        io::ErrorKind::AddrInUse => "端口已被占用",
        io::ErrorKind::InvalidInput => return Bilingual::new("这不是普通文件", "it is not a regular file"),
        _ => return Bilingual::new(error.to_string(), error.to_string()),
    };
    // The error itself may name a temporary file.
    Bilingual::new(zh, error.kind().to_string())
}

pub fn cannot_read(name: &str, error: &io::Error) -> Box<Message> {
    let cause = cause(error);
    message(
        format!("无法读取 {name}：{}", cause.zh),
        format!("{name} cannot be read: {}", cause.en),
        Some(match error.kind() {
            io::ErrorKind::InvalidData => {
                ("请在记事本或 WPS 中打开，选“另存为”，编码选 UTF-8", "save it as text in UTF-8")
            }
            _ => ("请检查文件名", "check its name"),
        }),
    )
}

pub fn cannot_write(path: &Path, error: &io::Error) -> Box<Message> {
    let (name, cause) = (path.display(), cause(error));
    message(
        format!("无法写入 {name}：{}", cause.zh),
        format!("{name} cannot be written: {}", cause.en),
        Some(match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                ("请腾出空间，或写到别的文件夹", "free some space, or write into another folder")
            }
            _ => (
                "请检查文件夹的权限，以及文件是否正被 Word 等程序打开",
                "check the folder's permissions and whether another program has the file open",
            ),
        }),
    )
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

pub fn exists_already(path: &Path) -> Box<Message> {
    let name = path.display();
    message(
        format!("{name} 已经存在，没有改动"),
        format!("{name} already exists and is not overwritten"),
        Some(("请写另一个文件名，或先移走该文件", "name another file, or move the existing one")),
    )
}

/// Returns the note on years left in the texts of a new year's spec.
pub fn years_kept() -> Message {
    note(
        "文字中的这些年份没有改动",
        "these years in texts are unchanged",
        Some(("请看是否应随预算年度后移", "check whether they change with the budget")),
    )
}

/// Returns the note on sentences of last year in a new year's spec.
pub fn statements_kept() -> Message {
    note(
        "这些句子写有手写的数、比较或“没有”，只说那一年的情况，整句没有改动",
        "these sentences have typed figures, comparisons or absences of their year, and are unchanged",
        Some((
            "请按本年情况重写；与数据一致的数，可在结转之前用 budgetdoc check --fix 改为引用",
            "rewrite them; `budgetdoc check --fix` before a rollover replaces figures that agree with the data by references",
        )),
    )
}

/// Returns the error of a workbook that holds the tables of a budget where an entry workbook belongs.
pub fn no_entry_book(name: &str) -> Box<Message> {
    message(
        format!("{name} 不是填报用的工作簿"),
        format!("{name} is no entry workbook"),
        Some((
            "装有各张预算表的工作簿用 budgetdoc import 读取；填报用的由 budgetdoc init --format xlsx 写出",
            "`budgetdoc import` reads the tables of a budget; `budgetdoc init --format xlsx` writes an entry workbook",
        )),
    )
}

/// Returns the error of two files that are both workbooks, or neither.
pub fn same_format(from: &Path, to: &Path) -> Box<Message> {
    let (from, to) = (from.display(), to.display());
    message(
        format!("{from} 和 {to} 的格式相同"),
        format!("{from} and {to} are of one format"),
        Some(("一个写成 .yaml，另一个写成 .xlsx", "name one file .yaml and the other .xlsx")),
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

/// Returns the warning on entries of a spec that a workbook does not have.
pub fn entries_gone() -> Message {
    let remedy = ("已取消的请删去，或把金额改为 0", "delete those that have ended, or write 0");
    let gone = message(
        "工作簿中没有这些条目，仍保留原来的金额",
        "the workbook does not have these entries, whose amounts are kept",
        Some(remedy),
    );
    Message { severity: Severity::Warning, ..*gone }
}

/// Returns the note on texts with last year's reasons in a new year's spec.
pub fn reasons_kept() -> Message {
    note(
        "这些文字说的是上年的原因，没有改动",
        "these texts give last year's reasons and are unchanged",
        Some((
            "请按本年情况重写；counts 的个数、项目的 purpose 和 goal、绩效指标也请逐项核对",
            "rewrite them, and check `counts`, the `purpose` and `goal` of projects and the indicators",
        )),
    )
}

/// Returns the note on typed figures that stay as they are.
pub fn left_typed(why: WhyLeft, figures: &[&str]) -> Message {
    const MOST: usize = 12;
    let (reason, count) = (why.message(), figures.len());
    let listed = |between: &str| figures[..count.min(MOST)].join(between);
    let more = if count > MOST { ("等", " and others") } else { ("", "") };
    note(
        format!("{count} 个手写的数没有改为引用：{}{}。{}", listed("、"), more.0, reason.zh),
        format!("{count} typed figures are not replaced by references: {}{}. {}", listed(", "), more.1, reason.en),
        None,
    )
}

pub fn stream_not_fixed() -> Box<Message> {
    message(
        "标准输入不能改写",
        "standard input cannot be rewritten",
        Some(("请写出数据文件的名称，或用 --diff 查看", "name the spec, or use --diff")),
    )
}

pub fn encoding_not_fixed(name: &str) -> Box<Message> {
    message(
        format!("{name} 不是 UTF-8 编码，没有改写"),
        format!("{name} is not in UTF-8 and is not rewritten"),
        Some(("请先另存为 UTF-8，或用 --diff 查看", "save it in UTF-8 first, or use --diff")),
    )
}

pub fn no_spec_in(name: &str) -> Box<Message> {
    message(
        format!("{name} 中没有数据文件"),
        format!("there is no spec in {name}"),
        Some((
            "数据文件的扩展名为 .yaml 或 .yml；版式文件不算",
            "specs have the extension .yaml or .yml; profiles are not specs",
        )),
    )
}

pub fn bad_pattern(pattern: &str, detail: &str) -> Box<Message> {
    message(
        format!("名称“{pattern}”写法有误：{detail}"),
        format!("the pattern `{pattern}` is not well formed: {detail}"),
        Some((
            "* 代表任意文字，? 代表一个字，** 代表任意层文件夹",
            "* matches any text, ? one character, ** any folders",
        )),
    )
}

pub fn several_specs_in_one_file() -> Box<Message> {
    message(
        "多个数据文件不能写入同一个文件",
        "several specs cannot share one file",
        Some(("请在 -o 后写文件夹", "name a folder with -o")),
    )
}

pub fn no_rollover_name() -> Box<Message> {
    message(
        "数据来自标准输入，没有写明下一年的数据文件名",
        "the spec comes from standard input, so next year's has no name",
        Some(("请用 -o 指定文件名，或用 -o - 写到标准输出", "name a file with -o, or use -o - for standard output")),
    )
}

/// Refuses to write next year's spec under the name of a workbook.
pub fn rollover_writes_yaml(path: &Path) -> Box<Message> {
    let (path, yaml) = (path.display(), path.with_extension("yaml").display().to_string());
    let zh = format!("请写 -o {yaml}；要工作簿的，再用 budgetdoc convert 转换");
    let en = format!("write `-o {yaml}`, then make a workbook of it with `budgetdoc convert`");
    message(
        format!("{path} 是工作簿的文件名，rollover 生成的是 YAML"),
        format!("{path} is the name of a workbook, but rollover writes YAML"),
        Some((&zh, &en)),
    )
}

pub fn several_sheets() -> Box<Message> {
    message(
        "多个数据文件不能共用一份校验表",
        "several specs cannot share one sheet",
        Some(("请逐份核对，每份写各自的 --sheet", "check them one by one, each with its own `--sheet`")),
    )
}

pub fn unknown_sheet_format(path: &Path) -> Box<Message> {
    let (path, zh, en) = (path.display(), formats::list_all(".", "、", " 或 "), formats::list_all(".", ", ", " or "));
    message(
        format!("{path} 的扩展名不是 {zh}"),
        format!("{path} does not end in {en}"),
        Some((&format!("请在 --sheet 后写以 {zh} 结尾的文件名"), "name a file with that extension after --sheet")),
    )
}

pub fn same_output_path(goal: &Path, first: &str, second: &str) -> Box<Message> {
    let goal = goal.display();
    message(
        format!("{first} 和 {second} 都要写入 {goal}"),
        format!("{first} and {second} would both be written to {goal}"),
        Some(("请改文件名，或分次生成到不同的文件夹", "rename one, or render them into different folders")),
    )
}

pub fn output_over_input(path: &Path) -> Box<Message> {
    let path = path.display();
    message(
        format!("结果要写入 {path}，而它是这次要读的文件"),
        format!("{path} is an input file and would be overwritten"),
        Some(("请写另一个文件名或文件夹", "name another file or folder")),
    )
}

pub fn report_over_output(path: &Path) -> Box<Message> {
    let path = path.display();
    message(
        format!("--report 写的 {path} 也是要生成的文件"),
        format!("{path}, named by --report, is also an output file"),
        Some((
            "请在 --report 后写另一个文件名，如 report.json",
            "name another file with --report, such as report.json",
        )),
    )
}

/// Returns the note on a file in an older encoding.
pub fn read_in_encoding(name: &str, encoding: &str) -> Message {
    note(
        format!("{name} 不是 UTF-8 编码，已按 {encoding} 读取"),
        format!("{name} is not in UTF-8; it is read as {encoding}"),
        Some(("如有乱码，请在记事本或 WPS 中“另存为”，编码选 UTF-8", "if characters are garbled, save it as UTF-8")),
    )
}

/// Returns the error of a file that is too large.
pub fn too_large(name: &str, megabytes: u64) -> Box<Message> {
    message(
        format!("{name} 超过 {megabytes} MB，没有读取"),
        format!("{name} is larger than {megabytes} MB and is not read"),
        Some(("请检查文件名；数据文件通常不到 1 MB", "check the name; specs are rarely larger than 1 MB")),
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

/// Returns the warning that a killed run may have left files of two runs.
pub fn old_files_left(folder: &Path, names: &str) -> Message {
    let folder = folder.display();
    let message = message(
        format!("上次运行中途被强行结束，{folder} 中的 {names} 可能是旧的"),
        format!("the last run was killed, so {names} in {folder} may be out of date"),
        Some(("请重新生成这些文件", "render them again")),
    );
    Message { severity: Severity::Warning, ..*message }
}

pub fn no_output_path() -> Box<Message> {
    let (zh, en) = (formats::list_all(".", "、", " 或 "), formats::list_all(".", ", ", " or "));
    message(
        "数据来自标准输入，没有写明输出到哪里",
        "the spec comes from standard input; name the output with -o",
        Some((
            &format!("请用 -o 指定以 {zh} 结尾的文件名，或用 -o - 加 --format 写到标准输出"),
            &format!("name a file ending in {en} with -o, or use -o - and --format for standard output"),
        )),
    )
}

pub fn stdout_takes_one() -> Box<Message> {
    let (zh, en) = (formats::list_all("--format ", "、", " 或 "), formats::list_all("--format ", ", ", " or "));
    message(
        "标准输出只能写一个文件",
        "standard output can take one file only",
        Some((
            &format!("请只给一份数据文件，并用 {zh} 指定一种格式；信息的形式用 text"),
            &format!("with {en}, give one spec and one format, and messages as text"),
        )),
    )
}

pub fn cannot_watch(detail: &str) -> Box<Message> {
    message(
        format!("无法监视文件的变化：{detail}"),
        format!("cannot watch the files: {detail}"),
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
            "请换一个字，或用 --font 和 --font-dir 指定含有该字的字体",
            "use another character, or name a font that has it with --font and --font-dir",
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
