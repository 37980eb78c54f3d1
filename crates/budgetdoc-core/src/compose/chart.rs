//! Composes charts: names, exact values, and the figures in words.

use super::Composer;
use super::narrative::percentage_format;
use crate::budget::{ChartGap, ChartPart, ChartPartName};
use crate::money::{Amount, Money};
use crate::numerals::label;
use crate::profile::{self, ChartDef, ChartParts};
use budgetdoc_document::{Block, Chart, ChartKind, ChartPoint, Number, StyleName, Text};

/// Number of a chart, where the profile has no other.
const NUMBER: &str = "图{n}　";

/// The name of the smallest parts, where the profile has no other.
const REST: &str = "其他";

impl Composer<'_> {
    /// Composes a chart and counts it, or the profile's sentence in its place; nothing where figures cannot be drawn,
    /// which `check` reports.
    pub(super) fn chart(&mut self, def: &ChartDef) {
        let budget = self.budget;
        let caption = self.fill_at(&def.caption, def.caption.place);
        let gap = match budget.chart(def) {
            Ok(parts) => return self.draw_chart(def, &caption, &parts),
            Err(gap) => gap,
        };
        // Templates that fail are found with any figures.
        if let ChartParts::Figures(figures) = &def.of {
            figures.iter().for_each(|(_, words)| drop(self.fill_at(words, words.place)));
        }
        match (gap, &def.empty) {
            (ChartGap::Zero, Some(empty)) => {
                let text = self.fill_at(empty, empty.place);
                self.paragraph(StyleName::Body, Text::plain(text));
            }
            (ChartGap::Unfilled, _) => self.paragraph(StyleName::Body, Amount::GAP.into()),
            (ChartGap::Zero | ChartGap::Negative(..) | ChartGap::NoLastYear(_) | ChartGap::Overlap(..), _) => {}
        }
    }

    fn draw_chart(&mut self, def: &ChartDef, caption: &str, parts: &[ChartPart<'_>]) {
        self.counters.charts += 1;
        let (profile, year) = (&self.budget.profile, self.budget.spec.year.value);
        let numbering = profile.numbering.chart.as_deref().unwrap_or(NUMBER);
        let caption = label(numbering, self.counters.charts) + caption;
        let (format, words) = (&profile.text_amounts, &profile.words);
        let (kind, series) = match def.kind {
            profile::ChartKind::Pie => (ChartKind::Pie, vec![year]),
            profile::ChartKind::Ring => (ChartKind::Ring, vec![year]),
            profile::ChartKind::Columns => (ChartKind::Columns, vec![year.saturating_sub(1), year]),
        };
        let whole: Money = parts.iter().flat_map(|part| &part.amounts).copied().sum();
        let shares = percentage_format(words.percent_decimals, true, format.rounding);
        let share = |part: &ChartPart| match kind {
            ChartKind::Pie | ChartKind::Ring => {
                let value = part.amounts.first()?.percent_of(whole)?;
                Some(Number { value, format: shares.clone() })
            }
            ChartKind::Columns => None,
        };
        let points: Vec<ChartPoint> = parts
            .iter()
            .map(|part| ChartPoint {
                name: match part.name {
                    ChartPartName::Figure(_, words) => self.fill_at(words, words.place),
                    ChartPartName::Class(_, name) => name.to_owned(),
                    ChartPartName::Rest => {
                        def.rest.as_ref().map_or_else(|| REST.to_owned(), |rest| self.fill_at(rest, rest.place))
                    }
                },
                values: part.amounts.iter().map(|amount| format.number(*amount)).collect(),
                share: share(part),
            })
            .collect();
        let unit = format.unit.name().to_owned();
        let series: Vec<String> = series.iter().map(|year| format!("{year}年")).collect();
        let summary = summary(&caption, &points, &series, &unit);
        self.blocks.push(Block::Chart(Box::new(Chart {
            kind,
            caption: caption.into(),
            summary,
            unit,
            series,
            points,
        })));
    }
}

/// Returns the figures of a chart in words.
fn summary(caption: &str, points: &[ChartPoint], series: &[String], unit: &str) -> String {
    let part = |point: &ChartPoint| {
        let amount = |(year, value): (&String, &Number)| match &point.share {
            Some(share) => format!("{value}{unit}，{share}%"),
            None => format!("{year}{value}{unit}"),
        };
        let amounts: Vec<String> = series.iter().zip(&point.values).map(amount).collect();
        format!("{}{}", point.name, amounts.join("，"))
    };
    let parts: Vec<String> = points.iter().map(part).collect();
    format!("{caption}：{}。", parts.join("；"))
}
