//! Performance targets.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::error::ProblemCode;
use crate::ordered::Ordered;
use crate::source::Located;
use crate::yaml::{Decode, Problems, Value, names, record};

/// Indicators by their first and second level.
pub type Indicators = Ordered<Ordered<Vec<Indicator>>>;

record! {
    new
    /// Performance targets of the whole department.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Performance {
        /// What basic expenditure is for, where the form prints it.
        pub basic: Located<String> = default,
        /// The year's tasks, one a project, in the order of the table.
        pub tasks: Vec<Task> = default,
        /// The year's goal as a whole. One line is one paragraph.
        pub goal: Located<String>,
        /// Indicators of the first level, of the second, and their targets.
        pub indicators: Indicators,
    }
}

record! {
    new
    /// A task of the year.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Task {
        /// The project that pays for it, by id, whose amount it has.
        pub project: Located<String>,
        /// Name in the table, if not the project's.
        pub name: Option<Located<String>> = default,
        /// What is done. One line is one paragraph.
        pub content: Located<String>,
    }
}

record! {
    new
    /// A target: `target` in words, or `sign`, `value` and `unit`.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Indicator {
        /// What is measured.
        pub name: Located<String>,
        /// The target in words.
        pub target: Located<String> = default,
        /// How the value is to be reached (指标性质).
        pub sign: Option<Sign> = default,
        /// The value (指标值), a number unless it is of quality.
        #[schemars(with = "crate::spec::Written")]
        pub value: Located<String> = default,
        /// Unit of the value (度量单位).
        pub unit: Located<String> = default,
        /// Its weight among the indicators of its table, of 100 (权重).
        pub weight: Option<Located<Weight>> = default,
        /// 正向指标 or 反向指标, in the words of the form.
        pub direction: Located<String> = default,
    }
}

names! {
    /// How a target is to be reached.
    pub enum Sign {
        /// The value or more.
        AtLeast = "≥",
        /// More than the value.
        Above = ">",
        /// The value or less.
        AtMost = "≤",
        /// Less than the value.
        Below = "<",
        /// The value itself.
        Equal = "=",
        /// A quality in words.
        Quality = "定性",
    }
}

impl Indicator {
    /// Returns the target as it is printed: in words, or its sign, value and unit.
    pub fn printed_target(&self) -> String {
        if !self.target.trim().is_empty() {
            return self.target.value.clone();
        }
        let sign = match self.sign {
            None | Some(Sign::Quality) => "",
            Some(sign) => sign.name(),
        };
        format!("{sign}{}{}", self.value.trim(), self.unit.trim())
    }

    /// Returns where its target is written.
    pub fn written(&self) -> &Located<String> {
        if self.target.trim().is_empty() { &self.value } else { &self.target }
    }
}

/// Returns the indicators with the names of their levels, in order.
pub fn leaves(indicators: &Indicators) -> impl Iterator<Item = ([&Located<String>; 2], &Indicator)> {
    let groups =
        indicators.iter().flat_map(|(first, groups)| groups.iter().map(move |(second, list)| (first, second, list)));
    groups.flat_map(|(first, second, list)| list.iter().map(move |indicator| ([first, second], indicator)))
}

/// A weight, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight(pub Decimal);

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Decode for Weight {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let expected = ("权重，如 10 或 12.5（不带 %）", "a weight such as 10 or 12.5, without %");
        value.parse_text(problems, (ProblemCode::NotANumber, expected), |text| {
            let weight = Decimal::from_str_exact(text.trim()).ok()?;
            (weight >= Decimal::ZERO && weight <= Decimal::ONE_HUNDRED).then_some(Weight(weight))
        })
    }
}
