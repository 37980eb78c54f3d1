//! `budgetdoc import`.

use crate::program::root;
use crate::tools::go;

const SPEC: &str = "specs/putuo-finance-bureau-2025.yaml";

#[test]
fn a_workbook_becomes_a_spec_that_renders() {
    let folder = tempfile::tempdir().unwrap();
    let spec = root().join(SPEC);
    let book = folder.path().join("表.xlsx");
    let written = go(folder.path(), &["render", spec.to_str().unwrap(), "-o", book.to_str().unwrap()]);
    assert_eq!(written.code, 0, "{}", written.err);
    let arguments = ["import", "表.xlsx", "--profile", "shanghai/2025"];
    let imported = go(folder.path(), &arguments);
    assert_eq!(
        (imported.code, imported.out.as_str()),
        (0, "已生成 表.yaml：0 处不符，0 个提醒，0 个提示\n"),
        "{}",
        imported.err
    );
    let text = std::fs::read_to_string(folder.path().join("表.yaml")).unwrap();
    assert!(text.contains("income:\n  - { fund: general_public, amount: 31214205.8 }\n"), "{text}");
    let rendered = go(folder.path(), &["render", "表.yaml", "--force"]);
    assert!(folder.path().join("表.pdf").exists(), "{}", rendered.err);
    // A file that is there is kept.
    let again = go(folder.path(), &arguments);
    assert_eq!(again.code, 2);
    let piped = go(folder.path(), &["import", "表.xlsx", "--profile", "shanghai/2025", "-o", "-"]);
    assert_eq!(piped.out, text);
}

#[test]
fn what_is_no_workbook_of_the_profile_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xlsx"), "a,b").unwrap();
    for (book, profile, words) in [
        ("a.xlsx", "shanghai/2025", "a.xlsx：不是 Excel 工作簿（xlsx）"),
        ("b.xlsx", "shanghai/2025", "没有这个文件或文件夹"),
        ("a.xlsx", "shanghai/2052", "shanghai/2052"),
    ] {
        let run = go(folder.path(), &["import", book, "--profile", profile]);
        assert!(run.code == 2 && run.err.contains(words), "{}", run.err);
    }
    assert!(!folder.path().join("a.yaml").exists());
}
