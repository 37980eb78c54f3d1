//! What texts give where a case of one sentence does not show it: many at once, and whatever digits they hold.

use budgetdoc_check::{Finding, Severity, check};
use budgetdoc_tests::chance::{Chance, for_any};

use crate::support::{SAMPLE, SMALL, budget, replace};

const JIANGSU: &str = include_str!("../../../../specs/jiangsu-congress-office-2019.yaml");
const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");
const BUREAU: &str = include_str!("../../../../specs/putuo-finance-bureau-2025.yaml");

fn found(text: &str, rule: &str) -> Vec<Finding> {
    check(&budget(text)).into_iter().filter(|finding| finding.rule == rule).collect()
}

#[test]
fn blank_reasons_are_found_one_by_one() {
    let blank = |text: &str| {
        let (before, rest) = text.split_once("explanations:").expect("explanations");
        let (rows, behind) = rest.split_once("\n\n").expect("a section");
        let blank =
            |row: &str| row.split_once("reason: ").map_or(row.to_owned(), |(row, _)| format!("{row}reason: \"\" }}"));
        let rows: Vec<String> = rows.lines().map(blank).collect();
        format!("{before}explanations:{}\n\n{behind}", rows.join("\n"))
    };
    for (spec, count) in [(JIANGSU, 17), (MINISTRY, 10)] {
        let found = found(&blank(spec), "C4");
        assert_eq!(found.len(), count, "{found:?}");
        assert!(found.iter().all(|finding| finding.severity == Severity::Error && finding.place.is_some()));
    }
}

#[test]
fn the_unit_is_called_by_names_not_by_parts_of_words() {
    let found = found(&BUREAU.replace("本部门", "我部门"), "C10");
    let names = found.iter().map(|finding| &finding.message.zh);
    assert!(names.clone().all(|name| name.contains("“我部门”") && !name.contains("“我部”")), "{found:?}");
}

/// Whatever digits a text holds, and wherever, a check comes to its end.
#[test]
fn no_digits_break_a_check() {
    const PIECES: [&str; 56] = [
        "万元",
        "亿元",
        "元",
        "千元",
        "百万元",
        "万",
        "亿",
        "%",
        "％",
        "年",
        "月",
        "日",
        "辆",
        "个项目",
        "个预算单位",
        "比上年",
        "比2021年",
        "较",
        "增加",
        "减少",
        "增长",
        "下降",
        "增幅",
        "占",
        "占支出的",
        "，",
        "。",
        "；",
        "（",
        "）",
        "其中",
        "收入",
        "支出",
        "预算数",
        "共有车辆",
        "行政单位",
        "事业单位",
        "家",
        "培训",
        "培训经费",
        "≤",
        "≥",
        "¥",
        "-",
        "至",
        "《",
        "》",
        "〔",
        "内设",
        "，共",
        "个部门",
        " ",
        "\u{3000}",
        "截至",
        "×",
        "待填",
    ];
    const DIGITS: [&str; 24] = [
        "0", "1", "9", "5", "7", ".", ",", "，", "０", "９", "．", "一", "二", "两", "十", "百", "千", "万", "亿",
        "零", "点", "壹", "拾", "〇",
    ];
    let words = |chance: &mut Chance| {
        let mut text = String::new();
        for _ in 0..4 + chance.below(16) {
            if chance.of(2) {
                text.push_str(chance.pick(&PIECES));
                continue;
            }
            // As long as a decimal number can hold, and longer.
            let kinds = if chance.of(2) { 6 } else { DIGITS.len() };
            for _ in 0..1 + chance.below(34) {
                text.push_str(chance.pick(&DIGITS[..kinds]));
            }
        }
        text
    };
    for_any(60, |chance| {
        let mut text = SMALL.to_owned();
        for piece in [
            "  goals: 做好工作。",
            "  abroad: 无。",
            "    purpose: 培训。",
            "    reason: 人数增加。",
            "    goal: 培训十次。",
            "  goal: 做好。",
            "  basic: 工资和公用。",
        ] {
            let (key, _) = piece.split_once(": ").expect("a key");
            text = replace(&text, piece, &format!("{key}: \"工{}\"", words(chance)));
        }
        text = replace(&text, "target: 10次", &format!("target: \"≥{}\"", words(chance)));
        text = replace(&text, "name: 培训次数", &format!("name: \"培训{}\"", words(chance)));
        text = replace(&text, "name: 培训经费", &format!("name: \"培训{}\"", words(chance)));
        check(&budget(&text));
    });
    for text in [
        "，收入7922816251426433759354395033亿元，增长0.1234567890123456789012345678%。",
        "，收入9万元，占0.1234567890123456789012345678%，占79228162514264337593543950335%。",
        "，收入79228162514264337593543万元，比2021年增加79228162514264337593542万元，增长9%。",
        "，收入0.0000000000000000000000000001万元，比2021年增加0.0000000000000000000000000001万元，增长1%。",
        "，收入999999999999999万元，比2021年99999999999万元增加99999999999万元，增长0.0000000000000000000000000001%。",
    ] {
        check(&budget(&replace(SAMPLE, "    主要是在职人员工资福利支出。", &format!("    主要是工资{text}"))));
    }
}
