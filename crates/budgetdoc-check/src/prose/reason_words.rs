//! Words by which a reason says which way money went, and words that say nothing.
//!
//! Only what a reason says of money itself, or that something grew or shrank, is read: 压减会议费, 会议减少. Why a rise or a fall
//! follows from anything else is beyond words: 取消补助 and 节约能源 come before a rise as well as before a fall.

use crate::prose::word_list::WordList;

/// Verbs that say a budget went up, and down.
pub(crate) static ROSE: WordList = WordList::named("reason rose");

pub(crate) static FELL: WordList = WordList::named("reason fell");

/// What only a reason says to the same end.
static RAISED: WordList = WordList::named("reason raised");

static CUT: WordList = WordList::named("reason cut");

/// Verbs of people, tasks and things that money is for.
static GREW: WordList = WordList::named("reason grew");

/// What the money of an expenditure is called.
static MONEY: WordList = WordList::named("reason money");

/// What an expenditure is paid from: where it shrinks, another source may pay more.
static SOURCES: WordList = WordList::named("reason sources");

/// How a clause begins that leads to the reason and is none.
static LEADING: WordList = WordList::named("reason leading");

/// A clause with one of these speaks of another year.
static PAST: WordList = WordList::named("reason past");

/// Words that say no more than that something changed.
static EMPTY: WordList = WordList::named("reason empty");

/// Words in place of a reason.
static NONE: WordList = WordList::named("reason none");

/// Words around the statement that nothing changed.
static AROUND_SAME: WordList = WordList::named("reason around same");

/// Returns whether a reason for a rise (`up`) or a fall says that money or what it is for went the other way, and
/// nothing else.
pub(crate) fn opposite(reason: &str, up: bool) -> bool {
    let reason = unquoted(reason);
    let mut is_opposite = false;
    for clause in clauses(&reason).map(str::trim).filter(|clause| !bare(clause).is_empty()) {
        match money_went(clause) {
            Some(way) if way != up => is_opposite = true,
            None if leads(clause) => {}
            _ => return false,
        }
    }
    is_opposite
}

/// Returns whether a reason for no change says that money went one way, and nothing else. What is controlled may stay.
pub(crate) fn says_change(reason: &str) -> bool {
    !reason.contains("控制") && [true, false].iter().any(|way| opposite(reason, *way))
}

fn leads(clause: &str) -> bool {
    LEADING.iter().any(|word| clause.starts_with(word))
}

/// Returns the direction of a clause about money or what it pays for, such as 会议减少: true is up, `None` both or neither.
fn money_went(clause: &str) -> Option<bool> {
    if has_any(clause, &PAST) || leads(clause) {
        return None;
    }
    let clause = clause.trim_end_matches(|end: char| end.is_ascii_digit() || ".%％。".contains(end));
    let of_money = |words: &str| MONEY.iter().any(|noun| words.trim_end_matches("万元").ends_with(noun));
    let occurs = |verb: &&&str| {
        clause.match_indices(**verb).any(|(at, _)| {
            let behind = clause[at + verb.len()..].trim_start_matches('了');
            let subject = clause[..at].trim_end_matches(|end| "相应有所略大幅均也随之统一".contains(end));
            let grew = GREW.contains(*verb) && !subject.is_empty() && !has_any(subject, &SOURCES);
            if behind.is_empty() { grew || of_money(subject) } else { of_money(behind) }
        })
    };
    let up = ROSE.iter().chain(RAISED.iter()).find(occurs).is_some();
    let down = FELL.iter().chain(CUT.iter()).find(occurs).is_some();
    (up != down).then_some(up)
}

/// Returns whether a reason only says again that something changed, or is none.
pub(crate) fn only_restates(reason: &str, name: &str) -> bool {
    let reason = if name.is_empty() { reason.to_owned() } else { reason.replace(name, "") };
    let bare = bare(&reason);
    if NONE.contains(&bare.as_str()) {
        return true;
    }
    // One character of another word is enough to say more.
    let empty = |character: char| character.is_ascii_digit() || EMPTY.iter().any(|word| word.contains(character));
    if !bare.chars().all(empty) {
        return false;
    }
    let mut rest = bare;
    for word in EMPTY.iter().copied() {
        rest = rest.replace(word, "");
    }
    rest.chars().all(|character| character.is_ascii_digit())
}

/// Returns whether a clause says that an amount is last year's, and says it of nothing else: 与上年持平, 无增减变化.
pub(crate) fn says_same(clause: &str) -> bool {
    // Most clauses do not, and that is quick to see.
    if !clause.contains(['平', '化']) && ['增', '减'].iter().any(|word| !clause.contains(*word)) {
        return false;
    }
    let mut rest = clause.to_owned();
    rest.retain(|character| character.is_alphanumeric() && !character.is_ascii_digit());
    for word in AROUND_SAME.iter().copied() {
        rest = rest.replace(word, "");
    }
    ["持平", "无增减变化", "无增减", "没有增减", "没有增减变化", "无变化", "没有变化"].contains(&rest.as_str())
}

/// Returns a text without its quotations. Words in quotation marks that are no quotation stay.
fn unquoted(text: &str) -> String {
    let mut rest = String::new();
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '《' => depth += 1,
            '》' => depth -= 1,
            // 过“紧日子”要求
            '“' | '”' | '"' => {}
            _ if depth <= 0 => rest.push(character),
            _ => {}
        }
    }
    rest
}

/// Returns the clauses of a text.
pub(crate) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '；', '，', '：', '、', ';', ',', ':', '\n'])
}

/// Returns the letters and digits of a text.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Returns the words before and after 主要原因是 and the like. 主要是 begins a reason only behind a comparison, or where it
/// begins the sentence: otherwise it says what money is for.
pub(crate) fn split_at_reason(sentence: &str) -> Option<(&str, &str)> {
    // Most sentences have none of them, which is quick to see.
    if !sentence.contains("原因") && !sentence.contains("主要是") && !sentence.contains("主要系") {
        return None;
    }
    let marks = ["主要原因是", "主要原因为", "主要原因：", "主要原因:", "原因是", "原因为", "原因：", "原因系"];
    let plain = |at: &usize| {
        let before = &sentence[..*at];
        bare(before).is_empty() || (before.contains(['比', '较']) && (has_any(before, &ROSE) || has_any(before, &FELL)))
    };
    let mut places: Vec<(usize, &str)> =
        marks.iter().filter_map(|mark| sentence.find(mark).map(|at| (at, *mark))).collect();
    places.extend(["主要是", "主要系"].iter().filter_map(|mark| Some((sentence.find(mark).filter(plain)?, *mark))));
    let (at, mark) = places.into_iter().min_by_key(|(at, _)| *at)?;
    let after = &sentence[at + mark.len()..];
    let after = after.strip_prefix(['：', ':']).unwrap_or(after);
    Some((&sentence[..at], after))
}
