//! What must be there, and once.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::examiner::Examiner;
use super::naming::{almost_project, bare, project_before};
use super::numbers::{Number, numbers};
use super::parts::some;
use super::totals::of;
use super::{Rule, Severity};
use crate::budget::{Budget, Filter, Scope, narrowed};
use crate::compose::PassageKind;
use crate::lang::Bilingual;
use crate::money::Money;
use crate::numerals::chinese;
use crate::profile::{Account, Block, ColumnDef, Measure, Profile, RowsDef, Show, TableContent, TableDef};
use crate::source::Place;
use crate::spec::{Project, Spec};
use crate::subject::Level;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C8",
        severity: Severity::Error,
        title: ("空表有说明，有数不写“无”", "An empty table says so, and nothing else does"),
        explanation: (
            "全部为零的表应有“无数据”的说明，说明写对预算的名称；文字中写“无政府性基金预算支出”“政府性基金预算支出为零”等的，该项预算必须为零；为零的，文字应说明。",
            "A table of nothing but zeros says so below it; a text that says there is no expenditure of a fund is right only if there is none; and where there is none the text says so.",
        ),
        wrong: "text:\n  other: 本部门无政府性基金预算支出。    # 而 government_fund 有 20 万元",
        right: "text:\n  other: 本部门政府性基金预算支出{{ government_fund | amount }}。",
        check: empty_tables,
    },
    Rule {
        id: "C12",
        severity: Severity::Error,
        title: ("文字提到的部分和表存在", "Parts and tables the text speaks of exist"),
        explanation: (
            "目录由程序按实际的部分和表编出，次序、标题和页码不会不符；文字中“第十二部分”“见表 13”一类的说法，必须有相应的部分或表；“水表20块”“附表 3”和《》之后的，不是对本文件的引用。",
            "The contents are made from the parts and tables there are; what the text refers to by number must exist. Things counted (水表20块), annexes and what follows 《》 are no references to this document.",
        ),
        wrong: "text:\n  assets: 详见表 13。    # 共11张表",
        right: "text:\n  assets: 详见表 11。",
        check: references,
    },
    Rule {
        id: "C15",
        severity: Severity::Warning,
        title: ("有金额的项和项目在文字中各出现一次", "Each item and project with money is told once"),
        explanation: (
            "文字按项或按项目（名称之后紧接金额，至少半数以上）逐一说明的，有金额的每一项（每个项目）都要说明，而且只说明一次；只提到名称、没有写金额的，不算又说明一次；逐项说明的资金来源以外的项，可以不说明。版式的文字写“所有项目”的，key_projects 应列出全部有金额的项目。",
            "Where the text goes through items or projects (a name with its amount right behind it, more than half of them), each with money is told, and once; to name one without its money is not to tell it again. Items of funds that none of those told has may be left out. Where the profile's text speaks of all projects, `key_projects` lists all that have money.",
        ),
        wrong: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.宣传经费23万元……",
        right: "text:\n  breakdown: |\n    1.宣传经费23万元……\n    2.培训经费13万元……",
        check: told_once,
    },
    Rule {
        id: "C16",
        severity: Severity::Error,
        title: ("版式要求的部分和表齐全", "Every part and table the profile requires is there"),
        explanation: (
            "版式列出的每张表都要在文档中，而且只出现一次；有绩效目标表的，spec 中必须有 performance。一般公共预算基本支出应公开到经济分类的款（《预算法实施条例》第六条），spec 没有 economic 的，给出警告。",
            "Every table of the profile stands in the document once; where it has a performance table the spec has `performance`. Basic expenditure is published by economic division (Regulations on the Budget Law, article 6): a spec without `economic` is a warning.",
        ),
        wrong: "# 没有 performance，绩效目标表为空",
        right: "performance:\n  basic: …\n  tasks: […]\n  goal: …\n  indicators: {…}",
        check: complete,
    },
];

