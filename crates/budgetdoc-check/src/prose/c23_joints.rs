//! C23: a text of the office fits the sentence of the form it is put into.

use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "C23",
    severity: Severity::Warning,
    title: ("填写的文字与版式的文字衔接得上", "Texts fit the profile's sentences around them"),
    explanation: (
        "版式在“主要用于”“主要原因是”等之后接填写的文字（asks 的各项，项目和科目的 purpose、reason）。接处重复版式的话（“主要用于用于”“主要原因是因为”“主要原因是一是”），两个标点相连（“。。”“，。”），填写的文字没有以句号结尾、版式紧接着写下一句，以“主要原因”开头而版式没有写增减的，给出警告。",
        "The profile prints texts of the department (those of `asks`, and `purpose` and `reason` of projects and subjects) after words such as 主要用于 and 主要原因是. Warnings: a text that repeats these words, as in 主要用于用于, 主要原因是因为 and 主要原因是一是; two marks in a row (。。 and ，。); a text without its full stop where the profile continues with a new sentence; a text that begins with 主要原因 where the profile states no change.",
    ),
    wrong: "projects:\n  - purpose: 主要用于召开会议    # 版式已写“主要用于”，末尾没有句号",
    right: "projects:\n  - purpose: 召开会议。",
    checks: &[Check::Prose(report)],
};
