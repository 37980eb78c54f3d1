//! Last year's amounts from last year's workbook.

use std::collections::{BTreeMap, BTreeSet};

use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{Account, Profile};

use super::Reading;
use super::candidate::{Entry, YEARS};
use super::remark::{Remark, Weight};
use crate::words::plain;

/// What an entry is called in both years.
type Name = (Account, String, usize, [Option<String>; 4], Option<usize>);

fn name(entry: &Entry, reading: &Reading) -> Name {
    let names = &reading.names;
    // A department with one unit may call it otherwise than in the year before.
    let unit = if names.units.len() == 1 { String::new() } else { plain(&names.units[entry.unit]) };
    let project = entry.project.map(|project| plain(&names.projects[project].0));
    let codes = [entry.item, entry.economic].map(|code| code.map(|code| code.to_string()));
    let [item, economic] = codes;
    let kind = entry.kind.map(|kind| kind.to_string());
    (entry.account, unit, entry.fund, [item, economic, kind, project], entry.category)
}

/// Sets the amounts of `last` as last year's in `reading`. Entries of that year alone are added with nothing this year.
pub(super) fn add(reading: &mut Reading, last: Reading, profile: &Profile) {
    let bodies = last.identity.body_remarks(&reading.bodies(), ("本年的工作簿", "this year's workbook is"));
    let identity = last.identity.year_remarks().iter().cloned().chain(bodies).chain(last.identity.missing_remark());
    let sheets = last.remarks.iter().filter(|remark| remark.weight >= Weight::Error).cloned().chain(identity);
    reading.remarks.extend(sheets.map(|remark| {
        let place = match remark.place {
            Some(place) => format!("{}：{place}", last.year),
            None => last.year.to_string(),
        };
        Remark { place: Some(place), ..remark }
    }));
    let mut amounts: BTreeMap<Name, (Money, &Entry)> = BTreeMap::new();
    for (index, entry) in last.entries.iter().enumerate() {
        if let Some(amount) = last.solution.amounts[index * YEARS]
            && entry.bought.is_none()
        {
            amounts.insert(name(entry, &last), (amount, entry));
        }
    }
    // Where parts are not separated, a missing entry may be among them.
    let unsplit = last.solution.unsplit.iter().flat_map(|sum| &sum.atoms);
    let unsplit: BTreeSet<Account> = unsplit.map(|atom| last.entries[atom / YEARS].account).collect();
    let told: BTreeSet<Account> = amounts.keys().map(|name| name.0).collect();
    for index in 0..reading.entries.len() {
        let entry = &reading.entries[index];
        let own = name(entry, reading);
        let amount = amounts.remove(&own).map(|(amount, _)| amount);
        let nothing =
            (told.contains(&own.0) && !unsplit.contains(&own.0) && entry.bought.is_none()).then_some(Money::ZERO);
        let Some(amount) = amount.or(nothing) else { continue };
        let at = index * YEARS + 1;
        match reading.solution.amounts[at] {
            Some(known) if known != amount => {
                let unit = profile.table_amounts.unit;
                let (known, amount) = (known.in_unit(unit), amount.in_unit(unit));
                reading.remarks.push(differ(entry, profile, unit, &known.to_string(), &amount.to_string()));
            }
            Some(_) => {}
            None => reading.solution.amounts[at] = Some(amount),
        }
    }
    for (_, (amount, entry)) in amounts.into_iter().filter(|(_, (amount, _))| !amount.is_zero()) {
        add_ended(reading, &last, amount, entry);
    }
}

fn differ(entry: &Entry, profile: &Profile, unit: Unit, known: &str, amount: &str) -> Remark {
    let codes = [entry.item, entry.economic].into_iter().flatten().map(|code| code.to_string());
    let category = entry.category.and_then(|category| profile.categories.of(entry.account).get(category));
    let what = codes.chain(category.map(|category| category.name.clone())).collect::<Vec<_>>().join(" ");
    let (fund, unit) = (&profile.funds[entry.fund].name, unit.name());
    Remark {
        weight: Weight::Error,
        place: None,
        message: budgetdoc_core::lang::Bilingual::new(
            format!("上年数不符：{fund} {what}，本年的表中为 {known}{unit}，上年的工作簿中为 {amount}{unit}"),
            format!(
                "last year's amounts differ: {fund} {what} is {known} {unit} in this year's tables, {amount} {unit} in last year's workbook"
            ),
        ),
    }
}

/// Adds an entry that this year does not have.
fn add_ended(reading: &mut Reading, last: &Reading, amount: Money, entry: &Entry) {
    let unit = match reading.names.units.len() {
        1 if last.names.units.len() == 1 => Some(0),
        _ => reading.names.units.iter().position(|unit| plain(unit) == plain(&last.names.units[entry.unit])),
    };
    let Some(unit) = unit else {
        let name = &last.names.units[entry.unit];
        let zh = format!("上年的单位“{name}”本年没有，其上年数没有读取");
        let en = format!("the unit {name} is not there this year: its amounts of last year were not read");
        let message = budgetdoc_core::lang::Bilingual::new(zh, en);
        let remark = Remark { weight: Weight::Warning, place: None, message };
        if !reading.remarks.contains(&remark) {
            reading.remarks.push(remark);
        }
        return;
    };
    let project = entry.project.map(|project| {
        reading.names.projects.push((last.names.projects[project].0.clone(), String::new()));
        reading.names.projects.len() - 1
    });
    for code in last.names.subjects.iter() {
        reading.names.subjects.entry(*code.0).or_insert_with(|| code.1.clone());
    }
    reading.entries.push(Entry { unit, project, ..entry.clone() });
    reading.solution.amounts.extend([Some(Money::ZERO), Some(amount), None]);
    reading.solution.cells.extend([const { None }; YEARS]);
}
