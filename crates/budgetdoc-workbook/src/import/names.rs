//! Everything that the sheets name: units, subjects, projects, purchases.

use std::collections::{BTreeMap, BTreeSet};

use budgetdoc_core::profile::{Profile, RowAxis, RowFieldName, RowsDef, Show};
use budgetdoc_core::subject::{Classification, Level, SubjectCode};
use budgetdoc_core::subject_table::SubjectTable;

use super::form::{Form, FormSide};
use super::key::{Above, Key};
use super::sheet::Sheet;
use crate::grid::{Grid, Spot, Value};
use crate::words::{loose, plain, without_number};

/// The digits behind a class of the item that stands for those that no sheet names; no item has them.
const UNNAMED: &str = "0000";

/// The name of a subject that neither the sheets nor the table of subjects name.
pub(super) const UNKNOWN_NAME: &str = "科目不明";

/// Returns whether an item stands for those that no sheet names.
pub(super) fn is_unnamed(item: SubjectCode) -> bool {
    item.as_str().ends_with(UNNAMED)
}

/// A purchase.
pub(super) struct Bought {
    /// Index of its category in the profile.
    pub category: usize,
    /// The project that pays.
    pub project: String,
    /// The economic division.
    pub economic: SubjectCode,
    /// What is bought.
    pub name: String,
    /// How it is bought.
    pub method: String,
}

/// The names of all sheets.
#[derive(Default)]
pub(super) struct Names {
    /// Budget units in their order.
    pub units: Vec<String>,
    /// The sheet and cell that first names each of them; none where no table is by unit.
    pub unit_cells: Vec<(String, Spot)>,
    /// Functional items, and for each class one that stands for items that no sheet names.
    pub items: BTreeSet<SubjectCode>,
    /// Economic divisions.
    pub divisions: BTreeSet<SubjectCode>,
    /// Names of subjects by classification and code.
    pub subjects: BTreeMap<(Classification, SubjectCode), String>,
    /// Projects in their order, each with its goal.
    pub projects: Vec<(String, String)>,
    /// Projects of the performance part, in its order.
    pub key_projects: Vec<String>,
    /// Purchases in their order.
    pub bought: Vec<Bought>,
}

/// Returns the names of the rows of a sheet's side, each with its row. Rows that repeat the head are left out.
pub(super) fn rows(sheet: &Sheet<'_>, form: &Form<'_>, side: &FormSide<'_>) -> Vec<(u32, Key)> {
    let mut above = Above::default();
    let mut rows = Vec::new();
    for row in sheet.first_row..sheet.grid.size().0 {
        if repeats_head(sheet, row) {
            continue;
        }
        let at = |column: usize| {
            let place = sheet.columns[column]?;
            let (top, left) = sheet.grid.origin((row, place));
            (top == row).then(|| (left, sheet.grid.text((top, left))))
        };
        rows.push((row, Key::of(form, side.columns.clone(), at, &mut above)));
    }
    rows
}

fn repeats_head(sheet: &Sheet<'_>, row: u32) -> bool {
    let mut texts = cells_of(sheet.grid, row).peekable();
    texts.peek().is_some()
        && texts.all(|(_, value)| match value {
            Value::Text(text) => sheet.head.contains(&loose(text)),
            Value::Number(_) | Value::Percent(_) | Value::Date(_) | Value::Error(_) | Value::Uncomputed => false,
        })
}

/// Returns the cells of a row.
pub(super) fn cells_of(grid: &Grid, row: u32) -> impl Iterator<Item = (u32, &Value)> {
    grid.cells.range((row, 0)..(row + 1, 0)).map(|(spot, value)| (spot.1, value))
}

impl Names {
    /// Collects what the sheets name.
    pub fn of(sheets: &[Sheet<'_>], forms: &[Form<'_>], profile: &Profile, table: &SubjectTable, year: u16) -> Names {
        let mut names = Names::default();
        // Codes first: what a name stands for is looked up among them.
        for coded in [true, false] {
            for sheet in sheets {
                let form = &forms[sheet.form];
                for side in &form.sides {
                    names.add(sheet, form, side, (profile, table, year), coded);
                }
            }
        }
        names.add_unnamed_items(sheets, forms);
        names
    }

