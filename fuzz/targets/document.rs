#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

#[path = "../jobs.rs"]
#[allow(dead_code, reason = "each target takes its own")]
mod jobs;
#[path = "../mutate.rs"]
mod mutate;
#[path = "../text_target.rs"]
mod text_target;

fuzz_target!(|data: &[u8]| -> Corpus { if jobs::document(data) { Corpus::Keep } else { Corpus::Reject } });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    text_target::mutate(data, size, max_size, seed)
});
