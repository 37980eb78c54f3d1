//! Brings the amounts of a workbook into a spec that exists.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use budgetdoc_core::budget::{Budget, Fact};
use budgetdoc_core::edit::{Edit, NewRow, SpecRows, apply};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Account;
use budgetdoc_core::subject::Level;
use budgetdoc_document::Place;

use super::candidate::{Entry, YEARS};
use super::names::is_unnamed;
use super::remark::{Remark, Weight};
use super::write::{Row, Writer};
use super::{ImportError, Reading, identity, last_year, read, year_of};
use crate::book::Book;
use crate::words::plain;

/// A spec with the amounts of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// The spec: comments, texts and order are what they were.
    pub text: String,
    /// What is to be known about the workbook.
    pub remarks: Vec<Remark>,
    /// The amounts of entries that the workbook does not have, which are kept: their places in the new text.
    pub gone: Vec<Place>,
}

/// The keys that hold the amounts of an entry.
const KEYS: [&str; YEARS] = ["amount", "last", "executed"];

/// Brings the amounts of the tables in `book` into `text`, the spec of `budget`.
///
/// An amount of the workbook belongs to the entries that agree with all that it tells of unit, fund, subject, kind,
/// category and project; where these are several, their sum is compared with it. Amounts without an entry become new
/// ones. `year` says that the workbook is of that year, whatever its titles name.
///
/// # Errors
/// Those of [`import`](super::import()); a workbook of another year.
pub fn import_into(
    book: &Book,
    (text, budget): (&str, &Budget),
    year: Option<u16>,
    last: Option<&Book>,
) -> Result<Renewed, ImportError> {
    let profile = &budget.profile;
    let own_year = budget.spec.year.value;
    if let Some(year) = year.or_else(|| year_of(book)).filter(|year| *year != own_year) {
        return Err(ImportError::OtherYear(Bilingual::new(
            format!("工作簿是{year}年的，数据文件是{own_year}年的；先用 budgetdoc rollover 结转，或用 --year 说明年度"),
            format!(
                "the workbook is of {year}, the spec of {own_year}: roll the spec over first, or tell the year with --year"
            ),
        )));
    }
    let mut reading = read(book, profile, Some(own_year))?;
    let identity = &reading.identity;
    let years = identity.year_remarks().iter().filter(|_| year.is_none()).cloned();
    let bodies = identity.body_remarks(&bodies(budget), ("数据文件", "the spec is"));
    let units = identity::unit_remarks(&reading.names, budget);
    let told: Vec<Remark> = years.chain(bodies).chain(units).chain(identity.missing_remark()).collect();
    reading.remarks.extend(told);
    if let Some(last) = last {
        last_year::add(&mut reading, read(last, profile, Some(own_year.saturating_sub(1)))?, profile);
    }
    let units: Vec<_> = reading.names.units.iter().map(|name| unit_of(name, &reading, budget)).collect();
    let writer = Writer {
        unit: budget.spec.unit,
        units: reading.names.units.iter().map(|name| unit_id(unit_of(name, &reading, budget), budget)).collect(),
        names_units: budget.spec.department.units.len() > 1,
        ..Writer::new(profile, &reading)
    };
    let rows = writer.rows();
    let mut renewal = Renewal {
        budget,
        reading: &reading,
        by_unit: is_by_unit(&reading, budget, &units),
        units,
        spec: SpecRows::new(text),
        edits: Vec::new(),
        new: Vec::new(),
        added: BTreeMap::new(),
        remarks: Vec::new(),
    };
    let mut gone = Vec::new();
    let of_years: [Vec<Vec<&Fact>>; YEARS] = std::array::from_fn(|year| renewal.assign(&rows, year, &mut gone));
    for (index, row) in rows.iter().enumerate() {
        let of_years = of_years.each_ref().map(|of_rows| &of_rows[index]);
        if of_years.iter().any(|facts| !facts.is_empty()) {
            of_years.iter().enumerate().for_each(|(year, facts)| renewal.compare(row, year, facts));
        } else if row.amounts.iter().flatten().any(|amount| !amount.is_zero()) {
            renewal.add(row, &writer);
        }
    }
    renewal.finish(text, gone, &writer)
}

