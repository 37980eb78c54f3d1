//! Amounts of money, exact to the last digit, and how they are printed.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use budgetdoc_document::{Number, NumberFormat, Rounding};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

use crate::characters::ordinary_form;
use crate::error::ProblemCode;
use crate::typography::half_width;
use crate::yaml::{Decode, Problems, Value, names, record};

/// An amount in yuan, exact.
///
/// Amounts a spec may hold are smaller than [`Money::LIMIT`], so that no sum of them can overflow.
///
/// ```
/// use budgetdoc_core::money::{Money, Unit};
/// let one = Money::new("0.1".parse().unwrap(), Unit::TenThousandYuan);
/// let two = Money::new("0.2".parse().unwrap(), Unit::TenThousandYuan);
/// assert_eq!(one + two, Money::new(3000.into(), Unit::Yuan));
/// assert_eq!((two - one).percent_of(one), Some(100.into()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(Decimal);

impl Money {
    /// Zero.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// The limit of amounts in a spec, 10^15 yuan, some thirty times the country's annual expenditure.
    pub const LIMIT: Money = Money(Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0));

    /// Creates an amount in yuan.
    pub const fn yuan(amount: Decimal) -> Self {
        Money(amount)
    }

    /// Creates an amount from a number of units.
    pub fn new(amount: Decimal, unit: Unit) -> Self {
        Money(amount * unit.in_yuan())
    }

    /// Returns the amount as an exact number of units.
    pub fn in_unit(self, unit: Unit) -> Decimal {
        (self.0 / unit.in_yuan()).normalize()
    }

    /// Returns whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the amount without its sign.
    pub fn abs(self) -> Self {
        Money(self.0.abs())
    }

    /// `self ÷ base × 100`; none on a base of zero.
    pub fn percent_of(self, base: Money) -> Option<Decimal> {
        self.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base.0)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

names! {
    /// The unit amounts are given or printed in.
    #[derive(Default, Hash)]
    pub enum Unit {
        /// 元.
        Yuan = "元",
        /// 千元.
        ThousandYuan = "千元",
        /// 万元.
        #[default]
        TenThousandYuan = "万元",
        /// 亿元.
        HundredMillionYuan = "亿元",
    }
}

impl Unit {
    /// Returns the number of yuan in one unit.
    pub const fn in_yuan(self) -> Decimal {
        let yuan = match self {
            Unit::Yuan => 1,
            Unit::ThousandYuan => 1_000,
            Unit::TenThousandYuan => 10_000,
            Unit::HundredMillionYuan => 100_000_000,
        };
        Decimal::from_parts(yuan, 0, 0, false, 0)
    }
}

/// A number as written in a spec, in the spec's unit: digits with an optional sign and decimals, never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Amount {
    /// The number.
    Given(Decimal),
    /// Written as `待填`: not known yet. It counts as nothing, is printed as a gap, and rule C14 reports it.
    #[default]
    Unfilled,
}

impl Amount {
    /// An unfilled amount in a spec.
    pub const UNFILLED: &'static str = "待填";
    /// An unfilled amount as printed in a draft.
    pub const GAP: &'static str = "【待填】";

    /// Returns the number; none while it is unfilled.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Amount::Given(number) => Some(number),
            Amount::Unfilled => None,
        }
    }
}

impl From<i64> for Amount {
    fn from(number: i64) -> Self {
        Amount::Given(Decimal::from(number))
    }
}

impl From<Decimal> for Amount {
    fn from(number: Decimal) -> Self {
        Amount::Given(number)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Amount::Given(number) => serializer.collect_str(number),
            Amount::Unfilled => serializer.serialize_str(Amount::UNFILLED),
        }
    }
}

impl Decode for Amount {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        // From the text as it is written, so that 0.30 never becomes a binary fraction on its way.
        let expected = ("金额，如 1310 或 0.3（不带单位和千分位逗号）", "an amount such as 1310 or 0.3");
        let text = value.text(problems)?;
        let number = text.trim();
        if number == Amount::UNFILLED {
            return Some(Amount::Unfilled);
        }
        // The parser of decimals would take 1_310 as well.
        let plain = number.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
        let amount = Decimal::from_str_exact(number).ok().filter(|_| plain).map(Amount::Given);
        if amount.is_none() {
            let problem = value.found(ProblemCode::NotAnAmount, expected, &format!("“{text}”"), &format!("\"{text}\""));
            problems.push(match hint(text) {
                Some((zh, en)) => problem.help(zh, en),
                None => problem,
            });
        }
        amount
    }
}

