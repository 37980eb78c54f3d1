//! Places where a paragraph may break, with penalties.

use super::address;
use super::class::{Class, forbidden_at_end, forbidden_at_start};
use super::measure::Char;
use super::quantity;

/// A break opportunity before the character `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Break {
    pub at: usize,
    pub penalty: u32,
    /// Whether a piece ends here that no column is narrower than, such as a word or a number with its unit.
    pub clean: bool,
}

impl Break {
    /// Creates a break without penalty before `at`.
    pub fn clean(at: usize) -> Self {
        Break { at, penalty: 0, clean: true }
    }
}

/// Penalty of a break inside a word of a title or head: another line has less demerits, even inside a name.
const WORD: u32 = 2_000_000;
/// Penalty of a break between words that belong closely together.
const CLOSE_WORDS: u32 = 20_000;
/// Penalty of a break inside a short bracket of a title or head.
const BRACKET: u32 = 80_000;
/// Penalty of a break inside a name.
const NAME: u32 = 300_000;
/// Most characters in a bracket that a title keeps on one line.
const SHORT_BRACKET: usize = 9;
/// Most characters in a bracket that a column is made wide enough for.
const WHOLE_BRACKET: usize = 3;
/// Most characters of a name that a column is made wide enough for; longer ones are kept on one line where there is
/// room.
const SHORT_NAME: usize = 6;
/// Words of one character that belong to the word behind them: conjunctions, prepositions and prefixes.
const LEADING_WORDS: &str = "和与及或按对各非不离津";

/// Words and names of a title, by which its breaks are chosen.
pub(crate) struct WordBounds {
    /// Whether a word begins before each character.
    pub starts: Vec<bool>,
    /// Position of each place relative to the names of the document.
    pub names: Vec<Name>,
    /// Whether breaks between phrases are preferred to those between words.
    pub phrases: bool,
}

/// Position of a place relative to the names of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// In no name.
    Outside,
    /// At the start or end of a name.
    Edge,
    /// Inside names, which may be nested: 妇女联合会 in 深圳市龙岗区妇女联合会（本级）. Where the outer one has no room, the inner
    /// ones are still kept on one line.
    Inside {
        /// Number of names.
        count: u8,
        /// Whether one of them has at most [`SHORT_NAME`] characters.
        short: bool,
        /// Whether another name begins or ends here.
        edge: bool,
    },
}

/// Finds `names` in the text and returns the position of each place relative to them.
pub(crate) fn locate_names(chars: &[Char], names: &[Vec<char>]) -> Vec<Name> {
    let mut places = vec![Name::Outside; chars.len() + 1];
    for name in names.iter().filter(|name| !name.is_empty()) {
        for (start, window) in chars.windows(name.len()).enumerate() {
            if window.iter().zip(name).any(|(char, character)| char.character != *character) {
                continue;
            }
            let end = start + name.len();
            for place in &mut places[start + 1..end] {
                let is_short = name.len() <= SHORT_NAME;
                *place = match *place {
                    Name::Outside => Name::Inside { count: 1, short: is_short, edge: false },
                    Name::Edge => Name::Inside { count: 1, short: is_short, edge: true },
                    Name::Inside { count, short, edge } => {
                        Name::Inside { count: count.saturating_add(1), short: short || is_short, edge }
                    }
                };
            }
            for place in [start, end] {
                match &mut places[place] {
                    outside @ Name::Outside => *outside = Name::Edge,
                    Name::Inside { edge, .. } => *edge = true,
                    Name::Edge => {}
                }
            }
        }
    }
    places
}

/// Returns the breaks of a paragraph, including its end. `may_break` are those of UAX #14; titles also have `words`.
pub(crate) fn find_breaks(chars: &[Char], may_break: &[bool], words: Option<&WordBounds>) -> Vec<Break> {
    let mut breaks = Vec::with_capacity(chars.len());
    let addresses = address::follows_mark(chars);
    let quantities = quantity::penalties(chars);
    let brackets = if words.is_some() { bracket_lengths(chars) } else { Vec::new() };
    for at in 1..chars.len() {
        if !(may_break[at] || is_beside_quote(chars, at) || addresses[at]) || !is_allowed(chars, at) {
            continue;
        }
        let mut penalty = if addresses[at] { quantities[at].max(address::AFTER_MARK) } else { quantities[at] };
        let (mut name, mut short_name, mut bracket) = (0, false, 0);
        if let Some(words) = words {
            let edge = match words.names[at] {
                Name::Outside => false,
                Name::Edge => true,
                Name::Inside { count, short, edge } => {
                    (name, short_name) = (NAME * u32::from(count), short);
                    edge
                }
            };
            if !edge {
                penalty += match words.starts[at] && !isolates_character(chars, &words.starts, at) {
                    false => WORD,
                    // A long bracket of a title begins a line rather than that it is parted.
                    true if brackets[at + 1] > SHORT_BRACKET && brackets[at] == 0 => 0,
                    true if words.phrases && !is_phrase_break(chars, at) => CLOSE_WORDS,
                    true => 0,
                };
            }
            bracket = brackets[at];
        }
        breaks.push(Break {
            at,
            penalty: penalty + name + if (1..=SHORT_BRACKET).contains(&bracket) { BRACKET } else { 0 },
            clean: (penalty <= CLOSE_WORDS || addresses[at]) && !short_name && !(1..=WHOLE_BRACKET).contains(&bracket),
        });
    }
    breaks.push(Break::clean(chars.len()));
    breaks.shrink_to_fit();
    breaks
}

