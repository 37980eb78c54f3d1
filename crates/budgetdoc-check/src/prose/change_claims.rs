//! What texts say of a change without a figure, for the rule on reasons.

use std::cmp::Ordering;

use crate::examiner::Examiner;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::reason_words::{FELL, ROSE, bare, clauses, has_any, says_same, split_at_reason};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;

/// What texts say of a change without a figure: that there was none, or which way income and expenditure went. Gives
/// the lines that the figures contradict.
pub(crate) fn claims<'a>(examiner: &mut ProseReader<'_, 'a>) -> Vec<&'a Passage> {
    let mut contradicted = Vec::new();
    let passages = examiner.prose.passages.iter();
    for passage in passages.filter(|passage| passage.kind == PassageKind::Narrative && passage.is_own()) {
        examiner.count_one();
        let Some((clause, name)) = says_same_of(examiner, passage).or_else(|| balance_the_other_way(examiner, passage))
        else {
            continue;
        };
        let Some(change) = examiner.prose.change(&name).filter(|_| !examiner.figures_disagree()) else { continue };
        let (this, last) = (examiner.print(change.this), examiner.print(change.last));
        examiner.report(
            passage.about.clone(),
            Caution::Warning,
            passage.place,
            Bilingual::new(
                format!("文字写“{clause}”，而数字（{name}）本年 {this}、上年 {last}"),
                format!("the text says `{clause}`, but {name} is {this} this year and was {last} last year"),
            ),
            Bilingual::new(
                format!("请改写这句话；增减可写成“{{{{ {name} | change }}}}”"),
                format!("rewrite the sentence; `{{{{ {name} | change }}}}` tells the change"),
            ),
        );
        contradicted.push(passage);
    }
    contradicted
}

/// A clause that says a figure is last year's, and the name of the figure, which is not: the one that stands before it
/// in the line, or the one the text is of.
fn says_same_of(examiner: &Examiner, passage: &Passage) -> Option<(String, String)> {
    let spec = &examiner.budget.spec;
    let figures = &examiner.budget.profile.figures;
    let key = passage.about.strip_prefix("text.")?;
    // A text behind a change of the profile's has been looked at.
    let explains = examiner.prose.explained.contains_key(&passage.about);
    let mut subject = figures.get(key).filter(|_| !explains).map(|_| key.to_owned());
    let mut rest = passage.typed.as_deref()?;
    loop {
        // Up to the next figure: what stands between is the spec's, with the years in it.
        let mut words = String::new();
        let next = loop {
            let Some((before, inside)) = rest.split_once("{{") else {
                words += rest;
                break None;
            };
            words += before;
            let Some((code, after)) = inside.split_once("}}") else { break None };
            rest = after;
            match code.split(['|', '.', ' ']).find(|word| !word.is_empty()).unwrap_or_default() {
                "year" => words += &spec.year.to_string(),
                "last_year" => words += &(spec.year.saturating_sub(1)).to_string(),
                name if figures.get(name).is_some() => break Some(name.to_owned()),
                other => words += other,
            }
        };
        let changed =
            subject.as_ref().filter(|name| examiner.prose.change(name).is_some_and(|change| change.way.is_ne()));
        if let (Some(clause), Some(name)) = (clauses(&words).find(|clause| says_same(clause)), changed) {
            return Some((clause.trim().to_owned(), name.clone()));
        }
        subject = Some(next?);
    }
}

/// A clause that says which way income and expenditure went, and the figure that went the other way.
fn balance_the_other_way(examiner: &Examiner, passage: &Passage) -> Option<(String, String)> {
    let figures = &examiner.budget.profile.figures;
    clauses(&passage.text).find_map(|clause| {
        let (before, behind) = clause.split_once("收支").or_else(|| clause.split_once("收入支出"))?;
        let claim = split_at_reason(behind).map_or(behind, |(claim, _)| claim);
        let mut verb = bare(claim);
        verb.retain(|character| !character.is_ascii_digit());
        for word in [
            "预算", "总额", "总体", "总计", "上年", "年度", "年", "均", "各", "都", "比", "较", "有所", "的", "主要",
            "原因",
        ] {
            verb = verb.replace(word, "");
        }
        let way = match verb.as_str() {
            verb if ROSE.contains(&verb) => Ordering::Greater,
            verb if FELL.contains(&verb) => Ordering::Less,
            _ => return None,
        };
        // Income and expenditure of one kind are not told by these words.
        if has_any(before, &["基金", "资本", "专户", "事业", "经营", "其他", "非税", "单位资金"]) {
            return None;
        }
        let names: &[&str] =
            if before.contains("财政拨款") { &["appropriation", "appropriated"] } else { &["income"] };
        let name = names.iter().find(|name| figures.get(name).is_some())?;
        examiner.prose.change(name).filter(|change| change.way == way.reverse())?;
        Some((clause.trim().to_owned(), (*name).to_owned()))
    })
}
