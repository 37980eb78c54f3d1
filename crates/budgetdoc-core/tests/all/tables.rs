//! Tables: every figure of a small made-up budget.

use crate::support::{SMALL, budget, replace};
use budgetdoc_check::check;
use budgetdoc_core::budget::{Budget, CellValue, CellWords, Scope};
use budgetdoc_core::money::Unit;
use budgetdoc_core::profile::{Account, Measure, Profile};
use budgetdoc_core::spec::Spec;
use budgetdoc_document::{Block, Document, Table};

/// Two units, two funds, four classes, projects in both units, and balances carried over: exact to the yuan.
const TWO_UNITS: &str = "\
budgetdoc: 1
profile: shenzhen/2022
year: 2022
unit: 元
department:
  name: 某局
  units:
    - { id: office, name: 某局本级 }
    - { id: centre, name: 某中心 }
income:
  - { unit: office, fund: general_public, amount: 5000000, last: 4000000 }
  - { unit: office, fund: government_fund, amount: 700000 }
  - { unit: centre, fund: general_public, amount: 1500000, last: 1500000 }
  - { unit: centre, fund: government_fund, amount: 100000 }
  - { unit: centre, fund: business_income, amount: 250000 }
brought_forward:
  - { unit: office, fund: general_public, amount: 300000 }
  - { unit: centre, fund: government_fund, amount: 150000 }
carried_forward:
  - { unit: office, fund: general_public, amount: 100000 }
expenditure:
  - { unit: office, item: 2012901, amount: 3000000 }
  - { unit: office, item: 2080505, amount: 420000 }
  - { unit: office, item: 2210201, amount: 380000 }
  - { unit: centre, item: 2012901, amount: 700000 }
  - { unit: centre, item: 2080505, amount: 110000 }
  - { unit: centre, item: 2210203, amount: 90000 }
  - { unit: centre, fund: business_income, item: 2120101, amount: 250000 }
basic:
  - { unit: office, category: personnel, amount: 3300000 }
  - { unit: office, category: operating, amount: 450000 }
  - { unit: office, category: allowances, amount: 50000 }
  - { unit: centre, category: personnel, amount: 800000 }
  - { unit: centre, category: operating, amount: 100000 }
  - { unit: centre, fund: business_income, category: operating, amount: 250000 }
projects:
  - { id: affairs, name: 某事务, unit: office, item: 2012902, amount: 1400000, goal: 某目标 }
  - { id: building, name: 某工程, unit: office, fund: government_fund, item: 2120399, amount: 700000 }
  - { id: training, name: 某培训, unit: centre, item: 2012902, amount: 600000, goal: 另一目标 }
  - { id: repair, name: 某修缮, unit: centre, fund: government_fund, item: 2120399, amount: 250000 }
three_public:
  - { unit: office, category: abroad, amount: 20000, last: 0 }
  - { unit: office, category: reception, amount: 3000, last: 5000 }
  - { unit: office, category: vehicle_purchase, amount: 0, last: 180000 }
  - { unit: office, category: vehicle_running, amount: 40000, last: 40000 }
  - { unit: centre, category: abroad, amount: 0, last: 0 }
  - { unit: centre, category: reception, amount: 1000, last: 500 }
  - { unit: centre, category: vehicle_purchase, amount: 0, last: 0 }
  - { unit: centre, category: vehicle_running, amount: 20000, last: 30000 }
procurement:
  - { unit: office, category: goods, amount: 500000 }
  - { unit: office, category: works, amount: 700000 }
  - { unit: centre, category: services, amount: 300000 }
reserved:
  - { unit: office, category: sme, amount: 900000 }
  - { unit: centre, category: sme, amount: 200000 }
  - { unit: office, category: micro, amount: 600000 }
";

/// A table as text, a line a row: the words as they are, amounts in yuan, `.` for nothing and `^` for a covered cell.
fn rows(budget: &Budget, id: &str) -> Vec<String> {
    let table = budget.table(id).unwrap_or_else(|| panic!("no table {id}"));
    let row = |cells: &[CellValue]| cells.iter().map(cell).collect::<Vec<_>>().join(" ");
    table.rows.iter().map(|line| row(&line.cells)).collect()
}

fn cell(cell: &CellValue) -> String {
    match cell {
        CellValue::Blank => ".".to_owned(),
        CellValue::Covered => "^".to_owned(),
        CellValue::Joined => "<".to_owned(),
        CellValue::Share(share) => share.map_or(".".to_owned(), |share| format!("{}%", share.round_dp(2))),
        CellValue::Words { text: CellWords::Template(text) | CellWords::Literal(text), level, .. } => {
            format!("{}{text}", ">".repeat(usize::from(*level)))
        }
        CellValue::Code(code) => code.clone(),
        CellValue::Count(number) => number.to_string(),
        CellValue::Figure(total) => total.or_zero().in_unit(Unit::Yuan).to_string(),
    }
}