/// Narrative paragraphs, each word once: what they are part of, their words and lines.
fn narrative<'a>(examiner: &Examiner<'a>) -> Vec<(&'a str, &'a str, Option<Place>)> {
    let passages = examiner.prose.passages.iter().filter(|passage| passage.kind == PassageKind::Narrative);
    passages.map(|passage| (passage.about.as_str(), passage.bare(), passage.place)).collect()
}

fn empty_tables(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        let Some(empty) = is_empty(budget, table) else { continue };
        if table.title.is_none()
            || !budget
                .profile
                .outline
                .iter()
                .any(|block| matches!(block, Block::Table(named) if named.value == id.value))
        {
            continue;
        }
        examiner.look();
        if empty && table.empty_notes.is_empty() && table.notes.is_empty() {
            let name = examiner.table_name(&id.value);
            examiner.report(
                format!("tables.{}", id.value),
                Severity::Warning,
                None,
                Bilingual::new(
                    format!("{name}全部为零，表下没有说明"),
                    format!("{name} has no figures and no note that says so"),
                ),
                Bilingual::new(
                    format!("请在版式文件的表“{}”中写 empty_notes", id.value),
                    format!("give table `{}` of the profile `empty_notes`", id.value),
                ),
            );
        }
    }
    let passages = narrative(examiner);
    for fund in budget.profile.funds.iter() {
        let total = budget.total(&Measure { funds: vec![fund.id.clone()], ..of(&[Account::Expenditure]) });
        let short =
            ["拨款收入", "拨款", "收入"].iter().find_map(|end| fund.name.strip_suffix(end)).unwrap_or(&fund.name);
        let own_table =
            budget.profile.tables.iter().any(|(_, table)| {
                table.of.funds == [fund.id.clone()] && matches!(table.content, TableContent::Rows(_))
            });
        if !own_table || total.is_unfilled() {
            continue;
        }
        examiner.look();
        if some(&total) {
            for (about, text, place) in &passages {
                let Some(clause) = denied(text, short) else { continue };
                let amount = examiner.print(total.or_zero());
                examiner.report(
                    *about,
                    Severity::Error,
                    *place,
                    Bilingual::new(
                        format!("文字写“{clause}”，而{}有支出 {amount}", fund.name),
                        format!("`{clause}`, but `{}` has {amount}", fund.id),
                    ),
                    Bilingual::new(
                        "请改写这句话，或核对该资金来源的行",
                        "rewrite the sentence, or check the rows of the fund",
                    ),
                );
            }
        } else if !passages.iter().any(|(_, text, _)| text.contains(short)) {
            examiner.report(
                format!("funds.{}", fund.id),
                Severity::Warning,
                None,
                Bilingual::new(
                    format!("{}为零，文字没有说明", fund.name),
                    format!("there is nothing of `{}`, and no text says so", fund.id),
                ),
                Bilingual::new(format!("请写明“无{short}支出”"), format!("say so: 无{short}支出")),
            );
        }
    }
}

/// Whether a table has nothing but zeros; none for tables that are made of words.
fn is_empty(budget: &Budget, table: &TableDef) -> Option<bool> {
    let of = budget.cube.filter(&table.of);
    let mut filters = Vec::new();
    let mut columns = |base: &Filter, list: &[ColumnDef], rows: &RowsDef| {
        for column in list {
            let Show::Sum(measure) = &column.show else { continue };
            let filter = narrowed(budget, base, measure);
            match rows {
                RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
                    filters.extend(lines.iter().map(|line| filter.and(&budget.cube.filter(&line.of))));
                }
                RowsDef::Each(_) => filters.push(filter),
            }
        }
    };
    match &table.content {
        TableContent::Rows(tabular) => columns(&of, &tabular.columns, &tabular.rows),
        TableContent::Balance(balance) => {
            for side in &balance.sides {
                columns(&of.and(&budget.cube.filter(&side.of)), &side.columns, &side.rows);
            }
        }
        TableContent::Performance(_) => return None,
    }
    let scope = Scope::default();
    // No amount is less than nothing, but for what moves between units.
    let none = |filter: &Filter| {
        let mut facts = budget.cube.matching(filter, &scope);
        facts.all(|fact| {
            [Some(fact.this), fact.last].into_iter().flatten().all(|term| term.amount.is_zero() && !term.unfilled)
        })
    };
    Some(filters.iter().all(none))
}

