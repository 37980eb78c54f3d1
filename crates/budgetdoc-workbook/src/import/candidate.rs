//! Every entry that a spec could have for what the sheets name, and the budget of all of them.
//!
//! Each amount of the candidate is one yuan and its place is its number, so that the tables of this budget tell which
//! amounts every cell sums, by the very code that prints them.

use std::collections::BTreeMap;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
use budgetdoc_core::money::{Amount, Unit};
use budgetdoc_core::profile::{Account, Measure, Profile, RowAxis, YearOf};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::{
    BudgetUnit, CategoryRow, Department, EconomicRow, ExpenditureRow, FundRow, InternalRow, NamedSubject,
    ProcurementItem, Project, Spec,
};
use budgetdoc_core::subject::SubjectCode;
use budgetdoc_core::subject_table::SubjectTable;
use budgetdoc_document::Place;

use super::form::Form;
use super::funds;
use super::names::{Names, is_unnamed};
use super::sheet::Sheet;

/// The years of an entry: this one's amount, last year's, last year's outcome.
pub(super) const YEARS: usize = 3;

/// An entry, by the indices of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The list of the spec.
    pub account: Account,
    pub unit: usize,
    pub fund: usize,
    pub item: Option<SubjectCode>,
    pub economic: Option<SubjectCode>,
    pub kind: Option<usize>,
    /// Index among the categories of the account, or of basic expenditure.
    pub category: Option<usize>,
    pub project: Option<usize>,
    /// Index of a purchase.
    pub bought: Option<usize>,
}

/// The entries and their budget.
pub(super) struct Candidate {
    /// The entries.
    pub entries: Vec<Entry>,
    /// The budget of all of them.
    pub budget: Budget,
}

/// What the matched tables ask for.
struct Asked {
    last: bool,
    executed: bool,
    by_category: bool,
    economic: bool,
    /// Whether a table has projects by economic division.
    project_divisions: bool,
    projects: bool,
    purchases: bool,
    accounts: Vec<Account>,
    /// Which funds may have money.
    funds: Vec<bool>,
}

impl Candidate {
    /// Makes the candidate of a profile for the names of the sheets.
    ///
    /// # Errors
    /// The problems of the budget, such as an economic division that the profile puts in no category.
    pub fn new(
        profile: &Profile,
        year: u16,
        names: &Names,
        (sheets, forms): (&[Sheet<'_>], &[Form<'_>]),
        table: &SubjectTable,
    ) -> Result<Candidate, Error> {
        let asked = asked(profile, sheets, forms, names);
        let entries = entries(profile, names, &asked);
        let units = names.units.iter().enumerate();
        let units = units.map(|(index, name)| BudgetUnit::new(unit_id(names, index).into(), name.clone().into()));
        let department = Department::new("部门".to_owned().into(), units.collect());
        let mut spec = Spec::new(profile.name.clone().into(), year, department);
        spec.unit = Unit::Yuan;
        for ((classification, code), name) in &names.subjects {
            if table.name(*classification, *code, year).is_none() && !name.is_empty() {
                spec.subjects.push(NamedSubject::new((*code).into(), name.clone().into()));
            }
        }
        for (index, entry) in entries.iter().enumerate() {
            add(&mut spec, profile, names, (index, entry), &asked);
        }
        let budget = Budget::resolve(spec, profile.clone())?;
        Ok(Candidate { entries, budget })
    }
}

/// Returns, for each unit and fund, the numbers of what it brings in this year and of what is spent of it.
pub(super) fn sources_and_uses(entries: &[Entry]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut lists: BTreeMap<(usize, usize), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let (sources, uses) = lists.entry((entry.unit, entry.fund)).or_default();
        match entry.account {
            Account::Income | Account::BroughtForward => sources.push(index * YEARS),
            Account::Expenditure | Account::Basic | Account::Economic | Account::CarriedForward => {
                uses.push(index * YEARS);
            }
            Account::Internal
            | Account::Government
            | Account::ThreePublic
            | Account::Meetings
            | Account::Procurement
            | Account::Reserved => {}
        }
    }
    lists.into_values().collect()
}

/// Returns the id that a unit gets.
pub(super) fn unit_id(names: &Names, index: usize) -> String {
    if names.units.len() == 1 { "self".to_owned() } else { format!("unit{}", index + 1) }
}

/// Returns the number of an amount from its place.
pub(super) fn atom(place: Option<Place>) -> Option<usize> {
    usize::try_from(place?.line).ok()?.checked_sub(1)
}

