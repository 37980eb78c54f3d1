//! Messages on specs that `rollover` and `check --fix` rewrite.

use std::path::Path;

use budgetdoc::check::WhyLeft;

use super::{message, note};
use crate::report::Message;

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

pub fn no_rollover_name() -> Box<Message> {
    message(
        "数据来自标准输入，没有写明下一年的数据文件名",
        "the spec comes from standard input, so next year's has no name",
        Some(("请用 -o 指定文件名，或用 -o - 写到标准输出", "name a file with -o, or use -o - for standard output")),
    )
}

/// Refuses to write the spec of a command under the name of a workbook.
pub fn writes_yaml(command: &str, path: &Path) -> Box<Message> {
    let (path, yaml) = (path.display(), path.with_extension("yaml").display().to_string());
    let zh = format!("请写 -o {yaml}；要工作簿的，再用 budgetdoc convert 转换");
    let en = format!("write `-o {yaml}`, then make a workbook of it with `budgetdoc convert`");
    message(
        format!("{path} 是工作簿的文件名，{command} 生成的是 YAML"),
        format!("{path} is the name of a workbook, but {command} writes YAML"),
        Some((&zh, &en)),
    )
}
