use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use budgetdoc_document::{Align, Length, Role, Spacing, Text};

use super::class::{Class, forbidden_at_end, forbidden_at_start};
use super::{BreakStyle, GlyphLine, Shape, TextMeasurer};
use crate::font::{FaceId, FontBook, FontSearch};
use budgetdoc_tests::chance::{Chance, for_any};

const BODY: Length = Length::pt(16);

/// The faces of the repository, read once.
static BOOK: LazyLock<FontBook> = LazyLock::new(|| {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
    FontBook::load(&FontSearch { dirs: vec![fonts], ..FontSearch::default() }).expect("the fonts are there")
});

fn body_shape() -> Shape {
    let mut shape = Shape::new(Length::mm(156), Align::Justify);
    shape.grid = 20;
    shape.with_first_indent(BODY, 2)
}

fn lines(text: &str, shape: &Shape, reading: BreakStyle) -> Vec<GlyphLine> {
    let mut measurer = TextMeasurer::new(&BOOK);
    measurer.measure(&Text::plain(text), Role::Body, BODY, reading).unwrap().lines(shape)
}

fn words(line: &GlyphLine) -> String {
    line.runs.iter().map(|run| &*run.text).collect()
}

fn advance(line: &GlyphLine) -> Length {
    line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).sum()
}

/// Most of the paragraphs are short: a debug build takes a second or two for two thousand of them.
#[test]
fn justified_lines_are_full_and_keep_the_rules() {
    // Also with the widest gaps, and with marks that give up nothing.
    let gaps = Spacing { mixed_gap: 25, ..Spacing::default() };
    let stiff = Spacing { squeeze_adjacent: false, half_at_end: false, half_at_start: false, ..gaps };
    std::thread::scope(|scope| {
        for spacing in [Spacing::default(), gaps, stiff] {
            scope.spawn(move || {
                let mut measurer = TextMeasurer::new(&BOOK).with_spacing(spacing);
                for_any(3_333, |chance| {
                    let most = if chance.of(100) { 200 } else { 36 };
                    check_justified(&mut measurer, chance, most);
                });
            });
        }
    });
}

fn check_justified(measurer: &mut TextMeasurer<'_>, chance: &mut Chance, most: usize) {
    let text = chance.paragraph(most);
    let mut shape = body_shape();
    shape.width = Length::pt(200 + chance.below(300));
    shape.grid = 20 * chance.below(2);
    let measure = |measurer: &mut TextMeasurer<'_>| {
        measurer.measure(&Text::plain(text.as_str()), Role::Body, BODY, BreakStyle::Running).unwrap()
    };
    let lines = measure(measurer).lines(&shape);
    let count = lines.len();
    let mut set = String::new();
    for (index, line) in lines.iter().enumerate() {
        let room = Length::milli_pt(shape.measure(index == 0));
        let content = words(line);
        assert_eq!(advance(line), line.width);
        if index + 1 < count {
            // A line that would have to be torn open ends short.
            let torn = room - line.width > BODY / 2 * gaps(&content);
            assert!(line.width == room || torn, "line {content:?} of {text:?}");
        } else {
            assert!(line.width <= room, "last line {content:?} of {text:?}");
        }
        let (first, last) = (content.chars().next().unwrap(), content.chars().last().unwrap());
        assert!(index == 0 || !forbidden_at_start(first), "{content:?} of {text:?}");
        assert!(index + 1 == count || !forbidden_at_end(last), "{content:?} of {text:?}");
        set += &content;
    }
    assert_eq!(set.replace(' ', ""), text.replace(' ', ""));
    if chance.below(10) == 0 {
        let again = measure(measurer).lines(&shape);
        assert_eq!(format!("{again:?}"), format!("{lines:?}"), "{text:?}");
    }
}

/// Returns how many gaps of a line may open.
fn gaps(content: &str) -> i32 {
    let classes: Vec<Class> = content.chars().map(Class::of).collect();
    let opens = |pair: &&[Class]| {
        let western = pair[0].is_western() && pair[1].is_western();
        !(western || pair == &[Class::Pair; 2] || pair == &[Class::Digit, Class::Suffix])
    };
    classes.windows(2).filter(opens).count() as i32
}

