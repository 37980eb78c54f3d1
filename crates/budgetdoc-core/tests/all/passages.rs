//! Passages: what each word of a text comes from, and where it stands in the spec.

use crate::support::{SMALL, TWO_UNITS, budget, replace};
use budgetdoc_core::compose::{Origin, Passage, Prose, Span};
use budgetdoc_document::{Block, PlaceRange, StyleName};

/// The words of a file at a range within one line.
fn words_at(file: &str, range: PlaceRange) -> &str {
    let PlaceRange { start, end } = range;
    assert_eq!(start.line, end.line, "typed words stand in one line");
    let line = file.split('\n').nth(start.line as usize - 1).unwrap();
    let byte = |column: u32| line.char_indices().nth(column as usize - 1).map_or(line.len(), |(at, _)| at);
    &line[byte(start.column)..byte(end.column)]
}

/// What must hold of the passages of every spec.
fn hold(yaml: &str) -> usize {
    let budget = budget(yaml);
    let prose = Prose::of(&budget);
    let mut typed = 0;
    for passage in &prose.passages {
        let mut end = 0;
        for span in &passage.spans {
            assert_eq!(span.range.start, end, "no gap before {:?} in {}", span, passage.text);
            end = span.range.end;
            if let (Origin::Typed, Some(place)) = (&span.origin, span.place) {
                assert_eq!(words_at(yaml, place).trim_end(), passage.text[span.range.clone()].trim_end());
                typed += 1;
            }
        }
        assert_eq!(end, passage.text.len(), "the spans are all of {}", passage.text);
        let placed = |span: &Span| span.place.is_some() || span.origin != Origin::Typed;
        assert!(passage.spans.iter().all(placed), "{}: {:?}", passage.about, passage.spans);
    }
    let document = budget.compose().unwrap();
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        // A signature has names only, as a cover has.
        Block::Paragraph(paragraph) if paragraph.style == StyleName::Signature => None,
        Block::Paragraph(paragraph) if paragraph.text.runs.len() == 1 => Some(paragraph.text.to_plain()),
        _ => None,
    });
    if !yaml.contains("typography: normalize") {
        for text in paragraphs {
            assert!(prose.passages.iter().any(|passage| passage.text == text), "{text} is printed and no passage");
        }
    }
    typed
}

#[test]
fn the_spans_of_every_spec_are_its_texts_and_stand_where_they_are_typed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let typed = hold(&std::fs::read_to_string(&path).unwrap());
            assert!(typed > 10, "{}: {typed} spans", path.display());
            count += 1;
        }
    }
    assert!(count > 5);
    hold(SMALL);
    hold(TWO_UNITS);
}

/// The passages of the text `goals` of the small spec as it is written there, with its key.
#[track_caller]
fn goals(written: &str) -> (String, Vec<Passage>) {
    let yaml = replace(SMALL, "  goals: 做好工作。\n", &format!("  goals: {written}\n"));
    let budget = budget(&yaml);
    let prose = Prose::of(&budget);
    let passages = prose.passages.into_iter().filter(|passage| passage.about == "text.goals").collect();
    (yaml, passages)
}

/// What a passage is made of: `typed` words as they stand in the file, and what other words come from.
fn parts(yaml: &str, passage: &Passage) -> Vec<(String, String)> {
    let part = |span: &Span| {
        let words = passage.text[span.range.clone()].to_owned();
        let origin = match &span.origin {
            Origin::Typed => span.place.map_or("typed".to_owned(), |place| words_at(yaml, place).to_owned()),
            Origin::Profile => "profile".to_owned(),
            Origin::Figure(figure) => {
                let value = figure.value.map_or_else(|| "?".to_owned(), |value| value.normalize().to_string());
                format!("{} {} {value}", figure.name, figure.filter.unwrap_or("-"))
            }
            Origin::Value => span.place.map_or("value".to_owned(), |place| words_at(yaml, place).to_owned()),
        };
        (words, origin)
    };
    passage.spans.iter().map(part).collect()
}

