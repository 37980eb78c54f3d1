//! Amounts without a name of their own before them: the sum of several names, and an amount before its name.

use std::ops::Range;

use rust_decimal::Decimal;

use super::bind::{Binder, Topic};
use super::claim::StatedNumber;
use super::clause::phrase;
use super::figure::FigureYear;
use super::lexicon::Sense;
use super::parts::is_total;
use super::shape::FactFilter;
use super::token::{NumberOf, Token, TokenKind};
use super::{AMOUNTS, SHARES};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;

impl<'b> Binder<'_, 'b> {
    /// Returns whether the text that is yet to be read is about a part of the budget.
    pub fn is_about_part(&self) -> bool {
        self.said.whole.is_some()
            || self.said.topic.iter().flat_map(|topic| &topic.shapes).any(|shape| is_narrow(shape, &[], false))
    }

    /// Compares amounts of several names together (A、B合计5万元) and amounts before their name (其余5万元为项目支出).
    /// `is_part` says that the whole text is about a part of the budget.
    pub fn check_named_amounts(&mut self, tokens: &[Token<'b>], is_part: bool) {
        for (index, token) in tokens.iter().enumerate() {
            let TokenKind::Number(number) = &token.kind else { continue };
            let (before, behind) = (&tokens[..index], &tokens[index + 1..]);
            let stated = StatedNumber { number: *number, range: token.range.clone() };
            if number.money().is_none() || number.is_negative || !self.is_of_this_year(sentence(before)) {
                continue;
            }
            let is_sum = ends(behind.first());
            let names = if is_sum {
                names_summed(self.text, before).filter(|summed| !self.is_miscounted(summed)).map(|summed| summed.names)
            } else {
                name_behind(self.text, before, behind)
            };
            let Some(names) = names.filter(|names| !is_narrowed(before, names, is_sum, is_part)) else { continue };
            let Some(topics) = names.iter().map(|name| self.sole_topic(name)).collect::<Option<Vec<_>>>() else {
                continue;
            };
            let is_apart = |(at, (one, _)): (usize, &(Topic, Money))| {
                topics[..at].iter().all(|(other, _)| one.shapes.iter().all(|one| are_apart(one, &other.shapes)))
            };
            if topics.iter().enumerate().all(is_apart) {
                self.compare(&names, &topics, &stated);
            }
        }
    }

    /// Reports a number of names that differs from the names before it: A、B三个项目. Returns whether it reported one.
    fn is_miscounted(&mut self, summed: &Summed) -> bool {
        let count = summed.names.len();
        let Some((range, _)) = summed.count.clone().filter(|(_, stated)| *stated != Decimal::from(count)) else {
            return false;
        };
        let words = self.words(&range);
        let zh = format!("列出 {count} 个，却写“{words}”");
        self.contradict_text(SHARES, &range, zh, format!("the text lists {count}, but states {words}"));
        true
    }

    /// Compares an amount with the sum of the figures of its names.
    fn compare(&mut self, names: &[&Token<'b>], topics: &[(Topic, Money)], stated: &StatedNumber<'b>) {
        let total: Money = topics.iter().map(|(_, value)| *value).sum();
        let slack = topics.iter().flat_map(|(topic, _)| topic.figures.first()).map(|figure| figure.slack).sum();
        let parts: Decimal = topics.iter().map(|(_, value)| self.round_as(stated, *value)).sum();
        let range = names.iter().map(|name| name.range.start).min().unwrap_or_default()
            ..names.iter().map(|name| name.range.end).max().unwrap_or_default();
        let name = self.words(&range);
        // The amount is read here: what its digits alone suggest is left out.
        self.unbound.retain(|unbound| *unbound != stated.range);
        self.found.retain(|found| found.rule != AMOUNTS || found.range != stated.range);
        self.record(stated.range.clone(), &name, self.amount_of(FigureYear::This, total));
        if self.agrees_with(stated, total, slack) || parts == stated.number.value {
            return;
        }
        self.compared.iter_mut().rev().take(1).for_each(|compared| compared.agrees = false);
        let (value, digits) = (self.print(total), self.words(&stated.range));
        let (sum_zh, sum_en) = if topics.len() > 1 { ("合计", " together") } else { ("", "") };
        let by = stated.number.money().map(|money| total - money);
        let zh = format!("“{name}”{sum_zh}为{value}，文字写“{digits}”");
        let en = format!("`{name}`{sum_en} is {value}, not {digits}");
        self.contradict_amount(AMOUNTS, &stated.range, by, Bilingual::new(zh, en));
    }

    /// Returns the figure of a name with its amount this year; none where the name may mean figures of several amounts.
    pub(super) fn sole_topic(&mut self, name: &Token<'b>) -> Option<(Topic, Money)> {
        let TokenKind::Word(senses) = name.kind else { return None };
        let topic = self.topic_of(&phrase(&[(senses, name.range.clone())])?, false)?;
        let is_project = topic.shapes.iter().any(|shape| shape.project.is_some());
        let value = topic.figures.first()?.this?;
        let is_sole = topic.figures.iter().all(|figure| figure.is_known && figure.this == Some(value));
        (is_sole && (!is_project || topic.shapes.len() == 1)).then_some((topic, value))
    }

    /// Returns whether a sentence speaks of this year's amounts only, in words that are all known.
    pub(super) fn is_of_this_year(&self, sentence: &[Token]) -> bool {
        let year = self.budget().spec.year.value;
        sentence.iter().all(|token| match &token.kind {
            TokenKind::Year(other) => *other == year,
            TokenKind::Word(senses) => senses.contains(&Sense::And) || !senses.iter().any(is_of_change),
            // 除基本支出5万元外
            TokenKind::Other => ["除", "外"].contains(&&self.text[token.range.clone()]),
            TokenKind::Number(_) | TokenKind::Mark(_) => true,
        })
    }
}

/// Returns whether a word speaks of another year, of a change, of a limit or of a reason.
fn is_of_change(sense: &Sense) -> bool {
    use Sense::*;
    match sense {
        Change(_) | ChangeBy(_) | ChangeTo(_) | More(_) | Above(_) | Same | Alike | Not | Compared
        | EndOfComparison | From | Last | Executed | Adjusted | Share | Reason | Mainly | About | Other | SameOne => {
            true
        }
        Unit(_) | Percent | Points | Counter | Money | Nothing | And | To | This | Plan | Among | ByTurns | Purpose
        | Point | Rest | Extreme(_) | Of | Each | Total | Filler | Own | Level(_) | Name(_) => false,
    }
}

/// Names whose sum is said to come next, and how many the text says they are.
struct Summed<'t, 'a> {
    names: Vec<&'t Token<'a>>,
    count: Option<(Range<usize>, Decimal)>,
}

/// Returns the names, joined by 、 or 和, whose sum is said to come next: A、B两个项目支出合计.
fn names_summed<'t, 'a>(text: &str, before: &'t [Token<'a>]) -> Option<Summed<'t, 'a>> {
    let clause = clause(before);
    // 三个项目支出合计, but not 基本支出和项目支出合计.
    let is_between = |at: usize| {
        let counted = at.checked_sub(1).is_some_and(|before| !joins(&clause[before]));
        is_filler(text, &clause[at]) || (counted && whole_account(&clause[at]) == Some(Account::Expenditure))
    };
    let fillers = (0..clause.len()).rev().take_while(|at| is_between(*at)).count();
    let (mut rest, fillers) = clause.split_at(clause.len() - fillers);
    fillers.iter().find(|token| is_sum(text, token))?;
    let mut count = None;
    if let [more @ .., Token { kind: TokenKind::Number(number), range }] = rest
        && matches!(number.of, NumberOf::Count(_))
    {
        (rest, count) = (more, Some((range.clone(), number.value)));
        rest = &rest[..rest.len() - rest.iter().rev().take_while(|token| is_filler(text, token)).count()];
    }
    let mut names = Vec::new();
    loop {
        let names_behind = rest.iter().rev().take_while(|token| is_behind_name(text, token)).count();
        let [more @ .., name] = &rest[..rest.len() - names_behind] else { return None };
        name.shapes()?;
        names.push(name);
        match more {
            [more @ .., joint] if joins(joint) => rest = more,
            _ => {
                rest = more;
                break;
            }
        }
    }
    (names.len() > 1 && rest.iter().all(|token| leads(text, token))).then_some(Summed { names, count })
}

