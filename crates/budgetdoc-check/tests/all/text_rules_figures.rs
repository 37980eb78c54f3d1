//! The rules on figures, years, counts and residue in prose: sentences and what is found in them.
//!
//! Each sentence replaces a piece of a spec. What is found besides what the spec has anyway must be exactly what stands
//! behind it, at the sentence's line.

use crate::support::{SAMPLE, budget, line_of, replace};
use budgetdoc_check::Severity::{self, Note, Warning};

const FUNDS: &str = include_str!("../../../../specs/made-up-funds-2025.yaml");
const TOWNSHIP: &str = include_str!("../../../../specs/made-up-township-2025.yaml");
const PUTUO: &str = include_str!("../../../../specs/putuo-finance-bureau-2025.yaml");
const INSTITUTION: &str = include_str!("../../../../specs/made-up-institution-2022.yaml");
const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");
const JIANGSU: &str = include_str!("../../../../specs/jiangsu-congress-office-2019.yaml");

/// A sentence and the rules it breaks.
type Case<'a> = (&'a str, &'a [(&'a str, Severity)]);

/// What is found in a spec: rule, weight, line and words.
fn found(text: &str) -> Vec<(&'static str, Severity, Option<u32>, String)> {
    let findings = budgetdoc_check::check(&budget(text)).into_iter();
    findings
        .map(|finding| (finding.rule, finding.severity, finding.place.map(|place| place.line), finding.message.zh))
        .collect()
}

