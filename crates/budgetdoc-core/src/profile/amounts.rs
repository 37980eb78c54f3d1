//! The formats of amounts that a profile allows, and those that a spec chooses of them.

use std::fmt::Display;

use budgetdoc_document::Rounding;
use serde::Serialize;
use serde_json::json;

use super::Profile;
use crate::error::{Problem, ProblemCode};
use crate::money::AmountFormat;
use crate::spec::{AmountSetting, Spec};
use crate::yaml::record;

record! {
    /// The formats of amounts that a spec may choose, besides the profile's own.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct AllowedAmounts: Default {
        /// In tables.
        pub tables: AllowedFormats,
        /// In sentences and charts.
        pub text: AllowedFormats,
    }
}

record! {
    /// Values of a format of amounts that a spec may choose.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct AllowedFormats: Default {
        /// Most decimals.
        pub decimals: Vec<u32> where 0..=10,
        /// Words for zero.
        pub zero: Vec<String>,
        /// Rounding of figures.
        #[schemars(with = "Vec<crate::schema::document::RoundingSchema>")]
        pub rounding: Vec<Rounding>,
    }
}

impl Profile {
    /// Takes over the formats of amounts that a spec chooses, so that all that is printed and compared follows.
    pub(crate) fn choose_amounts(&mut self, spec: &Spec, problems: &mut Vec<Problem>) {
        let AllowedAmounts { tables, text } = &self.allowed_amounts;
        let mut list = [
            ("tables", &spec.amounts.tables, tables, &mut self.table_amounts),
            ("text", &spec.amounts.text, text, &mut self.text_amounts),
        ];
        for (place, setting, allowed, format) in &mut list {
            choose(&Chooser { spec, place }, setting, allowed, format, problems);
        }
    }
}

/// Where a spec writes what it chooses.
struct Chooser<'a> {
    spec: &'a Spec,
    place: &'a str,
}

fn choose(
    chooser: &Chooser<'_>,
    setting: &AmountSetting,
    allowed: &AllowedFormats,
    format: &mut AmountFormat,
    problems: &mut Vec<Problem>,
) {
    // Exhaustive: a new setting must be taken over.
    let AmountSetting { decimals, zero, rounding } = setting;
    let name = |rounding: &Rounding| json!(rounding).as_str().unwrap_or_default().to_owned();
    if let Some(chosen) = decimals
        && chooser.allows("decimals", chosen, (Some(&format.decimals), &allowed.decimals), u32::to_string, problems)
    {
        format.decimals = *chosen;
    }
    if let Some(chosen) = zero
        && chooser.allows("zero", chosen, (format.zero.as_ref(), &allowed.zero), |zero| format!("\"{zero}\""), problems)
    {
        format.zero = Some(chosen.clone());
    }
    if let Some(chosen) = rounding
        && chooser.allows("rounding", chosen, (Some(&format.rounding), &allowed.rounding), name, problems)
    {
        format.rounding = *chosen;
    }
}

impl Chooser<'_> {
    /// Returns whether a value is the profile's own or one it allows; reports another.
    fn allows<T: PartialEq, W: Display>(
        &self,
        key: &str,
        chosen: &T,
        (own, allowed): (Option<&T>, &[T]),
        words: impl Fn(&T) -> W,
        problems: &mut Vec<Problem>,
    ) -> bool {
        if own == Some(chosen) || allowed.contains(chosen) {
            return true;
        }
        let further = allowed.iter().filter(|value| Some(*value) != own);
        let known: Vec<_> = own.into_iter().chain(further).map(|value| words(value).to_string()).collect();
        let (path, chosen) = (format!("amounts.{}.{key}", self.place), words(chosen));
        let problem = Problem::spec(
            ProblemCode::FormatNotAllowed,
            self.spec.source.place_at(&["amounts", self.place, key]),
            format!("版式不允许 {path} 为 {chosen}"),
            format!("the profile does not allow {chosen} for `{path}`"),
        );
        problems.push(match known.is_empty() {
            true => problem.help("请删去这一行", "delete this line"),
            false => problem.help(
                format!("允许的有：{}；要增加，请在版式的 allowed_amounts 中写明", known.join("、")),
                format!("it allows {}; `allowed_amounts` of the profile may list others", known.join(", ")),
            ),
        });
        false
    }
}
