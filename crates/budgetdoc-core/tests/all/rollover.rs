//! Next year's spec from this year's: what changes, and that nothing else does.

use budgetdoc_check::check;
use std::fmt::Write as _;

use crate::support::{SAMPLE, SMALL, SNAPSHOTS, budget, line_of, replace, show};
use budgetdoc_check::Severity;
use budgetdoc_core::money::Amount;
use budgetdoc_core::rollover::{Rollover, rollover};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::Date;
use budgetdoc_tests::chance::{Chance, for_any};

#[track_caller]
fn next(text: &str) -> Rollover {
    rollover(text, 2023).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The rows of a spec rolled over: `old` and `new` stand for the part of [`SMALL`] from `income:` to `counts:`.
#[track_caller]
fn rows_become(old: &str, new: &str) {
    let (head, rest) = SMALL.split_once("income:\n").expect("income");
    let (_, tail) = rest.split_once("counts:\n").expect("counts");
    let tail = tail.replace("    - { project: training, content: 培训。 }\n", "    []\n");
    let spec = |rows: &str| format!("{head}{rows}counts:\n{tail}");
    let moved = spec(new).replace("year: 2022", "year: 2023").replace("2022-02-18", "2023-02-18");
    assert_eq!(next(&spec(old)).text, moved);
}

#[test]
fn the_sample_rolled_over_is_as_it_was_looked_at() {
    SNAPSHOTS.assert_eq("longgang-womens-federation-2023.yaml", &next(SAMPLE).text);
}

#[test]
fn in_the_sample_only_figures_reasons_and_years_change() {
    let rolled = next(SAMPLE).text;
    // The one stated subtotal went with its line.
    let rolled = replace(&rolled, "\nstated: []\n", "\nstated:\n  - { subject: 22102, kind: basic, amount: 124 }\n");
    let (old, new): (Vec<_>, Vec<_>) = (SAMPLE.lines().collect(), rolled.lines().collect());
    assert_eq!(old.len(), new.len());
    let mut changed = [0; 4];
    for (old, new) in old.into_iter().zip(new).filter(|(old, new)| old != new) {
        let comment = |line: &str| line.split_once("  # ").map(|(_, comment)| comment.to_owned());
        assert_eq!(comment(old), comment(new));
        let key = |name: &str| old.trim_start().starts_with(name);
        let place = match old {
            _ if old.contains("amount: ") => {
                assert!(new.contains("amount: 待填"), "{new}");
                0
            }
            _ if key("last: ") => 1,
            _ if key("reason: ") => {
                assert_eq!(new, "    reason: \"\"");
                2
            }
            _ => {
                let back = new.replace("2023", "2022").replace("截至2022年", "截至2021年");
                assert_eq!(old, back);
                3
            }
        };
        changed[place] += 1;
    }
    assert_eq!(changed, [27, 7, 7, 4]);
}

/// The rule of a finding and what it is about.
fn found(text: &str) -> Vec<(&'static str, String)> {
    check(&budget(text)).into_iter().map(|finding| (finding.rule, finding.about)).collect()
}

#[test]
fn the_sample_rolled_over_lacks_nothing_but_its_amounts() {
    let rolled = next(SAMPLE).text;
    let lines: Vec<_> = rolled.lines().collect();
    let findings = check(&budget(&rolled));
    let (unfilled, others): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.rule == "C14");
    for finding in &unfilled {
        assert_eq!((finding.severity, finding.about.as_str()), (Severity::Error, "amounts"), "{finding:?}");
        let place = finding.place.expect("a place");
        let line = lines[place.line as usize - 1];
        assert!(line.chars().skip(place.column as usize - 1).collect::<String>().starts_with("待填"), "{line}");
    }
    assert_eq!(unfilled.len(), 27);
    assert_eq!(rolled.matches("amount: 待填").count(), 27);
    // What else is found was found in this year's spec.
    let before = found(SAMPLE);
    let new: Vec<_> = others
        .iter()
        .filter(|finding| !before.contains(&(finding.rule, finding.about.clone())))
        .map(|finding| (finding.rule, &finding.about, &finding.message.zh))
        .collect();
    assert_eq!(new, []);
}

