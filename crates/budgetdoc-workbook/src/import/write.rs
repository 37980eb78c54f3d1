//! Writes the spec of an import.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use budgetdoc_core::money::{Amount, Money, Unit};
use budgetdoc_core::profile::{Account, Profile};
use budgetdoc_core::subject::SubjectCode;

use super::Reading;
use super::candidate::{Entry, YEARS, unit_id};
use super::names::{Names, UNKNOWN_NAME, is_unnamed};
use super::remark::{Remark, Weight};
use crate::grid::{Spot, cell_name};
use crate::quoted::quoted;

/// Placeholder for a name or code that no sheet has.
const UNFILLED: &str = Amount::UNFILLED;

/// The lists of a spec with what they are in Chinese.
const LISTS: &[(Account, &str, &str)] = &[
    (Account::Income, "income", "收入，按资金来源"),
    (Account::BroughtForward, "brought_forward", "上年结余、结转"),
    (Account::CarriedForward, "carried_forward", "结转下年"),
    (Account::Internal, "internal", "单位之间的往来"),
    (Account::Expenditure, "expenditure", "支出，按功能分类的项；列入项目的支出见 projects"),
    (Account::Basic, "basic", "基本支出，按类别"),
    (Account::Economic, "economic", "基本支出，按经济分类的款"),
    (Account::ThreePublic, "three_public", "“三公”经费"),
    (Account::Meetings, "meetings", "会议费、培训费"),
    (Account::Procurement, "procurement", "政府采购"),
    (Account::Reserved, "reserved", "面向中小企业的政府采购"),
];

/// The keys that a form may leave open, with what they are in Chinese.
const KEYS: &[(&str, &str)] = &[
    ("from", "付出单位"),
    ("to", "收到单位"),
    ("unit", "预算单位"),
    ("fund", "资金来源"),
    ("item", "功能科目"),
    ("code", "经济分类科目"),
    ("kind", "支出类别"),
    ("category", "分类"),
    ("amount", "本年数"),
];

/// The list of purchases.
const PURCHASES: &str = "procurement_items";

/// What a spec is written from.
pub(super) struct Writer<'a> {
    pub profile: &'a Profile,
    pub reading: &'a Reading,
    /// The unit of the spec's amounts.
    pub unit: Unit,
    /// The ids of the budget units.
    pub units: Vec<String>,
    /// Whether rows name their unit.
    pub names_units: bool,
}

/// A row of a list: its entries, one or those that no sheet separates, and the amounts of its years.
#[derive(Clone)]
pub(super) struct Row {
    pub entries: Vec<usize>,
    pub amounts: [Option<Money>; YEARS],
}

/// Keys of amounts that a sheet leaves open.
#[derive(PartialEq)]
struct Gap<'a> {
    sheet: &'a str,
    /// The year of the amounts: this one, last, last year's outcome.
    year: usize,
    /// The keys that are left open.
    keys: Vec<&'static str>,
}

impl<'a> Writer<'a> {
    /// Makes a writer of a new spec.
    pub fn new(profile: &'a Profile, reading: &'a Reading) -> Self {
        let units = &reading.names.units;
        Writer {
            profile,
            reading,
            unit: profile.table_amounts.unit,
            units: (0..units.len()).map(|index| unit_id(&reading.names, index)).collect(),
            names_units: units.len() > 1,
        }
    }

