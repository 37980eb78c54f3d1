//! Templates left unfilled, and slips of typing.

use super::examiner::Examiner;
use super::figures::without_templates;
use super::{Rule, Severity, placeholders};
use crate::compose::Passage;
use crate::lang::Bilingual;
use crate::money::Amount;
use crate::spec::Typography;
use crate::typography;

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
            "汉字旁的逗号、分号、冒号、问号、叹号、括号用全角，引号用“”，汉字之间、汉字与数字之间不留空格。写“typography: normalize”，印出时自动改正。",
            "Beside Chinese characters commas, semicolons, colons, question and exclamation marks and brackets are full-width, quotation marks are “ ”, and no spaces stand between characters or next to figures. With `typography: normalize` the document is set right.",
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
        let own = passage.typed.as_deref().map_or_else(|| text.clone(), without_templates);
        let braces = ["{{", "}}"].into_iter().find(|braces| text.contains(braces));
        if let Some(residue) = placeholders::find(&own).or_else(|| braces.map(str::to_owned)) {
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
    let words = |passage: &Passage| passage.typed.clone().unwrap_or_else(|| passage.text.clone());
    let mut told: Vec<&str> = Vec::new();
    for passage in &passages {
        examiner.look();
        let text = words(passage);
        let slips = typography::slips(&text);
        // One finding a text, however many slips it has.
        let Some(slip) = slips.first().filter(|_| !told.contains(&passage.about.as_str())) else { continue };
        told.push(&passage.about);
        let same = passages.iter().filter(|other| other.about == passage.about && other.place >= passage.place);
        let count: usize = same.map(|other| typography::slips(&words(other)).len()).sum();
        let around = |words: &mut dyn Iterator<Item = char>| words.take(4).collect::<Vec<_>>();
        let mut before = around(&mut text[..slip.range.start].chars().rev());
        before.reverse();
        let after = around(&mut text[slip.range.end..].chars());
        let piece = |middle: &str| before.iter().copied().chain(middle.chars()).chain(after.iter().copied()).collect();
        let (wrong, right): (String, String) = (piece(&text[slip.range.clone()]), piece(slip.right));
        let more = |zh: bool| match (count, zh) {
            (1, _) => String::new(),
            (_, true) => format!("（这段文字共{count}处）"),
            (_, false) => format!(" ({count} such places in this text)"),
        };
        examiner.report(
            passage.about.clone(),
            Severity::Note,
            passage.place,
            Bilingual::new(
                format!("“{wrong}”的标点或空格应为“{right}”{}", more(true)),
                format!("`{wrong}` should be `{right}`{}", more(false)),
            ),
            Bilingual::new(
                "请改正，或写“typography: normalize”由程序改正",
                "correct it, or write `typography: normalize` to have it set right",
            ),
        );
    }
}

/// Every line of the spec that is printed.
fn typed(examiner: &Examiner) -> Vec<Passage> {
    examiner.prose.passages.iter().filter(|passage| passage.is_own()).cloned().collect()
}
