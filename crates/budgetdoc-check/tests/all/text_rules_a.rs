//! What texts say against what the figures say: reasons, denials, references, names. Text by text: what is found, or
//! that nothing is.

use budgetdoc_check::check;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::support::{SAMPLE, TWO_UNITS, budget, line_of, replace};
use budgetdoc_check::Finding;
use budgetdoc_check::Severity::{self, Error, Warning};

const JIANGSU: &str = include_str!("../../../../specs/jiangsu-congress-office-2019.yaml");
const CARRY_OVER: &str = include_str!("../../../../specs/made-up-carry-over-2019.yaml");
const FUNDS: &str = include_str!("../../../../specs/made-up-funds-2025.yaml");
const INSTITUTION: &str = include_str!("../../../../specs/made-up-institution-2022.yaml");
const MINISTRY: &str = include_str!("../../../../specs/made-up-ministry-2025.yaml");
const BUREAU: &str = include_str!("../../../../specs/putuo-finance-bureau-2025.yaml");

/// A rule, how much its finding weighs, and its line.
type Found = (&'static str, Severity, Option<u32>);

/// What a spec gives, looked up once.
fn as_it_stands(base: &'static str) -> Vec<Finding> {
    static KNOWN: Mutex<BTreeMap<&str, Vec<Finding>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(base).or_insert_with(|| check(&budget(base))).clone()
}

/// What a spec gives, without what it gives as it stands. Notes are left out.
#[track_caller]
fn found(base: &'static str, text: &str) -> Vec<Found> {
    let mut known = as_it_stands(base);
    let mut new = Vec::new();
    for finding in check(&budget(text)) {
        let same = known.iter().position(|known| known.rule == finding.rule && known.message == finding.message);
        match same {
            Some(index) => drop(known.remove(index)),
            None if finding.severity == Severity::Note => {}
            None => new.push((finding.rule, finding.severity, finding.place.map(|place| place.line))),
        }
    }
    new
}

/// Changes a piece of a spec; the findings, if any, are in the line of another piece.
#[track_caller]
fn expect(
    wrong: &mut String,
    base: &'static str,
    changes: &[(&str, &str)],
    expected: &[(&'static str, Severity, &str)],
) {
    let text = changes.iter().fold(base.to_owned(), |text, (piece, by)| replace(&text, piece, by));
    let wanted: Vec<Found> =
        expected.iter().map(|(rule, severity, piece)| (*rule, *severity, Some(line_of(&text, piece)))).collect();
    let actual = found(base, &text);
    if actual != wanted {
        *wrong += &format!("{:?}\n    wanted {wanted:?}\n    found  {actual:?}\n", changes.last());
    }
}

/// The reason of the sample's project that rose from 2 to 7.
fn reason(text: &str, up: bool) -> String {
    let at = SAMPLE.find("    reason: 贯彻绿色环保理念").expect("the project is there");
    let end = at + SAMPLE[at..].find('\n').expect("a line");
    let new = SAMPLE.replace(&SAMPLE[at..end], &format!("    reason: \"{text}\" # 原因"));
    if up { new } else { replace(&new, "    amount: 7\n    last: 2\n", "    amount: 7\n    last: 12\n") }
}

#[track_caller]
fn reasons(list: &[&str], up: bool, expected: &[(&'static str, Severity)]) {
    let wrong: Vec<_> = list
        .iter()
        .filter_map(|text| {
            let yaml = reason(text, up);
            let line = Some(line_of(&yaml, "# 原因"));
            let wanted: Vec<Found> = expected.iter().map(|(rule, severity)| (*rule, *severity, line)).collect();
            let actual = found(SAMPLE, &yaml);
            (actual != wanted).then_some((*text, actual))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_rise_is_not_explained_by_spending_less() {
    let list = [
        "落实过紧日子要求，压减一般性支出。",
        "按照厉行节约要求安排。",
        "人员退休，在职人数变少。",
        "项目已完工，本年不再安排。",
        "部分设备更新任务已完成，相关经费回落。",
        "落实过“紧日子”要求，从严从紧安排。",
        "业务量萎缩。",
        "取消了两项活动，相应增加结余。",
        "受疫情影响，活动停办。",
        "一次性项目已于上年完成。",
        "经费调出至下属单位。",
        "下调定额标准。",
        "机构撤并，职能划出。",
        "减员3人。",
        "节省开支。",
        "控制一般性支出。",
        "合同到期不再续签。",
        "压降运维成本。",
        "采购单价走低。",
        "剔除一次性因素。",
    ];
    reasons(&list, true, &[("C4", Warning)]);
}

#[test]
fn a_fall_is_not_explained_by_spending_more() {
    let list = [
        "人员增资。",
        "新建信息平台。",
        "工作量加大。",
        "增设机构。",
        "定额标准上调。",
        "业务量上升。",
        "人员调入，经费增多。",
        "新开展普查工作。",
        "任务加重，物价上涨。",
        "增开班次。",
        "扩容升级系统。",
        "追加安排活动经费。",
        "提标扩面。",
    ];
    reasons(&list, false, &[("C4", Warning)]);
}

#[test]
fn a_reason_that_may_be_right_is_let_pass() {
    let rises = [
        "上年因疫情取消的活动恢复举办。",
        "根据机构精简方案，承接撤销单位划入的职能。",
        "为推进节约型机关建设，更换节能设备。",
        "补助取消后改由本单位承担。",
        "去年核减的设备更新任务今年一并安排。",
        "非税收入减少，原由其安排的支出改列本项目。",
        "人员缩减后外包服务费上升。",
        "落实降低企业收费政策，相关经费改由财政保障。",
        "原在基本支出列支，今年调整到项目支出。",
        "上级下达新任务。",
        "压缩其他项目后统筹安排。",
        "上年结转减少，本年财政拨款相应安排。",
        "根据“减少碳排放”要求更换照明设备。",
        "前期设计已经做完，今年进场施工。",
        "落实《节约用水条例》，更换计量设备。",
    ];
    reasons(&rises, true, &[]);
    let falls = [
        "提高资金使用效益，统筹使用存量资金。",
        "上年新增设备已购置完毕。",
        "上年一次性增购设备，今年无此因素。",
        "扩大统筹范围，由区财政统一安排。",
        "上年提高标准补发，今年正常执行。",
        "系统上年已扩大容量，今年只需运维。",
        "上年新增一次性项目，今年不再安排。",
        "改为由上级统一购买。",
        "加强预算管理，提高编制精准度。",
        "增值税税率调整。",
        "厉行节约。",
        "项目已完工。",
        "因公务用车新增更新已于上年完成。",
        "设备升级后能耗低。",
    ];
    reasons(&falls, false, &[]);
}

#[test]
fn words_that_give_no_reason_are_found() {
    let list = [
        "无",
        "无。",
        "同上",
        "略",
        "暂无",
        "业务需要",
        "根据工作需要。",
        "根据实际情况增加。",
        "与上年相比有所增加。",
        "预算增加。",
        "正常增长。",
        "主要是预算增加。",
    ];
    reasons(&list, true, &[("C4", Warning)]);
    // An amount is no reason either; that it is typed is another matter.
    let amount = found(SAMPLE, &reason("与上年相比增加5万元。", true));
    assert!(amount.iter().any(|(rule, ..)| *rule == "C4"), "{amount:?}");
    reasons(&["人员正常增资。", "业务需要增派两名讲师。", "无线网络扩容。"], true, &[]);
}

#[test]
fn a_reason_is_copied_whatever_ends_it_but_not_by_chance() {
    let mut wrong = String::new();
    let training = "reason: 根据预算编制要求，培训经费（通用项目）单列后汇总数增加。";
    let copied = "reason: 根据预算编制要求，信息系统运行与维护（通用项目）单列后汇总数增加 # 照抄";
    expect(&mut wrong, SAMPLE, &[(training, copied)], &[("C4", Warning, "# 照抄")]);
    let generic =
        [("reason: 平台扩容。", "reason: 工作任务增多。"), ("reason: 委托课题增加。", "reason: 工作任务增多。")];
    expect(&mut wrong, MINISTRY, &generic, &[]);
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn subjects_that_changed_want_a_reason_of_their_way() {
    let mut wrong = String::new();
    let rise = "reason: 政策性增资和预留的人员支出增加。";
    for (by, severity) in [
        ("reason: \"\"", Some(Error)),
        ("reason: \" \"", Some(Error)),
        ("reason: 人员减少，经费压减。", Some(Warning)),
        ("reason: 支出增加。", Some(Warning)),
        ("reason: 同上。", Some(Warning)),
        ("reason: 新增两个处室。", None),
    ] {
        let list: Vec<_> = severity.map(|severity| ("C4", severity, "subject: 2010101,")).into_iter().collect();
        expect(&mut wrong, JIANGSU, &[(rise, by)], &list);
    }
    let row = "  - { subject: 2010101, reason: 政策性增资和预留的人员支出增加。 }\n";
    expect(&mut wrong, JIANGSU, &[(row, "")], &[("C4", Error, "item: 2010101, amount: 4890.31")]);
    let (fall, class) = ("2010109, reason: 运转类经费统一压减。", "reason: 人员、项目和预留机动支出增加。");
    expect(&mut wrong, JIANGSU, &[(fall, "2010109, reason: 任务增加。")], &[("C4", Warning, "subject: 2010109")]);
    expect(&mut wrong, JIANGSU, &[(class, "reason: 项目减少。")], &[("C4", Warning, "subject: 201,")]);
    expect(
        &mut wrong,
        MINISTRY,
        &[("reason: 物业经费压减。", "reason: 物业经费增加。")],
        &[("C4", Warning, "subject: 2010303")],
    );
    expect(&mut wrong, MINISTRY, &[("reason: 物业经费压减。", "reason: \"\"")], &[("C4", Error, "subject: 2010303")]);
    assert!(wrong.is_empty(), "{wrong}");
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
        let found = found(spec, &blank(spec));
        assert_eq!(found.len(), count, "{found:?}");
        assert!(found.iter().all(|(rule, severity, line)| (*rule, *severity) == ("C4", Error) && line.is_some()));
    }
}

#[test]
fn explanations_and_things_bought_are_read_like_other_texts() {
    let mut wrong = String::new();
    for (piece, by, severity) in [
        (
            "reason: 人代会会议经费增加，其余会议费压减，增减相抵后净增。",
            "reason: 会议增加XX次，其余会议费压减。",
            Warning,
        ),
        ("purpose: 机关运转和完成各项工作任务。", "purpose: 机关运转××和完成各项工作任务。", Warning),
        // Braces are no reading: the program would have filled them in where it fills in anything.
        ("purpose: 机关运转和完成各项工作任务。", "purpose: \"机关运转{{ income }}。\"", Error),
        ("name: 图书和档案,", "name: XX图书,", Warning),
        ("project: 综合管理费", "project: ××管理费", Warning),
    ] {
        let text = replace(JIANGSU, piece, by);
        let line = text.lines().position(|line| line.contains(by.trim_end_matches(""))).map(|line| line as u32 + 1);
        let actual = found(JIANGSU, &text);
        if actual != [("C14", severity, line)] {
            wrong += &format!("{by}: {actual:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn texts_behind_a_change_are_held_against_it() {
    let mut wrong = String::new();
    let overall = "overall_reason: 增人增资、政策性增资、住房公积金和提租补贴调整，以及项目支出、预留机动经费增加。";
    for (base, piece, by, severity) in [
        (JIANGSU, overall, "overall_reason: 人员减少，压减支出。", Some(Warning)),
        (JIANGSU, overall, "overall_reason: 支出增加。", Some(Warning)),
        (JIANGSU, overall, "overall_reason: 承接新职能。", None),
        (JIANGSU, "operating_reason: 工会经费定额提高，人员增加。", "operating_reason: 压减日常支出。", Some(Warning)),
        (JIANGSU, "abroad: 主要原因是运转类经费统一压减。", "abroad: 主要原因是出访任务增加。", Some(Warning)),
        (JIANGSU, "reception: 主要原因是运转类经费统一压减。", "reception: 主要原因是接待任务增加。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 主要原因是会议增加。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 主要原因是支出减少。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 主要原因是。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 主要是。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 比上年有所减少。主要原因是会议减少。", None),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 与上年持平。", Some(Warning)),
        (CARRY_OVER, "meeting: 主要原因是会议减少。", "meeting: 会议次数与上年持平，每次规模缩减。", None),
        (CARRY_OVER, "training: 培训任务与上年相同。", "training: 与上年持平。", None),
        (MINISTRY, "    主要是压缩一般性出访。", "    主要是新增出访任务。", Some(Warning)),
        (
            SAMPLE,
            "    主要是事业单位机构改革后原妇联本级的事业编制职员合并到下属事业单位。",
            "    主要是人员增加，办公费增长。",
            Some(Warning),
        ),
        (
            SAMPLE,
            "    主要是坚持厉行节约，严格控制“三公”经费支出。",
            "    主要是公务活动增加，接待任务增多。",
            Some(Warning),
        ),
        (SAMPLE, "    主要是坚持厉行节约，严格控制“三公”经费支出。", "    主要是。", Some(Warning)),
    ] {
        let found: Vec<_> = severity.map(|severity| ("C4", severity, by)).into_iter().collect();
        expect(&mut wrong, base, &[(piece, by)], &found);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_text_that_says_the_same_or_the_other_way_is_held_against_the_figure() {
    let mut wrong = String::new();
    let of_reception = "{{ reception | amount }}，{{ reception | change }}，";
    let line = "公务接待费。";
    for (by, is_wrong) in [
        ("{{ reception | amount }}，与2021年持平，", true),
        ("{{ reception | amount }}，与{{ last_year }}年预算数持平，", true),
        ("0.3万元，与上年持平，", true),
        ("{{ reception | amount }}，接待批次与上年持平，", false),
    ] {
        let text = replace(SAMPLE, of_reception, by);
        let actual: Vec<_> = found(SAMPLE, &text).into_iter().filter(|(rule, ..)| *rule == "C4").collect();
        let wanted: Vec<Found> = is_wrong.then_some(("C4", Warning, Some(line_of(&text, line)))).into_iter().collect();
        if actual != wanted {
            wrong += &format!("{by}\n    wanted {wanted:?}\n    found  {actual:?}\n");
        }
    }
    let bought = ("category: vehicle_purchase, amount: 0, last: 0", "category: vehicle_purchase, amount: 20, last: 0");
    // The three public expenses rose with it, by economy as the text has it.
    let economy = "    主要是坚持厉行节约，严格控制“三公”经费支出。\n";
    expect(&mut wrong, SAMPLE, &[bought], &[("C4", Warning, economy), ("C4", Warning, "公务用车购置和运行维护费。")]);
    for (base, piece, by) in [
        (FUNDS, "财政拨款收支增加，主要原因是安排了征地和拆迁补偿。", "财政拨款收支减少，主要原因是压减项目。"),
        (FUNDS, "财政拨款收支增加，主要原因是安排了征地和拆迁补偿。", "财政拨款收支比上年减少，主要原因是压减项目。"),
        (
            BUREAU,
            "财政拨款收支增加，主要原因是人员经费以及信息化维护、中介服务两类项目经费增加。",
            "财政拨款收支减少。",
        ),
        (INSTITUTION, "收支增加的主要原因是学生人数和培训班次增加。", "收支减少的主要原因是学生人数和培训班次减少。"),
        (SAMPLE, "    预算收支增加主要原因：", "    预算收支减少主要原因："),
    ] {
        expect(&mut wrong, base, &[(piece, by)], &[("C4", Warning, by)]);
    }
    for by in [
        "政府性基金收支减少，财政拨款收支增加，主要原因是安排了征地和拆迁补偿。",
        "主要原因是收支结构调整，减少了重复安排，新增征地补偿。",
    ] {
        expect(&mut wrong, FUNDS, &[("财政拨款收支增加，主要原因是安排了征地和拆迁补偿。", by)], &[]);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_list_of_reasons_may_begin_in_the_next_line() {
    let mut wrong = String::new();
    let piece = "overview_reasons: 预算收支增加的主要原因是新增三个全宗的扫描任务。";
    let by =
        "overview_reasons: |\n    预算收支增加的主要原因是：\n    一是新增三个全宗的扫描任务。\n    二是设备更新。";
    expect(&mut wrong, TWO_UNITS, &[(piece, by)], &[]);
    assert!(wrong.is_empty(), "{wrong}");
}

/// A sentence put into a text that the sample's profile takes into a sentence of its own.
#[track_caller]
fn in_the_sample(list: &[(&str, &[(&'static str, Severity)])]) {
    let mut wrong = String::new();
    for (sentence, rules) in list {
        let by = format!("    主要是在职人员工资福利支出{sentence}");
        let expected: Vec<_> = rules.iter().map(|(rule, severity)| (*rule, *severity, by.as_str())).collect();
        expect(&mut wrong, SAMPLE, &[("    主要是在职人员工资福利支出。", &by)], &expected);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn tables_and_parts_are_referred_to_not_counted_things() {
    in_the_sample(&[
        ("，更换水表20块。", &[]),
        ("，印制图表20份。", &[]),
        ("，填表15份。", &[]),
        ("，代表12人。", &[]),
        ("，电表30只。", &[]),
        ("，时间表13项。", &[]),
        ("，表12.5万人次。", &[]),
        ("，见附表12。", &[]),
        ("，见表11。", &[]),
        ("，见《预算法释义》第十二部分。", &[]),
        ("，表一式三份。", &[]),
        ("，见表12。", &[("C12", Warning)]),
        ("，见表 12。", &[("C12", Warning)]),
        ("，见表１２。", &[("C12", Warning)]),
        ("，见表十二。", &[("C12", Warning)]),
        ("，见第十二部分。", &[("C12", Warning)]),
        ("，见第12部分。", &[("C12", Warning)]),
        ("，见表0。", &[("C12", Warning)]),
    ]);
}

#[test]
fn what_there_is_may_not_be_denied_and_is_found_once() {
    in_the_sample(&[("。本年无一般公共预算支出。", &[("C8", Warning)]), ("。无一般公共预算结转。", &[])]);
    let mut wrong = String::new();
    let piece = "overview_reasons: 财政拨款收支增加，";
    for (said, is_wrong) in [
        ("无偿使用的政府性基金项目。", false),
        ("不含政府性基金。", false),
        ("年末无政府性基金预算结转结余。", false),
        ("政府性基金预算支出为0.5亿元以上。", false),
        ("其中没有政府性基金预算支出。", true),
        ("政府性基金预算支出为零。", true),
        ("政府性基金预算无支出。", true),
        ("本年未发生政府性基金支出。", true),
        ("本部门无国有资本经营预算和政府性基金预算拨款安排的支出。", true),
        ("政府性基金0万元。", true),
    ] {
        let by = format!("overview_reasons: 收支情况，{said}财政拨款收支增加，");
        let text = replace(FUNDS, piece, &by);
        let actual: Vec<_> = found(FUNDS, &text).into_iter().filter(|(rule, ..)| *rule == "C8").collect();
        let denied =
            actual.iter().all(|(_, severity, line)| *severity == Warning && *line == Some(line_of(&text, &by)));
        if actual.is_empty() == is_wrong || !denied {
            wrong += &format!("{said}: {actual:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_item_named_in_passing_is_not_told_again() {
    in_the_sample(&[(
        "、行政运行（项）、行政单位离退休（项）、机关事业单位基本养老保险缴费支出（项）、机关事业单位职业年金缴费支出（项）、行政单位医疗（项）、住房公积金（项）、购房补贴（项）、一般行政管理事务（项）等支出。",
        &[],
    )]);
    let mut wrong = String::new();
    let piece = "    委托中介机构开展绩效评价";
    for (by, is_wrong) in [
        ("    住房公积金（项）用于缴存。委托中介机构开展绩效评价", false),
        ("    见“行政运行（项）”。委托中介机构开展绩效评价", false),
        ("    行政运行（项）{{ income | amount }}。委托中介机构开展绩效评价", true),
    ] {
        let found: Vec<_> = is_wrong.then_some(("C15", Warning, by)).into_iter().collect();
        expect(&mut wrong, BUREAU, &[(piece, by)], &found);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_unit_is_called_by_names_not_by_parts_of_words() {
    let names = |text: &str| -> Vec<String> {
        let found = check(&budget(text));
        found.into_iter().filter(|finding| finding.rule == "C10").map(|finding| finding.message.zh).collect()
    };
    let other = names(&BUREAU.replace("本部门", "我部门"));
    assert!(other.iter().all(|message| message.contains("“我部门”") && !message.contains("“我部”")), "{other:?}");
    let piece = "    委托中介机构开展绩效评价、投资评审和竣工";
    for text in
        ["按本办法规定，", "保障基本会议，", "完善成本会计核算，", "对区直机关及所属单位开展会计检查，", "我部门"]
    {
        let found = names(&replace(BUREAU, piece, &format!("    {text}委托中介机构开展绩效评价、投资评审和竣工")));
        assert_eq!(found.len(), usize::from(text == "我部门"), "{text}: {found:?}");
        assert!(found.iter().all(|message| !message.contains("“我部”")), "{found:?}");
    }
    let below = names(&replace(BUREAU, piece, "    保障本局及所属单位运转，委托中介机构开展绩效评价、投资评审和竣工"));
    assert!(below.iter().any(|message| message.contains("及所属单位")), "{below:?}");
}

#[test]
fn institutions_say_in_many_ways_that_they_have_no_operating_funds() {
    let mut wrong = String::new();
    let piece = "  operating_costs: 本部门为事业单位，无机关运行经费。";
    for by in [
        "  operating_costs: 本部门为事业单位，没有机关运行经费。",
        "  operating_costs: 本部门为事业单位，未安排机关运行经费预算。",
        "  operating_costs: 本部门不属于机关运行经费统计范围。",
    ] {
        expect(&mut wrong, INSTITUTION, &[(piece, by)], &[]);
    }
    let by = "  operating_costs: 机关运行经费主要是日常支出增加。";
    expect(&mut wrong, INSTITUTION, &[(piece, by)], &[("B9", Warning, by)]);
    assert!(wrong.is_empty(), "{wrong}");
}
