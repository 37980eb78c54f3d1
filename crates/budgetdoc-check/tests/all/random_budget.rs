//! Budgets made up at random for a built-in profile, balanced and complete as far as the profile's tables show it.

mod lists;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::{Account, Profile};
use budgetdoc_core::spec::Spec;
use budgetdoc_tests::chance::Chance;

/// The built-in profiles, read once.
pub fn profiles() -> Vec<Profile> {
    Profile::built_in_names().map(|name| Profile::built_in(&name.to_owned().into()).unwrap()).collect()
}

const ITEMS: [&str; 14] = [
    "2010301", "2010302", "2010350", "2012901", "2012902", "2050803", "2080501", "2080505", "2080506", "2101101",
    "2120801", "2130104", "2210201", "2210203",
];

/// Economic divisions of several classes.
const DIVISIONS: [&str; 10] =
    ["30101", "30102", "30108", "30302", "30201", "30211", "30903", "31002", "31299", "39999"];

/// A spec in the making.
struct Maker<'a> {
    chance: &'a mut Chance,
    profile: &'a Profile,
    name: &'a str,
    /// Whether rows tell of last year, and of its outcome; and whether some leave out either.
    past: (bool, bool, bool),
    /// Decimals of amounts.
    decimals: u32,
    /// Whether amounts are rounded as the tables print them, so that subtotals may be stated.
    is_rounded: bool,
    units: u64,
    income: String,
    expenditure: String,
    internal: String,
    basic: String,
    economic: String,
    projects: String,
    carried: (String, String),
}

/// Makes a budget of a profile.
pub fn budget(profile: &Profile, chance: &mut Chance) -> Budget {
    budget_of(&spec(profile, chance), profile)
}