/// Returns the names that the tables of a budget may have above their heads. The tables of one of several units are not
/// those of the department.
fn bodies(budget: &Budget) -> Vec<&str> {
    let department = &budget.spec.department;
    let only = department.units.first().filter(|_| department.units.len() == 1).map(|unit| &unit.name);
    let names = [&department.name].into_iter().chain(only).chain(&budget.spec.names);
    names.map(|name| name.as_str()).collect()
}

/// Returns which budget unit of the spec a name of the workbook is; none where it is none.
fn unit_of(name: &str, reading: &Reading, budget: &Budget) -> Option<usize> {
    let units = &budget.spec.department.units;
    match (units.len(), reading.names.units.len()) {
        // A department with one unit may be called by either name.
        (1, 1) => Some(0),
        _ => units.iter().position(|unit| plain(&unit.name) == plain(name)),
    }
}

/// Returns whether the amounts of a workbook are those of units, rather than the department's alone.
fn is_by_unit(reading: &Reading, budget: &Budget, units: &[Option<usize>]) -> bool {
    let (department, names) = (&budget.spec.department, &reading.names);
    let is_of_one = || units[0].is_some() && plain(&names.units[0]) != plain(&department.name);
    units.len() > 1 || department.units.len() == 1 || !names.unit_cells.is_empty() || is_of_one()
}

fn unit_id(unit: Option<usize>, budget: &Budget) -> String {
    unit.map_or_else(|| "待填".to_owned(), |unit| budget.spec.department.units[unit].id.value.clone())
}

struct Renewal<'a> {
    budget: &'a Budget,
    reading: &'a Reading,
    /// The unit of the spec for each of the workbook.
    units: Vec<Option<usize>>,
    /// Whether the workbook tells units apart, or is of one.
    by_unit: bool,
    spec: SpecRows<'a>,
    edits: Vec<Edit>,
    /// Rows without an entry.
    new: Vec<Row>,
    /// The same by their list.
    added: BTreeMap<&'static str, Vec<NewRow>>,
    remarks: Vec<Remark>,
}

