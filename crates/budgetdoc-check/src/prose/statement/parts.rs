//! Parts held against the whole before 其中: of money, and of what is counted.

use rust_decimal::Decimal;

use super::SHARES;
use super::bind::Contradiction;
use super::lexicon::Sense;
use super::token::{Kind, Number, NumberOf, Token};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::Account;

/// Returns the parts that add up to more than what they are parts of.
pub(super) fn excess(text: &str, tokens: &[Token]) -> Vec<Contradiction> {
    let among = tokens.iter().enumerate().filter(|(_, token)| token.says(&Sense::Among));
    among.filter_map(|(index, _)| divided(text, tokens, index)).collect()
}

fn divided(text: &str, tokens: &[Token], among: usize) -> Option<Contradiction> {
    let at_once = |token: &&Token| matches!(token.kind, Kind::Mark('，' | '；' | '、' | '。' | '（' | '(' | ','));
    let between = tokens[..among].iter().rev().take_while(at_once).count();
    let (before, whole) = (&tokens[..among - between], tokens.get((among - between).checked_sub(1)?)?);
    let number = whole.number().filter(|number| number.of != NumberOf::Nothing)?;
    let inside = matches!(tokens.get(among.checked_sub(1)?)?.kind, Kind::Mark('（' | '('));
    if clause(&before[..before.len() - 1]).iter().any(is_compared) {
        return None;
    }
    let (mut depth, mut account) = (0_u32, None);
    let (mut sum, mut slack, mut count) = (number.value, half(number), 0_u32);
    let mut last = whole;
    for (index, token) in tokens.iter().enumerate().skip(among + 1) {
        match &token.kind {
            Kind::Mark('。') => break,
            Kind::Mark('（' | '(') => depth += 1,
            Kind::Mark('）' | ')') if depth == 0 && inside => break,
            Kind::Mark('）' | ')') => depth = depth.saturating_sub(1),
            Kind::Word(senses) if senses.contains(&Sense::Among) => break,
            Kind::Number(part) if depth == 0 && part.of == number.of => {
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
    if count == 0 || sum >= -slack || across(account, before) {
        return None;
    }
    let (words, parts) = (text.get(whole.range.clone())?, number.value - sum);
    Some(Contradiction {
        rule: SHARES,
        range: whole.range.start..last.range.end,
        message: Bilingual::new(
            format!("“{words}”之后 {count} 个数之和为 {}，大于总数", parts.normalize()),
            format!("the {count} parts of `{words}` add up to {}, which exceeds it", parts.normalize()),
        ),
    })
}

/// The tokens of the clause that ends with these.
fn clause<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let start = tokens.iter().rposition(|token| matches!(token.kind, Kind::Mark(_) | Kind::Number(_)));
    &tokens[start.map_or(0, |start| start + 1)..]
}

fn is_compared(token: &Token) -> bool {
    let Kind::Word(senses) = &token.kind else { return false };
    senses.iter().any(|sense| {
        matches!(
            sense,
            Sense::Change(_) | Sense::ChangeTo(_) | Sense::Compared | Sense::Last | Sense::Executed | Sense::About
        )
    })
}

fn account_of(token: &Token) -> Option<Account> {
    let Kind::Word(senses) = &token.kind else { return None };
    senses.iter().find_map(|sense| match sense {
        Sense::Name(shapes) => shapes.first()?.account,
        _ => None,
    })
}

/// Whether the parts lie across others: of procurement and of projects an amount may be the same.
fn across(part: Option<Account>, before: &[Token]) -> bool {
    use Account::*;
    let breakdown = part.filter(|part| matches!(part, ThreePublic | Meetings | Procurement | Reserved));
    breakdown.is_some() && !before.iter().any(|token| account_of(token) == part)
}

/// Counts are exact.
fn half(number: &Number) -> Decimal {
    match number.of {
        NumberOf::Count(_) => Decimal::ZERO,
        NumberOf::Money(_) | NumberOf::Percent | NumberOf::Points | NumberOf::Nothing => {
            Decimal::try_new(5, number.decimals + 1).unwrap_or_default()
        }
    }
}

/// Whether it is a part that cannot be another part as well: a woman may be a party member, an administrative post is
/// no other post.
fn is_part(text: &str, part: &Number, words: &[Token]) -> bool {
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
