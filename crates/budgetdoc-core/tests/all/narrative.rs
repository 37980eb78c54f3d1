//! Sentences: comparisons with last year in words, and texts as paragraphs with their places.

use crate::support::{PROFILE, SMALL, budget, line_of, replace};
use budgetdoc_check::Finding;
use budgetdoc_check::check;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::Place;
use budgetdoc_document::{Block, Document};

/// The paragraphs of a document.
fn paragraphs(document: &Document) -> Vec<(String, Option<Place>)> {
    let of = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some((paragraph.text.to_plain(), paragraph.text.origin)),
        _ => None,
    };
    document.blocks.iter().filter_map(of).collect()
}

/// The paragraphs between a heading and the next.
#[track_caller]
fn below(document: &Document, heading: &str) -> Vec<(String, Option<Place>)> {
    let is = |block: &Block| matches!(block, Block::Heading(found) if found.text.to_plain() == heading);
    let start = document.blocks.iter().position(is).unwrap_or_else(|| panic!("no heading {heading:?}"));
    let rest = document.blocks[start + 1..].iter().take_while(|block| !matches!(block, Block::Heading(_)));
    let blocks = rest.cloned().collect();
    paragraphs(&Document { blocks, ..document.clone() })
}

/// What `template` becomes in the small spec, or in one with changes.
#[track_caller]
fn say(template: &str, changes: &[(&str, &str)]) -> String {
    let text = changes.iter().fold(SMALL.to_owned(), |text, (piece, by)| replace(&text, piece, by));
    let text = replace(&text, "  goals: 做好工作。", &format!("  goals: >-\n    @{template}"));
    let document = budget(&text).compose().unwrap_or_else(|error| panic!("{template}: {error}"));
    let said = paragraphs(&document).into_iter().find_map(|(text, _)| text.strip_prefix('@').map(str::to_owned));
    said.expect("the text is in the document")
}

/// The reception row of the small spec.
const RECEPTION: &str = "category: reception, amount: 1, last: 2";

fn reception(this: &str, last: &str) -> Vec<(&'static str, String)> {
    let last = if last.is_empty() { String::new() } else { format!(", last: {last}") };
    vec![(RECEPTION, format!("category: reception, amount: {this}{last}"))]
}

/// What `template` becomes with another amount of reception this year and last.
#[track_caller]
fn of_reception(template: &str, this: &str, last: &str) -> String {
    let changes = reception(this, last);
    let changes: Vec<_> = changes.iter().map(|(piece, by)| (*piece, by.as_str())).collect();
    say(template, &changes)
}

#[test]
fn comparisons_say_which_way_and_how_much() {
    for (this, last, said) in [
        // up, down, the same
        ("3", "2", "比2021年增加1万元，增长50%"),
        ("1", "2", "比2021年减少1万元，减少50%"),
        ("2", "2", "与2021年持平"),
        ("2.00", "2", "与2021年持平"),
        ("0", "0", "与2021年持平"),
        // no percentage of nothing; all of it gone
        ("1", "0", "比2021年增加1万元"),
        ("0", "2", "比2021年减少2万元，减少100%"),
        // last year not known
        ("1", "", "上年无可比数据"),
        ("0", "", "上年无可比数据"),
        // more than double
        ("7", "2", "比2021年增加5万元，增长250%"),
        // rounding: halves away from zero, zeros at the end left out
        ("333", "202", "比2021年增加131万元，增长64.85%"),
        ("2", "3", "比2021年减少1万元，减少33.33%"),
        ("1", "3", "比2021年减少2万元，减少66.67%"),
        ("1.00125", "1", "与2021年持平"),
        ("10.05", "10", "比2021年增加0.05万元，增长0.5%"),
        ("16000.02", "16000", "比2021年增加0.02万元"),
    ] {
        assert_eq!(of_reception("{{ reception | yoy }}", this, last), said, "{this} after {last}");
    }
}

