//! Profiles that extend another: what they change, what stays, and where their errors are.

use budgetdoc_core::budget::Budget;
use budgetdoc_core::error::{File, Problem};
use budgetdoc_core::profile::{Profile, TableContent};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Spec;

const HEAD: &str = "budgetdoc_profile: 1\nname: own/2025\nextends: shanghai/2025\n";

fn base() -> Profile {
    Profile::built_in(&Located::from("shanghai/2025".to_owned())).expect("a profile that comes along is right")
}

fn read(rest: &str) -> Profile {
    Profile::from_yaml(&format!("{HEAD}{rest}")).unwrap_or_else(|error| panic!("{error}"))
}

/// Line and message of every problem.
fn wrong(text: &str) -> Vec<(Option<u32>, String)> {
    let error = Profile::from_yaml(text).expect_err("something is wrong");
    assert!(error.problems.iter().all(|problem| problem.file == File::Profile));
    error.problems.into_iter().map(|problem| (problem.place.map(|place| place.line), problem.message.en)).collect()
}

#[test]
fn what_is_not_named_stays() {
    let (own, base) = (read(""), base());
    assert_eq!(own.name, "own/2025");
    assert_eq!(own.extends, Some("shanghai/2025".to_owned().into()));
    assert_eq!(Profile { name: base.name.clone(), about: base.about.clone(), extends: None, ..own }, base);
}

#[test]
fn mappings_are_merged_by_key_and_lists_are_replaced() {
    let own = read(
        "constants: { body: 单位 }\n\
         figures:\n  income: { accounts: [income] }\n  extra: { accounts: [meetings] }\n\
         categories: { meetings: [{ id: meeting, name: 会议费 }] }\n\
         glossary: []\n\
         styles: { body: { size: 15 }, note: { size: 11 } }\n\
         texts: { duties: 职责。 }\n\
         asks: { items: 支出的主要内容 }\n",
    );
    let base = base();
    assert_eq!(own.constants.get("body").map(String::as_str), Some("单位"));
    assert_eq!(own.constants.get("this_body"), base.constants.get("this_body"));
    assert_eq!(own.figures.iter().count(), base.figures.iter().count() + 1);
    assert_eq!(own.categories.meetings.len(), 1);
    assert_eq!(own.categories.basic, base.categories.basic);
    assert_eq!((own.glossary.len(), own.tables.iter().count()), (0, 9));
    // A text that is asked for is no default text any more, and the other way round.
    assert!(own.texts.get("items").is_none() && own.asks.get("items").is_some());
    assert!(own.texts.get("duties").is_some() && own.asks.get("duties").is_none());
}

#[test]
fn mappings_are_merged_all_the_way_down() {
    let own = read(
        "words: { percent_down: 降低 }\n\
         numbering: { table: \"附表{n}\" }\n\
         headings: { section: { new_page: true } }\n\
         table_amounts: { decimals: 0 }\n\
         page: { orientation: landscape, spacing: { mixed_gap: 12 } }\n\
         vehicles: { count: cars }\n\
         styles: { table_title: { size: 20 } }\n\
         tables: { three_public: { orientation: null, empty_notes: [无。] } }\n",
    );
    let base = base();
    let (words, theirs) = (&own.words, &base.words);
    assert_eq!((words.percent_down.as_str(), &words.percent_up), ("降低", &theirs.percent_up));
    assert_eq!((own.numbering.table.as_str(), &own.numbering.part), ("附表{n}", &base.numbering.part));
    assert!(own.headings.section.new_page && !base.headings.section.new_page);
    assert_eq!(own.headings.section.level, base.headings.section.level);
    assert_eq!(own.headings.part, base.headings.part);
    assert_eq!((own.table_amounts.decimals, own.table_amounts.unit), (0, base.table_amounts.unit));
    assert_eq!((own.page.lines, &own.page.margins), (base.page.lines, &base.page.margins));
    assert_eq!(own.page.spacing.mixed_gap, 12);
    let vehicles = |profile: &Profile| profile.vehicles.as_ref().map(|vehicles| vehicles.running.value.clone());
    assert_eq!(vehicles(&own), vehicles(&base));
    let table = |profile: &Profile| profile.tables.get("three_public").cloned().expect("the table is there");
    let (changed, theirs) = (table(&own), table(&base));
    assert!(theirs.orientation.is_some(), "or taking it away shows nothing");
    assert_eq!((changed.orientation, changed.empty_notes.as_slice()), (None, ["无。".to_owned()].as_slice()));
    assert_eq!((changed.title, changed.content), (theirs.title, theirs.content));
}

