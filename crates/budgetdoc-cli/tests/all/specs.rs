//! The commands that read specs and write no documents, as a user runs them: `rollover` and `diff`.

use std::path::Path;

use crate::program::{PROGRAM, Run, SNAPSHOTS, root};

const SPEC: &str = "longgang-womens-federation-2022.yaml";
const NEXT: &str = "longgang-womens-federation-2023.yaml";

fn run(folder: &Path, arguments: &[&str]) -> Run {
    crate::program::run(Path::new(PROGRAM), folder, arguments)
}

/// A folder with the sample in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(root().join("specs").join(SPEC), folder.path().join(SPEC)).unwrap();
    folder
}

/// Writes the sample with pieces of it replaced.
fn write(folder: &Path, name: &str, pieces: &[(&str, &str)]) {
    let text = std::fs::read_to_string(folder.join(SPEC)).unwrap();
    let text = pieces.iter().fold(text, |text, (piece, by)| {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
        text.replace(piece, by)
    });
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn rollover_writes_beside_the_spec_with_the_next_year_in_its_name() {
    let folder = folder();
    let before = std::fs::read(folder.path().join(SPEC)).unwrap();
    let first = run(folder.path(), &["rollover", SPEC, "--year", "2023"]);
    assert_eq!(first.code, 0, "{}", first.err);
    SNAPSHOTS.assert_eq("rollover.zh.txt", &format!("{}\n{}", first.out, first.err));
    let text = std::fs::read_to_string(folder.path().join(NEXT)).unwrap();
    assert!(text.contains("amount: 待填, last: 1310"));
    assert_eq!(std::fs::read(folder.path().join(SPEC)).unwrap(), before);
    // A second time what may already be filled in is not lost.
    std::fs::write(folder.path().join(NEXT), "已填写").unwrap();
    let again = run(folder.path(), &["rollover", SPEC, "--year", "2023"]);
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.err.contains(NEXT) && again.err.contains("已经存在"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(folder.path().join(NEXT)).unwrap(), "已填写");
    let named = run(folder.path(), &["rollover", SPEC, "--year", "2023", "-o", "new/明年.yaml", "--lang", "en"]);
    SNAPSHOTS.assert_eq("rollover.en.txt", &format!("{}\n{}", named.out, named.err));
    assert_eq!(std::fs::read_to_string(folder.path().join("new/明年.yaml")).unwrap(), text);
    // What it writes is no workbook.
    let book = run(folder.path(), &["rollover", SPEC, "--year", "2023", "-o", "new/明年.xlsx"]);
    assert!(book.code == 2 && book.err.contains("-o new/明年.yaml"), "{}", book.err);
    assert!(!folder.path().join("new/明年.xlsx").exists());
    // A name without a year gets one.
    std::fs::rename(folder.path().join(SPEC), folder.path().join("budget.yml")).unwrap();
    assert_eq!(run(folder.path(), &["rollover", "budget.yml", "--year", "2023"]).code, 0);
    assert!(folder.path().join("budget-2023.yml").exists());
}

#[test]
fn rollover_writes_to_standard_output_only_when_told() {
    let folder = folder();
    let piped = run(folder.path(), &["rollover", SPEC, "--year", "2023", "-o", "-"]);
    assert_eq!(piped.code, 0);
    assert_eq!(run(folder.path(), &["rollover", SPEC, "--year", "2023"]).code, 0);
    assert_eq!(piped.out, std::fs::read_to_string(folder.path().join(NEXT)).unwrap());
    assert!(piped.err.contains("已生成 <stdout>"), "{}", piped.err);
    let unnamed = run(folder.path(), &["rollover", "-", "--year", "2023"]);
    assert_eq!((unnamed.code, unnamed.out.as_str()), (2, ""));
    assert!(unnamed.err.contains("-o"), "{}", unnamed.err);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with('-')), "{names:?}");
}

