//! The rules on the reference document: as published, and with one piece of it changed.
//!
//! Every rule is broken plainly and subtly, and missed narrowly. The findings are compared as a whole, so that a rule
//! that speaks up where it should not fails here as well.

mod support;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::check::Severity::{self, Error, Note, Warning};
use support::{SAMPLE, budget, line_of, replace, resolve};

/// A rule, how much its finding weighs, and a piece of the line it points at; no piece where it has no place.
type Expected = (&'static str, Severity, &'static str);

/// A change to the reference document and what is found besides the notes of [`AS_PUBLISHED`].
struct Mutation {
    name: &'static str,
    piece: &'static str,
    by: &'static str,
    found: &'static [Expected],
}

/// The first row of expenditure: sums over all of it point there.
const FIRST_ROW: &str = "item: 2012901, amount";

/// The published subtotal of 22102.
const STATED: &str = "subject: 22102, kind";

/// What the published figures are off by, each explained by rounding: 41 + 84 = 125 published as 124.
const AS_PUBLISHED: [Expected; 3] = [("A5", Note, STATED), ("A5", Note, FIRST_ROW), ("A5", Note, FIRST_ROW)];

/// Changes that leave the three notes as they are.
const MUTATIONS: &[Mutation] = &[
    // A4: 14 amounts of expenditure and one of income may be off by less than 7.5 together.
    Mutation {
        name: "income and expenditure far apart",
        piece: "amount: 1310, last: 1032",
        by: "amount: 1130, last: 1032",
        found: &[("A4", Error, "amount: 1130,")],
    },
    Mutation {
        name: "income one more than rounding explains",
        piece: "amount: 1310, last: 1032",
        by: "amount: 1318, last: 1032",
        found: &[("A4", Error, "amount: 1318,")],
    },
    Mutation {
        name: "carry-over on one side only",
        piece: "\nbasic:\n",
        by: "\ncarried_forward:\n  - { fund: general_public, amount: 10 }\nbasic:\n",
        found: &[("A4", Error, "amount: 1310,")],
    },
    Mutation {
        name: "near miss: income off by what rounding just explains",
        piece: "amount: 1310, last: 1032",
        by: "amount: 1317, last: 1032",
        found: &[("A4", Note, "amount: 1317,")],
    },
    Mutation {
        name: "near miss: carry-over on both sides",
        piece: "\nbasic:\n",
        by: "\nbrought_forward:\n  - { fund: general_public, amount: 10 }\ncarried_forward:\n  - { fund: general_public, amount: 10 }\nbasic:\n",
        found: &[],
    },
    Mutation {
        name: "near miss: another year's income",
        piece: "amount: 1310, last: 1032",
        by: "amount: 1310, last: 132",
        found: &[],
    },
    // A5: besides those of `stated_totals_are_allowed_what_rounding_explains`.
    Mutation {
        name: "a class that is not the sum of its only division",
        piece: "kind: basic, amount: 124 }",
        by: "kind: basic, amount: 124 }\n  - { subject: 221, kind: basic, amount: 126 }",
        found: &[("A5", Error, "subject: 221, kind")],
    },
    Mutation {
        name: "a division one more than rounding explains, and a class that hides it from the total",
        piece: "kind: basic, amount: 124 }",
        by: "kind: basic, amount: 124 }\n  - { subject: 20805, kind: basic, amount: 63 }\n  - { subject: 208, kind: basic, amount: 61 }",
        found: &[("A5", Error, "subject: 20805, kind"), ("A5", Error, "subject: 208, kind")],
    },
    Mutation {
        name: "near miss: a class stated as what its division says",
        piece: "kind: basic, amount: 124 }",
        by: "kind: basic, amount: 124 }\n  - { subject: 221, kind: basic, amount: 124 }",
        found: &[],
    },
    // A7
    Mutation {
        name: "more procurement than expenditure",
        piece: "category: services, amount: 352",
        by: "category: services, amount: 3520",
        found: &[("A7", Error, "category: goods")],
    },
    Mutation {
        name: "more reserved than procured, by one more than rounding explains",
        piece: "category: sme, amount: 355",
        by: "category: sme, amount: 357",
        found: &[("A7", Error, "category: sme")],
    },
    Mutation {
        name: "more for micro enterprises than for small ones, by one",
        piece: "category: micro, amount: 0",
        by: "category: micro, amount: 356",
        // Both are single amounts: rounding explains less than one.
        found: &[("A7", Error, "category: micro")],
    },
    Mutation {
        name: "micro and small exchanged",
        piece: "{ category: sme, amount: 355 }\n  - { category: micro, amount: 0 }",
        by: "{ category: sme, amount: 0 }\n  - { category: micro, amount: 355 }",
        found: &[("A7", Error, "category: micro")],
    },
    Mutation {
        name: "near miss: one above the sum of three rounded amounts",
        piece: "category: sme, amount: 355",
        by: "category: sme, amount: 356",
        found: &[("A7", Note, "category: sme")],
    },
    Mutation {
        name: "near miss: all of it for micro enterprises",
        piece: "category: micro, amount: 0",
        by: "category: micro, amount: 355",
        found: &[],
    },
    // A8
    Mutation {
        name: "the three public expenses above all expenditure",
        piece: "category: vehicle_running, amount: 4,",
        by: "category: vehicle_running, amount: 4000,",
        found: &[("A8", Error, "category: abroad")],
    },
    Mutation {
        name: "a public expense without last year's figure",
        piece: "category: reception, amount: 0.3, last: 0.5",
        by: "category: reception, amount: 0.3",
        found: &[("A8", Warning, "category: reception")],
    },
    Mutation {
        name: "a public expense left out because it is nothing",
        piece: "  - { category: vehicle_purchase, amount: 0, last: 0 }\n",
        by: "",
        found: &[("A8", Warning, "")],
    },
    Mutation {
        name: "near miss: nothing this year and nothing last year",
        piece: "category: reception, amount: 0.3, last: 0.5",
        by: "category: reception, amount: 0, last: 0",
        found: &[],
    },
    // B3: 7 amounts by subject and 3 by category may be off by less than 5 together.
    Mutation {
        name: "two digits exchanged in a category",
        piece: "category: personnel, amount: 609",
        by: "category: personnel, amount: 690",
        found: &[("B3", Error, FIRST_ROW)],
    },
    Mutation {
        name: "a category one more than rounding explains",
        piece: "category: personnel, amount: 609",
        by: "category: personnel, amount: 614",
        found: &[("B3", Error, FIRST_ROW)],
    },
    Mutation {
        name: "the right sum from the wrong fund",
        piece: "category: allowances, amount: 35",
        by: "category: allowances, fund: other_income, amount: 35",
        found: &[("B3", Error, FIRST_ROW), ("B3", Error, "category: allowances")],
    },
    Mutation {
        name: "near miss: a category off by what rounding just explains",
        piece: "category: personnel, amount: 609",
        by: "category: personnel, amount: 613",
        found: &[("B3", Note, FIRST_ROW)],
    },
    Mutation {
        name: "near miss: money moved between categories",
        piece: "{ category: personnel, amount: 609 }\n  - { category: operating, amount: 40,",
        by: "{ category: personnel, amount: 600 }\n  - { category: operating, amount: 49,",
        found: &[],
    },
    // C4
    Mutation {
        name: "a change without a reason",
        piece: "    reason: 根据预算编制要求，宣传经费（通用项目）单列，故原相关经费汇总后增加。\n",
        by: "",
        found: &[("C4", Error, "amount: 23")],
    },
    Mutation {
        name: "a reason of spaces",
        piece: "reason: 根据预算编制要求，宣传经费（通用项目）单列，故原相关经费汇总后增加。",
        by: "reason: \" \u{3000}\"",
        found: &[("C4", Error, "amount: 23")],
    },
    Mutation {
        name: "near miss: no reason where nothing changed",
        piece: "    last: 0\n    purpose: 委托第三方专业机构对我会各信息终端及相关系统进行服务。\n    reason: 根据预算编制要求，信息系统运行与维护（通用项目）单列后汇总数增加。\n",
        by: "    last: 4.0\n    purpose: 委托第三方专业机构对我会各信息终端及相关系统进行服务。\n",
        found: &[],
    },
    // C18
    Mutation {
        name: "near miss: half-width brackets in a name, which are worth a note",
        piece: "name: 深圳市龙岗区妇女联合会（本级）",
        by: "name: 深圳市龙岗区妇女联合会(本级)",
        found: &[("C18", Note, "  name: 深圳市龙岗区妇女联合会(本级)")],
    },
    Mutation {
        name: "near miss: the same, set right",
        piece: "department:\n  name: 深圳市龙岗区妇女联合会（本级）",
        by: "typography: normalize\ndepartment:\n  name: 深圳市龙岗区妇女联合会(本级)",
        found: &[],
    },
    // C14
    Mutation {
        name: "a text left out",
        piece: "  personnel_use: |\n    主要是在职人员工资福利支出。\n",
        by: "",
        found: &[("C14", Error, "")],
    },
    Mutation {
        name: "a text without words",
        piece: "    主要是在职人员工资福利支出。\n",
        by: "",
        found: &[("C14", Error, "personnel_use: |")],
    },
    Mutation {
        name: "residue in a text",
        piece: "主要是离退休人员经费。",
        by: "主要是××人员经费。",
        found: &[("C14", Error, "主要是××")],
    },
    Mutation {
        name: "residue in the second line of a text",
        piece: "新增单价50万元以上通用设备{{ counts.new_general_equipment }}台",
        by: "新增单价50万元以上通用设备XX台",
        found: &[("C14", Error, "通用设备XX台")],
    },
    Mutation {
        name: "residue in the second line of a task",
        piece: "2、执行法律顾问制度，确保",
        by: "2、ＸＸ执行法律顾问制度，确保",
        found: &[("C14", Error, "ＸＸ")],
    },
    Mutation {
        name: "both ways of a change left open",
        piece: "purpose: 更新购置一些",
        by: "purpose: 增加（减少）一些",
        found: &[("C14", Error, "purpose: 增加（减少）")],
    },
    Mutation {
        name: "residue in a target", piece: "\"≥4000本\"", by: "\"≥XX本\"", found: &[("C14", Error, "≥XX本")]
    },
    Mutation {
        name: "residue in the name of a task",
        piece: "name: 媒体宣传",
        by: "name: 待填",
        found: &[("C14", Error, "name: 待填")],
    },
    Mutation {
        name: "residue in a group of indicators",
        piece: "      其他满意度:",
        by: "      待填:",
        found: &[("C14", Error, "      待填:")],
    },
    Mutation {
        name: "residue in the department's name",
        piece: "name: 深圳市龙岗区妇女联合会（本级） ",
        by: "name: XX区妇女联合会（本级） ",
        found: &[("C14", Error, "name: XX区")],
    },
    Mutation {
        name: "near miss: one X and one cross",
        piece: "主要是离退休人员经费。",
        by: "主要是X光和1×2的经费，增加或减少待定。",
        found: &[],
    },
];

