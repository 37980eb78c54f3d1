//! Family C: what is written.

use super::{Finding, Rule, Severity};
use crate::budget::Budget;
use crate::lang::Bilingual;
use crate::money::Amount;
use crate::source::Place;
use crate::spec::Typography;
use crate::typography;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C4",
        title: ("增减变化要有原因", "A change needs a reason"),
        explanation: (
            "项目预算比上年有增减的，必须说明原因。",
            "A project whose budget differs from last year's needs a reason.",
        ),
        check: reasons,
    },
    Rule {
        id: "C14",
        title: ("没有未填写的内容", "Nothing is left unfilled"),
        explanation: (
            "金额不能待填，版式要求由单位填写的文字不能缺，文字中不能留有 XX、××、待填、增加（减少）等模板痕迹。",
            "No amount is left unfilled, texts the profile asks of the department must be there, and no residue of a template (XX, ××, 待填, 增加（减少）) may be left in any.",
        ),
        check: unfilled,
    },
    Rule {
        id: "C18",
        title: ("中文里用全角标点，不留空格", "Chinese text has full-width marks and no stray spaces"),
        explanation: (
            "汉字旁的逗号、分号、冒号、问号、叹号、括号用全角，引号用“”，汉字之间、汉字与数字之间不留空格。写“typography: normalize”，印出时自动改正。",
            "Beside Chinese characters commas, semicolons, colons, question and exclamation marks and brackets are full-width, quotation marks are “ ”, and no spaces stand between characters or next to figures. With `typography: normalize` the document is set right.",
        ),
        check: slips,
    },
];

fn reasons(budget: &Budget, findings: &mut Vec<Finding>) {
    for project in &budget.spec.projects {
        let differs = |last: Amount| last != project.amount.value && last != Amount::Unfilled;
        let known = project.amount.value != Amount::Unfilled;
        let changed = known && project.last.as_ref().is_some_and(|last| differs(last.value));
        if changed && project.reason.trim().is_empty() {
            let name = &project.name.value;
            findings.push(Finding {
                rule: "C4",
                severity: Severity::Error,
                message: Bilingual::new(
                    format!("项目“{name}”比上年有增减，但没有写原因"),
                    format!("project `{}` changed from last year, but no reason is given", project.id.value),
                ),
                figures: Vec::new(),
                place: project.amount.place,
                help: Bilingual::new("请在该项目下写“reason: …”", "add `reason: …` to the project"),
            });
        }
    }
}

fn unfilled(budget: &Budget, findings: &mut Vec<Finding>) {
    super::unfilled::amounts(budget, findings);
    for (key, ask) in budget.profile.asks.iter() {
        let given = budget.spec.text.iter().find(|(name, _)| name.value == key.value);
        if given.is_none_or(|(_, text)| text.trim().is_empty()) {
            let key = &key.value;
            findings.push(Finding {
                rule: "C14",
                severity: Severity::Error,
                message: Bilingual::new(format!("没有填写：{ask}"), format!("the text `{key}` is missing ({ask})")),
                figures: Vec::new(),
                // An empty block is said to stand where the next key does; its own key is the place to look at.
                place: given.and_then(|(name, _)| name.place),
                help: Bilingual::new(
                    format!("请在 text 下写“{key}: |”，下一行缩进写正文"),
                    format!("write `{key}: |` under `text` and the words below it, indented"),
                ),
            });
        }
    }
    for (text, place) in every_text(budget) {
        for residue in ["XX", "××", "ＸＸ", "待填", "增加（减少）", "增长（减少）", "增长（下降）"]
        {
            let Some(line) = text.lines().position(|line| line.contains(residue)) else { continue };
            let below = u32::try_from(line).unwrap_or(0);
            findings.push(Finding {
                rule: "C14",
                severity: Severity::Error,
                message: Bilingual::new(
                    format!("文字中留有模板痕迹“{residue}”"),
                    format!("the text holds the template residue `{residue}`"),
                ),
                figures: Vec::new(),
                place: place.map(|place| Place { line: place.line + below, ..place }),
                help: Bilingual::new("请填写实际内容", "write what is meant"),
            });
        }
    }
}

fn slips(budget: &Budget, findings: &mut Vec<Finding>) {
    if budget.spec.typography == Typography::Normalize {
        return;
    }
    for (text, place) in every_text(budget) {
        let slips = typography::slips(text);
        let Some(slip) = slips.first() else { continue };
        let line = text[..slip.range.start].matches('\n').count();
        let around = |words: &mut dyn Iterator<Item = char>| words.take(4).collect::<Vec<_>>();
        let mut before = around(&mut text[..slip.range.start].chars().rev().take_while(|character| *character != '\n'));
        before.reverse();
        let after = around(&mut text[slip.range.end..].chars().take_while(|character| *character != '\n'));
        let piece = |middle: &str| before.iter().copied().chain(middle.chars()).chain(after.iter().copied()).collect();
        let (wrong, right): (String, String) = (piece(&text[slip.range.clone()]), piece(slip.right));
        let (count, below) = (slips.len(), u32::try_from(line).unwrap_or(0));
        let more = |zh: bool| match (count, zh) {
            (1, _) => String::new(),
            (_, true) => format!("（这段文字共{count}处）"),
            (_, false) => format!(" ({count} such places in this text)"),
        };
        findings.push(Finding {
            rule: "C18",
            severity: Severity::Note,
            message: Bilingual::new(
                format!("“{wrong}”的标点或空格应为“{right}”{}", more(true)),
                format!("`{wrong}` should be `{right}`{}", more(false)),
            ),
            figures: Vec::new(),
            place: place.map(|place| Place { line: place.line + below, ..place }),
            help: Bilingual::new(
                "请改正，或写“typography: normalize”由程序改正",
                "correct it, or write `typography: normalize` to have it set right",
            ),
        });
    }
}

/// Every text of the spec that is printed as it is.
fn every_text(budget: &Budget) -> Vec<(&str, Option<Place>)> {
    let spec = &budget.spec;
    let department = &spec.department;
    let mut texts = vec![&department.name];
    texts.extend(&department.supervisor);
    texts.extend(department.units.iter().map(|unit| &unit.name));
    texts.extend(spec.subjects.iter().map(|subject| &subject.name));
    texts.extend(spec.text.iter().map(|(_, text)| text));
    for project in &spec.projects {
        texts.extend([&project.name, &project.purpose, &project.reason, &project.goal]);
    }
    if let Some(performance) = &spec.performance {
        texts.extend([&performance.basic, &performance.goal]);
        texts.extend(performance.tasks.iter().flat_map(|task| task.name.iter().chain([&task.content])));
        for (first, groups) in performance.indicators.iter() {
            texts.push(first);
            for (second, indicators) in groups.iter() {
                texts.push(second);
                texts.extend(indicators.iter().flat_map(|indicator| [&indicator.name, &indicator.target]));
            }
        }
    }
    texts.extend(spec.glossary.iter().flat_map(|term| [&term.term, &term.meaning]));
    texts.into_iter().map(|text| (text.value.as_str(), text.place)).collect()
}
