//! The seeds of the fuzzers, and some hundred changes of them, through the same functions: without a fuzzer, and the same on
//! every machine.

#[path = "../fuzz/jobs.rs"]
mod jobs;
#[path = "../fuzz/mutate.rs"]
mod mutate;

use std::path::{Path, PathBuf};

use jobs::{JOBS, Job};

/// The files of a folder of the project, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Does a job and says which file it failed on.
fn run(job: Job, path: &Path, change: u64, data: &[u8]) -> bool {
    let done = std::panic::catch_unwind(|| job(data));
    done.unwrap_or_else(|_| panic!("{} with change {change}", path.display()))
}

#[test]
fn every_target_has_seeds_and_takes_them() {
    for (name, job) in JOBS {
        let seeds = files(&format!("fuzz/seeds/{name}"));
        assert!(!seeds.is_empty(), "{name}");
        for path in seeds {
            run(job, &path, 0, &std::fs::read(&path).expect("a seed"));
        }
    }
}

/// Changes tried of each seed and sample, and of all of a target at least.
const CHANGES: usize = 6;
const LEAST: usize = 48;

#[test]
fn changed_inputs_are_read_or_told() {
    let changed = JOBS.into_iter().filter(|(name, _)| *name != "font");
    for (name, job) in changed {
        let samples = match name {
            "workbook" => "fuzz/seeds/workbook",
            "document" => "fuzz/seeds/document",
            "profile" => "examples/vendor/profiles/haiyue",
            "subjects" => "fuzz/seeds/subjects",
            _ => "specs",
        };
        let mut readable = 0;
        let mut inputs = [files(samples), files(&format!("fuzz/seeds/{name}"))].concat();
        inputs.sort();
        inputs.dedup();
        let changes = CHANGES.max(LEAST / inputs.len());
        for path in inputs {
            let bytes = std::fs::read(&path).expect("a seed or sample");
            for change in 0..changes as u64 {
                readable += u32::from(run(job, &path, change, &mutate::mutate(&bytes, change)));
            }
        }
        // Changes that nothing can read try the reader alone.
        assert!(readable > 0, "{name}");
    }
}
