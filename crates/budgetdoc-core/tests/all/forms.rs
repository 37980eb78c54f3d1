//! What a form prints of the figures: rows of every account, figures of other years, changes and their reasons.

use crate::support::replace;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::Prose;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::CellContent;

/// Income and a balance by functional item, in yuan.
const SPEC: &str = "\
budgetdoc: 1
profile: form/2026
year: 2026
unit: 元
department: { name: 某局, units: [{ id: self, name: 某局 }] }
income:
  - { fund: general_public, item: 2130301, amount: 60, last: 50, executed: 44 }
  - { fund: general_public, item: 2130314, amount: 40, last: 30, executed: 33 }
carried_forward:
  - { fund: general_public, item: 2130314, amount: 7 }
expenditure:
  - { item: 2130301, amount: 60, last: 50, executed: 44 }
  - { item: 2130314, kind: project, amount: 33, last: 30, executed: 33 }
";

const PROFILE: &str = "\
budgetdoc_profile: 1
name: form/2026
extends: central/2025
table_amounts: { unit: 元, decimals: 0 }
text_amounts: { unit: 元, decimals: 2, trim: true }
figures:
  outcome: { accounts: [expenditure], year: executed }
  before: { accounts: [expenditure], year: last }
  rise: { accounts: [expenditure], year: change }
lists:
  outcomes: { each: function, of: { accounts: [income], year: executed } }
outline: [{ text: note }, { table: by_function }]
texts:
  note: NOTE
tables:
  by_function:
    summary: 收入
    content:
      rows:
        columns:
          - { head: [编码], show: { field: code } }
          - { head: [收入], show: { sum: { accounts: [income] } } }
          - { head: [支出和结转], show: { sum: { accounts: [expenditure, carried_forward] } } }
          - { head: [上年], show: { sum: { accounts: [income], year: last } } }
        rows: { each: [function] }
    of: { accounts: [income, expenditure, carried_forward] }
";

fn budget(note: &str, spec: &str) -> Budget {
    let profile = Profile::from_yaml(&replace(PROFILE, "NOTE", note)).unwrap();
    Budget::resolve(Spec::from_yaml(spec).unwrap(), profile).unwrap()
}

#[track_caller]
fn says(note: &str, spec: &str) -> String {
    let budget = budget(note, spec);
    budget.compose().unwrap();
    let prose = Prose::of(&budget);
    prose.passages.into_iter().find(|passage| passage.about == "text.note").map(|line| line.text).unwrap_or_default()
}

