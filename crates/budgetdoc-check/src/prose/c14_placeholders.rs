//! Placeholders left in texts.

use std::borrow::Cow;
use std::ops::Range;

use crate::figures::c14_unfilled::braces;
use crate::prose::numbers::last_clause;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::word_list::{WordList, places};
use budgetdoc_core::compose::{Origin, Passage, Span};
use budgetdoc_core::lang::Bilingual;

/// Characters that stand for digits to be filled in.
const BLANKS: &str = "XxＸｘ×*＊_＿？?…〇○□";

/// Words in brackets that ask for text.
static ASKED: WordList = WordList::named("placeholder asked");

/// Beginnings of words in brackets that ask for text.
static ASKING: WordList = WordList::named("placeholder asking");

/// 填写人 and the like belong to a form.
static FILLED_BY: WordList = WordList::named("placeholder filled by");

/// Errors of a spreadsheet.
static ERRORS: WordList = WordList::named("placeholder errors");

static NOBODY: WordList = WordList::named("placeholder nobody");

static UP: WordList = WordList::named("placeholder up");

static DOWN: WordList = WordList::named("placeholder down");

/// Errors of a word processor.
static PROCESSOR: WordList = WordList::named("placeholder processor");

/// Warns of placeholders left in texts.
pub(crate) fn check(examiner: &mut ProseReader) {
    for passage in examiner.own_passages() {
        examiner.count_one();
        // Another rule reports braces.
        if braces(&passage.text).is_some() {
            continue;
        }
        let Some(range) = find(&typed_text(passage)) else { continue };
        let residue = &passage.text[range.clone()];
        examiner.report_words(
            passage,
            range.clone(),
            Caution::Warning,
            Bilingual::new(
                format!("文字中留有模板痕迹“{residue}”"),
                format!("the text holds the template residue `{residue}`"),
            ),
            Bilingual::new("请填写实际内容", "replace it"),
        );
    }
    printed_by_the_profile(examiner);
}

/// Warns of words to be filled in that come from the profile: from its texts, or from its constants. Those of the spec, and
/// those in the place of a missing text, are reported there.
fn printed_by_the_profile(examiner: &mut ProseReader) {
    if examiner.own_passages().any(|passage| unfilled_word(&passage.text).is_some()) {
        return;
    }
    let asks = &examiner.budget.profile.asks;
    let is_asked = |passage: &Passage| asks.keys().any(|key| passage.about.strip_prefix("text.") == Some(key));
    let is_of_profile = |span: &Span| span.part_of.is_none() && matches!(span.origin, Origin::Profile | Origin::Value);
    let printed = examiner.passages.iter().filter(|passage| !is_asked(passage)).find_map(|passage| {
        let range = unfilled_word(&passage.text)?;
        passage.spans_at(range.clone()).all(is_of_profile).then_some((passage, range))
    });
    let Some((passage, range)) = printed else { return };
    examiner.report_words(
        passage,
        range,
        Caution::Warning,
        Bilingual::new("版式的文字中有“待填”，会印在文档中", "the profile's words print 待填"),
        Bilingual::new(
            "请在 text 下写出这个键的文字；写版式的人应把它列入 asks，没有填写时就会报错",
            "write the text of this key under `text`; who writes the profile lists it under `asks`, so that it is an error if missing",
        ),
    );
}

/// Returns the text of a passage with a blank for each byte that is not typed there: unfilled amounts and names are
/// reported at their own place.
fn typed_text(passage: &Passage) -> Cow<'_, str> {
    if passage.is_typed(0..passage.text.len()) {
        return Cow::Borrowed(&passage.text);
    }
    let mut text = String::with_capacity(passage.text.len());
    for Span { range, .. } in &passage.spans {
        match passage.is_typed(range.clone()) {
            true => text.push_str(&passage.text[range.clone()]),
            false => text.extend(range.clone().map(|_| '\u{7f}')),
        }
    }
    Cow::Owned(text)
}

/// Returns the first placeholder of a text.
fn find(text: &str) -> Option<Range<usize>> {
    // Most characters are Hanzi, and half of the placeholders are found by the others.
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, character)| !is_han(*character)).collect();
    known_placeholder(text)
        .or_else(|| reference_in_other_braces(text, &marks))
        .or_else(|| repeated_blanks(text, &marks))
        .or_else(|| unfilled_word(text))
        .or_else(|| asking_brackets(text, &marks))
        .or_else(|| unmade_choice(text, &marks))
        .or_else(|| blank_year(text))
        .or_else(|| unit_without_number(text, &marks))
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Finds words that only placeholders have.
fn known_placeholder(text: &str) -> Option<Range<usize>> {
    let words_if = |may_have: bool, words: &'static [&'static str]| if may_have { words } else { &[] };
    let errors = words_if(text.contains('#'), &ERRORS);
    let nobody = words_if(text.contains("某某"), &NOBODY);
    let processor = words_if(text.contains(['源', '签', '此']), &PROCESSOR);
    errors.iter().chain(nobody).chain(processor).find_map(|words| text.find(words).map(|at| at..at + words.len()))
}

