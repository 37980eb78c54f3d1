//! What a sentence divides: the parts behind 其中 are within the whole before it.

use rust_decimal::Decimal;

use crate::prose::changes::direction;
use crate::prose::numbers::{TextNumber, counted, numbers};
use crate::prose::reader::{Caution, ProseReader};
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;

/// Parts that lie across the others: of procurement and of projects an amount may be the same.
const ACROSS: [&str; 8] = ["采购", "三公", "机关运行", "绩效", "上年", "结转", "比", "较"];

/// Looks at every text but those whose shares have been found wrong: the same slip is told once.
pub(crate) fn divisions(examiner: &mut ProseReader, told: &[&Passage]) {
    for passage in examiner.own_sentences().filter(|passage| !told.contains(passage)) {
        if passage.text.contains('计') {
            for sentence in passage.text.split(['。', '；']) {
                added(examiner, passage, sentence);
            }
        }
        for sentence in passage.text.split('。') {
            for (at, word) in sentence.match_indices("其中") {
                divided(examiner, passage, sentence, at + word.len());
            }
        }
    }
}

/// The whole right before the 其中 that ends at `from`, and its parts up to the next 其中.
fn divided(examiner: &mut ProseReader, passage: &Passage, sentence: &str, from: usize) {
    let (before, behind) = (&sentence[..from - "其中".len()], &sentence[from..]);
    let Some(whole) = counted(before).into_iter().next_back() else { return };
    let Some(unit) = unit(&whole) else { return };
    let between = whole.after.strip_prefix(unit).unwrap_or_default();
    let clause = whole.clause();
    let inside = between.ends_with(['（', '(']);
    let at_once = between.chars().all(|character| "，；、（( ".contains(character));
    if !at_once || direction(&whole).is_some() || ["比", "较", "上年"].iter().any(|word| clause.contains(word)) {
        return;
    }
    let behind = behind.split("其中").next().unwrap_or_default();
    // What is divided in brackets ends with them; other brackets hold parts of parts.
    let behind = if inside { behind.split(['）', ')']).next().unwrap_or_default() } else { behind };
    let list: Vec<TextNumber> = counted(behind).into_iter().filter(|number| !in_brackets(number.before)).collect();
    // Counts are exact.
    let half = |number: &TextNumber| if number.unit.is_some() { number.half() } else { Decimal::ZERO };
    let (mut sum, mut slack, mut count) = (Decimal::ZERO, half(&whole), 0_u32);
    let mut words = whole.range(&passage.text);
    let mut across = false;
    for part in list.iter().filter(|part| self::unit(part) == Some(unit)) {
        let clause = part.clause();
        across |= ACROSS.iter().any(|word| clause.contains(word) && !whole.clause().contains(word));
        if across || direction(part).is_some() || !of_kind(part, unit) {
            break;
        }
        let Some(next) = sum.checked_add(part.value) else { return };
        (sum, slack, count) = (next, slack + half(part), count + 1);
        words.end = part.range(&passage.text).end;
    }
    examiner.count_one();
    if sum <= whole.value + slack || (across && count < 1) {
        return;
    }
    let (total, sum) = (format!("{}{unit}", whole.digits), format!("{}{unit}", sum.normalize()));
    examiner.report_words(
        passage,
        words,
        Caution::Warning,
        Bilingual::new(
            format!("“{total}，其中”之后 {count} 个数之和为 {sum}，大于总数"),
            format!("the {count} parts of {total} add up to {sum}, which exceeds it"),
        ),
        Bilingual::new("请核对总数与各部分", "check the whole and its parts"),
    );
}

/// 甲1万元、乙2万元，合计4万元: the amounts of the sentence and their sum.
fn added(examiner: &mut ProseReader, passage: &Passage, sentence: &str) {
    if !["合计", "共计", "总计"].iter().any(|word| sentence.contains(word))
        || ["其中", "比", "较", "上年", "每", "（", "包括"].iter().any(|word| sentence.contains(word))
    {
        return;
    }
    let list: Vec<TextNumber> = numbers(sentence).into_iter().filter(|number| number.unit.is_some()).collect();
    let is_sum = |number: &TextNumber| ["合计", "共计", "总计"].contains(&number.clause().trim_end_matches('为'));
    let Some(at) = list.iter().position(is_sum).filter(|at| *at > 1) else { return };
    let (parts, sum) = (&list[..at], &list[at]);
    let same = parts.iter().all(|part| part.unit == sum.unit && direction(part).is_none());
    let total = parts.iter().try_fold(Decimal::ZERO, |total, part| total.checked_add(part.value));
    let Some(total) = total.filter(|_| same) else { return };
    examiner.count_one();
    let slack: Decimal = list[..=at].iter().map(TextNumber::half).sum();
    if (total - sum.value).abs() < slack {
        return;
    }
    let (told, right) = (sum.words(), format!("{}{}", total.normalize(), sum.unit_name()));
    examiner.report_words(
        passage,
        sum.range(&passage.text),
        Caution::Warning,
        Bilingual::new(
            format!("“合计{told}”：前面 {at} 个数之和为 {right}"),
            format!("`合计{told}` does not match: the {at} amounts before it add up to {right}"),
        ),
        Bilingual::new("请核对合计", "check the sum"),
    );
}

/// Whether a bracket is open at the end of a text.
fn in_brackets(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}

/// What is counted: money, people of an establishment, vehicles.
fn unit(number: &TextNumber) -> Option<&'static str> {
    let name = number.unit_name();
    if !name.is_empty() {
        return Some(name);
    }
    ["人", "名", "辆"].into_iter().find(|unit| number.after.starts_with(unit) && !number.after.starts_with("人次"))
}

/// Whether it is a part that cannot be another part as well: a woman may be a party member, an administrative post is
/// no other post.
fn of_kind(part: &TextNumber, unit: &str) -> bool {
    match unit {
        "辆" => true,
        "人" | "名" => part.clause().trim_end_matches("数").ends_with("编制"),
        _ => true,
    }
}