fn rows(spec: &str) -> Vec<String> {
    let budget = budget("\"\"", spec);
    let tables = budget.compose_tables().unwrap();
    let cells = |cells: &[budgetdoc_document::Cell]| {
        cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert!(
        tables[0].1.bodies[0].rows.iter().all(|row| row.cells.iter().all(|cell| cell.content != CellContent::Empty))
    );
    tables[0].1.bodies[0].rows.iter().map(|row| cells(&row.cells)).collect()
}

#[test]
fn classes_and_divisions_sum_what_has_no_kind() {
    let sums = ["213 100 100 80", "21303 100 100 80", "2130301 60 60 50", "2130314 40 40 30"];
    assert_eq!(rows(SPEC), sums);
    // Beside a stated subtotal, which is of expenditure alone.
    let stated = format!("{SPEC}precision: rounded\nstated: [{{ subject: 21303, kind: basic, amount: 61 }}]\n");
    assert_eq!(rows(&stated), ["213 100 101 80", "21303 100 101 80", "2130301 60 60 50", "2130314 40 40 30"]);
}

#[test]
fn figures_and_lists_are_of_the_year_they_name() {
    let note = "'{{ outcome | amount }}，{{ before | amount }}，{{ rise | amount }}，\
                {% for row in outcomes %}{{ row.code }} {{ row | amount }}；{% endfor %}'";
    assert_eq!(says(note, SPEC), "77元，80元，13元，213 77元；21303 77元；2130301 44元；2130314 33元；");
    // A sum of some rows would be another figure.
    let unknown =
        replace(SPEC, "amount: 60, last: 50, executed: 44 }\n  - { item: 2130314", "amount: 60 }\n  - { item: 2130314");
    assert_eq!(says("'{{ outcome | amount }}，{{ rise | amount }}'", &unknown), "【待填】元，【待填】元");
}

#[test]
fn a_change_may_be_of_printed_amounts() {
    let note = "'{{ spent | amount }}{{ spent | change }}'";
    let figures = "figures:\n  spent: { accounts: [expenditure], kinds: [project] }\n";
    let spec = replace(SPEC, "amount: 33, last: 30", "amount: 33.54, last: 30.46");
    let says = |words: &str| {
        let amounts = format!("text_amounts: {{ unit: 元, decimals: 1, rounding: truncate }}\n{words}");
        let profile = replace(PROFILE, "text_amounts: { unit: 元, decimals: 2, trim: true }\n", &amounts);
        let profile = replace(&replace(&profile, "figures:\n", figures), "NOTE", note);
        let budget = Budget::resolve(Spec::from_yaml(&spec).unwrap(), Profile::from_yaml(&profile).unwrap()).unwrap();
        Prose::of(&budget).passages.into_iter().find(|line| line.about == "text.note").map(|line| line.text)
    };
    assert_eq!(says("").as_deref(), Some("33.5元比2025年增加3.0元"));
    assert_eq!(says("words: { change_of: printed }\n").as_deref(), Some("33.5元比2025年增加3.1元"));
}

#[test]
fn a_spec_chooses_formats_that_its_profile_allows() {
    let allowed = "allowed_amounts:\n  tables: { decimals: [1], zero: [—], rounding: [truncate] }\n  \
                   text: { decimals: [1], zero: [零], rounding: [truncate] }\nfigures:\n  reserve: { accounts: [reserved] }\n";
    let note = "'{{ outcome | amount }}，{{ reserve | amount }}'";
    let profile = replace(&replace(PROFILE, "figures:\n", allowed), "NOTE", note);
    let spec = replace(
        &replace(
            SPEC,
            "amount: 60, last: 50, executed: 44 }\n  - { item",
            "amount: 60.56, last: 50, executed: 44.56 }\n  - { item",
        ),
        "amount: 40, last: 30",
        "amount: 40, last: 0",
    );
    let spec = format!(
        "{spec}amounts:\n  tables: {{ decimals: 1, zero: —, rounding: truncate }}\n  \
         text: {{ decimals: 1, zero: 零, rounding: truncate }}\n"
    );
    let budget = Budget::resolve(Spec::from_yaml(&spec).unwrap(), Profile::from_yaml(&profile).unwrap()).unwrap();
    let cells = |cells: &[budgetdoc_document::Cell]| {
        cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>().join(" ")
    };
    let tables = budget.compose_tables().unwrap();
    let rows: Vec<_> = tables[0].1.bodies[0].rows.iter().map(|row| cells(&row.cells)).collect();
    let expected = ["213 100.0 100.5 50.0", "21303 100.0 100.5 50.0", "2130301 60.0 60.5 50.0", "2130314 40.0 40.0 —"];
    assert_eq!(rows, expected);
    let prose = Prose::of(&budget);
    let text = prose.passages.iter().find(|passage| passage.about == "text.note").map(|line| line.text.as_str());
    assert_eq!(text, Some("77.5元，零元"));
    let printed: Vec<_> =
        budgetdoc_check::check(&budget).into_iter().filter(|found| found.rule.starts_with('D')).collect();
    assert!(printed.is_empty(), "{printed:?}");
}

/// What a text of a built-in profile says of a spec of one unit, in 万元.
fn text_of(profile: &str, key: &str, rows: &str) -> String {
    let spec = format!(
        "budgetdoc: 1\nprofile: {profile}\nyear: 2025\nunit: 万元\n\
         department: {{ name: 某局, units: [{{ id: self, name: 某局 }}] }}\n{rows}"
    );
    let spec = Spec::from_yaml(&spec).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    let budget = Budget::resolve(spec, profile).unwrap();
    budget.compose().unwrap();
    let (prose, about) = (Prose::of(&budget), format!("text.{key}"));
    let lines = prose.passages.into_iter().filter(|passage| passage.about == about);
    lines.map(|line| line.text).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_compared_where_no_last_year_is_known() {
    let rows = "income: [{ fund: appropriation, amount: 100 }]\nexpenditure: [{ item: 2040401, amount: 100 }]\n\
                explanations: [{ subject: 204, purpose: 机关运转。, reason: 人员增加。 }]\n\
                text: { approval: 《批复》, overall_reason: 人员增加。, basic_reason: 人员增加。 }\n";
    let text = |key| text_of("jiangsu/2019", key, rows);
    let overview =
        "本预算反映部门年度总体收支预算情况，根据《批复》填列。\n某局2025年度收入、支出预算总计100万元。其中：";
    assert_eq!(text("overview"), overview);
    assert_eq!(text("appropriation_balance"), "某局2025年度财政拨款收、支总预算100万元。");
    let class = text("overview_expenditure");
    assert!(class.contains("公共安全支出（类）100万元，主要用于机关运转。\n"), "{class}");
    assert!(text("overview_kinds").starts_with("此外，基本支出预算数为100万元。\n"), "{}", text("overview_kinds"));
}

#[test]
fn a_reason_is_printed_behind_a_change_alone() {
    let text = |last: &str| {
        let rows = format!(
            "income: [{{ fund: appropriation, amount: 100, last: {last} }}]\n\
             expenditure: [{{ item: 2040401, amount: 100, last: {last} }}]\n\
             three_public: [{{ category: vehicle_running, amount: 3, last: 3 }}]\n\
             text: {{ overall_reason: 人员增加。, vehicle_running: 里程增加。 }}\n"
        );
        (text_of("jiangsu/2019", "general_public", &rows), text_of("jiangsu/2019", "three_public", &rows))
    };
    let amount = "某局2025年一般公共预算财政拨款支出预算100万元，与上年相比";
    assert_eq!(text("90").0, format!("{amount}增加10万元，增长11.11%。主要原因是人员增加。"));
    assert_eq!(text("100").0, format!("{amount}没有增减。"));
    assert!(text("90").1.contains("（2）公务用车运行维护费预算支出3万元，与上年相比没有增减。\n"), "{}", text("90").1);
}

#[test]
fn what_was_planned_and_not_spent_had_a_budget() {
    let text = |last: &str| {
        let rows = format!(
            "income: [{{ fund: general_public, amount: 30, last: 25 }}]\n\
             expenditure: [{{ item: 2010302, amount: 30, last: {last}, executed: 0 }}]\n\
             text:\n  items: |\n    {{% for row in appropriated if row.level == \"item\" %}}\
             {{{{ row | yoy(executed=true, base=\"执行数\") }}}}{{% endfor %}}\n"
        );
        text_of("shanghai/2025", "items", &rows)
    };
    assert_eq!(text("25"), "比2024年预算执行数增加30.00万元");
    assert_eq!(text("0"), "上年无此项预算");
}

#[test]
fn a_unit_of_shanghai_has_every_table_in_whole_yuan() {
    let spec = "budgetdoc: 1\nprofile: shanghai/2025-unit\nyear: 2025\nunit: 元\n\
                department: { name: 某局, supervisor: 某局, units: [{ id: self, name: 某局 }] }\n\
                income: [{ fund: general_public, amount: 1200000 }]\n\
                expenditure: [{ item: 2010301, category: personnel, amount: 1200000 }]\n\
                economic: [{ code: 30101, amount: 1200000 }]\n";
    let spec = Spec::from_yaml(spec).unwrap();
    let profile = Profile::built_in(&spec.profile).unwrap();
    let tables = Budget::resolve(spec, profile).unwrap();
    let tables = tables.compose_tables().unwrap();
    let (_, table) = tables.iter().find(|(id, _)| *id == "economic").unwrap();
    let last = table.bodies[0].rows[0].cells.iter().map(|cell| cell.content.to_string()).collect::<Vec<_>>();
    assert!(last.contains(&"1,200,000".to_owned()), "{last:?}");
}

#[test]
fn a_subject_that_ended_has_a_row_only_where_a_past_year_is_shown() {
    let ended = "  - { item: 2130306, amount: 0, last: 9, executed: 9 }\n";
    let spec = Spec::from_yaml(&(SPEC.to_owned() + ended)).unwrap();
    let budget = Budget::resolve(spec, Profile::built_in(&"central/2025".to_owned().into()).unwrap()).unwrap();
    let has = |table: &str| {
        let rows = budget.table(table).unwrap().rows;
        rows.iter().filter_map(|row| row.subject).any(|code| code.as_str() == "2130306")
    };
    // The one shows what last year's budget came to, the other this year alone.
    assert!(has("general_public"));
    assert!(!has("expenditure"));
}

#[test]
fn shanghai_s_items_are_compared_with_their_outcome_where_the_rows_have_it() {
    let spec = replace(SPEC, "form/2026", "shanghai/2025");
    let spec = replace(&spec, "amount: 33, last: 30, executed: 33", "amount: 33, last: 30");
    let spec = format!("{spec}explanations: [{{ subject: 2130301, reason: 人员增加。 }}]\n");
    let profile = Profile::built_in(&"shanghai/2025".to_owned().into()).unwrap();
    let items = |spec: &str| {
        let profile = Profile { text_amounts: profile.table_amounts.clone(), ..profile.clone() };
        let budget = Budget::resolve(Spec::from_yaml(spec).unwrap(), profile).unwrap();
        let prose = Prose::of(&budget);
        let lines = prose.passages.iter().filter(|passage| passage.about == "text.items");
        lines.map(|passage| passage.text.split('”').next_back().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let told = "60.00元。2025年当年预算执行数为44.00元，2026年预算安排60.00元，比2025年预算执行数增长36.36%。主要原因是：人员增加。";
    assert_eq!(items(&spec)[1..], [told, "33.00元。"]);
    let same = replace(
        &spec,
        "amount: 60, last: 50, executed: 44 }\n  - { item",
        "amount: 60, last: 50, executed: 60 }\n  - { item",
    );
    assert!(items(&same)[1].contains("2026年预算安排60.00元，与2025年预算执行数持平。"), "{:?}", items(&same));
}
