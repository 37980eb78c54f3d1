//! Which edits leave the document as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::WhyLeft;
use crate::{Companions, Severity, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_core::edit::{Edit, apply};
use budgetdoc_core::error::Error;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Document};

/// Returns the indices of the edits that cannot be made, and why. All others together leave the printed document as it
/// is and add no finding.
///
/// A set that fails is divided by the lines where it does: one edit of each such line is tried together with one of every
/// other, so that failing edits in many lines take few checks of the spec. Where no line shows the fault, the set is
/// halved.
pub(super) fn failing_edits(text: &str, budget: &Budget, edits: &[Edit]) -> BTreeMap<usize, WhyLeft> {
    if edits.is_empty() {
        return BTreeMap::new();
    }
    let before = Rewriting::of(budget);
    let lines = lines_of(text, edits);
    let fault = |chosen: &BTreeSet<usize>| {
        let chosen: Vec<Edit> = chosen.iter().map(|index| edits[*index].clone()).collect();
        match (&before, Rewriting::of_text(&apply(text, &chosen), budget)) {
            (Ok(before), Ok(after)) => after.fault(before),
            _ => Some(Fault { why: WhyLeft::Unsafe, lines: BTreeSet::new() }),
        }
    };
    let (mut kept, mut failed) = (BTreeSet::new(), BTreeMap::new());
    let mut open = vec![(0..edits.len()).collect::<BTreeSet<usize>>()];
    while let Some(part) = open.pop() {
        let all = kept.union(&part).copied().collect();
        let Some(Fault { why, lines: faulty }) = fault(&all) else {
            kept = all;
            continue;
        };
        if part.len() == 1 {
            failed.extend(part.into_iter().map(|index| (index, why)));
            continue;
        }
        let (suspects, others): (BTreeSet<usize>, BTreeSet<usize>) =
            part.iter().partition(|index| faulty.contains(&lines[**index]));
        let mut seen = BTreeSet::new();
        let (firsts, rest): (BTreeSet<usize>, BTreeSet<usize>) =
            suspects.iter().partition(|index| seen.insert(lines[**index]));
        let parts = if firsts.is_empty() {
            let mut first = part;
            let middle = first.iter().nth(first.len() / 2).copied().unwrap_or_default();
            vec![first.split_off(&middle), first]
        } else if rest.is_empty() {
            failed.extend(firsts.into_iter().map(|index| (index, why)));
            vec![others]
        } else {
            vec![rest, firsts, others]
        };
        open.extend(parts.into_iter().filter(|part| !part.is_empty()));
    }
    failed
}

/// Returns the line of each edit, which are in the order of the text.
fn lines_of(text: &str, edits: &[Edit]) -> Vec<u32> {
    let (mut line, mut from) = (1, 0);
    let mut line_of = |start| {
        let ends = text.as_bytes()[from..start].iter().filter(|byte| **byte == b'\n').count();
        from = start;
        line += u32::try_from(ends).unwrap_or(u32::MAX);
        line
    };
    edits.iter().map(|edit| line_of(edit.range.start)).collect()
}

/// Why edits cannot be made together, and the lines of the spec that show it, as far as they are known.
struct Fault {
    why: WhyLeft,
    lines: BTreeSet<u32>,
}

/// The printed document of a spec, its passages, and the lines of its findings.
struct Rewriting {
    document: Document,
    /// The words of every passage, and the lines of the spec they stand in.
    passages: Vec<(String, BTreeSet<u32>)>,
    findings: BTreeMap<(&'static str, String, Severity), Vec<Option<u32>>>,
}

impl Rewriting {
    fn of(budget: &Budget) -> Result<Self, Error> {
        let composition = budget.compose_with_prose();
        let mut findings: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for finding in examine(&composition, &Companions::default()).findings {
            let lines = findings.entry((finding.rule, finding.about, finding.severity)).or_default();
            lines.push(finding.place.map(|place| place.line));
        }
        let passages = passages(&composition.prose);
        let mut document = composition.document?;
        // Edits move places within their lines, and change the text of the spec.
        document.info.source = None;
        for block in &mut document.blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.text.origin = None;
            }
        }
        Ok(Rewriting { document, passages, findings })
    }

    fn of_text(text: &str, like: &Budget) -> Result<Self, Error> {
        let spec = Spec::from_yaml(text)?;
        Self::of(&Budget::resolve_with(spec, like.profile.clone(), like.subject_table.clone().into_owned())?)
    }

    /// Returns what is otherwise than before: the document, or else the findings.
    fn fault(&self, before: &Rewriting) -> Option<Fault> {
        if self.document != before.document {
            let pairs = self.passages.iter().zip(&before.passages);
            let differ = pairs.filter(|(after, before)| after.0 != before.0);
            let lines = differ.flat_map(|(_, before)| &before.1).copied().collect();
            return Some(Fault { why: WhyLeft::Unsafe, lines });
        }
        let known = |key| before.findings.get(key).map(Vec::as_slice).unwrap_or_default();
        let more = self.findings.iter().filter(|(key, lines)| lines.len() > known(*key).len());
        let mut more = more.peekable();
        more.peek()?;
        let new = more.flat_map(|(key, lines)| lines.iter().filter(|line| !known(key).contains(line)));
        Some(Fault { why: WhyLeft::Reported, lines: new.copied().flatten().collect() })
    }
}

/// Returns the words of every passage, and the lines of the spec they stand in.
fn passages(prose: &Prose) -> Vec<(String, BTreeSet<u32>)> {
    let passages = prose.passages.iter().map(|passage| {
        let places = passage.spans.iter().filter_map(|span| span.place).map(|place| place.start);
        (passage.text.clone(), places.chain(passage.place).map(|place| place.line).collect())
    });
    passages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use budgetdoc_core::profile::Profile;

    /// A line for each of some words, each an edit that leaves the document as it is, or with 培训 one that does not.
    fn failing(lines: [&str; 5]) -> Vec<usize> {
        let text = format!(
            "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\n\
             department: {{ name: 某局, units: [{{ id: self, name: 某局本级 }}] }}\n\
             income: [{{ fund: general_public, amount: 30, last: 20 }}]\n\
             expenditure: [{{ item: 2012901, amount: 30, last: 20 }}]\ntext:\n  goals: |\n{}",
            lines.map(|line| format!("    {line}\n")).concat()
        );
        let spec = Spec::from_yaml(&text).unwrap();
        let budget = Budget::resolve(spec, Profile::built_in(&"shenzhen/2022".to_owned().into()).unwrap()).unwrap();
        let mut edits = Vec::new();
        for (words, new) in [("收入30万元", "收入{{ income | amount }}"), ("培训", "会议")] {
            edits
                .extend(text.match_indices(words).map(|(at, _)| Edit { range: at..at + words.len(), new: new.into() }));
        }
        edits.sort_by_key(|edit| edit.range.start);
        let failing = failing_edits(&text, &budget, &edits);
        assert!(failing.values().all(|why| *why == WhyLeft::Unsafe), "{failing:?}");
        failing.into_keys().collect()
    }

    #[test]
    fn edits_that_fail_are_found_in_all_their_lines() {
        let [right, wrong] = ["收入30万元，用于办公。", "组织培训。"];
        assert!(failing([right; 5]).is_empty());
        assert_eq!(failing([right, wrong, right, wrong, right]), [1, 3]);
        assert_eq!(
            failing(["收入30万元，培训。", "培训、培训。", wrong, right, "培训，收入30万元。"]),
            [1, 2, 3, 4, 6]
        );
    }
}