#[test]
fn nothing_is_said_to_have_changed_by_zero() {
    // Two decimals are printed: 10 yuan are nothing in 万元, 50 yuan are 0.01.
    assert_eq!(of_reception("{{ reception | yoy }}", "2.001", "2"), "与2021年持平");
    assert_eq!(of_reception("{{ reception | change }}", "1.999", "2"), "与2021年持平");
    assert_eq!(of_reception("{{ reception | change }}", "2.005", "2"), "比2021年增加0.01万元");
    assert_eq!(of_reception("{{ reception | yoy(percent=0) }}", "2.005", "2"), "比2021年增加0.01万元");
}

#[test]
fn options_name_the_base_and_the_decimals() {
    let yoy = |options: &str| of_reception(&format!("{{{{ reception | yoy{options} }}}}"), "1", "3");
    assert_eq!(yoy(""), "比2021年减少2万元，减少66.67%");
    assert_eq!(yoy("(percent=0)"), "比2021年减少2万元，减少67%");
    assert_eq!(yoy("(percent=4)"), "比2021年减少2万元，减少66.6667%");
    assert_eq!(yoy("(base=\"预算\")"), "比2021年预算减少2万元，减少66.67%");
    assert_eq!(yoy("(base=\"预算数\", percent=1)"), "比2021年预算数减少2万元，减少66.7%");
    let change = |options: &str| of_reception(&format!("{{{{ reception | change{options} }}}}"), "1", "3");
    assert_eq!(change(""), "比2021年减少2万元");
    assert_eq!(change("(base=\"预算数\")"), "比2021年预算数减少2万元");
}

#[test]
fn amounts_carry_their_unit_and_no_sign() {
    assert_eq!(of_reception("{{ reception | amount }}", "0.3", "0.5"), "0.3万元");
    assert_eq!(of_reception("{{ reception | amount }}", "1234.50", "0.5"), "1234.5万元");
    assert_eq!(of_reception("{{ reception | amount }}", "0.125", "0.5"), "0.13万元");
    assert_eq!(of_reception("{{ reception | amount }}", "0", "0.5"), "0万元");
    assert_eq!(of_reception("{{ reception.last | amount }}", "0.3", "0.5"), "0.5万元");
    assert_eq!(of_reception("{{ reception.change | amount }}", "0.3", "0.5"), "0.2万元");
    assert_eq!(of_reception("{{ reception.change }}", "0.3", "0.5"), "-0.2");
    assert_eq!(of_reception("{% if reception %}有{% else %}无{% endif %}", "0", "0.5"), "无");
    assert_eq!(of_reception("{% if reception %}有{% else %}无{% endif %}", "1", "0.5"), "有");
}

#[test]
fn a_rate_is_the_percentage_of_a_change_alone() {
    assert_eq!(of_reception("下降{{ reception | rate }}", "1", "3"), "下降66.67%");
    assert_eq!(of_reception("{{ reception | rate(percent=1, trim=false, sign=\" %\") }}", "3", "2"), "50.0 %");
    assert_eq!(of_reception("{{ reception | share(three_public, percent=0) }}", "1", "2").chars().last(), Some('%'));
}

#[test]
fn an_entry_of_a_list_is_named_by_its_code_or_id() {
    for (template, said) in [
        ("{{ projects[\"training\"] | amount }}", "{{ projects[0] | amount }}"),
        ("{{ projects.training.name }}", "{{ projects[0].name }}"),
    ] {
        assert_eq!(say(template, &[]), say(said, &[]));
    }
}

#[test]
fn amounts_are_converted_from_the_unit_of_the_spec() {
    for (unit, said) in [("元", "0.01万元"), ("千元", "10万元"), ("万元", "100万元"), ("亿元", "1000000万元")]
    {
        assert_eq!(say("{{ income | amount }}", &[("unit: 万元", &format!("unit: {unit}"))]), said, "{unit}");
    }
}