/// Returns the name that an amount is said to be, or a project that it is for: 5万元为项目支出, 5万元用于A.
fn name_behind<'t, 'a>(text: &str, before: &[Token<'a>], behind: &'t [Token<'a>]) -> Option<Vec<&'t Token<'a>>> {
    let [verb, name, rest @ ..] = behind else { return None };
    let shapes = name.shapes()?;
    let is_for = verb.has_sense(&Sense::Purpose);
    let is_other = |shape: &FactFilter| shape.categories.is_some() || shape.subject.is_some() || shape.kinds.is_some();
    let fits = |shape: &FactFilter| shape.project.is_some() || (!is_for && is_other(shape));
    let end = rest.iter().find(|token| !is_behind_name(text, token));
    let follows = is_for || (is_filler(text, verb) && !is_sum(text, verb));
    let leads = behind_last(before, |_| true).iter().all(|token| leads(text, token));
    (follows && leads && ends(end) && shapes.first().is_some_and(fits)).then(|| vec![name])
}

/// Returns whether other names before an amount may narrow its own, so that it may be a part of their figures.
fn is_narrowed(before: &[Token], names: &[&Token], is_sum: bool, is_part: bool) -> bool {
    let own: Vec<FactFilter> = names.iter().filter_map(|name| name.shapes()).flatten().cloned().collect();
    let of_projects = own.iter().all(|shape| shape.project.is_some());
    let others = |tokens: &[Token]| {
        let others = tokens.iter().filter(|token| !names.iter().any(|name| name.range == token.range));
        others.filter_map(|token| token.shapes()).flatten().cloned().collect::<Vec<FactFilter>>()
    };
    let in_sentence = others(sentence(before));
    // 其余5万元为项目支出 needs something that it is the rest of.
    let is_alone = in_sentence.is_empty() && !is_sum;
    let others = if of_projects && !is_alone { in_sentence } else { others(before) };
    others.iter().any(|shape| is_narrow(shape, &own, of_projects)) || (!of_projects && (is_part || is_alone))
}

/// Returns whether a name before others may narrow them. The amount of a project is the same in every list of projects,
/// that of a subject is not the same in every kind.
fn is_narrow(shape: &FactFilter, names: &[FactFilter], of_projects: bool) -> bool {
    let of_kinds = names.iter().all(|name| name.project.is_some() || name.kinds.is_some());
    let kinds = shape.kinds.filter(|_| !of_kinds);
    let mut rest = FactFilter { account: None, kinds, is_total: false, ..shape.clone() };
    if of_projects {
        (rest.project, rest.unit) = (None, None);
    }
    let is_whole = matches!(shape.account, None | Some(Account::Income | Account::Expenditure))
        || names.iter().any(|name| name.account == shape.account);
    !is_whole || rest != FactFilter::default()
}

/// Returns whether a figure has nothing in common with others that it is added to. Income equals expenditure, and is
/// added to nothing.
fn are_apart(one: &FactFilter, others: &[FactFilter]) -> bool {
    if one.is_all() || others.iter().any(FactFilter::is_all) {
        return false;
    }
    others.iter().all(|other| match (one.project, other.project) {
        (Some(one), Some(other)) => one != other,
        (None, None) => match (one.subject, other.subject) {
            (Some(one), Some(other)) => !one.is_within(other) && !other.is_within(one),
            _ => one != other,
        },
        (Some(_), None) | (None, Some(_)) => false,
    })
}

pub(super) fn sentence<'t, 'a>(before: &'t [Token<'a>]) -> &'t [Token<'a>] {
    behind_last(before, |mark| "。；;！？!?\n".contains(mark))
}