/// Words that deny what follows them, and the ends of words that hold 无 and deny nothing.
const DENIES: [&str; 7] = ["没有", "未安排", "未发生", "不涉及", "未使用", "未编制", "无"];
const NOT_DENYING: [char; 13] = ['偿', '关', '形', '论', '障', '人', '线', '害', '疑', '法', '需', '须', '限'];

/// What may stand between the name of a fund and the end of a denial.
const OF_FUND: [&str; 18] = [
    "预算数",
    "预算",
    "财政",
    "拨款",
    "支出",
    "收入",
    "收支",
    "资金",
    "项目",
    "安排",
    "事项",
    "情况",
    "本年",
    "使用",
    "年度",
    "有关",
    "相关",
    "的",
];

/// The clause that denies there is anything called `name`: 无……支出, ……支出为零.
fn denied(text: &str, name: &str) -> Option<String> {
    text.split(['。', '；', '，']).find_map(|clause| {
        let at = clause.find(name)?;
        let (before, behind) = (&clause[..at], &clause[at + name.len()..]);
        let denies = DENIES
            .iter()
            .any(|word| before.match_indices(word).any(|(at, _)| !before[at + word.len()..].starts_with(NOT_DENYING)));
        // The next of a list has its own words: 政府性基金预算支出、国有资本经营预算支出.
        let mut words = behind.split(['、', '和', '及', '与', '（']).next().unwrap_or_default().to_owned();
        for word in OF_FUND {
            words = words.replace(word, "");
        }
        let nothing = ["为零", "为0", "0万元", "0元", "为0万元", "为0元", "无", "未发生"].contains(&words.trim());
        (nothing || (denies && words.trim().is_empty())).then(|| clause.trim().to_owned())
    })
}

/// What stands before a number of a table in the same document: the beginning, a mark, or 见, 由 and the like.
const BEFORE_TABLE: [char; 26] = [
    '见', '由', '从', '如', '按', '据', '在', '至', '到', '和', '与', '及', '或', '自', '（', '(', '“', '、', '，',
    '。', '；', '：', ',', ' ', '—', '\u{3000}',
];

/// Counting words: 水表20块 counts things.
const COUNTED: [char; 27] = [
    '块', '份', '张', '只', '个', '项', '台', '套', '件', '本', '册', '次', '人', '户', '支', '枚', '万', '亿', '元',
    '年', '月', '日', '%', '％', '种', '类', '式',
];

/// The references to tables and parts by their numbers: the words and the number.
fn referred(text: &str) -> Vec<(&str, bool, usize)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices('表') {
        let from = at + word.len();
        let spaces = text[from..].len() - text[from..].trim_start().len();
        let Some((number, end)) = leading_number(&text[from + spaces..]) else { continue };
        let end = from + spaces + end;
        let before = text[..at].chars().next_back();
        let behind = text[end..].chars().next();
        let fraction = behind == Some('.') && text[end + 1..].starts_with(|next: char| next.is_ascii_digit());
        let own = before.is_none_or(|before| BEFORE_TABLE.contains(&before));
        if own && !fraction && !behind.is_some_and(|behind| COUNTED.contains(&behind)) {
            found.push((&text[at..end], true, number));
        }
    }
    for (at, word) in text.match_indices('第') {
        let from = at + word.len();
        let Some((number, length)) = leading_number(&text[from..]) else { continue };
        // 《……》第十部分 is another document's.
        if text[from + length..].starts_with("部分") && !text[..at].ends_with('》') {
            found.push((&text[at..from + length + "部分".len()], false, number));
        }
    }
    found
}

