//! Specs that many tests begin with, and changes to their text.

/// The reference document's spec.
pub const SAMPLE: &str = include_str!("../../specs/longgang-womens-federation-2022.yaml");

/// The profile it is printed by.
pub const PROFILE: &str = include_str!("../../crates/budgetdoc-core/profiles/shenzhen/2022.yaml");

/// A department of two units with every kind of row, of which no rule has anything to say.
pub const TWO_UNITS: &str = include_str!("../data/two-units.yaml");

/// A small spec with exact amounts and every key that messages speak of.
pub const SMALL: &str = "\
budgetdoc: 1
profile: shenzhen/2022
year: 2022
unit: 万元
precision: exact
date: 2022-02-18
department:
  name: 某局
  supervisor: 某某局
  units:
    - { id: self, name: 某局本级 }
income:
  - { fund: general_public, amount: 100, last: 80 }
expenditure:
  - { item: 2012901, amount: 60 }
  - { item: 2210201, amount: 10 }
basic:
  - { category: personnel, amount: 50 }
  - { category: operating, amount: 20, last: 25 }
projects:
  - id: training
    name: 培训经费
    item: 2012902
    amount: 30
    last: 20
    purpose: 培训。
    reason: 人数增加。
    goal: 培训十次。
key_projects: [training]
three_public:
  - { category: abroad, amount: 0, last: 0 }
  - { category: reception, amount: 1, last: 2 }
  - { category: vehicle_purchase, amount: 0, last: 0 }
  - { category: vehicle_running, amount: 3, last: 3 }
counts:
  vehicles: 2
text:
  duties: |
    一是管理。
    二是服务，经费{{ income | amount }}。
  organisation: 内设一科。
  goals: 做好工作。
  overview_reasons: 人数增加。
  personnel_use: 主要是工资。
  operating_use: 主要是办公费。
  allowances_use: 无。
  three_public_reason: 主要是厉行节约。
  abroad: 无。
  reception: 接待费{{ reception | amount }}。
  vehicles: 车辆{{ counts.vehicles }}辆。
  operating_reason: 主要是厉行节约。
  assets: 车辆{{ counts.vehicles }}辆。
performance:
  basic: 工资和公用。
  tasks:
    - { project: training, content: 培训。 }
  goal: 做好。
  indicators:
    产出:
      数量:
        - { name: 培训次数, target: 10次 }
";

/// `text` with `piece`, which is in it exactly once, replaced.
#[track_caller]
pub fn replace(text: &str, piece: &str, by: &str) -> String {
    assert_eq!(text.matches(piece).count(), 1, "the piece {piece:?} must be in the text exactly once");
    text.replacen(piece, by, 1)
}

/// The line, from one, of `piece`, which is in `text` exactly once.
#[track_caller]
pub fn line_of(text: &str, piece: &str) -> u32 {
    assert_eq!(text.matches(piece).count(), 1, "the piece {piece:?} must be in the text exactly once");
    let before = text.split(piece).next().unwrap_or_default();
    u32::try_from(before.matches('\n').count() + 1).expect("a short text")
}
