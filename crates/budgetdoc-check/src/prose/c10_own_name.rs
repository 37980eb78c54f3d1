//! C10: the document calls the unit by one name.

use crate::examiner::Examiner;
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::prose::word_list::{WordList, places};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::PlaceRange;

pub(crate) const RULE: Rule = Rule {
    id: "C10",
    severity: Severity::Warning,
    title: ("单位名称前后一致", "The unit has one name"),
    explanation: (
        "全文对本单位的自称（本单位、本部门、我局、我会、本级……）应统一；只有一个预算单位的，不应写“本级及下属单位”“本单位所属各单位”；讲其他机关所属单位的话不论。",
        "The document uses one name for the unit (本单位, 本部门, 我局, 我会 …). Where there is one budget unit only, no text mentions its subordinate units; those of other bodies are not checked.",
    ),
    wrong: "主要用于本级及下属单位执行公务。    # 只有本级一个单位",
    right: "主要用于本级执行公务。",
    checks: &[Check::Prose(check)],
};

/// Names of a document for its own unit.
static OWN_NAMES: WordList = WordList::named("own name own names");

/// Words that contain one of these names by chance, before or behind it.
const BEFORE_OWN: [char; 12] = ['基', '成', '根', '资', '日', '样', '版', '文', '书', '标', '原', '剧'];

const BEHIND_OWN: [(&str, &[char]); 6] = [
    ("本办", &['法', '公', '事', '学', '理']),
    ("我办", &['公', '事', '理']),
    ("本会", &['计', '议', '场', '展', '费', '期']),
    ("本委", &['托']),
    ("我部", &['分', '署', '队']),
    ("本局", &['部', '限']),
];

/// Returns the names of its own unit in a text, from left to right.
fn own_names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['我', '本']).filter_map(|(at, _)| {
        // The longest name counts: 我部门, not 我部.
        let names = OWN_NAMES.iter().filter(|name| text[at..].starts_with(**name));
        let name = names.max_by_key(|name| name.len())?;
        let behind = BEHIND_OWN.iter().find(|(known, _)| known == name).map_or(&[][..], |(_, behind)| *behind);
        let is_own = !text[at + name.len()..].starts_with(behind) && !text[..at].ends_with(BEFORE_OWN);
        is_own.then(|| &text[at..at + name.len()])
    })
}

/// A name of the own unit, its number of occurrences, and the first place in the spec.
struct OwnName<'a> {
    name: &'a str,
    count: usize,
    place: Option<PlaceRange>,
}

fn check(examiner: &mut ProseReader) {
    check_one_name(examiner);
    if examiner.budget.spec.department.units.len() == 1 {
        check_no_units_below(examiner);
    }
}

fn check_one_name(examiner: &mut ProseReader) {
    let mut used: Vec<OwnName> = Vec::new();
    let is_prose = |passage: &&Passage| !matches!(passage.kind, PassageKind::Name | PassageKind::Glossary);
    for passage in examiner.prose.passages.iter().filter(is_prose) {
        for name in own_names(&passage.text) {
            let words = bytes_of(name, &passage.text);
            if !passage.holds(words.clone()) {
                continue;
            }
            let place = passage.place_of(words);
            match used.iter_mut().find(|known| known.name == name) {
                Some(known) => {
                    known.count += 1;
                    known.place = known.place.or(place);
                }
                None => used.push(OwnName { name, count: 1, place }),
            }
        }
    }
    examiner.count_one();
    if used.len() < 2 {
        return;
    }
    used.sort_by_key(|own| std::cmp::Reverse(own.count));
    let list: Vec<_> = used.iter().map(|own| format!("“{}”{}处", own.name, own.count)).collect();
    let en: Vec<_> = used.iter().map(|own| format!("{} ({})", own.name, own.count)).collect();
    let words = used[1..].iter().chain(&used[..1]).find_map(|own| own.place);
    examiner.report(
        "names",
        Caution::Note,
        words.map(|words| words.start),
        Bilingual::new(
            format!("全文对本单位的称呼不一：{}", list.join("、")),
            format!("the document has several names for the unit: {}", en.join(", ")),
        ),
        Bilingual::new("请统一为一种称呼", "choose one"),
    );
    examiner.point_at_words(words);
}

/// Units below one's own.
static BELOW: WordList = WordList::named("own name below");

fn check_no_units_below(examiner: &mut ProseReader) {
    for passage in examiner.own_passages() {
        let text = passage.text.as_str();
        let own = |at: usize, words: &str| {
            let before = text[..at].trim_end_matches('的');
            // 所属各单位 at the beginning of a clause are one's own.
            let begins = before.is_empty() || before.ends_with(['，', '。', '；', '：', '、']);
            let named = before.ends_with("本级") || OWN_NAMES.iter().any(|name| before.ends_with(name));
            let behind = text[at..].split(['，', '。', '；']).next().unwrap_or_default();
            // That units below have nothing does not claim that there are any.
            let denied = ["无", "没有", "未"].iter().any(|word| behind.contains(word));
            !denied && (named || (begins && !words.starts_with(['及', '和'])) || ends_with_own_name(examiner, before))
        };
        let found = BELOW.iter().find_map(|words| places(text, words).find(|(at, _)| own(*at, words)));
        let Some((at, found)) = found else { continue };
        examiner.count_one();
        examiner.report_words(
            passage,
            at..at + found.len(),
            Caution::Warning,
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

/// Returns whether a text ends with a name of the department or its unit.
fn ends_with_own_name(examiner: &Examiner, text: &str) -> bool {
    let department = &examiner.budget.spec.department;
    let names = [&department.name].into_iter().chain(department.units.iter().map(|unit| &unit.name));
    names.map(|name| name.split(['（', '(']).next().unwrap_or_default().trim()).any(|name| text.ends_with(name))
}
