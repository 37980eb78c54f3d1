//! No kind of problem without a snapshot: who adds a code adds a case that brings it about. (The rules have
//! `docs/rules.md`.)

use std::fs;
use std::path::Path;

use budgetdoc::error::ProblemCode;

const SNAPSHOTS: &[&str] = &[
    "crates/budgetdoc-core/tests/snapshots/messages.txt",
    "crates/budgetdoc-core/tests/snapshots/messages-rare.txt",
    "crates/budgetdoc-core/tests/snapshots/rollover.txt",
];

#[test]
fn every_code_stands_in_a_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let known: String = SNAPSHOTS.iter().map(|path| fs::read_to_string(root.join(path)).unwrap()).collect();
    let raised = |code: &&ProblemCode| known.lines().any(|line| line.ends_with(&format!(" {code}")));
    let silent: Vec<_> = ProblemCode::ALL.iter().filter(|code| !raised(code)).collect();
    // Only a defect brings it about.
    assert_eq!(silent, [&ProblemCode::CsvSyntax]);
}
