//! Workbooks as offices have them: sheets changed by hand, and files that are none.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_workbook::{
    Book, Grid, Import, ImportError, Joined, Remark, Value, Weight, cell_name, import, read_book, write_xlsx,
};
use rust_xlsxwriter::Workbook;

use crate::budget;

const SAMPLE: &str = "putuo-finance-bureau-2025";

/// Returns the workbook of the sample and its profile.
fn sample() -> (Book, Profile) {
    let budget = budget(SAMPLE);
    let book = read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap();
    (book, budget.profile)
}

/// Returns the cell that holds words, and the sheet whose name begins so.
fn sheet<'b>(book: &'b mut Book, name: &str) -> &'b mut Grid {
    book.grids.iter_mut().find(|grid| grid.name.contains(name)).unwrap()
}

/// Puts a value into a cell of the sheet, named such as `E8`.
fn put(grid: &mut Grid, name: &str, value: Value) {
    let spot = (0..100).flat_map(|row| (0..20).map(move |column| (row, column)));
    let spot = spot.into_iter().find(|spot| cell_name(*spot) == name).unwrap();
    grid.cells.insert(spot, value);
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Returns the remarks of at least that weight, each with its place.
fn told(import: &Import, weight: Weight) -> Vec<String> {
    let of_weight = import.remarks.iter().filter(|remark| remark.weight >= weight);
    of_weight
        .map(|Remark { place, message, .. }| format!("{}: {}", place.as_deref().unwrap_or(""), message.zh))
        .collect()
}

#[test]
fn a_wrong_total_is_found_at_its_cell() {
    let (mut book, profile) = sample();
    let grid = sheet(&mut book, "收支预算总表");
    let (row, _) = *grid.cells.keys().find(|spot| grid.text(**spot) == "支出总计").unwrap();
    let cell = cell_name((row, 3));
    put(grid, &cell, number("31214305.8"));
    let import = import(&book, &profile, None, None).unwrap();
    let name = sheet(&mut book, "财务收支预算总表").name.clone();
    assert_eq!(
        told(&import, Weight::Error),
        [format!("{name}!{cell}: 表中为 31214305.8元，按明细合计为 31214205.8元，相差 100元")]
    );
}

#[test]
fn the_more_detailed_table_wins() {
    let (mut book, profile) = sample();
    let grid = sheet(&mut book, "收入预算总表");
    let place = *grid.cells.keys().find(|spot| grid.text(**spot) == "行政运行").unwrap();
    put(grid, &cell_name((place.0, place.1 + 1)), number("1"));
    let import = import(&book, &profile, None, None).unwrap();
    assert!(import.text.contains("{ item: 2010601, amount: 16093326 }"), "{}", import.text);
    let told = told(&import, Weight::Error);
    assert!(told.len() == 1 && told[0].contains("表中为 1元，按明细合计为 16231840.8元"), "{told:?}");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let (mut book, profile) = sample();
    let whole = import(&book, &profile, None, None).unwrap().text;
    let grid = sheet(&mut book, "一般公共预算支出功能分类");
    let place = *grid.cells.keys().find(|spot| grid.text(**spot) == "行政单位离退休").unwrap();
    for written in ["877,080.00", " ８７７０８０ ", "¥877080"] {
        put(sheet(&mut book, "一般公共预算支出功能分类"), &cell_name((place.0, place.1 + 2)), text(written));
        let import = import(&book, &profile, None, None).unwrap();
        assert_eq!((import.text.as_str(), told(&import, Weight::Warning)), (whole.as_str(), Vec::new()), "{written}");
    }
    let cell = cell_name((place.0, place.1 + 2));
    put(sheet(&mut book, "一般公共预算支出功能分类"), &cell, number("877080.00000000001"));
    let import = import(&book, &profile, None, None).unwrap();
    assert_eq!(import.text, whole);
    assert!(told(&import, Weight::Note).iter().any(|told| told.contains(&cell) && told.contains("不到一分")));
}

#[test]
fn other_heads_codes_and_units_are_understood() {
    let (mut book, profile) = sample();
    let whole = import(&book, &profile, None, None).unwrap().text;
    for grid in &mut book.grids {
        for value in grid.cells.values_mut() {
            if let Value::Text(words) = value {
                *words = words.replace("（", "(").replace("）", ")").replace("2025年部门", "２０２５年 单位");
                // Codes become numbers where a workbook has them so.
                if let Ok(code) = words.parse::<u32>() {
                    *value = Value::Number(code.into());
                }
            }
        }
    }
    assert_eq!(import(&book, &profile, Some(2025), None).unwrap().text, whole);
    let grid = sheet(&mut book, "一般公共预算基本支出");
    for value in grid.cells.values_mut() {
        match value {
            Value::Text(words) => *words = words.replace("单位：元", "单位：万元"),
            Value::Number(number) if *number >= 1000.into() => *number /= rust_decimal::Decimal::from(10_000),
            Value::Number(_) | Value::Percent(_) | Value::Date(_) | Value::Error(_) | Value::Uncomputed => {}
        }
    }
    let import = import(&book, &profile, Some(2025), None).unwrap();
    assert_eq!((import.text.as_str(), told(&import, Weight::Error)), (whole.as_str(), Vec::new()));
}

#[test]
fn a_cell_without_an_amount_makes_no_spec() {
    for (value, words) in [
        (Value::Date("2025-02-18".to_owned()), "日期"),
        (Value::Error("#REF!".to_owned()), "#REF!"),
        (Value::Uncomputed, "没有保存结果"),
        (text("三万元"), "“三万元”不是金额"),
        (Value::Percent(90.into()), "“90%”不是金额"),
    ] {
        let (mut book, profile) = sample();
        let grid = sheet(&mut book, "一般公共预算支出功能分类");
        let place = *grid.cells.keys().find(|spot| grid.text(**spot) == "住房公积金").unwrap();
        let cell = cell_name((place.0, place.1 + 2));
        put(grid, &cell, value);
        let import = import(&book, &profile, None, None).unwrap();
        assert!(import.is_faulty());
        let told = told(&import, Weight::Fault);
        assert!(told.len() == 1 && told[0].contains(&format!("!{cell}")) && told[0].contains(words), "{told:?}");
    }
}

#[test]
fn what_is_not_read_is_told() {
    let (mut book, profile) = sample();
    let mut twice = sheet(&mut book, "收入预算总表").clone();
    twice.name = "副本".to_owned();
    book.grids.push(twice);
    let cells = [((0, 0), text("通讯录")), ((1, 0), text("张三"))].into_iter().collect();
    book.grids.push(Grid { name: "通讯录".to_owned(), cells, joined: Joined::default() });
    book.hidden.push("底稿".to_owned());
    let grid = sheet(&mut book, "一般公共预算支出功能分类");
    let place = *grid.cells.keys().find(|spot| grid.text(**spot) == "住房公积金").unwrap();
    put(grid, &cell_name(place), text("另一科目"));
    for column in 0..place.1 {
        grid.cells.remove(&(place.0, column));
    }
    let import = import(&book, &profile, None, None).unwrap();
    let told = told(&import, Weight::Note).join("\n");
    for words in [
        "副本: 没有读取：与“2025年部门收入预算总表”是同一张表",
        "通讯录: 没有读取",
        "底稿: 没有读取：工作表是隐藏的",
        "（另一科目）的金额没有读取",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn texts_of_sheets_are_read() {
    let (mut book, profile) = sample();
    let mut add = |name: &str, lines: &[&str]| {
        let cells = lines.iter().zip(0..).map(|(line, row)| ((row, 0), text(line))).collect();
        book.grids.push(Grid { name: name.to_owned(), cells, joined: Joined::default() });
    };
    add("部门主要职能", &["某局主要职能", "    管理财政。\n    监督预算。"]);
    add("名词解释", &["名词解释", "（一）财政拨款收入：财政部门拨付的资金。", "（二）基本支出：日常支出。"]);
    let import = import(&book, &profile, None, None).unwrap();
    assert!(import.text.contains("  duties: |\n    管理财政。\n    监督预算。\n"), "{}", import.text);
    assert!(import.text.contains("  - { term: \"基本支出\", meaning: \"日常支出。\" }\n"), "{}", import.text);
}

#[test]
fn a_book_without_tables_is_told() {
    let grid = Grid { name: "Sheet1".to_owned(), ..Grid::default() };
    let book = Book { grids: vec![grid], hidden: Vec::new() };
    let profile = budget(SAMPLE).profile;
    let error = import(&book, &profile, None, None).unwrap_err();
    assert!(matches!(&error, ImportError::NoTables(words) if words.zh.contains("shanghai/2025")), "{error}");
}

#[test]
fn files_that_are_no_workbooks_are_refused() {
    let message = |bytes: &[u8]| read_book(bytes).unwrap_err().message.zh;
    assert!(message(b"").contains("不是 Excel 工作簿"));
    assert!(message(b"a,b\n1,2\n").contains("不是 Excel 工作簿"));
    assert!(message(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).contains("密码"));
    let mut bytes = write_xlsx(&budget(SAMPLE).compose().unwrap()).unwrap();
    bytes.truncate(bytes.len() / 2);
    assert!(!message(&bytes).is_empty());
}

#[test]
fn a_sheet_of_a_million_rows_is_refused_with_its_cell() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表").unwrap();
    sheet.write_string(0, 0, "收支总表").unwrap();
    sheet.write_number(1_048_575, 16_383, 1).unwrap();
    let error = read_book(&workbook.save_to_buffer().unwrap()).unwrap_err();
    assert!(error.message.zh.contains("表!XFD1048576"), "{error}");
}

#[test]
fn hidden_sheets_and_formulas_count_by_what_was_saved() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("明").unwrap();
    sheet.write_formula(0, 0, rust_xlsxwriter::Formula::new("=1+2").set_result("3")).unwrap();
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("=[1]a!A1").set_result("7")).unwrap();
    workbook.add_worksheet().set_name("暗").unwrap().set_hidden(true);
    let book = read_book(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.hidden, ["暗"]);
    assert_eq!(book.grids[0].cells.values().cloned().collect::<Vec<_>>(), [number("3"), number("7")]);
}

