//! Messages on files that are read and written.

use std::io;
use std::path::Path;

use budgetdoc::check::Severity;
use budgetdoc::lang::Bilingual;

use super::{message, note};
use crate::formats;
use crate::report::Message;

/// Returns the cause of a system error. The system's own words are English, so that Chinese ones have the number of an
/// error that is not listed here.
pub(super) fn cause(error: &io::Error) -> Bilingual {
    let zh = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::InvalidData => "内容不是 UTF-8 编码的文本",
        io::ErrorKind::IsADirectory => "这是一个文件夹",
        // A folder is made unless it is there: a file of that name is in its place.
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            return Bilingual::new("路径中有一段是文件，不是文件夹", "a file is where a folder should be");
        }
        io::ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        io::ErrorKind::StorageFull => "磁盘已满",
        io::ErrorKind::QuotaExceeded => "磁盘配额已用完",
        io::ErrorKind::FileTooLarge => "超过了文件大小的限制",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘只能读",
        io::ErrorKind::InvalidFilename => "文件名太长，或含有不能用的字符",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "正被别的程序使用",
        io::ErrorKind::CrossesDevices => "在另一个磁盘上",
        io::ErrorKind::StaleNetworkFileHandle | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            "网络文件夹连不上"
        }
        io::ErrorKind::TimedOut => "等待超时",
        io::ErrorKind::Interrupted => "被中断",
        io::ErrorKind::UnexpectedEof => "内容不完整",
        io::ErrorKind::BrokenPipe => "接收的程序已经结束",
        io::ErrorKind::OutOfMemory => "内存不足",
        io::ErrorKind::Unsupported => "系统不支持",
        io::ErrorKind::AddrInUse => "端口已被占用",
        io::ErrorKind::AddrNotAvailable => "本机没有这个地址",
        io::ErrorKind::InvalidInput => return Bilingual::new("这不是普通文件", "it is not a regular file"),
        _ => {
            let zh = match error.raw_os_error() {
                Some(code) => format!("系统错误 {code}"),
                None => "系统没有说明原因".to_owned(),
            };
            return Bilingual::new(zh, error.to_string());
        }
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
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                ("请写到别的文件夹，或先移走那个文件", "name another folder, or move that file")
            }
            _ => (
                "请检查文件夹的权限，以及文件是否正被 Word 等程序打开",
                "check the folder's permissions and whether another program has the file open",
            ),
        }),
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

/// Returns the error of a pattern. `detail` is what the library says of it, in English.
pub fn bad_pattern(pattern: &str, detail: &str) -> Box<Message> {
    let zh = match detail.split(' ').next() {
        Some("wildcards") => "* 最多连写两个",
        Some("recursive") => "** 要单独占一段路径，如 2022/**/a.yaml",
        _ => "[ 没有写完",
    };
    message(
        format!("名称“{pattern}”写法有误：{zh}"),
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

/// Returns the error of a file's name that does not fit the formats asked for.
pub fn other_format(path: &Path, formats: &str) -> Box<Message> {
    let path = path.display();
    message(
        format!("{path} 的扩展名与 --format {formats} 不符"),
        format!("the extension of {path} does not fit --format {formats}"),
        Some(("请改文件名的扩展名，或去掉 --format", "change the extension, or omit --format")),
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