#[track_caller]
fn is_made_of(written: &str, expected: &[&[(&str, &str)]]) {
    let (yaml, passages) = goals(written);
    let found: Vec<Vec<(String, String)>> = passages.iter().map(|passage| parts(&yaml, passage)).collect();
    let own = |parts: &&[(&str, &str)]| {
        parts.iter().map(|(words, origin)| ((*words).to_owned(), (*origin).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(found, expected.iter().map(own).collect::<Vec<_>>(), "{written}");
}

#[test]
fn figures_know_their_names_filters_and_exact_values() {
    is_made_of(
        "\"收入{{ income | amount }}，{{ income | yoy }}，占{{ income | share(income) }}，{{ reception.last }}。\"",
        &[&[
            ("收入", "收入"),
            ("100万元", "income amount 1000000"),
            ("，", "，"),
            ("比2021年增加20万元，增长25%", "income yoy 200000"),
            ("，占", "，占"),
            ("100%", "income share 100"),
            ("，", "，"),
            ("2", "reception.last - 20000"),
            ("。", "。"),
        ]],
    );
    // What is done to the words of a figure makes other words of them.
    is_made_of(
        "\"{{ income | amount | replace('100', '一百') }}{{ year }}年\"",
        &[&[("一百万元", "{{ income | amount | replace('100', '一百') }}"), ("2022", "{{ year }}"), ("年", "年")]],
    );
    // Words that were kept are still those of the figure.
    is_made_of(
        "\"{% set all %}{{ income | amount }}{% endset %}共{{ all }}\"",
        &[&[("共", "共"), ("100万元", "income amount 1000000")]],
    );
}

#[test]
fn loops_and_conditions_print_typed_words_again_and_again_or_not_at_all() {
    is_made_of(
        "\"{% if income %}有{% else %}无{% endif %}{% for unit in [1, 2] %}第{{ unit }}，{% endfor %}止\"",
        &[&[
            ("有", "有"),
            ("第", "第"),
            ("1", "{{ unit }}"),
            ("，", "，"),
            ("第", "第"),
            ("2", "{{ unit }}"),
            ("，", "，"),
            ("止", "止"),
        ]],
    );
    is_made_of(
        "\"{% for item in projects %}{{ item.name }}{{ item | amount }}，{{ item.reason }}{% endfor %}\"",
        &[&[
            ("培训经费", "{{ item.name }}"),
            ("30万元", "projects.training amount 300000"),
            ("，", "，"),
            ("人数增加。", "人数增加。"),
        ]],
    );
}

#[test]
fn white_space_control_and_lines_keep_the_places() {
    is_made_of(
        "|\n    甲 {{- 1 -}} 乙\n    {%- if income %}\n    丙 {# 注 #}丁\n    {% endif -%}\n    戊",
        &[&[("甲", "甲"), ("1", "{{- 1 -}}"), ("乙", "乙")], &[("丙 ", "丙 "), ("丁", "丁")], &[("戊", "戊")]],
    );
    // A folded line stands in two of the file.
    is_made_of(">-\n    甲乙\n    丙丁", &[&[("甲乙 ", "甲乙"), ("丙丁", "丙丁")]]);
}

#[test]
fn what_a_text_takes_in_from_another_is_the_others() {
    let yaml = replace(
        SMALL,
        "  three_public_reason: 主要是厉行节约。",
        "  three_public_reason: 主要是{{ year }}年节约{{ income | amount }}。",
    );
    let budget = budget(&yaml);
    let prose = Prose::of(&budget);
    let carrying = |passage: &&Passage| {
        let taken = |span: &Span| span.part_of.as_deref() == Some("text.three_public_reason");
        passage.spans.iter().any(taken)
    };
    let passage = prose.passages.iter().find(carrying).unwrap();
    let taken = passage.spans.iter().filter(|span| span.part_of.is_some());
    let words: String = taken.map(|span| &passage.text[span.range.clone()]).collect();
    assert_eq!(words, "主要是2022年节约100万元。");
    let at = passage.text.find("主要是2022").unwrap();
    assert!(passage.holds(0..at) && !passage.holds(0..at + 1) && !passage.is_typed(at..at + 1));
    let parts = parts(&yaml, passage);
    assert!(parts.contains(&("主要是".to_owned(), "主要是".to_owned())), "{parts:?}");
    assert!(parts.contains(&("100万元".to_owned(), "income amount 1000000".to_owned())), "{parts:?}");
}

#[test]
fn private_characters_pass_through() {
    let text = "甲\u{e000}\u{f8ff}乙\u{f0000}\u{10fffd}丙\u{fffc}";
    is_made_of(text, &[&[(text, text)]]);
    is_made_of(
        &format!("\"{text}{{{{ '{text}' }}}}{text}\""),
        &[&[(text, text), (text, &format!("{{{{ '{text}' }}}}")), (text, text)]],
    );
}

#[test]
fn words_stand_where_they_are_typed() {
    let (yaml, passages) = goals("\"做好{{ year }}年的档案工作，{{ income | amount }}。\"");
    let [passage] = passages.as_slice() else { panic!("{passages:?}") };
    let place_of = |words: &str| {
        let at = passage.text.find(words).unwrap();
        passage.place_of(at..at + words.len())
    };
    for words in ["做好", "年的", "档案工作", "工作，", "。"] {
        assert_eq!(place_of(words).map(|place| words_at(&yaml, place)), Some(words));
    }
    // What a template prints stands in its braces; words on both sides reach over them.
    for (words, there) in [
        ("2022", "{{ year }}"),
        ("好2022年的", "好{{ year }}年的"),
        ("，100", "，{{ income | amount }}"),
        ("2022年的档案工作，100万元", "{{ year }}年的档案工作，{{ income | amount }}"),
    ] {
        assert_eq!(place_of(words).map(|place| words_at(&yaml, place)), Some(there), "{words}");
    }
    assert_eq!(passage.place_of(0..0), None);
    // Of a folded text that is typed in two lines, the words in the first.
    let (yaml, passages) = goals(">\n    做好档案\n    工作。");
    let text = &passages[0].text;
    let at = |words: &str| text.find(words).map(|at| at..at + words.len()).unwrap();
    assert_eq!(passages[0].place_of(at("工作")).map(|place| words_at(&yaml, place)), Some("工作"));
    assert_eq!(passages[0].place_of(0..text.len()).map(|place| words_at(&yaml, place)), Some("做好档案"));
}
