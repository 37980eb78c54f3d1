//! C2: change, percentage and direction agree.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::examiner::Examiner;
use crate::prose::changes::{ToldChange, beside, changes_of, direction, same_and_changed};
use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::percentages::{ChangeFault, judge, makes};
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;

pub(crate) const RULE: Rule = Rule {
    id: "C2",
    severity: Severity::Warning,
    title: ("增减额、增减率与方向一致", "Change, percentage and direction agree"),
    explanation: (
        "文字中“A万元，比上年增加B万元，增长C%”的 C 应等于 B÷(A−B)，减少时等于 B÷(A+B)，保留到所写的小数；写出上年数的，三个数应相符；额与率的方向一致；没有变化写“持平”，不写“增加0万元”；不写“减少-5万元”，减少不超过100%；“由P万元增加到A万元”方向相符，增加额不大于本年数，“与上年持平”旁不写增减。A 是哪个数不明的（如“其中……”），与前面任何一个金额相符即可。只写百分比的，按 A 在预算中的上年数核对；连 A 也没有的，与预算中任何增减率都不符时给出提示。",
        "In a sentence “A, up by B, by C %” C is B÷(A−B), or B÷(A+B) for a decrease, to the decimals given; with last year's amount told the three agree; both verbs go the same way; no change is said to be none, never an increase of 0; a change has no sign besides its verb, a fall is 100 % at most; from P up to A goes up, nothing rises by more than it is, and no change stands beside 与上年持平. Where several amounts may be A, one that fits is enough. A percentage alone is compared with last year's figure of A in the data; without A it is a note if nothing in the budget changed so.",
    ),
    wrong: "预算535万元，比2021年增加333万元，增长156%。",
    right: "预算535万元，比2021年增加333万元，增长164.85%。",
    checks: &[Check::Prose(check)],
};

/// The change in the words of a finding.
fn words(change: &ToldChange, index: Option<usize>) -> String {
    let mut pieces = Vec::new();
    pieces.extend(index.and_then(|index| change.now.get(index)).or(change.now.first()).map(TextNumber::words));
    let base = change.base.as_ref().map(|base| format!("比{}", base.words())).unwrap_or_default();
    let verb = |up: bool| if up { "增加" } else { "减少" };
    pieces.extend(change.by.as_ref().map(|(by, up)| format!("{base}{}{}", verb(*up), by.words())));
    let verb = |up: bool| if up { "增长" } else { "减少" };
    pieces.extend(change.percent.as_ref().map(|(percent, up)| format!("{}{}%", verb(*up), percent.digits)));
    pieces.join("，")
}

fn check(examiner: &mut ProseReader) {
    let years = years(examiner);
    for passage in examiner.own_sentences() {
        let text = passage.text.as_str();
        if let Some(clause) = same_and_changed(text, examiner.budget.spec.year.value.saturating_sub(1)) {
            let words =
                (format!("“{clause}”与旁边写的增减不符"), format!("`{clause}` contradicts the change told beside it"));
            report(examiner, passage, bytes_of(clause, text), words);
        }
        let list = numbers(text);
        for pair in list.windows(2) {
            if let Some(words) = beside(&pair[0], &pair[1]) {
                report(examiner, passage, pair[1].range(text), words);
            }
        }
        for number in list.iter().filter(|number| number.unit.is_some() || number.is_percent()) {
            examiner.count_one();
            if number.value.is_zero() && direction(number).is_some() {
                no_change(examiner, passage, number);
            } else if let Some(fault) = impossible(number) {
                report(examiner, passage, number.range(text), fault);
            }
        }
        for change in changes_of(text) {
            examiner.count_one();
            let piece = words(&change, judge(&change).and_then(|(_, index)| index));
            let wrong = change.percent.as_ref().or(change.by.as_ref()).map(|(number, _)| number.range(text));
            let (severity, (zh, en)) = match judge(&change) {
                Some((ChangeFault::WrongWay, _)) => (
                    Caution::Warning,
                    ("的金额与百分比方向相反".to_owned(), ": amount and percentage go opposite ways".to_owned()),
                ),
                Some((ChangeFault::Percent(right), _)) => {
                    let decimals = change.percent.as_ref().map_or(0, |(percent, _)| percent.value.scale());
                    let right = right.round_dp(decimals.max(2)).normalize();
                    let wrong = (format!("：按这两个金额应为 {right}%"), format!(": these amounts make it {right} %"));
                    (Caution::Warning, wrong)
                }
                Some((ChangeFault::Sum(right), _)) => {
                    let right = examiner.print(right);
                    let wrong = (
                        format!("：上年数与增减额合起来是 {right}"),
                        format!(": last year's amount plus the change is {right}"),
                    );
                    (Caution::Warning, wrong)
                }
                Some((ChangeFault::More, _)) => (
                    Caution::Warning,
                    ("：增加额大于本年数".to_owned(), ": the rise is more than this year's amount".to_owned()),
                ),
                Some(_) => continue,
                None => match alone(examiner, &change, &years) {
                    Some(wrong) => wrong,
                    None => continue,
                },
            };
            examiner.report_words(
                passage,
                wrong.unwrap_or_default(),
                severity,
                Bilingual::new(format!("“{piece}”{zh}"), format!("`{piece}`{en}")),
                Bilingual::new(
                    "请改用 {{ … | yoy }} 由程序写出，或核对这几个数",
                    "let `{{ … | yoy }}` write it, or check the figures",
                ),
            );
        }
    }
}