#[test]
fn measures_choices_and_lists_are_replaced_whole() {
    let own = read(
        "figures: { basic: { accounts: [expenditure] } }\n\
         caption: [左, 右]\n\
         kinds:\n  - { id: basic, name: 基本支出 }\n  - { id: project, name: 项目支出, projects: true }\n\
         tables:\n  income:\n    content:\n      rows:\n        columns: [{ head: [合计], show: { sum: {} } }]\n        rows: { each: [unit] }\n",
    );
    let basic = own.figures.get("basic").expect("a figure of the other profile");
    assert!(basic.kinds.is_empty(), "a key left out of a measure matches everything, and is not filled in");
    assert_eq!(own.caption, ["左", "右"]);
    assert_eq!(own.kinds.len(), 2);
    let Some(TableContent::Rows(rows)) = own.tables.get("income").map(|table| &table.content) else {
        panic!("the table has rows")
    };
    assert_eq!((rows.columns.len(), &rows.total), (1, &None));
}

#[test]
fn faults_of_a_profile_that_extends_another_are_all_found_where_they_are() {
    let problems = wrong(&format!(
        "{HEAD}words:\n  incraese: 增长\nheadings:\n  part: {{ level: 7 }}\nkinds: 3\ntables:\n  income: {{ titel: 表 }}\n"
    ));
    let lines: Vec<_> = problems.iter().map(|(line, _)| line.unwrap_or(0)).collect();
    assert_eq!(lines, [5, 7, 8, 10], "{problems:?}");
    assert_eq!(wrong(&format!("{HEAD}name: twice\n")), [(Some(4), "the key `name` is repeated".to_owned())]);
    assert_eq!(wrong(&format!("{HEAD}words: {{ same: 一样\n")).len(), 1, "braces that are not closed");
    let words = "words: { same: 一样 }\n";
    assert_eq!(
        wrong(&format!("{HEAD}{words}{words}numbering: {{ part: \"{{cn}}\" }}\ntables:\n  income: {{ title: 表 }}\n")),
        [(Some(5), "the key `words` is repeated".to_owned())]
    );
}

#[test]
fn an_error_of_its_own_has_its_line() {
    assert_eq!(
        wrong(&format!("{HEAD}figures:\n  extra: {{ accounts: [income], funds: [publc] }}\n")),
        [(Some(5), "there is no fund `publc`".to_owned())]
    );
    assert_eq!(wrong(&format!("{HEAD}tabels: {{}}\n")), [(Some(4), "there is no key `tabels`".to_owned())]);
    let styles = wrong(&format!("{HEAD}styles: {{ bdy: {{ size: 15 }} }}\n"));
    assert_eq!(styles, [(Some(4), "there is no style `bdy`".to_owned())]);
}

#[test]
fn an_error_in_what_is_taken_over_points_to_where_it_is_taken() {
    // The tables of the other profile name funds that are gone.
    let text = format!("{HEAD}funds:\n  - {{ id: general_public, name: 一般公共预算, group: appropriation }}\n");
    let problems = wrong(&text);
    assert!(!problems.is_empty());
    for (line, message) in problems {
        assert_eq!(line, Some(3), "{message}");
        assert!(message.ends_with("(in `shanghai/2025`, which this profile extends)"), "{message}");
    }
}

#[test]
fn only_profiles_that_come_along_are_extended() {
    assert_eq!(
        wrong("budgetdoc_profile: 1\nname: own/2025\nextends: shangai/2025\n"),
        [(Some(3), "there is no profile `shangai/2025`".to_owned())]
    );
}