#[test]
fn last_years_workbook_fills_in_last_year() {
    let this = budget("made-up-funds-2025");
    let mut spec = this.spec.clone();
    // The workbook of the year before has what this one calls last year's.
    for row in &mut spec.income {
        row.amount = row.last.unwrap_or_default();
    }
    for row in &mut spec.expenditure {
        row.amount = row.last.unwrap_or_default();
    }
    for project in &mut spec.projects {
        project.amount = project.last.unwrap_or_default();
    }
    spec.income.iter_mut().for_each(|row| row.last = None);
    spec.expenditure.iter_mut().for_each(|row| row.last = None);
    let before = Budget::resolve(spec, this.profile.clone()).unwrap();
    let book = |budget: &Budget| read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap();
    let import = import(&book(&this), &this.profile, None, Some(&book(&before))).unwrap();
    let imported = Spec::from_yaml(&import.text).unwrap();
    let imported = Budget::resolve(imported, this.profile.clone()).unwrap();
    let last = |budget: &Budget| budget.last_of("income").and_then(|total| total.amount);
    assert_eq!(last(&imported), last(&this), "{}", import.text);
    for row in [
        "{ fund: state_capital, amount: 3200000, last: 4000000 }",
        "{ fund: government_fund, amount: 85000000, last: 0 }",
        "{ item: 2120399, kind: project, amount: 11500000, last: 11000000 }",
    ] {
        assert!(import.text.contains(row), "{row}\n{}", import.text);
    }
}

