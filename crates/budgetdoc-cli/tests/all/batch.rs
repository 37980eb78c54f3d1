//! Many specs at once: folders, patterns, lists, and what is said in the end.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{PROGRAM, Run, SPEC, names, root, run};

/// A folder with two good specs in folders of their own, a bad one, a profile and files that are no specs.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let yaml = std::fs::read_to_string(root().join(SPEC)).unwrap();
    for path in ["a/2022.yaml", "b/2022.yml", ".hidden/2022.yaml"] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &yaml).unwrap();
    }
    std::fs::write(folder.path().join("b/bad.yaml"), yaml.replace("\nyear: 2022", "\nyear: 二〇二二")).unwrap();
    std::fs::write(folder.path().join("profile.yaml"), "budgetdoc_profile: 1\n").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "notes").unwrap();
    folder
}

fn go(folder: &Path, arguments: &[&str]) -> Run {
    run(Path::new(PROGRAM), folder, arguments)
}

/// Runs the program with something on its standard input.
fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> std::process::Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .env("BUDGETDOC_FONT_DIR", root().join("fonts"))
        .env("LC_ALL", "zh_CN.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_folder_stands_for_the_specs_in_it_and_the_files_keep_its_order() {
    let folder = office();
    let run = go(folder.path(), &["render", ".", "-o", "out", "--format", "docx", "-j", "2"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("b/bad.yaml:24:7"), "{}", run.err);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("[1/3] ./a/2022.yaml：错误 0") && lines[0].ends_with(" 页"), "{lines:?}");
    assert!(lines[1].starts_with("[2/3] ./b/2022.yml：") && lines[2].starts_with("[3/3] ./b/bad.yaml："), "{lines:?}");
    let [.., row, last] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(row.ends_with("无法处理  ./b/bad.yaml"), "{lines:?}");
    assert_eq!(*last, "共 3 份：完成 2，有错误 0，无法处理 1，未处理 0");
    assert_eq!(names(&folder.path().join("out/a")), ["2022.docx"]);
    assert_eq!(names(&folder.path().join("out/b")), ["2022.docx"]);
}

#[test]
fn what_is_printed_does_not_depend_on_how_many_work() {
    let folder = office();
    let check = |jobs: &str| go(folder.path(), &["check", "a", "b", "-j", jobs]);
    let (one, four) = (check("1"), check("4"));
    assert_eq!((one.out, one.err, one.code), (four.out, four.err, four.code));
}

#[test]
fn patterns_and_lists_name_specs_each_once() {
    let folder = office();
    let run = go(folder.path(), &["check", "*/2022.y*ml", "a/2022.yaml"]);
    assert!(run.out.contains("共 2 份：完成 2"), "{}", run.out);
    let output = with_input(folder.path(), &["check", "--files-from", "-"], "a/2022.yaml\n\nb/2022.yml\n".as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("共 2 份：完成 2"));
    let none = go(folder.path(), &["check", "*.yml"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("*.yml 中没有数据文件"), "{}", none.err);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf_8_is_a_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = office();
    let name = std::ffi::OsStr::from_bytes(b"a/\xff.yaml");
    std::fs::copy(folder.path().join("a/2022.yaml"), folder.path().join(name)).unwrap();
    for given in ["a", "a/*.yaml", "[a]/*.yaml"] {
        let run = go(folder.path(), &["check", given]);
        assert!(run.out.contains("共 2 份：完成 2"), "{given}: {}{}", run.out, run.err);
    }
}

#[cfg(unix)]
#[test]
fn hidden_files_are_named_by_their_dot_and_links_to_folders_by_a_pattern_of_known_depth() {
    let folder = office();
    std::os::unix::fs::symlink("a", folder.path().join("link")).unwrap();
    for (given, count) in [(".*/*.yaml", 1), ("*/*.yaml", 3), ("**/*.yml", 1), ("**/2022.y*ml", 2), ("link", 1)] {
        let run = go(folder.path(), &["check", given, "none.yaml"]);
        assert!(run.out.contains(&format!("共 {} 份", count + 1)), "{given}: {}{}", run.out, run.err);
    }
}

#[test]
fn after_a_failure_no_further_spec_is_begun_if_so_wanted() {
    let folder = office();
    let run = go(folder.path(), &["check", "b/bad.yaml", "a", "--fail-fast", "-j", "1"]);
    assert_eq!(run.code, 2);
    assert!(run.out.ends_with("共 2 份：完成 0，有错误 0，无法处理 1，未处理 1\n"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_is_finished_and_the_report_says_what_was_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let count = 60;
    for number in 0..count {
        let small = root().join("specs/made-up-institution-2022.yaml");
        std::fs::copy(small, folder.path().join(format!("{number:02}.yaml"))).unwrap();
    }
    let mut child = Command::new(PROGRAM)
        .args(["render", ".", "-o", "out", "--format", "docx", "--report", "report.json"])
        .current_dir(folder.path())
        .env("BUDGETDOC_FONT_DIR", root().join("fonts"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.path().join("out/00.docx").exists() {
        assert!(child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(2));
    let report = std::fs::read(folder.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let (begun, left) = (report["specs"].as_array().unwrap(), report["not_begun"].as_array().unwrap());
    assert!(begun.len() + left.len() == count && !left.is_empty(), "{} begun, {} left", begun.len(), left.len());
    let written: Vec<String> = begun.iter().map(|spec| spec["written"][0].as_str().unwrap().to_owned()).collect();
    let found = names(&folder.path().join("out"));
    assert_eq!(written, found.into_iter().map(|name| format!("out/{name}")).collect::<Vec<_>>());
}

#[test]
fn two_specs_are_not_written_into_one_file() {
    let folder = office();
    let run = go(folder.path(), &["render", "a/2022.yaml", "b/2022.yml", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a/2022.yaml 和 b/2022.yml 都要写入 out/2022.pdf"), "{}", run.err);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn the_report_never_replaces_what_is_read() {
    let folder = office();
    let before = std::fs::read(folder.path().join("a/2022.yaml")).unwrap();
    for (spec, other, name) in [
        ("a", "b/2022.yml", "a/2022.yaml"),
        ("a", "b/2022.yml", "./b/../a/2022.yaml"),
        ("b", "a/2022.yaml", "a/2022.yaml"),
    ] {
        let run = go(folder.path(), &["check", spec, "--last-year", other, "--report", name]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(&format!("结果要写入 {name}，而它是这次要读的文件")), "{}", run.err);
        assert_eq!(std::fs::read(folder.path().join("a/2022.yaml")).unwrap(), before);
    }
}

#[test]
fn a_spec_from_standard_input_goes_to_standard_output() {
    let folder = office();
    let yaml = std::fs::read(folder.path().join("a/2022.yaml")).unwrap();
    let file = go(folder.path(), &["render", "a/2022.yaml", "-o", "a.pdf"]);
    assert_eq!(file.code, 0, "{}", file.err);
    let output = with_input(folder.path(), &["render", "-", "-o", "-", "--format", "pdf"], &yaml);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout == std::fs::read(folder.path().join("a.pdf")).unwrap());
    for arguments in [&["render", "-"][..], &["render", "-", "-o", "-"], &["render", "-", "-o", "folder"]] {
        assert_eq!(with_input(folder.path(), arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
    let wrong = with_input(folder.path(), &["check", "-"], b"budgetdoc: 1\nprofil: x\n");
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("<stdin>:2:1"));
}
