//! Reading a spec against its profile: every name looked up, every figure put in its place once.

use std::collections::{BTreeMap, HashMap};

use super::Budget;
use super::cube::{Cube, Fact, Stated, Term};
use crate::error::{Error, Problem};
use crate::money::{Amount, Money, Unit};
use crate::profile::{Account, Named, Profile};
use crate::source::{Located, Place};
use crate::spec::{CategoryRow, FundRow, Precision, Spec};
use crate::subject::{Classification, Level, SubjectCode, name};

pub(super) fn resolve(spec: Spec, profile: Profile) -> Result<Budget, Error> {
    let mut resolver = Resolver { spec: &spec, profile: &profile, facts: Vec::new(), problems: Vec::new() };
    resolver.ids();
    for (account, rows) in [
        (Account::Income, &spec.income),
        (Account::BroughtForward, &spec.brought_forward),
        (Account::CarriedForward, &spec.carried_forward),
    ] {
        resolver.funds(account, rows);
    }
    resolver.expenditure();
    for (account, rows) in [
        (Account::Basic, &spec.basic),
        (Account::ThreePublic, &spec.three_public),
        (Account::Procurement, &spec.procurement),
        (Account::Reserved, &spec.reserved),
    ] {
        resolver.categories(account, rows);
    }
    resolver.duplicates();
    let stated = resolver.stated();
    resolver.references();
    if let Err(error) = spec.font_families() {
        resolver.problems.extend(error.problems);
    }
    let subjects = resolver.subject_names();
    let Resolver { facts, problems, .. } = resolver;
    Error::unless_empty(problems)?;
    let cube = Cube { facts, stated, funds: profile.funds.clone(), kinds: profile.kinds.to_vec() };
    Ok(Budget { spec, profile, cube, subjects })
}

struct Resolver<'a> {
    spec: &'a Spec,
    profile: &'a Profile,
    facts: Vec<Fact>,
    problems: Vec<Problem>,
}

