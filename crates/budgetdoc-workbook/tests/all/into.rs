//! Amounts of workbooks brought into specs that exist.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::money::Amount;
use budgetdoc_core::rollover::rollover;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Spec;
use budgetdoc_workbook::{
    Book, ImportError, Remark, Renewed, Value, Weight, import, import_into, read_book, write_xlsx,
};

use crate::{budget, samples, spec_text};

fn book(budget: &Budget) -> Book {
    read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap()
}

fn resolved(text: &str) -> Budget {
    let spec = Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let profile = budgetdoc_core::profile::Profile::built_in(&spec.profile).unwrap();
    Budget::resolve(spec, profile).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn into(book: &Book, text: &str) -> Renewed {
    import_into(book, (text, &resolved(text)), None, None).unwrap()
}

/// Returns the budget of a sample's text with some words changed.
fn altered(name: &str, changes: &[(&str, &str)]) -> Budget {
    let mut spec = spec_text(name);
    for (old, new) in changes {
        assert!(spec.contains(old), "{old}");
        spec = spec.replace(old, new);
    }
    resolved(&spec)
}

/// Returns the lines that differ, with `-` and `+`.
fn changed(old: &str, new: &str) -> Vec<String> {
    let lines = |signs: char, text: &str, other: &str| -> Vec<String> {
        let others: Vec<&str> = other.lines().collect();
        let own = text.lines().filter(|line| !others.contains(line));
        own.map(|line| format!("{signs}{}", line.trim())).collect()
    };
    [lines('-', old, new), lines('+', new, old)].concat()
}

#[test]
fn a_samples_own_workbook_changes_nothing() {
    for name in samples() {
        let own = spec_text(&name);
        let renewed = into(&book(&budget(&name)), &own);
        assert_eq!(changed(&own, &renewed.text), Vec::<String>::new(), "{name}");
        let told: Vec<&str> = renewed.remarks.iter().map(|remark| remark.message.zh.as_str()).collect();
        assert!(!told.iter().any(|words| words.contains("没有更新")), "{name}: {told:#?}");
        let is_identity = |words: &&str| {
            ["表中的部门或单位", "表中的单位", "工作簿中没有", "应为", "写了“待填”"]
                .iter()
                .any(|part| words.contains(part))
        };
        assert_eq!(told.iter().copied().filter(is_identity).collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
        assert_eq!(renewed.gone.len(), 0, "{name}: {:?}", renewed.gone);
    }
}

#[test]
fn new_amounts_take_the_place_of_the_old_ones() {
    let name = "putuo-finance-bureau-2025";
    let old = "  - { item: 2080506, amount: 873617.00 }\n";
    let own = spec_text(name).replace(old, "  - item: 2080506   # 职业年金\n    amount: 873617.00   # 批复数\n");
    let new = altered(name, &[("item: 2080506, amount: 873617.00", "item: 2080506, amount: 900000.5")]);
    let renewed = into(&book(&new), &own);
    assert_eq!(changed(&own, &renewed.text), ["-amount: 873617.00   # 批复数", "+amount: 900000.5   # 批复数"]);
}

#[test]
fn entries_that_come_are_added_and_those_that_go_are_named() {
    let name = "made-up-funds-2025";
    let own = spec_text(name);
    let new = altered(
        name,
        &[
            ("  - { item: 2080505, amount: 1400000 }\n", "  - { item: 2080506, amount: 1400000 }\n"),
            ("{ code: 30108, amount: 1400000 }", "{ code: 30109, amount: 1400000 }"),
            ("subject: 2080505", "subject: 2080506"),
        ],
    );
    let renewed = into(&book(&new), &own);
    let added = ["+- { code: 30109, amount: 1400000 }", "+- { item: 2080506, amount: 1400000 }"];
    let mut lines = changed(&own, &renewed.text);
    lines.sort_unstable();
    assert_eq!(lines, added);
    let gone: Vec<&str> =
        renewed.gone.iter().map(|place| renewed.text.lines().nth(place.line as usize - 1).unwrap()).collect();
    assert_eq!(gone, ["  - { item: 2080505, amount: 1400000 }", "  - { code: 30108, amount: 1400000 }"]);
}

#[test]
fn a_spec_that_was_rolled_over_is_filled_in() {
    for name in ["made-up-funds-2025", "longgang-womens-federation-2022"] {
        let this = budget(name);
        let year = this.spec.year.value + 1;
        let mut spec = this.spec.clone();
        spec.year = year.into();
        let next = book(&Budget::resolve(spec, this.profile.clone()).unwrap());
        let rolled = rollover(&spec_text(name), year).unwrap().text;
        let renewed = into(&next, &rolled);
        let told: Vec<&str> = renewed.remarks.iter().map(|remark| remark.message.zh.as_str()).collect();
        let (filled, own) = (resolved(&renewed.text), &this);
        for list in ["income", "expenditure"] {
            let [new, old] = [&filled, own].map(|budget| budget.figure(list).map(|total| total.or_zero()));
            assert_eq!(new, old, "{name} {list}\n{told:#?}\n{}", renewed.text);
        }
    }
}

#[test]
fn a_workbook_of_another_year_is_refused_unless_the_year_is_told() {
    let name = "putuo-finance-bureau-2025";
    let own = spec_text(name);
    let rolled = rollover(&own, 2026).unwrap().text;
    let (book, budget) = (book(&budget(name)), resolved(&rolled));
    let error = import_into(&book, (&rolled, &budget), None, None).unwrap_err();
    assert!(
        matches!(&error, ImportError::OtherYear(words) if words.zh.contains("工作簿是2025年的，数据文件是2026年的"))
    );
    assert!(import_into(&book, (&rolled, &budget), Some(2026), None).is_ok());
}

#[test]
fn a_sum_of_several_entries_is_compared() {
    let name = "putuo-finance-bureau-2025";
    let own = spec_text(name);
    // Of the two amounts of projects the form prints the sum alone.
    let new = altered(name, &[("kind: project, amount: 108514.80", "kind: project, amount: 108515.80")]);
    let renewed = into(&book(&new), &own);
    assert_eq!(changed(&own, &renewed.text), Vec::<String>::new());
    assert_eq!(
        warned(&renewed),
        [
            "2025年部门一般公共预算支出功能分类预算表!G8 本年数没有更新：工作簿中为 138515.8元，没有分开；数据文件中合计为 138514.8元（数据文件第 34、75 行）"
        ]
    );
}

/// Returns the warnings on a workbook, each with its place.
fn warned(renewed: &Renewed) -> Vec<String> {
    let warnings = renewed.remarks.iter().filter(|remark| remark.weight == Weight::Warning);
    let told =
        warnings.map(|Remark { place, message, .. }| format!("{} {}", place.as_deref().unwrap_or("-"), message.zh));
    told.collect()
}

#[test]
fn a_workbook_of_another_body_is_named_with_its_cell() {
    let name = "putuo-finance-bureau-2025";
    let mut book = book(&altered(name, &[("name: 上海市普陀区财政局", "name: 上海市普陀区审计局")]));
    let own = spec_text(name);
    let renewed = into(&book, &own);
    assert_eq!(
        warned(&renewed),
        [
            "2025年部门财务收支预算总表!A2 表中的部门或单位是“上海市普陀区审计局”，数据文件是“上海市普陀区财政局”；请检查是否用错了工作簿"
        ]
    );
    // One table of another body among those of the spec's.
    for grid in book.grids.iter_mut().skip(1) {
        for value in grid.cells.values_mut() {
            if let Value::Text(words) = value {
                *words = words.replace("审计局", "财政局");
            }
        }
    }
    let profile = resolved(&own).profile;
    let import = import(&book, &profile, None, None).unwrap();
    let told: Vec<_> =
        import.remarks.iter().map(|remark| (remark.place.as_deref(), remark.message.zh.as_str())).collect();
    assert_eq!(
        told,
        [(
            Some("2025年部门收入预算总表!A2"),
            "表中的部门或单位是“上海市普陀区财政局”，第一张表是“上海市普陀区审计局”；请检查是否用错了工作簿"
        )]
    );
}

#[test]
fn units_that_only_one_of_both_has_are_named() {
    let name = "made-up-county-2026";
    let book = book(&altered(name, &[("示例县农业技术推广站", "示例县种子站")]));
    let own = spec_text(name);
    let renewed = into(&book, &own);
    // Sums that count the unknown unit are not given to the others.
    assert_eq!(changed(&own, &renewed.text), Vec::<String>::new());
    let told = warned(&renewed);
    let units: Vec<&String> =
        told.iter().filter(|told| ["表中的单位", "数据文件的单位"].iter().any(|part| told.contains(part))).collect();
    assert_eq!(
        units,
        [
            "收入总表!A7 表中的单位是“示例县种子站”，数据文件中只有“示例县农业农村局本级、示例县农业综合行政执法大队、示例县农业技术推广站”，它的金额和包含它的合计没有读取；请改正名称，或先写在 department.units 下",
            "- 工作簿中没有数据文件的单位“示例县农业技术推广站”，它的金额没有改动",
        ]
    );
}

#[test]
fn the_workbook_of_one_unit_is_brought_into_that_unit() {
    let name = "made-up-county-2026";
    let (all, own) = (budget(name).spec, spec_text(name));
    // The station alone, as a department of its own.
    let mut department = all.department.clone();
    department.units.retain(|unit| unit.id.value == "station");
    department.name = department.units[0].name.clone();
    let mut spec = Spec::new(all.profile.clone(), 2026, department);
    let is_own = |unit: &Option<Located<String>>| unit.as_ref().is_some_and(|unit| unit.value == "station");
    spec.unit = all.unit;
    spec.income = all.income.iter().filter(|row| is_own(&row.unit)).cloned().collect();
    spec.expenditure = all.expenditure.iter().filter(|row| is_own(&row.unit)).cloned().collect();
    spec.economic = all.economic.iter().filter(|row| is_own(&row.unit)).cloned().collect();
    spec.projects = all.projects.iter().filter(|project| is_own(&project.unit)).cloned().collect();
    let last = spec.income.last_mut().unwrap();
    assert_eq!(last.fund.value, "business_income");
    last.amount = Located::from(Amount::from(16));
    let printed = book(&Budget::resolve(spec, budget(name).profile).unwrap());
    let renewed = into(&printed, &own);
    // Its amounts are not held against those of all units.
    assert_eq!(warned(&renewed).iter().filter(|told| told.contains("没有更新")).count(), 0, "{renewed:#?}");
    let lines = changed(&own, &renewed.text);
    assert_eq!(
        lines,
        [
            "-- { unit: station, fund: business_income, amount: 15, last: 18 }",
            "+- { unit: station, fund: business_income, amount: 16, last: 18 }"
        ]
    );
}

#[test]
fn tables_of_another_year_and_missing_ones_are_named() {
    let name = "putuo-finance-bureau-2025";
    let mut book = book(&budget(name));
    let gone = book.grids.remove(4).name;
    assert_eq!(gone, "2025年部门一般公共预算支出功能分类预算表");
    let grid = &mut book.grids[2];
    assert_eq!(grid.text((0, 0)), "2025年部门支出预算总表");
    grid.cells.insert((0, 0), Value::Text("2024年部门支出预算总表".to_owned()));
    grid.name = "支出".to_owned();
    let own = spec_text(name);
    let missing =
        "工作簿中没有版式的 1 张表：2025年部门一般公共预算支出功能分类预算表；请检查工作簿是否完整、表题是否改过";
    let year = "支出!A1 表中写的是2024年，2025年的预算应为2025年；请检查是否用了别的年度的表";
    assert_eq!(warned(&into(&book, &own)), [year.to_owned(), format!("- {missing}")]);
    // As last year's workbook all but one are of the wrong year.
    let profile = resolved(&own).profile;
    let import = import(&crate::into::book(&budget(name)), &profile, None, Some(&book)).unwrap();
    let told: Vec<_> =
        import.remarks.iter().map(|remark| (remark.place.as_deref(), remark.message.zh.as_str())).collect();
    assert_eq!(told.len(), 8, "{told:#?}");
    let first = "表中写的是2025年，2024年的预算应为2024年；请检查是否用了别的年度的表";
    assert_eq!(told[0], (Some("2024：2025年部门财务收支预算总表!A1"), first));
    let missing = missing.replace("2025年", "2024年");
    assert_eq!(told[7], (Some("2024"), missing.as_str()));
    // Who tells the year knows what the titles say.
    let budget = resolved(&own);
    let renewed = import_into(&book, (&own, &budget), Some(2025), None).unwrap();
    assert_eq!(warned(&renewed).len(), 1);
}
