//! Makes a spec from the sheets of a workbook, by reading the tables of a profile backwards.

mod amount;
mod candidate;
mod equation;
mod form;
mod funds;
mod identity;
mod into;
mod key;
mod last_year;
mod names;
mod performance;
mod remark;
mod sheet;
mod solve;
mod text;
mod write;

use std::collections::BTreeSet;

use budgetdoc_core::error::Error;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::Profile;

use crate::book::Book;
use crate::words::year_in;
use candidate::{Candidate, Entry, YEARS};
use identity::Identity;
pub use into::{Renewed, import_into};
use names::Names;
use performance::Targets;
pub use remark::{Remark, Weight};
use solve::Solution;
use text::Texts;
use write::Writer;

/// A spec made from a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The spec. What the sheets do not tell says 待填.
    pub text: String,
    /// What is to be known about it, in the order of the sheets.
    pub remarks: Vec<Remark>,
}

impl Import {
    /// Returns whether a cell holds no amount where one belongs: the spec is not to be used.
    pub fn is_faulty(&self) -> bool {
        self.remarks.iter().any(|remark| remark.weight == Weight::Fault)
    }
}

/// Why a workbook makes no spec.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// None of its sheets holds a table of the profile.
    #[error("{}", .0.en)]
    NoTables(Bilingual),
    /// It is of another year than the spec it is brought into.
    #[error("{}", .0.en)]
    OtherYear(Bilingual),
    /// The budget of what the sheets name has problems, such as a subject that the profile has no category for.
    #[error(transparent)]
    Budget(#[from] Error),
}

/// Makes a spec from the sheets of `book`, which hold the tables of `profile`.
///
/// Each sheet is held against the profile's tables by title and head, and each of its rows against theirs by code or
/// name. What a cell sums is known from the table; the most detailed cells tell the amounts of the spec, and all others
/// are compared with these. `year` is the fiscal year where the sheets do not tell it. `last` is the workbook of the
/// year before, whose amounts become last year's.
///
/// # Errors
/// A workbook without a table of the profile.
pub fn import(book: &Book, profile: &Profile, year: Option<u16>, last: Option<&Book>) -> Result<Import, ImportError> {
    let mut reading = read(book, profile, year)?;
    // Who tells the year knows that the titles have another one.
    let years = reading.identity.year_remarks().iter().filter(|_| year.is_none());
    let bodies = reading.identity.body_remarks(&reading.bodies(), ("第一张表", "the first one is"));
    let told: Vec<Remark> = years.cloned().chain(bodies).chain(reading.identity.missing_remark()).collect();
    reading.remarks.extend(told);
    if let Some(last) = last {
        let last = read(last, profile, Some(reading.year.saturating_sub(1)))?;
        last_year::add(&mut reading, last, profile);
    }
    let writer = Writer::new(profile, &reading);
    let mut gaps = writer.gap_remarks(&writer.written_rows());
    gaps.extend(reading.targets.iter().flat_map(Targets::gap_remarks));
    gaps.extend(reading.nameless_remark());
    let text = writer.write();
    reading.remarks.extend(gaps);
    Ok(Import { text, remarks: reading.remarks })
}

/// What was read from a workbook.
struct Reading {
    year: u16,
    identity: Identity,
    names: Names,
    entries: Vec<Entry>,
    solution: Solution,
    texts: Texts,
    targets: Option<Targets>,
    remarks: Vec<Remark>,
}

impl Reading {
    /// Returns the remark on tables that name no body.
    fn nameless_remark(&self) -> Option<Remark> {
        let message = Bilingual::new(
            "表上没有写部门（如“编制部门：某局”），department 的名称写了“待填”，请补上",
            "no table says whose it is (编制部门：…): the name of the department is 待填, fill it in",
        );
        self.identity.body().is_none().then_some(Remark { weight: Weight::Warning, place: None, message })
    }

    /// Returns the names that its tables may have above their heads: that of the first one, and those of the units.
    fn bodies(&self) -> Vec<&str> {
        self.identity.body().into_iter().chain(self.names.units.iter().map(String::as_str)).collect()
    }
}