#[test]
fn a_draft_shows_every_gap_and_no_sum_that_rests_on_one() {
    let document = budget(&next(SAMPLE).text).compose().expect("it composes");
    let printed = format!("{document:?}");
    assert!(printed.contains("部门预算收入【待填】万元，比2022年【待填】。"), "the sentence on income");
    for wrong in ["预算收入0万元", "持平。2023年部门预算支出", "减少1310万元"] {
        assert!(!printed.contains(wrong), "{wrong}");
    }
    // Filled in one by one, the sums that are complete are printed, and the others wait.
    let filled = next(SAMPLE).text.replace("general_public, amount: 待填", "general_public, amount: 1441");
    let printed = format!("{:?}", budget(&filled).compose().expect("it composes"));
    let sentence = "部门预算收入1441万元，比2022年增加131万元，增长10%。2023年部门预算支出【待填】万元";
    assert!(printed.contains(sentence), "the sentence on income");
}

#[test]
fn nothing_is_compared_with_an_unfilled_amount() {
    // Income without expenditure, a reserved part without the whole, a changed project without a reason.
    let mut spec = next(SAMPLE).text;
    for row in ["general_public", "category: sme", "category: personnel"] {
        spec = replace(&spec, &format!("{row}, amount: 待填"), &format!("{row}, amount: 9000"));
    }
    let others = |text: &str| {
        let mut others = found(text);
        others.retain(|(rule, _)| *rule != "C14");
        others
    };
    let before = others(&next(SAMPLE).text);
    assert_eq!(others(&spec), before);
    assert_eq!(found(&spec).len() - before.len(), 24);
    // Once the amount is known, its reason is asked for.
    let known = replace(&spec, "amount: 待填\n    last: 9\n", "amount: 10\n    last: 9\n");
    let reason = ("C4", "projects.legal.reason".to_owned());
    assert!(found(&known).contains(&reason) && !before.contains(&reason));
    // Last year's amount may be left open as well.
    let spec = replace(&known, "amount: 10\n    last: 9\n", "amount: 10\n    last: 待填\n    executed: 待填\n");
    let findings = check(&budget(&spec));
    let zh: Vec<_> = findings.iter().map(|finding| finding.message.zh.as_str()).collect();
    assert!(zh.contains(&"上年金额待填") && zh.contains(&"上年执行数待填"), "{zh:?}");
    assert_eq!(others(&spec), before);
}

#[test]
fn unfilled_amounts_cannot_be_suppressed() {
    let rolled = next(SMALL).text;
    let unfilled = |text: &str| found(text).iter().filter(|(rule, _)| *rule == "C14").count();
    let suppressed = rolled.clone() + "suppress: [{ rule: C14, at: amounts, reason: 以后再填。 }]\n";
    assert_eq!((unfilled(&rolled), unfilled(&suppressed)), (10, 10));
    assert!(found(&suppressed).iter().any(|(rule, _)| *rule == "S1"));
}

