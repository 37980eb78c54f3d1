//! C6: counts agree wherever they are printed.

use crate::prose::word_list::WordList;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::prose::numbers::TextNumber;
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C6",
    severity: Severity::Warning,
    title: ("个数各处一致", "Counts agree in the whole document"),
    explanation: (
        "内设机构、预算单位的个数等于旁边所列的名称，车辆数等于 counts 中的数（没有的，各处相同）；同一段中另有几个车辆数、其中一个或其和相符的，不论。有车辆就应有公务用车运行维护费，有运行维护费就应有车辆。文字中的项目、预算单位个数可能只是其中几个，写 --pedantic 时才核对；人员、设备等其他个数无从核对。",
        "The text gives the number of the offices or units that it lists, and of the vehicles in `counts`, or else the same number everywhere; of several numbers of vehicles in a paragraph, one or their sum is right. There are vehicles if and only if there is expenditure for running them. A number of projects or budget units may count some of them only, so it is compared with the spec only with `--pedantic`. Other counts, of staff or equipment, cannot be checked.",
    ),
    wrong: "counts:\n  vehicles: 0\nthree_public:\n  - { category: vehicle_running, amount: 4, last: 8 }",
    right: "counts:\n  vehicles: 2",
    checks: &[Check::Prose(check), Check::Guess(check_projects_and_units)],
};

fn check(examiner: &mut ProseReader) {
    check_vehicles_and_money(examiner);
    for passage in examiner.narrative() {
        for sentence in passage.text.split(['。', '；']) {
            let words = bytes_of(sentence, &passage.text);
            let inside = |number: &&TextNumber| words.contains(&number.range(&passage.text).start);
            let list = passage.numbers_with_counts().iter().filter(inside);
            // Quoted words are counted in their own passage.
            let list: Vec<_> = list.filter(|number| passage.holds(number.range(&passage.text))).copied().collect();
            check_natures(examiner, passage, &list);
            if let Some((number, count)) = wrong_count_of_names(sentence, words.start, &list) {
                let (zh, en) = (
                    format!("列出 {count} 个名称，却写“{}个”", number.digits),
                    format!("the text lists {count} names, but states {}", number.digits),
                );
                report(examiner, passage, number.range(&passage.text), Caution::Warning, (zh, en));
            }
        }
    }
    check_vehicles(examiner);
}

static OF_PROJECTS: WordList = WordList::named("count of projects");

static OF_UNITS: WordList = WordList::named("count of units");

/// Words near which 8个项目 are all projects of the budget, and words near which they are some of them or others.
static ALL_PROJECTS: WordList = WordList::named("count all projects");

static SOME_PROJECTS: WordList = WordList::named("count some projects");

/// Guesses that a text counts all projects or budget units of the spec, and reports other counts.
fn check_projects_and_units(examiner: &mut ProseReader) {
    let numbers = examiner.narrative().flat_map(|passage| {
        let numbers = passage.numbers_with_counts().iter();
        numbers.filter(|number| passage.holds(number.range(&passage.text))).map(move |number| (passage, number))
    });
    let spec = &examiner.budget.spec;
    let (projects, units) = (spec.projects.len(), spec.department.units.len());
    for (passage, number) in numbers.collect::<Vec<_>>() {
        let follows = |words: &[&str]| words.iter().any(|word| number.after.starts_with(word));
        let clause = number.clause();
        let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        let head = clause.trim_end_matches(['有', '共', '为', '数', '计']);
        let loose = (follows(&["个项目"]) || (follows(&["个"]) && head.ends_with("项目")))
            && has(&ALL_PROJECTS)
            && !has(&SOME_PROJECTS);
        // A form without a list of projects names others.
        let numbers_with_counts = if projects > 0 && (follows(&OF_PROJECTS) || loose) {
            (projects, "项目", "projects")
        } else if follows(&OF_UNITS) || (follows(&["个", "家"]) && head.ends_with("预算单位")) {
            (units, "预算单位", "budget units")
        } else {
            continue;
        };
        examiner.count_one();
        let (count, zh, en) = numbers_with_counts;
        // 下属2家预算单位 excludes the department's own office.
        let below = zh == "预算单位" && has(&["下属", "所属", "下设"]);
        if number.value == Decimal::from(count) || (below && number.value + Decimal::ONE == Decimal::from(count)) {
            continue;
        }
        let counted = (
            format!("文字写“{}个”{zh}，spec 中有 {count} 个", number.digits),
            format!("the text states {} {en}, the spec has {count}", number.digits),
        );
        // The text may count some of them only.
        report(examiner, passage, number.range(&passage.text), Caution::Note, counted);
    }
}

