//! Messages that no small change of a small spec brings about, in both languages and with their places: those about
//! tables of subjects, profiles that extend another, and specs built in code.

use std::fmt::Write as _;

use crate::support::{PROFILE, SMALL, SNAPSHOTS, replace, show};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Spec;
use budgetdoc_core::subject_table::SubjectTable;

/// Rows put into the small spec.
const ROWS: &[(&str, &str)] = &[
    ("a suppression without a reason", "suppress: [{ rule: A5, reason: \"\" }]"),
    ("an alias within what it stands for", "names: &all [某局, *all]"),
    ("a control figure of no table", "control: [{ table: nine, row: 合计, column: 小计, amount: 1 }]"),
];

/// Pieces of the profile, and what takes their place.
const PROFILES: &[(&str, &str, &str)] = &[
    (
        "a caption with one side",
        "caption: [\"部门名称：{{ department.name }}\", \"单位：{{ unit }}\"]",
        "caption: [单位]",
    ),
    ("two keys for one piece of the outline", "- part: 部门概况", "- part: 部门概况\n    text: duties"),
    ("words behind the glossary", "- part: 部门概况", "- glossary: 名词"),
    ("a question answered in Chinese", "projects: true", "projects: 是"),
    ("half a hundredth", "table_amounts: { unit", "page: { spacing: { mixed_gap: 0.5 } }\ntable_amounts: { unit"),
    ("an unknown style", "table_amounts: { unit", "styles: { boddy: { size: 15 } }\ntable_amounts: { unit"),
];

/// Behind the head of a profile that extends another.
const EXTENDING: &[(&str, &str)] = &[
    ("an unknown profile", "extends: shenzen/2022\n"),
    (
        "kinds without that of the projects",
        "extends: shenzhen/2022\nkinds: [{ id: basic, name: 基本支出 }, { id: project, name: 项目支出 }]\n",
    ),
    (
        "a fund that the other's tables need",
        "extends: shanghai/2025\nfunds: [{ id: other_income, name: 其他收入, group: own_funds }]\n",
    ),
    ("a change at no block", "extends: shanghai/2025\noutline_changes: [{ drop: { table: balence } }]\n"),
    (
        "a change at a block of two",
        "extends: shanghai/2025\noutline_changes: [{ drop: { text: duties } }, { before: glossary, insert: [glossary] }, { drop: glossary }]\n",
    ),
    (
        "a change at two blocks",
        "extends: shanghai/2025\noutline_changes: [{ drop: { table: balance }, after: glossary }]\n",
    ),
    ("a change nowhere", "extends: shanghai/2025\noutline_changes: [{ insert: [glossary] }]\n"),
];

const SUBJECTS: &[(&str, &str)] = &[
    ("a column missing", "classification,code\nfunctional,2012901\n"),
    ("a column too many", "classification,code,name,year\nfunctional,2012901,行政运行,2022\n"),
    ("years the wrong way round", "classification,code,name,first,last\nfunctional,2012901,行政运行,2022,2019\n"),
    ("a year in words", "classification,code,name,first,last\nfunctional,2012901,行政运行,今年,\n"),
    ("no name", "classification,code,name\nfunctional,2012901,\n"),
    ("an unknown classification", "classification,code,name\nfunctionl,2012901,行政运行\n"),
    ("a code of four digits", "classification,code,name\nfunctional,2012,行政运行\n"),
    ("a code twice", "classification,code,name\nfunctional,2012901,行政运行\nfunctional,2012901,运行\n"),
];

#[test]
fn rare_messages_name_the_place_the_fault_and_the_remedy_too() {
    let mut out = String::from("Messages that no small change of a small spec brings about.\n");
    let mut say = |name: &str, result: Result<(), Error>| {
        let mut error = result.expect_err(name);
        // One of a kind is enough to read.
        error.problems.dedup_by(|one, other| one.message.en.split('`').next() == other.message.en.split('`').next());
        let _ = write!(out, "\n--- {name}\n");
        show(&mut out, &error);
    };
    for (name, rows) in ROWS {
        say(name, crate::support::resolve(&format!("{SMALL}{rows}\n")).map(|_| ()));
    }
    for (name, template) in [
        ("a loop within a loop", "{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}"),
        ("a long chain", &format!("{{{{ {}1 }}}}", "-".repeat(2_000))),
    ] {
        let spec = replace(SMALL, "内设一科。", &format!("\"{template}\""));
        say(name, crate::support::resolve(&spec).and_then(|budget| budget.compose().map(drop)));
    }
    for (name, rows) in [
        ("a long text", format!("names: [\"{}\"]", "预算公开。\\n".repeat(60_000))),
        ("a long paragraph", format!("names: [{}]", "预".repeat(20_001))),
        ("a long list", format!("names: [{}]", "x, ".repeat(100_001))),
        ("many keys", (0..=10_000).map(|number| format!("key{number}: x\n")).collect()),
        ("lists in lists", format!("names: {}{}", "[".repeat(300), "]".repeat(300))),
    ] {
        say(name, crate::support::resolve(&format!("{SMALL}{rows}\n")).map(|_| ()));
    }
    let units: String = (0..=10_000).map(|number| format!("    - {{ id: u{number}, name: 某局 }}\n")).collect();
    say(
        "many units",
        crate::support::resolve(&replace(SMALL, "  units:\n", &format!("  units:\n{units}"))).map(|_| ()),
    );
    for (name, piece, by) in PROFILES {
        say(name, Profile::from_yaml(&replace(PROFILE, piece, by)).map(|_| ()));
    }
    for (name, rest) in EXTENDING {
        say(name, Profile::from_yaml(&format!("budgetdoc_profile: 1\nname: own/2025\n{rest}")).map(|_| ()));
    }
    say("129 funds", too_many_funds());
    say("an unknown profile, in code", Profile::built_in(&Located::from("shenzhen/2023".to_owned())).map(|_| ()));
    say("a figure twice, in code", twice_in_code());
    for (name, table) in SUBJECTS {
        say(name, SubjectTable::from_csv(table).map(|_| ()));
    }
    SNAPSHOTS.assert_eq("messages-rare.txt", &out);
}

fn too_many_funds() -> Result<(), Error> {
    let more: String =
        (0..120).map(|number| format!("  - {{ id: more{number}, name: 更多, group: own_funds }}\n")).collect();
    Profile::from_yaml(&replace(PROFILE, "\nfunds:\n", &format!("\nfunds:\n{more}"))).map(|_| ())
}

fn twice_in_code() -> Result<(), Error> {
    let mut spec = Spec::from_yaml(SMALL)?;
    for row in &mut spec.expenditure {
        (row.item, row.amount.place) = (spec.projects[0].item.value.into(), None);
    }
    let profile = Profile::built_in(&spec.profile)?;
    Budget::resolve(spec, profile).map(|_| ())
}