#[test]
fn rows_in_braces_and_in_lines_roll_over() {
    rows_become(
        "income:\n  - { fund: general_public, amount: 100 }   # 收入\n",
        "income:\n  - { fund: general_public, amount: 待填, last: 100 }   # 收入\n",
    );
    rows_become(
        "income:\n  - {last: 0.50, amount: 1.20, fund: general_public}\n",
        "income:\n  - {last: 1.20, amount: 待填, fund: general_public}\n",
    );
    rows_become(
        "income: [{ fund: general_public,\n  amount: 100, # 本年\n  last: 80 } # 上年\n  ]\n",
        "income: [{ fund: general_public,\n  amount: 待填, # 本年\n  last: 100 } # 上年\n  ]\n",
    );
    rows_become(
        "income:\n- amount: 100  # 本年\n  # 资金来源\n  fund: general_public\n- fund: other_income\n  amount:   5\n\n",
        "income:\n- amount: 待填  # 本年\n  last: 100\n  # 资金来源\n  fund: general_public\n- fund: other_income\n  amount:   待填\n  last: 5\n\n",
    );
    rows_become(
        "income:\n  -   \"fund\": general_public\n      'amount':\n        100\n      \"last\": \"80\"\n",
        "income:\n  -   \"fund\": general_public\n      'amount':\n        待填\n      \"last\": 100\n",
    );
}

#[test]
fn lists_of_other_forms_roll_over_as_well() {
    rows_become(
        "income:\n  - { fund: general_public, amount: 100, last: 80, executed: 79 }\n",
        "income:\n  - { fund: general_public, amount: 待填, last: 100, executed: 待填 }\n",
    );
    rows_become(
        "economic:\n  - code: 30101\n    amount: 50\n    executed: 1 # 上年\n",
        "economic:\n  - code: 30101\n    amount: 待填\n    last: 50\n    executed: 待填 # 上年\n",
    );
    // What was bought last year is another list; a total known from elsewhere was one year's.
    rows_become(
        "procurement_items:\n  - { category: goods, project: 某, economic: 30201, name: 纸, amount: 1 }\ncontrol:\n  - { table: balance, amount: 100 }\n",
        "procurement_items:\n  - { category: goods, project: 某, economic: 30201, name: 纸, amount: 待填 }\ncontrol: []\n",
    );
    rows_become("last_totals: { operating: 9, personnel: 8 } # 上年\n", "last_totals: {} # 上年\n");
    rows_become(
        "explanations:\n  - { subject: 2012901, purpose: 2022年运行。, reason: 人多。 }\n",
        "explanations:\n  - { subject: 2012901, purpose: 2023年运行。, reason: \"\" }\n",
    );
    // Whoever let a finding stand did not mean one year.
    let suppressed = "suppress:\n  - { rule: C8, at: text.goals, reason: 2022年已核对。 }\n";
    rows_become(suppressed, suppressed);
    rows_become(
        "internal:\n  - { from: self, to: self, fund: general_public, item: 2012901, kind: basic, amount: 1 }\n",
        "internal:\n  - { from: self, to: self, fund: general_public, item: 2012901, kind: basic, amount: 待填, last: 1 }\n",
    );
}

#[test]
fn reasons_are_emptied_however_they_are_written() {
    let project = "projects:\n  - id: training\n    name: 培训\n    item: 2012902\n    amount: 30\n    last: 20\n";
    let rolled = "projects:\n  - id: training\n    name: 培训\n    item: 2012902\n    amount: 待填\n    last: 30\n";
    for (old, new) in [
        ("    reason: 人多。 # 见文件\n", "    reason: \"\" # 见文件\n"),
        ("    reason: '人多。'\n", "    reason: \"\"\n"),
        ("    reason: |\n      2022年人多。\n\n    goal: 好。\n", "    reason: \"\"\n\n    goal: 好。\n"),
        ("    reason: >-  # 折行\n      人\n      多。\n\n    # 完\n", "    reason: \"\"\n\n    # 完\n"),
        ("    reason: 人\n      多。\n    goal: 好。\n", "    reason: \"\"\n    goal: 好。\n"),
        ("    reason: ''\n", "    reason: ''\n"),
    ] {
        rows_become(&format!("{project}{old}"), &format!("{rolled}{new}"));
    }
}

