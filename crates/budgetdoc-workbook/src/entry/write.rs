//! Writes a spec as a workbook to be filled in.

use std::collections::BTreeMap;

use budgetdoc_core::profile::{Account, Profile};
use budgetdoc_core::spec::Spec;
use budgetdoc_core::subject::SubjectCode;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Formula, Workbook, Worksheet,
    XlsxError,
};
use serde_json::Value as Json;

use super::looks::{Looks, width};
use super::read::is_id;
use super::sheets::{EntryColumn, EntryForm, EntrySheet, Kind, schedules};
use super::values::{at, number, rows, scalar};
use super::{FIRST_ROW, KEY_ROW, LABEL_ROW, MAPPING_KEY, SINGLES, VALUE, labels};
use crate::write::{SheetNames, WriteError};

/// The empty rows that a list has at least, with their drop-downs and looked-up names.
const SPARE: u32 = 100;
/// Excel's number of the paper.
const A4: u8 = 9;
/// The sheet of the subjects that names are looked up in.
const SUBJECTS: &str = "科目表";
/// The sheet of what drop-downs offer.
const CHOICES: &str = "选项";

/// Writes a spec as an entry workbook of its profile: a sheet for the single values and one for each list and mapping,
/// those that hold something first. Ids have drop-downs, subjects their names beside them, amounts are numbers.
///
/// # Errors
/// What the format does not hold, such as a text of more than 32,767 characters.
pub fn write_entries(spec: &Spec, profile: &Profile) -> Result<Vec<u8>, WriteError> {
    let form = EntryForm::of_spec();
    // A spec is plain data.
    let values = serde_json::to_value(spec).unwrap_or_default();
    let mut workbook = Workbook::new();
    // A fixed time: the library's clock would make every run another file.
    let date = ExcelDateTime::from_ymd(spec.year.value, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("部门预算填报表").set_creation_datetime(&date));
    let mut writer = Writer {
        profile,
        subjects: subjects(spec, profile),
        names: SheetNames::default(),
        choices: Vec::new(),
        looks: Looks::new(),
    };
    let sheet = workbook.add_worksheet();
    writer.singles(&form, &values, sheet)?;
    let (open, known): (Vec<_>, Vec<_>) = form.sheets.iter().partition(|sheet| sheet.is_open);
    let schedules: Vec<EntrySheet> = open.into_iter().flat_map(|open| schedules(open, spec, profile)).collect();
    let rows: Vec<_> = schedules.iter().chain(known).map(|sheet| (sheet, rows(sheet, &values))).collect();
    let (used, unused): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, rows)| !rows.is_empty());
    for (sheet, rows) in used.iter().chain(&unused) {
        writer.sheet(sheet, rows, workbook.add_worksheet())?;
    }
    writer.subjects(workbook.add_worksheet())?;
    writer.choices(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// A column of a sheet as it is laid out.
enum Laid<'a> {
    /// The key of a mapping.
    Key,
    /// A value of the spec.
    Value(&'a EntryColumn),
    /// The name of the subject whose code is in the column before.
    SubjectName,
    /// What the text of a key is to say.
    Ask,
}

struct Writer<'a> {
    profile: &'a Profile,
    /// The names of subjects.
    subjects: BTreeMap<SubjectCode, String>,
    /// The names of the sheets so far.
    names: SheetNames,
    /// What drop-downs offer, each list once.
    choices: Vec<Vec<String>>,
    looks: Looks,
}

