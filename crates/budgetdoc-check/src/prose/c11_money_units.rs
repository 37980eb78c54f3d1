//! C11: amounts in the text are in one unit.

use crate::prose::numbers::TextNumber;
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    id: "C11",
    severity: Severity::Warning,
    title: ("文字的金额单位统一", "One unit for amounts in the text"),
    explanation: (
        "正文金额统一用版式规定的单位（一般为万元）；另用元、千元、百万元、亿元或“¥”的，给出警告。界限和标准（如“单价50万元以上”），以及用更大的单位写的与数据相同的数，不算。",
        "Amounts in the text are in the unit of the profile, usually 万元; another unit, or ¥, is a warning. Thresholds, rates, and figures of the budget in a larger unit do not count.",
    ),
    wrong: "text:\n  reception: 公务接待费3000元。    # 正文用万元",
    right: "text:\n  reception: 公务接待费0.3万元。",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let unit = examiner.budget.profile.text_amounts.unit;
    let (known, reading) = (examiner.budget_figures(), examiner.reading());
    for passage in examiner.own_sentences() {
        let mut before: Option<&TextNumber> = None;
        for number in passage.amounts().filter(|number| passage.is_typed(number.range(&passage.text))) {
            let last = before.replace(number);
            let Some((name, yuan)) = number.unit else { continue };
            if last.is_some_and(|last| restates(last, number)) {
                continue;
            }
            let name = if name.is_empty() { "元" } else { name };
            examiner.count_one();
            // A figure in 万元 beside tables in 元 is easier to read; one in 元 beside 万元 is out of place.
            let is_shorter = unit.in_yuan() < yuan.into() && known.with_amount(number).is_some();
            // Another rule reports amounts that contradict a figure.
            if unit.in_yuan() == yuan.into()
                || number.value.is_zero()
                || is_shorter
                || reading.contradicts(passage.place_of(number.range(&passage.text)))
            {
                continue;
            }
            let digits = number.digits;
            examiner.report_words(
                passage,
                number.range(&passage.text),
                Caution::Warning,
                Bilingual::new(
                    format!("“{digits}{name}”用的是{name}，正文金额的单位为{}", unit.name()),
                    format!("{digits}{name} is in {name}, but the unit of texts is {}", unit.name()),
                ),
                Bilingual::new(format!("请换算为{}", unit.name()), format!("convert it to {}", unit.name())),
            );
            break;
        }
    }
}

/// Returns whether an amount is the one before it once more, in brackets and another unit: 4186908.34元（418.69万元）.
fn restates(last: &TextNumber, number: &TextNumber) -> bool {
    let is_behind =
        number.before.strip_suffix(['（', '(']).is_some_and(|before| before.trim_end().ends_with(&last.words()));
    let Some(((_, yuan), (one, other))) = number.unit.zip(last.money().zip(number.money())) else { return false };
    let half = Decimal::try_new(5, number.value.scale() + 1).unwrap_or_default();
    let half = Money::yuan(Decimal::from(yuan) * half);
    is_behind && (one - other).abs() <= half
}
