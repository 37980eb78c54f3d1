//! The rows of a table before their cells: names and facts of each.

use super::{CellValue, CellWords};
use crate::budget::{Budget, Filter, Scope};
use crate::profile::{Account, ColumnDef, Line, Measure, RowAxis, RowFieldName, RowsDef, Show, TotalRow};
use crate::source::Located;
use crate::subject::{Level, SubjectCode};
use budgetdoc_document::Place;

/// Words of the spec and their place.
type PlacedWords = Option<(String, Option<Place>)>;

/// The names of a row and the facts it sums.
#[derive(Clone, Default)]
pub(super) struct RowKey {
    pub unit_name: PlacedWords,
    pub unit_covered: bool,
    pub unit_code: PlacedWords,
    /// The code of the unit, in a table whose codes and names are those of units as well.
    pub code_of_unit: PlacedWords,
    pub project_unit: PlacedWords,
    pub project_code: PlacedWords,
    pub project_category: Option<String>,
    /// The functional item of the project.
    pub project_item: Option<(SubjectCode, String)>,
    pub code: Option<SubjectCode>,
    pub name: Option<(CellWords, Option<Place>)>,
    pub level: u8,
    /// Number of levels of rows above it.
    pub depth: u8,
    /// Whether it has rows of another axis below it.
    pub has_rows_below: bool,
    pub group: Option<String>,
    pub group_covered: bool,
    pub ordinal: Option<usize>,
    pub goal: PlacedWords,
    /// Its number among the rows of the table, without total and rows that head others.
    pub number: Option<usize>,
    pub bought: Bought,
    pub filter: Filter,
    pub scope: Scope,
    /// Whether it is the total row, whose name covers the columns before the first figure.
    pub total: bool,
}

/// The columns of a row of procurement.
#[derive(Clone, Default)]
pub(super) struct Bought {
    pub category: PlacedWords,
    pub project: PlacedWords,
    pub economic: PlacedWords,
    pub name: PlacedWords,
    pub method: PlacedWords,
}

impl RowKey {
    /// Makes the total row.
    pub(super) fn of_all(budget: &Budget, total: &TotalRow) -> RowKey {
        RowKey { total: true, ..RowKey::of_line(budget, &total.name, 0, &total.of) }
    }

    pub(super) fn of_line(budget: &Budget, name: &str, level: u8, of: &Measure) -> RowKey {
        RowKey {
            name: Some((CellWords::Template(name.to_owned()), None)),
            level,
            filter: budget.cube.filter(of),
            ..RowKey::default()
        }
    }

    /// Moves the unit's name to the column of those of subjects, which are one level below, and its code to that of theirs
    /// or to all rows of the unit.
    fn name_after_unit(&mut self, budget: &Budget, has_codes: bool) {
        if self.name.is_none() {
            self.name = self.unit_name.clone().map(|(name, place)| (CellWords::Literal(name), place));
            self.code_of_unit = self.unit_code.clone().filter(|_| !has_codes);
        }
        let unit = self.scope.unit.map(|unit| &budget.spec.department.units[unit]);
        self.unit_code = unit.and_then(|unit| unit.code.as_ref()).and_then(placed_words);
        self.level += std::mem::take(&mut self.depth);
    }

    pub(super) fn name_cell(&self) -> CellValue {
        match &self.name {
            Some((text, place)) => CellValue::Words { text: text.clone(), level: self.level, place: *place },
            None => CellValue::Blank,
        }
    }
}

/// Lists the rows of a table or of one side of it. Units have their names in the column of those of subjects where the
/// table has no other for them.
pub(super) fn keys(budget: &Budget, columns: &[ColumnDef], rows: &RowsDef, base: &Filter) -> Vec<RowKey> {
    let shows = |wanted: RowFieldName| {
        columns.iter().any(|column| match column.show {
            Show::Field(field) => field == wanted,
            Show::NumberedName | Show::Sum(_) | Show::Share(_) => false,
        })
    };
    let mut keys = listed(budget, rows, base);
    if !shows(RowFieldName::Unit) && matches!(rows, RowsDef::Each(axes) if axes.contains(&RowAxis::Unit)) {
        let has_codes = shows(RowFieldName::UnitCode);
        keys.iter_mut().for_each(|key| key.name_after_unit(budget, has_codes));
    }
    keys
}