#[test]
fn a_sum_is_compared_only_where_all_of_last_year_is_known() {
    assert_eq!(say("{{ income | yoy }}", &[]), "比2021年增加20万元，增长25%");
    assert_eq!(say("{{ three_public | yoy }}", &[]), "比2021年减少1万元，减少20%");
    // Last year's basic expenditure is not given; 100 must not be compared with the 20 of the project alone.
    assert_eq!(say("{{ expenditure | yoy }}", &[]), "上年无可比数据");
    assert_eq!(say("{{ basic | yoy }}", &[]), "上年无可比数据");
    assert_eq!(say("{{ project | yoy }}", &[]), "比2021年增加10万元，增长50%");
    // There is no row for it at all.
    assert_eq!(say("{{ allowances | amount }}，{{ allowances | yoy }}", &[]), "0万元，上年无可比数据");
}

#[test]
fn names_and_counts_come_from_the_spec() {
    let template = "{{ year }}/{{ last_year }}/{{ unit }}/{{ unit_name }}/{{ department.name }}/\
                    {{ department.supervisor }}/{{ counts.vehicles }}/{{ projects | length }}/{{ projects[0].name }}";
    assert_eq!(say(template, &[]), "2022/2021/万元/某局本级/某局/某某局/2/1/培训经费");
    assert_eq!(say("[{{ department.supervisor }}]", &[("  supervisor: 某某局\n", "")]), "[]");
}

#[test]
fn a_line_is_a_paragraph_with_its_place() {
    let document = budget(SMALL).compose().expect("the small spec composes");
    let line = line_of(SMALL, "一是管理。");
    let place = |line| Some(Place { line, column: 5 });
    assert_eq!(
        below(&document, "一、部门职责"),
        [("一是管理。".to_owned(), place(line)), ("二是服务，经费100万元。".to_owned(), place(line + 1))]
    );
    let line = line_of(SMALL, "organisation: ");
    assert_eq!(below(&document, "二、机构设置情况"), [("内设一科。".to_owned(), Some(Place { line, column: 17 }))]);
}

#[test]
fn blank_lines_make_no_paragraphs_and_move_no_place() {
    let text = replace(SMALL, "    一是管理。\n", "    一是管理。\n\n    　　中间。  \n\n\n");
    let document = budget(&text).compose().expect("the spec composes");
    let expected = ["一是管理。", "中间。", "二是服务，经费100万元。"];
    let found = below(&document, "一、部门职责");
    assert_eq!(found.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), expected);
    for ((_, place), piece) in found.iter().zip(["一是管理。", "中间。", "二是服务"]) {
        assert_eq!(place.map(|place| place.line), Some(line_of(&text, piece)), "{piece}");
    }
}

#[test]
fn lines_made_by_a_loop_point_at_the_text() {
    let text = replace(
        SMALL,
        "    一是管理。\n",
        "    {% for item in projects %}{{ item.name }}{{ item | amount }}，{{ item | yoy }}\n    {% endfor %}\n",
    );
    let document = budget(&text).compose().expect("the spec composes");
    let found = below(&document, "一、部门职责");
    assert_eq!(found[0].0, "培训经费30万元，比2021年增加10万元，增长50%");
    assert_eq!(found[1].0, "二是服务，经费100万元。");
    assert_eq!(found[0].1.map(|place| place.line), Some(line_of(&text, "{% for")));
}

#[test]
fn a_text_of_the_spec_replaces_the_profiles() {
    let other = "三、其他";
    let document = budget(SMALL).compose().expect("the small spec composes");
    let [(text, place)] = &below(&document, other)[..] else { panic!("one paragraph") };
    assert!(text.starts_with("本部门无政府性基金"), "{text}");
    assert_eq!(*place, None, "the profile's sentences have no place in the spec");

    let text = replace(SMALL, "  goals: 做好", "  other: 本部门有政府性基金{{ income | amount }}。\n  goals: 做好");
    let document = budget(&text).compose().expect("the spec composes");
    let line = line_of(&text, "other: ");
    assert_eq!(below(&document, other), [("本部门有政府性基金100万元。".to_owned(), Some(Place { line, column: 10 }))]);
}