#[track_caller]
fn assert_rows(budget: &Budget, id: &str, expected: &[&str]) {
    let found = rows(budget, id);
    assert_eq!(found, expected, "table {id}:\n{}", found.join("\n"));
}

#[test]
fn the_balance_sets_income_by_source_against_expenditure_by_subject() {
    let budget = budget(TWO_UNITS);
    assert_eq!(check(&budget).into_iter().filter(|finding| !finding.figures.is_empty()).collect::<Vec<_>>(), []);
    assert_rows(
        &budget,
        "balance",
        &[
            "一、政府预算拨款 7300000 一、一般公共服务支出 5700000",
            ">1.一般公共预算拨款 6500000 >群众团体事务 5700000",
            ">2.政府性基金预算拨款 800000 >>行政运行 3700000",
            ">3.国有资本经营预算拨款 0 >>一般行政管理事务 2000000",
            "二、财政专户管理资金 0 二、社会保障和就业支出 530000",
            "三、单位资金 250000 >行政事业单位养老支出 530000",
            ">1.事业收入 250000 >>机关事业单位基本养老保险缴费支出 530000",
            ">2.事业单位经营收入 0 三、城乡社区支出 1200000",
            ">3.上级补助收入 0 >城乡社区管理事务 250000",
            ">4.附属单位上缴收入 0 >>行政运行 250000",
            ">5.其他收入 0 >城乡社区公共设施 950000",
            ". . >>其他城乡社区公共设施支出 950000",
            ". . 四、住房保障支出 470000",
            ". . >住房改革支出 470000",
            ". . >>住房公积金 380000",
            ". . >>购房补贴 90000",
            "本年收入合计 7550000 本年支出合计 7900000",
            "上年结余、结转 450000 结转下年 100000",
            "收入总计 8000000 支出总计 8000000",
        ],
    );
}

#[test]
fn the_balance_of_appropriations_leaves_own_funds_out() {
    assert_rows(
        &budget(TWO_UNITS),
        "appropriation_balance",
        &[
            "政府预算拨款 7300000 一、一般公共服务支出 5700000",
            ">一般公共预算拨款 6500000 >群众团体事务 5700000",
            ">政府性基金预算拨款 800000 >>行政运行 3700000",
            ">国有资本经营预算拨款 0 >>一般行政管理事务 2000000",
            ". . 二、社会保障和就业支出 530000",
            ". . >行政事业单位养老支出 530000",
            ". . >>机关事业单位基本养老保险缴费支出 530000",
            ". . 三、城乡社区支出 950000",
            ". . >城乡社区公共设施 950000",
            ". . >>其他城乡社区公共设施支出 950000",
            ". . 四、住房保障支出 470000",
            ". . >住房改革支出 470000",
            ". . >>住房公积金 380000",
            ". . >>购房补贴 90000",
            "本年收入合计 7300000 本年支出合计 7650000",
            "上年结余、结转 450000 结转下年 100000",
            "收入总计 7750000 支出总计 7750000",
        ],
    );
}

#[test]
fn tables_by_unit_give_each_unit_its_own() {
    let budget = budget(TWO_UNITS);
    assert_rows(
        &budget,
        "income",
        &[
            // The total is income with the balances, as its last column shows.
            "某局本级 6000000 5700000 5000000 700000 0 0 0 0 0 0 0 0 300000",
            "某中心 2000000 1600000 1500000 100000 0 0 250000 250000 0 0 0 0 150000",
        ],
    );
    assert_rows(
        &budget,
        "expenditure",
        &["某局本级 5900000 3800000 2100000 1200000 900000 600000", "某中心 2000000 1150000 850000 300000 200000 0"],
    );
}

