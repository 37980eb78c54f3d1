//! Profiles found by name in folders.

use std::path::Path;

use super::program::{PROGRAM, Run, run};

const OWN: &str = "budgetdoc_profile: 1\nname: 某市/2026\nabout: 某市\nextends: central/2025\nsubject: 某市部门预算\n";
const SPEC: &str =
    "budgetdoc: 1\nprofile: 某市/2026\nyear: 2026\ndepartment: { name: 某局, units: [{ id: self, name: 某局本级 }] }\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn go(folder: &Path, arguments: &[&str]) -> Run {
    run(Path::new(PROGRAM), folder, arguments)
}

#[test]
fn a_spec_finds_its_profile_beside_it_above_and_where_it_is_told() {
    let root = tempfile::tempdir().unwrap();
    let found = |folder: &str, arguments: &[&str]| {
        let run = go(&root.path().join(folder), &[&["check", "--lang", "zh"], arguments].concat());
        assert!(run.code < 2 || run.err.contains("没有这个地区版式“某市/2026”"), "{}", run.err);
        run.code < 2
    };
    write(root.path(), "a/b/spec.yaml", SPEC);
    assert!(!found("a/b", &["spec.yaml"]));
    for place in ["a/b/profiles", "a/profiles", "profiles"] {
        let file = format!("{place}/某市/2026.yaml");
        write(root.path(), &file, OWN);
        assert!(found("a/b", &["spec.yaml"]), "{place}");
        std::fs::remove_file(root.path().join(file)).unwrap();
    }
    // Next to the spec, wherever the program runs.
    std::fs::create_dir(root.path().join("c")).unwrap();
    write(root.path(), "a/b/profiles/某市/2026.yaml", OWN);
    assert!(found("c", &["../a/b/spec.yaml"]));
    std::fs::rename(root.path().join("a/b/profiles"), root.path().join("c/forms")).unwrap();
    assert!(!found("a/b", &["spec.yaml"]));
    assert!(found("a/b", &["spec.yaml", "--profile-dir", "../../c/forms"]));
    let of_variable = std::process::Command::new(PROGRAM)
        .args(["check", "a/b/spec.yaml"])
        .current_dir(root.path())
        .env("BUDGETDOC_PROFILE_DIR", root.path().join("c/forms"))
        .output()
        .unwrap();
    assert!(of_variable.status.code().unwrap() < 2);
}

#[test]
fn a_name_leads_into_no_other_folder_and_changes_no_built_in_profile() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "secret.yaml", OWN);
    write(folder.path(), "profiles/central/2025.yaml", &OWN.replace("某市/2026", "central/2025"));
    for name in ["../secret", "./../secret", "/etc/passwd", "profiles/../../secret", "a//b", ""] {
        write(folder.path(), "spec.yaml", &SPEC.replace("某市/2026", &format!("{name:?}")));
        let run = go(folder.path(), &["check", "spec.yaml", "--lang", "en"]);
        assert!(run.code == 2 && run.err.contains("there is no profile"), "{name}: {}", run.err);
    }
    let shown = go(folder.path(), &["profile", "show", "central/2025"]);
    assert!(!shown.out.contains("某市") && shown.code == 0);
}

#[test]
fn a_profile_extends_one_of_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let go = |arguments: &[&str]| go(folder.path(), &[arguments, &["--lang", "zh"]].concat());
    write(folder.path(), "forms/某市/2026.yaml", &format!("{OWN}contents: 目次\n"));
    let county = OWN.replace("某市", "某县").replace("central/2025", "某市/2026");
    write(folder.path(), "forms/某县/2026.yaml", &county);
    write(folder.path(), "spec.yaml", &SPEC.replace("某市", "某县"));
    // A file finds the others of its folder; a name needs the folder.
    assert!(go(&["profile", "check", "forms/某县/2026.yaml"]).out.contains("没有错误"));
    let render = ["render", "spec.yaml", "--force", "--format", "docx", "--profile-dir", "forms"];
    assert!(go(&render).code < 2 && folder.path().join("spec.docx").is_file());
    assert!(go(&["profiles", "--profile-dir", "forms"]).out.contains("沿用 某市/2026"));
    assert_eq!(go(&["profile", "new", "某乡/2026", "--from", "某县/2026", "--profile-dir", "forms"]).code, 0);
    assert!(go(&["profile", "check", "某乡/2026", "--profile-dir", "forms"]).out.contains("没有错误"));
    // What is wrong is shown in its own file, and in the last one what follows from it.
    write(folder.path(), "forms/某市/2026.yaml", &format!("{OWN}kontents: 目次\n"));
    let wrong = go(&["check", "spec.yaml", "--profile-dir", "forms"]);
    assert!(wrong.code == 2 && wrong.err.contains("某市/2026.yaml:6:1"), "{}", wrong.err);
    write(folder.path(), "forms/某市/2026.yaml", &OWN.replace("central/2025", "某市/2025"));
    let unknown = go(&["check", "spec.yaml", "--profile-dir", "forms"]);
    assert!(unknown.code == 2 && unknown.err.contains("某市/2026.yaml:4:10"), "{}", unknown.err);
    write(folder.path(), "forms/某市/2026.yaml", &OWN.replace("central/2025", "某县/2026"));
    let circle = go(&["check", "spec.yaml", "--profile-dir", "forms"]);
    assert!(circle.code == 2 && circle.err.contains("循环沿用"), "{}", circle.err);
}

