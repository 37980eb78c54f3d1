//! `watch`: a spec is rendered again whenever it is saved, and shown on a page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::program::{PROGRAM, folder_with, root};
use serde_json::Value;

/// A program that watches, ended with the test.
struct Watch {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Watch {
    fn begin(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["watch", "budget.yaml"])
            .args(more)
            .current_dir(folder)
            .env("BUDGETDOC_FONT_DIR", root().join("fonts"))
            .env("LC_ALL", "zh_CN.UTF-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Watch { child, lines }
    }

    /// What is said until the program waits for the next save.
    fn round(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        for line in self.lines.by_ref() {
            let line = line.unwrap();
            if line.starts_with("等待修改") {
                break;
            }
            said.push(line);
        }
        said
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

/// Saves as many editors do: into another file, which then takes the place of the first.
fn save(folder: &Path, from: &str, to: &str) {
    let yaml = std::fs::read_to_string(folder.join("budget.yaml")).unwrap();
    assert!(yaml.contains(from));
    std::fs::write(folder.join("budget.yaml.new"), yaml.replacen(from, to, 1)).unwrap();
    std::fs::rename(folder.join("budget.yaml.new"), folder.join("budget.yaml")).unwrap();
}

#[test]
fn every_save_is_rendered_and_a_bad_one_leaves_the_last_files() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    let pdf = || std::fs::read(folder.path().join("budget.pdf")).unwrap();
    let mut watch = Watch::begin(folder.path(), &["--format", "pdf"]);
    assert_eq!(watch.round(), ["已生成 budget.pdf（32 页）"]);
    let first = pdf();
    save(folder.path(), "\nyear: 2022", "\nyear: 二〇二二");
    assert_eq!(watch.round(), ["没有生成，仍保留上一次的文件"]);
    assert!(pdf() == first);
    save(folder.path(), "\nyear: 二〇二二", "\nyear: 2022");
    watch.round();
    save(folder.path(), "（通用项目）", "（专用项目）");
    assert_eq!(watch.round(), ["已生成 budget.pdf（32 页）"]);
    assert!(pdf() != first);
}

#[test]
fn a_saved_profile_that_the_one_of_the_spec_extends_is_rendered_with() {
    let folder = folder_with("profile: shenzhen/2022", "profile: own/2022");
    std::fs::create_dir_all(folder.path().join("profiles/own")).unwrap();
    let write = |name: &str, base: &str, more: &str| {
        let text = format!("budgetdoc_profile: 1\nname: own/{name}\nextends: {base}\n{more}");
        std::fs::write(folder.path().join(format!("profiles/own/{name}.yaml")), text).unwrap();
    };
    write("2022", "own/2021", "");
    let profile = |key: &str| write("2021", "shenzhen/2022", &format!("{key}: 目　次\n"));
    let pdf = || std::fs::read(folder.path().join("budget.pdf")).unwrap();
    profile("kontents");
    let mut watch = Watch::begin(folder.path(), &["--format", "pdf"]);
    assert_eq!(watch.round(), ["没有生成，仍保留上一次的文件"]);
    profile("contents");
    assert_eq!(watch.round(), ["已生成 budget.pdf（32 页）"]);
    let first = pdf();
    profile("subject");
    assert_eq!(watch.round(), ["已生成 budget.pdf（32 页）"]);
    assert!(pdf() != first);
}

#[cfg(unix)]
#[test]
fn a_spec_that_goes_and_comes_back_is_waited_for_until_a_signal_ends_it() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    let spec = folder.path().join("budget.yaml");
    let mut watch = Watch::begin(folder.path(), &["--format", "pdf"]);
    assert_eq!(watch.round(), ["已生成 budget.pdf（32 页）"]);
    let kept = ["没有生成，仍保留上一次的文件"];
    std::fs::rename(&spec, folder.path().join("moved.yaml")).unwrap();
    assert_eq!(watch.round(), kept, "moved away");
    std::fs::create_dir(&spec).unwrap();
    assert_eq!(watch.round(), kept, "a folder");
    std::fs::remove_dir(&spec).unwrap();
    std::fs::rename(folder.path().join("moved.yaml"), &spec).unwrap();
    while watch.round() == kept {}
    assert!(folder.path().join("budget.pdf").is_file());
    let id = watch.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let status = watch.child.wait().unwrap();
    assert!(status.code().is_some() || std::os::unix::process::ExitStatusExt::signal(&status) == Some(15), "{status}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| ["budget.yaml", "budget.pdf"].iter().any(|known| name == known)), "{left:?}");
}

/// An answer: its head and its body.
fn get(address: &str, path: &str, host: Option<&str>) -> (String, Vec<u8>) {
    let name = address.strip_prefix("http://").unwrap();
    let (server, token) = name.split_once('/').unwrap();
    let mut stream = TcpStream::connect(server).unwrap();
    let host = host.unwrap_or(server);
    write!(stream, "GET /{token}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let split = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    (String::from_utf8(answer[..split].to_vec()).unwrap(), answer[split + 4..].to_vec())
}

#[test]
fn the_page_is_for_this_machine_and_shows_the_last_good_file_with_the_newest_findings() {
    let folder = folder_with("budgetdoc: 1", "budgetdoc: 1");
    let mut watch = Watch::begin(folder.path(), &["--serve"]);
    let said = watch.round();
    let address = said[0].as_str();
    assert!(address.starts_with("http://127.0.0.1:"), "{said:?}");
    let (head, body) = get(address, "", None);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("<html lang=\"zh\">"));
    let news = |after: u64| -> Value {
        let (_, body) = get(address, &format!("news?after={after}"), None);
        serde_json::from_slice(&body).unwrap()
    };
    let first = news(0);
    assert_eq!((&first["version"], &first["pdf"]), (&1.into(), &1.into()));
    let pdf = get(address, "document.pdf", None).1;
    assert!(pdf == std::fs::read(folder.path().join("budget.pdf")).unwrap());
    save(folder.path(), "\nprofile:", "\nprofil:");
    watch.round();
    let second = news(1);
    assert_eq!(
        (&second["version"], &second["pdf"], &second["report"]["outcome"]),
        (&2.into(), &1.into(), &"failed".into())
    );
    assert!(get(address, "document.pdf", None).1 == pdf);
    // Who does not know the token, or comes by another name, gets nothing.
    let server = address.split('/').nth(2).unwrap();
    for (address, host) in [
        (format!("http://{server}/"), None),
        (format!("http://{server}/{}/", "0".repeat(32)), None),
        (address.to_owned(), Some("example.com")),
    ] {
        let (head, body) = get(&address, "", host);
        assert!(head.starts_with("HTTP/1.1 404") && body.is_empty(), "{head}");
    }
    // Nothing a client sends or keeps back ends it.
    for (request, status) in [
        ("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999999999\r\n\r\n".to_owned(), "404"),
        (format!("GET / HTTP/1.1\r\nX: {}", "a".repeat(100_000)), "431"),
        (
            format!(
                "GET {} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://evil.example\r\n\r\n",
                &address[7 + server.len()..]
            ),
            "404",
        ),
    ] {
        let mut stream = TcpStream::connect(server).unwrap();
        // It may close the connection before all is sent.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = [0; 12];
        if stream.read_exact(&mut answer).is_ok() {
            assert_eq!(answer, format!("HTTP/1.1 {status}").as_bytes(), "{:.40}", request);
        }
    }
    let _silent: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(server).unwrap()).collect();
    assert!(get(address, "", None).0.starts_with("HTTP/1.1 200"));
}
