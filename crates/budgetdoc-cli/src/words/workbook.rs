//! Messages on workbooks.

use std::path::Path;

use budgetdoc::check::Severity;

use super::message;
use crate::report::Message;

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