/// Checks counts of units by nature, with or without the department's own office: 行政单位1家，事业单位2家.
fn check_natures(examiner: &mut ProseReader, passage: &Passage, list: &[TextNumber]) {
    static NATURES: WordList = WordList::named("count natures");
    let of_nature = |number: &&TextNumber| {
        let clause = number.clause().trim_start_matches("其中").trim_end_matches(['有', '共', '为']);
        number.after.starts_with(['家', '个'])
            && NATURES.iter().any(|nature| clause.trim_start_matches('有') == *nature)
    };
    let counted: Vec<&TextNumber> = list.iter().filter(of_nature).collect();
    if counted.len() < 2 || !counted.iter().any(|number| number.clause().contains("行政单位")) {
        return;
    }
    examiner.count_one();
    let units = examiner.budget.spec.department.units.len();
    let sum =
        counted.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number.value)).unwrap_or(Decimal::MAX);
    if sum == Decimal::from(units) || sum == Decimal::from(units.saturating_sub(1)) {
        return;
    }
    let message = (
        format!("文字中行政、事业等单位共 {sum} 家，spec 中有预算单位 {units} 个"),
        format!("the units by nature in the text add up to {sum}, the spec has {units}"),
    );
    let words = range_of(&counted, passage);
    report(examiner, passage, words, Caution::Warning, message);
}

/// Returns a number that does not count the names of a sentence, and how many these are: 内设甲科、乙科，共3个科室,
/// 预算单位2个：甲、乙、丙. `start` is where the sentence begins in its passage.
fn wrong_count_of_names<'a>(sentence: &str, start: usize, list: &[TextNumber<'a>]) -> Option<(TextNumber<'a>, usize)> {
    static KINDS: WordList = WordList::named("count names");
    static LEADS: WordList = WordList::named("count names lead");
    let count = |names: &str| {
        let is_plain =
            names.contains('、') && !names.contains(['，', '（', '：', '\u{fffc}']) && !names.ends_with('等');
        let count = names.split('、').count();
        // 组织和人事科 is one office, 办公室和人事科 are two.
        let more = names.matches(['和', '及', '与']).count();
        // 3家，其中行政单位1家，事业单位2家：甲、乙、丙.
        let numbers = list.iter().filter(|other| other.after.starts_with(['个', '家'])).map(|other| other.value);
        let fits = || numbers.clone().any(|value| (count..=count + more).any(|count| value == Decimal::from(count)));
        (is_plain && !fits()).then_some(count)
    };
    list.iter().find_map(|number| {
        let before = &sentence[..number.before.len().checked_sub(start)?];
        let counted = number.after.strip_prefix(['个', '家'])?;
        let kind = KINDS.iter().filter(|kind| counted.starts_with(**kind)).max_by_key(|kind| kind.len());
        let names = || {
            let (_, names) = before.split_once("内设").filter(|(head, _)| !head.ends_with('未'))?;
            let names = names.trim_end_matches(['，', '共', '计', '有']).trim_start_matches(['有', '：']);
            kind.map(|_| names)
        };
        let named = before.trim_end_matches(['共', '计', '有', '为']);
        let is_of_kind = kind.is_some() || KINDS.iter().any(|kind| named.ends_with(*kind));
        let behind = || {
            let behind = counted.strip_prefix(*kind.unwrap_or(&""))?;
            let names = LEADS.iter().filter_map(|lead| behind.strip_prefix(lead)).min_by_key(|names| names.len())?;
            names.split(['。', '；', '\n']).next().filter(|_| is_of_kind)
        };
        let wrong = |names: Option<&str>| names.and_then(count);
        wrong(names()).or_else(|| wrong(behind())).map(|count| (*number, count))
    })
}

