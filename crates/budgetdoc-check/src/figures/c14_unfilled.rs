//! C14: nothing is left unfilled. Here amounts, texts and braces; `prose` reads what else a template leaves behind.

use std::collections::BTreeSet;

use crate::examiner::Examiner;
use crate::prose::c14_placeholders;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{ScheduleValue, Term};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C14",
    severity: Severity::Error,
    title: ("没有未填写的内容", "Nothing is left unfilled"),
    explanation: (
        "金额不能待填，版式要求由单位填写而印在文档中的文字和个数不能缺，文字中不能留有 XX、××、202×年、待填、（待补充）、（填写……）、【金额】、空括号、增加（减少）、#REF! 等模板痕迹，“万元”和“占%”的数字不能缺（这两种从字面判断，给出警告），也不能留有 {{ 和 }}。只报不可能是正文的写法：“增减率”“增加（减少）额”“万元以上”“单位：万元”“XXL”“待填埋”等不算。",
        "An unfilled amount, a missing text that the profile asks of the department and prints, a missing count that it requires, and {{ or }} in a text are errors. Other residue of a template (XX, ××, 202×年, 待填, （待补充）, （填写……）, 【金额】, empty brackets, 增加（减少）, #REF!), and 万元 or 占% without a number, are warnings. Words that only resemble residue are not reported: 增加（减少）额, 万元以上, 单位：万元, XXL, 待填埋.",
    ),
    wrong: "text:\n  personnel_use: 主要是××人员经费。",
    right: "text:\n  personnel_use: 主要是离退休人员经费。",
    checks: &[Check::Figures(check), Check::Prose(c14_placeholders::check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (key, ask) in budget.profile.asks.iter() {
        examiner.count_one();
        let given = budget.spec.text.iter().find(|(name, _)| name.value == key.value);
        // A reason where nothing changed, or one that a sentence of the spec replaces, is not missing.
        if given.is_none_or(|(_, text)| text.trim().is_empty()) && examiner.prose.prints(key) {
            let key = &key.value;
            examiner.report(
                format!("text.{key}"),
                Severity::Error,
                // The place of an empty block is that of the next key; its own key is better.
                given.and_then(|(name, _)| name.place),
                Bilingual::new(format!("没有填写：{ask}"), format!("a required text is missing: {ask}")),
                Bilingual::new(
                    format!("请在 text 下写“{key}: |”，下一行缩进写正文"),
                    format!("write `{key}: |` under `text`, and the text indented below it"),
                ),
            );
        }
    }
    counts(examiner);
    amounts(examiner);
    for passage in examiner.own_passages() {
        let Some(braces) = braces(&passage.text) else { continue };
        examiner.report(
            passage.about.clone(),
            Severity::Error,
            passage.place,
            Bilingual::new(
                format!("文字中留有模板痕迹“{braces}”"),
                format!("the text holds the template residue `{braces}`"),
            ),
            Bilingual::new("请填写实际内容", "replace it"),
        );
    }
}

/// Counts that the form requires.
fn counts(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (key, ask) in budget.profile.counts.iter() {
        examiner.count_one();
        if budget.spec.counts.get(key).is_none() {
            examiner.report(
                format!("counts.{key}"),
                Severity::Error,
                None,
                Bilingual::new(format!("没有填写：{ask}"), format!("a required count is missing: {ask}")),
                Bilingual::new(format!("请在 counts 下写“{key}: 个数”"), format!("write `{key}: …` under `counts`")),
            );
        }
    }
}

/// What findings on unfilled amounts are about.
pub(crate) const ABOUT: &str = "amounts";

/// Amounts written as 待填, in the order of the spec: of the facts, of published subtotals, of control figures.
fn amounts(examiner: &mut Examiner) {
    let (cube, spec) = (&examiner.budget.cube, &examiner.budget.spec);
    let mut reported = BTreeSet::new();
    for fact in &cube.facts {
        let terms = [
            (Some(fact.this), "本年金额待填", "this year's amount is unfilled"),
            (fact.last, "上年金额待填", "last year's amount is unfilled"),
            (fact.executed, "上年执行数待填", "last year's outcome is unfilled"),
        ];
        let last = fact.last.filter(|last| fact.this.unfilled && !last.unfilled);
        for (term, zh, en) in terms {
            let Some(term) = term.filter(|term| term.unfilled) else { continue };
            // An amount can be two facts: of a breakdown, and of another that is summed from it.
            if term.place.is_some_and(|place| !reported.insert(place)) {
                continue;
            }
            let last = last.filter(|_| term == fact.this).map(|last| examiner.print(last.amount.abs()));
            let (zh, en) = match last {
                Some(last) => (format!("{zh}，上年为 {last}"), format!("{en}; last year's is {last}")),
                None => (zh.to_owned(), en.to_owned()),
            };
            report(examiner, term.place, zh, en);
        }
    }
    for row in examiner.budget.schedules.values().flatten() {
        // A computed amount has the place of the price or quantity that it lacks.
        let mut places = Vec::new();
        for (_, value) in &row.values {
            if matches!(&value.value, ScheduleValue::Amount(Term { unfilled: true, .. }))
                && !places.contains(&value.place)
            {
                places.push(value.place);
                report(
                    examiner,
                    value.place,
                    "明细的金额待填".to_owned(),
                    "an amount of a schedule is unfilled".to_owned(),
                );
            }
        }
    }
    for stated in cube.stated.iter().filter(|stated| stated.term.unfilled) {
        report(examiner, stated.term.place, "公布的小计待填".to_owned(), "the stated subtotal is unfilled".to_owned());
    }
    for (_, total) in spec.last_totals.iter().filter(|(_, total)| total.value == Amount::Unfilled) {
        report(examiner, total.place, "上年总数待填".to_owned(), "last year's total is unfilled".to_owned());
    }
    for control in spec.control.iter().filter(|control| control.amount.value == Amount::Unfilled) {
        report(examiner, control.amount.place, "控制数待填".to_owned(), "the control figure is unfilled".to_owned());
    }
}

fn report(examiner: &mut Examiner, place: Option<Place>, zh: String, en: String) {
    examiner.report(
        ABOUT,
        Severity::Error,
        place,
        Bilingual::new(zh, en),
        Bilingual::new(
            format!("请把“{}”换成金额；没有的写 0", Amount::UNFILLED),
            format!("write the amount instead of `{}`, 0 where there is none", Amount::UNFILLED),
        ),
    );
}

/// Returns the braces of an expression that is printed unchanged.
pub(crate) fn braces(text: &str) -> Option<&'static str> {
    ["{{", "}}"].into_iter().find(|braces| text.contains(braces))
}
