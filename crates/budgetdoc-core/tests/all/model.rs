//! What budgets of other forms hold: economic divisions, more kinds of expenditure, what moves between units, what last
//! year's came to, and measures that take some of it.

use crate::support::{PROFILE, replace};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::{Account, Measure, Profile, YearOf};
use budgetdoc_core::spec::{Nature, Spec};

/// Two units: an office that pays its centre, and three kinds of expenditure.
const SPEC: &str = "\
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
  - { unit: office, fund: general_public, amount: 100, last: 90, executed: 95 }
  - { unit: centre, fund: general_public, amount: 40 }
  - { unit: centre, fund: superior_subsidy, amount: 7 }
carried_forward:
  - { unit: office, fund: general_public, item: 2012902, amount: 3 }
internal:
  - { from: office, to: centre, fund: superior_subsidy, item: 2012999, kind: subsidy, amount: 7, last: 5 }
expenditure:
  - { unit: office, item: 2012901, amount: 60 }
  - { unit: office, item: 2012902, kind: project, amount: 20 }
  - { unit: office, item: 2012999, kind: subsidy, amount: 7 }
  - { unit: office, item: 2012901, kind: reserve, amount: 10 }
  - { unit: centre, item: 2012950, amount: 40 }
  - { unit: centre, fund: superior_subsidy, item: 2012950, amount: 7 }
economic:
  - { unit: office, code: 30101, amount: 30 }
  - { unit: office, code: 30201, amount: 20 }
  - { unit: office, code: 30302, amount: 4 }
  - { unit: office, code: 31002, amount: 6 }
  - { unit: office, code: 30201, kind: project, amount: 20 }
basic:
  - { unit: centre, category: personnel, amount: 40 }
  - { unit: centre, fund: superior_subsidy, category: operating, amount: 7 }
procurement_items:
  - { unit: office, category: goods, project: 设备, economic: 31002, name: 台式计算机, method: 自行, amount: 4 }
  - { unit: office, category: services, project: 印刷, economic: 30202, name: 印刷服务, method: 自行, amount: 1 }
  - { unit: office, category: goods, project: 设备, economic: 31002, name: 家具, method: 自行, amount: 2 }
  - { unit: centre, category: goods, project: 设备, economic: 31002, name: 家具, method: 自行, amount: 1 }
";

const SUBJECTS: &str =
    "subjects:\n  - { code: 2012999, name: 其他群众团体事务支出 }\n  - { code: 2012950, name: 事业运行 }\n";

fn profile() -> Profile {
    let kinds = "  - { id: project, name: 项目支出, projects: true }\n";
    let more = format!("{kinds}  - {{ id: subsidy, name: 对附属单位补助支出 }}\n  - {{ id: reserve, name: 预留 }}\n");
    Profile::from_yaml(&replace(PROFILE, kinds, &more)).expect("the profile is right")
}

fn budget(text: &str) -> Budget {
    let spec = Spec::from_yaml(text).unwrap_or_else(|error| panic!("{error}"));
    Budget::resolve(spec, profile()).unwrap_or_else(|error| panic!("{error}"))
}

fn whole() -> Budget {
    budget(&format!("{SPEC}{SUBJECTS}"))
}

fn of(accounts: &[Account]) -> Measure {
    Measure { accounts: accounts.to_vec(), ..Measure::default() }
}

fn sum(budget: &Budget, measure: &Measure, scope: Scope) -> Option<i64> {
    let total = budget.cube.total(measure, scope);
    total.amount.map(|amount| amount.in_unit(Unit::Yuan).try_into().expect("a whole number"))
}

fn unit(unit: usize) -> Scope {
    Scope { unit: Some(unit), ..Scope::default() }
}

fn codes(codes: &[&str]) -> Vec<budgetdoc_core::subject::SubjectCode> {
    codes.iter().map(|code| code.parse().expect("a code")).collect()
}

