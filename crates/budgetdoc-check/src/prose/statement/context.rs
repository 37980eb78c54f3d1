//! What the words before narrow the next names to: a unit, a fund, a heading.

use super::clause::{Clause, Name, phrase};
use super::parse::is_unit;
use super::shape::FactFilter;

/// The names that what follows may go on with.
#[derive(Clone, Debug, Default)]
pub(super) struct Context<'a> {
    /// The names of a heading on a line of its own.
    pub heading: Vec<Name<'a>>,
    /// The unit that the sentence named last, and the one that an earlier sentence did.
    unit: Option<Name<'a>>,
    earlier_unit: Option<Name<'a>>,
    /// The fund or project that the sentence named last.
    part: Option<Name<'a>>,
    /// The other names beside the latest number or heading, and whether unknown words stand there.
    measure: Vec<Name<'a>>,
    is_vague: bool,
}

impl<'a> Context<'a> {
    /// Returns the context behind a heading on a line of its own.
    pub fn of_heading(heading: Vec<Name<'a>>) -> Self {
        let (units, measure): (Vec<_>, Vec<_>) = heading.iter().cloned().partition(is_unit);
        Context { earlier_unit: units.last().cloned(), measure, heading, ..Context::default() }
    }

    /// Takes in a clause.
    pub fn add(&mut self, clause: &Clause<'a>) {
        if clause.names_department {
            (self.unit, self.earlier_unit) = (None, None);
        }
        let (units, others): (Vec<_>, Vec<_>) = clause.names.iter().cloned().partition(is_unit);
        self.unit = units.into_iter().next_back().or(self.unit.take());
        self.part = others.iter().rfind(|name| is_part(name)).cloned().or(self.part.take());
        if !others.is_empty() || clause.has_other {
            (self.measure, self.is_vague) = (others, clause.has_other);
        }
    }

    /// Ends a sentence. One without a number is a heading: 1.局本级。
    pub fn end_sentence(&mut self, is_heading: bool) {
        self.earlier_unit = self.unit.take().or(self.earlier_unit.take());
        if is_heading {
            self.unit = self.earlier_unit.clone();
        }
        (self.part, self.is_vague) = (None, false);
        self.measure = self.heading.iter().filter(|name| !is_unit(name)).cloned().collect();
    }

    /// Returns whether unknown words stand where the measure of a unit would: 养老保险缴费，局本级58万元.
    pub fn is_vague_for(&self, names: &[Name]) -> bool {
        self.is_vague && is_unit_alone(names)
    }

    /// Returns whether a unit is one of those that a measure before is parted by: 机关运行经费199万元，局本级占66%.
    pub fn parts_measure(&self, names: &[Name]) -> bool {
        is_unit_alone(names) && (self.is_vague || !self.measure.is_empty())
    }

    /// Returns what names mean of the unit that the sentence is about, or of the measure before units that follow each
    /// other. None where there is no such unit or measure; no shape where they do not go together.
    pub fn narrowed(&self, names: &[Name<'a>]) -> Option<Vec<FactFilter>> {
        let beside = if is_unit_alone(names) {
            self.measure.as_slice()
        } else if names.iter().any(is_unit) {
            &[]
        } else {
            self.unit.as_slice()
        };
        (!beside.is_empty() && !names.is_empty()).then(|| shapes(beside, names))
    }

    /// Returns what names may mean in the light of what was said before.
    pub fn other_readings(&self, names: &[Name<'a>]) -> Vec<FactFilter> {
        let unit = self.earlier_unit.as_slice();
        let unit = if names.iter().any(is_unit) { &[] } else { unit };
        let part = if names.iter().any(is_part) { &[] } else { self.part.as_slice() };
        let measure = match names {
            [name] if is_part(name) => self.measure.as_slice(),
            _ => &[],
        };
        let beside = [self.heading.as_slice(), unit, part, measure];
        beside.into_iter().filter(|beside| !beside.is_empty()).flat_map(|beside| shapes(beside, names)).collect()
    }
}

fn shapes(beside: &[Name], names: &[Name]) -> Vec<FactFilter> {
    phrase(&[beside, names].concat()).map(|phrase| phrase.shapes).unwrap_or_default()
}

/// Returns whether names are a unit's alone.
pub(super) fn is_unit_alone(names: &[Name]) -> bool {
    matches!(names, [name] if is_unit(name))
}

/// Returns whether a name is that of a fund or a project.
fn is_part(name: &Name) -> bool {
    let is_part = |shape: &FactFilter| shape.funds.is_some() || shape.project.is_some();
    phrase(std::slice::from_ref(name)).is_some_and(|named| named.shapes.iter().all(is_part))
}