/// A number in figures, full-width figures or Chinese numerals at the beginning of a text, and its length in bytes.
fn leading_number(text: &str) -> Option<(usize, usize)> {
    let digit = |character: char| match character {
        '0'..='9' => character.to_digit(10),
        '０'..='９' => Some(u32::from(character) - u32::from('０')),
        _ => None,
    };
    let digits = text.find(|character: char| digit(character).is_none()).unwrap_or(text.len());
    if digits > 0 {
        let number: String = text[..digits].chars().filter_map(digit).map(|digit| digit.to_string()).collect();
        return number.parse().ok().map(|number| (number, digits));
    }
    let cn = text.find(|character| !"一二三四五六七八九十".contains(character)).unwrap_or(text.len());
    (1..100).find(|number| chinese(*number) == text[..cn]).map(|number| (number, cn))
}

fn references(examiner: &mut Examiner) {
    let profile = &examiner.budget.profile;
    let titled = |block: &&Block| match block {
        Block::Table(id) => profile.tables.get(&id.value).is_some_and(|table| table.title.is_some()),
        _ => false,
    };
    let tables = profile.outline.iter().filter(titled).count();
    let parts = profile.outline.iter().filter(|block| matches!(block, Block::Part(_))).count();
    for (about, text, place) in narrative(examiner) {
        examiner.look();
        let absent = |(_, is_table, number): &(&str, bool, usize)| {
            *number == 0 || *number > if *is_table { tables } else { parts }
        };
        let Some((words, is_table, _)) = referred(text).into_iter().find(absent) else { continue };
        let (count, zh, en) = if is_table { (tables, "张表", "tables") } else { (parts, "个部分", "parts") };
        examiner.report(
            about,
            Severity::Error,
            place,
            Bilingual::new(
                format!("文字提到“{words}”，而文档只有 {count} {zh}"),
                format!("the text speaks of `{words}`, but there are {count} {en}"),
            ),
            Bilingual::new("请核对编号", "check the number"),
        );
    }
}

/// How often a line tells an item: its name with a figure behind it in the same clause, or its name more than once. To
/// speak of an item is not to tell it.
fn told_in(line: &str, words: &str) -> usize {
    let clause = |at: usize| line[at + words.len()..].split(['，', '。', '；', '、']).next().unwrap_or_default();
    let figures = |at: usize| clause(at).contains(|character: char| character.is_ascii_digit());
    let named = line.matches(words).count();
    let told = line.match_indices(words).filter(|(at, _)| figures(*at)).count();
    if named > 1 { named } else { told }
}

