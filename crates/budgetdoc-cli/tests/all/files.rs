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
    use std::collections::BTreeMap;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::path::PathBuf;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use budgetdoc_tests::chance::Chance;

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
        let run = budgetdoc(&folder, &["import", "/dev/zero", "--profile", "shanghai/2025", "-o", "-"]);
        assert!(run.code == 2 && run.err.contains("工作簿太大"), "{}", run.err);
    }

    /// Two pairs of a Word file and a PDF, an older and a newer one, in a folder whose spec makes the newer.
    struct Pairs {
        folder: tempfile::TempDir,
        versions: [[Vec<u8>; 2]; 2],
        /// How long a run takes that nobody kills.
        time: Duration,
    }

    const RENDER: [&str; 4] = ["render", "a.yaml", "-o", "out"];
    const PAIR: [&str; 2] = ["a.docx", "a.pdf"];

    impl Pairs {
        fn new() -> Pairs {
            let folder = folder_with("a.yaml");
            let yaml = fs::read_to_string(folder.path().join("a.yaml")).unwrap();
            let versions = ["甲", "乙"].map(|name| {
                let named = yaml.replacen("department:\n  name: ", &format!("department:\n  name: {name}"), 1);
                fs::write(folder.path().join("a.yaml"), named).unwrap();
                assert_eq!(budgetdoc(&folder, &RENDER).code, 0);
                PAIR.map(|name| fs::read(folder.path().join("out").join(name)).unwrap())
            });
            assert!(versions[0] != versions[1]);
            let start = Instant::now();
            assert_eq!(budgetdoc(&folder, &RENDER).code, 0);
            Pairs { folder, versions, time: start.elapsed() }
        }

        fn out(&self) -> PathBuf {
            self.folder.path().join("out")
        }

        fn command(&self) -> Command {
            let mut command = Command::new(PROGRAM);
            command.args(RENDER).current_dir(self.folder.path()).env("BUDGETDOC_FONT_DIR", root().join("fonts"));
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command
        }

        /// Returns which versions of the two files lie in the folder; each is whole.
        fn read(&self) -> [usize; 2] {
            [0, 1].map(|file| {
                let bytes = fs::read(self.out().join(PAIR[file])).unwrap();
                let whole = self.versions.iter().position(|version| version[file] == bytes);
                whole.unwrap_or_else(|| panic!("{} is neither old nor new", PAIR[file]))
            })
        }

        /// Kills a run over the older pair, at any moment or while it writes, and the next run mends what it left. Returns
        /// the versions and the number of temporary files it left.
        fn kill(&self, chance: &mut Chance) -> ([usize; 2], usize) {
            for (name, bytes) in PAIR.iter().zip(&self.versions[0]) {
                fs::write(self.out().join(name), bytes).unwrap();
            }
            let mut child = self.command().spawn().unwrap();
            let is_writing = chance.of(2);
            while is_writing && child.try_wait().unwrap().is_none() && names(&self.out()).len() < 3 {
                std::hint::spin_loop();
            }
            let longest = if is_writing { Duration::from_millis(40) } else { self.time };
            std::thread::sleep(Duration::from_micros(chance.below(longest.as_micros() as u64 + 1)));
            child.kill().unwrap();
            child.wait().unwrap();
            let versions = self.read();
            let left: Vec<String> = names(&self.out()).into_iter().filter(|name| !PAIR.contains(&&**name)).collect();
            if !left.is_empty() {
                // The next run reports a new file next to an old one, whatever it writes there.
                let other = self.folder.path().join("b.yaml");
                fs::copy(self.folder.path().join("a.yaml"), &other).unwrap();
                let next = budgetdoc(&self.folder, &["render", "b.yaml", "-o", "out", "--format", "pdf"]);
                let told = PAIR.iter().filter(|name| next.err.contains(**name)).count();
                assert!(next.code == 0 && told == left.len(), "{left:?}: {}", next.err);
                fs::remove_file(self.out().join("b.pdf")).unwrap();
                assert_eq!(names(&self.out()), PAIR);
            }
            assert!(versions[0] == versions[1] || !left.is_empty(), "an old file beside a new one is not told");
            (versions, left.len())
        }
    }

    fn kill_often(times: u32) {
        let (pairs, mut chance) = (Pairs::new(), Chance::seeded(21));
        let mut ends = BTreeMap::<_, u32>::new();
        for _ in 0..times {
            *ends.entry(pairs.kill(&mut chance)).or_default() += 1;
        }
        for (([docx, pdf], left), count) in ends {
            let version = |index: usize| ["old", "new"][index];
            println!("{count}: Word {}, PDF {}, {left} temporary files", version(docx), version(pdf));
        }
    }

    #[test]
    fn a_kill_leaves_whole_files_and_the_next_run_nothing_else() {
        kill_often(12);
    }

    #[test]
    #[ignore = "takes minutes"]
    fn two_hundred_kills_leave_whole_files() {
        kill_often(200);
    }

    #[test]
    fn two_runs_write_into_one_folder() {
        let pairs = Pairs::new();
        for _ in 0..2 {
            let runs: Vec<_> = (0..3).map(|_| pairs.command().spawn().unwrap()).collect();
            for mut run in runs {
                assert!(run.wait().unwrap().success());
            }
            assert_eq!(pairs.read(), [1, 1]);
            assert_eq!(names(&pairs.out()), PAIR);
        }
    }

    #[test]
    fn a_full_or_read_only_disk_is_told_and_leaves_the_old_file() {
        let folder = folder_with("a.yaml");
        fs::create_dir(folder.path().join("out")).unwrap();
        // Disks of a namespace of its own, where the system lets a user have one.
        let script = format!(
            "mount -t tmpfs -o size=$0 none out && cp a.yaml out/a.pdf && mount -o remount,$1 out || exit 77
            '{PROGRAM}' render a.yaml --lang en -o out; code=$?; cmp a.yaml out/a.pdf && ls -A out && exit $code"
        );
        for (size, mode, reason) in [("64k", "rw", "storage"), ("9m", "ro", "read-only")] {
            let run = Command::new("unshare")
                .args(["-rm", "sh", "-c", &script, size, mode])
                .current_dir(folder.path())
                .env("BUDGETDOC_FONT_DIR", root().join("fonts"))
                .output();
            let Ok(run) = run.as_ref().map_err(|_| ()).and_then(|run| match run.status.code() {
                Some(77 | 1) => Err(()),
                _ => Ok(run),
            }) else {
                eprintln!("not tried: no disk of its own can be mounted");
                return;
            };
            let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
            assert_eq!(run.status.code(), Some(2), "{out}{err}");
            assert!(err.contains("cannot be written") && err.contains(reason), "{err}");
            assert_eq!(out, "a.pdf\n", "{err}");
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

#[test]
fn a_name_of_another_format_is_refused_and_nothing_is_written() {
    let folder = folder_with("budget.yaml");
    fs::write(folder.path().join("表.xlsx"), "").unwrap();
    for (arguments, zh, en) in [
        (
            &["render", "budget.yaml", "-o", "a.pdf", "--format", "docx"][..],
            "a.pdf 的扩展名与 --format docx 不符",
            "the extension of a.pdf does not fit --format docx",
        ),
        (
            &["render", "budget.yaml", "-o", "a.docx", "--format", "pdf,docx"],
            "a.docx 的扩展名与 --format pdf,docx 不符",
            "the extension of a.docx does not fit --format pdf,docx",
        ),
        (
            &["init", "a.yaml", "--format", "xlsx"],
            "a.yaml 的扩展名与 --format xlsx 不符",
            "the extension of a.yaml does not fit --format xlsx",
        ),
        (
            &["init", "a.xlsx", "--format", "yaml"],
            "a.xlsx 的扩展名与 --format yaml 不符",
            "the extension of a.xlsx does not fit --format yaml",
        ),
        (
            &["import", "表.xlsx", "--profile", "shanghai/2025", "-o", "a.xlsx"],
            "a.xlsx 是工作簿的文件名，import 生成的是 YAML",
            "a.xlsx is the name of a workbook, but import writes YAML",
        ),
    ] {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let run = run(Path::new(PROGRAM), folder.path(), &[arguments, &["--lang", lang]].concat());
            assert!(run.code == 2 && run.err.contains(words), "{arguments:?}: {}", run.err);
        }
        assert_eq!(names(folder.path()), ["budget.yaml", "表.xlsx"], "{arguments:?}");
    }
    let fitting = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "-o", "a.pdf", "--format", "pdf"]);
    assert!(folder.path().join("a.pdf").exists(), "{}", fitting.err);
    let run = run(Path::new(PROGRAM), folder.path(), &["init", "--format", "xlsx"]);
    assert!(run.code == 0 && folder.path().join("budget.xlsx").exists(), "{}", run.err);
}

