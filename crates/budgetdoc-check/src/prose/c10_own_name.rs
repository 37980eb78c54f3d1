//! C10: the document calls the unit by one name.

use crate::examiner::Examiner;
use crate::prose::own_words::own;
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::PassageKind;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C10",
    severity: Severity::Warning,
    title: ("单位名称前后一致", "The unit is called by one name"),
    explanation: (
        "全文对本单位的自称（本单位、本部门、我局、我会、本级……）应统一；只有一个预算单位的，不应写“本级及下属单位”“本单位所属各单位”；讲其他机关所属单位的话不论。",
        "The document calls the unit by one name (本单位, 本部门, 我局, 我会 …); where there is one budget unit only, no text speaks of units below it (those below other bodies are free).",
    ),
    wrong: "主要用于本级及下属单位执行公务。    # 只有本级一个单位",
    right: "主要用于本级执行公务。",
    checks: &[Check::Prose(check)],
};

/// How a document speaks of its own unit.
const OWN_NAMES: [&str; 22] = [
    "我单位",
    "我部门",
    "我局",
    "我会",
    "我委",
    "我部",
    "我院",
    "我校",
    "我办",
    "我厅",
    "我中心",
    "本单位",
    "本部门",
    "本局",
    "本会",
    "本委",
    "本院",
    "本校",
    "本办",
    "本厅",
    "本中心",
    "本机关",
];

/// Words that hold one of these by chance: what stands before it, or behind it.
const BEFORE_OWN: [char; 12] = ['基', '成', '根', '资', '日', '样', '版', '文', '书', '标', '原', '剧'];

const BEHIND_OWN: [(&str, &[char]); 6] = [
    ("本办", &['法', '公', '事', '学', '理']),
    ("我办", &['公', '事', '理']),
    ("本会", &['计', '议', '场', '展', '费', '期']),
    ("本委", &['托']),
    ("我部", &['分', '署', '队']),
    ("本局", &['部', '限']),
];

/// The names of its own unit in a text, and how often each stands there.
fn own_names(text: &str) -> Vec<(&'static str, usize)> {
    let mut counts = [0; OWN_NAMES.len()];
    for (at, _) in text.match_indices(['我', '本']) {
        // 我部门 is not 我部 as well: the longest counts.
        let names = OWN_NAMES.iter().enumerate().filter(|(_, name)| text[at..].starts_with(**name));
        let Some((index, name)) = names.max_by_key(|(_, name)| name.len()) else { continue };
        let behind = BEHIND_OWN.iter().find(|(known, _)| known == name).map_or(&[][..], |(_, behind)| *behind);
        if !text[at + name.len()..].starts_with(behind) && !text[..at].ends_with(BEFORE_OWN) {
            counts[index] += 1;
        }
    }
    OWN_NAMES.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect()
}

fn check(examiner: &mut ProseReader) {
    let passages = examiner.prose.passages.iter();
    let mut used: Vec<(&str, usize, Option<Place>)> = Vec::new();
    for passage in passages.filter(|passage| !matches!(passage.kind, PassageKind::Name | PassageKind::Glossary)) {
        for (name, count) in own_names(passage.bare()) {
            match used.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, number, place)) => {
                    *number += count;
                    *place = place.or(passage.place);
                }
                None => used.push((name, count, passage.place)),
            }
        }
    }
    examiner.count_one();
    if used.len() > 1 {
        used.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        let list: Vec<_> = used.iter().map(|(name, count, _)| format!("“{name}”{count}处")).collect();
        let en: Vec<_> = used.iter().map(|(name, count, _)| format!("{name} ({count})")).collect();
        let place = used[1..].iter().chain(&used[..1]).find_map(|(_, _, place)| *place);
        examiner.report(
            "names",
            Caution::Note,
            place,
            Bilingual::new(
                format!("全文对本单位的称呼不一：{}", list.join("、")),
                format!("the document has several names for the unit: {}", en.join(", ")),
            ),
            Bilingual::new("请统一为一种称呼", "choose one"),
        );
    }
    if examiner.budget.spec.department.units.len() > 1 {
        return;
    }
    for passage in own(examiner) {
        let words = [
            "及下属单位",
            "和下属单位",
            "及所属单位",
            "和所属单位",
            "及下属事业单位",
            "及所属预算单位",
            "及所属各单位",
            "及下属各单位",
            "所属各单位",
            "下属各单位",
        ];
        let own = |at: usize, words: &str| {
            let before = passage.text[..at].trim_end_matches('的');
            // 所属各单位 at the beginning of a clause are one's own.
            let begins = before.is_empty() || before.ends_with(['，', '。', '；', '：', '、']);
            let named = before.ends_with("本级") || OWN_NAMES.iter().any(|name| before.ends_with(name));
            named || (begins && !words.starts_with(['及', '和'])) || called(examiner, before)
        };
        let found = words.iter().find(|words| passage.text.match_indices(**words).any(|(at, _)| own(at, words)));
        let Some(found) = found else { continue };
        examiner.count_one();
        examiner.report(
            passage.about.clone(),
            Caution::Warning,
            passage.place,
            Bilingual::new(
                format!("只有一个预算单位，文字中却写“{found}”"),
                format!("the spec has one budget unit, but the text mentions subordinate units (`{found}`)"),
            ),
            Bilingual::new(
                "本级单位的预算不含下属单位：请删去，或在 department.units 下列出",
                "delete it, or list the units under department.units",
            ),
        );
    }
}

/// Whether a text ends with a name of the department or its unit.
fn called(examiner: &Examiner, text: &str) -> bool {
    let department = &examiner.budget.spec.department;
    let names = [&department.name].into_iter().chain(department.units.iter().map(|unit| &unit.name));
    names.map(|name| name.split(['（', '(']).next().unwrap_or_default().trim()).any(|name| text.ends_with(name))
}