#[test]
fn stated_subtotals_go_and_the_comments_around_them_stay() {
    for (old, new) in [
        (
            "# 尾数\nstated:\n  - { subject: 221, kind: basic, amount: 10 }  # 九加二\n\n# 完\n",
            "# 尾数\nstated: []  # 九加二\n\n# 完\n",
        ),
        ("stated: [{ subject: 221, kind: basic, amount: 10 }] # 九加二\n", "stated: [] # 九加二\n"),
        ("stated: []\n", "stated: []\n"),
    ] {
        rows_become(old, new);
    }
}

#[test]
fn line_breaks_and_a_missing_last_one_are_kept() {
    let windows = SMALL.replace('\n', "\r\n");
    assert_eq!(next(&windows).text, next(SMALL).text.replace('\n', "\r\n"));
    let (head, rows) = SMALL.split_once("income:\n").expect("income");
    let (_, rest) = rows.split_once("expenditure:\n").expect("expenditure");
    let last = "income:\n  - fund: general_public\n    amount: 100";
    let turned = format!("{head}expenditure:\n{rest}{last}");
    assert!(next(&turned).text.ends_with("income:\n  - fund: general_public\n    amount: 待填\n    last: 100"));
    let marked = format!("\u{feff}{SMALL}");
    assert_eq!(next(&marked).text, format!("\u{feff}{}", next(SMALL).text));
}

#[test]
fn a_count_or_a_text_called_amount_is_none() {
    let spec = replace(SMALL, "  vehicles: 2\n", "  vehicles: 2\n  amount: 3\n  last: 4\n  reason: 5\n");
    assert!(next(&spec).text.contains("  vehicles: 2\n  amount: 3\n  last: 4\n  reason: 5\n"));
}

#[test]
fn the_date_moves_on_by_a_year() {
    for (old, new) in [
        ("date: 2022-02-18", "date: 2023-02-18"),
        ("date: '2022-12-31'  # 公开日", "date: '2023-12-31'  # 公开日"),
        ("date: 2021-12-30", "date: 2022-12-30"),
        ("date: 2024-02-29", "date: 2025-02-28"),
        ("approved: 2022-02-01", "approved: 2023-02-01"),
    ] {
        let rolled = next(&replace(SMALL, "date: 2022-02-18", old)).text;
        assert!(rolled.contains(&format!("\n{new}\n")), "{rolled}");
    }
}

#[test]
fn years_in_texts_move_where_they_are_plainly_the_budgets() {
    for (old, new, kept) in [
        // The fiscal year.
        ("2022年主要目标：", "2023年主要目标：", 0),
        ("完成2022年度工作，2022 年底前报告。", "完成2023年度工作，2023 年底前报告。", 0),
        ("自2022年1月1日起施行。", "自2022年1月1日起施行。", 1),
        // The year before: cut-off dates and comparisons.
        ("截至2021年10月，车辆情况如下。", "截至2022年10月，车辆情况如下。", 0),
        (
            "截止到2021年12月31日，车辆{{ counts.vehicles }}辆。",
            "截止到2022年12月31日，车辆{{ counts.vehicles }}辆。",
            0,
        ),
        (
            "收入比2021年预算增加{{ income.change | amount }}，增长{{ income | rate }}。",
            "收入比2022年预算增加{{ income.change | amount }}，增长{{ income | rate }}。",
            0,
        ),
        ("较2021年{{ income | change }}", "较2022年{{ income | change }}", 0),
        ("2021年预算数见表，2021年度决算待定。", "2022年预算数见表，2022年度决算待定。", 0),
        // What happened, and names that have a year.
        ("以及2021年机构改革。", "以及2021年机构改革。", 1),
        ("参与2021年会议，增加见闻。", "参与2021年会议，增加见闻。", 1),
        ("根据《2022年工作要点》（某府〔2022〕1号）。", "根据《2022年工作要点》（某府〔2022〕1号）。", 0),
        ("《<2022年>计划（2021-2025年）》", "《<2022年>计划（2021-2025年）》", 0),
        ("2021-2025年、2018—2022年、2022年至2024年。", "2021-2025年、2018—2022年、2022年至2024年。", 2),
        ("{{ \"2022年\" }}{% if year == 2022 %}是{% endif %}", "{{ \"2022年\" }}{% if year == 2022 %}是{% endif %}", 0),
        // However the digits are written.
        ("二〇二二年预算，二○二二年，２０２２年度。", "二〇二三年预算，二○二三年，２０２３年度。", 0),
        (
            "截至二〇二一年底。二〇二一年改革，二〇二一至二〇二二年。",
            "截至二〇二二年底。二〇二一年改革，二〇二一至二〇二二年。",
            2,
        ),
        // The day of something, and a limit.
        ("2022年1月15日经批准，2022 年 1 月 16 日印发。", "2022年1月15日经批准，2022 年 1 月 16 日印发。", 2),
        (
            "2022年12月31日前完成，2022年10月开工，截至2022年6月30日。",
            "2023年12月31日前完成，2023年10月开工，截至2023年6月30日。",
            0,
        ),
        // Other years, and figures that are none.
        ("2020年和2023年，12022年，3.2022年，2022元。", "2020年和2023年，12022年，3.2022年，2022元。", 0),
    ] {
        for written in [format!("  goals: |\n    一。\n    {old}\n"), format!("  goals: '{old}'\n")] {
            let spec = replace(SMALL, "  goals: 做好工作。\n", &written);
            let rolled = next(&spec);
            assert_eq!(rolled.text, replace(&next(SMALL).text, "  goals: 做好工作。\n", &written.replace(old, new)));
            assert_eq!(rolled.years_kept.len(), kept, "{old}");
        }
    }
}

