//! Our breaks against other people's lists: UAX #14's own test, and the marks of the CSS tests for Chinese.
//!
//! docs/line-breaking.md says why each difference is wanted.

use std::collections::BTreeMap;

use budgetdoc_document::Length;

use super::break_opportunities;
use super::class::{Class, forbidden_at_end, forbidden_at_start};
use super::measure::{Char, line_segmenter};
use crate::font::{FaceGlyph, FaceId};

const UAX14: &str = include_str!("../../tests/data/LineBreakTest-15.0.0.txt");

/// Returns the characters of a text, without faces: emoji and Hebrew letters are part of the test and of no face here.
fn chars(text: &str) -> Vec<Char> {
    let glyph = FaceGlyph { face: FaceId(0), id: 1, units: 1000, units_per_em: 1000, ink: (0, 1000) };
    text.chars().map(|character| Char::new(character, glyph, Length::pt(1))).collect()
}

/// Before which characters the segmenter would break, and before which we do; the end left out.
fn breaks_of(text: &str) -> (Vec<bool>, Vec<bool>) {
    let chars = chars(text);
    let mut segmenter = vec![false; chars.len()];
    for at in line_segmenter().segment_str(text).filter(|at| *at > 0 && *at < text.len()) {
        segmenter[text[..at].chars().count()] = true;
    }
    let mut ours = vec![false; chars.len()];
    for brk in break_opportunities::find_breaks(&chars, &segmenter, None) {
        if brk.at < chars.len() {
            ours[brk.at] = true;
        }
    }
    (segmenter, ours)
}

/// Why we differ from the segmenter before the character at `at`.
fn reason(text: &[char], at: usize) -> Option<(&'static str, char)> {
    let visible = text[..at].iter().rev().find(|character| Class::of(**character) != Class::Blank);
    if text[at] == ' ' {
        return Some(("no start", ' '));
    }
    if forbidden_at_start(text[at]) {
        return Some(("no start", text[at]));
    }
    if text[at] == '—' && text.get(at + 1) != Some(&'—') {
        return Some(("no start", '—'));
    }
    if let Some(character) = visible.filter(|character| forbidden_at_end(**character)) {
        return Some(("no end", *character));
    }
    if matches!(text[at], '“' | '‘') {
        return Some(("opening quotation mark", text[at]));
    }
    matches!(text[at - 1], '”' | '’').then(|| ("closing quotation mark", text[at - 1]))
}

#[test]
fn breaks_are_those_of_uax_14_but_for_the_rules_of_chinese() {
    // Where the segmenter breaks and UAX #14 of this version does not, and the other way round.
    let mut segmenter_differs = [0, 0];
    let mut tailored: BTreeMap<(&str, char), usize> = BTreeMap::new();
    let mut cases = 0;
    for line in UAX14.lines().filter(|line| !line.starts_with('#')) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for token in line.split_whitespace() {
            match token {
                "÷" => expected.push(true),
                "×" => expected.push(false),
                hex => text.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()),
            }
        }
        cases += 1;
        let characters: Vec<char> = text.chars().collect();
        let (segmenter, ours) = breaks_of(&text);
        for at in 1..characters.len() {
            if segmenter[at] != expected[at] {
                segmenter_differs[usize::from(expected[at])] += 1;
            }
            if ours[at] != segmenter[at] {
                let reason = reason(&characters, at);
                let reason = reason.unwrap_or_else(|| panic!("no rule explains the break at {at} of {line}"));
                *tailored.entry(reason).or_default() += 1;
            }
        }
    }
    assert_eq!(cases, 7654);
    // The segmenter is of 15.1, which dropped LB15; and keeps the pairs of LB25 that the test's numbers do without.
    assert_eq!(segmenter_differs, SEGMENTER_DIFFERS);
    assert_eq!(tailored.into_iter().collect::<Vec<_>>(), TAILORED);
}

/// Breaks of the segmenter that the test has not, and breaks of the test that it has not.
const SEGMENTER_DIFFERS: [usize; 2] = [6, 38];

/// Our own rules that forbid a break the segmenter has: the rule, the character it is about, in how many cases.
const TAILORED: [((&str, char), usize); 10] = [
    (("no end", '$'), 32),
    (("no start", ' '), 176),
    (("no start", '!'), 6),
    (("no start", '%'), 114),
    (("no start", ')'), 6),
    (("no start", ','), 6),
    (("no start", '-'), 91),
    (("no start", '/'), 6),
    (("no start", '}'), 6),
    (("no start", '—'), 151),
];

#[test]
fn marks_of_the_css_tests_for_chinese() {
    let mut wrong = Vec::new();
    for (marks, before, after) in CSS {
        for mark in marks.chars() {
            let text = format!("中文{mark}文中");
            let (_, ours) = breaks_of(&text);
            if (ours[2], ours[3]) != (*before, *after) {
                wrong.push((mark, ours[2], ours[3]));
            }
        }
    }
    assert_eq!(wrong, []);
}

/// Marks between hanzi: whether a line may end before them, and whether it may end after them.
const CSS: &[(&str, bool, bool)] = &[
    // Small kana, the prolonged sound mark (class CJ).
    ("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿーｧｨｩｪｫｬｭｮｯｰ", false, true),
    // Iteration marks.
    ("々〻ゝゞヽヾ", false, true),
    // Hyphens and dashes that connect.
    ("‐–〜゠", false, true),
    // Dots of omission.
    ("‥…", false, true),
    // Centred marks.
    ("・：；･！？‼⁇⁈⁉", false, true),
    // Signs after a number.
    ("%¢°‰′″℃℉﹪％￠", false, true),
    // Signs before a number.
    ("$£¥€№＄￡￥±＋", true, false),
];
