//! C1: amounts in the text refer to the data.

use crate::examiner::Examiner;
use crate::figures::measures::of_accounts;
use crate::prose::figure_index::FigureIndex;
use crate::prose::numbers::TextNumber;
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::statement::{Reading, report};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::{Bilingual, Lang};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

pub(crate) const RULE: Rule = Rule {
    id: "C1",
    severity: Severity::Warning,
    title: ("文字中的金额与数据一致，并引用数据", "Amounts in the text agree with the data and refer to them"),
    explanation: (
        "一句话写明是哪个数的（合计、资金来源、科目、项目、单位、“三公”经费、政府采购等的名称，及年度或执行数），与预算中的这个数核对到所写的最后一位，不符的给出警告；说“没有”“未安排”而有金额的，也给出警告。一个名称可能指几个数的，与其中一个相符即可；几个名称“合计”“共计”的，与各数之和核对；名称在金额之后的（“其余5万元为项目支出”）同样核对。名称前后有程序不认识的词、可能只是其中一部分的，只查两个数字写颠倒的。手写的金额与预算中的数相等的给出提示，只与一个数相等的给出写法（如 {{ income | amount }}），这样数字改了文字随之改；无从核对的列在一条提示里。绩效指标中“≤”的金额大于支出总计的，给出警告。全角数字、中文数字、“百万元”同样识别。“单价50万元以上”一类的界限和标准不算。",
        "Where a sentence names a figure (a total, fund, subject, project, unit, public expense or procurement, and its year or outcome), its amount is compared with the figure to its last digit, and a difference is a warning; so is 没有 or 未安排 where there is an amount. An amount of several names together (合计, 共计) is compared with the sum of their figures, and one whose name stands behind it (其余5万元为项目支出) with that figure. Where a name may mean several figures, one that fits is enough; next to unknown words, which may narrow the name, only two exchanged digits are reported. A typed amount that equals a figure is a note; where it can be one figure only, the note gives its reference, such as {{ income | amount }}. Amounts without a known figure are listed in one note. A limit (≤) among the performance indicators that exceeds all expenditure is a warning. Full-width digits, Chinese numerals and 百万元 are read as well. Thresholds and rates such as 单价50万元以上 do not count.",
    ),
    wrong: "text:\n  overview_reasons: 收入1301万元，其中……    # 收入为1310万元",
    right: "text:\n  overview_reasons: 收入{{ income | amount }}，其中……",
    checks: &[Check::Prose(report), Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let (known, reading) = (examiner.budget_figures(), examiner.reading());
    let is_prose = |passage: &&ParsedPassage| !matches!(passage.kind, PassageKind::Glossary | PassageKind::Name);
    for passage in examiner.own_passages().filter(is_prose) {
        let text = &passage.text;
        let mut seen: Vec<(Option<Money>, &str)> = Vec::new();
        for number in passage.amounts().filter(|number| passage.is_typed(number.range(text))) {
            let amount = (number.money(), number.digits);
            examiner.count_one();
            if number.value.is_zero()
                || reading.contradicts(passage.place_of(number.range(text)))
                || seen.iter().any(|(money, digits)| *digits == amount.1 || (money.is_some() && *money == amount.0))
            {
                continue;
            }
            seen.push(amount);
            if let Some((severity, message, help)) = of_amount(examiner, passage, number, &known) {
                examiner.report_words(passage, number.range(text), severity, message, help);
            }
        }
    }
    unknown(examiner, &reading);
}

/// One note on all amounts that no figure is known for.
fn unknown(examiner: &mut ProseReader, reading: &Reading) {
    const MOST: usize = 12;
    let Some(first) = reading.unbound.first() else { return };
    let words: Vec<&str> = reading.unbound.iter().take(MOST).map(|unbound| unbound.words.as_str()).collect();
    let (count, rest) =
        (reading.unbound.len(), if reading.unbound.len() > MOST { ("等", " and others") } else { ("", "") });
    let message = Bilingual::new(
        format!("{count} 个手写的金额无从与预算中的数核对：{}{}", words.join("、"), rest.0),
        format!("{count} typed amounts have no known figure of the budget: {}{}", words.join(", "), rest.1),
    );
    let help = Bilingual::new(
        "请人工核对；预算中有的数请改为引用",
        "check them by hand; write a reference where the budget has the figure",
    );
    examiner.report_place(first.about.clone(), first.place, Caution::Note, message, help);
}

/// Returns what to say of a typed amount.
fn of_amount(
    examiner: &Examiner,
    passage: &Passage,
    number: &TextNumber,
    known: &FigureIndex,
) -> Option<(Caution, Bilingual, Bilingual)> {
    let digits = number.words();
    // Templates work in `text` alone.
    let in_text = passage.kind == PassageKind::Narrative;
    match known.with_amount(number) {
        Some((first, others)) if first.reference || passage.kind != PassageKind::Performance => {
            let message = Bilingual::new(
                format!("“{digits}”是手写的，与 {}{}相同", first.name, others_in(Lang::Zh, others)),
                format!("{digits} is typed and equals {}{}", first.name, others_in(Lang::En, others)),
            );
            let help = if first.reference && others == 0 && in_text {
                Bilingual::new(
                    format!("如指该数，请写“{{{{ {} | amount }}}}”，数据改变时文字随之改变", first.name),
                    format!(
                        "if it is this figure, write `{{{{ {} | amount }}}}`, and the text follows the data",
                        first.name
                    ),
                )
            } else {
                Bilingual::new("数据改变时请一并改写", "change it whenever the data change")
            };
            Some((Caution::Note, message, help))
        }
        None if passage.kind == PassageKind::Performance => above_all(examiner, passage, number),
        _ => None,
    }
}

/// Returns how many more figures have the amount.
fn others_in(lang: Lang, others: usize) -> String {
    match (others, lang) {
        (0, _) => String::new(),
        (count, Lang::Zh) => format!("等 {} 个数", count + 1),
        (count, Lang::En) => format!(" and {count} more"),
    }
}

/// Returns a limit among the performance targets that is more than all there is to spend.
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
        format!("the target's limit {digits} exceeds all expenditure, {all}"),
    );
    Some((Caution::Warning, message, Bilingual::new("请核对目标值", "check the target")))
}