#[test]
fn tables_by_unit_and_category_or_project_sum_up_to_the_unit() {
    let budget = budget(TWO_UNITS);
    assert_rows(
        &budget,
        "basic",
        &[
            "某局本级 . 3800000 3800000 3800000 0 0 0 0 0 0 0 0 0",
            ". 工资福利支出 3300000 3300000 3300000 0 0 0 0 0 0 0 0 0",
            ". 商品和服务支出 450000 450000 450000 0 0 0 0 0 0 0 0 0",
            ". 对个人和家庭的补助 50000 50000 50000 0 0 0 0 0 0 0 0 0",
            "某中心 . 1150000 900000 900000 0 0 0 250000 250000 0 0 0 0",
            ". 工资福利支出 800000 800000 800000 0 0 0 0 0 0 0 0 0",
            ". 商品和服务支出 350000 100000 100000 0 0 0 250000 250000 0 0 0 0",
            ". 对个人和家庭的补助 0 0 0 0 0 0 0 0 0 0 0 0",
        ],
    );
    assert_rows(
        &budget,
        "projects",
        &[
            "某局本级 . 2100000 2100000 1400000 700000 0 0 0 0 0 0 0 0",
            ". 某事务 1400000 1400000 1400000 0 0 0 0 0 0 0 0 0",
            ". 某工程 700000 700000 0 700000 0 0 0 0 0 0 0 0",
            "某中心 . 850000 850000 600000 250000 0 0 0 0 0 0 0 0",
            ". 某培训 600000 600000 600000 0 0 0 0 0 0 0 0 0",
            ". 某修缮 250000 250000 0 250000 0 0 0 0 0 0 0 0",
        ],
    );
    assert_rows(
        &budget,
        "key_projects",
        &["某事务 1400000 某目标", "某工程 700000 ", "某培训 600000 另一目标", "某修缮 250000 "],
    );
}

#[test]
fn tables_by_subject_give_classes_divisions_and_items_of_each_unit() {
    let budget = budget(TWO_UNITS);
    assert_rows(
        &budget,
        "general_public",
        &[
            "某局本级 . . 5200000 3800000 1400000",
            ". 201 一般公共服务支出 4400000 3000000 1400000",
            ". 20129 >群众团体事务 4400000 3000000 1400000",
            ". 2012901 >>行政运行 3000000 3000000 0",
            ". 2012902 >>一般行政管理事务 1400000 0 1400000",
            ". 208 社会保障和就业支出 420000 420000 0",
            ". 20805 >行政事业单位养老支出 420000 420000 0",
            ". 2080505 >>机关事业单位基本养老保险缴费支出 420000 420000 0",
            ". 221 住房保障支出 380000 380000 0",
            ". 22102 >住房改革支出 380000 380000 0",
            ". 2210201 >>住房公积金 380000 380000 0",
            "某中心 . . 1500000 900000 600000",
            ". 201 一般公共服务支出 1300000 700000 600000",
            ". 20129 >群众团体事务 1300000 700000 600000",
            ". 2012901 >>行政运行 700000 700000 0",
            ". 2012902 >>一般行政管理事务 600000 0 600000",
            ". 208 社会保障和就业支出 110000 110000 0",
            ". 20805 >行政事业单位养老支出 110000 110000 0",
            ". 2080505 >>机关事业单位基本养老保险缴费支出 110000 110000 0",
            ". 221 住房保障支出 90000 90000 0",
            ". 22102 >住房改革支出 90000 90000 0",
            ". 2210203 >>购房补贴 90000 90000 0",
        ],
    );
    assert_rows(
        &budget,
        "government_fund",
        &[
            "某局本级 . . 700000 0 700000",
            ". 212 城乡社区支出 700000 0 700000",
            ". 21203 >城乡社区公共设施 700000 0 700000",
            ". 2120399 >>其他城乡社区公共设施支出 700000 0 700000",
            "某中心 . . 250000 0 250000",
            ". 212 城乡社区支出 250000 0 250000",
            ". 21203 >城乡社区公共设施 250000 0 250000",
            ". 2120399 >>其他城乡社区公共设施支出 250000 0 250000",
        ],
    );
    assert_rows(&budget, "state_capital", &["某局本级 . . 0 0 0", "某中心 . . 0 0 0"]);
}

#[test]
fn the_three_public_expenses_show_both_years_and_the_change_of_each_unit() {
    assert_rows(
        &budget(TWO_UNITS),
        "three_public",
        &[
            "某局本级 {{ last_year }}年 225000 0 5000 220000 180000 40000",
            "^ {{ year }}年 63000 20000 3000 40000 0 40000",
            "^ 增减变化金额 -162000 20000 -2000 -180000 -180000 0",
            "某中心 {{ last_year }}年 30500 0 500 30000 0 30000",
            "^ {{ year }}年 21000 0 1000 20000 0 20000",
            "^ 增减变化金额 -9500 0 500 -10000 0 -10000",
        ],
    );
}