#[test]
fn a_sentence_moves_as_a_whole_or_not_at_all() {
    for stays in [
        // What is counted, compared or denied in words is known of one year.
        "2022年收入预算{{ income | amount }}，比2021年增加20万元。",
        "截至2021年12月31日，有车1辆。",
        "2022年没有安排因公出国（境）。",
        "2022年未安排公务用车购置费，保留车辆{{ counts.vehicles }}辆。",
        "{{ year }}年三公经费与2021年持平。",
        "2022年安排三百万元。",
        "2022年开展培训１０场，完成率100%。",
        "（1）2022年培训12人次；2022年另行安排。",
        // One year of it stays.
        "2022年继续2021年的机构改革。",
    ] {
        for written in [format!("  goals: |\n    2022年目标\n    {stays}\n"), format!("  goals: '{stays}'\n")] {
            let rolled = next(&replace(SMALL, "  goals: 做好工作。\n", &written));
            assert!(rolled.text.contains(stays), "{stays}: {}", rolled.text);
            assert_eq!(rolled.text.contains("2023年目标"), written.contains("2022年目标"));
            assert!(rolled.statements_kept.len() + rolled.years_kept.len() > 0, "{stays}");
        }
    }
    for (old, new) in [
        ("1. 2022年12月31日前完成；（二）2022年第3季度办会。", "1. 2023年12月31日前完成；（二）2023年第3季度办会。"),
        ("2022年单价100万元以上设备{{ counts.vehicles }}台。", "2023年单价100万元以上设备{{ counts.vehicles }}台。"),
        ("2022年面向未来建设无障碍设施。", "2023年面向未来建设无障碍设施。"),
        ("2022年落实《关于100万元以下采购的通知》，推广5G。", "2023年落实《关于100万元以下采购的通知》，推广5G。"),
    ] {
        let rolled = next(&replace(SMALL, "  goals: 做好工作。\n", &format!("  goals: {old}\n")));
        assert!(rolled.text.contains(new) && rolled.statements_kept.is_empty(), "{old}: {}", rolled.text);
    }
}

