//! What is around the documents: completions, manual pages, faces, versions, help.

use std::collections::BTreeSet;
use std::path::Path;

use crate::program::{PROGRAM, Run, SPEC, names, root, run};
use budgetdoc_tests::snapshot;

pub fn go(folder: &Path, arguments: &[&str]) -> Run {
    run(Path::new(PROGRAM), folder, arguments)
}

/// The commands, as help lists them.
fn commands() -> Vec<String> {
    let help = go(&root(), &["--help"]).out;
    let list = help.split("命令:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn help_is_whole_in_both_languages() {
    let commands = commands();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in commands.iter().map(String::as_str) {
        let (chinese, english) =
            (go(&root(), &[command, "--help"]).out, go(&root(), &[command, "--help", "--lang", "en"]).out);
        assert!(english.is_ascii() || english.contains("仿宋_GB2312"), "{english}");
        let options = |help: &str| help.lines().filter(|line| line.trim_start().starts_with('-')).count();
        assert_eq!(options(&chinese), options(&english), "{command}");
        // Every option and argument is explained, beside it or in the line below.
        let own = |help: &str, is_own: fn(char) -> bool| {
            help.lines().all(|line| {
                let words = line.trim_start();
                !words.starts_with("--")
                    || words.chars().any(is_own)
                    || help
                        .lines()
                        .skip_while(|other| *other != line)
                        .nth(1)
                        .is_some_and(|below| below.chars().any(is_own))
            })
        };
        assert!(own(&chinese, |letter| letter > '\u{2e80}'), "{chinese}");
        assert!(own(&english, |letter| letter.is_ascii_lowercase()), "{english}");
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = go(folder.path(), &["completions", shell]).out;
        assert!(commands().iter().all(|command| script.contains(command.as_str())), "{shell}");
    }
    assert_eq!(go(folder.path(), &["man", "man1"]).code, 0);
    let mut pages: Vec<String> = commands().iter().map(|command| format!("budgetdoc-{command}.1")).collect();
    pages.push("budgetdoc.1".to_owned());
    pages.sort();
    assert_eq!(names(&folder.path().join("man1")), pages);
    let page = std::fs::read_to_string(folder.path().join("man1/budgetdoc-render.1")).unwrap();
    assert!(page.contains("生成 PDF 和 Word 文件") && page.contains("fail\\-fast"), "{page}");
}

#[test]
fn the_version_lists_the_profiles() {
    assert_eq!(go(&root(), &["-V"]).out, concat!("budgetdoc ", env!("CARGO_PKG_VERSION"), "\n"));
    assert!(go(&root(), &["--version", "--lang", "en"]).out.contains("profiles: general/2026, "));
}

#[test]
fn faces_are_told_by_role_and_by_what_they_set() {
    let folder = tempfile::tempdir().unwrap();
    let spec = root().join(SPEC);
    let told = go(folder.path(), &["fonts", &spec.to_string_lossy()]);
    assert_eq!(told.code, 0, "{}", told.err);
    for piece in ["body       FandolFang", "GPL 3 附字体例外", "程序自带，SIL OFL 1.1", "  Tinos：", " 字，不同的 "]
    {
        assert!(told.out.contains(piece), "{piece}: {}", told.out);
    }
    let english = go(folder.path(), &["fonts", "--lang", "en", "--font", "body=FandolKai"]);
    assert!(english.out.contains("body       FandolKai") && english.out.is_ascii(), "{}", english.out);
}

#[test]
fn a_starter_lacks_nothing_but_what_is_to_be_filled_in_and_renders_as_a_draft() {
    let profiles = go(&root(), &["--version", "--lang", "en"]).out;
    let profiles = profiles.lines().find_map(|line| line.strip_prefix("profiles: ")).unwrap();
    for profile in profiles.split(", ") {
        for lang in ["zh", "en"] {
            let folder = tempfile::tempdir().unwrap();
            let go = |arguments: &[&str]| go(folder.path(), arguments);
            let begun = go(&["init", "--profile", profile, "--lang", lang, "a.yaml"]);
            assert_eq!(begun.code, 0, "{profile}: {}", begun.err);
            let checked = go(&["check", "a.yaml", "--message-format", "json"]);
            let document: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
            for message in document["specs"][0]["messages"].as_array().unwrap() {
                // A date cannot be left to be filled in.
                let is_date = message["message"]["en"] == "the signature has a blank: there is no `date`";
                let is_gap = message["rule"] == "C14" || message["severity"] == "note" || is_date;
                assert!(is_gap, "{profile}: {message:#}");
            }
            let draft = go(&["render", "a.yaml", "--force", "--format", "pdf"]);
            assert_eq!(draft.code, 1);
            assert_eq!(names(folder.path()), ["a.pdf", "a.yaml", "budgetdoc.schema.json"]);
            // What a user has begun is not overwritten.
            assert_eq!(go(&["init", "a.yaml"]).code, 2);
        }
    }
    let unknown = go(&root(), &["init", "--profile", "shenzhen/2021", "-"]);
    assert!(unknown.code == 2 && unknown.err.contains("是否应为“shenzhen/2022”"), "{}", unknown.err);
}

#[test]
fn a_locale_without_chinese_changes_messages_and_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let init = |locale: &str, file: &str| {
        let run = std::process::Command::new(PROGRAM)
            .args(["init", file])
            .current_dir(folder.path())
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        (String::from_utf8(run.stdout).unwrap(), std::fs::read_to_string(folder.path().join(file)).unwrap())
    };
    let ((said, written), (chinese, wanted)) = (init("C.UTF-8", "c.yaml"), init("zh_CN.UTF-8", "zh.yaml"));
    assert!(said.starts_with("wrote c.yaml") && chinese.starts_with("已写出 zh.yaml"), "{said}{chinese}");
    assert!(written == wanted && written.contains("金额只写数字"), "{written}");
}

