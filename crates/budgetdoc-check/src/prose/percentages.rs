//! Whether an amount, its change and the percentage of a sentence agree.

use rust_decimal::Decimal;

use crate::prose::changes::ToldChange;
use crate::prose::numbers::TextNumber;
use budgetdoc_core::money::Money;

/// How a change came out.
pub(crate) enum ChangeFault {
    Fits,
    WrongWay,
    /// The percentage these amounts make.
    Percent(Decimal),
    /// What last year's amount and the change make.
    Sum(Money),
    /// It rose by more than it is.
    More,
    ZeroBase,
    Gone,
}

/// Whether `percent` is `part` of `base`, each rounded to what is printed.
pub(crate) fn makes(
    percent: &TextNumber,
    (part, part_slack): (Money, Money),
    (base, base_slack): (Money, Money),
) -> bool {
    let share = |amount: Money, base: Money| amount.percent_of(base).unwrap_or_default();
    let least = share(part - part_slack, base + base_slack);
    let most = share(part + part_slack, (base - base_slack).max(Money::yuan(Decimal::ONE)));
    let (half, value) = (percent.half(), percent.value);
    value.checked_add(half).is_none_or(|high| high >= least) && value.checked_sub(half).is_none_or(|low| low <= most)
}

/// Half a unit of an amount's last digit.
fn slack(number: &TextNumber) -> Money {
    let half = number.unit.and_then(|(_, yuan)| number.half().checked_mul(Decimal::from(yuan)));
    Money::yuan(half.unwrap_or_default()).min(Money::LIMIT)
}

pub(crate) fn judge(change: &ToldChange) -> Option<(ChangeFault, Option<usize>)> {
    let (by, up) = change.by.as_ref()?;
    let b = by.money().filter(|by| !by.is_zero())?;
    if let (Some(base), Some(last)) = (&change.base, change.base.as_ref().and_then(TextNumber::money)) {
        let right = if *up { last + b } else { last - b };
        let slack = slack(by) + slack(base);
        let adds = |now: &TextNumber| now.money().is_none_or(|now_| (now_ - right).abs() <= slack + self::slack(now));
        let wrong = match &change.percent {
            Some(_) if last.is_zero() && *up => Some(ChangeFault::ZeroBase),
            Some((_, way)) if way != up => Some(ChangeFault::WrongWay),
            Some((percent, _))
                if !last.is_zero() && !makes(percent, (b, self::slack(by)), (last, self::slack(base))) =>
            {
                Some(ChangeFault::Percent(b.percent_of(last).unwrap_or_default()))
            }
            _ if !change.now.is_empty() && !change.now.iter().any(adds) => Some(ChangeFault::Sum(right)),
            _ => None,
        };
        return wrong.map(|wrong| (wrong, None));
    }
    // What rose by more than it is was less than nothing.
    let compared = ["比", "较", "同比"].iter().any(|word| by.clause().starts_with(word));
    let more = |now: &TextNumber| now.money().is_some_and(|now_| now_ + slack(now) + slack(by) < b);
    if change.percent.is_none() && *up && compared && !change.now.is_empty() && change.now.iter().all(more) {
        return Some((ChangeFault::More, Some(0)));
    }
    let (percent, way) = change.percent.as_ref()?;
    let of = |now: &TextNumber| {
        let Some(a) = now.money() else { return ChangeFault::Fits };
        if a.is_zero() && !up {
            return if percent.value == Decimal::ONE_HUNDRED { ChangeFault::Fits } else { ChangeFault::Gone };
        }
        if *up && a == b {
            return ChangeFault::ZeroBase;
        }
        let base = if *up { a - b } else { a + b };
        // What the change cannot be of.
        if base <= Money::ZERO || a.is_zero() {
            return ChangeFault::Fits;
        }
        if up != way {
            return ChangeFault::WrongWay;
        }
        if makes(percent, (b, slack(by)), (base, slack(now) + slack(by))) {
            return ChangeFault::Fits;
        }
        ChangeFault::Percent(b.percent_of(base).unwrap_or_default())
    };
    let verdicts: Vec<ChangeFault> = change.now.iter().map(of).collect();
    if verdicts.iter().any(|verdict| matches!(verdict, ChangeFault::Fits)) {
        return None;
    }
    verdicts.into_iter().enumerate().next().map(|(index, verdict)| (verdict, Some(index)))
}
