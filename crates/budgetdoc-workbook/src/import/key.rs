//! What a row is called, the same way for a row of a sheet and a row of the form.

use budgetdoc_core::profile::{RowFieldName, Show};
use std::ops::Range;

use super::form::Form;
use crate::words::{loose, plain, without_number};

/// The fewest characters of a name that another one may begin with.
const SHORTEST: usize = 4;

/// The names of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    /// The budget unit it stands below.
    pub unit: String,
    /// Whether it names the unit itself.
    pub names_unit: bool,
    /// What lines belong to.
    pub group: String,
    /// Digits of its subject.
    pub code: String,
    /// Its name as written.
    pub name: String,
    /// The names of what is bought, from left to right.
    pub bought: Vec<String>,
}

/// What rows take over from those above them.
#[derive(Clone, Default)]
pub(super) struct Above {
    unit: String,
    group: String,
    class: String,
    division: String,
}

fn is_number(words: &str) -> bool {
    words.parse::<rust_decimal::Decimal>().is_ok()
}

impl Key {
    /// Reads the names of a row. `at` returns the column in which the cell at a column of the form begins, and its words.
    pub fn of(
        form: &Form<'_>,
        side: Range<usize>,
        at: impl Fn(usize) -> Option<(u32, String)>,
        above: &mut Above,
    ) -> Key {
        let mut key = Key::default();
        let mut used = Vec::new();
        let (mut class, mut division, mut item) = (String::new(), String::new(), String::new());
        let mut levels = false;
        let units_among_subjects = form.has_units_among_subjects(&side);
        let by_project = form.is_by_project(&side);
        for column in side.filter(|column| form.columns[*column].is_label()) {
            let Some((start, words)) = at(column) else { continue };
            if words.is_empty() || used.contains(&start) {
                continue;
            }
            used.push(start);
            let is_code = words.bytes().all(|letter| letter.is_ascii_digit());
            let field = match form.columns[column].show {
                Show::Field(field) => *field,
                Show::NumberedName | Show::Sum(_) | Show::Share(_) => RowFieldName::Name,
            };
            match field {
                RowFieldName::Unit => {
                    key.unit = words;
                    key.names_unit = true;
                }
                RowFieldName::ProjectUnit => key.unit = words,
                RowFieldName::Group => key.group = words,
                // The project's subject does not set it apart.
                RowFieldName::Code | RowFieldName::Class | RowFieldName::Division | RowFieldName::Item
                    if by_project => {}
                RowFieldName::Code if is_code => key.code = words,
                RowFieldName::Class if is_code => (class, levels) = (words, true),
                RowFieldName::Division if is_code => (division, levels) = (format!("{words:0>2}"), true),
                RowFieldName::Item if is_code => (item, levels) = (format!("{words:0>2}"), true),
                RowFieldName::Code
                | RowFieldName::Class
                | RowFieldName::Division
                | RowFieldName::Item
                | RowFieldName::Name
                | RowFieldName::PlainName => {
                    if key.name.is_empty() {
                        key.name = words;
                    }
                }
                RowFieldName::Goal
                | RowFieldName::Number
                | RowFieldName::UnitCode
                | RowFieldName::ProjectCode
                | RowFieldName::ProjectCategory
                | RowFieldName::SubjectName => {}
                RowFieldName::ProcurementCategory
                | RowFieldName::ProcurementProject
                | RowFieldName::ProcurementEconomic
                | RowFieldName::ProcurementName
                | RowFieldName::ProcurementMethod => {
                    // An amount that slid into a column of words is no name.
                    if !is_number(&words) {
                        key.bought.push(words);
                    }
                }
            }
        }
        if levels {
            // Books that print each digit once leave the higher ones to the rows above.
            if class.is_empty() {
                class.clone_from(&above.class);
            } else if class != above.class {
                above.division.clear();
            }
            if division.is_empty() && !item.is_empty() {
                division.clone_from(&above.division);
            }
            key.code = format!("{class}{division}{item}");
            (above.class, above.division) = (class, division);
        }
        let is_total = form.total.is_some_and(|total| plain(total) == plain(&key.name));
        if units_among_subjects && key.code.is_empty() && !key.name.is_empty() && !is_total {
            key.unit = std::mem::take(&mut key.name);
            key.names_unit = true;
        }
        match key.names_unit {
            true => above.unit.clone_from(&key.unit),
            false if key.unit.is_empty() => key.unit.clone_from(&above.unit),
            false => {}
        }
        match key.group.is_empty() {
            true => key.group.clone_from(&above.group),
            false => above.group.clone_from(&key.group),
        }
        key
    }

    /// Returns whether nothing names the row.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty() && self.name.is_empty() && self.bought.is_empty() && !self.names_unit
    }

    /// Returns whether two rows are called the same.
    pub fn is(&self, other: &Key) -> bool {
        let names = || {
            plain(&self.name) == plain(&other.name)
                && plain(&self.group) == plain(&other.group)
                && self.bought.len() == other.bought.len()
                && self.bought.iter().zip(&other.bought).all(|(one, other)| plain(one) == plain(other))
        };
        plain(&self.unit) == plain(&other.unit)
            && match (self.code.is_empty(), other.code.is_empty()) {
                (false, false) => self.code == other.code,
                (true, true) => names(),
                (false, true) | (true, false) => !self.name.is_empty() && names(),
            }
    }

    /// Returns whether two rows have the same name, apart from numbers in front, years and the words for the publisher.
    pub fn is_like(&self, other: &Key) -> bool {
        let name = |key: &Key| match loose(&key.name) {
            name if name.is_empty() => without_number(&plain(&key.name)).to_owned(),
            name => name,
        };
        let bought = |key: &Key| key.bought.iter().map(|words| loose(words)).collect::<Vec<_>>();
        let codes = self.code.is_empty() || other.code.is_empty();
        codes
            && plain(&self.unit) == plain(&other.unit)
            && !(self.name.is_empty() && self.bought.is_empty())
            && name(self) == name(other)
            && bought(self) == bought(other)
    }

    /// Returns whether the name of one row is the beginning of the other's, apart from numbers in front.
    pub fn begins_like(&self, other: &Key) -> bool {
        let [one, other] = [&self.name, &other.name].map(|name| without_number(&plain(name)).to_owned());
        let shorter = one.chars().count().min(other.chars().count());
        shorter >= SHORTEST && (one.starts_with(&other) || other.starts_with(&one))
    }
}