fn read(book: &Book, profile: &Profile, year: Option<u16>) -> Result<Reading, ImportError> {
    let table = &*profile.subject_table();
    let year = year.or_else(|| year_of(book)).or_else(|| year_in_name(&profile.name)).unwrap_or(2025);
    let forms = form::forms(profile, year);
    let mut targets = None;
    let (mut sheets, mut texts, mut remarks) = (Vec::<sheet::Sheet<'_>>::new(), Texts::default(), Vec::new());
    for grid in &book.grids {
        match sheet::find(grid, &forms) {
            Some(sheet) => match sheets.iter().find(|other| other.form == sheet.form) {
                Some(other) => remarks.push(Remark::sheet(
                    Weight::Warning,
                    &grid.name,
                    format!("没有读取：与“{}”是同一张表", other.grid.name),
                    format!("not read: it is the same table as {}", other.grid.name),
                )),
                None => sheets.push(sheet),
            },
            None if texts.read(grid, profile, year, &mut remarks) || grid.cells.is_empty() => {}
            None if targets.is_none() && performance::labels(profile, &grid.name, year).is_some() => {
                let labels = performance::labels(profile, &grid.name, year);
                targets = labels.and_then(|labels| performance::read(grid, &labels, profile.table_amounts.unit));
                if targets.is_none() {
                    let (zh, en) = (
                        "绩效目标没有读取：没有找到任务和指标的表头",
                        "performance targets are not read: the heads of tasks and indicators are not there",
                    );
                    remarks.push(Remark::sheet(Weight::Warning, &grid.name, zh, en));
                }
            }
            None => remarks.push(Remark::sheet(
                Weight::Warning,
                &grid.name,
                "没有读取：版式中没有这张表",
                "not read: the profile has no such table",
            )),
        }
    }
    for name in &book.hidden {
        let (zh, en) = ("没有读取：工作表是隐藏的", "not read: the sheet is hidden");
        remarks.push(Remark::sheet(Weight::Note, name, zh, en));
    }
    if sheets.is_empty() {
        return Err(ImportError::NoTables(Bilingual::new(
            format!("工作簿中没有找到版式 {} 的表；请检查 --profile", profile.name),
            format!("no sheet holds a table of the profile {}: check --profile", profile.name),
        )));
    }
    let identity = Identity::of(&sheets, &forms, year);
    let mut names = Names::of(&sheets, &forms, profile, table, year);
    if names.units.is_empty() {
        names.units.push(identity.body().unwrap_or("待填").to_owned());
    }
    let candidate = Candidate::new(profile, year, &names, (&sheets, &forms), table)?;
    let tables = candidate.budget.compose_tables()?;
    let mut equations = Vec::new();
    for sheet in &sheets {
        let form = &forms[sheet.form];
        let composed = tables.iter().find(|(id, _)| *id == form.id);
        if let Some((value, (_, composed))) = candidate.budget.table(form.id).zip(composed) {
            equation::add(sheet, form, (&value, composed), &mut equations, &mut remarks);
        }
    }
    let solution =
        Solution::of(&mut equations, candidate.entries.len() * YEARS, &candidate::sources_and_uses(&candidate.entries));
    solution.compare(&equations, &mut remarks);
    let entries = candidate.entries;
    if let Some(targets) = &mut targets {
        let amounts = amounts_of_projects(&names, &entries, &solution);
        targets.find_projects(&names, &amounts, profile.table_amounts.unit, &mut remarks);
    }
    Ok(Reading { year, identity, names, entries, solution, texts, targets, remarks })
}

/// Returns this year's amounts of the projects; none where the sheets lack one of them.
fn amounts_of_projects(names: &Names, entries: &[Entry], solution: &Solution) -> Vec<Option<Money>> {
    let mut amounts = vec![Some(Money::ZERO); names.projects.len()];
    let mut add = |project: usize, amount: Option<Money>| {
        amounts[project] = amounts[project].zip(amount).map(|(sum, amount)| sum + amount);
    };
    // What is not separated may be of one project all the same.
    let mut together = BTreeSet::new();
    for sum in solution.unsplit.iter().filter(|sum| sum.atoms[0] % YEARS == 0) {
        let mut projects = sum.atoms.iter().map(|atom| entries[atom / YEARS].project);
        if let Some(Some(project)) = projects.next()
            && projects.all(|other| other == Some(project))
        {
            add(project, Some(sum.amount));
            together.extend(sum.atoms.iter().map(|atom| atom / YEARS));
        }
    }
    let alone = entries.iter().enumerate().filter(|(index, _)| !together.contains(index));
    for (index, project) in alone.filter_map(|(index, entry)| Some((index, entry.project?))) {
        add(project, solution.amounts[index * YEARS]);
    }
    amounts
}

/// Returns the fiscal year that the first sheets name.
fn year_of(book: &Book) -> Option<u16> {
    let titles = book.grids.iter().flat_map(|grid| {
        let top = grid.cells.keys().filter(|spot| spot.0 < 12).map(|spot| grid.text(*spot));
        std::iter::once(grid.name.clone()).chain(top.filter(|text| text.chars().count() < 60))
    });
    // Heads name last year too, the later one is that of the budget.
    let years: Vec<u16> = titles.filter_map(|text| year_in(&text)).collect();
    years.into_iter().max()
}

fn year_in_name(name: &str) -> Option<u16> {
    name.rsplit('/').next()?.get(..4)?.parse().ok()
}