/// Finds a reference whose braces are full-width, as an input method makes them, or single: ｛｛ counts.vehicles ｝｝.
fn reference_in_other_braces(text: &str, marks: &[(usize, char)]) -> Option<Range<usize>> {
    let is_brace = |character| matches!(character, '{' | '}' | '｛' | '｝');
    let behind_braces = |at: usize| text.len() - text[at..].trim_start_matches(is_brace).len();
    let (start, _) = *marks.iter().find(|(_, mark)| is_brace(*mark))?;
    let inside = behind_braces(start);
    let close = inside + text[inside..].find(is_brace)?;
    let words = &text[inside..close];
    let is_reference = words.is_ascii() && words.contains(|character: char| character.is_ascii_alphabetic());
    is_reference.then(|| start..behind_braces(close))
}

/// Finds two or more blanks in a row: XX, ××, ___, and ×月×日. Parts of an English word or an address are none, nor are
/// 3×5, 二〇〇八 and XX染色体.
fn repeated_blanks(text: &str, marks: &[(usize, char)]) -> Option<Range<usize>> {
    let blank = |character| matches!(character, 'X' | 'x' | '_' | 'Ｘ' | 'ｘ' | '×' | '＿' | '□' | '〇' | '○' | '*');
    let word = |character: Option<char>| {
        character.is_some_and(|character| character.is_ascii_alphabetic() || ".-/@_".contains(character))
    };
    let numeral =
        |character: Option<char>| character.is_some_and(|character| "一二三四五六七八九十".contains(character));
    let mut behind = 0;
    for (start, first) in marks.iter().copied().filter(|(_, mark)| blank(*mark)) {
        if start < behind {
            continue;
        }
        let same = |character: char| match first {
            'X' | 'x' => "Xx".contains(character),
            'Ｘ' | 'ｘ' => "Ｘｘ".contains(character),
            '_' | '＿' => "_＿".contains(character),
            _ => first == character,
        };
        let end = text[start..].find(|character| !same(character)).map_or(text.len(), |length| start + length);
        let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
        let is_residue = match first {
            'X' | 'x' | '_' => !word(before) && !word(after) && after != Some('染'),
            '〇' | '○' => !numeral(before) && !numeral(after),
            _ => true,
        };
        let blanks = &text[start..end];
        let count = blanks.chars().count();
        // ×月×日 is a date to be filled in; two stars may point to a footnote.
        let date = "Xx×Ｘｘ".contains(first)
            && after.is_some_and(|after| "年月日".contains(after))
            && before.is_none_or(|before| !before.is_alphanumeric() || "年月".contains(before));
        let least = if first == '*' { 3 } else { 2 };
        if is_residue && (count >= least || date) {
            return Some(start..end);
        }
        behind = end;
    }
    None
}

/// Finds 待填, but not 待填埋 and 待填报.
fn unfilled_word(text: &str) -> Option<Range<usize>> {
    let mut places = places(text, "待填");
    let open = |rest: &str| rest.starts_with('写') || !rest.chars().next().is_some_and(is_han);
    places.find(|(at, words)| open(&text[at + words.len()..])).map(|(at, words)| at..at + words.len())
}

/// Finds empty brackets, and brackets with words that ask for text.
fn asking_brackets(text: &str, marks: &[(usize, char)]) -> Option<Range<usize>> {
    let pairs = [
        ('（', '）'),
        ('(', ')'),
        ('【', '】'),
        ('[', ']'),
        ('{', '}'),
        ('｛', '｝'),
        ('<', '>'),
        ('‹', '›'),
        ('〈', '〉'),
        ('〔', '〕'),
    ];
    for (at, open) in marks {
        let Some((_, close)) = pairs.iter().find(|(known, _)| known == open) else { continue };
        let inside = &text[at + open.len_utf8()..];
        let Some(end) = inside.find(*close) else { continue };
        let words = inside[..end].trim();
        let asks = ASKING.iter().any(|ask| words.starts_with(ask)) && !FILLED_BY.iter().any(|by| words.starts_with(by));
        let blank = words.chars().all(|character| BLANKS.contains(character) || ".．".contains(character));
        // （金额） may explain a word; other brackets have no such use.
        let round = ['（', '('].contains(open);
        let asked = !round && (ASKED.contains(&words) || (*open == '{' && words.chars().any(is_han)));
        if asks || blank || asked {
            return Some(*at..at + open.len_utf8() + end + close.len_utf8());
        }
    }
    None
}