/// The table of that title.
#[track_caller]
fn composed<'a>(document: &'a Document, title: &str) -> &'a Table {
    let is = |table: &&Table| table.heading.as_ref().is_some_and(|heading| heading.title.to_plain() == title);
    tables(document).find(is).unwrap_or_else(|| panic!("no table {title}"))
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&**table),
        _ => None,
    })
}

#[track_caller]
pub(crate) fn assert_grids(document: &Document) {
    for table in tables(document) {
        if let Err(error) = table.grid() {
            panic!("{:?}: {error}", table.heading.as_ref().map(|heading| heading.title.to_plain()));
        }
    }
}

#[test]
fn composed_tables_make_grids_and_units_cover_their_rows() {
    let document = budget(TWO_UNITS).compose().expect("the budget composes");
    assert_grids(&document);
    assert_eq!(tables(&document).count(), 12);
    let table = composed(&document, "一般公共预算“三公”经费支出表");
    let spans: Vec<_> = table.bodies[0].rows.iter().map(|row| row.cells[0].rows).collect();
    assert_eq!(spans, [3, 1, 1, 3, 1, 1]);
    let lengths: Vec<_> = table.bodies[0].rows.iter().map(|row| row.cells.len()).collect();
    assert_eq!(lengths, [8, 7, 7, 8, 7, 7]);
    let change: Vec<_> = table.bodies[0].rows[2].cells.iter().map(|cell| cell.content.to_string()).collect();
    assert_eq!(change, ["增减变化金额", "-16.2", "2", "-0.2", "-18", "-18", "0"]);
}

#[test]
fn figures_are_rounded_each_on_its_own_and_printed_in_ten_thousands() {
    let document = budget(TWO_UNITS).compose().expect("the budget composes");
    let row = |title, row: usize| -> Vec<String> {
        let cells = &composed(&document, title).bodies[0].rows[row].cells;
        cells.iter().map(|cell| cell.content.to_string()).collect()
    };
    assert_eq!(row("支出总表", 0), ["某局本级", "590", "380", "210", "120", "90", "60"]);
    assert_eq!(row("收支总表", 18), ["收入总计", "800", "支出总计", "800"]);
}

#[test]
fn notes_tell_an_empty_table_from_one_with_figures() {
    let notes = |document: &Document, title: &str| -> Vec<String> {
        composed(document, title).notes.iter().map(|note| note.to_plain()).collect()
    };
    let empty = ["注：本表本年度无发生额。"];
    let document = budget(TWO_UNITS).compose().expect("the budget composes");
    assert_eq!(notes(&document, "政府性基金预算支出表"), [] as [&str; 0]);
    assert_eq!(notes(&document, "国有资本经营预算支出表"), empty);
    assert_eq!(notes(&document, "一般公共预算“三公”经费支出表"), ["注：无。"]);
    let document = budget(SMALL).compose().expect("the budget composes");
    assert_eq!(notes(&document, "政府性基金预算支出表"), empty);
}

#[test]
fn the_text_on_other_budgets_agrees_with_their_tables() {
    let said = |text: &str| {
        let document = budget(text).compose().expect("the budget composes");
        let paragraphs = document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
            _ => None,
        });
        paragraphs.into_iter().find(|text| text.contains("国有资本经营预算支出")).expect("the text is there")
    };
    assert_eq!(said(SMALL), "本部门无政府性基金预算支出、国有资本经营预算支出、上级专项转移支付支出预算。");
    assert_eq!(
        said(TWO_UNITS),
        "本部门政府性基金预算支出95万元、国有资本经营预算支出0万元，无上级专项转移支付支出预算。"
    );
}

#[test]
fn an_empty_table_has_a_row_for_each_unit_and_nothing_in_it() {
    let document = budget(SMALL).compose().expect("the budget composes");
    let rows = &composed(&document, "政府性基金预算支出表").bodies[0].rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].cells[3].content.to_string(), "0");
}

