//! Values of charts, with the words for them.

use budgetdoc_core::budget::{Budget, ChartPartName};
use budgetdoc_core::compose::Prose;

use super::figure::{PrintedFigure, PrintedSum};
use super::quantity::PrintedYear;
use super::said::Says;
use super::sentence::{SentenceFigure, meaning};

/// Adds this year's values of charts; the tables have last year's in columns of their own.
pub(super) fn read(budget: &Budget, prose: &Prose, figures: &mut Vec<SentenceFigure>) {
    let format = &budget.profile.text_amounts;
    for chart in budget.charts() {
        for part in budget.chart(chart).unwrap_or_default() {
            let (ChartPartName::Figure(name, words), Some(amount)) = (part.name, part.amounts.last()) else { continue };
            let (words, number) = (prose.fill(words), format.number(*amount));
            let measure = budget.profile.figures.get(name);
            figures.push(SentenceFigure {
                about: format!("charts.{}", prose.fill(&chart.caption)),
                meaning: measure.and_then(|measure| meaning(&words, measure, PrintedYear::This)),
                words: format!("{words}{number}{}", format.unit.name()),
                says: Says::Amount(PrintedSum::of(PrintedFigure::of(&number)).scaled(format.unit.in_yuan())),
                index: figures.len(),
                part_of: None,
            });
        }
    }
}