/// Finds a choice not made: 增加（减少）5万元, 增长/下降, 增（减）一些. Before a noun it is a name or
/// leave to do either: 增加（减少）额, 可增加（减少）采购数量.
fn unmade_choice(text: &str, marks: &[(usize, char)]) -> Option<Range<usize>> {
    let short = (&["增"][..], &["减"][..]);
    let choices = [(&UP[..], &DOWN[..]), (&DOWN[..], &UP[..]), short, (short.1, short.0)];
    marks.iter().filter(|(_, mark)| ['（', '(', '/', '／'].contains(mark)).find_map(|(at, mark)| {
        let (before, inside) = (&text[..*at], &text[at + mark.len_utf8()..]);
        let inside = inside.strip_prefix('或').unwrap_or(inside);
        choices.iter().find_map(|(firsts, seconds)| {
            let first = firsts.iter().find(|first| before.ends_with(**first))?;
            let behind = seconds.iter().find_map(|second| inside.strip_prefix(second))?;
            let slash = ['/', '／'].contains(mark);
            let behind = if slash { behind } else { behind.strip_prefix(['）', ')'])? };
            let allows = last_clause(before).contains(['可', '如', '若']);
            let stated = behind.trim_start_matches(['了', '约', '为', ' ']);
            let ends = !stated.starts_with(|next: char| next.is_alphabetic() && !QUANTITIES.contains(next));
            let why = ["的主要原因", "的原因", "主要原因"].iter().any(|words| behind.starts_with(words));
            (!allows && (ends || why)).then(|| at - first.len()..text.len() - behind.len())
        })
    })
}

/// Characters that begin how much something changed, besides digits and marks.
const QUANTITIES: &str = "一二三四五六七八九十百千万亿两几零〇多少XxＸｘNn〇○";

/// Finds a year with blanks: 20XX年, 202×年.
fn blank_year(text: &str) -> Option<Range<usize>> {
    text.match_indices('年').find_map(|(at, _)| {
        if !text[..at].ends_with(|last| BLANKS.contains(last)) {
            return None;
        }
        let last: Vec<char> = text[..at].chars().rev().take(4).collect();
        let year: String = last.iter().rev().collect();
        let blanks = last.iter().take_while(|character| BLANKS.contains(**character)).count();
        let digits = last[blanks..].iter().all(char::is_ascii_digit);
        let is_year = last.len() == 4
            && (1..=2).contains(&blanks)
            && digits
            && ["19", "20"].iter().any(|start| year.starts_with(start));
        is_year.then(|| at - year.len()..at + "年".len())
    })
}

/// Words right before 万元 that make it a sum all the same: 上万元, 壹万元, 每万元.
const BEFORE: &str = "一二三四五六七八九十百千万亿几两零〇壹贰叁肆伍陆柒捌玖拾佰仟多余若干来数上近超逾过每以半";

/// Finds 万元 or a percent sign without a number, with the word or blank before it. A word behind 万元
/// makes it part of a name or a measure: 万元户, 万元以上, 万元GDP.
fn unit_without_number(text: &str, marks: &[(usize, char)]) -> Option<Range<usize>> {
    let piece = |at: usize, end: usize| {
        let clause = last_clause(text[..at].trim_end());
        let head: usize = clause.chars().rev().take(4).map(char::len_utf8).sum();
        Some(text[..at].trim_end().len() - head..end)
    };
    for (at, unit) in places(text, "万元") {
        let before = text[..at].trim_end();
        let last = before.chars().next_back();
        let blank = last.is_some_and(|last| BLANKS.contains(last) || last == '】')
            || ["N", "NN"].iter().any(|word| ends_with_word(before, word));
        let word = last.is_some_and(|last| last.is_alphabetic() && !BEFORE.contains(last));
        // 单位：人民币万元 names the unit itself.
        let sentence = before.rsplit(['，', '。', '；', '（', '(']).next().unwrap_or_default();
        let ends = !text[at + unit.len()..].starts_with(|next: char| next.is_alphanumeric());
        if blank || (word && ends && !sentence.contains("单位")) {
            return piece(at, at + unit.len());
        }
    }
    for (at, sign) in marks.iter().filter(|(_, mark)| ['%', '％'].contains(mark)) {
        let before = text[..*at].trim_end();
        let named = before.rsplit(['，', '。', '；']).next().is_some_and(|clause| clause.contains("单位"));
        if !named && ["占", "增长", "下降", "增加", "减少", "比重为"].iter().any(|word| before.ends_with(word))
        {
            return piece(*at, at + sign.len_utf8());
        }
    }
    None
}

/// Returns whether a text ends with a word of its own, with no letter before it.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|last: char| last.is_ascii_alphanumeric()))
}