#[test]
fn statements_left_whole_are_told_with_their_place() {
    let goals = "  goals: |\n    2022年办会。2022年没有购车，2022年培训10场。\n    2022年接待2批。\n";
    let rolled = next(&replace(SMALL, "  goals: 做好工作。\n", goals));
    let line = line_of(&rolled.text, "goals") + 1;
    let told: Vec<_> = rolled.statements_kept.iter().map(|place| (place.line, place.column)).collect();
    assert_eq!(told, [(line, 13), (line + 1, 5)]);
    assert!(rolled.text.contains("2023年办会。2022年没有购车") && rolled.years_kept.is_empty(), "{}", rolled.text);
}

#[test]
fn years_left_alone_are_told_with_their_place() {
    let spec = replace(SMALL, "  goals: 做好工作。\n", "  goals: 截至2021年。自2021年改革。自2022年起。\n");
    let rolled = next(&spec);
    let line = line_of(&rolled.text, "goals");
    let told: Vec<_> = rolled.years_kept.iter().map(|kept| (kept.year, kept.place.line, kept.place.column)).collect();
    assert_eq!(told, [(2021, line, 19), (2022, line, 28)]);
    // In the sample: a reform, and twice the files of two years.
    let rolled = next(SAMPLE);
    let lines: Vec<_> = rolled.text.lines().collect();
    let around = |line: u32| lines[line as usize - 1];
    let kept: Vec<_> = rolled.years_kept.iter().map(|kept| (kept.year, around(kept.place.line))).collect();
    assert_eq!(kept.len(), 3);
    assert!(kept[0].1.contains("以及2021年事业单位机构改革") && kept[1].1.contains("2020-2021年纸质"), "{kept:?}");
}

#[test]
fn texts_with_last_years_reasons_are_told_with_their_place() {
    let texts = "  goals: 做好工作。\n  overall_reason: 人员增加。\n  visits: 主要是压减。\n  meeting: 原因是会议减少。\n  basic_reason: \"\"\n";
    let rolled = next(&replace(SMALL, "  goals: 做好工作。\n", texts));
    let told: Vec<_> = rolled.reasons_kept.iter().map(|place| (place.line, place.column)).collect();
    let line = |key: &str| (line_of(&rolled.text, key), 3);
    // What the money is for is no reason: 主要是 in `personnel_use`.
    assert!(rolled.text.contains("personnel_use: 主要是"), "{}", rolled.text);
    assert_eq!(told[..3], [line("overall_reason"), line("visits"), line("meeting")]);
    assert!(!told.contains(&line("personnel_use")) && !told.contains(&line("basic_reason")), "{told:?}");
}

#[test]
fn what_cannot_be_rolled_over_is_told_with_its_place() {
    let mut out = String::new();
    for (name, piece, by, year) in [
        ("this year again", "year: 2022", "year: 2022", 2022),
        ("a year gone by", "year: 2022", "year: 2022", 2021),
        ("a year left out", "year: 2022", "year: 2022", 2024),
        ("a spec that cannot be read", "    amount: 30", "    ammount: 30", 2023),
        ("YAML that cannot be read", "    amount: 30", "\tamount: 30", 2023),
        ("an amount that is unfilled", "    amount: 30", "    amount: 待填", 2023),
        ("an amount with a name", "    amount: 30", "    amount: &thirty 30", 2023),
        ("a reason from elsewhere", "    name: 培训经费", "    name: &name 培训经费\n    reason: *name", 2023),
        ("an amount below a question mark", "    amount: 30\n", "    ? amount\n    : 30\n", 2023),
    ] {
        let mut spec = replace(SMALL, piece, by);
        if name.starts_with("a reason") {
            spec = replace(&spec, "    reason: 人数增加。\n", "");
        }
        if name.ends_with("question mark") {
            spec = replace(&spec, "    last: 20\n", "");
        }
        let error = rollover(&spec, year).expect_err(name);
        let _ = writeln!(out, "## {name}");
        show(&mut out, &error);
        out.push('\n');
    }
    let twice = rollover(&next(SAMPLE).text, 2024).expect_err("no amount is filled in");
    assert_eq!(twice.problems.len(), 27);
    SNAPSHOTS.assert_eq("rollover.txt", &out);
}

