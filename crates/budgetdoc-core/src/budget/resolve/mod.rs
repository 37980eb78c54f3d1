//! Looks up every name of a spec and turns every figure into a fact.

mod once;
mod references;
mod rows;
mod schedules;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::Budget;
use super::cube::{Cube, Fact, Term};
use crate::characters::is_blank;
use crate::error::{Error, Problem, ProblemCode};
use crate::money::{Amount, Money, Unit};
use crate::profile::Profile;
use crate::source::Located;
use crate::spec::{Indicator, Sign, Spec, leaves};
use crate::subject::{Classification, Level, SubjectCode};
use crate::subject_table::SubjectTable;
use budgetdoc_document::Place;

pub(super) fn resolve(spec: Spec, mut profile: Profile, table: Cow<'static, SubjectTable>) -> Result<Budget, Error> {
    let mut problems = Vec::new();
    profile.choose_amounts(&spec, &mut problems);
    let mut resolver = Resolver {
        spec: &spec,
        profile: &profile,
        table: &table,
        facts: Vec::new(),
        derived: Vec::new(),
        problems,
        without_unit: Vec::new(),
        schedule_items: Vec::new(),
        schedule_divisions: Vec::new(),
    };
    resolver.sizes();
    Error::unless_empty(std::mem::take(&mut resolver.problems))?;
    resolver.ids();
    resolver.names();
    resolver.rows();
    resolver.duplicates();
    let mut sums = resolver.drop_coarser_lists();
    resolver.add_categories_from_economic();
    let government = std::mem::take(&mut resolver.derived);
    resolver.facts.extend(government);
    let stated = resolver.stated();
    let schedules = resolver.schedules();
    resolver.references();
    if let Err(error) = spec.font_families() {
        resolver.problems.extend(error.problems);
    }
    resolver.report_rows_without_unit();
    let (subjects, economic) = resolver.subject_names();
    let Resolver { mut facts, problems, .. } = resolver;
    Error::unless_empty(problems)?;
    for fact in facts.iter_mut().chain(&mut sums) {
        fact.nature = spec.department.units.get(fact.unit).map(|unit| unit.nature).unwrap_or_default();
    }
    let cube = Cube::new(facts, sums, stated, &profile);
    Error::unless_empty(references::last_totals(&spec, &profile, &cube))?;
    Ok(Budget { spec, profile, cube, schedules, subjects, economic, subject_table: table })
}

struct Resolver<'a> {
    spec: &'a Spec,
    profile: &'a Profile,
    table: &'a SubjectTable,
    facts: Vec<Fact>,
    /// Facts that rows of `economic` make in the government's classification.
    derived: Vec<Fact>,
    problems: Vec<Problem>,
    /// Rows that name no unit where there are several.
    without_unit: Vec<Option<Place>>,
    /// Functional items that schedules name.
    schedule_items: Vec<Located<SubjectCode>>,
    /// Economic divisions that schedules name.
    schedule_divisions: Vec<Located<SubjectCode>>,
}

/// How many projects and how many units a department may have: rules hold each against texts and tables.
const MOST: usize = 10_000;

