#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

#[path = "../jobs.rs"]
#[allow(dead_code, reason = "each target takes its own")]
mod jobs;

fuzz_target!(|data: &[u8]| -> Corpus { if jobs::document(data) { Corpus::Keep } else { Corpus::Reject } });
