//! Duplicate rows, lists of the same money, and published subtotals.

use std::collections::HashMap;

use super::Resolver;
use crate::budget::cube::{Fact, Stated};
use crate::error::{Problem, ProblemCode};
use crate::profile::{Account, Profile};
use crate::spec::Precision;
use crate::subject::{Level, SubjectCode};
use budgetdoc_document::Place;

impl Resolver<'_> {
    /// Reports rows of the same unit, fund, subject and category, which would be added up silently.
    pub(super) fn duplicates(&mut self) {
        type Key = (Account, usize, usize, [Option<SubjectCode>; 2], [Option<usize>; 2]);
        let mut seen: HashMap<Key, Option<Place>> = HashMap::new();
        let once = |fact: &&Fact| fact.project.is_none() && fact.entry.is_none() && fact.account != Account::Internal;
        for fact in self.facts.iter().filter(once) {
            let codes = [fact.item, fact.economic];
            let key = (fact.account, fact.unit, fact.fund, codes, [fact.kind, fact.category]);
            if let Some(first) = seen.insert(key, fact.this.place) {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::FigureTwice,
                        fact.this.place,
                        "两行重复：单位、资金来源和科目（或类别）都相同",
                        "two rows have the same unit, fund and subject or category",
                    )
                    .see(first)
                    .help("每个数字只写一次，请合并或删去一行", "merge the rows or delete one"),
                );
            }
        }
    }

    /// Of two lists with the same money of a unit and fund, drops the less detailed one. That of procurement is
    /// returned, to be compared with the other.
    pub(super) fn drop_coarser_lists(&mut self) -> Vec<Fact> {
        let mapped = self.profile.categories.basic.iter().any(|category| !category.economic.is_empty());
        let detail = |fact: &Fact| match fact.account {
            Account::Economic => (mapped && fact.kind == Some(Profile::BASIC)).then_some(Account::Basic),
            Account::Procurement => fact.entry.is_some().then_some(Account::Procurement),
            Account::Income
            | Account::BroughtForward
            | Account::Expenditure
            | Account::CarriedForward
            | Account::Internal
            | Account::Government
            | Account::Basic
            | Account::ThreePublic
            | Account::Meetings
            | Account::Reserved => None,
        };
        let mut given: HashMap<(Account, usize, usize), _> = HashMap::new();
        for fact in &self.facts {
            if let Some(account) = detail(fact) {
                given.entry((account, fact.unit, fact.fund)).or_insert(fact.this.place);
            }
        }
        let is_given = |fact: &Fact| given.contains_key(&(fact.account, fact.unit, fact.fund));
        let by_kind = |fact: &mut Fact| fact.account == Account::Procurement && fact.entry.is_none() && is_given(fact);
        let sums = self.facts.extract_if(.., by_kind).collect();
        for fact in self.facts.iter().filter(|fact| fact.account == Account::Basic) {
            let Some(first) = given.get(&(fact.account, fact.unit, fact.fund)) else { continue };
            self.problems.push(
                Problem::spec(
                    ProblemCode::GivenTwice,
                    fact.this.place,
                    "basic 的这笔数字已由 economic 给出",
                    "`economic` already gives this figure of `basic`",
                )
                .see(*first)
                .help(
                    "每个数字只写一次：同一单位和资金来源写了 economic，就不写 basic",
                    "omit `basic` for a unit and fund that has `economic`",
                ),
            );
        }
        sums
    }

    pub(super) fn stated(&mut self) -> Vec<Stated> {
        let mut list = Vec::new();
        for row in &self.spec.stated {
            if self.spec.precision == Precision::Exact {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::StatedExact,
                        row.subject.place,
                        "数据精确时，合计由程序算出，不能另写",
                        "totals of exact amounts are computed and cannot be stated",
                    )
                    .help("请删去 stated，或写 precision: rounded", "delete it, or write `precision: rounded`"),
                );
                continue;
            }
            let kinds: Vec<_> = self.profile.kinds.iter().map(|kind| (kind.id.as_str(), kind.name.as_str())).collect();
            let Some(kind) = kinds.iter().position(|(kind, _)| *kind == row.kind.value) else {
                self.problems.push(Problem::unknown_id(
                    ProblemCode::UnknownKind,
                    row.kind.place,
                    ("这种支出", "kind of expenditure"),
                    &row.kind,
                    &kinds,
                ));
                continue;
            };
            let subject = row.subject.value;
            let has_facts = self
                .facts
                .iter()
                .any(|fact| fact.kind == Some(kind) && fact.item.is_some_and(|item| item.is_within(subject)));
            if subject.level() == Level::Item || !has_facts {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::StatedWithoutFigures,
                        row.subject.place,
                        format!("{subject} 不是有支出的类或款，不能另写合计"),
                        format!("{subject} is not a class or division with expenditure, so it has no total"),
                    )
                    .help(
                        "只为类（3 位）或款（5 位）写合计",
                        "state totals of classes (3 digits) or divisions (5 digits)",
                    ),
                );
                continue;
            }
            if list.iter().any(|stated: &Stated| stated.subject == subject && stated.kind == kind) {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::StatedTwice,
                        row.subject.place,
                        format!("{subject} 的这一合计已经写过"),
                        format!("the total of {subject} is already stated"),
                    )
                    .help("每个数字只写一次，请删去一行", "give every figure once; delete one of the rows"),
                );
                continue;
            }
            list.push(Stated { subject, kind, term: self.amount(&row.amount) });
        }
        list
    }
}