#[test]
fn no_line_is_torn_open_for_an_address() {
    const ADDRESSES: [&str; 5] = [
        "https://www.szlg.gov.cn/zwgk/zfxxgk/bmxxgk/very/long/path/index_2022_final_version.html?query=abc&lang=zh-CN",
        "someone.with.long.name@department.longgang.gov.cn",
        "www.gov.cn",
        "Internationalization",
        "ISO/IEC27001:2013",
    ];
    let mut measurer = TextMeasurer::new(&BOOK);
    for_any(400, |chance| {
        let mut text = chance.paragraph(20);
        for _ in 0..4 {
            text += chance.pick(&ADDRESSES);
            text += &chance.paragraph(12);
        }
        let mut shape = body_shape();
        shape.width = Length::pt(180 + chance.below(300));
        let measured = measurer.measure(&Text::plain(text.as_str()), Role::Body, BODY, BreakStyle::Running).unwrap();
        let lines = measured.lines(&shape);
        for (index, line) in lines.iter().enumerate() {
            let room = Length::milli_pt(shape.measure(index == 0));
            assert!(line.width <= room, "{:?} of {text:?}", words(line));
            let short = index + 1 < lines.len() && line.width < room;
            assert!(!short || room - line.width > BODY / 2 * gaps(&words(line)), "{:?} of {text:?}", words(line));
            for run in &line.runs {
                for (character, glyph) in run.text.chars().zip(&run.glyphs) {
                    let own = measurer.glyph(Role::Body, character).unwrap().advance(BODY);
                    // Half an em, what blanks and changes of script give before, and what the grid gives.
                    let before = if character == ' ' { BODY / 4 } else { BODY / 8 };
                    let most = own + BODY / 2 + before + Length::pt(1);
                    assert!(glyph.advance <= most, "{character} in {:?} of {text:?}", words(line));
                }
            }
        }
        let set: String = lines.iter().map(words).collect();
        assert_eq!(set.replace(' ', ""), text.replace(' ', ""));
    });
}

/// The first search leaves lines out that are far from full; what it finds must be what the whole search finds.
#[test]
fn the_short_search_finds_what_the_whole_one_finds() {
    let mut measurer = TextMeasurer::new(&BOOK);
    for_any(200, |chance| {
        let text = chance.paragraph(120);
        let mut shape = body_shape();
        shape.width = Length::pt(80 + chance.below(400));
        let measured = measurer.measure(&Text::plain(text.as_str()), Role::Body, BODY, BreakStyle::Running).unwrap();
        let (short, whole) = super::line_breaker::chosen_and_exhaustive(&measured, &shape);
        assert_eq!(short, whole, "{text:?}");
    });
}

#[test]
fn narrow_columns_never_overflow() {
    let mut measurer = TextMeasurer::new(&BOOK);
    for_any(100, |chance| {
        let text = chance.paragraph(200);
        let align = [Align::Left, Align::Center, Align::Right, Align::Justify][chance.below(4)];
        let reading = [BreakStyle::Running, BreakStyle::Words, BreakStyle::Phrases][chance.below(3)];
        let shape = Shape::new(Length::pt(17 + chance.below(90)), align);
        let measured = measurer.measure(&Text::plain(text.as_str()), Role::Body, BODY, reading).unwrap();
        let lines = measured.lines(&shape);
        for line in &lines {
            assert!(line.x >= Length::ZERO && line.x + line.width <= shape.width, "{:?} of {text:?}", words(line));
        }
        let set: String = lines.iter().map(words).collect();
        assert_eq!(set.replace(' ', ""), text.replace(' ', ""));
    });
}

#[test]
fn plain_chinese_stands_on_the_grid_of_28_characters() {
    let text = "预算".repeat(70);
    let lines = lines(&text, &body_shape(), BreakStyle::Running);
    assert_eq!(words(&lines[0]).chars().count(), 26);
    assert_eq!(words(&lines[1]).chars().count(), 28);
    let advances: Vec<i32> = lines[1].runs[0].glyphs.iter().map(|glyph| glyph.advance.in_milli_pt()).collect();
    let (least, most) = (advances.iter().min().unwrap(), advances.iter().max().unwrap());
    assert!(most - least <= 1, "{advances:?}");
}