#[test]
fn categories_are_the_sums_of_their_economic_divisions() {
    let budget = whole();
    let category = |id: &str| Measure { categories: vec![id.to_owned().into()], ..of(&[Account::Basic]) };
    for (id, office, all) in [("personnel", 30, 70), ("operating", 26, 33), ("allowances", 4, 4)] {
        assert_eq!(sum(&budget, &category(id), unit(0)), Some(office), "{id}");
        assert_eq!(sum(&budget, &category(id), Scope::default()), Some(all), "{id}");
    }
    // Each part keeps its place: 26 is what lines 29 and 31 say.
    let terms = budget.cube.total(&category("operating"), unit(0)).terms;
    let lines: Vec<_> = terms.iter().map(|term| term.place.map(|place| place.line)).collect();
    assert_eq!(
        lines,
        [Some(crate::support::line_of(SPEC, "30201, amount")), Some(crate::support::line_of(SPEC, "code: 31002"))]
    );
}

#[test]
fn measures_take_economic_subjects_by_class_and_division() {
    let budget = whole();
    let economic = |list: &[&str], kinds: &[&str]| Measure {
        economic: codes(list),
        kinds: kinds.iter().map(|kind| (*kind).to_owned().into()).collect(),
        ..of(&[Account::Economic])
    };
    assert_eq!(sum(&budget, &economic(&["301", "303"], &[]), Scope::default()), Some(34));
    assert_eq!(sum(&budget, &economic(&["302", "310"], &["basic"]), Scope::default()), Some(26));
    assert_eq!(sum(&budget, &economic(&["30201"], &[]), Scope::default()), Some(40));
    let listed: Vec<String> = budget
        .cube
        .economic_of(&budget.cube.filter(&economic(&[], &["basic"])), &Scope::default())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(listed, ["301", "30101", "302", "30201", "303", "30302", "310", "31002"]);
}

#[test]
fn measures_take_functional_subjects() {
    let budget = whole();
    let of_item = |list: &[&str]| Measure { subjects: codes(list), ..of(&[Account::Expenditure]) };
    assert_eq!(sum(&budget, &of_item(&["2012901", "2012902"]), Scope::default()), Some(90));
    assert_eq!(sum(&budget, &of_item(&["20129"]), unit(1)), Some(47));
    assert_eq!(sum(&budget, &of_item(&["208"]), Scope::default()), Some(0));
    let carried = Measure { subjects: codes(&["201"]), ..of(&[Account::CarriedForward]) };
    assert_eq!(sum(&budget, &carried, Scope::default()), Some(3));
}

#[test]
fn what_moves_between_units_is_left_out_of_the_department_and_of_no_unit() {
    let budget = whole();
    let income = of(&[Account::Income, Account::Internal]);
    let spent = of(&[Account::Expenditure, Account::CarriedForward, Account::Internal]);
    assert_eq!(sum(&budget, &income, Scope::default()), Some(140));
    assert_eq!(sum(&budget, &spent, Scope::default()), Some(140));
    assert_eq!((sum(&budget, &income, unit(0)), sum(&budget, &income, unit(1))), (Some(100), Some(47)));
    let subsidy =
        Measure { kinds: vec!["subsidy".to_owned().into()], ..of(&[Account::Expenditure, Account::Internal]) };
    assert_eq!(sum(&budget, &subsidy, Scope::default()), Some(0));
    let received = Measure { funds: vec!["own_funds".to_owned().into()], ..income };
    assert_eq!(sum(&budget, &received, Scope::default()), Some(0));
    let item = Scope { subject: "2012999".parse().ok(), ..Scope::default() };
    assert_eq!(sum(&budget, &of(&[Account::Expenditure, Account::Internal]), item), Some(0));
    let last = Measure { year: Some(YearOf::Last), ..of(&[Account::Internal]) };
    assert_eq!(sum(&budget, &last, Scope::default()), Some(-5));
}

#[test]
fn what_is_bought_adds_up_by_kind() {
    let budget = whole();
    let kind = |id: &str| Measure { categories: vec![id.to_owned().into()], ..of(&[Account::Procurement]) };
    assert_eq!(sum(&budget, &kind("goods"), Scope::default()), Some(7));
    assert_eq!(sum(&budget, &kind("goods"), unit(1)), Some(1));
    assert_eq!(sum(&budget, &kind("services"), Scope::default()), Some(1));
}

