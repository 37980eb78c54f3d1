//! Entry workbooks: written by `init` and `convert`, taken wherever a spec is.

use std::path::Path;

use budgetdoc::workbook::{Value, read_book};

use crate::program::root;
use crate::tools::go;

const SPEC: &str = "specs/made-up-funds-2025.yaml";

/// Converts the sample into `预算.xlsx` in a folder.
fn converted(folder: &Path) {
    let run = go(folder, &["convert", root().join(SPEC).to_str().unwrap(), "预算.xlsx"]);
    assert_eq!((run.code, run.out.as_str()), (0, "已生成 预算.xlsx\n"), "{}", run.err);
}

#[test]
fn a_workbook_is_rendered_as_its_spec_is() {
    let folder = tempfile::tempdir().unwrap();
    converted(folder.path());
    let rendered = go(folder.path(), &["render", "预算.xlsx", "-o", "甲.pdf"]);
    assert_eq!(rendered.code, 0, "{}{}", rendered.out, rendered.err);
    let back = go(folder.path(), &["convert", "预算.xlsx", "again.yaml"]);
    assert_eq!(back.code, 0, "{}", back.err);
    let diff = go(folder.path(), &["diff", root().join(SPEC).to_str().unwrap(), "again.yaml"]);
    assert!(diff.out.contains("没有不同"), "{}", diff.out);
    let diff = go(folder.path(), &["diff", "预算.xlsx", "again.yaml"]);
    assert!(diff.out.contains("没有不同"), "{}", diff.out);
    // A file that is there stays, and one of the two is a workbook.
    for (arguments, words) in [
        (["convert", "预算.xlsx", "again.yaml"], "again.yaml"),
        (["convert", "again.yaml", "b.yaml"], "格式相同"),
        (["convert", "预算.xlsx", "b.xlsx"], "格式相同"),
        (["check", "--fix", "预算.xlsx"], "不能改写"),
    ] {
        let run = go(folder.path(), &arguments);
        assert!(run.code == 2 && format!("{}{}", run.out, run.err).contains(words), "{}", run.err);
    }
    let rolled = go(folder.path(), &["rollover", "预算.xlsx", "--year", "2026"]);
    assert!(rolled.out.contains("预算-2026.yaml"), "{}{}", rolled.out, rolled.err);
    let tables = go(folder.path(), &["render", "again.yaml", "-o", "表.xlsx"]);
    assert_eq!(tables.code, 0, "{}", tables.err);
    let run = go(folder.path(), &["check", "表.xlsx"]);
    assert!(run.code == 2 && run.err.contains("不是填报用的工作簿"), "{}", run.err);
}

#[test]
fn findings_name_their_cells() {
    let folder = tempfile::tempdir().unwrap();
    let spec = std::fs::read_to_string(root().join(SPEC)).unwrap();
    let spec = spec.replace("item: 2120101, amount: 11800000", "item: 2120101, amount: 11800001");
    std::fs::write(folder.path().join("a.yaml"), spec).unwrap();
    assert_eq!(go(folder.path(), &["convert", "a.yaml", "a.xlsx"]).code, 0);
    let checked = go(folder.path(), &["check", "a.xlsx"]);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(checked.err.contains("a.xlsx:支出!G4"), "{}", checked.err);
    let json = go(folder.path(), &["check", "a.xlsx", "--message-format", "json"]);
    assert!(json.out.contains("\"cell\": \"支出!G4\"") && !json.out.contains("\"line\""), "{}", json.out);
    let sarif = go(folder.path(), &["check", "a.xlsx", "--message-format", "sarif"]);
    assert!(sarif.out.contains("\"fullyQualifiedName\": \"支出!G4\""), "{}", sarif.out);
}

#[test]
fn problems_of_two_rows_name_both_cells() {
    let folder = tempfile::tempdir().unwrap();
    let spec = std::fs::read_to_string(root().join("specs/made-up-county-2026.yaml")).unwrap();
    let row = "  - { unit: station, fund: business_income, amount: 15, last: 18 }\n";
    let twice = spec.replace(row, &format!("{row}{row}")).replace("unit: office, item: 2080505", "item: 2080505");
    assert_ne!(twice, spec);
    let twice = twice.replace("unit: office, item: 2101101", "item: 2101101");
    std::fs::write(folder.path().join("a.yaml"), &twice).unwrap();
    assert_eq!(go(folder.path(), &["convert", "a.yaml", "a.xlsx"]).code, 0);
    let checked = go(folder.path(), &["check", "a.xlsx"]);
    for words in [
        "两行重复：单位、资金来源和科目（或类别）都相同",
        "a.xlsx:收入!E9",
        "a.xlsx:收入!E8",
        "这一行没有写明预算单位，另有 1 行也没有",
        "a.xlsx:支出!C4",
        "a.xlsx:支出!C5",
    ] {
        assert!(checked.err.contains(words), "{words}\n{}", checked.err);
    }
    for words in ["第 ", ":19:"] {
        assert!(!checked.err.contains(words), "{words}\n{}", checked.err);
    }
    // In YAML both lines are shown.
    let checked = go(folder.path(), &["check", "a.yaml"]).err;
    let lines = checked.lines().filter(|line| line.contains("fund: business_income, amount: 15")).count();
    assert_eq!(lines, 2, "{checked}");
}

#[test]
fn a_new_workbook_has_the_gaps_of_a_new_spec() {
    let folder = tempfile::tempdir().unwrap();
    for profile in ["shenzhen/2022", "shanghai/2025", "jiangsu/2019", "central/2025"] {
        let [book, spec] = ["某局2026.xlsx", "某局2026.yaml"].map(|name| folder.path().join(name));
        for (format, name) in [("xlsx", "某局2026.xlsx"), ("yaml", "某局2026.yaml")] {
            let run = go(folder.path(), &["init", name, "--format", format, "--profile", profile]);
            assert_eq!(run.code, 0, "{}", run.err);
        }
        let counts = |name: &str| {
            let run = go(folder.path(), &["check", name]);
            run.out.lines().last().unwrap_or_default().replace(".xlsx", ".yaml").clone()
        };
        assert_eq!(counts("某局2026.xlsx"), counts("某局2026.yaml"), "{profile}");
        let grids = read_book(&std::fs::read(&book).unwrap()).unwrap().grids;
        assert_eq!(grids[0].cells[&(0, 0)], Value::Text("spec".to_owned()));
        std::fs::remove_file(book).unwrap();
        std::fs::remove_file(spec).unwrap();
    }
}
