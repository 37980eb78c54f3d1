//! What is written, and what is never written over.

use std::fs;
use std::path::Path;

use crate::program::{PROGRAM, Run, names, root, run};

const SMALL: &str = "specs/made-up-institution-2022.yaml";

/// A folder with a spec named `name` in it.
fn folder_with(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join(SMALL), folder.path().join(name)).unwrap();
    folder
}

fn budgetdoc(folder: &tempfile::TempDir, arguments: &[&str]) -> Run {
    run(Path::new(PROGRAM), folder.path(), arguments)
}

#[test]
fn what_is_read_is_not_written_over() {
    let folder = folder_with("a.pdf");
    fs::write(folder.path().join("list"), "a.pdf\n").unwrap();
    let before = fs::read(folder.path().join("a.pdf")).unwrap();
    for arguments in [
        &["render", "a.pdf"][..],
        &["check", "a.pdf", "--sheet", "./a.pdf"],
        &["check", "--files-from", "list", "--report", "list"],
        &["check", "a.pdf", "--last-year", "list", "--report", "list"],
        &["watch", "a.pdf"],
    ] {
        let run = budgetdoc(&folder, arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(fs::read(folder.path().join("a.pdf")).unwrap() == before, "{arguments:?}");
        assert_eq!(fs::read_to_string(folder.path().join("list")).unwrap(), "a.pdf\n", "{arguments:?}");
    }
    assert_eq!(names(folder.path()), ["a.pdf", "list"]);
}

#[test]
fn two_results_do_not_share_a_file() {
    let folder = folder_with("a.yaml");
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::copy(root().join(SMALL), folder.path().join("b/A.yaml")).unwrap();
    let run = budgetdoc(&folder, &["render", "a.yaml", "--report", "a.pdf"]);
    assert!(run.code == 2 && run.err.contains("--report"), "{}", run.err);
    let run = budgetdoc(&folder, &["render", "a.yaml", "b/A.yaml", "-o", "out"]);
    assert!(run.code == 2 && run.err.contains("都要写入"), "{}", run.err);
    assert_eq!(names(folder.path()), ["a.yaml", "b"]);
}

#[test]
fn files_of_a_chinese_windows_are_read_with_a_note() {
    let folder = folder_with("a.yaml");
    let yaml = fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    let little: Vec<u8> = "\u{feff}".encode_utf16().chain(yaml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = yaml.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (gbk, _, _) = encoding_rs::GB18030.encode(&yaml);
    for (bytes, encoding) in [(little, "UTF-16LE"), (big, "UTF-16BE"), (gbk.into_owned(), "gb18030")] {
        fs::write(folder.path().join("a.yaml"), bytes).unwrap();
        let run = budgetdoc(&folder, &["check", "a.yaml"]);
        assert!(run.code == 0 && run.err.contains(encoding) && run.err.contains("中等职业教育"), "{}", run.err);
    }
}

/// A spec with a typed figure that agrees with the data and one that is none of them: as it is, and as it is to become.
fn typed(folder: &tempfile::TempDir) -> (String, String) {
    let path = folder.path().join("a.yaml");
    let spec = fs::read_to_string(&path).unwrap();
    let with = |income: &str| {
        let text = format!("  goals: 收入预算{income}，专款37万元。   # 按批复\n");
        spec.replace("  goals: |\n    完成年度教学和培训任务。\n", &text)
    };
    let (old, new) = (with("4300万元"), with("{{ income | amount }}"));
    fs::write(path, &old).unwrap();
    (old, new)
}

#[test]
fn typed_figures_are_rewritten_only_where_that_is_asked_for() {
    let folder = folder_with("a.yaml");
    let (old, new) = typed(&folder);
    let read = || fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    let run = budgetdoc(&folder, &["check", "a.yaml", "--diff"]);
    assert!(run.out.starts_with("--- a.yaml\n+++ a.yaml\n@@"), "{}", run.out);
    assert!(run.out.contains("\n-  goals: 收入预算4300万元，专款37万元。   # 按批复\n+  goals: 收入预算{{"));
    assert!(run.err.contains("37万元。看不出是预算中的哪个数"), "{}", run.err);
    assert_eq!(read(), old);
    // In a folder, with what was rewritten for programs.
    let run = budgetdoc(&folder, &["check", ".", "--fix", "--message-format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rewritten = &told["specs"][0]["rewritten"];
    assert_eq!(rewritten[0]["words"], "4300万元");
    assert_eq!(rewritten[0]["template"], "{{ income | amount }}");
    assert_eq!((rewritten.as_array().unwrap().len(), &rewritten[0]["figures"]), (1, &serde_json::json!(1)));
    assert_eq!(read(), new);
    let run = budgetdoc(&folder, &["check", "a.yaml", "--diff"]);
    assert_eq!((run.out.as_str(), read()), ("", new));
    assert_eq!(names(folder.path()), ["a.yaml"]);
}

#[test]
fn what_cannot_be_written_back_is_not_rewritten() {
    let folder = folder_with("a.yaml");
    let (old, _) = typed(&folder);
    let (gbk, _, _) = encoding_rs::GB18030.encode(&old);
    fs::write(folder.path().join("a.yaml"), &*gbk).unwrap();
    let run = budgetdoc(&folder, &["check", "a.yaml", "--fix"]);
    assert!(run.code == 2 && run.err.contains("UTF-8"), "{}", run.err);
    assert!(fs::read(folder.path().join("a.yaml")).unwrap() == *gbk);
    let run = budgetdoc(&folder, &["check", "a.yaml", "--fix", "--sheet", "s.pdf"]);
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn what_a_killed_run_has_left_is_removed_and_told() {
    let folder = folder_with("a.yaml");
    for name in [".budgetdoc-old.pdf~Xy12", ".budgetdoc-a.pdf~Xy12", ".budgetdoc-notes.txt"] {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    let held = fs::File::create(folder.path().join(".budgetdoc-b.pdf~Xy12")).unwrap();
    held.lock().unwrap();
    let run = budgetdoc(&folder, &["render", "a.yaml", "--format", "pdf"]);
    assert!(run.code == 0 && run.err.contains("old.pdf") && !run.err.contains("a.pdf"), "{}", run.err);
    assert_eq!(names(folder.path()), [".budgetdoc-b.pdf~Xy12", ".budgetdoc-notes.txt", "a.pdf", "a.yaml"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    #[test]
    fn links_and_permissions_stay() {
        let folder = folder_with("a.yaml");
        fs::write(folder.path().join("real.pdf"), "old").unwrap();
        fs::set_permissions(folder.path().join("real.pdf"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("real.pdf", folder.path().join("a.pdf")).unwrap();
        assert_eq!(budgetdoc(&folder, &["render", "a.yaml", "--format", "pdf"]).code, 0);
        assert!(folder.path().join("a.pdf").is_symlink());
        let written = folder.path().join("real.pdf");
        assert!(fs::read(&written).unwrap().starts_with(b"%PDF"));
        assert_eq!(written.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn devices_and_pipes_are_neither_replaced_nor_waited_for() {
        let folder = folder_with("a.yaml");
        let pipe = |name: &str| {
            assert!(Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap().success());
        };
        pipe("report");
        pipe("pipe.yaml");
        symlink("/dev/zero", folder.path().join("zero.yaml")).unwrap();
        let run = budgetdoc(&folder, &["check", ".", "--report", "report"]);
        assert!(run.code == 2 && run.err.contains("这不是普通文件"), "{}", run.err);
        assert!(folder.path().join("report").metadata().unwrap().file_type().is_fifo());
        assert!(!run.err.contains("zero.yaml") && !run.err.contains("pipe.yaml"), "{}", run.err);
        let run = budgetdoc(&folder, &["check", "zero.yaml"]);
        assert!(run.code == 2 && run.err.contains("32 MB"), "{}", run.err);
    }

    #[test]
    fn a_kill_leaves_whole_files_and_the_next_run_nothing_else() {
        let folder = folder_with("a.yaml");
        let render = ["render", "a.yaml", "-o", "out"];
        let read = |name: &str| fs::read(folder.path().join("out").join(name)).unwrap();
        let yaml = fs::read_to_string(folder.path().join("a.yaml")).unwrap();
        let versions: Vec<[Vec<u8>; 2]> = ["甲", "乙"]
            .into_iter()
            .map(|name| {
                fs::write(
                    folder.path().join("a.yaml"),
                    yaml.replacen("department:\n  name: ", &format!("department:\n  name: {name}"), 1),
                )
                .unwrap();
                assert_eq!(budgetdoc(&folder, &render).code, 0);
                ["a.docx", "a.pdf"].map(read)
            })
            .collect();
        assert!(versions[0] != versions[1]);
        for round in 0..3 {
            for (name, bytes) in ["a.docx", "a.pdf"].iter().zip(&versions[0]) {
                fs::write(folder.path().join("out").join(name), bytes).unwrap();
            }
            let mut child = Command::new(PROGRAM)
                .args(render)
                .current_dir(folder.path())
                .env("BUDGETDOC_FONT_DIR", root().join("fonts"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // Killed while the first, the second, … temporary file is there, or when it has ended by itself.
            let out = folder.path().join("out");
            while child.try_wait().unwrap().is_none() && names(&out).len() < 3 + round % 2 {
                std::hint::spin_loop();
            }
            child.kill().unwrap();
            child.wait().unwrap();
            for (index, name) in ["a.docx", "a.pdf"].into_iter().enumerate() {
                assert!(versions.iter().any(|version| version[index] == read(name)), "{name} is neither old nor new");
            }
            assert_eq!(budgetdoc(&folder, &render).code, 0);
            assert!(["a.docx", "a.pdf"].map(read) == versions[1]);
            assert_eq!(names(&out), ["a.docx", "a.pdf"]);
        }
    }

    #[test]
    fn a_limit_on_the_size_of_files_is_reported_and_leaves_nothing() {
        let folder = folder_with("a.yaml");
        let command = format!("ulimit -f 8; '{PROGRAM}' render a.yaml --lang en -o out");
        let run = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && err.contains("cannot be written: file too large"), "{err}");
        assert!(!err.contains(".budgetdoc-") && names(&folder.path().join("out")).is_empty(), "{err}");
    }

    #[test]
    fn a_full_disk_is_told() {
        let folder = folder_with("a.yaml");
        for format in ["json", "sarif"] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let status = Command::new(PROGRAM)
                .args(["check", "a.yaml", "--message-format", format])
                .current_dir(folder.path())
                .stdout(full)
                .stderr(Stdio::null())
                .status();
            assert_eq!(status.unwrap().code(), Some(2), "{format}");
        }
    }
}