impl Resolver<'_> {
    fn sizes(&mut self) {
        let projects = self.spec.projects.get(MOST).map(|project| ("项目", "projects", project.id.place));
        let units = self.spec.department.units.get(MOST).map(|unit| ("预算单位", "budget units", unit.id.place));
        for (zh, en, place) in projects.into_iter().chain(units) {
            self.problems.push(
                Problem::spec(
                    ProblemCode::TooMany,
                    place,
                    format!("{zh}超过 {MOST} 个"),
                    format!("there are more than {MOST} {en}"),
                )
                .help("请合并，或分成几份文件", "merge some, or use several files"),
            );
        }
    }

    /// Reports blank names and words that the document prints.
    fn names(&mut self) {
        let spec = self.spec;
        let mut named = vec![(&spec.department.name, "department.name")];
        named.extend(spec.department.units.iter().flat_map(|unit| [(&unit.id, "id"), (&unit.name, "name")]));
        named.extend(spec.projects.iter().flat_map(|project| [(&project.id, "id"), (&project.name, "name")]));
        named.extend(spec.procurement_items.iter().flat_map(|item| [(&item.name, "name"), (&item.project, "project")]));
        named.extend(spec.glossary.terms().iter().flat_map(|term| [(&term.term, "term"), (&term.meaning, "meaning")]));
        named.extend(spec.subjects.iter().map(|subject| (&subject.name, "name")));
        if let Some(performance) = &spec.performance {
            named.extend(performance.tasks.iter().flat_map(|task| &task.name).map(|name| (name, "name")));
        }
        let of_department = spec.performance.iter().map(|performance| &performance.indicators);
        for indicators in of_department.chain(spec.projects.iter().map(|project| &project.indicators)) {
            for (level, groups) in indicators.iter() {
                named.push((level, "indicators"));
                for (group, list) in groups.iter() {
                    named.push((group, "indicators"));
                    named.extend(list.iter().map(|one| (&one.name, "name")));
                }
            }
            leaves(indicators).for_each(|(_, one)| self.target(one));
        }
        for (name, key) in named.into_iter().filter(|(name, _)| is_blank(name)) {
            self.problems.push(
                Problem::spec(
                    ProblemCode::BlankName,
                    name.place,
                    format!("{key} 是空的，印出来没有名称"),
                    format!("`{key}` is blank"),
                )
                .help("请写明名称；还不知道的写“待填”", "write it, or 待填 if it is not known yet"),
            );
        }
    }

    /// Reports an indicator without a target, one with two, and a value that its sign cannot compare.
    fn target(&mut self, indicator: &Indicator) {
        let Indicator { name, target, sign, value, .. } = indicator;
        let place = indicator.written().place.or(name.place);
        let problem = match (is_blank(target), is_blank(value), sign) {
            (true, true, _) => Problem::spec(
                ProblemCode::BlankName,
                place,
                format!("指标“{}”没有目标值", name.trim()),
                format!("the indicator `{}` has no target", name.trim()),
            )
            .help("请写 target，或写 sign、value 和 unit", "write `target`, or `sign`, `value` and `unit`"),
            (false, blank, sign) if !blank || sign.is_some() => Problem::spec(
                ProblemCode::TargetTwice,
                place,
                format!("指标“{}”既写了 target，又写了 sign、value", name.trim()),
                format!("the indicator `{}` has both `target` and `sign` or `value`", name.trim()),
            )
            .help("请只留一种写法", "keep one of them"),
            (true, false, Some(sign))
                if *sign != Sign::Quality && value.trim() != Amount::UNFILLED && !is_number(value) =>
            {
                Problem::spec(
                    ProblemCode::NotANumber,
                    place,
                    format!("指标“{}”的值“{}”不是数", name.trim(), value.trim()),
                    format!("the value \"{}\" of the indicator `{}` is not a number", value.trim(), name.trim()),
                )
                .help("单位写在 unit；不是数的写 sign: 定性", "write its unit in `unit`, or `sign: 定性` for a quality")
            }
            _ => return,
        };
        self.problems.push(problem);
    }

    fn ids(&mut self) {
        let spec = self.spec;
        if !(1980..=2107).contains(&spec.year.value) {
            let year = spec.year.value;
            self.problems.push(
                Problem::spec(
                    ProblemCode::NotAFiscalYear,
                    spec.year.place,
                    format!("{year} 不是有效的预算年度"),
                    format!("{year} is not a valid fiscal year"),
                )
                .help("请写四位数的年份，如 year: 2022", "write four digits, such as `year: 2022`"),
            );
        }
        if spec.department.units.is_empty() {
            self.problems.push(
                Problem::spec(
                    ProblemCode::NoUnits,
                    spec.department.name.place,
                    "没有列出预算单位",
                    "no budget unit is listed",
                )
                .help("请在 department.units 下至少写一个单位", "list at least one under department.units"),
            );
        }
        let units = spec.department.units.iter().map(|unit| &unit.id);
        let projects = spec.projects.iter().map(|project| &project.id);
        report_duplicates(units, ("单位编号", "unit id"), &mut self.problems);
        report_duplicates(projects, ("项目编号", "project id"), &mut self.problems);
    }

    fn amount(&mut self, amount: &Located<Amount>) -> Term {
        let nothing = Term { amount: Money::ZERO, unfilled: false, place: amount.place };
        let Some(number) = amount.value.number() else { return Term { unfilled: true, ..nothing } };
        // Compared before multiplying: a number of 28 digits would overflow in yuan.
        if number.abs() > Money::LIMIT.in_unit(self.spec.unit) {
            self.problems.push(
                Problem::spec(
                    ProblemCode::AmountTooGreat,
                    amount.place,
                    format!("金额 {number}{} 超过一千万亿元，不可能是预算数", self.spec.unit.name()),
                    format!("the amount {number} {} exceeds the limit of 10^15 yuan", self.spec.unit.name()),
                )
                .help("请检查位数和开头的 unit", "check its digits and the spec's unit"),
            );
            return nothing;
        }
        if number.is_sign_negative() && !number.is_zero() {
            self.problems.push(
                Problem::spec(
                    ProblemCode::NegativeAmount,
                    amount.place,
                    format!("预算数不能为负数：{number}"),
                    format!("a budget amount cannot be negative: {number}"),
                )
                .help(
                    "增减由程序算出，只写本年数和上年数",
                    "write the amounts of this and last year; changes are computed",
                ),
            );
        }
        let money = Money::new(number, self.spec.unit);
        if money.in_unit(Unit::Yuan).scale() > 2 {
            // Sums of such amounts would no longer be exact.
            self.problems.push(
                Problem::spec(
                    ProblemCode::AmountTooFine,
                    amount.place,
                    format!("金额 {number}{} 不到一分的部分没有意义", self.spec.unit.name()),
                    format!("the amount {number} {} has decimals below one fen", self.spec.unit.name()),
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
                let known = units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str()));
                self.find_id(id, known, ProblemCode::UnknownUnit, ("这个预算单位", "budget unit"))
            }
            None if units.len() == 1 => Some(0),
            None => {
                if !units.is_empty() {
                    self.without_unit.push(place);
                }
                None
            }
        }
    }

    /// Reports all rows without a unit as one problem, with the ids to choose from.
    fn report_rows_without_unit(&mut self) {
        let Some((first, others)) = self.without_unit.split_first() else { return };
        let (mut zh, mut en) = ("这一行没有写明预算单位".to_owned(), "this row names no budget unit".to_owned());
        if !others.is_empty() {
            zh.push_str(&format!("，另有 {} 行也没有", others.len()));
            en.push_str(&format!(", nor do {} others", others.len()));
        }
        let ids: Vec<&str> = self.spec.department.units.iter().map(|unit| unit.id.as_str()).collect();
        let others: BTreeSet<Place> = others.iter().copied().flatten().collect();
        self.problems.push(Problem::spec(ProblemCode::MissingUnit, *first, zh, en).see(others).help(
            format!("有多个单位时，每行都要写明是哪个单位的，如“unit: {}”；单位有 {}", ids[0], ids.join("、")),
            format!(
                "with several units every row says whose it is, such as `unit: {}`; the units are {}",
                ids[0],
                ids.join(", ")
            ),
        ));
    }

    fn fund(&mut self, fund: Option<&Located<String>>) -> Option<usize> {
        let Some(id) = fund else { return Some(0) };
        let known = self.profile.funds.iter().map(|fund| (fund.id.as_str(), fund.name.as_str()));
        self.find_id(id, known, ProblemCode::UnknownFund, ("这种资金来源", "fund"))
    }

    /// Returns the index of an id among the known ids and names. Reports an unknown one.
    fn find_id<'k>(
        &mut self,
        id: &Located<String>,
        known: impl Iterator<Item = (&'k str, &'k str)> + Clone,
        code: ProblemCode,
        kind: (&str, &str),
    ) -> Option<usize> {
        let index = known.clone().position(|(known, _)| known == id.value);
        if index.is_none() {
            let known: Vec<_> = known.collect();
            self.problems.push(Problem::unknown_id(code, id.place, kind, id, &known));
        }
        index
    }

    fn item(&mut self, item: &Located<SubjectCode>) -> Option<SubjectCode> {
        if item.value.level() == Level::Item {
            return Some(item.value);
        }
        let problem = Problem::spec(
            ProblemCode::NotAnItem,
            item.place,
            format!("科目 {} 不是“项”", item.value),
            format!("subject {} is not an item", item.value),
        );
        let likely = self.table.find_lost_zeros(Classification::Functional, item.value, self.spec.year.value);
        self.problems.push(match likely {
            Some(line) => problem.help(
                format!("是否应为 {}“{}”？款、项各写 2 位，前面的 0 不能省略", line.code, line.name),
                format!(
                    "did you mean {} ({})? Division and item have two digits each, zeros included",
                    line.code, line.name
                ),
            ),
            None => problem.help(
                "支出要列到项（7 位数字），类和款由程序汇总",
                "expenditure is given by item (7 digits); classes and divisions are summed",
            ),
        });
        None
    }
}

fn is_number(text: &str) -> bool {
    rust_decimal::Decimal::from_str_exact(text.trim()).is_ok()
}

fn report_duplicates<'a>(
    ids: impl Iterator<Item = &'a Located<String>>,
    what: (&str, &str),
    problems: &mut Vec<Problem>,
) {
    let mut seen: HashMap<&str, Option<Place>> = HashMap::new();
    for id in ids {
        if let Some(first) = seen.insert(id.as_str(), id.place) {
            problems.push(
                Problem::spec(
                    ProblemCode::IdUsedTwice,
                    id.place,
                    format!("{}“{}”用了两次", what.0, id.value),
                    format!("the {} `{}` is used twice", what.1, id.value),
                )
                .see(first)
                .help("请换一个编号或删去一处", "rename one or delete one"),
            );
        }
    }
}

fn empty_fact() -> Fact {
    let nothing = Term { amount: Money::ZERO, unfilled: false, place: None };
    Fact {
        account: crate::profile::Account::Expenditure,
        unit: 0,
        nature: crate::spec::Nature::default(),
        fund: 0,
        item: None,
        economic: None,
        kind: None,
        category: None,
        project: None,
        entry: None,
        this: nothing,
        last: None,
        executed: None,
    }
}