fn listed(budget: &Budget, rows: &RowsDef, base: &Filter) -> Vec<RowKey> {
    let of_line =
        |line: &Line| RowKey { group: line.group.clone(), ..RowKey::of_line(budget, &line.name, line.level, &line.of) };
    let is_there = |line: &&Line, scope: &Scope| !line.optional || has_figures(budget, base, &line.of, scope);
    match rows {
        RowsDef::Lines(lines) => {
            let here = lines.iter().filter(|line| is_there(line, &Scope::default()));
            let mut keys: Vec<RowKey> = here.map(of_line).collect();
            for index in 1..keys.len() {
                keys[index].group_covered = keys[index].group.is_some() && keys[index].group == keys[index - 1].group;
            }
            keys
        }
        RowsDef::UnitLines(lines) => {
            let mut keys = Vec::new();
            for unit in units(budget) {
                let here = lines.iter().filter(|line| is_there(line, &unit.scope));
                for (index, line) in here.enumerate() {
                    let unit_name = unit.unit_name.clone().filter(|_| index == 0);
                    let unit_code = unit.unit_code.clone().filter(|_| index == 0);
                    keys.push(RowKey {
                        unit_name,
                        unit_code,
                        unit_covered: index > 0,
                        scope: unit.scope,
                        ..of_line(line)
                    });
                }
            }
            keys
        }
        RowsDef::Each(axes) => {
            let mut keys = Vec::new();
            add_nested_keys(budget, axes, base, &RowKey::default(), &mut keys);
            keys
        }
    }
}

/// Returns whether a line has figures other than zero, this year or last.
pub(super) fn has_figures(budget: &Budget, base: &Filter, of: &Measure, scope: &Scope) -> bool {
    let all = base.and(&budget.cube.filter(of));
    let mut terms = budget.cube.matching(&all, scope).flat_map(|fact| [Some(fact.this), fact.last]).flatten();
    terms.any(|term| term.unfilled || !term.amount.is_zero())
}

/// Lists the rows of the first axis, each followed by its rows of the axes below.
fn add_nested_keys(budget: &Budget, axes: &[RowAxis], base: &Filter, outer: &RowKey, keys: &mut Vec<RowKey>) {
    let Some((axis, inner)) = axes.split_first() else { return };
    for mut key in axis_keys(budget, *axis, base, outer.scope) {
        if outer.has_rows_below {
            key.depth += outer.depth + outer.level + 1;
        }
        key.has_rows_below = !inner.is_empty();
        keys.push(key.clone());
        add_nested_keys(budget, inner, base, &key, keys);
    }
}

fn axis_keys(budget: &Budget, axis: RowAxis, base: &Filter, scope: Scope) -> Vec<RowKey> {
    match axis {
        RowAxis::Unit => units(budget),
        RowAxis::Function => {
            let codes = budget.cube.subjects_of(base, &scope).into_iter();
            subjects(codes, |code| (budget.subjects.get(&code), Scope { subject: Some(code), ..scope }))
        }
        RowAxis::FunctionClass => {
            let codes = budget.cube.subjects_of(base, &scope).into_iter();
            let classes = codes.filter(|code| code.level() == Level::Class);
            subjects(classes, |code| (budget.subjects.get(&code), Scope { subject: Some(code), ..scope }))
        }
        RowAxis::Economic => {
            let codes = budget.cube.economic_of(base, &scope).into_iter();
            subjects(codes, |code| (budget.economic_name(code), Scope { economic: Some(code), ..scope }))
        }
        RowAxis::Category => {
            let categories = &budget.profile.categories;
            let accounts = Account::ALL.iter().filter(|account| base.allows_account(**account));
            let numbered = accounts.flat_map(|account| {
                let of_account = categories.of(*account).iter().enumerate();
                of_account.map(|(index, category)| (categories.number(*account, index), category))
            });
            numbered
                .map(|(number, category)| RowKey {
                    name: Some((CellWords::Literal(category.name.clone()), None)),
                    filter: Filter::default().of_category(number),
                    scope,
                    ..RowKey::default()
                })
                .collect()
        }
        RowAxis::Project => {
            let of = budget.cube.filter(&Measure { accounts: vec![Account::Expenditure], ..Measure::default() });
            let here =
                |index: &usize| budget.cube.matching(&of, &Scope { project: Some(*index), ..scope }).next().is_some();
            let of_unit = (0..budget.spec.projects.len()).filter(here);
            of_unit.map(|index| project(budget, index, scope)).collect()
        }
        RowAxis::KeyProject => budget.key_projects().into_iter().map(|index| project(budget, index, scope)).collect(),
        RowAxis::Procurement => procurement(budget, scope),
    }
}

