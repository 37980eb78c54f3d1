//! Compares parts with the whole before 其中: money and counts.

use rust_decimal::Decimal;

use super::SHARES;
use super::contradiction::{Contradicted, Contradiction};
use super::lexicon::Sense;
use super::token::{NumberOf, NumberToken, Token, TokenKind};
use crate::prose::word_list::WordList;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::Account;

/// Words behind which amounts are no parts of what was said before.
static BESIDES: WordList = WordList::named("besides");

/// Returns parts that add up to more than their whole, and totals that are not the sum of the amounts before them.
pub(super) fn wrong_sums(text: &str, tokens: &[Token]) -> Vec<Contradiction> {
    let among = tokens.iter().enumerate().filter(|(_, token)| token.has_sense(&Sense::Among));
    let mut found: Vec<Contradiction> = among.filter_map(|(index, _)| excess_parts(text, tokens, index)).collect();
    let sentences = tokens.split(|token| matches!(token.kind, TokenKind::Mark('。' | '；' | '：')));
    found.extend(sentences.filter_map(|sentence| wrong_total(text, sentence)));
    found
}

/// Returns the parts behind 其中 if they add up to more than the number before it.
fn excess_parts(text: &str, tokens: &[Token], among: usize) -> Option<Contradiction> {
    let at_once = |token: &&Token| matches!(token.kind, TokenKind::Mark('，' | '；' | '、' | '。' | '（' | '(' | ','));
    let between = tokens[..among].iter().rev().take_while(at_once).count();
    let (before, whole) = (&tokens[..among - between], tokens.get((among - between).checked_sub(1)?)?);
    let number = whole.number().filter(|number| number.of != NumberOf::Nothing)?;
    let inside = matches!(tokens.get(among.checked_sub(1)?)?.kind, TokenKind::Mark('（' | '('));
    if clause(&before[..before.len() - 1]).iter().any(is_compared) {
        return None;
    }
    let (mut depth, mut account) = (0_u32, None);
    let (mut sum, mut slack, mut count) = (number.value, half(number), 0_u32);
    let mut last = whole;
    for (index, token) in tokens.iter().enumerate().skip(among + 1) {
        match &token.kind {
            TokenKind::Mark('。') => break,
            TokenKind::Mark(_) if BESIDES.iter().any(|word| text[token.range.end..].starts_with(word)) => break,
            TokenKind::Mark('（' | '(') => depth += 1,
            TokenKind::Mark('）' | ')') if depth == 0 && inside => break,
            TokenKind::Mark('）' | ')') => depth = depth.saturating_sub(1),
            TokenKind::Word(senses) if senses.contains(&Sense::Among) => break,
            TokenKind::Number(part) if depth == 0 && part.of == number.of => {
                let words = clause(&tokens[among + 1..index]);
                let of = words.iter().rev().find_map(account_of);
                if words.iter().any(is_compared) || !is_part(text, part, words) || (count > 0 && of != account) {
                    break;
                }
                account = of;
                sum = sum.checked_sub(part.value)?;
                (slack, count, last) = (slack + half(part), count + 1, token);
            }
            _ => {}
        }
    }
    if count == 0 || sum >= -slack || overlaps(account, before) {
        return None;
    }
    let (words, parts) = (text.get(whole.range.clone())?, number.value - sum);
    Some(Contradiction {
        rule: SHARES,
        range: whole.range.start..last.range.end,
        of: Contradicted::Text,
        message: Bilingual::new(
            format!("“{words}”之后 {count} 个数之和为 {}，大于总数", parts.normalize()),
            format!("the {count} parts of `{words}` add up to {}, which exceeds it", parts.normalize()),
        ),
    })
}

/// Returns the tokens of the clause that ends with these.
fn clause<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let start = tokens.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(_) | TokenKind::Number(_)));
    &tokens[start.map_or(0, |start| start + 1)..]
}

fn is_compared(token: &Token) -> bool {
    let TokenKind::Word(senses) = &token.kind else { return false };
    senses.iter().any(|sense| {
        matches!(
            sense,
            Sense::Change(_) | Sense::ChangeTo(_) | Sense::Compared | Sense::Last | Sense::Executed | Sense::About
        )
    })
}