impl Writer<'_> {
    fn singles(&mut self, form: &EntryForm, spec: &Json, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("基本情况")?;
        let about = "填写 C 栏，“待填”处都要填。其他各页：灰色的小字是键，请不要改；没有键的栏和页是备注，不会读取；\
            不用的页空着即可。合计、增减额和百分比由程序计算。";
        self.head(
            sheet,
            SINGLES,
            about,
            &[("", "事项", 22.0), (MAPPING_KEY, "键", 24.0), (VALUE, "填写", 50.0), ("", "说明", 60.0)],
        )?;
        for (row, single) in (FIRST_ROW..).zip(&form.singles) {
            let choices = self.offered("", single);
            let value = scalar(at(spec, &single.key)).map(|value| named(value, &choices)).unwrap_or_default();
            sheet.write_with_format(row, 0, &single.label, &self.looks.head)?;
            sheet.write_with_format(row, 1, &single.key, &self.looks.key)?;
            sheet.write_with_format(row, 2, value, &self.looks.text)?;
            sheet.write_with_format(row, 3, &single.about, &self.looks.remark)?;
            if let Some(validation) = self.validation(choices, single)? {
                sheet.add_data_validation(row, 2, row, 2, &validation)?;
            }
        }
        Ok(())
    }

    fn sheet(
        &mut self,
        form: &EntrySheet,
        rows: &[Vec<Option<String>>],
        sheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        sheet.set_name(self.names.name(&form.label))?;
        if rows.is_empty() {
            sheet.set_tab_color(Color::RGB(0xBF_BFBF));
        }
        let columns = self.columns(form);
        let mut heads = Vec::new();
        for column in &columns {
            heads.push(match column {
                Laid::Key => (MAPPING_KEY, labels::column("", MAPPING_KEY).unwrap_or_default(), 24.0),
                Laid::Value(column) => (column.key.as_str(), column.label.as_str(), width(column)),
                Laid::SubjectName => ("", "科目名称（自动）", 28.0),
                Laid::Ask => ("", "要写的内容（备注）", 40.0),
            });
        }
        self.head(sheet, &form.path, &form.about, &heads)?;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let last = FIRST_ROW + count + SPARE;
        let mut value = 0;
        for (place, column) in (0_u16..).zip(&columns) {
            let given = |row: u32, index: usize| rows.get(row as usize)?.get(index)?.clone();
            match column {
                Laid::Key => {
                    self.cells(sheet, place, count, &|row| given(row, value), &Kind::Text)?;
                    value += 1;
                }
                Laid::Value(column) => {
                    let choices = self.offered(&form.path, column);
                    let cell = |row: u32| given(row, value).map(|text| named(text, &choices));
                    self.cells(sheet, place, count, &cell, &column.kind)?;
                    if let Some(validation) = self.validation(choices.clone(), column)? {
                        sheet.add_data_validation(FIRST_ROW, place, last, place, &validation)?;
                    }
                    value += 1;
                }
                Laid::SubjectName => self.names(sheet, place, (count, last), &|row| given(row, value - 1))?,
                Laid::Ask => {
                    for row in 0..count {
                        let ask = given(row, 0).and_then(|key| self.profile.asks.get(&key).cloned());
                        sheet.write_with_format(FIRST_ROW + row, place, ask.unwrap_or_default(), &self.looks.remark)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn columns<'f>(&self, form: &'f EntrySheet) -> Vec<Laid<'f>> {
        let mut columns: Vec<Laid<'f>> = (0..form.mappings).map(|_| Laid::Key).collect();
        for column in &form.columns {
            columns.push(Laid::Value(column));
            if column.kind == Kind::Code {
                columns.push(Laid::SubjectName);
            }
        }
        if form.path == "text" {
            columns.push(Laid::Ask);
        }
        columns
    }

    /// Writes the keys to a list, what it is, and the heads of its columns: key, label and width.
    fn head(
        &self,
        sheet: &mut Worksheet,
        path: &str,
        about: &str,
        columns: &[(&str, &str, f64)],
    ) -> Result<(), XlsxError> {
        sheet.write_with_format(0, 0, path, &self.looks.key)?;
        let last = u16::try_from(columns.len().max(5)).unwrap_or(u16::MAX);
        sheet.merge_range(0, 1, 0, last, about, &self.looks.title)?;
        sheet.set_row_height(0, 48)?;
        for (place, (key, label, width)) in (0_u16..).zip(columns) {
            sheet.write_with_format(LABEL_ROW, place, *label, &self.looks.head)?;
            sheet.write_with_format(KEY_ROW, place, *key, &self.looks.key)?;
            sheet.set_column_width(place, *width)?;
        }
        sheet.set_freeze_panes(FIRST_ROW, 0)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(LABEL_ROW, KEY_ROW)?;
        Ok(())
    }

    fn cells(
        &self,
        sheet: &mut Worksheet,
        place: u16,
        count: u32,
        given: &dyn Fn(u32) -> Option<String>,
        kind: &Kind,
    ) -> Result<(), XlsxError> {
        let look = match kind {
            Kind::Amount => &self.looks.amount,
            Kind::Code => &self.looks.code,
            Kind::Plain => &self.looks.plain,
            Kind::Text | Kind::Choice(_) => &self.looks.text,
        };
        sheet.set_column_format(place, look)?;
        for row in 0..count {
            let Some(text) = given(row) else { continue };
            let at = FIRST_ROW + row;
            let number = match kind {
                Kind::Amount => number(&text),
                Kind::Code | Kind::Plain => number(&text).filter(|number| number.to_string() == text),
                Kind::Text | Kind::Choice(_) => None,
            };
            match number {
                Some(number) => sheet.write_number_with_format(at, place, number, look)?,
                None => sheet.write_string_with_format(at, place, text, look)?,
            };
        }
        Ok(())
    }

    /// Writes the formulas that look up the names of the codes in the column before.
    fn names(
        &self,
        sheet: &mut Worksheet,
        place: u16,
        (count, last): (u32, u32),
        given: &dyn Fn(u32) -> Option<String>,
    ) -> Result<(), XlsxError> {
        // What an empty row looks up is nothing, where the library would write 0.
        sheet.set_formula_result_default("");
        for row in FIRST_ROW..last {
            let code = given(row - FIRST_ROW).filter(|_| row < FIRST_ROW + count);
            let name = code.and_then(|code| self.subjects.get(&code.parse().ok()?).cloned()).unwrap_or_default();
            let cell = crate::grid::cell_name((row, u32::from(place) - 1));
            let formula = Formula::new(format!("=IFERROR(VLOOKUP(VALUE({cell}),{SUBJECTS}!A:B,2,FALSE),\"\")"));
            sheet.write_formula_with_format(row, place, formula.set_result(name), &self.looks.remark)?;
        }
        Ok(())
    }

    /// Returns what a drop-down offers for a column: an id with its name.
    fn offered(&self, path: &str, column: &EntryColumn) -> Vec<(String, String)> {
        let profile = self.profile;
        match (&column.kind, column.key.as_str()) {
            (Kind::Choice(choices), _) => choices.clone(),
            (_, key) if !is_id(key) => Vec::new(),
            (_, "fund") => profile.funds.iter().map(|fund| (fund.id.value.clone(), fund.name.clone())).collect(),
            (_, "kind") => profile.kinds.iter().map(|kind| (kind.id.value.clone(), kind.name.clone())).collect(),
            _ => {
                let account = match path {
                    "expenditure" => Some(Account::Basic),
                    "procurement_items" => Some(Account::Procurement),
                    path => Account::ALL.into_iter().find(|account| account.name() == path),
                };
                let categories = account.map(|account| profile.categories.of(account)).unwrap_or_default();
                categories.iter().map(|category| (category.id.value.clone(), category.name.clone())).collect()
            }
        }
    }

    /// Returns the drop-down of a column, or its explanation.
    fn validation(
        &mut self,
        choices: Vec<(String, String)>,
        column: &EntryColumn,
    ) -> Result<Option<DataValidation>, XlsxError> {
        let reference = |path: &str| {
            let column = (FIRST_ROW + 1, FIRST_ROW + 1 + 1_000);
            let sheet = labels::sheet(path).unwrap_or(path);
            format!("={sheet}!$A${}:$A${}", column.0, column.1)
        };
        // Indicators have units of measure.
        let is_unit = column.label == labels::column("", &column.key).unwrap_or_default();
        let source = match column.key.as_str() {
            _ if !choices.is_empty() => {
                let list: Vec<String> = choices.iter().map(|(id, _)| named(id.clone(), &choices)).collect();
                let known = self.choices.iter().position(|known| *known == list);
                let place = known.unwrap_or_else(|| {
                    self.choices.push(list);
                    self.choices.len() - 1
                });
                let name = rust_xlsxwriter::utility::column_number_to_name(u16::try_from(place).unwrap_or(u16::MAX));
                Some(format!("={CHOICES}!${name}$2:${name}${}", self.choices[place].len() + 1))
            }
            "unit" | "from" | "to" if column.kind == Kind::Text && is_unit => Some(reference("department.units")),
            _ => None,
        };
        let about: String = column.about.chars().take(250).collect();
        let validation = match source {
            Some(source) => DataValidation::new()
                .allow_list_formula(Formula::new(source))
                .set_error_style(DataValidationErrorStyle::Warning),
            None if about.is_empty() => return Ok(None),
            None => DataValidation::new().allow_any_value(),
        };
        Ok(Some(validation.set_input_message(about)?))
    }

    /// Writes the subjects that names are looked up in.
    fn subjects(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SUBJECTS)?;
        sheet.write_with_format(0, 0, "# 科目编码和名称，请不要改", &self.looks.title)?;
        sheet.set_column_width(0, 12)?;
        sheet.set_column_width(1, 50)?;
        for (row, (code, name)) in (1..).zip(&self.subjects) {
            let number: u32 = code.as_str().parse().unwrap_or_default();
            sheet.write_number_with_format(row, 0, number, &self.looks.code)?;
            sheet.write_with_format(row, 1, name, &self.looks.text)?;
        }
        Ok(())
    }

    /// Writes what drop-downs offer.
    fn choices(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(CHOICES)?;
        sheet.write_with_format(0, 0, "# 下拉列表的选项，请不要改", &self.looks.title)?;
        for (place, list) in (0_u16..).zip(&self.choices) {
            sheet.set_column_width(place, 32)?;
            for (row, choice) in (1..).zip(list) {
                sheet.write_with_format(row, place, choice, &self.looks.text)?;
            }
        }
        Ok(())
    }
}

/// Returns an id with its name behind it, as drop-downs show it.
fn named(id: String, choices: &[(String, String)]) -> String {
    match choices.iter().find(|(known, name)| *known == id && *name != id) {
        Some((_, name)) => format!("{id} {name}"),
        None => id,
    }
}

/// Returns the names of the subjects of the year, the spec's own before those of the profile.
fn subjects(spec: &Spec, profile: &Profile) -> BTreeMap<SubjectCode, String> {
    let year = spec.year.value;
    let table = profile.subject_table();
    let lines = table.lines().iter().filter(|line| line.years.contains(year));
    let known = lines.map(|line| (line.code, line.name.clone()));
    known.chain(spec.subjects.iter().map(|subject| (subject.code.value, subject.name.value.clone()))).collect()
}
