//! C1: amounts in the text refer to the data.

use crate::examiner::Examiner;
use crate::figures::measures::of_accounts;
use crate::prose::budget_figures::{BudgetFigure, figures_told};
use crate::prose::numbers::TextNumber;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::typed_amounts::{amounts, contradicted};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

pub(crate) const RULE: Rule = Rule {
    id: "C1",
    severity: Severity::Warning,
    title: ("文字中的金额引用数据，不手写", "Amounts in the text refer to the data"),
    explanation: (
        "正文中的金额应写成引用（如 {{ income | amount }}），这样数字改了文字随之改。手写的金额与预算中的数（本年数、上年数、执行数、增减数）相等的，或与这些数都不相等的，给出提示；只与一个数相等的，给出写法。金额紧接在项目名称之后而不是该项目的数，以及绩效指标中“≤”的金额大于支出总计的，给出警告；绩效目标中的其他金额（如拉动投资）无从核对。全角数字、中文数字、“百万元”和“¥”同样识别。“单价50万元以上”、最低工资一类的界限和标准不算。",
        "Amounts in prose should be references such as {{ income | amount }}, so that the text follows the data. A typed amount is a note, whether it equals a figure of the budget (this year's, last year's, executed or the change) or none of them; where it can be one figure only, the note says how to refer to it. An amount right behind a project's name that is not the project's, and a limit (≤) among the performance indicators above all expenditure, is a warning; other amounts among the targets cannot be checked. Full-width digits, Chinese numerals, 百万元 and ¥ are read as well. Thresholds and rates such as 单价50万元以上 do not count.",
    ),
    wrong: "text:\n  overview_reasons: 收入1310万元，其中……",
    right: "text:\n  overview_reasons: 收入{{ income | amount }}，其中……",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let known = examiner.known();
    let told = |passage: &&Passage| !matches!(passage.kind, PassageKind::Glossary | PassageKind::Name);
    for passage in examiner.own_passages().filter(told) {
        let text = &passage.text;
        let mut seen: Vec<(Option<Money>, &str)> = Vec::new();
        for number in amounts(text).filter(|number| passage.is_typed(number.range(text))) {
            let amount = (number.money(), number.digits);
            examiner.count_one();
            if number.value.is_zero()
                || seen.iter().any(|(money, digits)| *digits == amount.1 || (money.is_some() && *money == amount.0))
            {
                continue;
            }
            seen.push(amount);
            if let Some((severity, message, help)) = of_amount(examiner, passage, &number, &known) {
                examiner.report_words(passage, number.range(text), severity, message, help);
            }
        }
    }
}

/// What to say of a typed amount.
fn of_amount(
    examiner: &Examiner,
    passage: &Passage,
    number: &TextNumber,
    known: &[BudgetFigure],
) -> Option<(Caution, Bilingual, Bilingual)> {
    let digits = number.words();
    if let Some((name, right)) = contradicted(examiner, number, known) {
        let message = Bilingual::new(
            format!("文字写“{name}{digits}”，而该项目的预算为 {right}"),
            format!("the text says {name}{digits}, but the project has {right}"),
        );
        let help = Bilingual::new("请核对，以数据为准", "check it against the data");
        return Some((Caution::Warning, message, help));
    }
    let figures = figures_told(examiner, known, number);
    // Templates work in `text` alone.
    let in_text = passage.kind == PassageKind::Narrative;
    match figures.as_slice() {
        [first, others @ ..] if first.reference || passage.kind != PassageKind::Performance => {
            let message = Bilingual::new(
                format!("手写的金额“{digits}”与预算中的 {} 相同，数据改变时不会随之改变", list(&figures, "、")),
                format!("the typed amount {digits} is the budget's {} and does not follow it", list(&figures, " or ")),
            );
            let help = if first.reference && others.is_empty() && in_text {
                Bilingual::new(
                    format!("如指该数，请写“{{{{ {} | amount }}}}”，数据改变时文字随之改变", first.name),
                    format!(
                        "if it is meant, write `{{{{ {} | amount }}}}`, so that the text follows the data",
                        first.name
                    ),
                )
            } else {
                Bilingual::new("数据改变时请一并改写", "change it whenever the data change")
            };
            Some((Caution::Note, message, help))
        }
        [] if passage.kind == PassageKind::Performance => above_all(examiner, passage, number),
        [] if number
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
            Some((Caution::Note, message, help))
        }
        _ => None,
    }
}

/// Lists the names of the figures an amount may be, of many the first ones.
fn list(figures: &[&BudgetFigure], or: &str) -> String {
    const MOST: usize = 3;
    figures.iter().take(MOST).map(|figure| figure.name.as_str()).collect::<Vec<_>>().join(or)
}

/// A limit among the performance targets that is more than all there is to spend.
fn above_all(examiner: &Examiner, passage: &Passage, number: &TextNumber) -> Option<(Caution, Bilingual, Bilingual)> {
    let limit = ["≤", "<=", "＜", "<", "不高于", "控制在"].iter().any(|sign| number.before.ends_with(sign));
    let whole = examiner.budget.total(&of_accounts(&[Account::Expenditure]));
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
    Some((Caution::Warning, message, Bilingual::new("请核对目标值", "check the target")))
}
