//! Figures that the sentences of a profile print, with the words before them.

use std::ops::Range;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, PassageKind, Prose, Span};
use budgetdoc_core::profile::{Account, Measure, YearOf};
use rust_decimal::Decimal;

use super::chart;
use super::code::Code;
use super::expense::Expense;
use super::quantity::{Flow, PrintedFund, PrintedKind, PrintedYear, Quantity, fund_in, kind_in};
use super::said::{Says, Whole, amount_in, ceil, change_in, percent_in};
use super::words::{self, without_blanks};

/// A figure of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceFigure {
    /// The text it is in, `text.overview`.
    pub(super) about: String,
    /// The words before it, and the figure.
    pub(super) words: String,
    /// What it is of; none if its words leave it open.
    pub(super) meaning: Option<SentenceMeaning>,
    pub(super) says: Says,
    pub(super) index: usize,
    /// The index of the amount whose part (其中), change or share it is.
    pub(super) part_of: Option<usize>,
}

/// Meaning of a figure of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SentenceMeaning {
    Quantity(Quantity),
    Expense(Expense),
    /// The project of this name, without blanks.
    Project(String),
    /// All projects that are listed, a part of project expenditure, and their number.
    Projects(Option<usize>),
}

/// Returns the figures that sentences and charts of the profile print. Their meaning is known as far as their words and the figures
/// that they print agree on what they are of.
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
    let mut figures = Vec::new();
    let printed = prose.passages.iter().filter(|passage| passage.kind == PassageKind::Narrative);
    let printed: Vec<&Passage> = printed.filter(|passage| prose.is_in_outline(passage)).collect();
    for text in printed.chunk_by(|one, other| one.about == other.about) {
        let (mut topic, mut whole) = (None, None);
        for passage in text {
            let mut reader = Reader { budget, passage, topic, last: None, whole, figures: &mut figures };
            reader.read();
            // The lines of a list are parts of the amount above them.
            let goes_on = passage.text.ends_with(['：', '；']);
            (topic, whole) = (reader.topic, reader.whole.filter(|_| goes_on));
        }
    }
    chart::read(budget, prose, &mut figures);
    figures
}

/// Reads the figures of a passage.
struct Reader<'p> {
    budget: &'p Budget,
    passage: &'p Passage,
    /// What the text is of, whose subjects are listed.
    topic: Option<Quantity>,
    /// The last amount: its index, its name, and the end of its words.
    last: Option<(usize, &'p str, usize)>,
    /// The amount whose parts follow.
    whole: Option<usize>,
    figures: &'p mut Vec<SentenceFigure>,
}

impl<'p> Reader<'p> {
    fn read(&mut self) {
        for span in &self.passage.spans {
            if span.place.is_some() || span.part_of.is_some() {
                (self.last, self.whole) = (None, None);
                continue;
            }
            match &span.origin {
                Origin::Profile => self.follow(&self.passage.text[span.range.clone()]),
                Origin::Figure(FigureInWords { name, filter, .. }) => match filter {
                    Some("amount") => self.amount(name, span),
                    Some("change" | "yoy") => self.change(name, span),
                    Some("share") => self.share(name, span),
                    Some(_) | None => {}
                },
                Origin::Typed | Origin::Value => {}
            }
        }
    }

    /// Follows the words between figures: which are named parts of the amount before.
    fn follow(&mut self, words: &str) {
        if let Some(end) = words.rfind('。') {
            self.whole = None;
            if !words[end..].contains("其中") {
                self.last = None;
            }
        }
        if words.contains("其中") {
            self.whole = self.last.map(|(index, ..)| index);
        }
    }

    /// Returns the profile's own words before a span, from the last mark: names that a template prints may contain any word.
    fn before(&self, span: &Span) -> String {
        let text = &self.passage.text;
        let start = self.start(span);
        let of_profile = self.passage.spans_at(start..span.range.start).filter(|span| span.origin == Origin::Profile);
        let cut = |own: &Range<usize>| &text[own.start.max(start)..own.end.min(span.range.start)];
        of_profile.map(|span| cut(&span.range)).collect()
    }

    fn start(&self, span: &Span) -> usize {
        const MARKS: [char; 5] = ['，', '。', '；', '：', '、'];
        self.passage.text[..span.range.start].rfind(MARKS).map_or(0, |mark| mark + '，'.len_utf8())
    }

