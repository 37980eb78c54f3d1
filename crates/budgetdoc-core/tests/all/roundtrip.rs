//! Specs and profiles as data: written and read again, and built in code.

use crate::support::{PROFILE, SAMPLE, SMALL};
use budgetdoc_check::{check, examine};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::money::{Amount, Unit};
use budgetdoc_core::ordered::Ordered;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::{
    AmountSetting, AmountSettings, BudgetUnit, CategoryRow, Code, Control, Day, Department, EconomicRow,
    ExpenditureRow, Explanation, FundRow, Glossary, GlossaryTerm, Indicator, InternalRow, NamedSubject, Performance,
    Precision, ProcurementItem, Project, Sign, Spec, StatedTotal, Suppression, Task, Typography, Weight, Written,
};
use budgetdoc_core::subject::SubjectCode;
use budgetdoc_document::{Date, Rounding};

/// The spec of [`built`], as a department would write it.
const WRITTEN: &str = "\
budgetdoc: 1
profile: shenzhen/2022
year: 2022
unit: 元
precision: rounded
amounts: { tables: { decimals: 0, rounding: half_up } }
names: [某某联合会]
typography: normalize
date: 2024-02-29
approved: 2024-02-20
department:
  name: 某局
  supervisor: 某某局
  units:
    - { id: self, name: 某局本级, code: 820001 }
income:
  - { unit: self, fund: general_public, amount: 100.50, last: 80 }
brought_forward:
  - { fund: general_public, amount: 0 }
carried_forward:
  - { fund: other_income, item: 2012901, amount: 2 }
internal:
  - { from: self, to: other, fund: superior_subsidy, item: 2012901, kind: project, amount: 3, last: 4 }
expenditure:
  - { fund: general_public, item: 2012901, kind: basic, category: personnel, amount: 60, last: 50, executed: 55 }
basic:
  - { category: personnel, amount: 60 }
economic:
  - { fund: other_income, code: 30101, kind: basic, item: 2012901, amount: 1, last: 2, executed: 3 }
stated:
  - { subject: 20129, kind: basic, amount: 61 }
projects:
  - { id: training, name: 培训经费, item: 2990101, amount: 0.30, last: 0, purpose: 培训。, reason: 人多。, goal: 十次。, code: 4401, indicators: { 产出: { 质量: [{ name: 质量, target: 合格 }] } } }
three_public:
  - { category: abroad, amount: 0, last: 0 }
meetings:
  - { category: training, amount: 1 }
procurement:
  - { category: goods, amount: 1 }
procurement_items:
  - { fund: other_income, category: goods, project: 某项, economic: 31002, name: 电脑, method: 自行, amount: 5 }
reserved:
  - { category: sme, amount: 1 }
schedules:
  assets:
    - { name: 电脑, quantity: 007, on: 2022-03-01 }
counts: { vehicles: 2, offices: 18446744073709551615 }
last_totals: { operating: 7 }
explanations:
  - { subject: 201, purpose: 运转。, reason: 人多。 }
key_projects: [training]
performance:
  basic: 工资。
  tasks:
    - { project: training, name: 训练, content: 培训。 }
  goal: 做好。
  indicators:
    产出:
      数量:
        - { name: 次数, sign: ≥, value: 10, unit: 次, weight: 12.5, direction: 正向 }
text:
  goals: |
    一。
    二。
  duties: 管理。
glossary:
  - { term: 某词, meaning: 某义。 }
fonts: { body: 某宋 }
subjects:
  - { code: 299, name: 其他支出 }
control:
  - { table: income, column: 收入总计, amount: 100 }
suppress:
  - { rule: C10, at: names, reason: 原文如此 }
";

fn code(code: &str) -> Located<SubjectCode> {
    code.parse::<SubjectCode>().expect("a code").into()
}

fn text(text: &str) -> Located<String> {
    text.to_owned().into()
}

fn written(text: &str) -> Located<Written> {
    Written(text.to_owned()).into()
}

fn amount(text: &str) -> Located<Amount> {
    Amount::Given(text.parse().expect("a number")).into()
}

fn category(category: &str, this: &str, last: Option<&str>) -> CategoryRow {
    CategoryRow { last: last.map(amount), ..CategoryRow::new(text(category), amount(this)) }
}

fn fund(fund: &str, this: &str) -> FundRow {
    FundRow::new(text(fund), amount(this))
}

/// The same with what the profile can print.
fn printable() -> Spec {
    Spec { internal: Vec::new(), meetings: Vec::new(), schedules: Ordered::default(), ..built() }
}