/// Endings of clauses on all vehicles, and words of clauses on some.
static VEHICLES: WordList = WordList::named("count vehicles");

static SOME_VEHICLES: WordList = WordList::named("count some vehicles");

/// Reports counts of vehicles that differ from the spec or, without a count there, from each other.
fn check_vehicles(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let vehicles = budget.profile.vehicles.as_ref();
    let count = vehicles.and_then(|vehicles| budget.spec.counts.get(&vehicles.count));
    let mut right = count.map(|count| {
        (Decimal::from(count.value), format!("counts 中为 {} 辆", count.value), format!("{} in `counts`", count.value))
    });
    for passage in examiner.narrative().filter(|passage| passage.is_own) {
        let list = passage.numbers_with_counts();
        let of_all = |number: &&TextNumber| {
            let clause = number.clause().trim_end_matches(['为', '共']);
            let plain = clause == "公务用车" || clause == "车辆" || clause == "有公务用车";
            let counted = plain || VEHICLES.iter().any(|words| clause.ends_with(words));
            number.after.starts_with('辆') && counted && !SOME_VEHICLES.iter().any(|word| clause.contains(word))
        };
        let counted: Vec<&TextNumber> = list.iter().filter(of_all).collect();
        let Some(first) = counted.first() else { continue };
        examiner.count_one();
        let sum = counted.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number.value));
        let Some((count, zh, en)) = &right else {
            let digits = first.digits;
            right = Some((
                first.value,
                format!("{} 处为 {digits} 辆", passage.about),
                format!("{digits} in {}", passage.about),
            ));
            continue;
        };
        // Next to the right number, others are of other years or of some of the units.
        let is_right = |number: &TextNumber| number.after.starts_with('辆') && number.value == *count;
        if list.iter().any(is_right) || sum == Some(*count) {
            continue;
        }
        let place = range_of(&counted, passage);
        let counted = counted.iter().map(|number| number.digits).collect::<Vec<_>>().join("、");
        let words = (format!("这里的车辆为 {counted} 辆，{zh}"), format!("{counted} vehicles here, {en}"));
        report(examiner, passage, place, Caution::Warning, words);
    }
}

/// Returns the bytes from the first number to the last.
fn range_of(numbers: &[&TextNumber], passage: &Passage) -> Range<usize> {
    let ranges = numbers.iter().map(|number| number.range(&passage.text));
    ranges.reduce(|first, last| first.start..last.end).unwrap_or_default()
}

fn report(
    examiner: &mut ProseReader,
    passage: &Passage,
    words: Range<usize>,
    caution: Caution,
    (zh, en): (String, String),
) {
    examiner.report_words(
        passage,
        words,
        caution,
        Bilingual::new(zh, en),
        Bilingual::new(
            "个数请写成引用，如 {{ projects | length }}、{{ counts.vehicles }}",
            "refer to counts: {{ projects | length }}, {{ counts.vehicles }}",
        ),
    );
}

fn check_vehicles_and_money(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let Some(check_vehicles) = &budget.profile.vehicles else { return };
    let Some(count) = budget.spec.counts.get(&check_vehicles.count) else { return };
    let Some(money) = budget.figure(&check_vehicles.running).filter(|money| !money.is_unfilled()) else { return };
    examiner.count_one();
    let (some, paid) = (count.value > 0, !money.or_zero().is_zero());
    if some == paid {
        return;
    }
    let amount = examiner.print(money.or_zero());
    let (zh, en) = if some {
        (
            format!("有车辆 {} 辆，而公务用车运行维护费为 0", count.value),
            format!("there are {} vehicles, but no expenditure for running them", count.value),
        )
    } else {
        (format!("没有车辆，而公务用车运行维护费为 {amount}"), format!("no vehicles, but {amount} for running them"))
    };
    examiner.report(
        format!("counts.{}", check_vehicles.count),
        Caution::Warning,
        count.place,
        Bilingual::new(zh, en),
        Bilingual::new("请核对车辆数与运行维护费", "check the count and the money"),
    );
}