#[test]
fn reasons_of_the_system_are_told_in_chinese() {
    let folder = folder_with("budget.yaml");
    fs::write(folder.path().join("文件"), "").unwrap();
    // A sheet of a workbook that is cut off.
    fs::write(folder.path().join("坏.xlsx"), b"PK\x03\x04 no more of it").unwrap();
    for arguments in [
        &["render", "budget.yaml", "-o", "文件/a.pdf"][..],
        &["render", "budget.yaml", "-o", "文件"],
        &["convert", "budget.yaml", "文件/a.xlsx"],
        &["man", "文件"],
        &["check", "[a.yaml"],
        &["check", "a**b.yaml"],
        &["check", "***"],
        &["check", "坏.xlsx"],
        &["check", "文件/a.yaml"],
    ] {
        let run = run(Path::new(PROGRAM), folder.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        let said = run.err.lines().next().unwrap();
        // Names of files and of options are all that is not Chinese.
        let foreign = said.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() > 4);
        let foreign: Vec<&str> = foreign.filter(|word| !["budget", "budgetdoc", "Excel"].contains(word)).collect();
        assert_eq!(foreign, [] as [&str; 0], "{arguments:?}: {said}");
    }
    let run = run(Path::new(PROGRAM), folder.path(), &["render", "budget.yaml", "-o", "文件/a.pdf"]);
    assert!(run.err.contains("无法写入 文件/a.pdf：路径中有一段是文件，不是文件夹"), "{}", run.err);
}
