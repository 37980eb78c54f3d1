//! Amounts written in prose.

use super::examiner::Examiner;
use super::known::{Known, same};
use super::naming::{bare, named, project_before};
use super::numbers::{Number, numbers};
use super::totals::of;
use super::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;
use budgetdoc_document::Place;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C1",
        severity: Severity::Warning,
        title: ("文字中的金额引用数据，不手写", "Amounts in the text refer to the data"),
        explanation: (
            "正文中的金额应写成引用（如 {{ income | amount }}），这样数字改了文字随之改。手写的金额与某个合计或项目的数相等的，给出警告和写法；只与某个科目或单位的数相等，或与这些数都不相等的，给出提示。金额紧接在项目名称之后而不是该项目的数，以及绩效指标中“≤”的金额大于支出总计的，给出警告；绩效目标中的其他金额（如拉动投资）无从核对。全角数字、中文数字、“百万元”和“¥”同样识别。“单价50万元以上”、最低工资一类的界限和标准不算。",
            "Amounts in prose should be references such as {{ income | amount }}, so that the text follows the data. A typed amount that equals a total or a project's is a warning with the way to write it; one that equals only a subject's or a unit's, or none of them, is a note. An amount right behind a project's name that is not the project's, and a limit (≤) among the performance indicators above all expenditure, is a warning; other amounts among the targets cannot be checked. Full-width digits, Chinese numerals, 百万元 and ¥ are read as well. Thresholds and rates such as 单价50万元以上 do not count.",
        ),
        wrong: "text:\n  overview_reasons: 收入1310万元，其中……",
        right: "text:\n  overview_reasons: 收入{{ income | amount }}，其中……",
        check: typed,
    },
    Rule {
        id: "C11",
        severity: Severity::Warning,
        title: ("文字的金额单位统一", "One unit for amounts in the text"),
        explanation: (
            "正文金额统一用版式规定的单位（一般为万元）；另用元、千元、百万元、亿元或“¥”的，给出警告。界限和标准（如“单价50万元以上”）不算。",
            "Amounts in the text are in the unit the profile sets, 万元 as a rule; another one, or ¥, is a warning. Thresholds and rates do not count.",
        ),
        wrong: "text:\n  reception: 人均接待费3000000元。    # 正文用万元",
        right: "text:\n  reception: 人均接待费300万元。",
        check: units,
    },
];

/// A piece of prose: what it is part of, its words and its line.
pub(super) type Piece<'a> = (&'a str, &'a str, Option<Place>);

/// What the spec's narrative and its projects say, as printed. The profile's own sentences are made from the data.
pub(super) fn printed<'a>(examiner: &Examiner<'a>) -> Vec<Piece<'a>> {
    let prose = |kind| matches!(kind, PassageKind::Narrative | PassageKind::Project);
    let passages = examiner.prose.passages.iter().filter(|passage| prose(passage.kind) && passage.is_own());
    passages.map(|passage| (passage.about.as_str(), passage.text.as_str(), passage.place)).collect()
}

/// Words around an amount that make it a limit or a rate rather than a figure of the budget.
const LIMITS_BEHIND: [&str; 7] = ["以上", "以下", "以内", "（含", "及以上", "起", "/"];
const LIMITS_BEFORE: [&str; 10] = ["单价", "每", "人均", "不超过", "限额", "标准", "最低", "最高", "租金", "定额"];

/// Amounts of a text that are figures of the budget or pretend to be: no limits, no rates.
fn amounts(text: &str) -> impl Iterator<Item = Number<'_>> {
    let is_limit = |number: &Number| {
        let (behind, clause) = (number.behind(), number.clause());
        behind.starts_with('每')
            || LIMITS_BEHIND.iter().any(|word| behind.starts_with(word))
            || LIMITS_BEFORE.iter().any(|word| clause.contains(word))
    };
    numbers(text).into_iter().filter(move |number| number.unit.is_some() && !number.quoted() && !is_limit(number))
}

fn typed(examiner: &mut Examiner) {
    let known = examiner.known();
    let passages = examiner.prose.passages.iter();
    for passage in passages.filter(|passage| !matches!(passage.kind, PassageKind::Glossary | PassageKind::Name)) {
        let Some(text) = &passage.plain else { continue };
        let mut seen: Vec<(Option<Money>, &str)> = Vec::new();
        for number in amounts(text) {
            let amount = (number.money(), number.digits);
            examiner.look();
            if number.value.is_zero()
                || seen.iter().any(|(money, digits)| *digits == amount.1 || (money.is_some() && *money == amount.0))
            {
                continue;
            }
            seen.push(amount);
            if let Some((severity, message, help)) = of_amount(examiner, passage, &number, &known) {
                examiner.report(passage.about.clone(), severity, passage.place, message, help);
            }
        }
    }
}

