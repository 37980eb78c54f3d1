//! A target that takes a text, a workbook or a document: changes what the fuzzer has by lines and values.

use libfuzzer_sys::fuzzer_mutate;

/// Mutates the first `size` bytes of `data` and returns how many there are then.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    // One in eight is changed by the fuzzer itself.
    if seed.is_multiple_of(8) {
        return fuzzer_mutate(data, size, max_size);
    }
    let mutated = crate::mutate::mutate(&data[..size], u64::from(seed));
    let length = mutated.len().min(max_size);
    data[..length].copy_from_slice(&mutated[..length]);
    length
}