    /// Writes the spec.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let mut line = |words: &str| {
            // Writing into a string does not fail.
            let _ = writeln!(text, "{words}");
        };
        line("# 由工作簿导入的数据。写“待填”的地方，表中没有，请补写；# 后面是说明，可以删去。");
        line(&format!(
            "budgetdoc: 1\nprofile: {}\nyear: {}\nunit: {}\n",
            self.profile.name,
            self.reading.year,
            self.unit.name()
        ));
        let department = self.reading.identity.body().unwrap_or(UNFILLED);
        line(&format!("department:\n  name: {}", quoted(department)));
        let targets = self.reading.targets.as_ref();
        if let Some(supervisor) = targets.and_then(|targets| targets.supervisor()) {
            line(&format!("  supervisor: {}", quoted(supervisor)));
        }
        line("  units:");
        for (id, name) in self.units.iter().zip(&self.names().units) {
            line(&format!("    - {{ id: {id}, name: {} }}", quoted(name)));
        }
        let rows = self.written_rows();
        for (account, key, about) in LISTS {
            let is_project = |row: &&Row| self.entry(row).project.is_some();
            let own = || rows.iter().filter(|row| self.entry(row).account == *account);
            let purchases = own().any(|row| self.entry(row).bought.is_some());
            let key = if purchases { PURCHASES } else { *key };
            let list: Vec<&Row> = own().filter(|row| !is_project(row)).collect();
            if !list.is_empty() {
                line(&format!("\n# {about}\n{key}:"));
                list.iter().for_each(|row| line(&format!("  - {{ {} }}", self.fields(row).join(", "))));
            }
            let mut projects: Vec<&Row> = own().filter(is_project).collect();
            if !projects.is_empty() {
                projects.sort_by_key(|row| self.entry(row).project);
                line("\n# 项目\nprojects:");
                self.projects(&projects, &mut line);
                self.key_projects(&projects, &mut line);
            }
        }
        let unknown = self.unknown_subjects(&rows);
        if !unknown.is_empty() {
            line("\n# 科目表中没有的科目\nsubjects:");
            unknown.iter().for_each(|fields| line(&format!("  - {{ {} }}", fields.join(", "))));
        }
        if let Some(targets) = targets {
            targets.write(self.names(), &mut line);
        }
        self.reading.texts.write(self.profile, &mut line);
        text
    }

    fn names(&self) -> &Names {
        &self.reading.names
    }

    /// Returns the subjects of rows that the table of subjects does not have, each as the fields of its row.
    pub fn unknown_subjects(&self, rows: &[Row]) -> Vec<Vec<String>> {
        let table = self.profile.subject_table();
        let is_used = |code: &SubjectCode| {
            let mut codes = rows.iter().flat_map(|row| [self.entry(row).item, self.entry(row).economic]).flatten();
            codes.any(|used| used.is_within(*code))
        };
        let unknown = self.names().subjects.iter().filter(|((of, code), name)| {
            table.name(*of, *code, self.reading.year).is_none()
                && !name.is_empty()
                && is_used(code)
                && !is_unnamed(*code)
                && *name != UNKNOWN_NAME
        });
        unknown.map(|((_, code), name)| vec![format!("code: {code}"), format!("name: {}", quoted(name))]).collect()
    }

    /// Returns the entry of a row, the first where no sheet separates several.
    pub fn entry(&self, row: &Row) -> &Entry {
        &self.reading.entries[row.entries[0]]
    }

    /// Returns whether a row has money, or is a known zero of a breakdown, which forms print.
    fn is_written(&self, row: &Row) -> bool {
        let prints_zero = match self.entry(row).account {
            Account::ThreePublic | Account::Meetings | Account::Procurement | Account::Reserved => true,
            Account::Income
            | Account::BroughtForward
            | Account::CarriedForward
            | Account::Internal
            | Account::Expenditure
            | Account::Basic
            | Account::Economic
            | Account::Government => false,
        };
        let has_money = row.amounts.iter().flatten().any(|amount| !amount.is_zero());
        has_money || (prints_zero && row.amounts[0].is_some())
    }

    /// Returns the list of the spec that a row belongs to.
    pub fn list(&self, row: &Row) -> &'static str {
        let entry = self.entry(row);
        match (entry.project, entry.bought) {
            (Some(_), _) => "projects",
            (None, Some(_)) => PURCHASES,
            (None, None) => LISTS.iter().find(|list| list.0 == entry.account).map_or("", |list| list.1),
        }
    }

    /// Returns the rows of which something is known, in the order of the entries.
    pub fn rows(&self) -> Vec<Row> {
        let mut unsplit: BTreeMap<Vec<usize>, [Option<Money>; YEARS]> = BTreeMap::new();
        for sum in &self.reading.solution.unsplit {
            let entries: Vec<usize> = sum.atoms.iter().map(|atom| atom / YEARS).collect();
            let year = sum.atoms[0] % YEARS;
            unsplit.entry(entries).or_default()[year] = Some(sum.amount);
        }
        let mut rows = Vec::new();
        for index in 0..self.reading.entries.len() {
            let amounts: [_; YEARS] = std::array::from_fn(|year| self.reading.solution.amounts[index * YEARS + year]);
            if amounts.iter().any(Option::is_some) {
                rows.push(Row { entries: vec![index], amounts });
            }
        }
        rows.extend(unsplit.into_iter().map(|(entries, amounts)| Row { entries, amounts }));
        rows
    }

    /// Returns the rows that a new spec has.
    pub fn written_rows(&self) -> Vec<Row> {
        self.rows().into_iter().filter(|row| self.is_written(row)).collect()
    }

    /// Returns a remark for each sheet with the keys that it leaves open and the cells of their amounts.
    pub fn gap_remarks(&self, rows: &[Row]) -> Vec<Remark> {
        let mut gaps: Vec<(Gap<'_>, Vec<Spot>)> = Vec::new();
        for row in rows {
            let keys = self.gaps(row);
            let told = (0..YEARS).filter(|year| row.amounts[*year].is_some());
            let mut places = told.filter_map(|year| Some((self.reading.solution.place(&row.entries, year)?, year)));
            let Some(((sheet, spot), year)) = places.next().filter(|_| !keys.is_empty()) else { continue };
            let gap = Gap { sheet, year, keys };
            match gaps.iter_mut().find(|(known, _)| *known == gap) {
                Some((_, cells)) => cells.extend(spot),
                None => gaps.push((gap, spot.into_iter().collect())),
            }
        }
        let remark = |(Gap { sheet, year, keys }, mut cells): (Gap<'_>, Vec<Spot>)| {
            cells.sort_unstable();
            cells.dedup();
            let cells: Vec<String> = cells.into_iter().map(cell_name).collect();
            let label = |key: &&str| KEYS.iter().find(|(known, _)| known == key).map_or("", |(_, label)| label);
            let zh: Vec<String> = keys.iter().map(|key| format!("{}（{key}）", label(key))).collect();
            let en: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let [what_zh, what_en] = [
                ["本年数", "this year's amounts"],
                ["上年数", "last year's amounts"],
                ["上年执行数", "last year's outcome"],
            ][year];
            Remark::sheet(
                Weight::Warning,
                sheet,
                format!(
                    "{} 的{what_zh}，表中没有写明{}，数据文件中写了“待填”，请补上",
                    cells.join("、"),
                    zh.join("、")
                ),
                format!(
                    "no sheet tells {} of {what_en} in {}: the spec says 待填 there, fill it in",
                    en.join(", "),
                    cells.join(", ")
                ),
            )
        };
        gaps.into_iter().map(remark).collect()
    }

    /// Returns the keys of a row that are left open.
    fn gaps(&self, row: &Row) -> Vec<&'static str> {
        let fields = self.fields(row);
        let is_open = |key: &str| fields.iter().any(|field| *field == format!("{key}: {UNFILLED}"));
        KEYS.iter().map(|(key, _)| *key).filter(|key| is_open(key)).collect()
    }

    /// Returns the keys of a row and their values.
    pub fn fields(&self, row: &Row) -> Vec<String> {
        let mut fields = Vec::new();
        let entry = self.entry(row);
        let of = |value: &dyn Fn(&Entry) -> Option<String>| {
            let mut values = row.entries.iter().map(|entry| value(&self.reading.entries[*entry]));
            let first = values.next().flatten();
            if values.all(|other| other == first) { first } else { Some(UNFILLED.to_owned()) }
        };
        let profile = self.profile;
        let mut add = |key: &str, value: Option<String>| fields.extend(value.map(|value| format!("{key}: {value}")));
        if let Some(bought) = entry.bought.map(|bought| &self.names().bought[bought]) {
            add("category", Some(profile.categories.procurement[bought.category].id.value.clone()));
            add("project", Some(quoted(&bought.project)));
            add("economic", Some(bought.economic.to_string()));
            add("name", Some(quoted(&bought.name)));
            add("method", Some(quoted(&bought.method)).filter(|_| !bought.method.is_empty()));
        } else {
            if entry.account == Account::Internal {
                add("from", Some(UNFILLED.to_owned()));
                add("to", Some(UNFILLED.to_owned()));
            } else if self.names_units {
                add("unit", of(&|entry| self.units.get(entry.unit).cloned()));
            }
            let always = matches!(
                entry.account,
                Account::Income | Account::BroughtForward | Account::CarriedForward | Account::Internal
            );
            let fund = of(&|entry| Some(profile.funds[entry.fund].id.value.clone()));
            add("fund", fund.filter(|fund| always || *fund != profile.funds[0].id.value));
            let item = |item: SubjectCode| if is_unnamed(item) { UNFILLED.to_owned() } else { item.to_string() };
            add("item", of(&|entry| entry.item.map(item)));
            add("code", of(&|entry| entry.economic.map(|code| code.to_string())));
            let kind = of(&|entry| entry.kind.map(|kind| profile.kinds[kind].id.value.clone()));
            let basic = &profile.kinds[Profile::BASIC].id.value;
            let is_told =
                |kind: &String| entry.project.is_none() && (entry.account == Account::Internal || kind != basic);
            add("kind", kind.filter(is_told));
            let account = if entry.account == Account::Expenditure { Account::Basic } else { entry.account };
            let categories = profile.categories.of(account);
            let id = |entry: &Entry| Some(categories.get(entry.category?)?.id.value.clone());
            add("category", of(&id));
        }
        self.add_amounts(row, &mut add);
        fields
    }

    fn add_amounts(&self, row: &Row, add: &mut dyn FnMut(&str, Option<String>)) {
        for (key, amount) in ["amount", "last", "executed"].into_iter().zip(&row.amounts) {
            let number = amount.map(|amount| amount.in_unit(self.unit).to_string());
            add(key, number.or_else(|| (key == "amount").then(|| UNFILLED.to_owned())));
        }
    }

    /// Writes the projects of the performance part, where they are not all of them.
    fn key_projects(&self, rows: &[&Row], line: &mut dyn FnMut(&str)) {
        let place = |name: &String| self.names().projects.iter().position(|(known, _)| known == name);
        let key: Vec<usize> = self.names().key_projects.iter().filter_map(place).collect();
        let mut all: Vec<usize> = rows.iter().filter_map(|row| self.entry(row).project).collect();
        all.dedup();
        if !key.is_empty() && key != all {
            let ids: Vec<String> = key.iter().map(|project| format!("project{}", project + 1)).collect();
            line(&format!("\nkey_projects: [{}]", ids.join(", ")));
        }
    }

    fn projects(&self, rows: &[&Row], line: &mut dyn FnMut(&str)) {
        let mut parts = BTreeMap::new();
        for row in rows {
            let Some(project) = self.entry(row).project else { continue };
            let part: &mut usize = parts.entry(project).or_default();
            *part += 1;
            let id = if *part == 1 { String::new() } else { format!("_{part}") };
            let fields = self.project_fields(row, &format!("project{}{id}", project + 1));
            line(&format!("  - {}", fields.join("\n    ")));
        }
    }

    /// Returns the keys of a project and their values.
    pub fn project_fields(&self, row: &Row, id: &str) -> Vec<String> {
        let (name, goal) =
            self.entry(row).project.map(|project| &self.names().projects[project]).cloned().unwrap_or_default();
        let mut fields = vec![format!("id: {id}"), format!("name: {}", quoted(&name))];
        fields.extend(self.fields(row));
        if !goal.is_empty() {
            fields.push(format!("goal: {}", quoted(&goal)));
        }
        fields
    }
}