pub(super) fn clause<'t, 'a>(before: &'t [Token<'a>]) -> &'t [Token<'a>] {
    behind_last(before, |mark| mark != '、')
}

/// Returns the tokens behind the last mark of a sort.
fn behind_last<'t, 'a>(tokens: &'t [Token<'a>], is: impl Fn(char) -> bool) -> &'t [Token<'a>] {
    let mark = tokens.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(mark) if is(mark)));
    &tokens[mark.map_or(0, |mark| mark + 1)..]
}

/// Returns whether a token, if there is one, ends a clause.
pub(super) fn ends(token: Option<&Token>) -> bool {
    token.is_none_or(|token| matches!(token.kind, TokenKind::Mark(mark) if !"、（(《：:".contains(mark)))
}

/// Returns the account that a token names as a whole: 支出, “三公”经费; 项目支出 is the whole of projects.
pub(super) fn whole_account(token: &Token) -> Option<Account> {
    let [shape] = token.shapes()? else { return None };
    shape.account.filter(|_| FactFilter { kinds: None, ..shape.clone() }.is_all())
}

/// Returns whether a token says that names before it are added up.
fn is_sum(text: &str, token: &Token) -> bool {
    let words = &text[token.range.clone()];
    is_total(text, token) || ["共", "预算合计", "预算总计"].contains(&words)
}

/// Returns whether a token says nothing more of what is before it. 各 and 部分 do.
pub(super) fn is_filler(text: &str, token: &Token) -> bool {
    let TokenKind::Word(senses) = &token.kind else { return false };
    let says_more = ["各", "均", "部分"].contains(&&text[token.range.clone()]);
    !says_more && token.shapes().is_none() && senses.iter().any(|sense| matches!(sense, Sense::Filler | Sense::Plan))
}

/// Returns whether a token belongs to the name before it: （项）, 项目.
pub(super) fn is_behind_name(text: &str, token: &Token) -> bool {
    token.has_level() || text[token.range.clone()] == *"项目"
}

/// Returns whether a token joins two names or numbers.
pub(super) fn joins(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('、')) || token.has_sense(&Sense::And)
}

/// Returns whether a token may begin a clause without narrowing what follows.
fn leads(text: &str, token: &Token) -> bool {
    let words = [Sense::This, Sense::Own, Sense::Among, Sense::Rest];
    matches!(token.kind, TokenKind::Year(_)) || is_filler(text, token) || words.iter().any(|word| token.has_sense(word))
}