#[test]
fn sentences_of_the_profile_take_texts_of_the_spec_in() {
    let document = budget(SMALL).compose().expect("the small spec composes");
    let all: Vec<_> = paragraphs(&document).into_iter().map(|(text, _)| text).collect();
    for sentence in [
        "2022年某局部门预算收入100万元，比2021年增加20万元，增长25%。2022年部门预算支出100万元，比2021年增加20万元，增长25%。",
        "某局本级预算100万元，包括人员支出50万元、公用支出20万元、对个人和家庭的补助支出0万元、项目支出30万元。",
        "（一）人员支出50万元，主要是工资。",
        "1.培训经费30万元，主要用于培训。比2021年增加10万元，增长50%，主要原因为人数增加。",
        "2022年“三公”经费预算4万元，比2021年预算减少1万元，减少20%，主要是厉行节约。",
        "2.接待费1万元。",
        "2022年某局本级机关运行经费财政拨款预算20万元，比2021年预算减少5万元，减少20%。主要是厉行节约。",
    ] {
        assert!(all.iter().any(|text| text == sentence), "{sentence}\nis not in\n{}", all.join("\n"));
    }
}

#[test]
fn a_project_without_purpose_or_reason_leaves_no_gap_in_its_sentence() {
    let sentence = |changes: &[(&str, &str)]| {
        let text = changes.iter().fold(SMALL.to_owned(), |text, (piece, by)| replace(&text, piece, by));
        let document = budget(&text).compose().expect("the spec composes");
        let mut all = paragraphs(&document).into_iter().map(|(text, _)| text);
        all.find(|text| text.starts_with("1.培训经费")).expect("the project is listed")
    };
    let (purpose, reason, last) =
        (("    purpose: 培训。\n", ""), ("    reason: 人数增加。\n", ""), ("    last: 20\n", ""));
    assert_eq!(sentence(&[purpose]), "1.培训经费30万元，比2021年增加10万元，增长50%，主要原因为人数增加。");
    assert_eq!(sentence(&[reason, last]), "1.培训经费30万元，主要用于培训。上年无可比数据。");
    assert_eq!(sentence(&[purpose, reason, ("    last: 20\n", "    last: 30\n")]), "1.培训经费30万元，与2021年持平。");
}

#[test]
fn a_text_only_the_department_can_give_leaves_a_marked_gap() {
    let text = replace(SMALL, "  personnel_use: 主要是工资。\n", "");
    let document = budget(&text).compose().expect("a missing text is a finding, no error");
    let all: Vec<_> = paragraphs(&document).into_iter().map(|(text, _)| text).collect();
    let gap = "（一）人员支出50万元，【待填：人员支出主要包括什么，接在金额和逗号之后，从“主要是”写起，以句号结尾】";
    assert!(all.iter().any(|text| text == gap), "{}", all.join("\n"));
}

#[test]
fn a_department_of_several_units_sums_them_and_speaks_in_its_own_name() {
    let text = [
        ("{ id: self, name: 某局本级 }", "{ id: self, name: 某局本级 }\n    - { id: centre, name: 某中心 }"),
        ("{ fund: general_public, amount: 100, last: 80 }", "{ unit: self, fund: general_public, amount: 60, last: 60 }\n  - { unit: centre, fund: general_public, amount: 40, last: 20 }"),
        ("{ item: 2012901, amount: 60 }", "{ unit: self, item: 2012901, amount: 60 }"),
        ("{ item: 2210201, amount: 10 }", "{ unit: centre, item: 2210201, amount: 10 }"),
        ("{ category: personnel, amount: 50 }", "{ unit: self, category: personnel, amount: 50 }"),
        ("{ category: operating, amount: 20, last: 25 }", "{ unit: self, category: operating, amount: 10, last: 15 }\n  - { unit: centre, category: operating, amount: 10, last: 10 }"),
        ("    item: 2012902", "    unit: centre\n    item: 2012902"),
        ("{ category: abroad,", "{ unit: self, category: abroad,"),
        ("{ category: reception,", "{ unit: self, category: reception,"),
        ("{ category: vehicle_purchase,", "{ unit: self, category: vehicle_purchase,"),
        ("{ category: vehicle_running,", "{ unit: self, category: vehicle_running,"),
    ]
    .iter()
    .fold(SMALL.to_owned(), |text, (piece, by)| replace(&text, piece, by));
    let resolved = budget(&text);
    let on_figures = |finding: &Finding| !finding.figures.is_empty();
    assert_eq!(check(&resolved).into_iter().filter(on_figures).collect::<Vec<_>>(), []);
    let all: Vec<_> =
        paragraphs(&resolved.compose().expect("two units compose")).into_iter().map(|(text, _)| text).collect();
    for sentence in [
        "2022年某局部门预算收入100万元，比2021年增加20万元，增长25%。2022年部门预算支出100万元，比2021年增加20万元，增长25%。",
        "2022年某局机关运行经费财政拨款预算20万元，比2021年预算减少5万元，减少20%。主要是厉行节约。",
    ] {
        assert!(all.iter().any(|text| text == sentence), "{sentence}\nis not in\n{}", all.join("\n"));
    }
}