fn asked(profile: &Profile, sheets: &[Sheet<'_>], forms: &[Form<'_>], names: &Names) -> Asked {
    let defs: Vec<_> = sheets.iter().filter_map(|sheet| profile.tables.get(forms[sheet.form].id)).collect();
    let measures: Vec<&Measure> = defs.iter().flat_map(|def| def.measures()).collect();
    let of_year =
        |years: [YearOf; 2]| measures.iter().any(|measure| measure.year.is_some_and(|year| years.contains(&year)));
    let axis = |axis: RowAxis| {
        sheets.iter().flat_map(|sheet| &forms[sheet.form].sides).any(|side| side.axes().contains(&axis))
    };
    let mut accounts: Vec<Account> = measures.iter().flat_map(|measure| measure.accounts.iter().copied()).collect();
    accounts.dedup();
    Asked {
        last: of_year([YearOf::Last, YearOf::Change]),
        executed: of_year([YearOf::Executed, YearOf::ChangeFromExecuted]),
        by_category: measures.iter().any(|measure| !measure.kinds.is_empty() && !measure.categories.is_empty()),
        economic: axis(RowAxis::Economic) && !names.divisions.is_empty(),
        project_divisions: defs.iter().any(|def| def.of.accounts == [Account::Economic] && def.of.kinds.is_empty()),
        projects: axis(RowAxis::Project) && !names.projects.is_empty(),
        purchases: !names.bought.is_empty(),
        accounts,
        funds: funds::with_money(sheets, forms, profile),
    }
}

fn entries(profile: &Profile, names: &Names, asked: &Asked) -> Vec<Entry> {
    let empty = Entry {
        account: Account::Expenditure,
        unit: 0,
        fund: 0,
        item: None,
        economic: None,
        kind: None,
        category: None,
        project: None,
        bought: None,
    };
    let categories = &profile.categories;
    let with = |account: Account| asked.accounts.contains(&account);
    let mut entries = Vec::new();
    for unit in 0..names.units.len() {
        let of_unit = Entry { unit, ..empty.clone() };
        for fund in 0..profile.funds.len() {
            let of_fund = Entry { fund, ..of_unit.clone() };
            for account in [Account::Income, Account::BroughtForward, Account::CarriedForward] {
                if with(account) {
                    entries.push(Entry { account, ..of_fund.clone() });
                }
            }
            if !asked.funds[fund] {
                continue;
            }
            for item in &names.items {
                let of_item = Entry { item: Some(*item), ..of_fund.clone() };
                for kind in 0..profile.kinds.len() {
                    let of_kind = Entry { kind: Some(kind), ..of_item.clone() };
                    match asked.by_category && kind == Profile::BASIC {
                        true => {
                            let by = (0..categories.basic.len()).map(Some);
                            entries.extend(by.map(|category| Entry { category, ..of_kind.clone() }));
                        }
                        false if kind == profile.project_kind() && asked.projects && !is_unnamed(*item) => {
                            let by = (0..names.projects.len()).map(Some);
                            entries.extend(by.map(|project| Entry { project, ..of_kind.clone() }));
                        }
                        false => entries.push(of_kind),
                    }
                }
            }
            if asked.economic {
                let account = Account::Economic;
                let kinds = [Some(Profile::BASIC), asked.project_divisions.then(|| profile.project_kind())];
                for kind in kinds.into_iter().flatten().map(Some) {
                    let of = |code: &SubjectCode| Entry { account, economic: Some(*code), kind, ..of_fund.clone() };
                    entries.extend(names.divisions.iter().map(of));
                }
            } else if with(Account::Basic) {
                let of = |category| Entry { account: Account::Basic, category: Some(category), ..of_fund.clone() };
                entries.extend((0..categories.basic.len()).map(of));
            }
        }
        for account in [Account::ThreePublic, Account::Meetings, Account::Procurement, Account::Reserved] {
            if with(account) && !(account == Account::Procurement && asked.purchases) {
                let of = |category| Entry { account, category: Some(category), ..of_unit.clone() };
                entries.extend((0..categories.of(account).len()).map(of));
            }
        }
    }
    if asked.purchases {
        let of = |(index, bought): (usize, &super::names::Bought)| Entry {
            account: Account::Procurement,
            category: Some(bought.category),
            economic: Some(bought.economic),
            bought: Some(index),
            ..empty.clone()
        };
        entries.extend(names.bought.iter().enumerate().map(of));
    }
    if names.units.len() > 1 && with(Account::Internal) {
        for fund in 0..profile.funds.len() {
            for item in &names.items {
                for kind in 0..profile.kinds.len() {
                    let (item, kind) = (Some(*item), Some(kind));
                    entries.push(Entry { account: Account::Internal, fund, item, kind, ..empty.clone() });
                }
            }
        }
    }
    // The form prints the rows of a project below each other.
    entries.sort_by_key(|entry| entry.project);
    entries
}

