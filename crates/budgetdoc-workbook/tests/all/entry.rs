//! Entry workbooks: what is written is read back, and every place has its cell.

use budgetdoc_core::error::Problem;
use budgetdoc_core::spec::{Day, Spec};
use budgetdoc_document::Place;
use budgetdoc_workbook::{
    Book, Entries, Grid, Joined, Spot, Value, Weight, cell_name, is_entry_book, read_book, read_entries, write_entries,
};

use crate::{budget, samples, spec_text};

fn book(name: &str) -> Book {
    let budget = budget(name);
    read_book(&write_entries(&budget.spec, &budget.profile).unwrap()).unwrap()
}

fn entries(book: &Book) -> Entries {
    read_entries(book).unwrap_or_else(|remarks| panic!("{remarks:?}"))
}

#[test]
fn a_spec_comes_back_from_its_workbook() {
    for name in samples() {
        let own = Spec::from_yaml(&spec_text(&name)).unwrap();
        let book = book(&name);
        assert!(is_entry_book(&book));
        let entries = entries(&book);
        assert_eq!(entries.remarks, [], "{name}");
        let again = Spec::from_yaml(&entries.text).unwrap_or_else(|error| panic!("{name}: {error}\n{}", entries.text));
        assert!(own == again, "{name}\n{}", entries.text);
    }
}