fn units(budget: &Budget) -> Vec<RowKey> {
    let units = budget.spec.department.units.iter().enumerate();
    units
        .map(|(index, unit)| RowKey {
            unit_name: placed_words(&unit.name),
            unit_code: unit.code.as_ref().and_then(placed_words),
            scope: Scope { unit: Some(index), ..Scope::default() },
            ..RowKey::default()
        })
        .collect()
}

fn subjects<'a>(
    codes: impl Iterator<Item = SubjectCode>,
    of: impl Fn(SubjectCode) -> (Option<&'a String>, Scope),
) -> Vec<RowKey> {
    let mut class = 0;
    codes
        .map(|code| {
            class += usize::from(code.level() == Level::Class);
            let (name, scope) = of(code);
            RowKey {
                code: Some(code),
                name: Some((CellWords::Literal(name.cloned().unwrap_or_default()), None)),
                level: code.level().depth(),
                ordinal: (code.level() == Level::Class).then_some(class),
                scope,
                ..RowKey::default()
            }
        })
        .collect()
}

fn project(budget: &Budget, index: usize, scope: Scope) -> RowKey {
    let project = &budget.spec.projects[index];
    let unit = budget.project_unit(project);
    let item = project.item.value;
    RowKey {
        project_code: project.code.as_ref().and_then(placed_words),
        project_category: budget.project_category(project).map(str::to_owned),
        project_item: Some((item, budget.subjects.get(&item).cloned().unwrap_or_default())),
        project_unit: unit.and_then(|unit| placed_words(&unit.name)),
        name: Some((CellWords::Literal(project.name.value.clone()), project.name.place)),
        goal: placed_words(&project.goal),
        scope: Scope { project: Some(index), ..scope },
        ..RowKey::default()
    }
}

/// Lists a row for each kind of procurement, one for each project and economic division in it, one for each thing
/// bought.
fn procurement(budget: &Budget, scope: Scope) -> Vec<RowKey> {
    let categories = &budget.profile.categories;
    let items = &budget.spec.procurement_items;
    let mut keys = Vec::new();
    for (index, category) in categories.procurement.iter().enumerate() {
        let filter = Filter::default().of_category(categories.number(Account::Procurement, index));
        let of_account = Measure { accounts: vec![Account::Procurement], ..Measure::default() };
        let all = budget.cube.filter(&of_account).and(&filter);
        let mut entries: Vec<usize> = budget.cube.matching(&all, &scope).filter_map(|fact| fact.entry).collect();
        entries.sort_unstable();
        if entries.is_empty() {
            continue;
        }
        let key = |depth: u8, entries: (usize, usize), bought| RowKey {
            depth,
            bought,
            filter: filter.clone(),
            scope: Scope { entries: Some(entries), ..scope },
            ..RowKey::default()
        };
        let name = crate::numerals::label(&budget.profile.numbering.class, index + 1) + &category.name;
        keys.push(key(0, (0, items.len()), Bought { category: Some((name, None)), ..Bought::default() }));
        let same = |one: &usize, other: &usize| {
            let (one, other) = (&items[*one], &items[*other]);
            one.project.trim() == other.project.trim() && one.economic == other.economic
        };
        for group in entries.chunk_by(same) {
            let (first, last) = (group[0], group[group.len() - 1]);
            let economic = budget.economic.get(&items[first].economic.value).cloned().unwrap_or_default();
            let project = placed_words(&items[first].project);
            let bought = Bought { project, economic: Some((economic, None)), ..Bought::default() };
            keys.push(key(1, (first, last + 1), bought));
            for entry in group {
                let (name, method) = (placed_words(&items[*entry].name), placed_words(&items[*entry].method));
                keys.push(key(2, (*entry, entry + 1), Bought { name, method, ..Bought::default() }));
            }
        }
    }
    keys
}

fn placed_words(words: &Located<impl ToString>) -> PlacedWords {
    Some((words.value.to_string(), words.place))
}