    /// Adds an item to each functional class: a table of all funds prints classes, those by item some funds only.
    fn add_unnamed_items(&mut self, sheets: &[Sheet<'_>], forms: &[Form<'_>]) {
        let functional =
            self.subjects.keys().filter(|(of, _)| *of == Classification::Functional).map(|(_, code)| *code);
        let lines = sheets.iter().flat_map(|sheet| &forms[sheet.form].sides).flat_map(|side| match side.rows {
            RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => lines.as_slice(),
            RowsDef::Each(_) => &[],
        });
        let classes = functional.chain(lines.flat_map(|line| line.of.subjects.iter().copied()));
        let classes: BTreeSet<SubjectCode> = classes.map(|code| code.ancestor(Level::Class)).collect();
        for class in classes {
            if let Ok(item) = format!("{class}{UNNAMED}").parse::<SubjectCode>() {
                self.items.insert(item);
            }
        }
        // A spec has to name every subject and those above it; the table of subjects knows most.
        let items = self.items.iter().map(|code| (Classification::Functional, *code));
        let codes: Vec<_> = items.chain(self.divisions.iter().map(|code| (Classification::Economic, *code))).collect();
        for (classification, code) in codes {
            for level in Level::ALL.into_iter().filter(|level| *level <= code.level()) {
                let names = self.subjects.entry((classification, code.ancestor(level)));
                names.or_insert_with(|| UNKNOWN_NAME.to_owned());
            }
        }
    }

    fn add(
        &mut self,
        sheet: &Sheet<'_>,
        form: &Form<'_>,
        side: &FormSide<'_>,
        (profile, table, year): (&Profile, &SubjectTable, u16),
        coded: bool,
    ) {
        let axes = side.axes();
        let is_economic = axes.contains(&RowAxis::Economic);
        let is_functional = axes.contains(&RowAxis::Function) || axes.contains(&RowAxis::FunctionClass);
        let by_unit = axes.contains(&RowAxis::Unit) || matches!(side.rows, RowsDef::UnitLines(_));
        let is_total = |words: &str| form.total.is_some_and(|total| plain(total) == plain(words));
        if axes.contains(&RowAxis::Procurement) {
            if coded {
                self.add_bought(sheet, (profile, table, year));
            }
            return;
        }
        let mut within: Option<SubjectCode> = None;
        for (row, key) in rows(sheet, form, side) {
            let has_amount = has_amount(sheet, form, row);
            if key.names_unit
                && by_unit
                && has_amount
                && !is_total(&key.unit)
                && coded
                && !self.units.contains(&key.unit)
            {
                let is_it = |(_, value): &(u32, &Value)| text_of(value).is_some_and(|text| text.trim() == key.unit);
                let column = cells_of(sheet.grid, row).find(is_it).map_or(0, |(column, _)| column);
                self.unit_cells.push((sheet.grid.name.clone(), (row, column)));
                self.units.push(key.unit.clone());
            }
            let classification = if is_economic { Classification::Economic } else { Classification::Functional };
            if (is_economic || is_functional)
                && coded
                && let Ok(code) = key.code.parse::<SubjectCode>()
            {
                self.add_code(classification, code, &key.name);
            }
            if is_functional && !coded && key.code.is_empty() && !key.name.is_empty() {
                let found = self.look_up(&key.name, within, table, year);
                within = found.or(within);
                if let Some(code) = found {
                    self.add_code(classification, code, without_number(&plain(&key.name)));
                }
            }
            let name = key.name.clone();
            if coded && has_amount && !is_total(&name) && is_filled(&name) {
                if axes.contains(&RowAxis::Project) && !self.projects.iter().any(|(known, _)| *known == name) {
                    self.projects.push((name.clone(), String::new()));
                }
                if axes.contains(&RowAxis::KeyProject) {
                    self.add_goal(sheet, form, row, &name);
                }
            }
        }
    }

    fn add_code(&mut self, classification: Classification, code: SubjectCode, name: &str) {
        match (classification, code.level()) {
            (Classification::Functional, Level::Item) => {
                self.items.insert(code);
            }
            (Classification::Economic, Level::Division) => {
                self.divisions.insert(code);
            }
            (Classification::Functional | Classification::Economic, _) => {}
        }
        self.subjects.entry((classification, code)).or_insert_with(|| name.trim().to_owned());
    }

    /// Finds the functional subject of a name: one of the sheets, or of the table of subjects below the one before it.
    fn look_up(&self, name: &str, within: Option<SubjectCode>, table: &SubjectTable, year: u16) -> Option<SubjectCode> {
        let name = without_number(&plain(name)).to_owned();
        let known =
            self.subjects.iter().filter(|((of, _), words)| *of == Classification::Functional && plain(words) == name);
        let known: Vec<SubjectCode> = known.map(|((_, code), _)| *code).collect();
        let lines = table.lines().iter().filter(|line| {
            line.classification == Classification::Functional && line.years.contains(year) && plain(&line.name) == name
        });
        let all: Vec<SubjectCode> = if known.is_empty() { lines.map(|line| line.code).collect() } else { known };
        let below = |level: Level| {
            let above = within.map(|within| within.ancestor(level));
            all.iter().copied().find(|code| above.is_some_and(|above| code.is_within(above) && *code != above))
        };
        let class = || all.iter().copied().find(|code| code.level() == Level::Class);
        below(Level::Division).or_else(|| below(Level::Class)).or_else(class)
    }

