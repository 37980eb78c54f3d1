//! C5: shares are parts of a total and add up to 100 %.

use rust_decimal::Decimal;

use crate::figures::measures::of_accounts;
use crate::prose::divided_sums::divisions;
use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

pub(crate) const RULE: Rule = Rule {
    id: "C5",
    severity: Severity::Warning,
    title: ("占比等于部分除以总数，合计为100%", "Shares are parts of a total and add up to 100 %"),
    explanation: (
        "“A万元，占C%”的 C 应等于 A 除以收入或支出总计、本段的第一个金额或“其中”之前的金额；写明占什么的（如“占项目支出的”），除以预算中的某个数，或与本段其他占比同以各部分之和为总数；同一段里的占比之和不应大于 100%，相差不超过每项 0.01 个百分点。“A万元，其中：……”之后各数之和不应大于 A（人数只加编制数），“甲1万元、乙2万元，合计C万元”的 C 应等于前面各数之和。",
        "In “A, C % of …” C is A over total income or expenditure, the first amount of the paragraph or the one before 其中; where the text says of what, over a figure of the budget, or over the sum of the parts the paragraph lists; the shares of one paragraph do not exceed 100 %, by more than 0.01 for each. What follows “A, 其中” does not add up to more than A; of people, only posts are added; what is called 合计 is the sum of the amounts before it.",
    ),
    wrong: "支出1310万元，其中基本支出684万元，占62.21%；项目支出626万元，占47.79%。",
    right: "支出1310万元，其中基本支出684万元，占52.21%；项目支出626万元，占47.79%。",
    checks: &[Check::Prose(check)],
};

/// How a clause begins that tells the share of the amount before it.
const SHARES: [&str; 8] = ["占", "约占", "其占", "比重", "占比", "所占", "分别占", "比例"];

/// What is left of the words between 占 and the number where no narrower total is named.
const OF_ALL: [&str; 21] = [
    "占", "比重", "比例", "所", "约", "其", "为", "的", "是", "本年", "年", "部门", "单位", "总", "支出", "收入",
    "预算", "合计", "总计", "全部", "额",
];

fn check(examiner: &mut ProseReader) {
    let mut told = Vec::new();
    let every: Vec<Money> = examiner.known().iter().map(|known| known.amount).collect();
    let whole = |accounts: &[Account]| examiner.budget.total(&of_accounts(accounts)).or_zero();
    let wholes = [
        whole(&[Account::Income]),
        whole(&[Account::Expenditure]),
        whole(&[Account::Income, Account::BroughtForward]),
        whole(&[Account::Expenditure, Account::CarriedForward]),
    ];
    for passage in examiner.own_sentences() {
        let text = passage.text.as_str();
        let list = numbers(text);
        let (mut sum, mut slack) = (Some(Decimal::ZERO), Decimal::ZERO);
        let (mut wrong, mut count) = (false, 0);
        let listed = sum_of_parts(text, &list);
        for (index, number) in list.iter().enumerate() {
            let Some((before, part)) = part_of(text, &list, index) else { continue };
            let words = number.clause();
            let start = text.len() - part.behind().len();
            let Some(amount) = part.money() else { continue };
            examiner.count_one();
            sum = sum.and_then(|sum| sum.checked_add(number.value));
            count += 1;
            slack += number.half().max(Decimal::new(1, 2));
            let edge = number.half() + Decimal::new(1, 2);
            let fits = |total: &Money| {
                let share = amount.percent_of(*total).and_then(|share| share.checked_sub(number.value));
                share.is_some_and(|gap| gap.abs() <= edge)
            };
            // The paragraph's first amount, the one 其中 divides, the whole; a narrower total only where it is named.
            let first = list[..before].iter().find(|number| number.unit.is_some());
            let divided = text[..start].rfind("其中");
            let divided = divided.and_then(|at| {
                list[..before].iter().rev().find(|number| number.unit.is_some() && number.before.len() < at)
            });
            let rest = words.chars().filter(|character| !character.is_ascii_digit()).collect::<String>();
            let rest = OF_ALL.iter().fold(rest, |rest, word| rest.replace(word, ""));
            let near = [first, divided].into_iter().flatten().filter_map(TextNumber::money);
            let bases: Vec<Money> = near.chain(wholes).chain(listed).collect();
            if bases.iter().any(fits) || (!rest.is_empty() && every.iter().any(fits)) {
                continue;
            }
            wrong = true;
            told.push(passage);
            let base = bases.iter().find(|base| !base.is_zero()).copied().unwrap_or_default();
            let share = amount.percent_of(base).unwrap_or_default().round_dp(2).normalize();
            let (part, base) = (part.words(), examiner.print(base));
            examiner.report_words(
                passage,
                number.range(text),
                Caution::Warning,
                Bilingual::new(
                    format!("“{part}，占{}%”：{part}占 {base} 的 {share}%", number.digits),
                    format!("`{part}` is given as {} %, but is {share} % of {base}", number.digits),
                ),
                Bilingual::new(
                    "请核对占比；以其他数为总数的，写明占什么",
                    "check the percentage, or name the total it refers to",
                ),
            );
        }
        let percentages = list.iter().filter(|number| number.is_percent()).map(|number| number.range(text));
        let whole = percentages.reduce(|first, last| first.start..last.end).unwrap_or_default();
        // Fewer may be listed than there are, but what comes near the whole is meant to be it.
        let Some(sum) = sum.filter(|sum| !wrong && count > 1 && *sum > Decimal::from(98)) else { continue };
        if sum.checked_sub(Decimal::ONE_HUNDRED).is_some_and(|gap| gap.abs() > slack) {
            told.push(passage);
            examiner.report_words(
                passage,
                whole,
                Caution::Warning,
                Bilingual::new(
                    format!("本段 {count} 个占比之和为 {}%", sum.normalize()),
                    format!("the {count} shares of the paragraph add up to {} %", sum.normalize()),
                ),
                Bilingual::new("请核对各占比，合计应为 100%", "check the shares: they should add up to 100 %"),
            );
        }
    }
    divisions(examiner, &told);
}

/// The amount whose share a percentage tells, and its place in the list: 684万元，占…, 684万元（占…. Nothing but the
/// share's clause stands between.
fn part_of<'a, 'b>(text: &str, list: &'b [TextNumber<'a>], index: usize) -> Option<(usize, &'b TextNumber<'a>)> {
    let number = &list[index];
    let words = number.clause();
    if !number.is_percent() || !SHARES.iter().any(|word| words.starts_with(word)) {
        return None;
    }
    let (before, part) = list[..index].iter().enumerate().rev().find(|(_, number)| number.unit.is_some())?;
    let start = text.len() - part.behind().len();
    let between = text.get(start..number.before.len()).unwrap_or_default();
    let at_once = between.trim_start_matches(['，', '（', '(', '、', ' ']);
    (at_once.trim_end() == words).then_some((before, part))
}

/// What the parts of a paragraph with a share each add up to, where there are several: the whole may be told elsewhere.
fn sum_of_parts(text: &str, list: &[TextNumber]) -> Option<Money> {
    let parts = (0..list.len()).filter_map(|index| part_of(text, list, index)?.1.money()).collect::<Vec<_>>();
    (parts.len() > 1).then(|| parts.into_iter().sum())
}