/// What a spec should become, as data.
fn expected(mut spec: Spec) -> Spec {
    fn roll(amount: &mut Located<Amount>, last: &mut Option<Located<Amount>>) {
        *last = Some(std::mem::replace(amount, Amount::Unfilled.into()));
    }
    fn open(executed: &mut Option<Located<Amount>>) {
        if let Some(executed) = executed {
            *executed = Amount::Unfilled.into();
        }
    }
    spec.year.value += 1;
    for day in spec.date.iter_mut().chain(spec.approved.iter_mut().map(|day| &mut day.value)) {
        day.0 = Date { year: day.0.year + 1, ..day.0 };
    }
    spec.stated.clear();
    spec.control.clear();
    spec.last_totals.0.clear();
    for row in spec.income.iter_mut().chain(&mut spec.brought_forward).chain(&mut spec.carried_forward) {
        roll(&mut row.amount, &mut row.last);
    }
    spec.internal.iter_mut().for_each(|row| roll(&mut row.amount, &mut row.last));
    spec.expenditure.iter_mut().for_each(|row| roll(&mut row.amount, &mut row.last));
    spec.economic.iter_mut().for_each(|row| roll(&mut row.amount, &mut row.last));
    let categories = spec.basic.iter_mut().chain(&mut spec.three_public).chain(&mut spec.meetings);
    let categories = categories.chain(&mut spec.procurement).chain(&mut spec.reserved);
    categories.for_each(|row| roll(&mut row.amount, &mut row.last));
    let funds = spec.income.iter_mut().chain(&mut spec.brought_forward).chain(&mut spec.carried_forward);
    funds.for_each(|row| open(&mut row.executed));
    spec.expenditure.iter_mut().for_each(|row| open(&mut row.executed));
    spec.economic.iter_mut().for_each(|row| open(&mut row.executed));
    spec.procurement_items.iter_mut().for_each(|row| row.amount = Amount::Unfilled.into());
    for (key, value) in spec.schedules.0.iter_mut().flat_map(|(_, rows)| rows).flat_map(|row| &mut row.0) {
        if key.value == "amount" {
            value.value.0 = Amount::UNFILLED.to_owned();
        }
    }
    spec.explanations.iter_mut().for_each(|row| row.reason.value.clear());
    for project in &mut spec.projects {
        roll(&mut project.amount, &mut project.last);
        open(&mut project.executed);
        project.reason.value.clear();
    }
    spec
}

#[test]
fn the_figures_of_every_published_spec_become_last_years() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let files = std::fs::read_dir(folder).expect("the specs").map(|file| file.expect("a file").path());
    let texts: Vec<_> = files.map(|file| std::fs::read_to_string(file).expect("a spec")).collect();
    assert!(texts.len() >= 3);
    for text in texts {
        let spec = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"));
        let rolled = rollover(&text, spec.year.value + 1).unwrap_or_else(|error| panic!("{error}")).text;
        let mut read = Spec::from_yaml(&rolled).unwrap_or_else(|error| panic!("{error}\n{rolled}"));
        let mut wanted = expected(spec);
        // Years in texts have tests of their own.
        (read.text, read.performance) = Default::default();
        (wanted.text, wanted.performance) = Default::default();
        assert_eq!(read, wanted);
        let comments = |text: &str| {
            let lines = text.lines().filter(|line| line.trim_start().starts_with('#'));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(comments(&rolled), comments(&text));
    }
}

