//! Lists of random budgets beside income and expenditure, which agree with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use budgetdoc_core::budget::{Budget, Fact, Scope};
use budgetdoc_core::profile::{Category, Measure, Profile, Schedule, ScheduleKind, Tie, TieTo};
use rust_decimal::Decimal;

use super::{DIVISIONS, Maker};
use budgetdoc_tests::chance::Chance;

impl Maker<'_> {
    /// What the first unit pays to the second, income of the one and expenditure of the other, where the form has it.
    pub(super) fn transfer(&mut self) {
        let kinds = self.profile.kinds.iter().map(|kind| kind.id.value.clone());
        let kind = kinds.into_iter().find(|kind| kind == "paid_up" || kind == "affiliated");
        let Some(kind) = kind.filter(|_| self.units > 1 && self.chance.of(2)) else { return };
        let fund = if kind == "paid_up" { "affiliated_units" } else { "superior_subsidy" };
        let payer = "unit: u0, fund: other_income, ";
        if [format!("unit: u1, fund: {fund}, ").as_str(), payer].into_iter().any(|key| self.income.contains(key)) {
            return;
        }
        let (amount, paid_for, spent_for) = (self.amount(), "2010399", "2080599");
        let (told, digits) = (self.told(), self.digits(amount));
        let last = told.split(", executed").next().unwrap().to_owned();
        let _ = writeln!(self.income, "  - {{ {payer}amount: {digits}{told} }}");
        let _ = writeln!(self.income, "  - {{ unit: u1, fund: {fund}, amount: {digits}{told} }}");
        let _ = writeln!(
            self.expenditure,
            "  - {{ unit: u1, fund: {fund}, item: {spent_for}, amount: {digits}{told} }}\n  - {{ {payer}item: {paid_for}, kind: {kind}, amount: {digits}{told} }}"
        );
        let _ = writeln!(
            self.internal,
            "  - {{ from: u0, to: u1, fund: {fund}, item: {paid_for}, kind: {kind}, amount: {digits}{last} }}"
        );
        if self.prints_all_by_division() {
            self.divide(&format!("{payer}kind: {kind}, item: {paid_for}, "), amount);
            self.divide(&format!("unit: u1, fund: {fund}, item: {spent_for}, "), amount);
        } else {
            self.divide(&format!("unit: u1, fund: {fund}, "), amount);
        }
    }

    /// A subtotal that was published with another last digit than its parts have.
    pub(super) fn stated(&self) -> String {
        let item = |row: &str| row.split("item: ").nth(1).map(|rest| rest[..7].to_owned());
        let category =
            |row: &str| row.split("category: ").nth(1).map(|rest| rest.split([',', ' ']).next().unwrap().to_owned());
        let mut divisions: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut categories: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
        for row in self.expenditure.lines() {
            let amount = row.split("amount: ").nth(1).unwrap().split([',', ' ']).next().unwrap().replace('.', "");
            let division = item(row).unwrap()[..5].to_owned();
            categories.entry(division.clone()).or_default().insert(category(row));
            divisions.entry(division).or_default().push(amount.parse().unwrap());
        }
        let classes: BTreeSet<&str> = divisions.keys().map(|division| &division[..3]).collect();
        // Above a single class stands the total, which is that of the items; in the column of a category as well.
        let is_of_one = |division: &str| {
            let mut of_division = categories[division].iter().flatten();
            of_division.next().is_some() && of_division.next().is_none()
        };
        let may_differ = |(division, parts): &(&String, &Vec<i64>)| parts.len() > 1 && !is_of_one(division);
        let Some((division, parts)) = divisions.iter().find(may_differ).filter(|_| classes.len() > 1) else {
            return String::new();
        };
        let digits = self.digits(parts.iter().sum::<i64>() - 1);
        format!("stated:\n  - {{ subject: {division}, kind: basic, amount: {digits} }}\n")
    }

    /// What is bought, by kind, line by line, or both; this year's sum.
    pub(super) fn procurement(&mut self) -> (String, String, i64) {
        let categories = self.profile.categories.procurement.clone();
        let (by_kind, sum) = self.list_of(&categories, false);
        let has_lines = self.chance.of(2);
        let mut lines = String::new();
        let mut categories = categories.iter().map(|category| category.id.value.as_str()).cycle();
        for row in by_kind.lines().filter(|_| has_lines) {
            let amount = row.split("amount: ").nth(1).unwrap().trim_end_matches(" }");
            let (category, method) = (categories.next().unwrap(), self.some(&[("method", "集中采购")]));
            let _ = writeln!(
                lines,
                "  - {{ unit: u0, category: {category}, project: 办公设备, economic: 31002, name: 计算机, amount: {amount}{method} }}"
            );
        }
        let by_kind = if has_lines && self.chance.of(2) { String::new() } else { by_kind };
        (by_kind, lines, sum)
    }

    /// Performance targets and key projects of the department, sometimes none.
    pub(super) fn targets(&mut self) -> String {
        let mut text = String::new();
        let projects = self.projects.lines().count();
        let some: Vec<usize> = (0..projects).filter(|_| !self.chance.of(3)).collect();
        if self.chance.of(2) && !some.is_empty() {
            let list: Vec<String> = some.iter().map(|project| format!("p{project}")).collect();
            let _ = writeln!(text, "key_projects: [{}]", list.join(", "));
        }
        if self.chance.of(3) {
            return text;
        }
        text += "performance:\n  goal: 完成工作。\n  indicators: { 产出指标: { 数量指标: [{ name: 数量, target: 3个 }] } }\n";
        if self.chance.of(2) {
            text += "  basic: 保障运转。\n";
        }
        if !some.is_empty() {
            text += "  tasks:\n";
        }
        for project in some {
            let name = if self.chance.of(4) { ", name: 任务" } else { "" };
            let _ = writeln!(text, "    - {{ project: p{project}, content: 工作。{name} }}");
        }
        text
    }

    /// A row for each category, sometimes none at all, and this year's sum.
    pub(super) fn list_of(&mut self, categories: &[Category], past: bool) -> (String, i64) {
        let (mut list, mut sum) = (String::new(), 0);
        if self.chance.of(5) {
            return (list, sum);
        }
        for category in categories {
            let amount = if self.chance.of(3) { 0 } else { self.amount() };
            sum += amount;
            let last = if self.chance.of(3) { 0 } else { self.amount() };
            let last = if past { format!(", last: {}", self.digits(last)) } else { String::new() };
            let digits = self.digits(amount);
            let _ = writeln!(list, "  - {{ unit: u0, category: {}, amount: {digits}{last} }}", category.id.value);
        }
        (list, sum)
    }

    /// What is reserved of procurement, each part of the one before, sometimes nothing.
    pub(super) fn reserved(&mut self, mut of: i64) -> String {
        let mut list = String::new();
        if self.chance.of(3) {
            return list;
        }
        for category in &self.profile.categories.reserved {
            let digits = self.digits(of);
            let _ = writeln!(list, "  - {{ unit: u0, category: {}, amount: {digits} }}", category.id.value);
            of /= 2;
        }
        list
    }

    /// Totals known from elsewhere, which no document prints.
    pub(super) fn control(&mut self) -> String {
        let tables: Vec<String> = self.profile.tables.iter().map(|(id, _)| id.value.clone()).collect();
        let table = &tables[self.chance.below(tables.len())];
        format!("control:\n  - {{ table: {table}, amount: {} }}\n", self.chance.below(900))
    }
}