    fn amount(&mut self, name: &'p str, span: &Span) {
        let printed = &self.passage.text[span.range.clone()];
        let Some((amount, "")) = amount_in(printed, self.budget.profile.text_amounts.rounding) else { return };
        let profile = &self.budget.profile;
        let before = self.before(span);
        let (base, year) = match name.rsplit_once('.') {
            Some((base, "last")) => (base, YearOf::Last),
            Some((base, "executed")) => (base, YearOf::Executed),
            Some(_) | None => (name, YearOf::This),
        };
        let measure = profile.figures.get(base);
        let year = measure.and_then(|measure| measure.year).unwrap_or(year);
        let meaning = match measure {
            Some(measure) => self.year(&before, year).and_then(|year| meaning(&before, measure, year)),
            None if name == "projects_total" => Some(SentenceMeaning::Projects(self.count_before(span))),
            None if name.starts_with("projects.") => self.name_before(span).map(SentenceMeaning::Project),
            None => self.subject(base, &before, year),
        };
        // An amount of another year is no part.
        let part_of = self.whole.filter(|_| measure.is_some() && year == YearOf::This);
        if let (Some(SentenceMeaning::Quantity(of)), None, None) = (&meaning, part_of, &self.topic) {
            self.topic = Some(*of).filter(|of| of.year == PrintedYear::This && of.code.is_empty());
        }
        self.last = Some((self.figures.len(), name, span.range.end));
        self.add(span, meaning, Says::Amount(amount), part_of);
    }

    fn change(&mut self, name: &'p str, span: &Span) {
        let printed = &self.passage.text[span.range.clone()];
        let of = self.last.filter(|(_, of, end)| *of == name && self.is_next(*end, span)).map(|(index, ..)| index);
        let meaning = match of {
            Some(of) => self.figures[of].meaning.clone(),
            None => {
                let measure = self.budget.profile.figures.get(name);
                measure.and_then(|measure| meaning(&self.before(span), measure, PrintedYear::This))
            }
        };
        // A total of last year that no row has is in no table.
        let meaning = meaning.filter(|_| self.budget.spec.last_totals.get(name).is_none());
        let amounts = &self.budget.profile.text_amounts;
        let step = Decimal::new(5, amounts.decimals + 1) * amounts.unit.in_yuan();
        let Some(says) = change_in(printed, amounts.rounding, step) else { return };
        self.last = of.map(|index| (index, name, span.range.end));
        self.add(span, meaning, says, of);
    }

    /// Reads the share of the amount before it: 占P%, of the whole whose parts are named, or 占A的P%.
    fn share(&mut self, name: &'p str, span: &Span) {
        let rounding = self.budget.profile.text_amounts.rounding;
        let Some(percent) = percent_in(&self.passage.text[span.range.clone()], rounding) else { return };
        let Some((of, ..)) = self.last.filter(|(_, of, _)| *of == name) else { return };
        let (before, whole) = (self.before(span), self.figures[of].part_of);
        let Some(named) = before.strip_prefix('占') else { return };
        let named = named.trim_end_matches('的').trim_end_matches("预算");
        let has_name = |whole: &usize| self.figures[*whole].words.contains(named);
        let whole = match Expense::of(named) {
            Some(expense) => Some(Whole::Expense(expense)),
            None => whole.filter(has_name).map(Whole::Amount),
        };
        let Some(whole) = whole else { return };
        self.last = Some((of, name, span.range.end));
        self.add(span, None, Says::Share(percent, whole), Some(of));
    }

    /// Returns whether nothing but marks stands between the end of other words and a span.
    fn is_next(&self, end: usize, span: &Span) -> bool {
        self.passage.text[end..span.range.start].chars().all(|char| "，；、".contains(char))
    }

    /// Returns the year of an amount, if the words before it name the year of its figure.
    fn year(&self, before: &str, of: YearOf) -> Option<PrintedYear> {
        let this = self.budget.spec.year.value;
        let named = match words::year(before) {
            Some(year) if year == this => PrintedYear::This,
            Some(year) if year == 0 || year + 1 == this => PrintedYear::last(before),
            Some(_) => return None,
            None if words::is_outcome(before) => PrintedYear::Outcome,
            None => PrintedYear::This,
        };
        let meant = match of {
            YearOf::This => PrintedYear::This,
            YearOf::Last => PrintedYear::Last,
            YearOf::Executed => PrintedYear::Outcome,
            YearOf::Change | YearOf::ChangeFromExecuted => return None,
        };
        (named == meant).then_some(named)
    }