/// Returns whether a break between words would part a single character from what it belongs to. A dictionary takes
/// characters it does not know together for words: two such in a row are a word (小计, 专户), and one alone goes with the
/// word before it (政府|性), or with the word after it at the start (满|意度) and where it leads to it (使用非|财政, 文化和|旅游).
fn isolates_character(chars: &[Char], words: &[bool], at: usize) -> bool {
    let han = |index: usize| chars.get(index).is_some_and(|char| char.class == Class::Han);
    let edge = |index: usize| index == 0 || !han(index) || !han(index - 1) || words[index];
    let single = |index: usize| han(index) && edge(index) && edge(index + 1);
    if !han(at) || !han(at - 1) {
        return false;
    }
    let starts = |index: usize| index == 0 || !(han(index - 1) || chars[index - 1].class.is_western());
    let leads = |index: usize| LEADING_WORDS.contains(chars[index].character);
    match (single(at - 1), single(at)) {
        (true, true) => true,
        (false, true) => !single(at + 1) && !leads(at),
        (true, false) => starts(at - 1) || leads(at - 1),
        (false, false) => false,
    }
}

/// Returns whether a title reads well that breaks before `at`: at blanks and marks, before a year, after a place, and
/// before what the document is. A dictionary knows words but not that 妇女 belongs to 联合会.
fn is_phrase_break(chars: &[Char], at: usize) -> bool {
    let (before, after) = (chars[at - 1], chars[at]);
    let follows =
        |word: &str| word.chars().zip(&chars[at..]).filter(|(a, b)| *a == b.character).count() == word.chars().count();
    if before.class == Class::Blank || before.class.has_blank_right() {
        return true;
    }
    match after.class {
        Class::Digit => before.class == Class::Han,
        Class::Open => matches!(after.character, '“' | '《'),
        _ => {
            let stem = at.checked_sub(2).map(|stem| chars[stem]);
            ends_place(stem.map(|stem| stem.character), before.character)
                || before.character == '年' && stem.is_some_and(|stem| stem.class == Class::Digit)
                || follows("部门预算")
                || follows("部门决算")
        }
    }
}

/// Returns whether `last` ends the name of a place: 社区, 园区 and 城市 are words of their own.
fn ends_place(stem: Option<char>, last: char) -> bool {
    let words = match last {
        '区' => "社小园片校辖库景厂山灾地街战分专院营病牧林矿学城郊",
        '市' => "城超门股上都",
        '镇' => "城乡集",
        '乡' => "城下家",
        '省' => "节",
        '县' | '州' => "",
        _ => return false,
    };
    stem.is_none_or(|stem| !words.contains(stem))
}

/// Returns whether a break is next to “ ” ‘ ’, where UAX #14 15.1 never breaks: it does not take them for brackets.
fn is_beside_quote(chars: &[Char], at: usize) -> bool {
    let (before, after) = (chars[at - 1], chars[at]);
    let wide = |char: Char| !char.class.is_western() && char.class != Class::Blank;
    (matches!(after.character, '“' | '‘') && wide(before)) || (matches!(before.character, '”' | '’') && wide(after))
}

/// Returns whether no rule forbids a break before `at`.
fn is_allowed(chars: &[Char], at: usize) -> bool {
    let (before, after) = (chars[at - 1].character, chars[at].character);
    if after == ' ' || forbidden_at_start(after) {
        return false;
    }
    // Blanks vanish at the end of a line; the character before them ends it.
    let visible = chars[..at].iter().rev().find(|char| char.class != Class::Blank);
    if visible.is_some_and(|char| forbidden_at_end(char.character)) {
        return false;
    }
    // A single dash connects, as does the second half of ——, which is one mark (clreq 3.1.5).
    if after == '—' && chars.get(at + 1).is_none_or(|next| next.character != '—') {
        return false;
    }
    // …… is one mark.
    !(Class::of(before) == Class::Pair && before == after)
}

/// Returns for each place how many characters the bracket has that it is in; 0 outside.
fn bracket_lengths(chars: &[Char]) -> Vec<usize> {
    let mut inside = vec![0; chars.len() + 1];
    let is_open = |char: &Char| char.class == Class::Open || char.character == '(';
    let is_close = |char: &Char| char.class == Class::Close || char.character == ')';
    let mut open: Option<usize> = None;
    for (at, char) in chars.iter().enumerate() {
        if is_open(char) {
            open = Some(at);
        } else if is_close(char)
            && let Some(start) = open.take()
        {
            inside[start + 1..=at].fill(at - start - 1);
        }
    }
    inside
}
