//! An index of the facts by account, unit, subject and project.

use super::cube::{Fact, Scope};
use super::filter::Filter;
use crate::profile::Account;
use crate::subject::SubjectCode;

/// Lists of indices of facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    /// By account, in the order they first appear.
    accounts: Vec<(Account, Lists)>,
    /// By project.
    projects: Vec<Vec<u32>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Lists {
    /// In the order of the facts.
    all: Vec<u32>,
    /// By unit.
    by_unit: Vec<UnitLists>,
    /// Facts with a functional item, by item.
    by_item: Vec<u32>,
    /// Facts with an economic division, by division.
    by_economic: Vec<u32>,
}

/// Facts of one account and unit.
#[derive(Clone, Debug, Default, PartialEq)]
struct UnitLists {
    /// In the order of the facts.
    all: Vec<u32>,
    /// Those with a functional item, by item.
    by_item: Vec<u32>,
}

impl Index {
    pub(super) fn of(facts: &[Fact]) -> Index {
        let mut index = Index::default();
        for (number, fact) in facts.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let known = index.accounts.iter().position(|(account, _)| *account == fact.account);
            let known = known.unwrap_or_else(|| {
                index.accounts.push((fact.account, Lists::default()));
                index.accounts.len() - 1
            });
            let lists = &mut index.accounts[known].1;
            lists.all.push(number);
            if lists.by_unit.len() <= fact.unit {
                lists.by_unit.resize(fact.unit + 1, UnitLists::default());
            }
            lists.by_unit[fact.unit].all.push(number);
            if fact.item.is_some() {
                lists.by_item.push(number);
                lists.by_unit[fact.unit].by_item.push(number);
            }
            if fact.economic.is_some() {
                lists.by_economic.push(number);
            }
            if let Some(project) = fact.project {
                if index.projects.len() <= project {
                    index.projects.resize(project + 1, Vec::new());
                }
                index.projects[project].push(number);
            }
        }
        for (_, lists) in &mut index.accounts {
            // The sort is stable: facts of a subject keep their order.
            let by_unit = lists.by_unit.iter_mut().map(|unit| &mut unit.by_item);
            for list in by_unit.chain([&mut lists.by_item]) {
                list.sort_by_key(|number| facts[*number as usize].item);
            }
            lists.by_economic.sort_by_key(|number| facts[*number as usize].economic);
        }
        index
    }

    /// Returns lists that hold every fact that `filter` and `scope` can allow.
    pub(super) fn lists(&self, facts: &[Fact], filter: &Filter, scope: &Scope) -> Vec<&[u32]> {
        if let Some(project) = scope.project {
            return self.projects.get(project).map(Vec::as_slice).into_iter().collect();
        }
        let accounts = self.accounts.iter().filter(|(account, _)| filter.allows_account(*account));
        accounts
            .map(|(_, lists)| {
                let item = |number: u32| facts[number as usize].item;
                let of_unit = scope.unit.map(|unit| lists.by_unit.get(unit));
                match (of_unit, scope.subject, scope.economic) {
                    (Some(None), _, _) => &[],
                    (Some(Some(unit)), Some(subject), _) => range(&unit.by_item, subject, item),
                    (Some(Some(unit)), None, _) => unit.all.as_slice(),
                    (None, Some(subject), _) => range(&lists.by_item, subject, item),
                    (None, None, Some(subject)) => {
                        range(&lists.by_economic, subject, |number| facts[number as usize].economic)
                    }
                    (None, None, None) => lists.all.as_slice(),
                }
            })
            .collect()
    }
}

/// Returns the part of a list sorted by code that is within `subject`.
fn range(list: &[u32], subject: SubjectCode, code: impl Fn(u32) -> Option<SubjectCode>) -> &[u32] {
    let start = list.partition_point(|number| code(*number) < Some(subject));
    let rest = &list[start..];
    let end = rest.partition_point(|number| code(*number).is_some_and(|code| code.is_within(subject)));
    &rest[..end]
}
