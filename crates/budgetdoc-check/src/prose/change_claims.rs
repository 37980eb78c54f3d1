//! What texts say of a change without a figure, for the rule on reasons.

use std::cmp::Ordering;
use std::ops::Range;

use crate::examiner::Examiner;
use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::prose::reason_words::{FELL, ROSE, bare, clauses, has_any, says_same, split_at_reason};
use budgetdoc_core::compose::{Origin, Passage, PassageKind, Span};
use budgetdoc_core::lang::Bilingual;

/// Compares what texts say of a change without a figure: that there was none, or which way income and expenditure went.
/// Returns the lines that the figures contradict.
pub(crate) fn compare_changes_in_words<'a>(examiner: &mut ProseReader<'_, 'a>) -> Vec<&'a Passage> {
    let mut contradicted = Vec::new();
    for passage in examiner.own_passages().filter(|passage| passage.kind == PassageKind::Narrative) {
        examiner.count_one();
        let Some((clause, name)) = says_same_of(examiner, passage).or_else(|| balance_the_other_way(examiner, passage))
        else {
            continue;
        };
        let Some(change) = examiner.prose.change(&name).filter(|_| !examiner.figures_disagree()) else { continue };
        let (this, last) = (examiner.print(change.this), examiner.print(change.last));
        let words = &passage.text[clause.clone()];
        examiner.report_words(
            passage,
            clause,
            Caution::Warning,
            Bilingual::new(
                format!("文字写“{words}”，而数字（{name}）本年 {this}、上年 {last}"),
                format!("the text says `{words}`, but {name} is {this} this year and was {last} last year"),
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

/// Returns a clause that says a figure is last year's, and the name of the figure, which is not: the one that a template
/// prints before it in the line, or the one the text is of where no other amount stands before.
fn says_same_of(examiner: &Examiner, passage: &Passage) -> Option<(Range<usize>, String)> {
    let figures = &examiner.budget.profile.figures;
    let key = passage.about.strip_prefix("text.")?;
    // A text behind a change of the profile's has been looked at.
    let of_text = figures.get(key).filter(|_| !examiner.prose.explained.contains_key(&passage.about)).map(|_| key);
    let amounts: Vec<TextNumber> = numbers(&passage.text).into_iter().filter(|number| number.unit.is_some()).collect();
    clauses(&passage.text).find_map(|clause| {
        let clause = bytes_of(clause.trim(), &passage.text);
        if !says_same(&passage.text[clause.clone()]) || !passage.holds(clause.clone()) {
            return None;
        }
        let amount = amounts.iter().map(|amount| (amount, amount.range(&passage.text)));
        let name = match amount.rev().find(|(_, range)| range.start < clause.start) {
            None => of_text?,
            Some((amount, range)) => passage
                .spans_at(range)
                .find_map(|span| match &span.origin {
                    Origin::Figure(figure) => figure.name.split('.').next(),
                    Origin::Typed | Origin::Profile | Origin::Value => None,
                })
                .or(of_text
                    .filter(|name| examiner.prose.change(name).is_some_and(|it| amount.money() == Some(it.this))))?,
        };
        let is_figure = |span: &Span| matches!(span.origin, Origin::Figure(_));
        let changed =
            figures.get(name).is_some() && examiner.prose.change(name).is_some_and(|change| change.way.is_ne());
        (changed && !passage.spans_at(clause.clone()).any(is_figure)).then(|| (clause, name.to_owned()))
    })
}

/// Returns a clause that says which way income and expenditure went, and the figure that went the other way.
fn balance_the_other_way(examiner: &Examiner, passage: &Passage) -> Option<(Range<usize>, String)> {
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
        Some((bytes_of(clause.trim(), &passage.text), (*name).to_owned()))
    })
}
