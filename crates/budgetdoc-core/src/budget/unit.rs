//! The budget of a single unit of a department.

use std::collections::{BTreeMap, BTreeSet};

use super::{Budget, Cube};
use crate::compose::mentions;
use crate::ordered::Ordered;
use crate::profile::{Account, OutlineItem};
use crate::source::Located;

impl Budget {
    /// Returns the budget of the unit at `index`, as a document of `outline` alone: the unit's facts, units, projects and
    /// purchases. It has nothing that the spec gives of the whole department, such as counts and totals.
    pub(crate) fn of_unit(&self, index: usize, outline: &[OutlineItem]) -> Budget {
        let (mut spec, mut profile) = (self.spec.clone(), self.profile.clone());
        let units = std::mem::take(&mut spec.department.units);
        let is_single = units.len() == 1;
        let own = units.into_iter().nth(index);
        let id = own.as_ref().map(|unit| unit.id.value.clone());
        spec.department.units = own.into_iter().collect();
        let is_of_unit = |unit: &Option<Located<String>>| match unit {
            Some(unit) => Some(&unit.value) == id.as_ref(),
            None => is_single,
        };
        let projects = retain(&mut spec.projects, |project| is_of_unit(&project.unit));
        let purchases = retain(&mut spec.procurement_items, |item| is_of_unit(&item.unit));
        spec.counts = Ordered::default();
        spec.last_totals = Ordered::default();
        spec.key_projects.clear();
        spec.performance = None;
        let renumber = |facts: &[super::Fact]| -> Vec<super::Fact> {
            let own = facts.iter().filter(|fact| fact.unit == index && fact.account != Account::Internal);
            let own = own.cloned().map(|mut fact| {
                fact.unit = 0;
                fact.project = fact.project.and_then(|project| projects.get(&project).copied());
                fact.entry = fact.entry.and_then(|entry| purchases.get(&entry).copied());
                fact
            });
            own.collect()
        };
        let cube = Cube::new(renumber(&self.cube.facts), renumber(&self.cube.given_sums), Vec::new(), &profile);
        // Only the texts of the outline are filled in: others may name what the unit does not have.
        let texts = texts(outline);
        profile.texts.0.retain(|(key, _)| texts.contains(key.as_str()));
        let takes_in =
            |key: &str| profile.texts.iter().any(|(_, text)| mentions(text, &format!("text.{key}"), |_| true));
        profile.asks.0.retain(|(key, _)| texts.contains(key.as_str()) || takes_in(key));
        let (texts, asks, constants) = (&profile.texts, &profile.asks, &profile.constants);
        spec.text
            .0
            .retain(|(key, _)| texts.get(key).is_some() || asks.get(key).is_some() || constants.get(key).is_some());
        profile.counts = Ordered::default();
        profile.outline = outline.to_vec();
        Budget {
            spec,
            profile,
            cube,
            schedules: BTreeMap::new(),
            subjects: self.subjects.clone(),
            economic: self.economic.clone(),
            subject_table: self.subject_table.clone(),
        }
    }

    /// Returns the keys of the texts that are printed for units alone, with their figures.
    pub(crate) fn texts_of_units(&self) -> BTreeSet<&str> {
        let (mut of_units, mut others) = (BTreeSet::new(), BTreeSet::new());
        for block in self.outline() {
            match block {
                OutlineItem::Units(blocks) => of_units.extend(texts(blocks)),
                block => others.extend(texts(std::slice::from_ref(block))),
            }
        }
        of_units.retain(|key| !others.contains(key));
        of_units
    }
}

/// Keeps some entries of a list; returns their new indices by the old ones.
fn retain<T>(list: &mut Vec<T>, is_kept: impl Fn(&T) -> bool) -> BTreeMap<usize, usize> {
    let kept = list.iter().enumerate().filter(|(_, entry)| is_kept(entry)).map(|(index, _)| index);
    let indices = kept.enumerate().map(|(new, old)| (old, new)).collect();
    list.retain(is_kept);
    indices
}

/// Returns the keys of the texts of an outline.
fn texts(outline: &[OutlineItem]) -> BTreeSet<&str> {
    OutlineItem::all(outline).into_iter().filter_map(OutlineItem::text).collect()
}
