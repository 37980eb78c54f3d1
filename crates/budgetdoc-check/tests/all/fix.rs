//! Typed figures of texts written as references.

use std::path::Path;

use budgetdoc_check::{Fix, WhyLeft, fix};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{PassageKind, Prose};
use budgetdoc_core::rollover::rollover;
use budgetdoc_document::{Block, Document};

use crate::support::{SMALL, budget, replace};

/// The small spec with a text in a way of writing it.
fn with(text: &str) -> String {
    replace(SMALL, "  goals: 做好工作。", text)
}

fn fixed(spec: &str) -> Fix {
    fix(spec, &budget(spec))
}

/// What becomes of a sentence of the small spec.
#[track_caller]
fn say(sentence: &str) -> String {
    let spec = with(&format!("  goals: |\n    {sentence}"));
    let fixed = fixed(&spec).text;
    assert_eq!(words(&budget(&fixed)), words(&budget(&spec)), "{sentence}");
    let line = fixed.lines().skip_while(|line| !line.starts_with("  goals:")).nth(1).unwrap_or_default();
    line.trim().to_owned()
}

/// Everything a document prints outside of its tables.
fn words(budget: &Budget) -> Vec<String> {
    let document: Document = budget.compose().unwrap_or_else(|error| panic!("{error}"));
    let of = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
        Block::Heading(heading) => Some(heading.text.to_plain()),
        Block::Cover(_) | Block::Contents(_) | Block::Table(_) | Block::Chart(_) | Block::PageBreak => None,
    };
    document.blocks.iter().filter_map(of).collect()
}

#[test]
fn amounts_changes_and_shares_become_references() {
    for (typed, written) in [
        ("收入预算100万元。", "收入预算{{ income | amount }}。"),
        ("收入预算100.00万元。", "收入预算{{ income | amount(trim=false) }}。"),
        ("收入预算1000000元。", "收入预算{{ income | amount(unit=\"元\") }}。"),
        ("2021年收入预算80万元。", "{{ last_year }}年收入预算{{ income.last | amount }}。"),
        (
            "收入预算100万元，比2021年增加20万元，增长25%，主要原因是人数增加。",
            "收入预算{{ income | amount }}，{{ income | yoy }}，主要原因是人数增加。",
        ),
        (
            "收入预算100万元，比2021年预算增加20万元，主要原因是人数增加。",
            "收入预算{{ income | amount }}，{{ income | change(base=\"预算\") }}，主要原因是人数增加。",
        ),
        (
            "收入预算100万元，较上年增加20万元，主要原因是人数增加。",
            "收入预算{{ income | amount }}，{{ income | change(compared=\"较上年\") }}，主要原因是人数增加。",
        ),
        // The year of a figure moves with it.
        (
            "2021年机构改革后，2021年收入预算为80万元。",
            "2021年机构改革后，{{ last_year }}年收入预算为{{ income.last | amount }}。",
        ),
        (
            "收入预算100万元，公务用车运行维护费3万元，与2021年持平。",
            "收入预算{{ income | amount }}，公务用车运行维护费{{ vehicle_running | amount }}，{{ vehicle_running | change }}。",
        ),
        // The form has no such words for a change: its numbers alone.
        (
            "收入预算100万元，比2021年多20万元，上升25.0%，主要原因是人数增加。",
            "收入预算{{ income | amount }}，比2021年多{{ income.change | amount }}，上升{{ income | rate(trim=false, percent=1) }}，主要原因是人数增加。",
        ),
        (
            "收入预算100万元，比2021年增长25.0%，主要原因是人数增加。",
            "收入预算{{ income | amount }}，比2021年增长{{ income | rate(trim=false, percent=1) }}，主要原因是人数增加。",
        ),
        (
            "基本支出70万元，占支出总计的70%。",
            "基本支出{{ basic | amount }}，占支出总计的{{ basic | share(expenditure) }}。",
        ),
        ("培训经费30万元。", "培训经费{{ projects.training | amount }}。"),
        ("因公出国（境）费0.00万元。", "因公出国（境）费{{ abroad | amount(trim=false) }}。"),
    ] {
        assert_eq!(say(typed), written, "{typed}");
        assert_eq!(say(written), written, "{written}");
    }
}

#[test]
fn what_is_not_proved_to_be_the_figure_stays() {
    for sentence in [
        "收入预算101万元。",
        "收入预算约100万元。",
        "单价100万元以上设备0台。",
        "主要原因是一次性安排30万元。",
        "《100万元项目管理办法》。",
        "收入预算一百万元。",
        "全区有100万元的专款。",
    ] {
        assert_eq!(say(sentence), sentence);
    }
}

#[test]
fn what_stays_is_listed_with_its_reason() {
    let spec = with("  goals: |\n    收入预算101万元，专款37万元，收入预算１００万元。");
    let spec = replace(&spec, "purpose: 培训。", "purpose: 培训，支出预算100万元。");
    let left = fixed(&spec).left;
    let why: Vec<_> = left.iter().map(|left| (left.words.as_str(), left.why)).collect();
    assert_eq!(
        why,
        [
            ("100万元", WhyLeft::NotInText),
            ("101万元", WhyLeft::Contradicts),
            ("37万元", WhyLeft::Unbound),
            ("１００万元", WhyLeft::PrintedOtherwise),
        ]
    );
}

