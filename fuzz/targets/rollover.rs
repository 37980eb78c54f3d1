#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};

#[path = "../jobs.rs"]
#[allow(dead_code, reason = "each target takes its own")]
mod jobs;
#[path = "../mutate.rs"]
mod mutate;

fuzz_target!(|data: &[u8]| -> Corpus { if jobs::rollover(data) { Corpus::Keep } else { Corpus::Reject } });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // One in eight as the fuzzer does by itself.
    if seed.is_multiple_of(8) {
        return fuzzer_mutate(data, size, max_size);
    }
    let mutated = mutate::mutate(&String::from_utf8_lossy(&data[..size]), u64::from(seed));
    let length = mutated.len().min(max_size);
    data[..length].copy_from_slice(&mutated.as_bytes()[..length]);
    length
});