#[test]
fn the_schemas_of_the_repository_are_those_of_the_types() {
    for file in ["spec", "profile"] {
        let printed = go(&root(), &["schema", file]).out;
        snapshot::assert_eq(&root().join(format!("docs/schema/{file}.zh-CN.json")), &printed);
        let english = go(&root(), &["--lang", "en", "schema", file]).out;
        snapshot::assert_eq(&root().join(format!("docs/schema/{file}.json")), &english);
    }
}

#[test]
fn every_key_of_the_schemas_stands_in_the_reference() {
    fn keys(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            found.extend(properties.keys().cloned());
        }
        match schema {
            serde_json::Value::Object(entries) => entries.values().for_each(|entry| keys(entry, found)),
            serde_json::Value::Array(entries) => entries.iter().for_each(|entry| keys(entry, found)),
            _ => {}
        }
    }
    for file in ["spec", "profile"] {
        let mut wanted = BTreeSet::new();
        keys(&serde_json::from_str(&go(&root(), &["schema", file]).out).unwrap(), &mut wanted);
        let reference = std::fs::read_to_string(root().join(format!("docs/{file}.md"))).unwrap();
        // What stands between backticks, whole blocks as well as words.
        let told: BTreeSet<&str> = reference
            .split('`')
            .skip(1)
            .step_by(2)
            .flat_map(|code| code.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_'))
            .collect();
        let missing: Vec<_> = wanted.iter().filter(|key| !told.contains(key.as_str())).collect();
        assert!(wanted.len() > 50 && missing.is_empty(), "docs/{file}.md does not tell of {missing:?}");
    }
}

#[test]
fn a_starter_takes_its_year_from_its_name() {
    let folder = tempfile::tempdir().unwrap();
    for (name, year) in [("某局2026.yaml", "2026"), ("budget.yaml", "2022"), ("20260201.yaml", "2022")] {
        assert_eq!(run(Path::new(PROGRAM), folder.path(), &["init", name, "--profile", "shenzhen/2022"]).code, 0);
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(text.contains(&format!("\nyear: {year}\n")), "{name}: {text}");
    }
}

#[test]
fn a_starter_has_what_the_command_line_says_and_the_general_form() {
    let folder = tempfile::tempdir().unwrap();
    let go = |arguments: &[&str]| run(Path::new(PROGRAM), folder.path(), arguments);
    let begun = go(&["init", "a.yaml", "--name", "某县\"农业: 农村\"局", "--year", "2027", "--unit", "元"]);
    assert!(begun.code == 0 && begun.out.contains("general/2026"), "{}{}", begun.out, begun.err);
    let text = std::fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    assert!(text.contains("\nprofile: general/2026\nyear: 2027\nunit: 元\n"), "{text}");
    let spec = budgetdoc::Spec::from_yaml(&text).unwrap();
    assert_eq!(spec.department.name.value, "某县\"农业: 农村\"局");
    for wrong in [["--year", "26"], ["--unit", "角"]] {
        assert_eq!(go(&["init", "b.yaml", wrong[0], wrong[1]]).code, 2);
    }
}
