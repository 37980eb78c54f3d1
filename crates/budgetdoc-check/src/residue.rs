//! Templates left unfilled, and slips of typing.

use super::examiner::Examiner;
use super::{Rule, Severity, placeholders};
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;
use budgetdoc_core::spec::Typography;
use budgetdoc_core::typography::{self, Slip};
use budgetdoc_document::Place;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C14",
        severity: Severity::Error,
        title: ("没有未填写的内容", "Nothing is left unfilled"),
        explanation: (
            "金额不能待填，版式要求由单位填写的文字不能缺，文字中不能留有 XX、××、202×年、待填、（待补充）、（填写……）、【金额】、空括号、增加（减少）、#REF!、{{…}} 等模板痕迹，“万元”和“占%”的数字不能缺。只报不可能是正文的写法：“增减率”“增加（减少）额”“万元以上”“单位：万元”“XXL”“待填埋”等不算。",
            "No amount is left unfilled, texts the profile asks of the department must be there, no residue of a template (XX, ××, 202×年, 待填, （待补充）, （填写……）, 【金额】, empty brackets, 增加（减少）, #REF!, {{…}}) may be left in any, and 万元 and 占% have their number. Only what can be no text is reported: 增加（减少）额, 万元以上, 单位：万元, XXL, 待填埋 are not.",
        ),
        wrong: "text:\n  personnel_use: 主要是××人员经费。",
        right: "text:\n  personnel_use: 主要是离退休人员经费。",
        check: unfilled,
    },
    Rule {
        id: "C18",
        severity: Severity::Note,
        title: ("中文里用全角标点，不留空格", "Chinese text has full-width marks and no stray spaces"),
        explanation: (
            "汉字旁的逗号、分号、冒号、问号、叹号、括号用全角，引号用“”，汉字之间、汉字与数字之间不留空格，句号、破折号、省略号、书名号、间隔号不用“.”“--”“...”“<<>>”“•”代替。写“typography: normalize”，印出时自动改正。",
            "Beside Chinese characters commas, semicolons, colons, question and exclamation marks and brackets are full-width, quotation marks are “ ”, no spaces stand between characters or next to figures, and `.`, `--`, `...`, `<<>>`, `•` do not stand for 。, ——, ……, 《》, ·. With `typography: normalize` the document is set right.",
        ),
        wrong: "department:\n  name: 某区妇女联合会(本级)",
        right: "department:\n  name: 某区妇女联合会（本级）",
        check: slips,
    },
];

fn unfilled(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (key, ask) in budget.profile.asks.iter() {
        examiner.look();
        let given = budget.spec.text.iter().find(|(name, _)| name.value == key.value);
        if given.is_none_or(|(_, text)| text.trim().is_empty()) {
            let key = &key.value;
            examiner.report(
                format!("text.{key}"),
                Severity::Error,
                // An empty block is said to stand where the next key does; its own key is the place to look at.
                given.and_then(|(name, _)| name.place),
                Bilingual::new(format!("没有填写：{ask}"), format!("the text `{key}` is missing ({ask})")),
                Bilingual::new(
                    format!("请在 text 下写“{key}: |”，下一行缩进写正文"),
                    format!("write `{key}: |` under `text` and the words below it, indented"),
                ),
            );
        }
    }
    super::unfilled::amounts(examiner);
    for passage in typed(examiner) {
        examiner.look();
        // The gap of an unfilled amount is reported where the amount stands.
        let text = passage.text.replace(Amount::GAP, "\u{fffc}");
        // What a name brings with it is told where the name stands.
        let own = passage.plain.as_ref().unwrap_or(&text);
        let braces = ["{{", "}}"].into_iter().find(|braces| text.contains(braces));
        if let Some(residue) = placeholders::find(own).or_else(|| braces.map(str::to_owned)) {
            examiner.report(
                passage.about.clone(),
                Severity::Error,
                passage.place,
                Bilingual::new(
                    format!("文字中留有模板痕迹“{residue}”"),
                    format!("the text holds the template residue `{residue}`"),
                ),
                Bilingual::new("请填写实际内容", "write what is meant"),
            );
        }
    }
}

