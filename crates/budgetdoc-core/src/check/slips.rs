//! Slips of the pen that stand out without knowing what was meant.

use super::examiner::Examiner;
use super::numbers::numbers;
use super::{Rule, Severity};
use crate::compose::{Passage, PassageKind};
use crate::lang::Bilingual;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "C19",
    severity: Severity::Warning,
    title: ("没有明显的笔误", "No plain slips of the pen"),
    explanation: (
        "同一串文字紧接着重复、整段文字贴了两次、列举缺“1”而有“2”、文件名的“的通知”写在书名号外，给出警告；分句末尾孤立的数字，给出提示。",
        "Words that stand twice in a row, a paragraph that stands twice, a list that has a 2 but no 1, and a document's 的通知 outside its title marks are warnings; a lone digit at the end of a clause is a note.",
    ),
    wrong: "content: 为广大妇女儿为广大妇女儿童发展营造良好环境。",
    right: "content: 为广大妇女儿童发展营造良好环境。",
    check: slips,
}];

fn slips(examiner: &mut Examiner) {
    let typed = |passage: &&Passage| passage.is_own();
    let passages: Vec<&Passage> = examiner.prose.passages.iter().filter(typed).collect();
    for passage in &passages {
        if passage.kind == PassageKind::Name {
            continue;
        }
        examiner.look();
        let text = passage.text.as_str();
        if let Some(words) = doubled(text) {
            warn(
                examiner,
                passage,
                (format!("“{words}”连着写了两次"), format!("`{words}` stands twice in a row")),
                ("请删去一处", "delete one"),
            );
        }
        if let Some(title) = cut_title(text) {
            warn(
                examiner,
                passage,
                (
                    format!("“{title}”：“的通知”应在书名号之内"),
                    format!("`{title}`: 的通知 belongs inside the title marks"),
                ),
                ("请写《关于……的通知》", "write 《关于……的通知》"),
            );
        }
        for number in numbers(text) {
            // 模块1，: a noun, a lone digit and the end of the clause. What is counted has its unit behind it.
            let noun = number.before.chars().next_back().is_some_and(is_han);
            let ends = number.after.starts_with(['，', '。', '；']);
            let named = [
                "第", "号", "表", "图", "附件", "类", "级", "型", "期", "组", "为", "是", "共", "达", "至", "到", "于",
                "约", "数",
            ];
            if noun && ends && number.digits.len() == 1 && !named.iter().any(|word| number.before.ends_with(word)) {
                let piece: Vec<char> = number.before.chars().rev().take(6).collect();
                let piece: String = piece.into_iter().rev().chain(number.digits.chars()).collect();
                examiner.report(
                    passage.about.clone(),
                    Severity::Note,
                    passage.place,
                    Bilingual::new(
                        format!("“{piece}”末尾的“{}”没有单位", number.digits),
                        format!("the {} at the end of `{piece}` has no unit", number.digits),
                    ),
                    Bilingual::new("如为多余的字，请删去", "delete it if it is left over"),
                );
            }
        }
    }
    pasted(examiner, &passages);
    // Lists reach over the lines of a text.
    let mut told: Vec<&str> = Vec::new();
    for passage in &passages {
        let about = passage.about.as_str();
        let starts = |number: char| {
            let mut lines = passages.iter().filter(|other| other.about == about);
            lines.any(|other| listed(&other.text, number))
        };
        let inline = passages
            .iter()
            .any(|other| other.about == about && (other.text.contains("1、") || other.text.contains("1.")));
        if told.contains(&about) || !starts('2') || starts('1') || inline {
            continue;
        }
        told.push(about);
        let second = passages.iter().find(|other| other.about == about && listed(&other.text, '2'));
        let passage = second.unwrap_or(passage);
        warn(
            examiner,
            passage,
            ("列举有“2”而没有“1”".to_owned(), "the list has a 2 but no 1".to_owned()),
            ("请补上“1”或改编号", "add the 1 or number it anew"),
        );
    }
}

/// Whether a line is the entry of a list with that number; 2.5公里 is none.
fn listed(text: &str, number: char) -> bool {
    let rest = text.strip_prefix(number).and_then(|rest| rest.strip_prefix(['、', '.', '．']));
    rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Paragraphs pasted twice: into one text, or, where they are long, into another.
fn pasted(examiner: &mut Examiner, passages: &[&Passage]) {
    let lines: Vec<&Passage> =
        passages.iter().copied().filter(|passage| passage.kind == PassageKind::Narrative).collect();
    for (index, passage) in lines.iter().enumerate() {
        let length = passage.text.chars().count();
        let same = |other: &&&Passage| {
            other.text == passage.text && length >= if other.about == passage.about { 8 } else { 20 }
        };
        let Some(other) = lines[..index].iter().find(same) else { continue };
        let piece: String = passage.text.chars().take(12).collect();
        warn(
            examiner,
            passage,
            (
                format!("整段“{piece}……”与 {} 的一段完全相同", other.about),
                format!("the whole paragraph `{piece}…` stands in {} as well", other.about),
            ),
            ("重复粘贴的请删去", "delete it if it was pasted twice"),
        );
    }
}

fn warn(examiner: &mut Examiner, passage: &Passage, (zh, en): (String, String), help: (&str, &str)) {
    examiner.report(
        passage.about.clone(),
        Severity::Warning,
        passage.place,
        Bilingual::new(zh, en),
        Bilingual::new(help.0, help.1),
    );
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Five characters or more that stand twice in a row.
fn doubled(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let count = characters.len();
    for length in 5..=20 {
        // How many characters in a row equal the one `length` behind them.
        let mut same = 0;
        for index in 0..count.saturating_sub(length) {
            let equal = characters[index] == characters[index + length] && is_han(characters[index]);
            same = if equal { same + 1 } else { 0 };
            if same == length {
                return Some(characters[index + 1 - length..=index].iter().collect());
            }
        }
    }
    None
}

/// 《关于……》的通知: the title ends before its last words.
fn cut_title(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(start) = rest.find("《关于") {
        let title = &rest[start..];
        let end = title.find('》')?;
        let whole = title[..end].contains("的通知") || title[..end].contains("的意见");
        if !whole && title[end..].starts_with("》的通知") {
            let head: String = title.chars().take(8).collect();
            return Some(format!("{head}……》的通知"));
        }
        rest = &title[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_twice_in_a_row_are_found() {
        assert_eq!(doubled("为广大妇女儿为广大妇女儿童发展"), Some("为广大妇女儿".to_owned()));
        assert_eq!(doubled("一级指标、一级指标"), None);
        assert_eq!(doubled("干干净净，高高兴兴，研究研究"), None);
    }

    #[test]
    fn a_title_ends_with_its_last_words() {
        assert!(cut_title("根据《关于印发某方案》的通知（某发〔2016〕16号）").is_some());
        assert_eq!(cut_title("根据《关于印发某方案的通知》（某发〔2016〕16号）"), None);
    }
}