/// A spec nobody would write: keys in any order, in lines and in braces, with comments wherever there may be any.
fn random(chance: &mut Chance) -> String {
    let mut out = String::from("budgetdoc: 1\nprofile: shenzhen/2022\n");
    let comments = ["", "", "", " # 注：amount: 1", "   # 2022年", " #"];
    let amounts = ["0", "1310", "0.30", "'12.5'", "\"7\"", "999999.99"];
    for key in ["year: 2022", "date: 2022-03-01", "precision: rounded"] {
        out += &format!("{key}{}\n", chance.pick(&comments));
    }
    out += "department: { name: 某局, units: [{ id: self, name: 某局本级 }] }\n";
    for list in ["income", "carried_forward", "expenditure", "basic", "projects", "three_public", "procurement"] {
        let identity = |chance: &mut Chance, index: u64| match list {
            "income" | "carried_forward" => vec![format!("fund: {}", chance.pick(&["general_public", "other_income"]))],
            "expenditure" => vec![format!("item: 20129{index:02}")],
            "projects" => vec![
                format!("id: p{index}"),
                "name: 项目".to_owned(),
                "item: 2012902".to_owned(),
                format!("reason: {}", chance.pick(&["无", "\"2022年，增加\"", "''", "'amount: 3'"])),
            ],
            _ => vec![format!("category: c{index}")],
        };
        out += &format!("{list}:{}\n", chance.pick(&comments));
        let dash = chance.pick(&["- ", "  - ", "  -   "]);
        for index in 0..chance.below(4) + 1 {
            let amount = chance.pick(&amounts);
            let mut keys = identity(chance, index);
            keys.insert(chance.below(keys.len() as u64 + 1) as usize, format!("amount: {amount}"));
            if chance.of(2) {
                keys.insert(chance.below(keys.len() as u64 + 1) as usize, format!("last: {}", chance.below(100)));
            }
            if chance.of(2) {
                let between = chance.pick(&[", ", ",", " , ", ",\n        ", ", # 逗号, last: 1\n        "]);
                out += &format!("{dash}{{ {} }}{}\n", keys.join(between), chance.pick(&comments));
                continue;
            }
            for (index, key) in keys.iter().enumerate() {
                let indent = if index == 0 { dash.to_owned() } else { " ".repeat(dash.len()) };
                if index > 0 && chance.of(4) {
                    out += &format!("{indent}# 单独一行 amount: 5\n");
                }
                out += &format!("{indent}{key}{}\n", chance.pick(&comments));
            }
        }
        out += chance.pick(&["", "\n", "# 空行\n\n"]);
    }
    out += "text:\n  goals: |\n    目标。 # 不是注\n";
    if chance.of(3) { out.replace('\n', "\r\n") } else { out }
}

#[test]
fn random_specs_become_what_is_expected_and_keep_their_comments() {
    for_any(200, |chance| {
        let text = random(chance);
        let spec = Spec::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let rolled = rollover(&text, 2023).unwrap_or_else(|error| panic!("{error}\n{text}")).text;
        let read = Spec::from_yaml(&rolled).unwrap_or_else(|error| panic!("{error}\n{rolled}"));
        assert_eq!(read, expected(spec), "{text}\n\n{rolled}");
        let comments = |text: &str| {
            text.split('\n')
                .filter_map(|line| line.split_once('#'))
                .map(|(_, rest)| rest.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(comments(&rolled), comments(&text));
        assert_eq!(rolled.contains('\r'), text.contains('\r'));
        // What is left without the rows' figures and reasons is the same text.
        assert_eq!(bare(&rolled), bare(&text), "{text}\n\n{rolled}");
    });
}

/// A random spec without the keys that change.
fn bare(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let (code, comment) = line.split_once(" #").unwrap_or((line, ""));
        let kept = code.split([',', '{', '}']).map(|piece| piece.trim_matches([' ', '-'])).filter(|piece| {
            !["amount:", "last:", "reason:", "year:", "date:"].iter().any(|key| piece.starts_with(key))
        });
        out += &kept.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("\n");
        out += comment;
    }
    out.replace('\n', "")
}