fn slips(examiner: &mut Examiner) {
    if examiner.budget.spec.typography == Typography::Normalize {
        return;
    }
    let passages = typed(examiner);
    let mut told: Vec<&str> = Vec::new();
    for passage in passages.clone() {
        examiner.look();
        // One finding a text, however many slips it has.
        if told.contains(&passage.about.as_str()) {
            continue;
        }
        let same = passages.clone().filter(|other| other.about == passage.about && other.place >= passage.place);
        let slips: Vec<Told> = same.flat_map(slips_of).collect();
        let Some(first) = slips.first() else { continue };
        told.push(&passage.about);
        let list = |zh: bool| -> String {
            let each = slips.iter().take(MOST_TOLD).map(|slip| slip.say(first, zh)).collect::<Vec<_>>();
            each.join(if zh { "、" } else { ", " })
        };
        let more = |zh: bool| match (slips.len() > MOST_TOLD, zh) {
            (false, _) => String::new(),
            (true, true) => format!("等{}处", slips.len()),
            (true, false) => format!(" and {} more", slips.len() - MOST_TOLD),
        };
        examiner.report(
            passage.about.clone(),
            Severity::Note,
            first.place,
            Bilingual::new(
                format!("标点或空格有误：{}{}", list(true), more(true)),
                format!("marks or spaces are wrong: {}{}", list(false), more(false)),
            ),
            Bilingual::new(
                "请改正，或写“typography: normalize”由程序改正",
                "correct it, or write `typography: normalize` to have it set right",
            ),
        );
    }
}

/// Slips of one text that are named; of more, only their number.
const MOST_TOLD: usize = 5;

/// Characters shown on either side of a slip.
const AROUND: usize = 4;

/// A slip with a few characters around it, as it is and as it should be.
struct Told {
    wrong: String,
    right: String,
    place: Option<Place>,
}

impl Told {
    /// What is wrong and its line, where that is not the line of the first.
    fn say(&self, first: &Told, zh: bool) -> String {
        let Told { wrong, right, place } = self;
        let line = place.filter(|place| first.place.is_some_and(|first| first.line != place.line));
        match (line, zh) {
            (None, true) => format!("“{wrong}”应为“{right}”"),
            (None, false) => format!("`{wrong}` should be `{right}`"),
            (Some(Place { line, .. }), true) => format!("第{line}行“{wrong}”应为“{right}”"),
            (Some(Place { line, .. }), false) => format!("`{wrong}` in line {line} should be `{right}`"),
        }
    }
}

/// The slips of a passage, those that stand close together as one.
fn slips_of(passage: &Passage) -> Vec<Told> {
    let text = passage.typed.as_ref().unwrap_or(&passage.text);
    let slips = typography::slips(text);
    let close = |one: &Slip, next: &Slip| text[one.range.end..next.range.start].chars().count() <= AROUND;
    let told = slips.chunk_by(close).map(|slips| {
        let (first, last) = (slips[0].range.start, slips[slips.len() - 1].range.end);
        let before: usize = text[..first].chars().rev().take(AROUND).map(char::len_utf8).sum();
        let after: usize = text[last..].chars().take(AROUND).map(char::len_utf8).sum();
        let (start, end) = (first - before, last + after);
        let mut right = text[start..end].to_owned();
        for slip in slips.iter().rev() {
            right.replace_range(slip.range.start - start..slip.range.end - start, slip.right);
        }
        Told { wrong: text[start..end].to_owned(), right, place: passage.place }
    });
    told.collect()
}

/// Every line of the spec that is printed.
fn typed<'a>(examiner: &Examiner<'a>) -> impl Iterator<Item = &'a Passage> + Clone + use<'a> {
    examiner.prose.passages.iter().filter(|passage| passage.is_own())
}