#[test]
fn marks_give_their_blank_half_at_edges_and_beside_each_other() {
    let shape = Shape::new(Length::pt(400), Align::Left);
    let line = &lines("本级（通用项目）、预算", &shape, BreakStyle::Running)[0];
    // 11 characters, and half of one where ） and 、 meet.
    assert_eq!(line.width, Length::pt(16 * 10 + 8));
    let line = &lines("预算（《法》）", &shape, BreakStyle::Running)[0];
    // 《 after （ loses its left half, 》 before ） its right one, ） at the end of the line as well.
    assert_eq!(line.width, Length::pt(16 * 7 - 24));
    let inner = &line.runs[0].glyphs[3];
    assert_eq!((inner.advance, inner.shift), (Length::pt(8), Length::pt(-8)));
}

/// Whatever a face makes of a mark, what it gives up is blank: the ink of neighbours stays apart and inside the line.
#[test]
fn squeezed_marks_keep_off_their_neighbours_and_the_edges() {
    const MARKS: &str = "（《〈「『【〔［｛“‘〖）》〉」』】〕］｝”’〗，、；：。？！．·—…";
    let mut measurer = TextMeasurer::new(&BOOK);
    let mut sides = HashMap::new();
    for role in [Role::Body, Role::Subheading, Role::Heading, Role::Title, Role::Table] {
        for (one, other) in MARKS.chars().flat_map(|one| MARKS.chars().map(move |other| (one, other))) {
            let text = format!("预算{one}{other}收支{other}{one}支出");
            let measured = measurer.measure(&Text::plain(text.as_str()), role, BODY, BreakStyle::Running).unwrap();
            for width in [5, 8, 9] {
                // With and without a grid that takes a fiftieth from each character.
                let column = Shape::new(BODY * width - Length::pt(3), Align::Justify);
                let on_grid = Shape { width: BODY.scale(98 * width, 100), grid: 50, ..column };
                for line in [column, on_grid].iter().flat_map(|shape| measured.lines(shape)) {
                    let touched = touched(&BOOK, &mut sides, &line);
                    assert_eq!(touched, None, "{role:?} {:?} of {text}", words(&line));
                    let back = farthest_back(&BOOK, &line);
                    assert!(back <= BODY / 2 + Length::milli_pt(1), "{role:?} {:?} of {text}: {back:?}", words(&line));
                }
            }
        }
    }
}

/// Returns the first character of a line whose ink reaches into that of the one before, or the last if it passes the
/// edge.
fn touched(book: &FontBook, sides: &mut HashMap<(FaceId, u16), (i32, i32)>, line: &GlyphLine) -> Option<String> {
    // Outlines may pass their own box by a hair, as those of hanzi do.
    let hair = BODY.scale(1, 50);
    let mut last = line.x;
    for run in &line.runs {
        let mut x = run.x;
        let face = book.face(run.face);
        for (glyph, range) in run.glyphs.iter().zip(run.ranges()) {
            let ink = sides.entry((run.face, glyph.id)).or_insert_with(|| face.ink_sides(glyph.id).unwrap());
            let at = |units: i32| x + glyph.shift + run.size.scale(units, i32::from(face.units_per_em()));
            if at(ink.0) + hair < last {
                return Some(run.text[range].to_owned());
            }
            last = at(ink.1);
            x += glyph.advance;
        }
    }
    (last > line.x + line.width + hair).then(|| "the edge".to_owned())
}

/// Returns the farthest that a glyph begins before the end of the one before it. Readers of PDF take half an em for a
/// squeezed mark, and more for the start of another line.
fn farthest_back(book: &FontBook, line: &GlyphLine) -> Length {
    let (mut farthest, mut end) = (Length::ZERO, None);
    for run in &line.runs {
        let (mut x, face) = (run.x, book.face(run.face));
        let glyphs = face.glyphs().unwrap();
        for (glyph, character) in run.glyphs.iter().zip(run.text.chars()) {
            let start = x + glyph.shift;
            farthest = end.map_or(farthest, |end: Length| farthest.max(end - start));
            let (_, units) = glyphs.glyph(character).unwrap();
            end = Some(start + run.size.scale(i32::from(units), i32::from(face.units_per_em())));
            x += glyph.advance;
        }
    }
    farthest
}