/// The spec of [`WRITTEN`], in code.
fn built() -> Spec {
    Spec {
        budgetdoc: 1.into(),
        profile: text("shenzhen/2022"),
        year: 2022.into(),
        unit: Unit::Yuan,
        precision: Precision::Rounded,
        amounts: AmountSettings {
            tables: AmountSetting { decimals: Some(0), rounding: Some(Rounding::HalfUp), zero: None },
            text: AmountSetting::default(),
        },
        names: vec![text("某某联合会")],
        typography: Typography::Normalize,
        date: Some(Day(Date { year: 2024, month: 2, day: 29 })),
        approved: Some(Day(Date { year: 2024, month: 2, day: 20 }).into()),
        department: Department {
            name: text("某局"),
            supervisor: Some(text("某某局")),
            units: vec![BudgetUnit {
                code: Some(Code("820001".to_owned()).into()),
                ..BudgetUnit::new(text("self"), text("某局本级"))
            }],
        },
        income: vec![FundRow {
            unit: Some(text("self")),
            last: Some(Amount::from(80).into()),
            ..fund("general_public", "100.5")
        }],
        brought_forward: vec![fund("general_public", "0")],
        carried_forward: vec![FundRow { item: Some(code("2012901")), ..fund("other_income", "2") }],
        internal: vec![InternalRow {
            from: text("self"),
            to: text("other"),
            fund: text("superior_subsidy"),
            item: code("2012901"),
            kind: text("project"),
            amount: amount("3"),
            last: Some(amount("4")),
        }],
        expenditure: vec![ExpenditureRow {
            unit: None,
            fund: Some(text("general_public")),
            item: code("2012901"),
            kind: Some(text("basic")),
            category: Some(text("personnel")),
            amount: amount("60"),
            last: Some(amount("50")),
            executed: Some(amount("55")),
        }],
        basic: vec![category("personnel", "60", None)],
        economic: vec![EconomicRow {
            unit: None,
            fund: Some(text("other_income")),
            code: code("30101"),
            kind: Some(text("basic")),
            item: Some(code("2012901")),
            government: None,
            amount: amount("1"),
            last: Some(amount("2")),
            executed: Some(amount("3")),
        }],
        stated: vec![StatedTotal { subject: code("20129"), kind: text("basic"), amount: amount("61") }],
        projects: vec![Project {
            id: text("training"),
            name: text("培训经费"),
            unit: None,
            fund: None,
            item: code("2990101"),
            amount: amount("0.3"),
            last: Some(amount("0")),
            executed: None,
            purpose: text("培训。"),
            reason: text("人多。"),
            goal: text("十次。"),
            code: Some(Code("4401".to_owned()).into()),
            category: None,
            indicators: Ordered(vec![(
                text("产出"),
                Ordered(vec![(text("质量"), vec![Indicator { target: text("合格"), ..Indicator::new(text("质量")) }])]),
            )]),
        }],
        three_public: vec![category("abroad", "0", Some("0"))],
        meetings: vec![category("training", "1", None)],
        procurement: vec![category("goods", "1", None)],
        procurement_items: vec![ProcurementItem {
            unit: None,
            fund: Some(text("other_income")),
            category: text("goods"),
            project: text("某项"),
            economic: code("31002"),
            name: text("电脑"),
            method: text("自行"),
            amount: amount("5"),
        }],
        reserved: vec![category("sme", "1", None)],
        schedules: Ordered(vec![(
            text("assets"),
            vec![Ordered(vec![
                (text("name"), written("电脑")),
                (text("quantity"), written("007")),
                (text("on"), written("2022-03-01")),
            ])],
        )]),
        counts: Ordered(vec![(text("vehicles"), 2.into()), (text("offices"), u64::MAX.into())]),
        last_totals: Ordered(vec![(text("operating"), amount("7"))]),
        explanations: vec![Explanation { subject: code("201"), purpose: text("运转。"), reason: text("人多。") }],
        key_projects: vec![text("training")],
        performance: Some(Performance {
            basic: text("工资。"),
            tasks: vec![Task { project: text("training"), name: Some(text("训练")), content: text("培训。") }],
            goal: text("做好。"),
            indicators: Ordered(vec![(
                text("产出"),
                Ordered(vec![(
                    text("数量"),
                    vec![Indicator {
                        sign: Some(Sign::AtLeast),
                        value: text("10"),
                        unit: text("次"),
                        weight: Some(Weight("12.5".parse().expect("a number")).into()),
                        direction: text("正向"),
                        ..Indicator::new(text("次数"))
                    }],
                )]),
            )]),
        }),
        text: Ordered(vec![(text("goals"), text("一。\n二。\n")), (text("duties"), text("管理。"))]),
        glossary: Glossary::Replaced(vec![GlossaryTerm { term: text("某词"), meaning: text("某义。") }]),
        fonts: Ordered(vec![(text("body"), text("某宋"))]),
        control: vec![Control {
            table: text("income"),
            row: None,
            column: Some(text("收入总计")),
            amount: amount("100"),
        }],
        suppress: vec![Suppression { rule: text("C10"), at: Some(text("names")), reason: text("原文如此") }],
        subjects: vec![NamedSubject { code: code("299"), name: text("其他支出") }],
        source: Default::default(),
    }
}