fn account_of(token: &Token) -> Option<Account> {
    token.shapes()?.first()?.account
}

/// Returns whether the parts may overlap others: of procurement and of projects an amount may be the same.
fn overlaps(part: Option<Account>, before: &[Token]) -> bool {
    use Account::*;
    let breakdown = part.filter(|part| matches!(part, ThreePublic | Meetings | Procurement | Reserved));
    let wholes = || before.iter().filter_map(account_of);
    breakdown.is_some() && wholes().next().is_some() && !wholes().any(|whole| Some(whole) == part)
}

/// Returns whether a token is 合计 or the like.
pub(super) fn is_total(text: &str, token: &Token) -> bool {
    ["合计", "共计", "总计", "总额"].contains(&&text[token.range.clone()])
}

/// Returns amounts before 合计 that do not add up to the one behind it.
fn wrong_total(text: &str, sentence: &[Token]) -> Option<Contradiction> {
    let known =
        |token: &Token| token.has_sense(&Sense::Among) || is_compared(token) || token.has_sense(&Sense::Executed);
    let opens = |token: &Token| matches!(token.kind, TokenKind::Mark('（' | '('));
    let numbers: Vec<(usize, &Token, &NumberToken)> = sentence
        .iter()
        .enumerate()
        .filter_map(|(index, token)| Some((index, token, token.number().filter(|number| number.money().is_some())?)))
        .collect();
    let is_sum = |(index, ..): &&(usize, &Token, &NumberToken)| {
        let before = clause(&sentence[..*index]);
        before.first().is_some_and(|token| is_total(text, token))
            && before[1..].iter().all(|token| token.has_sense(&Sense::Filler))
    };
    let (index, token, sum) = *numbers.iter().find(is_sum)?;
    let parts: Vec<&NumberToken> = numbers.iter().filter(|(at, ..)| *at < index).map(|(.., number)| *number).collect();
    if parts.len() < 2 || sentence[..index].iter().any(|token| known(token) || opens(token)) {
        return None;
    }
    if parts.iter().any(|part| part.of != sum.of) {
        return None;
    }
    let total = parts.iter().try_fold(Decimal::ZERO, |total, part| total.checked_add(part.value))?;
    let slack: Decimal = parts.iter().map(|part| half(part)).sum::<Decimal>() + half(sum);
    let words = &text[token.range.clone()];
    ((total - sum.value).abs() >= slack).then(|| Contradiction {
        rule: SHARES,
        range: token.range.clone(),
        of: Contradicted::Text,
        message: Bilingual::new(
            format!("“{words}”之前 {} 个数之和为 {}", parts.len(), total.normalize()),
            format!("the {} amounts before `{words}` add up to {}", parts.len(), total.normalize()),
        ),
    })
}

/// Returns half a unit of the last digit; zero for counts, which are exact.
fn half(number: &NumberToken) -> Decimal {
    match number.of {
        NumberOf::Count(_) => Decimal::ZERO,
        NumberOf::Money(_) | NumberOf::Percent | NumberOf::Points | NumberOf::Nothing => {
            Decimal::try_new(5, number.value.scale() + 1).unwrap_or_default()
        }
    }
}

/// Returns whether it is a part that cannot be another part as well: a woman may be a party member, an administrative
/// post is no other post.
fn is_part(text: &str, part: &NumberToken, words: &[Token]) -> bool {
    match part.of {
        NumberOf::Count("人" | "名") => {
            let words = words.first().zip(words.last()).map(|(first, last)| &text[first.range.start..last.range.end]);
            words.is_some_and(|words| words.trim_end_matches('数').ends_with("编制"))
        }
        NumberOf::Count("辆" | "平方米" | "台" | "套" | "台套" | "台（套）" | "台(套)") | NumberOf::Money(_) => {
            true
        }
        NumberOf::Count(_) | NumberOf::Percent | NumberOf::Points | NumberOf::Nothing => false,
    }
}