#[test]
fn gaps_part_chinese_from_figures_but_not_at_edges_nor_beside_marks() {
    let spacing = Spacing { mixed_gap: 25, stretch_mixed: 12, ..Spacing::default() };
    let mut measurer = TextMeasurer::new(&BOOK).with_spacing(spacing);
    let mut measure = |text: &str| measurer.measure(&Text::plain(text), Role::Body, BODY, BreakStyle::Running).unwrap();
    // Two gaps of 4 pt around four half-width figures; none next to the marks.
    assert_eq!(measure("预2022年").natural_width(), Length::pt(16 * 2 + 8 * 4 + 4 * 2));
    assert_eq!(measure("（2022）").natural_width(), Length::pt(16 * 2 + 8 * 4));
    // None at the end of a line: 20 characters and 4 figures fill a line of 20 + 2 ems and a gap.
    let text = format!("{}2022{}", "预".repeat(20), "算".repeat(10));
    let measured = measure(&text);
    let lines = measured.lines(&Shape::new(Length::pt(16 * 22 + 4), Align::Justify));
    assert!(words(&lines[0]).ends_with("2022"));
    let advances: Vec<_> = lines[0].runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).collect();
    assert_eq!((advances[18], advances[19], advances[23]), (Length::pt(16), Length::pt(20), Length::pt(8)));
    // A tight line takes up to half of each gap, and a loose one gives them before all others.
    for (rest, gap) in [(-2, 2), (1, 5)] {
        let lines = measured.lines(&Shape::new(Length::pt(16 * 22 + 4 + rest), Align::Justify));
        let advances: Vec<_> = lines[0].runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).collect();
        assert_eq!((advances[18], advances[19]), (Length::pt(16), Length::pt(16 + gap)));
    }
}

/// A number and its unit are parted, at the bar, only where the line would otherwise be too loose.
#[test]
fn numbers_stay_with_their_units_and_double_marks_whole() {
    for filler in 18..34 {
        for marked in [
            "4.3|万元",
            "164.85%",
            "2022年",
            "30|场",
            "≥40|人",
            "第13|个",
            "——",
            "……",
            "100|余人",
            "3|万多人次",
            "5|千瓦时",
            "50|元/人",
            "48|学时",
            "3.5|公斤",
            "8:30—17:30",
            "2021—2025年",
            "20～30|人",
            "第十三届",
            "十三五",
            "5|星级",
            "km/h",
            "Women’s",
        ] {
            let piece = marked.replace('|', "");
            let text = format!("{}{piece}{}", "预".repeat(filler), "算".repeat(40));
            for line in lines(&text, &body_shape(), BreakStyle::Running) {
                let content = words(&line);
                for (split, _) in piece.char_indices().skip(1) {
                    if !content.ends_with(&piece[..split]) || content.contains(&piece) {
                        continue;
                    }
                    // The first line has 26 characters, others 28.
                    let (room, filled) = if filler <= 26 { (26, filler) } else { (28, filler - 26) };
                    let stretch = (room - filled) * 100 / (filled - 1).max(1);
                    assert!(marked.find('|') == Some(split) && stretch >= 7, "{content:?}");
                }
            }
        }
    }
}

#[test]
fn an_apostrophe_between_latin_letters_is_latin() {
    let mut measurer = TextMeasurer::new(&BOOK);
    let mut width = |text: &str| {
        let measured = measurer.measure(&Text::plain(text), Role::Body, BODY, BreakStyle::Running).unwrap();
        measured.chars.iter().find(|char| char.character == '’').unwrap().width
    };
    assert!(width("Women’s Day") < 16_000 / 2);
    assert_eq!(width("‘三公’s"), 16_000);
}

#[test]
fn the_number_of_an_item_keeps_its_width_in_every_line() {
    for number in ["1. ", "一、", "（一）", "11．"] {
        // Lines of all lengths, squeezed and stretched.
        for filler in 18..40 {
            let text = format!("{number}{}，{}，{}。", "预".repeat(7), "算".repeat(filler), "数".repeat(30));
            let mut measurer = TextMeasurer::new(&BOOK);
            let measured = measurer.measure(&Text::plain(&text), Role::Body, BODY, BreakStyle::Running).unwrap();
            let line = &measured.lines(&body_shape())[0];
            let mut glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
            for char in &measured.chars[..number.chars().count()] {
                let set = glyphs.next().unwrap().advance.in_milli_pt();
                // The grid takes a hundredth.
                assert!(set >= char.width - 240, "{text}: {set} for {}", char.width);
            }
        }
    }
}

