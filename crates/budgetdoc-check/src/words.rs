//! Names and terms.

use super::examiner::Examiner;
use super::parts::some;
use super::totals::of;
use super::{Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, ColumnDef, RowsDef, TableContent};
use budgetdoc_core::subject::Level;
use budgetdoc_document::Place;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C10",
        severity: Severity::Warning,
        title: ("单位名称前后一致", "The unit is called by one name"),
        explanation: (
            "全文对本单位的自称（本单位、本部门、我局、我会、本级……）应统一；只有一个预算单位的，不应写“本级及下属单位”“本单位所属各单位”；讲其他机关所属单位的话不论。",
            "The document calls the unit by one name (本单位, 本部门, 我局, 我会 …); where there is one budget unit only, no text speaks of units below it (those below other bodies are free).",
        ),
        wrong: "主要用于本级及下属单位执行公务。    # 只有本级一个单位",
        right: "主要用于本级执行公务。",
        check: names,
    },
    Rule {
        id: "C13",
        severity: Severity::Warning,
        title: ("名词解释与内容对应", "The terms explained are the terms used"),
        explanation: (
            "有支出的每一类科目都应在名词解释中说明，每个名词只解释一次；解释了而全文没有用到的名词，给出提示。",
            "Every functional class with expenditure is explained among the terms, each term once; a term explained that is used nowhere is a note.",
        ),
        wrong: "glossary:    # 有卫生健康支出11万元\n  - { term: 一般公共服务支出, meaning: …… }",
        right: "glossary:\n  - { term: 一般公共服务支出, meaning: …… }\n  - { term: 卫生健康支出, meaning: …… }",
        check: terms,
    },
];

/// What the spec writes itself.
fn typed<'a>(examiner: &Examiner<'a>) -> impl Iterator<Item = &'a Passage> + use<'a> {
    examiner.prose.passages.iter().filter(|passage| passage.is_own())
}

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

