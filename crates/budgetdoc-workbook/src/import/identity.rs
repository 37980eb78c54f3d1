//! Whose budget a workbook holds, of which year, and which tables of the form it lacks.
//!
//! Amounts are found by subject and name alone, so that the workbook of another body or year fits as well as the right
//! one: what the sheets say of both is held against what they are taken for.

use std::collections::BTreeSet;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Bilingual;

use super::form::Form;
use super::names::{Names, is_filled};
use super::remark::{Remark, Weight};
use super::sheet::Sheet;
use crate::grid::{Grid, Spot};
use crate::words::{Words, plain, year_in};

/// What the sheets of a workbook say of themselves.
pub(super) struct Identity {
    /// The bodies that tables name above their heads, each with its cell.
    bodies: Vec<Stated>,
    /// Years that are not those of the form.
    years: Vec<Remark>,
    /// Titles of the form's tables that no sheet holds.
    missing: Vec<String>,
}

/// A name that a cell states.
struct Stated {
    name: String,
    sheet: String,
    spot: Spot,
}

impl Identity {
    /// Collects what the sheets say; `year` is the budget's.
    pub fn of(sheets: &[Sheet<'_>], forms: &[Form<'_>], year: u16) -> Identity {
        let body = |sheet: &Sheet<'_>| {
            let (name, spot) = body(sheet.grid, sheet.first_row)?;
            Some(Stated { name, sheet: sheet.grid.name.clone(), spot })
        };
        let is_missing = |(index, form): &(usize, &Form<'_>)| {
            !form.title.is_empty() && !sheets.iter().any(|sheet| sheet.form == *index)
        };
        Identity {
            bodies: sheets.iter().filter_map(body).collect(),
            years: sheets.iter().filter_map(|sheet| other_year(sheet, &forms[sheet.form], year)).collect(),
            missing: forms.iter().enumerate().filter(is_missing).map(|(_, form)| form.title.clone()).collect(),
        }
    }

    /// Returns the name of the body, that of the first table that names one.
    pub fn body(&self) -> Option<&str> {
        self.bodies.first().map(|body| body.name.as_str())
    }

    /// Returns the remarks on sheets that are of another year than the budget.
    pub fn year_remarks(&self) -> &[Remark] {
        &self.years
    }

    /// Returns the remark on tables that the workbook lacks; none where it has all.
    pub fn missing_remark(&self) -> Option<Remark> {
        let (count, titles) = (self.missing.len(), self.missing.join("、"));
        let message = Bilingual::new(
            format!("工作簿中没有版式的 {count} 张表：{titles}；请检查工作簿是否完整、表题是否改过"),
            format!(
                "the workbook lacks {count} tables of the form: {titles}; check that it is complete and the titles are the form's"
            ),
        );
        (count > 0).then_some(Remark { weight: Weight::Warning, place: None, message })
    }

    /// Returns the remarks on tables that name another body than `names`, each other name once. `of` says what is of the
    /// first of these.
    pub fn body_remarks(&self, names: &[&str], (of_zh, of_en): (&str, &str)) -> Vec<Remark> {
        let Some(own) = names.first() else { return Vec::new() };
        let is_known = |name: &str| names.iter().any(|known| plain(known) == plain(name));
        let mut told = BTreeSet::new();
        let others = self.bodies.iter().filter(|body| !is_known(&body.name) && told.insert(plain(&body.name)));
        let remark = |Stated { name, sheet, spot }: &Stated| {
            Remark::cell(
                Weight::Warning,
                sheet,
                *spot,
                format!("表中的部门或单位是“{name}”，{of_zh}是“{own}”；请检查是否用错了工作簿"),
                format!("the table is of {name}, {of_en} of {own}: check that this is the right workbook"),
            )
        };
        others.map(remark).collect()
    }
}