/// Returns the likely amount of a text that is none, in both languages.
fn hint(text: &str) -> Option<(String, String)> {
    if let Some(hidden) = text.chars().find(|letter| ordinary_form(*letter) == Some(None)) {
        let code = u32::from(hidden);
        let zh = format!("其中有看不见的字符 U+{code:04X}，请删去整个数后重新输入");
        return Some((zh, format!("it has the invisible character U+{code:04X}; delete the amount and type it again")));
    }
    let text = text.trim();
    if !text.is_empty() && text.chars().all(|letter| "-－—–―/无".contains(letter)) {
        return Some(("没有金额请写 0".to_owned(), "write 0 where there is none".to_owned()));
    }
    // Full-width digits and marks, a unit, the brackets of bookkeepers.
    let half = |letter: char| match letter {
        '−' | '–' => '-',
        letter => half_width(letter),
    };
    let halved: String = text.chars().map(half).filter(|letter| *letter != ',' && !letter.is_whitespace()).collect();
    let bare = halved.trim_start_matches(['¥', '￥']);
    let number = bare.trim_end_matches(['万', '元', '亿', '千', '百']);
    let written = match number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => format!("-{inside}"),
        None => number.to_owned(),
    };
    Decimal::from_str_exact(&written).ok().filter(|_| !written.contains('_'))?;
    // What 80万元 is in the unit of the file is not known here.
    Some(match number == bare {
        true => (format!("请用半角数字写成 {written}"), format!("write {written}, in half-width digits")),
        false => ("请只写数字，单位由 unit 写明".to_owned(), "write the number only; `unit` gives the unit".to_owned()),
    })
}

record! {
    /// How amounts are printed.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct AmountFormat: Default {
        /// The unit.
        pub unit: Unit,
        /// Most decimals.
        // Those of a hundredth of a yuan in 亿元 are the most there can be.
        pub decimals: u32 where 0..=10,
        /// Whether zeros at the end of the decimals are omitted: 8, not 8.0.
        pub trim: bool,
        /// Whether commas separate thousands.
        pub thousands: bool,
        /// Words for zero; by default zero is printed as a number.
        pub zero: Option<String>,
        /// Rounding of figures.
        #[schemars(with = "crate::schema::document::RoundingSchema")]
        pub rounding: Rounding,
    }
}

impl AmountFormat {
    /// Returns `money` in figures, without its unit.
    ///
    /// ```
    /// use budgetdoc_core::money::{AmountFormat, Money, Unit};
    /// let format = AmountFormat { unit: Unit::TenThousandYuan, decimals: 2, thousands: true, ..AmountFormat::default()
    /// }; assert_eq!(format.print(Money::yuan(31_214_205.into())), "3,121.42");
    /// ```
    pub fn print(&self, money: Money) -> String {
        self.number_format().print(money.in_unit(self.unit))
    }

    /// Returns `money` as a number of units with its format, for a cell of a table.
    pub fn number(&self, money: Money) -> Number {
        Number { value: money.in_unit(self.unit), format: self.number_format() }
    }

    /// Returns `money` as a number of units, rounded as it is printed.
    pub fn round(&self, money: Money) -> Decimal {
        self.rounding.apply(money.in_unit(self.unit), self.decimals)
    }

    fn number_format(&self) -> NumberFormat {
        // Exhaustive: a new field must be passed on.
        let AmountFormat { unit: _, decimals, trim, thousands, zero, rounding } = self.clone();
        NumberFormat { decimals, trim, thousands, zero, rounding }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn limit_is_ten_to_the_fifteenth() {
        assert_eq!(Money::LIMIT, Money::yuan(decimal("1000000000000000")));
    }

    #[test]
    fn percentages_are_exact_until_printed() {
        let percent = Money::yuan(333.into()).percent_of(Money::yuan(202.into())).unwrap();
        assert_eq!(NumberFormat { decimals: 2, ..NumberFormat::default() }.print(percent), "164.85");
        assert_eq!(Money::yuan(9.into()).percent_of(Money::ZERO), None);
    }
}