#[test]
fn numbers_of_items_keep_two_characters_by_them_in_cells() {
    let mut measurer = TextMeasurer::new(&BOOK);
    for (text, width) in
        [("一、项目", 5), ("十一、工资福利支出", 6), ("（一）基本", 4), ("①数量指标", 2), ("1.社会保险", 3)]
    {
        for reading in [BreakStyle::Words, BreakStyle::Phrases] {
            let measured = measurer.measure(&Text::plain(text), Role::Table, BODY, reading).unwrap();
            let width = Length::max(BODY * width, measured.widest_piece_width());
            let line = words(&measured.lines(&Shape::new(width, Align::Left))[0]);
            let after = line.trim_start_matches(|mark: char| "一二十（）、①1.".contains(mark)).chars().count();
            assert!(after >= 2, "{line:?} of {text}");
        }
    }
}

#[test]
fn no_last_line_of_one_character() {
    for count in 26..200 {
        let text = format!("{}。", "预".repeat(count));
        let lines = lines(&text, &body_shape(), BreakStyle::Running);
        let last = words(&lines[lines.len() - 1]);
        assert!(lines.len() == 1 || last.chars().count() > 2, "{count}: {last:?}");
    }
}

#[test]
fn titles_break_between_phrases_and_keep_brackets_whole() {
    let mut measurer = TextMeasurer::new(&BOOK);
    let title = Text::plain("2022年深圳市龙岗区妇女联合会（本级）部门预算");
    let measured = measurer.measure(&title, Role::Title, Length::pt(36), BreakStyle::Phrases).unwrap();
    let lines: Vec<String> = measured.lines(&Shape::new(Length::mm(156), Align::Center)).iter().map(words).collect();
    assert_eq!(lines, ["2022年深圳市龙岗区", "妇女联合会（本级）", "部门预算"]);
}

#[test]
fn a_long_bracket_of_a_title_begins_a_line() {
    let mut measurer = TextMeasurer::new(&BOOK);
    let title = Text::plain("一般公共预算基本支出表——公用经费（商品和服务支出，按政府预算经济分类）");
    let measured = measurer.measure(&title, Role::Title, Length::pt(18), BreakStyle::Phrases).unwrap();
    let lines: Vec<String> =
        measured.lines(&Shape::new(Length::pt(18) * 25, Align::Center)).iter().map(words).collect();
    assert_eq!(lines, ["一般公共预算基本支出表——公用经费", "（商品和服务支出，按政府预算经济分类）"]);
}

#[test]
fn opening_quotation_marks_begin_lines_and_closing_ones_end_them() {
    for filler in 20..32 {
        let text = format!("{}“四自”精神“三八”红旗手和其他先进集体的评选表彰机制", "巾".repeat(filler));
        for line in lines(&text, &body_shape(), BreakStyle::Running) {
            let content = words(&line);
            assert!(!content.ends_with('“') && !content.starts_with('”'), "{content:?}");
        }
    }
}