    /// Returns the meaning of the amount of a subject that a list of the profile prints below a sentence on all of them.
    fn subject(&self, name: &str, before: &str, year: YearOf) -> Option<SentenceMeaning> {
        let (list, code) = name.split_once('.')?;
        let of = &self.budget.profile.lists.get(list)?.of;
        let year = self.year(before, of.year.unwrap_or(year))?;
        let is_spent =
            |account: &Account| matches!(account, Account::Expenditure | Account::Internal | Account::Economic);
        let topic = self.topic.as_ref().filter(|topic| topic.flow == Flow::Expenditure && !topic.balances)?;
        if of.accounts.is_empty() || !of.accounts.iter().all(is_spent) || !agrees(of, topic.fund, topic.kind) {
            return None;
        }
        Some(SentenceMeaning::Quantity(Quantity { code: Code::read(code)?, year, ..*topic }))
    }

    fn add(&mut self, span: &Span, meaning: Option<SentenceMeaning>, says: Says, part_of: Option<usize>) {
        let words = self.passage.text[self.start(span)..span.range.end].to_owned();
        let (about, index) = (self.passage.about.clone(), self.figures.len());
        self.figures.push(SentenceFigure { about, words, meaning, says, index, part_of });
    }

    /// Returns the words that a template prints directly before a span, without blanks.
    fn name_before(&self, span: &Span) -> Option<String> {
        let before = self.passage.spans.iter().rfind(|before| before.range.end == span.range.start)?;
        (before.origin == Origin::Value).then(|| without_blanks(&self.passage.text[before.range.clone()]))
    }

    /// Returns the count in the clauses of the sentence before a span: 3个.
    fn count_before(&self, span: &Span) -> Option<usize> {
        let text = &self.passage.text[..span.range.start];
        let sentence = &text[text.rfind('。').map_or(0, |mark| mark + '。'.len_utf8())..];
        let before = &sentence[..sentence.rfind('个')?];
        before[before.rfind(|char: char| !char.is_ascii_digit()).map_or(0, |at| ceil(before, at))..].parse().ok()
    }
}

/// Returns what words say of a figure, if its measure says the same.
pub(super) fn meaning(words: &str, measure: &Measure, year: PrintedYear) -> Option<SentenceMeaning> {
    if let Some(expense) = Expense::of(words) {
        let is_whole = measure.subjects.is_empty() && measure.economic.is_empty() && year == PrintedYear::This;
        return (is_whole && expense.is_of(measure)).then_some(SentenceMeaning::Expense(expense));
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
    let balances = [Account::BroughtForward, Account::CarriedForward].iter().any(|of| measure.accounts.contains(of));
    let quantity = Quantity { flow, fund, kind, code: Code::default(), balances, year };
    agrees(measure, fund, kind).then_some(SentenceMeaning::Quantity(quantity))
}

/// Returns whether a measure selects funds and kinds where words name some, and nothing else.
fn agrees(measure: &Measure, fund: PrintedFund, kind: PrintedKind) -> bool {
    (fund == PrintedFund::All) == measure.funds.is_empty()
        && (kind == PrintedKind::All) == measure.kinds.is_empty()
        && measure.subjects.is_empty()
        && measure.economic.is_empty()
        && measure.categories.is_empty()
        && measure.natures.is_empty()
}

/// Returns whether nothing but words of amounts stands between the last name of income or expenditure and the amount: 项目支出中的上缴
/// is of something else.
fn names_its_amount(words: &str) -> bool {
    const OF_AMOUNTS: [&str; 12] =
        ["预算", "执行", "数", "资金", "拨款", "总额", "总计", "合计", "共计", "安排", "为", "是"];
    let name = ["收入", "支出"].iter().filter_map(|name| words.rfind(name)).max();
    let mut rest = name.map_or("", |name| &words[name + "收入".len()..]);
    while let Some(shorter) = OF_AMOUNTS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty()
}