#[test]
fn every_profile_that_comes_along_is_right_and_says_what_it_is_for() {
    for name in Profile::built_in_names() {
        let profile = Profile::built_in(&name.to_owned().into()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(profile.name, name);
        assert!(!profile.about.is_empty(), "{name}");
    }
}

#[test]
fn errors_in_its_templates_have_line_and_column() {
    let places = |text: &str| -> Vec<(u32, u32, String)> {
        let profile = Profile::from_yaml(text).unwrap_or_else(|error| panic!("{error}"));
        let spec = Spec::from_yaml(crate::support::SMALL).expect("the small spec is right");
        let error = Budget::resolve(spec, profile).and_then(|budget| budget.compose()).expect_err("a name is misspelt");
        let of = |problem: &Problem| problem.place.map_or((0, 0), |place| (place.line, place.column));
        assert!(error.problems.iter().all(|problem| problem.file == File::Profile));
        let all = error.problems.iter().map(|problem| (of(problem).0, of(problem).1, problem.message.en.clone()));
        all.collect()
    };
    let head = "budgetdoc_profile: 1\nname: own/2022\nextends: shenzhen/2022\n";
    let own = places(&format!(
        "{head}cover: \"{{{{ yeer }}}}年\"\ntexts:\n  overview: |\n    好。\n    收入{{{{ incom | amount }}}}。\ntables:\n  balance:\n    title: \"{{{{ tilte }}}}\"\n"
    ));
    let expected = [(4, 12, "yeer"), (8, 10, "incom"), (11, 16, "tilte")];
    let expected = expected.map(|(line, column, name)| (line, column, format!("there is no name `{name}`")));
    assert_eq!(own, expected);
    let caption = places(&format!("{head}caption: [\"{{{{ nam }}}}\", 右]\n"));
    assert_eq!(
        caption,
        [(4, 15, "there is no name `nam`".to_owned())],
        "told once, though it stands above every table"
    );
}

#[test]
fn an_outline_is_changed_in_places() {
    let base = base();
    let own = read(
        "outline_changes:\n\
         - { after: { table: balance }, insert: [{ text: note }] }\n\
         - { before: { text: note }, insert: [{ lead: 说明。 }] }\n\
         - { replace: { part: 名词解释 }, insert: [{ part: 名词 }] }\n\
         - drop: { part: 项目经费情况说明 }\n\
         - drop: { table: three_public }\n\
         texts: { note: 无。 }\n",
    );
    let show = |profile: &Profile| {
        let blocks = profile.outline.iter().map(|block| serde_json::to_string(block).expect("plain data"));
        blocks.collect::<Vec<_>>()
    };
    let mut expected = show(&base);
    let part = expected.iter().position(|block| block.contains("项目经费情况说明")).expect("a part");
    expected.truncate(part);
    expected.retain(|block| block != r#"{"table":"three_public"}"#);
    let at = expected.iter().position(|block| block == r#"{"table":"balance"}"#).expect("a table") + 1;
    expected.splice(at..at, [r#"{"lead":"说明。"}"#.to_owned(), r#"{"text":"note"}"#.to_owned()]);
    let terms = expected.iter().position(|block| block.contains("名词解释")).expect("a part");
    expected[terms] = r#"{"part":"名词"}"#.to_owned();
    assert_eq!(show(&own), expected);
    // As with an outline of its own, what it leaves out is dropped.
    assert!(own.tables.get("three_public").is_none() && own.asks.get("project_basis").is_none());
    assert!(own.outline_changes.is_empty());
}

#[test]
fn blocks_behind_a_condition_are_changed_too() {
    let text = "outline: [{ when: { any: [income], then: [{ text: duties }], otherwise: [{ table: balance }] } }]\n\
                outline_changes: [{ after: { table: balance }, insert: [glossary] }]\n";
    let outline = serde_json::to_value(read(text).outline).expect("plain data");
    assert_eq!(outline[0]["when"]["otherwise"], serde_json::json!([{ "table": "balance" }, "glossary"]));
}