impl<'a> Renewal<'a> {
    /// Returns the facts of each row that has an amount of a year, each fact with the row that tells the most of it. Adds
    /// the places of this year's amounts that no row has.
    fn assign(&self, rows: &[Row], year: usize, gone: &mut Vec<Place>) -> Vec<Vec<&'a Fact>> {
        let mut of_rows = vec![Vec::new(); rows.len()];
        let mut by_account: BTreeMap<Account, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.amounts[year].is_some()) {
            by_account.entry(self.reading.entries[row.entries[0]].account).or_default().push(index);
        }
        // Where the sheets leave amounts of a fund open, an entry may be among them.
        let open = self.reading.entries.iter().zip(self.reading.solution.amounts.iter().step_by(YEARS));
        let open = open.filter(|(_, amount)| amount.is_none());
        let untold: BTreeSet<(Account, usize)> = open.map(|(entry, _)| (entry.account, entry.fund)).collect();
        let cube = &self.budget.cube;
        let sums = cube.given_sums.iter().map(|fact| (fact, true));
        for (fact, is_sum) in cube.facts.iter().map(|fact| (fact, false)).chain(sums) {
            let Some(of_account) = by_account.get(&fact.account) else { continue };
            let agreement = |index: &usize| {
                let keys = rows[*index].entries.iter().filter_map(|entry| self.agreement(*entry, fact)).max();
                keys.map(|keys| (keys, Reverse(*index)))
            };
            let best = of_account.iter().filter_map(agreement).max().map(|(_, Reverse(index))| index);
            let counts = !is_sum && !self.is_derived(fact) && (!fact.this.amount.is_zero() || fact.this.unfilled);
            match best {
                Some(index) if !self.tells_nothing(&rows[index]) => of_rows[index].push(fact),
                Some(_) | None if counts && year == 0 && !untold.contains(&(fact.account, fact.fund)) => {
                    gone.extend(fact.this.place)
                }
                Some(_) | None => {}
            }
        }
        of_rows
    }

    /// Returns whether a row is nothing of the subjects that no sheet names.
    fn tells_nothing(&self, row: &Row) -> bool {
        let is_unnamed = |entry: &usize| self.reading.entries[*entry].item.is_some_and(is_unnamed);
        row.entries.iter().all(is_unnamed) && row.amounts[0].is_none_or(|amount| amount.is_zero())
    }

    /// Returns whether a fact is a category's, summed from the economic divisions of the spec.
    fn is_derived(&self, fact: &Fact) -> bool {
        fact.account == Account::Basic && !self.budget.spec.basic.iter().any(|row| row.amount.place == fact.this.place)
    }

    /// Returns whether the workbook names the unit of an entry and the spec does not have it.
    fn is_of_unknown_unit(&self, entry: usize) -> bool {
        let Entry { account, unit, .. } = &self.reading.entries[entry];
        *account != Account::Internal && self.by_unit && self.units[*unit].is_none()
    }

    /// Returns how many keys of an entry are those of a fact; none where one differs.
    fn agreement(&self, entry: usize, fact: &Fact) -> Option<usize> {
        let Entry { account, unit, fund, item, economic, kind, category, project, bought } =
            &self.reading.entries[entry];
        let (spec, profile, names) = (&self.budget.spec, &self.budget.profile, &self.reading.names);
        if (*account, *fund) != (fact.account, fact.fund) {
            return None;
        }
        let mut agreement = 0;
        let mut holds = |agrees: Option<bool>| {
            agreement += usize::from(agrees == Some(true));
            agrees != Some(false)
        };
        // The sheets lack who pays whom, and the units where they name the department alone.
        let has_unit = *account != Account::Internal && self.by_unit;
        let code = item.filter(|code| !is_unnamed(*code));
        let class = item.filter(|code| is_unnamed(*code)).map(|code| code.ancestor(Level::Class));
        let owner = if *account == Account::Expenditure { Account::Basic } else { *account };
        let name_of = |project: usize| plain(&spec.projects[project].name);
        let bought_of = |entry: usize| {
            let item = &spec.procurement_items[entry];
            (plain(&item.project), plain(&item.name))
        };
        let all = holds(has_unit.then(|| self.units[*unit] == Some(fact.unit)))
            && class.is_none_or(|class| fact.item.is_some_and(|item| item.is_within(class)))
            && holds(code.map(|code| fact.item == Some(code)))
            && holds(economic.map(|code| fact.economic == Some(code)))
            && holds(kind.map(|kind| fact.kind == Some(kind)))
            && holds(category.map(|index| fact.category == Some(profile.categories.number(owner, index))))
            && holds(project.map(|project| fact.project.map(name_of) == Some(plain(&names.projects[project].0))))
            && holds(bought.map(|index| {
                let bought = &names.bought[index];
                fact.entry.map(bought_of) == Some((plain(&bought.project), plain(&bought.name)))
            }));
        all.then_some(agreement)
    }

    /// Sets the amount of the one entry of a row, or holds the sum of several against it.
    fn compare(&mut self, row: &Row, year: usize, facts: &[&Fact]) {
        let (Some(new), Some(first)) = (row.amounts[year], facts.first()) else { return };
        // What counts a unit that the spec does not have is no amount of its others.
        if row.entries.iter().any(|entry| self.is_of_unknown_unit(*entry)) {
            return;
        }
        let terms = facts.iter().map(|fact| [Some(fact.this), fact.last, fact.executed][year]);
        let known: Vec<_> = terms.flatten().collect();
        let unfilled = known.iter().any(|term| term.unfilled);
        let sum: Money = known.iter().map(|term| term.amount).sum();
        // Transfers count less than nothing.
        let sum = if first.account == Account::Internal { -sum } else { sum };
        let slack = row.entries.iter().filter_map(|entry| self.reading.solution.slack.get(entry * YEARS + year));
        if !unfilled && (sum - new).abs() <= slack.copied().sum() && (!known.is_empty() || new.is_zero()) {
            return;
        }
        let figure = new.in_unit(self.budget.spec.unit).to_string();
        let edit = match facts {
            [fact] => fact.this.place.and_then(|place| self.spec.set(place, KEYS[year], &figure)),
            _ => None,
        };
        match edit {
            // An amount by economic division is one by category as well.
            Some(edit) if self.edits.contains(&edit) => {}
            Some(edit) => self.edits.push(edit),
            None => self.remarks.push(self.unsplit(row, year, (new, (!unfilled).then_some(sum)), facts)),
        }
    }

    /// Returns the remark on an amount that the spec has in several entries, or shares by an alias.
    fn unsplit(&self, row: &Row, year: usize, (new, sum): (Money, Option<Money>), facts: &[&Fact]) -> Remark {
        let unit = self.budget.spec.unit;
        let lines: Vec<String> =
            facts.iter().filter_map(|fact| fact.this.place).map(|place| place.line.to_string()).collect();
        let [zh, en] = [["本年", "this year's"], ["上年", "last year's"], ["上年执行", "last year's outcome"]][year];
        let name = unit.name();
        let new = new.in_unit(unit);
        let sum = sum.map_or_else(|| "待填".to_owned(), |sum| format!("{}{name}", sum.in_unit(unit)));
        Remark {
            weight: Weight::Warning,
            place: self
                .reading
                .solution
                .place(&row.entries, year)
                .and_then(|at| Remark::at(Weight::Warning, at, "", "").place),
            message: Bilingual::new(
                format!(
                    "{zh}数没有更新：工作簿中为 {new}{name}，没有分开；数据文件中合计为 {sum}（数据文件第 {} 行）",
                    lines.join("、")
                ),
                format!(
                    "{en} amount is not brought in: the workbook has {new} {name} and does not tell its parts, the spec sums to {sum} (its lines {})",
                    lines.join(", ")
                ),
            ),
        }
    }

    fn add(&mut self, row: &Row, writer: &Writer<'_>) {
        // Units that cells name have their remarks there.
        if row.entries.iter().any(|entry| self.is_of_unknown_unit(*entry)) {
            return;
        }
        let entry = writer.entry(row);
        if writer.names_units && entry.account != Account::Internal && self.units[entry.unit].is_none() {
            let name = &self.reading.names.units[entry.unit];
            let message = Bilingual::new(
                format!("数据文件中没有单位“{name}”，它的金额没有读取；请先写在 department.units 下"),
                format!(
                    "the spec has no unit {name}, whose amounts are not brought in: write it below department.units"
                ),
            );
            let remark = Remark { weight: Weight::Warning, place: None, message };
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
            return;
        }
        let rows = self.added.entry(writer.list(row)).or_default();
        let tall = entry.project.is_some();
        let fields = match tall {
            true => {
                let is_free = |id: &String| self.budget.project(id).is_none();
                let ids = (rows.len() + 1..).map(|number| format!("new_project{number}"));
                writer.project_fields(row, &ids.into_iter().find(is_free).unwrap_or_default())
            }
            false => writer.fields(row),
        };
        rows.push(NewRow { fields, tall });
        self.new.push(row.clone());
    }

    fn finish(self, text: &str, gone: Vec<Place>, writer: &Writer<'_>) -> Result<Renewed, ImportError> {
        let Renewal { spec, mut edits, new, mut added, mut remarks, reading, .. } = self;
        let is_new = |fields: &Vec<String>| {
            let mut known = self.budget.spec.subjects.iter();
            known.all(|subject| fields[0] != format!("code: {}", subject.code.value))
        };
        let subjects = Writer::new(&self.budget.profile, reading).unknown_subjects(&new).into_iter().filter(is_new);
        let subjects: Vec<NewRow> = subjects.map(|fields| NewRow { fields, tall: false }).collect();
        if !subjects.is_empty() {
            added.insert("subjects", subjects);
        }
        for (list, rows) in added {
            match spec.add(list, &rows) {
                Some(edit) => edits.push(edit),
                None => remarks.push(Remark {
                    weight: Weight::Error,
                    place: None,
                    message: Bilingual::new(
                        format!("{list} 用“*”与别处共用，没有写入新的 {} 条", rows.len()),
                        format!("`{list}` is shared by `*`: {} new entries are not written", rows.len()),
                    ),
                }),
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        let gone = gone.into_iter().filter_map(|place| spec.moved(place, &edits)).collect();
        let gaps = writer.gap_remarks(&new);
        let remarks = reading.remarks.iter().cloned().chain(remarks).chain(gaps).collect();
        Ok(Renewed { text: apply(text, &edits), remarks, gone })
    }
}