/// Makes some of the schedules that a profile prints, which agree with the budget's figures as their ties require.
pub(super) fn schedules(budget: &Budget, decimals: u32, chance: &mut Chance) -> String {
    let mut text = String::new();
    for (id, tables) in by_schedule(&budget.profile) {
        // One that equals a figure cannot be left out.
        let is_equal = |tie: &Tie| matches!(tie.is, TieTo::Equals(_));
        let is_needed = tables.iter().flat_map(|table| &table.ties).any(is_equal);
        let is_left_out = !is_needed && chance.of(3);
        let rows = if is_left_out { String::new() } else { rows(budget, &tables, decimals, chance) };
        if !rows.is_empty() {
            let _ = write!(text, "  {id}:\n{rows}");
        }
    }
    if text.is_empty() { text } else { format!("schedules:\n{text}") }
}

fn by_schedule(profile: &Profile) -> BTreeMap<&str, Vec<&Schedule>> {
    let mut tables: BTreeMap<&str, Vec<&Schedule>> = BTreeMap::new();
    profile.schedules().for_each(|table| tables.entry(table.of.as_str()).or_default().push(table));
    tables
}

/// Makes a row or two for each unit, project and item that the keys of a schedule name.
fn rows(budget: &Budget, tables: &[&Schedule], decimals: u32, chance: &mut Chance) -> String {
    let columns = || {
        tables
            .iter()
            .flat_map(|table| &table.columns)
            .filter(|column| !column.optional || column.is == ScheduleKind::Amount)
    };
    let has = |kind: ScheduleKind| columns().any(|column| column.is.value() == kind);
    let (by_unit, by_item, by_project) =
        (has(ScheduleKind::Unit), has(ScheduleKind::Subject), has(ScheduleKind::Project));
    let tied = tables.iter().flat_map(|table| &table.ties).next();
    let measure =
        tied.map_or_else(Measure::default, |tie| budget.profile.figures.get(tie.is.figure()).unwrap().clone());
    // A figure without units or items has its first ones.
    let filter = budget.cube.filter(&measure);
    let mut parts: BTreeMap<(usize, Option<String>, Option<usize>), Decimal> = BTreeMap::new();
    for fact in budget.cube.matching(&filter, &Scope::default()) {
        let Fact { unit, item, project, .. } = fact;
        let key = (
            if by_unit { *unit } else { 0 },
            item.filter(|_| by_item).map(|item| item.as_str().to_owned()),
            project.filter(|_| by_project),
        );
        *parts.entry(key).or_default() += fact.this.amount.in_unit(budget.spec.unit);
    }
    let mut text = String::new();
    for ((unit, item, project), amount) in parts {
        if (by_item && item.is_none()) || (by_project && project.is_none()) || amount.is_zero() {
            continue;
        }
        let first = if chance.of(2) { (amount / Decimal::TWO).trunc_with_scale(decimals) } else { Decimal::ZERO };
        for amount in [first, amount - first].into_iter().filter(|amount| !amount.is_zero()) {
            let mut keys: BTreeMap<&str, String> = BTreeMap::new();
            for column in columns() {
                let Some(key) = &column.key else { continue };
                let value = match column.is.value() {
                    ScheduleKind::Text => chance.pick(&["甲类", "乙类"]).to_owned(),
                    ScheduleKind::Number => continue,
                    ScheduleKind::Count => (1 + chance.below(90)).to_string(),
                    ScheduleKind::Quantity => format!("{}台", 1 + chance.below(90)),
                    ScheduleKind::Amount if column.optional => {
                        (amount / Decimal::TEN).trunc_with_scale(decimals).to_string()
                    }
                    ScheduleKind::Amount => amount.to_string(),
                    ScheduleKind::Date => "2026-03-01".to_owned(),
                    ScheduleKind::Subject | ScheduleKind::SubjectName => item.clone().unwrap(),
                    ScheduleKind::Economic | ScheduleKind::EconomicName => chance.pick(&DIVISIONS).to_owned(),
                    ScheduleKind::Unit => format!("u{unit}"),
                    ScheduleKind::Project => format!("p{}", project.unwrap()),
                };
                keys.entry(key.as_str()).or_insert(value);
            }
            let keys: Vec<String> = keys.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
            let _ = writeln!(text, "    - {{ {} }}", keys.join(", "));
        }
    }
    text
}
