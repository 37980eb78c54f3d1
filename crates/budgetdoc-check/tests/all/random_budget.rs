//! Budgets made up at random for a built-in profile, balanced and complete as far as the profile's tables show it.

use std::fmt::Write as _;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
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
    /// Decimals of amounts in 万元.
    decimals: u32,
    income: String,
    expenditure: String,
    basic: String,
    economic: String,
    projects: String,
    carried: (String, String),
}

/// Makes a budget of a profile.
pub fn budget(profile: &Profile, chance: &mut Chance) -> Budget {
    let text = spec(profile, chance);
    let spec = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    Budget::resolve(spec, profile.clone()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn spec(profile: &Profile, chance: &mut Chance) -> String {
    let past = (!chance.of(4), !chance.of(4), chance.of(3));
    let decimals = u32::try_from(chance.below(4)).unwrap() * 2;
    let mut maker = Maker {
        chance,
        profile,
        name: &profile.name,
        past,
        decimals,
        income: String::new(),
        expenditure: String::new(),
        basic: String::new(),
        economic: String::new(),
        projects: String::new(),
        carried: Default::default(),
    };
    let units = 1 + maker.chance.below(3);
    for unit in 0..units {
        for fund in 0..profile.funds.len() {
            // The form of Shanghai has no place for some funds in some tables; each fund is rare but the first.
            if fund == 0 || maker.chance.of(4) {
                maker.of_fund(unit, fund);
            }
        }
    }
    maker.text(units)
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
        let key = format!("unit: u{unit}, fund: {fund}");
        let (mut basic, mut total) = (0, 0);
        for _ in 0..1 + self.chance.below(4) {
            let item = self.chance.pick(&ITEMS).to_owned();
            if self.expenditure.contains(&format!("{key}, item: {item},")) {
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
            let _ = writeln!(self.expenditure, "  - {{ {key}, item: {item}{category}, amount: {digits}{told} }}");
            basic += amount;
            total += amount;
        }
        for _ in 0..self.chance.below(3) {
            let (item, amount) = (self.chance.pick(&ITEMS).to_owned(), self.amount());
            let (told, digits) = (self.told(), self.digits(amount));
            let id = self.projects.lines().count();
            let _ = writeln!(
                self.projects,
                "  - {{ id: p{id}, name: 项目{id}, {key}, item: {item}, amount: {digits}{told}, goal: 完成。 }}"
            );
            total += amount;
        }
        self.divide(&key, basic);
        // Balances that are used are no income of the year.
        let is_balance = fund == "own_balances";
        let (mut brought, mut carried) = (if is_balance { total } else { 0 }, 0);
        if !is_balance && self.chance.of(3) {
            (brought, carried) = (self.amount().min(total), self.amount());
        }
        if brought > 0 {
            let _ = writeln!(self.carried.0, "  - {{ {key}, amount: {} }}", self.digits(brought));
        }
        if carried > 0 {
            let (item, digits) = (self.chance.pick(&ITEMS).to_owned(), self.digits(carried));
            let _ = writeln!(self.carried.1, "  - {{ {key}, item: {item}, amount: {digits} }}");
        }
        if !is_balance {
            let (told, digits) = (self.told(), self.digits(total + carried - brought));
            let _ = writeln!(self.income, "  - {{ {key}, amount: {digits}{told} }}");
        }
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
                let _ = writeln!(self.basic, "  - {{ {key}, category: {name}, amount: {digits}{told} }}");
            } else {
                let _ = writeln!(self.economic, "  - {{ {key}, code: {name}, amount: {digits}{told} }}");
            }
        }
    }

    fn text(mut self, units: u64) -> String {
        let year = self.name.split(['/', '-']).nth(1).unwrap().to_owned();
        let mut text = format!(
            "budgetdoc: 1\nprofile: {}\nyear: {year}\nunit: 万元\nprecision: exact\ndate: {year}-02-18\n\
             department:\n  name: 某局\n  supervisor: 某某局\n  units:\n",
            self.name
        );
        for unit in 0..units {
            let _ = writeln!(text, "    - {{ id: u{unit}, name: 某局第{unit}单位 }}");
        }
        let expenses = self.list_of(&self.profile.categories.three_public.clone(), true);
        let bought = self.list_of(&self.profile.categories.procurement.clone(), false);
        let lists = [
            ("income", self.income),
            ("expenditure", self.expenditure),
            ("basic", self.basic),
            ("economic", self.economic),
            ("projects", self.projects),
            ("brought_forward", self.carried.0),
            ("carried_forward", self.carried.1),
            ("three_public", expenses),
            ("procurement", bought),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let _ = write!(text, "{name}:\n{list}");
        }
        text
    }

    /// A row for each category, sometimes none at all.
    fn list_of(&mut self, categories: &[budgetdoc_core::profile::Category], past: bool) -> String {
        let mut list = String::new();
        if self.chance.of(5) {
            return list;
        }
        for category in categories {
            let amount = if self.chance.of(3) { 0 } else { self.amount() };
            let last = if self.chance.of(3) { 0 } else { self.amount() };
            let last = if past { format!(", last: {}", self.digits(last)) } else { String::new() };
            let digits = self.digits(amount);
            let _ = writeln!(list, "  - {{ unit: u0, category: {}, amount: {digits}{last} }}", category.id.value);
        }
        list
    }
}