#[test]
fn what_samples_lack_comes_back_too() {
    let more = "\
schedules:
  services:
    - { name: 档案整理, quantity: 12 卷, amount: 30.50, item: 2120101 }
    - { name: \"系统\\n运维\", amount: 10 }
stated:
  - { subject: 212, kind: project, amount: -3 }
glossary:
  add:
    - { term: \"甲: 乙\", meaning: \"# 丙\\t丁\" }
control:
  - { table: income, row: \"2120101\", amount: 待填 }
suppress:
  - { rule: C1, at: text.duties, reason: \"true\" }
fonts: { title: 方正小标宋简体 }
last_totals: { income: 12345678901234.56 }
";
    let text = spec_text("made-up-funds-2025") + more;
    let text = text
        .replace("  vehicle_running: 车辆数量没有变化。\n", "  vehicle_running: \"\"\n  reason: \"一\\n\\n 二\\n\"\n");
    let own = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"));
    let book = read_book(&write_entries(&own, &budget("made-up-funds-2025").profile).unwrap()).unwrap();
    let entries = entries(&book);
    let again = Spec::from_yaml(&entries.text).unwrap_or_else(|error| panic!("{error}\n{}", entries.text));
    assert_eq!(serde_json::to_value(&own).unwrap(), serde_json::to_value(&again).unwrap(), "{}", entries.text);
    let amount = again.schedules.get("services").unwrap()[0].get("amount").unwrap();
    assert!(cell_at(&entries, amount.place.unwrap()).starts_with("明细 services!"));
}

/// Returns the cell of a place.
fn cell_at(entries: &Entries, place: Place) -> &str {
    let index = entries.cells.partition_point(|(known, _)| *known <= place);
    &entries.cells[index - 1].1
}

fn sheet<'b>(book: &'b mut Book, name: &str) -> &'b mut Grid {
    book.grids.iter_mut().find(|grid| grid.name == name).unwrap()
}

fn spot(grid: &Grid, words: &str) -> Spot {
    *grid.cells.keys().find(|spot| grid.text(**spot) == words).unwrap_or_else(|| panic!("{words}"))
}

fn put(grid: &mut Grid, spot: Spot, text: &str) {
    grid.cells.insert(spot, Value::Text(text.to_owned()));
}

/// Returns the messages of a spec that cannot be read, each with its cell.
fn problems(book: &Book) -> Vec<String> {
    let entries = entries(book);
    let error = Spec::from_yaml(&entries.text).unwrap_err();
    let named = |problem: &Problem| format!("{}: {}", cell_at(&entries, problem.place.unwrap()), problem.message.zh);
    error.problems.iter().map(named).collect()
}

#[test]
fn amounts_are_numbers_and_places_have_cells() {
    let mut book = book("made-up-funds-2025");
    let grid = sheet(&mut book, "项目");
    let (row, _) = spot(grid, "land");
    let (_, column) = spot(grid, "amount");
    assert_eq!(grid.cells[&(row, column)], Value::Number(85_000_000.into()));
    let name = format!("项目!{}", cell_name((row, column)));
    let entries = entries(&book);
    let spec = Spec::from_yaml(&entries.text).unwrap();
    let project = spec.projects.iter().find(|project| project.id.value == "land").unwrap();
    assert_eq!(cell_at(&entries, project.amount.place.unwrap()), name);
    let text = spec.text.get("assets").unwrap();
    assert!(cell_at(&entries, text.place.unwrap()).starts_with("文字!"));
    assert_eq!(cell_at(&entries, spec.year.place.unwrap()), "基本情况!B6".replace('B', "C"));
}

#[test]
fn what_is_wrong_is_told_at_its_cell() {
    let sample = || book("made-up-funds-2025");
    let mut book = sample();
    let grid = sheet(&mut book, "收入");
    let (_, amount) = spot(grid, "amount");
    put(grid, (4, amount), "八千万");
    let cell = cell_name((4, amount));
    assert_eq!(
        problems(&book),
        [format!("收入!{cell}: 这里应为金额，如 1310 或 0.3（不带单位和千分位逗号），实际是“八千万”")]
    );
    // A missing amount is reported at the first cell of its row.
    let mut book = sample();
    let grid = sheet(&mut book, "收入");
    grid.cells.remove(&(4, amount));
    let (_, fund) = spot(grid, "fund");
    assert_eq!(problems(&book), [format!("收入!{}: 这里缺少必填的键“amount”", cell_name((4, fund)))]);
    // An unknown key is reported in the head.
    let mut book = sample();
    let grid = sheet(&mut book, "收入");
    let head = spot(grid, "last");
    put(grid, head, "lost");
    let told = problems(&book);
    assert!(told[0].starts_with(&format!("收入!{}: ", cell_name(head))), "{told:?}");
}

#[test]
fn cells_without_a_value_make_no_spec() {
    for (value, words) in [(Value::Error("#REF!".to_owned()), "#REF!"), (Value::Uncomputed, "公式没有保存结果")]
    {
        let mut book = book("made-up-funds-2025");
        sheet(&mut book, "收入").cells.insert((4, 4), value);
        let remarks = read_entries(&book).unwrap_err();
        let [remark] = &remarks[..] else { panic!("{remarks:?}") };
        assert_eq!((remark.weight, remark.place.as_deref()), (Weight::Fault, Some("收入!E5")));
        assert!(remark.message.zh.contains(words));
    }
}

#[test]
fn what_has_no_key_is_a_remark() {
    let mut book = book("made-up-funds-2025");
    let own = entries(&book).text;
    let grid = sheet(&mut book, "收入");
    put(grid, (1, 9), "备注");
    put(grid, (4, 9), "去年退坡");
    put(grid, (60, 9), "=1");
    for (name, first) in [("底稿", "随手记"), ("说明", "# 说明")] {
        let cells = [((0, 0), Value::Text(first.to_owned()))].into_iter().collect();
        book.grids.push(Grid { name: name.to_owned(), cells, joined: Joined::default() });
    }
    let entries = entries(&book);
    assert_eq!(entries.text, own);
    let told: Vec<_> = entries.remarks.iter().map(|remark| remark.place.as_deref()).collect();
    assert_eq!(told, [Some("底稿")]);
}

#[test]
fn people_type_days_and_codes_as_they_like() {
    let mut book = book("made-up-funds-2025");
    let grid = sheet(&mut book, "基本情况");
    let (row, column) = spot(grid, "date");
    grid.cells.insert((row, column + 1), Value::Date("2025-02-18".to_owned()));
    let grid = sheet(&mut book, "支出");
    let (_, item) = spot(grid, "item");
    put(grid, (3, item), " 2120101 ");
    let spec = Spec::from_yaml(&entries(&book).text).unwrap();
    assert_eq!(spec.date, Day::parse("2025-02-18"));
    assert_eq!(spec.expenditure[0].item.value.as_str(), "2120101");
}

#[test]
fn what_is_typed_in_percent_is_read_in_percent() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let percent = Format::new().set_num_format("0%");
    let fine = Format::new().set_num_format("0.00%");
    let sheet = workbook.add_worksheet().set_name("基本情况").unwrap();
    sheet.write_string(0, 0, "spec").unwrap();
    sheet.write_string(2, 0, "key").unwrap();
    sheet.write_string(2, 1, "values").unwrap();
    let sheet = workbook.add_worksheet().set_name("项目").unwrap();
    sheet.write_string(0, 0, "projects").unwrap();
    for (column, key) in ["id", "amount"].into_iter().enumerate() {
        sheet.write_string(2, u16::try_from(column).unwrap(), key).unwrap();
    }
    sheet.write_string(3, 0, "a").unwrap();
    sheet.write_number(3, 1, 12.5).unwrap();
    let sheet = workbook.add_worksheet().set_name("指标").unwrap();
    sheet.write_string(0, 0, "projects.indicators").unwrap();
    for (column, key) in ["key", "key", "key", "name", "target", "sign", "value", "unit", "weight"].iter().enumerate() {
        sheet.write_string(2, u16::try_from(column).unwrap(), *key).unwrap();
    }
    for (row, name) in ["满意度", "合格率", "增长率"].into_iter().enumerate() {
        let row = u32::try_from(row).unwrap() + 3;
        for (column, words) in ["a", "产出指标", "质量指标", name].into_iter().enumerate() {
            sheet.write_string(row, u16::try_from(column).unwrap(), words).unwrap();
        }
    }
    sheet.write_number_with_format(3, 6, 0.9, &percent).unwrap();
    sheet.write_string(3, 7, "%").unwrap();
    sheet.write_number_with_format(3, 8, 0.4, &percent).unwrap();
    sheet.write_number_with_format(4, 6, 0.985, &fine).unwrap();
    sheet.write_number(4, 8, 60).unwrap();
    sheet.write_number_with_format(5, 4, 0.07, &percent).unwrap();
    let text = entries(&read_book(&workbook.save_to_buffer().unwrap()).unwrap()).text;
    for row in [
        "{ name: 满意度, value: 90, unit: \"%\", weight: 40 }",
        "{ name: 合格率, value: \"98.5%\", weight: 60 }",
        "{ name: 增长率, target: \"7%\" }",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
}