#[test]
fn a_spec_rolled_over_is_refused_by_check_and_drafted_by_force() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["rollover", SPEC, "--year", "2023"]).code, 0);
    let check = run(folder.path(), &["check", NEXT]);
    assert_eq!(check.code, 1);
    // Gaps are one message that counts them and lists their lines; last year's amount stands at those that are shown.
    let gaps: Vec<_> = check.err.lines().filter(|line| line.contains("本年金额待填")).collect();
    assert_eq!(gaps.len(), 1, "{}", check.err);
    assert!(gaps[0].contains("（27 处）：第 36、40–46、50–52、") && gaps[0].ends_with("、142–143 行"), "{}", gaps[0]);
    assert_eq!(check.err.matches("上年为 ").count(), 8, "{}", check.err);
    assert!(check.err.contains("━━━━ 上年为 1310万元"), "{}", check.err);
    let english = run(folder.path(), &["check", NEXT, "--lang", "en"]).err;
    assert!(english.contains("is unfilled (27 places): lines 36, 40–46, "), "{english}");
    // Programs get each by itself.
    let json = run(folder.path(), &["check", NEXT, "--message-format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let messages = json["specs"][0]["messages"].as_array().unwrap();
    assert_eq!(messages.iter().filter(|message| message["rule"] == "C14").count(), 27);
    let sarif = run(folder.path(), &["check", NEXT, "--message-format", "sarif"]).out;
    assert_eq!(sarif.matches("\"ruleId\": \"C14\"").count(), 27);
    assert!(check.err.contains(&format!("{NEXT}:36:37")), "{}", check.err);
    assert_eq!(run(folder.path(), &["render", NEXT, "--format", "docx"]).code, 1);
    let forced = run(folder.path(), &["render", NEXT, "--format", "docx", "--force"]);
    assert_eq!(forced.code, 1);
    assert!(folder.path().join(NEXT.replace("yaml", "docx")).exists());
}

#[test]
fn rollover_says_in_which_line_it_fails_and_writes_nothing() {
    let folder = folder();
    for (year, said) in [("2022", "24:7"), ("2024", "24:7")] {
        let refused = run(folder.path(), &["rollover", SPEC, "--year", year]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(
            refused.err.contains(&format!("{SPEC}:{said}")) && refused.err.contains("生成2023年的"),
            "{}",
            refused.err
        );
    }
    write(folder.path(), "bad.yaml", &[("\nprofile:", "\nprofil:")]);
    let bad = run(folder.path(), &["rollover", "bad.yaml", "--year", "2023"]);
    assert!(bad.code == 2 && bad.err.contains("bad.yaml:23:1"), "{}", bad.err);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(run(folder.path(), &["rollover", SPEC]).code, 2);
}

#[test]
fn diff_tells_figures_and_texts_in_both_languages_and_to_programs() {
    let folder = folder();
    write(
        folder.path(),
        "new.yaml",
        &[
            ("amount: 1310, last: 1032", "amount: 1400.5, last: 1032"),
            ("{ category: operating, amount: 40, last: 68 }", "{ category: operating, amount: 待填, last: 68 }"),
            ("  - { item: 2210203, amount: 84 }     # 购房补贴\n", ""),
            ("    amount: 7\n", "    amount: 0\n"),
            ("人次以上；推送微信100次以上", "人次以上；推送微信500次以上"),
            ("  vehicles: 2  ", "  vehicles: 3  "),
            ("    主要是离退休人员经费。\n", "    主要是离退休人员经费。\n    另有遗属补助。\n"),
        ],
    );
    let chinese = run(folder.path(), &["diff", SPEC, "new.yaml"]);
    assert_eq!((chinese.code, chinese.err.as_str()), (0, ""));
    SNAPSHOTS.assert_eq("diff.zh.txt", &chinese.out);
    SNAPSHOTS.assert_eq("diff.en.txt", &run(folder.path(), &["diff", SPEC, "new.yaml", "--lang", "en"]).out);
    SNAPSHOTS.assert_eq("diff.json", &run(folder.path(), &["diff", SPEC, "new.yaml", "--format", "json"]).out);
    let same = run(folder.path(), &["diff", SPEC, SPEC]);
    assert_eq!((same.code, same.out), (0, format!("{SPEC} 与 {SPEC} 没有不同\n")));
    assert_eq!(run(folder.path(), &["diff", SPEC, SPEC, "--format", "json"]).out, "[]\n");
}

#[test]
fn diff_tells_what_is_wrong_with_either_spec() {
    let folder = folder();
    write(folder.path(), "bad.yaml", &[("\nprofile:", "\nprofil:")]);
    let refused = run(folder.path(), &["diff", "nowhere.yaml", "bad.yaml"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("nowhere.yaml") && refused.err.contains("bad.yaml:23:1"), "{}", refused.err);
    assert_eq!(run(folder.path(), &["diff", SPEC]).code, 2);
    assert_eq!(run(folder.path(), &["diff", SPEC, SPEC, "--format", "xml"]).code, 2);
}