#[test]
fn the_table_of_targets_comes_back_as_it_was() {
    let mut read = 0;
    for name in crate::samples() {
        let own = budget(&name);
        if own.spec.performance.is_none() {
            continue;
        }
        let book = |budget: &Budget| read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap();
        let printed = book(&own);
        let import = import(&printed, &own.profile, None, None).unwrap();
        let spec = Spec::from_yaml(
            &import.text.replace("item: 待填", "item: 2010301").replace("category: 待填", "category: goods"),
        )
        .unwrap();
        let [was, is] = [&own.spec, &spec].map(|spec| spec.performance.as_ref().unwrap());
        assert_eq!(is.indicators, was.indicators, "{name}");
        assert_eq!(is.tasks.len(), was.tasks.len(), "{name}");
        for task in &is.tasks {
            // A form may name no projects but here, or several of one amount.
            let is_known = spec.projects.iter().any(|project| project.id == task.project);
            assert!(is_known || task.project.value == "待填", "{name}: {}", import.text);
            assert!(is_known || name != "longgang-womens-federation-2022", "{}", import.text);
        }
        let wrong = import.remarks.iter().filter(|remark| remark.weight >= Weight::Error);
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&Remark>::new(), "{name}");
        assert_eq!(spec.department.supervisor, own.spec.department.supervisor, "{name}");
        let Ok(again) = Budget::resolve(spec, own.profile.clone()) else { continue };
        let targets = |book: &Book| book.grids.iter().find(|grid| grid.name.contains("绩效目标表")).cloned().unwrap();
        let cells = |book: &Book| targets(book).cells.into_values().collect::<Vec<_>>();
        assert_eq!(cells(&book(&again)), cells(&printed), "{name}");
        read += 1;
    }
    assert!(read > 0);
}