/// Puts each sentence into `base` where `piece` stands, `{}` standing for it, and compares what is found.
#[track_caller]
fn check(base: &str, piece: &str, by: &str, cases: &[Case]) {
    let line = line_of(base, piece);
    let before: Vec<_> = found(base).into_iter().map(|(rule, _, _, words)| (rule, words)).collect();
    let mut wrong = Vec::new();
    for (sentence, expected) in cases {
        let text = replace(base, piece, &by.replace("{}", sentence));
        let mut anew = found(&text);
        let mut old = before.clone();
        anew.retain(|(rule, _, _, words)| {
            let known = old.iter().position(|(known, said)| known == rule && said == words);
            known.map(|at| old.remove(at)).is_none()
        });
        let near = |place: &Option<u32>| place.is_some_and(|place| place == line);
        let rules: Vec<_> = anew.iter().map(|(rule, severity, ..)| (*rule, *severity)).collect();
        if rules != *expected || !anew.iter().all(|(_, _, place, _)| near(place)) {
            wrong.push(format!("{sentence}\n    expected {expected:?} at {line}\n    found {anew:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Sentences in a text of the reference document, each a paragraph of its own.
#[track_caller]
fn prose(cases: &[Case]) {
    const PIECE: &str = "    主要是在职人员工资福利支出。\n";
    let line = line_of(SAMPLE, PIECE);
    let lines: String = cases.iter().map(|(sentence, _)| format!("    主要是工资福利支出{sentence}\n")).collect();
    // Spaces and half-width marks are told once a text.
    let mut all = found(&replace(SAMPLE, PIECE, &lines));
    all.retain(|(rule, ..)| *rule != "C18");
    let last = line + u32::try_from(cases.len()).expect("few cases");
    let elsewhere = all.iter().filter(|(_, _, place, _)| !place.is_some_and(|place| (line..last).contains(&place)));
    let mut wrong: Vec<String> = elsewhere.map(|finding| format!("elsewhere: {finding:?}")).collect();
    for ((sentence, expected), line) in cases.iter().zip(line..) {
        let here: Vec<_> = all.iter().filter(|(_, _, place, _)| *place == Some(line)).collect();
        let rules: Vec<_> = here.iter().map(|(rule, severity, ..)| (*rule, *severity)).collect();
        if rules != *expected {
            wrong.push(format!("{sentence}\n    expected {expected:?}\n    found {here:#?}"));
        }
    }
    assert!(wrong.is_empty(), "of {} cases:\n{}", cases.len(), wrong.join("\n"));
}

#[test]
fn typed_amounts_are_read_in_every_form() {
    prose(&[
        ("，部门预算总收入1310万元。", &[("C1", Warning)]),
        ("，部门预算总收入1301万元。", &[("C1", Note)]),
        ("，部门预算总收入１３０１万元。", &[("C1", Note)]),
        ("，部门预算总收入１３１０万元。", &[("C1", Warning)]),
        ("，部门预算总收入1301 万元。", &[("C1", Note)]),
        ("，部门预算总收入1，310万元。", &[("C1", Warning)]),
        ("，部门预算总收入13.1百万元。", &[("C1", Warning)]),
        ("，部门预算总收入13.01百万元。", &[("C11", Warning)]),
        ("，部门预算总收入1301万。", &[("C1", Note)]),
        ("，部门预算总收入¥13,010,000。", &[("C11", Warning)]),
        ("，部门预算总收入一千三百一十万元。", &[("C1", Warning)]),
        ("，部门预算总收入壹仟叁佰零壹万元。", &[("C1", Note)]),
        ("，部门预算总收入0.131亿元。", &[("C1", Warning)]),
        ("，部门预算总收入7922816251426433759354395033亿元。", &[("C11", Warning)]),
        // What subjects and projects had is no figure of a template, but is there.
        ("。其中行政运行487万元。", &[("C1", Note)]),
        ("。2021年妇女儿童事务202万元。", &[("C1", Warning)]),
        // A project's name right before another amount.
        ("，其中宣传经费32万元。", &[("C1", Warning)]),
        // Rates and limits.
        ("，最低工资3000元。", &[]),
        ("，日租金3000元。", &[]),
        ("，投资额12.5万人次。", &[]),
        ("，落实十余万元、几十万元的采购。", &[]),
        ("，推进社会化、一元化管理。", &[]),
    ]);
    check(
        SAMPLE,
        "        制作信息、音频、视频，",
        "        {}制作信息、音频、视频，",
        &[
            ("宣传经费32万元，", &[("C1", Warning)]),
            ("带动投资3200万元，", &[]),
            ("宣传经费23万元，", &[("C1", Warning)]),
        ],
    );
    check(
        SAMPLE,
        "target: \"≤60日\"",
        "target: \"{}\"",
        &[("≤1390.69万元", &[("C1", Warning)]), ("≥20000万元", &[]), ("≤20万元", &[])],
    );
    check(
        PUTUO,
        "    委托中介机构开展绩效评价、",
        "    {}委托中介机构开展绩效评价、",
        &[("办公费17万元。", &[("C1", Note)]), ("收入3,121.42万元。", &[("C1", Warning)])],
    );
}

#[test]
fn messages_name_what_was_found() {
    let says = |sentence: &str| {
        let text = replace(SAMPLE, "    主要是在职人员工资福利支出。", &format!("    主要是工资{sentence}"));
        found(&text).into_iter().map(|(.., words)| words).collect::<Vec<_>>().join("；")
    };
    assert!(says("，行政运行487万元。").contains("2012901 行政运行 相同"), "{}", says("，行政运行487万元。"));
    assert!(says("，宣传经费32万元。").contains("该项目的预算为 23万元"), "{}", says("，宣传经费32万元。"));
    assert!(says("，支出626万元，占91.52%。").contains("47.79%"), "{}", says("，支出626万元，占91.52%。"));
}

#[test]
fn changes_are_read_in_every_form() {
    const IN: &str = "，2022年收入{{ income | amount }}";
    let cases: &[Case] = &[
        ("，比2021年增加278万元，增幅72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增加278万元，增幅为72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增长278万元，增长率为72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，较上年增加了278万元，增长了72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年下降278万元，降幅72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增加278万元（72%）。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增长72%，增加278万元。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年预算数1032万元增加278万元，增长72%。", &[("C1", Warning), ("C1", Warning), ("C2", Warning)]),
        ("，比2021年多278万元，增长72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，其中财政拨款{{ income | amount }}，比2021年增加278万元，增长72%。", &[("C1", Warning), ("C2", Warning)]),
        ("；比2021年增加278万元，增长72%。", &[("C1", Warning), ("C2", Warning)]),
        ("。比2021年增加278万元，增长72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增长72%。", &[("C2", Warning)]),
        ("，同比增长72%。", &[("C2", Warning)]),
        ("，较上年的1023万元增加278万元，增长27%。", &[("C1", Note), ("C1", Warning), ("C2", Warning)]),
        ("，比2021年增加278万元，增长26.94％。", &[("C1", Warning)]),
        ("，比2021年增加278万元，增长27%。", &[("C1", Warning)]),
        ("，比2021年增加278万元（26.94%）。", &[("C1", Warning)]),
        ("，比2021年增长26.94%，增加278万元。", &[("C1", Warning)]),
        ("，比2021年预算数1032万元增加278万元，增长26.94%。", &[("C1", Warning), ("C1", Warning)]),
        ("。比2021年增加278万元，增长26.94%。", &[("C1", Warning)]),
        ("，其中财政拨款500万元，比2021年增加278万元，增长26.94%。", &[("C1", Note), ("C1", Warning)]),
        ("，比2021年增长26.94%。", &[]),
        ("，比2021年减少278万元，减少72%。", &[("C1", Warning), ("C2", Warning)]),
        ("，比2021年增加1310万元，增幅100%。", &[("C1", Warning), ("C3", Warning)]),
    ];
    let whole: Vec<(String, &[(&str, Severity)])> =
        cases.iter().map(|(text, rules)| (format!("{IN}{text}"), *rules)).collect();
    let whole: Vec<Case> = whole.iter().map(|(text, rules)| (text.as_str(), *rules)).collect();
    prose(&whole);
    prose(&[
        ("，2022年部门收入比2021年增长72%。", &[("C2", Note)]),
        ("，2022年部门收入比2021年增长26.9%。", &[]),
        ("，群众参与率比上年提高5%。", &[]),
        ("，办结率达到100%。", &[]),
    ]);
}

#[test]
fn shares_are_of_the_whole_unless_they_say_of_what() {
    prose(&[
        ("。支出{{ project | amount }}，占91.52%。", &[("C5", Warning)]),
        ("。支出{{ project | amount }}，占支出总额的91.52%。", &[("C5", Warning)]),
        ("。支出{{ project | amount }}，占基本支出的91.52%。", &[]),
        ("。支出{{ project | amount }}，占47.79%。", &[]),
        ("。支出{{ expenditure | amount }}，其中基本支出{{ basic | amount }}，比重62.21%。", &[("C5", Warning)]),
        ("。支出{{ expenditure | amount }}，其中基本支出{{ basic | amount }}（占62.21%）。", &[("C5", Warning)]),
        ("。支出{{ expenditure | amount }}，其中基本支出{{ basic | amount }}（占52.21%）。", &[]),
        (
            "。支出{{ expenditure | amount }}，项目支出{{ project | amount }}，其中宣传{{ projects[1] | amount }}，占3.67%。",
            &[],
        ),
        ("。安排{{ projects[1] | amount }}，其中党员占40%。", &[]),
    ]);
}

#[test]
fn years_that_state_last_years_budget_are_found() {
    prose(&[
        ("，2021年预算数4万元。", &[("C1", Warning), ("C9", Warning)]),
        ("。纳入本部门2021年部门汇总预算。", &[("C9", Warning)]),
        ("。2021年部门预算编制范围为本级。", &[("C9", Warning)]),
        ("，2021年主要工作目标如下。", &[("C9", Warning)]),
        ("，2021年计划新增车辆。", &[("C9", Warning)]),
        ("。预算年度为2021年。", &[("C9", Warning)]),
        ("，比2022年增加。", &[("C9", Warning)]),
        ("。期限为2021年1月1日至2021年12月31日。", &[("C9", Warning)]),
        ("。２０２１年预算数为零。", &[("C9", Warning)]),
        ("。二〇二一年预算数为零。", &[("C9", Warning)]),
        ("。21年预算数为零。", &[("C9", Warning)]),
        ("。2021 年预算数为零。", &[("C9", Warning)]),
        ("。本年度（2021年）预算为零。", &[("C9", Warning)]),
        ("。2021年安排预算两项。", &[("C9", Warning)]),
        ("，比2021减少。", &[("C9", Note)]),
        ("，比2020减少。", &[("C9", Note)]),
        ("，二〇一九年开始。", &[("C9", Note)]),
        ("。2019年至2021年开展。", &[]),
        ("。2019年—2021年开展。", &[]),
        ("。2020年1月1日至2022年12月31日开展。", &[]),
        ("，截止2020年10月，在职人员八人。", &[]),
        ("，比2021年预算数低。", &[]),
        ("，与2021年相比减少。", &[]),
        ("，2021年12月31日前已完成。", &[]),
        ("，工龄满21年。", &[]),
        ("，2022年比2021年预算数为低。", &[]),
        ("。三公经费2022年预算数为零，2021年预算数为零。", &[]),
    ]);
    check(
        JIANGSU,
        "纳入本部门{{ year }}年部门汇总预算编制范围",
        "纳入本部门{}年部门汇总预算编制范围",
        &[("2018", &[("C9", Warning)]), ("2019", &[])],
    );
    check(
        PUTUO,
        "    {{ year }}年1月1日至{{ year }}年12月31日。",
        "    {}",
        &[("2024年1月1日至2024年12月31日。", &[("C9", Warning)]), ("2025年1月1日至2025年12月31日。", &[])],
    );
    check(SAMPLE, "    name: 妇女儿童事务\n", "    name: {}\n", &[("2021年妇女儿童事务", &[("C9", Note)])]);
    check(SAMPLE, "  supervisor: 深圳市龙岗区妇女联合会", "  supervisor: {}", &[("2021年妇女联合会", &[("C9", Note)])]);
    check(
        MINISTRY,
        "meaning: 用于教育和培训的支出。",
        "meaning: {}",
        &[("2021年用于教育和培训的支出。", &[("C9", Note)]), ("《教育法》（2021年修正）规定的支出。", &[("C9", Note)])],
    );
}

#[test]
fn counts_are_compared_at_the_line_that_is_typed() {
    check(
        SAMPLE,
        "共有车辆{{ counts.vehicles }}辆；",
        "{}；",
        &[
            ("共有车辆3辆", &[("C6", Warning)]),
            ("共有公务用车3辆", &[("C6", Warning)]),
            ("公务用车3辆", &[("C6", Warning)]),
            ("公务用车三辆", &[("C6", Warning)]),
            ("共有车辆2辆，其中一般公务用车1辆，特种车辆1辆", &[]),
            ("上年新购置车辆1辆", &[]),
        ],
    );
    check(
        TOWNSHIP,
        "本部门共有车辆{{ counts.vehicles }}辆",
        "{}",
        &[
            ("镇政府实有车辆10辆，农业农村发展中心实有车辆3辆，文化服务中心实有车辆1辆", &[]),
            ("镇政府实有车辆10辆，农业农村发展中心实有车辆3辆，文化服务中心实有车辆2辆", &[("C6", Warning)]),
        ],
    );
    check(
        PUTUO,
        "本部门共有车辆{{ counts.vehicles }}辆",
        "{}",
        &[("本部门2023年末共有车辆1辆，2024年末共有车辆0辆", &[("C9", Note)])],
    );
    check(
        TOWNSHIP,
        "的预算单位有{{ units | length }}个",
        "的预算单位{}",
        &[
            ("有4个", &[("C6", Warning)]),
            ("有四个", &[("C6", Warning)]),
            ("共4家", &[("C6", Warning)]),
            ("有3个", &[]),
            ("有三家", &[]),
            ("有3个，其中行政单位1家，事业单位2家", &[]),
            ("有3个，其中行政单位1家，事业单位3家", &[("C6", Warning)]),
        ],
    );
    check(
        PUTUO,
        "行政单位1家，事业单位0家",
        "{}",
        &[("行政单位2家，事业单位3家", &[("C6", Warning)]), ("行政单位1家，事业单位0个", &[])],
    );
    prose(&[
        ("。2022年部门预算共有项目8个。", &[("C6", Warning)]),
        ("。2022年共安排8个项目。", &[("C6", Warning)]),
        ("。2022年共安排七个项目。", &[]),
        ("。安排重点建设项目3个，涉及33个项目。", &[]),
        ("。内设办公室、妇女儿童部，共3个部门。", &[("C6", Warning)]),
        ("。内设办公室、妇女儿童部，共两个部门。", &[]),
        ("。内设办公室、组织和人事部、妇女儿童部，共3个部门。", &[]),
    ]);
}

#[test]
fn projects_have_one_name_and_are_told_once() {
    const BUDGET: &str =
        "{% for item in projects %}{{ item.name }}{{ item | amount }}{% if not loop.last %}，{% endif %}{% endfor %}。";
    check(
        FUNDS,
        BUDGET,
        "{}。",
        &[
            (
                "市政道路养护费1150万元，征地和拆迁补偿8500万元，区属企业改革成本补助320万元",
                &[("B10", Warning), ("C1", Warning), ("C1", Warning), ("C1", Warning)],
            ),
            (
                "市政道路养护1150万元，征地和拆迁补偿8500万元，区属企业改革成本补助320万元",
                &[("C1", Warning), ("C1", Warning), ("C1", Warning)],
            ),
            ("市政道路养护1,150.00万元，征地和拆迁补偿8500万元", &[("C1", Warning), ("C1", Warning), ("C15", Warning)]),
            (
                "市政道路养护1150万元，征地和拆迁补偿8500万元，区属企业改革成本补助320万元，市政道路养护1150万元",
                &[("C1", Warning), ("C1", Warning), ("C1", Warning), ("C15", Warning)],
            ),
            (
                "市政道路养护1150万元，征地和拆迁补偿8500万元，区属企业改革成本补助230万元",
                &[("C1", Warning), ("C1", Warning), ("C1", Warning)],
            ),
        ],
    );
    prose(&[
        ("，宣传工作经费23万元。", &[("B10", Warning), ("C1", Warning)]),
        ("，宣传经费支出23万元。", &[("C1", Warning)]),
        ("，培训经费（通用项目）13万元。", &[("C1", Warning)]),
        ("，行政运行支出487万元。", &[("C1", Note)]),
    ]);
    check(
        SAMPLE,
        "    name: 培训经费（通用项目）\n",
        "    name: {}\n",
        &[("宣传经费（通用项目）", &[("B10", Warning)]), ("培训经费（专项）", &[])],
    );
    check(
        SAMPLE,
        "key_projects: [informatization, publicity,",
        "key_projects: [{}",
        &[("informatization,", &[("C15", Warning)])],
    );
}

/// What is wrong with a goal is told at the indicator, which is the other place.
#[test]
fn targets_agree_wherever_they_are_told() {
    let goals: [(&str, &str, &str, &[&str]); 8] = [
        (SAMPLE, "办结率达到100%", "办结率达到90%", &["C7"]),
        (SAMPLE, "全年播出35期以上", "全年播出53期以上", &["C7"]),
        (SAMPLE, "评选市、区级巾帼文明岗15个以上", "评选市、区级巾帼文明岗51个以上", &["C7"]),
        (SAMPLE, "开展个案服务10个", "开展个案服务20个", &["C7"]),
        (SAMPLE, "全年播出35期以上", "全年播出三十五期以上", &[]),
        (SAMPLE, "开展个案服务10个", "走访慰问20个，开展个案服务10个", &[]),
        (INSTITUTION, "target: 500人次", "target: 50人次", &["C7"]),
        (INSTITUTION, "goal: 培训五百人次。", "goal: 举办培训20期，培训五百人次。", &[]),
    ];
    for (base, piece, by, expected) in goals {
        let mut anew: Vec<_> = found(&replace(base, piece, by));
        let old = found(base);
        anew.retain(|(rule, _, _, words)| !old.iter().any(|(known, .., said)| known == rule && said == words));
        let rules: Vec<_> = anew.iter().map(|(rule, ..)| *rule).collect();
        assert_eq!(rules, expected, "{by}: {anew:?}");
    }
    let (row, other) = ("- { name: 培训人次, target: 1000人次 }", "        - { name: 培训人次, target: 1000人次 }");
    let with = |second: &str| format!("- {{ name: {second} }}\n{other}");
    for (second, expected) in [
        ("培训人次, target: 800人次", 1),
        ("培训人次, target: ８００人次", 1),
        ("培训人次, target: \"1,000人次\"", 1),
        ("培训人次（信息中心）, target: 800人次", 1),
        ("培训人数, target: 1000人", 0),
    ] {
        let anew = found(&replace(MINISTRY, row, &with(second)));
        let count = anew.iter().filter(|(rule, ..)| *rule == "C7").count();
        assert_eq!(count, expected, "{second}: {anew:?}");
    }
    let row = "- { name: 研究报告, target: 10份 }";
    let two = "- { name: 研究报告（信息中心）, target: 3份 }\n        - { name: 研究报告（研究院）, target: 10份 }";
    assert!(!found(&replace(MINISTRY, row, two)).iter().any(|(rule, ..)| *rule == "C7"));
}

#[test]
fn slips_of_the_pen_are_found() {
    check(
        SAMPLE,
        "    主要是离退休人员经费。",
        "    主要是离退休人员经费。\n    2.5公里{}",
        &[("道路养护由街道负责。", &[])],
    );
    let line = "    委托中介机构开展绩效评价、投资评审和竣工财务决算审计，维护财政信息系统，办理日常财政业务。";
    let twice = replace(PUTUO, line, &format!("{line}\n{line}"));
    let rules = |text: &str| {
        found(text).into_iter().filter(|(rule, ..)| *rule == "C19").map(|(.., place, _)| place).collect::<Vec<_>>()
    };
    assert_eq!(rules(&twice), [Some(line_of(PUTUO, line) + 1)]);
    let elsewhere = replace(PUTUO, "    本部门有关科室。", line);
    assert_eq!(rules(&elsewhere).len(), 1);
    assert_eq!(rules(PUTUO), []);
}

#[test]
fn residue_is_found() {
    let residue = [
        "，共XX万元。",
        "，共×万元。",
        "，共X万元。",
        "，共Ｘ万元。",
        "，共ＸＸ人。",
        "，共x万元。",
        "，共***万元。",
        "，共__万元。",
        "，共___人。",
        "，共（）万元。",
        "，共【】万元。",
        "，共【金额】万元。",
        "，比上年增加（减少）10人。",
        "，比上年增加/减少10人。",
        "，比上年增加（或减少）10人。",
        "，比上年增加（下降）10人。",
        "，比上年增长（或下降）10%。",
        "，比上年增（减）10人。",
        "，比上年减少（增加）10人。",
        "（填写具体用途）。",
        "（请填写）。",
        "（待补充）。",
        "（此处填写原因）。",
        "，某某单位。",
        "，20XX年。",
        "，20××年。",
        "，202X年。",
        "，202×年。",
        "，……万元。",
        "，…万元。",
        "，？万元。",
        "，[单位名称]。",
        "，{单位名称}。",
        "，‹单位名称›。",
        "，〇〇万元。",
        "，○○单位。",
        "，□□单位。",
        "，共万元。",
        "，占%。",
        "，#N/A。",
        "，待填。",
        "，支出为万元。",
    ];
    prose(&residue.map(|text| (text, &[("C14", Warning)] as &[_])));
    let spaces = ["，比上年增加(减少)10人。", "，共（ ）人。", "，共   万元。"];
    prose(&spaces.map(|text| (text, &[("C14", Warning)] as &[_])));
    let legal = [
        "，每平方米万元以下。",
        "，降低万元GDP能耗。",
        "，以万元为单位列示。",
        "，损失上万元。",
        "，近万元。",
        "，超万元。",
        "，逾万元。",
        "，数万元。",
        "，几万元。",
        "，十余万元。",
        "，金额单位均为万元。",
        "，单位均为“万元”。",
        "，单位：人民币万元。",
        "，评选XXL号服装。",
        "，详见http://www.xx.gov.cn。",
        "，每万元工资。",
        "，投资额（万元）。",
        "，面积3×5米。",
        "，人均增长（减少）率。",
        "，300多万元以上。",
        "，30来万元。",
        "，约壹万元以内。",
        "，待填埋垃圾处理。",
        "，待填报系统上线。",
        "，万元以上项目。",
        "，千万元以上。",
        "，二〇〇八年以前。",
        "，二○○八年以前。",
        "，增减变动情况。",
        "，落实（三公）要求。",
        "，占比（%）。",
    ];
    let lines: String = legal.iter().map(|text| format!("    主要是工资福利支出{text}\n")).collect();
    let text = replace(SAMPLE, "    主要是在职人员工资福利支出。\n", &lines);
    let anew: Vec<_> = found(&text).into_iter().filter(|(rule, ..)| *rule == "C14").collect();
    assert!(anew.is_empty(), "{anew:?}");
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
    let mut chance = crate::support::Chance(20_220_218);
    let words = |chance: &mut crate::support::Chance| {
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
    for _ in 0..60 {
        let mut text = crate::support::SMALL.to_owned();
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
            text = replace(&text, piece, &format!("{key}: \"工{}\"", words(&mut chance)));
        }
        text = replace(&text, "target: 10次", &format!("target: \"≥{}\"", words(&mut chance)));
        text = replace(&text, "name: 培训次数", &format!("name: \"培训{}\"", words(&mut chance)));
        text = replace(&text, "name: 培训经费", &format!("name: \"培训{}\"", words(&mut chance)));
        budgetdoc_check::check(&budget(&text));
    }
    for text in [
        "，收入7922816251426433759354395033亿元，增长0.1234567890123456789012345678%。",
        "，收入9万元，占0.1234567890123456789012345678%，占79228162514264337593543950335%。",
        "，收入79228162514264337593543万元，比2021年增加79228162514264337593542万元，增长9%。",
        "，收入0.0000000000000000000000000001万元，比2021年增加0.0000000000000000000000000001万元，增长1%。",
        "，收入999999999999999万元，比2021年99999999999万元增加99999999999万元，增长0.0000000000000000000000000001%。",
    ] {
        found(&replace(SAMPLE, "    主要是在职人员工资福利支出。", &format!("    主要是工资{text}")));
    }
}
