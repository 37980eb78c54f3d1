//! The command as a user runs it.

use std::path::Path;

use crate::program::{PROGRAM, SPEC, folder_with, names, root, run, run_with};

#[test]
fn render_makes_the_folder_and_both_files() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    let run = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "-o", "new/out"]);
    assert!(run.code == 0 && !run.err.contains("错误"), "{}", run.err);
    assert_eq!(names(&folder.path().join("new/out")), ["budget.docx", "budget.pdf"]);
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.starts_with("已生成 new/out/budget.") && line.ends_with("页）")), "{lines:?}");
}

#[test]
fn render_writes_beside_the_spec_or_into_the_file_named() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    assert_eq!(
        run(Path::new(PROGRAM), &root(), &["render", &folder.path().join("budget.yaml").to_string_lossy()]).code,
        0
    );
    assert_eq!(names(folder.path()), ["budget.docx", "budget.pdf", "budget.yaml"]);
    assert_eq!(run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "-o", "预算.pdf"]).code, 0);
    assert_eq!(names(folder.path()), ["budget.docx", "budget.pdf", "budget.yaml", "预算.pdf"]);
    assert_eq!(
        run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "--format", "docx", "-o", "word"]).code,
        0
    );
    assert_eq!(names(&folder.path().join("word")), ["budget.docx"]);
}

#[test]
fn a_misspelt_key_is_shown_with_its_line_and_nothing_is_written() {
    let folder = folder_with("\nprofile:", "\nprofil:");
    let chinese = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "-o", "out"]);
    assert_eq!((chinese.code, chinese.out.as_str()), (2, ""));
    assert!(chinese.err.contains("没有这个键“profil”"), "{}", chinese.err);
    assert!(chinese.err.contains("budget.yaml:23:1"), "{}", chinese.err);
    assert!(chinese.err.contains("━━━━━━") && chinese.err.contains("是否应为“profile”"), "{}", chinese.err);
    assert_eq!(names(folder.path()), ["budget.yaml"]);
    let english = run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml", "--lang", "en"]);
    assert!(english.err.contains("did you mean `profile`?"), "{}", english.err);
}

#[test]
fn findings_of_error_level_keep_the_files_from_being_written() {
    let folder = folder_with("{ item: 2012901, amount: 487 }", "{ item: 2012901, amount: 478 }");
    let refused = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("错误[A4 totals]") && refused.err.contains("1310万元"), "{}", refused.err);
    assert_eq!(names(folder.path()), ["budget.yaml"]);
    assert_eq!(run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml"]).code, 1);
    assert_eq!(run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "--force"]).code, 1);
    assert_eq!(names(folder.path()), ["budget.docx", "budget.pdf", "budget.yaml"]);
}

#[test]
fn warnings_are_shown_notes_are_counted_and_both_may_be_denied() {
    let folder = folder_with("rule: C7,", "rule: C12,");
    let render = |arguments: &[&str]| {
        run(Path::new(PROGRAM), folder.path(), &[&["render", "budget.yaml", "--format", "pdf"], arguments].concat())
    };
    let refused = render(&["--deny", "warnings"]);
    assert_eq!((refused.code, names(folder.path())), (1, vec!["budget.yaml".to_owned()]));
    assert!(refused.err.contains("按 --deny warnings 没有生成文件"), "{}", refused.err);
    let checked = run(Path::new(PROGRAM), folder.path(), &["check", "budget.yaml", "--deny", "warnings"]);
    assert_eq!(checked.code, 1);
    let written = render(&[]);
    assert!(written.code == 0 && written.err.contains("警告[C7 "), "{}", written.err);
    assert!(written.err.contains("另有提示 1 条未列出，查看：budgetdoc check budget.yaml"), "{}", written.err);
    assert!(!checked.err.contains("未列出"), "{}", checked.err);
}

#[test]
fn guesses_are_told_when_asked_for() {
    let folder = folder_with("rule: C9,", "rule: C12,");
    let check = |arguments: &[&str]| {
        run(Path::new(PROGRAM), folder.path(), &[&["check", "budget.yaml", "--deny", "warnings"], arguments].concat())
    };
    let (plain, pedantic) = (check(&[]), check(&["--pedantic"]));
    assert!(plain.code == 0 && !plain.err.contains("[C9 "), "{}", plain.err);
    assert!(pedantic.code == 1 && pedantic.err.contains("警告[C9 text.vehicles]"), "{}", pedantic.err);
}