fn add(spec: &mut Spec, profile: &Profile, names: &Names, (index, entry): (usize, &Entry), asked: &Asked) {
    let place = |year: usize| Place { line: u32::try_from(index * YEARS + year + 1).unwrap_or(u32::MAX), column: 1 };
    let one = |year: usize| Located { value: Amount::from(1), place: Some(place(year)) };
    let (last, executed) = (asked.last.then(|| one(1)), asked.executed.then(|| one(2)));
    let unit = Some(Located::from(unit_id(names, entry.unit)));
    let fund = || Located::from(profile.funds[entry.fund].id.value.clone());
    let kind = || entry.kind.map(|kind| Located::from(profile.kinds[kind].id.value.clone()));
    let category = |account: Account| {
        let id = entry.category.and_then(|category| profile.categories.of(account).get(category));
        id.map(|category| Located::from(category.id.value.clone()))
    };
    let of_fund =
        |last, executed| FundRow { unit: unit.clone(), item: None, last, executed, ..FundRow::new(fund(), one(0)) };
    match entry.account {
        Account::Income => spec.income.push(of_fund(last, executed)),
        Account::BroughtForward => spec.brought_forward.push(of_fund(last, executed)),
        Account::CarriedForward => spec.carried_forward.push(of_fund(last, executed)),
        Account::Internal => {
            let (Some(item), Some(kind)) = (entry.item, kind()) else { return };
            let (from, to) = (unit_id(names, 0), unit_id(names, 1));
            let row = InternalRow::new(from.into(), to.into(), fund(), item.into(), kind, one(0));
            spec.internal.push(InternalRow { last, ..row });
        }
        Account::Expenditure => {
            let Some(item) = entry.item else { return };
            match entry.project {
                Some(project) => {
                    let id = format!("p{index}");
                    let row = Project::new(id.into(), names.projects[project].0.clone().into(), item.into(), one(0));
                    spec.projects.push(Project { unit, fund: Some(fund()), last, executed, ..row });
                }
                None => {
                    let row = ExpenditureRow::new(item.into(), one(0));
                    let category = category(Account::Basic);
                    spec.expenditure.push(ExpenditureRow {
                        unit,
                        fund: Some(fund()),
                        kind: kind(),
                        category,
                        last,
                        executed,
                        ..row
                    });
                }
            }
        }
        Account::Economic => {
            let Some(code) = entry.economic else { return };
            let row = EconomicRow::new(code.into(), one(0));
            spec.economic.push(EconomicRow { unit, fund: Some(fund()), kind: kind(), last, executed, ..row });
        }
        Account::Procurement if entry.bought.is_some() => {
            let Some(bought) = entry.bought.map(|bought| &names.bought[bought]) else { return };
            let Some(category) = category(Account::Procurement) else { return };
            let row = ProcurementItem::new(
                category,
                bought.project.clone().into(),
                bought.economic.into(),
                bought.name.clone().into(),
                one(0),
            );
            spec.procurement_items.push(ProcurementItem { unit, method: bought.method.clone().into(), ..row });
        }
        // The rows by economic division make it.
        Account::Government => {}
        account @ (Account::Basic
        | Account::ThreePublic
        | Account::Meetings
        | Account::Procurement
        | Account::Reserved) => {
            let Some(category) = category(account) else { return };
            let row = CategoryRow { unit, fund: Some(fund()), last, executed, ..CategoryRow::new(category, one(0)) };
            match account {
                Account::Basic => spec.basic.push(row),
                Account::ThreePublic => spec.three_public.push(row),
                Account::Meetings => spec.meetings.push(row),
                Account::Reserved => spec.reserved.push(row),
                Account::Procurement
                | Account::Income
                | Account::BroughtForward
                | Account::CarriedForward
                | Account::Internal
                | Account::Expenditure
                | Account::Economic
                | Account::Government => spec.procurement.push(row),
            }
        }
    }
}