/// Resolves a spec that must be right.
pub fn budget_of(text: &str, profile: &Profile) -> Budget {
    let spec = Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    Budget::resolve(spec, profile.clone()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Makes the text of a spec.
pub fn spec(profile: &Profile, chance: &mut Chance) -> String {
    let past = (!chance.of(4), !chance.of(4), chance.of(3));
    // Amounts of a few yuan print as nothing in 万元.
    let unit = chance.pick(&["万元", "万元", "千元", "元"]);
    let decimals = u32::try_from(chance.below(if unit == "万元" { 4 } else { 2 })).unwrap() * 2;
    let is_rounded = chance.of(6);
    let (unit, decimals) = match &profile.table_amounts {
        printed if is_rounded => (printed.unit.name(), printed.decimals),
        _ => (unit, decimals),
    };
    let mut maker = Maker {
        chance,
        profile,
        name: &profile.name,
        past,
        decimals,
        is_rounded,
        units: 0,
        income: String::new(),
        expenditure: String::new(),
        internal: String::new(),
        basic: String::new(),
        economic: String::new(),
        projects: String::new(),
        carried: Default::default(),
    };
    // Only subtotals of all units and funds are stated.
    maker.units = if is_rounded { 1 } else { 1 + maker.chance.below(3) };
    for unit in 0..maker.units {
        for fund in 0..profile.funds.len() {
            // The form of Shanghai has no place for some funds in some tables; each fund is rare but the first.
            if fund == 0 || (!is_rounded && maker.chance.of(4)) {
                maker.of_fund(unit, fund);
            }
        }
    }
    maker.transfer();
    let text = maker.text(unit);
    let lists = match profile.schedules().next() {
        Some(_) => lists::schedules(&budget_of(&text, profile), decimals, chance),
        None => String::new(),
    };
    text + &lists
}

impl Maker<'_> {
    /// An amount in the spec's unit, of up to a few thousand 万元.
    fn amount(&mut self) -> i64 {
        let size = 1 + u32::try_from(self.chance.below(4)).unwrap();
        let whole = 1 + self.chance.below(10_u64.pow(size));
        let part = self.chance.below(10_u64.pow(self.decimals));
        i64::try_from(whole * 10_u64.pow(self.decimals) + part).unwrap()
    }

    /// An amount in digits.
    fn digits(&self, amount: i64) -> String {
        let scale = 10_i64.pow(self.decimals);
        match self.decimals {
            0 => amount.to_string(),
            decimals => format!("{}.{:0width$}", amount / scale, amount % scale, width = decimals as usize),
        }
    }

    /// What rows tell of last year, where they do.
    fn told(&mut self) -> String {
        let mut told = String::new();
        if self.past.0 && !(self.past.2 && self.chance.of(6)) {
            let last = if self.chance.of(5) { 0 } else { self.amount() };
            let _ = write!(told, ", last: {}", self.digits(last));
            if self.past.1 && !(self.past.2 && self.chance.of(6)) {
                let executed = self.amount();
                let _ = write!(told, ", executed: {}", self.digits(executed));
            }
        }
        told
    }

    fn of_fund(&mut self, unit: u64, index: usize) {
        let fund = self.profile.funds[index].id.value.clone();
        let [own, of_fund] = self.key(unit, &fund);
        let key = format!("{own}{of_fund}");
        let (mut basic, mut total) = (Vec::new(), 0);
        for _ in 0..1 + self.chance.below(4) {
            let item = self.chance.pick(&ITEMS).to_owned();
            if self.expenditure.contains(&format!("{{ {key}item: {item},")) {
                continue;
            }
            let amount = self.amount();
            let (told, digits) = (self.told(), self.digits(amount));
            let personnel = self.chance.of(2);
            let category = if self.name.ends_with("unit") {
                format!(", category: {}", if personnel { "personnel" } else { "operating" })
            } else {
                String::new()
            };
            let _ = writeln!(self.expenditure, "  - {{ {key}item: {item}{category}, amount: {digits}{told} }}");
            basic.push((item, amount));
            total += amount;
        }
        let mut projects: BTreeMap<String, i64> = BTreeMap::new();
        for _ in 0..self.chance.below(3) {
            let (item, amount) = (self.chance.pick(&ITEMS).to_owned(), self.amount());
            let (told, digits) = (self.told(), self.digits(amount));
            let id = self.projects.lines().count();
            let category = match self.profile.categories.projects.as_slice() {
                [] => "",
                known => &known[self.chance.below(known.len())].id.value,
            };
            let mut more = self.some(&[
                ("goal", "完成。"),
                ("purpose", "用于工作。"),
                ("reason", "工作增加。"),
                ("code", "A1"),
                ("indicators", "{ 产出指标: { 数量指标: [{ name: 数量, target: 3个 }] } }"),
            ]);
            if !category.is_empty() {
                more += &self.some(&[("category", category)]);
            }
            let _ = writeln!(
                self.projects,
                "  - {{ id: p{id}, name: 项目{id}, {key}item: {item}, amount: {digits}{told}{more} }}"
            );
            total += amount;
            *projects.entry(item).or_default() += amount;
        }
        if self.prints_all_by_division() {
            for (item, amount) in basic {
                self.divide(&format!("{key}item: {item}, "), amount);
            }
            for (item, amount) in projects {
                self.divide(&format!("{key}kind: project, item: {item}, "), amount);
            }
        } else {
            self.divide(&key, basic.iter().map(|(_, amount)| amount).sum());
        }
        // Balances that are used are no income of the year.
        let is_balance = fund == "own_balances";
        let (mut brought, mut carried) = (if is_balance { total } else { 0 }, 0);
        if !is_balance && self.chance.of(3) {
            (brought, carried) = (self.amount().min(total), self.amount());
        }
        if brought > 0 {
            let _ = writeln!(self.carried.0, "  - {{ {own}fund: {fund}, amount: {} }}", self.digits(brought));
        }
        if carried > 0 {
            let (item, digits) = (self.chance.pick(&ITEMS).to_owned(), self.digits(carried));
            let _ = writeln!(self.carried.1, "  - {{ {own}fund: {fund}, item: {item}, amount: {digits} }}");
        }
        if !is_balance {
            let (told, digits) = (self.told(), self.digits(total + carried - brought));
            let _ = writeln!(self.income, "  - {{ {own}fund: {fund}, amount: {digits}{told} }}");
        }
    }

    /// Returns whether a table has all expenditure by economic division, for which the spec gives that of projects too.
    fn prints_all_by_division(&self) -> bool {
        let mut tables = self.profile.tables.iter();
        tables.any(|(_, table)| table.of.accounts == [Account::Economic] && table.of.kinds.is_empty())
    }

    /// Divides basic expenditure by category or by economic division.
    fn divide(&mut self, key: &str, basic: i64) {
        let by_category = self.name == "shenzhen/2022";
        let names: Vec<String> = match by_category {
            true => self.profile.categories.basic.iter().map(|category| category.id.value.clone()).collect(),
            false => DIVISIONS.map(str::to_owned).to_vec(),
        };
        let mut rest = basic;
        for (index, name) in names.iter().enumerate() {
            let amount = if index + 1 == names.len() { rest } else { rest / 2 };
            rest -= amount;
            let (told, digits) = (self.told(), self.digits(amount));
            if by_category {
                let _ = writeln!(self.basic, "  - {{ {key}category: {name}, amount: {digits}{told} }}");
            } else {
                let _ = writeln!(self.economic, "  - {{ {key}code: {name}, amount: {digits}{told} }}");
            }
        }
    }

    /// Returns the unit and fund of rows, each with a comma behind it, without those that need not be given.
    fn key(&mut self, unit: u64, fund: &str) -> [String; 2] {
        let only = self.units == 1 && self.chance.of(2);
        let first = fund == "general_public" && self.chance.of(2);
        let unit = if only { String::new() } else { format!("unit: u{unit}, ") };
        [unit, if first { String::new() } else { format!("fund: {fund}, ") }]
    }

    /// Returns some of these keys with their values, each with a comma before it.
    fn some(&mut self, keys: &[(&str, &str)]) -> String {
        let given = keys.iter().filter(|_| !self.chance.of(3));
        given.map(|(key, value)| format!(", {key}: {value}")).collect()
    }

    fn text(mut self, unit: &str) -> String {
        let year = self.name.split(['/', '-']).nth(1).unwrap().to_owned();
        let mut text = format!("budgetdoc: 1\nprofile: {}\nyear: {year}\nunit: {unit}\n", self.name);
        text += if self.is_rounded { "precision: rounded\n" } else { "precision: exact\n" };
        if self.chance.of(2) {
            let _ = writeln!(text, "date: {year}-02-18");
        }
        text += "department:\n  name: 某局\n";
        if self.chance.of(2) {
            text += "  supervisor: 某某局\n";
        }
        text += "  units:\n";
        for unit in 0..self.units {
            let more = self.some(&[("nature", "institution"), ("code", "\"101\"")]);
            let _ = writeln!(text, "    - {{ id: u{unit}, name: 某局第{unit}单位{more} }}");
        }
        text += &self.targets();
        if self.chance.of(2) {
            text += "explanations:\n";
            let spent = |item: &str| [&self.expenditure, &self.projects].iter().any(|rows| rows.contains(item));
            for item in ITEMS.into_iter().filter(|item| spent(item)).collect::<Vec<_>>() {
                let more = self.some(&[("purpose", "用于工作。"), ("reason", "工作增加。")]);
                let _ = writeln!(text, "  - {{ subject: {item}{more} }}");
            }
        }
        if !self.past.0 && self.chance.of(2) {
            let _ = writeln!(text, "last_totals: {{ income: {} }}", self.chance.below(900));
        }
        if self.is_rounded {
            text += &self.stated();
        }
        if self.chance.of(3) {
            text += &self.control();
        }
        if self.chance.of(2) {
            let _ =
                writeln!(text, "counts: {{ vehicles: {}, staff: {} }}", self.chance.below(9), self.chance.below(90));
        }
        let expenses = self.list_of(&self.profile.categories.three_public.clone(), true);
        let (bought, lines, sum) = self.procurement();
        let reserved = self.reserved(sum);
        let meetings = self.list_of(&self.profile.categories.meetings.clone(), true);
        let lists = [
            ("income", self.income),
            ("expenditure", self.expenditure),
            ("internal", self.internal),
            ("basic", self.basic),
            ("economic", self.economic),
            ("projects", self.projects),
            ("brought_forward", self.carried.0),
            ("carried_forward", self.carried.1),
            ("three_public", expenses.0),
            ("procurement", bought),
            ("procurement_items", lines),
            ("reserved", reserved),
            ("meetings", meetings.0),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let _ = write!(text, "{name}:\n{list}");
        }
        text
    }
}