#[test]
fn one_bad_spec_does_not_keep_the_others_from_being_done() {
    let folder = folder_with("\nyear: 2022", "\nyear: 二〇二二");
    let good = root().join(SPEC);
    let run = run(
        Path::new(PROGRAM),
        folder.path(),
        &["render", "budget.yaml", "nowhere.yaml", &good.to_string_lossy(), "-o", "out"],
    );
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere.yaml") && run.err.contains("不是有效的整数"), "{}", run.err);
    assert_eq!(
        names(&folder.path().join("out")),
        ["longgang-womens-federation-2022.docx", "longgang-womens-federation-2022.pdf"]
    );
}

#[test]
fn a_character_no_face_has_is_named_with_its_line() {
    let folder =
        folder_with("    name: 法律顾问服务经费（通用项目）", "    name: 法律顾问服务经费\u{2a6a5}（通用项目）");
    let run = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("U+2A6A5") && run.err.contains("budget.yaml:62:"), "{}", run.err);
    assert_eq!(names(folder.path()), ["budget.yaml"]);
}

#[test]
fn without_the_run_time_faces_one_warning_a_role_says_what_is_used() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    // Away from the repository, so that no folder of fonts is found above the program.
    let program = folder.path().join("budgetdoc");
    // A copy is a file that was written: while another test starts a program, it cannot be started.
    std::fs::hard_link(PROGRAM, &program).or_else(|_| std::fs::copy(PROGRAM, &program).map(|_| ())).unwrap();
    let bare = run_with(&program, folder.path(), &["render", "budget.yaml", "--format", "pdf"], None);
    assert_eq!(bare.code, 0);
    assert_eq!(bare.err.matches("没有找到").count(), 2, "{}", bare.err);
    assert!(
        bare.err.contains("FandolFang") && bare.err.contains("body") && bare.err.contains("已查找"),
        "{}",
        bare.err
    );
    let fonts = root().join("fonts");
    let arguments = ["render", "budget.yaml", "--format", "pdf", "--font-dir", &fonts.to_string_lossy()];
    let found = run_with(&program, folder.path(), &arguments, None);
    assert!(found.code == 0 && !found.err.contains("没有找到"), "{}", found.err);
}

#[test]
fn a_role_takes_a_family_of_the_user_or_says_that_there_is_none() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    let fonts = root().join("fonts");
    let fonts = fonts.to_string_lossy();
    let render = |font: &str| {
        run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "--font-dir", &fonts, "--font", font])
    };
    assert_eq!(render("body=FandolKai").code, 0);
    let unknown = render("body=仿宋_GB2312");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("仿宋_GB2312") && unknown.err.contains("--system-fonts"), "{}", unknown.err);
    assert_eq!(render("boddy=FandolKai").code, 2);
}

#[test]
fn arguments_are_refused_in_the_language_of_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let refuse = |arguments: &[&str]| {
        let run = run(Path::new(PROGRAM), folder.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        run.err
    };
    for (arguments, chinese) in [
        (&["render"][..], "缺少 <SPEC>..."),
        (&["rendre", "a.yaml"], "没有 rendre 这个命令"),
        (&["render", "a.yaml", "--fonts"], "没有 --fonts 这个选项"),
        (&["render", "a.yaml", "--format", "odt"], "“odt”不对；可用的有：pdf, docx"),
        (&["render", "a.yaml", "--font", "boddy=x"], "可用的有：title, heading"),
        (&["render", "a.yaml", "--profile"], "--profile <NAME|FILE> 后缺少取值"),
    ] {
        let said = refuse(arguments);
        assert!(said.contains(chinese), "{arguments:?}: {said}");
        let english = refuse(&[arguments, &["--lang", "en"]].concat());
        assert!(english.starts_with("error: ") && english.is_ascii(), "{english}");
    }
    let help = run(Path::new(PROGRAM), folder.path(), &["render", "--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("用法: budgetdoc render") && !help.out.contains("Options"), "{}", help.out);
}

#[test]
fn profiles_are_listed_and_shown() {
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_budgetdoc")).args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, list, _) = run(&["profiles", "--lang", "en"]);
    assert_eq!((code, list.lines().count()), (Some(0), budgetdoc::Profile::built_in_names().count()));
    assert!(list.contains("shanghai/2025-unit  上海市各区，单位, 9 tables, extends shanghai/2025\n"), "{list}");
    let (code, shown, _) = run(&["profile", "show", "jiangsu/2019"]);
    assert_eq!(code, Some(0));
    assert!(shown.contains("\nname: jiangsu/2019\n"));
    let (code, _, message) = run(&["profile", "show", "jiangsu/2018", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("did you mean `jiangsu/2019`?"), "{message}");
}
