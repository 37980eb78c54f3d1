//! Which edits leave the document as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::WhyLeft;
use crate::{Companions, Severity, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::edit::{Edit, apply};
use budgetdoc_core::error::Error;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Document};

/// Returns the indices of the edits that cannot be made, and why. All others together leave the printed document as it
/// is and add no finding. A set that fails is halved until the failing edits are found.
pub(super) fn failing_edits(text: &str, budget: &Budget, edits: &[Edit]) -> BTreeMap<usize, WhyLeft> {
    let before = Rewriting::of(budget);
    let why = |chosen: &BTreeSet<usize>| {
        let chosen: Vec<Edit> = chosen.iter().map(|index| edits[*index].clone()).collect();
        match (&before, Rewriting::of_text(&apply(text, &chosen), budget)) {
            (Ok(before), Ok(after)) if after.document == before.document => {
                after.reports_more(before).then_some(WhyLeft::Reported)
            }
            _ => Some(WhyLeft::Unsafe),
        }
    };
    let (mut kept, mut failed) = (BTreeSet::new(), BTreeMap::new());
    let mut open = vec![(0..edits.len()).collect::<BTreeSet<usize>>()];
    while let Some(mut part) = open.pop() {
        let all = kept.union(&part).copied().collect();
        match why(&all) {
            None => kept = all,
            Some(_) if part.len() > 1 => {
                let middle = part.iter().nth(part.len() / 2).copied().unwrap_or_default();
                let second = part.split_off(&middle);
                open.extend([second, part]);
            }
            Some(why) => failed.extend(part.into_iter().map(|index| (index, why))),
        }
    }
    failed
}

/// The printed document of a spec, and the number of its findings.
struct Rewriting {
    document: Document,
    findings: BTreeMap<(&'static str, String, Severity), usize>,
}

impl Rewriting {
    fn of(budget: &Budget) -> Result<Self, Error> {
        let composition = budget.compose_with_prose();
        let mut findings = BTreeMap::new();
        for finding in examine(&composition, &Companions::default()).findings {
            *findings.entry((finding.rule, finding.about, finding.severity)).or_default() += 1;
        }
        let mut document = composition.document?;
        // Edits move places within their lines, and change the text of the spec.
        document.info.source = None;
        for block in &mut document.blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.text.origin = None;
            }
        }
        Ok(Rewriting { document, findings })
    }

    fn of_text(text: &str, like: &Budget) -> Result<Self, Error> {
        let spec = Spec::from_yaml(text)?;
        Self::of(&Budget::resolve_with(spec, like.profile.clone(), like.subject_table.clone().into_owned())?)
    }

    fn reports_more(&self, before: &Rewriting) -> bool {
        self.findings.iter().any(|(finding, count)| before.findings.get(finding).is_none_or(|known| known < count))
    }
}