impl Resolver<'_> {
    fn ids(&mut self) {
        let spec = self.spec;
        if !(1980..=2107).contains(&spec.year.value) {
            let year = spec.year.value;
            self.problems.push(
                Problem::spec(
                    spec.year.place,
                    format!("{year} 不是有效的预算年度"),
                    format!("{year} is no fiscal year that can be meant"),
                )
                .help("请写四位数的年份，如 year: 2022", "write four digits, such as `year: 2022`"),
            );
        }
        if spec.department.units.is_empty() {
            self.problems.push(
                Problem::spec(spec.department.name.place, "没有列出预算单位", "no budget unit is listed")
                    .help("请在 department.units 下至少写一个单位", "list at least one under department.units"),
            );
        }
        let units = spec.department.units.iter().map(|unit| &unit.id);
        let projects = spec.projects.iter().map(|project| &project.id);
        twice(units, ("单位编号", "unit id"), &mut self.problems);
        twice(projects, ("项目编号", "project id"), &mut self.problems);
    }

    fn funds(&mut self, account: Account, rows: &[FundRow]) {
        for row in rows {
            let (Some(unit), Some(fund)) = (self.unit(row.unit.as_ref(), row.fund.place), self.fund(Some(&row.fund)))
            else {
                continue;
            };
            self.push(
                Fact { account, unit, fund, item: None, kind: None, category: None, project: None, ..blank() },
                &row.amount,
                row.last.as_ref(),
            );
        }
    }

    fn expenditure(&mut self) {
        for row in &self.spec.expenditure {
            let unit = self.unit(row.unit.as_ref(), row.item.place);
            let fund = self.fund(row.fund.as_ref());
            let item = self.item(&row.item);
            if let (Some(unit), Some(fund), Some(item)) = (unit, fund, item) {
                let fact = Fact { unit, fund, item: Some(item), kind: Some(0), ..blank() };
                self.push(fact, &row.amount, row.last.as_ref());
            }
        }
        for (index, project) in self.spec.projects.iter().enumerate() {
            let unit = self.unit(project.unit.as_ref(), project.id.place);
            let fund = self.fund(project.fund.as_ref());
            let item = self.item(&project.item);
            if let (Some(unit), Some(fund), Some(item)) = (unit, fund, item) {
                let fact = Fact { unit, fund, item: Some(item), kind: Some(1), project: Some(index), ..blank() };
                self.push(fact, &project.amount, project.last.as_ref());
            }
        }
    }

    fn categories(&mut self, account: Account, rows: &[CategoryRow]) {
        let known: Vec<_> = self.profile.categories.of(account).iter().map(|named: &Named| named.id.as_str()).collect();
        for row in rows {
            let unit = self.unit(row.unit.as_ref(), row.category.place);
            let fund = self.fund(row.fund.as_ref());
            if !known.contains(&row.category.as_str()) {
                self.problems.push(Problem::unknown(
                    row.category.place,
                    ("这个分类", "category"),
                    &row.category,
                    &known,
                ));
            } else if let (Some(unit), Some(fund)) = (unit, fund) {
                let fact = Fact { account, unit, fund, category: Some(row.category.value.clone()), ..blank() };
                self.push(fact, &row.amount, row.last.as_ref());
            }
        }
    }

    fn push(&mut self, fact: Fact, this: &Located<Amount>, last: Option<&Located<Amount>>) {
        let this = self.amount(this);
        let last = last.map(|last| self.amount(last));
        self.facts.push(Fact { this, last, ..fact });
    }

    fn amount(&mut self, amount: &Located<Amount>) -> Term {
        let nothing = Term { amount: Money::ZERO, unfilled: false, place: amount.place };
        let Some(number) = amount.value.number() else { return Term { unfilled: true, ..nothing } };
        // Compared before multiplying: a number of 28 digits would overflow in yuan.
        if number.abs() > Money::LIMIT.in_unit(self.spec.unit) {
            self.problems.push(
                Problem::spec(
                    amount.place,
                    format!("金额 {number}{} 超过一千万亿元，不可能是预算数", self.spec.unit.name()),
                    format!("the amount {number} {} exceeds 10^15 yuan, which no budget can", self.spec.unit.name()),
                )
                .help("请检查位数和开头的 unit", "check its digits and the spec's unit"),
            );
            return nothing;
        }
        if number.is_sign_negative() && !number.is_zero() {
            self.problems.push(
                Problem::spec(
                    amount.place,
                    format!("预算数不能为负数：{number}"),
                    format!("a budget amount cannot be negative: {number}"),
                )
                .help("增减由程序算出，只写本年数和上年数", "changes are computed; write this and last year's amounts"),
            );
        }
        let money = Money::new(number, self.spec.unit);
        if money.in_unit(Unit::Yuan).scale() > 2 {
            // Sums of such amounts would no longer be exact.
            self.problems.push(
                Problem::spec(
                    amount.place,
                    format!("金额 {number}{} 不到一分的部分没有意义", self.spec.unit.name()),
                    format!("the amount {number} {} is finer than a fen", self.spec.unit.name()),
                )
                .help("请检查小数位数和开头的 unit", "check its decimals and the spec's unit"),
            );
        }
        Term { amount: money, ..nothing }
    }

    fn unit(&mut self, unit: Option<&Located<String>>, place: Option<Place>) -> Option<usize> {
        let units = &self.spec.department.units;
        match unit {
            Some(id) => {
                let found = units.iter().position(|unit| unit.id.value == id.value);
                if found.is_none() {
                    let known: Vec<_> = units.iter().map(|unit| unit.id.as_str()).collect();
                    self.problems.push(Problem::unknown(id.place, ("这个预算单位", "budget unit"), id, &known));
                }
                found
            }
            None if units.len() == 1 => Some(0),
            None => {
                if !units.is_empty() {
                    self.problems.push(
                        Problem::spec(place, "这一行没有写明预算单位", "this row names no budget unit").help(
                            "有多个单位时，每行都要写“unit: 单位编号”",
                            "with several units every row needs `unit:` with a unit's id",
                        ),
                    );
                }
                None
            }
        }
    }

    fn fund(&mut self, fund: Option<&Located<String>>) -> Option<usize> {
        let Some(id) = fund else { return Some(0) };
        let found = self.profile.funds.iter().position(|fund| fund.id == id.value);
        if found.is_none() {
            let known: Vec<_> = self.profile.funds.iter().map(|fund| fund.id.as_str()).collect();
            self.problems.push(Problem::unknown(id.place, ("这种资金来源", "fund"), id, &known));
        }
        found
    }

    fn item(&mut self, item: &Located<SubjectCode>) -> Option<SubjectCode> {
        if item.value.level() == Level::Item {
            return Some(item.value);
        }
        self.problems.push(
            Problem::spec(
                item.place,
                format!("科目 {} 不是“项”", item.value),
                format!("subject {} is no item", item.value),
            )
            .help(
                "支出要列到项（7 位数字），类和款由程序汇总",
                "expenditure is given by item (7 digits); classes and divisions are summed",
            ),
        );
        None
    }

    /// Each figure stands once: two rows of the same unit, fund, subject and category would be added up silently.
    fn duplicates(&mut self) {
        type Key = (Account, usize, usize, Option<SubjectCode>, Option<String>);
        let mut seen: HashMap<Key, Option<Place>> = HashMap::new();
        for fact in self.facts.iter().filter(|fact| fact.project.is_none()) {
            let key = (fact.account, fact.unit, fact.fund, fact.item, fact.category.clone());
            if let Some(first) = seen.insert(key, fact.this.place) {
                let (zh, en) = row(first);
                self.problems.push(
                    Problem::spec(
                        fact.this.place,
                        format!("与{zh}重复：单位、资金来源和科目（或类别）都相同"),
                        format!("the same unit, fund and subject or category as in {en}"),
                    )
                    .help(
                        "每个数字只写一次，请合并或删去一行",
                        "every figure stands once; merge the rows or delete one",
                    ),
                );
            }
        }
    }

    fn stated(&mut self) -> Vec<Stated> {
        let mut list = Vec::new();
        for row in &self.spec.stated {
            if self.spec.precision == Precision::Exact {
                self.problems.push(
                    Problem::spec(
                        row.subject.place,
                        "数据精确时，合计由程序算出，不能另写",
                        "with exact amounts totals are computed and cannot be stated",
                    )
                    .help("请删去 stated，或写 precision: rounded", "delete it, or write `precision: rounded`"),
                );
                continue;
            }
            let kinds: Vec<_> = self.profile.kinds.iter().map(|kind| kind.id.as_str()).collect();
            let Some(kind) = kinds.iter().position(|kind| *kind == row.kind.value) else {
                self.problems.push(Problem::unknown(
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
                        row.subject.place,
                        format!("{subject} 不是有支出的类或款，不能另写合计"),
                        format!("{subject} is no class or division with expenditure, so it has no total to state"),
                    )
                    .help(
                        "只为类（3 位）或款（5 位）写合计",
                        "state totals of classes (3 digits) or divisions (5) only",
                    ),
                );
                continue;
            }
            if list.iter().any(|stated: &Stated| stated.subject == subject && stated.kind == kind) {
                self.problems.push(
                    Problem::spec(
                        row.subject.place,
                        format!("{subject} 的这一合计已经写过"),
                        format!("this total of {subject} is already stated"),
                    )
                    .help("每个数字只写一次，请删去一行", "every figure stands once; delete one of the rows"),
                );
                continue;
            }
            list.push(Stated { subject, kind, term: self.amount(&row.amount) });
        }
        list
    }

    fn references(&mut self) {
        let spec = self.spec;
        let projects: Vec<_> = spec.projects.iter().map(|project| project.id.as_str()).collect();
        let tasks = spec.performance.iter().flat_map(|performance| &performance.tasks).map(|task| &task.project);
        for id in spec.key_projects.iter().chain(tasks) {
            if !projects.contains(&id.as_str()) {
                self.problems.push(Problem::unknown(id.place, ("这个项目", "project"), id, &projects));
            }
        }
        let tasks = spec.performance.iter().flat_map(|performance| &performance.tasks).map(|task| &task.project);
        // A project listed twice would be printed and added up twice.
        twice(spec.key_projects.iter(), ("key_projects 中的项目", "key project"), &mut self.problems);
        twice(tasks, ("任务的项目", "project of a task"), &mut self.problems);
        let texts: Vec<_> = self.profile.texts.keys().chain(self.profile.asks.keys()).map(|key| key.as_str()).collect();
        for key in spec.text.keys().filter(|key| !texts.contains(&key.as_str())) {
            self.problems.push(Problem::unknown(key.place, ("这段文字", "text"), key, &texts));
        }
    }

    fn subject_names(&mut self) -> BTreeMap<SubjectCode, String> {
        let own: BTreeMap<SubjectCode, &str> =
            self.spec.subjects.iter().map(|subject| (subject.code.value, subject.name.as_str())).collect();
        let mut names = BTreeMap::new();
        let rows = self.spec.expenditure.iter().map(|row| &row.item);
        let items = rows.chain(self.spec.projects.iter().map(|project| &project.item));
        for item in items.filter(|item| item.value.level() == Level::Item) {
            let mut missing = Vec::new();
            for code in Level::ALL.map(|level| item.value.ancestor(level)) {
                if names.contains_key(&code) {
                    continue;
                }
                let known =
                    own.get(&code).copied().or_else(|| name(Classification::Functional, code, self.spec.year.value));
                if known.is_none() {
                    missing.push(code.to_string());
                }
                names.insert(code, known.unwrap_or_default().to_owned());
            }
            if let Some(code) = missing.last() {
                self.problems.push(
                    Problem::spec(
                        item.place,
                        format!("科目表中没有 {}", missing.join("、")),
                        format!("the table of subjects does not hold {}", missing.join(", ")),
                    )
                    .help(
                        format!("请检查编码；如编码无误，请在 subjects 下为每个编码写一行，如“- {{ code: {code}, name: 科目名称 }}”"),
                        format!("check the code; if it is right, add a row for each under subjects, such as `- {{ code: {code}, name: … }}`"),
                    ),
                );
            }
        }
        names
    }
}

fn blank() -> Fact {
    let nothing = Term { amount: Money::ZERO, unfilled: false, place: None };
    Fact {
        account: Account::Expenditure,
        unit: 0,
        fund: 0,
        item: None,
        kind: None,
        category: None,
        project: None,
        this: nothing,
        last: None,
    }
}

fn twice<'a>(ids: impl Iterator<Item = &'a Located<String>>, what: (&str, &str), problems: &mut Vec<Problem>) {
    let mut seen: HashMap<&str, Option<Place>> = HashMap::new();
    for id in ids {
        if let Some(first) = seen.insert(id.as_str(), id.place) {
            let (zh, en) = row(first);
            problems.push(
                Problem::spec(
                    id.place,
                    format!("{}“{}”已在{zh}用过", what.0, id.value),
                    format!("the {} `{}` is already used in {en}", what.1, id.value),
                )
                .help("请换一个编号或删去一处", "choose another or delete one"),
            );
        }
    }
}

/// The row at a place, in words.
fn row(place: Option<Place>) -> (String, String) {
    match place {
        Some(place) => (format!("第 {} 行", place.line), format!("line {}", place.line)),
        None => ("前面一行".to_owned(), "a row before".to_owned()),
    }
}