#[test]
fn comments_quotes_and_folds_stay() {
    for (text, written) in [
        ("  goals: 2022年收入100万元。 # 批复", "  goals: 2022年收入{{ income | amount }}。 # 批复"),
        ("  goals: '收入100.00万元。'", "  goals: '收入{{ income | amount(trim=false) }}。'"),
        (
            "  goals: \"收入\\\n    1000000元。\\n二、办会。\"",
            "  goals: \"收入\\\n    {{ income | amount(unit='元') }}。\\n二、办会。\"",
        ),
        (
            "  goals: >-\n    收入预算\n    100万元。\n\n    支出预算100万元。",
            "  goals: >-\n    收入预算\n    {{ income | amount }}。\n\n    支出预算{{ expenditure | amount }}。",
        ),
        // A text that begins with braces is no text to YAML.
        ("  goals: 收入100万元。\r", "  goals: 收入{{ income | amount }}。\r"),
    ] {
        assert_eq!(fixed(&with(text)).text, with(written), "{text}");
    }
    let braces = replace(&with("  goals: 好。"), "organisation: 内设一科。", "organisation: 100万元为收入预算。");
    assert_eq!(fixed(&braces).text, braces);
}

#[test]
fn a_text_shared_by_an_alias_stays() {
    let assets = SMALL.lines().find(|line| line.starts_with("  assets:")).unwrap();
    let spec = replace(&with("  goals: &same 收入预算100万元。"), assets, "  assets: *same");
    assert!(fixed(&spec).written.is_empty(), "a shared text has no place of its own");
}

#[test]
fn a_year_without_changes_reads_the_same_a_year_later() {
    let spec = SMALL.replace("amount: 100, last: 80", "amount: 100, last: 100").replace("last: 25", "last: 20");
    let text = "  goals: |\n    收入预算100万元，与2021年持平。\n    2021年收入预算100万元。";
    let fixed = fixed(&replace(&spec, "  goals: 做好工作。", text)).text;
    assert!(
        fixed.contains("收入预算{{ income | amount }}，{{ income | change }}。")
            && fixed.contains("{{ income.last | amount }}"),
        "{fixed}"
    );
    let next = rollover(&fixed, 2023).unwrap().text;
    // The same figures again: every row has last year's amount behind the one to be filled in.
    let mut rows = Vec::new();
    for line in next.lines() {
        let last = line.split("last: ").nth(1).map(|rest| rest.split([' ', ',', '}']).next().unwrap_or_default());
        rows.push(line.replace("待填", last.unwrap_or("30")));
    }
    let goals = |spec: &str| -> Vec<String> {
        let told = words(&budget(spec));
        told.into_iter().filter(|line| line.contains("收入预算100万元")).collect()
    };
    let moved: Vec<String> = goals(&fixed).iter().map(|line| line.replace("2021", "2022")).collect();
    assert_eq!(goals(&(rows.join("\n") + "\n")), moved);
}

/// A sample with every text typed: what its templates, or those of the form, print.
fn typed(spec: &str) -> String {
    let budget = budget(spec);
    let prose = Prose::of(&budget);
    let mut texts: Vec<(&str, String)> = Vec::new();
    for passage in prose.passages.iter().filter(|passage| passage.kind == PassageKind::Narrative) {
        let Some(key) = passage.about.strip_prefix("text.") else { continue };
        match texts.last_mut().filter(|(known, _)| *known == key) {
            Some((_, text)) => text.push_str(&format!("\n    {}", passage.text)),
            None => texts.push((key, format!("    {}", passage.text))),
        }
    }
    let lines: Vec<&str> = spec.lines().collect();
    let start = lines.iter().position(|line| *line == "text:").expect("the sample has texts");
    let rest = lines[start + 1..].iter().position(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    let own: Vec<String> = texts.iter().map(|(key, text)| format!("  {key}: |\n{text}")).collect();
    let after = rest.map_or(&[][..], |rest| &lines[start + 1 + rest..]);
    [&lines[..=start].join("\n"), &own.join("\n"), &after.join("\n")].map(|part| part.as_str()).join("\n") + "\n"
}

#[test]
fn samples_with_typed_texts_print_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let (mut written, mut left) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let spec = typed(&std::fs::read_to_string(&path).unwrap());
        let before = budget(&spec);
        let fixed = fix(&spec, &before);
        assert_eq!(words(&budget(&fixed.text)), words(&before), "{}", path.display());
        assert_eq!(fix(&fixed.text, &budget(&fixed.text)).text, fixed.text, "{}: a second time", path.display());
        let figures: usize = fixed.written.iter().map(|written| written.figures).sum();
        eprintln!("{} {figures} {:?}", path.display(), fixed.left);
        (written, left) = (written + figures, left + fixed.left.len());
    }
    eprintln!("{written} of {}", written + left);
    assert!(written * 10 >= (written + left) * 8, "{written} of {} are references", written + left);
}