/// 减少-5万元, whose verb says the way already, and 下降120%.
fn impossible(number: &TextNumber) -> Option<(String, String)> {
    let unit = if number.is_percent() { "%" } else { number.unit_name() };
    let positive = number
        .before
        .strip_suffix(['-', '－', '−', '–'])
        .map(|before| TextNumber { before: before.trim_end(), ..*number });
    if let Some(number) = positive.filter(|number| direction(number).is_some()) {
        let piece = format!("-{}{unit}", number.digits);
        return Some((
            format!("“{piece}”：动词已说明增减，不写负数"),
            format!("`{piece}`: the verb gives the direction; remove the sign"),
        ));
    }
    let alone = number.is_percent() && number.value > Decimal::ONE_HUNDRED && direction(number) == Some(false);
    (alone && number.clause().contains(['比', '较'])).then(|| {
        let piece = format!("{}%", number.digits);
        (format!("减少“{piece}”：减少不会超过 100%"), format!("a decrease of {piece}: none is more than 100 %"))
    })
}

fn report(examiner: &mut ProseReader, passage: &Passage, words: Range<usize>, (zh, en): (String, String)) {
    examiner.report_words(
        passage,
        words,
        Caution::Warning,
        Bilingual::new(zh, en),
        Bilingual::new("请核对，或用 {{ … | yoy }} 由程序写出", "check it, or let `{{ … | yoy }}` write it"),
    );
}

fn no_change(examiner: &mut ProseReader, passage: &Passage, number: &TextNumber) {
    let unit = if number.is_percent() { "%" } else { number.unit_name() };
    let verb: String = number.before.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let piece = format!("{verb}{}{unit}", number.digits);
    examiner.report_words(
        passage,
        number.range(&passage.text),
        Caution::Warning,
        Bilingual::new(
            format!("“{piece}”：没有变化不应写成增减"),
            format!("`{piece}`: a change of zero is neither an increase nor a decrease"),
        ),
        Bilingual::new(
            "请写“与上年持平”，或用 {{ … | yoy }}、{{ … | change }} 由程序写出",
            "say that it is the same as last year, or let `{{ … | yoy }}` or `{{ … | change }}` say it",
        ),
    );
}

/// This year's and last year's amount of what the budget knows both of.
fn years(examiner: &Examiner) -> Vec<(Money, Money)> {
    let budget = examiner.budget;
    let figures = budget.profile.figures.keys().filter_map(|name| {
        let (this, last) = (budget.figure(name)?, budget.last_of(name)?);
        (!this.is_unfilled() && !last.is_unfilled()).then(|| (this.or_zero(), last.or_zero()))
    });
    let projects = budget.spec.projects.iter().filter_map(|project| {
        let (this, last) = (project.amount.number()?, project.last.as_ref()?.number()?);
        Some((Money::new(this, budget.spec.unit), Money::new(last, budget.spec.unit)))
    });
    figures.chain(projects).collect()
}

/// A percentage without the amount of the change: the data tell whether it is right, where they know what changed.
fn alone(examiner: &Examiner, change: &ToldChange, years: &[(Money, Money)]) -> Option<(Caution, (String, String))> {
    let (None, Some((percent, up))) = (&change.by, &change.percent) else { return None };
    let format = &examiner.budget.profile.text_amounts;
    let fits = |(this, last): &(Money, Money)| {
        let by = if *up { *this - *last } else { *last - *this };
        by > Money::ZERO && !last.is_zero() && makes(percent, (by, Money::ZERO), (*last, Money::ZERO))
    };
    let shown = |money: Money| format.rounding.apply(money.in_unit(format.unit), format.decimals);
    let amounts: Vec<Money> = change.now.iter().filter_map(TextNumber::money).collect();
    let told = |this: Money| amounts.iter().any(|amount| *amount == this || amount.in_unit(format.unit) == shown(this));
    let known: Vec<&(Money, Money)> = years.iter().filter(|(this, _)| told(*this)).collect();
    if let Some((this, last)) = known.first().filter(|_| !known.iter().any(|pair| fits(pair))) {
        let (this, last) = (examiner.print(*this), examiner.print(*last));
        return Some((
            Caution::Warning,
            (
                format!("：预算中 {this} 的上年数为 {last}，不是这个百分比"),
                format!(": last year's figure for {this} is {last}, which gives another percentage"),
            ),
        ));
    }
    let has = |words: &[&str]| words.iter().any(|word| percent.clause().contains(word));
    let of_money = has(&["收入", "支出", "预算", "经费", "拨款"]) && has(&["比", "较"]);
    if !amounts.is_empty() || !of_money || years.iter().any(fits) {
        return None;
    }
    Some((
        Caution::Note,
        (
            "：预算中没有哪个合计或项目是这样增减的".to_owned(),
            ": no total or project of the budget has this change".to_owned(),
        ),
    ))
}