#[test]
fn a_stated_subtotal_stands_only_where_all_of_its_subject_is_included() {
    let text = replace(TWO_UNITS, "unit: 元\n", "unit: 元\nprecision: rounded\n");
    let text = replace(
        &text,
        "projects:\n",
        "stated:\n  - { subject: 22102, kind: basic, amount: 470001 }\n  - { subject: 208, kind: basic, amount: 529999 }\n  - { subject: 212, kind: basic, amount: 250001 }\nprojects:\n",
    );
    let budget = budget(&text);
    let balance = rows(&budget, "balance");
    // The whole department, all funds: as stated, up to the class; the item below and the total stay sums.
    assert_eq!(balance[12], ". . 四、住房保障支出 470001");
    assert_eq!(balance[13], ". . >住房改革支出 470001");
    assert_eq!(balance[14], ". . >>住房公积金 380000");
    assert_eq!(balance[4], "二、财政专户管理资金 0 二、社会保障和就业支出 529999");
    assert_eq!(balance[5], "三、单位资金 250000 >行政事业单位养老支出 530000");
    // A class of two kinds: the stated basic part and the sum of the projects.
    assert_eq!(balance[7], ">2.事业单位经营收入 0 三、城乡社区支出 1200001");
    assert_eq!(balance[16], "本年收入合计 7550000 本年支出合计 7900000");
    // Of the appropriations alone: 212's basic part is of own funds, so only its projects are left.
    let appropriations = rows(&budget, "appropriation_balance");
    assert_eq!(appropriations[7], ". . 三、城乡社区支出 950000");
    assert_eq!(appropriations[10], ". . 四、住房保障支出 470001");
    // One unit's part of a subject both have is a sum.
    let by_unit = rows(&budget, "general_public");
    assert_eq!(by_unit[8], ". 221 住房保障支出 380000 380000 0");
    assert_eq!(by_unit[9], ". 22102 >住房改革支出 380000 380000 0");
    assert_eq!(by_unit[20], ". 22102 >住房改革支出 90000 90000 0");
    assert_eq!(by_unit[5], ". 208 社会保障和就业支出 420000 420000 0");
}

#[test]
fn a_stated_subtotal_stands_in_the_unit_that_has_all_of_its_subject() {
    let text = replace(SMALL, "precision: exact", "precision: rounded");
    let text = replace(
        &text,
        "projects:\n  - id",
        "stated:\n  - { subject: 22102, kind: basic, amount: 11 }\nprojects:\n  - id",
    );
    let found = rows(&budget(&text), "general_public");
    assert!(found.contains(&". 221 住房保障支出 110000 110000 0".to_owned()), "{found:?}");
    assert!(found.contains(&". 22102 >住房改革支出 110000 110000 0".to_owned()), "{found:?}");
    assert!(found.contains(&". 2210201 >>住房公积金 100000 100000 0".to_owned()), "{found:?}");
}

#[test]
fn last_years_amounts_take_no_stated_subtotal() {
    let text = replace(SMALL, "precision: exact", "precision: rounded");
    let text = replace(&text, "{ item: 2210201, amount: 10 }", "{ item: 2210201, amount: 10, last: 7 }");
    let text = replace(
        &text,
        "projects:\n  - id",
        "stated:\n  - { subject: 221, kind: basic, amount: 11 }\nprojects:\n  - id",
    );
    let budget = budget(&text);
    let scope = Scope { subject: "221".parse().ok(), ..Scope::default() };
    let of = |year| {
        let measure = Measure { accounts: vec![Account::Expenditure], year, ..Measure::default() };
        budget.cube.total(&measure, scope).amount.map(|amount| amount.in_unit(Unit::TenThousandYuan).to_string())
    };
    use budgetdoc_core::profile::YearOf::{Change, Last, This};
    assert_eq!(of(None).as_deref(), Some("11"));
    assert_eq!(of(Some(This)).as_deref(), Some("11"));
    assert_eq!(of(Some(Last)).as_deref(), Some("7"));
    assert_eq!(of(Some(Change)).as_deref(), Some("4"));
}

#[test]
fn a_table_whose_printed_parts_miss_their_sum_says_so() {
    let profile = replace(crate::support::PROFILE, "\noutline:\n", "\nrounding_note: 注：存在尾数误差。\n\noutline:\n");
    let notes = |text: &str| -> Vec<String> {
        let profile = Profile::from_yaml(&profile).unwrap_or_else(|error| panic!("{error}"));
        let spec = Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}"));
        let document = Budget::resolve(spec, profile).and_then(|budget| budget.compose());
        let blocks = document.unwrap_or_else(|error| panic!("{error}")).blocks.into_iter();
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let said = tables.filter(|table| table.notes.iter().any(|note| note.to_plain().contains("注：存在尾数误差")));
        said.filter_map(|table| table.heading.map(|heading| heading.title.to_plain())).collect()
    };
    // 60.5 and 30.5 print as 61 and 31, their sum as 91.
    let halves = replace(SMALL, "{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60.5 }");
    let halves = replace(&halves, "    amount: 30\n", "    amount: 30.5\n");
    assert_eq!(notes(&halves), ["收支总表", "政府预算拨款收支总表", "一般公共预算支出表（按功能分类）"]);
    assert_eq!(notes(SMALL), Vec::<String>::new());
}
