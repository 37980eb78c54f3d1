//! What the tests of several crates share: snapshots, golden files, readers of PDF and DOCX, runs in other surroundings, specs.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper is a failed test with a place")]
#![allow(missing_docs, reason = "for tests alone")]

pub mod aloud;
mod amount;
pub mod chance;
pub mod docx;
pub mod golden;
pub mod lines;
pub mod pdf;
pub mod picture;
pub mod snapshot;
pub mod specimen;
pub mod specs;
pub mod surroundings;
pub mod word_lint;
pub mod word_reader;

pub use amount::amount;
pub use golden::Golden;
