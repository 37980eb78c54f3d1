//! Rules of lines, compared with the PDF as another program reads it, and against many pages of made-up text.

use budgetdoc::document::{Align, Block, Document, Length, Paragraph, StyleName};
use budgetdoc::layout::{Layout, Mark};

const NO_START: &str = "，。、；：？！）》〉」』】〕”’·…％‰℃%),.;:～－";
const NO_END: &str = "（《〈「『【〔“‘([￥¥$≥≤";

/// A line of running text as it was read: its words and its edges in points.
struct Line {
    text: String,
    from: f64,
}

/// The lines of paragraphs on each page in body size, from the reader's listing, where a line may have several faces.
fn body_lines(pages: &str) -> Vec<Vec<Line>> {
    let mut all = Vec::new();
    for line in pages.lines() {
        if line.starts_with("page ") {
            all.push(Vec::new());
        }
        let mut parts = line.trim().split("  ").map(str::trim).filter(|part| !part.is_empty());
        let (Some(_), Some(place), Some(role), Some(faces)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let text: String = parts.collect();
        let body = faces.split(" + ").all(|face| face.ends_with(" 16")) && faces.contains("FandolFang");
        let from = place.strip_prefix("x ").and_then(|place| place.split('–').next()?.parse().ok());
        if let (true, true, Some(from), Some(page)) = (role.trim() == "P", body, from, all.last_mut()) {
            page.push(Line { text, from });
        }
    }
    all
}

/// Whether a break between two lines is one that no line may have.
fn is_forbidden(before: &str, after: &str) -> bool {
    let (last, first) = around(before, after);
    // A dash that is no pair connects figures.
    let connects = first == '—' && after.chars().nth(1) != Some('—');
    NO_START.contains(first) || NO_END.contains(last) || (last == first && "—…".contains(last)) || connects
}

/// Whether it tears a number, a year or a range, which is dear but not forbidden.
fn is_torn(before: &str, after: &str) -> bool {
    let (last, first) = around(before, after);
    let of_range = |character: char| "—～－~–:-".contains(character);
    let ends_number = last.is_ascii_digit();
    (ends_number && (first.is_ascii_digit() || of_range(first) || "年月日%".contains(first)))
        || (first.is_ascii_digit() && of_range(last) && !before.ends_with("——"))
}

/// Whether it parts a number from its unit.
fn parts_unit(before: &str, after: &str) -> bool {
    let (last, first) = around(before, after);
    last.is_ascii_digit() && "万亿元个人次场平余多".contains(first)
}

/// The characters around the break between two lines.
fn around(before: &str, after: &str) -> (char, char) {
    (before.chars().last().unwrap_or(' '), after.chars().next().unwrap_or(' '))
}

#[test]
fn no_line_of_the_reference_document_breaks_a_rule() {
    let (document, fonts) = (crate::spec("longgang-womens-federation-2022"), crate::fonts());
    let layout = budgetdoc::layout(&document, fonts).unwrap();
    let read = budgetdoc_tests::pdf::read(&budgetdoc::write_pdf(&document, &layout, fonts).unwrap());
    let pages = body_lines(&read.pages);
    assert_eq!(pages.len(), 32);
    let lines: Vec<&Line> = pages.iter().flatten().collect();
    assert!(lines.len() > 150, "{} lines were read", lines.len());
    let wrong = |before: &str, after: &str| is_forbidden(before, after) || is_torn(before, after);
    assert_eq!(faults(&lines, wrong), Vec::<String>::new());
    // The line would be loose if the unit took its number to the next.
    assert_eq!(faults(&lines, parts_unit).len(), 1);
}

/// The breaks inside paragraphs that are `wrong`, as they were read.
fn faults(lines: &[&Line], wrong: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let left = 28.0 * 72.0 / 25.4;
    // A line with an indent begins a paragraph.
    let inside = lines.windows(2).filter(|pair| pair[1].from < left + 16.0);
    let wrong = inside.filter(|pair| wrong(&pair[0].text, &pair[1].text));
    wrong.map(|pair| format!("{} / {}", pair[0].text, pair[1].text)).collect()
}

#[test]
fn two_hundred_pages_break_no_rule() {
    let mut random = budgetdoc_tests::chance::Chance::seeded(200);
    let texts: Vec<String> = (0..850).map(|_| random.report()).collect();
    let reference = crate::spec("longgang-womens-federation-2022");
    let blocks = texts
        .iter()
        .map(|text| Block::Paragraph(Paragraph { style: StyleName::Body, text: text.as_str().into() }))
        .collect();
    let document = Document { blocks, ..reference };
    assert_eq!(document.styles.get(StyleName::Body).align, Align::Justify);
    let fonts = crate::fonts();
    let layout = budgetdoc::layout(&document, fonts).unwrap();
    assert!(layout.pages.len() >= 200, "{} pages", layout.pages.len());
    check(&layout, &texts, document.page.margins.left, document.page.text_width());
    // The same from the file, as another program reads it.
    let read = budgetdoc_tests::pdf::read(&budgetdoc::write_pdf(&document, &layout, fonts).unwrap());
    let pages = body_lines(&read.pages);
    let lines: Vec<&Line> = pages.iter().flatten().collect();
    assert!(pages.len() >= 200 && lines.len() > 4_000, "{} lines on {} pages were read", lines.len(), pages.len());
    assert_eq!(faults(&lines, is_forbidden), Vec::<String>::new());
}

/// Every paragraph whole, its lines full but for the last, and no forbidden break.
fn check(layout: &Layout, texts: &[String], left: Length, width: Length) {
    // Lines by node: node 0 is the document, paragraphs follow in order.
    let mut lines: Vec<Vec<(Length, Length, String)>> = vec![Vec::new(); texts.len()];
    for page in &layout.pages {
        let mut last = (usize::MAX, Length::ZERO);
        for item in &page.items {
            let (Some(node), Mark::Glyphs(run)) = (item.node, &item.mark) else { continue };
            let own = &mut lines[node - 1];
            if last != (node, run.y) {
                own.push((run.x, run.x, String::new()));
            }
            last = (node, run.y);
            let line = own.last_mut().unwrap();
            line.1 = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Length>();
            line.2 += &run.text;
        }
    }
    let mut faults = Vec::new();
    let (mut breaks, mut torn, mut parted) = (0, 0, 0);
    for (lines, text) in lines.iter().zip(texts) {
        assert_eq!(lines.iter().map(|line| line.2.as_str()).collect::<String>(), *text);
        for pair in lines.windows(2) {
            breaks += 1;
            torn += usize::from(is_torn(&pair[0].2, &pair[1].2));
            parted += usize::from(parts_unit(&pair[0].2, &pair[1].2));
            if is_forbidden(&pair[0].2, &pair[1].2) {
                faults.push(format!("{} / {}", pair[0].2, pair[1].2));
            }
            assert_eq!(pair[0].1, left + width, "{}", pair[0].2);
        }
        assert!(lines.last().is_some_and(|line| line.1 <= left + width));
    }
    assert_eq!(faults, Vec::<String>::new());
    // Where quantity follows on quantity, as in ≥400人次增长164.85%1,310.00万元, and all that stands between them is
    // what may not part, the only other line is one whose characters stand half an em apart. A unit is parted rather than
    // have characters stand 0.08 em apart, and this text is far denser with figures than a budget.
    assert!(breaks > 4_500 && torn <= 1, "{torn} of {breaks} breaks tear a number, a year or a range");
    assert!(parted * 18 <= breaks, "{parted} of {breaks} breaks part a number from its unit");
}