fn told_once(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let passages = narrative(examiner);
    let report = |examiner: &mut Examiner, about: String, place, name: &str, count: usize| {
        let (zh, en) = if count == 0 {
            ("没有说明".to_owned(), "is not told".to_owned())
        } else {
            (format!("说明了 {count} 次"), format!("is told {count} times"))
        };
        examiner.report(
            about,
            Severity::Warning,
            place,
            Bilingual::new(format!("“{name}”有金额，在文字中{zh}"), format!("`{name}` has money and {en} in the text")),
            Bilingual::new("每一项说明一次，不漏不重", "tell each once"),
        );
    };
    // Items are told by name and level: “行政运行（项）”.
    let by_item = passages.iter().any(|(_, text, _)| text.contains("（项）"));
    let measure = of(&[Account::Expenditure]);
    let facts_of = |item| budget.cube.select(&measure, Scope { subject: Some(item), ..Scope::default() });
    let words_of = |item| budget.subjects.get(&item).map(|name| format!("{name}（项）"));
    let is_named = |words: &str| passages.iter().any(|(_, text, _)| text.contains(words));
    let items: Vec<_> = budget.cube.subjects(&measure, Scope::default()).into_iter().collect();
    let items = || items.iter().copied().filter(|code| by_item && code.level() == Level::Item);
    // A list goes through the items of some funds, mostly the appropriations; others are not missing from it.
    let listed: BTreeSet<usize> = items()
        .filter(|item| words_of(*item).is_some_and(|words| is_named(&words)))
        .flat_map(|item| facts_of(item).map(|fact| fact.fund))
        .collect();
    for item in items() {
        let total = budget.cube.total(&measure, Scope { subject: Some(item), ..Scope::default() });
        let Some(name) = budget.subjects.get(&item).filter(|_| some(&total)) else { continue };
        examiner.look();
        let words = format!("{name}（项）");
        if !facts_of(item).any(|fact| listed.contains(&fact.fund)) {
            continue;
        }
        let told = || passages.iter().map(|(_, text, place)| (told_in(text, &words), place));
        let count: usize = told().map(|(count, _)| count).sum();
        let named = count > 0 || is_named(&words);
        let twins =
            budget.subjects.iter().filter(|(code, other)| code.level() == Level::Item && *other == name).count();
        if !named || count > twins {
            // Told once more by a text of the spec, as the profile tells it.
            let typed = told().filter(|(count, _)| *count > 0).filter_map(|(_, place)| *place).next_back();
            let place = typed.or_else(|| total.terms.iter().find_map(|term| term.place));
            report(examiner, format!("items.{item}"), place, &words, count);
        }
    }
    projects_told_once(examiner, &passages);
}

/// Projects are told with their amounts, in a text that tells several; a list of key projects is of all of them.
fn projects_told_once(examiner: &mut Examiner, passages: &[(&str, &str, Option<Place>)]) {
    let spec = &examiner.budget.spec;
    let with_money = |project: &&Project| project.amount.number().is_some_and(|amount| !amount.is_zero());
    let report = |examiner: &mut Examiner, about: String, place, name: &str, (zh, en): (String, String)| {
        examiner.report(
            about,
            Severity::Warning,
            place,
            Bilingual::new(format!("项目“{name}”有金额，{zh}"), format!("project `{name}` has money and {en}")),
            Bilingual::new("每个项目说明一次，不漏不重", "tell each project once"),
        );
    };
    for (key, _) in spec.text.iter() {
        let about = format!("text.{}", key.value);
        let own: Vec<_> = passages.iter().filter(|(name, ..)| *name == about).collect();
        let mut told = vec![(0_usize, None); spec.projects.len()];
        for (_, text, place) in &own {
            for number in numbers(text).iter().filter(|number| number.unit.is_some()) {
                let index = project_before(spec, number).or_else(|| almost_project(spec, number));
                // What a project had last year is a comparison.
                let Some(index) = index.filter(|index| !is_last(spec, *index, number)) else { continue };
                told[index] = (told[index].0 + 1, *place);
            }
        }
        let of_money = spec.projects.iter().filter(with_money).count();
        let all = told.iter().filter(|(count, _)| *count > 0).count();
        if all < 2 {
            continue;
        }
        for (project, (count, place)) in spec.projects.iter().zip(&told).filter(|(project, _)| with_money(project)) {
            examiner.look();
            // Projects of one name are told as often as there are.
            let twins = spec.projects.iter().filter(|other| bare(&other.name) == bare(&project.name));
            let twins = twins.filter(with_money).count();
            let name = project.name.trim();
            // A text that tells some of many is no list of them.
            if *count == 0 && twins == 1 && all * 2 > of_money {
                let first = own.iter().find_map(|(_, _, place)| *place);
                let words = ("在文字中没有说明".to_owned(), "is not told in the text".to_owned());
                report(examiner, about.clone(), first, name, words);
            } else if *count > twins {
                let words = (format!("在文字中说明了 {count} 次"), format!("is told {count} times in the text"));
                report(examiner, about.clone(), *place, name, words);
            }
        }
    }
    let listed = &spec.key_projects;
    let Some(place) = listed.first().map(|id| id.place) else { return };
    let all = examiner.prose.passages.iter().any(|passage| passage.text.contains("所有项目"));
    for project in spec.projects.iter().filter(with_money).filter(|_| all) {
        examiner.look();
        if !listed.iter().any(|id| id.value == project.id.value) {
            let words = (
                "文字写的是所有项目，key_projects 中没有列入".to_owned(),
                "is not among `key_projects`, though the text speaks of all projects".to_owned(),
            );
            report(examiner, "key_projects".to_owned(), place, project.name.trim(), words);
        }
    }
}