#[test]
fn last_years_outcome_is_a_year_of_its_own() {
    let budget = whole();
    let year = |year| Measure { year: Some(year), ..of(&[Account::Income]) };
    assert_eq!(sum(&budget, &year(YearOf::Executed), unit(0)), Some(95));
    assert_eq!(sum(&budget, &year(YearOf::ChangeFromExecuted), unit(0)), Some(5));
    assert_eq!(sum(&budget, &year(YearOf::Change), unit(0)), Some(10));
    assert_eq!(sum(&budget, &year(YearOf::ChangeFromExecuted), unit(1)), None);
}

#[test]
fn two_measures_take_what_both_allow_whether_they_name_groups_or_funds() {
    let budget = whole();
    let funds = |list: &[&str]| {
        let funds = list.iter().map(|fund| (*fund).to_owned().into()).collect();
        budget.cube.filter(&Measure { funds, ..of(&[Account::Income]) })
    };
    let sum = |left: &[&str], right: &[&str]| {
        let total = budget.cube.total_of(&funds(left).and(&funds(right)), &Scope::default());
        i64::try_from(total.or_zero().in_unit(Unit::Yuan)).expect("a whole number")
    };
    assert_eq!(sum(&["own_funds"], &["superior_subsidy"]), 7);
    assert_eq!(sum(&["superior_subsidy"], &["own_funds"]), 7);
    assert_eq!(sum(&["appropriation"], &["superior_subsidy"]), 0);
    assert_eq!(sum(&["appropriation", "superior_subsidy"], &["general_public", "own_funds"]), 147);
}

#[test]
fn a_sum_looks_only_at_facts_of_its_accounts_and_subject() {
    // The index and the facts themselves agree, whatever is asked.
    let budget = whole();
    for account in Account::ALL {
        let all = budget.cube.facts.iter().filter(|fact| fact.account == account).count();
        assert_eq!(budget.cube.select(&of(&[account]), Scope::default()).count(), all, "{account:?}");
        for subject in codes(&["201", "20129", "2012901", "2012950", "208"]) {
            let within =
                |code: Option<budgetdoc_core::subject::SubjectCode>| code.is_some_and(|c| c.is_within(subject));
            let all = budget.cube.facts.iter().filter(|fact| fact.account == account && within(fact.item)).count();
            let scope = Scope { subject: Some(subject), ..Scope::default() };
            assert_eq!(budget.cube.select(&of(&[account]), scope).count(), all, "{account:?} {subject}");
        }
    }
}

#[test]
fn measures_take_units_of_some_natures() {
    let text = crate::support::TWO_UNITS;
    let office =
        Measure { natures: vec![Nature::Administrative, Nature::CivilServiceLaw], ..of(&[Account::Expenditure]) };
    let institution = Measure { natures: vec![Nature::Institution], ..of(&[Account::Expenditure]) };
    let whole = of(&[Account::Expenditure]);
    let budget = crate::support::budget(text);
    let natures: Vec<_> = budget.spec.department.units.iter().map(|unit| unit.nature).collect();
    let (office, institution) = (budget.total(&office).or_zero(), budget.total(&institution).or_zero());
    assert_eq!(office + institution, budget.total(&whole).or_zero());
    let by_unit = |wanted: fn(Nature) -> bool| {
        let units = natures.iter().enumerate().filter(|(_, nature)| wanted(**nature));
        units
            .map(|(unit, _)| budget.cube.total(&whole, Scope { unit: Some(unit), ..Scope::default() }).or_zero())
            .fold(Money::ZERO, |sum, amount| sum + amount)
    };
    assert!(institution > Money::ZERO);
    assert_eq!(office, by_unit(|nature| nature != Nature::Institution));
    assert_eq!(institution, by_unit(|nature| nature == Nature::Institution));
}
