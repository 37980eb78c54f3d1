//! Messages for programs, and everything said in both languages.

use std::path::Path;

use crate::program::{PROGRAM, SPEC, folder_with, root, run};
use serde_json::Value;

/// The sample with a digit of one amount in the wrong place.
fn wrong() -> tempfile::TempDir {
    let folder = folder_with("{ item: 2012901, amount: 487 }", "{ item: 2012901, amount: 478 }");
    std::fs::rename(folder.path().join("budget.yaml"), folder.path().join("预算 1.yaml")).unwrap();
    folder
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn json_has_both_languages_and_every_place() {
    let folder = wrong();
    let run =
        run(Path::new(PROGRAM), folder.path(), &["check", "预算 1.yaml", "none.yaml", "--message-format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let document = parse(&run.out);
    assert_eq!(document["version"], 1);
    assert_eq!(document["outcome"], "failed");
    let [wrong, missing] = document["specs"].as_array().unwrap().as_slice() else { panic!("{document:#}") };
    assert_eq!((&wrong["spec"], &wrong["outcome"]), (&"预算 1.yaml".into(), &"findings".into()));
    let finding = &wrong["messages"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&"A4".into(), &"error".into()));
    assert!(finding["message"]["zh"].as_str().unwrap().contains("收入总计为 1310万元"), "{finding:#}");
    assert!(finding["message"]["en"].as_str().unwrap().contains("total income is 1310"), "{finding:#}");
    let place = &finding["places"][0];
    assert_eq!((&place["line"], &place["column"], &place["end_column"]), (&36.into(), &37.into(), &41.into()));
    let figure = &finding["figures"][0];
    assert_eq!((&figure["amount"], &figure["terms"][0]["line"]), (&"13100000".into(), &36.into()));
    assert_eq!(missing["outcome"], "failed");
    assert!(missing["messages"][0]["help"]["en"].as_str().unwrap().contains("check its name"));
}

#[test]
fn characters_without_a_glyph_are_found_by_check_in_the_words_of_render() {
    let folder = folder_with("name: 宣传经费（", "name: 宣ก传经费（");
    let go = |arguments: &[&str]| run(Path::new(PROGRAM), folder.path(), arguments);
    let messages = |run: &str| -> Vec<Value> {
        let messages = parse(run)["specs"][0]["messages"].as_array().unwrap().clone();
        messages.into_iter().filter(|message| message["code"] == "missing-glyphs").collect()
    };
    let checked = go(&["check", "budget.yaml", "--message-format", "json"]);
    let found = messages(&checked.out);
    assert_eq!((checked.code, found.len(), &found[0]["places"][0]["line"]), (1, 1, &72.into()), "{}", checked.out);
    assert_eq!(found, messages(&go(&["render", "budget.yaml", "--message-format", "json"]).out));
}

#[test]
fn problems_have_codes_and_name_the_options_that_help() {
    let folder = folder_with("year: 2022", "yaer: 2022");
    std::fs::write(folder.path().join("fonts.yaml"), std::fs::read(root().join(SPEC)).unwrap()).unwrap();
    let go = |arguments: &[&str]| run(Path::new(PROGRAM), folder.path(), arguments);
    let document = parse(&go(&["check", "budget.yaml", "none.yaml", "--message-format", "json"]).out);
    let [read, missing] = document["specs"].as_array().unwrap().as_slice() else { panic!("{document:#}") };
    let codes = |spec: &Value| -> Vec<Value> {
        spec["messages"].as_array().unwrap().iter().map(|message| message["code"].clone()).collect()
    };
    assert_eq!(codes(read), ["unknown-key"]);
    assert_eq!(codes(missing), [Value::Null]);
    let log = parse(&go(&["check", "budget.yaml", "--message-format", "sarif"]).out);
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "unknown-key");
    let faceless = ["render", "fonts.yaml", "--font", "body=没有", "-o", "a.pdf", "--message-format", "json"];
    let document = parse(&go(&faceless).out);
    assert!(codes(&document["specs"][0]).contains(&"unknown-family".into()), "{document:#}");
    for (lang, option) in [("zh", "（--year）"), ("en", " (--year)")] {
        let late = go(&["rollover", "fonts.yaml", "--year", "2025", "--lang", lang]).err;
        assert!(late.contains(option), "{late}");
        let late = go(&["check", "fonts.yaml", "--last-year", "fonts.yaml", "--lang", lang]).err;
        assert!(late.contains("--last-year"), "{late}");
    }
}

#[test]
fn of_very_many_messages_the_first_are_drawn() {
    let keys: String = (0..600).map(|number| format!("key{number}: x\n")).collect();
    let folder = folder_with("year: 2022\n", &format!("year: 2022\n{keys}"));
    let read = run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml", "--lang", "en"]);
    assert_eq!(read.err.matches("there is no key").count(), 500);
    assert!(read.err.contains("budget.yaml: 100 more messages are not shown"), "{}", read.err);
    let json =
        parse(&run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml", "--message-format", "json"]).out);
    assert_eq!(json["specs"][0]["messages"].as_array().unwrap().len(), 600);
}

#[test]
fn a_finding_about_words_points_at_these_words() {
    let folder = folder_with(
        "新增单价50万元以上通用设备{{ counts.new_general_equipment }}台（套）",
        "新增单价50万元以上通用设备XX台（套）",
    );
    let check = |more: &[&str]| run(Path::new(PROGRAM), folder.path(), &[&["check", "budget.yaml"], more].concat()).out;
    let document = parse(&check(&["--message-format", "json"]));
    let messages = document["specs"][0]["messages"].as_array().unwrap();
    let residue = messages.iter().find(|message| message["rule"] == "C14").unwrap();
    let place = &residue["places"][0];
    let spec = std::fs::read_to_string(folder.path().join("budget.yaml")).unwrap();
    let line = spec.lines().nth(place["line"].as_u64().unwrap() as usize - 1).unwrap();
    let column = |key: &str| place[key].as_u64().unwrap() as usize - 1;
    let words: String = line.chars().take(column("end_column")).skip(column("column")).collect();
    assert_eq!(words, "XX");
    let log = parse(&check(&["--message-format", "sarif"]));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let residue = results.iter().find(|result| result["ruleId"] == "C14").unwrap();
    let region = &residue["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&place["column"], &place["end_column"]));
    let text = run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml", "--lang", "en"]);
    let carets = text.err.lines().chain(text.out.lines()).find(|line| line.contains('━')).unwrap().to_owned();
    assert_eq!(carets.matches('━').count(), 2, "{carets}");
}

#[test]
fn the_report_is_what_json_prints() {
    let folder = wrong();
    let check =
        |more: &[&str]| run(Path::new(PROGRAM), folder.path(), &[&["check", "预算 1.yaml", "a*.yaml"], more].concat());
    let printed = check(&["--message-format", "json", "--report", "out.json"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.json")).unwrap(), printed.out);
    assert!(parse(&printed.out)["messages"][0]["message"]["en"].as_str().unwrap().contains("no spec in a*.yaml"));
    // The report does not depend on what is printed beside it.
    std::fs::remove_file(folder.path().join("out.json")).unwrap();
    check(&["--report", "out.json", "--lang", "en"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.json")).unwrap(), printed.out);
}

#[test]
fn sarif_has_a_rule_for_every_result_and_a_region_for_every_figure() {
    let folder = wrong();
    let arguments = ["check", "预算 1.yaml", "none.yaml", "--message-format", "sarif", "--lang", "en"];
    let run = run(Path::new(PROGRAM), folder.path(), &arguments);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let log = parse(&run.out);
    assert_eq!(log["version"], "2.1.0");
    let part = &log["runs"][0];
    let rules = part["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| !rule["fullDescription"]["text"].as_str().unwrap().is_empty()));
    let results = part["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].as_str().unwrap().contains("\nhelp: "), "{result:#}");
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E9%A2%84%E7%AE%97%201.yaml");
    assert_eq!(place["region"]["startLine"], 36);
    assert_eq!((&place["region"]["startColumn"], &place["region"]["endColumn"]), (&37.into(), &41.into()));
    // Income, seven items and seven projects.
    assert_eq!(results[0]["relatedLocations"].as_array().unwrap().len(), 15);
    assert_eq!(results.last().unwrap()["ruleId"], "input");
}

#[test]
fn texts_to_be_written_are_one_message_and_errors_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let spec = "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\ndepartment: { name: 某局, units: [{ id: self, name: 某局本级 }] }\n";
    std::fs::write(folder.path().join("a.yaml"), spec).unwrap();
    let draft = run(Path::new(PROGRAM), folder.path(), &["check", "a.yaml"]).err;
    let asked = draft.split("\n\n").find(|message| message.contains("没有填写（")).unwrap();
    for line in ["text.duties：", "text.assets：", "其余照此"] {
        assert!(asked.contains(line), "{draft}");
    }
    // An empty table asks for its figures first: the user may not change a profile that comes along.
    assert!(draft.contains("请填写 income；确实没有的"), "{draft}");
    let heads = |level: &str| -> Vec<usize> { draft.match_indices(level).map(|(at, _)| at).collect() };
    assert!(heads("错误[").last() < heads("警告[").first(), "{draft}");
}

#[test]
fn colours_are_used_when_they_are_wanted() {
    let folder = wrong();
    let check = |more: &[&str]| run(Path::new(PROGRAM), folder.path(), &[&["check", "none.yaml"], more].concat()).err;
    assert!(!check(&[]).contains('\u{1b}'));
    assert!(check(&["--color", "always"]).contains("\u{1b}["));
    assert!(!check(&["--color=never"]).contains('\u{1b}'));
}

#[test]
fn rules_are_listed_and_explained_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let say = |arguments: &[&str]| run(Path::new(PROGRAM), folder.path(), arguments);
    let list = say(&["rules"]).out;
    assert!(list.lines().any(|line| line.starts_with("A5") && line.contains("类等于款之和")), "{list}");
    for id in list.lines().map(|line| line.split_whitespace().next().unwrap()) {
        let (chinese, english) = (say(&["explain", id]), say(&["explain", &id.to_lowercase(), "--lang", "en"]));
        assert_eq!((chinese.code, english.code), (0, 0));
        assert!(chinese.out.lines().count() >= 3 && english.out.lines().count() >= 3);
        assert_ne!(chinese.out, english.out);
    }
    let unknown = say(&["explain", "A99"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("没有规则“A99”") && unknown.err.contains("A4, A5"), "{}", unknown.err);
}