/// Findings by rule, weight and line.
fn findings(budget: &Budget) -> Vec<(String, Severity, Option<u32>)> {
    let of = |finding: budgetdoc_core::check::Finding| {
        (finding.rule.to_owned(), finding.severity, finding.place.map(|place| place.line))
    };
    let mut list: Vec<_> = budget.check().into_iter().map(of).collect();
    list.sort();
    list
}

/// What is expected of `text`, in the order of [`findings`].
#[track_caller]
fn expected(text: &str, list: impl IntoIterator<Item = Expected>) -> Vec<(String, Severity, Option<u32>)> {
    let line = |piece: &str| (!piece.is_empty()).then(|| line_of(text, piece));
    let mut list: Vec<_> =
        list.into_iter().map(|(rule, severity, piece)| (rule.to_owned(), severity, line(piece))).collect();
    list.sort();
    list
}

#[test]
fn the_reference_document_is_off_by_rounding_only() {
    assert_eq!(findings(&budget(SAMPLE)), expected(SAMPLE, AS_PUBLISHED));
}

#[test]
fn each_change_is_found_by_its_rule_at_its_line_and_by_no_other() {
    for Mutation { name, piece, by, found } in MUTATIONS {
        let text = replace(SAMPLE, piece, by);
        let resolved = resolve(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(findings(&resolved), expected(&text, AS_PUBLISHED.iter().chain(*found).copied()), "{name}");
        let plain = found.iter().all(|(_, severity, _)| *severity == Note);
        assert_eq!(plain, name.starts_with("near miss"), "{name}: a near miss raises notes at most");
    }
}

#[test]
fn every_rule_is_broken_twice_and_missed_once() {
    // A6 holds by construction for every spec; `a_figure_of_no_kind_breaks_the_sum_of_the_kinds` breaks it in code.
    // C18 is never more than a note.
    for rule in budgetdoc_core::check::rules().into_iter().filter(|rule| !matches!(rule.id, "A6" | "C18")) {
        let broken = |of: &&Mutation| of.found.iter().any(|(id, severity, _)| *id == rule.id && *severity > Note);
        assert!(MUTATIONS.iter().filter(broken).count() >= 2, "{} is broken too rarely", rule.id);
    }
}

#[test]
fn stated_totals_are_allowed_what_rounding_explains() {
    // Two terms and their total: less than 1.5. Four classes and the total: less than 2.5.
    for (stated, division, total) in [
        ("123", Some(Error), Some(Note)),
        ("124", Some(Note), Some(Note)),
        ("125", None, None),
        ("126", Some(Note), Some(Note)),
        ("127", Some(Error), Some(Note)),
        ("128", Some(Error), Some(Error)),
    ] {
        let text = replace(SAMPLE, "kind: basic, amount: 124", &format!("kind: basic, amount: {stated}"));
        let division = division.map(|severity| ("A5", severity, STATED));
        let totals = total.map(|severity| ("A5", severity, FIRST_ROW));
        let list = division.into_iter().chain(totals).chain(totals);
        assert_eq!(findings(&budget(&text)), expected(&text, list), "stated as {stated}");
    }
}

#[test]
fn an_item_that_does_not_fit_its_stated_total_is_found_where_it_matters() {
    let text = replace(SAMPLE, "item: 2210203, amount: 84", "item: 2210203, amount: 86");
    let list = [
        ("A4", Note, "amount: 1310,"),
        ("A5", Error, STATED),
        ("A5", Error, FIRST_ROW),
        ("A5", Error, FIRST_ROW),
        ("B3", Note, FIRST_ROW),
    ];
    assert_eq!(findings(&budget(&text)), expected(&text, list));
}

#[test]
fn a_figure_of_no_kind_breaks_the_sum_of_the_kinds() {
    let mut budget = budget(support::SMALL);
    let fact = budget.cube.facts.iter_mut().find(|fact| fact.item.is_some_and(|item| item.as_str() == "2012901"));
    fact.expect("the item is there").kind = None;
    let found = findings(&budget);
    let line = line_of(support::SMALL, "item: 2012901");
    assert!(found.contains(&("A6".to_owned(), Error, Some(line))), "{found:?}");
}

#[test]
fn exact_amounts_state_no_totals() {
    let text = replace(SAMPLE, "precision: rounded", "precision: exact");
    let error = resolve(&text).expect_err("a stated total among exact amounts");
    let lines: Vec<_> = error.problems.iter().map(|problem| problem.place.map(|place| place.line)).collect();
    assert_eq!(lines, [Some(line_of(&text, STATED))]);
    assert!(error.problems[0].message.zh.contains("不能另写"), "{error}");
}

#[test]
fn exact_amounts_allow_no_difference() {
    let exact = support::SMALL;
    for (piece, by, rule, line) in [
        ("amount: 100, last: 80", "amount: 100.000001, last: 80", "A4", "amount: 100.000001"),
        ("category: personnel, amount: 50", "category: personnel, amount: 49.99", "B3", "item: 2012901"),
    ] {
        let text = replace(exact, piece, by);
        let list = expected(&text, [(rule, Error, line)]);
        assert_eq!(findings(&budget(&text)), list, "{by}");
    }
    assert_eq!(findings(&budget(exact)), []);
}

#[test]
fn what_agrees_as_a_whole_must_agree_for_every_fund() {
    let text = replace(
        support::SMALL,
        "amount: 100, last: 80 }",
        "amount: 90, last: 80 }\n  - { fund: other_income, amount: 10, last: 0 }",
    );
    let list = expected(&text, [("A4", Error, "amount: 90,"), ("A4", Error, "fund: other_income")]);
    assert_eq!(findings(&budget(&text)), list);
    // The same money spent from the fund it comes from.
    let text = replace(&text, "{ item: 2210201, amount: 10 }", "{ fund: other_income, item: 2210201, amount: 10 }");
    let text = replace(
        &text,
        "{ category: personnel, amount: 50 }",
        "{ category: personnel, amount: 40 }\n  - { fund: other_income, category: personnel, amount: 10 }",
    );
    assert_eq!(findings(&budget(&text)), []);
}

#[test]
fn rounding_is_measured_by_the_last_digit_of_the_amounts() {
    let rounded = replace(support::SMALL, "precision: exact", "precision: rounded");
    // Four amounts, so less than two steps; the step is one in the first case and a hundredth in the others.
    for (income, severity) in [
        ("101", Some(Note)),
        ("102", Some(Error)),
        ("100.01", Some(Note)),
        ("100.02", Some(Error)),
        ("101.01", Some(Error)),
    ] {
        let text = replace(&rounded, "amount: 100, last: 80", &format!("amount: {income}, last: 80"));
        let piece = format!("amount: {income},");
        let list = severity.map(|severity| ("A4".to_owned(), severity, Some(line_of(&text, &piece))));
        assert_eq!(findings(&budget(&text)), Vec::from_iter(list), "{income}");
    }
    // In yuan the step is a yuan, whatever the tables print.
    let yuan = replace(&replace(&rounded, "unit: 万元", "unit: 元"), "amount: 100, last: 80", "amount: 110, last: 80");
    let list = expected(&yuan, [("A4", Error, "amount: 110")]);
    assert_eq!(findings(&budget(&yuan)), list);
}

#[test]
fn every_finding_says_what_to_do_in_both_languages() {
    for Mutation { name, piece, by, .. } in MUTATIONS {
        for finding in budget(&replace(SAMPLE, piece, by)).check() {
            let texts = [&finding.message.zh, &finding.message.en, &finding.help.zh, &finding.help.en];
            assert!(texts.iter().all(|text| !text.is_empty()), "{name}: {finding:?}");
            assert!(!finding.message.zh.is_ascii(), "{name}: {finding:?}");
            for figure in &finding.figures {
                assert!(!figure.terms.is_empty() || figure.amount.is_zero(), "{name}: {figure:?}");
            }
        }
    }
}