fn names(examiner: &mut Examiner) {
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
    examiner.look();
    if used.len() > 1 {
        used.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        let list: Vec<_> = used.iter().map(|(name, count, _)| format!("“{name}”{count}处")).collect();
        let en: Vec<_> = used.iter().map(|(name, count, _)| format!("{name} ({count})")).collect();
        let place = used[1..].iter().chain(&used[..1]).find_map(|(_, _, place)| *place);
        examiner.report(
            "names",
            Severity::Note,
            place,
            Bilingual::new(
                format!("全文对本单位的称呼不一：{}", list.join("、")),
                format!("the document calls the unit by several names: {}", en.join(", ")),
            ),
            Bilingual::new("请统一为一种称呼", "choose one"),
        );
    }
    if examiner.budget.spec.department.units.len() > 1 {
        return;
    }
    for passage in typed(examiner) {
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
        examiner.look();
        examiner.report(
            passage.about.clone(),
            Severity::Warning,
            passage.place,
            Bilingual::new(
                format!("只有一个预算单位，文字中却写“{found}”"),
                format!("there is one budget unit only, but the text speaks of units below it (`{found}`)"),
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

fn terms(examiner: &mut Examiner) {
    let budget = examiner.budget;
    if !budget.profile.outline.iter().any(|block| matches!(block, budgetdoc_core::profile::Block::Glossary)) {
        return;
    }
    let own = !budget.spec.glossary.is_empty();
    let list = if own { &budget.spec.glossary } else { &budget.profile.glossary };
    let place_of = |place: Option<Place>| place.filter(|_| own);
    for (index, term) in list.iter().enumerate() {
        examiner.look();
        let name = term.term.trim();
        if list[..index].iter().any(|other| other.term.trim() == name) {
            examiner.report(
                format!("glossary.{name}"),
                Severity::Warning,
                place_of(term.term.place),
                Bilingual::new(format!("名词“{name}”解释了两次"), format!("the term `{name}` is explained twice")),
                Bilingual::new("请删去一处", "delete one"),
            );
        }
    }
    let measure = of(&[Account::Expenditure]);
    let classes = budget.cube.subjects(&measure, Scope::default());
    let explains = |name: &String| list.iter().any(|term| term.term.trim() == name.as_str());
    // Some forms explain no class at all, only terms of budgeting.
    let by_class = classes.iter().filter(|class| class.level() == Level::Class);
    let by_class = by_class.filter_map(|class| budget.subjects.get(class)).any(explains);
    for class in classes {
        if class.level() != Level::Class || !by_class {
            continue;
        }
        let total = budget.cube.total(&measure, Scope { subject: Some(class), ..Scope::default() });
        let name = budget.subjects.get(&class).cloned().unwrap_or_default();
        examiner.look();
        let explained = list.iter().any(|term| term.term.contains(name.as_str()) || name.contains(term.term.trim()));
        if !some(&total) || explained {
            continue;
        }
        let amount = examiner.print(total.or_zero());
        examiner.report(
            format!("glossary.{class}"),
            Severity::Warning,
            total.terms.iter().find_map(|term| term.place),
            Bilingual::new(
                format!("{class} {name}有支出 {amount}，名词解释中没有说明"),
                format!("class {class} has {amount}, but is not among the terms explained"),
            ),
            Bilingual::new(
                format!("请在 glossary 中加一条“{name}”（写了 glossary 就不再用版式自带的）"),
                "add it to `glossary` (a glossary of the spec replaces the profile's)",
            ),
        );
    }
    unused(examiner, own);
}

const QUOTES: [char; 3] = ['“', '”', '"'];

/// Terms that stand nowhere else in the document.
fn unused(examiner: &mut Examiner, own: bool) {
    let budget = examiner.budget;
    let list = if own { &budget.spec.glossary } else { &budget.profile.glossary };
    let mut words: Vec<String> = examiner
        .prose
        .passages
        .iter()
        .filter(|passage| passage.kind != PassageKind::Glossary)
        .map(|passage| passage.text.clone())
        .collect();
    words.extend(of_tables(budget));
    // Quotation marks make no difference.
    for text in &mut words {
        text.retain(|character| !QUOTES.contains(&character));
    }
    for term in list {
        let name = term.term.trim();
        let plain: String = name.chars().filter(|character| !QUOTES.contains(character)).collect();
        let plain = plain.split('（').next().unwrap_or_default().to_owned();
        let core = plain.strip_suffix("收入").or(plain.strip_suffix("支出")).filter(|core| core.chars().count() > 3);
        let core = core.unwrap_or(&plain);
        if words.iter().any(|text| text.contains(core)) {
            continue;
        }
        examiner.report(
            format!("glossary.{name}"),
            Severity::Note,
            term.term.place.filter(|_| own),
            Bilingual::new(
                format!("解释了名词“{name}”，但全文没有用到"),
                format!("the term `{name}` is explained, but used nowhere"),
            ),
            Bilingual::new(
                "不需要的名词请从 glossary 中删去（没有写 glossary 时用的是版式自带的）",
                "leave it out of `glossary` (without one the profile's is used)",
            ),
        );
    }
}

/// The words of tables: titles, heads, names of rows, notes.
fn of_tables(budget: &Budget) -> Vec<String> {
    let mut words: Vec<String> = budget.subjects.values().chain(budget.economic.values()).cloned().collect();
    words.extend(budget.profile.kinds.iter().map(|kind| kind.name.clone()));
    words.extend(budget.profile.categories.all().map(|category| category.name.clone()));
    let mut columns = |list: &[ColumnDef]| words.extend(list.iter().flat_map(|column| column.head.iter().cloned()));
    let mut rows = Vec::new();
    for (_, table) in budget.profile.tables.iter() {
        match &table.content {
            TableContent::Rows(tabular) => {
                columns(&tabular.columns);
                rows.push(&tabular.rows);
            }
            TableContent::Balance(balance) => {
                balance.sides.iter().for_each(|side| columns(&side.columns));
                rows.extend(balance.sides.iter().map(|side| &side.rows));
            }
            TableContent::Performance(_) => {}
        }
    }
    for lines in rows {
        if let RowsDef::Lines(lines) | RowsDef::UnitLines(lines) = lines {
            words.extend(lines.iter().map(|line| line.name.clone()));
        }
    }
    for (_, table) in budget.profile.tables.iter() {
        if let TableContent::Balance(balance) = &table.content {
            words.extend(balance.closing.iter().flatten().map(|line| line.name.value.clone()));
        }
        words.extend(table.title.clone());
        words.extend(table.notes.iter().cloned());
    }
    words
}