#[test]
fn the_name_of_a_place_finds_its_form() {
    let folder = tempfile::tempdir().unwrap();
    for (name, said) in [("重庆/2025", "是否应为“chongqing/2026”？"), ("湖北/2025", "没有所在地区的，用 general/2026")]
    {
        let run = go(folder.path(), &["init", "--profile", name, "--lang", "zh"]);
        assert!(run.code == 2 && run.err.contains(said), "{name}: {}", run.err);
    }
}

#[test]
fn a_profile_is_begun_checked_listed_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let go = |arguments: &[&str]| go(folder.path(), &[arguments, &["--lang", "zh"]].concat());
    let begun = go(&["profile", "new", "某市/2026", "--from", "central/2025"]);
    assert!(begun.code == 0 && begun.out.contains("profiles/某市/2026.yaml"), "{}{}", begun.out, begun.err);
    assert_eq!(go(&["profile", "new", "某市/2026", "--from", "central/2025"]).code, 2);
    assert_eq!(go(&["profile", "new", "../某市", "--from", "central/2025"]).code, 2);
    assert_eq!(go(&["profile", "new", "shenzhen/2022", "--from", "central/2025"]).code, 2);
    assert!(go(&["profile", "check", "某市/2026"]).out.contains("没有错误"));
    assert!(go(&["profiles"]).out.contains("某市/2026  "));
    assert!(go(&["profile", "show", "某市/2026"]).out.starts_with("budgetdoc_profile: 1\nname: 某市/2026\n"));
    let started = go(&["init", "--profile", "某市/2026", "spec.yaml"]);
    assert_eq!(started.code, 0, "{}", started.err);
    let spec = std::fs::read_to_string(folder.path().join("spec.yaml")).unwrap();
    assert!(spec.contains("profile: 某市/2026\nyear: 2026\n"), "{spec}");
    let draft = go(&["render", "spec.yaml", "--force", "--format", "docx"]);
    assert!(folder.path().join("spec.docx").is_file(), "{}", draft.err);
    // The file's own place is in the message of what is wrong in it.
    write(folder.path(), "profiles/某市/2026.yaml", &OWN.replace("subject:", "subjekt:"));
    for arguments in [&["check", "spec.yaml"][..], &["profile", "check", "某市/2026"], &["profiles"]] {
        let said = go(arguments);
        assert!(said.code == 2 && said.err.contains("2026.yaml:5:1"), "{arguments:?}: {}", said.err);
    }
    write(folder.path(), "profiles/某市/2026.yaml", &OWN.replace("name: 某市/2026", "name: 某市/2025"));
    assert!(go(&["check", "spec.yaml"]).err.contains("中写的名称是“某市/2025”"));
    // `profile check` reports a template that fails, without a budget.
    write(folder.path(), "profiles/某市/2026.yaml", &OWN.replace("某市部门预算", "某市\ncover: \"{{ no_such }}\""));
    let failed = go(&["profile", "check", "某市/2026"]);
    assert!(failed.code == 2 && failed.err.contains("no_such"), "{}", failed.err);
    // A profile may print counts; which, no spec has said yet.
    let counting = format!("{OWN}cover: \"{{{{ counts.vehicles }}}}辆\"\n");
    write(folder.path(), "profiles/某市/2026.yaml", &counting);
    let counted = go(&["profile", "check", "某市/2026"]);
    assert_eq!(counted.code, 0, "{}", counted.err);
    let missing = go(&["render", "spec.yaml", "--force"]);
    assert!(missing.err.contains("counts: { vehicles: … }"), "{}", missing.err);
    // One that the form requires is a gap, which `check` finds and the starter asks for.
    write(folder.path(), "profiles/某市/2026.yaml", &format!("{counting}counts: {{ vehicles: 公务用车数量 }}\n"));
    assert_eq!(go(&["profile", "check", "某市/2026"]).code, 0);
    let missing = go(&["check", "spec.yaml"]);
    assert!(missing.err.contains("没有填写：公务用车数量"), "{}", missing.err);
    let begun = go(&["init", "--profile", "某市/2026", "begun.yaml"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let begun = std::fs::read_to_string(folder.path().join("begun.yaml")).unwrap();
    assert!(begun.ends_with("counts:\n  # vehicles: 0    # 公务用车数量\n"), "{begun}");
    // It sets the pages as well.
    write(folder.path(), "profiles/某市/2026.yaml", &format!("{OWN}page: {{ margins: [37, 90, 35, 90] }}\n"));
    let wide = go(&["profile", "check", "某市/2026"]);
    assert!(wide.code == 2 && wide.err.contains("版面没有留出排字的位置"), "{}", wide.err);
}

#[test]
fn the_profile_of_the_command_line_is_not_that_of_last_year() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "own.yaml", OWN);
    write(folder.path(), "2026.yaml", SPEC);
    let check = |last: &str| {
        write(folder.path(), "2025.yaml", last);
        go(folder.path(), &["check", "2026.yaml", "--profile", "own.yaml", "--last-year", "2025.yaml", "--lang", "en"])
    };
    // A fund that the extended central/2025 has, and jiangsu/2019 has not.
    let last = SPEC.replace("year: 2026", "year: 2025") + "brought_forward: [{ fund: own_balances, amount: 1 }]\n";
    let same = check(&last);
    assert!(same.code < 2, "{}", same.err);
    let other = check(&last.replace("某市/2026", "jiangsu/2019"));
    assert!(other.code == 2 && other.err.contains("own_balances"), "{}", other.err);
    let missing = check(&last.replace("某市/2026", "某市/2025"));
    assert!(missing.code == 2 && missing.err.contains("there is no profile"), "{}", missing.err);
}
