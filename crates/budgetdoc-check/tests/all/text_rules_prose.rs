//! Prose as clerks write it: what contradicts itself is found once by its rule, and what offices publish raises nothing.
//!
//! Each sentence replaces a text of the reference document. Typed amounts (C1) are another matter and left out.

use crate::support::{SAMPLE, budget, replace};
use budgetdoc_check::Severity;

const PIECE: &str = "    主要包括公用综合定额经费、车辆运行维护费和工会经费等公用经费。\n";

/// The rules of the warnings and errors that a text gives, but for those the document has anyway.
fn found(text: &str) -> Vec<(&'static str, Option<u32>, String)> {
    let findings =
        budgetdoc_check::check(&budget(text)).into_iter().filter(|finding| finding.severity > Severity::Note);
    findings.map(|finding| (finding.rule, finding.place.map(|place| place.line), finding.message.zh)).collect()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let line = SAMPLE[..SAMPLE.find(PIECE).expect("the text is there")].lines().count() as u32 + 1;
    let before = found(SAMPLE);
    let mut wrong = Vec::new();
    for (sentence, expected) in cases {
        let lines: String = sentence.split('|').map(|line| format!("    {line}\n")).collect();
        let last = line + sentence.matches('|').count() as u32;
        let mut anew = found(&replace(SAMPLE, PIECE, &lines));
        anew.retain(|(rule, _, words)| *rule != "C1" && !before.iter().any(|(_, _, known)| known == words));
        let rules = anew.iter().map(|(rule, ..)| *rule).collect::<Vec<_>>().join(" ");
        let near = anew.iter().all(|(_, place, _)| place.is_some_and(|place| (line..=last).contains(&place)));
        if rules != *expected || !near {
            wrong.push(format!("{sentence}\n    expected {expected:?}, found {anew:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_change_that_contradicts_itself_is_found() {
    check(&[
        ("会议费12.5万元，比2021年减少-5.5万元。", "C2"),
        ("会议费12.5万元，比2021年增加-5.5万元。", "C2"),
        ("会议费12.5万元，比2021年增长-30.56%。", "C2"),
        ("会议费12.5万元，比上年下降120%。", "C2"),
        ("会议费12.5万元，比上年增加13.5万元。", "C2"),
        ("会议费2022年预算12.5万元，2021年预算14.3万元，增加1.8万元。", "C2"),
        ("会议费2022年预算12.5万元，2021年预算11.3万元，比上年增加2.1万元。", "C2"),
        ("会议费12.5万元，上年预算11.3万元，增加2.2万元。", "C2"),
        ("会议费由上年22.4万元增加到18.2万元。", "C2"),
        ("会议费从上年的12.4万元减少至18.2万元。", "C2"),
        ("会议费12.5万元，比2021年增加2.5万元，增长25万元。", "C2"),
        ("会议费12.5万元，比2021年增加2.5万元，与上年持平。", "C2"),
        ("会议费12.5万元，与上年持平，增加2.5万元。", "C2"),
        ("会议费12.5万元，与2021年预算持平，增长25%。", "C2"),
        ("会议费12.5万元，较上年缩减2.5万元，缩减25%。", "C2"),
        ("会议费12.5万元，比上年0万元增加12.5万元，增长100%。", "C3"),
        ("会议费12.5万元，比上年增加2.5万元，主要原因是会议费增加。", "C4"),
        ("会议费12.5万元，比上年增加2.5万元，主要系厉行节约。", "C4"),
        ("会议费12.5万元，比上年增加2.5万元，原因：厉行节约，压减会议。", "C4"),
        ("会议费12.5万元，比上年增加2.5万元，主要原因是与上年持平。", "C4"),
        ("2022年会议费12.5万元，与2022年预算持平。", "C9"),
        ("2021年拟召开3次会议。", "C9"),
    ]);
}

#[test]
fn parts_above_their_whole_are_found() {
    check(&[
        ("专项经费7.8万元，其中印刷费1.1万元、劳务费12.2万元。", "C5"),
        ("会议费18.8万元，其中：场租费12.3万元，资料费8.5万元。", "C5"),
        ("采购预算355.5万元，其中货物采购3.5万元、工程采购0万元、服务采购354.5万元。", "C5"),
        ("经费8.8万元，其中：运行费4.2万元（其中：燃料费5.2万元），接待费4.6万元。", "C5"),
        ("编制56人，其中：行政编制24人，事业编制36人。", "C5"),
        ("公务用车2辆，其中：机要通信用车1辆、应急保障用车2辆。", "C5"),
        ("共3项：甲项目1.1万元、乙项目2.2万元、丙项目4.4万元，合计6.6万元。", "C5"),
        // The same slip is told once.
        ("本年支出800.8万元，其中基本支出500.8万元，占62.54%；项目支出350.8万元，占43.81%。", "C5"),
        ("本年支出800.8万元，其中基本支出500.8万元，占62.54%；项目支出300万元，占37.46%。", ""),
        ("会议费18.8万元，其中：场租费12.3万元，资料费2.5万元。", ""),
        ("经费8.8万元，其中：运行费4.2万元（其中：燃料费3.2万元），接待费4.6万元。", ""),
        ("预留采购366.5万元，其中，面向小微企业采购219.9万元。", ""),
        ("支出800.8万元，其中：基本支出500.8万元，项目支出300万元，政府采购支出355.5万元。", ""),
        ("实有28人，其中：女性20人，党员18人。", ""),
        ("会议费12.5万元，比上年增加2.5万元，其中场租费增加1.5万元，资料费8万元。", ""),
        ("会议费12.3万元、培训费2.2万元，合计14.5万元。", ""),
    ]);
}

#[test]
fn slips_of_marks_words_and_lists_are_found() {
    check(&[
        ("主要用于召开会议，，组织培训。", "C19"),
        ("主要用于召开会议。。", "C19"),
        ("主要用于召开会议（含线上会议，组织培训。", "C19"),
        ("主要用于落实妇女发展规划》，组织培训。", "C19"),
        ("主要用于落实”巾帼行动”，组织培训。", "C19"),
        ("主要用于用于召开会议。", "C19"),
        ("会议费12。5万元，主要用于会议。", "C19"),
        ("截至2021年11月31日，共有设备2台。", "C19"),
        ("主要原因一是召开会议；三是组织培训。", "C19"),
        ("1.召开会议。|3.组织培训。", "C19"),
        ("（一）召开会议。|（三）组织培训。", "C19"),
        ("1.召开会议。|2.组织培训。|3.开展宣传。", ""),
        ("（一）召开会议。|（二）组织培训。|1.办班。|2.参观。|（三）开展宣传。", ""),
        ("主要用于召开常务委员会委员会议（1次），1）座谈；2）宣讲。", ""),
        ("工作包括（甲、|乙）。", ""),
        ("主要用于（请说明用途）。", "C14"),
        ("主要用于[具体用途]。", "C14"),
        ("主要用于***。", "C14"),
        ("×月×日召开会议。", "C14"),
        ("错误！未找到引用源。", "C14"),
        ("点击此处输入文字。", "C14"),
        ("详见第三部分表14。", "C12"),
    ]);
}

#[test]
fn what_offices_publish_raises_nothing() {
    check(&[
        (
            "会议费1469.73万元，比上年增加164.48万元，增长12.6%。主要原因是增加会议专项经费200万元，其余会议费按照规定压减10%，增减相抵后增加164.48万元。",
            "",
        ),
        ("会议费199.25万元，比上年减少23.25万元，主要原因按规定运转类专项经费统一压减10%。", ""),
        (
            "一般公共服务支出1085.6万元，占84.4%；社会保障和就业支出98.8万元，占7.68%；卫生健康支出41.6万元，占3.23%；住房保障支出60.3万元，占4.69%。",
            "",
        ),
        ("货物类采购1万元，占政府采购预算58.8%；服务类采购0.7万元，占政府采购预算41.2%。", ""),
        ("本部门预算包括本部以及下属0家预算单位的综合收支计划。", ""),
        ("公务接待费2022年预算8.1万元，2021年预算12.5万元；对比减少4.4万元；减少率35.2%。", ""),
        ("“三公”经费2022年预算33.3万元，2021年预算57.55万元，与上年对比减少24.25万元。", ""),
        ("共有车辆2辆，其中：一般公务用车0辆、特种专业技术用车2辆、其他用车0辆。", ""),
        ("基本支出比上年增加25.3万元，主要是人员增加，工资福利支出相应增加。", ""),
        ("会议费12.5万元，比2020年增加2.5万元，与上年持平。", ""),
    ]);
    // An amount that is near a small figure of the data is not that figure.
    let text = replace(SAMPLE, PIECE, "    会议费2.08万元，培训费1.7万元，宣讲费12.5万元。\n");
    let before = found(SAMPLE);
    let mut anew = found(&text);
    anew.retain(|(_, _, words)| !before.iter().any(|(_, _, known)| known == words));
    assert!(anew.is_empty(), "{anew:?}");
}