    fn add_goal(&mut self, sheet: &Sheet<'_>, form: &Form<'_>, row: u32, name: &str) {
        let goal = form.columns.iter().zip(&sheet.columns).find_map(|(column, place)| match column.show {
            Show::Field(RowFieldName::Goal) => Some(sheet.grid.seen((row, (*place)?))),
            Show::Field(_) | Show::NumberedName | Show::Sum(_) | Show::Share(_) => None,
        });
        let goal = goal.unwrap_or_default();
        match self.projects.iter_mut().find(|(known, _)| plain(known) == plain(name)) {
            Some((_, known)) => *known = goal,
            None => self.projects.push((name.to_owned(), goal)),
        }
        if !self.key_projects.iter().any(|known| known == name) {
            self.key_projects.push(name.to_owned());
        }
    }

    /// Reads purchases by what the words of a row are, not by their columns: exported tables lose empty cells.
    fn add_bought(&mut self, sheet: &Sheet<'_>, (profile, table, year): (&Profile, &SubjectTable, u16)) {
        let categories = &profile.categories.procurement;
        let (mut category, mut project) = (None, None);
        for row in sheet.first_row..sheet.grid.size().0 {
            let texts: Vec<&String> = cells_of(sheet.grid, row).filter_map(|(_, value)| text_of(value)).collect();
            let Some(first) = texts.first() else { continue };
            let bare = loose(first);
            if let Some(found) = categories.iter().position(|category| bare.starts_with(&loose(&category.name))) {
                category = Some(found);
                continue;
            }
            let division = texts.iter().skip(1).find_map(|words| division(words, profile, table, year));
            match (division, category, &project) {
                (Some(code), _, _) => project = Some((tidy(first), code)),
                (None, Some(category), Some((project, economic))) => self.bought.push(Bought {
                    category,
                    project: project.clone(),
                    economic: *economic,
                    name: tidy(first),
                    method: texts.get(1).map(|words| tidy(words)).unwrap_or_default(),
                }),
                (None, _, _) => {}
            }
        }
    }
}

/// Takes out the blanks between Chinese characters that line breaks leave behind.
fn tidy(words: &str) -> String {
    let letters: Vec<char> = words.trim().chars().collect();
    let is_gap = |index: usize| {
        letters[index].is_whitespace()
            && [index.checked_sub(1), Some(index + 1)]
                .into_iter()
                .flatten()
                .all(|near| letters.get(near).is_some_and(|letter| !letter.is_ascii_graphic()))
    };
    (0..letters.len()).filter(|index| !is_gap(*index)).map(|index| letters[index]).collect()
}

fn text_of(value: &Value) -> Option<&String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Number(_) | Value::Percent(_) | Value::Date(_) | Value::Error(_) | Value::Uncomputed => None,
    }
}

/// Returns the economic division of a name, one of the profile's classes of basic expenditure before others.
fn division(name: &str, profile: &Profile, table: &SubjectTable, year: u16) -> Option<SubjectCode> {
    let is_it = |line: &&budgetdoc_core::subject_table::Subject| {
        line.classification == Classification::Economic
            && line.code.level() == Level::Division
            && line.years.contains(year)
            && plain(&line.name) == plain(name)
    };
    let found = table.lines().iter().filter(is_it).map(|line| line.code);
    let classes: Vec<&SubjectCode> = profile.categories.basic.iter().flat_map(|category| &category.economic).collect();
    // Of two with one name the later class is meant: 309 is construction that the planning office arranges.
    found.max_by_key(|code| (classes.iter().any(|class| code.is_within(**class)), *code))
}

/// Returns whether words say something, unlike the … of a template.
pub(super) fn is_filled(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

/// Returns whether one of the columns of amounts holds something.
fn has_amount(sheet: &Sheet<'_>, form: &Form<'_>, row: u32) -> bool {
    let mut places = form.columns.iter().zip(&sheet.columns).filter(|(column, _)| column.is_sum());
    places.any(|(_, place)| place.is_some_and(|place| sheet.grid.cells.contains_key(&(row, place))))
}