#[test]
fn the_words_of_comparisons_are_the_profiles() {
    let profile = replace(PROFILE, "percent_down: 减少", "percent_down: 下降");
    let profile = replace(&profile, "same: 与{last}年持平", "same: 较{last}年无增减变化");
    let profile = replace(
        &profile,
        "text_amounts: { unit: 万元, decimals: 2, trim: true }",
        "text_amounts: { unit: 元, decimals: 0, thousands: true }",
    );
    let text = replace(SMALL, "  goals: 做好工作。", "  goals: \"{{ reception | yoy }}；{{ abroad | yoy }}\"");
    let spec = Spec::from_yaml(&text).expect("the spec is right");
    let profile = Profile::from_yaml(&profile).expect("the profile is right");
    let budget = Budget::resolve(spec, profile).expect("the spec resolves");
    let all = paragraphs(&budget.compose().expect("the spec composes"));
    let said = "比2021年减少10,000元，下降50%；较2021年无增减变化";
    assert!(all.iter().any(|(text, _)| text == said), "{all:?}");
}

#[test]
fn terms_of_the_spec_replace_the_profiles() {
    let document = budget(SMALL).compose().expect("the small spec composes");
    assert_eq!(below(&document, "第九部分　名词解释").len(), 9);
    let text = replace(SMALL, "performance:\n", "glossary:\n  - { term: 某词, meaning: 某义。 }\nperformance:\n");
    let document = budget(&text).compose().expect("the spec composes");
    let [(term, place)] = &below(&document, "第九部分　名词解释")[..] else { panic!("one term") };
    assert_eq!(term, "一、某词：某义。");
    assert_eq!(place.map(|place| place.line), Some(line_of(&text, "某词")));
}

#[test]
fn terms_are_added_behind_those_of_the_form_or_replace_them() {
    let terms = |glossary: &str| -> Vec<String> {
        let budget = budget(&format!("{SMALL}{glossary}\n"));
        budget.glossary().map(|(term, is_own)| format!("{}{}", &*term.term, if is_own { "*" } else { "" })).collect()
    };
    let of_form = terms("");
    let added = terms("glossary: { add: [{ term: 人才住房, meaning: 某义。 }] }");
    assert_eq!(added, [&*of_form, &["人才住房*".to_owned()]].concat());
    assert_eq!(terms("glossary: [{ term: 人才住房, meaning: 某义。 }]"), ["人才住房*"]);
}

#[test]
fn an_institution_has_no_operating_funds_of_an_office() {
    let spec = replace(SMALL, "name: 某局本级 }", "name: 某局本级, nature: institution }");
    let office = |spec: &str| budget(spec).figure("office").and_then(|total| total.amount);
    assert!(office(SMALL).is_some_and(|amount| amount != budgetdoc_core::money::Money::ZERO));
    assert!(office(&spec).is_none_or(|amount| amount == budgetdoc_core::money::Money::ZERO));
}