#[test]
fn a_line_with_a_shorter_name_is_taken_for_the_only_one_it_begins() {
    let (mut book, profile) = sample();
    let whole = import(&book, &profile, None, None).unwrap().text;
    let grid = sheet(&mut book, "财务收支预算总表");
    let spot = *grid.cells.keys().find(|spot| grid.text(**spot).contains("一般公共预算资金")).unwrap();
    let words = grid.text(spot).replace("资金", "");
    put(grid, &cell_name(spot), text(&words));
    let import = import(&book, &profile, None, None).unwrap();
    assert_eq!(import.text, whole);
    let told = told(&import, Weight::Note);
    assert!(told.len() == 1 && told[0].contains("认作版式的“1. 一般公共预算资金”"), "{told:?}");
}

#[test]
fn what_is_wrong_with_a_damaged_file_is_not_told_in_the_words_of_a_library() {
    use std::io::{Cursor, Write as _};
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<workbook>").unwrap();
    let error = read_book(&archive.finish().unwrap().into_inner()).unwrap_err();
    assert_eq!(error.message.zh, "工作簿已损坏；请用 Excel 打开后另存");
    assert!(error.message.en.starts_with("the workbook is damaged ("), "{error}");
}

#[test]
fn what_no_table_tells_is_named_with_its_cells() {
    // The general form prints projects without their subjects, and last year's expenditure without its kind.
    let budget = budget("made-up-county-2026");
    let printed = read_book(&write_xlsx(&budget.compose().unwrap()).unwrap()).unwrap();
    let imported = import(&printed, &budget.profile, None, None).unwrap();
    let warned = told(&imported, Weight::Warning);
    for words in [
        "项目支出表: D6、D7、D8、D9、D10 的本年数，表中没有写明功能科目（item），数据文件中写了“待填”，请补上",
        "“三公”经费支出表: F7、G7 的本年数，表中没有写明预算单位（unit），数据文件中写了“待填”，请补上",
    ] {
        assert!(warned.iter().any(|told| told == words), "{words}\n{warned:#?}");
    }
    // The book names no body.
    let (mut book, profile) = sample();
    for grid in &mut book.grids {
        grid.cells.retain(|_, value| !matches!(value, Value::Text(words) if words.starts_with("编制部门")));
    }
    let import = import(&book, &profile, None, None).unwrap();
    assert!(import.text.contains("department:\n  name: \"待填\"\n"), "{}", import.text);
    assert_eq!(
        told(&import, Weight::Note),
        [": 表上没有写部门（如“编制部门：某局”），department 的名称写了“待填”，请补上"]
    );
}
