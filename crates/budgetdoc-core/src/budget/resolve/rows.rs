//! The rows of the spec as facts.

use super::{Resolver, empty_fact};
use crate::budget::cube::{Fact, Term};
use crate::error::{Problem, ProblemCode};
use crate::money::Amount;
use crate::profile::{Account, GovernmentSubject, Profile};
use crate::source::Located;
use crate::spec::{CategoryRow, EconomicRow, FundRow};
use crate::subject::{Level, SubjectCode};

/// The amounts of a row.
struct Amounts<'a> {
    this: &'a Located<Amount>,
    last: Option<&'a Located<Amount>>,
    executed: Option<&'a Located<Amount>>,
}

impl Resolver<'_> {
    pub(super) fn rows(&mut self) {
        let spec = self.spec;
        for (account, rows) in [
            (Account::Income, &spec.income),
            (Account::BroughtForward, &spec.brought_forward),
            (Account::CarriedForward, &spec.carried_forward),
        ] {
            self.funds(account, rows);
        }
        self.expenditure();
        self.projects();
        self.internal();
        self.economic();
        for (account, rows) in [
            (Account::Basic, &spec.basic),
            (Account::ThreePublic, &spec.three_public),
            (Account::Meetings, &spec.meetings),
            (Account::Procurement, &spec.procurement),
            (Account::Reserved, &spec.reserved),
        ] {
            self.categories(account, rows);
        }
        self.procurement_items();
    }

    fn funds(&mut self, account: Account, rows: &[FundRow]) {
        for row in rows {
            let unit = self.unit(row.unit.as_ref(), row.fund.place);
            let fund = self.fund(Some(&row.fund));
            let item = row.item.as_ref().map(|item| self.item(item));
            if let (Some(unit), Some(fund), None | Some(Some(_))) = (unit, fund, item) {
                let amounts = Amounts { this: &row.amount, last: row.last.as_ref(), executed: row.executed.as_ref() };
                self.push(Fact { account, unit, fund, item: item.flatten(), ..empty_fact() }, &amounts);
            }
        }
    }

    fn expenditure(&mut self) {
        for row in &self.spec.expenditure {
            let unit = self.unit(row.unit.as_ref(), row.item.place);
            let fund = self.fund(row.fund.as_ref());
            let item = self.item(&row.item);
            let kind = self.kind(row.kind.as_ref());
            let category = row.category.as_ref().map(|category| self.category(Account::Basic, category));
            if let (Some(unit), Some(fund), Some(item), Some(kind), None | Some(Some(_))) =
                (unit, fund, item, kind, category)
            {
                let amounts = Amounts { this: &row.amount, last: row.last.as_ref(), executed: row.executed.as_ref() };
                let (item, kind, category) = (Some(item), Some(kind), category.flatten());
                self.push(Fact { unit, fund, item, kind, category, ..empty_fact() }, &amounts);
            }
        }
    }

    fn projects(&mut self) {
        for (index, project) in self.spec.projects.iter().enumerate() {
            let unit = self.unit(project.unit.as_ref(), project.id.place);
            let fund = self.fund(project.fund.as_ref());
            let item = self.item(&project.item);
            let category = project.category.as_ref().and_then(|category| self.project_category(category));
            if let (Some(unit), Some(fund), Some(item)) = (unit, fund, item) {
                let kind = Some(self.profile.project_kind());
                let fact = Fact { unit, fund, item: Some(item), kind, category, project: Some(index), ..empty_fact() };
                let (last, executed) = (project.last.as_ref(), project.executed.as_ref());
                self.push(fact, &Amounts { this: &project.amount, last, executed });
            }
        }
    }

    fn internal(&mut self) {
        for row in &self.spec.internal {
            let from = self.unit(Some(&row.from), None);
            let to = self.unit(Some(&row.to), None);
            let fund = self.fund(Some(&row.fund));
            let item = self.item(&row.item);
            let kind = self.kind(Some(&row.kind));
            if from.is_some() && from == to {
                self.problems.push(
                    Problem::spec(
                        ProblemCode::UnitPaysItself,
                        row.to.place,
                        "内部往来的付出单位和收到单位相同",
                        "a transfer names the same unit in `from` and `to`",
                    )
                    .help("请写两个不同的单位", "name two different units"),
                );
            }
            if let (Some(unit), Some(fund), Some(item), Some(kind)) = (to, fund, item, kind) {
                let fact =
                    Fact { account: Account::Internal, unit, fund, item: Some(item), kind: Some(kind), ..empty_fact() };
                self.push(fact, &Amounts { this: &row.amount, last: row.last.as_ref(), executed: None });
                if let Some(fact) = self.facts.last_mut() {
                    let less = |term: Term| Term { amount: -term.amount, ..term };
                    (fact.this, fact.last) = (less(fact.this), fact.last.map(less));
                }
            }
        }
    }

    fn economic(&mut self) {
        for row in &self.spec.economic {
            let unit = self.unit(row.unit.as_ref(), row.code.place);
            let fund = self.fund(row.fund.as_ref());
            let code = self.division(&row.code);
            let kind = self.kind(row.kind.as_ref());
            let item = row.item.as_ref().map(|item| self.item(item));
            if let (Some(unit), Some(fund), Some(code), Some(kind), None | Some(Some(_))) =
                (unit, fund, code, kind, item)
            {
                let fact = Fact {
                    account: Account::Economic,
                    unit,
                    fund,
                    item: item.flatten(),
                    economic: Some(code),
                    kind: Some(kind),
                    ..empty_fact()
                };
                let (last, executed) = (row.last.as_ref(), row.executed.as_ref());
                self.push(fact.clone(), &Amounts { this: &row.amount, last, executed });
                if let Some(government) = self.government(row, code, unit) {
                    let fact = Fact { account: Account::Government, economic: Some(government), ..fact };
                    self.derived.extend(self.facts.last().map(|row| Fact {
                        this: row.this,
                        last: row.last,
                        executed: row.executed,
                        ..fact
                    }));
                }
            }
        }
    }

    /// Returns the division of the government's classification that a row belongs to; none in a profile without them.
    fn government(&mut self, row: &EconomicRow, code: SubjectCode, unit: usize) -> Option<SubjectCode> {
        let subjects = &self.profile.government;
        let divisions = || subjects.iter().filter(|subject| subject.code.value.level() == Level::Division);
        if let Some(own) = &row.government {
            let known = divisions().find(|subject| subject.code.value == own.value);
            if known.is_none() {
                let codes: Vec<String> = divisions().map(|subject| subject.code.value.to_string()).collect();
                let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
                let what = ("政府预算支出经济分类的这个科目", "government division");
                let code = ProblemCode::UnknownSubject;
                let problem = Problem::unknown(code, own.place, what, own.value.as_str(), &codes);
                self.problems.push(if subjects.is_empty() {
                    problem.help(
                        "这个版式不印政府预算支出经济分类，请删去 government",
                        "this profile prints none; delete `government`",
                    )
                } else {
                    problem
                });
            }
            return known.map(|subject| subject.code.value);
        }
        let nature = self.spec.department.units[unit].nature;
        let is_of = |subject: &&GovernmentSubject| subject.natures.is_empty() || subject.natures.contains(&nature);
        let nearest = |subject: &&GovernmentSubject| {
            let above = subject.economic.iter().filter(|above| code.is_within(**above));
            above.map(|above| above.as_str().len()).max().unwrap_or(0)
        };
        let found = divisions().filter(is_of).filter(|subject| nearest(subject) > 0).max_by_key(nearest);
        if found.is_none() && !subjects.is_empty() {
            self.problems.push(
                Problem::spec(
                    ProblemCode::SubjectOfNoCategory,
                    row.code.place,
                    format!("版式没有说明经济科目 {code} 对应政府预算支出经济分类的哪一款"),
                    format!("the profile gives no division of the government's classification for {code}"),
                )
                .help(
                    "请在这一行补写 government（如 50299），或在版式文件 government 的某一款下补写 economic",
                    "add `government` to the row, such as 50299, or the code to `economic` of a division under `government` of the profile",
                ),
            );
        }
        found.map(|subject| subject.code.value)
    }

    fn categories(&mut self, account: Account, rows: &[CategoryRow]) {
        for row in rows {
            let unit = self.unit(row.unit.as_ref(), row.category.place);
            let fund = self.fund(row.fund.as_ref());
            let category = self.category(account, &row.category);
            if let (Some(unit), Some(fund), Some(category)) = (unit, fund, category) {
                let fact = Fact { account, unit, fund, category: Some(category), ..empty_fact() };
                let (last, executed) = (row.last.as_ref(), row.executed.as_ref());
                self.push(fact, &Amounts { this: &row.amount, last, executed });
            }
        }
    }

    fn procurement_items(&mut self) {
        for (index, row) in self.spec.procurement_items.iter().enumerate() {
            let unit = self.unit(row.unit.as_ref(), row.category.place);
            let fund = self.fund(row.fund.as_ref());
            let category = self.category(Account::Procurement, &row.category);
            let code = self.division(&row.economic);
            if let (Some(unit), Some(fund), Some(category), Some(code)) = (unit, fund, category, code) {
                let fact = Fact {
                    account: Account::Procurement,
                    unit,
                    fund,
                    economic: Some(code),
                    category: Some(category),
                    entry: Some(index),
                    ..empty_fact()
                };
                self.push(fact, &Amounts { this: &row.amount, last: None, executed: None });
            }
        }
    }

    /// Adds basic expenditure by category, summed from that by economic division.
    pub(super) fn add_categories_from_economic(&mut self) {
        let categories = &self.profile.categories.basic;
        if categories.iter().all(|category| category.economic.is_empty()) {
            return;
        }
        let mut derived = Vec::new();
        for fact in self.facts.iter().filter(|fact| fact.account == Account::Economic) {
            let Some(code) = fact.economic.filter(|_| fact.kind == Some(Profile::BASIC)) else { continue };
            let holds = |above: &&SubjectCode| code.is_within(**above);
            let nearest = |index: &usize| {
                let above = categories[*index].economic.iter().filter(holds);
                above.map(|above| above.as_str().len()).max().unwrap_or(0)
            };
            match (0..categories.len()).filter(|index| nearest(index) > 0).max_by_key(nearest) {
                Some(index) => derived.push(Fact {
                    account: Account::Basic,
                    economic: None,
                    kind: None,
                    category: Some(self.profile.categories.number(Account::Basic, index)),
                    ..fact.clone()
                }),
                None => self.problems.push(
                    Problem::spec(ProblemCode::SubjectOfNoCategory,
                        fact.this.place,
                        format!("版式没有说明经济科目 {code} 属于基本支出的哪一类"),
                        format!("economic subject {code} is in no category of basic expenditure of the profile"),
                    )
                    .help(
                        "请检查编码；如编码无误，请在版式文件 categories.basic 的某一类下补写 economic",
                        "check the code; if it is right, add it to `economic` of a category under `categories.basic` of the profile",
                    ),
                ),
            }
        }
        self.facts.extend(derived);
    }

    fn push(&mut self, fact: Fact, amounts: &Amounts) {
        let this = self.amount(amounts.this);
        let last = amounts.last.map(|last| self.amount(last));
        let executed = amounts.executed.map(|executed| self.amount(executed));
        self.facts.push(Fact { this, last, executed, ..fact });
    }

    fn kind(&mut self, kind: Option<&Located<String>>) -> Option<usize> {
        let Some(id) = kind else { return Some(Profile::BASIC) };
        let kinds = &self.profile.kinds;
        let known = kinds.iter().map(|kind| (kind.id.as_str(), kind.name.as_str()));
        self.find_id(id, known, ProblemCode::UnknownKind, ("这种支出", "kind of expenditure"))
    }

    fn category(&mut self, account: Account, category: &Located<String>) -> Option<usize> {
        let categories = self.profile.categories.of(account);
        let known = categories.iter().map(|known| (known.id.as_str(), known.name.as_str()));
        let index = self.find_id(category, known, ProblemCode::UnknownCategory, ("这个分类", "category"))?;
        Some(self.profile.categories.number(account, index))
    }

    fn project_category(&mut self, category: &Located<String>) -> Option<usize> {
        let categories = &self.profile.categories;
        let known = categories.projects.iter().map(|known| (known.id.as_str(), known.name.as_str()));
        let what = ("这种项目类别", "category of projects");
        let index = self.find_id(category, known, ProblemCode::UnknownCategory, what);
        if let Some(problem) = self.problems.pop_if(|_| categories.projects.is_empty()) {
            let (zh, en) = ("这个版式没有项目类别，请删去 category", "this profile has none; delete `category`");
            self.problems.push(problem.help(zh, en));
        }
        index.map(|index| categories.number_of_projects(index))
    }

    pub(super) fn division(&mut self, code: &Located<SubjectCode>) -> Option<SubjectCode> {
        if code.value.level() == Level::Division {
            return Some(code.value);
        }
        self.problems.push(
            Problem::spec(
                ProblemCode::NotADivision,
                code.place,
                format!("经济科目 {} 不是“款”", code.value),
                format!("economic subject {} is not a division", code.value),
            )
            .help(
                "经济分类要列到款（5 位数字），类由程序汇总",
                "give economic subjects by division (5 digits); classes are summed",
            ),
        );
        None
    }
}
