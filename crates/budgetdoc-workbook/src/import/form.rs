//! The tables of a profile as sheets are held against them.

use std::ops::Range;

use budgetdoc_core::money::AmountFormat;
use budgetdoc_core::profile::{
    Account, ColumnDef, Measure, Profile, RowAxis, RowFieldName, RowsDef, Show, TableContent, TableDef,
};

use crate::words::Words;

/// A table of figures.
pub(super) struct Form<'a> {
    /// Its id in the profile.
    pub id: &'a str,
    /// Its title; empty for a table in the flow of text.
    pub title: String,
    /// Its columns.
    pub columns: Vec<FormColumn<'a>>,
    /// Its lists side by side; one where they are not.
    pub sides: Vec<FormSide<'a>>,
    /// The words of its total row.
    pub total: Option<&'a str>,
}

/// A column.
pub(super) struct FormColumn<'a> {
    /// Its head from top to bottom.
    pub head: Vec<Words>,
    /// What its cells hold.
    pub show: &'a Show,
    /// Whether it takes units by their nature.
    pub by_nature: bool,
    /// Format of its amounts.
    pub amounts: &'a AmountFormat,
}

/// Labels with the figures to the right of them.
pub(super) struct FormSide<'a> {
    /// Its columns.
    pub columns: Range<usize>,
    /// Its rows.
    pub rows: &'a RowsDef,
    /// Its measure, besides the table's.
    pub of: Option<&'a Measure>,
}

impl FormSide<'_> {
    /// Returns the axes of its rows.
    pub fn axes(&self) -> &[RowAxis] {
        match self.rows {
            RowsDef::Each(axes) => axes,
            RowsDef::Lines(_) | RowsDef::UnitLines(_) => &[],
        }
    }
}

impl Form<'_> {
    /// Returns whether the rows of a side that name a unit do so in the column of subjects.
    pub fn has_units_among_subjects(&self, columns: &Range<usize>) -> bool {
        let has_axis = |side: &FormSide| side.columns == *columns && side.axes().contains(&RowAxis::Unit);
        let is_of_units = |column: &FormColumn| matches!(column.show, Show::Field(RowFieldName::Unit));
        self.sides.iter().any(has_axis) && !self.columns[columns.clone()].iter().any(is_of_units)
    }

    /// Returns whether the rows of a side are projects.
    pub fn is_by_project(&self, columns: &Range<usize>) -> bool {
        let is_of_projects = |axis: &RowAxis| matches!(axis, RowAxis::Project | RowAxis::KeyProject);
        self.sides.iter().any(|side| side.columns == *columns && side.axes().iter().any(is_of_projects))
    }
}

impl FormColumn<'_> {
    /// Returns whether its cells hold amounts.
    pub fn is_sum(&self) -> bool {
        match self.show {
            Show::Sum(_) => true,
            Show::Field(_) | Show::NumberedName | Show::Share(_) => false,
        }
    }

    /// Returns whether its cells say what a row is called.
    pub fn is_label(&self) -> bool {
        match self.show {
            Show::Field(
                RowFieldName::Goal
                | RowFieldName::Number
                | RowFieldName::UnitCode
                | RowFieldName::ProjectCode
                | RowFieldName::ProjectCategory
                | RowFieldName::SubjectName,
            )
            | Show::Sum(_)
            | Show::Share(_) => false,
            Show::Field(_) | Show::NumberedName => true,
        }
    }
}

/// Returns the tables of figures of a profile, their words filled in for `year`.
pub(super) fn forms(profile: &Profile, year: u16) -> Vec<Form<'_>> {
    profile.tables.iter().filter_map(|(id, def)| form(profile, id, def, year)).collect()
}

fn form<'a>(profile: &'a Profile, id: &'a str, def: &'a TableDef, year: u16) -> Option<Form<'a>> {
    // Classes in columns do not give the divisions that a spec has.
    let by_division = |account: &Account| matches!(account, Account::Economic | Account::Government);
    let by_function = |axis: &RowAxis| matches!(axis, RowAxis::Function | RowAxis::FunctionClass);
    if let TableContent::Rows(tabular) = &def.content
        && def.of.accounts.iter().any(by_division)
        && matches!(&tabular.rows, RowsDef::Each(axes) if axes.iter().any(by_function))
    {
        return None;
    }
    let amounts = def.amounts.as_ref().unwrap_or(&profile.table_amounts);
    let column = |column: &'a ColumnDef| FormColumn {
        head: column.head.iter().map(|words| Words::new(fill(profile, words, year))).collect(),
        show: &column.show,
        by_nature: !def.of.natures.is_empty()
            || match &column.show {
                Show::Sum(measure) => !measure.natures.is_empty(),
                Show::Field(_) | Show::NumberedName | Show::Share(_) => false,
            },
        amounts: column.amounts.as_ref().unwrap_or(amounts),
    };
    let lists: Vec<(&'a [ColumnDef], &'a RowsDef, Option<&'a Measure>)> = match &def.content {
        TableContent::Rows(tabular) => vec![(&tabular.columns, &tabular.rows, None)],
        TableContent::Balance(balance) => {
            balance.sides.iter().map(|side| (&*side.columns, &side.rows, Some(&side.of))).collect()
        }
        TableContent::Schedule(_) | TableContent::Performance(_) => return None,
    };
    let total = match &def.content {
        TableContent::Rows(tabular) => tabular.total.as_ref().map(|total| total.name.as_str()),
        TableContent::Balance(_) | TableContent::Schedule(_) | TableContent::Performance(_) => None,
    };
    let mut sides = Vec::new();
    let mut columns = Vec::new();
    for (list, rows, of) in lists {
        let start = columns.len();
        columns.extend(list.iter().map(column));
        sides.push(FormSide { columns: start..columns.len(), rows, of });
    }
    let title = def.title.as_deref().map(|title| fill(profile, title, year)).unwrap_or_default();
    Some(Form { id, title, columns, sides, total })
}

/// Fills in the years and constants of a template of a title or head; other names are left out.
pub(super) fn fill(profile: &Profile, template: &str, year: u16) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        let (name, behind) = behind.split_once("}}").unwrap_or((behind, ""));
        match name.trim() {
            "year" => filled.push_str(&year.to_string()),
            "last_year" => filled.push_str(&year.saturating_sub(1).to_string()),
            name => filled.push_str(profile.constants.get(name).map_or("", String::as_str)),
        }
        rest = behind;
    }
    filled + rest
}
