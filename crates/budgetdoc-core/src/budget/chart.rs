//! The figures of a chart.

use std::cmp::Reverse;

use super::{Budget, Scope, Total};
use crate::money::Money;
use crate::profile::{ChartDef, ChartKind, ChartParts, ListAxis, OutlineItem, YearOf};
use crate::source::Located;
use crate::subject::{Level, SubjectCode};

/// Most parts of a chart: the rest is one more.
const MOST_PARTS: usize = 6;

/// A part of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartPart<'a> {
    /// What it is called.
    pub name: ChartPartName<'a>,
    /// Its amounts, last year's first where the chart shows it.
    pub amounts: Vec<Money>,
}

/// What a part of a chart is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartPartName<'a> {
    /// A figure of the profile, with the words for it, a template.
    Figure(&'a str, &'a Located<String>),
    /// A class of subjects.
    Class(SubjectCode, &'a str),
    /// The smallest parts, where there are many.
    Rest,
}

/// Why a chart is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartGap<'a> {
    /// An amount is unfilled.
    Unfilled,
    /// All amounts are zero.
    Zero,
    /// An amount is below zero, which no sector or column shows.
    Negative(ChartPartName<'a>, Money),
    /// Last year's amount is not known of all that a part sums.
    NoLastYear(ChartPartName<'a>),
    /// Two parts of a whole count the same amounts.
    Overlap(ChartPartName<'a>, ChartPartName<'a>),
}

impl Budget {
    /// Returns the charts of the outline, in order.
    pub fn charts(&self) -> Vec<&ChartDef> {
        let charts = self.outline().into_iter().filter_map(|block| match block {
            OutlineItem::Chart(chart) => Some(chart),
            OutlineItem::Group(_)
            | OutlineItem::Part(_)
            | OutlineItem::Section(_)
            | OutlineItem::Subsection(_)
            | OutlineItem::Text(_)
            | OutlineItem::Lead(_)
            | OutlineItem::Signature(_)
            | OutlineItem::Table(_)
            | OutlineItem::Glossary
            | OutlineItem::When(_)
            | OutlineItem::Units(_) => None,
        });
        charts.collect()
    }

    /// Returns the parts of a chart that are not zero, in the order of the profile: the largest, and the sum of all
    /// others.
    ///
    /// # Errors
    /// Why there is nothing to draw.
    pub fn chart<'a>(&'a self, def: &'a ChartDef) -> Result<Vec<ChartPart<'a>>, ChartGap<'a>> {
        let mut parts = Vec::new();
        for (name, this, last) in self.chart_totals(&def.of) {
            let last = match (def.kind.years(), last) {
                (1, _) => None,
                (_, Some(last)) => Some(last),
                (_, None) => return Err(ChartGap::NoLastYear(name)),
            };
            let totals: Vec<Total> = last.into_iter().chain([this]).collect();
            if totals.iter().any(Total::is_unfilled) {
                return Err(ChartGap::Unfilled);
            }
            let amounts: Vec<Money> = totals.iter().map(Total::or_zero).collect();
            if let Some(amount) = amounts.iter().find(|amount| **amount < Money::ZERO) {
                return Err(ChartGap::Negative(name, *amount));
            }
            if amounts.iter().any(|amount| !amount.is_zero()) {
                parts.push(ChartPart { name, amounts });
            }
        }
        match self.overlap(def) {
            _ if parts.is_empty() => Err(ChartGap::Zero),
            Some((one, other)) => Err(ChartGap::Overlap(one, other)),
            None => Ok(with_rest(parts)),
        }
    }

    /// Returns two parts of a whole that sum the same row.
    fn overlap<'a>(&'a self, def: &'a ChartDef) -> Option<(ChartPartName<'a>, ChartPartName<'a>)> {
        let figures = match (def.kind, &def.of) {
            (ChartKind::Pie | ChartKind::Ring, ChartParts::Figures(figures)) => figures,
            (ChartKind::Columns, _) | (_, ChartParts::Classes(_)) => return None,
        };
        let filter = |name: &str| self.profile.figures.get(name).map(|measure| self.cube.filter(measure));
        let filters: Vec<_> = figures
            .iter()
            .filter_map(|(figure, words)| Some((ChartPartName::Figure(figure, words), filter(figure)?)))
            .collect();
        self.cube.facts.iter().filter(|fact| !fact.this.amount.is_zero()).find_map(|fact| {
            let mut of = filters.iter().filter(|(_, filter)| filter.allows(fact)).map(|(name, _)| *name);
            of.next().zip(of.next())
        })
    }

    /// Returns the name of each part with its sums of this year and last; the latter none if not known of all it sums.
    fn chart_totals<'a>(&'a self, parts: &'a ChartParts) -> Vec<(ChartPartName<'a>, Total, Option<Total>)> {
        match parts {
            ChartParts::Figures(figures) => figures
                .iter()
                .map(|(figure, words)| {
                    let this = self.figure(figure).unwrap_or_default();
                    (ChartPartName::Figure(figure, words), this, self.last_of(figure))
                })
                .collect(),
            ChartParts::Classes(list) => {
                let Some(list) = self.profile.lists.get(list) else { return Vec::new() };
                let (filter, whole) = (self.cube.filter(&list.of), Scope::default());
                let (codes, names) = match list.each {
                    ListAxis::Function => (self.cube.subjects_of(&filter, &whole), &self.subjects),
                    ListAxis::Economic => (self.cube.economic_of(&filter, &whole), &self.economic),
                };
                let classes = codes.into_iter().filter(|code| code.level() == Level::Class);
                let total = |code| {
                    let scope = match list.each {
                        ListAxis::Function => Scope { subject: Some(code), ..whole },
                        ListAxis::Economic => Scope { economic: Some(code), ..whole },
                    };
                    let name = names.get(&code).map_or("", String::as_str);
                    let last = self.cube.past(&filter, &scope, YearOf::Last);
                    (ChartPartName::Class(code, name), self.cube.total_of(&filter, &scope), last)
                };
                classes.map(total).collect()
            }
        }
    }
}

/// Adds up the smallest of many parts.
fn with_rest(parts: Vec<ChartPart<'_>>) -> Vec<ChartPart<'_>> {
    let years = parts.first().map_or(0, |part| part.amounts.len());
    let mut largest: Vec<usize> = (0..parts.len()).collect();
    largest.sort_by_key(|part| Reverse(parts[*part].amounts.last().copied()));
    largest.truncate(MOST_PARTS);
    let mut rest = ChartPart { name: ChartPartName::Rest, amounts: vec![Money::ZERO; years] };
    let has_rest = largest.len() < parts.len();
    let mut kept = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if largest.contains(&index) {
            kept.push(part);
        } else {
            rest.amounts.iter_mut().zip(part.amounts).for_each(|(sum, amount)| *sum = *sum + amount);
        }
    }
    kept.extend(has_rest.then_some(rest));
    kept
}