fn is_last(spec: &Spec, index: usize, number: &Number) -> bool {
    let project = &spec.projects[index];
    let is =
        |amount: Option<Decimal>| amount.is_some_and(|amount| Some(Money::new(amount, spec.unit)) == number.money());
    is(project.last.as_ref().and_then(|last| last.number())) && !is(project.amount.number())
}

fn complete(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let basic = Measure { kinds: vec![budget.profile.kinds[Profile::BASIC].id.clone()], ..of(&[Account::Expenditure]) };
    let basic = budget.total(&basic);
    examiner.look();
    if some(&basic) && budget.spec.economic.is_empty() {
        examiner.report(
            "economic",
            Severity::Warning,
            budget.spec.basic.iter().find_map(|row| row.category.place).or(basic.terms.iter().find_map(|term| term.place)),
            Bilingual::new(
                "基本支出没有按经济分类的款填写",
                "basic expenditure is not given by economic division",
            ),
            Bilingual::new(
                "请在 economic 下按款（5 位编码）填写，人员、公用、补助由其汇总",
                "give it under `economic` by division (five digits); personnel, operating expenses and allowances are its sums",
            ),
        );
    }
    let profile = &budget.profile;
    for (id, table) in profile.tables.iter() {
        examiner.look();
        let count = profile
            .outline
            .iter()
            .filter(|block| matches!(block, Block::Table(named) if named.value == id.value))
            .count();
        let performance = matches!(table.content, TableContent::Performance(_));
        if count != 1 {
            examiner.report(
                format!("tables.{}", id.value),
                Severity::Error,
                None,
                Bilingual::new(
                    format!("版式中的表“{}”在文档中出现 {count} 次", id.value),
                    format!("table `{}` of the profile stands in the document {count} times", id.value),
                ),
                Bilingual::new("请在版式文件的 outline 中列一次", "list it once in the profile's `outline`"),
            );
        } else if performance && budget.spec.performance.is_none() {
            let name = examiner.table_name(&id.value);
            examiner.report(
                "performance",
                Severity::Error,
                None,
                Bilingual::new(
                    format!("没有填写 performance，{name}没有任务、目标和指标"),
                    format!("`performance` is missing: {name} has no tasks, goal and indicators"),
                ),
                Bilingual::new(
                    "请填写 performance 的 basic、tasks、goal 和 indicators",
                    "write `performance` with `basic`, `tasks`, `goal` and `indicators`",
                ),
            );
        } else if let (true, Some(performance)) = (performance, &budget.spec.performance) {
            let empty = performance.indicators.iter().all(|(_, groups)| groups.iter().all(|(_, list)| list.is_empty()));
            if empty || performance.goal.trim().is_empty() {
                let (zh, en) = if empty { ("绩效指标", "indicators") } else { ("年度总体目标", "goal") };
                examiner.report(
                    format!("performance.{en}"),
                    Severity::Error,
                    performance.goal.place,
                    Bilingual::new(format!("绩效目标表没有{zh}"), format!("the performance table has no {en}")),
                    Bilingual::new(format!("请填写 performance.{en}"), format!("write performance.{en}")),
                );
            }
        }
    }
}
