//! B9: operating funds of an office (机关运行经费) fit the unit's nature.

use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::word_list::WordList;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::spec::Nature;

pub(crate) const RULE: Rule = Rule {
    id: "B9",
    severity: Severity::Warning,
    title: ("机关运行经费与单位性质相符", "Operating costs of an office fit the nature of the units"),
    explanation: (
        "机关运行经费是行政单位和参照公务员法管理的事业单位的公用经费；全部为事业单位的，应说明本单位无机关运行经费（“无”“没有”“未安排”“不涉及”“不属于”等写法均可）。",
        "Operating costs of an office (机关运行经费) are the operating expenses of administrative units and of institutions under the Civil Servants Law. Where all units are other institutions, the document says, in any words, that there are none.",
    ),
    wrong: "units:\n  - { id: self, name: 某社会福利院, nature: institution }\ntext:\n  operating_costs: 机关运行经费40万元。",
    right: "text:\n  operating_costs: 本单位为事业单位，无机关运行经费。",
    checks: &[Check::Prose(check)],
};

/// Phrases that deny operating funds of an office.
static NO_FUNDS: WordList = WordList::named("operating funds no funds");

fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let units = &budget.spec.department.units;
    let office = |nature| nature != Nature::Institution;
    if units.iter().any(|unit| office(unit.nature)) {
        examiner.count_one();
        return;
    }
    const FUNDS: &str = "机关运行经费";
    let about_funds: Vec<_> = examiner.narrative().filter(|passage| passage.text.contains(FUNDS)).collect();
    let names_none = |passage: &&ParsedPassage| {
        let mut clauses = passage.text.split(['。', '；', '，']).filter(|clause| clause.contains(FUNDS));
        clauses.any(|clause| NO_FUNDS.iter().any(|words| clause.contains(words)))
    };
    examiner.count_one();
    if about_funds.iter().any(names_none) {
        return;
    }
    let own = about_funds.iter().find(|passage| passage.place.is_some());
    let words = own.and_then(|passage| passage.place_of(passage.text.find(FUNDS).map(|at| at..at + FUNDS.len())?));
    let place = own.and_then(|passage| passage.place).or(units.first().and_then(|unit| unit.id.place));
    examiner.report(
        about_funds.first().map_or("units", |passage| passage.about.as_str()),
        Caution::Warning,
        place,
        Bilingual::new(
            "各单位均为事业单位，但没有说明无机关运行经费",
            "all units are institutions, but the document does not say that they have no operating costs of an office (机关运行经费)",
        ),
        Bilingual::new(
            "请写明“本单位为事业单位，无机关运行经费”；如为行政或参公单位，请在 units 下写 nature: administrative 或 civil_service_law",
            "say that there are none, or set `nature: administrative` or `civil_service_law` on the unit",
        ),
    );
    examiner.point_at_words(words);
}