#[test]
fn a_spec_built_in_code_equals_the_one_that_is_read() {
    let read = Spec::from_yaml(WRITTEN).expect("the spec is right");
    assert_eq!(read, built());
    assert!(read.income[0].amount.place.is_some() && built().income[0].amount.place.is_none());
    assert_ne!(Spec::from_yaml(SMALL).expect("the spec is right"), built());
}

#[test]
fn specs_are_written_and_read_again_without_loss() {
    for yaml in [SAMPLE, SMALL, WRITTEN] {
        let spec = Spec::from_yaml(yaml).expect("the spec is right");
        let written = serde_saphyr::to_string(&spec).expect("a spec is written");
        let again = Spec::from_yaml(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(again, spec, "\n{written}");
        assert_eq!(serde_saphyr::to_string(&again).expect("a spec is written"), written);
    }
}

#[test]
fn what_is_left_out_is_not_written() {
    let spec = Spec {
        income: vec![FundRow::new(text("general_public"), amount("5"))],
        projects: vec![Project::new(text("training"), text("培训经费"), code("2012902"), amount("5"))],
        ..Spec::new(text("shenzhen/2022"), 2022, built().department)
    };
    let written = serde_saphyr::to_string(&spec).expect("a spec is written");
    let keys: Vec<&str> = written.lines().filter_map(|line| line.split(':').next()).map(str::trim).collect();
    let expected = [
        "budgetdoc",
        "profile",
        "year",
        "department",
        "name",
        "supervisor",
        "units",
        "- id",
        "name",
        "code",
        "income",
        "- fund",
        "amount",
        "projects",
        "- id",
        "name",
        "item",
        "amount",
    ];
    assert_eq!(keys, expected, "\n{written}");
    assert_eq!(Spec::from_yaml(&written).expect("it is read again"), spec);
}

#[test]
fn amounts_keep_their_digits() {
    let spec = Spec::from_yaml(WRITTEN).expect("the spec is right");
    let written = serde_saphyr::to_string(&spec).expect("a spec is written");
    assert!(written.contains("100.50") && written.contains("0.30"), "{written}");
}

#[test]
fn profiles_are_written_and_read_again_without_loss() {
    let profile = Profile::from_yaml(PROFILE).expect("the profile is right");
    let written = serde_saphyr::to_string(&profile).expect("a profile is written");
    let again = Profile::from_yaml(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(again, profile);
}

#[test]
fn budgets_and_findings_and_documents_are_written() {
    let budget = crate::support::budget(SAMPLE);
    let written = serde_saphyr::to_string(&budget).expect("a budget is written");
    assert!(written.starts_with("spec:\n"), "{}", written.chars().take(80).collect::<String>());
    let findings = serde_saphyr::to_string(&examine(&budget.compose_with_prose(), &Default::default()).findings)
        .expect("findings are written");
    assert!(findings.contains("A5"), "{findings}");
    let document = budget.compose().expect("the document composes");
    let written = serde_saphyr::to_string(&document).expect("a document is written");
    let again: budgetdoc_document::Document = serde_saphyr::from_str(&written).expect("it is read again");
    assert_eq!(again, document);
}

#[test]
fn a_spec_without_places_resolves_composes_and_is_checked() {
    let mut spec = printable();
    spec.subjects.push(NamedSubject { code: code("29901"), name: text("其他支出") });
    spec.subjects.push(NamedSubject { code: code("2990101"), name: text("其他支出") });
    let profile = Profile::from_yaml(PROFILE).expect("the profile is right");
    let budget = Budget::resolve(spec, profile).unwrap_or_else(|error| panic!("{error}"));
    assert!(check(&budget).iter().all(|finding| finding.place.is_none()));
    assert!(!check(&budget).is_empty());
    budget.compose().unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn problems_of_a_spec_without_places_are_told_without_lines() {
    let mut spec = printable();
    spec.basic.push(spec.basic[0].clone());
    spec.department.units.push(spec.department.units[0].clone());
    spec.projects[0].item = code("2012902");
    for row in spec.basic.iter_mut().chain(&mut spec.three_public) {
        row.unit = Some(text("self"));
    }
    let error = Budget::resolve(spec, Profile::from_yaml(PROFILE).expect("the profile is right"))
        .expect_err("a figure and an id stand twice");
    for problem in &error.problems {
        assert_eq!(problem.place, None, "{problem:?}");
        assert_eq!(problem.others, [], "{problem:?}");
    }
}