/// Returns the remarks on units that the workbook names and the spec does not, and on those that only the spec has.
pub(super) fn unit_remarks(names: &Names, budget: &Budget) -> Vec<Remark> {
    let units = &budget.spec.department.units;
    let mut remarks = Vec::new();
    let own: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let department = budget.spec.department.name.as_str();
    let is_own = |name: &str| own.iter().any(|own| plain(own) == plain(name));
    // A department with one unit may be called by either name.
    let is_known = |name: &str| is_own(name) || (own.len() == 1 && plain(department) == plain(name));
    for (index, name) in names.units.iter().enumerate() {
        let Some((sheet, spot)) = names.unit_cells.get(index).filter(|_| !is_known(name)) else { continue };
        let (zh, en) = (own.join("、"), own.join(", "));
        let (not_read_zh, not_read_en) = match own.len() == 1 && names.units.len() == 1 {
            true => ("；请检查是否用错了工作簿", "check that this is the right workbook"),
            false => (
                "，它的金额和包含它的合计没有读取；请改正名称，或先写在 department.units 下",
                "its amounts and sums with it are not brought in: correct the name, or write it below department.units",
            ),
        };
        remarks.push(Remark::cell(
            Weight::Warning,
            sheet,
            *spot,
            format!("表中的单位是“{name}”，数据文件中只有“{zh}”{not_read_zh}"),
            format!("the table has the unit {name}, the spec has {en}; {not_read_en}"),
        ));
    }
    if own.len() > 1 && !names.unit_cells.is_empty() {
        let lacks = |name: &&&str| !names.units.iter().any(|unit| plain(unit) == plain(name));
        for name in own.iter().filter(lacks) {
            let message = Bilingual::new(
                format!("工作簿中没有数据文件的单位“{name}”，它的金额没有改动"),
                format!("the workbook lacks the spec's unit {name}, whose amounts are kept"),
            );
            remarks.push(Remark { weight: Weight::Warning, place: None, message });
        }
    }
    remarks
}

/// Returns the remark on a sheet whose title or head is of another year than that of the form.
fn other_year(sheet: &Sheet<'_>, form: &Form<'_>, year: u16) -> Option<Remark> {
    let heads = form.columns.iter().flat_map(|column| &column.head).map(|head: &Words| head.written.as_str());
    let expected = heads.chain([form.title.as_str()]).filter_map(year_in).max().unwrap_or(year);
    let above = sheet.grid.cells.keys().filter(|spot| spot.0 < sheet.first_row);
    let named = above.filter_map(|spot| Some((year_in(&sheet.grid.text(*spot))?, Some(*spot))));
    // Heads name last year too, the later one is that of the budget; of the same year the cell is named.
    let (found, spot) = named.chain(year_in(&sheet.grid.name).map(|year| (year, None))).max_by_key(|found| {
        let is_first = found.1.map(|(row, column)| std::cmp::Reverse((row, column)));
        (found.0, is_first)
    })?;
    if found == expected || found == year {
        return None;
    }
    let zh = format!("表中写的是{found}年，{year}年的预算应为{expected}年；请检查是否用了别的年度的表");
    let en = format!(
        "the table is of {found}, that of the budget of {year} names {expected}: check that it is not another year's"
    );
    Some(Remark::at(Weight::Warning, (&sheet.grid.name, spot), zh, en))
}

/// Returns the name behind 部门名称： or 编制部门： above the table, with its cell.
fn body(grid: &Grid, first_row: u32) -> Option<(String, Spot)> {
    let above = grid.cells.keys().filter(|spot| spot.0 < first_row);
    for spot in above {
        let text = grid.text(*spot);
        let Some((label, name)) = text.split_once(['：', ':']) else { continue };
        let label = plain(label);
        if !(label.ends_with("部门")
            || label.ends_with("部门名称")
            || label.ends_with("单位名称")
            || label.ends_with("编制单位"))
        {
            continue;
        }
        let name = name.trim().split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
        let name = name.split("单位：").next().unwrap_or_default();
        if is_filled(name) {
            return Some((name.to_owned(), *spot));
        }
        let next = (spot.0, spot.1 + 1);
        let beside = grid.text(next);
        if is_filled(&beside) && !beside.contains(['：', ':']) {
            return Some((beside, next));
        }
    }
    None
}