#[test]
fn heads_of_columns_do_not_leave_one_character_alone() {
    let mut measurer = TextMeasurer::new(&BOOK);
    for (head, width, expected) in [
        ("小计", 2, &["小计"][..]),
        ("政府性基金预算拨款", 3, &["政府性", "基金", "预算", "拨款"]),
        ("年度绩效指标", 2, &["年度", "绩效", "指标"]),
        ("满意度", 3, &["满意度"]),
        ("财政专户管理资金", 2, &["财政", "专户", "管理", "资金"]),
        ("2022年预算数", 3, &["2022年", "预算数"]),
        ("使用非财政拨款结余", 3, &["使用", "非财政", "拨款", "结余"]),
        ("工资奖金津补贴", 3, &["工资", "奖金", "津补贴"]),
        ("社会保障和就业支出", 3, &["社会", "保障", "和就业", "支出"]),
        ("行政事业单位离退休", 3, &["行政", "事业", "单位", "离退休"]),
        ("资本性支出（基本建设）", 3, &["资本性", "支出", "（基本", "建设）"]),
    ] {
        let measured = measurer.measure(&Text::plain(head), Role::Table, BODY, BreakStyle::Phrases).unwrap();
        assert_eq!(measured.widest_piece_width(), BODY * width, "{head}");
        let lines = measured.lines(&Shape::new(BODY * width, Align::Center));
        assert_eq!(lines.iter().map(words).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn labels_are_parted_after_places_and_between_words() {
    let mut measurer = TextMeasurer::new(&BOOK).with_names(&["示例区第一综合综合综合综合综合综合中学".to_owned()]);
    let mut lines = |text: &str, width: i32| -> Vec<String> {
        let measured = measurer.measure(&Text::plain(text), Role::Table, BODY, BreakStyle::Phrases).unwrap();
        measured.lines(&Shape::new(BODY * width, Align::Center)).iter().map(words).collect()
    };
    assert_eq!(lines("示例区社会福利中心", 6), ["示例区", "社会福利中心"]);
    // Quarters and parks are no places of their own, and a youth is no year.
    assert_eq!(lines("示例社区服务中心", 6), ["示例社区", "服务中心"]);
    assert_eq!(lines("社区党群综合服务中心", 7), ["社区党群", "综合服务中心"]);
    assert_eq!(lines("青年志愿综合服务站", 6), ["青年志愿", "综合服务站"]);
    // Rather a line more than a word torn, even inside a name.
    assert_eq!(lines("示例区第一综合综合综合综合综合综合中学", 11).concat().len(), 57);
    for line in lines("示例区第一综合综合综合综合综合综合中学", 11) {
        assert!(!line.starts_with("合") && !line.ends_with("综"), "{line}");
    }
}

#[test]
fn names_of_the_document_stay_whole_where_they_fit() {
    let mut measurer = TextMeasurer::new(&BOOK).with_names(&["龙岗区妇女联合会".to_owned()]);
    let title = Text::plain("2022年深圳市龙岗区妇女联合会（本级）部门预算");
    let mut lines = |width: i32| -> Vec<String> {
        let measured = measurer.measure(&title, Role::Title, Length::pt(36), BreakStyle::Phrases).unwrap();
        measured.lines(&Shape::new(Length::pt(36 * width), Align::Center)).iter().map(words).collect()
    };
    assert_eq!(lines(12), ["2022年深圳市", "龙岗区妇女联合会", "（本级）部门预算"]);
    // Narrower than the name: broken between its words.
    assert_eq!(lines(6).concat(), title.to_plain());
}

#[test]
fn of_names_in_each_other_the_smaller_stay_whole_where_the_greater_have_no_room() {
    let names = ["深圳市龙岗区妇女联合会（本级）", "深圳市龙岗区妇女联合会", "妇女联合会（本级）", "妇女联合会"]
        .map(str::to_owned);
    let mut measurer = TextMeasurer::new(&BOOK).with_names(&names);
    let title = Text::plain("2022年深圳市龙岗区妇女联合会（本级）部门预算");
    let mut lines = |width: i32| -> Vec<String> {
        let measured = measurer.measure(&title, Role::Title, Length::pt(36), BreakStyle::Phrases).unwrap();
        measured.lines(&Shape::new(Length::pt(36 * width), Align::Center)).iter().map(words).collect()
    };
    assert_eq!(lines(12), ["2022年深圳市龙岗区", "妇女联合会（本级）", "部门预算"]);
    assert_eq!(lines(15), ["2022年", "深圳市龙岗区妇女联合会（本级）", "部门预算"]);
    for width in 5..=30 {
        let lines = lines(width);
        assert!(lines.iter().any(|line| line.contains("妇女联合会")), "{width}: {lines:?}");
        assert!(width < 9 || lines.iter().any(|line| line.contains("妇女联合会（本级）")), "{width}: {lines:?}");
        assert!(width < 15 || lines.iter().any(|line| line.contains(&names[0])), "{width}: {lines:?}");
    }
}

#[test]
fn tails_are_what_stands_right_of_the_point() {
    let mut measurer = TextMeasurer::new(&BOOK);
    let mut decimals_width = |text: &str, decimals| {
        measurer
            .measure(&Text::plain(text), Role::Table, Length::pt(10), BreakStyle::Figure)
            .unwrap()
            .decimals_width(decimals)
    };
    let (digit, point) = (Length::pt(5), Length::milli_pt(2_500));
    assert_eq!(decimals_width("8.5", 1), digit + point);
    assert_eq!(decimals_width("-1,234.25", 2), digit * 2 + point);
    for text in ["0", "1,310", "", "—"] {
        assert_eq!(decimals_width(text, 0), Length::ZERO, "{text}");
    }
}
