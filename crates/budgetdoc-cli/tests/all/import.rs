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

#[test]
fn amounts_are_brought_into_a_spec() {
    let folder = tempfile::tempdir().unwrap();
    let own = std::fs::read_to_string(root().join(SPEC)).unwrap();
    let changed = own.replace("item: 2080506, amount: 873617.00", "item: 2080506, amount: 800000.00");
    std::fs::write(folder.path().join("新.yaml"), &changed).unwrap();
    std::fs::write(folder.path().join("旧.yaml"), &own).unwrap();
    let written = go(folder.path(), &["render", "新.yaml", "-o", "表.xlsx", "--force"]);
    assert!(folder.path().join("表.xlsx").exists(), "{}", written.err);
    let renewed = go(folder.path(), &["import", "表.xlsx", "--into", "旧.yaml"]);
    let text = std::fs::read_to_string(folder.path().join("旧.yaml")).unwrap();
    assert_eq!(
        text,
        own.replace("item: 2080506, amount: 873617.00", "item: 2080506, amount: 800000"),
        "{}",
        renewed.err
    );
    for words in
        ["支出 2080506 机关事业单位职业年金缴费支出，本年数\n  873617.00元 → 800000元，减少73617元", "已更新 旧.yaml："]
    {
        assert!(renewed.out.contains(words), "{words}\n{}", renewed.out);
    }
    // Another file, and standard output.
    let other = go(folder.path(), &["import", "表.xlsx", "--into", "旧.yaml", "-o", "再.yaml"]);
    assert!(other.out.contains("旧.yaml 与 再.yaml 没有不同"), "{}{}", other.out, other.err);
    let piped = go(folder.path(), &["import", "表.xlsx", "--into", "旧.yaml", "-o", "-"]);
    assert_eq!(piped.out, text);
    let next = go(folder.path(), &["rollover", "旧.yaml", "--year", "2026", "-o", "2026.yaml"]);
    assert_eq!(next.code, 0, "{}", next.err);
    let refused = go(folder.path(), &["import", "表.xlsx", "--into", "2026.yaml"]);
    assert!(refused.code == 2 && refused.err.contains("工作簿是2025年的"), "{}", refused.err);
}
