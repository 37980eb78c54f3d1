//! C18: Chinese text has full-width marks and no stray spaces.

use std::collections::HashMap;
use std::ops::Range;

use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::spec::Typography;
use budgetdoc_core::typography;
use budgetdoc_core::typography::Slip;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C18",
    severity: Severity::Warning,
    title: (
        "中文里用全角标点和普通汉字，不留空格",
        "Chinese text has full-width marks, ordinary characters and no stray spaces",
    ),
    explanation: (
        "汉字旁的逗号、分号、冒号、问号、叹号、括号用全角，引号用“”，汉字之间、汉字与数字之间不留空格，句号、破折号、省略号、书名号、间隔号不用“.”“--”“...”“<<>>”“•”代替。部首字符（如 U+2F54“⽔”）、兼容汉字、旧编码的自造区字符（如 U+E863，应为“䶮”）写成普通汉字，软连字符、零宽字符等看不见的字符删去：这几种看不出来，给出警告。写“typography: normalize”，印出时自动改正。",
        "Next to Chinese characters, commas, semicolons, colons, question and exclamation marks and brackets are full-width, quotation marks are “ ”, there are no spaces between characters or next to figures, and `.`, `--`, `...`, `<<>>`, `•` do not replace 。, ——, ……, 《》, ·. Radicals (U+2F54), compatibility ideographs, private codes of older systems (U+E863 for 䶮), soft hyphens and zero-width characters are warnings, as readers cannot see them. `typography: normalize` corrects the document.",
    ),
    wrong: "department:\n  name: 某区妇女联合会(本级)",
    right: "department:\n  name: 某区妇女联合会（本级）",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    if examiner.budget.spec.typography == Typography::Normalize {
        return;
    }
    // One finding for all slips of a text.
    let mut texts: Vec<Vec<ShownSlip>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for passage in examiner.own_passages() {
        examiner.count_one();
        let mut slips = slips_of(passage);
        match known.get(passage.about.as_str()) {
            Some(text) => texts[*text].append(&mut slips),
            None if slips.is_empty() => {}
            None => {
                known.insert(&passage.about, texts.len());
                texts.push(slips);
            }
        }
    }
    for slips in texts {
        let Some(first) = slips.first() else { continue };
        let list = |zh: bool| -> String {
            let each = slips.iter().take(MOST_SHOWN).map(|slip| slip.message(zh)).collect::<Vec<_>>();
            each.join(if zh { "、" } else { ", " })
        };
        let more = |zh: bool| match (slips.len() > MOST_SHOWN, zh) {
            (false, _) => String::new(),
            (true, true) => format!("等{}处", slips.len()),
            (true, false) => format!(" and {} more", slips.len() - MOST_SHOWN),
        };
        // Readers see wrong marks, but not these characters, which searches and faces miss.
        let (caution, zh, en) = if slips.iter().any(|slip| !slip.unseen.is_empty()) {
            (Caution::Warning, "字符", "characters")
        } else {
            (Caution::Note, "标点或空格", "marks or spaces")
        };
        examiner.report_words(
            first.passage,
            first.words.clone(),
            caution,
            Bilingual::new(
                format!("{zh}有误：{}{}", list(true), more(true)),
                format!("{en} are wrong: {}{}", list(false), more(false)),
            ),
            Bilingual::new(
                "请改正，或写“typography: normalize”由程序改正",
                "correct it, or write `typography: normalize`",
            ),
        );
        let others = slips.iter().skip(1).filter_map(ShownSlip::place);
        examiner.see(others.filter(|place| Some(place.line) != first.place().map(|first| first.line)));
    }
}

/// How many slips of one text a message shows.
const MOST_SHOWN: usize = 2;

/// How many characters a message shows on either side of a slip.
const AROUND: usize = 4;

/// A slip with a few characters around it, as it is and as it should be.
struct ShownSlip<'a> {
    wrong: String,
    right: String,
    /// The codes of wrong characters that look like the right ones.
    unseen: Vec<String>,
    passage: &'a Passage,
    /// The bytes of the slip alone.
    words: Range<usize>,
}

impl ShownSlip<'_> {
    fn place(&self) -> Option<Place> {
        self.passage.place_of(self.words.clone()).map(|words| words.start).or(self.passage.place)
    }

    /// Returns the slip and its correction.
    fn message(&self, zh: bool) -> String {
        let ShownSlip { wrong, right, unseen, .. } = self;
        match (unseen.is_empty(), zh) {
            (true, true) => format!("“{wrong}”应为“{right}”"),
            (true, false) => format!("`{wrong}` should be `{right}`"),
            (false, true) => format!("“{wrong}”（其中有 {}）应为“{right}”", unseen.join("、")),
            (false, false) => format!("`{wrong}` (it holds {}) should be `{right}`", unseen.join(", ")),
        }
    }
}

/// Returns the slips of a passage's typed words, those close together as one.
fn slips_of(passage: &Passage) -> Vec<ShownSlip<'_>> {
    let text = &passage.text;
    let slips = typography::slips(text).into_iter().filter(|slip| passage.is_typed(slip.range.clone()));
    let slips: Vec<Slip> = slips.collect();
    let close = |one: &Slip, next: &Slip| text[one.range.end..next.range.start].chars().count() <= AROUND;
    let shown = slips.chunk_by(close).map(|slips| {
        let words = slips[0].range.start..slips[slips.len() - 1].range.end;
        let before: usize = text[..words.start].chars().rev().take(AROUND).map(char::len_utf8).sum();
        let after: usize = text[words.end..].chars().take(AROUND).map(char::len_utf8).sum();
        let (start, end) = (words.start - before, words.end + after);
        let mut right = text[start..end].to_owned();
        for slip in slips.iter().rev() {
            right.replace_range(slip.range.start - start..slip.range.end - start, &slip.right);
        }
        let unseen = slips.iter().filter(|slip| slip.unseen).flat_map(|slip| text[slip.range.clone()].chars());
        let unseen = unseen.map(|character| format!("U+{:04X}", u32::from(character))).collect();
        ShownSlip { wrong: text[start..end].to_owned(), right, unseen, passage, words }
    });
    shown.collect()
}