/// What to say of a typed amount.
fn of_amount(
    examiner: &Examiner,
    passage: &Passage,
    number: &Number,
    known: &[Known],
) -> Option<(Severity, Bilingual, Bilingual)> {
    let digits = number.words();
    if let Some((name, right)) = contradicted(examiner, number, known) {
        let message = Bilingual::new(
            format!("文字写“{name}{digits}”，而该项目的预算为 {right}"),
            format!("the text says {name}{digits}, but the project has {right}"),
        );
        let help = Bilingual::new("请核对，以数据为准", "check it against the data");
        return Some((Severity::Warning, message, help));
    }
    let in_text = passage.kind == PassageKind::Narrative;
    match same(examiner, known, number) {
        // Templates work in `text` alone.
        Some(same) if same.reference && in_text => {
            let message = Bilingual::new(
                format!("手写的金额“{digits}”与预算中的 {} 相同", same.name),
                format!("the typed amount {digits} is the same as the budget's `{}`", same.name),
            );
            let help = Bilingual::new(
                format!("如指该数，请写“{{{{ {} | amount }}}}”，数据改变时文字随之改变", same.name),
                format!("if it is meant, write `{{{{ {} | amount }}}}`, so that the text follows the data", same.name),
            );
            Some((Severity::Warning, message, help))
        }
        Some(same) if same.reference || passage.kind != PassageKind::Performance => {
            let severity = if same.reference { Severity::Warning } else { Severity::Note };
            let message = Bilingual::new(
                format!("手写的金额“{digits}”与预算中的 {} 相同，数据改变时不会随之改变", same.name),
                format!("the typed amount {digits} is the same as the budget's `{}` and does not follow it", same.name),
            );
            let help = Bilingual::new(
                "请核对这里是否应写该金额；如无必要请删去",
                "check whether it belongs here, and delete it if not",
            );
            Some((severity, message, help))
        }
        None if passage.kind == PassageKind::Performance => above_all(examiner, passage, number),
        None if number
            .unit
            .is_some_and(|(_, yuan)| examiner.budget.profile.text_amounts.unit.in_yuan() == yuan.into()) =>
        {
            let message = Bilingual::new(
                format!("手写的金额“{digits}”不等于预算的合计、科目、单位和项目中的任何数"),
                format!("the typed amount {digits} equals no total, subject, unit or project of the budget"),
            );
            let help = Bilingual::new(
                "请核对；预算中有的数请改为引用",
                "check it; where the budget has the figure, refer to it",
            );
            Some((Severity::Note, message, help))
        }
        _ => None,
    }
}

/// The project whose name stands right before an amount that is none of its own, and what it has.
fn contradicted(examiner: &Examiner, number: &Number, known: &[Known]) -> Option<(String, String)> {
    let spec = &examiner.budget.spec;
    let name = bare(&spec.projects[project_before(spec, number)?].name);
    // What is short is a common word, and what has come or gone is told apart.
    let change = ["增加", "减少", "追加", "调减"].iter().any(|word| named(number).contains(word));
    let own: Vec<Money> = known.iter().filter(|known| known.words == name).map(|known| known.amount).collect();
    let amount = number.money()?;
    let right = same(examiner, known, number).is_some_and(|known| known.words == name) || own.contains(&amount);
    if right || change || own.is_empty() || name.chars().count() < 4 {
        return None;
    }
    Some((name.to_owned(), examiner.print(own[0])))
}

/// A limit among the performance targets that is more than all there is to spend.
fn above_all(examiner: &Examiner, passage: &Passage, number: &Number) -> Option<(Severity, Bilingual, Bilingual)> {
    let limit = ["≤", "<=", "＜", "<", "不高于", "控制在"].iter().any(|sign| number.before.ends_with(sign));
    let whole = examiner.budget.total(&of(&[Account::Expenditure]));
    let amount = number.money()?;
    if !limit
        || whole.is_unfilled()
        || amount <= whole.or_zero()
        || !passage.about.starts_with("performance.indicators")
    {
        return None;
    }
    let (digits, all) = (number.words(), examiner.print(whole.or_zero()));
    let message = Bilingual::new(
        format!("目标值的上限“{digits}”大于支出总计 {all}"),
        format!("the target's limit {digits} is more than all expenditure, {all}"),
    );
    Some((Severity::Warning, message, Bilingual::new("请核对目标值", "check the target")))
}

fn units(examiner: &mut Examiner) {
    let unit = examiner.budget.profile.text_amounts.unit;
    let known = examiner.known();
    let passages = examiner.prose.passages.iter();
    for passage in passages.filter(|passage| matches!(passage.kind, PassageKind::Narrative | PassageKind::Project)) {
        let Some(text) = &passage.plain else { continue };
        for number in amounts(text) {
            let Some((name, yuan)) = number.unit else { continue };
            examiner.look();
            // One that equals a figure is told by C1 with the way to write it, and so is one that contradicts a project.
            if unit.in_yuan() == yuan.into()
                || same(examiner, &known, &number).is_some()
                || contradicted(examiner, &number, &known).is_some()
            {
                continue;
            }
            let digits = number.digits;
            examiner.report(
                passage.about.clone(),
                Severity::Warning,
                passage.place,
                Bilingual::new(
                    format!("“{digits}{name}”用的是{name}，正文金额的单位为{}", unit.name()),
                    format!("{digits}{name} is in {name}, but amounts in the text are in {}", unit.name()),
                ),
                Bilingual::new(format!("请换算为{}", unit.name()), format!("convert it to {}", unit.name())),
            );
            break;
        }
    }
}
