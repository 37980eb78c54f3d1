//! Figures that the sentences of a profile print, with the words before them.

use std::ops::Range;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, PassageKind, Prose, Span};
use budgetdoc_core::money::Unit;
use budgetdoc_core::profile::{Account, Measure, YearOf};

use super::expense::Expense;
use super::figure::{PrintedFigure, PrintedSum};
use super::quantity::{Flow, PrintedFund, PrintedKind, Quantity, fund_in, kind_in};

/// An amount of a sentence whose meaning its words tell.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceFigure {
    /// The text it is in, `text.overview`.
    pub(super) about: String,
    /// The words before it, and the amount.
    pub(super) words: String,
    pub(super) meaning: SentenceMeaning,
    /// The amount in yuan.
    pub(super) amount: PrintedSum,
}

/// Meaning of an amount of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SentenceMeaning {
    Quantity(Quantity),
    Expense(Expense),
    /// All projects that are listed, a part of project expenditure.
    Projects,
}

/// Returns the amounts that sentences of the profile print, as far as their words and the figures that they print agree
/// on what they are of.
///
/// ```
/// # fn look(budget: &budgetdoc_core::budget::Budget) {
/// let composition = budget.compose_with_prose();
/// let sentences = budgetdoc_check::printed_sentences(budget, &composition.prose);
/// let tables = composition.tables().map(|(_, table)| table);
/// assert!(budgetdoc_check::prove(tables, &sentences).differences.is_empty());
/// # }
/// ```
pub fn printed_sentences(budget: &Budget, prose: &Prose) -> Vec<SentenceFigure> {
    let passages = prose.passages.iter().filter(|passage| passage.kind == PassageKind::Narrative);
    let figures = passages.flat_map(|passage| passage.spans.iter().map(move |span| (passage, span)));
    figures.filter_map(|(passage, span)| of_span(budget, passage, span)).collect()
}

fn of_span(budget: &Budget, passage: &Passage, span: &Span) -> Option<SentenceFigure> {
    let Origin::Figure(FigureInWords { name, filter: Some("amount"), .. }) = &span.origin else { return None };
    if span.place.is_some() || span.part_of.is_some() {
        return None;
    }
    let text = &passage.text;
    let start = text[..span.range.start].rfind(['，', '。', '；', '：', '、']).map_or(0, |mark| mark + '，'.len_utf8());
    let before = words_of_profile(passage, start..span.range.start);
    let meaning = match budget.profile.figures.get(name) {
        Some(measure) => meaning(&before, measure)?,
        None if &**name == "projects_total" => SentenceMeaning::Projects,
        None => return None,
    };
    let printed = &text[span.range.clone()];
    let unit =
        Unit::ALL.into_iter().filter(|unit| printed.ends_with(unit.name())).max_by_key(|unit| unit.name().len())?;
    let figure = PrintedFigure::read(printed.strip_suffix(unit.name())?, budget.profile.text_amounts.rounding)?;
    Some(SentenceFigure {
        about: passage.about.clone(),
        words: text[start..span.range.end].to_owned(),
        meaning,
        amount: PrintedSum::of(figure).scaled(unit.in_yuan()),
    })
}

/// Returns the profile's own words at a range: names that a template prints may contain any word.
fn words_of_profile(passage: &Passage, range: Range<usize>) -> String {
    let of_profile = passage.spans_at(range.clone()).filter(|span| span.origin == Origin::Profile);
    let cut = |own: &Range<usize>| &passage.text[own.start.max(range.start)..own.end.min(range.end)];
    of_profile.map(|span| cut(&span.range)).collect()
}

/// Returns what words say of a figure, if its measure says the same.
fn meaning(words: &str, measure: &Measure) -> Option<SentenceMeaning> {
    let is_narrowed = !(measure.subjects.is_empty() && measure.economic.is_empty());
    if is_narrowed || measure.year.is_some_and(|year| year != YearOf::This) {
        return None;
    }
    if let Some(expense) = Expense::of(words) {
        return expense.is_of(measure).then_some(SentenceMeaning::Expense(expense));
    }
    if !names_its_amount(words) {
        return None;
    }
    let is_of = |accounts: &[Account]| measure.accounts.iter().all(|account| accounts.contains(account));
    let (fund, kind) = (fund_in(words).unwrap_or(PrintedFund::All), kind_in(words).unwrap_or(PrintedKind::All));
    let flow = match (words.contains("收入"), words.contains("支出")) {
        (true, false) if is_of(&[Account::Income, Account::BroughtForward, Account::Internal]) => Flow::Income,
        (false, true) if is_of(&[Account::Expenditure, Account::CarriedForward, Account::Internal]) => {
            Flow::Expenditure
        }
        (false, true) if kind == PrintedKind::Basic && is_of(&[Account::Economic]) => Flow::Expenditure,
        _ => return None,
    };
    let agrees = (fund == PrintedFund::All) == measure.funds.is_empty()
        && (kind == PrintedKind::All) == measure.kinds.is_empty()
        && measure.categories.is_empty()
        && measure.natures.is_empty();
    let balances = [Account::BroughtForward, Account::CarriedForward].iter().any(|of| measure.accounts.contains(of));
    agrees.then(|| SentenceMeaning::Quantity(Quantity { flow, fund, kind, code: String::new(), balances }))
}

/// Returns whether nothing but words of amounts stands between the last name of income or expenditure and the amount: 项目支出中的上缴
/// is of something else.
fn names_its_amount(words: &str) -> bool {
    const OF_AMOUNTS: [&str; 11] = ["预算", "数", "资金", "拨款", "总额", "总计", "合计", "共计", "安排", "为", "是"];
    let name = ["收入", "支出"].iter().filter_map(|name| words.rfind(name)).max();
    let mut rest = name.map_or("", |name| &words[name + "收入".len()..]);
    while let Some(shorter) = OF_AMOUNTS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty()
}
